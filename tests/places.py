"""Where the tests of stores keep them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

import diplorel as dr
from diplorel.stores.log_store import LogStore

KINDS = ("memory", "sqlite", "postgres")


@attrs.frozen
class Place:
    """Where a store is, to be opened as often as wanted; one in memory is there once."""

    kind: str
    url: str
    schema: str = "diplorel"
    held: list[Any] = attrs.Factory(list)

    def open(self, **options: Any) -> LogStore:
        if self.kind == "memory":
            if not self.held:
                self.held.append(dr.open(self.url, **options))
            return self.held[0]  # type: ignore[no-any-return]
        store: Any = dr.open(self.url, schema=self.schema, **options)
        self.held.append(store)
        return store  # type: ignore[no-any-return]

    def close(self) -> None:
        for store in self.held:
            store.close()


Places = Callable[[str], Place]

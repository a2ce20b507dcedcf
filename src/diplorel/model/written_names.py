"""Names of parties and levels as people write them, in what they claim and ask.

A claim can say "Vietnam" and "Comprehensive Strategic Partnership". What the library's own table
knows becomes an id at once. A name that only a stream's own parties have, and the name of a level,
stay as they are until the claim meets a log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.errors import InvalidEventError, UnknownPartyError
from diplorel.model.party_table import shipped
from diplorel.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAIR: Final = 2


def _text(what: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise InvalidEventError(f"{value!r} is not the name of a {what}, expected text")
    return one_line(value.strip())


def party_name(value: str) -> str:
    """Return the id of a party given by id, code or name; a name that is not known as it is."""
    name = _text("party", value)
    try:
        return shipped().find(name).id
    except UnknownPartyError:
        return name


def party_name_or_none(value: str | None) -> str | None:
    """Return a party as `party_name` does, or None where there is none."""
    return None if value is None else party_name(value)


def party_names(value: Iterable[str]) -> tuple[str, ...]:
    """Return parties as `party_name` does, in the order given, which can matter."""
    if isinstance(value, str):
        raise InvalidEventError(f"partners: expected a list of parties, got {value!r}")
    found = tuple(map(party_name, value))
    if len(set(found)) != len(found):
        raise InvalidEventError(f"partners: {list(found)!r} names a party twice")
    return found


def one_or_more_party_names(value: Iterable[str]) -> tuple[str, ...]:
    """Return parties as `party_names` does, at least one."""
    found = party_names(value)
    if not found:
        raise InvalidEventError("partners: none given")
    return found


def two_or_more_party_names(value: Iterable[str]) -> tuple[str, ...]:
    """Return at least two parties, as `party_names` does."""
    found = party_names(value)
    if len(found) < _PAIR:
        raise InvalidEventError(f"partners: expected two or more, got {list(found)!r}")
    return found


def named_dyad(value: Iterable[str]) -> tuple[str, str]:
    """Return two parties as `party_name` does, in alphabetical order."""
    found = named_dyad_or_one(value)
    if len(found) != _PAIR:
        raise InvalidEventError(f"parties: expected two parties, got {list(found)!r}")
    return found


def named_dyad_or_one(value: Iterable[str]) -> tuple[str, ...]:
    """Return one or two parties as `party_name` does, in alphabetical order."""
    if isinstance(value, str):
        raise InvalidEventError(f"parties: expected a list of parties, got {value!r}")
    found = tuple(sorted(map(party_name, value)))
    if not found:
        raise InvalidEventError("parties: none given")
    if len(set(found)) != len(found):
        raise InvalidEventError(f"parties: {list(found)!r} names a party twice")
    if len(found) > _PAIR:
        raise InvalidEventError(f"parties: expected one or two parties, got {list(found)!r}")
    return found


def level_name(value: str) -> str:
    """Return the id or the name of a level as it is, after a look at its characters."""
    return _text("level", value)


def level_name_or_none(value: str | None) -> str | None:
    """Return a level as `level_name` does, or None where there is none."""
    return None if value is None else level_name(value)

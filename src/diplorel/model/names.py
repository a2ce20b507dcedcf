"""Names of parties and levels as people write them, in what they claim and ask.

A claim can say "Vietnam" and "Comprehensive Strategic Partnership". What the library's own table
knows becomes an id at once. A name that only a stream's own parties have, and the name of a level,
stay as they are until the claim meets a log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import InvalidEventError, UnknownLevelError, UnknownPartyError
from diplorel.model.converters import PARTY_ID
from diplorel.model.parties import shipped
from diplorel.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from diplorel.model.claims import Claim
    from diplorel.model.reference import Reference

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
    """Return parties as `party_names` does, at least two."""
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


# --- what a claim names ---------------------------------------------------------------------------

_PARTIES: Final = frozenset({
    party_name,
    party_name_or_none,
    party_names,
    one_or_more_party_names,
    two_or_more_party_names,
    named_dyad,
    named_dyad_or_one,
})  # fmt: skip
_LEVELS: Final = frozenset({level_name, level_name_or_none})


def _fields(claim: Claim, converters: frozenset[Callable[..., object]]) -> Iterator[str]:
    for field in attrs.fields(type(claim)):
        if field.converter in converters:
            yield field.name


def parties_named(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield every party that a claim names, with the field that names it."""
    for name in _fields(claim, _PARTIES):
        value = getattr(claim, name)
        for one in (value,) if isinstance(value, str) else value or ():
            yield name, one


def ladder_named(claim: Claim) -> str | None:
    """Return the party on whose ladder a claim's level is; None where it names no level."""
    return getattr(claim, "ladder", None) or getattr(claim, "party", None)


def levels_named(claim: Claim) -> Iterator[tuple[str, str]]:
    """Yield every level that a claim names, with the field that names it."""
    for name in _fields(claim, _LEVELS):
        value = getattr(claim, name)
        if value is not None:
            yield name, value


def with_ids(claim: Claim, reference: Reference) -> Claim:
    """Return a claim with the ids of the parties and levels that it names.

    The level of a ladder that the log lacks stays as it is: nothing can be said of it.

    Raises:
        UnknownPartyError: A party is not known; the message offers the nearest.
        UnknownLevelError: A level is not known on its ladder, which the message lists.
    """
    ids: dict[str, Any] = {}
    for name in _fields(claim, _PARTIES):
        value = getattr(claim, name)
        if isinstance(value, str):
            ids[name] = reference.parties.find(value).id
        elif value is not None:
            ids[name] = tuple(reference.parties.find(one).id for one in value)
    whose = ladder_named(claim)
    ladder = None
    if whose is not None:
        ladder = reference.ladder.get(reference.parties.find(whose).id)
    for name, value in levels_named(claim):
        if ladder is not None:
            ids[name] = ladder.find(value).id
    changed = {name: value for name, value in ids.items() if value != getattr(claim, name)}
    return attrs.evolve(claim, **changed) if changed else claim


def unknown_names(
    claim: Claim, reference: Reference
) -> Iterator[tuple[str, str, UnknownPartyError | UnknownLevelError]]:
    """Yield every party and level of a claim that is not known, with its field and the error.

    The level of a ladder that *reference* lacks is not looked at.
    """
    known = True
    for name, party in parties_named(claim):
        try:
            reference.parties.find(party)
        except UnknownPartyError as error:
            known = False
            yield name, party, error
    whose = ladder_named(claim)
    if not known or whose is None:
        return
    ladder = reference.ladder.get(reference.parties.find(whose).id)
    for name, level in levels_named(claim):
        try:
            if ladder is not None:
                ladder.find(level)
        except UnknownLevelError as error:
            yield name, level, error


def looks_like_an_id(name: str) -> bool:
    """Say whether a text has the form of a party's id, which another stream can bring."""
    return PARTY_ID.fullmatch(name) is not None

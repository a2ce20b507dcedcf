"""The parties and levels that a claim names, looked up in what a log knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import UnknownLevelError, UnknownPartyError
from diplorel.model import written_names
from diplorel.model.converters import PARTY_ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from diplorel.model.claims import Claim
    from diplorel.model.reference import Reference

_PARTIES: Final = frozenset({
    written_names.party_name,
    written_names.party_name_or_none,
    written_names.party_names,
    written_names.one_or_more_party_names,
    written_names.two_or_more_party_names,
    written_names.named_dyad,
    written_names.named_dyad_or_one,
})  # fmt: skip
_LEVELS: Final = frozenset({written_names.level_name, written_names.level_name_or_none})


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

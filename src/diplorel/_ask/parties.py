"""Parties, groups and levels, by what callers call them."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

from diplorel._ask.words import choice, listed
from diplorel._message import NONE, Message
from diplorel.errors import InvalidQueryError, MissingKeyError, UnknownLevelError
from diplorel.model.parties import STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.ladders import Ladder, Level
    from diplorel.model.reference import Reference

Milestone: TypeAlias = str | tuple[str, str]
"""What a duration begins or ends with: ``ties``, or ``("level", id)``."""


def party(reference: Reference, given: str) -> str:
    """Return the id of a party that is given by id, alpha-2 code or name.

    Raises:
        UnknownPartyError: There is none; the message offers the nearest.
    """
    return reference.parties.find(given).id


def pair(reference: Reference, given: object) -> tuple[str, str]:
    """Return the ids of two parties in alphabetical order.

    Raises:
        UnknownPartyError: There is no such party.
        MissingKeyError: Both are the same, or there are not two of them.
    """
    if not isinstance(given, (tuple, list)) or len(given) != 2:  # noqa: PLR2004  a dyad
        raise MissingKeyError(
            "a relation is between two parties, as in world['VNM', 'SGP'], got {given!r}",
            given=given,
        )
    a, b = sorted(party(reference, name) for name in given)
    if a == b:
        raise MissingKeyError("{a} has no relation with itself: give two parties", a=a)
    return a, b


def group(name: str, reference: Reference, given: str) -> str:
    """Return the id of a group, union or organisation.

    Raises:
        UnknownPartyError: There is no such party.
        InvalidQueryError: It is a country.
    """
    found = reference.parties.find(given)
    if found.kind in STATES:
        raise InvalidQueryError(
            "{argument}: {party} is a country, expected a group such as ASEAN",
            argument=name,
            party=found.id,
        )
    return found.id


def groups(reference: Reference, given: object) -> tuple[str, ...] | None:
    """Return the ids of several groups, each once; None for None.

    Raises:
        UnknownPartyError: There is no such party.
        InvalidQueryError: One is a country, or they are no list.
    """
    if given is None:
        return None
    found = (group("groups", reference, one) for one in listed("groups", given))
    return tuple(dict.fromkeys(found))


def level(ladder: Ladder, given: str | None) -> str | None:
    """Return the id of a level that is given by its id, or by its name in any language.

    Raises:
        UnknownLevelError: The ladder has none such; the message lists those it has.
    """
    return None if given is None else ladder.find(given).id


def milestone(
    name: str, reference: Reference, party_id: str | None, given: object
) -> dict[str, Level] | None:
    """Return the level that a milestone means on each ladder that has it; None for ties.

    Args:
        name: The name of the argument.
        reference: The ladders.
        party_id: The id of the party whose ladder alone counts; all ladders when None.
        given: ``ties``, or a pair of ``level`` and a level.

    Raises:
        UnknownLevelError: The ladder of the party has no such level.
        InvalidQueryError: It is neither; no ladder has the level; or the level has no rank.
    """
    if given == "ties":
        return None
    if not isinstance(given, (tuple, list)) or len(given) != 2 or given[0] != "level":  # noqa: PLR2004  a pair
        raise InvalidQueryError(
            "{argument}: expected 'ties', or a pair such as ('level', 'strategic'), got {given!r}",
            argument=name,
            given=given,
        )
    wanted = str(given[1])
    found: dict[str, Level] = {}
    for one in reference.ladder.values():
        if party_id is None or one.party == party_id:
            try:
                found[one.party] = one.find(wanted)
            except UnknownLevelError:
                if party_id is not None:
                    raise
    if not found:
        raise InvalidQueryError(
            "{argument}: no ladder has the level {wanted!r}", argument=name, wanted=wanted
        )
    for ladder, known in found.items():
        if known.rank is None:
            raise InvalidQueryError(
                "{argument}: on the ladder of {ladder}, {level} has no rank, so no level is "
                "known to be higher: ask for a level with a rank",
                argument=name,
                ladder=ladder,
                level=known.id,
            )
    return found


def levels(reference: Reference, given: str, whose: str | None) -> dict[str, str]:
    """Return the id of a level by ladder: on that of one party, or on every one that has it.

    Raises:
        UnknownLevelError: The ladder has no such level, or none has.
        InvalidQueryError: There is no ladder.
    """
    ladders = reference.ladder
    if whose is not None:
        ladders = {id: one for id, one in ladders.items() if id == whose}
    if not ladders:
        known = ", ".join(sorted(reference.ladder)) or NONE
        side = (
            Message("there is no ladder")
            if whose is None
            else Message("{party} has no ladder", party=whose)
        )
        raise InvalidQueryError(
            "{argument}: {side} in this log, so no levels; there are: {known}",
            argument="at_least",
            side=side,
            known=known,
        )
    found: dict[str, str] = {}
    for id, ladder in sorted(ladders.items()):
        try:
            found[id] = ladder.find(given).id
        except UnknownLevelError:
            if len(ladders) == 1:
                raise
    if not found:
        named = ", ".join(sorted(ladders))
        raise UnknownLevelError(
            "{argument}: no ladder has a level {given!r}, of {named}",
            argument="at_least",
            given=given,
            named=named,
        )
    return found


def weights(given: object, measures: Iterable[str]) -> dict[str, Fraction]:
    """Return the weight of each measure as an exact number.

    Args:
        given: Weights by measure.
        measures: The measures that there are.

    Raises:
        InvalidQueryError: A measure is unknown, a weight is no number above zero, or there is none.
    """
    if not isinstance(given, Mapping) or not given:
        raise InvalidQueryError(
            "{argument}: expected weights by measure, such as {{'visits': 2}}, got {given!r}",
            argument="weights",
            given=given,
        )
    known, found = (*measures,), {}
    for measure, weight in given.items():
        choice("weights", measure, known)
        number = None
        if isinstance(weight, (int, float, Decimal, Fraction)) and not isinstance(weight, bool):
            with suppress(ValueError):  # it is infinite, or no number
                number = Fraction(str(weight))
        if number is None or number <= 0:
            raise InvalidQueryError(
                "{argument}: {measure}: expected a number above zero, got {weight!r}",
                argument="weights",
                measure=measure,
                weight=weight,
            )
        found[str(measure)] = number
    return found

"""The title of a page about one relation: what the two are to each other, as a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.pages.phrasing import capital
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.ties import TIES, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.analysis.standing import Standing
    from diplorel.pages.phrasing import Phrasing
    from diplorel.relation import Relation

_TIES: Final = {
    TiesStatus.ESTABLISHED: "have ties",
    TiesStatus.SUSPENDED: "ties suspended",
    TiesStatus.SEVERED: "ties severed",
    TiesStatus.LAPSED: "ties lapsed",
}
"""The sentences on ties that name the day of their present status."""


def first_held(relation: Relation, ladders: Iterable[str]) -> Standing | None:
    """Return the level that the two hold, on the first of these ladders with one.

    Args:
        relation: The relation.
        ladders: The ids of parties, in the order of asking their ladders.
    """
    for ladder in ladders:
        held = relation.level(ladder)
        if held.level is not None:
            return held
    return None


def title_of_relation(say: Phrasing, relation: Relation, pair: tuple[str, str]) -> str | None:
    """Return the answer: the level of the two, or a special relationship, or diplomatic relations.

    Args:
        say: The words of the page, of its day.
        relation: The relation on the day.
        pair: The two parties, in the page's order of naming them and asking their ladders.

    Returns:
        A sentence, which says so where dates leave another answer open; None where
        nothing is recorded of this, or no diplomatic relations ever.

    >>> import diplorel as dr
    >>> from datetime import date
    >>> from diplorel.pages.phrasing import Phrasing
    >>> log, pair = dr.load("vietnam"), ("VNM", "LAO")
    >>> say = Phrasing(log.reference, "en", date(2025, 3, 12).toordinal(), "VNM")
    >>> title_of_relation(say, log.relation(*pair, on="2025-03-12"), pair)
    'Vietnam and Laos have had a special relationship since 18 July 1977'
    """
    found = _said(say, relation, pair)
    if found is None:
        return None
    said, is_certain = found
    return said if is_certain else say.word("as dates go", said=said)


def _said(say: Phrasing, relation: Relation, pair: tuple[str, str]) -> tuple[str, bool] | None:
    """Return the answer, and whether dates leave no other open."""
    a, b = map(say.named, pair)
    sides = {"a": a, "b": b, "A": capital(a), "B": capital(b)}
    held, special, ties = first_held(relation, pair), relation.special, relation.ties
    if held is not None and held.level is not None and held.since is not None:
        since, noun = say.since(held.since), say.noun(held.level)
        if noun is None:
            said = say.word("have level", **sides, since=since, level=held.level.name(say.lang))
        else:
            said = say.word("have been", **sides, since=since, noun=say.plural(noun))
        return said, held.certain
    if special.since is not None:
        said = say.word("have special", **sides, since=say.since(special.since))
        return said, relation.is_certain(SPECIAL)
    if ties.since is None or ties.status not in _TIES:
        return None
    said = say.word(
        _TIES[ties.status], **sides, since=say.since(ties.since), when=say.when(ties.since)
    )
    return said, relation.is_certain(TIES)

"""Policies: which of several tellings of one act the replay follows.

A policy is a function from a telling and the sources to a key; the telling with the smallest key is
followed, and equal keys are settled by canonical text, so a policy never depends on order. The
others stay as alternatives, and `check` reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

import attrs

from diplorel.dates import FIRST_DAY
from diplorel.event import Event, canonical, digest
from diplorel.sources import KIND_ORDER, Citation, Source, SourceKind, independent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.event import EventRetracted

    Policy: TypeAlias = Callable[["Telling", Mapping[str, Source]], Any]
    """A key for a telling; smaller is followed."""


@attrs.frozen(kw_only=True)
class Telling:
    """One content given for one act, with everybody who gives it.

    Attributes:
        act: The id of the act.
        event: The event as told, with the citations of all who tell it so. For a denial, the
            correction that denies the act.
        streams: The streams that tell it so, in order.
        denies: Whether it says that the act did not happen, or not so: one stream's correction over
            another stream's record.
        digests: The digests of the records that tell it so, in order: each names the telling, and
            stays valid when somebody else tells it too.
        against: For a denial of some tellings only, the digests of those; empty where it denies
            the act whole.
    """

    act: str
    event: Event | EventRetracted
    streams: tuple[str, ...]
    denies: bool = False
    digests: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Who says so."""
        return self.event.sources

    def denied(self, other: Telling) -> bool:
        """Say whether this is a denial of *other*."""
        return self.denies and (not self.against or not set(other.digests).isdisjoint(self.against))

    @property
    def digest(self) -> str:
        """A digest that names this telling, as in ``id@digest``: the first of `digests`."""
        return self.digests[0] if self.digests else digest(self.event)


def by_kind(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the telling whose sources have the most authority: the default.

    What both sides say goes first, in one text or each in its own (`Source.side`); then what one
    side's government says; then agencies, and governments that take no part; then the press,
    scholars and reference works. A source that the bibliography lacks comes last.
    """
    among: tuple[str, ...] | None = getattr(telling.event, "parties", None)
    sides, ranks = set(), []
    for citation in telling.citations:
        source = sources.get(citation.source)
        if source is None:
            ranks.append(len(SourceKind))
        elif source.kind is not SourceKind.GOVERNMENT or source.side is None:
            ranks.append(KIND_ORDER[source.kind])
        elif among is None or source.side in among:
            sides.add(source.side)
            ranks.append(KIND_ORDER[SourceKind.GOVERNMENT])
        else:
            ranks.append(KIND_ORDER[SourceKind.AGENCY])
    return (KIND_ORDER[SourceKind.JOINT] if len(sides) > 1 else min(ranks),)


def most_sources(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the telling with the most independent sources, then the kind of source.

    Documents that repeat one wire (`Source.derived_from`) are one.
    """
    roots = independent((one.source for one in telling.citations), sources)
    return (-len(roots), *by_kind(telling, sources))


def latest_published(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the telling with the most recent source; undated sources come last."""
    days = [
        source.published.hi
        for citation in telling.citations
        if (source := sources.get(citation.source)) and source.published
    ]
    return (-max(days, default=FIRST_DAY - 1),)


def stream_first(*streams: str) -> Policy:
    """Follow the first of *streams* that tells an act, then the kind of source."""

    def key(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
        places = [streams.index(one) for one in telling.streams if one in streams]
        return (min(places, default=len(streams)), *by_kind(telling, sources))

    return key


def manual(choices: Mapping[str, str]) -> Policy:
    """Follow the telling with the digest chosen for an id, then the kind of source.

    Args:
        choices: From the id of an act to the digest of the telling to follow.
    """

    def key(telling: Telling, sources: Mapping[str, Source]) -> tuple[int, ...]:
        digests = [telling.digest, *telling.digests]  # one record can stand behind two tellings
        chosen = choices.get(telling.act)
        place = min(digests.index(chosen), 1) if chosen in digests else 2
        return (place, *by_kind(telling, sources))

    return key


def choose(
    tellings: list[Telling], policy: Policy, sources: Mapping[str, Source]
) -> tuple[Telling, ...]:
    """Return the tellings of one act, the followed one first."""
    return tuple(
        sorted(
            tellings,
            key=lambda one: (policy(one, sources), one.denies, canonical(one.event), one.streams),
        )
    )

"""Claims about who is at a level: how many, who, their order, how many within a span."""

from __future__ import annotations

from typing import ClassVar

import attrs

from diplorel.claims.basics import Among, Mode, OfPartners, OnLadder, count_of, positive
from diplorel.model.claims import Claim
from diplorel.model.converters import date_or_none, event_date
from diplorel.model.dates import PartialDate
from diplorel.model.written_names import (
    level_name,
    level_name_or_none,
    one_or_more_party_names,
    party_name,
    party_name_or_none,
    party_names,
    two_or_more_party_names,
)
from diplorel.tracks.figures import Qualifier


@attrs.frozen(kw_only=True)
class CountClaim(OfPartners):
    """So many partners at a level on a day: "comprehensive strategic partners: 12 countries".

    Attributes:
        level: The level: its id or its name; None for any level of the ladder, labels without a
            rank among them.
        mode: Whether only the rank of that level counts, or also higher ones.
        count: How many.
        qualifier: ``=``, ``>``, ``>=``, ``<``, ``<=``; ``~`` means the same as ``=``.
        within: Only members of this group.
    """

    kind: ClassVar[str] = "count"

    level: str | None = attrs.field(default=None, converter=level_name_or_none)
    mode: Mode = attrs.field(default=Mode.EXACTLY, converter=Mode)
    count: int = attrs.field(converter=count_of)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    within: str | None = attrs.field(default=None, converter=party_name_or_none)


@attrs.frozen(kw_only=True)
class PartnersClaim(OnLadder):
    """These are the partners at a level on a day.

    Attributes:
        partners: The partners, in the order of the source.
        complete: Whether these are all ("namely"), or some of them ("among them").
        ordered: Whether their order is that of reaching the level.
        within: Only members of this group.
    """

    kind: ClassVar[str] = "partners"

    partners: tuple[str, ...] = attrs.field(converter=party_names)
    complete: bool = True
    ordered: bool = False
    within: str | None = attrs.field(default=None, converter=party_name_or_none)


@attrs.frozen(kw_only=True)
class SpecialCountClaim(OfPartners):
    """So many special relationships on a day: "three special relationships".

    They are off the ladder and count at no level of it.

    Attributes:
        count: How many.
        qualifier: As for `CountClaim`.
        within: Only with members of this group.
    """

    kind: ClassVar[str] = "special-count"

    count: int = attrs.field(converter=count_of)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)
    within: str | None = attrs.field(default=None, converter=party_name_or_none)


@attrs.frozen(kw_only=True)
class NthPartnerClaim(OnLadder):
    """This is the n-th partner at a level, counted by the day reached among those of that day.

    Attributes:
        partner: The partner.
        n: Its place: 5 for "the fifth".
        within: Only members of this group on that day are counted: "the third in ASEAN".
    """

    kind: ClassVar[str] = "nth-partner"

    partner: str = attrs.field(converter=party_name)
    n: int = attrs.field(converter=positive)
    within: str | None = attrs.field(default=None, converter=party_name_or_none)


@attrs.frozen(kw_only=True)
class ConsecutiveClaim(OnLadder):
    """These partners reached a level directly one after another, in this order.

    Counted by the day reached among those at the level on the day of the claim, as for
    `NthPartnerClaim`: no other party came between the first of them and the last.

    Attributes:
        partners: The partners, two or more, in order of reaching it.
        within: Only members of this group on that day are counted.
    """

    kind: ClassVar[str] = "consecutive"

    partners: tuple[str, ...] = attrs.field(converter=two_or_more_party_names)
    within: str | None = attrs.field(default=None, converter=party_name_or_none)


@attrs.frozen(kw_only=True)
class FirstInGroupClaim(OnLadder):
    """These are the first of a group to reach a level with a party, on the ladder of that party.

    "Vietnam is Indonesia's first comprehensive strategic partner in ASEAN" is about Indonesia's
    ladder: `party` is Indonesia. Those who held the level before and hold it no more also count.

    Attributes:
        partners: Who is first; several, where they are the first together.
        group: The group, whose members on the day of the claim count.
    """

    kind: ClassVar[str] = "first-in-group"

    partners: tuple[str, ...] = attrs.field(converter=one_or_more_party_names)
    group: str = attrs.field(converter=party_name)


@attrs.frozen(kw_only=True)
class FirstOfKindClaim(OnLadder):
    """These are the first of a kind of partner to reach a level: "the first union".

    Those who held the level before and hold it no more also count.

    Attributes:
        partners: Who is first; several, where they are the first together.
        among: The kind of partner that counts: ``union`` for "the first union".
    """

    kind: ClassVar[str] = "first-of-kind"

    partners: tuple[str, ...] = attrs.field(converter=one_or_more_party_names)
    among: Among = attrs.field(converter=Among)


@attrs.frozen(kw_only=True)
class CountWithinClaim(OnLadder):
    """So many upgrades to a level in a span: "nine from December 2022 to March 2025".

    Attributes:
        since: The first day counts; of a month or year, its first.
        until: The last day counts; of a month or year, its last, but never after `on`.
        count: How many.
        qualifier: As for `CountClaim`.
    """

    kind: ClassVar[str] = "count-within"

    since: PartialDate = attrs.field(converter=event_date)
    until: PartialDate = attrs.field(converter=event_date)
    count: int = attrs.field(converter=count_of)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)


@attrs.frozen(kw_only=True)
class RaisedWithinClaim(OfPartners):
    """Relations with so many partners were raised, or deepened too, in a span.

    "Upgrades and deepens partnerships with eleven countries". A partner counts once, however often.
    An upgrade to any level of the ladder raises a relation; a renewal ("CSP 2.0") deepens it.

    Attributes:
        level: Only to this level or a higher one; None for any.
        deepened: Whether renewals of a level that was held count as well.
        since: The first day counts; of a month or year, its first.
        until: The last day counts; of a month or year, its last, but never after `on`.
        count: How many partners.
        qualifier: As for `CountClaim`.
    """

    kind: ClassVar[str] = "raised-within"

    level: str | None = attrs.field(default=None, converter=level_name_or_none)
    deepened: bool = False
    since: PartialDate = attrs.field(converter=event_date)
    until: PartialDate = attrs.field(converter=event_date)
    count: int = attrs.field(converter=count_of)
    qualifier: Qualifier = attrs.field(default=Qualifier.EXACTLY, converter=Qualifier)


@attrs.frozen(kw_only=True)
class LevelClaim(OnLadder):
    """A partner is at a level on a day, perhaps since a day that the source gives.

    Attributes:
        partner: The partner.
        since: The day when it was reached, as the source has it.
    """

    kind: ClassVar[str] = "level"

    partner: str = attrs.field(converter=party_name)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)


@attrs.frozen(kw_only=True)
class SkippedLevelClaim(Claim):
    """A partner was upgraded past a level that it never held.

    Attributes:
        party: Whose ladder.
        partner: The partner.
        level: The level left out.
    """

    kind: ClassVar[str] = "skipped-level"

    party: str = attrs.field(converter=party_name)
    partner: str = attrs.field(converter=party_name)
    level: str = attrs.field(converter=level_name)

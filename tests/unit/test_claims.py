"""Claims: what a source makes of the whole, held against what the stream knows of it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import oracle
from completions import completions, have_days
from diplorel import Coverage, EventLog, Ladder, Level, Source, load, tracks
from diplorel import events as ev
from diplorel.analysis.bounds import Bounds, claimed, reported, rounding
from diplorel.claims import (
    CLAIMS,
    AnniversaryClaim,
    ChangeClaim,
    Claim,
    ConsecutiveClaim,
    CountClaim,
    CountWithinClaim,
    FigureClaim,
    Finding,
    FirstInGroupClaim,
    FirstOfKindClaim,
    GapClaim,
    IndicatorRankClaim,
    LevelClaim,
    NthPartnerClaim,
    PartnersClaim,
    RaisedWithinClaim,
    SkippedLevelClaim,
    SpecialCountClaim,
    TargetClaim,
    TiesClaim,
    Verdict,
    verify,
)
from diplorel.claims.answers import combine_reports, every, judge, words
from diplorel.claims.phrases import PHRASES
from diplorel.claims.readings import Readings
from diplorel.claims.verify import _LOOK_UP, _look_up, verify_some
from diplorel.errors import InvalidEventError
from diplorel.model.claim_names import with_ids
from diplorel.testing.dense import NEAR, narrow_dates
from diplorel.testing.events import KIN, level_events, ties_events
from diplorel.testing.streams import distinct, logs
from diplorel.testing.streams import log_of as log_of_events
from diplorel.tracks.figures import Qualifier
from draws import draws
from plausible import plausible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from completions import Dated
from diplorel.model.events import Event

SUPPORTED, REFUTED, UNDECIDABLE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.UNDECIDABLE
CONTESTED: Final = Verdict.CONTESTED

LADDER: Final = Ladder(
    party="VNM",
    levels=[Level(id="low", rank=1), Level(id="mid", rank=2), Level(id="high", rank=3)],
)
SGP_LADDER: Final = Ladder(party="SGP", levels=[Level(id="mid", rank=1), Level(id="high", rank=2)])
ALL: Final = Coverage(track="level", parties=["VNM"])
FROM_MID: Final = Coverage(track="level", parties=["VNM"], at_least="mid")
ASEAN: Final = Coverage(track="groups", parties=["ASEAN"])
TIES: Final = Coverage(track="ties", parties=["VNM"])
PAPERS: Final = (
    Source(id="wire", title="W", publisher="W", kind="agency"),
    Source(id="s", title="S", publisher="S", kind="press", derived_from="wire"),
    Source(id="other", title="O", publisher="O", kind="press"),
)


def log_of(*events: Event, coverage: Sequence[Coverage] = ()) -> EventLog:
    return EventLog(
        events,
        at="2026-01-01T00:00:00Z",
        sources=PAPERS,
        ladders=(LADDER, SGP_LADDER),
        coverage=coverage,
    )


def up(partner: str, level: str, on: str, **more: Any) -> Event:
    more.setdefault("sources", ["s"])
    return ev.LevelUpgraded(parties=("VNM", partner), ladder="VNM", level=level, on=on, **more)


def down(partner: str, level: str | None, on: str) -> Event:
    return ev.LevelDowngraded(
        parties=("VNM", partner), ladder="VNM", level=level, on=on, sources=["s"]
    )


def joined(party: str, on: str = "1995-07-28") -> Event:
    return ev.GroupJoined(party=party, group="ASEAN", on=on, sources=["s"])


def figure(value: str, **more: Any) -> Event:
    given = {"parties": ("VNM", "SGP"), "indicator": "trade", "unit": "USD bn", "period": "2022",
             "on": "2023-07-18", "sources": ["s"], **more}  # fmt: skip
    return ev.FigureReported(value=value, **given)


BASE: Final[dict[str, Any]] = {"id": "c", "on": "2025-03-12", "source": "s", "text": {"en": "It."}}
ON_LADDER: Final[dict[str, Any]] = {**BASE, "party": "VNM", "level": "high"}
OF_FIGURES: Final[dict[str, Any]] = {**BASE, "parties": ("VNM", "SGP"), "indicator": "trade"}


def verdict(claim: Claim, *events: Event, coverage: Sequence[Coverage] = ()) -> Verdict:
    return verify(claim, log_of(*events, coverage=coverage)).verdict


# --- how many, and who ---------------------------------------------------------------------------

TWO: Final = (up("CHN", "high", "2008-06-01"), up("RUS", "high", "2012-07-27"))


def count(n: int, **more: Any) -> CountClaim:
    return CountClaim(**{**ON_LADDER, "count": n, **more})


@pytest.mark.parametrize(
    ("n", "qualifier", "expected"),
    [
        (2, "=", SUPPORTED), (1, "=", REFUTED), (3, "=", REFUTED), (2, "~", SUPPORTED),
        (1, ">", SUPPORTED), (2, ">", REFUTED), (2, ">=", SUPPORTED), (3, ">=", REFUTED),
        (3, "<", SUPPORTED), (2, "<", REFUTED), (2, "<=", SUPPORTED), (1, "<=", REFUTED),
    ],
)  # fmt: skip
def test_a_count_is_checked_by_its_qualifier(n: int, qualifier: str, expected: Verdict) -> None:
    assert verdict(count(n, qualifier=qualifier), *TWO, coverage=[ALL]) is expected


@pytest.mark.parametrize(
    ("n", "qualifier", "expected"),
    [
        (2, "=", UNDECIDABLE), (3, "=", UNDECIDABLE), (1, "=", REFUTED),
        (1, ">", SUPPORTED), (2, ">=", SUPPORTED), (5, ">", UNDECIDABLE),
        (3, "<", UNDECIDABLE), (2, "<", REFUTED), (1, "<=", REFUTED),
    ],
)  # fmt: skip
def test_beyond_coverage_only_what_is_found_decides_a_count(
    n: int, qualifier: str, expected: Verdict
) -> None:
    assert verdict(count(n, qualifier=qualifier), *TWO) is expected


def test_coverage_from_a_level_up_decides_counts_from_there_up_only() -> None:
    events = (up("CHN", "high", "2008-06-01"), up("USA", "low", "2013-07-25"))
    assert verdict(count(1), *events, coverage=[FROM_MID]) is SUPPORTED
    assert (
        verdict(count(1, level="mid", mode="at-least"), *events, coverage=[FROM_MID]) is SUPPORTED
    )
    assert verdict(count(1, level="low"), *events, coverage=[FROM_MID]) is UNDECIDABLE


def test_a_count_after_the_coverage_ends_is_open() -> None:
    ended = Coverage(track="level", parties=["VNM"], until="2025-03-11")
    found = verify(count(2), log_of(*TWO, coverage=[ended]))
    assert found.verdict is UNDECIDABLE
    assert found.missing == (
        "a stream that lists all partners of Vietnam at the level of high on 12 March 2025"
    )


def test_one_number_counts_a_level_alone_and_another_all_above_it() -> None:
    events = (*TWO, up("SGP", "mid", "2013-09-11"))
    assert verdict(count(1, level="mid"), *events, coverage=[ALL]) is SUPPORTED
    assert verdict(count(3, level="mid", mode="at-least"), *events, coverage=[ALL]) is SUPPORTED


def test_a_union_is_a_partner_and_no_country() -> None:
    events = (*TWO, up("EU", "high", "2024-01-29"))
    assert verdict(count(3), *events, coverage=[ALL]) is SUPPORTED
    assert verdict(count(2, states_only=True), *events, coverage=[ALL]) is SUPPORTED


def test_a_partner_whom_dates_leave_open_leaves_the_count_open_where_it_matters() -> None:
    events = (*TWO, up("SGP", "high", "2025-03"))
    found = verify(count(2), log_of(*events, coverage=[ALL]))
    assert found.verdict is UNDECIDABLE
    assert found.missing == "whether it holds for Singapore"
    assert verdict(count(3), *events, coverage=[ALL]) is UNDECIDABLE
    assert verdict(count(4), *events, coverage=[ALL]) is REFUTED
    assert verdict(count(4, qualifier="<"), *events, coverage=[ALL]) is SUPPORTED


def test_a_count_within_a_group_needs_its_members() -> None:
    events = (*TWO, up("SGP", "high", "2025-03-12"), joined("SGP"))
    claim = count(1, within="ASEAN")
    assert verdict(claim, *events, coverage=[ALL, ASEAN]) is SUPPORTED
    found = verify(claim, log_of(*events, coverage=[ALL]))
    assert (found.verdict, found.missing) == (UNDECIDABLE, "all members of ASEAN on 12 March 2025")


def test_a_group_that_is_full_needs_no_list_of_partners() -> None:
    """All five permanent members are there: no list of other partners can make them four or six."""
    events = (*TWO, up("SGP", "high", "2025-03-12"), joined("SGP"), joined("VNM"))
    assert verdict(count(1, within="ASEAN"), *events, coverage=[ASEAN]) is SUPPORTED
    assert verdict(count(2, within="ASEAN"), *events, coverage=[ASEAN]) is REFUTED
    more = (*events, joined("THA"))
    assert verdict(count(1, within="ASEAN"), *more, coverage=[ASEAN]) is UNDECIDABLE


def partners(*named: str, **more: Any) -> PartnersClaim:
    return PartnersClaim(**{**ON_LADDER, "partners": named, **more})


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (partners("CHN", "RUS"), SUPPORTED, UNDECIDABLE),
        (partners("RUS", "CHN", ordered=True), REFUTED, REFUTED),
        (partners("CHN", "RUS", ordered=True), SUPPORTED, UNDECIDABLE),
        (partners("CHN"), REFUTED, REFUTED),
        (partners("CHN", complete=False), SUPPORTED, SUPPORTED),
        (partners("CHN", "RUS", "IND"), REFUTED, UNDECIDABLE),
        (partners("IND", complete=False), REFUTED, UNDECIDABLE),
        (partners("CHN", "RUS", complete=False, ordered=True), SUPPORTED, SUPPORTED),
    ],
)
def test_partners_are_held_against_the_list(
    claim: PartnersClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *TWO, coverage=[ALL]) is with_all
    assert verdict(claim, *TWO) is without


def test_a_refuted_list_reports_what_is_wrong_with_it() -> None:
    log = log_of(*TWO, coverage=[ALL])
    assert "not named: Russia" in verify(partners("CHN"), log).says
    assert "not found there: India" in verify(partners("CHN", "RUS", "IND"), log).says
    assert "China came before Russia" in verify(partners("RUS", "CHN", ordered=True), log).says


def test_a_list_is_open_where_dates_leave_a_partner_or_the_order_open() -> None:
    open_ = (*TWO, up("SGP", "high", "2025-03"))
    assert verdict(partners("CHN", "RUS"), *open_, coverage=[ALL]) is UNDECIDABLE
    assert verdict(partners("CHN", "RUS", "SGP"), *open_, coverage=[ALL]) is UNDECIDABLE
    assert verdict(partners("CHN", complete=False), *open_, coverage=[ALL]) is SUPPORTED
    same = (up("CHN", "high", "2008"), up("RUS", "high", "2008-07"))
    found = verify(partners("CHN", "RUS", ordered=True), log_of(*same, coverage=[ALL]))
    assert (found.verdict, found.missing) == (
        UNDECIDABLE,
        "which of China and Russia came first",
    )


# --- the n-th, the first -------------------------------------------------------------------------


def nth(n: int, partner: str = "RUS") -> NthPartnerClaim:
    return NthPartnerClaim(**{**ON_LADDER, "partner": partner, "n": n})


@pytest.mark.parametrize(
    ("n", "with_all", "without"),
    [(1, REFUTED, REFUTED), (2, SUPPORTED, UNDECIDABLE), (3, REFUTED, UNDECIDABLE)],
)
def test_a_place_counts_those_who_came_before(n: int, with_all: Verdict, without: Verdict) -> None:
    events = (*TWO, up("IND", "high", "2016-09-03"))
    assert verdict(nth(n), *events, coverage=[ALL]) is with_all
    assert verdict(nth(n), *events) is without


def test_a_partner_that_does_not_stand_there_has_no_place() -> None:
    assert verdict(nth(1, "IND"), *TWO, coverage=[ALL]) is REFUTED
    assert verdict(nth(1, "IND"), *TWO) is UNDECIDABLE
    assert verdict(nth(3, "IND"), *TWO, up("IND", "high", "2025"), coverage=[ALL]) is UNDECIDABLE


def test_a_place_is_open_where_the_dates_leave_the_order_open() -> None:
    events = (up("CHN", "high", "2012"), up("RUS", "high", "2012-07-27"))
    found = verify(nth(2), log_of(*events, coverage=[ALL]))
    assert (found.verdict, found.missing) == (
        UNDECIDABLE,
        "whether China reached the level before Russia",
    )
    assert verdict(nth(3), *events, coverage=[ALL]) is REFUTED


def test_a_place_is_open_where_it_is_open_how_a_partner_came_to_the_level() -> None:
    doubtful = (up("RUS", "high", "2012"), down("RUS", "mid", "2012-07"), up("RUS", "high", "2013"))
    for n in (1, 2):
        assert verdict(nth(n), TWO[0], *doubtful, coverage=[ALL]) is UNDECIDABLE
        assert verdict(nth(n, "CHN"), TWO[0], *doubtful, coverage=[ALL]) is UNDECIDABLE
    assert verdict(nth(3), TWO[0], *doubtful, coverage=[ALL]) is REFUTED


def test_of_two_that_came_on_one_day_none_is_known_to_be_first() -> None:
    events = (up("CHN", "high", "2012-07-27"), up("RUS", "high", "2012-07-27"))
    assert verdict(nth(1), *events, coverage=[ALL]) is UNDECIDABLE
    assert verdict(nth(2), *events, coverage=[ALL]) is UNDECIDABLE
    for named in (("CHN", "RUS"), ("RUS", "CHN")):
        assert verdict(partners(*named, ordered=True), *events, coverage=[ALL]) is SUPPORTED


def test_a_refreshed_level_keeps_its_place() -> None:
    renewed = ev.LevelRenewed(
        parties=("VNM", "CHN"), ladder="VNM", level="high", on="2023-12-12", sources=["s"]
    )
    assert verdict(nth(2), *TWO, renewed, coverage=[ALL]) is SUPPORTED


def first(*named: str, party: str = "SGP", **more: Any) -> FirstInGroupClaim:
    return FirstInGroupClaim(
        **{**ON_LADDER, "party": party, "partners": named, "group": "ASEAN", **more}
    )


SGP_ALL: Final = Coverage(track="level", parties=["SGP"])
MEMBERS: Final = (joined("VNM"), joined("SGP"), joined("IDN"))
OWN: Final = up("SGP", "high", "2025-03-12")


def sgp_up(partner: str, on: str, level: str = "high") -> Event:
    return ev.LevelUpgraded(
        parties=("SGP", partner), ladder="SGP", level=level, on=on, sources=["s"]
    )


def test_first_in_a_group_is_never_supported_by_the_other_side_s_ladder() -> None:
    found = verify(first("VNM"), log_of(OWN, *MEMBERS, coverage=[ALL, ASEAN]))
    assert found.verdict is UNDECIDABLE
    alone = EventLog([OWN, *MEMBERS], ladders=[LADDER], coverage=[ALL, ASEAN])
    found = verify(first("VNM"), alone)
    assert found.verdict is UNDECIDABLE
    assert found.missing is not None
    assert "the ladder of Singapore" in found.missing


def test_first_in_a_group_needs_the_list_of_the_ladder_and_of_the_members() -> None:
    events = (sgp_up("VNM", "2025-03-12"), *MEMBERS)
    assert verdict(first("VNM"), *events, coverage=[SGP_ALL, ASEAN]) is SUPPORTED
    assert verdict(first("VNM"), *events, coverage=[ASEAN]) is UNDECIDABLE
    found = verify(first("VNM"), log_of(*events, coverage=[SGP_ALL]))
    assert (found.verdict, found.missing) == (UNDECIDABLE, "all members of ASEAN on 12 March 2025")
    without_ladder = EventLog(events, ladders=[LADDER])
    assert "all members of ASEAN" in (verify(first("VNM"), without_ladder).missing or "")


def test_a_member_that_came_before_refutes_the_first_even_beyond_coverage() -> None:
    events = (sgp_up("VNM", "2025-03-12"), sgp_up("IDN", "2020-01-01"), *MEMBERS)
    found = verify(first("VNM"), log_of(*events))
    assert found.verdict is REFUTED
    assert "Indonesia reached it on 1 January 2020" in found.says


def test_who_held_the_level_once_came_before_all_the_same() -> None:
    ended = ev.LevelDowngraded(parties=("IDN", "SGP"), ladder="SGP", on="2021", sources=["s"])
    events = (sgp_up("VNM", "2025-03-12"), sgp_up("IDN", "2020-01-01"), ended, *MEMBERS)
    assert verdict(first("VNM"), *events, coverage=[SGP_ALL, ASEAN]) is REFUTED


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ((sgp_up("IDN", "2025-04-01"),), SUPPORTED),  # later than the day of the claim
        ((sgp_up("IDN", "2025-03-12"),), UNDECIDABLE),  # the same day
        ((sgp_up("IDN", "2025"),), UNDECIDABLE),
        ((sgp_up("AUS", "2015"),), SUPPORTED),  # no member
        ((sgp_up("IDN", "2015", "mid"),), SUPPORTED),  # a lower level
        ((sgp_up("THA", "2015"), joined("THA", "2025")), UNDECIDABLE),  # a member perhaps
    ],
)
def test_rivals_count_by_their_day_and_their_membership(
    more: tuple[Event, ...], expected: Verdict
) -> None:
    events = (sgp_up("VNM", "2025-03-12"), *MEMBERS, *more)
    assert verdict(first("VNM"), *events, coverage=[SGP_ALL, ASEAN]) is expected


def test_several_can_be_the_first_together() -> None:
    events = (sgp_up("VNM", "2025-03-12"), sgp_up("IDN", "2025-03-10"), *MEMBERS)
    assert verdict(first("VNM", "IDN"), *events, coverage=[SGP_ALL, ASEAN]) is SUPPORTED
    assert verdict(first("VNM"), *events, coverage=[SGP_ALL, ASEAN]) is REFUTED


def test_who_is_no_member_or_holds_no_level_is_not_the_first() -> None:
    events = (sgp_up("AUS", "2025-03-12"), sgp_up("VNM", "2025-03"), *MEMBERS)
    for named in ("AUS", "IDN"):
        assert verdict(first(named), *events, coverage=[SGP_ALL, ASEAN]) is REFUTED
        assert verdict(first(named), *events) is UNDECIDABLE
    assert verdict(first("VNM"), *events, coverage=[SGP_ALL, ASEAN]) is UNDECIDABLE


# --- within a span, and how far apart ------------------------------------------------------------


def within(n: int, since: str, until: str, **more: Any) -> CountWithinClaim:
    return CountWithinClaim(**{**ON_LADDER, "count": n, "since": since, "until": until, **more})


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (within(2, "2008", "2012"), SUPPORTED, UNDECIDABLE),
        (within(1, "2008", "2012"), REFUTED, REFUTED),
        (within(1, "2008", "2012", qualifier=">"), SUPPORTED, SUPPORTED),
        (within(1, "2008-06-02", "2012-07-27"), SUPPORTED, UNDECIDABLE),
        (within(3, "2008", "2012"), REFUTED, UNDECIDABLE),
        (within(0, "2013", "2099"), SUPPORTED, UNDECIDABLE),
    ],
)
def test_a_count_within_a_span_takes_both_ends(
    claim: CountWithinClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *TWO, coverage=[ALL]) is with_all
    assert verdict(claim, *TWO) is without


def test_a_span_is_covered_only_without_a_gap() -> None:
    claim = within(2, "2008", "2012")
    early = Coverage(track="level", parties=["VNM"], until="2010-06-30")
    one_day = Coverage(track="level", parties=["VNM"], until="2008-01-01")
    assert verdict(claim, *TWO, coverage=[one_day, ALL]) is SUPPORTED
    until = attrs.evolve(ALL, since="2012-12-31")
    assert verdict(claim, *TWO, coverage=[one_day, until]) is UNDECIDABLE
    joins = Coverage(track="level", parties=["VNM"], since="2010-07-01")
    late = Coverage(track="level", parties=["VNM"], since="2010-07-02")
    assert verdict(claim, *TWO, coverage=[early, joins]) is SUPPORTED
    assert verdict(claim, *TWO, coverage=[early, late]) is UNDECIDABLE
    assert verdict(claim, *TWO, coverage=[late]) is UNDECIDABLE


def test_a_rise_that_may_lie_within_the_span_leaves_it_open() -> None:
    events = (*TWO, up("IND", "high", "[2012-12-30..2013-01-02]"))
    found = verify(within(2, "2008", "2012"), log_of(*events, coverage=[ALL]))
    assert (found.verdict, found.missing) == (
        UNDECIDABLE,
        "whether India reached it within the span",
    )
    assert verdict(within(4, "2008", "2012"), *events, coverage=[ALL]) is REFUTED


def test_a_rise_on_either_end_of_a_span_may_lie_within_it() -> None:
    claim = within(0, "2013", "2013")
    for when in ("[2012-12-31..2013-01-01]", "[2013-12-31..2014-01-01]"):
        assert verdict(claim, up("IND", "high", when), coverage=[ALL]) is UNDECIDABLE
    for when in ("2012-12-31", "2014-01-01"):
        assert verdict(claim, up("IND", "high", when), coverage=[ALL]) is SUPPORTED


def test_two_events_that_lead_to_the_same_are_one_rise_on_the_day_of_the_first() -> None:
    events = (up("SGP", "high", "2013-09-11"), up("SGP", "high", "2013"))
    assert verdict(stands(since="2013-09-11"), *events) is UNDECIDABLE
    assert verdict(stands(since="2013"), *events) is SUPPORTED
    assert verdict(within(1, "2013", "2013"), *events, coverage=[ALL]) is SUPPORTED


def test_a_rise_is_not_sure_where_an_event_that_leads_elsewhere_may_come_after_it() -> None:
    fell = (up("SGP", "high", "2013-09-11"), down("SGP", "mid", "2013"))
    claim = within(1, "2013", "2013", on="2025-03-12")
    again = up("SGP", "high", "2020-01-01")
    assert verdict(claim, *fell, coverage=[ALL]) is UNDECIDABLE
    assert verdict(within(1, "2020", "2020"), *fell, again, coverage=[ALL]) is UNDECIDABLE
    clear = down("SGP", "low", "2015-01-01")
    assert verdict(within(1, "2020", "2020"), *fell, clear, again, coverage=[ALL]) is SUPPORTED


def test_an_earlier_rise_that_dates_leave_open_keeps_a_later_one_from_being_the_first() -> None:
    open_ = (up("SGP", "mid", "2013"), down("SGP", "low", "2013-09-11"))
    clear = (down("SGP", "low", "2015-01-01"), up("SGP", "mid", "2020-03-01"))
    claim = years(5, "2025", level="mid", ladder="VNM")
    assert verdict(claim, *clear, coverage=[ALL]) is SUPPORTED
    assert verdict(claim, *open_, *clear, coverage=[ALL]) is UNDECIDABLE
    fallen = (down("SGP", "mid", "2013"), up("SGP", "mid", "2013-09-11"))  # which came first?
    again = (down("SGP", "low", "2021-01-01"), up("SGP", "mid", "2023-01-01"))
    assert verdict(claim, *fallen, *clear, *again, coverage=[ALL]) is UNDECIDABLE
    vague = up("SGP", "mid", "[2020-03-01..2030]")  # the same rise, told with less precision
    assert verdict(claim, *clear, vague, coverage=[ALL]) is SUPPORTED


def test_an_event_that_the_replay_shows_as_no_rise_may_have_been_one() -> None:
    events = (
        up("SGP", "mid", "2013-09-10"),
        down("SGP", "low", "[2013-09-11..2013-09-13]"),
        up("SGP", "mid", "2013-09-12"),
    )
    claim = within(0, "2013-09-12", "2013-09-20", level="mid")
    assert verdict(claim, *events, coverage=[ALL]) is UNDECIDABLE
    assert verdict(claim, events[0], events[2], coverage=[ALL]) is SUPPORTED


def test_a_rise_is_not_sure_where_a_fall_to_the_same_level_may_come_first() -> None:
    events = (down("SGP", "mid", "[2013-09-10..2013-09-11]"), up("SGP", "mid", "2013-09-10"))
    claim = within(1, "2013-09-01", "2013-09-30", level="mid")
    assert verdict(claim, *events, coverage=[ALL]) is UNDECIDABLE
    assert verdict(claim, events[1], coverage=[ALL]) is SUPPORTED


def test_a_fall_to_a_level_is_no_rise_to_it() -> None:
    events = (*TWO, down("RUS", "mid", "2014-01-01"))
    assert verdict(within(0, "2014", "2014", level="mid"), *events, coverage=[ALL]) is SUPPORTED


def test_a_span_can_count_countries_alone() -> None:
    events = (*TWO, up("EU", "high", "2010-01-29"))
    claim = within(2, "2008", "2012", states_only=True)
    assert verdict(claim, *events, coverage=[ALL]) is SUPPORTED


def gap(least: str, most: str | None = None, **more: Any) -> GapClaim:
    if not more.get("partners"):
        more = {"since": "2008", "until": "2022", **more}
    return GapClaim(**{**ON_LADDER, "least": least, "most": most, "unit": "years", **more})


FOUR: Final = (*TWO, up("IND", "high", "2016-09-03"), up("KOR", "high", "2022-12-05"))


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (gap("4", "6"), SUPPORTED, UNDECIDABLE),
        (gap("4", "5"), REFUTED, UNDECIDABLE),  # another between the last two would mend it
        (gap("5", "7"), REFUTED, REFUTED),  # nothing that is not recorded lengthens a gap
        (gap("4.2", "6.3"), REFUTED, REFUTED),
        (gap("4.1", "6.3"), SUPPORTED, UNDECIDABLE),
        (gap("4", "6", since="2023", until="2024"), REFUTED, UNDECIDABLE),
    ],
)
def test_gaps_between_all_rises_of_a_span(
    claim: GapClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *FOUR, coverage=[ALL]) is with_all
    assert verdict(claim, *FOUR) is without


def test_the_gap_between_two_that_are_named_needs_no_list() -> None:
    events = (up("NZL", "high", "2025-02-26"), up("IDN", "high", "2025-03-10"), OWN)
    weeks: dict[str, Any] = {"unit": "weeks", "partners": ("NZL", "SGP")}
    assert verdict(gap("2", **weeks), *events) is SUPPORTED
    assert verdict(gap("2", **{**weeks, "partners": ("NZL", "IDN")}), *events) is SUPPORTED
    assert verdict(gap("3", **weeks), *events) is REFUTED
    assert verdict(gap("2", **{**weeks, "partners": ("SGP", "NZL")}), *events) is REFUTED
    assert verdict(gap("14", unit="days", partners=("NZL", "SGP")), *events) is SUPPORTED
    assert verdict(gap("12", unit="days", partners=("NZL", "IDN", "SGP")), *events) is REFUTED


def test_a_gap_to_somebody_who_never_rose_is_open_or_refuted() -> None:
    claim = gap("2", unit="weeks", partners=("NZL", "CHN", "SGP"))
    events = (up("NZL", "high", "2020-02-26"), OWN)
    assert verdict(claim, *events) is UNDECIDABLE
    assert verdict(claim, *events, coverage=[ALL]) is REFUTED


def test_gaps_are_open_where_dates_are() -> None:
    months: dict[str, Any] = {"unit": "months", "partners": ("CHN", "RUS")}
    events = (up("CHN", "high", "2008-06"), up("RUS", "high", "2008-09"))
    assert verdict(gap("3", **months), *events) is UNDECIDABLE
    assert verdict(gap("1", **months), *events) is REFUTED
    crossed = (up("CHN", "high", "2008"), up("RUS", "high", "2008-09"))
    assert verdict(gap("0", "1"), *crossed, coverage=[ALL]) is UNDECIDABLE
    far = (up("CHN", "high", "[2008..2012]"), up("RUS", "high", "2010"), up("IND", "high", "2014"))
    assert verdict(gap("0", "2"), *far, coverage=[ALL]) is UNDECIDABLE  # China may lie between
    assert verdict(gap("9", "10"), *far, coverage=[ALL]) is REFUTED
    vague = (up("CHN", "high", "2008"), up("RUS", "high", "2012"))
    found = verify(gap("4"), log_of(*vague, coverage=[ALL]))
    assert (found.verdict, found.missing) == (
        UNDECIDABLE,
        "the exact days of level-upgraded/CHN-VNM/2008/VNM, level-upgraded/RUS-VNM/2012/VNM",
    )
    perhaps = (*TWO, up("IND", "high", "2022~"), up("IND", "high", "[2022-12-01..2023-01-01]"))
    assert verdict(gap("4", "10"), *perhaps, coverage=[ALL]) is UNDECIDABLE
    open_ = up("RUS", "high", "2025-03")
    assert verdict(gap("17", partners=("CHN", "RUS")), TWO[0], open_) is UNDECIDABLE


# --- one dyad ------------------------------------------------------------------------------------


def stands(level: str = "high", **more: Any) -> LevelClaim:
    return LevelClaim(**{**ON_LADDER, "partner": "SGP", "level": level, **more})


SGP_PATH: Final = (up("SGP", "mid", "2013-09-11"), up("SGP", "high", "2025-03-12"))


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (stands(), SUPPORTED, SUPPORTED),
        (stands(since="2025-03"), SUPPORTED, SUPPORTED),
        (stands(since="2013"), REFUTED, REFUTED),
        (stands("mid"), REFUTED, REFUTED),  # it stands higher already
        (stands("mid", mode="at-least", since="2013-09"), SUPPORTED, SUPPORTED),
        (stands("mid", on="2020-01-01", since="2013-09"), SUPPORTED, SUPPORTED),
        (stands("high", on="2020-01-01"), REFUTED, UNDECIDABLE),  # a rise may be unrecorded
        (stands("low", on="2012-01-01"), REFUTED, UNDECIDABLE),
    ],
)
def test_a_level_is_held_against_the_ladder(
    claim: LevelClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *SGP_PATH, coverage=[ALL]) is with_all
    assert verdict(claim, *SGP_PATH) is without


def test_a_level_is_open_where_dates_are() -> None:
    month = (up("SGP", "mid", "2013-09"),)
    assert verdict(stands("mid", on="2013-09-15"), *month, coverage=[ALL]) is UNDECIDABLE
    assert verdict(stands("mid", since="2013-09-11"), *month, coverage=[ALL]) is UNDECIDABLE
    assert verdict(stands("mid", since="2013"), *month, coverage=[ALL]) is SUPPORTED
    assert verdict(stands("mid", since="2012"), *month, coverage=[ALL]) is REFUTED
    told = verify(stands("mid", since="2012"), log_of(*month, coverage=[ALL]))
    assert told.says == (
        "On 12 March 2025, Singapore was at the level of mid with Vietnam, "
        "reached in September 2013."
    )


def skipped_by(partner: str, on: str = "2025-03-12") -> SkippedLevelClaim:
    return SkippedLevelClaim(**{**BASE, "on": on}, party="VNM", partner=partner, level="mid")


LOW: Final = up("USA", "low", "2013-07-25")
TOP: Final = up("USA", "high", "2023-09-10")


@pytest.mark.parametrize(
    ("events", "with_all", "without"),
    [
        ((LOW, TOP), SUPPORTED, UNDECIDABLE),
        ((LOW, up("USA", "high", "2023-09-10", previous="low")), SUPPORTED, SUPPORTED),
        ((LOW, up("USA", "mid", "2018-01-01"), TOP), REFUTED, REFUTED),
        ((LOW, TOP, down("USA", "mid", "2024-01-01")), SUPPORTED, UNDECIDABLE),
        ((LOW,), REFUTED, UNDECIDABLE),
        ((TOP,), REFUTED, UNDECIDABLE),  # it came from no level at all
        ((), REFUTED, UNDECIDABLE),
        ((LOW, up("USA", "mid", "2023"), TOP), REFUTED, REFUTED),  # a rise does not lower
    ],
)
def test_a_level_is_skipped_where_the_step_before_is_known(
    events: tuple[Event, ...], with_all: Verdict, without: Verdict
) -> None:
    assert verdict(skipped_by("USA"), *events, coverage=[ALL]) is with_all
    assert verdict(skipped_by("USA"), *events) is without


def test_a_level_below_the_coverage_does_not_hide_a_skip_above() -> None:
    assert verdict(skipped_by("USA"), LOW, TOP, coverage=[FROM_MID]) is SUPPORTED


def ties(on: str) -> Event:
    return ev.TiesEstablished(parties=("SGP", "VNM"), on=on, sources=["s"])


def since(when: str, on: str = "2025-03-12") -> TiesClaim:
    return TiesClaim(**{**BASE, "on": on, "parties": ("VNM", "SGP"), "since": when})


def test_ties_are_held_against_their_first_beginning() -> None:
    event = ties("1973-08-01")
    assert verdict(since("1973-08-01"), event) is SUPPORTED
    assert verdict(since("1973"), event) is SUPPORTED
    assert verdict(since("1974"), event) is REFUTED
    assert verdict(since("1973-08-01"), ties("1973")) is UNDECIDABLE
    assert verdict(since("1973"), ties("1973-08"), coverage=[TIES]) is SUPPORTED
    assert verdict(since("1973", on="1973-08-02"), ties("1973-08")) is UNDECIDABLE
    assert verdict(since("1973-08-01"), event, ties("[1970..1990]")) is UNDECIDABLE
    assert verdict(since("1973")) is UNDECIDABLE
    assert verdict(since("1973"), coverage=[TIES]) is REFUTED
    severed = ev.TiesSevered(parties=("SGP", "VNM"), on="1980", sources=["s"])
    again = ev.TiesRestored(parties=("SGP", "VNM"), on="1990", sources=["s"])
    assert verdict(since("1973"), event, severed, again) is SUPPORTED
    assert verdict(since("1973"), severed, again, coverage=[TIES]) is UNDECIDABLE


def years(n: int, period: str, **more: Any) -> AnniversaryClaim:
    return AnniversaryClaim(
        **{**BASE, "parties": ("VNM", "SGP"), "years": n, "period": period, **more}
    )


def test_an_anniversary_is_reckoned_from_ties_or_from_a_level() -> None:
    events = (ties("1973-08-01"), up("SGP", "mid", "2013-09"), up("SGP", "high", "2025-03-12"))
    of_level = {"level": "mid", "ladder": "VNM"}
    assert verdict(years(50, "2023"), *events) is SUPPORTED
    assert verdict(years(50, "2024"), *events) is REFUTED
    assert verdict(years(50, "2023-08-01"), *events) is SUPPORTED
    assert verdict(years(10, "2023", **of_level), *events) is SUPPORTED
    assert verdict(years(10, "2023-09-11", **of_level), *events) is UNDECIDABLE
    assert verdict(years(10, "2022", **of_level), *events) is REFUTED
    told = verify(years(10, "2023", **of_level), log_of(*events)).says
    assert told.endswith("10 years are full on a day from 1 September 2023 to 30 September 2023.")


def test_an_anniversary_of_what_is_not_recorded_is_open_or_refuted() -> None:
    of_level = years(10, "2023", level="mid", ladder="VNM")
    assert verdict(years(50, "2023")) is UNDECIDABLE
    assert verdict(years(50, "2023"), coverage=[TIES]) is REFUTED
    assert verdict(of_level) is UNDECIDABLE
    assert verdict(of_level, coverage=[ALL]) is REFUTED
    assert verdict(of_level, up("SGP", "mid", "2025")) is UNDECIDABLE
    assert verdict(years(50, "2023"), ties("[..1973]")) is UNDECIDABLE
    assert verdict(years(9999, "2023"), ties("1973-08-01")) is UNDECIDABLE


def test_an_anniversary_of_a_leap_day_falls_on_the_28th() -> None:
    assert verdict(years(1, "2021-02-28"), ties("2020-02-29")) is SUPPORTED


# --- figures -------------------------------------------------------------------------------------


def value(number: str, qualifier: str = "=", **more: Any) -> FigureClaim:
    given = {"unit": "USD bn", "period": "2022", "qualifier": qualifier, **more}
    return FigureClaim(**{**OF_FIGURES, "value": number, **given})


@pytest.mark.parametrize(
    ("claim", "report", "expected"),
    [
        (value("9.15", "~"), figure("9.15", qualifier="~"), SUPPORTED),
        (value("9.15"), figure("9.154"), SUPPORTED),  # it rounds to what is printed
        (value("9.15"), figure("9.16"), REFUTED),
        (value("9.15"), figure("9.2"), UNDECIDABLE),  # the report has fewer digits
        (value("9.15"), figure("9.3"), REFUTED),
        (value("9", ">"), figure("9", qualifier=">"), SUPPORTED),
        (value("9", ">"), figure("9"), REFUTED),
        (value("9", ">="), figure("9"), SUPPORTED),
        (value("9", ">"), figure("9.15", qualifier="~"), SUPPORTED),
        (value("9", ">"), figure("8", qualifier=">"), UNDECIDABLE),
        (value("8", ">"), figure("9", qualifier=">="), SUPPORTED),
        (value("9", "<"), figure("9", qualifier="<"), SUPPORTED),
        (value("9", "<="), figure("9", qualifier=">"), REFUTED),
        (value("9", "<"), figure("9", qualifier=">="), REFUTED),
        (value("12", ">"), figure("14"), SUPPORTED),
        (value("3E+5", "~"), figure("298000"), SUPPORTED),
    ],
)
def test_a_figure_is_held_against_the_digits_printed(
    claim: FigureClaim, report: Event, expected: Verdict
) -> None:
    assert verdict(claim, report) is expected


def test_reports_that_contradict_each_other_make_a_figure_contested() -> None:
    two = (figure("13", period="2023-08"), figure("14", period="2023-08", sources=["other"]))
    found = verify(value("14", period="2023-08"), log_of(*two))
    assert found.verdict is CONTESTED
    assert found.missing == "which of the reports is right, for they contradict each other"
    assert verdict(value("15", period="2023-08"), *two) is REFUTED
    vague = figure("12", qualifier=">", period="2023-08", on="2025-03-12")
    assert verdict(value("14", period="2023-08"), two[1], vague) is SUPPORTED


@pytest.mark.parametrize(
    "other",
    [
        {"period": "2021"}, {"period": None}, {"cumulative": True}, {"by": "SGP"},
        {"indicator": "stock"}, {"unit": "EUR bn"}, {"parties": ("VNM",)},
        {"parties": ("VNM", "IDN")},
    ],
)  # fmt: skip
def test_a_report_of_something_else_decides_nothing(other: dict[str, Any]) -> None:
    assert verdict(value("9.15"), figure("9.15", **other)) is UNDECIDABLE
    assert verdict(value("9.15"), figure("1", **other)) is UNDECIDABLE


def test_a_figure_can_be_of_one_party_and_on_one_basis() -> None:
    claim = value("6.9", parties=["VNM"], basis="registered", reporter="FIA")
    own = {"parties": ["VNM"], "reporter": "FIA"}
    assert verdict(claim, figure("6.9", basis="registered", **own)) is SUPPORTED
    assert verdict(claim, figure("6.9", basis="disbursed", **own)) is UNDECIDABLE
    assert verdict(claim, figure("6.9", basis="registered", parties=["VNM"])) is UNDECIDABLE


def test_of_figures_without_a_period_the_last_by_the_day_counts() -> None:
    old = figure("73.4", period=None, on="2023-07-18")
    new = figure("80", period=None, on="2025-03-12", qualifier=">")
    later = figure("70", period=None, on="2025-04-01")
    assert verdict(value("80", ">", period=None), old, new, later) is SUPPORTED
    assert verdict(value("73.4", period=None, on="2024-01-01"), old, new, later) is SUPPORTED
    assert verdict(value("73.4", period=None), old, new, later) is REFUTED
    assert verdict(value("73.4", period=None, on="2020-01-01"), old) is UNDECIDABLE


def grew(number: str, measure: str = "percent", **more: Any) -> ChangeClaim:
    given = {"earlier": "2021", "later": "2022", "measure": measure, **more}
    return ChangeClaim(**{**OF_FIGURES, "value": number, **given})


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (grew("50"), SUPPORTED), (grew("51"), REFUTED), (grew("40", qualifier=">"), SUPPORTED),
        (grew("1.5", "multiple"), SUPPORTED), (grew("3", "multiple"), REFUTED),
        (grew("2", "multiple", qualifier="<"), SUPPORTED),
        (grew("50.00"), UNDECIDABLE),  # the figures have not so many digits
        (grew("50", later="2023"), UNDECIDABLE),
    ],
)  # fmt: skip
def test_growth_is_reckoned_from_the_two_figures(claim: ChangeClaim, expected: Verdict) -> None:
    reports = (figure("8.000", period="2021"), figure("12.000", period="2022"))
    assert verdict(claim, *reports) is expected


def test_growth_is_reckoned_from_figures_within_bounds() -> None:
    before = figure("8", period="2021", qualifier=">=")
    after = figure("12", period="2022", qualifier="<=")
    assert verdict(grew("51", qualifier="<"), before, after) is UNDECIDABLE
    low = figure("8.00", period="2021")
    assert verdict(grew("49", qualifier=">"), low, figure("12", qualifier=">")) is SUPPORTED
    assert verdict(grew("49", qualifier=">"), figure("0", period="2021"), after) is UNDECIDABLE
    assert verdict(grew("49", qualifier=">"), low, figure("12", unit="EUR bn")) is UNDECIDABLE
    assert verdict(grew("0.1", "multiple", qualifier=">"), low, figure("-1")) is UNDECIDABLE


def test_growth_that_is_reported_as_such_counts_beside_the_figures() -> None:
    told = figure("11.57", indicator="growth", unit="%")
    claim = grew("11.57", reported_as="growth")
    assert verdict(claim, told) is SUPPORTED
    assert verdict(grew("11.57"), told) is UNDECIDABLE
    earlier = figure("11.57", indicator="growth", unit="%", period="2021")
    assert verdict(claim, earlier) is UNDECIDABLE
    against = (figure("8.30", period="2021"), figure("9.15", period="2022"))
    assert verdict(claim, told, *against) is CONTESTED
    assert verdict(grew("11.57"), *against) is REFUTED
    span = figure("4", indicator="multiple", unit="times", period="2015/2025")
    decade = {"earlier": "2015", "later": "2025", "reported_as": "multiple"}
    assert verdict(grew("4", "multiple", **decade), span) is SUPPORTED
    assert verdict(grew("3", "multiple", **decade), span) is REFUTED


def target(number: str, **more: Any) -> TargetClaim:
    return TargetClaim(**{**OF_FIGURES, "value": number, "unit": "USD bn", "due": "2028", **more})


def test_the_target_that_stands_on_the_day_counts() -> None:
    def set_(number: str, on: str, **more: Any) -> Event:
        given = {"parties": ("VNM", "SGP"), "indicator": "trade", "unit": "USD bn",
                 "due": "2028", "on": on, "sources": ["s"], **more}  # fmt: skip
        return ev.TargetSet(value=number, **given)

    both = (set_("15", "2022-12-22", qualifier=">"), set_("18", "2025-03-10"))
    assert verdict(target("18"), *both) is SUPPORTED
    assert verdict(target("15", qualifier=">"), *both) is SUPPORTED  # 18 is more than 15
    assert verdict(target("15"), *both) is REFUTED
    assert verdict(target("18", on="2023-01-01"), *both) is UNDECIDABLE  # more than 15, then
    assert verdict(target("18", due="2030"), *both) is UNDECIDABLE
    assert verdict(target("18", due=None), *both) is UNDECIDABLE
    assert verdict(target("18", unit="EUR bn"), *both) is UNDECIDABLE
    assert verdict(target("18", by="SGP"), *both) is UNDECIDABLE
    unclear = (set_("15", "2025"), set_("18", "2025-03-10"))
    assert verdict(target("18"), *unclear) is UNDECIDABLE


def place(n: int, **more: Any) -> IndicatorRankClaim:
    given = {"party": "VNM", "partner": "SGP", "indicator": "trade", "period": "2022", **more}
    return IndicatorRankClaim(**{**BASE, "place": n, **given})


FIGURES: Final = Coverage(track="figures", parties=["VNM"])
TRADE: Final = (
    figure("9.15"),
    figure("175", parties=("VNM", "CHN")),
    figure("9.5", parties=("VNM", "IDN")),
    figure("5", parties=("VNM", "FRA"), qualifier="<"),
)


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (place(3), SUPPORTED, UNDECIDABLE),
        (place(2), REFUTED, REFUTED),
        (place(4), REFUTED, UNDECIDABLE),
        (place(2, within="ASEAN"), SUPPORTED, UNDECIDABLE),
        (place(1, within="ASEAN"), REFUTED, REFUTED),
        (place(3, period="2021"), UNDECIDABLE, UNDECIDABLE),
    ],
)
def test_a_place_by_a_figure_counts_those_with_more(
    claim: IndicatorRankClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *TRADE, *MEMBERS, coverage=[FIGURES, ASEAN]) is with_all
    assert verdict(claim, *TRADE, *MEMBERS) is without


def test_a_place_is_open_where_a_figure_may_be_more_or_cannot_be_compared() -> None:
    vague = figure("8", parties=("VNM", "USA"), qualifier=">")
    assert verdict(place(3), *TRADE, vague, coverage=[FIGURES]) is UNDECIDABLE
    assert verdict(place(5), *TRADE, vague, coverage=[FIGURES]) is REFUTED
    two = (
        figure("8", parties=("VNM", "USA")),
        figure("10", parties=("VNM", "USA"), on="2024-01-01"),
    )
    assert verdict(place(3), *TRADE, *two, coverage=[FIGURES]) is UNDECIDABLE
    assert verdict(place(4), *TRADE, *two, coverage=[FIGURES]) is UNDECIDABLE
    euros = figure("1", parties=("VNM", "USA"), unit="EUR bn")
    assert verdict(place(3), *TRADE, euros, coverage=[FIGURES]) is UNDECIDABLE
    even = figure("9.15", parties=("VNM", "USA"))
    assert verdict(place(3), *TRADE, even, coverage=[FIGURES]) is UNDECIDABLE
    mixed = figure("9", unit="EUR bn", on="2024-01-01")
    assert verdict(place(3), *TRADE, mixed, coverage=[FIGURES]) is UNDECIDABLE
    perhaps = joined("CHN", "2025")
    inside = place(3, within="ASEAN")
    assert verdict(inside, *TRADE, *MEMBERS, perhaps, coverage=[FIGURES, ASEAN]) is UNDECIDABLE


def test_a_place_that_is_reported_as_such_counts_beside_the_figures() -> None:
    told = figure("2", indicator="place", unit="rank", by="SGP")
    claim = place(2, reported_as="place")
    assert verdict(claim, told) is SUPPORTED
    assert verdict(place(1, reported_as="place"), told) is REFUTED
    assert verdict(claim, told, *TRADE) is CONTESTED  # two others have more
    assert verdict(claim, figure("2", indicator="place", unit="rank", period="2021")) is UNDECIDABLE
    silent = (
        ties("1973-08-01"),
        ev.TiesEstablished(parties=("USA", "VNM"), on="1995", sources=["s"]),
    )
    assert verdict(place(3), *TRADE, *silent, coverage=[FIGURES]) is SUPPORTED
    assert verify(claim, log_of(told)).says.startswith("Singapore by trade (2022): place 2 (")


# --- claims and findings -------------------------------------------------------------------------


def test_every_kind_has_its_own_name_and_a_way_to_be_looked_up() -> None:
    names = [cls.kind for cls in CLAIMS]
    assert len({*names}) == len(names) == 18
    assert {*_LOOK_UP} == {*CLAIMS}


def test_a_claim_expects_not_to_be_refuted_unless_it_says_more() -> None:
    assert [count(1).expects(one) for one in Verdict] == [True, False, True, True]
    supported = count(1, expect="supported")
    assert [supported.expects(one) for one in Verdict] == [True, False, False, False]
    assert all(count(1, id="").expects(one) for one in Verdict)
    wrong = count(1, error="It counts Japan too early.")
    assert [wrong.expects(one) for one in Verdict] == [False, True, False, False]
    assert wrong == count(1, error="It counts Japan too early.", expect=None)
    elsewhere = count(1, error="It counts Japan too early.", expect="undecidable")
    assert [elsewhere.expects(one) for one in Verdict] == [False, True, False, True]
    for other in ("supported", "contested"):
        with pytest.raises(InvalidEventError, match=f"expected to stay refuted.*not {other}"):
            count(1, error="e", expect=other)


def test_a_mistake_that_another_stream_shows_is_expected_before_and_after() -> None:
    """Alone, a stream that is not complete cannot say that three are too many."""
    claim = count(3, error="One too many.", expect="undecidable")
    for more, wanted in (({}, Verdict.UNDECIDABLE), ({"coverage": [ALL]}, Verdict.REFUTED)):
        finding = verify(claim, log_of(*TWO, **more))
        assert (finding.verdict, finding.as_expected) == (wanted, True)


def test_a_finding_says_whether_it_is_expected_and_prints_why() -> None:
    log = log_of(*TWO, coverage=[ALL])
    fine = verify(count(2), log)
    assert (fine.as_expected, fine.missing, repr(fine)) == (True, None, "<Finding: c supported>")
    assert str(fine) == (
        "supported: It.\n"
        "    On 12 March 2025, Vietnam had 2 partners at the level of high (this level only), "
        "by the date when they reached it: China (1 June 2008), Russia (27 July 2012).\n"
        "    Only the claim's own source reports this."
    )
    assert str(verify(count(3), log)).endswith("This is not what the claim expects.")
    mistaken = str(verify(count(3, error="One too many."), log))
    assert mistaken.endswith("The source is mistaken: One too many.")
    assert "Missing: a stream" in str(verify(count(2), log_of(*TWO)))


def test_a_finding_is_a_row_of_a_table() -> None:
    row = verify(count(2, stream="mine"), log_of(*TWO, coverage=[ALL])).to_record()
    assert row["evidence"] == [event.id for event in TWO]
    assert (row["claim"], row["kind"], row["verdict"]) == ("c", "count", "supported")
    assert (row["stream"], row["text"], row["missing"]) == ("mine", "It.", None)


def test_evidence_that_only_the_claim_s_own_wire_reports_is_not_independent() -> None:
    def lone(*events: Event) -> bool:
        found: Finding = verify(value("9.15"), log_of(*events))
        return found.independent

    assert not lone(figure("9.15"))
    assert not lone(figure("9.15", sources=["wire"]))
    assert lone(figure("9.15", sources=["other", "s"]))
    assert not lone(figure("9.15"), figure("9.15", sources=["other"], on="2024-01-01"))
    assert not lone()


def test_a_claim_in_another_language_falls_back_to_what_there_is() -> None:
    claim = count(1, text={"vi": "Một."})
    assert (claim.statement(), claim.statement("vi"), count(1, text={}).statement()) == (
        "Một.",
        "Một.",
        "c",
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: count(-1), "count: expected a whole number from 0, got -1"),
        (lambda: count(1, on="2025-03"), "'2025-03' leaves it open"),
        (lambda: count(1, id="No Key"), "is not a key"),
        (lambda: count(1, party=" "), "is not the name of a party"),
        (lambda: count(1, level=3), "is not the name of a level"),
        (lambda: partners("CHN", "China"), "names a party twice"),
        (lambda: TiesClaim(**BASE, parties="VNM", since="1973"), "expected a list of parties"),
        (lambda: TiesClaim(**BASE, parties=(), since="1973"), "none given"),
        (lambda: TiesClaim(**BASE, parties=("VNM",), since="1973"), "expected two parties"),
        (lambda: TiesClaim(**BASE, parties=("VNM", "vn"), since="1973"), "a party twice"),
        (lambda: ConsecutiveClaim(**ON_LADDER, partners=("CHN",)), "expected two or more"),
        (lambda: partners("CHN", "CHN"), "names a party twice"),
        (lambda: PartnersClaim(**ON_LADDER, partners="CHN"), "expected a list of parties"),
        (first, "partners: none given"),
        (lambda: nth(0), "expected a whole number from 1, got 0"),
        (lambda: gap("1", partners=("CHN",)), "a gap lies between two"),
        (lambda: gap("1", since=None), "needs a span: since and until"),
        (lambda: gap("x"), "is not a number"),
        (lambda: years(1, "2023", level="mid"), "give level and ladder both"),
        (lambda: value("9", parties=("VNM", "SGP", "IDN")), "expected one or two parties"),
    ],
)
def test_a_claim_that_can_mean_nothing_is_refused(make: Any, message: str) -> None:
    with pytest.raises(InvalidEventError, match=message):
        make()


@pytest.mark.parametrize(
    ("claim", "missing"),
    [
        (count(1, party="USA"), "USA has no ladder in this log"),
        (stands(partner="VNM"), "VNM has no relation with itself"),
    ],
)
def test_what_the_log_does_not_know_leaves_a_claim_open(claim: Claim, missing: str) -> None:
    found = verify(claim, log_of(*TWO))
    assert found.verdict is UNDECIDABLE
    assert found.missing is not None
    assert missing in found.missing


# --- numbers within bounds -----------------------------------------------------------------------

numbers = st.sampled_from([Decimal(text) for text in ("-1", "0", "8", "8.5", "9", "9.0", "1E+1")])
qualifiers = st.sampled_from(Qualifier)
bounds = st.builds(claimed, numbers, qualifiers) | st.builds(
    lambda a, b: Bounds(min(a, b), max(a, b)), numbers, numbers
)
PROBES: Final = [Decimal(n) / 20 for n in range(-60, 400)]


def holds(one: Bounds, number: Decimal) -> bool:
    above = number > one.lo or (number == one.lo and not one.lo_open)
    return above and (number < one.hi or (number == one.hi and not one.hi_open))


@given(bounds, bounds)
def test_a_verdict_on_bounds_is_the_verdict_on_each_number_among_them(
    found: Bounds, allowed: Bounds
) -> None:
    among = [number for number in PROBES if holds(found, number)]
    inside = [holds(allowed, number) for number in among]
    verdict_ = judge(found, allowed)
    if verdict_ is SUPPORTED:
        assert all(inside)
    elif verdict_ is REFUTED:
        assert not any(inside)
    else:
        assert any(inside)
        assert not (all(inside) and found.hi < PROBES[-1] and found.lo > PROBES[0])


@given(numbers, qualifiers)
def test_what_a_source_prints_bears_itself_out_and_is_never_refuted(
    number: Decimal, qualifier: Qualifier
) -> None:
    assert judge(reported(number, qualifier, number), claimed(number, qualifier)) is SUPPORTED


@given(numbers, numbers, numbers, numbers)
def test_a_quotient_lies_within_the_quotient_of_the_bounds(
    a: Decimal, b: Decimal, c: Decimal, d: Decimal
) -> None:
    one, two = Bounds(min(a, b), max(a, b)), Bounds(min(c, d), max(c, d))
    ratio = one / two
    assert (ratio is None) is (one.lo < 0 or two.lo <= 0 or one.hi == 0)
    if ratio is not None:
        assert all(holds(ratio, x / y) for x in (a, b) for y in (c, d))


def test_a_quotient_by_what_may_be_as_small_as_one_likes_has_no_upper_end() -> None:
    some = Bounds(Decimal(0), Decimal(2), lo_open=True)
    ratio = rounding(Decimal(9)) / some
    assert ratio is not None
    assert (ratio.lo, ratio.hi, ratio.hi_open) == (Decimal("4.25"), Decimal("Infinity"), True)
    over = claimed(Decimal(9), Qualifier.MORE) / claimed(Decimal(3), Qualifier.MORE)
    assert over is not None
    assert (over.lo, over.lo_open, over.hi_open) == (Decimal(0), True, True)


def test_numbers_are_put_as_sources_put_them() -> None:
    nine = Decimal("9.0")
    assert [str(words(nine, one)) for one in Qualifier] == [
        "9.0", "about 9.0", "over 9.0", "at least 9.0", "under 9.0", "at most 9.0"
    ]  # fmt: skip
    jobs = words(Decimal("3E+5"), Qualifier.LESS, "jobs")
    assert (jobs.english, jobs.vietnamese) == ("under 300000 jobs", "dưới 300000")
    assert words(Decimal("9.15"), Qualifier.ABOUT, "kg").vietnamese == "khoảng 9,15 kg"


def test_every_verdict_of_vietnam_is_said_in_vietnamese() -> None:
    for finding in load("vietnam").verify():
        said = finding.said.in_("vi")
        assert said[:1] == said[:1].upper()
        assert not re.search(r"[{}]|None|\b(the|of|on|since|from|reported|stands)\b", said), said
        if finding.lacking is not None:
            assert not re.search(r"\b(the|whether|stream|report)\b", finding.lacking.in_("vi"))


@pytest.mark.parametrize(("english", "vietnamese"), PHRASES.values(), ids=PHRASES.keys())
def test_both_languages_of_a_verdict_fill_in_the_same_parts(english: str, vietnamese: str) -> None:
    parts = [set(re.findall(r"{(\w+)}", text)) for text in (english, vietnamese)]
    assert parts[0] == parts[1]


@given(st.lists(st.sampled_from(Verdict)))
def test_one_wrong_part_refutes_the_whole_and_reports_at_odds_contest_it(
    verdicts: list[Verdict],
) -> None:
    assert (every(verdicts) is SUPPORTED) is ({*verdicts} <= {SUPPORTED})
    assert (every(verdicts) is REFUTED) is (REFUTED in verdicts)
    decided = {*verdicts} - {UNDECIDABLE}
    for one in (SUPPORTED, REFUTED):
        assert (combine_reports(verdicts) is one) is (decided == {one})
    assert (combine_reports(verdicts) is CONTESTED) is (len(decided) > 1 or decided == {CONTESTED})


# --- laws over random streams --------------------------------------------------------------------

_DAYS: Final = (*NEAR, "2013-09-20", "2014-01-31")
_PARTNERS: Final = ("IDN", "SGP", "USA")
_LEVELS: Final = ("low", "mid", "high")
_SPANS: Final = ("2013-09-10", "2013-09-12", "2013-09", "2013")


def _draw(cls: type[Claim], **fields: Any) -> st.SearchStrategy[Claim]:
    return st.builds(
        cls, id=st.just("c"), on=st.sampled_from(_DAYS), source=st.just("s-press"),
        text=st.just({}), **fields,
    )  # fmt: skip


def _ladder(**fields: Any) -> dict[str, Any]:
    return {
        "party": st.just("VNM"),
        "level": st.sampled_from(_LEVELS),
        "mode": st.sampled_from(("exactly", "at-least")),
        "states_only": st.booleans(),
        **fields,
    }


_counts = st.integers(0, 3)
_spans = st.sampled_from(_SPANS)
_lists = st.lists(st.sampled_from(_PARTNERS), min_size=1, unique=True)
_within = st.sampled_from((None, None, "ASEAN"))

complete_claims = st.one_of(
    _draw(CountClaim, **_ladder(count=_counts, qualifier=st.sampled_from("=~<"), within=_within)),
    _draw(PartnersClaim, **_ladder(partners=_lists, ordered=st.booleans(), within=_within)),
    _draw(
        NthPartnerClaim,
        **_ladder(partner=st.sampled_from(_PARTNERS), n=st.integers(1, 3), within=_within),
    ),
    _draw(
        ConsecutiveClaim,
        **_ladder(
            partners=st.lists(st.sampled_from(_PARTNERS), min_size=2, unique=True), within=_within
        ),
    ),
    _draw(FirstOfKindClaim, **_ladder(partners=_lists, among=st.sampled_from(("state", "union")))),
    _draw(
        RaisedWithinClaim,
        party=st.just("VNM"), level=st.sampled_from((None, *_LEVELS)), deepened=st.booleans(),
        count=_counts, qualifier=st.sampled_from("=~<"), since=_spans, until=_spans,
    ),
    _draw(
        CountClaim, party=st.just("VNM"), count=_counts, qualifier=st.sampled_from("=<"),
        within=_within,
    ),
    _draw(
        SpecialCountClaim,
        party=st.just("VNM"), count=_counts, qualifier=st.sampled_from("=<"), within=_within,
        states_only=st.booleans(),
    ),
    _draw(FirstInGroupClaim, **_ladder(partners=_lists, group=st.just("ASEAN"))),
    _draw(
        CountWithinClaim,
        **_ladder(count=_counts, qualifier=st.sampled_from("=~<"), since=_spans, until=_spans),
    ),
    _draw(
        GapClaim,
        **_ladder(
            least=st.sampled_from("012"), most=st.sampled_from("23"), unit=st.just("days"),
            since=_spans, until=_spans,
        ),
    ),
)  # fmt: skip
"""Claims that speak of all partners."""

level_claims = st.one_of(
    complete_claims,
    _draw(CountClaim, **_ladder(count=_counts, qualifier=st.sampled_from((">", ">=", "<=")))),
    _draw(PartnersClaim, **_ladder(partners=_lists, complete=st.just(False))),
    _draw(
        LevelClaim,
        **_ladder(
            partner=st.sampled_from(_PARTNERS), since=st.sampled_from((None, *_SPANS, *NEAR))
        ),
    ),
    _draw(
        SkippedLevelClaim,
        party=st.just("VNM"), partner=st.sampled_from(_PARTNERS), level=st.just("mid"),
    ),
    _draw(
        GapClaim,
        **_ladder(
            partners=st.sampled_from((("IDN", "SGP"), ("SGP", "USA", "IDN"))),
            least=st.sampled_from("0123"), unit=st.just("days"),
        ),
    ),
    _draw(TiesClaim, parties=st.sampled_from(KIN), since=st.sampled_from((*_SPANS, *NEAR))),
    _draw(
        AnniversaryClaim,
        parties=st.sampled_from(KIN), years=st.just(1),
        period=st.sampled_from(("2014", "2014-09-11", "2014-09-13")),
        level=st.sampled_from(_LEVELS), ladder=st.just("VNM"),
    ),
)  # fmt: skip

_of = {
    "parties": st.sampled_from((("SGP", "VNM"), ("VNM",))),
    "indicator": st.sampled_from(("trade", "stock")),
    "value": st.sampled_from(("9", "9.0", "12")),
    "qualifier": qualifiers,
}
_periods = st.sampled_from((None, "2012", "2013"))
claims = st.one_of(
    level_claims,
    level_claims,
    _draw(FigureClaim, **_of, unit=st.just("USD bn"), period=_periods, cumulative=st.booleans()),
    _draw(
        ChangeClaim, **_of, earlier=st.just("2012"), later=st.just("2013"),
        measure=st.sampled_from(("percent", "multiple")), reported_as=st.just("stock"),
    ),
    _draw(
        TargetClaim, **_of, unit=st.just("USD bn"), due=st.sampled_from((None, "2020")),
    ),
    _draw(
        IndicatorRankClaim, party=st.just("VNM"), partner=st.just("SGP"), place=st.integers(1, 3),
        indicator=st.just("trade"), period=_periods, within=_within,
        reported_as=st.sampled_from((None, "stock")),
    ),
)  # fmt: skip
"""Claims of every kind about what random streams hold."""

EVERYTHING: Final = tuple(
    Coverage(track=track, parties=["VNM", "SGP", "USA", "IDN", "ASEAN"])
    for track in ("ties", "level", "groups", "figures", "special")
)


@given(claims, logs())
def test_every_claim_gets_a_verdict_on_every_log(claim: Claim, log: EventLog) -> None:
    found = verify(claim, log)
    assert isinstance(found, Finding)
    assert found.says.endswith(".")
    assert bool(found.missing) is (found.verdict is UNDECIDABLE) or found.verdict is CONTESTED
    assert found == verify(claim, EventLog([*reversed(log.records)], reference=log.reference))


@given(claims, logs())
def test_more_coverage_never_changes_a_verdict_that_is_decided(claim: Claim, log: EventLog) -> None:
    bare = EventLog(log.records, reference=attrs.evolve(log.reference, coverage=()))
    full = EventLog(
        log.records, reference=attrs.evolve(log.reference, coverage=(*log.coverage, *EVERYTHING))
    )
    verdicts = [verify(claim, one).verdict for one in (bare, log, full)]
    for fewer, more in pairwise(verdicts):
        assert more is fewer or fewer in (UNDECIDABLE, CONTESTED)


@given(complete_claims, logs())
def test_a_stream_without_coverage_never_supports_a_claim_about_all(
    claim: Claim, log: EventLog
) -> None:
    bare = EventLog(log.records, reference=attrs.evolve(log.reference, coverage=()))
    assert verify(claim, bare).verdict is not SUPPORTED


one_dyad = KIN[1:2]
rules = st.sampled_from(("latest", "earliest"))


@given(claims, logs(), rules)
def test_a_claim_looks_at_few_tracks_and_finds_what_all_of_them_show(
    claim: Claim, log: EventLog, rule: Any
) -> None:
    view = log.view(dates=rule)
    named = with_ids(claim, log.reference)
    assert _look_up(named, Readings(view).followed(named)) == _look_up(named, view)


@settings(max_examples=draws(15))  # each verifies a dozen
@given(st.lists(claims, min_size=2, max_size=12), logs(), rules)
def test_claims_that_are_verified_together_have_the_verdicts_that_each_has_alone(
    several: list[Claim], log: EventLog, rule: Any
) -> None:
    view = log.view(dates=rule)
    assert [*verify_some(view, several)] == [verify(one, view) for one in several]


few_events = st.tuples(
    distinct(level_events(narrow_dates, one_dyad, ["VNM"]), least=1, most=4),
    distinct(
        level_events(narrow_dates, KIN, ["VNM"]) | ties_events(narrow_dates, one_dyad),
        least=0,
        most=1,
    ),
).map(lambda parts: [*{event.id: event for part in parts for event in part}.values()])
"""A handful of events, most of them of one dyad, on ranges of days that overlap."""


def battery(on: str, mode: str) -> list[Claim]:
    """Return claims of every kind about that dyad, for each level and number that can be true."""
    ladders = [{**ON_LADDER, "on": on, "mode": mode, "level": level} for level in _LEVELS]
    return [
        skipped_by("SGP", on),
        *(since(day, on) for day in (*NEAR, "2013-09")),
        *(CountClaim(**BASE | {"on": on}, party="VNM", count=n) for n in range(3)),
        *(
            RaisedWithinClaim(
                **BASE | {"on": on},
                party="VNM",
                count=n,
                level=level,
                deepened=deepened,
                since=day,
                until="2013-09-12",
            )
            for n in range(3)
            for level in (None, "mid")
            for deepened in (False, True)
            for day in ("2013-09-10", "2013-09-12")
        ),
        *(years(1, day, on=on) for day in ("2014-09-11", "2014-09")),
        *(years(1, "2014-09-11", on=on, level=level, ladder="VNM") for level in _LEVELS),
        *(
            claim
            for of in ladders
            for claim in (
                *(CountClaim(**of, count=n) for n in range(3)),
                *(PartnersClaim(**of, partners=named) for named in ((), ("SGP",))),
                PartnersClaim(**of, partners=("IDN", "SGP"), complete=False, ordered=True),
                *(NthPartnerClaim(**of, partner="SGP", n=n) for n in (1, 2)),
                NthPartnerClaim(**of, partner="SGP", n=1, within="ASEAN"),
                *(
                    ConsecutiveClaim(**of, partners=named)
                    for named in (("SGP", "IDN"), ("IDN", "SGP"), ("SGP", "USA"))
                ),
                *(
                    FirstOfKindClaim(**of, partners=("SGP",), among=among)
                    for among in ("state", "union")
                ),
                *(
                    CountWithinClaim(**of, count=n, since=day, until="2013-09-12")
                    for n in range(2)
                    for day in ("2013-09-10", "2013-09-12")
                ),
                LevelClaim(**of, partner="SGP"),
                *(LevelClaim(**of, partner="SGP", since=since_) for since_ in NEAR),
                GapClaim(**of, least="0", most="1", unit="days", since="2013", until="2013"),
                GapClaim(**of, least="1", unit="days", partners=("SGP", "IDN")),
                FirstInGroupClaim(**of, partners=("SGP",), group="ASEAN"),
            )
        ),
    ]


def plausible_completions(events: list[Event], day: str) -> list[Dated]:
    """Return the completions that the rules of ties and levels find plausible."""
    reference = log_of_events(events, coverage=()).reference
    orders = [*completions(events, date.fromisoformat(day).toordinal())]
    for track in (tracks.TIES, tracks.LEVEL):
        for pair in one_dyad:
            ways = {
                tuple(event.id for event in way)
                for way in plausible(orders, track, pair, reference)
            }
            orders = [
                order
                for order in orders
                if tuple(
                    event.id
                    for event, _ in order
                    if type(event) in track.handlers and pair in track.subjects(event)
                )
                in ways
            ]
    return orders


@given(few_events, st.sampled_from(("exactly", "at-least")), st.booleans(), st.data())
def test_a_verdict_holds_however_the_open_dates_turn_out(
    events: list[Event], mode: str, covered: bool, data: st.DataObject
) -> None:
    coverage = EVERYTHING if covered else ()
    dates = {event.id: oracle.dates_of(event) for event in events}
    assume(have_days(oracle.possible_orders(events, dates)))
    day = data.draw(st.sampled_from(_DAYS))
    order = data.draw(st.sampled_from(plausible_completions(events, day)))
    dated = [
        attrs.evolve(event, on=date.fromordinal(on), seq=place)
        for place, (event, on) in enumerate(order)
    ]
    assume(len({event.id for event in dated}) == len(dated))
    as_told, as_it_was = (
        log_of_events([*events, *MEMBERS], coverage=coverage) for events in (events, dated)
    )
    for claim in battery(day, mode):
        told = verify(claim, as_told).verdict
        assert told in (UNDECIDABLE, verify(claim, as_it_was).verdict), claim


def test_a_level_that_may_have_been_left_in_between_was_not_held_since() -> None:
    """Lowered between two labels of one rank, or after the second: dates leave it open."""
    level: dict[str, Any] = {"parties": ("SGP", "VNM"), "ladder": "VNM", "sources": ["s-gov"]}
    log = log_of_events(
        [
            ev.LevelUpgraded(on="2013-09-10", level="mid", **level),
            ev.LevelUpgraded(on="2013-09-11", level="mid-plus", **level),
            ev.LevelDowngraded(on="[2013-09-11..2013-09-13]", level="low", **level),
        ],
        coverage=EVERYTHING,
    )
    for mode in ("exactly", "at-least"):
        claim = LevelClaim(
            id="c", source="s", text={"en": "t"}, party="VNM", partner="SGP", on="2013-09-11",
            level="mid", mode=mode, since="2013-09-10",
        )  # fmt: skip
        assert verify(claim, log).verdict is UNDECIDABLE
        assert verify(attrs.evolve(claim, since=None), log).verdict is Verdict.SUPPORTED

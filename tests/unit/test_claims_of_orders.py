"""Claims about orders, firsts of a kind, spans, special relationships, and names in claims."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import diplorel as dr
import oracle
from completions import completions, have_days
from diplorel import Coverage, EventLog, Ladder, Level, Party, Source, tracks
from diplorel import events as ev
from diplorel.check import check
from diplorel.claims import (
    AnniversaryClaim,
    ConsecutiveClaim,
    CountClaim,
    FirstOfKindClaim,
    GapClaim,
    IndicatorRankClaim,
    LevelClaim,
    NthPartnerClaim,
    PartnersClaim,
    RaisedWithinClaim,
    SkippedLevelClaim,
    SpecialCountClaim,
    TiesClaim,
    Verdict,
    verify,
)
from diplorel.errors import InvalidQueryError, UnknownLevelError, UnknownPartyError
from diplorel.testing.dense import narrow_dates
from diplorel.testing.events import special_events, ties_events
from diplorel.testing.streams import distinct
from plausible import plausible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.claims import Claim
    from diplorel.model.events import Event

SUPPORTED, REFUTED, UNDECIDABLE = Verdict.SUPPORTED, Verdict.REFUTED, Verdict.UNDECIDABLE
CSP: Final = {"en": "Comprehensive Strategic Partnership", "vi": "Đối tác Chiến lược Toàn diện"}
LADDER: Final = Ladder(
    party="VNM",
    levels=[
        Level(id="low", rank=1, names={"en": "Comprehensive Partnership"}),
        Level(id="mid", rank=2, names={"en": "Strategic Partnership"}),
        Level(id="high", rank=3, names=CSP),
        Level(id="framework"),
    ],
)
ALL: Final = tuple(
    Coverage(track=track, parties=["VNM", "ASEAN"]) for track in ("level", "groups", "special")
)
MEMBERS: Final = tuple(
    ev.GroupJoined(party=party, group="ASEAN", on="1995-07-28", sources=["s"])
    for party in ("VNM", "SGP", "IDN", "MYS")
)
SOURCES: Final = (Source(id="s", title="S", publisher="S", kind="press"),)


def log_of(*events: Event, coverage: Sequence[Coverage] = ALL, **more: Any) -> EventLog:
    return EventLog(
        events, at="2026-01-01T00:00:00Z", sources=SOURCES, ladders=[LADDER], coverage=coverage,
        **more,
    )  # fmt: skip


def up(partner: str, on: str, level: str = "high") -> Event:
    return ev.LevelUpgraded(
        parties=("VNM", partner), ladder="VNM", level=level, on=on, sources=["s"]
    )


def move(kind: type[Any], partner: str, on: str, level: str | None) -> Event:
    found: Event = kind(parties=("VNM", partner), ladder="VNM", level=level, on=on, sources=["s"])
    return found


def verdict(claim: Claim, *events: Event, coverage: Sequence[Coverage] = ALL) -> Verdict:
    return log_of(*events, coverage=coverage).verify(claim).verdict


BASE: Final[dict[str, Any]] = {"on": "2025-12-31", "party": "VNM"}
HIGH: Final[dict[str, Any]] = {**BASE, "level": "high"}
FOUR: Final = (
    up("MYS", "2024-11-21"),
    up("NZL", "2025-02-26"),
    up("IDN", "2025-03-10"),
    up("SGP", "2025-03-12"),
)


# --- the n-th of a group, one after another -------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "with_all", "without"),
    [(2, REFUTED, REFUTED), (3, SUPPORTED, UNDECIDABLE), (4, REFUTED, UNDECIDABLE)],
)
def test_the_nth_of_a_group_counts_its_members(n: int, with_all: Verdict, without: Verdict) -> None:
    claim = NthPartnerClaim(**HIGH, partner="SGP", n=n, within="ASEAN")
    assert verdict(claim, *FOUR, *MEMBERS) is with_all
    assert verdict(claim, *FOUR, *MEMBERS, coverage=()) is without
    found = log_of(*FOUR, *MEMBERS, coverage=ALL[:1]).verify(attrs.evolve(claim, n=3))
    assert (found.verdict, found.missing) == (
        UNDECIDABLE,
        "all members of ASEAN on 31 December 2025",
    )


def test_who_is_no_member_is_not_the_nth_of_a_group() -> None:
    claim = NthPartnerClaim(**HIGH, partner="NZL", n=2, within="ASEAN")
    found = log_of(*FOUR, *MEMBERS).verify(claim)
    assert found.verdict is REFUTED
    assert "not recorded among the partners of Vietnam among the members of ASEAN" in found.says


def after(*partners: str, **more: Any) -> ConsecutiveClaim:
    return ConsecutiveClaim(**{**HIGH, "partners": partners, **more})


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (after("IDN", "SGP"), SUPPORTED, UNDECIDABLE),
        (after("NZL", "IDN", "SGP"), SUPPORTED, UNDECIDABLE),
        (after("SGP", "IDN"), REFUTED, REFUTED),
        (after("NZL", "SGP"), REFUTED, REFUTED),
        (after("MYS", "IDN"), REFUTED, REFUTED),
        (after("MYS", "IDN", within="ASEAN"), SUPPORTED, UNDECIDABLE),
        (after("SGP", "THA"), REFUTED, UNDECIDABLE),
    ],
)
def test_partners_follow_directly_where_nobody_came_between(
    claim: ConsecutiveClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *FOUR, *MEMBERS) is with_all
    assert verdict(claim, *FOUR, *MEMBERS, coverage=()) is without


def test_open_dates_leave_it_open_whether_partners_follow_directly() -> None:
    claim = after("IDN", "SGP")
    for other in (up("THA", "2025-03"), up("THA", "2025-03-10"), up("THA", "2025-03-12")):
        assert verdict(claim, *FOUR, other) is UNDECIDABLE
    between = log_of(*FOUR, up("THA", "2025-03-11")).verify(claim)
    assert "Thailand reached it in between" in between.says
    assert verdict(claim, *FOUR, up("THA", "2025-03-13")) is SUPPORTED
    same_day = (up("IDN", "2025-03-12"), up("SGP", "2025-03-12"))
    assert verdict(claim, *same_day) is SUPPORTED  # on one day, either may have come first
    assert verdict(claim, up("IDN", "2025-03"), up("SGP", "2025-03-12")) is UNDECIDABLE
    assert verdict(claim, FOUR[2], up("SGP", "[2025-12-30..2026-01-02]")) is UNDECIDABLE
    doubtful = (
        up("THA", "2025-03"),
        move(ev.LevelDowngraded, "THA", "2025-03-11", "mid"),
        up("THA", "2026-01-01"),
    )
    later = attrs.evolve(claim, on="2026-06-01")
    assert verdict(later, *FOUR, *doubtful) is UNDECIDABLE
    unclear = (up("IDN", "2025-01"), move(ev.LevelDowngraded, "IDN", "2025-01-11", "mid"))
    assert verdict(after("IDN", "SGP"), *unclear, up("IDN", "2025-03-10"), FOUR[3]) is UNDECIDABLE


_PARTNERS: Final = ("IDN", "MYS", "NZL", "SGP", "THA")


@given(
    st.lists(st.sampled_from(_PARTNERS), min_size=2, unique=True),
    st.lists(st.sampled_from(_PARTNERS), min_size=2, max_size=3, unique=True),
    st.booleans(),
)
def test_orders_of_exact_days_are_as_a_list_has_them(
    reached: list[str], named: list[str], of_asean: bool
) -> None:
    """With distinct days, a list of the partners in order decides every claim about the order."""
    events = [up(one, f"2025-03-{day:02}") for day, one in enumerate(reached, 1)]
    listed = [one for one in reached if not of_asean or one in ("SGP", "IDN", "MYS")]
    within: dict[str, Any] = {"within": "ASEAN"} if of_asean else {}
    log = log_of(*events, *MEMBERS)
    follows = any(listed[place : place + len(named)] == named for place in range(len(listed)))
    found = log.verify(after(*named, **within)).verdict
    assert found is (SUPPORTED if follows else REFUTED)
    for n in range(1, 5):
        claim = NthPartnerClaim(**HIGH, partner=named[0], n=n, **within)
        is_nth = listed[n - 1 : n] == [named[0]]
        assert log.verify(claim).verdict is (SUPPORTED if is_nth else REFUTED)


# --- the first of a kind --------------------------------------------------------------------------


def first(*partners: str, among: str = "union", **more: Any) -> FirstOfKindClaim:
    return FirstOfKindClaim(**{**HIGH, "partners": partners, "among": among, **more})


EU: Final = up("EU", "2025-06-01")


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (first("EU"), SUPPORTED, UNDECIDABLE),
        (first("EU", among="state"), REFUTED, REFUTED),
        (first("MYS", among="state"), SUPPORTED, UNDECIDABLE),
        (first("SGP", among="state"), REFUTED, REFUTED),
        (first("MYS", "NZL", "IDN", "SGP", among="state"), SUPPORTED, UNDECIDABLE),
        (first("ASEAN", among="organisation"), REFUTED, UNDECIDABLE),
        (first("UNSC_P5", among="group", on="2020-01-01"), REFUTED, UNDECIDABLE),
    ],
)
def test_the_first_of_a_kind_competes_with_its_kind(
    claim: FirstOfKindClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *FOUR, EU) is with_all
    assert verdict(claim, *FOUR, EU, coverage=()) is without


def test_the_first_of_a_kind_is_said_with_its_level() -> None:
    found = log_of(*FOUR, EU).verify(first("EU", mode="at-least", level="mid"))
    assert found.says == (
        "The European Union reached Strategic Partnership or higher with Vietnam on 1 June 2025; "
        "no other partner among unions is recorded to have reached it before."
    )
    no_ladder = log_of(*FOUR, EU).verify(first("VNM", party="EU"))
    assert (no_ladder.verdict, no_ladder.says) == (
        UNDECIDABLE,
        "The European Union's own levels are not recorded.",
    )


def test_a_state_of_the_past_was_first_all_the_same() -> None:
    old = up("SUN", "1978-11-03")
    assert verdict(first("CHN", among="state"), old, up("CHN", "2008-06-01")) is REFUTED
    unknown = up("XQZ", "2001-01-01")  # what no table has counts as a country
    assert verdict(first("CHN", among="state"), unknown, up("CHN", "2008-06-01")) is REFUTED
    assert verdict(first("EU"), unknown, EU) is SUPPORTED


# --- raised or deepened ---------------------------------------------------------------------------


def raised(n: int, **more: Any) -> RaisedWithinClaim:
    return RaisedWithinClaim(**{**BASE, "count": n, "since": "2025-01", "until": "2025-07", **more})


MOVES: Final = (
    up("CHN", "2008-06-01"),
    up("SGP", "2013-09-11", "mid"),
    up("SGP", "2025-03-12"),
    up("CZE", "2025-01-20", "mid"),
    move(ev.LevelRenewed, "CHN", "2025-04-14", "high"),
    move(ev.LevelDowngraded, "USA", "2025-02-01", "low"),
    up("EGY", "2025-08-05", "low"),
)


@pytest.mark.parametrize(
    ("claim", "with_all", "without"),
    [
        (raised(2), SUPPORTED, UNDECIDABLE),
        (raised(1), REFUTED, REFUTED),
        (raised(3), REFUTED, UNDECIDABLE),
        (raised(3, deepened=True), SUPPORTED, UNDECIDABLE),
        (raised(1, level="high"), SUPPORTED, UNDECIDABLE),
        (raised(2, level="mid"), SUPPORTED, UNDECIDABLE),
        (raised(2, level="high", deepened=True), SUPPORTED, UNDECIDABLE),
        (raised(2, qualifier=">="), SUPPORTED, SUPPORTED),
        (raised(3, until="2025-08"), SUPPORTED, UNDECIDABLE),
        (raised(2, until="2025-12", on="2025-07-31"), SUPPORTED, UNDECIDABLE),
    ],
)
def test_relations_raised_in_a_span_are_counted_by_partner(
    claim: RaisedWithinClaim, with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *MOVES) is with_all
    assert verdict(claim, *MOVES, coverage=()) is without


def test_a_raise_that_dates_or_lists_leave_open_leaves_the_count_open() -> None:
    for open_ in (
        up("JPN", "2025", "mid"),
        up("JPN", "[2025-07-30..2025-08-02]", "mid"),
        move(ev.LevelHeld, "JPN", "2025-05-01", "mid"),
    ):
        found = log_of(*MOVES, open_).verify(raised(2))
        assert found.verdict is UNDECIDABLE
        assert "whether relations with Japan were raised" in (found.missing or "")
        assert verdict(raised(4), *MOVES, open_) is REFUTED
    assert verdict(raised(2), *MOVES, move(ev.LevelHeld, "JPN", "2024-05-01", "mid")) is SUPPORTED
    assert verdict(raised(2), *MOVES, move(ev.LevelAgreed, "JPN", "2025-05-01", "mid")) is SUPPORTED
    high = move(ev.LevelHeld, "JPN", "2025-05-01", "low")
    assert verdict(raised(1, level="high"), *MOVES, high) is SUPPORTED
    ended = ev.TiesSevered(parties=("JPN", "VNM"), on="[2025-06-01..2026-06-01]", sources=["s"])
    assert verdict(raised(3), *MOVES, up("JPN", "2025-05-01", "mid"), ended) is SUPPORTED
    assert verdict(raised(3), *MOVES, up("JPN", "2025-06-20", "mid"), ended) is UNDECIDABLE
    crossed = (up("JPN", "2025-05", "mid"), move(ev.LevelDowngraded, "JPN", "2025-05-11", "low"))
    assert verdict(raised(3), *MOVES, *crossed) is SUPPORTED


def test_a_raise_of_which_no_source_names_the_level_is_one_to_any() -> None:
    unnamed = ev.LevelUpgraded(
        parties=("JPN", "VNM"), ladder="VNM", unnamed=True, on="2025-05-01", sources=["s"]
    )
    assert verdict(raised(3), *MOVES, unnamed) is SUPPORTED
    assert verdict(raised(1, level="high"), *MOVES, unnamed) is UNDECIDABLE


def test_countries_alone_can_be_counted_and_what_a_predecessor_reached_is_its_own() -> None:
    events = (*MOVES, up("EU", "2025-05-01", "mid"))
    assert verdict(raised(3), *events) is SUPPORTED
    assert verdict(raised(2, states_only=True), *events) is SUPPORTED
    carried = (
        up("SUN", "1991-03-01", "mid"),
        ev.PartySucceeded(
            predecessor="SUN", successor="RUS", kind="continuation",
            dyads=["VNM"],
            tracks=["level"], on="1991-12-26",
            sources=["s"],
        ),
    )  # fmt: skip
    claim = raised(1, since="1991", until="1991", on="1991-12-31")
    assert verdict(claim, *carried) is SUPPORTED
    sentence = log_of(*MOVES).verify(raised(2, level="mid", states_only=True)).says
    assert sentence == (
        "From 1 January 2025 to 31 July 2025, the relations of Vietnam with 2 partner countries "
        "were raised to the level of Strategic Partnership or higher, by date: "
        "Czechia (20 January 2025), Singapore (12 March 2025)."
    )


# --- at any level, special ------------------------------------------------------------------------


def test_partners_at_any_level_are_those_of_the_whole_ladder() -> None:
    events = (*FOUR, up("USA", "2013-07-25", "low"), up("MMR", "2017-08-24", "framework"))
    claim = CountClaim(**BASE, count=6)
    found = log_of(*events).verify(claim)
    assert found.verdict is SUPPORTED
    assert "at any level of its ladder" in found.says
    from_mid = Coverage(track="level", parties=["VNM"], at_least="mid")
    assert verdict(claim, *events, coverage=[from_mid]) is UNDECIDABLE
    listed = log_of(*events, coverage=[from_mid]).verify(claim)
    assert listed.missing == (
        "a stream that lists all partners of Vietnam at any level of its ladder on 31 December 2025"
    )
    ranked = CountClaim(**BASE, count=5, level="low", mode="at-least")
    assert verdict(ranked, *events) is SUPPORTED


def special(partner: str, on: str, kind: str = "Declared") -> Event:
    found: Event = getattr(ev, f"SpecialRelationship{kind}")(
        parties=("VNM", partner), on=on, sources=["s"]
    )
    return found


def special_count(n: int, **more: Any) -> SpecialCountClaim:
    return SpecialCountClaim(**{**BASE, "count": n, **more})


TWO: Final = (special("LAO", "1977-07-18"), special("KHM", "1979-02-18"))


@pytest.mark.parametrize(
    ("claim", "more", "with_all", "without"),
    [
        (special_count(2), (), SUPPORTED, UNDECIDABLE),
        (special_count(1), (), REFUTED, REFUTED),
        (special_count(1, qualifier=">"), (), SUPPORTED, SUPPORTED),
        (special_count(3), (), REFUTED, UNDECIDABLE),
        (special_count(2, on="1978-01-01"), (), REFUTED, UNDECIDABLE),
        (special_count(1, on="1978-01-01"), (), SUPPORTED, UNDECIDABLE),
        (special_count(1), (special("KHM", "1990", "Ended"),), SUPPORTED, UNDECIDABLE),
        (special_count(2), (special("KHM", "2025~", "Ended"),), REFUTED, UNDECIDABLE),
        (special_count(2), (special("CUB", "[2025-12-30..2026-01-02]"),), UNDECIDABLE, UNDECIDABLE),
        (special_count(4), (special("CUB", "[2025-12-30..2026-01-02]"),), REFUTED, UNDECIDABLE),
        (special_count(2), (special("EU", "2020"),), REFUTED, REFUTED),
        (special_count(2, states_only=True), (special("EU", "2020"),), SUPPORTED, UNDECIDABLE),
        (special_count(1, within="ASEAN"), (special("SGP", "2020"), *MEMBERS), SUPPORTED,
         UNDECIDABLE),
        (special_count(0, party="SGP"), (), UNDECIDABLE, UNDECIDABLE),
    ],
)  # fmt: skip
def test_special_relationships_are_counted_off_the_ladder(
    claim: SpecialCountClaim, more: tuple[Event, ...], with_all: Verdict, without: Verdict
) -> None:
    assert verdict(claim, *TWO, *more) is with_all
    assert verdict(claim, *TWO, *more, coverage=()) is without


def test_special_relationships_are_said_with_their_days() -> None:
    found = log_of(*TWO, *MEMBERS, coverage=()).verify(special_count(2, states_only=True))
    assert found.says == (
        "On 31 December 2025, Vietnam had 2 special relationships with countries: "
        "Laos (18 July 1977), Cambodia (18 February 1979)."
    )
    assert found.missing == (
        "a stream that lists all special relationships of Vietnam on 31 December 2025"
    )
    assert [event.parties[0] for event in found.evidence] == ["LAO", "KHM"]
    within = log_of(*TWO, coverage=ALL[2:]).verify(special_count(0, within="ASEAN"))
    assert within.missing == "all members of ASEAN on 31 December 2025"


def test_what_was_never_declared_special_is_not_special_perhaps() -> None:
    severed = ev.TiesSevered(parties=("USA", "VNM"), on="[2025-12-30..2026-01-02]", sources=["s"])
    assert verdict(special_count(2), *TWO, severed) is SUPPORTED
    crossed = (special("CUB", "2020"), special("CUB", "2020", "Ended"))
    assert verdict(special_count(4), *TWO, *crossed) is REFUTED


_PAIR: Final = (("SGP", "VNM"),)
few_special = st.tuples(
    distinct(special_events(narrow_dates, _PAIR), least=1, most=3),
    distinct(ties_events(narrow_dates, _PAIR), least=0, most=1),
).map(lambda parts: [*{event.id: event for part in parts for event in part}.values()])


@given(few_special, st.sampled_from(("2013-09-10", "2013-09-12", "2013-09-20")), st.data())
def test_a_count_of_special_relationships_holds_however_open_dates_turn_out(
    events: list[Event], day: str, data: st.DataObject
) -> None:
    dates = {event.id: oracle.dates_of(event) for event in events}
    assume(have_days(oracle.possible_orders(events, dates)))
    reference = log_of(*events).reference
    orders = [*completions(events, date.fromisoformat(day).toordinal())]
    for track in (tracks.TIES, tracks.SPECIAL):
        ways = {
            tuple(event.id for event in way)
            for way in plausible(orders, track, _PAIR[0], reference)
        }
        orders = [
            order
            for order in orders
            if tuple(event.id for event, _ in order if type(event) in track.handlers) in ways
        ]
    order = data.draw(st.sampled_from(orders))
    dated = [
        attrs.evolve(event, on=date.fromordinal(on), seq=place)
        for place, (event, on) in enumerate(order)
    ]
    assume(len({event.id for event in dated}) == len(dated))
    for n in range(3):
        claim = special_count(n, on=day)
        told = verify(claim, log_of(*events)).verdict
        assert told in (UNDECIDABLE, verify(claim, log_of(*dated)).verdict)


# --- names ----------------------------------------------------------------------------------------


def test_a_claim_takes_names_as_people_write_them() -> None:
    named = LevelClaim(
        on="2025-12-31", party="Việt Nam", partner="singapore",
        level="comprehensive strategic partnership",
    )  # fmt: skip
    assert (named.party, named.partner) == ("VNM", "SGP")
    assert log_of(*FOUR).verify(named).verdict is SUPPORTED
    vietnamese = attrs.evolve(named, level="Đối tác Chiến lược Toàn diện")
    assert log_of(*FOUR).verify(vietnamese).verdict is SUPPORTED
    ties = TiesClaim(on="2025-12-31", parties=("Vietnam", "SG"), since="1973")
    assert ties.parties == ("SGP", "VNM")
    partners = PartnersClaim(**HIGH, partners=["New Zealand", "Hoa Kỳ"], within="ASEAN")
    assert partners.partners == ("NZL", "USA")
    years = AnniversaryClaim(
        on="2025-12-31", parties=("VN", "SG"), years=1, period="2026",
        ladder="Vietnam", level="Comprehensive Strategic Partnership",
    )  # fmt: skip
    assert log_of(*FOUR).verify(years).verdict is SUPPORTED


def test_a_name_of_the_stream_s_own_party_is_found_in_the_log() -> None:
    atlantis = Party(id="ATLANTIS", names={"en": "Kingdom of Atlantis"})
    claim = LevelClaim(**HIGH, partner="Kingdom of Atlantis")
    assert claim.partner == "Kingdom of Atlantis"
    log = log_of(up("ATLANTIS", "2020-01-01"), parties=[atlantis])
    assert log.verify(claim).verdict is SUPPORTED
    assert log.verify(claim).claim is claim


@pytest.mark.parametrize(
    ("claim", "error", "hint"),
    [
        (LevelClaim(**HIGH, partner="Vietnm"), UnknownPartyError, "Did you mean 'Vietnam'"),
        (CountClaim(**HIGH, count=1, within="ATLANTIS"), UnknownPartyError, "'ATLANTIS'"),
        (after("IDN", "Singapor"), UnknownPartyError, "Did you mean 'Singapore'"),
        (CountClaim(**BASE, count=1, level="hihg"), UnknownLevelError, "Did you mean 'high'"),
        (CountClaim(**BASE, count=1, level="Strategic"), UnknownLevelError, "no level"),
    ],
)
def test_a_name_that_is_not_known_raises_with_the_nearest(
    claim: Claim, error: type[Exception], hint: str
) -> None:
    with pytest.raises(error, match=hint):
        log_of(*FOUR).verify(claim)
    with pytest.raises(error, match=hint):
        verify(claim, log_of(*FOUR))


def test_a_stream_s_claim_with_an_unknown_name_is_undecidable_and_check_reports_it() -> None:
    kept: dict[str, Any] = {"source": "s", "text": {"en": "t"}}
    claims = [
        LevelClaim(**HIGH, **kept, id="a", partner="Vietnm"),
        CountClaim(**BASE, **kept, id="b", count=1, level="hihg"),
        CountClaim(**BASE, **kept, id="c", count=1, level="Strategic partner"),
        LevelClaim(**HIGH, **kept, id="d", partner="Qqqq"),
        CountClaim(**{**HIGH, "party": "SGP"}, **kept, id="e", count=1),
    ]
    log = log_of(*FOUR, claims=claims)
    assert [one.verdict for one in log.verify()] == [UNDECIDABLE] * 5
    assert "Did you mean 'Vietnam'" in (log.verify()[0].missing or "")
    found = {one.message.split("'")[1]: one for one in check(log, today="2026-11-22")}
    assert {id: one.code for id, one in found.items()} == {
        "a": "DR201", "b": "DR204", "c": "DR204", "d": "DR201"
    }  # fmt: skip
    assert found["a"].hint.startswith("Did you mean 'Vietnam'")
    assert found["b"].hint == "Did you mean 'high'?"
    assert found["d"].hint == "Name one that is known, or add it to the stream"


# --- claims in Python ----------------------------------------------------------------------------


def test_a_claim_of_your_own_needs_neither_id_nor_source_nor_text() -> None:
    claim = dr.claims.LevelClaim(**HIGH, partner="Singapore", since="2025-03")
    found = log_of(*FOUR).verify(claim)
    assert (found.verdict, found.as_expected, found.independent) == (SUPPORTED, True, True)
    assert str(found) == (
        "supported: level on 2025-12-31: party VNM; level high; partner SGP; since 2025-03\n"
        "    On 31 December 2025, Singapore was at the level of Comprehensive Strategic Partnership"
        " with Vietnam, reached on 12 March 2025."
    )
    assert found.to_record()["source"] is None
    wrong = log_of(*FOUR).verify(attrs.evolve(claim, since="2024"))
    assert (wrong.verdict, wrong.as_expected) == (REFUTED, True)
    assert "after" not in str(after("IDN", "SGP"))[:5]
    assert after("IDN", "SGP").statement() == (
        "consecutive on 2025-12-31: party VNM; level high; partners IDN, SGP"
    )


def test_the_kinds_of_claims_are_reached_without_an_import_of_their_own() -> None:
    found = getattr(dr, "__getattr__")("claims")  # noqa: B009  type checkers do not see it
    assert found is dr.claims
    code = "import diplorel as dr; print(dr.claims.LevelClaim.kind)"
    told = subprocess.run(  # noqa: S603  a text of our own
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert told.stdout == "level\n"


def test_a_claim_of_a_stream_needs_an_id_and_a_source() -> None:
    given: tuple[dict[str, Any], ...] = ({}, {"id": "a"}, {"source": "s"})
    for more in given:
        with pytest.raises(InvalidQueryError, match="needs id= and source="):
            log_of(claims=[LevelClaim(**HIGH, partner="SGP", **more)])
    with pytest.raises(InvalidQueryError, match="expected one of"):
        log_of().verify("SGP")  # type: ignore[call-overload]  # refused
    no_source = dr.EventLog(reference=attrs.evolve(log_of().reference, claims=[
        LevelClaim(**HIGH, partner="SGP", id="a")
    ]))  # fmt: skip
    assert [one.code for one in check(no_source, today="2026-11-22")] == ["DR211"]


# --- how a level was reached ---------------------------------------------------------------------


def test_partners_that_fell_to_a_level_or_are_on_a_list_are_among_it() -> None:
    fell = (up("USA", "2010-01-01"), move(ev.LevelDowngraded, "USA", "2020-01-01", "mid"))
    listed = move(ev.LevelHeld, "JPN", "2014-01-01", "mid")
    claim = CountClaim(**BASE, level="mid", count=3)
    found = log_of(*fell, listed, up("SGP", "2013-09-11", "mid")).verify(claim)
    assert found.verdict is SUPPORTED
    assert found.says.endswith(
        "Singapore (11 September 2013), Japan (1 January 2014), the United States."
    )
    assert len(found.evidence) == 2
    nth = NthPartnerClaim(**BASE, level="mid", partner="SGP", n=1)
    assert verdict(nth, listed, up("SGP", "2013-09-11", "mid")) is UNDECIDABLE


def test_a_partner_below_the_coverage_is_said_to_be_below() -> None:
    from_mid = Coverage(track="level", parties=["VNM"], at_least="mid")
    found = log_of(ev.TiesEstablished(parties=("JPN", "VNM"), on="1973-09-21", sources=["s"]),
                   coverage=[from_mid]).verify(LevelClaim(**HIGH, partner="JPN"))  # fmt: skip
    assert (found.verdict, found.says) == (
        REFUTED,
        "On 31 December 2025, Japan was below the level of Strategic Partnership with Vietnam.",
    )


def test_a_path_that_dates_leave_open_leaves_it_open_whether_a_level_was_skipped() -> None:
    crossed = (
        up("USA", "2013", "low"),
        move(ev.LevelDowngraded, "USA", "2013-07", None),
        up("USA", "2013-06", "mid"),
        up("USA", "2013-08"),
    )
    claim = SkippedLevelClaim(on="2025-12-31", party="VNM", partner="USA", level="mid")
    found = log_of(*crossed).verify(claim)
    assert found.verdict is UNDECIDABLE
    assert "the exact days of" in (found.missing or "")


# --- sentences ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "english", "vietnamese"),
    [
        (
            CountClaim(**BASE, level="mid", mode="at-least", count=3, qualifier=">",
                       within="UNSC_P5", states_only=True),
            ("On 31 December 2025, Vietnam had 1 partner country among the permanent members of "
            "the UN Security Council at the level of Strategic Partnership or higher: "
            "China (1 June 2008). The claim: over 3."),
            ("Vào ngày 31 tháng 12 năm 2025, Việt Nam có 1 đối tác là quốc gia trong số các nước "
            "Ủy viên Thường trực Hội đồng Bảo an Liên hợp quốc ở khuôn khổ Strategic Partnership "
            "trở lên"
            ": Trung Quốc (ngày 1 tháng 6 năm 2008). Nhận định nêu: trên 3."),
        ),
        (
            PartnersClaim(**HIGH, partners=["MYS", "IDN"], ordered=True, within="ASEAN"),
            ("On 31 December 2025, Vietnam had these partners among the members of ASEAN at the "
            "level of Comprehensive Strategic Partnership (this level only), by the date when "
            "they reached it: Malaysia (21 November 2024), Indonesia (10 March 2025)."),
            ("Vào ngày 31 tháng 12 năm 2025, Việt Nam có các đối tác trong số các thành viên của "
            "ASEAN ở khuôn khổ Đối tác Chiến lược Toàn diện (chỉ tính đúng khuôn khổ này), theo "
            "ngày xác lập: "
            "Malaysia (ngày 21 tháng 11 năm 2024), Indonesia (ngày 10 tháng 3 năm 2025)."),
        ),
        (
            NthPartnerClaim(**HIGH, partner="IDN", n=2, within="ASEAN"),
            ("On 31 December 2025, Indonesia (10 March 2025) was number 2 of the partners of "
            "Vietnam among the members of ASEAN at the level of Comprehensive Strategic "
            "Partnership (this level only), counted by the day reached; "
            "before it: Malaysia (21 November 2024)."),
            ("Vào ngày 31 tháng 12 năm 2025, Indonesia (ngày 10 tháng 3 năm 2025) là đối tác thứ 2 "
            "của Việt Nam trong số các thành viên của ASEAN ở khuôn khổ Đối tác Chiến lược Toàn "
            "diện "
            "(chỉ tính đúng khuôn khổ này), tính theo ngày xác lập; trước đó: "
            "Malaysia (ngày 21 tháng 11 năm 2024)."),
        ),
        (
            GapClaim(**HIGH, partners=["MYS", "IDN"], least="16", unit="weeks"),
            ("Between upgrades of relations with Vietnam, at the level of Comprehensive Strategic "
            "Partnership (this level only): Malaysia (21 November 2024) to "
            "Indonesia (10 March 2025): 15.6 weeks."),
            ("Khoảng cách giữa các lần Việt Nam nâng cấp quan hệ, ở khuôn khổ Đối tác Chiến lược "
             "Toàn "
            "diện (chỉ tính đúng khuôn khổ này): Malaysia (ngày 21 tháng 11 năm 2024) đến "
            "Indonesia (ngày 10 tháng 3 năm 2025): 15,6 tuần."),
        ),
    ],
)  # fmt: skip
def test_a_sentence_names_every_condition(claim: Claim, english: str, vietnamese: str) -> None:
    joined = ev.GroupJoined(party="CHN", group="UNSC_P5", on="1971-10-25", sources=["s"])
    events = (up("CHN", "2008-06-01"), FOUR[0], FOUR[2], *MEMBERS, joined)
    found = log_of(*events).verify(claim)
    assert found.says == english
    assert found.said.vietnamese == vietnamese


def test_a_position_by_a_figure_names_its_group() -> None:
    claim = IndicatorRankClaim(
        on="2025-12-31", party="VNM", partner="SGP", indicator="trade", place=1, within="ASEAN"
    )
    assert "among the members of ASEAN" in log_of(*MEMBERS).verify(claim).says

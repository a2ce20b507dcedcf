"""Pace and shares against brute force: every day, every choice of what dates leave open."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import permutations, product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import Coverage, EventLog
from diplorel import events as ev
from diplorel.analysis.plausible_orders import Span
from diplorel.analysis.spans_of_days import count_within, gap_to_one_before, window_start
from diplorel.testing.dense import narrow_dates
from diplorel.testing.events import KIN, level_events, ties_events
from diplorel.testing.streams import distinct, log_of
from draws import draws

DAY = date(2020, 3, 27).toordinal()
spans = st.tuples(st.integers(0, 9), st.integers(0, 3)).map(
    lambda two: Span(DAY + two[0], DAY + two[0] + two[1])
)
windows = st.sampled_from(((1, "D"), (3, "D"), (1, "M"), (1, "Y")))


def choices(every: list[Span]) -> list[tuple[int, ...]]:
    return [*product(*(range(one.lo, one.hi + 1) for one in every))]


@given(spans, st.lists(spans, max_size=3))
def test_a_gap_is_what_the_days_allow(span: Span, others: list[Span]) -> None:
    gaps: set[int | None] = set()
    for days in choices([span, *others]):
        for order in permutations(range(len(days))):
            if [days[one] for one in order] == sorted(days):
                place = order.index(0)
                gaps.add(days[0] - days[order[place - 1]] if place else None)
    known = [one for one in gaps if one is not None]
    least = min(known, default=None)
    most = None if None in gaps else max(known)
    assert gap_to_one_before(span, others) == (least, most)


@given(spans, st.lists(spans, max_size=3), windows)
def test_a_window_counts_what_the_days_allow(
    span: Span, others: list[Span], window: tuple[int, str]
) -> None:
    counts = [
        1 + sum(window_start(mine, *window) < one <= mine for one in rest)
        for mine, *rest in choices([span, *others])
    ]
    assert count_within(span, others, *window) == (min(counts), max(counts))


@given(st.integers(1, 800_000), st.integers(1, 400), st.sampled_from("DMY"))
def test_a_window_begins_before_it_ends_and_never_goes_back(
    day: int, count: int, unit: str
) -> None:
    assert 0 <= window_start(day, count, unit) < day
    assert window_start(day, count, unit) <= window_start(day + 1, count, unit)


RANGES = st.sampled_from(
    ("2013-09-11", "2013-09-12", "[2013-09-10..2013-09-12]", "[2013-09-11..2013-09-14]",
     "[2013-09-12..2013-09-13]")
)  # fmt: skip


@st.composite
def moves(draw: st.DrawFn, pair: tuple[str, str]) -> Any:
    """Draw a step of a path, most often up, on days that overlap with those of others."""
    said: dict[str, Any] = {"parties": pair, "on": draw(RANGES), "sources": ["s-gov"]}
    kind = draw(st.sampled_from(("up", "up", "up", "down", "end", "severed")))
    if kind == "severed":
        return ev.TiesSevered(**said)
    if kind == "up":
        level = draw(st.sampled_from(("low", "mid", "high", "off")))
        return ev.LevelUpgraded(**said, ladder="VNM", level=level)
    return ev.LevelDowngraded(**said, ladder="VNM", level="low" if kind == "down" else None)


def of_one(pair: tuple[str, str]) -> st.SearchStrategy[list[Any]]:
    anything = ties_events(narrow_dates, [pair]) | level_events(narrow_dates, [pair], ["VNM"])
    return distinct(moves(pair) | moves(pair) | anything, least=1, most=3)


covered = st.sampled_from(((), (Coverage(track="level", parties=["VNM"]),)))
three = st.tuples(*(of_one(pair) for pair in KIN))
LEVELS = st.sampled_from((None, "low", "mid", "high"))


@settings(max_examples=draws(40))  # each asks for a dozen worlds
@given(three, LEVELS, covered)
def test_the_number_then_is_that_of_the_worlds_of_the_days(
    events: tuple[list[Any], ...], level: str | None, coverage: Any
) -> None:
    log = log_of([one for some in events for one in some], coverage=coverage)
    pace = log.pace("VNM", level=level, window="3D")
    ladder = log.reference.ladder["VNM"]
    levels = ladder.at_least(level) if level else [one for one in ladder.levels if one.rank]
    wanted = {one.id for one in levels}
    for row in pace:
        if row.on.text.startswith("[.."):
            continue  # from the first day of the calendar on
        least: list[int] = []
        most: list[int] = []
        others = {"IDN", "SGP", "USA"} - {row.party}
        for day in range(row.on.lo, row.on.hi + 1):
            worlds = [log.replay(date.fromordinal(one)) for one in (day - 1, day)]
            can = [
                [{one.level for one in world.possible_standings("VNM", other)} for world in worlds]
                for other in others
            ]
            least.append(sum(all(one <= wanted for one in two) for two in can))
            most.append(sum(any(one & wanted for one in two) for two in can))
        assert row.nth_min == 1 + min(least)
        assert row.nth_max == (1 + max(most) if coverage else None)
        assert row.complete is bool(coverage)


@settings(max_examples=draws(20))
@given(three, LEVELS)
def test_each_row_is_a_step_into_the_level(
    events: tuple[list[Any], ...], level: str | None
) -> None:
    log = log_of([one for some in events for one in some])
    pace = log.pace("VNM", level=level)
    order = [(row.on.hi, row.on.lo, row.party) for row in pace]
    assert order == sorted(order)
    for row in pace:
        steps = log.relation("VNM", row.party).level("VNM").path
        assert row.level.rank is not None
        assert row.event.type in ("level-upgraded", "level-held", "level-renewed")
        assert any(row.level.id == (one and one.id) for one, _ in steps)
        assert row.window_min >= 1
        if row.skipped:
            assert row.before is not None
            ranks = [row.before.rank, *(one.rank for one in row.skipped), row.level.rank]
            assert ranks == sorted(ranks)  # type: ignore[type-var]  # each has a rank


memberships = st.lists(
    st.builds(
        lambda party, on: ev.GroupJoined(party=party, group="ASEAN", on=on, sources=["s-gov"]),
        st.sampled_from(("IDN", "SGP", "USA")),
        st.sampled_from(("2013-01-01", "[2013-01-01..2014-01-01]")),
    ),
    max_size=3,
    unique_by=lambda event: event.party,
)
upgrades = st.lists(
    st.builds(
        lambda party, on: ev.LevelUpgraded(
            parties=(party, "VNM"), ladder="VNM", level="low", on=on, sources=["s-gov"]
        ),
        st.sampled_from(("IDN", "SGP", "USA")),
        st.sampled_from(("2013-01-01", "[2013-01-01..2014-01-01]", "2014-01-01")),
    ),
    max_size=3,
    unique_by=lambda event: event.parties,
)


@given(upgrades, memberships, st.booleans(), st.booleans())
def test_a_share_is_what_the_dates_allow(
    ups: list[Any], joins: list[Any], level_known: bool, group_known: bool
) -> None:
    coverage = [Coverage(track="level", parties=["VNM"])] * level_known
    coverage += [Coverage(track="groups", parties=["ASEAN"])] * group_known
    log: EventLog = log_of([*ups, *joins], coverage=coverage)
    found = log.replay("2013-06-30").shares("VNM", groups=["ASEAN"])["ASEAN"]

    def ways(events: list[Any]) -> list[set[str]]:
        """Return who is there, by every choice of what the dates leave open."""
        sets: list[set[str]] = [set()]
        for event in events:
            who = next(one for one in event.parties if one not in ("VNM", "ASEAN"))
            by = event.on.by("2013-06-30")
            sets = [
                one | ({who} if came else set())
                for one in sets
                for came in ([True] if by else [False] if by is False else [True, False])
            ]
        return sets

    counted = [(len(there & inside), len(there)) for there in ways(ups) for inside in ways(joins)]
    whole = level_known and group_known
    assert found.numerator == min(one for one, _ in counted)
    assert found.denominator == min(of for _, of in counted)
    assert found.numerator_max == (max(one for one, _ in counted) if whole else None)
    assert found.denominator_max == (max(of for _, of in counted) if level_known else None)
    if not whole or any(not of for _, of in counted):
        assert (found.low, found.high, found.exact) == (None, None, None)
        return
    shares = [Fraction(one, of) for one, of in counted]
    assert (found.low, found.high) == (min(shares), max(shares))
    assert found.exact == (shares[0] if len({*counted}) == 1 and not found.unknown else None)

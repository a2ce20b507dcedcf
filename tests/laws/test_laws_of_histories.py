"""The standing order over time says what the world of each day says."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import EventLog
from diplorel.analysis.ranking_rows import RankingRow
from diplorel.testing.dense import narrow_dates
from diplorel.testing.events import dyad_events, level_events
from diplorel.testing.streams import distinct, log_of, logs
from draws import draws

if TYPE_CHECKING:
    from diplorel import Ranking
    from diplorel.analysis.ranking_history import HistoryDay

rules = st.sampled_from(("latest", "earliest"))
kinds = st.sampled_from(("any", "state"))
TODAY = "2014-06-30"


def as_ranked(day: HistoryDay) -> list[RankingRow]:
    names = [field.name for field in attrs.fields(RankingRow)]
    return [RankingRow(**{name: getattr(row, name) for name in names}) for row in day]


def says_the_same(day: HistoryDay, ranking: Ranking) -> None:
    assert as_ranked(day) == [*ranking.rows]
    assert day.special == ranking.special
    assert day.undecided == ranking.undecided
    assert day.unranked == ranking.unranked
    assert day.complete_from == ranking.complete_from
    for before, row in zip([None, *day.rows], day.rows, strict=False):
        if before is None:
            assert (row.key, row.key_certain) == (None, None)
            continue
        why = ranking.explain(before.party, row.party)
        assert (row.key, row.key_certain) == (why.key or "shared", why.certain)
        assert (row.key == "shared") is (row.position == before.position)


@settings(max_examples=draws(8))  # each asks for several days
@given(logs(), rules, kinds)
def test_the_end_of_a_year_is_the_world_of_that_day(log: EventLog, rule: Any, kind: Any) -> None:
    view = log.view(dates=rule)
    history = view.ranking_history("VNM", years=(2012, 2014), kind=kind, today=TODAY)
    assert [day.year for day in history.days] == [2012, 2013, 2014]
    for day in history.days:
        ranking = view.replay(day.on).ranking("VNM", kind=kind)
        says_the_same(day, ranking)
        floor = ranking.complete_from
        for row in day:
            assert row.on == day.on
            assert row.complete is log.reference.covers_level(
                "VNM", row.on.toordinal(), row.level.id
            )
            assert row.complete is (floor is not None and floor.rank <= row.level.rank)  # type: ignore[operator]


@settings(max_examples=draws(8))
@given(logs())
def test_a_year_is_cut_where_it_or_the_coverage_ends(log: EventLog) -> None:
    for day in log.ranking_history("VNM", years=(2012, 2014), today=TODAY).days:
        first = date(day.year or 0, 1, 1)
        last = min(date(day.year or 0, 12, 31), date.fromisoformat(TODAY))
        covered = [
            one
            for n in range((last - first).days + 1)
            if log.reference.complete_from("VNM", (one := first + timedelta(n)).toordinal())
        ]
        if covered and covered[-1] < last:
            assert (day.on, day.cut) == (covered[-1], "coverage")
        else:
            assert (day.on, day.cut) == (last, None if last.month == 12 else "present")


levels = level_events(narrow_dates, [("SGP", "VNM"), ("IDN", "VNM")], ["VNM"])


@settings(max_examples=draws(6))  # each asks for some twenty days
@given(
    distinct(levels | dyad_events(narrow_dates), least=1, most=5),
    rules,
)
def test_the_days_of_changes_are_those_that_differ_from_the_day_before(
    events: Any, rule: Any
) -> None:
    log = log_of(events).view(dates=rule)
    history = log.ranking_history("VNM", days="changes", years=(2013, 2013))

    def order(day: date) -> list[tuple[str, int, str]]:
        rows = log.replay(day).ranking("VNM").rows
        return [(row.party, row.position, row.level.id) for row in rows]

    near = [date(2013, 9, 8) + timedelta(days=n) for n in range(9)]
    changed = [day for day in near[1:] if order(day) != order(day - timedelta(days=1))]
    assert [day.on for day in history.days] == changed
    for day in history.days:
        assert (day.year, day.cut) == (None, None)
        says_the_same(day, log.replay(day.on).ranking("VNM"))

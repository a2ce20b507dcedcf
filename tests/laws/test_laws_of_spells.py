"""Spells tile the common life of two parties, agree with relations, and lose no tie."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from hypothesis import example, given
from hypothesis import strategies as st

import diplorel as dr
from completions import completions
from diplorel.analysis.relation_table import _how_known
from diplorel.model.parties import Life, Party
from diplorel.model.reference import Coverage, Reference
from diplorel.testing.dense import NEAR, SGP_LADDER, VNM_LADDER, narrow_dates
from diplorel.testing.events import dyad_events, level_events, ties_events
from diplorel.testing.streams import distinct
from diplorel.tracks import AGREEMENTS, LEVEL, MISSIONS, TIES
from diplorel.tracks.ties import TiesEstablished, TiesSevered
from plausible import plausible_days

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.spells import Spell
    from diplorel.model.events import Event

PAIR = ("SGP", "VNM")
LAST = "2013-09-30"
LATE = (date(2013, 9, 30), date(2013, 10, 1))
near = st.one_of(narrow_dates, st.sampled_from((*NEAR, "2013-09", "[..2013-09-12]")))
ties = distinct(ties_events(near, (PAIR,)), least=1, most=4)
narrow = distinct(ties_events(narrow_dates, (PAIR,)), least=1, most=3)
few = distinct(
    ties_events(near, (PAIR,)) | level_events(near, (PAIR,), ("VNM", "SGP")), least=1, most=5
)
whatever = distinct(dyad_events(near, (PAIR,)), least=1, most=6)
LIVES: tuple[tuple[dict[str, str], ...], ...] = (
    (),
    ({"start": "2013-09-09"},),
    ({"start": "2013-09-11"},),
    ({"start": "2013-09-09", "end": "2013-09-13"},),
    ({"start": "[2013-09-10..2013-09-11]", "end": "[2013-09-12..2013-09-14]"},),
    ({"end": "2013-09-12"}, {"start": "2013-09-14"}),
)


def _covered(track: str, since: str | None, until: str | None, least: str | None) -> Coverage:
    return Coverage(track=track, parties=("VNM",), since=since, until=until, at_least=least)


COVERAGES = (
    (),
    (_covered("ties", None, None, None), _covered("level", None, "2013-09-12", None)),
    (_covered("ties", "2013-09-10", "2013-09-12", None),),
    (_covered("ties", "2013-09-12", None, None), _covered("level", "2013-09-11", None, "mid")),
    (
        _covered("level", None, "2013-09-13", "mid"),
        _covered("level", "2013-09-10", "2013-09-12", None),
    ),
    (
        _covered("agreements", None, "2013-09-12", None),
        _covered("missions", "2013-09-11", None, None),
    ),
)
references = st.tuples(st.sampled_from(range(len(LIVES))), st.sampled_from(range(len(COVERAGES))))


@cache
def reference_of(found: int, known: int) -> Reference:
    """Return reference data; a table of parties takes long to make, so each is made once."""
    lives = [Life(**one) for one in LIVES[found]] or [Life()]
    return Reference(
        ladders=(VNM_LADDER, SGP_LADDER),
        extra_parties=(Party(id="SGP", names={"en": "Gone"}, lives=lives),),
        coverage=COVERAGES[known],
    )


def log_of(events: Sequence[Event], reference: tuple[int, int] = (0, 0)) -> dr.EventLog:
    return dr.EventLog(
        events, stream="a", at="2024-01-01T00:00:00Z", reference=reference_of(*reference)
    )


def sides(spells: Iterable[Spell]) -> dict[str | None, list[Spell]]:
    found: dict[str | None, list[Spell]] = {}
    for spell in spells:
        found.setdefault(spell.side, []).append(spell)
    return found


def shown(spells: Iterable[Spell]) -> list[Spell]:
    return [spell for spell in spells if spell.last is not None]


def holds_on(spell: Spell, day: date) -> bool:
    assert spell.last is not None
    return (spell.first or date.min) <= day <= spell.last


def days_beside_changes() -> list[date]:
    near = [date(2013, 9, 8) + timedelta(days=n) for n in range(9)]
    return [date.min, date(2013, 8, 31), date(2013, 9, 1), *near, date(2013, 9, 29), *LATE]


def said(relation: dr.Relation, track: str, side: str | None) -> tuple[str | None, str]:
    """Return the value and how it is known, as a relation has them."""
    if track == "ties":
        status = relation.ties.status.value
        return None if status == "unknown" else status, _how_known(relation, TIES)
    if track == "agreements":
        number = len(relation.agreements.in_force())
        known = _how_known(relation, AGREEMENTS)
        if number or "agreements" not in relation.unknown:
            return str(number), known
        return None, known if known == "undecided" else "unknown"
    if track == "level":
        assert side is not None
        held = relation.level(side)
        known = "as-last-recorded" if held.last_recorded else "known"
        if held.status == "unknown":
            known = "unknown"
        value = held.level.id if held.level else held.status.value
        return None if held.status == "unknown" else value, known if held.certain else "undecided"
    raise AssertionError(track)


tracks = st.sampled_from(("ties", "level", "agreements"))


@given(whatever | few, references, tracks)
def test_spells_agree_with_relations_on_every_day(
    events: list[Event], reference: tuple[int, int], track: str
) -> None:
    log = log_of(events, reference)
    merged = log.spells(track, "VNM", partner="SGP", on=LAST)
    exact = log.spells(track, "VNM", partner="SGP", on=LAST, by_known=True)
    party = log.reference.parties.find("SGP")
    for side, spells in sides(exact).items():
        for day in days_beside_changes():
            relation = log.relation(*PAIR, on=day)
            mine = [spell for spell in spells if holds_on(spell, day)]
            alive = party.is_alive(day.toordinal()) and day >= date(1945, 9, 2)
            assert len(mine) == (alive and day.isoformat() <= LAST)
            if mine:
                assert (mine[0].value, mine[0].known) == said(relation, track, side)
                if track == "level":
                    assert side is not None
                    below = relation.level(side).below
                    assert mine[0].below == (below and below.id)
                other = [one for one in shown(sides(merged)[side]) if holds_on(one, day)]
                assert [one.value for one in other] == [mine[0].value]


@given(whatever | few, references, tracks | st.just("missions"))
def test_spells_tile_the_common_life(
    events: list[Event], reference: tuple[int, int], track: str
) -> None:
    log = log_of(events, reference)
    for by_known in (False, True):
        for spells in sides(
            log.spells(track, "VNM", partner="SGP", on=LAST, by_known=by_known)
        ).values():
            days = shown(spells)
            for one, two in pairwise(days):
                assert one.last is not None
                assert two.first is not None
                assert one.last < two.first
                if one.ended_by_type != "party-ended":
                    assert two.first - one.last == timedelta(days=1)
            for one in spells:
                assert one.start.lo <= one.start.hi
                assert one.end is None or one.end.lo <= one.end.hi
                assert one.end_open is (one.censored_on is not None)
                lower, upper = one.days
                assert 0 <= lower <= upper
                if one.value is None:
                    assert one.known in {"unknown", "undecided"}
            assert all(one.end_open is (one is days[-1]) for one in days) or (
                days[-1].ended_by_type == "party-ended"
            )


TWICE = [
    TiesEstablished(on="[2013-09-11..2013-09-14]", parties=PAIR, sources=("s",)),
    TiesEstablished(on="2013-09", parties=PAIR, sources=("s",)),
]
"""Of a party that came back, the second ties are not older than the end of its first life."""


@given(ties, references)
@example(TWICE, (5, 0))
def test_no_recorded_tie_is_lost(events: list[Event], reference: tuple[int, int]) -> None:
    log = log_of(events, reference)
    spells = log.spells("ties", "VNM", partner="SGP", on=LAST)
    recorded = log.relation(*PAIR, on=LAST).ties
    held = [spell for spell in spells if spell.value == "established"]
    ends = [end.lo for one in LIVES[reference[0]][:-1] if (end := Life(**one).end) is not None]
    for tie in recorded.spells:
        first = max([tie.start.lo, *(end for end in ends if end <= tie.start.hi)])
        assert any(
            one.start.text == tie.start.text
            or (one.start.lo <= first and tie.start.hi <= one.start.hi)
            for one in held
        )
    if recorded.status in {"severed", "suspended"}:
        assert held


SEVERED_TWICE = [
    TiesEstablished(on="2013-09-10", parties=PAIR, sources=("s",)),
    TiesSevered(on="2013-09-12", parties=PAIR, sources=("s",)),
    TiesSevered(on="[2013-09-10..2013-09-11]", parties=PAIR, sources=("s",)),
]
"""Severed by the 11th, or, if the vague severance came before the ties, on the 12th."""


@given(narrow)
@example(SEVERED_TWICE)
def test_the_start_of_a_spell_holds_that_of_every_completion(events: list[Event]) -> None:
    spells = log_of(events).spells("ties", "VNM", partner="SGP", on=LAST)
    last = shown(spells)[-1]
    day = dr.PartialDate(LAST).hi
    orders = plausible_days(completions(events, day), TIES, PAIR)
    for order in orders[frozenset(event.id for event in events)]:
        acc = TIES.start()
        began = 0
        for event, when in order:
            before = acc.status
            TIES.handlers[type(event)](acc, event)
            began = when if acc.status != before else began
        if acc.status == last.value:
            assert last.start.lo <= began <= last.start.hi


@given(few, references, st.sampled_from((TIES, LEVEL, MISSIONS, AGREEMENTS)))
def test_the_order_of_parties_does_not_matter(
    events: list[Event], reference: tuple[int, int], track: dr.Track[Any, Any]
) -> None:
    log = log_of(events, reference)
    one = log.spells(track, "VNM", partner="SGP", on=LAST)
    assert one == log.spells(track.name, "SGP", partner="VNM", on=LAST)
    assert [spell for spell in log.spells(track, on=LAST) if spell.parties == PAIR] == [*one]


@given(
    few,
    references,
    st.sampled_from(("low", "mid", "high")),
    st.fixed_dictionaries(
        {
            "entry": st.sampled_from(("coverage", "start", "2013-09-11")),
            "censor": st.sampled_from(("coverage", "asked")),
        }
    ),
)
def test_durations_agree_with_spells(
    events: list[Event],
    reference: tuple[int, int],
    level: str,
    observed: dict[str, Any],
) -> None:
    log = log_of(events, reference)
    durations = log.durations("VNM", event=("level", level), on=LAST, **observed)
    ties_spells = log.spells("ties", "VNM", on=LAST)
    held = next((one for one in ties_spells if one.value == "established"), None)
    assert len(durations) + len(durations.left_out) == (held is not None)
    ladder = log.reference.ladder["VNM"]
    ranks = {one.id: one.rank or 0 for one in ladder.levels}
    for row in durations:
        assert held is not None
        assert row.start.lo <= held.start.lo
        assert held.start.hi <= row.start.hi
        assert 0 <= row.t_lower <= row.t_upper
        assert 0 <= row.entry < row.t or (row.entry == 0 and row.event)
        reached = [
            one
            for one in log.spells("level", "VNM", on=LAST)
            if one.side == "VNM" and ranks.get(one.value or "", 0) >= ladder.find(level).rank  # type: ignore[operator]
        ]
        if row.event:
            assert row.reached is not None
            assert row.censored_on is None
            if not reached:  # passed on one day, on the way to a renewal of a lower level
                assert any(event.type == "level-renewed" for event in events)
                continue
            assert row.reached.lo <= reached[0].start.lo
            assert reached[0].start.hi <= row.reached.hi
            assert row.ended_by == reached[0].began_by
            ends = reached[0].start
            gaps = [e - s for e in (ends.lo, ends.hi) for s in (held.start.lo, held.start.hi)]
            assert row.t_lower <= max(0.5, *gaps) <= max(0.5, row.t_upper)
        else:
            assert row.censored_on is not None
            day = row.censored_on.toordinal()
            assert row.t_lower == day - held.start.hi
            assert not reached or reached[0].start.hi > day

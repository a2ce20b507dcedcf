"""What panels and comparisons seldom meet: a disputed state, an odd code, a bad day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import InvalidEventError, InvalidQueryError
from diplorel.model.event_table import resolved_table
from diplorel.model.parties import Code
from diplorel.model.runs import Runs
from diplorel.replay import plausible
from diplorel.replay.prefixes import CellHistory, changes_by_day
from diplorel.tracks.ties import TIES

if TYPE_CHECKING:
    from diplorel.model.table import Table

S = ("s",)
PAIR = ("SGP", "VNM")
DISPUTED = ("CSK", "USA")  # in 1940 states disagree whether Czechoslovakia goes on
LADDER = dr.Ladder(party="USA", levels=[dr.Level(id="low", rank=1)])


def row(panel: Table, a: str, b: str) -> dict[str, Any]:
    (found,) = (one for one in panel if (one["party_a"], one["party_b"]) == (a, b))
    return found


def test_what_a_party_that_states_dispute_has_is_contested() -> None:
    log = dr.EventLog(
        [
            ev.TiesEstablished(on="1920-01-01", parties=DISPUTED, sources=S),
            ev.LevelUpgraded(on="1930", parties=DISPUTED, ladder="USA", level="low", sources=S),
            ev.VisitMade(on="1940-02-01", visitor="CSK", host="USA", sources=S),
        ],
        ladders=[LADDER],
    )
    found = row(log.panel(years=(1940, 1940)), *DISPUTED)
    names = ("ties", "level_b", "visits_ab")
    assert [found[f"{name}_known"] for name in names] == ["contested"] * 3
    assert (found["ties"], found["level_b"], found["visits_ab"]) == ("established", "low", 1)


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("middle", "expected 'end' or 'start'"),
        ("02-29", "29 February"),
        ("02-31", "not a valid day"),
    ],
)
def test_a_day_that_not_every_year_has_is_refused(at: str, said: str) -> None:
    with pytest.raises(InvalidQueryError, match=said):
        dr.EventLog().panel("VNM", years=(2000, 2001), at=at)


def test_the_years_of_a_panel_have_to_be_given() -> None:
    with pytest.raises(InvalidQueryError, match=r"years: give the first and the last"):
        dr.EventLog().panel("VNM", years=None)  # type: ignore[arg-type]


def test_a_party_of_which_no_life_is_known_lives_always() -> None:
    log = dr.EventLog(
        [ev.TiesEstablished(on="2000-01-01", parties=("VNM", "XNO"), sources=S)],
        parties=[dr.Party(id="XNO", names={"en": "Nowhere"})],
    )
    panel = log.panel("VNM", years=(1999, 2000), columns=["ties"])
    rows = [one for one in panel if "XNO" in (one["party_a"], one["party_b"])]
    assert [one["ties"] for one in rows] == [None, "established"]


def test_a_panel_names_the_parties_that_have_no_rows_as_no_table_describes_them() -> None:
    kept = ev.TiesEstablished(on="2000-01-01", parties=("VNM", "XNO"), sources=S)
    other = ev.TiesEstablished(on="2000-01-01", parties=("LAO", "XNE"), sources=S)
    log = dr.EventLog([kept, other])
    way: dict[str, Any] = {"years": (2000, 2000), "columns": ["ties"]}
    assert log.panel("VNM", **way).stamp["no_rows"] == "XNO"
    assert log.panel(**way).stamp["no_rows"] == "XNE XNO"
    view = log.view(dates="earliest")
    assert view.panel("VNM", **way).stamp["no_rows"] == "XNO"
    assert "no_rows" not in log.panel("SGP", **way).stamp
    assert "XNO" not in {*log.panel("VNM", **way)["party_b"]}


def test_the_events_of_a_log_leave_as_a_table_each_once() -> None:
    way: dict[str, Any] = {"on": "1973-08", "parties": PAIR}
    log = dr.EventLog([ev.TiesEstablished(**way, sources=[one]) for one in ("s", "t")])
    table = resolved_table(log.resolve().events, {})
    assert [*table["id"]] == ["ties-established/SGP-VNM/1973-08"]
    assert len(log.table()) == 2


def test_a_text_of_another_class_is_the_same_text() -> None:
    class Marked(str):
        __slots__ = ()

    runs = Runs("c", "text")
    for value in ("a", Marked("a"), Marked("b"), None):
        runs.add(value, 1)
    column = runs.column()
    assert [*column] == ["a", "a", "b", None]
    assert column.words == ("a", "b")


def test_where_all_beginnings_at_once_take_too_long_each_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kinds = (ev.TiesEstablished, ev.TiesSevered, ev.TiesRestored, ev.TiesEstablished)
    days = ("2012", "2012", *(f"[2013-01-01..2013-12-{at + 1:02}]" for at in range(4)))
    # of the two of 2012 the second confirms the first: no order of theirs matters
    events = [
        kind(on=on, nth=nth, parties=PAIR, sources=S)
        for on, kind, nth in zip(
            days, (kinds[0], kinds[0], *kinds), (1, 2, 1, 1, 1, 1), strict=True
        )
    ]
    reference = dr.EventLog(events).reference
    at_once = dict(changes_by_day(events, TIES, reference))
    search = plausible.Search(
        events[:4], [(event.on.lo, event.on.hi) for event in events[:4]], TIES, reference
    )
    search.run(with_days=False)
    monkeypatch.setattr(plausible, "LIMIT", search.steps)  # enough for four, and not for six
    apart = dict(changes_by_day(events, TIES, reference))
    *early, last = sorted(at_once)
    for day in early[:3]:
        assert apart[day] == at_once[day]
        assert apart[day].open == at_once[day].open
    assert apart[last].open == {((), name) for name in ("status", "since", "spells")}
    sure = [kinds[0](on="2010-01-01", parties=PAIR, sources=S), *events[1:]]
    assert CellHistory((), sure, TIES, reference).up_to(2) == (sure[:2], frozenset())


def test_a_comparison_of_sums_says_what_was_matched_and_no_more() -> None:
    log = dr.EventLog([ev.TiesEstablished(on="1973-08", parties=PAIR, sources=S)])
    panel = log.panel("VNM", years=(1974, 1974), columns=["ties"])
    keys = {"party_a": "a", "party_b": "b", "year": "year"}
    rows = [{"a": "VNM", "b": "SGP", "year": 1974, "trade": 5}]
    found = log.compare(panel, rows, on=keys, columns={}, beside={"ties": "trade"})
    assert "not compared" not in str(found)
    assert "kappa" not in str(found)


def test_what_is_unknown_needs_no_translation() -> None:
    log = dr.EventLog([ev.TiesEstablished(on="1973-08", parties=PAIR, sources=S)])
    panel = log.panel("VNM", years=(1970, 1974), columns=["ties"])
    keys = {"party_a": "a", "party_b": "b", "year": "year"}
    rows = [{"a": "VNM", "b": "SGP", "year": year, "t": 1} for year in (1970, 1974)]
    words = {"ties": {"established": 1}}
    found = log.compare(panel, rows, on=keys, columns={"ties": "t"}, values=words)
    assert (found["ties"].same, found["ties"].outcomes["unknown"]) == (1, 1)


def test_a_rank_that_a_label_does_not_have_needs_no_translation() -> None:
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="label"), dr.Level(id="low", rank=1)])
    way: dict[str, Any] = {"parties": PAIR, "ladder": "VNM", "sources": S}
    log = dr.EventLog(
        [
            ev.LevelUpgraded(on="1973-08", level="label", **way),
            ev.LevelUpgraded(on="1976-08", level="low", **way),
            ev.TiesSevered(on="1979-01-01", parties=PAIR, sources=S),
        ],
        ladders=[ladder],
    )
    panel = log.panel("VNM", years=(1974, 1980), columns=["level"])
    keys = {"party_a": "a", "party_b": "b", "year": "year"}
    rows = [{"a": "VNM", "b": "SGP", "year": year, "r": 9} for year in (1974, 1977, 1980)]
    words = {"level_a_rank": {0: "none", 1: "one"}}
    found = log.compare(panel, rows, on=keys, columns={"level_a_rank": "r"}, values=words)
    assert [one.ours_as for one in found.differences] == ["one", "none"]
    assert [event.id for event in found.differences[1].events][-1] == (
        "ties-severed/SGP-VNM/1979-01-01"
    )


def test_a_successor_that_two_records_name_is_offered_once() -> None:
    way: dict[str, Any] = {"dyads": ["VNM"], "tracks": ["ties"], "sources": S}
    moved = {"predecessor": "XNO", "successor": "XNU", "kind": "continuation", **way}
    log = dr.EventLog(
        [
            ev.TiesEstablished(on="2000-01-01", parties=("VNM", "XNO"), sources=S),
            *(ev.PartySucceeded(on=day, **moved) for day in ("2001-01-01", "2001-01-02")),
        ],
        parties=[
            dr.Party(
                id="XNO",
                names={"en": "Nowhere"},
                end="2001-01-01",
                codes=[Code("cow", "9991", end=dr.PartialDate("2000-12-31"))],
            ),
            dr.Party(id="XNU", names={"en": "New"}, codes=[Code("cow", "9992")]),
        ],
    )
    panel = log.panel("VNM", years=(1999, 2002), columns=["ties"])
    keys = {"cow_a": "a", "cow_b": "b", "year": "year"}
    rows = [{"a": 9991, "b": 816, "year": year, "t": 1} for year in (2000, 2002)]
    found = log.compare(panel, rows, on=keys, columns={"ties": "t"}, values={"ties": lambda _: 0})
    assert found.rows["theirs_matched"] == 1
    assert [(one.reason, one.hint) for one in found.only_theirs] == [
        (
            "code-not-in-use",
            "cow 9991 was used for XNO until 2000-12-31: on 2002-12-31, XNU has 9992",
        )
    ]


def test_a_code_that_is_no_code_is_refused_where_it_is_given() -> None:
    for field in ("codes", "lives", "former", "contested"):
        given: Any = {field: {"cow": "9991"}}
        with pytest.raises(InvalidEventError, match=rf"^{field}: expected a list of .*'cow'"):
            dr.Party(id="XNO", names={"en": "Nowhere"}, **given)

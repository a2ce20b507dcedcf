"""Every answer gives a table that says what its records say."""

from __future__ import annotations

import pickle
from functools import cache
from typing import Any

import polars as pl
import pyarrow as pa
import pytest

import diplorel as dr
from diplorel.model.listing import Listing
from diplorel.model.tabular import Tabular
from diplorel.tracks import AGREEMENTS
from shipped_once import shipped

ON = "2025-03-12"


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@cache
def ranking() -> dr.Ranking:
    return vietnam().replay(ON).ranking("VNM")


def test_the_table_of_a_log_has_every_record() -> None:
    log = vietnam()
    table = log.table()
    for name in ("stream", "recorded", "id", "type", "event"):
        assert list(table[name]) == [record[name] for record in log.to_records()]
    events: list[Any] = [record.event for record in log]
    assert list(table["party_a"]) == [event.parties[0] for event in events]
    assert [bool(one) for one in table["party_b"]] == [len(one.parties) > 1 for one in events]
    first = [None if event.on.text.startswith("[..") else event.on.earliest for event in events]
    assert list(table["on_earliest"]) == first
    assert list(table["on_latest"]) == [event.on.latest for event in events]
    assert table.stamp["streams"] == {"vietnam": log.reference.infos[0].version}
    assert table.stamp["library"] == dr.__version__


def test_a_retraction_has_neither_date_nor_party() -> None:
    event = dr.events.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["x"])
    gone = dr.events.EventRetracted(target=event.id, reason="an error", sources=["x"])
    first, last = dr.EventLog([event], at="2025-01-01T00:00:00Z").append(gone).table()
    assert (first["party_a"], first["party_b"], first["parties"]) == ("SGP", "VNM", "SGP VNM")
    assert first["supersedes"] is None
    assert (last["on"], last["party_a"], last["parties"], last["seq"]) == (None,) * 4
    assert (last["supersedes"], last["reason"]) == (event.id, "an error")


def test_the_stamp_of_a_view_says_how_it_reads() -> None:
    view = vietnam().view(known="2026-11-22", clock="published", dates="earliest")
    stamp = view.table().stamp
    assert (stamp["clock"], stamp["dates"]) == ("published", "earliest")
    assert "2026-11-22" in stamp["known"]


def test_the_table_of_a_ranking_has_the_rows_and_then_the_blocks() -> None:
    answer = ranking()
    table = answer.table()
    rows = table.to_records()
    for row, record in zip(rows, answer.to_records(), strict=False):
        for key in ("position", "best", "worst", "party", "name", "level", "since", "ties"):
            assert row[key] == record[key]
    rest = [(row["block"], row["party"]) for row in rows[len(answer) :]]
    assert rest == [(block, id) for block in answer.blocks for id in getattr(answer, block)]
    assert all(row["position"] is None and row["name"] for row in rows[len(answer) :])
    assert rows[0]["level_order"] == max(row["level_order"] for row in rows[: len(answer)])
    assert table.stamp["on"] == ON


def test_the_table_of_partners_keeps_the_possible_apart() -> None:
    answer = dr.Partners(parties=("A",), possible=("B",), complete=False, unranked=("C",))
    assert [tuple(row.values()) for row in answer.table()] == [
        ("A", "certain"),
        ("B", "possible"),
        ("C", "unranked"),
    ]


def test_the_table_of_a_difference_has_before_and_after() -> None:
    answer = vietnam().diff("2025-03-11", ON, known_since="2025-03-12")
    table = answer.table()
    records = answer.to_records()
    assert list(table["subject"]) == [record["subject"] for record in records]
    assert list(table["corrected"]) == [record["corrected"] for record in records]
    level = next(row for row in table if row["subject"] == "SGP-VNM" and row["track"] == "level")
    assert level["direction"] == "raised"
    new = set(level["after"].split()) - set(level["before"].split())
    assert new == set(level["events"].split())
    assert {*table["direction"]} <= {"begun", "raised", "lowered", "changed", "removed"}


def test_a_difference_of_what_is_no_longer_reported_is_removed() -> None:
    change = vietnam().diff("1950-01-01", "1950-12-31").changes[0]
    gone = dr.Diff(
        since=vietnam().diff("1950-01-01", "1950-12-31").since,
        until=vietnam().diff("1950-01-01", "1950-12-31").until,
        changes=(type(change)(subject="VNM", track="x", before=change.after, after=None),),
    )
    (row,) = gone.table()
    assert (row["direction"], row["party_b"], row["after"]) == ("removed", None, None)


def test_the_table_of_a_timeline_has_its_entries() -> None:
    answer = vietnam().timeline("VNM", "SGP")
    assert list(answer.table()["id"]) == [entry.event.id for entry in answer]


def test_the_table_of_a_sensitivity_has_every_order() -> None:
    report = ranking().sensitivity()
    table = report.table()
    assert len(table) == len(report) * len(report.variants)
    row = table.to_records()[0]
    assert row["position_there"] == report[row["order"]].positions[row["party"]]


def test_the_table_of_disagreements_has_every_value() -> None:
    answer = vietnam().disagreements()
    records = answer.to_records()
    table = answer.table()
    for name in ("event", "field", "value", "followed", "independent"):
        assert list(table[name]) == [record[name] for record in records]


def test_the_table_of_findings_has_every_verdict() -> None:
    findings = vietnam().verify()
    table = findings.table()
    records = [one.to_record() for one in findings]
    for name in ("claim", "kind", "text", "verdict", "says", "missing", "independent"):
        assert list(table[name]) == [record[name] for record in records]
    assert findings[0].table().to_records() == table.to_records()[:1]
    assert repr(findings) == f"<Findings: {len(records)} claims>"
    assert str(findings).startswith(str(findings[0]))


@pytest.mark.parametrize("ask", [vietnam, ranking, lambda: vietnam().diff("2025-01-01", ON)])
def test_polars_and_arrow_take_the_answer_itself(ask: Any) -> None:
    answer = ask()
    assert pl.DataFrame(answer).to_dicts() == answer.table().to_records()
    assert pa.table(answer).to_pylist() == answer.table().to_records()


def test_both_take_a_listing() -> None:
    answer = vietnam().timeline("VNM", "SGP")
    assert pl.DataFrame(answer).to_dicts() == answer.table().to_records()
    assert pa.table(answer).to_pylist() == answer.table().to_records()


def test_an_answer_without_a_table_says_so() -> None:
    with pytest.raises(NotImplementedError):
        Tabular().table()


def test_a_listing_behaves_as_the_tuple_of_its_items() -> None:
    one, two = Listing("ab"), ("a", "b")
    assert one == two
    assert two == one
    assert one == Listing("ab")
    assert one != Listing("abc")
    assert one != ["a", "b"]
    assert hash(one) == hash(two)
    more = ("c",)
    assert (one + more, more + one) == (("a", "b", "c"), ("c", "a", "b"))
    assert (*reversed(one),) == ("b", "a")
    assert (one.index("b"), one.count("a"), "c" in one, one[-1], len(one)) == (1, 1, False, "b", 2)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def test_the_table_of_a_world_has_a_row_for_each_dyad() -> None:
    world = vietnam().replay(ON)
    table = world.table()
    assert list(zip(table["party_a"], table["party_b"], strict=True)) == list(world.dyads())
    for row in table:
        relation = world[row["party_a"], row["party_b"]]
        assert row["ties"] == relation.ties.status.value
        assert row["ties_since"] == (relation.ties.since and relation.ties.since.text)
        standing = relation.level(row["party_b"])
        assert row["level_b"] == (standing.level and standing.level.id)
        assert row["recognition_ab"] == relation.recognition(row["party_a"]).status.value
        assert row["visits"] != 0 or "visits" not in relation.unknown
        assert row["figures"] != 0 or "figures" not in relation.unknown
        assert row["agreement_events"] != 0 or "agreements" not in relation.unknown
    assert table.stamp["on"] == ON
    assert {*table["ties_known"]} >= {"known", "unknown"}


def test_the_table_of_a_relation_is_its_row_of_the_world() -> None:
    relation = vietnam().relation("SGP", "VNM", on=ON)
    (row,) = relation.table()
    world = vietnam().replay(ON).table()
    assert row in world.to_records()
    assert (row["level_b"], row["level_known"]) == ("comprehensive-strategic", "known")


def test_ties_that_dates_leave_open_are_undecided() -> None:
    event = dr.events.TiesEstablished(on="2025", parties=("SGP", "VNM"), sources=["x"])
    log = dr.EventLog([event])
    assert log.relation("SGP", "VNM", on="2025-06-01").table()["ties_known"][0] == "undecided"
    assert log.relation("SGP", "VNM").table()["ties_known"][0] == "as-last-recorded"
    assert log.replay().table().stamp["on"] is None


def test_the_table_of_a_world_has_both_ladders_and_every_count() -> None:
    world = vietnam().replay(ON)
    for row, pair in zip(world.table(), world.dyads(), strict=True):
        relation = world[pair]
        for side, party in zip("ab", pair, strict=True):
            held, name = relation.level(party), f"level_{side}"
            assert row[name] == (held.level and held.level.id)
            assert row[f"{name}_rank"] == (held.level and held.level.rank)
            assert row[f"{name}_status"] == held.status.value
            for key, value in (
                (f"{name}_since", held.since and held.since.text),
                (f"{name}_since_latest", held.since and held.since.latest),
            ):
                assert row[key] == value
        ties = relation.ties.since
        assert row["ties_since_latest"] == (ties and ties.latest)
        assert row["recognition_ba"] == relation.recognition(pair[1]).status.value
        for name, number in (
            ("visits", len(relation.visits.visits)),
            ("figures", len(relation.figures.figures)),
        ):
            unknown = not number and name in relation.unknown
            assert row[name] == (None if unknown else number)
        number = len(relation.events(AGREEMENTS))
        unknown = not number and "agreements" in relation.unknown
        assert row["agreement_events"] == (None if unknown else number)
    assert world.table().title == "Relations"


def test_each_track_of_a_relation_is_known_in_its_own_way() -> None:
    ties = dr.events.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["x"])
    granted = dr.events.RecognitionGranted(
        on="2025", recogniser="VNM", recognised="SGP", sources=["x"]
    )
    covered = dr.Coverage(track="ties", parties=["SGP", "VNM"], until="2025-12-31")
    log = dr.EventLog([ties, granted], coverage=[covered])
    (row,) = log.relation("SGP", "VNM", on="2025-06-01").table()
    known = ("ties_known", "level_known", "recognition_known")
    assert [row[name] for name in known] == ["known", "unknown", "undecided"]
    assert (row["visits"], row["figures"], row["agreement_events"]) == (None, None, None)
    none = dr.Coverage(track="visits", parties=["SGP", "VNM"], until="2025-12-31")
    (row,) = dr.EventLog([ties], coverage=[none]).relation("SGP", "VNM", on="2025-06-01").table()
    assert (row["visits"], row["ties_known"]) == (0, "as-last-recorded")
    (row,) = dr.EventLog([granted]).relation("SGP", "VNM", on="2026-01-01").table()
    assert (row["recognition_ab"], row["recognition_ba"]) == ("unknown", "de-jure")
    assert row["recognition_known"] == "as-last-recorded"

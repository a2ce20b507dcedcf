"""What answers look like: a short line as ``repr``, a table in print."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

import diplorel as dr
from diplorel import datasets
from diplorel import events as ev
from diplorel._columns import WIDTH, clipped, columns, counted, listed
from diplorel.analysis.diff import Change, Diff
from diplorel.analysis.groups import Members
from diplorel.analysis.partners import LevelCount, LevelCounts, Partners
from diplorel.analysis.timeline import Timeline
from diplorel.model.ladders import Level
from diplorel.model.reference import Reference
from diplorel.replay.dyad import DyadSnapshot
from shipped_once import shipped

DAY = "2025-03-12"


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    log = shipped("vietnam") | shipped("singapore")
    world = log.replay(DAY)
    ranking = world.ranking("VNM")
    relation = world["VNM", "SGP"]
    differing = log.disagreements()
    change = log.diff("2013-01-01", DAY)
    return {
        "ranking": ranking,
        "comparison": ranking.explain("CHN", "RUS"),
        "ties": world.metric_ranking("VNM", by="ties"),
        "visits": world.metric_ranking("VNM", by="visits"),
        "partners": world.partners("VNM"),
        "members": world.members("ASEAN"),
        "counts": world.counts("VNM"),
        "count": world.counts("VNM")[0],
        "diff": change,
        "change": change.changes[0],
        "state": change.changes[0].after,
        "history": log.ranking_history("VNM", years=(2023, 2024)),
        "pace": log.pace("VNM", level="comprehensive-strategic"),
        "shares": world.shares("VNM", groups=["ASEAN"]),
        "anniversaries": log.anniversaries(2026, "VNM", multiples=25),
        "timeline": log.timeline("VNM", "SGP"),
        "entry": log.timeline("VNM", "SGP")[0],
        "sensitivity": ranking.sensitivity(),
        "variant": ranking.sensitivity().variants[0],
        "explanation": relation.explain(),
        "disagreements": differing,
        "disagreement": differing[0],
        "bibliography": log.cite(relation),
        "world": world,
        "snapshot": world.snapshot,
        "dyad": world.snapshot.between("VNM", "SGP", DyadSnapshot),
        "relation": relation,
        "log": log,
        "resolved": log.resolve(),
        "reference": log.reference,
        "parties": log.reference.parties,
        "dataset": dr.available()[0],
        "stream": datasets.load_stream("singapore"),
        "track": dr.tracks.TIES,
        "finding": log.verify()[0],
    }


def test_a_repr_is_one_short_line_that_names_the_class(found: dict[str, Any]) -> None:
    for name, value in found.items():
        text = repr(value)
        assert "\n" not in text, name
        assert len(text) <= 120, name
        assert text.startswith(f"<{type(value).__name__}"), name


def test_a_repr_stays_short_however_much_there_is() -> None:
    many = [f"a-stream-with-a-long-name-{number}" for number in range(50)]
    event = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["s"])
    log = dr.EventLog(())
    for name in many:
        log |= dr.EventLog([event], stream=name, at="2026-01-01T00:00:00Z")
    assert len(repr(log)) <= 120
    assert repr(log).startswith("<EventLog: 50 records of a-stream-with-a-long-name-0, ")
    long = attrs.evolve(shipped("vietnam").timeline("VNM", "SGP")[0])
    assert len(repr(long)) <= 120
    count = LevelCount(Level(id="x" * 300), 1, 2)
    assert len(repr(count)) <= 120


TABLES = (
    "ranking ties visits partners members counts diff timeline sensitivity relation dyad "
    "history pace shares anniversaries"
).split()


@pytest.mark.parametrize("name", TABLES)
def test_print_gives_a_table_with_a_heading_and_no_ragged_ends(
    found: dict[str, Any], name: str
) -> None:
    lines = str(found[name]).split("\n")
    assert len(lines) > 3
    assert lines == [line.rstrip() for line in lines]
    assert all(len(line) < 250 for line in lines)


def test_print_of_what_is_empty_keeps_its_heading() -> None:
    world = dr.EventLog().replay("2000-01-01")
    assert str(world.metric_ranking("VNM", by="visits")).startswith(
        "0 partners of VNM on 2000-01-01, by visits, possibly incomplete\n"
        "\n"
        "position  range  partner  visits\n"
        "\n"
        "unknown ("
    )
    assert str(Partners(parties=(), possible=(), complete=True)) == "0 partners\n\nparty  certain"
    assert str(LevelCounts()) == "level  exactly  at least  complete"
    assert str(Timeline()) == "date  event  publishers"
    assert str(dr.EventLog().diff("2000-01-01", "2001-01-01")) == (
        "0 changes after 2000-01-01, up to 2001-01-01\n\nsubject  track  event"
    )


def test_the_tables_of_rankings(found: dict[str, Any]) -> None:
    lines = str(found["ranking"]).split("\n")
    assert lines[0] == "33 partners of VNM on 2025-03-12, in the standing order"
    assert lines[2].split() == "position range partner level since ties since".split()
    assert (
        lines[3].split()
        == ("1 1 China Comprehensive Strategic Partnership 2008-06-01 1950-01-18").split()
    )
    assert "special (3): CUB, KHM, LAO" in lines
    assert lines[-2].startswith("below (")
    assert lines[-2].endswith(" more")
    assert lines[-1] == "* as last recorded: no stream vouches for it on that day"
    ties = str(found["ties"]).split("\n")
    assert ties[2].split() == "position range partner ties since".split()
    assert ties[3].split() == "1 1 China 1950-01-18".split()
    visits = str(found["visits"]).split("\n")
    assert "3    3-4  Russia" in " ".join(visits)


def test_the_tables_of_partners_members_and_counts(found: dict[str, Any]) -> None:
    some = Partners(parties=("AUS", "CHN"), possible=("SGP",), complete=False)
    assert repr(some) == "<Partners: 2 partners, 1 more possible, possibly incomplete>"
    assert str(some) == (
        "2 partners, 1 more possible, possibly incomplete\n"
        "\n"
        "party  certain\n"
        "AUS    yes\n"
        "CHN    yes\n"
        "SGP    open"
    )
    one = Members(parties=("VNM",), possible=(), complete=True)
    assert (repr(one), str(one)) == (
        "<Members: 1 member>",
        "1 member\n\nparty  certain\nVNM    yes",
    )
    counts = found["counts"]
    assert isinstance(counts, LevelCounts)
    assert repr(counts) == "<LevelCounts: 3 ranks>"
    assert str(counts).split("\n")[1].split() == (
        "Comprehensive Strategic Partnership 12 12 yes".split()
    )
    assert counts == tuple(counts)


def test_the_tables_of_changes_and_of_a_timeline(found: dict[str, Any]) -> None:
    lines = str(found["diff"]).split("\n")
    assert lines[0].endswith(" changes after 2013-01-01, up to 2025-03-12")
    assert lines[2].split() == ["subject", "track", "event"]
    fixed = attrs.evolve(found["diff"], corrections=found["diff"].changes[:1])
    assert "1 correction of what was known then" in str(fixed).split("\n")
    gone = Change(subject="VNM", track="figures", before=None, after=None)
    bare = Diff(since=fixed.since, until=fixed.until, changes=(gone,))
    assert str(bare).split("\n")[-1] == "VNM      figures  -"
    assert repr(gone) == "<Change of VNM, figures: 0 events>"
    entry = found["entry"]
    assert repr(entry) == "<TimelineEntry ties-established/SGP-VNM/1973-08-01>"
    assert str(entry).startswith("1973-08-01  ties-established/SGP-VNM/1973-08-01  ")
    timeline = found["timeline"]
    assert isinstance(timeline, Timeline)
    assert timeline == tuple(timeline)
    assert str(timeline).split("\n")[0].split() == ["date", "event", "publishers"]


def test_the_table_of_a_relation(found: dict[str, Any]) -> None:
    lines = str(found["relation"]).split("\n")
    assert lines[0] == "Relation SGP-VNM on 2025-03-12"
    assert lines[2].split() == "track recorded certain last event".split()
    assert lines[3].split() == "ties 1 event yes ties-established/SGP-VNM/1973-08-01".split()
    nothing = str(dr.EventLog().replay()["VNM", "SGP"]).split("\n")
    assert nothing[0] == "Relation SGP-VNM"
    assert nothing[3].split() == ["ties", "unknown", "-", "-"]


def test_the_short_forms_of_what_prints_as_before(found: dict[str, Any]) -> None:
    assert repr(found["bibliography"]).startswith("<Bibliography: 2 streams, ")
    assert repr(found["explanation"]).startswith("<Explanation: ")
    assert repr(found["comparison"]) == "<Comparison of CHN and RUS: since>"
    assert repr(Reference()) == "<Reference: 0 sources, 0 ladders, 0 parties of its own>"
    assert repr(found["disagreements"]).startswith("<Disagreements: ")
    assert str(dr.EventLog()) == repr(dr.EventLog())
    assert str(found["world"]) == repr(found["world"])


# --- the helpers ---------------------------------------------------------------------------------


def test_columns_are_aligned_by_the_longest_cell() -> None:
    assert columns([("a", "b"), ("long", 1), ("x", None, "more")], "<>") == [
        "a     b",
        "long  1",
        "x     -  more",
    ]
    assert columns([]) == []


def test_lists_numbers_and_lines_are_shortened() -> None:
    assert listed(()) == ""
    assert listed([*"ABCDEFGHIJ"]) == "A, B, C, D, E, F, G, H, I, J"
    assert listed([*"ABCDEFGHIJK"]) == "A, B, C, D, E, F, G, H, I, J and 1 more"
    assert counted(1, "party", "parties") == "1 party"
    assert clipped("<a\nb>") == "<a b>"
    assert clipped(f"<{'x' * WIDTH}>") == f"<{'x' * (WIDTH - 3)}…>"
    assert len(clipped(f"<{'x' * 500}>")) == WIDTH

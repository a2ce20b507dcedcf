"""Replay tables on Apache Spark, on a cluster of two worker processes: the rows are the fold's.

    pytest -s tests/jobs/spark.py

A job of its own: it needs pyspark and Java 17. A replay on a cluster takes seconds however few
events there are, so that many small streams are drawn, each about parties of its own, and united
into one table.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import diplorel as dr
from columnar_states import by_engine, by_fold
from diplorel.columnar import open_table, replay, resolved_records, runs, scans, write
from diplorel.columnar.spark import Spark
from diplorel.io.jsonl import read_events
from diplorel.model.events import canonical
from diplorel.model.parties import Life, Party
from diplorel.model.records import Record
from diplorel.testing.dense import (
    MOMENTS,
    NEAR,
    PARTIES,
    SGP_LADDER,
    SOURCES,
    VNM_LADDER,
    dates,
)
from diplorel.testing.events import (
    events,
    figure_events,
    kin_events,
    level_events,
    ties_events,
    vague_level_events,
    visit_events,
)
from diplorel.testing.streams import distinct, record_lists
from diplorel.tracks.ties import TiesEstablished, TiesSevered

PAIRS = (("SGP", "VNM"), ("USA", "VNM"))
DRAWS = int(os.environ.get("DIPLOREL_DRAWS", "40"))
"""How many streams are drawn of each kind."""
crowded = st.one_of(st.sampled_from(NEAR), dates)
"""Few days, so that many events share one."""


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """A cluster of two worker processes, for all tests."""
    builder = pytest.importorskip("pyspark.sql").SparkSession.builder
    given = {
        "spark.master": "local-cluster[2,1,1024]",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "ERROR",
        # compiling the statements takes longer than running them over so few rows
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
        "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1",
    }
    for name, value in given.items():
        builder = builder.config(name, value)
    with patch.dict(os.environ, PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1"):
        started = builder.getOrCreate()
    yield started
    started.stop()


# --- many small streams in one table -------------------------------------------------------------


def drawn(strategy: st.SearchStrategy[Any]) -> list[Any]:
    """Return what a strategy draws, the same each time."""
    found: list[Any] = []

    @settings(
        max_examples=DRAWS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(one=strategy)
    def collect(one: Any) -> None:
        found.append(one)

    collect()
    return found


def renamed(number: int, records: Sequence[Record]) -> list[Record]:
    """Return records with parties of their own: those of stream 7 are I007, S007, U007, V007."""
    digests: dict[str, str] = {}
    found = []
    for record in records:
        text = _own(number, canonical(record.event))
        for old, new in digests.items():
            text = text.replace(f"@{old}", f"@{new}")
        (event,) = read_events([text.encode()])
        digests[record.event.digest] = event.digest
        found.append(attrs.evolve(record, stream="a", event=event))
    return found


def _own(number: int, text: str) -> str:
    return re.sub("|".join(PARTIES), lambda found: f"{found[0][0]}{number:03}", text)


def united(logs: Sequence[Sequence[Record]], parties: Sequence[Sequence[Party]] = ()) -> Any:
    """Return one log of many."""
    return dr.EventLog(
        (one for number, records in enumerate(logs) for one in renamed(number, records)),
        sources=SOURCES,
        ladders=[
            attrs.evolve(ladder, party=_own(number, ladder.party))
            for number in range(len(logs))
            for ladder in (VNM_LADDER, SGP_LADDER)
        ],
        parties=[
            attrs.evolve(one, id=_own(number, one.id))
            for number, some in enumerate(parties)
            for one in some
        ],
    )


def recorded(given: Sequence[Any]) -> list[Record]:
    return [Record("a", MOMENTS[0], event) for event in given]


def assert_same(session: Any, log: dr.EventLog, path: Path, on: Any, **how: Any) -> dict[str, int]:
    """Replay a table on disk, and the log; return what went to the fold."""
    table = open_table(path) if path.exists() else write(log, path)
    with replay(table, on, engine="spark", session=session, **how) as states:
        found = by_engine(states)
        decided = states.decided
    assert found == by_fold(log, on, **how)
    return decided


some = distinct(
    st.one_of(
        ties_events(crowded, PAIRS),
        level_events(crowded, PAIRS),
        vague_level_events(crowded, PAIRS),
        figure_events(crowded, PAIRS),
        visit_events(crowded, PAIRS),
    ),
    least=8,
    most=16,
)
ties = distinct(ties_events(crowded, PAIRS), least=3, most=8)


def test_crowded_days_give_the_states_of_the_fold(session: Any, tmp_path: Path) -> None:
    """Heavy ties of days, partial dates; one dyad that no search for orders takes in."""
    log = united([recorded(given) for given in (*drawn(some), *drawn(ties))])
    fact: dict[str, Any] = {"on": "2013", "parties": ("AAA", "BBB"), "sources": ["s-gov"]}
    unsearched = [
        kind(nth=nth, **fact) for nth in range(1, 12) for kind in (TiesEstablished, TiesSevered)
    ]
    log = dr.EventLog([*log.records, *recorded(unsearched)], reference=log.reference)
    path = tmp_path / "table"
    found = assert_same(session, log, path, "2013-12-31")
    assert found["ties tails"] > DRAWS // 10
    assert found["level tails"] > DRAWS // 10
    assert found["crowded ties"] == 1
    assert_same(session, log, path, "2014-06-30", dates="earliest")
    # few events are read at first, so that some are read again
    with patch.object(runs, "WINDOW", 3), patch.object(scans, "MARGIN", 1):
        assert_same(session, log, path, None)


def test_corrections_and_clocks_are_those_of_the_fold(session: Any, tmp_path: Path) -> None:
    logs = drawn(record_lists(st.one_of(ties_events(), level_events(), figure_events()), most=9))
    hows: tuple[dict[str, Any], ...] = (
        {"known": "2021-06-15"},
        {"known": "2013-12-31", "clock": "published"},
    )
    some = [[attrs.evolve(one, stream="a") for one in records] for records in logs]
    agreeing = [
        records
        for records in some
        if not any(dr.EventLog(records, sources=SOURCES).resolve(**how).accounts for how in hows)
    ]
    assert len(agreeing) > len(some) // 4
    log = united(agreeing)
    for how in hows:
        assert_same(session, log, tmp_path / "table", "2013-12-31", **how)


@st.composite
def _lives(draw: st.DrawFn) -> list[Party]:
    """Draw parties: some end, some begin late, and some come back."""
    forms = (
        [Life(end=draw(st.sampled_from((*NEAR, "2013-09"))))],
        [Life(start=draw(st.sampled_from((*NEAR, "2013"))))],
        [Life(end="2013-09-10"), Life(start="2013-09-12", end="2013-10")],
    )
    some = draw(st.lists(st.sampled_from(("SGP", "IDN", "USA")), min_size=1, unique=True))
    return [Party(id=id, names={"en": id}, lives=draw(st.sampled_from(forms))) for id in some]


def test_lives_and_successions_are_those_of_the_fold(session: Any, tmp_path: Path) -> None:
    kin = distinct(kin_events(crowded), least=1, most=12)
    both = drawn(st.tuples(st.one_of(distinct(events(crowded), least=1, most=12), kin), _lives()))
    log = united([recorded(given) for given, _ in both], [parties for _, parties in both])
    assert_same(session, log, tmp_path / "table", "2013-12-31")


@pytest.mark.parametrize("name", ["vietnam", "singapore", "united_states"])
def test_the_shipped_streams_are_those_of_the_fold(session: Any, name: str, tmp_path: Path) -> None:
    whole = dr.load(name)
    log = dr.EventLog(resolved_records(whole), reference=whole.reference)
    for on in ("1991-06-30", "2020-12-31"):
        assert_same(session, log, tmp_path / "table", on)


# --- the engine ----------------------------------------------------------------------------------


def test_events_are_moved_once(session: Any, tmp_path: Path) -> None:
    """What is joined with the events comes to them: no exchange is above the one that put them."""
    plans: dict[str, str] = {}
    keep = Spark._keep

    def noting(engine: Spark, name: str, frame: Any) -> None:
        plans[name] = frame._jdf.queryExecution().executedPlan().toString()
        keep(engine, name, frame)

    with (
        patch.object(Spark, "_keep", noting),
        replay(write(dr.load("singapore"), tmp_path / "t"), engine="spark", session=session),
    ):
        pass
    assert plans["parts"].count("Exchange") == 1
    moved = [plan for plan in plans.values() for plan in _above_the_events(plan)]
    assert len(moved) >= 2  # the two passes
    assert not [plan for plan in moved if "Exchange" in plan]


def _above_the_events(plan: str) -> list[str]:
    """Return, for each place that reads the events, the steps above it up to the next join."""
    found = []
    lines = plan.split("\n")
    for number, line in enumerate(lines):
        if "InMemoryTableScan" in line:
            above = []
            for step in reversed(lines[:number]):
                if "Join" in step:
                    break
                above.append(step)
            found.append("\n".join(above))
    return found


def test_the_session_of_others_is_left_as_it_was(session: Any, tmp_path: Path) -> None:
    before = dict(session.conf.getAll)
    log = dr.load("singapore")
    with replay(write(log, tmp_path / "t"), "2020", engine="spark", session=session) as states:
        assert states.connection is not session
        assert states.ties.relation.count() == len(states.ties.rows())
        written = [file.name for file in states.write(tmp_path / "state.parquet")]
        assert written[0] == "state-ties.parquet"
        assert session.catalog.listTables() == []
    assert dict(session.conf.getAll) == before
    assert session.sparkContext._jsc.getPersistentRDDs().isEmpty()


def test_a_session_is_of_spark_and_has_its_own_limits(session: Any) -> None:
    log = dr.EventLog()
    with pytest.raises(dr.errors.InvalidQueryError, match="session"):
        replay(log, session=session)
    with pytest.raises(dr.errors.InvalidQueryError, match="threads"):
        replay(log, engine="spark", session=session, threads=1)


LOCAL = """
import sys
from diplorel.columnar import replay
with replay(sys.argv[1], "2020", engine="spark", threads=2, memory_limit="900MB") as states:
    print(states.connection.sparkContext.master, len(states.ties.rows()))
"""


def test_without_a_session_there_is_a_local_one(tmp_path: Path) -> None:
    log = dr.load("singapore")
    path = tmp_path / "table"
    write(log, path)
    command = [sys.executable, "-c", LOCAL, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  our own
    expected = len(by_fold(log, "2020")["ties"])
    assert done.stdout.split() == ["local[2]", str(expected)], done.stderr

"""Tables that grow, and replays that go on: writers that fail, damaged states, what is refused."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import Mock, patch

import attrs
import pyarrow.parquet as pq
import pytest

import diplorel as dr
from columnar_states import by_engine, by_fold
from diplorel import events as ev
from diplorel.columnar import append, appending, open_table, replay, table_of, write
from diplorel.columnar.corrections import find_disputed
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.keeping import CODED, MANIFEST, refuse_others
from diplorel.columnar.tables import attach
from shipped_once import shipped

SGP = shipped("singapore")
VNM = shipped("vietnam")
MOMENT = datetime(2024, 1, 1, tzinfo=UTC)


def source(id: str, **more: Any) -> dr.Source:
    return dr.Source(id=id, title="New", publisher="P", kind="press", **more)


def record(event: Any) -> dr.Record:
    return dr.Record("singapore", MOMENT, event)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a table and the states saved of it, of which each test has a copy."""
    folder = tmp_path_factory.mktemp("made")
    write(SGP.records[:90], folder / "table", reference=SGP.reference)
    with replay(folder / "table", "2020-06-30", threads=1) as states:
        states.save(folder / "saved")
    return folder


@pytest.fixture
def table(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "table", tmp_path / "table"))


@pytest.fixture
def saved(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made / "saved", tmp_path / "saved"))


# --- appending -----------------------------------------------------------------------------------


def test_records_are_added_as_a_file(table: Path) -> None:
    old = open_table(table)
    content = old.files[0].read_bytes()
    seen: list[int] = []
    new = append(table, SGP.records[90:], progress=seen.append)
    assert new.log() == open_table(table).log() == SGP
    assert seen == [len(new)] == [len(SGP)]
    assert len(new.files) == len(new.digests) == 2
    assert new.files[0].read_bytes() == content
    assert old.log().records == SGP.records[:90]


@pytest.mark.parametrize("cut", [0, 40, 1_000])
def test_what_corrections_bear_on_is_as_if_all_were_written_at_once(
    tmp_path: Path, cut: int
) -> None:
    write(VNM.records[:cut], tmp_path / "t", reference=VNM.reference)
    grown = append(tmp_path / "t", VNM.records[cut:])
    engine = DuckDB()
    attach(engine, grown)
    whole = find_disputed(engine, grown.codes)
    engine.close()
    assert whole.num_rows > 50
    assert pq.read_table(grown.disputed).to_pylist() == whole.to_pylist()


def test_what_neither_of_two_manifests_names_is_removed(table: Path) -> None:
    for place in (90, 94, 98):
        append(table, SGP.records[place : place + 4])
    assert sorted(one.name for one in table.glob("disputed*")) == [
        "disputed-00002.parquet",
        "disputed-00003.parquet",
        "disputed.parquet",
    ]
    assert open_table(table).log() == SGP


def test_a_log_brings_its_reference_data(table: Path) -> None:
    new_source = source("new-source")
    log = dr.EventLog(SGP.records[90:], sources=[new_source])
    new = append(table, log)
    assert new.reference.source["new-source"].title == "New"
    assert new.reference.ladders == SGP.reference.ladders
    assert append(table, [], reference=SGP.reference).reference == SGP.reference


def test_another_date_of_publication_is_refused(tmp_path: Path) -> None:
    visit = ev.VisitMade(on="2020-01-01", visitor="SGP", host="VNM", sources=["s", "t"])
    dated, undated = (
        source("s", published="2020-01-02"),
        source("t"),
    )
    log = dr.EventLog([record(visit)], sources=[dated, undated])
    write(log, tmp_path / "t")
    for one in (attrs.evolve(dated, published="2020"), attrs.evolve(undated, published="2021")):
        other = dr.EventLog([], sources=[one]).reference
        with pytest.raises(dr.errors.InvalidQueryError, match="another date of publication"):
            append(tmp_path / "t", [], reference=other)
    also = dr.EventLog([], sources=[dated, undated, source("u", published="2021")])
    assert len(append(tmp_path / "t", [], reference=also.reference).reference.sources) == 3


def test_a_second_writer_is_refused(table: Path) -> None:
    def records() -> Any:
        with pytest.raises(dr.errors.InvalidQueryError, match="another writer is at work"):
            append(table, SGP.records[90:])
        with pytest.raises(dr.errors.InvalidQueryError, match="another writer is at work"):
            write(SGP, table, overwrite=True)
        yield from SGP.records[90:]

    assert append(table, records()).log() == SGP


@pytest.mark.parametrize(
    "step", ["write_events", "find_more_disputed", "write_disputed", "replace_file", "put_manifest"]
)
def test_a_writer_that_fails_leaves_the_table_as_it_was(table: Path, step: str) -> None:
    other = SGP.reference | dr.EventLog([], sources=[source("n")]).reference
    with patch.object(appending, step, side_effect=RuntimeError), pytest.raises(RuntimeError):
        append(table, SGP.records[90:], reference=other)
    assert open_table(table).log() == dr.EventLog(SGP.records[:90], reference=SGP.reference)
    assert append(table, SGP.records[90:]).log() == SGP


_ENDLESS = """
import sys, itertools, diplorel as dr
from diplorel.columnar import append
import diplorel.columnar.writing as writing
writing._BATCH = 50
records = itertools.cycle(dr.load("singapore").records)
append(sys.argv[1], records, progress=lambda count: print(count, flush=True))
"""


def test_a_writer_that_is_killed_leaves_the_table_as_it_was(table: Path) -> None:
    command = [sys.executable, "-c", _ENDLESS, str(table)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603  our own
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    assert open_table(table).log().records == SGP.records[:90]
    assert append(table, SGP.records[90:]).log() == SGP


def test_only_a_table_grows(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    with pytest.raises(dr.errors.InvalidQueryError, match="is not a table of events"):
        append(tmp_path / "papers", SGP)
    assert not list((tmp_path / "papers").iterdir())
    with pytest.raises(dr.errors.InvalidQueryError, match="a view"):
        append(tmp_path / "papers", SGP.view(known="2024-01-01"))


# --- going on from saved states ------------------------------------------------------------------


def test_only_what_can_have_changed_is_computed(table: Path, saved: Path) -> None:
    append(table, SGP.records[90:])
    with replay(table, "2020-06-30", since=saved) as states:
        assert by_engine(states) == by_fold(SGP, "2020-06-30")
        assert 0 < states.decided["dyads computed again"] < len(states.ties.rows())
        ranking = states.ranking("SGP")
        with pytest.raises(dr.errors.InvalidQueryError, match="overwrite=True"):
            states.save(saved)
        states.save(saved, overwrite=True)
    assert ranking.rows == SGP.replay("2020-06-30").ranking("SGP").rows
    with replay(table, "2020-07-31", since=saved) as states:
        assert by_engine(states) == by_fold(SGP, "2020-07-31")


def test_a_record_that_is_taken_away_and_given_back(tmp_path: Path) -> None:
    kinds: dict[str, Any] = {"visitor": "SGP", "host": "VNM", "sources": ["s"]}
    visits = [ev.VisitMade(on=f"2020-0{month}-01", **kinds) for month in range(1, 6)]
    gone = ev.EventRetracted(target=visits[4].id, reason="untrue", sources=["s"])
    back = ev.EventRetracted(target=gone.id, reason="it was true", sources=["s"])
    events: tuple[Any, ...] = (*visits, gone, back)
    given = [
        dr.Record("singapore", datetime(2024, month, 1, tzinfo=UTC), event)
        for month, event in enumerate(events, 1)
    ]
    write(given[:5], tmp_path / "t")
    since = None
    for number, count in ((5, 5), (6, 4), (7, 5)):
        if number > 5:
            append(tmp_path / "t", given[number - 1 : number])
        with replay(tmp_path / "t", since=since) as states:
            assert states.visits.rows() == [("SGP", "VNM", count, 0)]
            since = tmp_path / str(number)
            states.save(since)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"on": "2019-12-31"}, "a later day"),
        ({"on": "2021", "known": "2024-01-01"}, "known later"),
        ({"on": "2021", "dates": "earliest"}, "another rule"),
    ],
)
def test_an_earlier_question_is_refused(
    table: Path, saved: Path, asked: dict[str, Any], why: str
) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match=why):
        replay(table, since=saved, **asked)


def test_another_clock_is_refused_unless_everything_is_known(table: Path, tmp_path: Path) -> None:
    with replay(table, "2020", known="2020-01-01", clock="published") as states:
        states.save(tmp_path / "then")
    with pytest.raises(dr.errors.InvalidQueryError, match="another clock"):
        replay(table, "2020", known="2030-01-01", since=tmp_path / "then")
    with replay(table, "2020", since=tmp_path / "then") as states:
        assert by_engine(states) == by_fold(open_table(table).log(), "2020")


def test_other_tables_are_refused(table: Path, saved: Path, tmp_path: Path) -> None:
    write(SGP.records[1:91], tmp_path / "other", reference=SGP.reference)
    write(SGP.records[:90], tmp_path / "same", reference=SGP.reference)
    with pytest.raises(dr.errors.InvalidQueryError, match="another one"):
        replay(tmp_path / "other", "2021", since=saved)
    with replay(tmp_path / "same", "2021", since=saved) as states:
        assert states.ties.rows()
    append(table, [], reference=attrs.evolve(SGP.reference, ladders=()))
    with pytest.raises(dr.errors.InvalidQueryError, match="parties or ladders have changed"):
        replay(table, "2021", since=saved)


def test_tables_in_memory_and_other_engines_are_refused(saved: Path, tmp_path: Path) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="in memory"):
        replay(SGP, "2021", since=saved)
    with replay(SGP) as states, pytest.raises(dr.errors.InvalidQueryError, match="in memory"):
        states.save(tmp_path / "new")
    with pytest.raises(dr.errors.InvalidQueryError, match="the engine abacus"):
        refuse_others(_abacus(), table_of(SGP))


def _abacus() -> Any:
    engine = Mock()
    engine.dialect.name = "abacus"
    return engine


@pytest.mark.parametrize(
    "change",
    [
        {"rows": "0; DROP TABLE ev"},
        {"rows": -1},
        {"asked": {"day": "1 OR TRUE", "moment": None, "clock": "recorded", "dates": "latest"}},
        {"asked": {"day": 1, "moment": None, "clock": "1=1", "dates": "latest"}},
        {"asked": []},
        {"digests": [7]},
        {"digests": None},
        {"codes": {"party": "all"}},
        {"files": {}},
    ],
)
def test_damaged_states_are_refused(table: Path, saved: Path, change: dict[str, Any]) -> None:
    said = json.loads((saved / MANIFEST).read_text(encoding="utf-8"))
    (saved / MANIFEST).write_text(json.dumps(said | change))
    with pytest.raises(dr.errors.InvalidQueryError, match="damaged"):
        replay(table, "2021", since=saved)


@pytest.mark.parametrize("version", ["format", "version"])
def test_states_of_another_version_are_refused(table: Path, saved: Path, version: str) -> None:
    said = json.loads((saved / MANIFEST).read_text(encoding="utf-8"))
    (saved / MANIFEST).write_text(json.dumps(said | {version: 99}))
    with pytest.raises(dr.errors.InvalidQueryError, match="another version"):
        replay(table, "2021", since=saved)


@pytest.mark.parametrize("name", [*CODED, "ties", "level", "figures", "visits"])
def test_damaged_files_are_refused(table: Path, saved: Path, name: str) -> None:
    file = saved / f"{name}.parquet"
    content = file.read_bytes()
    for damaged in (content[:-20], content.replace(b"PAR1", b"PAR2"), None):
        file.unlink()
        if damaged is not None:
            file.write_bytes(damaged)
        with pytest.raises(dr.errors.InvalidQueryError, match="damaged"):
            replay(table, "2021", since=saved)
        file.write_bytes(content)


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_saved_states_do_not_lead_out_of_their_folder(
    table: Path, saved: Path, tmp_path: Path
) -> None:
    file = saved / "parts.parquet"
    file.rename(tmp_path / "outside.parquet")
    file.symlink_to(tmp_path / "outside.parquet")
    with pytest.raises(dr.errors.InvalidQueryError, match="damaged"):
        replay(table, "2021", since=saved)


def test_what_is_not_saved_states_is_refused(table: Path, tmp_path: Path) -> None:
    for path in (tmp_path / "nothing", table):
        with pytest.raises(dr.errors.InvalidQueryError, match="no saved states"):
            replay(table, "2021", since=path)
    with (
        replay(table) as states,
        pytest.raises(dr.errors.InvalidQueryError, match="Choose another name"),
    ):
        states.save(table, overwrite=True)


def test_a_vague_date_reaches_rows_that_were_not_kept(tmp_path: Path) -> None:
    """Of a series only the last report was kept; a report of a whole year may be of any before."""

    def reported(on: str, value: int) -> ev.FigureReported:
        return ev.FigureReported(
            on=on,
            parties=("SGP", "VNM"),
            indicator="trade",
            value=value,
            unit="USD",
            sources=["s"],
        )

    def recorded(*some: ev.FigureReported) -> list[dr.Record]:
        return [dr.Record("a", MOMENT, event) for event in some]

    path, saved = tmp_path / "table", tmp_path / "saved"
    days = ("2020-02-01", "2020-06-01", "2020-12-30")
    old = recorded(*(reported(on, place) for place, on in enumerate(days)))
    new = recorded(reported("2020", 9))
    write(old, path)
    with replay(path, threads=1) as states:
        states.save(saved)
    append(path, new)
    with replay(path, since=saved, threads=1) as states:
        found = by_engine(states)
    assert found == by_fold(dr.EventLog([*old, *new]))
    assert found["figures"][0][-1] is False

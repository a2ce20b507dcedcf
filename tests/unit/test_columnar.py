"""Tables of events and their replay: files, errors, clocks of the writer, what is missing."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import attrs
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import diplorel as dr
from columnar_states import by_engine, by_fold
from diplorel import columnar
from diplorel import events as ev
from diplorel.cli import main
from diplorel.columnar import open_table, replay, resolved_records, table_of, write
from diplorel.columnar.tables import DISPUTED, MANIFEST, REFERENCE
from diplorel.replay import plausible
from shipped_once import shipped

SGP = shipped("singapore")
FACT: dict[str, Any] = {"parties": ("SGP", "VNM"), "sources": ["s"]}


def log_of(*events: Any, **more: Any) -> dr.EventLog:
    return dr.EventLog(events, stream="a", at="2024-01-01T00:00:00Z", **more)


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("partitions", [1, 3])
def test_a_table_on_disk_gives_back_the_log(tmp_path: Path, partitions: int) -> None:
    seen: list[int] = []
    path = tmp_path / "deep" / "sgp"
    table = write(SGP, path, partitions=partitions, progress=seen.append)
    assert table.log() == SGP
    assert open_table(path).log() == SGP
    assert seen == [len(SGP)] == [len(table)]
    assert repr(table) == f"<EventTable: {len(SGP)} records of singapore>"
    assert len(list(path.glob("events-*.parquet"))) == partitions
    with replay(path, "2020-06-30") as states, replay(SGP, "2020-06-30") as others:
        assert by_engine(states) == by_engine(others) == by_fold(SGP, "2020-06-30")
    assert [one.name for one in path.parent.iterdir()] == ["sgp"]


def test_all_records_of_a_dyad_are_in_one_file(tmp_path: Path) -> None:
    table = write(SGP, tmp_path / "sgp", partitions=4)
    places: dict[tuple[int, int], set[Path]] = {}
    for file in table.files:
        for batch in attrs.evolve(table, files=(file,)).batches(["a", "b"]):
            for a, b in zip(*batch.to_pydict().values(), strict=True):
                places.setdefault((a, b), set()).add(file)
    assert all(len(files) == 1 for dyad, files in places.items() if dyad != (-1, -1))


def test_a_log_about_a_party_takes_in_the_corrections_that_lead_elsewhere(tmp_path: Path) -> None:
    """A visit of one pair was told of another, and that correction was taken back again."""
    wrong = ev.VisitMade(on="2013-09-11", visitor="SGP", host="VNM", sources=["s"])
    first = log_of(wrong, ev.VisitMade(on="2014-01-01", visitor="USA", host="IDN", sources=["s"]))
    right = attrs.evolve(wrong, host="IDN", supersedes=(wrong.id,), reason="the host was another")
    second = first.append(right, at="2024-01-02T00:00:00Z")
    taken_back = ev.EventRetracted(target=right.id, reason="it was not", sources=["s"])
    whole = second.append(taken_back, at="2024-01-03T00:00:00Z")
    table = write(whole.records, tmp_path / "t", reference=whole.reference)
    log = table.about("VNM")
    assert [record.id for record in log.records] == [
        record.id for record in whole.records if "USA" not in record.id
    ]
    assert log.replay().between("SGP", "VNM").visits == whole.replay().between("SGP", "VNM").visits
    assert len(table.about()) == 0
    with pytest.raises(dr.errors.UnknownPartyError):
        table.about("Atlantis")


def test_any_iterable_of_records_is_written(tmp_path: Path) -> None:
    table = write(islice(SGP.records, 7), tmp_path / "few", reference=SGP.reference)
    assert table.log().records == SGP.records[:7]
    assert table.reference == SGP.reference
    empty = write([], tmp_path / "none")
    assert empty.log() == dr.EventLog()
    with replay(empty) as states:
        assert by_engine(states) == {"ties": [], "level": [], "figures": [], "visits": []}
        assert repr(states) == "<Replayed: ties, level, figures, visits>"
    assert table_of(dr.EventLog()).log() == dr.EventLog()


def test_a_folder_is_replaced_only_on_demand(tmp_path: Path) -> None:
    path = tmp_path / "sgp"
    write(SGP, path)
    with pytest.raises(dr.errors.InvalidQueryError, match="overwrite=True"):
        write(SGP, path)
    assert write([], path, overwrite=True).rows == 0
    other = tmp_path / "papers"
    other.mkdir()
    with pytest.raises(dr.errors.InvalidQueryError, match="papers exists"):
        write(SGP, other, overwrite=True)


@pytest.mark.parametrize("partitions", [0, 1.5, True])
def test_partitions_are_a_number(tmp_path: Path, partitions: Any) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="partitions"):
        write(SGP, tmp_path / "sgp", partitions=partitions if partitions is not True else -1)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="is not a table of events"):
        open_table(tmp_path)
    (tmp_path / "x").write_text("")
    with pytest.raises(dr.errors.InvalidQueryError, match="is not a table of events"):
        replay(tmp_path / "x")
    path = tmp_path / "sgp"
    write(SGP, path)
    manifest = json.loads((path / MANIFEST).read_text())
    (path / MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(dr.errors.InvalidQueryError, match="version 99"):
        open_table(path)


def _damage(path: Path, how: str) -> None:
    """Damage a table that was whole."""
    events = path / "events-00000.parquet"
    table = pq.read_table(events)
    spoilt = {
        "no event": ("event", ["{"] * len(table)),
        "no such stream": ("stream", [7] * len(table)),
        "no such party": ("a", [9_999] * len(table)),
        "no such level": ("level", [-5] * len(table)),
    }
    if how in spoilt:
        name, values = spoilt[how]
        column = pa.array(values, table.schema.field(name).type)
        pq.write_table(table.set_column(table.schema.get_field_index(name), name, column), events)
    elif how == "no key":
        pq.write_table(table.drop_columns(["key"]), events)
    elif how == "no corrections":
        (path / DISPUTED).write_bytes(b"x")
    else:
        data = events.read_bytes()
        cut = {"empty": b"", "cut off": data[:500], "zeros": data[:300] + bytes(100) + data[400:]}
        events.write_bytes(cut[how])


@pytest.mark.parametrize(
    ("how", "reads"),
    [
        ("empty", False),
        ("cut off", False),
        ("zeros", False),
        ("no event", False),
        ("no such stream", False),
        ("no such party", True),
        ("no such level", True),
        ("no key", True),
        ("no corrections", True),
    ],
)
def test_a_damaged_table_is_refused(tmp_path: Path, how: str, reads: bool) -> None:
    """A replay says so whatever is damaged; a log is made of three columns, and may be read."""
    path = tmp_path / "t"
    moved: dict[str, Any] = {"dyads": ["VNM"], "tracks": ["ties"], "kind": "continuation"}
    succession = ev.PartySucceeded(
        on="2020", predecessor="SGP", successor="IDN", sources=["s"], **moved
    )
    write(SGP.append(succession).records, path, reference=SGP.reference)
    _damage(path, how)
    table = open_table(path)
    with pytest.raises(dr.errors.InvalidQueryError, match="cannot be read"):
        replay(table, "2020-06-30")
    if not reads:
        with pytest.raises(dr.errors.InvalidQueryError, match="cannot be read"):
            table.log()
        with pytest.raises(dr.errors.InvalidQueryError, match="cannot be read"):
            table.about("SGP")


def test_settings_that_the_engine_does_not_take_are_refused() -> None:
    for how in ({"memory_limit": "lots"}, {"threads": "many"}):
        with pytest.raises(dr.errors.InvalidQueryError, match="does not take these settings"):
            replay(SGP, **how)  # type: ignore[arg-type]  # that is the test
    with pytest.raises(dr.errors.InvalidQueryError, match="Raise memory_limit"):
        replay(SGP, memory_limit="1MB")


@pytest.mark.parametrize(
    "files",
    [
        ["../other/events-00000.parquet"],
        ["events-00000.parquet", ".."],
        ["*.parquet"],
        ["link"],
        [7],
    ],
)
def test_a_table_names_only_files_of_its_own_folder(tmp_path: Path, files: list[Any]) -> None:
    write(SGP, tmp_path / "other")
    path = tmp_path / "sgp"
    write(SGP, path)
    if "link" in files and sys.platform != "win32":
        (path / "link").symlink_to(tmp_path / "other" / "events-00000.parquet")
    manifest = json.loads((path / MANIFEST).read_text(encoding="utf-8"))
    (path / MANIFEST).write_text(json.dumps(manifest | {"files": files, "digests": files}))
    with pytest.raises(dr.errors.InvalidQueryError, match=r"damaged\. Write the table again"):
        open_table(path)


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 1}'])
def test_a_damaged_manifest_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "sgp"
    write(SGP, path)
    (path / MANIFEST).write_text(text)
    with pytest.raises(dr.errors.InvalidQueryError, match="damaged"):
        open_table(path)


def test_damaged_reference_data_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "sgp"
    write(SGP, path)
    (path / REFERENCE).write_text("{")
    with pytest.raises(dr.errors.InvalidQueryError, match="damaged"):
        open_table(path)


def test_a_writer_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def records() -> Any:
        yield SGP.records[0]
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(records(), tmp_path / "sgp")
    assert not list(tmp_path.iterdir())


_ENDLESS = """
import sys, itertools, diplorel as dr
from diplorel.columnar import write
import diplorel.columnar.writing as writing
writing._BATCH = 50
records = itertools.cycle(dr.load("singapore").records)
write(records, sys.argv[1], progress=lambda count: print(count, flush=True))
"""


def test_a_writer_that_is_killed_leaves_nothing_that_is_taken_for_a_table(tmp_path: Path) -> None:
    path = tmp_path / "sgp"
    command = [sys.executable, "-c", _ENDLESS, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603  our own
        assert process.stdout is not None
        for _ in range(3):
            assert process.stdout.readline()
        process.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    for _ in range(50):
        if process.poll() is not None:
            break
        time.sleep(0.1)  # pragma: no cover
    assert not path.exists()
    (left,) = tmp_path.iterdir()
    assert left.name.startswith(".sgp.unfinished-")
    with pytest.raises(dr.errors.InvalidQueryError, match="interrupted"):
        open_table(left)
    assert write(SGP, path).log() == SGP


def test_a_view_is_not_written(tmp_path: Path) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="a view"):
        write(SGP.view(known="2024-01-01"), tmp_path / "sgp")


# --- what a table may hold -----------------------------------------------------------------------


def test_several_streams_are_refused_until_they_are_resolved() -> None:
    log = SGP | shipped("vietnam")
    with pytest.raises(dr.errors.InvalidQueryError, match="holds the streams"):
        replay(log)
    resolved = dr.EventLog(resolved_records(log), reference=log.reference)
    with replay(resolved, "2024-12-31") as states:
        assert by_engine(states) == by_fold(resolved, "2024-12-31")
    assert not list(resolved_records(dr.EventLog()))


@pytest.mark.parametrize("on_disk", [False, True])
def test_two_accounts_of_an_event_are_refused(tmp_path: Path, on_disk: bool) -> None:
    one = ev.TiesEstablished(on="1973-08-01", **FACT)
    log = log_of(one, attrs.evolve(one, place="Hanoi"))
    table = write(log, tmp_path / "t") if on_disk else table_of(log)
    with pytest.raises(dr.errors.InvalidQueryError, match="ties-established/SGP-VNM/1973-08-01"):
        replay(table)


def test_a_correction_leaves_one_account() -> None:
    one = ev.VisitMade(on="2020-01-01", visitor="SGP", host="VNM", sources=["s"])
    two = attrs.evolve(one, place="Hanoi", supersedes=(f"{one.id}@{one.digest}",), reason="place")
    log = log_of(one, two)
    with replay(log) as states:
        assert states.visits.rows() == [("SGP", "VNM", 1, 0)]


@pytest.mark.parametrize("partitions", [1, 2])
def test_corrections_on_disk_are_those_of_the_log(tmp_path: Path, partitions: int) -> None:
    made, back, gone = (
        ev.VisitMade(on=day, visitor="SGP", host="VNM", sources=["s"])
        for day in ("2020-01-01", "2020-02-01", "2020-03-01")
    )
    placed = attrs.evolve(back, place="Hanoi", supersedes=(back.id,), reason="place")
    untrue = ev.EventRetracted(target=gone.id, reason="untrue", sources=["s"])
    undone = ev.EventRetracted(target=untrue.id, reason="it was true", sources=["s"])
    given: tuple[Any, ...] = (made, back, gone, placed, untrue, undone)
    log = dr.EventLog(
        dr.Record("a", datetime(2024, month, 1, tzinfo=UTC), event)
        for month, event in enumerate(given, 1)
    )
    table = write(log, tmp_path / "t", partitions=partitions)
    assert pq.read_table(table.disputed)["pos"].to_pylist() == [1, 2, 3, 4, 5]
    for known, visits in (("2024-02-15", 2), ("2024-04-15", 3), ("2024-05-15", 2), (None, 3)):
        with replay(table, known=known) as states:
            assert by_engine(states) == by_fold(log, known=known)
            assert states.visits.rows() == [("SGP", "VNM", visits, 0)]


def test_the_same_recorded_twice_counts_once() -> None:
    one = ev.VisitMade(on="2020-01-01", visitor="SGP", host="VNM", sources=["s"])
    log = log_of(one, attrs.evolve(one, sources=["t"]), ev.TalksHeld(on="2020-01-02", **FACT))
    with replay(log) as states:
        assert states.visits.rows() == [("SGP", "VNM", 1, 1)]


# --- questions -----------------------------------------------------------------------------------


@pytest.mark.parametrize("how", [{"clock": "sun"}, {"dates": "middle"}, {"engine": "abacus"}])
def test_bad_choices_are_refused(how: Any) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match=next(iter(how))):
        replay(SGP, **how)


@pytest.mark.parametrize(
    "how",
    [
        {"known": "2026-11-22T12:00:00Z"},
        {"known": "2015-01-01T12:00:00Z", "clock": "published"},
        {"known": "2015-01-01", "clock": "published"},
    ],
)
def test_what_was_known_at_a_moment(how: Any) -> None:
    with replay(SGP, "2014", **how) as states:
        assert by_engine(states) == by_fold(SGP, "2014", **how)


def test_a_limit_of_memory_and_a_folder_to_spill_to(tmp_path: Path) -> None:
    with replay(SGP, memory_limit="200MB", spill=tmp_path / "spill", threads=1) as states:
        limit = states.connection.sql("SELECT current_setting('memory_limit')").fetchall()
        assert limit == [("190.7 MiB",)]
        assert states.ties.relation.shape[0] == len(states.ties.rows())


def test_states_are_written_as_parquet(tmp_path: Path) -> None:
    with replay(SGP, "2020") as states:
        files = states.write(tmp_path / "state.parquet")
        count = states.connection.read_parquet(str(files[0])).shape[0]
        assert count == len(states.ties.rows())
    assert [file.name for file in files] == [
        f"state-{name}.parquet" for name in ("ties", "level", "figures", "visits")
    ]
    assert sorted(tmp_path.iterdir()) == sorted(files)


def test_ladders_that_ask_for_different_orders_of_severances() -> None:
    level: dict[str, Any] = {"sources": ["s"], "parties": ("SGP", "VNM"), "level": "high"}
    log = log_of(
        ev.TiesEstablished(on="1973-08-01", **FACT),
        ev.TiesSevered(on="1980", **FACT),
        ev.TiesSevered(on="1980-05", **FACT),
        ev.LevelUpgraded(on="1980-05", ladder="VNM", **level),
        ev.LevelUpgraded(on="1980-06-01", ladder="SGP", **level),
    )
    for on in ("1980-12-31", "1980-06-30", None):
        with replay(log, on) as states:
            assert by_engine(states) == by_fold(log, on)
    assert states.decided["level tails"] == 2


def test_parties_need_not_be_listed_anywhere() -> None:
    log = log_of(ev.TiesEstablished(on="1973-08-01", parties=("SGP", "QQQ"), sources=["s"]))
    assert log.reference.parties.get("QQQ") is None
    with replay(log) as states:
        assert states.ties.rows()[0][:4] == ("QQQ", "SGP", "established", "1973-08-01")


def test_ladders_that_no_search_takes_in_are_shown_by_the_convention() -> None:
    level: dict[str, Any] = {"sources": ["s"], "parties": ("SGP", "VNM")}
    given = (
        ev.LevelUpgraded(on="1980-05", ladder="VNM", level="high", **level),
        ev.LevelDowngraded(on="1980", ladder="VNM", **level),
        ev.LevelAgreed(on="1980-05", ladder="SGP", level="high", **level),
        ev.LevelDowngraded(on="1980", ladder="SGP", **level),
        ev.LevelUpgraded(
            on="1980", ladder="SGP", level="high", parties=("MYS", "SGP"), sources=["s"]
        ),
        ev.LevelDowngraded(on="1980-05", ladder="SGP", parties=("MYS", "SGP"), sources=["s"]),
    )
    log = log_of(*given)
    with patch.object(plausible, "HOPELESS", 2), replay(log) as states:
        assert by_engine(states) == by_fold(log)
        shown = {row[:3]: (row[3], row[4], row[5]) for row in states.level.rows()}
    assert shown == {
        ("MYS", "SGP", "SGP"): ("held", "high", "1980"),
        ("SGP", "VNM", "SGP"): ("none", None, None),
        ("SGP", "VNM", "VNM"): ("ended", None, "1980"),
    }
    assert states.decided["crowded level"] == 3


# --- the command ---------------------------------------------------------------------------------


def test_the_command_writes_the_states(tmp_path: Path, capsys: Any) -> None:
    output = tmp_path / "state.parquet"
    args = ["--on", "2020-06-30", "-o", str(output)]
    assert main(["replay", "singapore", *args]) == 0
    said = capsys.readouterr().out
    assert "state-ties.parquet: 20 rows" in said
    write(SGP, tmp_path / "table")
    assert main(["replay", str(tmp_path / "table"), *args, "--memory-limit", "1GB", "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["files"]
    assert counts[str(tmp_path / "state-ties.parquet")] == 20


def test_the_command_wants_a_name_of_parquet(tmp_path: Path, capsys: Any) -> None:
    assert main(["replay", "singapore", "-o", str(tmp_path / "state.csv")]) == 2
    assert ".parquet" in capsys.readouterr().err


# --- without the extra ---------------------------------------------------------------------------


@pytest.mark.parametrize("module", ["duckdb", "pyarrow"])
def test_without_the_extra_the_error_names_it(
    module: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (module, f"{module}.parquet"):
        monkeypatch.setitem(sys.modules, name, None)
    assert columnar.write is write
    with pytest.raises(dr.errors.MissingExtraError, match=r"diplorel\[duckdb\]"):
        write(SGP, tmp_path / "sgp")
    with pytest.raises(dr.errors.MissingExtraError, match=r"diplorel\[duckdb\]"):
        replay(SGP)


def test_without_spark_the_error_names_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyspark", "pyspark.sql", "pyspark.sql.functions"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(dr.errors.MissingExtraError, match=r"diplorel\[spark\]"):
        replay(SGP, engine="spark")


def test_a_session_is_of_spark_and_has_limits_of_its_own() -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="session"):
        replay(SGP, session=object())
    with pytest.raises(dr.errors.InvalidQueryError, match="threads"):
        replay(SGP, engine="spark", session=object(), threads=1)

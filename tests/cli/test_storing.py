"""The commands of a store: what each says, and how it ends."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.datasets import load_stream
from diplorel.model.events import canonical
from places import Places

Run = Callable[..., str]
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
RESTORED = ev.TiesRestored(on="1974-01-01", parties=("SGP", "VNM"), sources=["vna"])


def piped(text: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(text.encode()))


def head_of(path: str) -> str:
    with dr.open(path) as store:
        return str(store.head)


@pytest.fixture
def path(tmp_path: Path, run: Run) -> str:
    path = str(tmp_path / "relations.db")
    assert run("store", "init", path) == f"{path}: {head_of(path)}\n"
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Callable[..., str]:
    """Write events, one a line, to a file."""

    def write(*events: ev.Event) -> str:
        file = tmp_path / "new.jsonl"
        file.write_text("".join(f"{canonical(event)}\n" for event in events), "utf-8")
        return str(file)

    return write


def test_events_are_appended_and_known_the_second_time(
    run: Run, path: str, lines: Callable[..., str]
) -> None:
    said = run("store", "append", path, lines(TIES))
    with dr.open(path) as store:
        assert said == f"1 {TIES.id}\n1 appended, 0 known, at {store.head}\n"
        first, head = store.read(), str(store.head)
    assert run("store", "append", path, lines(TIES)).startswith("0 appended, 1 known, at ")
    with dr.open(path) as store:
        assert store.read() == first
    rows = json.loads(run("store", "log", path, "--json"))
    assert [(row["position"], row["stream"], row["id"]) for row in rows] == [(1, "mine", TIES.id)]
    assert f"1  {rows[0]['recorded']}  mine    {TIES.id}" in run("store", "log", path)
    assert (
        run("store", "verify", path, "--against", head) == f"1 records, no problems.\nhead {head}\n"
    )
    assert json.loads(run("store", "verify", path, "--json")) == {
        "records": 1, "head": head, "problems": [],
    }  # fmt: skip


def test_what_contradicts_is_refused_and_told(
    run: Run, path: str, lines: Callable[..., str]
) -> None:
    run("store", "append", path, lines(TIES))
    said = run("store", "append", path, lines(RESTORED), code=1)
    assert said.startswith(f"{RESTORED.id}: DR301 ")
    assert said.endswith("Nothing was appended.\n")
    said = run("store", "append", path, lines(RESTORED), "--validate", "report")
    assert f"{RESTORED.id}: DR301 " in said
    assert "1 appended, 0 known" in said


def test_events_can_be_piped_in_and_bad_lines_are_told(
    run: Run, path: str, monkeypatch: pytest.MonkeyPatch, lines: Callable[..., str]
) -> None:
    recorded = dr.dumps(dr.EventLog([dr.Record("x", "2020-01-01T00:00:00Z", TIES)]))
    monkeypatch.setattr("sys.stdin", piped(f"{recorded}\n"))
    assert "1 appended" in run("store", "append", path, "-", "--stream", "desk")
    with dr.open(path) as store:
        (one,) = store.read()
        assert (one.record.stream, one.record.event) == ("desk", TIES)
        assert one.record.recorded.year > 2020
    for bad, code in (("{", "DR103"), ("[]", "DR103"), ('{"type":"x"}', "DR101")):
        monkeypatch.setattr("sys.stdin", piped(bad))
        assert code in run("store", "append", path, "-", code=1, err=True)
    head = "0.0." + "0" * 64
    refused = run("store", "append", path, lines(RESTORED), "--expected", head, code=2)
    assert "further on" in refused


def test_what_is_told_otherwise_is_refused_with_what_to_write(
    run: Run, path: str, lines: Callable[..., str]
) -> None:
    def rise(level: str) -> ev.LevelUpgraded:
        return ev.LevelUpgraded(
            on="2013-09-11", parties=("SGP", "VNM"), ladder="VNM", level=level, sources=["vna"]
        )

    held, other = rise("strategic"), rise("comprehensive")
    run("store", "append", path, lines(held))
    first, *both = run("store", "append", path, lines(other), code=2).splitlines()
    assert first == (
        f"diplorel: mine already reports {held.id} with other contents. To correct it, add to the "
        f'new line "supersedes": ["{held.id}@{held.digest}"] and a "reason"'
    )
    assert both == [f"  recorded: {canonical(held)}", f"  refused:  {canonical(other)}"]
    corrected = json.loads(canonical(other))
    corrected |= {"supersedes": [f"{held.id}@{held.digest}"], "reason": "A better source."}
    file = Path(path).with_name("corrected.jsonl")
    file.write_text(json.dumps(corrected), "utf-8")
    assert "1 appended" in run("store", "append", path, str(file))


def test_a_store_of_several_streams_asks_for_the_option(
    run: Run, path: str, tmp_path: Path, lines: Callable[..., str]
) -> None:
    for name in ("desk", "mission"):
        run("store", "append", path, lines(TIES), "--stream", name)
    said = "diplorel: there are several streams, desk, mission: name one with --stream\n"
    assert run("store", "append", path, lines(RESTORED), code=2) == said
    assert run("store", "export", path, str(tmp_path / "out"), code=2) == said


def test_a_file_that_is_not_utf8_is_told_with_its_line(run: Run, path: str, tmp_path: Path) -> None:
    file = tmp_path / "latin.jsonl"
    file.write_bytes(b'{"type": "ties-severed"}\n{"note": "caf\xe9"}\n' + b"[" * 100_000)
    said = run("store", "append", path, str(file), code=1, err=True)
    assert f"{file}:2: DR111 " in said
    assert f"{file}:3: " in said


def test_what_was_changed_is_told_with_exit_code_1(run: Run, path: str) -> None:
    head = "1.0." + "0" * 64
    assert "DR706" in run("store", "verify", path, "--against", head, code=1)
    verified = json.loads(run("store", "verify", path, "--against", head, "--json", code=1))
    (found,) = verified["problems"]
    assert found["code"] == "DR706"


def test_streams_go_in_and_come_out_and_commands_ask_the_store(
    run: Run, path: str, tmp_path: Path
) -> None:
    stream = load_stream("vietnam")
    count = len(stream.records)
    assert run("store", "import", path, "vietnam").startswith(f"{count} appended, 0 known, at ")
    assert run("store", "import", path, "vietnam").startswith(f"0 appended, {count} known, at ")
    folder = tmp_path / "out"
    assert run("store", "export", path, str(folder)) == f"{folder}\n"
    assert (folder / "events.jsonl").read_bytes() == stream.data
    copy = str(tmp_path / "copy.db")
    assert run("store", "backup", path, copy) == f"head {head_of(path)}\n"
    assert run("store", "import", path, copy).startswith(f"0 appended, {count} known, at ")
    listed = run(
        "store", "log", path, "--dyad", "VNM", "SGP", "--type", "ties-established", "--json"
    )
    assert len(json.loads(listed)) == 1
    assert len(json.loads(run("store", "log", path, "--limit", "2", "--after", "3", "--json"))) == 2
    on = ("VNM", "--on", "2025-03-12", "--json", "-w")
    assert run("rank", *on, path) == run("rank", *on, "vietnam")


def test_an_import_that_contradicts_is_refused_and_told(
    run: Run, path: str, tmp_path: Path
) -> None:
    with dr.open(path) as store:
        store.append([TIES])
    other = str(tmp_path / "other.db")
    with dr.open(other) as store:
        store.append([RESTORED], stream="theirs", validate="off")
    assert f"{RESTORED.id}: DR301 " in run("store", "import", path, other, code=1)
    assert "1 appended" in run("store", "import", path, other, "--validate", "off")


def test_a_store_that_is_not_there_is_told(run: Run, tmp_path: Path) -> None:
    assert "there is no such store" in run("store", "log", str(tmp_path / "no.db"), code=2)


def test_init_in_postgresql_prints_the_roles(run: Run, places: Places) -> None:
    place = places("postgres")
    said = run("store", "init", place.url, "--schema", place.schema, "--roles")
    assert f'GRANT USAGE ON SCHEMA "{place.schema}" TO "diplorel_appender"' in said
    assert "no problems" in run("store", "verify", place.url, "--schema", place.schema)

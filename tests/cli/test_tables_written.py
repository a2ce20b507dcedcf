"""Answers of the command line as tables: --csv, `diplorel table`, and earlier releases."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import diplorel as dr
from diplorel.cli import main
from diplorel.io.tables.write import form_of
from diplorel.model.table import Table
from shipped_once import shipped

Run = Callable[..., str]
ON = "2025-03-12"
W = ("-w", "vietnam")


def of(table: Table) -> str:
    return form_of(Path("x.csv"))(table)[".csv"].decode()


def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@pytest.mark.parametrize(
    ("args", "ask"),
    [
        (["rank", "VNM", "--on", ON, *W], lambda log: log.replay(ON).ranking("VNM")),
        (
            ["rank", "VNM", "--on", ON, "--by", "visits", *W],
            lambda log: log.replay(ON).metric_ranking("VNM", by="visits"),
        ),
        (
            ["partners", "VNM", "--on", ON, "--at-least", "strategic", *W],
            lambda log: log.replay(ON).partners("VNM", at_least="strategic"),
        ),
        (["show", "VNM", "SGP", "--on", ON, *W], lambda log: log.relation("VNM", "SGP", on=ON)),
        (["diff", "2025-03-11", ON, *W], lambda log: log.diff("2025-03-11", ON)),
    ],
    ids=lambda one: one[0] if isinstance(one, list) else "",
)
def test_csv_is_the_table_of_the_answer(
    run: Run, args: list[str], ask: Callable[[dr.EventLog], Any]
) -> None:
    assert run(*args, "--csv") == of(ask(vietnam()).table())


def test_the_csv_of_a_ranking_keeps_to_the_levels_asked(run: Run) -> None:
    args = ("rank", "VNM", "--on", ON, "--at-least", "strategic", *W)
    rows = [*csv.DictReader(io.StringIO(run(*args, "--csv")))]
    found = json.loads(run(*args, "--json"))["rows"]
    assert [(row["party"], row["block"]) for row in rows if row["block"] == "ranked"] == [
        (row["party"], row["block"]) for row in found if row["block"] == "ranked"
    ]
    assert len(rows) == len(found)


def test_the_csv_of_events_has_each_once(run: Run) -> None:
    rows = [*csv.DictReader(io.StringIO(run("events", "vietnam", "--csv", "--party", "SGP")))]
    events = vietnam().where(party="SGP").resolve().events
    assert [row["id"] for row in rows] == [event.id for event in events]
    assert [row["on"] for row in rows] == [event.on.text for event in events]
    assert [row["party_a"] for row in rows] == [getattr(e, "parties")[0] for e in events]  # noqa: B009


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["rank", "VNM", "--csv", "--json"], "give --json or --csv, not both"),
        (["events", "vietnam", "--csv", "--json"], "give --json or --csv, not both"),
        (["rank", "VNM", "--csv", "--explain", "SGP", "IDN"], "leave out --explain"),
        (["table", "vietnam"], "--output"),
        (["table", "vietnam", "-o", "x.csvv"], "Did you mean '.csv'?"),
        (["table", "vietnam", "-o", "x.csv", "--on", ON], "--on is the day of --answer world"),
        (["rank", "VNM", "--release", "9"], "--release: vietnam has no release '9', only 0.1.0"),
        (
            ["events", "vietnam", "groups", "--release", "0.1.0"],
            "the streams asked are: vietnam, groups. Give it as STREAM=0.1.0",
        ),
        (["events", "vietnam", "--release", "groups=0.1.0"], "expected one of 'vietnam'"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)
def test_a_bad_call_is_one_line(run: Run, args: list[str], said: str) -> None:
    complaint = run(*args, code=2)
    assert said in complaint
    assert complaint.count("\n") == 1


def test_a_table_is_written_by_its_suffix(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.parquet"
    assert run("table", "vietnam", "-o", str(path)) == f"{path}: 1049 rows, 20 columns\n"
    assert pl.read_parquet(path).to_dicts() == vietnam().table().to_records()
    path = tmp_path / "world.csv"
    run("table", "vietnam", "--output", str(path), "--answer", "world", "--on", ON)
    assert path.read_text("utf-8") == of(vietnam().replay(ON).table())
    book = json.loads((tmp_path / "world.codebook.json").read_text("utf-8"))
    assert (book["stamp"]["on"], book["stamp"]["policy"]) == (ON, "by_kind")


def test_a_table_as_known_on_a_day_says_so(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    run("table", "vietnam", "-o", str(path), "--known", "2010", "--clock", "published")
    stamp = json.loads(path.read_text("utf-8"))["stamp"]
    assert (stamp["known"], stamp["clock"]) == ("as published by 2010", "published")


def test_an_earlier_release_is_asked_by_its_version(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "events.json"
    said = run("table", "vietnam", "groups", "-o", str(path), "--release", "vietnam=0.2.0")
    assert said.startswith(f"{path}: ")
    stamp = json.loads(path.read_text("utf-8"))["stamp"]
    assert (stamp["streams"]["vietnam"], [*stamp["reference"]]) == ("0.2.0", ["vietnam"])
    then = dr.load("vietnam", release="0.2.0").resolve().events
    assert len(json.loads(run("events", "vietnam", "--release", "0.2.0", "--json"))) == len(then)


def test_on_a_terminal_what_nobody_would_see_is_escaped(
    monkeypatch: pytest.MonkeyPatch, run: Run, tmp_path: Path
) -> None:
    note = "\x1b[31mred"
    event = dr.events.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["x"], note=note)
    folder = dr.write(
        dr.EventLog([event], stream="mine", at="2026-01-01T00:00:00Z"), tmp_path / "mine"
    )

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    screen = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        assert main(["events", str(folder), "--csv"]) == 0
    assert "\x1b" not in screen.getvalue()
    assert "\x1b" in run("events", str(folder), "--csv")


def test_a_full_disk_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "x.csv")

    monkeypatch.setattr("diplorel.cli.events.write_table", fail)
    args = ("table", "groups", "-o", str(tmp_path / "x.csv"))
    assert run(*args, code=2) == "diplorel: x.csv: No space left on device\n"

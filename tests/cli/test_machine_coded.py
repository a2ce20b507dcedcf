"""The command that reads machine-coded data: what it prints, writes and refuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from coded import export, row
from diplorel.cli import main

Run = Callable[..., str]
CUT = Path(__file__).parent.parent / "data" / "gdelt" / "20180101000000.cut.export.csv"


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "one.export.CSV"
    path.write_bytes(
        export(row(), row(id="2", code="043", first="VNM", second="SGP"), row(code="190"))
    )
    return str(path)


def test_the_text_says_what_was_read_and_that_leads_are_no_facts(run: Run, file: str) -> None:
    assert run("leads", file).splitlines() == [
        "3 rows read: 1 lead from 2 rows; 1 left out, 0 malformed.",
        "left out    code  rows",
        "----------  ----  ----",
        "other-code  190      1",
        "A machine coded these leads from news text; nobody has checked them.",
    ]


def test_a_file_of_nothing_but_leads_has_no_table(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(export(row()))
    assert len(run("leads", str(path)).splitlines()) == 2


def test_malformed_rows_are_told_and_skipped_and_the_code_is_1(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["leads", str(CUT)]) == 1
    out, err = capsys.readouterr()
    assert "14 leads" in out
    assert f"{CUT}:95: DR141 " in err
    assert err.splitlines()[-1] == "6 problems. The rows are skipped."
    assert main(["leads", str(CUT), "--strict"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == "6 problems."


def test_json_has_the_counts_the_problems_and_the_records(
    file: str, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    found = json.loads(run("leads", file, "--json"))
    assert (found["rows"], found["leads"], found["machine_coded"]) == (3, 1, True)
    assert found["records"][0]["type"] == "visit-made"
    assert found["records"][0]["recorded"] == "2018-01-01T00:00:00Z"
    assert main(["leads", str(CUT), "--json"]) == 1
    out, err = capsys.readouterr()
    assert err == ""
    assert len(json.loads(out)["problems"]) == 6


def test_leads_are_written_as_a_stream_of_their_own(run: Run, file: str, tmp_path: Path) -> None:
    folder = str(tmp_path / "leads")
    assert run("leads", file, "-o", folder, "--stream", "news").endswith(
        f"Next: diplorel events {folder}\n"
    )
    assert "Lead, coded by a machine and not checked: Singapore visited" in run("events", folder)
    assert "no problem" in run("check", folder)
    said = run("show", "SGP", "VNM", "-w", folder, "-w", "singapore", code=2)
    assert said.startswith("diplorel: news: a machine coded these events")
    assert "with_leads" not in said


def test_without_leads_nothing_is_written(run: Run, file: str, tmp_path: Path) -> None:
    folder = tmp_path / "leads"
    assert "Nothing is written" in run("leads", file, "--party", "FRA", "-o", str(folder))
    assert not folder.exists()


def test_a_file_that_is_not_there_is_a_bad_call(run: Run, tmp_path: Path) -> None:
    assert "No such file" in run("leads", str(tmp_path / "none"), code=2)

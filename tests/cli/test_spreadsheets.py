"""From a spreadsheet to a stream and back."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.cli import main
from diplorel.io import limits
from diplorel.io.sheets import csv_reader
from shipped_once import shipped
from workbooks import xlsx

Run = Callable[..., str]
HEAD = "type,date,country,partner,ladder,level,source_title,source_publisher,source_kind\n"
TIES = "ties established,1973-08-01,VNM,Singapore,,,50 years of ties,VNA,agency\n"
RISE = "level upgraded,2013-09-11,VNM,Singapore,Vietnam,strategic,50 years of ties,VNA,agency\n"


@pytest.fixture
def stream(run: Run, tmp_path: Path) -> Path:
    """Return a new stream of Vietnam."""
    folder = tmp_path / "mine"
    run("new", str(folder), "--party", "VNM")
    return folder


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    """Return a sound table of two events."""
    file = tmp_path / "rows.csv"
    file.write_text(HEAD + TIES + RISE, "utf-8")
    return file


def content(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder."""
    return {str(file): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_the_rows_and_their_sources_are_appended_and_nothing_else_changes(
    run: Run, stream: Path, sheet: Path
) -> None:
    before = content(stream)
    assert run("import", str(sheet), str(stream)) == (
        f"Events added: 2, corrected: 0, taken back: 0; sources added: 1.\n"
        f"Next: diplorel check {stream}\n"
    )
    after = content(stream)
    changed = {Path(file).name for file in after if after[file] != before[file]}
    assert changed == {"events.jsonl", "sources.toml"}
    assert all(after[file].startswith(before[file].rstrip()) for file in before)
    assert run("check", str(stream)) == "2 records, no problems.\n"
    assert "SGP" in run("rank", "VNM", "-w", str(stream))


def test_to_import_twice_is_to_import_once(run: Run, stream: Path, sheet: Path) -> None:
    run("import", str(sheet), str(stream))
    before = content(stream)
    assert run("import", str(sheet), str(stream)).startswith("Events added: 0, corrected: 0, ")
    assert content(stream) == before


def test_a_dry_run_tells_what_the_import_does_and_writes_nothing(
    run: Run, stream: Path, sheet: Path
) -> None:
    before = content(stream)
    told = run("import", str(sheet), str(stream), "--dry-run").splitlines()
    assert content(stream) == before
    assert told[:2] == [
        "+ level-upgraded/SGP-VNM/2013-09-11/VNM",
        "+ ties-established/SGP-VNM/1973-08-01",
    ]
    assert told[3] == "Nothing is written."
    assert run("import", str(sheet), str(stream)).splitlines()[0] == told[2]


def test_an_edited_export_comes_back_as_corrections(
    run: Run, stream: Path, sheet: Path, tmp_path: Path
) -> None:
    run("import", str(sheet), str(stream))
    events = (stream / "events.jsonl").read_bytes()
    edited = tmp_path / "edited.csv"
    assert run("export", str(stream), "--out", str(edited)) == ""
    asked = ("import", str(edited), str(stream))
    assert run(*asked, "--update").startswith("Events added: 0, corrected: 0, ")
    edited.write_text(edited.read_text("utf-8").replace("'2013-09-11", "'2013-09-12"), "utf-8")
    assert "give --update and --reason" in run(*asked, code=2)
    assert f"{edited}:3: DR139 " in run(*asked, "--update", code=1, err=True)
    assert (stream / "events.jsonl").read_bytes() == events
    reason = ("--update", "--reason", "The day was misread.")
    assert run(*asked, *reason, "--dry-run").startswith(
        "~ level-upgraded/SGP-VNM/2013-09-12/VNM for level-upgraded/SGP-VNM/2013-09-11/VNM"
    )
    assert run(*asked, *reason).startswith("Events added: 0, corrected: 1, taken back: 0; ")
    assert (stream / "events.jsonl").read_bytes().startswith(events)
    held = dr.read(stream).relation("VNM", "SGP").level("VNM")
    assert held.since == dr.PartialDate("2013-09-12")


def test_rows_that_are_gone_are_taken_back_only_when_asked(
    run: Run, stream: Path, sheet: Path
) -> None:
    run("import", str(sheet), str(stream))
    sheet.write_text(HEAD + TIES, "utf-8")
    asked = ("import", str(sheet), str(stream))
    assert run(*asked, "--update").startswith("Events added: 0, corrected: 0, taken back: 0;")
    assert "give --update and --reason" in run(*asked, "--retract", code=2)
    assert "say why with --reason" in run(*asked, "--update", "--retract", code=2)
    reason = ("--update", "--retract", "--reason", "It never was.")
    assert run(*asked, *reason, "--dry-run").startswith("- level-upgraded/SGP-VNM/2013-09-11/VNM@")
    assert run(*asked, *reason).startswith("Events added: 0, corrected: 0, taken back: 1; ")
    assert [event.type for event in dr.read(stream).resolve().events] == ["ties-established"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (TIES.replace("Singapore", "Singapur"), ":2: DR"),
        (TIES.replace("1973-08-01", "01/08/73"), ":2: DR"),
        (TIES + TIES, ":3: DR"),
        (TIES.replace("50 years of ties,VNA,agency", ",,"), ":2: DR"),
        (RISE.replace(",strategic,", ",strategical,"), ":2: DR"),
    ],
)
def test_a_wrong_table_is_told_with_its_line_and_nothing_is_written(
    run: Run, stream: Path, sheet: Path, rows: str, said: str
) -> None:
    before = content(stream)
    sheet.write_text(HEAD + rows, "utf-8")
    error = run("import", str(sheet), str(stream), code=1, err=True)
    assert f"{sheet}{said}" in error
    assert error.endswith(" Nothing is written.\n")
    assert content(stream) == before


def test_of_very_many_problems_the_first_are_shown_and_all_are_counted(
    run: Run, stream: Path, sheet: Path
) -> None:
    sheet.write_text(HEAD + TIES + TIES * 1_001, "utf-8")
    *shown, end = run("import", str(sheet), str(stream), code=1, err=True).splitlines()
    assert len(shown) == 1_000
    assert end == "1,001 problems; the first 1,000 are shown. Nothing is written."


def test_a_table_is_not_read_further_than_it_may_be_long(
    run: Run, stream: Path, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (limits, csv_reader):
        monkeypatch.setattr(module, "SHEET_BYTES", 10)
    assert "larger than 10 bytes" in run("import", str(sheet), str(stream), code=1, err=True)


def test_a_table_where_a_stream_is_asked_for_is_told_how_to_become_one(
    run: Run, sheet: Path
) -> None:
    assert f"diplorel import {sheet} FOLDER" in run("check", str(sheet), code=2)


def test_a_file_of_a_stream_in_place_of_its_folder_is_told_and_left_alone(
    run: Run, stream: Path
) -> None:
    events = stream / "events.jsonl"
    assert events.read_bytes() == b""
    assert f"name its folder, {stream}\n" in run("check", str(events), code=2)
    assert events.read_bytes() == b""


def test_what_check_finds_wrong_can_be_imported_anyway(run: Run, stream: Path, sheet: Path) -> None:
    sheet.write_text(HEAD + RISE.replace(",strategic,", ",strategical,"), "utf-8")
    run("import", str(sheet), str(stream), "--force")
    assert "'strategical'" in run("check", str(stream), code=1)


def test_import_needs_a_file_and_a_folder(run: Run, stream: Path, tmp_path: Path) -> None:
    missing = str(tmp_path / "missing.csv")
    assert run("import", missing, str(stream), code=2) == (
        f"diplorel: {missing}: No such file or directory\n"
    )
    assert "begin it with diplorel new" in run("import", missing, "vietnam", code=2)


def test_an_export_as_lines_is_the_stream_itself(run: Run, copy: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run("export", str(copy), "--format", "jsonl", "-o", str(out))
    assert out.read_bytes() == (copy / "events.jsonl").read_bytes()


def test_an_export_is_safe_for_spreadsheets_unless_it_is_for_programs(run: Run) -> None:
    safe, raw = run("export", "vietnam"), run("export", "vietnam", "--raw")
    assert safe.startswith("\ufeffid,type,on,")
    assert raw.startswith("id,type,on,")
    rows = [*csv.DictReader(io.StringIO(raw))]
    assert [row["id"] for row in rows] == [
        event.id for event in shipped("vietnam").resolve().events
    ]
    assert "'1973-08-01" in safe
    assert "'1973-08-01" not in raw


def test_an_empty_stream_is_exported_as_nothing(run: Run, stream: Path) -> None:
    assert run("export", str(stream), "-f", "jsonl") == ""
    assert run("export", str(stream), "--raw").startswith("id,type,on,")


def test_what_is_exported_is_imported_again_without_a_difference(
    run: Run, copy: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "all.csv"
    run("export", "vietnam", "--out", str(sheet))
    before = content(copy)
    assert run("import", str(sheet), str(copy), "--update").startswith(
        "Events added: 0, corrected: 0"
    )
    assert content(copy) == before


_CELLS = st.sampled_from(
    ("ties established", "level upgraded", "1973-08-01", "01/08/1973", "VNM", "Singapore", "NA",
     "strategic", "T", "VNA", "agency", "", "=1+1", "\x1b[31m", "43123", "\ud7ff")
)  # fmt: skip
_SHEETS = st.one_of(
    st.binary(max_size=80),
    st.lists(st.lists(_CELLS, max_size=10), max_size=4).map(
        lambda rows: (HEAD + "\n".join(map(",".join, rows))).encode()
    ),
    st.sampled_from((b"\xff\xfe", b"\xef\xbb\xbf", HEAD.encode("utf-16"), HEAD.encode() * 2)),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=_SHEETS)
def test_no_table_gives_a_traceback_or_a_half_made_stream(
    data: bytes, stream: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sheet = tmp_path / "any.csv"
    sheet.write_bytes(data)
    before = content(stream)
    code = main(["import", str(sheet), str(stream)])
    err = capsys.readouterr().err
    assert code in (0, 1, 2)
    assert (code == 0) is (err == "")
    if code:
        assert content(stream) == before
    else:
        assert main(["check", str(stream)]) in (0, 1)
        for name in ("events.jsonl", "sources.toml"):
            (stream / name).write_bytes(before[str(stream / name)])
    assert "\x1b" not in err


# --- rows without ids ----------------------------------------------------------------------------


def test_like_rows_of_a_day_are_separate_events_when_asked(
    run: Run, stream: Path, sheet: Path
) -> None:
    talks = TIES.replace("ties established", "talks held")
    sheet.write_text(HEAD + talks * 3, "utf-8")
    asked = ("import", str(sheet), str(stream))
    assert "--number-repeats" in run(*asked, code=1, err=True)
    assert run(*asked, "--number-repeats").startswith("Events added: 3, corrected: 0, ")
    assert run(*asked, "--number-repeats").startswith("Events added: 0, corrected: 0, ")
    assert run("check", str(stream)) == "3 records, no problems.\n"
    assert [event.nth for event in dr.read(stream).resolve().events] == [1, 2, 3]


def test_a_changed_day_of_a_sheet_without_ids_is_a_correction_when_asked(
    run: Run, stream: Path, sheet: Path
) -> None:
    run("import", str(sheet), str(stream))
    sheet.write_text(HEAD + TIES + RISE.replace("2013-09-11", "2013-09-12"), "utf-8")
    asked = ("import", str(sheet), str(stream))
    assert "give --update and --reason" in run(*asked, "--match-days", code=2)
    update = (*asked, "--update", "--match-days")
    assert f"{sheet}:3: DR139 " in run(*update, code=1, err=True)
    reason = ("--reason", "The day was misread.")
    assert run(*update, *reason).startswith("Events added: 0, corrected: 1, taken back: 0; ")
    held = dr.read(stream).relation("VNM", "SGP").level("VNM")
    assert held.since == dr.PartialDate("2013-09-12")
    assert run(*update, *reason).startswith("Events added: 0, corrected: 0, taken back: 0; ")


# --- all in one round ----------------------------------------------------------------------------


def test_sound_rows_are_checked_although_others_are_broken(
    run: Run, stream: Path, sheet: Path
) -> None:
    lower = RISE.replace("2013-09-11", "2014-09-11").replace(",strategic,", ",comprehensive,")
    unknown = RISE.replace(",strategic,", ",strategical,").replace("Singapore", "Thailand")
    # the DDR had no part in anything after its end
    late = TIES.replace("Singapore", "DDR").replace("1973", "1999")
    broken = TIES.replace("Singapore", "Atlantis")
    sheet.write_text(HEAD + TIES + RISE + lower + unknown + late + broken, "utf-8")
    error = run("import", str(sheet), str(stream), code=1, err=True)
    found = [line.removeprefix(f"{sheet}:")[:8].split(" ", 1) for line in error.splitlines()[:-1]]
    assert [(line, code) for line, code in found] == [
        ("4:", "DR310"), ("5:", "DR204"), ("6:", "DR202"), ("7:", "DR133"),
    ]  # fmt: skip


def test_what_a_broken_row_could_explain_is_not_reported_before_it_can_be_read(
    run: Run, stream: Path, sheet: Path
) -> None:
    twice = TIES.replace("1973-08-01", "1980-01-01")
    severed = TIES.replace("established,1973-08-01", "severed,01/01/1975")
    sheet.write_text(HEAD + TIES + severed + twice, "utf-8")
    error = run("import", str(sheet), str(stream), code=1, err=True)
    assert error.startswith(f"{sheet}:3: DR131 ")
    assert error.count("DR") == 1
    apart = severed.replace("Singapore", "Thailand")
    sheet.write_text(HEAD + TIES + apart + twice, "utf-8")
    error = run("import", str(sheet), str(stream), code=1, err=True)
    assert f"{sheet}:4: DR301 " in error


def test_edits_that_cannot_be_recorded_are_reported_with_what_check_finds(
    run: Run, stream: Path, sheet: Path
) -> None:
    run("import", str(sheet), str(stream))
    head = f"id,{HEAD}"
    late = TIES.replace("Singapore", "DDR").replace("1973", "1999")
    new = TIES.replace("Singapore", "Thailand")
    sheet.write_text(f"{head}nothing/of/it,{new},{late}", "utf-8")
    error = run("import", str(sheet), str(stream), "--update", code=1, err=True)
    assert f"{sheet}:2: DR139 " in error
    assert f"{sheet}:3: DR202 " in error
    back = ("--update", "--retract", "--reason", "It never was.")
    assert run("import", str(sheet), str(stream), *back, code=1, err=True) == error


# --- a new user ----------------------------------------------------------------------------------


def forty_rows() -> str:
    """Return a table as a person types it: forty events of Singapore, each with its source."""
    singapore = shipped("singapore")
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEAD.strip().split(","))
    levels = (None, "comprehensive", "strategic", "comprehensive-strategic")
    events = [
        event
        for event in singapore.resolve().events
        if event.type in ("ties-established", "level-upgraded")
        and getattr(event, "level", None) in levels
    ]
    for event in events[:40]:
        source = singapore.reference.source[event.sources[0].source]
        other = next(party for party in event.parties if party != "SGP")
        level = getattr(event, "level", "")
        writer.writerow(
            [event.type, event.on.text, "Singapore", dr.party(other).name(),
             "SGP" if level else "", level, source.title, source.publisher, source.kind]
        )  # fmt: skip
    return out.getvalue()


def test_a_person_with_a_table_gets_to_a_ranking_in_under_ten_commands(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = forty_rows()
    Path("rows.csv").write_text(rows, "utf-8-sig")
    done = [
        run("new", "my-country", "--party", "Singapore"),
        run("import", "rows.csv", "my-country"),
        run("check", "my-country"),
        run("verify", "my-country", code=1),
        run("rank", "Singapore", "--with", "my-country", "--with", "vietnam"),
    ]
    count = rows.count("\n") - 1
    assert count >= 25
    assert done[1].startswith(f"Events added: {count}, ")
    assert done[2] == f"{count} records, no problems.\n"
    ranking = dr.read("my-country").replay().ranking("SGP")
    assert len(ranking) > 5
    assert all(row.party in done[-1] for row in ranking)


def test_a_workbook_is_imported_like_a_text(run: Run, stream: Path, tmp_path: Path) -> None:
    rows = list(csv.reader(io.StringIO(HEAD + TIES + RISE)))
    file = tmp_path / "rows.xlsx"
    file.write_bytes(xlsx(rows))
    assert run("import", str(file), str(stream)).startswith("Events added: 2, ")


def test_a_sheet_of_a_workbook_is_named_by_an_option(
    run: Run, stream: Path, tmp_path: Path, sheet: Path
) -> None:
    def add(book: Any, first: Any) -> None:
        more = book.create_sheet("More")
        for row in csv.reader(io.StringIO(HEAD + TIES.replace("1973", "soon"))):
            more.append(row)

    file = tmp_path / "rows.xlsx"
    file.write_bytes(xlsx(csv.reader(io.StringIO(HEAD + TIES)), add))
    told = run("import", str(file), str(stream), code=2, err=True)
    assert "--sheet 'Events'" in told
    told = run("import", str(file), str(stream), "--sheet", "More", code=1, err=True)
    assert told.startswith(f"{file}:More!B2: DR131 date: ")
    assert "'Events', 'More'" in run(
        "import", str(file), str(stream), "--sheet", "x", code=2, err=True
    )
    assert run("import", str(file), str(stream), "--sheet", "Events").startswith(
        "Events added: 1, "
    )
    assert "not a workbook" in run(
        "import", str(sheet), str(stream), "--sheet", "x", code=2, err=True
    )


def test_a_workbook_without_the_extra_is_told(
    run: Run, stream: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "rows.xlsx"
    file.write_bytes(xlsx([["type", "on"]]))
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert "diplorel[excel]" in run("import", str(file), str(stream), code=2, err=True)

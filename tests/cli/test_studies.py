"""The commands of studies: files, CSV, JSON and text say the same, and what Python says."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import networkx as nx
import openpyxl
import polars as pl
import pyreadstat
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.cli import main
from diplorel.cli.answers import between, rows_of
from diplorel.cli.figures import _allowed
from diplorel.cli.output import _list_lines, _object_lines
from diplorel.io.tables.write import form_of
from diplorel.model.column import floats
from diplorel.model.table import Table
from shipped_once import shipped

Run = Callable[..., str]
Ask = Callable[[dr.EventLog], Any]
W = ("-w", "singapore")

STUDIES: dict[str, tuple[list[str], Ask]] = {
    "panel": (
        ["panel", "--party", "SGP", "--years", "2024", "--code", "cow", *W],
        lambda log: log.panel("SGP", years=(2024, 2024), codes=["cow"]),
    ),
    "months": (
        ["panel", "--party", "SGP", "--years", "2024", "--unit", "dyad-month", "--column", "level",
         "--directed", "--order", "cow", "--alive", "any", "--at", "start", *W],
        lambda log: log.panel(
            "SGP", years=(2024, 2024), unit="dyad-month", columns=["level"], directed=True,
            order="cow", alive="any", at="start",
        ),
    ),
    "spells": (
        ["spells", "level", "--party", "SGP", "--by-known", "--on", "2025", *W],
        lambda log: log.spells("level", "SGP", by_known=True, on="2025"),
    ),
    "spells of two": (
        ["spells", "ties", "--party", "SGP", "--partner", "Vietnam", *W],
        lambda log: log.spells("ties", "SGP", partner="VNM"),
    ),
    "durations": (
        ["durations", "--event", "strategic", "--party", "SGP", "--zero", "keep", "--entry", "1990",
         "--censor", "asked", *W],
        lambda log: log.durations(
            "SGP", event=("level", "strategic"), zero="keep", entry="1990", censor="asked"
        ),
    ),
    "history": (
        ["history", "SGP", "--years", "2020-2024", *W],
        lambda log: log.ranking_history("SGP", years=(2020, 2024)),
    ),
    "changes": (
        ["history", "SGP", "--days", "changes", "--kind", "state", *W],
        lambda log: log.ranking_history("SGP", days="changes", kind="state"),
    ),
    "pace": (
        ["pace", "SGP", "--level", "strategic", "--window", "2Y", "--on", "2025", *W],
        lambda log: log.pace("SGP", level="strategic", window="2Y", on="2025"),
    ),
    "anniversaries": (
        ["anniversaries", "2026", "--party", "SGP", "--multiples", "10", "--lang", "vi", *W],
        lambda log: log.anniversaries(2026, "SGP", multiples=10, lang="vi"),
    ),
    "figures": (
        ["figures", "trade-turnover", "--party", "SGP", "--unit", "USD mn", "-w", "vietnam"],
        lambda log: log.figures("trade-turnover", party="SGP", unit="USD mn"),
    ),
    "graph": (
        ["graph", "--party", "SGP", "--track", "level", "--track", "visits", "--on", "2025", *W],
        lambda log: log.graph("2025", party="SGP", tracks=["level", "visits"]),
    ),
}  # fmt: skip
"""A command, and the same question in Python."""
NAMED = pytest.mark.parametrize("name", [*STUDIES])
SHORT = pytest.mark.parametrize("name", [name for name in STUDIES if name != "months"])


def table_of(name: str) -> Table:
    """Return what Python answers."""
    args, ask = STUDIES[name]
    answer = ask(shipped(args[-1]))
    return answer if isinstance(answer, Table) else answer.table()


@NAMED
def test_csv_is_the_table_of_the_answer(run: Run, name: str) -> None:
    expected = form_of(Path("x.csv"))(table_of(name))[".csv"].decode()
    assert run(*STUDIES[name][0], "--csv") == expected


@SHORT
def test_json_has_each_cell_of_the_csv(run: Run, name: str) -> None:
    args, _ = STUDIES[name]
    answer = json.loads(run(*args, "--json"))
    cells = [*csv.DictReader(io.StringIO(run(*args, "--csv")))]
    own = {"name", "level_name"}  # in the language asked for
    assert len(answer["rows"]) == len(cells) > 0
    for row, line in zip(answer["rows"], cells, strict=True):
        for column, text in line.items():
            value = row[column]
            if isinstance(value, bool):
                assert text == str(value).lower()
            elif isinstance(value, int | float):
                assert float(text) == value
            elif column not in own and value != []:
                assert text.removeprefix("'") == (value or "")
    names = answer["streams"]
    assert names == {args[-1]: shipped(args[-1]).reference.infos[0].version}


@pytest.mark.parametrize("name", ["panel", "spells", "figures"])
def test_a_file_has_what_python_answers(run: Run, tmp_path: Path, name: str) -> None:
    args, _ = STUDIES[name]
    expected = table_of(name)
    path = tmp_path / "answer.parquet"
    assert run(*args, "-o", str(path)) == (
        f"{path}: {len(expected)} rows, {len(expected.columns)} columns\n"
    )
    assert pl.read_parquet(path, columns=[*expected.names]).to_dicts() == expected.to_records()
    stamp = json.loads(dict(pl.read_parquet_metadata(path))["diplorel"])["stamp"]
    assert stamp["streams"] == expected.stamp["streams"]
    for suffix in (".csv", ".json", ".md", ".dta"):
        path = tmp_path / f"answer{suffix}"
        run(*args, "--output", str(path))
        held = [path.read_bytes(), form_of(path)(expected)[suffix]]
        written, wanted = (re.sub(rb"<timestamp>.*?<", b"", one, flags=re.DOTALL) for one in held)
        assert written == wanted, suffix  # but for the minute that Stata's form has
    _, meta = pyreadstat.read_dta(tmp_path / "answer.dta")
    assert meta.number_rows == len(expected)
    path = tmp_path / "answer.xlsx"
    run(*args, "--output", str(path))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    head, *rows = sheet.iter_rows(values_only=True)
    names: list[Any] = [*head]
    assert {*expected.names} <= {*names}
    first = names.index("party_b")
    assert [row[first] for row in rows] == [*expected["party_b"]]


def test_a_graph_leaves_as_graphml(run: Run, tmp_path: Path) -> None:
    args, ask = STUDIES["graph"]
    graph = ask(shipped("singapore"))
    path = tmp_path / "graph.graphml"
    said = run(*args, "-o", str(path))
    assert said == f"{path}: {len(graph.nodes)} parties, {len(graph)} edges\n"
    read = nx.read_graphml(path, force_multigraph=True)
    expected = graph.to_networkx()
    assert dict(read.nodes(data=True)) == dict(expected.nodes(data=True))
    edges = [sorted(one.edges(keys=True, data=True), key=str) for one in (read, expected)]
    assert edges[0] == edges[1]


def test_anniversaries_leave_as_a_calendar(run: Run, tmp_path: Path) -> None:
    args, ask = STUDIES["anniversaries"]
    found = ask(shipped("singapore"))
    path = tmp_path / "days.ics"
    said = run(*args, "-o", str(path))
    dated = sum(one.is_dated for one in found)
    assert said == f"{path}: {dated} anniversaries with a day\n"
    assert path.read_bytes() == found.ical().encode()
    assert path.read_bytes().count(b"BEGIN:VEVENT") == dated
    with pytest.raises(dr.errors.InvalidQueryError, match="anniversaries only"):
        dr.write_table(found.table(), path)


def test_known_clock_and_release_reach_a_study(run: Run) -> None:
    asked = ("spells", "level", "--party", "VNM", "--partner", "SGP", "-w", "vietnam", "--json")
    then = json.loads(run(*asked, "--known", "2025-03-11", "--clock", "published"))
    view = shipped("vietnam").view(known="2025-03-11", clock="published")
    assert [row["value"] for row in then["rows"]] == [
        one.value for one in view.spells("level", "VNM", partner="SGP")
    ]
    assert (then["known"], then["clock"]) == ("2025-03-11", "published")
    first = json.loads(run(*asked, "--release", "0.1.0"))
    assert (first["streams"], [*first["reference"]]) == ({"vietnam": "0.1.0"}, ["vietnam"])
    then_log = dr.load("vietnam", release="0.1.0")
    assert len(first["rows"]) == len(then_log.spells("level", "VNM", partner="SGP"))


@pytest.mark.parametrize(
    "args",
    [
        ["rank", "SGP", "--on", "2025-03-12"],
        ["rank", "SGP", "--by", "visits"],
        ["rank", "SGP", "--explain", "AUS", "VNM"],
        ["partners", "SGP"],
        ["show", "SGP", "VNM"],
        ["diff", "2023", "2024"],
    ],
    ids=" ".join,
)
def test_json_names_the_release_that_was_asked(run: Run, args: list[str]) -> None:
    version = shipped("singapore").reference.infos[0].version
    assert json.loads(run(*args, *W, "--json"))["streams"] == {"singapore": version}
    found = json.loads(run(*args, *W, "--json", "--release", "0.1.0"))
    assert found["streams"] == {"singapore": "0.1.0"}


def test_each_event_in_json_names_the_release_that_was_asked(run: Run) -> None:
    asked = ("events", "singapore", "--party", "VNM", "--json")
    assert not any("release" in row for row in json.loads(run(*asked)))
    rows = json.loads(run(*asked, "--release", "0.1.0"))
    assert all(row["release"] == {"singapore": "0.1.0"} for row in rows)


# --- text ----------------------------------------------------------------------------------------


class Terminal(io.StringIO):
    """Text that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_shows_the_first_rows_of_a_panel_and_a_pipe_all(
    monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    args = ["panel", "--party", "SGP", "--years", "2024", "--column", "ties", *W]
    count = len(shipped("singapore").panel("SGP", years=(2024, 2024), columns=["ties"]))
    piped = [line for line in run(*args).splitlines() if line.startswith("2024")]
    assert len(piped) == count
    screen = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        patch.setenv("COLUMNS", "80")
        patch.setenv("NO_COLOR", "1")
        assert main(args) == 0
    lines = screen.getvalue().splitlines()
    assert sum(line.startswith("2024") for line in lines) == 50
    assert all(len(line) <= 80 for line in lines)
    assert f"The first 50 of {count} rows are shown." in " ".join(lines)


def test_a_panel_says_unknown_and_never_zero_of_what_is_not_recorded(run: Run) -> None:
    args = ["panel", "--party", "SGP", "--years", "2024", "--column", "visits", *W]
    unknown = [
        row["party_b"]
        for row in shipped("singapore").panel("SGP", years=(2024, 2024), columns=["visits"])
        if row["visits_ab_known"] == row["visits_ba_known"] == "unknown"
    ]
    rows = [line.split() for line in run(*args).splitlines() if line.startswith("2024")]
    lines = {row[2]: row[3:] for row in rows}
    assert unknown
    assert all(lines[party] == ["unknown"] for party in unknown)


@SHORT
def test_vietnamese_text_has_no_english_labels(run: Run, name: str) -> None:
    args = [*STUDIES[name][0], "--lang", "vi"]
    said = run(*args)
    assert not {"unknown", "known", "Level", "Parties", "Known", "established"} & {*said.split()}


@pytest.mark.parametrize(
    "args",
    [
        ["spells", "ties", "--party", "VNM", *W],
        ["history", "SGP", "--years", "1970", *W],
        ["pace", "SGP", "--on", "1970", *W],
        ["anniversaries", "1900", "--party", "SGP", *W],
        ["graph", "--party", "SGP", "--on", "1900", *W],
        ["durations", "--event", "ties", "--party", "XKX", *W],
        ["panel", "--party", "SGP", "--years", "1900", *W],
    ],
    ids=" ".join,
)
def test_an_empty_answer_is_a_title_and_no_table(run: Run, args: list[str]) -> None:
    if args[0] != "spells":
        assert json.loads(run(*args, "--json"))["rows"] == []
    assert run(*args)


# --- laws ----------------------------------------------------------------------------------------

_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
_ROWS = st.lists(st.dictionaries(st.text(max_size=3), _JSON, max_size=2), max_size=4)


@given(st.dictionaries(st.text(max_size=3), _JSON | _ROWS, max_size=4), _ROWS)
def test_json_that_is_printed_as_it_is_made_is_the_same(value: dict[str, Any], rows: Any) -> None:
    whole = {**value, "rows": rows}
    streamed = "\n".join(_object_lines({**value, "rows": iter(rows)}))
    assert json.loads(streamed) == whole
    assert streamed == "\n".join(_object_lines(whole))
    assert json.loads("\n".join(_list_lines(iter(rows)))) == rows


@given(st.lists(st.floats(allow_nan=False) | st.none(), min_size=1))
def test_numbers_are_the_same_in_json(values: list[float | None]) -> None:
    rows = json.loads(json.dumps([*rows_of(Table([floats("x", values)]))], allow_nan=False))
    assert [None if row["x"] is None else float(row["x"]) for row in rows] == values


@given(st.integers(0, 99), st.integers(0, 99) | st.none())
def test_bounds_read_back(least: int, more: int | None) -> None:
    said = between(least, None if more is None else least + more)
    first, _, last = said.partition("-")
    if more is None:
        assert said == f"{least}+"
    else:
        assert (int(first), int(last or first)) == (least, least + more)


_NUMBERS = st.decimals(-(10**9), 10**9, places=4).map(str)


@given(_NUMBERS | st.none(), _NUMBERS | st.none(), st.booleans(), st.booleans())
def test_the_numbers_that_a_figure_allows_are_said(
    low: str | None, high: str | None, low_out: bool, high_out: bool
) -> None:
    said = _allowed(
        {
            "lower_text": low,
            "upper_text": high,
            "lower_excluded": low_out,
            "upper_excluded": high_out,
        }
    )
    given_ = [Decimal(one) for one in (low, high) if one is not None]
    if said is None:
        assert given_ == []
        return
    shown = [Decimal(word) for word in said.split() if word[-1].isdigit()]
    for number, exact in zip(shown, given_, strict=True):
        assert abs(number - exact) <= abs(exact) / 10**5
    assert ("=" in said) is (len(given_) == 1 and not (low_out if high is None else high_out))

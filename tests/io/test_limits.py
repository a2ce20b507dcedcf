"""What is larger than a reader takes is one problem, sound or not, and never takes long to say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.io import limits
from diplorel.io.toml import Document, parse_toml

SOUND = {
    "recorded": "2026-11-22T12:00:00Z",
    "type": "ties-established",
    "on": "1973-08-01",
    "parties": ["SGP", "VNM"],
    "sources": [{"source": "vna"}],
}
PAGE = Path(__file__).parents[2] / "docs" / "reference" / "limits.md"


def refused(text: str | bytes) -> tuple[dr.errors.Problem, ...]:
    with pytest.raises(dr.errors.StreamError) as caught:
        dr.loads(text)
    return caught.value.problems


def toml_problem(text: str) -> dr.errors.Problem:
    found = parse_toml("sources.toml", text.encode())
    assert isinstance(found, dr.errors.Problem)
    return found


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"note": "x" * limits.LINE_BYTES}, "bytes, expected at most 1,048,576"),
        ({f"k{n}": 1 for n in range(2_000)}, "2,005 keys in one table, expected at most 256"),
        ({"parties": ["SGP"] * 10_001}, "10,001 items in one list, expected at most 10,000"),
        ({"sources": [{"source": "vna", "x": [0] * 10_001}]}, "10,001 items in one list"),
    ],
)
def test_a_line_with_too_much_in_it_is_one_problem(more: dict[str, Any], said: str) -> None:
    (problem,) = refused(json.dumps({**SOUND, **more}))
    assert (problem.code, problem.line) == ("DR113", 1)
    assert said in problem.message


@pytest.mark.parametrize("text", ["[" * 100_000, '{"a":' * 100_000, "[" * 2_000 + "]" * 2_000])
def test_a_line_that_is_nested_too_deeply_is_one_problem(text: str) -> None:
    (problem,) = refused(text)
    assert problem.code in {"DR103", "DR113"}


def test_a_line_with_one_key_twice_among_many_is_told_at_once() -> None:
    keys = ",".join(f'"k{n}":1' for n in range(60_000))
    (problem,) = refused(f'{{{keys},"k59999":1}}')
    assert problem.code == "DR106"


def test_of_very_many_problems_the_first_are_told_and_that_there_are_more() -> None:
    *told, last = refused(b"{}\n" * (limits.PROBLEMS + 10))
    assert len(told) == limits.PROBLEMS
    assert str(last) == (
        "events.jsonl: DR113 there are more than 2,000 problems; what follows was not looked at. "
        "Mend these, and read the file again"
    )


def test_a_long_disorder_is_told_no_further() -> None:
    def at(year: int) -> str:
        return json.dumps({**SOUND, "recorded": f"{year}-01-01T12:00:00Z"})

    lines = [at(2026 - n % 2) for n in range(2 * limits.PROBLEMS + 10)]
    assert len(refused("\n".join(lines))) == limits.PROBLEMS


def test_what_is_told_quotes_only_the_beginning_of_what_is_long() -> None:
    (problem,) = refused(json.dumps({**SOUND, "type": "t" * 10_000}))
    assert len(problem.message) == limits.MESSAGE_CHARACTERS + 1
    assert problem.hint == ""


def test_what_would_be_refused_is_not_written(tmp_path: Path) -> None:
    def told(note: str) -> dr.EventLog:
        event = ev.TiesEstablished(
            on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"], note=note
        )
        return dr.EventLog([event])

    longest = told("é" * (limits.LINE_BYTES // 2 - 200))
    assert dr.loads(dr.dumps(longest)) == longest.records
    log = told("é" * (limits.LINE_BYTES // 2))
    with pytest.raises(dr.errors.InvalidEventError, match="cannot be written: the line has"):
        dr.dumps(log)
    with pytest.raises(ValueError, match="cannot be written"):
        dr.write(log, tmp_path / "mine")
    assert not (tmp_path / "mine").exists()
    with (
        dr.open("memory:") as store,
        pytest.raises(dr.errors.InvalidEventError, match=r"the line has .* at most 1,048,576$"),
    ):
        store.append(log)


def test_an_event_with_too_many_sources_is_not_written() -> None:
    sources = [f"s{n}" for n in range(10_001)]
    many = ev.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=sources)
    with pytest.raises(dr.errors.InvalidEventError, match="10,001 items in one list"):
        dr.dumps(dr.EventLog([many]))


# --- TOML ----------------------------------------------------------------------------------------

parts = st.sampled_from(["a", "key-1", '"a b"', "'c.d'", '"e\\"f"'])
dots = st.sampled_from([".", " . ", "\t."])


@given(st.lists(parts, min_size=1, max_size=40), dots, st.booleans())
def test_a_dotted_key_has_at_most_so_many_parts(keys: list[str], dot: str, header: bool) -> None:
    key = dot.join(keys)
    text = f"# a.b\n[{key}]\n" if header else f"# a.b\n{key} = 1\n"
    found = parse_toml("stream.toml", text.encode())
    if len(keys) > limits.KEY_PARTS:
        assert isinstance(found, dr.errors.Problem)
        assert (found.code, found.line) == ("DR113", 2)
        assert "more than 16 parts" in found.message
    else:
        assert isinstance(found, Document)


@pytest.mark.parametrize("quote", ['"', "'", '"""', "'''"])
def test_stops_in_a_text_or_a_comment_are_no_key(quote: str) -> None:
    text = f"note = {quote}{'1.' * 40}{quote} # {'a.' * 40}\nn = 3\nat = 1979-05-27T07:32:00.99Z\n"
    assert isinstance(parse_toml("stream.toml", text.encode()), Document)


def test_a_key_of_fifty_thousand_parts_is_told_at_once() -> None:
    assert toml_problem("a." * 50_000 + "a = 1\n").code == "DR113"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("".join(f"k{n} = 1\n" for n in range(300)), "300 keys in one table"),
        ("[[source]]\n" + "".join(f'k{n} = "x"\n' for n in range(300)), "300 keys in one table"),
        ("a = { " + ", ".join(f"k{n} = 1" for n in range(300)) + " }\n", "300 keys in one table"),
        ("a = { b = [" + "1, " * 10_001 + "] }\n", "10,001 items in one list"),
        ("a = " + "[" * 40 + "]" * 40 + " # " + "x" * 600 + "\n", "more than 32 deep"),
        ("a = " + "[" * 5_000, "more than 32 deep"),
        ("a = 1\n" + "# more\n" * 300_000, "more than 2,097,152 characters"),
    ],
)
def test_a_file_with_too_much_in_it_is_one_problem(text: str, said: str) -> None:
    problem = toml_problem(text)
    assert (problem.code, said in problem.message) == ("DR113", True), problem


def test_a_bibliography_may_have_very_many_entries() -> None:
    entry = '[[source]]\nid = "s{}"\ntitle = "T"\npublisher = "P"\nkind = "press"\n'
    text = "".join(map(entry.format, range(20_000)))
    found = parse_toml("sources.toml", text.encode())
    assert isinstance(found, Document)
    assert found.line("source", 19_999) == 99_996
    assert found.line("source", 19_999, "kind") == 100_000


@pytest.mark.parametrize("name", ["sources", "parties", "persons", "offices", "claims"])
def test_of_very_many_bad_entries_the_first_are_told(name: str, tmp_path: Path) -> None:
    table = {"parties": "party"}.get(name, name[:-1])
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "stream.toml").write_text('name = "mine"\n', "utf-8")
    (folder / "sources.toml").write_text("", "utf-8")
    (folder / "events.jsonl").write_text("", "utf-8")
    (folder / f"{name}.toml").write_text(f"[[{table}]]\nx = 1\n" * 3_000, "utf-8")
    with pytest.raises(dr.errors.StreamError) as caught:
        dr.read(folder)
    codes = [problem.code for problem in caught.value.problems]
    assert len(codes) == limits.PROBLEMS + 1
    assert codes.count("DR113") == 1


def test_of_a_table_with_very_many_problems_the_first_are_told() -> None:
    row = "x,1973-08-01,Atlantis {0},Lemuria {0},vna\n"
    text = "type,on,party_a,party_b,sources\n" + "".join(map(row.format, range(3_000)))
    with pytest.raises(dr.errors.SheetError) as caught:
        dr.read_sheet(text)
    *told, last = caught.value.problems
    assert limits.PROBLEMS < len(told) < limits.PROBLEMS + 10
    assert (last.code, last.line) == ("DR113", told[-1].line + 1)  # type: ignore[operator]


def test_a_day_of_five_thousand_digits_is_no_day() -> None:
    text = f"type,on,party_a,party_b,sources\nx,tháng {'9' * 5_000},SGP,VNM,vna\n"
    with pytest.raises(dr.errors.SheetError, match="DR131"):
        dr.read_sheet(text)


# --- the page ------------------------------------------------------------------------------------


def test_the_page_has_every_limit() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| ([\d,]+) ", PAGE.read_text("utf-8"), re.MULTILINE)
    given_there = {name: int(number.replace(",", "")) for name, number in rows}
    held = {name: value for name, value in vars(limits).items() if type(value) is int}
    assert given_there == {name: value for name, value in held.items() if name[0] != "_"}

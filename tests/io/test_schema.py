"""The JSON Schemas accept what the reader accepts, and refuse what has the wrong shape."""

from __future__ import annotations

import copy
import json
import runpy
import tomllib
from pathlib import Path
from typing import Any, ClassVar

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.io import schema
from diplorel.io.jsonl import line_of
from diplorel.testing import streams as some

ROOT = Path(__file__).parents[2]
SHIPPED = ROOT / "src" / "diplorel" / "io" / "schemas" / schema.FOLDER
STREAMS = sorted(path.parent for path in (ROOT / "src/diplorel/datasets").glob("*/stream.toml"))
SCHEMAS = schema.schemas()
LINE = jsonschema.Draft7Validator(SCHEMAS["events"])
WRONG: Any = st.sampled_from([None, 1, 1.5, True, "", "?!", [], [1], {}, {"a": 1}])
SOUND = (ROOT / "tests/corpus/events-0.1.0.jsonl").read_text("utf-8").splitlines()
BROKEN = ROOT / "tests" / "broken"


@pytest.mark.parametrize("name", schema.FILES)
def test_what_ships_is_what_the_classes_say(name: str, tmp_path: Path) -> None:
    jsonschema.Draft7Validator.check_schema(SCHEMAS[name])
    schema.write_schemas(tmp_path / "new")
    made = (tmp_path / "new" / f"{name}.schema.json").read_bytes()
    assert (SHIPPED / f"{name}.schema.json").read_bytes() == made, "run docs/make_schemas.py"


def test_the_script_writes_to_where_they_ship() -> None:
    assert runpy.run_path(str(ROOT / "docs" / "make_schemas.py"))["SHIPPED"] == SHIPPED


@given(some.record_lists())
def test_every_line_that_is_written_is_valid(records: list[dr.Record]) -> None:
    for record in records:
        LINE.validate(json.loads(line_of(record)))


@st.composite
def _spoilt(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a line in which one value, somewhere, was taken out, put in or changed."""
    text = draw(
        st.sampled_from(
            (ROOT / "tests/corpus/events-0.1.0.jsonl").read_text("utf-8").split("\n")[:-1]
        )
    )
    line: dict[str, Any] = json.loads(text)
    inside: Any = line
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        key = draw(st.sampled_from(keys))
        if not inside[key] or not isinstance(inside[key], (dict, list)) or draw(st.booleans()):
            break
        inside = inside[key]
    match draw(st.sampled_from(("out", "in", "other"))):
        case "out":
            del inside[key]
        case "in" if isinstance(inside, dict):
            inside["unheard-of"] = 1
        case _:
            inside[key] = draw(WRONG)
    return line


def _reads(line: dict[str, Any]) -> bool:
    try:
        dr.loads(json.dumps(line))
    except dr.errors.StreamError:
        return False
    return True


@given(_spoilt())
def test_no_sound_line_is_marked(line: dict[str, Any]) -> None:
    assert LINE.is_valid(line) or not _reads(line)


@given(_spoilt())
def test_a_wrong_shape_is_marked(line: dict[str, Any]) -> None:
    if not _reads(line):
        codes = _codes(line)
        assert codes <= {"DR104"} or not LINE.is_valid(line)


def _codes(line: dict[str, Any]) -> set[str]:
    with pytest.raises(dr.errors.StreamError) as caught:
        dr.loads(json.dumps(line))
    return {problem.code for problem in caught.value.problems}


@pytest.mark.parametrize("code", ["DR101", "DR102", "DR104", "DR105"])
def test_the_broken_inputs_are_marked(code: str) -> None:
    # what no schema can say: a correction needs a reason, and a level a name
    unsaid = {
        "DR104-correction-without-a-reason.events.jsonl",
        "DR104-level-not-named.events.jsonl",
    }
    paths = [path for path in BROKEN.glob(f"{code}-*.events.jsonl") if path.name not in unsaid]
    assert paths
    for path in paths:
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        assert not all(LINE.is_valid(line) for line in lines), path.name


@pytest.mark.parametrize("folder", STREAMS, ids=lambda path: path.name)
def test_shipped_streams_are_valid(folder: Path) -> None:
    for name in schema.FILES[:-1]:
        file = folder / f"{name}.toml"
        if file.is_file():
            jsonschema.Draft7Validator(SCHEMAS[name]).validate(
                tomllib.loads(file.read_text("utf-8"))
            )
    for line in (folder / "events.jsonl").read_text("utf-8").splitlines()[::20]:
        LINE.validate(json.loads(line))


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("stream", {"titel": "t"}),
        ("stream", {"schema": 2}),
        ("stream", {"coverage": [{"track": "ties"}]}),
        ("stream", {"ladder": [{"party": "VNM", "level": [{"rank": 1}]}]}),
        ("stream", {"released": "yesterday"}),
        ("sources", {"source": [{"id": "s", "title": "t", "publisher": "p", "kind": "rumour"}]}),
        ("sources", {"sources": []}),
        ("parties", {"party": [{"id": "XXX", "names": {"en": 1}}]}),
        ("claims", {"claim": [{"kind": "count"}]}),
        ("claims", {"claim": [{"kind": "rumour"}]}),
    ],
)
def test_wrong_tables_are_marked(name: str, spoil: dict[str, Any]) -> None:
    assert not jsonschema.Draft7Validator(SCHEMAS[name]).is_valid(spoil)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Twinned(ev.Event):
    """Two towns became twins.

    Attributes:
        parties: The two.
        towns: Their names.
    """

    type: ClassVar[str] = "twinned"
    rank: ClassVar[ev.Precedence] = ev.Precedence.BEGUN
    version: ClassVar[int] = 2

    parties: tuple[str, ...]
    towns: tuple[str, ...] = ()


def test_a_type_of_your_own_is_in_and_its_older_lines_stay_valid() -> None:
    mine = jsonschema.Draft7Validator(schema.schemas([Twinned])["events"])
    line = {
        "recorded": "2026-11-22T12:00:00Z", "type": "twinned", "v": 2, "on": "2020",
        "parties": ["A", "B"], "sources": [{"source": "s"}],
    }  # fmt: skip
    assert mine.is_valid(line)
    assert not mine.is_valid({**line, "towns": 1})
    old = {**copy.deepcopy(line), "v": 1, "people": ["A", "B"]}
    assert mine.is_valid(old)
    del old["v"]
    assert mine.is_valid(old)
    assert not LINE.is_valid(line)


def test_each_key_is_described_for_those_who_type_it() -> None:
    upgraded = SCHEMAS["events"]["definitions"]["level-upgraded"]["properties"]
    silent = {key for key, value in upgraded.items() if value is not True} - {
        key for key, value in upgraded.items() if value is not True and value.get("description")
    }
    assert silent <= {"v", "parties"}
    assert schema.documented(Twinned)["towns"] == "Their names."
    assert "on" in schema.documented(Twinned)

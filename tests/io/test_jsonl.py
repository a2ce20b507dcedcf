"""JSON Lines: exact round trips, strict reading, every problem at once."""

from __future__ import annotations

import json
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar, Literal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.io import jsonl, limits
from diplorel.io.bulk import reader
from diplorel.testing.streams import logs

LINE = (
    '{"recorded":"2026-11-22T12:00:00Z","type":"ties-established","on":"1973-08-01",'
    '"parties":["SGP","VNM"],"sources":[{"source":"vna"}]}\n'
)


@given(logs())
def test_every_stream_of_a_log_survives_the_round_trip_exactly(log: dr.EventLog) -> None:
    back: list[dr.Record] = []
    for stream in log.streams:
        text = dr.dumps(log, stream=stream)
        records = dr.loads(text, stream=stream)
        back += records
        assert dr.dumps(dr.EventLog(records)) == text
    assert dr.EventLog(back, reference=log.reference) == log


@given(logs())
def test_what_is_read_has_every_slot_as_its_constructor_sets_it(log: dr.EventLog) -> None:
    for stream in log.streams:
        for record in dr.loads(dr.dumps(log, stream=stream), stream=stream):
            for read in (record, record.event, *getattr(record.event, "persons", ())):
                made = attrs.evolve(read)
                for field in attrs.fields(type(made)):
                    value = getattr(read, field.name)
                    assert value == getattr(made, field.name)
                    assert type(value) is type(getattr(made, field.name))


@given(logs())
def test_the_standard_parser_and_the_quick_one_read_alike(log: dr.EventLog) -> None:
    text = "".join(f"{jsonl.line_of(record)}\n" for record in log.records)
    log = dr.EventLog(dr.loads("".join(sorted(text.splitlines(keepends=True)))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jsonl, "orjson", None)
        again = dr.EventLog(dr.loads("".join(sorted(text.splitlines(keepends=True)))))
    assert again == log


def test_a_line_of_another_spacing_and_order_of_keys_is_read_as_well() -> None:
    data = json.loads(LINE)
    spaced = json.dumps(dict(reversed(data.items())), indent=None) + "\n"
    assert spaced != LINE
    assert dr.loads(spaced) == dr.loads(LINE)
    assert dr.dumps(dr.EventLog(dr.loads(spaced))) == LINE


def test_white_space_around_a_line_is_no_matter_and_a_second_value_is() -> None:
    assert dr.loads(f" \t{LINE.rstrip()} \r\n") == dr.loads(LINE)
    with pytest.raises(dr.errors.StreamError, match="DR103 the line is not JSON: Extra data"):
        dr.loads(f"{LINE.rstrip()} {LINE}")


def test_a_last_line_without_an_end_and_windows_line_ends_are_read() -> None:
    assert dr.loads(LINE.rstrip("\n")) == dr.loads(LINE)
    assert dr.loads(LINE.replace("\n", "\r\n")) == dr.loads(LINE)
    assert dr.loads("") == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(["recorded", "type", "on", "parties", "sources", "seq", "v", "persons", "x"])


@given(st.dictionaries(KEYS, JSON), st.sampled_from(sorted({"event-retracted", "figure-reported",
       "level-upgraded", "ties-established", "visit-made"})))  # fmt: skip
def test_no_json_leads_to_an_error_that_is_not_ours(data: dict[str, Any], kind: str) -> None:
    sound = json.loads(LINE)
    for candidate in (data, {**sound, **data}, {**sound, **data, "type": kind}):
        try:
            records = dr.loads(json.dumps(candidate))
        except dr.errors.StreamError as error:
            assert error.problems
            assert all(problem.line == 1 for problem in error.problems)
        else:
            assert len(records) == 1


@given(st.binary())
def test_no_bytes_lead_to_an_error_that_is_not_ours(data: bytes) -> None:
    try:
        dr.loads(data)
    except dr.errors.StreamError as error:
        assert str(error)


def test_nothing_is_coerced() -> None:
    sound = json.loads(LINE)
    for key, value in {
        "on": 1973,
        "parties": "SGP,VNM",
        "sources": ["vna"],
        "place": None,
        "seq": "1",
        "persons": {},
        "note": ["a"],
        "supersedes": "x",
    }.items():
        with pytest.raises(dr.errors.StreamError, match=f"DR104 {key}"):
            dr.loads(json.dumps({**sound, key: value}))


def test_a_line_longer_than_any_event_is_refused() -> None:
    with pytest.raises(dr.errors.StreamError, match="DR113 the line has"):
        dr.loads(LINE.replace("}]}", "}],,}").rstrip("\n") + " " * limits.LINE_BYTES)
    with pytest.raises(dr.errors.StreamError, match="DR113 the line has"):
        dr.loads(LINE.rstrip("\n") + " " * limits.LINE_BYTES)  # sound, too


def test_a_deeply_nested_line_is_refused() -> None:
    with pytest.raises(dr.errors.StreamError, match="DR113"):
        dr.loads("[" * 200_000)


def test_all_problems_of_all_lines_come_at_once() -> None:
    bad = LINE.replace("ties-established", "ties-estblished") + LINE + "{}\n"
    with pytest.raises(dr.errors.StreamError) as caught:
        dr.loads(LINE + bad, path="mine.jsonl")
    assert [(one.line, one.code) for one in caught.value.problems] == [
        (2, "DR101"),
        (4, "DR105"),
        (4, "DR105"),
    ]
    assert str(caught.value).startswith("mine.jsonl:2: DR101 unknown event type 'ties-estblished'")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Recounted(ev.Event):
    """A type of our own, whose field was once called otherwise, twice."""

    type: ClassVar[str] = "recounted"
    rank: ClassVar[ev.Precedence] = ev.Precedence.REPORTED
    version: ClassVar[int] = 3
    upcasters: ClassVar[Any] = (
        lambda data: {**{k: v for k, v in data.items() if k != "who"}, "people": data["who"]},
        lambda data: {
            **{k: v for k, v in data.items() if k != "people"},
            "parties": data["people"],
        },
    )

    parties: tuple[str, ...]


def test_older_lines_are_upcast_step_by_step_and_newer_ones_refused() -> None:
    head = (
        LINE.split(',"type"', maxsplit=1)[0]
        + ',"type":"recounted","on":"2020","sources":[{"source":"s"}]'
    )
    old = [f'{head},"who":["A","B"]}}', f'{head},"v":2,"people":["A","B"]}}']
    new = f'{head},"v":3,"parties":["A","B"]}}'
    read = [dr.loads(line, types=[Recounted])[0].event for line in (*old, new)]
    assert read[0] == read[1] == read[2]
    with pytest.raises(dr.errors.StreamError, match=r"DR115 v: recounted of version 4"):
        dr.loads(new.replace('"v":3', '"v":4'), types=[Recounted])
    written = dr.dumps(dr.EventLog(read[:1], at="2026-11-22T12:00:00Z"))
    assert '"type":"recounted","v":3' in written
    assert dr.loads(written, types=[Recounted])[0].event == read[0]


def test_a_log_of_several_streams_says_which_one_it_means() -> None:
    two = dr.EventLog(dr.loads(LINE, stream="a")) | dr.EventLog(dr.loads(LINE, stream="b"))
    with pytest.raises(dr.errors.InvalidQueryError, match="it holds: a, b"):
        dr.dumps(two)
    with pytest.raises(dr.errors.InvalidQueryError, match="it holds: a, b"):
        dr.dumps(two, stream="c")
    with pytest.raises(dr.errors.InvalidQueryError, match="it holds: none"):
        dr.dumps(dr.EventLog())
    assert dr.dumps(two, stream="b") == LINE


class Mood(Enum):
    GOOD = "good"
    BAD = "bad"


@attrs.frozen(kw_only=True)
class Scene:
    room: str = "hall"
    seats: int | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Staged(ev.Event):
    """A type of our own, with kinds of fields that no standard track has."""

    type: ClassVar[str] = "staged"
    rank: ClassVar[ev.Precedence] = ev.Precedence.REPORTED

    parties: tuple[str, ...]
    scene: Scene
    scenes: tuple[Scene, ...] = ()
    moods: tuple[Mood, ...] = ()
    counts: tuple[int, ...] = ()
    share: Decimal | None = None
    open: bool = False
    word: Literal["yes", "no"] = "no"


STAGED = LINE.replace("ties-established", "staged").rstrip("}\n")


def test_a_type_of_your_own_has_fields_of_any_kind() -> None:
    text = (
        f'{STAGED},"scene":{{}},"scenes":[{{}},{{"room":"hall"}},{{"seats":3}}],'
        '"moods":["good","bad"],"counts":[1,2],"share":"0.50","open":true,"word":"yes"}\n'
    )
    (record,) = dr.loads(text, types=[Staged])
    event = record.event
    assert isinstance(event, Staged)
    assert (event.scene, event.scenes) == (Scene(), (Scene(), Scene(), Scene(seats=3)))
    assert (event.moods, event.counts) == ((Mood.GOOD, Mood.BAD), (1, 2))
    assert (str(event.share), event.open, event.word) == ("0.50", True, "yes")


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("scene", '"hall"', "scene: expected a table of keys and values, got 'hall'"),
        ("scene", '{"seats":true}', "scene.seats: expected a whole number, got True"),
        ("scenes", '[{"room":1}]', r"scenes\[0\].room: expected text, got 1"),
        ("moods", '["good","sad"]', r"moods\[1\]: expected one of 'good', 'bad', got 'sad'"),
        ("counts", "[1,true]", r"counts\[1\]: expected a whole number, got True"),
        ("share", "0.5", "share: expected a number as text, such as '9.15', got 0.5"),
        ("share", '"half"', "share: expected a number as text, such as '9.15', got 'half'"),
        ("open", "1", "open: expected true or false, got 1"),
        ("open", 'true,"word":"maybe"', "word: "),
    ],
)
def test_what_is_wrong_in_a_type_of_your_own_is_reported(key: str, value: str, told: str) -> None:
    scene = "" if key == "scene" else '"scene":{},'
    with pytest.raises(dr.errors.StreamError, match=f"DR104 {told}"):
        dr.loads(f'{STAGED},{scene}"{key}":{value}}}', types=[Staged])


@given(logs())
def test_nothing_depends_on_how_much_is_remembered_or_read_together(log: dr.EventLog) -> None:
    text = "".join(f"{jsonl.line_of(record)}\n" for record in log.records)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "_MEMO", 1)
        patch.setattr(jsonl, "BLOCK", 2)
        few = dr.loads("".join(sorted(text.splitlines(keepends=True))))
    assert few == dr.loads("".join(sorted(text.splitlines(keepends=True))))


@given(st.lists(st.sampled_from([b"", b"a", b"ab" * 9]), max_size=9), st.integers(1, 40))
def test_blocks_are_the_lines_of_a_text(lines: list[bytes], size: int) -> None:
    for end in (b"", b"\n"):
        text = b"\n".join(lines) + end
        wanted = text.split(b"\n")
        if wanted[-1] == b"":
            wanted.pop()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(jsonl, "BLOCK", size)
            assert [line for block in jsonl._blocks(text) for line in block] == wanted

"""Laws of tables: nothing is lost on the way out and in, and updating says what the rows say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import Citation, EventLog, PartialDate, Source
from diplorel import events as ev
from diplorel.io.sheets import Row, Sheet, read_sheet, update, write_sheet
from diplorel.model.ladders import Text
from diplorel.model.text import HIDDEN
from diplorel.testing.classes import events_of
from diplorel.testing.dense import CITED, PARTIES, dates
from diplorel.testing.dense import SOURCES as KNOWN
from diplorel.testing.events import citations, events
from diplorel.testing.streams import changed
from diplorel.tracks import STANDARD
from draws import draws

if TYPE_CHECKING:
    from diplorel.model.events import Event

AT = "2026-11-22T12:00:00Z"
LATER = "2026-11-23T12:00:00Z"
OWNED = tuple(cls for track in STANDARD for cls in track.owns)
few = settings(max_examples=draws(40))
SOURCES = (*KNOWN, Source(id="s-missing", title="M", publisher="M", kind="press"))


def log_of(records: Any) -> EventLog:
    return EventLog(records, stream="mine", at=AT, sources=SOURCES)


def resolved_events(log: EventLog) -> tuple[Event, ...]:
    return log.resolve().events


# --- texts that are hard to put into a cell ------------------------------------------------------

_HARD = (
    "", " ", "a ", " a", "a;b", "a; b", '"', '""', '"a"', 'a "b" c', "a\nb", "a\r\nb", "a,b",
    "=1+1",
    "'=1", "''=1", "+1", "-1", "@x", "'", "2013-09-11", "'2013-09-11", "2013", "9133", "1/2",
    "9.10",
    "0012", "Sep-13", "March 5", "TRUE", "#N/A", "NaN", "nan", "NA", "none", "a\u00a0b", "\u00a0",
    "\u200ba", "\ufffd", "Viá»‡t", "Việt Nam", "“a”", "(a)", "a (b)", "[2013]", "a: b", "VNM en: a",
    "a\tb", "\tb", "x" * 300, "|", "\\", "{}", "-", "1e5", "123456789012345678",
)  # fmt: skip
hard = st.one_of(
    st.sampled_from(_HARD),
    st.text(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0")
        | st.sampled_from("\"';,:()[]=+-@\t\r\n \u00a0#"),
        max_size=12,
    ),
)
hard_line = hard.map(lambda text: HIDDEN.sub("", text))
parties = st.sampled_from(PARTIES)
wordings = st.lists(st.builds(ev.Wording, party=parties, lang=hard, text=hard), max_size=3)
persons = st.lists(
    st.builds(
        ev.Person,
        party=parties,
        name=st.none() | hard_line,
        offices=st.lists(
            st.sampled_from(("party:general-secretary", "state:president")), max_size=2
        ),
    ),
    max_size=3,
)
cited = st.lists(
    st.builds(
        Citation,
        source=st.sampled_from(CITED),
        locator=st.none() | hard,
        on=st.none() | dates.map(PartialDate),
        text=st.none() | hard,
    ),
    min_size=1,
    max_size=3,
)
TEXTS = ("inferred", "note", "accredited_from", "basis")
LINES = ("place", "occasion", "city", "reporter")


@st.composite
def hard_events(draw: st.DrawFn) -> Event:
    """Draw an event of any type whose texts are hard to put into a cell."""
    event: Any = draw(events())
    names = {field.name for field in attrs.fields(type(event))}
    given: dict[str, Any] = {
        name: draw(hard) for name in TEXTS if name in names and draw(st.booleans())
    }
    given |= {name: draw(hard_line) for name in LINES if name in names and draw(st.booleans())}
    given["sources"] = draw(cited)
    if draw(st.booleans()):
        given["persons"] = draw(persons)
    for name, strategy in (
        ("wording", wordings),
        ("places", st.lists(hard_line, max_size=2)),
        ("topics", st.lists(hard_line, max_size=2)),
        ("fields", st.lists(hard, max_size=2)),
        (
            "titles",
            st.lists(st.builds(Text, hard, hard_line), max_size=2, unique_by=lambda t: t.lang),
        ),
        ("value", st.sampled_from(("9", "9.10", "-1.5", "1E+5", "1234567890123.450"))),
        ("on", st.sampled_from(("9133", "2013-09-11", "201X~", "[..2013]", "2013/2014"))),
    ):
        if name in names and draw(st.booleans()):
            given[name] = draw(strategy)
    made: Event = changed(event, **given)
    return made


# --- out and in ----------------------------------------------------------------------------------


@given(st.lists(hard_events(), max_size=4), st.booleans())
def test_reading_what_was_written_gives_the_same_events(drawn: Any, spreadsheet: bool) -> None:
    log = log_of(drawn)
    text = write_sheet(log, spreadsheet=spreadsheet)
    table = read_sheet(text.encode(), reference=log.reference)
    assert table.events == resolved_events(log)
    assert [row.id for row in table.rows] == [event.id for event in resolved_events(log)]
    assert table.sources == ()


@pytest.mark.parametrize("cls", OWNED, ids=lambda cls: cls.type)
@settings(max_examples=draws(10))
@given(data=st.data())
def test_every_type_of_event_goes_out_and_in(cls: type[Event], data: st.DataObject) -> None:
    log = log_of([data.draw(events_of(cls))])
    assert read_sheet(write_sheet(log), reference=log.reference).events == resolved_events(log)


# --- updating ------------------------------------------------------------------------------------


def state(log: EventLog) -> dict[str, Event]:
    """Return what a log tells, apart from what that corrects and why."""
    return {
        event.id: attrs.evolve(event, supersedes=(), reason=None) for event in resolved_events(log)
    }


@st.composite
def streams(draw: st.DrawFn) -> EventLog:
    """Draw one stream with corrections that name tellings, as updating writes them."""
    log = log_of(draw(st.lists(events(), max_size=5)))
    for number in range(draw(st.integers(0, 2))):
        log = update(log, draw(edits(log)), at=f"2026-11-22T13:0{number}:00Z", reason="earlier",
                     removed=draw(st.sampled_from(("keep", "retract"))))  # fmt: skip
    return log


@st.composite
def edits(draw: st.DrawFn, log: EventLog) -> Sheet:
    """Draw the table of a stream as somebody edited it."""
    rows = [Row(event, event.id) for event in resolved_events(log)]
    found: list[Row] = []
    for row in rows:
        change = draw(st.sampled_from(("keep", "keep", "drop", "on", "place", "sources", "note")))
        choices: dict[str, dict[str, Any]] = {
            "on": {"on": draw(dates)},
            "place": {"place": draw(st.sampled_from((None, "Rome")))},
            "sources": {"sources": draw(citations)},
            "note": {"note": draw(st.sampled_from((None, "m")))},
        }
        if change != "drop":
            found.append(Row(changed(row.event, **choices.get(change, {})), row.id))
    found += [Row(event) for event in draw(st.lists(events(), max_size=2))]
    past = [one.event for one in log.records if isinstance(one.event, ev.Event)]
    if past:
        found += map(Row, draw(st.lists(st.sampled_from(past), max_size=1)))
    by_id = {row.event.id: row for row in reversed(found)}
    return Sheet(tuple(by_id.values()), path="mine.csv")


@few
@given(streams())
def test_updating_with_its_own_export_changes_nothing(log: EventLog) -> None:
    table = read_sheet(write_sheet(log), reference=log.reference)
    assert update(log, table) is log
    assert update(log, table, removed="retract") is log


@few
@given(st.data())
def test_after_updating_the_stream_says_what_the_table_says(data: st.DataObject) -> None:
    log = data.draw(streams())
    table = data.draw(edits(log))
    after = update(log, table, at=LATER, reason="edited", removed="retract")
    assert state(after) == {
        event.id: attrs.evolve(event, supersedes=(), reason=None) for event in table.events
    }
    again = read_sheet(write_sheet(after), reference=after.reference)
    assert {event.id: event for event in again.events} == {e.id: e for e in resolved_events(after)}


@few
@given(st.data())
def test_updating_twice_is_updating_once(data: st.DataObject) -> None:
    log = data.draw(streams())
    table = data.draw(edits(log))
    once = update(log, table, at=LATER, reason="edited")
    assert update(once, table, at="2026-11-24T12:00:00Z", reason="edited") is once


@few
@given(st.data())
def test_what_was_recorded_before_an_update_stays_as_it_was(data: st.DataObject) -> None:
    log = data.draw(streams())
    after = update(log, data.draw(edits(log)), at=LATER, reason="edited", removed="retract")
    assert after.records[: len(log)] == log.records
    assert after.replay(known="2026-11-22") == log.replay(known="2026-11-22")


@few
@given(st.data())
def test_acts_without_a_row_are_left_alone(data: st.DataObject) -> None:
    log = data.draw(streams())
    table = data.draw(edits(log))
    kept = {row.id for row in table.rows} | {row.event.id for row in table.rows}
    after = state(update(log, table, at=LATER, reason="edited"))
    assert all(after[id] == event for id, event in state(log).items() if id not in kept)


@few
@given(st.lists(events(), max_size=4))
def test_events_update_as_tables_do(drawn: Any) -> None:
    log = log_of(drawn)
    assert update(log, resolved_events(log)) is log
    by_id = {event.id: event for event in drawn}
    empty = EventLog(sources=SOURCES)
    assert state(update(empty, [*by_id.values()], stream="mine")) == state(
        log_of([*by_id.values()])
    )

"""Rows without ids: several like events of one day, and days that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from diplorel import EventLog, Source, read_sheet, update
from diplorel import events as ev
from diplorel.errors import SheetError, StreamError
from diplorel.io.sheets import Row, Sheet
from diplorel.io.sheets.matching import number_like
from diplorel.io.sheets.reconcile import align
from diplorel.testing.dense import SOURCES, dates
from diplorel.testing.events import events
from diplorel.testing.streams import changed
from draws import draws

if TYPE_CHECKING:
    from diplorel.model.events import Event

VNA = Source(id="vna", title="T", publisher="VNA", kind="agency", published="2024")
EMPTY = EventLog(sources=[VNA])
HEAD = "type,on,party_a,party_b,topics,nth,sources\n"
AT = "2026-02-01T00:00:00Z"
LATER = "2026-03-01T00:00:00Z"
few = settings(max_examples=draws(40))


def talks(topic: str, on: str = "2024-05-01", nth: str = "", parties: str = "SGP,VNM") -> str:
    return f"talks-held,{on},{parties},{topic},{nth},vna\n"


def read(*rows: str, **more: Any) -> Sheet:
    text = HEAD + "".join(rows)
    return read_sheet(text, reference=EMPTY.reference, number_repeats=True, **more)


def told(log: EventLog, rows: Any, **more: Any) -> list[str]:
    with pytest.raises(StreamError) as caught:
        update(log, rows, **more)
    return [f"{one.code} {one.message}. {one.hint}" for one in caught.value.problems]


def topics(log: EventLog) -> dict[int, str]:
    """Return the topic of each of the like talks of a log, by their numbers."""
    return {event.nth: event.topics[0] for event in log.resolve().events}  # type: ignore[attr-defined]


# --- several like events of a day ----------------------------------------------------------------


def test_like_rows_of_a_day_get_numbers_in_their_order_when_asked() -> None:
    rows = (talks("a"), talks("b"), talks("a", on="2024-05-02"), talks("a"))
    assert [row.event.nth for row in read(*rows).rows] == [1, 2, 1, 3]
    with pytest.raises(SheetError) as caught:
        read_sheet(HEAD + "".join(rows), reference=EMPTY.reference)
    assert [problem.code for problem in caught.value.problems] == ["DR137", "DR137"]
    assert all("--number-repeats" in problem.hint for problem in caught.value.problems)
    assert len(caught.value.sheet.rows) == 2


def test_a_row_with_a_number_or_an_id_of_its_own_keeps_it() -> None:
    sheet = read(talks("a"), talks("b", nth="2"), talks("c"))
    assert [row.event.nth for row in sheet.rows] == [1, 2, 3]
    event = sheet.rows[0].event
    rows = number_like([Row(event), Row(event, event.id), Row(event)])
    assert [(row.event.nth, row.numbered) for row in rows] == [(2, True), (1, False), (3, True)]


def test_numbers_end_where_events_cannot_have_more(monkeypatch: pytest.MonkeyPatch) -> None:
    from diplorel.io.sheets import matching  # noqa: PLC0415  to change its limit

    monkeypatch.setattr(matching, "NTH_LIMIT", 3)
    with pytest.raises(SheetError, match="the row repeats line 2"):
        read(*[talks("a")] * 3)


def test_the_order_of_like_rows_does_not_matter_to_an_update() -> None:
    log = update(EMPTY, read(talks("a"), talks("b"), talks("c")), at=AT, stream="mine")
    assert topics(log) == {1: "a", 2: "b", 3: "c"}
    assert update(log, read(talks("c"), talks("a"), talks("b"))) is log
    assert update(log, read(talks("b"))) is log
    more = update(log, read(talks("d"), talks("c"), talks("b"), talks("a")), at=LATER)
    assert topics(more) == {1: "a", 2: "b", 3: "c", 4: "d"}
    edited = read(talks("c"), talks("d"), talks("a"))
    assert topics(update(log, edited, reason="b was d", at=LATER)) == {1: "a", 2: "d", 3: "c"}
    gone = update(log, read(talks("b")), removed="retract", reason="only b", at=LATER)
    assert topics(gone) == {2: "b"}
    # a number that was taken back is not given again
    assert topics(update(gone, read(talks("b"), talks("x")), at=LATER)) == {2: "b", 4: "x"}


def test_aligning_twice_is_aligning_once() -> None:
    log = update(EMPTY, read(talks("a"), talks("b")), at=AT, stream="mine")
    once = align(log, read(talks("x"), talks("b"), talks("a")))
    assert [row.event.nth for row in once.rows] == [3, 2, 1]
    assert align(log, once) == once


@few
@given(events(), st.lists(st.sampled_from("abcd"), max_size=6), st.randoms())
def test_to_shuffle_like_rows_appends_nothing(event: Event, notes: list[str], random: Any) -> None:
    rows = [Row(attrs.evolve(event, note=note, nth=1, supersedes=())) for note in notes]
    sheet = Sheet(tuple(number_like(rows)), path="mine.csv")
    assert len({row.event.id for row in sheet.rows}) == len(rows)
    log = update(EventLog(sources=SOURCES), sheet, stream="mine", at=AT)
    random.shuffle(rows)
    assert update(log, attrs.evolve(sheet, rows=tuple(number_like(rows)))) is log


# --- days that changed ---------------------------------------------------------------------------

ACT = ev.TiesEstablished(on="1973-08", parties=("SGP", "VNM"), sources=["vna"])
LOG = EventLog([ACT], sources=[VNA], at="2026-01-01T00:00:00Z")
DAY = attrs.evolve(ACT, on="1973-08-01")


def test_a_changed_day_without_an_id_is_a_correction_when_asked() -> None:
    assert len(update(LOG, [DAY], at=AT).resolve().events) == 2
    assert told(LOG, [DAY], match_days=True)[0].startswith(
        f"DR139 it changes {ACT.id}, and gives no reason"
    )
    after = update(LOG, [DAY], match_days=True, reason="The day is known.", at=AT)
    (event,) = after.resolve().events
    assert (event.on.text, event.reason, event.supersedes) == (
        "1973-08-01", "The day is known.", (f"{ACT.id}@{ACT.digest}",),
    )  # fmt: skip
    assert update(after, [DAY], match_days=True) is after
    back = update(after, [ACT], match_days=True, reason="It is not.", at=LATER)
    assert [one.on.text for one in back.resolve().events] == ["1973-08"]


def test_a_day_is_matched_only_with_what_no_row_is_about() -> None:
    after = update(LOG, [ACT, DAY], match_days=True, at=AT)
    assert len(after.resolve().events) == 2
    other = attrs.evolve(DAY, parties=("THA", "VNM"))
    assert len(update(LOG, [other], match_days=True, at=AT).resolve().events) == 2


def test_what_can_be_the_new_day_of_several_is_told_and_not_guessed() -> None:
    two = update(EMPTY, read(talks("a"), talks("b", on="2024-06-01")), at=AT, stream="mine")
    first, second = (event.id for event in two.resolve().events)
    row = read(talks("c", on="2024-07-01"))
    (message,) = told(two, row, match_days=True, reason="why")
    assert message.startswith(f"DR139 it can be the new day of {first} or {second}. Write the id")
    one = update(EMPTY, read(talks("a")), at=AT, stream="mine")
    rows = read(talks("c", on="2024-07-01"), talks("d", on="2024-08-01"))
    messages = told(one, rows, match_days=True, reason="why")
    assert len(messages) == 2
    assert f"the new day of {first}, and so can 1 more of the rows" in messages[0]
    # the remedies that the hint names
    new, moved = rows.rows
    named = Sheet((attrs.evolve(new, id=new.event.id), attrs.evolve(moved, id=first)))
    after = update(one, named, match_days=True, reason="why", at=LATER)
    assert sorted(event.on.text for event in after.resolve().events) == ["2024-07-01", "2024-08-01"]
    only = Sheet((attrs.evolve(new, id=new.event.id),))
    assert len(update(one, only, match_days=True, at=LATER).resolve().events) == 2


def test_events_that_were_matched_are_not_taken_back() -> None:
    after = update(LOG, [DAY], match_days=True, removed="retract", reason="known", at=AT)
    assert [event.on.text for event in after.resolve().events] == ["1973-08-01"]


def drawn_log(drawn: list[Event]) -> EventLog:
    by_id = {event.id: event for event in (attrs.evolve(one, supersedes=()) for one in drawn)}
    return EventLog([*by_id.values()], stream="mine", at=AT, sources=SOURCES)


@few
@given(st.lists(events(), max_size=5))
def test_a_sheet_without_ids_of_unchanged_days_appends_nothing(drawn: list[Event]) -> None:
    log = drawn_log(drawn)
    rows = [attrs.evolve(one, supersedes=(), reason=None) for one in log.resolve().events]
    assert update(log, rows, match_days=True) is log
    assert update(log, rows, match_days=True, removed="retract") is log


@few
@given(st.data())
def test_a_changed_day_appends_exactly_one_correction(data: st.DataObject) -> None:
    log = drawn_log(data.draw(st.lists(events(), min_size=1, max_size=5)))
    reported = [*log.resolve().events]
    index = data.draw(st.integers(0, len(reported) - 1))
    old = reported[index]
    new = changed(old, on=data.draw(dates))
    assume(new.id not in {one.id for one in reported} and new.undated_key == old.undated_key)
    rows = [new if one is old else one for one in reported]
    after = update(log, rows, match_days=True, reason="The day was wrong.", at=LATER)
    (record,) = after.records[len(log) :]
    assert record.event.supersedes == (f"{old.id}@{old.digest}",)
    assert {one.id for one in after.resolve().events} == {one.id for one in rows}
    assert update(after, rows, match_days=True) is after

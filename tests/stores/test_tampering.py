"""Whatever is done to the rows of a store behind its back, `verify` finds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.stores import reading
from diplorel.stores.log_store import LogStore
from diplorel.stores.memory import MemoryBackend
from diplorel.stores.rows import GENESIS
from diplorel.testing.dense import SOURCES, VNM_LADDER
from diplorel.testing.events import events
from places import Places

TABLES = ("record", "subject", "reference", "heads")
REFERENCE = dr.EventLog(sources=SOURCES, ladders=[VNM_LADDER]).reference


def other(value: Any) -> Any:
    """Something else of the same type."""
    if isinstance(value, str):
        return value.replace("o", "u", 1) if "o" in value else f"{value}x"
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1]) + value[1:]
    return (value or 0) + 1


@given(st.lists(st.lists(events(), min_size=1, max_size=3), min_size=1, max_size=4), st.data())
def test_every_row_changed_removed_inserted_swapped_or_cut_off_is_found(
    batches: list[list[Any]], data: st.DataObject
) -> None:
    store: Any = dr.open("memory:")
    for batch in batches:
        try:
            store.append(batch, validate="off", reference=REFERENCE)
        except dr.errors.ConflictError:
            continue
    assert store.verify() == ()
    head = store.head
    assume(head.position)
    backend: MemoryBackend = store._backend
    table = data.draw(st.sampled_from([one for one in TABLES if getattr(backend, one)]))
    rows: list[Any] = getattr(backend, table)
    before = list(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    how = data.draw(st.sampled_from(("change", "remove", "insert", "swap", "cut")))
    if how == "change":
        column = data.draw(st.sampled_from(rows[place]._fields))
        rows[place] = rows[place]._replace(**{column: other(getattr(rows[place], column))})
    elif how == "remove":
        del rows[place]
    elif how == "insert":
        key = rows[-1]._fields[1 if table == "subject" else 0]
        rows.append(rows[place]._replace(**{key: getattr(rows[-1], key) + 1}))
    elif how == "swap":
        to = data.draw(st.integers(0, len(rows) - 1))
        keys = [row[0] for row in rows]
        rows[place], rows[to] = rows[to], rows[place]
        if data.draw(st.booleans()) and table != "subject":  # what they say, not where they stand
            key = rows[0]._fields[0]
            rows[:] = [row._replace(**{key: at}) for row, at in zip(rows, keys, strict=True)]
    else:
        del rows[place:]
    if table == "subject" and sorted(rows) == sorted(before):
        return  # their order says nothing
    if rows == before:
        return
    found = store.verify()
    assert found
    assert {one.code for one in found} <= {"DR701", "DR702", "DR703", "DR704", "DR705"}
    assert store.verify(against=head)


def test_a_store_put_back_to_an_earlier_state_is_key_of_id_a_published_head() -> None:
    store: Any = dr.open("memory:")
    for on in ("1973-08-01", "1974-08-01", "1975-08-01"):
        store.append(
            [ev_ties(on)], validate="off", reference=REFERENCE if on.startswith("1975") else None
        )
    heads = [store.head]
    backend: MemoryBackend = store._backend
    del backend.record[2:], backend.heads[2:], backend.reference[:]
    backend.subject[:] = [row for row in backend.subject if row.position < 3]
    assert store.verify() == ()
    assert [one.code for one in store.verify(against=heads[0])] == ["DR706"]


def ev_ties(on: str) -> dr.events.TiesEstablished:
    return dr.events.TiesEstablished(on=on, parties=("SGP", "VNM"), sources=["s-gov"])


@pytest.mark.parametrize("kind", ["sqlite", "postgres"])
def test_whoever_lifts_the_guards_is_found(places: Places, kind: str) -> None:
    place = places(kind)
    store = place.open()
    store.append([ev_ties(f"19{year}-01-01") for year in range(10, 30)], validate="off")
    backend: Any = store._backend
    with backend.writing() as session:
        if kind == "sqlite":
            session.execute("DROP TRIGGER record_no_update")
        else:
            session.execute("ALTER TABLE {record} DISABLE TRIGGER no_change")
        session.execute("UPDATE {record} SET line = replace(line, '1912', '1913')")
    codes = {one.code for one in store.verify()}
    assert codes == {"DR701", "DR703"}
    (first, *_) = store.verify()
    assert (first.event, first.stream) == ("ties-established/SGP-VNM/1913-01-01", "mine")
    assert first.message.startswith("record 3 does not follow")


@pytest.mark.parametrize("table", ["record", "reference", "heads"])
def test_a_gap_and_a_row_that_stands_twice_are_reported(table: str) -> None:
    changes: list[Callable[[list[Any]], Any]] = [
        lambda rows: rows.pop(1),
        lambda rows: rows.insert(1, rows[0]),
    ]
    for do in changes:
        store: Any = dr.open("memory:")
        for year in ("1973", "1974", "1975"):
            store.append([ev_ties(year)], validate="off")
            sources = [dr.Source(id=year, title="T", publisher="P", kind="press")]
            store.append([], reference=dr.EventLog(sources=sources).reference)
        do(getattr(store._backend, table))
        assert "DR702" in {one.code for one in store.verify()}


def test_a_line_that_cannot_be_read_is_reported_with_the_reason() -> None:
    store: Any = dr.open("memory:")
    store.append([ev_ties("1973"), ev_ties("1974")], validate="off", reference=REFERENCE)
    backend: MemoryBackend = store._backend
    backend.record[0] = backend.record[0]._replace(line="{}", hash=GENESIS)
    backend.reference[0] = backend.reference[0]._replace(text="5")
    backend.reference[1] = backend.reference[1]._replace(kind="nothing")
    backend.reference[2] = backend.reference[2]._replace(text='{"id":"x"}')
    unread = [str(one) for one in store.verify() if one.code == "DR705"]
    assert any("'recorded' is missing" in one for one in unread)
    assert any("'publisher' is missing" in one for one in unread)
    assert len(unread) > 4
    with pytest.raises(dr.errors.StreamError) as caught:
        store.read()
    assert caught.value.problems[0].line == 1
    with pytest.raises(dr.errors.StreamError):
        LogStore(backend).log()


def test_damage_of_the_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    with dr.open(path) as store:
        store.append([ev_ties(f"{year}-01-01") for year in range(1000, 1800)], validate="off")
    data = bytearray(path.read_bytes())
    page = 4096
    for place in range(len(data) // page // 2, len(data) // page):
        data[place * page + 5 : place * page + 60] = bytes(55)
    path.write_bytes(data)
    with dr.open(path) as store:
        assert {one.code for one in store.verify()} == {"DR707"}


def test_each_code_has_a_page_and_a_line_in_the_index() -> None:
    root = Path(__file__).parents[2]
    house = root / "src" / "diplorel" / "stores"
    used = {
        code
        for file in house.glob("*.py")
        for code in re.findall(r"DR7\d\d", file.read_text("utf-8"))
    }
    pages = root / "docs" / "problems"
    index = (pages / "index.md").read_text("utf-8")
    assert {page.stem for page in pages.glob("DR7*.md")} == used
    for code in used:
        assert (pages / f"{code}.md").read_text("utf-8").startswith(f"# {code}: ")
        assert f"]({code}.md)" in index


def test_a_stream_out_of_order_is_reported_whole_however_it_is_read_in_pages() -> None:
    store: Any = dr.open("memory:")
    moments = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3, 4, 5)]
    for day, moment in enumerate(moments):
        record = dr.Record("a" if day % 2 else "b", moment, ev_ties(f"19{day}0"))
        store.append([record], validate="off")
    rows: list[Any] = store._backend.record
    for size in (1, 2, 3, 9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "PAGE", size)
            assert [one.position for one in store.read()] == [1, 2, 3, 4, 5]
            assert [one.position for one in store.read(1, limit=3)] == [2, 3, 4]
    rows[1] = rows[1]._replace(line=rows[1].line.replace("2026-01-02", "2026-01-09"))
    rows[4] = rows[4]._replace(line="{}")
    for size in (1, 2, 3, 9):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(reading, "PAGE", size)
            with pytest.raises(dr.errors.StreamError) as caught:
                store.log()
            with pytest.raises(dr.errors.StreamError, match="comes after 2026-01-09"):
                store.read(limit=4)
            assert store.read(limit=1)[0].position == 1
        assert {one.line for one in caught.value.problems} == {4, 5}

"""The views by which everyone can read a store say what its records say, and no more."""

from __future__ import annotations

import contextlib
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import psycopg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.model.events import Event, Person
from diplorel.stores.derived import state_data
from diplorel.stores.log_store import LogStore
from diplorel.stores.views import NAMES
from diplorel.testing.dense import PROBES, references
from diplorel.testing.streams import record_lists
from draws import draws
from places import Place, Places
from shipped_once import shipped

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "sql-views.md"
SQL_KINDS = ("sqlite", "postgres")


class Reader:
    """Reads a store as a program would that knows nothing of the library."""

    def __init__(self, connection: Any, schema: str) -> None:
        self._connection, self._schema = connection, schema

    def rows(self, view: str) -> list[dict[str, Any]]:
        """Return the rows of a view, in the order of its first three columns."""
        return self.query(f"SELECT * FROM {{}}{view} ORDER BY 1, 2, 3")  # noqa: S608  our names

    def query(self, sql: str) -> list[dict[str, Any]]:
        """Return the rows of a statement, in which ``{}`` stands before the name of a view."""
        cursor = self._connection.execute(sql.replace("{}", self._schema))
        names = [one[0] for one in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


@contextmanager
def reading(place: Place) -> Iterator[Reader]:
    """Connect to the database of a store by itself."""
    connection: Any
    if place.kind == "postgres":
        connection = psycopg.connect(place.url)
        schema = f'"{place.schema}".'
    else:
        connection, schema = sqlite3.connect(place.url), ""
    try:
        yield Reader(connection, schema)
    finally:
        connection.close()


def event(**changed: Any) -> Event:
    """Return an event with much in it."""
    return ev.LevelUpgraded(
        **{
            "on": "2013-09",
            "parties": ("SGP", "VNM"),
            "ladder": "VNM",
            "level": "strategic",
            "sources": [dr.Citation(source="s-gov", locator="p. 3", on="2013-09-12"), "s-joint"],
            "place": "Hà Nội",
            "note": "“=1+1” and 'quotes'",
            **changed,
        }
    )


@pytest.mark.parametrize("kind", SQL_KINDS)
def test_the_views_of_an_event_say_what_it_says(places: Places, kind: str) -> None:
    place = places(kind)
    store = place.open()
    first = event()
    visit = ev.VisitMade(
        on="2013-09-11/2013-09-13",
        visitor="SGP",
        host="VNM",
        sources=["s-gov"],
        persons=[Person(party="SGP", name="Lee Hsien Loong")],
        kind="official",
    )
    again = event(on="2013-09-11", supersedes=(first.id,), reason="The day is known.")
    gone = ev.EventRetracted(target=visit.id, reason="It was put off.", sources=["s-gov"])
    for one in (first, visit, again, gone):
        store.append([one], stream="mine", validate="off")
    with reading(place) as reader:
        events = reader.rows("diplorel_event")
        assert [one["type"] for one in events] == [
            "level-upgraded", "visit-made", "level-upgraded", "event-retracted",
        ]  # fmt: skip
        told = events[0]
        assert (told["dated"], told["place"], told["ladder"], told["level"], told["note"]) == (
            "2013-09", "Hà Nội", "VNM", "strategic", "“=1+1” and 'quotes'",
        )  # fmt: skip
        assert {one["id"] for one in events} == {None}  # nobody has worked it out yet
        assert [(one["position"], one["role"], one["party"]) for one in reader.rows(
            "diplorel_event_party"
        )] == [
            (1, "parties", "SGP"), (1, "parties", "VNM"),
            (2, "host", "VNM"), (2, "visitor", "SGP"),
            (3, "parties", "SGP"), (3, "parties", "VNM"),
        ]  # fmt: skip
        cited = reader.rows("diplorel_citation")
        assert [(one["position"], one["number"], one["source"]) for one in cited] == [
            (1, 1, "s-gov"), (1, 2, "s-joint"), (2, 1, "s-gov"),
            (3, 1, "s-gov"), (3, 2, "s-joint"), (4, 1, "s-gov"),
        ]  # fmt: skip
        assert (cited[0]["locator"], cited[0]["dated"]) == ("p. 3", "2013-09-12")
        assert [one["name"] for one in reader.rows("diplorel_person")] == ["Lee Hsien Loong"]
        assert [(one["position"], one["kind"], one["target"]) for one in reader.rows(
            "diplorel_correction"
        )] == [(3, "replacement", first.id), (4, "retraction", visit.id)]  # fmt: skip
        (stream,) = reader.rows("diplorel_stream")
        assert (stream["records"], stream["first_position"], stream["last_position"]) == (4, 1, 4)
    head = store.materialise("2013-12-31")
    with reading(place) as reader:
        events = reader.rows("diplorel_event")
        assert [one["id"] for one in events] == [first.id, visit.id, again.id, gone.id]
        assert (events[0]["earliest"], events[0]["latest"]) == ("2013-09-01", "2013-09-30")
        assert (events[3]["earliest"], events[3]["latest"]) == (None, None)
        (held,) = reader.rows("diplorel_level_held")
        assert (held["ladder"], held["level"], held["since"]) == ("VNM", "strategic", "2013-09-11")
        (state,) = reader.rows("diplorel_state")
        assert (state["head"], state["position"]) == (str(head), 4)
    assert store.verify() == ()


@pytest.mark.parametrize("kind", SQL_KINDS)
def test_reference_data_is_shown_as_it_stands_now(places: Places, kind: str) -> None:
    place = places(kind)
    store = place.open()
    log = shipped("singapore")
    store.append(log)
    kept = log.reference.sources[1:]
    store.amend(attrs.evolve(log.reference, sources=kept))
    store.amend(log.reference)  # what was withdrawn comes back
    with reading(place) as reader:
        rows = {one["id"]: one for one in reader.rows("diplorel_source")}
        levels = reader.rows("diplorel_level")
    assert {*rows} == {one.id for one in log.reference.sources}
    for one in log.reference.sources:
        said = rows[one.id]
        assert (said["title"], said["publisher"], said["kind"], said["url"]) == (
            one.title, one.publisher, one.kind.value, one.url,
        )  # fmt: skip
    assert {(one["ladder"], one["level"]) for one in levels} == {
        (ladder.party, level.id) for ladder in log.reference.ladders for level in ladder.levels
    }


@pytest.mark.parametrize("kind", SQL_KINDS)
@settings(max_examples=draws(10), suppress_health_check=list(HealthCheck), deadline=None)
@given(records=record_lists(most=6), reference=references, on=st.sampled_from(PROBES))
def test_what_is_shown_is_what_is_recorded_and_what_the_fold_says(
    places: Places, kind: str, records: list[dr.Record], reference: Any, on: str
) -> None:
    place = places(kind)
    store = place.open()
    store.append(dr.EventLog(**reference))
    for record in sorted(records, key=lambda one: one.recorded):
        with contextlib.suppress(dr.errors.ConflictError, dr.errors.RecordedOrderError):
            store.append([record], validate="off")
    store.materialise(on)
    with reading(place) as reader:
        events, parties = reader.rows("diplorel_event"), reader.rows("diplorel_event_party")
        states = reader.rows("diplorel_state")
        ties = reader.rows("diplorel_ties")
    stored = store.read()
    assert [(one["position"], one["id"], one["stream"]) for one in events] == [
        (one.position, one.record.id, one.record.stream) for one in stored
    ]
    for row, one in zip(events, stored, strict=True):
        told = one.record.event
        if isinstance(told, Event):
            assert row["dated"] == str(told.on)
            assert row["earliest"] == date.fromordinal(told.on.lo).isoformat()
            assert row["latest"] == date.fromordinal(told.on.hi).isoformat()
            named = {each["party"] for each in parties if each["position"] == one.position}
            assert {*told.parties} <= named
    world = store.log().replay(on)
    found = {(one["party_a"], one["party_b"], one["track"]): one["state"] for one in states}
    wanted = {}
    for a, b in world.dyads():
        dyad: Any = world.snapshot.between(a, b)
        for track in world.snapshot.tracks:
            if track.of_dyads and dyad.events(track):
                wanted[a, b, track.name] = state_data(dyad.state(track))
    assert {key: json.loads(text) for key, text in found.items()} == wanted
    for row in ties:
        relation = world[row["party_a"], row["party_b"]]
        assert row["status"] == relation.ties.status.value
        assert row["since"] == (str(relation.ties.since) if relation.ties.since else None)


@pytest.mark.parametrize("kind", SQL_KINDS)
def test_a_character_that_the_database_cannot_hold_spoils_no_view(
    places: Places, kind: str
) -> None:
    place = places(kind)
    note = 'a\0b \\u0000 \\\0 \\\\u0000 \0\0"'
    cited = dr.Citation(source="s-gov", text="\0")
    place.open().append([event(note=note, sources=[cited])], stream="mine", validate="off")
    with reading(place) as reader:
        (row,) = reader.rows("diplorel_event")
        (citation,) = reader.rows("diplorel_citation")
        for name in NAMES:
            reader.rows(name)
    if kind == "postgres":
        assert row["note"] == note.replace("\0", "\ufffd")
        assert citation["text"] == "\ufffd"
    else:  # a text ends there
        assert (row["note"], citation["text"]) == ("a", "")


@pytest.mark.parametrize("kind", ["memory", *SQL_KINDS])
def test_states_of_a_day_are_written_anew_and_those_of_others_stay(
    places: Places, kind: str
) -> None:
    place = places(kind)
    store = place.open()
    store.append([event()], stream="mine")
    store.materialise("2013-12-31")
    store.materialise("2012-12-31")
    store.append([event(on="2015", level="comprehensive")], stream="mine", validate="off")
    head = store.materialise("2016-01-01")
    assert store.materialise("2013-12-31") == head
    with store._session() as session:
        stamps = session.stamps()
    assert [(one.on_day, one.position) for one in stamps] == [
        ("2012-12-31", 1), ("2013-12-31", 2), ("2016-01-01", 2),
    ]  # fmt: skip
    assert {one.version for one in stamps} == {dr.__version__}
    for wrong in (None, "2013-13-01"):
        with pytest.raises(ValueError, match=r"expected a day|is not a valid day"):
            store.materialise(wrong)  # type: ignore[arg-type]
    assert store.verify() == ()


@pytest.mark.parametrize("kind", SQL_KINDS)
def test_a_reader_sees_the_former_states_or_the_new_ones(places: Places, kind: str) -> None:
    place = places(kind)
    store = place.open()
    store.append(shipped("singapore"))
    store.materialise("2025-01-01")
    with reading(place) as reader:
        before = reader.rows("diplorel_state")
    with contextlib.suppress(ZeroDivisionError), store._session(write=True) as session:
        session.put_states(session.stamps()[0], [])
        1 / 0  # noqa: B018  it is stopped in between
    with reading(place) as reader:
        assert reader.rows("diplorel_state") == before


def test_another_append_in_between_has_the_states_made_anew(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = places("sqlite")
    store, other = place.open(), place.open()
    store.append([event()], stream="mine")
    replayed = LogStore.replay

    def slow(self: LogStore, on: Any = None) -> dr.World:
        world = replayed(self, on)
        monkeypatch.setattr(LogStore, "replay", replayed)
        other.append([event(on="2015", level="comprehensive")], stream="mine", validate="off")
        return world

    monkeypatch.setattr(LogStore, "replay", slow)
    assert store.materialise("2016-01-01").position == 2
    with reading(place) as reader:
        (held,) = reader.rows("diplorel_level_held")
    assert held["level"] == "comprehensive"


# --- the page ------------------------------------------------------------------------------------


def test_the_page_has_every_view_with_its_columns(places: Places) -> None:
    place = places("sqlite")
    place.open()
    text = PAGE.read_text("utf-8")
    sections = dict(re.findall(r"^## `(\w+)`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL))
    connection = sqlite3.connect(place.url)
    columns = {
        name: [one[0] for one in connection.execute(f"SELECT * FROM {name}").description]  # noqa: S608
        for name in NAMES
    }
    connection.close()
    documented = {
        name: re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
        for name, section in sections.items()
    }
    assert documented == columns


@pytest.mark.parametrize("kind", SQL_KINDS)
def test_the_queries_of_the_page_run(places: Places, kind: str) -> None:
    place = places(kind)
    store = place.open()
    store.append(shipped("vietnam"))
    store.materialise("2025-03-12")
    queries = re.findall(r"```sql\n(.*?);\n```", PAGE.read_text("utf-8"), re.DOTALL)
    assert len(queries) > 3
    with reading(place) as reader:
        for query in queries:
            assert reader.query(re.sub(r"\bdiplorel_", "{}diplorel_", query)), query

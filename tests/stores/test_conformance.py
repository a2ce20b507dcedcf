"""What every store promises, whatever keeps it: one suite for memory, SQLite and PostgreSQL."""

from __future__ import annotations

import os
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.check import check_release
from diplorel.datasets import load_stream
from diplorel.io.folder import read_stream
from diplorel.model.reference import Reference
from diplorel.stores import transaction
from diplorel.stores.log_store import LogStore
from diplorel.stores.memory import MemoryBackend
from places import KINDS, Place, Places, backend_of
from shipped_once import shipped

VNA = dr.Source(id="vna", title="A report", publisher="VNA", kind="agency")
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
LADDER = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1), dr.Level(id="high", rank=2)])
RAISED = ev.LevelUpgraded(
    on="2013-09-11", parties=("SGP", "VNM"), ladder="VNM", level="low", sources=["vna"]
)
NOW = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def told_elsewhere(event: Any, **fields: Any) -> Any:
    return attrs.evolve(event, **fields)


def at(store: LogStore, moment: datetime) -> None:
    store._backend.now = lambda: moment  # type: ignore[attr-defined]


def ties(count: int) -> list[ev.TiesEstablished]:
    days = [f"{1900 + n // 300}-{1 + n // 25 % 12:02d}-{1 + n % 25:02d}" for n in range(count)]
    return [ev.TiesEstablished(on=day, parties=("IDN", "THA"), sources=["s"]) for day in days]


# --- appending -----------------------------------------------------------------------------------


def test_an_empty_store_holds_nothing(store: LogStore) -> None:
    assert (store.head.position, store.head.references) == (0, 0)
    assert store.read() == ()
    assert store.log() == dr.EventLog()
    assert store.verify() == ()
    assert store.replay() == dr.EventLog().replay()


def test_positions_have_no_gaps_and_records_come_back_as_they_were(store: LogStore) -> None:
    at(store, NOW)
    done = store.append([TIES, RAISED])
    more = store.append(ties(20), validate="off")
    assert [one.position for one in (*done.stored, *more.stored)] == [*range(1, 23)]
    assert store.read() == (*done.stored, *more.stored)
    assert store.log() == dr.EventLog([TIES, RAISED, *ties(20)], at=NOW)
    assert store.head == more.head
    assert more.head.position == 22


def test_the_same_event_again_is_known_and_changes_nothing(store: LogStore) -> None:
    first = store.append([TIES, RAISED])
    again = store.append([RAISED, TIES])
    assert again.stored == ()
    assert again.known == first.stored
    assert again.head == first.head == store.head


def test_what_is_known_is_known_even_to_a_caller_whose_head_is_stale(store: LogStore) -> None:
    before = store.head
    first = store.append([TIES], expected=before)
    assert store.append([TIES], expected=before).known == first.stored


def test_an_event_given_twice_in_one_call_is_stored_once(store: LogStore) -> None:
    assert len(store.append([TIES, TIES]).stored) == 1


def test_a_record_keeps_its_stream_and_moment_and_is_known_again(store: LogStore) -> None:
    record = dr.Record("theirs", NOW, TIES)
    later = dr.Record("theirs", NOW + timedelta(days=1), TIES)
    assert store.append([record, record]).stored[0].record == record
    done = store.append([record, later])
    assert [one.record for one in done.known] == [record]
    assert [one.record for one in done.stored] == [later]
    assert store.append([TIES], stream="theirs").known[0].record == record


def test_appending_nothing_does_nothing(store: LogStore) -> None:
    assert store.append([]).head == store.head
    assert store.append([], reference=dr.EventLog().reference).head.references == 0


def test_another_citation_of_the_same_fact_is_welcome(store: LogStore) -> None:
    store.append([TIES])
    assert store.append([told_elsewhere(TIES, sources=["straits-times"])]).stored


def test_other_content_under_one_id_is_a_conflict_that_shows_both(store: LogStore) -> None:
    store.append([TIES, RAISED])
    other = told_elsewhere(TIES, place="Hanoi", sources=["other"])
    with pytest.raises(dr.errors.ConflictError) as caught:
        store.append([ties(1)[0], other])
    error = caught.value
    assert (error.id, error.recorded.event, error.refused.event) == (TIES.id, TIES, other)
    assert "place='Hanoi'" in str(error)
    assert TIES.digest in str(error)
    assert store.head.position == 2


@pytest.mark.parametrize("validate", ["strict", "report", "off"])
def test_two_contents_in_one_call_are_a_conflict_however_validated(
    store: LogStore, validate: Any
) -> None:
    with pytest.raises(dr.errors.ConflictError):
        store.append([TIES, told_elsewhere(TIES, place="Hanoi")], validate=validate)
    store.append([TIES])
    with pytest.raises(dr.errors.ConflictError):
        store.append([told_elsewhere(TIES, place="Hanoi")], validate=validate)
    assert store.head.position == 1


def test_another_streams_account_is_welcome(store: LogStore) -> None:
    store.append([TIES], stream="a")
    assert store.append([told_elsewhere(TIES, place="Hanoi")], stream="b").stored


def test_a_correction_may_report_it_otherwise(store: LogStore) -> None:
    store.append([TIES])
    mended = told_elsewhere(
        TIES, place="Hanoi", supersedes=[f"{TIES.id}@{TIES.digest}"], reason="wrong place"
    )
    store.append([mended])
    with pytest.raises(dr.errors.ConflictError) as caught:
        store.append([told_elsewhere(TIES, place="Rome")])
    assert caught.value.recorded.event == mended
    gone = ev.EventRetracted(target=TIES.id, reason="all wrong", sources=["vna"])
    store.append([gone])
    assert store.append([told_elsewhere(TIES, place="Rome")]).stored
    assert store.append([gone]).known


def test_records_may_put_two_sources_side_by_side_and_not_one_source_twice(store: LogStore) -> None:
    store.append([dr.Record("a", NOW, TIES)])
    two = told_elsewhere(TIES, place="Hanoi", sources=["other"])
    assert store.append([dr.Record("a", NOW, two)]).stored
    three = told_elsewhere(TIES, place="Rome", sources=["other", "third"])
    with pytest.raises(dr.errors.ConflictError):
        store.append([dr.Record("a", NOW, three)])


def test_a_stale_head_is_reported_with_what_came_in_between(store: LogStore) -> None:
    seen = store.append([TIES]).head
    between = store.append([RAISED])
    with pytest.raises(dr.errors.ConcurrencyError) as caught:
        store.append(ties(1), expected=str(seen))
    assert caught.value.head == between.head == store.head
    assert caught.value.between == between.stored
    assert "1 records further on" in str(caught.value)
    assert store.append(ties(1), expected=caught.value.head).stored


def test_the_head_of_another_store_is_never_expected(store: LogStore) -> None:
    with dr.open("memory:") as other:
        head = other.append(ties(3), validate="off").head
    with pytest.raises(dr.errors.ConcurrencyError, match="not of this store"):
        store.append([TIES], expected=head)
    assert store.head.position == 0


def test_a_head_is_text_and_back(store: LogStore) -> None:
    head = store.append([TIES]).head
    assert dr.Head.parse(str(head)) == head
    for bad in ("", "1.0.ab", "x", str(head).upper(), f"0{head}", 3):
        with pytest.raises(dr.errors.InvalidQueryError, match="is not a head"):
            dr.Head.parse(bad)  # type: ignore[arg-type]


# --- the door ------------------------------------------------------------------------------------

RESTORED = ev.TiesRestored(on="1974-01-01", parties=("SGP", "VNM"), sources=["vna"])


def test_what_contradicts_the_state_before_it_is_refused(store: LogStore) -> None:
    store.append([TIES])
    with pytest.raises(dr.errors.TransitionError) as caught:
        store.append([RAISED, RESTORED])
    assert [one.event for one in caught.value.problems] == [RESTORED.id]
    assert RESTORED.id in str(caught.value)
    assert store.head.position == 1


def test_it_is_let_in_and_reported_or_let_in(store: LogStore) -> None:
    store.append([TIES])
    done = store.append([RESTORED], validate="report")
    assert [one.event for one in done.problems] == [RESTORED.id]
    assert store.append([told_elsewhere(RESTORED, on="1975-01-01")], validate="off").problems == ()
    assert store.append(ties(1), validate="strict").problems == ()  # what was there does not count


def test_coverage_and_ladders_given_along_count_at_the_door(store: LogStore) -> None:
    up = told_elsewhere(RAISED, level="high")
    down = told_elsewhere(RAISED, on="2014-01-01")
    store.append([up])
    log = dr.EventLog(ladders=[LADDER])
    with pytest.raises(dr.errors.TransitionError, match="DR310"):
        store.append([down], reference=log.reference)
    assert store.append([down]).stored  # without a ladder nothing ranks the two


def test_there_are_three_ways_to_validate(store: LogStore) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="'strict', 'report', 'off'"):
        store.append([TIES], validate="lax")  # type: ignore[arg-type]


# --- when and where ------------------------------------------------------------------------------


def test_the_store_says_when_and_never_before_the_last(store: LogStore) -> None:
    at(store, NOW + timedelta(microseconds=7))
    assert store.append([TIES]).stored[0].record.recorded == NOW
    at(store, NOW - timedelta(hours=1))
    assert store.append([RAISED]).stored[0].record.recorded == NOW


def test_a_record_comes_after_the_last_of_its_stream_and_not_from_the_future(
    store: LogStore,
) -> None:
    at(store, NOW)
    store.append([dr.Record("a", NOW, TIES)])
    with pytest.raises(dr.errors.RecordedOrderError, match="before the last record of 'a'"):
        store.append([dr.Record("a", NOW - timedelta(seconds=1), RAISED)])
    with pytest.raises(dr.errors.RecordedOrderError, match="could not go on before then"):
        store.append([dr.Record("a", NOW + timedelta(days=1), RAISED)])
    assert store.append([dr.Record("b", NOW - timedelta(days=1), RAISED)]).stored


def test_a_clock_far_ahead_of_the_store_is_refused_unless_it_is_meant(store: LogStore) -> None:
    at(store, NOW)
    store.append([TIES])
    at(store, NOW.replace(year=2099))
    for stream in ("mine", "other"):  # a new stream has no last record, and the store has
        with pytest.raises(dr.errors.RecordedOrderError, match="more than 10 years after"):
            store.append([RAISED], stream=stream)
    assert store.append([TIES]).stored == ()  # what is known is known, whatever the clock says
    assert len(store.read()) == 1
    done = store.append([RAISED], ahead=True)
    assert done.stored[0].record.recorded == NOW.replace(year=2099)
    assert store.verify() == ()


def test_a_stream_of_2099_takes_nothing_until_it_is_begun_anew(
    store: LogStore, places: Places
) -> None:
    at(store, NOW)
    store.append([TIES])
    far = dr.Record("mine", NOW.replace(year=2099), RAISED)
    with pytest.raises(dr.errors.RecordedOrderError, match="could not go on before then"):
        store.append([far])
    store.append([far], ahead=True)
    with pytest.raises(dr.errors.RecordedOrderError, match="begin the stream anew"):
        store.append(ties(1))
    assert store.append(ties(1), ahead=True).stored[0].record.recorded == far.recorded
    spoilt = [one.record for one in store.read()]
    mended = [attrs.evolve(one, recorded=min(one.recorded, NOW)) for one in spoilt]
    with places("sqlite").open() as anew:
        at(anew, NOW)
        anew.append(mended)
        assert anew.log().replay("2013-12-31") == store.replay("2013-12-31")
        assert [one.record.event for one in anew.read()] == [one.event for one in spoilt]
        assert anew.append(ties(2)[1:]).stored[0].record.recorded == NOW


def test_events_go_to_the_only_stream_or_to_the_one_named(store: LogStore) -> None:
    assert store.append([TIES]).stored[0].record.stream == "mine"
    store.append([RAISED], stream="other")
    with pytest.raises(dr.errors.InvalidQueryError, match="mine, other: name one"):
        store.append(ties(1))
    assert store.log().streams == ("mine", "other")


def test_the_only_stream_is_key_of_id_a_process_that_just_came(place: Place) -> None:
    with place.open() as store:
        store.append([TIES], stream="theirs")
        if place.kind == "memory":
            store.append([RAISED])
    if place.kind != "memory":
        assert place.open().append([RAISED]).stored[0].record.stream == "theirs"


# --- what can be kept ----------------------------------------------------------------------------


def test_a_store_that_was_brought_back_from_a_copy_is_looked_at_anew() -> None:
    """Nothing kept of the former rows is believed, though there are as many of them again."""
    backend = MemoryBackend()
    mine, theirs = LogStore(backend), LogStore(backend)
    one, two, three = ties(3)
    mine.append([one], stream="x", reference=Reference(sources=(VNA,)), validate="off")
    assert mine.log().reference.sources == (VNA,)
    for rows in (backend.record, backend.subject, backend.reference, backend.heads):
        rows.clear()
    other = attrs.evolve(VNA, title="Another")
    theirs.append([two], stream="y", reference=Reference(sources=(other,)), validate="off")
    mine.append([three], stream="x", validate="off")
    assert [(one.record.stream, one.position) for one in theirs.read()] == [("y", 1), ("x", 2)]
    assert theirs.verify() == ()
    assert theirs.log().streams == ("x", "y")
    mine.append([], reference=Reference(sources=(VNA,)))
    assert len([row for row in backend.reference if row.kind == "source"]) == 2


def test_two_who_take_turns_in_one_stream_each_go_on_from_the_other() -> None:
    backend = MemoryBackend()
    mine, theirs = LogStore(backend), LogStore(backend)
    for store, event in zip((mine, theirs, mine, theirs), ties(4), strict=True):
        at(store, NOW if store is mine else NOW - timedelta(hours=1))  # the others' clock is behind
        store.append([event], stream="x", validate="off")
    assert {one.record.recorded for one in mine.read()} == {NOW}
    assert mine.verify() == ()


def test_a_copy_of_an_empty_store_is_an_empty_store(places: Places) -> None:
    for kind in ("sqlite", "postgres"):
        store, target = places(kind), places(kind)
        with store.open() as empty:
            empty.backup(target.url, schema=target.schema)
        with target.open() as copy:
            assert copy.head.position == 0
            assert copy.verify() == ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class TwinningAgreed(ev.Event):
    type: ClassVar[str] = "twinning-agreed"
    precedence: ClassVar[ev.Precedence] = ev.Precedence.BEGUN
    parties: tuple[str, ...] = attrs.field(converter=tuple[str, ...])


def test_what_could_not_be_read_again_does_not_come_in(place: Place) -> None:
    own = TwinningAgreed(on="2001", parties=("SGP", "VNM"), sources=["s"])
    with place.open() as store:
        for bad, message in (
            (own, "types="),
            (told_elsewhere(TIES, inferred=5), "could not be read again"),
            (told_elsewhere(TIES, note=()), "could not be read again"),
            (told_elsewhere(TIES, note="\ud800"), "not text in UTF-8"),
            (told_elsewhere(TIES, supersedes=("a/B-\0/c",), reason="r"), "not text in UTF-8"),
        ):
            with pytest.raises(dr.errors.InvalidEventError, match=message):
                store.append([bad])
        with pytest.raises(dr.errors.InvalidEventError, match="not text in UTF-8"):
            store.append([TIES], stream="a\0b")
        with pytest.raises(dr.errors.InvalidEventError, match="neither an event"):
            store.append(["ties"])  # type: ignore[list-item]
        assert store.head.position == 0


def test_event_classes_of_ones_own_are_kept_where_they_are_known(places: Places) -> None:
    for kind in KINDS:
        with places(kind).open(types=[TwinningAgreed]) as store:
            own = TwinningAgreed(on="2001", parties=("SGP", "VNM"), sources=["s"])
            alone = TwinningAgreed(on="2002", parties=("VNM",), sources=["s"])
            store.append([own, alone])
            assert [one.record.event for one in store.read(dyad=("VNM", "SGP"))] == [own]
            assert store.verify() == ()


@pytest.mark.parametrize(
    "text",
    [
        "'; DROP TABLE record; --",
        '"); DELETE FROM record; --',
        "{record} %s ? :a $1 \\x00 \\",
        "%(name)s %% {{head}}",
        "\r\n\t\u2028 Đối tác",
    ],
)
def test_sql_in_a_text_is_a_text(store: LogStore, text: str) -> None:
    event = told_elsewhere(TIES, inferred=text, note=text, sources=[dr.Citation(source=text)])
    gone = ev.EventRetracted(target=text, reason=text, sources=[text])
    source = dr.Source(id=text, title="T", note=text, publisher=text, kind="press")
    reference = dr.EventLog(sources=[source]).reference
    store.append([event, gone], reference=reference)
    assert [one.record.event for one in store.read()] == [event, gone]
    with pytest.raises(dr.errors.InvalidQueryError, match="cannot name a stream"):
        store.append([TIES], stream=text)
    assert store.log().streams == ("mine",)
    assert store.log().reference.sources == (source,)
    with pytest.raises(dr.errors.InvalidQueryError, match="is not a type of events"):
        store.read(types=[text])
    with pytest.raises(dr.errors.UnknownPartyError):
        store.read(dyad=(text, "VNM"))
    assert store.verify() == ()
    assert store.append([event, gone]).stored == ()


# --- reading -------------------------------------------------------------------------------------


def test_reading_follows_position_dyad_type_and_limit(store: LogStore) -> None:
    group = ev.GroupJoined(on="1995-07-28", party="VNM", group="ASEAN", sources=["s"])
    to_tuple = ev.AgreementSigned(
        on="2002-11-04", parties=("IDN", "SGP", "VNM"), agreement="pact", sources=["s"]
    )
    gone = ev.EventRetracted(target=TIES.id, reason="wrong", sources=["s"])
    twice = ev.EventRetracted(target=gone.id, reason="right", sources=["s"])
    figure = ev.FigureReported(
        on="2020-01-01", parties=("VNM",), indicator="gdp", value=1, unit="USD", sources=["s"]
    )
    of_one = ev.EventRetracted(target=figure.id, reason="wrong", sources=["s"])
    events: list[Any] = [TIES, RAISED, group, to_tuple, gone, twice, figure, of_one]
    store.append(events, validate="off")

    def places_of(**question: Any) -> list[int]:
        return [one.position for one in store.read(**question)]

    assert places_of(after=6) == [7, 8]
    assert places_of(after=99) == []
    assert places_of(limit=2) == [1, 2]
    assert places_of(after=1, limit=2) == [2, 3]
    assert places_of(dyad=("vn", "Singapore")) == [1, 2, 4, 5, 6]
    assert places_of(dyad=("SGP", "IDN")) == [4]
    assert places_of(dyad=("SGP", "VNM"), after=2, types=["agreement-signed"]) == [4]
    assert places_of(types=[ev.EventRetracted, "ties-established"]) == [1, 5, 6, 8]
    assert places_of(types=[]) == []
    assert places_of(dyad=("VNM", "ASEAN")) == [3]
    for bad in ({"after": -1}, {"after": True}, {"limit": -1}, {"after": "1"}):
        with pytest.raises(dr.errors.InvalidQueryError, match="whole number from 0"):
            store.read(**bad)
    assert store.verify() == ()


def test_a_log_is_kept_and_read_on(place: Place) -> None:
    store, other = place.open(), place.open()
    first = store.log()
    assert store.log() is first
    other.append([TIES])
    assert len(store.log()) == 1
    other.append([], reference=dr.EventLog(sources=[VNA]).reference)
    assert store.log().reference.sources == (VNA,)
    assert store.log() == other.log()


# --- reference data ------------------------------------------------------------------------------


def vietnam() -> dr.EventLog:
    return shipped("vietnam")


@pytest.mark.parametrize("name", ["vietnam", "singapore"])
def test_a_whole_log_goes_in_and_comes_out_exactly(store: LogStore, name: str) -> None:
    log = shipped(name)
    done = store.append(log)
    assert len(done.stored) == len(log)
    assert store.log() == log
    assert store.append(log).head == done.head
    assert store.verify() == ()
    assert store.replay("2025-03-12") == log.replay("2025-03-12")


def test_a_folder_goes_in_and_comes_out_byte_by_byte(store: LogStore, tmp_path: Path) -> None:
    stream = load_stream("vietnam")
    store.append(stream)
    pinned = store.release("vietnam", "9.9")
    assert store.releases == tuple(("vietnam", one) for one in (*stream.releases, pinned))
    with pytest.raises(dr.errors.InvalidQueryError, match="has a release"):
        store.release("vietnam", "9.9")
    for bad in ("", " ", None, ["x"], b"1"):
        with pytest.raises(dr.errors.InvalidQueryError, match="version: expected a text"):
            store.release("vietnam", bad)  # type: ignore[arg-type]
    target = tmp_path / "out"
    store.export(str(target))
    again = read_stream(target)
    assert again.data == stream.data
    assert again.log() == stream.log()
    assert again.releases == (*stream.releases, pinned)
    assert check_release(again.data, again.releases) == ()
    assert pinned.sha256 == stream_digest(stream.data)
    with pytest.raises(dr.errors.InvalidQueryError, match="name a new folder"):
        store.export(str(target))
    with pytest.raises(dr.errors.InvalidQueryError, match="no stream 'laos'"):
        store.export(str(tmp_path / "laos"), stream="laos")


def stream_digest(data: bytes) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(data).hexdigest()


def test_reference_data_grow_by_union_and_are_amended_by_withdrawal(store: LogStore) -> None:
    one = dr.EventLog(ladders=[LADDER], sources=[VNA])
    two = dr.EventLog(ladders=[told_elsewhere(LADDER, levels=[dr.Level(id="only", rank=1)])])
    store.append([], reference=one.reference)
    store.append(two)
    assert store.log().reference == (one | two).reference
    head = store.head
    with pytest.raises(dr.errors.ConcurrencyError):
        store.amend(two.reference, expected="0.0." + "0" * 64)
    assert store.amend(two.reference, expected=str(head)).references == head.references + 2
    assert store.log().reference == two.reference
    assert store.amend(two.reference, expected=head) == store.head
    store.amend(one.reference)
    assert store.log().reference == one.reference
    assert store.verify() == ()
    assert store.verify(against=head) == ()


def test_amending_keeps_the_releases(store: LogStore) -> None:
    store.append([TIES])
    store.release("mine", "1")
    store.append([], reference=dr.EventLog(sources=[VNA]).reference)
    store.amend(dr.EventLog().reference)
    assert [name for name, _ in store.releases] == ["mine"]
    assert store.log().reference.sources == ()


def test_reference_data_that_could_not_be_read_again_do_not_come_in(store: LogStore) -> None:
    for bad in (told_elsewhere(VNA, note=5), told_elsewhere(VNA, note="\ud800")):
        with pytest.raises(
            dr.errors.InvalidEventError, match="this source could not be read again"
        ):
            store.append([TIES], reference=dr.EventLog(sources=[bad]).reference)
    assert store.head.position == 0


def test_an_event_that_comes_with_a_whole_log_gets_its_reference_data_too(store: LogStore) -> None:
    log = dr.EventLog([dr.Record("a", NOW, TIES)], ladders=[LADDER])
    store.append(log, reference=dr.EventLog(sources=[VNA]).reference)
    assert store.log().reference == dr.EventLog(sources=[VNA], ladders=[LADDER]).reference


# --- verification and copies ---------------------------------------------------------------------


def test_every_head_that_was_published_can_be_checked_later(store: LogStore) -> None:
    events = (TIES, RAISED, *ties(3))
    heads = [store.head, *(store.append([one], validate="off").head for one in events)]
    heads.append(store.append([], reference=dr.EventLog(sources=[VNA]).reference).head)
    assert len(set(heads)) == len(heads)
    for head in heads:
        assert store.verify(against=str(head)) == ()
    wrong = told_elsewhere(heads[2], digest="0" * 64)
    assert [one.code for one in store.verify(against=wrong)] == ["DR706"]
    beyond = told_elsewhere(heads[-1], position=99)
    assert [one.code for one in store.verify(against=beyond)] == ["DR706"]


def test_a_copy_in_memory_would_be_none(store: LogStore) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="would be gone"):
        store.backup("memory:")


def test_a_copy_of_nothing_is_an_empty_store(store: LogStore, places: Places) -> None:
    copy = places("sqlite")
    store.backup(copy.url)
    assert copy.open().head == store.head


@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_a_copy_is_the_same_store(store: LogStore, places: Places, target: str) -> None:
    store.append(vietnam())
    store.append(ties(2), stream="other", validate="off")
    copy = places(target)
    store.backup(copy.url, schema=copy.schema)
    other = copy.open()
    assert other.head == store.head
    assert other.log() == store.log()
    assert other.verify(against=store.head) == ()
    with backend_of(store).reading() as mine, backend_of(other).reading() as its:
        assert [*mine.head_rows()] == [*its.head_rows()]
        assert [*mine.subject_rows()] == [*its.subject_rows()]
    with pytest.raises(dr.errors.InvalidQueryError, match="holds something already"):
        store.backup(copy.url, schema=copy.schema)


@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_a_copy_that_is_not_finished_is_not_there(
    places: Places, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with places("memory").open() as store:
        store.append([TIES])
        copy = places(target)
        backend: Any = store._backend
        real = backend.reference_rows

        def fail() -> Any:
            raise KeyError("something went wrong")

        backend.reference_rows = fail
        with pytest.raises(KeyError):
            store.backup(copy.url, schema=copy.schema)
        with pytest.raises(dr.errors.StoreError, match="there is no"):
            copy.open(create=False)
        backend.reference_rows = real
        store.backup(copy.url, schema=copy.schema)
        assert copy.open(create=False).head == store.head


@pytest.mark.parametrize("target", ["sqlite", "postgres"])
def test_an_empty_store_can_be_filled_by_a_copy(places: Places, target: str) -> None:
    with places("memory").open() as store:
        store.append([TIES])
        copy = places(target)
        there = copy.open()
        store.backup(copy.url, schema=copy.schema)
        assert there.head == store.head
        assert there.append([RAISED]).head.position == 2


def test_a_copy_leaves_alone_what_was_made_meanwhile(places: Places) -> None:
    with places("memory").open() as store:
        store.append([TIES])
        copy = Path(places("sqlite").url)
        backend: Any = store._backend
        real = backend.head_rows

        def come_first() -> Any:
            copy.write_bytes(b"somebody else's")
            return real()

        backend.head_rows = come_first
        with pytest.raises(dr.errors.InvalidQueryError, match="there is a file"):
            store.backup(str(copy))
        assert copy.read_bytes() == b"somebody else's"
        assert [one.name for one in copy.parent.iterdir()] == [copy.name]


@pytest.mark.parametrize(
    "name",
    ["", "a b", "A", "../up", "a/b", "a.b", ".a", "-a", "a-", "a--b", "a\n", "x" * 101, "CON:"],
)
def test_a_stream_in_a_store_is_named_so_that_a_folder_can_be(store: LogStore, name: str) -> None:
    for given in ([TIES], [dr.Record(name, NOW, TIES)]):
        with pytest.raises(dr.errors.InvalidQueryError, match="cannot name a stream in a store"):
            store.append(given, stream=name)
    assert store.head.position == 0
    for good in ("mine", "singapore-desk", "united_states", "việt-nam", "24h"):
        assert store.append([told_elsewhere(TIES, place=good)], stream=good).stored


def test_a_stream_that_is_there_already_keeps_its_name(place: Place) -> None:
    store = place.open()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(transaction, "stream_names", lambda _: None)  # as earlier releases did
        store.append([TIES], stream="My desk")
    assert store.append([RAISED]).stored[0].record.stream == "My desk"


# --- life ----------------------------------------------------------------------------------------


def test_a_closed_store_says_so(store: LogStore, place: Place) -> None:
    with store as same:
        assert same is store
    store.close()
    with pytest.raises(dr.errors.StoreError, match="is closed"):
        store.append([TIES])
    assert repr(store) == f"<Store: {store.name}>"


def test_a_store_is_not_used_across_a_fork(
    store: LogStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.getpid()
    monkeypatch.setattr(os, "getpid", lambda: real + 1)
    with pytest.raises(dr.errors.StoreError, match="before the process forked"):
        store.read()


def test_threads_share_a_store_and_take_turns(store: LogStore) -> None:
    events = ties(60)
    failed: list[BaseException] = []

    def work(mine: list[ev.TiesEstablished]) -> None:
        try:
            for event in mine:
                store.append([event], validate="off")
                store.read(after=store.head.position - 1)
        except BaseException as error:  # noqa: BLE001
            failed.append(error)

    threads = [threading.Thread(target=work, args=(events[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert [one.position for one in store.read()] == [*range(1, 61)]
    assert {one.record.id for one in store.read()} == {event.id for event in events}
    assert store.verify() == ()


def test_what_was_appended_is_there_for_who_comes_later(places: Places) -> None:
    for kind in ("sqlite", "postgres"):
        place = places(kind)
        with place.open() as store:
            head = store.append([TIES, RAISED]).head
        with place.open(create=False) as store:
            assert store.head == head
            assert store.read()[0].record.event == TIES

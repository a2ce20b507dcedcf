"""Values travel: by pickle, by copy, and to a worker process and back."""

from __future__ import annotations

import ast
import copy
import multiprocessing
import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pools
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pools import TWINNING, TownsTwinned, Twins, answers, unknown_party

import diplorel as dr
from diplorel import datasets, errors, policies
from diplorel import events as ev
from diplorel._pickling import changed
from diplorel.errors import DatasetWarning, DiplorelError, Problem
from diplorel.model.ladders import Text
from diplorel.model.parties import Party
from diplorel.model.party_table import PartyTable, shipped
from diplorel.model.records import Record
from diplorel.stores.values import Appended, Head, Stored
from diplorel.testing import events, logs, probes
from diplorel.tracks import STANDARD

DAY = "2025-03-12"


def travel(value: Any, protocol: int = pickle.HIGHEST_PROTOCOL) -> Any:
    return loaded(pickle.dumps(value, protocol))


def loaded(data: bytes) -> Any:
    return pickle.loads(data)  # noqa: S301  this process wrote it


PROTOCOLS = range(2, pickle.HIGHEST_PROTOCOL + 1)
WAYS: dict[str, Callable[[Any], Any]] = {
    **{f"protocol {number}": partial(travel, protocol=number) for number in PROTOCOLS},
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


def small_log() -> dr.EventLog:
    return dr.EventLog(
        [ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["s"])],
        at="2026-01-01T00:00:00Z",
    )


@pytest.fixture(scope="module")
def log() -> dr.EventLog:
    """Two streams that differ, a party that the library lacks, and a class of one's own."""
    own = dr.EventLog(
        [
            TownsTwinned(on="1994", parties=("SGP", "VNM"), towns=("Huế", "A"), sources=["s"]),
            ev.TiesEstablished(on="1995", parties=("VNM", "ZZZ"), sources=["s"]),
        ],
        stream="own",
        at="2026-01-01T00:00:00Z",
        parties=[Party(id="ZZZ", names=(Text("en", "Nowhere"),))],
    )
    return dr.load("vietnam") | dr.load("singapore") | own


@pytest.fixture(scope="module")
def values(log: dr.EventLog) -> dict[str, Any]:
    record = log.records[0]
    head = Head(1, 0, "ab" * 32)
    stream = datasets.load_stream("singapore")
    return {
        **answers(log, DAY),
        "record": record,
        "retraction": ev.EventRetracted(target="x", reason="wrong", sources=["s"]),
        "shipped log": dr.load("vietnam"),
        "empty log": dr.EventLog(),
        "datasets": dr.available(),
        "stream": stream,
        "claims": log.reference.claims,
        "tracks": STANDARD,
        "appended": Appended(head=head, stored=(Stored(1, record),)),
        "manual": policies.manual({"a": "b"}),
        "stream first": policies.stream_first("a"),
        "by kind": policies.by_kind,
    }


@pytest.mark.parametrize("way", WAYS)
def test_every_value_comes_back_equal(values: dict[str, Any], way: str) -> None:
    for name, value in values.items():
        again = WAYS[way](value)
        assert type(again) is type(value), name
        assert again == value, name
        assert str(again) == str(value), name
        assert repr(again) == repr(value), name


@given(logs(), probes, st.sampled_from([*WAYS]))
def test_drawn_logs_come_back_equal_with_all_that_they_say(
    log: dr.EventLog, on: str, way: str
) -> None:
    again = WAYS[way](log)
    assert again == log
    assert again.records == log.records
    assert again.resolve() == log.resolve()
    world = log.replay(on)
    assert again.replay(on) == world
    assert WAYS[way](world) == world
    assert WAYS[way](log.resolve()) == log.resolve()
    for a, b in world.dyads():
        assert WAYS[way](world.between(a, b)) == world.between(a, b)


@given(events(), st.sampled_from([*WAYS]))
def test_drawn_events_come_back_equal(event: Any, way: str) -> None:
    again = WAYS[way](event)
    assert type(again) is type(event)
    assert again == event
    assert hash(again) == hash(event)
    assert (again.id, again.digest) == (event.id, event.digest)
    fields = [field.name for field in attrs.fields(type(event))]
    assert [getattr(again, name) for name in fields] == [getattr(event, name) for name in fields]


# --- what travels, and what does not -------------------------------------------------------------


def _size(value: object) -> int:
    return len(pickle.dumps(value))


def test_what_was_worked_out_stays_behind(log: dr.EventLog) -> None:
    fresh = travel(log)
    cold = _size(fresh)
    world = fresh.replay(DAY, tracks=[TWINNING])
    relation = world["VNM", "SGP"]
    sizes = [_size(world), _size(relation), _size(fresh.resolve())]
    fresh.relation("VNM", "SGP")
    fresh.check()
    fresh.verify()
    assert fresh.reference.level("VNM", "strategic").rank
    assert world.events
    assert world.ranking("VNM")
    assert relation.certain
    assert relation.unknown
    assert fresh.resolve().events
    assert _size(fresh) == cold
    assert [_size(world), _size(relation), _size(fresh.resolve())] == sizes


def test_a_copy_does_not_share_what_is_worked_out_later() -> None:
    one = small_log()
    other = copy.copy(one)
    assert len(other.records) == 1
    assert copy.copy(one.reference) == one.reference


def test_a_small_log_is_small() -> None:
    small = small_log()
    assert _size(small) < 800
    world = small.replay()
    assert _size(world) < 2_000
    assert _size(world["VNM", "SGP"]) < 2_000


def test_the_shipped_table_is_sent_by_name_and_a_larger_one_by_what_it_adds(
    log: dr.EventLog,
) -> None:
    assert travel(shipped()) is shipped()
    assert _size(shipped()) < 100
    larger = log.reference.parties
    assert _size(larger) < 1_000
    again = travel(larger)
    assert again == larger
    assert hash(again) == hash(larger)
    assert again != shipped()
    assert again.find("Nowhere").id == "ZZZ"
    assert again.get("VNM") is shipped().get("VNM")
    other = attrs.evolve(shipped().find("VNM"), also=("Annam",))
    replaced = PartyTable.of([*shipped(), other])
    assert travel(replaced) == replaced
    alone = PartyTable.of([other])
    assert [one.id for one in travel(alone)] == ["VNM"]
    assert alone != replaced
    assert alone != "VNM"


def test_claims_that_were_not_read_yet_are_read_and_travel() -> None:
    log = dr.load("vietnam")
    again = travel(log)
    assert isinstance(again.reference._claims, tuple)
    assert again.reference.claims == dr.load("vietnam").reference.claims
    assert len(again.reference.claims) > 0


def test_a_relation_takes_its_own_sources_along(log: dr.EventLog) -> None:
    relation = log.relation("VNM", "SGP", on=DAY)
    again = travel(relation)
    assert _size(relation) < _size(log.reference) / 4
    assert again.explain() == relation.explain()
    assert str(again.explain()) == str(relation.explain())
    assert again.level("VNM") == relation.level("VNM")
    assert again.accounts() == relation.accounts()
    assert log.cite(again) == log.cite(relation)


def test_answers_are_equal_by_what_they_say() -> None:
    one, two = small_log(), small_log()
    assert one.resolve() == two.resolve()
    assert one.resolve() != dr.EventLog().resolve()
    assert one.resolve() != "events"
    assert one.replay()["VNM", "SGP"].explain() == two.replay()["VNM", "SGP"].explain()
    assert one.replay()["VNM", "SGP"].explain() != two.replay()["VNM", "FRA"].explain()


# --- tracks --------------------------------------------------------------------------------------


@pytest.mark.parametrize("track", [*STANDARD, TWINNING], ids=str)
@pytest.mark.parametrize("way", WAYS)
def test_a_track_comes_back_as_the_very_same(track: dr.Track[Any, Any], way: str) -> None:
    assert WAYS[way](track) is track


def test_a_world_with_a_track_of_ones_own_can_be_asked_for_it(log: dr.EventLog) -> None:
    world = log.replay(tracks=[TWINNING])
    again = travel(world)
    assert again["SGP", "VNM"][TWINNING] == Twins((("Huế", "A"),))
    assert again.state(TWINNING, ("SGP", "VNM")) == Twins((("Huế", "A"),))


def test_a_track_without_a_name_in_a_module_is_refused_with_what_to_do() -> None:
    local = attrs.evolve(TWINNING, name="local")
    world = small_log().replay(tracks=[local])
    assert copy.deepcopy(world) == world
    with pytest.raises(
        dr.errors.UnknownTrackError, match=r"'local' cannot be pickled: no module .*\bpools\b"
    ):
        pickle.dumps(world)


def test_a_track_that_owns_no_events_is_found_by_its_functions() -> None:
    track = attrs.evolve(TWINNING, owns=(), handlers={}, subjects=pools.subjects_of)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pools, "LISTENER", track, raising=False)
        data = pickle.dumps(track)
        assert loaded(data) is track
    with pytest.raises(
        dr.errors.UnknownTrackError, match="pools of this process has no track LISTENER"
    ):
        loaded(data)


# --- errors --------------------------------------------------------------------------------------


def _record(place: str | None = None) -> Record:
    event = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["s"], place=place)
    return Record("mine", "2026-01-01T00:00:00Z", event)


PROBLEM = Problem(code="DR104", message="no date", path="events.jsonl", line=3)
ERRORS: dict[type[BaseException], BaseException] = {
    errors.UnknownPartyError: errors.UnknownPartyError("Vietnm", ["Vietnam"]),
    errors.ConflictError: errors.ConflictError("x", _record(), _record("Hanoi")),
    errors.ConcurrencyError: errors.ConcurrencyError(
        "moved", Head(1, 0, "ab" * 32), [Stored(1, _record())]
    ),
    errors.LeadsError: errors.LeadsError(["gdelt"]),
    errors.StreamNotNamedError: errors.StreamNotNamedError(["a", "b"]),
    errors.MissingExtraError: errors.MissingExtraError("pyarrow", "arrow"),
    errors.MissingFontError: errors.MissingFontError("ạế"),
    errors.TransitionError: errors.TransitionError([PROBLEM]),
    errors.StreamError: errors.StreamError([PROBLEM]),
    errors.SheetError: errors.SheetError([PROBLEM], dr.Sheet(), [("SGP", "VNM")]),
    **{
        cls: cls("a message")
        for cls in (
            errors.DiplorelError,
            errors.InvalidDateError,
            errors.InvalidEventError,
            errors.UnknownLevelError,
            errors.UnknownDatasetError,
            errors.UnknownTrackError,
            errors.InvalidQueryError,
            errors.MissingKeyError,
            errors.RecordedOrderError,
            errors.StoreError,
            DatasetWarning,
        )
    },
}


def _error_classes() -> Iterator[type[BaseException]]:
    for value in vars(errors).values():
        if isinstance(value, type) and issubclass(value, BaseException):
            yield value


@pytest.mark.parametrize("cls", [*_error_classes()])
@pytest.mark.parametrize("way", WAYS)
def test_every_error_comes_back_with_its_message_and_attributes(
    cls: type[BaseException], way: str
) -> None:
    error = ERRORS[cls]  # a new class belongs in the list above
    again = WAYS[way](error)
    assert type(again) is cls
    assert str(again) == str(error)
    assert again.args == error.args
    assert vars(again) == vars(error)


def test_every_error_of_the_library_stands_with_the_errors() -> None:
    def below(cls: type[BaseException]) -> Iterator[type[BaseException]]:
        for one in cls.__subclasses__():
            yield one
            yield from below(one)

    ours = {one for one in below(DiplorelError) if one.__module__.startswith("diplorel.")}
    assert ours <= {*_error_classes()}


class OwnError(errors.UnknownPartyError):
    """A subclass whose constructor takes something else again."""

    def __init__(self, number: int) -> None:
        super().__init__(str(number))
        self.number = number


def test_notes_and_subclasses_come_back_too() -> None:
    error = OwnError(7)
    error.add_note("look here")
    again = copy.copy(error)
    assert (type(again), again.number, again.name) == (OwnError, 7, "7")
    assert again.__notes__ == ["look here"]
    assert str(again) == str(error)


def test_real_errors_of_a_store_come_back() -> None:
    dyad = ("SGP", "VNM")
    restored = ev.TiesRestored(on="1974-01-01", parties=dyad, sources=["s"])
    severed = ev.TiesSevered(on="1975-01-01", parties=dyad, sources=["s"])
    with dr.open("memory:") as store:
        store.append([_record()])
        with pytest.raises(errors.ConflictError) as conflict:
            store.append([_record("Hanoi")])
        with pytest.raises(errors.TransitionError) as transition:
            store.append([restored])
        with pytest.raises(errors.ConcurrencyError) as concurrency:
            store.append([severed], expected="0.0." + "0" * 64)
        found = [conflict.value, transition.value, concurrency.value]
    for error in found:
        again = travel(error)
        assert str(again) == str(error)
        assert vars(again) == vars(error)


# --- another process -----------------------------------------------------------------------------


@pytest.mark.slow
def test_a_worker_process_takes_a_log_and_gives_back_answers_and_errors(log: dr.EventLog) -> None:
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        found = pool.submit(answers, log, DAY).result()
        failed = pool.submit(unknown_party, log, "Vietnm").exception()
    expected = answers(log, DAY)
    assert found.keys() == expected.keys()
    for name, value in expected.items():
        assert found[name] == value, name
    assert found["world"]["VNM", "SGP"][TWINNING] == expected["twins"]
    assert isinstance(failed, dr.errors.UnknownPartyError)
    assert failed.name == "Vietnm"
    assert "Vietnam" in failed.suggestions


SCRIPT = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
import attrs
import diplorel as dr
from pools import TownsTwinned, Twins

@attrs.frozen(kw_only=True)
class Mine(TownsTwinned):
    unset: str = attrs.field(init=False)

def twin(acc, event):
    acc.append(event.towns)

TRACK = dr.Track(name="mine", owns=(Mine,), handlers={Mine: twin}, start=list,
                 freeze=lambda acc: Twins(tuple(acc)), none=Twins(()), unknown=Twins(None))

def world(log):
    return log.replay(tracks=[TRACK])

if __name__ == "__main__":
    event = Mine(on="1994", parties=("SGP", "VNM"), towns=("A", "B"), sources=["s"])
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        found = pool.submit(world, dr.EventLog([event])).result()
    print(found["SGP", "VNM"][TRACK].pairs)
"""


def test_a_script_can_send_what_it_defines_itself(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT)
    done = subprocess.run(  # noqa: S603  our own script
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(Path(pools.__file__).parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.stderr) == ("(('A', 'B'),)\n", "")


def test_the_library_itself_unpickles_nothing() -> None:
    forbidden = {"pickle", "_pickle", "cPickle", "shelve", "marshal", "dill", "cloudpickle"}
    for path in Path(dr.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            assert not forbidden & {name.partition(".")[0] for name in names}, path


@attrs.frozen
class Unset:
    given: int
    left: int = attrs.field(init=False)


def test_a_field_without_a_value_stays_without_one() -> None:
    again = changed(Unset(1), given=2)
    assert again.given == 2
    assert not hasattr(again, "left")

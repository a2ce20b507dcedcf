"""`dr.open` returns a `Store`, and errors have typed attributes."""

from __future__ import annotations

from pathlib import Path
from typing import assert_type

import diplorel as dr
from diplorel.stores import Appended, Stored


def a_store(event: dr.events.TiesEstablished) -> None:
    store = dr.open("memory:")
    assert_type(store, dr.Store)
    assert_type(dr.open(Path("relations.db")), dr.Store)
    assert_type(store.head, dr.Head)
    assert_type(store.head.position, int)
    assert_type(store.append([event], stream="mine"), Appended)
    assert_type(store.log(), dr.EventLog)
    assert_type(store.replay("2025-03-12"), dr.World)
    assert_type(store.read(), tuple[Stored, ...])
    assert_type(store.verify(), tuple[dr.Problem, ...])
    with dr.open("memory:") as opened:
        assert_type(opened, dr.Store)


def streams_and_sheets(log: dr.EventLog) -> None:
    assert_type(dr.read("folder"), dr.EventLog)
    assert_type(dr.dumps(log), str)
    assert_type(dr.available(), tuple[dr.Dataset, ...])
    assert_type(dr.party("SGP"), dr.Party)


def errors_have_attributes(
    party: dr.errors.UnknownPartyError,
    conflict: dr.errors.ConflictError,
    stale: dr.errors.ConcurrencyError,
    transition: dr.errors.TransitionError,
    stream: dr.errors.StreamError,
) -> None:
    assert_type(party.name, str)
    assert_type(party.suggestions, tuple[str, ...])
    assert_type(conflict.id, str)
    assert_type(conflict.recorded, dr.Record)
    assert_type(conflict.refused, dr.Record)
    assert_type(stale.head, dr.Head)
    assert_type(stale.between, tuple[Stored, ...])
    assert_type(transition.problems, tuple[dr.Problem, ...])
    assert_type(stream.problems, tuple[dr.Problem, ...])
    assert_type(stream.problems[0].code, str)
    assert_type(stream.problems[0].line, int | None)


def errors_are_builtins(
    party: dr.errors.UnknownPartyError, query: dr.errors.InvalidQueryError
) -> tuple[LookupError, ValueError, dr.errors.DiplorelError, dr.errors.DiplorelError]:
    return party, query, party, query

"""The answers of a replay on an engine, as the fold gives them: the oracle of the tests."""

from __future__ import annotations

from typing import Any, cast

import diplorel as dr
from diplorel.columnar import Answer, Replayed, table_of
from diplorel.columnar.postgres import Postgres
from diplorel.columnar.replaying import question_of
from diplorel.columnar.running import ANSWERS, Run
from diplorel.columnar.tables import attach
from diplorel.columnar.tails import figure_rows, level_rows, ties_row
from diplorel.stores.log_store import LogStore
from diplorel.tracks import FIGURES, LEVEL, TIES, VISITS

Rows = dict[str, list[tuple[Any, ...]]]


def by_fold(log: dr.EventLog, on: Any = None, **how: Any) -> Rows:
    """Return the rows that the fold gives, in order."""
    tables = log.replay(on, **how).snapshot.tables
    own = {
        track: {key: one for key, one in tables[track].items() if one.has_own_events}
        for track in (TIES, LEVEL, FIGURES, VISITS)
    }
    reference = log.reference
    rows: Rows = {
        "ties": [ties_row(key, one) for key, one in own[TIES].items()],
        "level": [
            row for key, one in own[LEVEL].items() for row in level_rows(key, one, reference)
        ],
        "figures": [row for key, one in own[FIGURES].items() for row in figure_rows(key, one)],
        "visits": [
            (*key, len(one.state.visits), len(one.state.talks))
            for key, one in own[VISITS].items()
            if one.state.visits or one.state.talks
        ],
    }
    return {name: sorted(some, key=_order) for name, some in rows.items()}


def by_engine(replayed: Replayed) -> Rows:
    """Return the rows that an engine gives, in the same order."""
    answers = (replayed.ties, replayed.level, replayed.figures, replayed.visits)
    return {answer.name: sorted(answer.rows(), key=_order) for answer in answers}


def in_postgres(
    store: LogStore,
    log: dr.EventLog,
    on: Any = None,
    *,
    known: Any = None,
    clock: Any = "recorded",
    dates: Any = "latest",
) -> Rows:
    """Return the rows that PostgreSQL gives of a log, which is copied there for it."""
    table = table_of(log)
    engine = Postgres(cast("Any", store.backend))
    try:
        attach(engine, table)
        Run(engine, table, question_of(on, known, clock, dates)).run()
        answers = [Answer(name, engine) for name in ANSWERS]
        return {one.name: sorted(one.rows(), key=_order) for one in answers}
    finally:
        engine.close()


def _order(row: tuple[Any, ...]) -> list[tuple[bool, str]]:
    return [(value is not None, str(value)) for value in row]

"""What a replay reads, and what runs it: an engine that has the events of a table, log or store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, TypeAlias, cast

from diplorel._message import listing
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.postgres import Postgres
from diplorel.columnar.spark import Spark
from diplorel.columnar.tables import EventTable, attach, open_table, table_of
from diplorel.errors import InvalidQueryError
from diplorel.log import EventLog
from diplorel.stores.log_store import LogStore

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from diplorel.columnar.engines import Engine
    from diplorel.stores.postgres import PostgresBackend
    from diplorel.stores.store import Store

EngineName: TypeAlias = Literal["duckdb", "spark", "postgres"]
Source: TypeAlias = "EventTable | EventLog | Store | str | Path"


def engine_of(name: EngineName, source: Source, session: Any, limits: Mapping[str, Any]) -> Engine:
    """Return a new engine of a name.

    Args:
        name: The name.
        source: What is to be replayed.
        session: A session of Spark, if one is given.
        limits: The limits that are given.
    """
    if session is not None and name != "spark":
        raise InvalidQueryError(
            "{argument}: only the engine {name} takes a session", argument="session", name="spark"
        )
    if session is not None and limits:
        raise InvalidQueryError(
            "{argument}: a session has limits of its own. Set them where you make the session",
            argument=next(iter(limits)),
        )
    if name == "duckdb":
        return DuckDB(**limits)
    if name == "spark":
        return Spark(session, **limits)
    return _postgres(source, limits)


def _postgres(source: Source, limits: Mapping[str, Any]) -> Postgres:
    """Return an engine on the server of a store."""
    if not isinstance(source, LogStore) or not source.name.startswith("postgresql:"):
        raise InvalidQueryError(
            "the engine {name} works where a store is: expected a store in PostgreSQL, as "
            "diplorel.open('postgresql://…') gives it, got {found}",
            name="postgres",
            found=source.name if isinstance(source, LogStore) else type(source).__name__,
        )
    if limits.keys() - {"memory_limit"}:
        raise InvalidQueryError(
            "{argument}: the server decides this for the engine {name}",
            argument=max(limits.keys() - {"memory_limit"}),
            name="postgres",
        )
    return Postgres(cast("PostgresBackend", source.backend), **limits)


def attached(engine: Engine, source: Source) -> EventTable:
    """Give an engine the events of a table, a log or a store; return the table.

    Raises:
        InvalidQueryError: It holds several streams.
    """
    if isinstance(engine, Postgres):
        table = engine.attach_store(cast("LogStore", source))
    elif isinstance(source, EventTable):
        table = source
    elif isinstance(source, (EventLog, LogStore)):
        table = table_of(source if isinstance(source, EventLog) else source.log())
    else:
        table = open_table(cast("str | Path", source))
    if len(table.codes["stream"]) > 1:
        raise InvalidQueryError(
            "the table holds the streams {streams}, and only a policy can unite them. Write what "
            "the log resolves to, with "
            "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)",
            streams=listing(sorted(table.codes["stream"])),
        )
    if not isinstance(engine, Postgres):
        attach(engine, table)
    return table

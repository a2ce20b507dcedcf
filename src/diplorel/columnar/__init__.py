"""Streams that outgrow objects: tables of events, and the same replay on an engine.

A table of events (`write`, `table_of`) holds a stream in coded columns and is exact both ways.
`replay` computes the states of a day over it with SQL. Where dates leave the order of events open,
the events that matter go to the fold, so that the rules of the tracks exist once.

It needs the extra ``duckdb``; Apache Spark needs ``spark``, and a store in PostgreSQL, which its
own server replays, needs ``postgres`` and ``arrow``. Whatever does not ask for them works without.
"""

from __future__ import annotations

from diplorel.columnar.appending import append
from diplorel.columnar.replaying import Answer, Replayed, replay
from diplorel.columnar.tables import EventTable, open_table, table_of
from diplorel.columnar.writing import resolved_records, write

__all__ = [
    "Answer",
    "EventTable",
    "Replayed",
    "append",
    "open_table",
    "replay",
    "resolved_records",
    "table_of",
    "write",
]

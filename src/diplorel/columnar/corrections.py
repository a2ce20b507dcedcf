"""Which records a state does not take in: corrected ones, and those that say the same again.

Corrections are few. They are kept with what they name in a table of their own, and judged by the
rules of `diplorel.resolve.corrections`; the engine then leaves out rows by their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from diplorel._message import listing
from diplorel.columnar.records import records_of_rows
from diplorel.columnar.schema import NONE, hash_of
from diplorel.errors import InvalidQueryError
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import distinct, targets
from diplorel.resolve.corrections import judge

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.columnar.engines import Engine
    from diplorel.columnar.schema import Codes
    from diplorel.model.records import Record

_DISPUTED: Final = "pos, stream, recorded, published, corrects, event"
"""The columns that are kept of a disputed record."""


def find_disputed(engine: Engine, codes: Codes) -> Any:
    """Return the records that are not simply alive, as an Arrow table: see `disputed_rows`."""
    return engine.arrow(disputed_rows(engine, codes))


def disputed_rows(engine: Engine, codes: Codes) -> str:
    """Return the query for the records that are not simply alive, in the order of the rows.

    These are the corrections, what they name, and those with an id that several records have.

    Args:
        engine: An engine that has the events as ``ev``; it gets the table ``named``.
        codes: The code of each text, by kind.
    """
    corrections = engine.rows("SELECT stream, recorded, event FROM ev WHERE corrects ORDER BY pos")
    named = _hashes_named(records_of_rows([*codes["stream"]], corrections))
    engine.register("named", {"id_hash": "int64"}, [(one,) for one in named])
    retracted = codes["type"].get(EventRetracted.type, NONE)
    return f"""
        SELECT {_DISPUTED} FROM ev WHERE corrects OR id_hash IN (
            SELECT id_hash FROM named
            UNION ALL SELECT id_hash FROM ev WHERE type <> {retracted}
            GROUP BY id_hash HAVING count(*) > 1
        ) ORDER BY pos
        """


def find_more_disputed(engine: Engine, codes: Codes, before: int) -> Any:
    """Return the records that are not simply alive of a table that grew, in the order of the rows.

    Args:
        engine: An engine that has all events as ``ev``, and as ``disputed`` those records of the
            table before it grew.
        codes: The code of each text, by kind.
        before: How many rows the table had.
    """
    text = "stream, recorded, event"
    new = f"SELECT {text} FROM ev WHERE pos >= {before} AND corrects"
    recent = records_of_rows([*codes["stream"]], engine.rows(new))
    old = engine.rows(f"SELECT {text} FROM disputed WHERE corrects")
    named = _hashes_named(recent)
    every = sorted({*named, *_hashes_named(records_of_rows([*codes["stream"]], old))})
    engine.register("named", {"id_hash": "int64"}, [(one,) for one in named])
    engine.register("named_ever", {"id_hash": "int64"}, [(one,) for one in every])
    retracted = codes["type"].get(EventRetracted.type, NONE)
    added = engine.rows(
        f"""
        WITH fresh AS (
            SELECT id_hash, count(*) AS n FROM ev WHERE pos >= {before} AND type <> {retracted}
            GROUP BY id_hash
        ), known AS (
            SELECT ev.pos, ev.id_hash FROM ev LEFT JOIN named ON ev.id_hash = named.id_hash
            LEFT JOIN fresh ON ev.id_hash = fresh.id_hash
            WHERE ev.pos < {before} AND (named.id_hash IS NOT NULL
                OR (fresh.id_hash IS NOT NULL AND ev.type <> {retracted}))
        )
        SELECT pos FROM known
        UNION
        SELECT ev.pos FROM ev LEFT JOIN fresh ON ev.id_hash = fresh.id_hash
        WHERE ev.pos >= {before} AND (ev.corrects OR fresh.n > 1
            OR ev.id_hash IN (SELECT id_hash FROM named_ever)
            OR ev.id_hash IN (SELECT id_hash FROM known))
        """
    )
    engine.register("added", {"pos": "int64"}, added)
    return engine.arrow(
        f"""
        SELECT {_DISPUTED} FROM disputed
        UNION ALL
        SELECT {_DISPUTED} FROM ev
        WHERE pos IN (SELECT pos FROM added) AND pos NOT IN (SELECT pos FROM disputed)
        ORDER BY pos
        """
    )


def _hashes_named(records: Iterable[Record]) -> list[int]:
    """Return the hashes of the ids that corrections among records can mean, in order."""
    named = {
        hash_of(id)
        for record in records
        for text in record.event.supersedes
        for id, _ in targets(text)
    }
    return sorted(named)


def find_dead(engine: Engine, codes: Codes, visible: str) -> list[int]:
    """Return the numbers of the rows that no state takes in.

    Args:
        engine: An engine that has the disputed records as ``disputed``.
        codes: The code of each text, by kind.
        visible: The condition for what was known.

    Raises:
        InvalidQueryError: Two accounts of an event are alive: only a policy can choose.
    """
    rows = engine.rows(
        f"SELECT pos, stream, recorded, event FROM disputed AS ev WHERE {visible} ORDER BY pos"
    )
    records = records_of_rows([*codes["stream"]], [row[1:] for row in rows])
    corrections = [record for record in records if record.event.supersedes]
    verdict = judge([*distinct(corrections)], records)
    dead: list[int] = []
    alive: dict[int, Record] = {}
    for (pos, *_), record in zip(rows, records, strict=True):
        if verdict.is_dead(record):
            dead.append(pos)
        elif not isinstance(record.event, EventRetracted):
            alive[pos] = record
    return dead + _again(alive)


def _again(records: dict[int, Record]) -> list[int]:
    """Return the rows that say what another row of the same id says."""
    by_id: defaultdict[str, list[tuple[int, Record]]] = defaultdict(list)
    for pos, record in records.items():
        by_id[record.id].append((pos, record))
    differing = [id for id, some in by_id.items() if len(_contents(one for _, one in some)) > 1]
    if differing:
        raise InvalidQueryError(
            "records differ in what they say of {ids}, and a table of events has no policy to "
            "choose by. Write what the log resolves to, with "
            "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)",
            ids=listing(sorted(differing), 3),
        )
    return [pos for some in by_id.values() for pos, _ in some[1:]]


def _contents(records: Iterable[Record]) -> set[str]:
    return {repr(one.event.content()) for one in records if isinstance(one.event, Event)}

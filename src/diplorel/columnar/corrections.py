"""Which records a state does not take in: corrected ones, and those that say the same again.

Corrections are few. They are read with what they name, and judged by the rules of
`diplorel.resolve.corrections`; the engine then leaves out rows by their numbers.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from diplorel._message import listing
from diplorel.columnar.schema import arrow, hash_of
from diplorel.columnar.tables import records_of
from diplorel.errors import InvalidQueryError
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import distinct, targets
from diplorel.resolve.corrections import judge

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from diplorel.columnar.tables import EventTable
    from diplorel.model.records import Record


def find_dead(con: Any, table: EventTable, visible: str) -> list[int]:
    """Return the numbers of the rows that no state takes in.

    Args:
        con: The connection, in which the table is ``ev``.
        table: The table.
        visible: The condition for what was known.

    Raises:
        InvalidQueryError: Two accounts of an event are alive: only a policy can choose.
    """
    corrections = [*_read(con, table, f"ev.corrects AND {visible}").values()]
    named = {
        hash_of(id)
        for record in corrections
        for text in record.event.supersedes
        for id, _ in targets(text)
    }
    hashes = named | table.repeated
    if not hashes:
        return []
    # a condition on the column, and no join, so that row groups without any are passed over
    found = _read(con, table, f"ev.id_hash IN (SELECT id_hash FROM hashes) AND {visible}", hashes)
    verdict = judge([*distinct(corrections)], [*found.values()])
    dead = [pos for pos, record in found.items() if verdict.is_dead(record)]
    alive = {
        pos: record
        for pos, record in found.items()
        if not isinstance(record.event, EventRetracted) and not verdict.is_dead(record)
    }
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


def _read(
    con: Any, table: EventTable, condition: str, hashes: Collection[int] = ()
) -> dict[int, Record]:
    """Return the records of the rows that meet a condition, by their numbers."""
    pa = arrow()
    con.register("hashes", pa.table({"id_hash": pa.array(sorted(hashes), pa.int64())}))
    rows = con.execute(
        f"SELECT pos, stream, recorded, event FROM ev WHERE {condition} ORDER BY pos"
    ).fetchall()
    con.unregister("hashes")
    if not rows:
        return {}
    places, *columns = (list(one) for one in zip(*rows, strict=True))
    return dict(zip(places, records_of([*table.codes["stream"]], *columns), strict=True))

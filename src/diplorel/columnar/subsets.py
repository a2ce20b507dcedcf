"""The records of a table that bear on some parties: few enough for a log in memory.

Panels and spells need whole histories, and the states of a day keep only their ends. So the engine
picks the records, and a log answers.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain
from typing import TYPE_CHECKING, Final

from diplorel.columnar.records import records_of_rows
from diplorel.model.events import EventRetracted
from diplorel.model.records import targets
from diplorel.tracks.figures import FigureReported
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.columnar.engines import Engine, Row
    from diplorel.columnar.schema import Codes
    from diplorel.model.events import Event
    from diplorel.model.records import Record

_TEXT: Final = "pos, stream, recorded, event"


def records_about(
    engine: Engine, codes: Codes, parties: Iterable[str], types: Iterable[type[Event]] = ()
) -> list[Record]:
    """Return the records that bear on some parties, in the order of the table.

    These are the ones that name them, or whom successions join to them; the ones of several dyads,
    of a group, or of an agreement of theirs; and every correction that names one of these, with all
    else that it names.

    Args:
        engine: An engine that has the events as ``ev`` and the disputed records as ``disputed``.
        codes: The code of each text, by kind.
        parties: The ids.
        types: Event classes of tracks of your own.
    """
    types = tuple(types)
    moved, figures, retracted = (
        codes["type"].get(one.type, -2) for one in (PartySucceeded, FigureReported, EventRetracted)
    )
    some = kin(engine, "ev", codes, parties)
    rows = engine.rows(
        f"SELECT {_TEXT} FROM ev WHERE a IN {some} OR b IN {some} OR type = {moved} "
        f"OR (b < 0 AND type <> {figures} AND type <> {retracted}) OR {in_agreements('ev', some)}"
    )
    found = {row[0]: row for row in rows}
    found |= _corrections_of(found, engine.rows(f"SELECT {_TEXT} FROM disputed"), codes, types)
    rows = [row[1:] for _, row in sorted(found.items())]
    return records_of_rows([*codes["stream"]], rows, types)


def in_agreements(source: str, some: str) -> str:
    """Return whether an event is about an agreement that others of some parties are about.

    Whoever joins an agreement later also has it with them.

    Args:
        source: The name of the events.
        some: The codes of the parties, in parentheses.
    """
    return f"""agreement IN (
            SELECT agreement FROM {source} WHERE (a IN {some} OR b IN {some})
                AND agreement IS NOT NULL GROUP BY agreement
        )"""


def kin(engine: Engine, source: str, codes: Codes, parties: Iterable[str]) -> str:
    """Return the codes of parties and of all whom successions join to them, in parentheses."""
    moved = codes["type"].get(PartySucceeded.type, -2)
    rows = engine.rows(f"SELECT stream, recorded, event FROM {source} WHERE type = {moved}")
    moves = [record.event for record in records_of_rows([*codes["stream"]], rows)]
    pairs = [{*event.parties} for event in moves]  # type: ignore[union-attr]  # all are successions
    found = {*parties}
    while more := {*chain(*(pair for pair in pairs if not pair.isdisjoint(found)))} - found:
        found |= more
    known = codes["party"]
    return f"({', '.join(map(str, [*sorted(known[one] for one in found if one in known), -2]))})"


def _corrections_of(
    named: Iterable[int], disputed: list[Row], codes: Codes, types: Iterable[type[Event]]
) -> dict[int, Row]:
    """Return the disputed rows that corrections join to rows, by number.

    Args:
        named: The numbers of the rows.
        disputed: All disputed rows.
        codes: The code of each text, by kind.
        types: Event classes of tracks of your own.
    """
    records = records_of_rows([*codes["stream"]], [row[1:] for row in disputed], types)
    by_id: defaultdict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        by_id[record.id].append(place)
    joined: defaultdict[int, set[int]] = defaultdict(set)
    for place, record in enumerate(records):
        for id in {id for text in record.event.supersedes for id, _ in targets(text)}:
            for other in by_id.get(id, ()):
                joined[place].add(other)
                joined[other].add(place)
    rows = {*named}
    found: dict[int, Row] = {}
    reached = [place for place, row in enumerate(disputed) if row[0] in rows]
    for place in reached:  # it grows
        if disputed[place][0] not in found:
            found[disputed[place][0]] = disputed[place]
            reached += joined[place]
    return found

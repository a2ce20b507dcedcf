"""Make the United States' stream of the Office of the Historian's lists.

    python examples/united_states/convert.py OUT_FOLDER [TABLES_FOLDER]

Reads the four tables beside it, or newer ones in a folder of yours, and writes a stream's folder:
every row is told by an event or is left out, and NOTES.md says which and why. The same tables give
the same bytes. Run over a folder that holds the stream already, it appends what is new or
otherwise, and rewrites no line.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path
from typing import TypeAlias

import attrs
from about import (
    CLAIMS,
    FIRST,
    HEADER,
    INFO,
    RECORDED,
    RECORDED_LATER,
    RECORDED_MENDED,
    SECOND,
)
from bibliography import sources_of
from envoys import read_chiefs, taken_up
from mends import mended
from notes import notes
from relations import read_guide
from resumptions import resumed
from visits import read_trips, read_visits

import diplorel as dr
from diplorel.io.layout import EVENTS
from diplorel.model.events import Event
from diplorel.model.reference import Reference
from diplorel.model.releases import Release, pin
from tables import CHIEFS, GUIDE, TABLES, TRIPS, VISITS, Row, Told, rows

HERE = Path(__file__).parent
# The check of release 0.1.0 took these posts for open, though a severance had ended them. They were
# left out of it, and entered the stream with the next one.
REOPENED = (
    "mission-opened/BGR-USA/1960-01-15/legation",
    "mission-opened/BGR-USA/[1947-11-21..1947-12-29]/legation",
    "mission-opened/USA-BGR/1960-03-14/legation/sofia",
    "mission-opened/USA-MRT/1970-03-04/embassy",
    "mission-opened/USA-ROU/1947-09-25/legation/bucharest",
)
OTHERWISE = "the Office's lists say it otherwise now, or do not tell it any more"
Readings: TypeAlias = dict[str, dict[str, Told]]
"""From the name of a table and the key of a row to what became of it."""


def read_tables(folder: Path) -> tuple[dict[str, list[Row]], Readings]:
    """Return the rows of each table, and what became of each row."""
    found = {table.name: rows(table, folder) for table in TABLES}
    return found, {
        GUIDE.name: read_guide(found[GUIDE.name], taken_up(found[CHIEFS.name])),
        CHIEFS.name: read_chiefs(found[CHIEFS.name]),
        VISITS.name: read_visits(found[VISITS.name]),
        TRIPS.name: read_trips(found[TRIPS.name]),
    }


def told_by(readings: Readings) -> dict[str, Event]:
    """Return the events by id; an act that several rows tell is one, with all their citations.

    Raises:
        ValueError: Two rows tell one act in two ways, and no rule says which counts.
    """
    found: dict[str, Event] = {}
    for told in (told for reading in readings.values() for told in reading.values()):
        for event in [] if isinstance(told, str) else told:
            same = found.setdefault(event.id, event)
            if same is event:
                continue
            if same.content() != event.content():
                raise ValueError(f"two rows tell {event.id} in two ways: {same} and {event}")
            found[event.id] = attrs.evolve(same, sources=[*same.sources, *event.sources])
    return found


def sound(readings: Readings) -> tuple[dict[str, Event], dict[str, Event], dict[str, str]]:
    """Return the events without those that the check finds at odds with the rest, and those.

    What contradicts the rows before it, as a restoration of ties that no row breaks off, is left
    out with the check's own words as the reason.

    Returns:
        The events of the first release by id, those that it left out and that are sound, and the
        reasons by the id of an event that is left out.
    """
    events, dropped = told_by(readings), {}
    later = {id: events.pop(id) for id in REOPENED if id in events}
    while problems := log_of(events).check():
        for one in problems:
            if one.event is None:
                raise ValueError(f"no rule mends {one}")
            if events.pop(one.event, None) is not None:
                dropped[one.event] = one.message
    return events, later, dropped


def log_of(
    events: dict[str, Event],
    later: dict[str, Event] | None = None,
    mends: dict[str, Event] | None = None,
) -> dr.EventLog:
    """Return the stream as a log, recorded at the moments that its releases were made."""
    told = {**events, **(later or {})}
    cited = {one.source for event in told.values() for one in event.sources}
    cited |= {claim.source for claim in CLAIMS}
    log = dr.EventLog(
        [events[id] for id in sorted(events)],
        stream=INFO.name,
        at=RECORDED,
        reference=Reference(sources=tuple(sources_of(cited)), claims=CLAIMS, infos=(INFO,)),
    )
    for added, at in ((later, RECORDED_LATER), (mends, RECORDED_MENDED)):
        if added:
            log = log.append(*(added[id] for id in sorted(added)), at=at)
    return log


def left_out(readings: Readings, dropped: dict[str, str]) -> dict[str, dict[str, list[str]]]:
    """Return the keys of the rows that no event tells, by table and reason."""
    found: dict[str, dict[str, list[str]]] = {}
    for table, reading in readings.items():
        reasons: dict[str, list[str]] = defaultdict(list)
        for key, told in reading.items():
            if isinstance(told, str):
                reasons[told].append(key)
            elif all(event.id in dropped for event in told):
                reasons[dropped[told[0].id]].append(key)
        found[table] = dict(reasons)
    return found


def release(one: Release) -> str:
    """Return what a release pins, as TOML."""
    pinned = attrs.asdict(one).items()
    lines = (f"{key} = {value!r}\n".replace("'", '"') for key, value in pinned)
    return "\n[[release]]\n" + "".join(lines)


def convert(tables: Path, out: Path) -> dr.EventLog:
    """Write the stream that the tables tell to a folder, and return it."""
    by_table, readings = read_tables(tables)
    events, later, dropped = sound(readings)
    later |= resumed(by_table[GUIDE.name], readings[GUIDE.name], dropped)
    fresh = not (out / EVENTS).is_file()
    mends = mended(events, by_table)
    log = log_of(events, later, mends)
    if problems := log.check():
        raise ValueError(f"no rule mends {problems[0]}")
    if not fresh:
        there, known = dr.read(out), log.reference
        cited = {one.id: one for one in (*there.reference.sources, *known.sources)}
        right = {id: attrs.evolve(one, supersedes=(), reason=None) for id, one in mends.items()}
        told = [*{**events, **right}.values(), *later.values()]
        log = dr.update(there, told, sources=known.sources, reason=OTHERWISE, removed="retract")
        reference = attrs.evolve(known, sources=tuple(cited.values()))
        log = dr.EventLog(log.records, reference=reference)
    dr.write(log, out)
    if fresh:
        about = out / "stream.toml"
        lines = (out / EVENTS).read_bytes().splitlines(keepends=True)
        ends = {FIRST: len(events), SECOND: len(events) + len(later), INFO.version: len(lines)}
        before = (0, *ends.values())
        releases = [
            pin(b"".join(lines[:end]), version)
            for (version, end), start in zip(ends.items(), before, strict=False)
            if end > start
        ]
        text = about.read_text(encoding="utf-8") + "".join(map(release, releases))
        about.write_text(HEADER + text, encoding="utf-8", newline="\n")
    text = notes(by_table, left_out(readings, dropped), dropped, log)
    (out / "NOTES.md").write_text(text, encoding="utf-8", newline="\n")
    return log


if __name__ == "__main__":
    match sys.argv[1:]:
        case [out]:
            made = convert(HERE / "tables", Path(out))
        case [out, tables]:
            made = convert(Path(tables), Path(out))
        case _:
            sys.exit(__doc__)
    print(f"{out}: {len(made)} records, {len(made.check())} problems")

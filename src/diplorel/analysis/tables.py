"""The tables of answers: one function an answer, imported when a table is asked for.

The answers import this module, so it knows them by what they have, not by their classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel._version import __version__
from diplorel.model.column import Column, booleans, dates, days, enum, floats, integers, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from diplorel.analysis.ranking_rows import Row

_MANY = "several with a space between"


def _stamp(on: date | None, **more: Any) -> dict[str, Any]:
    return {"library": __version__, "on": on and on.isoformat(), **more}


def _positions(rows: Sequence[Row], blanks: int = 0) -> tuple[Column, ...]:
    none = [None] * blanks
    return (
        integers("position", [*(row.position for row in rows), *none], title="Position"),
        integers("best", [*(row.best for row in rows), *none], note="the best that is possible"),
        integers("worst", [*(row.worst for row in rows), *none], note="the worst possible"),
    )


def ranking_table(ranking: Any) -> Table:
    """Return one row a partner, best first, then the parties of each block without a position."""
    rows = ranking.rows
    blocks = [(block, id) for block in ranking.blocks for id in getattr(ranking, block)]
    none = [None] * len(blocks)
    levels = sorted({row.level for row in rows}, key=lambda level: (level.rank or 0, level.id))
    labels = {level.id: level.name() for level in levels}
    table = Table(
        (
            *_positions(rows, len(blocks)),
            text("party", [*(row.party for row in rows), *(id for _, id in blocks)]),
            text(
                "name", [*(row.name for row in rows), *map(ranking.name_of, (p for _, p in blocks))]
            ),
            text(
                "block",
                [*("ranked" for _ in rows), *(block for block, _ in blocks)],
                note="ranked, or why the party has no position: undecided, unranked (a level "
                "without a rank), special, below (the levels that are complete), none, unknown",
            ),
            enum("level", [*(row.level.id for row in rows), *none], labels, title="Level"),
            integers("rank", [*(row.level.rank for row in rows), *none], note="of the level"),
            *dates("since", [*(row.since for row in rows), *none], title="Level since"),
            *dates("ties", [*(row.ties for row in rows), *none], title="Ties since"),
            booleans("certain", [*(row.certain for row in rows), *none]),
            booleans("last_recorded", [*(row.last_recorded for row in rows), *none]),
            days("complete_to", [*(row.complete_to for row in rows), *none]),
        ),
        title=f"Partners of {ranking.party}, in the standing order",
        stamp=_stamp(ranking.on, party=ranking.party, complete=ranking.complete),
    )
    return table.with_orders()


def partners_table(partners: Any) -> Table:
    """Return one row a party: those at the level, those that may be, those without a rank."""
    blocks = [
        *(("certain", id) for id in partners.parties),
        *(("possible", id) for id in partners.possible),
        *(("unranked", id) for id in partners.unranked),
    ]
    return Table(
        (
            text("party", (id for _, id in blocks)),
            text("block", (block for block, _ in blocks), note="certain, possible or unranked"),
        ),
        title="Partners",
        stamp={"library": __version__, "complete": partners.complete},
    )


def diff_table(diff: Any) -> Table:
    """Return one row a change, those that only correct last, with the states before and after."""
    rows = [(False, one) for one in diff.changes] + [(True, one) for one in diff.corrections]
    changes = [change for _, change in rows]
    subjects: list[tuple[str, ...]] = [
        (change.subject,) if isinstance(change.subject, str) else change.subject
        for change in changes
    ]
    direction = [
        "changed" if one.before and one.after else "begun" if one.after else "removed"
        for one in changes
    ]

    def events(states: Iterable[Any]) -> list[str | None]:
        return [" ".join(e.id for e in state.events) if state else None for state in states]

    return Table(
        (
            text("subject", (change.label for change in changes)),
            text("party_a", (subject[0] for subject in subjects)),
            text("party_b", (subject[1] if subject[1:] else None for subject in subjects)),
            text("track", (change.track for change in changes)),
            text(
                "direction",
                direction,
                note="begun (nothing had happened before), changed, or removed (nothing remains)",
            ),
            booleans(
                "corrected", (c for c, _ in rows), note="whether it is only reported otherwise"
            ),
            text("before", events(one.before for one in changes), note=f"events, {_MANY}"),
            text("after", events(one.after for one in changes), note=f"events, {_MANY}"),
            text(
                "events",
                (" ".join(event.id for event in change.events) for change in changes),
                note=f"the events that are in the one and not in the other, {_MANY}",
            ),
        ),
        title=f"Changes after {diff.since}, up to {diff.until}",
        stamp=_stamp(diff.until, since=diff.since.isoformat()),
    )


def timeline_table(entries: Collection[Any]) -> Table:
    """Return one row an event, in the order of the timeline."""
    return Table(
        (
            *dates("on", (entry.on for entry in entries), title="Date"),
            text("type", (entry.event.type for entry in entries)),
            text("id", (entry.event.id for entry in entries)),
            text("tracks", (" ".join(one.tracks) for one in entries), note=_MANY),
            text("sources", (" ".join(s.id for s in one.sources) for one in entries), note=_MANY),
        ),
        title="Timeline",
        stamp={"library": __version__},
    )


def sensitivity_table(report: Any) -> Table:
    """Return one row a partner and order: its position there, beside the one shown."""
    pairs = [(row, variant) for row in report.rows for variant in report.variants]
    return Table(
        (
            *_positions([row for row, _ in pairs]),
            text("party", (row.party for row, _ in pairs)),
            text("name", (row.name for row, _ in pairs)),
            text("order", (variant.name for _, variant in pairs), note="what is otherwise"),
            integers(
                "position_there", (variant.positions.get(row.party) for row, variant in pairs)
            ),
            floats("tau", (variant.tau for _, variant in pairs), note="Kendall's tau-b"),
        ),
        title=f"How sensitive the ranking of {report.party}'s partners is",
        stamp=_stamp(report.on, party=report.party),
    )

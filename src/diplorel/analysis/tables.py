"""The tables of answers: one function an answer, imported when a table is asked for.

The answers import this module, so it knows them by what they have, not by their classes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import Column, booleans, dates, days, enum, floats, integers, text
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from datetime import date

    from diplorel.analysis.ranking_rows import Row

_MANY = "several with a space between"


def _stamp(answer: Any, on: date | None, **more: Any) -> dict[str, Any]:
    return {**answer.asked, "on": on and on.isoformat(), **more}


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
        stamp=_stamp(ranking, ranking.on, party=ranking.party, complete=ranking.complete),
    )
    return table.with_orders()


def metric_table(ranking: Any) -> Table:
    """Return one row a partner, best first, then the parties of each block without a position."""
    rows = ranking.rows
    blocks = [(block, id) for block in ranking.blocks for id in getattr(ranking, block)]
    none = [None] * len(blocks)
    values = [*(row.value for row in rows), *none]
    return Table(
        (
            *_positions(rows, len(blocks)),
            text("party", [*(row.party for row in rows), *(id for _, id in blocks)]),
            text(
                "name", [*(row.name for row in rows), *map(ranking.name_of, (p for _, p in blocks))]
            ),
            text(
                "block",
                [*("ranked" for _ in rows), *(block for block, _ in blocks)],
                note="ranked, or why the party has no position: undecided (open dates may give it "
                "one), none (there are none), unknown",
            ),
            *(
                dates("ties", values, title="Ties since")
                if ranking.by == "ties"
                else (integers("visits", values, unit="visits", note="as recorded"),)
            ),
            booleans("certain", [*(row.certain for row in rows), *none]),
            booleans("last_recorded", [*(row.last_recorded for row in rows), *none]),
            days("complete_to", [*(row.complete_to for row in rows), *none]),
        ),
        title=f"Partners of {ranking.party}, by {ranking.by}",
        stamp=_stamp(
            ranking, ranking.on, party=ranking.party, by=ranking.by, complete=ranking.complete
        ),
    )


def party_table(found: Any) -> Table:
    """Return one row a party: those that certainly are, those that may be, those without a rank."""
    blocks = [
        *(("certain", id) for id in found.parties),
        *(("possible", id) for id in found.possible),
        *(("unranked", id) for id in getattr(found, "unranked", ())),
    ]
    return Table(
        (
            text("party", (id for _, id in blocks)),
            text("block", (block for block, _ in blocks), note="certain, possible or unranked"),
        ),
        title=type(found).__name__,
        stamp={**found.asked, "complete": found.complete},
    )


def counts_table(counts: Any) -> Table:
    """Return one row a rank, highest first: how many partners are at it, and at least at it."""
    note = "that certainly are; open dates, and a list that is not complete, can add to them"
    labels = {one.level.id: one.level.name() for one in reversed(counts)}
    return Table(
        (
            enum("level", (one.level.id for one in counts), labels, title="Level"),
            integers("rank", (one.level.rank for one in counts), note="of the level"),
            integers("exactly", (one.exactly for one in counts), unit="partners", note=note),
            integers("at_least", (one.at_least for one in counts), unit="partners", note=note),
            booleans(
                "complete",
                (one.complete for one in counts),
                note="whether some stream says that it lists all at this rank and above",
            ),
        ),
        title="Partners by level",
        stamp=counts.asked,
    ).with_orders()


def explanation_table(why: Any, reference: Any) -> Table:
    """Return one row a citation of an event, the undecided events last."""
    rows = [(event, one) for event in why.evidence for one in event.sources]
    sources = [reference.find_source(citation.source) for _, citation in rows]
    return Table(
        (
            text("id", (event.id for event, _ in rows), title="Event"),
            text("type", (event.type for event, _ in rows)),
            *dates("on", (event.on for event, _ in rows), title="Date"),
            booleans(
                "decided",
                (event not in why.undecided for event, _ in rows),
                note="false where the dates leave open whether it had happened by the day",
            ),
            text("source", (citation.source for _, citation in rows), title="Source"),
            text("publisher", (source and source.publisher for source in sources)),
            text("title", (source and source.title for source in sources)),
            *dates("published", (source and source.published for source in sources)),
            text("locator", (citation.locator for _, citation in rows), note="where in it"),
            text(
                "source_date",
                (citation.on and citation.on.text for _, citation in rows),
                note="the date that this source gives, where it differs",
            ),
            text(
                "alternatives",
                (
                    " ".join(one.digest for one in why.accounts.get(event.id, ())[1:]) or None
                    for event, _ in rows
                ),
                note=f"the digests of differing accounts that are not followed, {_MANY}",
            ),
        ),
        title="Events behind a relation",
        stamp=why.asked,
    )


def diff_table(diff: Any) -> Table:
    """Return one row a change, those that only correct last, with the states before and after."""
    rows = [(False, one) for one in diff.changes] + [(True, one) for one in diff.corrections]
    changes = [change for _, change in rows]
    subjects: list[tuple[str, ...]] = [
        (change.subject,) if isinstance(change.subject, str) else change.subject
        for change in changes
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
                (change.direction for change in changes),
                note="begun (nothing had happened before), raised or lowered (a level, by its "
                "rank), changed (anything else), or removed (nothing remains)",
            ),
            booleans(
                "corrected", (c for c, _ in rows), note="whether it is only reported differently"
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
        stamp=_stamp(diff, diff.until, since=diff.since.isoformat()),
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
        stamp=getattr(entries, "asked", NOT_ASKED),
    )


def sensitivity_table(report: Any) -> Table:
    """Return one row a partner and order: its position there, beside the one shown."""
    pairs = [(row, variant) for row in report.rows for variant in report.variants]
    return Table(
        (
            *_positions([row for row, _ in pairs]),
            text("party", (row.party for row, _ in pairs)),
            text("name", (row.name for row, _ in pairs)),
            text("order", (variant.name for _, variant in pairs), note="what differs"),
            integers(
                "position_there", (variant.positions.get(row.party) for row, variant in pairs)
            ),
            floats("tau", (variant.tau for _, variant in pairs), note="Kendall's tau-b"),
        ),
        title=f"How sensitive the ranking of {report.party}'s partners is",
        stamp=_stamp(report, report.on, party=report.party),
    )

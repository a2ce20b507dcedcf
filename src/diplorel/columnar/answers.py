"""The statements that give each answer: a row for each subject, with texts for codes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.columnar.cuts import same
from diplorel.columnar.names import ESTABLISHED, LEVELS, SUSPENDED, VISITS
from diplorel.tracks.figures import FigureReported
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from diplorel.columnar.names import Kept, Names

_NEVER: Final = 2**62
WITHIN, AROUND, ALONE = 0, 1, 2
"""The parts of what the fold gets of levels."""


def ties(names: Names) -> Kept:
    """The diplomatic relations of each dyad that has a record of them."""
    return names.keep(
        "ties",
        f"""
            SELECT pa.text AS a, pb.text AS b,
                CASE one.st WHEN {ESTABLISHED} THEN 'established'
                    WHEN {SUSPENDED} THEN 'suspended' ELSE 'severed' END AS status,
                {names.since("one")},
                TRUE AS status_certain, TRUE AS since_certain
            FROM ties_first AS one
            JOIN parties AS pa ON one.a = pa.code JOIN parties AS pb ON one.b = pb.code
            WHERE NOT one.late
            UNION ALL SELECT * FROM ties_folded
            """,
    )


def level(names: Names) -> Kept:
    """What is held on each ladder of a dyad that has a record."""
    return names.keep(
        "level",
        f"""
            SELECT pa.text AS a, pb.text AS b, pl.text AS ladder, one.status, held.text AS level,
                {names.since("one")},
                agreed.text AS agreed,
                TRUE AS status_certain, TRUE AS level_certain, TRUE AS since_certain,
                TRUE AS agreed_certain
            FROM level_first AS one
            JOIN parties AS pa ON one.a = pa.code JOIN parties AS pb ON one.b = pb.code
            JOIN parties AS pl ON one.ladder = pl.code
            LEFT JOIN levels AS held ON one.level = held.code
            LEFT JOIN levels AS agreed ON one.agreed = agreed.code
            WHERE NOT one.late
            UNION ALL SELECT * FROM level_folded
            """,
    )


def figures_top(names: Names) -> Kept:
    """The latest report of each series: the last by the convention, of several by the id.

    It is doubtful where another one may have come after it: one of a day from its first day on.
    """
    return names.keep(
        "figures_top",
        f"""
            WITH placed AS (
                SELECT rows.*, row_number() OVER (PARTITION BY rows.a, rows.b, rows.series
                    ORDER BY {names.order("rows.")} DESC, {names.id_order("rows")} DESC) AS place
                FROM near AS rows WHERE rows.type IN {names.of(FigureReported)}
            ), tops AS (
                SELECT *, (CAST(lo AS BIGINT) << 10) + ((key >> 30) & 1023) AS i0
                FROM placed WHERE place = 1
            ), counts AS (
                SELECT a, b, series, sum(n) AS n FROM parts
                WHERE type IN {names.of(FigureReported)} GROUP BY a, b, series
            )
            SELECT tops.a, tops.b, tops.series, tops.lo, tops.hi, tops."on", tops.value,
                tops.unit, tops.qualifier, max(counts.n) AS n, count(*) > 1 AS is_open
            FROM tops
            JOIN counts ON tops.a = counts.a AND tops.b = counts.b AND tops.series = counts.series
            JOIN placed ON tops.a = placed.a AND tops.b = placed.b
                AND tops.series = placed.series AND placed.key >> 30 >= tops.i0
            GROUP BY tops.a, tops.b, tops.series, tops.lo, tops.hi, tops."on", tops.value,
                tops.unit, tops.qualifier
            """,
    )


def figures(names: Names) -> Kept:
    """The latest report of each series of a dyad, or of one party."""
    earliest, latest = names.dialect.date("top.lo"), names.dialect.date("top.hi")
    return names.keep(
        "figures",
        f"""
            SELECT pa.text AS a, pb.text AS b, kinds.indicator, kinds.period, kinds.cumulative,
                kinds.acting, top.value, units.text AS unit, qualifiers.text AS qualifier,
                {names.text("top")} AS reported, {earliest} AS reported_earliest,
                {latest} AS reported_latest, CAST(top.n AS BIGINT) AS reports,
                NOT top.is_open AS latest_certain
            FROM figures_top AS top
            JOIN parties AS pa ON top.a = pa.code LEFT JOIN parties AS pb ON top.b = pb.code
            JOIN kinds ON top.series = kinds.code
            JOIN units ON top.unit = units.code
            JOIN qualifiers ON top.qualifier = qualifiers.code
            UNION ALL SELECT * FROM figures_folded
            """,
    )


def visits(names: Names) -> Kept:
    """How many visits and talks are recorded of each dyad."""
    return names.keep(
        "visits",
        f"""
            SELECT pa.text AS a, pb.text AS b, one.visits, one.talks
            FROM (
                SELECT parts.a, parts.b,
                    CAST(sum(CASE WHEN type IN {names.of(VisitMade)} THEN n ELSE 0 END) AS BIGINT)
                        AS visits,
                    CAST(sum(CASE WHEN type IN {names.of(TalksHeld)} THEN n ELSE 0 END) AS BIGINT)
                        AS talks
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE parts.type IN {names.of(*VISITS)} AND folded.a IS NULL
                GROUP BY parts.a, parts.b
            ) AS one
            JOIN parties AS pa ON one.a = pa.code JOIN parties AS pb ON one.b = pb.code
            UNION ALL SELECT * FROM visits_folded
            """,
    )


def level_fate(names: Names) -> Kept:
    """What becomes of each open ladder: shown by the convention, read again whole, or folded.

    One that is crowded is shown by the convention, unless the ties around it may leave a severance
    fewer days, and another last run with it.
    """
    return names.keep(
        "level_fate",
        f"""
            WITH judged AS (
                SELECT one.a, one.b, one.ladder, one.is_complex, one.is_partial,
                    coalesce(around.is_crowded, FALSE) AS ties_crowded,
                    coalesce(around.is_partial AND NOT around.is_crowded, FALSE) AS ties_partial,
                    one.is_crowded AND (coalesce(around.is_crowded, FALSE)
                        OR coalesce(one.late_severance < least(coalesce(roll.before, 0),
                            coalesce(roll.agreed_at, {_NEVER})), TRUE)) AS is_crowded
                FROM level_outcome AS one
                JOIN level_roll AS roll ON {same("one", "roll")}
                LEFT JOIN context_outcome AS around ON one.a = around.a AND one.b = around.b
            )
            SELECT a, b, ladder, is_complex, is_crowded, ties_crowded,
                NOT is_crowded AND (is_partial OR ties_partial) AS is_short
            FROM judged
            """,
    )


def folded_ties(names: Names) -> Kept:
    """The rows of the tails of ties that the fold gets."""
    return names.keep(
        "ties_input",
        f"""
            SELECT one.a, one.b, one.type, one.lo, one."on", one.key, one.nth, one.ladder, one.pos
            FROM ties_tails AS one JOIN ties_outcome AS fate ON {same("one", "fate")}
            WHERE NOT fate.is_crowded AND NOT fate.is_partial
            """,
    )


def folded_levels(names: Names) -> Kept:
    """The rows of the tails of levels that the fold gets, and of the ties around them.

    The events of levels are `WITHIN` a history that the ties `AROUND` them belong to. Where the
    orders of these ties leave severances their days, a ladder is `ALONE`: it comes with its own
    severances, which then come once for each ladder.
    """
    is_own = f"tails.type IN {names.of(*LEVELS)}"
    return names.keep(
        "level_input",
        f"""
            SELECT tails.a, tails.b, tails.type, tails.lo, tails."on", tails.key, tails.nth,
                tails.ladder, tails.level, tails.previous,
                CASE WHEN fate.ties_crowded THEN {ALONE} ELSE {WITHIN} END AS part, tails.pos
            FROM level_tails AS tails JOIN level_fate AS fate ON {same("tails", "fate")}
            WHERE NOT fate.is_crowded AND NOT fate.is_short AND (fate.ties_crowded OR {is_own})
            UNION ALL
            SELECT tails.a, tails.b, tails.type, tails.lo, tails."on", tails.key, tails.nth,
                tails.ladder, -1 AS level, -1 AS previous, {AROUND} AS part, tails.pos
            FROM context_tails AS tails JOIN (
                SELECT a, b FROM level_fate
                WHERE NOT is_crowded AND NOT is_short AND NOT ties_crowded GROUP BY a, b
            ) AS fate ON tails.a = fate.a AND tails.b = fate.b
            """,
    )

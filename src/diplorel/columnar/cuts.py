"""Where the history of an open subject can be cut: what comes before matters to nothing after.

A *cluster* is a run of events whose dates leave the order open; all of a cluster certainly come
after all of the one before. Its *ends* are the events that some order of it puts last. Where these
all set one status, every order of the cluster leaves that status, whatever was before. So the
contradictions of a history are those up to there and those after it, each with a best order of its
own, and a history that begins with these ends has the plausible orders of the whole, after them.
The `since` of the last status is in it too if some later cluster leaves another status.

The *tail* of a subject begins with the ends of the last such cluster; the fold gets it. If more
events of a tail overlap at once than any search can take in, it is *crowded*: the fold then shows
the order of the convention, and calls nothing certain. Such tails can be whole
histories of many thousand events, so that the engine gives their answer itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from diplorel.columnar.names import AGREED, LEVELS, TIES
from diplorel.replay import plausible
from diplorel.tracks.level import LevelUpgraded
from diplorel.tracks.ties import TiesSevered

if TYPE_CHECKING:
    from diplorel.columnar.names import Kept, Names

Of: TypeAlias = Literal["ties", "level", "context"]
SUBJECT: Final = "a, b, ladder"


def same(one: str, other: str) -> str:
    """Return whether two rows are of one subject."""
    return f"{one}.a = {other}.a AND {one}.b = {other}.b AND {one}.ladder = {other}.ladder"


def clusters(names: Names, name: str) -> Kept:
    """The events of open subjects with the number of their cluster, and whether they are ends.

    Args:
        names: The words of the statements.
        name: The beginning of the names of the tables: that of the events ends with ``_open``.
    """
    over = "PARTITION BY a, b, ladder ORDER BY i1, pos"
    # some engines look at all rows again where the first of a window moves, not where the last does
    back = "PARTITION BY a, b, ladder ORDER BY i1 DESC, pos DESC"
    return names.keep(
        f"{name}_clusters",
        f"""
            WITH bounds AS (
                SELECT *, (CAST(lo AS BIGINT) << 10) + ((key >> 30) & 1023) AS i0, key >> 30 AS i1
                FROM {name}_open
            ), reaches AS (
                SELECT *,
                    max(i1) OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                        AS reached,
                    min(i0) OVER ({back} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
                        AS soonest
                FROM bounds
            ), numbered AS (
                SELECT *,
                    sum(CASE WHEN reached IS NULL OR soonest > reached THEN 1 ELSE 0 END)
                        OVER ({over} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cluster
                FROM reaches
            )
            SELECT *, i1 >= max(i0) OVER (PARTITION BY a, b, ladder, cluster) AS is_end
            FROM numbered
            """,
    )


def cut(names: Names, name: str, of: Of) -> Kept:
    """The number of the cluster that the tail of each open subject begins with, if one is found.

    Of the ties around an open ladder, no later status is asked, but that all severances of its tail
    come later. A ladder has to hold a level from there on, and to have nothing agreed. What
    renewals, lists and unnamed levels leave behind reaches across every cut. Where not all events
    were read, those that were not may belong to the first cluster; all of its ends were read if one
    of its events certainly came after them.
    """
    upgraded = f"CASE WHEN type IN {names.of(LevelUpgraded)} THEN 1 ELSE 0 END"
    later = f"""JOIN (
                SELECT a, b, ladder, max(cluster) AS cluster FROM one
                WHERE lowest = highest AND lowest <> {AGREED} GROUP BY a, b, ladder
            ) AS last ON {same("one", "last")} AND one.cluster < last.cluster
            JOIN one AS final ON {same("final", "last")} AND final.cluster = last.cluster
                AND final.lowest <> one.lowest"""
    also = ""
    if of == "level":
        also = "AND one.upgrades = 1 AND one.lowest >= 0 AND one.is_complex = 0"
    elif of == "context":
        later = "JOIN context_first AS firsts ON one.a = firsts.a AND one.b = firsts.b"
        also = "AND one.closes < firsts.i0"
    return names.keep(
        f"{name}_cut",
        f"""
            WITH one AS (
                SELECT a, b, ladder, cluster, max(i0) AS ends_from, max(i1) AS closes,
                    max(reach) AS reach, max(is_complex) AS is_complex,
                    min(CASE WHEN is_end THEN st END) AS lowest,
                    max(CASE WHEN is_end THEN st END) AS highest,
                    min(CASE WHEN is_end THEN {upgraded} END) AS upgrades
                FROM {name}_clusters GROUP BY a, b, ladder, cluster
            )
            SELECT one.a, one.b, one.ladder, max(one.cluster) AS cluster
            FROM one {later}
            WHERE one.lowest = one.highest AND one.ends_from >= one.reach {also}
            GROUP BY one.a, one.b, one.ladder
            """,
    )


def tails(names: Names, name: str) -> Kept:
    """The events of each tail; of a subject without a cut, all that were read."""
    return names.keep(
        f"{name}_tails",
        f"""
            SELECT one.*, cut.a IS NULL AS is_uncut
            FROM {name}_clusters AS one LEFT JOIN {name}_cut AS cut ON {same("one", "cut")}
            WHERE cut.a IS NULL OR one.cluster > cut.cluster
                OR (one.cluster = cut.cluster AND one.is_end)
            """,
    )


def outcome(names: Names, name: str, of: Of) -> Kept:
    """Of each open subject, whether its tail is crowded, and whether too few rows were read.

    If the beginning of a tail was not read, it is crowded if what was read is, unless all rows may
    let the first cluster cut it. Where events of a track that others hear are crowded, so is what
    hears them only if the days left to them change nothing: ``late_severance`` is the last day of a
    vague one.
    """
    own = names.of(*(LEVELS if of == "level" else TIES))
    vague = f"type IN {names.of(TiesSevered)} AND lo < hi"
    return names.keep(
        f"{name}_outcome",
        f"""
            WITH mixed AS (
                SELECT a, b, ladder, max(CASE WHEN lowest < highest THEN 1 ELSE 0 END) AS is_mixed
                FROM (
                    SELECT a, b, ladder, cluster, min(st) AS lowest, max(st) AS highest
                    FROM {name}_tails GROUP BY a, b, ladder, cluster
                ) AS these GROUP BY a, b, ladder
            ), subjects AS (
                SELECT a, b, ladder, max(is_complex) AS is_complex,
                    max(CASE WHEN is_uncut AND reach > 0 THEN 1 ELSE 0 END) AS is_partial,
                    coalesce(max(CASE WHEN cluster = 1 THEN i0 END) < max(reach), FALSE)
                        AS may_be_cut_first,
                    sum(CASE WHEN type IN {own} THEN 1 ELSE 0 END) AS n,
                    max(CASE WHEN {vague} THEN i1 END) AS late_severance
                FROM {name}_tails GROUP BY a, b, ladder
            ), steps AS (
                SELECT tails.a, tails.b, tails.ladder, tails.i0 AS instant, 1 AS step
                FROM {name}_tails AS tails JOIN subjects ON {same("tails", "subjects")}
                WHERE subjects.n >= {plausible.HOPELESS} AND tails.type IN {own}
                UNION ALL
                SELECT tails.a, tails.b, tails.ladder, tails.i1 + 1, -1
                FROM {name}_tails AS tails JOIN subjects ON {same("tails", "subjects")}
                WHERE subjects.n >= {plausible.HOPELESS} AND tails.type IN {own}
            ), widths AS (
                SELECT a, b, ladder, max(width) AS width FROM (
                    SELECT a, b, ladder, sum(step) OVER (PARTITION BY a, b, ladder
                        ORDER BY instant, step ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
                        AS width
                    FROM steps
                ) AS these GROUP BY a, b, ladder
            )
            SELECT subjects.a, subjects.b, subjects.ladder, subjects.is_complex,
                subjects.late_severance, subjects.is_partial = 1 AS is_partial,
                subjects.is_complex = 0 AND mixed.is_mixed = 1 AND NOT subjects.may_be_cut_first
                    AND coalesce(widths.width, 0) >= {plausible.HOPELESS} AS is_crowded
            FROM subjects JOIN mixed ON {same("subjects", "mixed")}
            LEFT JOIN widths ON {same("subjects", "widths")}
            """,
    )


def convention(names: Names, name: Of) -> Kept:
    """What the order of the convention shows of crowded subjects: their last run, what is agreed.

    Args:
        names: The words of the statements.
        name: The beginning of the names of the tables.
    """
    part = "/" if name == "level" else ""  # what follows the date in ids, where they name a ladder
    order = f"{names.order('rows.')}, {names.id_order('rows', part=part)}"
    return names.keep(
        f"{name}_shown",
        f"""
            WITH placed AS (
                SELECT rows.*, row_number() OVER (PARTITION BY rows.a, rows.b, rows.ladder
                    ORDER BY {order}) AS place, {names.clears("rows.type", "rows.level")} AS clears
                FROM {name}_clusters AS rows JOIN {name}_crowded AS crowded
                    ON {same("rows", "crowded")}
            ), lasts AS (
                SELECT a, b, ladder, max(CASE WHEN st <> {AGREED} THEN place END) AS place,
                    max(CASE WHEN st = {AGREED} THEN place END) AS agreed,
                    max(CASE WHEN clears THEN place END) AS cleared
                FROM placed GROUP BY a, b, ladder
            ), before AS (
                SELECT lasts.a, lasts.b, lasts.ladder, final.st,
                    CASE WHEN lasts.agreed > coalesce(lasts.cleared, 0)
                        THEN lasts.agreed END AS agreed,
                    max(CASE WHEN placed.st NOT IN (final.st, {AGREED}) THEN placed.place END)
                        AS place
                FROM lasts JOIN placed AS final
                    ON {same("lasts", "final")} AND final.place = lasts.place
                JOIN placed ON {same("lasts", "placed")}
                GROUP BY lasts.a, lasts.b, lasts.ladder, final.st, lasts.agreed, lasts.cleared
            ), begun AS (
                SELECT before.a, before.b, before.ladder, min(placed.place) AS place
                FROM before JOIN placed ON {same("before", "placed")} AND placed.st = before.st
                    AND placed.place > coalesce(before.place, 0)
                GROUP BY before.a, before.b, before.ladder
            )
            SELECT before.a, before.b, before.ladder, before.st, before.place IS NULL AS is_first,
                one.lo, one.hi, one."on", agreed.level AS agreed, one.pos
            FROM before JOIN begun ON {same("before", "begun")}
            JOIN placed AS one ON {same("begun", "one")} AND one.place = begun.place
            LEFT JOIN placed AS agreed
                ON {same("before", "agreed")} AND agreed.place = before.agreed
            """,
    )


def context_first(names: Names, name: str) -> Kept:
    """By dyad, the first day that a severance in the tails of its ladders can have been on."""
    return names.keep(
        "context_first",
        f"""
            SELECT a, b, min(i0) AS i0 FROM {name}_tails
            WHERE type IN {names.of(TiesSevered)} GROUP BY a, b
            """,
    )


def context_open(names: Names, name: str, source: str, reach: str) -> Kept:
    """The ties around open ladders: their orders say when a severance can have been.

    Args:
        names: The words of the statements.
        name: The beginning of the names of the tables.
        source: Where the rows are from.
        reach: From which instant on there are all.
    """
    return names.keep(
        f"{name}_open",
        f"""
            SELECT rows.a, rows.b, -1 AS ladder, rows.pos, rows.type, rows.lo, rows.hi, rows.key,
                rows."on", rows.nth, rows.level, rows.previous,
                {names.ties_status("rows.type")} AS st, {reach} AS reach, 0 AS is_complex
            FROM {source} AS rows
            JOIN context_first AS firsts ON rows.a = firsts.a AND rows.b = firsts.b
            LEFT JOIN wanted
                ON rows.a = wanted.a AND rows.b = wanted.b AND wanted.ladder = -1
                AND wanted.series = -1
            WHERE rows.type IN {names.of(*TIES)}
            """,
    )

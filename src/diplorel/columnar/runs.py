"""What the plain order decides: the last run of one status, and the day when it began.

Take the last exact event (``kx``), and the last exact event of another status before it (``kd``).
Where no vague event reaches ``kd``, and nothing of the last status is at the instant of ``kd``,
every order of the events that dates allow ends with the same run of events of one status, and its
first event is the `since`. All other subjects are *flagged*: `diplorel.columnar.cuts` has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.columnar.names import AGREED, ENDED, LEVELS, NO_LADDER, TIES
from diplorel.columnar.scans import reach_of
from diplorel.tracks.level import LevelAgreed, LevelDowngraded, LevelUpgraded
from diplorel.tracks.ties import TiesSevered

if TYPE_CHECKING:
    from diplorel.columnar.names import Kept, Names

WINDOW: Final = 1_000
"""About how many of its last events are read first of a subject whose order is open."""
_NEVER: Final = 2**62
_CONTEXT: Final = 400
"""How many days of ties before an open ladder are read with it: they say when severances were."""
_SPAN: Final = """count(*) AS statuses, sum(n) AS n, max(kx) AS kx, max(vague_to) AS vague_to,
                    min(first_day) AS first_day, max(last_day) AS last_day"""


def _last() -> str:
    """Return the parts of a statement that find the last status of a subject, and another.

    They read ``by_status``. ``last`` has the last exact instant, what is set then, how many
    statuses share it, and how far vague events reach; ``other`` has the last exact instant of
    another status, and the last key of another status than that of the last key.
    """
    return f"""whole_of AS (
                SELECT a, b, ladder, {_SPAN}, max(top) AS top
                FROM by_status GROUP BY a, b, ladder
            ), last AS (
                SELECT whole_of.a, whole_of.b, whole_of.ladder, whole_of.kx, whole_of.vague_to,
                    whole_of.n, whole_of.first_day, whole_of.last_day,
                    min(CASE WHEN whole_of.kx IS NULL OR by_status.kx = whole_of.kx
                        THEN by_status.st END) AS st,
                    count(CASE WHEN by_status.kx = whole_of.kx THEN 1 END) AS at_once,
                    min(CASE WHEN by_status.top = whole_of.top THEN by_status.st END) AS shown
                FROM whole_of JOIN by_status
                    ON whole_of.a = by_status.a AND whole_of.b = by_status.b
                    AND whole_of.ladder = by_status.ladder
                GROUP BY whole_of.a, whole_of.b, whole_of.ladder, whole_of.kx, whole_of.vague_to,
                    whole_of.n, whole_of.first_day, whole_of.last_day
            ), other AS (
                SELECT last.a, last.b, last.ladder,
                    max(CASE WHEN last.st <> by_status.st THEN by_status.kx END) AS kd,
                    max(CASE WHEN last.shown <> by_status.st THEN by_status.top END) >> 30 AS before
                FROM last JOIN by_status
                    ON last.a = by_status.a AND last.b = by_status.b
                    AND last.ladder = by_status.ladder
                GROUP BY last.a, last.b, last.ladder
            )"""


def ties_roll(names: Names) -> Kept:
    """By dyad: the status that the last exact event sets, and whether dates leave it open."""
    needed = "CASE WHEN flag THEN coalesce(before, 0) ELSE coalesce(kd, 0) END"
    return names.keep(
        "ties_roll",
        f"""
            WITH by_status AS (
                SELECT parts.a, parts.b, {NO_LADDER} AS ladder, {names.ties_status()} AS st,
                    max(kx) AS kx, max(vague_to) AS vague_to, sum(n) AS n, max(top) AS top,
                    min(first_day) AS first_day,
                    max(greatest(coalesce(kx >> 10, 0), coalesce(vague_to, 0))) AS last_day
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE type IN {names.of(*TIES)} AND folded.a IS NULL
                GROUP BY parts.a, parts.b, {names.ties_status()}
            ), {_last()}, roll AS (
                SELECT last.a, last.b, last.ladder, last.st, last.n, last.first_day, last.last_day,
                    other.kd, other.before,
                    last.n > 1 AND (
                        last.kx IS NULL OR last.at_once > 1
                        OR coalesce(last.vague_to >= coalesce(other.kd >> 10, 0), FALSE)
                    ) AS flag
                FROM last JOIN other ON last.a = other.a AND last.b = other.b
            )
            SELECT roll.*, {reach_of("roll", needed, flag="flag", window=WINDOW)} AS reach
            FROM roll
            """,
    )


def ties_first(names: Names) -> Kept:
    """The first event of each last run: its date is the `since`.

    Where something of the run is at the instant of what came before it, or events at the first
    instant give their date in different words, the dyad is open after all: it is *late*.
    """
    return names.keep(
        "ties_first",
        f"""
            WITH run AS (
                SELECT near.a, near.b, near.lo, near.hi, near."on", near.key >> 30 AS i1,
                    roll.st, roll.kd
                FROM near JOIN ties_roll AS roll ON near.a = roll.a AND near.b = roll.b
                WHERE NOT roll.flag AND near.type IN {names.of(*TIES)}
                    AND {names.ties_status("near.type")} = roll.st
                    AND near.key >> 30 >= coalesce(roll.kd, 0)
            ), firsts AS (
                SELECT a, b, min(i1) AS k0 FROM run GROUP BY a, b
            )
            SELECT run.a, run.b, run.st, min(run.lo) AS lo, min(run.hi) AS hi,
                min(run."on") AS "on", {_in_other_words("run")}
                    OR coalesce(firsts.k0 = run.kd, FALSE) AS late
            FROM firsts JOIN run
                ON firsts.a = run.a AND firsts.b = run.b AND run.i1 = firsts.k0
            GROUP BY run.a, run.b, run.st, run.kd, firsts.k0
            """,
    )


def _in_other_words(row: str) -> str:
    """Return whether dates of one day are given in different words, such as "about"."""
    return f"min(coalesce({row}.\"on\", '')) <> max(coalesce({row}.\"on\", ''))"


def ties_open(names: Names) -> Kept:
    """The rows near the end of the dyads that the plain order does not decide."""
    return names.keep(
        "ties_open",
        f"""
            SELECT near.a, near.b, roll.ladder, near.pos, near.type, near.lo, near.hi, near.key,
                near."on", near.nth, near.level, near.previous,
                {names.ties_status("near.type")} AS st, roll.reach, 0 AS is_complex
            FROM near JOIN ties_roll AS roll ON near.a = roll.a AND near.b = roll.b
            LEFT JOIN ties_first AS firsts ON near.a = firsts.a AND near.b = firsts.b
            WHERE near.type IN {names.of(*TIES)} AND near.key >> 30 >= roll.reach
                AND (roll.flag OR firsts.late)
            """,
    )


def level_parts(names: Names) -> Kept:
    """The parts of each ladder of a dyad; a severance of the ties is heard on each of them."""
    columns = "n, kx, vague_to, top, first_day"
    return names.keep(
        "level_parts",
        f"""
            WITH own AS (
                SELECT parts.a, parts.b, parts.ladder, type, level, {columns}
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE type IN {names.of(*LEVELS)} AND parts.b >= 0 AND folded.a IS NULL
            ), ladders AS (
                SELECT a, b, ladder FROM own GROUP BY a, b, ladder
            )
            SELECT a, b, ladder, type, level, {columns} FROM own
            UNION ALL
            SELECT ladders.a, ladders.b, ladders.ladder, parts.type, {ENDED}, {columns}
            FROM ladders JOIN parts ON ladders.a = parts.a AND ladders.b = parts.b
            WHERE parts.type IN {names.of(TiesSevered)}
            """,
    )


def several(names: Names) -> Kept:
    """The dyads with several ladders that hear several severances."""
    return names.keep(
        "several",
        f"""
            SELECT a, b FROM (
                SELECT a, b, ladder,
                    sum(CASE WHEN type IN {names.of(TiesSevered)} THEN n ELSE 0 END) AS severances
                FROM level_parts GROUP BY a, b, ladder
            ) AS ladders GROUP BY a, b HAVING count(*) > 1 AND max(severances) > 1
            """,
    )


def level_roll(names: Names) -> Kept:
    """By ladder: the level that the last exact event reaches, and whether it is open.

    Renewals, lists and levels that no source names leave more behind than a level. A ladder that
    has any goes to the fold whole.
    """
    steps = names.of(LevelUpgraded, LevelDowngraded, TiesSevered)
    agreed = names.of(LevelAgreed)
    needed = f"""CASE WHEN flag THEN least(coalesce(before, 0), coalesce(agreed_at, {_NEVER}))
                    WHEN st IS NULL THEN coalesce(ka, 0)
                    ELSE least(coalesce(kd, 0), coalesce(ka, {_NEVER})) END"""
    reach = reach_of("roll", needed, flag="flag", window=WINDOW)
    return names.keep(
        "level_roll",
        f"""
            WITH dated AS (
                SELECT *, greatest(coalesce(kx >> 10, 0), coalesce(vague_to, 0)) AS last_day,
                    {names.clears("type", "level")} AS clears
                FROM level_parts
            ), by_status AS (
                SELECT a, b, ladder, level AS st, max(kx) AS kx, max(vague_to) AS vague_to,
                    sum(n) AS n, max(top) AS top, min(first_day) AS first_day,
                    max(last_day) AS last_day
                FROM dated WHERE type IN {steps} GROUP BY a, b, ladder, level
            ), whole AS (
                SELECT a, b, ladder, {_SPAN},
                    max(CASE WHEN clears THEN kx END) AS kc,
                    max(CASE WHEN type IN {agreed} THEN kx END) AS ka,
                    max(CASE WHEN clears THEN top END) AS cleared,
                    max(CASE WHEN type IN {agreed} THEN top END) AS agreed,
                    max(CASE WHEN {names.leaves_more("type", "level")} THEN 1 ELSE 0 END)
                        AS leaves_more
                FROM dated GROUP BY a, b, ladder
            ), {_last()}, roll AS (
                SELECT whole.a, whole.b, whole.ladder, whole.n, whole.first_day, whole.last_day,
                    last.st, other.kd, other.before,
                    CASE WHEN whole.ka > coalesce(whole.kc, -1) THEN whole.ka END AS ka,
                    CASE WHEN whole.agreed > coalesce(whole.cleared, -1)
                        THEN whole.agreed END >> 30 AS agreed_at,
                    CASE WHEN crossed.a IS NOT NULL OR whole.leaves_more = 1
                        THEN 1 ELSE 0 END AS is_complex,
                    crossed.a IS NOT NULL OR whole.leaves_more = 1 OR (whole.n > 1 AND (
                        (last.n IS NOT NULL AND last.kx IS NULL)
                        OR coalesce(last.at_once, 1) > 1
                        OR coalesce(whole.ka = whole.kc, FALSE)
                        OR coalesce(whole.vague_to >= coalesce(
                            CASE WHEN other.kd < whole.kc THEN other.kd
                                 WHEN other.kd >= whole.kc THEN whole.kc END >> 10, 0), FALSE)
                    )) AS flag
                FROM whole
                LEFT JOIN last
                    ON whole.a = last.a AND whole.b = last.b AND whole.ladder = last.ladder
                LEFT JOIN other
                    ON whole.a = other.a AND whole.b = other.b AND whole.ladder = other.ladder
                LEFT JOIN crossed ON whole.a = crossed.a AND whole.b = crossed.b
            ), reaching AS (
                SELECT roll.*, CASE WHEN is_complex = 1 THEN 0 ELSE {reach} END AS reach
                FROM roll
            )
            SELECT reaching.*, CASE WHEN flag
                THEN greatest((reach >> 10) - {_CONTEXT}, 0) << 10 ELSE reach END AS reach_of_ties
            FROM reaching
            """,
    )


def level_rows(names: Names) -> Kept:
    """The rows near the end of each ladder."""
    return names.keep(
        "level_rows",
        f"""
            SELECT near.a, near.b, roll.ladder, near.pos, near.type, near.lo, near.hi, near.key,
                near."on", near.nth, near.level, near.previous, {names.step("near")} AS st,
                roll.reach, roll.is_complex, roll.flag, roll.st AS last, roll.kd, roll.ka, roll.n
            FROM near JOIN level_roll AS roll ON near.a = roll.a AND near.b = roll.b
            WHERE {names.heard("near", "roll")} AND near.key >> 30 >= roll.reach
            """,
    )


def level_first(names: Names) -> Kept:
    """The first event of each last run, what is agreed, and which ladders are open after all.

    An end of what was never held leaves no trace.
    """
    return names.keep(
        "level_first",
        f"""
            WITH run AS (
                SELECT *, key >> 30 AS i1 FROM level_rows
                WHERE NOT flag AND st <> {AGREED} AND st = last AND key >> 30 >= coalesce(kd, 0)
            ), firsts AS (
                SELECT a, b, ladder, min(i1) AS k0 FROM run GROUP BY a, b, ladder
            ), begun AS (
                SELECT firsts.a, firsts.b, firsts.ladder, firsts.k0,
                    {_in_other_words("run")} AS differs,
                    min(run.lo) AS lo, min(run.hi) AS hi, min(run."on") AS "on"
                FROM firsts JOIN run
                    ON firsts.a = run.a AND firsts.b = run.b AND firsts.ladder = run.ladder
                    AND run.i1 = firsts.k0
                GROUP BY firsts.a, firsts.b, firsts.ladder, firsts.k0
            ), agreed AS (
                SELECT a, b, ladder, count(*) AS at_once, min(level) AS level
                FROM level_rows
                WHERE NOT flag AND type IN {names.of(LevelAgreed)}
                    AND (key >> 30 = ka OR n = 1)
                GROUP BY a, b, ladder
            )
            SELECT roll.a, roll.b, roll.ladder,
                CASE WHEN roll.st >= 0 THEN 'held'
                     WHEN roll.kd IS NOT NULL THEN 'ended' ELSE 'none' END AS status,
                CASE WHEN roll.st >= 0 THEN roll.st END AS level,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun.lo END AS lo,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun.hi END AS hi,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun."on" END AS "on",
                agreed.level AS agreed,
                coalesce(begun.differs, FALSE) OR coalesce(agreed.at_once > 1, FALSE)
                    OR coalesce(begun.k0 = roll.kd, FALSE) AS late
            FROM level_roll AS roll
            LEFT JOIN begun
                ON roll.a = begun.a AND roll.b = begun.b AND roll.ladder = begun.ladder
            LEFT JOIN agreed
                ON roll.a = agreed.a AND roll.b = agreed.b AND roll.ladder = agreed.ladder
            WHERE NOT roll.flag
            """,
    )


def level_open(names: Names) -> Kept:
    """The rows near the end of the ladders that the plain order does not decide."""
    return names.keep(
        "level_open",
        """
            SELECT one.a, one.b, one.ladder, one.pos, one.type, one.lo, one.hi, one.key, one."on",
                one.nth, one.level, one.previous, one.st, one.reach, one.is_complex
            FROM level_rows AS one LEFT JOIN level_first AS firsts
                ON one.a = firsts.a AND one.b = firsts.b AND one.ladder = firsts.ladder
            WHERE one.flag OR firsts.late
            """,
    )

"""The statements of a replay, each of which makes one table that the next ones read.

They keep to what engines share: CASE, LEFT JOIN … IS NULL, an explicit GROUP BY, windows over rows.
`Dialect` has the rest. No statement depends on what an engine does with a missing value in a
maximum by another column.

Words used in the names of columns:

* ``key``: the order of the convention, with the last day in its highest bits;
* an *instant*: the day and ``seq`` of an event of one single day, ``key >> 30``;
* *exact*: an event of one single day; *vague*: any other, which may have been on several days;
* ``st``: the status that an event sets, whatever was before it.

How a state is decided without a sort. Take the last exact event (``kx``), and the last exact event
of another status before it (``kd``). Where no vague event reaches ``kd``, and nothing of the last
status stands at the instant of ``kd``, every order of the events that dates allow ends with the
same run of events of one status, and its first event is the `since`. All other subjects are
*flagged*: their events go to the fold, from the last place on that no order can cross.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.tracks.figures import FigureReported
from diplorel.tracks.level import (
    LevelAgreed,
    LevelDowngraded,
    LevelHeld,
    LevelRenewed,
    LevelUpgraded,
)
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TiesEstablished, TiesRestored, TiesSevered, TiesSuspended
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from diplorel.columnar.dialects import Dialect
    from diplorel.model.events import Event

TIES: Final = (TiesEstablished, TiesSuspended, TiesSevered, TiesRestored)
LEVELS: Final = (LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed, LevelHeld)
VISITS: Final = (VisitMade, TalksHeld)
COUNTED: Final = (*TIES, *LEVELS, *VISITS, FigureReported)
"""The types of events that are aggregated."""
ESTABLISHED, SUSPENDED, SEVERED = 1, 2, 3
"""The status that an event of the ties sets."""
ENDED, AGREED = -1, -3
"""What stands for a level after an end, and for an agreement on one; others are codes of levels."""


NO_LADDER: Final = -1
"""The ladder of what is of none: of ties."""


@attrs.frozen
class Statements:
    """The statements for one table of events.

    Args:
        dialect: The engine.
        types: The code of each type of events.
        visible: The condition for what was known.
        applied: The condition for what had happened by the day.
        by: The column of the day that puts an event in order: ``hi``, or ``lo``.
    """

    dialect: Dialect
    types: Mapping[str, int]
    visible: str
    applied: str
    by: str

    def of(self, *kinds: type[Event]) -> str:
        """Return the codes of some types as a list in parentheses, which is never empty."""
        codes = [str(self.types[kind.type]) for kind in kinds if kind.type in self.types]
        return f"({', '.join(codes or ['-2'])})"

    def _keep(self, name: str, query: str) -> str:
        return f"{self.dialect.create} {name} AS {query}"

    def live(self) -> str:
        """The events that the states take in: known, not corrected, and happened by the day."""
        return f"""
        CREATE VIEW live AS
        SELECT ev.*
        FROM ev LEFT JOIN dead ON ev.pos = dead.pos
        WHERE dead.pos IS NULL AND {self.visible} AND {self.applied}
        """

    def parts(self) -> str:
        """One row for each dyad, type, ladder, level and series: all that one pass can say.

        Parts of different files are merged by the same maxima and sums.
        """
        return self._keep(
            "parts",
            f"""
            SELECT a, b, type, ladder, level, series,
                count(*) AS n,
                min(lo) AS first_day,
                max(CASE WHEN lo = hi THEN key END) >> 30 AS kx,
                max(CASE WHEN lo < hi THEN hi END) AS vague_to,
                max({self._order()}) AS top
            FROM live
            WHERE a >= 0 AND type IN {self.of(*COUNTED)}
            GROUP BY a, b, type, ladder, level, series
            """,
        )

    def _order(self) -> str:
        """The key of the convention, by the day that the question asks for."""
        if self.by == "hi":
            return "key"
        return "(CAST(lo AS BIGINT) << 40) + (key & 1099511627775)"

    def folded(self) -> str:
        """The dyads that are folded whole.

        They have a party whose life ends or begins among the events, or a succession moves them, or
        one event gives a level to several partners.
        """
        return self._keep(
            "folded",
            """
            SELECT dyads.a, dyads.b FROM (
                SELECT a, b, min(first_day) AS first_day
                FROM parts WHERE b >= 0 GROUP BY a, b
            ) AS dyads
            LEFT JOIN lives AS la ON dyads.a = la.party
            LEFT JOIN lives AS lb ON dyads.b = lb.party
            WHERE la.last_start >= dyads.first_day OR lb.last_start >= dyads.first_day
            UNION
            SELECT a, b FROM named
            """,
        )

    # --- ties ------------------------------------------------------------------------------------

    def _ties_status(self, type: str = "type") -> str:
        return (
            f"CASE WHEN {type} IN {self.of(TiesEstablished, TiesRestored)} THEN {ESTABLISHED} "
            f"WHEN {type} IN {self.of(TiesSuspended)} THEN {SUSPENDED} ELSE {SEVERED} END"
        )

    def ties_roll(self) -> str:
        """By dyad: the status that the last exact event sets, and whether dates leave it open."""
        return self._keep(
            "ties_roll",
            f"""
            WITH by_status AS (
                SELECT parts.a, parts.b, {self._ties_status()} AS st,
                    max(kx) AS kx, max(vague_to) AS vague_to, sum(n) AS n
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE type IN {self.of(*TIES)} AND folded.a IS NULL
                GROUP BY parts.a, parts.b, {self._ties_status()}
            ), {_last(ladder=False)}
            SELECT last.a, last.b, last.st, last.n, other.kd,
                last.n > 1 AND (
                    last.kx IS NULL OR last.at_once > 1
                    OR coalesce(last.vague_to >= coalesce(other.kd >> 10, 0), FALSE)
                ) AS flag
            FROM last LEFT JOIN other ON last.a = other.a AND last.b = other.b
            """,
        )

    def ties_rows(self) -> str:
        """The rows of the last run of each dyad, and all rows of those that are flagged."""
        return self._keep(
            "ties_rows",
            f"""
            SELECT live.a, live.b, live.pos, live.type, live.lo, live.hi, live.key, live."on",
                live.nth, {self._ties_status("live.type")} AS st, roll.flag
            FROM live JOIN ties_roll AS roll ON live.a = roll.a AND live.b = roll.b
            WHERE live.type IN {self.of(*TIES)} AND (
                roll.flag OR ({self._ties_status("live.type")} = roll.st
                    AND live.key >> 30 >= coalesce(roll.kd, 0))
            )
            """,
        )

    def ties_first(self) -> str:
        """The first event of each last run: its date is the `since`.

        Where something of the run stands at the instant of what came before it, or two events at
        the first instant, the dyad is flagged after all.
        """
        return self._keep(
            "ties_first",
            """
            WITH firsts AS (
                SELECT a, b, min(key >> 30) AS k0 FROM ties_rows WHERE NOT flag GROUP BY a, b
            )
            SELECT roll.a, roll.b, roll.st, min(rows.lo) AS lo, min(rows.hi) AS hi,
                min(rows."on") AS "on",
                count(*) > 1 OR coalesce(firsts.k0 = roll.kd, FALSE) AS late
            FROM firsts
            JOIN ties_roll AS roll ON firsts.a = roll.a AND firsts.b = roll.b
            JOIN ties_rows AS rows
                ON firsts.a = rows.a AND firsts.b = rows.b AND rows.key >> 30 = firsts.k0
            GROUP BY roll.a, roll.b, roll.st, roll.kd, firsts.k0
            """,
        )

    def ties_open(self) -> str:
        """All rows of the dyads that the plain order does not decide."""
        return self._keep(
            "ties_open",
            f"""
            SELECT a, b, {NO_LADDER} AS ladder, pos, type, lo, hi, key, "on", nth, st
            FROM ties_rows WHERE flag
            UNION ALL
            SELECT live.a, live.b, {NO_LADDER}, live.pos, live.type, live.lo, live.hi, live.key,
                live."on", live.nth, {self._ties_status("live.type")}
            FROM live JOIN ties_first AS late ON live.a = late.a AND live.b = late.b
            WHERE late.late AND live.type IN {self.of(*TIES)}
            """,
        )

    # --- level -----------------------------------------------------------------------------------

    def _clears(self, type: str, level: str) -> str:
        """Whether an event ends what was agreed."""
        return (
            f"({type} IN {self.of(LevelUpgraded, TiesSevered)} "
            f"OR ({type} IN {self.of(LevelDowngraded)} AND {level} < 0))"
        )

    def level_parts(self) -> str:
        """The parts of each ladder of a dyad; a severance of the ties is heard on each of them."""
        return self._keep(
            "level_parts",
            f"""
            WITH own AS (
                SELECT parts.a, parts.b, parts.ladder, type, level, n, kx, vague_to
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE type IN {self.of(*LEVELS)} AND parts.b >= 0 AND folded.a IS NULL
            ), ladders AS (
                SELECT a, b, ladder FROM own GROUP BY a, b, ladder
            )
            SELECT a, b, ladder, type, level, n, kx, vague_to FROM own
            UNION ALL
            SELECT ladders.a, ladders.b, ladders.ladder, parts.type, {ENDED}, n, kx, vague_to
            FROM ladders JOIN parts ON ladders.a = parts.a AND ladders.b = parts.b
            WHERE parts.type IN {self.of(TiesSevered)}
            """,
        )

    def crossed(self) -> str:
        """The dyads with several ladders that hear severances whose order is open.

        Each ladder may ask for another order of these. The fold then follows the convention on all
        ladders, so that these are folded together, and whole.
        """
        return self._keep(
            "crossed",
            f"""
            WITH several AS (
                SELECT a, b FROM (
                    SELECT a, b, ladder FROM level_parts GROUP BY a, b, ladder
                ) AS ladders GROUP BY a, b HAVING count(*) > 1
            ), severances AS (
                SELECT live.a, live.b, (CAST(live.lo AS BIGINT) << 10) + ((live.key >> 30) & 1023)
                        AS i0,
                    max(live.key >> 30) OVER (PARTITION BY live.a, live.b
                        ORDER BY live.key >> 30, live.pos
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
                FROM live JOIN several ON live.a = several.a AND live.b = several.b
                WHERE live.type IN {self.of(TiesSevered)}
            )
            SELECT a, b FROM severances WHERE reached >= i0 GROUP BY a, b
            """,
        )

    def level_roll(self) -> str:
        """By ladder: the level that the last exact event reaches, and whether it is open.

        Renewals, lists and levels that no source names leave more behind than a level. A ladder
        that has any goes to the fold.
        """
        steps = self.of(LevelUpgraded, LevelDowngraded, TiesSevered)
        return self._keep(
            "level_roll",
            f"""
            WITH by_status AS (
                SELECT a, b, ladder, level AS st, max(kx) AS kx, max(vague_to) AS vague_to,
                    sum(n) AS n
                FROM level_parts WHERE type IN {steps} GROUP BY a, b, ladder, level
            ), whole AS (
                SELECT a, b, ladder, sum(n) AS n, max(vague_to) AS vague_to,
                    max(CASE WHEN {self._clears("type", "level")} THEN kx END) AS kc,
                    max(CASE WHEN type IN {self.of(LevelAgreed)} THEN kx END) AS ka,
                    max(CASE WHEN type IN {self.of(LevelRenewed, LevelHeld)}
                        OR (type IN {self.of(LevelUpgraded)} AND level < 0)
                        THEN 1 ELSE 0 END) AS is_complex
                FROM level_parts GROUP BY a, b, ladder
            ), {_last(ladder=True)}
            SELECT whole.a, whole.b, whole.ladder, last.st, other.kd,
                CASE WHEN whole.ka > coalesce(whole.kc, -1) THEN whole.ka END AS ka,
                crossed.a IS NOT NULL OR whole.is_complex = 1 OR (whole.n > 1 AND (
                    (last.n IS NOT NULL AND last.kx IS NULL)
                    OR coalesce(last.at_once, 1) > 1
                    OR coalesce(whole.ka = whole.kc, FALSE)
                    OR coalesce(whole.vague_to >= coalesce(
                        CASE WHEN other.kd < whole.kc THEN other.kd
                             WHEN other.kd >= whole.kc THEN whole.kc END >> 10, 0), FALSE)
                )) AS flag,
                whole.n
            FROM whole
            LEFT JOIN last
                ON whole.a = last.a AND whole.b = last.b AND whole.ladder = last.ladder
            LEFT JOIN other
                ON whole.a = other.a AND whole.b = other.b AND whole.ladder = other.ladder
            LEFT JOIN crossed ON whole.a = crossed.a AND whole.b = crossed.b
            """,
        )

    def level_rows(self) -> str:
        """The rows of each ladder's last run and of what was agreed last; all of the flagged."""
        return self._keep(
            "level_rows",
            f"""
            SELECT live.a, live.b, roll.ladder, live.pos, live.type, live.lo, live.hi, live.key,
                live."on", live.nth, live.level, live.previous, {self._step("live")} AS st,
                roll.flag
            FROM live JOIN level_roll AS roll ON live.a = roll.a AND live.b = roll.b
            WHERE {self._heard("live", "roll")} AND (
                roll.flag
                OR ({self._step("live")} = roll.st AND live.key >> 30 >= coalesce(roll.kd, 0))
                OR (live.type IN {self.of(LevelAgreed)}
                    AND (live.key >> 30 = roll.ka OR roll.n = 1))
            )
            """,
        )

    def _heard(self, row: str, of: str) -> str:
        """Whether an event bears on a ladder: its own events, and severances of the ties."""
        return (
            f"(({row}.type IN {self.of(*LEVELS)} AND {row}.ladder = {of}.ladder) "
            f"OR {row}.type IN {self.of(TiesSevered)})"
        )

    def _step(self, row: str) -> str:
        """The level that an event sets."""
        return (
            f"CASE WHEN {row}.type IN {self.of(TiesSevered)} THEN {ENDED} "
            f"WHEN {row}.type IN {self.of(LevelUpgraded, LevelDowngraded)} THEN {row}.level "
            f"ELSE {AGREED} END"
        )

    def level_first(self) -> str:
        """The first event of each last run, what is agreed, and which ladders are open after all.

        An end of what was never held leaves no trace.
        """
        return self._keep(
            "level_first",
            f"""
            WITH firsts AS (
                SELECT a, b, ladder, min(key >> 30) AS k0
                FROM level_rows WHERE NOT flag AND st <> {AGREED} GROUP BY a, b, ladder
            ), begun AS (
                SELECT firsts.a, firsts.b, firsts.ladder, firsts.k0, count(*) AS at_once,
                    min(rows.lo) AS lo, min(rows.hi) AS hi, min(rows."on") AS "on"
                FROM firsts JOIN level_rows AS rows
                    ON firsts.a = rows.a AND firsts.b = rows.b AND firsts.ladder = rows.ladder
                    AND rows.key >> 30 = firsts.k0 AND rows.st <> {AGREED}
                GROUP BY firsts.a, firsts.b, firsts.ladder, firsts.k0
            ), agreed AS (
                SELECT a, b, ladder, count(*) AS at_once, min(level) AS level
                FROM level_rows WHERE NOT flag AND st = {AGREED} GROUP BY a, b, ladder
            )
            SELECT roll.a, roll.b, roll.ladder,
                CASE WHEN roll.st >= 0 THEN 'held'
                     WHEN roll.kd IS NOT NULL THEN 'ended' ELSE 'none' END AS status,
                CASE WHEN roll.st >= 0 THEN roll.st END AS level,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun.lo END AS lo,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun.hi END AS hi,
                CASE WHEN roll.st >= 0 OR roll.kd IS NOT NULL THEN begun."on" END AS "on",
                agreed.level AS agreed,
                coalesce(begun.at_once > 1, FALSE) OR coalesce(agreed.at_once > 1, FALSE)
                    OR coalesce(begun.k0 = roll.kd, FALSE) AS late
            FROM level_roll AS roll
            LEFT JOIN begun
                ON roll.a = begun.a AND roll.b = begun.b AND roll.ladder = begun.ladder
            LEFT JOIN agreed
                ON roll.a = agreed.a AND roll.b = agreed.b AND roll.ladder = agreed.ladder
            WHERE NOT roll.flag
            """,
        )

    def level_open(self) -> str:
        """All rows of the ladders that the plain order does not decide."""
        return self._keep(
            "level_open",
            f"""
            SELECT a, b, ladder, pos, type, lo, hi, key, "on", nth, level, previous, st
            FROM level_rows WHERE flag
            UNION ALL
            SELECT live.a, live.b, late.ladder, live.pos, live.type, live.lo, live.hi, live.key,
                live."on", live.nth, live.level, live.previous, {self._step("live")}
            FROM live JOIN level_first AS late ON live.a = late.a AND live.b = late.b
            WHERE late.late AND {self._heard("live", "late")}
            """,
        )

    def context_first(self) -> str:
        """The first day that a severance in the tails of a dyad's ladders can have been on."""
        return self._keep(
            "context_first",
            f"""
            SELECT a, b, min(i0) AS i0 FROM level_tails
            WHERE type IN {self.of(TiesSevered)} GROUP BY a, b
            """,
        )

    def context_open(self) -> str:
        """The ties of these dyads: their orders say when a severance can have been."""
        return self._keep(
            "context_open",
            f"""
            SELECT live.a, live.b, {NO_LADDER} AS ladder, live.pos, live.type, live.lo, live.hi,
                live.key, live."on", live.nth, {self._ties_status("live.type")} AS st
            FROM live JOIN context_first AS dyads ON live.a = dyads.a AND live.b = dyads.b
            WHERE live.type IN {self.of(*TIES)}
            """,
        )

    # --- tails -----------------------------------------------------------------------------------

    def tails(self, track: str) -> str:
        """The events of open subjects from the last place on that no order can cross.

        A *cluster* is a run of events of which the dates leave the order open; all of a cluster
        certainly come after all of the one before. The tail begins with two clusters one after the
        other that each set one status, whatever the order within, and not the same: what came
        before them changes neither the state after them nor what contradicts it. Of a level, the
        first of the two holds upgrades only, so that a level is held and nothing is agreed. Ties
        that are the context of severances are cut where the first of the two is before all of them.

        Args:
            track: ``ties``, ``level`` or ``context``.
        """
        first, whole = "one.lowest = one.highest", ""
        if track == "level":
            # what renewals, lists and unnamed levels leave behind reaches across every cut
            upgraded = f"CASE WHEN type IN {self.of(LevelUpgraded)} THEN 1 ELSE 0 END"
            kept = f"""CASE WHEN type IN {self.of(LevelRenewed, LevelHeld)}
                OR (type IN {self.of(LevelUpgraded)} AND level < 0) THEN 1 ELSE 0 END"""
            steps = f"min({upgraded})"
            first += " AND one.steps = 1 AND one.lowest >= 0"
            whole = """ AND NOT EXISTS (
                    SELECT 1 FROM crossed WHERE crossed.a = one.a AND crossed.b = one.b)"""
        else:
            steps, kept = "1", "0"
        if track == "context":
            whole = """ AND EXISTS (
                    SELECT 1 FROM context_first AS dyads
                    WHERE dyads.a = one.a AND dyads.b = one.b AND one.ends < dyads.i0)"""
        return self._keep(
            f"{track}_tails",
            f"""
            WITH bounds AS (
                SELECT *, (CAST(lo AS BIGINT) << 10) + ((key >> 30) & 1023) AS i0,
                    key >> 30 AS i1, {kept} AS kept
                FROM {track}_open
            ), reaches AS (
                SELECT *,
                    max(i1) OVER (PARTITION BY a, b, ladder ORDER BY i1, pos
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached,
                    min(i0) OVER (PARTITION BY a, b, ladder ORDER BY i1, pos
                        ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS soonest
                FROM bounds
            ), numbered AS (
                SELECT *,
                    sum(CASE WHEN reached IS NULL OR soonest > reached THEN 1 ELSE 0 END)
                        OVER (PARTITION BY a, b, ladder ORDER BY i1, pos
                        ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cluster
                FROM reaches
            ), clusters AS (
                SELECT a, b, ladder, cluster, min(st) AS lowest, max(st) AS highest,
                    {steps} AS steps, max(kept) AS kept, max(i1) AS ends
                FROM numbered GROUP BY a, b, ladder, cluster
            ), kept AS (
                SELECT a, b, ladder, max(kept) AS kept FROM clusters GROUP BY a, b, ladder
            ), cuts AS (
                SELECT one.a, one.b, one.ladder, max(one.cluster) AS cluster
                FROM clusters AS one JOIN clusters AS two
                    ON one.a = two.a AND one.b = two.b AND one.ladder = two.ladder
                    AND two.cluster = one.cluster + 1
                JOIN kept
                    ON one.a = kept.a AND one.b = kept.b AND one.ladder = kept.ladder
                WHERE kept.kept = 0 AND two.lowest = two.highest AND two.lowest <> {AGREED}
                    AND one.lowest <> two.lowest AND {first}{whole}
                GROUP BY one.a, one.b, one.ladder
            )
            SELECT numbered.* FROM numbered LEFT JOIN cuts
                ON numbered.a = cuts.a AND numbered.b = cuts.b AND numbered.ladder = cuts.ladder
            WHERE numbered.cluster >= coalesce(cuts.cluster, 0)
            ORDER BY numbered.pos
            """,
        )

    # --- figures ---------------------------------------------------------------------------------

    def figures_top(self) -> str:
        """The latest report of each series: the last by the convention, of several by the id."""
        return self._keep(
            "figures_top",
            f"""
            WITH tops AS (
                SELECT parts.a, parts.b, series, sum(n) AS n, max(top) AS top,
                    max(vague_to) AS vague_to
                FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
                WHERE type IN {self.of(FigureReported)} AND folded.a IS NULL
                GROUP BY parts.a, parts.b, series
            ), rows AS (
                SELECT live.a, live.b, live.series, live.lo, live.hi, live.key, live."on",
                    live.value, live.unit, live.qualifier, tops.n, tops.vague_to,
                    count(*) OVER (PARTITION BY live.a, live.b, live.series) AS at_once,
                    row_number() OVER (PARTITION BY live.a, live.b, live.series
                        ORDER BY {self._id_order()} DESC) AS place
                FROM live JOIN tops
                    ON live.a = tops.a AND live.b = tops.b AND live.series = tops.series
                    AND {self._order()} = tops.top
                WHERE live.type IN {self.of(FigureReported)}
            )
            SELECT *, (CAST(lo AS BIGINT) << 10) + ((key >> 30) & 1023) AS i0,
                n > 1 AND NOT (lo = hi AND at_once = 1 AND coalesce(vague_to < lo, TRUE))
                    AS doubtful
            FROM rows WHERE place = 1
            """,
        )

    def _id_order(self) -> str:
        """What ids of one type, dyad and series differ in: the date and the number."""
        text = self._text("live")
        return (
            f"replace({text}, '/', '--') || '/' "
            "|| CASE WHEN live.nth = 1 THEN '' ELSE '#' || CAST(live.nth AS VARCHAR) END"
        )

    def _text(self, row: str) -> str:
        """The date of a row as given."""
        return f'coalesce({row}."on", CAST({self.dialect.date(f"{row}.lo")} AS VARCHAR))'

    def figures_open(self) -> str:
        """The series of which another report may have come after the one that is shown."""
        return self._keep(
            "figures_open",
            f"""
            SELECT top.a, top.b, top.series
            FROM live JOIN figures_top AS top
                ON live.a = top.a AND live.b = top.b AND live.series = top.series
            WHERE top.doubtful AND live.type IN {self.of(FigureReported)}
                AND live.key >> 30 >= top.i0
            GROUP BY top.a, top.b, top.series
            HAVING count(*) > 1
            """,
        )

    # --- answers ---------------------------------------------------------------------------------

    def _since(self, row: str) -> str:
        earliest, latest = self.dialect.date(f"{row}.lo"), self.dialect.date(f"{row}.hi")
        return f"""CASE WHEN {row}.lo IS NOT NULL THEN {self._text(row)} END AS since,
            CASE WHEN {row}.lo IS NOT NULL THEN {earliest} END AS since_earliest,
            CASE WHEN {row}.lo IS NOT NULL THEN {latest} END AS since_latest"""

    def ties(self) -> str:
        """The diplomatic relations of each dyad of which something is recorded."""
        return self._keep(
            "ties",
            f"""
            SELECT pa.text AS a, pb.text AS b,
                CASE one.st WHEN {ESTABLISHED} THEN 'established'
                    WHEN {SUSPENDED} THEN 'suspended' ELSE 'severed' END AS status,
                {self._since("one")},
                TRUE AS status_certain, TRUE AS since_certain
            FROM ties_first AS one
            JOIN parties AS pa ON one.a = pa.code JOIN parties AS pb ON one.b = pb.code
            WHERE NOT one.late
            UNION ALL SELECT * FROM ties_folded
            """,
        )

    def level(self) -> str:
        """What is held on each ladder of a dyad on which something is recorded."""
        return self._keep(
            "level",
            f"""
            SELECT pa.text AS a, pb.text AS b, pl.text AS ladder, one.status, held.text AS level,
                {self._since("one")},
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

    def figures(self) -> str:
        """The latest report of each series of a dyad, or of one party."""
        earliest, latest = self.dialect.date("top.lo"), self.dialect.date("top.hi")
        return self._keep(
            "figures",
            f"""
            SELECT pa.text AS a, pb.text AS b, kinds.indicator, kinds.period, kinds.cumulative,
                kinds.acting, top.value, units.text AS unit, qualifiers.text AS qualifier,
                {self._text("top")} AS reported, {earliest} AS reported_earliest,
                {latest} AS reported_latest, CAST(top.n AS BIGINT) AS reports,
                open.a IS NULL AS latest_certain
            FROM figures_top AS top
            JOIN parties AS pa ON top.a = pa.code LEFT JOIN parties AS pb ON top.b = pb.code
            JOIN kinds ON top.series = kinds.code
            JOIN units ON top.unit = units.code
            JOIN qualifiers ON top.qualifier = qualifiers.code
            LEFT JOIN figures_open AS open
                ON top.a = open.a AND top.b = open.b AND top.series = open.series
            UNION ALL SELECT * FROM figures_folded
            """,
        )

    def visits(self) -> str:
        """How many visits and talks are recorded of each dyad."""
        return self._keep(
            "visits",
            f"""
            SELECT pa.text AS a, pb.text AS b,
                CAST(sum(CASE WHEN type IN {self.of(VisitMade)} THEN n ELSE 0 END) AS BIGINT)
                    AS visits,
                CAST(sum(CASE WHEN type IN {self.of(TalksHeld)} THEN n ELSE 0 END) AS BIGINT)
                    AS talks
            FROM parts LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
            JOIN parties AS pa ON parts.a = pa.code JOIN parties AS pb ON parts.b = pb.code
            WHERE parts.type IN {self.of(*VISITS)} AND folded.a IS NULL
            GROUP BY pa.text, pb.text
            UNION ALL SELECT * FROM visits_folded
            """,
        )

    # --- what is folded whole --------------------------------------------------------------------

    def whole_rows(self, moving: Iterable[int], apart: Iterable[type[Event]]) -> str:
        """Every event of the dyads that are folded whole, and of several dyads at once.

        Args:
            moving: The codes of the parties of successions.
            apart: The types of events that bear on no dyad.
        """
        parties = ", ".join(map(str, [*moving, -2]))
        return f"""
            SELECT live.stream, live.recorded, live.event
            FROM live LEFT JOIN folded ON live.a = folded.a AND live.b = folded.b
            WHERE folded.a IS NOT NULL OR live.type IN {self.of(PartySucceeded)}
                OR (live.b < 0 AND live.a IN ({parties}))
                OR (live.a < 0 AND live.type NOT IN {self.of(*apart)})
            ORDER BY live.pos
            """


def _last(*, ladder: bool) -> str:
    """Return the two parts of a statement that find the last status of a subject, and another.

    They read ``by_status``. ``last`` has the last exact instant, what is set then, how many
    statuses share it, and how far vague events reach; ``other`` has the last exact instant of
    another status.

    Args:
        ladder: Whether a subject is a ladder of a dyad, or the dyad.
    """
    own, of, on, last, both = "", "", "", "", ""
    if ladder:
        own, of, last = ", ladder", ", whole_of.ladder", ", last.ladder"
        on = " AND whole_of.ladder = by_status.ladder"
        both = " AND last.ladder = by_status.ladder"
    return f"""last AS (
                SELECT whole_of.a, whole_of.b{of}, whole_of.kx, whole_of.vague_to,
                    whole_of.n,
                    min(CASE WHEN whole_of.kx IS NULL OR by_status.kx = whole_of.kx
                        THEN by_status.st END) AS st,
                    count(CASE WHEN by_status.kx = whole_of.kx THEN 1 END) AS at_once
                FROM (
                    SELECT a, b{own}, max(kx) AS kx, max(vague_to) AS vague_to, sum(n) AS n
                    FROM by_status GROUP BY a, b{own}
                ) AS whole_of JOIN by_status
                    ON whole_of.a = by_status.a AND whole_of.b = by_status.b{on}
                GROUP BY whole_of.a, whole_of.b{of}, whole_of.kx, whole_of.vague_to,
                    whole_of.n
            ), other AS (
                SELECT last.a, last.b{last}, max(by_status.kx) AS kd
                FROM last JOIN by_status
                    ON last.a = by_status.a AND last.b = by_status.b{both}
                    AND last.st <> by_status.st
                GROUP BY last.a, last.b{last}
            )"""

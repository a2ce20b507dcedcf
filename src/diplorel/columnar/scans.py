"""The two passes over all events: one that aggregates, and one for the rows near the end.

The first (`parts`) needs no sort. It finds the instant after which the events of a subject
matter; the second (`near`) reads these. Where they turn out too few, a third reads all rows of
those subjects alone (`more_of_ties`, `more`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.columnar.names import COUNTED, LEVELS, NO_LADDER, TIES
from diplorel.tracks.figures import FigureReported
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TiesSevered

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.columnar.names import Kept, Names
    from diplorel.model.events import Event

COLUMNS: Final = (
    'pos, a, b, type, ladder, level, previous, series, lo, hi, key, "on", nth, '
    "value, unit, qualifier"
)
"""The columns that the passes read."""
PART: Final = ("a", "b", "type", "ladder", "level", "series")
"""What the rows of one part have in common."""
MARGIN: Final = 24
"""About how many events before the last other status are read too, should it turn out open."""
SHARE: Final = 100
"""So many parts the time of a subject has: one more is read before the last other status.

Of the few subjects with events on most days, a few events do not reach back to a cut.
"""


def applied(names: Names) -> str:
    """The events that the states take in: known, not corrected, and happened by the day."""
    return f"""
        SELECT ev.*
        FROM ev LEFT JOIN dead ON ev.pos = dead.pos
        WHERE dead.pos IS NULL AND {names.visible} AND {names.applied}
        """


def live(names: Names) -> str:
    """What the passes read of these events: those that are aggregated, without their texts."""
    return f"""
        SELECT {COLUMNS} FROM applied
        WHERE a >= 0 AND {names.is_one_of("type", *COUNTED)}
        """


def parts(names: Names) -> Kept:
    """One row for each dyad, type, ladder, level and series: all that one pass can say.

    Parts of different files are merged by the same maxima and sums.
    """
    return names.keep("parts", parts_of(names, "live"))


def parts_of(names: Names, source: str) -> str:
    """Return the query for the parts of some events.

    Args:
        names: The words of the statements.
        source: Where the events are from, as ``live`` or with a join to it.
    """
    subject = ", ".join(f"live.{one}" for one in PART)
    return f"""
            SELECT {subject},
                count(*) AS n,
                min(live.lo) AS first_day,
                max(CASE WHEN live.lo = live.hi THEN live.key END) >> 30 AS kx,
                max(CASE WHEN live.lo < live.hi THEN live.hi END) AS vague_to,
                max(live.hi - live.lo) AS widest,
                max({names.order("live.")}) AS top
            FROM {source}
            WHERE live.a >= 0 AND {names.is_one_of("live.type", *COUNTED)}
            GROUP BY {subject}
            """


def folded(names: Names) -> Kept:
    """The dyads that are folded whole.

    They have a party whose life ends or begins among the events, or a succession moves them, or one
    event gives a level to several partners.
    """
    return names.keep(
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


def crossed(names: Names) -> Kept:
    """The dyads with several ladders that hear severances whose order is open.

    Each ladder may ask for another order of these. The fold then follows the convention on all
    ladders, so that these are folded together, and whole.
    """
    return names.keep(
        "crossed",
        f"""
            WITH severances AS (
                SELECT live.a, live.b, (CAST(live.lo AS BIGINT) << 10) + ((live.key >> 30) & 1023)
                        AS i0,
                    max(live.key >> 30) OVER (PARTITION BY live.a, live.b
                        ORDER BY live.key >> 30, live.pos
                        ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
                FROM live JOIN several ON live.a = several.a AND live.b = several.b
                WHERE live.type IN {names.of(TiesSevered)}
            )
            SELECT a, b FROM severances WHERE reached >= i0 GROUP BY a, b
            """,
    )


def wanted(names: Names) -> Kept:
    """From which key on the rows of each subject and series matter.

    Of a series, the last report; where a vague one may have come after it, as far back as vague
    dates of this series reach. Of ties, as far back as they or a ladder need, which hears them.
    """
    exact = "kx = top >> 30 AND coalesce(vague_to < top >> 40, TRUE)"
    reach = "top >> 30"
    if names.by == "hi":
        reach = f"CASE WHEN {exact} THEN top >> 30 ELSE ((top >> 40) - widest) << 10 END"
    return names.keep(
        "wanted",
        f"""
            SELECT a, b, {NO_LADDER} AS ladder, -1 AS series, min(reach) << 30 AS reach
            FROM (
                SELECT a, b, reach FROM ties_roll
                UNION ALL SELECT a, b, reach_of_ties FROM level_roll
            ) AS both_tracks
            GROUP BY a, b
            UNION ALL
            SELECT a, b, ladder, -1, reach << 30 FROM level_roll
            UNION ALL
            SELECT parts.a, parts.b, {NO_LADDER}, series,
                CASE WHEN n = 1 THEN top >> 30 ELSE {reach} END << 30
            FROM (
                SELECT a, b, series, sum(n) AS n, max(top) AS top, max(kx) AS kx,
                    max(vague_to) AS vague_to, max(widest) AS widest
                FROM parts WHERE type IN {names.of(FigureReported)} GROUP BY a, b, series
            ) AS parts
            LEFT JOIN folded ON parts.a = folded.a AND parts.b = folded.b
            WHERE folded.a IS NULL
            """,
    )


def near(names: Names) -> Kept:
    """The rows that matter to the last state of a subject or series."""
    columns = COLUMNS.replace(" ", " live.").replace("pos", "live.pos", 1)
    return names.keep(
        "near",
        f"""
            SELECT {columns}
            FROM live JOIN wanted
                ON live.a = wanted.a AND live.b = wanted.b
                AND live.ladder = wanted.ladder AND live.series = wanted.series
            WHERE {names.is_one_of("live.type", *TIES, *LEVELS, FigureReported)}
                AND live.key >= wanted.reach
            """,
    )


def reach_of(last: str, needed: str, *, flag: str, window: int) -> str:
    """Return the instant that the rows of a subject are read from.

    Args:
        last: The row with ``n``, ``first_day`` and ``last_day`` of the subject.
        needed: The instant that the plain order needs.
        flag: Whether the order of its events is open.
        window: About how many of its events are read at first where it is; with fewer, all.
    """
    span = f"({last}.last_day - {last}.first_day)"
    back = f"(CAST({span} * {MARGIN} / {last}.n + {span} / {SHARE} AS BIGINT) + 1)"
    wide = (
        f"{last}.last_day - (CAST({span} * {window} / {last}.n + {span} / {SHARE} AS BIGINT) + 1)"
    )
    return f"""CASE WHEN {last}.n <= {window} THEN 0
                    WHEN {flag} THEN least(greatest({wide}, 0) << 10, {needed})
                    ELSE greatest(({needed} >> 10) - {back}, 0) << 10 END"""


def more_of_ties(names: Names) -> str:
    """All rows of the ties of the dyads that those near the end do not decide."""
    return f"""
            SELECT live.a, live.b, {NO_LADDER} AS ladder, live.pos, live.type, live.lo, live.hi,
                live.key, live."on", live.nth, live.level, live.previous,
                {names.ties_status("live.type")} AS st, 0 AS reach, 0 AS is_complex
            FROM live JOIN short ON live.a = short.a AND live.b = short.b
            WHERE live.type IN {names.of(*TIES)}
            """


def more(names: Names) -> Kept:
    """All rows of the ties and levels of the dyads that those near the end do not decide.

    They are read once, for the ladders and for the ties around them.
    """
    return names.keep(
        "more",
        f"""
            SELECT live.* FROM live
            JOIN (SELECT a, b FROM short GROUP BY a, b) AS dyads
                ON live.a = dyads.a AND live.b = dyads.b
            WHERE live.type IN {names.of(*TIES, *LEVELS)}
            """,
    )


def more_of_levels(names: Names) -> str:
    """All rows of the ladders that those near the end do not decide."""
    return f"""
            SELECT more.a, more.b, short.ladder, more.pos, more.type, more.lo, more.hi,
                more.key, more."on", more.nth, more.level, more.previous,
                {names.step("more")} AS st, 0 AS reach, short.is_complex
            FROM more JOIN short ON more.a = short.a AND more.b = short.b
            WHERE {names.heard("more", "short")}
            """


def whole_rows(names: Names, moving: Iterable[int], apart: Iterable[type[Event]]) -> str:
    """Every event of the dyads that are folded whole, and of several dyads at once.

    Args:
        names: The words of the statements.
        moving: The codes of the parties of successions.
        apart: The types of events that bear on no dyad.
    """
    parties = ", ".join(map(str, [*moving, -2]))
    return f"""
            SELECT one.stream, one.recorded, one.event
            FROM applied AS one LEFT JOIN folded ON one.a = folded.a AND one.b = folded.b
            WHERE folded.a IS NOT NULL OR one.type IN {names.of(PartySucceeded)}
                OR (one.b < 0 AND one.a IN ({parties}))
                OR (one.a < 0 AND one.type NOT IN {names.of(*apart)})
            ORDER BY one.pos
            """

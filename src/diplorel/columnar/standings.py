"""The events that make the standing order of one party, on the day of a replay.

A position takes in what has possibly happened by the day, and all days that a level can have been
reached on, so that the states of the day are not enough. The histories of most dyads are short and
go to a log as they are. A long one is cut as for the states (see `diplorel.columnar.cuts`), and its
tail goes there. An event that may not have happened yet cuts no history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.columnar import cuts
from diplorel.columnar.cuts import same
from diplorel.columnar.names import AGREED, LEVELS, TIES
from diplorel.columnar.records import records_of_rows
from diplorel.columnar.subsets import kin
from diplorel.tracks.figures import FigureReported
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TiesSevered

if TYPE_CHECKING:
    from diplorel.columnar.engines import Engine
    from diplorel.columnar.names import Kept, Names
    from diplorel.columnar.schema import Codes
    from diplorel.model.records import Record

WHOLE: Final = 100
"""How many events of ties and level a dyad may have to go to the log whole."""
_NEVER: Final = 2**62
_BELOW_THE_DAY: Final = 2**40 - 1
"""What the key of an event has below its day."""


def records_of_a_ranking(
    engine: Engine, codes: Codes, names: Names, party: str, day: int | None
) -> list[Record]:
    """Return the records that make one party's standing order, in the order of the table.

    These are its ties, levels and special relationships, what is of several dyads, and of each type
    of other events the first and the last of each dyad, since everybody who has any is listed.

    Args:
        engine: An engine that has replayed the table, and has the events that have possibly
            happened as ``possible``.
        codes: The code of each text, by kind.
        names: The words of the statements.
        party: The id of the party.
        day: The ordinal of the day; None for all.
    """
    some = kin(engine, "possible", codes, [party])
    mine = f"(one.a IN {some} OR one.b IN {some})"
    ladder = codes["party"].get(party, -2)
    for kept in (
        _long(names, mine),
        _ties_of(names, day),
        _level_of(names, day, ladder),
    ):
        engine.keep(kept.name, kept.query)
    for kept in _tails(names):
        engine.keep(kept.name, kept.query)
    ranked = names.of(*TIES, *LEVELS, *SPECIAL.owns, PartySucceeded)
    undecided = "FALSE" if day is None else f"one.hi > {day}"
    rows = engine.rows(
        f"""
        SELECT stream, recorded, event FROM (
            SELECT one.pos, one.b, one.type, one.stream, one.recorded, one.event,
                long.a IS NULL OR kept.pos IS NOT NULL OR {undecided}
                    OR one.type NOT IN {names.of(*TIES, *LEVELS)} AS matters,
                row_number() OVER (PARTITION BY one.a, one.b, one.type ORDER BY one.lo, one.pos)
                    AS by_first,
                row_number() OVER (PARTITION BY one.a, one.b, one.type ORDER BY one.hi, one.pos)
                    AS by_last
            FROM possible AS one
            LEFT JOIN ranked_long AS long ON one.a = long.a AND one.b = long.b
            LEFT JOIN ranked_kept AS kept ON one.pos = kept.pos
            WHERE {mine} OR one.type IN {names.of(PartySucceeded)}
                OR (one.b < 0 AND one.type NOT IN {names.of(FigureReported)})
        ) AS these
        WHERE (type IN {ranked} AND matters) OR b < 0
            OR (type NOT IN {ranked} AND (by_first = 1 OR by_last = 1))
        ORDER BY pos
        """
    )
    return records_of_rows([*codes["stream"]], rows)


def _long(names: Names, mine: str) -> Kept:
    """The dyads with long histories, whose tails go to the log.

    Those that a life, a succession or another ladder may bear on go whole: the cuts know none.
    """
    return names.keep(
        "ranked_long",
        f"""
            SELECT counts.a, counts.b FROM (
                SELECT one.a, one.b, min(one.lo) AS first_day,
                    sum(CASE WHEN one.type IN {names.of(*TIES, *LEVELS)} THEN 1 ELSE 0 END) AS n
                FROM possible AS one WHERE {mine} AND one.b >= 0 GROUP BY one.a, one.b
            ) AS counts
            LEFT JOIN lives AS la ON counts.a = la.party
            LEFT JOIN lives AS lb ON counts.b = lb.party
            LEFT JOIN folded ON counts.a = folded.a AND counts.b = folded.b
            LEFT JOIN crossed ON counts.a = crossed.a AND counts.b = crossed.b
            WHERE counts.n > {WHOLE} AND folded.a IS NULL AND crossed.a IS NULL
                AND coalesce(la.last_start, -1) < counts.first_day
                AND coalesce(lb.last_start, -1) < counts.first_day
            """,
    )


def _events(day: int | None, status: str, rest: str) -> str:
    """Return a query for events of long histories, as `cuts.clusters` reads them.

    Args:
        day: The ordinal of the day; None for all.
        status: What an event sets.
        rest: The ladder and the flag of the subject, in SQL.
    """
    key, reach = "one.key", "0"
    if day is not None:
        in_time = f"(CAST({day} AS BIGINT) << 40) + (one.key & {_BELOW_THE_DAY})"
        key = f"CASE WHEN one.hi > {day} THEN {in_time} ELSE one.key END"
        status = f"CASE WHEN one.hi > {day} THEN {AGREED} ELSE {status} END"
        reach = f"CASE WHEN one.hi > {day} THEN {_NEVER} ELSE 0 END"
    return f"""
            SELECT one.a, one.b, one.pos, one.type, one.lo, one.hi, {key} AS key, one."on",
                one.nth, one.level, one.previous, {status} AS st, {reach} AS reach, {rest}
            FROM possible AS one JOIN ranked_long AS long ON one.a = long.a AND one.b = long.b"""


def _ties_of(names: Names, day: int | None) -> Kept:
    """The events of the ties of long histories."""
    some = _events(day, names.ties_status("one.type"), "-1 AS ladder, 0 AS is_complex")
    return names.keep("ranked_ties_open", f"{some} WHERE one.type IN {names.of(*TIES)}")


def _level_of(names: Names, day: int | None, ladder: int) -> Kept:
    """The events that bear on the party's own ladder in long histories."""
    complex_ = f"CASE WHEN {names.leaves_more('one.type', 'one.level')} THEN 1 ELSE 0 END"
    some = _events(
        day,
        f"({names.step('one')})",
        f"{ladder} AS ladder, max({complex_}) OVER (PARTITION BY one.a, one.b) AS is_complex",
    )
    return names.keep(
        "ranked_level_open",
        f"{some} WHERE (one.type IN {names.of(*LEVELS)} AND one.ladder = {ladder}) "
        f"OR one.type IN {names.of(TiesSevered)}",
    )


def _tails(names: Names) -> tuple[Kept, ...]:
    """What finds the rows of the tails, in order.

    Ties begin with the earlier of two cuts: that of their own tail, and the one before the first
    severance in the tail of the level.
    """
    first = "least(own.cluster, coalesce(around.cluster, own.cluster))"
    return (
        cuts.clusters(names, "ranked_ties"),
        cuts.clusters(names, "ranked_level"),
        cuts.cut(names, "ranked_ties", "ties"),
        cuts.cut(names, "ranked_level", "level"),
        cuts.tails(names, "ranked_level"),
        cuts.context_first(names, "ranked_level"),
        names.keep("ranked_around_clusters", "SELECT * FROM ranked_ties_clusters"),
        cuts.cut(names, "ranked_around", "context"),
        names.keep(
            "ranked_kept",
            f"""
            SELECT one.pos
            FROM ranked_ties_clusters AS one
            LEFT JOIN ranked_ties_cut AS own ON {same("one", "own")}
            LEFT JOIN context_first AS firsts ON one.a = firsts.a AND one.b = firsts.b
            LEFT JOIN ranked_around_cut AS around ON {same("one", "around")}
            WHERE own.a IS NULL OR (firsts.a IS NOT NULL AND around.a IS NULL)
                OR one.cluster > {first} OR (one.cluster = {first} AND one.is_end)
            UNION
            SELECT pos FROM ranked_level_tails
            """,
        ),
    )

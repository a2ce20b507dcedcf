"""The statements of a replay that takes up an earlier one: what changed, and what did not.

An event *arrives* if the states take it in now and did not before: it is new in the table, it came
to apply between the two days, it became known, or no correction kills it any more. It is *taken*
if a correction kills it now. A dyad with either is *touched*, as is one that is folded whole; only
touched dyads are computed again. Tables whose names begin with ``kept_`` are of the earlier replay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.columnar.names import COUNTED, LEVELS, TIES
from diplorel.columnar.scans import COLUMNS, PART, parts_of
from diplorel.tracks.figures import FigureReported

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.columnar.engines import Row
    from diplorel.columnar.keeping import Question
    from diplorel.columnar.names import Kept, Names

_SUBJECT: Final = ("a", "b", "ladder", "series")


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{one}" for one in COLUMNS.split(", "))


def _same(one: str, other: str, columns: Iterable[str] = ("a", "b")) -> str:
    return " AND ".join(f"{one}.{name} = {other}.{name}" for name in columns)


def arrived(names: Names, rows: int, before: Question, now: Question) -> Kept:
    """The events that the states take in now, and did not before.

    Each branch has a plain condition on one column: an engine skips parts of files by it.

    Args:
        names: The words of the statements.
        rows: How many rows the table had.
        before: What was asked before.
        now: What is asked.
    """
    applied, visible = f"ev.{names.by} <= {before.day}", before.visible
    old = [f"ev.pos < {rows}"]
    branches = [f"ev.pos >= {rows}"]
    if before.day is not None and before.day != now.day:
        branches.append(" AND ".join([*old, f"ev.{names.by} > {before.day}"]))
    if before.day is not None:
        old.append(applied)
    if before.moment is not None and before.moment != now.moment:
        branches.append(" AND ".join([*old, f"ev.{before.clock} > {before.moment}"]))
    old.append(visible)
    again = "JOIN kept_dead AS again ON ev.pos = again.pos"
    found = [f"SELECT {_columns('ev')} FROM applied AS ev WHERE {one}" for one in branches]
    found.append(f"SELECT {_columns('ev')} FROM applied AS ev {again} WHERE {' AND '.join(old)}")
    return names.keep("arrived", " UNION ALL ".join(found))


def taken(names: Names, rows: int, visible: str, applied: str) -> Kept:
    """The events that the states took in, and do not now: corrections took them away.

    Args:
        names: The words of the statements.
        rows: How many rows the table had.
        visible: The condition for what was known before.
        applied: The condition for what had happened by the day before.
    """
    return names.keep(
        "taken",
        f"""
            SELECT {_columns("ev")} FROM ev JOIN newly_dead ON ev.pos = newly_dead.pos
            WHERE ev.pos < {rows} AND {visible} AND {applied}
            """,
    )


def shrunk(names: Names) -> Kept:
    """The parts that lost an event: what is left of them is read again."""
    subject = ", ".join(PART)
    return names.keep(
        "shrunk",
        f"""
            SELECT {subject} FROM taken
            WHERE a >= 0 AND {names.is_one_of("type", *COUNTED)} GROUP BY {subject}
            """,
    )


def merged_parts(names: Names, *, again: bool) -> Kept:
    """The parts of all events: those before, with those that arrived.

    Args:
        names: The words of the statements.
        again: Whether any part is read again.
    """
    subject = ", ".join(PART)
    is_shrunk = _same("one", "shrunk", PART)
    query = f"""
            SELECT {subject}, CAST(sum(n) AS BIGINT) AS n, min(first_day) AS first_day,
                max(kx) AS kx, max(vague_to) AS vague_to, max(widest) AS widest, max(top) AS top
            FROM (
                SELECT one.* FROM (
                    SELECT * FROM kept_parts UNION ALL {parts_of(names, "arrived AS live")}
                ) AS one LEFT JOIN shrunk ON {is_shrunk}
                WHERE shrunk.a IS NULL
            ) AS both_times
            GROUP BY {subject}
            """
    if again:
        source = f"live JOIN shrunk ON {_same('live', 'shrunk', PART)}"
        query = f"{query} UNION ALL {parts_of(names, source)}"
    return names.keep("parts", query)


def touched(names: Names) -> tuple[Kept, ...]:
    """The dyads to compute again, and their parts alone in place of all."""
    changed = f"a >= 0 AND {names.is_one_of('type', *COUNTED)}"
    return (
        names.keep(
            "touched",
            f"""
            SELECT a, b FROM arrived WHERE {changed} UNION SELECT a, b FROM taken WHERE {changed}
            UNION SELECT a, b FROM folded UNION SELECT a, b FROM kept_folded
            """,
        ),
        names.keep("all_parts", "SELECT * FROM parts"),
        names.keep(
            "parts",
            f"SELECT one.* FROM all_parts AS one JOIN touched ON {_same('one', 'touched')}",
        ),
    )


def lowered(names: Names) -> Kept:
    """The subjects and series that need earlier rows than those that were kept."""
    subject = ", ".join(_SUBJECT)
    return names.keep(
        "lowered",
        f"""
            SELECT wanted.* FROM wanted
            JOIN (
                SELECT {subject} FROM kept_parts
                WHERE type IN {names.of(*TIES, *LEVELS, FigureReported)} GROUP BY {subject}
            ) AS had ON {_same("wanted", "had", _SUBJECT)}
            LEFT JOIN kept_wanted AS kept ON {_same("wanted", "kept", _SUBJECT)}
            WHERE coalesce(wanted.reach < kept.reach, TRUE)
            """,
    )


LOWEST: Final = "SELECT series >= 0 AS is_series, min(reach) FROM lowered GROUP BY series >= 0"
"""The first key of the rows to read again: of lowered series, and of other lowered subjects."""


def near(names: Names, lowest: Iterable[Row]) -> Kept:
    """The rows that matter to touched subjects and series: see `scans.near`.

    Args:
        names: The words of the statements.
        lowest: The rows of `LOWEST`. With these numbers in the statement, an engine skips files
            and parts of files that are older.
    """
    where = f"{names.is_one_of('one.type', *TIES, *LEVELS, FigureReported)}"
    rest = f"""JOIN wanted ON {_same("one", "wanted", _SUBJECT)} AND one.key >= wanted.reach
            LEFT JOIN lowered ON {_same("one", "lowered", _SUBJECT)}"""
    query = f"""
            SELECT {_columns("one")} FROM kept_near AS one {rest}
            LEFT JOIN newly_dead AS dead ON one.pos = dead.pos
            WHERE lowered.a IS NULL AND dead.pos IS NULL
            UNION ALL
            SELECT {_columns("one")} FROM arrived AS one {rest}
            WHERE lowered.a IS NULL AND {where}
            """
    for is_series, reach in lowest:
        types = names.of(FigureReported) if is_series else names.of(*TIES, *LEVELS)
        query += f"""
            UNION ALL
            SELECT {_columns("one")} FROM live AS one
            JOIN lowered ON {_same("one", "lowered", _SUBJECT)} AND one.key >= lowered.reach
            WHERE one.type IN {types} AND one.key >= {reach}
            """
    return names.keep("near", query)


def united(names: Names, answers: Iterable[str]) -> list[Kept]:
    """What was found of touched dyads, with what was found before of the others.

    Args:
        names: The words of the statements.
        answers: The names of the answers.
    """
    coded = [
        names.keep(
            one,
            f"""
            SELECT * FROM {one} UNION ALL
            SELECT kept.* FROM kept_{one} AS kept LEFT JOIN touched ON {_same("kept", "touched")}
            WHERE touched.a IS NULL
            """,
        )
        for one in ("near", "wanted", "crossed")
    ]
    texts = names.keep(
        "touched_texts",
        """
            SELECT pa.text AS a, coalesce(pb.text, '') AS b
            FROM touched JOIN parties AS pa ON touched.a = pa.code
            LEFT JOIN parties AS pb ON touched.b = pb.code
            """,
    )
    named = [
        names.keep(
            one,
            f"""
            SELECT * FROM {one} UNION ALL
            SELECT kept.* FROM kept_{one} AS kept
            LEFT JOIN touched_texts AS texts
                ON kept.a = texts.a AND coalesce(kept.b, '') = texts.b
            WHERE texts.a IS NULL
            """,
        )
        for one in answers
    ]
    return [*coded, texts, *named]

"""The replay of a table of events on an engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, get_args

import attrs

from diplorel import _ask, _gc
from diplorel._columns import listed
from diplorel.columnar.corrections import find_dead
from diplorel.columnar.dialects import DUCKDB
from diplorel.columnar.schema import EXTRA, arrow, microseconds
from diplorel.columnar.sql import LEVELS, Statements
from diplorel.columnar.tables import EventTable, open_table, records_of, table_of
from diplorel.columnar.tails import Folder, fold_whole, series_of
from diplorel.errors import InvalidQueryError
from diplorel.log import EventLog
from diplorel.model.events import EventRetracted
from diplorel.model.records import Clock
from diplorel.model.table_frames import module_of
from diplorel.replay.order import Dates
from diplorel.replay.snapshot import applied_on
from diplorel.tracks import AGREEMENTS, GROUPS, STANDARD
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import TracebackType
    from typing import Self

    from diplorel.columnar.tails import Dyad, Row
    from diplorel.model.dates import DayLike
    from diplorel.model.events import Event

Engine: TypeAlias = Literal["duckdb"]
_EVER: Final = 2**31 - 1
_SINCE: Final = (("since", "string"), ("since_earliest", "date32"), ("since_latest", "date32"))
ANSWERS: Final = {
    "ties": (
        ("a", "string"),
        ("b", "string"),
        ("status", "string"),
        *_SINCE,
        ("status_certain", "bool_"),
        ("since_certain", "bool_"),
    ),
    "level": (
        ("a", "string"),
        ("b", "string"),
        ("ladder", "string"),
        ("status", "string"),
        ("level", "string"),
        *_SINCE,
        ("agreed", "string"),
        ("status_certain", "bool_"),
        ("level_certain", "bool_"),
        ("since_certain", "bool_"),
        ("agreed_certain", "bool_"),
    ),
    "figures": (
        ("a", "string"),
        ("b", "string"),
        ("indicator", "string"),
        ("period", "string"),
        ("cumulative", "bool_"),
        ("acting", "string"),
        ("value", "string"),
        ("unit", "string"),
        ("qualifier", "string"),
        ("reported", "string"),
        ("reported_earliest", "date32"),
        ("reported_latest", "date32"),
        ("reports", "int64"),
        ("latest_certain", "bool_"),
    ),
    "visits": (("a", "string"), ("b", "string"), ("visits", "int64"), ("talks", "int64")),
}
"""The columns of each answer, with their Arrow types."""


@attrs.frozen(eq=False, repr=False)
class Answer:
    """The states of one track, as a relation of the engine.

    Attributes:
        name: The name of the track, and of the relation in the connection.
        connection: The engine's connection.
    """

    name: str
    connection: Any

    @property
    def relation(self) -> Any:
        """The engine's own relation, to go on with in its own language."""
        return self.connection.table(self.name)

    def arrow(self) -> Any:
        """Return all rows as an Arrow table, in the order of the parties."""
        keys = [name for name, _ in ANSWERS[self.name]]
        names = ", ".join(f'"{name}"' for name in keys)
        order = ", ".join(f"{number} NULLS FIRST" for number in range(1, len(keys) + 1))
        query = f"SELECT {names} FROM {self.name} ORDER BY {order}"
        return self.connection.sql(query).to_arrow_table()

    def rows(self) -> list[Row]:
        """Return all rows as tuples, in the order of the parties."""
        return [*zip(*self.arrow().to_pydict().values(), strict=True)]


@attrs.frozen(eq=False, repr=False)
class Replayed:
    """The states at the end of a day, as known, in an engine.

    Use it with ``with``, or call `close`: it has a connection, and files where it had to spill.

    Attributes:
        ties: The diplomatic relations of each dyad.
        level: What is held on each ladder of a dyad.
        figures: The latest report of each series.
        visits: How many visits and talks are recorded of each dyad.
        connection: The engine's connection, which has these relations under the same names.
        decided: How many subjects went to the fold, and how many events: what the plain order
            did not decide.
    """

    ties: Answer
    level: Answer
    figures: Answer
    visits: Answer
    connection: Any
    decided: dict[str, int]

    def __repr__(self) -> str:
        return f"<Replayed: {listed([*ANSWERS], 10)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the relations are gone with it."""
        self.connection.close()

    def write(self, path: str | Path) -> list[Path]:
        """Write each answer as Parquet: ``state.parquet`` gives ``state-ties.parquet`` and others.

        Args:
            path: The name, from which those of the files are made.

        Returns:
            The files.
        """
        target = Path(path)
        parquet = module_of("pyarrow.parquet", EXTRA)
        written = []
        for answer in (self.ties, self.level, self.figures, self.visits):
            file = target.with_name(f"{target.stem}-{answer.name}.parquet")
            unfinished = file.with_name(f".{file.name}.unfinished")
            try:
                parquet.write_table(answer.arrow(), unfinished)
                unfinished.replace(file)
            finally:
                unfinished.unlink(missing_ok=True)
            written.append(file)
        return written


def replay(
    table: EventTable | EventLog | str | Path,
    on: DayLike | None = None,
    *,
    known: DayLike | datetime | None = None,
    clock: Clock = "recorded",
    dates: Dates = "latest",
    engine: Engine = "duckdb",
    memory_limit: str | None = None,
    spill: str | Path | None = None,
    threads: int | None = None,
) -> Replayed:
    """Return the states at the end of a day, computed over a table of events.

    They are those of ``table.log().replay(on, known=…, clock=…, dates=…)``, to the row. What is
    *certain* is so by all plausible orders of the events that the states take in.

    Args:
        table: A table of events, the folder of one, or a log. It holds one stream, with one account
            of each event (see `resolved_records`).
        on: The day; of a month or a year, its last day. When None, everything that is recorded.
        known: Only what was known at the end of this day, or at this moment in UTC.
        clock: Known by what was ``recorded``, or by what was ``published``.
        dates: ``latest`` applies what has certainly happened by the day, ``earliest`` what has
            possibly happened too.
        engine: The engine.
        memory_limit: How much memory the engine may take, such as ``1GB``; what is more goes to
            disk. Default: the engine's own.
        spill: The folder for what goes to disk. Default: one beside the working directory.
        threads: How many threads the engine uses. Default: one a core.

    Raises:
        InvalidQueryError: The table holds several streams, or two accounts of an event; or there is
            no such clock, date rule or engine.
        InvalidDateError: *on* or *known* is not a day.
        MissingExtraError: DuckDB or pyarrow is not installed: see the extra ``duckdb``.

    >>> import diplorel as dr
    >>> with replay(table_of(dr.load("singapore")), on="2025-03-12") as states:
    ...     states.ties.rows()[0][:4]
    ('ARE', 'SGP', 'established', '1985-05-15')
    """
    _ask.choice("clock", clock, get_args(Clock))
    _ask.choice("dates", dates, get_args(Dates))
    _ask.choice("engine", engine, get_args(Engine))
    day, moment = _ask.day("on", on), _ask.known(known)
    if isinstance(table, EventLog):
        table = table_of(table)
    elif not isinstance(table, EventTable):
        table = open_table(table)
    if len(table.codes["stream"]) > 1:
        raise InvalidQueryError(
            f"the table holds the streams {listed(sorted(table.codes['stream']))}, and only a "
            "policy can unite them. Write what the log resolves to, with "
            "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)"
        )
    config: dict[str, Any] = {"preserve_insertion_order": "false"}
    given = {"memory_limit": memory_limit, "temp_directory": spill, "threads": threads}
    config |= {name: str(value) for name, value in given.items() if value is not None}
    con = module_of("duckdb", EXTRA).connect(config=config)
    try:
        with _gc.paused():
            return _Run(con, table, day, _visible(moment, clock), dates).run()
    except BaseException:
        con.close()
        raise


def _visible(moment: date | datetime | None, clock: Clock) -> str:
    """Return the condition for what was known."""
    if moment is None:
        return "TRUE"
    if clock == "published":
        day = moment.astimezone(UTC).date() if isinstance(moment, datetime) else moment
        return f"(ev.published IS NULL OR ev.published <= {day.toordinal()})"
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time.max, UTC)
    return f"ev.recorded <= {microseconds(moment)}"


class _Run:
    """One replay under way.

    Args:
        con: The engine's connection.
        table: The table of events.
        day: The ordinal of the day; None for all.
        visible: The condition for what was known.
        dates: By which of its days an event is applied.
    """

    def __init__(
        self, con: Any, table: EventTable, day: int | None, visible: str, dates: Dates
    ) -> None:
        self._con, self._table, self._day = con, table, day
        self._visible = visible
        self._dates: Dates = dates
        by = "hi" if dates == "latest" else "lo"
        types = table.codes["type"]
        applied = f"ev.type <> {types.get(EventRetracted.type, -2)}"
        if day is not None:
            applied += f" AND ev.{by} <= {day}"
        self._sql = Statements(DUCKDB, types, visible, applied, by)
        self._folder = Folder(table.codes, table.reference, dates)
        self._decided: dict[str, int] = {}

    def run(self) -> Replayed:
        """Compute everything."""
        self._register_table()
        dead = find_dead(self._con, self._table, self._visible)
        self._register("dead", {"pos": "int64"}, [(pos,) for pos in dead])
        self._do(self._sql.live(), self._sql.parts())
        self._fold_whole()
        self._ties()
        self._level()
        self._do(self._sql.figures_top(), self._sql.figures_open(), self._sql.figures())
        self._do(self._sql.visits())
        answers = {name: Answer(name, self._con) for name in ANSWERS}
        return Replayed(**answers, connection=self._con, decided=self._decided)

    def _do(self, *statements: str) -> None:
        for statement in statements:
            self._con.execute(statement)

    def _rows(self, query: str) -> list[Row]:
        rows: list[Row] = self._con.execute(query).fetchall()
        return rows

    def _register(self, name: str, kinds: dict[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table."""
        pa = arrow()
        columns = zip(*rows, strict=True) if rows else ([] for _ in kinds)
        arrays = [
            pa.array(list(values), getattr(pa, kind)())
            for values, kind in zip(columns, kinds.values(), strict=True)
        ]
        self._con.register(name, pa.table(arrays, names=list(kinds)))

    def _register_table(self) -> None:
        """Give the engine the events, and the texts of their codes."""
        if self._table.memory is not None:
            self._con.register("ev", self._table.memory)
        else:
            files = ", ".join(
                "'{}'".format(str(file).replace("'", "''")) for file in self._table.files
            )
            self._do(f"CREATE VIEW ev AS SELECT * FROM read_parquet([{files}])")
        codes = self._table.codes
        names = (
            ("parties", "party"),
            ("levels", "level"),
            ("units", "unit"),
            ("qualifiers", "qualifier"),
        )
        for name, kind in names:
            self._register(
                name, {"code": "int32", "text": "string"}, [(n, t) for t, n in codes[kind].items()]
            )
        self._register(
            "kinds",
            {
                "code": "int32",
                "indicator": "string",
                "period": "string",
                "cumulative": "bool_",
                "acting": "string",
            },
            [(code, *series_of(text)) for text, code in codes["series"].items()],
        )
        self._register("lives", {"party": "int32", "last_start": "int32"}, [*self._lives()])

    def _lives(self) -> Iterator[Row]:
        """Yield the parties of which a life can bear on the order of events, and up to when.

        One that ends, or that came back, always can; the beginning of another's only life where
        something has possibly happened before it.
        """
        for id, code in self._table.codes["party"].items():
            party = self._table.reference.parties.get(id)
            if party is None:
                continue
            if len(party.lives) > 1 or party.end is not None:
                yield code, _EVER
            elif party.start is not None:
                yield code, party.start.hi

    def _events(self, condition: str) -> list[Event]:
        """Return the events that meet a condition, from their texts."""
        return self._decoded(
            self._rows(f"SELECT stream, recorded, event FROM live WHERE {condition}")
        )

    def _decoded(self, rows: list[Row]) -> list[Event]:
        if not rows:
            return []
        streams = [*self._table.codes["stream"]]
        columns = [list(one) for one in zip(*rows, strict=True)]
        return [record.event for record in records_of(streams, *columns)]  # type: ignore[misc]  # retractions are not live

    def _fold_whole(self) -> None:
        """Fold the dyads that lives, successions or events of several dyads bear on."""
        moves = self._events(f"type IN {self._sql.of(PartySucceeded)}")
        spread = self._events(f"b < 0 AND type IN {self._sql.of(*LEVELS)}")
        named = {pair for move in moves for pair in chain(*move.moves())}  # type: ignore[attr-defined]  # all are successions
        named |= {pair for event in spread for pair in event.pairs()}  # type: ignore[attr-defined]  # all are of levels
        known = self._table.codes["party"]
        coded = [(known[a], known[b]) for a, b in sorted(named) if a in known and b in known]
        self._register("named", {"a": "int32", "b": "int32"}, coded)
        self._do(self._sql.folded())
        texts = [*known]
        dyads: set[Dyad] = {(texts[a], texts[b]) for a, b in self._rows("SELECT a, b FROM folded")}
        dyads |= named
        rows: tuple[list[Row], ...] = ([], [], [], [])
        if dyads:
            moving = {known[party] for move in moves for party in move.parties if party in known}
            apart = (*AGREEMENTS.owns, *GROUPS.owns)
            events = self._decoded(self._rows(self._sql.whole_rows(sorted(moving), apart)))
            ends = applied_on(self._table.reference.ends, self._day, self._dates)
            self._decided["dyads folded whole"] = len(dyads)
            self._decided["their events"] = len(events)
            reference = self._table.reference
            rows = fold_whole([*events, *ends], STANDARD, reference, self._dates, dyads)
        self._whole = dict(zip(ANSWERS, rows, strict=True))
        for name in ("figures", "visits"):
            self._register_answer(name, self._whole[name])

    def _register_answer(self, name: str, rows: list[Row]) -> None:
        self._register(f"{name}_folded", dict(ANSWERS[name]), rows)

    def _ties(self) -> None:
        sql = self._sql
        self._do(sql.ties_roll(), sql.ties_rows(), sql.ties_first(), sql.ties_open())
        self._do(sql.tails("ties"))
        rows = self._rows('SELECT a, b, type, lo, "on", key, nth FROM ties_tails')
        self._count("ties", {row[:2] for row in rows}, rows)
        self._register_answer("ties", [*self._whole["ties"], *self._folder.ties(rows)])
        self._do(sql.ties())

    def _count(self, name: str, subjects: set[Row], rows: list[Row]) -> None:
        self._decided |= {f"{name} tails": len(subjects), f"events of {name} tails": len(rows)}

    def _level(self) -> None:
        sql = self._sql
        self._do(sql.level_parts(), sql.crossed(), sql.level_roll(), sql.level_rows())
        self._do(sql.level_first())
        self._do(sql.level_open(), sql.tails("level"))
        rows = self._rows(
            'SELECT a, b, type, lo, "on", key, nth, ladder, level, previous FROM level_tails '
            f"WHERE type IN {sql.of(*LEVELS)}"
        )
        open_ = {(*row[:2], row[7]) for row in rows}
        self._do(sql.context_first(), sql.context_open(), sql.tails("context"))
        ties = self._rows('SELECT a, b, type, lo, "on", key, nth FROM context_tails')
        self._count("level", open_, [*rows, *ties])
        folded = self._folder.level(rows, ties, open_)
        self._register_answer("level", [*self._whole["level"], *folded])
        self._do(sql.level())


__all__ = ["ANSWERS", "Answer", "Replayed", "replay"]

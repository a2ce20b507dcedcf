"""The replay of a table of events on an engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

import attrs

from diplorel import _ask, _gc
from diplorel._columns import listed
from diplorel._message import listing
from diplorel.columnar.engines import DuckDB
from diplorel.columnar.running import ANSWERS, Run
from diplorel.columnar.schema import EXTRA, microseconds
from diplorel.columnar.spark import Spark
from diplorel.columnar.tables import EventTable, open_table, table_of
from diplorel.errors import InvalidQueryError
from diplorel.log import EventLog
from diplorel.model.records import Clock
from diplorel.model.stamps import stamp_of
from diplorel.model.table_frames import module_of
from diplorel.replay.order import Dates

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Self

    from diplorel.analysis.partners import Kind
    from diplorel.analysis.ranking import Ranking
    from diplorel.columnar.engines import Engine, Row
    from diplorel.model.dates import DayLike

EngineName: TypeAlias = Literal["duckdb", "spark"]


@attrs.frozen(eq=False, repr=False)
class Answer:
    """The states of one track, as a relation of the engine.

    Attributes:
        name: The name of the track, and of the relation in the engine.
    """

    name: str
    _engine: Engine = attrs.field(alias="engine")

    @property
    def relation(self) -> Any:
        """The engine's own relation, to go on with in its own language."""
        return self._engine.relation(self.name)

    def arrow(self) -> Any:
        """Return all rows as an Arrow table, in the order of the parties."""
        keys = [name for name, _ in ANSWERS[self.name]]
        names = ", ".join(f'"{name}"' for name in keys)
        order = ", ".join(f"{number} NULLS FIRST" for number in range(1, len(keys) + 1))
        query = f"SELECT {names} FROM {self.name} ORDER BY {order}"
        return self._engine.arrow(query)

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
        decided: How many subjects went to the fold, and how many events: what the plain order
            did not decide.
    """

    ties: Answer
    level: Answer
    figures: Answer
    visits: Answer
    decided: dict[str, int]
    _engine: Engine = attrs.field(alias="engine")
    _run: Run = attrs.field(alias="run")
    _asked: Mapping[str, Any] = attrs.field(alias="asked")

    @property
    def connection(self) -> Any:
        """The engine's connection, which has these relations under the same names."""
        return self._engine.connection

    def __repr__(self) -> str:
        return f"<Replayed: {listed([*ANSWERS], 10)}>"

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; the relations are gone with it."""
        self._engine.close()

    def ranking(self, party: str, *, kind: Kind = "any") -> Ranking:
        """Return the partners of a party in the standing order: see `World.ranking`.

        It is the ranking of the log that the table holds, row by row. The engine picks the events
        that bear on it, and a log in memory answers. Where a dyad has more than a hundred
        events of ties and level, these are its last ones, as far back as plausible orders reach. A
        row is then ``certain`` if its level and days are, whatever the spells before were; and the
        log can give up a search for orders that is short here.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            kind: ``state`` ranks countries only, ``any`` also unions.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here, or there is no such kind.

        >>> import diplorel as dr
        >>> from diplorel.columnar import resolved_records
        >>> vietnam = dr.load("vietnam")
        >>> log = dr.EventLog(resolved_records(vietnam), reference=vietnam.reference)
        >>> with replay(log, on="2025-03-12") as states:
        ...     [row.party for row in states.ranking("VNM")][:3]
        ['CHN', 'RUS', 'IND']
        """
        table = self._run.table
        id = _ask.party(table.reference, party)
        log = EventLog(self._run.ranked(id), reference=table.reference)
        found = log.replay(**self._asked).ranking(id, kind=kind)
        streams = stamp_of(table.reference, table.codes["stream"])["streams"]
        return attrs.evolve(found, asked={**found.asked, "streams": streams})

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
    engine: EngineName = "duckdb",
    session: Any = None,
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
            possibly happened as well.
        engine: ``duckdb``, in this process, or ``spark``, Apache Spark.
        session: For Spark, a ``SparkSession`` of yours. Its settings and names are left as they
            are. Default: a local session, which ends with the replay.
        memory_limit: How much memory the engine may take, such as ``1GB``; what is more goes to
            disk. Default: the engine's own. A session of yours has limits of its own.
        spill: The folder for what goes to disk. Default: one beside the working directory, or
            Spark's own.
        threads: How many threads the engine uses. Default: one a core.

    Raises:
        InvalidQueryError: The table holds several streams, or two accounts of an event; or there is
            no such clock, date rule or engine; or a session is given where it is of no use, or with
            limits.
        InvalidDateError: *on* or *known* is not a day.
        MissingExtraError: The engine or pyarrow is not installed: see the extras ``duckdb`` and
            ``spark``.

    >>> import diplorel as dr
    >>> with replay(table_of(dr.load("singapore")), on="2025-03-12") as states:
    ...     states.ties.rows()[0][:4]
    ('ARE', 'SGP', 'established', '1985-05-15')
    """
    _ask.choice("clock", clock, get_args(Clock))
    _ask.choice("dates", dates, get_args(Dates))
    _ask.choice("engine", engine, get_args(EngineName))
    day, moment = _ask.day("on", on), _ask.known(known)
    if isinstance(table, EventLog):
        table = table_of(table)
    elif not isinstance(table, EventTable):
        table = open_table(table)
    if len(table.codes["stream"]) > 1:
        raise InvalidQueryError(
            "the table holds the streams {streams}, and only a policy can unite them. Write what "
            "the log resolves to, with "
            "diplorel.columnar.write(resolved_records(log), …, reference=log.reference)",
            streams=listing(sorted(table.codes["stream"])),
        )
    limits = {"memory_limit": memory_limit, "spill": spill, "threads": threads}
    running = _engine(engine, session, {k: v for k, v in limits.items() if v is not None})
    try:
        with _gc.paused():
            run = Run(running, table, day, _visible(moment, clock), dates)
            run.run()
    except BaseException:
        running.close()
        raise
    answers = {name: Answer(name, running) for name in ANSWERS}
    asked = {"on": on, "known": known, "clock": clock, "dates": dates}
    return Replayed(**answers, decided=run.decided, engine=running, run=run, asked=asked)


def _engine(name: EngineName, session: Any, limits: dict[str, Any]) -> Engine:
    """Return the engine of a name.

    Args:
        name: The name.
        session: A session of Spark, if one is given.
        limits: The limits that are given.
    """
    if session is None:
        return Spark(**limits) if name == "spark" else DuckDB(**limits)
    if name != "spark":
        raise InvalidQueryError(
            "{argument}: only the engine {name} takes a session", argument="session", name="spark"
        )
    if limits:
        raise InvalidQueryError(
            "{argument}: a session has limits of its own. Set them where you make the session",
            argument=next(iter(limits)),
        )
    return Spark(session)


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


__all__ = ["Answer", "Replayed", "replay"]

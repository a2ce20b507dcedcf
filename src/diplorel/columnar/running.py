"""One replay under way: the statements in their order, and what goes to the fold between them."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._message import Message
from diplorel.columnar import answers, cuts, increments, runs, scans
from diplorel.columnar.corrections import find_dead
from diplorel.columnar.damage import unreadable
from diplorel.columnar.names import LEVELS, Names
from diplorel.columnar.records import records_of_rows
from diplorel.columnar.standings import records_of_a_ranking
from diplorel.columnar.tails import Folder, fold_whole, series_of
from diplorel.model.events import EventRetracted
from diplorel.replay.day_events import applied_on
from diplorel.tracks import AGREEMENTS, GROUPS, STANDARD
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.columnar.cuts import Of
    from diplorel.columnar.engines import Engine, Fold, Row
    from diplorel.columnar.keeping import Question, Saved
    from diplorel.columnar.names import Kept
    from diplorel.columnar.tables import EventTable
    from diplorel.columnar.tails import Dyad
    from diplorel.model.events import Event
    from diplorel.model.records import Record
    from diplorel.replay.order import Dates

_EVER: Final = 2**31 - 1
_SAID: Final = {"tails": "{} tails", "events": "events of {} tails", "crowded": "crowded {}"}
"""What is said of how much went to the fold."""
_SINCE: Final = (("since", "string"), ("since_earliest", "date32"), ("since_latest", "date32"))
ANSWERS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "ties": (
        ("a", "string"),
        ("b", "string"),
        ("status", "string"),
        *_SINCE,
        ("status_certain", "bool"),
        ("since_certain", "bool"),
    ),
    "level": (
        ("a", "string"),
        ("b", "string"),
        ("ladder", "string"),
        ("status", "string"),
        ("level", "string"),
        *_SINCE,
        ("agreed", "string"),
        ("status_certain", "bool"),
        ("level_certain", "bool"),
        ("since_certain", "bool"),
        ("agreed_certain", "bool"),
    ),
    "figures": (
        ("a", "string"),
        ("b", "string"),
        ("indicator", "string"),
        ("period", "string"),
        ("cumulative", "bool"),
        ("acting", "string"),
        ("value", "string"),
        ("unit", "string"),
        ("qualifier", "string"),
        ("reported", "string"),
        ("reported_earliest", "date32"),
        ("reported_latest", "date32"),
        ("reports", "int64"),
        ("latest_certain", "bool"),
    ),
    "visits": (("a", "string"), ("b", "string"), ("visits", "int64"), ("talks", "int64")),
}
"""The columns of each answer, with their Arrow types."""


class Run:
    """One replay under way.

    Args:
        engine: An engine that has the events as ``ev``, and the disputed ones as ``disputed``.
        table: The table of events.
        question: What is asked.
        before: The saved states to take up; None to replay all.

    Attributes:
        table: The table of events.
        decided: How many subjects the plain order did not decide, and how many events the fold got.
    """

    def __init__(
        self, engine: Engine, table: EventTable, question: Question, before: Saved | None = None
    ) -> None:
        self._engine, self.table, self.question, self._before = engine, table, question, before
        self._day, dates = question.day, question.dates
        self._dates: Dates = dates
        by = "hi" if dates == "latest" else "lo"
        types = table.codes["type"]
        self._names = Names(
            engine.dialect, types, question.visible, _applied(types, by, self._day), by
        )
        self._possible = attrs.evolve(self._names, applied=_applied(types, "lo", self._day))
        self._folder = Folder(table.codes, table.reference, dates)
        self._parts: dict[str, list[str]] = {}
        self.decided: dict[str, int] = {
            said.format(name): 0 for name in ("ties", "level") for said in _SAID.values()
        }

    def run(self) -> None:
        """Compute all answers, which are then in the connection under their names."""
        names = self._names
        self._register_texts()
        dead = find_dead(self._engine, self.table.codes, self.question.visible)
        self._register("dead", {"pos": "int64"}, [(pos,) for pos in dead])
        self._engine.view("applied", scans.applied(names))
        self._engine.view("possible", scans.applied(self._possible))
        self._engine.spread("live", scans.live(names))
        if self._before is None:
            self._do(scans.parts(names))
        else:
            self._take_up(self._before, dead)
        self._check_codes()
        self._fold_whole()
        if self._before is not None:
            self._do(*increments.touched(names))
            (count,) = self._rows("SELECT count(*) FROM touched")
            self.decided["dyads computed again"] = count[0]
        self._do(runs.level_parts(names), runs.several(names))
        if self._sizes(several="several")["several"]:
            self._do(scans.crossed(names))
        else:
            self._do(names.keep("crossed", "SELECT a, b FROM several"))
        self._do(runs.ties_roll(names), runs.level_roll(names))
        self._do(scans.wanted(names))
        if self._before is None:
            self._scan(scans.near(names))
        else:
            self._do(increments.lowered(names))
            self._scan(increments.near(names, self._rows(increments.LOWEST)))
        self._ties()
        self._level()
        self._do(answers.figures_top(names), answers.figures(names), answers.visits(names))
        if self._before is not None:
            self._do(*increments.united(names, ANSWERS))

    def _take_up(self, before: Saved, dead: list[int]) -> None:
        """Merge what was saved with the events that arrived since, or were taken away."""
        names, asked = self._names, before.question
        before.attach(self._engine, ANSWERS)
        was = {pos for (pos,) in self._rows("SELECT pos FROM kept_dead")}
        self._register("newly_dead", {"pos": "int64"}, [(one,) for one in dead if one not in was])
        applied = _applied(names.types, names.by, asked.day)
        self._do(
            increments.arrived(names, before.rows, asked, self.question),
            increments.taken(names, before.rows, asked.visible, applied),
            increments.shrunk(names),
        )
        again = bool(self._rows("SELECT a FROM shrunk LIMIT 1"))
        self._do(increments.merged_parts(names, again=again))

    def _check_codes(self) -> None:
        """Refuse a table with codes of nothing: their rows would be lost in joins.

        Raises:
            InvalidQueryError: There are such codes.
        """
        kinds = {
            "a": "party",
            "b": "party",
            "ladder": "party",
            "level": "level",
            "series": "series",
        }
        asked = ", ".join(f"min({name}), max({name})" for name in kinds)
        (found,) = self._rows(f"SELECT {asked} FROM parts")
        for name, kind, least, most in zip(
            kinds, kinds.values(), found[::2], found[1::2], strict=True
        ):
            if least is not None and not -1 <= least <= most < len(self.table.codes[kind]):
                raise unreadable(Message("a code of {column} stands for nothing", column=name))

    @property
    def all_parts(self) -> str:
        """The name of the parts of all dyads."""
        return "parts" if self._before is None else "all_parts"

    def _do(self, *queries: Kept) -> None:
        for one in queries:
            self._engine.keep(one.name, one.query)

    def _scan(self, query: Kept) -> None:
        self._engine.scan(query.name, query.query)

    def _rows(self, query: str) -> list[Row]:
        return self._engine.rows(query)

    def _register(self, name: str, kinds: dict[str, str], rows: Sequence[Row]) -> None:
        """Give the engine a small table."""
        self._engine.register(name, kinds, rows)

    def _register_texts(self) -> None:
        """Give the engine the texts of the codes."""
        codes = self.table.codes
        named = (
            ("parties", "party"),
            ("levels", "level"),
            ("units", "unit"),
            ("qualifiers", "qualifier"),
        )
        for name, kind in named:
            self._register(
                name, {"code": "int32", "text": "string"}, [(n, t) for t, n in codes[kind].items()]
            )
        self._register(
            "kinds",
            {
                "code": "int32",
                "indicator": "string",
                "period": "string",
                "cumulative": "bool",
                "acting": "string",
            },
            [(code, *series_of(text)) for text, code in codes["series"].items()],
        )
        self._register("lives", {"party": "int32", "last_start": "int32"}, [*self._lives()])

    def _lives(self) -> Iterator[Row]:
        """Yield the parties whose lives can bear on the order of events, and up to when.

        One that ends, or that came back, always can; the beginning of another's only life where
        something has possibly happened before it.
        """
        for id, code in self.table.codes["party"].items():
            party = self.table.reference.parties.get(id)
            if party is None:
                continue
            if len(party.lives) > 1 or party.end is not None:
                yield code, _EVER
            elif party.start is not None:
                yield code, party.start.hi

    def ranked(self, party: str) -> list[Record]:
        """Return the records that make the standing order of a party.

        Args:
            party: The id of the party.
        """
        return records_of_a_ranking(self._engine, self.table.codes, self._names, party, self._day)

    # --- what is folded whole --------------------------------------------------------------------

    def _events(self, condition: str) -> list[Event]:
        """Return the events that meet a condition, from their texts."""
        return self._decoded(
            self._rows(f"SELECT stream, recorded, event FROM applied WHERE {condition}")
        )

    def _decoded(self, rows: list[Row]) -> list[Event]:
        records = records_of_rows([*self.table.codes["stream"]], rows)
        return [record.event for record in records]  # type: ignore[misc]  # retractions are not live

    def _fold_whole(self) -> None:
        """Fold the dyads that lives, successions or events of several dyads bear on."""
        names = self._names
        moves = self._events(f"type IN {names.of(PartySucceeded)}")
        spread = self._events(f"b < 0 AND type IN {names.of(*LEVELS)}")
        named = {pair for move in moves for pair in chain(*move.moves())}  # type: ignore[attr-defined]  # all are successions
        named |= {pair for event in spread for pair in event.pairs()}  # type: ignore[attr-defined]  # all are of levels
        known = self.table.codes["party"]
        coded = [(known[a], known[b]) for a, b in sorted(named) if a in known and b in known]
        self._register("named", {"a": "int32", "b": "int32"}, coded)
        self._do(scans.folded(names))
        texts = [*known]
        dyads: set[Dyad] = {(texts[a], texts[b]) for a, b in self._rows("SELECT a, b FROM folded")}
        dyads |= named
        rows: tuple[list[Row], ...] = ([], [], [], [])
        if dyads:
            moving = {known[party] for move in moves for party in move.parties if party in known}
            apart = (*AGREEMENTS.owns, *GROUPS.owns)
            events = self._decoded(self._rows(scans.whole_rows(names, sorted(moving), apart)))
            ends = applied_on(self.table.reference.ends, self._day, self._dates)
            self.decided["dyads folded whole"] = len(dyads)
            self.decided["their events"] = len(events)
            reference = self.table.reference
            rows = fold_whole([*events, *ends], STANDARD, reference, self._dates, dyads)
        for (name, kinds), some in zip(ANSWERS.items(), rows, strict=True):
            self._parts[name] = [f"{name}_whole"]
            self._register(f"{name}_whole", dict(kinds), some)
        for name in ("figures", "visits"):
            self._unite(name)

    def _fold(self, name: str, source: str, function: Fold) -> None:
        """Have rows folded where they are; what they give is a part of an answer."""
        part = f"{source}_folded_{len(self._parts[name])}"
        self._engine.fold(part, source, function, dict(ANSWERS[name]))
        self._parts[name].append(part)

    def _unite(self, name: str) -> None:
        """Give the parts of an answer that the engine did not decide one name."""
        parts = " UNION ALL ".join(f"SELECT * FROM {part}" for part in self._parts[name])
        self._engine.view(f"{name}_folded", parts)

    # --- open subjects ---------------------------------------------------------------------------

    def _cut(self, name: Of) -> None:
        """Find the tails of open subjects."""
        names = self._names
        self._do(cuts.clusters(names, name), cuts.cut(names, name, name))
        self._do(cuts.tails(names, name), cuts.outcome(names, name, name))

    def _sizes(self, **sources: str) -> dict[str, int]:
        """Return how many rows some sources have, by one query."""
        counts = (f"SELECT '{name}', count(*) FROM {one}" for name, one in sources.items())
        return dict(self._rows(" UNION ALL ".join(counts)))

    def _fold_open(self, name: Of, fold: Fold, show: Fold) -> bool:
        """Fold the tails that are long enough; return whether some are too short.

        Args:
            name: The track.
            fold: The fold of the tails.
            show: What gives a crowded subject its row.
        """
        own = "ladder >= 0" if name == "level" else "TRUE"
        subjects = (
            f"(SELECT a, b, ladder FROM {name}_input WHERE {own} GROUP BY a, b, ladder) AS subjects"
        )
        found = self._sizes(
            tails=subjects, events=f"{name}_input", crowded=f"{name}_crowded", short="short"
        )
        if found["events"]:
            self._fold(name, f"{name}_input", fold)
        if found["crowded"]:
            self._do(cuts.convention(self._names, name))
            self._fold(name, f"{name}_shown", show)
        for counted, said in _SAID.items():
            self.decided[said.format(name)] += found[counted]
        return found["short"] > 0

    def _ties(self) -> None:
        names = self._names
        self._do(runs.ties_first(names), runs.ties_open(names))
        is_open = self._sizes(open="ties_open")["open"] > 0
        while is_open:
            self._cut("ties")
            found = "ties_outcome WHERE is_crowded"
            self._do(names.keep("ties_crowded", f"SELECT a, b, ladder FROM {found}"))
            self._do(answers.folded_ties(names))
            short = "ties_outcome WHERE is_partial AND NOT is_crowded"
            self._do(names.keep("short", f"SELECT a, b, ladder, is_complex FROM {short}"))
            is_open = self._fold_open("ties", self._folder.ties, self._folder.ties_shown)
            if is_open:
                self._scan(names.keep("ties_open", scans.more_of_ties(names)))
        self._unite("ties")
        self._do(answers.ties(names))

    def _level(self) -> None:
        names = self._names
        self._do(runs.level_rows(names), runs.level_first(names), runs.level_open(names))
        source, reach = "near", "coalesce(wanted.reach, 0) >> 30"
        is_open = self._sizes(open="level_open")["open"] > 0
        while is_open:
            self._cut("level")
            self._do(cuts.context_first(names, "level"))
            self._do(cuts.context_open(names, "context", source, reach))
            self._cut("context")
            self._do(answers.level_fate(names))
            found = "level_fate WHERE is_crowded"
            self._do(names.keep("level_crowded", f"SELECT a, b, ladder FROM {found}"))
            self._do(answers.folded_levels(names))
            short = "level_fate WHERE is_short"
            self._do(names.keep("short", f"SELECT a, b, ladder, is_complex FROM {short}"))
            is_open = self._fold_open("level", self._folder.level, self._folder.levels_shown)
            if is_open:
                self._scan(scans.more(names))
                self._do(names.keep("level_open", scans.more_of_levels(names)))
                source, reach = "more", "0"
        self._unite("level")
        self._do(answers.level(names))


def _applied(types: Mapping[str, int], bound: str, day: int | None) -> str:
    """Return the condition for what had happened by a day."""
    is_event = f"ev.type <> {types.get(EventRetracted.type, -2)}"
    return is_event if day is None else f"{is_event} AND ev.{bound} <= {day}"

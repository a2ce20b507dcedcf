"""Compare a panel with a table of others, row by row and value by value."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel._columns import counted, listed
from diplorel._message import Message, join, listing
from diplorel.analysis.comparison_tables import beside_table, cells_table
from diplorel.analysis.frames import plain, read_frame
from diplorel.analysis.join_keys import NotFound, Places, schemes, unit_of
from diplorel.analysis.panel_columns import About, about, turned
from diplorel.analysis.panel_comparison import (
    Difference,
    Differences,
    LeftOut,
    OnlyTheirs,
    PanelComparison,
)
from diplorel.errors import InvalidQueryError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.frames import Frame
    from diplorel.analysis.join_keys import Found
    from diplorel.analysis.panel import Dyads
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table
    from diplorel.tracks.track import Track

Values: TypeAlias = Mapping[Any, Any] | Callable[[Any], Any]
"""How our values are said in their words: a mapping, or a function."""
_SAYS: Final = ("known", "as-last-recorded")
"""How a value is known that can be compared."""
_NOT_COMPARED: Final = {"unknown": "unknown", "undecided": "undecided", "contested": "contested"}


def _plain_values(given: Iterable[Any]) -> frozenset[Any]:
    return frozenset(map(plain, given))


@attrs.frozen(kw_only=True)
class Question:
    """What is compared.

    Attributes:
        on: Their column by key of the panel.
        columns: Their column by ours.
        values: How our values are said in their words, by our column.
        missing: Their values that mean that a value is missing.
        beside: Their column of numbers by ours, for a summary.
        tracks: Tracks of the caller's own that get columns in the panel.
    """

    on: Mapping[str, str]
    columns: Mapping[str, str]
    values: Mapping[str, Values]
    missing: frozenset[Any] = attrs.field(converter=_plain_values)
    beside: Mapping[str, str]
    tracks: tuple[Track[Any, Any], ...]


def tracks_in(panel: Table, question: Question) -> tuple[Track[Any, Any], ...]:
    """Return the tracks of the columns that are compared, each once.

    Raises:
        InvalidQueryError: The panel has no such column, or it cannot be compared.
    """
    found = (about(panel, name, question.tracks).track for name in question.columns)
    return tuple(dict.fromkeys(found))


@attrs.frozen
class Behind:
    """What is behind a panel.

    Attributes:
        dyads: The states of dyads, with the events of each.
        reference: The parties.
        events: The events of the log: of successions, whose code took the place of whose.
    """

    dyads: Dyads
    reference: Reference
    events: Iterable[Event]


def compare(panel: Table, frame: Any, question: Question, behind: Behind) -> PanelComparison:
    """Return a comparison.

    Args:
        panel: The panel.
        frame: The table of others.
        question: What is compared.
        behind: What is behind the panel.

    Raises:
        InvalidQueryError: A column is not there, or our values are not all said in their words.
    """
    return _Comparing(panel, read_frame(frame), question, behind).run()


class _Comparing:
    """A comparison under way."""

    def __init__(self, panel: Table, theirs: Frame, question: Question, behind: Behind) -> None:
        self._panel, self._question, self._dyads = panel, question, behind.dyads
        odd = [name for name in question.values if name not in question.columns]
        if odd:
            raise InvalidQueryError(
                "{argument}: {names} is not among columns=", argument="values", names=listing(odd)
            )
        if not question.columns and not question.beside:
            raise InvalidQueryError(
                "{argument}: name a column to compare, or one for beside=", argument="columns"
            )
        self._sides = schemes(question.on, panel)
        self._times = unit_of(panel)
        self._abouts = {
            name: about(panel, name, question.tracks)
            for name in dict.fromkeys((*question.columns, *question.beside))
        }
        self._keys = {key: theirs.column("on", name) for key, name in question.on.items()}
        self._theirs = {
            name: self._without_missing(theirs.column(argument, column))
            for argument, given in (("columns", question.columns), ("beside", question.beside))
            for name, column in ((f"{argument}/{one}", two) for one, two in given.items())
        }
        self._count = len(next(iter(self._keys.values())))
        self._places = Places(panel, behind.reference, behind.events)
        self._stamp = {
            **panel.stamp,
            "times": list(self._times),
            "keys": list(question.on.values()),
        }
        self._ours: dict[str, list[Any]] = {}
        self._said: dict[tuple[str, Any], Any] = {}
        self._unsaid: dict[str, dict[Any, None]] = {}

    def _without_missing(self, values: list[Any]) -> list[Any]:
        return [None if value in self._question.missing else value for value in values]

    def run(self) -> PanelComparison:
        """Return the comparison."""
        matched, left_out, aside = self._join()
        cells: list[list[Any]] = [[] for _ in range(9)]
        differences: list[Difference] = []
        for row, (place, is_turned) in matched.items():
            for name in self._question.columns:
                cell = self._cell(row, place, name, is_turned=is_turned)
                for values, value in zip(cells, cell, strict=True):
                    values.append(value)
                if cell[-1] == "different":
                    differences.append(self._difference(cell, place))
        if self._unsaid:
            said = join(
                "; ",
                (
                    Message("{name}: {values}", name=name, values=listing([*map(repr, values)]))
                    for name, values in self._unsaid.items()
                ),
            )
            raise InvalidQueryError(
                "{argument}: say what these values of ours are in your table, of {said}",
                argument="values",
                said=said,
            )
        kept = {place for place, _ in matched.values()}
        rest = [row for row in range(len(self._panel)) if row not in kept and row not in aside]
        asked = {*zip(*(self._keys[name] for name in self._times), strict=True)}
        same_time = [row for row in rest if self._places.times[row] in asked]
        return PanelComparison(
            columns=dict(self._question.columns),
            cells=cells_table(self._times, cells, self._stamp),
            differences=Differences(differences, self._stamp),
            only_theirs=OnlyTheirs(left_out, self._stamp),
            only_ours=self._only_ours(same_time),
            beside=self._beside(matched),
            notes=tuple(self._notes(matched, cells)),
            rows={
                "theirs": self._count,
                "theirs_matched": len(matched),
                "theirs_only": len(left_out),
                "ours": len(self._panel),
                "ours_matched": len(kept),
                "ours_only": len(same_time),
                "ours_set_aside": len(aside - kept),
                "ours_other_time": len(rest) - len(same_time),
            },
            stamp=self._stamp,
        )

    # --- rows ------------------------------------------------------------------------------------

    def _join(self) -> tuple[dict[int, Found], list[LeftOut], set[int]]:
        """Return the place of each row that is compared, the other rows, and places in dispute."""
        firsts, seconds = (self._side(side) for side in "ab")
        times = zip(*(self._keys[name] for name in self._times), strict=True)
        failed: dict[int, NotFound] = {}
        found: dict[int, Found] = {}
        aside: set[int] = set()
        for row, (one, two, time) in enumerate(zip(firsts, seconds, times, strict=True)):
            places = self._places.find(self._sides, (one, two), time)
            if isinstance(places, NotFound):
                failed[row] = places
            elif len(places) > 1:
                aside.update(place for place, _ in places)
                failed[row] = NotFound("several", "give ids, or a panel of days")
            else:
                found[row] = next(iter(places))
        often = Counter(found.values())
        for row, place in found.items():
            if often[place] > 1:
                aside.add(place[0])
                failed[row] = NotFound("twice", f"{often[place]} times")
        keys = [*self._keys.values()]
        left_out = [
            LeftOut(
                row=row,
                keys=tuple(None if one[row] is None else str(one[row]) for one in keys),
                reason=why.reason,
                hint=why.hint,
            )
            for row, why in sorted(failed.items())
        ]
        return {row: one for row, one in found.items() if row not in failed}, left_out, aside

    def _side(self, side: str) -> Sequence[Any]:
        scheme = self._sides["ab".index(side)]
        return [None] * self._count if scheme is None else self._keys[f"{scheme}_{side}"]

    def _only_ours(self, rows: list[int]) -> Table:
        given = {key for key in self._question.on if key in self._panel and key != "on"}
        given |= {turned(key) for key in given}
        keys = {"party_a", "party_b", *self._times, "on"} | given
        names = [name for name in self._panel.names if name in keys]
        table = self._panel.select(*names).take(rows)
        return attrs.evolve(table, title="Rows of ours that no row of theirs is about")

    # --- values ----------------------------------------------------------------------------------

    def _value(self, name: str, place: int, *, is_turned: bool) -> tuple[Any, str]:
        """Return our value and how it is known; "none" where it is known that no level is held."""
        seen = self._abouts[name]
        if is_turned:
            name, known = turned(name), turned(seen.known)
        else:
            known = seen.known
        for one in (name, known):
            if one not in self._ours:
                self._ours[one] = [*self._panel[one]]
        value, how = plain(self._ours[name][place]), self._ours[known][place]
        if value is None and seen.is_level and how in _SAYS:
            value = "none"
        return value, how

    def _cell(self, row: int, place: int, name: str, *, is_turned: bool) -> tuple[Any, ...]:
        a, b = self._pair(place, is_turned=is_turned)
        ours, known = self._value(name, place, is_turned=is_turned)
        theirs = self._theirs[f"columns/{name}"][row]
        said = None
        outcome = _NOT_COMPARED.get(known, "")
        if theirs is None:
            outcome = "theirs-missing"
        elif not outcome:
            said = self._in_their_words(name, ours)
            outcome = "unknown" if said is None else "same" if said == theirs else "different"
        time = self._places.times[place]
        ours, said, theirs = (None if one is None else str(one) for one in (ours, said, theirs))
        return (row, (a, b), time, name, ours, said, known, theirs, outcome)

    def _in_their_words(self, name: str, ours: Any) -> Any:
        """Return our value as theirs would say it; None where it says nothing of the kind."""
        translated = self._question.values.get(name)
        if translated is None:
            return ours
        key = name, ours
        if key not in self._said:
            self._said[key] = None
            if callable(translated):
                self._said[key] = None if ours is None else plain(translated(ours))
            elif ours in translated:
                self._said[key] = plain(translated[ours])
            elif ours is not None:
                self._unsaid.setdefault(name, {})[ours] = None
        return self._said[key]

    def _pair(self, place: int, *, is_turned: bool) -> tuple[str, str]:
        a, b = self._places.parties(place)
        return (b, a) if is_turned else (a, b)

    def _difference(self, cell: tuple[Any, ...], place: int) -> Difference:
        row, (a, b), time, name, ours, said, known, theirs, _ = cell
        day = self._places.days[place]
        seen: About = self._abouts[name]
        return Difference(
            row=row,
            parties=(a, b),
            time=time,
            column=name,
            ours=ours,
            ours_as=said,
            known=known,
            theirs=theirs,
            events=seen.events(self._dyads, (a, b), day, _days(time)),
        )

    # --- numbers beside, and notes ---------------------------------------------------------------

    def _beside(self, matched: Mapping[int, Found]) -> Table:
        groups: dict[tuple[str, str, str | None, str], list[Any]] = {}
        for name, column in self._question.beside.items():
            numbers = self._theirs[f"beside/{name}"]
            for row, (place, is_turned) in matched.items():
                number = numbers[row]
                if isinstance(number, str):
                    raise InvalidQueryError(
                        "{argument}: expected numbers in {column!r}, got {number!r} in row {row}",
                        argument="beside",
                        column=column,
                        number=number,
                        row=row,
                    )
                ours, known = self._value(name, place, is_turned=is_turned)
                said = None if ours is None else str(ours)
                groups.setdefault((name, column, said, known), []).append(number)
        return beside_table(groups, self._stamp)

    def _notes(self, matched: Mapping[int, Found], cells: Sequence[Sequence[Any]]) -> Iterator[str]:
        places = Counter(place for place, _ in matched.values())
        both = sum(count > 1 for count in places.values())
        if both:
            yield (
                f"in {counted(both, 'case')}, your table has a pair and time in both orders: each "
                "order is compared, so what both sides share counts twice"
            )
        texts: dict[str, Counter[str]] = {name: Counter() for name in self._question.columns}
        for name, theirs, outcome in zip(cells[3], cells[7], cells[8], strict=True):
            if outcome == "different":
                texts[name][theirs] += 1
        for name, counts in texts.items():
            known = self._words(name)
            odd = {one: count for one, count in counts.items() if known and one not in known}
            if odd:
                said = listed([f"{one!r} ({count})" for one, count in sorted(odd.items())])
                yield (
                    f"{self._question.columns[name]} has values that no value of {name} can be: "
                    f"{said}. They count as different; give those that mean nothing as missing=, "
                    "and say how yours are written by values="
                )

    def _words(self, name: str) -> set[str]:
        """Return what ours can be in their words; nothing where that is not a closed list."""
        translated = self._question.values.get(name)
        if isinstance(translated, Mapping):
            return {str(plain(one)) for one in translated.values()}
        column = self._panel[name]
        return {*column.words} if translated is None and column.kind == "enum" else set()


def _days(time: tuple[Any, ...]) -> tuple[int, int]:
    """Return the first and the last day of a time."""
    year, *months = time
    if isinstance(year, str):
        day = date.fromisoformat(year).toordinal()
        return day, day
    if not months:
        return date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    first = date(year, months[0], 1).toordinal()
    return first, first + monthrange(year, months[0])[1] - 1

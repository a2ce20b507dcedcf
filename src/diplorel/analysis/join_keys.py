"""Which row of a panel a row of another table is about; and if none, why, with the right code."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel._columns import listed
from diplorel._message import Message, either, join, listing
from diplorel.analysis.panel import CODES
from diplorel.errors import InvalidQueryError, UnknownPartyError, expected_one_of
from diplorel.model.party_table import NAMESAKES
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.parties import Code
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table

REASONS: Final = {
    "missing-key": "a key is missing",
    "unknown-code": "no party has such a code or name",
    "code-not-in-use": "the code was not used on that day",
    "same-party": "both sides are the same party",
    "other-time": "the panel has no row of that time",
    "other-pair": "the panel has no row of the two at any time",
    "not-alive": "the panel has no row of the two at that time",
    "several": "the codes meant several pairs at that time",
    "twice": "the table has the two and the time more than once",
}
"""Why a row of another table is not compared."""

Key: TypeAlias = "tuple[Any, ...]"
Found: TypeAlias = "tuple[int, bool]"
"""The number of a row of the panel, and whether it has the two the other way round."""
Holder: TypeAlias = "tuple[str, Code | None]"
"""A party that a key can mean, with the days of the code; None: on every day."""
PARTY: Final = "party"
_TIMES: Final = ("year", "month", "on")
_NAMIBIA: Final = (
    "if it was NA, Namibia's code, it was read as missing: pandas.read_csv(…, "
    "keep_default_na=False)"
)


@attrs.frozen
class NotFound:
    """Why a row of another table is about no row of the panel.

    Attributes:
        reason: One of `REASONS`.
        hint: More about it; may be empty.
    """

    reason: str
    hint: str = ""


def unit_of(panel: Table) -> tuple[str, ...]:
    """Return the names of the columns that give the time of a panel's row."""
    return tuple(name for name in ("year", "month") if name in panel) or ("on",)


def schemes(on: Mapping[str, str], panel: Table) -> tuple[str | None, str | None]:
    """Return the scheme of codes of either side, from the names of the keys.

    ``party`` means ids and names. None: the side is not given, since the panel has one party only.

    Raises:
        InvalidQueryError: A key is not valid, one is missing, or a side has two.
    """
    times = unit_of(panel)
    names = {f"{scheme}_{side}": (scheme, side) for scheme in (PARTY, *CODES) for side in "ab"}
    found: dict[str, str] = {}
    for key in on:
        if key in _TIMES:
            if key not in times:
                raise InvalidQueryError(
                    "{argument}: the times of this panel are {times}",
                    argument="on",
                    times=listing(times),
                )
            continue
        if key not in names:
            raise InvalidQueryError(
                "{argument}: {expected}",
                argument="on",
                expected=expected_one_of((*names, *times), key),
            )
        scheme, side = names[key]
        if side in found:
            raise InvalidQueryError(
                "{argument}: side {side} has two keys: give one of them", argument="on", side=side
            )
        found[side] = scheme
    lacking: list[Message | str] = [name for name in times if name not in on]
    lacking += [
        Message("party_{side} (or cow_{side}, gw_{side}, iso3_{side} …)", side=side)
        for side in "ab"
        if side not in found and len({*panel[f"party_{side}"]}) > 1
    ]
    if lacking or not found:
        said = join(", ", lacking) or either(("party_a", "party_b"))
        raise InvalidQueryError(
            "{argument}: say which column of your table has {said}, as in {{'cow_a': "
            "'ccode1', 'cow_b': 'ccode2', 'year': 'year'}}",
            argument="on",
            said=said,
        )
    return found.get("a"), found.get("b")


class Places:
    """The rows of a panel by parties and time, and the parties that a key means.

    Args:
        panel: The panel.
        reference: The parties.
        events: The events of the log; its successions show which party took over a code.
    """

    def __init__(self, panel: Table, reference: Reference, events: Iterable[Event]) -> None:
        self._panel, self._parties, self._events = panel, reference.parties, events
        self._as, self._bs = [*panel["party_a"]], [*panel["party_b"]]
        self.days: Sequence[int] = panel["on"].data
        self.times: list[Key] = [*zip(*(panel[name] for name in unit_of(panel)), strict=True)]
        if unit_of(panel) == ("on",):
            self.times = [(day.isoformat(),) for (day,) in self.times]
        self._rows = {
            key: row for row, key in enumerate(zip(self._as, self._bs, self.times, strict=True))
        }
        self._day: dict[Key, int] = {}
        for time, day in zip(self.times, self.days, strict=True):
            self._day[time] = max(day, self._day.get(time, day))
        self._holders: dict[tuple[str, Any], tuple[Holder, ...]] = {}
        self._named: dict[tuple[str, int], str | UnknownPartyError | None] = {}

    @cached_property
    def _pairs(self) -> set[frozenset[str]]:
        return {frozenset(pair) for pair in zip(self._as, self._bs, strict=True)}

    def parties(self, row: int) -> tuple[str, str]:
        """Return the two parties of a row of the panel, in its order."""
        return self._as[row], self._bs[row]

    def find(
        self, sides: tuple[str | None, str | None], given: tuple[Any, Any], time: Key
    ) -> tuple[Found, ...] | NotFound:
        """Return the row that a key means, and whether it has the two the other way round.

        Args:
            sides: The scheme of either key; None: the panel's one party.
            given: The code or name of either side.
            time: The year, the year and month, or the day.

        Returns:
            Several rows where the codes meant several pairs; and the reason if there is none.
        """
        first, second = sides
        one, two = given
        if None in time or (first and one is None) or (second and two is None):
            named = (first == PARTY and one is None) or (second == PARTY and two is None)
            return NotFound("missing-key", _NAMIBIA if named else "")
        day = self._day.get(time)
        if day is None:
            return NotFound("other-time")
        meant = (
            self._meant(first, one, day, self._as[0]),
            self._meant(second, two, day, self._bs[0]),
        )
        for holders in meant:
            if isinstance(holders, str):
                return NotFound("unknown-code", holders)
        return self._row(sides, given, time, meant)

    def _row(self, sides: Any, given: Any, time: Key, meant: Any) -> tuple[Found, ...] | NotFound:
        found: dict[int, bool] = {}
        day = self._day[time]
        for place, is_turned, codes in self._candidates(meant, time):
            on = self.days[place]
            if all(code is None or code.holds_on(on) for code in codes):
                found[place] = is_turned
            else:
                day = on
        if found:
            return tuple(found.items())
        held = [_holding(holders, day) for holders in meant]
        for scheme, value, holders, ids in zip(sides, given, meant, held, strict=True):
            if not ids:
                return NotFound("code-not-in-use", self._right_code(scheme, value, holders, day))
        if held[0] == held[1] and len(held[0]) == 1:
            return NotFound("same-party")
        if not any(frozenset((a, b)) in self._pairs for a in held[0] for b in held[1]):
            return NotFound("other-pair")
        return NotFound("not-alive", f"one of them did not live on {date.fromordinal(day)}")

    def _candidates(
        self, meant: tuple[Sequence[Holder], Sequence[Holder]], time: Key
    ) -> Iterator[tuple[int, bool, tuple[Code | None, Code | None]]]:
        """Yield the rows of the pairs that two keys can mean, with the codes that have to hold."""
        for a, code in meant[0]:
            for b, other in meant[1]:
                for key, is_turned in (((a, b, time), False), ((b, a, time), True)):
                    if key in self._rows:
                        yield self._rows[key], is_turned, (code, other)
                        break

    def _meant(
        self, scheme: str | None, value: Any, day: int, only: str
    ) -> tuple[Holder, ...] | str:
        """Return the parties that a key can mean, with the days of the code; or why it has none."""
        if scheme is None:
            return ((only, None),)
        if scheme == PARTY:
            return self._by_name(value, day)
        key = (scheme, value)
        if key not in self._holders:
            self._holders[key] = (
                () if isinstance(value, float) else self._parties.holders(scheme, value)
            )
        return self._holders[key] or f"no party ever had the {scheme} code {value!r}"

    def _by_name(self, value: Any, day: int) -> tuple[Holder, ...] | str:
        if not isinstance(value, str):
            return f"{value!r} is a number: if it is a code, name its scheme, as in cow_a"
        key = value, day
        if key not in self._named:
            try:
                self._named[key] = self._parties.find(value, date.fromordinal(day)).id
            except UnknownPartyError as error:
                self._named[key] = error
        found = self._named[key]
        return ((found, None),) if isinstance(found, str) else str(found)

    def _right_code(self, scheme: str, value: Any, holders: Sequence[Holder], day: int) -> str:
        """Return the days when a code was used, and the codes of all parties on the day."""
        used = "; ".join(f"{id} {_span(code)}" for id, code in holders if code is not None)
        held: dict[str, str] = {}
        for id in self._after([id for id, _ in holders], day):
            party = self._parties.get(id)
            for code in () if party is None else party.codes:
                if code.scheme == scheme and code.holds_on(day):
                    held.setdefault(id, code.value)
        now = listed([f"{id} has {code}" for id, code in held.items()])
        then = f": on {date.fromordinal(day)}, {now}" if now else ""
        return f"{scheme} {value} was used for {used}{then}"

    def _after(self, ids: Sequence[str], day: int) -> list[str]:
        """Return parties whose codes these could be taken for: themselves, or who came after."""
        known = [(id, self._parties.get(id)) for id in ids]
        alive = [id for id, one in known if one is not None and one.is_alive(day)]
        if alive:
            return alive
        found = [*ids]
        for id in found:
            found += [one for one in self._successors.get(id, ()) if one not in found]
        for group in NAMESAKES:
            if group.intersection(ids):
                found += [one for one in sorted(group) if one not in found]
        parties = [(id, self._parties.get(id)) for id in found]
        return [id for id, one in parties if one is not None and one.is_alive(day)]

    @cached_property
    def _successors(self) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for one in self._events:
            if isinstance(one, PartySucceeded):
                before = found.get(one.predecessor, ())
                if one.successor not in before:
                    found[one.predecessor] = tuple(sorted((*before, one.successor)))
        return found


def _holding(holders: Sequence[Holder], day: int) -> set[str]:
    return {id for id, code in holders if code is None or code.holds_on(day)}


def _span(code: Code) -> str:
    start = "" if code.start is None else f"from {code.start.text}"
    end = "" if code.end is None else f"until {code.end.text}"
    return f"{start} {end}".strip()

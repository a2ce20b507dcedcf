"""One agreement with the seat of each party: since when it belongs, and until when.

Everything that a fold adds comes at the end of a list, so that the state after any event is the
lists and a number: to freeze it costs nothing, however many parties belong and however often it
changes. Only who asks for a pair looks the seats up.
"""

from __future__ import annotations

from bisect import bisect_right
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeAlias, TypeVar

import attrs

from diplorel._columns import columns, counted
from diplorel._message import suggestion
from diplorel.errors import MissingKeyError, nearest
from diplorel.model.ladders import Text
from diplorel.tracks.agreement_events import AgreementKind
from diplorel.tracks.agreement_titles import title_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel._pickling import Reduced
    from diplorel.model.dates import PartialDate
    from diplorel.tracks.agreement_events import (
        AgreementEvent,
        AgreementSigned,
    )

T = TypeVar("T")


class AgreementStatus(StrEnum):
    """How far an agreement has come."""

    SIGNED = "signed"
    IN_FORCE = "in-force"
    TERMINATED = "terminated"


@attrs.frozen
class Seat:
    """One party's part in an agreement. A party that comes back has a new seat.

    Attributes:
        party: The party.
        signed: The day when it signed; None where that is not recorded.
        joined: The day when it acceded; None where that is not recorded.
        in_force: The day of the agreement's entry into force for it; None where it is not recorded,
            which is not a no.
        provisional: Whether it is applied provisionally.
        left: The first day when it no longer belongs; None while it does.
        terminated: Whether it no longer belongs since the agreement itself ended.
        predecessor: The party whose place it took, by a succession.
    """

    party: str
    signed: PartialDate | None = None
    joined: PartialDate | None = None
    in_force: PartialDate | None = None
    provisional: bool = False
    left: PartialDate | None = None
    terminated: bool = False
    predecessor: str | None = None

    @property
    def status(self) -> AgreementStatus:
        """How far the agreement has come for this party."""
        if self.left is not None:
            return AgreementStatus.TERMINATED
        return AgreementStatus.SIGNED if self.in_force is None else AgreementStatus.IN_FORCE


@attrs.frozen
class Facts:
    """What an agreement is, as far as its signatures say; the first that gives each is used."""

    kind: AgreementKind = AgreementKind.DOCUMENT
    titles: tuple[Text, ...] = ()
    fields: tuple[str, ...] = ()

    def filled(self, event: AgreementSigned) -> Facts:
        """Return the facts, with those of a signature where there were none."""
        return Facts(
            event.kind if self.kind is AgreementKind.DOCUMENT else self.kind,
            self.titles or event.titles,
            self.fields or event.fields,
        )


NO_FACTS: Final = Facts()
FACTS: Final = "facts"
"""The cell of what an agreement is. No party has this id: those are in capital letters."""


History: TypeAlias = "Sequence[tuple[int, T]]"
"""Values, each with the number of its first step."""


Between: TypeAlias = "tuple[frozenset[str], PartialDate, bool]"
"""Parties, a day, and whether the agreement is in force again between them or ended."""


def _until(history: History[T], step: int) -> History[T]:
    """Return what holds from a step or an earlier one, in order."""
    if not history or history[-1][0] <= step:
        return history
    return history[: bisect_right(history, step, key=_step)]


def _at(history: History[T], step: int) -> T | None:
    """Return the last value at a step; None before the first."""
    held = _until(history, step)
    return held[-1][1] if held else None


def _step(entry: tuple[int, Any]) -> int:
    return entry[0]


_NOTHING: Final[Mapping[str, Any]] = {}
"""For all that few agreements need; nobody adds to it."""


def _without(held: Mapping[str, T], party: str) -> Mapping[str, T]:
    return {id: one for id, one in held.items() if id != party}


class Book:
    """An agreement under way: what each step changed.

    Attributes:
        only: The one cell that it keeps account of, as the search for orders wants it: the party,
            or the facts. None for all.
        step: The number of the last step.
        key: The key of the agreement.
        seats: The seats of each party, one after another.
        facts: What the agreement is.
        apart: The terminations between some of its parties only, and the entries into force after
            the first of them.
        over: The day when it ended for all; None from when somebody belongs again.
        cut: The parties that such a termination named since they signed, joined or entered, with
            its day.
        legacy: The seats on the last day of those that are gone.
        beside: Of one party's cell, whether it belonged at each termination that did not name it.
    """

    __slots__ = (
        "apart", "beside", "cut", "facts", "key", "legacy", "only", "over", "seats", "step",
    )  # fmt: skip

    def __init__(self, only: str | None = None) -> None:
        # most agreements are of two parties and have one or two events: what few need is made late
        self.only = only
        self.step = 0
        self.key = ""
        self.seats: dict[str, list[tuple[int, Seat]]] = {}
        self.facts: History[Facts] = ()
        self.apart: History[Between] = ()
        self.over: History[PartialDate | None] = ()
        self.cut: Mapping[str, PartialDate] = _NOTHING
        self.legacy: Mapping[str, Seat] = _NOTHING
        self.beside: tuple[tuple[str, bool], ...] = ()

    def upto(self, step: int) -> Book:
        """Return a copy that ends with a step, and can go on by itself."""
        book = Book(self.only)
        book.step, book.key = step, self.key
        seats = ((party, [*_until(seats, step)]) for party, seats in self.seats.items())
        book.seats = {party: held for party, held in seats if held}
        book.facts, book.over = _until(self.facts, step), _until(self.over, step)
        book.apart = _until(self.apart, step)
        book.cut, book.legacy, book.beside = self.cut, self.legacy, self.beside
        return book

    def begin(self, event: AgreementEvent) -> tuple[str, ...]:
        """Begin a step, and return the parties of an event that this keeps account of."""
        self.step += 1
        self.key = event.agreement
        return self.among(event)

    def among(self, event: AgreementEvent) -> tuple[str, ...]:
        """Return the parties of an event that this keeps account of."""
        if self.only is None:
            return event.parties
        return (self.only,) if self.only in event.parties else ()

    def seat(self, party: str) -> Seat | None:
        """Return the last seat of a party."""
        seats = self.seats.get(party)
        return seats[-1][1] if seats else None

    def held(self, party: str) -> Seat | None:
        """Return the seat of a party that belongs."""
        seat = self.seat(party)
        return seat if seat is not None and seat.left is None else None

    def put(self, seat: Seat) -> None:
        """Keep a seat from this step on."""
        if seat.party in self.legacy:
            self.legacy = _without(self.legacy, seat.party)
        seats = self.seats.get(seat.party)
        if seats is None:
            self.seats[seat.party] = [(self.step, seat)]
        else:
            seats.append((self.step, seat))
        if self.over and seat.left is None and self.over[-1][1] is not None:
            self.over = (*self.over, (self.step, None))

    def mend(self, party: str) -> None:
        """Forget that it was terminated between a party and some others."""
        if party in self.cut:
            self.cut = _without(self.cut, party)

    def enter(self, parties: Iterable[str]) -> None:
        """Let parties belong if nothing is recorded of them before what ends it for them."""
        unknown = [party for party in parties if self.seat(party) is None]
        for party in unknown:
            self.put(Seat(party))
        if unknown:
            self.step += 1

    def vacate(self, seat: Seat, on: PartialDate, *, terminated: bool = False) -> None:
        """End a seat."""
        self.put(attrs.evolve(seat, left=on, terminated=terminated))
        self.mend(seat.party)


@attrs.frozen(eq=False, repr=False)
class AgreementState:
    """One agreement on a day, with everybody who belongs or belonged to it.

    >>> import diplorel as dr
    >>> found = dr.load("vietnam").replay("2025-03-12").agreement("vn-eaeu-fta")
    >>> found.parties
    ('ARM', 'BLR', 'KAZ', 'KGZ', 'RUS', 'VNM')
    >>> found.seat("VNM").in_force
    PartialDate('2016')
    """

    _book: Book
    _step: int

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it is looked into, not looked up

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, AgreementState):
            return NotImplemented
        return self._contents() == other._contents()

    def _contents(self) -> tuple[Any, ...]:
        book, step = self._book, self._step
        apart = [change for _, change in _until(book.apart, step)]
        return (self.key, self._facts, self.terminated, self.seats, apart)

    def __reduce__(self) -> Reduced:
        # what came later stays behind
        return AgreementState, (self._book.upto(self._step), self._step)

    def __repr__(self) -> str:
        return f"<AgreementState {self.key}: {counted(len(self.parties), 'party', 'parties')}>"

    def __str__(self) -> str:
        heads = ("party", "signed", "joined", "in force", "left")
        rows = [
            (seat.party, *(day.text if day else "-" for day in
             (seat.signed, seat.joined, seat.in_force, seat.left)))
            for seat in self.seats
        ]  # fmt: skip
        return "\n".join([f"{self.key}: {self.title()}", "", *columns([heads, *rows])])

    @property
    def key(self) -> str:
        """The key of the agreement."""
        return self._book.key

    @property
    def _facts(self) -> Facts:
        return _at(self._book.facts, self._step) or NO_FACTS

    @property
    def kind(self) -> AgreementKind:
        """What sort of document it is."""
        return self._facts.kind

    @property
    def titles(self) -> tuple[Text, ...]:
        """Its title by language."""
        return self._facts.titles

    @property
    def fields(self) -> tuple[str, ...]:
        """What it is about."""
        return self._facts.fields

    def title(self, lang: str = "en") -> str:
        """Return the title in *lang*, else in English, else the fields, else the key."""
        return title_in(lang, self.titles, self.fields, self.key)

    @property
    def terminated(self) -> PartialDate | None:
        """The day when it ended for all; None where somebody belongs, or only left it."""
        return _at(self._book.over, self._step)

    @cached_property
    def seats(self) -> tuple[Seat, ...]:
        """The last seat of everybody who belongs or belonged, in the order of ids."""
        found = ((party, _at(held, self._step)) for party, held in self._book.seats.items())
        return tuple(seat for _, seat in sorted(found) if seat is not None)

    @cached_property
    def parties(self) -> tuple[str, ...]:
        """The ids of those that belong on that day, in order."""
        return tuple(seat.party for seat in self.seats if seat.left is None)

    def seat(self, party: str) -> Seat:
        """Return the last seat of a party, given by its id.

        Raises:
            MissingKeyError: It never belonged; the message offers the nearest that did.
        """
        held = self._book.seats.get(party)
        seat = None if held is None else _at(held, self._step)
        if seat is None:
            known = [one.party for one in self.seats]
            hint = suggestion(nearest(party, known)) if isinstance(party, str) else ""
            raise MissingKeyError(
                "{party!r} has no seat in the agreement {agreement!r}.{hint}",
                party=party,
                agreement=self.key,
                hint=hint,
            )
        return seat

    def has(self, party: str) -> bool:
        """Return whether a party, given by its id, belongs on that day."""
        held = self._book.seats.get(party)
        seat = None if held is None else _at(held, self._step)
        return seat is not None and seat.left is None

    def lineage(self, party: str) -> tuple[str, ...]:
        """Return a party and those whose place it took, one after another."""
        return tuple(self._speaks_for(party))

    def _speaks_for(self, party: str) -> dict[str, int]:
        """Return a party and those whose place it took, each with the last step that counts.

        What a predecessor does after its place was taken does not bear on the successor.
        """
        found = {party: self._step}
        line = [party]
        for id in line:
            held = self._book.seats.get(id)
            before: str | None = None
            for step, seat in _until(held, found[id]) if held is not None else ():
                old = seat.predecessor
                if (
                    old is not None
                    and old not in (before, party)
                    and step > found.get(old, -1)  # a place that was taken twice counts longer
                ):
                    found[old] = step
                    line.append(old)
                before = old
        return found

    def together(self, a: str, b: str) -> tuple[Seat, Seat, PartialDate | None] | None:
        """Return the seats of two parties when both last belonged, and when that ended.

        Returns:
            The two seats, and the first day when one of them no longer belonged, None where both
            do; None where they never belonged at once.
        """
        one, two = self._book.seats.get(a), self._book.seats.get(b)
        if one is None or two is None:
            return None
        first, second = _at(one, self._step), _at(two, self._step)
        if first is None or second is None:
            return None
        if first.left is None and second.left is None:  # most do
            return first, second, None
        return _last_together(_until(one, self._step), _until(two, self._step))

    def between(self, a: str, b: str) -> tuple[PartialDate | None, PartialDate | None]:
        """Return when it was last terminated between two alone, and when in force again."""
        book, step = self._book, self._step
        if not book.apart:
            return None, None
        one, two = self._speaks_for(a), self._speaks_for(b)
        ended = again = None
        for at, (parties, on, begins) in _until(book.apart, step):
            first = {party for party in parties if at <= one.get(party, -1)}
            second = {party for party in parties if at <= two.get(party, -1)}
            if not first or not second or len(first | second) == 1:
                continue  # nobody spoke for one of them; or one predecessor of both, alone
            if not begins:
                ended, again = on, None
            elif ended is not None and again is None:
                again = on
        return ended, again


def _last_together(
    one: Sequence[tuple[int, Seat]], two: Sequence[tuple[int, Seat]]
) -> tuple[Seat, Seat, PartialDate | None] | None:
    """Return the seats of two parties at the last step when both belonged, and what ended it.

    Args:
        one: The seats of the first, each with its first step.
        two: Those of the second.
    """
    found: tuple[Seat, Seat, PartialDate | None] | None = None
    for step in sorted({step for step, _ in (*one, *two)}):
        first, second = _seat_at(one, step), _seat_at(two, step)
        if first is None or second is None:
            continue
        end = first.left or second.left
        if end is None:
            found = (first, second, None)
        elif found is not None and found[2] is None:
            found = (found[0], found[1], end)
    return found


def _seat_at(seats: Sequence[tuple[int, Seat]], step: int) -> Seat | None:
    place = bisect_right(seats, step, key=_step)
    return seats[place - 1][1] if place else None

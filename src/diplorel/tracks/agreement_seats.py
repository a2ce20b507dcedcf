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
from diplorel.errors import MissingKeyError, did_you_mean, nearest
from diplorel.model.ladders import Text, in_language
from diplorel.tracks.agreement_events import AgreementKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from diplorel._pickling import Reduced
    from diplorel.model.dates import PartialDate
    from diplorel.model.lives import PartyEnded
    from diplorel.model.reference import Reference
    from diplorel.tracks.agreement_events import (
        AgreementEvent,
        AgreementInForce,
        AgreementJoined,
        AgreementLeft,
        AgreementSigned,
        AgreementTerminated,
    )
    from diplorel.tracks.track import Answers, Cell

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
        signed: The day on which it signed; None where that is not recorded.
        joined: The day on which it acceded; None where that is not recorded.
        in_force: The day from which the agreement is in force for it; None where it is not
            recorded, which is not a no.
        provisional: Whether it is applied provisionally.
        left: The day from which it no longer belongs; None while it does.
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
"""Values, each with the number of the step from which it holds."""


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
        only: The one cell of which it keeps account, as the search for orders wants it: the party,
            or the facts. None for all.
        step: The number of the last step.
        key: The key of the agreement.
        seats: The seats of each party, one after another.
        facts: What the agreement is.
        apart: The terminations between some of its parties only, and the entries into force after
            the first of them.
        over: The day on which it ended for all; None from when somebody belongs again.
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
        """Begin a step, and return the parties of an event of which this keeps account."""
        self.step += 1
        self.key = event.agreement
        return self.among(event)

    def among(self, event: AgreementEvent) -> tuple[str, ...]:
        """Return the parties of an event of which this keeps account."""
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
        """Let parties belong of which nothing is recorded before what ends it for them."""
        unknown = [party for party in parties if self.seat(party) is None]
        for party in unknown:
            self.put(Seat(party))
        if unknown:
            self.step += 1

    def vacate(self, seat: Seat, on: PartialDate, *, terminated: bool = False) -> None:
        """End a seat."""
        self.put(attrs.evolve(seat, left=on, terminated=terminated))
        self.mend(seat.party)


# --- what the events do --------------------------------------------------------------------------


def sign(book: Book, event: AgreementSigned) -> None:
    """Seat those who signed."""
    for party in book.begin(event):
        seat = book.held(party)
        if seat is None:
            book.put(Seat(party, event.on))
        elif seat.signed is None:
            book.put(attrs.evolve(seat, signed=event.on))
        book.mend(party)
    if book.only is None or book.only == FACTS:
        known = book.facts[-1][1] if book.facts else NO_FACTS
        filled = known.filled(event)
        if filled != known:
            book.facts = (*book.facts, (book.step, filled))


def join(book: Book, event: AgreementJoined) -> None:
    """Seat those who acceded."""
    for party in book.begin(event):
        seat = book.held(party) or Seat(party)
        if seat.joined is None:
            book.put(attrs.evolve(seat, joined=event.on))
        book.mend(party)


def enter_into_force(book: Book, event: AgreementInForce) -> None:
    """Note since when it is in force for each party; the first day counts."""
    parties = book.begin(event)
    for party in parties:
        seat = book.held(party) or Seat(party)
        since = seat.in_force or event.on
        provisional = event.provisional and (seat.in_force is None or seat.provisional)
        if (since, provisional) != (seat.in_force, seat.provisional):
            book.put(attrs.evolve(seat, in_force=since, provisional=provisional))
        book.mend(party)
    if book.apart:
        book.apart = (*book.apart, (book.step, (frozenset(parties), event.on, True)))


def leave(book: Book, event: AgreementLeft) -> None:
    """End the seats of those who left."""
    parties = book.begin(event)
    book.enter(parties)
    for party in parties:
        seat = book.held(party)
        if seat is not None:
            book.vacate(seat, event.on)


def terminate(book: Book, event: AgreementTerminated) -> None:
    """End it for all, or between those named."""
    parties = book.begin(event)
    if book.only is not None:
        _note_termination(book, event, parties)
        return
    book.enter(parties)
    belong = [seat for party in book.seats if (seat := book.held(party)) is not None]
    named = [seat for seat in belong if seat.party in parties]
    if len(named) == len(belong):
        for seat in named:
            book.vacate(seat, event.on, terminated=True)
        if named:
            book.over = (*book.over, (book.step, event.on))
    elif len(parties) == 1:
        for seat in named:
            book.vacate(seat, event.on)
    else:
        both = frozenset(seat.party for seat in named)
        book.apart = (*book.apart, (book.step, (both, event.on, False)))
        book.cut = {**book.cut, **dict.fromkeys(both, event.on)}


def _note_termination(book: Book, event: AgreementTerminated, parties: Sequence[str]) -> None:
    """Note in one party's cell what ends for it, or whether it belonged when others ended it.

    Whether it ends for all, only the whole agreement knows.
    """
    if book.only == FACTS:
        return
    book.enter(parties)
    for party in parties:
        if book.held(party) is not None:
            book.cut = {**book.cut, party: event.on}
    if not parties:
        assert book.only is not None  # noqa: S101  as the caller has looked
        book.beside = (*book.beside, (event.id, book.held(book.only) is not None))


def end(book: Book, event: PartyEnded) -> None:
    """End the seat of a party that is gone, and keep what a successor can take."""
    book.step += 1
    seat = book.held(event.party)
    if seat is not None:
        book.vacate(seat, event.on)
        book.legacy = {**book.legacy, event.party: seat}


def succeed(book: Book, old: str, new: str, others: Collection[str], *, takes_over: bool) -> None:
    """Let a successor take the seat of its predecessor, as that was on its last day.

    Args:
        book: The agreement.
        old: The predecessor.
        new: The successor.
        others: The parties, of which one has to belong as well.
        takes_over: Whether it takes the seat though it had one of its own, as what continues a
            state under another name does; once only.
    """
    book.step += 1
    seat = book.legacy.get(old) or book.held(old)
    own = book.seat(new)
    if seat is None or not any(book.held(party) for party in {*others} - {old, new}):
        return
    if own is None or (takes_over and own.predecessor != old):
        book.put(attrs.evolve(seat, party=new, predecessor=old))
        if old in book.cut:
            book.cut = {**book.cut, new: book.cut[old]}


def start_in(cell: Cell) -> Book:
    """Return the accumulator of one cell alone."""
    return Book(cell[0] if cell else None)


def copy(book: Book) -> Book:
    """Return a copy that can go on by itself."""
    return book.upto(book.step)


def answers(book: Book, _: Reference) -> Answers:
    """Return what the events of a cell answer: the status of the party, its days, and the rest."""
    seats = tuple(book.seats[party][-1][1] for party in sorted(book.seats))
    return (
        ("status", tuple((seat.status, seat.party in book.cut) for seat in seats)),
        ("since", (seats, tuple(sorted((party, on.text) for party, on in book.cut.items())))),
        ("beside", (book.beside, tuple(told for _, told in book.apart))),
        ("facts", book.facts[-1][1] if book.facts else NO_FACTS),
    )


# --- the state -----------------------------------------------------------------------------------


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
        return self._told() == other._told()

    def _told(self) -> tuple[Any, ...]:
        book, step = self._book, self._step
        apart = [told for _, told in _until(book.apart, step)]
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
        return in_language(self.titles, lang) or ", ".join(self.fields) or self.key

    @property
    def terminated(self) -> PartialDate | None:
        """The day on which it ended for all; None where somebody belongs, or only left it."""
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
            hint = did_you_mean(nearest(party, known)) if isinstance(party, str) else ""
            raise MissingKeyError(f"{party!r} has no seat in the agreement {self.key!r}.{hint}")
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
            The two seats, and the day from which one of them no longer belonged, None where both
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
    """Return the seats of two parties at the last step at which both belonged, and what ended it.

    Args:
        one: The seats of the first, each with the step from which it holds.
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

"""What the events of an agreement, and the ends and successions of parties, do to its seats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

from diplorel.tracks.agreement_seats import FACTS, NO_FACTS, Book, Seat

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from diplorel.model.lives import PartyEnded
    from diplorel.model.reference import Reference
    from diplorel.tracks.agreement_events import (
        AgreementInForce,
        AgreementJoined,
        AgreementLeft,
        AgreementSigned,
        AgreementTerminated,
    )
    from diplorel.tracks.track import Answers, Cell


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
        others: The parties; one of them has to belong as well.
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
        ("beside", (book.beside, tuple(change for _, change in book.apart))),
        ("facts", book.facts[-1][1] if book.facts else NO_FACTS),
    )

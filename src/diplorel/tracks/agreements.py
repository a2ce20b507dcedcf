"""The track of agreements: the subject is the agreement, and a dyad has those that both belong to.

The events are in `agreement_events`, the seats of the parties in `agreement_seats`, what the
events do to them in `agreement_fold`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, TypeVar

import attrs

from diplorel.language import vocabulary
from diplorel.model.ladders import Text, in_language
from diplorel.model.lives import LIFE
from diplorel.tracks import agreement_fold as fold
from diplorel.tracks.agreement_events import (
    AgreementEvent,
    AgreementInForce,
    AgreementJoined,
    AgreementKind,
    AgreementLeft,
    AgreementSigned,
    AgreementTerminated,
)
from diplorel.tracks.agreement_seats import (
    FACTS,
    AgreementState,
    AgreementStatus,
    Book,
    Seat,
)
from diplorel.tracks.agreement_titles import name_of_agreement, title_in
from diplorel.tracks.columns import StateColumn
from diplorel.tracks.track import (
    Cell,
    Rule,
    Sharing,
    Subject,
    Track,
    begins_once,
    ends_what_stands,
    ends_with_a_party,
    its_agreement,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import DyadView

T = TypeVar("T")
Found = tuple[str, str] | None


@attrs.frozen
class Agreement:
    """One document of a dyad, and how far it has come between the two.

    Attributes:
        key: Its key.
        status: How far it has come.
        signed: The day of signature, the later one where they signed on two days; None where none
            of the two is recorded to have signed.
        in_force: The day of its entry into force for both; None where it is not recorded, which is
            not a no.
        terminated: The day of its end between the two; None before.
        kind: What sort of document it is.
        titles: Its title by language.
        fields: What it is about.
        parties: Everybody who belongs to it on that day, in the order of ids; if nobody belongs to
            the agreement any more, everybody who did.
        joined: The day when one of the two acceded, the later one where both did; None where
            neither is recorded to have acceded.
    """

    key: str
    status: AgreementStatus
    signed: PartialDate | None = None
    in_force: PartialDate | None = None
    terminated: PartialDate | None = None
    kind: AgreementKind = AgreementKind.DOCUMENT
    titles: tuple[Text, ...] = ()
    fields: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    joined: PartialDate | None = None

    def title(self, lang: str = "en") -> str:
        """Return the title in *lang*, else in English, else the fields, else the key."""
        return title_in(lang, self.titles, self.fields, self.key)


@attrs.frozen
class AgreementsState:
    """The documents of a dyad, in the order of their keys."""

    documents: tuple[Agreement, ...] = ()

    def in_force(self) -> tuple[Agreement, ...]:
        """Return those that are in force."""
        return tuple(doc for doc in self.documents if doc.status is AgreementStatus.IN_FORCE)


# --- between two parties -------------------------------------------------------------------------


def _concerned(state: AgreementState, a: str, b: str) -> tuple[str, ...]:
    if state.together(a, b) is None:
        return ()
    return tuple({*state.lineage(a), *state.lineage(b)})


def _between(states: Sequence[AgreementState], a: str, b: str) -> AgreementsState:
    found = (_document(state, a, b) for state in states)
    return AgreementsState(tuple(sorted(found, key=lambda document: document.key)))


def _document(state: AgreementState, a: str, b: str) -> Agreement:
    """Return an agreement that two parties have or had."""
    held = state.together(a, b)
    assert held is not None  # noqa: S101  it is asked of those that both had
    one, two, end = held
    in_force = _later(one.in_force, two.in_force) if one.in_force and two.in_force else None
    ended, again = state.between(a, b)
    if again is not None:
        in_force = again
    elif ended is not None:
        end = ended
    status = AgreementStatus.SIGNED if in_force is None else AgreementStatus.IN_FORCE
    return Agreement(
        state.key,
        status if end is None else AgreementStatus.TERMINATED,
        _later(one.signed, two.signed),
        in_force,
        end,
        state.kind,
        state.titles,
        state.fields,
        state.parties or tuple(seat.party for seat in state.seats),
        _later(one.joined, two.joined),
    )


def _later(one: PartialDate | None, two: PartialDate | None) -> PartialDate | None:
    """Return the later of two days, or the only one."""
    if one is None or two is None:
        return one or two
    return max(one, two, key=lambda on: (on.hi, on.lo, on.text))


# --- cells and rules -----------------------------------------------------------------------------


def _cells(event: AgreementEvent) -> tuple[Cell, ...]:
    """Return the seats that an event touches.

    Whether a termination ends it for all depends on everybody who belongs. A signature that says
    what the agreement is touches that as well.
    """
    if isinstance(event, AgreementTerminated):
        return ((),)
    found: tuple[Cell, ...] = tuple((party,) for party in event.parties)
    is_told = isinstance(event, AgreementSigned) and (
        event.titles or event.fields or event.kind is not AgreementKind.DOCUMENT
    )
    return (*found, (FACTS,)) if is_told else found


_BEGINNINGS: Final = frozenset({AgreementSigned, AgreementJoined, AgreementInForce})


def _are_alike(first: Event, second: Event) -> bool:
    """Return whether two events of one single day fill in the same seats, or empty them."""
    if not first.on.lo == first.on.hi == second.on.lo == second.on.hi:
        return False
    kinds = {type(first), type(second)}
    return kinds <= _BEGINNINGS or (len(kinds) == 1 and not kinds & LIFE)


def _of_all(
    find: Callable[[Book, Any, str], T | None], book: Book, event: AgreementEvent
) -> T | None:
    """Return what is found of the first party of an event; None where some party has nothing.

    What is repeated of old members, beside somebody new, contradicts nothing.
    """
    found = [find(book, event, party) for party in book.among(event)]
    return None if not found or None in found else found[0]


def _end_before(book: Book, event: AgreementSigned, party: str) -> tuple[str, PartialDate] | None:
    """Return what certainly happened to a document before a party signed it, and when."""
    seat = book.seat(party)
    if seat is None or (seat.left is not None and not seat.terminated):
        return None
    steps = (("entered into force", seat.in_force), ("ended", seat.left or book.cut.get(party)))
    for verb, day in steps:
        if day is not None and day.before(event.on) and seat.signed != event.on:
            return verb, day
    return None


def _find_late(book: Book, event: AgreementSigned, reference: Reference) -> Found:
    before = _of_all(_end_before, book, event)
    if before is None:
        return None
    verb, day = before
    return (
        f"{event.agreement!r} is signed after it {verb} ({day.text})",
        "Correct a date; an accession is agreement-joined, and a new document has its own key",
    )


def _belongs_since(book: Book, event: Any, party: str) -> PartialDate | None:
    """Return the day when a party signed or acceded; not of one repeated with that day."""
    seat = book.held(party)
    if seat is None or party in book.cut or event.on in (seat.signed, seat.joined):
        return None
    return seat.signed or seat.joined


def _belong_since(book: Book, event: Any) -> PartialDate | None:
    """Return since when those belong who sign or accede; of a late document none is a twin."""
    if isinstance(event, AgreementSigned) and _of_all(_end_before, book, event) is not None:
        return None
    return _of_all(_belongs_since, book, event)


def _runs_since(book: Book, event: AgreementInForce, party: str) -> PartialDate | None:
    seat = book.held(party)
    if seat is None or party in book.cut or (seat.provisional and not event.provisional):
        return None
    return seat.in_force if seat.in_force != event.on else None


def _run_since(book: Book, event: Any) -> PartialDate | None:
    return _of_all(_runs_since, book, event)


def _over_since(book: Book, event: Any, party: str) -> PartialDate | None:
    """Return the day when an agreement ended for a party."""
    seat = book.seat(party)
    if seat is not None and seat.terminated:
        return seat.left
    return None if book.only is None else book.cut.get(party)


def _find_over(
    book: Book, event: AgreementInForce | AgreementTerminated, reference: Reference
) -> Found:
    day = _of_all(_over_since, book, event)
    if day is None:
        return None
    return (
        f"the agreement {event.agreement!r} ended before it ({day.text})",
        "Give what took its place a key of its own, or correct the one that is wrong",
    )


_NOT_OVER: Final = Rule[Book](code="DR305", find=_find_over)


def _is_there(book: Book, event: AgreementLeft | AgreementTerminated) -> bool:
    """Return whether all belong who leave; an agreement that has ended is another rule's."""
    for party in book.among(event):
        seat = book.seat(party)
        if isinstance(event, AgreementTerminated) and seat is not None and seat.terminated:
            continue
        if book.held(party) is None:
            return False
        if book.only is not None and party in book.cut and isinstance(event, AgreementLeft):
            return False  # most often the agreement ended for all
    return True


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "agreement-signed": ("{names} signed {what}.", "{names} ký {what}."),
    "agreement-joined": (
        "{names} acceded to {what}.",
        "{names} gia nhập {what}.",
    ),
    "agreement-in-force": (
        "{what} entered into force.",
        "{what} có hiệu lực.",
    ),
    "agreement-in-force-for-one": (
        "{what} entered into force for {names}.",
        "{what} có hiệu lực đối với {names}.",
    ),
    "agreement-left": (
        "{names} left {what}.",
        "{names} rút khỏi {what}.",
    ),
    "agreement-terminated": (
        "{what} ended.",
        "{what} hết hiệu lực.",
    ),
    "document on": ("a document on {fields}", "văn kiện về {fields}"),
    "document titled": ("the {title}", "{title}"),
    "document": ("a document", "một văn kiện"),
    "state": ("Documents", "Văn kiện"),
    "in force": ("{force} recorded as in force", "{force} được ghi nhận có hiệu lực"),
    "over": ("{over} ended", "{over} hết hiệu lực"),
    "not recorded": (
        "entry into force not recorded for {open}",
        "{open} chưa ghi nhận việc có hiệu lực",
    ),
}


def _clause(event: AgreementEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    names = grammar.names(event.parties)
    if isinstance(event, AgreementSigned):
        return event.type, {"names": names, "what": _title(event, grammar)}
    alone = isinstance(event, AgreementInForce) and len(event.parties) == 1
    key = "agreement-in-force-for-one" if alone else event.type
    return key, {"names": names, "what": name_of_agreement(event.agreement, grammar)}


def _title(event: AgreementSigned, grammar: Grammar) -> str:
    """Return the title of a document, or its fields where nobody gives a title."""
    title = in_language(event.titles, grammar.lang)
    if title:
        return grammar.say(_PHRASES, "document titled", title=title)
    if event.fields:
        fields = ", ".join(grammar.say(vocabulary.FIELDS, one) for one in event.fields)
        return grammar.say(_PHRASES, "document on", fields=fields)
    return grammar.say(_PHRASES, "document")


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    state = dyad.state(AGREEMENTS)
    if state.documents:
        reached = Counter(doc.status for doc in state.documents)
        said = [str(len(state.documents))]
        for key, name, status in (
            ("in force", "force", AgreementStatus.IN_FORCE),
            ("over", "over", AgreementStatus.TERMINATED),
            ("not recorded", "open", AgreementStatus.SIGNED),
        ):
            if count := reached[status]:
                said.append(grammar.say(_PHRASES, key, **{name: count}))
        yield grammar.say(_PHRASES, "state"), "; ".join(said)


def _is_covered(
    track: Track[Any, Any], reference: Reference, subject: Subject, event: Event, day: int
) -> bool:
    return reference.covers(track.name, event.parties, day)


def _freeze(book: Book) -> Any:  # the type of the track's states is that of a dyad
    return AgreementState(book, book.step)


AGREEMENTS: Final[Track[Book, AgreementsState]] = Track(
    name="agreements",
    owns=(
        AgreementSigned,
        AgreementJoined,
        AgreementInForce,
        AgreementLeft,
        AgreementTerminated,
    ),
    handlers={
        AgreementSigned: fold.sign,
        AgreementJoined: fold.join,
        AgreementInForce: fold.enter_into_force,
        AgreementLeft: fold.leave,
        AgreementTerminated: fold.terminate,
        **ends_with_a_party(fold.end),
    },
    start=Book,
    start_in=fold.start_in,
    freeze=_freeze,
    none=AgreementsState(),
    unknown=AgreementsState(),
    subjects=its_agreement,
    cells=_cells,
    indifferent=_are_alike,
    rules={
        AgreementSigned: (Rule(code="DR311", find=_find_late), begins_once(_belong_since)),
        AgreementJoined: (begins_once(_belong_since),),
        AgreementInForce: (_NOT_OVER, begins_once(_run_since, reported=False)),
        AgreementLeft: (ends_what_stands(_is_there),),
        AgreementTerminated: (_NOT_OVER, ends_what_stands(_is_there)),
    },
    answers=fold.answers,
    decisive=2,
    copy=fold.copy,
    is_covered=_is_covered,
    sharing=Sharing(
        concerned=_concerned,
        between=_between,
        common=("beside", "facts"),
    ),
    succeed=fold.succeed,
    label=("documents", "văn kiện"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
    columns=(
        StateColumn(
            name="agreements",
            of=lambda state, a, b: len(state.in_force()),
            is_told=lambda state, events, a, b: any(doc.in_force for doc in state.documents),
            title="Agreements in force",
            note="agreements in force between the two, with a recorded entry into force",
            unit="agreements",
        ),
    ),
)
"""The track of agreements; its subjects are the keys of agreements."""

__all__ = [
    "AGREEMENTS",
    "Agreement",
    "AgreementEvent",
    "AgreementInForce",
    "AgreementJoined",
    "AgreementKind",
    "AgreementLeft",
    "AgreementSigned",
    "AgreementState",
    "AgreementStatus",
    "AgreementTerminated",
    "AgreementsState",
    "Seat",
]

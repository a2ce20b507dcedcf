"""What happened between two parties, aspect by aspect: what held for a time, and what happened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias

import attrs

from diplorel._columns import columns, counted
from diplorel._message import NONE
from diplorel.analysis.other_dates import other_dates
from diplorel.analysis.spell_tables import bounds_of
from diplorel.analysis.spells import Bounds
from diplorel.analysis.standing import standing_on
from diplorel.errors import MissingKeyError
from diplorel.model.column import booleans, integers, text
from diplorel.model.table import Table
from diplorel.model.tabular import Tabular
from diplorel.tracks import AGREEMENTS, FIGURES, LEVEL, MISSIONS, SECTORS, SPECIAL, TIES, VISITS
from diplorel.tracks.agreement_events import (
    AgreementInForce,
    AgreementJoined,
    AgreementLeft,
    AgreementSigned,
    AgreementTerminated,
)
from diplorel.tracks.level import LevelAgreed
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from diplorel.analysis.spells import Spell, Spells
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.dyad import DyadSnapshot
    from diplorel.tracks.special import SpecialState
    from diplorel.tracks.track import Track

    SpellsOf: TypeAlias = Callable[[Track[Any, Any]], Spells]

Kind: TypeAlias = Literal[
    "ties",
    "level",
    "special",
    "missions",
    "sectors",
    "visits",
    "talks",
    "agreements",
    "in-force",
    "agreements-ended",
    "figures",
]
"""What a lane shows; the first four have spells, the others events."""


@attrs.frozen(kw_only=True)
class LaneMark:
    """Events of a lane with one date.

    Attributes:
        on: The date.
        type: The type of the events.
        events: Their ids, in order.
        decided: Whether they have certainly happened by the day.
        also: Other dates that sources or accounts give for them, in order.
    """

    on: PartialDate
    type: str
    events: tuple[str, ...]
    decided: bool = True
    also: tuple[PartialDate, ...] = ()

    def __len__(self) -> int:
        return len(self.events)


@attrs.frozen(kw_only=True)
class Lane:
    """One aspect of a relation: what held from when to when, or what happened, with its days.

    Attributes:
        kind: Which aspect.
        party: Whose ladder it is, who sent the post or who visited; None where it is of both.
        spells: What held, oldest first, as `EventLog.spells` returns it.
        marks: The events that are shown by themselves, oldest first.
        also: Other dates that sources give for the beginning of a spell.
        last_recorded: Whether no stream vouches on the day for what holds on it.
        vouched_to: In that case, the last day covered by a stream; None where no stream ever covers
            it.
    """

    kind: Kind
    party: str | None = None
    spells: tuple[Spell, ...] = ()
    marks: tuple[LaneMark, ...] = ()
    also: tuple[PartialDate, ...] = ()
    last_recorded: bool = False
    vouched_to: date | None = None

    @property
    def is_recorded(self) -> bool:
        """Whether anything is recorded of it."""
        return bool(self.marks) or any(spell.value not in _ABSENT for spell in self.spells)


_ABSENT: Final = (None, "none")


@attrs.frozen(kw_only=True, repr=False)
class Lanes(Tabular):
    """The relation of two parties over time, aspect by aspect. Iterate it for the lanes.

    Attributes:
        parties: The two ids, as they were asked for.
        on: The last day that it covers; None where the log is empty.
        lanes: Ties and levels always, the others where something is recorded of them.
        reference: The names of parties and levels.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> lanes = dr.load("vietnam").lanes("Vietnam", "Singapore", on="2025-03-12")
    >>> [(spell.value, str(spell.start)) for spell in lanes["level", "VNM"].spells[-2:]]
    [('strategic', '2013-09-11'), ('comprehensive-strategic', '2025-03-12')]
    """

    parties: tuple[str, str]
    on: date | None
    lanes: tuple[Lane, ...]
    reference: Reference = attrs.field(eq=False)
    asked: Mapping[str, Any] = attrs.field(eq=False)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def __iter__(self) -> Iterator[Lane]:
        return iter(self.lanes)

    def __len__(self) -> int:
        return len(self.lanes)

    def __getitem__(self, key: Kind | tuple[Kind, str]) -> Lane:
        """Return a lane by its kind, and by whose it is where there are two.

        Raises:
            UnknownPartyError: There is no such party.
            MissingKeyError: There is no such lane.
        """
        kind, party = (key, None) if isinstance(key, str) else key
        id = None if party is None else self.reference.parties.find(party).id
        for lane in self.lanes:
            if (lane.kind, lane.party) == (kind, id):
                return lane
        known = ", ".join(_name(lane) for lane in self.lanes) or NONE
        raise MissingKeyError(
            "no lane {key!r} is recorded; there are: {known}", key=key, known=known
        )

    def __repr__(self) -> str:
        day = "" if self.on is None else f" to {self.on}"
        return f"<Lanes of {'-'.join(self.parties)}{day}: {counted(len(self), 'lane')}>"

    def __str__(self) -> str:
        rows: list[tuple[Any, ...]] = []
        for lane in self.lanes:
            rows += [(_name(lane), _value(one), one.start, one.end, None) for one in lane.spells]
            rows += [
                (_name(lane), mark.type, mark.on.text, None, f"×{len(mark)}") for mark in lane.marks
            ]
        head = ("lane", "what", "start or day", "end", "events")
        return "\n".join([repr(self)[1:-1], "", *columns([head, *rows])])

    def table(self) -> Table:
        """Return one row a spell, and one for the events of a lane that share a date."""
        flat: list[tuple[Lane, Spell | None, LaneMark | None]] = []
        for lane in self.lanes:
            flat += [(lane, spell, None) for spell in lane.spells]
            flat += [(lane, None, mark) for mark in lane.marks]
        spells, marks = [spell for _, spell, _ in flat], [mark for _, _, mark in flat]
        starts = [spell.start if spell else mark and Bounds.of(mark.on) for _, spell, mark in flat]
        ends = [spell.end if spell else None for spell in spells]
        return Table(
            (
                text("lane", (lane.kind for lane, _, _ in flat)),
                text("party", (lane.party for lane, _, _ in flat), note=_PARTY),
                text("value", (spell.value if spell else None for spell in spells), note=_SPELL),
                text("known", (spell.known if spell else None for spell in spells), note=_SPELL),
                text("type", (mark.type if mark else None for mark in marks), note="of events"),
                integers("events", (len(mark) if mark else None for mark in marks), note=_COUNT),
                text("ids", ("; ".join(mark.events) if mark else None for mark in marks)),
                booleans(
                    "decided", (mark.decided if mark else None for mark in marks), note=_DECIDED
                ),
                *bounds_of("start", starts, "the beginning of a spell, or the date of events"),
                *bounds_of("end", ends, "the first day without what held"),
                text("also", (_texts(mark.also) if mark else None for mark in marks), note=_ALSO),
            ),
            title=repr(self)[1:-1],
            stamp={
                **self.asked,
                "on": self.on and self.on.isoformat(),
                "parties": " ".join(self.parties),
            },
        )


_PARTY: Final = "whose ladder it is, who sent the post, or who visited"
_SPELL: Final = "of spells; a value is missing where it is unknown"
_COUNT: Final = "how many events share the date"
_DECIDED: Final = "whether they have certainly happened by the day"
_ALSO: Final = "other dates that sources give for the events"


def _name(lane: Lane) -> str:
    return lane.kind if lane.party is None else f"{lane.kind} ({lane.party})"


def _value(spell: Spell) -> str:
    return spell.value or (f"below {spell.below}" if spell.below else "unknown")


def _texts(dates: Iterable[PartialDate]) -> str | None:
    return "; ".join(one.text for one in dates) or None


# --- made of spells and of events ----------------------------------------------------------------


def special_value(state: SpecialState) -> str:
    """Return whether a relationship is special, as the value of its spells."""
    return "none" if state.since is None else "special"


def lanes_of(
    dyad: DyadSnapshot,
    parties: tuple[str, str],
    spells_of: SpellsOf,
    *,
    on: date | None,
    reference: Reference,
    asked: Mapping[str, Any],
) -> Lanes:
    """Return the lanes of a dyad; see `EventLog.lanes`.

    Args:
        dyad: Its states on the day.
        parties: The two ids, the one first whose lanes come first.
        spells_of: The spells of a track up to the day.
        on: The day; None where the log is empty.
        reference: The names, ladders and coverage.
        asked: How the log was asked.
    """
    lanes: list[Lane] = []
    if on is not None:
        lanes = [*_lanes_of_spells(dyad, spells_of, reference), *_lanes_of_events(dyad)]
        kinds = [*dict.fromkeys(lane.kind for lane in lanes)]
        lanes.sort(key=lambda lane: (kinds.index(lane.kind), lane.party == parties[1]))
    return Lanes(parties=parties, on=on, lanes=tuple(lanes), reference=reference, asked=asked)


def _lanes_of_spells(
    dyad: DyadSnapshot, spells_of: SpellsOf, reference: Reference
) -> Iterator[Lane]:
    """Yield what holds for a time: ties and levels always, the others where they are recorded."""
    yield _lane("ties", dyad, TIES, None, spells_of(TIES))
    levels = spells_of(LEVEL)
    for side in dict.fromkeys(spell.side for spell in levels):
        lane = _lane("level", dyad, LEVEL, side, levels)
        agreed = [
            event
            for event in _events(dyad, LEVEL)
            if isinstance(event, LevelAgreed) and event.ladder == side
        ]
        held = standing_on(dyad, str(side), reference)
        yield attrs.evolve(
            lane,
            marks=_marks(dyad, agreed),
            last_recorded=held.last_recorded,
            vouched_to=held.complete_to,
        )
    if _events(dyad, SPECIAL):
        yield _lane("special", dyad, SPECIAL, None, spells_of(SPECIAL))
    posts = spells_of(MISSIONS) if _events(dyad, MISSIONS) else ()
    for side in dict.fromkeys(spell.side for spell in posts):
        lane = _lane("missions", dyad, MISSIONS, side, posts)
        if lane.is_recorded:
            yield lane


def _lane(
    kind: Kind,
    dyad: DyadSnapshot,
    track: Track[Any, Any],
    side: str | None,
    spells: Iterable[Spell],
) -> Lane:
    mine = tuple(spell for spell in spells if spell.side == side)
    begun = {spell.began_by for spell in mine}
    return Lane(
        kind=kind,
        party=side,
        spells=mine,
        also=other_dates(
            dyad.accounts(), (event for event in dyad.events(track) if event.id in begun)
        ),
        last_recorded=track.name in dyad.last_recorded,
        vouched_to=dyad.last_recorded.get(track.name),
    )


def _lanes_of_events(dyad: DyadSnapshot) -> Iterator[Lane]:
    """Yield what happens on a day, where something is recorded."""
    pair = {*dyad.parties}
    visits, documents = _events(dyad, VISITS), _events(dyad, AGREEMENTS)
    # an agreement of many: an entry into force for others is nothing between the two
    documents = [event for event in documents if pair <= {*event.parties}]
    found: list[tuple[Kind, str | None, list[Event]]] = [("sectors", None, _events(dyad, SECTORS))]
    for side in dyad.parties:
        made = [one for one in visits if isinstance(one, VisitMade) and one.visitor == side]
        found.append(("visits", side, [*made]))
    found.append(("talks", None, [one for one in visits if isinstance(one, TalksHeld)]))
    for its_kind, types in _DOCUMENTS.items():
        found.append((its_kind, None, [one for one in documents if isinstance(one, types)]))
    found.append(("figures", None, _events(dyad, FIGURES)))
    for kind, party, events in found:
        if events:
            yield Lane(kind=kind, party=party, marks=_marks(dyad, events))


_DOCUMENTS: Final[Mapping[Kind, tuple[type[Any], ...]]] = {
    "agreements": (AgreementSigned, AgreementJoined),
    "in-force": (AgreementInForce,),
    "agreements-ended": (AgreementLeft, AgreementTerminated),
}


def _events(dyad: DyadSnapshot, track: Track[Any, Any]) -> list[Event]:
    """Return the events that a track owns, those last that may have happened by the day."""
    events = dict.fromkeys((*dyad.events(track), *dyad.undecided))
    return [event for event in events if type(event) in track.owns]


def _marks(dyad: DyadSnapshot, events: Iterable[Event]) -> tuple[LaneMark, ...]:
    """Return events, those with one date and of one type together."""
    undecided = {event.id for event in dyad.undecided}
    together: dict[tuple[PartialDate, str, bool], list[Event]] = {}
    for event in events:
        key = (event.on, event.type, event.id not in undecided)
        together.setdefault(key, []).append(event)
    return tuple(
        LaneMark(
            on=on,
            type=type,
            events=tuple(sorted(event.id for event in some)),
            decided=decided,
            also=other_dates(dyad.accounts(), some),
        )
        for (on, type, decided), some in sorted(
            together.items(), key=lambda one: (one[0][0].hi, one[0][0].lo, one[0][1])
        )
    )

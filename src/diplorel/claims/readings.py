"""A log as some source has it: by the accounts that are followed, or with others believed.

A claim looks at few tracks, so no other is folded. All readings share what they work out: a world
of another day, or by another source's account, differs in the relations that this touches only.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.claims import kinds
from diplorel.model.dates import FIRST_DAY, ordinal
from diplorel.model.events import Event
from diplorel.replay.snapshot import take_snapshot
from diplorel.replay.workings import Workings
from diplorel.tracks import STANDARD
from diplorel.tracks.figures import FIGURES
from diplorel.tracks.groups import GROUPS
from diplorel.tracks.level import LEVEL
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES
from diplorel.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.claims.answers import Replays
    from diplorel.model.claims import Claim
    from diplorel.model.dates import PartialDate
    from diplorel.model.reference import Reference
    from diplorel.replay.order import Dates
    from diplorel.resolve.resolution import ResolvedEvents
    from diplorel.tracks.track import Track

    Tracks: TypeAlias = tuple[Track[Any, Any], ...]

_WORLDS: Final = 8
"""How many worlds of one reading are kept."""
_BEARING: Final[Mapping[type[Claim], frozenset[type[Event]]]] = {
    **dict.fromkeys(
        (
            kinds.CountClaim, kinds.PartnersClaim, kinds.NthPartnerClaim, kinds.ConsecutiveClaim,
            kinds.FirstInGroupClaim, kinds.FirstOfKindClaim, kinds.CountWithinClaim,
            kinds.RaisedWithinClaim, kinds.LevelClaim, kinds.SkippedLevelClaim, kinds.GapClaim,
        ),
        frozenset(LEVEL.handlers),
    ),
    kinds.SpecialCountClaim: frozenset(SPECIAL.handlers),
    kinds.TiesClaim: frozenset(TIES.handlers),
    kinds.AnniversaryClaim: frozenset({*TIES.handlers, *LEVEL.handlers}),
}  # fmt: skip
"""The events that can bear on a kind of claim; claims about figures are not among them."""
_OF_RELATIONS: Final[Tracks] = (TIES, LEVEL, SPECIAL, GROUPS)
"""The tracks that such claims look at."""
_OF_FIGURES: Final[Tracks] = (FIGURES, GROUPS)
"""The tracks that claims about figures look at."""


def _types_of(tracks: Tracks) -> frozenset[type[Event]]:
    return frozenset({PartySucceeded, *(cls for one in tracks for cls in one.handlers)})


def tracks_of(claim: Claim) -> Tracks:
    """Return the tracks that a claim looks at."""
    if isinstance(claim, kinds.FirstOfKindClaim):
        return STANDARD  # it counts everybody with a record
    return _OF_RELATIONS if type(claim) in _BEARING else _OF_FIGURES


@attrs.frozen(eq=False)
class Dissent:
    """One source whose account of one event differs from the followed one.

    Attributes:
        source: The id of the source.
        event: The event, as it is followed; where a denial is followed, as this source has it.
        out: The ids of the events that are to be left out.
        put: The events that are to be put in their place; none where the source denies them.
        on: The date that the source gives; None where it differs in other things.
    """

    source: str
    event: Event
    out: frozenset[str]
    put: tuple[Event, ...]
    on: PartialDate | None = None


def find_dissents(resolved: ResolvedEvents) -> list[Dissent]:
    """Return every source whose account of an event differs from the followed one.

    Dates of events that no such claim looks at are left out.
    """
    types = _types_of(_OF_RELATIONS)
    bearing = [event for event in resolved.events if type(event) in types]
    found = [one for event in bearing for one in _other_dates(event)]
    for id in sorted(resolved.accounts):
        followed, *others = resolved.accounts[id]
        for other in others:
            face = next((one for one in (followed, other) if not one.denies), None)
            if face is None:
                continue  # two denials: nobody says that it happened
            # a replacement that denies it is an event of its own
            out = {one.event.id for one in (face, followed) if isinstance(one.event, Event)}
            put = (other.event,) if isinstance(other.event, Event) else ()
            found += [
                Dissent(citation.source, face.event, frozenset(out), put)  # type: ignore[arg-type]  # no retraction
                for citation in other.citations
            ]
    return found


def _other_dates(event: Event) -> Iterator[Dissent]:
    for citation in event.sources:
        on = citation.on
        if on is None or on.contains(event.on) or event.on.contains(on):
            continue
        moved = attrs.evolve(event, on=on)
        yield Dissent(citation.source, event, frozenset({event.id}), (moved,), on)


class Reading:
    """A log with some events as other sources have them; it replays as a log does.

    Args:
        reference: The sources, ladders, parties and coverage.
        resolved: The events by the accounts that are followed.
        dates: By which of its days an event is applied.
        tracks: The tracks to fold.
        workings: What other readings of these tracks worked out.
        dissents: The sources that are believed instead.
    """

    def __init__(  # noqa: PLR0917  what a replay needs
        self,
        reference: Reference,
        resolved: ResolvedEvents,
        dates: Dates,
        tracks: Tracks,
        workings: Workings,
        dissents: Iterable[Dissent] = (),
    ) -> None:
        self.reference = reference
        self._dates: Dates = dates
        self._tracks = tracks
        self._workings = workings
        out: set[str] = set()
        put: list[Event] = []
        for one in dissents:
            out |= one.out
            put += one.put
        types = _types_of(tracks)
        kept = [event for event in resolved.unordered if type(event) in types]
        if out:
            kept = [event for event in kept if event.id not in out]
        self._resolved = attrs.evolve(resolved, unordered=(*kept, *put))
        self._replay = lru_cache(maxsize=_WORLDS)(self._world)

    def replay(self, on: str | None = None) -> World:
        """Return the world at the end of a day; of all that is recorded when None."""
        return self._replay(on)

    def resolve(self) -> ResolvedEvents:
        """Return the events of this reading."""
        return self._resolved

    def _world(self, on: str | None) -> World:
        return World(
            take_snapshot(
                self._resolved,
                self.reference,
                self._tracks,
                day=None if on is None else ordinal(on),
                dates=self._dates,
                workings=self._workings,
            )
        )


def account_of(dissents: Iterable[Dissent]) -> object:
    """Return what is the same for sources that differ in the same way."""
    return frozenset(
        (one.out, tuple((event.id, event.digest) for event in one.put)) for one in dissents
    )


class Readings:
    """The readings of a log while claims are verified, made when they are first asked for.

    Args:
        log: The log.
    """

    def __init__(self, log: Replays) -> None:
        self.reference: Reference = log.reference
        self._log = log
        self._known: dict[object, Reading] = {}
        self._workings: dict[Tracks, Workings] = defaultdict(Workings)

    @cached_property
    def _dates(self) -> Dates:
        # a world before everything says it too, and folds nothing
        return self._log.replay(date.fromordinal(FIRST_DAY).isoformat()).snapshot.dates

    @cached_property
    def _dissents(self) -> Sequence[Dissent]:
        return find_dissents(self._log.resolve())

    def followed(self, claim: Claim) -> Reading:
        """Return the log by the accounts that are followed, in the tracks that a claim looks at."""
        return self._of((), tracks_of(claim))

    def bearing_on(self, claim: Claim) -> dict[str, tuple[Dissent, ...]]:
        """Return what can bear on a claim, by source."""
        types = _BEARING.get(type(claim))
        if types is None:
            return {}
        found: dict[str, list[Dissent]] = defaultdict(list)
        for one in self._dissents:
            if _concerns(claim, one.event, types) and _by(claim.on.lo, one):
                found[one.source].append(one)
        return {source: tuple(some) for source, some in sorted(found.items())}

    def of(self, dissents: tuple[Dissent, ...]) -> Reading:
        """Return the log as these sources have it."""
        return self._of(dissents, _OF_RELATIONS)

    def _of(self, dissents: tuple[Dissent, ...], tracks: Tracks) -> Reading:
        same = (account_of(dissents), tracks)
        if same not in self._known:
            self._known[same] = Reading(
                self.reference,
                self._log.resolve(),
                self._dates,
                tracks,
                self._workings[tracks],
                dissents,
            )
        return self._known[same]


def _by(day: int, dissent: Dissent) -> bool:
    """Say whether an event can have happened by a day, as followed or as put instead."""
    return any(one.on.lo <= day for one in (dissent.event, *dissent.put))


def _concerns(claim: Any, event: Event, types: frozenset[type[Event]]) -> bool:
    """Say whether an event can bear on a claim."""
    if type(event) in GROUPS.handlers:
        groups = {getattr(claim, "within", None), getattr(claim, "group", None)}
        return event.parties[1] in groups
    if type(event) not in types:
        return False
    pair = getattr(claim, "parties", None)
    if pair is None:
        pair = (claim.party, *filter(None, [getattr(claim, "partner", None)]))
        if isinstance(claim, kinds.NthPartnerClaim):
            pair = (claim.party,)
    return {*pair} <= {*event.parties}

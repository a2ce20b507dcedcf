"""What may come in: the neighbourhood of new records, and what they contradict in it.

An append does not check the whole log again. What records can change is bounded: the dyads, parties
and groups that they touch, those of the records that they correct, and those that a succession
joins to these. Of these subjects all records are looked at, and of the rest only successions, which
are few, and the corrections that bear on what is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from diplorel.check.context import make_context
from diplorel.check.transitions import check_transitions
from diplorel.errors import ConflictError
from diplorel.log import EventLog
from diplorel.model.events import Event
from diplorel.model.sources import origins
from diplorel.replay.fold import by_subject, touched
from diplorel.replay.seats import add_successions, hands_on_seats, is_passed_on
from diplorel.stores.corrections import Corrections
from diplorel.stores.rows import named_by
from diplorel.tracks import STANDARD
from diplorel.tracks.succession import PartySucceeded
from diplorel.world import World

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.errors import Problem
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Subject

Find: TypeAlias = "Callable[[Collection[str]], Iterable[Record]]"
"""From ids to the records of the store."""
_SEATED: Final = frozenset(
    kind for track in STANDARD if track.succeed is not None for kind in track.owns
)
"""The events that give a seat, which a succession can hand on."""


def reach(
    new: Sequence[Record],
    known: Corrections,
    upto: int,
    by_id: Find,
    passed: frozenset[Subject] = frozenset(),
) -> frozenset[Subject]:
    """Return every subject whose state new records can change.

    Args:
        new: The new records.
        known: The corrections and successions of the store.
        upto: The last position of the store that counts.
        by_id: How to find the records of an id.
        passed: The agreements and groups whose seats may be handed on differently.
    """
    here: dict[str, list[Record]] = defaultdict(list)
    mine = Corrections()
    for place, record in enumerate(new):
        here[record.id].append(record)
        mine.add(place, record)
    moves: list[set[Subject]] = [
        set(move)
        for record in (*known.successions(upto).values(), *mine.successions().values())
        if isinstance(record.event, PartySucceeded)
        for move in record.event.moves()
    ]
    moving = [  # they bear on seats that they do not name, if they are followed
        record
        for record in (*known.successions(upto).values(), *mine.successions().values())
        if isinstance(record.event, PartySucceeded)
        and any(hands_on_seats(track, record.event) for track in STANDARD)
        and (record.event.supersedes or known.naming(record.id, upto) or mine.naming(record.id))
    ]
    found: set[Subject] = {*passed}
    asked: set[Subject] = set()
    named: set[str] = set()
    followed: set[str] = set()
    todo = list(new)
    while todo:
        record = todo.pop()
        if isinstance(record.event, Event):
            found |= touched(record.event, STANDARD)
            if type(record.event) in _SEATED:
                todo += moving
                moving = []
        if record.id not in followed:  # they are followed, or what they replace is
            followed.add(record.id)
            todo += known.naming(record.id, upto).values()
            todo += mine.naming(record.id).values()
        more = named_by(record) - named
        if more:
            named |= more
            todo += [*by_id(more), *(one for id in more for one in here.get(id, ()))]
        if not todo:
            _join(moves, found)
            # whether a replacement that bears on these is followed depends on all it replaces
            for subject in found - asked:
                todo += known.replacing(subject, upto).values()
                todo += mine.replacing(subject).values()
            asked |= found
    return frozenset(found)


def _join(moves: Collection[set[Subject]], found: set[Subject]) -> None:
    """Add the subjects that successions join to those found."""
    while any(move & found and not move <= found for move in moves):
        for move in moves:
            if move & found:
                found |= move


def seat_kinds(new: Sequence[Record], successions: Iterable[Record]) -> frozenset[str]:
    """Return the types of the events that give seats which new records can hand on.

    Args:
        new: The new records.
        successions: All successions that are known already.
    """
    if not any(
        isinstance(one.event, PartySucceeded) or one.event.supersedes for one in new
    ):  # most are not
        return frozenset()
    return frozenset(
        kind.type
        for record in (*successions, *new)
        if isinstance(record.event, PartySucceeded)
        for track in STANDARD
        if hands_on_seats(track, record.event)
        for kind in track.owns
    )


def passed_on(successions: Iterable[Record], seated: Iterable[Record]) -> frozenset[Subject]:
    """Return the agreements and groups that name a predecessor, however far back.

    Args:
        successions: Records; the successions among them count.
        seated: The records that give seats.
    """
    events = [one.event for one in seated if isinstance(one.event, Event)]
    heard = by_subject(events, STANDARD)
    moves = [one.event for one in successions if isinstance(one.event, PartySucceeded)]
    add_successions(heard, moves, STANDARD)
    return frozenset(one for one, mine in heard.items() if is_passed_on(one, mine))


class Neighbourhood:
    """All that bears on some subjects, before new records and with them.

    Attributes:
        subjects: The subjects.
        before: The records that touch them, the corrections of these, and all successions.
        new: The new records.
        reference: The sources, ladders, parties and coverage.
    """

    def __init__(
        self,
        subjects: frozenset[Subject],
        before: tuple[Record, ...],
        new: tuple[Record, ...],
        reference: Reference,
    ) -> None:
        self.subjects = subjects
        self.before = before
        self.new = new
        self.reference = reference

    @cached_property
    def after(self) -> EventLog:
        """The log of all records, including the new ones."""
        return EventLog((*self.before, *self.new), reference=self.reference)

    @cached_property
    def _view(self) -> CheckContext:
        return make_context(self.after, 0, STANDARD)

    def contradictions(self) -> tuple[Problem, ...]:
        """Return the illegal transitions that the new records bring, and were not there before."""
        since = self._since()
        found = list(check_transitions(self._view, since=since, among=self.subjects))
        if not found:
            return ()
        log = EventLog(self.before, reference=self.reference)
        before = check_transitions(make_context(log, 0, STANDARD), since=since, among=self.subjects)
        old = {(one.code, one.event) for one in before}
        return tuple(one for one in found if (one.code, one.event) not in old)

    def _since(self) -> int:
        """Return the first day when something can differ from before.

        That is the first possible day of what is new or corrected, or of an event whose dates leave
        open its order to such an event, and so on. A correction that is corrected brings back
        what it named, and then every day counts.
        """
        changed = {record.id for record in self.new}
        changed |= {id for record in self.new for id in named_by(record)}
        changed |= {one.id for one in self.before if not changed.isdisjoint(named_by(one))}
        if any(record.id in changed and record.event.supersedes for record in self.before):
            return 0
        events = [one for one in self.after if isinstance(one.event, Event)]
        first = min((one.event.on.lo for one in events if one.id in changed), default=0)  # type: ignore[union-attr]
        dates = sorted((one.event.on for one in events), key=lambda on: on.hi, reverse=True)  # type: ignore[union-attr]
        for on in dates:
            if on.hi < first:
                break
            first = min(first, on.lo)
        return first

    def conflict(self, came: Collection[int] = ()) -> ConflictError | None:
        """Return the first event that one stream would report in two ways at once, if there is one.

        A stream that was kept elsewhere may keep the accounts of two independent sources, as
        `check` allows; to come upon one's own stream so is more often a mistake.

        Args:
            came: Which of the new ones came as records, by the identity of the objects.
        """
        ids = {record.id for record in self.new}
        old = set(map(id, self.before))
        recorded: dict[tuple[str, str], list[tuple[Record, Event]]] = {}
        live = [record for record in self._view.records if record.id in ids]
        for record in sorted(live, key=lambda one: id(one) not in old):
            event = record.event
            if not isinstance(event, Event):
                continue
            others = recorded.setdefault((record.stream, record.id), [])
            for first, says in others:
                if (
                    id(record) not in old
                    and says.content() != event.content()
                    and (id(record) not in came or self._share(says, event))
                ):
                    return ConflictError(record.id, first, record)
            others.append((record, event))
        return None

    def _share(self, one: Event, two: Event) -> bool:
        """Say whether two accounts rest on one source."""
        roots = [
            origins((cited.source for cited in event.sources), self.reference.source)
            for event in (one, two)
        ]
        return not roots[0].isdisjoint(roots[1])

    def refold(self, world: World) -> World:
        """Return the world with the new records in it; only the subjects are folded again.

        Args:
            world: The world of all records but the new ones.
        """
        before = EventLog(self.before, reference=self.reference)
        mine = {
            record.id
            for record in self.after
            if isinstance(record.event, Event)
            and not self.subjects.isdisjoint(touched(record.event, STANDARD))
        }
        return World(
            world.snapshot.refold_subjects(
                before.resolve(), self.after.resolve(), self.subjects, mine
            )
        )

"""Resolution: the events that a set of records reports together, each once.

`resolve` is a function of the set: nothing depends on the order of the records or of their
making, except what was known when.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel import _gc
from diplorel._columns import counted
from diplorel.model.events import EventRetracted
from diplorel.model.names import BY_TEXT
from diplorel.model.records import distinct, in_order
from diplorel.resolve.accounts import accounts_of, event_of, followed_first
from diplorel.resolve.corrections import judge, node_of
from diplorel.resolve.corroboration import Corroborations, corroborate
from diplorel.resolve.policies import Account, choose

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from diplorel.model.events import Event
    from diplorel.model.names import NameKeys
    from diplorel.model.records import Record
    from diplorel.model.sources import Source
    from diplorel.resolve.corrections import Node, Verdict
    from diplorel.resolve.policies import Policy

_EVENT: Final = attrgetter("event")
_STREAM: Final = attrgetter("stream")
_SUPERSEDES: Final = attrgetter("supersedes")
_KIND: Final = attrgetter("type", "parties")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ResolvedEvents:
    """The events that a set of records reports, as known: each once.

    Attributes:
        unordered: The events, in no order, with the citations of all records that agree.
        accounts: For each event with differing accounts, these accounts, the followed one first.
        denied: The ids of events that a correction of another stream denies, where the policy
            follows the denial.
        corroborations: From the id of a coarser account to the id of the event that it supports.
        ambiguous: The coarser accounts that each belong to one of several narrower events, with the
            ids of those. They are not events of their own.
        apart: The ids of accounts of different streams that look like one visit and cannot be one,
            each group in order. Each is an event of its own.
        supporting: The accounts in `corroborations` and `ambiguous`, by id.
        dead: The records that a live correction takes back.
        cyclic_corrections: The records whose corrections contradict each other, and so correct
            nothing.
        outvoted: The replacements of other streams' records that the policy does not follow. What
            they replace is followed, and they are not events.
        unmatched_corrections: The records whose corrections name nothing that is there, with the
            target.
        idle_retractions: The retractions of what a live replacement has taken over already.
        rival_replacements: The ids of what several live replacements of one stream name at once,
            each with these. All of them count.
    """

    unordered: tuple[Event, ...]
    accounts: Mapping[str, tuple[Account, ...]]
    denied: frozenset[str]
    corroborations: Mapping[str, str]
    ambiguous: Mapping[str, tuple[str, ...]]
    apart: tuple[tuple[str, ...], ...]
    supporting: Mapping[str, Event]
    dead: tuple[Record, ...]
    cyclic_corrections: tuple[Record, ...]
    unmatched_corrections: tuple[tuple[Record, str], ...]
    outvoted: tuple[Record, ...] = ()
    idle_retractions: tuple[Record, ...] = ()
    rival_replacements: tuple[tuple[str, tuple[Record, ...]], ...] = ()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ResolvedEvents):
            return NotImplemented
        return self is other or self._facts() == other._facts()

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def _facts(self) -> tuple[Any, ...]:
        return (
            self.events,
            self.accounts,
            self.denied,
            self.corroborations,
            self.ambiguous,
            self.apart,
            self.supporting,
            self.dead,
            self.cyclic_corrections,
            self.unmatched_corrections,
            self.outvoted,
            self.idle_retractions,
            self.rival_replacements,
        )

    def __repr__(self) -> str:
        events, differing = counted(len(self.unordered), "event"), len(self.accounts)
        return f"<ResolvedEvents: {events}, {differing} with differing accounts>"

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """The events in replay order; the replay itself does not need it."""
        with _gc.paused():
            return tuple(in_order(self.unordered))


def resolve(
    records: Iterable[Record],
    *,
    sources: Mapping[str, Source],
    policy: Policy,
    names: NameKeys = BY_TEXT,
    visible: Callable[[Record], bool] | None = None,
) -> ResolvedEvents:
    """Return the events that a set of records reports.

    Args:
        records: The records, in any order; the same twice counts once.
        sources: The bibliography, for the policy to weigh by.
        policy: Which of several accounts to follow.
        names: How names of persons and offices are compared.
        visible: Which records are known; all of them when None.

    Returns:
        The events. The cost grows with the number of records. Corrections, a second stream and
        second accounts cost more; without the first two, only what is reported again is looked at.
    """
    given: Sequence[Record] = list(records if visible is None else filter(visible, records))
    retractions, given, events = _without_retractions(given)
    corrections = list(retractions)
    if any(map(_SUPERSEDES, events)):
        corrections += distinct(one for one in given if one.event.supersedes)
    streams = set(map(_STREAM, given))
    if corrections or len(streams) > 1:
        alone: Sequence[Event] = ()
        contested: Sequence[Record] = given
    else:
        alone, contested = _apart(given, events)
    verdict = judge(corrections, contested)
    first, groups, dead = _by_id(contested, verdict, frozenset())

    def rivals_of(id: str, without: Collection[Node] = ()) -> tuple[Account, ...]:
        """Return the accounts of an event and their denials, the followed one first."""
        group = groups.get(id) or [first[id]]
        denials = [one for one in verdict.denials(id, group) if _denier(one) not in without]
        return followed_first(choose([*accounts_of(id, group), *denials], policy, sources))

    outvoted = _outvoted([id for id in verdict.live if id in first], rivals_of)
    if outvoted:
        first, groups, dead = _by_id(contested, verdict, outvoted)
    found = {id: event_of(record) for id, record in first.items()}
    accounts: dict[str, tuple[Account, ...]] = {}
    denied: set[str] = set()
    for id in {*groups, *(id for id in verdict.live if id in first)}:
        rivals = rivals_of(id)
        if rivals[0].denies and _denier(rivals[0]) in outvoted:
            rivals = rivals_of(id, outvoted)
        followed = rivals[0]
        if len(rivals) > 1:
            accounts[id] = rivals
        if followed.denies:
            denied.add(id)
            del found[id]
        else:
            found[id] = followed.event  # type: ignore[assignment]  # it is not a denial
    joined = Corroborations()
    if len(streams) > 1:
        joined = _joined(found, first, groups, policy, sources, names=names)
    supporting = {id: found.pop(id) for id in (*joined.joined, *joined.ambiguous)}
    return ResolvedEvents(
        unordered=(*alone, *found.values()),
        accounts=accounts,
        denied=frozenset(denied),
        corroborations=joined.joined,
        ambiguous=joined.ambiguous,
        apart=joined.apart,
        supporting=supporting,
        dead=distinct([*dead, *filter(verdict.is_dead, retractions)]),
        cyclic_corrections=verdict.cyclic,
        unmatched_corrections=verdict.unmatched,
        outvoted=distinct(
            one for one in contested if one.event.supersedes and node_of(one) in outvoted
        ),
        idle_retractions=verdict.idle,
        rival_replacements=tuple((id, some) for (_, id, _), some in verdict.rivals.items()),
    )


def _without_retractions(
    records: Sequence[Record],
) -> tuple[tuple[Record, ...], Sequence[Record], list[Any]]:
    """Return the retractions, the other records, and the events of those."""
    events = list(map(_EVENT, records))
    if EventRetracted not in set(map(type, events)):
        return (), records, events
    retractions = distinct(one for one in records if isinstance(one.event, EventRetracted))
    others = [one for one in records if not isinstance(one.event, EventRetracted)]
    return retractions, others, list(map(_EVENT, others))


def _apart(
    records: Sequence[Record], events: Sequence[Any]
) -> tuple[Sequence[Event], Sequence[Record]]:
    """Return the events that are reported once, and the records of those that may be again.

    An id holds the type, the parties and the date, so events that differ in one of these are not
    the same; to make the ids of all would cost more than all else here.
    """
    by_date: defaultdict[str, list[Any]] = defaultdict(list)
    for event in events:
        by_date[event.on.text].append(event)
    again: set[int] = set()
    for same in by_date.values():
        if len(same) > 1 and len(set(map(_KIND, same))) < len(same):
            times = Counter(map(_KIND, same))
            again.update(id(event) for event in same if times[_KIND(event)] > 1)
    if not again:
        return events, ()
    return (
        [event for event in events if id(event) not in again],
        [record for record in records if id(record.event) in again],
    )


def _joined(
    found: dict[str, Event],
    first: Mapping[str, Record],
    groups: Mapping[str, list[Record]],
    policy: Policy,
    sources: Mapping[str, Source],
    *,
    names: NameKeys,
) -> Corroborations:
    """Let accounts of several streams support each other; the events get their citations."""
    reported_by = {
        id: {one.stream for one in groups.get(id, (record,))} for id, record in first.items()
    }

    def prefer(ids: Sequence[str]) -> list[str]:
        some = [
            Account(event_id=id, event=found[id], streams=tuple(sorted(reported_by[id])))
            for id in ids
        ]
        return [one.event_id for one in choose(some, policy, sources)]

    return corroborate(found, reported_by, prefer, names)


def _outvoted(
    ids: Iterable[str], rivals_of: Callable[[str, Collection[Node]], tuple[Account, ...]]
) -> frozenset[Node]:
    """Return the replacements that the policy follows less than what they replace, of any event.

    Of a record and its replacement by another stream exactly one is followed. A replacement that
    loses against one event replaces no other one either.

    Args:
        ids: The events against which corrections say something.
        rivals_of: Returns the accounts of one, without what some corrections say against it.
    """
    lost: set[Node] = set()
    open_ = set(ids)
    while True:
        new = {
            _denier(other)
            for id in open_
            for followed, *others in [rivals_of(id, lost)]
            if not followed.denies
            for other in others
            if other.is_denial_of(followed) and not isinstance(other.event, EventRetracted)
        }
        if not new:
            return frozenset(lost)
        lost |= new


def _denier(denial: Account) -> Node:
    """Return the correction that a denial is."""
    (stream,) = denial.streams
    return (stream, denial.event.id, denial.event.digest)


def _by_id(
    records: Sequence[Record], verdict: Verdict, outvoted: Collection[Node]
) -> tuple[dict[str, Record], dict[str, list[Record]], list[Record]]:
    """Return the first record of each id, all records of ids that have several, and the dead.

    Records that are outvoted are left out.
    """
    first: dict[str, Record] = {}
    groups: dict[str, list[Record]] = {}
    dead: list[Record] = []
    for record in records:
        if verdict.is_dead(record):
            dead.append(record)
            continue
        if outvoted and record.event.supersedes and node_of(record) in outvoted:
            continue
        earlier = first.setdefault(record.id, record)
        if earlier is not record and record not in (group := groups.get(record.id, [earlier])):
            groups[record.id] = [*group, record]
    return first, groups, dead

"""DR3xx: events that cannot mean what they say in the state before them.

Every event is held against the state before it, in the order that explains the events best. Nothing
is reported after events whose dates leave their order open, nor where no stream says that it is
complete and the state before may simply not be recorded.
"""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, TypeAlias

from diplorel.errors import Problem
from diplorel.model.lives import PartyEnded
from diplorel.replay.accumulators import has_own_events
from diplorel.replay.cells import CellIndex
from diplorel.replay.fold import accumulate, fold
from diplorel.replay.order import are_of_one_day, overlap
from diplorel.tracks.succession import PartySucceeded, SuccessionKind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from diplorel.check.context import CheckContext
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import Tables
    from diplorel.tracks.track import Subject, Track

Found: TypeAlias = tuple[str, str, str]
"""Code, message and hint, as a track's own rules give them."""


def check_transitions(
    context: CheckContext, *, since: int = 0, among: Collection[Subject] | None = None
) -> Iterator[Problem]:
    """Yield the events that contradict the state before them.

    Args:
        context: The log, as the checks look at it.
        since: Look only at events that can have happened on this ordinal or later.
        among: Look only at the states of these subjects; at all when None.
    """
    second = {  # the pair is reported already, and either can come second where dates allow
        event.id
        for pair in context.near_duplicates
        for event in (pair if overlap(pair[0], pair[1]) else pair[1:])
    }
    suspects: list[tuple[Event, Found]] = []
    before: defaultdict[tuple[Track[Any, Any], Subject], _Before] = defaultdict(_Before)

    def look(track: Track[Any, Any], subject: Subject, value: Any, event: Event) -> None:
        if not before[track, subject].is_certain(track, event) or isinstance(event, PartyEnded):
            return
        if (
            event.on.hi < since
            or event.id in second
            or (among is not None and subject not in among)
        ):
            return
        complete = partial(_is_complete, track, context.reference, subject, event)
        suspects.extend(
            (event, found)
            for found in track.contradictions(value, event, context.reference, complete=complete)
        )

    events = (*context.events.unordered, *context.reference.ends)
    for _ in accumulate(events, context.tracks, context.reference, before=look):
        pass
    for event, (code, message, hint) in suspects:
        yield Problem(code=code, message=message, hint=hint, **context.at(event.id))
    yield from _successions(context, since, among)
    yield from _after_their_succession(context, since, among)
    yield from _inconsistent(context, since)


class _Before:
    """What one subject took in by one track so far, and whether dates leave its order open.

    After an event whose order is open, nothing is reported: the rules choose the order, so they
    cannot confirm it as well.
    """

    def __init__(self) -> None:
        self._events = CellIndex()
        self._certain = True

    def is_certain(self, track: Track[Any, Any], event: Event) -> bool:
        """Return whether the order before an event is certain, and note the event."""
        certain = self._certain
        if certain:
            cells = track.cells_of(event)
            self._certain = not any(
                not are_of_one_day(one, event) and not track.indifferent(one, event)
                for one in self._events.overlapping(event, cells)
            )
            self._events.add(event, cells)
        return certain


def _successions(
    context: CheckContext, since: int, among: Collection[Subject] | None
) -> Iterator[Problem]:
    """Yield the relations that a succession names, and that the successor has of its own."""
    if not any(isinstance(event, PartySucceeded) for event in context.events.unordered):
        return
    found: list[Problem] = []
    seen: Tables = {}

    def watch(_: Event, tables: Tables) -> None:
        if not seen:
            seen.update(tables)

    def watched() -> Iterator[Event]:
        for event in context.events.events:
            if event.on.hi >= since:
                found.extend(_not_carried_on(event, context, seen, among))
            yield event

    fold(watched(), context.tracks, context.reference, after=watch)
    yield from found


def _after_their_succession(
    context: CheckContext, since: int, among: Collection[Subject] | None
) -> Iterator[Problem]:
    """Yield events of relations that another party carries on by then.

    A secession leaves the predecessor its relations, and a later life of it has relations anew.
    """
    handed_on = _handed_on(context.events.unordered)
    if not handed_on:
        return
    for event in context.events.events:
        if event.on.hi < since:
            continue
        for track, subject in _owned(event, context.tracks):
            if among is not None and subject not in among:
                continue
            for by in handed_on.get(subject, ()):
                if track.name in by.tracks and _is_after(event, by, context.reference):
                    yield Problem(
                        code="DR314",
                        message=f"{track.name}: {by.successor} carries on the relation of "
                        f"{'-'.join(subject)} since {by.on.text}",
                        hint=f"Record it with {by.successor}, or correct the one that is wrong",
                        **context.at(event.id),
                    )


def _handed_on(events: Iterable[Event]) -> Mapping[Subject, list[PartySucceeded]]:
    """Return the relations that a predecessor hands on and does not keep, with the successions."""
    found: defaultdict[Subject, list[PartySucceeded]] = defaultdict(list)
    for event in events:
        if isinstance(event, PartySucceeded) and event.kind is not SuccessionKind.SECESSION:
            for old, _ in event.moves():
                found[old].append(event)
    return found


def _owned(
    event: Event, tracks: Iterable[Track[Any, Any]]
) -> Iterator[tuple[Track[Any, Any], Subject]]:
    """Yield the tracks that own an event and end with a party, with the subjects it touches."""
    for track in tracks:
        if type(event) in track.owns and track.ends_with_a_party:
            for subject in track.subjects(event):
                yield track, subject


def _is_after(event: Event, succession: PartySucceeded, reference: Reference) -> bool:
    """Return whether an event certainly comes after a succession, in no later life."""
    if event.on.lo <= succession.on.hi:
        return False
    known = reference.parties.get(succession.predecessor)
    lives = () if known is None else known.lives
    return not any(
        life.start is not None and succession.on.lo < life.start.hi and life.shares_a_day(event.on)
        for life in lives
    )


def _inconsistent(context: CheckContext, since: int) -> Iterator[Problem]:
    """Yield where events contradict themselves."""
    for event in context.events.events:
        if event.on.hi >= since:
            for code, message, hint in event.inconsistencies():
                yield Problem(code=code, message=message, hint=hint, **context.at(event.id))


def _is_complete(
    track: Track[Any, Any], reference: Reference, subject: Subject, event: Event
) -> bool:
    return all(
        track.is_covered(track, reference, subject, event, day)
        for day in (event.on.lo, event.on.hi)
    )


def _not_carried_on(
    event: Event, context: CheckContext, tables: Tables, among: Collection[Subject] | None
) -> Iterator[Problem]:
    """Find the relations that a succession names, and that the successor has of its own already."""
    if not isinstance(event, PartySucceeded) or event.kind is SuccessionKind.CONTINUATION:
        return
    for track in (one for one in tables if one.name in event.tracks):
        for old, new in event.moves():
            if among is not None and new not in among:
                continue
            source, successor = tables[track].get(old), tables[track].get(new)
            if source is None or successor is None or successor in source.successors:
                continue
            if has_own_events(track, successor.events) and not any(
                overlap(one, event) for one in successor.events
            ):
                yield Problem(
                    code="DR312",
                    message=f"{track.name}: {'-'.join(new)} has a state of its own already, so "
                    f"that of {'-'.join(old)} is not carried on",
                    hint="Leave that party or track out, or give the kind 'continuation' if it is "
                    "one state under another name",
                    **context.at(event.id),
                )

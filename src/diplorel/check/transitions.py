"""DR3xx: events that come upon a state in which they cannot mean what they say.

Every event is held against the state before it. Nothing is reported where the dates leave the order
open, or where no stream says that it is complete and the state before may simply not be recorded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplorel.errors import Problem, did_you_mean, nearest
from diplorel.replay.fold import fold, has_own_events
from diplorel.replay.order import overlap
from diplorel.tracks.agreements import (
    AGREEMENTS,
    AgreementSigned,
    AgreementsState,
    AgreementTerminated,
)
from diplorel.tracks.groups import GROUPS, GroupJoined, GroupLeft, GroupState
from diplorel.tracks.level import LEVEL, LevelDowngraded, LevelRenewed, LevelStatus, LevelUpgraded
from diplorel.tracks.missions import (
    MISSIONS,
    EnvoyAccredited,
    EnvoyLeft,
    MissionClosed,
    MissionOpened,
    MissionsState,
    same_post,
)
from diplorel.tracks.recognition import RECOGNITION, RecognitionState, RecognitionWithdrawn
from diplorel.tracks.sectors import (
    SECTORS,
    SectorPartnershipEnded,
    SectorPartnershipFormed,
    SectorsState,
)
from diplorel.tracks.special import SPECIAL, SpecialRelationshipEnded, SpecialState
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.track import no_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.fold import Accumulator, Tables
    from diplorel.tracks.level import LevelState
    from diplorel.tracks.track import Subject, Track

Found: TypeAlias = tuple[str, str, str]
"""Code, message and hint, as a track's own rules give them."""


def check_transitions(
    context: CheckContext, *, since: int = 0, among: Collection[Subject] | None = None
) -> Iterator[Problem]:
    """Yield the events that contradict the state before them.

    Args:
        context: The log, as the checks look at it.
        since: Look only at events of which some possible day is this ordinal or a later one.
        among: Look only at the states of these subjects; at all when None.
    """
    second = {
        event.id for pair in context.near_duplicates for event in pair[1:]
    }  # the pair is reported already
    tables: Tables = {}
    suspects: list[tuple[Track[Any, Any], Subject, Event, Found]] = []
    not_carried_on: list[Problem] = []

    def watched() -> Iterator[Event]:
        for event in context.events.events:
            if event.on.hi >= since and event.id not in second:
                suspects.extend(_suspects(event, context, tables, among))
                not_carried_on.extend(_not_carried_on(event, context, tables, among))
            yield event

    def watch(_: Event, under_way: Tables) -> None:
        if not tables:  # what it holds changes as the fold goes on
            tables.update(under_way)

    fold(watched(), context.tracks, after=watch)
    for track, subject, event, (code, message, hint) in suspects:
        if not _contested(track, event, tables[track][subject].events):
            yield Problem(code=code, message=message, hint=hint, **context.at(event.id))
    yield from not_carried_on
    for event in context.events.events:
        if (
            isinstance(event, EnvoyAccredited)
            and event.on.hi >= since
            and event.appointed is not None
            and event.appointed.after(event.on)
        ):
            yield Problem(
                code="DR308",
                message=f"the appointment, {event.appointed.text}, is after the day on which the "
                f"post was taken up, {event.on.text}",
                hint="Correct one of the two dates",
                **context.at(event.id),
            )


def _suspects(
    event: Event, context: CheckContext, tables: Tables, among: Collection[Subject] | None
) -> Iterator[tuple[Track[Any, Any], Subject, Event, Found]]:
    for track in context.tracks:
        if type(event) not in track.handlers:
            continue
        for subject in track.subjects(event):
            if among is not None and subject not in among:
                continue
            accumulator = tables[track].get(subject) if tables else None
            if accumulator is not None and not accumulator.certain:
                continue
            covered = _covered(context.reference, track, subject, event)
            for found in _rules(track, accumulator, event, context.reference, covered=covered):
                yield track, subject, event, found


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


def _covered(reference: Reference, track: Track[Any, Any], subject: Subject, event: Event) -> bool:
    parties = (subject,) if isinstance(subject, str) else subject
    if track is LEVEL and isinstance(event, LEVEL.owns):
        ladder: str = event.ladder  # type: ignore[attr-defined]
        floor = getattr(event, "previous", None) or event.level  # type: ignore[attr-defined]
        return all(reference.covers_level(ladder, day, floor) for day in (event.on.lo, event.on.hi))
    return all(reference.covers(track.name, parties, day) for day in (event.on.lo, event.on.hi))


def _before(track: Track[Any, Any], accumulator: Accumulator | None, *, covered: bool) -> Any:
    if accumulator is not None:
        return track.freeze(accumulator.value)
    return track.none if covered else track.unknown


def _contested(track: Track[Any, Any], event: Event, events: Iterable[Event]) -> bool:
    """Say whether the dates leave open the order of an event and another on the same matter."""
    return any(
        other is not event
        and overlap(other, event)
        and (not track.commute(other, event) or other.discriminator == event.discriminator)
        for other in events
        if type(other) in track.handlers
    )


# --- rules ---------------------------------------------------------------------------------------


def _rules(
    track: Track[Any, Any],
    accumulator: Accumulator | None,
    event: Event,
    reference: Reference,
    *,
    covered: bool,
) -> Iterator[Found]:
    """Yield what a track's own rules find, and what needs a ladder or a coverage to be found."""
    kind = type(event)
    own = any(track is one for one in _OWN)
    if track.rules is no_rules and not (own and (kind in _BEGUN or (covered and kind in _ENDED))):
        return  # to freeze the state before it, for nothing, would make long lists quadratic
    state = _before(track, accumulator, covered=covered)
    if track is LEVEL and isinstance(event, LEVEL.owns):
        held = state.on(event.ladder)  # type: ignore[attr-defined]
        if covered or (held is not None and held.status is not LevelStatus.NONE):
            yield from track.rules(state, event)
            yield from _unrecorded(state, event)
        yield from _steps(state, event, reference)
        return
    yield from track.rules(state, event)
    if not own:
        return
    if kind in _BEGUN:
        yield from _BEGUN[kind](state, event)
    if covered and kind in _ENDED and not _ENDED[kind](state, event):
        if isinstance(event, EnvoyLeft):
            yield from _never_came(event, accumulator.events if accumulator else ())
        else:
            yield (
                "DR307",
                "what it ends does not stand before it, and the stream says that it is complete",
                "Add the event by which it began, or correct this one",
            )


def _unrecorded(state: LevelState, event: Any) -> Iterator[Found]:
    previous = getattr(event, "previous", None)
    if previous is not None and state.on(event.ladder) is None:
        yield (
            "DR309",
            (
                f"it gives the level before as {previous!r}, and nothing before it is recorded on "
                f"the ladder of {event.ladder}, which the stream calls complete"
            ),
            "Add the step that reached it, or begin the coverage later",
        )


def _steps(state: LevelState, event: Any, reference: Reference) -> Iterator[Found]:
    """Hold a step against the ladder, where it ranks both levels."""
    held = state.on(event.ladder)
    reached = held is not None and held.status is not LevelStatus.NONE
    before = held.level if held is not None and reached else getattr(event, "previous", None)
    if before is None or event.level is None:
        return
    low = reference.level(event.ladder, before).rank
    high = reference.level(event.ladder, event.level).rank
    if low is None or high is None:
        return
    step = f"it goes from {before!r} to {event.level!r}"
    if isinstance(event, LevelUpgraded) and high <= low and before != event.level:
        right = "level-renewed" if high == low else "level-downgraded"
        yield (
            "DR310",
            f"{step}, which is not higher on the ladder of {event.ladder}",
            f"Record a {right}, or correct the level that is wrong",
        )
    if isinstance(event, LevelDowngraded) and high >= low:
        right = "level-renewed" if high == low else "level-upgraded"
        yield (
            "DR310",
            f"{step}, which is not lower on the ladder of {event.ladder}",
            f"Record a {right}, or correct the level that is wrong",
        )
    if isinstance(event, LevelRenewed) and high != low:
        right = "level-upgraded" if high > low else "level-downgraded"
        yield (
            "DR310",
            f"{step}, which has another rank on the ladder of {event.ladder}",
            f"Record a {right}, or correct the level that is wrong",
        )


def _signed(state: AgreementsState, event: AgreementSigned) -> Iterator[Found]:
    document = next((one for one in state.documents if one.key == event.agreement), None)
    if document is None:
        return
    for verb, day in (
        ("entered into force", document.in_force),
        ("ended", document.terminated),
    ):
        if day is not None and day.before(event.on):
            yield (
                "DR311",
                f"{event.agreement!r} is signed after it {verb} ({day.text})",
                "Correct one of the two dates, or give the new document a key of its own",
            )
            return
    if document.signed is not None and document.parties == event.parties:
        yield _already(document.signed.text)


def _opened(state: MissionsState, event: MissionOpened) -> Iterator[Found]:
    for post in state.missions:
        if (post.sender, post.receiver, post.kind, post.city) == (
            event.sender,
            event.receiver,
            event.kind,
            event.city,
        ):
            yield _already(post.since.text)


def _formed(state: SectorsState, event: SectorPartnershipFormed) -> Iterator[Found]:
    for one in state.partnerships:
        if one.sector == event.sector:
            yield _already(one.since.text)


def _joined(state: GroupState, event: GroupJoined) -> Iterator[Found]:
    for one in state.memberships:
        if (one.party, one.capacity) == (event.party, event.capacity):
            yield _already(one.since.text)


def _already(since: str) -> Found:
    return (
        "DR306",
        f"what it begins has stood since {since}",
        "Add the event by which that ended, or correct the one that is wrong",
    )


def _never_came(event: EnvoyLeft, events: Sequence[Event]) -> Iterator[Found]:
    """An envoy can leave after the next one came, so it is the name that counts."""
    names = [
        one.name
        for one in events
        if isinstance(one, EnvoyAccredited) and one.parties == event.parties
    ]
    if event.name not in names:
        yield (
            "DR307",
            f"nobody named {event.name!r} took up the post before it",
            did_you_mean(nearest(event.name, names, limit=1)).strip()
            or "Add the envoy-accredited by which it began",
        )


def _post_stands(state: MissionsState, event: MissionClosed) -> bool:
    return any(same_post(post, event) for post in state.missions)


def _document_stands(state: AgreementsState, event: AgreementTerminated) -> bool:
    return any(one.key == event.agreement for one in state.documents)


def _sector_stands(state: SectorsState, event: SectorPartnershipEnded) -> bool:
    return any(one.sector == event.sector for one in state.partnerships)


def _special_stands(state: SpecialState, event: Event) -> bool:  # noqa: ARG001
    return state.since is not None


def _member_stands(state: GroupState, event: GroupLeft) -> bool:
    return any(one.party == event.party for one in state.memberships)


def _recognition_stands(state: RecognitionState, event: RecognitionWithdrawn) -> bool:
    return state.by(event.recogniser, event.subject) is not None


def _envoy_stands(state: MissionsState, event: EnvoyLeft) -> bool:
    return any(
        (one.sender, one.receiver, one.name) == (event.sender, event.receiver, event.name)
        for one in state.envoys
    )


_BEGUN: Final[dict[type[Event], Callable[[Any, Any], Iterator[Found]]]] = {
    AgreementSigned: _signed,
    MissionOpened: _opened,
    SectorPartnershipFormed: _formed,
    GroupJoined: _joined,
}
"""What begins once, and what is found where it has begun already."""

_ENDED: Final[dict[type[Event], Callable[[Any, Any], bool]]] = {
    AgreementTerminated: _document_stands,
    MissionClosed: _post_stands,
    EnvoyLeft: _envoy_stands,
    RecognitionWithdrawn: _recognition_stands,
    SectorPartnershipEnded: _sector_stands,
    SpecialRelationshipEnded: _special_stands,
    GroupLeft: _member_stands,
}
"""What ends, and whether it is there to end. Found only where a stream says it is complete."""

_OWN: Final = (AGREEMENTS, GROUPS, MISSIONS, RECOGNITION, SECTORS, SPECIAL)
"""The tracks whose states the two tables above can read."""

"""DR2xx: the parties, ladders and tracks that are named, and keys that mean two things.

The sources that are cited are in `check.bibliography`.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING, Any, Unpack

from diplorel._columns import counted
from diplorel.check.accounts import describe_entries
from diplorel.check.hints import offering
from diplorel.errors import Problem, UnknownPartyError, did_you_mean, nearest
from diplorel.model.claim_names import unknown_names
from diplorel.model.events import Event, Wording
from diplorel.model.names import ambiguous_names
from diplorel.model.party_table import shipped
from diplorel.model.source_entries import differing
from diplorel.tracks.level import LEVEL
from diplorel.tracks.succession import PartySucceeded

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from diplorel.check.context import At, CheckContext
    from diplorel.model.dates import PartialDate
    from diplorel.model.ladders import Ladder
    from diplorel.model.parties import Party
    from diplorel.model.party_table import PartyTable
    from diplorel.model.records import Record


def check_references(context: CheckContext) -> Iterator[Problem]:
    """Yield what is wrong with the parties, ladders, tracks and names of a log."""
    yield from _parties(context)
    yield from _ladders(context)
    yield from _tracks(context)
    yield from _claims(context)
    yield from _labels(context)
    yield from _clashes(context)
    yield from _names(context)


# --- parties -------------------------------------------------------------------------------------


def _parties(context: CheckContext) -> Iterator[Problem]:
    table = context.reference.parties
    hint = _hints(context)
    followers = _followers(context)
    for record in context.records:
        event = record.event
        if not isinstance(event, Event):
            continue
        at: At = {"event": record.id, "stream": record.stream}
        for role, id in _named(event):
            if id not in table:
                yield Problem(
                    code="DR201",
                    message=f"{role}: {id!r} is not a known party id",
                    hint=hint(id),
                    **at,
                )
        yield from _lives(event, table, followers, at)
        if len(set(event.parties)) < len(event.parties):
            yield Problem(
                code="DR205",
                message=f"both sides are {event.parties[0]}",
                hint="Name the other side",
                **at,
            )
        for role, id in _sided(event):
            if id in table and id not in event.parties:
                yield Problem(
                    code="DR206",
                    message=f"{role}: {id!r} is not a party to it, expected "
                    + " or ".join(map(repr, event.parties)),
                    hint="Correct the one that is wrong",
                    **at,
                )
    for role, id, stream in _named_elsewhere(context):
        if id not in table:
            yield Problem(
                code="DR201",
                message=f"{role}: {id!r} is not a known party id",
                hint=hint(id),
                stream=stream,
            )


def _lives(
    event: Event, table: PartyTable, followers: Mapping[str, Collection[str]], at: At
) -> Iterator[Problem]:
    """Find the parties of an event that did not exist on its day."""
    for id in sorted(_living(event)):
        party = table.get(id)
        if party is None or party.lived(event.on):
            continue
        over = isinstance(event, PartySucceeded) and id == event.predecessor
        if over and party.over(event.on.lo):
            continue  # it is at the end of a life, or after it
        yield Problem(
            code="DR202",
            message=f"dated {event.on.text}, and {_life(party, event.on)}",
            hint=_instead(followers.get(id, ())),
            **at,
        )


def _living(event: Event) -> set[str]:
    """Return the parties that must have lived when it happened."""
    return {*event.parties, *(id for _, id in event.third_parties())}


def _named(event: Event) -> Iterator[tuple[str, str]]:
    """Yield every party that an event names, with the field that names it."""
    for id in dict.fromkeys(event.parties):
        yield "parties", id
    yield from dict.fromkeys(_sided(event))
    for person in event.persons:
        yield "persons", person.party
    yield from event.third_parties()


def _sided(event: Event) -> Iterator[tuple[str, str]]:
    """Yield the parties that must be a side of the event, with the field that names them."""
    yield from event.named_sides()
    wordings = getattr(event, "wording", ())
    for wording in wordings if isinstance(wordings, tuple) else ():  # yours can differ
        if isinstance(wording, Wording):
            yield "wording", wording.party


def _named_elsewhere(context: CheckContext) -> Iterator[tuple[str, str, str | None]]:
    for ladder in context.reference.ladders:
        yield "ladder", ladder.party, None
    for coverage in context.reference.coverage:
        for id in coverage.parties:
            yield f"coverage of {coverage.track}", id, coverage.stream
    for id, side in {(one.id, one.side): None for one in context.reference.sources}:
        if side is not None:
            yield f"side of the source {id!r}", side, None


def _hints(context: CheckContext) -> Callable[[str], str]:
    """Return the function that offers the nearest party: one that the log knows, or else any."""
    table = context.reference.parties

    @cache
    def offers() -> tuple[Callable[[str], tuple[str, ...]], ...]:
        named = {
            id
            for record in context.records
            if isinstance(record.event, Event)
            for id in record.event.parties
        }
        at_home = offering(sorted(id for id in named if id in table))
        return at_home, offering([party.id for party in table], limit=2)

    @cache
    def hint(id: str) -> str:
        meant = None
        with suppress(UnknownPartyError):  # a name of several
            meant = table.identify(id)  # it is a name or an alpha-2 code
        at_home, anywhere = offers()
        close = (meant,) if meant is not None else at_home(id) or anywhere(id)
        return did_you_mean(close).strip() or "Correct it, or add it to the stream's own parties"

    return hint


def _followers(context: CheckContext) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for event in context.events.events:
        if isinstance(event, PartySucceeded):
            found.setdefault(event.predecessor, []).append(event.successor)
    return found


def _life(party: Party, on: PartialDate) -> str:
    """Return what the table has of a party that did not live on a date."""
    over = [life.end.text for life in party.lives if life.end and life.end.hi < on.lo]
    later = [life.start.text for life in party.lives if life.start and life.start.lo > on.hi]
    ended = [f"ended {over[-1]}"] if over else []
    began = [f"began {'again ' if over else ''}{later[0]}"] if later else []
    return f"{party.id} {' and '.join([*ended, *began])}"


def _instead(followers: Iterable[str]) -> str:
    close = did_you_mean(sorted(set(followers))).strip()
    return close or "Name the party of that day, or correct the date"


# --- ladders and tracks --------------------------------------------------------------------------


def _ladders(context: CheckContext) -> Iterator[Problem]:
    ladders, table = context.reference.ladder, context.reference.parties
    missing: dict[str, int] = {}
    for record in context.records:
        event: Any = record.event
        if not isinstance(event, LEVEL.owns):
            continue
        ladder = ladders.get(event.ladder)  # type: ignore[attr-defined]
        if ladder is None:
            missing[event.ladder] = missing.get(event.ladder, 0) + 1  # type: ignore[attr-defined]
            continue
        for field in ("level", "previous"):
            id = getattr(event, field, None)
            yield from _level(ladder, id, field, event=record.id, stream=record.stream)
        yield from _out_of_use(ladder, record)
    for party, count in missing.items():
        if party in table:
            yield Problem(
                code="DR203",
                message=f"there is no ladder of {party}, and "
                f"{counted(count, 'event uses', 'events use')} it",
                hint="Add the ladder, or name the one that is meant",
            )
    for one in context.reference.coverage:
        if one.track == LEVEL.name and one.at_least is not None:
            for party in [id for id in one.parties if id in ladders]:
                yield from _level(
                    ladders[party], one.at_least, "coverage of level", stream=one.stream
                )


def _level(ladder: Ladder, id: str | None, role: str, **at: Unpack[At]) -> Iterator[Problem]:
    known = [level.id for level in ladder.levels]
    if id is not None and id not in known:
        yield Problem(
            code="DR204",
            message=f"{role}: {id!r} is not a level of the ladder of {ladder.party}, which has "
            + ", ".join(known),
            hint=did_you_mean(nearest(id, known, limit=1)).strip()
            or "Name one of them, or add it to the ladder",
            **at,
        )


def _out_of_use(ladder: Ladder, record: Record) -> Iterator[Problem]:
    """Find a label that the ladder had not yet, or no longer, when an event reached it."""
    event: Any = record.event
    for level in ladder.levels:
        if level.id == event.level and not level.in_use(event.on):
            since = f" from {level.since.text}" if level.since else ""
            until = f" to {level.until.text}" if level.until else ""
            yield Problem(
                code="DR204",
                message=f"level: {level.id!r} is a label of the ladder of {ladder.party}"
                f"{since}{until}, and the event is dated {event.on.text}",
                hint="Name the label of that time, or correct the dates of the label",
                event=record.id,
                stream=record.stream,
            )


def _tracks(context: CheckContext) -> Iterator[Problem]:
    known = [track.name for track in context.tracks]

    def unknown(name: str, role: str, **at: Unpack[At]) -> Iterator[Problem]:
        if name not in known:
            yield Problem(
                code="DR207",
                message=f"{role}: there is no track {name!r}",
                hint=did_you_mean(nearest(name, known, limit=1)).strip()
                or f"The tracks are {', '.join(known)}",
                **at,
            )

    for one in context.reference.coverage:
        yield from unknown(one.track, "coverage", stream=one.stream)
    for record in context.records:
        if isinstance(record.event, PartySucceeded):
            for name in record.event.tracks:
                yield from unknown(name, "tracks", event=record.id, stream=record.stream)


# --- claims --------------------------------------------------------------------------------------


def _claims(context: CheckContext) -> Iterator[Problem]:
    """Find the parties and levels of claims that are not known."""
    for claim in context.reference.claims:
        for field, name, error in unknown_names(claim, context.reference):
            if isinstance(error, UnknownPartyError):
                code, what = "DR201", f"{name!r} is not a known party"
                hint = did_you_mean(error.suggestions).strip()
            else:
                code, (what, _, hint) = "DR204", str(error).rstrip(".").partition(". Did you")
                hint = hint and f"Did you{hint}"
            yield Problem(
                code=code,
                message=f"{field} of the claim {claim.id!r}: {what}",
                hint=hint or "Name one that is known, or add it to the stream",
                stream=claim.stream,
            )


# --- keys and names that two entries share --------------------------------------------------------


def _labels(context: CheckContext) -> Iterator[Problem]:
    for ladder in context.reference.ladders:
        ids = [level.id for level in ladder.levels]
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            yield Problem(
                code="DR214",
                message=f"the ladder of {ladder.party} has the level {id!r} twice",
                hint="Take one out, or give it another id",
            )


def _clashes(context: CheckContext) -> Iterator[Problem]:
    for kind, key in context.reference.clashes():
        entries = context.reference.brought_by(kind, key)
        fields = differing(one for one, _ in entries) if kind == "source" else None
        yield Problem(
            code="DR214",
            message=f"the {kind} {key!r} has two entries that differ in "
            + describe_entries(entries, fields),
            hint="Make them one: a party has one ladder, and what is not on it has no rank"
            if kind == "ladder"
            else "Make them one, or give one of them another id",
        )
    for party in context.reference.extra_parties:
        known = shipped().get(party.id)
        if known is not None and known != party:
            yield Problem(
                code="DR214",
                message=f"the party {party.id!r} differs from the library's own of that id, "
                f"{known.name()!r}",
                hint="Take it out, or give it another id",
            )


def _names(context: CheckContext) -> Iterator[Problem]:
    """Find names that mean two persons or two offices."""
    reference = context.reference
    for kind, entries in (("person", reference.persons), ("office", reference.offices)):
        for name, ids in ambiguous_names(entries):
            yield Problem(
                code="DR216",
                message=f"{name!r} is a name of {counted(len(ids), kind)}, "
                f"{' and '.join(map(repr, ids))}",
                hint="Take it out of all but one; where both are meant by it, out of all",
            )

"""DR22x: records that say nothing, and corrections that correct nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from diplorel.check.hints import offering
from diplorel.errors import Problem, did_you_mean
from diplorel.model.events import Event, canonical

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.check.context import CheckContext
    from diplorel.model.records import Record


def check_corrections(context: CheckContext) -> Iterator[Problem]:
    """Yield what is wrong with the records as records."""
    yield from _repeated(context)
    yield from _unmatched(context)
    for record in context.events.cyclic_corrections:
        yield Problem(
            code="DR223",
            message=f"corrects {' and '.join(map(repr, record.event.supersedes))}, which "
            "corrects it in turn, so neither correction counts",
            hint="Append an event-retracted that names the one that is wrong",
            event=record.id,
            stream=record.stream,
        )
    for record in context.events.idle_retractions:
        yield Problem(
            code="DR222",
            message=f"takes back {record.event.supersedes[0]!r}, which a later correction has "
            "replaced already",
            hint="Retract this one; to bring back an earlier account, retract what replaced it",
            event=record.id,
            stream=record.stream,
        )
    for id, rivals in context.events.rival_replacements:
        names = " and ".join(repr(one.id) for one in rivals)
        yield Problem(
            code="DR224",
            message=f"{names} each replace {id!r}, and all of them count",
            hint="Retract those that are wrong, or let the right one supersede the others",
            event=rivals[-1].id,
            stream=rivals[-1].stream,
        )


def _repeated(context: CheckContext) -> Iterator[Problem]:
    """Find records that say word for word what the stream says already.

    A retraction that is recorded twice does no harm, and could not be taken back without the other.
    """
    groups: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for record in context.records:
        groups[record.stream, record.id].append(record)
    for (stream, id), group in groups.items():
        if len(group) == 1 or not isinstance(group[0].event, Event):
            continue
        same: dict[str, int] = Counter(canonical(record.event) for record in group)
        for text, count in same.items():
            if count > 1:
                digest = min(one.digest for one in group if canonical(one.event) == text)
                yield Problem(
                    code="DR221",
                    message=f"recorded {count} times, word for word",
                    hint="Leave one line; if they are released, record it anew with a note and "
                    f"supersedes = ['{id}@{digest}']",
                    event=id,
                    stream=stream,
                )


def _unmatched(context: CheckContext) -> Iterator[Problem]:
    live = {id(record) for record in context.records}
    unmatched = [item for item in context.events.unmatched_corrections if id(item[0]) in live]
    if not unmatched:
        return
    accounts: defaultdict[str, list[Record]] = defaultdict(list)
    for record in context.every:
        accounts[record.id].append(record)
    offer = offering(sorted(accounts))
    for record, target in unmatched:
        name, _, digest = target.rpartition("@")
        if target == record.id:
            message = "corrects its own event, which has no other account"
            hint = "Take supersedes out, or name the id of what was wrong"
        elif name in accounts:
            message = f"corrects {target!r}, and no account of that event has the digest {digest!r}"
            hint = "Its accounts have " + ", ".join(sorted({one.digest for one in accounts[name]}))
        else:
            message = f"corrects {target!r}, and no record has that id"
            hint = did_you_mean(offer(target)).strip()
        yield Problem(
            code="DR222",
            message=message,
            hint=hint or "Retract it, or name the id of what was wrong",
            event=record.id,
            stream=record.stream,
        )

"""Accounts: what records report of one event, and which account is followed."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeVar

import attrs

from diplorel.model.events import Event, canonical
from diplorel.model.sources import Citation, citation_key
from diplorel.resolve.policies import Account

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.records import Record

_E = TypeVar("_E", bound=Event)


def event_of(record: Record) -> Event:
    """Return the event of a record that is not a retraction."""
    event: Event = record.event  # type: ignore[assignment]  # no retraction has an account
    return event


def accounts_of(id: str, group: list[Record]) -> list[Account]:
    """Return the accounts that the records of one id give, each with all its records."""
    by_content: dict[str, list[Record]] = defaultdict(list)
    for record in group:
        by_content[repr(event_of(record).content())].append(record)
    return [
        Account(
            event_id=id,
            event=_united(records),
            streams=tuple(sorted({record.stream for record in records})),
            digests=tuple(sorted({record.digest for record in records})),
        )
        for records in by_content.values()
    ]


def followed_first(accounts: tuple[Account, ...]) -> tuple[Account, ...]:
    """Return accounts in the order of the policy, but for the followed one, which goes first.

    That is the first one against which the policy prefers no denial. If there is none, the first
    denial is followed: the event did not happen.
    """
    for place, account in enumerate(accounts):
        preferred = accounts[:place]
        if not account.denies and not any(other.is_denial_of(account) for other in preferred):
            return (account, *preferred, *accounts[place + 1 :])
    return accounts


def _united(records: list[Record]) -> Event:
    """Return one event for records of one content, with the citations of them all."""
    events = [event_of(record) for record in records]
    face = min(events, key=canonical)
    return with_citations(face, [one for event in events for one in event.sources])


def with_citations(event: _E, citations: Iterable[Citation]) -> _E:
    """Return an event with further citations, each once."""
    union = tuple(sorted({*event.sources, *citations}, key=citation_key))
    return event if union == event.sources else attrs.evolve(event, sources=union)

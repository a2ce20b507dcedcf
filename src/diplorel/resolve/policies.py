"""Policies: which of several accounts of one event the replay follows.

A policy is a function from an account and the sources to a key; the account with the smallest key
is followed, and equal keys are settled by canonical text, so a policy never depends on order. The
other accounts stay as alternatives, and `check` reports them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel._columns import counted
from diplorel.errors import InvalidQueryError
from diplorel.model.dates import FIRST_DAY
from diplorel.model.events import Event, canonical, digest
from diplorel.model.sources import (
    KIND_ORDER,
    Citation,
    Source,
    SourceKind,
    independent,
    source_table,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from diplorel.model.events import EventRetracted

Policy: TypeAlias = "Callable[[Account, Mapping[str, Source]], Any]"
"""A key for an account; the account with the smallest key is followed."""


@attrs.frozen(kw_only=True)
class Account:
    """What one or several records report of an event, and who they are.

    Attributes:
        event_id: The id of the event.
        event: The event as this account reports it, with the citations of all its records. For a
            denial, the correction that denies the event.
        streams: The streams that give it, in order.
        denies: Whether it says that the event did not happen, or not so: one stream's correction
            over another stream's record.
        digests: The digests of the records that give it, in order. Each names the account, and
            stays valid when another record gives the same content.
        against: For a denial of some accounts only, the digests of those; empty where it denies
            the event as a whole.

    >>> import diplorel as dr
    >>> both = dr.load("vietnam") | dr.load("singapore")
    >>> id = "visit-made/SGP-VNM/2025-03-25--2025-03-26/prime-minister"
    >>> [one.streams for one in both.resolve().accounts[id]]
    [('vietnam',), ('singapore',)]
    """

    event_id: str
    event: Event | EventRetracted
    streams: tuple[str, ...]
    denies: bool = False
    digests: tuple[str, ...] = ()
    against: tuple[str, ...] = ()

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Who says so."""
        return self.event.sources

    def is_denial_of(self, other: Account) -> bool:
        """Say whether this is a denial of *other*."""
        return self.denies and (not self.against or not set(other.digests).isdisjoint(self.against))

    @property
    def digest(self) -> str:
        """A digest that names this account, as in ``id@digest``: the first of `digests`."""
        return self.digests[0] if self.digests else digest(self.event)


_UNKNOWN: Final = KIND_ORDER[SourceKind.MACHINE]
"""The rank of a source that the bibliography lacks: somebody read it, unlike what machines code."""


def by_kind(account: Account, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the account whose sources have the most authority: the default.

    What both sides say goes first, in one text or each in its own (`Source.side`); then what one
    side's government says; then agencies, and governments that take no part; then the press,
    scholars and reference works; then a source that the bibliography lacks. What only a machine
    coded comes last.
    """
    among: tuple[str, ...] | None = getattr(account.event, "parties", None)
    sides, ranks = set(), []
    for citation in account.citations:
        source = sources.get(citation.source)
        if source is None:
            ranks.append(_UNKNOWN)
        elif source.kind is SourceKind.MACHINE:
            ranks.append(_UNKNOWN + 1)
        elif source.kind is not SourceKind.GOVERNMENT or source.side is None:
            ranks.append(KIND_ORDER[source.kind])
        elif among is None or source.side in among:
            sides.add(source.side)
            ranks.append(KIND_ORDER[SourceKind.GOVERNMENT])
        else:
            ranks.append(KIND_ORDER[SourceKind.AGENCY])
    return (KIND_ORDER[SourceKind.JOINT] if len(sides) > 1 else min(ranks),)


def most_sources(account: Account, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the account with the most independent sources, then the kind of source.

    Documents that repeat one wire (`Source.derived_from`) are one.
    """
    roots = independent((one.source for one in account.citations), sources)
    return (-len(roots), *by_kind(account, sources))


def latest_published(account: Account, sources: Mapping[str, Source]) -> tuple[int, ...]:
    """Follow the account with the most recent source; undated sources come last."""
    table = source_table(sources)
    days = [
        published.hi
        for citation in account.citations
        if (published := table.published(citation.source))
    ]
    return (-max(days, default=FIRST_DAY - 1),)


@attrs.frozen
class _StreamFirst:
    streams: tuple[str, ...]

    @property
    def __name__(self) -> str:
        """Its name in a stamp, as a function has one."""
        return f"stream_first({', '.join(map(repr, self.streams))})"

    def __call__(self, account: Account, sources: Mapping[str, Source]) -> tuple[int, ...]:
        places = [self.streams.index(one) for one in account.streams if one in self.streams]
        return (min(places, default=len(self.streams)), *by_kind(account, sources))


def stream_first(*streams: str) -> Policy:
    """Follow the first of *streams* that reports an event, then the kind of source."""
    return _StreamFirst(streams)


@attrs.frozen
class _Manual:
    choices: Mapping[str, str]

    @property
    def __name__(self) -> str:
        """Its name in a stamp, as a function has one."""
        return f"manual, {counted(len(self.choices), 'choice')}"

    def __call__(self, account: Account, sources: Mapping[str, Source]) -> tuple[int, ...]:
        digests = [account.digest, *account.digests]  # one record can give two accounts
        chosen = self.choices.get(account.event_id)
        place = min(digests.index(chosen), 1) if chosen in digests else 2
        return (place, *by_kind(account, sources))


def manual(choices: Mapping[str, str]) -> Policy:
    """Follow the account with the digest chosen for an id, then the kind of source.

    Args:
        choices: From the id of an event to the digest of the account to follow.
    """
    return _Manual(dict(choices))


def choose(
    accounts: list[Account], policy: Policy, sources: Mapping[str, Source]
) -> tuple[Account, ...]:
    """Return the accounts of one event, the followed one first.

    Raises:
        InvalidQueryError: The policy does not take an account and the sources, or the keys that it
            returns cannot be compared.
    """
    try:
        return tuple(
            sorted(
                accounts,
                key=lambda one: (
                    policy(one, sources), one.denies, canonical(one.event), one.streams,
                ),
            )
        )  # fmt: skip
    except TypeError as error:
        raise InvalidQueryError(
            "{argument}: {policy!r} is not a function of an account and the sources that "
            "returns keys which can be compared ({reason})",
            argument="policy",
            policy=policy,
            reason=error,
        ) from error

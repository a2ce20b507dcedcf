"""What a log says by replaying it: worlds, relations, and how they were asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import attrs

from diplorel import _ask, _gc
from diplorel._message import Message
from diplorel.errors import InvalidQueryError
from diplorel.model.records import Clock, Record, distinct, known_by
from diplorel.model.reference import Reference
from diplorel.model.stamps import policy_name, stamp_of
from diplorel.model.tabular import Tabular
from diplorel.relation import Relation
from diplorel.replay.as_of import AsOfIndex
from diplorel.replay.order import Dates
from diplorel.replay.snapshot import take_snapshot
from diplorel.resolve.policies import Policy, by_kind
from diplorel.resolve.resolution import ResolvedEvents, resolve
from diplorel.tracks import STANDARD
from diplorel.tracks.track import heard_by
from diplorel.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from diplorel.model.dates import DayLike
    from diplorel.model.stamps import Asked
    from diplorel.tracks.track import Track


def known_words(known: DayLike | datetime | None, clock: Clock) -> tuple[str, ...]:
    """Return in words what was known by a clock; nothing where all that is recorded is."""
    if known is None:
        return ()
    return (f"{'as known on' if clock == 'recorded' else 'as published by'} {known}",)


@attrs.frozen(init=False, eq=False, repr=False)
class States(Tabular):
    """Records, and the states of the relations that they give on any day.

    Only an `EventLog` is one, or a view of it; the questions to it stand in classes between.
    """

    _given: tuple[Record, ...]
    reference: Reference
    _clock: Clock = "recorded"
    _policy: Policy = by_kind
    _dates: Dates = "latest"
    _known: tuple[str, ...] | None = None

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, each once, oldest first; those of one moment by id.

        The replay does not need this order, so it is made when it is first asked for.
        """
        return self._records

    @cached_property
    def _records(self) -> tuple[Record, ...]:
        with _gc.paused():
            return distinct(self._given)

    @property
    def streams(self) -> tuple[str, ...]:
        """The names of the streams, in order."""
        return tuple(sorted({record.stream for record in self.records}))

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def resolve(
        self,
        *,
        known: DayLike | datetime | None = None,
        clock: Clock | None = None,
        policy: Policy | None = None,
    ) -> ResolvedEvents:
        """Return every event that the records report, once, with what is corrected or disputed.

        Args:
            known: Only what was known at the end of this day, or at this moment in UTC.
            clock: Known by what was ``recorded``, or by what was ``published``; when None, as
                the view does, or by ``recorded``.
            policy: Which of several accounts of one event to follow; when None, that of the view,
                or `policies.by_kind`.

        Raises:
            InvalidDateError: *known* is neither a day nor a moment in UTC.
            InvalidQueryError: There is no such clock, or the policy is none.
        """
        visible = self._visible(known, clock)
        if policy is None:
            policy = self._policy
        else:
            _ask.policy(policy)
        if visible is None and policy is self._policy:
            return self._resolved
        return self._resolve(visible, policy)

    def _resolve(self, visible: Any, policy: Policy) -> ResolvedEvents:
        with _gc.paused():
            return resolve(
                self._given,
                sources=self.reference.source,
                policy=policy,
                names=self.reference.names,
                visible=visible,
            )

    @cached_property
    def _resolved(self) -> ResolvedEvents:
        return self._resolve(None, self._policy)

    def _visible(self, known: DayLike | datetime | None, clock: Clock | None) -> Any:
        if clock is not None:
            _ask.choice("clock", clock, get_args(Clock))
        moment = _ask.known(known)
        if moment is None:
            return None
        return known_by(moment, clock or self._clock, self.reference.source)

    def replay(
        self,
        on: DayLike | None = None,
        *,
        known: DayLike | datetime | None = None,
        clock: Clock | None = None,
        dates: Dates | None = None,
        policy: Policy | None = None,
        tracks: Iterable[Track[Any, Any]] = (),
    ) -> World:
        """Return the world at the end of a day, as it was known on another.

        ``log.replay(on, known=day)`` is short for ``log.view(known=day).replay(on)``.

        Args:
            on: The day; of a month or a year, its last day. When None, everything that is recorded.
            known: Only what was known at the end of this day, or at this moment in UTC.
            clock: Known by what was ``recorded``, or by what was ``published``; when None, as
                the view does, or by ``recorded``.
            dates: ``latest`` applies what has certainly happened by the day and lists the rest as
                undecided; ``earliest`` applies what has possibly happened too. When None, as the
                view does, or ``latest``.
            policy: Which of several accounts of one event to follow; when None, that of the view,
                or `policies.by_kind`.
            tracks: Tracks of your own, folded beside the standard ones.

        Raises:
            InvalidDateError: *on* or *known* is no day.
            InvalidQueryError: There is no such clock or date rule, the policy is none, or a track
                is none or has the name of another.
        """
        day = _ask.day("on", on)
        if dates is None:
            dates = self._dates
        else:
            _ask.choice("dates", dates, get_args(Dates))
        folded = (*STANDARD, *_ask.tracks(tracks)) if tracks else STANDARD
        resolved = self.resolve(known=known, clock=clock, policy=policy)
        asked = self._asked
        if known is not None or clock or policy or dates != self._dates:
            asked = self._asked_with(known, clock, dates, policy)
        return World(
            take_snapshot(resolved, self.reference, folded, day=day, dates=dates, asked=asked)
        )

    def relation(self, a: str, b: str, *, on: DayLike | None = None) -> Relation:
        """Return the relation of two parties at the end of a day, by bisection.

        The same as ``replay(on=on)[a, b]``. The first question indexes the log, the first about a
        dyad folds its events; every further one is a bisection.

        Args:
            a: One party: an id, alpha-2 code or name.
            b: The other.
            on: The day; of a month or a year, its last day. When None, all that is recorded.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: Both are the same.
            InvalidDateError: *on* is no day.
        """
        key = _ask.pair(self.reference, (a, b))
        if self._dates != "latest":  # the index is by latest days
            return self.replay(on)[key]
        day = _ask.day("on", on)
        history = self._index.history(key)
        return Relation(
            parties=key,
            day=day,
            undecided=history.undecided_on(day),
            states=history.on(day),
            tracks=STANDARD,
            reference=self.reference,
            accounts=self._resolved.accounts,
            asked=self._asked,
        )

    @cached_property
    def _index(self) -> AsOfIndex:
        with _gc.paused():
            return AsOfIndex(self._resolved.unordered, STANDARD, self.reference)

    def _index_of(
        self, *tracks: Track[Any, Any], among: Sequence[Track[Any, Any]] = ()
    ) -> AsOfIndex:
        """Return an index of some tracks alone, and of those whose events they hear.

        The histories of one track are folded in a small part of the time that all take.
        """
        if self._dates != "latest":
            raise InvalidQueryError(
                "a view by earliest dates has no spells: ask the log itself, whose spells begin "
                "and end on an earliest and a latest day"
            )
        folded = heard_by(tracks, (*STANDARD, *among))
        return AsOfIndex(self.resolve().unordered, folded, self.reference)

    def refuse_view(self, what: Message) -> None:
        """Refuse to do with a view what only the log can have done to it.

        Args:
            what: What was to be done, as in "a view cannot be merged".

        Raises:
            InvalidQueryError: This is a view.
        """
        if self._known is not None:
            raise InvalidQueryError(
                "a view cannot be {what}: it shows a log {description}. Take the log itself",
                what=what,
                description=self._description,
            )

    @property
    def _description(self) -> str:
        """How a view reads its log, in words."""
        words = [*(self._known or ())]
        if self._dates != "latest":
            words.append("by earliest dates")
        if self._policy is not by_kind:
            words.append(f"by policy {getattr(self._policy, '__name__', 'of its own')}")
        return ", ".join(words) or "as it is"

    @cached_property
    def _asked(self) -> Asked:
        return self._asked_with()

    def _asked_with(
        self,
        known: DayLike | datetime | None = None,
        clock: Clock | None = None,
        dates: Dates | None = None,
        policy: Policy | None = None,
    ) -> Asked:
        """Return how the log is asked, for the stamps of answers; None is as the log does."""
        said = (*(self._known or ()), *known_words(known, clock or self._clock))
        return stamp_of(
            self.reference,
            {record.stream for record in self._given},
            known=", ".join(said) or None,
            clock=clock or self._clock,
            dates=dates or self._dates,
            policy=policy_name(policy or self._policy),
        )

    def _stamp(self, **more: Any) -> dict[str, Any]:
        """Return the stamp of a table: how the log is read, and what was asked."""
        return {**self._asked, **more}

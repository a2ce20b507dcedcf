"""`EventLog`: a set of records, frozen, and every question one can ask of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import attrs

from diplorel import _gc
from diplorel.analysis.bibliography import Bibliography, bibliography
from diplorel.analysis.diff import Diff, diff
from diplorel.analysis.timeline import Entry, timeline
from diplorel.errors import InvalidEventError, InvalidQueryError, RecordedOrderError
from diplorel.model.dates import DayLike, ordinal
from diplorel.model.events import Event, EventRetracted, canonical
from diplorel.model.records import Record, distinct, known_by, stamp, targets, utc
from diplorel.model.reference import Coverage, Reference
from diplorel.relation import Relation
from diplorel.replay.as_of import AsOfIndex
from diplorel.replay.snapshot import take_snapshot
from diplorel.resolve.policies import by_kind, latest_published, most_sources, stream_first
from diplorel.resolve.resolution import ResolvedEvents, resolve
from diplorel.tracks import STANDARD
from diplorel.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from diplorel.analysis.bibliography import Answer
    from diplorel.analysis.partners import Kind
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.check import Disagreements
    from diplorel.claims import Claim, Finding
    from diplorel.errors import Problem
    from diplorel.model.ladders import Ladder
    from diplorel.model.parties import Party
    from diplorel.model.records import Clock
    from diplorel.model.sources import Source
    from diplorel.replay.fold import Dates
    from diplorel.resolve.policies import Policy
    from diplorel.tracks.track import Track

_STREAM = "mine"


@attrs.frozen(init=False, eq=False, repr=False)
class EventLog:
    """A set of records with the sources, ladders, parties and coverage that they need.

    Frozen: every change gives a new log. Two logs are equal when they hold the same records and
    the same reference data, in whatever order those were given.

    Args:
        events: Events, which are recorded now in *stream*, or records, which are taken as they are.
        stream: The stream of the events that are no records yet.
        at: When those are recorded, a moment in UTC; now when None.
        sources: The bibliography.
        ladders: The ladders.
        parties: Parties that the library's table lacks.
        coverage: For whom, in which tracks and when it is complete. Without any, what is not
            recorded is unknown.
        claims: What sources claim about the whole, for `verify`.
        reference: All of these at once, as another log has them.

    Attributes:
        reference: The sources, ladders, parties and coverage.

    Raises:
        InvalidEventError: *events* holds something that is neither event nor record.
        InvalidDateError: *at* is no moment in UTC.

    >>> from diplorel import events as ev
    >>> log = EventLog([ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"),
    ...                                    sources=["vna-2025-03-24"])])
    >>> log.replay(on="2025-03-12")["VNM", "SGP"].ties.since
    PartialDate('1973-08-01')
    """

    _given: tuple[Record, ...]
    reference: Reference
    _cache: dict[str, Any]

    def __init__(
        self,
        events: Iterable[Event | EventRetracted | Record] = (),
        *,
        stream: str = _STREAM,
        at: datetime | str | None = None,
        sources: Iterable[Source] = (),
        ladders: Iterable[Ladder] = (),
        parties: Iterable[Party] = (),
        coverage: Iterable[Coverage] = (),
        claims: Iterable[Claim] = (),
        reference: Reference | None = None,
    ) -> None:
        now = _moment(at)
        records = []
        for item in events:
            if isinstance(item, (Event, EventRetracted)):
                records.append(Record(stream, now, item))
            elif isinstance(item, Record):
                records.append(item)
            else:
                raise InvalidEventError(f"{item!r} is neither an event nor a record")
        mine = Reference(
            sources=tuple(sources),
            ladders=tuple(ladders),
            extra_parties=tuple(parties),
            coverage=tuple(coverage),
            claims=tuple(claims),
        )
        given = sources or ladders or parties or coverage or claims
        known = reference | mine if reference and given else reference or mine
        self.__attrs_init__(tuple(records), known, {})  # pyright: ignore[reportAttributeAccessIssue]

    # --- the set ---------------------------------------------------------------------------------

    @property
    def records(self) -> tuple[Record, ...]:
        """The records, each once, oldest first; those of one moment by id.

        The replay does not need this order, so it is made when it is first asked for.
        """
        with _gc.paused():
            found: tuple[Record, ...] = self._once("records", lambda: distinct(self._given))
        return found

    def __or__(self, other: EventLog) -> EventLog:
        """Return the union: the records of both, and the reference data of both by key."""
        if not isinstance(other, EventLog):
            return NotImplemented
        return EventLog([*self.records, *other.records], reference=self.reference | other.reference)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EventLog):
            return NotImplemented
        return self.records == other.records and self.reference == other.reference

    def __hash__(self) -> int:
        return hash(tuple((record.stream, record.recorded, record.id) for record in self.records))

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[Record]:
        return iter(self.records)

    def __repr__(self) -> str:
        return (
            f"<EventLog: {len(self.records)} records of {', '.join(self.streams) or 'no stream'}>"
        )

    @property
    def streams(self) -> tuple[str, ...]:
        """The names of the streams, in order."""
        return tuple(sorted({record.stream for record in self.records}))

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """For whom, in which tracks and when the streams say that they are complete."""
        return self.reference.coverage

    def append(
        self,
        *events: Event | EventRetracted,
        at: datetime | str | None = None,
        stream: str | None = None,
    ) -> EventLog:
        """Return a log with more events, recorded after everything that their stream holds.

        Args:
            *events: The events.
            at: When they are recorded, a moment in UTC; now when None.
            stream: Their stream; when None, the log's own if it holds records of one only.

        Raises:
            RecordedOrderError: *at* lies before the last record of the stream.
            InvalidQueryError: The log holds several streams and none is named.
            InvalidEventError: It is no event. Records go into a log by ``|``.
        """
        for one in events:
            if not isinstance(one, (Event, EventRetracted)):
                raise InvalidEventError(f"{one!r} is no event")
        if stream is None:
            if len(self.streams) > 1:
                raise InvalidQueryError(
                    f"the log holds {', '.join(self.streams)}: name one with stream="
                )
            stream = next(iter(self.streams), _STREAM)
        last = max((one.recorded for one in self.records if one.stream == stream), default=None)
        moment = _moment(at)
        if last is not None and moment < last:
            if at is not None:
                raise RecordedOrderError(
                    f"{stamp(moment)} lies before the last record of {stream!r}, "
                    f"{stamp(last)}: a stream only grows at its end"
                )
            moment = last  # the clock of this machine is behind the one that recorded last
        return self._with([*self.records, *(Record(stream, moment, event) for event in events)])

    def _with(self, records: Iterable[Record]) -> EventLog:
        return EventLog(records, reference=self.reference)

    def where(
        self,
        *,
        party: str | None = None,
        dyad: tuple[str, str] | None = None,
        types: Iterable[type[Event] | str] | None = None,
        since: DayLike | None = None,
        until: DayLike | None = None,
        stream: str | None = None,
    ) -> EventLog:
        """Return the log of those records that meet every condition; the rest of it is the same.

        A correction stays as long as it names a record that stays, so that what is dead stays dead.

        Args:
            party: One that takes part: an id, alpha-2 code or name.
            dyad: Two that both take part.
            types: Event classes, or their names such as ``ties-established``.
            since: Events that have possibly happened on this day or later.
            until: Events that have possibly happened by this day.
            stream: One stream.

        Raises:
            UnknownPartyError: There is no such party.
        """
        find = self.reference.parties.find
        wanted = {find(name).id for name in (*(dyad or ()), *((party,) if party else ()))}
        names = None
        if types is not None:
            names = {one if isinstance(one, str) else one.type for one in types}
        first = None if since is None else ordinal(since)
        last = None if until is None else ordinal(until)

        def meets(record: Record) -> bool:
            event = record.event
            return (
                isinstance(event, Event)
                and wanted <= {*event.parties, *getattr(event, "dyads", ())}
                and (names is None or event.type in names)
                and (first is None or (event.on.end or event.on).hi >= first)
                and (last is None or event.on.lo <= last)
                and (stream is None or record.stream == stream)
            )

        kept = {record.id for record in self.records if meets(record)}
        corrections = [record for record in self.records if record.event.supersedes]
        while more := {
            record.id
            for record in corrections
            if record.id not in kept
            and any(id in kept for text in record.event.supersedes for id, _ in targets(text))
        }:
            kept |= more
        mine = [one for one in self.records if stream is None or one.stream == stream]
        return self._with(record for record in mine if record.id in kept)

    # --- replay ----------------------------------------------------------------------------------

    def resolve(
        self,
        *,
        known: DayLike | datetime | None = None,
        clock: Clock = "recorded",
        policy: Policy = by_kind,
    ) -> ResolvedEvents:
        """Return every event that the records report, once, with what is corrected or disputed.

        Args:
            known: Only what was known at the end of this day, or at this moment in UTC.
            clock: Known by what was ``recorded``, or by what was ``published``.
            policy: Which of several accounts of one event to follow.

        Raises:
            InvalidDateError: *known* is neither a day nor a moment in UTC.
            InvalidQueryError: There is no such clock, or the policy is none.
        """
        if clock not in ("recorded", "published"):
            raise InvalidQueryError(f"no clock {clock!r}: expected 'recorded' or 'published'")
        given: Any = policy
        if not callable(given):
            raise InvalidQueryError(
                f"no policy {given!r}: expected a function, such as policies.latest_published"
            )
        sources = self.reference.source
        if known is None and policy is by_kind:
            resolved: ResolvedEvents = self._once("resolved", lambda: self._resolve(None, policy))
            return resolved
        visible = None if known is None else known_by(known, clock, sources)
        return self._resolve(visible, policy)

    def _resolve(self, visible: Any, policy: Policy) -> ResolvedEvents:
        with _gc.paused():
            return resolve(
                self._given, sources=self.reference.source, policy=policy, visible=visible
            )

    def replay(
        self,
        on: DayLike | None = None,
        *,
        known: DayLike | datetime | None = None,
        clock: Clock = "recorded",
        dates: Dates = "latest",
        policy: Policy = by_kind,
        tracks: Iterable[Track[Any, Any]] = (),
    ) -> World:
        """Return the world at the end of a day, as it was known on another.

        Args:
            on: The day; when None, everything that is recorded.
            known: Only what was known at the end of this day, or at this moment in UTC.
            clock: Known by what was ``recorded``, or by what was ``published``.
            dates: ``latest`` applies what has certainly happened by the day and lists the rest as
                undecided; ``earliest`` applies what has possibly happened too.
            policy: Which of several accounts of one event to follow.
            tracks: Tracks of your own, folded beside the standard ones.

        Raises:
            InvalidDateError: *on* or *known* is no day.
            InvalidQueryError: There is no such clock or date rule.
        """
        if dates not in ("latest", "earliest"):
            raise InvalidQueryError(f"no date rule {dates!r}: expected 'latest' or 'earliest'")
        day = None if on is None else ordinal(on)
        resolved = self.resolve(known=known, clock=clock, policy=policy)
        return World(
            take_snapshot(resolved, self.reference, (*STANDARD, *tracks), day=day, dates=dates)
        )

    def relation(self, a: str, b: str, *, on: DayLike | None = None) -> Relation:
        """Return the relation of two parties at the end of a day, by bisection.

        The same as ``replay(on=on)[a, b]``. The first question indexes the log, the first about a
        dyad folds its events; every further one is a bisection.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: Both are the same.
            InvalidDateError: *on* is no day.
        """
        find = self.reference.parties.find
        one, two = find(a).id, find(b).id
        if one == two:
            raise InvalidQueryError(f"{one} has no relation with itself: give two parties")
        key = (one, two) if one < two else (two, one)
        day = None if on is None else ordinal(on)
        history = self._index().history(key)
        return Relation(
            parties=key,
            day=day,
            undecided=history.undecided_on(day),
            states=history.on(day),
            tracks=STANDARD,
            reference=self.reference,
            accounts=self.resolve().accounts,
        )

    def _index(self) -> AsOfIndex:
        resolved = self.resolve()
        with _gc.paused():
            index: AsOfIndex = self._once("index", lambda: AsOfIndex(resolved.unordered, STANDARD))
        return index

    def _once(self, name: str, make: Any) -> Any:
        if name not in self._cache:
            self._cache[name] = make()
        return self._cache[name]

    # --- analysis --------------------------------------------------------------------------------

    def diff(
        self, since: DayLike, until: DayLike, *, known_since: DayLike | datetime | None = None
    ) -> Diff:
        """Return what changed in ``(since, until]``, apart from what was only corrected.

        Args:
            since: The day from whose end changes count.
            until: The last day.
            known_since: When the reader last looked; then `Diff.corrections` lists how the state at
                *since* is known otherwise today than it was then.

        Raises:
            InvalidDateError: One of them is no day.
            InvalidQueryError: *until* lies before *since*.
        """
        then = None if known_since is None else self.replay(since, known=known_since).snapshot
        return diff(self.replay(since).snapshot, self.replay(until).snapshot, then)

    def sensitivity(
        self,
        party: str,
        *,
        on: DayLike | None = None,
        kind: Kind = "any",
        policies: Mapping[str, Policy] | None = None,
    ) -> Sensitivity:
        """Return how the standing order of a party's partners withstands other choices.

        The ranking of `replay(on).ranking(party)` is put beside the orders by other keys, with open
        dates at their earliest, and beside the rankings under other policies.

        Args:
            party: Whose partners: an id, alpha-2 code or name.
            on: The day; when None, everything that is recorded.
            kind: ``state`` ranks countries only, ``any`` unions too.
            policies: Policies by name. When None: latest published, most sources, and each stream
                first where there are several.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: The party has no ladder here.
            InvalidDateError: *on* is no day.
        """
        from diplorel.analysis.sensitivity import sensitivity  # noqa: PLC0415  few ask for it

        if policies is None:
            first = {f"{name} first": stream_first(name) for name in self.streams}
            policies = {
                "latest published": latest_published,
                "most sources": most_sources,
                **(first if len(first) > 1 else {}),
            }
        ranking = self.replay(on).ranking(party, kind=kind)
        disputed = bool(self.resolve().accounts)  # without, every policy follows the same
        others = {
            f"policy {name}": self.replay(on, policy=policy).ranking(party, kind=kind).rows
            if disputed
            else ranking.rows
            for name, policy in policies.items()
        }
        return sensitivity(ranking.party, ranking.on, ranking.rows, others)

    def timeline(self, a: str, b: str) -> tuple[Entry, ...]:
        """Return the story of a dyad: every event that touches it, oldest first, with its sources.

        Raises:
            UnknownPartyError: There is no such party.
        """
        find = self.reference.parties.find
        one, two = sorted((find(a).id, find(b).id))
        return timeline(self._index().events((one, two)), self.reference, STANDARD)

    def check(
        self, *, today: DayLike | None = None, tracks: Iterable[Track[Any, Any]] = ()
    ) -> tuple[Problem, ...]:
        """Return every problem of the log, empty when it is sound; see `diplorel.check.check`.

        Args:
            today: The day from which on everything is the future; the present day when None.
            tracks: Tracks of your own, whose rules hold beside those of the standard ones.

        Raises:
            InvalidDateError: *today* is no day.
        """
        from diplorel.check import check  # noqa: PLC0415  who only replays pays nothing for it

        return check(self, today=today, tracks=tracks)

    def disagreements(self, *, policy: Policy = by_kind) -> Disagreements:
        """Return what sources or streams report differently: a table to read, nothing to mend.

        Args:
            policy: Which of several accounts the replay follows, and the table marks.
        """
        from diplorel.check import disagreements  # noqa: PLC0415  likewise

        return disagreements(self, policy=policy)

    def verify(self) -> tuple[Finding, ...]:
        """Return the verdict on every claim of the log's streams, in the order of their ids.

        A claim is supported, refuted, or undecidable with the records and the coverage at hand.
        """
        from diplorel.claims import verify_all  # noqa: PLC0415  likewise

        return verify_all(self)

    def cite(self, *answers: Event | Answer) -> Bibliography:
        """Return how to cite the log's streams, and the sources behind answers.

        Args:
            *answers: What the sources are behind: a relation, an explanation, a ranking, a finding
                about a claim, or an event. Without any, the streams alone.

        Returns:
            The streams at their versions; with answers, those that report the events behind
            them, and the sources that those events cite. It gives ``.bibtex()`` and ``.csl()``.

        >>> import diplorel as dr
        >>> vn = dr.load("vietnam")
        >>> print(vn.cite())
        The diplorel maintainers. Vietnam's bilateral relations, version 0.2.0. Data set. CC-BY-4.0.
        >>> why = vn.relation("VNM", "SGP", on="1980-01-01").explain("ties")
        >>> vn.cite(why).csl()[1]["publisher"]
        'Sài Gòn Giải Phóng'
        """
        events = [
            event
            for answer in answers
            for event in ((answer,) if isinstance(answer, Event) else answer.evidence)
        ]
        ids = {event.id for event in events}
        streams = {one.stream for one in self.records if not answers or one.id in ids}
        return bibliography(self.reference, streams, events)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a record, oldest first: stream, recorded, id, type and the event's text.

        The column ``event`` holds the canonical JSON, from which nothing is lost.
        """
        return [
            {
                "stream": record.stream,
                "recorded": stamp(record.recorded),
                "id": record.id,
                "type": record.event.type,
                "event": canonical(record.event),
            }
            for record in self.records
        ]


def _moment(at: datetime | str | None) -> datetime:
    return datetime.now(UTC).replace(microsecond=0) if at is None else utc(at)

"""`EventLog`: a set of records, frozen: how it is made, merged, appended to and viewed."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any, get_args

import attrs

from diplorel import _ask
from diplorel._columns import clipped, listed
from diplorel._message import Message
from diplorel._pickling import Reduced, changed, reduced
from diplorel.errors import InvalidEventError, InvalidQueryError, LeadsError, RecordedOrderError
from diplorel.model.claims import Claim
from diplorel.model.clocks import next_moment, refuse_ahead, refuse_clock
from diplorel.model.events import Event, EventRetracted, canonical
from diplorel.model.ladders import Ladder
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.records import Clock, Record, is_lead, stamp, utc
from diplorel.model.reference import Coverage, Reference
from diplorel.model.sources import Source, SourceKind
from diplorel.questions import Questions
from diplorel.replay.order import Dates
from diplorel.resolve.selection import select_records
from diplorel.states import known_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.dates import DayLike
    from diplorel.resolve.policies import Policy

_STREAM = "mine"


@attrs.frozen(init=False, eq=False, repr=False)
class EventLog(Questions):
    """A set of records with the sources, ladders, parties and coverage that they need.

    Frozen: every change gives a new log. Two logs are equal when they hold the same records and
    the same reference data, in whatever order those were given.

    Args:
        events: Events, which are recorded now in *stream*, or records, which are taken as they are.
        stream: The stream of the events that are not records yet.
        at: When those are recorded, a moment in UTC; now when None.
        ahead: Whether *at* may be more than a minute ahead of the clock.
        sources: The bibliography.
        ladders: The ladders.
        parties: Parties that the library's table lacks.
        coverage: The parties, tracks and days that it covers completely. Without any, what is not
            recorded is unknown.
        claims: What sources claim about the whole, for `verify`.
        persons: The names under which sources know a person.
        offices: The names under which sources know an office.
        reference: All of these at once, as another log has them.

    Attributes:
        reference: The sources, ladders, parties and coverage.

    Raises:
        InvalidEventError: *events* holds something that is neither event nor record.
        InvalidDateError: *at* is not a moment in UTC.

    >>> from diplorel import events as ev
    >>> log = EventLog([ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"),
    ...                                    sources=["vna-2025-03-24"])])
    >>> log.replay(on="2025-03-12")["VNM", "SGP"].ties.since
    PartialDate('1973-08-01')
    """

    def __init__(
        self,
        events: Iterable[Event | EventRetracted | Record] = (),
        *,
        stream: str = _STREAM,
        at: datetime | str | None = None,
        ahead: bool = False,
        sources: Iterable[Source] = (),
        ladders: Iterable[Ladder] = (),
        parties: Iterable[Party] = (),
        coverage: Iterable[Coverage] = (),
        claims: Iterable[Claim] = (),
        persons: Iterable[PersonNames] = (),
        offices: Iterable[OfficeNames] = (),
        reference: Reference | None = None,
    ) -> None:
        now = _moment(at, ahead=ahead)
        _ask.stream_name(stream)
        if reference is not None and not isinstance(reference, Reference):
            raise InvalidQueryError(
                "{argument}: expected that of another log, got {reference!r}",
                argument="reference",
                reference=reference,
            )
        records = []
        for item in _ask.listed("events", events):
            if isinstance(item, (Event, EventRetracted)):
                records.append(Record(stream, now, item))
            elif isinstance(item, Record):
                records.append(item)
            else:
                raise InvalidEventError(f"{item!r} is neither an event nor a record")
        mine = Reference(
            sources=_ask.items("sources", sources, Source),
            ladders=_ask.items("ladders", ladders, Ladder),
            extra_parties=_ask.items("parties", parties, Party),
            coverage=_ask.items("coverage", coverage, Coverage),
            claims=_claims_of_stream(_ask.items("claims", claims, Claim)),
            persons=_ask.items("persons", persons, PersonNames),
            offices=_ask.items("offices", offices, OfficeNames),
        )
        given = sources or ladders or parties or coverage or claims or persons or offices
        if given:
            mine = mine.of(stream)
        known = reference | mine if reference and given else reference or mine
        self.__attrs_init__(tuple(records), known)  # pyright: ignore[reportAttributeAccessIssue]

    # --- the set ---------------------------------------------------------------------------------

    def __or__(self, other: EventLog) -> EventLog:
        """Return the union: the records of both, and the reference data of both by key."""
        if not isinstance(other, EventLog):
            return NotImplemented
        if self.records and other.records and self.has_leads != other.has_leads:
            raise LeadsError((self if self.has_leads else other).streams_of_leads)
        return self._united(other)

    def _united(self, other: EventLog) -> EventLog:
        for one in (self, other):
            one.refuse_view(Message("merged"))
        return EventLog([*self.records, *other.records], reference=self.reference | other.reference)

    @property
    def has_leads(self) -> bool:
        """Whether it holds leads: events that a machine coded and nobody has checked."""
        return bool(self.streams_of_leads)

    @cached_property
    def streams_of_leads(self) -> tuple[str, ...]:
        """The names of the streams that hold leads, in order."""
        sources = self.reference.source
        if SourceKind.MACHINE not in self.reference.source_kinds:
            return ()
        found = {record.stream for record in self._given if is_lead(record.event, sources)}
        return tuple(sorted(found))

    def with_leads(self, leads: EventLog) -> EventLog:
        """Return the union with a log of leads, which ``|`` refuses: they are not checked.

        Every event of them still says that a machine coded it, and where a checked account of the
        same event is there, it is followed.

        Args:
            leads: The log of the leads.

        Raises:
            InvalidQueryError: *leads* is not a log, or one of the two is a view.

        >>> import diplorel as dr
        >>> dr.load("singapore").with_leads(EventLog()) == dr.load("singapore")
        True
        """
        return self._united(_ask.items("leads", [leads], EventLog)[0])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, EventLog):
            return NotImplemented
        return (
            self._reads_as() == other._reads_as()
            and self.records == other.records
            and self.reference == other.reference
        )

    def _reads_as(self) -> tuple[Any, ...]:
        return self._clock, self._policy, self._dates, self._known

    def __hash__(self) -> int:
        return hash(tuple((record.stream, record.recorded, record.id) for record in self.records))

    def __reduce__(self) -> Reduced:
        return reduced(self)

    def __len__(self) -> int:
        return len(self.records)

    def __repr__(self) -> str:
        streams = listed(self.streams) or "no stream"
        view = f", {self._description}" if self._known is not None else ""
        return clipped(f"<EventLog: {len(self.records)} records of {streams}{view}>")

    @property
    def coverage(self) -> tuple[Coverage, ...]:
        """Where the streams say that they are complete: parties, tracks and days."""
        return self.reference.coverage

    def append(
        self,
        *events: Event | EventRetracted,
        at: datetime | str | None = None,
        stream: str | None = None,
        ahead: bool = False,
    ) -> EventLog:
        """Return a log with more events, recorded after everything that their stream holds.

        Args:
            *events: The events.
            at: When they are recorded, a moment in UTC; now when None.
            stream: Their stream; when None, the log's own if it holds records of one only.
            ahead: Whether what looks like a wrong clock is right, see below.

        Raises:
            RecordedOrderError: *at* lies before the last record of the stream; or, without *ahead*,
                it is more than a minute ahead of the clock, the clock is more than ten years past
                the last record of the log, or the stream ends more than a day after now.
            InvalidQueryError: The log holds several streams and none is named, or it is a view.
            InvalidEventError: It is not an event. Records go into a log by ``|``.
        """
        self.refuse_view(Message("appended to"))
        if stream is not None:
            _ask.stream_name(stream)
        for one in events:
            if not isinstance(one, (Event, EventRetracted)):
                raise InvalidEventError(f"{one!r} is not an event")
        if stream is None:
            if len(self.streams) > 1:
                raise InvalidQueryError(
                    "the log holds {streams}: name one with stream=",
                    streams=", ".join(self.streams),
                )
            stream = next(iter(self.streams), _STREAM)
        last = max((one.recorded for one in self.records if one.stream == stream), default=None)
        moment = _moment(at, ahead=ahead)
        if at is None:
            if not ahead:
                refuse_clock(moment, max((one.recorded for one in self.records), default=None))
            moment = next_moment(stream, moment, last, ahead=ahead)
        elif last is not None and moment < last:
            raise RecordedOrderError(
                "{moment} lies before the last record of {stream!r}, {last}: a stream only "
                "grows at its end",
                moment=stamp(moment),
                stream=stream,
                last=stamp(last),
            )
        return self._with([*self.records, *(Record(stream, moment, event) for event in events)])

    def _with(self, records: Iterable[Record]) -> EventLog:
        return changed(self, _given=tuple(records))

    def view(
        self,
        *,
        known: DayLike | datetime | None = None,
        clock: Clock | None = None,
        dates: Dates | None = None,
        policy: Policy | None = None,
    ) -> EventLog:
        """Return the log as it was known on a day, or as another policy reads it.

        Every question can be asked of it: relations, timelines, rankings, claims, checks. It is
        read-only: it cannot be appended to, merged or written.

        Args:
            known: Only what was known at the end of this day, or at this moment in UTC.
            clock: Known by what was ``recorded`` (the default), or by what was ``published``.
            dates: ``latest`` (the default) applies what has certainly happened by a day and lists
                the rest as undecided; ``earliest`` applies what has possibly happened as well.
            policy: Which of several accounts of one event to follow; `policies.by_kind` by default.

        Returns:
            The view. The cost is one pass over the records. A view of a view knows what both know,
            and reads as the first one where nothing else is given.

        Raises:
            InvalidDateError: *known* is neither a day nor a moment in UTC.
            InvalidQueryError: There is no such clock or date rule, or the policy is not one.

        >>> import diplorel as dr
        >>> before = dr.load("vietnam").view(known="2025-03-11", clock="published")
        >>> before.relation("VNM", "SGP").level("VNM").level.id
        'strategic'
        """
        visible = self._visible(known, clock)
        if dates is not None:
            _ask.choice("dates", dates, get_args(Dates))
        if policy is not None:
            _ask.policy(policy)
        clock = clock or self._clock
        said = (*(self._known or ()), *known_words(known, clock))
        records = self._given if visible is None else tuple(filter(visible, self._given))
        return changed(
            self,
            _given=records,
            _clock=clock,
            _policy=policy or self._policy,
            _dates=dates or self._dates,
            _known=said,
        )

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
            since: Events that have possibly happened on this day or later; of a month or a year, on
                its first day or later.
            until: Events that have possibly happened by this day; of a month or a year, by its last
                day.
            stream: One stream.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidDateError: *since* or *until* is not a valid day.
            InvalidQueryError: There is no such stream or type of events, *dyad* is not two parties,
                or *until* lies before *since*.
        """
        reference = self.reference
        parties = set() if party is None else {_ask.party(reference, party)}
        if dyad is not None:
            parties.update(_ask.pair(reference, dyad))
        if stream is not None:
            _ask.stream(self.streams, stream)
        first, last = _ask.day("since", since, "first"), _ask.day("until", until)
        if first is not None and last is not None and last < first:
            raise InvalidQueryError(
                "{argument}: {since} lies after until, {until}",
                argument="since",
                since=since,
                until=until,
            )
        names = None
        if types is not None:
            names = _ask.types({one.event.type for one in self.records}, types)
        return self._with(
            select_records(
                self.records, parties=parties, types=names, since=first, until=last, stream=stream
            )
        )

    # --- replay ----------------------------------------------------------------------------------

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a record, oldest first: stream, recorded, id, type and the event's text.

        The column ``event`` holds the canonical JSON, without any loss.
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


def _claims_of_stream(claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
    """Return claims after a look at what the claims of a stream must have."""
    for claim in claims:
        if not claim.id or claim.source is None:
            raise InvalidQueryError(
                "{argument}: a claim of a stream needs id= and source=, got {claim!r}. To ask "
                "about it alone, give it to verify()",
                argument="claims",
                claim=claim,
            )
    return claims


def _moment(at: datetime | str | None, *, ahead: bool) -> datetime:
    """Return a moment that is given, if it is not ahead of the clock; otherwise the present one."""
    now = datetime.now(UTC).replace(microsecond=0)
    if at is None:
        return now
    moment = utc(at)
    if not ahead:
        refuse_ahead(moment, now, Message("what is given"))
    return moment

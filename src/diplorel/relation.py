"""`Relation`: the state of one dyad on one day. A façade over a snapshot of the dyad."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import attrs

from diplorel import _ask
from diplorel._columns import counted
from diplorel._message import either
from diplorel._pickling import Reduced, reduced
from diplorel.analysis.standing import Standing, standing_on
from diplorel.errors import InvalidQueryError
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot, narrowed
from diplorel.tracks.agreements import AGREEMENTS, AgreementsState
from diplorel.tracks.figures import FIGURES, FiguresState
from diplorel.tracks.missions import MISSIONS, MissionsState
from diplorel.tracks.recognition import (
    RECOGNITION,
    Recognition,
    RecognitionStatus,
    RecognitionSubject,
)
from diplorel.tracks.sectors import SECTORS, SectorsState
from diplorel.tracks.special import SPECIAL, SpecialState
from diplorel.tracks.ties import TIES, TiesState
from diplorel.tracks.track import Track
from diplorel.tracks.visits import VISITS, VisitsState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.resolve.policies import Account

S = TypeVar("S")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Relation(Tabular, DyadSnapshot):
    """The relation of a dyad at the end of one day, as known.

    One state a track: `ties`, `agreements`, `sectors`, `special`, `visits`, `figures`, `missions`,
    `level` by ladder, and `recognition` by side. A track of your own is read as
    ``relation[TRACK]``. The same for either order of the two parties.

    Attributes:
        parties: The two ids, in alphabetical order.
        undecided: The events whose dates leave open whether they had happened by the day.

    >>> import diplorel as dr
    >>> relation = dr.load("vietnam").relation("VNM", "SGP", on="2025-03-12")
    >>> relation.ties.since, relation.level("VNM").level.name()
    (PartialDate('1973-08-01'), 'Comprehensive Strategic Partnership')
    """

    def __getitem__(self, track: Track[Any, S]) -> S:
        """Return the state of one track.

        Raises:
            UnknownTrackError: The replay did not fold it. Hand it to ``replay(tracks=…)``.
        """
        return self.state(track)

    __iter__: ClassVar[None] = None  # a relation is asked by track

    @property
    def on(self) -> date | None:
        """The day at whose end this is the state; None for all that is recorded."""
        return None if self._day is None else date.fromordinal(self._day)

    @property
    def ties(self) -> TiesState:
        """The diplomatic relations."""
        return self.state(TIES)

    @property
    def agreements(self) -> AgreementsState:
        """The documents signed."""
        return self.state(AGREEMENTS)

    @property
    def sectors(self) -> SectorsState:
        """The partnerships in one field."""
        return self.state(SECTORS)

    @property
    def special(self) -> SpecialState:
        """Whether the relationship is special."""
        return self.state(SPECIAL)

    @property
    def visits(self) -> VisitsState:
        """The visits and talks."""
        return self.state(VISITS)

    @property
    def figures(self) -> FiguresState:
        """The figures and targets."""
        return self.state(FIGURES)

    @property
    def missions(self) -> MissionsState:
        """The missions and envoys, in both directions."""
        return self.state(MISSIONS)

    def recognition(self, recogniser: str, subject: str = "state") -> Recognition:
        """Return how one side recognises the other: always a `Recognition`.

        Where nothing is recorded, it is ``none`` if a stream says that it is complete, and
        ``unknown`` if not. Established ties do not change that.

        Args:
            recogniser: The id, alpha-2 code or name of the side that recognises.
            subject: ``state`` or ``government``.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: It is not a side of this relation, or there is no such subject.
        """
        by = _ask.party(self._reference, recogniser)
        if by not in self.parties:
            raise InvalidQueryError(
                "{argument}: {by} is not a side of it, expected {parties}",
                argument="recogniser",
                by=by,
                parties=either(self.parties),
            )
        _ask.choice("subject", subject, RecognitionSubject)
        of = RecognitionSubject(subject)
        missing = RECOGNITION.name in self.unknown
        return self[RECOGNITION].by(by, of) or Recognition(
            recogniser=by,
            recognised=next(party for party in self.parties if party != by),
            subject=of,
            status=RecognitionStatus.UNKNOWN if missing else RecognitionStatus.NONE,
        )

    def level(self, perspective: str) -> Standing:
        """Return what the dyad holds on the ladder of *perspective*: always a `Standing`.

        Args:
            perspective: The id, alpha-2 code or name of the party whose ladder counts.

        Raises:
            UnknownPartyError: There is no such party.
        """
        ladder = _ask.party(self._reference, perspective)
        return standing_on(self, ladder, self._reference)

    def table(self) -> Table:
        """Return the relation as a table of one row."""
        from diplorel.analysis.relation_table import relation_table  # noqa: PLC0415  few ask for it

        stamp = {**self.asked, "on": self.on and self.on.isoformat()}
        return relation_table((self,), stamp)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the state, and those that may be: what `EventLog.cite` cites."""
        events = self.events()
        return (*events, *(one for one in self.undecided if one not in events))

    def explain(self, track: Track[Any, Any] | str | None = None) -> Explanation:
        """Return the events that made this state, with their sources; ``print`` it to read it.

        Args:
            track: One track only, or its name such as ``level``; all of them when None.

        Raises:
            UnknownTrackError: The replay folded no track of that name.
        """
        name = track.name if isinstance(track, Track) else track
        asked = {
            **self.asked,
            "on": self.on and self.on.isoformat(),
            "parties": " ".join(self.parties),
            "track": name,
        }
        return Explanation(
            self.events(track), self.undecided, self.accounts(), self._reference, asked=asked
        )


@attrs.frozen(repr=False)
class Explanation(Tabular):
    """Why a relation is as it is: its events in order, with the sources of each.

    Attributes:
        events: The events applied, oldest first.
        undecided: The events whose dates leave open whether they had happened.
        accounts: The events with differing accounts, by id, the followed account first.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> why = dr.load("vietnam").relation("VNM", "SGP", on="1980-01-01").explain("ties")
    >>> [event.id for event in why.events]
    ['ties-established/SGP-VNM/1973-08-01']
    """

    events: tuple[Event, ...]
    undecided: tuple[Event, ...]
    accounts: Mapping[str, tuple[Account, ...]]
    _reference: Reference = attrs.field(eq=False)  # as two relations are equal by their events
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    def __reduce__(self) -> Reduced:
        return reduced(self, _reference=narrowed(self._reference, self.evidence, self.accounts))

    def __repr__(self) -> str:
        undecided = f", {len(self.undecided)} undecided" if self.undecided else ""
        return f"<Explanation: {counted(len(self.events), 'event')}{undecided}>"

    @property
    def evidence(self) -> tuple[Event, ...]:
        """All events, the undecided ones last: what `EventLog.cite` cites."""
        decided = [one for one in self.events if one not in self.undecided]
        return (*decided, *self.undecided)

    def table(self) -> Table:
        """Return one row a citation of an event, the undecided events last."""
        from diplorel.analysis.tables import explanation_table  # noqa: PLC0415  few ask for it

        return explanation_table(self, self._reference)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict an event: id, type, date, whether decided, sources, other accounts."""
        return [
            {
                "id": event.id,
                "type": event.type,
                "on": event.on.text,
                "decided": event not in self.undecided,
                "sources": [self._source(citation.source) for citation in event.sources],
                "alternatives": [one.digest for one in self.accounts.get(event.id, ())[1:]],
            }
            for event in self.evidence
        ]

    def _source(self, id: str) -> str:
        source = self._reference.find_source(id)
        if source is None:
            return id
        dated = f", {source.published.text}" if source.published else ""
        return f"{source.publisher}, “{source.title}”{dated}"

    def __str__(self) -> str:
        lines = []
        for row in self.to_records():
            mark = "" if row["decided"] else " (undecided)"
            lines.append(f"{row['on']}  {row['id']}{mark}")
            lines += [f"    {source}" for source in row["sources"]]
        return "\n".join(lines)

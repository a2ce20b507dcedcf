"""Events and states in words, in English and in Vietnamese.

>>> from diplorel import load
>>> vn = load("vietnam")
>>> narrator = Narrator(vn.reference, first="VNM")
>>> print(narrator.sentence(vn.timeline("VNM", "SGP")[0].event))
Vietnam and Singapore established diplomatic relations.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.analysis.standing import standing_on
from diplorel.errors import UnknownPartyError
from diplorel.model.events import Event, EventRetracted
from diplorel.model.ladders import in_language
from diplorel.narrative import phrases
from diplorel.tracks import STANDARD
from diplorel.tracks.agreements import (
    AGREEMENTS,
    AgreementInForce,
    AgreementSigned,
    AgreementTerminated,
)
from diplorel.tracks.figures import FigureReported, TargetSet
from diplorel.tracks.groups import GroupJoined, GroupLeft
from diplorel.tracks.level import (
    LEVEL,
    LevelAgreed,
    LevelDowngraded,
    LevelRenewed,
    LevelStatus,
    LevelUpgraded,
)
from diplorel.tracks.missions import (
    MISSIONS,
    EnvoyAccredited,
    EnvoyLeft,
    MissionClosed,
    MissionOpened,
)
from diplorel.tracks.recognition import RECOGNITION, RecognitionGranted, RecognitionWithdrawn
from diplorel.tracks.sectors import SECTORS, SectorPartnershipEnded, SectorPartnershipFormed
from diplorel.tracks.special import SPECIAL
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.visits import VISITS, TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.model.dates import Language, PartialDate
    from diplorel.model.events import Person
    from diplorel.model.reference import Reference
    from diplorel.narrative.phrases import Phrases
    from diplorel.replay.snapshot import DyadSnapshot
    from diplorel.resolve.policies import Account


@attrs.frozen
class Narrator:
    """Puts events and relations in words of one language.

    Attributes:
        reference: The names of parties, levels and sources.
        lang: English or Vietnamese. What a stream has in one language only stays in it.
        first: The id of the party that is named first, where an event names two; the order of ids
            otherwise.
    """

    reference: Reference
    lang: Language = "en"
    first: str | None = None

    def say(self, words: Phrases, key: str, **parts: Any) -> str:
        """Return a phrase, filled in; a key that has none stands for itself, as words."""
        if key not in words:
            return key.replace("-", " ")
        phrase = words[key][self.lang == "vi"]
        return phrase.format(**parts) if parts else phrase

    def name(self, party: str) -> str:
        """Return the name of a party; an id that no table has stands for itself."""
        try:
            return self.reference.parties.find(party).name(self.lang)
        except UnknownPartyError:
            return party

    def names(self, parties: Iterable[str]) -> str:
        """Return the names of parties, the one that goes first before the others."""
        ordered = sorted(parties, key=lambda one: one != self.first)
        return self.join([self.name(one) for one in ordered])

    def join(self, words: Sequence[str]) -> str:
        """Return words as an enumeration."""
        *most, last = words
        return self.say(phrases.CONNECTIVES, "and").join(
            [", ".join(most), last] if most else [last]
        )

    # --- events ----------------------------------------------------------------------------------

    def sentence(self, event: Event | EventRetracted) -> str:
        """Return one event as one sentence.

        An event of a type of your own is described by the words of its type and the names of
        its parties.
        """
        key, parts = self._clause(event)
        said = self.say(phrases.EVENTS, key, **parts)
        return said[:1].upper() + said[1:]

    def _clause(  # noqa: C901, PLR0912  a table: one case for each type of event
        self, event: Event | EventRetracted
    ) -> tuple[str, dict[str, str]]:
        """Return the phrase of an event, and what fills it in."""
        match event:
            case EventRetracted():
                return event.type, {"what": event.target}
            case LevelDowngraded(level=None):
                return "level-given-up", {"what": self._ladder(event)}
            case LevelUpgraded() | LevelDowngraded() | LevelRenewed() | LevelAgreed():
                level = self.reference.level(event.ladder, event.level or "").name(self.lang)
                return event.type, {"what": level + self._ladder(event)}
            case SectorPartnershipFormed() | SectorPartnershipEnded():
                return event.type, {"what": self.say(phrases.FIELDS, event.sector)}
            case AgreementSigned():
                return event.type, {"what": self.document(event)}
            case AgreementInForce() | AgreementTerminated():
                return event.type, {"what": event.agreement}
            case VisitMade():
                mine = [one for one in event.persons if one.party == event.visitor]
                return "visit-made" if mine else "visit-made-by-somebody", {
                    "who": self.people(mine),
                    "visitor": self.name(event.visitor),
                    "host": self.name(event.host),
                    "kind": self.say(phrases.VISITS, event.kind),
                }
            case TalksHeld():
                topics = "; ".join(event.topics)
                what = self.say(phrases.CONNECTIVES, "topics", topics=topics) if topics else ""
                return event.type, {"who": self.people(event.persons), "what": what}
            case FigureReported() | TargetSet():
                return event.type, self._figure(event)
            case MissionOpened() | MissionClosed():
                city = (
                    self.say(phrases.CONNECTIVES, "in city", city=event.city) if event.city else ""
                )
                if isinstance(event, MissionOpened) and event.accredited_from:
                    from_ = event.accredited_from
                    city += self.say(phrases.CONNECTIVES, "covered from", city=from_)
                return event.type, {
                    "sender": self.name(event.sender),
                    "receiver": self.name(event.receiver),
                    "kind": self.say(phrases.POSTS, event.kind),
                    "city": city,
                }
            case EnvoyAccredited() | EnvoyLeft():
                kind = why = ""
                if isinstance(event, EnvoyLeft):
                    why = self.say(phrases.DEPARTURES, event.departure)
                else:
                    kind = self.say(phrases.ENVOYS, event.envoy_rank)
                    if event.acting:
                        kind = self.say(phrases.ENVOYS, "acting", kind=kind)
                return event.type, {
                    "name": event.name,
                    "sender": self.name(event.sender),
                    "receiver": self.name(event.receiver),
                    "kind": kind,
                    "why": why,
                }
            case GroupJoined() | GroupLeft():
                kind = ""
                if isinstance(event, GroupJoined):
                    kind = self.say(phrases.CAPACITIES, event.capacity)
                return event.type, {
                    "party": self.name(event.party),
                    "group": self.name(event.group),
                    "kind": kind,
                }
            case RecognitionGranted() | RecognitionWithdrawn():
                how = government = ""
                if isinstance(event, RecognitionGranted):
                    how = self.say(phrases.CONNECTIVES, event.kind)
                    government = event.government or ""
                return event.type, {
                    "party": self.name(event.recogniser),
                    "what": self._recognised(event.recognised, event.subject, government),
                    "how": how,
                }
            case PartySucceeded():
                return "party-succeeded" if event.dyads else "party-succeeded-alone", {
                    "predecessor": self.name(event.predecessor),
                    "successor": self.name(event.successor),
                    "others": self.names(event.dyads) if event.dyads else "",
                }
            case _ if event.type in phrases.EVENTS:
                return event.type, {"names": self.names(event.parties)}
            case _:
                what = event.type.replace("-", " ")
                return "other", {"what": what, "names": self.names(event.parties)}

    def _recognised(self, party: str, subject: str, government: str) -> str:
        name = self.name(party)
        if subject == "state":
            return name
        if government:
            return self.say(phrases.CONNECTIVES, "government named", name=government, party=name)
        return self.say(phrases.CONNECTIVES, "government", party=name)

    def _ladder(self, event: Any) -> str:
        """Name the ladder, where both parties have one."""
        if all(party in self.reference.ladder for party in event.parties):
            return self.say(phrases.CONNECTIVES, "ladder", party=self.name(event.ladder))
        return ""

    def people(self, persons: Sequence[Person]) -> str:
        """Return persons with their first office; without any, "They"."""
        if not persons:
            return self.say(phrases.CONNECTIVES, "they")
        return self.join([f"{self._office(one)} {one.name or ''}".strip() for one in persons])

    def _office(self, person: Person) -> str:
        if not person.offices:
            return "" if person.name else self.name(person.party)
        office = person.offices[0]
        if self.lang == "vi" and office == "state:president" and person.party in phrases.CHAIRMEN:
            return "Chủ tịch nước"
        if office in phrases.OFFICES:
            return self.say(phrases.OFFICES, office)
        return office.partition(":")[2].replace("-", " ").title()

    def document(self, event: AgreementSigned) -> str:
        """Return the title of a document, or its fields where nobody gives a title."""
        title = in_language(event.titles, self.lang)
        if title:
            return self.say(phrases.CONNECTIVES, "document titled", title=title)
        if event.fields:
            fields = ", ".join(self.say(phrases.FIELDS, one) for one in event.fields)
            return self.say(phrases.CONNECTIVES, "document on", fields=fields)
        return self.say(phrases.CONNECTIVES, "document")

    def _figure(self, event: FigureReported | TargetSet) -> dict[str, str]:
        what = self.say(phrases.INDICATORS, event.indicator)
        others = [party for party in event.parties if party != event.by]
        if event.by is not None and event.indicator in phrases.DIRECTED and len(others) == 1:
            by, to = self.name(event.by), self.name(others[0])
            what = self.say(phrases.DIRECTED, event.indicator, by=by, to=to)
        if isinstance(event, TargetSet):
            period, how = event.due, "due"
        else:
            period, how = event.period, "upto" if event.cumulative else "for"
        when = ""
        if period is not None and period.end is not None:  # its words begin with "from"
            when = f" {period.words(self.lang)}"
        elif period is not None:
            when = self.say(phrases.CONNECTIVES, how, period=period.words(self.lang))
        return {"what": what, "value": self._value(event), "when": when}

    def _value(self, event: FigureReported | TargetSet) -> str:
        number = f"{Decimal(event.value):,f}"
        if self.lang == "vi":
            number = number.translate(str.maketrans(",.", ".,"))
        unit = f" {event.unit}"
        if event.unit in phrases.UNITS:
            unit = self.say(phrases.UNITS, event.unit)
        return self.say(phrases.QUALIFIERS, event.qualifier) + number + unit

    # --- sources ---------------------------------------------------------------------------------

    def publisher(self, source: str) -> str:
        """Return who published a source; one that the bibliography lacks stands for itself."""
        known = self.reference.source.get(source)
        return known.publisher if known else source

    def dated(self, source: str) -> str:
        """Return who published a source, and when."""
        known = self.reference.source.get(source)
        published = known.published if known else None
        undated = self.say(phrases.CONNECTIVES, "undated")
        return f"{self.publisher(source)}, {published.words(self.lang) if published else undated}"

    def provenance(self, event: Event, accounts: Sequence[Account] = ()) -> Iterator[str]:
        """Yield who reports an event, and what they disagree on.

        Args:
            event: The event.
            accounts: Its accounts, the followed one first, as `Relation.accounts` has them.
        """
        names = dict.fromkeys(self.dated(one.source) for one in event.sources)
        yield self.say(phrases.CONNECTIVES, "sources", names="; ".join(names))
        for one in event.sources:
            source = self.publisher(one.source)
            if one.on is not None and one.on != event.on:
                how = "coarse" if one.on.contains(event.on) else "other date"
                yield self.say(phrases.CONNECTIVES, how, on=one.on.words(self.lang), source=source)
            if one.text is not None:
                yield self.say(phrases.CONNECTIVES, "words", source=source, text=one.text)
        for account in accounts[1:]:
            sources = "; ".join(dict.fromkeys(self.dated(c.source) for c in account.citations))
            said = "" if account.denies else self.sentence(account.event)
            how = "denial" if account.denies else "account"
            yield self.say(phrases.CONNECTIVES, how, said=said, sources=sources)

    # --- states ----------------------------------------------------------------------------------

    def state(self, dyad: DyadSnapshot) -> Iterator[tuple[str, str]]:
        """Yield the state of a relation, each line with its label.

        Tracks in which nothing is recorded are left out, but for ties and levels: there, none and
        unknown are said.
        """
        label = phrases.STATES
        yield self.say(label, "ties"), self.ties(dyad)
        first = sorted(dyad.parties, key=lambda one: one != self.first)
        ladders = {*self.reference.ladder, *(state.ladder for state in dyad.state(LEVEL).ladders)}
        for party in [one for one in first if one in ladders]:
            yield self.say(label, "level", party=self.name(party)), self.level(dyad, party)
        if (special := dyad.state(SPECIAL).since) is not None:
            yield self.say(label, "special"), self._since(special)
        if sectors := dyad.state(SECTORS).partnerships:
            yield (
                self.say(label, "sectors"),
                "; ".join(
                    f"{self.say(phrases.FIELDS, one.sector)}, {self._since(one.since)}"
                    for one in sectors
                ),
            )
        for party in first:
            posts = [
                f"{self.say(phrases.POSTS, one.kind)}"
                f"{self.say(phrases.CONNECTIVES, 'in city', city=one.city) if one.city else ''}, "
                f"{self._since(one.since)}"
                for one in dyad.state(MISSIONS).sent_by(party)
            ]
            if posts:
                yield self.say(label, "missions", party=self.name(party)), "; ".join(posts)
        for one in dyad.state(RECOGNITION).recognitions:
            what = self._recognised(one.recognised, one.subject, one.government or "")
            since = one.since.words(self.lang) if one.since else ""
            yield (
                self.say(label, "recognition", party=self.name(one.recogniser)),
                f"{what}, {self.say(label, one.status, since=since)}",
            )
        if documents := dyad.state(AGREEMENTS).documents:
            force = len(dyad.state(AGREEMENTS).in_force())
            yield (
                self.say(label, "agreements"),
                self.say(label, "documents", count=len(documents), force=force),
            )
        if seen := len(dyad.state(VISITS).visits) + len(dyad.state(VISITS).talks):
            yield self.say(label, "visits"), str(seen)
        yield from self._doubts(dyad)

    def _doubts(self, dyad: DyadSnapshot) -> Iterator[tuple[str, str]]:
        """Yield what dates and coverage leave open."""
        label = phrases.STATES
        for event in dyad.undecided:
            said = f"{event.on.words(self.lang)}: {self.sentence(event)}"
            yield self.say(label, "undecided"), said
        types = {event.type for event in dyad.events()}
        unsure = [one for one in STANDARD if one.of_dyads and one.name not in dyad.certain]
        if unsure and not dyad.undecided:
            yield self.say(label, "unsure"), self._tracks(one.name for one in unsure)
        known = [one for one in STANDARD if types & {cls.type for cls in one.owns}]
        last = [one.name for one in known if one.name in dyad.unknown]
        if last:
            yield self.say(label, "unknown"), self._tracks(last)

    def ties(self, dyad: DyadSnapshot) -> str:
        """Return the diplomatic relations in a few words."""
        ties = dyad.state(TIES)
        if ties.since is None:
            unknown = ties.status is TiesStatus.UNKNOWN
            return self.say(phrases.STATES, "not known" if unknown else "none")
        return self.say(phrases.STATES, ties.status, since=ties.since.words(self.lang))

    def level(self, dyad: DyadSnapshot, party: str) -> str:
        """Return what is held on the ladder of *party* in a few words."""
        held = standing_on(dyad, party, self.reference)
        if held.level is not None and held.since is not None:
            said = self.say(
                phrases.STATES,
                "held" if held.level.rank is not None else "off",
                level=held.level.name(self.lang),
                since=held.since.words(self.lang),
            )
        elif held.since is not None:
            said = self.say(phrases.STATES, "ended", since=held.since.words(self.lang))
        else:
            unknown = held.status is LevelStatus.UNKNOWN
            said = self.say(phrases.STATES, "not known" if unknown else "none")
        if held.agreed is not None:
            agreed = self.say(phrases.STATES, "agreed", level=held.agreed.name(self.lang))
            said = f"{said}; {agreed}"
        return said

    def _since(self, since: PartialDate) -> str:
        return self.say(phrases.STATES, "since", since=since.words(self.lang))

    def _tracks(self, names: Iterable[str]) -> str:
        return ", ".join(self.say(phrases.TRACKS, name) for name in names)

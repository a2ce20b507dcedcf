"""The anniversaries of a year: of ties, levels and agreements in force on the day."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.analysis.anniversaries import Anniversaries, Anniversary
from diplorel.analysis.anniversary_words import nth, said
from diplorel.analysis.other_dates import other_dates
from diplorel.analysis.standing import NOT_NAMED, standing_on
from diplorel.language import vocabulary
from diplorel.language.grammar import Grammar
from diplorel.model.dates import FIRST_DAY, PartialDate, anniversary, partial_date
from diplorel.model.events import Event
from diplorel.model.ladders import in_language
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks import STANDARD
from diplorel.tracks.agreements import AGREEMENTS, AgreementInForce, AgreementSigned
from diplorel.tracks.level import LEVEL, UNNAMED
from diplorel.tracks.ties import TIES, TiesEstablished, TiesRestored, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from diplorel.analysis.anniversaries import Holding, Kind
    from diplorel.model.dates import Language
    from diplorel.model.reference import Reference
    from diplorel.replay.as_of import AsOfIndex, SubjectHistory
    from diplorel.resolve.policies import Account
    from diplorel.tracks.agreements import AgreementState
    from diplorel.tracks.level import Step
    from diplorel.tracks.track import Track

_MANY: Final = 4
"""Up to how many parties are all named in a text."""


@attrs.frozen
class Due:
    """When something has its anniversary.

    Attributes:
        n: How many years it has been.
        date: The day, the month or the year.
        moved: Whether it is of 29 February, in a common year.
    """

    n: int
    date: PartialDate
    moved: bool = False


def due_in(start: PartialDate, year: int) -> Due | None:
    """Return when a date has its anniversary in a year; None where its own year is open.

    Days that are not known are not made up: of a month it is the month, of a year the year, of a
    range of days or months within one year the same range. Of an extent, its first day counts.

    >>> [due_in(PartialDate(text), 2026).date.text for text in ("1976-08-06", "[2013-01..2013-03]")]
    ['2026-08-06', '[2026-01..2026-03]']
    >>> due_in(PartialDate("2012-02-29"), 2026)
    Due(n=14, date=PartialDate('2026-02-28'), moved=True)
    """
    if "/" in start.text:
        start = partial_date(start.text.split("/")[0])
    first = date.fromordinal(start.lo)
    if start.lo == FIRST_DAY or first.year != date.fromordinal(start.hi).year:
        return None
    n = year - first.year
    if start.precision != "range":
        found = anniversary(start, n)
        return Due(n, found, _is_moved(start, found))
    ends = [partial_date(text) for text in start.text[1:-1].split("..")]
    shifted = [anniversary(end, n) for end in ends]
    moved = any(_is_moved(end, found) for end, found in zip(ends, shifted, strict=True))
    return Due(n, partial_date(f"[{shifted[0].text}..{shifted[1].text}]"), moved)


def _is_moved(start: PartialDate, found: PartialDate) -> bool:
    return start.text[4:10] == "-02-29" and found.text[4:10] != "-02-29"


def may_be_due(start: PartialDate, year: int, multiples: int) -> bool:
    """Return whether a date whose year is open can have an anniversary in a year."""
    first = date.fromordinal(start.lo).year
    last = min(date.fromordinal(start.hi).year, year - 1)
    return any(
        (year - one) % multiples == 0 for one in range(max(first, last - multiples), last + 1)
    )


@attrs.frozen(kw_only=True)
class Search:
    """What is asked for, and what it is asked of.

    Attributes:
        index: The events by subject.
        reference: The names, the ladders and the coverage.
        accounts: The events with differing accounts.
        year: The year.
        party: The id of the party that was asked about; None for all.
        multiples: Which numbers of years count.
        lang: The language of the texts.
        left_out: What may be due, as far as the year is open; it is filled by the search.
    """

    index: AsOfIndex
    reference: Reference
    accounts: Mapping[str, tuple[Account, ...]]
    year: int
    party: str | None
    multiples: int
    lang: Language
    left_out: dict[str, Event] = attrs.field(factory=dict)

    def due(self, event: Event, start: PartialDate) -> Due | None:
        """Return when something is due, if it is; note it where nobody can say."""
        found = due_in(start, self.year)
        if found is None:
            if may_be_due(start, self.year, self.multiples):
                self.left_out[event.id] = event
            return None
        return found if found.n > 0 and found.n % self.multiples == 0 else None

    def run(self) -> list[Anniversary]:
        """Return the anniversaries in order."""
        found: list[Anniversary] = []
        for subject in sorted(self.index.subjects(), key=str):
            if isinstance(subject, str):
                found += self._of_agreement(subject)
            elif self.party is None or self.party in subject:
                history = self.index.history(subject)
                found += self._of_ties(subject, history)
                found += self._of_levels(subject, history)
        return sorted(found, key=_place)

    # --- ties and levels -------------------------------------------------------------------------

    def _dyad(self, pair: tuple[str, str], history: SubjectHistory, day: int) -> DyadSnapshot:
        return DyadSnapshot(
            parties=pair,
            day=day,
            undecided=history.undecided_on(day),
            states=history.on(day),
            tracks=STANDARD,
            reference=self.reference,
            accounts=self.accounts,
        )

    def _of_ties(self, pair: tuple[str, str], history: SubjectHistory) -> Iterator[Anniversary]:
        folded = history.on(None).get(TIES)
        events = folded.events if folded else ()
        beginnings = [one for one in events if isinstance(one, (TiesEstablished, TiesRestored))]
        dates = Counter((one.on.lo, one.on.hi) for one in beginnings)
        for event in beginnings:
            due = self.due(event, event.on)
            if due is None:
                continue
            dyad = self._dyad(pair, history, due.date.hi)
            state = dyad.state(TIES)
            begun = [spell.start for spell in state.spells]
            # of two beginnings with one inexact date, the state does not say which is meant
            is_either = event.on.lo < event.on.hi and dates[event.on.lo, event.on.hi] > 1
            if state.status is not TiesStatus.ESTABLISHED or event.on not in begun:
                continue
            yield self._made(
                due,
                "ties-established" if isinstance(event, TiesEstablished) else "ties-restored",
                pair,
                event,
                standing="open" if is_either else _holding(dyad, TIES),
                unbroken=begun[-1] == event.on,
            )

    def _of_levels(self, pair: tuple[str, str], history: SubjectHistory) -> Iterator[Anniversary]:
        folded = history.on(None).get(LEVEL)
        for held in folded.state.ladders if folded else ():
            if self.party in self.reference.ladder and held.ladder != self.party:
                continue
            for step in held.path:
                if step.kind != "upgraded":
                    continue  # a list does not say since when
                due = self.due(step.cause, step.on)
                if due is not None:
                    dyad = self._dyad(pair, history, due.date.hi)
                    yield from self._of_level(pair, dyad, held.ladder, step, due)

    def _of_level(
        self, pair: tuple[str, str], dyad: DyadSnapshot, ladder: str, step: Step, due: Due
    ) -> Iterator[Anniversary]:
        held = dyad.state(LEVEL).on(ladder)
        path = () if held is None else held.path
        places = [place for place, one in enumerate(path) if one.event == step.event]
        if not places or not self._goes_on(ladder, path[places[0] :]):
            return
        now = standing_on(dyad, ladder, self.reference)
        known: Holding = "as-last-recorded" if now.last_recorded else "certain"
        level = self.reference.level(ladder, step.level or "")
        what = (NOT_NAMED if step.level == UNNAMED else level).name(self.lang)
        if all(party in self.reference.ladder for party in pair):
            what += said("ladder", self.lang, party=self._grammar.name(ladder))
        yield self._made(
            due,
            "level-reached",
            pair,
            step.cause,
            what=what,
            standing=known if now.certain else "open",
            current=now.since == step.on,
            ladder=ladder,
            level=step.level,
        )

    def _goes_on(self, ladder: str, path: Sequence[Step]) -> bool:
        """Return whether the first level of a path, or a higher one, is held since then."""
        rank = self._rank(ladder, path[0])
        for step in path[1:]:
            if step.level is None:
                return False
            now = self._rank(ladder, step)
            if step.kind == "downgraded" and (rank is None or now is None or now < rank):
                return False
        return True

    def _rank(self, ladder: str, step: Step) -> int | None:
        return self.reference.level(ladder, step.level or "").rank

    # --- agreements ------------------------------------------------------------------------------

    def _of_agreement(self, key: str) -> Iterator[Anniversary]:
        begun: dict[tuple[str, str], list[Event]] = {}
        for event in self.index.events(key):
            if isinstance(event, (AgreementSigned, AgreementInForce)):
                begun.setdefault((event.type, event.on.text), []).append(event)
        for events in begun.values():
            parties = tuple(sorted({party for event in events for party in event.parties}))
            if self.party is not None and self.party not in parties:
                continue
            due = self.due(events[0], events[0].on)
            if due is None:
                continue
            folded = self.index.history(key).on(due.date.hi)[AGREEMENTS]
            state: Any = folded.state  # of an agreement, not of a dyad
            still = [party for party in parties if party in state.parties]
            if not still or (self.party is not None and self.party not in still):
                continue
            undecided = self.index.history(key).undecided_on(due.date.hi)
            covered = self.reference.covers(AGREEMENTS.name, parties, due.date.hi)
            known: Holding = "certain" if covered else "as-last-recorded"
            yield self._made(
                due,
                "agreement-signed"
                if isinstance(events[0], AgreementSigned)
                else "agreement-in-force",
                parties,
                *events,
                what=self._title(state),
                standing=known if folded.certain and not undecided else "open",
                unbroken=len(still) == len(parties),
                agreement=key,
            )

    def _title(self, state: AgreementState) -> str:
        title = in_language(state.titles, self.lang)
        if not title and state.fields:
            fields = (self._grammar.say(vocabulary.FIELDS, one) for one in state.fields)
            title = ", ".join(fields)
        inner = (title or state.key).replace("“", "‘").replace("”", "’")  # noqa: RUF001  quotes in quotes
        return said("title", self.lang, title=inner)

    # --- in words --------------------------------------------------------------------------------

    @property
    def _grammar(self) -> Grammar:
        return Grammar(self.reference, self.lang, first=self.party)

    def _names(self, parties: tuple[str, ...]) -> str:
        grammar = self._grammar
        if len(parties) <= _MANY:
            return grammar.names(parties)
        names = [grammar.name(party) for party in grammar.in_order(parties)][: _MANY - 1]
        return grammar.join([*names, said("others", self.lang, count=len(parties) - len(names))])

    def _made(
        self,
        due: Due,
        kind: Kind,
        parties: tuple[str, ...],
        *events: Event,
        what: str = "",
        **more: Any,
    ) -> Anniversary:
        names = self._names(parties)
        start = events[0].on
        return Anniversary(
            date=due.date,
            n=due.n,
            kind=kind,
            text=said(kind, self.lang, n=due.n, nth=nth(due.n), names=names, what=what),
            parties=parties,
            start=start,
            moved=due.moved,
            other_dates=other_dates(self.accounts, events),
            events=events,
            lang=self.lang,
            **more,
        )


def _holding(dyad: DyadSnapshot, track: Track[Any, Any]) -> Holding:
    """Return how far it is known that what a track shows is in force."""
    if not dyad.is_certain(track):
        return "open"
    return "as-last-recorded" if track.name in dyad.last_recorded else "certain"


def _place(one: Anniversary) -> tuple[Any, ...]:
    """Return the place of an anniversary: a month after its days, a year after its months.

    A range of days or months comes after the days of its last month.
    """
    last, precision = one.date.latest, one.date.precision
    month = 13 if precision == "year" else last.month
    day = last.day if precision == "day" else 32
    return (month, day, one.date.lo, -one.n, one.parties, one.kind, one.start.text, one.text)


def anniversaries(
    search: Search, recorded: datetime | None, stamp: Mapping[str, Any]
) -> Anniversaries:
    """Return the anniversaries of a year; see `EventLog.anniversaries`.

    Args:
        search: What is asked for.
        recorded: When the last record was made; None where there is none.
        stamp: How it is asked for.
    """
    items = search.run()
    sources = {id: search.reference.find_source(id) for one in items for id in one.sources}
    grammar = Grammar(search.reference, search.lang)
    return Anniversaries(
        items,
        year=search.year,
        party=search.party,
        name="" if search.party is None else grammar.name(search.party),
        lang=search.lang,
        left_out=tuple(search.left_out.values()),
        recorded=recorded,
        publishers={id: one.publisher for id, one in sources.items() if one is not None},
        stamp=stamp,
    )

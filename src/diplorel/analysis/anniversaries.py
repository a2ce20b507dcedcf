"""Anniversaries of a year: ties, levels and agreements, with exactly the date that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.analysis.anniversary_words import said
from diplorel.model.listing import Listing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from diplorel.model.dates import Language, PartialDate
    from diplorel.model.events import Event
    from diplorel.model.table import Table

Kind: TypeAlias = Literal[
    "ties-established", "ties-restored", "level-reached", "agreement-signed", "agreement-in-force"
]
Holding: TypeAlias = Literal["certain", "open", "as-last-recorded"]
"""How far it is known that what is celebrated is still in force on the day."""


@attrs.frozen(kw_only=True, repr=False)
class Anniversary:
    """One anniversary, in the year that was asked for.

    Attributes:
        date: When it is: a day, a month, a year or a range of days, never more exact than what is
            known of the first date.
        n: How many years it has been.
        kind: ``ties-established``, ``ties-restored``, ``level-reached``, ``agreement-signed`` or
            ``agreement-in-force``.
        text: What it is, in the language asked for.
        parties: The ids of the dyad; of an agreement of many, of all that the events name.
        start: The date that is celebrated, as recorded.
        standing: How far it is known that it is still in force on the day: ``certain``, ``open``
            (dates leave it open) or ``as-last-recorded`` (no stream vouches for that day).
        unbroken: Whether it has been in force without a break since then, as far as is recorded.
        current: Of a level, whether it is the one held on the day; the others have been raised.
        moved: Whether it is of 29 February, and kept on 28 February of a common year.
        other_dates: The dates that citations or other accounts give and that exclude `start`.
        ladder: Of a level, the party on whose ladder it is.
        level: Of a level, its id.
        agreement: Of an agreement, its key.
        events: The events behind it.
        lang: The language of the text.
    """

    date: PartialDate
    n: int
    kind: Kind
    text: str
    parties: tuple[str, ...]
    start: PartialDate
    standing: Holding
    unbroken: bool = True
    current: bool = True
    moved: bool = False
    other_dates: tuple[PartialDate, ...] = ()
    ladder: str | None = None
    level: str | None = None
    agreement: str | None = None
    events: tuple[Event, ...]
    lang: Language = "en"

    @property
    def is_dated(self) -> bool:
        """Whether it is on one day, and the source has no doubt of it."""
        return self.date.precision == "day" and not (self.date.uncertain or self.date.approximate)

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of the sources of the events, in order."""
        return tuple(dict.fromkeys(one.source for event in self.events for one in event.sources))

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind it: what `EventLog.cite` cites."""
        return self.events

    @property
    def notes(self) -> tuple[str, ...]:
        """Notes to the text, in its language; whether it is still in force comes first."""
        found = [said(self.standing, self.lang)]
        found += [said("interrupted", self.lang)] if not self.unbroken else []
        found += [said("raised", self.lang)] if not self.current else []
        found += [said("moved", self.lang)] if self.moved else []
        if self.other_dates:
            dates = ", ".join(one.words(self.lang) for one in self.other_dates)
            found.append(said("disputed", self.lang, dates=dates))
        return tuple(found)

    @property
    def when(self) -> str:
        """The date in words, which says where the day or the month is not known."""
        words = self.date.words(self.lang)
        key = self.date.precision
        return words if key in ("day", "range") else said(key, self.lang, date=words)

    def to_record(self) -> dict[str, Any]:
        """Return it as one dict of plain data."""
        return {
            "date": self.date.text,
            "precision": self.date.precision,
            "n": self.n,
            "kind": self.kind,
            "text": self.text,
            "parties": list(self.parties),
            "start": self.start.text,
            "standing": self.standing,
            "unbroken": self.unbroken,
            "current": self.current,
            "moved": self.moved,
            "other_dates": [one.text for one in self.other_dates],
            "ladder": self.ladder,
            "level": self.level,
            "agreement": self.agreement,
            "events": [event.id for event in self.events],
            "sources": list(self.sources),
        }

    def __repr__(self) -> str:
        return clipped(f"<Anniversary {self.date.text}: {self.text}>")

    def __str__(self) -> str:
        return f"{self.when}: {self.text} ({'; '.join(self.notes)})"


class Anniversaries(Listing[Anniversary]):
    """The anniversaries of a year, in the order of their days: a sequence that cannot be changed.

    Events with a known month but no day come after the days of that month; events with only a year
    come last.

    Args:
        items: The anniversaries, in order.
        year: The year.
        party: The party that was asked about; None for everybody.
        name: Its name in the language asked for.
        lang: The language of the texts.
        left_out: The events that may have an anniversary in that year, but whose own year no source
            gives for certain.
        recorded: When the last record of the log was made; None where it has none.
        publishers: The publisher of each source, by its id.
        stamp: How the answer was asked for.

    >>> import diplorel as dr
    >>> found = dr.load("vietnam").anniversaries(2026, party="VNM", multiples=50)
    >>> [(one.date.text, one.n, one.parties) for one in found][:2]
    [('2026-01-10', 50, ('KWT', 'VNM')), ('2026-02-23', 50, ('ETH', 'VNM'))]
    """

    __slots__ = (
        "lang", "left_out", "name", "party", "publishers", "recorded", "stamp", "year"
    )  # fmt: skip

    def __init__(
        self,
        items: Iterable[Anniversary] = (),
        *,
        year: int,
        party: str | None = None,
        name: str = "",
        lang: Language = "en",
        left_out: tuple[Event, ...] = (),
        recorded: datetime | None = None,
        publishers: Mapping[str, str] | None = None,
        stamp: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(items)
        self.year: int = year
        self.party: str | None = party
        self.name: str = name
        self.lang: Language = lang
        self.left_out: tuple[Event, ...] = left_out
        self.recorded: datetime | None = recorded
        self.publishers: Mapping[str, str] = publishers or {}
        self.stamp: Mapping[str, Any] = stamp or {}

    def __reduce__(self) -> tuple[Any, tuple[Any, ...]]:
        return _anew, (tuple(self), {name: getattr(self, name) for name in self.__slots__})

    def __repr__(self) -> str:
        of = f" of {self.party}" if self.party else ""
        many = counted(len(self), "anniversary", "anniversaries")
        return f"<Anniversaries{of} in {self.year}: {many}>"

    def __str__(self) -> str:
        rows = [(one.when, one.n, one.text, "; ".join(one.notes)) for one in self]
        lines = [self.title, "", *columns([("date", "years", "what", "notes"), *rows], "<>")]
        if self.left_out:
            many = counted(len(self.left_out), "event")
            lines += ["", f"the year is open, so not listed: {many}"]
        return "\n".join(lines)

    __hash__: ClassVar[Any] = Listing.__hash__

    @property
    def title(self) -> str:
        """What the list is, in its language."""
        key = "calendar of" if self.party else "calendar"
        return said(key, self.lang, party=self.name, year=self.year)

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind all of them: what `EventLog.cite` cites."""
        found = {event.id: event for one in self for event in one.events}
        return tuple(found.values())

    def ical(self) -> str:
        """Return those that have a day as an iCalendar text (RFC 5545): one all-day event each.

        Those without a certain day are left out, and ``X-WR-CALDESC`` says how many. The same log
        gives the same text: ``UID`` comes from what is celebrated, ``DTSTAMP`` is the moment of
        the log's last record. Write it as UTF-8 and keep its line ends, as in
        ``Path("days.ics").write_bytes(found.ical().encode())``.

        >>> import diplorel as dr
        >>> text = dr.load("vietnam").anniversaries(2026, "VNM", lang="vi").ical()
        >>> text.splitlines()[0], "SUMMARY;LANGUAGE=vi:Kỷ niệm 50 năm" in text
        ('BEGIN:VCALENDAR', True)
        """
        from diplorel.analysis.calendar_text import calendar_text  # noqa: PLC0415  few ask for it

        return calendar_text(self)

    def table(self) -> Table:
        """Return one row for each anniversary, in order."""
        from diplorel.analysis.tables_over_time import (  # noqa: PLC0415  few ask for it
            anniversaries_table,
        )

        return anniversaries_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict for each anniversary, in order."""
        return [one.to_record() for one in self]


def _anew(items: tuple[Anniversary, ...], more: dict[str, Any]) -> Anniversaries:
    """Return anniversaries from their parts, as pickle keeps them."""
    return Anniversaries(items, **more)

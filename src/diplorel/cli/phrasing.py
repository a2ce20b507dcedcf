"""What several commands print alike: titles, lists of names, marks, and where the data end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.cli.options import Clock, Point
from diplorel.cli.output import prose
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate
from diplorel.model.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from diplorel.analysis.ranking_rows import KnownRow
    from diplorel.analysis.standing import Standing
    from diplorel.log import EventLog
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.narrative.narrator import Narrator
    from diplorel.tracks.agreements import Agreement


def titled(key: str, point: Point, words: Narrator, **parts: Any) -> str:
    """Return a title that states the point of view."""
    on = word("all days", words.lang) if point.on is None else _end_of(point.on, words)
    said = word(key, words.lang, day=on, **parts)
    if point.known is not None:
        how = "as published" if point.clock is Clock.PUBLISHED else "as known"
        said += ", " + word(how, words.lang, known=PartialDate(point.known).words(words.lang))
    return said


def _end_of(day: str, words: Narrator) -> str:
    """Return a day in words; of a month or a year, that its end is meant."""
    found = PartialDate(day)
    said = found.words(words.lang)
    return said if found.lo == found.hi else word("end of", words.lang, period=said)


def print_names(key: str, ids: Sequence[str], words: Narrator) -> None:
    """Print the names of parties after a label, if there are any."""
    if ids:
        prose(word(key, words.lang, names=", ".join(sorted(map(words.name, ids)))))


def document_line(document: Agreement, words: Narrator) -> str:
    """Return a document of a dyad in one line: its title, its kind and the days of its life."""
    days = (
        ("signed on", document.signed),
        ("joined on", document.joined),
        ("in force from", document.in_force),
        ("ended on", document.terminated),
    )
    said = [word(key, words.lang, day=on.words(words.lang)) for key, on in days if on is not None]
    kind = "document of no kind" if document.kind == "document" else document.kind.value
    return word(
        "document",
        words.lang,
        title=document.title(words.lang),
        kind=word(kind, words.lang),
        status="; ".join(said) or word("not said", words.lang),
    )


def dated(event: Event, words: Narrator) -> str:
    """Return the date of an event and the event as sentences."""
    on = event.on.words(words.lang)
    return f"{on[:1].upper()}{on[1:]}. {words.sentence(event)}"


def day_in_words(day: date, words: Narrator) -> str:
    """Return a day in words."""
    return PartialDate(day.isoformat()).words(words.lang)


def placed(row: dict[str, Any]) -> str:
    """Return a position, with the others that the dates allow, and a mark where they leave more."""
    span = "" if row["best"] == row["worst"] else f" ({row['best']}-{row['worst']})"
    return f"{row['position']}{span}{'' if row['certain'] else ' ?'}"


def explain_doubts(rows: Sequence[dict[str, Any]], words: Narrator) -> None:
    """Print a line for the mark of doubt, if a row has it."""
    if not all(row["certain"] for row in rows):
        prose(word("doubtful", words.lang))


class Marks:
    """Marks for rows that are as last recorded, one for each last day of coverage.

    Where that is true of all rows alike, the mark is empty: the line below the table says it.
    """

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        days = list(dict.fromkeys(row["complete_to"] for row in rows if row["last_recorded"]))
        alike = len(days) == 1 and all(row["last_recorded"] for row in rows)
        self._by_day = {day: "" if alike else "*" * place for place, day in enumerate(days, 1)}

    def after(self, text: str, row: dict[str, Any]) -> str:
        """Return a text with the mark of its row."""
        mark = self._by_day[row["complete_to"]] if row["last_recorded"] else ""
        return f"{text} {mark}".strip()

    def explain(self, words: Narrator) -> None:
        """Print a line for each mark."""
        for day, mark in self._by_day.items():
            if day is None:
                said = word("last recorded ever", words.lang)
            else:
                said = word("last recorded", words.lang, day=PartialDate(day).words(words.lang))
            prose(f"{mark} {said}".strip())


def vouched(answer: Standing | KnownRow) -> dict[str, Any]:
    """Return whether an answer is as last recorded, and up to when data vouch for it, as JSON."""
    return {
        "last_recorded": answer.last_recorded,
        "complete_to": answer.complete_to and answer.complete_to.isoformat(),
    }


def versions(reference: Reference) -> dict[str, Any]:
    """Return the version of each stream, as JSON: with ``--release``, of the one asked.

    ``reference`` names, of a stream at an earlier release, the version of its reference data.
    """
    stamp = stamp_of(reference)
    return {"streams": stamp["streams"], "reference": stamp.get("reference", {})}


def data_to(log: EventLog) -> str | None:
    """Return the day of the last record; None where there is none."""
    return max((one.recorded.date().isoformat() for one in log.records), default=None)


def print_data_end(log: EventLog, point: Point, words: Narrator) -> None:
    """Say where the data end, if the day asked is later."""
    last = data_to(log)
    if (
        point.on is not None
        and last is not None
        and PartialDate(point.on).hi > PartialDate(last).hi
    ):
        prose(word("data end", words.lang, day=PartialDate(last).words(words.lang)))

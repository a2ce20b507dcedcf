"""How the answer of a study leaves a command: in a file, as CSV, as JSON, or as text."""

from __future__ import annotations

from math import isinf
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._columns import counted
from diplorel.cli.options import Point, language
from diplorel.cli.output import as_csv, one_form, say
from diplorel.cli.phrasing import data_to, versions
from diplorel.cli.targets import merged, open_all
from diplorel.io.tables.write import check_suffix, write_table
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate
from diplorel.model.table import Table
from diplorel.narrative.narrator import Narrator
from diplorel.tracks.agreement_titles import titles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from diplorel.cli.options import Lang
    from diplorel.io.tables.write import Answer
    from diplorel.log import EventLog

MARKS: Final = {"as-last-recorded": "*", "undecided": "?", "contested": "!"}
"""What follows a value that is not known for certain."""


@attrs.frozen
class Way:
    """How an answer leaves; as text where none of the three is asked for.

    Attributes:
        file: The file.
        json: Whether as JSON.
        csv: Whether as CSV.
    """

    file: Path | None
    json: bool
    csv: bool

    def check(self, *own: str) -> None:
        """Refuse what cannot be written, before any work.

        Args:
            *own: The suffixes of other forms than tables that the answer has.

        Raises:
            InvalidQueryError: Two ways are asked for, or the suffix of the file names no form.
        """
        one_form(json=self.json, csv=self.csv, file=self.file is not None)
        if self.file is not None:
            check_suffix(self.file, *own)

    def takes(self, answer: Table | Answer, own: str = "") -> bool:
        """Write or print an answer, and return whether that is all that is asked for.

        Args:
            answer: The answer.
            own: What a file of another form than a table has in it, such as ``24 edges``.
        """
        if self.file is None and not self.csv:
            return False
        table = answer if isinstance(answer, Table) else answer.table()
        if self.file is None:
            as_csv(table)
            return True
        write_table(answer, self.file)
        rows, columns = counted(len(table), "row"), counted(len(table.columns), "column")
        is_own = self.file.suffix.lower() in (".graphml", ".ics")
        say(f"{self.file}: {own if is_own else f'{rows}, {columns}'}")
        return True


@attrs.frozen
class Study:
    """A log as a study asks it.

    Attributes:
        log: The log, as known so.
        point: The point of view.
        words: The words of one language.
    """

    log: EventLog
    point: Point
    words: Narrator

    @classmethod
    def of(
        cls,
        point: Point,
        lang: Lang,
        *,
        targets: Iterable[str] | None,
        parties: Iterable[str | None],
        releases: Iterable[str] | None,
        within: Iterable[str] = (),
    ) -> Study:
        """Open what is asked; see `open_all`."""
        asked = (one for one in parties if one is not None)
        log = merged(open_all(targets or (), *asked, within=within, releases=releases))
        titles = titles_of(log.resolve().events)
        words = Narrator(log.reference, language(lang), titles=titles)
        return cls(log.view(**point.of(log)), point, words)

    def party(self, given: str | None) -> str | None:
        """Return the id of a party; None for None."""
        return None if given is None else self.log.reference.parties.find(given).id

    def to_record(self, party: str | None) -> dict[str, Any]:
        """Return what was asked as JSON, to begin the answer with."""
        return {
            "party": party,
            "name": party and self.words.name(party),
            **self.point.to_record(),
            **versions(self.log.reference),
            "data_to": data_to(self.log),
        }

    def word(self, key: str, **parts: Any) -> str:
        """Return a label, filled in."""
        return word(key, self.words.lang, **parts)

    def date(self, text: str | None) -> str:
        """Return a date in words; that of None is not known."""
        return self.word("not said") if text is None else PartialDate(text).words(self.words.lang)

    def level(self, ladder: str, id: str) -> str:
        """Return the name of a level."""
        return self.words.reference.level(ladder, id).name(self.words.lang)


def rows_of(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as JSON holds them: a day is a text, and so is ``inf``."""
    for row in table:
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        if isinf(value):
            return repr(value)
        return int(value) if value.is_integer() else value
    isoformat = getattr(value, "isoformat", None)
    return isoformat() if isoformat else value


def between(least: object, most: object) -> str:
    """Return two numbers as one text: the one that they are, or the bounds; ``+`` for no end.

    >>> between(3, 3), between(3, 5), between(3, None), between(3, "inf")
    ('3', '3-5', '3+', '3+')
    """
    if most in (None, "inf"):
        return f"{least}+"
    return str(least) if least == most else f"{least}-{most}"


def pair(row: dict[str, Any]) -> str:
    """Return the ids of the two parties of a row, with the side that is meant."""
    side = f" ({row['side']})" if row.get("side") else ""
    return f"{row['party_a']}-{row['party_b']}{side}"

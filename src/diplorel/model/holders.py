"""Names that several states or governments held at one time: China, Germany, Korea, and the like.

The table (`holders.csv`) ships with the library. It takes no side: each of the parties went by the
name, or by an official name that contains it, on the days given, by the source given.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from diplorel._resources import package_folder
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text, in_language

if TYPE_CHECKING:
    from collections.abc import Iterator


@attrs.frozen
class HeldName:
    """A name that several parties held, and the days when they did.

    Attributes:
        names: The name by language.
        parties: The ids of its holders.
        start: The first day.
        end: The last; None where they still hold it.
        source: The address of a page about them.
    """

    names: tuple[Text, ...]
    parties: tuple[str, ...]
    start: PartialDate
    end: PartialDate | None
    source: str

    def name(self, lang: str = "en") -> str:
        """Return the name in *lang*."""
        return in_language(self.names, lang) or self.parties[0]

    def holds(self, day: int | None) -> bool:
        """Say whether the name was shared on a day (an ordinal; None: today and on)."""
        if day is None:
            return self.end is None
        return self.start.lo <= day and (self.end is None or day <= self.end.hi)


def _rows() -> Iterator[HeldName]:
    text = package_folder().joinpath("model", "holders.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield HeldName(
            names=(Text("en", row["name_en"]), Text("vi", row["name_vi"])),
            parties=tuple(row["parties"].split("|")),
            start=PartialDate(row["start"]),
            end=PartialDate(row["end"]) if row["end"] else None,
            source=row["source"],
        )


@lru_cache(maxsize=1)
def held_names() -> tuple[HeldName, ...]:
    """Return the names of the table, read once.

    >>> [one.parties for one in held_names() if one.name() == "China"]
    [('CHN', 'TWN')]
    """
    return tuple(_rows())


def other_holders(party: str, day: int | None) -> Iterator[tuple[HeldName, str]]:
    """Yield the other parties that held a name of a party on a day, each with that name.

    Args:
        party: An id.
        day: The day as an ordinal; None for today and on.
    """
    for held in held_names():
        if party in held.parties and held.holds(day):
            yield from ((held, other) for other in held.parties if other != party)

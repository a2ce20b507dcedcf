"""The parties that ship with the library, as its files have them.

`parties.csv` has a row for each party and `lives.csv` one for each of its lives, with the sources
of both bounds; `party_sources.csv` describes those sources.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from diplorel._resources import package_folder
from diplorel.model.converters import date_or_none
from diplorel.model.ladders import Text
from diplorel.model.parties import Code, Contested, Life, Party
from diplorel.model.sources import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

SOURCE_PREFIX: Final = "lib-"
"""What the ids of the library's own sources begin with: no stream's source does."""


@lru_cache(maxsize=1)
def party_sources() -> Mapping[str, Source]:
    """Return the sources of the lives in the table that ships with the library, by id.

    >>> party_sources()["lib-cow-2016"].publisher
    'Correlates of War Project'
    """
    return {
        row["id"]: Source(**{key: value for key, value in row.items() if value})
        for row in _rows("party_sources.csv")
    }


def shipped_parties() -> Iterator[Party]:
    """Yield the parties that ship with the library."""
    lives: dict[str, list[Life]] = {}
    contested: dict[str, list[Contested]] = {}
    for row in _rows("lives.csv"):
        start, end = row["start"], row["end"]
        begun, over = row["start_sources"].split(), row["end_sources"].split()
        if row["kind"] == "life":
            life = Life(start=start, end=end, start_sources=begun, end_sources=over)
            lives.setdefault(row["party"], []).append(life)
        else:
            span = Contested(start=start, end=end, sources=[*begun, *over])
            contested.setdefault(row["party"], []).append(span)
    for row in _rows("parties.csv"):
        yield Party(
            id=row["id"],
            names=(Text("en", row["name_en"]), Text("vi", row["name_vi"])),
            kind=row["kind"],
            alpha2=row["alpha2"] or None,
            also=tuple(filter(None, row["also"].split("|"))),
            lives=lives.get(row["id"], ()),
            contested=contested.get(row["id"], ()),
            codes=(*_codes("cow", row["cow"]), *_codes("gw", row["gw"])),
            wikidata=row["wikidata"] or None,
        )


def _codes(scheme: str, text: str) -> Iterator[Code]:
    for item in filter(None, text.split(";")):
        value, _, span = item.partition("@")
        start, _, end = span.partition("/")
        yield Code(scheme, value, date_or_none(start or None), date_or_none(end or None))


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = package_folder().joinpath("model", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())

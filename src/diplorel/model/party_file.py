"""The parties that ship with the library, as its files have them.

`parties.csv` has a row for each party. `lives.csv` has one for each of its lives, with the sources
of both bounds, which `party_sources.csv` describes; `codes.csv` one for each code,
`former_names.csv` one for each name of another time, and `shared_names.csv` one for each party
that a name can mean.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from diplorel._resources import package_folder
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text
from diplorel.model.parties import Code, Contested, FormerName, Life, Party
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


@attrs.frozen
class Meaning:
    """One party that a name can mean, and the days when it does (None: open)."""

    party: str
    start: PartialDate | None
    end: PartialDate | None


@lru_cache(maxsize=1)
def shared_names() -> Mapping[str, tuple[Meaning, ...]]:
    """Return the names that mean one party on one day and another on another, the likelier first.

    >>> [one.party for one in shared_names()["Republic of China"]]
    ['TWN', 'CHN']
    """
    found: dict[str, tuple[Meaning, ...]] = {}
    for row in _rows("shared_names.csv"):
        one = Meaning(row["party"], _date(row["start"]), _date(row["end"]))
        found[row["name"]] = (*found.get(row["name"], ()), one)
    return found


def shipped_parties() -> Iterator[Party]:
    """Yield the parties that ship with the library."""
    lives: dict[str, list[Life]] = defaultdict(list)
    contested: dict[str, list[Contested]] = defaultdict(list)
    codes: dict[str, list[Code]] = defaultdict(list)
    former: dict[str, list[FormerName]] = defaultdict(list)
    for row in _rows("lives.csv"):
        id, start, end = row["party"], row["start"], row["end"]
        begun, over = row["start_sources"].split(), row["end_sources"].split()
        if row["kind"] == "life":
            life = Life(start=start, end=end, start_sources=begun, end_sources=over)
            lives[id].append(life)
        else:
            contested[id].append(Contested(start=start, end=end, sources=[*begun, *over]))
    for row in _rows("codes.csv"):
        code = Code(row["scheme"], row["value"], _date(row["start"]), _date(row["end"]))
        codes[row["party"]].append(code)
    for row in _rows("former_names.csv"):
        name = FormerName(names=_names(row), start=row["start"], end=row["end"])
        former[row["party"]].append(name)
    for row in _rows("parties.csv"):
        id = row["id"]
        yield Party(
            id=id,
            names=_names(row),
            kind=row["kind"],
            alpha2=row["alpha2"] or None,
            also=tuple(filter(None, row["also"].split("|"))),
            former=former[id],
            lives=lives[id],
            contested=contested[id],
            codes=codes[id],
            wikidata=row["wikidata"] or None,
        )


def _names(row: Mapping[str, str]) -> tuple[Text, ...]:
    return Text("en", row["name_en"]), Text("vi", row["name_vi"])


def _date(text: str) -> PartialDate | None:
    return PartialDate(text) if text else None


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = package_folder().joinpath("model", name).read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())

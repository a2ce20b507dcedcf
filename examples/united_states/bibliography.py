"""The bibliography: each list as a whole, and each of its pages that an event cites."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from names import name_of

from diplorel.model.sources import Source
from tables import CHIEFS, GUIDE, TABLES, TRIPS, VISITS, page, whole

TITLES: Final = {
    GUIDE: "Recognition, diplomatic and consular relations: {}",
    CHIEFS: "Chiefs of mission: {}",
    VISITS: "Visits by foreign leaders of {}",
    TRIPS: "Trips abroad: {}",
}
MISSPELLED: Final = frozenset({"somoa"})
"""Keys under which no page is certain to stand."""


def sources_of(cited: Iterable[str]) -> Iterator[Source]:
    """Yield the pages that are cited and the lists from which they derive, in order."""
    ids = sorted(cited)
    for table in TABLES:
        yield whole(table)
        for id in ids:
            key = id.removeprefix(f"{table.name}-")
            if key == id:
                continue
            if table is TRIPS:
                role, _, who = key.partition("-")
                yield page(table, id, TITLES[table].format(name_of(who)), f"{role}/{who}")
            else:
                address = None if key in MISSPELLED else key
                yield page(table, id, TITLES[table].format(place(key)), address)


def place(key: str) -> str:
    """Return the name of the country or state whose page a key is.

    >>> place("korea-south"), place("trinidad-and-tobago"), place("cote-divoire")
    ('Korea South', 'Trinidad and Tobago', "Cote d'Ivoire")
    """
    if key == "cote-divoire":
        return "Cote d'Ivoire"
    small = {"and", "of"}
    return " ".join(part if part in small else part.capitalize() for part in key.split("-"))

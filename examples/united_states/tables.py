"""The tables, their rows, and what became of each row."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import TypeAlias

import attrs

from diplorel.model.events import Event
from diplorel.model.sources import Citation, Source

USA = "USA"
PUBLISHER = "Office of the Historian, U.S. Department of State"
SITE = "https://history.state.gov"


@attrs.frozen(kw_only=True)
class Table:
    """One of the four tables.

    Attributes:
        name: Its key, and the id of the list as a source.
        file: Its file.
        title: What the list as a whole is.
        address: Where it is.
    """

    name: str
    file: str
    title: str
    address: str


GUIDE = Table(
    name="us-guide",
    file="us_relations_rdcr.tsv",
    title="Guide to recognition, diplomatic and consular relations by country, since 1776",
    address=f"{SITE}/countries",
)
CHIEFS = Table(
    name="us-chiefs",
    file="us_chiefs_of_mission.tsv",
    title="Chiefs of mission of the United States by country",
    address=f"{SITE}/departmenthistory/people/chiefsofmission",
)
VISITS = Table(
    name="us-visits",
    file="visits_by_foreign_leaders.tsv",
    title="Visits to the United States by foreign leaders, by country",
    address=f"{SITE}/departmenthistory/visits",
)
TRIPS = Table(
    name="us-trips",
    file="us_travels_abroad.tsv",
    title="Trips abroad of the President and the Secretary of State, by traveller",
    address=f"{SITE}/departmenthistory/travels",
)
TABLES = (GUIDE, CHIEFS, VISITS, TRIPS)

DEAD = "the party of that page did not live on that day"
"""Why a row of any list can be left out."""

Row: TypeAlias = dict[str, str]
Told: TypeAlias = "list[Event] | str"
"""What became of a row: the events that it tells, or why it was left out."""


def rows(table: Table, folder: Path) -> list[Row]:
    """Return the rows of a table, in its order; of rows with one id, the second is ``id (2)``."""
    seen: Counter[str] = Counter()
    found: list[Row] = []
    with (folder / table.file).open(encoding="utf-8", newline="") as file:
        for cells in csv.DictReader(file, delimiter="\t"):
            row = {name: " ".join((value or "").split()) for name, value in cells.items()}
            seen[id := row["id"]] += 1
            found.append({**row, "key": f"{id} ({seen[id]})" if seen[id] > 1 else id})
    return found


def citation(table: Table, page: str, row: Row, wording: str | None = None) -> Citation:
    """Return the citation of one row: the page on which it is, and its key there."""
    return Citation(source=f"{table.name}-{page}", locator=row["key"], text=wording)


def whole(table: Table) -> Source:
    """Return a whole list as a source, from which its pages derive: one publisher, one word."""
    return Source(
        id=table.name,
        title=table.title,
        publisher=PUBLISHER,
        kind="government",
        lang="en",
        url=table.address,
        side=USA,
    )


def page(table: Table, id: str, title: str, address: str | None) -> Source:
    """Return one page of a list as a source."""
    return Source(
        id=id,
        title=title,
        publisher=PUBLISHER,
        kind="government",
        lang="en",
        url=address and f"{table.address}/{address}",
        side=USA,
        derived_from=table.name,
    )

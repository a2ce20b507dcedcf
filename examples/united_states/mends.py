"""What the rules read wrongly, and the third release corrects.

What was released keeps its lines, so the rules stay as they are, and each correction is a record of
its own, with its reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import attrs
from visits import PROTOCOL

from diplorel import events as ev
from diplorel.model.events import Event, Person
from tables import TRIPS, VISITS, Row

NAMES: Final = {
    "Blanchard Arthur Bailly": "Arthur Bailly-Blanchard",
    "Braun Carol Moseley": "Carol Moseley Braun",
    "Thomas Harriet L. Elam": "Harriet L. Elam-Thomas",
}
"""By the name as the key's parts spell it: that of somebody with a surname of two parts."""
NAMESAKE: Final = "visit-made/VNM-USA/2022-05-12--2022-05-13/prime-minister"
"""A visit for which the list names a prime minister of earlier years."""
DISTRICT: Final = ("Mexico", "D.F.")
SUMMIT: Final = re.compile(r"(?<=[a-z])[.;] attended (?!.*\bbetween president)[^.;]*\bsummit")

TWO_SURNAMES: Final = "The surname has two parts, which the key does not tell from a given name."
ONE_CITY: Final = "The comma of 'Mexico, D.F.' separates no two places: the list means Mexico City."
AT_A_SUMMIT: Final = "A later sentence of the remark has the traveller attend a summit."
OTHER_HOLDER: Final = (
    "The list names Nguyen Tan Dung, whom another had followed by its own row of 31 May 2017."
)


def mended(events: Mapping[str, Event], by_table: Mapping[str, list[Row]]) -> dict[str, Event]:
    """Return the corrections, by the id of the event that each takes the place of."""
    remarks = {
        (table.name, row["key"]): row[column].casefold()
        for table, column in ((TRIPS, "remarks"), (VISITS, "description"))
        for row in by_table[table.name]
    }
    found: dict[str, Event] = {}
    for id, event in events.items():
        reasons: list[str] = []
        changed: dict[str, Any] = {}
        for reason, fields in _changes(event, remarks):
            reasons.append(reason)
            changed |= fields
        if changed:
            right = attrs.evolve(event, **changed)
            named = id if right.id != id else f"{id}@{event.digest}"
            found[id] = attrs.evolve(right, supersedes=[named], reason=" ".join(reasons))
    return found


def _changes(
    event: Event, remarks: Mapping[tuple[str, str], str]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return what is wrong with an event: the reason and the right fields, by turns."""
    if isinstance(event, ev.EnvoyAccredited | ev.EnvoyLeft) and event.name in NAMES:
        yield TWO_SURNAMES, {"name": NAMES[event.name]}
    if not isinstance(event, ev.VisitMade):
        return
    if "D.F." in event.places:
        yield ONE_CITY, {"places": _one_city(event.places)}
    if event.kind.value == "unstated" and any(SUMMIT.search(one) for one in _of(event, remarks)):
        basis = "; ".join(filter(None, [event.inferred, PROTOCOL]))
        yield AT_A_SUMMIT, {"kind": "multilateral", "inferred": basis}
    if event.id == NAMESAKE:
        nameless = [Person(party=one.party, offices=one.offices) for one in event.persons]
        yield OTHER_HOLDER, {"persons": nameless, "note": f"{OTHER_HOLDER} The name is left out."}


def _one_city(places: tuple[str, ...]) -> list[str]:
    found = list(places)
    at = found.index(DISTRICT[1])
    if found[at - 1] == DISTRICT[0]:
        found[at - 1 : at + 1] = ["Mexico City"]
    return list(dict.fromkeys(found))


def _of(event: Event, remarks: Mapping[tuple[str, str], str]) -> Iterator[str]:
    for one in event.sources:
        table = TRIPS if one.source.startswith(f"{TRIPS.name}-") else VISITS
        yield remarks.get((table.name, one.locator or ""), "")

"""Visits: foreign leaders who came, and presidents and secretaries of state who went."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Final

from names import name_of
from routing import lives, party_of

from diplorel.events import VisitMade
from diplorel.model.events import Event, Person
from tables import DEAD, TRIPS, USA, VISITS, Row, Told, citation

NO_PARTY = "the visitor or host is a territory or an organisation, and no party of the library"
NOT_ABROAD = "no party is the host there"

OFFICES: Final = (
    # what the list calls the office; the same as a key; longer ones before those they begin with
    ("Chairman of the Presidency", "state:chair-of-the-presidency"),
    ("Provisional President", "state:interim-president"),
    ("Interim President", "state:interim-president"),
    ("Acting President", "state:acting-president"),
    (r"President[- ]*[Ee]lect", "state:president-elect"),
    ("President", "state:president"),
    ("Interim Prime Minister", "government:interim-prime-minister"),
    ("Acting Prime Minister", "government:acting-prime-minister"),
    ("Prime Minister(?=[A-Z])|Prime Min[a-z]+", "government:prime-minister"),
    ("Chancellor-elect", "government:chancellor-elect"),
    ("Federal Chancellor", "government:chancellor"),
    ("Chancellor", "government:chancellor"),
    ("Vice Premier", "government:vice-premier"),
    ("Premier", "government:prime-minister"),
    ("Taoiseach", "government:prime-minister"),
    ("Vice President", "state:vice-president"),
    ("Chief of State", "state:head-of-state"),
    ("Head of State", "state:head-of-state"),
    ("Governor[- ]General", "state:governor-general"),
    ("Junta Member", "state:junta-member"),
    ("General Secretary", "party:general-secretary"),
    ("First Secretary", "party:first-secretary"),
    ("Chairman", "state:chair"),
    ("Crown Prince", "monarchy:crown-prince"),
    ("Grand Duchess", "monarchy:grand-duchess"),
    ("Grand Duke", "monarchy:grand-duke"),
    ("Regent", "monarchy:regent"),
    ("King", "monarchy:king"),
    ("Queen", "monarchy:queen"),
    ("Emperor", "monarchy:emperor"),
    ("Sultan", "monarchy:sultan"),
    ("Amir|Emir", "monarchy:emir"),
    ("Shah", "monarchy:shah"),
    ("Pope", "state:pope"),
    ("Prince", "monarchy:prince"),
)
_AFTER: Final = r"(?:\b|(?=[A-Z]))(?: of the Council of Ministers)?\s*(?:(?:and|&) )?"
_OFFICE: Final = [(re.compile(f"(?:{words}){_AFTER}"), key) for words, key in OFFICES]
_NEXT: Final = re.compile(r"(?:,| and) (?=(?:President|Prime Minister|Crown Prince)\b)")

MULTILATERAL: Final = (
    r"attended .*(summit|conference|meetings?\b|ministerial|assembly|session|funeral|forum"
    r"|peace talks)"
    r"|.*summit"
    r"|met with (the )?president .* (at|during|while attending) .*(un |u\.n\.|summit|assembly)"
)
BILATERAL: Final = re.compile(
    r"between president|2\+2|consultative (committee|group)|(binational|bilateral|joint) commission"
    r"|u\.s\.-\w+ (economic and )?strategic dialogue|a strategic dialogue"
)
"""Meetings of the two sides alone."""
KINDS: Final = (
    (r"state visit", "state"),
    (r"official working visit|working visit", "working"),
    (r"off?ici?al visit|official guest", "official"),
    (r"private visit|unofficial visit", "private"),
    (r"transit", "transit"),
    (MULTILATERAL, "multilateral"),
)
_ORDER: Final = [*(kind for _, kind in KINDS), "unstated"]
PROTOCOL: Final = "protocol from the remark"
NAME: Final = "name from the key"
TOGETHER: Final = "rows that share days, as one visit"


def kind_of(remark: str) -> str:
    """Return the protocol of a visit, as far as the first sentence of the remark names it."""
    first = re.split(r"(?<=[a-z])[.;]", remark, maxsplit=1)[0].casefold()
    for words, kind in KINDS:
        if kind == "multilateral":
            if re.match(words, first) and not BILATERAL.search(first):
                return kind
        elif re.search(words, first):
            return kind
    return "unstated"


def person_of(party: str, text: str) -> Person:
    """Return somebody as the list names them: the office in front, then the name."""
    for pattern, key in _OFFICE:
        if found := pattern.match(text):
            name = text[found.end() :].strip(" -") or None
            return Person(party=party, name=name, offices=[key])
    return Person(party=party, name=text)


def read_visits(rows: list[Row]) -> dict[str, Told]:
    """Read the visits of foreign leaders."""
    found: dict[str, Told] = {}
    travels: dict[tuple[str, ...], list[tuple[Row, Person]]] = defaultdict(list)
    for row in rows:
        page = row["visitor_slug"]
        party = party_of(page, row["visitor_iso2"], row["start_date"])
        if party is None:
            found[row["key"]] = NO_PARTY
            continue
        if not lives(party, row["start_date"]):
            found[row["key"]] = DEAD
            continue
        for one in _NEXT.split(row["visitor"]):
            person = person_of(party, one)
            travels[party, *person.offices].append((row, person))
    for (party, *_), items in travels.items():
        for stay in _stays(items):
            kind = min(map(kind_of, [row["description"] for row, _ in stay]), key=_said)
            visit = VisitMade(
                on=_span(stay),
                visitor=party,
                host=USA,
                kind=kind,
                persons=list(dict.fromkeys(person for _, person in stay)),
                sources=[citation(VISITS, row["visitor_slug"], row) for row, _ in stay],
                inferred=_basis("" if kind == "unstated" else PROTOCOL, stay),
            )
            for row, _ in stay:
                _add(found, row, visit)
    return found


def read_trips(rows: list[Row]) -> dict[str, Told]:
    """Read the trips of presidents and secretaries of state."""
    found: dict[str, Told] = {}
    travels: dict[tuple[str, ...], list[tuple[Row, Person]]] = defaultdict(list)
    for row in rows:
        party = party_of(row["host_slug"], row["host_iso2"], row["start_date"])
        if row["host_iso2"] == "AQ":
            found[row["key"]] = NOT_ABROAD
        elif party is None:
            found[row["key"]] = NO_PARTY
        elif not lives(party, row["start_date"]):
            found[row["key"]] = DEAD
        else:
            office = ELECT if BEFORE.search(row["remarks"]) else OFFICE_OF_ROLE[row["role"]]
            traveller = Person(party=USA, name=name_of(row["who"]), offices=[office])
            travels[row["role"], row["who"], party, office].append((row, traveller))
    for (role, who, party, _), items in travels.items():
        for stay in _stays(items):
            places = (place.strip() for row, _ in stay for place in row["locale"].split(","))
            kind = min((kind_of(row["remarks"]) for row, _ in stay), key=_said)
            visit = VisitMade(
                on=_span(stay),
                visitor=USA,
                host=party,
                kind=kind,
                places=list(dict.fromkeys(filter(None, places))),
                persons=[stay[0][1]],
                sources=[citation(TRIPS, f"{role}-{who}", row) for row, _ in stay],
                inferred=_basis(NAME if kind == "unstated" else f"{NAME}; {PROTOCOL}", stay),
            )
            for row, _ in stay:
                _add(found, row, visit)
    return found


OFFICE_OF_ROLE: Final = {
    "president": "state:president",
    "secretary": "government:secretary-of-state",
}
BEFORE: Final = re.compile(r"Visit made as President-elect")
ELECT: Final = "state:president-elect"


def _stays(items: list[tuple[Row, Person]]) -> list[list[tuple[Row, Person]]]:
    """Return the rows by stay: those of one traveller that begin on one day, or share a night.

    A list has a row for each occasion, a city or a summit, within one stay. Two people in one
    office that came together (Bosnia's two prime ministers) are one visit too.
    """
    found: list[list[tuple[Row, Person]]] = []
    for item in sorted(items, key=lambda item: (item[0]["start_date"], item[0]["end_date"])):
        if found:
            start, last = item[0]["start_date"], max(row["end_date"] for row, _ in found[-1])
            if start == found[-1][0][0]["start_date"] or start < last:
                found[-1].append(item)
                continue
        found.append([item])
    return found


def _span(stay: list[tuple[Row, Person]]) -> str:
    start = min(row["start_date"] for row, _ in stay)
    end = max(row["end_date"] for row, _ in stay)
    return start if end <= start else f"{start}/{end}"


def _basis(told: str, stay: list[tuple[Row, Person]]) -> str | None:
    return "; ".join(filter(None, [told, TOGETHER if len(stay) > 1 else ""])) or None


def _said(kind: str) -> int:
    """Return the place of a protocol: of several in one stay, the highest counts."""
    return _ORDER.index(kind)


def _add(found: dict[str, Told], row: Row, visit: Event) -> None:
    told = found.setdefault(row["key"], [])
    if isinstance(told, list):
        told.append(visit)

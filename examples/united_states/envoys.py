"""Chiefs of mission: when each took up the post and when the post ended."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from dates import Posts
from names import name_of
from routing import lives, party_of

from diplorel.events import EnvoyAccredited, EnvoyLeft
from diplorel.model.events import Event
from tables import CHIEFS, DEAD, USA, Row, Told, citation

NEVER: Final = "no day on which the post was taken up: not confirmed, declined, or not yet arrived"
BACKWARDS: Final = "the post ended before it began, by the list's days"
SAME_DAY: Final = "promoted on the day on which the post was taken up: the next row tells it"
TOO_LATE: Final = "appointed later, by the list, so that day is not told"

CLASSES: Final[dict[str, dict[str, Any]]] = {
    "acting-principal-officer": {"envoy_rank": "other", "acting": True},
    "agent": {"envoy_rank": "agent"},
    "agent-consul-general": {"envoy_rank": "agent", "title": "Agent/Consul General"},
    "ambassador-e-p": {"envoy_rank": "ambassador"},
    "charge-daffaires": {"envoy_rank": "charge"},
    "charge-daffaires-ad-interim": {"envoy_rank": "charge", "acting": True},
    "charge-daffaires-consul-general": {
        "envoy_rank": "charge",
        "title": "Charg\u00e9 d\u2019Affaires/Consul General",
    },
    "charge-daffaires-pro-tem": {"envoy_rank": "charge", "acting": True},
    "commissioner": {"envoy_rank": "agent", "title": "Commissioner"},
    "commissioner-consul-general": {
        "envoy_rank": "agent",
        "title": "Commissioner/Consul General",
    },
    "consul-general": {"envoy_rank": "consul"},
    "diplomatic-agent": {"envoy_rank": "agent"},
    "diplomatic-agent-consul-general": {
        "envoy_rank": "agent",
        "title": "Diplomatic Agent/Consul General",
    },
    "envoy-extraordinary-minister-plenipotentiary": {"envoy_rank": "envoy"},
    "envoy-extraordinary-minister-plenipotentiary-consul-general": {
        "envoy_rank": "envoy",
        "title": "Envoy Extraordinary and Minister Plenipotentiary/Consul General",
    },
    "minister": {"envoy_rank": "envoy", "title": "Minister"},
    "minister-plenipotentiary": {"envoy_rank": "envoy", "title": "Minister Plenipotentiary"},
    "minister-resident": {"envoy_rank": "minister-resident"},
    "minister-resident-and-extraordinary": {
        "envoy_rank": "minister-resident",
        "title": "Minister Resident and Extraordinary",
    },
    "minister-resident-consul-general": {
        "envoy_rank": "minister-resident",
        "title": "Minister Resident/Consul General",
    },
    "minister-resident-foreign-service-officer": {"envoy_rank": "minister-resident"},
}
"""The list's titles by class; of all others (principal officers, directors) the title is kept."""

DEPARTURES: Final = (
    (r"\b(died|death|assassinated|killed|murdered)\b", "died"),
    (r"persona non grata|expelled|expulsion|dismissed by|recall requested by", "expelled"),
    (r"\bsevered\b|\bbroke relations|declared war|severance", "ties-severed"),
    (r"relations interrupted", "ties-suspended"),
    (r"(embassy|legation|mission|office)\b.*\b(closed|suspended|terminated)", "mission-closed"),
    (r"personnel were withdrawn|officials accredited .* were withdrawn", "mission-closed"),
    (r"^recalled\b", "recalled"),
    (r"promoted|recommissioned|reaccredited|presented credentials as", "recommissioned"),
    (r"superseded|relinquished charge", "superseded"),
    (r"left|departed|recall|farewell|terminated|expired|resign", "end-of-term"),
)
"""What the list's note on the end says of its reason, where it does."""

ABOUT: Final = re.compile(
    r"\babout\b|soon after|shortly (before|after)|on or (before|after)|\bprobably\b"
    r"|\bbefore$|\bafter$"
)
NAME: Final = "name from the key"
ARRIVED: Final = "no credentials: day of arrival; name from the key"


def taken_up(rows: list[Row]) -> Posts:
    """Return the pages and days on which a chief of mission took up the post there."""
    return frozenset((row["host_slug"], row["started"]) for row in rows)


def read_chiefs(rows: list[Row]) -> dict[str, Told]:
    """Read the chiefs of mission: a row tells of a beginning and, mostly, of an end."""
    begun = Counter((row["host_slug"], row["person"], row["started"][:7]) for row in rows)
    found: dict[str, Told] = {}
    for row in rows:
        month = (row["host_slug"], row["person"], row["ended"])
        own = row["started"][:7] == row["ended"]
        if len(row["ended"]) == len("1867-08") and begun[month] > own:
            row = {**row, "ended": ""}  # noqa: PLW2901  another row of that month goes on
        found[row["key"]] = _chief(row)
    return found


def _chief(row: Row) -> Told:
    begun = row["started"] or row["arrived"]
    name, source = name_of(row["person"]), citation(CHIEFS, row["host_slug"], row)
    events: list[Event] = []
    ended = row["ended"]
    if not begun and not (ended and row["role"].endswith("ad-interim")):
        return NEVER
    party = _party(row, begun or ended)
    if party is None or not lives(party, begun or ended):
        return DEAD
    if begun:
        if ended and ended < begun and not begun.startswith(ended):
            return BACKWARDS
        if ended == begun and re.search(
            "promoted|recommissioned", row["ended_note"], re.IGNORECASE
        ):
            return SAME_DAY
        appointed, basis = row["appointed"] or None, NAME if row["started"] else ARRIVED
        if appointed and appointed[: len(begun)] > begun:
            appointed, basis = None, f"{basis}; {TOO_LATE}"
        events.append(
            EnvoyAccredited(
                on=begun,
                sender=USA,
                receiver=party,
                name=name,
                **(CLASSES.get(row["role"]) or _other(row["role"])),
                appointed=appointed,
                sources=[source],
                inferred=basis,
            )
        )
    if ended:
        last = party if lives(party, ended) else _party(row, ended)  # whom they were sent to
        if last is not None and lives(last, ended):
            note = row["ended_note"].casefold()
            events.append(
                EnvoyLeft(
                    on=f"{ended}~" if ABOUT.search(note) else ended,
                    sender=USA,
                    receiver=last,
                    name=name,
                    departure=next(
                        (why for words, why in DEPARTURES if re.search(words, note)), "other"
                    ),
                    sources=[source],
                    inferred=NAME,
                )
            )
    return events


def _other(role: str) -> dict[str, Any]:
    return {"envoy_rank": "other", "title": role.replace("-", " ").capitalize()}


def _party(row: Row, day: str) -> str | None:
    if (
        row["host_slug"] == "china"
        and "1949-12-19" <= day < "1979-01-01"
        and row["role"] != "chief"
    ):
        return "TWN"  # the liaison office in Beijing had chiefs; the ambassadors were in Taipei
    return party_of(row["host_slug"], row["host_iso2"], day, about=row["ended_note"])

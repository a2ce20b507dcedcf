"""The guide by country: recognition, ties, missions and treaties, read from its headings."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, Final

from dates import HEADING, ONLY, Dated, Posts, dated, dates_of, loose, years_of
from readings import DIFFERENTLY, LEFT_OUT
from routing import lives, party_of

from diplorel import events as ev
from diplorel.model.events import Event
from diplorel.model.party_table import shipped
from tables import DEAD, GUIDE, USA, Row, Told, citation

NOT_READ: Final = {
    "other": "no act of relations, or one that the heading does not name",
    "consular": "consular: no single city with a year",
    "agreement": "an agreement, but heading and text do not single out the day of its signature",
}
NO_DATE: Final = "neither the heading nor the text beneath it tells when"
NO_PARTY: Final = "the page is of no party"
NOTHING: Final = "the heading says that there was none"

STORIES: Final = (ev.TiesSuspended, ev.TiesSevered, ev.TiesRestored, ev.MissionClosed)
"""What a text tells as a story, with days of other acts before the act's own."""

Act = tuple[type[Any], dict[str, Any]]

# --- what a heading says -------------------------------------------------------------------------

MUTUAL: Final = re.compile(r"^Mutual (Acts of )?Recognition")
BY_US: Final = re.compile(
    r"^(U\.S\.|United States|States) Recogn?i?tion of (?!Yugoslav Legation)|^Recognition[ ,]"
)
OF_US: Final = re.compile(
    r"Recogn(ition|ize) (of )?(the )?(Independence of the )?(United States|U\.S\.)"
)
WITHDRAWN: Final = re.compile(r"^Recognition of .* Withdrawn by the United States")

NONE: Final = re.compile(
    r"^No (Permanent )?(bilateral )?(diplomatic|treat|consular)", re.IGNORECASE
)
AGAIN: Final = re.compile(
    r"(Re-?-?establish\w*|Resum\w+|Restor\w+|Re-Opening) of (Full |Normal )?(Diplomatic )?"
    r"(and Cultural )?Relations"
    r"|(Diplomatic |Normal |^)Relations (Re-?established|Resumed|Restored|Normalized)"
    r"|Resumption of (Full |Normal )*(Diplomatic )?Relations"
)
BEGUN: Final = re.compile(
    r"(?<!Re-)\bEstablishment of (Full )?Diplomatic Relations"
    r"|Diplomatic Relations Established|Relations Established with the United Arab Republic"
)
SEVERED: Final = re.compile(
    r"\bSever(ed|s|ance|ing)\b.*Relations|Relations Severed"
    r"|Termination of (Diplomatic )?Relations"
)
INTERRUPTED: Final = re.compile(
    r"Relations\b.* Interrupted|Interruption of (Diplomatic )?Relations"
    r"|Suspension of Diplomatic Relations"
)
ENDED: Final = re.compile(r"Cessation of (Diplomatic )?Relations|Diplomatic Relations Ended")
ENDED_BASIS: Final = "; it says that relations ended, not that a side broke them off"

FOREIGN: Final = (
    "Andorran|Australian|Austrian|British|Bulgarian|Czechoslovak|Dutch|Ethiopian|Hungarian"
    "|Italian|New Zealand|Peruvian|Polish|Romanian|South African"
)
OBJECT: Final = re.compile(
    rf"(?:(?P<whose>{FOREIGN}) )?"
    r"(?P<kind>Embassy|Legations?|Liaison Office|Interests? Section|Consulate)(?! General| Staff)"
)
KINDS: Final = {
    "Embassy": "embassy",
    "Legation": "legation",
    "Legations": "legation",
    "Liaison Office": "liaison-office",
    "Interest Section": "interests-section",
    "Interests Section": "interests-section",
    "Consulate": "consulate",
}
OPENED: Final = re.compile(r"Establish|Open|Re-?open|Reestablish|Resumption of", re.IGNORECASE)
CLOSED: Final = re.compile(r"Clos(ure|ed|ing)|Suspension of", re.IGNORECASE)
RAISED: Final = re.compile(r"\b(Elevat\w+|[Rr]aised)\b|Legation to Embassy")
MOVED: Final = re.compile(
    r"(?:Moved?s?|Movement|Returne?s?d?|Transferred|Relocation)\b.*? (?:to|from .* to) "
    r"(?P<city>[A-Z][\w\u2019'. -]+)"
)
CITY: Final = re.compile(
    r" (?:at|in|Embassy)"
    r" (?!Clos|Reopen|Opened|Moved|Status|Staff|Operations|Establish|Reestabl|Return|Transf)"
    r"(?P<city>(?:the |The )?[A-Z][\w\u2018\u2019'. -]+?)"
    r"(?= and | to |[,(]| \(|\.?$| \d{4}| [Rr]aised| was| Closed| Re-?opened| Reestablished| Opened"
    r"| Operations)"
)

TREATY: Final = re.compile(
    r"\b(Treaty|Convention|Agreement|Compact|Declaration of Accession|Additional Article)\b"
)


def read_guide(rows: list[Row], posts: Posts) -> dict[str, Told]:
    """Read the guide: a heading tells of one act, of several, or of none."""
    return {row["key"]: _read(row, posts) for row in rows}


def _read(row: Row, posts: Posts) -> Told:
    key = row["key"].removeprefix("rdcr-")
    if key in LEFT_OUT:
        return LEFT_OUT[key]
    if key in DIFFERENTLY:
        return [event(row) for event in DIFFERENTLY[key]]
    if NONE.search(row["heading"]):
        return NOTHING
    when = dated(row, posts)
    if when is None:
        return NO_DATE
    party = party_of(row["slug"], row["iso2"], _first(when.on), about=row["heading"])
    if party is None:
        return NO_PARTY
    if "Recognition of Italian Independence" in row["heading"]:
        party = "ITA"  # told on the pages of the states before it, too
    acts = [*_recognition(row["heading"], party), *_ties(row, party)]
    acts += _missions(row["heading"], party)
    acts = acts or _agreement(row, party)
    if not acts:
        kind = row["kind_heuristic"]
        return NOT_READ.get(kind, NOT_READ["other"])
    if not lives(party, when.on):
        return DEAD
    kinds = {cls for cls, _ in acts}
    told_loosely = kinds.intersection(STORIES)
    if len(kinds) > 1:  # the heading does not tell which day is that of the post
        told_loosely |= kinds.intersection((ev.MissionOpened, ev.MissionClosed))
    return [
        _event(row, cls, loose(row, when) if cls in told_loosely else when, fields)
        for cls, fields in acts
    ]


def _first(on: str) -> str:
    return on.strip("[]").split("..")[0]


def _event(row: Row, cls: type[Any], when: Dated, fields: dict[str, Any]) -> Event:
    told = {"on": when.on, "inferred": when.basis, **fields}
    extra = told.pop("besides", "")
    told["inferred"] += extra
    event: Event = cls(sources=[citation(GUIDE, row["slug"], row)], **told)
    return event


def _recognition(heading: str, party: str) -> list[Act]:
    ours = (ev.RecognitionGranted, {"recogniser": USA, "recognised": party})
    theirs = (ev.RecognitionGranted, {"recogniser": party, "recognised": USA})
    if MUTUAL.search(heading):
        return [ours, theirs]
    if WITHDRAWN.search(heading):
        return [(ev.RecognitionWithdrawn, {"recogniser": USA, "recognised": party})]
    if OF_US.search(heading):
        return [theirs]
    return [ours] if BY_US.search(heading) else []


def _ties(row: Row, party: str) -> list[Act]:
    heading, dyad = row["heading"], {"parties": [USA, party]}
    years = years_of(heading)
    if INTERRUPTED.search(heading):
        if years and years[0] != years[1]:  # it began in the first and was over in the last
            return [
                (ev.TiesSuspended, {**dyad, "on": years[0], "inferred": HEADING}),
                (ev.TiesRestored, {**dyad, "on": years[1], "inferred": HEADING}),
            ]
        return [(ev.TiesSuspended, dyad)]
    if ENDED.search(heading):
        return [(ev.TiesSuspended, {**dyad, "besides": ENDED_BASIS})]
    if SEVERED.search(heading):
        return [(ev.TiesSevered, dyad)]
    if AGAIN.search(heading):
        return [(ev.TiesRestored, dyad)]
    return [(ev.TiesEstablished, dyad)] if BEGUN.search(heading) else []


def _missions(heading: str, party: str) -> list[Act]:
    found = [*OBJECT.finditer(heading)]
    if not found or "Consular" in heading or "Recognition of Yugoslav" in heading:
        return []
    sender, receiver = (party, USA) if found[0]["whose"] else (USA, party)
    post: dict[str, Any] = {"sender": sender, "receiver": receiver}
    if RAISED.search(heading):
        if found[-1]["kind"] != "Embassy":
            return []
        post |= {"kind": "embassy", "city": _city(heading)}
        if "Legations" not in heading:
            return [(ev.MissionOpened, post)]
        both = (post, {**post, "sender": party, "receiver": USA})  # on days of their own
        only = {"on": (years_of(heading) or "")[0], "inferred": HEADING}
        return [(ev.MissionOpened, {**one, **only}) for one in both]
    kind = KINDS[found[0]["kind"]]
    post["kind"] = kind
    if moved := MOVED.search(heading):
        city = moved["city"].split(" (")[0].split(",")[0].strip(" .")
        if "and then" in city:
            return []
        return [(ev.MissionOpened, {**post, "city": None if city in _countries() else city})]
    post["city"] = _city(heading[max(found[0].start() - 1, 0) :])
    years = years_of(heading)
    if kind == "consulate" and (post["city"] is None or (years and years[0] != years[1])):
        return []
    if CLOSED.search(heading):
        return [(ev.MissionClosed, post)]
    return [(ev.MissionOpened, post)] if OPENED.search(heading) else []


def _city(heading: str) -> str | None:
    """Return the city that a heading names; a country in its place is none."""
    for found in CITY.finditer(heading):
        name = found["city"].strip(" .").removeprefix("Status ")
        if not name.startswith("the ") and name not in _countries() and name not in OF_OLD:
            return name
    return None


OF_OLD: Final = frozenset({"Korea", "Siam", "Upper Volta"})


@lru_cache(maxsize=1)
def _countries() -> frozenset[str]:
    known = [*shipped()]
    return frozenset(
        name
        for party in known
        for name in (party.name(), *party.also, f"The {party.name()}", party.id)
    )


def _agreement(row: Row, party: str) -> list[Act]:
    """Return a treaty's signature: on the only day of the heading's last year in the text."""
    heading = row["heading"].strip(" .")
    year, named = heading[-4:], TREATY.search(heading)
    days = [day for day in dates_of(row) if day.startswith(year)]
    if not named or not year.isdigit() or len(days) > 1 or "Terminated" in heading:
        return []
    title = re.sub(r"^Establishment of the |( Signed)?,? (\w+ )?[\d/]+$", "", heading).strip(" ,")
    short = re.sub(r"[^a-z]+", "-", title.casefold().replace("\u2019", ""))[:60].strip("-")
    return [
        (
            ev.AgreementSigned,
            {
                "on": days[0] if days else year,
                "inferred": ONLY if days else HEADING,
                "parties": [USA, party],
                "agreement": f"us-{row['slug']}-{year}-{short}",
                "kind": "agreement" if named[1] == "Agreement" else "treaty",
                "titles": {"en": title},
            },
        )
    ]

"""Which party a country's page means on a day.

The Office files a page under the country of today, or under a name of its own. An act belongs to
the party of its day: what is on Germany's page of 1800 was done with Prussia.
"""

from __future__ import annotations

from functools import lru_cache

from diplorel.model.dates import PartialDate
from diplorel.model.party_table import shipped

PAGES = {
    "austrian-empire": "AUSTRIA_HUNGARY",
    "baden": "BADEN",
    "bavaria": "BAVARIA",
    "brunswick-luneburg": "BRUNSWICK",
    "central-american-federation": "CENTRAL_AMERICA",
    "congo-free-state": "CONGO_FREE_STATE",
    "czechoslovakia": "CSK",
    "federal-government-germany": "GERMANY_1848",
    "genoa": "GENOA",
    "german-democratic-republic": "DDR",
    "grand-duchy-tuscany": "TUSCANY",
    "hanover": "HANOVER",
    "hanseatic-republics": "HANSEATIC_REPUBLICS",
    "hawaii": "HAWAII",
    "hesse": "HESSE",
    "lew-chew": "RYUKYU",
    "mecklenburg-schwerin": "MECKLENBURG_SCHWERIN",
    "mecklenburg-strelitz": "MECKLENBURG_STRELITZ",
    "nassau": "NASSAU",
    "netherlands-antilles": "ANT",
    "north-german-confederation": "NORTH_GERMAN_UNION",
    "north-german-union": "NORTH_GERMAN_UNION",
    "oldenburg": "OLDENBURG",
    "orange-free-state": "ORANGE_FREE_STATE",
    "papal-states": "PAPAL_STATES",
    "parma": "PARMA",
    "piedmont-sardinia": "PIEDMONT_SARDINIA",
    "schaumburg-lippe": "SCHAUMBURG_LIPPE",
    "somoa": "WSM",  # so it is spelled on the list of visits
    "texas": "TEXAS",
    "two-sicilies": "TWO_SICILIES",
    "vietnam-south": "RVN",
    "wurttemberg": "WURTTEMBERG",
}
"""Pages of states that are gone, and of others without a code of today."""

SPANS = {
    "armenia": (("1922", "ARMENIA_1918"),),
    "austria": (("1918-11-12", "AUSTRIA_HUNGARY"),),
    "czech-republic": (("1993-01-01", "CSK"),),
    "egypt": (("1958-02-22", "EGY"), ("1961-09-29", "UAR")),
    "germany": (("1871-01-18", "PRUSSIA"),),
    "guatemala": (("1839", "CENTRAL_AMERICA"),),
    "holy-see": (("1871", "PAPAL_STATES"),),
    "italy": (("1861-03-17", "PIEDMONT_SARDINIA"),),
    "kingdom-of-yugoslavia": (
        ("1918-12-01", "KINGDOM_OF_SERBIA"),
        ("1992-04-27", "YUG"),
        ("2006-06-05", "SCG"),
    ),
    "korea": (("1910-08-30", "JOSEON"),),
    "mali": (("1960-08-21", "MALI_FEDERATION"),),
    "nicaragua": (("1839", "CENTRAL_AMERICA"),),
    "russia": (("1922-12-30", "RUS"), ("1991-12-26", "SUN")),
    "serbia": (
        ("1918-12-01", "KINGDOM_OF_SERBIA"),
        ("1992-04-27", "YUG"),
        ("2006-06-05", "SCG"),
    ),
    "slovakia": (("1993-01-01", "CSK"),),
    "syria": (("1958-02-22", "SYR"), ("1961-09-28", "UAR")),
    "vietnam": (("1975-05-01", "RVN"),),
    "yugoslavia": (
        ("1918-12-01", "KINGDOM_OF_SERBIA"),
        ("1992-04-27", "YUG"),
        ("2006-06-05", "SCG"),
    ),
}
"""Until (and without) which day a page means another party than today's."""

TODAY = {"kingdom-of-yugoslavia": "SRB", "yugoslavia": "SRB", "korea": "KOR"}


def party_of(slug: str, alpha2: str, day: str, *, about: str = "") -> str | None:
    """Return the id of the party that a page means on a day; None where it is not a party.

    Args:
        slug: The page's key, such as ``germany``.
        alpha2: Its country's code, where it has one.
        day: The day, or the month or year, as text; compared as such.
        about: The heading, which says where one page tells of two states.
    """
    if slug in PAGES:
        return PAGES[slug]
    if slug == "yemen" and "South" in about:
        return "YMD"
    for until, party in SPANS.get(slug, ()):
        if day < until:
            return party
    return TODAY.get(slug) or _codes().get(alpha2)


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    return {party.alpha2: party.id for party in shipped() if party.alpha2}


def lives(party: str, on: str) -> bool:
    """Say whether a party may have been there on a date."""
    known = shipped().get(party)
    return known is not None and known.lived(PartialDate(on))

"""Headings of the guide that no rule reads rightly: each with its reading, or why it is left out.

Two acts in one heading have two days, a page tells of another party than its own, or the words
mean something else than they seem to. What is read here is read by hand, on the guide's page or of
the heading and the dates beneath it, and is marked so.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from tables import GUIDE, USA, Row, citation

from diplorel import events as ev
from diplorel.event import Event

BY_HAND: Final = "read by hand on the page"
Reading = Callable[[Row], Event]


def _as(cls: type[Any], on: str, basis: str = "", **fields: Any) -> Reading:
    def event(row: Row) -> Event:
        inferred = f"{BY_HAND}{': ' if basis else ''}{basis}"
        told: Event = cls(
            on=on, sources=[citation(GUIDE, row["slug"], row)], inferred=inferred, **fields
        )
        return told

    return event


def _recognised(party: str, on: str, basis: str = "", **fields: Any) -> Reading:
    return _as(ev.RecognitionGranted, on, basis, recogniser=USA, recognised=party, **fields)


def _ties(cls: type[Any], party: str, on: str, basis: str = "") -> Reading:
    return _as(cls, on, basis, parties=[USA, party])


def _post(
    cls: type[Any], party: str, on: str, kind: str, city: str | None = None, *, basis: str = ""
) -> Reading:
    return _as(cls, on, basis, sender=USA, receiver=party, kind=kind, city=city)


def _succeeded(
    old: str, new: str, kind: str, on: str, basis: str, *, tracks: tuple[str, ...] = ("ties",)
) -> Reading:
    return _as(
        ev.PartySucceeded,
        on,
        basis,
        predecessor=old,
        successor=new,
        kind=kind,
        dyads=[USA],
        tracks=list(tracks),
    )


FEDERATION: Final = _recognised("CENTRAL_AMERICA", "1824-08-04", "of 1824, of the federation")
EAST_GERMANY: Final = (
    _recognised("DDR", "1974-09-04"),
    _ties(ev.TiesEstablished, "DDR", "1974-09-04"),
)
UNITED_ARAB_REPUBLIC: Final = _recognised(
    "UAR", "[1958-02-22..1958-02-25]", "the days between the formation and the new relations"
)
YUGOSLAVIA_1992: Final = _ties(ev.TiesSuspended, "YUG", "1992-05-21", "relations with the SFRY")

DIFFERENTLY: Final[dict[str, tuple[Reading, ...]]] = {
    "albania-03": (
        _ties(ev.TiesSuspended, "ALB", "1939-06-05"),
        _post(ev.MissionClosed, "ALB", "1939-09-16", "legation", "Tirana"),
    ),
    "argentina-06": (
        _ties(
            ev.TiesSuspended,
            "ARG",
            "[1944-02-25..1944-06-27]",
            "a new government was not recognised",
        ),
    ),
    "austrian-empire-06": (_ties(ev.TiesSevered, "AUSTRIA_HUNGARY", "1917-04-08"),),
    "bulgaria-08": (_ties(ev.TiesSevered, "BGR", "1950-02-20"),),
    "bulgaria-09": (
        _ties(ev.TiesRestored, "BGR", "1959-03-24"),
        _post(ev.MissionOpened, "BGR", "1960-03-14", "legation", "Sofia"),
    ),
    "cambodia-04": (_post(ev.MissionOpened, "KHM", "1952-06-24", "embassy", "Phnom Penh"),),
    "cambodia-08": (
        _ties(ev.TiesSuspended, "KHM", "[1975-04-12..1975-04-17]"),
        _post(ev.MissionClosed, "KHM", "1975-04-12", "embassy", "Phnom Penh"),
    ),
    "china-17": (
        _post(
            ev.MissionClosed, "CHN", "1949-12-19", "embassy", "Chongqing", basis="moved to Taipei"
        ),
        _post(ev.MissionOpened, "TWN", "1949-12-19", "embassy", "Taipei"),
        _ties(
            ev.TiesSuspended,
            "CHN",
            "1949-12-19",
            "the embassy left the mainland, and relations went on with the government in Taipei",
        ),
        _ties(
            ev.TiesEstablished,
            "TWN",
            "1949-12-19",
            "the relations with the Republic of China went on in Taipei until 1979",
        ),
    ),
    "china-19": (
        _ties(ev.TiesEstablished, "CHN", "1979-01-01"),
        _ties(ev.TiesSevered, "TWN", "1979-01-01", "relations were terminated"),
    ),
    "china-20": (_post(ev.MissionClosed, "TWN", "1979-02-28", "embassy", "Taipei"),),
    "congo-republic-04": (
        _ties(ev.TiesRestored, "COG", "1977-06-07"),
        _post(ev.MissionOpened, "COG", "1977-10-30", "embassy", "Brazzaville"),
    ),
    "cuba-05": (
        _as(
            ev.MissionOpened,
            "1977-09-01",
            sender=USA,
            receiver="CUB",
            kind="interests-section",
            city="Havana",
            protecting_power="CHE",
        ),
    ),
    "cuba-06": (
        _ties(ev.TiesRestored, "CUB", "2015-07-20"),
        _post(ev.MissionOpened, "CUB", "2015-07-20", "embassy", "Havana"),
    ),
    "egypt-02": (UNITED_ARAB_REPUBLIC,),
    "el-salvador-01": (FEDERATION, _recognised("SLV", "1849-05-01", "of 1849")),
    "el-salvador-06": (
        _ties(ev.TiesRestored, "SLV", "1934-01-26", "the government was recognised"),
    ),
    "eritrea-02": (
        _ties(ev.TiesEstablished, "ERI", "1993-06-11", "the heading is that of the recognition"),
        _post(ev.MissionOpened, "ERI", "1993-06-11", "embassy", "Asmara"),
    ),
    "federal-government-germany-01": (_recognised("GERMANY_1848", "1848-08-09"),),
    "france-12": (
        _recognised(
            "FRA",
            "1944-10-23",
            subject="government",
            government="Provisional Government of the French Republic",
        ),
        _ties(ev.TiesRestored, "FRA", "1944-10-23", "ambassadors were acknowledged on that day"),
    ),
    "german-democratic-republic-02": EAST_GERMANY,
    "german-democratic-republic-03": (
        _post(
            ev.MissionOpened, "DDR", "1974-12-09", "embassy", "Berlin", basis="the embassy's day"
        ),
    ),
    "germany-03": (
        _ties(
            ev.TiesEstablished, "PRUSSIA", "1797-12-05", "the minister was recognised on that day"
        ),
    ),
    "germany-04": (
        _ties(
            ev.TiesEstablished,
            "DEU",
            "[1871-01-18..1871-04-08]",
            "between the founding and the new letter of credence",
        ),
    ),
    "germany-08": (_ties(ev.TiesRestored, "DEU", "1921-12-10"),),
    "germany-12": (
        _ties(ev.TiesEstablished, "DEU", "1955-05-06"),
        _post(ev.MissionOpened, "DEU", "1955-05-14", "embassy", "Bonn"),
    ),
    "germany-13": EAST_GERMANY,
    "guatemala-04": (
        _post(
            ev.MissionOpened,
            "CENTRAL_AMERICA",
            "1826-05-03",
            "legation",
            "Guatemala City",
            basis="the city as on the federation's page",
        ),
    ),
    "guinea-bissau-01": (
        _recognised("GNB", "1974-09-10"),
        _ties(ev.TiesEstablished, "GNB", "1975-09-03", "under a heading that the table lacks"),
        _post(
            ev.MissionOpened,
            "GNB",
            "1976-06-30",
            "embassy",
            "Bissau",
            basis="under a heading that the table lacks",
        ),
    ),
    "honduras-01": (FEDERATION, _recognised("HND", "1853-04-19", "of 1853")),
    "hungary-06": (
        _ties(
            ev.TiesSevered, "HUN", "1941-12-11", "severed by Hungary; the heading says interrupted"
        ),
    ),
    "hungary-07": (
        _ties(
            ev.TiesRestored, "HUN", "[1945-09-22..1946-01-26]", "from the offer to the credentials"
        ),
    ),
    "iraq-10": (
        _post(ev.MissionClosed, "IRQ", "1991-01-12", "embassy", "Baghdad"),
        _ties(
            ev.TiesSevered,
            "IRQ",
            "[1991-01-12..1991-02-09]",
            "the days in the text; which is that of the severance, the heading does not tell",
        ),
    ),
    "japan-07": (
        _ties(ev.TiesSevered, "JPN", "1941-12-08", "severed; the heading says suspended"),
    ),
    "japan-08": (_ties(ev.TiesRestored, "JPN", "1952-04-28"),),
    "kingdom-of-yugoslavia-04": (
        _succeeded(
            "KINGDOM_OF_SERBIA",
            "YUG",
            "unification",
            "1919-02-10",
            "Serbia's legation was recognised as that of the new kingdom",
        ),
    ),
    "kingdom-of-yugoslavia-10": (YUGOSLAVIA_1992,),
    "korea-03": (
        _ties(ev.TiesSuspended, "JOSEON", "1905-11-17"),
        _post(ev.MissionClosed, "JOSEON", "1905-11-28", "legation", None),
    ),
    "libya-08": (
        _as(
            ev.MissionOpened,
            "2004-02-08",
            sender=USA,
            receiver="LBY",
            kind="interests-section",
            city="Tripoli",
            protecting_power="BEL",
        ),
        _post(ev.MissionOpened, "LBY", "2004-06-28", "liaison-office", "Tripoli"),
    ),
    "libya-11": (
        _post(
            ev.MissionOpened,
            "LBY",
            "2011-09-22",
            "embassy",
            "Tripoli",
            basis="the later of two days; on the first a government was recognised",
        ),
    ),
    "mexico-04": (_ties(ev.TiesSevered, "MEX", "1845-03-28"),),
    "mexico-05": (_ties(ev.TiesRestored, "MEX", "1848-12-04"),),
    "mexico-06": (_ties(ev.TiesSevered, "MEX", "1858-06-21"),),
    "mexico-09": (_ties(ev.TiesSevered, "MEX", "1914-04-22"),),
    "montenegro-02": (
        _as(ev.RecognitionWithdrawn, "1920-12-30", recogniser=USA, recognised="MNE"),
    ),
    "montenegro-06": (_ties(ev.TiesRestored, "MNE", "2006-08-15"),),
    "nicaragua-07": (_ties(ev.TiesSevered, "NIC", "1909-12-01"),),
    "nicaragua-10": (
        _ties(ev.TiesRestored, "NIC", "1926-11-17", "the new government was recognised"),
    ),
    "nicaragua-11": (_post(ev.MissionOpened, "NIC", "1943-03-27", "embassy", "Managua"),),
    "nicaragua-12": (
        _ties(
            ev.TiesSevered,
            "NIC",
            "1947-06-05",
            "the ambassador was received in his private capacity",
        ),
    ),
    "nicaragua-13": (_ties(ev.TiesRestored, "NIC", "1948-05-06"),),
    "panama-05": (_ties(ev.TiesSuspended, "PAN", "[1931-01-02..1931-01-05]"),),
    "panama-06": (_ties(ev.TiesRestored, "PAN", "[1931-01-15..1931-01-16]"),),
    "panama-08": (_ties(ev.TiesSuspended, "PAN", "1949-11-25"),),
    "panama-12": (_ties(ev.TiesSuspended, "PAN", "1968-10-15"),),
    "peru-02": (_recognised("PERU_BOLIVIA", "1838-06-08"),),
    "russia-08": (
        _succeeded(
            "RUS", "SUN", "continuation", "1933-11-16", "Russia's relations were resumed with it"
        ),
        _ties(ev.TiesRestored, "SUN", "1933-11-16"),
    ),
    "russia-10": (
        _recognised("RUS", "1991-12-25", "as the successor of the Soviet Union"),
        _succeeded(
            "SUN",
            "RUS",
            "continuation",
            "1991-12-25",
            "the embassy in Moscow stayed as that to Russia; ties were established on 31 December",
            tracks=("missions",),
        ),
    ),
    "saint-lucia-03": (
        _ties(ev.TiesEstablished, "LCA", "1979-06-11", "so the text; the heading has 1983"),
    ),
    "serbia-02": (YUGOSLAVIA_1992,),
    "serbia-05": (
        _post(ev.MissionOpened, "SCG", "2001-05", "embassy"),
        _succeeded(
            "SCG",
            "SRB",
            "continuation",
            "2006-06-05",
            "Serbia is considered the successor; the day is that of its declaration",
            tracks=("missions", "ties"),
        ),
    ),
    "singapore-03": (
        _ties(ev.TiesEstablished, "SGP", "1966-04-04"),
        _post(ev.MissionOpened, "SGP", "1966-04-04", "embassy", "Singapore"),
    ),
    "spain-06": (
        _ties(ev.TiesSevered, "ESP", "1898-04-21"),
        _post(ev.MissionClosed, "ESP", "1898-04-21", "legation", "Madrid"),
    ),
    "syria-02": (UNITED_ARAB_REPUBLIC,),
    "syria-05": (
        _ties(ev.TiesSuspended, "SYR", "1958-02-25", "ended, as Syria was part of the new state"),
        _ties(ev.TiesEstablished, "UAR", "1958-02-25"),
    ),
    "syria-06": (
        _ties(ev.TiesRestored, "SYR", "1961-10-10"),
        _post(ev.MissionOpened, "SYR", "1961-10-10", "embassy", "Damascus"),
    ),
    "syria-08": (
        _as(
            ev.MissionOpened,
            "1974-02-08",
            sender=USA,
            receiver="SYR",
            kind="interests-section",
            city="Damascus",
            protecting_power="ITA",
        ),
    ),
    "turkey-04": (_ties(ev.TiesSevered, "TUR", "1917-04-20"),),
    "united-kingdom-08": (_ties(ev.TiesSuspended, "GBR", "1812-06-18"),),
    "vietnam-05": (_post(ev.MissionOpened, "RVN", "1952-06-24", "embassy", "Saigon"),),
    "vietnam-07": (
        _ties(ev.TiesSuspended, "RVN", "1975-04-29"),
        _post(ev.MissionClosed, "RVN", "1975-04-29", "embassy", "Saigon"),
    ),
    "vietnam-08": (_post(ev.MissionOpened, "VNM", "1995-01-28", "liaison-office", "Hanoi"),),
    "vietnam-09": (
        _ties(
            ev.TiesEstablished,
            "VNM",
            "1995-08-05",
            "resumed, by the heading; with this party they are the first",
        ),
    ),
    "yemen-02": (
        _recognised(
            "YEM",
            "1962-12-19",
            "a new government",
            subject="government",
            government="Yemen Arab Republic",
        ),
    ),
    "yemen-12": (_ties(ev.TiesSevered, "YMD", "1969-10-24", "of South Yemen, as the row before"),),
}
"""From the key of a heading to what it says."""

OTHER_YEAR: Final = "the heading's year is none of the days beneath it, which are of another"

LEFT_OUT: Final[dict[str, str]] = {
    "bosnia-herzegovina-03": OTHER_YEAR,
    "kyrgyzstan-03": OTHER_YEAR,
    "italy-04": "several legations with several states",
    "austria-04": "several acts of several years in one heading",
    "france-11": "by its own words no recognition of a government",
    "german-democratic-republic-01": "a recognition that was not granted",
    "germany-14": "others' recognition of an act of unification",
    "hanseatic-republics-02": "one of the three cities by itself, which is no party",
    "hawaii-09": "a change of the representative's title",
    "kingdom-of-yugoslavia-11": "a convention with the Two Sicilies, on the wrong page",
}
"""From the key of a heading to why it is left out."""

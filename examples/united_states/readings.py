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
    "egypt-02": (UNITED_ARAB_REPUBLIC,),
    "el-salvador-01": (FEDERATION, _recognised("SLV", "1849-05-01", "of 1849")),
    "eritrea-02": (
        _ties(ev.TiesEstablished, "ERI", "1993-06-11", "the heading is that of the recognition"),
        _post(ev.MissionOpened, "ERI", "1993-06-11", "embassy", "Asmara"),
    ),
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
    "iraq-10": (
        _post(ev.MissionClosed, "IRQ", "1991-01-12", "embassy", "Baghdad"),
        _ties(
            ev.TiesSevered,
            "IRQ",
            "[1991-01-12..1991-02-09]",
            "the days in the text; which is that of the severance, the heading does not tell",
        ),
    ),
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
    "syria-02": (UNITED_ARAB_REPUBLIC,),
    "syria-05": (
        _ties(ev.TiesSuspended, "SYR", "1958-02-25", "ended, as Syria was part of the new state"),
        _ties(ev.TiesEstablished, "UAR", "1958-02-25"),
    ),
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
            "1995-07-11",
            "established, and with this party for the first time, under a heading that says "
            "resumed; another version of the text has 5 August 1995",
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
    "nicaragua-11": OTHER_YEAR,
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

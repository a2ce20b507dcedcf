"""Headings of the guide that no rule reads rightly: each with its reading, or why it is left out.

Two acts in one heading have two days, a page tells of another party than its own, or the words
mean something else than they seem to. What is read here is read by hand, on the guide's page or of
the heading and the dates beneath it, and is marked so.
"""

from __future__ import annotations

from typing import Final

from by_hand import Reading, act, mutual, post, recognised, signed, succeeded, ties

from diplorel import events as ev
from tables import USA

FEDERATION: Final = recognised("CENTRAL_AMERICA", "1824-08-04", "of 1824, of the federation")
EAST_GERMANY: Final = (
    recognised("DDR", "1974-09-04"),
    ties(ev.TiesEstablished, "DDR", "1974-09-04"),
)
NORTH_GERMAN_UNION: Final = recognised(
    "NORTH_GERMAN_UNION",
    "[1867-11-20..1867-12-09]",
    "by an exchange between the minister and the secretary of state",
)
UNITED_ARAB_REPUBLIC: Final = recognised("UAR", "1958-02-25")
YUGOSLAVIA_1992: Final = ties(ev.TiesSuspended, "YUG", "1992-05-21", "relations with the SFRY")

DIFFERENTLY: Final[dict[str, tuple[Reading, ...]]] = {
    "albania-01": mutual("ALB", "1922-07-28"),
    "albania-03": (
        ties(ev.TiesSuspended, "ALB", "1939-06-05"),
        post(ev.MissionClosed, "ALB", "1939-09-16", "legation", "Tirana"),
    ),
    "argentina-06": (
        ties(
            ev.TiesSuspended,
            "ARG",
            "[1944-02-25..1944-06-27]",
            "a new government was not recognised",
        ),
    ),
    "armenia-01": (recognised("ARMENIA_1918", "1920-04-23"),),
    "austrian-empire-06": (ties(ev.TiesSevered, "AUSTRIA_HUNGARY", "1917-04-08"),),
    "belgium-05": (post(ev.MissionClosed, "BEL", "1940-07-15", "embassy", "Brussels"),),
    "bolivia-04": (post(ev.MissionOpened, "BOL", "1942-03-31", "embassy"),),
    "bulgaria-02": (ties(ev.TiesEstablished, "BGR", "1903-09-19"),),
    "bulgaria-08": (ties(ev.TiesSevered, "BGR", "1950-02-20"),),
    "bulgaria-09": (
        ties(ev.TiesRestored, "BGR", "1959-03-24"),
        post(ev.MissionOpened, "BGR", "1960-03-14", "legation", "Sofia"),
    ),
    "cambodia-04": (post(ev.MissionOpened, "KHM", "1952-06-24", "embassy", "Phnom Penh"),),
    "cambodia-08": (
        ties(ev.TiesSuspended, "KHM", "[1975-04-12..1975-04-17]"),
        post(ev.MissionClosed, "KHM", "1975-04-12", "embassy", "Phnom Penh"),
    ),
    "china-01": mutual("CHN", "1844-06-16~"),
    "china-04": (ties(ev.TiesEstablished, "CHN", "1844-06-16~"),),
    "china-17": (
        post(
            ev.MissionClosed, "CHN", "1949-12-19", "embassy", "Chongqing", basis="moved to Taipei"
        ),
        post(ev.MissionOpened, "TWN", "1949-12-19", "embassy", "Taipei"),
        ties(
            ev.TiesSuspended,
            "CHN",
            "1949-12-19",
            "the embassy left the mainland, and relations went on with the government in Taipei",
        ),
        ties(
            ev.TiesEstablished,
            "TWN",
            "1949-12-19",
            "the relations with the Republic of China went on in Taipei until 1979",
        ),
    ),
    "china-19": (
        ties(ev.TiesEstablished, "CHN", "1979-01-01"),
        ties(ev.TiesSevered, "TWN", "1979-01-01", "relations were terminated"),
    ),
    "china-20": (post(ev.MissionClosed, "TWN", "1979-02-28", "embassy", "Taipei"),),
    "colombia-02": (
        post(ev.MissionOpened, "COL", "1823-03-03", "consulate", "Cartagena"),
        post(ev.MissionOpened, "COL", "1823-07-11", "consulate", "Santa Marta"),
        post(ev.MissionClosed, "COL", "1933", "consulate", "Santa Marta"),
        post(ev.MissionClosed, "COL", "1948", "consulate", "Cartagena"),
    ),
    "colombia-04": (post(ev.MissionOpened, "COL", "1823-12-16", "legation"),),
    "congo-republic-04": (
        ties(ev.TiesRestored, "COG", "1977-06-07"),
        post(ev.MissionOpened, "COG", "1977-10-30", "embassy", "Brazzaville"),
    ),
    "cuba-05": (
        act(
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
        ties(ev.TiesRestored, "CUB", "2015-07-20"),
        post(ev.MissionOpened, "CUB", "2015-07-20", "embassy", "Havana"),
    ),
    "czechoslovakia-01": (
        recognised("CSK", "1918-09-03", "its National Council, as a government de facto"),
    ),
    "czechoslovakia-06": (post(ev.MissionOpened, "CSK", "1919-06-11", "legation", "Prague"),),
    "czechoslovakia-07": (
        act(
            ev.MissionOpened,
            "1919",
            sender="CSK",
            receiver=USA,
            kind="legation",
            city="Washington",
        ),
    ),
    "egypt-02": (UNITED_ARAB_REPUBLIC,),
    "egypt-03": (
        ties(ev.TiesEstablished, "EGY", "1922-04-26"),
        post(ev.MissionOpened, "EGY", "1922-06-24", "legation"),
    ),
    "el-salvador-01": (FEDERATION, recognised("SLV", "1849-05-01", "of 1849")),
    "el-salvador-06": (
        ties(ev.TiesRestored, "SLV", "1934-01-26", "the government was recognised"),
    ),
    "equatorial-guinea-01": (recognised("GNQ", "1968-10-28"),),
    "equatorial-guinea-07": (post(ev.MissionClosed, "GNQ", "1995-10-31", "embassy", "Malabo"),),
    "eritrea-02": (
        ties(ev.TiesEstablished, "ERI", "1993-06-11", "the heading is that of the recognition"),
        post(ev.MissionOpened, "ERI", "1993-06-11", "embassy", "Asmara"),
    ),
    "equatorial-guinea-08": (post(ev.MissionOpened, "GNQ", "2006", "embassy", "Malabo"),),
    "federal-government-germany-01": (recognised("GERMANY_1848", "1848-08-09"),),
    "finland-02": (ties(ev.TiesEstablished, "FIN", "1919-05-27"),),
    "france-03": (ties(ev.TiesEstablished, "FRA", "1778-08-06"),),
    "france-09": (post(ev.MissionOpened, "FRA", "1940", "embassy", "Vichy"),),
    "france-12": (
        recognised(
            "FRA",
            "1944-10-23",
            subject="government",
            government="Provisional Government of the French Republic",
        ),
        ties(ev.TiesRestored, "FRA", "1944-10-23", "ambassadors were acknowledged on that day"),
    ),
    "france-13": (post(ev.MissionOpened, "FRA", "1944-12-01", "embassy", "Paris"),),
    "german-democratic-republic-02": EAST_GERMANY,
    "german-democratic-republic-03": (
        post(ev.MissionOpened, "DDR", "1974-12-09", "embassy", "Berlin", basis="the embassy's day"),
    ),
    "germany-03": (
        ties(
            ev.TiesEstablished, "PRUSSIA", "1797-12-05", "the minister was recognised on that day"
        ),
    ),
    "germany-04": (
        ties(
            ev.TiesEstablished,
            "DEU",
            "[1871-01-18..1871-04-08]",
            "between the founding and the new letter of credence",
        ),
    ),
    "germany-08": (ties(ev.TiesRestored, "DEU", "1921-12-10"),),
    "germany-12": (
        ties(ev.TiesEstablished, "DEU", "1955-05-06"),
        post(ev.MissionOpened, "DEU", "1955-05-14", "embassy", "Bonn"),
    ),
    "germany-13": EAST_GERMANY,
    "greece-01": (recognised("GRC", "1837-11-07"),),
    "greece-04": (
        post(ev.MissionClosed, "GRC", "1941-07-14", "legation", "Athens"),
        post(ev.MissionOpened, "GRC", "1941", "legation", "London"),
    ),
    "guatemala-04": (
        post(
            ev.MissionOpened,
            "CENTRAL_AMERICA",
            "1826-05-03",
            "legation",
            "Guatemala City",
            basis="the city as on the federation's page",
        ),
    ),
    "guinea-bissau-01": (
        recognised("GNB", "1974-09-10"),
        ties(ev.TiesEstablished, "GNB", "1975-09-03", "under a heading that the table lacks"),
        post(
            ev.MissionOpened,
            "GNB",
            "1976-06-30",
            "embassy",
            "Bissau",
            basis="under a heading that the table lacks",
        ),
    ),
    "honduras-01": (FEDERATION, recognised("HND", "1853-04-19", "of 1853")),
    "hungary-06": (
        ties(
            ev.TiesSevered, "HUN", "1941-12-11", "severed by Hungary; the heading says interrupted"
        ),
    ),
    "hungary-07": (
        ties(
            ev.TiesRestored, "HUN", "[1945-09-22..1946-01-26]", "from the offer to the credentials"
        ),
    ),
    "iraq-10": (
        post(ev.MissionClosed, "IRQ", "1991-01-12", "embassy", "Baghdad"),
        ties(ev.TiesSevered, "IRQ", "1991-02-09"),
    ),
    "jamaica-01": (recognised("JAM", "1962-08-16"),),
    "japan-07": (ties(ev.TiesSevered, "JPN", "1941-12-08", "severed; the heading says suspended"),),
    "japan-08": (ties(ev.TiesRestored, "JPN", "1952-04-28"),),
    "kingdom-of-yugoslavia-04": (
        succeeded(
            "KINGDOM_OF_SERBIA",
            "YUG",
            "unification",
            "1919-02-10",
            "Serbia's legation was recognised as that of the new kingdom",
        ),
    ),
    "kingdom-of-yugoslavia-06": (post(ev.MissionOpened, "YUG", "1942-09-29", "embassy"),),
    "kingdom-of-yugoslavia-10": (YUGOSLAVIA_1992,),
    "korea-03": (
        ties(ev.TiesSuspended, "JOSEON", "1905-11-17"),
        post(ev.MissionClosed, "JOSEON", "1905-11-28", "legation", None),
    ),
    "liberia-01": (recognised("LBR", "1862-09-23"),),
    "libya-06": (post(ev.MissionOpened, "LBY", "1954-09-25", "embassy"),),
    "libya-07": (post(ev.MissionClosed, "LBY", "1980-05-02", "embassy", "Tripoli"),),
    "libya-08": (
        act(
            ev.MissionOpened,
            "2004-02-08",
            sender=USA,
            receiver="LBY",
            kind="interests-section",
            city="Tripoli",
            protecting_power="BEL",
        ),
        post(ev.MissionOpened, "LBY", "2004-06-28", "liaison-office", "Tripoli"),
    ),
    "libya-11": (
        post(
            ev.MissionOpened,
            "LBY",
            "2011-09-22",
            "embassy",
            "Tripoli",
            basis="the later of two days; on the first a government was recognised",
        ),
    ),
    "luxembourg-04": (post(ev.MissionClosed, "LUX", "1940-07-15", "legation"),),
    "mexico-04": (ties(ev.TiesSevered, "MEX", "1845-03-28"),),
    "mexico-05": (ties(ev.TiesRestored, "MEX", "1848-12-04"),),
    "mexico-06": (ties(ev.TiesSevered, "MEX", "1858-06-21"),),
    "mexico-09": (ties(ev.TiesSevered, "MEX", "1914-04-22"),),
    "monaco-03": (ties(ev.TiesEstablished, "MCO", "2006-12-08"),),
    "monaco-04": (
        signed(
            "MCO", "1939-02-15", "us-monaco-1939-treaty-of-extradition", "Treaty of Extradition"
        ),
    ),
    "monaco-05": (
        act(
            ev.AgreementInForce,
            "1952-03-31",
            parties=[USA, "MCO"],
            agreement="us-monaco-1952-agreement-on-passport-visas",
        ),
    ),
    "montenegro-02": (
        act(ev.RecognitionWithdrawn, "1920-12-30", recogniser=USA, recognised="MNE"),
    ),
    "montenegro-06": (ties(ev.TiesRestored, "MNE", "2006-08-15"),),
    "morocco-07": (
        ties(ev.TiesRestored, "MAR", "1956", "by steps from June to October"),
        post(ev.MissionOpened, "MAR", "1956-06-11", "embassy", "Rabat"),
    ),
    "netherlands-06": (
        act(ev.MissionOpened, "1783-10", sender="NLD", receiver=USA, kind="legation"),
    ),
    "netherlands-07": (post(ev.MissionClosed, "NLD", "1801-05", "legation", "The Hague"),),
    "netherlands-10": (
        post(ev.MissionClosed, "NLD", "1940-07-15", "legation", "The Hague"),
        post(ev.MissionOpened, "NLD", "1940-08-15", "legation", "London"),
    ),
    "nicaragua-07": (ties(ev.TiesSevered, "NIC", "1909-12-01"),),
    "nicaragua-10": (
        ties(ev.TiesRestored, "NIC", "1926-11-17", "the new government was recognised"),
    ),
    "nicaragua-11": (post(ev.MissionOpened, "NIC", "1943-03-27", "embassy", "Managua"),),
    "nicaragua-12": (
        ties(
            ev.TiesSevered,
            "NIC",
            "1947-06-05",
            "the ambassador was received in his private capacity",
        ),
    ),
    "nicaragua-13": (ties(ev.TiesRestored, "NIC", "1948-05-06"),),
    "nigeria-01": (recognised("NGA", "1960-10-01"),),
    "nigeria-03": (post(ev.MissionOpened, "NGA", "1960-10-01", "embassy", "Lagos"),),
    "north-german-confederation-01": (NORTH_GERMAN_UNION,),
    "north-german-union-01": (NORTH_GERMAN_UNION,),
    "norway-05": (post(ev.MissionOpened, "NOR", "1906-08-13", "legation", "Christiania"),),
    "norway-06": (post(ev.MissionClosed, "NOR", "1940-07-15", "legation", "Oslo"),),
    "palau-01": (recognised("PLW", "1994-10-01"),),
    "panama-05": (ties(ev.TiesSuspended, "PAN", "[1931-01-02..1931-01-05]"),),
    "panama-06": (ties(ev.TiesRestored, "PAN", "[1931-01-15..1931-01-16]"),),
    "panama-08": (ties(ev.TiesSuspended, "PAN", "1949-11-25"),),
    "panama-12": (ties(ev.TiesSuspended, "PAN", "1968-10-15"),),
    "peru-02": (recognised("PERU_BOLIVIA", "1838-06-08"),),
    "poland-08": (post(ev.MissionOpened, "POL", "1939-09", "embassy", "Paris"),),
    "poland-11": (post(ev.MissionOpened, "POL", "1945-07-31", "embassy", "Warsaw"),),
    "romania-03": (ties(ev.TiesEstablished, "ROU", "1880-12-14", "the first credentials"),),
    "romania-09": (post(ev.MissionOpened, "ROU", "1964-06-01", "embassy", "Bucharest"),),
    "russia-08": (
        succeeded(
            "RUS", "SUN", "continuation", "1933-11-16", "Russia's relations were resumed with it"
        ),
        ties(ev.TiesRestored, "SUN", "1933-11-16"),
    ),
    "russia-10": (
        recognised("RUS", "1991-12-25", "as the successor of the Soviet Union"),
        succeeded(
            "SUN",
            "RUS",
            "continuation",
            "1991-12-25",
            "the embassy in Moscow stayed as that to Russia; ties were established on 31 December",
            tracks=("missions",),
        ),
    ),
    "saint-lucia-01": (recognised("LCA", "1979-05-17"),),
    "saint-lucia-03": (
        ties(ev.TiesEstablished, "LCA", "1979-06-11", "so the text; the heading has 1983"),
    ),
    "serbia-02": (YUGOSLAVIA_1992,),
    "serbia-05": (
        post(ev.MissionOpened, "SCG", "2001-05", "embassy"),
        succeeded(
            "SCG",
            "SRB",
            "continuation",
            "2006-06-05",
            "Serbia is considered the successor; the day is that of its declaration",
            tracks=("missions", "ties"),
        ),
    ),
    "singapore-03": (
        ties(ev.TiesEstablished, "SGP", "1966-04-04"),
        post(ev.MissionOpened, "SGP", "1966-04-04", "embassy", "Singapore"),
    ),
    "spain-06": (
        ties(ev.TiesSevered, "ESP", "1898-04-21"),
        post(ev.MissionClosed, "ESP", "1898-04-21", "legation", "Madrid"),
    ),
    "sweden-06": (
        signed(
            "SWE",
            "1783-04-03",
            "us-sweden-1783-treaty-of-amity-and-commerce",
            "Treaty of Amity and Commerce",
        ),
    ),
    "syria-02": (UNITED_ARAB_REPUBLIC,),
    "syria-05": (
        ties(ev.TiesSuspended, "SYR", "1958-02-25", "ended, as Syria was part of the new state"),
        ties(ev.TiesEstablished, "UAR", "1958-02-25"),
    ),
    "syria-06": (
        ties(ev.TiesRestored, "SYR", "1961-10-10"),
        post(ev.MissionOpened, "SYR", "1961-10-10", "embassy", "Damascus"),
    ),
    "syria-08": (
        act(
            ev.MissionOpened,
            "1974-02-08",
            sender=USA,
            receiver="SYR",
            kind="interests-section",
            city="Damascus",
            protecting_power="ITA",
        ),
    ),
    "turkey-03": (post(ev.MissionOpened, "TUR", "1906-06-18", "embassy"),),
    "turkey-04": (ties(ev.TiesSevered, "TUR", "1917-04-20"),),
    "two-sicilies-06": (
        signed(
            "TWO_SICILIES",
            "1835-12-26",
            "us-two-sicilies-1835-balance-of-the-indemnity",
            "Arrangement on the balance of the indemnity of 1832",
        ),
    ),
    "united-kingdom-08": (ties(ev.TiesSuspended, "GBR", "1812-06-18"),),
    "vietnam-05": (post(ev.MissionOpened, "RVN", "1952-06-24", "embassy", "Saigon"),),
    "vietnam-07": (
        ties(ev.TiesSuspended, "RVN", "1975-04-29"),
        post(ev.MissionClosed, "RVN", "1975-04-29", "embassy", "Saigon"),
    ),
    "vietnam-08": (post(ev.MissionOpened, "VNM", "1995-01-28", "liaison-office", "Hanoi"),),
    "vietnam-09": (
        ties(
            ev.TiesEstablished,
            "VNM",
            "1995-08-05",
            "resumed, by the heading; with this party they are the first",
        ),
    ),
    "yemen-02": (
        recognised(
            "YEM",
            "1962-12-19",
            "a new government",
            subject="government",
            government="Yemen Arab Republic",
        ),
    ),
    "yemen-03": (recognised("YMD", "1967-12-07"),),
    "yemen-04": (ties(ev.TiesEstablished, "YEM", "1946-03-04"),),
    "yemen-12": (ties(ev.TiesSevered, "YMD", "1969-10-24", "of South Yemen, as the row before"),),
    "yemen-13": (post(ev.MissionClosed, "YMD", "1969-10-26", "embassy", "Aden"),),
    "yemen-14": (
        ties(ev.TiesRestored, "YEM", "1972-07"),
        post(ev.MissionOpened, "YEM", "1972-07", "embassy", "San\u2019a"),
    ),
    "yemen-15": (ties(ev.TiesRestored, "YMD", "1990-04-30"),),
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
    "hanseatic-republics-14": "one of the three cities by itself, which is no party",
    "hawaii-09": "a change of the representative's title",
    "monaco-08": "a treaty between others",
    "tonga-07": "a treaty between others",
    "kingdom-of-yugoslavia-11": "a convention with the Two Sicilies, on the wrong page",
}
"""From the key of a heading to why it is left out."""

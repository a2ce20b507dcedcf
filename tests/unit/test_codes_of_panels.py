"""Codes in a panel are those of the day: each trap of country codes is a join that does not happen.

The traps are those in which well-known converters and lists fall: a number that goes on under
another state, a dead one, one that two lists give to different states, a name of a missing value.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.errors import InvalidQueryError
from draws import draws

if TYPE_CHECKING:
    from diplorel.model.table import Table

DATA = Path(__file__).parents[1] / "data"
SCHEMES = ("iso3", "cow", "gw", "cow-abb", "gw-abb", "iso-numeric")
NOTHING = dr.EventLog([])  # codes need no events
NO_ROW = "no row"
LISTS = {"cow": ("cow_states2016.csv", 2016), "gw": ("gw_states2017.csv", 2017)}
days_of_both_lists = st.dates(date(1816, 1, 1), date(2016, 12, 31))


@lru_cache(maxsize=256)
def states_on(day: date) -> dict[str, dict[str, Any]]:
    """Return the row of each state with Bhutan on a day, by the id of the state."""
    years = (day.year, day.year)
    at = "02-28" if (day.month, day.day) == (2, 29) else f"{day:%m-%d}"
    panel = NOTHING.panel("BTN", years=years, at=at, codes=SCHEMES, columns=["ties"])
    return {row["party_b"]: row for row in panel}


def code_on(party: str, scheme: str, day: str) -> str | None:
    row = states_on(date.fromisoformat(day)).get(party)
    return NO_ROW if row is None else row[f"{scheme}_b"]


@lru_cache(maxsize=4)
def two_centuries(alive: Any = "at") -> Table:
    """Return the years of every state with the United States."""
    return NOTHING.panel("USA", years=(1816, 2025), codes=SCHEMES, columns=["ties"], alive=alive)


def holders(scheme: str) -> dict[str, set[str]]:
    """Return the states that a code of a scheme was ever of, at the end of a year."""
    found = defaultdict(set)
    panel = two_centuries()
    for party, code in zip(panel["party_b"], panel[f"{scheme}_b"], strict=True):
        if code is not None:
            found[code].add(party)
    return found


@lru_cache(maxsize=2)
def listed(scheme: str) -> tuple[tuple[str, date, date], ...]:
    """Return the states of a list, each with its first and last day."""
    with (DATA / LISTS[scheme][0]).open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["code"], date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
            for row in csv.DictReader(file)
        )


# --- laws ----------------------------------------------------------------------------------------


@settings(max_examples=draws(25))
@given(days_of_both_lists)
def test_no_two_states_of_a_day_have_one_code(day: date) -> None:
    for scheme in SCHEMES:
        codes = [row[f"{scheme}_b"] for row in states_on(day).values()]
        given_ones = [code for code in codes if code is not None]
        assert len(given_ones) == len({*given_ones})


@settings(max_examples=draws(25))
@given(days_of_both_lists)
def test_a_number_is_one_that_its_list_has_on_that_day_and_leads_back(day: date) -> None:
    for scheme in LISTS:
        on_the_list = {code for code, start, end in listed(scheme) if start <= day <= end}
        for id, row in states_on(day).items():
            code = row[f"{scheme}_b"]
            if code is not None:
                assert code in on_the_list, (id, scheme, row["on"])
                assert dr.party(code, scheme=scheme, on=row["on"]).id == id


@settings(max_examples=draws(25))
@given(days_of_both_lists)
def test_a_state_that_a_list_has_is_missing_only_where_it_does_not_live(day: date) -> None:
    rows = states_on(day)
    shown = {scheme: {row[f"{scheme}_b"] for row in rows.values()} for scheme in LISTS}
    for scheme, codes in shown.items():
        on_the_list = {code for code, start, end in listed(scheme) if start <= day <= end}
        for code in on_the_list - codes:
            found = dr.party(code, scheme=scheme, on=day)
            assert found.id == "BTN" or not found.is_alive(day.toordinal()), (code, scheme)


@lru_cache(maxsize=4)
def pairs_of_1948(order: Any) -> list[dict[str, Any]]:
    """Return the row of each pair of states at the end of 1948."""
    codes = ("cow", "gw")
    return [*NOTHING.panel(years=(1948, 1948), columns=["ties"], codes=codes, order=order)]


@pytest.mark.parametrize("scheme", ["cow", "gw"])
def test_the_lower_number_comes_first_and_takes_its_row_along(scheme: str) -> None:
    by_id, by_number = pairs_of_1948("id"), pairs_of_1948(scheme)
    assert any(row["party_a"] > row["party_b"] for row in by_number)
    for row, turned in zip(by_id, by_number, strict=True):
        a, b = turned[f"{scheme}_a"], turned[f"{scheme}_b"]
        assert a is None or b is None or int(a) < int(b)
        sides = {row["party_a"]: "a", row["party_b"]: "b"}
        assert {turned["party_a"], turned["party_b"]} == {*sides}
        for side in "ab":
            was = sides[turned[f"party_{side}"]]
            assert turned[f"cow_{side}"] == row[f"cow_{was}"]
            assert turned[f"gw_{side}"] == row[f"gw_{was}"]


def test_in_the_gap_of_a_list_a_row_is_ordered_by_ids() -> None:
    order = {
        scheme: [(row["party_a"], row["party_b"]) for row in pairs_of_1948(scheme)]
        for scheme in ("cow", "gw")
    }
    assert ("KOR", "SUN") in order["cow"]  # COW has the Soviet Union as 365, and Korea not yet
    assert ("SUN", "KOR") in order["gw"]  # 365 and 732


# --- one row of the table of traps after another -------------------------------------------------

CHANGES = [  # the party, the scheme, its code on the day before, the day, its code on it
    # Vietnam is 816 from 1954 on; 817 was South Vietnam's, and 815 that of the empire until 1893
    ("VNM", "gw", None, "1954-05-01", "816"),
    ("VNM", "cow", None, "1954-07-21", "816"),
    ("RVN", "gw", None, "1954-05-01", "817"),
    ("RVN", "cow", None, "1954-06-04", "817"),
    ("RVN", "cow", "817", "1975-04-30", NO_ROW),
    ("RVN", "gw", "817", "1975-04-30", NO_ROW),
    ("DAI_NAM", "gw", "815", "1893-01-01", NO_ROW),
    # ISO splits the Soviet Union and Russia, the numbers go on
    ("SUN", "cow", "365", "1991-12-26", NO_ROW),
    ("SUN", "iso3", "SUN", "1991-12-26", NO_ROW),
    ("RUS", "cow", None, "1991-12-26", "365"),
    ("RUS", "gw", None, "1991-12-26", "365"),
    # united Germany is 255 to COW and 260 to Gleditsch and Ward
    ("DEU", "cow", "255", "1945-05-09", None),
    ("DEU", "cow", None, "1955-05-05", "260"),
    ("DEU", "cow", "260", "1990-10-03", "255"),
    ("DEU", "gw", None, "1949-09-21", "260"),
    ("DEU", "gw", "260", "1990-10-03", "260"),
    ("DEU", "iso-numeric", "280", "1990-10-03", "276"),
    ("DDR", "cow", None, "1954-03-25", "265"),
    ("DDR", "cow", "265", "1990-10-03", NO_ROW),
    ("PRUSSIA", "cow", "255", "1871-01-18", NO_ROW),
    # COW goes on with Yugoslavia's number for Serbia, Gleditsch and Ward do not
    ("YUG", "cow", "345", "1992-04-27", None),
    ("SCG", "cow", NO_ROW, "1992-04-27", "345"),
    ("SCG", "gw", "345", "2006-06-05", NO_ROW),
    ("SRB", "cow", NO_ROW, "2006-06-05", "345"),
    ("SRB", "gw", NO_ROW, "2006-06-05", "340"),
    ("MNE", "gw", NO_ROW, "2006-06-03", "341"),
    ("MNE", "cow", None, "2006-06-12", "341"),
    # Czechoslovakia has a gap in one list, and neither of its successors has its number
    ("CSK", "cow", "315", "1939-03-16", None),
    ("CSK", "gw", "315", "1939-03-16", "315"),
    ("CSK", "cow", None, "1945-05-10", "315"),
    ("CSK", "gw", "315", "1993-01-01", NO_ROW),
    ("CZE", "gw", NO_ROW, "1993-01-01", "316"),
    ("SVK", "gw", NO_ROW, "1993-01-01", "317"),
    # Yemen is 679 to COW and 678 to Gleditsch and Ward; 680 was that of the South
    ("YEM", "cow", "678", "1990-05-22", "679"),
    ("YEM", "gw", "678", "1990-05-22", "678"),
    ("YMD", "cow", "680", "1990-05-22", NO_ROW),
    ("YMD", "gw", "680", "1990-05-22", NO_ROW),
    # Sudan keeps 625
    ("SDN", "cow", "625", "2011-07-09", "625"),
    ("SDN", "gw", "625", "2011-07-09", "625"),
    ("SDN", "iso-numeric", "736", "2011-07-09", "729"),
    ("SSD", "cow", NO_ROW, "2011-07-09", "626"),
    ("SSD", "gw", NO_ROW, "2011-07-09", "626"),
    # Kosovo has no code of ISO, and is three days older to Gleditsch and Ward
    ("XKX", "gw", NO_ROW, "2008-02-17", "347"),
    ("XKX", "cow", None, "2008-02-20", "347"),
    ("XKX", "iso3", NO_ROW, "2008-02-17", None),
    # Taiwan is a party from the day on which the government moved
    ("TWN", "cow", NO_ROW, "1949-12-08", "713"),
    ("TWN", "gw", NO_ROW, "1949-12-08", "713"),
    ("CHN", "cow", "710", "1949-12-08", "710"),
    # ten months lie between the two lists for the Republic of Korea
    ("KOR", "gw", NO_ROW, "1948-08-15", "732"),
    ("KOR", "cow", NO_ROW, "1948-08-15", None),
    ("KOR", "cow", None, "1949-06-29", "732"),
    # the Papal States ended, and the Holy See has not got their number
    ("PAPAL_STATES", "cow", "327", "1860-11-06", None),
    ("PAPAL_STATES", "gw", "327", "1870-09-23", None),
]  # fmt: skip


@pytest.mark.parametrize(("party", "scheme", "before", "day", "on_it"), CHANGES)
def test_a_code_is_that_of_the_day(
    party: str, scheme: str, before: str | None, day: str, on_it: str | None
) -> None:
    eve = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert (code_on(party, scheme, eve), code_on(party, scheme, day)) == (before, on_it)


WRONG = [  # what converters, other data sets or a join without days give: party, scheme, code, why
    ("VNM", "gw", "817", "country_converter and countrycode in Python"),
    ("VNM", "gw", "815", "countrycode in R"),
    ("VNM", "cow", "817", "a join by name: South Vietnam's"),
    ("DDR", "cow", "255", "a join by name"),
    ("DEU", "gw", "265", "a join by name"),
    ("SRB", "cow", "340", "the code of the other list"),
    ("SRB", "gw", "345", "a join without days: Yugoslavia's"),
    ("MNE", "cow", "345", "a join without days: Yugoslavia's"),
    ("CZE", "gw", "315", "country_converter: Czechoslovakia's"),
    ("CZE", "cow", "315", "a join without days"),
    ("SVK", "cow", "315", "a join without days"),
    ("YEM", "gw", "680", "country_converter: South Yemen's"),
    ("YEM", "gw", "679", "the code of the other list"),
    ("YEM", "cow", "680", "a join by name"),
    ("SDN", "cow", "626", "Polity: Sudan after 2011"),
    ("SSD", "cow", "525", "Polity"),
    ("SSD", "cow", "625", "a join without days"),
    ("VAT", "cow", "327", "converters: the Papal States'"),
    ("VAT", "gw", "327", "converters: the Papal States'"),
    ("ITA", "gw", "327", "a join by place"),
    ("TWN", "cow", "710", "a join by the name of China"),
    ("CHN", "cow", "713", "a join by the name of China"),
    ("KOR", "cow", "730", "Korea's, until 1905"),
    ("VNM", "iso-numeric", "714", "a code that ISO has withdrawn"),
]  # fmt: skip


@pytest.mark.parametrize(("party", "scheme", "code", "why"), WRONG)
def test_a_wrong_code_comes_in_no_year(party: str, scheme: str, code: str, why: str) -> None:
    panel = two_centuries()
    ids = set(panel["party_b"])
    assert party in ids
    assert party not in holders(scheme).get(code, set())


@pytest.mark.parametrize(
    ("party", "schemes"),
    [
        ("VAT", ("cow", "gw", "cow-abb", "gw-abb")),
        ("PSE", ("cow", "gw", "cow-abb", "gw-abb")),
        ("XKX", ("iso3", "iso-numeric")),
        ("RVN", ("iso3", "iso-numeric")),
    ],
)
def test_a_state_without_a_code_has_a_missing_one_in_every_year(
    party: str, schemes: tuple[str, ...]
) -> None:
    rows = [row for row in two_centuries() if row["party_b"] == party]
    assert rows
    for scheme in schemes:
        assert {row[f"{scheme}_b"] for row in rows} == {None}


@pytest.mark.parametrize("union", ["EU", "ASEAN"])
def test_a_union_has_no_code_and_no_row_unless_it_is_asked_for(union: str) -> None:
    panel = NOTHING.panel(union, years=(2020, 2020), columns=["ties"], codes=SCHEMES)
    assert len(panel) > 190
    assert {row[f"{scheme}_a"] for row in panel for scheme in SCHEMES} == {None}
    assert union not in states_on(date(2020, 12, 31))


# --- keys ----------------------------------------------------------------------------------------


def test_a_number_alone_names_several_states_over_time() -> None:
    several = {code: ids for code, ids in holders("cow").items() if len(ids) > 1}
    assert several == {
        "255": {"PRUSSIA", "DEU"},
        "325": {"PIEDMONT_SARDINIA", "ITA"},
        "345": {"KINGDOM_OF_SERBIA", "YUG", "SCG", "SRB"},
        "365": {"RUS", "SUN"},
    }
    assert {ids for code, ids in _frozen("gw").items() if code in ("340", "345")} == {
        frozenset({"KINGDOM_OF_SERBIA", "SRB"}),
        frozenset({"YUG", "SCG"}),
    }
    assert all(len(ids) == 1 for ids in holders("iso3").values())


def _frozen(scheme: str) -> dict[str, frozenset[str]]:
    return {code: frozenset(ids) for code, ids in holders(scheme).items()}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_code_and_a_year_are_a_key_of_a_panel_of_the_states_of_one_day(scheme: str) -> None:
    panel = two_centuries()
    keys = [key for key in zip(panel[f"{scheme}_b"], panel["year"], strict=True) if key[0]]
    assert len(keys) == len({*keys})


def test_of_any_day_of_a_year_a_state_and_its_successor_can_share_a_number() -> None:
    panel = two_centuries("any")
    keys = Counter(zip(panel["cow_b"], panel["year"], strict=True))
    twice = {key for key, count in keys.items() if key[0] is not None and count > 1}
    assert twice == {
        ("255", 1871), ("325", 1861), ("345", 1918), ("345", 2006), ("365", 1922), ("365", 1991),
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["alpha2", "iso2", "iso", "iso4"])
def test_two_letters_are_no_key_since_they_were_given_again(scheme: str) -> None:
    with pytest.raises(InvalidQueryError):
        NOTHING.panel("USA", years=(2000, 2000), codes=[scheme], columns=["ties"])
    # CS was Czechoslovakia's and then that of Serbia and Montenegro, SK Sikkim's and now Slovakia's
    assert [holders("iso3")[code] for code in ("CSK", "SCG", "SVK")] == [{"CSK"}, {"SCG"}, {"SVK"}]


def test_vietnams_row_has_vdr_while_vnm_was_that_of_the_south_in_iso() -> None:
    codes = [code_on("VNM", "iso3", f"{year}-12-31") for year in (1974, 1976, 1978, 2025)]
    assert codes == ["VDR", "VDR", "VNM", "VNM"]
    assert holders("iso3")["VNM"] == holders("iso3")["VDR"] == {"VNM"}


@pytest.mark.parametrize(("alive", "last"), [("at", 1989), ("any", 1990)])
def test_two_states_that_share_a_year_and_no_day_have_no_row(alive: Any, last: int) -> None:
    panel = NOTHING.panel("DDR", years=(1989, 1993), columns=["ties"], alive=alive)
    rows = set(zip(panel["party_b"], panel["year"], strict=True))
    assert max(year for _, year in rows) == last
    assert ("CSK", last) in rows
    assert not {party for party, _ in rows} & {"RUS", "UKR", "CZE", "SVK", "ARM"}

"""How a code of a day, an old code or a name finds its party, or asks which one is meant."""

from __future__ import annotations

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import UnknownPartyError
from diplorel.model.dates import FIRST_DAY, LAST_DAY, PartialDate
from diplorel.model.parties import Code, Party
from diplorel.model.party_file import shared_names
from diplorel.model.party_table import NAMESAKES, PartyTable, party, shipped

DATA = Path(__file__).parents[1] / "data"
ROWS = tuple(shipped())
DAYS = st.integers(FIRST_DAY, LAST_DAY).map(date.fromordinal)
CODES = tuple((one, code) for one in ROWS for code in one.codes)


class Spell(NamedTuple):
    """A state's time in a list of states."""

    scheme: str
    abb: str
    code: str
    name: str
    start: date
    end: date

    def days(self) -> list[date]:
        middle = (self.start.toordinal() + self.end.toordinal()) // 2
        return [self.start, date.fromordinal(middle), self.end]


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@lru_cache(maxsize=1)
def spells() -> tuple[Spell, ...]:
    return tuple(
        Spell(
            scheme,
            row["abb"],
            row["code"],
            row["name"],
            date.fromisoformat(row["start"]),
            date.fromisoformat(row["end"]),
        )
        for scheme, file in (("cow", "cow_states2016.csv"), ("gw", "gw_states2017.csv"))
        for row in read(file)
    )


def names_of(one: Party) -> list[str]:
    former = [text.text for name in one.former for text in name.names]
    names = [one.id, one.alpha2, *(text.text for text in one.names), *one.also, *former]
    return [name for name in names if name]


# --- codes -------------------------------------------------------------------------------------


def test_every_state_of_both_lists_is_found_by_code_and_by_abbreviation_on_each_day() -> None:
    assert len(spells()) > 450
    for one in spells():
        for day in one.days():
            found = party(one.code, scheme=one.scheme, on=day)
            assert found.code(one.scheme, day) == one.code
            assert party(one.abb.lower(), scheme=f"{one.scheme}-abb", on=day) is found


def test_every_number_holds_in_a_life_of_its_party_but_for_the_listed_reasons() -> None:
    listed = {(row["scheme"], row["code"], row["day"]): row["reason"] for row in read("lists.csv")}
    differ = {}
    for one in spells():
        for day in one.days():
            found = party(one.code, scheme=one.scheme, on=day)
            if not found.lived(PartialDate(day.isoformat())):
                differ[one.scheme, one.code, day.isoformat()] = found.id
    assert differ.keys() == listed.keys()
    assert all(listed.values())


@given(st.sampled_from(CODES), DAYS)
def test_a_code_and_a_day_name_one_party_or_none(held: tuple[Party, Code], day: date) -> None:
    scheme, value = held[1].scheme, held[1].value
    holders = {
        one.id for one, code in CODES
        if (code.scheme, code.value) == (scheme, value) and code.holds_on(day.toordinal())
    }  # fmt: skip
    try:
        assert {shipped().by_code(scheme, value, on=day).id} == holders
    except UnknownPartyError as error:
        assert holders == set()
        assert held[0].id in error.suggestions
        assert f"on {day}" in str(error)


def test_a_code_without_a_day_is_enough_where_it_has_meant_one_party() -> None:
    assert party("817", scheme="gw").id == "RVN"
    assert party(2, scheme="cow").id == party("002", scheme="cow").id == "USA"
    assert party(4, scheme="iso-numeric").id == "AFG"
    with pytest.raises(UnknownPartyError, match="has meant several") as caught:
        party("345", scheme="cow")
    assert set(caught.value.suggestions) >= {"YUG", "SRB", "SCG", "KINGDOM_OF_SERBIA"}


@pytest.mark.parametrize(
    ("scheme", "value", "day", "id"),
    [
        ("gw", "816", "1960-01-01", "VNM"),
        ("gw", "815", "1850-01-01", "DAI_NAM"),
        ("gw", "260", "1960-01-01", "DEU"),
        ("gw", "260", "2010-01-01", "DEU"),
        ("cow", "255", "2010-01-01", "DEU"),
        ("cow", "255", "1850-01-01", "PRUSSIA"),
        ("gw", "678", "2010-01-01", "YEM"),
        ("cow", "679", "2010-01-01", "YEM"),
        ("gw", "340", "2010-01-01", "SRB"),
        ("cow", "345", "1900-01-01", "KINGDOM_OF_SERBIA"),
        ("gw", "365", "1950-01-01", "SUN"),
        ("iso-numeric", "280", "1980-01-01", "DEU"),
        ("iso-numeric", "887", "2000-01-01", "YEM"),
        ("iso4", "ZRCD", None, "COD"),
        ("iso3", "ZAR", "1990-01-01", "COD"),
    ],
)
def test_numbers_that_changed_hands(scheme: str, value: str, day: str | None, id: str) -> None:
    assert party(value, scheme=scheme, on=day).id == id


def test_an_unknown_code_or_scheme_is_refused_with_a_remedy() -> None:
    with pytest.raises(UnknownPartyError, match="expected one of cow, cow-abb, gw") as caught:
        party("816", scheme="cwo")
    assert caught.value.suggestions[0] == "cow"
    with pytest.raises(UnknownPartyError, match="no party has the gw code 'DVR'"):
        party("DVR", scheme="gw")
    with pytest.raises(UnknownPartyError, match="RVN from 1954-05-01 to 1975-04-30"):
        party("817", scheme="gw", on="1980-01-01")


def test_the_days_of_a_code_are_given_in_words() -> None:
    codes = [
        Code("x", "1"),
        Code("x", "2", end=PartialDate("1950")),
        Code("x", "3", PartialDate("1960")),
        Code("x", "4", PartialDate("1970"), PartialDate("1980")),
    ]
    table = PartyTable.of([Party(id="ONE", names=(), codes=codes)])
    assert table.by_code("x", "1", on="2000-01-01").id == "ONE"
    for value, days in (("2", "until 1950"), ("3", "since 1960"), ("4", "from 1970 to 1980")):
        with pytest.raises(UnknownPartyError, match=f"used for ONE {days}"):
            table.by_code("x", value, on="1955-01-01")
    two = PartyTable.of([Party(id=id, names=(), codes=codes[:1]) for id in ("ONE", "TWO")])
    with pytest.raises(UnknownPartyError, match="ONE on all days; TWO on all days"):
        two.by_code("x", "1", on="2000-01-01")


@pytest.mark.parametrize(
    ("old", "id"),
    [
        ("ZAR", "COD"), ("BUR", "MMR"), ("TMP", "TLS"), ("ROM", "ROU"), ("BYS", "BLR"),
        ("KSV", "XKX"), ("SUHH", "SUN"), ("DDDE", "DDR"), ("YUCS", "YUG"), ("CSXX", "SCG"),
        ("ANHH", "ANT"), ("VDVN", "VNM"), ("DHY", "BEN"), ("UKG", "GBR"), ("DRV", "VNM"),
        ("zar", "COD"),
    ],
)  # fmt: skip
def test_old_codes_and_abbreviations_that_clash_with_nothing_find_the_party(
    old: str, id: str
) -> None:
    assert party(old).id == id


def test_an_abbreviation_that_is_another_party_s_id_is_found_by_scheme_only() -> None:
    assert party("SWZ").id == "SWZ"
    assert party("SWZ", scheme="cow-abb").id == "CHE"
    assert party("AUS").id == "AUS"
    assert party("AUS", scheme="gw-abb").id == "AUT"


def test_an_abbreviation_of_two_parties_finds_neither() -> None:
    a, b = (Party(id=id, names=(), codes=[Code("x", "QQ")]) for id in ("ONE", "TWO"))
    assert PartyTable.of([a]).find("qq") is a
    with pytest.raises(UnknownPartyError):
        PartyTable.of([a, b]).find("QQ")


# --- names -------------------------------------------------------------------------------------


def test_every_name_in_both_lists_finds_a_party_that_had_the_number_or_asks() -> None:
    asked = set()
    for one in spells():
        holders = {other.id for other, code in CODES if (code.scheme, code.value) == one[::2][:2]}
        try:
            found = party(one.name)
        except UnknownPartyError as error:
            asked.add(one.name)
            assert "can mean several parties" in str(error)
            continue
        assert found.id in holders, one.name
    assert asked == {"Germany (Prussia)", "Italy/Sardinia", "Korea", "Russia (Soviet Union)"}


@pytest.mark.parametrize(
    ("name", "id"),
    [
        ("Congo, Dem. Rep.", "COD"), ("Congo, Rep.", "COG"), ("Korea, South", "KOR"),
        ("Korea, Rep.", "KOR"), ("Korea, Dem. People\u2019s Rep.", "PRK"), ("Korea, North", "PRK"),
        ("German Federal Republic", "DEU"), ("TÜRKİYE", "TUR"), ("türki\u0307ye", "TUR"),
        ("Lao People\u2019s Democratic Republic", "LAO"), ("Côte d\u2018Ivoire", "CIV"),
        ("Guinea\u2013Bissau", "GNB"), ("Egypt, Arab Rep.", "EGY"), ("Bahamas, The", "BHS"),
        ("Micronesia, Fed. Sts.", "FSM"), ("St. Kitts & Nevis", "KNA"), ("Slovak Rep.", "SVK"),
        ("Emirates, United Arab", "ARE"), ("Hong Kong", "HKG"), ("Macau", "MAC"),
        ("Greenland", "GRL"), ("The Faroe Islands", "FRO"), ("Montserrat", "MSR"),
        ("Tibet", "TIBET"), ("Siam", "THA"), ("Upper Volta", "BFA"),
    ],
)  # fmt: skip
def test_old_inverted_and_abbreviated_names_find_the_party(name: str, id: str) -> None:
    assert party(name).id == id


@given(st.sampled_from(ROWS), st.data())
def test_every_name_finds_its_party_or_asks(one: Party, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names_of(one)))
    try:
        assert party(name) is one
    except UnknownPartyError as error:
        assert name in shared_names()
        assert one.id in error.suggestions


@given(st.sampled_from(sorted(shared_names())), DAYS, st.sampled_from(["", "upper", "inverted"]))
def test_a_name_of_several_is_settled_by_the_day_or_asks(name: str, day: date, how: str) -> None:
    meanings = shared_names()[name]
    meant = {
        one.party for one in meanings
        if (one.start is None or one.start.lo <= day.toordinal())
        and (one.end is None or day.toordinal() <= one.end.hi)
    }  # fmt: skip
    first, _, rest = name.partition(" of ")
    typed = {"": name, "upper": name.upper()}.get(how, f"{rest}, {first} of" if rest else name)
    for on in (None, day):
        try:
            assert {party(typed, on=on).id} == meant
            assert on is not None
        except UnknownPartyError as error:
            assert on is None or len(meant) != 1
            assert error.suggestions == tuple(dict.fromkeys(one.party for one in meanings))
            assert all(id in str(error) for id in error.suggestions)


def test_the_republic_of_china_asks_which_with_the_days_of_both() -> None:
    with pytest.raises(UnknownPartyError) as caught:
        party("Republic of China")
    assert caught.value.suggestions == ("TWN", "CHN")
    assert "TWN since 1949-12-08; CHN until 1949-12-07" in str(caught.value)
    assert party("Republic of China", on="1930-01-01").id == "CHN"
    assert party("China, Republic of", on="1960-01-01").id == "TWN"


def test_a_table_without_these_parties_does_not_ask_for_them() -> None:
    one = Party(id="ONE", names={"en": "Korea"})
    assert PartyTable.of([one]).find("Korea") is one
    with pytest.raises(UnknownPartyError, match=r"^unknown party 'Republic of China'\.$"):
        PartyTable.of([one]).find("Republic of China")


def test_words_of_two_parties_in_any_order_find_neither() -> None:
    a = Party(id="ONE", names={"en": "Alpha Beta"})
    b = Party(id="TWO", names={"en": "Beta Alpha"})
    assert PartyTable.of([a]).find("Beta, Alpha") is a
    with pytest.raises(UnknownPartyError):
        PartyTable.of([a, b]).find("Beta, Alpha")


@pytest.mark.parametrize("group", NAMESAKES, ids=min)
def test_a_suggestion_never_points_to_the_other_alone(group: frozenset[str]) -> None:
    for id in group:
        for name in names_of(shipped().find(id)):
            for at in range(1, len(name), 5):
                typed = name[:at] + name[at + 1 :]
                try:
                    party(typed)
                except UnknownPartyError as error:
                    if "can mean several" in str(error):
                        continue
                    offered = [shipped().find(one).id for one in error.suggestions]
                    if {*offered} & group:
                        assert id in offered, (typed, error.suggestions)


def test_what_one_takes_for_another_is_offered_with_it() -> None:
    with pytest.raises(UnknownPartyError) as caught:
        party("Congo, Demorep")
    offered = {party(one).id for one in caught.value.suggestions}
    assert offered >= {"COD", "COG"}
    with pytest.raises(UnknownPartyError) as caught:
        party("Viet Nan")
    assert {party(one).id for one in caught.value.suggestions} == {"VNM"}
    only = PartyTable.of([party("COG")])  # the other is not in the table
    with pytest.raises(UnknownPartyError) as caught:
        only.find("Congo Republik")
    assert {only.find(one).id for one in caught.value.suggestions} == {"COG"}

"""Parties: the table that ships, and how a name finds its party."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import UnknownPartyError
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.ladders import Text
from diplorel.model.parties import Code, Party, PartyKind
from diplorel.model.party_table import PartyTable, party, shipped

ROWS = tuple(shipped())
A = Party(id="AAA", names={"en": "Alpha", "vi": "An"}, alpha2="AA", also=["Shared", "alf"])
B = Party(id="BBB", names={"en": "Beta"}, also=("Shared", "AAA", "Alpha"))
TABLE = PartyTable.of([A, B])


def names_of(one: Party) -> list[str]:
    return [one.id, *filter(None, [one.alpha2]), *(text.text for text in one.names), *one.also]


def test_every_shipped_party_is_found_by_its_id_code_and_every_name() -> None:
    wrong = [(name, one.id) for one in ROWS for name in names_of(one) if party(name) is not one]
    assert wrong == []
    assert len(ROWS) > 200


def test_no_shipped_name_belongs_to_two_parties() -> None:
    seen: dict[str, str] = {}
    twice = [
        (name, one.id) for one in ROWS for name in names_of(one)
        if seen.setdefault(name, one.id) != one.id
    ]  # fmt: skip
    assert twice == []


def test_every_shipped_party_has_a_name_in_english_and_in_vietnamese() -> None:
    assert [one.id for one in ROWS if [text.lang for text in one.names] != ["en", "vi"]] == []
    assert [one.id for one in ROWS if not (one.name("en") and one.name("vi"))] == []


def test_no_shipped_party_ends_before_it_starts_and_none_has_a_code_beyond_another() -> None:
    assert [one.id for one in ROWS if one.start and one.end and one.end.before(one.start)] == []
    assert [
        (one.id, code) for one in ROWS for code in one.codes
        if code.start and code.end and code.end.before(code.start)
    ] == []  # fmt: skip


@given(st.sampled_from(ROWS), st.data())
def test_a_name_in_another_case_finds_a_party_that_has_it(one: Party, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names_of(one)))
    found = party(name.swapcase())
    assert name.casefold() in {other.casefold() for other in names_of(found)} or (
        name.swapcase() in names_of(found)
    )


def test_the_case_as_written_goes_first() -> None:
    assert party("Nga").id == "RUS"
    assert party("NGA").id == party("nga").id == "NGA"
    assert party("NGA").name("vi") == "Nigeria"
    assert party("Việt Nam").id == party("VIỆT NAM").id == party("vn").id == "VNM"


def test_codes_of_other_schemes_hold_on_their_days_only() -> None:
    vietnam = party("VNM")
    assert vietnam.code("gw", "2020-01-01") == "816"
    assert vietnam.code("gw", "1954-05-01") == "816"
    assert vietnam.code("gw", "1954-04-30") is None
    assert vietnam.code("cow", "1954-07-20") is None
    numbers = {code.value for code in vietnam.codes if code.scheme in {"cow", "gw"}}
    assert numbers == {"816"}  # 817 is the Republic of Vietnam
    russia, union = party("RUS"), party("SUN")
    for day, mine, its in [
        ("1922-12-29", "365", None),
        ("1922-12-30", None, "365"),
        ("1991-12-25", None, "365"),
        ("1991-12-26", "365", None),
    ]:
        assert (russia.code("gw", day), union.code("gw", day)) == (mine, its)
    assert russia.code("iso", "2020-01-01") is None


def test_the_first_code_that_holds_is_given() -> None:
    one = Party(
        id="ONE",
        names=(),
        codes=[
            Code("x", "1", PartialDate("2000"), PartialDate("2001")),
            Code("y", "9"),
            Code("x", "2", PartialDate("2001"), PartialDate("2002-06")),
            Code("x", "3", end=PartialDate("2003")),
        ],
    )
    assert [one.code("x", f"{year}-12-31") for year in range(1999, 2005)] == [
        "3", "1", "1", "3", "3", None,
    ]  # fmt: skip
    assert one.code("x", "2000-01-01") == "1"
    assert one.code("x", "2002-06-30") == "2"
    assert one.code("y", "0001-01-01") == "9"


def test_only_states_of_today_or_the_past_count_as_countries() -> None:
    counts = {kind: Party(id="X", names=(), kind=kind).is_state for kind in PartyKind}
    assert counts == {
        PartyKind.STATE: True,
        PartyKind.HISTORICAL_STATE: True,
        PartyKind.DISPUTED: True,
        PartyKind.TERRITORY: False,
        PartyKind.UNION: False,
        PartyKind.ORGANISATION: False,
        PartyKind.GROUP: False,
    }
    assert Party(id="X", names=()).is_state
    assert not party("EU").is_state
    assert not party("ASEAN").is_state


def test_a_party_takes_plain_data() -> None:
    assert A.names == (Text("en", "Alpha"), Text("vi", "An"))
    assert A.also == ("Shared", "alf")
    assert A.kind is PartyKind.STATE
    assert (A.name(), A.name("vi"), A.name("fr")) == ("Alpha", "An", "Alpha")
    assert Party(id="X", names=()).name() == "X"
    dated = Party(id="X", names=(), start="1990", end="")
    assert dated.start == PartialDate("1990")
    assert dated.end is None
    assert hash(dated) == hash(Party(id="X", names=(), start=PartialDate("1990")))


def test_a_life_covers_the_days_from_its_start_to_its_end() -> None:
    one = Party(id="X", names=(), start="1922-12-30", end="1991-12")
    lived = {
        "1922-12-29": False, "1922-12-30": True, "1922-12": True, "1922": True, "1921": False,
        "1991-12-31": True, "1991": True, "1992-01-01": False, "1992": False,
    }  # fmt: skip
    assert {text: one.lived(PartialDate(text)) for text in lived} == lived
    ever = Party(id="X", names=())
    assert ever.lived(PartialDate("0001"))
    assert Party(id="X", names=(), start="1990").lived(PartialDate("2020"))
    assert not Party(id="X", names=(), end="1990").lived(PartialDate("2020"))


def test_a_life_is_over_once_its_end_is_certain() -> None:
    one = Party(id="X", names=(), end="1991-12")
    assert [one.over(ordinal(day)) for day in ("1991-12-01", "1991-12-30", "1991-12-31")] == [
        False, False, True,
    ]  # fmt: skip
    assert one.over(None) is True
    assert Party(id="X", names=()).over(None) is False


def test_of_two_parties_with_one_name_the_first_keeps_it_and_an_id_always_does() -> None:
    assert TABLE.find("Shared") is A
    assert TABLE.find("shared") is A
    assert TABLE.find("AAA") is A
    assert TABLE.find("Alpha") is A
    assert TABLE.find("aa") is A
    assert TABLE.find("ALF") is A
    assert TABLE.find("beta") is B
    order = PartyTable.of(
        [
            Party(id="ONE", names=(Text("en", "TT"),), also=("Three",)),
            Party(id="TWO", names=(Text("en", "Three"),), alpha2="TT"),
        ]
    )
    assert (
        order.find("TT").id == "TWO"
    )  # a code goes before a name, a name before what else is typed
    assert order.find("Three").id == "TWO"


def test_a_table_holds_its_parties_by_id() -> None:
    assert list(TABLE) == [A, B]
    assert "AAA" in TABLE
    assert "Alpha" not in TABLE
    assert TABLE.get("BBB") is B
    assert TABLE.get("Beta") is None
    later = Party(id="AAA", names=(), alpha2="ZZ")
    table = PartyTable.of([A, B, later])
    assert list(table) == [later, B]
    assert table.find("ZZ") is later


def test_an_unknown_party_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UnknownPartyError) as caught:
        TABLE.find("Alpa")
    assert caught.value.name == "Alpa"
    assert caught.value.suggestions[0] == "Alpha"
    with pytest.raises(UnknownPartyError) as caught:
        party("Vietnm")
    assert str(caught.value) == (
        "unknown party 'Vietnm'. Did you mean 'Vietnam' or 'Viet Nam' or 'Việt Nam'?"
    )
    with pytest.raises(UnknownPartyError, match=r"^unknown party 'qwrtzpsd'\.$"):
        party("qwrtzpsd")


@pytest.mark.parametrize("odd", [5, None, ["VNM"], ("VNM", "SGP")])
def test_what_is_no_text_is_no_party(odd: object) -> None:
    with pytest.raises(UnknownPartyError) as caught:
        party(odd)  # type: ignore[arg-type]
    assert caught.value.name == repr(odd)


def test_the_shipped_table_is_read_once() -> None:
    assert shipped() is shipped()
    assert party("SGP") is shipped().find("Singapore")

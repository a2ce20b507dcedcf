"""Names as of the day: what a party was called, in stories and on the command line."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

import diplorel as dr
from diplorel.cli.app import app
from diplorel.language.grammar import Grammar
from diplorel.model.dates import FIRST_DAY, LAST_DAY, ordinal
from diplorel.model.parties import FormerName, Party
from diplorel.model.party_table import party, shipped
from diplorel.model.reference import Reference
from diplorel.narrative.narrator import Narrator
from streams_once import share

ROWS = tuple(shipped())


@pytest.mark.parametrize(
    ("id", "day", "en", "vi"),
    [
        ("TUR", "1850-01-01", "Ottoman Empire", "Đế quốc Ottoman"),
        ("TUR", "1923-10-29", "Turkey", "Thổ Nhĩ Kỳ"),
        ("TUR", "2022-06-01", "Türkiye", "Thổ Nhĩ Kỳ"),
        ("SWZ", "1975-01-01", "Swaziland", "Swaziland"),
        ("SWZ", "2018-04-19", "Eswatini", "Eswatini"),
        ("DEU", "1975-01-01", "West Germany", "Tây Đức"),
        ("DEU", "1990-10-03", "Germany", "Đức"),
        ("DEU", "1900-01-01", "Germany", "Đức"),
        ("COD", "1975-01-01", "Zaire", "Zaire"),
        ("COD", "1965-01-01", "Democratic Republic of the Congo", "Cộng hòa Dân chủ Congo"),
        ("THA", "1900-01-01", "Siam", "Xiêm"),
        ("MMR", "1975-01-01", "Burma", "Miến Điện"),
        ("LKA", "1960-01-01", "Ceylon", "Tích Lan"),
        ("IRN", "1900-01-01", "Persia", "Ba Tư"),
        ("BFA", "1975-01-01", "Upper Volta", "Thượng Volta"),
        ("BEN", "1970-01-01", "Dahomey", "Dahomey"),
        ("SGP", "1970-01-01", "Singapore", "Singapore"),
    ],
)
def test_a_party_has_the_name_of_the_day(id: str, day: str, en: str, vi: str) -> None:
    assert (party(id).name(on=day), party(id).name("vi", on=date.fromisoformat(day))) == (en, vi)


@given(st.sampled_from(ROWS), st.integers(FIRST_DAY, LAST_DAY), st.sampled_from(["en", "vi"]))
def test_the_name_of_a_day_finds_its_party_or_asks(one: Party, day: int, lang: str) -> None:
    name = one.name_on(day, lang)
    assert name
    try:
        assert party(name, on=date.fromordinal(day)) is one
    except dr.errors.UnknownPartyError as error:
        assert one.id in error.suggestions
    except AssertionError:  # the United Arab Republic was Egypt's name after the union, too
        assert {one.id, party(name).id} == {"EGY", "UAR"}


def test_no_two_former_names_of_a_party_share_a_day() -> None:
    for one in ROWS:
        for name in one.former:
            days = [name.end.hi, *([name.start.lo] if name.start else [])]
            assert all(sum(other.holds_on(day) for other in one.former) == 1 for day in days)


def test_a_former_name_is_read_like_any_other() -> None:
    old = FormerName(names={"en": "Old"}, start="1900", end="1950")
    none = FormerName(names={}, start="1960", end="1970")
    one = Party(id="X", names={"en": "New"}, former=[none, old])
    assert (one.name(on="1920-01-01"), one.name("vi", on="1920-01-01")) == ("Old", "Old")
    assert one.name(on="1965-01-01") == "New"
    assert (one.name("vi", on="1899-12-31"), one.name("vi", on="1951-01-01")) == ("New", "New")
    assert Party(id="X", names=()).name(on="1920-01-01") == "X"


def test_the_language_layer_names_parties_as_of_its_day() -> None:
    words = Grammar(Reference(), first="USA")
    then = words.at(ordinal("1850-01-01"))
    assert words.names(("TUR", "USA")) == "United States and Türkiye"
    assert then.names(("TUR", "USA")) == "United States and Ottoman Empire"
    assert then.at(then.day) is then
    assert then.at(None) == words
    assert then.name("NOWHERE") == "NOWHERE"


def test_the_sentence_of_an_event_has_the_names_of_its_own_day() -> None:
    event = dr.events.TiesEstablished(on="1831", parties=("TUR", "USA"), sources=["s"])
    told = "United States and Ottoman Empire established diplomatic relations."
    for day in (None, ordinal("2020-01-01")):
        words = Narrator(Reference(), first="USA", day=day)
        assert words.sentence(event) == told
    visit = dr.events.VisitMade(on="2020", visitor="TUR", host="USA", sources=["s"])
    assert "Turkey" in words.sentence(visit)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Ottoman Empire", "1850-01-01"), ("Swaziland", "1975-01-01"),
        ("West Germany", "1975-01-01"), ("Zaire", "1975-01-01"),
    ],
)  # fmt: skip
def test_show_names_the_parties_as_of_the_day(
    monkeypatch: pytest.MonkeyPatch, name: str, day: str
) -> None:
    share(monkeypatch)
    said = CliRunner().invoke(app, ["show", "USA", name, "--on", day])
    assert said.exit_code == 0
    assert name in said.stdout.splitlines()[0]
    today = CliRunner().invoke(app, ["show", "USA", name])
    assert name not in today.stdout.splitlines()[0]

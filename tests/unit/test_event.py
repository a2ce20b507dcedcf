"""The envelope: what every event takes, what it refuses, its id, its text and its digest."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

import attrs
import pytest

from diplorel import events as ev
from diplorel.errors import InvalidDateError, InvalidEventError
from diplorel.model.converters import (
    SEQ_LIMIT,
    amount,
    date_or_none,
    dyad,
    dyad_or_one,
    event_date,
    one_party,
    pair,
    party_ids,
    slug,
    slug_or_none,
    to_tuple,
)
from diplorel.model.dates import PartialDate
from diplorel.model.events import (
    Event,
    EventRetracted,
    Person,
    Precedence,
    Wording,
    canonical,
    digest,
    plain,
)
from diplorel.model.ladders import Ladder, Level, Text
from diplorel.model.sources import Citation


def ties(on: Any = "1973-08-01", **more: Any) -> ev.TiesEstablished:
    return ev.TiesEstablished(**{"on": on, "parties": ("VNM", "SGP"), "sources": ["a"], **more})


def test_ends_go_before_beginnings_and_reports_come_last() -> None:
    assert [rank.name for rank in sorted(Precedence)] == [
        "LIFE_BEGUN", "ENDED", "SUSPENDED", "LOWERED", "SUCCEEDED", "BEGUN", "RESTORED", "AGREED",
        "RAISED", "RENEWED", "REPORTED", "LIFE_ENDED",
    ]  # fmt: skip
    assert min(Precedence) == 0
    assert max(Precedence) < SEQ_LIMIT  # it has ten bits in the key of the order


# --- parts of an event ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "office",
    ["party:general-secretary", "state:president", "government:prime-minister", "legislature:x",
     "monarchy:king", "ministry:foreign-affairs", "organisation:secretary-general-2"],
)  # fmt: skip
def test_an_office_is_an_organ_and_an_office(office: str) -> None:
    assert Person(party="VNM", offices=[office]).offices == (office,)


@pytest.mark.parametrize(
    "office", ["president", "state:", ":president", "State:president", "army:general", "state:a b",
               "state:président", 5, None],
)  # fmt: skip
def test_what_is_no_office_is_refused(office: Any) -> None:
    with pytest.raises(InvalidEventError) as caught:
        Person(party="VNM", offices=("state:president", office))
    assert str(caught.value) == (
        f"offices: {office!r} is not an office, expected 'organ:office' such as "
        "'government:prime-minister'"
    )


def test_one_bare_office_is_no_list() -> None:
    with pytest.raises(InvalidEventError) as caught:
        Person(party="VNM", offices="state:president")
    assert str(caught.value) == (
        "offices: expected a list such as ['state:president'], got 'state:president'"
    )
    assert Person(party="VNM").offices == ()


def test_parties_stand_in_order() -> None:
    assert party_ids(["VNM", "SGP", "EU"]) == ("EU", "SGP", "VNM")
    assert party_ids(iter(["VNM"])) == ("VNM",)
    assert dyad(["VNM", "SGP"]) == dyad(("SGP", "VNM")) == ("SGP", "VNM")
    assert dyad_or_one(["VNM", "SGP"]) == ("SGP", "VNM")
    assert dyad_or_one(["VNM"]) == ("VNM",)
    assert pair("VNM", "SGP") == pair("SGP", "VNM") == ("SGP", "VNM")
    assert pair("VNM", "SGP") is pair("VNM", "SGP")
    assert one_party("AUSTRIA_HUNGARY") == "AUSTRIA_HUNGARY"
    assert one_party("ARMENIA_1918") == "ARMENIA_1918"


@pytest.mark.parametrize("odd", ["vnm", "V", "", "9AB", "VN M", "V" * 33, "VNM\n", "ÁB", 5, None])
def test_what_is_no_party_id_is_refused(odd: Any) -> None:
    message = f"parties: {odd!r} is not a party id, expected capitals such as 'VNM' or 'EU'"
    for refuse in (lambda: one_party(odd), lambda: party_ids(["VNM", odd])):
        with pytest.raises(InvalidEventError) as caught:
            refuse()
        assert str(caught.value) == message
    assert one_party("V" * 32)


@pytest.mark.parametrize(
    ("refuse", "message"),
    [
        (lambda: party_ids("VNM"), "parties: expected a list of party ids, got 'VNM'"),
        (lambda: dyad("VNM"), "parties: expected a list of party ids, got 'VNM'"),
        (lambda: party_ids([]), "parties: none given"),
        (lambda: party_ids(["VNM", "VNM"]), "parties: ['VNM', 'VNM'] names a party twice"),
        (lambda: pair("VNM", "VNM"), "parties: ['VNM', 'VNM'] names a party twice"),
        (lambda: dyad(["VNM"]), "parties: expected two parties, got ['VNM']"),
        (lambda: dyad(["C1", "B1", "A1"]), "parties: expected two parties, got ['A1', 'B1', 'C1']"),
        (lambda: dyad_or_one([]), "parties: none given"),
        (
            lambda: dyad_or_one(["C1", "B1", "A1"]),
            "parties: expected one or two parties, got ['A1', 'B1', 'C1']",
        ),
        (lambda: to_tuple("ab"), "expected a list, got the text 'ab'"),
    ],
)
def test_what_is_no_list_of_so_many_is_refused(refuse: Any, message: str) -> None:
    with pytest.raises(InvalidEventError) as caught:
        refuse()
    assert str(caught.value) == message


def test_a_key_is_small_letters_and_digits_with_hyphens_or_dots() -> None:
    for key in ("trade-turnover", "a", "5g", "evfta", "a.b-c"):
        assert slug(key) == slug_or_none(key) == key
    assert slug_or_none(None) is None
    for odd in ("Trade", "a b", "", "-a", "a-", "a--b", "a_b", "á", "a\n", 5, None):
        with pytest.raises(InvalidEventError) as caught:
            slug(odd)  # type: ignore[arg-type]
        assert str(caught.value) == (
            f"{odd!r} is not a key, expected small letters and digits with hyphens, "
            "such as 'trade-turnover'"
        )
    with pytest.raises(InvalidEventError):
        slug_or_none("")


def test_a_date_is_a_partial_date() -> None:
    month = PartialDate("2013-09")
    assert event_date(month) is month
    assert date_or_none(month) is month
    assert date_or_none(None) is None
    assert event_date("2013-09") == date_or_none("2013-09") == month
    assert event_date(date(2013, 9, 11)) == PartialDate("2013-09-11")
    with pytest.raises(InvalidDateError, match="expected a form such as"):
        event_date("soon")
    with pytest.raises(InvalidDateError, match="None is not a valid date"):
        event_date(None)
    with pytest.raises(InvalidDateError) as caught:
        event_date(["2013"])
    assert str(caught.value) == "['2013'] is not a valid date: expected a text or datetime.date"
    assert caught.value.__suppress_context__


def test_a_sequence_number_fits_its_ten_bits() -> None:
    assert [ties(seq=number).seq for number in (0, 1, 1023)] == [0, 1, 1023]
    assert ties().seq == 0
    for odd in (-1, 1024, 1.0, "1", True, None):
        with pytest.raises(InvalidEventError) as caught:
            ties(seq=odd)
        assert str(caught.value) == f"seq: expected a whole number from 0 to 1023, got {odd!r}"


def test_a_number_is_kept_as_printed() -> None:
    assert str(amount("9.150")) == "9.150"
    assert amount(9) == Decimal(9)
    assert amount(Decimal("-1.5")) == Decimal("-1.5")
    for odd in (9.5, True, None, "NaN", "Infinity", Decimal("sNaN"), Decimal("-Infinity")):
        with pytest.raises(InvalidEventError) as caught:
            amount(odd)  # type: ignore[arg-type]
        assert str(caught.value) == (
            f"value: expected a decimal number as printed, such as '9.15', got {odd!r}"
        )
    for odd in ("nine", "9,15", ""):
        with pytest.raises(InvalidEventError) as caught:
            amount(odd)
        assert str(caught.value) == f"value: {odd!r} is not a number"
        assert caught.value.__suppress_context__


# --- the envelope --------------------------------------------------------------------------------


def test_an_event_is_frozen_and_named_by_keywords_only() -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        ties().note = "x"  # type: ignore[misc]
    positional: Any = ev.TiesEstablished
    with pytest.raises(TypeError):
        positional("1973", ("VNM", "SGP"), ["a"])


def test_two_events_are_equal_when_they_are_of_one_type_and_say_the_same() -> None:
    assert ties() == ties()
    assert hash(ties()) == hash(ties())
    assert ties() != ties(note="n")
    assert ties() != ties("1973-08-02")
    assert ties() != ev.TiesSevered(on="1973-08-01", parties=("VNM", "SGP"), sources=["a"])
    assert ties() != "ties"
    assert len({ties(), ties(), ties(note="n")}) == 2
    visits = [ev.VisitMade(on="2020", visitor="VNM", host="SGP", sources=["a"]) for _ in "ab"]
    assert visits[0] == visits[1]
    assert "dyad" not in repr(visits[0])
    assert repr(ties()).startswith("TiesEstablished(on=PartialDate('1973-08-01'), ")
    assert "parties=('SGP', 'VNM')" in repr(ties(place="P"))
    assert "place='P'" in repr(ties(place="P"))


def test_an_envelope_has_these_defaults() -> None:
    bare = ties()
    assert bare.on == PartialDate("1973-08-01")
    assert bare.sources == (Citation(source="a"),)
    assert (bare.place, bare.occasion, bare.inferred, bare.note, bare.reason) == (None,) * 5
    assert (bare.persons, bare.supersedes) == ((), ())
    assert (bare.version, bare.upcasters, bare.discriminator) == (1, (), "")
    person = Person(party="VNM")
    assert ties(persons=[person], supersedes=["x"], reason="r").persons == (person,)
    with pytest.raises(InvalidEventError, match="expected a list, got the text 'x'"):
        ties(supersedes="x", reason="r")


def test_a_correction_says_why() -> None:
    for reason in (None, ""):
        with pytest.raises(InvalidEventError) as caught:
            ties(supersedes=["x"], reason=reason)
        assert str(caught.value) == "reason: a correction says why, and this one does not"
    assert ties(supersedes=["x"], reason="typo").supersedes == ("x",)
    assert ties(reason="a reason alone is not a correction").supersedes == ()


def test_an_id_is_type_parties_and_date_and_what_else_tells_events_apart() -> None:
    assert ties().id == "ties-established/SGP-VNM/1973-08-01"
    assert ties("1973-08-01/1973-08-03").id == "ties-established/SGP-VNM/1973-08-01--1973-08-03"
    assert ties("[..1973?]").id == "ties-established/SGP-VNM/[..1973?]"
    assert ties().undated_key == ("ties-established", "SGP", "VNM", "")
    ended = ev.SectorPartnershipEnded(
        on="2020",
        parties=("VNM", "DNK"),
        sector="green",
        sources=["a"],
    )
    assert ended.id == "sector-partnership-ended/DNK-VNM/2020/green"
    assert ended.undated_key == ("sector-partnership-ended", "DNK", "VNM", "green")


FULL = ev.LevelUpgraded(
    on="2025-03-12",
    parties=["VNM", "SGP"],
    ladder="VNM",
    level="comprehensive-strategic",
    wording=(Wording(party="SGP", lang="en", text="“CSP”"),),
    sources=[Citation(source="b", on=PartialDate("2025-03")), "a"],
    place="Hà Nội",
    persons=(Person(party="VNM", offices=("party:general-secretary",)),),
    seq=2,
    inferred="i",
    note="n",
    supersedes=("x",),
    reason="r",
)


def test_the_canonical_text_is_compact_with_the_fact_before_who_says_so() -> None:
    assert canonical(FULL) == (
        '{"type":"level-upgraded","on":"2025-03-12","parties":["SGP","VNM"],"ladder":"VNM",'
        '"level":"comprehensive-strategic",'
        '"wording":[{"party":"SGP","lang":"en","text":"“CSP”"}],'
        '"sources":[{"source":"a"},{"source":"b","on":"2025-03"}],"place":"Hà Nội",'
        '"persons":[{"party":"VNM","offices":["party:general-secretary"]}],"seq":2,'
        '"inferred":"i","note":"n","supersedes":["x"],"reason":"r"}'
    )
    assert canonical(ties()) == (
        '{"type":"ties-established","on":"1973-08-01","parties":["SGP","VNM"],'
        '"sources":[{"source":"a"}]}'
    )


def test_the_content_is_the_fact_without_who_says_so() -> None:
    assert FULL.content() == {
        "type": "level-upgraded",
        "on": "2025-03-12",
        "parties": ["SGP", "VNM"],
        "ladder": "VNM",
        "level": "comprehensive-strategic",
        "wording": [{"party": "SGP", "lang": "en", "text": "“CSP”"}],
        "place": "Hà Nội",
        "persons": [{"party": "VNM", "offices": ["party:general-secretary"]}],
        "seq": 2,
    }


def test_a_digest_names_one_account_for_ever() -> None:
    assert ties().digest == digest(ties()) == "6b7f6a6548e3"
    assert ties(note="x").digest != ties().digest
    assert len(FULL.digest) == 12
    assert set(FULL.digest) <= set("0123456789abcdef")


def test_plain_data_have_no_defaults_and_no_classes() -> None:
    figure = ev.FigureReported(
        on="2025", parties=["VNM"], indicator="gdp", value="476.30", unit="USD bn",
        qualifier="~", cumulative=True, period="2024", sources=["a"],
    )  # fmt: skip
    assert plain(figure) == {
        "type": "figure-reported", "on": "2025", "parties": ["VNM"], "indicator": "gdp",
        "value": "476.30", "unit": "USD bn", "qualifier": "~", "period": "2024",
        "cumulative": True, "sources": [{"source": "a"}],
    }  # fmt: skip
    assert type(plain(figure)["qualifier"]) is str
    assert plain(None) is None
    assert plain(("a", 1, None, True)) == ["a", 1, None, True]
    assert plain(()) == []
    assert plain((Text("en", "a"), Text("vi", "b"))) == {"en": "a", "vi": "b"}
    assert plain(Ladder(party="VNM", levels=(Level(id="a", rank=1), Level(id="b")))) == {
        "party": "VNM",
        "levels": [{"id": "a", "rank": 1}, {"id": "b"}],
    }


@attrs.frozen(kw_only=True)
class _Second(Event):
    type: ClassVar[str] = "second"
    version: ClassVar[int] = 2
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    parties: tuple[str, ...] = attrs.field(converter=party_ids)


def test_a_later_version_of_a_type_is_said() -> None:
    one = _Second(on="2020", parties=["VNM"], sources=["a"])
    assert canonical(one) == (
        '{"type":"second","v":2,"on":"2020","parties":["VNM"],"sources":[{"source":"a"}]}'
    )


# --- retractions ---------------------------------------------------------------------------------


def test_a_retraction_names_what_it_takes_back_and_says_why() -> None:
    one = EventRetracted(target="a/b/2020", reason="typo", sources=["x"], note="n")
    assert one.id == "event-retracted/a/b/2020"
    assert one.supersedes == ("a/b/2020",)
    assert one.sources == (Citation(source="x"),)
    assert one.digest == digest(one)
    assert canonical(one) == (
        '{"type":"event-retracted","target":"a/b/2020","reason":"typo",'
        '"sources":[{"source":"x"}],"note":"n"}'
    )
    with pytest.raises(InvalidEventError) as caught:
        EventRetracted(target="a", reason="", sources=["x"])
    assert str(caught.value) == "reason: a retraction says why, and this one does not"
    with pytest.raises(InvalidEventError, match="sources: none given"):
        EventRetracted(target="a", reason="r", sources=[])

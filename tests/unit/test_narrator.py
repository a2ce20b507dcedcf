"""Events and states in words."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.language import vocabulary
from diplorel.model.events import Event, EventRetracted, Person, Precedence
from diplorel.model.parties import FormerName, Life, Party
from diplorel.model.reference import Reference
from diplorel.narrative import phrases
from diplorel.narrative.narrator import Narrator
from diplorel.policies import Account
from diplorel.testing.dense import SGP_LADDER, VNM_LADDER
from diplorel.testing.events import events
from diplorel.testing.streams import logs
from diplorel.tracks import STANDARD
from diplorel.tracks.agreement_titles import titles_of
from shipped_once import shipped

LANGS: tuple[Any, ...] = ("en", "vi")
langs = st.sampled_from(LANGS)
TABLES = [
    *(
        words
        for module in (phrases, vocabulary)
        for name, words in vars(module).items()
        if name.isupper() and isinstance(words, dict)
    ),
    *(track.phrases for track in STANDARD),
]


@cache
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


def narrator(lang: Any = "en", first: str | None = None) -> Narrator:
    return Narrator(Reference(ladders=(VNM_LADDER,)), lang, first)


def told(event: Event | EventRetracted, lang: Any = "en", first: str | None = None) -> str:
    return narrator(lang, first).sentence(event)


@pytest.mark.parametrize(
    ("key", "english", "vietnamese"),
    [
        ("cptpp", "The CPTPP entered into force.", "CPTPP có hiệu lực."),
        ("us-bta", "The agreement “us-bta” entered into force.", "Văn kiện “us-bta” có hiệu lực."),
        ("vnm", "The agreement “vnm” entered into force.", "Văn kiện “vnm” có hiệu lực."),
        ("evfta", "The EU Pact entered into force.", "Hiệp định EU có hiệu lực."),
    ],
)
def test_an_agreement_has_its_title_or_the_name_of_its_group_or_its_key(
    key: str, english: str, vietnamese: str
) -> None:
    signed = ev.AgreementSigned(
        on="2019",
        parties=("EU", "VNM"),
        agreement="evfta",
        titles={"en": "EU Pact", "vi": "Hiệp định EU"},
        sources=["s"],
    )
    again = attrs.evolve(signed, on="2020", titles={"en": "Another"})
    titles = titles_of([signed, again])
    event = ev.AgreementInForce(on="2020", parties=("EU", "VNM"), agreement=key, sources=["s"])
    said = [attrs.evolve(narrator(lang), titles=titles).sentence(event) for lang in LANGS]
    assert said == [english, vietnamese]


@pytest.mark.parametrize(
    ("text", "english", "vietnamese"),
    [
        ("2013-09", "since September 2013", "từ tháng 9 năm 2013"),
        ("[..2018]", "since 2018 or earlier", "chậm nhất từ năm 2018"),
        ("[2013..2014]", "since some time between 2013 and 2014", "từ một thời điểm trong khoảng"),
        ("[2013-01-21..2013-01-22]", "since 21 or 22 January 2013", "từ ngày 21 hoặc 22 tháng 1"),
        ("[2013-01-31..2013-02-01]", "since some time between 31 January", "từ một thời điểm"),
        ("2013-01-21/2013-01-23", "since 21 January 2013", "từ ngày 21 tháng 1 năm 2013"),
    ],
)
def test_since_when_is_said_for_every_kind_of_date(
    text: str, english: str, vietnamese: str
) -> None:
    said = [narrator(lang).since(dr.PartialDate(text)) for lang in LANGS]
    assert said[0].startswith(english)
    assert said[1].startswith(vietnamese)


@given(event=events(), lang=langs)
def test_every_event_is_one_sentence(event: Event, lang: Any) -> None:
    said = told(event, lang)
    assert said.endswith(".")
    assert said[0] == said[0].upper()
    assert not re.search(r"[{}]|None|  ", said)


def test_every_type_of_a_standard_track_has_a_phrase() -> None:
    for track in STANDARD:
        assert {cls.type for cls in track.owns} <= track.phrases.keys()
        assert track.label is not None


@pytest.mark.parametrize("words", TABLES)
def test_both_languages_fill_in_the_same_parts(words: dict[str, tuple[str, str]]) -> None:
    for key, (english, vietnamese) in words.items():
        if key != "topics":
            parts = [set(re.findall(r"{(\w+)}", text)) for text in (english, vietnamese)]
            assert parts[0] == parts[1], key


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (ev.MissionKind, vocabulary.POSTS),
        (ev.EnvoyRank, vocabulary.ENVOYS),
        (ev.Departure, vocabulary.DEPARTURES),
        (ev.VisitKind, vocabulary.VISITS),
        (ev.Capacity, vocabulary.CAPACITIES),
        (ev.Qualifier, vocabulary.QUALIFIERS),
    ],
)
def test_every_kind_has_a_phrase(kinds: type[StrEnum], words: dict[str, tuple[str, str]]) -> None:
    assert {kind.value for kind in kinds} <= words.keys()


@pytest.mark.parametrize("lang", LANGS)
def test_every_event_of_vietnam_is_reported_by_names_and_not_by_keys(lang: Any) -> None:
    words = Narrator(vietnam().reference, lang)
    for event in vietnam().resolve().events:
        said = words.sentence(event)
        assert not re.search(r"[{}]|None|  |[a-z]_[a-z]", said)
        if lang == "vi" and not isinstance(event, (ev.AgreementInForce, ev.AgreementSigned)):
            assert not re.search(r"\b(the|of|visit|relations|million|billion)\b", said), said


@pytest.mark.parametrize(
    ("event", "english", "vietnamese"),
    [
        (
            ev.LevelDowngraded(on="2014", parties=("SGP", "VNM"), ladder="VNM", sources=["s"]),
            "Singapore and Vietnam gave up their partnership.",
            "Singapore và Việt Nam chấm dứt quan hệ đối tác.",
        ),
        (
            ev.LevelDowngraded(
                on="2014", parties=("SGP", "VNM"), ladder="VNM", level="mid", sources=["s"]
            ),
            "Singapore and Vietnam lowered their relations to the level of mid.",
            "Singapore và Việt Nam hạ cấp quan hệ xuống mid.",
        ),
        (
            ev.VisitMade(on="2014", visitor="VNM", host="SGP", sources=["s"]),
            "Vietnam visited Singapore.",
            "Việt Nam thăm Singapore.",
        ),
        (
            ev.VisitMade(
                on="2014",
                visitor="VNM",
                host="SGP",
                kind="state",
                persons=[Person(party="VNM", name="N. N.", offices=["state:president"])],
                sources=["s"],
            ),
            "President N. N. of Vietnam paid a state visit to Singapore.",
            "Chủ tịch nước N. N. của Việt Nam thăm cấp Nhà nước tới Singapore.",
        ),
        (
            ev.TalksHeld(
                on="2014",
                parties=("SGP", "VNM"),
                persons=[
                    Person(party="SGP", offices=["state:president"]),
                    Person(party="VNM", name="N. N.", offices=["ministry:home-minister"]),
                    Person(party="VNM", name="M. M."),
                    Person(party="SGP"),
                ],
                topics=["trade", "defence"],
                sources=["s"],
            ),
            "President, Home Minister N. N., M. M. and Singapore held talks on trade; defence.",
            "Tổng thống, Home Minister N. N., M. M. và Singapore hội đàm.",
        ),
        (
            ev.TalksHeld(on="2014", parties=("SGP", "VNM"), sources=["s"]),
            "Singapore and Vietnam held talks.",
            "Singapore và Việt Nam hội đàm.",
        ),
        (
            ev.MissionOpened(
                on="2014", sender="SGP", receiver="VNM", accredited_from="Hanoi", sources=["s"]
            ),
            "Singapore opened an embassy in Vietnam, covered from Hanoi.",
            "Singapore mở đại sứ quán tại Việt Nam, kiêm nhiệm từ Hanoi.",
        ),
        (
            ev.MissionClosed(
                on="2014", sender="SGP", receiver="VNM", kind="consulate", city="Hue", sources=["s"]
            ),
            "Singapore closed a consulate in Vietnam (Hue).",
            "Singapore đóng cửa lãnh sự quán tại Việt Nam (Hue).",
        ),
        (
            ev.EnvoyLeft(
                on="2014",
                sender="SGP",
                receiver="VNM",
                name="N. N.",
                departure="recalled",
                sources=["s"],
            ),
            "N. N. left the post as head of mission of Singapore to Vietnam, recalled.",
            (
                "N. N. rời cương vị người đứng đầu cơ quan đại diện của Singapore tại Việt Nam, "
                "được triệu hồi."
            ),
        ),
        (
            ev.EnvoyAccredited(
                on="2014", sender="SGP", receiver="VNM", name="N. N.", sources=["s"]
            ),
            "N. N. became ambassador of Singapore to Vietnam.",
            "N. N. nhậm chức đại sứ của Singapore tại Việt Nam.",
        ),
        (
            ev.EnvoyAccredited(
                on="2014",
                sender="SGP",
                receiver="VNM",
                name="N. N.",
                envoy_rank="charge",
                acting=True,
                sources=["s"],
            ),
            "N. N. became chargé d'affaires ad interim of Singapore to Vietnam.",
            "N. N. nhậm chức đại biện lâm thời của Singapore tại Việt Nam.",
        ),
        (
            ev.GroupJoined(
                on="2014", party="TLS", group="ASEAN", capacity="observer", sources=["s"]
            ),
            "Timor-Leste joined ASEAN as an observer.",
            "Timor-Leste gia nhập ASEAN với tư cách quan sát viên.",
        ),
        (
            ev.AgreementSigned(
                on="2014", parties=("SGP", "VNM"), agreement="a", sources=["s"]
            ),
            "Singapore and Vietnam signed a document.",
            "Singapore và Việt Nam ký một văn kiện.",
        ),
        (
            ev.FigureReported(
                on="2014",
                parties=("SGP", "VNM"),
                indicator="exports",
                by="SGP",
                value="1234.5",
                unit="tonnes",
                period="2013-01/2013-06",
                sources=["s"],
            ),
            (
                "Singapore's exports to Vietnam was put at 1,234.5 tonnes from January 2013 to "
                "June 2013."
            ),
            (
                "Kim ngạch xuất khẩu của Singapore sang Việt Nam được nêu là 1.234,5 tonnes "
                "từ tháng 1 năm 2013 đến tháng 6 năm 2013."
            ),
        ),
        (
            ev.PartySucceeded(
                on="2014", predecessor="SUN", successor="RUS", kind="continuation", dyads=[],
                tracks=["ties"], sources=["s"],
            ),
            "Russia took the place of Soviet Union.",
            "Nga kế tục Liên Xô.",
        ),
        (
            ev.PartySucceeded(
                on="2014", predecessor="SUN", successor="RUS", kind="continuation",
                dyads=["LAO", "VNM"], tracks=["ties"], sources=["s"],
            ),
            "Russia took the place of Soviet Union in relations with Laos and Vietnam.",
            "Nga kế tục Liên Xô trong quan hệ với Lào và Việt Nam.",
        ),
        (
            ev.RecognitionGranted(
                on="1965", recogniser="USA", recognised="SGP", kind="de-facto", sources=["s"]
            ),
            "United States recognised Singapore de facto.",
            "Hoa Kỳ công nhận Singapore trên thực tế.",
        ),
        (
            ev.RecognitionGranted(
                on="1965", recogniser="USA", recognised="SGP", subject="government",
                government="Council", sources=["s"],
            ),
            "United States recognised the Council of Singapore.",
            "Hoa Kỳ công nhận Council của Singapore.",
        ),
        (
            ev.RecognitionWithdrawn(
                on="1965", recogniser="USA", recognised="SGP", subject="government", sources=["s"]
            ),
            "United States withdrew its recognition of the government of Singapore.",
            "Hoa Kỳ rút lại sự công nhận chính phủ Singapore.",
        ),
        (
            EventRetracted(target="visit-made/X", reason="never", sources=["s"]),
            "Taken back: visit-made/X.",
            "Rút lại: visit-made/X.",
        ),
    ],
)  # fmt: skip
def test_an_event_in_words(event: Event, english: str, vietnamese: str) -> None:
    assert told(event) == english
    assert told(event, "vi") == vietnamese


def test_the_party_asked_for_is_named_first() -> None:
    ties = ev.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["s"])
    assert told(ties) == "Singapore and Vietnam established diplomatic relations."
    assert told(ties, first="VNM") == "Vietnam and Singapore established diplomatic relations."


def test_the_end_of_a_party_names_it_as_it_was_called_then() -> None:
    party = Party(
        id="OLD",
        names={"en": "New Name"},
        former=[FormerName(names={"en": "Old Name"}, end="1990-01-01")],
        lives=[Life(start="1900", end="1980-05-01")],
    )
    reference = Reference(extra_parties=[party])
    (end,) = (one for one in reference.ends if one.parties == ("OLD",))
    assert Narrator(reference).sentence(end) == "Old Name ceased to exist."


def test_the_ladder_is_named_where_both_have_one() -> None:
    rise = ev.LevelUpgraded(
        on="2013", parties=("SGP", "VNM"), ladder="SGP", level="high", sources=["s"]
    )
    both = Narrator(Reference(ladders=(VNM_LADDER, SGP_LADDER)))
    assert told(rise) == "Singapore and Vietnam elevated their relations to the level of high."
    assert both.sentence(rise).endswith("the level of high on the ladder of Singapore.")


def test_an_event_of_a_type_of_ones_own_is_reported_by_its_type() -> None:
    class CitiesTwinned(Event):
        type = "cities-twinned"
        precedence = Precedence.BEGUN
        parties = ("SGP", "XYZ")

    own = CitiesTwinned(on="2013", sources=["s"])
    assert told(own) == "Cities twinned: Singapore and XYZ."


def test_a_denial_is_reported_as_such() -> None:
    ties = ev.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["s"])
    retracted = EventRetracted(target=ties.id, reason="r", sources=["t"])
    accounts = [
        Account(event_id=ties.id, event=ties, streams=("a",)),
        Account(event_id=ties.id, event=retracted, streams=("b",), denies=True),
    ]
    assert list(narrator().provenance(ties, accounts)) == [
        "Reported by s, undated.",
        "Denied by another stream (not used): t, undated",
    ]
    assert list(narrator("vi").provenance(ties, accounts)) == [
        "Theo s, không ghi ngày đăng.",
        "Bị bộ dữ liệu khác phủ nhận (không áp dụng): t, không ghi ngày đăng",
    ]


@given(log=logs(), lang=langs, on=st.sampled_from((None, "2013-09-12", "2013-12-31")))
def test_the_state_of_any_relation_can_be_reported(
    log: dr.EventLog, lang: Any, on: str | None
) -> None:
    relation = log.replay(on=on)["SGP", "VNM"]
    for label, said in Narrator(log.reference, lang, "VNM").state(relation):
        assert label
        assert said
        assert not re.search(r"[{}]|None", label + said)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("1970-01-01", {"Diplomatic relations": "unknown"}),
        (
            "2025-03-12",
            {
                "Diplomatic relations": "since 1 August 1973",
                "Level, ladder of Vietnam": "Comprehensive Strategic Partnership since "
                "12 March 2025",
            },
        ),
    ],
)
def test_the_state_of_vietnam_and_singapore(on: str, said: dict[str, str]) -> None:
    relation = vietnam().relation("VNM", "SGP", on=on)
    assert said.items() <= dict(Narrator(vietnam().reference, first="VNM").state(relation)).items()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("on", ["1990-06-01", "2013-09-15", "2025-06-01", None])
def test_every_relation_of_vietnam_is_reported_in_whole_words(on: str | None, lang: Any) -> None:
    words = Narrator(vietnam().reference, lang, "VNM")
    world = vietnam().replay(on=on)
    for pair in world.dyads():
        lines = dict(words.state(world[pair]))
        assert len(lines) >= (2 if "VNM" in pair else 1)
        assert not [line for line in lines.values() if not line or re.search(r"[{}]|None", line)]


def test_dates_and_words_of_other_sources_are_reported_beside_the_event() -> None:
    rise = ev.LevelUpgraded(
        on="2013-09-11",
        parties=("SGP", "VNM"),
        ladder="VNM",
        level="mid",
        sources=[
            ev.Citation(source="a", on="2013-09"),
            ev.Citation(source="b", on="2013-09-12", text="partners"),
            ev.Citation(source="c", on="2013-09-11"),
        ],
    )
    assert list(narrator().provenance(rise)) == [
        "Reported by a, undated; b, undated; c, undated.",
        "a gives only September 2013.",
        "b gives another date: 12 September 2013.",
        "In the words of b: “partners”.",
    ]
    assert list(narrator("vi").provenance(rise))[1:] == [
        "a chỉ nêu tháng 9 năm 2013.",
        "b ghi ngày khác: ngày 12 tháng 9 năm 2013.",
        "Nguyên văn b: “partners”.",
    ]


def test_a_level_given_up_and_events_in_no_certain_order_are_reported() -> None:
    def level(cls: Any, on: str, level: str | None) -> Event:
        made: Event = cls(on=on, parties=("SGP", "VNM"), ladder="VNM", level=level, sources=["s"])
        return made

    ended = dr.EventLog(
        [
            level(ev.LevelUpgraded, "2013", "mid"),
            level(ev.LevelDowngraded, "2014", None),
            level(ev.LevelAgreed, "2015", "high"),
        ],
        ladders=[VNM_LADDER],
    ).replay()["VNM", "SGP"]
    said = dict(narrator().state(ended))["Level, ladder of Vietnam"]
    assert said == "none since 2014; high agreed, not yet in effect"
    unsure = dr.EventLog(
        [level(ev.LevelUpgraded, "2013", "mid"), level(ev.LevelUpgraded, "2013-06", "off")],
        ladders=[VNM_LADDER],
    ).replay()["VNM", "SGP"]
    assert dict(narrator().state(unsure))["Order left open in"] == "level"


def test_recognition_is_reported_by_side() -> None:
    grants = [
        ev.RecognitionGranted(on="1965", recogniser=one, recognised=two, sources=["s"])
        for one, two in (("USA", "SGP"), ("SGP", "USA"))
    ]
    relation = dr.EventLog(grants).replay()["USA", "SGP"]
    assert (
        dict(narrator().state(relation)).items()
        >= {
            "Recognition by Singapore": "United States, since 1965",
            "Recognition by United States": "Singapore, since 1965",
        }.items()
    )

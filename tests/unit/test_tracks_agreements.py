"""Agreements: signed, joined, in force, left, ended; by party, and between two."""

from __future__ import annotations

import pickle
from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

import diplorel as dr
from contradictions import contradictions
from diplorel import EventLog, Party
from diplorel.errors import InvalidEventError, MissingKeyError
from diplorel.events import (
    AgreementInForce,
    AgreementJoined,
    AgreementKind,
    AgreementLeft,
    AgreementSigned,
    AgreementTerminated,
    GroupJoined,
    GroupLeft,
    PartySucceeded,
    TiesEstablished,
)
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text
from diplorel.model.lives import PartyEnded
from diplorel.model.reference import Reference
from diplorel.replay.as_of import SubjectHistory
from diplorel.tracks import GROUPS
from diplorel.tracks.agreement_fold import answers, copy, start_in
from diplorel.tracks.agreement_seats import Book
from diplorel.tracks.agreements import (
    AGREEMENTS,
    Agreement,
    AgreementsState,
    AgreementState,
    AgreementStatus,
    Seat,
)

if TYPE_CHECKING:
    from diplorel import Relation
    from diplorel.model.events import Event

PAIR = ("SGP", "VNM")
THREE = ("IDN", "SGP", "VNM")


def base(on: int | str, key: str, parties: tuple[str, ...]) -> dict[str, Any]:
    return {"on": str(on), "agreement": key, "parties": parties, "sources": ["s"]}


def signed(on: int | str, *parties: str, key: str = "fta", **more: Any) -> AgreementSigned:
    return AgreementSigned(**base(on, key, parties or PAIR), **more)


def joined(on: int | str, *parties: str, key: str = "fta") -> AgreementJoined:
    return AgreementJoined(**base(on, key, parties or PAIR))


def entered(on: int | str, *parties: str, key: str = "fta", **more: Any) -> AgreementInForce:
    return AgreementInForce(**base(on, key, parties or PAIR), **more)


def left(on: int | str, *parties: str, key: str = "fta") -> AgreementLeft:
    return AgreementLeft(**base(on, key, parties or PAIR))


def ended(on: int | str, *parties: str, key: str = "fta") -> AgreementTerminated:
    return AgreementTerminated(**base(on, key, parties or PAIR))


def relation(*events: Event, pair: tuple[str, str] = PAIR, on: str | None = None) -> Relation:
    """Return a relation, which replay and index agree on."""
    log = EventLog(events)
    found = log.replay(on)[pair]
    assert log.relation(*pair, on=on) == found
    return found


def state(*events: Event, pair: tuple[str, str] = PAIR) -> AgreementsState:
    return relation(*events, pair=pair).agreements


def only(*events: Event, pair: tuple[str, str] = PAIR) -> Agreement:
    (document,) = state(*events, pair=pair).documents
    return document


def seats(*events: Event) -> AgreementState:
    return EventLog(events).replay().agreement("fta")


# --- between two ---------------------------------------------------------------------------------


def test_a_document_lives_from_signature_to_force_to_its_end() -> None:
    event = signed(2001, kind="treaty", titles={"en": "FTA"}, fields=["trade"])
    document = Agreement(
        "fta",
        AgreementStatus.SIGNED,
        signed=PartialDate("2001"),
        kind=AgreementKind.TREATY,
        titles=(Text("en", "FTA"),),
        fields=("trade",),
        parties=("SGP", "VNM"),
    )
    assert state(event) == AgreementsState((document,))
    in_force = state(event, entered(2002))
    assert in_force.documents[0].status is AgreementStatus.IN_FORCE
    assert in_force.documents[0].in_force == PartialDate("2002")
    assert in_force.documents[0].terminated is None
    over = state(event, entered(2002), ended(2003))
    assert over.documents[0].status is AgreementStatus.TERMINATED
    assert over.documents[0].terminated == PartialDate("2003")
    assert over.documents[0].signed == PartialDate("2001")
    assert (in_force.in_force(), over.in_force()) == (in_force.documents, ())


def test_what_is_not_recorded_of_a_life_is_not_there() -> None:
    assert only(entered(2002)) == Agreement(
        "fta", AgreementStatus.IN_FORCE, in_force=PartialDate("2002"), parties=PAIR
    )
    for event in (ended(2003), left(2003)):
        assert only(event) == Agreement(
            "fta", AgreementStatus.TERMINATED, terminated=PartialDate("2003"), parties=PAIR
        )
    assert state() == AgreementsState() == AGREEMENTS.none == AGREEMENTS.unknown


def test_the_first_event_of_each_kind_counts_until_a_party_leaves() -> None:
    first = [signed(2001, fields=["a"]), entered(2002)]
    again = [signed(2011, fields=["b"]), entered(2012)]
    assert state(*first, *again) == state(*first)
    back = only(*first, ended(2003), *again)
    assert (back.signed, back.in_force, back.terminated) == (
        PartialDate("2011"), PartialDate("2012"), None,
    )  # fmt: skip
    assert back.fields == ("a",)


def test_the_first_signature_that_says_what_it_is_is_used() -> None:
    told = only(
        signed(2001),
        signed(2002, "SGP", kind="treaty"),
        signed(2003, "VNM", kind="memorandum", fields=["trade"], titles={"en": "T"}),
        signed(2004, "VNM", titles={"en": "U"}),
    )
    assert (told.kind, told.fields, told.title()) == (AgreementKind.TREATY, ("trade",), "T")


def test_between_two_the_later_day_counts_and_force_only_for_both() -> None:
    one = only(signed(2001, "SGP"), signed(2004, "VNM"), entered(2002, "SGP"))
    assert (one.signed, one.in_force, one.status) == (PartialDate("2004"), None, "signed")
    two = only(signed(2001, "SGP"), joined(2003, "VNM"), entered(2005, "SGP"), entered(2004, "VNM"))
    assert (two.signed, two.joined, two.in_force) == tuple(
        map(PartialDate, ("2001", "2003", "2005"))
    )
    assert state(signed(2001, "SGP")) == AgreementsState()


def test_documents_stand_by_key_and_those_in_force_apart() -> None:
    found = state(signed(2001, key="b"), signed(2002, key="a"), entered(2003, key="b"))
    assert [document.key for document in found.documents] == ["a", "b"]
    assert [document.key for document in found.in_force()] == ["b"]


def test_everybody_who_belongs_is_named_in_every_dyad() -> None:
    event = signed(2001, "VNM", "SGP", "EU")
    assert EventLog([event]).replay().dyads() == (("EU", "SGP"), ("EU", "VNM"), ("SGP", "VNM"))
    assert only(event).parties == ("EU", "SGP", "VNM")
    assert only(signed(2001), entered(2002, "VNM", "SGP", "USA")).parties == ("SGP", "USA", "VNM")
    assert only(signed(2001), ended(2002, "VNM", "SGP", "FRA")).parties == ("FRA", "SGP", "VNM")
    assert only(event, left(2002, "EU")).parties == PAIR


def test_a_title_falls_back_to_the_fields_and_then_to_the_key() -> None:
    titles = {"en": "Free Trade", "vi": "Thương mại"}
    titled = signed(2001, titles=titles, fields=["trade", "tax"])
    for one in (only(titled), seats(titled)):
        assert (one.title(), one.title("vi"), one.title("fr")) == (
            "Free Trade", "Thương mại", "Free Trade",
        )  # fmt: skip
    assert only(signed(2001, fields=["trade", "tax"])).title() == "trade, tax"
    assert only(signed(2001)).title() == seats(signed(2001)).title() == "fta"


def test_two_have_it_while_both_belong() -> None:
    story = [signed(2001, *THREE), left(2005, "IDN"), joined(2008, "USA"), joined(2010, "IDN")]
    gone = only(*story[:2], pair=("IDN", "SGP"))
    assert (gone.status, gone.terminated) == ("terminated", PartialDate("2005"))
    assert only(*story[:2]).terminated is None
    assert state(*story[:3], pair=("IDN", "USA")).documents == ()  # never at once
    back = only(*story, pair=("IDN", "SGP"))
    assert (back.status, back.joined, back.terminated) == ("signed", PartialDate("2010"), None)
    both_left = [signed(2001), left(2003, "SGP"), left(2004, "VNM")]
    assert only(*both_left).terminated == PartialDate("2003")


def test_between_some_it_ends_until_an_entry_into_force_names_both() -> None:
    story = [
        signed(2001, *THREE), entered(2002, *THREE), ended(2005, "IDN", "SGP"),
        joined(2006, "IDN"), entered(2008, "IDN", "SGP"), ended(2009, "IDN", "VNM"),
    ]  # fmt: skip
    pair = ("IDN", "SGP")
    assert only(*story[:3], pair=pair).terminated == PartialDate("2005")
    assert only(*story[:4], pair=pair).status == "terminated"
    again = only(*story, pair=pair)
    assert (again.status, again.in_force) == ("in-force", PartialDate("2008"))
    assert only(*story).in_force == PartialDate("2002")
    assert only(*story, pair=("IDN", "VNM")).status == "terminated"
    assert only(*story, left(2010, "IDN"), pair=("IDN", "VNM")).terminated == PartialDate("2009")
    assert seats(*story).terminated is None


def test_for_one_party_alone_a_termination_is_its_leaving() -> None:
    found = seats(signed(2001, *THREE), ended(2005, "IDN"))
    assert found.parties == PAIR
    assert (found.seat("IDN").left, found.seat("IDN").terminated) == (PartialDate("2005"), False)


def test_only_who_concerns_two_is_among_their_events() -> None:
    story = [
        signed(2001, *THREE), joined(2003, "USA"), left(2004, "IDN"), entered(2005, "VNM"),
    ]  # fmt: skip
    dyad = relation(*story)
    assert [event.on.text for event in dyad.events("agreements")] == ["2001", "2005"]
    log = EventLog(story)
    assert [entry.on.text for entry in log.timeline("SGP", "VNM")] == ["2001", "2005"]
    assert [entry.on.text for entry in log.timeline("IDN", "SGP")] == ["2001", "2004"]
    two = relation(
        signed(2001, key="b"), joined(2002, "SGP", key="a"), signed(2000, "VNM", key="a")
    )
    assert [event.on.text for event in two.events()] == ["2000", "2001", "2002"]


# --- parties that end, and their successors ------------------------------------------------------


def gone(*events: Event, **ends: str) -> EventLog:
    parties = [Party(id=id, names={"en": id}, end=day) for id, day in ends.items()]
    return EventLog(events, parties=parties)


def test_no_agreement_stands_with_a_party_that_is_gone() -> None:
    log = gone(signed(2001, *THREE), IDN="2005-03-01")
    for day, status in (("2005-02-28", "signed"), ("2005-03-01", "terminated")):
        (found,) = log.replay(day)["IDN", "SGP"].agreements.documents
        assert found.status == status
        assert log.relation("IDN", "SGP", on=day) == log.replay(day)["IDN", "SGP"]
        assert log.replay(day)["SGP", "VNM"].agreements.documents[0].status == "signed"
    assert log.replay("2005-02-28").counterparts("SGP") == ("IDN", "VNM")
    assert log.replay("2005-03-01").counterparts("SGP") == ("VNM",)
    maybe = gone(signed(2001), VNM="2005").replay("2005-06-30")["SGP", "VNM"]
    assert [event.type for event in maybe.undecided] == ["party-ended"]
    assert maybe.is_undecided(AGREEMENTS)


def passed(on: int | str, old: str, new: str, kind: str = "continuation", **more: Any) -> Event:
    found: Event = PartySucceeded(**{
        "on": str(on), "predecessor": old, "successor": new, "kind": kind, "dyads": ["VNM"],
        "tracks": ["agreements", "groups"], "sources": ["s"], **more,
    })  # fmt: skip
    return found


def test_a_successor_takes_the_seat_as_it_was_on_the_last_day() -> None:
    story = [signed(2001, *THREE), entered(2002, *THREE), passed(2006, "IDN", "USA")]
    log = gone(*story, IDN="2005-03-01")
    (heir,) = log.replay()["USA", "VNM"].agreements.documents
    assert (heir.signed, heir.in_force, heir.terminated) == (
        PartialDate("2001"), PartialDate("2002"), None,
    )  # fmt: skip
    assert log.replay().agreement("fta").seat("USA").predecessor == "IDN"
    assert [event.on.text for event in log.relation("USA", "VNM").events()] == [
        "2001", "2002", "2006",
    ]  # fmt: skip
    assert log.relation("USA", "SGP") == log.replay()["USA", "SGP"]
    assert log.replay()["USA", "SGP"].agreements.documents[0].status == "in-force"
    assert log.replay("2006-06-30")["USA", "VNM"].agreements.documents == ()
    assert [one.type for one in log.replay("2006-06-30")["USA", "VNM"].undecided] == [
        "party-succeeded"
    ]
    (old,) = log.replay()["IDN", "VNM"].agreements.documents
    assert old.terminated == PartialDate("2005-03-01")


def test_a_seat_passes_only_where_one_of_the_others_belongs_and_once() -> None:
    story = [signed(2001, "IDN", "SGP"), passed(2006, "IDN", "USA")]
    assert seats(*story).parties == ("IDN", "SGP")  # VNM does not belong
    named = [signed(2001, *THREE), passed(2006, "IDN", "USA")]
    assert seats(*named).parties == ("IDN", "SGP", "USA", "VNM")
    own = [signed(2001, *THREE), joined(2003, "USA"), passed(2006, "IDN", "USA", "split")]
    assert seats(*own).seat("USA").joined == PartialDate("2003")
    over = [signed(2001, *THREE), joined(2003, "USA"), passed(2006, "IDN", "USA")]
    assert seats(*over).seat("USA").signed == PartialDate("2001")
    again = [*over, left(2008, "USA"), passed(2009, "IDN", "USA")]
    assert seats(*again).seat("USA").left == PartialDate("2008")
    chain = [*named, passed(2007, "USA", "FRA")]
    for order in permutations(chain):
        assert EventLog(order).replay().agreement("fta").seat("FRA").predecessor == "USA"
    cut = [signed(2001, *THREE), ended(2003, "IDN", "VNM"), passed(2006, "IDN", "USA")]
    assert only(*cut, pair=("USA", "VNM")).terminated == PartialDate("2003")
    later = [signed(2001, *THREE), passed(2003, "IDN", "USA"), ended(2006, "IDN", "VNM")]
    assert only(*later, pair=("USA", "VNM")).terminated is None  # the predecessor lives on
    assert only(*later, pair=("IDN", "VNM")).terminated == PartialDate("2006")
    back = [*cut, entered(2007, *THREE), entered(2008, *THREE)]
    assert only(*back, pair=("IDN", "VNM")).in_force == PartialDate("2007")  # the first day counts
    aside = [entered(2001, *THREE), ended(2003, "IDN", "VNM"), entered(2004, *THREE)]
    assert only(*aside, pair=("IDN", "SGP")).in_force == PartialDate("2001")
    assert only(*aside, pair=("IDN", "VNM")).in_force == PartialDate("2004")
    both = [signed(2001, *THREE), ended(2003, "IDN", "VNM"), passed(2006, "IDN", "SGP")]
    assert only(*both, pair=("IDN", "SGP")).terminated is None
    other = passed(2006, "IDN", "USA", tracks=["ties"])
    assert seats(signed(2001, *THREE), other).parties == THREE
    nobody = passed(2006, "FRA", "USA")
    assert seats(signed(2001, *THREE), nobody).parties == THREE
    circle = [*named, passed(2007, "USA", "IDN")]
    assert seats(*circle).lineage("IDN") == ("IDN", "USA")
    taken = [signed(2001, *THREE), passed(2003, "IDN", "SGP"), passed(2004, "SGP", "USA")]
    assert seats(*taken, passed(2006, "IDN", "USA")).lineage("USA") == ("USA", "SGP", "IDN")
    by_way = [
        signed(2001, *THREE),
        signed(2001, "AUS"),
        passed(2002, "IDN", "USA"),
        passed(2003, "AUS", "IDN"),
        passed(2004, "IDN", "SGP"),
        passed(2005, "SGP", "USA"),
    ]
    assert {*seats(*by_way).lineage("USA")} == {"AUS", "IDN", "SGP", "USA"}


def test_what_a_succession_may_come_before_or_after_is_open_for_the_successor() -> None:
    story = [signed(2001, *THREE), passed("2006", "IDN", "USA")]
    for event in (
        left("2006-05", "IDN"),
        ended("2006-05", *THREE),
        ended("2006-05", "IDN", "VNM"),
        passed("2006-05", "USA", "FRA"),
    ):
        world = EventLog([*story, event]).replay()
        assert AGREEMENTS.name not in world["USA", "VNM"].certain
        assert AGREEMENTS.name in world["SGP", "VNM"].certain or isinstance(
            event, AgreementTerminated
        )
        assert EventLog([*story, event]).relation("USA", "VNM") == world["USA", "VNM"]
    chain = EventLog([*story, left("2006-05", "IDN"), passed("2010", "USA", "FRA")])
    assert AGREEMENTS.name not in chain.replay()["FRA", "VNM"].certain
    assert AGREEMENTS.name in EventLog([*story, joined("2006-05", "FRA")]).replay()[
        "USA", "VNM"
    ].certain  # fmt: skip


def test_a_successor_takes_its_place_in_groups() -> None:
    def joins(on: int, party: str, capacity: str = "member") -> GroupJoined:
        return GroupJoined(on=str(on), party=party, group="ASEAN", capacity=capacity, sources=["s"])

    def members(*events: Event, **ends: str) -> tuple[tuple[str, str], ...]:
        found = gone(*events, **ends).replay().state(GROUPS, "ASEAN").memberships
        return tuple((one.party, one.since.text) for one in found)

    assert members(joins(2001, "IDN"), passed(2006, "IDN", "USA"), IDN="2005") == (("USA", "2001"),)
    assert members(joins(2001, "IDN"), joins(2002, "USA"), passed(2006, "IDN", "USA", "split")) == (
        ("IDN", "2001"), ("USA", "2002"),
    )  # fmt: skip
    assert members(joins(2001, "IDN"), joins(2002, "USA"), passed(2006, "IDN", "USA")) == (
        ("IDN", "2001"), ("USA", "2001"),
    )  # fmt: skip
    again = [joins(2001, "IDN"), passed(2006, "IDN", "USA"), joins(2007, "USA", "observer"),
             passed(2008, "IDN", "USA")]  # fmt: skip
    assert members(*again) == (("IDN", "2001"), ("USA", "2001"))
    leaving = GroupLeft(on="2003", party="IDN", group="ASEAN", sources=["s"])
    assert members(joins(2001, "IDN"), leaving, passed(2006, "IDN", "USA")) == ()
    world = EventLog([joins(2001, "IDN"), joins(2001, "VNM"), joins(2001, "SGP", "observer")])
    assert world.replay().joint_groups("IDN", "VNM") == ("ASEAN",)
    assert world.replay().joint_groups("SGP", "VNM") == ()


# --- by party ------------------------------------------------------------------------------------


def test_an_agreement_is_asked_by_its_key() -> None:
    story = [
        signed(2001, *THREE, kind="treaty"), entered(2002, *THREE, provisional=True),
        entered(2003, "VNM"), left(2005, "IDN"), joined(2006, "USA"),
    ]  # fmt: skip
    world = EventLog(story).replay()
    found = world.agreement("fta")
    assert found.seats == (
        Seat("IDN", PartialDate("2001"), None, PartialDate("2002"), True, PartialDate("2005")),
        Seat("SGP", PartialDate("2001"), None, PartialDate("2002"), True),
        Seat("USA", None, PartialDate("2006")),
        Seat("VNM", PartialDate("2001"), None, PartialDate("2002")),
    )
    assert [seat.status.value for seat in found.seats] == [
        "terminated", "in-force", "signed", "in-force",
    ]  # fmt: skip
    assert (found.key, found.kind.value, found.parties) == ("fta", "treaty", ("SGP", "USA", "VNM"))
    assert [found.has(party) for party in ("IDN", "USA", "FRA")] == [False, True, False]
    assert repr(found) == "<AgreementState fta: 3 parties>"
    assert "USA    -       2006    -         -" in str(found)
    assert [one.key for one in world.agreements("VNM")] == ["fta"]
    assert world.agreements("IDN") == ()
    over = EventLog([*story, ended(2009, "SGP", "USA", "VNM")]).replay()
    assert over.agreement("fta").terminated == PartialDate("2009")
    assert (over.agreement("fta").parties, over.agreements("VNM")) == ((), ())
    assert over.agreement("fta").seat("IDN").terminated is False
    back = EventLog([*story, ended(2009, "SGP", "USA", "VNM"), joined(2010, "SGP")]).replay()
    assert back.agreement("fta").terminated is None


def test_what_is_not_there_is_an_error_that_offers_the_nearest() -> None:
    world = EventLog([signed(2001)]).replay("2001-12-31")
    with pytest.raises(
        MissingKeyError, match=r"no agreement 'ftb' is recorded by 2001-12-31.*'fta'"
    ):
        world.agreement("ftb")
    with pytest.raises(LookupError, match="no agreement 7 is recorded"):
        EventLog().replay().agreement(7)  # type: ignore[arg-type]  # refused
    with pytest.raises(MissingKeyError, match=r"'VMN' has no seat in the agreement 'fta'.*'VNM'"):
        world.agreement("fta").seat("VMN")
    with pytest.raises(MissingKeyError, match="7 has no seat"):
        world.agreement("fta").seat(7)  # type: ignore[arg-type]  # refused
    early = EventLog([signed(2001, "SGP"), signed(2005, "VNM")])
    assert early.replay("2004").agreement("fta").parties == ("SGP",)
    with pytest.raises(dr.errors.UnknownPartyError):
        world.agreements("nowhere")


def test_a_state_of_the_past_does_not_know_what_came_later() -> None:
    book = Book()
    handle = AGREEMENTS.handlers
    story = [
        signed(2001, *THREE),
        ended(2002, "IDN", "SGP"),
        left(2003, "IDN"),
        joined(2004, "USA"),
    ]
    shown = []
    for event in story:
        handle[type(event)](book, event)
        shown.append((AgreementState(book, book.step), str(AgreementState(book, book.step))))
    assert [str(state) for state, _ in shown] == [text for _, text in shown]
    first, second = shown[0][0], shown[1][0]
    assert first.parties == THREE
    assert first.together("IDN", "USA") is None
    assert first.together("FRA", "USA") is None
    assert first.between("IDN", "SGP") == (None, None)
    assert second.between("IDN", "SGP") == (PartialDate("2002"), None)
    assert first != second
    assert first != "fta"
    for state_, text in shown:
        again = pickle.loads(pickle.dumps(state_))  # noqa: S301  our own
        assert (again, str(again)) == (state_, text)
    with pytest.raises(MissingKeyError):
        first.seat("USA")


# --- cells, and what contradicts -----------------------------------------------------------------


def test_the_key_tells_agreements_of_one_day_apart() -> None:
    assert signed(2001).id == "agreement-signed/SGP-VNM/2001/fta"
    assert entered(2001).undated_key == ("agreement-in-force", "SGP", "VNM", "fta")
    assert joined(2001, "USA").id == "agreement-joined/USA/2001/fta"
    assert signed(2001).kind is AgreementKind.DOCUMENT
    assert entered(2001).provisional is False
    assert ended(2001).replaced_by is None
    with pytest.raises(InvalidEventError, match="'F T A' is not a key"):
        signed(2001, key="F T A")


def test_what_parties_do_leaves_the_seats_of_others_alone() -> None:
    assert AGREEMENTS.commute(signed(2001, "SGP"), left(2001, "VNM")) is True
    assert AGREEMENTS.commute(signed(2001, "SGP"), left(2001, "SGP")) is False
    assert AGREEMENTS.commute(signed(2001, "SGP"), ended(2001, "IDN", "VNM")) is False
    assert AGREEMENTS.commute(signed("2001-01-02"), signed("2001-01-02", *THREE)) is True
    assert AGREEMENTS.commute(signed(2001), signed(2001, *THREE)) is False  # of some day
    told = signed(2001, "SGP", kind="treaty"), signed(2001, "VNM", fields=["a"])
    assert AGREEMENTS.commute(*told) is False  # the first says what it is
    over = PartyEnded(party="SGP", on="2001", sources=["s"])
    assert AGREEMENTS.commute(over, signed(2001, "VNM")) is True
    assert AGREEMENTS.commute(over, signed(2001, "SGP")) is False


def test_of_one_cell_only_its_party_counts() -> None:
    book = start_in(("SGP",))
    handle = AGREEMENTS.handlers
    story: list[Event] = [
        signed(2001, *THREE), ended(2002, "IDN", "VNM"), ended(2003), left(2004, "VNM"),
    ]  # fmt: skip
    for event in story:
        handle[type(event)](book, event)
    assert [*book.seats] == ["SGP"]
    assert book.beside == (("agreement-terminated/IDN-VNM/2002/fta", True),)
    assert book.cut == {"SGP": PartialDate("2003")}
    twin = copy(book)
    assert answers(twin, Reference()) == answers(book, Reference())
    handle[AgreementLeft](twin, left(2005))
    assert answers(twin, Reference()) != answers(book, Reference())
    facts = start_in(("facts",))
    story = [signed(2001, kind="treaty"), ended(2002), entered(2003)]
    for event in story:
        handle[type(event)](facts, event)
    assert facts.seats == {}
    assert facts.facts[-1][1].kind is AgreementKind.TREATY
    assert start_in(()).only is None


@pytest.mark.parametrize("parties", [PAIR, THREE])
def test_what_comes_upon_an_agreement_that_has_ended_is_a_problem(parties: tuple[str, ...]) -> None:
    over = (signed(2001, *parties), ended(2002, *parties))
    for event in (entered(2003), ended(2003)):
        assert contradictions(AGREEMENTS, over, event) == [
            (
                "DR305",
                "the agreement 'fta' ended before it (2002)",
                "Give what took its place a key of its own, or correct the one that is wrong",
            )
        ]
    assert [code for code, _, _ in contradictions(AGREEMENTS, over, signed(2003))] == ["DR311"]
    assert contradictions(AGREEMENTS, over, joined(2003)) == []
    left_ = contradictions(AGREEMENTS, over, left(2003), complete=True)
    assert [code for code, _, _ in left_] == ["DR307"]
    assert contradictions(AGREEMENTS, over, entered(2003, "SGP", "USA")) == []
    tied = TiesEstablished(on="2001", parties=PAIR, sources=["s"])
    assert contradictions(AGREEMENTS, over, tied) == []


def test_what_ends_for_somebody_who_does_not_belong_is_a_problem_where_that_is_known() -> None:
    before = (signed(2001), entered(2002))
    for event in (ended(2003, *THREE), left(2003, "IDN", "SGP")):
        assert contradictions(AGREEMENTS, before, event) == []
        ((code, _, _),) = contradictions(AGREEMENTS, before, event, complete=True)
        assert code == "DR307"
    assert contradictions(AGREEMENTS, before, ended(2003), complete=True) == []
    assert contradictions(AGREEMENTS, before, left(2003, "SGP"), complete=True) == []
    log = EventLog(
        [left("2003", "SGP")], coverage=[dr.Coverage(track="agreements", parties=["SGP"])]
    )
    assert "DR307" in {problem.code for problem in log.check()}


def test_what_begins_twice_is_a_problem_unless_it_is_told_with_somebody_new() -> None:
    before = (signed(2001, *THREE), entered(2002, *THREE))
    for again in (joined(2005), joined(2005, "SGP")):
        ((code, message, _),) = contradictions(AGREEMENTS, before, again)
        assert (code, "2001" in message) == ("DR306", True)
    ((code, _, _),) = contradictions(AGREEMENTS, before, signed(2005))
    assert code == "DR311"
    ((code, _, _),) = contradictions(AGREEMENTS, (signed(2001),), signed(2005))
    assert code == "DR306"
    for event in (
        signed(2001), signed(2005, *THREE, "USA"), joined(2005, "SGP", "USA"), entered(2005),
    ):  # fmt: skip
        assert contradictions(AGREEMENTS, before, event) == []
    gone_ = (*before, left(2004, "SGP"))
    assert contradictions(AGREEMENTS, gone_, signed(2005, "SGP")) == []
    partly = (*before, ended(2004, "IDN", "SGP"))
    assert contradictions(AGREEMENTS, partly, entered(2005, "IDN", "SGP")) == []
    assert contradictions(AGREEMENTS, partly, joined(2005, "SGP")) == []


def test_in_force_again_counts_where_orders_are_compared() -> None:
    reference = Reference()

    def count(*before: Event) -> int:
        book = start_in(("SGP",))
        for event in before[:-1]:
            AGREEMENTS.handlers[type(event)](book, event)
        return AGREEMENTS.count_broken(book, before[-1], reference)

    assert count(entered(2001), entered(2002)) == 1
    assert count(entered(2001), entered(2001, *THREE)) == 0
    assert count(entered(2001, provisional=True), entered(2002)) == 0
    assert count(ended(2001), entered(2002)) == 1
    assert count(signed(2001), ended(2002), left(2003, "SGP")) == 1
    assert count(signed(2001), left(2003, "VNM")) == 0
    assert count(signed(2001), signed(2002, "VNM")) == 0


def test_dates_that_leave_an_order_open_leave_only_its_pairs_uncertain() -> None:
    open_ = relation(signed("2001"), left("2001-05", "SGP"), joined("2001", "SGP"), pair=PAIR)
    assert not open_.is_certain(AGREEMENTS)
    story = [signed("2001", *THREE), left("2001-05", "SGP"), joined("2001", "SGP")]
    assert not relation(*story, pair=("IDN", "SGP")).is_certain(AGREEMENTS)
    assert relation(*story, pair=("IDN", "VNM")).is_certain(AGREEMENTS)
    sure = relation(signed("2001"), left("2001-05", "SGP"))
    assert sure.is_certain(AGREEMENTS)
    assert sure.agreements.documents[0].terminated == PartialDate("2001-05")
    # whether it ended for all depends on whether the third belonged
    third = [signed(2001), joined("2005", "IDN"), ended("2005-05")]
    assert not relation(*third, pair=("IDN", "VNM")).is_certain(AGREEMENTS)
    titles = [signed("2001", "SGP", titles={"en": "A"}), signed("2001", "VNM", titles={"en": "B"})]
    assert not relation(*titles).is_certain(AGREEMENTS)


def test_of_many_on_one_day_the_order_matters_only_for_each() -> None:
    parties = [f"A{letter}{other}" for letter in "ABCDEFGHIJ" for other in "ABCDEFGH"]
    day = [joined("2001-05-01", party) for party in parties]
    world = EventLog(day).replay()
    assert world.agreement("fta").parties == tuple(sorted(parties))
    assert world.between("AAA", "AAB").is_certain(AGREEMENTS)
    again = EventLog([*day, left("2001-05-01", "AAA")]).replay()
    assert again.agreement("fta").seat("AAA").left == PartialDate("2001-05-01")


def test_the_states_of_a_world_are_asked_by_dyad() -> None:
    world = EventLog([signed(2001), signed(2002, "SGP", "IDN", key="b")]).replay()
    assert world.state(AGREEMENTS, PAIR) == world[PAIR].agreements
    with pytest.raises(MissingKeyError):
        world.state(AGREEMENTS, "fta")
    assert world.counterparts("SGP") == ("IDN", "VNM")
    assert world.between("IDN", "VNM").events() == ()
    maybe = EventLog([signed(2001, "SGP"), signed("2002", "VNM")]).replay("2002-05-01")
    assert maybe.dyads() == (PAIR,)
    assert [one.on.text for one in maybe[PAIR].undecided] == ["2002"]
    never = EventLog([signed(2001), joined("2002", "IDN")]).replay("2002-05-01")
    assert never[PAIR].undecided == ()


def test_where_two_never_had_it_at_once_nothing_can_end() -> None:
    log = gone(signed(2001, *THREE), left(2002, "IDN"), joined(2003, "USA"), IDN="2005")
    assert log.replay("2005-06-30")["IDN", "USA"].undecided == ()
    assert log.relation("IDN", "USA", on="2005-06-30").undecided == ()


def test_a_history_can_have_nothing_again() -> None:
    history = SubjectHistory(PAIR, {AGREEMENTS: (5,)}, {AGREEMENTS: (None,)}, (), False, ())
    assert history.on(6) == {}

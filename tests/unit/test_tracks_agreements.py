"""Agreements: signed, in force, ended."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING, Any

import pytest

from contradictions import contradictions
from diplorel.errors import InvalidEventError
from diplorel.events import (
    AgreementInForce,
    AgreementKind,
    AgreementSigned,
    AgreementTerminated,
    TiesEstablished,
)
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text
from diplorel.replay.fold import fold
from diplorel.tracks.agreements import (
    AGREEMENTS,
    Agreement,
    AgreementsState,
    AgreementStatus,
)

if TYPE_CHECKING:
    from diplorel.model.events import Event


def base(on: int, key: str, parties: tuple[str, ...]) -> dict[str, Any]:
    return {"on": str(on), "agreement": key, "parties": parties, "sources": ["s"]}


PAIR = ("VNM", "SGP")


def signed(
    on: int, key: str = "fta", parties: tuple[str, ...] = PAIR, **more: Any
) -> AgreementSigned:
    return AgreementSigned(**base(on, key, parties), **more)


def entered(on: int, key: str = "fta", parties: tuple[str, ...] = PAIR) -> AgreementInForce:
    return AgreementInForce(**base(on, key, parties))


def ended(on: int, key: str = "fta", parties: tuple[str, ...] = PAIR) -> AgreementTerminated:
    return AgreementTerminated(**base(on, key, parties))


def state(*events: Event) -> AgreementsState:
    cell = fold(events, [AGREEMENTS])[AGREEMENTS].get(("SGP", "VNM"))
    return AGREEMENTS.none if cell is None else AGREEMENTS.freeze(cell.value)


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
    (only,) = state(entered(2002)).documents
    assert only == Agreement(
        "fta", AgreementStatus.IN_FORCE, in_force=PartialDate("2002"), parties=("SGP", "VNM")
    )
    assert only.kind is AgreementKind.DOCUMENT
    (gone,) = state(ended(2003)).documents
    assert gone == Agreement(
        "fta", AgreementStatus.TERMINATED, terminated=PartialDate("2003"), parties=("SGP", "VNM")
    )
    assert state() == AgreementsState() == AGREEMENTS.none == AGREEMENTS.unknown


def test_the_first_event_of_each_kind_counts() -> None:
    first = [signed(2001, fields=["a"]), entered(2002), ended(2003)]
    again = [signed(2011, fields=["b"]), entered(2012), ended(2013)]
    assert state(*first, *again) == state(*first)


def test_events_of_different_kinds_leave_the_same_life_in_any_order() -> None:
    events = [signed(2001), entered(2002), ended(2003), signed(2001, "other")]
    assert len({state(*order) for order in permutations(events)}) == 1
    assert AGREEMENTS.commute(events[0], events[1]) is True
    assert AGREEMENTS.commute(events[0], events[3]) is True
    assert AGREEMENTS.commute(events[0], signed(2005)) is False


def test_documents_stand_by_key_and_those_in_force_apart() -> None:
    found = state(signed(2001, "b"), signed(2002, "a"), entered(2003, "b"))
    assert [document.key for document in found.documents] == ["a", "b"]
    assert [document.key for document in found.in_force()] == ["b"]


def test_everybody_who_signed_is_reported_in_every_dyad() -> None:
    event = signed(2001, parties=("VNM", "SGP", "EU"))
    tables = fold([event], [AGREEMENTS])[AGREEMENTS]
    assert sorted(tables) == [("EU", "SGP"), ("EU", "VNM"), ("SGP", "VNM")]
    assert state(event).documents[0].parties == ("EU", "SGP", "VNM")
    joined = state(signed(2001), entered(2002, parties=("VNM", "SGP", "USA")))
    assert joined.documents[0].parties == ("SGP", "USA", "VNM")
    left = state(signed(2001), ended(2002, parties=("VNM", "SGP", "FRA")))
    assert left.documents[0].parties == ("FRA", "SGP", "VNM")


def test_a_title_falls_back_to_the_fields_and_then_to_the_key() -> None:
    titled = signed(2001, titles={"en": "Free Trade", "vi": "Thương mại"}, fields=["trade", "tax"])
    (one,) = state(titled).documents
    assert (one.title(), one.title("vi"), one.title("fr")) == (
        "Free Trade",
        "Thương mại",
        "Free Trade",
    )
    (two,) = state(signed(2001, fields=["trade", "tax"])).documents
    assert two.title() == "trade, tax"
    (three,) = state(signed(2001)).documents
    assert three.title() == "fta"


def test_the_key_tells_agreements_of_one_day_apart() -> None:
    assert signed(2001).id == "agreement-signed/SGP-VNM/2001/fta"
    assert entered(2001).undated_key == ("agreement-in-force", "SGP", "VNM", "fta")
    assert AgreementSigned(**base(2001, "fta", PAIR)).kind is AgreementKind.DOCUMENT
    assert AgreementInForce(**base(2001, "fta", PAIR)).provisional is False
    assert AgreementTerminated(**base(2001, "fta", PAIR)).replaced_by is None
    with pytest.raises(InvalidEventError, match="'F T A' is no key"):
        signed(2001, "F T A")


def test_what_comes_upon_an_agreement_that_has_ended_is_a_problem() -> None:
    over = (signed(2001), ended(2002), signed(2001, "other"))
    for event in (entered(2003), ended(2003)):
        assert contradictions(AGREEMENTS, over, event) == [
            (
                "DR305",
                "the agreement 'fta' ended before it (2002)",
                "Give what took its place a key of its own, or correct the one that is wrong",
            )
        ]
    assert [code for code, _, _ in contradictions(AGREEMENTS, over, signed(2003))] == ["DR311"]
    assert contradictions(AGREEMENTS, over, entered(2003, "other")) == []
    assert contradictions(AGREEMENTS, over, ended(2003, "third")) == []
    (unknown,) = contradictions(AGREEMENTS, over, ended(2003, "third"), complete=True)
    assert unknown[0] == "DR307"
    assert contradictions(AGREEMENTS, (signed(2001), entered(2002)), ended(2003)) == []
    tied = TiesEstablished(on="2001", parties=PAIR, sources=["s"])
    assert contradictions(AGREEMENTS, over, tied) == []

"""What a track is: whose subjects an event touches, and the careful defaults."""

from __future__ import annotations

from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel import events as ev
from diplorel.model.events import Event
from diplorel.model.reference import Reference
from diplorel.tracks import (
    AGREEMENTS,
    FIGURES,
    GROUPS,
    LEVEL,
    MISSIONS,
    RECOGNITION,
    SECTORS,
    SPECIAL,
    STANDARD,
    SUCCESSION,
    TIES,
    VISITS,
    Track,
)
from diplorel.tracks.track import dyads_of, no_cells, same_dyad, share_a_cell


def signed(*parties: str) -> ev.AgreementSigned:
    return ev.AgreementSigned(on="2020", parties=parties, agreement="a", sources=["s"])


def visit(visitor: str, host: str) -> ev.VisitMade:
    return ev.VisitMade(on="2020", visitor=visitor, host=host, sources=["s"])


TIED = ev.TiesEstablished(on="2020", parties=("VNM", "SGP"), sources=["s"])


def test_the_standard_tracks_and_their_names() -> None:
    assert STANDARD == (
        TIES, LEVEL, SPECIAL, SECTORS, MISSIONS, RECOGNITION, AGREEMENTS, VISITS, FIGURES,
        GROUPS, SUCCESSION,
    )  # fmt: skip
    assert [track.name for track in STANDARD] == [
        "ties", "level", "special", "sectors", "missions", "recognition", "agreements", "visits",
        "figures", "groups", "succession",
    ]  # fmt: skip
    assert [track.name for track in STANDARD if not track.of_dyads] == ["groups", "succession"]


def test_each_event_type_belongs_to_one_track_which_hears_it() -> None:
    owners: dict[type[Event], list[str]] = {}
    for track in STANDARD:
        for kind in track.owns:
            owners.setdefault(kind, []).append(track.name)
            assert kind in track.handlers
    assert [kind for kind, names in owners.items() if len(names) > 1] == []
    public = {
        kind for kind in vars(ev).values() if isinstance(kind, type) and issubclass(kind, Event)
    }
    assert public - {Event} == set(owners)


def test_severed_ties_are_heard_by_what_they_end() -> None:
    heard = [track.name for track in STANDARD if ev.TiesSevered in track.handlers]
    assert heard == ["ties", "level", "special", "sectors", "missions"]


def test_each_type_has_one_name_on_the_wire() -> None:
    kinds = [kind for track in STANDARD for kind in track.owns]
    assert {kind.__name__: (kind.type, kind.precedence.name) for kind in kinds} == {
        "TiesEstablished": ("ties-established", "BEGUN"),
        "TiesSuspended": ("ties-suspended", "SUSPENDED"),
        "TiesSevered": ("ties-severed", "ENDED"),
        "TiesRestored": ("ties-restored", "RESTORED"),
        "LevelUpgraded": ("level-upgraded", "RAISED"),
        "LevelDowngraded": ("level-downgraded", "LOWERED"),
        "LevelRenewed": ("level-renewed", "RENEWED"),
        "LevelAgreed": ("level-agreed", "AGREED"),
        "LevelHeld": ("level-held", "REPORTED"),
        "AgreementSigned": ("agreement-signed", "BEGUN"),
        "AgreementJoined": ("agreement-joined", "BEGUN"),
        "AgreementInForce": ("agreement-in-force", "RAISED"),
        "AgreementLeft": ("agreement-left", "ENDED"),
        "AgreementTerminated": ("agreement-terminated", "ENDED"),
        "SectorPartnershipFormed": ("sector-partnership-formed", "BEGUN"),
        "SectorPartnershipEnded": ("sector-partnership-ended", "ENDED"),
        "SpecialRelationshipDeclared": ("special-relationship-declared", "BEGUN"),
        "SpecialRelationshipEnded": ("special-relationship-ended", "ENDED"),
        "VisitMade": ("visit-made", "REPORTED"),
        "TalksHeld": ("talks-held", "REPORTED"),
        "FigureReported": ("figure-reported", "REPORTED"),
        "TargetSet": ("target-set", "REPORTED"),
        "MissionOpened": ("mission-opened", "BEGUN"),
        "MissionClosed": ("mission-closed", "ENDED"),
        "EnvoyAccredited": ("envoy-accredited", "BEGUN"),
        "EnvoyLeft": ("envoy-left", "ENDED"),
        "RecognitionGranted": ("recognition-granted", "BEGUN"),
        "RecognitionWithdrawn": ("recognition-withdrawn", "ENDED"),
        "GroupJoined": ("group-joined", "BEGUN"),
        "GroupLeft": ("group-left", "ENDED"),
        "PartySucceeded": ("party-succeeded", "SUCCEEDED"),
    }


def test_an_event_of_two_touches_one_dyad_in_order_and_one_of_more_every_pair() -> None:
    assert dyads_of(visit("VNM", "SGP")) == dyads_of(visit("SGP", "VNM")) == (("SGP", "VNM"),)
    assert dyads_of(signed("VNM", "SGP")) == (("SGP", "VNM"),)
    assert dyads_of(signed("VNM", "SGP", "EU")) == (
        ("EU", "SGP"), ("EU", "VNM"), ("SGP", "VNM"),
    )  # fmt: skip
    assert dyads_of(signed("D1", "C1", "B1", "A1")) == (
        ("A1", "B1"), ("A1", "C1"), ("A1", "D1"), ("B1", "C1"), ("B1", "D1"), ("C1", "D1"),
    )  # fmt: skip
    assert dyads_of(signed("VNM")) == ()
    assert same_dyad(TIED) == (("SGP", "VNM"),)


def test_the_defaults_are_careful() -> None:
    track: Track[dict[str, Any], int] = Track(
        name="mine", handlers={}, owns=(), start=dict, freeze=len, none=0, unknown=-1
    )
    assert track.subjects is dyads_of
    assert track.commute(TIED, TIED) is False
    assert track.has_order is True
    assert list(track.contradictions({}, TIED, Reference(), complete=lambda: True)) == []
    assert track.of_dyads is True
    assert repr(track) == "<Track mine>"
    acc = {"a": [1]}
    copy = track.inherit(acc, "SUN", "RUS")
    assert copy == acc
    copy["a"].append(2)
    assert acc == {"a": [1]}
    seen = attrs.evolve(track, cells=no_cells)
    assert seen.commute(TIED, TIED) is True
    assert seen.has_order is False


cells = st.lists(st.lists(st.sampled_from("ab"), max_size=3).map(tuple), max_size=3)


@given(cells, cells)
def test_two_events_share_a_cell_where_one_lies_within_the_other(
    some: list[tuple[str, ...]], others: list[tuple[str, ...]]
) -> None:
    everything = [*product("ab", repeat=3)]

    def below(paths: list[tuple[str, ...]]) -> set[tuple[str, ...]]:
        return {one for one in everything for path in paths if one[: len(path)] == path}

    assert share_a_cell(some, others) is bool(below(some) & below(others))
    assert share_a_cell(some, others) is share_a_cell(others, some)


def test_a_track_is_itself_alone() -> None:
    one, two = (
        Track[list[Any], int](
            name="x", handlers={}, owns=(), start=list, freeze=len, none=0, unknown=0
        )
        for _ in range(2)
    )
    assert one != two
    assert len({one, two}) == 2


@pytest.mark.parametrize("track", STANDARD, ids=lambda track: track.name)
def test_a_fresh_accumulator_freezes_to_the_state_of_nothing(track: Track[Any, Any]) -> None:
    state = track.freeze(track.start())
    if track.sharing is not None:  # a dyad has a state of its own
        assert track.sharing.concerned(state, "SGP", "VNM") == ()
        state = track.sharing.between([], "SGP", "VNM")
    assert state == track.none
    assert track.start() is not track.start()

"""Succession: who takes whose place, for the dyads and tracks that a source names."""

from __future__ import annotations

from typing import Any

import pytest

from diplorel.errors import InvalidEventError
from diplorel.events import PartySucceeded, SuccessionKind
from diplorel.model.dates import PartialDate
from diplorel.replay.fold import fold
from diplorel.tracks.succession import SUCCESSION, Succession, SuccessionState


def succeeded(
    on: str = "1991-12-27", old: str = "SUN", new: str = "RUS", **more: Any
) -> PartySucceeded:
    return PartySucceeded(**{
        "on": on, "predecessor": old, "successor": new, "kind": "continuation",
        "dyads": ["VNM", "CUB"], "tracks": ["ties", "level"], "sources": ["s"], **more,
    })  # fmt: skip


def test_a_succession_takes_plain_data_and_sorts_its_lists() -> None:
    one = succeeded()
    assert (one.dyads, one.tracks) == (("CUB", "VNM"), ("level", "ties"))
    assert one.kind is SuccessionKind.CONTINUATION
    assert one.parties == ("SUN", "RUS")
    assert one.id == "party-succeeded/SUN-RUS/1991-12-27/CUB+VNM"
    assert succeeded(dyads=["CUB"]).undated_key == ("party-succeeded", "SUN", "RUS", "CUB")
    assert succeeded(dyads=[]).id == "party-succeeded/SUN-RUS/1991-12-27"
    for odd in ({"dyads": "VNM"}, {"tracks": "ties"}, {"dyads": ["vnm"]}, {"predecessor": "sun"}):
        with pytest.raises(InvalidEventError):
            succeeded(**odd)


def test_each_dyad_moves_from_the_predecessor_to_the_successor() -> None:
    assert succeeded().moves() == (
        (("CUB", "SUN"), ("CUB", "RUS")),
        (("SUN", "VNM"), ("RUS", "VNM")),
    )


def test_no_dyad_of_the_two_themselves_moves() -> None:
    assert succeeded(dyads=["RUS", "SUN", "VNM"]).moves() == ((("SUN", "VNM"), ("RUS", "VNM")),)
    assert succeeded(dyads=[]).moves() == ()


def test_both_parties_know_of_it_oldest_first() -> None:
    first = succeeded("1922", "RUS", "SUN", kind="unification")
    one = succeeded("1991-12-27")
    two = succeeded("1991-12-27", new="UKR", kind="secession")
    late = succeeded("1991-12-27", new="BLR", seq=1, kind="split")
    tables = fold([late, two, one, first], [SUCCESSION])[SUCCESSION]
    assert sorted(str(subject) for subject in tables) == ["BLR", "RUS", "SUN", "UKR"]
    found = SUCCESSION.freeze(tables["SUN"].value)
    assert found == SuccessionState(
        (
            Succession("RUS", "SUN", SuccessionKind.UNIFICATION, PartialDate("1922")),
            Succession("SUN", "RUS", SuccessionKind.CONTINUATION, PartialDate("1991-12-27")),
            Succession("SUN", "UKR", SuccessionKind.SECESSION, PartialDate("1991-12-27")),
            Succession("SUN", "BLR", SuccessionKind.SPLIT, PartialDate("1991-12-27")),
        )
    )
    assert SUCCESSION.freeze(tables["BLR"].value).successions == found.successions[3:]
    assert SUCCESSION.none == SUCCESSION.unknown == SuccessionState(())


def test_successions_commute() -> None:
    assert SUCCESSION.commute(succeeded(), succeeded(new="UKR")) is True
    assert SUCCESSION.of_dyads is False

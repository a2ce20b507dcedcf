"""The state that a relation gives for a track is typed as that track's own state."""

from __future__ import annotations

from typing import Any, assert_type

import diplorel as dr
from diplorel.analysis.standing import Skip
from diplorel.tracks.agreements import AgreementsState
from diplorel.tracks.figures import FiguresState
from diplorel.tracks.groups import GroupState
from diplorel.tracks.level import LadderState, LevelState, LevelStatus
from diplorel.tracks.missions import MissionsState
from diplorel.tracks.recognition import Recognition, RecognitionState
from diplorel.tracks.sectors import SectorsState
from diplorel.tracks.special import SpecialState
from diplorel.tracks.succession import SuccessionState
from diplorel.tracks.ties import TiesSpell, TiesState, TiesStatus
from diplorel.tracks.visits import VisitsState


def a_state_by_its_track(relation: dr.Relation) -> None:
    assert_type(relation[dr.tracks.TIES], TiesState)
    assert_type(relation[dr.tracks.LEVEL], LevelState)
    assert_type(relation[dr.tracks.AGREEMENTS], AgreementsState)
    assert_type(relation[dr.tracks.SECTORS], SectorsState)
    assert_type(relation[dr.tracks.SPECIAL], SpecialState)
    assert_type(relation[dr.tracks.VISITS], VisitsState)
    assert_type(relation[dr.tracks.FIGURES], FiguresState)
    assert_type(relation[dr.tracks.MISSIONS], MissionsState)
    assert_type(relation[dr.tracks.RECOGNITION], RecognitionState)


def a_state_of_any_subject(world: dr.World) -> None:
    assert_type(world.state(dr.tracks.GROUPS, "ASEAN"), GroupState)
    assert_type(world.state(dr.tracks.SUCCESSION, "RUS"), SuccessionState)
    assert_type(world.state(dr.tracks.TIES, ("SGP", "VNM")), TiesState)
    assert_type(world.figures("VNM"), FiguresState)


def a_track_of_your_own(relation: dr.Relation, track: dr.Track[list[str], tuple[str, ...]]) -> None:
    assert_type(relation[track], tuple[str, ...])


def the_properties_of_a_relation(relation: dr.Relation) -> None:
    assert_type(relation.parties, tuple[str, str])
    assert_type(relation.ties, TiesState)
    assert_type(relation.ties.status, TiesStatus)
    assert_type(relation.ties.since, dr.PartialDate | None)
    assert_type(relation.ties.spells[0], TiesSpell)
    assert_type(relation.agreements, AgreementsState)
    assert_type(relation.sectors, SectorsState)
    assert_type(relation.special, SpecialState)
    assert_type(relation.visits, VisitsState)
    assert_type(relation.figures, FiguresState)
    assert_type(relation.missions, MissionsState)
    assert_type(relation.recognition("USA"), Recognition)
    assert_type(relation[dr.tracks.LEVEL].on("VNM"), LadderState | None)
    assert_type(relation.undecided, tuple[dr.events.Event, ...])


def a_standing(relation: dr.Relation) -> None:
    standing = relation.level("VNM")
    assert_type(standing, dr.Standing)
    assert_type(standing.status, LevelStatus)
    assert_type(standing.level, dr.Level | None)
    assert_type(standing.since, dr.PartialDate | None)
    assert_type(standing.skipped, tuple[Skip, ...])
    if standing.level is not None:
        assert_type(standing.level.id, str)
        assert_type(standing.level.rank, int | None)


def the_standard_tracks() -> None:
    assert_type(dr.tracks.STANDARD, tuple[dr.Track[Any, Any], ...])

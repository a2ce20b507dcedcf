"""The event of a dyad names a pair, and every event has the typed envelope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import assert_type

import diplorel as dr
from diplorel import events as ev
from diplorel.tracks.posts import MissionKind


def events_of_a_dyad(
    ties: ev.TiesEstablished,
    severed: ev.TiesSevered,
    level: ev.LevelUpgraded,
    sector: ev.SectorPartnershipFormed,
    special: ev.SpecialRelationshipDeclared,
) -> None:
    assert_type(ties.parties, tuple[str, str])
    assert_type(severed.parties, tuple[str, str])
    assert_type(level.parties, tuple[str, ...])  # it can give several partners a level
    assert_type(sector.parties, tuple[str, str])
    assert_type(special.parties, tuple[str, str])
    one, two = ties.parties
    assert_type(one, str)
    assert_type(two, str)


def directed_events_and_talks(
    talks: ev.TalksHeld,
    visit: ev.VisitMade,
    mission: ev.MissionOpened,
    envoy: ev.EnvoyAccredited,
    granted: ev.RecognitionGranted,
) -> None:
    assert_type(talks.parties, tuple[str, str])
    assert_type(visit.parties, tuple[str, str])
    assert_type(visit.dyad, tuple[str, str])
    assert_type(mission.parties, tuple[str, str])
    assert_type(mission.dyad, tuple[str, str])
    assert_type(mission.kind, MissionKind)
    assert_type(envoy.parties, tuple[str, str])
    assert_type(granted.parties, tuple[str, str])


def events_of_several_parties(signed: ev.AgreementSigned, figure: ev.FigureReported) -> None:
    assert_type(signed.parties, tuple[str, ...])
    assert_type(figure.parties, tuple[str, ...])


def the_envelope(event: ev.Event) -> None:
    assert_type(event.on, dr.PartialDate)
    assert_type(event.parties, tuple[str, ...])
    assert_type(event.sources, tuple[dr.Citation, ...])
    assert_type(event.id, str)
    assert_type(event.digest, str)
    assert_type(event.type, str)


def an_event_takes_what_its_converters_take() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=["VNM", "SGP"], sources=["a-source"])
    assert_type(event, ev.TiesEstablished)
    assert_type(dr.EventLog([event]).append(event), dr.EventLog)


def a_record(record: dr.Record) -> None:
    assert_type(record.stream, str)
    assert_type(record.recorded, datetime)
    assert_type(record.event, ev.Event | ev.EventRetracted)
    assert_type(record.id, str)


def policies_are_functions(account: dr.Account, sources: Mapping[str, dr.Source]) -> None:
    assert_type(dr.policies.by_kind(account, sources), tuple[int, ...])
    assert_type(dr.policies.most_sources(account, sources), tuple[int, ...])
    assert_type(dr.policies.latest_published(account, sources), tuple[int, ...])
    first: dr.policies.Policy = dr.policies.stream_first("vietnam")
    chosen: dr.policies.Policy = dr.policies.manual({"an-id": "a-digest"})
    log = dr.load("vietnam")
    for policy in (dr.policies.by_kind, first, chosen, shortest):
        assert_type(log.replay(policy=policy), dr.World)


def shortest(account: dr.Account, sources: Mapping[str, dr.Source]) -> int:
    """Return the key of a policy of one's own."""
    return len(account.citations) + len(sources)

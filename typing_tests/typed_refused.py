"""Mistakes that a type checker reports.

Every statement here is a mistake, with a comment that makes mypy ignore it and one for pyright. Both
report a comment that ignores nothing, so the check fails when a mistake is no longer found.
"""

from __future__ import annotations

import diplorel as dr


def questions(log: dr.EventLog, world: dr.World) -> None:
    dr.lod("vietnam")  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    world.ranking(3)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    world.ranking("VNM", kind="State")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    world.ranking("VNM", "state")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    world.metric_ranking("VNM")  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    world.metric_ranking("VNM", by="trade")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    log.replay(on=20250312)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    log.replay(clock="told")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    log.replay(policy="by_kind")  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    world["VNM"]  # type: ignore[index]  # pyright: ignore[reportArgumentType]


def answers(world: dr.World, relation: dr.Relation) -> None:
    world.ranking("VNM").rows[0].plaec  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    world.ranking("VNM")[0]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
    relation["ties"]  # type: ignore[index]  # pyright: ignore[reportArgumentType]
    relation[dr.tracks.TIES].ladders  # type: ignore[attr-defined]  # pyright: ignore[reportAttributeAccessIssue]
    relation.level("VNM").level.id  # type: ignore[union-attr]  # pyright: ignore[reportOptionalMemberAccess]


def events(event: dr.events.TiesEstablished) -> None:
    event.on = dr.PartialDate("1973")  # type: ignore[misc]  # pyright: ignore[reportAttributeAccessIssue]
    dr.events.TiesEstablished(on="1973", sources=[])  # type: ignore[call-arg]  # pyright: ignore[reportCallIssue]
    dr.EventLog(["ties-established"])  # type: ignore[list-item]  # pyright: ignore[reportArgumentType]
    _, _, _third = event.parties  # type: ignore[misc]  # pyright: ignore[reportAssignmentType]

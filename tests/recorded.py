"""Small events, records and sources by which tests of records and events are told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from diplorel.events import LevelUpgraded, TiesEstablished
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import Record
from diplorel.model.sources import Citation, Source, SourceKind

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def tied(on: str = "1973", *sources: str | Citation, **more: Any) -> TiesEstablished:
    return TiesEstablished(
        on=on,
        parties=("VNM", "SGP"),
        sources=sources or ("s",),
        **more,
    )


def level(on: str, name: str = "a", *sources: str) -> LevelUpgraded:
    return LevelUpgraded(
        on=on,
        parties=("VNM", "SGP"),
        ladder="VNM",
        level=name,
        sources=sources or ("s",),
    )


def taken_back(target: str, *, note: str | None = None, source: str = "s") -> EventRetracted:
    return EventRetracted(target=target, reason="r", sources=[source], note=note)


def rec(event: Event | EventRetracted, stream: str = "a", recorded: datetime = NOON) -> Record:
    return Record(stream, recorded, event)


def source(id: str, kind: str = "press", published: str | None = None) -> Source:
    return Source(id=id, title="t", publisher="p", kind=SourceKind(kind), published=published)

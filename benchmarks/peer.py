"""The peer: the same facts as aggregates of the library `eventsourcing`, one aggregate a dyad."""

from __future__ import annotations

from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event

from diplorel import events as ev
from diplorel.model.events import Event


class Dyad(Aggregate):
    """One dyad: ties, level by ladder, agreements and visits."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.ties = "none"
        self.since: str | None = None
        self.levels: dict[str, tuple[str, str]] = {}
        self.agreements: dict[str, str] = {}
        self.visits: list[str] = []

    @staticmethod
    def create_id(name: str) -> UUID:
        """Return the id of a dyad by its name."""
        return uuid5(NAMESPACE_URL, f"/dyads/{name}")

    @event("TiesEstablished")
    def establish(self, on: str, source: str) -> None:
        """Establish ties."""
        if self.ties != "established":
            self.ties, self.since = "established", on

    @event("TiesSevered")
    def sever(self, on: str, source: str) -> None:
        """Sever ties."""
        self.ties, self.since = "severed", on
        self.levels.clear()

    @event("LevelUpgraded")
    def upgrade(self, on: str, ladder: str, level: str, source: str) -> None:
        """Raise the level."""
        if self.levels.get(ladder, ("",))[0] != level:
            self.levels[ladder] = (level, on)

    @event("AgreementSigned")
    def sign(self, on: str, agreement: str, source: str) -> None:
        """Sign an agreement."""
        self.agreements.setdefault(agreement, on)

    @event("VisitMade")
    def visit(self, on: str, visitor: str, source: str) -> None:
        """Note a visit."""
        self.visits.append(on)


def tell(dyad: Any, one: Event) -> None:
    """Tell a dyad what happened."""
    on, source = one.on.text, one.sources[0].source
    if isinstance(one, ev.TiesEstablished):
        dyad.establish(on=on, source=source)
    elif isinstance(one, ev.TiesSevered):
        dyad.sever(on=on, source=source)
    elif isinstance(one, ev.LevelUpgraded):
        dyad.upgrade(on=on, ladder=one.ladder, level=one.level, source=source)
    elif isinstance(one, ev.AgreementSigned):
        dyad.sign(on=on, agreement=one.agreement, source=source)
    elif isinstance(one, ev.VisitMade):
        dyad.visit(on=on, visitor=one.visitor, source=source)


def recorded(found: list[Event]) -> tuple[Application[UUID], list[UUID]]:
    """Store events in the peer's in-memory recorder, and return it with the aggregates' ids."""
    app: Application[UUID] = Application()
    dyads: dict[tuple[str, ...], Any] = {}
    for one in found:
        pair = tuple(sorted(one.parties))
        dyad = dyads.get(pair)
        if dyad is None:
            dyad = dyads[pair] = Dyad(name="-".join(pair))
        tell(dyad, one)
    for dyad in dyads.values():
        app.save(dyad)
    return app, [dyad.id for dyad in dyads.values()]

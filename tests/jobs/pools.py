"""What worker processes import: a track of one's own, and jobs that take and give back values."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs

import diplorel as dr
from diplorel.model.converters import dyad, to_tuple
from diplorel.model.events import Event, Precedence


@attrs.frozen(kw_only=True)
class TownsTwinned(Event):
    """Two towns of two parties became twins."""

    type: ClassVar[str] = "towns-twinned"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, ...] = attrs.field(converter=dyad)
    towns: tuple[str, ...] = attrs.field(converter=to_tuple)
    key: str = attrs.field(init=False)

    @key.default
    def _(self) -> str:
        return "--".join(self.towns).casefold()

    @property
    def discriminator(self) -> str:
        """The towns."""
        return self.key


@attrs.frozen
class Twins:
    """The pairs of towns, in order; None where nobody lists them."""

    pairs: tuple[tuple[str, ...], ...] | None = ()


def _twin(acc: list[tuple[str, ...]], event: TownsTwinned) -> None:
    acc.append(event.towns)


def subjects_of(event: Event) -> tuple[tuple[str, str], ...]:
    """Return the dyad of an event."""
    one, two = event.parties
    return ((one, two),)


TWINNING: dr.Track[list[tuple[str, ...]], Twins] = dr.Track(
    name="twinning",
    owns=(TownsTwinned,),
    handlers={TownsTwinned: _twin},
    start=list,
    freeze=lambda acc: Twins(tuple(acc)),
    none=Twins(()),
    unknown=Twins(None),
)


def _compared(log: dr.EventLog) -> object:
    panel = log.panel("VNM", years=(1990, 1991), columns=["ties"])
    theirs = [{"who": code, "year": 1990, "ties": "none"} for code in ("CHN", "LAO", "nobody")]
    keys = {"party_b": "who", "year": "year"}
    return log.compare(panel, theirs, on=keys, columns={"ties": "ties"})


def answers(log: dr.EventLog, day: str) -> dict[str, Any]:
    """Return answers of every sort about a log."""
    world = log.replay(day, tracks=[TWINNING])
    relation = world["VNM", "SGP"]
    ranking = world.ranking("VNM")
    return {
        "log": log,
        "resolved": log.resolve(),
        "world": world,
        "snapshot": world.snapshot,
        "relation": relation,
        "twins": relation[TWINNING],
        "standing": relation.level("VNM"),
        "explanation": relation.explain(),
        "ranking": ranking,
        "comparison": ranking.explain("CHN", "SGP"),
        "ties": world.metric_ranking("VNM", by="ties"),
        "visits": world.metric_ranking("VNM", by="visits"),
        "partners": world.partners("VNM", at_least="strategic", within="ASEAN"),
        "figures": log.figures("trade-turnover", party="VNM", unit="USD bn"),
        "graph": world.graph(party="VNM", tracks=("ties", "level", "agreements", "visits")),
        "weighted": world.weighted("VNM", weights={"visits": 2, "agreements": 1}),
        "members": world.members("ASEAN"),
        "counts": world.counts("VNM"),
        "possible standings": world.possible_standings("VNM", "SGP"),
        "sensitivity": log.sensitivity("VNM", on=day),
        "diff": log.diff("2013-01-01", day, known_since="2026-01-01"),
        "history": log.ranking_history("VNM", years=(2023, 2024)),
        "pace": log.pace("VNM", level="comprehensive-strategic"),
        "shares": world.shares("VNM", groups=["ASEAN"]),
        "anniversaries": log.anniversaries(2026, "VNM", multiples=25),
        "timeline": log.timeline("VNM", "SGP"),
        "spells": log.spells("level", "VNM", partner="SGP", on=day),
        "durations": log.durations("VNM", event=("level", "strategic"), on=day),
        "panel comparison": _compared(log),
        "bibliography": log.cite(relation),
        "problems": log.check(today="2026-12-31"),
        "disagreements": log.disagreements(),
        "findings": log.verify(),
        "reference": log.reference,
        "parties": log.reference.parties,
    }


def unknown_party(log: dr.EventLog, name: str) -> dr.EventLog:
    """Fail with an error whose constructor does not take its message."""
    return log.where(party=name)

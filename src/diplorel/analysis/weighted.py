"""A ranking by a user's own weights: counts and reported figures, scaled and added.

What weighs more than what, no source says, so every output says "user-weighted" and how far other
weights move each partner. Nothing is imputed: a partner with an unknown measure has no score.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel._columns import columns
from diplorel._message import Message
from diplorel.analysis.amounts import Unit
from diplorel.analysis.partners import Kind, others_of
from diplorel.analysis.ranking_rows import Row, Rows, span_of
from diplorel.analysis.reported_figures import ReportedFigure, compared, numbers_of
from diplorel.analysis.weighing import SHARE, Scale, corners, scales_of, weigh
from diplorel.model.tabular import Tabular
from diplorel.replay.dyad import DyadSnapshot
from diplorel.tracks.agreements import AGREEMENTS, AgreementStatus
from diplorel.tracks.figures import FIGURES, Qualifier
from diplorel.tracks.visits import VISITS, VisitMade

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.party_table import PartyTable
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot

LABEL: Final = "user-weighted"
"""What every output of such a ranking is called."""


@attrs.frozen(kw_only=True)
class WeightedRow(Row):
    """One partner's position by the user's weights; see `Row`.

    Attributes:
        best: No weights within 20 % of those given put it higher.
        worst: No weights within 20 % of those given put it lower.
        best_seen: The best position by the weights that were tried.
        worst_seen: The worst. Between it and `worst` no weights need put it: pairs of partners are
            compared one by one there, and the weights that suit one pair may not suit another.
        score: The weighted mean of the scaled values, from 0 to 1.
        values: The value of each measure.
        scaled: The same from 0, the least among the partners ranked, to 1, the most.
    """

    best_seen: int
    worst_seen: int
    score: float
    values: Mapping[str, Fraction]
    scaled: Mapping[str, float]

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    def to_record(self) -> dict[str, Any]:
        """Return the row as one dict, for a table; it says that it is user-weighted."""
        return {
            "label": LABEL,
            **super().to_record(),
            "best_seen": self.best_seen,
            "worst_seen": self.worst_seen,
            "score": self.score,
            **{name: float(value) for name, value in self.values.items()},
        }


@attrs.frozen(kw_only=True, repr=False)
class WeightedRanking(Tabular, Rows[WeightedRow]):
    """The partners of a party by a user's own weights. Iterate it for the rows, best first.

    Attributes:
        party: Whose partners.
        on: The day, at whose end it holds; None for all that is recorded.
        weights: The weight of each measure, as given.
        scales: The least and the most of each measure among the partners ranked: from 0 to 1.
        period: The period of the figures, where an indicator is among the measures.
        unit: The unit of the figures, likewise.
        rows: The partners whose measures are all known; those of one position by id.
        left_out: The ids of the others, in order. They are not last: something of them is unknown.
        reasons: Why each of these is left out.
        incomplete: The measures that no stream calls complete for the party: counts of what is
            recorded, and figures that somebody reported.
        method: Which weights were tried for `WeightedRow.best_seen` and ``worst_seen``.
        asked: How the log was asked, for the stamp of the table.

    >>> import diplorel as dr
    >>> world = dr.load("vietnam").replay("2025-03-12")
    >>> ranking = world.weighted("VNM", weights={"visits": 2, "agreements": 1})
    >>> ranking
    <WeightedRanking of VNM's partners on 2025-03-12, user-weighted: visits 2, agreements 1>
    >>> ranking.reasons["PER"]
    'visits: none is recorded, and no stream says that there is none'
    """

    blocks: ClassVar[tuple[str, ...]] = ("left_out",)
    label: ClassVar[str] = LABEL

    party: str
    on: date | None
    weights: Mapping[str, Fraction]
    scales: Mapping[str, Scale]
    period: PartialDate | None
    unit: str | None
    rows: tuple[WeightedRow, ...]
    left_out: tuple[str, ...]
    reasons: Mapping[str, str]
    incomplete: tuple[str, ...]
    method: str
    asked: Asked
    _evidence: Mapping[str, tuple[Event, ...]] = attrs.field(alias="evidence")
    _parties: PartyTable = attrs.field(alias="parties")

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds dicts

    @property
    def evidence(self) -> tuple[Event, ...]:
        """The events behind the rows, best first: what `EventLog.cite` cites."""
        return tuple(event for row in self.rows for event in self._evidence[row.party])

    def name_of(self, party: str) -> str:
        """Return the English name of a party, by its id."""
        return self._parties.name_of(party)

    def _nothing(self) -> Message:
        return Message("it is not among the partners asked for")

    def _said_weights(self) -> str:
        return ", ".join(f"{name} {_plain(weight)}" for name, weight in self.weights.items())

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        weights = self._said_weights()
        return f"<WeightedRanking of {self.party}'s partners{day}, {LABEL}: {weights}>"

    def __str__(self) -> str:
        names = tuple(self.weights)
        rows = [
            (
                row.position,
                span_of(row.best, row.worst),
                span_of(row.best_seen, row.worst_seen),
                row.name,
                f"{row.score:.3f}",
                *(_plain(row.values[name]) for name in names),
            )
            for row in self.rows
        ]
        heading = ("position", "range", "seen", "partner", "score", *names)
        table = columns([heading, *rows], ">><<" + ">" * (len(names) + 1))
        scaled = [
            f"{name} from {_plain(one.least)} to {_plain(one.most)}"
            for name, one in self.scales.items()
        ]
        share = f"{float(SHARE):.0%}"
        about = [
            f"scaled from 0 to 1 by least and most (min-max): {', '.join(scaled) or 'nothing'}",
            f"range: no weights within {share} put a partner outside; seen: by {self.method}",
            "another partner can change the order of two others, by changing the scale",
        ]
        if self.incomplete:
            about.append(f"as recorded, there may be more: {', '.join(self.incomplete)}")
        return "\n".join([repr(self)[1:-1], "", *table, "", *about, *self._block_lines()])

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, best first, for a table."""
        return [row.to_record() for row in self.rows]

    def table(self) -> Table:
        """Return one row a partner, best first, then those left out, with the reason."""
        from diplorel.analysis.weighted_table import weighted_table  # noqa: PLC0415  few ask for it

        return weighted_table(self)


def _plain(value: Fraction) -> str:
    """Return a number as text: whole where it is whole."""
    return str(value.numerator) if value.denominator == 1 else f"{float(value):.6g}"


def weighted(
    snapshot: Snapshot,
    party: str,
    *,
    weights: Mapping[str, Fraction],
    kind: Kind = "any",
    period: PartialDate | None = None,
    unit: str | None = None,
) -> WeightedRanking:
    """Return the partners of *party* by weights; see `World.weighted`.

    Args:
        snapshot: The states of the day.
        party: The id of the party.
        weights: The weight of each measure, all above zero.
        kind: ``state`` ranks countries only.
        period: The period of the figures, where an indicator is among the measures.
        unit: The unit of the figures, likewise.
    """
    values: dict[str, list[Fraction]] = {}
    reasons: dict[str, str] = {}
    evidence: dict[str, tuple[Event, ...]] = {}
    for other in others_of(snapshot, party, kind):
        dyad = snapshot.between(party, other, DyadSnapshot)
        found: list[Fraction] = []
        events: list[Event] = []
        missing: list[str] = []
        for name in weights:
            measure = _COUNTS.get(name)
            if measure is not None:
                value, some = measure(dyad)
            else:
                value, some = _figure(snapshot, dyad, name, period, unit)
            if isinstance(value, str):
                missing.append(f"{name}: {value}")
            else:
                found.append(value)
                events += some
        if missing:
            reasons[other] = "; ".join(missing)
        else:
            values[other], evidence[other] = found, tuple(events)
    names, order = tuple(weights), list(values)
    rows = [
        WeightedRow(
            party=other,
            name=snapshot.reference.parties.name_of(other),
            position=one.position,
            best=one.best,
            worst=one.worst,
            best_seen=one.best_seen,
            worst_seen=one.worst_seen,
            score=float(one.score),
            values=dict(zip(names, values[other], strict=True)),
            scaled=dict(zip(names, map(float, one.scaled), strict=True)),
        )
        for other, one in zip(
            order, weigh(list(values.values()), list(weights.values())), strict=True
        )
    ]
    rows.sort(key=lambda row: (row.position, row.party))
    return WeightedRanking(
        party=party,
        on=snapshot.on,
        weights=dict(weights),
        scales=dict(zip(names, scales_of(list(values.values())), strict=False)),
        period=period,
        unit=unit,
        rows=tuple(rows),
        left_out=tuple(reasons),
        reasons=reasons,
        incomplete=tuple(
            name
            for name in names
            if name not in COUNTS or not snapshot.reference.covers(name, (party,), snapshot.day)
        ),
        method=corners(len(weights))[1],
        asked=snapshot.asked,
        evidence=evidence,
        parties=snapshot.reference.parties,
    )


# --- the measures --------------------------------------------------------------------------------

_Value = tuple[Fraction | str, tuple["Event", ...]]
"""A value with the events behind it, or why there is none."""
_NONE_RECORDED: Final = "none is recorded, and no stream says that there is none"


def _counted(number: int, events: tuple[Event, ...], *, unknown: bool) -> _Value:
    """Return a count: nothing is a zero only where some stream says so."""
    if not number and unknown:
        return _NONE_RECORDED, ()
    return Fraction(number), events


def _visits(dyad: DyadSnapshot) -> _Value:
    if any(isinstance(one, VisitMade) for one in dyad.undecided):
        return "dates leave open how many were made by that day", ()
    visits = dyad.state(VISITS).visits
    return _counted(len(visits), visits, unknown=VISITS.name in dyad.unknown)


def _agreements(dyad: DyadSnapshot) -> _Value:
    if not dyad.is_certain(AGREEMENTS):
        return "dates leave open how many there are on that day", ()
    number = sum(
        one.status is not AgreementStatus.TERMINATED for one in dyad.state(AGREEMENTS).documents
    )
    return _counted(number, dyad.events(AGREEMENTS), unknown=AGREEMENTS.name in dyad.unknown)


_COUNTS: Final[Mapping[str, Callable[[DyadSnapshot], _Value]]] = {
    "visits": _visits,
    "agreements": _agreements,
}
COUNTS: Final = tuple(_COUNTS)
"""The counts that can be weighed."""


def _figure(
    snapshot: Snapshot,
    dyad: DyadSnapshot,
    indicator: str,
    period: PartialDate | None,
    unit: str | None,
) -> _Value:
    """Return the number that is reported for a period, where sources agree on one."""
    wanted = Unit.parse(unit or "")
    rows = compared(
        [
            ReportedFigure(**fields)
            for figure in dyad.state(FIGURES).of(indicator)
            if figure.latest.period == period
            for event in (figure.latest, *figure.alternatives)
            for fields in numbers_of(event, snapshot.accounts, wanted)
        ]
    )
    exact = [one for one in rows if one.event.qualifier in (Qualifier.EXACTLY, Qualifier.ABOUT)]
    amounts = [one.amount for one in exact if one.amount is not None]
    if not rows:
        return f"no figure for {period} is recorded", ()
    if len({(one.event.by, one.event.cumulative) for one in rows}) > 1:
        return f"the figures for {period} are of several directions", ()
    if any(one.bounds is None for one in rows):
        return f"a figure for {period} is in another unit than {unit}", ()
    if any(one.against or one.apart for one in rows):
        return f"sources differ on {period}", ()
    if not amounts:
        return f"for {period} only a bound is reported", ()
    return Fraction(_finest(amounts)), tuple(one.event for one in rows)


def _finest(amounts: list[Decimal]) -> Decimal:
    """Return the amount with the most digits, of several that all may be the same number."""
    return min(amounts, key=lambda one: (one.as_tuple().exponent, one))

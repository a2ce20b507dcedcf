"""How sensitive a ranking is to its keys, and to the policy.

The keys of the standing order are a convention, and where streams differ, so is the policy. So the
same partners are put in order again with the keys permuted, with one key left out, with every open
date at its earliest, and under other policies. What stays is robust; what is inverted is reported.
"""

from __future__ import annotations

from itertools import combinations, permutations
from math import sqrt
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.analysis.ranking_rows import KEYS, Row, sort_keys, span_of
from diplorel.errors import InvalidQueryError, MissingKeyError
from diplorel.model.stamps import NOT_ASKED
from diplorel.model.tabular import Tabular

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.model.stamps import Asked
    from diplorel.model.table import Table

    Positions = Mapping[str, int]


@attrs.frozen(kw_only=True, repr=False)
class Variant:
    """The same partners in another order.

    Attributes:
        name: What differs: ``level, ties, since`` (the keys in their order), ``without ties``,
            ``earliest dates``, ``policy latest published``.
        positions: The position of each partner.
        tau: Kendall's tau-b with the order shown, over the partners of both: 1 for the same order,
            -1 for the reverse; None where one of the two separates no partners.
        moved: The partners of both that have another position, by id.
        inversions: The pairs in the opposite order, each as shown.
        absent: Partners of the order shown that have no position here.
        added: Partners that have a position here only.
    """

    name: str
    positions: Positions
    tau: float | None
    moved: tuple[str, ...]
    inversions: tuple[tuple[str, str], ...]
    absent: tuple[str, ...]
    added: tuple[str, ...]

    def __repr__(self) -> str:
        return clipped(f"<Variant {self.name!r}: {counted(len(self.inversions), 'inversion')}>")

    def to_record(self) -> dict[str, Any]:
        """Return it as one dict, for a table: the name, tau, how many moved, and inversions."""
        return {
            "order": self.name,
            "tau": None if self.tau is None else round(self.tau, 6),
            "moved": len(self.moved),
            "inversions": len(self.inversions),
            "absent": list(self.absent),
            "added": list(self.added),
        }


@attrs.frozen(kw_only=True)
class RankRange(Row):
    """The positions of one partner in all orders: `best` and `worst` are those of all of them.

    Attributes:
        absent: The names of the orders that give it no position.
    """

    absent: tuple[str, ...]


@attrs.frozen(kw_only=True, repr=False)
class Sensitivity(Tabular):
    """What a ranking withstands. Iterate it for the partners in the order shown; print it to read.

    Attributes:
        party: Whose partners.
        on: The day; None for all that is recorded.
        rows: Each partner with its range of positions.
        variants: The other orders.
        pairs: How many pairs of partners there are.
        inversions: The pairs that two orders put the opposite way round, the shown one among them.
        asked: How the log was asked: its versions, what was known, the clock and the policy.

    >>> import diplorel as dr
    >>> report = dr.load("vietnam").sensitivity("VNM", on="2025-03-12")
    >>> report.pairs, round(report.stable, 2), report["without ties"].tau
    (528, 0.27, 1.0)
    """

    party: str
    on: date | None
    rows: tuple[RankRange, ...]
    variants: tuple[Variant, ...]
    pairs: int
    inversions: tuple[tuple[str, str], ...]
    asked: Asked = attrs.field(default=NOT_ASKED, eq=False, kw_only=True)

    @property
    def stable(self) -> float:
        """The share of pairs that no two orders put the opposite way round; 1 without pairs."""
        return 1.0 if not self.pairs else 1 - len(self.inversions) / self.pairs

    def __iter__(self) -> Iterator[RankRange]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, name: str) -> Variant:
        """Return the order of that name.

        Raises:
            MissingKeyError: There is none; the message lists those there are.
        """
        for one in self.variants:
            if one.name == name:
                return one
        known = ", ".join(repr(one.name) for one in self.variants)
        raise MissingKeyError("no order {name!r}, only {known}", name=name, known=known)

    def table(self) -> Table:
        """Return one row a partner and order: its position there."""
        from diplorel.analysis.tables import sensitivity_table  # noqa: PLC0415  few ask for it

        return sensitivity_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a partner, best first: position, best, worst, party, name, absent.

        For one row an order, see `Variant.to_record`.
        """
        return [
            {
                **row.to_record(),
                "absent": list(row.absent),
            }
            for row in self.rows
        ]

    def __repr__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        whose = f"{counted(len(self), 'partner')} of {self.party}{day}"
        return f"<Sensitivity: {whose}, {len(self.variants)} other orders>"

    def __str__(self) -> str:
        day = "" if self.on is None else f" on {self.on}"
        whose = f"{counted(len(self), 'partner')} of {self.party}{day}"
        stay = f"{self.pairs - len(self.inversions)} of {self.pairs} ({100 * self.stable:.1f} %)"
        lines = [f"{whose}, in {len(self.variants)} other orders", f"pairs that stay: {stay}"]
        orders: list[tuple[object, ...]] = [("order", "tau-b", "moved", "inversions")]
        for one in self.variants:
            tau = None if one.tau is None else f"{one.tau:.2f}"
            orders.append((one.name, tau, len(one.moved), len(one.inversions)))
        rows: list[tuple[object, ...]] = [("position", "range", "partner")]
        for row in self.rows:
            gone = f" (no position: {', '.join(row.absent)})" if row.absent else ""
            rows.append((row.position, span_of(row.best, row.worst), f"{row.name}{gone}"))
        return "\n".join([*lines, "", *columns(orders, "<>>>"), "", *columns(rows, ">>")])


ORDERS: Final = (
    *(order for order in permutations(KEYS) if order != KEYS),
    *(tuple(key for key in KEYS if key != left_out) for left_out in KEYS),
)
"""The keys, in every other order, and without each."""


def sensitivity(
    party: str,
    on: date | None,
    rows: Sequence[RankingRow],
    others: Mapping[str, Sequence[RankingRow]] | None = None,
    asked: Asked = NOT_ASKED,
) -> Sensitivity:
    """Return how a ranking changes with its keys, with open dates, and beside other rankings.

    Args:
        party: Whose partners.
        on: The day.
        rows: The ranking shown.
        others: Rankings of the same partners by what else can be chosen, by name: under another
            policy, of another stream.
        asked: How the log was asked.

    Returns:
        The report. The cost grows with the square of the number of partners.
    """
    shown: Positions = {row.party: row.position for row in rows}
    orders = {_name(keys): _positions(rows, keys) for keys in ORDERS}
    orders["earliest dates"] = _positions(rows, KEYS, earliest=True)
    for name, other in (others or {}).items():
        orders[name] = _positions(other, KEYS)
    variants = tuple(_variant(name, shown, positions) for name, positions in orders.items())
    ways = [shown, *orders.values()]
    pairs = list(combinations(shown, 2))
    return Sensitivity(
        party=party,
        on=on,
        rows=tuple(
            RankRange(
                party=row.party,
                name=row.name,
                position=row.position,
                best=min(way[row.party] for way in ways if row.party in way),
                worst=max(way[row.party] for way in ways if row.party in way),
                absent=tuple(name for name, way in orders.items() if row.party not in way),
            )
            for row in rows
        ),
        variants=variants,
        pairs=len(pairs),
        inversions=tuple(
            (one, two)
            for one, two in pairs
            if {-1, 1} <= {_sign(way[one], way[two]) for way in ways if one in way and two in way}
        ),
        asked=asked,
    )


def tau_b(one: Sequence[float], two: Sequence[float]) -> float | None:
    """Return Kendall's tau-b of two lists of positions for the same things.

    The pairs that both put the same way round less those they put the opposite way, over the mean
    of what each separates, so that ties count for neither.

    Returns:
        A number from -1 to 1; None where one of the two separates nothing.

    Raises:
        InvalidQueryError: The two are of different lengths.

    >>> tau_b([1, 2, 3], [1, 2, 3]), tau_b([1, 2, 3], [3, 2, 1]), tau_b([1, 2, 2], [1, 1, 3])
    (1.0, -1.0, 0.5)
    """
    if len(one) != len(two):
        raise InvalidQueryError(
            "{first} positions and {second}: expected two lists of the same",
            first=len(one),
            second=len(two),
        )
    signs = [
        (_sign(a, c), _sign(b, d)) for (a, b), (c, d) in combinations(zip(one, two, strict=True), 2)
    ]
    first = sum(1 for mine, _ in signs if mine)
    second = sum(1 for _, its in signs if its)
    if not first or not second:
        return None
    return sum(mine * its for mine, its in signs) / sqrt(first * second)


def _sign(one: float, two: float) -> int:
    return (one > two) - (one < two)


def _name(keys: Sequence[str]) -> str:
    left_out = [key for key in KEYS if key not in keys]
    return f"without {left_out[0]}" if left_out else ", ".join(keys)


def _positions(
    rows: Iterable[RankingRow], keys: Sequence[str], *, earliest: bool = False
) -> dict[str, int]:
    """Return the position of each partner, where *keys* alone are looked at, in their order."""
    values = {}
    for row in rows:
        by_key: dict[str, int] = dict(zip(KEYS, sort_keys(row, earliest=earliest), strict=True))
        values[row.party] = tuple(by_key[key] for key in keys)
    ordered = sorted(values.values())
    return {party: ordered.index(value) + 1 for party, value in values.items()}


def _variant(name: str, shown: Positions, positions: Positions) -> Variant:
    both = [party for party in shown if party in positions]
    return Variant(
        name=name,
        positions=positions,
        tau=tau_b([shown[one] for one in both], [positions[one] for one in both]),
        moved=tuple(sorted(one for one in both if shown[one] != positions[one])),
        inversions=tuple(
            (one, two)
            for one, two in combinations(both, 2)
            if _sign(shown[one], shown[two]) * _sign(positions[one], positions[two]) < 0
        ),
        absent=tuple(sorted(shown.keys() - positions.keys())),
        added=tuple(sorted(positions.keys() - shown.keys())),
    )

"""The table of a ranking by a user's own weights.

`weighted` imports this module, so it knows the ranking by what it has, not by its class.
"""

from __future__ import annotations

from typing import Any

from diplorel.model.column import floats, integers, text
from diplorel.model.table import Table


def weighted_table(ranking: Any) -> Table:
    """Return one row a partner, best first, then those left out."""
    rows, out = ranking.rows, ranking.left_out
    none = [None] * len(out)
    measures = []
    for name, weight in ranking.weights.items():
        scale = ranking.scales.get(name)
        ends = "nothing" if scale is None else f"{float(scale.least):g} to {float(scale.most):g}"
        column = name.replace("-", "_")
        measures += [
            floats(
                column,
                [*(float(row.values[name]) for row in rows), *none],
                unit=ranking.unit or "" if name not in ("visits", "agreements") else name,
                note=f"weight {float(weight):g}",
            ),
            floats(
                f"{column}_scaled",
                [*(row.scaled[name] for row in rows), *none],
                note=f"from 0 to 1 by least and most (min-max): {ends}",
            ),
        ]
    within = "weights within 20 % of those given"
    return Table(
        (
            text("label", [ranking.label] * (len(rows) + len(out)), note="whose weights they are"),
            integers("position", [*(row.position for row in rows), *none]),
            integers("best", [*(row.best for row in rows), *none], note=f"no {within} go beyond"),
            integers("worst", [*(row.worst for row in rows), *none], note=f"no {within} go beyond"),
            integers(
                "best_seen", [*(row.best_seen for row in rows), *none], note=f"by {ranking.method}"
            ),
            integers(
                "worst_seen",
                [*(row.worst_seen for row in rows), *none],
                note=f"by {ranking.method}",
            ),
            text("party", [*(row.party for row in rows), *out]),
            text("name", [*(row.name for row in rows), *map(ranking.name_of, out)]),
            floats(
                "score",
                [*(row.score for row in rows), *none],
                note="the weighted mean of the scaled values; user-weighted",
            ),
            *measures,
            text(
                "left_out",
                [*(None for _ in rows), *(ranking.reasons[id] for id in out)],
                note="why the partner has no score; missing for those that have one",
            ),
        ),
        title=repr(ranking)[1:-1],
        stamp={
            **ranking.asked,
            "on": ranking.on and ranking.on.isoformat(),
            "party": ranking.party,
            "label": ranking.label,
            "weights": {name: float(weight) for name, weight in ranking.weights.items()},
            "period": ranking.period and ranking.period.text,
            "unit": ranking.unit,
            "method": ranking.method,
            "incomplete": list(ranking.incomplete),
        },
    )

"""What `scale.py` measured, as JSON with the machine's description, a table and a picture."""

from __future__ import annotations

import json
from itertools import pairwise
from math import log
from typing import TYPE_CHECKING, Any, Final

import altair as alt

if TYPE_CHECKING:
    from pathlib import Path

_HEADS: Final = (
    "events", "months or years", "limit", "way", "processor time", "a million", "wall", "exponent",
    "peak memory", "load", "events to the fold",
)  # fmt: skip


def keep(machine: dict[str, Any], measured: list[dict[str, Any]], path: Path) -> None:
    """Write ``path.json``, ``path.md`` and ``path.svg``.

    Args:
        machine: The description of the machine.
        measured: The lines of `scale.py`.
        path: The name of the files without an ending.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"machine": machine, "measured": measured}
    path.with_suffix(".json").write_text(json.dumps(data, indent=1) + "\n")
    path.with_suffix(".md").write_text(_table(machine, measured))
    _chart(measured).save(path.with_suffix(".svg"))


def _vague(line: dict[str, Any]) -> str:
    return f"{100 * float(line['table'].split('-vague-')[1].split('-')[0]):g} %"


def _exponents(measured: list[dict[str, Any]]) -> dict[int, float]:
    """Return how processor time grows from the size before, by the place of the line."""
    found = {}
    series: dict[Any, list[int]] = {}
    for place, line in enumerate(measured):
        series.setdefault((line["way"], _vague(line), line["limit"]), []).append(place)
    for places in series.values():
        for one, two in pairwise(sorted(places, key=lambda place: measured[place]["rows"])):
            small, large = measured[one], measured[two]
            if large["rows"] > small["rows"]:
                grown = log(large["cpu_s"] / small["cpu_s"])
                found[two] = grown / log(large["rows"] / small["rows"])
    return found


def _table(machine: dict[str, Any], measured: list[dict[str, Any]]) -> str:
    """Return the table in Markdown, under a line that describes the machine."""
    about = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in machine.items())
    exponents = _exponents(measured)
    rows = [_HEADS, ["---"] * len(_HEADS)]
    for place, line in enumerate(measured):
        folded = sum(count for name, count in line.get("fold", {}).items() if "events" in name)
        rows.append([
            f"{line['rows']:,}", _vague(line), line["limit"] or "none", line["way"],
            f"{line['cpu_s']} s", f"{1e6 * line['cpu_s'] / line['rows']:.2f} s",
            f"{line['wall_s']} s", f"{exponents[place]:.2f}" if place in exponents else "",
            f"{line['peak_gb']} GB", str(line["load"]), f"{folded:,}" if "fold" in line else "",
        ])  # fmt: skip
    return "\n".join([f"{about}.", "", *("| " + " | ".join(row) + " |" for row in rows), ""])


def _chart(measured: list[dict[str, Any]]) -> alt.LayerChart:
    """Return the picture: processor time a million events, by size and way."""
    points = [
        {
            "events": line["rows"],
            "seconds a million events": 1e6 * line["cpu_s"] / line["rows"],
            "way": f"{line['way']}, {_vague(line)} months or years",
        }
        for line in measured
    ]
    base = alt.Chart(alt.Data(values=points), width=480, height=280).encode(
        x=alt.X("events:Q", scale=alt.Scale(type="log")),
        y=alt.Y("seconds a million events:Q", scale=alt.Scale(type="log")),
        color=alt.Color("way:N"),
    )
    return base.mark_line() + base.mark_point(filled=True)

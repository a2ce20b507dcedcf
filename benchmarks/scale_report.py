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
    "events", "months or years", "limit", "way", "processor time", "a million", "clock", "exponent",
    "peak memory", "events to the fold",
)  # fmt: skip
_PAGE: Final = """# How a replay grows: measurements

`python benchmarks/scale.py` drew streams of {parties} parties with one event in a thousand retracted. Some
dates are a month or a year: the second column says how many. It measured, each time in a
process of its own: `duckdb`, the replay of [From a notebook to a
cluster](../how-to/notebook-to-cluster.md); `polars`, a plain query for the same states, which knows no
corrections and no open orders; and `decode`, reading the same columns once. The machine: {machine};
its load was {load} at most. The file `{name}.json` beside this page has the same figures.

![Seconds of processor time a million events, by the number of events, for each way; the table has the figures.]({name}.svg)

Processor time is of all processors together, and what it takes a million events. An exponent is of how
processor time grows from the size before: 1 is in proportion.

{table}
"""  # noqa: E501  the lines of a page


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
    about = (
        "{system}, {processors} processors, {memory_gb} GB of memory, Python {python}, "
        "DuckDB {duckdb}, Polars {polars}"
    )
    page = _PAGE.format(
        machine=about.format(**machine),
        parties=" and ".join(sorted({line["table"].rpartition("-")[2] for line in measured})),
        load=max(line["load"] for line in measured),
        name=path.name,
        table=_table(measured),
    )
    path.with_suffix(".md").write_text(page)
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


def _table(measured: list[dict[str, Any]]) -> str:
    """Return the table in Markdown."""
    exponents = _exponents(measured)
    rows = [_HEADS, ["---"] * len(_HEADS)]
    for place, line in enumerate(measured):
        folded = sum(count for name, count in line.get("fold", {}).items() if "events" in name)
        rows.append([
            f"{line['rows']:,}", _vague(line), line["limit"] or "none", line["way"],
            f"{line['cpu_s']} s", f"{1e6 * line['cpu_s'] / line['rows']:.2f} s",
            f"{line['wall_s']} s", f"{exponents[place]:.2f}" if place in exponents else "",
            f"{line['peak_gb']} GB", f"{folded:,}" if "fold" in line else "",
        ])  # fmt: skip
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _chart(measured: list[dict[str, Any]]) -> alt.LayerChart:
    """Return the picture: processor time a million events, by size and way."""
    points = [
        {
            "events": line["rows"],
            "seconds": 1e6 * line["cpu_s"] / line["rows"],
            "way": line["way"],
            "months or years": _vague(line),
        }
        for line in measured
    ]
    size = (
        "datum.value < 1e6 ? format(datum.value, ',') : format(datum.value / 1e6, ',') + ' million'"
    )
    x = alt.Axis(values=[10**power for power in range(3, 11)], labelExpr=size)
    y = alt.Axis(values=[0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50], format="~g")
    base = alt.Chart(alt.Data(values=points), width=480, height=280).encode(
        x=alt.X("events:Q", title="events", axis=x).scale(type="log", nice=False),
        y=alt.Y("seconds:Q", title="processor time a million events, seconds", axis=y).scale(
            type="log"
        ),
        color=alt.Color("way:N"),
    )
    lines = base.mark_line().encode(strokeDash=alt.StrokeDash("months or years:N"))
    return lines + base.mark_point(filled=True, opacity=1)

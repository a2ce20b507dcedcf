"""Write ``docs/reference/tables.md`` from the columns themselves.

Run ``python docs/make_tables.py`` when a column changes; a test fails until you do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import diplorel as dr
from diplorel.model.table import Table

PAGE: Final = Path(__file__).parent / "reference" / "tables.md"
_HEAD: Final = """# The columns of tables

Every answer below has a method `table()`. [Take an answer to another program](../how-to/tables.md)
shows what to do with it. A value that is missing is never an empty text or a zero. A date is three
columns: the text as given, its first possible day and its last. This page is written from the
columns themselves.
"""


def page() -> str:
    """Return the text of the page."""
    parts = [_HEAD]
    for title, table in _tables().items():
        parts.append(f"## {title}\n")
        parts.append("| column | kind | unit | meaning |\n| --- | --- | --- | --- |")
        for entry in table.codebook():
            meaning = ": ".join(filter(None, (entry["title"], entry["note"])))
            parts.append(f"| `{entry['column']}` | {entry['kind']} | {entry['unit']} | {meaning} |")
        parts.append("")
    return "\n".join(parts)


def _tables() -> dict[str, Table]:
    log = dr.EventLog(
        [dr.events.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["x"])],
        at="2026-01-01T00:00:00Z",
        ladders=[dr.Ladder(party="VNM", levels=[dr.Level(id="strategic", rank=1)])],
    )
    trade = {"parties": ("SGP", "VNM"), "indicator": "trade-turnover", "sources": ["x"]}
    figures = dr.EventLog(
        [
            dr.events.FigureReported(
                on="2025-03-12", value="9", unit="USD bn", period="2024", **trade
            )
        ],
        at="2026-01-01T00:00:00Z",
    ).figures("trade-turnover")
    panel = log.panel("VNM", years=(2025, 2025), columns=["ties", "visits"])
    theirs = [{"who": who, "year": 2025, "ties": "none", "n": 1} for who in ("SGP", "nobody")]
    compared = log.compare(
        panel,
        theirs,
        on={"party_b": "who", "year": "year"},
        columns={"ties": "ties"},
        beside={"ties": "n"},
    )
    world = log.replay(on="2025-03-12")
    ranking = world.ranking("VNM")
    return {
        "Events: `EventLog.table()`": log.table(),
        "Relations: `World.table()` and `Relation.table()`": world.table(),
        "Rankings: `Ranking.table()`": ranking.table(),
        "Rankings by age of ties: `MetricRanking.table()`": world.metric_ranking(
            "VNM", by="ties"
        ).table(),
        "Rankings by visits: `MetricRanking.table()`": world.metric_ranking(
            "VNM", by="visits"
        ).table(),
        "Partners and members: `Partners.table()` and `Members.table()`": world.partners(
            "VNM"
        ).table(),
        "Counts by level: `LevelCounts.table()`": world.counts("VNM").table(),
        "Explanations: `Explanation.table()`": world["SGP", "VNM"].explain().table(),
        "Differences: `Diff.table()`": log.diff("1973-01-01", "1974-01-01").table(),
        "Rankings over time: `RankingHistory.table()`": log.ranking_history("VNM").table(),
        "Spells: `Spells.table()`": log.spells("ties").table(),
        "Durations: `Durations.table()`": log.durations(
            "VNM", event=("level", "strategic")
        ).table(),
        "Pace: `Pace.table()`": log.pace("VNM").table(),
        "Shares: `Shares.table()`": world.shares("VNM").table(),
        "Anniversaries: `Anniversaries.table()`": log.anniversaries(2023).table(),
        "Timelines: `Timeline.table()`": log.timeline("SGP", "VNM").table(),
        "Sensitivity: `Sensitivity.table()`": ranking.sensitivity().table(),
        "Figures: `IndicatorFigures.table()`": figures.table(),
        "Comparisons with others' data: `PanelComparison.table()`": compared.table(),
        "Every value compared: `PanelComparison.cells`": compared.cells,
        "What differs: `Differences.table()`": compared.differences.table(),
        "Rows that match nothing: `OnlyTheirs.table()`": compared.only_theirs.table(),
        "Numbers beside ours: `PanelComparison.beside`": compared.beside,
        "Graphs, one row an edge: `Graph.table()`": world.graph().table(),
        "Lanes, one row a spell or date: `Lanes.table()`": log.lanes("SGP", "VNM").table(),
        "Matrices, one row a cell: `Matrix.table()`": world.matrix(["SGP", "VNM"]).table(),
        "Your own weights: `WeightedRanking.table()`": world.weighted(
            "VNM", weights={"visits": 1}
        ).table(),
        "Verdicts: `Findings.table()` and `Finding.table()`": log.verify().table(),
        "Disagreements: `Disagreements.table()`": log.disagreements().table(),
    }


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")

"""The answers of a log and of a world are classes, and their rows have typed attributes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_type

import diplorel as dr
from diplorel.analysis.anniversaries import Anniversary
from diplorel.analysis.diff import Change
from diplorel.analysis.durations import Duration, Durations
from diplorel.analysis.figures_of import IndicatorFigures
from diplorel.analysis.graph import Graph, GraphEdge
from diplorel.analysis.groups import Members
from diplorel.analysis.growth_checks import GrowthCheck
from diplorel.analysis.lanes import Lane, LaneMark, Lanes
from diplorel.analysis.matrix import Matrix, MatrixCell
from diplorel.analysis.metric_ranking import MetricRanking, MetricRow
from diplorel.analysis.pace import Reaching
from diplorel.analysis.panel_comparison import Agreement, Difference, PanelComparison
from diplorel.analysis.partners import LevelCount
from diplorel.analysis.ranking import Comparison
from diplorel.analysis.ranking_history import HistoryRow, RankingHistory
from diplorel.analysis.ranking_rows import RankingRow
from diplorel.analysis.reported_figures import ReportedFigure
from diplorel.analysis.sensitivity import RankRange, Sensitivity, Variant
from diplorel.analysis.shares import Share
from diplorel.analysis.spells import Bounds, Spell, Spells
from diplorel.analysis.timeline import Timeline, TimelineEntry
from diplorel.analysis.weighted import WeightedRanking, WeightedRow
from diplorel.check import Disagreements
from diplorel.claims import Contest, Finding
from diplorel.claims.answers import Findings
from diplorel.relation import Explanation
from diplorel.replay.accumulators import FoldedState
from diplorel.resolve.resolution import ResolvedEvents


def a_log() -> None:
    log = dr.load("vietnam")
    assert_type(log, dr.EventLog)
    assert_type(log | dr.load("singapore"), dr.EventLog)
    assert_type(log.where(party="SGP"), dr.EventLog)
    assert_type(log.records, tuple[dr.Record, ...])
    assert_type(log.resolve(), ResolvedEvents)
    assert_type(log.resolve().events, tuple[dr.events.Event, ...])
    assert_type(log.replay(on="2025-03-12"), dr.World)
    assert_type(log.replay(date(2025, 3, 12)), dr.World)
    assert_type(log.relation("VNM", "SGP"), dr.Relation)
    assert_type(log.check(), tuple[dr.Problem, ...])
    assert_type(log.disagreements(), Disagreements)
    assert_type(log.verify(), Findings)
    claim = dr.claims.LevelClaim(on="2025-03-12", party="Vietnam", partner="SGP", level="strategic")
    assert_type(log.verify(claim), Finding)
    assert_type(log.verify(claim).contests, tuple[Contest, ...])
    assert_type(log.cite(), dr.Bibliography)


def spells_and_durations(log: dr.EventLog) -> None:
    spells = log.spells("ties", "VNM", partner="SGP")
    assert_type(spells, Spells)
    assert_type(spells[0], Spell)
    assert_type(spells[0].value, str | None)
    assert_type(spells[0].end, Bounds | None)
    assert_type(spells[0].days, tuple[int, float])
    rows = log.durations("VNM", start="ties", event=("level", "strategic"), entry="2001")
    assert_type(rows, Durations)
    assert_type(rows[0], Duration)
    assert_type(rows[0].t_upper, float)


def a_comparison(log: dr.EventLog) -> None:
    panel = log.panel("VNM", years=(1990, 2000))
    theirs = [{"who": "SGP", "year": 1990, "ties": 1}]
    found = log.compare(
        panel,
        theirs,
        on={"party_b": "who", "year": "year"},
        columns={"ties": "ties"},
        values={"ties": lambda ours: int(ours == "established")},
    )
    assert_type(found, PanelComparison)
    assert_type(found["ties"], Agreement)
    assert_type(found["ties"].share, Fraction | None)
    assert_type(found.differences[0], Difference)
    assert_type(found.differences[0].events, tuple[dr.events.Event, ...])
    assert_type(found.only_theirs[0].reason, str)
    assert_type(found.cells, dr.Table)


def a_world(world: dr.World) -> None:
    assert_type(world["VNM", "SGP"], dr.Relation)
    assert_type(world.on, date | None)
    assert_type(world.dyads(), tuple[tuple[str, str], ...])
    assert_type(world.counterparts("VNM"), tuple[str, ...])
    assert_type(world.members("ASEAN"), Members)


def answers_over_time(log: dr.EventLog, world: dr.World) -> None:
    history = log.ranking_history("VNM", years=(2008, 2025), days="changes")
    assert_type(history, RankingHistory)
    assert_type(history.days[0].rows[0], HistoryRow)
    assert_type(history["SGP"], tuple[HistoryRow, ...])
    assert_type(log.pace("VNM", window="2Y").rows, tuple[Reaching, ...])
    assert_type(world.shares("VNM")["ASEAN"], Share)
    assert_type(log.anniversaries(2026, lang="vi")[0], Anniversary)


def a_ranking(world: dr.World) -> None:
    ranking = world.ranking("VNM", kind="state")
    assert_type(ranking, dr.Ranking)
    assert_type(ranking.rows, tuple[RankingRow, ...])
    row = ranking.rows[0]
    assert_type(row.party, str)
    assert_type(row.name, str)
    assert_type(row.position, int)
    assert_type(row.best, int)
    assert_type(row.worst, int)
    assert_type(row.level, dr.Level)
    assert_type(row.level.id, str)
    assert_type(row.since, dr.PartialDate)
    assert_type(row.ties, dr.PartialDate | None)
    assert_type(ranking["SGP"], RankingRow)
    assert_type([row.party for row in ranking], list[str])
    assert_type(ranking.explain("IDN", "SGP"), Comparison)
    assert_type(ranking.explain("IDN", "SGP").key, str | None)


def a_metric_ranking(world: dr.World) -> None:
    ranking = world.metric_ranking("VNM", by="ties")
    assert_type(ranking, MetricRanking)
    assert_type(ranking.rows[0], MetricRow)
    assert_type(ranking.rows[0].position, int)
    assert_type(ranking.rows[0].value, dr.PartialDate | int)


def a_sensitivity(log: dr.EventLog) -> None:
    sensitivity = log.sensitivity("VNM")
    assert_type(sensitivity, Sensitivity)
    assert_type(sensitivity.rows[0], RankRange)
    assert_type(sensitivity.rows[0].worst, int)
    assert_type(sensitivity.variants[0], Variant)
    assert_type(sensitivity.variants[0].tau, float | None)
    assert_type(sensitivity["earliest dates"], Variant)
    assert_type(sensitivity.stable, float)


def partners_and_counts(world: dr.World) -> None:
    partners = world.partners("VNM", at_least="strategic")
    assert_type(partners, dr.Partners)
    assert_type(partners.parties, tuple[str, ...])
    assert_type(partners.possible, tuple[str, ...])
    assert_type(partners.complete, bool)
    counts = world.counts("VNM")
    assert_type(counts[0], LevelCount)
    assert_type(counts[0].level, dr.Level)
    assert_type(counts[0].at_least, int)


def figures(log: dr.EventLog) -> None:
    trade = log.figures("trade-turnover", party="SGP", unit="USD bn")
    assert_type(trade, IndicatorFigures)
    assert_type(trade.figures, tuple[ReportedFigure, ...])
    assert_type(trade.figures[0].amount, Decimal | None)
    assert_type(trade.growth, tuple[GrowthCheck, ...])
    assert_type(trade.targets[0].event, dr.events.TargetSet)


def a_graph(world: dr.World) -> None:
    graph = world.graph(tracks=["ties", "level"], party="VNM")
    assert_type(graph, Graph)
    assert_type(graph.edges[0], GraphEdge)
    assert_type(graph.edges[0].parties, tuple[str, str])


def lanes_and_a_matrix(log: dr.EventLog, world: dr.World) -> None:
    lanes = log.lanes("VNM", "SGP", on="2025-03-12")
    assert_type(lanes, Lanes)
    assert_type(lanes["level", "VNM"], Lane)
    assert_type(lanes["talks"].marks[0], LaneMark)
    assert_type(lanes["ties"].spells[0], Spell)
    matrix = world.matrix(within="ASEAN")
    assert_type(matrix, Matrix)
    assert_type(matrix["VNM", "SGP"], MatrixCell)
    assert_type(dr.charts.matrix(matrix), dr.charts.Chart)


def my_weights(world: dr.World) -> None:
    ranking = world.weighted("VNM", weights={"visits": 2, "agreements": 0.5})
    assert_type(ranking, WeightedRanking)
    assert_type(ranking.rows[0], WeightedRow)
    assert_type(ranking["SGP"].score, float)


def a_timeline(log: dr.EventLog) -> None:
    entries = log.timeline("VNM", "SGP")
    assert_type(entries, Timeline)
    assert_type(entries[0], TimelineEntry)
    assert_type(entries[0].on, dr.PartialDate)
    assert_type(entries[0].event, dr.events.Event)
    assert_type(entries[0].tracks, tuple[str, ...])
    assert_type(entries[0].sources, tuple[dr.Source, ...])


def a_diff(log: dr.EventLog) -> None:
    diff = log.diff("2024-12-31", "2025-12-31")
    assert_type(diff, dr.Diff)
    assert_type(diff.since, date)
    assert_type(diff.changes, tuple[Change, ...])
    change = diff.changes[0]
    assert_type(change.subject, tuple[str, str] | str)
    assert_type(change.track, str)
    assert_type(change.before, FoldedState[Any] | None)
    assert_type(change.after, FoldedState[Any] | None)
    assert_type(change.events, tuple[dr.events.Event, ...])


def an_explanation(relation: dr.Relation) -> None:
    explanation = relation.explain("ties")
    assert_type(explanation, Explanation)
    assert_type(explanation.events, tuple[dr.events.Event, ...])
    assert_type(relation.explain(dr.tracks.TIES), Explanation)

"""Charts are sound for every stream, and show what is hostile as nothing but text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import EventLog
from diplorel.testing.dense import SOURCES, VNM_LADDER
from diplorel.testing.events import events, figure_events, level_events, special_events
from diplorel.testing.streams import logs
from diplorel.tracks.figures import FigureReported, TargetSet
from draws import draws
from pictures import assert_sound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.charts.chart import Chart

TODAY = "2014-06-30"
languages = st.sampled_from(("en", "vi"))
bases = st.one_of(events(), level_events(), figure_events(), special_events())


def charts_of(log: EventLog, lang: Any) -> Iterator[Chart]:
    """Yield the charts of Vietnam's partners and figures."""
    years = (2012, 2014)
    yield dr.charts.ladder(log.replay(TODAY).steps("VNM"), lang=lang)
    changes = log.ranking_history("VNM", days="changes", years=years, today=TODAY)
    yield dr.charts.pace(changes, lang=lang)
    yield dr.charts.bump(log.ranking_history("VNM", years=years, today=TODAY), lang=lang)
    reports = [one for one in log.resolve().events if isinstance(one, (FigureReported, TargetSet))]
    for indicator in sorted({one.indicator for one in reports}):
        yield dr.charts.figures(log.figures(indicator, party="VNM"), lang=lang)
        yield dr.charts.figures(log.figures(indicator), lang=lang)


@settings(max_examples=draws(12))  # each asks for several days, and has up to seven charts
@given(logs(bases, most=10, least=0), languages)
def test_every_chart_of_every_stream_is_sound(log: EventLog, lang: Any) -> None:
    for chart in charts_of(log, lang):
        assert_sound(chart)


def test_an_empty_stream_has_charts_that_say_so() -> None:
    found = [*charts_of(EventLog([], ladders=[VNM_LADDER]), "vi")]
    assert [chart.kind for chart in found] == ["ladder", "pace", "bump"]
    for chart in found:
        assert_sound(chart)
        said = {"pace": "Không ghi nhận thay đổi"}.get(chart.kind, "Vào ngày này chưa có")
        assert any(one.text.startswith(said) for one in chart.wide.labels)


@settings(max_examples=draws(8))
@given(logs(level_events(ladders=("VNM",)), most=6, corrections=0))
def test_the_numbers_of_the_pace_are_those_of_the_ranking(log: EventLog) -> None:
    history = log.ranking_history("VNM", days="changes", years=(2013, 2014), today=TODAY)
    labels = [one for one in dr.charts.pace(history).wide.labels if one.bold]
    rows = log.replay(TODAY).ranking("VNM").rows
    counts = [sum((row.level.rank or 0) >= rank for row in rows) for rank in (3, 2, 1)]
    assert [int(one.text) for one in labels] == (counts if history.days else [])


# --- hostile texts -------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</text></svg>", "&lt;", "]]>",
    "<!--", "' onload='x", "W" * 300, "ra t d " * 60, "url(#x)", "Đà Nẵng \u0301", "\ufffe\uffff",
)  # fmt: skip
UNSEEN = ("\x00", "\x1b[31m", "\u202e", "\u200b", "\x85")
TAGS = {"svg", "rect", "path", "circle", "text", "defs", "pattern", "line"}
hostile = st.sampled_from(HOSTILE)


@st.composite
def hostile_logs(draw: st.DrawFn) -> EventLog:
    """Draw a log whose names are hostile: of parties, levels, reporters, units."""
    about: Any = {"parties": ("VNM", "SGP"), "sources": ["s-gov"]}
    name = st.builds(lambda one: {"en": one, "vi": one}, hostile)
    levels = [dr.Level(id="low", rank=1, names=draw(name)), dr.Level(id="x", names=draw(name))]
    levels += [dr.Level(id="high", rank=2, names=draw(name))]
    figure: dict[str, Any] = {
        "indicator": "trade",
        "value": draw(st.sampled_from(("9", "0", "-1e40", "3E+99", "0.001"))),
        "unit": draw(hostile),
        "reporter": draw(hostile),
        "basis": draw(hostile | st.sampled_from(UNSEEN)),
        "qualifier": draw(st.sampled_from(("=", "~", ">", "<="))),
    }
    events = [
        dr.events.LevelUpgraded(on="2013-05", ladder="VNM", level="low", **about),
        dr.events.LevelUpgraded(on="2014-01-02", ladder="VNM", level="high", **about),
        dr.events.FigureReported(on="2014-02-01", period="2013", **figure, **about),
        dr.events.FigureReported(on="2014-03-01", **{**figure, "reporter": None}, **about),
    ]
    parties = [dr.Party(id=id, names=draw(name)) for id in ("VNM", "SGP")]
    ladder = dr.Ladder(party="VNM", levels=levels)
    return EventLog(events, sources=SOURCES, ladders=[ladder], parties=parties)


@settings(max_examples=draws(8))
@given(hostile_logs(), languages)
def test_hostile_texts_are_text_only(log: EventLog, lang: Any) -> None:
    for chart in charts_of(log, lang):
        assert_sound(chart)
        for size in ("wide", "narrow"):
            root = ET.fromstring(chart.to_svg(size))  # noqa: S314  our own
            assert {one.tag.rpartition("}")[2] for one in root.iter()} <= TAGS
            assert not [name for one in root.iter() for name in one.attrib if name[:2] == "on"]
            assert not any(one in chart.to_svg(size) for one in UNSEEN)
        page = ET.fromstring(chart.to_html().replace("<br>", "<br/>"))  # noqa: S314  our own
        found = {one.tag.rpartition("}")[2] for one in page.iter()}
        assert found <= TAGS | {"figure", "style", "div", "figcaption", "b", "p", "br"}

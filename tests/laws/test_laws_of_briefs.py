"""Every stream has a brief, which says what the world says, and shows texts as text only."""

from __future__ import annotations

from datetime import date
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import EventLog
from diplorel.pages.content import Facts, Standing
from diplorel.pages.environment import address, asset
from diplorel.pages.standing import place_of
from diplorel.testing.dense import SOURCES
from diplorel.testing.events import events, figure_events, level_events, special_events
from diplorel.testing.streams import logs
from draws import draws
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.pages import Brief

languages = st.sampled_from(("en", "vi"))
bases = st.one_of(events(), level_events(), figure_events(), special_events())
days = st.one_of(
    st.none(),
    st.dates(date(2012, 1, 1), date(2015, 12, 31)).map(str),
    st.sampled_from(("0001-01-01", "1900-02-28", "2016-02-29", "9999-12-31", "2014-03", "2014")),
)
partners = st.sampled_from((None, None, "SGP", "FRA"))


# --- every stream --------------------------------------------------------------------------------


@settings(max_examples=draws(25))
@given(logs(bases, most=9, least=0), languages, days, partners, st.sampled_from(("VNM", "SGP")))
def test_every_stream_has_a_brief_in_both_forms(
    log: EventLog, lang: Any, on: str | None, partner: str | None, party: str
) -> None:
    if partner == party:
        partner = None
    brief = dr.pages.brief(log, party, on=on, partner=partner, lang=lang)
    assert brief.title
    assert brief.lead
    page, text = brief.to_html(), brief.to_markdown()
    assert_sound(page)
    assert text.count("\n# ") == 1
    again = dr.pages.brief(log, party, on=on, partner=partner, lang=lang)
    assert (again, again.to_html(), again.to_markdown()) == (brief, page, text)


@settings(max_examples=draws(8))
@given(logs(level_events(), most=6), languages, st.sampled_from(("earliest", "latest")))
def test_a_view_has_a_brief_that_says_what_was_known(log: EventLog, lang: Any, dates: Any) -> None:
    view = log.view(known="2014-06-30", dates=dates)
    for partner in (None, "SGP"):
        brief = dr.pages.brief(view, "VNM", on="2014-12-31", partner=partner, lang=lang)
        assert_sound(brief.to_html())
        assert brief.asked["known"]
    assert "2014-06-30" in dr.pages.brief(view, "VNM", on="2014").to_markdown().replace("\\", "")


def test_a_log_without_records_has_a_brief_that_says_so() -> None:
    for lang in ("en", "vi"):
        for partner in (None, "SGP"):
            brief = dr.pages.brief(EventLog([]), "VNM", on="2014", partner=partner, lang=lang)
            assert_sound(brief.to_html())
            assert not brief["sources"].blocks[0].lines  # type: ignore[union-attr]  # sources
    assert dr.pages.brief(EventLog([]), "VNM").on == date.today()  # noqa: DTZ011  the reader's day


# --- the same as the world -----------------------------------------------------------------------


@settings(max_examples=draws(25))
@given(logs(level_events(), most=8, least=0), days, languages)
def test_counts_and_places_are_those_of_the_world(log: EventLog, on: Any, lang: Any) -> None:
    brief = dr.pages.brief(log, "VNM", on=on, lang=lang)
    world = log.replay(brief.on)
    if "VNM" not in log.reference.ladder:
        assert not standing_of(brief).has_levels
        assert rows_of(brief) == [
            (row.party, place_of(row)) for row in world.metric_ranking("VNM", by="ties")
        ]
        return
    ranking = world.ranking("VNM")
    ranked = [(party, place) for party, place in rows_of(brief) if place]
    assert ranked == [(row.party, place_of(row)) for row in ranking]
    assert {party for party, place in rows_of(brief) if not place} <= {
        *ranking.unranked,
        *ranking.undecided,
    }
    counts = world.counts("VNM")
    shown = [one.value for one in brief.counts][: len(counts)]
    held = [row.level.rank for row in ranking]
    assert shown == [
        f"{'' if one.complete else '≥ '}{held.count(one.level.rank)}" for one in counts
    ]
    groups = {one.title: one.count for one in standing_of(brief).groups}
    assert groups.items() <= {
        (one.level.name(lang), value) for one, value in zip(counts, shown, strict=True)
    } | {
        (one, count)
        for one, count in groups.items()
        if one in ("Off the ladder", "Ngoài thang bậc")
    }


@settings(max_examples=draws(15))
@given(logs(level_events(), most=8, least=0), st.integers(2012, 2015))
def test_a_count_is_that_of_the_certain_partners_where_no_date_is_open(
    log: EventLog, year: int
) -> None:
    brief = dr.pages.brief(log, "VNM", on=f"{year}-12-31")
    if "VNM" not in log.reference.ladder:
        return
    world = log.replay(f"{year}-12-31")
    for count, level in zip(brief.counts, world.counts("VNM"), strict=False):
        partners = world.partners("VNM", exactly=level.level.id)
        shown = int(count.value.removeprefix("≥ "))
        assert len(partners) <= shown <= len(partners) + len(partners.possible)


def standing_of(brief: Brief) -> Standing:
    """Return the standing table of a brief."""
    (found,) = brief["standing"].blocks
    assert isinstance(found, Standing)
    return found


def rows_of(brief: Brief) -> list[tuple[str, str]]:
    """Return the partners of a brief, each with its place."""
    return [(row.party, row.place) for group in standing_of(brief).groups for row in group.rows]


# --- nothing but text ----------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</style><script>", "{{ 7*7 }}",
    "{% raw %}", "&lt;b&gt;", "]]>", "<!--", "-->", "' onload='x", "[a](javascript:alert(1))",
    "](javascript:x)", "`", "| a | b |", "# h", "1. x", "![](http://x.test/p)", "W" * 200,
    "www.evil.test", "https://evil.test", "<https://evil.test>", "\\", "*", "\ufffe", "x\u0301",
)  # fmt: skip
ADDRESSES = (
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<script>", "//evil.test",
    'https://ok.test/a?b=1&c="><script>', "https://ok.test/)](javascript:x)", "vbscript:x",
    "https://ok.test/<b>", "http://ok.test/'onclick=x", "file:///etc/passwd", "",
)  # fmt: skip
ATTRIBUTES = frozenset({
    "class", "lang", "charset", "name", "content", "http-equiv", "id", "href", "aria-labelledby",
    "aria-label", "aria-hidden", "aria-sort", "role", "scope", "colspan", "type", "data-key",
    "data-label", "style", "value", "rel", "xmlns", "viewbox", "width", "height", "font-family",
    "fill", "stroke", "x", "y", "d", "cx", "cy", "r", "stroke-width", "stroke-dasharray",
    "text-anchor", "font-size", "font-weight", "patternunits", "patterntransform", "x1", "x2",
    "y1", "y2",
})  # fmt: skip
TAGS = frozenset({
    "html", "head", "meta", "title", "style", "script", "body", "div", "a", "header", "strong",
    "span", "main", "h1", "h2", "h3", "p", "dl", "dt", "dd", "section", "table", "colgroup", "col",
    "thead", "tbody", "tr", "th", "td", "button", "i", "b", "figure", "figcaption", "svg", "rect",
    "path", "circle", "text", "defs", "pattern", "line", "ul", "ol", "li", "cite", "footer",
    "details", "summary",
})  # fmt: skip


class Reader(HTMLParser):
    """Reads a page, and notes its tags, links, scripts and texts."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str] = []
        self.styles: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        given = dict(attrs)
        if tag not in ("meta", "col"):
            self.open.append(tag)
        if tag == "a":
            self.links.append(given["href"] or "")
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if given.get("style"):
            self.styles.append(given["style"] or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in ("meta", "col"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def assert_sound(page: str) -> Reader:
    """Assert that a page is whole, has only our tags and scripts, and leads only to the web."""
    reader = Reader()
    reader.feed(page)
    reader.close()
    assert not reader.open
    assert len(reader.ids) == len({*reader.ids})
    for link in reader.links:
        assert link[1:] in reader.ids if link.startswith("#") else address(link) == link, link
    assert reader.scripts == [asset("sort.js")]
    allowed = set("--f:#e0123456789abcd; ")
    assert all({*style} <= allowed for style in reader.styles)
    return reader


texts = st.sampled_from(HOSTILE)
names = st.builds(lambda one: {"en": one, "vi": one}, texts)


@st.composite
def hostile_logs(draw: st.DrawFn) -> EventLog:
    """Draw a log whose names, titles, notes, addresses, units and claims are hostile."""
    about: Any = {"parties": ("VNM", "SGP"), "sources": ["s-evil", "s-gov"]}
    levels = [dr.Level(id="low", rank=1, names=draw(names)), dr.Level(id="x", names=draw(names))]
    levels += [dr.Level(id="high", rank=2, names=draw(names))]
    figure: dict[str, Any] = {"indicator": "trade-turnover", "value": "9", "unit": draw(texts)}
    told = [
        dr.events.TiesEstablished(on="1973", **about),
        dr.events.LevelUpgraded(on="2013-05", ladder="VNM", level="low", **about),
        dr.events.LevelUpgraded(on="2014-01-02", ladder="VNM", level="high", **about),
        dr.events.LevelAgreed(
            on="2014", ladder="VNM", level="high", parties=("VNM", "FRA"), sources=["s-evil"]
        ),
        dr.events.AgreementSigned(
            on="2014-01-03", agreement="pact", titles=draw(names), place=draw(texts), **about
        ),
        dr.events.FigureReported(
            on="2014-02-01", period="2013", reporter=draw(texts), **figure, **about
        ),
    ]
    source = dr.Source(
        id="s-evil",
        title=draw(texts),
        publisher=draw(texts),
        kind="government",
        url=draw(st.sampled_from(ADDRESSES)) or None,
    )
    claim = dr.claims.CountClaim(
        id="c",
        on="2014-01-02",
        party="VNM",
        level="high",
        count=3,
        source="s-evil",
        text=draw(names),
    )
    return EventLog(
        told,
        sources=[*SOURCES, source],
        ladders=[dr.Ladder(party="VNM", levels=levels)],
        parties=[dr.Party(id=id, names=draw(names)) for id in ("VNM", "SGP", "FRA")],
        claims=[claim],
    )


@settings(max_examples=draws(25))
@given(hostile_logs(), languages, st.sampled_from((None, "SGP")))
def test_hostile_texts_are_nothing_but_text(log: EventLog, lang: Any, partner: Any) -> None:
    brief = dr.pages.brief(log, "VNM", on="2014-03-01", partner=partner, lang=lang)
    page = brief.to_html()
    reader = assert_sound(page)
    assert not [one for one in reader.links if "evil.test" in one.partition("?")[0]]
    text = brief.to_markdown()
    assert "<" not in text.replace("](<", "")
    assert "](javascript" not in text.replace("\\", "").replace("\\[", "") or "\\]" in text
    for line in text.splitlines():
        for target in _targets(line):
            assert address(target) == target


def _targets(line: str) -> list[str]:
    """Return the addresses of the links that CommonMark would see in a line."""
    found, place = [], 0
    while (place := line.find("](", place)) >= 0:
        before = len(line[:place]) - len(line[:place].rstrip("\\"))
        if before % 2 == 0:
            rest = line[place + 2 :]
            assert rest.startswith("<"), line
            found.append(rest[1 : rest.index(">")])
            place += rest.index(">")  # an address in brackets may hold what a link begins with
        place += 2
    return found


def test_what_is_not_known_is_said() -> None:
    brief = dr.pages.brief(shipped("vietnam"), "VNM", on="2025-03-12")
    (block,) = brief["unknown"].blocks
    assert isinstance(block, Facts)
    terms = [one.term for one in block.facts]
    assert terms[:3] == [
        "Comprehensive Partnership",
        "Level of 165 other parties",
        "Chile and Venezuela",
    ]
    assert "Cuba and Cambodia" in terms

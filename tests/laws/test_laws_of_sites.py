"""A site is whole for every stream, shows hostile texts as text only, and a rebuild is small."""

from __future__ import annotations

import json
import posixpath
import re
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import EventLog
from diplorel.narrative.narrator import Narrator
from diplorel.pages.sites.book import Book, path_of_dyad, path_of_party
from diplorel.pages.sites.build import pages_of
from diplorel.pages.sites.data import json_text
from diplorel.pages.sites.find import folded, key_of
from diplorel.pages.sites.parts import parts_of, year_of
from diplorel.pages.sites.slider import BLOCKS, data_of, slider_of
from diplorel.pages.sites.writing import is_page_path, write_pages
from diplorel.testing.dense import MOMENTS, PROBES, VNM_LADDER
from diplorel.testing.events import events, figure_events, level_events, special_events
from diplorel.testing.streams import logs
from draws import draws

TODAY = date(2014, 6, 30)
bases = st.one_of(events(), level_events(), figure_events(), special_events())
days = st.one_of(
    st.sampled_from([date.fromisoformat(day) for day in PROBES]),
    st.dates(date(2013, 8, 1), date(2014, 6, 30)),
)


def whole(log: EventLog, langs: Any = ("en", "vi")) -> dict[str, str]:
    """Return every page of the site of a log, by its path."""
    found = [*pages_of(log, langs, TODAY)]
    assert len(found) == len(dict(found)), "a path is given twice"
    return {path: content.decode() for path, content in found}


# --- the slider ----------------------------------------------------------------------------------


@settings(max_examples=draws(25))  # each asks for some twenty days, twice
@given(logs(st.one_of(level_events(), special_events(), events()), most=9), days)
def test_the_slider_is_the_ranking_of_every_day(log: EventLog, day: date) -> None:
    assume(day <= TODAY)
    for party in log.reference.ladder:
        slider = slider_of(log, party, today=TODAY)
        probes = {day, *(stop.on for stop in slider.stops)}
        probes |= {stop.on - timedelta(1) for stop in slider.stops}
        for probe in sorted(probes):
            ranking = log.replay(probe).ranking(party)
            stop = slider.on(probe)
            shown = () if stop is None else stop.rows
            assert [
                (one.party, one.level, one.since, one.recorded, one.position, one.best, one.worst)
                for one in shown
            ] == [
                (
                    row.party,
                    row.level,
                    row.since,
                    row.last_recorded,
                    row.position,
                    row.best,
                    row.worst,
                )
                for row in ranking.rows
            ]
            if stop is not None and probe == stop.on:
                states = log.replay(probe).ranking(party, kind="state")
                assert (stop.unknown, stop.below) == (len(states.unknown), len(states.below))
                assert stop.floor == states.complete_from
            if stop is not None:
                assert {name: getattr(stop, name) for name in BLOCKS} == {
                    name: getattr(ranking, name) for name in BLOCKS
                }


def rows_of(data: Mapping[str, Any], place: int) -> list[tuple[str, str, str, int, int, int, int]]:
    """Return the rows of a stop as the script of a page reads them."""
    stop, found = data["stops"][place], []
    for at, number in enumerate(stop["rows"]):
        party, level, since, recorded, _ = data["holdings"][number]
        position, best, worst = stop["places"].get(str(at), [at + 1] * 3)
        name, title = data["parties"][party][0], data["levels"][level][0]
        found.append((name, title, since, recorded, position, best, worst))
    return found


@settings(max_examples=draws(15))
@given(logs(level_events(ladders=("VNM",)), most=9), st.sampled_from(("en", "vi")))
def test_the_data_of_a_page_are_the_slider(log: EventLog, lang: Any) -> None:
    words = Narrator(log.reference, lang)
    slider = slider_of(log, "VNM", today=TODAY)
    data = json.loads(json_text(data_of(slider, words, path_of_party)))
    assert len(data["stops"]) == len(slider.stops)
    for place, stop in enumerate(slider.stops):
        assert data["stops"][place]["day"] == stop.on.toordinal()
        assert [(*row[:2], *row[3:]) for row in rows_of(data, place)] == [
            (
                words.name(row.party),
                row.level.id,
                int(row.recorded),
                row.position,
                row.best,
                row.worst,
            )
            for row in stop.rows
        ]


# --- links ---------------------------------------------------------------------------------------


class Links(HTMLParser):
    """Collects the ids and the links of a page, and the tags and attributes that it uses."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.hrefs: list[str] = []
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.hrefs.append(value or "")


def in_data(text: str) -> Iterator[str]:
    """Yield the links that the scripts of a page make."""
    for found in re.findall(
        r'<script type="application/json"[^>]*>(.*?)</script>', text, re.DOTALL
    ):
        data = json.loads(found)
        yield from (one[1] for one in data.get("parties", ()))
        yield from (one[2] for one in data.get("relations", ()))


def assert_links_resolve(pages: Mapping[str, str]) -> None:
    found = {path: Links(text) for path, text in pages.items() if path.endswith(".html")}
    for path, links in found.items():
        assert len(links.ids) == len(set(links.ids)), f"{path}: an id twice"
        for href in [*links.hrefs, *in_data(pages[path])]:
            if href.startswith(("http://", "https://")):
                continue
            target, _, place = href.partition("#")
            at = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            at = path if not target else at
            assert at in pages, f"{path}: {href} leads nowhere"
            assert not place or place in found[at].ids, f"{path}: {href} has no place"


@settings(max_examples=draws(8))  # a site of two languages has some forty pages
@given(logs(bases, most=8, least=0))
def test_every_stream_has_a_site_whose_links_lead_somewhere(log: EventLog) -> None:
    pages = whole(log)
    assert all(is_page_path(path) for path in pages)
    assert_links_resolve(pages)


def test_an_empty_stream_has_a_site() -> None:
    pages = whole(EventLog([], ladders=[VNM_LADDER]))
    assert_links_resolve(pages)
    assert "Nothing is recorded yet" in pages["index.html"]
    assert "Chưa ghi nhận sự kiện nào" in pages["vi/index.html"]
    assert_links_resolve(whole(EventLog([])))


@settings(max_examples=draws(4))
@given(logs(bases, most=8))
def test_a_long_list_is_divided_and_its_links_lead_somewhere(log: EventLog) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("diplorel.pages.sites.book.OF_DYAD", 1)
        patch.setattr("diplorel.pages.sites.book.OF_PARTY", 2)
        patch.setattr("diplorel.pages.sites.parts.FEW", 1)
        patch.setattr("diplorel.pages.sites.of_lists._CORRECTIONS", 1)
        patch.setattr("diplorel.pages.sites.of_claims._PROBLEMS", 1)
        assert_links_resolve(whole(log))


@given(st.lists(events(), max_size=12), st.integers(1, 4))
def test_parts_have_every_event_once_in_order_and_are_short(some: Any, most: int) -> None:
    parts = parts_of(some, most)
    flat = [event for part in parts for event in part.events]
    assert sorted(map(id, flat)) == sorted(map(id, some))
    assert [year_of(one) for one in flat] == sorted(map(year_of, some))
    assert all(len(part.events) <= most for part in parts)
    assert len({part.key for part in parts}) == len(parts)
    assert all(part.first <= year_of(one) <= part.last for part in parts for one in part.events)


@given(st.text(), st.text(), st.text(), st.text())
def test_no_two_relations_share_a_file_even_where_case_does_not_count(
    a: str, b: str, c: str, d: str
) -> None:
    paths = [path_of_dyad(a, b), path_of_dyad(c, d), path_of_party(a), path_of_party(c)]
    assert (paths[0].lower() == paths[1].lower()) == (sorted((a, b)) == sorted((c, d)))
    assert (paths[2].lower() == paths[3].lower()) == (a == c)
    assert all(is_page_path(path) for path in paths)
    assert all(len(part) < 200 for path in paths for part in path.split("/"))


# --- hostile texts -------------------------------------------------------------------------------

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "</script><svg onload=x>",
    "&lt;", "]]>", "<!--", "' onload='x", "W" * 300, "../../etc/passwd", "javascript:alert(1)",
    "{{ 7*7 }}{% raw %}", "\ufffe\uffff", "a|b→c",
)  # fmt: skip
TAGS = {
    "a", "b", "body", "br", "button", "cite", "dd", "del", "details", "div", "dl", "dt",
    "figcaption", "figure", "footer", "h1", "h2", "h3", "head", "header", "html", "i",
    "input", "label", "li", "line", "link", "main", "meta", "nav", "ol", "p", "polyline", "script",
    "section", "small", "span", "strong", "style", "summary", "svg", "table", "tbody", "td", "th",
    "thead", "title", "tr", "ul", "rect", "path", "circle", "text", "defs", "pattern",
}  # fmt: skip
hostile = st.sampled_from(HOSTILE)
lines = st.sampled_from([one for one in HOSTILE if one.isprintable()])


@st.composite
def hostile_logs(draw: st.DrawFn) -> EventLog:
    """Draw a log of which every text is hostile."""
    about: Any = {"parties": ("VNM", "SGP"), "sources": ["s-gov", draw(hostile)]}
    name = st.builds(lambda one: {"en": one, "vi": one}, hostile)
    levels = [
        dr.Level(id="low", rank=1, names=draw(name)),
        dr.Level(id="top", rank=2, names=draw(name)),
    ]
    source = dr.Source(
        id="s-gov", title=draw(lines), publisher=draw(hostile),
        kind="government", url=draw(hostile), note=draw(hostile),
    )  # fmt: skip
    events_: list[Any] = [
        dr.events.LevelUpgraded(on="2013-05", ladder="VNM", level="low", **about),
        dr.events.LevelUpgraded(
            on="2014-01-02", ladder="VNM", level="top", note=draw(hostile), **about
        ),
        dr.events.FigureReported(
            on="2014-02-01",
            indicator="trade",
            reporter=draw(hostile),
            value="9",
            unit=draw(hostile),
            **about,
        ),
        dr.events.EventRetracted(
            target=draw(hostile), reason=draw(hostile), sources=["s-gov"], note=draw(hostile)
        ),
    ]
    parties = [dr.Party(id=id, names=draw(name)) for id in ("VNM", "SGP")]
    ladder = dr.Ladder(party="VNM", levels=levels)
    return EventLog(
        events_, sources=[source], ladders=[ladder], parties=parties, stream="a", at=MOMENTS[0]
    )


@settings(max_examples=draws(8))
@given(hostile_logs())
def test_hostile_texts_are_text_only(log: EventLog) -> None:
    pages = whole(log, ("en",))
    assert_links_resolve(pages)
    for path, text in pages.items():
        assert is_page_path(path)
        if path.endswith(".xml"):
            tags = {one.tag.rpartition("}")[2] for one in ET.fromstring(text).iter()}  # noqa: S314  our own
            assert tags <= {
                "feed", "title", "id", "updated", "link", "entry", "author", "name", "content",
            }  # fmt: skip
            continue
        links = Links(text)
        assert links.tags <= TAGS
        assert not [name for name in links.names if name.startswith("on")]
        assert not [one for one in links.hrefs if one.lower().startswith("javascript")]
        scripts = re.findall(r"<script[^>]*>", text)
        assert set(scripts) <= {
            "<script>",
            '<script type="application/json" data-stops>',
            '<script type="application/json" data-find>',
        }
        assert "49" not in re.findall(r">(49)<", text)


# --- search --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["Viet Nam", "Việt Nam", "viet nam", "VIETNAM", "việt nam"])
def test_a_name_is_found_with_and_without_diacritics(typed: str) -> None:
    keys = key_of("VNM", dr.party("Vietnam")).split()
    assert folded(typed) in keys


@given(st.sampled_from(sorted(dr.load("groups").reference.parties, key=lambda one: one.id)))
def test_a_party_is_found_by_every_name(party: dr.Party) -> None:
    keys = key_of(party.id, party).split()
    assert all(folded(text.text) in keys for text in party.names)
    assert all(key.isalnum() for key in keys)


# --- a second build ------------------------------------------------------------------------------


@settings(max_examples=draws(4))
@given(logs(bases, most=6))
def test_a_second_build_writes_nothing(log: EventLog) -> None:
    with tempfile.TemporaryDirectory() as folder:
        first = dr.pages.site(log, folder, today=TODAY)
        again = dr.pages.site(log, folder, today=TODAY)
        assert again.pages == first.pages == len(first.written)
        assert (again.written, again.removed) == ((), ())
        one = dr.pages.site(log, folder, langs=["vi"], today=TODAY)
        assert one.pages < first.pages
        left = {
            path.relative_to(folder).as_posix()
            for path in Path(folder).rglob("*")
            if path.is_file()
        }
        assert len(left) == one.pages + 1


@settings(max_examples=draws(6))
@given(
    logs(level_events(ladders=("VNM",)), most=6, corrections=0),
    level_events(ladders=("VNM",)),
)
def test_one_more_record_changes_only_pages_of_its_parties(log: EventLog, event: Any) -> None:
    more = log | EventLog([event], stream=log.streams[0], at=MOMENTS[2], reference=log.reference)
    assume(Book(more, TODAY).main == Book(log, TODAY).main)
    assume(event.id not in {one.id for one in log.resolve().events})
    before, after = whole(log, ("en",)), whole(more, ("en",))
    changed = {path for path, text in after.items() if before.get(path) != text}
    lists = {"index.html", "timeline.html", "sources.html", "problems.html"}
    if any(path_of_party(one) not in before for one in event.parties):
        lists.add("coverage.html")  # the name of a party becomes a link when it gets a page
    mine = {path_of_party(one) for one in (*event.parties, event.ladder)}
    mine |= {path_of_dyad(*event.parties)}
    others = {path for path in changed - lists - mine if not path.startswith("timeline/")}
    assert others == set()


@given(st.lists(st.tuples(st.sampled_from("abc"), st.binary(max_size=3)), max_size=3))
def test_a_folder_has_exactly_the_pages_of_the_last_build(some: list[tuple[str, bytes]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_pages(folder, [("a.html", b"1"), ("b/c.html", b"2")])
        wanted = {f"{name}.html": content for name, content in some}
        found = write_pages(folder, wanted.items())
        files = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in Path(folder).rglob("*.html")
        }
        assert files == wanted
        assert not (Path(folder) / "b").exists()
        assert set(found.written) == {
            path for path, content in wanted.items() if (path, content) != ("a.html", b"1")
        }

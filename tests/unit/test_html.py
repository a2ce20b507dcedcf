"""What notebooks show: a table in HTML that no text can break."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel.model.column import booleans, enum, integers, text
from diplorel.model.html import html_of
from diplorel.model.table import Table
from shipped_once import shipped
from tables import tables

HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&", "&amp;", "' onclick='x",
    "</td></tr></table>", "<!--", "\u202edetreveR", "\0", "]]>", "`", "Đà Nẵng",
)  # fmt: skip
ALLOWED = {
    "table": set(), "caption": {"style"}, "thead": set(), "tbody": set(), "tfoot": set(),
    "tr": set(), "th": {"scope", "style", "title"}, "td": {"style", "colspan"}, "b": set(),
    "small": set(), "br": set(), "i": set(),
}  # fmt: skip


class Reader(HTMLParser):
    """Reads a table back, and notes every tag that is not balanced or not allowed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.heads: list[str] = []
        self.rows: list[list[str]] = []
        self.foot = ""
        self.caption = ""
        self.scopes: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= ALLOWED[tag], (tag, attrs)
        if tag == "br":
            return
        self.open.append(tag)
        if tag == "tr":
            self.rows.append([])
        if tag == "th":
            self.scopes.append(dict(attrs)["scope"])
            self.heads.append("")
        if tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "caption" in self.open:
            self.caption += data
        elif "tfoot" in self.open:
            self.foot += data.strip()
        elif "td" in self.open:
            self.rows[-1][-1] += data
        elif "th" in self.open:
            self.heads[-1] += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    unknown_decl = handle_pi = handle_comment


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def seen(value: str) -> str:
    return value.replace("\u202e", "\\u202e").replace("\0", "\\u0000")


def test_hostile_texts_are_shown_as_they_are() -> None:
    for one in HOSTILE:
        table = Table(
            [text(one, [one], title=one, note=one, unit=one)],
            title=one,
            stamp={one: one, "streams": {one: one}},
        )
        found = read(table.to_html())
        assert found.heads == [seen(one)]
        assert found.rows[1] == [seen(one)]
        assert found.caption.startswith(seen(one))
        assert found.scopes == ["col"]


@given(tables(), st.sampled_from(["en", "vi"]))
def test_every_table_is_balanced_and_whole(table: Table, lang: Any) -> None:
    found = read(table.to_html(lang))
    assert found.heads == [*table.names]
    assert [len(row) for row in found.rows[1:]] == [len(table.columns)] * len(table)


@given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20) | st.none(), max_size=4))
def test_any_text_comes_back_unless_it_is_hidden(values: list[str | None]) -> None:
    found = read(Table([text("x", values)]).to_html())
    assert len(found.rows) == len(values) + 1
    for value, (cell,) in zip(values, found.rows[1:], strict=True):
        if value is None:
            assert cell == "-"
        elif value.isprintable():
            assert cell == value


def test_fifty_rows_are_shown_and_how_many_more_there_are() -> None:
    def of(count: int, lang: Any = "en") -> Reader:
        return read(Table([integers("n", range(count))]).to_html(lang))

    assert (len(of(50).rows), of(50).foot) == (51, "")
    assert (len(of(51).rows), of(51).foot) == (52, "… 1 more row")
    assert of(1234).foot == "… 1,184 more rows, of 1,234"
    assert of(1234, "vi").foot == "… còn 1.184 dòng, trên 1.234"
    assert html_of(Table([integers("n", [1])]), rows=3).count("2 more rows, of 3") == 1


def test_labels_truth_values_and_long_texts() -> None:
    table = Table([
        enum("level", ["csp", None], {"csp": "Đối tác <Chiến lược>"}),
        booleans("sure", [True, False]),
        text("note", ["x" * 500, ""]),
    ])  # fmt: skip
    found = read(table.to_html("vi"))
    assert found.rows[1] == ["Đối tác <Chiến lược>", "có", "x" * 199 + "…"]
    assert found.rows[2] == ["-", "không", ""]
    assert "caption" not in table.to_html()


def test_another_language_is_refused() -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="lang: expected one of 'en', 'vi'"):
        Table([]).to_html("fr")  # type: ignore[arg-type]


def test_every_answer_shows_itself_in_a_notebook() -> None:
    log = shipped("vietnam")
    world = log.replay("2025-03-12")
    answers: tuple[Any, ...] = (
        log, world, world["VNM", "SGP"], world.ranking("VNM"), world.counts("VNM"),
        world.partners("VNM"), world["VNM", "SGP"].explain(), log.timeline("VNM", "SGP"),
        log.diff("2025-03-11", "2025-03-12"), log.table(),
    )  # fmt: skip
    for one in answers:
        table = one if isinstance(one, Table) else one.table()
        assert one._repr_html_() == table.to_html()
        found = read(one._repr_html_())
        assert f"vietnam {log.reference.infos[0].version}" in found.caption
        assert bool(found.foot) == (len(table) > 50)

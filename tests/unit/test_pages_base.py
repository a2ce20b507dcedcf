"""The base of pages: escaping, addresses, anchors, words, and the contrast of every colour."""

from __future__ import annotations

import re
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.charts.colours import PAPER, contrast
from diplorel.pages.anchors import anchor, file_stem, id_of
from diplorel.pages.environment import address, asset, policy, render
from diplorel.pages.parts import AGREED, SPECIAL_CHIP, Chips, Numbering
from diplorel.pages.words import WORDS
from shipped_once import shipped

if TYPE_CHECKING:
    from diplorel.model.dates import Language

CSS = asset("style.css")
TOKENS = dict(re.findall(r"--([a-z]+):(#[0-9a-f]{6})", CSS))


# --- colours -------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["ink", "muted", "link", "red", "good"])
def test_every_colour_of_text_is_read_on_paper(token: str) -> None:
    assert contrast(TOKENS[token], PAPER) >= 4.5
    assert TOKENS["paper"] == PAPER


def test_every_colour_of_text_is_read_on_a_row_that_was_led_to() -> None:
    target = re.search(r"[^}]*:target\{background:(#[0-9a-f]{6})\}", CSS)
    assert target is not None
    background = target[1]
    assert all(contrast(TOKENS[one], background) >= 4.5 for one in ("ink", "muted", "link"))


def test_every_chip_stands_out_from_paper_by_its_edge_or_fill() -> None:
    reference = shipped("vietnam").reference
    chips = Chips.of(reference, "VNM")
    levels = reference.ladder["VNM"].levels
    found = [
        chips.of_level(level, recorded=recorded) for level in levels for recorded in (False, True)
    ]
    for chip in [*found, AGREED, SPECIAL_CHIP]:
        assert max(contrast(chip.fill, PAPER), contrast(chip.edge, PAPER)) >= 3


def test_the_stylesheet_names_no_other_colour_of_text() -> None:
    named = set(re.findall(r"(?<![-\w])color:([^;}]+)", CSS))
    assert named <= {f"var(--{one})" for one in TOKENS} | {"inherit", "#55606b"}


# --- addresses, anchors, files -------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        " https://example.org",
        "data:text/html,x",
        "//example.org",
        "https:example.org",
        "https://",
        "file:///etc/passwd",
        "https://[",
        "http://exa mple.org",
        None,
        "",
    ],
)
def test_a_page_leads_only_to_the_web(url: str | None) -> None:
    assert address(url) is None


@given(st.text())
def test_an_anchor_is_read_back(id: str) -> None:
    found = anchor(id)
    assert id_of(found) == id
    assert re.fullmatch(r"e-[A-Za-z0-9.~_-]*", found)


@given(st.lists(st.text(alphabet="aAbB/-_ é.~", max_size=6), unique=True))
def test_no_two_ids_have_one_file_even_where_case_is_not_told_apart(ids: list[str]) -> None:
    stems = [file_stem(id) for id in ids]
    assert len({stem.lower() for stem in stems}) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9-]{1,64}", stem) for stem in stems)


@pytest.mark.parametrize("id", ["CON", "NUL", "AUX", "PRN", "INDEX", "..", "a/b", "", "sgp"])
def test_a_file_never_has_a_name_that_means_something_else(id: str) -> None:
    assert file_stem(id) not in {id.lower(), "sgp"}


# --- templates -----------------------------------------------------------------------------------


def test_no_file_outside_the_room_is_read() -> None:
    for name in ("../words.py", "..", "/etc/passwd", "a\\b", ""):
        with pytest.raises(LookupError):
            asset(name)


def test_only_the_scripts_of_the_page_may_run() -> None:
    allowed = policy([asset("sort.js")])
    assert "default-src 'none'" in allowed
    assert "'unsafe-eval'" not in allowed
    assert re.search(r"script-src 'sha256-[\w+/=]+';", allowed)
    assert "script-src 'none'" in policy([])


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_page_has_its_language_its_policy_and_no_request(lang: Language) -> None:
    page = render("base.html", lang)
    assert f'<html lang="{lang}">' in page
    assert "Content-Security-Policy" in page
    assert not re.search(r"(src|href)=.?(https?:|//)|@import|url\(", page)


# --- words ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_are_filled_in_with_the_same_parts(key: str) -> None:
    english, vietnamese = (
        {part for _, part, _, _ in Formatter().parse(text) if part} for text in WORDS[key]
    )
    same = {"possessive": "party", "Day": "day", "Some": "some", "A": "a", "B": "b"}
    grammar = {"have", "are", "them"}  # English has these alone
    assert {same.get(one, one) for one in english - grammar} == {
        same.get(one, one) for one in vietnamese
    }
    assert all(WORDS[key])


# --- citations -----------------------------------------------------------------------------------


def test_official_sources_are_cited_first_and_the_others_are_counted() -> None:
    log = shipped("vietnam")
    numbering = Numbering(log.reference)
    event = log.relation("VNM", "SGP").events("level")[-1]
    ids = [one.source for one in event.sources]
    found = numbering.cite(ids, 2, "the fact")
    lines = numbering.lines("en")
    assert found.numbers == (1, 2)
    assert len(lines) == 2
    documents = {log.reference.source.twins(one.source) for one in event.sources}
    assert found.more == len(documents) - 2
    kinds = {one.title: one.kind.value for one in log.reference.source.values()}
    shown = [kinds[line.title] for line in lines]
    assert shown[0] in ("joint", "government")
    assert numbering.cite(ids, 2, "the fact") == found
    assert numbering.cite(ids, 2, "another fact").place == found.place + 1
    first, _ = numbering.further("en")
    assert (first.place, first.about, len(first.sources)) == (found.place, "the fact", found.more)
    assert not {line.title for line in lines} & {line.title for line in first.sources}
    assert {line.number for line in first.sources} == {0}
    assert numbering.cite(ids, 99, "all").numbers[:2] == (1, 2)
    assert 0 not in {line.number for line in numbering.further("en")[0].sources}

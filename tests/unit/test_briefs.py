"""Briefs say what a reader needs: titles, leads, changes, figures, claims, and what is cited."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel.pages import Brief
from diplorel.pages.changes import a_year_before
from diplorel.pages.content import Changes, Claims, Facts, Picture, Sources, Standing, Story
from diplorel.pages.markdown import escaped
from diplorel.pages.sites.book import Book, Teller
from diplorel.pages.sites.frame import Frame
from diplorel.pages.sites.of_dyads import dyad_pages, lanes_of
from shipped_once import shipped

ABOUT: Any = {"sources": ["s"]}
SOURCE = dr.Source(id="s", title="T", publisher="P", kind="government", url="https://p.test/t")
NAMES = {"en": "Strategic Partnership", "vi": "Đối tác Chiến lược"}
LADDER = dr.Ladder(
    party="VNM",
    levels=[dr.Level(id="low", rank=1), dr.Level(id="high", rank=2, names=NAMES)],
)


def log_of(*events: Any, **more: Any) -> dr.EventLog:
    """Return a log of events."""
    return dr.EventLog(events, sources=[SOURCE], **{"ladders": [LADDER], **more})


def reached(partner: str, on: str, level: str = "high") -> Any:
    """Return that a partner of Vietnam reached a level."""
    return dr.events.LevelUpgraded(
        on=on, parties=("VNM", partner), ladder="VNM", level=level, **ABOUT
    )


WHOLE = dr.Coverage(track="level", parties=["VNM"], since="1990", until="2030")


@cache
def vietnam(lang: Any = "en") -> Brief:
    """Return the brief of Vietnam, without claims, which take long."""
    log = shipped("vietnam").where(party="VNM")
    return dr.pages.brief(log, "VNM", on="2025-03-12", lang=lang)


def block_of(brief: Brief, section: str) -> Any:
    """Return the first block of a section."""
    return brief[section].blocks[0]


# --- titles and leads ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "covered", "title"),
    [
        ([], False, "On 1 May 2020 no partner of Vietnam is recorded at a level"),
        (
            [reached("SGP", "2020-05-01")],
            True,
            "Singapore became Vietnam’s first strategic partner on 1 May 2020",
        ),
        (
            [reached("SGP", "2020-05-01")],
            False,
            "Singapore became a strategic partner of Vietnam on 1 May 2020",
        ),
        (
            [reached("SGP", "2020-05-01"), reached("USA", "2020-05-01")],
            True,
            "Singapore and the United States became strategic partners of Vietnam on 1 May 2020",
        ),
        (
            [reached("SGP", "2020-05-01", "low")],
            True,
            "Singapore reached the level “low” with Vietnam on 1 May 2020",
        ),
        (
            [reached("SGP", "2019"), reached("USA", "2018")],
            True,
            "On 1 May 2020 Vietnam has two strategic partners",
        ),
        (
            [reached("SGP", "2019")],
            False,
            "On 1 May 2020 Vietnam has at least one strategic partner",
        ),
    ],
)
def test_the_title_is_the_answer(events: list[Any], covered: bool, title: str) -> None:
    log = log_of(*events, coverage=[WHOLE] if covered else [])
    assert dr.pages.brief(log, "VNM", on="2020-05-01").title == title


def test_a_party_without_a_ladder_has_its_partners_by_the_age_of_ties() -> None:
    ties = [
        dr.events.TiesEstablished(on=on, parties=("VNM", other), **ABOUT)
        for other, on in (("SGP", "1973-08-01"), ("FRA", "1973-04-12"))
    ]
    brief = dr.pages.brief(log_of(*ties, ladders=[]), "VNM", on="2020")
    table = block_of(brief, "standing")
    assert isinstance(table, Standing)
    assert [row.name for row in table.groups[0].rows] == ["France", "Singapore"]
    assert brief.title == (
        "On 31 December 2020 Vietnam has diplomatic relations with two parties, as recorded"
    )
    assert "since 12 April 1973" in brief.lead
    with pytest.raises(KeyError):
        brief["ladder"]


@pytest.mark.parametrize(
    ("events", "title"),
    [
        ([], "Whether Vietnam and Singapore have diplomatic relations is not recorded on"),
        (
            [("TiesEstablished", "1973")],
            "Vietnam and Singapore have had diplomatic relations since 1973",
        ),
        (
            [("TiesEstablished", "1973"), ("TiesSuspended", "1980")],
            "Diplomatic relations between Vietnam and Singapore have been suspended since 1980",
        ),
        (
            [("TiesEstablished", "1973"), ("TiesSevered", "1980")],
            "Diplomatic relations between Vietnam and Singapore have been severed since 1980",
        ),
        (
            [("SpecialRelationshipDeclared", "1980")],
            "Vietnam and Singapore have had a special relationship since 1980",
        ),
        (
            [("TiesEstablished", "1973"), ("SpecialRelationshipDeclared", "[..1980]")],
            "Vietnam and Singapore have had a special relationship since 1980 or earlier",
        ),
        (
            [("TiesEstablished", "[1973..1975]")],
            "Vietnam and Singapore have had diplomatic relations since some time between 1973 and",
        ),
    ],
)
def test_the_title_of_two_is_how_they_stand(events: list[tuple[str, str]], title: str) -> None:
    found = [
        getattr(dr.events, name)(on=on, parties=("VNM", "SGP"), **ABOUT) for name, on in events
    ]
    brief = dr.pages.brief(log_of(*found), "Vietnam", partner="Singapore", on="2020-05-01")
    assert brief.title.startswith(title)


def test_a_relation_has_one_title_in_its_brief_and_on_its_page_of_a_site() -> None:
    log = shipped("vietnam")
    book = Book(log, date(2026, 1, 1))
    for lang in ("en", "vi"):
        frame = Frame(book, Teller(book, lang), ("en", "vi"))
        for partner in ("LAO", "CUB", "KHM", "SGP", "DDR", "USA", "CHL"):
            dyad = (min("VNM", partner), max("VNM", partner))
            page = next(dyad_pages(frame, dyad, lanes_of(book, dyad)))[1].decode()
            brief = dr.pages.brief(log, "VNM", partner=partner, on="2026-01-01", lang=lang)
            assert f"<h1>{brief.title}</h1>" in page


def test_the_brief_of_vietnam_answers_in_both_languages() -> None:
    english, vietnamese = vietnam(), vietnam("vi")
    assert english.title.startswith("Singapore became Vietnam’s twelfth comprehensive strategic")
    assert vietnamese.title == (
        "Ngày 12 tháng 3 năm 2025, Singapore trở thành Đối tác Chiến lược Toàn diện thứ 12 của "
        "Việt Nam"
    )
    assert [one.value for one in english.counts] == ["12", "8", "≥ 13", "3", "2"]
    assert english.lead.count(".") == 2
    assert "three of them within 15 days: New Zealand, Indonesia and Singapore" in english.lead
    assert [one.id for one in english.sections] == [one.id for one in vietnamese.sections]


# --- sections ------------------------------------------------------------------------------------


def test_the_newest_change_is_first_with_the_level_before() -> None:
    changes = block_of(vietnam(), "changes")
    assert isinstance(changes, Changes)
    first = changes.lines[0]
    assert (first.who, first.before and first.before.text, first.after and first.after.text) == (
        "Singapore",
        "Strategic Partnership",
        "Comprehensive Strategic Partnership",
    )
    says = {line.who: line.says for line in changes.lines}
    assert says["Mongolia"] == "(no earlier level recorded)"
    assert says["Poland"] == "agreed, not yet in effect"


def test_a_year_before_the_29th_of_february_is_the_28th() -> None:
    assert a_year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert a_year_before(date(2025, 3, 31)) == date(2024, 3, 31)


def test_figures_are_those_of_the_partners_at_the_highest_level_with_their_sources() -> None:
    picture, facts = vietnam()["figures"].blocks
    assert isinstance(picture, Picture)
    assert isinstance(facts, Facts)
    top = [row.name for row in block_of(vietnam(), "standing").groups[0].rows]
    names = [name for name, _ in facts.facts[0].parts]
    assert {*names} <= {*top}
    assert all(cites and cites.numbers for _, cites in facts.facts[0].parts)


def test_claims_that_fail_are_first_and_say_why_in_the_language_of_the_page() -> None:
    claims = [
        dr.claims.CountClaim(
            id=id, on="2020-05-01", party="VNM", level="high", count=count, source="s",
            text={"en": f"{count} partners", "vi": f"{count} đối tác"},
        )
        for id, count in (("a", 1), ("b", 2), ("c", 2))
    ]  # fmt: skip
    log = log_of(reached("SGP", "2020"), reached("FRA", "2019"), coverage=[WHOLE], claims=claims)
    brief = dr.pages.brief(log, "VNM", on="2020-12-31", lang="vi")
    found = block_of(brief, "claims")
    assert isinstance(found, Claims)
    assert {*dict(found.counts)} <= {"supported", "refuted", "undecidable", "contested"}
    rows = {row.text: row for row in found.rows}
    assert rows["2 đối tác"].claims == ("b", "c")  # one answer, one row
    assert all("Việt Nam" in row.why or "Còn thiếu" in row.why for row in found.rows)


def test_every_number_of_a_source_is_in_the_list_of_sources() -> None:
    page = vietnam().to_html()
    sources = block_of(vietnam(), "sources")
    assert isinstance(sources, Sources)
    assert [line.number for line in sources.lines] == [*range(1, len(sources.lines) + 1)]
    for line in sources.lines:
        assert f'href="#s{line.number}"' in page
        assert f'id="s{line.number}"' in page


def test_every_citation_leads_somewhere_and_nothing_is_left_out() -> None:
    brief = dr.pages.brief(shipped("vietnam"), "VNM", on="2025-03-12")
    page = brief.to_html()
    sources = block_of(brief, "sources")
    linked = {int(one) for one in re.findall(r'<a class="more" href="#m(\d+)">', page)}
    assert linked == {line.place for line in sources.further} == {*range(1, max(linked) + 1)}
    assert all(page.count(f'id="m{place}"') == 1 for place in linked)
    first = block_of(brief, "standing").groups[0].rows[0]
    line = sources.further[first.cites.place - 1]
    assert line.about.startswith("1 June 2008: Vietnam and China")
    assert len(line.sources) == first.cites.more
    found = block_of(brief, "claims")
    shown = [claim for row in (*found.rows, *found.others) for claim in row.claims]
    assert len(shown) == len({*shown}) == sum(count for _, count in found.counts)
    assert all(row.text in html.unescape(page) for row in found.others)
    assert found.more.startswith(str(sum(len(row.claims) for row in found.others)))


def test_a_story_says_who_gives_another_day() -> None:
    brief = dr.pages.brief(shipped("vietnam", "singapore"), "VNM", partner="SGP", on="2025-03-12")
    story, accounts = block_of(brief, "story"), block_of(brief, "accounts")
    assert isinstance(story, Story)
    assert story.parts[0][1][0].when == "1 August 1973"
    assert [title for title, _ in story.parts][-1] == "2025: Comprehensive Strategic Partnership"
    texts = [text for fact in accounts.facts for text, _ in fact.parts]
    assert any(text.startswith("Other: ") for text in texts)
    terms = [fact.term for fact in block_of(brief, "figures").facts]
    assert terms[0] == "Trade"


# --- forms ---------------------------------------------------------------------------------------


def test_a_file_has_the_form_that_its_suffix_names(tmp_path: Path) -> None:
    brief = dr.pages.brief(log_of(reached("SGP", "2020")), "VNM", on="2020")
    brief.save(tmp_path / "a.html")
    brief.save(tmp_path / "a.MD")
    assert (tmp_path / "a.html").read_text("utf-8") == brief.to_html()
    assert (tmp_path / "a.MD").read_text("utf-8") == brief.to_markdown() == str(brief)
    with pytest.raises(dr.errors.InvalidQueryError, match=r"\.html, \.md"):
        brief.save(tmp_path / "a.pdf")
    with pytest.raises(dr.errors.InvalidQueryError, match="no scripts"):
        brief.save(tmp_path / "a.md", interactive=True)
    with pytest.raises(dr.errors.InvalidQueryError, match="lang"):
        dr.pages.brief(dr.EventLog([]), "VNM", lang="fr")  # type: ignore[arg-type]


def test_an_interactive_page_holds_what_draws_it_and_nothing_from_elsewhere() -> None:
    page = dr.pages.brief(log_of(reached("SGP", "2020")), "VNM", on="2020").to_html(
        interactive=True
    )
    assert "vegaEmbed" in page
    assert "unsafe-eval" in page
    assert 'id="specs"' in page
    assert "<script src" not in page


def test_without_jinja_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from diplorel.pages import environment  # noqa: PLC0415

    environment._environment.cache_clear()
    monkeypatch.setitem(__import__("sys").modules, "jinja2", None)
    brief = dr.pages.brief(log_of(reached("SGP", "2020")), "VNM", on="2020")
    assert brief.to_markdown()
    with pytest.raises(dr.errors.MissingExtraError, match="pages"):
        brief.to_html()
    environment._environment.cache_clear()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a | b", r"a \| b"),
        ("# x", r"\# x"),
        ("1. x", r"1\. x"),
        ("- x", r"\- x"),
        ("<script>", "&lt;script&gt;"),
        ("a\n\n# b", r"a \# b"),
        ("![x](y)", r"\!\[x\](y)"),
    ],
)
def test_a_text_is_no_markdown(text: str, shown: str) -> None:
    assert escaped(text) == shown

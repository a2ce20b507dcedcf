"""The page on five articles says what Vietnam's stream carries of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import diplorel as dr
from shipped_once import shipped

PAGE = Path(__file__).parents[1] / "docs/explanation/five-articles.md"
ROWS = re.findall(
    r"^\| (?!statement |---)(.+?) \| (.+?) \|$",
    PAGE.read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
COMING = "†"
"""Marks a row that a coming release carries: when it does, the row loses its mark."""


@pytest.fixture(scope="module")
def vietnam() -> dr.EventLog:
    return shipped("vietnam")


def _is_carried(how: str, log: dr.EventLog) -> bool:
    """Whether all ids of a row are records or claims, with the texts that it quotes."""
    events = {event.id: event for event in log.resolve().events}
    claims = {claim.id for claim in log.reference.claims}
    ids = re.findall(r"`([^`]+)`", how)
    named = [events[id] for id in ids if id in events]
    topics = {topic for event in named for topic in getattr(event, "topics", ())}
    text = " ".join(f"{event.occasion} {event.note}" for event in named)
    quoted = re.findall(r"“([^”]+)”", how)
    return all(id in events or id in claims for id in ids) and all(
        words in topics or words in text for words in quoted
    )


@pytest.mark.parametrize(("statement", "how"), ROWS)
def test_a_statement_of_the_five_articles_is_carried_or_has_a_reason(
    statement: str, how: str, vietnam: dr.EventLog
) -> None:
    if how.startswith("Not carried: "):
        assert "`" not in how
        return
    assert "`" in how, statement
    carried = _is_carried(how.removeprefix(COMING), vietnam)
    if how.startswith(COMING):
        assert not carried, f"the stream carries it now: remove {COMING} from this row"
    else:
        assert carried


def test_every_claim_of_the_five_articles_is_on_the_page(vietnam: dr.EventLog) -> None:
    page = PAGE.read_text(encoding="utf-8")
    sources = set(re.findall(r"^Source `([^`]+)`", page, flags=re.MULTILINE))
    assert len(sources) == 5
    theirs = [claim.id for claim in vietnam.reference.claims if claim.source in sources]
    assert [id for id in theirs if f"`{id}`" not in page] == []

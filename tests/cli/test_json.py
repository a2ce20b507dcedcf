"""The JSON of a command holds every fact of its text, in both languages.

What the JSON holds is struck out of the text: ids, names, sentences, numbers and dates (in words).
Only words of labels may remain, and no number.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest

import diplorel as dr
from diplorel.errors import InvalidDateError
from diplorel.language.labels import WORDS
from diplorel.language.vocabulary import CONNECTIVES
from diplorel.narrative import phrases
from diplorel.tracks import STANDARD
from shipped_once import shipped

Run = Callable[..., str]
DAY = ("--on", "2025-03-12")
LABELS = {track.name: track.label for track in STANDARD if track.label}
PHRASES = tuple(track.phrases for track in STANDARD)
TABLES = (WORDS, CONNECTIVES, phrases.PROVENANCE, phrases.DOUBTS, LABELS, *PHRASES)


def facts(value: Any, lang: Literal["en", "vi"]) -> Iterator[str]:
    """Yield every text and number of an answer, dates in words, and how long its lists are."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key  # such as a verdict that is counted
            yield from facts(item, lang)
    elif isinstance(value, list):
        yield str(len(value))
        for item in value:
            yield from facts(item, lang)
        blocks = [item.get("block", item.get("corrected")) for item in value if _is_dict(item)]
        yield from (str(blocks.count(block)) for block in set(blocks))
        yield str(sum(bool(item.get("decided")) for item in value if _is_dict(item)))
    elif value is not None:
        yield str(value)
        if isinstance(value, str):
            with suppress(InvalidDateError):
                yield dr.PartialDate(value).words(lang)


def _is_dict(value: Any) -> bool:
    return isinstance(value, dict)


def remains(text: str, answer: Any, lang: Literal["en", "vi"]) -> set[str]:
    """Return the words of a text that neither its JSON holds nor a label."""
    labels = {
        word.casefold()
        for table in TABLES
        for pair in table.values()
        for word in re.findall(r"\w+", re.sub(r"{\w+}", " ", pair[lang == "vi"]))
        if not word.isdigit()
    }
    known = {" ".join(fact.casefold().split()) for fact in facts(answer, lang)}
    left = " ".join(text.casefold().split())
    for fact in sorted(known - {""}, key=len, reverse=True):
        if fact in left:
            left = re.sub(rf"(?<!\w){re.escape(fact)}(?!\w)", " ", left)
    return {word for word in re.findall(r"\w+", left) if word not in labels}


COMMANDS = (
    ["rank", "VNM", *DAY],
    ["rank", "VNM"],
    ["rank", "SGP", *DAY],
    ["rank", "VNM", *DAY, "--at-least", "strategic", "--kind", "state"],
    ["rank", "VNM", *DAY, "--known", "2025-03-11", "--clock", "published", "-w", "vietnam"],
    ["rank", "VNM", *DAY, "--explain", "SGP", "IDN"],
    ["rank", "VNM", *DAY, "--explain", "ESP", "DEU"],
    ["rank", "VNM", *DAY, "--by", "ties"],
    ["rank", "SGP", *DAY, "--by", "visits"],
    ["rank", "USA", "--on", "1914-06-28"],
    ["partners", "VNM", *DAY, "--at-least", "comprehensive-strategic"],
    ["partners", "VNM", *DAY, "--exactly", "strategic", "--within", "ASEAN"],
    ["partners", "SGP", *DAY],
    ["show", "VNM", "SGP", *DAY],
    ["show", "VNM", "USA"],
    ["show", "USA", "FRA", "--on", "1803-04-30"],
    ["show", "VNM", "LAO", *DAY, "--known", "2030-01-01"],
    ["diff", "2025-03-10", "2025-03-12", "-w", "vietnam", "-w", "singapore"],
    ["diff", "2024-01-01", "2024-06-01", "--known-since", "2000-01-01", "--party", "SGP"],
    ["diff", "1913-01-01", "1914-01-01", "-w", "united_states"],
    ["events", "vietnam", "singapore", "--since", "2025-01-01"],
    ["events", "united_states", "--until", "1790-01-01"],
    ["panel", "--party", "SGP", "--years", "2024"],
    ["spells", "ties", "--party", "SGP", "--on", "2025"],
    ["spells", "level", "--party", "VNM", "--partner", "SGP", "--by-known", "-w", "vietnam"],
    ["spells", "missions", "--party", "VNM", "--partner", "Japan", "-w", "vietnam"],
    ["spells", "agreements", "--party", "SGP", "--known", "2030"],
    ["durations", "--start", "ties", "--event", "strategic", "--party", "SGP"],
    ["history", "VNM", "--years", "2008", "-w", "vietnam"],
    ["history", "SGP", "--days", "changes", "--known", "2025-12-31", "--clock", "published"],
    ["pace", "SGP", "--level", "strategic", "--group", "ASEAN", "--window", "2Y", *DAY],
    ["anniversaries", "2026", "--party", "SGP"],
    ["figures", "trade-turnover", "--party", "SGP", "--unit", "USD mn", "-w", "vietnam"],
    ["graph", "-w", "singapore", "--at-least", "strategic"],
    ["graph", "--party", "SGP", "--track", "visits", "--track", "agreements"],
    ["chart", "ladder", "SGP", *DAY],
    ["chart", "bump", "SGP", "--years", "2020-2024"],
    ["chart", "network", "-w", "singapore", "--track", "level", "--track", "ties"],
    ["chart", "matrix", "--within", "ASEAN", *DAY, "-w", "singapore", "-w", "groups"],
    ["datasets"],
    ["verify", "vietnam", "singapore", "--evidence"],
    ["verify", "vietnam", "--only", "refuted"],
)


@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_the_json_of_a_command_holds_what_its_text_holds(
    run: Run, args: list[str], lang: Literal["en", "vi"]
) -> None:
    text = run(*args, "--lang", lang)
    answer = json.loads(run(*args, "--lang", lang, "--json"))
    assert remains(text, answer, lang) == set()


@pytest.mark.parametrize("target", ["vietnam", "unsound"])
def test_the_json_of_check_holds_what_its_text_holds(run: Run, copy: Path, target: str) -> None:
    code = 0
    if target == "unsound":
        (copy / "claims.toml").write_bytes(b"")
        (copy / "events.jsonl").write_bytes(b"")
        target, code = str(copy), 1
    text = run("check", target, code=code)
    answer = json.loads(run("check", target, "--json", code=code))
    left = remains(re.sub(r":(?= )|: ?(?=\w)|\.(?=\s)", " ", text), _without_ends(answer), "en")
    assert left <= {"records", "no", "problems"}


def _without_ends(value: Any) -> Any:
    """Return an answer, without the marks between the parts of a problem."""
    if isinstance(value, dict):
        return {key: _without_ends(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_ends(item) for item in value]
    return re.sub(r":(?= )|: ?(?=\w)|\.(?=\s)", " ", value) if isinstance(value, str) else value


def test_the_json_of_a_store_holds_what_its_text_holds(run: Run, tmp_path: Path) -> None:
    path = str(tmp_path / "relations.db")
    run("store", "init", path)
    run("store", "import", path, "singapore")
    for args, labels in (
        (["store", "log", path, "--limit", "30"], {"position", "recorded", "stream", "event"}),
        (["store", "verify", path], {"records", "no", "problems", "head"}),
    ):
        assert remains(run(*args), json.loads(run(*args, "--json")), "en") <= labels


def test_a_fact_that_the_json_lacks_is_noticed() -> None:
    answer = {"name": "Singapore", "since": "2025-03-12", "rows": [{"position": 2}]}
    assert remains("2 Singapore 12 March 2025", answer, "en") == set()
    assert remains("3 Singapura 13 March 2025", answer, "en") == {
        "3", "singapura", "13", "march", "2025",
    }  # fmt: skip


def test_the_point_of_view_and_every_partner_are_in_the_json_of_a_ranking(run: Run) -> None:
    asked = ("rank", "VNM", *DAY, "--known", "2025-03-11", "--clock", "published", "--json")
    answer = json.loads(run(*asked, "--policy", "latest", "-w", "vietnam"))
    assert (answer["party"], answer["name"]) == ("VNM", "Vietnam")
    assert [answer[key] for key in ("on", "known", "clock", "policy")] == [
        "2025-03-12", "2025-03-11", "published", "latest",
    ]  # fmt: skip
    rows = {row["party"]: row for row in answer["rows"]}
    assert {rows[party]["block"] for party in ("KHM", "CUB", "LAO")} == {"special"}
    assert (rows["IDN"]["level"], rows["IDN"]["level_name"]) == (
        "comprehensive-strategic",
        "Comprehensive Strategic Partnership",
    )
    ranking = shipped("vietnam").replay("2025-03-12").ranking("VNM")
    assert {*rows} >= {*ranking.unknown, *ranking.special, *ranking.unranked}


def test_an_event_in_json_has_its_persons_kinds_and_sources(run: Run) -> None:
    rows = json.loads(
        run("events", "vietnam", "--dyad", "VNM", "SGP", "-t", "visit-made", "--json")
    )
    event = next(row for row in rows if row["on"] == "2013-09-11/2013-09-13")
    assert event["persons"] == [
        {"party": "SGP", "name": "Lee Hsien Loong", "offices": ["government:prime-minister"]}
    ]
    assert event["kind"] == "official"
    assert event["names"] == {"SGP": "Singapore", "VNM": "Vietnam"}
    assert {one["kind"] for one in event["sources"]} <= {"joint", "government", "agency", "press"}
    assert all(one["publisher"] and one["title"] for one in event["sources"])


def test_accounts_that_differ_are_in_the_json_of_a_relation(run: Run) -> None:
    log = shipped("vietnam")
    ids = {event.id for event in log.relation("VNM", "USA").events()}
    differing = ids & log.resolve().accounts.keys()
    events = json.loads(run("show", "VNM", "USA", "-w", "vietnam", "--json"))["events"]
    assert {row["id"] for row in events if row.get("accounts")} == differing

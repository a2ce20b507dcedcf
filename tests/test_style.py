"""Plain words: docstrings, comments, messages and pages have none of the habits dropped before.

A rule is a pattern and what to write instead. Code, the output of examples, the data and the notes
of streams are not looked at; nor are the pages that Sphinx makes, and the changelog with its old
names. `ALLOWED` has the few places where a pattern finds good English.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

ROOT: Final = Path(__file__).parents[1]
SOURCE: Final = sorted((ROOT / "src" / "diplorel").rglob("*.py"))
PAGES: Final = sorted(
    path
    for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    if "names" not in path.parts and path.name != "CHANGELOG.md"
)


class Rule(NamedTuple):
    """A habit: what finds it, and what is written instead."""

    pattern: str
    instead: str


ENGLISH: Final = {
    "is no Y": Rule(
        r"(?<![Tt]here )\b(?:is|are|was|were) no (?!longer\b|more\b|such\b|one\b|room\b|position\b"
        r"|harm\b|matter\b)\w",
        "is not a valid Y; is not a Y; is not found",
    ),
    "is none": Rule(r"(?<![Tt]here )\b(?:is|are) none\b", "is not a valid Y; is not found"),
    "names nobody": Rule(
        r"(?i)\b(?:names?|orders|separates|displaces|shows (?:it )?to) nobody\b|\bnobody else\b",
        "is not found; does not name a party",
    ),
    "told": Rule(r"(?i)\b(?:told|telling|tells?)\b(?!:)", "reported, states, account, differ"),
    "stands": Rule(
        r"(?i)\b(?:stands?|stood)\b(?! (?:for|out)\b|:)", "is, is in, is in force, is listed"
    ),
    "otherwise": Rule(
        r"(?i)\b(?:known|reported|dates?|dated|describes|counted|corrected|is|be|each|what|out"
        r"|handed on|says) otherwise\b",
        "differently, differs",
    ),
    "too": Rule(r",? too(?=[.;:)]|$)|, too,", "also, before the verb"),
    "act": Rule(r"\b(?:row an act|acts of one day|(?:two|several|all) acts)\b", "event"),
    "else of all days": Rule(r"\belse of all\b", "Default: …"),
    "invented words": Rule(
        r"\b(?:retold|loose(?:ly)? events?|teller|tellings|heirs?|settled states?)\b(?!:)",
        "duplicated, unordered, narrator, accounts, successor",
    ),
    "paid a visit": Rule(
        r"\bpaid .{1,40} a visit\b|\bmeeting of many\b", "visited …; multilateral meeting"
    ),
    "without the article": Rule(
        r"\b(?:of|with|by|in|from|to|and|between|for) (?:United (?:States|Kingdom)|Netherlands"
        r"|Philippines|Soviet Union|Czech Republic)\b",
        "the United States, the Philippines, …",
    ),
    "of which": Rule(
        r"\b(?:of|by|in|from|to|with|for|on|at) wh(?:ich|om)\b",
        "the noun first: the events whose dates …",
    ),
    "old sentences": Rule(
        r"There may be more: no stream|Last known only|Less exactly:|which is not none:"
        r"|cannot be taken apart|holds another for a state|raised their relations to the level"
        r"|Secretary of state\b",
        "the sentences of the guide",
    ),
}
"""Habits of English, with what is written instead."""

VIETNAMESE: Final = {
    "nâng … lên mức": Rule(
        r"nâng (?:cấp )?(?:quan hệ )?lên mức|hạ (?:quan hệ )?xuống mức",
        "nâng cấp quan hệ lên X; hạ cấp quan hệ xuống X",
    ),
    "làm mới": Rule(r"làm mới (?:khuôn khổ|quan hệ)", "làm sâu sắc khuôn khổ quan hệ"),
    "mức quan hệ": Rule(r"[Mm]ức quan hệ", "khuôn khổ quan hệ"),
    "chưa có hiệu lực": Rule(
        r"nhất trí về mức", "nhất trí về nguyên tắc nâng cấp lên X, chưa chính thức xác lập"
    ),
    "chỉ biết lần cuối": Rule(r"[Cc]hỉ biết lần cuối", "dữ liệu có thể chưa đầy đủ"),
    "kém chính xác hơn": Rule(r"[Kk]ém chính xác hơn", "X chỉ nêu năm …"),
    "theo lời của": Rule(r"[Tt]heo lời của", "nguyên văn X"),
    "nguồn nêu khác": Rule(r"[Cc]ó nguồn nêu khác", "có nguồn ghi khác (không áp dụng)"),
    "trưởng cơ quan": Rule(r"(?<!\w)[Tt]rưởng cơ quan đại diện", "người đứng đầu cơ quan đại diện"),
    "cao ủy": Rule(r"(?<!\w)cao ủy(?! quán)", "Cao ủy quán (a post)"),
    "gián đoạn": Rule(r"[Gg]ián đoạn", "tạm đình chỉ"),
    "số lần tăng": Rule(r"[Ss]ố lần tăng", "tăng gấp 4 lần"),
    "từ trong khoảng": Rule(r"[Tt]ừ trong khoảng|[Tt]ừ muộn nhất là", "trong khoảng; chậm nhất là"),
    "như chờ đợi": Rule(r"[Kk]hông như chờ đợi", "khác dự kiến"),
    "thăm cấp nhà nước": Rule(r"\(thăm cấp nhà nước\)", "thăm cấp Nhà nước tới …"),
}
"""Habits of Vietnamese, as the ministry and the agencies do not write."""

PYTHON_WORDS: Final = Rule(
    r"Value error|datetime\.date|\bWorld\.\w+\(|\bdr\.\w+", "the option or the cell, as it is typed"
)
"""What people who know no Python are not asked to read."""

ALLOWED: Final = frozenset(
    {
        # ties that were suspended or broken: one word for both
        ("src/diplorel/analysis/anniversary_words.py", "từng gián đoạn"),
        # words of Typer, which are taken out there
        ("src/diplorel/cli/usage.py", ": Value error, "),
    }
)
"""Places by page or module and a part of the text, where a pattern finds good English."""


class Passage(NamedTuple):
    """A text that people read, and where it begins."""

    path: Path
    line: int
    kind: str
    text: str


def _without_examples(text: str) -> str:
    """Return a docstring with empty lines in place of its examples and their output."""
    kept, is_example = [], False
    for line in text.split("\n"):
        is_example = line.lstrip().startswith(">>>") or (is_example and bool(line.strip()))
        kept.append("" if is_example else line)
    return "\n".join(kept)


def passages_of_source(path: Path, text: str) -> Iterator[Passage]:
    """Yield the docstrings, the comments and the other texts of a module."""
    tree = ast.parse(text)
    docstrings = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            is_doc = id(node) in docstrings
            if is_doc or " " in node.value:
                said = _without_examples(node.value) if is_doc else node.value
                yield Passage(path, node.lineno, "docstring" if is_doc else "message", said)
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield Passage(path, token.start[0], "comment", token.string)


_BREAK = re.compile(r"[ \t]*\n[ \t]*(?=\S)")
_CODE = re.compile(r"^(```|~~~).*?^\1$|`[^`\n]+`", re.MULTILINE | re.DOTALL)


def passage_of_page(path: Path, text: str) -> Passage:
    """Return the prose of a page, without its code."""
    prose = _CODE.sub(lambda code: "\n" * code[0].count("\n") or "x", text)
    return Passage(path, 1, "page", prose)


@cache
def passages() -> tuple[Passage, ...]:
    """Return every text of the source and the pages."""
    found = [
        passage
        for path in SOURCE
        for passage in passages_of_source(path, path.read_text(encoding="utf-8"))
    ]
    found += [passage_of_page(path, path.read_text(encoding="utf-8")) for path in PAGES]
    return tuple(found)


@cache
def _joined(text: str) -> str:
    """Return a text without its breaks of lines: each rule looks at the same texts."""
    return _BREAK.sub(" ", text)


def faults(rule: Rule, among: tuple[Passage, ...]) -> list[str]:
    """Return where a rule finds something, with the words around it."""
    pattern = re.compile(rule.pattern, re.MULTILINE)
    found = []
    for path, line, kind, text in among:
        said = _joined(text)
        for match in pattern.finditer(said):
            around = said[max(0, match.start() - 40) : match.end() + 30].replace("\n", " ")
            where = path.relative_to(ROOT).as_posix()
            if not any(where == page and part in around for page, part in ALLOWED):
                found.append(f"{where}:{line}: {kind}: … {around} …")
    return found


@pytest.mark.parametrize("habit", ENGLISH)
def test_no_text_has_a_habit_that_was_dropped(habit: str) -> None:
    rule = ENGLISH[habit]
    assert faults(rule, passages()) == [], f"write instead: {rule.instead}"


@pytest.mark.parametrize("habit", VIETNAMESE)
def test_vietnamese_is_written_as_the_ministry_writes(habit: str) -> None:
    rule = VIETNAMESE[habit]
    assert faults(rule, passages()) == [], f"write instead: {rule.instead}"


def test_the_command_line_speaks_to_people_who_know_no_python() -> None:
    among = tuple(
        passage
        for passage in passages()
        if passage.kind == "message" and "cli" in passage.path.parts
    )
    assert faults(PYTHON_WORDS, among) == []


@pytest.mark.parametrize(
    ("habit", "text"),
    [
        ("is no Y", "SGP is no side of it"),
        ("is none", "The policy is none."),
        ("told", "Which of several tellings is told"),
        ("stands", "IDN stands before SGP"),
        ("too", "Newspapers count, too."),
        ("otherwise", "a source that is dated\n    otherwise"),
        ("without the article", "trade with Netherlands"),
        ("of which", "events of which the dates are open"),
    ],
)
def test_a_rule_finds_the_habit_that_it_is_about(habit: str, text: str) -> None:
    assert len(faults(ENGLISH[habit], (Passage(ROOT / "x.md", 1, "page", text),))) >= 1


def test_code_and_the_output_of_examples_are_not_looked_at() -> None:
    page = passage_of_page(ROOT / "x.md", "`it stands`\n\n```pycon\n>>> 1\nit stands\n```\n")
    module = tuple(
        passages_of_source(ROOT / "x.py", '"""Do.\n\n>>> 1\nit stands\n"""\nX = 1  # it stood\n')
    )
    assert faults(ENGLISH["stands"], (page,)) == []
    assert faults(ENGLISH["stands"], module) == ["x.py:6: comment: … # it stood …"]

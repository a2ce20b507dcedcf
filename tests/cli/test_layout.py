"""Tables fit the width of a terminal, and no character of them is lost."""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from diplorel.cli import main
from diplorel.cli.output import clean
from diplorel.cli.table import fitted, fold, plain


def _tidy(text: str) -> str:
    return clean(" ".join(text.split()))


LETTERS = st.one_of(
    st.characters(codec="utf-8"), st.sampled_from("abc 123 -/ ếộ 日本 "), st.just(" ")
)
TEXTS = st.text(LETTERS, max_size=40).map(_tidy)
WORDS = st.lists(
    st.sampled_from(
        ("1913-09-10..1913-10-31", "Comprehensive", "Đối tác", "of", "日本", "a" * 50, "SGP-VNM/x")
    ),
    max_size=12,
).map(" ".join)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]], set[int], set[int]]:
    """Return a header, rows, and the columns that are numbers and ids."""
    columns = draw(st.integers(1, 7))
    cells = st.lists(TEXTS | WORDS, min_size=columns, max_size=columns)
    places = st.sets(st.integers(0, columns - 1))
    names = st.text(LETTERS, min_size=1, max_size=12).map(_tidy).filter(bool)
    header = draw(st.lists(names, min_size=columns, max_size=columns))
    return header, draw(st.lists(cells, max_size=8)), draw(places), draw(places)


def _letters(texts: list[str]) -> Counter[str]:
    return Counter("".join(texts).replace(" ", ""))


@given(tables(), st.integers(10, 200))
def test_a_table_that_fits_a_width_loses_nothing(
    table: tuple[list[str], list[list[str]], set[int], set[int]], width: int
) -> None:
    header, body, right, whole = table
    heads, lines = fitted(header, body, width, right=right, whole=whole)
    cells = [cell for row in body for cell in row]
    if heads:
        *labels, rule = heads
        assert set(rule) <= {"-", " "}
        assert _letters(labels) == _letters(header)
        assert _letters(lines) == _letters(cells)
        assert all(cell_len(line) <= width for line in [*heads, *lines])
    else:  # each field has its own line, with its label
        assert _letters(lines) == _letters([*cells, *header * len(body)])
        longest = max(map(cell_len, header)) + 2 + 20
        unbroken = {row[i] for row in body for i in {*right, *whole}}
        assert all(
            cell_len(line) <= max(width, longest) or any(line.endswith(one) for one in unbroken)
            for line in lines
        )
    for row in body:
        for i in {*right, *whole}:
            assert all(any(word in line for line in lines) for word in row[i].split(" "))


@given(TEXTS | WORDS, st.integers(2, 60))
def test_a_text_that_is_folded_keeps_its_letters_in_order(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


@given(tables())
def test_a_plain_table_has_one_line_a_row_with_its_cells_in_order(
    table: tuple[list[str], list[list[str]], set[int], set[int]],
) -> None:
    header, body, right, _ = table
    lines = plain(header, body, right)
    assert len(lines) == len(body) + 2
    for row, line in zip([header, *body], [lines[0], *lines[2:]], strict=True):
        assert re.fullmatch(r"\s*" + r"\s+".join(map(re.escape, filter(None, row))) + r"\s*", line)


def test_one_long_cell_does_not_push_the_other_rows_of_a_plain_table_aside() -> None:
    body = [["A", "1 June 2008", "x"] for _ in range(20)]
    body[3][1] = "between 10 September 1913 and 31 October 1913"
    header, rule, *lines = plain(["Id", "Reached", "Ties"], body)
    assert header == "Id  Reached      Ties"
    assert rule == "--  -----------  ----"
    assert lines[2] == "A   1 June 2008  x"
    assert lines[3] == "A   between 10 September 1913 and 31 October 1913  x"


def test_a_long_word_breaks_after_a_hyphen_or_a_slash() -> None:
    assert fold("the Vietnam-Singapore Park", 10) == ["the", "Vietnam-", "Singapore", "Park"]
    assert fold("a" * 12, 5) == ["aaaaa", "aaaaa", "aa"]
    assert fold("", 5) == [""]


# --- commands ------------------------------------------------------------------------------------


class Terminal(StringIO):
    """Text that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(monkeypatch: pytest.MonkeyPatch, width: int, *args: str) -> list[str]:
    """Return the lines that a command shows on a terminal."""
    screen = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        patch.setenv("COLUMNS", str(width))
        patch.setenv("NO_COLOR", "1")
        patch.setenv("TERM", "dumb")
        assert main([*args]) == 0
    return screen.getvalue().splitlines()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    "args",
    [
        ["rank", "VNM"],
        ["rank", "SGP"],
        ["rank", "USA"],
        ["rank", "VNM", "--by", "visits"],
        ["rank", "SGP", "--by", "ties"],
        ["partners", "VNM"],
        ["partners", "SGP"],
        ["diff", "2024-12-31", "2025-12-31"],
        ["diff", "1913-01-01", "1914-01-01", "-w", "united_states"],
        ["datasets"],
        ["spells", "level", "--party", "VNM", "--partner", "SGP", "-w", "vietnam"],
        ["durations", "--event", "strategic", "--party", "SGP"],
        ["history", "SGP", "--years", "2024"],
        ["pace", "SGP"],
        ["anniversaries", "2026", "--party", "SGP"],
        ["figures", "trade-turnover", "--party", "SGP", "-w", "vietnam"],
        ["graph", "--party", "SGP", "--on", "2025-03-12"],
    ],
    ids=" ".join,
)
def test_the_table_of_every_command_fits_a_terminal(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., str], args: list[str], lang: str
) -> None:
    text = run(*args, "--lang", lang).splitlines()
    rule = next(i for i, line in enumerate(text) if line and set(line) <= {"-", " "})
    around = {*text[: rule - 1], *(line for line in text if line.endswith("."))}
    said = Counter(" ".join(line for line in text[rule + 1 :]).split())
    for width in (80, 60):
        lines = _shown(monkeypatch, width, *args, "--lang", lang)
        assert all(cell_len(line) <= width for line in lines if line not in around)
        assert said <= Counter(" ".join(lines).split())


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["en", "vi"])
@pytest.mark.parametrize(
    "args",
    [
        ["show", "VNM", "USA"],
        ["show", "USA", "FRA", "--on", "1803-04-30"],
        ["rank", "VNM", "--explain", "SGP", "IDN"],
        ["verify", "vietnam"],
    ],
    ids=" ".join,
)
def test_sentences_break_between_words_on_a_terminal(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., str], args: list[str], lang: str
) -> None:
    lines = _shown(monkeypatch, 60, *args, "--lang", lang)
    assert " ".join(lines).split() == run(*args, "--lang", lang).split()
    assert all(cell_len(line) <= 60 for line in lines)
    assert any(line.startswith("    ") for line in lines)


@pytest.mark.slow
@pytest.mark.parametrize("target", ["vietnam", "singapore", "united_states"])
def test_events_are_shown_with_whole_ids(
    monkeypatch: pytest.MonkeyPatch, run: Callable[..., str], target: str
) -> None:
    asked = ("events", target, "--since", "1990-01-01")
    ids = [line.split()[0] for line in run(*asked).splitlines()[2:]]
    for width in (80, 40):
        lines = _shown(monkeypatch, width, *asked)
        shown = [line.split()[1] for line in lines if line.startswith("Event ")]
        assert (shown or [line.split()[0] for line in lines[2:] if line[0] != " "]) == ids

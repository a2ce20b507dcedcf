"""A page as Markdown: CommonMark with tables; no text of a stream is markup."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.text import visible
from diplorel.pages.environment import address
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from diplorel.model.dates import Language
    from diplorel.pages.content import (
        Changes,
        Claims,
        Content,
        Facts,
        Held,
        Picture,
        Sources,
        Standing,
        StandingRow,
        Story,
    )
    from diplorel.pages.parts import Cites, SourceLine

_SIGNIFICANT: Final = re.compile(r"[\\`*_{}\[\]()<>#+\-.!|~&@:=$^\"']")
"""What CommonMark, and its extensions for tables, mentions and formulas, may take for markup."""
_BARE: Final = frozenset("().,:'-&+=")
"""Signs that mean something at the beginning of a line or within an address only."""
_WEB: Final = re.compile(r"(?i)\b(https?|ftp|mailto|www)(?=[:.])")
_SIGNS: Final = {"supported": "✓", "refuted": "✗", "undecidable": "?", "contested": "≠"}


def to_markdown(content: Content) -> str:
    """Return a page as Markdown; the same content is the same text.

    Args:
        content: The page.
    """
    return "\n".join(_lines(content)) + "\n"


def escaped(text: str) -> str:
    r"""Return a text as one line without markup.

    >>> print(escaped("<b>a</b> *b* [c](javascript:d)"))
    &lt;b&gt;a&lt;/b&gt; \*b\* \[c\](javascript:d)
    """
    line = visible(" ".join(text.split()))
    signs = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
    made = _SIGNIFICANT.sub(
        lambda found: signs.get(found[0]) or (found[0] if found[0] in _BARE else f"\\{found[0]}"),
        line,
    )
    made = _WEB.sub(lambda found: f"{found[0]}&#8203;", made)  # a bare address would be a link
    return re.sub(r"^(\d+)([.)])|^([-+=:])", _at_the_beginning, made)


def _at_the_beginning(found: re.Match[str]) -> str:
    return f"{found[1]}\\{found[2]}" if found[1] else f"\\{found[3]}"


def _lines(content: Content) -> Iterator[str]:
    yield f"*{escaped(content.kicker)} · {escaped(content.stamp)}*"
    yield ""
    yield f"# {escaped(content.title)}"
    yield ""
    yield escaped(content.lead)
    yield ""
    for count in content.counts:
        yield f"* **{escaped(count.value)}** {escaped(count.text)}"
    yield ""
    for section in content.sections:
        yield f"## {escaped(section.title)}"
        yield ""
        if section.how:
            yield f"*{escaped(' '.join(section.how))}*"
            yield ""
        for block in section.blocks:
            yield from _WRITERS[block.kind](block, content.lang)
            yield ""
    yield escaped(content.footer)


def _cites(cites: Cites | None) -> str:
    if cites is None or not cites.numbers:
        return ""
    numbers = [str(one) for one in cites.numbers]
    if cites.more:
        numbers.append(f"+{cites.more}")
    return f" \\[{', '.join(numbers)}\\]"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _standing(block: Standing, lang: Language) -> Iterator[str]:
    if not block.groups:
        yield escaped(block.empty)
    keys = ("place", "partner", "since", "before", "ties")
    shown = keys if block.has_levels else ("place", "partner", "ties")
    for group in block.groups:
        note = f" ({group.note})" if group.note else ""
        yield f"### {escaped(group.title)} · {escaped(group.count)}{escaped(note)}"
        yield ""
        yield _row(escaped(word(key, lang)) for key in shown)
        yield _row("--:" if key == "place" else "---" for key in shown)
        for row in group.rows:
            cells = _cells(row, lang)
            yield _row(cells[key] for key in shown)
        yield ""


def _cells(row: StandingRow, lang: Language) -> dict[str, str]:
    also = f" ({word('also', lang, dates=row.also)})" if row.also else ""
    variant = f" · {row.variant}" if row.variant else ""
    return {
        "place": escaped(row.place),
        "partner": escaped(row.name + variant),
        "since": escaped(row.since + also) + _cites(row.cites),
        "before": escaped(row.before),
        "ties": escaped(row.ties) + _cites(row.ties_cites),
    }


def _picture(block: Picture, lang: Language) -> Iterator[str]:
    yield f"**{escaped(word('chart', lang))}.** {escaped(block.chart.alt)}"
    yield ""
    yield f"*{escaped(' '.join(block.chart.notes))}*"


def _changes(block: Changes, lang: Language) -> Iterator[str]:
    del lang
    if not block.lines:
        yield escaped(block.empty)
    for line in block.lines:
        levels = " → ".join(_held(one) for one in (line.before, line.after) if one is not None)
        who = f"**{escaped(line.who)}:** " if line.who else ""
        said = " ".join(one for one in (levels, escaped(line.says)) if one)
        yield f"* {escaped(line.when)}: {who}{said}{_cites(line.cites)}"
    if block.more:
        yield f"* {escaped(block.more)}"


def _held(held: Held) -> str:
    return escaped(held.text)


def _claims(block: Claims, lang: Language) -> Iterator[str]:
    if not block.counts:
        yield escaped(block.empty)
        return
    counts = ", ".join(
        f"{_SIGNS[verdict]} {count} {word(verdict, lang)}" for verdict, count in block.counts
    )
    yield f"{escaped(block.total)} {counts}"
    yield ""
    for row in block.rows:
        sign = f"**{_SIGNS[row.verdict]} {word(row.verdict, lang)}**"
        yield f"* {sign} {escaped(row.text)}{_cites(row.cites)} {escaped(row.why)}"
    if block.more:
        yield ""
        yield escaped(block.more)


def _facts(block: Facts, lang: Language) -> Iterator[str]:
    del lang
    if not block.facts and block.empty:
        yield escaped(block.empty)
    for fact in block.facts:
        said = "; ".join(escaped(text) + _cites(cites) for text, cites in fact.parts)
        note = f" {escaped(fact.note)}" if fact.note else ""
        yield f"* **{escaped(fact.term)}**: {said}{note}"


def _story(block: Story, lang: Language) -> Iterator[str]:
    del lang
    if not block.parts:
        yield escaped(block.empty)
    if block.more:
        yield escaped(block.more)
        yield ""
    for title, lines in block.parts:
        yield f"### {escaped(title)}"
        yield ""
        for line in lines:
            said = " ".join(escaped(text) + _cites(cites) for _, text, cites in line.parts)
            yield f"* **{escaped(line.when)}.** {said}"
        yield ""


def _sources(block: Sources, lang: Language) -> Iterator[str]:
    if not block.lines:
        yield escaped(block.empty)
    for line in block.lines:
        yield f"{line.number}. {_document(line)}"
    if block.further:
        yield ""
        yield f"### {escaped(word('further', lang))}"
        yield ""
    for fact in block.further:
        yield f"* {escaped(fact.about)} {'; '.join(map(_document, fact.sources))}"


def _document(line: SourceLine) -> str:
    url, title = address(line.url), escaped(line.title)
    shown = f"[{title}](<{_in_brackets(url)}>)" if url else f"*{title}*"
    return f"{escaped(line.publisher)}: {shown}, {escaped(line.dated)}"


def _in_brackets(url: str) -> str:
    """Return an address that cannot end the brackets around it."""
    codes = {"<": "%3C", ">": "%3E", "\\": "%5C", "`": "%60", '"': "%22"}
    return "".join(codes.get(one, one) for one in url)


_WRITERS: Final[dict[str, Callable[[Any, Language], Iterator[str]]]] = {
    "standing": _standing,
    "picture": _picture,
    "changes": _changes,
    "claims": _claims,
    "facts": _facts,
    "story": _story,
    "sources": _sources,
}

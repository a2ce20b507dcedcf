"""How a list, a citation, a person or a wording is written in one cell.

======================= ======================================================================
several of anything     ``one; another``
citation                ``source (where) [date] "wording"``; only the source is required
person                  ``Name (VNM, party:general-secretary)``, or ``(VNM, state:president)``
wording                 ``VNM en: Comprehensive Partnership``
text in a language      ``en: Joint Statement``
======================= ======================================================================

Anything in double quotes is taken as it is, with a double quote in it written twice. So is a
whole cell: quotes keep spaces at its ends, or a word such as "NaN" that a program may have left.

The functions here go between such text and the plain data of `diplorel.model.events.plain`.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    Find = Callable[[str], str]
    """From whatever names a party to its id."""

T = TypeVar("T")
_QUOTED: Final = re.compile(r'"(?:[^"]|"")*"', re.DOTALL)
_WORD: Final = re.compile(r'[^\s()\[\]";,:“”]+')
_LOST: Final = re.compile(
    r"#(?:N/?A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|UNKNOWN!"
    r"|BUSY!|PYTHON!|EXTERNAL!|TIMEOUT!|GETTING_DATA|#+)|Err:\d{3}|nan|NaN|NAN"
)
_SOURCE: Final = re.compile(r'[^\s()\[\]";,“”]+')
_AFTER: Final = "[" + bytes(range(0x80, 0xC0)).decode("cp1252", "ignore") + "]"
_SPOILT: Final = re.compile(f"\ufffd|Ã{_AFTER}|á[º»]{_AFTER}|Ä\u2018|Æ[°¡]")
"""What UTF-8 looks like when it is read in Windows code page 1252."""
_UNWRITTEN: Final = re.compile(r"\?(?<=[^\W\d_]\?)(?=[^\W\d_])")
"""What a code page that lacks a letter makes of it: ``Vi?t Nam``."""
NONE: Final = "none"
_IN_LIST: Final = '";'
_IN_PERSON: Final = '";,()'
QUOTES: Final = "\"'\u2018\u2019\u201c\u201d\u201e\u201f"
YEAR_LIMIT: Final = 2200
"""A bare number from here on is taken for a spreadsheet's own number of a day, not for a year."""


class NotationError(ValueError):
    """A cell, or a part of one, is not written as its column needs it.

    Attributes:
        hint: What to do.
        code: The code of the problem; empty where the kind of the column decides it.
    """

    def __init__(self, message: str, hint: str = "", code: str = "") -> None:
        self.hint = hint
        self.code = code
        super().__init__(message)

    @property
    def errors(self) -> tuple[NotationError, ...]:
        """This one, as `CellError` has several."""
        return (self,)

    @property
    def sound(self) -> tuple[Any, ...]:
        """Nothing of the cell can be read."""
        return ()


class CellError(ValueError):
    """Some parts of a cell are not written as its column needs them.

    Attributes:
        errors: What is wrong, each thing once.
        sound: What the other parts say.
    """

    def __init__(self, errors: Iterable[NotationError], sound: Iterable[Any]) -> None:
        self.errors = tuple({str(error): error for error in errors}.values())
        self.sound = tuple(sound)
        super().__init__("; ".join(map(str, self.errors)))


def read_each(parts: Iterable[str], read: Callable[[str], T]) -> list[T]:
    """Return what the parts of a cell say.

    Raises:
        CellError: Some cannot be read. It has what is wrong with each of them.
    """
    sound: list[T] = []
    errors: list[NotationError] = []
    for part in parts:
        try:
            sound.append(read(part))
        except NotationError as error:
            errors.append(error)
    if errors:
        raise CellError(errors, sound)
    return sound


# --- quotes --------------------------------------------------------------------------------------


def quoted(text: str) -> str:
    """Return a text in double quotes."""
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def unquoted(text: str) -> str:
    """Return what is in double quotes; a text that is not in them as it is."""
    if _QUOTED.fullmatch(text):
        return text[1:-1].replace('""', '"')
    return text


def is_quoted(text: str) -> bool:
    """Say whether a whole text is in double quotes."""
    return _QUOTED.fullmatch(text) is not None


def lost(text: str) -> bool:
    """Say whether a program left this where it had no value: ``#N/A``, ``NaN``."""
    return _LOST.fullmatch(text) is not None


def spoilt(text: str) -> bool:
    """Say whether letters were lost, or UTF-8 was read in a Windows code page.

    What is in double quotes is taken as it is. An address may have a question mark within.
    """
    bare = _QUOTED.sub("", text) if '"' in text else text
    if _SPOILT.search(bare):
        return True
    return "?" in bare and "://" not in bare and _UNWRITTEN.search(bare) is not None


def mended(text: str) -> str:
    """Return what a text was before it was read in Windows code page 1252; nothing if unknown."""
    try:
        found = text.encode("cp1252").decode()
    except UnicodeError:
        return ""
    return "" if found == text else found


def _within(text: str, special: str) -> str:
    """Return a text as a part of a cell: in quotes where it would not be read as it is."""
    return quoted(text) if any(char in special for char in text) else write_text(text)


def write_text(text: str) -> str:
    """Return the cell of a text."""
    if text != tidy(text) or not text or text[0] == '"' or lost(text) or spoilt(text):
        return quoted(text)
    return text


def tidy(cell: str) -> str:
    """Return a cell without the spaces around it, of whatever kind."""
    return cell.strip(
        " \t\r\n\f\v\x1c\x1d\x1e\x1f\x85\xa0\u2007\u202f\u200b\u200e\u200f\ufeff\u3000"
    )


def write_date(text: str) -> str:
    """Return the cell of a date: in quotes where it would be taken for a number of days."""
    return quoted(text) if text.isdigit() and int(text) >= YEAR_LIMIT else text


# --- lists ---------------------------------------------------------------------------------------


def split(cell: str, separator: str = ";") -> list[str]:
    """Return the parts of a cell, without those that are empty.

    Raises:
        NotationError: A double quote is not closed.
    """
    parts: list[str] = []
    start = at = 0
    fresh = True  # a quote only begins where a word can begin: 6" is six inches
    while at < len(cell):
        char = cell[at]
        if char == '"' and fresh:
            match = _QUOTED.match(cell, at)
            if match is None:
                raise NotationError(
                    f"a double quote is not closed in {cell!r}",
                    "Close it, or write it twice within double quotes",
                )
            at, fresh = match.end(), False
            continue
        if char == separator:
            parts.append(cell[start:at])
            start = at + 1
        fresh = char.isspace() or char in "([:,;"
        at += 1
    parts.append(cell[start:])
    return [part for part in map(tidy, parts) if part]


def write_list(items: Iterable[str]) -> str:
    """Return the cell of a list of texts; ``none`` where there are none to write."""
    found = [quoted(item) if item == NONE else _within(item, _IN_LIST) for item in items]
    return "; ".join(found) or NONE


def read_list(cell: str) -> list[str]:
    """Return the texts of a list."""
    return [] if cell == NONE else [unquoted(part) for part in split(cell)]


# --- texts in languages, wordings ----------------------------------------------------------------


def _head(text: str, count: int, form: str) -> tuple[list[str], str]:
    """Return the words before a colon, and what follows it."""
    words: list[str] = []
    at = 0
    for _ in range(count):
        match = _QUOTED.match(text, at) or _WORD.match(text, at)
        if match is None:
            raise NotationError(f"expected {form}, got {text!r}")
        words.append(unquoted(match[0]))
        at = match.end()
        while text[at : at + 1].isspace():
            at += 1
    if text[at : at + 1] != ":":
        raise NotationError(f"expected {form}, got {text!r}")
    return words, unquoted(tidy(text[at + 1 :]))


def _word(text: str) -> str:
    return write_text(text) if _WORD.fullmatch(text) else quoted(text)


def write_texts(texts: dict[str, str]) -> str:
    """Return the cell of texts by language."""
    return "; ".join(f"{_word(lang)}: {_within(text, _IN_LIST)}" for lang, text in texts.items())


def read_texts(cell: str) -> dict[str, str]:
    """Return the texts by language."""
    found: dict[str, str] = {}

    def read(part: str) -> None:
        (lang,), text = _head(part, 1, "a language and a text such as 'en: Joint Statement'")
        if lang in found:
            raise NotationError(f"the language {lang!r} occurs twice in {cell!r}", "Take one out")
        found[lang] = text

    read_each(split(cell), read)
    return found


def write_wordings(wordings: Iterable[dict[str, Any]]) -> str:
    """Return the cell of what the sides call something."""
    return "; ".join(
        f"{_word(one['party'])} {_word(one['lang'])}: {_within(one['text'], _IN_LIST)}"
        for one in wordings
    )


def read_wordings(cell: str, find: Find) -> list[dict[str, Any]]:
    """Return what the sides call something."""

    def read(part: str) -> dict[str, Any]:
        form = "a side, a language and its words such as 'VNM en: Comprehensive Partnership'"
        (party, lang), text = _head(part, 2, form)
        return {"party": find(party), "lang": lang, "text": text}

    return read_each(split(cell), read)


# --- persons -------------------------------------------------------------------------------------


def write_persons(persons: Iterable[dict[str, Any]]) -> str:
    """Return the cell of those who took part."""
    found = []
    for one in persons:
        held = ", ".join(
            _within(item, _IN_PERSON) for item in (one["party"], *one.get("offices", ()))
        )
        name = one.get("name")
        found.append(f"({held})" if name is None else f"{_within(name, _IN_PERSON)} ({held})")
    return "; ".join(found)


def read_persons(cell: str, find: Find) -> list[dict[str, Any]]:
    """Return those who took part."""
    return read_each(split(cell), lambda part: _person(part, find))


def _person(part: str, find: Find) -> dict[str, Any]:
    match = _QUOTED.match(part)
    name = match[0] if match else part.partition("(")[0]
    held = tidy(part[len(name) :])
    inside = split(held[1:-1], ",") if held[:1] == "(" and held[-1:] == ")" else []
    if not inside:
        raise NotationError(
            "expected a person such as 'Lee Hsien Loong (SGP, government:prime-minister)', "
            f"got {part!r}",
            "Whose side comes first in the parentheses",
        )
    party, *offices = map(unquoted, inside)
    one: dict[str, Any] = {"party": find(party)}
    if tidy(name):
        one["name"] = unquoted(tidy(name))
    if offices:
        one["offices"] = offices
    return one


# --- citations -----------------------------------------------------------------------------------

_LOCATOR: Final = re.compile(r'\(\s*("(?:[^"]|"")*"|[^()"]*)\s*\)')
_DATE: Final = re.compile(r"\[([^\[\]]*)\]")


def write_citations(citations: Iterable[dict[str, Any]]) -> str:
    """Return the cell of citations."""
    found = []
    for one in citations:
        source = one["source"]
        parts = [write_text(source) if _SOURCE.fullmatch(source) else quoted(source)]
        if "locator" in one:
            parts.append(f"({_within(one['locator'], _IN_PERSON)})")
        if "on" in one:
            parts.append(one["on"] if one["on"].startswith("[") else f"[{write_date(one['on'])}]")
        if "text" in one:
            parts.append(quoted(one["text"]))
        found.append(" ".join(parts))
    return "; ".join(found)


def read_citations(cell: str, date: Callable[[str], str]) -> list[dict[str, Any]]:
    """Return the citations."""
    return read_each(split(cell), lambda part: _citation(part, date))


def _citation(part: str, date: Callable[[str], str]) -> dict[str, Any]:
    first = _QUOTED.match(part) or _SOURCE.match(part)
    if first is None:
        raise _no_citation(part)
    one = {"source": unquoted(first[0])}
    rest = part[first.end() :].lstrip()
    while rest:
        if (match := _LOCATOR.match(rest)) and "locator" not in one:
            one["locator"] = unquoted(tidy(match[1]))
        elif (match := _DATE.match(rest)) and "on" not in one:
            one["on"] = match[0] if ".." in match[1] else date(tidy(match[1]))
        elif (match := _QUOTED.match(rest)) and "text" not in one:
            one["text"] = unquoted(match[0])
        else:
            raise _no_citation(part)
        rest = rest[match.end() :].lstrip()
    return one


def _no_citation(part: str) -> NotationError:
    hint = "Give the source's id in the bibliography, or describe it in source_title and so on"
    form = "expected a citation such as 'source', 'source (p. 3)' or 'source [2013-09] \"words\"'"
    return NotationError(f"{form}, got {part!r}", hint)


# --- what a spreadsheet would change -------------------------------------------------------------

_CHANGED: Final = re.compile(
    r"'*(?:"
    r"[=+\-@\t\r].*"  # a formula
    r"|(?!\d+\Z)\d[\d.,:/ \-]*"  # a date, a time, a fraction, a decimal
    r"|0\d+|\d{12,}|\d+[eE]\d+"  # numbers that lose digits
    r"|(?:\d{1,4}[ \-/.]?)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
    r"(?:[ \-/.,]*\d{1,4}){0,2}"
    r"|true|false)",
    re.IGNORECASE | re.DOTALL | re.ASCII,
)


def guarded(cell: str) -> str:
    """Return a cell with an apostrophe before what a spreadsheet would compute or rewrite."""
    return f"'{cell}" if _CHANGED.fullmatch(cell) else cell


def kept(cell: str) -> str:
    """Return a cell with an apostrophe only where `bare` would take one away, or a formula begins.

    For programs that rewrite nothing, where all other cells can stay as they are.
    """
    return guarded(cell) if cell[:1] in ("=", "'") else cell


def bare(cell: str) -> str:
    """Return a cell without the apostrophe that `guarded` set, and no other."""
    return cell[1:] if cell[:1] == "'" and _CHANGED.fullmatch(cell[1:]) else cell


def write_json(value: Any) -> str:
    """Return the cell of a value that has no notation: a track of your own may have some."""
    return json.dumps(value, ensure_ascii=False)


def read_json(cell: str) -> Any:
    """Return the value of such a cell."""
    try:
        return json.loads(cell)
    except (ValueError, RecursionError):
        raise NotationError(f"expected JSON, got {cell!r}") from None


_NUMBER: Final = re.compile(r"[+-]?\d+(?:\.\d+)?", re.ASCII)


def write_number(text: str) -> str:
    """Return the cell of a number: in quotes where it is not written in plain digits."""
    return text if is_number(text) else quoted(text)


def is_number(text: str) -> bool:
    """Say whether a text is a number in plain digits, such as ``9.15``."""
    return _NUMBER.fullmatch(text) is not None

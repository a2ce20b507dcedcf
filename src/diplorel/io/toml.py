"""TOML for what people write about a stream, with the line of each entry and key.

The standard library reads TOML and gives no positions, so the headers ``[[source]]`` are counted in
the text; where that count cannot be trusted, a message names the entry by its number instead.
A bibliography is thousands of lines of one form, which `_plain_lines` reads ten times as quickly.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel.errors import Problem
from diplorel.io.composed import find_decomposed
from diplorel.io.limits import DEPTH, KEY_PARTS, KEYS, TOML_PARSED_BYTES, oversize, shown

if TYPE_CHECKING:
    from collections.abc import Mapping


_PLAIN: Final = re.compile(
    r"^(?:\[\[([A-Za-z0-9_-]+)\]\]"  # the header of an entry
    r'|([A-Za-z0-9_-]+) = "([^"\\\x00-\x1f\x7f]*)"'  # a text without escapes
    r"|(?:#[^\x00-\x08\x0a-\x1f\x7f]*)?)\n",  # a comment, or nothing
    re.MULTILINE,
)
_HEADER: Final = re.compile(r"\s*\[\[\s*([^\s\[\]]+)\s*\]\]\s*(?:#.*)?")
_PART: Final = r"""[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\[^\n])*"|'[^'\n]*'"""
_TOKEN: Final = re.compile(
    r'"""(?:[^\\]|\\.)*?"""'
    r"|'''.*?'''"
    r"|#[^\n]*"
    rf"|(?P<key>(?:{_PART})(?:[ \t]*\.[ \t]*(?:{_PART})){{{KEY_PARTS},}})"
    rf"|{_PART}",
    re.DOTALL,
)
"""What can have a full stop in it: texts, comments, and a key of more parts than are taken."""


@attrs.frozen
class Document:
    """A TOML file: its data, and the lines of its tables.

    Attributes:
        path: Its name within the stream's folder.
        data: What it says.
        text: Its text.
    """

    path: str
    data: Mapping[str, Any]
    text: str = ""

    @cached_property
    def lines(self) -> list[str]:
        """Its text, line by line."""
        return self.text.split("\n")

    @cached_property
    def _headers(self) -> dict[str, list[int]]:
        """The lines, from 0, of the headers ``[[table]]``, by the name of the table."""
        found: dict[str, list[int]] = {}
        for number, text in enumerate(self.lines):
            header = _HEADER.fullmatch(text)
            if header:
                found.setdefault(header[1], []).append(number)
        return found

    def line(self, table: str, place: int, key: str = "", inner: int = 0) -> int | None:
        """Return the line of the entry *place* (from 0) of ``[[table]]``, or of a key within it.

        Where the key is a list of tables, the line is that of its table *inner* (from 0), as far
        as it has a header ``[[table.key]]``. None where the headers in the text are not as many as
        the entries.
        """
        lines = self.lines
        starts = self._headers.get(table, [])
        if len(starts) != len(self.data[table]):
            return None
        if key:
            wanted = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*[=.]")
            for number in range(starts[place] + 1, len(lines)):
                if wanted.match(lines[number]):
                    return number + 1
                if lines[number].lstrip().startswith("["):
                    break
            end = starts[place + 1] if place + 1 < len(starts) else len(lines)
            within = self._headers.get(f"{table}.{key}", [])
            first = bisect_right(within, starts[place])
            if first + inner < bisect_right(within, end):
                return within[first + inner] + 1
        return starts[place] + 1


def parse_toml(path: str, content: bytes) -> Document | Problem:
    """Return a TOML file's content, or the one problem that keeps it from being read."""
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Problem(
            code="DR111",
            path=path,
            line=line,
            message=f"byte 0x{content[error.start]:02x} is not UTF-8",
            hint="Save the file as UTF-8, not in a Windows code page",
        )
    if text.startswith("\ufeff"):
        return Problem(
            code="DR111",
            path=path,
            line=1,
            message="the file begins with a byte order mark",
            hint="Save it as UTF-8 without one",
        )
    for problem in find_decomposed(path, text):
        return problem  # the first will do: one conversion mends them all
    data = _plain_lines(text)
    if data is not None:
        return _measured(path, data, text, is_plain=True)
    large = _too_much_to_parse(path, text)
    if large is not None:
        return large
    import tomllib  # noqa: PLC0415  few files need all of TOML

    try:
        return _measured(path, tomllib.loads(text), text)
    except RecursionError:
        return Problem(
            code="DR113",
            path=path,
            message=f"lists or tables within one another, more than {DEPTH} deep",
        )
    except ValueError as error:  # a number of 5,000 digits is a bare one
        found = re.search(r"line (\d+)", str(error))
        return Problem(
            code="DR112",
            path=path,
            line=int(found[1]) if found else None,
            message=shown(f"the file is not TOML: {error}"),
        )


def _measured(
    path: str, data: dict[str, Any], text: str, *, is_plain: bool = False
) -> Document | Problem:
    """Return the document; of one that is larger than a reader takes, the problem.

    Plain lines have nothing within an entry.
    """
    values = [one for value in data.values() for one in (value if _tables(value) else [value])]
    keys = max([len(data), *(len(one) for one in values if isinstance(one, dict))])
    large = f"{keys:,} keys in one table, expected at most {KEYS}" if keys > KEYS else ""
    if not is_plain:
        large = large or next(filter(None, (oversize(one) for one in values)), "")
    return Problem(code="DR113", path=path, message=large) if large else Document(path, data, text)


def _too_much_to_parse(path: str, text: str) -> Problem | None:
    """Return what keeps a text from the parser, which would take very long over it.

    For a dotted key, the parser walks all its parts for each part.
    """
    if len(text) > TOML_PARSED_BYTES:
        return Problem(
            code="DR113",
            path=path,
            message=f"a TOML file of more than {TOML_PARSED_BYTES:,} characters "
            "has more in it than headers [[...]], keys with plain texts and comments",
            hint="Write its entries so, or as several streams",
        )
    for token in _TOKEN.finditer(text):
        if token["key"]:
            return Problem(
                code="DR113",
                path=path,
                line=text.count("\n", 0, token.start()) + 1,
                message=f"a dotted key has more than {KEY_PARTS} parts",
            )
    return None


def _plain_lines(text: str) -> dict[str, Any] | None:
    """Return what a file of plain lines says: headers ``[[a]]``, keys with plain texts, comments.

    None where it has anything else, or a key or table twice over: then only a parser can say.
    """
    lines = _PLAIN.findall(text)
    if len(lines) != text.count("\n") or not text.endswith("\n"):
        return None
    data: dict[str, Any] = {}
    entry = data
    tables: dict[str, list[dict[str, Any]]] = {}
    for table, key, value in lines:
        if key:
            if key in entry:
                return None
            entry[key] = value
        elif table:
            if table not in tables:
                if table in data:
                    return None
                data[table] = tables[table] = []
            entry = {}
            tables[table].append(entry)
    return data


def dumps_toml(data: Mapping[str, Any]) -> str:
    """Return plain data as TOML: keys first, then tables and lists of tables, in their order."""
    out = [f"{_key(key)} = {_value(value)}" for key, value in data.items() if not _tables(value)]
    for key, value in data.items():
        if _tables(value):
            for entry in value:
                out += ["", f"[[{_key(key)}]]", *_entry(key, entry)]
    return "\n".join(out).lstrip("\n") + "\n"


def _entry(name: str, entry: Mapping[str, Any]) -> list[str]:
    lines = [f"{_key(key)} = {_value(value)}" for key, value in entry.items() if not _tables(value)]
    for key, value in entry.items():
        if _tables(value):
            for inner in value:
                lines += [f"[[{name}.{_key(key)}]]", *_entry(f"{name}.{key}", inner)]
    return lines


def _tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        # a JSON string is a basic string of TOML, but for the delete character
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items()) + " }"
    return "[" + ", ".join(_value(one) for one in value) + "]"


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else _value(key)

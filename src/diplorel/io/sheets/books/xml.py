"""Parts of a workbook as XML: well-formed, without a document type, and nothing expanded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from diplorel.io.sheets.books.marks import damaged

if TYPE_CHECKING:
    from collections.abc import Callable

    Start = Callable[[str, dict[str, str]], None]
    End = Callable[[str], None]


class _Names(dict[str, str]):
    """The local names of elements and attributes."""

    def __missing__(self, name: str) -> str:
        found = self[name] = name.rpartition(" ")[2]
        return found


def parse(
    part: str,
    data: bytes,
    start: Start,
    end: End | None = None,
    text: Callable[[str], None] | None = None,
    *,
    root: str,
) -> None:
    """Give each element of a part to *start* and *end*, by their names without a namespace.

    Args:
        part: The name of the part, for messages.
        data: Its content.
        start: Is given the name of each element and its attributes.
        end: Is given the name of each element that ends.
        text: Is given the text in between.
        root: The name that the outermost element must have.

    Raises:
        BookError: The part is not well-formed, is another part, or has a document type: an entity
            in it could stand for more text than there is room.
    """
    names = _Names()
    seen = False

    def begin(name: str, given: dict[str, str]) -> None:
        nonlocal seen
        local = names[name]
        if not seen:
            seen = True
            if local != root:
                raise damaged(f"{part} begins with {local[:40]!r}, expected {root!r}")
        start(local, {names[key]: value for key, value in given.items()} if given else given)

    def refuse(*_: Any) -> None:
        raise damaged(f"{part} has a document type, which no workbook needs")

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = begin
    if end is not None:
        parser.EndElementHandler = lambda name: end(names[name])
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        raise damaged(f"{part} is broken off or no XML ({reason})") from None
    except (ValueError, LookupError) as error:  # an encoding that nobody knows
        raise damaged(f"{part} cannot be read ({error})") from None

"""What is said of a table that cannot be read: it may come from others, and be damaged."""

from __future__ import annotations

from diplorel._message import Message
from diplorel.errors import InvalidQueryError


def unreadable(said: object) -> InvalidQueryError:
    """Return the error of a table that an engine or a reader cannot read.

    Args:
        said: What it says; of several lines, the first.
    """
    if not isinstance(said, Message):
        said = str(said).strip().split("\n", maxsplit=1)[0]
    return InvalidQueryError(
        "the table of events cannot be read: {said}. If a file of it is damaged, write it again",
        said=said,
    )

"""What a store gives: its head, its records with their positions, what an append did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel.errors import InvalidQueryError, Problem
from diplorel.model.records import Record

if TYPE_CHECKING:
    from typing import Self

Validate: TypeAlias = Literal["strict", "report", "off"]
"""What an append does with events that contradict the state before them."""

_HEAD: Final = re.compile(r"(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,18})\.([0-9a-f]{64})", re.ASCII)


@attrs.frozen
class Head:
    """How far a store has come, and the proof of everything up to there.

    Two stores of one head hold the same records in the same order. Publish ``str(head)``, and
    `Store.verify` can say later whether the store still holds what it held then.

    Attributes:
        position: The position of the last record; 0 where there is none.
        references: How many entries of reference data there are.
        digest: The SHA-256 over the last hash of both chains, as 64 hexadecimal digits.

    >>> head = Head.parse("2.0." + "ab" * 32)
    >>> head.position, str(head) == "2.0." + "ab" * 32
    (2, True)
    """

    position: int
    references: int
    digest: str

    def __str__(self) -> str:
        return f"{self.position}.{self.references}.{self.digest}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Return the head that ``str()`` wrote.

        Raises:
            InvalidQueryError: It is no head.
        """
        match = _HEAD.fullmatch(text) if isinstance(text, str) else None
        if match is None:
            raise InvalidQueryError(
                "{text!r} is no head: expected what str(store.head) gives, two counts and 64 "
                "hexadecimal digits with dots between",
                text=text,
            )
        return cls(int(match[1]), int(match[2]), match[3])


@attrs.frozen
class Stored:
    """A record with its place in a store.

    Attributes:
        position: Its position, counted from 1 without gaps, in the order of appending.
        record: The record.
    """

    position: int
    record: Record


@attrs.frozen(kw_only=True)
class Appended:
    """What an append did.

    Attributes:
        head: The head of the store after it.
        stored: The records that are new, in the order given, with their positions.
        known: Those that the store held already, word for word; nothing happened to them.
        problems: With ``validate="report"``, what contradicts the state before it and was let in.
    """

    head: Head
    stored: tuple[Stored, ...] = ()
    known: tuple[Stored, ...] = ()
    problems: tuple[Problem, ...] = ()

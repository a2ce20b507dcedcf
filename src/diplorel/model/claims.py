"""A claim: what a source says about the whole, not about one event.

The kinds of claims, and how each is looked up in a replay, are in `diplorel.claims`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Final

import attrs

from diplorel.errors import InvalidEventError
from diplorel.model.converters import event_date, slug
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Text, in_language, texts
from diplorel.model.text import normalise


class Verdict(StrEnum):
    """What the stream makes of a claim."""

    SUPPORTED = "supported"
    """What is recorded bears it out, whatever the open dates turn out to be."""
    REFUTED = "refuted"
    """What is recorded contradicts it, whatever the open dates turn out to be."""
    CONTESTED = "contested"
    """Sources differ, and so does the answer that follows from each."""
    UNDECIDABLE = "undecidable"
    """What is recorded does not go so far; the finding says what is missing."""


_HEAD: Final = frozenset({"id", "on", "source", "text", "stream", "expect", "error", "note"})
NEEDED: Final = ("id", "source", "text")
"""What a claim of a stream has beside what its class demands."""


def _shown(value: object) -> str:
    return value.text if isinstance(value, PartialDate) else str(value)


def _day(value: str | PartialDate) -> PartialDate:
    day = event_date(value)
    if day.lo != day.hi:
        raise InvalidEventError(
            f"on: a claim is about the world of one day, and {day.text!r} leaves it open. Give "
            "the day that the source speaks of, or the day of its publication"
        )
    return day


def _key(value: str) -> str:
    return value if value == "" else slug(value)


def _expected(value: Verdict | str | None) -> Verdict | None:
    return None if value is None else Verdict(value)


@attrs.frozen(kw_only=True)
class Claim:
    """A checkable statement that a source makes about the whole.

    A claim of a stream has an id, a source and a text. One that is only asked of a log
    (`EventLog.verify`) needs none of them.

    Attributes:
        id: Its key within the stream; empty where it belongs to none.
        on: The day whose world it is about.
        source: The id of the source that makes it; None where nobody but you does.
        text: The statement in our own words, by language.
        stream: The stream that brings it; reading a stream's folder fills it in.
        expect: The verdict that is expected; None expects that it is not refuted.
        error: Why the source itself is mistaken, where it is; then the claim is expected to stay
            refuted. With ``undecidable`` as the verdict that is expected, this stream alone cannot
            show the mistake, and another may.
        note: A remark for readers.
    """

    kind: ClassVar[str] = "claim"

    id: str = attrs.field(default="", converter=_key)
    on: PartialDate = attrs.field(converter=_day)
    source: str | None = None
    text: tuple[Text, ...] = attrs.field(default=(), converter=texts)
    stream: str | None = None
    expect: Verdict | None = attrs.field(default=None, converter=_expected)
    error: str | None = None
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        normalise(self)
        self._check()

    def _check(self) -> None:
        shown = (None, Verdict.REFUTED, Verdict.UNDECIDABLE)
        if self.error is not None and self.expect not in shown:
            raise InvalidEventError(
                "expect: a claim with an error is expected to stay refuted, or to be undecidable "
                f"where this stream alone cannot show it, not {self.expect}"
            )

    def statement(self, lang: str = "en") -> str:
        """Return the statement in *lang*, else in English; without a text, its id or its fields."""
        return in_language(self.text, lang) or self.id or self._fields()

    def _fields(self) -> str:
        """Return what it claims, field by field, as no text says it."""
        said = []
        for field in attrs.fields(type(self)):
            value = getattr(self, field.name)
            if field.name not in _HEAD and value != field.default:
                listed = value if isinstance(value, tuple) else (value,)
                said.append(f"{field.name} {', '.join(map(_shown, listed))}")
        return f"{self.kind} on {self.on.text}: {'; '.join(said)}"

    def expects(self, verdict: Verdict) -> bool:
        """Say whether *verdict* is what the claim expects; one of no stream expects nothing."""
        if self.error is not None:
            return verdict in (Verdict.REFUTED, self.expect)
        if self.expect is None:
            return not self.id or verdict is not Verdict.REFUTED
        return verdict is self.expect

"""What can go wrong, in two kinds.

A bad *call* raises one exception of this module, which also subclasses the builtin that a caller
would catch anyway. Bad *data* yields a `Problem` for each thing that is wrong, all at once.

>>> import diplorel as dr
>>> try:
...     dr.party("Vietnm")
... except LookupError as error:
...     print(type(error).__name__, error.suggestions[0])
UnknownPartyError Vietnam
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

import attrs

from diplorel._alike import Lookalikes
from diplorel._message import Message, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.io.sheets.sheet import Sheet
    from diplorel.model.records import Record
    from diplorel.stores.values import Head, Stored


_LETTERS = 20
"""How many letters a message names."""


class DiplorelError(Exception):
    """The base of every exception that this library raises on purpose.

    `str()` gives the message in English; `diplorel.language.messages.said` gives it in Vietnamese.

    Every error can be pickled and copied, so that a worker process can send it back. It is rebuilt
    from its message and its attributes; the constructor of its class is not called again.

    Attributes:
        message: What is said, as a template and its parts.

    >>> error = InvalidQueryError("{argument}: got {given!r}", argument="on", given="x")
    >>> str(error), error.message.parts["argument"]
    ("on: got 'x'", 'on')
    """

    message: Message

    def __init__(self, template: str | Message, /, **parts: object) -> None:
        self.message = template if isinstance(template, Message) else Message(template, **parts)
        super().__init__(str(self.message))

    @property
    def argument(self) -> str | None:
        """The argument of the call that is wrong, where the message begins with its name."""
        return cast("str | None", self.message.parts.get("argument"))

    def about(self, argument: str) -> Message:
        """Return the message with another name for the argument, such as that of an option.

        >>> error = InvalidQueryError("{argument}: got {given!r}", argument="on", given="x")
        >>> str(error.about("--on"))
        "--on: got 'x'"
        """
        return Message(self.message.template, **{**self.message.parts, "argument": argument})

    def __reduce__(self) -> tuple[Any, ...]:
        # by default, an exception calls its class with `args`, which is the message here
        return _rebuilt, (type(self), *self.args), self.__dict__ or None


def _rebuilt(cls: type[DiplorelError], *args: Any) -> DiplorelError:
    """Return an error with these `args`; its attributes are set afterwards."""
    error = cls.__new__(cls, *args)
    error.args = args  # an OSError whose class has a constructor leaves them to it
    return error


class InvalidDateError(DiplorelError, ValueError):
    """A text or value is not a date of the kind asked for; the message lists the accepted forms."""


class InvalidEventError(DiplorelError, ValueError):
    """An event, or a part of one, cannot mean anything; the message says which part and why."""


class UnknownPartyError(DiplorelError, LookupError):
    """No party has this id, code or name, or several have it.

    Attributes:
        name: What was asked for.
        suggestions: The nearest known ids and names, best first; may be empty.
    """

    def __init__(
        self, name: str, suggestions: Iterable[str] = (), *, why: Message | None = None
    ) -> None:
        self.name = name
        self.suggestions: tuple[str, ...] = tuple(suggestions)
        super().__init__(
            why
            or Message(
                "unknown party {name!r}.{hint}", name=name, hint=suggestion(self.suggestions)
            )
        )


class UnknownLevelError(DiplorelError, LookupError):
    """A ladder has no level of this id; the message lists the levels that it has."""


class UnknownDatasetError(DiplorelError, LookupError):
    """No stream has this name, or several do; the message lists those that exist."""


class DatasetWarning(UserWarning):
    """A dataset that another package offers does not work, and is left out."""


class UnknownTrackError(DiplorelError, LookupError):
    """A replay did not fold this track, or no module holds it, so that it cannot be pickled."""


class InvalidQueryError(DiplorelError, ValueError):
    """A question that cannot be answered as it is asked; the message says what to ask instead."""


class MissingKeyError(InvalidQueryError, LookupError):
    """``[]`` was given a key that is not there; the message says why, and what there is."""


class MissingExtraError(DiplorelError, ImportError):
    """A part of the library needs an optional dependency; the message names the extra.

    Attributes:
        module: The module that could not be imported.
        extra: The extra that brings it.
        instead: What can be done without it, or nothing.
    """

    def __init__(self, module: str, extra: str, instead: Message | str = "") -> None:
        self.module = module
        self.extra = extra
        self.instead = str(instead)
        otherwise = Message("; or {instead}", instead=instead) if instead else ""
        super().__init__(
            "this needs {module}, which is not installed: "
            "pip install 'diplorel[{extra}]'{otherwise}",
            module=module,
            extra=extra,
            otherwise=otherwise,
        )


class MissingFontError(DiplorelError, RuntimeError):
    """No installed font has some letters of a chart, so that they would not be drawn.

    Attributes:
        letters: The letters.
    """

    def __init__(self, letters: str) -> None:
        self.letters = letters
        shown = letters if len(letters) <= _LETTERS else letters[:_LETTERS] + "…"
        super().__init__(
            "no font here has the letters {letters}: install Noto Sans (the package "
            "fonts-noto-core of Debian and Ubuntu), or write the chart as SVG, whose letters are "
            "drawn by the reader's own fonts",
            letters=shown,
        )


class LeadsError(InvalidQueryError):
    """Leads, which a machine coded and nobody has checked, were about to be merged with facts.

    Attributes:
        streams: The streams of the leads.
    """

    def __init__(self, streams: Iterable[str]) -> None:
        self.streams = tuple(streams)
        super().__init__(
            "{streams}: a machine coded these events and nobody "
            "has checked them, so they are not merged with facts by mistake. Ask them apart, or "
            "merge them by log.with_leads(leads.log)",
            streams=", ".join(self.streams) or Message("the leads"),
        )


class StreamNotNamedError(InvalidQueryError):
    """There are several streams, and none is named.

    Attributes:
        streams: Their names.
    """

    def __init__(self, streams: Iterable[str]) -> None:
        self.streams = tuple(streams)
        super().__init__(
            "there are several streams, {streams}: name one", streams=", ".join(self.streams)
        )


class RecordedOrderError(DiplorelError, ValueError):
    """A record was to be appended before the last one, or by a clock that is far ahead.

    A stream only grows at its end, so a record of the year 2099 would stop it until then.
    """


class StoreError(DiplorelError, OSError):
    """A store cannot be opened or used as it is: the message says why, and what to do.

    Nothing that was acknowledged is lost. If an append failed so, the same call can be made
    again: what the store took all the same is then reported as known.
    """


class ConflictError(DiplorelError, ValueError):
    """A stream would have two accounts of one event, and no correction says which is wrong.

    Attributes:
        id: The id of the event.
        recorded: The record that is there, in the store or earlier in the same call.
        refused: The record that was to be appended.
    """

    def __init__(self, id: str, recorded: Record, refused: Record) -> None:
        self.id = id
        self.recorded = recorded
        self.refused = refused
        super().__init__(
            "{stream!r} already reports {id} with other contents.\n"
            "  recorded: {recorded!r}\n"
            "  refused:  {refused!r}\n"
            "To correct it, give the new one supersedes=['{id}@{digest}'] and a reason",
            stream=refused.stream,
            id=id,
            recorded=recorded.event,
            refused=refused.event,
            digest=recorded.digest,
        )


class ConcurrencyError(DiplorelError, RuntimeError):
    """A store is not as the caller expected it: somebody else has appended in between.

    Attributes:
        head: The head of the store now.
        between: What came in after the head that was expected, oldest first.
    """

    def __init__(self, message: Message | str, head: Head, between: Iterable[Stored]) -> None:
        self.head = head
        self.between: tuple[Stored, ...] = tuple(between)
        super().__init__(message)


class TransitionError(DiplorelError, ValueError):
    """Events contradict the state before them, and were not appended.

    Attributes:
        problems: Every problem that they would have brought, as `check` reports them.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        listed = "\n".join(f"  {one}" for one in self.problems)
        super().__init__(
            "not appended, for it contradicts what is recorded:\n{problems}\n"
            'Correct the events, or let them in as they are with validate="report"',
            problems=listed,
        )


class StreamError(DiplorelError, ValueError):
    """A stream could not be read; nothing of it was loaded.

    Attributes:
        problems: Every problem found, in the order of file and line.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: tuple[Problem, ...] = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class SheetError(StreamError):
    """Something is wrong with a sheet; nothing of it was recorded.

    Attributes:
        problems: Every problem found, in the order of lines.
        sheet: The rows without a problem.
        unread: Whom the other rows can be about: two parties, or one party with an unknown other
            side, or all of several; nothing where it can be anybody.
    """

    def __init__(
        self, problems: Iterable[Problem], sheet: Sheet, unread: Iterable[tuple[str, ...]] = ()
    ) -> None:
        super().__init__(problems)
        self.sheet = sheet
        self.unread: tuple[tuple[str, ...], ...] = tuple(unread)


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong with data, and what to do about it.

    `str()` gives ``file:line: code message. hint``, as an editor or a terminal can follow it.

    Attributes:
        code: A stable code, such as ``DR104``; the docs have a page for each.
        message: What was found and what was expected.
        hint: What to do, or the nearest right value; empty when the message says it all.
        path: The file, relative to the stream's folder; None for a log built in code.
        line: The line in that file, or the row of a sheet, counted from 1.
        event: The id of the event concerned.
        stream: The stream whose record is concerned.
        cell: The cell of a workbook, such as ``B7``, or ``Events!B7`` where it has several sheets;
            ``Events!7`` is a whole row.

    >>> message = "on: '2013-13' is not a valid date"
    >>> print(Problem(code="DR104", message=message, path="e.jsonl", line=3))
    e.jsonl:3: DR104 on: '2013-13' is not a valid date
    """

    code: str
    message: str
    hint: str = ""
    path: str | None = None
    line: int | None = None
    event: str | None = None
    stream: str | None = None
    cell: str | None = None

    def __str__(self) -> str:
        where = ""
        if self.path is not None:
            place = self.cell or self.line
            where = f"{self.path}:{place}: " if place is not None else f"{self.path}: "
        elif self.event is not None:
            where = f"{self.event}: "
        return f"{where}{self.code} {self.message}" + (f". {self.hint}" if self.hint else "")


FIELD_ALIKE: Final = 0.75
"""So much alike is the name of a field that was misspelt; a shorter match is another field."""


def nearest(
    name: str, known: Iterable[str], *, limit: int = 3, alike: float = 0.6
) -> tuple[str, ...]:
    """Return the *known* names that look most like *name*, best first.

    Case does not count; of names that differ only in case, the first is offered. None looks like a
    name that is longer than any.

    Args:
        name: The name that is not known.
        known: The names that are.
        limit: At most so many are returned.
        alike: How much alike they must be, from 0 to 1. The names of fields are short words, and
            many share letters: `FIELD_ALIKE` offers ``country`` for ``contry`` and does not offer
            ``acting`` for ``fact_id``.
    """
    return Lookalikes(known).nearest(name, limit=limit, alike=alike)


def did_you_mean(suggestions: Iterable[str]) -> str:
    """Return a sentence that offers *suggestions*, or nothing when there are none."""
    return str(suggestion(suggestions))


def expected_one_of(known: Iterable[str], got: object) -> Message:
    """Return the message for a word that is not on a closed list, with the nearest that is."""
    words = [*map(str, known)]
    hint = suggestion(nearest(got, words)) if isinstance(got, str) else ""
    listed = ", ".join(map(repr, words))
    if not hint:
        return Message("expected one of {known}, got {given!r}", known=listed, given=got)
    return Message(
        "expected one of {known}, got {given!r}.{hint}", known=listed, given=got, hint=hint
    )


class CheckedStrEnum(StrEnum):
    """A word of a closed list, such as the kind of a source.

    >>> class Colour(CheckedStrEnum):
    ...     RED = "red"
    >>> Colour("rde")
    Traceback (most recent call last):
        ...
    diplorel.errors.InvalidEventError: expected one of 'red', got 'rde'. Did you mean 'red'?
    """

    @classmethod
    def _missing_(cls, value: object) -> NoReturn:
        raise InvalidEventError(expected_one_of(cls, value))

"""The options that several commands share."""

from __future__ import annotations

import re
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import attrs
import typer

from diplorel import _ask
from diplorel._message import NONE, suggestion
from diplorel.cli import completing
from diplorel.cli.usage import BadValue
from diplorel.errors import (
    InvalidDateError,
    InvalidQueryError,
    UnknownLevelError,
    nearest,
)
from diplorel.model.dates import partial_date
from diplorel.resolve import policies

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.log import EventLog
    from diplorel.model.dates import Language
    from diplorel.model.ladders import Ladder, Level
    from diplorel.resolve.policies import Policy
    from diplorel.world import World


class Lang(StrEnum):
    """The languages of what is printed."""

    EN = "en"
    VI = "vi"


class Clock(StrEnum):
    """By what something was known on a day."""

    RECORDED = "recorded"
    PUBLISHED = "published"


class Kind(StrEnum):
    """Which parties count as partners."""

    ANY = "any"
    STATE = "state"


class By(StrEnum):
    """What alone partners are ranked by, where not by their levels."""

    TIES = "ties"
    VISITS = "visits"


_YEARS: Final = re.compile(r"(\d{4})(?:-(\d{4}))?", re.ASCII)
_DAY: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def day(text: str | None) -> str | None:
    """Return the text of a day, month or year as it is: the library says which day is meant.

    Raises:
        BadValue: It is not valid. The message of the error names the option.
    """
    if text is not None and not _is_day(text):
        raise BadValue(
            "{text!r} is not a day, month or year: expected a form such as 2025-03-12, 2025-03 or "
            "2025.",
            text=text,
        )
    return text


def years(text: str | None) -> str | None:
    """Return the text of a year, or of a first and a last one, as it is.

    Raises:
        BadValue: It is not valid. The message of the error names the option.
    """
    if text is not None and _YEARS.fullmatch(text) is None:
        raise BadValue(
            "{text!r} is not a year or two: expected a form such as 1990-2024, or 2024.", text=text
        )
    return text


def years_of(text: str) -> tuple[int, int]:
    """Return the first and the last year of a text that `years` lets pass."""
    first, _, last = text.partition("-")
    return int(first), int(last or first)


@contextmanager
def naming_options(**names: str) -> Iterator[None]:
    """Have an error of the library that begins with the name of an argument name the option.

    Args:
        **names: The option by the argument, where their names differ.
    """
    try:
        yield
    except (InvalidQueryError, InvalidDateError) as error:
        name = error.argument
        if name is None:
            raise
        option = names.get(name, f"--{name.replace('_', '-')}")
        raise InvalidQueryError(error.about(option)) from None


@contextmanager
def naming_level(option: str = "--at-least") -> Iterator[None]:
    """Have an error about an unknown level name the option."""
    try:
        yield
    except UnknownLevelError as error:
        if error.argument is not None:
            raise InvalidQueryError(error.about(option)) from None
        raise InvalidQueryError("{argument}: {said}", argument=option, said=error) from None


def _is_day(text: str) -> bool:
    try:
        partial_date(text)
    except InvalidDateError:
        return False
    return _DAY.fullmatch(text) is not None


On = Annotated[
    str | None,
    typer.Option(
        metavar="DAY",
        callback=day,
        help="At the end of a day, month or year: 2025-03-12, 2025-03 or 2025. A month or year "
        "means its last day. Default: everything recorded.",
    ),
]
Known = Annotated[
    str | None,
    typer.Option(
        metavar="DAY",
        callback=day,
        help="Only what was known at the end of a day, month or year: 2025-03-12, 2025-03 or "
        "2025. A month or year means its last day. See --clock.",
    ),
]
ByClock = Annotated[
    Clock, typer.Option("--clock", help="Known by what was recorded, or by what was published.")
]
ByPolicy = Annotated[
    str,
    typer.Option(
        metavar="POLICY",
        help="Which of several accounts of an event to follow: by the kind of source ('kind'), the "
        "number of 'sources', the 'latest' published, or one stream first, by its name.",
    ),
]
LangOption = Annotated[
    Lang, typer.Option("--lang", help="English or Vietnamese: names, levels, dates and labels.")
]
WithOption = Annotated[
    list[str] | None,
    typer.Option(
        "--with",
        "-w",
        metavar="TARGET",
        help="A dataset, folder or store to ask, again for several; else the datasets about the "
        "party and the group, or all.",
        autocompletion=completing.targets,
    ),
]
Ahead = Annotated[
    bool,
    typer.Option(
        "--ahead", help="Append although the clock, or a moment, is far ahead of the last record."
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]
AsCsv = Annotated[
    bool,
    typer.Option(
        "--csv", help="Print the answer's table as CSV in UTF-8; 'table' writes other forms."
    ),
]
AllAsCsv = Annotated[
    bool, typer.Option("--csv", help="Print the whole table as CSV in UTF-8; -o has other forms.")
]
_FILE: Final = "Write the answer to a file, in the form that its suffix names: .csv, .dta, .json, "
_REPLACED: Final = " A file that is there is replaced."


def _file(forms: str) -> Any:
    return typer.Option("--output", "-o", metavar="FILE", help=f"{_FILE}{forms}.{_REPLACED}")


Output = Annotated[Path | None, _file(".md, .parquet or .xlsx")]
GraphOutput = Annotated[Path | None, _file(".md, .parquet, .xlsx, or .graphml with the parties")]
CalendarOutput = Annotated[
    Path | None, _file(".md, .parquet, .xlsx, or .ics, a calendar of those that have a day")
]
Releases = Annotated[
    list[str] | None,
    typer.Option(
        "--release",
        metavar="[STREAM=]VERSION",
        help="Ask an earlier release of a stream, such as 0.2.0; vietnam=0.2.0 where several "
        "streams are asked, again for several. Its records are exact; sources, levels and "
        "coverage are of the present version.",
    ),
]
OfParty = Annotated[
    str | None,
    typer.Option(
        "--party",
        metavar="PARTY",
        help="Only of this party: an id, alpha-2 code or name. Default: of all.",
        autocompletion=completing.parties,
    ),
]
AParty = Annotated[
    str,
    typer.Argument(
        metavar="PARTY",
        help="An id, alpha-2 code or name: VNM, vn, Vietnam, 'Việt Nam'.",
        autocompletion=completing.parties,
    ),
]
ATarget = Annotated[
    str,
    typer.Argument(
        metavar="TARGET", help="A dataset, a folder or a store.", autocompletion=completing.targets
    ),
]
Targets = Annotated[
    list[str],
    typer.Argument(
        metavar="TARGET...",
        help="Datasets, folders or stores, taken together.",
        autocompletion=completing.targets,
    ),
]
AtLeast = Annotated[
    str | None,
    typer.Option(
        metavar="LEVEL",
        help="Only at this level or a higher one.",
        autocompletion=completing.levels,
    ),
]
OfKind = Annotated[
    Kind, typer.Option("--kind", help="Count states only, or any party, unions included.")
]


_POLICIES: Final[dict[str, Policy]] = {
    "kind": policies.by_kind,
    "sources": policies.most_sources,
    "latest": policies.latest_published,
}


def policy_of(text: str, log: EventLog) -> Policy:
    """Return the policy that a text names.

    Raises:
        InvalidQueryError: There is neither such a policy nor such a stream.
    """
    if text in _POLICIES:
        return _POLICIES[text]
    if text in log.streams:
        return policies.stream_first(text)
    known = (*_POLICIES, *log.streams)
    raise InvalidQueryError(
        "--policy: {text!r} is not a policy: expected {known}.{hint}",
        text=text,
        known=", ".join(known),
        hint=suggestion(nearest(text, known)),
    )


def ladder_of(log: EventLog, party: str) -> Ladder:
    """Return the ladder of a party.

    Raises:
        UnknownPartyError: There is no such party.
        InvalidQueryError: It has no ladder; the message says how to rank without one.
    """
    ladders, id = log.reference.ladder, log.reference.parties.find(party).id
    if id not in ladders:
        known = ", ".join(sorted(ladders)) or NONE
        raise InvalidQueryError(
            "{id} has no ladder here, so no levels; the ladders are: {known}. 'diplorel "
            "rank {id} --by ties' and '--by visits' need none",
            id=id,
            known=known,
        )
    return ladders[id]


def level_of(ladder: Ladder, text: str, option: str) -> Level:
    """Return the level that an option names by its id or by a name.

    Raises:
        InvalidQueryError: The ladder has none, or several of this name; or *option* is
            ``--at-least``, and it has no rank.
    """
    try:
        level = ladder.find(text)
    except UnknownLevelError as error:
        raise InvalidQueryError("{argument}: {said}", argument=option, said=error) from None
    if option == "--at-least" and level.rank is None:
        raise InvalidQueryError(
            "--at-least: {text!r} has no rank on the ladder of {party}, so no level is "
            "above or below it. 'diplorel partners {party} --exactly {level}' lists the "
            "partners at it",
            text=text,
            party=ladder.party,
            level=level.id,
        )
    return level


@attrs.frozen
class Point:
    """The point of view of a question: its day, the date of knowledge, the clock and the policy.

    Attributes:
        on: The day; None for all that is recorded.
        known: Only what was known on this day.
        clock: Known by what was recorded or published.
        policy: Which of several accounts to follow, as `policy_of` reads it.
    """

    on: str | None = None
    known: str | None = None
    clock: Clock = Clock.RECORDED
    policy: str = "kind"

    @property
    def day(self) -> int | None:
        """The day as an ordinal, of a month or a year the last; None for all that is recorded."""
        return _ask.day("on", self.on)

    def of(self, log: EventLog) -> dict[str, Any]:
        """Return what `EventLog.events` takes."""
        return {
            "known": self.known,
            "clock": self.clock.value,
            "policy": policy_of(self.policy, log),
        }

    def to_record(self) -> dict[str, Any]:
        """Return the point of view as JSON."""
        return {
            "on": self.on,
            "known": self.known,
            "clock": self.clock.value,
            "policy": self.policy,
        }

    def world(self, log: EventLog) -> World:
        """Return the world from this point of view."""
        return log.replay(on=self.on, **self.of(log))


def language(lang: Lang) -> Language:
    """Return a language as the library takes it."""
    return "vi" if lang is Lang.VI else "en"

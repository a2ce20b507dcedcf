"""What the kinds of claims share: the words of closed lists, the numbers, and the ladder."""

from __future__ import annotations

from decimal import Decimal

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError
from diplorel.model.claims import Claim
from diplorel.model.converters import amount
from diplorel.model.written_names import level_name, party_name


class Mode(CheckedStrEnum):
    """Which of the two ways of counting a source follows."""

    EXACTLY = "exactly"
    """At the rank of the level: the counts of all ranks are disjoint."""
    AT_LEAST = "at-least"
    """At the rank of the level or a higher one."""


class Among(CheckedStrEnum):
    """What sort of partners compete to be the first."""

    STATE = "state"
    """Countries, those of the past and disputed ones included."""
    UNION = "union"
    """Unions of states, such as the European Union."""
    ORGANISATION = "organisation"
    """Organisations, such as ASEAN."""
    GROUP = "group"
    """Groups, such as the permanent members of the Security Council."""


class Measure(CheckedStrEnum):
    """How a change between two figures is put."""

    PERCENT = "percent"
    MULTIPLE = "multiple"


class TimeUnit(CheckedStrEnum):
    """In what a length of time is put."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


def positive(value: int) -> int:
    """Return a whole number from 1."""
    if type(value) is not int or value < 1:
        raise InvalidEventError(f"expected a whole number from 1, got {value!r}")
    return value


def count_of(value: int) -> int:
    """Return a whole number from 0."""
    if type(value) is not int or value < 0:
        raise InvalidEventError(f"count: expected a whole number from 0, got {value!r}")
    return value


def amount_or_none(value: Decimal | str | int | None) -> Decimal | None:
    """Return a number, or None where there is none."""
    return None if value is None else amount(value)


@attrs.frozen(kw_only=True)
class OfPartners(Claim):
    """Adds whose partners they are.

    Attributes:
        party: Whose partners: an id or a name.
        states_only: Whether only countries count ("12 countries"), not unions.
    """

    party: str = attrs.field(converter=party_name)
    states_only: bool = False


@attrs.frozen(kw_only=True)
class OnLadder(OfPartners):
    """Adds the level.

    Attributes:
        party: Whose partners, on its own ladder: an id or a name.
        level: The level: its id or its name.
        mode: Whether only that rank counts, or also higher ones.
        states_only: Whether only countries count ("12 countries"), not unions.
    """

    level: str = attrs.field(converter=level_name)
    mode: Mode = attrs.field(default=Mode.EXACTLY, converter=Mode)

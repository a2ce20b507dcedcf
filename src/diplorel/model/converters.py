"""What the fields of events and claims make of the values they are given, and what they refuse.

Each function is the converter of a field: it takes what a caller gives, returns it in the one form
that is kept, and raises an error of ours that says what was expected. What each demands of data on
the wire is in `diplorel.model.fields`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from diplorel.errors import InvalidDateError, InvalidEventError
from diplorel.model.dates import PartialDate, partial_date
from diplorel.model.text import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

PARTY_ID: Final = re.compile(r"[A-Z][A-Z0-9_]{1,31}", re.ASCII)
SLUG: Final = re.compile(r"[a-z0-9]+(?:[-.][a-z0-9]+)*", re.ASCII)
SEQ_LIMIT: Final = 1 << 10
NTH_LIMIT: Final = 10_000
OFFICE: Final = re.compile(
    r"(?:party|state|government|legislature|monarchy|ministry|organisation):[a-z0-9-]+", re.ASCII
)


@lru_cache(maxsize=65_536)
def _checked_parties(value: tuple[str, ...]) -> tuple[str, ...]:
    for party in value:
        if not isinstance(party, str) or not PARTY_ID.fullmatch(party):
            raise InvalidEventError(
                f"parties: {party!r} is not a party id, expected capitals such as 'VNM' or 'EU'"
            )
    if len(set(value)) != len(value):
        raise InvalidEventError(f"parties: {list(value)!r} names a party twice")
    ordered = tuple(sorted(value))
    return value if ordered == value else _checked_parties(ordered)  # one dyad, one tuple


def dyad(value: Iterable[str]) -> tuple[str, str]:
    """Return two party ids in alphabetical order: the dyad that they form."""
    found = party_ids(value)
    if len(found) != 2:  # noqa: PLR2004  a dyad is two
        raise InvalidEventError(f"parties: expected two parties, got {list(found)!r}")
    return found


@lru_cache(maxsize=65_536)
def pair(a: str, b: str) -> tuple[str, str]:
    """Return two party ids in alphabetical order; the same two give the same tuple."""
    return dyad((a, b))


def party_ids(value: Iterable[str]) -> tuple[str, ...]:
    """Return one or more party ids in alphabetical order."""
    if isinstance(value, str):
        raise InvalidEventError(f"parties: expected a list of party ids, got {value!r}")
    found = _checked_parties(tuple(value))
    if not found:
        raise InvalidEventError("parties: none given")
    return found


def two_or_more(value: Iterable[str]) -> tuple[str, ...]:
    """Return two or more party ids in alphabetical order."""
    found = party_ids(value)
    if len(found) < 2:  # noqa: PLR2004  one alone has no relation
        raise InvalidEventError(f"parties: expected two or more parties, got {list(found)!r}")
    return found


def other_parties(value: Iterable[str]) -> tuple[str, ...]:
    """Return party ids in alphabetical order, each once; there may be none."""
    return tuple(sorted(set(map(one_party, to_tuple(value)))))


def dyad_or_one(value: Iterable[str]) -> tuple[str, ...]:
    """Return one or two party ids in alphabetical order: a dyad's fact, or one party's own."""
    found = party_ids(value)
    if len(found) > 2:  # noqa: PLR2004  one party or a dyad
        raise InvalidEventError(f"parties: expected one or two parties, got {list(found)!r}")
    return found


@lru_cache(maxsize=65_536)
def slugify(name: str) -> str:
    """Return a name as a part of an id: small letters of any script, with hyphens between."""
    return re.sub(r"[\W_]+", "-", nfc(name).casefold()).strip("-")


def one_party(value: str) -> str:
    """Return one party id as it is, after a look at its form."""
    return _checked_parties((value,))[0]


def party_or_none(value: str | None) -> str | None:
    """Return a party id, or None where there is none."""
    return None if value is None else one_party(value)


def slug(value: str) -> str:
    """Return a key such as ``trade-turnover`` as it is, after a look at its form."""
    if not isinstance(value, str) or not SLUG.fullmatch(value):
        raise InvalidEventError(
            f"{value!r} is not a key, expected small letters and digits with hyphens, "
            "such as 'trade-turnover'"
        )
    return value


def slug_or_none(value: str | None) -> str | None:
    """Return a key, or None where there is none."""
    return None if value is None else slug(value)


def date_or_none(value: str | PartialDate | None) -> PartialDate | None:
    """Return a partial date, or None where there is none."""
    return None if value is None else event_date(value)


def event_date(value: Any) -> PartialDate:
    """Return *value* as a partial date.

    Raises:
        InvalidDateError: It is not a valid date; the message lists the accepted forms.
    """
    if type(value) is PartialDate:
        return value
    try:
        return partial_date(value)
    except TypeError:  # an unhashable value cannot be looked up
        raise InvalidDateError(
            "{value!r} is not a valid date: expected a text or datetime.date", value=value
        ) from None


def office_ids(value: Iterable[str]) -> tuple[str, ...]:
    """Return offices such as ``state:president`` as they are, after a look at their form."""
    if isinstance(value, str):
        raise InvalidEventError(f"offices: expected a list such as ['{value}'], got {value!r}")
    for office in (found := tuple(value)):
        if not isinstance(office, str) or not OFFICE.fullmatch(office):
            raise InvalidEventError(
                f"offices: {office!r} is not an office, expected 'organ:office' such as "
                "'government:prime-minister'"
            )
    return found


def day_order(value: int) -> int:
    """Return an order within a day as it is, after a look at its bounds."""
    if type(value) is not int or not 0 <= value < SEQ_LIMIT:
        raise InvalidEventError(
            f"seq: expected a whole number from 0 to {SEQ_LIMIT - 1}, got {value!r}"
        )
    return value


def event_number(value: int) -> int:
    """Return which of several like events it is, after a look at its bounds."""
    if type(value) is not int or not 1 <= value < NTH_LIMIT:
        raise InvalidEventError(
            f"nth: expected a whole number from 1 to {NTH_LIMIT - 1}, got {value!r}"
        )
    return value


def to_tuple(value: Any) -> tuple[Any, ...]:
    """Return a list's items as a tuple; a bare text is not a list."""
    if isinstance(value, str):
        raise InvalidEventError(f"expected a list, got the text {value!r}")
    return tuple(value)


def amount(value: Decimal | str | int) -> Decimal:
    """Return a finite decimal number; a float is refused, since it is rarely what was printed."""
    if isinstance(value, (Decimal, str)) or type(value) is int:
        try:
            number = Decimal(value)
        except ArithmeticError:
            raise InvalidEventError(f"value: {value!r} is not a number") from None
        if number.is_finite():
            return number
    raise InvalidEventError(
        f"value: expected a decimal number as printed, such as '9.15', got {value!r}"
    )

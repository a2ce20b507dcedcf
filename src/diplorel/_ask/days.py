"""Days, months, years, and what was known when."""

from __future__ import annotations

import re
from datetime import MAXYEAR, UTC, date, datetime, time
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from diplorel._ask.words import listed
from diplorel.errors import InvalidDateError, InvalidQueryError
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.records import utc

if TYPE_CHECKING:
    from diplorel.model.dates import DayLike

Edge: TypeAlias = Literal["first", "last"]
"""Which of its days a month or a year stands for."""
_WHOLE: Final = ("day", "month", "year")
_WINDOW: Final = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[DMY])", re.ASCII)


def day(name: str, given: DayLike | None, edge: Edge = "last") -> int | None:
    """Return a day as an ordinal; None for None.

    A month or a year stands for one of its days, so that the world on ``2025-03`` is the world at
    the end of March. A `PartialDate` does likewise, if it is neither in doubt nor a range.

    Args:
        name: The name of the argument.
        given: A day, a month or a year as text, a `datetime.date`, a `datetime.datetime` at
            midnight (so a `pandas.Timestamp` too), or a `PartialDate`.
        edge: Which day a month or a year stands for.

    Raises:
        InvalidDateError: It is none of these.
    """
    if given is None:
        return None
    if type(given) is str and len(given) == len("2025-03-12"):
        try:
            return ordinal(given)
        except InvalidDateError:
            pass
    elif isinstance(given, datetime):
        return _midnight(name, given).toordinal()
    elif isinstance(given, date):
        return given.toordinal()
    else:
        on = _partial(given)
        if on is not None:
            return on.lo if edge == "first" else on.hi
    raise InvalidDateError(
        "{argument}: {given!r} is no day: expected a form such as '2025-03-12', "
        "'2025-03' or '2025', or a datetime.date",
        argument=name,
        given=given,
    )


def full_day(name: str, given: DayLike | None) -> date | None:
    """Return a day, where a month or a year is not enough; None for None.

    Raises:
        InvalidDateError: It is no day.
    """
    found = day(name, given)
    if found is None:
        return None
    if day(name, given, "first") != found:
        raise InvalidDateError(
            "{argument}: {given!r} is no day: expected a form such as '2025-03-12'",
            argument=name,
            given=given,
        )
    return date.fromordinal(found)


def today(given: DayLike | None) -> date:
    """Return the present day: what is given, or the day of the clock, in UTC.

    Raises:
        InvalidDateError: It is no day.
    """
    return full_day("today", given) or datetime.now(UTC).date()


def year(name: str, given: object) -> int:
    """Return a year of the calendar.

    Raises:
        InvalidQueryError: It is not a whole number from 1 to 9999.
    """
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MAXYEAR:
        raise InvalidQueryError(
            "{argument}: expected a year such as 2025, got {given!r}", argument=name, given=given
        )
    return given


def window(given: object) -> tuple[int, str]:
    """Return a length of time as a number and ``D``, ``M`` or ``Y``: days, months or years.

    Raises:
        InvalidQueryError: It has another form.
    """
    match = _WINDOW.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        raise InvalidQueryError(
            "{argument}: expected a length such as '24M', '2Y' or '90D', got {given!r}",
            argument="window",
            given=given,
        )
    return int(match["count"]), match["unit"]


def years(given: object, last: int | None = None) -> tuple[int, int] | None:
    """Return the first and the last year of a question; None for None.

    Args:
        given: Two years, the earlier one first.
        last: The present year, after which nothing can be asked; None: any year can.

    Raises:
        InvalidQueryError: They are not two years in order, or they lie in the future.
    """
    if given is None:
        return None
    two = listed("years", given)
    if len(two) != 2:  # noqa: PLR2004  a first and a last one
        raise InvalidQueryError(
            "{argument}: expected two, as in (2008, 2025), got {given!r}",
            argument="years",
            given=given,
        )
    first, until = year("years", two[0]), year("years", two[1])
    if until < first:
        raise InvalidQueryError(
            "{argument}: {first} lies after {until}: give the earlier one first",
            argument="years",
            first=first,
            until=until,
        )
    if last is not None and until > last:
        raise InvalidQueryError(
            "{argument}: {until} has not come, the last one is {last}",
            argument="years",
            until=until,
            last=last,
        )
    return first, until


def known(given: DayLike | datetime | None) -> date | datetime | None:
    """Return a moment in UTC, or the day at whose end something was known; None for None.

    Raises:
        InvalidDateError: It is neither.
    """
    if isinstance(given, datetime):
        moment = given.tzinfo is not None or not _is_midnight(given)
    else:
        moment = isinstance(given, str) and "T" in given
    if moment:
        try:
            return utc(given)  # type: ignore[arg-type]  # as the two lines above say
        except InvalidDateError as error:
            raise InvalidDateError("{argument}: {said}", argument="known", said=error) from None
    found = day("known", given)
    return None if found is None else date.fromordinal(found)


def _is_midnight(given: datetime) -> bool:
    try:
        return given.time() == time()
    except ValueError:  # pandas.NaT is a datetime, and no time
        return False


def _midnight(name: str, given: datetime) -> date:
    if given.tzinfo is None and _is_midnight(given):
        return given.date()
    raise InvalidDateError(
        "{argument}: {given!r} is no day: give its day, as in moment.date()",
        argument=name,
        given=given,
    )


def _partial(given: object) -> PartialDate | None:
    if isinstance(given, str):
        try:
            given = PartialDate(given)
        except InvalidDateError:
            return None
    if isinstance(given, PartialDate):
        doubtful = given.uncertain or given.approximate
        return given if given.precision in _WHOLE and not doubtful else None
    return None


def entry(given: DayLike) -> str | int:
    """Return from when a dyad is under observation: ``coverage``, ``start``, or a day.

    Raises:
        InvalidDateError: It is none of these.
    """
    if isinstance(given, str) and given in ("coverage", "start"):
        return given
    found = day("entry", given, "first")
    if found is None:
        raise InvalidDateError(
            "{argument}: expected 'coverage', 'start' or a day, got None", argument="entry"
        )
    return found

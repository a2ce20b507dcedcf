"""When a record may be made: a machine whose clock is wrong must not spoil a stream for good.

A stream only grows at its end. So a record of the year 2099 would stop everybody else, or give all
later records the moment of the wrong one. What a clock or a caller says is therefore refused where
it is far ahead of what else is known, unless the caller says that it is meant.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from diplorel._message import Message
from diplorel.errors import RecordedOrderError
from diplorel.model.records import stamp

AHEAD: Final = timedelta(minutes=1)
"""How far the clocks of two machines may differ before a record counts as one of the future."""
BEHIND: Final = timedelta(days=1)
"""How far a clock may be behind the last record before one of the two must be wrong."""
YEARS: Final = 10
"""How many years after the last record a clock is no longer believed."""
_GAP: Final = timedelta(days=365 * YEARS + YEARS // 4 + 1)

_MOMENT: Final = Message("the moment")


def refuse_ahead(moment: datetime, now: datetime, what: str | Message = _MOMENT) -> None:
    """Refuse a moment that somebody gives and that is ahead of the clock.

    Args:
        moment: The moment.
        now: What the clock says.
        what: What has this moment, for the message.

    Raises:
        RecordedOrderError: It is more than a minute ahead.

    >>> from datetime import UTC
    >>> refuse_ahead(datetime(2099, 1, 1, tzinfo=UTC), datetime(2026, 11, 22, tzinfo=UTC))
    Traceback (most recent call last):
    diplorel.errors.RecordedOrderError: the moment is recorded 2099-01-01T00:00:00Z, and now is
    2026-11-22T00:00:00Z: a stream that held it could not go on before then. Correct the moment, or
    pass ahead=True (--ahead) if it is right
    """
    if moment > now + AHEAD:
        raise RecordedOrderError(
            "{what} is recorded {moment}, and now is {now}: a stream that held it could "
            "not go on before then. Correct the moment, or pass ahead=True (--ahead) if it "
            "is right",
            what=what,
            moment=stamp(moment),
            now=stamp(now),
        )


def refuse_clock(now: datetime, last: datetime | None) -> None:
    """Refuse to record by a clock that is years past the last record.

    Args:
        now: What the clock says.
        last: The last moment that is recorded; None where nothing is.

    Raises:
        RecordedOrderError: There are more than `YEARS` years between them.
    """
    if last is not None and now - last > _GAP:
        raise RecordedOrderError(
            "the clock says {now}, more than {years} years after the last record, {last}. "
            "Set the clock, or pass ahead=True (--ahead) if it is right",
            now=stamp(now),
            years=YEARS,
            last=stamp(last),
        )


def next_moment(stream: str, now: datetime, last: datetime | None, *, ahead: bool) -> datetime:
    """Return when something is recorded now: never before the last record of its stream.

    Args:
        stream: The name of the stream.
        now: What the clock says.
        last: The moment of the last record of the stream; None where it has none.
        ahead: Whether a last record far ahead of the clock is meant.

    Raises:
        RecordedOrderError: The last record is more than a day ahead of the clock.
    """
    if last is None or last <= now:
        return now
    if last > now + BEHIND and not ahead:
        raise RecordedOrderError(
            "the last record of {stream!r} is of {last}, and now is {now}: one of the two "
            "clocks is wrong. Set this clock; if the record is wrong, begin the stream "
            "anew (see the page 'Durable logs'); or pass ahead=True (--ahead) to record at "
            "its moment",
            stream=stream,
            last=stamp(last),
            now=stamp(now),
        )
    return last

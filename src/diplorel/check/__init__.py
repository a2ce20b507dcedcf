"""What is wrong with a log, what its sources disagree on, and what a release broke.

`check` finds what somebody has to mend, and is empty when a log is sound. `disagreements` finds
where sources or streams differ on purpose: a table to read, nothing to mend.
`check_release` proves that a stream only grew.

The codes are stable, and each has a page in the docs: ``DR2xx`` references and records, ``DR3xx``
transitions, ``DR4xx`` agreement between accounts, ``DR5xx`` time and coverage, ``DR6xx`` releases
(``DR1xx`` are for reading files).
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from diplorel import _gc
from diplorel.check.accounts import check_accounts
from diplorel.check.bibliography import check_bibliography
from diplorel.check.context import CheckContext, make_context
from diplorel.check.corrections import check_corrections
from diplorel.check.disagreements import Disagreement, Disagreements, Value, find_disagreements
from diplorel.check.references import check_references
from diplorel.check.times import check_times
from diplorel.check.transitions import check_transitions
from diplorel.model.dates import DayLike, ordinal
from diplorel.model.releases import Release, check_release, pin
from diplorel.resolve.policies import by_kind
from diplorel.tracks import STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.check.context import RecordSet
    from diplorel.errors import Problem
    from diplorel.resolve.policies import Policy
    from diplorel.tracks.track import Track

_EASTERNMOST = timedelta(hours=14)
"""The first place on Earth to begin a day is this far ahead of UTC."""


def check(
    log: RecordSet, *, today: DayLike | None = None, tracks: Iterable[Track[Any, Any]] = ()
) -> tuple[Problem, ...]:
    """Return every problem of a log, empty when it is sound.

    It is a function of the set of records, and total: whatever can be loaded can be checked. A
    record that a live correction takes back has no problems any more, so a released stream is
    mended by appending.

    Args:
        log: The log. One stream by itself, or several together: where the streams differ
            is not a problem, see `disagreements`.
        today: The present day; later days are the future. When None, the present day at the
            place on Earth where it is latest.
        tracks: Tracks of your own, whose rules hold beside those of the standard ones.

    Returns:
        The problems, those of the reference data first, then by stream, event and code.

    Raises:
        InvalidDateError: *today* is not a valid day.

    >>> from diplorel import EventLog, Source, events as ev
    >>> log = EventLog(
    ...     [ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VN"), sources=["vna"])],
    ...     sources=[Source(id="vna", title="T", publisher="VNA", kind="agency")],
    ... )
    >>> print(*check(log))
    ties-established/SGP-VN/1973-08-01: DR201 parties: 'VN' is not a known party id. Did you mean
    'VNM'?
    """
    with _gc.paused():
        context = _context_of(log, today, tracks)
        found = {
            *check_references(context),
            *check_bibliography(context),
            *check_corrections(context),
            *check_transitions(context),
            *check_accounts(context),
            *check_times(context),
        }
    return tuple(sorted(found, key=_sort_key))


def disagreements(log: RecordSet, *, policy: Policy = by_kind) -> Disagreements:
    """Return where the sources or the streams of a log differ, by event and field.

    These are kept on purpose, and nothing has to be mended: contents that two streams or two
    sources give for one event, dates that sources give beside the one followed, events that one
    stream reports and another denies, and what two streams report within a few days of each other.

    Args:
        log: The log.
        policy: Which of several accounts the replay follows.
    """
    found = set(find_disagreements(_context_of(log, None, (), policy)))
    return Disagreements(sorted(found, key=lambda one: (one.event, one.field, repr(one.values))))


def _context_of(
    log: RecordSet,
    today: DayLike | None,
    tracks: Iterable[Track[Any, Any]],
    policy: Policy = by_kind,
) -> CheckContext:
    day = ordinal((datetime.now(UTC) + _EASTERNMOST).date() if today is None else today)
    return make_context(log, day, (*STANDARD, *tracks), policy)


def _sort_key(problem: Problem) -> tuple[str, ...]:
    return (
        problem.stream or "",
        problem.event or "",
        problem.code,
        problem.message,
        problem.hint,
    )


__all__ = [
    "Disagreement",
    "Disagreements",
    "Release",
    "Value",
    "check",
    "check_release",
    "disagreements",
    "pin",
]

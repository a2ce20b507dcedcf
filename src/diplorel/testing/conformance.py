"""The laws that every stream obeys, to be run on one's own.

They are the laws of the library itself: the world is a function of the set of records, a day's
world is made of what had happened by then, later records never change what was known, a relation
is the same from either side, and what is written is read. Beside them the stream is sound, and its
claims come out as expected.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import islice
from random import Random
from typing import TYPE_CHECKING, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel.check import check, check_release
from diplorel.datasets import load_stream
from diplorel.io.folder import Stream, read, write
from diplorel.io.jsonl import dumps, loads
from diplorel.log import EventLog
from diplorel.model.dates import LAST_DAY
from diplorel.model.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable

    from diplorel.model.dates import DayLike

MAX_EXAMPLES: Final = 10
"""How many examples each law tries, whatever the profile: a stream can be large."""
_DYADS: Final = 60
_SOME_DAY: Final = date(2000, 1, 1).toordinal()


class Subject:
    """The stream under test, read when it is first needed.

    Args:
        stream: The name of a dataset, or a folder as a path.
        today: The present day, for `check`; that of the clock when None.
    """

    def __init__(self, stream: str | os.PathLike[str], *, today: DayLike | None = None) -> None:
        self.stream = stream
        self.today = today

    @cached_property
    def whole(self) -> Stream:
        """The stream with its releases and its bytes."""
        return load_stream(self.stream)

    @cached_property
    def log(self) -> EventLog:
        """The stream as a log."""
        return self.whole.log()

    @cached_property
    def dyads(self) -> list[tuple[str, str]]:
        """Some dyads that it reports on."""
        return list(islice(self.log.replay().dyads(), _DYADS))

    @cached_property
    def days(self) -> st.SearchStrategy[str]:
        """Days when something changes, and days between."""
        bounds = {
            day
            for record in self.log
            if isinstance(record.event, Event)
            for day in (record.event.on.lo, record.event.on.hi)
        }
        known = sorted(day for day in bounds if 1 < day < LAST_DAY) or [
            date(2000, 1, 1).toordinal()
        ]
        drawn = st.sampled_from(known) | st.integers(known[0] - 1, known[-1] + 1)
        return drawn.map(lambda day: date.fromordinal(day).isoformat())


_few = settings(max_examples=MAX_EXAMPLES, deadline=None)


def it_is_sound(mine: Subject) -> None:
    """`check` finds nothing, and what was released is a prefix."""
    found = [*check(mine.log, today=mine.today)]
    found += check_release(mine.whole.data, mine.whole.releases)
    assert not found, "\n".join(map(str, found))


def its_claims_come_out_as_expected(mine: Subject) -> None:
    """Every claim has the verdict that it expects."""
    found = [str(one) for one in mine.log.verify() if not one.as_expected]
    assert not found, "\n".join(found)


def what_is_read_is_written(mine: Subject) -> None:
    """Its lines are in the one form, so writing them again gives the same bytes."""
    data = mine.whole.data
    name = mine.whole.info.name
    again = dumps(EventLog(loads(data, stream=name)), stream=name) if data else ""
    assert again.encode() == data


def what_is_written_is_read(mine: Subject) -> None:
    """A copy of its folder is the same stream."""
    if not mine.log.records:
        return
    with tempfile.TemporaryDirectory() as folder:
        assert read(write(mine.log, folder)) == mine.log


def the_world_is_a_function_of_the_set(mine: Subject) -> None:
    """Shuffled, split, doubled and merged in any order it is the same log and the same world."""

    @_few
    @given(st.integers(0, 1 << 32), st.integers(1, 4), mine.days)
    def law(seed: int, parts: int, day: str) -> None:
        records = list(mine.log.records)
        # a drawn Random would draw once a record, too much for Hypothesis on a long stream
        Random(seed).shuffle(records)  # noqa: S311
        merged = EventLog(reference=mine.log.reference)
        for part in range(parts):
            merged |= EventLog(records[part::parts], reference=mine.log.reference)
        assert merged == mine.log == merged | mine.log
        assert merged.replay(on=day) == mine.log.replay(on=day)

    law()


def a_day_is_a_prefix(mine: Subject) -> None:
    """The world of a day applies the first of all events in order: those that had happened."""
    everything = mine.log.replay().events

    @_few
    @given(mine.days)
    def law(day: str) -> None:
        applied = mine.log.replay(on=day).events
        assert everything[: len(applied)] == applied
        assert all(event.on.by(day) for event in applied)

    law()


def later_records_never_change_what_was_known(mine: Subject) -> None:
    """Cut off after any record, it gives for that moment what the whole stream gives."""
    moments = sorted({record.recorded for record in mine.log})
    if not moments:
        return
    before = moments[0] - timedelta(seconds=1)

    @_few
    @given(st.sampled_from([before, *moments]), mine.days)
    def law(known: datetime, day: str) -> None:
        cut = [one for one in mine.log if one.recorded <= known]
        then = EventLog(cut, reference=mine.log.reference)
        assert mine.log.replay(on=day, known=known) == then.replay(on=day)

    law()


def a_relation_is_one_from_either_side(mine: Subject) -> None:
    """Either order of the parties, by bisection or by replay: the same relation."""
    if not mine.dyads:
        return

    @_few
    @given(st.sampled_from(mine.dyads), mine.days)
    def law(dyad: tuple[str, str], day: str) -> None:
        one, two = dyad
        found = mine.log.relation(one, two, on=day)
        world = mine.log.replay(on=day)
        assert found == mine.log.relation(two, one, on=day) == world[two, one]

    law()


LAWS: Final[tuple[Callable[[Subject], None], ...]] = (
    it_is_sound,
    its_claims_come_out_as_expected,
    what_is_read_is_written,
    what_is_written_is_read,
    the_world_is_a_function_of_the_set,
    a_day_is_a_prefix,
    later_records_never_change_what_was_known,
    a_relation_is_one_from_either_side,
)
"""The laws, in the order of running."""


def laws_of(stream: str | os.PathLike[str], *, today: DayLike | None = None) -> type:
    """Return a class of tests, one for each law, that pytest collects under a name with ``Test``.

    Args:
        stream: The name of a dataset, or the folder of a stream as a path.
        today: The present day; that of the clock when None.

    ::

        TestMyCountry = laws_of(Path("my-country"))

    Without pytest, ``python -m diplorel.testing my-country`` runs the same laws.

    >>> sorted(name for name in vars(laws_of("vietnam")) if name.startswith("test_"))[0]
    'test_a_day_is_a_prefix'
    """
    subject = Subject(stream, today=today)

    def test_of(law: Callable[[Subject], None]) -> Callable[[object], None]:
        def test(_self: object) -> None:
            law(subject)

        test.__doc__ = law.__doc__
        return test

    body = {f"test_{law.__name__}": test_of(law) for law in LAWS}
    return type("TestLaws", (), {"__doc__": f"The laws of a stream, on {stream}.", **body})

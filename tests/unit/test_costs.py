"""What grows with a log: counted in comparisons and steps, never in seconds."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING
from unittest.mock import patch

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel._alike import Lookalikes
from diplorel.check import check, likeness
from diplorel.check.hints import HINTED
from diplorel.check.likeness import NEAREST
from diplorel.model.party_table import PartyTable
from diplorel.replay.cells import CellIndex
from diplorel.replay.plausible import Search
from diplorel.tracks import TIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from diplorel.model.events import Event

SOURCES = [dr.Source(id="vna", title="T", publisher="VNA", kind="agency")]
PAIR = ("SGP", "VNM")


def day(number: int) -> str:
    return (date(1970, 1, 1) + timedelta(number)).isoformat()


def of_one_day(count: int) -> list[Event]:
    """Return envoys of one day, so that the order of each two is open."""
    return [
        ev.EnvoyAccredited(
            on="2015-01-05", sender="USA", receiver="VNM", name=f"E{at}", sources=["vna"]
        )
        for at in range(count)
    ]


def nested(count: int) -> list[Event]:
    """Return ranges of days of which each holds the next."""
    return [
        ev.TiesEstablished(on=f"[{day(at)}..{day(3000 - at)}]", parties=PAIR, sources=["vna"])
        for at in range(count)
    ]


def consecutive(count: int) -> list[Event]:
    """Return ties that begin and end every other day."""
    kinds = (ev.TiesEstablished, ev.TiesSevered)
    return [kinds[at % 2](on=day(at), parties=PAIR, sources=["vna"]) for at in range(count)]


def log_of(events: Sequence[Event], stream: str = "mine") -> dr.EventLog:
    return dr.EventLog(events, stream=stream, at="2026-01-01T00:00:00Z", sources=SOURCES)


@pytest.fixture
def counted() -> Iterator[Counter[str]]:
    """Count what is compared: pairs that are looked at, events found in cells, steps."""
    counts: Counter[str] = Counter()

    def counting(name: str, plain: Any) -> Any:
        def count(*given: Any) -> Any:
            counts[name] += 1
            return plain(*given)

        return count

    def found(self: CellIndex, cells: Any, count: int) -> Iterator[Event]:
        for event in near(self, cells, count):
            counts["near"] += 1
            yield event

    def open_(self: CellIndex, event: Event, cells: Any) -> Iterator[Event]:
        for one in overlapping(self, event, cells):
            counts["open"] += 1
            yield one

    near, overlapping, following = CellIndex.nearest, CellIndex.overlapping, Search._next
    with (
        patch.object(likeness, "_are_alike", counting("alike", likeness._are_alike)),
        patch.object(CellIndex, "nearest", found),
        patch.object(CellIndex, "overlapping", open_),
        patch.object(Search, "_next", counting("steps", following)),
    ):
        yield counts


@pytest.mark.parametrize("make", [of_one_day, nested, consecutive])
def test_checks_compare_so_many_times_as_there_are_events(make: Any, counted: Counter[str]) -> None:
    sums = []
    for count in (100, 200, 400):
        counted.clear()
        check(log_of(make(count)), today="2026-02-01")
        sums.append(counted.total())
    assert 0 < sums[2] - sums[1] <= 2.2 * (sums[1] - sums[0])
    assert sums[2] < 400 * 2 * (NEAREST + 2)  # looked at for likeness, and for the order of a day


def test_beginnings_that_two_streams_report_are_compared_with_the_nearest(
    counted: Counter[str],
) -> None:
    mine = [ev.TiesEstablished(on=day(0), parties=PAIR, sources=["vna"])]
    for count in (NEAREST, NEAREST + 1, 200):
        counted.clear()
        theirs = [
            ev.TiesEstablished(on=day(at * 40 + 9), parties=PAIR, sources=["vna"])
            for at in range(count)
        ]
        log = log_of(mine) | log_of(theirs, "theirs")
        found = check(log, today="2026-02-01")
        assert counted["alike"] == NEAREST
        assert [one.code for one in found].count("DR507") == (count > NEAREST)


def test_what_is_cut_short_is_reported_once_for_each_group() -> None:
    found = check(log_of(of_one_day(NEAREST + 1)), today="2026-02-01")
    assert "DR507" not in {one.code for one in found}
    assert [one.code for one in found].count("DR506") == NEAREST * (NEAREST + 1) // 2
    found = check(log_of(of_one_day(NEAREST + 2)), today="2026-02-01")
    (cut,) = (one for one in found if one.code == "DR507")
    assert "34 events of one day" in cut.message
    assert cut.stream == "mine"
    numbers = [one.event for one in found if one.code == "DR506"]
    assert len(numbers) == NEAREST * (NEAREST + 1) // 2 + NEAREST


def test_like_events_that_are_too_many_are_reported_at_the_first() -> None:
    rounds = [
        ev.VisitMade(
            on=f"2011-01-01/{day(15000 + at)}",
            visitor="SGP",
            host="VNM",
            occasion=f"round {at}",
            sources=["vna"],
        )
        for at in range(NEAREST + 2)
    ]
    (cut,) = check(log_of(rounds), today="2026-02-01")
    assert (cut.code, cut.event) == ("DR507", rounds[0].id)
    assert check(log_of(rounds[1:]), today="2026-02-01") == ()


def test_like_events_with_numbers_of_their_own_are_not_compared(counted: Counter[str]) -> None:
    visits = [
        ev.VisitMade(on="2011-01-01", visitor="SGP", host="VNM", nth=at + 1, sources=["vna"])
        for at in range(200)
    ]
    assert check(log_of(visits), today="2026-02-01") == ()
    assert counted["alike"] == 0


def test_a_search_that_would_take_too_long_is_not_begun(counted: Counter[str]) -> None:
    events = nested(13)
    days = [(event.on.lo, event.on.hi) for event in events]
    search = Search(events, days, TIES, dr.EventLog([]).reference)
    assert not search.run().searched
    assert search.orders(10) is None
    assert counted["steps"] == 0
    fewer = Search(events[:3], days[:3], TIES, dr.EventLog([]).reference)
    assert fewer.run().searched
    assert counted["steps"] > 0


def test_a_search_of_more_events_than_steps_is_not_begun(counted: Counter[str]) -> None:
    events = consecutive(40)
    days = [(event.on.lo, event.on.hi) for event in events]
    with patch("diplorel.replay.plausible.LIMIT", 39):
        assert not Search(events, days, TIES, dr.EventLog([]).reference).run().searched
    assert counted["steps"] == 0
    assert Search(events, days, TIES, dr.EventLog([]).reference).run().searched


@pytest.mark.parametrize("what", ["sources", "parties", "corrections"])
def test_of_very_many_unknown_names_only_the_first_are_compared_with_the_known(what: str) -> None:
    def named(at: int) -> dict[str, Any]:
        given: dict[str, Any] = {"parties": PAIR, "sources": ["vna"]}
        if what == "sources":
            return {**given, "sources": [f"vnaa-{at}"]}
        if what == "parties":
            return {**given, "parties": ("VNM", f"ATLANTIS_{at}")}
        return {**given, "supersedes": [f"no/such-{at}"], "reason": "mended"}

    log = log_of([ev.TalksHeld(on=day(at), **named(at)) for at in range(HINTED + 100)])
    look = Lookalikes.nearest
    with patch.object(Lookalikes, "nearest", autospec=True, side_effect=look) as compared:
        found = check(log, today="2026-01-01")
    assert len({one.message for one in found}) > HINTED
    assert HINTED <= compared.call_count <= 2 * HINTED  # of parties, at home and anywhere


def test_accounts_of_one_event_are_not_compared_with_each_other() -> None:
    first = ev.TiesEstablished(on="1950", parties=PAIR, sources=["vna"])
    accounts = [attrs.evolve(first, note=f"{at}") for at in range(300)]
    log = dr.EventLog([*accounts, *accounts], stream="mine", at="2026-01-01T00:00:00Z")
    compared = Counter[str]()
    equal = type(first).__eq__

    def counted(self: Event, other: object) -> bool:
        compared["pairs"] += 1
        return equal(self, other)

    with patch.object(type(first), "__eq__", counted):
        assert len(log.records) == 300
    assert compared["pairs"] <= 2 * 300  # each with the one that it repeats


def test_a_name_is_compared_only_with_those_that_share_enough_letters() -> None:
    table = PartyTable.of(dr.EventLog([]).reference.parties)  # one that has looked for no name
    with patch("difflib.SequenceMatcher.ratio", autospec=True, return_value=0.7) as compared:
        for name in ("Vietnm", "undecidable", "Republic of Koreea"):
            for _ in range(3):
                with pytest.raises(dr.errors.UnknownPartyError):
                    table.find(name)
    names = sum(1 for party in table for _ in (*party.names, *party.also))
    assert 0 < compared.call_count < 3 * names / 4  # once each, and not with all


def test_a_day_of_very_many_digits_is_a_wrong_date_like_another() -> None:
    head = "type,on,party_a,party_b,sources\n"
    for text in ("ngày 1 tháng {} năm 1973", "1/{}/1973", "{} March 1973", "{}"):
        row = f"ties-established,{text.format('8' * 40)},SGP,VNM,vna\n"
        with pytest.raises(dr.errors.StreamError) as caught:
            dr.read_sheet(head + row)
        assert {one.code for one in caught.value.problems} <= {"DR131", "DR138"}

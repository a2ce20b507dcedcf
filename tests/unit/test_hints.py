"""What stands beside the state of a relation: another holder of a name, and ties before an end."""

from __future__ import annotations

from typing import Any, Final

import pytest

import diplorel as dr
from diplorel import Coverage, EventLog, load
from diplorel import events as ev
from diplorel.analysis.hints import find_later_end, find_other_holders
from diplorel.model.dates import PartialDate
from diplorel.model.holders import held_names, other_holders


def log_of(*events: Any, coverage: tuple[Coverage, ...] = ()) -> EventLog:
    return EventLog(events, at="2026-01-01T00:00:00Z", coverage=coverage)


def tie(kind: str, a: str, b: str, on: str) -> Any:
    return getattr(ev, f"Ties{kind}")(parties=(a, b), on=on, sources=["s"])


def test_every_shared_name_has_known_holders_who_lived_then_and_a_source() -> None:
    for shared in held_names():
        assert len(shared.parties) > 1
        assert shared.source.startswith("https://")
        assert shared.name("vi")
        for id in shared.parties:
            party = dr.party(id)
            assert party.lived(shared.start), id
            assert shared.end is None or party.lived(shared.end), id


@pytest.mark.parametrize(
    ("party", "day", "others"),
    [
        ("CHN", "1960-01-01", ["TWN"]), ("TWN", "1960-01-01", ["CHN"]), ("CHN", "1940-01-01", []),
        ("CHN", None, ["TWN"]), ("DEU", "1990-10-02", ["DDR"]), ("DEU", "1990-10-03", []),
        ("DEU", None, []), ("VNM", "1975-04-30", ["RVN"]), ("VNM", "1975-05-01", []),
        ("SGP", "1970-01-01", []), ("COD", None, ["COG"]),
    ],
)  # fmt: skip
def test_a_name_is_shared_on_the_days_of_the_table(
    party: str, day: str | None, others: list[str]
) -> None:
    on = None if day is None else PartialDate(day).lo
    assert [other for _, other in other_holders(party, on)] == others


# --- another holder of the name -------------------------------------------------------------------

USA_TWN: Final = tie("Established", "USA", "TWN", "1949-12-19")


def others(log: EventLog, a: str, b: str, on: str | None) -> list[tuple[str, str, str]]:
    pair = (a, b) if a < b else (b, a)
    found = find_other_holders(log.replay(on).snapshot, pair)
    return [(one.asked, one.other, one.side) for one in found]


def test_the_other_holder_is_named_where_the_ties_were_with_it() -> None:
    log = log_of(USA_TWN, tie("Severed", "USA", "TWN", "1979-01-01"))
    assert others(log, "USA", "CHN", "1960-01-01") == [("CHN", "TWN", "USA")]
    assert others(log, "USA", "CHN", "1949-12-18") == []
    assert others(log, "USA", "CHN", "1980-01-01") == []
    assert others(log, "USA", "TWN", "1960-01-01") == []  # the ties were with the party asked
    log = log | log_of(tie("Established", "USA", "CHN", "1979-01-01"))
    assert others(log, "USA", "TWN", None) == [("TWN", "CHN", "USA")]


def test_two_holders_of_one_name_are_no_hint_to_each_other() -> None:
    log = log_of(USA_TWN)
    assert others(log, "CHN", "TWN", "1960-01-01") == []


def test_both_sides_can_have_another_holder() -> None:
    log = log_of(tie("Established", "DDR", "PRK", "1949-11-06"))
    assert others(log, "DEU", "PRK", "1960-01-01") == [("DEU", "DDR", "PRK")]
    assert others(log, "DDR", "KOR", "1960-01-01") == [("KOR", "PRK", "DDR")]


def test_the_shipped_streams_point_from_beijing_to_taipei() -> None:
    log = load("united_states")
    (hint,) = find_other_holders(log.replay("1960-01-01").snapshot, ("CHN", "USA"))
    assert (hint.other, hint.since.text, hint.shared.name("vi")) == (
        "TWN",
        "1949-12-19",
        "Trung Quốc",
    )


# --- ties before an end ---------------------------------------------------------------------------


def later(log: EventLog, on: str) -> str | None:
    found = find_later_end(log.relation("USA", "SCG", on=on), log.relation("USA", "SCG"))
    return None if found is None else found.id


@pytest.mark.parametrize("kind", ["Severed", "Suspended", "Restored"])
def test_an_end_without_a_beginning_says_that_there_were_ties_before(kind: str) -> None:
    event = tie(kind, "USA", "SCG", "1999-03-23")
    log = log_of(event, tie("Established", "USA", "SCG", "2000-11-12"))
    assert later(log, "1998-01-01") == event.id
    assert later(log, "1999-03-23") is None
    assert log.relation("USA", "SCG", on="1998-01-01").ties.status.value == "unknown"


def test_what_is_recorded_or_complete_by_the_day_needs_no_hint() -> None:
    severed = tie("Severed", "USA", "SCG", "1999-03-23")
    begun = tie("Established", "USA", "SCG", "1992-04-27")
    assert later(log_of(begun, severed), "1990-01-01") is None
    assert (
        later(log_of(severed, coverage=(Coverage(track="ties", parties=["USA"]),)), "1990") is None
    )
    vague = tie("Severed", "USA", "SCG", "[1990..1999]")
    assert later(log_of(vague), "1995-01-01") is None  # it may have happened already
    assert later(log_of(), "1995-01-01") is None

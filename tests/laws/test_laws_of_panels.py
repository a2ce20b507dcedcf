"""A panel says in every cell what the relation of that day says, and knows nothing more."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import Coverage, EventLog, Record, Source
from diplorel.events import (
    AgreementJoined,
    AgreementSigned,
    MissionClosed,
    MissionOpened,
    PartySucceeded,
    TiesEstablished,
)
from diplorel.replay.fold import fold_states
from diplorel.testing.dense import PARTIES, references
from diplorel.testing.events import events, visit_events
from diplorel.testing.streams import record_lists
from diplorel.tracks import STANDARD
from diplorel.tracks.agreements import AGREEMENTS
from diplorel.tracks.level import LevelStatus
from diplorel.tracks.missions import MISSIONS
from diplorel.tracks.ties import TIES, TiesStatus
from diplorel.tracks.visits import VisitMade
from draws import draws

if TYPE_CHECKING:
    from diplorel.model.reference import Reference
    from diplorel.model.table import Table

YEARS = (2012, 2014)
NEAR = {"VNM", "SGP", "MYS", "BRA"}  # parties of the events, and one of which nothing is recorded
some = settings(max_examples=draws(12))
known_data = st.builds(
    lambda reference, more: {**reference, "coverage": [*reference["coverage"], *more]},
    references,
    st.lists(
        st.builds(
            Coverage,
            track=st.sampled_from(("visits", "missions", "agreements")),
            parties=st.sampled_from((["VNM"], ["SGP", "VNM"])),
            since=st.sampled_from((None, "2013-01-01", "2013-09-11")),
            until=st.sampled_from((None, "2014")),
            stream=st.just("a"),
        ),
        max_size=2,
    ),
)
asked = st.sampled_from(("start", "end", "06-30", "09-11"))


def rows_of(panel: Table) -> list[dict[str, Any]]:
    return [row for row in panel if {row["party_a"], row["party_b"]} <= {*PARTIES, *NEAR}]


def alive(reference: Reference, id: str, day: date) -> bool:
    known = reference.parties.get(id)
    return known is None or known.is_alive(day.toordinal())


def known_of(relation: Any, track: Any, *, told: bool) -> str:
    if track.name not in relation.certain:
        return "undecided"
    if track.name in relation.unknown and not told:
        return "unknown"
    if relation.contested:
        return "contested"
    return "as-last-recorded" if track.name in relation.last_recorded else "known"


@some
@given(record_lists(events(), most=10), known_data, asked, st.booleans())
def test_every_cell_is_that_of_the_relation_of_the_day(
    records: list[Record], reference: dict[str, Any], at: str, directed: bool
) -> None:
    log = EventLog(records, **reference)
    panel = log.panel("VNM", years=YEARS, at=at, directed=directed)
    worlds = {day: log.replay(day) for day in {*panel["on"]}}
    for row in rows_of(panel):
        a, b, day = row["party_a"], row["party_b"], row["on"]
        relation = worlds[day][a, b]
        ties = relation.ties
        status = None if ties.status is TiesStatus.UNKNOWN else ties.status.value
        told = bool(relation.events(TIES))
        assert row["ties"] == status
        assert row["ties_known"] == known_of(relation, TIES, told=told)
        assert row["ties_since"] == (ties.since and ties.since.text)
        for side, ladder in (("a", a), ("b", b)):
            held = relation.level(ladder)
            assert row[f"level_{side}"] == (held.level and held.level.id)
            unknown = held.status is LevelStatus.UNKNOWN
            known = row[f"level_{side}_known"]
            assert (known == "undecided") == (not held.certain)
            assert not unknown or known in ("unknown", "undecided")
            if held.certain and not unknown:
                rank = held.level.rank if held.level else 0
                assert row[f"level_{side}_rank"] == row[f"level_{side}_rank_min"] == rank
            if not held.certain and row[f"level_{side}_rank_min"] is not None and not unknown:
                other = b if ladder == a else a
                ranks = {one.rank or 0 for one in worlds[day].possible_standings(ladder, other)}
                assert row[f"level_{side}_rank_min"] == min(ranks)
                assert row[f"level_{side}_rank_max"] == max(ranks)
        for name, sender in (("posts_ab", a), ("posts_ba", b)):
            told = any(
                isinstance(event, MissionOpened | MissionClosed) and event.sender == sender
                for event in relation.events(MISSIONS)
            )
            covered = MISSIONS.name not in relation.unknown
            number = len(relation.missions.sent_by(sender))
            assert row[name] == (number if told or covered else None)
            assert row[f"{name}_known"] == known_of(relation, MISSIONS, told=told)
        documents = relation.agreements.documents
        told = any(one.in_force for one in documents)
        covered = AGREEMENTS.name not in relation.unknown
        in_force = len(relation.agreements.in_force())
        assert row["agreements"] == (in_force if told or covered else None)
        assert row["agreements_known"] == known_of(relation, AGREEMENTS, told=told)


@some
@given(record_lists(visit_events(), most=10), known_data)
def test_visits_are_counted_where_they_began(
    records: list[Record], reference: dict[str, Any]
) -> None:
    log = EventLog(records, **reference)
    made = [one for one in log.resolve().events if isinstance(one, VisitMade)]
    for row in rows_of(log.panel("VNM", years=YEARS, columns=["visits"])):
        first, last = (date(row["year"], *one).toordinal() for one in ((1, 1), (12, 31)))
        for name, visitor, host in (
            ("visits_ab", row["party_a"], row["party_b"]),
            ("visits_ba", row["party_b"], row["party_a"]),
        ):
            mine = [one for one in made if (one.visitor, one.host) == (visitor, host)]
            sure = [one for one in mine if first <= one.on.lo and one.on.hi <= last]
            may = [one for one in mine if one.on.lo <= last and first <= one.on.hi]
            known = row[f"{name}_known"]
            vouched = any(
                one.holds("visits", (visitor, host), first)
                and one.holds("visits", (visitor, host), last)
                for one in log.coverage
            )
            assert (known == "undecided") == (len(may) > len(sure))
            assert row[name] == (len(sure) if may or vouched else None)
            assert (known == "known") <= vouched
            assert (known == "unknown") == (not may and not vouched)


@some
@given(record_lists(events(), most=8), known_data, st.sampled_from(("at", "any")))
def test_every_pair_that_lives_has_one_row_and_no_other_has(
    records: list[Record], reference: dict[str, Any], how: Any
) -> None:
    log = EventLog(records, **reference)
    panel = log.panel("VNM", years=YEARS, alive=how, columns=["ties"])
    found = [(row["party_b"], row["year"]) for row in panel]
    assert len(found) == len({*found})
    for party in log.reference.parties:
        if not party.is_state or party.id == "VNM":
            continue
        for year in range(YEARS[0], YEARS[1] + 1):
            start = date(year, 1, 1) if how == "any" else date(year, 12, 31)
            days = ((start + timedelta(more)) for more in range(366 if how == "any" else 1))
            lives = any(
                alive(log.reference, party.id, day) and alive(log.reference, "VNM", day)
                for day in days
                if day.year == year
            )
            assert ((party.id, year) in found) == lives, (party.id, year)


@some
@given(record_lists(events(), most=8), known_data)
def test_directed_rows_are_the_undirected_ones_from_either_side(
    records: list[Record], reference: dict[str, Any]
) -> None:
    log = EventLog(records, **reference)
    one_way = log.panel("VNM", years=YEARS)
    both = log.panel("VNM", years=YEARS, directed=True)
    assert len(both) == 2 * len(one_way)
    by_key = {(row["party_a"], row["party_b"], row["year"]): row for row in both}
    for row in one_way:
        a, b = row["party_a"], row["party_b"]
        assert by_key[a, b, row["year"]] == row
        turned = by_key[b, a, row["year"]]
        assert turned == {_turned(name): value for name, value in row.items()}


def _turned(name: str) -> str:
    swaps = {"_a": "_b", "_b": "_a", "_ab": "_ba", "_ba": "_ab"}
    parts = name.split("_")
    return "_".join(swaps.get(f"_{part}", f"_{part}")[1:] for part in parts)


@some
@given(record_lists(events(), most=8), known_data)
def test_with_the_earliest_dates_it_is_the_replay_of_each_day(
    records: list[Record], reference: dict[str, Any]
) -> None:
    log = EventLog(records, **reference).view(dates="earliest")
    for row in rows_of(log.panel("SGP", years=(2013, 2014), columns=["ties", "agreements"])):
        relation = log.replay(row["on"])[row["party_a"], row["party_b"]]
        status = None if relation.ties.status is TiesStatus.UNKNOWN else relation.ties.status
        assert row["ties"] == status
        assert row["ties_known"] == known_of(relation, TIES, told=bool(relation.events(TIES)))


def small_log(*events: Any) -> EventLog:
    source = Source(id="j", title="J", publisher="J", kind="joint", published="2013-12")
    return EventLog(events, stream="a", sources=[source])


def row_of(log: EventLog, party: str, **asked: Any) -> dict[str, Any]:
    (row,) = [row for row in log.panel("VNM", **asked) if row["party_b"] == party]
    return row


def test_a_succession_that_may_hand_on_a_level_leaves_it_open_and_unknown() -> None:
    succeeded: dict[str, Any] = {"predecessor": "IDN", "successor": "SGP", "kind": "continuation"}
    log = small_log(
        TiesEstablished(on="2013-09-10", parties=("IDN", "SGP"), sources=["j"]),
        PartySucceeded(**succeeded, dyads=["VNM"], tracks=["level"], on="201X", sources=["j"]),
    )
    row = row_of(log, "IDN", years=(2013, 2013), columns=["level"])
    assert row["level_a_known"] == "undecided"
    assert {row[f"level_a{end}"] for end in ("", "_rank", "_status")} == {None}


def test_an_accession_of_uncertain_date_counts_from_when_the_other_belongs() -> None:
    log = small_log(
        AgreementJoined(on="2012-06-01", parties=("IDN",), agreement="treaty", sources=["j"]),
        AgreementJoined(on="[2011..2014]", parties=("VNM",), agreement="treaty", sources=["j"]),
    )
    panel = log.panel("VNM", years=(2011, 2014), columns=["agreements"])
    known = [row["agreements_known"] for row in panel if row["party_b"] == "IDN"]
    assert known == ["unknown", "undecided", "undecided", "unknown"]


def test_a_seat_is_handed_on_in_the_track_of_agreements_alone_too() -> None:
    succeeded: dict[str, Any] = {"predecessor": "VNM", "successor": "USA", "kind": "continuation"}
    log = small_log(
        AgreementSigned(on="2013-09", parties=("VNM", "USA"), agreement="pact", sources=["j"]),
        PartySucceeded(
            **succeeded, dyads=["USA"], tracks=["agreements"], on="2013-09/2013-10", sources=["j"]
        ),
    )
    events = log.resolve().events
    alone = fold_states(events, (AGREEMENTS,), log.reference)[AGREEMENTS]["pact"]
    assert alone == fold_states(events, STANDARD, log.reference)[AGREEMENTS]["pact"]
    assert any(isinstance(event, PartySucceeded) for event in alone.events)

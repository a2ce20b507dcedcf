"""Succession: who takes whose place, for the dyads and tracks that a source names."""

from __future__ import annotations

from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import InvalidEventError
from diplorel.events import PartySucceeded, SuccessionKind
from diplorel.model.dates import PartialDate
from diplorel.model.names import BY_TEXT
from diplorel.replay.accumulators import EVERYTHING
from diplorel.replay.family_orders import Together
from diplorel.replay.fold import fold
from diplorel.tracks.succession import SUCCESSION, Succession, SuccessionState


def succeeded(
    on: str = "1991-12-27", old: str = "SUN", new: str = "RUS", **more: Any
) -> PartySucceeded:
    return PartySucceeded(**{
        "on": on, "predecessor": old, "successor": new, "kind": "continuation",
        "dyads": ["VNM", "CUB"], "tracks": ["ties", "level"], "sources": ["s"], **more,
    })  # fmt: skip


def test_a_succession_takes_plain_data_and_sorts_its_lists() -> None:
    one = succeeded()
    assert (one.dyads, one.tracks) == (("CUB", "VNM"), ("level", "ties"))
    assert one.kind is SuccessionKind.CONTINUATION
    assert one.parties == ("SUN", "RUS")
    assert one.id == "party-succeeded/SUN-RUS/1991-12-27/CUB+VNM"
    assert succeeded(dyads=["CUB"]).undated_key == ("party-succeeded", "SUN", "RUS", "CUB")
    assert succeeded(dyads=[]).id == "party-succeeded/SUN-RUS/1991-12-27"
    for odd in ({"dyads": "VNM"}, {"tracks": "ties"}, {"dyads": ["vnm"]}, {"predecessor": "sun"}):
        with pytest.raises(InvalidEventError):
            succeeded(**odd)


def test_each_dyad_moves_from_the_predecessor_to_the_successor() -> None:
    assert succeeded().moves() == (
        (("CUB", "SUN"), ("CUB", "RUS")),
        (("SUN", "VNM"), ("RUS", "VNM")),
    )


@pytest.mark.parametrize(
    ("more", "same"),
    [
        ({"dyads": ["VNM", "LAO"], "tracks": ["missions", "ties"]}, True),
        ({"dyads": ["LAO"]}, False),
        ({"tracks": ["missions"]}, False),
    ],
)
def test_two_reports_may_be_one_where_they_share_a_dyad_and_a_track(
    more: dict[str, Any], same: bool
) -> None:
    assert succeeded().may_be(succeeded("1992", **more), BY_TEXT) is same


def test_the_other_parties_are_its_third_parties() -> None:
    assert [*succeeded().third_parties()] == [("dyads", "CUB"), ("dyads", "VNM")]


def test_no_dyad_of_the_two_themselves_moves() -> None:
    assert succeeded(dyads=["RUS", "SUN", "VNM"]).moves() == ((("SUN", "VNM"), ("RUS", "VNM")),)
    assert succeeded(dyads=[]).moves() == ()


def test_both_parties_know_of_it_oldest_first() -> None:
    first = succeeded("1922", "RUS", "SUN", kind="unification")
    one = succeeded("1991-12-27")
    two = succeeded("1991-12-27", new="UKR", kind="secession")
    late = succeeded("1991-12-27", new="BLR", seq=1, kind="split")
    tables = fold([late, two, one, first], [SUCCESSION])[SUCCESSION]
    assert sorted(str(subject) for subject in tables) == ["BLR", "RUS", "SUN", "UKR"]
    found = SUCCESSION.freeze(tables["SUN"].value)
    assert found == SuccessionState(
        (
            Succession("RUS", "SUN", SuccessionKind.UNIFICATION, PartialDate("1922")),
            Succession("SUN", "RUS", SuccessionKind.CONTINUATION, PartialDate("1991-12-27")),
            Succession("SUN", "UKR", SuccessionKind.SECESSION, PartialDate("1991-12-27")),
            Succession("SUN", "BLR", SuccessionKind.SPLIT, PartialDate("1991-12-27")),
        )
    )
    assert SUCCESSION.freeze(tables["BLR"].value).successions == found.successions[3:]
    assert SUCCESSION.none == SUCCESSION.unknown == SuccessionState(())


def test_successions_commute() -> None:
    assert SUCCESSION.commute(succeeded(), succeeded(new="UKR")) is True
    assert SUCCESSION.of_dyads is False


# --- what comes before a succession, and what after -----------------------------------------------

DAY = "2013-09-10"


def moved(kind: str = "continuation", on: str = DAY, **more: Any) -> PartySucceeded:
    return succeeded(on, "IDN", "SGP", **{
        "kind": kind, "dyads": ["VNM"],
        "tracks": ["level", "missions", "recognition", "sectors", "special", "ties", "visits"],
        **more,
    })  # fmt: skip


def tied(on: str = DAY, of: str = "IDN", **more: Any) -> ev.TiesEstablished:
    return ev.TiesEstablished(on=on, parties=(of, "VNM"), sources=["s"], **more)


def severed(on: str = DAY, of: str = "IDN", **more: Any) -> ev.TiesSevered:
    return ev.TiesSevered(on=on, parties=(of, "VNM"), sources=["s"], **more)


def raised(on: str = DAY, level: str = "low") -> ev.LevelUpgraded:
    return ev.LevelUpgraded(on=on, parties=("IDN", "VNM"), ladder="VNM", level=level, sources=["s"])


def heir(*events: Any, on: str | None = "2014-01-01", **view: Any) -> dr.Relation:
    """Return the successor's relation, which the index and the replay show alike."""
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])
    log = dr.EventLog(events, ladders=[ladder], stream="a", at="2024-01-01T00:00:00Z")
    asked = log.view(**view)
    relation = asked.replay(on)["SGP", "VNM"]
    if not view:
        assert log.relation("SGP", "VNM", on=on) == relation
    return relation


@pytest.mark.parametrize("kind", ["continuation", "split", "merger", "unification"])
@pytest.mark.parametrize("on", [DAY, "2013-09", "2013"])
def test_what_the_predecessor_did_on_the_day_of_its_succession_came_before(
    kind: str, on: str
) -> None:
    for events in ([tied(on), moved(kind, on)], [moved(kind, on), raised(on), tied(on)]):
        for dates in ("latest", "earliest"):
            ties = heir(*events, dates=dates).ties
            assert ties.status == "established"
            assert ties.since == dr.PartialDate(on)
            assert not ties.open
        relation = heir(*events)
        assert {"level", "ties"} <= relation.certain
        assert [event.type for event in relation.events("ties")] == [
            "ties-established",
            "party-succeeded",
        ]


def test_all_tracks_hand_on_what_was_done_that_day() -> None:
    way: dict[str, Any] = {"on": DAY, "parties": ("IDN", "VNM"), "sources": ["s"]}
    relation = heir(
        moved(),
        raised(),
        ev.MissionOpened(on=DAY, sender="IDN", receiver="VNM", city="Hanoi", sources=["s"]),
        ev.SectorPartnershipFormed(**way, sector="energy"),
        ev.SpecialRelationshipDeclared(**way),
        ev.VisitMade(on=DAY, visitor="IDN", host="VNM", sources=["s"]),
    )
    standing = relation.level("VNM")
    assert (standing.level and standing.level.id, standing.certain) == ("low", True)
    assert [(one.sender, one.city) for one in relation.missions.missions] == [("SGP", "Hanoi")]
    assert [one.sector for one in relation.sectors.partnerships] == ["energy"]
    assert relation.special.since == dr.PartialDate(DAY)
    assert len(relation.visits.visits) == 1
    assert {"level", "missions", "sectors", "special", "visits"} <= relation.certain


def test_after_a_secession_the_predecessor_goes_on() -> None:
    """No rule tells what came first: of one day the precedence does, of a month nothing."""
    of_a_day = heir(tied(), moved("secession"))
    assert (of_a_day.ties.status, "ties" in of_a_day.certain) == ("unknown", True)
    of_a_month = heir(tied("2013-09"), moved("secession", "2013-09"))
    assert "ties" not in of_a_month.certain
    assert "status" in of_a_month.ties.open


def test_seq_is_stronger_than_the_rules() -> None:
    relation = heir(moved(), tied(seq=1))
    assert (relation.ties.status, "ties" in relation.certain) == ("unknown", True)


def test_what_the_successor_does_can_tell_what_it_was_handed() -> None:
    """It restores what was broken off, so that was before."""
    found = heir(
        tied("2010"),
        severed("2013-09"),
        moved(on="2013-09"),
        ev.TiesRestored(on="2013-12-01", parties=("SGP", "VNM"), sources=["s"]),
    ).ties
    assert found.status == "established"
    assert not found.open
    assert len(found.spells) == 2


def test_the_level_hears_a_severance_where_the_ties_put_it() -> None:
    relation = heir(tied("2010"), raised("2011"), severed(), moved(), tied("2013-10-01", "SGP"))
    assert relation.level("VNM").status == "ended"
    assert relation.level("VNM").certain


def test_two_of_whom_one_goes_on_are_searched_in_turn() -> None:
    """Indonesia's ties of that day go to Singapore, and from there to the United States."""
    on = moved(predecessor="SGP", successor="USA")
    log = dr.EventLog([on, moved(), tied()], stream="a", at="2024-01-01T00:00:00Z")
    world = log.replay("2014-01-01")
    assert world["SGP", "VNM"].ties.status == "established"
    for pair in (("IDN", "VNM"), ("SGP", "VNM"), ("USA", "VNM")):
        assert log.relation(*pair, on="2014-01-01") == world[pair]


def test_a_search_that_takes_too_long_leaves_all_of_them_open() -> None:
    month = [tied("2013-09", nth=at + 1) for at in range(14)]
    log = dr.EventLog([*month, moved(on="2013-09")], stream="a", at="2024-01-01T00:00:00Z")
    world = log.replay("2014-01-01")
    for pair in (("IDN", "VNM"), ("SGP", "VNM")):
        assert "ties" not in world[pair].certain


def test_what_may_not_have_happened_is_open_for_the_heir() -> None:
    relation = heir(tied("2013-09"), moved(on="2013-09"), on="2013-09-15")
    assert [event.type for event in relation.undecided] == ["party-succeeded", "ties-established"]
    assert "ties" not in relation.certain


def test_families_that_ask_for_opposite_orders_of_two_successions_leave_all_open() -> None:
    one, two = succeeded("2013", "IDN", "SGP"), succeeded("2013", "SGP", "MYS")
    opens: dict[Any, Any] = {("MYS", "VNM"): frozenset(), ("CUB", "MYS"): EVERYTHING}
    asked = Together([[two, one]], opens)
    assert asked.in_order([one, two]) == ([two, one], opens)
    against = Together([[one, two], [two, one]], opens)
    assert against.in_order([one, two]) == ([one, two], dict.fromkeys(opens, EVERYTHING))


def test_an_event_of_several_partners_touches_families_and_others() -> None:
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1)])
    level = ev.LevelUpgraded(
        on="2013-09-10", parties=("IDN", "THA", "VNM"), ladder="VNM", level="low", sources=["s"]
    )
    moved = succeeded("2013-09-10", "IDN", "SGP", dyads=["VNM"], tracks=["level"])
    world = dr.EventLog([level, moved], ladders=[ladder]).replay("2014-01-01")
    for party in ("SGP", "THA"):
        held = world[party, "VNM"].level("VNM")
        assert (held.level and held.level.id, held.certain) == ("low", True)


def test_an_heir_may_have_the_seat_that_only_an_open_joining_gives_its_predecessor() -> None:
    joined = ev.AgreementJoined(on="2013-09", agreement="pact", parties=["IDN"], sources=["vna"])
    events = [
        ev.AgreementJoined(on="2010-01-01", agreement="pact", parties=["VNM"], sources=["vna"]),
        joined,
        PartySucceeded(
            on="2013-09-10",
            predecessor="IDN",
            successor="SGP",
            kind="secession",
            dyads=["VNM"],
            tracks=["agreements"],
            sources=["vna"],
        ),
    ]
    log = dr.EventLog(events, stream="a", at="2024-01-01T00:00:00Z")
    for day, open_ in (("2013-09-09", ()), ("2013-09-10", (joined,)), ("2013-09-12", (joined,))):
        relation = log.replay(day)["SGP", "VNM"]
        assert tuple(relation.undecided) == open_
        assert ("agreements" in relation.certain) is (not open_)
        assert tuple(log.relation("SGP", "VNM", on=day).undecided) == open_
        assert ("SGP" in log.replay(day).snapshot.others("VNM")) is bool(open_)

"""What single tracks promise, whatever came before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from diplorel import events as ev
from diplorel.model.records import in_order
from diplorel.replay.order import Openness
from diplorel.testing.dense import LEVELS, NEAR, dates
from diplorel.testing.events import KIN, dyad_events, level_events, recognition_events, ties_events
from diplorel.testing.streams import distinct, log_of
from diplorel.tracks import RECOGNITION, STANDARD
from diplorel.tracks.agreements import AgreementEvent

if TYPE_CHECKING:
    from diplorel.model.events import Event

PAIR = KIN[1]
LATER = ("2101-01-01", "2101-01-02", "2101-01-03")  # after every date drawn


def settled(
    drawn: st.SearchStrategy[Event], *, least: int = 0, most: int = 5
) -> st.SearchStrategy[list[Event]]:
    """Draw events whose order is not open: what comes later can show that of others otherwise."""
    return distinct(drawn, least=least, most=most).filter(
        lambda events: not Openness(STANDARD).of(in_order(events))
    )


before = settled(dyad_events(dates, [PAIR]), most=6)


@given(before, st.sampled_from(LEVELS))
def test_reaching_a_level_that_one_has_never_moves_its_since(
    events: list[Event], level: str
) -> None:
    raised = [
        ev.LevelUpgraded(on=day, parties=PAIR, ladder="VNM", level=level, sources=["s-gov"])
        for day in LATER
    ]
    first = log_of([*events, raised[0]]).replay()[PAIR].level("VNM")
    again = log_of([*events, *raised]).replay()[PAIR].level("VNM")
    assert first.level is not None
    assert first.level.id == level
    assert again == first


@given(settled(level_events(dates, [PAIR], ["VNM"])))
def test_a_renewal_never_moves_the_since_of_a_level_held(events: list[Event]) -> None:
    renewed = ev.LevelRenewed(
        on=LATER[0], parties=PAIR, ladder="VNM", level="mid-plus", sources=["s-gov"]
    )
    held = log_of(events).replay()[PAIR].level("VNM")
    after = log_of([*events, renewed]).replay()[PAIR].level("VNM")
    assert after.level is not None
    assert after.level.id == "mid-plus"
    gains_a_rank = held.level is not None and held.level.rank is None
    assert after.since == (renewed.on if held.level is None or gains_a_rank else held.since)


@given(before)
def test_what_severing_ends_does_not_come_back_with_the_ties(
    events: list[Event],
) -> None:
    severed = ev.TiesSevered(on=LATER[0], parties=PAIR, sources=["s-gov"])
    restored = ev.TiesRestored(on=LATER[1], parties=PAIR, sources=["s-gov"])
    with_ties = log_of(events).replay()[PAIR]
    broken = log_of([*events, severed]).replay()[PAIR]
    mended = log_of([*events, severed, restored]).replay()[PAIR]
    assert broken.ties.status == "severed"
    assert mended.ties.status == "established"
    assert mended.ties.since == restored.on
    assert mended.ties.spells[-1].start == restored.on
    for relation in (broken, mended):
        for ladder in ("VNM", "SGP", "USA"):
            standing = relation.level(ladder)
            held = with_ties.level(ladder)
            assert standing.level is None
            assert standing.agreed is None
            assert standing.status == ("ended" if held.level is not None else held.status)
            assert standing.since == (severed.on if held.level is not None else held.since)
        assert relation.sectors.partnerships == ()
        assert relation.special.since is None
        assert relation.agreements == with_ties.agreements
        assert relation.missions.missions == tuple(
            one for one in with_ties.missions.missions if one.kind == "consulate"
        )
        assert relation.missions.envoys == tuple(
            one for one in with_ties.missions.envoys if one.rank == "consul"
        )
        assert relation[RECOGNITION] == with_ties[RECOGNITION]
        assert relation.visits == with_ties.visits
        assert relation.figures == with_ties.figures


@given(before)
def test_spells_are_in_order_and_only_the_last_is_open(events: list[Event]) -> None:
    ties = log_of(events).replay()[PAIR].ties
    assert all(spell.end is not None for spell in ties.spells[:-1])
    if ties.spells:
        assert (ties.spells[-1].end is None) == (ties.status == "established")
    days = [
        date.latest
        for spell in ties.spells
        for date in (spell.start, spell.end)
        if date is not None
    ]
    assert days == sorted(days)


@given(before, distinct(dyad_events(dates, KIN[2:]), least=1, most=4))
def test_the_events_of_one_dyad_leave_every_other_dyad_alone(
    events: list[Event], others: list[Event]
) -> None:
    # parties share agreements: with a key of its own, it is another
    apart = [
        attrs.evolve(one, agreement=f"their-{one.agreement}")
        if isinstance(one, AgreementEvent)
        else one
        for one in others
    ]
    assert log_of([*events, *apart]).replay()[PAIR] == log_of(events).replay()[PAIR]


@given(
    distinct(level_events(dates, [PAIR], ["VNM"]), least=0, most=4),
    level_events(dates, [PAIR], ["SGP"]),
)
def test_one_ladder_says_nothing_of_another(events: list[Event], other: Event) -> None:
    mine = log_of(events).replay()[PAIR].level("VNM")
    assert log_of([*events, other]).replay()[PAIR].level("VNM") == mine


@given(before)
def test_a_party_that_succeeds_goes_on_from_where_the_other_stood(events: list[Event]) -> None:
    succeeded = ev.PartySucceeded(
        on=LATER[0],
        predecessor="SGP",
        successor="IDN",
        kind="continuation",
        dyads=["VNM"],
        tracks=["ties", "level", "agreements", "sectors", "special", "visits", "figures"],
        sources=["s-gov"],
    )
    world = log_of([*events, succeeded]).replay()
    old, heir = world["SGP", "VNM"], world["IDN", "VNM"]
    assert old.ties == log_of(events).replay()["SGP", "VNM"].ties
    for one in ("ties", "sectors", "special", "visits", "figures"):
        assert getattr(heir, one) == getattr(old, one)
    assert heir.agreements.documents == tuple(  # a seat that was given up is not taken
        one for one in old.agreements.documents if one.terminated is None
    )
    assert heir.level("VNM") == old.level("VNM")
    assert heir.missions == log_of([]).replay()["IDN", "VNM"].missions


@given(settled(dyad_events(dates, KIN[:1])), dates)
def test_a_succession_to_nothing_recorded_carries_nothing_on(events: list[Event], day: str) -> None:
    succeeded = ev.PartySucceeded(
        on=day,
        predecessor="USA",
        successor="IDN",
        kind="split",
        dyads=["VNM"],
        tracks=["ties", "level"],
        sources=["s-gov"],
    )
    level: Any = {"on": NEAR[0], "ladder": "VNM", "level": "mid", "sources": ["s-gov"]}
    rivals = [
        ev.LevelUpgraded(parties=KIN[0], **level),
        ev.LevelUpgraded(parties=KIN[1], **level),
        ev.TiesEstablished(on=NEAR[0], parties=KIN[1], sources=["s-gov"]),
    ]
    events = [*events, *rivals]
    alone, world = log_of(events).replay(), log_of([*events, succeeded]).replay()
    for pair in (("IDN", "VNM"), ("USA", "VNM")):
        bare = [attrs.evolve(one[pair].ties, open=frozenset()) for one in (world, alone)]
        assert bare[0] == bare[1]  # when it happened can be open all the same
        assert world[pair].level("VNM").status == alone[pair].level("VNM").status
    assert [(row.party, row.best, row.worst) for row in world.ranking("VNM")] == [
        (row.party, row.best, row.worst) for row in alone.ranking("VNM")
    ]


def _succession(on: str, old: str, new: str, kind: str, **more: Any) -> ev.PartySucceeded:
    named = {"dyads": ["VNM"], "tracks": ["ties", "recognition"], "sources": ["s-gov"], **more}
    return ev.PartySucceeded(on=on, predecessor=old, successor=new, kind=kind, **named)


@given(
    distinct(dyad_events(dates, KIN), least=0, most=6),
    st.sampled_from(("continuation", "split", "merger", "secession", "unification")),
)
def test_only_the_dyads_and_tracks_that_a_succession_names_are_carried_on(
    events: list[Event], kind: str
) -> None:
    succeeded = _succession(LATER[0], "SGP", "IDN", kind, tracks=["ties"])
    alone, world = log_of(events).replay(), log_of([*events, succeeded]).replay()
    assert world["SGP", "VNM"].ties == alone["SGP", "VNM"].ties
    assert world["USA", "VNM"] == alone["USA", "VNM"]
    heir, before = world["IDN", "VNM"], alone["IDN", "VNM"]
    for track in STANDARD:
        if track.of_dyads and track.name != "ties":
            assert heir[track] == before[track]
    owned = before.ties.status != "unknown"
    kept = owned and (kind != "continuation" or world["SGP", "VNM"].ties.status == "unknown")
    assert heir.ties == (before if kept else alone["SGP", "VNM"]).ties
    other = log_of([*events, attrs.evolve(succeeded, dyads=["USA"])]).replay()
    assert other["IDN", "VNM"].ties == before.ties


@given(settled(dyad_events(dates, KIN[:1])))
def test_nobody_succeeds_because_somebody_ends(events: list[Event]) -> None:
    world = log_of(events).replay()
    for track in STANDARD:
        if track.of_dyads:
            assert world["SGP", "VNM"][track] == track.unknown


@given(settled(ties_events(dates, KIN[:1]) | recognition_events(dates, KIN[:1])))
def test_a_chain_of_continuations_that_returns_is_where_it_began(events: list[Event]) -> None:
    chain = [
        _succession(LATER[0], "IDN", "SGP", "continuation"),
        _succession(LATER[1], "SGP", "USA", "continuation"),
        _succession(LATER[2], "USA", "IDN", "continuation"),
    ]
    first = log_of(events).replay()["IDN", "VNM"]
    world = log_of([*events, *chain]).replay()
    for heir in ("SGP", "USA", "IDN"):
        assert world[heir, "VNM"].ties == first.ties
        for subject in ("state", "government"):
            one, two = (each.recognition("VNM", subject) for each in (world[heir, "VNM"], first))
            assert (one.status, one.since) == (two.status, two.since)


def test_what_continues_a_state_takes_over_its_ties_though_it_had_its_own_before() -> None:
    def ties(kind: type[Event], on: str, party: str) -> Event:
        return kind(on=on, parties=("USA", party), sources=["s-gov"])  # type: ignore[call-arg]

    events = [
        ties(ev.TiesEstablished, "1809-07-14", "RUS"),
        ties(ev.TiesSuspended, "1917-11-07", "RUS"),
        ties(ev.TiesEstablished, "1933-11-16", "SUN"),
        _succession("1991-12-25", "SUN", "RUS", "continuation", dyads=["USA"]),
    ]
    log = log_of(events)
    assert log.relation("RUS", "USA", on="1991-12-24").ties.status == "lapsed"
    assert log.relation("RUS", "USA").ties.since == events[2].on
    assert [event.on.text for event in log.relation("RUS", "USA").events()] == [
        "1809-07-14", "1917-11-07", "1922-12-30", "1933-11-16", "1991-12-25",
    ]  # fmt: skip
    told_again = _succession("1992-03-01", "SUN", "RUS", "continuation", dyads=["LAO", "USA"])
    severed = ties(ev.TiesSevered, "1992-02-01", "RUS")
    assert log_of([*events, severed, told_again]).replay()["RUS", "USA"].ties.status == "severed"

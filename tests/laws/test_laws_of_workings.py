"""What is worked out once for many days, and for many accounts, is what each alone shows."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import Coverage
from diplorel import events as ev
from diplorel.analysis.possible_standings import possible_standings
from diplorel.claims.upgrades import find_possible_upgrades, find_upgrades, upgrades_of
from diplorel.model.dates import FIRST_DAY, LAST_DAY
from diplorel.model.parties import Life, Party
from diplorel.replay.snapshot import take_snapshot
from diplorel.replay.workings import Workings
from diplorel.testing.dense import NEAR
from diplorel.testing.streams import log_of, logs
from diplorel.tracks import GROUPS, LEVEL, SPECIAL, STANDARD, TIES
from diplorel.world import World
from draws import draws

if TYPE_CHECKING:
    from diplorel import EventLog

DAYS = (*NEAR, "2013-09-20", "2013-12-31", "2014-01-31")
PAIR = ("SGP", "VNM")
several = st.lists(st.sampled_from(DAYS), min_size=3, max_size=6)
rules = st.sampled_from(("latest", "earliest"))
ends = st.none() | st.sampled_from(("2013-09-12", "2013-09", "2014"))


@settings(max_examples=draws(60))
@given(
    logs(most=10),
    st.lists(st.sampled_from(DAYS), min_size=3, max_size=6),
    rules,
    st.booleans(),
    ends,
)
def test_days_and_accounts_that_share_their_workings_show_what_each_alone_shows(
    log: EventLog, days: list[str], rule: Any, every: bool, end: str | None
) -> None:
    folded = STANDARD if every else (TIES, LEVEL, SPECIAL, GROUPS)
    reference = log.reference
    if end is not None:
        gone = Party(id="SGP", names={"en": "Singapore"}, lives=[Life(end=end)])
        reference = attrs.evolve(reference, extra_parties=[gone])
    told = log.resolve()
    first, *rest = told.unordered or (None,)
    moved = [attrs.evolve(first, on="2013-09-12")] if first is not None else []
    other = attrs.evolve(told, unordered=(*rest, *moved))
    shared = Workings()
    for day in days:
        for resolved in (told, other):
            at: dict[str, Any] = {"day": date.fromisoformat(day).toordinal(), "dates": rule}
            alone = take_snapshot(resolved, reference, folded, **at)
            among = take_snapshot(resolved, reference, folded, **at, workings=shared)
            assert among == alone
            for pair in alone.dyads():
                for ladder in {*pair} & {*reference.ladder}:
                    (partner,) = {*pair} - {ladder}
                    found = possible_standings(among, ladder, partner)
                    assert found == possible_standings(alone, ladder, partner)
                    levels = frozenset(one.id for one in reference.ladder[ladder].levels[:2])
                    relation = World(alone).between(ladder, partner)
                    assert upgrades_of(World(among), ladder, partner, levels) == (
                        find_upgrades(relation, ladder, partner, levels),
                        find_possible_upgrades(relation, ladder, partner, levels),
                    )


def test_a_history_that_is_known_is_not_folded_again() -> None:
    """The state of the one relation is the very same on both days; that of the other is not."""
    log = log_of(
        [
            ev.TiesEstablished(parties=("SGP", "VNM"), on="2013-09-10", sources=["a"]),
            ev.TiesEstablished(parties=("IDN", "VNM"), on="2013-09-10", sources=["a"]),
            ev.TiesSevered(parties=("IDN", "VNM"), on="2013-09-12", sources=["a"]),
        ]
    )
    shared = Workings()
    one, two = (
        take_snapshot(
            log.resolve(),
            log.reference,
            (TIES,),
            day=date(2013, 9, day).toordinal(),
            dates="latest",
            workings=shared,
        ).tables[TIES]
        for day in (11, 13)
    )
    assert one["SGP", "VNM"] is two["SGP", "VNM"]
    assert one["IDN", "VNM"] != two["IDN", "VNM"]


def test_what_an_absence_says_goes_by_the_day() -> None:
    """Without an event of ties, only the coverage of the day says that there are none."""
    log = log_of(
        [
            ev.LevelUpgraded(
                parties=("SGP", "VNM"), ladder="VNM", level="mid", on="2013", sources=["a"]
            )
        ],
        coverage=[Coverage(track="ties", parties=["VNM"], until="2014-01-31")],
    )
    shared = Workings()
    covered, beyond = (
        {one.ties.lo for one in possible_standings(snapshot, "VNM", "SGP")}
        for snapshot in (
            take_snapshot(
                log.resolve(),
                log.reference,
                STANDARD,
                day=date.fromisoformat(day).toordinal(),
                dates="latest",
                workings=shared,
            )
            for day in ("2014-01-31", "2014-02-01")
        )
    )
    assert covered == {LAST_DAY}
    assert beyond == {FIRST_DAY}

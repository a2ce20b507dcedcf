"""The search for plausible orders at its bounds, and what is said when it does not end."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis import plausible_orders, possible_standings
from diplorel.model.converters import dyad
from diplorel.model.events import Event, Precedence
from diplorel.model.records import in_order
from diplorel.model.reference import Reference
from diplorel.replay import plausible
from diplorel.replay.order import joined, settle
from diplorel.replay.plausible import Search
from diplorel.replay.prefixes import changes_by_day
from diplorel.tracks import LEVEL, TIES
from diplorel.tracks.track import Rule, Track, essence

PAIR: Final = ("SGP", "VNM")
NOTHING: Final = Reference()
KINDS: Final = (ev.TiesEstablished, ev.TiesSevered, ev.TiesRestored, ev.TiesSuspended)


def heap(count: int) -> list[Any]:
    return in_order(
        KINDS[at % 4](on=f"[2013-01-01..2013-12-{at + 1:02}]", parties=PAIR, sources=["s"])
        for at in range(count)
    )


def search(events: list[Any], track: Track[Any, Any] = TIES) -> Search:
    return Search(events, [(event.on.lo, event.on.hi) for event in events], track, NOTHING)


@pytest.mark.parametrize("limit", [3, 5])  # fewer than there are events, and more
def test_a_search_that_takes_too_long_gives_the_convention_and_nothing_certain(
    limit: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plausible, "LIMIT", limit)
    events = heap(4)
    found = search(events).run()
    assert not found.searched
    assert found.order == tuple(events)
    assert found.open == {"status", "since", "spells"}
    assert found.days == tuple((event.on.lo, event.on.hi) for event in events)
    assert search(events).orders(10) is None
    relation = dr.EventLog(events, at="2024-01-10T09:00:00Z").replay()["SGP", "VNM"]
    assert not relation.ties.is_certain("status")
    assert "ties" not in relation.certain


def test_where_the_whole_takes_too_long_what_matters_most_is_still_looked_for() -> None:
    whole = search(heap(8))
    found = whole.run()
    assert found.searched
    assert whole.steps <= plausible.LIMIT
    assert "spells" in found.open  # it was not looked at


def test_more_plausible_orders_than_asked_for_are_not_listed() -> None:
    assert search(heap(5)).orders(1) is None
    several = search(heap(5)).orders(1_000)
    assert several is not None
    assert len({tuple(event.id for event in order) for order in several}) == len(several) > 1
    assert several[0] == search(heap(5)).run().order


def test_chains_that_contradict_each_other_have_no_common_order() -> None:
    one, two = heap(2)
    assert joined([one, two], [[two, one]]) == [two, one]
    assert joined([one, two], [[one, two], [two, one]]) is None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Crossed(Event):
    """An event of one cell or of both."""

    type: ClassVar[str] = "crossed"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, str] = attrs.field(converter=dyad)
    name: str
    where: tuple[str, ...]

    @property
    def discriminator(self) -> str:
        return self.name


def _find(acc: list[str], event: Crossed, reference: Reference) -> tuple[str, str] | None:
    """One cell wants A before B, the other B before A."""
    wrong = {"a": "x" not in acc and "b" not in acc, "b": "x" in acc and "a" not in acc}
    return ("wrong", "") if wrong.get(event.name) else None


CROSSED: Final[Track[list[str], tuple[str, ...]]] = Track(
    name="crossed",
    owns=(Crossed,),
    handlers={Crossed: lambda acc, event: acc.append(event.name)},
    start=list,
    freeze=tuple,
    none=(),
    unknown=(),
    cells=lambda event: tuple((cell,) for cell in event.where),
    rules={Crossed: (Rule(code="X1", find=_find),)},
    mark=lambda state, open_: state,
)


def test_where_two_cells_ask_for_opposite_orders_the_convention_holds_and_nothing_is_certain() -> (
    None
):
    def crossed(name: str, on: str, *where: str) -> Crossed:
        return Crossed(on=on, parties=PAIR, name=name, where=where, sources=["s"])

    both = [crossed("a", "2013", "one", "two"), crossed("b", "2013", "one", "two")]
    events = [crossed("x", "2012", "one"), crossed("y", "2012", "two"), *both]
    settled = settle(in_order(events), [CROSSED], NOTHING, "latest")[CROSSED]
    assert settled.order == tuple(in_order(events))
    assert settled.open == {(("one",), "state"), (("two",), "state")}
    last = [*changes_by_day(in_order(events), CROSSED, NOTHING)][-1][1]  # the index of all days
    assert (last.events, last.open) == (settled.order, settled.open)


class _Bare:
    """What nothing can be told of."""

    __slots__ = ()


def test_accumulators_go_by_what_they_hold_and_unknown_things_by_themselves() -> None:
    assert essence({"a": [1, {2}]}) == essence({"a": [1, {2}]})
    assert essence([1]) != essence([2])
    one, two = _Bare(), _Bare()
    assert essence(one) == essence(one) != essence(two)
    kept = bytearray(b"a")
    assert essence(kept) == id(kept)
    assert essence(LEVEL.start()) == essence({})


# --- standings -----------------------------------------------------------------------------------


def raised(on: str, level: str, **more: Any) -> ev.LevelUpgraded:
    return ev.LevelUpgraded(on=on, parties=PAIR, ladder="VNM", level=level, sources=["s"], **more)


LADDER: Final = dr.Ladder(
    party="VNM", levels=[dr.Level(id="low", rank=1), *(dr.Level(id=f"l{at}") for at in range(8))]
)


def standings(*events: Any, on: str) -> set[str | None]:
    log = dr.EventLog(events, at="2024-01-10T09:00:00Z", ladders=[LADDER])
    return {one.level for one in log.replay(on).possible_standings("VNM", "SGP")}


def test_many_events_that_may_not_have_happened_leave_everything_open() -> None:
    many = [raised(f"[2013-01-0{at + 1}..2013-12-01]", f"l{at}") for at in range(7)]
    assert standings(*many[:2], on="2013-06-01") == {None, "l0", "l1"}
    assert standings(*many, on="2013-06-01") == {None, "low", *(f"l{at}" for at in range(8))}


def test_too_many_orders_leave_everything_open(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (plausible_orders, possible_standings):
        monkeypatch.setattr(module, "LIMIT", 1)
    everything = {None, "low", *(f"l{at}" for at in range(8))}
    assert standings(*heap(5), raised("2013", "low"), on="2014-01-01") == everything
    moved = ev.PartySucceeded(
        on="2013", predecessor="IDN", successor="SGP", kind="secession", dyads=["VNM"],
        tracks=["ties", "level"], sources=["s"],
    )  # fmt: skip
    theirs = ev.LevelUpgraded(
        on="2012", parties=("IDN", "VNM"), ladder="VNM", level="low", sources=["s"]
    )
    assert standings(moved, theirs, raised("2013", "l0"), on="2014-01-01") == everything
    severed = ev.TiesSevered(on="2013", parties=("IDN", "VNM"), sources=["s"])
    ties = ev.TiesEstablished(on="2012", parties=("IDN", "VNM"), sources=["s"])
    assert standings(moved, ties, severed, raised("2013", "l0"), on="2014-01-01") == everything


def test_by_seq_three_events_can_ask_for_an_order_that_no_days_give() -> None:
    way: dict[str, Any] = {"parties": PAIR, "sources": ["s"]}
    events = [
        ev.TiesEstablished(on="2013-09-10", seq=1, **way),
        ev.TiesRestored(on="2013-09-10", seq=1, **way),
        ev.TiesSevered(on="[2013-09-10..2013-09-11]", **way),
        raised("2013-09-12", "low"),
    ]
    assert standings(*events, on="2014-01-01") == {"low"}


def test_a_succession_moves_the_standing_by_every_order() -> None:
    theirs = ev.LevelUpgraded(
        on="2013-05-01", parties=("IDN", "VNM"), ladder="VNM", level="low", sources=["s"]
    )
    ties = ev.TiesEstablished(on="2012", parties=("IDN", "VNM"), sources=["s"])
    moved = ev.PartySucceeded(
        on="2013-06", predecessor="IDN", successor="SGP", kind="continuation", dyads=["VNM"],
        tracks=["level"], sources=["s"],
    )  # fmt: skip
    assert standings(theirs, ties, moved, on="2013-07-01") == {"low"}


def test_what_the_predecessor_did_that_day_moves_with_it() -> None:
    theirs: dict[str, Any] = {"on": "2013-06-01", "parties": ("IDN", "VNM"), "sources": ["s"]}
    moved = ev.PartySucceeded(
        on="2013-06-01", predecessor="IDN", successor="SGP", kind="continuation", dyads=["VNM"],
        tracks=["level", "ties"], sources=["s"],
    )  # fmt: skip
    rise = ev.LevelUpgraded(**theirs, ladder="VNM", level="low")
    given = [moved, rise, ev.TiesEstablished(**theirs)]
    assert standings(*given, on="2013-07-01") == {"low"}
    log = dr.EventLog(given, at="2024-01-10T09:00:00Z", ladders=[LADDER])
    ranking = log.replay("2013-07-01").ranking("VNM")
    assert [row.party for row in ranking.rows] == ["IDN", "SGP"]
    assert not ranking.undecided


def test_what_may_not_have_happened_comes_after_nothing_of_the_last_day() -> None:
    own: dict[str, Any] = {"parties": PAIR, "sources": ["s"]}
    events = [
        ev.LevelUpgraded(
            on="2013-05-01", parties=("IDN", "VNM"), ladder="VNM", level="low", sources=["s"]
        ),
        ev.PartySucceeded(
            on="2013-06-01", predecessor="IDN", successor="SGP", kind="continuation",
            dyads=["VNM"], tracks=["level"], sources=["s"],
        ),
        ev.TiesEstablished(on="2013-06-15", **own),
        ev.TiesSevered(on="[2013-06-15..2013-06-17]", **own),
    ]  # fmt: skip
    assert standings(*events, on="2013-06-15") == {"low", None}


def test_events_of_all_tracks_are_listed_in_the_orders_shown() -> None:
    """Severed "in June 1950" comes after established "in 1950", in lists and stories too."""
    log = dr.EventLog(
        [
            ev.TiesEstablished(on="1950", parties=("SGP", "VNM"), sources=["s"]),
            ev.TiesSevered(on="1950-06", parties=("SGP", "VNM"), sources=["s"]),
            ev.VisitMade(on="1950-03-01", visitor="SGP", host="VNM", sources=["s"]),
        ]
    )
    relation = log.relation("SGP", "VNM")
    types = [event.type for event in relation.events()]
    assert types.index("ties-established") < types.index("ties-severed")
    assert [event.type for event in relation.explain().events] == types
    assert [entry.event.type for entry in log.timeline("SGP", "VNM")] == types

"""A track of one's own: town twinning, with no change in the library."""

from __future__ import annotations

from typing import Any, ClassVar, assert_type

import attrs
import pytest

from diplorel import EventLog, Track, events
from diplorel.errors import UnknownTrackError
from diplorel.model.converters import date_or_none, dyad
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.narrative.narrator import Narrator


@attrs.frozen(kw_only=True)
class TownsTwinned(Event):
    """Two towns of two parties became twins."""

    type: ClassVar[str] = "towns-twinned"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, ...] = attrs.field(converter=dyad)
    towns: tuple[str, ...] = attrs.field(converter=tuple)

    @property
    def discriminator(self) -> str:
        return "--".join(self.towns).casefold()


@attrs.frozen
class Twins:
    """The pairs of towns, in order; None where nobody lists them."""

    pairs: tuple[tuple[str, ...], ...] | None = ()


def _twin(acc: set[tuple[str, ...]], event: TownsTwinned) -> None:
    acc.add(event.towns)


def _freeze(acc: set[tuple[str, ...]]) -> Twins:
    return Twins(tuple(sorted(acc)))


TWINNING: Track[set[tuple[str, ...]], Twins] = Track(
    name="twinning",
    owns=(TownsTwinned,),
    handlers={TownsTwinned: _twin, events.TiesSevered: lambda acc, event: acc.clear()},
    start=set,
    freeze=_freeze,
    none=Twins(()),
    unknown=Twins(None),
)


def twinned(on: str, *towns: str) -> TownsTwinned:
    return TownsTwinned(on=on, parties=("VNM", "FRA"), towns=towns, sources=["s"])  # type: ignore[arg-type]


LOG = EventLog([twinned("1977", "Huế", "Rennes"), twinned("1995-06-01", "Hanoi", "Toulouse")])


def test_a_track_of_ones_own_is_folded_beside_the_standard_ones_and_read_by_itself() -> None:
    relation = LOG.replay("2000-01-01", tracks=[TWINNING])["VNM", "FRA"]
    twins = relation[TWINNING]
    assert_type(twins, Twins)
    assert twins == Twins((("Hanoi", "Toulouse"), ("Huế", "Rennes")))
    assert relation.events(TWINNING) == tuple(record.event for record in _in_order())
    assert "twinning" in relation.certain
    assert relation.ties.status.value == "unknown"


def _in_order() -> list[Any]:
    return sorted(LOG.records, key=lambda record: record.event.on.hi)


def test_its_state_follows_the_day_and_what_it_hears_of_other_tracks() -> None:
    early = LOG.replay("1980-01-01", tracks=[TWINNING])["VNM", "FRA"]
    assert early[TWINNING].pairs == (("Huế", "Rennes"),)
    open_year = LOG.replay("1977-06-01", tracks=[TWINNING])["VNM", "FRA"]
    assert open_year[TWINNING] == TWINNING.unknown
    assert "twinning" not in open_year.certain
    break_ = events.TiesSevered(on="2001", parties=("VNM", "FRA"), sources=["s"])
    late = LOG.append(break_).replay(tracks=[TWINNING])["VNM", "FRA"]
    assert late[TWINNING] == Twins(())


def test_where_nothing_is_recorded_its_own_states_of_nothing_stand() -> None:
    world = LOG.replay(tracks=[TWINNING])
    assert world["VNM", "SGP"][TWINNING] == TWINNING.unknown
    assert world.state(TWINNING, ("FRA", "VNM")).pairs == (("Hanoi", "Toulouse"), ("Huế", "Rennes"))
    assert "twinning" in world["VNM", "SGP"].unknown


def test_a_track_that_was_not_handed_over_is_not_there() -> None:
    relation = LOG.replay()["VNM", "FRA"]
    with pytest.raises(UnknownTrackError) as caught:
        relation[TWINNING]
    assert str(caught.value) == (
        "the track 'twinning' was not folded, only ties, level, special, sectors, missions, "
        "recognition, agreements, visits, figures, groups, succession. Hand it to replay(tracks=…)"
    )
    assert isinstance(caught.value, LookupError)


def test_its_events_are_events_like_any_other() -> None:
    one = twinned("1977", "Huế", "Rennes")
    assert one.id == "towns-twinned/FRA-VNM/1977/huế--rennes"
    assert one.content() == {
        "type": "towns-twinned", "on": "1977", "parties": ["FRA", "VNM"],
        "towns": ["Huế", "Rennes"],
    }  # fmt: skip


@attrs.frozen(kw_only=True)
class PactSealed(Event):
    """An event of one's own with fields of every sort, and no phrase for some of them."""

    type: ClassVar[str] = "pact-sealed"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, ...] = attrs.field(converter=dyad)
    until: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    seals: tuple[str, ...] = ()
    weight: int = 0


PACTS: Track[list[Event], int] = Track(
    name="pacts",
    owns=(PactSealed,),
    handlers={PactSealed: list.append},
    start=list,
    freeze=len,
    none=0,
    unknown=-1,
)


def test_the_fields_of_ones_own_events_fill_in_the_phrases() -> None:
    sealed = PactSealed(
        on="2001",
        parties=("VNM", "FRA"),
        until="2010-05",
        seals=("A", "B"),
        weight=3,
        sources=["s"],
    )
    bare = PactSealed(on="2001", parties=("VNM", "FRA"), sources=["s"])
    phrases = {"pact-sealed": ("{names}: {until}, {seals}, {weight}.", "{names}: {until}.")}
    track = attrs.evolve(PACTS, phrases=phrases)
    words = Narrator(EventLog().reference, first="VNM", tracks=(track,))
    assert words.sentence(sealed) == "Vietnam and France: May 2010, A and B, 3."
    assert words.sentence(bare) == "Vietnam and France: , , 0."


def test_an_event_without_a_phrase_is_described_by_its_type_and_parties() -> None:
    bare = PactSealed(on="2001", parties=("VNM", "FRA"), sources=["s"])
    for tracks in ((PACTS,), ()):
        words = Narrator(EventLog().reference, first="VNM", tracks=tracks)
        assert words.sentence(bare) == "Pact sealed: Vietnam and France."

"""Days that are found in one pass are those that a fold of each day anew shows."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel.model.lives import PartyEnded
from diplorel.model.parties import Life, Party
from diplorel.model.records import in_order
from diplorel.model.reference import Reference
from diplorel.replay.fold import fold_states
from diplorel.replay.prefixes import changes_by_day
from diplorel.testing.dense import NEAR, SGP_LADDER, VNM_LADDER, dates, narrow_dates
from diplorel.testing.events import level_events, mission_events, ties_events
from diplorel.testing.streams import distinct
from diplorel.tracks.level import LEVEL
from diplorel.tracks.missions import MISSIONS
from diplorel.tracks.ties import TIES
from draws import draws

if TYPE_CHECKING:
    from diplorel.model.events import Event

PAIR = (("SGP", "VNM"),)
dense = st.one_of(narrow_dates, dates, st.sampled_from(("2013-09", "2013", *NEAR)))
by_track = st.sampled_from(
    [
        (TIES, distinct(ties_events(dense, PAIR), least=2, most=8)),
        (LEVEL, distinct(level_events(dense, PAIR, ("VNM", "SGP")), least=2, most=8)),
        (MISSIONS, distinct(mission_events(dense, PAIR), least=2, most=9)),
    ]
).flatmap(lambda drawn: st.tuples(st.just(drawn[0]), drawn[1]))
bound = st.none() | st.sampled_from(("2013-09-11", "2013-09", "[2013-09-10..2013-09-12]"))
lives = st.one_of(
    st.builds(lambda start: [Life(start=start)], bound),
    st.builds(lambda end: [Life(end=end)], st.sampled_from(("2013-09-12", "2013-09", "2014"))),
    st.just([Life(end="2013-09-11"), Life(start="2013-09-13")]),
)


@settings(max_examples=draws(150))
@given(by_track, lives)
def test_one_pass_finds_what_a_fold_of_each_day_shows(
    drawn: tuple[Any, list[Event]], party: list[Life]
) -> None:
    track, events = drawn
    singapore = Party(id="SGP", names={"en": "Singapore"}, lives=party)
    reference = Reference(ladders=[VNM_LADDER, SGP_LADDER], extra_parties=[singapore])
    ends = [one for one in reference.ends if one.parties == ("SGP",)]
    given_ = in_order([one for one in (*events, *ends) if type(one) in track.handlers])
    found = dict(changes_by_day(given_, track, reference))
    begun = min(event.on.lo for event in events)
    for day in sorted({event.on.hi for event in given_}):
        happened = given_[: bisect_right(given_, day, key=lambda event: event.on.hi)]
        state = fold_states(happened, (track,), reference)[track].get(PAIR[0])
        late = [one for one in happened if isinstance(one, PartyEnded) and one.on.hi < begun]
        if state is None or len(late) == len(happened):
            assert day not in found
        else:
            assert found[day].open == state.open
            assert found[day] == state

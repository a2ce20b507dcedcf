"""Streams that engines replay: heavy ties, partial dates, corrections, lives, successions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import settings
from hypothesis import strategies as st

import diplorel as dr
from columnar_dates import scattered
from diplorel.model.parties import Life, Party
from diplorel.testing.dense import (
    KNOWN,
    MOMENTS,
    NEAR,
    PUBLISHED,
    SGP_LADDER,
    SOURCES,
    VNM_LADDER,
    dates,
    probes,
)
from diplorel.testing.events import (
    figure_events,
    level_events,
    ties_events,
    vague_level_events,
    visit_events,
)
from diplorel.testing.streams import distinct, record_lists
from diplorel.tracks.level import LevelUpgraded
from diplorel.tracks.ties import TiesEstablished, TiesSevered
from draws import draws

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event
    from diplorel.model.records import Record

few = settings(max_examples=min(draws(15), settings().max_examples // 2))
"""An engine plans some forty statements for an example, which takes half a second."""
ten = settings(max_examples=10)
"""Of fewer histories, none may have a tail that is too short, so that all of it is read."""
PAIRS = (("SGP", "VNM"), ("USA", "VNM"))
ends_of_years = st.sampled_from(("2013-06-30", "2013-12-31", "2020-06-30", "2020-12-31"))
rules = st.sampled_from(("latest", "latest", "earliest"))
days = st.one_of(probes, ends_of_years, st.none())


crowded = st.one_of(st.sampled_from(NEAR), dates)
"""Few days, so that many events share one."""


def log_of(given: Sequence[Event | Record], **more: Any) -> dr.EventLog:
    return dr.EventLog(
        given,
        stream="a",
        at=MOMENTS[0],
        sources=SOURCES,
        ladders=(VNM_LADDER, SGP_LADDER),
        **more,
    )


some = distinct(
    st.one_of(
        ties_events(crowded, PAIRS),
        level_events(crowded, PAIRS),
        vague_level_events(crowded, PAIRS),
        figure_events(crowded, PAIRS),
        visit_events(crowded, PAIRS),
    ),
    least=1,
    most=16,
)


steps = st.one_of(
    ties_events(scattered, PAIRS),
    level_events(scattered, PAIRS, ("VNM",)),
    st.builds(
        LevelUpgraded,
        on=scattered,
        parties=st.just(PAIRS[0]),
        ladder=st.sampled_from(("VNM", "SGP")),
        level=st.sampled_from(("low", "mid", "high")),
        sources=st.just(("s-gov",)),
    ),
    st.builds(TiesSevered, on=scattered, parties=st.just(PAIRS[0]), sources=st.just(("s-gov",))),
    st.builds(TiesEstablished, on=scattered, parties=st.just(PAIRS[0]), sources=st.just(("s",))),
)


reports = distinct(figure_events(crowded, PAIRS) | visit_events(scattered, PAIRS), least=3, most=20)
corrected = record_lists(st.one_of(ties_events(), level_events(), figure_events()), most=9)
clocks: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"known": st.sampled_from(KNOWN)}),
    st.fixed_dictionaries({"known": st.sampled_from(PUBLISHED), "clock": st.just("published")}),
)


@st.composite
def lives(draw: st.DrawFn) -> list[Party]:
    """Draw parties of which some end, some begin late, and some come back."""
    forms = (
        [Life(end=draw(st.sampled_from((*NEAR, "2013-09"))))],
        [Life(start=draw(st.sampled_from((*NEAR, "2013"))))],
        [Life(end="2013-09-10"), Life(start="2013-09-12", end="2013-10")],
    )
    some = draw(st.lists(st.sampled_from(("SGP", "IDN", "USA")), min_size=1, unique=True))
    return [Party(id=id, names={"en": id}, lives=draw(st.sampled_from(forms))) for id in some]

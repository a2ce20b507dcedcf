"""A small dense world to draw from: few parties, few days, so that ties and overlaps abound."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import Final

from hypothesis import strategies as st

from diplorel.model.ladders import Ladder, Level
from diplorel.model.reference import Coverage
from diplorel.model.sources import Source

PARTIES: Final = ("IDN", "SGP", "USA", "VNM")
GROUPS: Final = ("ASEAN", "EU")
DYADS: Final = tuple(combinations(PARTIES, 2))
STREAMS: Final = ("a", "b", "c")
MOMENTS: Final = tuple(datetime(year, 6, 15, 12, tzinfo=UTC) for year in (2020, 2021, 2022))
KNOWN: Final = ("2020-06-14", "2020-06-15", "2021-06-15", "2022-01-01", "2022-06-15")
PUBLISHED: Final = ("2013-09-10", "2013-09-12", "2013-10-05", "2013-12-31", "2025-01-01")

FIRST_DAY: Final = date(2013, 9, 10)
NEAR: Final = tuple((FIRST_DAY + timedelta(days=n)).isoformat() for n in range(5))
"""Five days next to each other."""
FAR: Final = ("2013-10-01", "2013-12-31", "2014-01-01", "2014-02-28")
COARSE: Final = (
    "2013-09", "2013-10", "2014-01", "2013", "2014", "201X", "20XX",
    "2013-09?", "2013-09~", "2013?", "2013~", "201X~",
    "[2013-09-11..2013-09-13]", "[2013-09-12..2013-10]", "[2013..2014-01]",
    "[..2013-09-12]", "[..2013]",
    "2013-09/2013-10", "2013/2014-01",
)  # fmt: skip
DOUBTED: Final = ("2013-09-11?", "2013-09-12~", "2013-09-11/2013-09-13", "2013-09-12/2013-10")
PROBES: Final = (
    "2009-12-31", "2013-01-01", "2013-09-09", *NEAR, "2013-09-15", "2013-09-30", "2013-10-01",
    "2013-10-31", "2013-12-31", "2014-01-01", "2014-01-31", "2014-02-28", "2014-12-31",
    "2019-12-31", "2099-12-31",
)  # fmt: skip
"""Days to ask for: before, on and after every bound of the dates above."""

near_days = st.sampled_from(NEAR)
far_days = st.sampled_from((*NEAR, *FAR))
dates = st.one_of(near_days, far_days, st.sampled_from(COARSE), st.sampled_from(DOUBTED))
"""Any date: days for the most part, so that states get somewhere."""
probes = st.sampled_from(PROBES)
dyads = st.sampled_from(DYADS)


@st.composite
def _narrow(draw: st.DrawFn, most: int) -> str:
    first, last = sorted((draw(near_days), draw(near_days)))
    width = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if width == 0:
        return first
    last = (date.fromisoformat(first) + timedelta(days=min(width, most - 1))).isoformat()
    return draw(st.sampled_from((first, f"[{first}..{last}]", f"[{first}..{last}]")))


narrow_dates = _narrow(4)
"""Days, and ranges of at most four days: the completions of a few can all be tried."""

# --- reference data ------------------------------------------------------------------------------

VNM_LADDER: Final = Ladder(
    party="VNM",
    levels=[
        Level(id="low", rank=1, names={"en": "Partnership"}),
        Level(id="mid", rank=2),
        Level(id="mid-plus", rank=2),
        Level(id="high", rank=3),
        Level(id="off"),
    ],
)
SGP_LADDER: Final = Ladder(party="SGP", levels=[Level(id="low", rank=1), Level(id="high", rank=2)])
LEVELS: Final = ("low", "mid", "mid-plus", "high", "off", "unlisted")
LADDERS: Final = ("VNM", "VNM", "SGP", "USA")

SOURCES: Final = (
    Source(id="s-joint", title="J", publisher="J", kind="joint", published="2013-12"),
    Source(
        id="s-gov", title="G", publisher="G", kind="government", published="2013-09-12", side="VNM"
    ),
    Source(id="s-side", title="S", publisher="S", kind="government", side="SGP"),
    Source(id="s-agency", title="A", publisher="A", kind="agency", published="2014"),
    Source(id="s-press", title="P", publisher="P", kind="press", derived_from="s-agency"),
    Source(id="s-twin", title="S", publisher="S", kind="press", same_as="s-gov"),
)
CITED: Final = (*(source.id for source in SOURCES), "s-missing")

coverages = st.builds(
    Coverage,
    track=st.sampled_from(("ties", "level", "agreements", "recognition", "groups")),
    parties=st.lists(st.sampled_from((*PARTIES, "ASEAN")), min_size=1, max_size=2, unique=True),
    since=st.sampled_from((None, "2013-09-11", "2013-10")),
    until=st.sampled_from((None, None, "2013-12-31", "2014")),
    at_least=st.sampled_from((None, None, "mid")),
    stream=st.sampled_from(STREAMS),
)
references = st.fixed_dictionaries(
    {
        "sources": st.sampled_from((SOURCES, SOURCES, SOURCES[:2], ())),
        "ladders": st.sampled_from(((VNM_LADDER, SGP_LADDER), (VNM_LADDER,))),
        "coverage": st.lists(coverages, max_size=2),
    }
)
"""Keyword arguments of a log."""

"""What the stream says of itself, and the claims that it brings."""

from __future__ import annotations

from typing import Any, Final

from diplorel.claims import TiesClaim
from diplorel.model.reference import StreamInfo
from tables import USA

RECORDED: Final = "2026-11-22T12:00:00Z"
"""When the stream was first made: fixed, so that the same tables give the same bytes."""
RECORDED_LATER: Final = "2026-11-27T12:00:00Z"
"""When the resumptions were added that the first release had left out."""
RECORDED_MENDED: Final = "2026-11-27T23:00:00Z"
"""When what the rules had read wrongly was corrected."""
FIRST: Final = "0.1.0"
"""The first release."""
SECOND: Final = "0.2.0"
"""The second release."""

INFO: Final = StreamInfo(
    name="united_states",
    title="The United States' relations since 1778, from the Office of the Historian's lists",
    version="0.3.0",
    licence="CC0-1.0",
    maintainers=["The diplorel maintainers"],
    description=(
        "Recognition, ties established, interrupted, severed and restored, missions, chiefs of "
        "mission, visits of foreign leaders, trips of presidents and secretaries of state, and "
        "some treaties. Made by rule of four lists of the Office of the Historian, U.S. Department "
        "of State, which are dedicated to the public domain (CC0): HistoryAtState/rdcr, /pocom, "
        "/visits and /travels on GitHub."
    ),
)

HEADER: Final = """\
# Made by examples/united_states/convert.py; NOTES.md says how, and what is left out.
# There is no coverage: what is here is sourced, and what is not here is unknown. The lists are
# complete of their kind, but no track of theirs is: not every heading could be read, other visitors
# and the missions of others are on no list, and the guide has no word on some partners' ties.
"""


def _ties(other: str, page: str, since: str, name: str) -> TiesClaim:
    text: dict[str, Any] = {
        "en": f"Diplomatic relations with {name} were established in {since}.",
    }
    return TiesClaim(
        id=f"us-ties-{page}",
        on="2024-12-31",
        source=f"us-guide-{page}",
        text=text,
        stream=INFO.name,
        parties=[USA, other],
        since=since,
        expect="supported",
    )


CLAIMS: Final = (
    _ties("FRA", "france", "1778", "France"),
    _ties("GBR", "united-kingdom", "1785", "the United Kingdom"),
    _ties("TEXAS", "texas", "1837", "Texas"),
    _ties("HAWAII", "hawaii", "1853", "Hawaii"),
    _ties("JPN", "japan", "1858", "Japan"),
    _ties("CUB", "cuba", "1902", "Cuba"),
    _ties("SAU", "saudi-arabia", "1940", "Saudi Arabia"),
    _ties("SGP", "singapore", "1966", "Singapore"),
)
"""The years in the guide's own headings, held against the days that were read beneath them."""

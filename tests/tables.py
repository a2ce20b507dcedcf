"""Tables at random, and one that holds every trap: what the tests of tables share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import strategies as st

from diplorel.model.column import Column, booleans, days, enum, floats, integers, text
from diplorel.model.table import Table

LABELS = {
    "strategic": "Đối tác Chiến lược",
    "comprehensive": "Đối tác Toàn diện",
    "csp": "Đối tác Chiến lược Toàn diện",
}
"""Not in the order of letters, of ids or of names."""


def every_trap() -> Table:
    """Return a table of every kind of column, with the values that other programs mangle."""
    return Table(
        [
            text("code", ["NA", "", None, "=1+2", 'Đà Nẵng; "Huế"\nx'], title="Mã"),
            integers("visits", [3, None, 0, -7, 2**53 + 1], unit="visits"),
            floats("amount", [1.5, None, -0.25, 9.15, 1e300], unit="USD bn"),
            days(
                "since",
                [date(1778, 2, 6), None, date(1, 1, 1), date(9999, 12, 31), date(1973, 8, 1)],
            ),
            booleans("resident", [True, None, False, True, False]),
            enum(
                "level", ["csp", None, "strategic", "comprehensive", "csp"], LABELS, note="x" * 100
            ),
        ],
        title="Bẫy",
        stamp={
            "library": "0.1.0",
            "streams": {"vietnam": "0.2.0"},
            "on": "2025-03-12",
            "known": None,
        },
    )


_TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5)
_LISTS: dict[Callable[..., Column], st.SearchStrategy[Any]] = {
    text: _TEXTS | st.sampled_from(["NA", "", "null", "=x", "'y", "-1", "NaN", "0x"]),
    integers: st.integers(-(2**63) + 1, 2**63 - 1),
    floats: st.floats(allow_nan=False),
    days: st.dates(),
    booleans: st.booleans(),
}


@st.composite
def tables(draw: st.DrawFn, *, rows: int | None = None) -> Table:
    """Draw a table of up to six columns with missing values in each."""
    length = draw(st.integers(0, 6)) if rows is None else rows
    columns: list[Column] = []
    for number, make in enumerate(draw(st.lists(st.sampled_from([*_LISTS, enum]), max_size=6))):
        values = _LISTS.get(make, st.sampled_from([*LABELS]))
        given = draw(st.lists(st.none() | values, min_size=length, max_size=length))
        about: dict[str, Any] = {
            "title": draw(_TEXTS),
            "unit": draw(st.sampled_from(["", "USD bn"])),
        }
        name = f"c{number}"
        columns.append(
            make(name, given, LABELS, **about) if make is enum else make(name, given, **about)
        )
    return Table(columns, title=draw(_TEXTS), stamp={"on": "2025-03-12"})

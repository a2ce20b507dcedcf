"""Dates of histories that have places which no plausible order crosses."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st


@st.composite
def _scattered(draw: st.DrawFn) -> str:
    """Draw a date of forty years: mostly a day, so that histories have places no order crosses."""
    day = date(draw(st.integers(1981, 2020)), draw(st.integers(1, 12)), draw(st.integers(1, 28)))
    text = day.isoformat()
    forms = (text,) * 9 + (text[:7], text[:4], f"{text}?", f"{text[:3]}X")
    found: str = draw(st.sampled_from(forms))
    return found


scattered = _scattered()

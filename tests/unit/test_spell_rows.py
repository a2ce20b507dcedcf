"""What one spell says: its length, its line, its row of the table."""

from __future__ import annotations

from datetime import date
from math import inf
from typing import Any

import attrs

from diplorel.analysis.spells import Bounds, Spell, Spells
from diplorel.model.dates import FIRST_DAY

BETWEEN = Bounds(None, 725000, 725400)


def spell(**more: Any) -> Spell:
    return Spell(**{
        "parties": ("SGP", "VNM"), "track": "level", "side": "VNM", "value": "low", "below": None,
        "start": Bounds("1985", 724642, 725006), "start_open": False,
        "began_by": "level-upgraded/a",
        "end": BETWEEN, "ended_by": "level-upgraded/b", "first": date(1985, 12, 31),
        "last": date(1986, 1, 1), "censored_on": None, "known": "known", **more,
    })  # fmt: skip


def test_the_table_of_spells_has_what_each_says() -> None:
    rows = [
        spell(),
        spell(
            side=None, value=None, below="high", start=Bounds(None, FIRST_DAY, 725006),
            start_open=True, began_by=None, end=None, ended_by=None, first=None, last=None,
            censored_on=date(1999, 1, 1), known="undecided",
        ),
    ]  # fmt: skip
    table = Spells(rows).table()
    for name in (
        "side", "value", "below", "start_open", "began_by", "end_open", "ended_by",
        "ended_by_type", "censored_on", "first", "last", "known",
    ):  # fmt: skip
        assert list(table[name]) == [getattr(one, name) for one in rows], name
    assert [*zip(table["party_a"], table["party_b"], strict=True)] == [("SGP", "VNM")] * 2
    assert list(table["start"]) == ["1985", None]
    assert list(table["start_earliest"]) == [date(1985, 1, 1), None]
    assert list(table["start_latest"]) == [date(1985, 12, 31)] * 2
    assert list(table["end"]) == [None, None]
    assert list(table["end_earliest"]) == [date(1985, 12, 25), None]
    assert list(table["end_latest"]) == [date(1987, 1, 29), None]
    assert list(table["days_lower"]) == [0, 4749]
    assert list(table["days_upper"]) == [758, inf]
    assert table.title == "Spells"


def test_the_length_of_a_spell_lies_between_its_bounds() -> None:
    assert spell().days == (0, 758)
    assert spell(start=Bounds(None, 724642, 724650)).days == (350, 758)
    assert spell(start=Bounds(None, FIRST_DAY, 724650)).days == (350, inf)
    assert spell(start=Bounds(None, FIRST_DAY + 1, 724650)).days == (350, 725399 - FIRST_DAY)
    on = date.fromordinal(725000)
    going = {"end": None, "ended_by": None, "censored_on": on}
    assert spell(start=Bounds(None, 724642, 724650), **going).days == (350, inf)
    assert spell(start=Bounds(None, 724642, 725010), **going).days == (0, inf)


def test_a_spell_prints_in_one_line() -> None:
    assert str(spell()) == (
        "SGP-VNM (VNM)  low  1985  [1985-12-25..1987-01-29]  level-upgraded  known"
    )
    open_ = spell(
        side=None, value=None, below="high", start=Bounds(None, FIRST_DAY, 725006),
        start_open=True, end=None, ended_by=None, censored_on=date(1999, 1, 1), known="unknown",
    )  # fmt: skip
    assert str(open_) == "SGP-VNM  below high  before 1985-12-31  -  -  unknown"
    assert repr(attrs.evolve(open_, below=None)) == (
        "<Spell SGP-VNM unknown before 1985-12-31 unknown>"
    )
    assert str(Bounds(None, FIRST_DAY, 725006)) == "[..1985-12-31]"
    assert str(Spells([spell()])).splitlines()[0].split() == [
        "dyad", "value", "start", "end", "ended", "by", "known",
    ]  # fmt: skip
    assert repr(Spells([spell(), open_])) == "<Spells: 2 spells of 1 dyad>"

"""A comparison with others' data: it invents no agreement, no difference, and loses no row."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.analysis.panel_columns import turned
from diplorel.model.party_table import shipped
from diplorel.testing.dense import PARTIES, references
from diplorel.testing.events import events
from diplorel.testing.streams import record_lists
from diplorel.tracks.ties import TIES, TiesStatus
from draws import draws

if TYPE_CHECKING:
    from diplorel.analysis.panel_comparison import PanelComparison
    from diplorel.model.table import Table

some = settings(max_examples=draws(10))
YEARS = (2013, 2013)
KEYS = {"party_a": "party_a", "party_b": "party_b", "year": "year"}
VALUES = ("ties", "ties_since", "level_a", "level_b_rank", "posts_ab", "visits_ba", "agreements")
SAME = {name: name for name in VALUES}
WORDS = ("none", "lapsed", "severed", "suspended", "established")
drawn = st.tuples(record_lists(events(), most=10), references)
times = st.sampled_from([("end", 1), ("06-30", 1), ("start", 2)])


def asked(
    found: tuple[list[dr.Record], dict[str, Any]], **how: Any
) -> tuple[dr.EventLog, Table, list[dict[str, Any]]]:
    """Return a log, its panel of few parties, and the rows of it as somebody else's table."""
    log = dr.EventLog(found[0], **found[1])
    panel = log.panel("VNM", years=YEARS, **how)
    near = [
        place for place, row in enumerate(panel) if {row["party_a"], row["party_b"]} <= {*PARTIES}
    ]
    panel = panel.take(near)
    return log, panel, panel.to_records()


def adds_up(found: PanelComparison, panel: Table, count: int) -> None:
    """Assert that each row and each value is counted once."""
    rows = found.rows
    assert rows["theirs"] == count == rows["theirs_matched"] + rows["theirs_only"]
    assert rows["theirs_only"] == len(found.only_theirs) == sum(found.only_theirs.reasons.values())
    parts = ("ours_matched", "ours_only", "ours_set_aside", "ours_other_time")
    assert rows["ours"] == len(panel) == sum(rows[part] for part in parts)
    assert rows["ours_only"] == len(found.only_ours)
    for one in found:
        assert sum(one.outcomes.values()) == rows["theirs_matched"]
        assert sum(one.crossing.values()) == one.compared
        assert one.same == sum(n for (ours, theirs), n in one.crossing.items() if ours == theirs)
    assert sum(found.table()["count"]) == len(found.cells)
    assert len(found.differences) == sum(one.outcomes["different"] for one in found)


@some
@given(drawn, times, st.booleans(), st.sampled_from(("id", "cow")))
def test_a_panel_agrees_with_itself_wherever_it_says_something(
    records: Any, time: Any, directed: bool, order: Any
) -> None:
    log, panel, theirs = asked(records, at=time[0], directed=directed, order=order)
    found = log.compare(panel, theirs, on=KEYS, columns=SAME)
    adds_up(found, panel, len(theirs))
    assert found.rows["theirs_matched"] == found.rows["ours_matched"] == len(panel)
    for one in found:
        says = [row[one.column] for row in theirs if row[f"{_stem(one.column)}_known"] in SAYS]
        assert one.outcomes["different"] == 0
        assert one.same == sum(value is not None for value in says)
        assert one.share in (None, 1)


SAYS = ("known", "as-last-recorded")


def _stem(column: str) -> str:
    return {"ties_since": "ties", "level_b_rank": "level_b"}.get(column, column)


@some
@given(drawn, st.data())
def test_neither_the_order_of_rows_nor_that_of_pairs_changes_anything(
    records: Any, data: st.DataObject
) -> None:
    log, panel, theirs = asked(records)
    for row in theirs:
        row["ties"] = data.draw(st.sampled_from((*WORDS, None)))
        row["posts_ab"] = data.draw(st.sampled_from((0, 1, None)))
        row["posts_ba"] = data.draw(st.sampled_from((0, 1, None)))
    columns = {name: name for name in ("ties", "posts_ab", "posts_ba", "level_a", "level_b")}
    turns = data.draw(st.lists(st.booleans(), min_size=len(theirs), max_size=len(theirs)))
    others = [
        {turned(name): value for name, value in row.items()} if turn else row
        for row, turn in zip(theirs, turns, strict=True)
    ]
    others = data.draw(st.permutations(others))
    one, two = (log.compare(panel, each, on=KEYS, columns=columns) for each in (theirs, others))
    assert one.rows == two.rows
    adds_up(two, panel, len(theirs))
    assert _differences(one) == _differences(two)
    for pair in (("ties",), ("posts_ab", "posts_ba"), ("level_a", "level_b")):
        ours, its = (
            sum((Counter(each[name].outcomes) for name in pair), Counter()) for each in (one, two)
        )
        assert ours == its


def _differences(found: PanelComparison) -> set[Any]:
    """Return the differences as those of the pair in alphabetical order."""
    kept = set()
    for one in found.differences:
        a, b = one.parties
        column = one.column if a < b else turned(one.column)
        kept.add((frozenset((a, b)), column, one.ours, one.theirs, one.known, one.events))
    return kept


@some
@given(drawn, st.data())
def test_every_outcome_is_that_of_the_relation_of_the_day(
    records: Any, data: st.DataObject
) -> None:
    log, panel, theirs = asked(records)
    for row in theirs:
        row["ties"] = data.draw(st.sampled_from((*WORDS, None)))
    found = log.compare(panel, theirs, on=KEYS, columns={"ties": "ties"})
    events_of = {one.row: one.events for one in found.differences}
    for cell in found.cells:
        row = theirs[cell["row"]]
        relation = log.relation(row["party_a"], row["party_b"], on=row["on"])
        status = relation.ties.status
        told = bool(relation.events(TIES))
        if row["ties"] is None:
            expected = "theirs-missing"
        elif TIES.name not in relation.certain:
            expected = "undecided"
        elif status is TiesStatus.UNKNOWN or (TIES.name in relation.unknown and not told):
            expected = "unknown"
        elif relation.contested:
            expected = "contested"
        else:
            expected = "same" if status.value == row["ties"] else "different"
        assert cell["outcome"] == expected
        if expected == "different":
            assert events_of[cell["row"]] == relation.events(TIES)
    assert {*events_of} == {cell["row"] for cell in found.cells if cell["outcome"] == "different"}


# --- codes ---------------------------------------------------------------------------------------


@cache
def of_codes(alive: Any) -> tuple[dr.EventLog, Table]:
    log = dr.EventLog()
    return log, log.panel("VNM", years=(1953, 2012), alive=alive, columns=["ties"])


CODES = {
    scheme: sorted({int(one.value) for each in shipped() for one in each.codes
                    if one.scheme == scheme})
    for scheme in ("cow", "gw")
}  # fmt: skip
written = st.sampled_from(
    [int, float, str, lambda code: f" {code} ", lambda code: f"{code}.0", lambda code: f"0{code}"]
)


@settings(max_examples=draws(25))
@given(
    st.sampled_from(["cow", "gw"]),
    st.sampled_from(["at", "any"]),
    st.lists(
        st.tuples(
            st.sampled_from((816, 816, 817, 815)),
            st.floats(0, 1, exclude_max=True),
            st.integers(1952, 2013),
            st.booleans(),
            written,
        ),
        min_size=5,
        max_size=20,
    ),
)
def test_a_code_joins_where_it_was_used_on_that_day_and_only_there(
    scheme: str, alive: Any, rows: list[Any]
) -> None:
    log, panel = of_codes(alive)
    theirs = []
    for mine, where, year, turn, form in rows:
        other = CODES[scheme][int(where * len(CODES[scheme]))]
        one, two = (other, mine) if turn else (mine, other)
        theirs.append({"one": form(one), "two": form(two), "year": form(year), "tie": "none"})
    found = log.compare(
        panel,
        theirs,
        on={f"{scheme}_a": "one", f"{scheme}_b": "two", "year": "year"},
        columns={"ties": "tie"},
    )
    adds_up(found, panel, len(theirs))
    literal = Counter(
        (year, *sorted((str(a), str(b))))
        for a, b, year in zip(panel[f"{scheme}_a"], panel[f"{scheme}_b"], panel["year"],
                              strict=True)
        if a is not None and b is not None
    )  # fmt: skip
    keys = [tuple(int(float(row[name])) for name in ("year", "one", "two")) for row in theirs]
    reasons = {one.row: one.reason for one in found.only_theirs}
    for row, (year, one, two) in enumerate(keys):
        count = literal[year, *sorted((str(one), str(two)))]
        if count != 1:
            assert reasons[row] == "several" if count else reasons[row] in NO_ROW
        else:
            again = keys.count((year, one, two)) > 1
            assert reasons.get(row) == ("twice" if again else None)


NO_ROW = {"unknown-code", "code-not-in-use", "other-pair", "not-alive", "same-party", "other-time"}

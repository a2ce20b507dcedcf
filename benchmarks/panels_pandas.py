"""What a good user of pandas writes for the panel of one country: frames, and `merge_asof` by pair.

It takes the event objects of a log and knows no lives but their bounds, no successions and no order
that dates leave open. So it says a little less than a panel, and in a few cells something else.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pandas as pd

import diplorel as dr

TIES = {
    "ties-established": "established",
    "ties-restored": "established",
    "ties-suspended": "suspended",
    "ties-severed": "severed",
}
ENDS = {"ties-severed", "ties-suspended", "mission-closed", "agreement-terminated"}
CONSULAR = {"consulate-general", "consulate", "consular-agency"}


def events_of(log: dr.EventLog, me: str) -> pd.DataFrame:
    """Return the events of a party with each other one as a frame, in order."""
    rows = []
    for event in log.resolve().events:
        if me not in event.parties:
            continue
        kind = getattr(event, "kind", None)
        sender = getattr(event, "visitor", None) or getattr(event, "sender", None)
        rows += [
            (
                event.type, event.on.text, event.on.lo, event.on.hi, event.seq, sender == me,
                other, kind and str(kind.value), getattr(event, "city", None),
                getattr(event, "agreement", None),
            )
            for other in event.parties
            if other != me
        ]  # fmt: skip
    names = ["type", "on", "lo", "hi", "seq", "mine", "party_b", "kind", "city", "agreement"]
    frame = pd.DataFrame(rows, columns=names)
    frame["last"] = ~frame["type"].isin(ENDS)
    return frame.sort_values(["hi", "seq", "last"], kind="stable").reset_index(drop=True)


def rows_of(log: dr.EventLog, me: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return a row for each party alive at the end of each year, by day, with the codes."""
    lives = [
        (
            one.id,
            life.start.lo if life.start else 0,
            life.end.hi if life.end else 10**7,
        )
        for one in log.reference.parties
        if one.is_state
        for life in one.lives
    ]
    spans = pd.DataFrame(lives, columns=["party_b", "start", "over"])
    ends = pd.DataFrame({"year": np.arange(years[0], years[1] + 1)})
    ends["on"] = [date(year, 12, 31).toordinal() for year in ends["year"]]
    found = spans[spans["party_b"] != me].merge(ends, how="cross")
    found = found[(found["start"] <= found["on"]) & (found["on"] < found["over"])]
    own = spans[spans["party_b"] == me]
    alive = [((own["start"] <= day) & (day < own["over"])).any() for day in ends["on"]]
    found = found[found["on"].isin(ends["on"][alive])].drop(columns=["start", "over"])
    found["party_a"] = me
    found = found.sort_values(["on", "party_b"]).reset_index(drop=True)
    codes = pd.DataFrame(
        [
            (one.id, code.scheme, code.value, code.start.lo if code.start else 0,
             code.end.hi if code.end else 10**7)
            for one in log.reference.parties for code in one.codes
        ],
        columns=["party", "scheme", "code", "since", "until"],
    ).sort_values("since", kind="stable")  # fmt: skip
    for scheme in ("iso3", "cow", "gw"):
        mine = codes[codes["scheme"] == scheme][["party", "code", "since", "until"]]
        for side in ("party_a", "party_b"):
            held = pd.merge_asof(
                found[["on", side]], mine, left_on="on", right_on="since", left_by=side,
                right_by="party",
            )  # fmt: skip
            found[f"{scheme}_{side[-1]}"] = held["code"].where(held["on"] <= held["until"])
    return found


def as_of(rows: pd.DataFrame, changes: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Return what each row's party had last on its day."""
    held = changes[["hi", "party_b", *names]]
    return pd.merge_asof(rows[["on", "party_b"]], held, left_on="on", right_on="hi", by="party_b")


def panel(log: dr.EventLog, me: str, years: tuple[int, int]) -> pd.DataFrame:
    """Return the panel of a party."""
    events, found = events_of(log, me), rows_of(log, me, years)
    mark_ties(events, found)
    mark_posts(events, found)
    mark_visits(events, found)
    mark_agreements(events, found)
    return found


def mark_ties(events: pd.DataFrame, found: pd.DataFrame) -> None:
    """Add the ties, since when, and how they are known."""
    ties = events[events["type"].isin(TIES)].copy()
    ties["ties"] = ties["type"].map(TIES)
    ties = ties[ties["ties"] != ties.groupby("party_b")["ties"].shift()]
    ties = ties.rename(columns={"on": "ties_since"})
    held = as_of(
        found, ties.assign(first=ties["lo"], end=ties["hi"]), ["ties", "ties_since", "first", "end"]
    )
    found["ties"], found["ties_since"] = held["ties"], held["ties_since"]
    found["ties_since_earliest"] = held["first"].astype("Int32")
    found["ties_since_latest"] = held["end"].astype("Int32")
    found["ties_known"] = np.where(held["ties"].notna(), "as-last-recorded", "unknown")
    mark_open(events, found, "ties_known", set(TIES))


def mark_open(events: pd.DataFrame, found: pd.DataFrame, name: str, types: set[str]) -> None:
    """Mark the rows on whose day an event of some types may have happened."""
    vague = events[events["type"].isin(types) & (events["lo"] < events["hi"])]
    if vague.empty:
        return
    days = found[["on", "year"]].drop_duplicates()
    met = vague.merge(days, how="cross", suffixes=("_event", ""))
    met = met[(met["lo"] <= met["on"]) & (met["on"] < met["hi"])]
    keys = pd.MultiIndex.from_frame(met[["party_b", "year"]])
    is_met = pd.MultiIndex.from_frame(found[["party_b", "year"]]).isin(keys)
    found.loc[is_met, name] = "undecided"


def mark_posts(events: pd.DataFrame, found: pd.DataFrame) -> None:
    """Add how many posts either side has with the other."""
    posts = events[events["type"].isin(["mission-opened", "mission-closed"])].copy()
    city = posts["city"].fillna("?")
    posts["post"] = np.select(
        [posts["kind"].isin(CONSULAR), posts["kind"] == "representation"],
        ["c:" + city, "r:" + city],
        "m",
    )
    posts["open"] = (posts["type"] == "mission-opened").astype(int)
    before = posts.groupby(["party_b", "mine", "post"])["open"].shift().fillna(0)
    posts["change"] = posts["open"] - before
    posts["count"] = posts.groupby(["party_b", "mine"])["change"].cumsum()
    for name, mine in (("posts_ab", True), ("posts_ba", False)):
        held = as_of(found, posts[posts["mine"] == mine], ["count"])
        found[name] = held["count"].astype("Int32")
        found[f"{name}_known"] = np.where(held["count"].notna(), "as-last-recorded", "unknown")
        mark_open(events, found, f"{name}_known", {"mission-opened", "mission-closed"})


def mark_visits(events: pd.DataFrame, found: pd.DataFrame) -> None:
    """Add how many visits certainly began in the year."""
    visits = events[events["type"] == "visit-made"].copy()
    year = {day: date.fromordinal(day).year for day in {*visits["lo"], *visits["hi"]}}
    visits["year"], last = visits["lo"].map(year), visits["hi"].map(year)
    sure = visits[visits["year"] == last].groupby(["party_b", "year", "mine"]).size()
    index = pd.MultiIndex.from_frame(found[["party_b", "year"]])
    for name, mine in (("visits_ab", True), ("visits_ba", False)):
        counts: Any = sure.xs(mine, level="mine") if mine in sure.index.levels[2] else sure.iloc[:0]
        found[name] = counts.reindex(index).astype("Int32").to_numpy()


def mark_agreements(events: pd.DataFrame, found: pd.DataFrame) -> None:
    """Add how many agreements are in force."""
    kinds = {"agreement-in-force": 1, "agreement-terminated": -1}
    changes = events[events["type"].isin(kinds)].copy()
    changes["count"] = changes["type"].map(kinds).groupby(changes["party_b"]).cumsum()
    held = as_of(found, changes, ["count"])
    found["agreements"] = held["count"].astype("Int32")
    found["agreements_known"] = np.where(held["count"].notna(), "as-last-recorded", "unknown")


COMPARED = (
    "iso3_b", "cow_a", "cow_b", "gw_a", "gw_b", "ties", "ties_since", "posts_ab", "posts_ba",
    "visits_ab", "visits_ba", "agreements",
)  # fmt: skip


def share_differing(table: dr.Table, frame: pd.DataFrame) -> float:
    """Return the share of cells in which a panel and this one differ, of the rows of either."""
    ours = table.to_pandas().set_index(["party_b", "year"]).sort_index()
    theirs = frame.set_index(["party_b", "year"]).sort_index()
    if [*ours.index] != [*theirs.index]:
        raise SystemExit("the rows are not those of pandas")
    apart = 0
    for name in COMPARED:
        one, two = (
            side[name].astype(object).where(side[name].notna(), None) for side in (ours, theirs)
        )
        differ = int((one.to_numpy() != two.to_numpy()).sum())
        print(f"    {name}: {differ:,} of {len(ours):,} cells differ from those of pandas")
        apart += differ
    return apart / (len(ours) * len(COMPARED))

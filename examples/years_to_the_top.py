"""How many years it took Vietnam's partners from diplomatic relations to the highest level.

Run it::

    python examples/years_to_the_top.py
    python examples/years_to_the_top.py --level strategic

The share of partners that have not reached the level is by Kaplan and Meier, and needs no library:
a partner counts from the day on which the stream is complete, up to the last such day.
"""

import argparse
import sys
from collections.abc import Sequence
from typing import Final

import diplorel as dr
from diplorel.analysis.durations import Duration, Durations

YEAR: Final = 365.2425


def shares(rows: Durations) -> list[tuple[float, int, int, float]]:
    """Return for each time of an event: how many at risk, how many events, the share without."""
    found, share = [], 1.0
    for t in sorted({row.t for row in rows if row.event}):
        at_risk = sum(row.entry < t <= row.t for row in rows)
        events = sum(row.event and row.t == t for row in rows)
        share *= 1 - events / at_risk
        found.append((t, at_risk, events, share))
    return found


def partner(row: Duration) -> str:
    """Return the name of Vietnam's partner."""
    return next(dr.party(one).name() for one in row.parties if one != "VNM")


def years(row: Duration) -> str:
    """Return the years to the event, as far as the dates go."""
    lower, upper = (f"{days / YEAR:.1f}" for days in (row.t_lower, row.t_upper))
    return lower if lower == upper else f"{lower} to {upper}"


def main(args: Sequence[str] | None = None) -> int:
    """Print who reached the level after how many years, and the share that has not."""
    parser = argparse.ArgumentParser(prog="years_to_the_top", description=__doc__)
    parser.add_argument("--level", default="comprehensive-strategic", help="this level or higher")
    parser.add_argument("--on", default="2025-12-31", help="the last day")
    asked = parser.parse_args(args)
    try:
        rows = dr.load("vietnam").durations(
            "VNM", start="ties", event=("level", asked.level), on=asked.on
        )
    except dr.errors.DiplorelError as error:
        print(f"years_to_the_top: {error}", file=sys.stderr)
        return 2
    reached = sorted((row for row in rows if row.event), key=lambda row: row.t)
    print(f"{len(reached)} of {len(rows)} partners reached the level under observation.\n")
    for row in reached:
        print(f"{years(row):>12}  {partner(row)}")
    print("\n  years  at risk  reached  share without")
    for t, at_risk, events, share in shares(rows):
        print(f"{t / YEAR:7.1f}  {at_risk:7}  {events:7}  {share:13.3f}")
    others = [reason for *_, reason in rows.left_out]
    print(f"\nLeft out: {len(others)}, since observed on no day or for another reason.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Which partners of Vietnam went up without a level in between, and after how many years.

Run it::

    python examples/skipped_levels.py
    python examples/skipped_levels.py --on 2020-12-31
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr


def skips(world: dr.World, party: str) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield for each skip: the partner, from which level to which, on which day, and the years."""
    for other in world.counterparts(party):
        standing = world[party, other].level(party)
        for skip in standing.skipped:
            since = next(on for level, on in reversed(standing.path) if level == skip.before)
            least = (skip.on.earliest - since.latest).days / 365.2425
            most = (skip.on.latest - since.earliest).days / 365.2425
            years = {f"{least:.1f}": None, f"{most:.1f}": None}
            name = world.reference.parties.name_of(other)
            yield name, skip.before.name(), skip.after.name(), skip.on.text, " to ".join(years)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the skips; 2 and one line on the error stream where the day is none."""
    parser = argparse.ArgumentParser(description="Levels that Vietnam's partners skipped.")
    parser.add_argument("--on", default="2025-12-31", metavar="DAY", help="up to this day")
    args = parser.parse_args(argv)
    try:
        world = dr.load("vietnam").replay(args.on)
    except dr.errors.DiplorelError as error:
        print(f"skipped_levels: {error}", file=sys.stderr)
        return 2
    for name, before, after, on, years in sorted(skips(world, "VNM"), key=lambda row: row[3]):
        print(f"{on}  {name}: {before} > {after}, after {years} years")
    return 0


if __name__ == "__main__":
    sys.exit(main())

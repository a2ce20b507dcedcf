"""What sources had published by a day about another day, beside what is known now.

Run it::

    python examples/what_was_known.py
    python examples/what_was_known.py --on 2023-09-10 --known 2023-09-09
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr


def level(world: dr.World, party: str) -> str:
    """Return the level of Vietnam's partnership with a party, and since when."""
    standing = world["VNM", party].level("VNM")
    if standing.level is None:
        return standing.status.value
    return f"{standing.level.name()}, since {standing.since}"


def differences(then: dr.World, now: dr.World) -> Iterator[str]:
    """Yield each partner of which the two say something else."""
    for party in now.counterparts("VNM"):
        before, after = level(then, party), level(now, party)
        if before != after:
            yield f"{now.reference.parties.name_of(party)}\n  then: {before}\n  now:  {after}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print what differs; 2 and one line on the error stream where a day is none."""
    parser = argparse.ArgumentParser(description="What was known then, and what is known now.")
    parser.add_argument("--on", default="2025-03-12", metavar="DAY", help="the day it is about")
    parser.add_argument("--known", default="2025-03-11", metavar="DAY", help="what was published")
    args = parser.parse_args(argv)
    try:
        log = dr.load("vietnam")
        now = log.replay(args.on)
        then = log.view(known=args.known, clock="published").replay(args.on)
    except dr.errors.DiplorelError as error:
        print(f"what_was_known: {error}", file=sys.stderr)
        return 2
    found = [*differences(then, now)]
    print(f"Levels on {args.on}: as published by {args.known}, and now\n")
    print("\n".join(found) or "No difference.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

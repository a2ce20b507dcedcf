"""China's partnership labels: a ladder that is not a simple order.

Run it::

    python examples/china_ladder.py
    python examples/china_ladder.py --on 2015-12-31

It reads the folder ``examples/china``: text files only. Some labels share a rank, and some have
none, because no document that was found compares them with the others. The ranking orders what can
be ordered, and the second list has the rest.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import diplorel as dr
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Level

FOLDER: Final = Path(__file__).resolve().parent / "china"


def ordered(world: dr.World) -> Iterator[str]:
    """Yield the partners whose labels have a rank, with the position that the dates allow."""
    for row in world.ranking("CHN"):
        name = world.reference.parties.name_of(row.party)
        yield f"  {row.position:>2}  {name:<12}  {row.level.name()}, since {row.since.words()}"


def last_ranked(path: Sequence[tuple[Level, PartialDate]]) -> Level | None:
    """Return the last label with a rank that a partner held before its present one."""
    return next((level for level, _ in reversed(path[:-1]) if level.rank is not None), None)


def unordered(world: dr.World) -> Iterator[str]:
    """Yield the partners whose labels have no rank, with what they were raised from."""
    for party in world.ranking("CHN").unranked:
        standing = world["CHN", party].level("CHN")
        name = world.reference.parties.name_of(party)
        if standing.level is None or standing.since is None:  # pragma: no cover  a label is held
            continue
        yield f"      {name:<12}  {standing.level.name()}, since {standing.since.words()}"
        if (before := last_ranked(standing.path)) is not None:
            yield f"{'':20}  raised from {before.name()}, rank {before.rank}"


def ranks(world: dr.World) -> Iterator[str]:
    """Yield the ranks of the ladder, highest first, and the labels of each."""
    levels = world.reference.ladder["CHN"].levels
    for rank in sorted({one.rank for one in levels if one.rank is not None}, reverse=True):
        yield f"  {rank}  " + "; ".join(one.name() for one in levels if one.rank == rank)
    yield "  -  " + "; ".join(one.name() for one in levels if one.rank is None)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the ladder, the order of a day and what has no place in it; 1 where it is not sound."""
    parser = argparse.ArgumentParser(description="China's partners on a day, ordered and not.")
    parser.add_argument("--on", default="2025-12-31", help="the day (default: %(default)s)")
    args = parser.parse_args(argv)
    log = dr.read(FOLDER)
    problems = log.check()
    world = log.replay(on=args.on)
    print("Ranks, and the labels of each:")
    print("\n".join(ranks(world)))
    print(f"\nPartners in order, {PartialDate(args.on).words()}:")
    print("\n".join(ordered(world)) or "  none")
    print("\nHeld at the same time, and not comparable with the others:")
    print("\n".join(unordered(world)) or "  none")
    print("\nA selection of twelve partners; of all others, nothing is recorded.")
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

"""Ties that switch to and fro: four states between Beijing and Taipei.

Run it::

    python examples/taiwan_switches.py
    python examples/taiwan_switches.py --on 2002-07-22 --on 2010-01-01

It reads the folder ``examples/taiwan``: text files only. A switch is an end on one dyad and a
beginning on another, each with its own day. Between the two days a state can have ties with both
sides, or with neither.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import diplorel as dr
from diplorel.model.dates import PartialDate

FOLDER: Final = Path(__file__).resolve().parent / "taiwan"
STATES: Final = ("GMB", "LCA", "NIC", "NRU")
DAYS: Final = ("1986-01-01", "1997-08-31", "2005-05-20", "2014-06-30", "2024-01-20", "2025-12-31")


def side(world: dr.World, state: str, other: str) -> str:
    """Return the status of the ties of a state with one side, marked where dates leave it open."""
    ties = world[state, other].ties
    is_open = world[state, other].undecided or not ties.is_certain("status")
    return ties.status.value + (" (open)" if is_open else "")


def day(log: dr.EventLog, on: str) -> Iterator[str]:
    """Yield the ties of each state with both sides on one day."""
    world = log.replay(on=on)
    yield f"{PartialDate(on).words()}"
    for state in STATES:
        name = world.reference.parties.name_of(state)
        yield f"  {name:<12}  {side(world, state, 'TWN'):<19}  {side(world, state, 'CHN')}".rstrip()


def spells(log: dr.EventLog, state: str) -> Iterator[str]:
    """Yield every unbroken time of ties of a state with each side, oldest first."""
    world = log.replay()
    name = world.reference.parties.name_of
    for other in ("TWN", "CHN"):
        for spell in world[state, other].ties.spells:
            end = f"until {spell.end.words()}" if spell.end else "no end recorded"
            yield f"  {name(state)} and {name(other)}: from {spell.start.words()}, {end}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print who had ties with whom on some days, and all spells; 1 where it is not sound."""
    parser = argparse.ArgumentParser(description="Ties with Taipei and Beijing on some days.")
    parser.add_argument("--on", action="append", help="a day; can be given several times")
    args = parser.parse_args(argv)
    log = dr.read(FOLDER)
    problems = log.check()
    print(f"{'Ties with':<14}  {'Taiwan':<19}  China")
    for on in args.on or DAYS:
        print("\n".join(day(log, on)))
    print("\nUnbroken ties:")
    for state in STATES:
        print("\n".join(spells(log, state)))
    for problem in problems:
        print(problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())

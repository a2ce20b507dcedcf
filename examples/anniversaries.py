"""Anniversaries of Vietnam's relations in a year, as a list or as a calendar.

Run it::

    python examples/anniversaries.py --year 2026 --multiples 25
    python examples/anniversaries.py --year 2026 --lang vi --ical vietnam-2026.ics
"""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import diplorel as dr


def main(argv: Sequence[str] | None = None) -> int:
    """Print or write them; 2 and one line on the error stream where the question is a bad one."""
    parser = argparse.ArgumentParser(description="Anniversaries of Vietnam's relations.")
    parser.add_argument("--year", type=int, default=2026)
    parser.add_argument("--multiples", type=int, default=25, help="which numbers of years count")
    parser.add_argument("--lang", default="en", choices=["en", "vi"], help="English or Vietnamese")
    parser.add_argument("--ical", type=Path, metavar="FILE", help="write a calendar to a file")
    args = parser.parse_args(argv)
    try:
        found = dr.load("vietnam").anniversaries(
            args.year, "VNM", multiples=args.multiples, lang=args.lang
        )
    except dr.errors.DiplorelError as error:
        print(f"anniversaries: {error}", file=sys.stderr)
        return 2
    if args.ical is None:
        print("\n".join([found.title, "", *map(str, found)]))
    else:
        args.ical.write_bytes(found.ical().encode())  # as bytes, for its line ends must stay
        print(f"{args.ical.name}: {sum(one.is_dated for one in found)} of {len(found)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

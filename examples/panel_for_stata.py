"""Vietnam with every other state, year by year, as a panel for Stata, and how much of it is known.

Run it::

    python examples/panel_for_stata.py
    python examples/panel_for_stata.py --years 1990 2025 -o vietnam.dta

The suffix of the file names its form: ``.dta`` needs the extra ``stata``, ``.csv`` none.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import diplorel as dr
from diplorel.model.table import Table

WORDS = ("known", "as-last-recorded", "contested", "undecided", "unknown")


def summary(panel: Table) -> Iterator[str]:
    """Yield a line for each value of a panel: how many of its rows are known, and how."""
    yield f"{'value':<10}" + "".join(f"{word:>18}" for word in WORDS)
    for name in panel.names:
        if name.endswith("_known"):
            counts = Counter(panel[name])
            numbers = "".join(f"{counts[word]:>18}" for word in WORDS)
            yield f"{name.removesuffix('_known'):<10}{numbers}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the summary, and write the panel; 2 and one line on the error stream if it fails."""
    parser = argparse.ArgumentParser(description="Vietnam's relations as a panel of years.")
    parser.add_argument("--years", nargs=2, type=int, default=(2000, 2024), metavar="YEAR")
    parser.add_argument("--at", default="end", help="end, start, or a day such as 06-30")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="such as vietnam.dta")
    args = parser.parse_args(argv)
    try:
        first, last = args.years
        panel = dr.load("vietnam").panel("VNM", years=(first, last), at=args.at)
        if args.output is not None:
            dr.write_table(panel, args.output)
    except dr.errors.DiplorelError as error:
        print(f"panel_for_stata: {error}", file=sys.stderr)
        return 2
    print(f"{len(panel)} rows, {first} to {last}; the last record is of", end=" ")
    print(f"{panel.stamp['last_record']}\n")
    print("\n".join(summary(panel)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

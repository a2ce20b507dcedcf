"""Vietnam's trade with each partner, beside the level of the partnership in that year.

Run it::

    python examples/trade_and_levels.py
    python examples/trade_and_levels.py --year 2022 --unit "USD mn"
    python examples/trade_and_levels.py -o trade.csv

A figure is printed with the numbers that it allows: "over 9" has no upper end. Nothing is averaged:
where sources exclude each other, or count on another basis, each is a line.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import diplorel as dr
from diplorel.analysis.figures_of import IndicatorFigures
from diplorel.analysis.reported_figures import ReportedFigure

INDICATOR = "trade-turnover"


def aligned(rows: Sequence[Sequence[object]], right: Sequence[int] = ()) -> list[str]:
    """Return rows as lines of columns, some of them to the right; what is missing is a hyphen."""
    texts = [["-" if cell is None else str(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    return [
        "  ".join(
            text.rjust(width) if at in right else text.ljust(width)
            for at, (text, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in texts
    ]


def level_in(world: dr.World, partner: str) -> tuple[int, str]:
    """Return the rank and the name of the level that a partner holds with Vietnam."""
    standing = world["VNM", partner].level("VNM")
    if standing.level is not None:
        return standing.level.rank or 0, standing.level.name()
    if standing.below is not None:
        return -1, f"below {standing.below.name()}, else unknown"
    return -2, standing.status.value


def allowed(figure: ReportedFigure) -> tuple[str, str]:
    """Return the least and the most that a figure allows, as text."""
    if figure.bounds is None:
        return "apart", "apart"
    ends = (figure.bounds.lo, figure.bounds.hi)
    low, high = (str(end) if end.is_finite() else "open" for end in ends)
    return low, high


def lines(trade: IndicatorFigures, world: dr.World, year: str) -> Iterator[tuple[object, ...]]:
    """Yield a line for each figure of a year: partner, level, number, bounds, outcome."""
    found = []
    for figure in trade:
        event = figure.event
        if str(event.period) != year or len(event.parties) == 1:
            continue
        (partner,) = (party for party in event.parties if party != "VNM")
        rank, level = level_in(world, partner)
        name = world.reference.parties.find(partner).name()
        qualifier = "" if event.qualifier.value == "=" else f"{event.qualifier.value} "
        printed = f"{qualifier}{event.value} {event.unit}"
        row = (name, level, printed, *allowed(figure), event.basis, figure.outcome)
        found.append((-rank, name, figure.key, row))
    for *_, row in sorted(found, key=lambda one: one[:3]):
        yield row


def report(year: str, unit: str) -> str:
    """Return the whole answer as text."""
    vietnam = dr.load("vietnam")
    trade = vietnam.figures(INDICATOR, party="VNM", unit=unit)
    world = vietnam.replay(on=year)
    heading = ("partner", f"level at the end of {year}", "printed", f"least, {unit}", "most",
               "basis", "sources")  # fmt: skip
    table = aligned([heading, *lines(trade, world, year)], right=(2, 3, 4))
    said = [f"Vietnam's trade in {year}, as reported", "", *table, ""]
    for check in trade.growth:
        if str(check.before) == year and check.bounds is not None:
            (partner,) = (party for party in check.growth.event.parties if party != "VNM")
            name = world.reference.parties.find(partner).name()
            rate = f"{check.growth.event.value} % to {check.figure.event.value}"
            said.append(
                f"{name}: growth of {rate} {check.figure.event.unit} implies {check.implied} "
                f"{unit} for {year}: {check.outcome}"
            )
    targets = [one for one in trade.targets if str(one.event.due) == year]
    said += [
        f"Target of {target.event.value} {target.event.unit} for {year}, "
        f"{'-'.join(target.event.parties)}: {target.outcome}"
        for target in targets
    ]
    return "\n".join(said)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the figures of a year; 2 and one line on the error stream for a bad question."""
    parser = argparse.ArgumentParser(description="Vietnam's trade beside its partnerships.")
    parser.add_argument("--year", default="2022", metavar="YYYY", help="the year")
    parser.add_argument("--unit", default="USD bn", help="the unit of all amounts")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="write the table too")
    args = parser.parse_args(argv)
    try:
        print(report(args.year, args.unit))
        if args.output is not None:
            trade = dr.load("vietnam").figures(INDICATOR, party="VNM", unit=args.unit)
            dr.write_table(trade, args.output)
    except dr.errors.DiplorelError as error:
        print(f"trade_and_levels: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

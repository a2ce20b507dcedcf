"""How Vietnam's partners rose: the top of the order by years, and the pace.

Run it::

    python examples/ranking_history.py
    python examples/ranking_history.py --years 2008 2025 --top 5 --level strategic
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr
from diplorel.analysis.pace import Pace
from diplorel.analysis.ranking_history import RankingHistory
from diplorel.analysis.ranking_rows import span_of


def by_years(history: RankingHistory, top: int) -> Iterator[str]:
    """Yield a line for each year: the first partners, and where the year is cut."""
    for day in history.days:
        names = [f"{span_of(row.best, row.worst)} {row.name}" for row in day.rows[:top]]
        why = "" if day.cut is None else f" (cut: {day.cut})"
        yield f"{day.on}{why}: {', '.join(names) or 'nobody recorded'}"


def by_pace(pace: Pace) -> Iterator[str]:
    """Yield a line for each partner that came to the level."""
    for row in pace:
        nth = f"{row.nth_min} or more" if row.nth_max is None else span_of(row.nth_min, row.nth_max)
        parts = [f"{row.on.words()}: {row.name}, number {nth}"]
        if row.gap_max is not None:
            parts.append(f"{span_of(row.gap_min or 0, row.gap_max)} days after the one before")
        if row.skipped and row.before is not None:
            parts.append(f"from {row.before.name()} without a level in between")
        if row.first_of:
            parts.append(f"first of {', '.join(row.first_of)}")
        yield "; ".join(parts)


def report(years: tuple[int, int], top: int, level: str) -> str:
    """Return the whole answer as text."""
    log = dr.load("vietnam", "groups")
    history = log.ranking_history("VNM", years=years)
    pace = log.pace("VNM", level=level, on=str(history.days[-1].on), groups=["ASEAN", "EU", "G7"])
    shares = log.replay(history.days[-1].on).shares(
        "VNM", at_least=level, groups=["ASIA", "EUROPE", "AMERICAS", "OCEANIA", "AFRICA"]
    )
    lines = ["The first partners, with the positions that dates allow", ""]
    lines += [*by_years(history, top), "", f"Partners that came to {level} or higher", ""]
    lines += [*by_pace(pace), "", f"Where those of {history.days[-1].on} are", ""]
    return "\n".join([*lines, *map(str, shares)])


def main(argv: Sequence[str] | None = None) -> int:
    """Print the history; 2 and one line on the error stream where the question is a bad one."""
    parser = argparse.ArgumentParser(description="Vietnam's partners over time.")
    parser.add_argument("--years", nargs=2, type=int, default=(2020, 2025), metavar="YEAR")
    parser.add_argument("--top", type=int, default=3, help="how many partners of each year")
    parser.add_argument("--level", default="comprehensive-strategic", help="for the pace")
    args = parser.parse_args(argv)
    try:
        print(report((args.years[0], args.years[1]), args.top, args.level))
    except dr.errors.DiplorelError as error:
        print(f"ranking_history: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

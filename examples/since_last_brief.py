"""What changed in Vietnam's relations since a brief, apart from what was only corrected.

Run it::

    python examples/since_last_brief.py
    python examples/since_last_brief.py --since 2025-03-01 --until 2025-03-31 --track visits
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import diplorel as dr
from diplorel.analysis.diff import Change


def lines(changes: Iterable[Change]) -> Iterator[str]:
    """Yield a line for each change: what happened to which relation, by which events."""
    for change in changes:
        events = ", ".join(f"{event.on} {event.type}" for event in change.events)
        yield f"  {change.direction:<8} {change.label}: {events}"


def report(since: str, until: str, known: str, track: str) -> str:
    """Return the whole answer as text."""
    diff = dr.load("vietnam").diff(since, until, known_since=known)
    counts = Counter((change.track, change.direction) for change in diff)
    said = [f"After {since}, up to {until}", ""]
    said += [f"{name:<10} {how:<8} {count:>3}" for (name, how), count in sorted(counts.items())]
    said += ["", f"Changes of {track}", ""]
    said += lines(change for change in diff if change.track == track)
    corrected = [change for change in diff.corrections if change.track == track]
    said += ["", f"Earlier facts of {track} recorded or corrected after {known}: {len(corrected)}"]
    return "\n".join(said)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the changes; 2 and one line on the error stream for a bad question."""
    parser = argparse.ArgumentParser(description="What changed since a brief.")
    parser.add_argument("--since", default="2025-01-01", metavar="DAY", help="of the last brief")
    parser.add_argument("--until", default="2025-12-31", metavar="DAY", help="of this one")
    parser.add_argument("--known", default="2026-11-23", metavar="DAY", help="what it knew")
    parser.add_argument("--track", default="level", help="level, ties, visits, agreements …")
    args = parser.parse_args(argv)
    try:
        print(report(args.since, args.until, args.known, args.track))
    except dr.errors.DiplorelError as error:
        print(f"since_last_brief: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

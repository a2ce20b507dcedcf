"""Let processes append to the same dyads at once, and follow them by position.

    python benchmarks/contention.py --processes 8 --events 20000
    python benchmarks/contention.py --only sqlite

Positions must have no gaps, every event must be there once, every conflict must be raised, and a
reader that tails by position must see all of them in order. Needs the extra ``test``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import attrs
import server

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import stress


def main() -> int:
    """Run it and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--processes", type=int, default=8)
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("sqlite", "postgres"):
            if args.only not in (None, name):
                continue
            with server.address(name, Path(folder)) as url:
                found = stress.contention(
                    url, "contention", args.processes, args.events, args.events // 50
                )
            counts = ", ".join(f"{key} {value:.0f}" for key, value in attrs.asdict(found).items())
            print(f"{name}: {counts}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

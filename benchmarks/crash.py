"""Kill processes in the middle of appends, many times, and look whether anything was lost.

    python benchmarks/crash.py --rounds 200      on each of SQLite and PostgreSQL
    python benchmarks/crash.py --only sqlite

In each round a process appends batches of one to forty events and says after each that it was
acknowledged; after a random time it gets ``kill -9``. Then the store must hold every acknowledged
batch, whole, once and in order, and at most the one under way besides; `verify` must be content.
Needs the extra ``test``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import attrs
import server

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import stress


def main() -> int:
    """Run the rounds and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=("sqlite", "postgres"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("sqlite", "postgres"):
            if args.only not in (None, name):
                continue
            with server.address(name, Path(folder)) as url:
                began = time.monotonic()
                found = stress.crash(url, "crash", args.rounds, args.seed)
            counts = ", ".join(f"{key} {value}" for key, value in attrs.asdict(found).items())
            print(f"{name}: {counts}, {time.monotonic() - began:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())

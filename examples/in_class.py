"""Five lines for a class, without a network: the release is pinned, so all see the same numbers.

Run it::

    python examples/in_class.py
"""

import sys
from collections.abc import Sequence

import diplorel as dr


def main(argv: Sequence[str] | None = None) -> int:  # noqa: ARG001  as the other examples
    """Print the five highest partners, who they are, and the stamp to cite."""
    log = dr.load("vietnam", release="0.2.0")
    ranking = log.replay(on="2025-03-12").ranking("VNM")
    print(*(f"{row.position} {row.name}, since {row.since}" for row in ranking.rows[:5]), sep="\n")
    print("first difference of 1 and 2:", ranking.explain("CHN", "RUS").key)
    print("made from:", ranking.table().stamp["streams"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

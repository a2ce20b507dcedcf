"""A table for a newsroom, in Markdown: the highest partners of Vietnam, with a line on its making.

Run it::

    python examples/newsroom_table.py
    python examples/newsroom_table.py --on 2023-12-31 --lang vi
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr
from diplorel.model.dates import Language, PartialDate

HEADS = {
    "en": ("", "Partner", "Level", "Since", "Diplomatic relations since"),
    "vi": ("", "Đối tác", "Khuôn khổ quan hệ", "Xác lập ngày", "Quan hệ ngoại giao từ"),
}


def lines(world: dr.World, level: str, lang: Language) -> Iterator[str]:
    """Yield the lines of the table, and below it how it was made."""
    ranking, top = world.ranking("VNM", kind="state"), world.partners("VNM", at_least=level)
    yield f"| {' | '.join(HEADS[lang])} |"
    yield "|" + " --- |" * len(HEADS[lang])
    for row in ranking:
        if row.party in top.parties:
            name = world.reference.parties.find(row.party).name(lang)
            ties = row.ties.words(lang) if isinstance(row.ties, PartialDate) else ""
            cells = (str(row.position), name, row.level.name(lang), row.since.words(lang), ties)
            yield f"| {' | '.join(cells)} |"
    stamp = ranking.table().stamp
    yield ""
    streams = ", ".join(f"{name} {version}" for name, version in stamp["streams"].items())
    yield f"*{stamp['on']}; diplorel {stamp['library']}, {streams}*"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; 2 and one line on the error stream for a bad question."""
    parser = argparse.ArgumentParser(description="Vietnam's highest partners, in Markdown.")
    parser.add_argument("--on", default="2025-03-12", metavar="DAY", help="the day")
    parser.add_argument("--at-least", default="comprehensive-strategic", metavar="LEVEL")
    parser.add_argument("--lang", default="en", choices=["en", "vi"], help="English or Vietnamese")
    args = parser.parse_args(argv)
    try:
        print("\n".join(lines(dr.load("vietnam").replay(args.on), args.at_least, args.lang)))
    except dr.errors.DiplorelError as error:
        print(f"newsroom_table: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

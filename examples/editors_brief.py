"""A brief for an editor: a page about a country, or a relation, and its points on a few lines.

Run it::

    python examples/editors_brief.py
    python examples/editors_brief.py --partner SGP --lang vi -o brief.html
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr
from diplorel.pages import Brief
from diplorel.pages.content import Facts


def points(brief: Brief) -> Iterator[str]:
    """Yield what an editor reads first: the answer, the numbers, and what is not known."""
    yield brief.title
    yield brief.lead
    yield ""
    yield from (f"{count.value:>16}  {count.text}" for count in brief.counts)
    yield ""
    yield f"{brief['unknown'].title}:"
    for block in brief["unknown"].blocks:
        if isinstance(block, Facts):
            yield from (f"  {fact.term}: {fact.parts[0][0]}" for fact in block.facts)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the points of a brief, and write the page where a file is given."""
    parser = argparse.ArgumentParser(description="A brief for an editor.")
    parser.add_argument("--party", default="VNM", help="an id or a name")
    parser.add_argument("--partner", help="the other side of one relation")
    parser.add_argument("--on", default="2025-03-12", metavar="DAY")
    parser.add_argument("--lang", default="en", choices=("en", "vi"))
    parser.add_argument("-o", "--output", metavar="FILE", help="the page, .html or .md")
    args = parser.parse_args(argv)
    try:
        log = dr.load("vietnam", "singapore")
        brief = dr.pages.brief(log, args.party, on=args.on, partner=args.partner, lang=args.lang)
        if args.output:
            brief.save(args.output)
    except dr.errors.DiplorelError as error:
        print(f"editors_brief: {error}", file=sys.stderr)
        return 2
    print("\n".join(points(brief)))
    return 0


if __name__ == "__main__":
    sys.exit(main())

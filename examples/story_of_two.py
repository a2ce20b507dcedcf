"""The whole history of one relation, event by event, with who reports it and what was skipped.

Run it::

    python examples/story_of_two.py
    python examples/story_of_two.py Vietnam Laos --lang vi
"""

import argparse
import sys
from collections.abc import Iterator, Sequence

import diplorel as dr
from diplorel.model.dates import Language
from diplorel.narrative.narrator import Narrator


def story(log: dr.EventLog, a: str, b: str, lang: Language) -> Iterator[str]:
    """Yield a line for each event, with its track and publishers; then the skipped levels."""
    narrator = Narrator(log.reference, lang, first=log.reference.parties.find(a).id)
    for entry in log.timeline(a, b):
        publishers = ", ".join(dict.fromkeys(source.publisher for source in entry.sources))
        said = narrator.sentence(entry.event)
        yield f"{entry.on.words(lang)} [{entry.tracks[0]}] {said} ({publishers})"
    relation = log.relation(a, b)
    for ladder in (party for party in relation.parties if party in log.reference.ladder):
        for skip in relation.level(ladder).skipped:
            before, after = skip.before.name(lang), skip.after.name(lang)
            missed = ", ".join(level.name(lang) for level in skip.missed)
            yield f"{skip.on.words(lang)} [skipped] {before} > {after}: {missed}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the history; 2 and one line on the error stream where there is no such party."""
    parser = argparse.ArgumentParser(description="The history of a relation.")
    parser.add_argument("parties", nargs="*", default=("VNM", "USA"), help="two parties")
    parser.add_argument("--lang", default="en", choices=["en", "vi"], help="English or Vietnamese")
    args = parser.parse_args(argv)
    if len(args.parties) != 2:  # noqa: PLR2004  a relation is of two
        parser.error("name two parties")
    try:
        print("\n".join(story(dr.load("vietnam"), *args.parties, args.lang)))
    except dr.errors.DiplorelError as error:
        print(f"story_of_two: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

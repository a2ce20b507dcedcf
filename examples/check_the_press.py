"""What the press said of Vietnam's partners, and what the stream makes of it.

Run it::

    python examples/check_the_press.py
    python examples/check_the_press.py --only refuted

It ends with 0 when every verdict is the one expected, and with 1 otherwise, so it can guard a
stream that grows.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

import diplorel as dr
from diplorel.claims import Finding, Verdict


def cited(log: dr.EventLog, source: str) -> str:
    """Return a source in words: who published what, and when."""
    known = log.reference.source.get(source)
    if known is None:
        return source
    when = known.published.words() if known.published else "undated"
    return f"{known.publisher}, “{known.title}”, {when}"


def lines(log: dr.EventLog, finding: Finding, most: int = 3) -> Iterator[str]:
    """Yield one finding, with the events behind it and the sources of each."""
    yield str(finding)
    if not finding.independent and finding.evidence:
        yield "    Only this source, or the report that it repeats, says so."
    for event in finding.evidence[:most]:
        publishers = dict.fromkeys(
            known.publisher
            for one in event.sources
            if (known := log.reference.source.get(one.source)) is not None
        )
        yield f"    - {event.id} ({', '.join(publishers)})"
    if len(finding.evidence) > most:
        yield f"    - and {len(finding.evidence) - most} more events"


def summary(findings: Sequence[Finding]) -> str:
    """Return how many claims there are of each verdict, and how many came out otherwise."""
    of = Counter(finding.verdict for finding in findings)
    counts = ", ".join(f"{of[verdict]} {verdict.value}" for verdict in Verdict)
    mistaken = sum(finding.claim.error is not None for finding in findings)
    alone = sum(
        finding.verdict is Verdict.SUPPORTED and not finding.independent for finding in findings
    )
    unexpected = [finding.claim.id for finding in findings if not finding.as_expected]
    return "\n".join(
        (
            f"{len(findings)} claims: {counts}.",
            f"{mistaken} are known mistakes of their source.",
            f"{alone} of the supported rest on the claim's own source alone.",
            f"Not as expected: {', '.join(unexpected) or 'none'}.",
        )
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print every claim by source, with its verdict; 0 when all are as expected."""
    parser = argparse.ArgumentParser(description="Claims of the press and their verdicts.")
    parser.add_argument("--only", choices=[one.value for one in Verdict], help="one verdict only")
    args = parser.parse_args(argv)
    log = dr.load("vietnam")
    findings = sorted(log.verify(), key=lambda one: (one.claim.source, one.claim.id))
    shown = [one for one in findings if args.only in (None, one.verdict.value)]
    for source, group in groupby(shown, key=lambda one: one.claim.source):
        print(f"# {cited(log, source)}\n")
        for finding in group:
            print("\n".join(lines(log, finding)), end="\n\n")
    print(summary(findings))
    return 0 if all(finding.as_expected for finding in findings) else 1


if __name__ == "__main__":
    sys.exit(main())

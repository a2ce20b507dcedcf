"""The table of verdicts: one row a claim."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import booleans, dates, text
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from diplorel.model.stamps import Asked

_MANY = "several with a space between"


# the answers import this module, so it knows them by what they have, not by their classes
def finding_table(findings: Collection[Any], asked: Asked) -> Table:
    """Return one row a claim: what it says, the verdict, and the events behind it."""
    return Table(
        (
            text("claim", (one.claim.id or None for one in findings)),
            text("kind", (one.claim.kind for one in findings)),
            text("stream", (one.claim.stream or None for one in findings)),
            *dates("on", (one.claim.on for one in findings), title="Day of the claim"),
            text("source", (one.claim.source for one in findings)),
            text("text", (one.claim.statement() for one in findings), title="Claim"),
            text(
                "verdict",
                (one.verdict.value for one in findings),
                note="supported, refuted, contested (its sources give different verdicts) or "
                "undecidable with the records and the coverage at hand",
            ),
            text("says", (one.says for one in findings), title="Answer of the stream"),
            text("missing", (one.missing for one in findings), note="what would decide it"),
            text(
                "evidence", (" ".join(e.id for e in one.evidence) for one in findings), note=_MANY
            ),
            booleans("as_expected", (one.as_expected for one in findings)),
            booleans("independent", (one.independent for one in findings)),
            text("error", (one.claim.error for one in findings), title="The source's mistake"),
        ),
        title="Verdicts on claims",
        stamp=asked,
    )

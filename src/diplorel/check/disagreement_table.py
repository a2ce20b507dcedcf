"""The table of disagreements: one row a value that is given for a field of an event."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.model.column import booleans, dates, integers, text
from diplorel.model.dates import PartialDate
from diplorel.model.table import Table

if TYPE_CHECKING:
    from collections.abc import Collection

    from diplorel.model.stamps import Asked

_MANY = "several with a space between"


# the disagreements import this module, so it knows them by what they have
def disagreement_table(found: Collection[Any], asked: Asked) -> Table:
    """Return one row a value; a field that an account leaves out has a missing value."""
    rows = [(one, value) for one in found for value in one.values]
    return Table(
        (
            text("event", (one.event for one, _ in rows), title="Event, or entry"),
            text("type", (one.type for one, _ in rows)),
            text("parties", (" ".join(one.parties) or None for one, _ in rows), note=_MANY),
            *dates("on", (PartialDate(one.on) if one.on else None for one, _ in rows)),
            text("field", (one.field for one, _ in rows)),
            text(
                "value", (value.value for _, value in rows), note="missing: the field is left out"
            ),
            text("streams", (" ".join(value.streams) for _, value in rows), note=_MANY),
            text("sources", (" ".join(value.sources) for _, value in rows), note=_MANY),
            integers("independent", (value.independent for _, value in rows), unit="sources"),
            booleans("followed", (one.follows(value) for one, value in rows)),
        ),
        title="Where sources or streams differ",
        stamp=asked,
    )

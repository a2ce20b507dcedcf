"""Leads, which a machine coded, come to facts in a store only by a call that says so."""

from __future__ import annotations

from collections import ChainMap
from typing import TYPE_CHECKING

from diplorel.errors import LeadsError
from diplorel.model.records import Record, is_lead
from diplorel.model.sources import Source, SourceKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.events import Event, EventRetracted
    from diplorel.model.reference import Reference


def refuse_mixing(
    held: Reference,
    reference: Reference | None,
    given: Iterable[Event | EventRetracted | Record],
    stream: str | None,
) -> None:
    """Refuse to append leads alone to facts, or facts alone to leads.

    What holds both, as `EventLog.with_leads` gives it, was merged on purpose.

    Args:
        held: The reference data of the store.
        reference: The reference data that are to be appended, or nothing.
        given: What is to be appended.
        stream: The stream of what is given, where it is not a record.

    Raises:
        LeadsError: Leads and facts would be mixed.
    """
    new = None if reference is None else reference.source_kinds
    if SourceKind.MACHINE not in held.source_kinds | (new or frozenset()):
        return
    sources: ChainMap[str, Source] = ChainMap(held.source)
    if reference is not None:
        sources = sources.new_child(reference.source)
    leads: set[str] = set()
    facts: set[str] = set()
    for one in given:
        event, name = (one.event, one.stream) if isinstance(one, Record) else (one, stream or "")
        (leads if is_lead(event, sources) else facts).add(name)
    if leads and not facts and held.source_kinds - {SourceKind.MACHINE}:
        raise LeadsError(filter(None, sorted(leads)))
    if facts and not leads and held.source_kinds == {SourceKind.MACHINE}:
        raise LeadsError(())

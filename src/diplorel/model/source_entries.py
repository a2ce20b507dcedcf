"""Entries of a bibliography under one id, which add to each other or clash.

Several streams give one document under one id, the one without its date, the other without its
address. What the entries say together depends on nothing but which entries there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from diplorel.model.events import canonical
from diplorel.model.sources import Source, SourceTable

if TYPE_CHECKING:
    from collections.abc import Iterable


def table_of(entries: Iterable[Source]) -> SourceTable:
    """Return a bibliography by id: of each id, what its entries say together."""
    by_id: dict[str, list[Source]] = {}
    for entry in entries:
        by_id.setdefault(entry.id, []).append(entry)
    return SourceTable(
        (id, some[0] if len(some) == 1 else extended(some)) for id, some in by_id.items()
    )


def differing(entries: Iterable[Source]) -> frozenset[str]:
    """Return the fields that have several values in the entries of one id.

    What an entry leaves out differs from nothing: an entry that only adds extends the others.
    """
    given: dict[str, set[Any]] = {}
    for entry in entries:
        for field, value in _given(entry).items():
            given.setdefault(field, set()).add(value)
    return frozenset(field for field, values in given.items() if len(values) > 1)


def extended(entries: Iterable[Source]) -> Source:
    """Return what entries of one id say together, whatever their order.

    If no two of them differ in a field that both give, it has the fields of all. If some do,
    it is the first in the order of text, with what those add that agree with it and with each
    other, in the same order. Before that, an entry is left out if another says all that it says and
    more, so it never changes which one is first.

    >>> short = Source(id="vna", title="Ties elevated", publisher="VNA", kind="agency")
    >>> dated = attrs.evolve(short, published="2025-03-12")
    >>> found = attrs.evolve(short, url="https://vna.example/ties")
    >>> whole = extended([short, found, dated])
    >>> whole == attrs.evolve(dated, url=found.url), extended([found, dated, short]) == whole
    (True, True)
    """
    given = {entry: _given(entry) for entry in entries}
    fullest = [
        (entry, fields)
        for entry, fields in given.items()
        if not any(fields.items() < others.items() for others in given.values())
    ]
    (first, values), *rest = sorted(fullest, key=lambda one: canonical(one[0]))
    for _, fields in rest:
        if all(values.get(field, value) == value for field, value in fields.items()):
            values = fields | values
    return attrs.evolve(first, **values)


def says_more(entry: Source, known: Source) -> bool:
    """Say whether an entry gives anything that another of its id does not give, or not so."""
    return not _given(entry).items() <= _given(known).items()


def _given(entry: Source) -> dict[str, Any]:
    """Return the fields that an entry gives."""
    fields = attrs.asdict(entry, recurse=False)
    return {field: value for field, value in fields.items() if value is not None}

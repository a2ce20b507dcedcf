"""The table of parties: how an id, a code or a name finds its party.

The table ships with the library; a stream brings along only those that it lacks.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from diplorel._columns import counted
from diplorel._pickling import Reduced
from diplorel.errors import UnknownPartyError, nearest
from diplorel.model.party_file import shipped_parties
from diplorel.model.text import folded, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.parties import Party


@attrs.frozen(eq=False, repr=False)
class PartyTable:
    """Parties, looked up by id, alpha-2 code or any of their names."""

    _by_id: dict[str, Party]
    _by_name: dict[str, str]

    @classmethod
    def of(cls, parties: Iterable[Party]) -> PartyTable:
        """Return a table of *parties*; of two with one name, the first keeps it."""
        by_id = {one.id: one for one in parties}
        by_name: dict[str, str] = {}
        for name, id in [
            *((id, id) for id in by_id),
            *((one.alpha2, one.id) for one in by_id.values() if one.alpha2),
            *((text.text, one.id) for one in by_id.values() for text in one.names),
            *((name, one.id) for one in by_id.values() for name in one.also),
        ]:
            by_name.setdefault(name, id)
        for name, id in [*by_name.items()]:
            by_name.setdefault(folded(name), id)
        return cls(by_id, by_name)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, PartyTable):
            return NotImplemented
        return self is other or (self._by_id == other._by_id and self._by_name == other._by_name)

    def __hash__(self) -> int:
        return hash(frozenset(self._by_id))

    def __repr__(self) -> str:
        return f"<PartyTable: {counted(len(self._by_id), 'party', 'parties')}>"

    def __reduce__(self) -> Reduced:
        library = shipped()
        if self is library:
            return shipped, ()
        own = tuple(one for one in self if library.get(one.id) is not one)
        again = _with_shipped(own)
        return (_with_shipped, (own,)) if again == self else (PartyTable.of, (tuple(self),))

    def __iter__(self) -> Iterator[Party]:
        return iter(self._by_id.values())

    def __contains__(self, id: object) -> bool:
        return id in self._by_id

    def get(self, id: str) -> Party | None:
        """Return the party with exactly this id; None where there is none."""
        return self._by_id.get(id)

    def name_of(self, id: str, lang: str = "en") -> str:
        """Return the short name of the party with this id; the id itself where there is none."""
        known = self.get(id)
        return id if known is None else known.name(lang)

    def find(self, name: str) -> Party:
        """Return the party with this id, alpha-2 code or name, whatever its case.

        The case as written goes first, for ``Nga`` (Russia) is not ``NGA`` (Nigeria).

        Raises:
            UnknownPartyError: There is none; the message offers the nearest.
        """
        if not isinstance(name, str):
            raise UnknownPartyError(repr(name))
        found = self._by_id.get(name)
        if found is not None:
            return found
        id = self._by_name.get(nfc(name)) or self._by_name.get(folded(name))
        if id is None:
            raise UnknownPartyError(name, nearest(name, self._by_name))
        return self._by_id[id]


@lru_cache(maxsize=1)
def shipped() -> PartyTable:
    """Return the table that ships with the library, read once."""
    return PartyTable.of(shipped_parties())


def _with_shipped(parties: Iterable[Party]) -> PartyTable:
    """Return the table that ships with the library, with other parties added or put in place."""
    return PartyTable.of([*shipped(), *parties])


def party(name: str) -> Party:
    """Return a shipped party by id, alpha-2 code or name in English or Vietnamese.

    Raises:
        UnknownPartyError: There is none; the message offers the nearest.

    >>> party("Việt Nam").id, party("sg").name("vi")
    ('VNM', 'Singapore')
    """
    return shipped().find(name)

"""The layout of a stream's folder: its files, and what each list of entries consists of.

============== =====================================================================
stream.toml    what the stream says of itself: title, version, licence, coverage,
               ladders and releases
sources.toml   the bibliography
events.jsonl   the stream: one record a line, oldest first
parties.toml   only parties that the library's table lacks
persons.toml   the names under which sources know a person
offices.toml   the names under which sources know an office
claims.toml    what sources claim about the whole
============== =====================================================================

Only the first three must be there. The reader, the writer and the schemas all follow `LISTS`.
"""

from __future__ import annotations

from typing import Any, Final

import attrs

from diplorel.model.claims import Claim
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.sources import Source

SCHEMA: Final = 1
"""The version of this layout."""
ABOUT: Final = "stream.toml"
EVENTS: Final = "events.jsonl"


@attrs.frozen
class EntryList:
    """A file that lists entries of one class, each with an id of its own.

    Attributes:
        name: The name of the file, without its suffix.
        table: The name of an entry's table, as in ``[[source]]``.
        cls: The class of an entry; of claims, what all their classes have in common.
        field: The field of `Reference` that holds them.
        description: What the file is, for its schema.
        needed: Whether the file must be there.
    """

    name: str
    table: str
    cls: type[Any]
    field: str
    description: str
    needed: bool = False

    @property
    def path(self) -> str:
        """The name of the file."""
        return f"{self.name}.toml"


LISTS: Final = (
    EntryList("sources", "source", Source, "sources", "The bibliography of a stream.", needed=True),
    EntryList(
        "parties", "party", Party, "extra_parties", "Parties that the library's table lacks."
    ),
    EntryList("persons", "person", PersonNames, "persons", "Persons under all their names."),
    EntryList("offices", "office", OfficeNames, "offices", "Offices under all their names."),
)
CLAIMS: Final = EntryList("claims", "claim", Claim, "claims", "What sources claim about the whole.")
"""Its entries are of several classes: the key ``kind`` of each names its own."""

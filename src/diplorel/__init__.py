"""Bilateral diplomatic relations as an append-only stream of typed, cited events.

Load a stream, replay it to any day, ask about a relation, rank the partners, explain why::

    import diplorel as dr

    vn = dr.load("vietnam")
    world = vn.replay(on="2025-03-12")
    world.ranking("VNM")
"""

from typing import TYPE_CHECKING, Any

from diplorel import events, policies, tracks
from diplorel._version import __version__ as __version__
from diplorel.analysis.bibliography import Bibliography
from diplorel.analysis.diff import Diff
from diplorel.analysis.partners import Partners
from diplorel.analysis.ranking import Ranking
from diplorel.analysis.standing import Standing
from diplorel.datasets import Dataset, available, load
from diplorel.errors import (
    ConcurrencyError,
    ConflictError,
    DiplorelError,
    InvalidDateError,
    InvalidEventError,
    InvalidQueryError,
    Problem,
    RecordedOrderError,
    StoreError,
    StreamError,
    TransitionError,
    UnknownDatasetError,
    UnknownLevelError,
    UnknownPartyError,
    UnknownTrackError,
)
from diplorel.io.folder import read, write
from diplorel.io.jsonl import dumps, loads
from diplorel.log import EventLog
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Ladder, Level, Text
from diplorel.model.parties import Party, party
from diplorel.model.records import Record
from diplorel.model.reference import Coverage
from diplorel.model.sources import Citation, Source, SourceKind
from diplorel.relation import Relation
from diplorel.resolve.policies import Account
from diplorel.tracks import STANDARD, Track
from diplorel.world import World

if TYPE_CHECKING:
    from diplorel.io.sheets import Sheet, read_sheet, update, write_sheet
    from diplorel.stores import Head, Store, open  # noqa: A004  a store is opened

__all__ = [
    "STANDARD",
    "Account",
    "Bibliography",
    "Citation",
    "ConcurrencyError",
    "ConflictError",
    "Coverage",
    "Dataset",
    "Diff",
    "DiplorelError",
    "EventLog",
    "Head",
    "InvalidDateError",
    "InvalidEventError",
    "InvalidQueryError",
    "Ladder",
    "Level",
    "PartialDate",
    "Partners",
    "Party",
    "Problem",
    "Ranking",
    "Record",
    "RecordedOrderError",
    "Relation",
    "Sheet",
    "Source",
    "SourceKind",
    "Standing",
    "Store",
    "StoreError",
    "StreamError",
    "Text",
    "Track",
    "TransitionError",
    "UnknownDatasetError",
    "UnknownLevelError",
    "UnknownPartyError",
    "UnknownTrackError",
    "World",
    "available",
    "dumps",
    "events",
    "load",
    "loads",
    "open",
    "party",
    "policies",
    "read",
    "read_sheet",
    "tracks",
    "update",
    "write",
    "write_sheet",
]

if not TYPE_CHECKING:  # with this function, a type checker accepts every misspelt name

    def __getattr__(name: str) -> Any:
        """Return what has to do with tables and stores, imported when it is first asked for."""
        if name in ("Sheet", "read_sheet", "write_sheet", "update"):
            from diplorel.io import sheets  # noqa: PLC0415  a tenth of the time of the whole import

            return getattr(sheets, name)
        if name in ("Head", "Store", "open"):
            from diplorel import stores  # noqa: PLC0415  who only reads needs none

            return getattr(stores, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

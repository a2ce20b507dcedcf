"""Bilateral diplomatic relations as an append-only stream of typed, cited events.

Load a stream, replay it to any day, ask about a relation, rank the partners, explain why::

    import diplorel as dr

    vn = dr.load("vietnam")
    world = vn.replay(on="2025-03-12")
    world.ranking("VNM")
"""

from typing import TYPE_CHECKING, Any

from diplorel import errors, events, policies, tracks
from diplorel._version import __version__ as __version__
from diplorel.analysis.metric_ranking import MetricRanking
from diplorel.analysis.partners import Partners
from diplorel.analysis.ranking import Ranking
from diplorel.analysis.standing import Standing
from diplorel.datasets import Dataset, available, load
from diplorel.errors import Problem
from diplorel.io.folder import read, write
from diplorel.io.jsonl import dumps, loads
from diplorel.log import EventLog
from diplorel.model.dates import PartialDate
from diplorel.model.ladders import Ladder, Level, Text
from diplorel.model.parties import Party
from diplorel.model.party_table import party
from diplorel.model.records import Record
from diplorel.model.reference import Coverage
from diplorel.model.sources import Citation, Source, SourceKind
from diplorel.relation import Explanation, Relation
from diplorel.resolve.policies import Account
from diplorel.tracks import Track
from diplorel.world import World

if TYPE_CHECKING:
    from diplorel import charts as charts
    from diplorel import claims as claims
    from diplorel import leads as leads
    from diplorel import pages as pages
    from diplorel.analysis.bibliography import Bibliography
    from diplorel.analysis.diff import Diff
    from diplorel.analysis.sensitivity import Sensitivity
    from diplorel.analysis.timeline import TimelineEntry
    from diplorel.claims import Finding
    from diplorel.io.sheets import Sheet, read_sheet, update, write_sheet
    from diplorel.io.tables import write_table
    from diplorel.model.table import Table
    from diplorel.stores import Head, Store, open  # noqa: A004  a store is opened

__all__ = [
    "Account",
    "Bibliography",
    "Citation",
    "Coverage",
    "Dataset",
    "Diff",
    "EventLog",
    "Explanation",
    "Finding",
    "Head",
    "Ladder",
    "Level",
    "MetricRanking",
    "PartialDate",
    "Partners",
    "Party",
    "Problem",
    "Ranking",
    "Record",
    "Relation",
    "Sensitivity",
    "Sheet",
    "Source",
    "SourceKind",
    "Standing",
    "Store",
    "Table",
    "Text",
    "TimelineEntry",
    "Track",
    "World",
    "available",
    "dumps",
    "errors",
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
    "write_table",
]

_LATER = {
    "Bibliography": "diplorel.analysis.bibliography",
    "Diff": "diplorel.analysis.diff",
    "Finding": "diplorel.claims",
    "Head": "diplorel.stores",
    "Sensitivity": "diplorel.analysis.sensitivity",
    "Sheet": "diplorel.io.sheets",
    "Store": "diplorel.stores",
    "Table": "diplorel.model.table",
    "TimelineEntry": "diplorel.analysis.timeline",
    "charts": "diplorel",
    "claims": "diplorel",
    "leads": "diplorel",
    "open": "diplorel.stores",
    "pages": "diplorel",
    "read_sheet": "diplorel.io.sheets",
    "update": "diplorel.io.sheets",
    "write_sheet": "diplorel.io.sheets",
    "write_table": "diplorel.io.tables",
}
"""What is imported when it is first asked for: a third of the time of the whole import."""


if not TYPE_CHECKING:  # with this function, a type checker accepts every misspelt name

    def __getattr__(name: str) -> Any:
        """Return what is imported when it is first asked for."""
        if name not in _LATER:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module  # noqa: PLC0415  likewise

        module = _LATER[name]
        if module == __name__:
            return import_module(f"{module}.{name}")
        return getattr(import_module(module), name)

    def __dir__() -> list[str]:
        """Return the public names, those too that are imported when they are first asked for."""
        return sorted({*__all__, *(name for name in globals() if name.startswith("__"))})

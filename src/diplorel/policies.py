"""Policies: which account of an event to follow where accounts differ.

Pass one as ``policy=`` to `EventLog.replay` and its kin. They are defined in
`diplorel.resolve.policies`.

>>> import diplorel as dr
>>> log = dr.load("vietnam") | dr.load("singapore")
>>> view = log.view(policy=dr.policies.stream_first("singapore"))
>>> view.relation("VNM", "SGP", on="2025-03-12").level("VNM").level.id
'comprehensive-strategic'
"""

from diplorel.resolve.policies import (
    Account,
    Policy,
    by_kind,
    latest_published,
    manual,
    most_sources,
    stream_first,
)

__all__ = [
    "Account",
    "Policy",
    "by_kind",
    "latest_published",
    "manual",
    "most_sources",
    "stream_first",
]

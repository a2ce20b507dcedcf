"""Policies: which account of an event to follow where accounts differ.

Pass one as ``policy=`` to `EventLog.replay` and its kin. They are defined in
`diplorel.resolve.policies`.
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

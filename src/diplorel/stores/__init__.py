"""Durable logs: a log that lives longer than a process, with many writers and a proof.

`open` opens a `Store` in a SQLite file, in PostgreSQL or in memory. The docs explain under
"Durable logs" what they promise, and why.
"""

from diplorel.stores.opening import open  # noqa: A004  a store is opened
from diplorel.stores.store import Store
from diplorel.stores.values import Appended, Head, Stored

__all__ = ["Appended", "Head", "Store", "Stored", "open"]

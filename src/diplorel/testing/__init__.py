"""Tests for streams and tracks of your own: Hypothesis strategies, and the laws of every stream.

It needs Hypothesis: ``pip install "diplorel[testing]"``. The library's own tests are written with
it. One line tests a stream, in a file that pytest collects::

    from pathlib import Path
    from diplorel.testing import laws_of

    TestMyCountry = laws_of(Path("my-country"))

The strategies draw from a small dense world (`diplorel.testing.dense`): four parties, a dozen days,
partial dates that overlap, so that what can clash does. `logs` draws whole logs with corrections of
corrections and conflicting accounts, `events` any event, `events_of` those of a class of your own.
"""

from diplorel.testing.classes import events_of
from diplorel.testing.conformance import LAWS, Subject, laws_of
from diplorel.testing.dense import PARTIES, coverages, dates, dyads, probes, references
from diplorel.testing.events import dyad_events, events
from diplorel.testing.streams import log_of, logs, record_lists

__all__ = [
    "LAWS",
    "PARTIES",
    "Subject",
    "coverages",
    "dates",
    "dyad_events",
    "dyads",
    "events",
    "events_of",
    "laws_of",
    "log_of",
    "logs",
    "probes",
    "record_lists",
    "references",
]

"""Generated streams of a known shape, the same for every run."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime
from itertools import combinations

from diplorel import events as ev
from diplorel.model.dates import partial_date
from diplorel.model.events import Event
from diplorel.model.records import Record, order_key
from diplorel.model.sources import Citation

FIRST = date(1950, 1, 1).toordinal()
LAST = date(2025, 12, 31).toordinal()
LEVELS = ("comprehensive", "strategic", "comprehensive-strategic")
SHAPE = (
    "five types (ties established and severed, level upgraded, agreement signed, visit made), one "
    "citation each of 2,000 sources, 1 in 20 dated to the month, days 1950-2025, dates, dyads and "
    "citations shared between events as a reader shares them"
)


def parties(count: int) -> list[str]:
    """Return *count* party ids of three letters."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [f"{a}{b}{c}" for a in letters for b in letters for c in letters][:count]


def dyads(count: int) -> list[tuple[str, str]]:
    """Return *count* dyads of the fewest parties that have so many."""
    size = 2
    while size * (size - 1) // 2 < count:
        size += 1
    return list(combinations(parties(size), 2))[:count]


def events(count: int, of_dyads: int = 20_000, seed: int = 7) -> list[Event]:
    """Return *count* events over *of_dyads* dyads, made in the order of their days.

    So they lie in memory as those of a stream do that was recorded as things happened.
    """
    rng = random.Random(seed)
    pairs = dyads(of_dyads)
    cited = [(Citation(source=f"source-{n}"),) for n in range(2_000)]
    found: list[Event] = []
    days = sorted(rng.randint(FIRST, LAST) for _ in range(count))
    for ordinal in days:
        pair = pairs[rng.randrange(of_dyads)]
        day = date.fromordinal(ordinal).isoformat()
        on = partial_date(day[:7] if rng.random() < 0.05 else day)
        sources = cited[rng.randrange(2_000)]
        kind = rng.randrange(20)
        if kind < 2:
            event: Event = ev.TiesEstablished(on=on, parties=pair, sources=sources)
        elif kind < 3:
            event = ev.TiesSevered(on=on, parties=pair, sources=sources)
        elif kind < 8:
            event = ev.LevelUpgraded(
                on=on, parties=pair, ladder=pair[0], level=LEVELS[rng.randrange(3)], sources=sources
            )
        elif kind < 14:
            event = ev.AgreementSigned(
                on=on,
                parties=pair,
                agreement=f"{'-'.join(pair).lower()}-{rng.randrange(50)}",  # theirs alone
                sources=sources,
            )
        else:
            event = ev.VisitMade(on=on, visitor=pair[0], host=pair[1], sources=sources)
        found.append(event)
    return found


def ordered(found: list[Event]) -> list[Event]:
    """Return events in replay order."""
    return sorted(found, key=lambda event: (order_key(event), event.id))


def records(found: list[Event], stream: str = "bench") -> list[Record]:
    """Return each event as a record of one stream, all recorded at once."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    return [Record(stream, at, event) for event in found]

"""The columns of a table of events, and how records become rows of integers.

Texts that repeat (streams, types, parties, levels, series) are integer codes; the list of texts of
each kind is in the manifest of the table. The last column has the whole event as JSON, so that
nothing is lost; the engine reads it only for the few events that it cannot decide.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.model.events import Event, EventRetracted, canonical
from diplorel.model.records import order_key, published_on
from diplorel.model.sources import source_table
from diplorel.model.table_frames import module_of
from diplorel.tracks.figures import FigureReported
from diplorel.tracks.level import LevelAgreed, LevelDowngraded, LevelRenewed, LevelUpgraded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.records import Record
    from diplorel.model.sources import SourceTable

EXTRA: Final = "duckdb"
"""The extra that this room needs."""
FORMAT: Final = 1
"""The version of the columns, in the manifest of each table."""
NONE: Final = -1
"""The code of a text that an event does not have."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)

COLUMNS: Final = (
    ("pos", "int64", "the number of the record in the table, from 0"),
    ("stream", "int16", "the stream, coded"),
    ("recorded", "int64", "when it was recorded: microseconds since 1970 in UTC"),
    ("published", "int32", "the day that a source was published by; missing of a retraction"),
    ("type", "int16", "the type of the event, coded"),
    ("a", "int32", "the first party of its dyad, or its one party, coded; or -1"),
    ("b", "int32", "the second party of its dyad, coded; -1 where it is of no single dyad"),
    ("ladder", "int32", "the party whose ladder it is, coded; or -1"),
    ("level", "int32", "the level that it reaches or names, coded; or -1"),
    ("previous", "int32", "the level before that it states, coded; or -1"),
    ("series", "int32", "of a reported figure, its series, coded; or -1"),
    ("lo", "int32", "the first possible day, as an ordinal: 1 is 1 January of the year 1"),
    ("hi", "int32", "the last possible day, as an ordinal"),
    ("key", "int64", "the order of the convention: hi, seq and precedence, packed"),
    ("on", "string", "the date as given; missing where it is the day lo"),
    ("nth", "int32", "which of several like events of that date"),
    ("value", "string", "of a reported figure, the number as printed"),
    ("unit", "int32", "of a reported figure, its unit, coded; or -1"),
    ("qualifier", "int32", "of a reported figure, its qualifier, coded; or -1"),
    ("corrects", "bool", "whether it corrects an earlier record"),
    ("id_hash", "int64", "64 bits of a hash of the id of the event"),
    ("agreement", "int64", "64 bits of a hash of the agreement that it is about; or missing"),
    ("event", "string", "the event as canonical JSON"),
)
"""The columns: name, Arrow type, and what it holds."""

KINDS: Final = ("stream", "type", "party", "level", "series", "unit", "qualifier", "undated")
"""The kinds of texts that are coded; ``undated`` are the cited sources without a date, which no
column has: when one gets a date, ``published`` is no longer what it was."""
Codes: TypeAlias = "dict[str, dict[str, int]]"
Columns: TypeAlias = "dict[str, list[Any]]"


def arrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingExtraError: It is not installed.
    """
    return module_of("pyarrow", EXTRA)


def arrow_schema() -> Any:
    """Return the Arrow schema of a table of events."""
    pa = arrow()
    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind, _ in COLUMNS])


def new_codes() -> Codes:
    """Return no codes yet, of every kind."""
    return {kind: {} for kind in KINDS}


def hash_of(id: str) -> int:
    """Return 64 bits of a hash of an id, as a signed integer."""
    return int.from_bytes(blake2b(id.encode(), digest_size=8).digest(), "big", signed=True)


def microseconds(moment: datetime) -> int:
    """Return a moment in UTC as microseconds since 1970."""
    return (moment - _EPOCH) // _MICROSECOND


def moment_of(value: int) -> datetime:
    """Return the moment of some microseconds since 1970."""
    return _EPOCH + value * _MICROSECOND


def series_text(event: FigureReported) -> str:
    """Return the series of a reported figure as one text."""
    return json.dumps(event.series, ensure_ascii=False)


def dyad_of(event: Event) -> tuple[str, str] | tuple[str] | None:
    """Return the dyad of an event, or its one party; None where it is of several dyads."""
    found: tuple[str, ...] = tuple(sorted(set(event.parties)))
    if len(found) == 1:
        return (found[0],)
    return (found[0], found[1]) if len(found) == 2 else None  # noqa: PLR2004  a dyad


@attrs.define
class Encoder:
    """Makes rows of records, and codes of texts as they come.

    Args:
        sources: The bibliography, for the days of publication.
        codes: The codes so far.
        count: How many records were encoded so far.
        texts: Whether the last column has the events as JSON; otherwise it is empty.

    Attributes:
        codes: The code of each text, by kind.
        count: How many records were encoded.
    """

    sources: Mapping[str, Any] | SourceTable
    codes: Codes = attrs.field(factory=new_codes)
    count: int = 0
    texts: bool = attrs.field(default=True, kw_only=True)
    _sources: SourceTable = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._sources = source_table(self.sources)

    def code(self, kind: str, text: str | None) -> int:
        """Return the code of a text; of none, -1."""
        if text is None:
            return NONE
        known = self.codes[kind]
        return known.setdefault(text, len(known))

    def encode(self, records: Sequence[Record]) -> Columns:
        """Return the columns of some records."""
        rows = [self._row(record) for record in records]
        names = [name for name, _, _ in COLUMNS]
        return {
            name: list(values) for name, values in zip(names, zip(*rows, strict=True), strict=True)
        }

    def _row(self, record: Record) -> tuple[Any, ...]:
        event, code = record.event, self.code
        pos, self.count = self.count, self.count + 1
        head = (pos, code("stream", record.stream), microseconds(record.recorded))
        published = published_on(event, self._sources)
        for citation in event.sources if published is not None else ():
            if not self._sources.published(citation.source):
                code("undated", citation.source)
        text = canonical(event) if self.texts else None
        agreement = getattr(event, "agreement", None)
        about = None if agreement is None else hash_of(agreement)
        tail = (bool(event.supersedes), hash_of(record.id), about, text)
        kind = code("type", event.type)
        if isinstance(event, EventRetracted):
            nothing = (NONE,) * 6
            return (*head, None, kind, *nothing, 0, 0, 0, None, 1, None, NONE, NONE, *tail)
        sides = dyad_of(event) or ()
        a = code("party", sides[0]) if sides else NONE
        b = code("party", sides[1]) if len(sides) > 1 else NONE
        on = event.on
        as_given = None if on.lo == on.hi and len(on.text) == len("2013-09-11") else on.text
        series = value = unit = qualifier = None
        if isinstance(event, FigureReported):
            series, value = series_text(event), str(event.value)
            unit, qualifier = event.unit, event.qualifier.value
        return (
            *head,
            published,
            kind,
            a,
            b,
            code("party", getattr(event, "ladder", None)),
            code("level", getattr(event, "level", None)),
            code("level", _previous(event)),
            code("series", series),
            on.lo,
            on.hi,
            order_key(event),
            as_given,
            event.nth,
            value,
            code("unit", unit),
            code("qualifier", qualifier),
            *tail,
        )


_STEPS: Final = (LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed)


def _previous(event: Event) -> str | None:
    previous: str | None = getattr(event, "previous", None) if isinstance(event, _STEPS) else None
    return previous


def texts_of(codes: Codes) -> dict[str, list[str]]:
    """Return the texts of each kind in the order of their codes."""
    return {kind: list(known) for kind, known in codes.items()}


def codes_of(texts: Mapping[str, Iterable[str]]) -> Codes:
    """Return the codes of texts that are given in the order of their codes."""
    return {kind: {text: code for code, text in enumerate(some)} for kind, some in texts.items()}

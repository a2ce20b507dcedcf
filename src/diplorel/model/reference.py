"""What a log knows beside its records: sources, ladders, parties, names and coverage.

Each merges as a union by key. If two streams use one key for two things, both are kept, the
first in the order of their text is used, and `check` reports the clash. Entries for one source
clash only in what several of them give: one that only adds a date or an address extends the others.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import counted
from diplorel._pickling import Reduced, changed, reduced
from diplorel.errors import InvalidEventError
from diplorel.model.converters import date_or_none, one_party, to_tuple
from diplorel.model.dates import LAST_DAY, PartialDate
from diplorel.model.events import canonical
from diplorel.model.ladders import Ladder, Level
from diplorel.model.lives import PartyEnded, ends_of
from diplorel.model.names import NameKeys, OfficeNames, PersonNames
from diplorel.model.parties import Party
from diplorel.model.party_file import party_sources
from diplorel.model.party_table import PartyTable, shipped
from diplorel.model.source_entries import differing, table_of
from diplorel.model.sources import Source, SourceKind, SourceTable
from diplorel.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from diplorel.model.claims import Claim

Entries = dict[tuple[str, str], list[Any]]
"""Entries by kind and key; several of one key clash, or add to each other."""


def _ids(value: Iterable[str]) -> tuple[str, ...]:
    if isinstance(value, str):
        raise InvalidEventError(f"parties: expected a list of party ids, got {value!r}")
    return tuple(sorted(map(one_party, value)))


@attrs.frozen(kw_only=True)
class Coverage:
    """Where a stream says that it is complete: parties, track and days.

    Within it, what is not recorded did not happen. Beyond it, what was recorded carries on as last
    known, and what was not is unknown.

    Attributes:
        track: The name of the track.
        parties: The ids of the parties whose relations with everybody are complete; in the level
            track, the parties whose ladders are.
        since: The first day; None for the beginning of the party.
        until: The last day; None where it has no end (a group that never changes).
        at_least: In the level track, the lowest level that it is complete for; None for all.
        stream: Who says so.
        note: Why, and what is missing.

    >>> Coverage(track="level", parties=("VNM",), since="1995").since.text
    '1995'
    """

    track: str
    parties: tuple[str, ...] = attrs.field(converter=_ids)
    since: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    until: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    at_least: str | None = None
    stream: str | None = None
    note: str | None = None

    @property
    def bounds(self) -> tuple[int, ...]:
        """Its first day, and the first day after its end, as ordinals."""
        start = () if self.since is None else (self.since.hi,)
        return start if self.until is None else (*start, self.until.lo + 1)

    def holds(self, track: str, parties: Iterable[str], day: int | None) -> bool:
        """Say whether it covers a track for one of *parties* on a day.

        The day is an ordinal; None asks whether it holds for ever on.
        """
        return self.reach(track, parties, day) == (LAST_DAY if day is None else day)

    def reach(self, track: str, parties: Iterable[str], day: int | None) -> int | None:
        """Return the last day that it covers, up to *day*; None where no such day is covered.

        Days are ordinals. Where *day* is None, there is no limit.
        """
        if self.track != track or not any(party in self.parties for party in parties):
            return None
        asked = LAST_DAY if day is None else day
        if self.since is not None and self.since.hi > asked:
            return None
        last = asked if self.until is None else min(self.until.lo, asked)
        return None if self.since is not None and last < self.since.hi else last


def _key(item: Any) -> str:
    if isinstance(item, Ladder):
        return item.party
    if isinstance(item, (Source, Party, PersonNames, OfficeNames)):
        return item.id
    if isinstance(item, StreamInfo):
        return item.name
    if isinstance(item, Coverage):
        return canonical(item)
    return f"{item.stream}/{item.id}"  # a claim


def _set(items: Iterable[Any]) -> tuple[Any, ...]:
    """Return items, each once, by key; those of one key, a clash, by their text."""
    by_key: dict[str, list[Any]] = {}
    for item in items:
        same = by_key.setdefault(_key(item), [])
        if item not in same:
            same.append(item)
    return tuple(
        item
        for _, same in sorted(by_key.items())
        for item in (same if len(same) == 1 else sorted(same, key=canonical))
    )


def _merged(ladders: Iterable[Ladder]) -> dict[str, Ladder]:
    by_party: dict[str, Ladder] = {}
    for ladder in ladders:
        by_party.setdefault(ladder.party, ladder)
    return by_party


def _united(mine: Mapping[str, Reference], theirs: Mapping[str, Reference]) -> dict[str, Reference]:
    found = {**mine}
    for name, part in theirs.items():
        found[name] = found[name] | part if name in found else part
    return found


@attrs.frozen(kw_only=True)
class StreamInfo:
    """What a stream says of itself.

    Attributes:
        name: Its name, the stream of its records.
        title: Its title.
        version: Its version.
        licence: The licence of its data, as an SPDX identifier.
        maintainers: Who keeps it.
        description: What it is about.
        released: When this version was released.
        url: Where it is kept, or its DOI as an address.
        reference_version: In a log of an earlier release, the version of the sources, ladders,
            names, coverage and claims; empty where they are of this version.
    """

    name: str
    title: str = attrs.field(default="", converter=one_line)
    version: str = "0"
    licence: str = ""
    maintainers: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)
    description: str = ""
    released: PartialDate | None = attrs.field(default=None, converter=date_or_none)
    url: str = ""
    reference_version: str = attrs.field(default="", converter=one_line)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Reference:
    """The sources, ladders, parties, names, coverage and claims of a log; every one a set.

    Attributes:
        sources: The bibliography, every entry as it was written; see `source` for one of each id.
        ladders: The ladders.
        extra_parties: The parties that the library's own table lacks.
        coverage: What the streams say of their completeness.
        persons: The names under which sources know a person.
        offices: The names under which sources know an office.
        claims: What sources claim about the whole; see ``diplorel.claims``. May be given as a
            function that reads them, called when they are first asked for.
        infos: What the streams say of themselves.
        by_stream: From the name of a stream to what it brought, as far as that is known.
    """

    sources: tuple[Source, ...] = attrs.field(default=(), converter=_set)
    ladders: tuple[Ladder, ...] = attrs.field(default=(), converter=_set)
    extra_parties: tuple[Party, ...] = attrs.field(default=(), converter=_set)
    coverage: tuple[Coverage, ...] = attrs.field(default=(), converter=_set)
    persons: tuple[PersonNames, ...] = attrs.field(default=(), converter=_set)
    offices: tuple[OfficeNames, ...] = attrs.field(default=(), converter=_set)
    _claims: Iterable[Claim] | Callable[[], Iterable[Claim]] = attrs.field(
        default=(), alias="claims"
    )
    infos: tuple[StreamInfo, ...] = attrs.field(default=(), converter=_set)
    by_stream: Mapping[str, Reference] = attrs.field(factory=dict)

    def __repr__(self) -> str:
        counts = (counted(len(self.sources), "source"), counted(len(self.ladders), "ladder"))
        return f"<Reference: {', '.join(counts)}, {len(self.extra_parties)} parties of its own>"

    def __or__(self, other: Reference) -> Reference:
        if self is other:
            return self
        return Reference(
            sources=(*self.sources, *other.sources),
            ladders=(*self.ladders, *other.ladders),
            extra_parties=(*self.extra_parties, *other.extra_parties),
            coverage=(*self.coverage, *other.coverage),
            persons=(*self.persons, *other.persons),
            offices=(*self.offices, *other.offices),
            claims=lambda: (*self.claims, *other.claims),
            infos=(*self.infos, *other.infos),
            by_stream=_united(self.by_stream, other.by_stream),
        )

    def of(self, stream: str) -> Reference:
        """Return it as what one stream brought."""
        return changed(self, by_stream={stream: changed(self, by_stream={})})

    def __reduce__(self) -> Reduced:
        # claims that are still to be read are read now: another machine may not have the file
        return reduced(self, _claims=self.claims)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Reference):
            return NotImplemented
        return self is other or self._sets() == other._sets()

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # nothing looks one up

    def _sets(self) -> tuple[Any, ...]:
        return (
            self.sources,
            self.ladders,
            self.extra_parties,
            self.coverage,
            self.persons,
            self.offices,
            self.claims,
            self.infos,
        )

    @cached_property
    def claims(self) -> tuple[Claim, ...]:
        """What sources claim about the whole, in order."""
        given = self._claims
        return _set(given() if callable(given) else given)

    @cached_property
    def source(self) -> SourceTable:
        """The sources by id, each with what all entries of its id say together."""
        return table_of(self.sources)

    @cached_property
    def source_kinds(self) -> frozenset[SourceKind]:
        """The kinds of its sources."""
        return frozenset(one.kind for one in self.sources)

    @cached_property
    def ends(self) -> tuple[PartyEnded, ...]:
        """The ends of the lives of all parties, as events that relations hear of."""
        return ends_of(self.parties)

    def find_source(self, id: str) -> Source | None:
        """Return a source of the log, or of the library's table of parties; None: there is none.

        It has the date, the language, the address and the side that only its twins give
        (`Source.same_as`).
        """
        return self.source.described(id) or party_sources().get(id)

    @cached_property
    def ladder(self) -> Mapping[str, Ladder]:
        """The ladders by the id of their party."""
        return _merged(self.ladders)

    @cached_property
    def parties(self) -> PartyTable:
        """The library's parties and the extra ones."""
        if not self.extra_parties:
            return shipped()
        return PartyTable.of([*shipped(), *reversed(self.extra_parties)])

    @cached_property
    def names(self) -> NameKeys:
        """How persons and offices are compared: by id where a name is known."""
        return NameKeys.of(self.persons, self.offices)

    @cached_property
    def _levels(self) -> Mapping[tuple[str, str], Level]:
        return {(one.party, lv.id): lv for one in self.ladder.values() for lv in one.levels}

    def citing(self, ids: Iterable[str]) -> Reference:
        """Return it without claims, and with only those sources that have one of these ids.

        The entries that are the same documents (`Source.same_as`) are among them.
        """
        wanted = {twin for id in ids for twin in self.source.twins(id)}
        cited = tuple(one for one in self.sources if one.id in wanted)
        return changed(self, sources=cited, _claims=(), by_stream={})

    def level(self, ladder: str, id: str) -> Level:
        """Return a level of a ladder; one that no ladder lists has no rank and no name."""
        return self._levels.get((ladder, id)) or Level(id=id)

    def clashes(self) -> tuple[tuple[str, str], ...]:
        """Return the kinds and keys that name more than one thing, in order."""
        return tuple(
            (kind, key)
            for (kind, key), some in self.entries().items()
            if len(some) > 1 and (kind != "source" or differing(some))
        )

    def brought_by(self, kind: str, key: str) -> tuple[tuple[Any, tuple[str, ...]], ...]:
        """Return the entries of one kind and key, each with the streams that brought it."""
        every, parts = self._entries
        at = (kind, key)
        return tuple(
            (one, tuple(name for name, mine in parts.items() if one in mine.get(at, ())))
            for one in every.get(at, ())
        )

    @cached_property
    def _entries(self) -> tuple[Entries, dict[str, Entries]]:
        """All entries, and those that each stream brought."""
        parts = {name: self.by_stream[name].entries() for name in sorted(self.by_stream)}
        return self.entries(), parts

    def entries(self) -> Entries:
        """Return its entries by kind and key, in order; several of one key are not equal."""
        found: Entries = {}
        for kind, items in (
            ("source", self.sources),
            ("ladder", self.ladders),
            ("party", self.extra_parties),
            ("person", self.persons),
            ("office", self.offices),
            ("claim", self.claims),
            ("stream", self.infos),
        ):
            for item in sorted(items, key=_key):
                found.setdefault((kind, _key(item)), []).append(item)
        return found

    def covers(self, track: str, parties: Iterable[str], day: int | None) -> bool:
        """Say whether a track is complete for a relation of one of *parties* on a day."""
        among = tuple(parties)
        return any(one.at_least is None and one.holds(track, among, day) for one in self.coverage)

    def complete_to(self, track: str, parties: Iterable[str], day: int | None) -> int | None:
        """Return the last day, up to a given one, when a track is complete for one of *parties*.

        Days are ordinals; None asks for ever on, and `LAST_DAY` answers that it is. None is the
        answer where no stream calls the track complete on any day up to then.
        """
        among = tuple(parties)
        reached = [one.reach(track, among, day) for one in self.coverage if one.at_least is None]
        return max((one for one in reached if one is not None), default=None)

    def level_complete_to(self, ladder: str, day: int | None, at_least: str | None) -> int | None:
        """Return the last day up to one when a ladder is complete, as `complete_to` does.

        Args:
            ladder: The party whose ladder it is.
            day: The day, an ordinal; None asks for ever on.
            at_least: For the levels from this one up; None for all.
        """
        wanted = None if at_least is None else self.level(ladder, at_least).rank
        reached = [
            one.reach("level", (ladder,), day)
            for one in self.coverage
            if one.at_least is None or _reaches_down_to(self.level(ladder, one.at_least), wanted)
        ]
        return max((one for one in reached if one is not None), default=None)

    def complete_from(self, ladder: str, day: int | None) -> Level | None:
        """Return the lowest level that a ladder is complete for on a day, if there is one."""
        known = self.ladder.get(ladder)
        floors = [
            known.lowest_rank if one.at_least is None else self.level(ladder, one.at_least).rank
            for one in self.coverage
            if known is not None and one.holds("level", (ladder,), day)
        ]
        floor = min((rank for rank in floors if rank is not None), default=None)
        if known is None or floor is None:
            return None
        return known.of_rank(floor)[0]

    def covers_level(self, ladder: str, day: int | None, at_least: str | None = None) -> bool:
        """Say whether a ladder's levels are complete on a day, at the levels from *at_least* up."""
        complete_to = self.level_complete_to(ladder, day, at_least)
        return complete_to == (LAST_DAY if day is None else day)


def _reaches_down_to(floor: Level, wanted: int | None) -> bool:
    return floor.rank is not None and wanted is not None and wanted >= floor.rank

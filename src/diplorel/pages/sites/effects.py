"""What each added record changes: the state of its relation and the rankings, before and after."""

from __future__ import annotations

from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs

from diplorel.log import EventLog
from diplorel.model.events import Event, EventRetracted
from diplorel.model.records import targets
from diplorel.narrative.narrator import Narrator
from diplorel.narrative.phrases import DOUBTS
from diplorel.pages.sites.words import word
from diplorel.tracks import LEVEL, SPECIAL, TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.model.dates import Language
    from diplorel.model.records import Record
    from diplorel.model.reference import Reference
    from diplorel.pages.sites.book import Dyad
    from diplorel.world import World

_DYADS: Final = 3
"""Of so many relations of one record of many parties the state is compared."""
_RANKED: Final = frozenset({kind for track in (TIES, LEVEL, SPECIAL) for kind in track.handlers})


@attrs.frozen(kw_only=True)
class Change:
    """One line that is another one with a record than without it.

    Attributes:
        label: What it is about.
        before: What it says without the record; empty for nothing.
        after: What it says with the record; empty for nothing.
    """

    label: str
    before: str
    after: str


def changes_of(
    records: Sequence[Record], reference: Reference, first: int, lang: Language
) -> Iterator[tuple[Change, ...]]:
    """Yield what each record from one on changes, once those above it are known.

    Args:
        records: The records of one stream, in the order of its file.
        reference: Its ladders, parties and coverage.
        first: The place of the first record that is asked for.
        lang: The language of the words.

    >>> from diplorel.datasets import load_stream
    >>> stream = load_stream("vietnam")
    >>> found = [*changes_of(stream.records[:3], stream.reference, 2, "en")]
    >>> len(found)
    1
    """
    words = Narrator(reference, lang)
    before = _Known(EventLog(records[:first], reference=reference))
    for place in range(first, len(records)):
        after = _Known(EventLog(records[: place + 1], reference=reference))
        yield tuple(_changes(before, after, records[place], words))
        before = after


@attrs.frozen(eq=False)
class _Known:
    """A log with the world that it replays to, which each ladder asks."""

    log: EventLog

    @cached_property
    def world(self) -> World:
        return self.log.replay()


def _changes(before: _Known, after: _Known, record: Record, words: Narrator) -> Iterator[Change]:
    concerned = [*_concerned(before.log, record)]
    dyads = {
        (pair[0], pair[1]): None
        for event in concerned
        for pair in combinations(sorted({*event.parties}), 2)
    }
    with_ladder = words.reference.ladder.keys()
    known = sorted(
        (dyad for dyad in dyads if all(id in words.reference.parties for id in dyad)),
        key=lambda dyad: (not with_ladder & {*dyad}, dyad),
    )
    for dyad in known[:_DYADS]:
        yield from _state_changes(before.log, after.log, dyad, words)
    if len(known) > _DYADS:
        said = word("not compared", words.lang, count=len(known) - _DYADS)
        yield Change(label=word("other relations", words.lang), before="", after=said)
    ladders = {
        id
        for event in concerned
        if type(event) in _RANKED
        for id in event.parties
        if id in words.reference.ladder and id in words.reference.parties
    }
    for ladder in sorted(ladders):
        yield from _ranking_changes(before, after, ladder, words)


def _concerned(before: EventLog, record: Record) -> Iterable[Event]:
    """Yield the event of a record, and the events that it corrects."""
    if isinstance(record.event, Event):
        yield record.event
    ids = {id for text in record.event.supersedes for id, _ in targets(text)}
    for other in before.records if ids else ():
        if other.id in ids and not isinstance(other.event, EventRetracted):
            yield other.event


def _state_changes(
    before: EventLog, after: EventLog, dyad: Dyad, words: Narrator
) -> Iterator[Change]:
    old = _lines(before, dyad, words)
    new = _lines(after, dyad, words)
    names = words.names(dyad)
    for label in dict.fromkeys((*old, *new)):
        if old.get(label) != new.get(label):
            yield Change(
                label=f"{names}: {label}", before=old.get(label, ""), after=new.get(label, "")
            )


def _lines(log: EventLog, dyad: Dyad, words: Narrator) -> dict[str, str]:
    """Return the state of a relation: what each label says, those that repeat joined."""
    left_out = words.say(DOUBTS, "last recorded")  # it only repeats which aspects there are
    found: dict[str, str] = {}
    for label, text in words.state(log.relation(*dyad)):
        if label == left_out:
            continue
        found[label] = f"{found[label]}; {text}" if label in found else text
    return found


def _ranking_changes(
    before: _Known, after: _Known, ladder: str, words: Narrator
) -> Iterator[Change]:
    old = {row.party: row.position for row in before.world.ranking(ladder)}
    new = {row.party: row.position for row in after.world.ranking(ladder)}
    label = word("position", words.lang, party=words.name(ladder))

    def place(party: str, among: dict[str, int]) -> str:
        if party not in among:
            return word("no position", words.lang)
        return word("position is", words.lang, position=among[party], count=len(among))

    moved = [party for party in dict.fromkeys((*new, *old)) if old.get(party) != new.get(party)]
    came = [party for party in moved if party not in old or party not in new]
    named = came or moved[:1]
    for party in named:
        yield Change(
            label=f"{label}: {words.name(party)}", before=place(party, old), after=place(party, new)
        )
    if len(moved) > len(named):
        others = word("others move", words.lang, count=len(moved) - len(named))
        yield Change(label=label, before="", after=others)

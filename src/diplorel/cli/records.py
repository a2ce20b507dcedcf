"""Answers as JSON: everything that a command prints as text, under plain keys.

Ids are given as they are in the data, and beside them the names in the language asked for. A date
is the text that the data have, such as ``2013-09`` or ``[1913-09-10..1913-10-31]``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplorel.analysis.hints import find_later_end, find_other_holders
from diplorel.language.labels import word
from diplorel.model.events import plain
from diplorel.tracks import AGREEMENTS, LEVEL, SPECIAL, STANDARD, TIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from diplorel.analysis.ranking import Comparison
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.sources import Citation
    from diplorel.narrative.narrator import Narrator
    from diplorel.relation import Relation
    from diplorel.resolve.policies import Account
    from diplorel.tracks.agreements import Agreement
    from diplorel.world import World


def names_of(ids: Iterable[str], words: Narrator) -> dict[str, str]:
    """Return the names of parties by id."""
    return {id: words.name(id) for id in ids}


def level_record(level: Level | None, words: Narrator, key: str = "level") -> dict[str, Any]:
    """Return the id and the name of a level; both are null where there is none."""
    return {
        key: None if level is None else level.id,
        f"{key}_name": None if level is None else level.name(words.lang),
    }


def event_record(event: Event, words: Narrator, accounts: Sequence[Account] = ()) -> dict[str, Any]:
    """Return one event: its own fields, a sentence, its sources and the other accounts of it.

    Args:
        event: The event.
        words: The language, and the names.
        accounts: Its accounts, the followed one first; none where sources agree.
    """
    data = {"id": event.id, **plain(event)}
    data["names"] = names_of((*event.parties, *getattr(event, "dyads", ())), words)
    ladder = getattr(event, "ladder", None)
    for key in ("level", "previous"):
        level = getattr(event, key, None)
        if ladder is not None and level is not None:
            data[f"{key}_name"] = words.reference.level(ladder, level).name(words.lang)
    data["sentence"] = words.sentence(event)
    data["sources"] = [_citation_record(one, words) for one in event.sources]
    if accounts:
        data["accounts"] = [
            {
                "digest": account.digest,
                "denies": account.denies,
                "sentence": None if account.denies else words.sentence(account.event),
                "sources": [_citation_record(one, words) for one in account.citations],
            }
            for account in accounts[1:]
        ]
    return data


def _citation_record(citation: Citation, words: Narrator) -> dict[str, Any]:
    """Return what an event says of a source, and what the bibliography says of it."""
    known = words.reference.find_source(citation.source)
    data: dict[str, Any] = dict(plain(citation))
    if known is not None:
        data |= {
            "publisher": known.publisher,
            "title": known.title,
            "kind": known.kind.value,
            "published": known.published.text if known.published else None,
        }
    return data


def document_record(document: Agreement, words: Narrator) -> dict[str, Any]:
    """Return a document of a dyad: its title, its kind, its fields and the days of its life."""
    days = ("signed", "joined", "in_force", "terminated")
    return {
        "agreement": document.key,
        "title": document.title(words.lang),
        "kind": document.kind.value,
        "fields": document.fields,
        "status": document.status.value,
        **{key: on.text if (on := getattr(document, key)) else None for key in days},
        "parties": document.parties,
    }


def relation_record(relation: Relation, words: Narrator) -> dict[str, Any]:
    """Return the state of a relation: in words, its ties and levels by field, and its events."""
    ties, special = relation.state(TIES), relation.state(SPECIAL)
    ladders = {*words.reference.ladder, *(one.ladder for one in relation.state(LEVEL).ladders)}
    levels = [relation.level(party) for party in relation.parties if party in ladders]
    accounts = relation.accounts()
    return {
        "state": [{"label": label, "text": text} for label, text in words.state(relation)],
        "ties": {
            "status": ties.status.value,
            "since": ties.since.text if ties.since else None,
        },
        "levels": [
            {
                "ladder": held.ladder,
                "status": held.status.value,
                **level_record(held.level, words),
                "since": held.since.text if held.since else None,
                **level_record(held.agreed, words, "agreed"),
                **level_record(held.below, words, "below"),
            }
            for held in levels
        ],
        "special": special.since.text if special.since else None,
        "documents": [document_record(one, words) for one in relation.state(AGREEMENTS).documents],
        "uncertain": [
            one.name for one in STANDARD if one.of_dyads and one.name not in relation.certain
        ],
        "contested": [*relation.contested],
        "unknown": [one.name for one in STANDARD if one.name in relation.unknown],
        "last_recorded": {
            track: day and day.isoformat() for track, day in relation.last_recorded.items()
        },
        "events": [
            {
                **event_record(event, words, accounts.get(event.id, ())),
                "decided": decided,
                "alternatives": [one.digest for one in accounts.get(event.id, ())[1:]],
            }
            for decided, events in ((True, relation.events()), (False, relation.undecided))
            for event in events
        ],
    }


def hints_of(
    world: World, relation: Relation, later: Relation | None, words: Narrator
) -> Iterator[dict[str, Any]]:
    """Yield what a reader of a relation should know beside its state, as JSON.

    Args:
        world: The world on the day.
        relation: The relation on the day.
        later: The relation by all that is recorded, where nothing is recorded by the day.
        words: The words of one language.
    """
    for one in find_other_holders(world.snapshot, relation.parties):
        text = word(
            "other holder",
            words.lang,
            name=one.shared.name(words.lang),
            asked=words.name(one.asked),
            other=words.name(one.other),
            side=words.name(one.side),
            since=one.since.words(words.lang),
            ask=f"{one.side} {one.other}",
        )
        yield {
            "kind": "other-holder",
            "name": one.shared.name(words.lang),
            "asked": one.asked,
            "other": one.other,
            "side": one.side,
            "since": one.since.text,
            "source": one.shared.source,
            "text": text,
        }
    event = None if later is None else find_later_end(relation, later)
    if event is not None:
        sentence = words.sentence(event)
        text = word("later end", words.lang, what=sentence, date=event.on.words(words.lang))
        yield {"kind": "later-end", "event": event.id, "on": event.on.text, "text": text}


def comparison_record(found: Comparison, words: Narrator) -> dict[str, Any]:
    """Return what puts one partner before another, with the two events behind it."""
    return {
        "first": found.first,
        "second": found.second,
        "names": names_of((found.first, found.second), words),
        "key": found.key,
        "certain": found.certain,
        "first_event": found.first_event and event_record(found.first_event, words),
        "second_event": found.second_event and event_record(found.second_event, words),
    }

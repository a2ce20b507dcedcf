"""Policies: which of several accounts is followed, whatever the order they come in."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import attrs
import pytest

from diplorel import events as ev
from diplorel.model.events import EventRetracted
from diplorel.model.sources import Source, SourceKind
from diplorel.resolve.policies import (
    Account,
    by_kind,
    choose,
    latest_published,
    manual,
    most_sources,
    stream_first,
)


def source(id: str, kind: str, published: str | None = None) -> Source:
    return Source(id=id, title="t", publisher="p", kind=SourceKind(kind), published=published)


SOURCES = {
    one.id: one
    for one in (
        source("joint", "joint", "2014"),
        source("gov", "government", "2015-06"),
        source("press", "press", "2016-01-01"),
        source("wiki", "reference"),
        source("machine", "machine"),
    )
}


def account(
    *sources: str, streams: tuple[str, ...] = ("s",), place: str = "x", **more: Any
) -> Account:
    event = ev.TiesEstablished(on="2013", parties=("VNM", "SGP"), sources=sources, place=place)
    return Account(event_id=event.id, event=event, streams=streams, **more)


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        (("joint",), (0,)),
        (("gov",), (1,)),
        (("press",), (3,)),
        (("wiki",), (5,)),
        (("lost",), (6,)),
        (("machine",), (7,)),
        (("wiki", "gov", "lost"), (1,)),
    ],
)
def test_by_kind_follows_the_best_source(sources: tuple[str, ...], key: tuple[int]) -> None:
    assert by_kind(account(*sources), SOURCES) == key


def side(id: str, party: str, kind: str = "government", wire: str | None = None) -> Source:
    return Source(
        id=id, title="t", publisher="p", kind=SourceKind(kind), side=party, derived_from=wire
    )


SIDES = {
    one.id: one
    for one in (
        *SOURCES.values(),
        side("hanoi", "VNM"),
        side("hanoi-2", "VNM"),
        side("singapore", "SGP"),
        side("third", "USA"),
        side("state-agency", "SGP", "agency"),
    )
}


@pytest.mark.parametrize(
    ("sources", "key"),
    [
        (("hanoi", "singapore"), (0,)),
        (("hanoi", "singapore", "wiki", "lost"), (0,)),
        (("hanoi", "hanoi-2"), (1,)),
        (("hanoi", "gov"), (1,)),
        (("hanoi", "third"), (1,)),
        (("hanoi", "state-agency"), (1,)),
        (("third",), (2,)),
        (("third", "press"), (2,)),
        (("third", "joint"), (0,)),
    ],
)
def test_what_the_governments_of_both_sides_say_counts_like_one_text_of_both(
    sources: tuple[str, ...], key: tuple[int]
) -> None:
    assert by_kind(account(*sources), SIDES) == key


def test_the_order_is_both_sides_one_side_agencies_then_the_press() -> None:
    rows = [
        account("hanoi", "singapore"),
        account("singapore"),
        account("state-agency"),
        account("press"),
    ]
    for order in permutations(rows):
        assert choose([*order], by_kind, SIDES) == tuple(rows)


def test_the_governments_behind_a_denial_count_too() -> None:
    def denial(*sources: str) -> Account:
        event = EventRetracted(target="a", reason="r", sources=sources)
        return Account(event_id="a", event=event, streams=("a",), denies=True)

    assert by_kind(denial("hanoi", "singapore"), SIDES) == (0,)
    assert by_kind(denial("third"), SIDES) == (1,)


def test_most_sources_counts_a_wire_once_then_takes_the_kind() -> None:
    wired = {
        one.id: one
        for one in (
            source("wire", "agency"),
            side("one", "VNM", "press", "wire"),
            side("two", "VNM", "press", "wire"),
            *SOURCES.values(),
        )
    }
    assert most_sources(account("one", "two", "wire"), wired) == (-1, 2)
    assert most_sources(account("press", "wiki"), wired) == (-2, 3)
    assert most_sources(account("joint"), wired) == (-1, 0)
    assert most_sources(account("lost"), wired) == (-1, 6)


def test_latest_published_follows_the_most_recent_source_and_undated_ones_last() -> None:
    rows = [account(*names) for names in (("press", "joint"), ("gov",), ("joint",))]
    undated = [account("wiki"), account("lost")]
    keys = [latest_published(one, SOURCES) for one in (*rows, *undated)]
    assert keys == sorted(keys)
    assert keys[0] < keys[1] < keys[2] < keys[3] == keys[4]
    assert keys[0] == latest_published(account("press", "wiki", "lost"), SOURCES)
    first = {"old": source("old", "press", "0001-01-01")}
    assert latest_published(account("old"), first) < latest_published(account("lost"), first)
    assert latest_published(account("lost"), first) == (0,)
    twins = {**SOURCES, "twin": attrs.evolve(source("twin", "press"), same_as="gov")}
    assert latest_published(account("twin"), twins) == latest_published(account("gov"), twins)
    assert most_sources(account("twin", "gov"), twins)[0] == -1


def test_stream_first_follows_the_streams_as_listed_then_the_kind() -> None:
    policy = stream_first("b", "a")
    assert policy(account("joint", streams=("a", "b")), SOURCES) == (0, 0)
    assert policy(account("gov", streams=("a", "c")), SOURCES) == (1, 1)
    assert policy(account("press", streams=("c",)), SOURCES) == (2, 3)
    assert stream_first()(account("press"), SOURCES) == (0, 3)


def test_manual_follows_what_was_chosen_then_the_kind() -> None:
    wanted = account("wiki")
    policy = manual({wanted.event_id: wanted.digest})
    assert policy(wanted, SOURCES) == (0, 5)
    assert policy(account("joint"), SOURCES) == (2, 0)
    assert manual({})(account("gov"), SOURCES) == (2, 1)
    assert manual({"other": wanted.digest})(wanted, SOURCES) == (2, 5)
    also = attrs.evolve(account("gov"), digests=("0" * 12, wanted.digest))
    assert policy(also, SOURCES) == (1, 1)


def test_a_account_names_its_citations_and_its_digest() -> None:
    one = account("gov", "joint")
    assert one.citations == one.event.sources
    assert [citation.source for citation in one.citations] == ["gov", "joint"]
    assert one.digest == one.event.digest
    assert one.denies is False


def test_the_choice_is_a_function_of_the_set() -> None:
    denial = Account(
        event_id="a",
        event=EventRetracted(target="a", reason="r", sources=["gov"]),
        streams=("a",),
        denies=True,
    )
    rows = [
        account("joint", place="z"),
        account("gov", place="a", streams=("s",)),
        account("gov", place="a", streams=("t",)),
        account("gov", place="b"),
        denial,
        account("wiki", place="a"),
    ]
    for order in permutations(rows, len(rows)):
        assert choose([*order], by_kind, SOURCES) == tuple(rows)

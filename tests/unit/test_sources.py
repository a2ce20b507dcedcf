"""Sources: who says so, in what order of authority, and who only repeats."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from diplorel.errors import InvalidEventError
from diplorel.model.dates import PartialDate
from diplorel.model.sources import (
    KIND_ORDER,
    Citation,
    Source,
    SourceKind,
    SourceTable,
    citation_key,
    cite,
    independent,
    origins,
    source_table,
)

if TYPE_CHECKING:
    from collections.abc import Iterable


def source(id: str, derived_from: str | None = None) -> Source:
    return Source(id=id, title="t", publisher="p", kind=SourceKind.PRESS, derived_from=derived_from)


def test_kinds_stand_from_the_most_to_the_least_authoritative() -> None:
    assert [kind.value for kind in sorted(SourceKind, key=KIND_ORDER.__getitem__)] == [
        "joint", "government", "agency", "press", "scholarly", "reference", "machine",
    ]  # fmt: skip


@pytest.mark.parametrize(("kind", "hint"), [("pres", "'press'?"), (3, "got 3")])
def test_the_kind_of_a_source_is_a_word_of_the_list(kind: str, hint: str) -> None:
    with pytest.raises(InvalidEventError, match="expected one of 'joint', 'government'") as caught:
        Source(id="a", title="t", publisher="p", kind=kind)
    assert str(caught.value).endswith(hint)


def test_a_source_takes_plain_data() -> None:
    found = Source(id="s", title="t", publisher="p", kind="agency", published="2013-09")
    assert found.kind is SourceKind.AGENCY
    assert found.published == PartialDate("2013-09")
    assert source("s").published is None
    with pytest.raises(ValueError, match="rumour"):
        Source(id="s", title="t", publisher="p", kind="rumour")


def test_a_citation_takes_plain_data() -> None:
    assert Citation(source="s", on="2013").on == PartialDate("2013")
    assert Citation(source="s").on is None


def test_citations_stand_sorted_each_once() -> None:
    assert cite(["b", "a", "b"]) == (Citation(source="a"), Citation(source="b"))
    assert cite(["b"]) == (Citation(source="b"),)
    assert cite(one for one in ["b"]) == (Citation(source="b"),)
    page = Citation(source="a", locator="p. 1")
    assert cite([page]) == (page,)
    assert cite((page,)) == (page,)
    assert cite(("a",)) == (Citation(source="a"),)
    assert cite([page, "a", Citation(source="a")]) == (Citation(source="a"), page)
    assert cite((page, page)) == (page,)


def test_citations_stand_by_source_then_locator_then_date_then_wording() -> None:
    full = Citation(source="s", locator="l", on=PartialDate("2013"), text="w")
    assert citation_key(full)[:4] == ("s", "l", "2013", "w")
    assert citation_key(Citation(source="s"))[:4] == ("s", "", "", "")
    rows = [
        Citation(source="a", locator="2"),
        Citation(source="b", locator="1", on=PartialDate("2014"), text="a"),
        Citation(source="b", locator="1", on=PartialDate("2014"), text="b"),
        Citation(source="b", locator="1", on=PartialDate("2015"), text="a"),
        Citation(source="b", locator="2", on=PartialDate("2013"), text="a"),
    ]
    assert cite(reversed(rows)) == tuple(rows)


def test_the_order_of_citations_tells_an_empty_text_from_none() -> None:
    none, empty = Citation(source="a"), Citation(source="a", text="")
    located = Citation(source="a", locator="")
    assert sorted([located, empty, none], key=citation_key) == [none, empty, located]


@pytest.mark.parametrize("bare", ["vna", None, "", Citation(source="vna")])
def test_a_bare_source_is_no_list(bare: str | Citation | None) -> None:
    with pytest.raises(InvalidEventError) as caught:
        cite(bare)
    assert str(caught.value) == (
        f"sources: expected a list of source ids or citations, got {bare!r}"
    )


def test_an_event_without_a_source_is_no_event() -> None:
    nothing: list[Iterable[str]] = [[], (), iter(())]
    for none in nothing:
        with pytest.raises(InvalidEventError) as caught:
            cite(none)
        assert str(caught.value) == (
            "sources: none given, and an event without a source is not an event"
        )


def test_what_is_neither_id_nor_citation_is_refused() -> None:
    for odd in (5, None, ("a",)):
        with pytest.raises(InvalidEventError) as caught:
            cite(["a", odd])  # type: ignore[list-item]
        assert str(caught.value) == (
            f"sources: expected source ids or citations, got {odd!r} among them"
        )
    with pytest.raises(InvalidEventError):
        cite((5,))  # type: ignore[arg-type]


def test_documents_that_repeat_one_wire_are_one_source() -> None:
    known = {
        one.id: one
        for one in (
            source("wire"),
            source("paper", "wire"),
            source("blog", "paper"),
            source("other"),
            source("copy", "lost-wire"),
            source("again", "lost-wire"),
            source("egg", "hen"),
            source("hen", "egg"),
            source("self", "self"),
        )
    }
    assert independent(["wire", "paper", "blog"], known) == {"wire"}
    assert independent(["blog", "other"], known) == {"wire", "other"}
    assert independent(["copy", "again"], known) == {"lost-wire"}
    assert independent(["nowhere"], known) == {"nowhere"}
    assert independent(["egg"], known) == independent(["hen"], known) == {"egg"}
    assert independent(["self"], known) == {"self"}
    assert independent(["egg", "hen"], known) == {"egg"}
    assert independent([], known) == frozenset()


def test_two_entries_for_one_page_are_one_source() -> None:
    known = {
        one.id: attrs.evolve(one, url=url)
        for one, url in (
            (source("mine"), "https://history.example/countries/singapore"),
            (
                source("theirs", "guide"),
                "http://www.history.example/countries/Singapore/#recognition",
            ),
            (source("guide"), "https://history.example/countries"),
            (source("other", "guide"), "https://history.example/countries/vietnam"),
            (source("elsewhere"), "https://elsewhere.example"),
            (source("offline"), None),
        )
    }
    assert independent(["mine", "theirs"], known) == {"guide"}
    assert independent(["mine", "other"], known) == {"mine", "guide"}
    assert independent(["mine", "other", "theirs"], known) == {"guide"}
    assert len(independent(known, known)) == 3


# --- one document under several ids --------------------------------------------------------------


def table(**entries: Source) -> SourceTable:
    return SourceTable({id: attrs.evolve(one, id=id) for id, one in entries.items()})


BARE = source("bare")


def test_a_table_of_sources_is_used_as_it_is() -> None:
    made = table(a=BARE)
    assert source_table(made) is made
    assert source_table({"a": made["a"]}) == made
    assert source_table({}).twins("nowhere") == ("nowhere",)


def test_entries_of_one_document_are_one_source_whichever_names_the_other() -> None:
    known = table(
        a=attrs.evolve(BARE, same_as="b"),
        b=BARE,
        c=attrs.evolve(BARE, same_as="b"),
        d=BARE,
        e=attrs.evolve(BARE, same_as="e"),
    )
    assert [known.twins(id) for id in "abcde"] == [("a", "b", "c")] * 3 + [("d",), ("e",)]
    assert independent(["a", "c"], known) == independent(["b"], known) == {"a"}
    assert independent(["a", "d"], known) == {"a", "d"}
    assert independent(["e"], known) == {"e"}
    assert origins(["c", "b"], known) == {"a"}


def test_a_ring_of_twins_and_a_twin_that_is_not_listed_are_no_trouble() -> None:
    ring = table(a=attrs.evolve(BARE, same_as="b"), b=attrs.evolve(BARE, same_as="a"))
    assert ring.twins("a") == ring.twins("b") == ("a", "b")
    lost = table(a=attrs.evolve(BARE, same_as="x"), b=attrs.evolve(BARE, same_as="x"))
    assert independent(["a", "b"], lost) == {"a"}
    assert lost.published("x") is None
    assert lost.described("x") is None


def test_what_one_entry_repeats_its_twins_repeat() -> None:
    known = table(
        wire=BARE,
        paper=attrs.evolve(BARE, derived_from="wire"),
        twin=attrs.evolve(BARE, same_as="paper"),
        blog=attrs.evolve(BARE, derived_from="twin"),
        other=BARE,
    )
    assert independent(["twin", "wire"], known) == independent(["blog", "paper"], known) == {"wire"}
    assert known.lineage("blog") == ("blog", "paper", "twin", "wire")
    assert known.parents("twin") == {"wire"}
    assert len(independent(["blog", "other"], known)) == 2


def test_a_document_that_repeats_two_wires_makes_them_one() -> None:
    known = table(
        a=attrs.evolve(BARE, derived_from="x"),
        b=attrs.evolve(BARE, derived_from="y", same_as="a"),
        x=BARE,
        y=attrs.evolve(BARE, derived_from="x"),
    )
    assert origins("abxy", known) == {"x"}
    assert known.lineage("a") == ("a", "b", "x", "y")


def test_a_document_is_published_on_the_earliest_certain_day_of_its_entries() -> None:
    known = table(
        undated=attrs.evolve(BARE, same_as="month"),
        month=attrs.evolve(BARE, published="2013-09"),
        day=attrs.evolve(BARE, published="2013-09-29", same_as="month"),
        alone=BARE,
    )
    assert {known.published(id) for id in ("undated", "month", "day")} == {
        PartialDate("2013-09-29")
    }
    assert known.published("alone") is None


def test_an_entry_is_described_with_what_only_its_twins_give() -> None:
    known = table(
        bare=BARE,
        found=attrs.evolve(BARE, url="https://p.example/a", lang="en", same_as="bare"),
        dated=attrs.evolve(BARE, published="2014", lang="vi", side="VNM", same_as="bare"),
    )
    assert known.described("bare") == attrs.evolve(
        known["bare"], published="2014", url="https://p.example/a", lang="vi", side="VNM"
    )
    found = known.described("found")
    assert found is not None
    assert (found.lang, found.published) == ("en", PartialDate("2014"))
    assert table(a=BARE).described("a") == attrs.evolve(BARE, id="a")
    assert known.described("nowhere") is None


def test_one_text_of_a_publisher_on_one_day_is_one_source() -> None:
    known = table(
        a=attrs.evolve(BARE, published="2013-09-11"),
        b=attrs.evolve(BARE, published="2013-09-11", title="T"),
        c=attrs.evolve(BARE, published="2013-09-12"),
        d=BARE,
    )
    assert independent("abcd", known) == {"a", "c", "d"}

"""Laws of bibliographies: entries of one id that add up, and one document under several ids."""

from __future__ import annotations

import pickle
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.check import check
from diplorel.model.dates import ordinal
from diplorel.model.events import canonical
from diplorel.model.records import published_on
from diplorel.model.reference import Reference
from diplorel.model.source_entries import differing, extended, says_more, table_of
from diplorel.model.sources import Source, SourceTable, independent, origins

# --- entries of one id ---------------------------------------------------------------------------

OPTIONAL = ("published", "lang", "url", "side", "derived_from", "same_as", "note")
WHOLE = Source(
    id="a", title="T", publisher="P", kind="press", published="2013-09-11", lang="en",
    url="https://p.example/a", side="VNM", derived_from="wire", same_as="twin", note="N",
)  # fmt: skip
OTHER = attrs.evolve(
    WHOLE, title="U", published="2014", lang="vi", url="https://p.example/b", note="M"
)


def without(entry: Source, left_out: frozenset[str]) -> Source:
    nothing: dict[str, Any] = dict.fromkeys(left_out)
    return attrs.evolve(entry, **nothing)


LEFT_OUT = st.frozensets(st.sampled_from(OPTIONAL))
PARTS = st.lists(st.builds(without, st.just(WHOLE), LEFT_OUT), min_size=1, max_size=4)
"""Entries that agree in all that two of them give."""
ENTRIES = st.lists(
    st.builds(
        lambda one, left_out, id: attrs.evolve(without(one, left_out), id=id),
        st.sampled_from((WHOLE, WHOLE, OTHER, attrs.evolve(WHOLE, url=OTHER.url))),
        LEFT_OUT,
        st.sampled_from("aab"),
    ),
    max_size=5,
)


def given_by(entry: Source) -> dict[str, Any]:
    fields = attrs.asdict(entry, recurse=False)
    return {field: value for field, value in fields.items() if value is not None}


def agree(one: Source, other: Source) -> bool:
    mine, theirs = given_by(one), given_by(other)
    return all(mine[field] == theirs[field] for field in mine.keys() & theirs.keys())


@given(PARTS)
def test_entries_that_agree_are_one_source_with_the_fields_of_all(parts: list[Source]) -> None:
    expected: dict[str, Any] = {}
    for one in parts:
        expected |= given_by(one)
    assert given_by(extended(parts)) == expected
    assert Reference(sources=parts).clashes() == ()
    assert extended([*parts, extended(parts)]) == extended(parts)


@given(ENTRIES)
def test_entries_clash_where_two_of_one_id_give_a_field_differently(entries: list[Source]) -> None:
    reference = Reference(sources=entries)
    clashing = {
        ("source", one.id)
        for one, other in combinations(entries, 2)
        if one.id == other.id and not agree(one, other)
    }
    assert set(reference.clashes()) == clashing
    assert set(reference.sources) == {*entries}
    assert reference.source.keys() == {one.id for one in entries}


@given(ENTRIES.filter(bool), st.randoms(use_true_random=False))
def test_what_entries_say_depends_on_nothing_but_which_there_are(
    entries: list[Source], random: Any
) -> None:
    again = [*entries, random.choice(entries)]
    random.shuffle(again)
    assert table_of(again) == table_of(entries)
    one, two = Reference(sources=again[: len(again) // 2]), Reference(sources=entries)
    assert (one | two).source == (two | one).source == two.source
    assert pickle.loads(pickle.dumps(two)).source == two.source  # noqa: S301  its own


@given(ENTRIES, ENTRIES, ENTRIES)
def test_the_union_of_bibliographies_is_associative(
    a: list[Source], b: list[Source], c: list[Source]
) -> None:
    x, y, z = (Reference(sources=one).of(name) for one, name in ((a, "a"), (b, "b"), (c, "c")))
    left, right = (x | y) | z, x | (y | z)
    assert left.source == right.source
    assert left.clashes() == right.clashes()
    assert {name: left.by_stream[name].source for name in "abc"} == {
        "a": x.source, "b": y.source, "c": z.source,
    }  # fmt: skip


@given(ENTRIES.filter(bool), LEFT_OUT, st.integers(0, 4))
def test_an_entry_that_says_less_than_another_changes_nothing(
    entries: list[Source], left_out: frozenset[str], place: int
) -> None:
    less = without(entries[place % len(entries)], left_out)
    assert table_of([*entries, less]) == table_of(entries)
    assert Reference(sources=[*entries, less]).clashes() == Reference(sources=entries).clashes()
    assert not says_more(less, entries[place % len(entries)])


@given(ENTRIES.filter(bool))
def test_of_clashing_entries_the_first_is_used_with_all_that_agrees(entries: list[Source]) -> None:
    for id, found in table_of(entries).items():
        mine = [one for one in entries if one.id == id]
        fullest = [
            one
            for one in mine
            if not any(given_by(one).items() < given_by(other).items() for other in mine)
        ]
        first = min(fullest, key=canonical)
        assert given_by(first).items() <= given_by(found).items()
        assert bool(differing(mine)) is any(not agree(one, found) for one in mine)
        for one in fullest:  # it is in whole, or it contradicts what is used
            assert (given_by(one).items() <= given_by(found).items()) is agree(one, found)
        agreeing = [one for one in fullest if agree(one, found)]
        for field, value in given_by(found).items():
            assert value in [getattr(one, field) for one in agreeing]


@given(ENTRIES, ENTRIES)
def test_a_stream_that_is_written_has_its_own_entries_whatever_others_add(
    mine: list[Source], theirs: list[Source]
) -> None:
    event = ev.TiesEstablished(on="1973", parties=("SGP", "VNM"), sources=["a"])
    own = dr.EventLog([event], stream="mine", sources=mine)
    own = dr.EventLog(own.records, reference=own.reference.of("mine"))
    others = dr.EventLog([event], stream="theirs", sources=theirs)
    others = dr.EventLog(others.records, reference=others.reference.of("theirs"))
    with TemporaryDirectory() as folder:
        alone = dr.read(dr.write(own, Path(folder) / "mine")).reference.source
        assert alone == own.reference.source
        merged = dr.read(dr.write(own | others, Path(folder) / "merged", stream="mine"))
        wanted = {"a"} & (own.reference.source.keys() | others.reference.source.keys())
        assert wanted <= merged.reference.source.keys()
        for id in merged.reference.source:
            expected = own.reference.source.get(id) or others.reference.source[id]
            assert merged.reference.source[id] == expected


@given(PARTS, PARTS)
def test_a_store_takes_what_is_added_to_a_source(first: list[Source], second: list[Source]) -> None:
    with dr.open("memory:") as store:
        for some in (first, second, first):
            store.append([], reference=Reference(sources=some))
        held = store.log().reference
    assert held == Reference(sources=[*first, *second])
    assert held.source["a"] == extended([*first, *second])


# --- one document under several ids --------------------------------------------------------------

IDS = "abcdefg"
DATES = (None, None, "2013", "2013-09", "2013-09-11", "2014-01-02")
IDS_OR_NONE = st.none() | st.sampled_from((*IDS, "lost"))
SOURCES = st.lists(
    st.builds(
        Source,
        id=st.sampled_from(IDS),
        title=st.just("T"),
        publisher=st.sampled_from(IDS),
        kind=st.just("press"),
        published=st.sampled_from(DATES),
        same_as=IDS_OR_NONE,
        derived_from=st.none() | IDS_OR_NONE,
    ),
    max_size=7,
    unique_by=lambda one: one.id,
).map(lambda found: {one.id: one for one in found})


def joined(pairs: set[tuple[str, str]], id: str) -> set[str]:
    """Return what is reached along pairs, in either direction."""
    found = {id}
    while more := {y for pair in pairs for x, y in (pair, pair[::-1]) if x in found} - found:
        found |= more
    return found


def same_pairs(known: dict[str, Source]) -> set[tuple[str, str]]:
    return {(one.id, one.same_as) for one in known.values() if one.same_as}


def every_pair(known: dict[str, Source]) -> set[tuple[str, str]]:
    return same_pairs(known) | {
        (one.id, one.derived_from) for one in known.values() if one.derived_from
    }


@given(SOURCES)
def test_being_the_same_document_is_an_equivalence(known: dict[str, Source]) -> None:
    table = SourceTable(known)
    for id in (*IDS, "lost", "nowhere"):
        assert set(table.twins(id)) == joined(same_pairs(known), id)
        assert len(table.twins(id)) == len(set(table.twins(id)))
        for twin in table.twins(id):
            assert table.twins(twin) == table.twins(id)
            assert table.published(twin) == table.published(id)
            assert table.origin(twin) == table.origin(id)
            assert set(table.lineage(twin)) == set(table.lineage(id))


@given(SOURCES)
def test_which_of_two_entries_names_the_other_makes_no_difference(known: dict[str, Source]) -> None:
    turned = {
        one.same_as: attrs.evolve(known[one.same_as], same_as=one.id)
        for one in known.values()
        if one.same_as in known and known[one.same_as].same_as is None and one.same_as != one.id
    }
    bare = {
        id: attrs.evolve(one, same_as=None)
        if one.same_as in turned and turned[one.same_as].same_as == id
        else one
        for id, one in known.items()
    }
    again = SourceTable(
        {id: attrs.evolve(bare[id], same_as=turned[id].same_as) if id in turned else bare[id]
         for id in reversed([*known])}
    )  # fmt: skip
    for id in IDS:
        assert again.twins(id) == SourceTable(known).twins(id)
        assert again.origin(id) == SourceTable(known).origin(id)


@given(SOURCES)
def test_two_documents_have_one_origin_where_wires_or_twins_join_them(
    known: dict[str, Source],
) -> None:
    for id in (*IDS, "lost"):
        assert origins([id], known) <= joined(every_pair(known), id)
        assert set(SourceTable(known).lineage(id)) <= joined(every_pair(known), id)
        for other in IDS:
            one = origins([id, other], known)
            assert (len(one) == 1) is (other in joined(every_pair(known), id))


@given(SOURCES, st.lists(st.sampled_from(IDS), max_size=4), st.sampled_from(IDS))
def test_joining_never_makes_more_independent_sources(
    known: dict[str, Source], cited: list[str], id: str
) -> None:
    found = independent(cited, known)
    assert len(found) <= len(origins(cited, known)) <= len(set(cited))
    assert independent(reversed(cited), known) == found
    for twin in SourceTable(known).twins(id):
        assert len(independent([*cited, id], known)) == len(independent([*cited, twin], known))
        assert len(independent([*cited, id, twin], known)) == len(independent([*cited, id], known))


@given(SOURCES, st.lists(st.sampled_from((*IDS, "lost")), min_size=1, max_size=3))
def test_an_event_is_published_with_the_first_of_all_entries_of_its_documents(
    known: dict[str, Source], cited: list[str]
) -> None:
    event = ev.TiesEstablished(on="2013-10", parties=("SGP", "VNM"), sources=cited)
    days = []
    for id in cited:
        entries = [known[one] for one in joined(same_pairs(known), id) if one in known]
        dated = [one.published.hi for one in entries if one.published]
        days.append(min(dated, default=ordinal("2013-10-31")))
    assert published_on(event, known) == min(days)


@given(SOURCES, st.lists(st.sampled_from(IDS), min_size=1, max_size=4))
def test_a_bibliography_has_each_document_once_and_every_field_that_an_entry_gives(
    known: dict[str, Source], cited: list[str]
) -> None:
    log = dr.EventLog(
        [ev.TiesEstablished(on="2013", parties=("SGP", "VNM"), sources=cited)],
        sources=known.values(),
    )
    found = log.cite(*log.resolve().events).sources
    pairs = same_pairs(known)
    documents = {frozenset(joined(pairs, id)) for id in cited if id in known}
    assert {frozenset(joined(pairs, one.id)) for one in found} == documents
    assert len(found) == len(documents)
    for one in found:
        assert one.id in cited
        entries = [known[id] for id in joined(pairs, one.id) if id in known]
        assert (one.published is None) is all(entry.published is None for entry in entries)


@given(SOURCES)
def test_only_what_a_bibliography_lacks_is_reported_of_its_twins(known: dict[str, Source]) -> None:
    log = dr.EventLog(
        [ev.TiesEstablished(on="2013", parties=("SGP", "VNM"), sources=["a"])],
        sources=known.values(),
    )
    problems = check(log)
    said = [one.message for one in problems if "the same as" in one.message]
    lacking = [one for one in known.values() if one.same_as and one.same_as not in known]
    assert len(said) == len(lacking)
    idle = {one.message for one in problems if one.code == "DR211"}
    repeated = {one.derived_from for one in known.values()}
    for id in known:
        used = joined(same_pairs(known), id) & ({"a"} | repeated)
        assert (f"nothing cites the source {id!r}" in idle) is (not used)

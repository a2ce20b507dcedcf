"""Events: what a set of records says together, whatever their order."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import InvalidEventError
from diplorel.events import (
    AgreementSigned,
    MissionOpened,
    Person,
    VisitMade,
)
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, EventRetracted, Precedence, canonical
from diplorel.model.records import (
    Record,
    known_by,
    order_key,
)
from diplorel.model.sources import Citation, Source
from diplorel.policies import by_kind, stream_first
from diplorel.resolve.resolution import ResolvedEvents, resolve
from diplorel.testing.dense import MOMENTS
from diplorel.testing.streams import changed, record_lists
from recorded import NOON, level, rec, source, taken_back, tied


def events(*records: Record, sources: tuple[Source, ...] = (), **more: Any) -> ResolvedEvents:
    return resolve(
        records,
        sources={one.id: one for one in sources},
        **{"policy": by_kind, **more},
    )


def plain(found: ResolvedEvents) -> tuple[Any, ...]:
    """Everything that events say, as what can be compared."""
    return (
        found.events, dict(found.accounts), found.denied, dict(found.corroborations),
        dict(found.ambiguous), found.apart, dict(found.supporting),
        frozenset(map(repr, found.dead)), frozenset(map(repr, found.cyclic_corrections)),
        frozenset(map(repr, found.outvoted)),
        frozenset((repr(record), target) for record, target in found.unmatched_corrections),
    )  # fmt: skip


def ids(found: ResolvedEvents) -> list[str]:
    return [event.id for event in found.events]


# --- told once and told again --------------------------------------------------------------------


def test_a_record_given_twice_is_one() -> None:
    """Its citations stand as it gives them, and not as those of several records are united."""
    one, two = rec(tied("2013", "y", "x")), rec(tied("2014", "b", "a"))
    for given_ in ([one, two], [one, one, two], [two, rec(one.event), one, rec(two.event)]):
        assert events(*given_).events == (one.event, two.event)
        assert events(*given_).accounts == {}


def test_what_is_reported_twice_is_found_wherever_it_stands() -> None:
    one, two = rec(tied("2013", "x")), rec(tied("2013", "y"))
    others = [
        rec(AgreementSigned(on="2013", parties=("VNM", "SGP"), agreement=key, sources=["s"]))
        for key in "ab"
    ]
    for order in permutations([one, two, *others, rec(tied("2014"))]):
        found = events(*order)
        assert {event.id: len(event.sources) for event in found.events} == {
            one.id: 2, others[0].id: 1, others[1].id: 1, "ties-established/SGP-VNM/2014": 1,
        }  # fmt: skip
    for seq in (1, 2, 512, 1023):  # an id has the day in it, and not the place on the day
        assert len(events(rec(tied("2013", seq=seq)), one).events) == 1


@given(record_lists(), st.sampled_from([None, *MOMENTS]))
def test_one_stream_without_corrections_is_read_the_short_way_to_the_same_events(
    records: list[Record], known: datetime | None
) -> None:
    mine = [attrs.evolve(one, stream="a") for one in records if isinstance(one.event, Event)]
    mine = [attrs.evolve(one, event=changed(one.event, supersedes=(), reason=None)) for one in mine]
    idle = rec(taken_back("nothing-of-that-name"), recorded=datetime.min.replace(tzinfo=UTC))
    question: dict[str, Any] = {
        "sources": {},
        "policy": by_kind,
        "visible": None if known is None else known_by(known, "recorded", {}),
    }
    short, long = resolve(mine, **question), resolve([*mine, idle], **question)
    assert plain(short)[:-1] == plain(long)[:-1]  # but for the correction that names nothing


def test_only_what_is_visible_is_reported() -> None:
    early, late = rec(tied("2012")), rec(tied("2013"), recorded=NOON + timedelta(days=1))
    back = rec(taken_back(early.id), recorded=NOON + timedelta(days=1))
    seen = known_by("2026-01-01", "recorded", {})
    assert ids(events(early, late, back, visible=seen)) == [early.id]
    assert events(early, late, back, visible=seen).dead == ()
    assert ids(events(early, late, back)) == [late.id]
    assert events(early, late, back).dead == (early,)


# --- accounts ------------------------------------------------------------------------------------


def test_one_record_is_one_event() -> None:
    event = tied()
    found = events(rec(event))
    assert plain(found) == (
        (event,),
        {},
        frozenset(),
        {},
        {},
        (),
        {},
        frozenset(),
        frozenset(),
        frozenset(),
        frozenset(),
    )
    assert events().events == ()


def test_the_same_fact_recorded_twice_is_one_event_with_the_citations_of_both() -> None:
    one, two = tied("1973", "x"), tied("1973", "y", "x", note="n")
    found = events(rec(one), rec(two, "b"))
    assert [event.sources for event in found.events] == [
        (Citation(source="x"), Citation(source="y"))
    ]
    assert found.accounts == {}
    assert found.events[0].note == "n"  # the first in the order of canonical text gives its face
    same = events(rec(one), rec(one, "b"))
    assert same.events == (one,)


def test_of_two_accounts_the_policy_follows_one_and_the_other_stays() -> None:
    press, joint = tied("1973", "p", place="A"), tied("1973", "j", place="B")
    bibliography = (source("p", "press"), source("j", "joint"))
    for records in permutations([rec(press), rec(joint, "b"), rec(joint, "c")]):
        found = events(*records, sources=bibliography)
        assert found.events == (joint,)
        told = found.accounts[press.id]
        assert [(one.event_id, one.event, one.streams, one.denies) for one in told] == [
            (press.id, joint, ("b", "c"), False),
            (press.id, press, ("a",), False),
        ]
    other = events(rec(press), rec(joint, "b"), sources=bibliography, policy=stream_first("a"))
    assert other.events == (press,)


def test_a_followed_account_stands_at_its_own_place_of_the_day() -> None:
    first = tied("1973-08-01", "p")
    moved = tied("1973-08-01", "j", seq=9)
    between = level("1973-08-01")
    found = events(
        rec(first), rec(moved, "b"), rec(between), sources=(source("p"), source("j", "joint"))
    )
    assert found.events == (between, moved)


# --- corrections ---------------------------------------------------------------------------------


def test_what_a_correction_of_its_own_stream_names_is_dead() -> None:
    wrong = tied("1973")
    right = tied("1974", supersedes=[wrong.id], reason="typo")
    for records in permutations([rec(wrong), rec(right), rec(level("1980"))]):
        found = events(*records)
        assert ids(found) == [right.id, "level-upgraded/SGP-VNM/1980/VNM"]
        assert found.dead == (rec(wrong),)
        assert (
            found.unmatched_corrections,
            found.cyclic_corrections,
            found.denied,
            dict(found.accounts),
        ) == (
            (),
            (),
            frozenset(),
            {},
        )
    gone = events(rec(wrong), rec(wrong, recorded=NOON + timedelta(1)), rec(taken_back(wrong.id)))
    assert gone.events == ()
    assert len(gone.dead) == 2  # the same account, recorded twice


def test_one_account_alone_can_be_named_by_its_digest() -> None:
    one, two = tied("1973", place="A"), tied("1973", place="B")
    found = events(rec(one), rec(two), rec(taken_back(f"{one.id}@{one.digest}")))
    assert found.events == (two,)
    assert found.dead == (rec(one),)
    assert dict(found.accounts) == {}
    mended = tied("1973", place="C", supersedes=[f"{one.id}@{one.digest}"], reason="r")
    assert events(rec(one), rec(mended)).events == (mended,)


def test_a_correction_under_its_own_id_does_not_correct_itself() -> None:
    one = tied("1973", place="A")
    mended = tied("1973", place="B", supersedes=[one.id], reason="r")
    found = events(rec(one), rec(mended))
    assert found.events == (mended,)
    assert found.dead == (rec(one),)
    alone = events(rec(mended))
    assert alone.events == (mended,)
    assert alone.unmatched_corrections == ((rec(mended), one.id),)


def test_what_only_the_dead_corrected_lives_on() -> None:
    fact = tied("1973")
    back = taken_back(fact.id)
    undone = taken_back(f"event-retracted/{fact.id}")
    redone = taken_back(f"event-retracted/event-retracted/{fact.id}")
    for records in permutations([rec(fact), rec(back), rec(undone)]):
        found = events(*records)
        assert found.events == (fact,)
        assert found.dead == (rec(back),)
    again = events(rec(fact), rec(back), rec(undone), rec(redone))
    assert again.events == ()
    assert set(again.dead) == {rec(fact), rec(undone)}


def test_what_two_corrections_name_is_freed_only_when_both_are_dead() -> None:
    fact = tied("1973")
    one, two = taken_back(fact.id, note="1"), taken_back(fact.id, note="2")
    undo_one = taken_back(f"event-retracted/{fact.id}@{one.digest}")
    undo_both = taken_back(f"event-retracted/{fact.id}")
    assert events(rec(fact), rec(one), rec(two), rec(undo_one)).events == ()
    assert events(rec(fact), rec(one), rec(two), rec(undo_both)).events == (fact,)


def test_a_correction_lives_again_only_when_all_that_name_it_are_dead() -> None:
    fact = tied("1973")
    mended = tied("1974", supersedes=[fact.id], reason="r")
    one, two = taken_back(mended.id, note="1"), taken_back(mended.id, note="2")
    undone = [taken_back(f"event-retracted/{mended.id}@{back.digest}") for back in (one, two)]
    records = [rec(fact), rec(mended), rec(one), rec(two)]
    assert events(*records).events == (fact,)
    for undo in undone:
        assert events(*records, rec(undo)).events == (fact,)
    assert events(*records, *map(rec, undone)).events == (mended,)


def test_a_correction_reaches_all_that_it_names_whoever_else_names_them() -> None:
    facts = [tied(str(year)) for year in range(1900, 1912)]
    shared = [fact.id for fact in facts[4:]]
    mended = [
        tied(str(year), supersedes=[own.id, *shared], reason="r")
        for year, own in enumerate(facts[:4], start=1950)
    ]
    found = events(*map(rec, facts), *map(rec, mended))
    assert found.events == tuple(mended)
    assert len(found.dead) == len(facts)


def test_corrections_in_a_loop_correct_nothing() -> None:
    one = tied("1973", supersedes=["ties-established/SGP-VNM/1974"], reason="r")
    two = tied("1974", supersedes=["ties-established/SGP-VNM/1973"], reason="r")
    for records in permutations([rec(one), rec(two)]):
        found = events(*records)
        assert found.events == (one, two)
        assert found.cyclic_corrections == (rec(one), rec(two))
        assert (found.dead, found.unmatched_corrections) == ((), ())
    freed = events(rec(one), rec(two), rec(taken_back(one.id)))
    assert freed.events == (two,)
    assert (freed.cyclic_corrections, freed.dead) == ((), (rec(one),))


def test_a_correction_that_names_nothing_is_idle() -> None:
    nowhere = rec(taken_back("ties-established/SGP-VNM/1900"))
    digest = rec(taken_back(f"{tied().id}@000000000000"))
    half = rec(tied("1999", supersedes=[tied().id, "lost"], reason="r"))
    found = events(nowhere, digest, half, rec(tied()))
    assert found.unmatched_corrections == (
        (nowhere, "ties-established/SGP-VNM/1900"),
        (digest, f"{tied().id}@000000000000"),
        (half, "lost"),
    )
    assert found.dead == (rec(tied()),)
    odd = rec(taken_back(f"{tied().id}@zz"))
    assert events(odd, rec(tied())).unmatched_corrections == ((odd, f"{tied().id}@zz"),)


def test_over_another_streams_record_a_correction_is_a_disagreement() -> None:
    fact, back = tied("1973", "p"), taken_back(tied("1973").id, source="j")
    weak, strong = (source("p", "press"), source("j", "reference")), (
        source("p", "press"), source("j", "joint"),
    )  # fmt: skip
    kept = events(rec(fact), rec(back, "b"), sources=weak)
    assert kept.events == (fact,)
    told = kept.accounts[fact.id]
    assert [(one.event_id, one.event, one.streams, one.denies) for one in told] == [
        (fact.id, fact, ("a",), False), (fact.id, back, ("b",), True),
    ]  # fmt: skip
    assert (kept.denied, kept.dead, kept.unmatched_corrections) == (frozenset(), (), ())
    denied = events(rec(fact), rec(back, "b"), sources=strong)
    assert denied.events == ()
    assert denied.denied == {fact.id}
    assert [one.denies for one in denied.accounts[fact.id]] == [True, False]
    assert denied.dead == ()


def test_a_denial_counts_only_while_it_lives_and_names_what_is_there() -> None:
    fact, back = tied("1973"), taken_back(tied("1973").id)
    undone = taken_back(f"event-retracted/{fact.id}")
    found = events(rec(fact), rec(back, "b"), rec(undone, "b"))
    assert (found.events, dict(found.accounts)) == ((fact,), {})
    other = taken_back(f"{fact.id}@000000000000")
    found = events(rec(fact), rec(other, "b"))
    assert (found.events, dict(found.accounts)) == ((fact,), {})
    assert found.unmatched_corrections == ((rec(other, "b"), f"{fact.id}@000000000000"),)
    exact = taken_back(f"{fact.id}@{fact.digest}")
    found = events(rec(fact), rec(exact, "b"))
    assert len(found.accounts[fact.id]) == 2
    twice = events(
        rec(fact),
        rec(tied("1975", supersedes=[fact.id, f"{fact.id}@{fact.digest}"], reason="r"), "b"),
    )
    assert len(twice.accounts[fact.id]) == 2


def test_a_correction_reaches_its_own_streams_record_and_denies_the_others() -> None:
    fact, back = tied("1973"), taken_back(tied("1973").id)
    found = events(rec(fact), rec(fact, "b"), rec(back, "b"))
    assert found.dead == (rec(fact, "b"),)
    assert [(one.streams, one.denies) for one in found.accounts[fact.id]] == [
        (("a",), False), (("b",), True),
    ]  # fmt: skip
    assert found.events == (fact,)


def test_each_stream_that_denies_an_event_is_reported() -> None:
    fact, back = tied("1973"), taken_back(tied("1973").id)
    found = events(rec(fact), rec(back, "b"), rec(back, "c"), rec(back, "c", NOON + timedelta(1)))
    assert [(one.streams, one.denies) for one in found.accounts[fact.id]] == [
        (("a",), False), (("b",), True), (("c",), True),
    ]  # fmt: skip


RANKED = (source("official", "government"), source("press"), source("press2", "reference"))


def test_a_denial_of_one_account_leaves_the_event_to_the_others() -> None:
    here, there = tied("1973-08-01", "press", place="P"), tied("1973-08-01", "press2", place="Q")
    against = taken_back(f"{here.id}@{here.digest}", source="official")
    found = events(rec(here), rec(there, "b"), rec(against, "c"), sources=RANKED)
    told = found.accounts[here.id]
    assert found.denied == frozenset()
    assert [event.content() for event in found.events] == [there.content()]
    assert [(one.denies, one.against) for one in told] == [
        (False, ()), (True, (here.digest,)), (False, ()),
    ]  # fmt: skip
    assert told[1].is_denial_of(told[2])
    assert not told[1].is_denial_of(told[0])
    alone = events(rec(here), rec(against, "c"), sources=RANKED)
    assert alone.denied == {here.id}
    assert alone.accounts[here.id][0].against == ()


def test_a_denial_that_the_policy_puts_last_denies_nothing() -> None:
    here, there = tied("1973-08-01", "official", place="P"), tied("1973-08-01", "press", place="Q")
    against = taken_back(f"{here.id}@{here.digest}", source="press2")
    found = events(rec(here), rec(there, "b"), rec(against, "c"), sources=RANKED)
    assert [event.content() for event in found.events] == [here.content()]


def test_a_correction_under_the_same_id_denies_the_others_account_and_not_the_event() -> None:
    here = tied("1973-08-01", "press", place="P")
    mended = tied("1973-08-01", "official", place="Q", supersedes=[here.id], reason="r")
    found = events(rec(here), rec(mended, "b"), sources=RANKED)
    assert found.denied == frozenset()
    assert [event.content() for event in found.events] == [mended.content()]


def test_accounts_that_are_all_denied_one_by_one_are_no_event() -> None:
    here, there = tied("1973-08-01", "press", place="P"), tied("1973-08-01", "press2", place="Q")
    denials = [
        rec(taken_back(f"{one.id}@{one.digest}", source="official"), stream)
        for one, stream in ((here, "c"), (there, "d"))
    ]
    found = events(rec(here), rec(there, "b"), *denials, sources=RANKED)
    assert found.denied == {here.id}
    assert found.accounts[here.id][0].denies


# --- corroboration -------------------------------------------------------------------------------


def test_a_coarser_account_of_another_stream_corroborates_the_one_event_that_it_holds() -> None:
    day, month, year = tied("1973-08-01", "x"), tied("1973-08", "y"), tied("1973", "z")
    for records in permutations([rec(day), rec(month, "b"), rec(year, "c")]):
        found = events(*records)
        assert ids(found) == [day.id]
        assert found.corroborations == {month.id: day.id, year.id: day.id}
        assert found.events[0].sources == (
            Citation(source="x"),
            Citation(source="y", on=PartialDate("1973-08")),
            Citation(source="z", on=PartialDate("1973")),
        )
    dated = tied("1973", Citation(source="z", on=PartialDate("197X")))
    assert events(rec(day), rec(dated, "b")).events[0].sources[1].on == PartialDate("197X")


def test_one_stream_alone_reports_two_events() -> None:
    day, month = tied("1973-08-01"), tied("1973-08")
    assert ids(events(rec(day), rec(month))) == [day.id, month.id]
    among = events(rec(day), rec(month), rec(tied("2000"), "b"))
    assert among.corroborations == {}
    assert len(among.events) == 3
    for told in (
        [rec(day), rec(month, "b"), rec(month)],
        [rec(day), rec(day, "b"), rec(month, "b")],
        [rec(day, "b"), rec(month), rec(month, "b")],
    ):
        assert events(*told).corroborations == {}


def test_a_corroborating_stream_is_used_up_and_a_wider_account_of_it_is_its_own() -> None:
    day, month, year = tied("1973-08-01"), tied("1973-08"), tied("1973")
    found = events(rec(day), rec(month, "b"), rec(year, "b"))
    assert found.corroborations == {month.id: day.id}
    assert ids(found) == [day.id, year.id]


def test_a_month_and_a_year_need_no_day() -> None:
    month, year = tied("1973-08"), tied("1973")
    assert events(rec(month), rec(year, "b")).corroborations == {year.id: month.id}


def test_a_stream_that_reports_the_narrow_event_corroborates_nothing_that_it_reports_itself() -> (
    None
):
    day, month, year = tied("1973-08-01"), tied("1973-08"), tied("1973")
    found = events(rec(day), rec(month, "b"), rec(year))
    assert found.corroborations == {month.id: day.id}


def test_what_is_outside_or_another_event_is_not_corroborated() -> None:
    day = tied("1973-08-01")
    for coarse in (tied("1974"), tied("1973-09"), tied("[1973-08-02..1973-09-01]")):
        assert events(rec(day), rec(coarse, "b")).corroborations == {}
    assert events(rec(level("1973-08-01", "a")), rec(level("1973", "b"), "b")).corroborations == {}
    assert events(rec(level("1973-08-01", "a")), rec(level("1973", "a"), "b")).corroborations == {
        level("1973").id: level("1973-08-01").id
    }
    visit = VisitMade(on="1973-08-01", visitor="VNM", host="SGP", sources=["s"])
    back = VisitMade(on="1973", visitor="SGP", host="VNM", sources=["s"])
    assert events(rec(visit), rec(back, "b")).corroborations == {}


@pytest.mark.parametrize(
    ("sure", "other"),
    [
        ("1973", "1973?"),
        ("1973", "1973~"),
        ("1973?", "1973~"),
        ("1973-08-01", "1973-08-01?"),
        ("1973-08-01?", "1973-08-01~"),
        ("1973", "[1973-01-01..1973-12-31]"),
        ("[1973-01-01..1973-12-31]", "1973?"),
    ],
)
def test_two_streams_that_hold_the_same_days_report_one_event_by_the_surer_date(
    sure: str, other: str
) -> None:
    one, two = tied(sure, "x"), tied(other, "y")
    for records in permutations([rec(one), rec(two, "b")]):
        found = events(*records)
        assert found.corroborations == {two.id: one.id}
        assert found.events[0].sources == (
            Citation(source="x"),
            Citation(source="y", on=PartialDate(other)),
        )
    assert events(rec(one), rec(two)).corroborations == {}


def test_extents_that_begin_on_one_day_are_not_the_same_days() -> None:
    for other in ("1973-08-01/1973-08-03", "1973-08-01", "1973-08-01?"):
        told = events(rec(tied("1973-08-01/1973-08-02")), rec(tied(other), "b"))
        assert told.corroborations == {}


def test_a_wider_date_holds_an_extent_by_the_day_on_which_it_begins() -> None:
    extent = tied("1973-08-31/1973-09-02")
    for on, held in (("1973", True), ("1973-08", True), ("1973-09", False)):
        told = events(rec(extent), rec(tied(on), "b"))
        assert told.corroborations == ({tied(on).id: extent.id} if held else {})


def post(on: str, city: str | None, kind: str = "embassy", **more: Any) -> MissionOpened:
    return MissionOpened(
        on=on, sender="USA", receiver="VNM", city=city, kind=kind, sources=["s"], **more
    )


def test_a_account_that_leaves_out_the_city_corroborates_the_one_that_has_it() -> None:
    here = post("1995-08-06", "Hanoi")
    for on in ("1995-08-06", "1995-08", "1995-08-06?"):
        for records in permutations([rec(here), rec(post(on, None), "b")]):
            found = events(*records)
            assert found.corroborations == {post(on, None).id: here.id}
            dated = None if on == "1995-08-06" else PartialDate(on)
            assert {one.on for one in found.events[0].sources} == {None, dated}
    assert events(rec(here), rec(post("1995-08-06", None))).corroborations == {}


def test_another_city_another_post_or_a_wider_date_with_the_city_is_no_corroboration() -> None:
    here = post("1995-08-06", "Hanoi")
    for other in (
        post("1995-08-06", "Huế"),
        post("1995-08-06", None, "consulate"),
        post("1995-08-07", None),
    ):
        assert events(rec(here), rec(other, "b")).corroborations == {}
    wide, bare = post("1995-08", "Hanoi"), post("1995-08-06", None)
    assert events(rec(wide), rec(bare, "b")).corroborations == {}
    same = post("1995-08", "Hanoi")
    assert events(rec(here), rec(same, "b")).corroborations == {same.id: here.id}


def test_a_account_without_a_city_that_could_be_either_of_two_posts_is_ambiguous() -> None:
    one, two = post("1995-08-06", "Hanoi", "consulate"), post("1995-08-06", "Huế", "consulate")
    bare = post("1995-08-06", None, "consulate")
    found = events(rec(one), rec(two), rec(bare, "b"))
    assert found.ambiguous == {bare.id: tuple(sorted((one.id, two.id)))}


def test_a_coarser_account_that_holds_several_events_is_ambiguous() -> None:
    one, two, year = tied("1973-08-01"), tied("1973-09-01"), tied("1973")
    found = events(rec(two), rec(one), rec(year, "b"))
    assert found.ambiguous == {year.id: (one.id, two.id)}
    assert found.corroborations == {}
    assert ids(found) == [one.id, two.id]
    assert found.supporting == {year.id: year}
    own = events(rec(two), rec(one), rec(year), rec(tied("2000"), "b"))
    assert own.ambiguous == {}
    mixed = events(rec(two, "b"), rec(one), rec(year, "b"))
    assert mixed.corroborations == {year.id: one.id}


@pytest.mark.parametrize(("coarse", "narrow"), [(2, 2), (3, 2), (2, 1), (1, 2), (2, 3)])
def test_n_like_accounts_and_m_narrower_ones_are_as_many_events_as_the_larger_number(
    coarse: int, narrow: int
) -> None:
    for make in (tied, called):
        like = [make("1973-08", nth=number) for number in range(1, coarse + 1)]
        days = [make(f"1973-08-{day:02}") for day in range(1, narrow + 1)]
        found = events(*map(rec, like), *(rec(day, "b") for day in days))
        if (make, coarse, narrow) == (called, 1, 2):  # visits that one month could hold are apart
            assert found.apart == (tuple(sorted(one.id for one in (*like, *days))),)
            continue
        assert len(found.events) == max(coarse, narrow)
        assert {*ids(found)} >= {day.id for day in days}
        assert len(found.ambiguous) == (coarse if coarse < narrow else 0)
        assert found.apart == ()


def test_like_events_of_one_date_differ_in_id_by_their_number() -> None:
    first, second = tied("1973-08"), tied("1973-08", nth=2)
    assert (first.id, second.id) == (
        "ties-established/SGP-VNM/1973-08",
        "ties-established/SGP-VNM/1973-08#2",
    )
    assert ids(events(rec(first), rec(second))) == [first.id, second.id]
    assert '"nth"' not in canonical(first)
    assert '"nth":2' in canonical(second)
    for wrong in (0, -1, True, "2", 10_000):
        with pytest.raises(InvalidEventError, match="nth: expected a whole number from 1"):
            tied("1973-08", nth=wrong)


def test_two_streams_that_both_report_a_coarser_event_corroborate_it_together() -> None:
    day, month, year = tied("1973-08-01", "x"), tied("1973-08", "y"), tied("1973-08", "z")
    found = events(rec(day), rec(month, "b"), rec(year, "c"))
    assert found.corroborations == {month.id: day.id}
    assert [one.source for one in found.events[0].sources] == ["x", "y", "z"]
    extent = tied("1973-08-01/1973-08-03", "y")
    assert events(rec(day), rec(extent, "b")).corroborations == {}


# --- visits --------------------------------------------------------------------------------------


def called(on: str, *who: str, nth: int = 1, source: str = "s") -> VisitMade:
    """Return a visit of some persons; small letters are offices."""
    persons = [
        Person(
            party="SGP",
            name=None if one.islower() else one,
            offices=[f"state:{one}"] * one.islower(),
        )
        for one in who
    ]
    return VisitMade(on=on, visitor="SGP", host="VNM", persons=persons, nth=nth, sources=[source])


@pytest.mark.parametrize(
    ("one", "two", "linked"),
    [
        (called("2013-09-11"), called("2013-09-10/2013-09-14", "A"), True),
        (called("2013-09-12/2013-09-14"), called("2013-09-10/2013-09-12"), True),
        (called("2013-09-13/2013-09-14"), called("2013-09-10/2013-09-12"), False),
        (called("2013-09-30/2013-10-01"), called("2013-09"), False),
        (called("2013-09-28/2013-09-30"), called("2013-09"), True),
        (called("2013-09-11"), called("2013-09-12"), False),
        (called("2013-09-11", "A"), called("2013-09-11/2013-09-12", "A"), True),
        (called("2013-09-11", "A"), called("2013-09-11/2013-09-12", "B", "A"), True),
        (called("2013-09-11", "A"), called("2013-09-11/2013-09-12", "B"), False),
        (called("2013-09-11", "president"), called("2013-09-11/2013-09-12", "B"), True),
        (called("2013-09-11", "president"), called("2013-09-11/2013-09-12", "minister"), False),
    ],
)
def test_visits_of_two_streams_are_one_when_their_days_and_their_persons_agree(
    one: VisitMade, two: VisitMade, linked: bool
) -> None:
    for records in permutations([rec(one), rec(two, "b")]):
        found = events(*records)
        assert len(found.events) == 2 - linked
        assert found.apart == ()
    assert len(events(rec(one), rec(two)).events) == 2  # one stream knows what it counts


def test_a_chain_of_visits_is_one_visit_unless_two_name_different_persons() -> None:
    first = called("2013-09-10/2013-09-12", "A")
    link = called("2013-09-12/2013-09-14")
    for last, united in (
        (called("2013-09-14/2013-09-16", "A"), True),
        (called("2013-09-14/2013-09-16", "B"), False),
    ):
        for records in permutations([rec(first), rec(link, "b"), rec(last, "c")]):
            found = events(*records)
            chain = (first.id, link.id, last.id)
            assert len(found.events) == (1 if united else 3)
            assert found.apart == (() if united else (chain,))
    again = called("2013-09-13/2013-09-15", "A")
    found = events(rec(first), rec(link, "b"), rec(again))
    assert found.apart == ((first.id, link.id, again.id),)


def test_the_narrowest_days_are_followed_and_of_equal_ones_those_of_the_policy() -> None:
    wide, day = called("2013-09-10/2013-09-14", source="x"), called("2013-09-12", source="y")
    found = events(rec(wide), rec(day, "b"))
    assert found.corroborations == {wide.id: day.id}
    (visit,) = found.events
    assert visit.sources == (
        Citation(source="x", on=PartialDate("2013-09-10/2013-09-14")),
        Citation(source="y"),
    )
    early = called("2013-09-10/2013-09-12", source="press")
    late = called("2013-09-11/2013-09-13", source="official")
    for records in permutations([rec(early), rec(late, "b")]):
        assert ids(events(*records, sources=RANKED)) == [late.id]


# --- the whole -----------------------------------------------------------------------------------

TOLD: list[tuple[Event | EventRetracted, str]] = [
    (tied("1973-08-01", "x"), "a"),
    (tied("1973-08-01", "y", place="P"), "b"),
    (tied("1973-08", "z"), "b"),
    (tied("1973"), "c"),
    (level("1980"), "a"),
    (level("1980", "b"), "b"),
    (tied("1974", supersedes=[tied("1973-08-01").id], reason="r"), "a"),
    (tied("1973-08-01", supersedes=[tied("1974").id], reason="r"), "a"),
    (taken_back(tied("1974").id), "b"),
    (taken_back(tied("1973-08-01").id), "b"),
    (taken_back(f"event-retracted/{tied('1974').id}"), "b"),
    (taken_back(level("1980").id), "a"),
]
POOL = [
    rec(event, stream, NOON + timedelta(hours=hour)) for hour, (event, stream) in enumerate(TOLD)
]


@given(st.lists(st.sampled_from(POOL), unique=True), st.randoms(use_true_random=False))
def test_what_records_report_is_a_function_of_their_set(records: list[Record], random: Any) -> None:
    shuffled = [*records]
    random.shuffle(shuffled)
    assert plain(events(*records)) == plain(events(*shuffled))


@given(st.lists(st.sampled_from(POOL), unique=True))
def test_every_record_is_reported_dead_corroborating_or_denied(records: list[Record]) -> None:
    found = events(*records)
    told = {event.id for event in found.events}
    outvoted = {record.id for record in found.outvoted}
    for record in records:
        if isinstance(record.event, EventRetracted) or record in found.dead:
            continue
        assert record.id in told | set(found.supporting) | found.denied | outvoted
    assert not told & (set(found.corroborations) | found.denied)
    assert [*found.events] == sorted(found.events, key=lambda event: (order_key(event), event.id))
    assert not set(found.dead) & set(found.cyclic_corrections)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Exercise(Event):
    """A type of one's own that takes days."""

    type: ClassVar[str] = "exercise-held"
    precedence: ClassVar[Precedence] = Precedence.REPORTED
    spans_days: ClassVar[bool] = True
    parties: tuple[str, ...] = attrs.field(converter=tuple[str, ...])


def test_a_type_of_your_own_that_takes_days_is_linked_by_them_alone() -> None:
    one, two = (
        _Exercise(on=on, parties=("SGP", "VNM"), sources=["s"])
        for on in ("2013-09-10/2013-09-12", "2013-09-12/2013-09-20")
    )
    assert events(rec(one), rec(two, "b")).corroborations == {two.id: one.id}


def test_numbered_visits_that_cannot_be_counted_stay_apart() -> None:
    month = [called("2013-09", nth=number) for number in (1, 2)]
    days = [called("2013-09-02", "A"), called("2013-09-02/2013-09-03"), called("2013-09-03", "B")]
    found = events(
        *map(rec, month), *(rec(day, stream) for day, stream in zip(days, "bcd", strict=True))
    )
    assert found.apart == (tuple(sorted(one.id for one in (*month, *days))),)
    assert (found.corroborations, found.ambiguous) == ({}, {})
    twice = [called("2013-09-02", nth=number) for number in (1, 2)]
    found = events(*map(rec, month), *(rec(one, "b") for one in twice))
    assert len(found.apart) == 1
    wide = called("2013-08-30/2013-09-20")
    assert len(events(*map(rec, month), rec(wide, "b")).events) == 3


def test_accounts_of_one_narrower_visit_are_counted_once() -> None:
    month = [called("2013-09", nth=number) for number in (1, 2)]
    first, same, second = (
        called("2013-09-02"),
        called("2013-09-02/2013-09-03"),
        called("2013-09-20"),
    )
    found = events(*map(rec, month), rec(first, "b"), rec(same, "c"), rec(second, "b"))
    assert ids(found) == [first.id, second.id]
    assert found.corroborations == {
        same.id: first.id,
        month[0].id: first.id,
        month[1].id: second.id,
    }


# --- a record and its replacement by another stream ----------------------------------------------


def replaced(on: str, *targets: str, source: str = "s") -> Event:
    return tied(on, source, supersedes=list(targets), reason="r")


def test_of_a_record_and_its_replacement_by_another_stream_exactly_one_is_followed() -> None:
    for old, new, followed in (("press", "official", 1), ("official", "press", 0)):
        first = tied("1973-08-01", old)
        second = replaced("1973-08-02", first.id, source=new)
        for records in permutations([rec(first), rec(second, "b")]):
            found = events(*records, sources=RANKED)
            assert ids(found) == [(first, second)[followed].id]
            assert [one.event for one in found.outvoted] == [second] * (not followed)
            assert found.denied == ({first.id} if followed else frozenset())
            assert {one.denies for one in found.accounts[first.id]} == {False, True}


def test_a_replacement_that_loses_once_replaces_nothing() -> None:
    strong, weak = tied("1973-08-01", "official"), tied("1980-01-01", "none")
    both = replaced("1990-01-01", strong.id, weak.id, source="press")
    found = events(rec(strong), rec(weak), rec(both, "b"), sources=RANKED)
    assert ids(found) == [strong.id, weak.id]
    assert [one.event for one in found.outvoted] == [both]
    again = tied("1990-01-01", "x")
    kept = events(rec(strong), rec(weak), rec(both, "b"), rec(again, "c"), sources=RANKED)
    assert ids(kept) == [strong.id, weak.id, again.id]  # others report it, too
    assert {one.source for one in kept.events[2].sources} == {"x"}


def test_a_retraction_by_another_stream_leaves_nothing_to_follow_instead() -> None:
    first = tied("1973-08-01", "official")
    found = events(rec(first), rec(taken_back(first.id, source="press"), "b"), sources=RANKED)
    assert ids(found) == [first.id]
    assert found.outvoted == ()

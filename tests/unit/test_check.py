"""`check` finds each problem exactly, nothing in a sound log, and depends on the set alone."""

from __future__ import annotations

import itertools
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.check import Release, check, check_release, disagreements, pin
from diplorel.check.accounts import describe_entries
from diplorel.claims import TiesClaim
from diplorel.errors import InvalidDateError, InvalidQueryError, Problem
from diplorel.model.converters import dyad
from diplorel.model.events import Event, Precedence
from diplorel.model.parties import Party
from diplorel.testing.dense import references
from diplorel.testing.streams import logs, record_lists
from diplorel.tracks.track import Rule, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.events import EventRetracted

AT: Final = "2026-01-01T00:00:00Z"
S: Final = ["vna"]
SV: Final = ("SGP", "VNM")
UV: Final = ("USA", "VNM")
VNA: Final = dr.Source(id="vna", title="A report", publisher="VNA", kind="agency")
GOV: Final = dr.Source(id="gov", title="A statement", publisher="MOFA", kind="government")
RUNGS: Final = (
    dr.Level(id="comprehensive", rank=1),
    dr.Level(id="strategic", rank=2),
    dr.Level(id="comprehensive-strategic", rank=3),
)
LADDER: Final = dr.Ladder(party="VNM", levels=RUNGS)
WIDE: Final = dr.Ladder(
    party="VNM",
    levels=[*RUNGS, dr.Level(id="strategic-plus", rank=2), dr.Level(id="climate")],
)
"""The same with a second label on one rank, and one off the ladder."""


def log(
    *events: Event | EventRetracted,
    stream: str = "mine",
    at: str = AT,
    sources: Iterable[dr.Source] = (VNA,),
    **reference: Any,
) -> dr.EventLog:
    return dr.EventLog(events, stream=stream, at=at, sources=sources, **reference)


def codes(found: Iterable[Problem]) -> list[str]:
    return [problem.code for problem in found]


def succession(on: str, old: str, new: str, kind: str, **more: Any) -> ev.PartySucceeded:
    told = {"dyads": ["VNM"], "tracks": ["ties"], "sources": S, **more}
    return ev.PartySucceeded(on=on, predecessor=old, successor=new, kind=kind, **told)


def matches(found: Iterable[Problem], *expected: tuple[str, ...]) -> bool:
    """Say whether problems have these codes in this order, and their texts these words."""
    pairs = list(itertools.zip_longest(found, expected))
    for problem, words in pairs:
        assert problem is not None, f"missing: {words}"
        assert words is not None, f"unexpected: {problem}"
        assert all(word in str(problem) for word in words), f"{problem} has not all of {words}"
    return True


def _used() -> set[str]:
    house = Path(dr.__file__).parent
    files = [house / "model" / "releases.py", *house.glob("check/*.py"), *house.glob("tracks/*.py")]
    return {
        code
        for file in files
        for code in re.findall(r'"(DR[2-6]\d\d)"', file.read_text(encoding="utf-8"))
    }


def test_each_code_has_a_page_and_a_line_in_the_index() -> None:
    pages = Path(__file__).parents[2] / "docs" / "problems"
    index = (pages / "index.md").read_text(encoding="utf-8")
    for code in _used():
        assert (pages / f"{code}.md").read_text(encoding="utf-8").startswith(f"# {code}: ")
        assert f"]({code}.md)" in index
    assert {page.stem for page in pages.glob("DR[2-6]*.md")} == _used()


# --- laws ----------------------------------------------------------------------------------------


def _sound() -> dr.EventLog:
    ours = log(
        ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S),
        ev.TiesEstablished(on="1950-02-02", parties=("CSK", "VNM"), sources=S),
        ev.PartySucceeded(
            on="1993-01-01",
            predecessor="CSK",
            successor="CZE",
            kind="split",
            dyads=["VNM"],
            tracks=["ties"],
            sources=S,
        ),
        ev.LevelUpgraded(
            on="2013-09-11",
            parties=SV,
            ladder="VNM",
            level="strategic",
            sources=S,
            wording=[ev.Wording(party="SGP", lang="en", text="Strategic Partnership")],
        ),
        ev.LevelUpgraded(
            on="2025-03-12",
            parties=SV,
            ladder="VNM",
            level="comprehensive-strategic",
            previous="strategic",
            sources=["gov", "vna"],
        ),
        ev.VisitMade(on="2025-03-25/2025-03-26", visitor="SGP", host="VNM", sources=S),
        ev.FigureReported(
            on="2025-03-12", parties=SV, indicator="trade", value="9", unit="USD bn", sources=S
        ),
        ev.FigureReported(
            on="2025-03-14", parties=SV, indicator="trade", value="9", unit="USD bn", sources=S
        ),
        sources=(VNA, GOV),
        ladders=[LADDER],
        coverage=[
            dr.Coverage(track="ties", parties=["VNM"]),
            dr.Coverage(track="level", parties=["VNM"], at_least="strategic", until="2025-12-31"),
        ],
    )
    theirs = log(
        ev.TiesEstablished(on="1973", parties=SV, sources=S, place="Paris"),
        ev.VisitMade(on="2025-03-25", visitor="SGP", host="VNM", sources=S),
        stream="theirs",
    )
    return ours | theirs


def test_a_sound_log_has_no_problem() -> None:
    assert check(_sound(), today="2026-01-02") == ()
    assert check(dr.EventLog()) == ()


@given(st.data())
def test_check_is_total_and_a_function_of_the_set(data: st.DataObject) -> None:
    records, reference = data.draw(record_lists()), data.draw(references)
    shuffled = data.draw(st.permutations(records))
    found = check(dr.EventLog(records, **reference), today="2022-06-15")
    assert check(dr.EventLog(shuffled, **reference), today="2022-06-15") == found
    assert len(set(found)) == len(found)
    assert {problem.code for problem in found} <= _used()
    told = {(record.stream, record.id) for record in records}
    assert {(one.stream, one.event) for one in found if one.event} <= told


@given(st.data())
def test_disagreements_are_total_and_a_function_of_the_set(data: st.DataObject) -> None:
    records, reference = data.draw(record_lists()), data.draw(references)
    shuffled = data.draw(st.permutations(records))
    found = disagreements(dr.EventLog(records, **reference))
    assert disagreements(dr.EventLog(shuffled, **reference)) == found
    for one in found:
        assert len({value.value for value in one.values}) > 1
        assert one.followed in {None, *(value.value for value in one.values)}


@given(logs(corrections=0))
def test_what_is_taken_back_has_no_problem_any_more(told: dr.EventLog) -> None:
    wrong = {(record.stream, record.id) for record in told}
    for stream, id in sorted(wrong):
        told = told.append(
            ev.EventRetracted(target=id, reason="wrong", sources=["s-joint"]), stream=stream
        )
    events = {problem.event for problem in check(told) if problem.event}
    assert not events & {id for _, id in wrong}


@given(logs(corrections=0), logs(corrections=0))
def test_what_is_wrong_with_a_record_alone_stays_wrong_beside_others(
    one: dr.EventLog, two: dr.EventLog
) -> None:
    alone = {problem for problem in check(one) if problem.code in ("DR205", "DR206")}
    assert alone <= set(check(one | two))


# --- references ----------------------------------------------------------------------------------


def test_every_party_that_an_event_names_is_looked_up() -> None:
    found = check(
        log(
            ev.PartySucceeded(
                on="1991-12-27",
                predecessor="SUN",
                successor="RUS",
                kind="continuation",
                dyads=["VMN"],
                tracks=["tiess"],
                sources=S,
            ),
            ev.FigureReported(
                on="2025",
                parties=SV,
                by="QQQ",
                indicator="trade",
                value="9",
                unit="USD bn",
                sources=S,
            ),
            ev.TiesEstablished(
                on="1973-08-01", parties=SV, persons=[ev.Person(party="SPG")], sources=S
            ),
        )
    )
    assert matches(
        found,
        ("DR201", "by:", "'QQQ'"),
        ("DR201", "dyads:", "'VMN'"),
        ("DR207", "tracks:", "'tiess'"),
        ("DR201", "persons:", "'SPG'"),
    )


def test_every_party_that_the_reference_data_name_is_looked_up() -> None:
    found = check(
        log(
            ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S),
            sources=[attrs.evolve(VNA, side="VN")],
            ladders=[dr.Ladder(party="SG", levels=[dr.Level(id="high", rank=1)])],
            coverage=[dr.Coverage(track="ties", parties=["VIE"], stream="mine")],
        )
    )
    assert matches(
        found,
        ("DR201", "ladder", "'SG'"),
        ("DR201", "source 'vna'", "'VN'"),
        ("DR201", "coverage", "'VIE'"),
    )
    assert [one.stream for one in found] == [None, None, "mine"]


def test_the_successor_is_offered_for_a_party_that_had_ended() -> None:
    succeeded = ev.PartySucceeded(
        on="1993-01-01",
        predecessor="CSK",
        successor="CZE",
        kind="split",
        dyads=["VNM"],
        tracks=["ties"],
        sources=S,
    )
    visit = ev.VisitMade(on="2001-05-01", visitor="CSK", host="VNM", sources=S)
    (found,) = check(log(succeeded, visit))
    assert "'CZE'" in found.hint
    early = ev.VisitMade(on="1931", visitor="VNM", host="USA", sources=S)
    assert matches(check(log(early)), ("DR202", "1931", "VNM began 1945-09-02"))


def test_a_protecting_power_is_a_party_that_lives() -> None:
    def section(on: str, by: str) -> tuple[Problem, ...]:
        way: dict[str, Any] = {"sender": "USA", "receiver": "IRN", "kind": "interests-section"}
        event = ev.MissionOpened(on=on, protecting_power=by, sources=S, **way)
        return check(log(event))

    assert section("1980", "CHE") == ()
    assert matches(section("1980", "CHF"), ("DR201", "protecting_power", "'CHF'"))
    assert matches(section("1992-05", "SUN"), ("DR202", "1992-05", "SUN ended 1991-12-26"))


def test_a_post_is_closed_by_its_kind_and_city() -> None:
    def closed(kind: str, city: str | None) -> list[str]:
        way: dict[str, Any] = {"sender": "USA", "receiver": "VNM", "sources": S}
        opened = ev.MissionOpened(on="1995", city="Hanoi", **way)
        end = ev.MissionClosed(on="1999", kind=kind, city=city, **way)
        coverage = [dr.Coverage(track="missions", parties=["USA"])]
        return codes(check(log(opened, end, coverage=coverage)))

    assert closed("embassy", None) == closed("embassy", "Hà Nội") == []
    assert closed("embassy", "Hue") == closed("consulate", "Hanoi") == ["DR307"]
    assert closed("legation", "Hanoi") == ["DR307"]


def test_two_endings_of_one_day_need_no_order() -> None:
    way: dict[str, Any] = {"sender": "USA", "receiver": "VNM", "sources": S}
    missions: list[Any] = [
        ev.MissionOpened(on="1995", city="Hanoi", **way),
        ev.EnvoyAccredited(on="1995", name="Ann", **way),
        ev.MissionClosed(on="1999-01-02", city="Hanoi", **way),
        ev.EnvoyLeft(on="1999-01-02", name="Ann", **way),
    ]
    others: list[Any] = [
        ev.TiesEstablished(on="1990", parties=UV, sources=S),
        ev.SectorPartnershipFormed(on="1995", parties=UV, sector="trade", sources=S),
        ev.SectorPartnershipEnded(on="1999-01-02", parties=UV, sector="trade", sources=S),
        ev.SpecialRelationshipDeclared(on="1995", parties=UV, sources=S),
        ev.SpecialRelationshipEnded(on="1999-01-02", parties=UV, sources=S),
        ev.TiesSevered(on="1999-01-02", parties=UV, sources=S),
    ]
    assert not check(log(*missions, *others))
    again = ev.MissionOpened(on="1999-01-02", kind="legation", city="Hanoi", seq=0, **way)
    twice = [ev.EnvoyLeft(on="2001", name="Ann", **way), again]
    covered = [dr.Coverage(track="missions", parties=["USA"])]
    assert codes(check(log(*missions, *others, *twice, coverage=covered))) == ["DR307"]


def test_a_date_that_can_fall_within_a_life_is_no_problem() -> None:
    for on in ("1945", "1945-09-02", "[..1945-09-02]", "194X"):
        assert not check(log(ev.VisitMade(on=on, visitor="VNM", host="FRA", sources=S)))


def test_a_missing_ladder_is_reported_once() -> None:
    steps = [
        ev.LevelUpgraded(on=on, parties=SV, ladder="VNM", level=level, sources=S)
        for on, level in (("2013-09-11", "strategic"), ("2025-03-12", "comprehensive-strategic"))
    ]
    assert matches(check(log(*steps)), ("DR203", "VNM", "2 events"))


def test_a_level_of_a_coverage_is_looked_up() -> None:
    upgrade = ev.LevelUpgraded(
        on="2013-09-11", parties=SV, ladder="VNM", level="strategic", previous="stategic", sources=S
    )
    coverage = dr.Coverage(track="level", parties=["VNM"], at_least="strateg", stream="mine")
    assert matches(
        check(log(upgrade, ladders=[LADDER], coverage=[coverage])),
        ("DR204", "coverage", "'strateg'"),
        ("DR204", "previous", "'stategic'"),
    )


def test_the_ladder_and_the_wording_belong_to_a_side() -> None:
    upgrade = ev.LevelUpgraded(
        on="2013-09-11",
        parties=UV,
        ladder="SGP",
        level="high",
        wording=[ev.Wording(party="FRA", lang="en", text="W")],
        sources=S,
    )
    ladder = dr.Ladder(party="SGP", levels=[dr.Level(id="high", rank=1)])
    assert matches(
        check(log(upgrade, ladders=[ladder])),
        ("DR206", "ladder", "'SGP'"),
        ("DR206", "wording", "'FRA'"),
    )


def test_a_mediator_may_take_part_in_any_event_but_a_visit() -> None:
    persons = [ev.Person(party="CHN", name="Wang Yi")]
    restored = ev.TiesRestored(on="2023-03-10", parties=("IRN", "SAU"), persons=persons, sources=S)
    talks = ev.TalksHeld(on="2023-03-10", parties=("IRN", "SAU"), persons=persons, sources=S)
    assert codes(check(log(restored))) == []
    assert codes(check(log(talks))) == ["DR206"]


def test_a_source_is_cited_by_dead_records_claims_and_derived_sources_too() -> None:
    wrong = ev.TiesEstablished(on="1973-08-02", parties=SV, sources=["gov"])
    right = ev.TiesEstablished(
        on="1973-08-01", parties=SV, sources=S, supersedes=[wrong.id], reason="a slip"
    )
    assert not check(log(wrong, right, sources=[VNA, GOV]))
    paper = dr.Source(id="p", title="P", publisher="P", kind="press", derived_from="vna")
    cited = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=["p"])
    assert not check(log(cited, sources=[VNA, paper]))


def test_the_sources_of_claims_are_looked_up_and_count_as_cited() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    claims = [
        TiesClaim(id=id, on="2025-01-01", source=source, text={}, parties=SV, since="1973-08-01")
        for id, source in (("known", "gov"), ("unknown", "gob"))
    ]
    found = check(log(event, sources=[VNA, GOV], claims=claims))
    assert matches(found, ("DR210", "claim 'unknown'", "'gob'", "'gov'"))


def test_a_source_that_is_missing_is_reported_once_a_stream() -> None:
    events = [
        ev.TiesEstablished(on="1973-08-01", parties=SV, sources=["zzz"]),
        ev.VisitMade(on="2025", visitor="SGP", host="VNM", sources=["zzz"]),
    ]
    found = check(log(*events, sources=()))
    assert matches(found, (events[0].id, "DR210", "'zzz'", "1 other event"))


def test_a_ring_of_sources_is_reported_once_and_not_for_those_that_lead_into_it() -> None:
    ring = [
        attrs.evolve(VNA, id=id, derived_from=parent)
        for id, parent in (("a", "b"), ("b", "c"), ("c", "b"), ("d", "d"))
    ]
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=["a"])
    assert matches(check(log(event, sources=ring)), ("DR213", "ring: b, c"), ("DR213", "ring: d"))


def test_twins_are_known_cited_together_and_no_two_entries_for_one_page() -> None:
    page = "https://vna.example/report"
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    vna = attrs.evolve(VNA, url=page)
    twin = attrs.evolve(VNA, id="twin", url=page)
    assert matches(check(log(event, sources=[vna, twin])), ("DR211", "'twin'"), ("DR215", page[8:]))
    assert not check(log(event, sources=[vna, attrs.evolve(twin, same_as="vna")]))
    assert not check(log(event, sources=[attrs.evolve(vna, same_as="twin"), twin]))
    assert not check(log(event, sources=[attrs.evolve(vna, same_as="vna")]))
    assert matches(
        check(log(event, sources=[attrs.evolve(vna, same_as="twins"), twin])),
        ("DR211", "'twin'"),
        ("DR212", "the source 'vna' is said to be the same as 'twins'", "'twin'"),
        ("DR215", page[8:]),
    )


def test_a_document_that_repeats_its_own_twin_is_derived_from_itself() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    vna = attrs.evolve(VNA, derived_from="paper")
    paper = attrs.evolve(VNA, id="paper", derived_from="twin")
    twin = attrs.evolve(VNA, id="twin", same_as="vna")
    assert matches(check(log(event, sources=[vna, paper, twin])), ("DR213", "paper, twin, vna"))


def test_an_entry_that_only_adds_to_another_is_no_clash_and_is_looked_at_once() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    more = attrs.evolve(VNA, url="https://vna.example/report")
    late = attrs.evolve(VNA, published="2062")
    assert not check(log(event, sources=[VNA, more]))
    found = check(
        log(event, sources=[more, late, attrs.evolve(late, lang="en")]), today="2026-01-01"
    )
    assert matches(found, ("DR504", "'vna'", "2062"))
    sides = [attrs.evolve(VNA, side="VNN"), attrs.evolve(VNA, side="VNN", lang="en")]
    assert matches(check(log(event, sources=sides)), ("DR201", "side of the source 'vna'"))


def test_the_library_keeps_its_own_parties_and_a_ladder_each_level_once() -> None:
    ours = dr.Party(id="VNM", names={"en": "Elsewhere"})
    twice = dr.Ladder(party="VNM", levels=[dr.Level(id="a", rank=1), dr.Level(id="a", rank=2)])
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    assert matches(
        check(log(event, parties=[ours], ladders=[twice])),
        ("DR214", "ladder of VNM", "'a'"),
        ("DR214", "party 'VNM'", "'Vietnam'"),
    )


# --- corrections ---------------------------------------------------------------------------------


def test_another_source_or_note_is_no_repetition() -> None:
    once = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    later = "2026-02-01T00:00:00Z"
    both: dict[str, Any] = {"sources": (VNA, GOV)}
    assert not check(log(once, **both) | log(attrs.evolve(once, sources=["gov"]), at=later, **both))
    assert not check(log(once) | log(attrs.evolve(once, note="n"), at=later))
    assert not check(log(once) | log(once, at=later, stream="theirs"))


def test_a_repetition_that_is_released_is_mended_as_the_hint_says() -> None:
    once = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    twice = log(once) | log(once, at="2026-02-01T00:00:00Z")
    (found,) = check(twice)
    target = f"{once.id}@{once.digest}"
    assert f"supersedes = ['{target}']" in found.hint
    mended = attrs.evolve(once, note="n", supersedes=[target], reason="recorded twice")
    assert not check(twice.append(mended))


def test_a_ring_of_corrections_is_broken_by_a_retraction() -> None:
    way: dict[str, Any] = {"visitor": "VNM", "host": "SGP", "sources": S, "reason": "a slip"}
    late, early = (f"visit-made/VNM-SGP/{day}" for day in ("2023-02-09", "2022-02-09"))
    ring = log(
        ev.VisitMade(on="2023-02-09", supersedes=[early], **way),
        ev.VisitMade(on="2022-02-09", supersedes=[late], **way),
    )
    assert matches(check(ring), (early, "DR223", late), (late, "DR223", early))
    assert not check(ring.append(ev.EventRetracted(target=late, reason="2022", sources=S)))


def test_an_idle_correction_is_taken_back_by_a_retraction() -> None:
    ties = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    wrong = ev.EventRetracted(target=f"{ties.id[:-1]}2", reason="a slip", sources=S)
    idle = log(ties, wrong)
    assert matches(check(idle), (wrong.id, "DR222", ties.id))
    assert not check(idle.append(ev.EventRetracted(target=wrong.id, reason="idle", sources=S)))


def test_a_correction_of_no_account_lists_the_accounts_there_are() -> None:
    once = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    target = f"{once.id}@0123456789ab"
    found = check(log(once, ev.EventRetracted(target=target, reason="r", sources=S)))
    assert matches(found, ("DR222", "accounts", once.digest))
    self_made = attrs.evolve(once, supersedes=[once.id], reason="r")
    assert matches(check(log(self_made)), ("DR222", "its own event"))


# --- transitions ---------------------------------------------------------------------------------


def test_nothing_is_reported_where_the_state_before_may_not_be_recorded() -> None:
    events = [
        ev.TiesRestored(on="1995-07-11", parties=UV, sources=S),
        ev.LevelRenewed(on="2013", parties=UV, ladder="VNM", level="strategic", sources=S),
        ev.LevelUpgraded(
            on="2023-09-10",
            parties=UV,
            ladder="VNM",
            level="comprehensive-strategic",
            previous="strategic",
            sources=S,
        ),
        ev.MissionClosed(on="1975-04-29", sender="USA", receiver="VNM", sources=S),
        ev.EnvoyLeft(on="1975-04-29", sender="USA", receiver="VNM", name="Ann", sources=S),
        ev.GroupLeft(on="2020-01-31", party="GBR", group="EU", sources=S),
    ]
    assert not check(log(*events, ladders=[LADDER]))


def test_an_agreed_level_reports_nothing_of_the_level_before() -> None:
    agreed = ev.LevelAgreed(on="2012", parties=SV, ladder="VNM", level="strategic", sources=S)
    upgraded = ev.LevelUpgraded(
        on="2013-09-11",
        parties=SV,
        ladder="VNM",
        level="strategic",
        previous="comprehensive",
        sources=S,
    )
    assert not check(log(agreed, upgraded, ladders=[LADDER]))
    covered = [dr.Coverage(track="level", parties=["VNM"])]
    assert codes(check(log(agreed, upgraded, ladders=[LADDER], coverage=covered))) == ["DR302"]


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (None, None, ["DR301"]),
        ("1995-07-11", "1995-07-11", ["DR301"]),
        ("1995-07-12", None, []),
        (None, "1995-07-10", []),
    ],
)
def test_coverage_counts_on_the_day_of_the_event(
    since: str | None, until: str | None, told: list[str]
) -> None:
    restored = ev.TiesRestored(on="1995-07-11", parties=UV, sources=S)
    coverage = [dr.Coverage(track="ties", parties=["VNM"], since=since, until=until)]
    assert codes(check(log(restored, coverage=coverage))) == told


@pytest.mark.parametrize("on", ["1995", "199X", "1995-07", "[1995-07-01..1995-07-20]"])
def test_nothing_is_reported_where_the_dates_leave_the_order_open(on: str) -> None:
    ties = ev.TiesEstablished(on="1994-01-01", parties=UV, sources=S)
    severed = ev.TiesSevered(on="1995-07-11", parties=UV, sources=S)
    restored = ev.TiesRestored(on=on, parties=UV, sources=S)
    suspended = ev.TiesSuspended(on="2001-01-01", parties=UV, sources=S)
    covered = [dr.Coverage(track="ties", parties=["VNM"])]
    assert not check(log(ties, severed, restored, suspended, coverage=covered))
    wrong = [ties, restored, ev.TiesSevered(on="1980-01-01", parties=UV, sources=S)]
    assert "DR301" in codes(check(log(*wrong, coverage=covered)))


def test_an_agreement_in_force_within_the_year_of_its_signature_is_no_problem() -> None:
    in_force = ev.AgreementInForce(on="2001-05-01", parties=UV, agreement="bta", sources=S)
    signed = ev.AgreementSigned(on="2001", parties=UV, agreement="bta", sources=S)
    assert not check(log(in_force, signed))


def test_a_dyad_has_the_ties_that_it_inherits() -> None:
    established = ev.TiesEstablished(on="1950-01-30", parties=("SUN", "VNM"), sources=S)
    succeeded = ev.PartySucceeded(
        on="1991-12-27",
        predecessor="SUN",
        successor="RUS",
        kind="continuation",
        dyads=["VNM"],
        tracks=["ties"],
        sources=S,
    )
    again = ev.TiesEstablished(on="2001-03-01", parties=("RUS", "VNM"), sources=S)
    assert codes(check(log(established, succeeded, again))) == ["DR301"]


@pytest.mark.parametrize(
    ("before", "on", "kind"),
    [
        ([], "1990-10-03", "unification"),
        (["DDR"], "1990-10-03", "unification"),
        (["DEU"], "1990-10-03", "unification"),
        (["DDR", "DEU"], "1990-10-03", "continuation"),
        (["DDR", "DEU"], "[1975-01-01..1990-10-03]", "unification"),
    ],
)
def test_a_succession_is_idle_only_where_both_had_relations_and_nothing_is_continued(
    before: list[str], on: str, kind: str
) -> None:
    ties = [ev.TiesEstablished(on="1975", parties=(one, "VNM"), sources=S) for one in before]
    assert not check(log(*ties, succession(on, "DDR", "DEU", kind)))


def test_a_succession_reported_twice_is_not_idle_the_second_time() -> None:
    ties = ev.TiesEstablished(on="1975", parties=("DDR", "VNM"), sources=S)
    first = succession("1990-10-03", "DDR", "DEU", "unification")
    both = attrs.evolve(first, on="1990-10-04", dyads=["LAO", "VNM"])
    assert "DR312" not in codes(check(log(ties, first, both)))


@pytest.mark.parametrize(
    ("old", "new", "on", "told"),
    [
        ("CSK", "CZE", "1993-01-01", None),
        ("CSK", "CZE", "2001-06-29", None),
        ("CSK", "CZE", "1992-11-25", "CZE began 1993-01-01"),
        ("CSK", "CZE", "1917", "CSK began [1918-09-03..1918-10-28]"),
        ("KINGDOM_OF_SERBIA", "YUG", "1995", "YUG ended [1992-04-27..1992-05-21]"),
        ("PRUSSIA", "DEU", "1871-01-18", "VNM began 1945-09-02"),
        ("SUN", "RUS", "1991-12-25", None),
    ],
)
def test_a_succession_comes_when_predecessor_has_begun_and_the_others_live(
    old: str, new: str, on: str, told: str | None
) -> None:
    found = check(log(succession(on, old, new, "split")))
    lives = [one.message.split(", and ")[1] for one in found if one.code == "DR202"]
    assert lives[:1] == ([told] if told else [])


def _steps(*steps: Event, **more: Any) -> tuple[Problem, ...]:
    return check(log(*steps, ladders=[WIDE], **more))


def test_a_step_goes_the_way_that_its_type_says() -> None:
    held = ev.LevelUpgraded(on="2013-09-11", parties=SV, ladder="VNM", level="strategic", sources=S)
    after: dict[str, Any] = {"on": "2025-03-12", "parties": SV, "ladder": "VNM", "sources": S}
    assert matches(
        _steps(held, ev.LevelUpgraded(level="strategic-plus", **after)),
        ("DR310", "'strategic-plus'", "not higher", "level-renewed"),
    )
    assert matches(
        _steps(held, ev.LevelDowngraded(level="comprehensive-strategic", **after)),
        ("DR310", "'comprehensive-strategic'", "not lower", "level-upgraded"),
    )
    assert matches(
        _steps(held, ev.LevelRenewed(level="comprehensive", **after)),
        ("DR310", "'comprehensive'", "another rank", "level-downgraded"),
    )
    for right in (
        ev.LevelUpgraded(level="comprehensive-strategic", **after),
        ev.LevelDowngraded(level="comprehensive", **after),
        ev.LevelDowngraded(**after),
        ev.LevelRenewed(level="strategic-plus", **after),
        ev.LevelUpgraded(level="climate", **after),
    ):
        assert _steps(held, right) == ()


def test_a_step_is_held_against_the_level_that_it_says_was_before() -> None:
    lone = ev.LevelUpgraded(
        on="2025-03-12",
        parties=SV,
        ladder="VNM",
        level="comprehensive",
        previous="strategic",
        sources=S,
    )
    assert codes(_steps(lone)) == ["DR310"]


def test_what_a_ladder_is_complete_for_is_known_from_its_level_up() -> None:
    def renewed(level: str) -> ev.LevelRenewed:
        return ev.LevelRenewed(on="2025", parties=SV, ladder="VNM", level=level, sources=S)

    from_strategic = [dr.Coverage(track="level", parties=["VNM"], at_least="strategic")]
    assert _steps(renewed("comprehensive"), coverage=from_strategic) == ()
    assert codes(_steps(renewed("strategic"), coverage=from_strategic)) == ["DR304"]


_ENDS: Final[list[tuple[str, list[str], Event]]] = [
    ("missions", ["USA"], ev.MissionClosed(on="1975", sender="USA", receiver="VNM", sources=S)),
    (
        "missions",
        ["USA"],
        ev.EnvoyLeft(on="1975", sender="USA", receiver="VNM", name="Ann", sources=S),
    ),
    (
        "sectors",
        ["VNM"],
        ev.SectorPartnershipEnded(on="1999", parties=SV, sector="green", sources=S),
    ),
    ("special", ["VNM"], ev.SpecialRelationshipEnded(on="1999", parties=SV, sources=S)),
    ("groups", ["EU"], ev.GroupLeft(on="2020-01-31", party="GBR", group="EU", sources=S)),
    (
        "agreements",
        ["VNM"],
        ev.AgreementTerminated(on="1999", parties=SV, agreement="tax", sources=S),
    ),
]


@pytest.mark.parametrize(
    ("track", "parties", "end"), _ENDS, ids=lambda one: getattr(one, "type", None)
)
def test_nothing_ends_that_did_not_begin_where_the_stream_is_complete(
    track: str, parties: list[str], end: Event
) -> None:
    covered = [dr.Coverage(track=track, parties=parties)]
    assert codes(check(log(end, coverage=covered))) == ["DR307"]
    assert not check(log(end))


_SPANS: Final[list[tuple[Event, Event]]] = [
    (
        ev.SectorPartnershipFormed(on="1990", parties=SV, sector="green", sources=S),
        ev.SectorPartnershipEnded(on="1999", parties=SV, sector="green", sources=S),
    ),
    (
        ev.GroupJoined(on="1990", party="SGP", group="ASEAN", sources=S),
        ev.GroupLeft(on="1999", party="SGP", group="ASEAN", sources=S),
    ),
    (
        ev.AgreementSigned(on="1990", parties=SV, agreement="tax", sources=S),
        ev.AgreementTerminated(on="1999", parties=SV, agreement="tax", sources=S),
    ),
    (
        ev.MissionOpened(on="1990", sender="SGP", receiver="VNM", city="Hanoi", sources=S),
        ev.MissionClosed(on="1999", sender="SGP", receiver="VNM", city="Hanoi", sources=S),
    ),
]


@pytest.mark.parametrize(("begun", "ended"), _SPANS, ids=lambda one: one.type)
def test_what_stands_begins_again_only_after_its_end(begun: Event, ended: Event) -> None:
    tracks = ("sectors", "groups", "agreements", "missions")
    covered = [dr.Coverage(track=track, parties=["VNM", "ASEAN"]) for track in tracks]
    again: Event = attrs.evolve(begun, on="2005")
    assert not check(log(begun, ended, coverage=covered))
    assert codes(check(log(begun, again, coverage=covered))) == ["DR306"]
    expected = ["DR311"] if isinstance(begun, ev.AgreementSigned) else []
    assert codes(check(log(begun, ended, again, coverage=covered))) == expected


def test_an_envoy_can_leave_after_the_next_one_came() -> None:
    way = {"sender": "USA", "receiver": "VNM", "sources": S}
    events = [
        ev.EnvoyAccredited(on="2011", name="Ann", **way),  # type: ignore[arg-type]
        ev.EnvoyAccredited(on="2014-12-01", name="Bo", **way),  # type: ignore[arg-type]
        ev.EnvoyLeft(on="2014-12-16", name="Ann", **way),  # type: ignore[arg-type]
    ]
    assert not check(log(*events, coverage=[dr.Coverage(track="missions", parties=["USA"])]))


@attrs.frozen(kw_only=True)
class Twinned(Event):
    type = "towns-twinned"
    precedence = Precedence.BEGUN
    parties: tuple[str, ...] = attrs.field(converter=dyad)


def test_the_rules_of_a_track_of_your_own_hold_too() -> None:
    track: Track[list[Event], int] = Track(
        name="twinning",
        owns=(Twinned,),
        handlers={Twinned: list.append},
        start=list,
        freeze=len,
        none=0,
        unknown=-1,
        rules={
            Twinned: (
                Rule(
                    code="MINE1",
                    find=lambda acc, event, reference: (
                        (f"{len(acc)} before {event.on}", "Stop") if len(acc) == 1 else None
                    ),
                ),
                Rule(
                    code="MINE2",
                    find=lambda acc, event, reference: (
                        None if acc else (f"none before {event.on}", "Stop")
                    ),
                    where_complete=lambda acc, event: True,
                ),
            )
        },
    )
    twinned = log(
        Twinned(on="1990", parties=SV, sources=S), Twinned(on="1999", parties=SV, sources=S)
    )
    assert not check(twinned)
    assert [one.message for one in check(twinned, tracks=[track])] == [
        "1 before 1999",
    ]
    covered = twinned | log(coverage=[dr.Coverage(track="twinning", parties=["VNM"])])
    assert codes(check(covered)) == ["DR207"]
    assert [one.message for one in check(covered, tracks=[track])] == [
        "none before 1990",
        "1 before 1999",
    ]


# --- accounts ------------------------------------------------------------------------------------


def _visit(on: str, **more: Any) -> ev.VisitMade:
    named: dict[str, Any] = {
        "visitor": "SGP",
        "host": "VNM",
        "persons": [ev.Person(party="SGP", name="Lee", offices=["government:prime-minister"])],
        "sources": S,
    }
    return ev.VisitMade(on=on, **{**named, **more})


_PRESIDENT: Final = [ev.Person(party="SGP", name="Tan", offices=["government:prime-minister"])]


@pytest.mark.parametrize(
    ("other", "told"),
    [
        (_visit("2025-03-25"), ["DR401"]),
        (_visit("2025-03-27/2025-03-30"), ["DR401"]),
        (_visit("2025-03-26/2025-03-27"), ["DR401"]),
        (_visit("2025-03"), ["DR401"]),
        (_visit("2025-03-28/2025-03-30"), []),
        (_visit("2025-03-28"), []),
        (_visit("2025-03-29"), []),
        (_visit("2025-03-25", kind="state"), ["DR401"]),
        (_visit("2025-03-25", persons=_PRESIDENT), []),
        (_visit("2025-03-25", occasion="a funeral"), ["DR401"]),
    ],
)
def test_visits_of_one_traveller_are_one_when_they_begin_or_run_together(
    other: Event, told: list[str]
) -> None:
    assert codes(check(log(_visit("2025-03-25/2025-03-28"), other))) == told


def test_visits_of_two_kinds_or_occasions_or_of_nobody_named_are_two() -> None:
    first, second = "2025-03-25/2025-03-28", "2025-03-25"
    assert not check(log(_visit(first, kind="official"), _visit(second, kind="private")))
    assert not check(log(_visit(first, occasion="talks"), _visit(second, occasion="a summit")))
    assert not check(log(_visit(first, persons=()), _visit(second, persons=())))


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("1973-08-11", ["DR401"]),
        ("1973-08-12", ["DR301"]),
        ("1973-07-22", ["DR401"]),
        ("1973", ["DR401"]),
        ("1973-09", ["DR301"]),
        ("[1973-07-28..1973-08-03]", ["DR401"]),
    ],
)
def test_events_are_one_within_ten_days_or_where_one_date_holds_the_other(
    on: str, told: list[str]
) -> None:
    first = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S)
    assert codes(check(log(first, ev.TiesEstablished(on=on, parties=SV, sources=S)))) == told


def test_events_with_another_of_their_track_in_between_are_two() -> None:
    days = ("2001-01-01", "2001-01-03", "2001-01-05")
    kinds = (ev.TiesSuspended, ev.TiesRestored, ev.TiesSuspended)
    events = [kind(on=on, parties=SV, sources=S) for kind, on in zip(kinds, days, strict=True)]
    assert not check(log(*events))


def test_joining_in_another_capacity_or_succeeding_for_other_dyads_is_another_event() -> None:
    joined = ev.GroupJoined(
        on="1995-07-20", party="VNM", group="ASEAN", capacity="observer", sources=S
    )
    member = attrs.evolve(joined, on="1995-07-28", capacity="member")
    assert not check(log(joined, member))
    succeeded = ev.PartySucceeded(
        on="1991-12-25",
        predecessor="SUN",
        successor="RUS",
        kind="continuation",
        dyads=["USA"],
        tracks=["ties"],
        sources=S,
    )
    assert not check(log(succeeded, attrs.evolve(succeeded, on="1991-12-27", dyads=["VNM"])))
    again = attrs.evolve(succeeded, on="1991-12-27")
    assert codes(check(log(succeeded, again))) == ["DR401"]


def test_two_streams_a_few_days_apart_disagree_and_neither_has_a_problem() -> None:
    mine = log(ev.TiesEstablished(on="1973-08-01", parties=SV, sources=S))
    theirs = log(
        ev.TiesEstablished(on="1973-08-03", parties=SV, sources=["gov"]),
        stream="theirs",
        sources=[GOV],
    )
    assert not check(mine | theirs)
    (found,) = disagreements(mine | theirs)
    assert (found.event, found.field, found.is_followed) == (
        "ties-established/SGP-VNM/1973-08-01", "on", False,
    )  # fmt: skip
    assert [(one.value, one.streams, one.sources) for one in found.values] == [
        ("1973-08-01", ("mine",), ("vna",)),
        ("1973-08-03", ("theirs",), ("gov",)),
    ]


def test_two_sources_may_say_two_things_of_one_event() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    other = attrs.evolve(event, place="Hanoi", sources=["gov"])
    both = log(event, other, sources=[VNA, GOV])
    assert not check(both)
    (found,) = disagreements(both)
    assert (found.field, found.followed) == ("place", "Hanoi")
    assert [(one.value, one.sources) for one in found.values] == [
        ("Hanoi", ("gov",)),
        ("Paris", ("vna",)),
    ]


def test_two_papers_that_print_one_wire_are_one_source() -> None:
    paper = dr.Source(id="paper", title="P", publisher="P", kind="press", derived_from="vna")
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    other = attrs.evolve(event, place=None, sources=["paper"])
    (found,) = check(log(event, other, sources=[VNA, paper]))
    assert matches([found], ("DR402", "'vna'", "place 'Paris'", "place left out"))


def test_one_source_in_two_streams_may_be_read_in_two_ways() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    both = log(event) | log(attrs.evolve(event, place="Hanoi"), stream="theirs")
    assert not check(both)
    (found,) = disagreements(both)
    assert [(one.value, one.streams) for one in found.values] == [
        ("Hanoi", ("theirs",)),
        ("Paris", ("mine",)),
    ]


def test_a_account_that_is_wrong_is_retracted_as_the_hint_says() -> None:
    paris = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    told = log(paris) | log(attrs.evolve(paris, place="Hanoi"), at="2026-02-01T00:00:00Z")
    (found,) = check(told)
    assert matches([found], (paris.id, "DR402", "'Paris'", "'Hanoi'"))
    target = found.hint.partition(": ")[2].split(" (")[0]
    assert not check(told.append(ev.EventRetracted(target=target, reason="wrong", sources=S)))


def test_a_date_that_another_source_gives_is_a_disagreement_and_no_problem() -> None:
    cited = [dr.Citation(source="vna"), dr.Citation(source="gov", on="1973-08-02")]
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, sources=cited)
    dated = log(event, sources=[VNA, GOV])
    assert not check(dated)
    (found,) = disagreements(dated)
    assert (found.field, found.followed) == ("on", "1973-08-01")
    assert [(one.value, one.sources) for one in found.values] == [
        ("1973-08-01", ("vna",)),
        ("1973-08-02", ("gov",)),
    ]


@pytest.mark.parametrize("on", ["1973-08", "1973", "[..1973]", "1973-07-30/1973-08-02"])
def test_a_date_that_holds_the_event_is_none_of_these(on: str) -> None:
    event = ev.TiesEstablished(
        on="1973-08-01", parties=SV, sources=[dr.Citation(source="vna", on=on)]
    )
    told = log(event)
    assert check(told) == ()
    assert disagreements(told) == ()


def test_a_date_that_no_source_gives_needs_a_reason() -> None:
    cited = [dr.Citation(source="vna", on="1974")]
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, inferred="by the rule", sources=cited)
    assert not check(log(event))
    (found,) = disagreements(log(event))
    assert [(one.value, one.sources) for one in found.values] == [
        ("1973-08-01", ()),
        ("1974", ("vna",)),
    ]


def test_what_another_stream_denies_is_a_disagreement_and_no_problem() -> None:
    event = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    denied = log(event) | log(
        ev.EventRetracted(target=event.id, reason="never", sources=["gov"]),
        stream="theirs",
        sources=[GOV],
    )
    assert not check(denied)
    (found,) = disagreements(denied)
    assert (found.event, found.field, found.followed) == (event.id, "happened", "no")
    assert [(one.value, one.streams, one.sources) for one in found.values] == [
        ("no", ("theirs",), ("gov",)),
        ("yes", ("mine",), ("vna",)),
    ]


def test_a_account_that_another_stream_denies_is_a_disagreement_about_that_account() -> None:
    here = ev.TiesEstablished(on="1973-08-01", parties=SV, place="Paris", sources=S)
    there = attrs.evolve(here, place="Hanoi")
    denied = log(here) | log(there, stream="b")
    for source, followed in ((GOV, "no"), (VNA, "yes")):
        theirs = ev.EventRetracted(
            target=f"{here.id}@{here.digest}", reason="elsewhere", sources=[source.id]
        )
        whole = denied | log(theirs, stream="theirs", sources=[source])
        assert not check(whole)
        told = {one.field: one for one in disagreements(whole)}
        assert set(told) == {"place", f"account@{here.digest}"}
        one = told[f"account@{here.digest}"]
        assert one.followed == followed
        assert [(value.value, value.streams) for value in one.values] == [
            ("no", ("theirs",)),
            ("yes", ("mine",)),
        ]


def test_fields_that_are_no_text_are_reported_as_json() -> None:
    event = ev.AgreementSigned(on="2001", parties=SV, agreement="tax", fields=["tax"], sources=S)
    (found,) = disagreements(log(event) | log(attrs.evolve(event, fields=()), stream="theirs"))
    assert (found.field, {one.value for one in found.values}) == ("fields", {'["tax"]', None})


# --- time ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "told"),
    [("2025-06-30", []), ("2025-07-01", ["DR501"]), ("2025-07", ["DR501"]), ("2025", [])],
)
def test_only_what_certainly_lies_after_today_is_the_future(on: str, told: list[str]) -> None:
    event = ev.VisitMade(on=on, visitor="SGP", host="VNM", sources=S)
    assert codes(check(log(event, at="2025-06-30T00:00:00Z"), today="2025-06-30")) == told


@pytest.mark.parametrize(
    ("at", "told"), [("2025-06-14T10:00:00Z", []), ("2025-06-14T09:59:59Z", ["DR503"])]
)
def test_an_event_is_recorded_when_its_day_has_begun_somewhere(at: str, told: list[str]) -> None:
    event = ev.VisitMade(on="2025-06-15", visitor="SGP", host="VNM", sources=S)
    assert codes(check(log(event, at=at), today="2025-06-30")) == told


def test_today_is_today_unless_it_is_given() -> None:
    now = datetime.now(UTC)
    tomorrow = (now + timedelta(days=2)).date()
    event = ev.VisitMade(on=tomorrow, visitor="SGP", host="VNM", sources=S)
    assert codes(check(log(event, at=now.isoformat()))) == ["DR501"]
    assert codes(check(log(event, at=now.isoformat()), today=tomorrow)) == (["DR503"])
    with pytest.raises(InvalidDateError):
        check(log(event), today="soon")


def _covered(**coverage: Any) -> tuple[Problem, ...]:
    event = ev.VisitMade(on="2001", visitor="SGP", host="VNM", sources=S)
    told = {"track": "level", "parties": ["VNM"], **coverage}
    return check(log(event, ladders=[WIDE], coverage=[dr.Coverage(**told)]), today="2026-01-02")


def test_a_coverage_covers_some_day_and_no_future() -> None:
    assert matches(_covered(since="2013", until="2013"), ("DR505", "level", "VNM", "no day"))
    assert _covered(since="2013", until="2014") == ()
    assert _covered(until="2026-01-02") == ()
    assert matches(_covered(until="2026-01-03"), ("DR505", "2026-01-03", "2026-01-02"))


def test_a_floor_stands_on_a_rank_of_the_level_track() -> None:
    assert _covered(at_least="strategic") == ()
    assert matches(_covered(at_least="climate"), ("DR505", "'climate'", "no rank"))
    assert matches(_covered(at_least="strategic", track="ties"), ("DR505", "ties", "'strategic'"))


def test_the_order_of_a_day_is_reported_by_seq_by_type_or_by_having_nothing_in_common() -> None:
    ann = ev.EnvoyAccredited(on="2015-01-05", sender="USA", receiver="VNM", name="Ann", sources=S)
    assert not check(log(ann, attrs.evolve(ann, name="Bo", seq=1)))
    assert not check(log(ann, attrs.evolve(ann, name="Bo", receiver="LAO")))
    post = ev.MissionOpened(on="2015-01-05", sender="USA", receiver="VNM", sources=S)
    assert not check(log(ann, post))
    left = ev.EnvoyLeft(on="2015-01-05", sender="USA", receiver="VNM", name="Bo", sources=S)
    assert not check(log(ann, left))


# --- releases ------------------------------------------------------------------------------------

_lines = st.lists(
    st.binary(min_size=1, max_size=6).map(lambda raw: raw.replace(b"\n", b"n") + b"\n"),
    min_size=1,
    max_size=6,
)


@given(_lines, _lines, st.data())
def test_appending_breaks_no_release(
    first: list[bytes], then: list[bytes], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(first)))
    old = pin(b"".join(first[:cut]), "1.0")
    new = pin(b"".join(first), "1.1")
    assert (old.records, new.records) == (cut, len(first))
    assert check_release(b"".join([*first, *then]), [new, old]) == ()


@given(_lines, _lines, st.data())
def test_every_edit_of_what_was_released_is_caught(
    released: list[bytes], then: list[bytes], data: st.DataObject
) -> None:
    release = pin(b"".join(released), "1.0")
    now = [*released]
    place = data.draw(st.integers(0, len(now) - 1))
    other = data.draw(st.integers(0, len(now) - 1))
    line = data.draw(st.sampled_from([*released, b"x\n", b"\n"]))
    match data.draw(st.sampled_from(("edit", "remove", "insert", "swap", "byte"))):
        case "edit":
            now[place] = line
        case "remove":
            del now[place]
        case "insert":
            now.insert(place, line)
        case "swap":
            now[place], now[other] = now[other], now[place]
        case _:
            whole = bytearray(b"".join(now))
            spot = data.draw(st.integers(0, len(whole) - 1))
            whole[spot] ^= data.draw(st.integers(1, 255))
            now = [bytes(whole)]
    stream = b"".join([*now, *then])
    assume(not stream.startswith(b"".join(released)))  # the change came to nothing
    (found,) = check_release(stream, [release])
    assert found.code in ("DR601", "DR602")


@given(_lines, _lines, _lines, st.data())
def test_the_first_release_that_is_broken_is_named(
    one: list[bytes], two: list[bytes], three: list[bytes], data: st.DataObject
) -> None:
    parts = [one, [*one, *two], [*one, *two, *three]]
    releases = [pin(b"".join(part), f"1.{place}") for place, part in enumerate(parts)]
    lines = [*parts[-1]]
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = lines[place][:-1] + b"!\n"
    broken = next(index for index, part in enumerate(parts) if place < len(part))
    intact = len(parts[broken - 1]) if broken else 0
    last = len(parts[broken])
    found = check_release(b"".join(lines), data.draw(st.permutations(releases)))
    assert matches(found, (f":{intact + 1}: DR602", f"release 1.{broken} in", f" {last}. "))


def test_a_stream_that_is_shorter_than_released_is_reported_with_the_lines_that_are_missing() -> (
    None
):
    releases = [pin(b"a\n", "1.0"), pin(b"a\nb\nc\n", "1.1")]
    found = check_release(b"a\nb\n", releases)
    assert matches(found, ("DR601", "4 bytes", "release 1.1 had 6", "lines 2 to 3"))
    assert check_release(b"", []) == ()


def test_pins_that_contradict_themselves_are_reported() -> None:
    true = pin(b"a\nb\n", "1.0")
    miscounted = attrs.evolve(true, records=3)
    assert matches(
        check_release(b"a\nb\n", [miscounted]), ("DR603", "records = 3", "2 whole lines")
    )
    assert check_release(b"a\nb\n", [true, true]) == ()
    twice = check_release(b"a\nb\n", [true, pin(b"a\n", "1.0")])
    assert matches(twice, ("DR603", "release 1.0", "2 times"))
    negative = attrs.evolve(true, version="0.9", bytes=-4)
    assert matches(check_release(b"a\nb\n", [negative]), ("DR603", "release 0.9", "-4 bytes"))
    broken_line = Release(
        version="1.0",
        records=1,
        bytes=3,
        sha256="2cd8c7ff8ca95ea9ac3d1a3ac8b6a7e4b4f3d3d9ba2f2a8ce1de7b6c9a8e2f11",
    )
    assert codes(check_release(b"a\nb\n", [broken_line])) == ["DR602"]


def test_only_whole_lines_are_released() -> None:
    with pytest.raises(InvalidQueryError, match="the last line has no end"):
        pin(b"a\nb", "1.0")
    assert pin(b"", "0.1").records == 0


def test_of_a_long_value_that_differs_the_beginning_is_told() -> None:
    whole, long = "w" * 58, "l" * 59  # with their quotes, 60 characters and 61
    entries = [(attrs.evolve(VNA, title=one), [one[0]]) for one in (whole, long)]
    told = describe_entries(entries)
    assert told == f"title: {whole!r} (w), {repr(long)[:60]}… (l)"


def test_values_that_are_no_text_are_told_as_json() -> None:
    entries = [(Party(id="XAA", names={"en": name}), [name.lower()]) for name in ("A", "B")]
    assert describe_entries(entries) == 'names: {"en": "A"} (a), {"en": "B"} (b)'

"""Dense random streams: few parties, few days, so that ties, overlaps and contradictions abound.

Everything that a strategy here draws is valid data; whether it makes sense is another matter, for
the replay is total.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from typing import TYPE_CHECKING, Any, Final

import attrs
from hypothesis import strategies as st

from diplorel import Citation, Coverage, EventLog, Ladder, Level, PartialDate, Record, Source
from diplorel import events as ev

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from diplorel.event import Event, EventRetracted

    Dates = st.SearchStrategy[str]
    Events = st.SearchStrategy[Event]

# --- who, when, by whom --------------------------------------------------------------------------

PARTIES: Final = ("IDN", "SGP", "USA", "VNM")
GROUPS: Final = ("ASEAN", "EU")
DYADS: Final = tuple(combinations(PARTIES, 2))
STREAMS: Final = ("a", "b", "c")
MOMENTS: Final = tuple(datetime(year, 6, 15, 12, tzinfo=UTC) for year in (2020, 2021, 2022))
KNOWN: Final = ("2020-06-14", "2020-06-15", "2021-06-15", "2022-01-01", "2022-06-15")
PUBLISHED: Final = ("2013-09-10", "2013-09-12", "2013-10-05", "2013-12-31", "2025-01-01")

FIRST_DAY: Final = date(2013, 9, 10)
NEAR: Final = tuple((FIRST_DAY + timedelta(days=n)).isoformat() for n in range(5))
"""Five days next to each other."""
FAR: Final = ("2013-10-01", "2013-12-31", "2014-01-01", "2014-02-28")
COARSE: Final = (
    "2013-09", "2013-10", "2014-01", "2013", "2014", "201X", "20XX",
    "2013-09?", "2013-09~", "2013?", "2013~", "201X~",
    "[2013-09-11..2013-09-13]", "[2013-09-12..2013-10]", "[2013..2014-01]",
    "[..2013-09-12]", "[..2013]",
    "2013-09/2013-10", "2013/2014-01",
)  # fmt: skip
DOUBTED: Final = ("2013-09-11?", "2013-09-12~", "2013-09-11/2013-09-13", "2013-09-12/2013-10")
PROBES: Final = (
    "2009-12-31", "2013-01-01", "2013-09-09", *NEAR, "2013-09-15", "2013-09-30", "2013-10-01",
    "2013-10-31", "2013-12-31", "2014-01-01", "2014-01-31", "2014-02-28", "2014-12-31",
    "2019-12-31", "2099-12-31",
)  # fmt: skip
"""Days on which to ask: before, on and after every bound of the dates above."""

near_days = st.sampled_from(NEAR)
far_days = st.sampled_from((*NEAR, *FAR))
dates = st.one_of(near_days, far_days, st.sampled_from(COARSE), st.sampled_from(DOUBTED))
"""Any date: days for the most part, so that states get somewhere."""
probes = st.sampled_from(PROBES)
dyads = st.sampled_from(DYADS)


@st.composite
def _narrow(draw: st.DrawFn, most: int) -> str:
    first, last = sorted((draw(near_days), draw(near_days)))
    width = (date.fromisoformat(last) - date.fromisoformat(first)).days
    if width == 0:
        return first
    last = (date.fromisoformat(first) + timedelta(days=min(width, most - 1))).isoformat()
    return draw(st.sampled_from((first, f"[{first}..{last}]", f"[{first}..{last}]")))


narrow_dates = _narrow(4)
"""Days, and ranges of at most four days: the completions of a few can all be tried."""

# --- reference data ------------------------------------------------------------------------------

VNM_LADDER: Final = Ladder(
    party="VNM",
    levels=[
        Level(id="low", rank=1, names={"en": "Partnership"}),
        Level(id="mid", rank=2),
        Level(id="mid-plus", rank=2),
        Level(id="high", rank=3),
        Level(id="off"),
    ],
)
SGP_LADDER: Final = Ladder(party="SGP", levels=[Level(id="low", rank=1), Level(id="high", rank=2)])
LEVELS: Final = ("low", "mid", "mid-plus", "high", "off", "unlisted")
LADDERS: Final = ("VNM", "VNM", "SGP", "USA")

SOURCES: Final = (
    Source(id="s-joint", title="J", publisher="J", kind="joint", published="2013-12"),
    Source(id="s-gov", title="G", publisher="G", kind="government", published="2013-09-12"),
    Source(id="s-agency", title="A", publisher="A", kind="agency", published="2014"),
    Source(id="s-press", title="P", publisher="P", kind="press", derived_from="s-agency"),
)
CITED: Final = (*(source.id for source in SOURCES), "s-missing")

coverages = st.builds(
    Coverage,
    track=st.sampled_from(("ties", "level", "agreements", "recognition", "groups")),
    parties=st.lists(st.sampled_from((*PARTIES, "ASEAN")), min_size=1, max_size=2, unique=True),
    since=st.sampled_from((None, "2013-09-11", "2013-10")),
    until=st.sampled_from((None, None, "2013-12-31", "2014")),
    at_least=st.sampled_from((None, None, "mid")),
    stream=st.sampled_from(STREAMS),
)
references = st.fixed_dictionaries(
    {
        "sources": st.sampled_from((SOURCES, SOURCES, SOURCES[:2], ())),
        "ladders": st.sampled_from(((VNM_LADDER, SGP_LADDER), (VNM_LADDER,))),
        "coverage": st.lists(coverages, max_size=2),
    }
)
"""Keyword arguments of a log."""

# --- events --------------------------------------------------------------------------------------

citations = st.lists(
    st.one_of(
        st.sampled_from(CITED),
        st.builds(
            Citation,
            source=st.sampled_from(CITED),
            locator=st.sampled_from((None, "p. 1")),
            on=st.sampled_from((None, "2013-09")),
        ),
    ),
    min_size=1,
    max_size=2,
)
_seqs = st.sampled_from((0, 0, 0, 0, 1, 2))
CITIES: Final = (None, "Hanoi", "Jakarta")
_sectors = st.sampled_from(("climate", "green"))
_persons = st.sampled_from(
    (
        (),
        (),
        (ev.Person(party="VNM", name="N", offices=("government:prime-minister",)),),
        (ev.Person(party="SGP", offices=("state:president",)),),
    )
)


def _envelope(on: Dates) -> dict[str, Any]:
    return {
        "on": on,
        "sources": citations,
        "seq": _seqs,
        "place": st.sampled_from((None, None, "Hanoi")),
        "note": st.sampled_from((None, None, "n")),
        "inferred": st.sampled_from((None, None, None, "by rule")),
    }


def _wordings(pair: tuple[str, str]) -> st.SearchStrategy[tuple[ev.Wording, ...]]:
    return st.sampled_from(((), (), (ev.Wording(party=pair[0], lang="en", text="W"),)))


def ties_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw an event of the ties of a dyad."""
    kinds = st.sampled_from(
        (ev.TiesEstablished, ev.TiesEstablished, ev.TiesSevered, ev.TiesRestored, ev.TiesSuspended)
    )
    return kinds.flatmap(
        lambda kind: st.builds(kind, parties=st.sampled_from(among), **_envelope(on))
    )


def level_events(
    on: Dates = dates,
    among: Sequence[tuple[str, str]] = DYADS,
    ladders: Sequence[str] = LADDERS,
) -> Events:
    """Draw an event of a level on some ladder."""
    kinds: Any = st.sampled_from(
        (ev.LevelUpgraded, ev.LevelUpgraded, ev.LevelDowngraded, ev.LevelRenewed, ev.LevelAgreed)
    )

    def build(kind: type[Event]) -> Events:
        levels: Any = st.sampled_from(LEVELS)
        if kind is ev.LevelDowngraded:
            levels = st.none() | levels
        return st.builds(
            kind,
            parties=st.sampled_from(among),
            ladder=st.sampled_from(ladders),
            level=levels,
            **_envelope(on),
        )

    found: Events = kinds.flatmap(build)
    return found


def sector_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw the beginning or the end of a partnership in one field."""
    pairs = st.sampled_from(among)
    return st.one_of(
        st.builds(ev.SectorPartnershipFormed, parties=pairs, sector=_sectors, **_envelope(on)),
        st.builds(ev.SectorPartnershipEnded, parties=pairs, sector=_sectors, **_envelope(on)),
    )


def special_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw the beginning or the end of a special relationship."""
    pairs = st.sampled_from(among)
    return st.one_of(
        pairs.flatmap(
            lambda pair: st.builds(
                ev.SpecialRelationshipDeclared,
                parties=st.just(pair),
                wording=_wordings(pair),
                **_envelope(on),
            )
        ),
        st.builds(ev.SpecialRelationshipEnded, parties=pairs, **_envelope(on)),
    )


def agreement_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a step in the life of a document, of two parties or of more."""
    signers: Any = st.sampled_from(among)
    if len(among) > 1:
        signers |= st.sampled_from((("IDN", "SGP", "VNM"), PARTIES))
    keys = st.sampled_from(("pact", "treaty"))
    return st.one_of(
        st.builds(
            ev.AgreementSigned,
            parties=signers,
            agreement=keys,
            kind=st.sampled_from(("treaty", "memorandum")),
            fields=st.sampled_from(((), ("trade",))),
            **_envelope(on),
        ),
        st.builds(
            ev.AgreementInForce,
            parties=signers,
            agreement=keys,
            provisional=st.booleans(),
            **_envelope(on),
        ),
        st.builds(ev.AgreementTerminated, parties=signers, agreement=keys, **_envelope(on)),
    )


def _directed(among: Sequence[tuple[str, str]]) -> st.SearchStrategy[tuple[str, str]]:
    return st.sampled_from([*among, *((b, a) for a, b in among)])


def mission_events(
    on: Dates = dates,
    among: Sequence[tuple[str, str]] = DYADS,
    cities: Sequence[str | None] = CITIES,
) -> Events:
    """Draw an event of a post or of an envoy, in either direction."""
    names = st.sampled_from(("Ann", "Bo"))

    def build(way: tuple[str, str]) -> Events:
        ends = {"sender": st.just(way[0]), "receiver": st.just(way[1]), **_envelope(on)}
        kinds = st.sampled_from(("embassy", "consulate"))
        return st.one_of(
            st.builds(ev.MissionOpened, kind=kinds, city=st.sampled_from(cities), **ends),
            st.builds(ev.MissionClosed, kind=kinds, city=st.sampled_from(cities), **ends),
            st.builds(
                ev.EnvoyAccredited,
                name=names,
                envoy_rank=st.sampled_from(("ambassador", "charge")),
                **ends,
            ),
            st.builds(ev.EnvoyLeft, name=names, **ends),
        )

    return _directed(among).flatmap(build)


def recognition_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a recognition or its withdrawal, in either direction, of a state or a government."""

    def build(way: tuple[str, str]) -> Events:
        ends = {"recogniser": st.just(way[0]), "recognised": st.just(way[1]), **_envelope(on)}
        kinds = st.sampled_from(("de-jure", "de-facto"))
        return st.one_of(
            st.builds(ev.RecognitionGranted, kind=kinds, **ends),
            st.builds(
                ev.RecognitionGranted,
                kind=kinds,
                subject=st.just("government"),
                government=st.sampled_from((None, "First", "Second")),
                **ends,
            ),
            st.builds(
                ev.RecognitionWithdrawn, subject=st.sampled_from(("state", "government")), **ends
            ),
        )

    return _directed(among).flatmap(build)


def visit_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a visit or talks."""
    return st.one_of(
        _directed(among).flatmap(
            lambda way: st.builds(
                ev.VisitMade,
                visitor=st.just(way[0]),
                host=st.just(way[1]),
                persons=_persons,
                **_envelope(on),
            )
        ),
        st.builds(
            ev.TalksHeld,
            parties=st.sampled_from(among),
            persons=_persons,
            topics=st.sampled_from(((), ("trade",))),
            **_envelope(on),
        ),
    )


def figure_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a figure or a target, of a dyad or of one party; ``9`` and ``9.0`` are two texts."""
    about: Any = st.sampled_from(among)
    if len(among) > 1:
        about |= st.sampled_from([(party,) for party in PARTIES])
    number: Any = {
        "parties": about,
        "indicator": st.sampled_from(("trade", "stock")),
        "value": st.sampled_from(("9", "9.0", "12")),
        "unit": st.just("USD bn"),
        "qualifier": st.sampled_from(("=", ">")),
        **_envelope(on),
    }
    return st.one_of(
        st.builds(
            ev.FigureReported,
            period=st.sampled_from((None, "2012", "2013")),
            cumulative=st.booleans(),
            **number,
        ),
        st.builds(ev.TargetSet, due=st.sampled_from((None, "2020")), **number),
    )


def group_events(on: Dates = dates) -> Events:
    """Draw a joining or a leaving."""
    ends: Any = {
        "party": st.sampled_from(PARTIES),
        "group": st.sampled_from(GROUPS),
        **_envelope(on),
    }
    return st.one_of(
        st.builds(ev.GroupJoined, capacity=st.sampled_from(("member", "observer")), **ends),
        st.builds(ev.GroupLeft, **ends),
    )


@st.composite
def successions(draw: st.DrawFn, on: Dates = dates, others: Sequence[str] = PARTIES) -> Event:
    """Draw a succession of one of four parties by another."""
    old, new = draw(st.permutations(PARTIES))[:2]
    found: Event = draw(
        st.builds(
            ev.PartySucceeded,
            predecessor=st.just(old),
            successor=st.just(new),
            kind=st.sampled_from(("continuation", "split")),
            dyads=st.lists(st.sampled_from(others), min_size=1, max_size=3, unique=True),
            tracks=st.lists(
                st.sampled_from(
                    (
                        "ties",
                        "level",
                        "visits",
                        "missions",
                        "recognition",
                        "agreements",
                        "figures",
                        "sectors",
                    )
                ),
                min_size=1,
                max_size=8,
                unique=True,
            ),
            **_envelope(on),
        )
    )
    return found


def dyad_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw an event of any track whose subjects are dyads; ties and level for the most part."""
    return st.one_of(
        ties_events(on, among),
        level_events(on, among),
        level_events(on, among),
        sector_events(on, among),
        special_events(on, among),
        agreement_events(on, among),
        mission_events(on, among),
        recognition_events(on, among),
        visit_events(on, among),
        figure_events(on, among),
    )


def events(on: Dates = dates, *, succession: bool = True) -> Events:
    """Draw any event."""
    found = st.one_of(dyad_events(on), ties_events(on), level_events(on), group_events(on))
    return found | successions(on) if succession else found


# --- records -------------------------------------------------------------------------------------

streams = st.sampled_from(STREAMS)
moments = st.sampled_from(MOMENTS)


def _coarser(on: PartialDate) -> str:
    """Return the month in which a date begins."""
    return on.earliest.isoformat()[:7]


def changed(event: Any, **fields: Any) -> Any:
    """Return an event with other fields."""
    return attrs.evolve(event, **fields)


@st.composite
def _retold(draw: st.DrawFn, event: Event) -> Any:
    """Tell the same act again: with other content, other citations or less of a date."""
    change = draw(st.sampled_from(("place", "seq", "sources", "coarse", "year", "note", "own")))
    if change == "place":
        return changed(event, place=draw(st.sampled_from(("Hanoi", "Paris"))))
    if change == "seq":
        return changed(event, seq=draw(st.sampled_from((0, 3))))
    if change == "sources":
        return changed(event, sources=draw(citations))
    if change == "note":
        return changed(event, note="another")
    if change == "own" and isinstance(event, (ev.LevelUpgraded, ev.LevelRenewed)):
        return changed(event, level=draw(st.sampled_from(LEVELS)))
    coarse = _coarser(event.on) if change == "coarse" else event.on.earliest.isoformat()[:4]
    return changed(event, on=coarse)


@st.composite
def _correction(draw: st.DrawFn, told: Sequence[Record], base: Events) -> Any:
    """Correct something that is told already, a correction perhaps, or nothing that is there."""
    one = draw(st.sampled_from(told))
    named = draw(st.sampled_from((one.id, one.id, f"{one.id}@{one.event.digest}", "no/such")))
    if draw(st.booleans()):
        return ev.EventRetracted(target=named, reason="wrong", sources=draw(citations))
    mended = draw(base)
    if isinstance(one.event, ev.Event) and draw(st.booleans()):
        mended = changed(one.event, place="Rome", supersedes=())
    targets = {named, *([draw(st.sampled_from(told)).id] if draw(st.booleans()) else [])}
    return changed(mended, supersedes=tuple(sorted(targets)), reason="mended")


def _ring(records: list[Record], size: int) -> list[Record]:
    """Let some records of one stream correct each other in a ring, which corrects nothing."""
    some = [one for one in records if isinstance(one.event, ev.Event)][:size]
    return [
        attrs.evolve(
            one,
            stream=some[0].stream,
            event=changed(
                one.event,
                supersedes=(some[(place + 1) % len(some)].id,),
                reason="ring",
            ),
        )
        for place, one in enumerate(some)
    ]


@st.composite
def record_lists(
    draw: st.DrawFn,
    base: Events | None = None,
    *,
    most: int = 7,
    corrections: int = 4,
    least: int = 1,
) -> list[Record]:
    """Draw records of two or three streams: acts, retellings, corrections, and rings of those."""
    base = events() if base is None else base
    stream = draw(st.sampled_from((streams, st.just("a"), st.sampled_from("ab"))))
    told = [
        Record(draw(stream), draw(moments), event)
        for event in draw(st.lists(base, min_size=least, max_size=most))
    ]
    acts = [one for one in told if isinstance(one.event, ev.Event)]
    for _ in range(draw(st.integers(0, 3)) if acts else 0):
        event = draw(st.sampled_from(acts)).event
        told.append(Record(draw(stream), draw(moments), draw(_retold(event))))  # type: ignore[arg-type]
    for _ in range(draw(st.integers(0, corrections)) if told else 0):
        told.append(Record(draw(stream), draw(moments), draw(_correction(told, base))))
    if corrections and draw(st.integers(0, 7)) == 7:
        told += _ring(told, draw(st.integers(1, 3)))
    return told


@st.composite
def logs(
    draw: st.DrawFn,
    base: Events | None = None,
    *,
    most: int = 7,
    corrections: int = 4,
    least: int = 1,
) -> EventLog:
    """Draw a log with its sources, ladders and coverage."""
    records = draw(record_lists(base, most=most, corrections=corrections, least=least))
    return EventLog(records, **draw(references))


def log_of(
    events: Sequence[Event | EventRetracted],
    *,
    coverage: Sequence[Coverage] = (),
    stream: str = "a",
) -> EventLog:
    """Return a log of events that one stream recorded at one moment."""
    return EventLog(
        events,
        stream=stream,
        at=MOMENTS[0],
        sources=SOURCES,
        ladders=(VNM_LADDER, SGP_LADDER),
        coverage=coverage,
    )


def distinct(found: Events, *, least: int, most: int) -> st.SearchStrategy[list[Event]]:
    """Draw a list of events of which no two share an id."""
    by_id: Callable[[Event], str] = lambda event: event.id  # noqa: E731
    return st.lists(found, min_size=least, max_size=most, unique_by=by_id)


KIN: Final = (("IDN", "VNM"), ("SGP", "VNM"), ("USA", "VNM"))
"""Dyads that can pass on to each other, when one of the three succeeds another."""


def kin_events(on: Dates = dates) -> Events:
    """Draw an event of three dyads that succeed each other time and again."""
    return st.one_of(
        successions(on, ("VNM",)), dyad_events(on, KIN), ties_events(on, KIN), visit_events(on, KIN)
    )

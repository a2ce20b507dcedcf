"""Strategies for events, track by track.

Everything that they draw is valid data; whether it makes sense is another matter, for the replay
is total.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st

from diplorel.model.events import Person, Wording
from diplorel.model.sources import Citation
from diplorel.testing.dense import (
    CITED,
    DYADS,
    GROUPS,
    LADDERS,
    LEVELS,
    PARTIES,
    dates,
)
from diplorel.tracks.agreements import (
    AgreementInForce,
    AgreementJoined,
    AgreementLeft,
    AgreementSigned,
    AgreementTerminated,
)
from diplorel.tracks.envoys import EnvoyAccredited, EnvoyLeft
from diplorel.tracks.figures import FigureReported, TargetSet
from diplorel.tracks.groups import GroupJoined, GroupLeft
from diplorel.tracks.level import (
    LevelAgreed,
    LevelDowngraded,
    LevelHeld,
    LevelRenewed,
    LevelUpgraded,
)
from diplorel.tracks.posts import MissionClosed, MissionOpened
from diplorel.tracks.recognition import RecognitionGranted, RecognitionWithdrawn
from diplorel.tracks.sectors import SectorPartnershipEnded, SectorPartnershipFormed
from diplorel.tracks.special import SpecialRelationshipDeclared, SpecialRelationshipEnded
from diplorel.tracks.succession import PartySucceeded
from diplorel.tracks.ties import TiesEstablished, TiesRestored, TiesSevered, TiesSuspended
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.events import Event

    Dates = st.SearchStrategy[str]
    Events = st.SearchStrategy[Event]

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
CITIES: Final = (None, "Hanoi", "Jakarta", "Batavia")  # the last is a former name
_sectors = st.sampled_from(("climate", "green"))
_persons = st.sampled_from(
    (
        (),
        (),
        (Person(party="VNM", name="N", offices=("government:prime-minister",)),),
        (Person(party="SGP", offices=("state:president",)),),
    )
)


def _envelope(on: Dates) -> dict[str, Any]:
    return {
        "on": on,
        "sources": citations,
        "seq": _seqs,
        "nth": st.sampled_from((1,) * 7 + (2,)),
        "place": st.sampled_from((None, None, "Hanoi")),
        "note": st.sampled_from((None, None, "n")),
        "inferred": st.sampled_from((None, None, None, "by rule")),
    }


def _wordings(pair: tuple[str, str]) -> st.SearchStrategy[tuple[Wording, ...]]:
    return st.sampled_from(((), (), (Wording(party=pair[0], lang="en", text="W"),)))


def ties_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw an event of the ties of a dyad."""
    kinds = st.sampled_from(
        (TiesEstablished, TiesEstablished, TiesSevered, TiesRestored, TiesSuspended)
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
        (LevelUpgraded, LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed)
    )

    def build(kind: type[Event]) -> Events:
        levels: Any = st.sampled_from(LEVELS)
        if kind is LevelDowngraded:
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


def vague_level_events(
    on: Dates = dates,
    among: Sequence[tuple[str, str]] = DYADS,
    ladders: Sequence[str] = LADDERS,
) -> Events:
    """Draw an event of a level that leaves open which level was reached, or when."""
    shared = {
        "parties": st.sampled_from(among),
        "ladder": st.sampled_from(ladders),
        **_envelope(on),
    }
    return st.one_of(
        st.builds(LevelHeld, level=st.sampled_from(LEVELS), **shared),
        st.builds(LevelUpgraded, unnamed=st.just(True), **shared),
    )


def sector_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw the beginning or the end of a partnership in one field."""
    pairs = st.sampled_from(among)
    return st.one_of(
        st.builds(SectorPartnershipFormed, parties=pairs, sector=_sectors, **_envelope(on)),
        st.builds(SectorPartnershipEnded, parties=pairs, sector=_sectors, **_envelope(on)),
    )


def special_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw the beginning or the end of a special relationship."""
    pairs = st.sampled_from(among)
    return st.one_of(
        pairs.flatmap(
            lambda pair: st.builds(
                SpecialRelationshipDeclared,
                parties=st.just(pair),
                wording=_wordings(pair),
                **_envelope(on),
            )
        ),
        st.builds(SpecialRelationshipEnded, parties=pairs, **_envelope(on)),
    )


def agreement_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a step in the life of an agreement: of two parties, of more, or of one that comes."""
    alone = st.sampled_from([(party,) for party in sorted({*chain(*among)})])
    signers: Any = st.sampled_from(among) | alone
    if len(among) > 1:
        signers |= st.sampled_from((("IDN", "SGP", "VNM"), PARTIES))
    keys = st.sampled_from(("pact", "treaty"))
    steps = {"parties": signers, "agreement": keys, **_envelope(on)}
    return st.one_of(
        st.builds(
            AgreementSigned,
            kind=st.sampled_from(("treaty", "memorandum", "document")),
            fields=st.sampled_from(((), ("trade",))),
            **steps,
        ),
        st.builds(AgreementJoined, **steps),
        st.builds(AgreementInForce, provisional=st.booleans(), **steps),
        st.builds(AgreementLeft, **steps),
        st.builds(AgreementTerminated, **steps),
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
            st.builds(MissionOpened, kind=kinds, city=st.sampled_from(cities), **ends),
            st.builds(MissionClosed, kind=kinds, city=st.sampled_from(cities), **ends),
            st.builds(
                EnvoyAccredited,
                name=names,
                envoy_rank=st.sampled_from(("ambassador", "charge", "consul")),
                acting=st.booleans(),
                **ends,
            ),
            st.builds(EnvoyLeft, name=names, **ends),
        )

    return _directed(among).flatmap(build)


def recognition_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a recognition or its withdrawal, in either direction, of a state or a government."""

    def build(way: tuple[str, str]) -> Events:
        ends = {"recogniser": st.just(way[0]), "recognised": st.just(way[1]), **_envelope(on)}
        kinds = st.sampled_from(("de-jure", "de-facto"))
        return st.one_of(
            st.builds(RecognitionGranted, kind=kinds, **ends),
            st.builds(
                RecognitionGranted,
                kind=kinds,
                subject=st.just("government"),
                government=st.sampled_from((None, "First", "Second")),
                **ends,
            ),
            st.builds(
                RecognitionWithdrawn, subject=st.sampled_from(("state", "government")), **ends
            ),
        )

    return _directed(among).flatmap(build)


def visit_events(on: Dates = dates, among: Sequence[tuple[str, str]] = DYADS) -> Events:
    """Draw a visit or talks."""
    return st.one_of(
        _directed(among).flatmap(
            lambda way: st.builds(
                VisitMade,
                visitor=st.just(way[0]),
                host=st.just(way[1]),
                persons=_persons,
                **_envelope(on),
            )
        ),
        st.builds(
            TalksHeld,
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
            FigureReported,
            period=st.sampled_from((None, "2012", "2013")),
            cumulative=st.booleans(),
            **number,
        ),
        st.builds(TargetSet, due=st.sampled_from((None, "2020")), **number),
    )


def group_events(on: Dates = dates) -> Events:
    """Draw a joining or a leaving."""
    ends: Any = {
        "party": st.sampled_from(PARTIES),
        "group": st.sampled_from(GROUPS),
        **_envelope(on),
    }
    return st.one_of(
        st.builds(GroupJoined, capacity=st.sampled_from(("member", "observer")), **ends),
        st.builds(GroupLeft, **ends),
    )


@st.composite
def successions(draw: st.DrawFn, on: Dates = dates, others: Sequence[str] = PARTIES) -> Event:
    """Draw a succession of one of four parties by another."""
    old, new = draw(st.permutations(PARTIES))[:2]
    found: Event = draw(
        st.builds(
            PartySucceeded,
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
                        "groups",
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
    found = st.one_of(
        dyad_events(on),
        ties_events(on),
        level_events(on),
        vague_level_events(on),
        group_events(on),
    )
    return found | successions(on) if succession else found


KIN: Final = (("IDN", "VNM"), ("SGP", "VNM"), ("USA", "VNM"))
"""Dyads that can pass on to each other, when one of the three succeeds another."""


def kin_events(on: Dates = dates) -> Events:
    """Draw an event of three dyads that succeed each other time and again."""
    return st.one_of(
        successions(on, ("VNM",)), dyad_events(on, KIN), ties_events(on, KIN), visit_events(on, KIN)
    )

"""Missions: embassies, consulates and their heads, each from a sender to a receiver.

One state may accredit one head of mission to several (Vienna Convention on Diplomatic Relations
1961, article 5), a recall is not a severance of ties, and after a severance a third state may
protect the interests of the one that left (article 45).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from diplorel.errors import CheckedStrEnum, InvalidEventError, did_you_mean, nearest
from diplorel.language import vocabulary
from diplorel.model.converters import date_or_none, one_party, pair, slugify
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence
from diplorel.model.text import line_or_none, one_line
from diplorel.tracks.track import (
    Cell,
    Rule,
    Track,
    begins_once,
    ends_what_stands,
    ends_with_a_party,
    its_dyad,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Answers, DyadView


class MissionKind(CheckedStrEnum):
    """What sort of post it is."""

    EMBASSY = "embassy"
    LEGATION = "legation"
    HIGH_COMMISSION = "high-commission"
    AGENCY = "agency"
    """A diplomatic agency, as there were in Cairo, Tangier or Sofia."""
    LIAISON_OFFICE = "liaison-office"
    INTERESTS_SECTION = "interests-section"
    """What looks after one's interests without relations, within a third state's mission."""
    CONSULATE_GENERAL = "consulate-general"
    CONSULATE = "consulate"
    CONSULAR_AGENCY = "consular-agency"
    REPRESENTATION = "representation"
    """An office of another kind: a delegation, a mission to an organisation, a trade office."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _MissionEvent(Event):
    sender: str = attrs.field(converter=one_party)
    receiver: str = attrs.field(converter=one_party)
    kind: MissionKind = attrs.field(default=MissionKind.EMBASSY, converter=MissionKind)
    city: str | None = attrs.field(default=None, converter=line_or_none)
    dyad: tuple[str, str] = attrs.field(
        default=attrs.Factory(lambda self: pair(self.sender, self.receiver), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The sender, then the receiver."""
        return (self.sender, self.receiver)

    @property
    def discriminator(self) -> str:
        """The kind of post and the city."""
        city = self.detail
        return f"{self.kind.value}/{city}" if city else self.kind.value

    @property
    def detail(self) -> str:
        """The city, which a coarser account can leave out."""
        return slugify(self.city or "")

    @property
    def undated_key(self) -> tuple[str, ...]:
        """What is done, but for the city."""
        return (self.type, *self.parties, self.kind.value)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissionOpened(_MissionEvent):
    """A post was opened, or raised to another class.

    Effect: the sender has that post. A diplomatic mission of another class or in another city takes
    the place of the one before, as a consulate of another class does in its city.

    Attributes:
        sender: Whose post it is.
        receiver: Where it is accredited.
        kind: What sort of post it is.
        city: Where it is.
        accredited_from: The city or country from which it covers the receiver, where it is not
            resident.
        protecting_power: The party within whose mission an interests section works.

    >>> MissionOpened(on="1995-08-06", sender="USA", receiver="VNM", city="Hanoi",
    ...               sources=["rdcr-vietnam"]).id
    'mission-opened/USA-VNM/1995-08-06/embassy/hanoi'
    """

    type: ClassVar[str] = "mission-opened"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    accredited_from: str | None = None
    protecting_power: str | None = attrs.field(
        default=None, converter=attrs.converters.optional(one_party)
    )

    def _check(self) -> None:
        super()._check()
        if self.protecting_power is None:
            return
        if self.kind is not MissionKind.INTERESTS_SECTION:
            raise InvalidEventError(
                f"protecting_power: only an interests section has one, and this is of the kind "
                f"{self.kind.value!r}"
            )
        if self.protecting_power in self.parties:
            raise InvalidEventError(
                f"protecting_power: {self.protecting_power!r} is a side of it, expected a third one"
            )

    def third_parties(self) -> Iterable[tuple[str, str]]:
        """Return the protecting power."""
        if self.protecting_power is not None:
            yield "protecting_power", self.protecting_power


@attrs.frozen(kw_only=True, eq=False, repr=False)
class MissionClosed(_MissionEvent):
    """A post was closed.

    Effect: the sender has that post no more.

    Attributes:
        sender: Whose post it was.
        receiver: Where it was accredited.
        kind: What sort of post it was.
        city: Where it was.
    """

    type: ClassVar[str] = "mission-closed"
    precedence: ClassVar[Precedence] = Precedence.ENDED


class EnvoyRank(CheckedStrEnum):
    """The class of a head of mission (Vienna Convention on Diplomatic Relations, article 14)."""

    AMBASSADOR = "ambassador"
    ENVOY = "envoy"
    """An envoy extraordinary and minister plenipotentiary, or a minister plenipotentiary."""
    MINISTER_RESIDENT = "minister-resident"
    CHARGE = "charge"
    AGENT = "agent"
    """A diplomatic agent or a commissioner."""
    CONSUL = "consul"
    OTHER = "other"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _EnvoyEvent(Event):
    sender: str = attrs.field(converter=one_party)
    receiver: str = attrs.field(converter=one_party)
    name: str = attrs.field(converter=one_line)
    dyad: tuple[str, str] = attrs.field(
        default=attrs.Factory(lambda self: pair(self.sender, self.receiver), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The sender, then the receiver."""
        return (self.sender, self.receiver)

    @property
    def discriminator(self) -> str:
        """The name of the envoy."""
        return slugify(self.name)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EnvoyAccredited(_EnvoyEvent):
    """A head of mission presented credentials or took up the post, or somebody stood in for one.

    Meaning: the post was taken up. Who was appointed and never came is no event. An envoy always
    has a name: it keeps one apart from the next.
    Effect: the sender has that head of mission, who follows the one before, of whatever class, and
    whoever stood in until then. Who is `acting` displaces nobody but another who is. A consul
    is independent of them.

    Attributes:
        sender: Who sends.
        receiver: Who receives.
        name: The envoy's name.
        envoy_rank: The class of the head of mission.
        acting: Whether the envoy only stands in, as a chargé d'affaires ad interim.
        title: The office in the source's words, where the class does not say it all.
        accredited_from: The city or country from which the envoy covers the receiver, where it is
            one of several.
        appointed: The day of the appointment, where a source gives it.

    >>> EnvoyAccredited(on="1882-07-07", sender="USA", receiver="KINGDOM_OF_SERBIA",
    ...                 name="Eugene Schuyler", envoy_rank="minister-resident",
    ...                 accredited_from="Athens", sources=["pocom"]).id
    'envoy-accredited/USA-KINGDOM_OF_SERBIA/1882-07-07/eugene-schuyler'
    """

    type: ClassVar[str] = "envoy-accredited"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    envoy_rank: EnvoyRank = attrs.field(default=EnvoyRank.AMBASSADOR, converter=EnvoyRank)
    acting: bool = False
    title: str | None = attrs.field(default=None, converter=line_or_none)
    accredited_from: str | None = None
    appointed: PartialDate | None = attrs.field(default=None, converter=date_or_none)

    def inconsistencies(self) -> Iterable[tuple[str, str, str]]:
        """Return whether the appointment is after the day on which the post was taken up."""
        if self.appointed is not None and self.appointed.after(self.on):
            taken_up = f"the day on which the post was taken up, {self.on.text}"
            yield (
                "DR308",
                f"the appointment, {self.appointed.text}, is after {taken_up}",
                "Correct one of the two dates",
            )


class Departure(CheckedStrEnum):
    """Why an envoy left."""

    END_OF_TERM = "end-of-term"
    """As a rule: left the post, presented letters of recall, the appointment ran out."""
    RECOMMISSIONED = "recommissioned"
    """Commissioned anew: to another class, or to another set of receivers."""
    SUPERSEDED = "superseded"
    RECALLED = "recalled"
    """Called home as a step against the receiver."""
    EXPELLED = "expelled"
    """Declared unwelcome, or the receiver asked for the recall."""
    DIED = "died"
    MISSION_CLOSED = "mission-closed"
    TIES_SUSPENDED = "ties-suspended"
    TIES_SEVERED = "ties-severed"
    OTHER = "other"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class EnvoyLeft(_EnvoyEvent):
    """A head of mission left the post.

    Effect: the sender has that envoy no more; a recall severs no ties.

    Attributes:
        sender: Who sent.
        receiver: Who received.
        name: The envoy's name.
        departure: Why.
    """

    type: ClassVar[str] = "envoy-left"
    precedence: ClassVar[Precedence] = Precedence.ENDED

    departure: Departure = attrs.field(default=Departure.OTHER, converter=Departure)


@attrs.frozen
class Mission:
    """One post that is open."""

    sender: str
    receiver: str
    kind: MissionKind
    city: str | None
    since: PartialDate
    accredited_from: str | None = None
    protecting_power: str | None = None


@attrs.frozen
class Envoy:
    """One head of mission in office, or who stands in for one."""

    sender: str
    receiver: str
    name: str
    rank: EnvoyRank
    since: PartialDate
    acting: bool = False
    title: str | None = None
    accredited_from: str | None = None


@attrs.frozen
class MissionsState:
    """Who has posts and envoys with whom, by direction."""

    missions: tuple[Mission, ...] = ()
    envoys: tuple[Envoy, ...] = ()

    def sent_by(self, party: str) -> tuple[Mission, ...]:
        """Return the open posts of one side, by its id."""
        return tuple(mission for mission in self.missions if mission.sender == party)


class _Missions:
    __slots__ = ("came", "envoys", "posts")

    def __init__(self) -> None:
        self.posts: dict[tuple[str, str, str], MissionOpened] = {}
        self.envoys: dict[tuple[str, str, str], EnvoyAccredited] = {}
        # by sender, receiver and the name in small letters; one can leave after the next one came
        self.came: dict[tuple[str, str, str], str] = {}


_CONSULAR: Final = frozenset(
    {MissionKind.CONSULATE_GENERAL, MissionKind.CONSULATE, MissionKind.CONSULAR_AGENCY}
)


def _city(event: _MissionEvent | Mission) -> str | None:
    """Return the city as cities are compared: without regard to case, spacing and form."""
    return None if event.city is None else slugify(event.city)


def _post(event: _MissionEvent | Mission) -> tuple[str, str, str]:
    """Say which post it is.

    A sender has one diplomatic mission with a receiver, of whatever class and wherever it stands,
    and consulates and offices of other kinds by their cities.
    """
    if event.kind in _CONSULAR:
        post = f"consulate in {_city(event) or '?'}"
    elif event.kind is MissionKind.REPRESENTATION:
        post = f"representation in {_city(event) or '?'}"
    else:
        post = "mission"
    return (event.sender, event.receiver, post)


def same_post(post: Mission | MissionOpened, event: _MissionEvent) -> bool:
    """Say whether an event can be of a post that is open: the same, if no city speaks against it.

    >>> mission = Mission("USA", "VNM", MissionKind.LEGATION, "Hanoi", PartialDate("1950"))
    >>> same_post(mission, MissionClosed(on="1975", sender="USA", receiver="VNM", sources=["s"]))
    True
    """
    cities = {_city(post), _city(event)} - {None}
    return _post(post) == _post(event) and len(cities) <= 1


def _open(acc: _Missions, event: MissionOpened) -> None:
    post = _post(event)
    held = acc.posts.get(post)
    moved = held is not None and len({_city(held), _city(event)} - {None}) > 1
    if held is None or moved or held.kind is not event.kind:
        acc.posts[post] = event


def _close(acc: _Missions, event: MissionClosed) -> None:
    acc.posts.pop(_post(event), None)


def _end(acc: _Missions, event: Event) -> None:
    acc.posts.clear()
    acc.envoys.clear()


def _seat(event: EnvoyAccredited) -> str:
    """Say which place an envoy takes: one head of mission, one who stands in, one consul."""
    if event.envoy_rank is EnvoyRank.CONSUL:
        return "consul"
    return "acting" if event.acting else "head"


def _accredit(acc: _Missions, event: EnvoyAccredited) -> None:
    seat = _seat(event)
    acc.envoys[event.sender, event.receiver, seat] = event
    acc.came[event.sender, event.receiver, slugify(event.name)] = event.name
    if seat == "head":
        acc.envoys.pop((event.sender, event.receiver, "acting"), None)


def _leave(acc: _Missions, event: EnvoyLeft) -> None:
    for key, envoy in [*acc.envoys.items()]:
        if (envoy.sender, envoy.receiver) == (event.sender, event.receiver) and slugify(
            envoy.name
        ) == slugify(event.name):
            del acc.envoys[key]


def _freeze(acc: _Missions) -> MissionsState:
    return MissionsState(
        tuple(
            Mission(
                ev.sender,
                ev.receiver,
                ev.kind,
                ev.city,
                ev.on,
                ev.accredited_from,
                ev.protecting_power,
            )
            for _, ev in sorted(acc.posts.items())
        ),
        tuple(
            Envoy(
                ev.sender,
                ev.receiver,
                ev.name,
                ev.envoy_rank,
                ev.on,
                ev.acting,
                ev.title,
                ev.accredited_from,
            )
            for _, ev in sorted(acc.envoys.items())
        ),
    )


def _cells(event: Event) -> tuple[Cell, ...]:
    """Two posts, a post and an envoy, and envoys of two senders leave each other alone."""
    if isinstance(event, _MissionEvent):
        return (_post(event),)
    return ((*event.parties, "envoys"),)


def _open_since(acc: _Missions, event: MissionOpened) -> PartialDate | None:
    held = acc.posts.get(_post(event))
    if held is None or (held.kind, _city(held)) != (event.kind, _city(event)):
        return None
    return held.on


def _in_office_since(acc: _Missions, event: EnvoyAccredited) -> PartialDate | None:
    held = acc.envoys.get((event.sender, event.receiver, _seat(event)))
    if held is None or slugify(held.name) != slugify(event.name):
        return None
    return held.on


def _answers(acc: _Missions, _: Reference) -> Answers:
    """Return posts and envoys, and who ever came, which tells whether somebody can leave."""
    held = (*acc.posts.items(), *acc.envoys.items())
    return (("state", (frozenset((key, id(event)) for key, event in held), frozenset(acc.came))),)


def _is_open(acc: _Missions, event: MissionClosed) -> bool:
    return any(same_post(post, event) for post in acc.posts.values())


def _find_stranger(
    acc: _Missions, event: EnvoyLeft, reference: Reference
) -> tuple[str, str] | None:
    ends = (event.sender, event.receiver)
    if (*ends, slugify(event.name)) in acc.came:
        return None
    names = sorted(name for (*way, _), name in acc.came.items() if (*way,) == ends)
    return (
        f"nobody named {event.name!r} took up the post before it",
        did_you_mean(nearest(event.name, names, limit=1)).strip()
        or "Add the envoy-accredited by which it began",
    )


def _inherit(acc: _Missions, old: str, new: str) -> _Missions:
    def moved(key: tuple[str, str, str], event: Event) -> tuple[tuple[str, str, str], Event]:
        ends = tuple(new if party == old else party for party in key[:2])
        sender, receiver = ends
        return (sender, receiver, key[2]), attrs.evolve(
            event,
            sender=sender,
            receiver=receiver,  # type: ignore[call-arg]  # both have them
        )

    copy = _Missions()
    copy.posts = dict(moved(*item) for item in acc.posts.items())  # type: ignore[misc]
    copy.envoys = dict(moved(*item) for item in acc.envoys.items())  # type: ignore[misc]
    copy.came = {
        (new if sender == old else sender, new if receiver == old else receiver, key): name
        for (sender, receiver, key), name in acc.came.items()
    }
    return copy


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "mission-opened": (
        "{sender} opened {kind} in {receiver}{city}.",
        "{sender} mở {kind} tại {receiver}{city}.",
    ),
    "mission-closed": (
        "{sender} closed {kind} in {receiver}{city}.",
        "{sender} đóng cửa {kind} tại {receiver}{city}.",
    ),
    "envoy-accredited": (
        "{name} became {kind} of {sender} to {receiver}.",
        "{name} nhậm chức {kind} của {sender} tại {receiver}.",
    ),
    "envoy-left": (
        "{name} left the post as head of mission of {sender} to {receiver}{why}.",
        "{name} rời cương vị trưởng cơ quan đại diện của {sender} tại {receiver}{why}.",
    ),
    "covered from": (", covered from {city}", ", kiêm nhiệm từ {city}"),
    "state": ("Posts of {party}", "Cơ quan đại diện của {party}"),
}


def _clause(
    event: MissionOpened | MissionClosed | EnvoyAccredited | EnvoyLeft, grammar: Grammar
) -> tuple[str, dict[str, str]]:
    parts = {"sender": grammar.name(event.sender), "receiver": grammar.name(event.receiver)}
    if isinstance(event, (MissionOpened, MissionClosed)):
        city = grammar.in_city(event.city)
        if isinstance(event, MissionOpened) and event.accredited_from:
            city += grammar.say(_PHRASES, "covered from", city=event.accredited_from)
        parts |= {"kind": grammar.say(vocabulary.POSTS, event.kind), "city": city}
    elif isinstance(event, EnvoyAccredited):
        kind = grammar.say(vocabulary.ENVOYS, event.envoy_rank)
        if event.acting:
            kind = grammar.say(vocabulary.ENVOYS, "acting", kind=kind)
        parts |= {"name": event.name, "kind": kind}
    else:
        why = grammar.say(vocabulary.DEPARTURES, event.departure)
        parts |= {"name": event.name, "why": why}
    return event.type, parts


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    for party in grammar.in_order(dyad.parties):
        posts = [
            f"{grammar.say(vocabulary.POSTS, one.kind)}{grammar.in_city(one.city)}, "
            + grammar.since(one.since)
            for one in dyad.state(MISSIONS).sent_by(party)
        ]
        if posts:
            yield grammar.say(_PHRASES, "state", party=grammar.name(party)), "; ".join(posts)


MISSIONS: Final[Track[_Missions, MissionsState]] = Track(
    name="missions",
    owns=(MissionOpened, MissionClosed, EnvoyAccredited, EnvoyLeft),
    handlers={
        MissionOpened: _open,
        MissionClosed: _close,
        EnvoyAccredited: _accredit,
        EnvoyLeft: _leave,
        **ends_with_a_party(_end),
    },
    start=_Missions,
    freeze=_freeze,
    none=MissionsState(),
    unknown=MissionsState(),
    subjects=its_dyad,
    cells=_cells,
    rules={
        MissionOpened: (begins_once(_open_since),),
        MissionClosed: (ends_what_stands(_is_open),),
        EnvoyAccredited: (begins_once(_in_office_since, reported=False),),
        EnvoyLeft: (
            Rule(code="DR307", find=_find_stranger, where_complete=lambda acc, event: True),
        ),
    },
    answers=_answers,
    inherit=_inherit,
    label=("missions", "cơ quan đại diện"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of missions and envoys."""

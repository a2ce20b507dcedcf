"""The world by the plainest means: what the design says, over lists and dicts, again and again.

Nothing here is shared with the library's records, replay or tracks. Events only lend their fields,
their ids and their canonical text.
"""

from __future__ import annotations

from itertools import dropwhile, groupby
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import attrs

from diplorel.model.dates import PartialDate
from diplorel.model.events import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from diplorel import Record, Source

Event = Any
"""An event; its class is known by its type name alone."""

KINDS: Final = ("joint", "government", "agency", "press", "scholarly", "reference")


# --- from records to events -----------------------------------------------------------------------


class Node(NamedTuple):
    """What one stream says in one wording."""

    stream: str
    id: str
    digest: str
    event: Event


class Visible(NamedTuple):
    """The events that a set of records tells."""

    events: dict[str, Event]
    denied: set[str]
    corroborations: dict[str, str]
    ambiguous: dict[str, set[str]]
    apart: set[frozenset[str]]
    dead: set[tuple[str, str, str]]
    loops: set[tuple[str, str, str]]
    outvoted: set[tuple[str, str, str]]


def known_on(
    records: Iterable[Record],
    sources: Mapping[str, Source],
    *,
    day: str,
    clock: str,
) -> list[Record]:
    """Return what was known at the end of a day, by one of the two clocks."""
    return [one for one in records if _moment_known(one, sources, clock) <= day]


def _moment_known(record: Record, sources: Mapping[str, Source], clock: str) -> str:
    if clock == "recorded":
        recorded: datetime = record.recorded
        return recorded.date().isoformat()
    event: Event = record.event
    if event.type == "event-retracted":
        return ""
    days = []
    for citation in event.sources:
        document = _document(citation.source, sources)
        dates = [sources[id].published for id in document if id in sources]
        days.append(
            min((on.latest.isoformat() for on in dates if on), default=event.on.latest.isoformat())
        )
    return min(days)


def _document(id: str, sources: Mapping[str, Source]) -> set[str]:
    """Return the ids of all entries of a document, itself included."""
    found = {id}
    for _ in sources:
        found |= {one.id for one in sources.values() if one.same_as in found}
        found |= {sources[one].same_as or one for one in found if one in sources}
    return found


def visible(records: Iterable[Record], sources: Mapping[str, Source]) -> Visible:
    """Return the events that records tell, by the default policy."""
    nodes = {Node(one.stream, one.id, one.event.digest, one.event) for one in records}
    live, dead = _grounded(nodes)
    corrections = {node for node in nodes if node.event.supersedes}
    loops = corrections - live - dead
    standing = [node for node in nodes - dead if node.event.type != "event-retracted"]
    events: dict[str, Event] = {}
    reporters: dict[str, set[str]] = {}
    denied: set[str] = set()
    outvoted = _outvoted(standing, live & corrections, sources, nodes)
    standing = [node for node in standing if node not in outvoted]
    for id in {node.id for node in standing}:
        mine = [node for node in standing if node.id == id]
        chosen, denial, _ = _chosen(mine, live & corrections - outvoted, sources, nodes)
        if denial:
            denied.add(id)
        else:
            events[id] = chosen
            reporters[id] = {node.stream for node in mine}
    corroborations, ambiguous, apart = _corroborated(events, reporters, sources)
    return Visible(
        {
            id: event
            for id, event in events.items()
            if id not in corroborations and id not in ambiguous
        },
        denied,
        corroborations,
        ambiguous,
        apart,
        {node[:3] for node in dead},
        {node[:3] for node in loops},
        {node[:3] for node in outvoted},
    )


def _outvoted(
    standing: list[Node], corrections: set[Node], sources: Mapping[str, Source], nodes: set[Node]
) -> set[Node]:
    """Return the replacements that lose against an event of another stream that they replace."""
    lost: set[Node] = set()
    while True:
        new = set()
        for id in {node.id for node in standing}:
            mine = [node for node in standing if node.id == id]
            _, denial, followed = _chosen(mine, corrections - lost, sources, nodes)
            for one in corrections - lost:
                if one.event.type == "event-retracted" or denial:
                    continue
                if _against(one, mine, nodes) & followed:
                    new.add(one)
        if not new:
            return lost
        lost |= new


def _names(correction: Node, other: Node) -> bool:
    """Say whether a correction names what another says, by its id or by its very words."""
    named = set(correction.event.supersedes)
    if other.event.type == "event-retracted" != correction.event.type:
        return False  # nothing takes the place of a retraction
    return correction != other and bool({other.id, f"{other.id}@{other.digest}"} & named)


def reach(node: Node, nodes: set[Node]) -> set[Node]:
    """Return what a correction reaches: a replacement takes over what those so reached named."""
    mine = {one for one in nodes if one.stream == node.stream}
    found: set[Node] = set()
    new = {one for one in mine if _names(node, one)}
    while new:
        found |= new
        if node.event.type == "event-retracted":
            break
        through = {one for one in new if one.event.type != "event-retracted"}
        new = {two for one in through for two in mine if _names(one, two)} - found
    return found - {node}


def _grounded(nodes: set[Node]) -> tuple[set[Node], set[Node]]:
    """Return what lives and what is dead: the least fixed point, looked for until nothing moves.

    A node lives when everything that reaches it is dead; it is dead when something alive reaches
    it; what is neither stands in a loop.
    """
    reached = {node: reach(node, nodes) for node in nodes if node.event.supersedes}
    reachers = {node: {one for one in reached if node in reached[one]} for node in nodes}
    live: set[Node] = set()
    dead: set[Node] = set()
    while True:
        now_live = {node for node in nodes if reachers[node] <= dead}
        now_dead = {node for node in nodes if reachers[node] & now_live}
        if (now_live, now_dead) == (live, dead):
            return live, dead
        live, dead = now_live, now_dead


def _chosen(
    accounts: list[Node],
    corrections: set[Node],
    sources: Mapping[str, Source],
    nodes: set[Node],
) -> tuple[Event, bool, set[str]]:
    """Return the account of one event that the default policy follows.

    With it, whether it denies the event, and the digests of those who give it.
    """
    options: list[tuple[tuple[Any, ...], Event, set[str], set[str] | None]] = []
    for content in {repr(node.event.content()) for node in accounts}:
        tellers = [node for node in accounts if repr(node.event.content()) == content]
        same = [node.event for node in tellers]
        cited = {citation for event in same for citation in event.sources}
        united = attrs.evolve(min(same, key=canonical), sources=tuple(cited))
        key = (_kind(united, sources), False, canonical(united))
        options.append((key, united, {node.digest for node in tellers}, None))
    for one in corrections:
        against = _against(one, accounts, nodes)
        if against:
            key = (_kind(one.event, sources), True, canonical(one.event))
            options.append((key, one.event, set(), against))
    options.sort(key=lambda option: option[0])
    refused: set[str] = set()
    for _, event, digests, against_ in options:
        if against_ is not None:
            refused |= against_
        elif not digests & refused:
            return event, False, digests
    return options[0][1], True, set()


def _against(one: Node, accounts: list[Node], nodes: set[Node]) -> set[str]:
    """Return the digests of the accounts of other streams against which a correction speaks."""
    speakers = {one, *(other for other in reach(one, nodes) if other.event.supersedes)}
    if one.event.type == "event-retracted":
        speakers = {one}
    return {
        node.digest
        for node in accounts
        for speaker in speakers
        if speaker.event.type != "event-retracted" or speaker == one
        if node.stream != one.stream and _names(speaker, node)
    }


def _kind(event: Event, sources: Mapping[str, Source]) -> int:
    """Return how much authority the sources of an event have together; less is more."""
    known = [sources.get(citation.source) for citation in event.sources]
    official = [one for one in known if one is not None and one.kind.value == "government"]
    parties = getattr(event, "parties", None)
    if parties is None:  # a retraction names no parties
        parties = {one.side for one in official}
    if len({one.side for one in official if one.side and one.side in parties}) > 1:
        return KINDS.index("joint")

    def rank(source: Source | None) -> int:
        if source is None:
            return len(KINDS)
        if source in official and source.side and source.side not in parties:
            return KINDS.index("agency")
        return KINDS.index(source.kind.value)

    return min(map(rank, known))


def _coarse(event: Event) -> tuple[int, int, bool, str]:
    doubts = sum(map(event.on.text.count, "?~"))
    return ((event.on.latest - event.on.earliest).days, doubts, _nowhere(event), event.id)


def _nowhere(event: Event) -> bool:
    """Say whether an event of a mission leaves out the city."""
    return event.type in ("mission-opened", "mission-closed") and not event.city


def _same(coarse: Event, narrow: Event) -> bool:
    if coarse.type in ("mission-opened", "mission-closed"):
        return (
            coarse.type == narrow.type
            and bool((coarse.parties, coarse.kind) == (narrow.parties, narrow.kind))
            and (_nowhere(coarse) or city_of(coarse) == city_of(narrow))
        )
    events = [(one.undated_key, one.discriminator) for one in (coarse, narrow)]
    return events[0] == events[1]


def _holds(coarse: Event, narrow: Event) -> bool:
    inside = coarse.on.earliest <= narrow.on.earliest and narrow.on.latest <= coarse.on.latest
    ends = [event.on.text.partition("/")[2] for event in (coarse, narrow)]
    wider = _coarse(narrow)[0] < _coarse(coarse)[0]
    return bool(
        inside
        and _same(coarse, narrow)
        and (wider or (ends[0] == ends[1] and _coarse(narrow) < _coarse(coarse)))
    )


def _corroborated(
    events: dict[str, Event], reporters: dict[str, set[str]], sources: Mapping[str, Source]
) -> tuple[dict[str, str], dict[str, set[str]], set[frozenset[str]]]:
    """Unite accounts of one event that have other ids: those that are coarser, and visits."""
    joined: dict[str, str] = {}
    several: dict[str, set[str]] = {}
    apart: set[frozenset[str]] = set()
    visits = {id for id in events if events[id].type == "visit-made"}
    groups: dict[str, list[str]] = {}
    for id in sorted(events.keys() - visits, key=lambda id: (events[id].nth, id)):
        groups.setdefault(id.partition("#")[0], []).append(id)
    for group in sorted(groups.values(), key=lambda group: _coarse(events[group[0]])):
        mine = {stream for id in group for stream in reporters[id]}
        within = {
            one
            for one in events.keys() - visits - joined.keys() - several.keys()
            if _holds(events[group[0]], events[one]) and not reporters[one] & mine
        }
        for one, two in _count(group, within, events, several):
            _join(one, two, events, reporters, joined)
    for chain in _chains(visits, events, reporters):
        if _is_one_visit(chain, events, reporters):
            _join_visits(chain, events, reporters, joined, sources)
            continue
        several_of_one = [
            numbered
            for stem in {id.partition("#")[0] for id in chain}
            if len(numbered := {id for id in chain if id.partition("#")[0] == stem}) > 1
        ]
        numbered = several_of_one[0] if len(several_of_one) == 1 else set[str]()
        rest = set(chain - numbered)
        parts = _chains(rest, events, reporters)
        if (
            numbered
            and all(
                events[two].on.earliest <= events[one].on.earliest
                and events[one].on.latest <= events[two].on.latest
                and _same_travellers(events[one], events[two])
                and not reporters[one] & reporters[min(numbered)]
                for one in rest
                for two in numbered
            )
            and all(_is_one_visit(part, events, reporters) for part in parts)
        ):
            for part in parts:
                _join_visits(part, events, reporters, joined, sources)
            group = sorted(numbered, key=lambda id: events[id].nth)
            for one, two in _count(group, rest - joined.keys(), events, several):
                _join(one, two, events, reporters, joined)
        else:
            apart.add(chain)
    return joined, several, apart


def _count(
    group: list[str], within: set[str], events: dict[str, Event], several: dict[str, set[str]]
) -> list[tuple[str, str]]:
    """Of n like accounts and m narrower ones within them, make as many events as are more."""
    if len(group) < len(within):
        several.update((id, within) for id in group)
        return []
    narrow = sorted(within, key=lambda id: (events[id].on.earliest, events[id].nth, id))
    return [*zip(group, narrow, strict=False)]


def _join(
    id: str,
    face: str,
    events: dict[str, Event],
    reporters: dict[str, set[str]],
    joined: dict[str, str],
) -> None:
    joined[id] = face
    reporters[face] |= reporters[id]
    on = None if events[id].on == events[face].on else events[id].on
    dated = {attrs.evolve(citation, on=citation.on or on) for citation in events[id].sources}
    events[face] = attrs.evolve(events[face], sources=tuple({*events[face].sources, *dated}))


def _days_of(event: Event) -> set[int]:
    """Return every day on which a visit can have been under way."""
    _, slash, end = event.on.text.partition("/")
    last = PartialDate(end).latest if slash else event.on.latest
    return set(range(event.on.earliest.toordinal(), last.toordinal() + 1))


def _same_travellers(one: Event, two: Event) -> bool:
    persons = [[who for who in it.persons if who.party == it.visitor] for it in (one, two)]
    names = [{who.name for who in some if who.name} for some in persons]
    if not all(names):
        names = [
            {office.split(":")[1] for who in some for office in who.offices} for some in persons
        ]
    return not all(names) or bool(names[0] & names[1])


def _are_linked(one: Event, two: Event) -> bool:
    if one.parties != two.parties or not _same_travellers(one, two):
        return False
    first, second = _days_of(one), _days_of(two)
    extents = "/" in one.on.text and "/" in two.on.text
    return first <= second or second <= first or (extents and bool(first & second))


def _chains(
    ids: set[str], events: dict[str, Event], reporters: dict[str, set[str]]
) -> list[frozenset[str]]:
    """Return what is linked, however many links lie between."""
    chains = [{id} for id in sorted(ids)]
    for one in sorted(ids):
        for two in sorted(ids):
            if not reporters[one] & reporters[two] and _are_linked(events[one], events[two]):
                mine, theirs = (next(c for c in chains if id in c) for id in (one, two))
                if mine is not theirs:
                    mine |= theirs
                    chains.remove(theirs)
    return [frozenset(chain) for chain in chains if len(chain) > 1]


def _is_one_visit(
    chain: frozenset[str], events: dict[str, Event], reporters: dict[str, set[str]]
) -> bool:
    return all(
        not reporters[one] & reporters[two] and _same_travellers(events[one], events[two])
        for one in chain
        for two in chain
        if one != two
    )


def _join_visits(
    chain: frozenset[str],
    events: dict[str, Event],
    reporters: dict[str, set[str]],
    joined: dict[str, str],
    sources: Mapping[str, Source],
) -> None:
    """Follow the narrowest days, of equal ones the account that the default policy prefers."""
    least = min(len(_days_of(events[id])) for id in chain)
    narrow = [id for id in chain if len(_days_of(events[id])) == least]
    face = min(narrow, key=lambda id: (_kind(events[id], sources), canonical(events[id])))
    for id in sorted(chain - {face}):
        _join(id, face, events, reporters, joined)


# --- the events of a subject ----------------------------------------------------------------------


def in_order(events: Iterable[Event]) -> list[Event]:
    """Return events in the one order of the design."""
    return sorted(
        events, key=lambda event: (event.on.latest, event.seq, event.precedence, event.id)
    )


def on_day(events: Iterable[Event], day: str | None) -> list[Event]:
    """Return, in order, the events that have certainly happened by a day."""
    return [
        event for event in in_order(events) if day is None or event.on.latest.isoformat() <= day
    ]


def undecided(events: Iterable[Event], day: str | None) -> list[Event]:
    """Return the events of which the dates leave open whether they happened by a day."""
    return [
        event
        for event in in_order(events)
        if day is not None and event.on.earliest.isoformat() <= day < event.on.latest.isoformat()
    ]


HEARD: Final = {
    "ties": ("ties-established", "ties-suspended", "ties-severed", "ties-restored"),
    "level": (
        "level-upgraded",
        "level-downgraded",
        "level-renewed",
        "level-agreed",
        "level-held",
    ),
    "sectors": ("sector-partnership-formed", "sector-partnership-ended"),
    "special": ("special-relationship-declared", "special-relationship-ended"),
    "agreements": (
        "agreement-signed",
        "agreement-joined",
        "agreement-in-force",
        "agreement-left",
        "agreement-terminated",
    ),
    "missions": ("mission-opened", "mission-closed", "envoy-accredited", "envoy-left"),
    "recognition": ("recognition-granted", "recognition-withdrawn"),
    "visits": ("visit-made", "talks-held"),
    "figures": ("figure-reported", "target-set"),
    "groups": ("group-joined", "group-left"),
}
SEVERED: Final = ("level", "sectors", "special", "missions")
"""What the severing of ties ends besides."""


def heard(events: Sequence[Event], track: str, pair: tuple[str, str]) -> list[Event]:
    """Return the events of *events*, which are in order, that make the state of a dyad in a track.

    Where the dyad carries on another's state, that one's events up to the succession come first. If
    it has some of its own, those stay and the other's do not come, unless it continues the other.
    """
    types = {*HEARD[track], *(("ties-severed",) if track in SEVERED else ())}
    mine: list[Event] = []
    continued = set()
    for place, event in enumerate(events):
        if event.type in types and set(pair) <= set(event.parties):
            mine.append(event)
        elif event.type == "party-succeeded" and track in event.tracks:
            for other in event.dyads:
                ends = {event.predecessor, event.successor, other}
                if len(ends) == 3 and set(pair) == {event.successor, other}:
                    before = heard(events[:place], track, tuple(sorted((event.predecessor, other))))
                    again = event.predecessor in continued
                    if not mine or (event.kind == "continuation" and before and not again):
                        mine = [_moved(one, event.predecessor, event.successor) for one in before]
                    continued.add(event.predecessor)
    return mine


def _moved(event: Event, old: str, new: str) -> Event:
    """Return an event that names its sides by their roles under the successor's name."""
    for ends in (("sender", "receiver"), ("recogniser", "recognised")):
        if all(hasattr(event, end) for end in ends):
            named = {end: getattr(event, end) for end in ends}
            return attrs.evolve(
                event, **{end: new if party == old else party for end, party in named.items()}
            )
    return event


# --- plausible orders -----------------------------------------------------------------------------

Days = tuple[Any, Any]
"""The first and the last possible day."""


def dates_of(event: Event) -> Days:
    return event.on.earliest, event.on.latest


def may_precede(one: Event, two: Event, days: Mapping[str, Days]) -> bool:
    """Say whether dates and seq let an event come before another."""
    return (days[one.id][0], one.seq) <= (days[two.id][1], two.seq)


def possible_orders(events: Sequence[Event], days: Mapping[str, Days]) -> list[list[Event]]:
    """Return every order that dates and seq allow, the first by the convention first."""
    if not events:
        return [[]]
    return [
        [event, *rest]
        for event in events
        if all(may_precede(event, other, days) for other in events if other is not event)
        for rest in possible_orders([other for other in events if other is not event], days)
    ]


def inversions(order: Sequence[Event]) -> int:
    """Return how often the precedence of a single day is turned round."""
    return sum(
        one.on.earliest == one.on.latest == two.on.earliest == two.on.latest
        and one.precedence > two.precedence
        for place, one in enumerate(order)
        for two in order[place + 1 :]
    )


def is_open(events: Sequence[Event], pair: tuple[str, str]) -> bool:
    """Say whether dates leave any order open among what bears on a dyad, or on those before it."""
    lines = {pair}
    for event in events:
        if event.type == "party-succeeded":
            lines |= {
                (min(old, other), max(old, other))
                for other in event.dyads
                for old in (event.predecessor, event.successor)
                if {event.successor, other} in map(set, lines)
            }
    mine = [
        event
        for event in events
        if event.type == "party-succeeded" or any(set(one) <= set(event.parties) for one in lines)
    ]
    days = {event.id: dates_of(event) for event in mine}
    quiet = ("visit-made", "talks-held", "figure-reported", "target-set")
    return any(
        may_precede(one, two, days) and may_precede(two, one, days)
        for place, one in enumerate(mine)
        for two in mine[:place]
        if not {one.type, two.type} & {*quiet}
    )


class Orders(NamedTuple):
    """The plausible orders of a cell's events, the one shown first, and the days left to each."""

    plausible: list[list[Event]]
    days: dict[str, Days]


def plausible_orders(
    events: Sequence[Event],
    wrong: Callable[[Sequence[Event], Event], int],
    days: Mapping[str, Days] | None = None,
) -> Orders:
    """Return the possible orders with the fewest contradictions, then the fewest inversions.

    *wrong* says how many rules an event breaks after others.
    """
    known: dict[str, Days] = {event.id: dates_of(event) for event in events} | dict(days or {})
    ordered = sorted(events, key=lambda one: (known[one.id][1], one.seq, one.precedence, one.id))
    priced = [
        (
            (
                sum(wrong(order[:place], event) for place, event in enumerate(order)),
                inversions(order),
            ),
            order,
        )
        for order in possible_orders(ordered, known)
        if _as_lives_follow(order)
    ]
    least = min(cost for cost, _ in priced)
    best = [order for cost, order in priced if cost == least]
    left: dict[str, Days] = {}
    for event in events:
        spans = []
        for order in best:
            place = order.index(event)
            first = max(known[one.id][0] for one in order[: place + 1])
            last = min(known[one.id][1] for one in order[place:])
            spans.append((first, last))
        left[event.id] = (min(lo for lo, _ in spans), max(hi for _, hi in spans))
    return Orders(best, left)


class Bound(NamedTuple):
    """The start or the end of one of a party's lives, as an event: first or last on its day."""

    party: str
    kind: str
    on: PartialDate
    number: int = 0

    @property
    def type(self) -> str:
        return f"party-{self.kind}"

    @property
    def id(self) -> str:
        return f"{self.party} {self.kind} {self.number}"

    @property
    def seq(self) -> int:
        return 0 if self.kind == "start" else 10_000

    @property
    def precedence(self) -> int:
        return 0 if self.kind == "start" else 10_000


def _as_lives_follow(order: Sequence[Event]) -> bool:
    """Say whether each life begins before it ends, and ends before the next begins."""
    marks = [(one.number, one.kind == "end") for one in order if isinstance(one, Bound)]
    return marks == sorted(marks)


def within_lives(
    wrong: Callable[[Sequence[Event], Event], int], marks: Sequence[Bound]
) -> Callable[[Sequence[Event], Event], int]:
    """Count what is wrong with an event, and one more where the party does not live then."""
    has_start = any((mark.number, mark.kind) == (0, "start") for mark in marks)

    def count(before: Sequence[Event], event: Event) -> int:
        if isinstance(event, Bound):
            return 0
        passed = [one for one in before if isinstance(one, Bound)]
        lives = passed[-1].kind == "start" if passed else not has_start
        return wrong(before, event) + (not lives)

    return count


def first(orders: Orders, days: Mapping[str, Days] | None = None) -> list[Event]:
    """Return the plausible order that is first by the convention of its events alone."""

    def place(order: list[Event]) -> list[Any]:
        return [
            (
                (days or {}).get(event.id, dates_of(event))[1],
                event.seq,
                event.precedence,
                event.id,
            )
            for event in order
            if not isinstance(event, Bound) or event.kind == "end"
        ]

    return min(orders.plausible, key=place)


def wrong_ties(before: Sequence[Event], event: Event) -> int:
    status = ties(before)["status"] or "none"
    legal = {
        "ties-established": ("none", "suspended", "severed", "lapsed"),
        "ties-suspended": ("established",),
        "ties-severed": ("established", "suspended"),
        "ties-restored": ("suspended", "severed", "lapsed"),
    }
    return status not in legal[event.type]


def wrong_level(before: Sequence[Event], event: Event, ranks: Mapping[str, int | None]) -> int:
    """Count what is wrong with a step, on the ladder that all steps name."""
    if event.type == "ties-severed":
        return 0
    now = _climb(before, event.ladder, ranks)
    held, names, never = now["level"], now["names"], now["status"] is None
    if event.type == "level-agreed":  # on what is not held yet, or is higher
        low, high = ranks.get(held or ""), ranks.get(event.level)
        not_higher = low is not None and high is not None and high <= low
        return held is not None and (held == event.level or not_higher)
    if event.type == "level-held":
        one, two = ranks.get(held or ""), ranks.get(event.level)
        lower = one is not None and two is not None and two <= one
        return event.level not in names and lower
    previous = getattr(event, "previous", None)
    agreed_before = any(one.type == "level-agreed" for one in before)
    wrong = 0
    if previous is not None and (not never or not agreed_before):
        wrong += previous not in names and held != "?"  # nothing at all before it differs too
    elif previous is not None and never and agreed_before:
        wrong += 1
    if event.type == "level-upgraded":
        wrong += event.level in names
    elif held is None:
        wrong += 1
    low = previous if never else held
    one, two = ranks.get(low or ""), ranks.get(event.level or "")
    if event.type == "level-upgraded" and event.level is None:
        top = max((rank for rank in ranks.values() if rank is not None), default=None)
        return wrong + (one is not None and top is not None and one >= top)
    if (
        one is not None
        and two is not None
        and not (event.type == "level-upgraded" and low == event.level)
    ):
        right = {
            "level-upgraded": two > one,
            "level-downgraded": two < one,
            "level-renewed": two == one,
        }
        wrong += not right[event.type]
    return wrong


def level_orders(events: Sequence[Event], ladder: str, ranks: Mapping[str, int | None]) -> Orders:
    """Return the plausible orders of a ladder, from the events of the ties and the level."""
    own = [event for event in events if event.type in HEARD["ties"]]
    severed = plausible_orders(own, wrong_ties).days
    mine = [
        event
        for event in events
        if event.type == "ties-severed" or getattr(event, "ladder", None) == ladder
        if event.type in (*HEARD["level"], "ties-severed")
    ]
    return plausible_orders(
        mine,
        lambda before, event: wrong_level(before, event, ranks),
        {id: days for id, days in severed.items() if any(one.id == id for one in mine)},
    )


def differing(orders: Orders, answer: Callable[[Sequence[Event]], dict[str, Any]]) -> set[str]:
    """Return the answers on which plausible orders differ."""
    found = [answer(order) for order in orders.plausible]
    return {key for key in found[0] if any(one[key] != found[0][key] for one in found)}


# --- what the events of one dyad make -------------------------------------------------------------


def _runs(events: Sequence[Event], value: Callable[[Event], Any]) -> list[tuple[Any, Event]]:
    """Return each value that events bring about, with the event that first brought it."""
    return [(key, next(group)) for key, group in groupby(events, key=value)]


TIES_AFTER: Final = {
    "ties-established": "established",
    "ties-restored": "established",
    "ties-suspended": "suspended",
    "ties-severed": "severed",
    "party-end": "lapsed",
}


def ties(events: Sequence[Event]) -> dict[str, Any]:
    """Return status, since and spells of the ties that *events* make."""
    events = [event for event in events if event.type != "party-start"]
    events = [*dropwhile(lambda event: event.type == "party-end", events)]
    runs = _runs(events, lambda event: TIES_AFTER[event.type])
    ends: list[Any] = [*(event.on for _, event in runs[1:]), None][: len(runs)]
    return {
        "status": runs[-1][0] if runs else None,
        "since": runs[-1][1].on if runs else None,
        "spells": [
            (event.on, end)
            for (status, event), end in zip(runs, ends, strict=True)
            if status == "established"
        ],
    }


def level(
    events: Sequence[Event], ladder: str, ranks: Mapping[str, int | None] | None = None
) -> dict[str, Any]:
    """Return what *events* make of one ladder: level, status, since, agreed and path.

    Without ranks, every label counts as one without a rank.
    """
    found = _climb(events, ladder, ranks or {})
    return {key: found[key] for key in ("level", "status", "since", "agreed", "path")}


def _climb(  # noqa: C901, PLR0912  the whole of a level in one place
    events: Sequence[Event], ladder: str, ranks: Mapping[str, int | None]
) -> dict[str, Any]:
    held: str | None = None
    since: Any = None
    agreed = None
    names: set[str] = set()
    path: list[tuple[str, str | None, Any]] = []
    for event in events:
        kind = event.type.removeprefix("level-")
        if kind == "party-start":
            continue
        ends = kind in {"ties-severed", "party-end"}
        if kind == "agreed" and event.ladder == ladder:
            agreed = event.level
        if kind == "agreed" or (not ends and event.ladder != ladder):
            continue
        label = None if ends else event.level
        if kind == "upgraded" and label is None:
            label = "?"
        if kind == "upgraded" or label is None:
            agreed = None
        if label is None:
            if held is not None:
                held, since, names = None, event.on, set()
                path.append(("ended", None, event.on))
        elif kind == "renewed":
            old, new = ranks.get(held or ""), ranks.get(label)
            if held is None or (old is None and new is not None):
                since = event.on
            if held is None or old is None or new is not None:
                held = label
            names.add(label)
            path.append(("renewed", label, event.on))
        elif label not in names or label == "?":
            after = path[-1][2] if path else None
            held, since, names = label, event.on, {label}
            if kind == "held":
                since = _by(event.on, after)
            path.append(("listed" if kind == "held" else kind, label, since))
    status = "held" if held else ("ended" if path else None)
    return {
        "level": held, "status": status, "since": since, "agreed": agreed, "path": path,
        "names": names,
    }  # fmt: skip


def _by(on: Any, after: Any) -> PartialDate:
    """Return some day up to a date, and not before another."""
    last = on.latest.isoformat()
    if after is None:
        return PartialDate(f"[..{last}]")
    if after.earliest >= on.latest:
        return PartialDate(last)
    return PartialDate(f"[{after.earliest.isoformat()}..{last}]")


def sectors(events: Sequence[Event]) -> dict[str, Any]:
    """Return since when each sector stands."""
    found = {}
    for sector in {event.sector for event in events if event.type != "ties-severed"}:
        mine = [event for event in events if event.type == "ties-severed" or event.sector == sector]
        last, first = _runs(mine, lambda event: event.type == "sector-partnership-formed")[-1]
        if last:
            found[sector] = first.on
    return found


def special(events: Sequence[Event]) -> dict[str, Any]:
    """Return since when the relationship is special, and in what words."""
    after_the_end: list[Event] = []
    for event in events:
        if event.type == "special-relationship-declared":
            after_the_end.append(event)
        else:
            after_the_end = []
    wordings = [event.wording for event in after_the_end if event.wording]
    return {
        "since": after_the_end[0].on if after_the_end else None,
        "wording": wordings[-1] if wordings else (),
    }


# --- agreements ----------------------------------------------------------------------------------


STEPS: Final = {
    "agreement-signed": "signed",
    "agreement-joined": "joined",
    "agreement-in-force": "in_force",
}


class Treaty:
    """One agreement: who belongs, and what every two have, pair by pair."""

    def __init__(self) -> None:
        self.seats: dict[str, dict[str, Any]] = {}
        self.last: dict[str, dict[str, Any]] = {}
        self.taken: dict[str, str] = {}
        self.cut: dict[frozenset[str], Any] = {}
        self.again: dict[frozenset[str], Any] = {}
        self.pairs: dict[frozenset[str], dict[str, Any]] = {}
        self.known: set[str] = set()

    def seat(self, party: str, **days: Any) -> None:
        mine = self.seats.setdefault(party, {})
        for step, day in days.items():
            mine.setdefault(step, day)
        self.known.add(party)
        self.last.pop(party, None)

    def refresh(self) -> None:
        for one in self.seats:
            for two in self.seats:
                if one < two:
                    both = frozenset((one, two))
                    self.pairs[both] = self.between(self.seats[one], self.seats[two], both)

    def between(
        self, one: dict[str, Any], two: dict[str, Any], both: frozenset[str]
    ) -> dict[str, Any]:
        found: dict[str, Any] = {"terminated": self.cut.get(both)}
        for step in ("signed", "joined", "in_force"):
            days = [seat[step] for seat in (one, two) if step in seat]
            found[step] = max(days, key=lambda on: (on.latest, on.earliest), default=None)
        if "in_force" not in one or "in_force" not in two:
            found["in_force"] = None
        if both in self.again:
            found["in_force"] = self.again[both]
        return found

    def empty(self, parties: Iterable[str], on: Any) -> None:
        gone = [party for party in parties if party in self.seats]
        for both, pair in self.pairs.items():
            if both <= self.seats.keys() and both & {*gone} and pair["terminated"] is None:
                pair["terminated"] = on
        for party in gone:
            del self.seats[party]

    def apply(self, event: Event) -> None:
        step = STEPS.get(event.type)
        if step is not None:
            self.begin(event, step)
        elif event.type == "party-ended":
            held = self.seats.get(event.party)
            self.empty([event.party], event.on)
            if held is not None:
                self.last[event.party] = held
        elif event.type == "party-succeeded":
            self.succeed(event)
        else:
            self.end(event)
        self.refresh()

    def begin(self, event: Event, step: str) -> None:
        for party in event.parties:
            self.seat(party, **{step: event.on})
        for both in [*self.cut] if step == "in_force" else ():
            if both <= {*event.parties}:
                del self.cut[both]
                self.again[both] = event.on

    def end(self, event: Event) -> None:
        for party in event.parties:  # what ends for somebody was there
            if party not in self.known:
                self.seat(party)
        self.refresh()
        fewer = {*self.seats} - {*event.parties}
        if event.type == "agreement-terminated" and fewer and len(event.parties) > 1:
            here = [party for party in event.parties if party in self.seats]
            for both in [frozenset((one, two)) for one in here for two in here if one < two]:
                self.cut[both] = event.on
                self.again.pop(both, None)
        else:
            self.empty(event.parties, event.on)

    def succeed(self, event: Event) -> None:
        old, new = event.predecessor, event.successor
        held = self.last.get(old, self.seats.get(old))
        if held is None or not ({*event.dyads} - {old, new}) & self.seats.keys():
            return
        over = event.kind == "continuation" and self.taken.get(new) != old
        if new not in self.known or over:
            self.seats[new] = {**held}
            self.known.add(new)
            self.taken[new] = old
            self.last.pop(new, None)
            for days in (self.cut, self.again):
                for both in [*days]:
                    if old in both and new not in both:
                        days[both - {old} | {new}] = days[both]


def in_agreements(event: Event) -> bool:
    """Say whether an event bears on agreements: theirs, a life's end, or a succession in them."""
    if event.type == "party-succeeded":
        return "agreements" in event.tracks
    return event.type in (*HEARD["agreements"], "party-ended")


def agreements(events: Sequence[Event], pair: Iterable[str]) -> dict[str, Any]:
    """Return, by key, what a dyad has of each agreement; *events* are in order."""
    both = frozenset(pair)
    treaties: dict[str, Treaty] = {}
    for event in events:
        if event.type in HEARD["agreements"]:
            treaties.setdefault(event.agreement, Treaty()).apply(event)
        elif in_agreements(event):
            for treaty in treaties.values():
                treaty.apply(event)
    return {key: one.pairs[both] for key, one in treaties.items() if both in one.pairs}


def agreements_are_open(events: Sequence[Event]) -> bool:
    """Say whether dates leave any order open of what bears on one agreement."""
    mine = [event for event in events if in_agreements(event)]
    days = {event.id: dates_of(event) for event in mine}
    return any(
        may_precede(one, two, days) and may_precede(two, one, days) and not _are_alike(one, two)
        for place, one in enumerate(mine)
        for two in mine[:place]
        if getattr(one, "agreement", None) == getattr(two, "agreement", None)
        or "party-" in one.type + two.type
    )


def _are_alike(one: Event, two: Event) -> bool:
    """Say whether two events are of one single day, and begin something or are of one kind."""
    exact = one.on.earliest == one.on.latest == two.on.earliest == two.on.latest
    begin = {one.type, two.type} <= STEPS.keys()
    return exact and (begin or one.type == two.type) and not one.type.startswith("party-")


FORMER: Final = {"Batavia": "Jakarta"}
"""The former names of cities that the strategies draw."""
ENDED_WITH_TIES: Final = ("embassy", "legation", "high-commission", "agency")


def city_of(event: Event) -> str | None:
    city: str | None = event.city
    return city and FORMER.get(city, city)


def group_of(kind: str) -> str:
    """Return which posts are of one sort: of the first a sender has one with each receiver."""
    if kind in ("consulate-general", "consulate", "consular-agency"):
        return "consulate"
    return "representation" if kind == "representation" else "diplomatic"


class Post(NamedTuple):
    """A post, open or gone."""

    way: tuple[str, str]
    kind: str
    city: str | None
    since: Any
    name: str | None
    """The city as its source names it."""

    def is_in_the_way_of(self, other: Post) -> bool:
        """Say whether both cannot be open at once."""
        return (
            self.way == other.way
            and group_of(self.kind) == group_of(other.kind)
            and (group_of(self.kind) == "diplomatic" or self.city == other.city)
        )


class Missions(NamedTuple):
    """The posts and heads of a dyad: those there are, and those that ended with no word of it."""

    posts: list[Post]
    gone: list[Post]
    heads: dict[tuple[str, str, str], tuple[str, str, Any]]
    away: set[tuple[str, str, str]]


def settled(state: Missions) -> tuple[Any, ...]:
    """Return what there is, in no order, and what a later closing or leaving can confirm."""
    gone = {post[:3] for post in state.gone}
    return frozenset(state.posts), frozenset(gone), frozenset(state.heads.items()), (
        frozenset(state.away)
    )  # fmt: skip


def meant(state: Missions, event: Event) -> tuple[list[Post], list[Post]]:
    """Return the open posts that a closing can mean, and the posts gone that it can mean."""
    way = (event.sender, event.receiver)
    some = [
        [post for post in posts if (post.way, post.kind) == (way, event.kind.value)]
        for posts in (state.posts, state.gone)
    ]
    if event.city is not None:
        for city in (city_of(event), None):
            there = [[post for post in posts if post.city == city] for posts in some]
            if there[0] or there[1]:
                return there[0], there[1]
        return [], []
    return some[0], some[1]


def missions(events: Sequence[Event]) -> Missions:
    """Return the open posts and the heads of mission in office."""
    state = Missions([], [], {}, set())
    for event in events:
        if event.type == "ties-severed":
            lost = [post for post in state.posts if post.kind in ENDED_WITH_TIES]
            state = state._replace(
                posts=[post for post in state.posts if post not in lost],
                gone=[*state.gone, *lost],
                heads={key: one for key, one in state.heads.items() if key[2] == "consul"},
                away=state.away
                | {(*key[:2], one[0]) for key, one in state.heads.items() if key[2] != "consul"},
            )
        elif event.type == "mission-opened":
            state = _opened(state, event)
        elif event.type == "mission-closed":
            posts, gone = meant(state, event)
            if len(posts) == 1:
                state = state._replace(posts=[one for one in state.posts if one not in posts])
            elif not posts and len(gone) == 1:
                state = state._replace(gone=[one for one in state.gone if one not in gone])
        else:
            state = _headed(state, event)
    return state


def _opened(state: Missions, event: Event) -> Missions:
    way = (event.sender, event.receiver)
    new = Post(way, event.kind.value, city_of(event), event.on, event.city)
    before = [post for post in state.posts if post.is_in_the_way_of(new)]
    if any(one.kind == new.kind and new.city in (None, one.city) for one in before):
        return state
    return state._replace(
        posts=[*(post for post in state.posts if post not in before), new],
        gone=[one for one in [*state.gone, *before] if one[:3] != new[:3]],
    )


def seat_of(event: Event) -> str:
    if event.envoy_rank == "consul":
        return "consul"
    return "in" if event.acting else "head"


def _headed(state: Missions, event: Event) -> Missions:
    way = (event.sender, event.receiver)
    person = (*way, event.name)
    heads, away = {**state.heads}, {*state.away}
    if event.type == "envoy-left":
        heads = {key: one for key, one in heads.items() if (*key[:2], one[0]) != person}
        return state._replace(heads=heads, away=away - {person})
    seat = seat_of(event)
    for taken in {"head": ("head", "in")}.get(seat, (seat,)):
        displaced = heads.pop((*way, taken), None)
        if displaced:
            away.add((*way, displaced[0]))
    heads[*way, seat] = (event.name, event.envoy_rank.value, event.on)
    return state._replace(heads=heads, away=away - {person})


def wrong_missions(before: Sequence[Event], event: Event) -> int:
    """Count what is wrong with an event of a post or a head."""
    state = missions(before)
    if event.type == "ties-severed":
        return 0
    way = (event.sender, event.receiver)
    if event.type == "mission-opened":
        new = Post(way, event.kind.value, city_of(event), event.on, event.city)
        return sum(post[:3] == new[:3] for post in state.posts)
    if event.type == "mission-closed":
        posts, gone = meant(state, event)
        several = len(posts) + sum(post.city is not None for post in gone) > 1
        return (not posts and not gone) + (bool(posts) and several)
    if event.type == "envoy-accredited":
        return int(state.heads.get((*way, seat_of(event)), ("",))[0] == event.name)
    held = {(*key[:2], one[0]) for key, one in state.heads.items()}
    return (*way, event.name) not in held | state.away


def mission_cells(events: Sequence[Event]) -> list[list[Event]]:
    """Return the events of each part of the posts and heads that no other part disturbs."""
    found: dict[tuple[Any, ...], list[Event]] = {}
    vague = {
        (event.sender, event.receiver, group_of(event.kind.value))
        for event in events
        if event.type.startswith("mission") and event.city is None
    }
    left = {(event.sender, event.receiver) for event in events if event.type == "envoy-left"}
    for event in events:
        if event.type == "ties-severed":
            continue
        way = (event.sender, event.receiver)
        if event.type.startswith("mission"):
            group = (*way, group_of(event.kind.value))
            one_of_many = group[-1] != "diplomatic" and group not in vague
            cell: tuple[Any, ...] = (*group, city_of(event)) if one_of_many else group
        else:
            consul = event.type == "envoy-accredited" and seat_of(event) == "consul"
            cell = (*way, "consul") if consul and way not in left else (*way, "heads")
        found.setdefault(cell, []).append(event)
    ends = ("diplomatic", "heads")
    severed = [event for event in events if event.type == "ties-severed"]
    return [in_order([*some, *(severed if cell[-1] in ends else ())])
            for cell, some in found.items()]  # fmt: skip


def mission_orders(events: Sequence[Event]) -> list[Orders]:
    """Return the plausible orders of each part, from the events of the ties and the missions."""
    own = [event for event in events if event.type in HEARD["ties"]]
    days = plausible_orders(own, wrong_ties).days if own else {}
    mine = [event for event in events if event.type in ("ties-severed", *HEARD["missions"])]
    return [
        plausible_orders(
            cell,
            wrong_missions,
            {id: span for id, span in days.items() if any(one.id == id for one in cell)},
        )
        for cell in mission_cells(mine)
    ]


def recognition(
    events: Sequence[Event], by: str, subject: str
) -> tuple[str, Any, str | None] | None:
    """Return how one side stands to the state or government of the other: status, since, name."""
    seen: list[tuple[tuple[str, str | None], Event]] = []
    for event in events:
        if (event.recogniser, event.subject) != (by, subject):
            continue
        status = event.kind.value if event.type == "recognition-granted" else "withdrawn"
        name = getattr(event, "government", None)
        if name is None and seen and seen[-1][0][0] == status:
            name = seen[-1][0][1]  # the one before goes on
        seen.append(((status, name), event))
    if not seen:
        return None
    (status, name), group = [(key, [*group]) for key, group in groupby(seen, lambda one: one[0])][
        -1
    ]
    return status, group[0][1].on, name


def memberships(events: Sequence[Event], group: str) -> dict[str, tuple[str, Any]]:
    """Return who belongs to a group: capacity and since, by party."""
    found = {}
    mine = [event for event in events if event.type in HEARD["groups"] and event.group == group]
    for party in {event.party for event in mine}:
        capacity, first = _runs(
            [event for event in mine if event.party == party],
            lambda event: event.capacity.value if event.type == "group-joined" else None,
        )[-1]
        if capacity is not None:
            found[party] = (capacity, first.on)
    return found

"""Level: the declared title of a partnership, on one party's own ladder.

A level is a declared title and nothing more: what two governments do together follows the content
of their documents better than the title on them. Each party has its own ladder, and levels of
different ladders are never compared; so every event says on whose ladder it is.
"""

from __future__ import annotations

from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import attrs

from diplorel.errors import InvalidEventError
from diplorel.language import vocabulary
from diplorel.model.converters import one_party, pair, slug, slug_or_none, to_tuple, two_or_more
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, Wording
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import Cell, Rule, Subject, Track, ends_with_a_party, same_dyad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Answers, DyadView

_ID: Final = attrgetter("id")
UNNAMED: Final = "?"
"""What stands for the id of a level that no source names."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _LevelEvent(Event):
    several_dyads: ClassVar[bool] = True

    parties: tuple[str, ...] = attrs.field(converter=two_or_more)
    ladder: str = attrs.field(converter=one_party)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the dyad; of several partners, those of each with the party whose ladder it is."""
        if len(self.parties) == 2:  # noqa: PLR2004  a dyad, as most
            return (pair(*self.parties),)
        return tuple(pair(self.ladder, other) for other in self.parties if other != self.ladder)

    @property
    def discriminator(self) -> str:
        """The party on whose ladder the level is."""
        return self.ladder

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return whose ladder it is."""
        yield "ladder", self.ladder

    @property
    def undated_key(self) -> tuple[str, ...]:
        """The level belongs to what is done: reaching another level is another event."""
        level: str | None = self.level  # type: ignore[attr-defined]  # each subclass has one
        return (*super().undated_key, level or "")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelUpgraded(_LevelEvent):
    """Two parties elevated their relations to a named level, in effect from that day.

    Meaning: the day of the joint statement, or of the talks that announced it.
    Effect: the level is held since that day. Reaching a level that one holds never moves its since.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level reached; None where no source names it.
        unnamed: Whether no source names the level: it is higher than the one before, and no more is
            known.
        previous: The id of the level before, where a source says it; `check` compares it.
        wording: What each side calls the level, by language.

    >>> LevelUpgraded(on="2025-03-12", parties=("VNM", "SGP"), ladder="VNM",
    ...               level="comprehensive-strategic", sources=["vna-2025-03-12"]).id
    'level-upgraded/SGP-VNM/2025-03-12/VNM'
    """

    type: ClassVar[str] = "level-upgraded"
    precedence: ClassVar[Precedence] = Precedence.RAISED
    begins_once: ClassVar[bool] = True

    level: str | None = attrs.field(default=None, converter=slug_or_none)
    unnamed: bool = False
    previous: str | None = attrs.field(default=None, converter=slug_or_none)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)

    def _check(self) -> None:
        super()._check()
        if (self.level is None) is not self.unnamed:
            raise InvalidEventError(
                "level: name the level reached, or give unnamed = true where no source names it"
            )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelHeld(_LevelEvent):
    """A source lists a dyad at a level on a day, and does not say since when.

    Meaning: a list of partners of that day, such as a ministry's.
    Effect: the level is held; it was reached at some time up to that day, after the level before
    it, where one is recorded. A level that is held already stays as it is: a list is no upgrade.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-held"
    precedence: ClassVar[Precedence] = Precedence.REPORTED
    repeats: ClassVar[bool] = True

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelDowngraded(_LevelEvent):
    """A level was lowered or given up.

    Effect: the lower level is held since that day; without one, no level is held.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the lower level; None where the partnership ended.
        previous: The id of the level before, where a source says it.
        wording: What each side calls the level, by language.
    """

    type: ClassVar[str] = "level-downgraded"
    precedence: ClassVar[Precedence] = Precedence.LOWERED

    level: str | None = attrs.field(default=None, converter=slug_or_none)
    previous: str | None = attrs.field(default=None, converter=slug_or_none)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelRenewed(_LevelEvent):
    """A level was refreshed without an upgrade: "CSP 2.0", or an "enhanced" label of the same rank.

    Effect: the label can change within the rank; the since of the level stays. A label without a
    rank leaves the rank that is held. Where a label without a rank is held, one that has a rank is
    reached.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the label from then on.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-renewed"
    precedence: ClassVar[Precedence] = Precedence.RENEWED

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelAgreed(_LevelEvent):
    """A level was agreed or announced, and is not yet in effect.

    Meaning: "agreed in principle", "towards a strategic partnership".
    Effect: the level is shown as agreed until an upgrade brings one into effect.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level agreed.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-agreed"
    precedence: ClassVar[Precedence] = Precedence.AGREED

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


class LevelStatus(StrEnum):
    """What is held on a ladder."""

    NONE = "none"
    HELD = "held"
    ENDED = "ended"
    UNKNOWN = "unknown"


@attrs.frozen
class Step:
    """One step of a path on a ladder.

    Attributes:
        kind: ``upgraded``, ``downgraded``, ``renewed``, ``listed`` or ``ended``.
        level: The id of the level from then on; None where it ended, ``?`` where no source names
            it.
        on: When it was reached or renewed, or when it ended.
        cause: The event that led there. Two steps are equal when its id is the same.
    """

    kind: str
    level: str | None
    on: PartialDate
    cause: Event = attrs.field(eq=_ID, repr=_ID)

    @property
    def event(self) -> str:
        """The id of the event."""
        return self.cause.id


@attrs.frozen
class LadderState:
    """What a dyad holds on one ladder, as the events alone give it.

    `Relation.level` returns the same with the ladder's names and ranks.

    Attributes:
        ladder: The party whose ladder it is.
        status: Whether a level is held.
        level: The id of the level; None unless held.
        since: The day on which the level was reached, or ended.
        agreed: The id of a level that is agreed and not yet in effect.
        path: Every step, oldest first.
        open: The answers on which the plausible orders of the events differ, where dates leave
            their order open: ``status``, ``level``, ``since``, ``agreed``, ``path``.
    """

    ladder: str
    status: LevelStatus
    level: str | None = None
    since: PartialDate | None = None
    agreed: str | None = None
    path: tuple[Step, ...] = ()
    open: frozenset[str] = frozenset()

    def ranked(self, reference: Reference) -> LadderState:
        """Return it by the ranks of the ladder, which the events alone do not give.

        A renewal under a label without a rank leaves the rank that was held, and one that gives a
        label without a rank a rank reaches the level that day.
        """
        if not any(step.kind == "renewed" for step in self.path):
            return self
        level, since = _by_rank(self.path, self.ladder, reference)
        return attrs.evolve(self, level=level, since=since)


def _by_rank(
    path: Iterable[Step], ladder: str, reference: Reference
) -> tuple[str | None, PartialDate | None]:
    """Return the level that a path leads to, and since when, by the ranks of its labels."""
    level: str | None = None
    since: PartialDate | None = None
    for step in path:
        if step.kind != "renewed" or level is None or step.level is None:
            level, since = step.level, step.on
            continue
        before, after = (reference.level(ladder, one).rank for one in (level, step.level))
        if before is None and after is not None:
            since = step.on
        if before is None or after is not None:
            level = step.level
    return level, since


@attrs.frozen
class LevelState:
    """What a dyad holds on every ladder on which something happened, in the order of ladders."""

    ladders: tuple[LadderState, ...] = ()

    def on(self, ladder: str) -> LadderState | None:
        """Return what is held on one ladder; None where nothing happened on it."""
        return next((state for state in self.ladders if state.ladder == ladder), None)


_HELD: Final = LevelStatus.HELD  # Python 3.11 takes a call to find a member by its name


class _Rungs:
    """What is held on one ladder; `labels` are all that it was called since it was reached."""

    __slots__ = ("agreed", "labels", "level", "path", "since", "status")

    def __init__(self) -> None:
        self.status = LevelStatus.NONE
        self.level: str | None = None
        self.since: PartialDate | None = None
        self.agreed: str | None = None
        self.labels: tuple[str, ...] = ()
        self.path: list[Step] = []

    def copy(self) -> _Rungs:
        """Return others with the same contents."""
        new = _Rungs()
        new.status, new.level, new.since = self.status, self.level, self.since
        new.agreed, new.labels, new.path = self.agreed, self.labels, self.path[:]
        return new

    def reach(self, kind: str, level: str, on: PartialDate, event: Event) -> None:
        """Hold a level since a day, unless it is held already."""
        if level in self.labels and level != UNNAMED:
            return
        self.status, self.level, self.since, self.labels = _HELD, level, on, (level,)
        self.path.append(Step(kind, level, on, event))


_Levels = dict[str, _Rungs]


def _rungs(acc: _Levels, ladder: str) -> _Rungs:
    rungs = acc.get(ladder)
    if rungs is None:
        rungs = acc[ladder] = _Rungs()
    return rungs


def _upgrade(acc: _Levels, event: LevelUpgraded) -> None:
    rungs = _rungs(acc, event.ladder)
    rungs.agreed = None
    rungs.reach("upgraded", event.level or UNNAMED, event.on, event)


def _downgrade(acc: _Levels, event: LevelDowngraded) -> None:
    if event.level is None:
        _end(_rungs(acc, event.ladder), event)
        return
    _rungs(acc, event.ladder).reach("downgraded", event.level, event.on, event)


def _renew(acc: _Levels, event: LevelRenewed) -> None:
    rungs = _rungs(acc, event.ladder)
    if rungs.level is None:
        rungs.since = event.on
    rungs.status, rungs.level, rungs.labels = _HELD, event.level, (*rungs.labels, event.level)
    rungs.path.append(Step("renewed", event.level, event.on, event))


def _list(acc: _Levels, event: LevelHeld) -> None:
    rungs = _rungs(acc, event.ladder)
    before = rungs.path[-1].on if rungs.path else None
    rungs.reach("listed", event.level, _up_to(event.on, before), event)


def _up_to(on: PartialDate, after: PartialDate | None) -> PartialDate:
    """Return the range of days that ends with a date, and begins with another one's first day."""
    last = on.latest.isoformat()
    if after is None:
        return PartialDate(f"[..{last}]")
    return PartialDate(f"[{after.earliest.isoformat()}..{last}]" if after.lo < on.hi else last)


def _agree(acc: _Levels, event: LevelAgreed) -> None:
    _rungs(acc, event.ladder).agreed = event.level


def _sever(acc: _Levels, event: Event) -> None:
    for rungs in acc.values():
        _end(rungs, event)


def _end(rungs: _Rungs, event: Event) -> None:
    rungs.agreed = None
    if rungs.level is not None:
        rungs.status, rungs.level, rungs.since = LevelStatus.ENDED, None, event.on
        rungs.labels = ()
        rungs.path.append(Step("ended", None, event.on, event))


def _copy(acc: _Levels) -> _Levels:
    return {ladder: rungs.copy() for ladder, rungs in acc.items()}


def _answers(acc: _Levels, reference: Reference) -> Answers:
    """Return what the one ladder answers whose events came; rules look at all its labels."""
    ladder, rungs = next(iter(acc.items()), ("", _Rungs()))
    path = tuple((step.kind, step.level, step.on.text) for step in rungs.path)
    level, since = rungs.level, rungs.since
    if len(rungs.labels) > 1:
        level, since = _by_rank(rungs.path, ladder, reference)
    return (
        ("status", rungs.status),
        ("level", level),
        ("labels", frozenset(rungs.labels)),
        ("since", since),
        ("agreed", rungs.agreed),
        ("path", path),
    )


def _mark(state: LevelState, open_: Collection[tuple[Cell, str]]) -> LevelState:
    return LevelState(
        tuple(
            attrs.evolve(
                held,
                open=frozenset(
                    name
                    for cell, name in open_
                    if cell in ((held.ladder,), ()) and name != "labels"
                ),
            )
            for held in state.ladders
        )
    )


def _freeze(acc: _Levels) -> LevelState:
    return LevelState(
        tuple(
            LadderState(
                ladder,
                rungs.status,
                rungs.level,
                rungs.since,
                rungs.agreed,
                tuple(rungs.path),
            )
            for ladder, rungs in sorted(acc.items())
        )
    )


def _cells(event: Event) -> tuple[Cell, ...]:
    """Return the ladder; a severance of ties touches all."""
    return ((event.ladder,),) if isinstance(event, _LevelEvent) else ((),)


# --- rules ---------------------------------------------------------------------------------------


def _previous(event: _LevelEvent) -> str | None:
    previous: str | None = getattr(event, "previous", None)
    return previous


def _level_of(acc: _Levels, event: _LevelEvent, reference: Reference) -> str | None:
    held = acc.get(event.ladder)
    if held is None or len(held.labels) == 1:
        return held.level if held else None
    return _by_rank(held.path, event.ladder, reference)[0]


def _never_reached(acc: _Levels, event: _LevelEvent) -> bool:
    """Return whether no level was ever held on the ladder, as far as is recorded."""
    held = acc.get(event.ladder)
    return held is None or held.status is LevelStatus.NONE


def _find_other_level(
    acc: _Levels, event: _LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find another level before the event than it names."""
    held, previous = acc.get(event.ladder), _previous(event)
    if held is None or previous is None or previous in held.labels or held.level == UNNAMED:
        return None
    return (
        f"it gives the level before as {previous!r}, and the events before it give "
        + (repr(held.level) if held.level else "none"),
        "Add the missing step, or correct the one that is wrong",
    )


def _find_unrecorded(
    acc: _Levels, event: _LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find a level before the event of which nothing is recorded."""
    previous = _previous(event)
    if previous is None or event.ladder in acc:
        return None
    ladder = f"the ladder of {event.ladder}, which the stream calls complete"
    return (
        f"it gives the level before as {previous!r}, and nothing before it is recorded on {ladder}",
        "Add the step that reached it, or begin the coverage later",
    )


def _find_held(acc: _Levels, event: LevelUpgraded, reference: Reference) -> tuple[str, str] | None:
    """Find an upgrade to the level that is held."""
    held = acc.get(event.ladder)
    if held is None or held.since is None or event.level not in held.labels:
        return None
    if held.since == event.on and held.path[-1].cause.parties != event.parties:
        return None  # told again, for more parties or for fewer
    return (
        f"it reaches {event.level!r}, which has been held since {held.since.text}",
        "If it was refreshed, record a level-renewed, else correct the one that is wrong",
    )


def _find_none_held(
    acc: _Levels, event: _LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find no level that could be lowered or renewed."""
    if _level_of(acc, event, reference) is not None:
        return None
    return (
        f"no level is held before it on the ladder of {event.ladder}",
        "Add the event that reached the level first",
    )


def _find_wrong_step(
    acc: _Levels, event: _StepEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find a step that leads the wrong way, where the ladder ranks both levels."""
    never = _never_reached(acc, event)
    before = _previous(event) if never else _level_of(acc, event, reference)
    if before is None:
        return None
    if isinstance(event, LevelUpgraded) and event.unnamed:
        return _find_nothing_above(before, event, reference)
    if event.level is None:
        return None
    low = reference.level(event.ladder, before).rank
    high = reference.level(event.ladder, event.level).rank
    if low is None or high is None:
        return None
    right = LevelRenewed if high == low else LevelUpgraded if high > low else LevelDowngraded
    again = isinstance(event, LevelUpgraded) and before == event.level  # `_find_held` has it
    if isinstance(event, right) or again:
        return None
    return (
        f"it goes from {before!r} to {event.level!r}, {_EXPECTED[type(event)]} on the ladder of "
        + event.ladder,
        f"Record a {right.type}, or correct the level that is wrong",
    )


def _find_nothing_above(
    before: str, event: LevelUpgraded, reference: Reference
) -> tuple[str, str] | None:
    """Find an upgrade to a level that is not named, from the highest one."""
    if before == UNNAMED or event.ladder not in reference.ladder:
        return None
    if levels_above(before, event.ladder, reference):
        return None
    return (
        f"it goes up from {before!r}, and the ladder of {event.ladder} has no higher level",
        "Add the level to the ladder, or correct the one that is wrong",
    )


def levels_above(level: str | None, ladder: str, reference: Reference) -> tuple[Level, ...]:
    """Return the levels of a ladder to which one can rise: from none or without a rank, all."""
    known = reference.ladder.get(ladder)
    low = None if level is None else reference.level(ladder, level).rank
    return tuple(
        one
        for one in (known.levels if known else ())
        if low is None or (one.rank is not None and one.rank > low)
    )


def _find_listed_otherwise(
    acc: _Levels, event: LevelHeld, reference: Reference
) -> tuple[str, str] | None:
    """Find a list with a lower level than the one that is held."""
    before = _level_of(acc, event, reference)
    if before is None or before == UNNAMED or event.level in acc[event.ladder].labels:
        return None
    low = reference.level(event.ladder, event.level).rank
    high = reference.level(event.ladder, before).rank
    if low is None or high is None or low > high:
        return None
    return (
        f"it lists {event.level!r}, and {before!r} is held on the ladder of {event.ladder}",
        "Add the level-downgraded or the level-renewed between, or correct the one that is wrong",
    )


def _find_agreed_too_late(
    acc: _Levels, event: LevelAgreed, reference: Reference
) -> tuple[str, str] | None:
    """Find an agreement on a level that is held already, or on one that is not higher."""
    before = _level_of(acc, event, reference)
    if before is None:
        return None
    low = reference.level(event.ladder, before).rank
    high = reference.level(event.ladder, event.level).rank
    is_higher = low is None or high is None or high > low
    if before != event.level and is_higher:
        return None
    return f"it agrees on {event.level!r}, and {before!r} is held", ""


_StepEvent: TypeAlias = "LevelUpgraded | LevelDowngraded | LevelRenewed"
_EXPECTED: Final[dict[type[Event], str]] = {
    LevelUpgraded: "which is not higher",
    LevelDowngraded: "which is not lower",
    LevelRenewed: "which has another rank",
}
_PREVIOUS: Final = (
    Rule[_Levels](code="DR302", find=_find_other_level, where_complete=_never_reached),
    Rule[_Levels](code="DR309", find=_find_unrecorded, where_complete=_never_reached),
)
_HELD_BEFORE: Final = Rule[_Levels](
    code="DR304", find=_find_none_held, where_complete=_never_reached
)
_STEP: Final = Rule[_Levels](code="DR310", find=_find_wrong_step)


def _is_covered(
    track: Track[_Levels, LevelState],
    reference: Reference,
    subject: Subject,
    event: _LevelEvent,
    day: int,
) -> bool:
    """Return whether a stream is complete for a ladder, down to the level that an event names."""
    floor = _previous(event) or event.level  # type: ignore[attr-defined]  # each subclass has one
    return reference.covers_level(event.ladder, day, floor)


def _complete_to(
    track: Track[_Levels, LevelState],
    reference: Reference,
    parties: tuple[str, str],
    state: LevelState,
    day: int | None,
) -> int | None:
    """Return the last day up to which streams vouch for the levels on all of a dyad's ladders."""
    reached = [
        reference.level_complete_to(held.ladder, day, held.level)
        for held in state.ladders
        if held.ladder in parties
    ]
    known = [one for one in reached if one is not None]
    return min(known) if known and len(known) == len(reached) else None


# --- in words ------------------------------------------------------------------------------------

_PHRASES: Final[Phrases] = {
    "level-upgraded": (
        "{names} elevated their relations to the level of {what}.",
        "{names} nâng cấp quan hệ lên {what}.",
    ),
    "level-upgraded-unnamed": (
        "{names} elevated their relations{what}; the level reached is not named.",
        "{names} nâng cấp quan hệ{what}; nguồn không nêu khuôn khổ mới.",
    ),
    "level-held": (
        "A list of that day has {names} at the level of {what}.",
        "Danh sách vào thời điểm đó ghi quan hệ {names} ở khuôn khổ {what}.",
    ),
    "level-downgraded": (
        "{names} lowered their relations to the level of {what}.",
        "{names} hạ cấp quan hệ xuống {what}.",
    ),
    "level-given-up": (
        "{names} gave up their partnership{what}.",
        "{names} chấm dứt quan hệ đối tác{what}.",
    ),
    "level-renewed": (
        "{names} renewed their relations as {what}.",
        "{names} làm sâu sắc khuôn khổ quan hệ {what}.",
    ),
    "level-agreed": (
        "{names} agreed in principle on the level of {what}, which was not yet in effect.",
        "{names} nhất trí về nguyên tắc nâng cấp lên {what}, chưa chính thức xác lập.",
    ),
    "ladder": (" on the ladder of {party}", " theo thang bậc của {party}"),
    "level": ("Level, ladder of {party}", "Mức quan hệ theo {party}"),
    "held": ("{level} since {since}", "{level} từ {since}"),
    "reached by": ("{level}, reached {since}", "{level}, đạt {since}"),
    "not named": (
        "raised, level not named, since {since}",
        "đã nâng cấp, không rõ khuôn khổ, từ {since}",
    ),
    "off": ("{level} since {since} (a label without a rank)", "{level} từ {since} (không xếp bậc)"),
    "ended": ("none since {since}", "không còn từ {since}"),
    "below": ("below {level}", "dưới mức {level}"),
    "agreed": ("{level} agreed, not yet in effect", "đã nhất trí {level}, chưa có hiệu lực"),
}


def _clause(event: _LevelEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
    ladder, names = "", grammar.names(event.parties)
    if all(party in grammar.reference.ladder for party in event.parties):  # else it goes unsaid
        ladder = grammar.say(_PHRASES, "ladder", party=grammar.name(event.ladder))
    level: str | None = event.level  # type: ignore[attr-defined]  # each subclass has one
    if level is None:
        given_up = isinstance(event, LevelDowngraded)
        key = "level-given-up" if given_up else "level-upgraded-unnamed"
        return key, {"names": names, "what": ladder}
    name = grammar.reference.level(event.ladder, level).name(grammar.lang)
    return event.type, {"names": names, "what": name + ladder}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Yield what is held on the ladder of each side that has one."""
    state = dyad.state(LEVEL)
    ladders = {*grammar.reference.ladder, *(held.ladder for held in state.ladders)}
    for party in [one for one in grammar.in_order(dyad.parties) if one in ladders]:
        held = state.on(party) or LadderState(party, LevelStatus.NONE)
        held = held.ranked(grammar.reference)
        label = grammar.say(_PHRASES, "level", party=grammar.name(party))
        below = dyad.complete_from(party) if dyad.is_certain(LEVEL) else None
        yield label, _held(held, grammar, below=below, known=dyad.covers_level(party))


def _held(held: LadderState, grammar: Grammar, *, below: Level | None, known: bool) -> str:
    def level(id: str) -> Level:
        return grammar.reference.level(held.ladder, id)

    if held.since is None and not known and below is not None:
        said = grammar.say(_PHRASES, "below", level=below.name(grammar.lang))
    elif held.since is None:
        said = grammar.say(vocabulary.CONNECTIVES, "none" if known else "not known")
    elif held.level is None:
        said = grammar.say(_PHRASES, "ended", since=held.since.words(grammar.lang))
    else:
        name, since = level(held.level).name(grammar.lang), held.since.words(grammar.lang)
        key = "held" if level(held.level).rank is not None else "off"
        if held.level == UNNAMED:
            key = "not named"
        elif held.since.text.startswith("[.."):
            key = "reached by"
        said = grammar.say(_PHRASES, key, level=name, since=since)
    if held.agreed is None:
        return said
    agreed = level(held.agreed).name(grammar.lang)
    return f"{said}; {grammar.say(_PHRASES, 'agreed', level=agreed)}"


LEVEL: Final[Track[_Levels, LevelState]] = Track(
    name="level",
    owns=(LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed, LevelHeld),
    handlers={
        LevelUpgraded: _upgrade,
        LevelDowngraded: _downgrade,
        LevelRenewed: _renew,
        LevelAgreed: _agree,
        LevelHeld: _list,
        TiesSevered: _sever,
        **ends_with_a_party(_sever),
    },
    start=dict,
    freeze=_freeze,
    none=LevelState(),
    unknown=LevelState(),
    subjects=same_dyad,
    cells=_cells,
    answers=_answers,
    decisive=3,
    copy=_copy,
    mark=_mark,
    rules={
        LevelUpgraded: (*_PREVIOUS, Rule(code="DR303", find=_find_held), _STEP),
        LevelDowngraded: (*_PREVIOUS, _HELD_BEFORE, _STEP),
        LevelRenewed: (_HELD_BEFORE, _STEP),
        LevelAgreed: (Rule(code="DR310", find=_find_agreed_too_late, reported=False),),
        LevelHeld: (Rule(code="DR310", find=_find_listed_otherwise),),
    },
    is_covered=_is_covered,
    complete_to=_complete_to,
    label=("level", "mức quan hệ"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of partnership levels."""

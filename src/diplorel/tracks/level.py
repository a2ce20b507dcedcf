"""Level: the declared title of a partnership, on one party's own ladder.

A level is a declared title and nothing more: what two governments do together follows the content
of their documents better than the title on them. Each party has its own ladder, and levels of
different ladders are never compared; so every event says on whose ladder it is.
"""

from __future__ import annotations

from enum import StrEnum
from itertools import starmap
from operator import attrgetter
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias

import attrs

from diplorel.language import vocabulary
from diplorel.model.converters import dyad, one_party, slug, slug_or_none, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event, Precedence, Wording
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import Cell, Rule, Subject, Track, same_dyad

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import Answers, DyadView

_ID: Final = attrgetter("id")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _LevelEvent(Event):
    parties: tuple[str, str] = attrs.field(converter=dyad)
    ladder: str = attrs.field(converter=one_party)

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
        parties: The two parties.
        ladder: The party on whose ladder the level is.
        level: The id of the level reached.
        previous: The id of the level before, where a source says it; `check` compares it.
        wording: What each side calls the level, by language.

    >>> LevelUpgraded(on="2025-03-12", parties=("VNM", "SGP"), ladder="VNM",
    ...               level="comprehensive-strategic", sources=["vna-2025-03-12"]).id
    'level-upgraded/SGP-VNM/2025-03-12/VNM'
    """

    type: ClassVar[str] = "level-upgraded"
    precedence: ClassVar[Precedence] = Precedence.RAISED
    begins_once: ClassVar[bool] = True

    level: str = attrs.field(converter=slug)
    previous: str | None = attrs.field(default=None, converter=slug_or_none)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelDowngraded(_LevelEvent):
    """A level was lowered or given up.

    Effect: the lower level is held since that day; without one, no level is held.

    Attributes:
        parties: The two parties.
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

    Effect: the label can change within the rank; the since of the level stays.

    Attributes:
        parties: The two parties.
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
        parties: The two parties.
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
        kind: ``upgraded``, ``downgraded``, ``renewed`` or ``ended``.
        level: The id of the level from then on; None where it ended.
        cause: The event that led there. Two steps are equal when its id is the same.
    """

    kind: str
    level: str | None
    cause: Event = attrs.field(eq=_ID, repr=_ID)

    @property
    def on(self) -> PartialDate:
        """The day."""
        return self.cause.on

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


@attrs.frozen
class LevelState:
    """What a dyad holds on every ladder on which something happened, in the order of ladders."""

    ladders: tuple[LadderState, ...] = ()

    def on(self, ladder: str) -> LadderState | None:
        """Return what is held on one ladder; None where nothing happened on it."""
        return next((state for state in self.ladders if state.ladder == ladder), None)


_HELD: Final = LevelStatus.HELD  # Python 3.11 takes a call to find a member by its name


class _Rungs:
    __slots__ = ("agreed", "level", "path", "since", "status")

    def __init__(self) -> None:
        self.status = LevelStatus.NONE
        self.level: str | None = None
        self.since: PartialDate | None = None
        self.agreed: str | None = None
        self.path: list[tuple[str, str | None, Event]] = []

    def copy(self) -> _Rungs:
        """Return others with the same contents."""
        new = _Rungs()
        new.status, new.level, new.since = self.status, self.level, self.since
        new.agreed, new.path = self.agreed, self.path[:]
        return new


_Levels = dict[str, _Rungs]


def _rungs(acc: _Levels, ladder: str) -> _Rungs:
    rungs = acc.get(ladder)
    if rungs is None:
        rungs = acc[ladder] = _Rungs()
    return rungs


def _upgrade(acc: _Levels, event: LevelUpgraded) -> None:
    rungs = _rungs(acc, event.ladder)
    rungs.agreed = None
    level = event.level
    if rungs.level != level:
        rungs.status, rungs.level, rungs.since = _HELD, level, event.on
        rungs.path.append(("upgraded", level, event))


def _downgrade(acc: _Levels, event: LevelDowngraded) -> None:
    if event.level is None:
        _end(_rungs(acc, event.ladder), event)
        return
    rungs = _rungs(acc, event.ladder)
    if rungs.level != event.level:
        rungs.status, rungs.level, rungs.since = _HELD, event.level, event.on
        rungs.path.append(("downgraded", event.level, event))


def _renew(acc: _Levels, event: LevelRenewed) -> None:
    rungs = _rungs(acc, event.ladder)
    if rungs.level is None:
        rungs.since = event.on
    rungs.status, rungs.level = _HELD, event.level
    rungs.path.append(("renewed", event.level, event))


def _agree(acc: _Levels, event: LevelAgreed) -> None:
    _rungs(acc, event.ladder).agreed = event.level


def _sever(acc: _Levels, event: TiesSevered) -> None:
    for rungs in acc.values():
        _end(rungs, event)


def _end(rungs: _Rungs, event: Event) -> None:
    rungs.agreed = None
    if rungs.level is not None:
        rungs.status, rungs.level, rungs.since = LevelStatus.ENDED, None, event.on
        rungs.path.append(("ended", None, event))


def _copy(acc: _Levels) -> _Levels:
    return {ladder: rungs.copy() for ladder, rungs in acc.items()}


def _answers(acc: _Levels) -> Answers:
    """Return what the one ladder answers whose events came."""
    rungs = next(iter(acc.values()), _Rungs())
    path = tuple((kind, level, event.id) for kind, level, event in rungs.path)
    return (
        ("status", rungs.status),
        ("level", rungs.level),
        ("since", rungs.since),
        ("agreed", rungs.agreed),
        ("path", path),
    )


def _mark(state: LevelState, open_: Collection[tuple[Cell, str]]) -> LevelState:
    return LevelState(
        tuple(
            attrs.evolve(
                held, open=frozenset(name for cell, name in open_ if cell in ((held.ladder,), ()))
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
                tuple(starmap(Step, rungs.path)),
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


def _level_of(acc: _Levels, event: _LevelEvent) -> str | None:
    held = acc.get(event.ladder)
    return held.level if held else None


def _never_reached(acc: _Levels, event: _LevelEvent) -> bool:
    """Return whether no level was ever held on the ladder, as far as is recorded."""
    held = acc.get(event.ladder)
    return held is None or held.status is LevelStatus.NONE


def _find_other_level(
    acc: _Levels, event: _LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find another level before the event than it names."""
    held, previous = acc.get(event.ladder), _previous(event)
    if held is None or previous is None or held.level == previous:
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
    if held is None or held.since is None or held.level != event.level:
        return None
    return (
        f"it reaches {event.level!r}, which has been held since {held.since.text}",
        "If it was refreshed, record a level-renewed, else correct the one that is wrong",
    )


def _find_none_held(
    acc: _Levels, event: _LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find no level that could be lowered or renewed."""
    if _level_of(acc, event) is not None:
        return None
    return (
        f"no level is held before it on the ladder of {event.ladder}",
        "Add the event that reached the level first",
    )


def _find_wrong_step(
    acc: _Levels, event: _StepEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find a step that leads the wrong way, where the ladder ranks both levels."""
    before = _previous(event) if _never_reached(acc, event) else _level_of(acc, event)
    if before is None or event.level is None:
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


def _find_agreed_too_late(
    acc: _Levels, event: LevelAgreed, reference: Reference
) -> tuple[str, str] | None:
    """Find an agreement on a level that is held already, or on one that is not higher."""
    before = _level_of(acc, event)
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
        return "level-given-up", {"names": names, "what": ladder}
    name = grammar.reference.level(event.ladder, level).name(grammar.lang)
    return event.type, {"names": names, "what": name + ladder}


def _describe(dyad: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    """Yield what is held on the ladder of each side that has one."""
    state = dyad.state(LEVEL)
    ladders = {*grammar.reference.ladder, *(held.ladder for held in state.ladders)}
    for party in [one for one in grammar.in_order(dyad.parties) if one in ladders]:
        held = state.on(party) or LadderState(party, LevelStatus.NONE)
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
        ranked = level(held.level).rank is not None
        name, since = level(held.level).name(grammar.lang), held.since.words(grammar.lang)
        said = grammar.say(_PHRASES, "held" if ranked else "off", level=name, since=since)
    if held.agreed is None:
        return said
    agreed = level(held.agreed).name(grammar.lang)
    return f"{said}; {grammar.say(_PHRASES, 'agreed', level=agreed)}"


LEVEL: Final[Track[_Levels, LevelState]] = Track(
    name="level",
    owns=(LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed),
    handlers={
        LevelUpgraded: _upgrade,
        LevelDowngraded: _downgrade,
        LevelRenewed: _renew,
        LevelAgreed: _agree,
        TiesSevered: _sever,
    },
    start=dict,
    freeze=_freeze,
    none=LevelState(),
    unknown=LevelState(),
    subjects=same_dyad,
    cells=_cells,
    answers=_answers,
    decisive=2,
    copy=_copy,
    mark=_mark,
    rules={
        LevelUpgraded: (*_PREVIOUS, Rule(code="DR303", find=_find_held), _STEP),
        LevelDowngraded: (*_PREVIOUS, _HELD_BEFORE, _STEP),
        LevelRenewed: (_HELD_BEFORE, _STEP),
        LevelAgreed: (Rule(code="DR310", find=_find_agreed_too_late, reported=False),),
    },
    is_covered=_is_covered,
    complete_to=_complete_to,
    label=("level", "mức quan hệ"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of partnership levels."""

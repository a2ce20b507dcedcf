"""Level: the declared title of a partnership, on one party's own ladder.

A level is a declared title and nothing more: what two governments do together follows the content
of their documents better than the title on them. Each party has its own ladder, and levels of
different ladders are never compared; so every event says on whose ladder it is.
The events are in `level_events`, what is held on each ladder in `level_rungs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

from diplorel.language import vocabulary
from diplorel.tracks import level_rungs as rungs
from diplorel.tracks.level_events import (
    LevelAgreed,
    LevelDowngraded,
    LevelEvent,
    LevelHeld,
    LevelRenewed,
    LevelUpgraded,
)
from diplorel.tracks.level_rungs import (
    UNNAMED,
    LadderState,
    Levels,
    LevelState,
    LevelStatus,
    Step,
    by_rank,
)
from diplorel.tracks.ties import TiesSevered
from diplorel.tracks.track import Rule, Subject, Track, ends_with_a_party, same_dyad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.language.grammar import Grammar
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference
    from diplorel.tracks.track import DyadView

# --- rules ---------------------------------------------------------------------------------------


def _previous(event: LevelEvent) -> str | None:
    previous: str | None = getattr(event, "previous", None)
    return previous


def _level_of(acc: Levels, event: LevelEvent, reference: Reference) -> str | None:
    held = acc.get(event.ladder)
    if held is None or len(held.labels) == 1:
        return held.level if held else None
    return by_rank(held.path, event.ladder, reference)[0]


def _never_reached(acc: Levels, event: LevelEvent) -> bool:
    """Return whether no level was ever held on the ladder, as far as is recorded."""
    held = acc.get(event.ladder)
    return held is None or held.status is LevelStatus.NONE


def _find_other_level(
    acc: Levels, event: LevelEvent, reference: Reference
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
    acc: Levels, event: LevelEvent, reference: Reference
) -> tuple[str, str] | None:
    """Find a level before the event that has no record."""
    previous = _previous(event)
    if previous is None or event.ladder in acc:
        return None
    ladder = f"the ladder of {event.ladder}, which the stream calls complete"
    return (
        f"it gives the level before as {previous!r}, and nothing before it is recorded on {ladder}",
        "Add the step that reached it, or begin the coverage later",
    )


def _find_held(acc: Levels, event: LevelUpgraded, reference: Reference) -> tuple[str, str] | None:
    """Find an upgrade to the level that is held."""
    held = acc.get(event.ladder)
    if held is None or held.since is None or event.level not in held.labels:
        return None
    if held.since == event.on and held.path[-1].cause.parties != event.parties:
        return None  # reported again, for more parties or for fewer
    return (
        f"it reaches {event.level!r}, which has been held since {held.since.text}",
        "If it was refreshed, record a level-renewed, else correct the one that is wrong",
    )


def _find_none_held(acc: Levels, event: LevelEvent, reference: Reference) -> tuple[str, str] | None:
    """Find no level that could be lowered or renewed."""
    if _level_of(acc, event, reference) is not None:
        return None
    return (
        f"no level is held before it on the ladder of {event.ladder}",
        "Add the event that reached the level first",
    )


def _find_wrong_step(
    acc: Levels, event: _StepEvent, reference: Reference
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
    """Return the levels of a ladder that one can rise to: from none or without a rank, all."""
    known = reference.ladder.get(ladder)
    low = None if level is None else reference.level(ladder, level).rank
    return tuple(
        one
        for one in (known.levels if known else ())
        if low is None or (one.rank is not None and one.rank > low)
    )


def _find_listed_otherwise(
    acc: Levels, event: LevelHeld, reference: Reference
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
    acc: Levels, event: LevelAgreed, reference: Reference
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
    Rule[Levels](code="DR302", find=_find_other_level, where_complete=_never_reached),
    Rule[Levels](code="DR309", find=_find_unrecorded, where_complete=_never_reached),
)
_HELD_BEFORE: Final = Rule[Levels](
    code="DR304", find=_find_none_held, where_complete=_never_reached
)
_STEP: Final = Rule[Levels](code="DR310", find=_find_wrong_step)


def _is_covered(
    track: Track[Levels, LevelState],
    reference: Reference,
    subject: Subject,
    event: LevelEvent,
    day: int,
) -> bool:
    """Return whether a stream is complete for a ladder, down to the level that an event names."""
    floor = _previous(event) or event.level  # type: ignore[attr-defined]  # each subclass has one
    return reference.covers_level(event.ladder, day, floor)


def _complete_to(
    track: Track[Levels, LevelState],
    reference: Reference,
    parties: tuple[str, str],
    state: LevelState,
    day: int | None,
) -> int | None:
    """Return the last day when streams vouch for the levels on all of a dyad's ladders."""
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
    "level": ("Level, ladder of {party}", "Khuôn khổ quan hệ (theo {party})"),
    "held": ("{level} since {since}", "{level} từ {since}"),
    "reached by": ("{level}, reached {since}", "{level}, đạt {since}"),
    "not named": (
        "raised, level not named, since {since}",
        "đã nâng cấp, không rõ khuôn khổ, từ {since}",
    ),
    "off": ("{level} since {since} (a label without a rank)", "{level} từ {since} (không xếp bậc)"),
    "ended": ("none since {since}", "không còn từ {since}"),
    "below": ("below {level}", "dưới khuôn khổ {level}"),
    "agreed": ("{level} agreed, not yet in effect", "đã nhất trí {level}, chưa có hiệu lực"),
}


def _clause(event: LevelEvent, grammar: Grammar) -> tuple[str, dict[str, str]]:
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


LEVEL: Final[Track[Levels, LevelState]] = Track(
    name="level",
    owns=(LevelUpgraded, LevelDowngraded, LevelRenewed, LevelAgreed, LevelHeld),
    handlers={
        LevelUpgraded: rungs.upgrade,
        LevelDowngraded: rungs.downgrade,
        LevelRenewed: rungs.renew,
        LevelAgreed: rungs.agree,
        LevelHeld: rungs.list_at,
        TiesSevered: rungs.sever,
        **ends_with_a_party(rungs.sever),
    },
    start=dict,
    freeze=rungs.freeze,
    none=LevelState(),
    unknown=LevelState(),
    subjects=same_dyad,
    cells=rungs.cells,
    answers=rungs.answers,
    decisive=3,
    copy=rungs.copy,
    mark=rungs.mark,
    rules={
        LevelUpgraded: (*_PREVIOUS, Rule(code="DR303", find=_find_held), _STEP),
        LevelDowngraded: (*_PREVIOUS, _HELD_BEFORE, _STEP),
        LevelRenewed: (_HELD_BEFORE, _STEP),
        LevelAgreed: (Rule(code="DR310", find=_find_agreed_too_late, reported=False),),
        LevelHeld: (Rule(code="DR310", find=_find_listed_otherwise),),
    },
    is_covered=_is_covered,
    complete_to=_complete_to,
    label=("level", "khuôn khổ quan hệ"),
    phrases=_PHRASES,
    clause=_clause,
    describe=_describe,
)
"""The track of partnership levels."""

__all__ = [
    "LEVEL",
    "UNNAMED",
    "LadderState",
    "LevelAgreed",
    "LevelDowngraded",
    "LevelHeld",
    "LevelRenewed",
    "LevelState",
    "LevelStatus",
    "LevelUpgraded",
    "Step",
    "levels_above",
]

"""What callers ask with: every argument from outside is looked at here, once, at the façades.

What lies below takes its arguments as they are: parties and levels by id, days as ordinals. Each
function takes the name of the argument, so that the message can say which of them is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import MAXYEAR, UTC, date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, TypeVar

from diplorel.errors import (
    InvalidDateError,
    InvalidQueryError,
    MissingKeyError,
    UnknownLevelError,
    UnknownTrackError,
    did_you_mean,
    expected_one_of,
    nearest,
)
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.events import Event
from diplorel.model.parties import STATES
from diplorel.model.records import utc
from diplorel.tracks import STANDARD
from diplorel.tracks.track import Track

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from diplorel.model.dates import DayLike
    from diplorel.model.ladders import Ladder, Level
    from diplorel.model.reference import Reference

T = TypeVar("T")
Edge: TypeAlias = Literal["first", "last"]
"""Which of its days a month or a year stands for."""
_STANDARD_TYPES: Final = frozenset(cls.type for track in STANDARD for cls in track.owns)
_WHOLE: Final = ("day", "month", "year")
_WINDOW: Final = re.compile(r"(?P<count>[1-9]\d{0,4})(?P<unit>[DMY])", re.ASCII)


def choice(name: str, given: object, allowed: Iterable[str]) -> None:
    """Refuse a word that is none of a closed list.

    Raises:
        InvalidQueryError: It is none; the message offers the nearest.
    """
    if given not in (*allowed,):
        raise InvalidQueryError(f"{name}: {expected_one_of(allowed, given)}")


def word(name: str, given: object, example: str) -> None:
    """Refuse what is no text, or an empty one.

    Raises:
        InvalidQueryError: It is so.
    """
    if not isinstance(given, str) or not given.strip():
        raise InvalidQueryError(f"{name}: expected a text such as {example!r}, got {given!r}")


def not_both(**given: object) -> None:
    """Refuse two arguments that exclude each other.

    Raises:
        InvalidQueryError: Both are given.
    """
    if all(one is not None for one in given.values()):
        names = " or ".join(f"{name}=" for name in given)
        raise InvalidQueryError(f"give {names}, not both: they answer differently")


# --- days ----------------------------------------------------------------------------------------


def day(name: str, given: DayLike | None, edge: Edge = "last") -> int | None:
    """Return a day as an ordinal; None for None.

    A month or a year stands for one of its days, so that the world on ``2025-03`` is the world at
    the end of March. A `PartialDate` does likewise, if it is neither in doubt nor a range.

    Args:
        name: The name of the argument.
        given: A day, a month or a year as text, a `datetime.date`, a `datetime.datetime` at
            midnight (so a `pandas.Timestamp` too), or a `PartialDate`.
        edge: Which day a month or a year stands for.

    Raises:
        InvalidDateError: It is none of these.
    """
    if given is None:
        return None
    if type(given) is str and len(given) == len("2025-03-12"):
        try:
            return ordinal(given)
        except InvalidDateError:
            pass
    elif isinstance(given, datetime):
        return _midnight(name, given).toordinal()
    elif isinstance(given, date):
        return given.toordinal()
    else:
        on = _partial(given)
        if on is not None:
            return on.lo if edge == "first" else on.hi
    raise InvalidDateError(
        f"{name}: {given!r} is no day: expected a form such as '2025-03-12', '2025-03' or '2025', "
        "or a datetime.date"
    )


def full_day(name: str, given: DayLike | None) -> date | None:
    """Return a day, where a month or a year is not enough; None for None.

    Raises:
        InvalidDateError: It is no day.
    """
    found = day(name, given)
    if found is None:
        return None
    if day(name, given, "first") != found:
        raise InvalidDateError(f"{name}: {given!r} is no day: expected a form such as '2025-03-12'")
    return date.fromordinal(found)


def today(given: DayLike | None) -> date:
    """Return the present day: what is given, or the day of the clock, in UTC.

    Raises:
        InvalidDateError: It is no day.
    """
    return full_day("today", given) or datetime.now(UTC).date()


def year(name: str, given: object) -> int:
    """Return a year of the calendar.

    Raises:
        InvalidQueryError: It is not a whole number from 1 to 9999.
    """
    if not isinstance(given, int) or isinstance(given, bool) or not 1 <= given <= MAXYEAR:
        raise InvalidQueryError(f"{name}: expected a year such as 2025, got {given!r}")
    return given


def positive(name: str, given: object) -> int:
    """Return a whole number above zero.

    Raises:
        InvalidQueryError: It is none.
    """
    if not isinstance(given, int) or isinstance(given, bool) or given < 1:
        raise InvalidQueryError(f"{name}: expected a whole number from 1 up, got {given!r}")
    return given


def window(given: object) -> tuple[int, str]:
    """Return a length of time as a number and ``D``, ``M`` or ``Y``: days, months or years.

    Raises:
        InvalidQueryError: It has another form.
    """
    match = _WINDOW.fullmatch(given) if isinstance(given, str) else None
    if match is None:
        raise InvalidQueryError(
            f"window: expected a length such as '24M', '2Y' or '90D', got {given!r}"
        )
    return int(match["count"]), match["unit"]


def years(given: object, last: int | None = None) -> tuple[int, int] | None:
    """Return the first and the last year of a question; None for None.

    Args:
        given: Two years, the earlier one first.
        last: The present year, after which nothing can be asked; None: any year can.

    Raises:
        InvalidQueryError: They are not two years in order, or they lie in the future.
    """
    if given is None:
        return None
    two = listed("years", given)
    if len(two) != 2:  # noqa: PLR2004  a first and a last one
        raise InvalidQueryError(f"years: expected two, as in (2008, 2025), got {given!r}")
    first, until = year("years", two[0]), year("years", two[1])
    if until < first:
        raise InvalidQueryError(f"years: {first} lies after {until}: give the earlier one first")
    if last is not None and until > last:
        raise InvalidQueryError(f"years: {until} has not come, the last one is {last}")
    return first, until


def known(given: DayLike | datetime | None) -> date | datetime | None:
    """Return a moment in UTC, or the day at whose end something was known; None for None.

    Raises:
        InvalidDateError: It is neither.
    """
    if isinstance(given, datetime):
        moment = given.tzinfo is not None or not _is_midnight(given)
    else:
        moment = isinstance(given, str) and "T" in given
    if moment:
        try:
            return utc(given)  # type: ignore[arg-type]  # as the two lines above say
        except InvalidDateError as error:
            raise InvalidDateError(f"known: {error}") from None
    found = day("known", given)
    return None if found is None else date.fromordinal(found)


def _is_midnight(given: datetime) -> bool:
    try:
        return given.time() == time()
    except ValueError:  # pandas.NaT is a datetime, and no time
        return False


def _midnight(name: str, given: datetime) -> date:
    if given.tzinfo is None and _is_midnight(given):
        return given.date()
    raise InvalidDateError(f"{name}: {given!r} is no day: give its day, as in moment.date()")


def _partial(given: object) -> PartialDate | None:
    if isinstance(given, str):
        try:
            given = PartialDate(given)
        except InvalidDateError:
            return None
    if isinstance(given, PartialDate):
        doubtful = given.uncertain or given.approximate
        return given if given.precision in _WHOLE and not doubtful else None
    return None


# --- parties and levels --------------------------------------------------------------------------


def party(reference: Reference, given: str) -> str:
    """Return the id of a party that is given by id, alpha-2 code or name.

    Raises:
        UnknownPartyError: There is none; the message offers the nearest.
    """
    return reference.parties.find(given).id


def pair(reference: Reference, given: object) -> tuple[str, str]:
    """Return the ids of two parties in alphabetical order.

    Raises:
        UnknownPartyError: There is no such party.
        MissingKeyError: Both are the same, or there are not two of them.
    """
    if not isinstance(given, (tuple, list)) or len(given) != 2:  # noqa: PLR2004  a dyad
        raise MissingKeyError(
            f"a relation is between two parties, as in world['VNM', 'SGP'], got {given!r}"
        )
    a, b = sorted(party(reference, name) for name in given)
    if a == b:
        raise MissingKeyError(f"{a} has no relation with itself: give two parties")
    return a, b


def group(name: str, reference: Reference, given: str) -> str:
    """Return the id of a group, union or organisation.

    Raises:
        UnknownPartyError: There is no such party.
        InvalidQueryError: It is a country.
    """
    found = reference.parties.find(given)
    if found.kind in STATES:
        raise InvalidQueryError(f"{name}: {found.id} is a country, expected a group such as ASEAN")
    return found.id


def groups(reference: Reference, given: object) -> tuple[str, ...] | None:
    """Return the ids of several groups, each once; None for None.

    Raises:
        UnknownPartyError: There is no such party.
        InvalidQueryError: One is a country, or they are no list.
    """
    if given is None:
        return None
    found = (group("groups", reference, one) for one in listed("groups", given))
    return tuple(dict.fromkeys(found))


def level(ladder: Ladder, given: str | None) -> str | None:
    """Return the id of a level that is given by its id, or by its name in any language.

    Raises:
        UnknownLevelError: The ladder has none such; the message lists those it has.
    """
    return None if given is None else ladder.find(given).id


Milestone: TypeAlias = str | tuple[str, str]
"""What a duration begins or ends with: ``ties``, or ``("level", id)``."""


def milestone(
    name: str, reference: Reference, party_id: str | None, given: object
) -> dict[str, Level] | None:
    """Return the level that a milestone means on each ladder that has it; None for ties.

    Args:
        name: The name of the argument.
        reference: The ladders.
        party_id: The id of the party whose ladder alone counts; all ladders when None.
        given: ``ties``, or a pair of ``level`` and a level.

    Raises:
        UnknownLevelError: The ladder of the party has no such level.
        InvalidQueryError: It is neither; no ladder has the level; or the level has no rank.
    """
    if given == "ties":
        return None
    forms = "expected 'ties', or a pair such as ('level', 'strategic')"
    if not isinstance(given, (tuple, list)) or len(given) != 2 or given[0] != "level":  # noqa: PLR2004  a pair
        raise InvalidQueryError(f"{name}: {forms}, got {given!r}")
    wanted = str(given[1])
    found: dict[str, Level] = {}
    for one in reference.ladder.values():
        if party_id is None or one.party == party_id:
            try:
                found[one.party] = one.find(wanted)
            except UnknownLevelError:
                if party_id is not None:
                    raise
    if not found:
        raise InvalidQueryError(f"{name}: no ladder has the level {wanted!r}")
    for ladder, known in found.items():
        if known.rank is None:
            raise InvalidQueryError(
                f"{name}: on the ladder of {ladder}, {known.id} has no rank, so no level is known "
                "to be higher: ask for a level with a rank"
            )
    return found


def entry(given: DayLike) -> str | int:
    """Return from when a dyad is under observation: ``coverage``, ``start``, or a day.

    Raises:
        InvalidDateError: It is none of these.
    """
    if isinstance(given, str) and given in ("coverage", "start"):
        return given
    found = day("entry", given, "first")
    if found is None:
        raise InvalidDateError("entry: expected 'coverage', 'start' or a day, got None")
    return found


def levels(reference: Reference, given: str, whose: str | None) -> dict[str, str]:
    """Return the id of a level by ladder: on that of one party, or on every one that has it.

    Raises:
        UnknownLevelError: The ladder has no such level, or none has.
        InvalidQueryError: There is no ladder.
    """
    ladders = reference.ladder
    if whose is not None:
        ladders = {id: one for id, one in ladders.items() if id == whose}
    if not ladders:
        known = ", ".join(sorted(reference.ladder)) or "none"
        side = "there is no ladder" if whose is None else f"{whose} has no ladder"
        raise InvalidQueryError(f"at_least: {side} in this log, so no levels; there are: {known}")
    found: dict[str, str] = {}
    for id, ladder in sorted(ladders.items()):
        try:
            found[id] = ladder.find(given).id
        except UnknownLevelError:
            if len(ladders) == 1:
                raise
    if not found:
        named = ", ".join(sorted(ladders))
        raise UnknownLevelError(f"at_least: no ladder has a level {given!r}, of {named}")
    return found


def weights(given: object, measures: Iterable[str]) -> dict[str, Fraction]:
    """Return the weight of each measure as an exact number.

    Args:
        given: Weights by measure.
        measures: The measures that there are.

    Raises:
        InvalidQueryError: A measure is unknown, a weight is no number above zero, or there is none.
    """
    if not isinstance(given, Mapping) or not given:
        raise InvalidQueryError(
            f"weights: expected weights by measure, such as {{'visits': 2}}, got {given!r}"
        )
    known, found = (*measures,), {}
    for measure, weight in given.items():
        choice("weights", measure, known)
        number = None
        if isinstance(weight, (int, float, Decimal, Fraction)) and not isinstance(weight, bool):
            with suppress(ValueError):  # it is infinite, or no number
                number = Fraction(str(weight))
        if number is None or number <= 0:
            raise InvalidQueryError(
                f"weights: {measure}: expected a number above zero, got {weight!r}"
            )
        found[str(measure)] = number
    return found


# --- the rest ------------------------------------------------------------------------------------


def policy(given: Any) -> None:
    """Refuse what is no policy.

    Raises:
        InvalidQueryError: It cannot be called.
    """
    if not callable(given):
        raise InvalidQueryError(
            f"policy: {given!r} is none: expected a function, such as policies.latest_published"
        )


def named_policies(given: Any) -> Mapping[str, Callable[..., Any]]:
    """Return policies by name.

    Raises:
        InvalidQueryError: They have no names, or one is no policy.
    """
    try:
        found = dict(given)
    except (TypeError, ValueError):
        raise InvalidQueryError(
            f"policies: expected a dict from names to policies, got {given!r}"
        ) from None
    for one in found.values():
        policy(one)
    return found


def stream(known_streams: Iterable[str], given: str) -> None:
    """Refuse a stream that is not there.

    Raises:
        InvalidQueryError: It is not; the message offers the nearest.
    """
    streams = [*known_streams]
    if not streams:
        raise InvalidQueryError(f"stream: the log has no streams, got {given!r}")
    choice("stream", given, streams)


def releases(given: object, streams: Sequence[str]) -> Mapping[str, str]:
    """Return which release of which stream is asked for, by the name of the stream.

    Raises:
        InvalidQueryError: It does not say of which stream, or the stream is not loaded.
    """
    if given is None:
        return {}
    if isinstance(given, str):
        if len(streams) == 1:
            return {streams[0]: given}
        raise InvalidQueryError(
            "release: several streams are loaded, so say of which one it is: "
            f"release={{{streams[0]!r}: {given!r}}}"
        )
    if not isinstance(given, Mapping):
        raise InvalidQueryError(
            "release: expected the version of a release, or a dict from the names of streams to "
            f"versions, got {given!r}"
        )
    for name in given:
        if name not in streams:
            raise InvalidQueryError(f"release: {expected_one_of(streams, name)}")
    return given


def known_types(recorded: Iterable[str]) -> frozenset[str]:
    """Return the names of the standard event types, and of those that a log has beside them."""
    return _STANDARD_TYPES.union(recorded)


def types(
    recorded: Iterable[str], given: object, classes: tuple[type, ...] = (Event,)
) -> frozenset[str]:
    """Return names of event types.

    Args:
        recorded: Those that the log has, which can be of classes of its own.
        given: Event classes, or names of types.
        classes: What a class has to be a subclass of.

    Raises:
        InvalidQueryError: One is neither; the message offers the nearest.
    """
    if isinstance(given, (str, type)):
        raise InvalidQueryError(f"types: expected a list of event types, got {given!r} alone")
    known = known_types(recorded)
    found = set()
    for one in listed("types", given):
        name = one
        if isinstance(one, type) and issubclass(one, classes):
            name = getattr(one, "type", None)
        if not isinstance(name, str) or (name is one and name not in known):
            hint = did_you_mean(nearest(one, known)) if isinstance(one, str) else ""
            raise InvalidQueryError(
                f"types: {one!r} is no type of events: expected a class such as "
                f"events.LevelUpgraded, or a name such as 'level-upgraded'.{hint}"
            )
        found.add(name)
    return frozenset(found)


def tracks(given: object) -> tuple[Track[Any, Any], ...]:
    """Return tracks of the caller's own; standard ones among them are folded anyway.

    Raises:
        InvalidQueryError: One is no track, or has the name of another.
    """
    own: list[Track[Any, Any]] = []
    for one in listed("tracks", given):
        if not isinstance(one, Track):
            raise InvalidQueryError(
                f"tracks: {one!r} is no track: expected tracks of your own. The standard ones, "
                "such as tracks.LEVEL, are always there"
            )
        if any(one is other for other in (*STANDARD, *own)):
            continue
        if one.name in {other.name for other in (*STANDARD, *own)}:
            raise InvalidQueryError(f"tracks: there is a track {one.name!r} already: rename yours")
        own.append(one)
    return tuple(own)


def items(name: str, given: object, cls: type[T]) -> tuple[T, ...]:
    """Return values of one class.

    Raises:
        InvalidQueryError: One is of another class, or they are no list.
    """
    found = listed(name, given)
    for one in found:
        if not isinstance(one, cls):
            raise InvalidQueryError(f"{name}: expected a list of {cls.__name__}, got {one!r} in it")
    return tuple(found)


def stream_name(given: object) -> None:
    """Refuse what cannot name a stream.

    Raises:
        InvalidQueryError: It is no text, or an empty one.
    """
    if not isinstance(given, str) or not given:
        raise InvalidQueryError(f"stream: expected a name such as 'vietnam', got {given!r}")


def track(folded: Iterable[Track[Any, Any]], given: object) -> Track[Any, Any]:
    """Return a track that was folded, given as such or by its name.

    Raises:
        UnknownTrackError: It was not folded; the message lists those that were.
    """
    named = {one.name: one for one in folded}
    for one in named.values():
        if one is given or one.name == given:
            return one
    known = ", ".join(named)
    if isinstance(given, Track):
        raise UnknownTrackError(
            f"the track {given.name!r} was not folded, only {known}. Hand it to replay(tracks=…)"
        )
    hint = did_you_mean(nearest(given, named)) if isinstance(given, str) else ""
    raise UnknownTrackError(f"the track {given!r} was not folded, only {known}.{hint}")


def listed(name: str, given: Any) -> list[Any]:
    """Return what is given as a list.

    Raises:
        InvalidQueryError: It is none, such as a text or a single value.
    """
    if isinstance(given, str):
        raise InvalidQueryError(f"{name}: expected a list, got {given!r} alone")
    try:
        return [*given]
    except TypeError:
        raise InvalidQueryError(f"{name}: expected a list, got {given!r} alone") from None


def names_by_name(name: str, given: object) -> dict[str, str]:
    """Return names of one table by those of another.

    Raises:
        InvalidQueryError: They are no mapping of texts.
    """
    if not isinstance(given, Mapping) or not all(
        isinstance(text, str) for item in given.items() for text in item
    ):
        raise InvalidQueryError(
            f"{name}: expected your column by that of the panel, such as {{'year': 'Year'}}, "
            f"got {given!r}"
        )
    return dict(given)


def some_of(name: str, given: Any, allowed: Iterable[str]) -> tuple[str, ...]:
    """Return words of a closed list, each once, in the order given.

    Raises:
        InvalidQueryError: One is none of them; the message offers the nearest.
    """
    found = tuple(dict.fromkeys(listed(name, given)))
    for one in found:
        choice(name, one, allowed)
    return found

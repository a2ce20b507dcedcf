"""What a track is: one aspect of relations, its events, its state, its fold and its rules."""

from __future__ import annotations

import sys
from copy import deepcopy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, TypeAlias, TypeVar

import attrs

from diplorel.errors import UnknownTrackError
from diplorel.model.events import Event

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Self

    from diplorel._pickling import Reduced

Subject: TypeAlias = tuple[str, str] | str
"""What a state belongs to: a dyad (two ids in order), or one party or group."""

Acc = TypeVar("Acc")
State = TypeVar("State")


def dyads_of(event: Event) -> tuple[Subject, ...]:
    """Return the dyads among the parties of an event: one, or every pair of several."""
    parties = event.parties
    if len(parties) == 2:  # noqa: PLR2004  the usual case, kept free of loops
        a, b = parties
        return (parties if a < b else (b, a),)
    ordered = sorted(parties)
    return tuple((a, b) for i, a in enumerate(ordered) for b in ordered[i + 1 :])


def same_dyad(event: Any) -> tuple[Subject, ...]:
    """Return the dyad of an event whose parties are one already."""
    return (event.parties,)


def its_dyad(event: Any) -> tuple[Subject, ...]:
    """Return the dyad of a directed event, which keeps it as ``dyad``."""
    return (event.dyad,)


def never(first: Event, second: Event) -> bool:  # noqa: ARG001
    """Say that no two events commute: the careful answer, and the default."""
    return False


def always(first: Event, second: Event) -> bool:  # noqa: ARG001
    """Say that all events commute, as observations do."""
    return True


def no_rules(state: Any, event: Event) -> Iterable[tuple[str, str, str]]:  # noqa: ARG001
    """Find nothing wrong."""
    return ()


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Track(Generic[Acc, State]):
    """One aspect of relations, as the replay folds it.

    A track folds the events that it handles, in order, into one mutable accumulator a subject, and
    freezes that once at the end. Hand a track of your own to ``replay(tracks=…)`` and read it as
    ``relation[TRACK]``: it needs no change in the library.

    Define it as a constant at the top level of a module, beside its events or its functions. A
    world holds its tracks, and a pickled track is the name of that constant: the process that loads
    it imports the module and finds the very same track. One that was made within a function can be
    folded and copied; to pickle it, or a world that folds it, raises `UnknownTrackError`.

    Attributes:
        name: Its name, as coverage and `Relation.unknown` use it.
        handlers: What each event class does to the accumulator, its own and other tracks' alike.
        owns: The event classes that belong to this track. The rest of `handlers` is another's.
        start: Makes the accumulator of a subject.
        freeze: Makes the state of an accumulator; it must not share what may still change.
        none: The state where nothing is recorded and the stream says that it is complete.
        unknown: The state where nothing is recorded and no stream says that it is complete.
        subjects: The dyads, parties or groups that an event touches.
        commute: Whether two events leave the same state in either order, whatever the state before.
            Where dates leave the order of two events open and they do not commute, the track is not
            certain from there on. The default says that none do.
        rules: What is wrong with an event that comes upon a state: pairs of code, message and hint.
            Facts win all the same.
        of_dyads: Whether its subjects are dyads, so that a relation has a state in it.
        inherit: Makes a successor's accumulator of its predecessor's: ``(acc, old id, new id)``.

    >>> from diplorel.tracks import LEVEL
    >>> LEVEL.name, [cls.type for cls in LEVEL.owns][:2]
    ('level', ['level-upgraded', 'level-downgraded'])
    """

    name: str
    handlers: Mapping[type[Event], Callable[[Acc, Any], None]]
    owns: tuple[type[Event], ...]
    start: Callable[[], Acc]
    freeze: Callable[[Acc], State]
    none: State
    unknown: State
    subjects: Callable[[Any], Iterable[Subject]] = dyads_of
    commute: Callable[[Any, Any], bool] = never
    rules: Callable[[State, Any], Iterable[tuple[str, str, str]]] = no_rules
    of_dyads: bool = True
    inherit: Callable[[Acc, str, str], Acc] = lambda acc, old, new: deepcopy(acc)  # noqa: ARG005

    def __repr__(self) -> str:
        return f"<Track {self.name}>"

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        return self  # worlds look their states up by the track itself

    def __reduce__(self) -> Reduced:
        modules = tuple(dict.fromkeys(self._modules()))
        for module in modules:
            # a copy, since another thread may import something into the module meanwhile
            for name, value in tuple(vars(sys.modules.get(module, object)).items()):
                if value is self:
                    return _constant, (module, name)
        raise UnknownTrackError(
            f"the track {self.name!r} cannot be pickled: no module holds it under a name (looked "
            f"in {', '.join(modules)}). Define it as a constant at the top level of a module, "
            "beside its events"
        )

    def _modules(self) -> Iterator[str]:
        """Yield the names of the modules that may define this track, likely ones first."""
        functions = (self.freeze, self.subjects, self.commute, self.rules, self.inherit, self.start)
        for one in (*self.owns, *self.handlers.values(), *functions, type(self.none)):
            name = getattr(one, "__module__", None)
            if isinstance(name, str):
                yield name


def _constant(module: str, name: str) -> Track[Any, Any]:
    """Return the track that a module holds under a name."""
    found = getattr(import_module(module), name, None)
    if not isinstance(found, Track):
        raise UnknownTrackError(
            f"the module {module} of this process has no track {name}. Define it at the top level "
            "of a module that every process can import"
        )
    return found

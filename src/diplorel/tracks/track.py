"""What a track is: one aspect of relations, its events, its state, its fold and its rules.

Whoever writes a track imports from here; the rules that tracks share are written in `rules`, what
an event touches in `subjects`.
"""

from __future__ import annotations

import sys
from copy import deepcopy
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeAlias, TypeVar

import attrs

from diplorel.errors import InvalidQueryError, UnknownTrackError, expected_one_of
from diplorel.model.dates import PartialDate
from diplorel.model.events import Event
from diplorel.model.lives import PartyBegan, PartyEnded
from diplorel.tracks.columns import StateColumn
from diplorel.tracks.rules import Rule, begins_once, ends_what_stands, ends_with_a_party
from diplorel.tracks.subjects import (
    Cell,
    Subject,
    always_matters,
    both_end,
    dyads_of,
    its_agreement,
    its_dyad,
    joins_nothing,
    no_cells,
    same_dyad,
    share_a_cell,
    whole_state,
)

if TYPE_CHECKING:
    from collections.abc import (
        Callable,
        Collection,
        Hashable,
        Iterable,
        Iterator,
        Mapping,
        Sequence,
    )
    from typing import Self

    from diplorel._pickling import Reduced
    from diplorel.language.grammar import Grammar
    from diplorel.model.ladders import Level
    from diplorel.model.reference import Reference

Acc = TypeVar("Acc")
State = TypeVar("State")


Answers: TypeAlias = "tuple[tuple[str, Hashable], ...]"
"""What an accumulator answers by name, what matters most first."""


def essence(value: Any) -> Hashable:
    """Return what distinguishes two accumulators: equal ones go on alike.

    Events go by identity; dicts, lists, sets and objects by what they hold. What cannot be looked
    into is like nothing else.
    """
    if isinstance(value, Event):
        return id(value)
    if isinstance(value, dict):
        return frozenset((key, essence(item)) for key, item in value.items())
    if isinstance(value, (list, tuple)):
        return tuple(essence(item) for item in value)
    if isinstance(value, (set, frozenset)):
        return frozenset(essence(item) for item in value)
    if any("__eq__" in vars(cls) for cls in type(value).__mro__[:-1]):  # equal ones are alike
        hashable: Hashable = value if type(value).__hash__ is not None else id(value)
        return hashable
    names = [name for cls in type(value).__mro__ for name in getattr(cls, "__slots__", ())]
    held = {name: getattr(value, name) for name in names if hasattr(value, name)}
    held |= getattr(value, "__dict__", {})
    return (type(value), essence(held)) if held else id(value)


def whole_answer(acc: Any, _: Reference) -> Answers:
    """Return all of an accumulator as one answer."""
    return (("state", essence(acc)),)


def as_it_is(state: Any, open_: Collection[tuple[Cell, str]]) -> Any:
    """Return a state as it is: it has no place for what is open."""
    return state


def as_it_was(acc: Any, old: str, new: str) -> Any:
    """Return a successor's accumulator: what the predecessor had, without the names of parties."""
    return deepcopy(acc)


def is_certain(answer: str, open_: Collection[str], answers: Collection[str]) -> bool:
    """Return whether dates leave no doubt about an answer.

    Raises:
        InvalidQueryError: The name is not one of *answers*. Use one of them.
    """
    if answer not in answers:
        raise InvalidQueryError(
            "{argument}: {expected}", argument="answer", expected=expected_one_of(answers, answer)
        )
    return answer not in open_


class DyadView(Protocol):
    """The states of a dyad on a day, as tracks describe them."""

    @property
    def parties(self) -> tuple[str, str]:
        """The two ids, in order."""
        ...

    def is_certain(self, track: Track[Any, Any]) -> bool:
        """Return whether dates leave no recorded answer of a track open."""
        ...

    def state(self, track: Track[Any, State]) -> State:
        """Return the state of one track."""
        ...

    def complete_from(self, ladder: str) -> Level | None:
        """Return the lowest level that some stream calls a ladder complete for that day."""
        ...

    def covers_level(self, ladder: str) -> bool:
        """Return whether some stream calls the levels on a ladder complete for this dyad."""
        ...


@attrs.frozen
class Sharing(Generic[State]):
    """How a track whose subjects several parties share makes the state of a dyad.

    Attributes:
        concerned: The parties whose events made what two have in a subject: the two, and those
            whose place they took; none where they never belonged at once: ``(its state, id, id)``.
        between: The state of a dyad, from the states of the subjects that both belong to or
            belonged to at once: ``(states, id, id)``.
        common: The names of the answers of a cell that bear on everybody who belongs.
    """

    concerned: Callable[[Any, str, str], Collection[str]]
    between: Callable[[Sequence[Any], str, str], State]
    common: Collection[str] = ()


def own_fields(event: Event, grammar: Grammar) -> tuple[str, dict[str, str]]:
    """Return the type of an event, the names of its parties, and each field of its own as text."""
    names = {field.name for field in attrs.fields(type(event))}
    own = names - {field.name for field in attrs.fields(Event)} - {"parties"}
    parts = {name: _as_text(getattr(event, name), grammar) for name in sorted(own)}
    return event.type, {**parts, "names": grammar.names(event.parties)}


def _as_text(value: Any, grammar: Grammar) -> str:
    if isinstance(value, tuple):
        return grammar.join([_as_text(item, grammar) for item in value]) if value else ""
    if isinstance(value, PartialDate):
        return value.words(grammar.lang)
    return "" if value is None else str(value)


def nothing_to_say(dyad: DyadView, grammar: Grammar) -> Iterable[tuple[str, str]]:
    """Return no line."""
    return ()


def _is_covered(
    track: Track[Any, Any],
    reference: Reference,
    subject: Subject,
    event: Event,
    day: int,
) -> bool:
    parties = (subject,) if isinstance(subject, str) else subject
    return reference.covers(track.name, parties, day)


def _complete_to(
    track: Track[Any, Any],
    reference: Reference,
    parties: tuple[str, str],
    state: Any,
    day: int | None,
) -> int | None:
    return reference.complete_to(track.name, parties, day)


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
        handlers: What each event class does to the accumulator, its own and other tracks' alike;
            with `ends_with_a_party`, what the end of a party does.
        owns: The event classes that belong to this track. The rest of `handlers` is another's.
        start: Makes the accumulator of a subject.
        begin: Makes it with the reference data, where a track compares persons or offices:
            ``(reference)``. Default: `start` does.
        freeze: Makes the state of an accumulator; it must not share what may still change.
        none: The state where nothing is recorded and the stream says that it is complete.
        unknown: The state where nothing is recorded and no stream says that it is complete.
        subjects: The dyads, parties or groups that an event touches.
        cells: The parts of the state that an event touches. Two events that share none leave the
            same state in either order. If dates leave the order of two others open, the track is
            not certain from there on. The default says that every event touches the whole state.
        joins: Whether an event that touches a cell as a whole can mean any part of it, so that all
            parts are one cell where there is such an event. Default: it touches each by itself.
        indifferent: Whether two events that touch one cell leave the same state in either order all
            the same, as two endings of one thing do. Default: never.
        rules: For each event class, what contradicts the state before it. If dates leave the
            order of events open, the orders that break the fewest are the plausible ones.
        answers: What an accumulator that took in the events of one cell answers, by name, what
            matters most first: ``(acc, reference)``. Default: one answer, the whole.
        decisive: How many of these answers, from the first on, decide which rules an event breaks.
        copy: Makes a copy of an accumulator that may change by itself, for the search for orders.
            Default: none, and the events are applied anew, which takes longer where many are open.
        mark: Puts into a state which answers dates leave open: ``(state, {(cell, answer)})``.
            Default: it stays as it is, and only the relation says that the track is not certain.
        is_covered: Whether some stream says that it is complete for a subject, an event and a day
            (an ordinal): ``(track, reference, subject, event, day)``. Default: by the coverage of
            the track for the parties of the subject.
        complete_to: The last day when some stream vouches for what a state of a dyad says, as an
            ordinal: ``(track, reference, parties, state, day)``. Default: by the coverage of the
            track for the two parties.
        label: What it is about, in English and in Vietnamese. Default: its name.
        phrases: A sentence for each event type, in English and in Vietnamese, with the parts of
            `clause` in braces; and whatever else `describe` takes from it.
        clause: Which phrase an event takes, and what fills it in. Default: that of its type, with
            ``{names}`` of the parties and every field of its own under its name.
        describe: The state of a dyad, each line with its label: ``(dyad, grammar)``. Default: none.
        of_dyads: Whether a relation has a state in it: its subjects are dyads, or dyads share them.
        inherit: Makes a successor's accumulator of its predecessor's: ``(acc, old id, new id)``.
        start_in: Makes the accumulator of one cell alone, for the search for orders, where an event
            touches several cells and what it breaks differs. Default: that of the whole subject.
        sharing: How the state of a dyad is made, where parties share subjects: an agreement has its
            own state, and a dyad has those that both belong to. Default: subjects are not shared.
        succeed: Lets a successor take its predecessor's place in a subject that parties share:
            ``(acc, old id, new id, others, takes_over=…)``, where one of the others has to belong
            and a state under another name takes over what it had. Default: relations pass on, by
            `inherit`.
        columns: What it offers to a panel, in the order shown.

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
    cells: Callable[[Any], tuple[Cell, ...]] = whole_state
    joins: Callable[[Cell], bool] = joins_nothing
    indifferent: Callable[[Any, Any], bool] = always_matters
    rules: Mapping[type[Event], tuple[Rule[Acc], ...]] = attrs.field(factory=dict)
    answers: Callable[[Acc, Reference], Answers] = whole_answer
    decisive: int = 1
    copy: Callable[[Acc], Acc] | None = None
    mark: Callable[[State, Collection[tuple[Cell, str]]], State] = as_it_is
    is_covered: Callable[[Track[Any, Any], Reference, Subject, Any, int], bool] = _is_covered
    complete_to: Callable[
        [Track[Any, Any], Reference, tuple[str, str], Any, int | None], int | None
    ] = _complete_to
    label: tuple[str, str] | None = None
    phrases: Mapping[str, tuple[str, str]] = attrs.field(factory=dict)
    clause: Callable[[Any, Grammar], tuple[str, dict[str, str]]] = own_fields
    describe: Callable[[DyadView, Grammar], Iterable[tuple[str, str]]] = nothing_to_say
    of_dyads: bool = True
    begin: Callable[[Reference], Acc] | None = None
    inherit: Callable[[Acc, str, str], Acc] = as_it_was
    start_in: Callable[[Cell], Acc] | None = None
    sharing: Sharing[State] | None = None
    succeed: Callable[..., None] | None = None
    columns: tuple[StateColumn[State], ...] = ()

    def __repr__(self) -> str:
        return f"<Track {self.name}>"

    def new(self, reference: Reference) -> Acc:
        """Return the accumulator of a subject without events yet."""
        return self.start() if self.begin is None else self.begin(reference)

    def cells_of(self, event: Event) -> tuple[Cell, ...]:
        """Return the parts of the state that an event touches; the end of a party touches all.

        Of a subject that parties share, it touches what belongs to that party.
        """
        if isinstance(event, (PartyBegan, PartyEnded)):
            return ((event.party,),) if self.sharing is not None else whole_state(event)
        return self.cells(event)

    def commute(self, first: Event, second: Event) -> bool:
        """Return whether two events leave the same state in either order."""
        return self.indifferent(first, second) or not share_a_cell(
            self.cells_of(first), self.cells_of(second)
        )

    def contradictions(
        self, acc: Acc, event: Event, reference: Reference, *, complete: Callable[[], bool]
    ) -> Iterator[tuple[str, str, str]]:
        """Yield what is wrong with an event that comes upon an accumulator.

        Args:
            acc: The accumulator.
            event: The event.
            reference: The ladders.
            complete: Whether a stream calls itself complete there; asked where it matters only.

        Yields:
            The code, the message and the hint of each rule that the event breaks.
        """
        for rule in self.rules.get(type(event), ()):
            found = rule.find(acc, event, reference) if rule.reported else None
            if found is not None and (not rule.where_complete(acc, event) or complete()):
                yield (rule.code, *found)

    def count_broken(self, acc: Acc, event: Event, reference: Reference) -> int:
        """Return how many rules an event breaks, reported or not, complete or not.

        By this number, orders are compared that dates leave open.
        """
        rules = self.rules.get(type(event), ())
        return sum(rule.find(acc, event, reference) is not None for rule in rules)

    @property
    def marks(self) -> bool:
        """Whether its states say themselves which answers are open."""
        return self.mark is not as_it_is

    @property
    def ends_with_a_party(self) -> bool:
        """Whether its states end when a party's life does; reports stay as history."""
        return PartyEnded in self.handlers

    @property
    def has_order(self) -> bool:
        """Whether the order of events matters; not that of observations."""
        return self.cells is not no_cells

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
            "the track {name!r} cannot be pickled: no module holds it under a name (looked "
            "in {modules}). Define it as a constant at the top level of a module, beside "
            "its events",
            name=self.name,
            modules=", ".join(modules),
        )

    def _modules(self) -> Iterator[str]:
        """Yield the names of the modules that may define this track, likely ones first."""
        functions = (
            self.freeze, self.subjects, self.cells, self.clause, self.describe, self.inherit,
            self.start,
        )  # fmt: skip
        for one in (*self.owns, *self.handlers.values(), *functions, type(self.none)):
            name = getattr(one, "__module__", None)
            if isinstance(name, str):
                yield name


def heard_by(
    tracks: Iterable[Track[Any, Any]], others: Iterable[Track[Any, Any]]
) -> tuple[Track[Any, Any], ...]:
    """Return tracks with those of the others whose events they hear, directly or not.

    These are what it takes to fold them.
    """
    found, rest = [*tracks], [*others]
    for track in found:  # it grows under way
        found += [one for one in rest if one not in found and hears(track, one)]
    return tuple(found)


def hears(track: Track[Any, Any], other: Track[Any, Any]) -> bool:
    """Return whether a track handles events that belong to another."""
    return track is not other and any(cls in track.handlers for cls in other.owns)


def _constant(module: str, name: str) -> Track[Any, Any]:
    """Return the track that a module holds under a name."""
    found = getattr(import_module(module), name, None)
    if not isinstance(found, Track):
        raise UnknownTrackError(
            "the module {module} of this process has no track {name}. Define it at the top "
            "level of a module that every process can import",
            module=module,
            name=name,
        )
    return found


__all__ = [
    "Answers",
    "Cell",
    "DyadView",
    "Rule",
    "Sharing",
    "Subject",
    "Track",
    "always_matters",
    "as_it_is",
    "as_it_was",
    "begins_once",
    "both_end",
    "dyads_of",
    "ends_what_stands",
    "ends_with_a_party",
    "essence",
    "heard_by",
    "hears",
    "is_certain",
    "its_agreement",
    "its_dyad",
    "joins_nothing",
    "no_cells",
    "nothing_to_say",
    "own_fields",
    "same_dyad",
    "share_a_cell",
    "whole_answer",
    "whole_state",
]

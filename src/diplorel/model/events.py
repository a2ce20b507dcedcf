"""The envelope that all events share, and the correction that takes one back.

The event classes themselves are in the file of their track in `diplorel.tracks`, and are listed in
`diplorel.events`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Any, ClassVar, Final

import attrs

from diplorel._pickling import Reduced, reduced
from diplorel.errors import InvalidEventError
from diplorel.model.converters import day_order, event_date, event_number, office_ids, to_tuple
from diplorel.model.dates import PartialDate
from diplorel.model.fields import Field, Form, fields_of, form_of, per_class
from diplorel.model.ladders import Text
from diplorel.model.sources import Citation, cite
from diplorel.model.text import line_or_none, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from diplorel.model.names import NameKeys


class Precedence(IntEnum):
    """The order of events on one day: endings before beginnings, reports last.

    It is a convention, for days when no source gives the order. If one does, `Event.seq`
    has it and goes first.
    """

    LIFE_BEGUN = 0
    """Of a party: nothing that happened to it came before."""
    ENDED = 10
    SUSPENDED = 20
    LOWERED = 30
    SUCCEEDED = 40
    BEGUN = 50
    RESTORED = 60
    AGREED = 70
    RAISED = 80
    RENEWED = 90
    REPORTED = 100
    LIFE_ENDED = 110
    """Of a party: nothing that happened to it came after."""


@attrs.frozen(kw_only=True)
class Person:
    """Somebody who took part, with the office held on that day.

    Attributes:
        party: The id of the party on whose side.
        name: The name; None where the sources give only the office.
        offices: Each as ``organ:office``, where the organ is one of party, state, government,
            legislature, monarchy, ministry and organisation: ``party:general-secretary``.
    """

    party: str
    name: str | None = attrs.field(default=None, converter=line_or_none)
    offices: tuple[str, ...] = attrs.field(default=(), converter=office_ids)

    __attrs_post_init__ = normalise


@attrs.frozen(kw_only=True)
class Wording:
    """What one side calls the thing, in one language."""

    party: str
    lang: str
    text: str

    __attrs_post_init__ = normalise


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Event:
    """A cited fact with a date, in the past tense: the envelope of every event.

    Subclasses add who took part (``parties``, or named roles where the fact is directed) and the
    fact itself. A class of your own needs a ``type``, a ``precedence`` and ``parties``. When its
    fields change, it raises its ``version`` and adds to ``upcasters`` the function that turns the
    plain data of the version before into the new one; lines that were written stay as they are.

    Attributes:
        on: When it happened: a civil date at the place of the event, with the source's precision.
        sources: Who says so; never empty.
        place: Where.
        occasion: On what occasion, in a few words.
        persons: Who took part, with the offices held that day.
        seq: The order on that day, where a source gives it. Default: 0.
        nth: Which of several like events of one date that one stream reports. Default: the first.
        inferred: The rule or reasoning that a part was inferred by, where no source gives it.
        note: A remark for readers.
        supersedes: The ids of earlier records of the same stream that this one corrects, each an
            id (all its accounts) or ``id@digest`` (one account).
        reason: Why, where it supersedes.
    """

    type: ClassVar[str]
    version: ClassVar[int] = 1
    upcasters: ClassVar[tuple[Callable[[dict[str, Any]], dict[str, Any]], ...]] = ()
    precedence: ClassVar[Precedence]
    begins_once: ClassVar[bool] = False
    """Whether it cannot happen again before it ends: two dates are then two accounts of it."""
    repeats: ClassVar[bool] = False
    """Whether the same is reported again and again, as numbers are."""
    several_dyads: ClassVar[bool] = False
    """Whether one event can be about several dyads: those of its method ``pairs``."""
    spans_days: ClassVar[bool] = False
    """Whether it can take several days, as visits do; sources give some or all of the days."""
    if TYPE_CHECKING:

        @property
        def parties(self) -> tuple[str, ...]:
            """Who took part, by id."""
            ...

    on: PartialDate = attrs.field(converter=event_date)
    sources: tuple[Citation, ...] = attrs.field(converter=cite)
    place: str | None = attrs.field(default=None, converter=line_or_none)
    occasion: str | None = attrs.field(default=None, converter=line_or_none)
    persons: tuple[Person, ...] = attrs.field(default=(), converter=to_tuple)
    seq: int = attrs.field(default=0, converter=day_order)
    nth: int = attrs.field(default=1, converter=event_number)
    inferred: str | None = None
    note: str | None = None
    supersedes: tuple[str, ...] = attrs.field(default=(), converter=to_tuple)
    reason: str | None = None

    def __attrs_post_init__(self) -> None:
        normalise(self)
        self._check()

    def _check(self) -> None:
        if self.supersedes and not self.reason:
            raise InvalidEventError("reason: a correction says why, and this one does not")

    # One equality, hash and repr for all event classes: to have attrs write them for each of some
    # thirty would cost every process that imports the library more than it ever gains by them.

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        # most that differ do so in the date, which is quicker to look at than all that they say
        return self.on == other.on and _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __deepcopy__(self, memo: dict[int, object]) -> Self:
        return self  # nothing in it changes; states that are copied hold the very same event

    def __repr__(self) -> str:
        given = [
            f"{field.name}={value!r}"
            for field in wire_fields(self.__class__)
            if (value := getattr(self, field.name)) != field.default
        ]
        return f"{type(self).__name__}({', '.join(given)})"

    def __reduce__(self) -> Reduced:
        return reduced(self)

    @property
    def discriminator(self) -> str:
        """What keeps this event apart from others of its type, dyad and date; may be empty."""
        return ""

    @property
    def detail(self) -> str | None:
        """What a coarser account of the same event can leave out; empty where this one does.

        None where the discriminator has no such part.
        """
        return None

    @property
    def undated_key(self) -> tuple[str, ...]:
        """What is done, apart from when: a coarser account of the same event has the same."""
        return (self.type, *self.parties, self.discriminator)

    def compared_key(self, names: NameKeys) -> tuple[str, ...]:  # noqa: ARG002  others compare names
        """Return the `undated_key` for the comparison of two events: one for all names of a person.

        Args:
            names: How names are compared.
        """
        return self.undated_key

    def may_be(self, other: Any, names: NameKeys) -> bool:  # noqa: ARG002  others compare names
        """Return whether the details leave it possible that two events of a kind are one event.

        They have the same `compared_key`, so that only what the key leaves out can distinguish
        them.
        """
        return True

    def agrees_with(self, other: Any, names: NameKeys) -> bool:  # noqa: ARG002  others compare names
        """Return whether the persons of two accounts of a kind leave it possible that they are one.

        Asked where `spans_days` is true. They need not be named.
        """
        return True

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return the parties that must be a side of it, each with the field that names it."""
        return ()

    def third_parties(self) -> Iterable[tuple[str, str]]:
        """Return who has part in it without being a side, each with the field that names it."""
        return ()

    def inconsistencies(self) -> Iterable[tuple[str, str, str]]:
        """Return where the event contradicts itself: code, message and hint of each problem."""
        return ()

    @property
    def id(self) -> str:
        """The readable id, derived from type, parties, date and discriminator."""
        date = self.on.text.replace("/", "--")
        named = f"{self.type}/{'-'.join(self.parties)}/{date}"
        if extra := self.discriminator:
            named = f"{named}/{extra}"
        return named if self.nth == 1 else f"{named}#{self.nth}"

    def content(self) -> dict[str, Any]:
        """Return the plain data that make the fact: all but citations, remarks and corrections."""
        return {key: val for key, val in plain(self).items() if key not in _APART}

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that name this very account, as in ``id@digest``."""
        return digest(self)


def _values(event: Event) -> tuple[Any, ...]:
    """Return what an event says, so that two are equal only if their canonical texts are.

    Decimals go by their digits: 9 and 9.0 are equal numbers and different reports.
    """
    values = [getattr(event, field.name) for field in wire_fields(type(event))]
    return tuple([str(one) if type(one) is Decimal else one for one in values])


_APART: Final = frozenset({"sources", "note", "inferred", "supersedes", "reason"})


@attrs.frozen(kw_only=True)
class EventRetracted:
    """A record was wrong and nothing takes its place: a correction by the stream's own editor.

    Meaning: the stream no longer says that the named event happened.
    Effect: the records of the same stream that have this id are dead, as if they had not been made
    from the day of this record on. Over another stream's records it is a disagreement.

    Attributes:
        target: The id of the event, or ``id@digest`` for one account of it.
        reason: Why.
        sources: What shows it.
        note: A remark for readers.
    """

    type: ClassVar[str] = "event-retracted"
    version: ClassVar[int] = 1

    target: str
    reason: str
    sources: tuple[Citation, ...] = attrs.field(converter=cite)
    note: str | None = None

    def __attrs_post_init__(self) -> None:
        normalise(self)
        self._check()

    def _check(self) -> None:
        if not self.reason:
            raise InvalidEventError("reason: a retraction says why, and this one does not")

    @property
    def id(self) -> str:
        """The readable id: the type, then the target."""
        return f"{self.type}/{self.target}"

    @property
    def supersedes(self) -> tuple[str, ...]:
        """The one id that it takes back."""
        return (self.target,)

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that name this very account."""
        return digest(self)


@per_class
def wire_fields(cls: type) -> tuple[Field, ...]:
    """Return the fields of *cls* as the wire has them: what happened before who says so."""
    fields = fields_of(cls)
    if not issubclass(cls, Event):
        return fields
    envelope = {field.name for field in fields_of(Event)} - {"on"}
    own = (field for field in fields if field.name not in envelope)
    return (*own, *(field for field in fields if field.name in envelope))


def _leaf(value: Any) -> str | int | None:
    """Return what is written for a value that has no parts."""
    if isinstance(value, Enum):
        found: str | int = value.value
        return found
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, Decimal):
        return str(value)
    raise InvalidEventError(f"{value!r} cannot be written, expected text, a number or a tuple")


_json: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_quoted: Final = json.encoder.encode_basestring


def canonical(value: Any) -> str:
    """Return the one text of an event: compact JSON, defaults left out, keys in a fixed order."""
    kind = value.__class__
    if kind is tuple:
        if value and isinstance(value[0], Text):
            return _json({item.lang: item.text for item in value})
        return f"[{','.join([_quoted(x) if x.__class__ is str else canonical(x) for x in value])}]"
    if kind is PartialDate:
        return _quoted(value.text)
    keys = written(kind)
    if keys is None:
        return canonical(tuple(value)) if isinstance(value, tuple) else _json(_leaf(value))
    text = head_of(kind) if isinstance(value, (Event, EventRetracted)) else ""
    for name, default, key in keys:
        item = getattr(value, name)
        if item is default or (default is not attrs.NOTHING and item == default):
            continue
        text += key + (_quoted(item) if item.__class__ is str else canonical(item))
    return f"{{{text[1:]}}}"


def plain(value: Any) -> Any:
    """Return a value as JSON data: what its canonical text says, with the keys in its order."""
    return json.loads(canonical(value))


@per_class
def head_of(cls: type[Event | EventRetracted]) -> str:
    """Return how the text of an event begins, after its brace: a comma, the type, the version."""
    text = f',"type":{_json(cls.type)}'
    return f'{text},"v":{_json(cls.version)}' if cls.version > 1 else text


@per_class
def written(cls: type) -> tuple[tuple[str, Any, str], ...] | None:
    """Return the name, the default and the quoted key of each field; None for other classes."""
    if form_of(cls) is not Form.TABLE:
        return None
    return tuple((one.name, one.default, f",{_quoted(one.key)}:") for one in wire_fields(cls))


def digest(value: Any) -> str:
    """Return the first twelve hexadecimal digits of the SHA-256 of the canonical text."""
    import hashlib  # noqa: PLC0415  few need a digest, and OpenSSL takes its time

    return hashlib.sha256(canonical(value).encode()).hexdigest()[:12]


__all__ = ["Event", "EventRetracted", "Person", "Precedence", "Text", "Wording"]

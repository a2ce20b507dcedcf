"""Persons and offices under all the names that sources give them.

They are reference data of a log: a table beside the records. The records keep the spelling of their
sources, and their ids do not change; the table says which spellings mean one person or one office
where two accounts are compared.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.errors import InvalidEventError
from diplorel.model.cities import city_key
from diplorel.model.converters import slug, slugify
from diplorel.model.text import lines, normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAMES_LIMIT: Final = 100
"""How many names one person or office can have."""


def spellings(value: Iterable[str]) -> tuple[str, ...]:
    """Return names in order, each once, after a look at their characters.

    Raises:
        InvalidEventError: There is none, there are too many, or one has no letter or digit.
    """
    found = tuple(sorted({*lines(value)}))
    if not 1 <= len(found) <= NAMES_LIMIT:
        raise InvalidEventError(
            f"names: expected from 1 to {NAMES_LIMIT} names, got {len(found) or 'none'}"
        )
    for name in found:
        if not slugify(name):
            raise InvalidEventError(f"names: {name!r} has no letter and no digit")
    return found


@attrs.frozen(kw_only=True)
class PersonNames:
    """One person, under all the names that sources give.

    Attributes:
        id: A stable key, such as ``bill-clinton``.
        names: The names, as records spell them. Case, spacing and Unicode form do not count.
        note: Who it is, where the names do not say it.

    >>> PersonNames(id="bill-clinton", names=["William J. Clinton", "Bill Clinton"]).names
    ('Bill Clinton', 'William J. Clinton')
    """

    id: str = attrs.field(converter=slug)
    names: tuple[str, ...] = attrs.field(converter=spellings)
    note: str | None = None

    __attrs_post_init__ = normalise


@attrs.frozen(kw_only=True)
class OfficeNames:
    """One office, under all the names that sources give.

    Attributes:
        id: A stable key, such as ``foreign-minister``.
        names: The names without their organs, as records have them: ``secretary-of-state``. In
            words, "Secretary of State" is the same.
        note: Whose office it is, where the names do not say it.

    >>> OfficeNames(id="foreign-minister", names=["Secretary of State", "foreign-minister"]).id
    'foreign-minister'
    """

    id: str = attrs.field(converter=slug)
    names: tuple[str, ...] = attrs.field(converter=spellings)
    note: str | None = None

    __attrs_post_init__ = normalise


Named: TypeAlias = PersonNames | OfficeNames


@attrs.frozen
class NameKeys:
    """How persons and offices are compared: by id where a name is known, otherwise by its text.

    >>> keys = NameKeys.of([PersonNames(id="clinton", names=["Bill Clinton", "W. J. Clinton"])])
    >>> keys.person("BILL CLINTON") == keys.person("W. J. Clinton")
    True
    >>> keys.person("Clinton") == keys.person("Bill Clinton")
    False
    """

    _persons: Mapping[str, str] = attrs.field(factory=dict)
    _offices: Mapping[str, str] = attrs.field(factory=dict)

    @classmethod
    def of(cls, persons: Iterable[Named] = (), offices: Iterable[Named] = ()) -> NameKeys:
        """Return the keys that tables make; a name of two persons is compared by its text."""
        return cls(_keys(persons), _keys(offices))

    def person(self, name: str) -> str:
        """Return what a person is compared by."""
        key = slugify(name)
        return self._persons.get(key, key)

    def office(self, name: str) -> str:
        """Return what an office is compared by; an organ before a colon does not count."""
        key = slugify(name.rpartition(":")[2])
        return self._offices.get(key, key)

    def comparable(self, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the plain data of an event with persons, offices and cities as keys."""
        found = dict(content)
        for field, how in (
            ("city", city_key),
            ("places", city_key),
            ("name", self._known_person),
            ("persons", self._comparable_person),
        ):
            if field in found:
                value = found[field]
                found[field] = [*map(how, value)] if isinstance(value, list) else how(value)
        return found

    def _comparable_person(self, person: Mapping[str, Any]) -> dict[str, Any]:
        name = person.get("name")
        return {
            **person,
            "name": name and self._known_person(name),
            "offices": [self._known_office(one) for one in person.get("offices", ())],
        }

    def _known_person(self, name: str) -> str:
        return self._persons.get(slugify(name), name)

    def _known_office(self, name: str) -> str:
        return self._offices.get(slugify(name.rpartition(":")[2]), name)


def _keys(entries: Iterable[Named]) -> Mapping[str, str]:
    """Return the key of each spelling that means one entry; no text can be such a key."""
    return {
        spelling: f"={next(iter(ids))}"
        for spelling, ids in _meanings(entries).items()
        if len(ids) == 1
    }


def _meanings(entries: Iterable[Named]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        for name in entry.names:
            found[slugify(name)].add(entry.id)
    return found


def ambiguous_names(entries: Iterable[Named]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield each name that means several entries, as it is first spelled, with their ids.

    >>> [*ambiguous_names([PersonNames(id=id, names=["Lee"]) for id in ("lee-1", "lee-2")])]
    [('Lee', ('lee-1', 'lee-2'))]
    """
    listed = [*entries]
    first: dict[str, str] = {}
    for name in sorted(name for entry in listed for name in entry.names):
        first.setdefault(slugify(name), name)
    for spelling, ids in sorted(_meanings(listed).items()):
        if len(ids) > 1:
            yield first[spelling], tuple(sorted(ids))


BY_TEXT: Final = NameKeys()
"""Compare all names by their texts."""

"""What the cells of a table name: parties, levels and sources, each looked up once."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import TYPE_CHECKING, Final

from diplorel.errors import UnknownPartyError, did_you_mean, nearest
from diplorel.io.sheets import cell_syntax
from diplorel.io.sheets.cell_syntax import NotationError
from diplorel.io.sheets.columns import header
from diplorel.model.converters import SLUG

if TYPE_CHECKING:
    from collections.abc import Collection

    from diplorel.model.reference import Reference

NAME_LIMIT: Final = 80
"""How many characters of a name are looked at; no real name is longer."""
CLOSE: Final = 0.8
"""So much alike is a misspelt name of a party; it is another party where it is less."""
MUCH_ALIKE: Final = 0.85
_ID_LIMIT: Final = 24
_WORD: Final = 4
"""A shorter word says too little of a type."""
_OFFERS: Final = 3
_HINTED: Final = 100
"""For so many unknown names of a table the nearest are looked for; it takes some milliseconds."""
_LOST_WORDS: Final = ("nan", "n/a", "null", "none", "nil", "-", "--", "?")


class Formula(str):
    """A cell that would be computed."""

    __slots__ = ()


class Lookups:
    """The parties, ladders and sources that the rows of one table may name."""

    def __init__(self, reference: Reference) -> None:
        self.reference = reference
        self._parties: dict[str, str | NotationError] = {}
        self._likely: dict[str, tuple[str, ...]] = {}
        self._unknown = 0

    def party(self, name: str) -> str:
        """Return the id of a party by id, alpha-2 code or name.

        Raises:
            NotationError: It is not known.
        """
        found = self._parties.get(name)
        if found is None:
            found = self._parties[name] = self._party(name)
        if isinstance(found, NotationError):
            raise found
        return found

    def _party(self, name: str) -> str | NotationError:
        known = self.reference.parties
        text = " ".join(name[:NAME_LIMIT].split())
        try:
            if self._unknown >= _HINTED and known.identify(text) is None:
                return NotationError(f"unknown party {name!r}", _party_hint(name, ""), "DR133")
            return known.find(text).id
        except UnknownPartyError as error:
            self._unknown += 1
            offered = ", ".join(
                dict.fromkeys(
                    f"{party.name()} ({party.id})" for party in map(known.find, error.suggestions)
                )
            )
            self._likely[name] = tuple(
                known.find(one).id for one in nearest(name, error.suggestions, alike=CLOSE)
            )
            return NotationError(f"unknown party {name!r}", _party_hint(name, offered), "DR133")

    def likely(self, name: str) -> tuple[str, ...]:
        """Return the parties that an unknown name can mean; none where nothing is much like it."""
        return self._likely.get(name, ())

    def level(self, ladder: str, cell: str) -> str:
        """Return the id of a level that may be written by its name on a ladder.

        What has the form of an id is returned also where the ladder lacks it: `missing_level` says
        whether it does.

        Args:
            ladder: The party whose ladder it is, as its cell names it.
            cell: The id or name of the level.

        Raises:
            NotationError: The ladder has no level of this name.
        """
        levels = self._levels(ladder)
        wanted = cell.casefold()
        for id, names in levels.items():
            if wanted in (id, *names):
                return id
        if levels and not SLUG.fullmatch(cell):
            message = f"the ladder of {self.party(ladder)} has no level {cell!r}"
            raise NotationError(message, _level_hint(cell, levels), "DR104")
        return cell

    def missing_level(self, ladder: str, id: str) -> NotationError | None:
        """Return what `check` would say of a level that the ladder lacks; None where it has it."""
        levels = self._levels(ladder)
        if not levels or id in levels:
            return None
        message = f"{id!r} is not a level of the ladder of {self.party(ladder)}, which has "
        offered = did_you_mean(nearest(id, levels, limit=1)).strip()
        hint = offered or "Name one of them, or add it to the ladder in stream.toml"
        return NotationError(message + ", ".join(levels), hint, "DR204")

    def _levels(self, ladder: str) -> dict[str, tuple[str, ...]]:
        """Return the levels of a ladder with their names; none where no such ladder is known."""
        try:
            held = self.reference.ladder.get(self.party(cell_syntax.unquoted(ladder)))
        except NotationError:
            return {}
        levels = held.levels if held is not None else ()
        return {one.id: tuple(text.text.casefold() for text in one.names) for one in levels}


def _party_hint(name: str, offered: str) -> str:
    """Return what to do about a party that is not known."""
    known = "Write an id such as VNM, an alpha-2 code, or a name in English or Vietnamese"
    text = json.dumps(name[:NAME_LIMIT], ensure_ascii=False)
    return (
        f"{f'The nearest: {offered}' if offered else known}. If it is another party, add it to the "
        f'stream\'s parties.toml: [[party]], below it id = "{party_id(name)}" and names.en = {text}'
    )


def party_id(name: str) -> str:
    """Return an id that a party of this name could have: ``Free Atlantis`` is ``FREE_ATLANTIS``.

    >>> party_id("Việt Nam (1945)"), party_id("?")
    ('VIET_NAM_1945', 'MY_PARTY')
    """
    id = "_".join(_ascii_words(name.upper().replace("Đ", "D")))[:_ID_LIMIT].strip("_")
    return id if id[:1].isalpha() and len(id) > 1 else "MY_PARTY"


def slug(text: str) -> str:
    """Return a key that a text could be: ``Northern Pact (1949)`` is ``northern-pact-1949``.

    >>> slug("Hiệp định Đối tác"), slug("?")
    ('hiep-dinh-doi-tac', '')
    """
    return "-".join(_ascii_words(text.casefold().replace("đ", "d")))


def _ascii_words(text: str) -> list[str]:
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.findall(r"[A-Za-z0-9]+", letters)


def close_types(typed: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the types of events that a text is like, best first.

    If one is much like it, others are not offered. If none is like it as a whole, those are
    that have a word of it.

    >>> close_types("tie established", ["ties-restored", "ties-established"])
    ('ties-established',)
    >>> close_types("join", ["ties-restored", "group-joined", "agreement-joined"])
    ('group-joined', 'agreement-joined')
    """
    name = wire_name(typed)
    close = nearest(name, known, limit=2, alike=MUCH_ALIKE) or nearest(name, known, limit=2)
    if close:
        return close
    words = [word for word in name.split("-") if len(word) >= _WORD]
    with_word = [one for one in known if any(word in one for word in words)]
    return tuple(with_word) if len(with_word) <= _OFFERS else ()


def _level_hint(cell: str, levels: Collection[str]) -> str:
    offered = did_you_mean(nearest(wire_name(cell), levels, limit=1)).strip()
    return offered or f"It has {', '.join(levels)}. Another level is added to it in stream.toml"


def refuse_spoilt(cell: str, *, party: bool = False) -> None:
    """Look whether a program spoilt a cell.

    Raises:
        NotationError: It did.
    """
    if cell_syntax.lost(cell) or (party and cell.casefold() in _LOST_WORDS):
        hint = "Leave the cell empty where there is nothing to say"
        if party:
            hint = "If it was NA: that is Namibia, and a program took it for 'not available'. "
            hint += "Write NAM"
        raise NotationError(
            f"{cell!r} is what a program leaves where a value is lost", hint, "DR132"
        )
    if cell_syntax.spoilt(cell):
        mended = cell_syntax.mended(cell)
        raise NotationError(
            f"{cell!r} has letters that were lost or read in another code page",
            f"Was it {mended!r}? Open the file as UTF-8, mend the cell and save it as UTF-8"
            if mended
            else "Type them again, and save the file as UTF-8. If they are meant: in double "
            "quotes a cell is taken literally",
            "DR122",
        )
    if isinstance(cell, Formula):
        raise NotationError(f"{cell!r} is a formula", "Save values and not formulas", "DR132")


def straight(cells: tuple[str, ...] | list[str]) -> str:
    """Return what to add to a hint where cells have quotes that cannot be what was meant."""
    bent = any(quote in cell for cell in cells for quote in "“”„")
    return ". A word processor bent the quotes: write them straight" if bent else ""


def wire_name(text: str) -> str:
    """Return a name as the wire has it: ``Ties established`` and ``TiesEstablished`` alike."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", "-", text[:NAME_LIMIT])
    return header(apart).replace("_", "-")

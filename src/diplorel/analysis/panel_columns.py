"""What a column of a panel is about: its track, its side, how it is known, the events behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel._message import listing
from diplorel.analysis.panel import CODES, COLUMNS
from diplorel.errors import InvalidQueryError
from diplorel.tracks.envoys import EnvoyAccredited, EnvoyLeft
from diplorel.tracks.level import LEVEL
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.analysis.panel import Dyads
    from diplorel.model.events import Event
    from diplorel.model.table import Table
    from diplorel.tracks.track import Track

_ENVOYS: Final = (EnvoyAccredited, EnvoyLeft)
_SIDES: Final = {"a": "b", "b": "a", "ab": "ba", "ba": "ab"}
_LEVEL_OR_VISITS: Final = re.compile(r"(?P<group>level_[ab]|visits_ab|visits_ba)(_\w+)?", re.ASCII)


def turned(name: str) -> str:
    """Return the name of the column that says the same of the two parties the other way round.

    >>> turned("level_a_rank"), turned("posts_ba"), turned("ties")
    ('level_b_rank', 'posts_ab', 'ties')
    """
    return "_".join(_SIDES.get(word, word) for word in name.split("_"))


@attrs.frozen
class About:
    """What a column is about.

    Attributes:
        name: Its name.
        track: Its track.
        known: The name of the column that says how it is known.
        side: ``a`` or ``b``, whose ladder, posts or visits it has; None where it has both sides'.
    """

    name: str
    track: Track[Any, Any]
    known: str
    side: str | None

    @property
    def is_level(self) -> bool:
        """Whether the column has the id of a level: missing and known, it means that none is."""
        return self.name in ("level_a", "level_b")

    def events(
        self, dyads: Dyads, sides: tuple[str, str], day: int, days: tuple[int, int]
    ) -> tuple[Event, ...]:
        """Return the events behind a value.

        Args:
            dyads: The states of dyads.
            sides: The parties of side a and side b.
            day: The day asked for.
            days: The first and the last day of the time: visits count throughout it.
        """
        a, b = sides
        pair = (a, b) if a < b else (b, a)
        found: list[Event]
        if self.track is VISITS:
            lo, hi = days
            found = [one for one in dyads.visits(pair) if one.on.lo <= hi and lo <= one.on.hi]
        else:
            # a post does not depend on who is accredited at it
            recorded = dyads.on(pair, day, (self.track,)).events(self.track)
            found = [one for one in recorded if not isinstance(one, _ENVOYS)]
        if self.side is None:
            return tuple(found)
        whose = a if self.side == "a" else b
        return tuple(one for one in found if _actor(one) in (None, whose))


def _actor(event: Event) -> str | None:
    """Return whose ladder, post or visit an event is about; None where it is about both."""
    for name in ("ladder", "sender", "visitor"):
        party: str | None = getattr(event, name, None)
        if party is not None:
            return party
    return None


def about(panel: Table, name: str, tracks: Iterable[Track[Any, Any]]) -> About:
    """Return what a column of a panel is about.

    Args:
        panel: The panel.
        name: The name of the column.
        tracks: Tracks of the caller's own that get columns in the panel.

    Raises:
        InvalidQueryError: The panel has no such column, or it cannot be compared.
    """
    if name not in panel:
        raise InvalidQueryError(
            "{argument}: the panel has no column {name!r}, only {known}",
            argument="columns",
            name=name,
            known=listing(panel.names, 40),
        )
    found = _about(name, tracks)
    if found is None:
        given = {"party_a", "party_b", "year", "month", "on"}
        given |= {f"{scheme}_{side}" for scheme in CODES for side in "ab"}
        if name in given or name.endswith("_known"):
            raise InvalidQueryError(
                "{argument}: {name!r} is not a value to compare: name one such as 'ties'",
                argument="columns",
                name=name,
            )
        raise InvalidQueryError(
            "{argument}: {name!r} is of a track of your own: give it in tracks=, as to panel",
            argument="columns",
            name=name,
        )
    lacking = [one for one in (turned(name), found.known, turned(found.known)) if one not in panel]
    if lacking:
        raise InvalidQueryError(
            "{argument}: to compare {name!r}, the panel needs {names}",
            argument="columns",
            name=name,
            names=listing(lacking),
        )
    return found


def _about(name: str, tracks: Iterable[Track[Any, Any]]) -> About | None:
    match = _LEVEL_OR_VISITS.fullmatch(name)
    if match is not None and not name.endswith("_known"):
        track: Track[Any, Any] = LEVEL if name.startswith("level") else VISITS
        return About(name, track, f"{match['group']}_known", match["group"].split("_")[1][0])
    for one in (*filter(None, COLUMNS.values()), *tracks):
        known = ""
        for column in one.columns:
            known = f"{column.name}_known" if column.has_known else known
            if name in _names(column.name, column.kind):
                side = name.rsplit("_", maxsplit=1)[-1] if name != turned(name) else None
                return About(name, one, known, side and side[0])
    return None


def _names(name: str, kind: str) -> tuple[str, ...]:
    return (name, f"{name}_earliest", f"{name}_latest") if kind == "date" else (name,)

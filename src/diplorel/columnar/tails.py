"""The fold of what the engine does not decide: tails of open subjects, and dyads folded whole."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from diplorel.columnar.answers import ALONE, AROUND, WITHIN
from diplorel.columnar.names import ESTABLISHED, SEVERED, SUSPENDED
from diplorel.columnar.schema import NONE
from diplorel.io.bulk.reader import decode_all
from diplorel.io.event_types import event_types
from diplorel.replay.fold import fold_states
from diplorel.tracks.figures import FIGURES
from diplorel.tracks.level import LEVEL
from diplorel.tracks.ties import TIES, TiesSevered
from diplorel.tracks.visits import VISITS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from diplorel.columnar.engines import Row
    from diplorel.columnar.schema import Codes
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.reference import Reference
    from diplorel.replay.accumulators import FoldedState
    from diplorel.replay.order import Dates
    from diplorel.tracks.track import Subject, Track

Dyad: TypeAlias = tuple[str, str]
_STATUSES: Final = {ESTABLISHED: "established", SUSPENDED: "suspended", SEVERED: "severed"}
_TABLE: Final = [{"source": "table"}]
"""The source of an event of a tail: no rule asks for it."""


_TIES: Final = attrs.evolve(TIES, answers=lambda *given: TIES.answers(*given)[:2])
"""The ties without their spells, which no table asks for: there are fewer states to distinguish."""
_LEVEL: Final = attrs.evolve(LEVEL, answers=lambda *given: LEVEL.answers(*given)[:-1])
"""The level without its path, which no table asks for."""


class Folder:
    """Folds rows by the rules of the tracks.

    Args:
        codes: The code of each text of the table, by kind.
        reference: The ladders and parties.
        dates: Which of its days puts an event in order by the convention.
    """

    def __init__(self, codes: Codes, reference: Reference, dates: Dates) -> None:
        texts = {kind: list(known) for kind, known in codes.items()}
        self._parties, self._levels = texts["party"], texts["level"]
        known = event_types()
        self._types: list[Any] = [known.get(name) for name in texts["type"]]
        self._reference = reference
        self._dates: Dates = dates
        self._severed = frozenset(
            place for place, name in enumerate(texts["type"]) if name == TiesSevered.type
        )

    def ties(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows of the answer for the ties of open dyads.

        Args:
            rows: Those of `diplorel.columnar.answers.folded_ties`.
        """
        states = self._fold(self._ties_events(rows), (_TIES,))[_TIES]
        return [ties_row(key, folded) for key, folded in states.items()]

    def level(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows of the answer for open ladders.

        Args:
            rows: Those of `diplorel.columnar.answers.folded_levels`.
        """
        texts = self._parties
        within = [row for row in rows if row[10] == WITHIN]
        ties = [row for row in rows if row[10] == AROUND]
        alone = [row for row in rows if row[10] == ALONE]
        found = [
            (
                self._fold(
                    [*self._level_events(within), *self._ties_events(ties)], (_TIES, _LEVEL)
                ),
                within,
            )
        ]
        if alone:
            own = [row for row in alone if row[7] != NONE and row[2] not in self._severed]
            heard = {row[11]: row for row in alone if row[2] in self._severed}
            events = [*self._level_events(own), *self._ties_events(heard.values())]
            found.append((self._fold(events, (_LEVEL,)), alone))
        return [
            row
            for states, some in found
            for wanted in ({(texts[one[0]], texts[one[1]], texts[one[7]]) for one in some},)
            for key, folded in states[_LEVEL].items()
            for row in level_rows(key, folded, self._reference)
            if row[:3] in wanted
        ]

    def ties_shown(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows of the answer for crowded ties: nothing of them is certain.

        Args:
            rows: Those of `diplorel.columnar.cuts.convention`.
        """
        texts = self._parties
        return [
            (texts[a], texts[b], _STATUSES[st], *_days(lo, hi, on), False, False)
            for a, b, _, st, _, lo, hi, on, *_ in rows
        ]

    def levels_shown(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows of the answer for crowded ladders: nothing of them is certain.

        Args:
            rows: Those of `diplorel.columnar.cuts.convention`.
        """
        texts, levels = self._parties, self._levels
        found: list[Row] = []
        for a, b, ladder, st, is_first, lo, hi, on, agreed, _ in rows:
            head = (texts[a], texts[b], texts[ladder])
            tail = (None if agreed is None else levels[agreed], *(False,) * 4)
            if st >= 0:
                found.append((*head, "held", levels[st], *_days(lo, hi, on), *tail))
            elif is_first:
                found.append((*head, "none", None, None, None, None, *tail))
            else:
                found.append((*head, "ended", None, *_days(lo, hi, on), *tail))
        return found

    def _fold(
        self, events: Iterable[Event], tracks: Sequence[Track[Any, Any]]
    ) -> dict[Track[Any, Any], dict[Subject, FoldedState[Any]]]:
        return fold_states(events, tracks, self._reference, self._dates)

    def _ties_events(self, rows: Iterable[Row]) -> list[Event]:
        parties = self._parties
        data = [
            {"parties": [parties[a], parties[b]], **_envelope(lo, on, key, nth)}
            for a, b, _, lo, on, key, nth, *_ in rows
        ]
        return self._decoded(data, [row[2] for row in rows])

    def _level_events(self, rows: Iterable[Row]) -> list[Event]:
        parties, levels = self._parties, self._levels
        data = []
        kinds = []
        for a, b, kind, lo, on, key, nth, ladder, level, previous, *_ in rows:
            row: dict[str, Any] = {"parties": [parties[a], parties[b]], "ladder": parties[ladder]}
            if level != NONE:
                row["level"] = levels[level]
            elif self._types[kind].type == "level-upgraded":
                row["unnamed"] = True
            if previous != NONE:
                row["previous"] = levels[previous]
            data.append(row | _envelope(lo, on, key, nth))
            kinds.append(kind)
        return self._decoded(data, kinds)

    def _decoded(self, data: list[dict[str, Any]], kinds: Iterable[int]) -> list[Event]:
        return decode_all(data, [self._types[kind] for kind in kinds])


def _days(lo: int, hi: int, on: str | None) -> Row:
    """Return the three columns of a date."""
    return (_iso(lo) if on is None else on, date.fromordinal(lo), date.fromordinal(hi))


def _envelope(lo: int, on: str | None, key: int, nth: int) -> dict[str, Any]:
    """Return what an event of a tail has of the envelope: no rule asks for the rest."""
    text = _iso(lo) if on is None else on
    return {"on": text, "seq": (key >> 30) & 1023, "nth": nth, "sources": _TABLE}


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def fold_whole(
    events: Iterable[Event],
    tracks: Sequence[Track[Any, Any]],
    reference: Reference,
    dates: Dates,
    dyads: Collection[Dyad],
) -> tuple[list[Row], list[Row], list[Row], list[Row]]:
    """Return the rows of the answers for dyads that are folded whole: ties, level, figures, visits.

    Args:
        events: All that bears on them, with the ends of parties.
        tracks: The tracks to fold.
        reference: The ladders and parties.
        dates: Which of its days puts an event in order by the convention.
        dyads: The dyads.
    """
    states = fold_states(events, tracks, reference, dates)
    ties, level, figures, visits = (
        {
            key: folded
            for key, folded in states[track].items()
            if key in dyads and folded.has_own_events
        }
        for track in (TIES, LEVEL, FIGURES, VISITS)
    )
    return (
        [ties_row(key, folded) for key, folded in ties.items()],
        [row for key, folded in level.items() for row in level_rows(key, folded, reference)],
        [row for key, folded in figures.items() for row in figure_rows(key, folded)],
        [
            (*key, len(folded.state.visits), len(folded.state.talks))
            for key, folded in visits.items()
        ],
    )


def _since(on: PartialDate | None) -> tuple[str | None, date | None, date | None]:
    if on is None:
        return None, None, None
    return on.text, date.fromordinal(on.lo), date.fromordinal(on.hi)


def ties_row(key: Any, folded: FoldedState[Any]) -> Row:
    """Return the row of the ties of a dyad."""
    state = folded.state
    certain = ("status" not in state.open, "since" not in state.open)
    return (*key, state.status.value, *_since(state.since), *certain)


def level_rows(key: Any, folded: FoldedState[Any], reference: Reference) -> list[Row]:
    """Return a row for each ladder of a dyad."""
    rows = []
    for given in folded.state.ladders:
        held = given.ranked(reference)
        certain = (name not in held.open for name in ("status", "level", "since", "agreed"))
        since = _since(held.since)
        answers = (held.status.value, held.level, *since, held.agreed, *certain)
        rows.append((*key, held.ladder, *answers))
    return rows


def figure_rows(key: Any, folded: FoldedState[Any]) -> list[Row]:
    """Return a row for each series of a dyad or a party.

    The latest is certain if every other report certainly came before it, and no succession of
    uncertain date may have brought it.
    """
    moved = ((), "state") in folded.open
    sides = key if isinstance(key, tuple) else (key, None)
    rows = []
    for figure in folded.state.figures:
        one, on = figure.latest, figure.latest.on
        certain = not moved and all(
            (other.on.hi, other.seq) < (on.lo, one.seq) for other in figure.alternatives
        )
        period = one.period.text if one.period else None
        series = (one.indicator, period, one.cumulative, one.by)
        value = (str(one.value), one.unit, one.qualifier.value)
        count = 1 + len(figure.alternatives)
        rows.append((*sides, *series, *value, *_since(on), count, certain))
    return rows


def series_of(text: str) -> tuple[str, str | None, bool, str | None]:
    """Return what a coded series is: indicator, period, whether it is cumulative, and who acts."""
    indicator, period, cumulative, by = json.loads(text)
    return indicator, period or None, cumulative, by or None

"""Panels of a log, and their comparison with the tables of others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from diplorel import _ask, _gc
from diplorel.errors import InvalidQueryError
from diplorel.states import States
from diplorel.tracks import VISITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from diplorel.analysis.compare import Values
    from diplorel.analysis.panel import Dyads
    from diplorel.analysis.panel_comparison import PanelComparison
    from diplorel.analysis.panel_grid import Alive, Unit
    from diplorel.model.table import Table
    from diplorel.tracks.track import Track


class Panels(States):
    """The questions to an `EventLog` that panels answer."""

    __slots__ = ()

    def panel(
        self,
        party: str | None = None,
        *,
        years: tuple[int, int],
        unit: Unit = "dyad-year",
        at: str = "end",
        alive: Alive = "at",
        directed: bool = False,
        order: Literal["id", "cow", "gw"] = "id",
        codes: Iterable[str] = ("iso3", "cow", "gw"),
        columns: Iterable[str] = ("ties", "level", "posts", "visits", "agreements"),
        tracks: Iterable[Track[Any, Any]] = (),
    ) -> Table:
        """Return a row for each pair of states and year, month or day, with how each is known.

        Every pair that lives has a row, whether or not anything is recorded of it. A value is never
        zero or "none" without a stream that says that it is complete, or an event of what it
        counts: it is missing, and the column ``…_known`` beside it says ``unknown``. See
        `docs/how-to/panels.md` for what each column means.

        Args:
            party: Only its pairs; it is then always party_a. All pairs of states when None.
            years: The first and the last year, both included.
            unit: ``dyad-year``, ``dyad-month`` or ``dyad-day``.
            at: The day at whose end states are asked: ``end`` or ``start`` of the time, or, of
                years, a day such as ``06-30``. Visits count throughout the time.
            alive: ``at`` gives a row to pairs that both may live on that day, ``any`` to those that
                share any day of the time; their states are then those of their nearest shared day.
            directed: Whether each pair has a row for either order.
            order: ``id`` puts the party whose id comes first into party_a, ``cow`` and ``gw`` the
                one with the lower number; the whole row turns. If one has no number, by id.
            codes: Schemes of codes, each as of the day: ``iso3``, ``cow``, ``gw``, ``cow-abb``,
                ``gw-abb``, ``iso-numeric``.
            columns: Groups of columns: ``ties``, ``level``, ``posts``, ``visits``, ``agreements``.
            tracks: Tracks of your own, whose `Track.columns` come last.

        Returns:
            The table, in the order of the ids, then of time. The cost is that of folding each dyad
            once, and of its rows. A party that events name and that no table describes has no rows,
            as its life is not known: ``stamp["no_rows"]`` names such parties, where there are any.

        Raises:
            UnknownPartyError: There is no such party.
            InvalidQueryError: *years* are not two years, the earlier one first, or there is no such
                unit, day, order, scheme or group of columns.

        >>> import diplorel as dr
        >>> panel = dr.load("vietnam").panel("VNM", years=(1994, 1995), columns=["ties"])
        >>> [row["ties_known"] for row in panel if row["party_b"] == "USA"]
        ['unknown', 'as-last-recorded']
        """
        from diplorel.analysis import panel as _panel  # noqa: PLC0415  few ask for it
        from diplorel.analysis.panel_grid import ALIVE, UNITS, grid  # noqa: PLC0415

        _ask.choice("unit", unit, UNITS)
        _ask.choice("alive", alive, ALIVE)
        _ask.choice("order", order, ("id", "cow", "gw"))
        own = _ask.tracks(tracks)
        span = _ask.years(years)
        if span is None:
            raise InvalidQueryError(
                "{argument}: give the first and the last one, as in (1990, 2024)", argument="years"
            )
        question = _panel.Question(
            grid=grid(unit, span, at),
            party=None if party is None else _ask.party(self.reference, party),
            alive=alive,
            directed=bool(directed),
            order=order,
            codes=_ask.some_of("codes", codes, _panel.CODES),
            columns=_ask.some_of("columns", columns, _panel.COLUMNS),
            tracks=own,
        )
        wanted = (*_panel.tracks_of(question.columns), *own)
        dyads = self._dyads_of(wanted, own, question.grid.asked)
        stamp = self._stamp(
            years=f"{span[0]}-{span[1]}",
            unit=unit,
            at=at,
            alive=alive,
            last_record=self.records[-1].recorded.date().isoformat() if self.records else None,
        )
        if unlisted := _panel.unlisted(dyads.recorded(), self.reference, question.party):
            stamp["no_rows"] = " ".join(unlisted)
        with _gc.paused():
            return _panel.panel(question, dyads, self.reference, f"Panel of {unit}s", stamp)

    def compare(
        self,
        panel: Table,
        frame: Any,
        *,
        on: Mapping[str, str],
        columns: Mapping[str, str] | None = None,
        values: Mapping[str, Values] | None = None,
        missing: Iterable[Any] = (),
        beside: Mapping[str, str] | None = None,
        tracks: Iterable[Track[Any, Any]] = (),
    ) -> PanelComparison:
        """Return where a table of others says what a panel of this log says, and where not.

        What ours leave open, or do not know, is neither agreement nor disagreement. Rows that match
        nothing are listed with the reason. See `docs/how-to/compare.md`.

        Args:
            panel: A table that `panel` returned for this log or view.
            frame: Their table: a list of dicts, or a frame of pandas, Polars or Arrow.
            on: Their column by key of the panel: both sides, as ids and names (``party_a``) or
                as codes (``cow_a``, ``gw_a``, ``iso3_a`` …, as of the day), and ``year``, ``year``
                and ``month``, or ``on``. A pair may be in the other order.
            columns: Their column by ours. Of columns such as ``posts_ab``, a is their first party.
            values: For a column of ours, how our values are in their words: a mapping or function.
            missing: Their values that mean that a value is missing, such as -9.
            beside: Their column of numbers by ours, to be summed up by our value.
            tracks: Tracks of your own, if the panel has columns of theirs.

        Raises:
            InvalidQueryError: The panel is of another log, a column or key is not there, or
                *values* lacks one of ours.

        >>> import diplorel as dr
        >>> vn = dr.load("vietnam")
        >>> panel = vn.panel("VNM", years=(1995, 1995))
        >>> theirs = [{"from": "VNM", "to": "United States", "year": 1995, "tie": "none"}]
        >>> keys = {"party_a": "from", "party_b": "to", "year": "year"}
        >>> found = vn.compare(panel, theirs, on=keys, columns={"ties": "tie"})
        >>> found, found.differences[0].events[0].id
        (<PanelComparison: ties 0 of 1>, 'ties-established/USA-VNM/1995-07-12')
        """
        from diplorel.analysis import compare as _compare  # noqa: PLC0415  likewise

        question = _compare.Question(
            on=_ask.names_by_name("on", on),
            columns=_ask.names_by_name("columns", columns or {}),
            values=dict(values or {}),
            missing=_ask.listed("missing", missing),
            beside=_ask.names_by_name("beside", beside or {}),
            tracks=_ask.tracks(tracks),
        )
        self._refuse_other_panel(panel)
        wanted = _compare.tracks_in(panel, question)
        dyads = self._dyads_of(wanted, question.tracks, panel["on"].data)
        behind = _compare.Behind(dyads, self.reference, self.resolve().unordered)
        return _compare.compare(panel, frame, question, behind)

    def _refuse_other_panel(self, panel: Table) -> None:
        """Refuse the panel of another log or view, whose events are not behind its values."""
        stamp = getattr(panel, "stamp", {})
        if "unit" not in stamp or any(stamp.get(key) != self._asked[key] for key in self._asked):
            raise InvalidQueryError(
                "{argument}: expected a table that panel(…) of this log or view returned. The "
                "events behind a panel are those of the log that made it: ask that one",
                argument="panel",
            )

    def _dyads_of(
        self, wanted: Sequence[Track[Any, Any]], own: Sequence[Track[Any, Any]], days: Sequence[int]
    ) -> Dyads:
        """Return the states of dyads in some tracks, on some days."""
        from diplorel.analysis.panel_dyads import (  # noqa: PLC0415  likewise
            IndexedDyads,
            ReplayedDyads,
            visits_of,
        )

        if self._dates == "latest":
            # a visit is counted, and not folded
            folded = [track for track in wanted if track is not VISITS]
            visits = visits_of(self.resolve().unordered, self.reference) if VISITS in wanted else {}
            index = self._index_of(*folded, among=own)
            return IndexedDyads(index, folded, visits, self.reference)
        return ReplayedDyads(
            lambda day: (
                self.replay(None if day is None else date.fromordinal(day), tracks=own).snapshot
            ),
            days,
        )

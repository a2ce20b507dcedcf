"""Shares: how many of a party's partners at a level belong to each group or region."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

import attrs

from diplorel._columns import columns, counted
from diplorel._message import NONE
from diplorel.analysis.groups import members
from diplorel.analysis.partners import partners
from diplorel.analysis.ranking_rows import span_of
from diplorel.errors import MissingKeyError
from diplorel.model.tabular import Tabular
from diplorel.tracks.groups import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from diplorel.analysis.groups import Members
    from diplorel.analysis.partners import Kind, Partners
    from diplorel.model.table import Table
    from diplorel.replay.snapshot import Snapshot


@attrs.frozen(kw_only=True, repr=False)
class Share:
    """How many of a party's partners at a level belong to one group.

    Attributes:
        group: The id of the group.
        name: Its name in English; its id where no table has it.
        numerator: How many partners certainly are at the level and in the group.
        numerator_max: How many can be; None where one of the two lists is not complete.
        denominator: How many partners certainly are at the level.
        denominator_max: How many can be; None where the list of partners is not complete.
        low: The smallest share that the dates allow; None where a list is not complete, or where
            there may be no partner at all.
        high: The largest.
        complete: Whether some stream calls the list of partners complete.
        members: How many members the group certainly has, the party itself left out.
        members_complete: Whether some stream calls the list of members complete.
        unknown: The ids of those whose level or membership dates leave open, so that they may
            change the share.
    """

    group: str
    name: str
    numerator: int
    numerator_max: int | None
    denominator: int
    denominator_max: int | None
    low: Fraction | None
    high: Fraction | None
    complete: bool
    members: int
    members_complete: bool
    unknown: tuple[str, ...]

    @property
    def exact(self) -> Fraction | None:
        """The share, where nothing is open; None otherwise."""
        return self.low if self.low == self.high and not self.unknown else None

    def to_record(self) -> dict[str, Any]:
        """Return it as one dict of plain data; shares as texts such as ``1/4``."""
        return {
            "group": self.group,
            "name": self.name,
            "numerator": self.numerator,
            "numerator_max": self.numerator_max,
            "denominator": self.denominator,
            "denominator_max": self.denominator_max,
            "low": None if self.low is None else str(self.low),
            "high": None if self.high is None else str(self.high),
            "complete": self.complete,
            "members": self.members,
            "members_complete": self.members_complete,
            "unknown": list(self.unknown),
        }

    def __repr__(self) -> str:
        return f"<Share of {self.group}: {self.fraction()}>"

    def __str__(self) -> str:
        return f"{self.name}: {self.fraction()}"

    def fraction(self) -> str:
        """Return it as text: ``3 of 12``, with ranges where dates are open, and what is missing."""
        over = span_of(self.denominator, self.denominator_max or self.denominator)
        text = f"{span_of(self.numerator, self.numerator_max or self.numerator)} of {over}"
        if not self.complete:
            return f"{text} recorded; there may be more partners"
        return text if self.members_complete else f"{text} recorded; there may be more members"


@attrs.frozen(kw_only=True, repr=False)
class Shares(Tabular):
    """The shares of groups in a party's partners at a level. Iterate it for the shares.

    Groups can share members, so shares do not add up to 1.

    Attributes:
        party: Whose partners.
        rows: One share for each group, the largest first.
        elsewhere: The partners that are listed in none of the groups, not even as possible members.
    """

    party: str
    rows: tuple[Share, ...]
    elsewhere: tuple[str, ...]
    stamp: Mapping[str, Any]

    __hash__: ClassVar[None] = None  # type: ignore[assignment]  # it holds a dict

    def __iter__(self) -> Iterator[Share]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, group: str) -> Share:
        """Return the share of a group, given by its id.

        Raises:
            MissingKeyError: It was not asked for.
        """
        for row in self.rows:
            if row.group == group:
                return row
        known = ", ".join(row.group for row in self.rows) or NONE
        raise MissingKeyError("no share of {group!r}, only of: {known}", group=group, known=known)

    def __repr__(self) -> str:
        return f"<Shares of the partners of {self.party}: {counted(len(self), 'group')}>"

    def __str__(self) -> str:
        rows = [
            (row.name, row.fraction(), None if row.exact is None else f"{float(row.exact):.0%}")
            for row in self.rows
        ]
        lines = [repr(self)[1:-1], "", *columns([("group", "partners in it", "share"), *rows])]
        if self.elsewhere:
            lines += ["", f"in none of them: {', '.join(self.elsewhere)}"]
        return "\n".join(lines)

    def table(self) -> Table:
        """Return one row for each group."""
        from diplorel.analysis.tables_over_time import shares_table  # noqa: PLC0415  few ask for it

        return shares_table(self)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict for each group."""
        return [row.to_record() for row in self.rows]


def shares(
    snapshot: Snapshot,
    party: str,
    *,
    at_least: str | None = None,
    exactly: str | None = None,
    groups: Sequence[str] | None = None,
    kind: Kind = "any",
) -> Shares:
    """Return the shares of groups in the partners of *party*; see `World.shares`."""
    found = partners(snapshot, party, at_least=at_least, exactly=exactly, kind=kind)
    asked = sorted(map(str, snapshot.tables[GROUPS])) if groups is None else groups
    lists = {group: members(snapshot, group) for group in asked}
    rows = [_share(snapshot, party, group, one, found) for group, one in lists.items()]
    inside = {id for one in lists.values() for id in (*one.parties, *one.possible)}
    return Shares(
        party=party,
        rows=tuple(sorted(rows, key=lambda row: (-row.numerator, row.group))),
        elsewhere=tuple(id for id in (*found, *found.possible) if id not in inside),
        stamp={
            **snapshot.asked,
            "on": snapshot.on and snapshot.on.isoformat(),
            "party": party,
            "at_least": at_least,
            "exactly": exactly,
            "kind": kind,
        },
    )


def _share(snapshot: Snapshot, party: str, group: str, listed: Members, found: Partners) -> Share:
    certain, open_ = {*found.parties}, {*found.possible}
    inside, perhaps = {*listed.parties}, {*listed.possible}
    least, most = certain & inside, (certain | open_) & (inside | perhaps)
    whole = found.complete and listed.complete
    low = high = None
    if whole and certain:
        # the share is lowest with every open partner that can be outside, highest with the others
        low = Fraction(len(least), len(certain | (open_ - inside)))
        high = Fraction(len(most), len(certain | (open_ & most)))
    return Share(
        group=group,
        name=snapshot.reference.parties.name_of(group),
        numerator=len(least),
        numerator_max=len(most) if whole else None,
        denominator=len(certain),
        denominator_max=len(certain | open_) if found.complete else None,
        low=low,
        high=high,
        complete=found.complete,
        members=len(inside - {party}),
        members_complete=listed.complete,
        unknown=tuple(sorted(open_ | (perhaps & (certain | open_)))),
    )

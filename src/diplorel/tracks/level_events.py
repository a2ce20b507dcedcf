"""The events of the level: how the declared title of a partnership rises, changes and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

import attrs

from diplorel.errors import InvalidEventError
from diplorel.model.converters import one_party, pair, slug, slug_or_none, to_tuple, two_or_more
from diplorel.model.events import Event, Precedence, Wording

if TYPE_CHECKING:
    from collections.abc import Iterable


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelEvent(Event):
    """What happened to the level of a dyad, or of several, on one party's ladder.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
    """

    several_dyads: ClassVar[bool] = True

    parties: tuple[str, ...] = attrs.field(converter=two_or_more)
    ladder: str = attrs.field(converter=one_party)

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the dyad; of several partners, those of each with the party whose ladder it is."""
        if len(self.parties) == 2:  # noqa: PLR2004  a dyad, as most
            return (pair(*self.parties),)
        return tuple(pair(self.ladder, other) for other in self.parties if other != self.ladder)

    @property
    def discriminator(self) -> str:
        """The party on whose ladder the level is."""
        return self.ladder

    def named_sides(self) -> Iterable[tuple[str, str]]:
        """Return whose ladder it is."""
        yield "ladder", self.ladder

    @property
    def undated_key(self) -> tuple[str, ...]:
        """The level belongs to what is done: reaching another level is another event."""
        level: str | None = self.level  # type: ignore[attr-defined]  # each subclass has one
        return (*super().undated_key, level or "")


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelUpgraded(LevelEvent):
    """Two parties elevated their relations to a named level, in effect from that day.

    Meaning: the day of the joint statement, or of the talks that announced it.
    Effect: the level is held since that day. Reaching a level that one holds never moves its since.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level reached; None where no source names it.
        unnamed: Whether no source names the level: it is higher than the one before, and no more is
            known.
        previous: The id of the level before, where a source says it; `check` compares it.
        wording: What each side calls the level, by language.

    >>> LevelUpgraded(on="2025-03-12", parties=("VNM", "SGP"), ladder="VNM",
    ...               level="comprehensive-strategic", sources=["vna-2025-03-12"]).id
    'level-upgraded/SGP-VNM/2025-03-12/VNM'
    """

    type: ClassVar[str] = "level-upgraded"
    precedence: ClassVar[Precedence] = Precedence.RAISED
    begins_once: ClassVar[bool] = True

    level: str | None = attrs.field(default=None, converter=slug_or_none)
    unnamed: bool = False
    previous: str | None = attrs.field(default=None, converter=slug_or_none)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)

    def _check(self) -> None:
        super()._check()
        if (self.level is None) is not self.unnamed:
            raise InvalidEventError(
                "level: name the level reached, or give unnamed = true where no source names it"
            )


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelHeld(LevelEvent):
    """A source lists a dyad at a level on a day, and does not say since when.

    Meaning: a list of partners of that day, such as a ministry's.
    Effect: the level is held; it was reached at some time up to that day, after the level before
    it, where one is recorded. A level that is held already stays as it is: a list is not an
    upgrade.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-held"
    precedence: ClassVar[Precedence] = Precedence.REPORTED
    repeats: ClassVar[bool] = True

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelDowngraded(LevelEvent):
    """A level was lowered or given up.

    Effect: the lower level is held since that day; without one, no level is held.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the lower level; None where the partnership ended.
        previous: The id of the level before, where a source says it.
        wording: What each side calls the level, by language.
    """

    type: ClassVar[str] = "level-downgraded"
    precedence: ClassVar[Precedence] = Precedence.LOWERED

    level: str | None = attrs.field(default=None, converter=slug_or_none)
    previous: str | None = attrs.field(default=None, converter=slug_or_none)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelRenewed(LevelEvent):
    """A level was refreshed without an upgrade: "CSP 2.0", or an "enhanced" label of the same rank.

    Effect: the label can change within the rank; the since of the level stays. A label without a
    rank leaves the rank that is held. If a label without a rank is held, one that has a rank is
    reached.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the label from then on.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-renewed"
    precedence: ClassVar[Precedence] = Precedence.RENEWED

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class LevelAgreed(LevelEvent):
    """A level was agreed or announced, and is not yet in effect.

    Meaning: "agreed in principle", "towards a strategic partnership".
    Effect: the level is shown as agreed until an upgrade brings one into effect.

    Attributes:
        parties: The two parties; more where one event gives one party's level to several partners.
        ladder: The party on whose ladder the level is.
        level: The id of the level agreed.
        wording: What each side calls it, by language.
    """

    type: ClassVar[str] = "level-agreed"
    precedence: ClassVar[Precedence] = Precedence.AGREED

    level: str = attrs.field(converter=slug)
    wording: tuple[Wording, ...] = attrs.field(default=(), converter=to_tuple)

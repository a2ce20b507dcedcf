"""What a page says, before it is HTML or Markdown: a title, a lead, counts, and sections of blocks.

A block is one kind of content, such as a table by levels or a chart. Both renderers know every
kind, and tests read the content without either.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from diplorel.charts.chart import Chart
    from diplorel.model.dates import Language
    from diplorel.pages.parts import Chip, Cites, FurtherLine, SourceLine


@attrs.frozen(kw_only=True)
class Count:
    """A number at the head of a page, with what it counts."""

    value: str
    text: str
    chip: Chip | None = None


# --- the standing table --------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class StandingRow:
    """A partner in the standing table.

    Attributes:
        party: Its id.
        place: Its position, or the range of positions that dates allow; empty where it has none.
        place_key: By what the position is sorted, likewise the other keys.
        name: Its name.
        variant: The words that distinguish its level from the first label of the rank.
        since: When it reached the level.
        also: Other dates that sources give for that.
        before: The level before, in short, with its year.
        ties: From when diplomatic relations count.
    """

    party: str
    place: str
    place_key: str
    name: str
    name_key: str
    variant: str = ""
    since: str = ""
    since_key: str = ""
    also: str = ""
    cites: Cites | None = None
    before: str = ""
    before_key: str = ""
    ties: str = ""
    ties_key: str = ""
    ties_cites: Cites | None = None


@attrs.frozen(kw_only=True)
class StandingGroup:
    """The partners at one rank; rows are sorted inside a group only, so ranks never mix.

    Attributes:
        title: The name of the level.
        count: How many there are, with "≥" where the list may be incomplete.
        note: How far the list is complete, where it is not.
        chip: The sign of the level.
        rows: The partners, in the standing order.
    """

    title: str
    count: str
    note: str = ""
    chip: Chip | None = None
    rows: tuple[StandingRow, ...] = ()


@attrs.frozen(kw_only=True)
class Standing:
    """The level of each partner.

    Attributes:
        groups: The ranks, the highest first.
        has_levels: Whether there are columns for the level and the one before.
        empty: What is said where there is nobody.
    """

    kind: ClassVar[str] = "standing"

    groups: tuple[StandingGroup, ...]
    has_levels: bool = True
    empty: str = ""


# --- the other blocks ----------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class Picture:
    """A chart in both widths."""

    kind: ClassVar[str] = "picture"

    chart: Chart


@attrs.frozen(kw_only=True)
class Held:
    """A level in words, with its sign."""

    text: str
    chip: Chip | None = None


@attrs.frozen(kw_only=True)
class ChangeLine:
    """One change: of a level from one to another, or a sentence.

    Attributes:
        event: The id of the event.
        when: Its date.
        who: The partner, where it is a change of a level.
        before: The level before; None where none is recorded or it is not a change of a level.
        after: The level after.
        says: A sentence, or a remark after the level.
        cites: Its sources.
    """

    event: str
    when: str
    who: str = ""
    before: Held | None = None
    after: Held | None = None
    says: str = ""
    cites: Cites | None = None


@attrs.frozen(kw_only=True)
class Changes:
    """What changed, the newest first."""

    kind: ClassVar[str] = "changes"

    lines: tuple[ChangeLine, ...]
    empty: str
    more: str = ""


@attrs.frozen(kw_only=True)
class ClaimRow:
    """Claims that say the same and have the same answer.

    Attributes:
        verdict: ``supported``, ``refuted``, ``contested`` or ``undecidable``.
        text: The statement.
        why: Why, in one or more sentences.
        claims: The ids of the claims.
        cites: The sources that make them, by number.
        by: The sources in words, where they have no number.
    """

    verdict: str
    text: str
    why: str
    claims: tuple[str, ...]
    cites: Cites | None = None
    by: str = ""


@attrs.frozen(kw_only=True)
class Claims:
    """Claims of sources, checked; those that fail first.

    Attributes:
        total: How many claims there are, in words.
        counts: How many have each verdict, the verdict first.
        rows: The claims that are shown.
        more: How many are not, in words.
        others: Those that are not, which a screen can unfold and paper lacks.
        empty: What is said where there is none.
    """

    kind: ClassVar[str] = "claims"

    total: str
    counts: tuple[tuple[str, int], ...]
    rows: tuple[ClaimRow, ...]
    more: str = ""
    others: tuple[ClaimRow, ...] = ()
    empty: str = ""


@attrs.frozen(kw_only=True)
class Fact:
    """A term, and what is said of it: in parts, each with its sources."""

    term: str
    parts: tuple[tuple[str, Cites | None], ...]
    note: str = ""


@attrs.frozen(kw_only=True)
class Facts:
    """Terms with what is said of each."""

    kind: ClassVar[str] = "facts"

    facts: tuple[Fact, ...]
    empty: str = ""


@attrs.frozen(kw_only=True)
class StoryLine:
    """What happened on one date: sentences, each with its event and sources."""

    when: str
    parts: tuple[tuple[str, str, Cites | None], ...]


@attrs.frozen(kw_only=True)
class Story:
    """What happened, the oldest first, in parts between changes of the level."""

    kind: ClassVar[str] = "story"

    parts: tuple[tuple[str, tuple[StoryLine, ...]], ...]
    empty: str = ""
    more: str = ""


@attrs.frozen(kw_only=True)
class Sources:
    """The sources of a page, by number.

    Attributes:
        lines: The sources that are cited.
        further: Those of facts that have more than are cited, by fact; paper lacks them.
        empty: What is said where there is none.
    """

    kind: ClassVar[str] = "sources"

    lines: tuple[SourceLine, ...]
    further: tuple[FurtherLine, ...] = ()
    empty: str = ""


Block: TypeAlias = Standing | Picture | Changes | Claims | Facts | Story | Sources


@attrs.frozen(kw_only=True)
class Section:
    """A part of a page.

    Attributes:
        id: Its name in addresses.
        title: Its heading.
        how: How to read it, in the margin.
        blocks: What it shows.
    """

    id: str
    title: str
    how: tuple[str, ...] = ()
    blocks: tuple[Block, ...] = ()


@attrs.frozen(kw_only=True)
class Content:
    """A page.

    Attributes:
        kicker: What kind of page it is, and whose.
        stamp: The day and the data, in a line.
        title: The answer, a sentence.
        lead: The answer in two sentences more.
        counts: The numbers at its head.
        sections: Its sections, in order.
        footer: Data, licence and version.
        party: The id of the party.
        partner: The id of the partner, where it is about one relation.
        on: The day, at whose end it holds.
        lang: The language of its words.
        asked: How the log was asked: its versions, what was known, the clock and the policy.
    """

    kicker: str
    stamp: str
    title: str
    lead: str
    counts: tuple[Count, ...]
    sections: tuple[Section, ...]
    footer: str
    party: str
    partner: str | None
    on: date
    lang: Language
    asked: Mapping[str, Any] = attrs.field(eq=False)

    def __getitem__(self, id: str) -> Section:
        """Return a section by its name.

        Raises:
            KeyError: The page has no such section.
        """
        for section in self.sections:
            if section.id == id:
                return section
        raise KeyError(id)

"""The brief of a party, or of one relation, on a day: what a desk officer prints."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

import attrs

from diplorel import _ask
from diplorel.charts import ladder as ladder_chart
from diplorel.charts import pace as pace_chart
from diplorel.charts.chart import form_of
from diplorel.charts.sources import data_parts, stream_names
from diplorel.errors import InvalidQueryError
from diplorel.io import publish
from diplorel.pages.changes import changes_section
from diplorel.pages.claims import claims_section
from diplorel.pages.content import Content, Picture, Section, Sources
from diplorel.pages.dyads import (
    accounts_section,
    agreements_section,
    counts_of_two,
    events_of_two,
    figures_of_two_section,
    lanes_section,
    lead_of_two,
    state_section,
    story_section,
    title_of_two,
)
from diplorel.pages.figures import figures_section
from diplorel.pages.gathered import Gathered
from diplorel.pages.heads import lead_of, title_of
from diplorel.pages.html import to_html
from diplorel.pages.markdown import to_markdown
from diplorel.pages.standing import counts_of, standing_section
from diplorel.pages.unknowns import unknown_section, unknown_section_of_two

if TYPE_CHECKING:
    from collections.abc import Iterator

    from diplorel.log import EventLog
    from diplorel.model.dates import DayLike, Language

SUFFIXES: Final = (".html", ".md")


@attrs.frozen(kw_only=True, repr=False)
class Brief(Content):
    """A brief, as content: a title that is the answer, a lead, counts and sections.

    ``print`` it to read it as Markdown; `save` writes HTML or Markdown.
    """

    def __repr__(self) -> str:
        of = self.party if self.partner is None else f"{self.party} and {self.partner}"
        return f"<Brief of {of} on {self.on}: {self.title}>"

    def __str__(self) -> str:
        return self.to_markdown()

    def to_html(self, *, interactive: bool = False) -> str:
        """Return it as one HTML file that asks for nothing; it needs the extra ``pages``.

        Args:
            interactive: Whether charts say more under the pointer; the file then holds the
                libraries of Vega, 900 kB; charts are also drawn without them.

        Raises:
            MissingExtraError: Jinja2 is not installed, or Altair where it is interactive.
        """
        return to_html(self, interactive=interactive)

    def to_markdown(self) -> str:
        """Return it as Markdown (CommonMark with tables); a chart is its text."""
        return to_markdown(self)

    def save(self, path: str | Path, *, interactive: bool = False) -> None:
        """Write it in the form that the suffix names: ``.html`` or ``.md``.

        A file that is there is replaced.

        Raises:
            InvalidQueryError: The suffix is another one, or Markdown is to be interactive.
            MissingExtraError: See `to_html`.
        """
        file = Path(path)
        check_form(file, interactive=interactive)
        if file.suffix.lower() == ".md":
            text = self.to_markdown()
        else:
            text = self.to_html(interactive=interactive)
        publish.replace(file, text.encode())


def check_form(path: Path, *, interactive: bool = False) -> None:
    """Refuse a file whose suffix names no form of a page.

    Raises:
        InvalidQueryError: The suffix is another one, or Markdown is to be interactive.
    """
    if form_of(path, SUFFIXES) == ".md" and interactive:
        raise InvalidQueryError(
            "{argument}: Markdown has no scripts; write a file .html", argument="interactive"
        )


def brief(
    log: EventLog,
    party: str,
    *,
    on: DayLike | None = None,
    partner: str | None = None,
    lang: Language = "en",
) -> Brief:
    """Return the brief of a party on a day: its partners, what changed, and what is not known.

    With a partner it is about the one relation: what happened when, its state, documents and
    figures. The title is the answer. Every fact has its sources, official ones first, capped so
    that it can be printed.

    Args:
        log: The log, or a view of it.
        party: An id, alpha-2 code or name.
        on: The day, at whose end it holds; of a month or a year, its last day. When None, the day
            of the last record; of a log without records, today.
        partner: The other side of one relation.
        lang: The language of the words: ``en`` or ``vi``.

    Raises:
        UnknownPartyError: There is no such party.
        MissingKeyError: Both are the same.
        InvalidQueryError: There is no such language.
        InvalidDateError: *on* is not a valid day.

    >>> import diplorel as dr
    >>> brief = dr.pages.brief(dr.load("vietnam"), "Vietnam", on="2025-03-12")
    >>> brief
    <Brief of VNM on 2025-03-12: Singapore became Vietnam’s twelfth comprehensive strategic
    partner on 12 March 2025>
    >>> [(count.value, count.text.split(":")[0]) for count in brief.counts][:2]
    [('12', 'Comprehensive Strategic Partnership'), ('8', 'Strategic Partnership')]
    """
    _ask.choice("lang", lang, ("en", "vi"))
    id = _ask.party(log.reference, party)
    other = None
    if partner is not None:
        a, b = _ask.pair(log.reference, (party, partner))
        other = b if a == id else a
    found = Gathered.of(log, id, _day_of(log, on), lang)
    sections = (*(_of_one(found) if other is None else _of_two(found, other)), _sources(found))
    say = found.say
    return Brief(
        kicker=say.word("kicker", party=say.named(id), possessive=say.possessive(id))
        if other is None
        else say.word("kicker of two", a=say.named(id), b=say.named(other)),
        stamp=_stamp(found),
        title=title_of(found) if other is None else title_of_two(found, other),
        lead=lead_of(found) if other is None else lead_of_two(found, other),
        counts=counts_of(found) if other is None else counts_of_two(found, other),
        sections=sections,
        footer=_footer(found),
        party=id,
        partner=other,
        on=found.on,
        lang=lang,
        asked=found.world.snapshot.asked,
    )


def _day_of(log: EventLog, on: DayLike | None) -> date:
    day = _ask.day("on", on)
    if day is not None:
        return date.fromordinal(day)
    recorded = max((record.recorded for record in log), default=None)
    return date.today() if recorded is None else recorded.date()  # noqa: DTZ011  the reader's day


def _of_one(found: Gathered) -> Iterator[Section]:
    yield standing_section(found)
    yield from _charts(found)
    yield changes_section(found)
    yield from _pace(found)
    figures = figures_section(found)
    if figures is not None:
        yield figures
    yield claims_section(found)
    yield unknown_section(found)


def _of_two(found: Gathered, partner: str) -> Iterator[Section]:
    if not _is_by_earliest(found):
        yield lanes_section(found, partner)
    yield state_section(found, partner)
    events = events_of_two(found, partner)
    yield story_section(found, partner, events)
    for section in (accounts_section(found, events), agreements_section(found, partner, events)):
        if section is not None:
            yield section
    yield figures_of_two_section(found, partner)
    yield claims_section(found, partner)
    yield unknown_section_of_two(found, partner)


def _charts(found: Gathered) -> Iterator[Section]:
    if found.steps is not None:
        yield _chart_section(
            found, "ladder", Picture(chart=ladder_chart(found.steps, lang=found.lang))
        )


def _pace(found: Gathered) -> Iterator[Section]:
    """Yield the pace; a view by earliest dates has no history."""
    if found.steps is None or _is_by_earliest(found):
        return
    history = found.log.ranking_history(found.party, days="changes", today=found.on)
    yield _chart_section(found, "pace", Picture(chart=pace_chart(history, lang=found.lang)))


def _is_by_earliest(found: Gathered) -> bool:
    return found.world.snapshot.dates == "earliest"


def _chart_section(found: Gathered, id: str, picture: Picture) -> Section:
    how = (found.say.word(f"{id} how"),)
    return Section(id=id, title=found.say.word(id), how=how, blocks=(picture,))


def _sources(found: Gathered) -> Section:
    say = found.say
    further = found.sources.further(found.lang)
    block = Sources(
        lines=found.sources.lines(found.lang), further=further, empty=say.word("no sources")
    )
    how = (say.word("sources how"), *([say.word("further how")] if further else []))
    return Section(id="sources", title=say.word("sources"), how=how, blocks=(block,))


def _stamp(found: Gathered) -> str:
    versions = found.world.snapshot.asked.get("streams") or {}
    names = stream_names(versions)
    say = found.say
    return say.word(
        "stamp",
        day=say.long_day(found.on),
        data=say.word("dataset", names=names) if names else say.word("no dataset"),
        records=len(found.log),
    )


def _footer(found: Gathered) -> str:
    asked = found.world.snapshot.asked
    return found.say.word("footer", **data_parts(found.log.reference, asked, found.lang))

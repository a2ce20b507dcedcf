"""The claims of sources with their verdicts, and what the checks and the accounts show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.charts.words import short_date
from diplorel.claims import Verdict
from diplorel.errors import Problem
from diplorel.model.dates import partial_date
from diplorel.pages.anchors import anchor
from diplorel.pages.sites.frame import Link
from diplorel.pages.sites.parts import chunks_of
from diplorel.pages.sites.problem_titles import title_of_problem
from diplorel.pages.sites.words import WORDS, number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from diplorel.check import Disagreements
    from diplorel.check.disagreements import Disagreement, Value
    from diplorel.claims import Finding
    from diplorel.model.dates import Language
    from diplorel.pages.sites.frame import Frame

_CLAIMS: Final = 120
"""So many claims are on one page."""
_PROBLEMS: Final = 300
_EVENTS: Final = 6
"""So many events behind a verdict are shown."""
_FOLDED: Final = 60
"""So many more can be unfolded; of others, the number is given."""
_ORDER: Final = (Verdict.REFUTED, Verdict.CONTESTED, Verdict.UNDECIDABLE, Verdict.SUPPORTED)


@attrs.frozen(kw_only=True)
class ClaimRow:
    """A claim with its verdict; why the source is mistaken is in the words of the stream."""

    anchor: str
    verdict: str
    text: str
    says: tuple[str, ...]
    mistaken: str
    source: Link | None
    evidence: tuple[Link, ...]
    folded: tuple[Link, ...]
    more: int


def claim_pages(frame: Frame, findings: Collection[Finding]) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of claims, failed ones first."""
    ordered = sorted(findings, key=lambda one: (_ORDER.index(one.verdict), one.claim.id))
    refuted = sum(one.verdict is Verdict.REFUTED for one in findings)
    title = frame.word(
        "answer claims",
        count=number(len(findings), frame.lang),
        refuted=number(refuted, frame.lang),
    )
    for chunk in chunks_of(ordered, _CLAIMS, "claims.html", "claims/"):
        yield frame.render(
            "site_claims.html",
            chunk.path,
            title=title,
            pages_of=frame.numbered(chunk),
            rows=[_claim(frame, chunk.path, one) for one in chunk.items],
        )


def _claim(frame: Frame, page: str, one: Finding) -> ClaimRow:
    lang, claim = frame.lang, one.claim
    says = [one.said.in_(lang), *(contest.said.in_(lang) for contest in one.contests)]
    says += [caveat.in_(lang) for caveat in one.caveats]
    if one.lacking is not None:
        says.append(frame.word("missing", what=one.lacking.in_(lang)))
    source = None
    if claim.source is not None:
        said = frame.teller.narrator.dated(claim.source)
        source = Link(frame.link(page, frame.book.places[claim.source], anchor(claim.source)), said)
    events = [event for event in one.evidence if event.id in frame.book.homes]
    links = tuple(
        Link(
            frame.link(page, frame.book.homes[event.id], anchor(event.id)),
            f"{frame.teller.narrator.names(event.parties)}, {short_date(event.on, lang)}",
        )
        for event in events[: _EVENTS + _FOLDED]
    )
    return ClaimRow(
        anchor=anchor(f"{claim.stream}/{claim.id}"),
        verdict=one.verdict.value,
        text=claim.statement(lang),
        says=tuple(says),
        mistaken=claim.error or "",
        source=source,
        evidence=links[:_EVENTS],
        folded=links[_EVENTS:],
        more=len(events) - len(links),
    )


# --- problems and accounts that differ -----------------------------------------------------------


@attrs.frozen(kw_only=True)
class ProblemRow:
    """A problem, with the record that it is about."""

    code: str
    title: str
    message: str
    hint: str
    event: Link | None


@attrs.frozen(kw_only=True)
class DifferenceRow:
    """A field with several values."""

    what: str
    href: str
    field: str
    values: tuple[tuple[str, bool, tuple[Link, ...]], ...]


def problem_pages(
    frame: Frame, problems: Sequence[Problem], disagreements: Disagreements
) -> Iterator[tuple[str, bytes]]:
    """Yield the pages of problems, then of accounts that differ."""
    items = [*problems, *disagreements]
    title = frame.word(
        "answer problems",
        count=number(len(problems), frame.lang),
        other=number(len(disagreements), frame.lang),
    )
    for chunk in chunks_of(items, _PROBLEMS, "problems.html", "problems/"):
        page = chunk.path
        yield frame.render(
            "site_problems.html",
            page,
            title=title,
            pages_of=frame.numbered(chunk),
            sound=not problems,
            agreed=not disagreements,
            problems=[
                problem_row(one, frame.lang, _home(frame, page, one.event or ""))
                for one in chunk.items
                if isinstance(one, Problem)
            ],
            differences=[
                _difference(frame, page, one) for one in chunk.items if not isinstance(one, Problem)
            ],
        )


def problem_row(one: Problem, lang: Language, href: str = "") -> ProblemRow:
    """Return a problem for a page.

    Args:
        one: The problem; its message is in English.
        lang: The language of its title.
        href: Where the record is that it is about, if anywhere.
    """
    event = None if one.event is None else Link(href, one.event)
    return ProblemRow(
        code=one.code,
        title=title_of_problem(one.code, lang),
        message=one.message,
        hint=one.hint,
        event=event,
    )


def _home(frame: Frame, page: str, id: str) -> str:
    """Return the address of a record from a page; empty where it has none."""
    home = frame.book.homes.get(id)
    return frame.link(page, home, anchor(id)) if home else ""


def _difference(frame: Frame, page: str, one: Disagreement) -> DifferenceRow:
    return DifferenceRow(
        what=_about(frame, one),
        href=_home(frame, page, one.event),
        field=frame.word(f"field {one.field}") if f"field {one.field}" in WORDS else one.field,
        values=tuple(_value(frame, page, one, value) for value in one.values),
    )


def _about(frame: Frame, one: Disagreement) -> str:
    """Return what a disagreement is about: an event as a sentence, with its date."""
    event = frame.book.by_id.get(one.event)
    if event is not None:
        return f"{short_date(event.on, frame.lang)}: {frame.teller.sentence(event)}"
    names = frame.teller.narrator.names(one.parties) if one.parties else ""
    return ", ".join(filter(None, (one.type.replace("-", " "), names, one.on or one.event)))


def _value(
    frame: Frame, page: str, one: Disagreement, value: Value
) -> tuple[str, bool, tuple[Link, ...]]:
    places = frame.book.places
    text = frame.word("left out") if value.value is None else value.words()
    if one.field == "on" and one.event in frame.book.by_id and value.value is not None:
        text = short_date(partial_date(value.value), frame.lang)
    links = tuple(
        Link(
            frame.link(page, places[id], anchor(id)) if id in places else "",
            frame.teller.narrator.publisher(id),
        )
        for id in value.sources
    )
    return text, one.follows(value), links

"""A site of a log: every party, every relation, every source, and what changed, in a folder."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, get_args

from diplorel import _ask, _gc
from diplorel.errors import InvalidQueryError
from diplorel.model.dates import Language
from diplorel.pages.sites.book import Book, Teller
from diplorel.pages.sites.frame import Frame
from diplorel.pages.sites.of_claims import claim_pages, problem_pages
from diplorel.pages.sites.of_dyads import dyad_pages, lanes_of
from diplorel.pages.sites.of_index import index_page
from diplorel.pages.sites.of_lists import correction_pages, coverage_page, timeline_pages
from diplorel.pages.sites.of_parties import party_pages
from diplorel.pages.sites.of_sources import source_pages
from diplorel.pages.sites.writing import write_pages

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from diplorel.log import EventLog
    from diplorel.model.dates import DayLike
    from diplorel.pages.sites.writing import Written


def site(
    log: EventLog,
    folder: str | os.PathLike[str],
    *,
    langs: Iterable[Language] = ("en", "vi"),
    today: DayLike | None = None,
    step: Callable[[str], object] = lambda _: None,
) -> Written:
    """Write a log as a site: pages that open from a disk and from any host, without a request.

    There is an overview with a slider over the days when the ranking changed, a page for each
    party and each relation, and the sources, the timeline, the claims with their verdicts, the
    problems, the coverage and the corrections, with a feed. A second build writes only the pages
    that changed.

    Args:
        log: The log.
        folder: A new or an empty folder, or one that an earlier build wrote.
        langs: The languages; the first one is at the top of the folder, others are in folders.
        today: The last day that is shown by the slider and that the checks do not call the future;
            the present day in UTC by default.
        step: Called with what is being made.

    Returns:
        Which files were written and removed.

    Raises:
        InvalidQueryError: There is no such language, or the folder holds other files.
        InvalidDateError: *today* is not a valid day.
        MissingExtraError: The extra ``pages`` is not installed.

    >>> import tempfile
    >>> import diplorel as dr
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = dr.load("vietnam").where(dyad=("VNM", "SGP"))
    ...     first = dr.pages.site(log, folder, langs=["en"], today="2026-01-01")
    ...     again = dr.pages.site(log, folder, langs=["en"], today="2026-01-01")
    >>> "relations/sgp.vnm.html" in first.written, again.written
    (True, ())
    """
    asked = tuple(dict.fromkeys(_ask.listed("langs", langs)))
    for lang in asked:
        _ask.choice("langs", lang, get_args(Language))
    if not asked:
        raise InvalidQueryError("{argument}: name at least one of 'en' and 'vi'", argument="langs")
    with _gc.paused():
        return write_pages(folder, pages_of(log, asked, _ask.today(today), step))


def pages_of(
    log: EventLog,
    langs: Sequence[Language],
    today: date,
    step: Callable[[str], object] = lambda _: None,
) -> Iterator[tuple[str, bytes]]:
    """Yield every page of a site: its path in the folder, and its content.

    Args:
        log: The log.
        langs: The languages.
        today: The last day of the sliders and the checks.
        step: Called with what is being made.
    """
    book = Book(log, today)
    frames = [Frame(book, Teller(book, lang), langs) for lang in langs]
    step("overview and lists")
    problems = log.check(today=today)
    differences = log.disagreements()
    for frame in frames:
        yield index_page(frame)
        yield from timeline_pages(frame)
        yield from source_pages(frame)
        yield coverage_page(frame)
        yield from correction_pages(frame)
        yield from problem_pages(frame, problems, differences)
    step("claims")
    findings = log.verify()
    for frame in frames:
        yield from claim_pages(frame, findings)
    step("relations")
    for dyad in book.of_dyads:
        lanes = lanes_of(book, dyad)
        for frame in frames:
            yield from dyad_pages(frame, dyad, lanes)
    step("parties")
    for party in book.of_parties:
        for frame in frames:
            yield from party_pages(frame, party)

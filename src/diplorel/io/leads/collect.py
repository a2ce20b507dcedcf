"""From rows of machine-coded data to leads: one event for all rows about one visit."""

from __future__ import annotations

import hashlib
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from diplorel import _ask
from diplorel.errors import Problem, StreamError
from diplorel.io.leads.leads import Leads
from diplorel.io.leads.rows import LeftOut, Means, Reason
from diplorel.io.limits import PROBLEMS
from diplorel.log import EventLog
from diplorel.model.converters import pair
from diplorel.model.dates import PartialDate
from diplorel.model.records import Record
from diplorel.model.reference import Reference, StreamInfo
from diplorel.model.sources import Citation, Source, SourceKind
from diplorel.tracks.visits import TalksHeld, VisitMade

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from diplorel.io.leads.rows import CodedRow, Coder

    Key = tuple[bool, str, str, str]

NOT_CHECKED: Final = "A machine coded it from news text; nobody has checked it."
_WEB: Final = ("http://", "https://")


def collect(
    rows: Iterable[CodedRow | LeftOut | Problem],
    coder: Coder,
    *,
    parties: Iterable[str] = (),
    stream: str | None = None,
    strict: bool = False,
) -> Leads:
    """Return the leads in rows of a machine-coded dataset.

    All rows about a visit of one party to another on one date are one event, and so are all rows
    about talks of two parties on one date. The result does not depend on the order of the rows.

    Args:
        rows: The rows; sound rows that are left out can be given as their number, and a malformed
            row as its problem, with its line.
        coder: The dataset.
        parties: Only leads about one of these. Default: all.
        stream: The name of the stream of the leads. Default: the id of the dataset.
        strict: Whether to refuse everything if there is a problem.

    Raises:
        StreamError: With *strict*, there are problems; it holds all of them.
        UnknownPartyError: There is no such party.
    """
    reference = Reference()
    wanted = frozenset(_ask.party(reference, one) for one in _ask.listed("parties", parties))
    name = coder.id if stream is None else stream
    _ask.stream_name(name)
    gathered = _Gathered(coder, wanted)
    for row in rows:
        if isinstance(row, Problem):
            gathered.malformed(row)
        elif isinstance(row, LeftOut):
            gathered.left[row.reason, row.code] += row.rows
        else:
            gathered.add(row)
    problems = gathered.listed_problems()
    if strict and problems:
        raise StreamError(problems)
    left = tuple(LeftOut(*key, count) for key, count in sorted(gathered.left.items()))
    return Leads(
        coder=coder,
        log=gathered.log(name),
        rows=gathered.kept + gathered.bad + sum(gathered.left.values()),
        kept=gathered.kept,
        left_out=left,
        malformed=gathered.bad,
        problems=problems,
    )


class _Gathered:
    """What is kept of the rows read so far."""

    def __init__(self, coder: Coder, wanted: frozenset[str]) -> None:
        self.coder = coder
        self.wanted = wanted
        self.left: Counter[tuple[Reason, str]] = Counter()
        self.kept = 0
        self.bad = 0
        self._problems: dict[str, list[Problem]] = {}
        self._more: Counter[str] = Counter()
        self._found: dict[Key, dict[datetime, set[tuple[str, str]]]] = {}
        self._articles: dict[str, tuple[str, int]] = {}

    def add(self, row: CodedRow) -> None:
        """Keep a row, or count it under the reason why it is left out."""
        reason = self._reason(row)
        if reason is None and not self._is_new(row):
            reason = Reason.REPEATED
        if reason is not None:
            self.left[reason, row.code] += 1
        else:
            self.kept += 1

    def _reason(self, row: CodedRow) -> Reason | None:
        if row.means is None:
            return Reason.OTHER_CODE
        actors = (row.first, row.second)
        for actor in actors:
            if isinstance(actor, Reason):
                return actor
        if row.first == row.second:
            return Reason.ONE_COUNTRY
        if row.on.lo > row.added.toordinal():
            return Reason.DATED_LATER
        if self.wanted and self.wanted.isdisjoint(actors):
            return Reason.OTHER_PARTIES
        return None

    def _is_new(self, row: CodedRow) -> bool:
        """Keep what a row cites for its event, and return whether that is new."""
        is_visit = row.means is not Means.TALKS
        one, other = row.first, row.second
        if row.means is Means.HOST:
            one, other = other, one
        elif not is_visit:
            one, other = pair(one, other)
        cited = (self._source(row), f"{self.coder.locator} {row.id}, code {row.code}")
        moments = self._found.setdefault((is_visit, one, other, row.on.text), {})
        known = moments.setdefault(row.added, set())
        before = len(known)
        known.add(cited)
        return len(known) > before

    def _source(self, row: CodedRow) -> str:
        """Return the id of the article that a row cites; of none, that of the dataset."""
        if not row.article:
            return self.coder.id
        digest = hashlib.sha256(row.article.encode()).hexdigest()[:16]
        id = f"{self.coder.id}-{digest}"
        seen = row.added.toordinal()
        _, first = self._articles.get(id, ("", seen))
        self._articles[id] = (row.article, min(seen, first))
        return id

    # --- problems --------------------------------------------------------------------------------

    def malformed(self, problem: Problem) -> None:
        """Note a problem; one with a line is of a row. Of very many in a file, some are kept."""
        self.bad += problem.line is not None
        path = problem.path or ""
        known = self._problems.setdefault(path, [])
        if len(known) < PROBLEMS:
            known.append(problem)
        else:
            self._more[path] += 1

    def listed_problems(self) -> tuple[Problem, ...]:
        """Return the problems in the order of file and line."""
        found: list[Problem] = []
        for path, problems in sorted(self._problems.items()):
            found += sorted(problems, key=lambda one: (one.line is None, one.line or 0))
            if more := self._more[path]:
                message = f"{more:,} more rows are malformed; the first {PROBLEMS:,} are listed"
                found.append(Problem(code="DR113", path=path or None, message=message))
        return tuple(found)

    # --- the log ---------------------------------------------------------------------------------

    def log(self, stream: str) -> EventLog:
        """Return the records: one for each event and each moment when rows were added."""
        records = []
        for key, moments in sorted(self._found.items()):
            for moment, cited in sorted(moments.items()):
                records.append(Record(stream, moment, _event(key, cited)))
        info = StreamInfo(
            name=stream,
            title=f"Leads coded by machine: {self.coder.title}",
            description=f"{NOT_CHECKED} {self.coder.licence}".strip(),
            url=self.coder.url,
        )
        sources = tuple(self._sources()) if records else ()
        return EventLog(records, reference=Reference(sources=sources, infos=(info,)).of(stream))

    def _sources(self) -> Iterable[Source]:
        coder = self.coder
        yield Source(
            id=coder.id,
            title=coder.title,
            publisher=coder.publisher,
            kind=SourceKind.MACHINE,
            url=coder.url,
            note=f"{NOT_CHECKED} {coder.licence}".strip(),
        )
        for id, (article, day) in self._articles.items():
            web = article.startswith(_WEB)
            yield Source(
                id=id,
                title=article,
                publisher=_publisher(article) if web else article,
                kind=SourceKind.MACHINE,
                published=PartialDate(date.fromordinal(day)),
                url=article if web else None,
                derived_from=coder.id,
            )


def _publisher(address: str) -> str:
    """Return the host of an address without its ``www.``; the address where it has none."""
    try:
        host = urlsplit(address).hostname
    except ValueError:
        host = None
    return (host or address).removeprefix("www.") or address


def _event(key: Key, cited: Iterable[tuple[str, str]]) -> VisitMade | TalksHeld:
    is_visit, first, second, on = key
    sources = [Citation(source=source, locator=locator) for source, locator in sorted(cited)]
    if is_visit:
        return VisitMade(on=on, visitor=first, host=second, sources=sources, inferred=NOT_CHECKED)
    return TalksHeld(on=on, parties=(first, second), sources=sources, inferred=NOT_CHECKED)

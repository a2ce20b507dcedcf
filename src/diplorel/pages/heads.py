"""The title of a brief, which is the answer, and its lead of two sentences."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from diplorel.pages.phrasing import capital, sentences

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.model.ladders import Level
    from diplorel.pages.gathered import Gathered

_RECENT_YEARS: Final = 2
_WITHIN_DAYS: Final = 30
_NAMED: Final = 5
"""So many partners are named in a sentence."""


def title_of(found: Gathered) -> str:
    """Return the answer: who reached a level on the day, or how many partners there are."""
    if found.ranking is None:
        return _ties_title(found)
    reached = [row for row in found.ranking.rows if row.since.span == (_day(found),) * 2]
    if reached:
        return _reached_title(found, reached)
    say, ranks = found.say, found.ranks
    for level, count, complete in ranks:
        if count:
            groups = say.at_level(level, count, complete=complete)
            return _on_day(found, "has", groups=groups)
    return _on_day(found, "has nobody")


def lead_of(found: Gathered) -> str:
    """Return two sentences: how the highest level filled, and who is below it."""
    if found.ranking is None:
        return _ties_lead(found)
    held = [(level, count, complete) for level, count, complete in found.ranks if count]
    if not held:
        return _open_lead(found)
    (level, count, _), *lower = held
    rows = [row for row in found.ranking.rows if row.level.rank == level.rank]
    return sentences(_pace_sentence(found, rows), _below_sentence(found, count, lower))


def _day(found: Gathered) -> int:
    return found.on.toordinal()


def _on_day(found: Gathered, key: str, **parts: str) -> str:
    say = found.say
    day = say.long_day(found.on)
    said = say.word(key, day=day, Day=capital(day), party=say.named(found.party), **parts)
    return capital(said)


def _ties_title(found: Gathered) -> str:
    ties = found.by_ties
    return _on_day(found, "has ties", count=found.say.parties(len(ties)))


def _reached_title(found: Gathered, reached: Sequence[RankingRow]) -> str:
    """Return the title where partners reached a level on the day: those of the highest one."""
    say, top = found.say, reached[0].level
    rows = [row for row in reached if row.level.rank == top.rank]
    who = say.listed([row.party for row in rows[:_NAMED]])
    if len(rows) > _NAMED:
        who = say.parties(len(rows))
    parts = {"who": who, "possessive": say.possessive(found.party)}
    noun = say.noun(top)
    if noun is None or len({row.level.id for row in rows}) > 1:
        return _on_day(found, "reached", level=top.name(found.lang), **parts)
    plain, count, complete = next(one for one in found.ranks if one[0].rank == top.rank)
    alone = len(rows) == 1
    if alone and complete and plain.id == top.id and found.ranking is not None:
        same = [row for row in found.ranking.rows if row.level.rank == top.rank]
        if all(row.since.hi < _day(found) for row in same if row is not rows[0]):
            return _on_day(found, "became nth", nth=say.nth(count), noun=noun, **parts)
    return _on_day(found, "became", noun=_with_article(noun, found.lang, alone=alone), **parts)


def _with_article(noun: str, lang: str, *, alone: bool) -> str:
    if lang == "vi":
        return noun
    article = "an" if noun[:1] in "aeiou" else "a"
    return f"{article} {noun}" if alone else f"{noun}s"


def _pace_sentence(found: Gathered, rows: Sequence[RankingRow]) -> str:
    """Return how many reached the highest level of late, and who did in the last month."""
    say, today = found.say, _day(found)
    start = _years_before(found.on, _RECENT_YEARS)
    recent = [row for row in rows if start < row.since.lo <= row.since.hi <= today]
    if not recent:
        last = max(rows, key=lambda row: (row.since.hi, row.party))
        return say.word("latest", who=say.named(last.party), when=say.when(last.since))
    parts = {"all": say.number(len(rows)), "some": say.number(len(recent))}
    key = "recent" if len(recent) < len(rows) else "recent all"
    if len(rows) == 1:
        last = rows[0]
        return say.word("latest", who=say.named(last.party), when=say.when(last.since))
    said = say.word(key, Some=capital(parts["some"]), **parts)
    newest = [row for row in recent if today - row.since.lo < _WITHIN_DAYS]
    if 1 < len(newest) <= _NAMED and len(newest) < len(rows):
        days = max(row.since.hi for row in newest) - min(row.since.lo for row in newest) + 1
        names = say.listed([row.party for row in newest])
        count = say.number(len(newest))
        said += say.word("within days", count=count, days=say.number(days), names=names)
    return said


def _years_before(day: date, years: int) -> int:
    """Return the same day so many years before, as an ordinal; 29 February becomes the 28th."""
    year = max(day.year - years, 1)
    last = 28 if (day.month, day.day) == (2, 29) else day.day
    return date(year, day.month, last).toordinal()


def _below_sentence(found: Gathered, count: int, lower: Sequence[tuple[Level, int, bool]]) -> str:
    say = found.say
    if not lower:
        return say.word("nothing below")
    groups = say.joined(
        [say.at_level(level, number, complete=complete) for level, number, complete in lower]
    )
    them = say.word("it" if count == 1 else "them")
    return say.word("below", them=them, party=say.named(found.party), groups=groups)


def _open_lead(found: Gathered) -> str:
    """Return the lead where nobody holds a level with a rank."""
    say, ranking = found.say, found.ranking
    unknown = 0 if ranking is None else len(ranking.unknown) + len(ranking.below)
    special = 0 if ranking is None else len(ranking.special)
    texts = [say.word("nobody")]
    if special:
        have = "has" if special == 1 else "have"
        texts.append(say.word("special lead", count=say.parties(special), have=have))
    elif unknown:
        texts.append(say.word("unknown lead", count=say.number(unknown)))
    return sentences(*texts)


def _ties_lead(found: Gathered) -> str:
    say = found.say
    ties = found.by_ties
    rows = [row for row in ties if row.position == 1]
    texts = [say.word("no ladder", party=say.named(found.party))]
    if rows:
        value: object = rows[0].value
        when = say.short(value) if hasattr(value, "span") else ""  # type: ignore[arg-type]  # a date
        who = say.listed([row.party for row in rows[:_NAMED]])
        texts.append(say.word("oldest", who=who, when=when))
    return sentences(*texts)

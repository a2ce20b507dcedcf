"""Vietnam's partners on a day, in the order in which they reached their level.

Run it::

    python examples/vietnam_partners.py
    python examples/vietnam_partners.py --lang vi --on 2013-12-31 --at-least strategic
"""

import argparse
import sys
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import diplorel as dr
from diplorel.analysis.ranking_rows import RankingRow
from diplorel.model.dates import Language, between_words
from diplorel.model.sources import independent
from diplorel.tracks import LEVEL

WORDS: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Vietnam's partners on {day}: {level} or higher",
        "columns": "Place|Partner|Level|Reached|Ties for|Independent sources",
        "none": "No partner is recorded at this level.",
        "count": "{now} partners on {day}, {before} on the day before, {earlier}.",
        "first": "{now} partners on {day}.",
        "complete": "The list is complete: the stream covers this level on both days.",
        "partial": "There may be more: on one of these days the stream does not cover this level, "
        "and shows what was last known.",
        "possible": "The dates leave open: {names}.",
        "special": "Beside the ladder, in a special relationship: {names}.",
        "unranked": "At a level without a rank: {names}.",
        "unknown": "Level unknown, which is not the same as none: {count} other parties.",
        "unsaid": "unknown",
    },
    "vi": {
        "title": "Đối tác của Việt Nam, {day}: {level} trở lên",
        "columns": "Hạng|Đối tác|Khuôn khổ quan hệ|Xác lập ngày|Quan hệ ngoại giao|Nguồn độc lập",
        "none": "Không có đối tác nào được ghi nhận ở khuôn khổ này.",
        "count": "{now} đối tác vào {day}, {before} đối tác vào hôm trước, {earlier}.",
        "first": "{now} đối tác vào {day}.",
        "complete": "Danh sách đầy đủ: dữ liệu bao quát khuôn khổ này trong cả hai ngày.",
        "partial": "Có thể còn nữa: có ngày nằm ngoài phạm vi bao quát của dữ liệu ở khuôn khổ "
        "này, nên chỉ nêu theo ghi nhận gần nhất.",
        "possible": "Chưa xác định được vì ngày tháng không rõ: {names}.",
        "special": "Quan hệ đặc biệt, ngoài thang bậc: {names}.",
        "unranked": "Ở khuôn khổ không xếp bậc: {names}.",
        "unknown": "Chưa rõ khuôn khổ quan hệ (không có nghĩa là không có): {count} bên khác.",
        "unsaid": "chưa rõ",
    },
}
RIGHT: Final = (0, 5)  # the columns of numbers


def sources_behind(world: dr.World, row: RankingRow) -> int:
    """Count the independent sources of the event by which a partner reached its level."""
    events = world["VNM", row.party].events(LEVEL)
    cited = {one.source for event in events if event.on == row.since for one in event.sources}
    return len(independent(cited, world.reference.source))


def cells(world: dr.World, row: RankingRow, on: str, lang: Language) -> list[str]:
    """Return one line of the table, as text."""
    place = str(row.position)
    if row.best != row.worst:
        place += f" ({row.best}–{row.worst})"
    return [
        place,
        world.reference.parties.find(row.party).name(lang),
        row.level.name(lang),
        row.since.words(lang),
        between_words(row.ties, on, lang) if row.ties else WORDS[lang]["unsaid"],
        str(sources_behind(world, row)),
    ]


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows as aligned text; a column that says the same in every row is left out."""
    header, *body = rows
    shown = [i for i in range(len(header)) if i != 2 or len({row[2] for row in body}) > 1]  # noqa: PLR2004  the level
    width = {i: max(len(row[i]) for row in rows) for i in shown}
    lines = [
        "  ".join(row[i].rjust(width[i]) if i in RIGHT else row[i].ljust(width[i]) for i in shown)
        for row in (header, ["-" * width.get(i, 0) for i in range(len(header))], *body)
    ]
    return "\n".join(line.rstrip() for line in lines)


def report(on: str, at_least: str, lang: Language) -> str:
    """Return the whole answer as text."""
    say = WORDS[lang]
    vietnam = dr.load("vietnam")
    world = vietnam.replay(on=on)
    ladder = vietnam.reference.ladder["VNM"]
    wanted = {level.id for level in ladder.at_least(at_least)}
    ranking = world.ranking("VNM")
    partners = world.partners("VNM", at_least=at_least)
    day = dr.PartialDate(on).words(lang)

    def names(ids: Sequence[str]) -> str:
        return ", ".join(sorted(vietnam.reference.parties.find(id).name(lang) for id in ids))

    lines = [say["title"].format(day=day, level=ladder.level(at_least).name(lang)), ""]
    rows = [cells(world, row, on, lang) for row in ranking if row.level.id in wanted]
    lines += [table([say["columns"].split("|"), *rows]) if rows else say["none"], ""]
    complete = partners.complete
    if date.fromisoformat(on) > date.min:
        eve = date.fromisoformat(on) - timedelta(days=1)
        before = vietnam.replay(on=eve).partners("VNM", at_least=at_least)
        complete = complete and before.complete
        earlier = dr.PartialDate(eve).words(lang)
        count = {"now": len(partners), "before": len(before), "earlier": earlier}
        lines.append(say["count"].format(day=day, **count))
    else:
        lines.append(say["first"].format(now=len(partners), day=day))
    lines.append(say["complete" if complete else "partial"])
    for block, ids in (
        ("possible", partners.possible),
        ("unranked", ranking.unranked),
        ("special", ranking.special),
    ):
        if ids:
            lines.append(say[block].format(names=names(ids)))
    recorded = {party for dyad in world.dyads() if "VNM" in dyad for party in dyad}
    unknown = recorded.intersection((*ranking.below, *ranking.unknown))
    lines.append(say["unknown"].format(count=len(unknown)))
    return "\n".join(lines)


def main(argv: Sequence[str] | None = None) -> int:
    """Print the ranking; 2 and one line on the error stream where the question is a bad one."""
    parser = argparse.ArgumentParser(description="Vietnam's partners on a day, ranked.")
    parser.add_argument("--on", default="2025-03-12", metavar="YYYY-MM-DD", help="the day")
    parser.add_argument(
        "--at-least",
        default="comprehensive-strategic",
        metavar="LEVEL",
        help="the lowest level shown, such as strategic or comprehensive",
    )
    parser.add_argument("--lang", default="en", choices=["en", "vi"], help="English or Vietnamese")
    args = parser.parse_args(argv)
    try:
        print(report(args.on, args.at_least, args.lang))
    except dr.errors.DiplorelError as error:
        print(f"vietnam_partners: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())

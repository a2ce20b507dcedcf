"""The story of Vietnam and Singapore since 1973, event by event, with everybody who reports it.

Run it::

    python examples/vietnam_singapore.py
    python examples/vietnam_singapore.py --lang vi
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from typing import Final

import diplorel as dr
from diplorel.model.dates import Language
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import FIGURES

DAYS: Final = ("1973-07-31", "1973-08-01", "2013-09-10", "2013-09-11", "2025-03-11", "2025-03-12")
BEFORE, UPGRADE = "2025-03-11", "2025-03-12"

SAY: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Vietnam and Singapore: {count} events, oldest first",
        "states": "On a few days",
        "state": "{day}: {ties}; {level}.",
        "tied": "diplomatic relations since {since}",
        "untied": "no diplomatic relations recorded",
        "at": "{level} since {since}",
        "off": "{level} since {since} (a label without a rank)",
        "no level": "no level recorded",
        "open": "What the dates leave open",
        "undated": "{on}: no source gives the day, so until {last} it is undecided. {said}",
        "none open": "Nothing.",
        "figures": "Figures reported more than once",
        "known": "What was published by {known} of {day}",
        "knew": "Level: {level}. At the top of the ladder: {top}.",
        "yes": "yes",
        "no": "no",
    },
    "vi": {
        "title": "Việt Nam và Singapore: {count} sự kiện, theo thứ tự thời gian",
        "states": "Tình trạng vào một số ngày",
        "state": "{day}: {ties}; {level}.",
        "tied": "có quan hệ ngoại giao từ {since}",
        "untied": "chưa ghi nhận quan hệ ngoại giao",
        "at": "{level} từ {since}",
        "off": "{level} từ {since} (không xếp bậc)",
        "no level": "chưa ghi nhận khuôn khổ quan hệ",
        "open": "Những gì ngày tháng chưa cho biết",
        "undated": "{on}: không nguồn nào nêu ngày, nên đến {last} vẫn chưa xác định được. {said}",
        "none open": "Không có.",
        "figures": "Số liệu được nêu hơn một lần",
        "known": "Những gì đã được công bố đến {known} về {day}",
        "knew": "Khuôn khổ quan hệ: {level}. Ở bậc cao nhất: {top}.",
        "yes": "có",
        "no": "không",
    },
}


def sentence_case(text: str) -> str:
    """Return a text with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


class Story:
    """Tells the story of one log in one language."""

    def __init__(self, log: dr.EventLog, lang: Language) -> None:
        self.log, self.lang, self.say = log, lang, SAY[lang]
        self.narrator = Narrator(log.reference, lang, first="VNM")

    def standing(self, relation: dr.Relation) -> str:
        """Return the level on Vietnam's ladder in words."""
        held = relation.level("VNM")
        if held.level is None or held.since is None:
            return self.say["no level"]
        how = "at" if held.level.rank is not None else "off"
        return self.say[how].format(
            level=held.level.name(self.lang), since=held.since.words(self.lang)
        )

    def state(self, on: str) -> str:
        """Return ties and level on a day."""
        relation = self.log.relation("VNM", "SGP", on=on)
        since = relation.ties.since
        ties = self.say["tied"].format(since=since.words(self.lang)) if since else None
        return self.say["state"].format(
            day=dr.PartialDate(on).words(self.lang),
            ties=ties or self.say["untied"],
            level=self.standing(relation),
        )

    def known(self, known: str) -> str:
        """Return the level on the day of the upgrade, as sources published by a day had it."""
        world = self.log.replay(on=UPGRADE, known=known, clock="published")
        top = self.log.reference.ladder["VNM"].at_least("comprehensive-strategic")
        held = world["VNM", "SGP"].level("VNM").level
        return self.say["knew"].format(
            level=self.standing(world["VNM", "SGP"]),
            top=self.say["yes" if held in top else "no"],
        )

    def story(self) -> Iterator[str]:
        """Yield the lines of the whole story."""
        say, lang = self.say, self.lang
        entries = self.log.timeline("VNM", "SGP")
        relation = self.log.relation("VNM", "SGP")
        accounts = relation.accounts()
        yield say["title"].format(count=len(entries))
        for entry in entries:
            yield f"\n{sentence_case(entry.on.words(lang))}. {self.narrator.sentence(entry.event)}"
            for line in self.narrator.provenance(entry.event, accounts.get(entry.event.id, ())):
                yield f"    {line}"
        yield f"\n# {say['states']}\n"
        yield from map(self.state, DAYS)
        yield f"\n# {say['figures']}\n"
        for figure in relation[FIGURES].figures:
            if figure.alternatives:
                for report in (*figure.alternatives, figure.latest):
                    sources = ", ".join(
                        self.narrator.publisher(one.source) for one in report.sources
                    )
                    on = sentence_case(report.on.words(lang))
                    yield f"{on}. {self.narrator.sentence(report)} ({sources})"
        yield f"\n# {say['open']}\n"
        wide = [entry for entry in entries if entry.on.lo < entry.on.hi]
        for entry in wide:
            yield say["undated"].format(
                on=sentence_case(entry.on.words(lang)),
                last=dr.PartialDate(entry.on.latest).words(lang),
                said=self.narrator.sentence(entry.event),
            )
        if not wide:
            yield say["none open"]
        day = dr.PartialDate(UPGRADE).words(lang)
        for known in (BEFORE, UPGRADE):
            heading = say["known"].format(known=dr.PartialDate(known).words(lang), day=day)
            yield f"\n# {heading}\n\n{self.known(known)}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the story."""
    parser = argparse.ArgumentParser(description="The story of Vietnam and Singapore.")
    parser.add_argument("--lang", default="en", choices=["en", "vi"], help="English or Vietnamese")
    args = parser.parse_args(argv)
    print("\n".join(Story(dr.load("vietnam"), args.lang).story()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

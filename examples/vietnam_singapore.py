"""The story of Vietnam and Singapore since 1973, act by act, with everybody who tells it.

Run it::

    python examples/vietnam_singapore.py
    python examples/vietnam_singapore.py --lang vi
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Final

import diplorel as dr
from diplorel import events as ev
from diplorel.dates import Language
from diplorel.event import Person
from diplorel.tracks import FIGURES

DAYS: Final = ("1973-07-31", "1973-08-01", "2013-09-10", "2013-09-11", "2025-03-11", "2025-03-12")
BEFORE, UPGRADE = "2025-03-11", "2025-03-12"

SAY: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Vietnam and Singapore: {count} acts, oldest first",
        "ties": "Vietnam and Singapore established diplomatic relations.",
        "level": "They raised their relations to the level of {what}.",
        "signed": "They signed {what}.",
        "visit": "{who} of {visitor} paid {host} {kind}.",
        "talks": "{who} held talks{what}.",
        "topics": " on {topics}",
        "figure": "{what} was put at {value}{when}.",
        "target": "{what} is to reach {value}{when}.",
        "for": " for {period}",
        "upto": " up to {period}",
        "due": " by the end of {period}",
        "sources": "Told by {names}.",
        "undated": "undated",
        "coarse": "Less exactly: {on} ({source}).",
        "other": "Another date: {on} ({source}).",
        "words": "In the words of {source}: “{text}”.",
        "telling": "Told otherwise, and not followed: {said} ({sources})",
        "states": "On a few days",
        "state": "{day}: {ties}; {level}.",
        "tied": "diplomatic relations since {since}",
        "untied": "no diplomatic relations recorded",
        "at": "{level} since {since}",
        "off": "{level} since {since} (a label without a rank)",
        "no level": "no level recorded",
        "open": "What the dates leave open",
        "open act": "{on}: no source gives the day, so until {last} it is undecided. {said}",
        "none open": "Nothing.",
        "figures": "Figures reported more than once",
        "known": "What was published by {known} of {day}",
        "knew": "Level: {level}. At the top of the ladder: {top}.",
        "yes": "yes",
        "no": "no",
        "and": " and ",
    },
    "vi": {
        "title": "Việt Nam và Singapore: {count} sự kiện, theo thứ tự thời gian",
        "ties": "Việt Nam và Singapore thiết lập quan hệ ngoại giao.",
        "level": "Hai nước nâng quan hệ lên mức {what}.",
        "signed": "Hai bên ký {what}.",
        "visit": "{who} của {visitor} thăm {host} ({kind}).",
        "talks": "{who} hội đàm{what}.",
        "topics": "",  # the stream has the topics in English only
        "figure": "{what} được nêu là {value}{when}.",
        "target": "{what} được đặt mục tiêu đạt {value}{when}.",
        "for": " trong {period}",
        "upto": " tính đến {period}",
        "due": " đến hết {period}",
        "sources": "Theo {names}.",
        "undated": "không rõ ngày",
        "coarse": "Kém chính xác hơn: {on} ({source}).",
        "other": "Ngày khác: {on} ({source}).",
        "words": "Theo lời của {source}: “{text}”.",
        "telling": "Có nguồn nêu khác, không được dùng: {said} ({sources})",
        "states": "Tình trạng vào một số ngày",
        "state": "{day}: {ties}; {level}.",
        "tied": "có quan hệ ngoại giao từ {since}",
        "untied": "chưa ghi nhận quan hệ ngoại giao",
        "at": "{level} từ {since}",
        "off": "{level} từ {since} (không xếp bậc)",
        "no level": "chưa ghi nhận mức quan hệ",
        "open": "Những gì ngày tháng chưa cho biết",
        "open act": "{on}: không nguồn nào nêu ngày, nên đến {last} vẫn chưa xác định được. {said}",
        "none open": "Không có.",
        "figures": "Số liệu được nêu hơn một lần",
        "known": "Những gì đã được công bố đến {known} về {day}",
        "knew": "Mức quan hệ: {level}. Ở bậc cao nhất: {top}.",
        "yes": "có",
        "no": "không",
        "and": " và ",
    },
}
INDICATORS: Final[dict[str, tuple[str, str]]] = {
    "trade-turnover": ("Trade", "Kim ngạch thương mại"),
    "trade-turnover-growth": ("The growth of trade", "Mức tăng kim ngạch thương mại"),
    "investment-stock": (
        "Singapore's investment in Vietnam",
        "Vốn đầu tư của Singapore vào Việt Nam",
    ),
    "investment-inflow": (
        "New investment by Singapore in Vietnam",
        "Vốn đầu tư mới của Singapore vào Việt Nam",
    ),
    "investment-projects": (
        "The number of Singapore's projects in Vietnam",
        "Số dự án của Singapore tại Việt Nam",
    ),
    "investment-rank": (
        "Singapore's place among all investors in Vietnam",
        "Thứ hạng của Singapore trong các nhà đầu tư vào Việt Nam",
    ),
    "investment-rank-asean": (
        "Singapore's place among ASEAN's investors in Vietnam",
        "Thứ hạng của Singapore trong các nhà đầu tư ASEAN vào Việt Nam",
    ),
    "vsip-parks": (
        "The number of Vietnam-Singapore Industrial Parks (VSIP)",
        "Số khu công nghiệp Việt Nam - Singapore (VSIP)",
    ),
    "vsip-provinces": ("The number of provinces with a VSIP", "Số tỉnh, thành có VSIP"),
    "vsip-investment": ("Investment in the VSIPs", "Vốn đầu tư vào các VSIP"),
    "vsip-projects": ("The number of projects in the VSIPs", "Số dự án trong các VSIP"),
    "vsip-jobs": ("The number of jobs in the VSIPs", "Số việc làm trong các VSIP"),
}
UNITS: Final[dict[str, tuple[str, str]]] = {
    "USD bn": (" billion US dollars", " tỷ USD"),
    "USD mn": (" million US dollars", " triệu USD"),
    "%": (" per cent", "%"),
}
QUALIFIERS: Final[dict[str, tuple[str, str]]] = {
    "=": ("", ""),
    "~": ("about ", "khoảng "),
    ">": ("over ", "trên "),
    ">=": ("at least ", "ít nhất "),
    "<": ("under ", "dưới "),
    "<=": ("at most ", "nhiều nhất "),
}
OFFICES: Final[dict[str, tuple[str, str]]] = {
    "party:general-secretary": ("General Secretary", "Tổng Bí thư"),
    "state:president": ("President", "Chủ tịch nước"),
    "government:prime-minister": ("Prime Minister", "Thủ tướng"),
    "ministry:foreign-minister": ("Foreign Minister", "Ngoại trưởng"),
}
VISITS: Final[dict[str, tuple[str, str]]] = {
    "state": ("a state visit", "thăm cấp nhà nước"),
    "official": ("an official visit", "thăm chính thức"),
    "working": ("a working visit", "thăm làm việc"),
}
FIELDS: Final[dict[str, str]] = {
    "digital-transformation": "chuyển đổi số",
    "financial-innovation": "đổi mới tài chính",
    "transnational-crime": "phòng, chống tội phạm xuyên quốc gia",
    "wind-power": "điện gió",
}


def sentence_case(text: str) -> str:
    """Return a text with a capital first letter, and the rest as it is."""
    return text[:1].upper() + text[1:]


class Teller:
    """Puts acts in words of one language, with the names and sources of one log."""

    def __init__(self, log: dr.EventLog, lang: Language) -> None:
        self.log, self.lang, self.say = log, lang, SAY[lang]

    def one_of(self, words: dict[str, tuple[str, str]], key: str) -> str:
        """Return the words for a key; a key that has none stands for itself."""
        return words[key][self.lang == "vi"] if key in words else key.replace("-", " ")

    def name(self, party: str) -> str:
        """Return the name of a party."""
        return self.log.reference.parties.find(party).name(self.lang)

    def publisher(self, source: str) -> str:
        """Return who published a source."""
        known = self.log.reference.source.get(source)
        return known.publisher if known else source

    def dated(self, source: str) -> str:
        """Return who published a source, and when."""
        known = self.log.reference.source.get(source)
        published = known.published if known else None
        when = published.words(self.lang) if published else self.say["undated"]
        return f"{self.publisher(source)}, {when}"

    def people(self, persons: Sequence[Person]) -> str:
        """Return the persons with their first office."""
        said = (
            f"{self.one_of(OFFICES, one.offices[0]) if one.offices else ''} {one.name or ''}"
            for one in persons
        )
        return self.say["and"].join(each.strip() for each in said)

    def figure(self, event: ev.FigureReported | ev.TargetSet) -> dict[str, str]:
        """Return what a figure counts, its value and its time."""
        number = f"{Decimal(event.value):,f}"
        if self.lang == "vi":
            number = number.translate(str.maketrans(",.", ".,"))
        value = self.one_of(QUALIFIERS, event.qualifier) + number
        value += UNITS[event.unit][self.lang == "vi"] if event.unit in UNITS else ""
        if isinstance(event, ev.TargetSet):
            period, how = event.due, "due"
        else:
            period, how = event.period, "upto" if event.cumulative else "for"
        when = self.say[how].format(period=period.words(self.lang)) if period else ""
        if period is not None and period.end is not None:  # its words begin with "from"
            when = f" {period.words(self.lang)}"
        return {"what": self.one_of(INDICATORS, event.indicator), "value": value, "when": when}

    def document(self, event: ev.AgreementSigned) -> str:
        """Return the title of a document, or its field where nobody gives a title."""
        for text in (*(t for t in event.titles if t.lang == self.lang), *event.titles):
            return text.text if self.lang == "vi" else f"the {text.text}"
        if self.lang == "vi":
            return "văn kiện về " + ", ".join(FIELDS.get(one, one) for one in event.fields)
        return "a document on " + ", ".join(one.replace("-", " ") for one in event.fields)

    def sentence(self, event: Any) -> str:
        """Return one act as one sentence."""
        say = self.say
        match event:
            case ev.TiesEstablished():
                return say["ties"]
            case ev.LevelUpgraded():
                level = self.log.reference.level(event.ladder, event.level)
                return say["level"].format(what=level.name(self.lang))
            case ev.AgreementSigned():
                return say["signed"].format(what=self.document(event))
            case ev.VisitMade():
                return say["visit"].format(
                    who=self.people(event.persons),
                    visitor=self.name(event.visitor),
                    host=self.name(event.host),
                    kind=self.one_of(VISITS, event.kind),
                )
            case ev.TalksHeld():
                topics = say["topics"].format(topics="; ".join(event.topics))
                return say["talks"].format(who=self.people(event.persons), what=topics)
            case ev.FigureReported():
                return say["figure"].format(**self.figure(event))
            case ev.TargetSet():
                return say["target"].format(**self.figure(event))
            case _:
                return str(event.id)

    def told(self, event: Any, tellings: Sequence[dr.Telling]) -> Iterator[str]:
        """Yield who tells an act, and what they disagree on."""
        names = dict.fromkeys(self.dated(one.source) for one in event.sources)
        yield self.say["sources"].format(names="; ".join(names))
        for one in event.sources:
            source = self.publisher(one.source)
            if one.on is not None and one.on != event.on:
                how = "coarse" if one.on.contains(event.on) else "other"
                yield self.say[how].format(on=one.on.words(self.lang), source=source)
            if one.text is not None:
                yield self.say["words"].format(source=source, text=one.text)
        for telling in tellings[1:]:
            sources = "; ".join(dict.fromkeys(self.dated(c.source) for c in telling.citations))
            said = self.sentence(telling.event)
            yield self.say["telling"].format(said=said, sources=sources)

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
        tellings = relation.tellings()
        yield say["title"].format(count=len(entries))
        for entry in entries:
            yield f"\n{sentence_case(entry.on.words(lang))}. {self.sentence(entry.event)}"
            for line in self.told(entry.event, tellings.get(entry.event.id, ())):
                yield f"    {line}"
        yield f"\n# {say['states']}\n"
        yield from map(self.state, DAYS)
        yield f"\n# {say['figures']}\n"
        for figure in relation[FIGURES].figures:
            if figure.alternatives:
                for report in (*figure.alternatives, figure.latest):
                    sources = ", ".join(self.publisher(one.source) for one in report.sources)
                    on = sentence_case(report.on.words(lang))
                    yield f"{on}. {self.sentence(report)} ({sources})"
        yield f"\n# {say['open']}\n"
        wide = [entry for entry in entries if entry.on.lo < entry.on.hi]
        for entry in wide:
            yield say["open act"].format(
                on=sentence_case(entry.on.words(lang)),
                last=dr.PartialDate(entry.on.latest).words(lang),
                said=self.sentence(entry.event),
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
    print("\n".join(Teller(dr.load("vietnam"), args.lang).story()))
    return 0


if __name__ == "__main__":
    sys.exit(main())

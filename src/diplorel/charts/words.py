"""The words on charts, in English and in Vietnamese, and dates short enough for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.dates import FIRST_DAY, PartialDate

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.model.dates import Language

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_MANY: Final = 31
"""Up to so many days between them, two days are given as they are."""

WORDS: Final[dict[str, tuple[str, str]]] = {
    "ladder": (
        "{party}'s partners, step by step to {day}",
        "Đối tác của {party}, từng bước đến {day}",
    ),
    "special": ("Special relationship, beside the ladder", "Quan hệ đặc biệt, ngoài thang bậc"),
    "off": ("Off the ladder", "Ngoài thang bậc"),
    "agreed": ("Agreed, not yet in effect", "Đã nhất trí, chưa chính thức xác lập"),
    "as last recorded": ("{level}, as last recorded", "{level}, theo ghi nhận gần nhất"),
    "off levels": ("off the ladder: {levels}", "ngoài thang bậc: {levels}"),
    "special key": ("special relationship", "quan hệ đặc biệt"),
    "thin": ("the date lies somewhere in it", "ngày nằm trong khoảng này"),
    "white": ("as last recorded", "theo ghi nhận gần nhất"),
    "diamond": ("another date, in some source", "ngày khác theo nguồn khác"),
    "before chart": (
        "began earlier, or not known when",
        "bắt đầu sớm hơn, hoặc không rõ từ khi nào",
    ),
    "square rule": (
        "the square after the red line is the level on the day",
        "ô vuông sau vạch đỏ là khuôn khổ quan hệ vào ngày đó",
    ),
    "cut mark": (
        "a white cut is a renewal, or a rise in name only",
        "vạch trắng: làm sâu sắc khuôn khổ, hoặc chỉ nâng tên gọi",
    ),
    "alt ladder": (
        "Bars over time, one row for each of {count} partners",
        "Biểu đồ thanh theo thời gian, mỗi hàng một đối tác, {count} đối tác",
    ),
    "alt pace": (
        "Curves over time, one for each level",
        "Biểu đồ đường theo thời gian, mỗi khuôn khổ một đường",
    ),
    "alt bump": (
        "Lines of positions over time, one for each of {count} partners",
        "Biểu đồ thứ tự theo thời gian, mỗi đối tác một đường, {count} đối tác",
    ),
    "alt figures": (
        "Dots on a scale of amounts, one row for each of {count} partners, here the newest",
        "Biểu đồ chấm, mỗi hàng một đối tác, {count} đối tác, ở đây là số liệu mới nhất",
    ),
    "alt lanes": (
        "Bars and signs over time, one lane for each aspect",
        "Thanh và ký hiệu theo thời gian, mỗi mặt quan hệ một hàng",
    ),
    "alt network": (
        "Dots for {count} parties, and a line for each two that are partners",
        "Sơ đồ mạng lưới: {count} bên, mỗi quan hệ đối tác một đường nối",
    ),
    "alt matrix": (
        "A table of coloured cells, with a row or column for each ladder",
        "Bảng ô màu, mỗi thang bậc một hàng hoặc một cột",
    ),
    "counts": (
        "{level}: {one} on {first}, {other} on {last}",
        "{level}: {one} vào {first}, {other} vào {last}",
    ),
    "position on": ("{position} on {day}", "thứ {position} vào {day}"),
    "pace": (
        "{party}'s partners at each level or a higher one, to {day}",
        "Số đối tác của {party} ở từng khuôn khổ trở lên, đến {day}",
    ),
    "or higher": ("{level} or higher", "{level} trở lên"),
    "no change": (
        "No change of the order is recorded in these years.",
        "Không ghi nhận thay đổi nào về thứ tự trong những năm này.",
    ),
    "dotted count": (
        "dotted: no stream calls the list complete from this level up, so there may be more",
        "nét đứt: danh sách từ khuôn khổ này trở lên có thể chưa đầy đủ, số thực có thể cao hơn",
    ),
    "solid count": (
        "solid: the list is complete from this level up",
        "nét liền: danh sách từ khuôn khổ này trở lên là đầy đủ",
    ),
    "counts from latest": (
        "a date that is not exact counts from its last day",
        "ngày không chính xác được tính từ ngày muộn nhất",
    ),
    "counts from earliest": (
        "a date that is not exact counts from its first day",
        "ngày không chính xác được tính từ ngày sớm nhất",
    ),
    "bump": (
        "{party}'s partners in the standing order, {first} to {last}",
        "Thứ tự các đối tác của {party}, {first} đến {last}",
    ),
    "bump rule": (
        "dots: the position at the end of each year, in the colour of the level: {levels}",
        "chấm: vị trí cuối mỗi năm, màu theo khuôn khổ: {levels}",
    ),
    "dark to light": ("{levels}, from dark to light", "{levels}, từ đậm đến nhạt"),
    "hollow": (
        "hollow and dotted: as last recorded",
        "chấm rỗng và nét đứt: theo ghi nhận gần nhất",
    ),
    "interval": (
        "thin vertical line: the positions that open dates allow",
        "nét dọc mảnh: các vị trí mà những ngày chưa rõ cho phép",
    ),
    "cut coverage": (
        "dashed line: {day}, where the coverage ends",
        "vạch đứt: {day}, ngày cuối có dữ liệu đầy đủ",
    ),
    "cut present": ("dashed line: {day}, the present", "vạch đứt: {day}, hiện tại"),
    "left out": (
        "shown are the first {shown} of {day}; others, left out: {count}",
        "chỉ nêu {shown} đối tác đứng đầu ngày {day}; số đối tác khác không nêu: {count}",
    ),
    "deeper": (
        "positions after the {deepest}th are not drawn",
        "không vẽ các vị trí sau thứ {deepest}",
    ),
    "figures of": (
        "{indicator} of {party}: the latest figures, by partner",
        "{indicator} của {party}: số liệu mới nhất theo từng đối tác",
    ),
    "figures": ("{indicator}: the latest figures", "{indicator}: số liệu mới nhất"),
    "full years": ("Full years", "Cả năm"),
    "parts of years": ("Parts of a year, or several years", "Một phần của năm, hoặc nhiều năm"),
    "cumulative": ("Everything up to a date", "Lũy kế đến một thời điểm"),
    "no period": ("Sources give no period", "Nguồn không nêu kỳ số liệu"),
    "no figure": ("No source gives a figure.", "Không có nguồn nào nêu số liệu."),
    "latest rule": (
        "The newest period of each, a full year before parts of years, with all figures for it.",
        "Kỳ mới nhất của từng đối tác, ưu tiên số liệu cả năm, kèm mọi số liệu của kỳ đó.",
    ),
    "not ranked": (
        "In the order of names: figures of different reporters are not added up or ranked.",
        "Xếp theo tên: số liệu của các nguồn khác nhau không cộng hay so hạng với nhau.",
    ),
    "filled": ("filled: as reported", "chấm đặc: theo nguồn"),
    "about sign": ("hollow: about", "chấm rỗng: khoảng"),
    "over sign": ("arrow to the right: over", "mũi tên phải: trên"),
    "under sign": ("arrow to the left: under", "mũi tên trái: dưới"),
    "pale": ("pale: before {year}", "nhạt: trước năm {year}"),
    "log": (
        "logarithmic scale: the lines are at powers of ten",
        "thang logarit: các vạch là lũy thừa của 10",
    ),
    "not converted": (
        "without a sign: in another unit, which is not converted",
        "không có ký hiệu: theo đơn vị khác, không quy đổi",
    ),
    "another account": ("another account", "nguồn khác ghi"),
    "alone": ("{party} as a whole", "tính chung của {party}"),
    "direction": ("{one} to {other}", "{one} sang {other}"),
    "to party": ("from the partner to {party}", "từ đối tác sang {party}"),
    "from party": ("from {party} to the partner", "từ {party} sang đối tác"),
    "data": (
        "Data: {streams}, {licence}; diplorel {library}.",
        "Dữ liệu: {streams}, {licence}; diplorel {library}.",
    ),
    "nobody": ("Nobody holds a level on this day.", "Vào ngày này chưa có đối tác nào."),
    "by": ("by {day}", "muộn nhất {day}"),
    "or": ("{one} or {other}", "{one} hoặc {other}"),
    "to": ("{one} to {other}", "{one} đến {other}"),
    "in table": ("The numbers are in the table.", "Số liệu có trong bảng."),
    "no stream": ("a stream of your own", "bộ dữ liệu riêng"),
    "no licence": ("no licence named", "không nêu giấy phép"),
    "all": ("all that is recorded", "toàn bộ dữ liệu"),
}


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return the words for a key in a language, filled in."""
    return WORDS[key][lang == "vi"].format(**parts)


def sentence(parts: Iterable[str]) -> str:
    """Return parts as one sentence, with semicolons between them; nothing for none.

    >>> sentence(["filled: as reported", "hollow: about"])
    'Filled: as reported; hollow: about.'
    """
    joined = "; ".join(parts)
    return f"{joined[:1].upper()}{joined[1:]}." if joined else ""


SHORT: Final = {
    "United Arab Emirates": "UAE",
    "Các Tiểu vương quốc Arab thống nhất": "UAE",
    "Central African Republic": "Central African Rep.",
    "Democratic Republic of the Congo": "DR Congo",
    "Cộng hòa Dân chủ Congo": "CHDC Congo",
    "Bosnia and Herzegovina": "Bosnia-Herzegovina",
    "Saint Vincent and the Grenadines": "St. Vincent",
    "Saint Vincent và Grenadines": "St. Vincent",
}
"""Names that are shorter in rows and columns; titles and texts have the long ones."""


def shorter(name: str) -> str:
    """Return the name of a party as shown in a row or a column.

    >>> shorter("United Arab Emirates"), shorter("Vietnam")
    ('UAE', 'Vietnam')
    """
    return SHORT.get(name, name)


def short_names(names: Sequence[str]) -> list[str]:
    """Return names without the words that all of them begin or end with.

    >>> short_names(["Comprehensive Strategic Partnership", "Strategic Partnership"])
    ['Comprehensive Strategic', 'Strategic']
    >>> short_names(["Partnership"])
    ['Partnership']
    """
    words = [name.split() for name in names]
    while len(words) > 1 and min(map(len, words)) > 1:
        if len({one[-1] for one in words}) == 1:
            words = [one[:-1] for one in words]
        elif len({one[0] for one in words}) == 1:
            words = [one[1:] for one in words]
        else:
            break
    return [" ".join(one) for one in words]


def short_day(day: date, lang: Language) -> str:
    """Return a day as shown in a table.

    >>> short_day(date(2025, 3, 12), "en"), short_day(date(2025, 3, 12), "vi")
    ('12 March 2025', '12/3/2025')
    """
    if lang == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(on: PartialDate, lang: Language) -> str:
    """Return a date as shown in a table, as exact as it is.

    >>> [short_date(PartialDate(text), "en") for text in ("2007-05", "[2013-01-21..2013-01-22]")]
    ['May 2007', '21 or 22 January 2013']
    >>> short_date(PartialDate("[..2018-03-30]"), "vi")
    'muộn nhất 30/3/2018'
    """
    if on.lo <= FIRST_DAY:
        return word("by", lang, day=short_day(date.fromordinal(on.hi), lang))
    if on.precision == "year":
        return str(on.earliest.year)
    if on.precision == "month":
        month, year = on.earliest.month, on.earliest.year
        return f"{month}/{year}" if lang == "vi" else f"{MONTHS[month - 1]} {year}"
    one, other = date.fromordinal(on.lo), date.fromordinal(on.hi)
    if one == other:
        return short_day(one, lang)
    key = "or" if on.hi - on.lo == 1 else "to"
    first = short_day(one, lang)
    if (one.year, one.month) == (other.year, other.month):
        first = str(one.day)
    return word(key, lang, one=first, other=short_day(other, lang))


def year_of(day: int) -> float:
    """Return a day, an ordinal, as a decimal year.

    >>> year_of(date(2025, 7, 2).toordinal())
    2025.4986301369863
    """
    found = date.fromordinal(max(1, day))
    first = date(found.year, 1, 1).toordinal()
    length = date(found.year, 12, 31).toordinal() - first + 1
    return found.year + (day - first) / length

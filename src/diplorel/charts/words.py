"""The words on charts, in English and in Vietnamese, and dates short enough for them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.dates import FIRST_DAY, PartialDate

if TYPE_CHECKING:
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
    "agreed": ("Agreed, not yet in effect", "Đã thỏa thuận, chưa có hiệu lực"),
    "as last recorded": ("{level}, as last recorded", "{level}, theo ghi nhận gần nhất"),
    "thin": (
        "thin: the date lies somewhere in this span",
        "nét mảnh: ngày nằm đâu đó trong khoảng này",
    ),
    "white": ("white: as last recorded", "trắng: theo ghi nhận gần nhất"),
    "diamond": ("diamond: a source gives another date", "hình thoi: có nguồn nêu ngày khác"),
    "cut mark": (
        "white cut: renewed, or raised in name",
        "vạch trắng: làm mới hoặc nâng tên gọi",
    ),
    "arrow": ("◀ it began before the chart does", "◀ bắt đầu trước khoảng thời gian của biểu đồ"),
    "data": (
        "Data: {streams}, {licence}; diplorel {library}.",
        "Dữ liệu: {streams}, {licence}; diplorel {library}.",
    ),
    "nobody": ("Nobody holds a level on this day.", "Vào ngày này chưa có đối tác nào."),
    "by": ("by {day}", "muộn nhất {day}"),
    "or": ("{one} or {other}", "{one} hoặc {other}"),
    "to": ("{one} to {other}", "{one} đến {other}"),
    "in table": ("The numbers are in the table.", "Số liệu có trong bảng."),
    "no stream": ("a stream of your own", "dòng dữ liệu riêng"),
    "no licence": ("no licence named", "không nêu giấy phép"),
    "all": ("all that is recorded", "toàn bộ dữ liệu"),
}


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return the words for a key in a language, filled in."""
    return WORDS[key][lang == "vi"].format(**parts)


def short_day(day: date, lang: Language) -> str:
    """Return a day as it stands in a table.

    >>> short_day(date(2025, 3, 12), "en"), short_day(date(2025, 3, 12), "vi")
    ('12 March 2025', '12/3/2025')
    """
    if lang == "vi":
        return f"{day.day}/{day.month}/{day.year}"
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_date(on: PartialDate, lang: Language) -> str:
    """Return a date as it stands in a table, as exact as it is.

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

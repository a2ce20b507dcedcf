"""What is said of anniversaries, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.dates import Language

WORDS: Final[Phrases] = {
    "ties-established": (
        "{nth} anniversary of the establishment of diplomatic relations between {names}",
        "Kỷ niệm {n} năm ngày thiết lập quan hệ ngoại giao giữa {names}",
    ),
    "ties-restored": (
        "{nth} anniversary of the restoration of diplomatic relations between {names}",
        "Kỷ niệm {n} năm ngày nối lại quan hệ ngoại giao giữa {names}",
    ),
    "level-reached": (
        "{nth} anniversary of the {what} between {names}",
        "Kỷ niệm {n} năm thiết lập quan hệ {what} giữa {names}",
    ),
    "agreement-signed": (
        "{nth} anniversary of the signing of {what} by {names}",
        "Kỷ niệm {n} năm ngày ký {what} giữa {names}",
    ),
    "agreement-in-force": (
        "{nth} anniversary of the entry into force of {what} for {names}",
        "Kỷ niệm {n} năm ngày {what} có hiệu lực đối với {names}",
    ),
    "title": ("“{title}”", "“{title}”"),
    "ladder": (" (ladder of {party})", " (theo {party})"),
    "others": ("{count} others", "{count} bên khác"),
    "certain": ("in force", "còn hiệu lực"),
    "open": (
        "the dates leave open whether it is still in force",
        "chưa xác định còn hiệu lực hay không",
    ),
    "as-last-recorded": ("in force as last recorded", "theo ghi nhận gần nhất"),
    "month": ("{date}, day not known", "{date}, không rõ ngày"),
    "year": ("{date}, month and day not known", "{date}, không rõ ngày, tháng"),
    "interrupted": ("interrupted since then", "từng gián đoạn"),
    "raised": ("a higher level is held by now", "nay đã ở khuôn khổ cao hơn"),
    "moved": (
        "29 February, kept on 28 February in a common year",
        "ngày 29 tháng 2, năm không nhuận kỷ niệm vào ngày 28 tháng 2",
    ),
    "disputed": ("sources also give {dates}", "có nguồn ghi {dates}"),
    "since": ("Since: {date}", "Từ: {date}"),
    "events": ("Events: {ids}", "Sự kiện: {ids}"),
    "sources": ("Sources: {ids}", "Nguồn: {ids}"),
    "calendar": ("Anniversaries in {year}", "Ngày kỷ niệm năm {year}"),
    "calendar of": ("Anniversaries of {party} in {year}", "Ngày kỷ niệm của {party} năm {year}"),
    "not dated": (
        (
            "Not in this calendar, because no source gives the day for certain: {months} with a "
            "known month, {years} with only a known year, {ranges} with a range of days, {doubts} "
            "whose day is in doubt, {open} whose year is not certain either."
        ),
        (
            "Không có trong lịch này vì không nguồn nào nêu chắc chắn ngày: {months} chỉ rõ tháng, "
            "{years} chỉ rõ năm, {ranges} chỉ rõ khoảng thời gian, {doubts} chưa chắc chắn về "
            "ngày, {open} chưa rõ năm."
        ),
    ),
}


def said(key: str, lang: Language, **parts: Any) -> str:
    """Return a phrase of anniversaries in a language."""
    return WORDS[key][lang == "vi"].format(**parts)


def nth(n: int) -> str:
    """Return an English ordinal number.

    >>> [nth(n) for n in (1, 2, 3, 11, 21, 112)]
    ['1st', '2nd', '3rd', '11th', '21st', '112th']
    """
    teens = 10 < n % 100 < 14  # noqa: PLR2004  eleventh, twelfth, thirteenth
    return f"{n}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(n % 10, 'th')}"

"""All words of pages, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplorel.model.dates import Language

WORDS: Final[dict[str, tuple[str, str]]] = {
    "skip": ("To the content", "Đến nội dung"),
    "to": ("to", "thành"),
    "also": ("also given as {dates}", "có nguồn ghi {dates}"),
    "supported": ("supported", "có cơ sở theo dữ liệu"),
    "refuted": ("refuted", "bị bác bỏ"),
    "undecidable": ("undecidable", "chưa thể kết luận"),
    "contested": ("contested", "chưa thống nhất giữa các nguồn"),
    "undated": ("undated", "không ghi ngày"),
}


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return the words for a key in a language, filled in.

    >>> word("also", "vi", dates="5/2008")
    'có nguồn ghi 5/2008'
    """
    return WORDS[key][lang == "vi"].format(**parts)

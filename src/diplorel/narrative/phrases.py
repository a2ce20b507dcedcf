"""The phrases that a story puts around what the tracks say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplorel.language.vocabulary import Phrases

EVENTS: Final[Phrases] = {
    "party-ended": ("{names} ceased to exist.", "{names} chấm dứt tồn tại."),
    "event-retracted": ("Taken back: {what}.", "Rút lại: {what}."),
    "other": ("{what}: {names}.", "{what}: {names}."),
}
"""Sentences of events that belong to no track."""
PROVENANCE: Final[Phrases] = {
    "sources": ("Reported by {names}.", "Theo {names}."),
    "undated": ("undated", "không ghi ngày đăng"),
    "coarse": ("{source} gives only {on}.", "{source} chỉ nêu {on}."),
    "other date": ("{source} gives another date: {on}.", "{source} ghi ngày khác: {on}."),
    "words": ("In the words of {source}: “{text}”.", "Nguyên văn {source}: “{text}”."),
    "account": (
        "Other account (not used): {said} ({sources})",
        "Có nguồn ghi khác (không áp dụng): {said} ({sources})",
    ),
    "lead": (
        "Lead, coded by a machine and not checked: {said}",
        "Thông tin do máy mã hóa, chưa kiểm chứng: {said}",
    ),
    "denial": (
        "Denied by another stream (not used): {sources}",
        "Bị bộ dữ liệu khác phủ nhận (không áp dụng): {sources}",
    ),
}
DOUBTS: Final[Phrases] = {
    "undecided": ("Left open by the dates", "Chưa xác định được vì ngày tháng"),
    "unsure": ("Order left open in", "Chưa rõ thứ tự ở"),
    "contested": ("Continuity in law contested", "Tính liên tục về pháp lý còn tranh cãi"),
    "last recorded": ("As last recorded", "Dữ liệu có thể chưa đầy đủ"),
    "complete to": (" (dataset complete to {day})", " (đến {day})"),
}

"""The labels that commands print, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplorel.model.dates import Language

WORDS: Final[dict[str, tuple[str, str]]] = {
    "rank": ("Partners of {party}, {day}", "Đối tác của {party}, {day}"),
    "order by ties": (
        "Partners of {party} by the age of ties, {day}",
        "Đối tác của {party} theo thời gian quan hệ ngoại giao, {day}",
    ),
    "order by visits": (
        "Partners of {party} by the visits recorded, {day}",
        "Đối tác của {party} theo số chuyến thăm được ghi nhận, {day}",
    ),
    "ties since": ("Ties since", "Quan hệ từ"),
    "visits": ("Visits", "Chuyến thăm"),
    "none ties": (
        "Without diplomatic relations: {count} parties.",
        "Không có quan hệ ngoại giao: {count} bên.",
    ),
    "unknown ties": (
        "Diplomatic relations unknown (not the same as none): {count} parties.",
        "Chưa rõ quan hệ ngoại giao (không có nghĩa là không có): {count} bên.",
    ),
    "none visits": ("Without a visit: {count} parties.", "Không có chuyến thăm: {count} bên."),
    "unknown visits": (
        "Without a recorded visit (not the same as none): {count} parties.",
        "Chưa ghi nhận chuyến thăm (không có nghĩa là không có): {count} bên.",
    ),
    "partners": ("Partners of {party}, {day}", "Đối tác của {party}, {day}"),
    "at least": ("{level} or higher", "{level} trở lên"),
    "within": ("within {group}", "trong {group}"),
    "show": ("{parties}, {day}", "{parties}, {day}"),
    "other holder": (
        (
            "Another party held the name “{name}” as well: {other}. {side} had diplomatic "
            "relations with {other} (start: {since}). See: diplorel show {ask}"
        ),
        (
            "Tên gọi “{name}” còn do một bên khác sử dụng: {other}. {side} có quan hệ ngoại giao "
            "với {other} (bắt đầu: {since}). Xem: diplorel show {ask}"
        ),
    ),
    "later end": (
        (
            "Later, {date}: {what} So there were diplomatic relations before; their beginning is "
            "not recorded, and whether there were any on this day is unknown."
        ),
        (
            "Về sau, {date}: {what} Như vậy trước đó đã có quan hệ ngoại giao; ngày thiết lập chưa "
            "được ghi nhận, nên chưa rõ vào ngày này đã có quan hệ hay chưa."
        ),
    ),
    "no ladder": (
        (
            "{party} has no ladder of partnership levels in these data: its partners are ranked "
            "by the age of diplomatic relations."
        ),
        (
            "Dữ liệu không có thang bậc quan hệ đối tác của {party}: các đối tác được xếp theo "
            "thời gian có quan hệ ngoại giao."
        ),
    ),
    "timeline": ("Events, oldest first: {count}", "Sự kiện, theo thứ tự thời gian: {count}"),
    "diff": (
        "Events that changed something after {since}, up to {until}: {count}",
        "Sự kiện làm thay đổi tình hình sau {since}, đến hết {until}: {count}",
    ),
    "corrections": (
        "Events up to then that are told otherwise than known on {known}: {count}",
        "Sự kiện đến lúc đó nay được kể khác so với khi biết vào {known}: {count}",
    ),
    "all days": ("all that is recorded", "toàn bộ dữ liệu"),
    "end of": ("at the end of {period}", "cuối {period}"),
    "as known": (
        "as recorded by {known}",
        "theo những gì đã ghi nhận đến {known}",
    ),
    "as published": (
        "as published by {known}",
        "theo những gì đã công bố đến {known}",
    ),
    "position": ("Pos.", "Hạng"),
    "id": ("Id", "Mã"),
    "partner": ("Partner", "Đối tác"),
    "level": ("Level", "Mức quan hệ"),
    "reached": ("Reached", "Thiết lập"),
    "ties": ("Ties for", "Quan hệ ngoại giao"),
    "sources": ("Sources", "Nguồn"),
    "date": ("Date", "Ngày"),
    "who": ("Who", "Bên"),
    "what": ("What", "Nội dung"),
    "event": ("Event", "Sự kiện"),
    "name": ("Name", "Tên"),
    "title": ("Title", "Tiêu đề"),
    "version": ("Version", "Phiên bản"),
    "licence": ("Licence", "Giấy phép"),
    "coverage": ("Complete for", "Đầy đủ về"),
    "track of many": ("{track} of {count} parties", "{track} của {count} bên"),
    "origin": ("From", "Từ"),
    "not said": ("unknown", "chưa rõ"),
    "nobody": ("No partner is recorded there.", "Không có đối tác nào được ghi nhận."),
    "complete": (
        "The list is complete: the streams cover it.",
        "Danh sách đầy đủ: dữ liệu bao quát mức này.",
    ),
    "open": (
        "There may be more: no stream says that this list is complete.",
        "Có thể còn nữa: không dữ liệu nào nêu danh sách này là đầy đủ.",
    ),
    "complete from": (
        "The list is complete from {level} up. Below that, there may be more.",
        "Danh sách đầy đủ từ mức {level} trở lên. Dưới mức đó có thể còn nữa.",
    ),
    "below": (
        "Below {level}, at a lower level or none: {count} parties.",
        "Dưới mức {level}, ở mức thấp hơn hoặc không ở mức nào: {count} bên.",
    ),
    "at no level": ("At no level: {count} parties.", "Không ở mức nào: {count} bên."),
    "last recorded": (
        "As last recorded; the dataset is complete to {day}.",
        "Theo ghi nhận gần nhất; dữ liệu đầy đủ đến {day}.",
    ),
    "last recorded ever": (
        "As last recorded; no dataset claims to be complete there.",
        "Theo ghi nhận gần nhất; không dữ liệu nào nêu là đầy đủ ở đó.",
    ),
    "doubtful": (
        "? Dates leave open what it is ranked by: this is the order that explains them best.",
        "? Ngày tháng chưa đủ để xác định: đây là thứ tự hợp lý nhất.",
    ),
    "ties counted": (
        "Ties are counted up to today, {day}.",
        "Thời gian có quan hệ tính đến hôm nay, {day}.",
    ),
    "data end": (
        "The data were last recorded on {day}: what came later is not in them.",
        "Dữ liệu được ghi nhận lần cuối vào {day}: chưa có những gì xảy ra sau đó.",
    ),
    "possible": ("Left open by the dates: {names}.", "Chưa xác định được vì ngày tháng: {names}."),
    "unranked": ("At a level without a rank: {names}.", "Ở mức không xếp bậc: {names}."),
    "special": (
        "Beside the ladder, in a special relationship: {names}.",
        "Quan hệ đặc biệt, ngoài thang bậc: {names}.",
    ),
    "unknown": (
        "Level unknown (not the same as none): {count} parties.",
        "Chưa rõ mức quan hệ (không có nghĩa là không có): {count} bên.",
    ),
    "before": (
        "{first} stands before {second}: {why}{sure}.",
        "{first} đứng trước {second}: {why}{sure}.",
    ),
    "shared": (
        "{first} and {second} share a place: level, day and ties are the same.",
        "{first} và {second} đồng hạng: cùng mức, cùng ngày, cùng thời gian quan hệ.",
    ),
    "by level": ("the higher level", "mức cao hơn"),
    "by since": ("it was reached first", "đạt mức đó sớm hơn"),
    "by ties": ("the ties are older", "quan hệ ngoại giao lâu hơn"),
    "as dates tell": (", as far as the dates tell", ", trong chừng mực ngày tháng cho biết"),
    "supported": ("supported", "có cơ sở theo dữ liệu"),
    "refuted": ("refuted", "bị bác bỏ"),
    "contested": ("contested", "chưa thống nhất giữa các nguồn"),
    "undecidable": ("undecidable", "chưa thể kết luận"),
    "missing": ("Missing: {what}.", "Còn thiếu: {what}."),
    "mistaken": ("The source is mistaken: {why}", "Nguồn nhầm lẫn: {why}"),
    "unexpected": ("This is not what the claim expects.", "Khác dự kiến của khẳng định."),
    "verdicts": (
        "Claims: {count}; {verdicts}. Not as expected: {unexpected}.",
        "Khẳng định: {count}; {verdicts}. Không như chờ đợi: {unexpected}.",
    ),
    "none": ("none", "không có"),
    "joint groups": ("Both belong to: {names}.", "Hai bên cùng tham gia: {names}."),
    "document": ("{title} ({kind}): {status}", "{title} ({kind}): {status}"),
    "signed on": ("signed {day}", "ký {day}"),
    "joined on": ("joined {day}", "gia nhập {day}"),
    "in force from": ("in force {day}", "có hiệu lực {day}"),
    "ended on": ("ended {day}", "hết hiệu lực {day}"),
    "treaty": ("treaty", "hiệp ước"),
    "agreement": ("agreement", "hiệp định"),
    "protocol": ("protocol", "nghị định thư"),
    "memorandum": ("memorandum", "bản ghi nhớ"),
    "letter": ("letter", "thư"),
    "joint-statement": ("joint statement", "tuyên bố chung"),
    "action-plan": ("action plan", "kế hoạch hành động"),
    "document of no kind": ("document", "văn kiện"),
}
"""From a key to the label in English and in Vietnamese."""


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return a label, filled in."""
    return WORDS[key][lang == "vi"].format(**parts)

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
        "Events up to then whose accounts have changed since {known}: {count}",
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
    "level": ("Level", "Khuôn khổ quan hệ"),
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
        "Danh sách đầy đủ: dữ liệu bao quát khuôn khổ này.",
    ),
    "open": (
        "This list may be incomplete: no stream claims full coverage for this day.",
        "Danh sách có thể chưa đầy đủ: không bộ dữ liệu nào khẳng định bao quát đủ cho ngày này.",
    ),
    "complete from": (
        "The list is complete from {level} up. Below that, there may be more.",
        "Danh sách đầy đủ từ khuôn khổ {level} trở lên. Dưới khuôn khổ đó có thể còn nữa.",
    ),
    "below": (
        "Below {level}, at a lower level or none: {count} parties.",
        "Dưới {level}, ở khuôn khổ thấp hơn hoặc không có khuôn khổ nào: {count} bên.",
    ),
    "at no level": ("At no level: {count} parties.", "Không có khuôn khổ nào: {count} bên."),
    "last recorded": (
        "As last recorded; the dataset is complete to {day}.",
        "Theo ghi nhận gần nhất; dữ liệu đầy đủ đến {day}.",
    ),
    "last recorded ever": (
        "As last recorded; no dataset claims to be complete there.",
        "Theo ghi nhận gần nhất; không bộ dữ liệu nào khẳng định là đầy đủ ở đó.",
    ),
    "doubtful": (
        "? Dates leave open what it is ranked by: this is the order that explains them best.",
        "? Ngày tháng chưa đủ chính xác để xác định: đây là thứ tự hợp lý nhất.",
    ),
    "ties counted": (
        "Ties are counted up to today, {day}.",
        "Thời gian có quan hệ tính đến hôm nay, {day}.",
    ),
    "data end": (
        "The data were last recorded on {day}: what came later is not in them.",
        "Dữ liệu được cập nhật lần cuối vào {day}, chưa gồm các sự kiện sau ngày đó.",
    ),
    "possible": ("Left open by the dates: {names}.", "Chưa xác định được vì ngày tháng: {names}."),
    "unranked": ("At a level without a rank: {names}.", "Ở khuôn khổ không xếp bậc: {names}."),
    "special": (
        "Beside the ladder, in a special relationship: {names}.",
        "Quan hệ đặc biệt, ngoài thang bậc: {names}.",
    ),
    "unknown": (
        "Level unknown (not the same as none): {count} parties.",
        "Chưa rõ khuôn khổ quan hệ (không có nghĩa là không có): {count} bên.",
    ),
    "before": (
        "{first} ranks ahead of {second}: {why}{sure}.",
        "{first} đứng trước {second}: {why}{sure}.",
    ),
    "shared": (
        "{first} and {second} share a place: level, day and ties are the same.",
        "{first} và {second} đồng hạng: cùng khuôn khổ, cùng ngày, cùng thời gian quan hệ.",
    ),
    "by level": ("the higher level", "khuôn khổ cao hơn"),
    "by since": ("it was reached first", "đạt khuôn khổ đó sớm hơn"),
    "by ties": ("the ties are older", "quan hệ ngoại giao lâu hơn"),
    "as dates show": (", as far as the dates show", ", xét theo ngày tháng hiện có"),
    "supported": ("supported", "có cơ sở theo dữ liệu"),
    "refuted": ("refuted", "bị bác bỏ"),
    "contested": ("contested", "chưa thống nhất giữa các nguồn"),
    "undecidable": ("undecidable", "chưa thể kết luận"),
    "missing": ("Missing: {what}.", "Còn thiếu: {what}."),
    "mistaken": ("The source is mistaken: {why}", "Nguồn nêu sai: {why}"),
    "unexpected": ("This is not what the claim expects.", "Khác dự kiến của nhận định."),
    "verdicts": (
        "Claims: {count}; {verdicts}. Not as expected: {unexpected}.",
        "Nhận định: {count}; {verdicts}. Khác dự kiến: {unexpected}.",
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
    "panel": ("Panel of {party}, {years}: {count} rows", "Bảng của {party}, {years}: {count} dòng"),
    "panel of all": (
        "Panel of all pairs of states, {years}: {count} rows",
        "Bảng của mọi cặp quốc gia, {years}: {count} dòng",
    ),
    "first rows": (
        "The first {shown} of {count} rows are shown. --csv, --json and -o FILE give all of them.",
        "Chỉ hiển thị {shown} dòng đầu trong số {count} dòng. Xem đủ bằng --csv, --json, -o TỆP.",
    ),
    "no rows": (
        (
            "Without rows, as no table describes these parties, and their lives are not known: "
            "{parties}. Describe them in parties.toml."
        ),
        (
            "Không có dòng nào cho các bên chưa được mô tả trong danh mục, nên chưa rõ thời gian "
            "tồn tại: {parties}. Hãy bổ sung vào parties.toml."
        ),
    ),
    "of a and b": (
        "If a cell has two values, the first is that of A, the second that of B.",
        "Ô có hai giá trị: giá trị đầu của A, giá trị sau của B.",
    ),
    "mark as-last-recorded": (
        "* As last recorded: no dataset claims to be complete on that day.",
        "* Theo ghi nhận gần nhất: không bộ dữ liệu nào khẳng định là đầy đủ vào ngày đó.",
    ),
    "mark undecided": ("? The dates leave it open.", "? Ngày tháng chưa đủ chính xác để xác định."),
    "mark contested": (
        "! The continuity in law of one of the two is contested.",
        "! Tính liên tục về pháp lý của một bên còn tranh cãi.",
    ),
    "year": ("Year", "Năm"),
    "month": ("Month", "Tháng"),
    "day": ("Day", "Ngày"),
    "ties status": ("Ties", "Quan hệ ngoại giao"),
    "posts": ("Posts", "Cơ quan đại diện"),
    "agreements": ("Agreements", "Văn kiện có hiệu lực"),
    "is known": ("known", "đầy đủ"),
    "is as-last-recorded": ("as last recorded", "theo ghi nhận gần nhất"),
    "is undecided": ("left open by the dates", "chưa xác định được vì ngày tháng"),
    "is contested": ("contested", "còn tranh cãi"),
    "is unknown": ("unknown", "chưa rõ"),
    "ties none": ("none", "không có"),
    "ties established": ("established", "đã thiết lập"),
    "ties suspended": ("suspended", "tạm đình chỉ"),
    "ties severed": ("severed", "bị cắt đứt"),
    "ties lapsed": ("lapsed", "chấm dứt khi một bên không còn"),
    "level ended": ("ended", "đã chấm dứt"),
    "spells": ("Spells of {track}, {day}: {count}", "Các giai đoạn, {track}, {day}: {count}"),
    "spells of": (
        "Spells of {track} of {parties}, {day}: {count}",
        "Các giai đoạn, {track} của {parties}, {day}: {count}",
    ),
    "dyad": ("Parties", "Các bên"),
    "value": ("Value", "Giá trị"),
    "start": ("Start", "Bắt đầu"),
    "end": ("End", "Kết thúc"),
    "ended by": ("Ended by", "Sự kiện kết thúc"),
    "how known": ("Known", "Mức độ chắc chắn"),
    "below level": ("below {level}", "dưới {level}"),
    "before day": ("before {day}", "trước {day}"),
    "from day to day": ("from {first} to {last}", "từ {first} đến {last}"),
    "durations": (
        "Days from {start} to {event}, {day}: {count} rows, {events} with the event",
        "Số ngày từ {start} đến {event}, {day}: {count} dòng, {events} dòng có sự kiện",
    ),
    "milestone ties": ("diplomatic relations", "thiết lập quan hệ ngoại giao"),
    "days": ("Days", "Số ngày"),
    "days from": ("{days} or more", "từ {days} trở lên"),
    "reached on": ("Event", "Sự kiện"),
    "entry": ("Observed from day", "Quan sát từ ngày thứ"),
    "left out": ("Left out: {count}, because {why}.", "Không tính: {count}, vì {why}."),
    "why start-not-recorded": (
        "no day bounds the beginning",
        "không có ngày nào giới hạn thời điểm bắt đầu",
    ),
    "why start-undecided": (
        "the dates leave open whether it began at all",
        "ngày tháng chưa đủ chính xác để xác định có bắt đầu hay không",
    ),
    "why event-before-start": ("the event came first", "sự kiện xảy ra trước"),
    "why event-before-entry": (
        "the event may have come before observation began, or on that day",
        "sự kiện có thể đã xảy ra trước hoặc đúng ngày bắt đầu quan sát",
    ),
    "why not-observed": ("they were under observation on no day", "không có ngày nào quan sát"),
    "why zero-length": ("start and event were on one day", "bắt đầu và sự kiện cùng một ngày"),
    "history": (
        "Partners of {party} over time: {count} rows on {days} days",
        "Đối tác của {party} theo thời gian: {count} dòng, {days} ngày",
    ),
    "ahead by": ("Ahead by", "Xếp trên nhờ"),
    "key level": ("level", "khuôn khổ"),
    "key since": ("day reached", "ngày đạt"),
    "key ties": ("age of ties", "thời gian quan hệ"),
    "key shared": ("shared", "đồng hạng"),
    "may be behind others": (
        "+ Partners that no dataset records can be ahead: the list is not known to be complete.",
        "+ Có thể còn đối tác chưa được ghi nhận xếp trên: danh sách chưa chắc đầy đủ.",
    ),
    "cut present": (
        "{year} is shown as of {day}: the year is not over.",
        "{year}: tính đến {day}, vì năm chưa kết thúc.",
    ),
    "cut coverage": (
        "{year} is shown as of {day}, where the coverage of the levels ends.",
        "{year}: tính đến {day}, là ngày cuối dữ liệu bao quát các khuôn khổ.",
    ),
    "possible on": (
        "On {day}, left open by the dates: {names}.",
        "Vào {day}, chưa xác định được vì ngày tháng: {names}.",
    ),
    "unranked on": (
        "On {day}, at a level without a rank: {names}.",
        "Vào {day}, ở khuôn khổ không xếp bậc: {names}.",
    ),
    "pace": (
        "Partners of {party} that came to a level, {day}: {count}",
        "Các đối tác của {party} đạt một khuôn khổ, {day}: {count}",
    ),
    "pace to": (
        "Partners of {party} that came to {level} or higher, {day}: {count}",
        "Các đối tác của {party} đạt {level} trở lên, {day}: {count}",
    ),
    "nth": ("No.", "Thứ"),
    "days since": ("Days since the last", "Số ngày từ lần trước"),
    "within window": ("Within {window}", "Trong {window}"),
    "left out levels": ("Levels left out", "Khuôn khổ bỏ qua"),
    "or more": (
        "+ Or more: the list of partners is not known to be complete.",
        "+ Hoặc nhiều hơn: danh sách đối tác chưa chắc đầy đủ.",
    ),
    "dates in doubt": (
        "? Dates leave open whether it came there then.",
        "? Ngày tháng chưa đủ chính xác để xác định có đạt khuôn khổ đó khi ấy hay không.",
    ),
    "first of": ("First of {group}: {names}.", "Đầu tiên trong {group}: {names}."),
    "perhaps first of": (
        "Perhaps first of {group}: {names}.",
        "Có thể đầu tiên trong {group}: {names}.",
    ),
    "said": ("{said}", "{said}"),
    "years": ("Years", "Số năm"),
    "notes": ("Notes", "Ghi chú"),
    "no anniversary": ("No anniversary.", "Không có ngày kỷ niệm nào."),
    "year open": (
        "Not listed, because the year is open: {count} events.",
        "Không liệt kê vì chưa rõ năm: {count} sự kiện.",
    ),
    "figures": (
        "{indicator}, in {unit}: {count} rows",
        "{indicator}, tính bằng {unit}: {count} dòng",
    ),
    "figures of": (
        "{indicator} of {party}, in {unit}: {count} rows",
        "{indicator} của {party}, tính bằng {unit}: {count} dòng",
    ),
    "kind": ("Kind", "Loại"),
    "period": ("Period", "Thời kỳ"),
    "printed": ("Printed", "Theo nguồn"),
    "in unit": ("In {unit}", "Tính bằng {unit}"),
    "basis": ("Basis", "Cơ sở"),
    "outcome": ("Outcome", "So sánh"),
    "to the end of": ("to {period}", "đến {period}"),
    "acting": ("{parties}, by {by}", "{parties}, của {by}"),
    "kind figure": ("figure", "số liệu"),
    "kind growth": ("growth", "tăng trưởng"),
    "kind target": ("target", "mục tiêu"),
    "outcome alone": ("alone", "duy nhất"),
    "outcome compatible": ("compatible", "phù hợp"),
    "outcome excluded": ("excluded", "mâu thuẫn"),
    "outcome apart": ("apart", "không so sánh được"),
    "outcome open": ("open", "chưa xác định"),
    "outcome nothing-recorded": ("nothing recorded", "chưa ghi nhận"),
    "outcome met": ("met", "đạt"),
    "outcome not-met": ("not met", "không đạt"),
    "outcome sources-differ": ("sources differ", "các nguồn khác nhau"),
    "outcome no-year": ("no year", "không nêu năm"),
    "implied": (
        "Growth: what a growth rate and a figure imply for the year before.",
        "Tăng trưởng: con số của năm trước, suy từ tốc độ tăng và số liệu.",
    ),
    "graph": (
        "Relations, {day}: {parties} parties, {count} edges",
        "Quan hệ, {day}: {parties} bên, {count} cạnh",
    ),
    "graph of": (
        "Relations of {party}, {day}: {parties} parties, {count} edges",
        "Quan hệ của {party}, {day}: {parties} bên, {count} cạnh",
    ),
    "track": ("Track", "Loại quan hệ"),
    "track ties": ("ties", "ngoại giao"),
    "track level": ("level", "khuôn khổ quan hệ"),
    "track missions": ("diplomatic posts", "cơ quan đại diện"),
    "track agreements": ("agreements", "văn kiện"),
    "track visits": ("visits", "chuyến thăm"),
    "track of ladder": ("{track} ({ladder})", "{track} ({ladder})"),
    "state": ("State", "Trạng thái"),
    "since": ("Since", "Từ"),
    "graph complete": (
        "No edge is missing: the datasets cover it.",
        "Không thiếu cạnh nào: dữ liệu bao quát.",
    ),
    "graph open": (
        "There may be more: no dataset claims that this is complete.",
        "Có thể còn nữa: không bộ dữ liệu nào khẳng định là đầy đủ.",
    ),
    "chart forms": (
        "Picture: -o FILE (.svg, .png, .pdf, .html), or --embed for a page. Numbers: --json.",
        "Hình: -o TỆP (.svg, .png, .pdf, .html), hoặc --embed để chèn vào trang. Số liệu: --json.",
    ),
    "unranked dyads": (
        "At a label without a rank, so not shown: {names}.",
        "Ở khuôn khổ không xếp bậc nên không hiển thị: {names}.",
    ),
}
"""From a key to the label in English and in Vietnamese."""


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return a label, filled in."""
    return WORDS[key][lang == "vi"].format(**parts)

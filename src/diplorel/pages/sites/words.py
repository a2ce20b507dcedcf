"""The words of a site and of a review, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplorel.model.dates import Language

NAMES: Final[dict[Language, str]] = {"en": "English", "vi": "Tiếng Việt"}
"""What each language calls itself."""
WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- where one can go ---
    "overview": ("Overview", "Tổng quan"),
    "timeline": ("Timeline", "Dòng thời gian"),
    "sources": ("Sources", "Nguồn"),
    "claims": ("Claims", "Nhận định"),
    "problems": ("Problems", "Vấn đề"),
    "coverage": ("Coverage", "Phạm vi dữ liệu"),
    "corrections": ("Corrections", "Đính chính"),
    "pages": ("Pages of this site", "Các trang"),
    "made by": (
        "Data: {streams}; {licence}. Made with diplorel {library}.",
        "Dữ liệu: {streams}; {licence}. Tạo bằng diplorel {library}.",
    ),
    "no licence": ("no licence named", "không nêu giấy phép"),
    "no stream": ("no stream", "không có bộ dữ liệu"),
    # --- the overview ---
    "answer level": (
        "{party} has {count} partners at the level of {level}, as recorded to {day}",
        "{party} có {count} đối tác ở khuôn khổ {level}, theo dữ liệu đến {day}",
    ),
    "answer one level": (
        "{party} has 1 partner at the level of {level}, as recorded to {day}",
        "{party} có 1 đối tác ở khuôn khổ {level}, theo dữ liệu đến {day}",
    ),
    "answer partners": (
        "{party} has {count} {noun}, as recorded to {day}",
        "{party} có {count} {noun}, theo dữ liệu đến {day}",
    ),
    "answer events": (
        "Recorded of {parties} parties: {events}",
        "Đã ghi nhận {events} của {parties} bên",
    ),
    "answer nothing": ("Nothing is recorded yet", "Chưa ghi nhận sự kiện nào"),
    "move": (
        "Move through the {count} days when the list of partners changed, {first} to {last}.",
        "Xem {count} ngày mà danh sách đối tác thay đổi, từ {first} đến {last}.",
    ),
    "day by day": ("Day by day", "Từng ngày"),
    "day by day of": ("{party}’s partners, day by day", "Đối tác của {party}, từng ngày"),
    "slider": ("Day", "Ngày"),
    "earlier": ("Earlier change", "Thay đổi trước"),
    "later": ("Later change", "Thay đổi sau"),
    "keys": (
        "Arrow keys: one change. Page Up and Page Down: ten. Home and End: first and last.",
        "Phím mũi tên: một thay đổi. Page Up và Page Down: mười. Home và End: đầu và cuối.",
    ),
    "curves": (
        "Curves: the number of partners at each level or a higher one, the highest level darkest.",
        "Đường: số đối tác ở từng khuôn khổ trở lên, khuôn khổ cao nhất đậm nhất.",
    ),
    "as recorded": (
        "A white square with an outline: as last recorded; the list may be incomplete.",
        "Ô trắng có viền: theo ghi nhận gần nhất; danh sách có thể chưa đầy đủ.",
    ),
    "nobody": ("No partner holds a level on this day.", "Vào ngày này chưa có đối tác nào."),
    "block special": (
        "Special relationship, beside the ladder",
        "Quan hệ đặc biệt, ngoài thang bậc",
    ),
    "block undecided": ("Left open by the dates", "Chưa xác định được vì ngày tháng"),
    "block unranked": ("At a level without a rank", "Ở khuôn khổ không xếp bậc"),
    "states unknown": (
        "Level unknown, which is not the same as none: {count} states.",
        "Chưa rõ khuôn khổ (không có nghĩa là không có): {count} quốc gia.",
    ),
    "states below": (
        "Certainly below “{level}”, lower levels unknown: {count} states.",
        "Chắc chắn dưới “{level}”, chưa rõ khuôn khổ thấp hơn: {count} quốc gia.",
    ),
    "not shown": (
        "For parties that are not listed, the level is unknown or none; unknown is not none.",
        (
            "Với các bên không nêu ở đây, khuôn khổ quan hệ chưa rõ hoặc không có; chưa rõ không "
            "có "
            "nghĩa là không có."
        ),
    ),
    "find": ("Find a party", "Tìm một bên"),
    "find how": (
        (
            "{count} parties. Type a name in English or Vietnamese, with or without diacritics, or "
            "two names for their relations."
        ),
        (
            "{count} bên. Gõ tên tiếng Việt hoặc tiếng Anh, có dấu hoặc không dấu, hoặc hai tên để "
            "tìm quan hệ giữa hai bên."
        ),
    ),
    "find label": ("Country or organisation", "Quốc gia hoặc tổ chức"),
    "found": ("Found: {count}", "Tìm thấy: {count}"),
    "found relations": ("Relations", "Quan hệ"),
    "other ladders": ("Other rankings", "Các bảng xếp bậc khác"),
    "what is here": ("Contents", "Nội dung"),
    "records": ("records", "bản ghi"),
    "events": ("events", "sự kiện"),
    "relations": ("relations", "quan hệ song phương"),
    "event count": ("{count} events", "{count} sự kiện"),
    "one event": ("1 event", "1 sự kiện"),
    # --- what a stop of the slider changes ---
    "new level": (
        "{party}: {level} (no earlier level recorded)",
        "{party}: {level} (chưa ghi nhận khuôn khổ trước đó)",
    ),
    "changed level": ("{party}: {before} → {after}", "{party}: {before} → {after}"),
    "no level now": ("{party}: no level any more", "{party}: không còn khuôn khổ nào"),
    "now special": (
        "{party}: special relationship, beside the ladder",
        "{party}: quan hệ đặc biệt, ngoài thang bậc",
    ),
    "more changes": ("and {count} more", "và {count} thay đổi khác"),
    "coverage ends": (
        "From this day on, levels are as last recorded: the list may be incomplete",
        "Từ ngày này, khuôn khổ quan hệ theo ghi nhận gần nhất: danh sách có thể chưa đầy đủ",
    ),
    "order changes": (
        "The order changes; no level changes",
        "Thứ tự thay đổi, khuôn khổ quan hệ giữ nguyên",
    ),
    "dates open": (
        "Only what inexact dates leave open changes",
        "Chỉ những điểm còn để ngỏ do ngày chưa chính xác thay đổi",
    ),
    # --- a party ---
    "answer party": (
        "Recorded of {party}: {events}",
        "Đã ghi nhận về {party}: {events}",
    ),
    "its relations": ("Relations", "Quan hệ song phương"),
    "its relations how": (
        "Each relation as all that is recorded shows it.",
        "Mỗi quan hệ theo toàn bộ dữ liệu đã ghi nhận.",
    ),
    "partner": ("Partner", "Đối tác"),
    "ties": ("Diplomatic relations", "Quan hệ ngoại giao"),
    "level of": ("Level, ladder of {party}", "Khuôn khổ quan hệ (theo {party})"),
    "number of events": ("Events", "Sự kiện"),
    "its events": ("Events", "Sự kiện"),
    "its events how": (
        "Oldest first. The date leads to the sources and the other accounts.",
        "Từ cũ đến mới. Ngày dẫn đến nguồn và các ghi chép khác.",
    ),
    "by years": ("By years", "Theo năm"),
    "years": ("{first} to {last}", "{first} đến {last}"),
    "years part": ("{first}, part {number}", "{first}, phần {number}"),
    # --- a relation ---
    "pair": ("{one} and {other}", "{one} và {other}"),
    "answer recorded": ("Recorded between {pair}: {events}", "Đã ghi nhận giữa {pair}: {events}"),
    "answer years": ("{pair}, {years}", "{pair}, {years}"),
    "as of records": (
        "As all that is recorded shows it; the last event is of {day}.",
        "Theo toàn bộ dữ liệu đã ghi nhận; sự kiện cuối cùng: {day}.",
    ),
    "now": ("As recorded", "Theo dữ liệu"),
    "now how": (
        "The result of the events below, aspect by aspect.",
        "Kết quả của các sự kiện dưới đây, theo từng mặt.",
    ),
    "chart": ("Chronology", "Diễn biến"),
    "chart how": ("One lane for each aspect.", "Mỗi hàng là một mặt của quan hệ."),
    "story": ("The events", "Các sự kiện"),
    "story how": (
        "Oldest first, each with its sources. The first account is used; others are kept.",
        (
            "Từ cũ đến mới, mỗi sự kiện kèm nguồn. Áp dụng ghi chép đầu tiên; các ghi chép khác "
            "được giữ lại."
        ),
    ),
    "whole of": ("The whole of {pair}", "Toàn bộ {pair}"),
    # --- the lists ---
    "answer timeline": ("{events}, day by day", "{events}, theo từng ngày"),
    "answer sources": (
        "{count} sources are cited or listed",
        "{count} nguồn được dẫn hoặc liệt kê",
    ),
    "sources how": (
        "By publisher. Each source leads to the relations that cite it.",
        "Theo cơ quan phát hành. Mỗi nguồn dẫn đến các quan hệ có viện dẫn nguồn đó.",
    ),
    "cited in": ("Cited in", "Được dẫn trong"),
    "not cited": ("Not cited by an event", "Không được sự kiện nào dẫn"),
    "answer claims": (
        "{count} claims of sources; {refuted} are refuted",
        "{count} nhận định của các nguồn, trong đó {refuted} bị bác bỏ",
    ),
    "claims how": (
        "Statements of sources about the whole, compared with the records. Failed claims first.",
        "Các nhận định chung của nguồn, đối chiếu với dữ liệu. Nhận định không đúng nêu trước.",
    ),
    "claim by": ("Stated by", "Theo nguồn"),
    "missing": ("Missing: {what}", "Còn thiếu: {what}"),
    "mistaken": ("The source is mistaken", "Nguồn nêu sai"),
    "more events": ("Events behind it, further ones: {count}", "Sự kiện làm căn cứ khác: {count}"),
    "evidence": ("Events behind it", "Sự kiện làm căn cứ"),
    "answer problems": (
        "Problems found by the checks: {count}; accounts that differ: {other}",
        "Số vấn đề do kiểm tra phát hiện: {count}; số ghi chép khác nhau: {other}",
    ),
    "found problems": ("Found by the checks", "Do kiểm tra phát hiện"),
    "found problems how": (
        "Problems in the records, and what to do. Messages are in English.",
        "Điểm sai trong dữ liệu và cách sửa. Thông báo bằng tiếng Anh.",
    ),
    "no problems": ("The checks find no problem.", "Kiểm tra không phát hiện vấn đề nào."),
    "differ": ("Accounts that differ", "Ghi chép khác nhau"),
    "differ how": (
        "Where sources or streams give several values. The used one is marked.",
        "Chỗ các nguồn hoặc bộ dữ liệu ghi khác nhau. Giá trị áp dụng được đánh dấu.",
    ),
    "no differ": ("No accounts differ.", "Không có ghi chép nào khác nhau."),
    "used": ("used", "áp dụng"),
    "field on": ("Date", "Ngày"),
    "field kind": ("Kind", "Loại"),
    "field level": ("Level", "Khuôn khổ"),
    "field occasion": ("Occasion", "Nhân dịp"),
    "field period": ("Period", "Kỳ"),
    "field persons": ("Persons", "Nhân vật"),
    "field place": ("Place", "Địa điểm"),
    "field places": ("Places", "Địa điểm"),
    "field reporter": ("Reporter", "Nơi nêu số liệu"),
    "field titles": ("Titles", "Tên văn kiện"),
    "field unit": ("Unit", "Đơn vị"),
    "field value": ("Value", "Giá trị"),
    "field happened": ("Whether it happened", "Có diễn ra hay không"),
    "left out": ("left out", "không nêu"),
    "answer coverage": (
        "For what the streams say that nothing is missing",
        "Phần mà các bộ dữ liệu khẳng định là đầy đủ",
    ),
    "coverage how": (
        (
            "Inside these bounds, what is not recorded did not happen. Everywhere else, what is "
            "not recorded is unknown, which is not the same as none."
        ),
        (
            "Trong phạm vi này, điều không được ghi nhận là không xảy ra. Ngoài phạm vi này, điều "
            "không được ghi nhận là chưa rõ, không có nghĩa là không có."
        ),
    ),
    "no coverage": (
        "No stream says that it is complete in any aspect.",
        "Không bộ dữ liệu nào khẳng định là đầy đủ ở mặt nào.",
    ),
    "at least": ("{level} or higher", "{level} trở lên"),
    "beginning": ("the beginning", "từ đầu"),
    "open end": ("no end", "không có ngày cuối"),
    "level": ("level", "khuôn khổ quan hệ"),
    "answer corrections": (
        "{count} records were corrected or taken back",
        "{count} bản ghi được đính chính hoặc rút lại",
    ),
    "corrections how": (
        "Newest first. Nothing is deleted: a correction is a record too, and says why.",
        "Từ mới đến cũ. Không có gì bị xóa: đính chính cũng là một bản ghi và nêu lý do.",
    ),
    "no corrections": ("Nothing has been corrected.", "Chưa có đính chính nào."),
    "why": ("Why", "Lý do"),
    "before": ("Before", "Trước"),
    "after": ("After", "Sau"),
    "feed": ("Feed of corrections (Atom)", "Nguồn cấp đính chính (Atom)"),
    "page of": ("Page {number} of {count}", "Trang {number}/{count}"),
    # --- the review ---
    "answer review": (
        "{stream}: {count} records added since release {version}",
        "{stream}: {count} bản ghi mới kể từ phiên bản {version}",
    ),
    "answer review all": (
        "{stream}: {count} records, none released yet",
        "{stream}: {count} bản ghi, chưa phát hành lần nào",
    ),
    "answer review none": (
        "{stream}: nothing was added since release {version}",
        "{stream}: chưa có bản ghi mới kể từ phiên bản {version}",
    ),
    "review lead": (
        (
            "For a second pair of eyes: each record with its sources, its sentences, what it "
            "changes once the records above it are known, and what the checks find about it."
        ),
        (
            "Để người thứ hai xem lại: mỗi bản ghi kèm nguồn, câu diễn đạt, thay đổi so với các "
            "bản ghi trước đó, và điều kiểm tra phát hiện."
        ),
    ),
    "added": ("Added records", "Bản ghi mới"),
    "added how": (
        "In the order of the file. Numbers are lines of events.jsonl.",
        "Theo thứ tự trong tệp. Số là dòng trong events.jsonl.",
    ),
    "line": ("Line {number}", "Dòng {number}"),
    "what changes": ("Effect", "Thay đổi"),
    "changes nothing": (
        "No state and no ranking changes.",
        "Không trạng thái hay thứ tự nào thay đổi.",
    ),
    "position": ("Position among {party}’s partners", "Vị trí trong các đối tác của {party}"),
    "position is": ("{position} of {count}", "{position}/{count}"),
    "no position": ("none", "không có"),
    "others move": ("Other partners that move: {count}", "Số đối tác khác đổi vị trí: {count}"),
    "other relations": ("Relations among the others", "Quan hệ giữa các bên còn lại"),
    "not compared": ("not compared: {count}", "không so sánh: {count}"),
}


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return the words for a key in a language, filled in.

    >>> word("event count", "vi", count=3)
    '3 sự kiện'
    """
    return WORDS[key][lang == "vi"].format(**parts)


def count_words(count: int, lang: Language) -> str:
    """Return how many events there are, in words.

    >>> count_words(1, "en"), count_words(1200, "en"), count_words(1200, "vi")
    ('1 event', '1,200 events', '1.200 sự kiện')
    """
    return word("one event" if count == 1 else "event count", lang, count=number(count, lang))


def number(count: int, lang: Language) -> str:
    """Return a number with the separators of a language."""
    text = f"{count:,}"
    return text.replace(",", ".") if lang == "vi" else text

"""All words of pages, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from diplorel.model.dates import Language

WORDS: Final[dict[str, tuple[str, str]]] = {
    # --- every page ---
    "skip": ("To the content", "Đến nội dung chính"),
    "to": ("to", "lên"),
    "also": ("also given as {dates}", "có nguồn ghi {dates}"),
    "supported": ("supported", "có cơ sở theo dữ liệu"),
    "refuted": ("refuted", "bị bác bỏ"),
    "undecidable": ("undecidable", "chưa thể kết luận"),
    "contested": ("contested", "chưa thống nhất giữa các nguồn"),
    "undated": ("undated", "không ghi ngày"),
    "chart": ("Chart", "Biểu đồ"),
    "footer": (
        "Data: {streams}, {licence}. diplorel {library}.",
        "Dữ liệu: {streams}, {licence}. diplorel {library}.",
    ),
    # --- the head of a brief ---
    "kicker": (
        "Brief · {possessive} bilateral relations",
        "Tóm tắt · Quan hệ song phương của {party}",
    ),
    "kicker of two": ("Brief · {a} and {b}", "Tóm tắt · {a} và {b}"),
    "stamp": (
        "State of {day} · {data}, {records} records",
        "Tính đến {day} · {data}, {records} bản ghi",
    ),
    "dataset": ("Dataset {names}", "Bộ dữ liệu {names}"),
    "no dataset": ("No dataset", "Không có bộ dữ liệu"),
    "as known": ("Only a part of what is recorded: {known}.", "Chỉ một phần dữ liệu: {known}."),
    "as known on": ("as known on", "đã ghi nhận đến"),
    "as published by": ("as published by", "đã công bố đến"),
    # --- titles and leads ---
    "became nth": (
        "{who} became {possessive} {nth} {noun} on {day}",
        "{Day}, {who} trở thành {noun} {nth} của {party}",
    ),
    "became": (
        "{who} became {noun} of {party} on {day}",
        "{Day}, {who} trở thành {noun} của {party}",
    ),
    "reached": (
        "{who} reached the level “{level}” with {party} on {day}",
        "{Day}, {who} đạt khuôn khổ “{level}” với {party}",
    ),
    "has": ("On {day} {party} has {groups}", "{Day}, {party} có {groups}"),
    "has nobody": (
        "On {day} no partner of {party} is recorded at a level",
        "{Day}, chưa ghi nhận đối tác nào của {party} ở khuôn khổ nào",
    ),
    "has ties": (
        "On {day} {party} has diplomatic relations with {count}, as recorded",
        "{Day}, {party} có quan hệ ngoại giao với {count}, theo ghi nhận",
    ),
    "party": ("{count} party", "{count} bên"),
    "parties": ("{count} parties", "{count} bên"),
    "at level": ("{count} at the level “{level}”", "{count} bên ở khuôn khổ “{level}”"),
    "at least": ("at least {count}", "ít nhất {count}"),
    "recent": (
        "{some} of the {all} reached this level in the last two years",
        "{Some} trong {all} bên đạt khuôn khổ này trong hai năm gần nhất",
    ),
    "recent all": (
        "All {all} reached this level in the last two years",
        "Cả {all} bên đều đạt khuôn khổ này trong hai năm gần nhất",
    ),
    "within days": (
        ", {count} of them within {days} days: {names}",
        ", trong đó {count} bên chỉ trong vòng {days} ngày: {names}",
    ),
    "latest": (
        "The latest to reach this level was {who}, {when}",
        "Bên đạt khuôn khổ này gần đây nhất là {who}, {when}",
    ),
    "below": ("Below {them} {party} has {groups}", "Dưới khuôn khổ này, {party} có {groups}"),
    "nothing below": (
        "No partner is recorded at a lower level",
        "Chưa ghi nhận đối tác nào ở khuôn khổ thấp hơn",
    ),
    "them": ("them", "các bên đó"),
    "it": ("it", "bên đó"),
    "special lead": (
        "{count} {have} a special relationship, beside the ladder",
        "{count} bên có quan hệ đặc biệt, ngoài thang bậc",
    ),
    "unknown lead": (
        "The level of {count} other parties is not known, which is not “none”",
        "Chưa rõ khuôn khổ với {count} bên khác, điều này không có nghĩa là “không có”",
    ),
    "no ladder": (
        (
            "These data have no ladder of levels of {party}, so its partners are listed by "
            "the age of "
            "diplomatic relations"
        ),
        (
            "Dữ liệu không có thang bậc quan hệ đối tác của {party}, nên các bên được xếp "
            "theo thời "
            "gian có quan hệ ngoại giao"
        ),
    ),
    "oldest": ("The oldest are those with {who}, since {when}", "Lâu nhất là với {who}, từ {when}"),
    # --- counts ---
    "special": ("Special relationship", "Quan hệ đặc biệt"),
    "agreed": ("Agreed, not yet in effect", "Đã nhất trí, chưa chính thức xác lập"),
    "off": ("Off the ladder", "Ngoài thang bậc"),
    "of names": ("{what}: {names}", "{what}: {names}"),
    "ties count": ("Diplomatic relations, as recorded", "Quan hệ ngoại giao, theo ghi nhận"),
    "unknown ties": (
        "Diplomatic relations not recorded (not the same as none)",
        "Chưa ghi nhận quan hệ ngoại giao (không có nghĩa là không có)",
    ),
    # --- the standing table ---
    "standing": ("Levels of relations", "Khuôn khổ quan hệ"),
    "standing how": (
        (
            "Ordered by level, then by the day when the level was reached, then by the length of "
            "diplomatic relations. The level is a declared title; it does not measure closeness."
        ),
        (
            "Sắp xếp theo khuôn khổ quan hệ, ngày xác lập, rồi thời gian có quan hệ ngoại "
            "giao. Khuôn "
            "khổ là danh xưng do hai bên tuyên bố, không phản ánh mức độ gần gũi."
        ),
    ),
    "numbers how": (
        "Numbers in brackets are the sources, listed at the end.",
        "Số trong ngoặc vuông là nguồn, xem danh mục ở cuối trang.",
    ),
    "ties how": (
        "Ordered by the age of unbroken diplomatic relations.",
        "Sắp xếp theo thời gian có quan hệ ngoại giao liên tục.",
    ),
    "place": ("#", "#"),
    "partner": ("Partner", "Đối tác"),
    "since": ("At this level since", "Xác lập ngày"),
    "before": ("Before", "Trước đó"),
    "ties": ("Diplomatic relations since", "Quan hệ ngoại giao từ"),
    "since phone": ("since", "từ"),
    "before phone": ("before:", "trước đó:"),
    "ties phone": ("diplomatic relations since", "quan hệ ngoại giao từ"),
    "to day": ("list complete to {day}", "danh sách đầy đủ đến {day}"),
    "no list": ("list not known to be complete", "danh sách chưa chắc đầy đủ"),
    "nobody": (
        "No partner is recorded at a level on this day.",
        "Đến ngày này chưa ghi nhận đối tác nào ở khuôn khổ nào.",
    ),
    "no ties": (
        "No diplomatic relations are recorded on this day.",
        "Đến ngày này chưa ghi nhận quan hệ ngoại giao nào.",
    ),
    "by": ("by {day}", "chậm nhất {day}"),
    # --- charts ---
    "ladder": ("How each got there", "Quá trình nâng cấp"),
    "ladder how": (
        "Each bar is one relation. The square after the red line is the level on the day.",
        "Mỗi thanh là một mối quan hệ. Ô vuông sau vạch đỏ là khuôn khổ tại ngày nêu trên.",
    ),
    "pace": ("How fast", "Nhịp độ nâng cấp"),
    "pace how": (
        "Number of partners at a level or a higher one, on each day.",
        "Số đối tác ở từng khuôn khổ trở lên, theo từng ngày.",
    ),
    "lanes": ("Chronology", "Diễn biến theo thời gian"),
    "lanes how": ("One lane for each aspect.", "Mỗi hàng là một khía cạnh của quan hệ."),
    # --- what changed ---
    "changes": ("Changes in the last year", "Thay đổi trong một năm qua"),
    "changes how": (
        "After {since}, up to {until}. {count}; those that changed a status are listed.",
        (
            "Sau {since}, đến hết {until}. Có {count}; dưới đây là các sự kiện làm thay đổi tình "
            "trạng quan hệ."
        ),
    ),
    "event": ("{count} event", "{count} sự kiện"),
    "events": ("{count} events", "{count} sự kiện"),
    "no change": (
        "No change of a status is recorded in this year.",
        "Không ghi nhận thay đổi nào về tình trạng quan hệ trong một năm qua.",
    ),
    "first level": (
        "(no earlier level recorded)",
        "(chưa ghi nhận khuôn khổ trước đó)",
    ),
    "agreed change": ("agreed, not yet in effect", "đã nhất trí, chưa chính thức xác lập"),
    "more lines": ("{count} more are not listed.", "Còn {count} mục không liệt kê."),
    # --- figures ---
    "figures": ("{indicator} as reported", "{indicator} theo nguồn"),
    "figures how": (
        "The latest figures, with the words “over”, “about” and “under” that sources use.",
        "Số liệu mới nhất, giữ nguyên các từ “trên”, “khoảng”, “dưới” của nguồn.",
    ),
    "figures level": (
        "Shown are the partners at the highest level.",
        "Chỉ nêu các đối tác ở khuôn khổ cao nhất.",
    ),
    "figures of two": ("Figures", "Số liệu"),
    "as of": ("to {day}", "đến {day}"),
    "latest rule": (
        "“Latest” means the newest period; a full year goes before parts of years.",
        "“Mới nhất” là kỳ gần nhất; số liệu cả năm được ưu tiên hơn một phần của năm.",
    ),
    "no figures": ("No figure is recorded.", "Chưa ghi nhận số liệu nào."),
    "reported on": ("reported {day}", "nêu {day}"),
    # --- claims ---
    "claims": ("Claims of sources, checked", "Đối chiếu nhận định của các nguồn"),
    "claims how": (
        "Statements in the sources about the whole, up to this day, tested against the data.",
        "Các nhận định chung trong nguồn, đến ngày này, được đối chiếu với dữ liệu.",
    ),
    "claim total": ("{count} claim:", "{count} nhận định:"),
    "claims total": ("{count} claims:", "{count} nhận định:"),
    "more claims": (
        "{count} more; the command “diplorel verify” lists all claims.",
        "Còn {count} nhận định khác; lệnh “diplorel verify” liệt kê tất cả.",
    ),
    "no claims": ("No claim is recorded.", "Chưa ghi nhận nhận định nào."),
    "missing": ("Missing: {what}.", "Còn thiếu: {what}."),
    # --- what is not known ---
    "unknown": ("Gaps in the record", "Những điều chưa rõ"),
    "unknown how": ("Unknown is not “none”.", "Chưa rõ không có nghĩa là không có."),
    "incomplete": (
        "as last recorded; the list is complete only {span}. There may be more than {count}.",
        (
            "theo dữ liệu đã ghi nhận; danh sách chỉ đầy đủ {span}. Số thực tế có thể nhiều hơn "
            "{count}."
        ),
    ),
    "never complete": (
        "no dataset calls the list complete on any day. There may be more than {count}.",
        "không bộ dữ liệu nào khẳng định danh sách đầy đủ. Số thực tế có thể nhiều hơn {count}.",
    ),
    "span": ("from {first} to {last}", "từ {first} đến {last}"),
    "span to": ("to {last}", "đến {last}"),
    "span from": ("from {first}", "từ {first}"),
    "level of others": ("Level of {count} other parties", "Khuôn khổ với {count} bên khác"),
    "level of other": ("Level of one other party", "Khuôn khổ với một bên khác"),
    "certainly below": (
        (
            "certainly below “{level}”, as the list is complete from there up; whether "
            "they are at a "
            "lower level is unknown."
        ),
        (
            "chắc chắn dưới khuôn khổ “{level}”, vì từ đó trở lên danh sách đầy đủ; chưa "
            "rõ có ở khuôn "
            "khổ thấp hơn hay không."
        ),
    ),
    "not recorded": (
        "not recorded, and no dataset claims to be complete.",
        "chưa được ghi nhận, và không bộ dữ liệu nào khẳng định là đầy đủ.",
    ),
    "order open": (
        "the order is not decided, as the dates are not exact: positions {places}.",
        "chưa xác định được thứ tự vì ngày tháng không chính xác: vị trí {places}.",
    ),
    "level open": (
        "the dates leave open whether a level is held.",
        "ngày tháng chưa đủ chính xác để xác định có khuôn khổ nào hay không.",
    ),
    "other day": (
        "sources give another day for the present level: {dates}.",
        "có nguồn ghi ngày khác cho khuôn khổ hiện tại: {dates}.",
    ),
    "start open": (
        "recorded {dates}; when it began is not recorded.",
        "ghi nhận {dates}; chưa ghi nhận thời điểm bắt đầu.",
    ),
    "agreed open": (
        "agreed ({dates}) and counted by some sources; not in effect in the texts.",
        "đã nhất trí ({dates}), một số nguồn đã tính; theo văn bản thì chưa chính thức xác lập.",
    ),
    "off the ladder": (
        "at a level without a rank: the ladder does not say how high it is.",
        "ở khuôn khổ không xếp bậc: thang bậc không nêu cao thấp.",
    ),
    "selections": (
        "selections: that nothing is recorded does not mean that nothing happened.",
        "dữ liệu có chọn lọc: không có bản ghi không có nghĩa là không có sự kiện.",
    ),
    "nothing unknown": ("Nothing is open.", "Không có gì chưa rõ."),
    "as recorded only": (
        "as last recorded; the dataset is complete to {day}.",
        "theo dữ liệu đã ghi nhận; dữ liệu đầy đủ đến {day}.",
    ),
    "may have happened": (
        "the dates leave open whether this had happened by the day.",
        "ngày tháng chưa đủ chính xác để xác định sự việc đã diễn ra hay chưa.",
    ),
    "order of events": (
        "the dates leave the order of the events open.",
        "ngày tháng chưa đủ chính xác để xác định thứ tự các sự kiện.",
    ),
    # --- one relation ---
    "as dates go": (
        "{said}, as far as the dates of the events show",
        "{said}, theo những gì ngày tháng của các sự kiện cho biết",
    ),
    "have been": (
        "{A} and {b} have been {noun} {since}",
        "{A} và {b} là {noun} {since}",
    ),
    "have level": (
        "{A} and {b} have been at the level “{level}” {since}",
        "{A} và {b} ở khuôn khổ “{level}” {since}",
    ),
    "have ties": (
        "{A} and {b} have had diplomatic relations {since}",
        "{A} và {b} có quan hệ ngoại giao {since}",
    ),
    "ties ended": (
        "{A} and {b} have no diplomatic relations on {day}",
        "{Day}, {A} và {b} không có quan hệ ngoại giao",
    ),
    "ties suspended": (
        "Diplomatic relations between {a} and {b} have been suspended {since}",
        "Quan hệ ngoại giao giữa {a} và {b} tạm đình chỉ {since}",
    ),
    "ties severed": (
        "Diplomatic relations between {a} and {b} have been severed {since}",
        "Quan hệ ngoại giao giữa {a} và {b} bị cắt đứt {since}",
    ),
    "ties lapsed": (
        "Diplomatic relations between {a} and {b} ended {when}, with the end of one of the two",
        "Quan hệ ngoại giao giữa {a} và {b} chấm dứt {when}, khi một bên không còn tồn tại",
    ),
    "have special": (
        "{A} and {b} have had a special relationship {since}",
        "{A} và {b} có quan hệ đặc biệt {since}",
    ),
    "have nothing": (
        "Whether {a} and {b} have diplomatic relations is not recorded on {day}",
        "{Day}, chưa ghi nhận {A} và {b} có quan hệ ngoại giao hay không",
    ),
    "lead ties": (
        "They established diplomatic relations {day}",
        "Hai bên thiết lập quan hệ ngoại giao {day}",
    ),
    "lead became": (" and became {noun} {day}", " và trở thành {noun} {day}"),
    "lead reached": (
        " and reached the level “{level}” {day}",
        " và đạt khuôn khổ “{level}” {day}",
    ),
    "lead no ties": (
        "When they established diplomatic relations is not recorded",
        "Chưa ghi nhận thời điểm hai bên thiết lập quan hệ ngoại giao",
    ),
    "lead ties open": (
        "The dates leave open when they established diplomatic relations",
        "Ngày tháng chưa đủ chính xác để xác định thời điểm hai bên thiết lập quan hệ ngoại giao",
    ),
    "lead place": (
        "{B} is {nth} among {possessive} partners",
        "{B} xếp {nth} trong các đối tác của {party}",
    ),
    "lead open place": (
        "{B} is one of {possessive} partners, at a position between {best} and {worst}",
        "{B} xếp trong khoảng từ {best} đến {worst} trong các đối tác của {party}",
    ),
    "lead recorded": (
        "{count} of the relation {are} recorded by this day",
        "Đến ngày này ghi nhận {count} của mối quan hệ",
    ),
    "place of": ("among {possessive} partners on that day", "trong các đối tác của {party}"),
    "years": ("of diplomatic relations", "có quan hệ ngoại giao"),
    "state": ("The relation on this day", "Quan hệ vào ngày này"),
    "state how": (
        "The facts in effect at the end of the day.",
        "Tình trạng tính đến hết ngày.",
    ),
    "story": ("The story", "Diễn biến"),
    "story how": (
        "Oldest first. Each sentence is one event. Figures are below.",
        "Theo thứ tự thời gian. Mỗi câu là một sự kiện. Số liệu ở phần dưới.",
    ),
    "no story": ("Nothing is recorded by this day.", "Đến ngày này chưa ghi nhận sự kiện nào."),
    "years of level": ("{years}: {level}", "{years}: {level}"),
    "accounts": ("Accounts that differ", "Các nguồn ghi khác nhau"),
    "accounts how": (
        (
            "The first is used; the others are kept with their sources. Dates that are only "
            "less exact are not listed."
        ),
        (
            "Nội dung đầu được áp dụng; nội dung khác được giữ kèm nguồn. Không liệt kê ngày "
            "chỉ nêu tháng hoặc năm."
        ),
    ),
    "used": ("Used: {what}", "Áp dụng: {what}"),
    "other": ("Other: {what}", "Nguồn khác: {what}"),
    "denied": ("Other: it did not happen", "Nguồn khác: không diễn ra"),
    "agreements": ("Documents", "Văn kiện"),
    "agreements how": (
        "Signed or joined by both by this day; only documents with a source.",
        "Văn kiện hai bên đã ký hoặc tham gia tính đến ngày này; chỉ nêu văn kiện có nguồn dẫn.",
    ),
    "signed": ("signed {day}", "ký {day}"),
    "in force": ("in force {day}", "có hiệu lực {day}"),
    "ended": ("ended {day}", "hết hiệu lực {day}"),
    # --- sources ---
    "sources": ("Sources", "Danh mục nguồn"),
    "sources how": (
        "Publisher, title and date as recorded.",
        "Nơi công bố, tiêu đề và ngày đăng theo ghi nhận.",
    ),
    "further how": (
        "“+2” means two more sources, which the page lists on screen.",
        "“+2” là còn hai nguồn khác, được liệt kê khi xem trang trên màn hình.",
    ),
    "further": ("Further sources, by fact", "Các nguồn khác, theo từng sự kiện"),
    "no sources": ("No source is cited.", "Không có nguồn nào được dẫn."),
}


def word(key: str, lang: Language, **parts: Any) -> str:
    """Return the words for a key in a language, filled in.

    >>> word("also", "vi", dates="5/2008")
    'có nguồn ghi 5/2008'
    """
    return WORDS[key][lang == "vi"].format(**parts)

"""The words on charts of several parties, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplorel.language.vocabulary import Phrases


LANES: Final[Phrases] = {
    "title": (
        "{parties}: what was recorded, to {day}",
        "{parties}: các dữ kiện được ghi nhận, đến {day}",
    ),
    "no day": ("{parties}: nothing is recorded", "{parties}: chưa có dữ kiện được ghi nhận"),
    "nothing": (
        "Nothing is recorded between the two.",
        "Chưa có dữ kiện nào giữa hai bên được ghi nhận.",
    ),
    "ties": ("Diplomatic relations", "Quan hệ ngoại giao"),
    "level": ("Level ({party}'s ladder)", "Khuôn khổ (theo {party})"),
    "special": ("Special relationship", "Quan hệ đặc biệt"),
    "missions": ("Post of {party}", "Cơ quan đại diện của {party}"),
    "sectors": ("Partnerships in a field", "Hợp tác theo lĩnh vực"),
    "visits": ("Visits by {party}", "{party} sang thăm"),
    "talks": ("Talks", "Hội đàm"),
    "agreements": ("Documents signed", "Văn kiện ký kết"),
    "in-force": ("Entered into force", "Văn kiện có hiệu lực"),
    "agreements-ended": ("Documents ended", "Văn kiện hết hiệu lực"),
    "figures": ("Figures reported", "Số liệu được nêu"),
    "suspended": ("suspended", "tạm đình chỉ"),
    "severed": ("severed", "cắt đứt"),
    "lapsed": ("lapsed", "chấm dứt"),
    "established": ("since {day}", "từ {day}"),
    "unnamed": ("level not named", "không rõ khuôn khổ"),
    "since": ("special since {day}", "đặc biệt từ {day}"),
    "unknown": ("not recorded: unknown, not “none”", "chưa ghi nhận: không rõ, không phải “không”"),
    "white": ("as last recorded", "theo ghi nhận gần nhất"),
    "agreed": ("agreed, not yet in effect", "đã nhất trí, chưa chính thức xác lập"),
    "diamond": ("another date, in some source", "ngày khác theo nguồn khác"),
    "open": ("hollow sign: may not have happened yet", "ký hiệu rỗng: chưa chắc đã diễn ra"),
    "times": (
        "×4: four records of one day, or too close to each other to be distinguished",
        "×4: bốn bản ghi cùng ngày hoặc quá gần nhau để tách riêng",
    ),
    "thin": (
        "thin line: the date lies somewhere in it",
        "nét mảnh: ngày nằm đâu đó trong khoảng này",
    ),
    "thin spell": (
        "thin bar: the dates leave open whether it held",
        "thanh mảnh: chưa rõ có hay không do ngày tháng không chính xác",
    ),
    "left open": ("{what} (left open by the dates)", "{what} (chưa rõ do ngày tháng)"),
    "arrow": (
        "triangle to the left: not later than that day",
        "tam giác hướng trái: không muộn hơn ngày đó",
    ),
    "compressed": (
        "the years before {year} (grey) are compressed",
        "các năm trước {year} (nền xám) được thu hẹp",
    ),
    "only recorded": (
        "what is not recorded is not shown: a lane without a sign does not mean “none”",
        "chỉ thể hiện những gì được ghi nhận; thiếu dữ kiện không có nghĩa là không có",
    ),
    "alt spell": ("{lane}: {what} since {day}", "{lane}: {what} từ {day}"),
    "alt count": ("{lane}: {count}", "{lane}: {count}"),
}
"""Of the chart of lanes."""

NETWORK: Final[Phrases] = {
    "of": ("{party}'s partners, {day}", "Các đối tác của {party}, {day}"),
    "all": ("Who is whose partner, {day}", "Các quan hệ đối tác, {day}"),
    "all recorded": ("all that is recorded", "toàn bộ dữ liệu"),
    "nothing": ("Nothing is recorded by this day.", "Đến ngày này chưa có gì được ghi nhận."),
    "unnamed": ("level not named", "không rõ khuôn khổ"),
    "open": ("dates leave it open", "chưa rõ do ngày tháng"),
    "no level": ("no level recorded, other relations", "chưa ghi nhận khuôn khổ, có quan hệ khác"),
    "white": ("as last recorded", "theo ghi nhận gần nhất"),
    "unranked": (
        "{count} more hold a level without a rank: the ladder does not say how high it is",
        "còn {count} bên có khuôn khổ ngoài thang bậc, không rõ cao thấp",
    ),
    "contested": ("continuity in law contested", "tính liên tục về pháp lý còn tranh cãi"),
    "left out": (
        "{count} more parties are not shown: those of the lowest level, then the latest.",
        (
            "Còn {count} bên không thể hiện: bỏ bớt khuôn khổ thấp nhất trước, rồi bên xác lập "
            "muộn nhất."
        ),
    ),
    "left out of all": (
        "{count} more parties are not shown: those of the lowest level, then the fewest lines.",
        (
            "Còn {count} bên không thể hiện: bỏ bớt khuôn khổ thấp nhất trước, rồi bên ít liên kết "
            "nhất."
        ),
    ),
    "halves": (
        "each half of a line has the colour of the level on the ladder of its end",
        "mỗi nửa đường có màu theo thang bậc của bên ở đầu đó",
    ),
    "rings": (
        "the nearer to the middle, the higher the level; clockwise, the longer held first",
        "càng gần tâm, khuôn khổ càng cao; theo chiều kim đồng hồ, bên xác lập sớm hơn đứng trước",
    ),
    "distance": (
        "distances and places on the picture mean nothing",
        "khoảng cách và vị trí trên hình không mang ý nghĩa",
    ),
    "missing": (
        "no line does not mean that there is no relation",
        "không có đường nối không có nghĩa là không có quan hệ",
    ),
}
"""Of the chart of a network."""

MATRIX: Final[Phrases] = {
    "title": (
        "Levels of relations between the parties, {day}",
        "Khuôn khổ quan hệ giữa các bên, {day}",
    ),
    "all recorded": ("all that is recorded", "toàn bộ dữ liệu"),
    "nothing": ("No ladder of these parties is loaded.", "Chưa có thang bậc nào của các bên này."),
    "never compared": (
        "levels of two ladders are not the same thing, even in the same colour",
        "khuôn khổ trên hai thang bậc không tương đương, dù cùng màu",
    ),
    "year": ("the year is that of reaching the level", "năm là năm xác lập khuôn khổ đó"),
    "corner": ("On the ladder of", "Theo thang bậc của"),
    "ladder of": ("On the ladder of", "Thang bậc của"),
    "with": ("With", "Với"),
    "of": ("on the ladder of {ladder}, with {partner}", "theo {ladder}, với {partner}"),
    "unknown": ("not recorded: unknown, not “none”", "chưa ghi nhận: không rõ, không phải “không”"),
    "not known": ("unknown", "không rõ"),
    "none": ("none", "không có"),
    "white": ("as last recorded", "theo ghi nhận gần nhất"),
    "open": ("dates leave it open", "chưa rõ do ngày tháng"),
    "contested": ("continuity in law contested", "tính liên tục về pháp lý còn tranh cãi"),
    "special": ("special relationship, beside the ladder", "quan hệ đặc biệt, ngoài thang bậc"),
    "unnamed": ("level not named", "không rõ khuôn khổ"),
    "without": ("No ladder is loaded of: {names}", "Chưa có thang bậc của: {names}"),
    "left out": (
        "{count} more parties are not shown: the last ones.",
        "Còn {count} bên không thể hiện: những bên cuối danh sách.",
    ),
}
"""Of the chart of a matrix."""

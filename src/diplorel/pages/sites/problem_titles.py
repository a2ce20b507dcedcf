"""The titles of the problems that a check of a log can find, by code, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from diplorel.language.vocabulary import Phrases
    from diplorel.model.dates import Language

TITLES: Final[Phrases] = {
    "DR201": ("Unknown party", "Bên không có trong danh mục"),
    "DR202": ("Event outside a party's life", "Sự kiện ngoài thời gian tồn tại của một bên"),
    "DR203": ("Missing ladder", "Thiếu thang bậc"),
    "DR204": ("Unknown level", "Khuôn khổ không có trong thang bậc"),
    "DR205": ("One party on both sides", "Một bên ở cả hai phía"),
    "DR206": ("Named, but not a side of the event", "Được nêu nhưng không phải là một bên"),
    "DR207": ("Unknown track", "Khía cạnh quan hệ không xác định"),
    "DR210": ("Citation of a missing source", "Được dẫn nhưng không có trong danh mục nguồn"),
    "DR211": ("Source without a citation", "Nguồn không được dẫn ở đâu"),
    "DR212": ("Derived from a missing source", "Dẫn lại từ nguồn không có trong danh mục"),
    "DR213": ("Sources derived from each other", "Các nguồn dẫn lại lẫn nhau"),
    "DR214": ("One key, two meanings", "Một mã dùng cho hai đối tượng"),
    "DR215": ("Two entries for one page or text", "Hai mục cho cùng một trang hoặc văn bản"),
    "DR216": ("One name in two entries", "Một tên dùng cho hai đối tượng"),
    "DR221": ("Event recorded twice", "Một sự kiện ghi nhận hai lần"),
    "DR222": ("Correction of a missing record", "Đính chính một bản ghi không tồn tại"),
    "DR223": ("Circular corrections", "Các đính chính lẫn nhau theo vòng tròn"),
    "DR224": ("Two replacements of one record", "Hai bản thay thế cho một bản ghi"),
    "DR301": (
        "Ties event against the status before it",
        "Sự kiện trái với tình trạng quan hệ ngoại giao trước đó",
    ),
    "DR302": ("Earlier level does not match", "Khuôn khổ trước đó không khớp"),
    "DR303": ("Level reached twice", "Đạt một khuôn khổ hai lần"),
    "DR304": ("No level to lower or renew", "Không có khuôn khổ để hạ cấp hoặc làm sâu sắc"),
    "DR305": ("Agreement that has ended", "Văn kiện đã hết hiệu lực"),
    "DR306": ("Already in force", "Đang có hiệu lực từ trước"),
    "DR307": ("Ended but never begun", "Kết thúc khi chưa bắt đầu"),
    "DR308": ("Appointed after taking up the post", "Bổ nhiệm sau khi nhậm chức"),
    "DR309": ("Earlier level not recorded", "Chưa ghi nhận khuôn khổ trước đó"),
    "DR310": ("Step in the wrong direction", "Thay đổi khuôn khổ sai hướng"),
    "DR311": ("Signed after its own effect", "Ký sau khi đã có hiệu lực"),
    "DR312": ("Succession without effect", "Kế thừa nhưng không có gì để tiếp nối"),
    "DR313": (
        "Ambiguous closing of a post",
        "Đóng cửa nhưng chưa rõ cơ quan đại diện nào",
    ),
    "DR314": (
        "Event of a relation that a successor carries on",
        "Sự kiện của quan hệ mà bên kế thừa tiếp nối",
    ),
    "DR401": ("One event under two dates", "Một sự kiện ghi hai ngày"),
    "DR402": ("One source, two contents", "Một nguồn, hai nội dung"),
    "DR403": ("Date that no source gives", "Ngày không nguồn nào nêu"),
    "DR404": (
        "Coarse account of several events",
        "Ghi chép kém chi tiết, ứng với nhiều sự kiện",
    ),
    "DR501": ("Event in the future", "Sự kiện trong tương lai"),
    "DR502": ("Recorded in the future", "Ghi nhận ở thời điểm trong tương lai"),
    "DR503": ("Recorded before it happened", "Ghi nhận trước khi sự kiện diễn ra"),
    "DR504": ("Source from the future", "Nguồn ghi ngày trong tương lai"),
    "DR505": ("Coverage without effect", "Phạm vi dữ liệu không có tác dụng"),
    "DR506": ("Order within a day not given", "Chưa nêu thứ tự trong ngày"),
    "DR507": ("Comparisons left out", "Chưa thực hiện hết các phép so sánh"),
}


def title_of_problem(code: str, lang: Language) -> str:
    """Return what a problem is, in a few words; nothing for a code that no check of a log gives.

    >>> title_of_problem("DR210", "vi")
    'Được dẫn nhưng không có trong danh mục nguồn'
    """
    return TITLES[code][lang == "vi"] if code in TITLES else ""

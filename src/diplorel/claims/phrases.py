"""The sentences of verdicts, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.language import said

if TYPE_CHECKING:
    from diplorel.language.said import Said
    from diplorel.language.vocabulary import Phrases

PHRASES: Final[Phrases] = {
    "ties established": (
        "Ties of {who} were established on {day}.",
        "Quan hệ ngoại giao giữa {who} được thiết lập {day}.",
    ),
    "no ties": (
        "No beginning of ties of {who} is recorded.",
        "Chưa ghi nhận việc thiết lập quan hệ ngoại giao giữa {who}.",
    ),
    "complete in": (
        "a stream that is complete in {track} on {day}",
        "một bộ dữ liệu đầy đủ về {track} vào {day}",
    ),
    "ties": ("ties", "quan hệ ngoại giao"),
    "no upgrade": (
        "No upgrade of {who} to {level} is recorded.",
        "Chưa ghi nhận việc {who} nâng cấp quan hệ lên {level}.",
    ),
    "began": ("{what} of {who} began on {day}", "{what} giữa {who} bắt đầu {day}"),
    "the ties": ("Ties", "Quan hệ ngoại giao"),
    "the level": ("The level {level}", "Khuôn khổ {level}"),
    "years full": ("{years} years are full on {day}", "tròn {years} năm vào {day}"),
    "a day between": (
        "a day from {first} to {last}",
        "một ngày trong khoảng từ {first} đến {last}",
    ),
    "the event to": ("the event by which {who} came to {level}", "sự kiện {who} đạt {level}"),
    "the events to": ("the events by which {who} came to {level}", "các sự kiện {who} đạt {level}"),
    "no two upgrades": ("No two upgrades are recorded", "Chưa ghi nhận hai lần nâng cấp nào"),
    "fewer than two": (
        "Fewer than two upgrades are recorded",
        "Ghi nhận chưa đến hai lần nâng cấp",
    ),
    "gap": ("from {one} to {two} {length} {unit}", "từ {one} đến {two}: {length} {unit}"),
    "low to high": ("{low} to {high}", "{low} đến {high}"),
    "days": ("days", "ngày"),
    "weeks": ("weeks", "tuần"),
    "months": ("months", "tháng"),
    "years": ("years", "năm"),
    "figure of": ("{indicator} of {who}", "{indicator} của {who}"),
    "of period": (" of {period}", " ({period})"),
    "up to period": (" up to {period}", " (tính đến {period})"),
    "from to": (" from {first} to {last}", " từ {first} đến {last}"),
    "reported": ("{value} (reported {day})", "{value} (nguồn công bố {day})"),
    "set": ("{value} (set {day})", "{value} (đặt ra {day})"),
    "became": ("{one} became {two}", "{one}, sau đó là {two}"),
    "reported as": ("{indicator} {reports}", "{indicator}: {reports}"),
    "other units": (
        "{what}: reported in {units} only.",
        "{what}: chỉ có số liệu tính bằng {units}.",
    ),
    "no report": ("{what}: no report.", "{what}: chưa có số liệu."),
    "report in": ("a report in {unit}", "số liệu tính bằng {unit}"),
    "contradict": (
        "which of the reports is right, for they contradict each other",
        "số liệu nào đúng, vì các nguồn mâu thuẫn nhau",
    ),
    "as exact": ("a report that is as exact as the claim", "số liệu chính xác như khẳng định"),
    "a figure of": ("a figure of {period}", "số liệu của {period}"),
    "both figures": (
        "figures of both periods that can be compared",
        "số liệu so sánh được của cả hai thời kỳ",
    ),
    "not recorded": ("{what}: not recorded.", "{what}: chưa được ghi nhận."),
    "sentence": ("{what}: {said}.", "{what}: {said}."),
    "target": ("Target for {indicator} of {who}", "Mục tiêu {indicator} của {who}"),
    "by due": (" by {due}", " đến {due}"),
    "target in": (
        "a target in {unit}, set by {day}",
        "mục tiêu tính bằng {unit}, đặt ra chậm nhất {day}",
    ),
    "no target": ("{what}: none recorded.", "{what}: chưa ghi nhận."),
    "by indicator": ("{who} by {indicator}", "{who} xét theo {indicator}"),
    "reports and count": ("{indicator} {reports}; {counted}", "{indicator}: {reports}; {counted}"),
    "figure of all": (
        "the same figure of all other partners, or a report of the place itself",
        "cùng số liệu của mọi đối tác khác, hoặc nguồn nêu chính thứ hạng đó",
    ),
    "own figure": ("its own figure is not recorded", "chưa ghi nhận số liệu của chính đối tác này"),
    "more of others": (
        "of {compared} others with a figure of that time, {ahead} have more",
        "trong {compared} đối tác khác có số liệu cùng thời kỳ, {ahead} đối tác cao hơn",
    ),
    "all members": ("all members of {group} on {day}", "toàn bộ thành viên của {group} vào {day}"),
    "whether it holds": ("whether it holds for {who}", "điều đó có đúng với {who} hay không"),
    "count": (
        "{party} has {count} at {level} ({mode}) on {day}: {who}.",
        "{party} có {count} đối tác ở {level} ({mode}) vào {day}: {who}.",
    ),
    "partners": (
        "{party}'s partners at {level} ({mode}) on {day}: {who}",
        "Đối tác của {party} ở {level} ({mode}) vào {day}: {who}",
    ),
    "exactly": ("exactly", "đúng mức"),
    "at-least": ("at-least", "trở lên"),
    "named not found": (
        "named, and not found there: {who}",
        "được nêu nhưng không có trong danh sách: {who}",
    ),
    "not named": ("not named: {who}", "không được nêu: {who}"),
    "came before": ("{one} came before {two}", "{one} đạt trước {two}"),
    "which first": ("which of {one} and {two} came first", "{one} hay {two} đạt trước"),
    "not at level": (
        "{who} is not known to stand at {level} on {day}.",
        "Chưa ghi nhận {who} ở {level} vào {day}.",
    ),
    "whether at level": ("whether {who} stands at {level}", "{who} có ở {level} hay không"),
    "whether before": (
        "whether {others} came before {who}",
        "{others} có đạt trước {who} hay không",
    ),
    "place": (
        "{who} has place {place}; before it: {others}.",
        "{who} đứng thứ {place}; đứng trước: {others}.",
    ),
    "place or later": (
        "{who} has place {place} or later; before it: {others}.",
        "{who} đứng thứ {place} hoặc sau đó; đứng trước: {others}.",
    ),
    "ladder of": ("the ladder of {who}", "thang bậc quan hệ của {who}"),
    "no levels": (
        "{who}'s own levels are not recorded.",
        "Chưa ghi nhận các mức quan hệ theo {who}.",
    ),
    "not member": ("{who} is not known to belong to {group}", "chưa ghi nhận {who} thuộc {group}"),
    "whether member": ("whether {who} belongs to {group}", "{who} có thuộc {group} hay không"),
    "not reached": (
        "{who} is not known to have reached {level} with {whose}",
        "chưa ghi nhận {who} đạt {level} với {whose}",
    ),
    "event reached": (
        "the event by which {who} reached {level} with {whose}",
        "sự kiện {who} đạt {level} với {whose}",
    ),
    "reached it": ("{who} reached it on {day}", "{who} đạt {day}"),
    "whether one of": (
        "whether {who} came before, as one of {group}",
        "{who} có đạt trước với tư cách thành viên {group} hay không",
    ),
    "none of others": (
        "none of the {count} other members of {group} did so before",
        "không thành viên nào trong {count} thành viên khác của {group} đạt trước",
    ),
    "within span": (
        "whether {who} came to it within the span",
        "{who} có đạt trong khoảng thời gian đó hay không",
    ),
    "count within": (
        "From {first} to {last}, {count} came to {level}: {who}.",
        "Từ {first} đến {last}, {count} đối tác đạt {level}: {who}.",
    ),
    "at level since": ("{who} stands at {level} since {day}.", "{who} ở {level} từ {day}."),
    "at no level": ("{who} stands at no level.", "{who} không ở mức nào."),
    "below level": ("{who} is below {level}.", "{who} ở dưới mức {level}."),
    "no level": ("No level of {who} is recorded.", "Chưa ghi nhận mức quan hệ của {who}."),
    "whether on": ("whether it was on {day}", "việc đó có diễn ra {day} hay không"),
    "levels of": (
        "The levels of {who} on {day}: {path}.",
        "Các mức quan hệ của {who} đến {day}: {path}.",
    ),
    ", then ": (", then ", ", rồi "),
    "none recorded": ("none recorded", "chưa ghi nhận"),
    "upgrade past": (
        "an upgrade of {who} from below {level} past it",
        "việc {who} nâng cấp từ dưới {level} lên mức cao hơn",
    ),
    "complete or before": (
        (
            "a stream that is complete at {level} from {first} to {last}, or a source that tells "
            "the level before the upgrade"
        ),
        (
            "một bộ dữ liệu đầy đủ về {level} từ {first} đến {last}, hoặc nguồn nêu mức trước khi "
            "nâng cấp"
        ),
    ),
    "none": ("none", "không có"),
    " and ": (" and ", " và "),
    "dates of": ("the exact days of {events}", "ngày chính xác của {events}"),
    "list on": (
        "a stream that lists all partners of {who} at {level} on {last}",
        "một bộ dữ liệu nêu mọi đối tác của {who} ở {level} vào {last}",
    ),
    "list from": (
        "a stream that lists all partners of {who} at {level} from {first} to {last}",
        "một bộ dữ liệu nêu mọi đối tác của {who} ở {level} từ {first} đến {last}",
    ),
    "cannot answer": ("The log cannot answer.", "Dữ liệu không trả lời được."),
}


def say(key: str, **parts: Any) -> Said:
    """Return a sentence, or a part of one, in both languages."""
    return said.say(PHRASES, key, **parts)

"""The sentences of verdicts, in English and in Vietnamese."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from diplorel.language import said

if TYPE_CHECKING:
    from diplorel.language.said import Said
    from diplorel.language.vocabulary import Phrases

PHRASES: Final[Phrases] = {
    # names, lists, levels and counts, in sentences of several kinds
    "all members": ("all members of {group} on {day}", "toàn bộ thành viên của {group} vào {day}"),
    "came before": ("{one} came before {two}", "{one} đạt trước {two}"),
    "which first": ("which of {one} and {two} came first", "{one} hay {two} đạt trước"),
    "none": ("none", "không có"),
    " and ": (" and ", " và "),
    "dates of": ("the exact days of {events}", "ngày chính xác của {events}"),
    "partners only": ("partners", "đối tác"),
    "exactly": (
        "at the level of {level} (this level only)",
        "ở khuôn khổ {level} (chỉ tính đúng khuôn khổ này)",
    ),
    "at-least": ("at the level of {level} or higher", "ở khuôn khổ {level} trở lên"),
    "at any level": ("at any level of its ladder", "ở bất kỳ khuôn khổ nào trong thang bậc"),
    "at": ("at the level of {level}", "ở khuôn khổ {level}"),
    "partner": ("{number} partner", "{number} đối tác"),
    "partner s": ("{number} partners", "{number} đối tác"),
    "country": ("{number} partner country", "{number} đối tác là quốc gia"),
    "country s": ("{number} partner countries", "{number} đối tác là quốc gia"),
    "that are members": (" among the members of {group}", " trong số các thành viên của {group}"),
    "in the order reached": (", by the date when they reached it", ", theo ngày xác lập"),
    "with date": ("{who} ({day})", "{who} ({day})"),
    "claimed": (" The claim: {bound}.", " Nhận định nêu: {bound}."),
    "members of": ("members of {group}", "thành viên của {group}"),
    "list on": (
        "a stream that lists all partners of {who} {at} on {last}",
        "một bộ dữ liệu nêu mọi đối tác của {who} {at} vào {last}",
    ),
    "list from": (
        "a stream that lists all partners of {who} {at} from {first} to {last}",
        "một bộ dữ liệu nêu mọi đối tác của {who} {at} từ {first} đến {last}",
    ),
    "country only": ("partner countries", "đối tác là quốc gia"),
    "among members": (" among the {group}", " trong số {group}"),
    # the level on a day, and the path to it
    ", then ": (", then ", ", rồi "),
    "none recorded": ("none recorded", "chưa ghi nhận"),
    "upgrade past": (
        "an upgrade of {who} from below {level} past it",
        "việc {who} nâng cấp từ dưới {level} lên khuôn khổ cao hơn",
    ),
    "at level since": (
        "{day}, {who} was at the level of {level} with {whose}, reached {since}.",
        "{day}, quan hệ của {whose} với {who} ở khuôn khổ {level}, xác lập {since}.",
    ),
    "at no level": (
        "{day}, {who} was at no level with {whose}.",
        "{day}, quan hệ của {whose} với {who} chưa có khuôn khổ nào.",
    ),
    "below level": (
        "{day}, {who} was below the level of {level} with {whose}.",
        "{day}, quan hệ của {whose} với {who} ở dưới khuôn khổ {level}.",
    ),
    "no level": (
        "No level of {who} with {whose} is recorded ({day}).",
        "Chưa ghi nhận khuôn khổ quan hệ của {whose} với {who} ({day}).",
    ),
    "whether on": ("whether it was reached {day}", "việc đó có diễn ra {day} hay không"),
    "levels of": (
        "The levels of {who} with {whose} up to {day}: {path}.",
        "Các khuôn khổ quan hệ của {whose} với {who} đến {day}: {path}.",
    ),
    "complete or before": (
        (
            "a stream that is complete at the level of {level} from {first} to {last}, or a "
            "source that states the level before the upgrade"
        ),
        (
            "một bộ dữ liệu đầy đủ về khuôn khổ {level} từ {first} đến {last}, hoặc nguồn nêu "
            "khuôn khổ "
            "trước khi nâng cấp"
        ),
    ),
    # how many partners, and which
    "the events to": ("the events that brought {who} to {level}", "các sự kiện {who} đạt {level}"),
    "whether it holds": ("whether it holds for {who}", "điều đó có đúng với {who} hay không"),
    "named not found": (
        "named, and not found there: {who}",
        "được nêu nhưng không có trong danh sách: {who}",
    ),
    "not named": ("not named: {who}", "không được nêu: {who}"),
    "count": (
        "{day}, {party} had {partners}{within} {at}{order}: {who}.{bound}",
        "{day}, {party} có {partners}{within} {at}{order}: {who}.{bound}",
    ),
    "partners": (
        "{day}, {party} had these {partners}{within} {at}{order}: {who}",
        "{day}, {party} có các {partners}{within} {at}{order}: {who}",
    ),
    "with countries": (" with countries", " với các quốc gia"),
    "special count": (
        "{day}, {party} had {count}{states}{within}: {who}.{bound}",
        "{day}, {party} có {count}{states}{within}: {who}.{bound}",
    ),
    "special list": (
        "a stream that lists all special relationships of {who} on {day}",
        "một bộ dữ liệu nêu mọi quan hệ đặc biệt của {who} vào {day}",
    ),
    "special": ("{number} special relationship", "{number} quan hệ đặc biệt"),
    "special s": ("{number} special relationships", "{number} quan hệ đặc biệt"),
    # their order of arrival
    "in between": ("{who} reached it in between", "{who} xác lập ở giữa"),
    "whether between": ("whether {who} reached it in between", "{who} có xác lập ở giữa hay không"),
    "not at level": (
        "{day}, {who} is not recorded among the partners of {whose}{within} {at}.",
        "{day}, chưa ghi nhận {who} trong số đối tác của {whose}{within} {at}.",
    ),
    "whether at level": (
        "whether {who} was at the level of {level}",
        "{who} có ở khuôn khổ {level} hay không",
    ),
    "whether before": (
        "whether {others} reached the level before {who}",
        "{others} có xác lập trước {who} hay không",
    ),
    "place": (
        (
            "{day}, {who} was number {place} of the partners of {whose}{within} {at}, counted "
            "by the day reached; before it: {others}."
        ),
        (
            "{day}, {who} là đối tác thứ {place} của {whose}{within} {at}, tính theo ngày xác "
            "lập; trước đó: {others}."
        ),
    ),
    "place or later": (
        (
            "{day}, {who} was number {place} or later of the partners of {whose}{within} {at}, "
            "counted by the day reached; before it: {others}."
        ),
        (
            "{day}, {who} là đối tác thứ {place} hoặc sau đó của {whose}{within} {at}, tính "
            "theo ngày xác lập; trước đó: {others}."
        ),
    ),
    # who was first, and among whom
    "ladder of": ("the ladder of {who}", "thang bậc quan hệ của {who}"),
    "event reached": (
        "the event that brought {who} to {level} with {whose}",
        "sự kiện {who} đạt {level} với {whose}",
    ),
    "no levels": (
        "{who}'s own levels are not recorded.",
        "Chưa ghi nhận các khuôn khổ quan hệ theo {who}.",
    ),
    "of kind state": ("countries", "quốc gia"),
    "of kind union": ("unions", "liên minh các quốc gia"),
    "of kind organisation": ("organisations", "tổ chức"),
    "of kind group": ("groups", "nhóm nước"),
    "not member": ("{who} is not recorded among {rivals}", "chưa ghi nhận {who} là {rivals}"),
    "whether member": ("whether {who} is among {rivals}", "{who} có phải là {rivals} hay không"),
    "not reached": (
        "{who} is not recorded to have reached {level} with {whose} ({day})",
        "chưa ghi nhận {who} đạt {level} với {whose} ({day})",
    ),
    "reached level": (
        "{who} reached {level}{mode} with {whose} {day}",
        "{who} đạt {level}{mode} với {whose} {day}",
    ),
    "and exactly": ("", ""),
    "and at-least": (" or higher", " trở lên"),
    "reached it": ("{who} reached it {day}", "{who} đạt {day}"),
    "whether one of": (
        "whether {who} reached it before, among {rivals}",
        "{who} có đạt trước với tư cách {rivals} hay không",
    ),
    "none of others": (
        "none of the {count} other {rivals} reached it before",
        "không {rivals} nào khác (trong số {count}) đạt trước",
    ),
    "none of kind": (
        "no other partner among {rivals} is recorded to have reached it before",
        "chưa ghi nhận đối tác nào khác thuộc {rivals} đạt trước",
    ),
    # what happened within a span
    "within span": (
        "whether {who} reached it within the span",
        "{who} có xác lập trong khoảng thời gian đó hay không",
    ),
    "count within": (
        "From {first} to {last}, {partners} of {whose} came to be {at}{order}: {who}.{bound}",
        (
            "Từ {first} đến {last}, {partners} của {whose} được nâng cấp và {at}{order}: "
            "{who}.{bound}"
        ),
    ),
    "raised": ("raised", "được nâng cấp"),
    "raised or deepened": ("raised or deepened", "được nâng cấp hoặc làm sâu sắc"),
    "to any level": ("to any level of its ladder", "lên bất kỳ khuôn khổ nào trong thang bậc"),
    "to": ("to the level of {level} or higher", "lên {level} trở lên"),
    "raised within": (
        (
            "From {first} to {last}, the relations of {whose} with {partners} were {what} "
            "{to}{order}: {who}.{bound}"
        ),
        (
            "Từ {first} đến {last}, quan hệ của {whose} với {partners} {what} {to}{order}: "
            "{who}.{bound}"
        ),
    ),
    "raised in span": (
        "whether relations with {who} were raised or deepened within the span",
        "quan hệ với {who} có được nâng cấp hoặc làm sâu sắc trong khoảng thời gian đó hay không",
    ),
    "by date": (", by date", ", theo ngày"),
    # ties, years full, and the time between
    "complete in": (
        "a stream that is complete in {track} on {day}",
        "một bộ dữ liệu đầy đủ về {track} vào {day}",
    ),
    "ties": ("ties", "quan hệ ngoại giao"),
    "the ties": ("Ties", "Quan hệ ngoại giao"),
    "years full": ("{years} years are full on {day}", "tròn {years} năm vào {day}"),
    "a day between": (
        "a day from {first} to {last}",
        "một ngày trong khoảng từ {first} đến {last}",
    ),
    "the event to": ("the event that brought {who} to {level}", "sự kiện {who} đạt {level}"),
    "low to high": ("{low} to {high}", "{low} đến {high}"),
    "days": ("days", "ngày"),
    "weeks": ("weeks", "tuần"),
    "months": ("months", "tháng"),
    "years": ("years", "năm"),
    "ties established": (
        "{who} established ties {day}.",
        "{who} thiết lập quan hệ ngoại giao {day}.",
    ),
    "no ties": (
        "No beginning of ties between {who} is recorded by {day}.",
        "Đến {day}, chưa ghi nhận việc thiết lập quan hệ ngoại giao giữa {who}.",
    ),
    "no upgrade": (
        "No upgrade of ties between {who} to {level} is recorded by that day ({day}).",
        "Tính đến khi đó ({day}), chưa ghi nhận việc {who} nâng cấp quan hệ lên {level}.",
    ),
    "began": ("{what} of {who} began {day}", "{what} giữa {who} bắt đầu {day}"),
    "the level": ("The level {level}", "Khuôn khổ {level}"),
    "gaps": (
        "Between upgrades of relations with {whose}, {at}: {gaps}.",
        "Khoảng cách giữa các lần {whose} nâng cấp quan hệ, {at}: {gaps}.",
    ),
    "fewer than two": (
        "Fewer than two upgrades of relations with {whose}, {at}, are recorded by {last}.",
        "Đến {last}, ghi nhận chưa đến hai lần {whose} nâng cấp quan hệ, {at}.",
    ),
    "gap": ("{one} to {two}: {length} {unit}", "{one} đến {two}: {length} {unit}"),
    # figures, targets and places by them
    "figure of": ("{indicator} of {who}", "{indicator} của {who}"),
    "of period": (" ({period})", " ({period})"),
    "up to period": (" (up to {period})", " (tính đến {period})"),
    "from to": (" between the periods {first} and {last}", " giữa các thời kỳ {first} và {last}"),
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
    "as exact": ("a report that is as exact as the claim", "số liệu chính xác như nhận định"),
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
    "no others": (
        "no other partner has a figure of that time",
        "không đối tác nào khác có số liệu cùng thời kỳ",
    ),
    "one other": (
        "of 1 other with a figure of that time, {ahead} has more",
        "trong 1 đối tác khác có số liệu cùng thời kỳ, {ahead} đối tác cao hơn",
    ),
    "more of others": (
        "of {compared} others with a figure of that time, {ahead} have more",
        "trong {compared} đối tác khác có số liệu cùng thời kỳ, {ahead} đối tác cao hơn",
    ),
    # other accounts, and sources without one
    "cannot answer": ("The log cannot answer.", "Dữ liệu không trả lời được."),
    "contest": (
        "according to {source}, “{event}” was {theirs}, not {ours}",
        "theo {source}, “{event}” diễn ra {theirs}, không phải {ours}",
    ),
    "contest value": (
        "{source} describes it differently: “{event}”",
        "{source} ghi khác: “{event}”",
    ),
    "contested": ("But {who}. By that account: {says}", "Nhưng {who}. Theo đó: {says}"),
    "contest denial": (
        "according to {source}, “{event}” did not happen",
        "theo {source}, “{event}” không diễn ra",
    ),
    "only own": (
        "Only the claim's own source reports this.",
        "Chỉ nguồn đưa ra nhận định ghi nhận điều này.",
    ),
    "partly own": (
        "Only the claim's own source reports {count} of the {all} events behind this.",
        "Chỉ nguồn đưa ra nhận định ghi nhận {count} trong {all} sự kiện làm căn cứ.",
    ),
}
"""From a key to the sentence, or the part of one, in English and in Vietnamese."""


def say(key: str, **parts: Any) -> Said:
    """Return a sentence, or a part of one, in both languages."""
    return said.say(PHRASES, key, **parts)

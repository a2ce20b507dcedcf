"""What is wrong with an argument of a question: days, parties, levels, words of a closed list."""

from __future__ import annotations

from typing import Final

VIETNAMESE: Final = {
    # --- what several messages have in common ---
    "none": "không có",
    " or ": " hoặc ",
    "{names} and {count} more": "{names} và {count} mục khác",
    "{one}{between}{other}": "{one}{between}{other}",
    " Did you mean {names}?": " Ý bạn là {names}?",
    "expected one of {known}, got {given!r}": (
        "cần một trong các giá trị {known}, không phải {given!r}"
    ),
    "expected one of {known}, got {given!r}.{hint}": (
        "cần một trong các giá trị {known}, không phải {given!r}.{hint}"
    ),
    "{argument}: {expected}": "{argument}: {expected}",
    "{argument}: {said}": "{argument}: {said}",
    "; or {instead}": "; hoặc {instead}",
    (
        "this needs {module}, which is not installed: pip install 'diplorel[{extra}]'{otherwise}"
    ): "cần {module}, nhưng chưa cài đặt: pip install 'diplorel[{extra}]'{otherwise}",
    # --- days and years ---
    (
        "{argument}: {given!r} is not a valid day: expected a form such as '2025-03-12', '2025-03' "
        "or '2025', or a datetime.date"
    ): (
        "{argument}: {given!r} không phải là ngày: cần một dạng như '2025-03-12', "
        "'2025-03' hoặc '2025', hoặc một datetime.date"
    ),
    "{argument}: {given!r} is not a valid day: give its day, as in moment.date()": (
        "{argument}: {given!r} không phải là ngày: hãy nêu ngày của thời điểm đó, như moment.date()"
    ),
    "{argument}: {given!r} is not a valid day: expected a form such as '2025-03-12'": (
        "{argument}: {given!r} không phải là ngày: cần một dạng như '2025-03-12'"
    ),
    "{argument}: expected a year such as 2025, got {given!r}": (
        "{argument}: cần một năm như 2025, không phải {given!r}"
    ),
    "{argument}: expected a length such as '24M', '2Y' or '90D', got {given!r}": (
        "{argument}: cần một khoảng thời gian như '24M', '2Y' hoặc '90D', không phải {given!r}"
    ),
    "{argument}: expected two, as in (2008, 2025), got {given!r}": (
        "{argument}: cần hai năm, như (2008, 2025), không phải {given!r}"
    ),
    "{argument}: {first} lies after {until}: give the earlier one first": (
        "{argument}: {first} sau {until}: hãy nêu năm sớm hơn trước"
    ),
    "{argument}: {until} has not come, the last one is {last}": (
        "{argument}: chưa đến năm {until}, năm cuối cùng là {last}"
    ),
    "{argument}: expected 'coverage', 'start' or a day, got None": (
        "{argument}: cần 'coverage', 'start' hoặc một ngày, không phải None"
    ),
    "{argument}: expected a day, got None": "{argument}: cần một ngày, không phải None",
    "{argument}: give the first and the last one, as in (1990, 2024)": (
        "{argument}: hãy nêu năm đầu và năm cuối, như (1990, 2024)"
    ),
    "{argument}: {since} lies after until, {until}": "{argument}: {since} sau until, {until}",
    "{argument}: an indicator needs one, such as '2024'": (
        "{argument}: một chỉ tiêu cần có thời kỳ, như '2024'"
    ),
    "give two days, the earlier one first: got {since}, then {until}": (
        "hãy nêu hai ngày, ngày sớm hơn trước: nhận được {since}, rồi {until}"
    ),
    (
        "expected a form such as '2013-09-11', '2013-09', '2013', '201X', '2013?', "
        "'[2013-09-11..2013-09-13]', '[..1960]' or '2013-09-11/2013-09-13'"
    ): (
        "cần một dạng như '2013-09-11', '2013-09', '2013', '201X', '2013?', "
        "'[2013-09-11..2013-09-13]', '[..1960]' hoặc '2013-09-11/2013-09-13'"
    ),
    "month must be in 1..12": "tháng phải từ 1 đến 12",
    "day is out of range for month": "tháng đó không có ngày này",
    "year 0 is out of range": "lịch không có năm 0",
    "{day!r} is not a valid day: expected 'YYYY-MM-DD' or a datetime.date": (
        "{day!r} không phải là ngày: cần 'YYYY-MM-DD' hoặc một datetime.date"
    ),
    "{start!r} lies after {day}: give a day on or after it": (
        "{start!r} sau {day}: hãy nêu ngày đó hoặc một ngày sau đó"
    ),
    "{start!r} has no anniversary: expected a day, month or year": (
        "{start!r} không có ngày kỷ niệm: cần một ngày, tháng hoặc năm"
    ),
    "{years} years after {start!r} leaves the calendar": (
        "{years} năm sau {start!r} vượt ra ngoài lịch"
    ),
    "{text!r} is not a valid date: {why}": "{text!r} không phải là ngày tháng: {why}",
    "{value!r} is not a valid date: {forms}": "{value!r} không phải là ngày tháng: {forms}",
    "{value!r} is not a valid date: expected a text or datetime.date": (
        "{value!r} không phải là ngày tháng: cần một chuỗi ký tự hoặc datetime.date"
    ),
    "'%' is not read, write '?' where the source is uncertain or '~' where approximate": (
        "không đọc được '%', hãy viết '?' nếu nguồn không chắc chắn, hoặc '~' nếu chỉ gần đúng"
    ),
    "unknown months and days are left out, write {known!r}": (
        "tháng và ngày chưa rõ thì bỏ đi, hãy viết {known!r}"
    ),
    (
        "an extent has two ends and a range a last day, write the days that are known, "
        "such as '2013' or '[..2013]'"
    ): (
        "một thời kỳ cần ngày đầu và ngày cuối, một khoảng cần ngày cuối; hãy ghi những "
        "ngày đã biết, như '2013' hoặc '[..2013]'"
    ),
    "{text!r} ends before it begins: write the earlier date first": (
        "{text!r} kết thúc trước khi bắt đầu: hãy viết ngày sớm hơn trước"
    ),
    ("seasons, quarters and halves are not read, write a range such as '[{year}-03..{year}-05]'"): (
        "không đọc được mùa, quý và nửa năm, hãy viết một khoảng như '[{year}-03..{year}-05]'"
    ),
    "{value!r} is not a moment in UTC: expected a form such as '2026-11-22T10:00:00Z'": (
        "{value!r} không phải là thời điểm theo UTC: cần một dạng như '2026-11-22T10:00:00Z'"
    ),
    "{value!r} leaves the calendar in UTC": "{value!r} vượt ra ngoài lịch theo UTC",
    # --- parties ---
    "unknown party {name!r}.{hint}": "không có bên nào tên là {name!r}.{hint}",
    (
        "{name!r} can mean several parties: {parties}. Name the one that is meant by its id."
    ): "{name!r} có thể chỉ nhiều bên: {parties}. Hãy nêu mã của bên cần hỏi.",
    "unknown scheme of codes {scheme!r}, expected one of {schemes}.": (
        "không có hệ mã {scheme!r}, cần một trong các hệ {schemes}."
    ),
    "no party has the {scheme} code {value!r}.": "không bên nào có mã {value!r} theo {scheme}.",
    "no party has the {scheme} code {value!r} on {on}": (
        "vào {on}, không bên nào có mã {value!r} theo {scheme}"
    ),
    "the {scheme} code {value!r} has meant several": (
        "mã {value!r} theo {scheme} từng chỉ nhiều bên"
    ),
    "{found}. It was used for {days}. Give a day among these, or the party's id.": (
        "{found}. Mã này từng dùng cho {days}. Hãy nêu một ngày trong số đó, hoặc mã của "
        "bên cần hỏi."
    ),
    "{party} on all days": "{party} vào mọi ngày",
    "{party} until {end}": "{party} đến {end}",
    "{party} since {start}": "{party} từ {start}",
    "{party} from {start} to {end}": "{party} từ {start} đến {end}",
    "{argument}: {party} is a country, expected a group such as ASEAN": (
        "{argument}: {party} là một nước, cần một nhóm như ASEAN"
    ),
    "a relation is between two parties, as in world['VNM', 'SGP'], got {given!r}": (
        "quan hệ là giữa hai bên, như world['VNM', 'SGP'], không phải {given!r}"
    ),
    "{a} has no relation with itself: give two parties": (
        "{a} không có quan hệ với chính mình: hãy nêu hai bên"
    ),
    "{argument}: {by} is not a side of it, expected {parties}": (
        "{argument}: {by} không phải là một bên của quan hệ này, cần {parties}"
    ),
    "give party= as well: partner={partner!r} is the other side": (
        "hãy nêu cả party=: partner={partner!r} là bên kia"
    ),
    # --- levels and ladders ---
    "the ladder of {party} has no level {id!r}, it has {known}.{hint}": (
        "thang bậc của {party} không có khuôn khổ {id!r}, chỉ có {known}.{hint}"
    ),
    "{name!r} names several levels on the ladder of {party}: give the id, {ids}": (
        "{name!r} là tên của nhiều khuôn khổ trong thang bậc của {party}: hãy nêu mã, {ids}"
    ),
    (
        "{id!r} has no rank on the ladder of {party}, so nothing is 'at least' it. Ask for "
        "exactly= instead"
    ): (
        "{id!r} không xếp bậc trong thang bậc của {party} nên không có khuôn khổ nào 'từ khuôn "
        "khổ đó "
        "trở lên'. Hãy hỏi bằng exactly="
    ),
    "{argument}: no ladder has the level {wanted!r}": (
        "{argument}: không thang bậc nào có khuôn khổ {wanted!r}"
    ),
    "{argument}: no ladder has a level {given!r}, of {named}": (
        "{argument}: không thang bậc nào có khuôn khổ {given!r}, trong các thang bậc của {named}"
    ),
    "{argument}: {side} in this log, so no levels; there are: {known}": (
        "{argument}: {side} trong dữ liệu này nên không có khuôn khổ nào; các thang bậc hiện có: "
        "{known}"
    ),
    "there is no ladder": "không có thang bậc nào",
    "{party} has no ladder": "{party} không có thang bậc",
    (
        "{argument}: on the ladder of {ladder}, {level} has no rank, so no level is known "
        "to be higher: ask for a level with a rank"
    ): (
        "{argument}: trong thang bậc của {ladder}, {level} không xếp bậc nên không rõ khuôn khổ "
        "nào cao hơn: hãy hỏi một khuôn khổ có xếp bậc"
    ),
    ("{argument}: expected 'ties', or a pair such as ('level', 'strategic'), got {given!r}"): (
        "{argument}: cần 'ties', hoặc một cặp như ('level', 'strategic'), không phải {given!r}"
    ),
    (
        "{party} has no ladder in this log, so no levels; there are: {known}. "
        "World.metric_ranking() ranks by ties or visits without one"
    ): (
        "{party} không có thang bậc trong dữ liệu này nên không có khuôn khổ nào; các thang bậc "
        "hiện có: {known}. World.metric_ranking() xếp hạng theo quan hệ ngoại giao hoặc "
        "chuyến thăm mà không cần thang bậc"
    ),
    # --- words, numbers and lists ---
    "{argument}: expected a text such as {example!r}, got {given!r}": (
        "{argument}: cần một chuỗi ký tự như {example!r}, không phải {given!r}"
    ),
    "give {names}, not both: they answer differently": (
        "hãy chỉ nêu {names}: mỗi tham số cho một câu trả lời khác"
    ),
    "{argument}: expected a whole number from 1 up, got {given!r}": (
        "{argument}: cần một số nguyên từ 1 trở lên, không phải {given!r}"
    ),
    "{argument}: expected a whole number from 0, got {value!r}": (
        "{argument}: cần một số nguyên từ 0 trở lên, không phải {value!r}"
    ),
    "{argument}: expected a list, got {given!r} alone": (
        "{argument}: cần một danh sách, không phải riêng {given!r}"
    ),
    "{argument}: expected a list of {kind}, got {one!r} in it": (
        "{argument}: cần một danh sách gồm {kind}, nhưng trong đó có {one!r}"
    ),
    "{argument}: expected weights by measure, such as {{'visits': 2}}, got {given!r}": (
        "{argument}: cần trọng số theo từng thước đo, như {{'visits': 2}}, không phải {given!r}"
    ),
    "{argument}: {measure}: expected a number above zero, got {weight!r}": (
        "{argument}: {measure}: cần một số lớn hơn 0, không phải {weight!r}"
    ),
    # --- streams, releases, policies, event types and tracks ---
    "there are several streams, {streams}: name one": (
        "có nhiều bộ dữ liệu, {streams}: hãy nêu tên một bộ"
    ),
    "{argument}: the log has no streams, got {given!r}": (
        "{argument}: không có bộ dữ liệu nào, nhận được {given!r}"
    ),
    "{argument}: expected a name such as 'vietnam', got {given!r}": (
        "{argument}: cần một tên như 'vietnam', không phải {given!r}"
    ),
    ("{argument}: several streams are loaded, so name one: release={{{stream!r}: {given!r}}}"): (
        "{argument}: đang mở nhiều bộ dữ liệu nên hãy nêu đó là bản phát hành của bộ nào: "
        "release={{{stream!r}: {given!r}}}"
    ),
    (
        "{argument}: expected the version of a release, or a dict from the names of "
        "streams to versions, got {given!r}"
    ): (
        "{argument}: cần phiên bản của một bản phát hành, hoặc một dict từ tên bộ dữ liệu "
        "đến phiên bản, không phải {given!r}"
    ),
    "{argument}: {stream} has no release {version!r}, {there}.{hint}": (
        "{argument}: {stream} không có bản phát hành {version!r}, {there}.{hint}"
    ),
    "only {known}": "chỉ có {known}",
    "and none at all": "và chưa phát hành bản nào",
    (
        "{argument}: {given!r} is not a policy: expected a function, such as "
        "policies.latest_published"
    ): (
        "{argument}: {given!r} không phải là quy tắc chọn nguồn: cần một hàm, như "
        "policies.latest_published"
    ),
    "{argument}: expected a dict from names to policies, got {given!r}": (
        "{argument}: cần một dict từ tên đến quy tắc chọn nguồn, không phải {given!r}"
    ),
    (
        "{argument}: {policy!r} is not a function of an account and the sources that "
        "returns keys which can be compared ({reason})"
    ): (
        "{argument}: {policy!r} không phải là hàm nhận một bản ghi cùng các nguồn và trả "
        "về khóa so sánh được ({reason})"
    ),
    "{argument}: expected a list of event types, got {given!r} alone": (
        "{argument}: cần một danh sách loại sự kiện, không phải riêng {given!r}"
    ),
    (
        "{argument}: {one!r} is not a type of events: expected a class such as "
        "events.LevelUpgraded, or a name such as 'level-upgraded'.{hint}"
    ): (
        "{argument}: {one!r} không phải là loại sự kiện: cần một lớp như "
        "events.LevelUpgraded, hoặc một tên như 'level-upgraded'.{hint}"
    ),
    (
        "{argument}: {one!r} is not a track: expected tracks of your own. The standard ones, "
        "such as tracks.LEVEL, are always there"
    ): (
        "{argument}: {one!r} không phải là loại quan hệ (track): cần các track do bạn định "
        "nghĩa. Các track chuẩn, như tracks.LEVEL, luôn có sẵn"
    ),
    "{argument}: there is a track {name!r} already: rename yours": (
        "{argument}: đã có track {name!r}: hãy đổi tên track của bạn"
    ),
    "the track {given!r} was not folded, only {known}.{hint}": (
        "chưa tính track {given!r}, chỉ có {known}.{hint}"
    ),
    "the track {track!r} was not folded, only {known}. Hand it to replay(tracks=…)": (
        "chưa tính track {track!r}, chỉ có {known}. Hãy đưa vào replay(tracks=…)"
    ),
    (
        "the track {name!r} cannot be pickled: no module holds it under a name (looked in "
        "{modules}). Define it as a constant at the top level of a module, beside its "
        "events"
    ): (
        "không thể pickle track {name!r}: không module nào có track này dưới một tên (đã "
        "tìm trong {modules}). Hãy định nghĩa track là hằng ở cấp cao nhất của một module, "
        "cạnh các sự kiện của nó"
    ),
    (
        "the module {module} of this process has no track {name}. Define it at the top "
        "level of a module that every process can import"
    ): (
        "module {module} của tiến trình này không có track {name}. Hãy định nghĩa track ở "
        "cấp cao nhất của một module mà mọi tiến trình đều import được"
    ),
}
"""From the English template to the Vietnamese one."""

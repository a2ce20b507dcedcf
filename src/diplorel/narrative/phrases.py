"""The phrases for events and states, each in English and in Vietnamese.

Data only: `diplorel.narrative.narrator` fills them in. What a stream names by a key of its own (an
indicator, a field, an office) and is not listed here stands for itself.
"""

from __future__ import annotations

from typing import Final

Phrases = dict[str, tuple[str, str]]
"""From a key to the phrase in English and in Vietnamese."""

EVENTS: Final[Phrases] = {
    "ties-established": (
        "{names} established diplomatic relations.",
        "{names} thiết lập quan hệ ngoại giao.",
    ),
    "ties-suspended": (
        "Diplomatic relations between {names} were interrupted.",
        "Quan hệ ngoại giao giữa {names} bị gián đoạn.",
    ),
    "ties-severed": (
        "Diplomatic relations between {names} were broken off.",
        "Quan hệ ngoại giao giữa {names} bị cắt đứt.",
    ),
    "ties-restored": (
        "{names} restored diplomatic relations.",
        "{names} nối lại quan hệ ngoại giao.",
    ),
    "level-upgraded": (
        "They raised their relations to the level of {what}.",
        "Hai nước nâng quan hệ lên mức {what}.",
    ),
    "level-downgraded": (
        "They lowered their relations to the level of {what}.",
        "Hai nước hạ quan hệ xuống mức {what}.",
    ),
    "level-given-up": (
        "They gave up their partnership{what}.",
        "Hai nước chấm dứt quan hệ đối tác{what}.",
    ),
    "level-renewed": (
        "They renewed their relations as {what}.",
        "Hai nước làm mới khuôn khổ quan hệ {what}.",
    ),
    "level-agreed": (
        "They agreed on the level of {what}, which was not yet in effect.",
        "Hai nước nhất trí về mức {what}, chưa có hiệu lực.",
    ),
    "sector-partnership-formed": (
        "They became partners in {what}.",
        "Hai nước trở thành đối tác trong lĩnh vực {what}.",
    ),
    "sector-partnership-ended": (
        "Their partnership in {what} ended.",
        "Quan hệ đối tác của hai nước trong lĩnh vực {what} chấm dứt.",
    ),
    "special-relationship-declared": (
        "{names} declared their relationship special.",
        "{names} tuyên bố quan hệ đặc biệt.",
    ),
    "special-relationship-ended": (
        "The special relationship between {names} ended.",
        "Quan hệ đặc biệt giữa {names} chấm dứt.",
    ),
    "agreement-signed": ("They signed {what}.", "Hai bên ký {what}."),
    "agreement-in-force": (
        "The agreement recorded as {what} entered into force.",
        "Văn kiện được ghi là {what} có hiệu lực.",
    ),
    "agreement-terminated": (
        "The agreement recorded as {what} ended.",
        "Văn kiện được ghi là {what} hết hiệu lực.",
    ),
    "visit-made": (
        "{who} of {visitor} paid {host} {kind}.",
        "{who} của {visitor} thăm {host}{kind}.",
    ),
    "visit-made-by-somebody": (
        "{visitor} paid {host} {kind}.",
        "{visitor} thăm {host}{kind}.",
    ),
    "talks-held": ("{who} held talks{what}.", "{who} hội đàm{what}."),
    "figure-reported": ("{what} was put at {value}{when}.", "{what} được nêu là {value}{when}."),
    "target-set": (
        "{what} is to reach {value}{when}.",
        "{what} được đặt mục tiêu đạt {value}{when}.",
    ),
    "mission-opened": (
        "{sender} opened {kind} in {receiver}{city}.",
        "{sender} mở {kind} tại {receiver}{city}.",
    ),
    "mission-closed": (
        "{sender} closed {kind} in {receiver}{city}.",
        "{sender} đóng cửa {kind} tại {receiver}{city}.",
    ),
    "envoy-accredited": (
        "{name} became {kind} of {sender} to {receiver}.",
        "{name} nhậm chức {kind} của {sender} tại {receiver}.",
    ),
    "envoy-left": (
        "{name} left the post as head of mission of {sender} to {receiver}{why}.",
        "{name} rời cương vị trưởng cơ quan đại diện của {sender} tại {receiver}{why}.",
    ),
    "group-joined": ("{party} joined {group}{kind}.", "{party} gia nhập {group}{kind}."),
    "group-left": ("{party} left {group}.", "{party} rời {group}."),
    "party-succeeded": (
        "{successor} took the place of {predecessor} in relations with {others}.",
        "{successor} kế tục {predecessor} trong quan hệ với {others}.",
    ),
    "party-succeeded-alone": (
        "{successor} took the place of {predecessor}.",
        "{successor} kế tục {predecessor}.",
    ),
    "recognition-granted": (
        "{party} recognised {what}{how}.",
        "{party} công nhận {what}{how}.",
    ),
    "recognition-withdrawn": (
        "{party} withdrew its recognition of {what}.",
        "{party} rút lại sự công nhận {what}.",
    ),
    "event-retracted": ("Taken back: {what}.", "Rút lại: {what}."),
    "other": ("{what}: {names}.", "{what}: {names}."),
}
CONNECTIVES: Final[Phrases] = {
    "and": (" and ", " và "),
    "they": ("They", "Hai bên"),
    "topics": (" on {topics}", ""),  # streams have topics in one language
    "ladder": (" on the ladder of {party}", " theo thang bậc của {party}"),
    "document on": ("a document on {fields}", "văn kiện về {fields}"),
    "document titled": ("the {title}", "{title}"),
    "document": ("a document", "một văn kiện"),
    "government": ("the government of {party}", "chính phủ {party}"),
    "government named": ("the {name} of {party}", "{name} của {party}"),
    "de-facto": (" de facto", " trên thực tế"),
    "de-jure": ("", ""),
    "in city": (" ({city})", " ({city})"),
    "covered from": (", covered from {city}", ", kiêm nhiệm từ {city}"),
    "for": (" for {period}", " trong {period}"),
    "upto": (" up to {period}", " tính đến {period}"),
    "due": (" by the end of {period}", " đến hết {period}"),
    "sources": ("Told by {names}.", "Theo {names}."),
    "undated": ("undated", "không rõ ngày"),
    "coarse": ("Less exactly: {on} ({source}).", "Kém chính xác hơn: {on} ({source})."),
    "other date": ("Another date: {on} ({source}).", "Ngày khác: {on} ({source})."),
    "words": ("In the words of {source}: “{text}”.", "Theo lời của {source}: “{text}”."),
    "account": (
        "Told otherwise, and not followed: {said} ({sources})",
        "Có nguồn nêu khác, không được dùng: {said} ({sources})",
    ),
    "denial": (
        "Denied by another stream, and not followed ({sources})",
        "Bị dữ liệu khác phủ nhận, không được dùng ({sources})",
    ),
}
STATES: Final[Phrases] = {
    "ties": ("Diplomatic relations", "Quan hệ ngoại giao"),
    "level": ("Level, ladder of {party}", "Mức quan hệ theo {party}"),
    "special": ("Special relationship", "Quan hệ đặc biệt"),
    "sectors": ("Partners in", "Đối tác về lĩnh vực"),
    "missions": ("Posts of {party}", "Cơ quan đại diện của {party}"),
    "agreements": ("Documents", "Văn kiện"),
    "visits": ("Visits and talks", "Chuyến thăm và hội đàm"),
    "recognition": ("Recognition by {party}", "Công nhận của {party}"),
    "de-facto": ("de facto, since {since}", "trên thực tế, từ {since}"),
    "de-jure": ("since {since}", "từ {since}"),
    "withdrawn": ("withdrawn on {since}", "rút lại {since}"),
    "undecided": ("Left open by the dates", "Chưa xác định được vì ngày tháng"),
    "unsure": ("Order left open in", "Chưa rõ thứ tự ở"),
    "unknown": ("Last known only", "Chỉ biết lần cuối"),
    "none": ("none", "không có"),
    "not known": ("unknown", "chưa rõ"),
    "established": ("since {since}", "từ {since}"),
    "suspended": ("interrupted since {since}", "gián đoạn từ {since}"),
    "severed": ("broken off since {since}", "bị cắt đứt từ {since}"),
    "held": ("{level} since {since}", "{level} từ {since}"),
    "off": ("{level} since {since} (a label without a rank)", "{level} từ {since} (không xếp bậc)"),
    "ended": ("none since {since}", "không còn từ {since}"),
    "agreed": ("{level} agreed, not yet in effect", "đã nhất trí {level}, chưa có hiệu lực"),
    "since": ("since {since}", "từ {since}"),
    "documents": ("{count}, of these {force} in force", "{count}, trong đó {force} có hiệu lực"),
}
TRACKS: Final[Phrases] = {
    "ties": ("diplomatic relations", "quan hệ ngoại giao"),
    "level": ("level", "mức quan hệ"),
    "sectors": ("sectors", "lĩnh vực"),
    "special": ("special relationship", "quan hệ đặc biệt"),
    "agreements": ("documents", "văn kiện"),
    "visits": ("visits", "chuyến thăm"),
    "figures": ("figures", "số liệu"),
    "missions": ("missions", "cơ quan đại diện"),
    "groups": ("groups", "tổ chức"),
    "succession": ("succession", "kế tục"),
    "recognition": ("recognition", "công nhận"),
}
INDICATORS: Final[Phrases] = {
    "trade-turnover": ("Trade", "Kim ngạch thương mại"),
    "trade-turnover-growth": ("The growth of trade", "Mức tăng kim ngạch thương mại"),
    "trade-turnover-multiple": ("The multiple of trade", "Số lần tăng kim ngạch thương mại"),
    "exports": ("Exports", "Kim ngạch xuất khẩu"),
    "investment-stock": ("Investment", "Vốn đầu tư"),
    "investment-inflow": ("New investment", "Vốn đầu tư mới"),
    "investment-inflow-growth": ("The growth of new investment", "Mức tăng vốn đầu tư mới"),
    "investment-projects": ("The number of projects", "Số dự án"),
    "investment-rank": ("The place among all investors", "Thứ hạng trong các nhà đầu tư"),
    "investment-rank-asean": (
        "The place among ASEAN's investors",
        "Thứ hạng trong các nhà đầu tư ASEAN",
    ),
    "vsip-parks": (
        "The number of Vietnam-Singapore Industrial Parks (VSIP)",
        "Số khu công nghiệp Việt Nam - Singapore (VSIP)",
    ),
    "vsip-provinces": ("The number of provinces with a VSIP", "Số tỉnh, thành có VSIP"),
    "vsip-investment": ("Investment in the VSIPs", "Vốn đầu tư vào các VSIP"),
    "vsip-projects": ("The number of projects in the VSIPs", "Số dự án trong các VSIP"),
    "vsip-jobs": ("The number of jobs in the VSIPs", "Số việc làm trong các VSIP"),
}
DIRECTED: Final[Phrases] = {
    "exports": ("{by}'s exports to {to}", "Kim ngạch xuất khẩu của {by} sang {to}"),
    "investment-stock": ("{by}'s investment in {to}", "Vốn đầu tư của {by} vào {to}"),
    "investment-inflow": ("New investment by {by} in {to}", "Vốn đầu tư mới của {by} vào {to}"),
    "investment-inflow-growth": (
        "The growth of new investment by {by} in {to}",
        "Mức tăng vốn đầu tư mới của {by} vào {to}",
    ),
    "investment-projects": ("The number of {by}'s projects in {to}", "Số dự án của {by} tại {to}"),
    "investment-rank": (
        "{by}'s place among all investors in {to}",
        "Thứ hạng của {by} trong các nhà đầu tư vào {to}",
    ),
    "investment-rank-asean": (
        "{by}'s place among ASEAN's investors in {to}",
        "Thứ hạng của {by} trong các nhà đầu tư ASEAN vào {to}",
    ),
}
"""Indicators with a direction: one of the parties acts."""
UNITS: Final[Phrases] = {
    "USD": (" US dollars", " USD"),
    "USD bn": (" billion US dollars", " tỷ USD"),
    "USD mn": (" million US dollars", " triệu USD"),
    "EUR bn": (" billion euros", " tỷ EUR"),
    "%": (" per cent", "%"),
    "times": (" times", " lần"),
    "jobs": ("", ""),  # the indicator says what is counted
    "parks": ("", ""),
    "projects": ("", ""),
    "provinces": ("", ""),
    "rank": ("", ""),
}
QUALIFIERS: Final[Phrases] = {
    "=": ("", ""),
    "~": ("about ", "khoảng "),
    ">": ("over ", "trên "),
    ">=": ("at least ", "ít nhất "),
    "<": ("under ", "dưới "),
    "<=": ("at most ", "nhiều nhất "),
}
OFFICES: Final[Phrases] = {
    "party:general-secretary": ("General Secretary", "Tổng Bí thư"),
    "state:president": ("President", "Tổng thống"),
    "government:prime-minister": ("Prime Minister", "Thủ tướng"),
    "government:deputy-prime-minister": ("Deputy Prime Minister", "Phó Thủ tướng"),
    "government:chancellor": ("Chancellor", "Thủ tướng"),
    "ministry:foreign-minister": ("Foreign Minister", "Ngoại trưởng"),
    "ministry:trade-minister": ("Trade Minister", "Bộ trưởng Thương mại"),
    "legislature:chair": ("Chair of the Legislature", "Chủ tịch Quốc hội"),
    "monarchy:king": ("King", "Quốc vương"),
    "monarchy:sultan": ("Sultan", "Quốc vương"),
    "organisation:european-council-president": (
        "President of the European Council",
        "Chủ tịch Hội đồng châu Âu",
    ),
    "party:special-envoy": ("Special Envoy", "Đặc phái viên"),
}
CHAIRMEN: Final = frozenset({"CHN", "CUB", "LAO", "VNM"})
"""Whose president is called "Chủ tịch nước" in Vietnamese."""
VISITS: Final[Phrases] = {
    "state": ("a state visit", " (thăm cấp nhà nước)"),
    "official": ("an official visit", " (thăm chính thức)"),
    "working": ("a working visit", " (thăm làm việc)"),
    "transit": ("a visit in transit", " (quá cảnh)"),
    "private": ("a private visit", " (thăm cá nhân)"),
    "multilateral": ("a visit for a meeting of many", " (dự hội nghị đa phương)"),
    "unstated": ("a visit", ""),
}
FIELDS: Final[Phrases] = {
    "agriculture-and-food-security": (
        "agriculture and food security",
        "nông nghiệp và an ninh lương thực",
    ),
    "aid": ("aid", "viện trợ"),
    "border": ("the border", "biên giới"),
    "climate-and-water": ("climate and water", "khí hậu và nước"),
    "climate-energy-green-growth": (
        "climate, energy and green growth",
        "khí hậu, năng lượng và tăng trưởng xanh",
    ),
    "cooperation": ("cooperation", "hợp tác"),
    "digital-transformation": ("digital transformation", "chuyển đổi số"),
    "economy": ("the economy", "kinh tế"),
    "financial-innovation": ("financial innovation", "đổi mới tài chính"),
    "fisheries": ("fisheries", "nghề cá"),
    "friendship": ("friendship", "hữu nghị"),
    "green": ("green growth", "tăng trưởng xanh"),
    "green-finance": ("green finance", "tài chính xanh"),
    "higher-education": ("higher education", "giáo dục đại học"),
    "innovation": ("innovation", "đổi mới sáng tạo"),
    "investment": ("investment", "đầu tư"),
    "maritime-boundary": ("the maritime boundary", "ranh giới trên biển"),
    "science-technology-innovation": (
        "science, technology and innovation",
        "khoa học, công nghệ và đổi mới sáng tạo",
    ),
    "strategic-partnership": ("the strategic partnership", "quan hệ đối tác chiến lược"),
    "talent-exchange": ("the exchange of talent", "trao đổi nhân tài"),
    "technology": ("technology", "công nghệ"),
    "trade": ("trade", "thương mại"),
    "transnational-crime": ("transnational crime", "phòng, chống tội phạm xuyên quốc gia"),
    "wind-power": ("wind power", "điện gió"),
}
POSTS: Final[Phrases] = {
    "embassy": ("an embassy", "đại sứ quán"),
    "legation": ("a legation", "công sứ quán"),
    "high-commission": ("a high commission", "cao ủy"),
    "agency": ("a diplomatic agency", "cơ quan đại diện ngoại giao"),
    "liaison-office": ("a liaison office", "văn phòng liên lạc"),
    "interests-section": ("an interests section", "phòng quyền lợi"),
    "consulate-general": ("a consulate general", "tổng lãnh sự quán"),
    "consulate": ("a consulate", "lãnh sự quán"),
    "consular-agency": ("a consular agency", "cơ quan lãnh sự"),
    "representation": ("a representation", "văn phòng đại diện"),
}
ENVOYS: Final[Phrases] = {
    "ambassador": ("ambassador", "đại sứ"),
    "envoy": ("envoy", "công sứ"),
    "minister-resident": ("minister resident", "công sứ thường trú"),
    "agent": ("diplomatic agent", "đại diện ngoại giao"),
    "acting": ("{kind} ad interim", "{kind} lâm thời"),
    "charge": ("chargé d'affaires", "đại biện"),
    "consul": ("consul", "lãnh sự"),
    "other": ("head of mission", "trưởng cơ quan đại diện"),
}
DEPARTURES: Final[Phrases] = {
    "end-of-term": (" at the end of the term", ", hết nhiệm kỳ"),
    "recommissioned": (
        ", with a new commission",
        ", nhận ủy nhiệm mới",
    ),
    "superseded": (" to a successor", ", có người kế nhiệm"),
    "mission-closed": (" as the post closed", ", do cơ quan đại diện đóng cửa"),
    "ties-suspended": (" as relations were suspended", ", do quan hệ bị đình chỉ"),
    "recalled": (", recalled", ", được triệu hồi"),
    "expelled": (", expelled", ", bị trục xuất"),
    "died": (" by death", ", do qua đời"),
    "ties-severed": (" as relations were broken off", ", do quan hệ bị cắt đứt"),
    "other": ("", ""),
}
CAPACITIES: Final[Phrases] = {
    "member": ("", ""),
    "observer": (" as an observer", " với tư cách quan sát viên"),
    "candidate": (" as a candidate", " với tư cách ứng viên"),
    "associate": (" as an associate", " với tư cách thành viên liên kết"),
}

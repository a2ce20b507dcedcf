"""The words for what streams name by keys, and the connectives, in English and in Vietnamese.

Data only: `diplorel.language.grammar` fills them in. A key that a stream names and that is not
listed here (an indicator, a field, an office) is shown as it is.
"""

from __future__ import annotations

from typing import Final

Phrases = dict[str, tuple[str, str]]
"""From a key to the phrase in English and in Vietnamese."""

CONNECTIVES: Final[Phrases] = {
    "and": (" and ", " và "),
    "in city": (" ({city})", " ({city})"),
    "none": ("none", "không có"),
    "not known": ("unknown", "chưa rõ"),
    "since": ("since {since}", "từ {since}"),
    "since some time": ("since some time {since}", "từ một thời điểm {since}"),
    "since or": ("since {first} or {last}", "từ ngày {first} hoặc {last}"),
    "since or earlier": ("since {since} or earlier", "chậm nhất từ {since}"),
}
INDICATORS: Final[Phrases] = {
    "trade-turnover": ("Trade", "Kim ngạch thương mại"),
    "trade-turnover-growth": ("The growth of trade", "Mức tăng kim ngạch thương mại"),
    "trade-turnover-multiple": ("The multiple of trade", "Hệ số tăng kim ngạch thương mại"),
    "trade-balance": ("The trade balance", "Cán cân thương mại"),
    "exports": ("Exports", "Kim ngạch xuất khẩu"),
    "international-visitors": ("The number of international visitors", "Số khách quốc tế"),
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
    "trade-balance": (
        "{by}'s trade balance with {to}",
        "Cán cân thương mại của {by} với {to}",
    ),
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
    "million": (" million", " triệu"),
    "%": (" per cent", "%"),
    "times": (" times", " lần"),
    "jobs": ("", ""),  # the indicator says what is counted
    "parks": ("", ""),
    "projects": ("", ""),
    "provinces": ("", ""),
    "rank": ("", ""),
}
BASES: Final[Phrases] = {
    "registered": ("registered", "vốn đăng ký"),
    "disbursed": ("disbursed", "vốn thực hiện"),
    "customs": ("customs", "số liệu hải quan"),
    "Chinese customs": ("Chinese customs", "hải quan Trung Quốc"),
    "Vietnamese customs": ("Vietnamese customs", "hải quan Việt Nam"),
    "Korean statistics": ("Korean statistics", "thống kê của Hàn Quốc"),
    "US statistics": ("US statistics", "thống kê của Hoa Kỳ"),
    "Vietnamese statistics": ("Vietnamese statistics", "thống kê của Việt Nam"),
}
"""What is counted in a figure, as a source says it."""
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
    "government:secretary-of-state": ("Secretary of State", "Ngoại trưởng"),
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
    "state": ("paid a state visit to {host}", "thăm cấp Nhà nước tới {host}"),
    "official": ("paid an official visit to {host}", "thăm chính thức {host}"),
    "working": ("paid a working visit to {host}", "thăm làm việc tại {host}"),
    "transit": ("visited {host} in transit", "quá cảnh {host}"),
    "private": ("paid a private visit to {host}", "thăm cá nhân {host}"),
    "multilateral": (
        "visited {host} for a multilateral meeting",
        "tới {host} dự hội nghị đa phương",
    ),
    "unstated": ("visited {host}", "thăm {host}"),
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
    "high-commission": ("a high commission", "Cao ủy quán"),
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
    "other": ("head of mission", "người đứng đầu cơ quan đại diện"),
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
ARTICLES: Final = frozenset({
    "AFRICAN_UNION", "AMERICAS", "ARAB_LEAGUE", "ARE", "BHS", "CAF", "CARIBBEAN", "COD", "COG",
    "COM", "CPTPP", "DOM", "EU", "G20", "G7", "G8", "GBR", "GMB", "GMS", "LANCANG_MEKONG", "MDV",
    "MHL", "MIDDLE_EAST", "MRC", "NLD", "NORDIC_COUNCIL", "PHL", "RCEP", "RVN", "SLB", "SUN",
    "UNSC_P5", "USA", "VAT",
})  # fmt: skip
"""The parties whose English names take the article: "the United States"."""

"""The first files of a stream: sound, nearly empty, and full of comments.

Nothing in them is a fact: the ladder is an example, and the one source is the maintainers' own
count, which a first claim states.
"""

from __future__ import annotations

from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final

from diplorel.errors import InvalidQueryError
from diplorel.io.layout import ABOUT
from diplorel.io.publish import is_free, new_folder, replace
from diplorel.io.schema import write_schemas
from diplorel.io.toml import dumps_toml
from diplorel.model.converters import slugify
from diplorel.model.party_table import party as find_party

if TYPE_CHECKING:
    from diplorel.model.dates import Language

_SCHEMAS: Final = ".schema"
"""The folder, beside the files, with their JSON Schemas for editors."""
_ANY: Final = "ABC"
"""What stands for the party where none is named."""

_STREAM: Final[dict[Language, str]] = {
    "en": """\
# What this stream says of itself. Lines that begin with "#" are for you to read, and to delete.
schema = 1
$about
# The licence of your data, as an SPDX identifier, and who keeps them:
# licence = "CC-BY-4.0"
# maintainers = ["Your name"]
# description = "What the stream is about."

# The ladder: the levels of partnership that the party itself declares. This one is an example:
# put in the party's own levels and names. A higher rank is closer, labels of one rank are equal,
# and a label without a rank is off the ladder. Events name a level by its id.
$ladder
# Coverage: where the stream is complete (parties, track, days). It is a promise: within it,
# what is not recorded did not happen; without it, it is unknown. State it once a count or a list
# of somebody else's agrees with the stream, and say in the note which.
# [[coverage]]
# track = "level"
# parties = ["$party"]
# since = "YYYY-MM-DD"
# until = "YYYY-MM-DD"
# note = "Agrees with the list that the foreign ministry published on that day."
""",
    "vi": """\
# Thông tin về bộ dữ liệu này. Các dòng bắt đầu bằng "#" là để bạn đọc rồi xóa đi.
schema = 1
$about
# Giấy phép của dữ liệu (mã SPDX) và những người phụ trách:
# licence = "CC-BY-4.0"
# maintainers = ["Tên của bạn"]
# description = "Bộ dữ liệu này nói về điều gì."

# Thang bậc: các khuôn khổ quan hệ đối tác do chính bên đó tuyên bố. Đây chỉ là ví dụ: hãy thay bằng
# các mức và tên gọi thật. Hạng (rank) cao hơn là gần gũi hơn, các mức cùng hạng là ngang nhau,
# mức không có hạng thì nằm ngoài thang. Sự kiện gọi mỗi mức bằng id của nó.
$ladder
# Phạm vi bao quát (coverage): dữ liệu đầy đủ cho ai, về mặt nào và trong thời gian nào. Đó là một
# cam kết: trong phạm vi ấy, điều không được ghi là không xảy ra; ngoài phạm vi ấy thì là chưa rõ.
# Chỉ nêu khi dữ liệu khớp với số liệu hoặc danh sách của người khác, và ghi rõ trong note.
# [[coverage]]
# track = "level"
# parties = ["$party"]
# since = "YYYY-MM-DD"
# until = "YYYY-MM-DD"
# note = "Khớp với danh sách do bộ ngoại giao công bố hôm đó."
""",
}
_LADDER: Final = """\
[[ladder]]
party = "$party"

[[ladder.level]]
id = "comprehensive"
rank = 1
names = { en = "Comprehensive Partnership", vi = "Đối tác Toàn diện" }

[[ladder.level]]
id = "strategic"
rank = 2
names = { en = "Strategic Partnership", vi = "Đối tác Chiến lược" }

[[ladder.level]]
id = "comprehensive-strategic"
rank = 3
names = { en = "Comprehensive Strategic Partnership", vi = "Đối tác Chiến lược Toàn diện" }
"""
_SOURCES: Final[dict[Language, str]] = {
    "en": """\
# The bibliography: every document that an event cites, in your own words. The kinds are joint,
# government, agency, press, scholarly and reference. derived_from names the document or the wire
# that one repeats. Leave out what you do not know.
# [[source]]
# id = "ministry-2025-03-12"
# title = "Its title as published"
# publisher = "Who published it"
# kind = "government"
# published = "2025-03-12"
# lang = "en"
# url = "https://…"

# What you counted yourselves, so that a claim of your own can be checked.
$source""",
    "vi": """\
# Thư mục: mọi tài liệu mà sự kiện dẫn nguồn, ghi bằng lời của bạn. Các loại (kind): joint,
# government, agency, press, scholarly và reference. derived_from nêu tài liệu hoặc bản tin mà nó
# lặp lại. Không biết thì bỏ trống.
# [[source]]
# id = "bo-ngoai-giao-2025-03-12"
# title = "Tiêu đề như đã đăng"
# publisher = "Nơi công bố"
# kind = "government"
# published = "2025-03-12"
# lang = "vi"
# url = "https://…"

# Những gì chính bạn đếm được, để kiểm tra được khẳng định của mình.
$source""",
}
_OWN: Final[dict[Language, dict[str, str]]] = {
    "en": {
        "title": "Own count of the maintainers of this stream",
        "publisher": "The maintainers of this stream",
    },
    "vi": {
        "title": "Số đếm của những người phụ trách bộ dữ liệu",
        "publisher": "Những người phụ trách bộ dữ liệu",
    },
}
_CLAIMS: Final[dict[Language, str]] = {
    "en": """\
# Claims: what sources say about the whole. "diplorel verify" replays the stream and says of each
# whether it is supported, refuted, contested or undecidable. Claims are to a stream what tests are
# to code. This first one counts strategic partners: put in your own count and your own day. It is
# undecidable while no coverage says that the stream is complete; then expect "supported".
$claim""",
    "vi": """\
# Khẳng định (claim): điều các nguồn nói về tổng thể. "diplorel verify" chạy lại dữ liệu và cho
# biết mỗi khẳng định có cơ sở theo dữ liệu, bị bác bỏ, chưa thống nhất giữa các nguồn hay chưa
# thể kết luận. Khẳng định đầu tiên này đếm số đối tác chiến lược: hãy điền số đếm và ngày của bạn.
# Khi chưa có coverage thì chưa thể kết luận (undecidable); sau đó hãy chờ đợi "supported".
$claim""",
}
_CLAIM: Final = """\
[[claim]]
id = "own-count-of-strategic-partners"
kind = "count"
on = "$today"
source = "own-count"
text = { $lang = "$said" }
party = "$party"
level = "strategic"
count = 0
expect = "undecidable"
"""
_SAID: Final[dict[Language, str]] = {
    "en": "Example: the number of strategic partners of $who. Put in your own count.",
    "vi": "Ví dụ: số đối tác chiến lược của $who. Hãy điền số đếm của bạn.",
}
_NOTES: Final[dict[Language, str]] = {
    "en": """\
# $title

## What it covers

The parties, tracks, days and sources.

## What is left out, and why

Every fact that you know of and did not record, with the reason: no source, sources that differ,
a date that nobody gives.

## Choices

How you read the sources: which day counts as the day of a level, what you inferred and your rules.
""",
    "vi": """\
# $title

## Phạm vi

Những bên nào, mặt nào, thời gian nào, và theo những nguồn nào.

## Những gì không ghi, và vì sao

Mọi dữ kiện bạn biết mà không ghi, kèm lý do: không có nguồn, các nguồn khác nhau, không ai nêu
ngày.

## Các lựa chọn

Cách bạn đọc nguồn: ngày nào được coi là ngày đạt một khuôn khổ quan hệ, bạn suy ra điều gì và theo
quy tắc nào.
""",
}
_TITLE: Final[dict[Language, str]] = {
    "en": "Bilateral relations of $who",
    "vi": "Quan hệ song phương của $who",
}


def files(
    folder: Path, *, name: str | None, party: str | None, lang: Language, today: str
) -> dict[str, str]:
    """Return the texts of a new stream by file.

    Args:
        folder: Where it will be; its name is the stream's unless *name* is given.
        name: The stream's name.
        party: Whose relations it records: an id, alpha-2 code or name. Without one, the ladder and
            the claim are comments.
        lang: The language of the comments.
        today: The present day.

    Raises:
        UnknownPartyError: There is no such party.
    """
    found = None if party is None else find_party(party)
    stream = name or slugify(folder.resolve().name) or "my-stream"
    who = found.name(lang) if found else "…"
    title = Template(_TITLE[lang]).substitute(who=who)
    known = {
        "party": found.id if found else _ANY,
        "today": today,
        "lang": lang,
        "title": title,
        "said": Template(_SAID[lang]).substitute(who=who),
    }

    def filled(text: str, **blocks: str) -> str:
        return Template(text).substitute(known, **blocks)

    def block(text: str) -> str:
        """Return what needs the party, as a comment where none is named."""
        lines = filled(text).splitlines()
        return "".join(f"{line if found else f'# {line}'.rstrip()}\n" for line in lines)

    about = dumps_toml({"name": stream, "title": title, "version": "0.1.0"})
    own = dumps_toml({"source": [{"id": "own-count", **_OWN[lang], "kind": "reference"}]})
    texts = {
        "stream.toml": filled(_STREAM[lang], about=about, ladder=block(_LADDER)),
        "sources.toml": filled(_SOURCES[lang], source=block(own)),
        "events.jsonl": "",
        "claims.toml": filled(_CLAIMS[lang], claim=block(_CLAIM)),
        "NOTES.md": filled(_NOTES[lang]),
    }
    return {
        file: f"#:schema ./{_SCHEMAS}/{file[:-5]}.schema.json\n{text}"
        if file.endswith(".toml")
        else text
        for file, text in texts.items()
    }


def make(folder: Path, texts: dict[str, str]) -> None:
    """Write the files of a new stream, and the schemas that help an editor.

    Raises:
        InvalidQueryError: The folder is there and holds something.
    """
    if not is_free(folder):
        raise InvalidQueryError(
            "{folder} is there already: name a new or an empty folder", folder=folder
        )
    with new_folder(folder, last=ABOUT) as beside:
        for file, text in texts.items():
            replace(beside / file, text.encode())
        write_schemas(beside / _SCHEMAS)

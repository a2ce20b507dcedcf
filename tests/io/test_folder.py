"""The folder of a stream: what is written is read, and nothing else is touched."""

from __future__ import annotations

import tomllib
from pathlib import Path

import attrs
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.claims import LevelClaim
from diplorel.io.folder import read_stream
from diplorel.io.toml import Document, _plain_lines, dumps_toml, parse_toml
from diplorel.model.names import OfficeNames, PersonNames
from diplorel.model.reference import StreamInfo
from diplorel.model.releases import pin
from diplorel.model.text import nfc
from diplorel.testing.streams import logs

AT = "2026-11-22T12:00:00Z"
LATER = "2026-11-23T12:00:00Z"
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
UPGRADE = ev.LevelUpgraded(
    on="2025-03-12", parties=("SGP", "VNM"), ladder="VNM", level="top", sources=["vna"]
)


def test_what_is_no_folder_is_reported_at_once(tmp_path: Path) -> None:
    table = tmp_path / "rows.csv"
    table.write_bytes(b"type,date\n")
    with pytest.raises(
        dr.errors.StreamError, match=r"DR110 .*rows\.csv is not a folder\. A table is read by"
    ):
        dr.read(table)
    with pytest.raises(dr.errors.StreamError, match=r"DR110 .*nowhere is not a folder$"):
        dr.read(tmp_path / "nowhere")


def whole() -> dr.EventLog:
    """A log with everything that a folder can hold."""
    log = dr.EventLog(
        [TIES],
        stream="mine",
        at=AT,
        sources=[
            dr.Source(
                id="vna", title='T "ties" \\ more', publisher="VNA", kind="agency",
                note='Say "ties"\n\tand \\ more',
                published="2025-03", url="https://vietnamplus.vn/x", side="VNM",
            )
        ],
        ladders=[
            dr.Ladder(party="VNM", levels=[dr.Level(id="top", rank=1, names={"vi": "Đối tác"}),
                                           dr.Level(id="beside")])
        ],
        parties=[dr.Party(id="ATLANTIS", names={"en": "Atlantis"}, end="1800-01")],
        persons=[PersonNames(id="lee", names=["Lee", 'Lee "K."'], note="why")],
        offices=[OfficeNames(id="chair", names=["chair", "Chủ tịch"])],
        coverage=[dr.Coverage(track="level", parties=["VNM"], since="2001", until="2025-08-22",
                              at_least="top", stream="mine", note="why")],
        claims=[LevelClaim(id="c", on="2025-03-12", source="vna", text={"en": "It stands."},
                           party="VNM", partner="SGP", level="top", stream="mine")],
    )  # fmt: skip
    info = StreamInfo(
        name="mine", title="Mine", version="1.2", licence="CC0-1.0", maintainers=["a"]
    )
    return dr.EventLog(log.records, reference=attrs.evolve(log.reference, infos=[info]))


def test_a_whole_stream_survives_the_round_trip(tmp_path: Path) -> None:
    log = whole()
    dr.write(log, tmp_path / "mine")
    assert dr.read(tmp_path / "mine") == log
    before = {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()}
    dr.write(dr.read(tmp_path / "mine"), tmp_path / "mine")
    assert {path.name: path.read_bytes() for path in (tmp_path / "mine").iterdir()} == before


@given(log=logs())
def test_every_stream_of_a_log_can_be_written_and_read(
    log: dr.EventLog, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for stream in log.streams:
        folder = dr.write(log, tmp_path_factory.mktemp("s") / stream, stream=stream)
        mine = tuple(record for record in log.records if record.stream == stream)
        assert dr.read(folder).records == mine


def test_what_is_there_stays_a_prefix_whatever_is_appended(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    events = folder / "events.jsonl"
    spaced = events.read_bytes().replace(b'"type":', b'"type" : ').rstrip(b"\n")
    events.write_bytes(spaced)  # as an editor may have left it
    release = pin(spaced + b"\n", "1.2")
    about = folder / "stream.toml"
    about.write_text(
        about.read_text("utf-8")
        + f'\n[[release]]\nversion = "1.2"\nrecords = 1\nbytes = {release.bytes}\n'
        f'sha256 = "{release.sha256}"\n',
        "utf-8",
    )
    log = dr.read(folder).append(UPGRADE, at=LATER)
    dr.write(log, folder)
    assert events.read_bytes().startswith(spaced + b"\n")
    assert dr.read(folder) == log
    assert read_stream(folder).releases == (release,)


def test_a_stream_only_grows_at_its_end(tmp_path: Path) -> None:
    folder = dr.write(whole().append(UPGRADE, at=LATER), tmp_path / "mine")
    before = (folder / "events.jsonl").read_bytes()
    with pytest.raises(dr.errors.InvalidQueryError, match="holds 1 records that the log lacks"):
        dr.write(whole(), folder)
    older = attrs.evolve(UPGRADE, on="2024")
    records = [*dr.read(folder).records, dr.Record("mine", AT, older)]
    with pytest.raises(dr.errors.InvalidQueryError, match="older than the last"):
        dr.write(dr.EventLog(records), folder)
    assert (folder / "events.jsonl").read_bytes() == before


def test_what_is_missing_is_reported_at_once(tmp_path: Path) -> None:
    with pytest.raises(dr.errors.StreamError) as caught:
        dr.read(tmp_path)
    assert [problem.path for problem in caught.value.problems] == [
        "stream.toml",
        "sources.toml",
        "events.jsonl",
    ]
    assert {problem.code for problem in caught.value.problems} == {"DR110"}


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    secret = tmp_path / "secret.toml"
    secret.write_text('[[source]]\nid = "secret"\n', "utf-8")
    (folder / "sources.toml").unlink()
    (folder / "sources.toml").symlink_to(secret)
    with pytest.raises(dr.errors.StreamError, match="the file is a link"):
        dr.read(folder)


def test_a_folder_where_a_file_should_be_and_an_unreadable_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    (folder / "claims.toml").unlink()
    (folder / "claims.toml").mkdir()  # not needed, so as good as missing
    dr.read(folder)

    def refuse(self: Path, mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(dr.errors.StreamError, match="cannot be read: Permission denied"):
        dr.read(folder)


def test_a_file_larger_than_its_limit_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    monkeypatch.setattr("diplorel.io.folder_reader.TOML_BYTES", 10)
    with pytest.raises(dr.errors.StreamError, match="larger than 10 bytes"):
        dr.read(folder)


def test_the_name_of_a_stream_is_that_of_its_folder_unless_it_gives_one(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    text = (folder / "stream.toml").read_text("utf-8").replace('name = "mine"\n', "")
    (folder / "stream.toml").write_text(text, "utf-8")
    assert dr.read(folder).streams == ("mine",)


def test_entries_that_are_no_tables_are_reported(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    (folder / "sources.toml").write_text("source = 3\n", "utf-8")
    with pytest.raises(dr.errors.StreamError, match=r"expected entries as \[\[source\]\]"):
        dr.read(folder)


def test_a_line_is_named_where_it_can_be_and_the_entry_where_it_cannot(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    entry = 'title = "T"\npublisher = "P"\nkind = "agency"\n'
    (folder / "sources.toml").write_text(
        f'[[source]]\nid = "a"\n{entry}\n[[source]]\nid = "b"\nlang = 3\n{entry}', "utf-8"
    )
    with pytest.raises(
        dr.errors.StreamError, match=r"sources\.toml:9: DR104 lang: expected text, got 3"
    ):
        dr.read(folder)
    (folder / "sources.toml").write_text(
        f'[[source]]\nid = "a"\nnote = """\n[[source]]\n"""\n{entry}\n[[source]]\nid = "b"\n'
        f"lang = 3\n{entry}",
        "utf-8",
    )
    with pytest.raises(dr.errors.StreamError, match=r"sources\.toml: DR104 source 2: lang"):
        dr.read(folder)


TEXT = st.text(max_size=8).map(nfc)
PLAIN = st.dictionaries(
    st.text(min_size=1, max_size=4).map(nfc),
    TEXT | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.lists(TEXT, max_size=3)
    | st.dictionaries(TEXT, TEXT, max_size=3),
    max_size=4,
)  # fmt: skip


@given(st.lists(PLAIN, min_size=1, max_size=3))
def test_the_toml_that_we_write_says_what_was_meant(entries: list[dict[str, object]]) -> None:
    text = dumps_toml({"schema": 1, "entry": entries})
    document = parse_toml("x.toml", text.encode("utf-8", "surrogatepass"))
    assert isinstance(document, Document)
    assert document.data == {"schema": 1, "entry": entries}


LINES = st.sampled_from(
    ["", "#", "# x", "#\t", "#\x01", "[[a]]", "[[b]]", " [[a]]", "[[a]] # x", "[a]", "[[a.b]]",
     "[[]]", 'a = "x"', 'b = ""', 'a = "é\u2028"', 'a  = "x"', 'a.b = "x"', '"a" = "x"', "a = 3",
     'a = "\\\\"', 'a = "\t"', 'a = "\x7f"', 'a = "x" # y', 'a = """', 'a = ""x""', "a = 'x'",
     "x", "\r"]
)  # fmt: skip


@given(
    st.lists(LINES | st.text(alphabet='a=[]# "\\\n\r\x00', max_size=9)), st.sampled_from(["", "\n"])
)
@example(['a = "x"', 'a = "x"'], "\n")
@example(['a = "x"', "[[a]]"], "\n")
def test_plain_lines_say_what_all_of_toml_says_or_are_left_to_it(
    lines: list[str], end: str
) -> None:
    text = "\n".join(lines) + end
    quick = _plain_lines(text)
    if quick is not None:
        assert quick == tomllib.loads(text)
        assert [*quick] == [*tomllib.loads(text)]


def test_a_bibliography_is_read_as_plain_lines() -> None:
    text = '# x\n\n[[source]]\nid = "a"\ntitle = "é"\n\n[[source]]\nid = "b"\n'
    assert _plain_lines(text) == {"source": [{"id": "a", "title": "é"}, {"id": "b"}]}


def test_claims_that_are_read_later_are_read_as_strictly(tmp_path: Path) -> None:
    folder = dr.write(whole(), tmp_path / "mine")
    later = read_stream(folder, claims_later=True).log()
    assert later.reference.claims == whole().reference.claims
    (folder / "claims.toml").write_text('[[claim]]\nid = "c"\nkind = "levl"\n', "utf-8")
    unread = read_stream(folder, claims_later=True).log()
    with pytest.raises(dr.errors.StreamError, match="DR101 unknown kind of claim 'levl'"):
        unread.verify()

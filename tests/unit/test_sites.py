"""How a site and a review are written, what they say, and what they refuse."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

import diplorel as dr
from diplorel import EventLog
from diplorel.datasets import load_stream
from diplorel.errors import InvalidQueryError, StreamError
from diplorel.io.folder import Stream
from diplorel.model.events import EventRetracted
from diplorel.model.releases import pin
from diplorel.pages.sites.effects import changes_of
from diplorel.pages.sites.feed import Entry, atom
from diplorel.pages.sites.problem_titles import TITLES
from diplorel.pages.sites.review import review
from diplorel.pages.sites.words import WORDS
from diplorel.pages.sites.writing import LIST, is_page_path, write_pages
from shipped_once import shipped

PAGES = [("index.html", b"one"), ("vi/index.html", b"two")]
TODAY = "2026-01-01"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


# --- writing -------------------------------------------------------------------------------------


def test_only_what_changed_is_written_and_what_is_gone_is_removed(tmp_path: Path) -> None:
    assert write_pages(tmp_path, PAGES).written == ("index.html", "vi/index.html")
    before = (tmp_path / "index.html").stat().st_mtime_ns
    found = write_pages(tmp_path, [PAGES[0], ("a.html", b"new")])
    assert (found.written, found.removed) == (("a.html",), ("vi/index.html",))
    assert (tmp_path / "index.html").stat().st_mtime_ns == before
    assert files(tmp_path) == {"index.html": b"one", "a.html": b"new"}
    assert not (tmp_path / "vi").exists()


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(InvalidQueryError, match="files that were not written"):
        write_pages(tmp_path, PAGES)
    with pytest.raises(InvalidQueryError, match="is a file"):
        write_pages(tmp_path / "mine.txt", PAGES)
    assert files(tmp_path) == {"mine.txt": b"mine"}


def test_a_file_of_somebody_else_stays(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "mine.html").write_text("mine")
    (tmp_path / "vi" / "index.html").write_text("edited")
    found = write_pages(tmp_path, [PAGES[0]])
    assert (found.removed, found.kept) == ((), ("vi/index.html",))
    assert files(tmp_path)["mine.html"] == b"mine"
    with pytest.raises(InvalidQueryError, match="a page has its name"):
        write_pages(tmp_path, [*PAGES, ("mine.html", b"")])
    assert files(tmp_path)["mine.html"] == b"mine"


def test_a_page_that_somebody_edited_is_written_again(tmp_path: Path) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / "index.html").write_text("edited")
    assert write_pages(tmp_path, PAGES).written == ("index.html",)
    assert files(tmp_path)["index.html"] == b"one"


def test_a_link_out_of_the_folder_is_refused(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    folder = tmp_path / "site"
    write_pages(folder, [PAGES[0]])
    (folder / "vi").symlink_to(outside)
    with pytest.raises(InvalidQueryError, match="a link out of"):
        write_pages(folder, PAGES)
    assert not any(outside.iterdir())


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', "{" * 5000])
def test_a_damaged_list_is_refused(tmp_path: Path, text: str) -> None:
    write_pages(tmp_path, PAGES)
    (tmp_path / LIST).write_text(text)
    with pytest.raises(InvalidQueryError, match="is damaged"):
        write_pages(tmp_path, PAGES)


def test_a_list_that_names_files_outside_removes_none(tmp_path: Path) -> None:
    (tmp_path / "outside.html").write_text("mine")
    folder = tmp_path / "site"
    write_pages(folder, PAGES)
    paths = ("../outside.html", "/etc/x", "a/../../outside.html", LIST)
    names = dict.fromkeys(paths, "0" * 64)
    (folder / LIST).write_text(json.dumps({"state": "whole", "files": names}))
    with pytest.raises(InvalidQueryError, match="a page has its name"):
        write_pages(folder, PAGES)
    assert (tmp_path / "outside.html").read_text() == "mine"


def test_what_fails_half_way_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    def broken() -> Iterator[tuple[str, bytes]]:
        yield "index.html", b"other"
        raise RuntimeError

    write_pages(tmp_path, PAGES)
    before = (files(tmp_path), (tmp_path / LIST).read_bytes())
    with pytest.raises(RuntimeError):
        write_pages(tmp_path, broken())
    assert (files(tmp_path), (tmp_path / LIST).read_bytes()) == before


def test_a_build_that_is_cut_off_while_it_renames_says_so_and_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_pages(tmp_path, PAGES)
    real, calls = Path.replace, []

    def cut_off(self: Path, target: Any) -> Path:
        calls.append(target)
        if len(calls) == 3:
            raise OSError("cut off")
        return real(self, target)

    new = [("index.html", b"1"), ("vi/index.html", b"2"), ("a.html", b"3")]
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", cut_off)
        with pytest.raises(OSError, match="cut off"):
            write_pages(tmp_path, new)
    assert json.loads((tmp_path / LIST).read_text())["state"] == "being written"
    assert write_pages(tmp_path, new).pages == 3
    assert files(tmp_path) == dict(new)
    assert json.loads((tmp_path / LIST).read_text())["state"] == "whole"


@pytest.mark.parametrize(
    "path", ["", ".", "..", "/a", "a//b", "a/", "A.html", "a b", "é", ".a", LIST]
)
def test_a_path_that_is_no_page_is_refused(tmp_path: Path, path: str) -> None:
    assert not is_page_path(path)
    with pytest.raises(InvalidQueryError, match="not a name of a page"):
        write_pages(tmp_path, [(path, b"")])
    with pytest.raises(InvalidQueryError, match="given twice"):
        write_pages(tmp_path, [PAGES[0], PAGES[0]])


# --- the site ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The site of a part of Vietnam's stream."""
    folder = tmp_path_factory.mktemp("site")
    log = shipped("vietnam").where(party="SGP")
    dr.pages.site(log, folder, today=TODAY)
    return {path: content.decode() for path, content in files(folder).items()}


def test_a_relation_says_what_it_is_in_both_languages(pages: dict[str, str]) -> None:
    said = "Vietnam and Singapore have been comprehensive strategic partners since 12 March 2025"
    assert f"<h1>{said}</h1>" in pages["relations/sgp.vnm.html"]
    assert (
        "Đối tác Chiến lược Toàn diện từ ngày 12 tháng 3 năm 2025</h1>"
        in (pages["vi/relations/sgp.vnm.html"])
    )


def test_pages_of_two_languages_lead_to_each_other(pages: dict[str, str]) -> None:
    english = pages["relations/sgp.vnm.html"]
    assert '<link rel="alternate" hreflang="vi" href="../vi/relations/sgp.vnm.html">' in english
    assert 'hreflang="en" href="../../relations/sgp.vnm.html"' in pages["vi/relations/sgp.vnm.html"]


def test_accounts_that_differ_are_said_in_the_language_of_the_page(
    tmp_path: Path,
) -> None:
    log = shipped("vietnam").where(dyad=("VNM", "CHN"), types=["level-upgraded"])
    dr.pages.site(log, tmp_path, today=TODAY)
    said = {path: content.decode() for path, content in files(tmp_path).items()}
    vietnamese = "".join(text for path, text in said.items() if path.startswith("vi/problems"))
    assert "1/6/2008: Việt Nam và Trung Quốc nâng cấp quan hệ" in vietnamese
    assert '<span class="when">Ngày</span>' in vietnamese
    assert "<b>5/2008</b>" in vietnamese
    english = "".join(text for path, text in said.items() if path.startswith("problems"))
    assert "<b>May 2008</b>" in english
    assert english.count('id="differ"') == 1  # not on a page that has none of them


def test_the_sources_are_counted_once(pages: dict[str, str]) -> None:
    listed = sum(
        len(re.findall(r'<li id="e-', text))
        for path, text in pages.items()
        if path.startswith("sources")
    )
    assert f"<dt>sources</dt><dd>{listed:,}</dd>" in pages["index.html"]
    assert f"<h1>{listed:,} sources are cited or listed</h1>" in pages["sources.html"]


def test_an_event_leads_to_its_sources_and_sources_to_their_relations(
    pages: dict[str, str],
) -> None:
    assert 'id="e-level-upgraded_SGP-VNM_2025-03-12_VNM"' in pages["relations/sgp.vnm.html"]
    assert re.search(
        r'href="\.\./sources/\w(\.\d)?\.html#e-[\w.~-]+"', pages["relations/sgp.vnm.html"]
    )
    sources = "".join(text for path, text in pages.items() if path.startswith("sources/"))
    assert 'href="../relations/sgp.vnm.html">Vietnam and Singapore</a>' in sources


def test_nothing_is_requested(pages: dict[str, str]) -> None:
    for path, text in pages.items():
        if path.endswith(".html"):
            assert "default-src &#39;none&#39;" in text
            assert not re.search(
                r'<(script|img|iframe|link rel="stylesheet")[^>]*(src|href)=', text
            )


def test_every_word_is_in_both_languages_with_the_same_parts() -> None:
    for key, (english, vietnamese) in WORDS.items():
        assert set(re.findall(r"\{(\w*)\}", english)) == set(
            re.findall(r"\{(\w*)\}", vietnamese)
        ), key


def test_each_problem_of_a_log_has_the_title_of_its_page_in_the_docs() -> None:
    docs = Path(__file__).parents[2] / "docs" / "problems"
    heads = [path.read_text("utf-8").partition("\n")[0][2:] for path in docs.glob("DR[2-5]*.md")]
    assert heads
    assert {code: english for code, (english, _) in TITLES.items()} == dict(
        head.split(": ", 1) for head in heads
    )
    assert len({vietnamese for _, vietnamese in TITLES.values()}) == len(TITLES)


def test_a_language_that_is_none_is_refused(tmp_path: Path) -> None:
    log = EventLog([])
    with pytest.raises(InvalidQueryError, match="langs"):
        dr.pages.site(log, tmp_path, langs=["fr"])  # type: ignore[list-item]
    with pytest.raises(InvalidQueryError, match="langs"):
        dr.pages.site(log, tmp_path, langs=[])
    assert not files(tmp_path)


def test_a_party_that_no_table_knows_has_a_page_and_no_relation(tmp_path: Path) -> None:
    event = dr.events.TiesEstablished(on="2001", parties=("VNM", "XQZ"), sources=["nowhere"])
    dr.pages.site(EventLog([event]), tmp_path, langs=["en"])
    found = files(tmp_path)
    assert b"XQZ" in found["parties/xqz.html"]
    assert not [path for path in found if path.startswith("relations/")]
    assert b"DR" in found["problems.html"]


# --- the feed ------------------------------------------------------------------------------------


def test_the_feed_is_xml_newest_first_and_the_same_each_time() -> None:
    entries = [
        Entry(key=key, title="<t> & \x00", recorded=at, text="]]>", stream="s", page="c.html#a")
        for key, at in (("a", "2026-01-01T00:00:00Z"), ("b", "2026-02-01T00:00:00Z"))
    ]
    made = [atom(some, title="T", page="c.html", lang="en") for some in (entries, entries[::-1])]
    assert made[0] == made[1]
    root = ET.fromstring(made[0])  # noqa: S314  our own
    space = "{http://www.w3.org/2005/Atom}"
    updated = [one.findtext(f"{space}updated") for one in root.iter(f"{space}entry")]
    assert updated == ["2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z"]
    assert root.findtext(f"{space}updated") == updated[0]
    ids = [one.findtext(f"{space}id") for one in root.iter(f"{space}entry")]
    assert len(set(ids)) == 2


# --- the review ----------------------------------------------------------------------------------


@pytest.fixture
def stream() -> Stream:
    """Vietnam's stream, of which the last four records are not released."""
    whole = load_stream("vietnam")
    wanted = [one for one in whole.records if {"SGP", "VNM"} <= {*one_parties(one.event)}]
    data = b"\n" * (len(wanted) - 4)
    release = pin(data, "0.9")
    return attrs.evolve(whole, records=tuple(wanted), releases=(release,), data=data + b"\n" * 4)


def one_parties(event: Any) -> tuple[str, ...]:
    found: tuple[str, ...] = () if isinstance(event, EventRetracted) else event.parties
    return found


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_review_has_the_added_records_only(stream: Stream, tmp_path: Path, lang: Any) -> None:
    found = review(stream, tmp_path, lang=lang)
    assert found.written == ("index.html",)
    text = (tmp_path / "index.html").read_text("utf-8")
    assert text.count("<details>") == 4
    for record in stream.records[-4:]:
        assert f"<summary>{record.id}</summary>" in text.replace("&#39;", "'")
    assert review(stream, tmp_path, lang=lang).written == ()


def test_without_a_release_all_records_are_new(stream: Stream, tmp_path: Path) -> None:
    review(attrs.evolve(stream, releases=()), tmp_path)
    texts = [content.decode() for content in files(tmp_path).values()]
    assert sum(text.count("<details>") for text in texts) == len(stream.records)
    assert "none released yet" in texts[0]


def test_nothing_added_is_said(stream: Stream, tmp_path: Path) -> None:
    review(attrs.evolve(stream, releases=(pin(stream.data, "1.0"),)), tmp_path)
    assert "nothing was added since release 1.0" in (tmp_path / "index.html").read_text("utf-8")


def test_a_stream_that_breaks_its_release_is_refused(stream: Stream, tmp_path: Path) -> None:
    with pytest.raises(StreamError):
        review(attrs.evolve(stream, data=b"x"), tmp_path)
    assert not files(tmp_path)


def test_a_record_that_raises_the_level_says_so_with_the_position() -> None:
    log = shipped("vietnam").where(dyad=("VNM", "SGP"), types=["level-upgraded"])
    records = sorted(log.records, key=lambda one: one.event.on.hi)  # type: ignore[union-attr]
    (found,) = changes_of(records, log.reference, len(records) - 1, "en")
    told = {(one.label, one.before, one.after) for one in found}
    assert any("Comprehensive Strategic Partnership" in after for _, _, after in told)
    assert all(before != after for _, before, after in told)


def test_a_retraction_says_what_is_gone() -> None:
    log = shipped("vietnam").where(dyad=("VNM", "SGP"), types=["ties-established"])
    (first,) = log.records
    gone = dr.events.EventRetracted(target=first.id, reason="wrong", sources=["s"])
    more = log.append(gone, at="2027-01-01T00:00:00Z", ahead=True)
    (found,) = changes_of(more.records, log.reference, 1, "en")
    assert found[0].before == "since 1 August 1973"


def test_the_review_of_a_broken_record_lists_its_problem(stream: Stream, tmp_path: Path) -> None:
    event = dr.events.TiesEstablished(on="1973-08-01", parties=("VNM", "XQZ"), sources=["nowhere"])
    record = dr.Record("vietnam", stream.records[-1].recorded, event)
    more = attrs.evolve(stream, records=(*stream.records, record), data=stream.data + b"\n")
    review(more, tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8")
    shown = text.partition(f"<summary>{event.id}")[0].rpartition("<li id=")[2]
    assert "<b>Unknown party</b>" in shown
    assert '<span lang="en">' in shown


# --- the commands --------------------------------------------------------------------------------


def test_the_command_site_writes_once(run: Any, tmp_path: Path) -> None:
    source = Path(dr.__file__).parent / "datasets" / "singapore"
    copy = tmp_path / "mine"
    shutil.copytree(source, copy)
    target = tmp_path / "public"
    first = run("site", str(copy), "-o", str(target), "--lang", "vi")
    assert "Next: open" in first
    assert " 0 written, 0 removed" in run("site", str(copy), "-o", str(target), "--lang", "vi")
    assert not (target / "vi").exists()
    assert 'lang="vi"' in (target / "index.html").read_text("utf-8")


def test_the_command_site_refuses_a_language_and_a_folder(run: Any, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine")
    refused = run("site", "singapore", "-o", str(tmp_path), code=2)
    assert "new or an empty folder" in refused
    assert "--lang: 'fr'" in run(
        "site", "singapore", "-o", str(tmp_path / "a"), "--lang", "fr", code=2
    )


def test_the_command_review_writes_pages(run: Any, copy: Path, tmp_path: Path) -> None:
    said = run("review", str(copy), "-o", str(tmp_path / "r"))
    assert "1 files, 1 written" in said
    assert "nothing was added since release" in (tmp_path / "r" / "index.html").read_text("utf-8")

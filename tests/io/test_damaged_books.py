"""Damaged workbooks: each gives one clear problem, soon, and no exception of another package."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplorel import EventLog, Source, read_sheet
from diplorel.errors import DiplorelError, Problem, StreamError
from diplorel.io import limits
from diplorel.io.sheets.books import apart, archive, choose, marks
from diplorel.io.sheets.books import xlsx as new
from draws import draws
from workbooks import (
    HEADER,
    SOUND_ROW,
    book_xml,
    links,
    ods,
    packed,
    parts,
    row_xml,
    sheet_xml,
    unpacked,
    xls,
    xlsx,
)

VNA = Source(id="vna", title="T", publisher="VNA", kind="agency")
REFERENCE = EventLog(sources=[VNA]).reference
ROWS = [HEADER, SOUND_ROW]
SOUND = packed(parts())
OLD = xls(ROWS)
OPEN = ods(ROWS)
TYPES = str(parts()["[Content_Types].xml"])
FAR_AWAY = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
BEGINNING = struct.pack("<3H", 0x0809, 16, 0x0600)


def told(data: bytes) -> Problem:
    """Return the one problem of a workbook."""
    begun = time.process_time()
    with pytest.raises(StreamError) as caught:
        read_sheet(data, reference=REFERENCE)
    assert time.process_time() - begun < 2
    (problem,) = caught.value.problems
    return problem


def cells(*given: str) -> bytes:
    """Return a workbook with further cells in row 3."""
    row = f'<row r="3">{"".join(given)}</row>'
    return packed(parts(sheet=sheet_xml(row_xml(1, HEADER) + row_xml(2, SOUND_ROW) + row)))


def lying(data: bytes) -> bytes:
    """Return an archive whose list says that every part is shorter than it is."""
    found = bytearray(data)
    at = 0
    while (at := found.find(b"PK\x01\x02", at)) >= 0:
        struct.pack_into("<I", found, at + 24, struct.unpack_from("<I", found, at + 24)[0] - 9)
        at += 4
    return bytes(found)


def encrypted_entry() -> bytes:
    found = bytearray(SOUND)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := found.find(mark, at)) >= 0:
            found[at + offset] |= 1
            at += 4
    return bytes(found)


def repeated(times: str) -> bytes:
    """Return a workbook whose rows are repeated so many times."""
    found = unpacked(OPEN)
    row = b"<table:table-row"
    assert row in found["content.xml"]
    given = row + f' table:number-rows-repeated="{times}"'.encode()
    return packed(found | {"content.xml": found["content.xml"].replace(row, given)})


def in_open(old: bytes, new: bytes) -> bytes:
    """Return an open workbook with something else in its content, once."""
    found = unpacked(OPEN)
    assert old in found["content.xml"]
    return packed(found | {"content.xml": found["content.xml"].replace(old, new, 1)})


def two_sheets(second: str = "sheet2") -> bytes:
    """Return a workbook of two sheets that say the same."""
    two = '<sheet name="A" sheetId="1" r:id="r1"/><sheet name="B" sheetId="2" r:id="r2"/>'
    texts = {"sharedStrings": "sharedStrings.xml", "styles": "styles.xml"}
    both = {"worksheet": "worksheets/sheet1.xml", "worksheet_": f"worksheets/{second}.xml"}
    sheet = parts()["xl/worksheets/sheet1.xml"]
    made = parts(book=book_xml(two), links=links(**both, **texts))
    return packed(made | {"xl/worksheets/sheet2.xml": sheet})


def compound(stream: str) -> bytes:
    """Return a compound file whose stream has another name."""
    old, new = ("Workbook".encode("utf-16-le"), stream.ljust(8, "\0").encode("utf-16-le"))
    assert len(old) == len(new[:16])
    data = OLD.replace(old, new[:16])
    at = data.index(new[:16])
    return data[: at + 64] + struct.pack("<H", 2 * len(stream) + 2) + data[at + 66 :]


def old_record(kind: int, content: bytes) -> bytes:
    """Return an old workbook whose first record after the beginning is another one."""
    at = OLD.index(struct.pack("<2H", 0x0809, 16)) + 20
    (length,) = struct.unpack_from("<H", OLD, at + 2)
    assert length == len(content)
    return OLD[:at] + struct.pack("<2H", kind, length) + content + OLD[at + 4 + length :]


LAUGHS = (
    '<!DOCTYPE sst [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><sst><si><t>&c;</t></si></sst>'
)
DAMAGED: dict[str, tuple[Callable[[], bytes], str]] = {
    "cut in half": (lambda: SOUND[: len(SOUND) // 2], "not a zip archive"),
    "only its beginning": (lambda: b"PK\x03\x04", "not a zip archive"),
    "an archive of nothing": (lambda: packed({}), "is missing"),
    "an archive of something else": (lambda: packed({"a.txt": "a"}), "is missing"),
    "shorter than it says": (lambda: lying(SOUND), "cannot be unpacked"),
    "a byte in the middle": (
        lambda: SOUND.replace(b"PK\x01\x02", b"PK\x09\x02", 1),
        "not a zip archive",
    ),
    "no workbook": (lambda: packed(parts(book=None)), "'xl/workbook.xml' is missing"),
    "no root": (lambda: packed(parts(root=None)), "'_rels/.rels' is missing"),
    "no links": (lambda: packed(parts(links=None)), "is missing"),
    "no content types": (lambda: packed(parts(types=None)), "is missing"),
    "the types of a document": (
        lambda: packed(parts(types=TYPES.replace("spreadsheet", "wordprocessing"))),
        "not a workbook",
    ),
    "no sheet": (lambda: packed(parts(sheet=None)), "'xl/worksheets/sheet1.xml' is missing"),
    "a sheet without a part": (
        lambda: packed(parts(book=book_xml('<sheet name="A" sheetId="1" r:id="r9"/>'))),
        "where the sheet 'A' is",
    ),
    "no sheets": (lambda: packed(parts(book=book_xml(""))), "no sheets"),
    "one name for two sheets": (
        lambda: packed(parts(book=book_xml('<sheet name="A" sheetId="1" r:id="r1"/>' * 2))),
        "one name",
    ),
    "links in a circle": (
        lambda: packed(parts(links=links(worksheet="workbook.xml"))),
        "begins with 'workbook'",
    ),
    "broken texts": (
        lambda: packed(parts(texts="<sst><si><t>vna</t></si><si>")),
        "sharedStrings.xml is broken",
    ),
    "missing texts": (lambda: packed(parts(texts=None)), "sharedStrings.xml' is missing"),
    "too few texts": (lambda: packed(parts(texts="<sst/>")), "text number 0, of 0"),
    "texts that are styles": (
        lambda: packed(parts(texts=parts()["xl/styles.xml"])),
        "begins with 'styleSheet'",
    ),
    "a thousand laughs": (lambda: packed(parts(texts=LAUGHS)), "document type"),
    "laughs in the sheet": (
        lambda: packed(parts(sheet=LAUGHS.replace("sst", "worksheet"))),
        "document type",
    ),
    "broken styles": (
        lambda: packed(parts(styles="<styleSheet><cellXfs>")),
        "styles.xml is broken",
    ),
    "a style that is missing": (lambda: cells('<c r="A3" s="9"><v>1</v></c>'), "the style '9'"),
    "a broken sheet": (
        lambda: packed(parts(sheet=sheet_xml(row_xml(1, HEADER))[:-20])),
        "sheet1.xml is broken",
    ),
    "a sheet in another encoding": (
        lambda: packed(parts(sheet='<?xml version="1.0" encoding="martian"?><worksheet/>')),
        "sheet1.xml",
    ),
    "a cell beyond the end": (lambda: cells('<c r="ZZZ3"><v>1</v></c>'), "'ZZZ3', beyond the end"),
    "a cell far away": (
        lambda: packed(parts(sheet=sheet_xml(row_xml(1, HEADER) + FAR_AWAY))),
        "reaches to the cell XFD1048576",
    ),
    "a cell in another row": (lambda: cells('<c r="A9"><v>1</v></c>'), "A9 is in row 3"),
    "a cell without a name": (lambda: cells('<c r="?"><v>1</v></c>'), "'?'"),
    "a cell of an unknown kind": (lambda: cells('<c r="A3" t="q"><v>1</v></c>'), "kind 'q'"),
    "a number that is none": (lambda: cells('<c r="A3"><v>12,5</v></c>'), "'12,5'"),
    "a text by no number": (lambda: cells('<c r="A3" t="s"><v>x</v></c>'), "'x'"),
    "a row by no number": (
        lambda: packed(parts(sheet=sheet_xml('<row r="-1"/>'))),
        "a number is '-1'",
    ),
    "packed bombs": (
        lambda: packed(parts(sheet=sheet_xml(" " * 30_000_000))),
        "when it is unpacked",
    ),
    "encrypted": (encrypted_entry, "password"),
    "binary": (lambda: packed(parts(root=links(officeDocument="xl/workbook.bin"))), "xlsb"),
    "an old one cut in half": (lambda: OLD[: len(OLD) // 2], "damaged"),
    "an old one of nothing": (lambda: OLD[:100], "broken off"),
    "an old one whose header is wrong": (lambda: OLD[:30] + b"\xff" * 20 + OLD[50:], "damaged"),
    "an old one of Excel 95": (lambda: compound("Book"), "Excel 95"),
    "a document of Word": (lambda: compound("WordDoc"), "not a workbook"),
    "an old one with another beginning": (
        lambda: OLD.replace(BEGINNING, BEGINNING.replace(b"\6", b"\5"), 1),
        "does not begin",
    ),
    "an old one whose sheet is elsewhere": (
        lambda: OLD.replace(struct.pack("<4H", 0x0809, 16, 0x0600, 0x10), b"\0" * 8, 1),
        "damaged",
    ),
    "an open one of another kind": (
        lambda: packed(unpacked(OPEN) | {"mimetype": b"application/vnd.oasis.opendocument.text"}),
        "not a workbook",
    ),
    "an open one without its content": (
        lambda: packed({k: v for k, v in unpacked(OPEN).items() if k != "content.xml"}),
        "'content.xml' is missing",
    ),
    "an open one that is broken off": (
        lambda: packed(unpacked(OPEN) | {"content.xml": unpacked(OPEN)["content.xml"][:-40]}),
        "content.xml is broken off",
    ),
    "an open one without sheets": (
        lambda: packed(
            unpacked(OPEN)
            | {"content.xml": b'<o:document-content xmlns:o="o"><o:body/></o:document-content>'}
        ),
        "no sheets",
    ),
    "an open one of repeated rows": (
        lambda: repeated("9999999"),
        "reaches to",
    ),
    "an open one of repeated nonsense": (
        lambda: repeated("-1"),
        "number-rows-repeated is '-1'",
    ),
    "an open one of repeated spaces": (
        lambda: in_open(b"<text:p>", b'<text:p><text:s text:c="999999999"/>'),
        "repeats a space 999999999 times",
    ),
    "an open one of repeated cells": (
        lambda: in_open(
            b"<table:table-cell ", b'<table:table-cell table:number-columns-repeated="200000" '
        ),
        "is repeated in 200000 cells",
    ),
    "an open one of rows in rows": (
        lambda: in_open(b"<table:table-row>", b"<table:table-row><table:table-row/>"),
        "within a row",
    ),
    "two sheets of one part": (lambda: two_sheets("sheet1"), "are one part"),
    "an open one with a password": (
        lambda: packed(
            unpacked(OPEN) | {"META-INF/manifest.xml": b"<manifest><encryption-data/></manifest>"}
        ),
        "password",
    ),
    "a web page": (lambda: b"<html><table><tr><td>type</td></tr></table></html>", "a web page"),
    "a workbook of 2003 in XML": (
        lambda: b'<?xml version="1.0"?><Workbook><Worksheet/></Workbook>',
        "a web page or XML",
    ),
    "nothing": (lambda: b"", "the table is empty"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_a_damaged_workbook_gives_one_problem(name: str) -> None:
    make, message = DAMAGED[name]
    problem = told(make())
    assert problem.code == "DR121"
    assert message in problem.message, str(problem)
    assert problem.hint


@pytest.mark.parametrize("data", [SOUND, OLD, OPEN], ids=["xlsx", "xls", "ods"])
def test_they_would_be_sound_otherwise(data: bytes) -> None:
    assert len(read_sheet(data, reference=REFERENCE).events) == 1


def test_a_text_under_the_name_of_a_workbook_is_read_as_a_text() -> None:
    text = "\n".join(",".join(row) for row in ROWS)
    assert len(read_sheet(text, path="events.xlsx", reference=REFERENCE).events) == 1


def test_an_old_workbook_with_a_password_is_told() -> None:
    record = struct.pack("<2H", 0x002F, 6) + b"\0" * 6
    at = OLD.index(struct.pack("<2H", 0x0809, 16)) + 20
    assert "password" in told(OLD[:at] + record + OLD[at + len(record) :]).message


def test_a_new_workbook_with_a_password_is_told() -> None:
    data = compound("Workbook")
    name = "EncryptedPackage".encode("utf-16-le")
    at = data.index("Workbook".encode("utf-16-le"))
    data = data[:at] + name.ljust(64, b"\0") + struct.pack("<H", len(name) + 2) + data[at + 66 :]
    assert "password" in told(data).message


def test_the_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    for where, name, message in (
        (choose, "SHEET_BYTES", "larger than 1 bytes"),
        (archive, "BOOK_PARTS", "7 parts, expected at most 1"),
        (archive, "BOOK_BYTES", "more than is read"),
        (marks, "BOOK_CELLS", "at most 1 cells"),
        (new, "BOOK_SHEETS", "2 sheets, expected at most 1"),
    ):
        data = two_sheets() if name == "BOOK_SHEETS" else SOUND
        with monkeypatch.context() as patch:
            patch.setattr(where, name, 1)
            assert message in told(data).message


def test_sheets_that_are_too_much_together_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(marks, "BOOK_CELLS", 15)
    assert "the sheets have 20 cells" in told(two_sheets()).message


def test_a_part_that_is_packed_twice_is_told() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as twice:
        for name, part in parts().items():
            twice.writestr(name, part)
        with pytest.warns(UserWarning, match="Duplicate"):
            twice.writestr("xl/workbook.xml", "")
    assert "packed twice" in told(out.getvalue()).message


def test_what_hangs_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "_PATIENCE", 0.001)
    assert "cannot be read" in told(OLD).message


@pytest.mark.parametrize(
    "error", [SystemError("?"), type("PanicException", (BaseException,), {})()]
)
def test_what_fails_hard_is_told(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    import python_calamine  # noqa: PLC0415

    class Failing:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise error

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Failing)
    assert "cannot be read" in told(SOUND).message


def test_an_interrupt_is_none_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import python_calamine  # noqa: PLC0415

    class Interrupted:
        @staticmethod
        def from_filelike(_: object) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(python_calamine, "CalamineWorkbook", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_sheet(SOUND, reference=REFERENCE)


def _try(data: bytes) -> None:
    """Read what was once sound: it is sound, or told."""
    begun = time.process_time()
    try:
        read_sheet(data, reference=REFERENCE)
    except StreamError as error:
        assert all(problem.code.startswith("DR1") for problem in error.problems)
    except DiplorelError:
        pass
    assert time.process_time() - begun < 2


changes = st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=8)


@given(data=st.sampled_from([SOUND, OPEN, xlsx(ROWS)]), given_=changes, keep=st.floats(0.5, 1))
@settings(max_examples=draws(150))
def test_no_change_of_bytes_gets_through_unseen(
    data: bytes, given_: list[tuple[int, int]], keep: float
) -> None:
    found = bytearray(data[: int(len(data) * keep)] if keep < 0.75 else data)
    for at, byte in given_:
        found[at % len(found)] = byte
    _try(bytes(found))


@given(
    data=st.sampled_from([SOUND, OPEN]),
    at=st.floats(0, 0.999),
    text=st.sampled_from(["<", "&", "0", '"', "-1", "999999999", "</c>", "<v>", "\x01", "\ud7ff"]),
    which=st.integers(0, 99),
    drop=st.integers(0, 30),
)
@settings(max_examples=draws(150))
def test_no_change_within_a_part_gets_through_unseen(
    data: bytes, at: float, text: str, which: int, drop: int
) -> None:
    found = unpacked(data)
    name = sorted(found)[which % len(found)]
    part = found[name]
    place = int(len(part) * at)
    _try(packed(found | {name: part[:place] + text.encode() + part[place + drop :]}))


@given(given_=changes)
@settings(max_examples=draws(25), deadline=None)
def test_no_change_of_an_old_workbook_gets_through_unseen(given_: list[tuple[int, int]]) -> None:
    found = bytearray(OLD)
    for at, byte in given_:
        found[at % len(found)] = byte
    _try(bytes(found))


def test_the_limits_are_those_of_the_docs() -> None:
    assert limits.BOOK_CELLS == 4_194_304

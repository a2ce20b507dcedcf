"""Workbooks: read rightly, or told exactly, with the cell."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlwt  # type: ignore[import-untyped]
from hypothesis import given, settings
from hypothesis import strategies as st
from odf.namespaces import OFFICENS, TABLENS  # type: ignore[import-untyped]
from odf.number import DateStyle, Month, Year  # type: ignore[import-untyped]
from odf.office import Annotation  # type: ignore[import-untyped]
from odf.style import Style, TableProperties  # type: ignore[import-untyped]
from odf.table import CoveredTableCell, Table, TableCell, TableRow  # type: ignore[import-untyped]
from odf.text import P  # type: ignore[import-untyped]

from diplorel import EventLog, Source, read_sheet, write_sheet
from diplorel import events as ev
from diplorel.errors import (
    InvalidQueryError,
    MissingExtraError,
    Problem,
    StreamError,
)
from diplorel.io.sheets import Sheet
from diplorel.io.sheets.books.values import cell_of, number_text, shown_by
from diplorel.testing.dense import SOURCES
from diplorel.testing.events import events
from draws import draws
from workbooks import (
    HEADER,
    SOUND_ROW,
    book_xml,
    links,
    ods,
    ods_cell,
    packed,
    parts,
    row_xml,
    sheet_xml,
    xls,
    xlsx,
)

VNA = Source(id="vna", title="T", publisher="VNA", kind="agency")
REFERENCE = EventLog(sources=[VNA]).reference
KNOWN = (*SOURCES, Source(id="s-missing", title="M", publisher="M", kind="press"))
KINDS: dict[str, Callable[..., bytes]] = {"xlsx": xlsx, "xls": xls, "ods": ods}
every_kind = pytest.mark.parametrize("make", KINDS.values(), ids=KINDS)
PARTIES = "SGP THA LAO KHM MMR IDN MYS PHL BRN IND JPN".split()


def read(data: Any, **more: Any) -> Sheet:
    return read_sheet(data, reference=REFERENCE, **more)


def problems(data: bytes, **more: Any) -> tuple[Problem, ...]:
    with pytest.raises(StreamError) as caught:
        read(data, **more)
    return caught.value.problems


def told(data: bytes, **more: Any) -> list[tuple[str | None, str]]:
    """Return where the problems of a workbook are, and their codes."""
    return [(problem.cell, problem.code) for problem in problems(data, **more)]


def rows(*days: Any) -> list[tuple[Any, ...]]:
    """Return a table with an event on each of these days."""
    return [
        HEADER,
        *(
            ("ties established", day, party, "VNM", "vna")
            for day, party in zip(days, PARTIES, strict=False)
        ),
    ]


def days(data: bytes, **more: Any) -> list[str]:
    return [str(event.on) for event in read(data, **more).events]


# --- what is read --------------------------------------------------------------------------------


@every_kind
def test_days_years_and_texts_are_read_as_they_are(make: Callable[..., bytes]) -> None:
    given = rows(date(1973, 8, 1), 1976, 1976.0, "1975-07", "\u00a0 1991 \u200b", date(2026, 2, 28))
    assert days(make(given)) == ["1973-08-01", "1976", "1976", "1975-07", "1991", "2026-02-28"]


@every_kind
def test_a_workbook_says_what_the_same_text_says(make: Callable[..., bytes]) -> None:
    given: list[list[Any]] = [
        "type,on,party_a,party_b,indicator,value,unit,cumulative,note,sources".split(","),
        [
            "figure reported",
            2024,
            "Xin-ga-po",
            "Việt Nam",
            "trade",
            9.15,
            "USD",
            True,
            "a\nb",
            "vna",
        ],
        ["", "", "", "", "", "", "", "", "", ""],
    ]
    text = io.StringIO()
    csv.writer(text).writerows(given)
    (event,) = read(make(given)).events
    assert event == read(text.getvalue()).events[0]
    assert (str(event.value), event.cumulative, event.note) == ("9.15", True, "a\nb")  # type: ignore[attr-defined]


@every_kind
def test_what_is_empty_around_a_table_makes_no_difference(make: Callable[..., bytes]) -> None:
    given = [["", "", *row, "", ""] for row in rows(1973)]
    assert days(make([[], [""], *given, ["", ""], []])) == ["1973"]


@every_kind
def test_the_sheet_that_names_columns_is_read_and_others_are_not(
    make: Callable[..., bytes],
) -> None:
    def add(book: Any, sheet: Any) -> None:
        _add_sheet(book, "Notes", [["What", "When"], ["a remark", 1973]])

    assert days(make(rows(1973), add)) == ["1973"]
    assert told(make(rows("soon"), add)) == [("Events!B2", "DR131")]
    assert told(make([["x"]], add)) == [("Events!1", "DR123")]


@every_kind
def test_where_several_sheets_name_columns_one_must_be_named(make: Callable[..., bytes]) -> None:
    def add(book: Any, sheet: Any) -> None:
        _add_sheet(book, "More events", rows(1974))

    data = make(rows(1973), add)
    with pytest.raises(InvalidQueryError, match=r"'Events', 'More events'.*sheet='Events'"):
        read(data)
    assert days(data, sheet="Events") == ["1973"]
    assert days(data, sheet="more events ") == ["1974"]
    with pytest.raises(InvalidQueryError, match=r"no sheet 'Event'.*Did you mean 'Events'\?"):
        read(data, sheet="Event")
    assert told(
        make(rows(1973), lambda book, _: _add_sheet(book, "More", rows("x"))), sheet="More"
    ) == [("More!B2", "DR131")]


def _add_sheet(book: Any, name: str, given: list[Any]) -> None:
    """Add a sheet to a workbook of any kind."""
    if isinstance(book, openpyxl.Workbook):
        sheet = book.create_sheet(name)
        for row in given:
            sheet.append(row)
    elif isinstance(book, xlwt.Workbook):
        sheet = book.add_sheet(name)
        for row, cells in enumerate(given):
            for column, value in enumerate(cells):
                sheet.write(row, column, value)
    else:
        sheet = Table(name=name)
        for cells in given:
            line = TableRow()
            for value in cells:
                line.addElement(ods_cell(value))
            sheet.addElement(line)
        book.spreadsheet.addElement(sheet)


@pytest.mark.parametrize("name", ["Events.xlsx", "no extension"])
def test_a_path_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    for data in (
        xlsx(rows(1973)),
        b"type,on,country,partner,sources\nties established,1973,SGP,VNM,vna",
    ):
        file.write_bytes(data)
        assert days(file) == ["1973"]  # type: ignore[arg-type]
    assert read(file).path == str(file)
    assert read(file, path="x.csv").path == "x.csv"


def test_text_that_is_the_name_of_a_file_is_told_to_be_a_path(tmp_path: Path) -> None:
    file = tmp_path / "rows"
    file.write_text("")
    for name in ("events.csv", "My events.XLSX", str(file)):
        with pytest.raises(
            InvalidQueryError, match=r"name of a file and no table.*give a path: Path\("
        ):
            read(name)
    assert problems(b"type and")[0].code == "DR123"
    with pytest.raises(StreamError):
        read("type and")


@pytest.mark.parametrize("given", [None, 5, io.StringIO("x"), ["type"]])
def test_what_is_neither_path_nor_content_is_a_bad_call(given: Any) -> None:
    with pytest.raises(InvalidQueryError, match="expected the path of a table, or its content"):
        read(given)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    (problem,) = problems(tmp_path / "x.csv")  # type: ignore[arg-type]
    assert (problem.code, problem.message) == ("DR110", "the file is missing")
    (problem,) = problems(tmp_path)  # type: ignore[arg-type]
    assert problem.code == "DR110"
    (problem,) = problems(Path("a\0b"))  # type: ignore[arg-type]
    assert problem.code == "DR110"


def test_a_text_has_no_sheets() -> None:
    with pytest.raises(InvalidQueryError, match="not a workbook: leave it out"):
        read("type,on\n", sheet="Events")


def test_without_the_extra_its_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    with pytest.raises(MissingExtraError, match=r"pip install 'diplorel\[excel\]'"):
        read(xlsx(rows(1973)))


# --- what is told --------------------------------------------------------------------------------


def test_a_title_above_the_header_is_told_with_the_row_of_the_header() -> None:
    for make in KINDS.values():
        (problem,) = problems(make([["Relations of Singapore"], [], *rows(1973)]))
        assert (problem.code, problem.line) == ("DR123", 1)
        assert problem.hint == "Row 3 does: take out what is above it"


FORMATS = {
    "mmm-yy": "the cell holds 2013-09-01, and its format hides the day",
    "yyyy": "hides the month and the day",
    "d-mmm": "hides the year",
    "yyyy-mm-dd": "",
    '[$-42A]d "tháng" m "năm" yyyy': "",
    "m/d/yy;@": "",
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_a_format_that_hides_a_part_of_a_day_is_told(kind: str, form: str) -> None:
    def change(book: Any, sheet: Any) -> None:
        if kind == "xls":
            sheet.write(1, 1, 41518, xlwt.easyxf(num_format_str=form))
        else:
            sheet["B2"] = 41518
            sheet["B2"].number_format = form

    data = KINDS[kind]([HEADER, ("ties established", "", "SGP", "VNM", "vna")], change)
    if not FORMATS[form]:
        assert days(data) == ["2013-09-01"]
        return
    (problem,) = problems(data)
    assert (problem.cell, problem.code) == ("B2", "DR131")
    assert FORMATS[form] in problem.message


def _xlsx_cell(value: Any, form: str = "General") -> Callable[[Any, Any], None]:
    def change(book: Any, sheet: Any) -> None:
        sheet["B2"] = value
        sheet["B2"].number_format = form

    return change


@pytest.mark.parametrize(
    ("value", "form", "code", "message"),
    [
        (26877.5, "yyyy-mm-dd h:mm", "DR131", "1973-08-01 12:00:00"),
        (26877.5, "yyyy-mm-dd", "DR131", "a time of day"),
        (time(12, 30), "h:mm", "DR131", "12:30:00"),
        (timedelta(days=2), "[h]:mm", "DR131", "days"),
        (26512, "General", "DR130", "1 August 1972"),
        (60, "yyyy-mm-dd", "DR129", "1900-02-29"),
        (59, "yyyy-mm-dd", "DR129", "1900-02-28 in Excel and 1900-02-27"),
        (-1, "yyyy-mm-dd", "DR131", "'-1'"),
        (1e9, "yyyy-mm-dd", "DR131", "1000000000"),
        (0.5, "0%", "DR131", "'50%'"),
        ("=TODAY()", "General", "DR132", "'=TODAY()' is a formula"),
        (True, "General", "DR131", "TRUE"),
    ],
)
def test_what_is_no_day_is_told(value: Any, form: str, code: str, message: str) -> None:
    (problem,) = problems(xlsx(rows("1973"), _xlsx_cell(value, form)))
    assert (problem.cell, problem.code) == ("B2", code)
    assert message in problem.message


def test_days_counted_from_1904_are_those_days() -> None:
    row = row_xml(2, SOUND_ROW).replace(
        '<c r="B2" t="inlineStr"><is><t>1973-08-01</t></is></c>', '<c r="B2" s="1"><v>25415</v></c>'
    )
    sheet = sheet_xml(row_xml(1, HEADER) + row)
    assert days(packed(parts(sheet=sheet))) == ["1969-07-31"]
    book = book_xml(before='<workbookPr date1904="1"/>')
    assert days(packed(parts(sheet=sheet, book=book))) == ["1973-08-01"]


def test_a_formula_is_told_with_what_it_gives_and_what_is_wrong_with_that() -> None:
    row = row_xml(2, SOUND_ROW).replace(
        '<c r="C2" t="inlineStr"><is><t>SGP</t></is></c>',
        '<c r="C2" t="str"><f>A1&amp;"x"</f><v>Singapur</v></c>',
    )
    found = problems(packed(parts(sheet=sheet_xml(row_xml(1, HEADER) + row))))
    assert [(one.cell, one.code) for one in found] == [("C2", "DR132"), ("C2", "DR133")]
    assert found[0].message == "country: '=A1&\"x\"' is a formula, and gives 'Singapur'"


def test_a_formula_in_a_column_that_is_ignored_is_ignored() -> None:
    given = [(*row, more) for row, more in zip(rows(1973, 1974), ["_mine", "", ""], strict=True)]
    assert days(xlsx(given, lambda _, sheet: sheet.__setitem__("F2", "=1+1"))) == ["1973", "1974"]


def test_text_that_looks_like_a_formula_is_text() -> None:
    given = [(*HEADER, "note"), ("ties established", 1973, "SGP", "VNM", "vna", "=1+1")]
    (event,) = read(xlsx(given)).events
    assert event.note == "=1+1"


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#SPILL!", "#CALC!", "#NEWER!"])
def test_an_error_is_told_as_a_lost_value(error: str) -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet["B2"] = error
        sheet["B2"].data_type = "e"

    (problem,) = [one for one in problems(xlsx(rows(1973), change)) if one.code == "DR132"]
    assert problem.cell == "B2"
    assert error in problem.message


def test_merged_cells_are_told_once_and_nothing_else_is_for_them() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet.merge_cells("E2:E4")

    (problem,) = problems(xlsx(rows(1973, 1974, 1975), change))
    assert (problem.cell, problem.code) == ("E2", "DR128")
    assert problem.message == "the cells E2:E4 are merged, and hold one text for all"

    def old(book: Any, sheet: Any) -> None:
        sheet.merge(1, 3, 4, 4)

    given = [
        row if number < 2 else (*row[:4], "") for number, row in enumerate(rows(1, 1974, 1975))
    ]
    assert ("E2", "DR128") in told(xls(given, old))


def test_merged_cells_above_the_header_or_beside_the_table_are_no_matter_of_their_own() -> None:
    def change(book: Any, sheet: Any) -> None:
        sheet["G1"] = "_remark"
        sheet.merge_cells("G2:G3")
        sheet["G2"] = "mine"
        sheet.merge_cells("A9:E9")

    assert days(xlsx(rows(1973, 1974), change)) == ["1973", "1974"]


def test_merged_names_of_columns_are_told() -> None:
    given: list[list[Any]] = [
        [*HEADER, "", ""],
        ["ties established", 1973, "SGP", "VNM", "vna", "x", ""],
    ]
    assert told(xlsx(given, lambda _, sheet: sheet.merge_cells("E1:F1"))) == [
        ("F1", "DR124"),
        ("E1", "DR128"),
    ]


def test_hidden_rows_and_columns_are_told() -> None:
    def change(book: Any, sheet: Any) -> None:
        for row in (3, 4, 9):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["E"].hidden = True
        sheet.column_dimensions["H"].hidden = True

    found = problems(xlsx(rows(1973, 1974, 1975), change))
    assert [(one.cell, one.code, one.line) for one in found] == [
        ("E1", "DR124", 1),
        (None, "DR127", 3),
    ]
    assert found[1].message == "2 rows are hidden and hold something: 3, 4"

    def old(book: Any, sheet: Any) -> None:
        sheet.row(2).hidden = True
        sheet.col(4).hidden = True

    found = problems(xls(rows(1973, 1974), old))
    assert [(one.cell, one.code, one.line) for one in found] == [
        ("E1", "DR124", 1),
        (None, "DR127", 3),
    ]


def test_a_hidden_sheet_is_read_only_if_it_is_named() -> None:
    def new(book: Any, sheet: Any) -> None:
        _add_sheet(book, "Notes", [["a remark"]])
        sheet.sheet_state = "veryHidden"

    def old(book: Any, sheet: Any) -> None:
        _add_sheet(book, "Notes", [["a remark"]])
        sheet.visibility = 1
        book.set_active_sheet(1)

    def open_(book: Any, sheet: Any) -> None:
        style = Style(name="unseen", family="table")
        style.addElement(TableProperties(display="false"))
        book.automaticstyles.addElement(style)
        sheet.setAttribute("stylename", style)

    for data in (xlsx(rows(1973), new), xls(rows(1973), old), ods(rows(1973), open_)):
        (problem,) = problems(data)
        assert problem.code == "DR123"
        assert problem.message == "only a hidden sheet names columns: 'Events'"
        assert days(data, sheet="Events") == ["1973"]


def test_sheets_of_charts_are_no_sheets() -> None:
    two = '<sheet name="C" sheetId="1" r:id="r4"/><sheet name="Events" sheetId="2" r:id="r1"/>'
    data = packed(
        parts(
            book=book_xml(two),
            links=links(
                worksheet="worksheets/sheet1.xml",
                sharedStrings="sharedStrings.xml",
                styles="styles.xml",
                chartsheet="chartsheets/sheet1.xml",
            ),
        )
    )
    assert days(data) == ["1973-08-01"]


def test_a_table_without_rows_and_a_workbook_without_cells_are_told_like_a_text() -> None:
    assert problems(xlsx([]))[0].message == "the table is empty"
    assert problems(xlsx([]), sheet="Events")[0].message == "the table is empty"
    assert read(xlsx([HEADER])).events == read(",".join(HEADER)).events == ()


def test_too_many_columns_and_characters_are_told() -> None:
    assert told(xlsx([[*HEADER, *["_x"] * 252]])) == [(None, "DR121")]
    given = [(*HEADER, "note"), ("ties established", 1973, "SGP", "VNM", "vna", "x")]
    data = xlsx(given)
    row = row_xml(2, ["ties established", "1973", "SGP", "VNM", "vna", "n" * 32_768])
    data = packed(parts(sheet=sheet_xml(row_xml(1, [*HEADER, "note"]) + row)))
    (problem,) = problems(data)
    assert (problem.cell, problem.code) == ("F2", "DR121")


def test_rich_text_and_how_it_sounds() -> None:
    texts = (
        "<sst><si><r><t>v</t></r><r><rPr><b/></rPr><t>na</t></r>"
        '<rPh sb="0" eb="1"><t>x</t></rPh></si></sst>'
    )
    assert days(packed(parts(texts=texts))) == ["1973-08-01"]


def test_dates_in_iso_form_are_dates() -> None:
    for value, day in (
        ("1973-08-01", True),
        ("1973-08-01T00:00:00Z", True),
        ("1973-08-01T09:00", False),
    ):
        row = row_xml(2, SOUND_ROW).replace(
            '<c r="B2" t="inlineStr"><is><t>1973-08-01</t></is></c>',
            f'<c r="B2" t="d"><v>{value}</v></c>',
        )
        data = packed(parts(sheet=sheet_xml(row_xml(1, HEADER) + row)))
        if day:
            assert days(data) == ["1973-08-01"]
        else:
            assert told(data) == [("B2", "DR131")]


# --- OpenDocument --------------------------------------------------------------------------------


def _ods_day(cell: Any) -> Callable[[Any, Any], None]:
    def change(book: Any, sheet: Any) -> None:
        row = sheet.getElementsByType(TableRow)[1]
        old = row.getElementsByType(TableCell)[1]
        row.insertBefore(cell, old)
        row.removeChild(old)

    return change


def _comment() -> Any:
    cell = TableCell(valuetype="string")
    note = Annotation()
    note.addElement(P(text="Is that so?"))
    cell.addElement(note)
    cell.addElement(P(text="1973-08-01"))
    return cell


def _formula(value: str, **attributes: Any) -> Any:
    cell = TableCell(formula="of:=NOW()", **attributes)
    cell.addElement(P(text=value))
    return cell


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (_comment(), "1973-08-01"),
        (TableCell(valuetype="date", datevalue="1973-08-01T00:00:00"), "1973-08-01"),
        (TableCell(valuetype="date", datevalue="1973-08-01T09:30:00"), "DR131"),
        (TableCell(valuetype="time", timevalue="PT09H30M00S"), "DR131"),
        (TableCell(valuetype="percentage", value="0.5"), "DR131"),
        (TableCell(valuetype="currency", value="1973", currency="USD"), "1973"),
        (_formula("1973-08-01", valuetype="string"), "DR132"),
        (_formula("#N/A"), "DR132"),
    ],
)
def test_cells_of_open_documents(cell: Any, expected: str) -> None:
    data = ods(rows("?"), _ods_day(cell))
    if expected.startswith("DR"):
        assert ("B2", expected) in told(data)
    else:
        assert days(data) == [expected]


def test_a_text_without_a_type_is_a_text() -> None:
    cell = TableCell()
    cell.addElement(P(text="1973-08-01"))
    assert days(ods(rows("?"), _ods_day(cell))) == ["1973-08-01"]


def test_a_style_that_hides_a_part_of_a_day_is_told() -> None:
    def change(book: Any, sheet: Any) -> None:
        shown = DateStyle(name="my")
        shown.addElement(Month())
        shown.addElement(Year())
        style = Style(name="cell", family="table-cell", datastylename="my")
        book.automaticstyles.addElement(shown)
        book.automaticstyles.addElement(style)
        cell = TableCell(valuetype="date", datevalue="2013-09-01", stylename=style)
        _ods_day(cell)(book, sheet)

    (problem,) = problems(ods(rows("?"), change))
    assert (problem.cell, problem.code) == ("B2", "DR131")
    assert problem.message.endswith("the cell holds 2013-09-01, and its format hides the day")


def test_merged_and_hidden_rows_of_open_documents_are_told() -> None:
    def change(book: Any, sheet: Any) -> None:
        first, second, third = sheet.getElementsByType(TableRow)[1:]
        first.getElementsByType(TableCell)[4].setAttrNS(TABLENS, "number-rows-spanned", "2")
        covered = second.getElementsByType(TableCell)[4]
        second.insertBefore(CoveredTableCell(), covered)
        second.removeChild(covered)
        third.setAttribute("visibility", "filter")

    found = problems(ods(rows(1973, 1974, 1975), change))
    assert [(one.cell, one.code, one.line) for one in found] == [
        ("E2", "DR128", 2),
        (None, "DR127", 4),
    ]


def test_rows_that_are_repeated_without_content_take_no_room() -> None:
    def change(book: Any, sheet: Any) -> None:
        row = TableRow(numberrowsrepeated="1048570")
        row.addElement(TableCell(numbercolumnsrepeated="16384"))
        sheet.addElement(row)

    assert days(ods(rows(1973), change)) == ["1973"]
    assert OFFICENS


# --- numbers -------------------------------------------------------------------------------------


@given(st.decimals(-(10**9), 10**9, places=4))
def test_a_number_is_the_one_that_was_typed(number: Any) -> None:
    assert float(number_text(float(number))) == float(number)
    assert "e" not in number_text(float(number))


@given(st.dates(date(1900, 3, 1)), st.booleans())
def test_a_number_of_a_day_is_that_day(day: date, since_1904: bool) -> None:
    if since_1904 and day < date(1904, 1, 1):
        return
    number = (day - (date(1904, 1, 1) if since_1904 else date(1899, 12, 30))).days
    assert cell_of(number, "ymd", since_1904=since_1904).text == day.isoformat()


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("General", ""), ("0.00E+00", ""), ("#,##0.00 [$USD]", ""), ('0 "years"', ""), ("@", ""),
        ("0.0%", "%"), ("d/m/yyyy", "ymd"), ("mm:ss", "t"), ("[h]:mm:ss", "t"), ("h:mm AM/PM", "t"),
        ("yyyy-mm-dd hh:mm", "ymdt"), ("[Red]d mmm", "md"), ("yyyy\\-mm", "ym"),
        ("[$-411]ge.m.d", "ymd"), ("_-* #,##0_-;", ""),
    ],
)  # fmt: skip
def test_what_a_format_shows(code: str, shown: str) -> None:
    assert shown_by(200, code) == shown


@pytest.mark.parametrize(
    ("numbers", "shown"),
    [
        ((9, 10), "%"), ((14, 15, 27, 31, 36, 50, 58), "ymd"), ((16,), "md"), ((17,), "ym"),
        ((18, 19, 20, 21, 32, 35, 45, 46, 47), "t"), ((22,), "ymdt"),
        ((0, 8, 11, 13, 23, 26, 37, 44, 48, 49, 59), ""),
    ],
)  # fmt: skip
def test_what_a_format_without_a_code_shows(numbers: tuple[int, ...], shown: str) -> None:
    assert {shown_by(number, None) for number in numbers} == {shown}


def test_a_number_after_the_last_day_of_9999_is_a_number() -> None:
    assert cell_of(2_958_465, "ymd").text == "9999-12-31"
    assert cell_of(2_958_466, "ymd").text == "2958466"


# --- laws ----------------------------------------------------------------------------------------


def _xml(text: str) -> str:
    """Return a text without what XML cannot hold or changes, and without what Excel escapes."""
    return "".join(
        char for char in text if char in "\n\t" or (char >= " " and char not in "\x7f\ufffe\uffff")
    ).replace("_x", "x")


@given(
    given=st.lists(events(), min_size=1, max_size=4, unique_by=lambda event: event.id),
    kind=st.sampled_from(["xlsx", "xlsx", "ods", "ods", "xls"]),
    spreadsheet=st.booleans(),
)
@settings(max_examples=draws(60), deadline=None)
def test_a_table_reads_alike_as_text_and_as_a_workbook(
    given: list[Any],
    kind: str,
    spreadsheet: bool,
) -> None:
    log = EventLog(given, stream="mine", at="2026-11-22T12:00:00Z", sources=KNOWN)
    text = _xml(write_sheet(log, spreadsheet=spreadsheet).replace("\r\n", "\n"))
    table = [*csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]
    from_text = read_sheet(text, reference=log.reference)
    from_book = read_sheet(KINDS[kind](table), reference=log.reference)
    assert from_book.events == from_text.events
    assert [row.id for row in from_book.rows] == [row.id for row in from_text.rows]


@given(
    given=st.lists(
        st.tuples(
            st.dates(date(1900, 3, 1)) | st.integers(1000, 2199),
            st.integers(-(10**9), 10**9) | st.decimals(-(10**6), 10**6, places=3),
        ),
        min_size=1,
        max_size=8,
    ),
    kind=st.sampled_from(["xlsx", "ods"]),
)
@settings(max_examples=draws(60), deadline=None)
def test_days_and_numbers_read_alike_however_they_are_kept(given: list[Any], kind: str) -> None:
    head = ("type", "on", "country", "indicator", "value", "unit", "sources")
    typed: list[Any] = [head]
    texts: list[Any] = [head]
    for number, (day, value) in enumerate(given):
        row = ("figure reported", day, "SGP", f"trade-{number}", value, "USD", "vna")
        typed.append((*row[:4], float(value), *row[5:]))
        texts.append((*row[:4], number_text(float(value)), *row[5:]))
    out = io.StringIO()
    csv.writer(out).writerows(texts)
    assert read(KINDS[kind](typed)).events == read(out.getvalue()).events


# --- what is written -----------------------------------------------------------------------------


@pytest.mark.parametrize("spreadsheet", [True, False])
@pytest.mark.parametrize("extra", [0, 1])
def test_a_text_that_no_cell_takes_is_refused_when_it_is_written(
    spreadsheet: bool,
    extra: int,
) -> None:
    note = "n" * (32_767 + extra)
    ties = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"], note=note)
    log = EventLog([ties], stream="mine", sources=[VNA])
    if extra:
        with pytest.raises(InvalidQueryError, match=r"note has 32768 characters.*JSON Lines"):
            write_sheet(log, spreadsheet=spreadsheet)
    else:
        assert read(write_sheet(log, spreadsheet=spreadsheet)).events == (ties,)


def test_a_guarded_text_counts_with_its_guard() -> None:
    note = "=" + "n" * 32_766
    ties = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"], note=note)
    with pytest.raises(InvalidQueryError, match="note has 32768 characters"):
        write_sheet(EventLog([ties], stream="mine", sources=[VNA]))

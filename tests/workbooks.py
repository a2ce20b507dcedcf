"""Workbooks in memory, as programs write them: sound ones, and the parts to make others of."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import openpyxl
import xlwt  # type: ignore[import-untyped]
from odf.opendocument import OpenDocumentSpreadsheet  # type: ignore[import-untyped]
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]
from odf.text import LineBreak, P, S, Tab  # type: ignore[import-untyped]

Rows = Iterable[Sequence[Any]]


def xlsx(rows: Rows, change: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return a workbook of one sheet, ``Events``; *change* is given it and its sheet."""
    book = openpyxl.Workbook()
    sheet: Any = book.active
    sheet.title = "Events"
    for row, cells in enumerate(rows, 1):
        for column, value in enumerate(cells, 1):
            if value == "":
                continue
            cell = sheet.cell(row, column)
            cell.value = value
            if isinstance(value, str):  # a formula is set by `change`
                cell.data_type = "s"
    if change is not None:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xls(rows: Rows, change: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return such a workbook of Excel 97."""
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Events")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, cells in enumerate(rows):
        for column, value in enumerate(cells):
            if isinstance(value, date):
                sheet.write(row, column, value, day)
            elif value != "":
                sheet.write(row, column, value)
    if change is not None:
        change(book, sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(rows: Rows, change: Callable[[Any, Any], None] | None = None) -> bytes:
    """Return such a workbook of OpenDocument."""
    book = OpenDocumentSpreadsheet()
    sheet = Table(name="Events")
    for cells in rows:
        row = TableRow()
        for value in cells:
            row.addElement(ods_cell(value))
        sheet.addElement(row)
    book.spreadsheet.addElement(sheet)
    if change is not None:
        change(book, sheet)
    out = io.BytesIO()
    book.write(out)
    return out.getvalue()


def ods_cell(value: Any) -> Any:
    """Return a cell of OpenDocument."""
    if isinstance(value, bool):
        return TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    if isinstance(value, (int, float)):
        return TableCell(valuetype="float", value=repr(value))
    if isinstance(value, date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if value == "":
        return TableCell()
    cell = TableCell(valuetype="string")
    for line in value.split("\n"):
        paragraph = P()
        for char in line:
            if char == " ":
                paragraph.addElement(S())
            elif char == "\t":
                paragraph.addElement(Tab())
            elif char == "\v":
                paragraph.addElement(LineBreak())
            else:
                paragraph.addText(char)
        cell.addElement(paragraph)
    return cell


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes | str], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a workbook of parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


# --- a workbook by hand --------------------------------------------------------------------------

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
HEADER = ("type", "date", "country", "partner", "sources")
SOUND_ROW = ("ties established", "1973-08-01", "SGP", "VNM", "vna")


def links(**targets: str) -> str:
    """Return the part that says where other parts are."""
    listed = "".join(
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind.rstrip("_")}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'


def sheet_xml(cells: str, after: str = "", before: str = "") -> str:
    """Return the part of a sheet."""
    return f'<worksheet xmlns="{_MAIN}">{before}<sheetData>{cells}</sheetData>{after}</worksheet>'


def row_xml(row: int, cells: Sequence[str]) -> str:
    """Return a row of a sheet, with its texts in it."""
    listed = "".join(
        f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{text}</t></is></c>'
        for column, text in enumerate(cells)
    )
    return f'<row r="{row}">{listed}</row>'


def book_xml(sheets: str = '<sheet name="Events" sheetId="1" r:id="r1"/>', before: str = "") -> str:
    """Return the part of the workbook."""
    spaces = f'xmlns="{_MAIN}" xmlns:r="{_OFFICE}"'
    return f"<workbook {spaces}>{before}<sheets>{sheets}</sheets></workbook>"


def parts(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """Return the parts of a sound workbook with one event, or with others in their place.

    They are ``types``, ``root``, ``book``, ``links``, ``sheet``, ``texts`` and ``styles``.
    """
    found: dict[str, str | bytes | None] = {
        "types": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{_KIND}"/></Types>',
        "root": links(officeDocument="xl/workbook.xml"),
        "book": book_xml(),
        "links": links(
            worksheet="worksheets/sheet1.xml",
            sharedStrings="sharedStrings.xml",
            styles="styles.xml",
        ),
        "sheet": sheet_xml(
            row_xml(1, HEADER)
            + row_xml(2, SOUND_ROW[:4]).replace("</row>", '<c r="E2" t="s"><v>0</v></c></row>')
        ),
        "texts": f'<sst xmlns="{_MAIN}"><si><t>vna</t></si></sst>',
        "styles": f'<styleSheet xmlns="{_MAIN}"><cellXfs count="2"><xf numFmtId="0"/>'
        '<xf numFmtId="14"/></cellXfs></styleSheet>',
    }
    names = {
        "types": "[Content_Types].xml",
        "root": "_rels/.rels",
        "book": "xl/workbook.xml",
        "links": "xl/_rels/workbook.xml.rels",
        "sheet": "xl/worksheets/sheet1.xml",
        "texts": "xl/sharedStrings.xml",
        "styles": "xl/styles.xml",
    }
    found |= changed
    return {names.get(name, name): part for name, part in found.items() if part is not None}

"""GDELT's event exports, versions 1.0 and 2.0, as rows of visits and talks.

The columns are those of the two codebooks, "GDELT Data Format Codebook" (1.0) and "GDELT Event
Codebook" (2.0). Version 2.0 has a code of the second administrative level for each of the three
places, and the time of day in DATEADDED; files of 1.0 have no SOURCEURL before April 2013.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from datetime import UTC, date, datetime, time
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Final

from diplorel.errors import InvalidQueryError, Problem
from diplorel.io.leads.collect import collect
from diplorel.io.leads.files import ROW_BYTES, blocks_of
from diplorel.io.leads.rows import CodedRow, Coder, LeftOut, Means, Reason, state_on
from diplorel.io.limits import shown
from diplorel.model.dates import PartialDate
from diplorel.model.text import HIDDEN, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.io.leads.leads import Leads

GDELT: Final = Coder(
    id="gdelt",
    title="The GDELT Event Database",
    publisher="The GDELT Project",
    url="https://www.gdeltproject.org/",
    locator="GLOBALEVENTID",
    licence="Free for any use, with a citation of the GDELT Project and a link to it.",
)
CODES: Final = {
    b"040": Means.TALKS,  # consult, not specified
    b"041": Means.TALKS,  # discuss by telephone
    b"042": Means.VISIT,  # make a visit
    b"043": Means.HOST,  # host a visit
    b"044": Means.TALKS,  # meet at a third location
}
"""The CAMEO codes that become events."""
_ACTOR: Final = (
    *("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode"),
    *("Religion1Code", "Religion2Code", "Type1Code", "Type2Code", "Type3Code"),
)
_PLACE: Final = (
    *("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code"),
    *("Lat", "Long", "FeatureID"),
)
COLUMNS_2: Final = tuple(
    chain(
        ("GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"),
        (f"Actor{side}{one}" for side in (1, 2) for one in _ACTOR),
        ("IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass"),
        ("GoldsteinScale", "NumMentions", "NumSources", "NumArticles", "AvgTone"),
        (f"{who}Geo_{one}" for who in ("Actor1", "Actor2", "Action") for one in _PLACE),
        ("DATEADDED", "SOURCEURL"),
    )
)
"""The 61 columns of version 2.0."""
COLUMNS_1: Final = tuple(one for one in COLUMNS_2 if not one.endswith("ADM2Code"))
"""The 58 columns of version 1.0; older files have no SOURCEURL, so 57."""
_SHAPES: Final = {
    columns: (COLUMNS_2 if columns == len(COLUMNS_2) else COLUMNS_1).index("DATEADDED")
    for columns in (len(COLUMNS_2), len(COLUMNS_1), len(COLUMNS_1) - 1)
}
"""Where DATEADDED is, by the number of columns."""
_WIDTHS: Final = (
    f"{len(COLUMNS_2)} columns (GDELT 2.0), or {len(COLUMNS_1)} or {len(COLUMNS_1) - 1} (GDELT 1.0)"
)
_CODE: Final = COLUMNS_2.index("EventCode")
_FIRST: Final = slice(COLUMNS_2.index("Actor1Code"), COLUMNS_2.index("Actor2Code"))
_SECOND: Final = slice(COLUMNS_2.index("Actor2Code"), COLUMNS_2.index("IsRootEvent"))
_IS_CODE: Final = re.compile(rb"(?:0[1-9]|1\d|20)\d{0,2}")
_ORGANS: Final = frozenset({b"", b"COP", b"GOV", b"JUD", b"LEG", b"MIL", b"SPY"})
"""The roles of those who act for a state: CAMEO's government, parliament, courts and forces."""
_COARSER: Final = {7: 10, 30: 7, 365: 4, 366: 4}
"""How much of a date is kept that lies so many days back: of "last month", the year and month."""
_PATH = str | os.PathLike[str]


def read_gdelt(
    paths: _PATH | Iterable[_PATH],
    *,
    parties: Iterable[str] = (),
    stream: str = "gdelt",
    strict: bool = False,
) -> Leads:
    r"""Read exports of GDELT's event database as leads: visits and talks between two states.

    Only CAMEO's 042 and 043 become visits, and 040, 041 and 044 become talks. Every other row is
    counted by its code or by the reason why it is left out. Rows about one visit on one day, from
    either side and from several articles, are one event with all of them as its sources.

    The memory grows with the leads and not with the rows that are read.

    Args:
        paths: One file or several, of version 2.0 or 1.0: plain, ``.zip`` or ``.gz``.
        parties: Only leads about one of these: ids, alpha-2 codes or names. Default: all.
        stream: The name of the stream of the leads.
        strict: Whether to refuse everything if any row is malformed. Default: malformed rows are
            skipped, and are in ``problems``.

    Raises:
        StreamError: With *strict*, some rows are malformed or a file cannot be unpacked; it holds
            every problem.
        UnknownPartyError: There is no such party.
        OSError: A file cannot be read.

    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> cells = dict.fromkeys(COLUMNS_2, "") | {
    ...     "GLOBALEVENTID": "719025700", "SQLDATE": "20180101", "EventCode": "042",
    ...     "Actor1Code": "SGPGOV", "Actor1CountryCode": "SGP", "Actor1Type1Code": "GOV",
    ...     "Actor2Code": "VNM", "Actor2CountryCode": "VNM", "DATEADDED": "20180101000000",
    ...     "SOURCEURL": "https://example.org/visit",
    ... }
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "20180101000000.export.CSV")
    ...     _ = path.write_text("\t".join(cells.values()))
    ...     leads = read_gdelt(path)
    >>> leads.log.records[0].id, leads.rows
    ('visit-made/SGP-VNM/2018-01-01', 1)
    """
    return collect(gdelt_rows(paths), GDELT, parties=parties, stream=stream, strict=strict)


def gdelt_rows(paths: _PATH | Iterable[_PATH]) -> Iterator[CodedRow | LeftOut | Problem]:
    """Yield the rows of GDELT's exports in bounded memory, for a program of your own.

    Args:
        paths: One file or several: plain, ``.zip`` or ``.gz``.

    Yields:
        A `CodedRow` for each visit and each talk, a `LeftOut` for rows of other codes, many at a
        time, and a `Problem` for each malformed row and for a file that cannot be unpacked.

    Raises:
        InvalidQueryError: *paths* are no paths.
        OSError: A file cannot be read.
    """
    listed = [paths] if isinstance(paths, (str, os.PathLike)) else [*paths]
    if not all(isinstance(one, (str, os.PathLike)) for one in listed):
        raise InvalidQueryError(
            "{argument}: expected paths of files, got {listed!r}", argument="paths", listed=listed
        )
    return _rows(listed)


def _rows(paths: Iterable[_PATH]) -> Iterator[CodedRow | LeftOut | Problem]:
    for path in paths:
        for block in blocks_of(path):
            if isinstance(block, Problem):
                yield block
            else:
                yield from _block_rows(*block)


def _block_rows(
    path: str, number: int, lines: list[bytes]
) -> Iterator[CodedRow | LeftOut | Problem]:
    """Yield the rows of a block. Nine of ten are of another code, and are only counted."""
    others: Counter[bytes] = Counter()
    if number == 1 and lines:
        lines[0] = lines[0].removeprefix(b"\xef\xbb\xbf")
        if lines[0].lower().startswith(b"globaleventid\t"):
            number, lines = 2, lines[1:]
    for place, line in enumerate(lines, number):
        cells = line.removesuffix(b"\r").split(b"\t")
        where = _SHAPES.get(len(cells))
        if where is None or len(line) > ROW_BYTES:
            yield _misshapen(path, place, line, len(cells))
            continue
        code = cells[_CODE]
        day = _day(cells[1])
        added = _moment(cells[where], len(cells))
        if day is None or added is None or not cells[0].isdigit() or not _is_code(code):
            yield _malformed(path, place, cells, where)
        elif code not in CODES:
            others[code] += 1
        else:
            yield _row(path, place, cells, day, added)
    for code, rows in others.items():
        yield LeftOut(Reason.OTHER_CODE, code.decode(), rows)


@lru_cache(maxsize=1 << 14)
def _day(cell: bytes) -> date | None:
    """Return the day of an SQLDATE; None where it is none."""
    if not re.fullmatch(rb"\d{8}", cell):
        return None
    try:
        return date(int(cell[:4]), int(cell[4:6]), int(cell[6:]))
    except ValueError:
        return None


@lru_cache(maxsize=1 << 14)
def _moment(cell: bytes, columns: int) -> datetime | None:
    """Return the moment of a DATEADDED, of 1.0 the end of its day; None where it is none."""
    day = _day(cell[:8])
    if day is None:
        return None
    rest = cell[8:]
    if columns != len(COLUMNS_2):
        return None if rest else datetime.combine(day, time(23, 59, 59), UTC)
    if not re.fullmatch(rb"\d{6}", rest):
        return None
    try:
        clock = time(int(rest[:2]), int(rest[2:4]), int(rest[4:]))
    except ValueError:
        return None
    return datetime.combine(day, clock, UTC)


@lru_cache(maxsize=1 << 10)
def _is_code(cell: bytes) -> bool:
    return _IS_CODE.fullmatch(cell) is not None


def _row(
    path: str, line: int, cells: list[bytes], day: date, added: datetime
) -> CodedRow | Problem:
    """Return a row of a visit or of talks."""
    try:
        article = _article(cells)
    except ValueError as error:
        return _problem(path, line, f"SOURCEURL: {error}")
    code = cells[_CODE]
    return CodedRow(
        id=cells[0].decode(),
        code=code.decode(),
        means=CODES[code],
        on=_dated(day, added.date()),
        first=_actor(tuple(cells[_FIRST]), day),
        second=_actor(tuple(cells[_SECOND]), day),
        added=added,
        article=article,
    )


def _article(cells: list[bytes]) -> str:
    """Return the address of the article, or its name where it is not on the web.

    Raises:
        ValueError: It is no text of one line.
    """
    if len(cells) == len(COLUMNS_1) - 1:
        return ""
    try:
        text = cells[-1].decode().strip()
    except UnicodeDecodeError as error:
        raise ValueError(f"expected UTF-8, got byte 0x{cells[-1][error.start]:02x}") from None
    if hidden := HIDDEN.search(text):
        raise ValueError(f"expected no invisible characters, got U+{ord(hidden[0]):04X}")
    return nfc(text)


@lru_cache(maxsize=1 << 12)
def _dated(day: date, added: date) -> PartialDate:
    """Return the date of an event, no more exact than GDELT's rule has it.

    GDELT turns "last week", "last month" and "last year" into days that lie exactly 7, 30 and 365
    days back. A month or a year is then all that is known, and only about.
    """
    text = day.isoformat()
    kept = _COARSER.get((added - day).days)
    return PartialDate(text if kept is None else f"{text[:kept]}~")


@lru_cache(maxsize=1 << 14)
def _actor(cells: tuple[bytes, ...], day: date) -> str | Reason:
    """Return the id of the state that an actor acts for on a day, or why there is none."""
    code, _, country, group, ethnic, *religions_and_roles = cells
    if not code and not country:
        return Reason.NO_ACTOR
    if not country or group or ethnic or any(religions_and_roles[:2]):
        return Reason.NOT_A_STATE
    if not _ORGANS.issuperset(religions_and_roles[2:]):
        return Reason.NOT_A_STATE
    return state_on(country.decode(errors="replace"), day, scheme="cameo")


# --- what is wrong with a row --------------------------------------------------------------------


def _misshapen(path: str, line: int, text: bytes, columns: int) -> Problem:
    if len(text) > ROW_BYTES:
        message = f"the row has more than {ROW_BYTES:,} bytes"
        return Problem(code="DR113", path=path, line=line, message=message)
    found = f"has {columns} column{'s' * (columns != 1)}" if text.strip() else "is empty"
    return Problem(
        code="DR141",
        path=path,
        line=line,
        message=f"the row {found}, expected {_WIDTHS}, divided by tabs",
        hint="Take the file as GDELT publishes it, from the event database and not the mentions",
    )


def _malformed(path: str, line: int, cells: list[bytes], where: int) -> Problem:
    """Return the problem of a row with values that cannot be read, all of them at once."""
    is_2 = len(cells) == len(COLUMNS_2)
    faults = [
        f"{name}: expected {expected}, got {cells[place].decode(errors='replace')!r}"
        for name, place, expected, is_right in (
            ("GLOBALEVENTID", 0, "a whole number", cells[0].isdigit()),
            ("SQLDATE", 1, "a day as YYYYMMDD", _day(cells[1])),
            ("EventCode", _CODE, "a CAMEO code such as 042", _is_code(cells[_CODE])),
            (
                "DATEADDED",
                where,
                "a moment as YYYYMMDDHHMMSS" if is_2 else "a day as YYYYMMDD",
                _moment(cells[where], len(cells)),
            ),
        )
        if not is_right
    ]
    return _problem(path, line, "; ".join(faults))


def _problem(path: str, line: int, message: str) -> Problem:
    hint = "Compare the row with the file as GDELT publishes it"
    return Problem(code="DR142", path=path, line=line, message=shown(message), hint=hint)

"""Rows of GDELT's exports, made for tests."""

from __future__ import annotations

from diplorel.io.leads.gdelt import COLUMNS_1, COLUMNS_2


def row(
    *,
    id: str = "719025700",
    day: str = "20180101",
    code: str = "042",
    first: str = "SGP",
    second: str = "VNM",
    added: str = "20180101000000",
    url: str = "https://www.example.org/visit",
    columns: int = 61,
    **cells: str,
) -> bytes:
    """Return a row: Singapore visits Vietnam, unless something else is said."""
    names = COLUMNS_2 if columns == len(COLUMNS_2) else COLUMNS_1[:columns]
    values = dict.fromkeys(names, "") | {
        "GLOBALEVENTID": id,
        "SQLDATE": day,
        "EventCode": code,
        "Actor1Code": first,
        "Actor1CountryCode": first,
        "Actor2Code": second,
        "Actor2CountryCode": second,
        "DATEADDED": added if columns == len(COLUMNS_2) else added[:8],
    }
    if columns > 57:
        values["SOURCEURL"] = url
    return "\t".join((values | cells).values()).encode()


def export(*rows: bytes) -> bytes:
    """Return the content of a file with these rows."""
    return b"".join(one + b"\n" for one in rows)

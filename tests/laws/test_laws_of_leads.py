"""What holds of leads whatever the files: nothing crashes, everything is counted once."""

from __future__ import annotations

import gzip
import tempfile
import tracemalloc
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coded import export, row
from diplorel.errors import StreamError
from diplorel.io.leads.gdelt import CODES
from diplorel.leads import Leads, read_gdelt

CUT = Path(__file__).parent.parent / "data" / "gdelt" / "20180101000000.cut.export.csv"
REAL = CUT.read_bytes().splitlines()
DAYS = ("20171202", "20171225", "20171231", "20180101", "20180230", "")
COUNTRIES = ("SGP", "VNM", "USA", "ROM", "DDR", "AFR", "QQQ", "")

made = st.builds(
    row,
    id=st.integers(1, 9).map(str),
    day=st.sampled_from(DAYS),
    code=st.sampled_from(("040", "041", "042", "043", "044", "045", "161", "---")),
    first=st.sampled_from(COUNTRIES),
    second=st.sampled_from(COUNTRIES),
    added=st.sampled_from(("20180101000000", "20180102101500", "2018")),
    url=st.sampled_from(("https://a.org/1", "https://b.org/1", "BBC Monitoring", "")),
    columns=st.sampled_from((57, 58, 61)),
)
MARKS = (b"PK", b"\x1f\x8b", b"\xef\xbb\xbf")
"""As the first bytes of a file, these say what it is."""
noise = st.binary(max_size=40).filter(lambda it: b"\n" not in it and not it.startswith(MARKS))
lines = st.one_of(made, st.sampled_from(REAL), noise)
files = st.lists(st.lists(lines, max_size=12), min_size=1, max_size=3)
bytes_of_files = st.one_of(
    st.binary(max_size=400),
    st.binary(max_size=400).map(lambda tail: b"PK\x03\x04" + tail),
    st.binary(max_size=400).map(lambda tail: b"\x1f\x8b" + tail),
    st.tuples(st.lists(made, max_size=4), st.integers(0, 400)).map(
        lambda it: gzip.compress(export(*it[0]))[: it[1]]
    ),
    st.tuples(st.sampled_from(REAL), st.binary(max_size=8), st.integers(0, 400)).map(
        lambda it: it[0][: it[2]] + it[1] + it[0][it[2] :]
    ),
)


def read(contents: list[bytes], *, strict: bool = False) -> Leads:
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.CSV" for number in range(len(contents))]
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)
        return read_gdelt(paths, strict=strict)


def counts(leads: Leads) -> tuple[object, ...]:
    return leads.rows, leads.kept, leads.malformed, leads.left_out, len(leads)


@given(st.lists(bytes_of_files, min_size=1, max_size=2))
def test_no_bytes_crash_and_strict_refuses_exactly_where_there_are_problems(
    contents: list[bytes],
) -> None:
    leads = read(contents)
    if not leads.problems:
        assert read(contents, strict=True).log == leads.log
        return
    with pytest.raises(StreamError) as caught:
        read(contents, strict=True)
    assert [one.line for one in caught.value.problems] == [one.line for one in leads.problems]


@given(files)
def test_every_row_is_counted_once_and_none_becomes_a_tie_or_an_agreement(
    rows: list[list[bytes]],
) -> None:
    leads = read([export(*some) for some in rows])
    assert leads.rows == sum(map(len, rows))
    assert leads.rows == leads.kept + leads.malformed + sum(one.rows for one in leads.left_out)
    assert leads.malformed == sum(one.line is not None for one in leads.problems)
    cited = [citation for record in leads.log for citation in record.event.sources]
    assert leads.kept == len(cited)
    assert {record.event.type for record in leads.log} <= {"visit-made", "talks-held"}
    codes = {str(citation.locator).rpartition(" ")[2].encode() for citation in cited}
    assert codes <= CODES.keys()


@given(files, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_files_does_not_matter(
    rows: list[list[bytes]], random: Random
) -> None:
    one = read([export(*some) for some in rows])
    flat = [line for some in rows for line in some]
    random.shuffle(flat)
    other = read([export(*flat)])
    assert counts(one) == counts(other)
    assert one.log == other.log
    assert [record.id for record in one.log] == [record.id for record in other.log]


@given(files)
def test_reading_twice_gives_the_same_and_all_is_sound(rows: list[list[bytes]]) -> None:
    contents = [export(*some) for some in rows]
    leads = read(contents)
    assert read(contents).log == leads.log
    twice = read(contents * 2)
    assert [record.id for record in twice.log] == [record.id for record in leads.log]
    assert twice.log == leads.log
    assert leads.log.check() == ()


@pytest.mark.slow
def test_memory_grows_with_what_is_kept_and_not_with_what_is_read(tmp_path: Path) -> None:
    path = tmp_path / "large.export.CSV"
    other = row(code="190", url="https://example.org/" + "x" * 120)
    with path.open("wb") as file:
        for block in range(200):
            visit = row(id=str(block), first="USA", url=f"https://example.org/{block}")
            file.write(export(visit, *[other] * 999))
    read_gdelt(CUT)  # what is read once for all: the table of parties
    tracemalloc.start()
    try:
        leads = read_gdelt(path)
        kept, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (leads.rows, leads.kept) == (200_000, 200)
    assert path.stat().st_size > 40_000_000
    assert peak < 4_000_000
    assert peak - kept < 3_500_000

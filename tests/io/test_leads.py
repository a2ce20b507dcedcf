"""Machine-coded event data become leads: marked, cited, counted and kept apart from facts."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import attrs
import pytest

import diplorel as dr
from coded import export, row
from diplorel.errors import InvalidQueryError, LeadsError, Problem, StreamError
from diplorel.io.leads.files import ROW_BYTES
from diplorel.io.leads.gdelt import COLUMNS_1, COLUMNS_2
from diplorel.io.limits import PROBLEMS
from diplorel.leads import (
    CodedRow,
    Coder,
    Leads,
    LeftOut,
    Reason,
    collect,
    gdelt_rows,
    read_gdelt,
    state_on,
)
from diplorel.model.records import is_lead
from diplorel.narrative.narrator import Narrator
from shipped_once import shipped

Read = Callable[..., Leads]
CUT = Path(__file__).parent.parent / "data" / "gdelt" / "20180101000000.cut.export.csv"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return the leads of rows."""

    def one(*rows: bytes, **options: object) -> Leads:
        path = tmp_path / "one.export.CSV"
        path.write_bytes(export(*rows))
        return read_gdelt(path, **options)  # type: ignore[arg-type]

    return one


def ids(leads: Leads) -> list[str]:
    return sorted({record.id for record in leads.log.records})


def reasons(leads: Leads) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in leads.left_out:
        found[one.reason] = found.get(one.reason, 0) + one.rows
    return found


# --- the columns ---------------------------------------------------------------------------------


def test_the_columns_are_those_of_the_two_codebooks() -> None:
    assert (len(COLUMNS_2), len(COLUMNS_1)) == (61, 58)
    assert COLUMNS_2[26] == COLUMNS_1[26] == "EventCode"
    assert COLUMNS_2[35:43] == tuple(
        f"Actor1Geo_{one}"
        for one in (
            *("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code"),
            *("Lat", "Long", "FeatureID"),
        )
    )
    assert COLUMNS_1[-2:] == COLUMNS_2[-2:] == ("DATEADDED", "SOURCEURL")


@pytest.mark.parametrize("columns", [57, 58, 61])
def test_each_version_is_read(read: Read, columns: int) -> None:
    leads = read(row(columns=columns))
    assert ids(leads) == ["visit-made/SGP-VNM/2018-01-01"]
    (record,) = leads.log.records
    (citation,) = record.event.sources
    source = leads.log.reference.source[citation.source]
    assert source.url == (
        "https://www.gdeltproject.org/" if columns == 57 else "https://www.example.org/visit"
    )
    assert citation.locator == "GLOBALEVENTID 719025700, code 042"
    hour = 0 if columns == 61 else 23
    assert record.recorded.hour == hour


def test_a_header_a_mark_and_other_line_ends_are_no_rows(read: Read) -> None:
    header = b"\xef\xbb\xbf" + "\t".join(COLUMNS_2).encode()
    leads = read(header + b"\r", row() + b"\r", row(columns=57) + b"\r")
    assert (leads.rows, leads.malformed, len(leads)) == (2, 0, 1)
    assert read(b"\xef\xbb\xbf" + row()).malformed == 0


# --- what becomes an event -----------------------------------------------------------------------


def test_both_sides_and_several_articles_are_one_visit(read: Read) -> None:
    leads = read(
        row(),
        row(id="2", code="043", first="VNM", second="SGP", url="https://a.org/1"),
        row(id="3", url="https://b.org/1"),
        row(id="4", first="VNM", second="SGP"),
    )
    assert ids(leads) == ["visit-made/SGP-VNM/2018-01-01", "visit-made/VNM-SGP/2018-01-01"]
    one = leads.log.records[0].event
    assert [citation.locator for citation in one.sources if "2," in str(citation.locator)] == [
        "GLOBALEVENTID 2, code 043"
    ]
    assert len(one.sources) == 3


@pytest.mark.parametrize("code", ["040", "041", "044"])
def test_talks_have_no_direction(read: Read, code: str) -> None:
    leads = read(row(code=code), row(id="2", code=code, first="VNM", second="SGP"))
    assert ids(leads) == ["talks-held/SGP-VNM/2018-01-01"]


@pytest.mark.parametrize("code", ["045", "046", "057", "161", "0356", "20", "01"])
def test_no_other_code_becomes_an_event(read: Read, code: str) -> None:
    leads = read(row(code=code))
    assert len(leads) == 0
    assert leads
    assert [(one.reason, one.code, one.rows) for one in leads.left_out] == [
        (Reason.OTHER_CODE, code, 1)
    ]


def test_a_later_article_is_known_later(read: Read) -> None:
    leads = read(row(), row(id="2", added="20180105101500", url="BBC Monitoring"))
    assert [str(one.recorded) for one in leads.log.records] == [
        "2018-01-01 00:00:00+00:00",
        "2018-01-05 10:15:00+00:00",
    ]

    def sources(known: str) -> int:
        (event,) = leads.log.view(known=known).resolve().events
        return len(event.sources)

    assert [sources("2018-01-01"), sources("2018-01-05")] == [1, 2]
    other = next(one for one in leads.log.reference.sources if one.publisher == "BBC Monitoring")
    assert (other.url, str(other.published)) == (None, "2018-01-05")


def test_an_article_is_as_old_as_the_first_row_that_has_it(read: Read) -> None:
    later = row(id="2", added="20180105101500")
    for rows in ((row(), later), (later, row())):
        source = read(*rows).log.reference.sources[-1]
        assert str(source.published) == "2018-01-01"


@pytest.mark.parametrize(
    ("day", "on"),
    [
        ("20180131", "2018-01-31"),
        ("20180130", "2018-01-30"),
        ("20180124", "2018-01-24~"),
        ("20180101", "2018-01~"),
        ("20170131", "2017~"),
        ("20170130", "2017~"),
        ("20170102", "2017-01-02"),
    ],
)
def test_a_date_that_gdelt_inferred_is_no_more_exact_than_its_rule(
    read: Read, day: str, on: str
) -> None:
    (record,) = read(row(day=day, added="20180131000000")).log.records
    assert record.id == f"visit-made/SGP-VNM/{on}"


def test_odd_addresses_are_sources(read: Read) -> None:
    leads = read(row(url="http://[broken"), row(id="2", url="http://"), row(id="3", url=" "))
    assert {one.publisher for one in leads.log.reference.sources} == {
        "The GDELT Project",
        "http://[broken",
        "http://",
    }


# --- what is left out ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"second": ""}, Reason.NO_ACTOR),
        ({"Actor2CountryCode": ""}, Reason.NOT_A_STATE),
        ({"Actor2KnownGroupCode": "UNO"}, Reason.NOT_A_STATE),
        ({"Actor2EthnicCode": "kur"}, Reason.NOT_A_STATE),
        ({"Actor2Religion2Code": "CTH"}, Reason.NOT_A_STATE),
        ({"Actor1Type2Code": "BUS"}, Reason.NOT_A_STATE),
        ({"second": "HKG"}, Reason.NOT_A_STATE),
        ({"second": "SEA"}, Reason.REGION),
        ({"second": "WSB"}, Reason.REGION),
        ({"second": "QQQ"}, Reason.UNKNOWN_CODE),
        ({"second": "DDR"}, Reason.NOT_ON_THAT_DAY),
        ({"second": "SSD", "day": "20050101"}, Reason.NOT_ON_THAT_DAY),
        ({"second": "SGP"}, Reason.ONE_COUNTRY),
        ({"day": "20180102"}, Reason.DATED_LATER),
    ],
)
def test_a_row_is_left_out_for_a_reason(read: Read, given: dict[str, str], reason: Reason) -> None:
    leads = read(row(**given))  # type: ignore[arg-type]
    assert [(one.reason, one.code, one.rows) for one in leads.left_out] == [(reason, "042", 1)]
    assert len(leads) == leads.kept == 0


def test_those_who_act_for_a_state_are_kept(read: Read) -> None:
    leads = read(row(Actor1Type1Code="GOV", Actor2Type1Code="MIL", Actor2Type2Code="GOV"))
    assert len(leads) == 1


def test_codes_mean_the_party_of_the_day() -> None:
    assert state_on("ROM", "2018-01-01", scheme="cameo") == "ROU"
    assert state_on("ROM", "2018-01-01", scheme="iso3") is Reason.NOT_ON_THAT_DAY
    assert state_on("MTN", "2018-01-01", scheme="cameo") == "MNE"
    assert state_on("MTN", "1999-01-01", scheme="cameo") is Reason.NOT_ON_THAT_DAY
    assert state_on("DDR", "1985-01-01", scheme="cameo") == "DDR"
    assert state_on("816", "2018-01-01", scheme="gw") == "VNM"
    assert state_on("Viet Nam", "2018-01-01") == "VNM"
    assert state_on("Atlantis", "2018-01-01") is Reason.UNKNOWN_CODE
    assert state_on("Korea", "2018-01-01") is Reason.UNKNOWN_CODE
    with pytest.raises(InvalidQueryError, match=r"^scheme: expected one of 'cameo', 'iso3'"):
        state_on("VNM", "2018-01-01", scheme="un")


def test_a_code_that_is_of_no_state_says_why() -> None:
    assert state_on("AFR", "2018-01-01", scheme="cameo") is Reason.REGION
    for scheme in ("iso3", "cow", "gw", None):  # another scheme has no regions
        assert state_on("AFR", "2018-01-01", scheme=scheme) is Reason.UNKNOWN_CODE
    assert state_on("ROM", "2018-01-01", scheme="cow") is Reason.UNKNOWN_CODE
    assert state_on("ASEAN", "2018-01-01") is Reason.NOT_A_STATE
    assert state_on("Soviet Union", "2018-01-01") is Reason.NOT_ON_THAT_DAY
    assert state_on("Soviet Union", "1980-01-01") == "SUN"
    assert state_on("DDR", "2018-01-01", scheme="cameo") is Reason.NOT_ON_THAT_DAY
    assert state_on("TMP", "2018-01-01", scheme="cameo") == "TLS"
    assert state_on("Republic of China", "1965-01-01") == "TWN"  # a name that had two bearers
    assert state_on("VNM", "2018-01-01", scheme="cameo") == "VNM"


def test_only_the_parties_asked_for(read: Read) -> None:
    rows = (row(), row(id="2", first="FRA", second="DEU"))
    leads = read(*rows, parties=["vn"])
    assert ids(leads) == ["visit-made/SGP-VNM/2018-01-01"]
    assert reasons(leads) == {"other-parties": 1}
    with pytest.raises(dr.errors.UnknownPartyError):
        read(*rows, parties=["Vietnm"])


def test_the_same_row_again_is_counted_and_adds_nothing(read: Read) -> None:
    leads = read(row(), row())
    assert reasons(leads) == {"repeated": 1}
    assert len(leads.log.records[0].event.sources) == 1


# --- what is wrong -------------------------------------------------------------------------------


def test_malformed_rows_are_reported_and_skipped_or_all_is_refused(read: Read) -> None:
    rows = (row(), b"x", row(day="20181301"), row(added="2018010100"), row(added="20180101250000"))
    leads = read(*rows)
    assert [(one.code, one.line) for one in leads.problems] == [
        ("DR141", 2),
        ("DR142", 3),
        ("DR142", 4),
        ("DR142", 5),
    ]
    assert (leads.rows, leads.malformed, len(leads)) == (5, 4, 1)
    with pytest.raises(StreamError) as caught:
        read(*rows, strict=True)
    assert caught.value.problems == leads.problems


@pytest.mark.parametrize("url", ["a\x01b", "a\u202eb"])
def test_an_address_with_hidden_characters_is_malformed(read: Read, url: str) -> None:
    (problem,) = read(row(url=url)).problems
    assert problem.code == "DR142"
    assert "SOURCEURL" in problem.message


def test_a_version_1_row_has_a_day_and_no_time(read: Read) -> None:
    (problem,) = read(row(columns=58, DATEADDED="20180101000000")).problems
    assert "YYYYMMDD," in problem.message


def test_a_row_too_long_is_skipped_and_the_next_one_read(read: Read) -> None:
    leads = read(row(url="x" * (ROW_BYTES * 9)), row(url="y" * ROW_BYTES), row(id="3"))
    assert [(one.code, one.line) for one in leads.problems] == [("DR113", 1), ("DR113", 2)]
    assert len(leads) == 1


def test_a_row_of_the_greatest_length_is_read(read: Read) -> None:
    longest = row(url="y" * (ROW_BYTES - len(row(url=""))))
    assert len(longest.rstrip(b"\n")) == ROW_BYTES
    assert read(longest).problems == ()


def test_of_very_many_problems_the_first_are_listed(read: Read) -> None:
    leads = read(*[b"x"] * (PROBLEMS + 5))
    assert leads.malformed == PROBLEMS + 5
    assert len(leads.problems) == PROBLEMS + 1
    assert leads.problems[-1].message.startswith("5 more rows")


# --- packed files --------------------------------------------------------------------------------


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.mkdir("folder")
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def test_packed_files_are_read_whatever_their_names(tmp_path: Path) -> None:
    plain, packed, zipped, several = (tmp_path / name for name in ("a", "b", "c", "d"))
    plain.write_bytes(export(row()))
    packed.write_bytes(gzip.compress(export(row())))
    zipped.write_bytes(_zip(one=export(row(), b"x")))
    several.write_bytes(_zip(one=export(row()), two=export(b"x")))
    assert len(read_gdelt([str(plain), packed])) == 1
    assert read_gdelt(zipped).problems[0].path == str(zipped)
    assert read_gdelt(several).problems[0].path == f"{several}/two"


@pytest.mark.parametrize("form", ["gz", "zip", "empty"])
def test_a_damaged_file_is_a_problem(tmp_path: Path, form: str) -> None:
    path = tmp_path / "file"
    whole = {
        "gz": gzip.compress(export(row())),
        "zip": _zip(one=export(row())),
        "empty": b"PK\x05\x06",
    }
    path.write_bytes(whole[form] if form == "empty" else whole[form][:-8])
    leads = read_gdelt(path)
    assert [(one.code, one.line) for one in leads.problems] == [("DR143", None)]
    assert (leads.rows, leads.malformed) == (0, 0)
    with pytest.raises(StreamError):
        read_gdelt(path, strict=True)


def test_what_is_no_path_is_refused_and_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InvalidQueryError, match="paths"):
        read_gdelt([b"one"])  # type: ignore[list-item]
    with pytest.raises(FileNotFoundError):
        read_gdelt(tmp_path / "none")


# --- leads are not facts --------------------------------------------------------------------------


def test_the_real_cut_is_read() -> None:
    leads = read_gdelt(CUT)
    assert (leads.rows, leads.malformed, leads.kept, len(leads)) == (100, 6, 38, 14)
    assert "visit-made/GBR-USA/2018-01-01" in ids(leads)
    assert {one.event.type for one in leads.log} == {"visit-made", "talks-held"}
    assert leads.log.check() == ()
    assert leads.summary == ("100 rows read: 14 leads from 38 rows; 56 left out, 6 malformed.")
    assert str(leads).splitlines()[1] == "  no-actor, 040: 1"
    assert repr(leads) == "<Leads: 14 events of gdelt, not checked>"


def test_leads_say_what_they_are_in_stream_records_and_sentences() -> None:
    log = read_gdelt(CUT).log
    (info,) = log.reference.infos
    assert "machine" in info.title
    assert "nobody has checked" in info.description
    assert "gdeltproject.org" in info.url
    assert all("inferred='A machine" in repr(record.event) for record in log)
    assert all(is_lead(record.event, log.reference.source) for record in log)
    event = log.records[0].event
    said = [Narrator(log.reference, lang).sentence(event) for lang in ("en", "vi")]
    assert said[0].startswith("Lead, coded by a machine and not checked: ")
    assert said[1].startswith("Thông tin do máy mã hóa, chưa kiểm chứng: ")


def test_leads_are_merged_with_facts_only_by_a_call_that_says_so() -> None:
    facts, leads = shipped("singapore"), read_gdelt(CUT)
    mixtures: list[tuple[Any, Any]] = [
        (facts, leads),
        (leads, facts),
        (facts, leads.log),
        (leads.log, facts),
    ]
    for one, other in mixtures:
        with pytest.raises(LeadsError, match="with_leads"):
            _ = one | other
    both = facts.with_leads(leads.log)
    assert both == leads.log.with_leads(facts)
    assert both.has_leads
    assert both.streams_of_leads == ("gdelt",)
    assert (leads.log | read_gdelt(CUT, stream="again").log).streams == ("again", "gdelt")
    assert (leads.log | dr.EventLog()) == leads.log
    with pytest.raises(InvalidQueryError):
        facts.with_leads(leads)  # type: ignore[arg-type]


def test_leads_stay_marked_on_disk(tmp_path: Path) -> None:
    leads = read_gdelt(CUT)
    again = dr.read(dr.write(leads.log, tmp_path / "leads"))
    assert again == leads.log
    with pytest.raises(LeadsError):
        _ = shipped("singapore") | again


def test_a_fact_that_a_lead_repeats_stays_a_fact() -> None:
    leads = read_gdelt(CUT)
    lead = leads.log.records[-1].event
    assert isinstance(lead, dr.events.VisitMade)
    press = dr.Source(id="press", title="T", publisher="P", kind="press")
    visit = attrs.evolve(lead, sources=["press"], inferred=None)
    facts = dr.EventLog([visit], sources=[press], at="2018-01-02T00:00:00Z")
    both = facts.with_leads(leads.log)
    event = next(one for one in both.resolve().events if one.id == visit.id)
    assert not is_lead(event, both.reference.source)


# --- stores --------------------------------------------------------------------------------------


def test_a_store_keeps_them_apart_unless_told() -> None:
    facts, leads = shipped("singapore"), read_gdelt(CUT).log
    with dr.open("memory:") as store:
        store.append(facts)
        with pytest.raises(LeadsError):
            store.append(leads)
        store.append(facts.with_leads(leads))
        assert store.log().has_leads
        store.append(facts)
    with dr.open("memory:") as store:
        store.append(leads)
        with pytest.raises(LeadsError, match="the leads"):
            store.append(facts.records)
        with pytest.raises(LeadsError, match="the leads"):
            store.append([record.event for record in facts], stream="x", reference=facts.reference)
        store.append(leads)


# --- rows of other datasets ----------------------------------------------------------------------

OTHER = Coder(id="other", title="Other", publisher="P", url="https://example.org/", locator="No.")


def _coded(**changes: object) -> CodedRow:
    given: dict[str, object] = {
        "id": "1",
        "code": "CONSULT",
        "means": dr.leads.Means.TALKS,
        "on": "2019-05",
        "first": "VNM",
        "second": "SGP",
        "added": datetime(2019, 6, 1, tzinfo=UTC),
    }
    return CodedRow(**(given | changes))  # type: ignore[arg-type]


def test_rows_of_another_dataset_become_leads() -> None:
    problem = Problem(code="DR142", message="no date", path="p.tsv", line=9)
    rows: list[CodedRow | LeftOut | Problem] = [
        _coded(),
        _coded(code="THREATEN", means=None),
        _coded(first=Reason.REGION),
        problem,
        Problem(code="DR143", message="cut off"),
    ]
    leads = collect(rows, OTHER)
    assert ids(leads) == ["talks-held/SGP-VNM/2019-05"]
    assert (leads.rows, leads.kept, leads.malformed) == (4, 1, 1)
    assert reasons(leads) == {"other-code": 1, "region": 1}
    assert leads.to_record()["problems"][-1]["line"] == 9
    assert leads.log.streams == ("other",)


def test_the_rows_of_gdelt_can_be_had_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(export(row(), row(code="010"), b""))
    kinds = [type(one).__name__ for one in gdelt_rows(path)]
    assert kinds == ["CodedRow", "Problem", "LeftOut"]

"""The example scripts say what is true of the shipped stream."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import diplorel as dr
from diplorel.claims import Verdict
from streams_once import share_with_scripts

if TYPE_CHECKING:
    from types import ModuleType

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
QUESTIONS = EXAMPLES.parent / "docs" / "how-to" / "questions.md"
KEPT = re.compile(r"^\$ python examples/(\w+)\.py(.*)\n((?:(?!```).*\n)*)", re.MULTILINE)
TWELVE = {
    "en": "China|Russia|India|South Korea|United States|Japan|Australia|France|Malaysia"
    "|New Zealand|Indonesia|Singapore",
    "vi": "Trung Quốc|Nga|Ấn Độ|Hàn Quốc|Hoa Kỳ|Nhật Bản|Australia|Pháp|Malaysia"
    "|New Zealand|Indonesia|Singapore",
}


@pytest.fixture(autouse=True)
def _streams_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all scripts share the shipped streams, and the verdicts on their claims."""
    share_with_scripts(monkeypatch)


def script(name: str) -> ModuleType:
    """Return an example as a module; it stands in no package."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def run(name: str, *args: str, code: int = 0) -> str:
    """Return what a script prints when it ends with a code."""
    out, err = StringIO(), StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        assert script(name).main(list(args)) == code
    said, other = (err, out) if code == 2 else (out, err)
    assert other.getvalue() == ""
    return said.getvalue()


def rows(output: str) -> list[list[str]]:
    """Return the lines of a table that begin with a place, as cells."""
    return [
        re.split(r"\s{2,}", line.strip())
        for line in output.splitlines()
        if re.match(r"\s*\d+(?: \(\d+–\d+\))?\s{2,}\S", line)
    ]


# --- vietnam_partners ----------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_the_twelve_stand_in_the_order_in_which_they_rose(lang: str) -> None:
    table = rows(run("vietnam_partners", "--lang", lang))
    assert [row[1] for row in table] == TWELVE[lang].split("|")
    assert [row[0] for row in table] == [str(place) for place in range(1, 13)]


def test_a_row_reports_the_day_the_years_of_ties_and_the_independent_sources() -> None:
    table = {row[1]: row[2:] for row in rows(run("vietnam_partners"))}
    assert table["Singapore"][:2] == ["12 March 2025", "51 years 7 months"]
    assert table["China"][:2] == ["1 June 2008", "75 years 1 month"]
    assert table["United States"][:2] == ["10 September 2023", "29 years 8 months"]
    assert all(int(row[2]) >= 1 for row in table.values())


def test_the_rows_speak_vietnamese_when_asked() -> None:
    output = run("vietnam_partners", "--lang", "vi")
    table = {row[1]: row[2:] for row in rows(output)}
    assert table["Singapore"][:2] == ["ngày 12 tháng 3 năm 2025", "51 năm 7 tháng"]
    assert "Đối tác Chiến lược Toàn diện trở lên" in output
    assert not re.search(r"\b(years?|months?|March|Partnership|unknown)\b", output)


@pytest.mark.parametrize(
    ("lang", "line"),
    [
        ("en", "12 partners on 12 March 2025, 11 on the day before, 11 March 2025."),
        (
            "vi",
            (
                "12 đối tác vào ngày 12 tháng 3 năm 2025, 11 đối tác vào hôm trước, "
                "ngày 11 tháng 3 năm 2025."
            ),
        ),
    ],
)
def test_there_were_eleven_the_day_before(lang: str, line: str) -> None:
    assert line in run("vietnam_partners", "--lang", lang)


@pytest.mark.parametrize("on", ["1999-12-31", "2013-12-31", "2023-09-11", "2025-03-12"])
@pytest.mark.parametrize("level", ["comprehensive", "strategic", "comprehensive-strategic"])
def test_the_blocks_and_counts_are_those_of_the_library(on: str, level: str) -> None:
    output = run("vietnam_partners", "--on", on, "--at-least", level)
    world = dr.load("vietnam").replay(on=on)
    ranking, partners = world.ranking("VNM"), world.partners("VNM", at_least=level)
    assert len(rows(output)) + ("No partner" in output) == max(1, len(partners))
    assert output.count(f"{len(partners)} partners on ") == 1
    recorded = {party for dyad in world.dyads() if "VNM" in dyad for party in dyad}
    unknown = recorded & {*ranking.below, *ranking.unknown}
    assert f"not the same as none: {len(unknown)} other parties" in output
    assert ("in a special relationship" in output) is bool(ranking.special)
    assert ("The list is complete" in output) <= partners.complete


def test_lower_levels_are_named_beside_the_higher_ones() -> None:
    table = rows(run("vietnam_partners", "--at-least", "strategic"))
    assert {row[2] for row in table[:12]} == {"Comprehensive Strategic Partnership"}
    assert {row[2] for row in table[12:]} == {
        "Strategic Partnership",
        "Enhanced Strategic Partnership",
    }
    assert table[12][1] == "Spain"


def test_beyond_the_coverage_the_answer_is_the_last_known() -> None:
    assert "There may be more" in run("vietnam_partners", "--on", "2026-06-01")
    assert "There may be more" not in run("vietnam_partners")


def test_the_first_day_of_the_calendar_has_no_day_before() -> None:
    assert "0 partners on 1 January 1.\n" in run("vietnam_partners", "--on", "0001-01-01")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("--on", "2025-3-12"), "'2025-3-12' is not a valid day"),
        (("--on", "2025-02-30"), "'2025-02-30' is not a valid day"),
        (("--on", "2025-13"), "'2025-13' is not a valid day"),
        (("--on", ""), "'' is not a valid day"),
        (("--at-least", "strategical"), "Did you mean 'strategic'"),
        (("--at-least", "cooperation-framework"), "has no rank"),
    ],
)
def test_a_bad_question_ends_with_one_clear_line(args: list[str], said: str) -> None:
    error = run("vietnam_partners", *args, code=2)
    assert error.startswith("vietnam_partners: ")
    assert error.count("\n") == 1
    assert said in error


@pytest.mark.parametrize("name", ["vietnam_partners", "vietnam_singapore"])
def test_a_language_that_the_script_lacks_is_refused(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        script(name).main(["--lang", "fr"])
    assert ended.value.code == 2
    assert "invalid choice: 'fr'" in capsys.readouterr().err


def test_a_script_runs_by_itself_and_passes_its_code_on() -> None:
    command = [sys.executable, str(EXAMPLES / "vietnam_partners.py"), "--on", "never"]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603  our own script
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"Traceback" not in done.stderr


# --- vietnam_singapore ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fact",
    [
        "\n1 August 1973. Vietnam and Singapore established diplomatic relations.\n",
        (
            "\n11 September 2013. Vietnam and Singapore elevated their relations "
            "to the level of Strategic Partnership.\n"
        ),
        "VietnamPlus (Vietnam News Agency) gives only September 2013.",
        "Prime Minister Lee Hsien Loong of Singapore paid an official visit to Vietnam.",
        "\n18 July 2023. Trade was put at about 9.15 billion US dollars for 2022.\n",
        "\n18 July 2023. Singapore's investment in Vietnam was put at 73.4 billion US dollars",
        "\n18 July 2023. The growth of trade was put at 11.57 per cent for 2022.\n",
        "\n18 July 2023. The number of Singapore's projects in Vietnam was put at 3,273",
        (
            "\n12 March 2025. Vietnam and Singapore elevated their relations to "
            "the level of Comprehensive Strategic "
            "Partnership.\n"
        ),
        "\n12 March 2025. Trade was put at over 9 billion US dollars for 2024.\n",
        "\n12 March 2025. Singapore's investment in Vietnam was put at over 80 billion US dollars",
        "was put at 13 up to 29 August 2023.\n",
        (
            "Other account (not used): The number of Vietnam-Singapore Industrial Parks "
            "(VSIP) was put at 14 up to 29 August 2023."
        ),
        "In the words of The Saigon Times: “offshore wind energy”.",
        "In the words of Vietnam News Agency: “wind power trade”.",
        (
            "By 12 March 2025: no source gives the day, so until 12 March 2025 it is undecided. "
            "Vietnam and Singapore signed the Memorandum of Understanding"
        ),
        "\n31 July 1973: no diplomatic relations recorded; no level recorded.\n",
        (
            "\n11 March 2025: diplomatic relations since 1 August 1973; Strategic Partnership "
            "since 11 September 2013.\n"
        ),
    ],
)
def test_the_story_has_the_fact(fact: str) -> None:
    assert fact in run("vietnam_singapore")


@pytest.mark.parametrize(
    "fact",
    [
        "\nNgày 1 tháng 8 năm 1973. Việt Nam và Singapore thiết lập quan hệ ngoại giao.\n",
        (
            "\nNgày 11 tháng 9 năm 2013. Việt Nam và Singapore nâng cấp quan hệ "
            "lên Đối tác Chiến lược.\n"
        ),
        "Kim ngạch thương mại được nêu là khoảng 9,15 tỷ USD trong năm 2022.",
        "Số dự án của Singapore tại Việt Nam được nêu là 3.273 tính đến tháng 7 năm 2023.",
        (
            "\nNgày 12 tháng 3 năm 2025. Việt Nam và Singapore nâng cấp quan hệ "
            "lên Đối tác Chiến lược Toàn diện.\n"
        ),
        "Kim ngạch thương mại được nêu là trên 9 tỷ USD trong năm 2024.",
        "Việt Nam và Singapore ký văn kiện về điện gió.",
        "Tổng Bí thư Tô Lâm của Việt Nam thăm chính thức Singapore.",
    ],
)
def test_the_story_has_the_fact_in_vietnamese(fact: str) -> None:
    assert fact in run("vietnam_singapore", "--lang", "vi")


@pytest.mark.parametrize(
    ("lang", "signed"),
    [("en", "Vietnam and Singapore signed a doc"), ("vi", "Việt Nam và Singapore ký văn")],
)
def test_four_documents_without_a_title_were_signed_that_day(lang: str, signed: str) -> None:
    day = {"en": "12 March 2025. ", "vi": "Ngày 12 tháng 3 năm 2025. "}[lang]
    assert run("vietnam_singapore", "--lang", lang).count(f"\n{day}{signed}") == 4


def test_by_what_was_published_singapore_was_not_at_the_top_the_day_before() -> None:
    output = run("vietnam_singapore")
    before, after = output.split("# What was published by 11 March 2025")[1].split("# What was")
    assert "Strategic Partnership since 11 September 2013. At the top of the ladder: no." in before
    assert "Comprehensive Strategic Partnership since 12 March 2025." in after
    assert "At the top of the ladder: yes." in after


@pytest.mark.parametrize("lang", ["en", "vi"])
def test_every_event_is_reported_with_a_source_in_words(lang: str) -> None:
    output = run("vietnam_singapore", "--lang", lang)
    events = dr.load("vietnam").timeline("VNM", "SGP")
    told = {"en": "\n    Reported by ", "vi": "\n    Theo "}[lang]
    assert output.count(told) - output.count("Theo lời của") == len(events)
    assert not [entry.event.id for entry in events if entry.event.id in output]
    assert not re.search(r"\{|\}|None", output)


# --- check_the_press -----------------------------------------------------------------------------


def test_every_verdict_is_the_expected_one() -> None:
    assert run("check_the_press").endswith("Not as expected: none.\n")


def test_the_counts_are_those_of_the_findings() -> None:
    findings = dr.load("vietnam").verify()
    output = run("check_the_press")
    assert f"\n{len(findings)} claims: " in output
    for verdict in Verdict:
        count = sum(one.verdict is verdict for one in findings)
        assert f"{count} {verdict.value}" in output
        assert len(re.findall(rf"^{verdict.value}: ", output, flags=re.MULTILINE)) == count


def test_a_refuted_claim_comes_with_what_the_stream_says_and_why_the_source_is_wrong() -> None:
    output = run("check_the_press", "--only", "refuted")
    assert "refuted: The United States is the sixth comprehensive strategic partner" in output
    assert "The source is mistaken: " in output
    assert "\nsupported: " not in output


def test_an_undecidable_claim_comes_with_what_is_missing() -> None:
    output = run("check_the_press", "--only", "undecidable")
    shown = len(re.findall(r"^undecidable: ", output, flags=re.MULTILINE))
    assert shown > 0
    assert len(re.findall(r"^    Missing: ", output, flags=re.MULTILINE)) == shown


def test_the_target_for_trade_with_indonesia_is_borne_out() -> None:
    output = run("check_the_press", "--only", "supported")
    assert "18 billion US dollars by 2028" in output


def test_a_verdict_that_nobody_expects_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    log = dr.load("vietnam")
    without = dr.EventLog(
        [record for record in log if "level-upgraded/CHN" not in record.id],
        reference=log.reference,
    )
    monkeypatch.setattr(dr, "load", lambda name: without)
    assert script("check_the_press").main([]) == 1
    assert "Not as expected: none." not in capsys.readouterr().out


# --- your_own_country ----------------------------------------------------------------------------


def test_the_country_is_sound_and_ranked_by_its_own_ladder() -> None:
    output = run("your_own_country")
    assert "0 problems" in output
    assert [row[1] for row in rows(output)] == [
        "Australia", "India", "Vietnam", "France", "New Zealand",
    ]  # fmt: skip


def test_two_streams_decide_what_neither_decides_alone() -> None:
    module = script("your_own_country")
    alone = {one.claim.id for one in dr.load("vietnam").verify() if one.missing}
    both = {one.claim.id for one in (dr.load("vietnam") | module.build()).verify() if one.missing}
    assert both < alone
    assert "undecidable, now supported: Vietnam is Singapore's first" in run("your_own_country")


def test_a_track_of_ones_own_is_read_like_any_other() -> None:
    module = script("twin_cities")
    log = module.build() | dr.load("vietnam")
    world = log.replay(on="1995-04-30", tracks=[module.TWINNING])
    assert world["VNM", "USA"][module.TWINNING] == (("Ho Chi Minh City", "San Francisco"),)
    eve = log.replay(on="1995-04-29", tracks=[module.TWINNING])
    assert eve["VNM", "USA"][module.TWINNING] == ()
    assert [event.type for event in eve["VNM", "USA"].undecided].count("cities-twinned") == 1


def test_a_track_of_ones_own_gets_check_story_table_and_schema() -> None:
    output = run("twin_cities")
    assert "2 records of twins>, 0 problems" in output
    assert "Ho Chi Minh City and Leipzig became twin cities of Vietnam and Germany." in output
    assert "Thành phố kết nghĩa: Ho Chi Minh City và Leipzig" in output
    assert "cities    Ho Chi Minh City; San Francisco" in output
    assert "The schema asks for: on, sources, parties, cities" in output


def test_a_twinning_reported_twice_is_a_problem_of_ones_own_track() -> None:
    module = script("twin_cities")
    again = attrs.evolve(module.TWINS[0], on="2000-04")
    twice = module.build() | dr.EventLog([again], stream="more", sources=module.SOURCES)
    assert [one.code for one in twice.check(tracks=[module.TWINNING])] == ["DR306"]
    assert twice.check() == ()


def test_the_country_merges_the_same_from_either_side() -> None:
    mine, vietnam = script("your_own_country").build(), dr.load("vietnam")
    assert mine | vietnam == vietnam | mine


def test_an_unsound_country_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    module = script("your_own_country")
    monkeypatch.setattr(module, "SOURCES", module.SOURCES[1:])
    assert module.main([]) == 1
    assert "DR2" in capsys.readouterr().out


# --- years_to_the_top ----------------------------------------------------------------------------


def test_the_years_to_the_top_are_those_of_the_partners_that_reached_it() -> None:
    output = run("years_to_the_top")
    lines = output.split("\n\n")[1].splitlines()
    table = {name: years for years, name in (line.split(maxsplit=1) for line in lines)}
    assert {*table} == {*TWELVE["en"].split("|"), "Thailand"}
    assert table["Singapore"] == "51.6"
    assert output.startswith("13 of 169 partners reached the level under observation.\n")


def test_the_share_that_has_not_reached_a_level_falls_to_the_last_year() -> None:
    lines = run("years_to_the_top", "--level", "strategic").split("share without\n")[1].splitlines()
    shares = [float(line.split()[3]) for line in lines[:-2]]
    assert shares == sorted(shares, reverse=True)
    assert 0 < shares[-1] < shares[0] < 1


def test_a_level_that_the_ladder_lacks_ends_with_one_clear_line() -> None:
    error = run("years_to_the_top", "--level", "strategical", code=2)
    assert error.startswith("years_to_the_top: ")
    assert "Did you mean 'strategic'" in error


# --- china_ladder --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["china", "taiwan"])
def test_a_worked_example_has_at_least_twenty_cited_events(name: str) -> None:
    log = dr.read(EXAMPLES / name)
    assert len(log.records) >= 20
    assert log.check() == ()
    assert all(finding.as_expected for finding in log.verify())
    cited = {citation.source for record in log.records for citation in record.event.sources}
    assert cited == {source.id for source in log.reference.sources}


@pytest.mark.parametrize("name", ["china", "taiwan"])
@pytest.mark.parametrize(
    "shipped",
    ["vietnam", "singapore", pytest.param("united_states", marks=pytest.mark.slow)],
)
def test_a_worked_example_merges_with_a_shipped_stream(name: str, shipped: str) -> None:
    log = dr.read(EXAMPLES / name)
    own = {record.id for record in log.records}
    both = log | dr.load(shipped)
    assert [one for one in both.check() if one.event in own] == []
    assert both == dr.load(shipped) | log


@pytest.mark.parametrize("name", ["china", "taiwan"])
def test_a_worked_example_is_written_as_the_library_writes_it(name: str) -> None:
    log = dr.read(EXAMPLES / name)
    assert dr.dumps(log) == (EXAMPLES / name / "events.jsonl").read_text(encoding="utf-8")


def test_the_ranking_has_the_partners_whose_labels_have_a_rank() -> None:
    output = run("china_ladder")
    assert [row[1] for row in rows(output.split("Partners in order")[1])] == [
        "Belarus", "Venezuela", "Ethiopia", "Hungary", "France", "Vietnam", "Kazakhstan", "Brazil",
    ]  # fmt: skip


def test_the_rest_is_printed_with_what_it_was_raised_from() -> None:
    rest = run("china_ladder").split("not comparable with the others:")[1]
    assert re.findall(r"^ {6}(\w+)", rest, flags=re.MULTILINE) == [
        "Switzerland", "Germany", "Pakistan", "Russia",
    ]  # fmt: skip
    assert "raised from Strategic Partnership, rank 1" in rest
    assert "raised from Strategic Cooperative Partnership, rank 1" in rest


def test_labels_of_one_rank_are_printed_together() -> None:
    assert "  1  Strategic Partnership; Strategic Cooperative Partnership\n" in run("china_ladder")


def test_on_an_early_day_germany_still_had_a_rank() -> None:
    order, rest = run("china_ladder", "--on", "2013-12-31").split("not comparable")
    assert "Germany" in order
    assert "Germany" not in rest
    assert "Russia" in rest


def test_chinas_ladder_and_vietnams_are_not_compared() -> None:
    both = dr.read(EXAMPLES / "china") | dr.load("vietnam")
    relation = both.relation("CHN", "VNM", on="2025-01-01")
    assert [relation.level(party).level.id for party in ("CHN", "VNM")] == [  # type: ignore[union-attr]
        "comprehensive-strategic-cooperative", "comprehensive-strategic",
    ]  # fmt: skip


# --- taiwan_switches -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "state", "taiwan", "china"),
    [
        ("1997-08-30", "Saint Lucia", "severed", "unknown"),
        ("2007-05-02", "Saint Lucia", "established", "established"),
        ("2005-05-20", "Nauru", "established", "established"),
        ("2005-05-31", "Nauru", "established", "established (open)"),
        ("2010-01-01", "Nauru", "established", "suspended"),
        ("2014-06-30", "Gambia", "severed", "suspended"),
        ("2024-01-20", "Nauru", "severed", "suspended"),
        ("2025-12-31", "Nicaragua", "severed", "established"),
        ("1985-12-06", "Nicaragua", "unknown", "unknown"),
    ],
)
def test_a_switch_can_leave_ties_with_both_or_with_neither(
    on: str, state: str, taiwan: str, china: str
) -> None:
    (line,) = (
        line.strip()
        for line in run("taiwan_switches", "--on", on).split("Unbroken ties")[0].splitlines()
        if line.strip().startswith(state)
    )
    assert re.split(r"\s{2,}", line) == [state, taiwan, china]


def test_every_unbroken_time_of_ties_is_a_line() -> None:
    spells = run("taiwan_switches").split("Unbroken ties:")[1]
    assert spells.count("Nauru and ") == 4
    assert "Saint Lucia and Taiwan: from 30 April 2007, no end recorded" in spells
    assert "from 21 July 2002, until between 30 May 2005 and 1 June 2005" in spells


def test_recognition_went_where_nauru_said() -> None:
    log = dr.read(EXAMPLES / "taiwan")
    for on, taiwan, china in (
        ("2003-01-01", "unknown", "de-jure"),
        ("2010-01-01", "de-jure", "withdrawn"),
        ("2025-01-01", "withdrawn", "de-jure"),
    ):
        world = log.replay(on=on)
        assert world["NRU", "TWN"].recognition("NRU").status.value == taiwan
        assert world["NRU", "CHN"].recognition("NRU", "government").status.value == china


def test_an_unsound_example_is_the_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("china_ladder", "taiwan_switches"):
        module = script(name)
        log = dr.read(module.FOLDER)
        twice = dr.EventLog(log.records, reference=attrs.evolve(log.reference, sources=()))
        monkeypatch.setattr(dr, "read", lambda _, twice=twice: twice)
        assert module.main([]) == 1
        assert "DR2" in capsys.readouterr().out
        monkeypatch.undo()


# --- ranking_history and anniversaries -----------------------------------------------------------


def test_the_history_says_where_a_year_is_cut_and_who_left_out_a_rung() -> None:
    output = run("ranking_history")
    assert "\n2025-08-22 (cut: coverage): 1 China, 2 Russia, 3 India\n" in output
    assert "12 March 2025: Singapore, number 12; 2 days after the one before\n" in output
    assert "from Comprehensive Partnership without a level in between; first of G7" in output
    assert output.endswith("Africa: 0 of 13\n")


def test_the_history_of_early_years_has_positions_that_dates_leave_open() -> None:
    output = run("ranking_history", "--years", "2007", "2007", "--top", "9", "--level", "strategic")
    assert "2007-12-31: " in output
    assert re.search(r"\d+-\d+ Venezuela", output)
    assert "number 1 or more" not in output
    assert "nobody recorded" in run("ranking_history", "--years", "1990", "1990")
    assert "or more" in run(
        "ranking_history", "--years", "2025", "2026", "--level", "comprehensive"
    )


def test_a_bad_year_ends_with_one_clear_line() -> None:
    error = run("ranking_history", "--years", "2025", "2008", code=2)
    assert error == "ranking_history: years: 2025 lies after 2008: give the earlier one first\n"
    assert run("anniversaries", "--year", "0", code=2).startswith("anniversaries: year: ")


def test_the_anniversaries_are_listed_or_written_as_a_calendar(tmp_path: Path) -> None:
    assert "\n6 August 2026: 50th anniversary of the establishment" in run("anniversaries")
    assert "Kỷ niệm 50 năm" in run("anniversaries", "--lang", "vi")
    file = tmp_path / "days.ics"
    assert run("anniversaries", "--ical", str(file)) == "days.ics: 8 of 11\n"
    assert file.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")


# --- trade_and_levels ----------------------------------------------------------------------------


def test_trade_stands_beside_the_level_of_that_year_with_its_bounds() -> None:
    lines = [re.split(r"\s{2,}", line) for line in run("trade_and_levels").splitlines()]
    found = {(line[0], line[2]): line for line in lines if len(line) == 7}
    china = found["China", "> 175.5 USD bn"]
    assert china[1] == "Comprehensive Strategic Partnership"
    assert china[3:5] == ["175.5", "open"]
    assert found["Singapore", "~ 9.15 USD bn"][6] == "excluded"
    assert found["United States", "123.86 USD bn"][6] == "apart"


def test_growth_and_targets_of_a_year_are_told() -> None:
    output = run("trade_and_levels", "--year", "2021")
    assert "growth of 11.57 % to 9.15 USD bn implies 8.20 USD bn for 2021: excluded" in output
    output = run("trade_and_levels", "--year", "2020", "--unit", "USD mn")
    assert "Target of 15 USD bn for 2020, THA-VNM: met" in output
    assert "not-met" not in output


def test_the_examples_write_what_other_programs_read(tmp_path: Path) -> None:
    run("trade_and_levels", "-o", str(tmp_path / "trade.csv"))
    assert "trade-turnover" in (tmp_path / "trade.codebook.json").read_text(encoding="utf-8")
    run("partnership_graph", "-o", str(tmp_path / "x.graphml"))
    assert "Singapore" in (tmp_path / "x.graphml").read_text(encoding="utf-8")


def test_euros_are_apart_from_dollars() -> None:
    module = script("trade_and_levels")
    (figure,) = dr.load("vietnam").figures("investment-stock", party="EU", unit="USD bn")
    assert module.allowed(figure) == ("apart", "apart")


# --- partnership_graph ---------------------------------------------------------------------------


def test_the_network_has_the_partners_of_two_streams() -> None:
    output = run("partnership_graph")
    world = (dr.load("vietnam") | dr.load("singapore")).replay(on="2025-03-12")
    found = world.partners("VNM", at_least="strategic")
    assert re.search(rf"^Vietnam +{len(found)}$", output, flags=re.MULTILINE)
    assert "user-weighted: visits 2, agreements 1" in output
    assert re.search(r"^ +1 +1-1  China +1\.000$", output, flags=re.MULTILINE)
    assert "There may be more edges" in output


@pytest.mark.parametrize("name", ["trade_and_levels", "partnership_graph"])
def test_a_bad_question_to_the_newer_examples_is_one_line(name: str) -> None:
    option = "--unit" if name == "trade_and_levels" else "--at-least"
    said = run(name, option, " ", code=2)
    assert said.startswith(f"{name}: ")
    assert said.count("\n") == 1


# --- editors_brief -------------------------------------------------------------------------------


def test_the_editors_brief_begins_with_the_answer_and_ends_with_what_is_open(
    tmp_path: Path,
) -> None:
    page = tmp_path / "brief.md"
    said = run("editors_brief", "--partner", "SGP", "-o", str(page)).splitlines()
    brief = dr.pages.brief(dr.load("vietnam", "singapore"), "VNM", partner="SGP", on="2025-03-12")
    assert said[0] == brief.title
    assert page.read_text("utf-8") == brief.to_markdown()
    assert "Gaps in the record:" in said
    bad = run("editors_brief", "-o", str(tmp_path / "brief.txt"), code=2)
    assert bad.startswith("editors_brief: path: 'brief.txt'")


# --- the questions of sixteen users --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "args", "printed"),
    [found.groups() for found in KEPT.finditer(QUESTIONS.read_text("utf-8"))],
)
def test_the_page_of_questions_has_what_the_scripts_print(
    name: str, args: str, printed: str
) -> None:
    if name == "parquet_for_duckdb":
        pytest.importorskip("pyarrow")
        pytest.importorskip("duckdb")
    assert run(name, *args.split()) == printed, (
        "to write it anew, run python tests/test_examples.py"
    )


def test_the_page_of_questions_answers_sixteen_with_scripts_that_are_there() -> None:
    rows_of_page = [
        line
        for line in QUESTIONS.read_text("utf-8").splitlines()
        if "examples/" in line and "|" in line
    ]
    assert len(rows_of_page) == 16
    named = {name for line in rows_of_page for name in re.findall(r"examples/(\w+)\.py\)", line)}
    others = {"china_ladder", "editors_brief", "taiwan_switches", "twin_cities", "vietnam_partners"}
    assert {path.stem for path in EXAMPLES.glob("*.py")} - named <= others


def test_the_panel_counts_every_row_once_and_is_written(tmp_path: Path) -> None:
    output = run("panel_for_stata", "--years", "2012", "2013", "-o", str(tmp_path / "vn.csv"))
    total = int(output.split()[0])
    lines = [line.split() for line in output.splitlines()[3:]]
    assert {line[0] for line in lines} == {
        "ties", "level_a", "level_b", "posts_ab", "posts_ba", "visits_ab", "visits_ba",
        "agreements",
    }  # fmt: skip
    assert all(sum(map(int, line[1:])) == total for line in lines)
    assert (tmp_path / "vn.csv").read_text("utf-8").count("\n") == total + 1


def test_the_history_of_vietnam_and_the_united_states_has_each_event_and_the_skip() -> None:
    lines = run("story_of_two").splitlines()
    assert len(lines) == len(dr.load("vietnam").timeline("VNM", "USA")) + 1
    assert "12 July 1995 [ties] Vietnam and United States established" in "\n".join(lines)
    assert lines[-1].startswith(
        "10 September 2023 [skipped] Comprehensive Partnership > Comprehensive Strategic"
    )
    assert "[level]" in run("story_of_two", "Vietnam", "Singapore", "--lang", "vi")


def test_a_brief_has_what_changed_and_apart_from_it_what_was_recorded_later() -> None:
    output = run("since_last_brief", "--since", "2025-02-28", "--until", "2025-03-31")
    raised = re.findall(r"^  raised +(\S+):", output, flags=re.MULTILINE)
    assert raised == ["IDN-VNM", "SGP-VNM"]
    assert "recorded or corrected after 2026-11-23: " in output
    nothing = run("since_last_brief", "--since", "2025-03-12", "--until", "2025-03-12")
    assert not re.search(r"^  \w", nothing, flags=re.MULTILINE)


def test_by_what_was_published_the_day_after_nothing_differs() -> None:
    assert "No difference." in run("what_was_known", "--known", "2026-11-01")
    assert "Singapore" in run("what_was_known")


def test_who_skipped_a_level_is_whom_the_pace_says() -> None:
    pace = dr.load("vietnam").pace("VNM", level="comprehensive-strategic", on="2025-12-31")
    skipped = {row.name for row in pace if row.skipped}
    assert {line[12:].split(":")[0] for line in run("skipped_levels").splitlines()} == skipped
    assert run("skipped_levels", "--on", "2023-09-09") == ""


def test_a_class_sees_the_release_and_not_what_came_later() -> None:
    assert run("in_class").endswith("made from: {'vietnam': '0.2.0'}\n")


def test_a_newsroom_gets_the_twelve_in_either_language() -> None:
    for lang, names in TWELVE.items():
        lines = run("newsroom_table", "--lang", lang).splitlines()
        cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines if "|" in line]
        assert [row[1] for row in cells[2:]] == names.split("|")
        assert {len(row) for row in cells} == {5}


def test_the_numbers_that_sql_gives_are_those_of_the_partners(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    file = tmp_path / "vn.parquet"
    output = run("parquet_for_duckdb", "--years", "2022", "2024", "-o", str(file))
    numbers = dict(re.findall(r"^(\d{4})  comprehensive-strategic  (\d+)$", output, re.MULTILINE))
    log = dr.load("vietnam")
    for year, number in numbers.items():
        found = log.replay(f"{year}-12-31").partners("VNM", at_least="comprehensive-strategic")
        assert len(found) == int(number)
    assert [*numbers] == ["2022", "2023", "2024"]
    assert file.is_file()


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("panel_for_stata", ("--years", "2024", "2000")),
        ("story_of_two", ("Vietnam", "Atlantis")),
        ("since_last_brief", ("--since", "never")),
        ("what_was_known", ("--known", "never")),
        ("skipped_levels", ("--on", "never")),
        ("parquet_for_duckdb", ("--years", "2024", "2000")),
        ("newsroom_table", ("--at-least", "friendship")),
    ],
)
def test_a_bad_question_of_the_sixteen_is_one_line(name: str, args: tuple[str, ...]) -> None:
    said = run(name, *args, code=2)
    assert said.startswith(f"{name}: ")
    assert said.count("\n") == 1


def kept() -> str:
    """Return the page of questions with what the scripts print now."""
    return KEPT.sub(
        lambda found: (
            f"$ python examples/{found[1]}.py{found[2]}\n{run(found[1], *found[2].split())}"
        ),
        QUESTIONS.read_text("utf-8"),
    )


if __name__ == "__main__":
    QUESTIONS.write_text(kept(), "utf-8")

"""Everything that is wrong with a sheet is reported in one round, with hints that help."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from diplorel import EventLog, Source, read_sheet
from diplorel.errors import FIELD_ALIKE, SheetError, nearest
from diplorel.testing.dense import SGP_LADDER

VNA = Source(id="vna", title="T", publisher="VNA", kind="agency", published="2024")
EMPTY = EventLog(sources=[VNA], ladders=[SGP_LADDER])
HEAD = "type,on,party_a,party_b,{}sources\n"
TIES = "ties-established,1973-08-01,SGP,VNM,vna\n"


def refused(text: str, **more: Any) -> SheetError:
    given: dict[str, Any] = {"reference": EMPTY.reference, **more}
    with pytest.raises(SheetError) as caught:
        read_sheet(text, **given)
    return caught.value


def told(text: str, **more: Any) -> list[str]:
    problems = refused(text, **more).problems
    return [str(problem).removeprefix("events.csv:") for problem in problems]


def starts(found: list[str], *expected: str) -> None:
    """Assert how messages begin, in whatever order those of a line come."""
    assert len(found) == len(expected), found
    for one in expected:
        assert any(message.startswith(one) for message in found), (one, found)


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("other_parties", "Atlantis; Japan; Lemuria"),
        ("persons", "Ann (Atlantis); Bo (VNM); Cy (Lemuria)"),
        ("wording", "Atlantis en: A; VNM en: B; Lemuria en: C"),
    ],
)
def test_all_unknown_parties_of_a_cell_are_reported(column: str, cell: str) -> None:
    head = HEAD.format(f"agreement,{column},")
    row = "agreement-signed,2018,SGP,VNM,pact"
    if column == "wording":
        head, row = HEAD.format("wording,"), "special-relationship-declared,1977,LAO,VNM"
    starts(
        told(f"{head}{row},{cell},vna\n"),
        f"2: DR133 {column}: unknown party 'Atlantis'",
        f"2: DR133 {column}: unknown party 'Lemuria'",
    )


def test_all_citations_of_a_cell_are_looked_at() -> None:
    cell = '"(p. 3); nope; vna [12/03/2025]; nope (p. 4); other"'
    starts(
        told(HEAD.format("") + TIES.replace(",vna", f",{cell}")),
        "2: DR136 sources: expected a citation",
        "2: DR129 sources: '12/03/2025' can be",
        "2: DR138 sources: 'nope' is not a source",
        "2: DR138 sources: 'other' is not a source",
    )


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("level raised", "'level-upgraded' or 'level-agreed'"),
        ("level upgrade", "'level-upgraded'"),
        ("", None),
    ],
)
def test_a_row_is_looked_at_although_its_type_is_unknown(typed: str, offered: str | None) -> None:
    head = HEAD.format("ladder,level,persons,")
    row = f"{typed},12/03/2025,Singapor,,SGP,highest,Ann (Atlantis),nope\n"
    found = told(head + row)
    starts(
        found,
        "2: DR134 type: unknown type" if typed else "2: DR128 type: the cell is empty",
        "2: DR129 on: '12/03/2025' can be",
        "2: DR133 party_a: unknown party 'Singapor'",
        "2: DR133 persons: unknown party 'Atlantis'",
        "2: DR204 level: 'highest' is not a level of the ladder of SGP",
        "2: DR138 sources: 'nope' is not a source",
        *(["2: DR128 party_b: the cell is empty, and level-upgraded"] if typed[6:7] == "u" else []),
    )
    assert offered is None or any(f"Did you mean {offered}?" in message for message in found)


def test_a_level_that_only_check_refuses_is_reported_only_where_the_sheet_is_refused() -> None:
    head = HEAD.format("ladder,level,")
    row = "level-upgraded,2013,SGP,VNM,SGP,highest,vna\n"
    assert read_sheet(head + row, reference=EMPTY.reference).events[0].level == "highest"  # type: ignore[attr-defined]
    starts(told(head + row + row.replace("VNM", "Atlantis")), "2: DR204", "3: DR204", "3: DR133")


def test_values_are_looked_at_although_other_cells_cannot_be_read() -> None:
    head = HEAD.format("seq,nth,")
    row = "ties-established,1973-08-01,Atlantis,VNM,5000,99999,vna\n"
    starts(
        told(head + row),
        "2: DR133 party_a: ",
        "2: DR104 seq: expected a whole number from 0 to 1023",
        "2: DR104 nth: expected a whole number from 1 to 9999",
    )


def test_a_column_that_is_missing_is_reported_for_each_type_that_needs_it() -> None:
    head = HEAD.format("ladder,").replace("party_b,", "")
    found = told(
        f"{head}level-upgraded,2013,SGP,SGP,vna\nlevel-upgraded,2014,SGP,SGP,vna\n"
        "level-agreed,2013,SGP,SGP,vna\nties-established,2013,SGP,,vna\n"
    )
    starts(
        [message for message in found if "DR128" in message],
        "2: DR128 level-upgraded needs the column party_b (or partner)",
        "4: DR128 level-agreed needs the column party_b (or partner)",
        "4: DR128 level-agreed needs the column level",
        "5: DR128 ties-established needs the column party_b (or partner)",
    )


def test_a_misspelt_column_is_looked_at_as_if_it_had_the_name_that_is_offered() -> None:
    head = HEAD.format("plcae,").replace("sources", "sources,place")
    row = TIES.replace(",vna", ",#N/A,vna,Paris")
    starts(told(head + row), "1: DR124 unknown column 'plcae'")
    starts(
        told(HEAD.format("plcae,") + TIES.replace(",vna", ",#N/A,vna")),
        "1: DR124 unknown column 'plcae'. Did you mean 'place'?",
        "2: DR132 plcae: '#N/A' is what a program leaves",
    )


def test_a_field_is_not_offered_for_a_name_that_only_shares_letters_with_it() -> None:
    (message,) = told(HEAD.format("fact_id,") + TIES.replace(",vna", ",7,vna"))
    assert "Take it out, or name it '_fact_id'" in message
    assert nearest("fact_id", ["acting"]) == ("acting",)
    assert nearest("fact_id", ["acting"], alike=FIELD_ALIKE) == ()


# --- sources -------------------------------------------------------------------------------------

DESCRIBED = "type,on,party_a,party_b,source_title,source_publisher,source_kind,{}\n"


def test_a_second_source_is_reported_by_the_names_of_its_own_columns() -> None:
    head = DESCRIBED.format("source2_title,Source 2 Kind,source2_page")
    row = "ties-established,1973-08-01,SGP,VNM,T,P,press,{}\n"
    starts(
        told(head + row.format("U,presse,#N/A")),
        "2: DR138 the source lacks source2_publisher.",
        "2: DR138 Source 2 Kind: expected one of",
        "2: DR132 source2_page: '#N/A' is what",
    )
    head = DESCRIBED.format("source2_title,source2_publisher,source2_kind,source2_date,source2_url")
    found = told(head + row.format('"U\nV",Q,press,12/03/2025,'))
    assert {message.split(": ")[1].split()[1] for message in found} == {
        "source2_title", "source2_date",
    }  # fmt: skip


def test_a_value_that_another_stream_gives_of_a_source_is_no_mistake() -> None:
    other = EventLog(sources=[attrs.evolve(VNA, title="U")])
    one = EventLog(sources=[VNA])
    reference = one.reference.of("mine") | other.reference.of("theirs")
    head = DESCRIBED.format("source_id")
    row = "ties-established,1973-08-01,SGP,VNM,{},VNA,agency,vna\n"
    for title in ("T", "U"):
        assert read_sheet(head + row.format(title), reference=reference).sources == ()
    (message,) = told(head + row.format("V"), reference=reference)
    assert "the source 'vna' has 'T' (mine) and 'U' (theirs), got 'V'" in message


# --- rows twice ----------------------------------------------------------------------------------


def test_rows_twice_are_reported_among_sound_rows_and_among_broken_ones() -> None:
    broken = TIES.replace("VNM", "Atlantis")
    error = refused(HEAD.format("") + TIES + broken + TIES + broken)
    found = [str(problem).removeprefix("events.csv:") for problem in error.problems]
    starts(
        found,
        "3: DR133",
        "4: DR137 the row repeats line 2.",
        "5: DR133",
        "5: DR137 the row repeats",
    )
    assert [row.line for row in error.sheet.rows] == [2]
    assert error.unread == (("SGP", "?Atlantis"), ("SGP", "?Atlantis"))
    numbered = refused(HEAD.format("") + TIES + broken + TIES + broken, number_repeats=True)
    assert {problem.code for problem in numbered.problems} == {"DR133"}
    assert [row.event.nth for row in numbered.sheet.rows] == [1, 2]


@pytest.mark.parametrize(
    ("row", "unread"),
    [
        ("ties-established,1973,Singapor,VNM,,vna", (("SGP", "VNM"),)),
        ("ties-established,1973,SGP,,,vna", (("SGP",),)),
        ("ties-established,1973,,,,vna", ((),)),
        ("agreement-signed,1973,SGP,VNM,JPN,vna", (("SGP", "VNM", "JPN"),)),
    ],
)
def test_of_a_broken_row_it_is_known_whom_it_can_be_about(row: str, unread: Any) -> None:
    assert refused(HEAD.format("other_parties,") + row + "\n").unread == unread


# --- hints ---------------------------------------------------------------------------------------


def test_an_unknown_party_can_be_added() -> None:
    (message,) = told(HEAD.format("") + TIES.replace("SGP", "Đảo Atlantis"))
    assert message.endswith(
        'parties.toml: [[party]], below it id = "DAO_ATLANTIS" and names.en = "Đảo Atlantis"'
    )


def test_a_key_is_offered_for_a_text() -> None:
    head = HEAD.format("agreement,")
    row = "agreement-signed,2018,SGP,VNM,{},vna\n"
    (message,) = told(head + row.format("Northern Pact (1949)"))
    assert message.endswith(". Write northern-pact-1949")
    (message,) = told(head + row.format("?"))
    assert "Write" not in message

"""Tables: how people write them, what is told of each mistake, and what becomes of edits."""

from __future__ import annotations

from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel import EventLog, Party, Source, read_sheet, update, write_sheet
from diplorel import events as ev
from diplorel.errors import DiplorelError, InvalidQueryError, RecordedOrderError, StreamError
from diplorel.io.sheets import Row, Sheet, csv_reader
from diplorel.model.converters import date_or_none, to_tuple
from diplorel.model.events import Event, Precedence
from diplorel.testing.dense import SGP_LADDER

VNA = Source(id="vna", title="T", publisher="VNA", kind="agency", published="2024")
EMPTY = EventLog(sources=[VNA], ladders=[SGP_LADDER])
HEAD = "type,on,party_a,party_b,place,sources\n"
TIES = "ties-established,1973-08-01,SGP,VNM,,vna\n"


def read(text: str | bytes, **more: Any) -> Sheet:
    return read_sheet(text, reference=EMPTY.reference, **more)


def told(text: str | bytes, **more: Any) -> list[str]:
    with pytest.raises(StreamError) as caught:
        read(text, **more)
    return [str(problem).removeprefix("events.csv:") for problem in caught.value.problems]


def one(row: str, head: str = HEAD) -> Any:
    (event,) = read(head + row).events
    return event


# --- how people write ----------------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_line_ends_and_the_byte_order_mark_make_no_difference(
    mark: str, delimiter: str, end: str
) -> None:
    text = mark + (HEAD + TIES + ",,,,,\n").replace(",", delimiter).replace("\n", end)
    assert read(text.encode()) == read(HEAD + TIES)


@pytest.mark.parametrize(
    "head",
    [
        "Type,Date,Country A,Country-B,Location,Source\n",
        "event type, when ,COUNTRY,partner,place,citations\n",
        "type,on,party_a,party_b,place,sources,_mine,#also mine,\n",
    ],
)
def test_columns_are_known_by_other_names_too(head: str) -> None:
    assert one(TIES.strip() + "," * (head.count(",") - 5), head) == one(TIES)


@pytest.mark.parametrize("name", ["ties established", "TiesEstablished", "Ties-Established"])
@pytest.mark.parametrize("party", ["SGP", "sg", "Singapore", "Xin-ga-po", "\u00a0Singapore \u200b"])
def test_types_and_parties_are_known_by_their_names(name: str, party: str) -> None:
    assert one(f"{name},1973-08-01,{party},Việt\u00a0Nam,,vna") == one(TIES)


def test_na_is_namibia() -> None:
    assert one("ties-established,1990-03-21,NA,VNM,,vna").parties == ("NAM", "VNM")


def test_roles_name_the_sides_of_a_directed_fact() -> None:
    event = one("visit made,2013-09-11,VNM,SGP,state,vna", "type,on,visitor,host,kind,sources\n")
    assert (event.visitor, event.host, event.kind) == ("VNM", "SGP", "state")


def test_a_level_is_known_by_its_name_on_a_ladder_that_is_known() -> None:
    head = "type,on,party_a,party_b,ladder,level,sources\n"
    ladder = attrs.evolve(
        SGP_LADDER, levels=[attrs.evolve(SGP_LADDER.levels[0], names={"en": "A B"})]
    )
    reference = EventLog(sources=[VNA], ladders=[ladder]).reference
    row = "level-upgraded,2013,SGP,VNM,{},{},vna\n"
    for name in ("a b", "low", "LOW"):
        table = read_sheet(head + row.format("Singapore", name), reference=reference)
        assert table.events[0].level == "low"  # type: ignore[attr-defined]
    assert one(row.format("VNM", "mid"), head).level == "mid"


def test_yes_and_numbers_in_quotes_are_taken_as_they_stand() -> None:
    head = "type,on,party_a,party_b,indicator,value,unit,cumulative,sources\n"
    event = one('figure-reported,"""9999""",SGP,VNM,trade,"""1E+5""",USD,YES,vna', head)
    assert (str(event.value), event.cumulative, event.on.text) == ("1E+5", True, "9999")
    assert not one("figure-reported,2024,SGP,,trade,1,USD,no,vna", head).cumulative


def test_an_agreement_can_have_more_than_two_sides() -> None:
    head = "type,on,party_a,party_b,other_parties,agreement,sources\n"
    event = one("agreement-signed,2018-03-08,VNM,SGP,Japan; Peru,cptpp,vna", head)
    assert event.parties == ("JPN", "PER", "SGP", "VNM")


# --- sources in the same table -------------------------------------------------------------------

DESCRIBED = "type,on,country,partner,source_title,source_publisher,source_kind,{}\n"
ROW = "ties-established,1973-08-01,SGP,VNM,{},{},{},{}\n"


def test_rows_that_describe_one_document_give_one_source() -> None:
    head = DESCRIBED.format("source_date,source_page")
    text = head + ROW.format("T", "Đài", "press", "2024-01,p. 1")
    text += ROW.format("T", "Đài", "Press", "2024-01,").replace("SGP", "THA")
    text += ROW.format("U", "Đài", "press", "2024-01,").replace("SGP", "LAO")
    table = read(text)
    assert [source.id for source in table.sources] == ["dai-2024-01", "dai-2024-01-2"]
    assert [[(c.source, c.locator) for c in e.sources] for e in table.events] == [
        [("dai-2024-01", "p. 1")], [("dai-2024-01", None)], [("dai-2024-01-2", None)],
    ]  # fmt: skip


def test_a_source_that_is_known_is_not_added_again() -> None:
    head = DESCRIBED.format("source_date")
    table = read(head + ROW.format("T", "VNA", "agency", "2024"))
    assert table.sources == ()
    assert table.events[0].sources[0].source == "vna"


def test_a_source_can_have_an_id_and_a_row_several_sources() -> None:
    head = DESCRIBED.format("source_id,source2_id,sources")
    table = read(head + ROW.format("T", "P", "press", "mine,vna,vna (p. 3)"))
    assert [source.id for source in table.sources] == ["mine"]
    assert [(c.source, c.locator) for c in table.events[0].sources] == [
        ("mine", None), ("vna", None), ("vna", "p. 3"),
    ]  # fmt: skip


def test_an_id_of_a_source_is_cut_at_a_word() -> None:
    table = read(
        DESCRIBED.format("source_lang")
        + ROW.format("A very long title of a document that nobody reads", "!", "press", "en")
    )
    assert [source.id for source in table.sources] == ["a-very-long-title-of-a-document"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("U,VNA,agency,vna,,", "source_title: the source 'vna' has 'T', got 'U'"),
        (",,,vna,2023,", "source_date: the source 'vna' has '2024', got '2023'"),
        (",,,vna,2024,", ""),
        ("#N/A,VNA,agency,,,", "source_title: '#N/A' is what a program leaves"),
        (",,,,,p. 3", "source_page: it is the page of a source that the row does not describe"),
    ],
)
def test_a_source_says_what_the_bibliography_says(row: str, message: str) -> None:
    head = DESCRIBED.format("source_id,source_date,source_page,sources")
    text = head + f"ties-established,1973-08-01,SGP,VNM,{row},vna\n"
    if message:
        assert message in told(text)[0]
    else:
        assert read(text).sources == ()


def test_a_row_adds_to_a_known_source_what_its_entry_leaves_out() -> None:
    head = DESCRIBED.format("source_id,source_url,source_lang")
    table = read(
        head
        + ROW.format("T", "VNA", "agency", "vna,https://vna.example/a,")
        + ROW.format("", "", "", "vna,https://vna.example/a,en").replace("SGP", "THA")
    )
    more = attrs.evolve(VNA, url="https://vna.example/a", lang="en")
    assert table.sources == (more,)
    mine = EventLog(EMPTY.records, reference=EMPTY.reference.of("mine"))
    for log in (EMPTY, mine):
        grown = update(log, table, stream="mine", at=AT)
        assert grown.reference.source["vna"] == more
        assert grown.reference.clashes() == ()
        assert update(grown, table, stream="mine") is grown
    assert grown.reference.by_stream["mine"].source["vna"] == more
    other = head + ROW.format("T", "VNA", "agency", "vna,https://vna.example/a,en")
    other += ROW.format("T", "VNA", "agency", "vna,https://vna.example/a,vi").replace("SGP", "THA")
    assert "source_lang: the source 'vna' has 'en', got 'vi'" in told(other)[0]


# --- what is told --------------------------------------------------------------------------------


def test_everything_that_is_wrong_is_reported_at_once_in_the_order_of_the_lines() -> None:
    text = HEAD.replace("place", "palce") + "x,12/03/2025,??,Viet,#N/A,\n" + TIES + "\n" + TIES
    first, *codes = [message.split()[1] for message in told(text)]
    codes = [first, *sorted(codes[:6]), *codes[6:]]  # within a line their order is of no matter
    assert codes == [
        "DR124", "DR129", "DR132", "DR133", "DR133", "DR134", "DR138", "DR127", "DR137",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("457280", "is not a valid date. Write a date such as 2025-03-12"),
        ('"""1973-13"""', "'1973-13' is not a valid date: month must be in 1..12"),
        ("tháng 13 năm 1973", "'tháng 13 năm 1973' is not a valid date: expected a form"),
        ("ngày 5 tháng", "'ngày 5 tháng' is not a valid date: expected a form"),
        ("31 June 1973", "'31 June 1973' is not a valid date: expected a form"),
        ("June 1 2 1973", "'June 1 2 1973' is not a valid date: expected a form"),
        ("15 Sept 1973", "has the month in words. Write 1973-09-15"),
        ("12/03/973", "has no year of four digits"),
    ],
)
def test_dates_in_other_forms_are_reported_and_never_guessed(cell: str, message: str) -> None:
    assert message in told(HEAD + TIES.replace("1973-08-01", cell))[0]


@pytest.mark.parametrize(
    ("column", "cell", "message"),
    [
        ("wording", "VNM", "expected a side, a language and its words"),
        ("wording", "VNM en text", "expected a side, a language and its words"),
        ("wording", "Atlantis en: text", "unknown party 'Atlantis'"),
        ("persons", "Ann (Atlantis)", "unknown party 'Atlantis'"),
        ("persons", "Ann ()", "expected a person such as"),
        ("seq", "2048", "seq: expected a whole number from 0 to 1023, got 2048"),
        ("sources", "(p. 3)", "expected a citation such as"),
        ("sources", "vna (p. 3) (p. 4)", "expected a citation such as"),
        ("sources", "nope", "'nope' is not a source of the bibliography"),
        ("place", '"=A1"', "is a formula"),
    ],
)
def test_cells_in_another_notation_are_reported(column: str, cell: str, message: str) -> None:
    head = "type,on,party_a,party_b," + column + (",sources\n" if column != "sources" else "\n")
    row = f"special-relationship-declared,1977-07-18,LAO,VNM,{cell}"
    assert message in told(head + row + (",vna\n" if column != "sources" else "\n"))[0]


def test_titles_have_each_language_once() -> None:
    head = "type,on,party_a,party_b,agreement,titles,sources\n"
    row = "agreement-signed,2018,LAO,VNM,pact,en: A; en: B,vna\n"
    assert "the language 'en' occurs twice" in told(head + row)[0]


def test_a_level_without_a_ladder_that_can_be_read_is_reported_with_its_ladder() -> None:
    head = "type,on,party_a,party_b,ladder,level,sources\n"
    assert (
        "ladder: unknown party 'Atlantis'"
        in told(head + "level-upgraded,2013,SGP,VNM,Atlantis,high,vna\n")[0]
    )
    assert "needs it" in told(head + "level-upgraded,2013,SGP,VNM,,high,vna\n")[0]


def test_a_party_whose_id_has_another_form_is_reported_in_its_column() -> None:
    reference = EventLog(
        sources=[VNA], parties=[Party(id="atlantis", names={"en": "Atlantis"})]
    ).reference
    with pytest.raises(StreamError, match="party_b: parties: 'atlantis' is not a party id"):
        read_sheet(HEAD + "visit-made,2013,VNM,Atlantis,,vna\n", reference=reference)


def test_one_id_stands_in_one_row() -> None:
    head = "id," + HEAD
    rows = f"a,{TIES}a,{TIES.replace('SGP', 'THA')}"
    (message,) = told(head + rows)
    assert message.startswith("3: DR137 id: 'a' is in line 2 already.")


def test_tables_have_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = HEAD.strip() + "," * 300 + "\n"
    assert read(wide + TIES.strip() + "," * 300 + "\n") == read(HEAD + TIES)
    assert "more than 256 columns: 306" in told(wide + TIES.strip() + "," * 299 + ",x\n")[0]
    assert "a cell has 32768 characters" in told(HEAD + TIES.replace(",,", f",{'x' * 32768},"))[0]
    assert "larger than field limit" in told(HEAD + TIES.replace(",,", f",{'x' * 140000},"))[0]
    assert "larger than field limit" in told(HEAD.replace("place", "x" * 140000))[0]
    assert "more than 256 columns: 306" in told(HEAD.strip() + ",x" * 300 + "\n")[0]
    assert len(told(HEAD + TIES.replace(",,", f",{'Viá»‡t' * 1000},"))[0]) < 1100
    monkeypatch.setattr(csv_reader, "SHEET_ROWS", 2)
    assert "more than 2 rows" in told(HEAD + TIES + TIES)[0]
    monkeypatch.setattr(csv_reader, "SHEET_BYTES", 10)
    assert "larger than 10 bytes" in told(HEAD)[0]


def test_what_excel_understands_above_the_header_is_no_row() -> None:
    assert read("sep=;\r\n" + (HEAD + TIES).replace(",", ";")) == Sheet(
        (attrs.evolve(read(HEAD + TIES).rows[0], line=3),), (), "events.csv"
    )


def test_a_column_without_a_name_is_reported_by_its_letters_and_its_first_cell() -> None:
    rows = (
        TIES.replace("\n", "," * 30 + "\n")
        + TIES.replace("SGP", "THA").strip()
        + "," * 25
        + "x,,,,,\n"
    )
    (message,) = told(HEAD.strip() + "," * 30 + "\n" + rows)
    assert message.startswith(
        "1: DR124 column 31 (AE) has no name and holds something, first on line 3"
    )


def test_a_row_below_a_cell_of_several_lines_is_reported_by_its_place_in_the_sheet_too() -> None:
    above = TIES.replace(",,", ',"Paris,\nFrance",')
    broken, message = told(HEAD + above + TIES.replace("SGP", "Singapor"))
    assert message.startswith("4: DR133 party_a: ")
    assert "place: 'Paris,\\nFrance' holds a line break, expected one line" in broken
    assert message.endswith(". In a spreadsheet this is row 3")
    (message,) = told(HEAD + TIES.replace("SGP", "Singapor"))
    assert "row" not in message


@pytest.mark.parametrize("place", ["h?p tác", '"Vi?t" Nam?a', "Nguy?n"])
def test_letters_that_became_question_marks_are_reported(place: str) -> None:
    cell = place.replace('"', '""')
    (message,) = told(HEAD + TIES.replace(",,", f',"{cell}",'))
    assert message.startswith("2: DR122 place: ")


@pytest.mark.parametrize("place", ["Paris?", "? Paris", "https://vna.vn/a?b=c", '"who?what"'])
def test_question_marks_that_can_be_meant_are_left_alone(place: str) -> None:
    cell = place.replace('"', '""')
    assert one(TIES.replace(",,", f',"{cell}",')).place == place.strip('"')


def test_text_that_is_no_utf_8_is_reported_also_where_no_bytes_were_given() -> None:
    assert "is not UTF-8" in told(HEAD + TIES.replace("SGP", "S\ud800"))[0]


@given(
    st.lists(
        st.lists(
            st.sampled_from(
                ("", "SGP", "VNM", "NA", "vna", "visit-made", "ties-established", "1973", "2013-09",
                 "12/03/2025", "45728", "=A1", "'=A1", '"', '""', "x" * 50, "\u00a0", "en: a", "(",
                 ";", "a (VNM)", "#N/A", "9,15", "Viá»‡", "\r", "\n", "\ufeff", "'", "é" * 3)
            )
            | st.text(max_size=5),
            max_size=9,
        ),
        max_size=4,
    ),
    st.sampled_from(",;\t|"),
    st.booleans(),
)  # fmt: skip
def test_whatever_is_in_the_cells_ends_with_events_or_problems(
    rows: list[list[str]], delimiter: str, quote: bool
) -> None:
    head = "id,type,on,party_a,party_b,persons,place,value,sources"
    lines = [head.split(","), *rows]
    mark = '"' if quote else ""
    text = "\n".join(delimiter.join(f"{mark}{cell}{mark}" for cell in line) for line in lines)
    try:
        table = read(text)
        update(EMPTY, table, stream="mine")
    except DiplorelError as error:
        assert isinstance(error, StreamError)
        assert error.problems


# --- classes of one's own ------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class FlagRaised(Event):
    """Somebody raised a flag, of a list of colours, on some days."""

    type: ClassVar[str] = "flag-raised"
    precedence: ClassVar[Precedence] = Precedence.REPORTED

    colours: Any = attrs.field(converter=to_tuple)
    until: Any = attrs.field(default=None, converter=date_or_none)

    @property
    def parties(self) -> tuple[str, ...]:
        return ("VNM",)


def test_a_class_of_ones_own_has_columns_of_its_own() -> None:
    event = FlagRaised(on="1945-09-02", colours=(1, 2), sources=["vna"])
    log = EventLog([event], sources=[VNA])
    text = write_sheet(log, spreadsheet=False).replace("\r", "")
    assert text == (
        "id,type,on,party_a,party_b,colours,sources\n"
        'flag-raised/VNM/1945-09-02,flag-raised,1945-09-02,,,"[1, 2]",vna\n'
    )
    assert read(text, types=[FlagRaised]).events == (event,)
    assert "DR134" in told(text)[1]
    assert (
        "colours: expected JSON, got '[1'" in told(text.replace(", 2]", ""), types=[FlagRaised])[0]
    )
    assert (
        "flag-raised has nothing to say here"
        in told(text.replace(",,,", ",VNM,,"), types=[FlagRaised])[0]
    )


# --- updating ------------------------------------------------------------------------------------

ACT = ev.TiesEstablished(on="1973-08", parties=("SGP", "VNM"), sources=["vna"])
LOG = EventLog([ACT], sources=[VNA], at="2026-01-01T00:00:00Z")
AT = "2026-02-01T00:00:00Z"


def problems(log: EventLog, rows: Any, **more: Any) -> list[str]:
    with pytest.raises(StreamError) as caught:
        update(log, rows, **more)
    return [f"{one.code} {one.message}" for one in caught.value.problems]


def day(**fields: Any) -> ev.TiesEstablished:
    return attrs.evolve(ACT, **{"on": "1973-08-01", **fields})


def test_a_row_with_more_sources_is_recorded_again_without_a_reason() -> None:
    more = attrs.evolve(ACT, sources=["vna", "other"])
    after = update(LOG, [more], sources=[attrs.evolve(VNA, id="other")], at=AT)
    assert len(after) == 2
    assert after.resolve().events == (more,)
    assert [source.id for source in after.reference.sources] == ["other", "vna"]


def test_a_source_that_a_correction_left_out_comes_back_by_a_correction() -> None:
    """To say the same again would be to record what is dead already."""
    both = attrs.evolve(ACT, sources=["vna", "other"])
    log = update(LOG, [both], sources=[attrs.evolve(VNA, id="other")], at=AT)
    one = update(log, [ACT], reason="It does not say so.", at=AT)
    assert [citation.source for citation in one.resolve().events[0].sources] == ["vna"]
    again = update(one, [both], reason="It does, on page 2.", at=AT)
    assert {citation.source for citation in again.resolve().events[0].sources} == {"vna", "other"}
    assert update(again, [both]) is again
    assert problems(one, [both]) == [f"DR139 it changes {ACT.id}, and gives no reason"]


def test_a_changed_row_is_a_correction_with_the_reason_of_the_row_or_of_all() -> None:
    row = Row(day(reason="mine"), ACT.id)
    after = update(LOG, Sheet((row,)), reason="all", at=AT)
    (event,) = after.resolve().events
    assert event.supersedes == (f"{ACT.id}@{ACT.digest}",)
    assert event.reason == "mine"
    assert (
        update(LOG, Sheet((Row(day(), ACT.id),)), reason="all").resolve().events[0].reason == "all"
    )
    assert problems(LOG, Sheet((Row(day(), ACT.id),))) == [
        f"DR139 it changes {ACT.id}, and gives no reason"
    ]


def test_a_reason_is_not_taken_over_from_an_older_correction() -> None:
    first = update(LOG, Sheet((Row(day(reason="the day"), ACT.id),)), at=AT)
    (event,) = first.resolve().events
    moved = attrs.evolve(event, place="Paris")
    assert problems(first, [moved]) == [f"DR139 it changes {event.id}, and gives no reason"]
    (again,) = update(first, [moved], reason="the place").resolve().events
    assert (again.place, again.reason) == ("Paris", "the place")
    assert len(again.supersedes) == 2


def test_a_row_names_an_event_that_there_is() -> None:
    assert problems(LOG, Sheet((Row(day(), ACT.id + "x"),))) == [
        f"DR139 id: the stream has no event {ACT.id + 'x'!r}"
    ]
    gone = update(LOG, [], removed="retract", reason="no", at=AT)
    assert problems(gone, Sheet((Row(day(), ACT.id),))) == [
        f"DR139 id: the event {ACT.id} was corrected or taken back since"
    ]


def test_what_was_taken_back_stands_again_with_a_reason() -> None:
    gone = update(LOG, [], removed="retract", reason="no", at=AT)
    assert gone.resolve().events == ()
    assert problems(gone, [ACT]) == [
        f"DR139 the stream took {ACT.id} back before, and gives no reason"
    ]
    assert [event.id for event in update(gone, [ACT], reason="yes").resolve().events] == [ACT.id]


def test_nothing_is_taken_back_without_a_reason() -> None:
    with pytest.raises(InvalidQueryError, match="1 events have no row"):
        update(LOG, [], removed="retract")
    assert update(LOG, []) is LOG
    with pytest.raises(InvalidQueryError, match=r"removed: .*'keep', 'retract', got 'drop'"):
        update(LOG, [], removed="drop")  # type: ignore[arg-type]


def test_an_older_correction_by_the_plain_id_stands_in_the_way() -> None:
    plain = LOG.append(day(supersedes=[ACT.id], reason="the day"), at=AT)
    assert problems(plain, [day(), attrs.evolve(ACT, note="n")], reason="again") == [
        "DR139 the stream would not say what the row says: an older correction names " + ACT.id
    ]


def test_events_twice_and_sources_that_clash_are_reported() -> None:
    assert problems(EMPTY, [ACT, ACT]) == ["DR137 the row repeats an event before it"]
    (message,) = problems(EMPTY, [ACT], sources=[attrs.evolve(VNA, title="U")])
    assert message.startswith("DR138 the source 'vna' is another one in the bibliography: ")
    assert message.endswith("it differs in title: 'T' (mine), 'U' (the sheet)")
    assert update(EMPTY, [], sources=[attrs.evolve(VNA, published=None)]) is EMPTY


def test_a_stream_is_named_where_there_are_several() -> None:
    two = LOG | EventLog([ACT], stream="theirs", sources=[VNA])
    with pytest.raises(InvalidQueryError, match="name one with stream="):
        update(two, [day()])
    with pytest.raises(InvalidQueryError, match="name one of the log's streams"):
        write_sheet(two)
    assert {one.stream for one in update(two, [day()], stream="third").records} == {
        "mine", "theirs", "third",
    }  # fmt: skip
    with pytest.raises(RecordedOrderError):
        update(LOG, [day()], at="2025-01-01T00:00:00Z")


def test_an_empty_stream_is_a_header_and_has_the_name_that_it_gives_itself() -> None:
    assert write_sheet(EventLog(), spreadsheet=False) == "id,type,on,party_a,party_b,sources\r\n"
    from diplorel.model.reference import Reference, StreamInfo  # noqa: PLC0415  only here

    named = EventLog(reference=Reference(infos=[StreamInfo(name="named")]))
    assert update(named, [ACT]).streams == ("named",)


def test_the_records_of_other_streams_are_left_alone() -> None:
    theirs = EventLog([ACT], stream="theirs", sources=[VNA], at="2026-01-01T00:00:00Z")
    both = LOG | theirs
    after = update(both, [], stream="mine", removed="retract", reason="no", at=AT)
    assert after.where(stream="theirs").records == theirs.records
    assert write_sheet(both, stream="mine") == write_sheet(LOG)

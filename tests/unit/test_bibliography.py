"""How streams and the sources behind answers are cited."""

from __future__ import annotations

import json
import re

from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.analysis.bibliography import Bibliography
from diplorel.model.dates import PartialDate, partial_date
from diplorel.model.reference import StreamInfo
from diplorel.model.sources import Source, SourceKind
from diplorel.model.text import HIDDEN
from shipped_once import shipped

TEXTS = st.text(st.sampled_from("aB é{}\\%$&#_^~\n\t@,=\"'"), min_size=1, max_size=12)
LINES = TEXTS.map(lambda text: HIDDEN.sub("", text) or "T")
DATES = st.sampled_from(
    [
        None,
        *map(partial_date, "2013 2013-09 2013-09-11 201X [..1960] 2013-09-11/2013-09-13".split()),
    ]
)
SOURCES = st.builds(
    Source,
    id=TEXTS,
    title=LINES,
    publisher=TEXTS,
    kind=st.sampled_from(SourceKind),
    published=DATES,
    lang=st.none() | TEXTS,
    url=st.none() | TEXTS.map("https://example.org/{}".format),
)
INFOS = st.builds(
    StreamInfo,
    name=TEXTS,
    title=LINES,
    maintainers=st.lists(TEXTS, max_size=2),
    licence=TEXTS,
    released=DATES,
    url=TEXTS,
)
LISTS = st.builds(
    Bibliography,
    st.lists(INFOS, max_size=3).map(tuple),
    st.lists(SOURCES, max_size=4).map(tuple),
)


def _read_bibtex(text: str) -> dict[str, dict[str, str]]:
    """Read BibTeX by its own rule: a value ends where its braces are balanced."""
    entries: dict[str, dict[str, str]] = {}
    place = 0
    while (start := text.find("@", place)) >= 0:
        head = re.compile(r"@misc\{([^,{}\s]+),\n").match(text, start)
        assert head, text[start:]
        place = head.end()
        fields: dict[str, str] = {}
        while text[place] != "}":
            name = re.compile(r"  (\w+) = ").match(text, place)
            assert name, text[place:]
            place = end = name.end()
            depth = 0
            while depth or text[end] != ",":
                if text[end] == "\\":
                    end += 1
                elif text[end] in "{}":
                    depth += 1 if text[end] == "{" else -1
                end += 1
            fields[name[1]] = text[place:end]
            place = end + 2
        assert head[1] not in entries
        entries[head[1]] = fields
        place += 1
    return entries


@given(LISTS)
def test_bibtex_has_one_sound_entry_for_each_whatever_the_texts_hold(found: Bibliography) -> None:
    entries = _read_bibtex(found.bibtex())
    assert len(entries) == len(found.streams) + len(found.sources)
    for fields in entries.values():
        assert fields["title"].startswith("{{")
        assert all(value.startswith("{") or key == "month" for key, value in fields.items())


@given(LISTS)
def test_csl_is_json_with_what_its_schema_demands(found: Bibliography) -> None:
    items = found.csl()
    assert json.loads(json.dumps(items)) == items
    assert [one["id"] for one in items] == [
        *(one.name for one in found.streams),
        *(one.id for one in found.sources),
    ]
    assert all(one["type"] and one["title"] for one in items)


@given(DATES)
def test_a_citation_never_says_more_of_a_date_than_the_source(date: PartialDate | None) -> None:
    source = Source(id="s", title="t", publisher="p", kind="press", published=date)
    found = Bibliography(sources=(source,))
    fields = _read_bibtex(found.bibtex())["s"]
    issued = found.csl()[0].get("issued", {})
    parts = issued.get("date-parts", [[]])[0]
    if date is None:
        assert "year" not in fields
        assert issued == {}
        return
    for day in (date.earliest, date.latest):
        assert [day.year, day.month, day.day][: len(parts)] == parts
    assert ("year" in fields, "month" in fields, "day" in fields) == tuple(
        len(parts) > place for place in range(3)
    )
    if not parts:
        assert issued == {"literal": date.text}
        assert fields["note"] == f"{{dated {date.text}}}"


def test_a_month_is_the_macro_that_every_style_knows() -> None:
    source = Source(id="s", title="t", publisher="p", kind="press", published="2013-09")
    assert "  month = sep,\n" in Bibliography(sources=(source,)).bibtex()


def test_a_stream_is_cited_at_its_version() -> None:
    info = StreamInfo(
        name="mine", title="Mine", version="1.2", licence="CC0-1.0", maintainers=("A", "B"),
        released=partial_date("2026-11-22"), url="https://example.org/mine",
    )  # fmt: skip
    found = Bibliography(streams=(info,))
    assert str(found) == (
        "A, B. Mine, version 1.2 (2026-11-22). Data set. CC0-1.0. https://example.org/mine"
    )
    assert found.csl() == [
        {
            "id": "mine", "type": "dataset", "title": "Mine", "version": "1.2",
            "author": [{"literal": "A"}, {"literal": "B"}], "license": "CC0-1.0",
            "issued": {"date-parts": [[2026, 11, 22]]}, "URL": "https://example.org/mine",
        }
    ]  # fmt: skip
    assert "author = {{A} and {B}}" in found.bibtex()


def _log() -> dr.EventLog:
    sources = [
        Source(id=id, title=id.upper(), publisher="P", kind="press") for id in ("one", "two", "off")
    ]
    ties = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["one", "unlisted"])
    raised = ev.LevelUpgraded(
        on="2013-09", parties=("SGP", "VNM"), ladder="VNM", level="strategic", sources=["two"]
    )
    ladder = dr.Ladder(party="VNM", levels=[dr.Level(id="strategic", rank=1)])
    return dr.EventLog([ties], stream="a", sources=sources, ladders=[ladder]) | dr.EventLog(
        [raised], stream="b"
    )


def test_an_answer_cites_the_sources_behind_it_and_the_streams_that_report_them() -> None:
    log = _log()
    relation = log.relation("VNM", "SGP")
    ranking = log.replay().ranking("VNM")
    cases = {
        "ties": (relation.explain("ties"), ["one"], ["a"]),
        "level": (relation.explain("level"), ["two"], ["b"]),
        "relation": (relation, ["one", "two"], ["a", "b"]),
        "ranking": (ranking, ["one", "two"], ["a", "b"]),
        "separation": (ranking.explain("SGP", "SGP"), ["two"], ["b"]),
        "event": (log.records[0].event, ["two"], ["b"]),
    }
    for name, (answer, sources, streams) in cases.items():
        found = log.cite(answer)  # type: ignore[arg-type]  # the records hold events
        assert [one.id for one in found.sources] == sources, name
        assert [one.name for one in found.streams] == streams, name


def test_what_is_undecided_is_cited_too() -> None:
    log = _log()
    found = log.cite(log.relation("VNM", "SGP", on="2013-09-15"))
    assert [one.id for one in found.sources] == ["one", "two"]


def test_without_an_answer_the_streams_alone_are_cited() -> None:
    found = _log().cite()
    assert ([one.name for one in found.streams], found.sources) == (["a", "b"], ())


def test_a_finding_about_a_claim_cites_its_evidence() -> None:
    vietnam = shipped("vietnam")
    finding = next(one for one in vietnam.verify() if one.evidence)
    cited = {one.id for one in vietnam.cite(finding).sources}
    assert cited == {one.source for event in finding.evidence for one in event.sources}


@given(st.lists(SOURCES, max_size=4).map(tuple))
def test_printed_it_names_each_source_with_what_is_known_of_it(sources: tuple[Source, ...]) -> None:
    told = str(Bibliography((), sources))
    assert told == "\n".join(str(Bibliography((), (one,))) for one in sources)
    for one in sources:
        assert f"{one.publisher}, “{one.title}”" in told


def test_printed_a_source_stands_with_its_date_and_address_where_there_are_any() -> None:
    bare = Source(id="a", title="T", publisher="P", kind="press")
    full = Source(
        id="b", title="T", publisher="P", kind="press", published="2013-09", url="https://a.org/b"
    )
    assert str(Bibliography((), (bare, full))).splitlines() == [
        "P, “T”.",
        "P, “T”, 2013-09. https://a.org/b",
    ]


def test_a_document_under_several_ids_is_listed_once_under_the_cited_one_of_most_authority() -> (
    None
):
    page = Source(id="page", title="T", publisher="P", kind="press", url="https://p.example/a")
    statement = Source(id="statement", title="T", publisher="G", kind="government", same_as="page")
    archive = Source(
        id="archive", title="T", publisher="A", kind="joint", published="1973", same_as="page"
    )
    log = dr.EventLog(
        [
            ev.TiesEstablished(
                on="1973", parties=("SGP", "VNM"), sources=["page", "statement", "lost"]
            )
        ],
        sources=[page, statement, archive],
    )
    (cited,) = log.cite(*log.resolve().events).sources
    assert (cited.id, cited.publisher) == ("statement", "G")
    assert (cited.url, cited.published) == ("https://p.example/a", PartialDate("1973"))

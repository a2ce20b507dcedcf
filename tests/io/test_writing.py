"""Writing over a folder that people keep by hand: their comments and their order stay."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

import diplorel as dr
from diplorel import events as ev
from diplorel.claims import CountClaim
from diplorel.testing.streams import logs

NAMES = ("stream.toml", "sources.toml", "parties.toml", "claims.toml", "events.jsonl")


def source(id: str, **more: str) -> dr.Source:
    return dr.Source(id=id, title=id.upper(), publisher="P", kind="press", **more)


def ties(on: str, cited: str, *parties: str) -> ev.Event:
    return ev.TiesEstablished(on=on, parties=parties or ("SGP", "VNM"), sources=[cited])


def small() -> dr.EventLog:
    return dr.EventLog(
        [ties("1973-08-01", "one")],
        at="2026-01-01T00:00:00Z",
        sources=[source("one")],
        ladders=[dr.Ladder(party="VNM", levels=[dr.Level(id="strategic", rank=1)])],
        parties=[dr.Party(id="ATLANTIS", names={"en": "Atlantis"})],
        coverage=[dr.Coverage(track="ties", parties=["VNM"], until="2020", stream="mine")],
        claims=[
            CountClaim(
                id="one", on="2020-01-01", source="one", text={"en": "One."}, stream="mine",
                party="VNM", level="strategic", count=1,
            )
        ],
    )  # fmt: skip


def by_hand(folder: Path) -> dict[str, bytes]:
    """Put a remark at the head of each TOML file and another into it, as people do."""
    for name in NAMES[:-1]:
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(f"# Kept by hand.\n# Twice.\n\n{text}\n# The end.\n", "utf-8")
    return {name: (folder / name).read_bytes() for name in NAMES}


@given(log=logs())
def test_writing_again_what_is_there_changes_no_byte(log: dr.EventLog) -> None:
    for stream in log.streams:
        with tempfile.TemporaryDirectory() as folder:
            target = dr.write(log, folder, stream=stream)
            before = {path.name: path.read_bytes() for path in target.iterdir()}
            dr.write(dr.read(target), target)
            dr.write(log, target, stream=stream)
            assert {path.name: path.read_bytes() for path in target.iterdir()} == before


def test_what_people_wrote_stays_where_nothing_changes(tmp_path: Path) -> None:
    folder = dr.write(small(), tmp_path / "mine")
    before = by_hand(folder)
    log = dr.read(folder).append(ties("1980", "one", "SGP", "IDN"))
    dr.write(log, folder)
    after = {name: (folder / name).read_bytes() for name in NAMES}
    assert after["events.jsonl"].startswith(before.pop("events.jsonl"))
    assert {name: after[name] for name in before} == before
    assert dr.read(folder) == log


def test_new_entries_stand_at_the_end(tmp_path: Path) -> None:
    folder = dr.write(small(), tmp_path / "mine")
    before = by_hand(folder)
    log = dr.read(folder) | dr.EventLog(sources=[source("two"), source("three")])
    dr.write(log, folder)
    text = (folder / "sources.toml").read_bytes()
    assert text.startswith(before["sources.toml"].rstrip())
    assert text.index(b'"three"') < text.index(b'"two"')
    assert dr.read(folder) == log


def test_what_is_changed_is_written_anew_under_its_first_comments(tmp_path: Path) -> None:
    folder = dr.write(small(), tmp_path / "mine")
    before = by_hand(folder)
    (folder / "sources.toml").write_bytes(
        before["sources.toml"].replace(b'title = "ONE"', b'title = "Uno"')
    )
    more = dr.EventLog(
        coverage=[dr.Coverage(track="level", parties=["VNM"], stream="mine")],
    )
    dr.write(small() | more, folder)
    for name in ("stream.toml", "sources.toml"):
        text = (folder / name).read_text("utf-8")
        assert text.startswith("# Kept by hand.\n# Twice.\n\n")
        assert "# The end." not in text
    assert (folder / "claims.toml").read_bytes() == before["claims.toml"]
    assert dr.read(folder).reference.sources == small().reference.sources
    assert dr.read(folder).coverage == (small() | more).coverage


def test_an_emptied_bibliography_is_written_empty(tmp_path: Path) -> None:
    folder = dr.write(small(), tmp_path / "mine")
    bare = dr.EventLog(small().records)
    dr.write(bare, folder)
    assert dr.read(folder).reference.sources == ()


def brought(stream: str, *sources: dr.Source) -> dr.EventLog:
    """Return a log as one stream brings it, which cites the first of its sources."""
    log = dr.EventLog(
        [ties("1973-08-01", sources[0].id)],
        stream=stream,
        at="2026-01-01T00:00:00Z",
        sources=sources,
    )
    return dr.EventLog(log.records, reference=log.reference.of(stream))


def test_a_source_that_the_log_has_in_two_entries_is_written_as_one(tmp_path: Path) -> None:
    log = dr.EventLog(small().records, sources=[source("one"), source("one", lang="en")])
    folder = dr.write(
        log | dr.EventLog(sources=[source("one", url="https://p.org/1")]), tmp_path / "m"
    )
    assert dr.read(folder).reference.sources == (source("one", lang="en", url="https://p.org/1"),)
    clash = log | dr.EventLog(sources=[source("one", lang="vi")])
    folder = dr.write(clash, tmp_path / "clash")
    assert dr.read(folder).reference.sources == (clash.reference.source["one"],)


def test_a_stream_writes_its_own_entries_whatever_other_streams_add(tmp_path: Path) -> None:
    mine = brought("mine", source("one"), source("two", same_as="one"))
    theirs = brought("theirs", source("one", lang="en"), source("far", same_as="one"))
    before = dr.write(mine, tmp_path / "mine")
    files = {path.name: path.read_bytes() for path in before.iterdir()}
    merged = mine | theirs
    assert merged.reference.source["one"].lang == "en"
    dr.write(merged, before, stream="mine")
    assert {path.name: path.read_bytes() for path in before.iterdir()} == files
    again = dr.read(dr.write(merged, tmp_path / "again", stream="mine"))
    assert again.reference.sources == mine.reference.sources
    other = dr.read(dr.write(merged, tmp_path / "other", stream="theirs"))
    assert [one.id for one in other.reference.sources] == ["far", "one"]


def test_of_several_streams_one_takes_along_what_it_needs(tmp_path: Path) -> None:
    wire, other = source("wire"), source("other")
    paper = source("paper", derived_from="wire")
    raised = ev.LevelUpgraded(
        on="2013", parties=("ATLANTIS", "SGP"), ladder="SGP", level="high", sources=["paper"]
    )
    ladder = dr.Ladder(party="SGP", levels=[dr.Level(id="high", rank=1)])
    mine = dr.EventLog([raised], stream="two", sources=[wire, paper], ladders=[ladder])
    log = mine | small() | dr.EventLog(sources=[other])
    folder = dr.write(log, tmp_path / "two", stream="two")
    found = dr.read(folder).reference
    assert [one.id for one in found.sources] == ["paper", "wire"]
    assert [one.party for one in found.ladders] == ["SGP"]
    assert [one.id for one in found.extra_parties] == ["ATLANTIS"]
    assert found.claims == ()
    folder = dr.write(log, tmp_path / "mine", stream="mine")
    assert [one.id for one in dr.read(folder).reference.sources] == ["one"]
    assert [one.id for one in dr.read(folder).reference.claims] == ["one"]


@pytest.mark.parametrize("stream", dr.load("vietnam").streams)
def test_a_shipped_stream_is_its_own_copy(stream: str, tmp_path: Path) -> None:
    folder = dr.write(dr.load(stream), tmp_path / stream)
    assert dr.read(folder) == dr.load(stream)

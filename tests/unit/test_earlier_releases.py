"""A paper can be reproduced: an earlier release is loaded exactly, and every answer says so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.datasets import load_stream
from diplorel.io.folder import Stream, read_stream
from diplorel.io.releasing import release
from diplorel.model.releases import pin
from diplorel.model.stamps import line_of, stamp_of
from diplorel.model.tabular import Tabular

TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["x"])
MORE = ev.TiesEstablished(on="1976-08-06", parties=("THA", "VNM"), sources=["x"])


@pytest.mark.parametrize("version", [one.version for one in load_stream("vietnam").releases])
def test_the_records_of_a_release_are_the_first_ones_exactly(version: str) -> None:
    now = load_stream("vietnam")
    (pinned,) = (one for one in now.releases if one.version == version)
    then = now.at_release(version)
    assert pin(then.data, version) == pinned == then.releases[-1]
    assert then.records == now.records[: pinned.records]
    log = dr.load("vietnam", release=version)
    assert log == then.log()
    assert log.table().stamp["streams"] == {"vietnam": version}
    beside = {} if version == now.info.version else {"vietnam": now.info.version}
    assert log.table().stamp.get("reference", {}) == beside


def test_a_release_is_cited_by_its_version_and_without_the_day_of_another() -> None:
    log = dr.load("vietnam", release="0.2.0")
    assert "version 0.2.0. Data set" in str(log.cite())


def test_of_several_streams_each_has_its_own_release() -> None:
    log = dr.load("vietnam", "groups", release={"vietnam": "0.2.0"})
    (groups,) = (one.version for one in dr.available() if one.name == "groups")
    assert log.table().stamp["streams"] == {"groups": groups, "vietnam": "0.2.0"}
    assert len(log.where(stream="vietnam")) == 657


def test_what_is_asked_of_both_a_release_and_the_present_names_both() -> None:
    log = dr.load("vietnam", release="0.2.0") | dr.load("vietnam", release="0.1.0")
    assert log.table().stamp["streams"] == {"vietnam": "0.1.0, 0.2.0"}


@pytest.mark.parametrize(
    ("names", "asked", "said"),
    [
        (("vietnam",), "0.2.1", "vietnam has no release '0.2.1', only 0.1.0, 0.2.0"),
        (("vietnam",), {"vietnam": 2}, "vietnam has no release 2, only 0.1.0"),
        (("vietnam",), 2, "expected the version of a release, or a dict"),
        (("vietnam",), {"viet": "0.2.0"}, "expected one of 'vietnam', got 'viet'. Did you mean"),
        (("vietnam", "groups"), "0.2.0", "name one: release={'vietnam': '0.2.0'}"),
    ],
)
def test_a_release_that_is_not_there_is_refused(
    names: tuple[str, ...], asked: Any, said: str
) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match=r"^release: ") as refused:
        dr.load(*names, release=asked)
    assert said in str(refused.value)


def grown(folder: Path) -> tuple[Path, Stream]:
    """Return a stream of two releases and its state at the first."""
    log = dr.EventLog([TIES], stream="mine", at="2026-01-01T00:00:00Z")
    path = dr.write(log, folder / "mine")
    release(path, read_stream(path), version="1.0", day="2026-01-01")
    first = read_stream(path)
    more = first.log().append(MORE, at="2026-02-01T00:00:00Z", ahead=True)
    dr.write(more, path)
    release(path, read_stream(path), version="1.1", day="2026-02-01")
    return path, first


def test_a_table_made_from_a_release_later_is_the_same(tmp_path: Path) -> None:
    path, first = grown(tmp_path)
    then, later = first.log(), dr.load(path, release="1.0")
    assert len(dr.load(path)) == 2
    questions: list[Callable[[dr.EventLog], Tabular]] = [
        lambda log: log,
        lambda log: log.replay("2025-03-12"),
        lambda log: log.relation("VNM", "SGP"),
        lambda log: log.timeline("VNM", "SGP"),
        lambda log: log.replay().metric_ranking("VNM", by="ties"),
    ]
    for ask in questions:
        one, other = ask(then).table(), ask(later).table()
        assert one.to_records() == other.to_records()
        assert other.stamp == {**one.stamp, "reference": {"mine": "1.1"}}


def test_a_log_of_a_release_keeps_that_it_is_one_when_it_is_written(tmp_path: Path) -> None:
    path, _ = grown(tmp_path)
    then = dr.load(path, release="1.0")
    assert dr.read(dr.write(then, tmp_path / "old" / "mine")) == then


def test_a_stream_that_breaks_its_release_is_not_loaded_as_it(tmp_path: Path) -> None:
    path, first = grown(tmp_path)
    broken = attrs.evolve(first, data=first.data.replace(b"1973", b"1974"))
    with pytest.raises(dr.errors.StreamError) as refused:
        broken.at_release("1.0")
    assert [one.code for one in refused.value.problems] == ["DR602"]
    bare = attrs.evolve(read_stream(path), releases=())
    with pytest.raises(dr.errors.InvalidQueryError, match="and none at all"):
        bare.at_release("1.0")


def test_every_answer_says_how_the_log_was_asked() -> None:
    log = dr.load("vietnam")
    world = log.replay(
        "2025-03-12",
        known="2026-11-22",
        clock="published",
        dates="earliest",
        policy=dr.policies.stream_first("vietnam"),
    )
    asked = {
        "library": dr.__version__,
        "streams": {"vietnam": log.reference.infos[0].version},
        "known": "as published by 2026-11-22",
        "clock": "published",
        "dates": "earliest",
        "policy": "stream_first('vietnam')",
    }
    relation = world["VNM", "SGP"]
    answers = (
        world, relation, relation.explain("level"), relation.explain(dr.tracks.LEVEL),
        world.ranking("VNM"), world.ranking("VNM").sensitivity(), world.partners("VNM"),
        world.counts("VNM"), world.members("ASEAN"), world.metric_ranking("VNM", by="ties"),
    )  # fmt: skip
    for one in answers:
        stamp = one.table().stamp
        assert {key: stamp[key] for key in asked} == asked
        assert stamp["on"] == "2025-03-12"
    view = log.view(known="2026-11-22", clock="published", dates="earliest")
    said = view.table().stamp
    claim = dr.claims.TiesClaim(on="2025-03-12", parties=("VNM", "SGP"), since="1973-08-01")
    for other in (
        view.timeline("VNM", "SGP"), view.diff("2025-03-11", "2025-03-12"),
        view.disagreements().across(), view.verify(claim), view.relation("VNM", "SGP"),
    ):  # fmt: skip
        stamp = other.table().stamp
        assert {key: stamp[key] for key in said} == said
    assert view.replay(policy=dr.policies.manual({"x": "y"})).table().stamp["policy"] == (
        "manual, 1 choice"
    )
    assert "known_since" in view.diff("2025", "2025", known_since="2025-01").table().stamp


def test_a_stream_that_says_nothing_of_itself_has_no_version() -> None:
    log = dr.EventLog([TIES], stream="mine", at="2026-01-01T00:00:00Z")
    assert log.table().stamp["streams"] == {"mine": None}
    assert stamp_of(dr.load("groups").reference, ["vietnam"])["streams"] == {"vietnam": None}


def test_a_stamp_in_a_line_leaves_out_what_is_empty() -> None:
    stamp = {"library": "1", "streams": {"a": None, "b": "2"}, "reference": {}, "on": None}
    assert line_of({**stamp, "complete": True}) == (
        "library 1; streams a (no version), b 2; complete yes"
    )

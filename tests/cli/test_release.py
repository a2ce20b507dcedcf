"""A release is pinned, and what was released stays."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import diplorel as dr
from diplorel.io.folder import read_stream
from diplorel.model.releases import pin

Run = Callable[..., str]
TIES = (
    "type,date,country,partner,source_title,source_publisher,source_kind\n"
    "ties established,1973-08-01,VNM,Singapore,50 years of ties,VNA,agency\n"
)
MORE = "ties established,1976-08-06,VNM,Thailand,50 years of ties,VNA,agency\n"


@pytest.fixture
def stream(run: Run, tmp_path: Path) -> Path:
    """Return a new stream of one event."""
    folder = tmp_path / "mine"
    run("new", str(folder), "--party", "VNM")
    add(run, folder, TIES)
    return folder


def add(run: Run, folder: Path, rows: str) -> None:
    sheet = folder.parent / "rows.csv"
    sheet.write_text(rows, "utf-8")
    run("import", str(sheet), str(folder))


def test_a_release_pins_what_there_is_and_keeps_what_people_wrote(run: Run, stream: Path) -> None:
    about = stream / "stream.toml"
    before, said = about.read_text("utf-8"), tomllib.loads(about.read_text("utf-8"))
    assert run("release", str(stream), "0.1.0").startswith(
        "0.1.0 is released: 1 records, pinned in "
    )
    held = read_stream(stream)
    assert held.releases == (pin(held.data, "0.1.0"),)
    added = {"released", "release"}
    after = tomllib.loads(about.read_text("utf-8"))
    assert {key: value for key, value in after.items() if key not in added} == said
    assert set(before.splitlines()) <= set(about.read_text("utf-8").splitlines())
    add(run, stream, TIES + MORE)
    assert run("release", str(stream), "0.2.0").startswith("0.2.0 is released: 2 records")
    held = read_stream(stream)
    assert [one.version for one in held.releases] == ["0.1.0", "0.2.0"]
    assert held.info.version == "0.2.0"
    assert run("check", str(stream), "--since-release", "0.1.0").endswith("no problems.\n")


def test_what_was_released_and_is_not_there_any_more_is_told(run: Run, stream: Path) -> None:
    run("release", str(stream), "0.1.0")
    events = stream / "events.jsonl"
    events.write_bytes(events.read_bytes().replace(b"1973-08-01", b"1973-08-02"))
    assert "DR602" in run("check", str(stream), code=1)
    assert "DR602" in run("release", str(stream), "0.2.0", code=1, err=True)


def test_an_unsound_stream_is_released_only_when_it_is_asked_for(run: Run, stream: Path) -> None:
    sources = stream / "sources.toml"
    sources.write_text(sources.read_text("utf-8").split("[[source]]")[0], "utf-8")
    (stream / "claims.toml").unlink()
    error = run("release", str(stream), "0.1.0", code=1, err=True)
    assert f"{stream / 'events.jsonl'}:1: DR210 " in error
    assert error.endswith("1 problem. Nothing is released.\n")
    assert read_stream(stream).releases == ()
    run("release", str(stream), "0.1.0", "--force")
    assert len(read_stream(stream).releases) == 1


def test_a_version_is_released_once(run: Run, stream: Path) -> None:
    run("release", str(stream), "0.1.0")
    before = (stream / "stream.toml").read_bytes()
    assert "0.1.0 is released already" in run("release", str(stream), "0.1.0", code=2)
    assert (stream / "stream.toml").read_bytes() == before


def test_a_file_to_which_nothing_can_be_added_is_left_alone(run: Run, stream: Path) -> None:
    (stream / "stream.toml").write_bytes(b"release = []\n")
    error = run("release", str(stream), "1.0", code=2)
    assert "put in the release by hand, version = '1.0', records = 1, " in error
    assert (stream / "stream.toml").read_bytes() == b"release = []\n"


def test_an_empty_stream_is_not_released(run: Run, tmp_path: Path) -> None:
    run("new", str(tmp_path / "bare"), "--party", "VNM")
    assert "nothing to release" in run("release", str(tmp_path / "bare"), "1.0", code=2, err=True)


@pytest.mark.parametrize(
    "about",
    [
        "",
        "# mine\n",
        'title = "T"\n',
        "schema = 1\n[[coverage]]\ntrack = 'ties'\nparties = ['VNM']\n",
    ],
)
def test_a_version_finds_its_place_in_any_file(run: Run, stream: Path, about: str) -> None:
    (stream / "stream.toml").write_text(about, "utf-8")
    run("release", str(stream), "2.0")
    assert read_stream(stream).info.version == "2.0"
    assert read_stream(stream).info.released is not None
    assert len(dr.read(stream)) == 1

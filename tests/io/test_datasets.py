"""Streams that are ready to load: the library's, other packages', and folders."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

import diplorel as dr
from diplorel import datasets
from diplorel.cli import main
from diplorel.errors import DatasetWarning

COVERAGE = '[[coverage]]\ntrack = "ties"\nparties = ["SGP"]\nuntil = "2026-01-01"\n'


def make_stream(folder: Path, name: str, events: str = "") -> Path:
    folder.mkdir(parents=True)
    (folder / "stream.toml").write_text(
        f'schema = 1\nname = "{name}"\ntitle = "Of {name}"\nversion = "1.0"\n'
        f'licence = "CC0-1.0"\nmaintainers = ["A. Body"]\n{COVERAGE}'
    )
    (folder / "sources.toml").write_text(
        '[[source]]\nid = "s"\ntitle = "T"\npublisher = "P"\nkind = "press"\n'
    )
    (folder / "events.jsonl").write_text(events)
    return folder


def offer(site: Path, distribution: str, name: str, value: str) -> None:
    """Lay down what an installer does: the metadata of a distribution with an entry point."""
    info = site / f"{distribution.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{datasets.GROUP}]\n{name} = {value}\n")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the path, as that of installed packages."""
    known = {*sys.modules}
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    for name in {*sys.modules} - known:
        if name.startswith("offering"):
            del sys.modules[name]


def _line() -> str:
    log = dr.EventLog(
        [dr.events.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["s"])],
        at="2026-01-01T00:00:00Z",
    )
    return dr.dumps(log)


def test_each_stream_is_listed_with_version_licence_coverage_and_citation() -> None:
    for one in dr.available():
        log = dr.load(one.name)
        assert log.streams == (one.name,)
        assert one.title
        assert one.version != "0"
        assert one.licence
        assert one.coverage == tuple(dr.load(one.name).coverage) or one.coverage
        assert one.citation == str(log.cite())


def test_a_package_offers_a_stream_in_itself_or_in_a_folder_of_it(site: Path) -> None:
    make_stream(site / "offering_one", "one", _line())
    (site / "offering_one/__init__.py").touch()
    make_stream(site / "offering_two/stream", "two", _line())
    (site / "offering_two/__init__.py").touch()
    offer(site, "offering-one", "one", "offering_one")
    offer(site, "offering-two", "two", "offering_two:stream")
    found = {one.name: one for one in dr.available()}
    for name in ("one", "two"):
        assert found[name].origin == f"offering-{name}"
        assert found[name].citation == (f"A. Body. Of {name}, version 1.0. Data set. CC0-1.0.")
        assert [one.track for one in found[name].coverage] == ["ties"]
        assert dr.load(name).streams == (name,)
        assert str(dr.load(name).relation("SGP", "VNM").ties.since) == "1973-08-01"


def test_what_ships_with_the_library_cannot_be_replaced(site: Path) -> None:
    make_stream(site / "offering_x", "vietnam")
    offer(site, "offering-x", "vietnam", "offering_x")
    assert [one.origin for one in dr.available() if one.name == "vietnam"] == ["diplorel"]
    assert len(dr.load("vietnam")) > 0


def test_two_packages_of_one_name_are_kept_apart_and_neither_is_loaded(site: Path) -> None:
    for which in "ab":
        make_stream(site / f"offering_{which}", "one")
        offer(site, f"offering-{which}", "one", f"offering_{which}")
    with pytest.raises(dr.errors.UnknownDatasetError, match="offering-a, offering-b"):
        dr.load("one")
    assert [one.origin for one in dr.available() if one.name == "one"] == [
        "offering-a",
        "offering-b",
    ]


def test_a_broken_package_does_not_hide_the_others(site: Path) -> None:
    offer(site, "offering-gone", "gone", "offering_nowhere")
    with pytest.warns(DatasetWarning, match="offering-gone offers 'gone' as 'offering_nowhere'"):
        assert "vietnam" in {one.name for one in dr.available()}
    with pytest.raises(dr.errors.UnknownDatasetError, match="offering_nowhere cannot be imported"):
        dr.load("gone")


def test_a_broken_stream_of_a_package_reports_its_problems_when_loaded(site: Path) -> None:
    make_stream(site / "offering_bad", "bad", "no json\n")
    offer(site, "offering-bad", "bad", "offering_bad")
    assert "bad" in {one.name for one in dr.available()}
    with pytest.raises(dr.errors.StreamError, match="DR103"):
        dr.load("bad")
    (site / "offering_bad/stream.toml").write_text("title = 1")
    with pytest.warns(DatasetWarning, match="offers 'bad', which cannot be read: .*DR104"):
        dr.available()


BROKEN = {
    "raises": ("raise ValueError('boom')", "ValueError: boom"),
    "exits": ("import sys; sys.exit(3)", "SystemExit: 3"),
    "attribute": ("import os; os.nothing", "AttributeError: module 'os' has no attribute"),
    "syntax": ("def (", "SyntaxError"),
    "import": ("import no_such_module", "cannot be imported: ModuleNotFoundError"),
    "endless": ("def again(): again()\nagain()", "RecursionError"),
    "odd": (
        """
class Reader:
    def files(self): return 42
class Loader:
    def get_resource_reader(self, name): return Reader()
__spec__.loader = Loader()
""",
        "AttributeError: 'int' object",
    ),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_code_of_another_package_that_fails_is_reported_and_left_out(
    site: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    body, reason = BROKEN[kind]
    (site / "offering_evil").mkdir()
    (site / "offering_evil/__init__.py").write_text(body)
    offer(site, "offering-evil", "evil", "offering_evil")
    make_stream(site / "offering_fine", "fine", _line())
    offer(site, "offering-fine", "fine", "offering_fine")
    with pytest.warns(DatasetWarning) as caught:
        names = [one.name for one in dr.available()]
    assert {"vietnam", "fine"} <= {*names}
    assert "evil" not in names
    [warning] = caught
    told = str(warning.message)
    assert "offering-evil offers 'evil' as 'offering_evil'" in told
    assert reason in told
    assert warning.filename == __file__
    assert len(dr.load("vietnam")) > 0
    with pytest.raises(dr.errors.UnknownDatasetError, match=reason):
        dr.load("evil")
    with pytest.raises(dr.errors.UnknownDatasetError, match="Did you mean 'vietnam'"):
        dr.load("vietnan")
    for command in (["datasets"], ["partners", "VNM", "--on", "2025-03-12"], ["rank", "VNM"]):
        assert main(command) == 0
        out, complaints = capsys.readouterr()
        assert "Vietnam" in out
        assert reason in complaints
        assert "Traceback" not in complaints


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("offering_plain:no.such", "there is no such folder in the package"),
        ("offering_plain:__init__.py", "there is no such folder in the package"),
        ("offering_module", "is not a package|cannot be read|no such folder"),
        ("not a value!!", "expected 'package' or 'package:folder'"),
        ("", "expected 'package' or 'package:folder'"),
    ],
)
def test_an_entry_point_that_names_no_folder_is_reported_and_left_out(
    site: Path, value: str, reason: str
) -> None:
    (site / "offering_plain").mkdir()
    (site / "offering_plain/__init__.py").touch()
    (site / "offering_module.py").touch()
    offer(site, "offering-plain", "plain", value)
    with pytest.warns(DatasetWarning, match=reason):
        assert "vietnam" in [one.name for one in dr.available()]
    with pytest.raises((dr.errors.UnknownDatasetError, dr.errors.StreamError)):
        dr.load("plain")


def test_a_package_with_malformed_metadata_does_not_hide_the_others(site: Path) -> None:
    make_stream(site / "offering_fine", "fine", _line())
    offer(site, "offering-fine", "fine", "offering_fine")
    offer(site, "offering-nameless", "nameless", "offering_nowhere")
    (site / "offering_nameless-1.0.dist-info/METADATA").unlink()
    with pytest.warns(DatasetWarning, match="offering_nowhere offers 'nameless'"):
        assert "fine" in [one.name for one in dr.available()]
    shutil.rmtree(site / "offering_nameless-1.0.dist-info")
    offer(site, "offering-torn", "torn", "offering_nowhere")
    (site / "offering_torn-1.0.dist-info/entry_points.txt").write_text(
        f"[{datasets.GROUP}]\ntorn\n"
    )
    with pytest.warns(DatasetWarning, match="the entry points of offering-torn cannot be read"):
        assert "fine" in [one.name for one in dr.available()]


def test_an_interrupt_from_the_keyboard_passes_through(site: Path) -> None:
    (site / "offering_slow").mkdir()
    (site / "offering_slow/__init__.py").write_text("raise KeyboardInterrupt")
    offer(site, "offering-slow", "slow", "offering_slow")
    with pytest.raises(KeyboardInterrupt):
        dr.available()
    with pytest.raises(KeyboardInterrupt):
        dr.load("slow")


def test_a_folder_works_the_same(tmp_path: Path) -> None:
    make_stream(tmp_path / "streams/one", "one", _line())
    (tmp_path / "streams/no-stream").mkdir()
    found = [one for one in dr.available(tmp_path / "streams") if one.name == "one"]
    assert [one.origin for one in found] == [str(tmp_path / "streams/one")]
    assert dr.load(tmp_path / "streams/one") == dr.read(tmp_path / "streams/one")


def test_a_copy_of_a_shipped_stream_loads_to_the_same_log(tmp_path: Path) -> None:
    shipped = files("diplorel.datasets") / "vietnam"
    shutil.copytree(str(shipped), tmp_path / "vietnam")
    assert dr.load(tmp_path / "vietnam") == dr.load("vietnam")


def test_an_unknown_name_is_reported_with_the_nearest_one() -> None:
    with pytest.raises(dr.errors.UnknownDatasetError, match="Did you mean 'vietnam'"):
        dr.load("vietnan")

"""What releases are made with: a version is written everywhere, and broken packages are refused."""

from __future__ import annotations

import runpy
import tomllib
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr

ROOT = Path(__file__).parents[1]
BUMP = runpy.run_path(str(ROOT / ".ci" / "bump.py"))
BUILT = runpy.run_path(str(ROOT / ".ci" / "built.py"))
DAY = date(2027, 1, 31)


def test_a_release_is_written_in_four_files_and_what_was_unreleased_becomes_its_section() -> None:
    changes = BUMP["edits"]("9.8.7", DAY)
    texts = {
        name: BUMP["bumped"]((ROOT / name).read_text("utf-8"), patterns)
        for name, patterns in changes.items()
    }
    assert '__version__ = "9.8.7"' in texts["src/diplorel/_version.py"]
    assert 'version: 9.8.7\ndate-released: "2027-01-31"\n' in texts["CITATION.cff"]
    assert "Version 9.8.7," in texts["README.md"]
    assert "## [Unreleased]\n\n## [9.8.7] - 2027-01-31\n\n" in texts["CHANGELOG.md"]


def test_a_version_in_development_is_written_into_the_source_alone() -> None:
    assert list(BUMP["edits"]("9.8.7.dev0", DAY)) == ["src/diplorel/_version.py"]


@pytest.mark.parametrize("text", ["", "version: 1\nversion: 2\n"])
def test_a_pattern_that_is_not_there_once_changes_nothing(text: str) -> None:
    with pytest.raises(ValueError, match=r"expected .* once, found it"):
        BUMP["bumped"](text, ((r"^version: .+$", "version: 3"),))


@pytest.mark.parametrize("version", ["1.0", "v1.0.0", "1.0.0rc1", "1.0.0.dev"])
def test_another_form_of_version_is_refused(version: str) -> None:
    with pytest.raises(ValueError, match=r"expected a version such as 0\.2\.0"):
        BUMP["main"](version)


def test_the_version_that_packages_are_checked_for_is_that_of_the_source() -> None:
    assert BUILT["source_version"]() == dr.__version__


@pytest.mark.parametrize(
    ("version", "changelog", "problem"),
    [
        ("1.0.0", "## [Unreleased]\n\n## [1.0.0] - 2026-01-01\n\n* News.\n", []),
        ("1.0.0", "## [Unreleased]\n\n* News.\n", ["no section [1.0.0]"]),
        ("1.0.0", "## [1.0.0] - 2026-01-01\n\n## [0.9.0]\n\n* Old.\n", ["nothing in the section"]),
        ("1.1.0.dev0", "## [Unreleased]\n\n* News.\n\n## [1.0.0]\n", []),
    ],
)
def test_the_changelog_needs_a_section_with_something_in_it(
    version: str, changelog: str, problem: list[str]
) -> None:
    found = BUILT["changelog_problems"](version, changelog)
    assert len(found) == len(problem)
    assert all(part in text for part, text in zip(problem, found, strict=True))


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return project


def test_the_licence_expression_has_a_text_for_each_of_its_licences() -> None:
    texts = BUILT["licences"](_project())
    assert _project()["license"].split(" AND ") == ["MIT", "CC-BY-4.0", "CC0-1.0"]
    assert texts == [
        "LICENSE",
        "LICENSES/CC-BY-4.0.txt",
        "LICENSES/CC0-1.0.txt",
        "src/diplorel/datasets/LICENSE",
    ]
    beginnings = [(ROOT / name).read_text("utf-8").split("\n", 1)[0] for name in texts[:3]]
    assert beginnings == [
        "MIT License",
        "Attribution 4.0 International",
        "Creative Commons Legal Code",
    ]


def test_a_wheel_that_lacks_a_text_a_stream_or_the_marker_of_types_is_refused(
    tmp_path: Path,
) -> None:
    package, info = ROOT / "src" / "diplorel", f"diplorel-{dr.__version__}.dist-info"
    left_out = {
        "diplorel/py.typed",
        "diplorel/datasets/vietnam/events.jsonl",
        f"{info}/licenses/LICENSES/CC0-1.0.txt",
    }
    files = {
        f"diplorel/{path.relative_to(package).as_posix()}": path for path in package.rglob("*")
    }
    files |= {f"{info}/licenses/{name}": ROOT / name for name in BUILT["licences"](_project())}
    wheel = tmp_path / f"diplorel-{dr.__version__}-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, path in files.items():
            if path.is_file() and "__pycache__" not in path.parts and name not in left_out:
                archive.writestr(name, path.read_bytes())
        archive.writestr("diplorel/stray.py", "")
    problems = BUILT["wheel_problems"](wheel, _project(), dr.__version__)
    assert problems == [
        *(f"{wheel.name}: missing: {name}" for name in sorted(left_out)),
        f"{wheel.name}: not from the source: diplorel/stray.py",
        f"{wheel.name}: missing: {info}/METADATA",
    ]

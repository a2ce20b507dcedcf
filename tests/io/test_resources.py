"""Where the library's own files lie: in a folder, or in a zip file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import diplorel
from diplorel._resources import package_folder

PACKAGE = Path(diplorel.__file__).parent


def test_the_files_lie_beside_the_modules(monkeypatch: pytest.MonkeyPatch) -> None:
    here = package_folder().joinpath("model/parties.csv").read_bytes()
    monkeypatch.setattr(os.path, "isdir", lambda _: False)
    assert package_folder().joinpath("model/parties.csv").read_bytes() == here


def test_the_library_works_from_within_a_zip_file(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "cli", "testing", "check", "claims")
    shutil.copytree(PACKAGE, tmp_path / "all" / "diplorel", ignore=ignored)
    packed = shutil.make_archive(str(tmp_path / "packed"), "zip", tmp_path / "all")
    code = (
        "import diplorel as dr; print(dr.__file__, len(dr.load('singapore')), dr.party('VNM').id)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": packed},
        capture_output=True,
        check=True,
        text=True,
    )
    file, records, party = done.stdout.split()
    assert (file.startswith(packed), int(records) > 100, party) == (True, True, "VNM")

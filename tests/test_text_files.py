"""The hook of pre-commit that looks at line ends and TOML finds what is wrong, and no more."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "text_files.py"


@pytest.mark.parametrize(
    ("name", "data", "lines"),
    [
        ("a.md", b"one\ntwo\n", []),
        ("a.md", b"", []),
        ("a.md", b"one \ntwo\n", ["1"]),
        ("a.md", b"one\r\n", ["1"]),
        ("a.md", b"one\ntwo", ["2"]),
        ("a.md", b"one\n\n", ["3"]),
        ("a.toml", b"key = 1\n", []),
        ("a.toml", b"key = \n", ["1", " cannot be parsed as TOML"]),
        ("a.csv", b"one \r\n", []),
    ],
)
def test_each_wrong_line_is_reported_with_its_number(
    tmp_path: Path, name: str, data: bytes, lines: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    code = runpy.run_path(str(SCRIPT))["main"]([str(path)])
    printed = capsys.readouterr().out.splitlines()
    assert [one.removeprefix(f"{path}:").split(":")[0] for one in printed] == lines
    assert code == bool(lines)

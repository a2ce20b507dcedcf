"""Files and folders are there whole or not at all."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest

from diplorel.io.publish import is_free, new_file, new_folder, replace


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


class Stop(Exception):  # noqa: N818  it is not an error of ours
    """Something that goes wrong in the middle."""


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 240)
    for content in (b"one", b"", b"two"):
        replace(path, content)
        assert path.read_bytes() == content
    assert names(tmp_path) == [path.name]


def test_what_goes_wrong_in_writing_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x"
    replace(path, b"one")

    def fail(_: int) -> None:
        raise Stop

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Stop):
        replace(path, b"two")
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["x"]


def test_a_link_keeps_pointing_to_its_file(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    link, path = tmp_path / "link", tmp_path / "in" / "x"
    link.symlink_to(path)
    replace(link, b"one")
    replace(link, b"two")
    assert link.is_symlink()
    assert path.read_bytes() == b"two"


def test_a_pipe_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read: list[bytes] = []
    thread = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    thread.start()
    replace(pipe, b"one")
    thread.join()
    assert read == [b"one"]
    assert pipe.is_fifo()


def test_what_leads_to_a_pipe_is_written_to() -> None:
    read, write = os.pipe()
    try:
        replace(Path(f"/dev/fd/{write}"), b"one")
        assert os.read(read, 9) == b"one"
    finally:
        os.close(read)
        os.close(write)


def test_a_file_keeps_its_mode(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.touch(mode=0o600)
    replace(path, b"one")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_file_beside_which_none_can_be_made_is_written_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Path.open

    def in_a_folder_of_others(self: Path, mode: str = "r", **more: object) -> object:
        if mode == "xb":
            raise PermissionError("a folder of others")
        return real(self, mode, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", in_a_folder_of_others)
    with pytest.raises(PermissionError):
        replace(tmp_path / "new", b"one")
    (tmp_path / "x").touch()
    replace(tmp_path / "x", b"one")
    assert (tmp_path / "x").read_bytes() == b"one"
    assert names(tmp_path) == ["x"]


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_is_there_when_it_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "x"
    with new_file(path) as beside:
        beside.write_bytes(b"one")
        Path(f"{beside}-journal").write_bytes(b"on the way")
        assert not path.exists()
        assert beside.parent == path.parent
    assert path.read_bytes() == b"one"
    assert names(tmp_path) == ["x"]


def refuse(*_: object) -> None:
    raise PermissionError("this file system has no links")


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_never_takes_the_place_of_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "x"

    def write() -> None:
        with new_file(path) as beside:
            beside.write_bytes(b"one")
            path.write_bytes(b"somebody else's")

    with pytest.raises(FileExistsError):
        write()
    assert path.read_bytes() == b"somebody else's"
    assert names(tmp_path) == ["x"]


def test_a_file_that_is_not_finished_is_not_there(tmp_path: Path) -> None:
    def write() -> None:
        with new_file(tmp_path / "x") as beside:
            beside.write_bytes(b"one")
            raise Stop

    with pytest.raises(Stop):
        write()
    assert names(tmp_path) == []


def test_a_new_folder_is_there_with_all_its_files(tmp_path: Path) -> None:
    target = tmp_path / "parent" / "out"
    assert is_free(target)
    with new_folder(target, last="b") as beside:
        for name in "abc":
            (beside / name).write_text(name)
        (beside / "more").mkdir()
        (beside / "more" / "d").write_text("d")
        assert not target.exists()
    assert names(target) == ["a", "b", "c", "more", "more/d"]
    assert names(tmp_path / "parent") == ["out", *(f"out/{name}" for name in names(target))]
    assert not is_free(target)


def test_an_empty_folder_stays_and_gets_the_file_that_counts_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out"
    target.mkdir()
    number = target.stat().st_ino
    assert is_free(target)
    moved: list[str] = []
    real = Path.rename

    def watch(self: Path, to: Path) -> Path:
        moved.append(self.name)
        return real(self, to)

    monkeypatch.setattr(Path, "rename", watch)
    monkeypatch.chdir(target)
    with new_folder(Path(), last="b") as beside:
        for name in "abc":
            (beside / name).write_text(name)
    assert names(target) == ["a", "b", "c"]
    assert moved == ["a", "c", "b"]
    assert target.stat().st_ino == number


def test_an_empty_folder_elsewhere_is_filled_at_once(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir(mode=0o750)
    left_over = target / ".0123456789abcdef.new"  # by a process that was killed
    left_over.mkdir()
    (left_over / "a").touch()
    assert is_free(target)
    with new_folder(target, last="b") as beside:
        for name in "abc":
            (beside / name).write_text(name)
        assert names(target) == [left_over.name, f"{left_over.name}/a"]
    assert names(tmp_path) == ["out", "out/a", "out/b", "out/c"]
    assert target.stat().st_mode & 0o777 == 0o750


@pytest.mark.parametrize("there", [True, False])
def test_a_folder_that_is_not_finished_is_not_there(tmp_path: Path, there: bool) -> None:
    target = tmp_path / "out"
    if there:
        target.mkdir()

    def write() -> None:
        with new_folder(target, last="a") as beside:
            (beside / "a").write_text("a")
            raise Stop

    with pytest.raises(Stop):
        write()
    assert names(tmp_path) == (["out"] if there else [])


def test_a_file_is_no_free_folder(tmp_path: Path) -> None:
    (tmp_path / "x").touch()
    assert not is_free(tmp_path / "x")


def test_a_system_that_syncs_no_folder_writes_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.open

    def open_files_only(path: Path, *rest: int) -> int:
        if Path(path).is_dir():
            raise PermissionError
        return real(path, *rest)

    monkeypatch.setattr(os, "open", open_files_only)
    replace(tmp_path / "x", b"one")
    assert (tmp_path / "x").read_bytes() == b"one"

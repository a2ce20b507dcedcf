"""One small stream or store for each thing that is found wrong after reading, and what is said.

A folder of ``tests/broken`` holds what differs from the stream in ``tests/broken/sound``: files of
other contents, and ``NAME.missing`` for one that is not there. Its folder ``theirs``, where there
is one, is a second stream to be merged with it. A ``.store.sql`` is what somebody does behind the
back of a store that holds the sound stream and one more event. The messages stand in
``tests/broken/streams.txt`` as ``diplorel check`` prints them, to be read by people: run this file
as a script to write them anew, and read the difference.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import attrs
import pytest

import diplorel as dr
from diplorel.check import check, check_release
from diplorel.cli.targets import Target, located, merged, open_target, under
from diplorel.events import AgreementSigned

if TYPE_CHECKING:
    from diplorel.errors import Problem

ROOT = Path(__file__).parent.parent.parent
BROKEN = ROOT / "tests" / "broken"
MESSAGES = BROKEN / "streams.txt"
SOUND = BROKEN / "sound"
FOLDERS = sorted(path for path in BROKEN.glob("DR*") if path.is_dir())
TAMPERED = sorted(BROKEN.glob("DR*.store.sql"))
INPUTS = (*FOLDERS, *TAMPERED)
TODAY = "2026-11-22"
LATER = AgreementSigned(
    on="1967-08-08", parties=("IDN", "MYS", "THA"), agreement="declaration", sources=["vna"]
)


def problems(path: Path) -> list[Problem]:
    """Return everything that is wrong with an input."""
    with tempfile.TemporaryDirectory() as place, pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        return in_streams(path) if path.is_dir() else in_store(path)


def in_streams(folder: Path) -> list[Problem]:
    """Return what `diplorel check` finds in streams, which are made in the working folder."""
    names = []
    for name, own in (("mine", folder), ("theirs", folder / "theirs")):
        if own.is_dir():
            names.append(name)
            made = Path(name)
            made.mkdir()
            for file in (*SOUND.iterdir(), *(one for one in own.iterdir() if one.is_file())):
                if file.suffix == ".missing":
                    (made / file.stem).unlink()
                else:
                    (made / file.name).write_bytes(file.read_bytes())
    try:
        targets = [open_target(name) for name in names]
    except dr.errors.StreamError as error:
        return list(error.problems)
    found = list(located(check(merged(targets), today=TODAY), targets))
    return [*found, *(one for target in targets for one in breaches(target))]


def breaches(target: Target) -> list[Problem]:
    assert target.stream is not None
    found = check_release(target.stream.data, target.stream.releases)
    return [attrs.evolve(one, path=under(target.text, one.path)) for one in found]


def in_store(script: Path) -> list[Problem]:
    """Return what a store finds of itself after a script was run on its file."""
    log = dr.read(SOUND)
    with dr.open("store.db") as store:
        store.append([record.event for record in log], stream="mine", reference=log.reference)
        head = store.append([LATER], stream="mine").head
        assert store.verify(against=head) == ()
        with closing(sqlite3.connect("store.db")) as behind:
            behind.executescript(script.read_text("utf-8"))
        return list(store.verify(against=head))


def messages(found: list[Problem]) -> list[str]:
    """Return problems as they are printed, but for what SQLite says in words of its version."""
    told = [re.sub(r"(is damaged: ).*(\. Bring)", r"\1…\2", str(one)) for one in found]
    return list(dict.fromkeys(told))


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in MESSAGES.read_text("utf-8").strip().split("\n\n"):
        title, *lines = block.split("\n")
        found[title.removeprefix("# ")] = lines
    return found


@pytest.mark.parametrize("path", FOLDERS, ids=lambda path: path.name)
def test_each_bad_stream_has_the_problem_of_its_name_and_no_other(path: Path) -> None:
    found = problems(path)
    assert {problem.code for problem in found} == {path.name[:5]}
    assert messages(found) == expected()[path.name]


@pytest.mark.parametrize("path", TAMPERED, ids=lambda path: path.name)
def test_each_store_that_was_changed_says_what_is_not_as_it_was(path: Path) -> None:
    found = problems(path)
    assert path.name[:5] in {problem.code for problem in found}
    assert messages(found) == expected()[path.name]


def test_what_the_bad_streams_are_made_of_is_sound() -> None:
    assert problems(SOUND) == []


def test_no_message_is_left_over() -> None:
    assert list(expected()) == [path.name for path in INPUTS]


def test_each_code_has_a_page_and_a_bad_input() -> None:
    pages = {page.stem for page in (ROOT / "docs" / "problems").glob("DR*.md")}
    told = {
        code
        for file in (ROOT / "src").rglob("*.py")
        for code in re.findall(r"\bDR\d{3}\b", file.read_text("utf-8"))
    }
    assert told == pages == {path.name[:5] for path in BROKEN.glob("DR*")}


def write() -> None:
    blocks = ["\n".join([f"# {path.name}", *messages(problems(path))]) for path in INPUTS]
    MESSAGES.write_text("\n\n".join(blocks) + "\n", "utf-8")


if __name__ == "__main__":
    write()

"""One small bad input for each thing that can be wrong with a file, and what is said of it.

The messages stand in ``tests/broken/messages.txt``, to be read by people: run this file as a script
to write them anew, and read the difference.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from diplorel import EventLog, Source, read, read_sheet, update
from diplorel.errors import StreamError
from diplorel.events import TiesEstablished
from diplorel.leads import read_gdelt
from diplorel.testing.dense import SGP_LADDER

BROKEN = Path(__file__).parent.parent / "broken"
MESSAGES = BROKEN / "messages.txt"
SOUND = {
    "stream.toml": b'schema = 1\nname = "broken"\n',
    "sources.toml": b"",
    "events.jsonl": b"",
}
STREAM = EventLog(
    [
        TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"]),
        TiesEstablished(on="1976", parties=("THA", "VNM"), sources=["vna"]),
        TiesEstablished(
            on="1976-08-06",
            parties=("THA", "VNM"),
            sources=["vna"],
            supersedes=["ties-established/THA-VNM/1976"],
            reason="The day is known.",
        ),
    ],
    sources=[Source(id="vna", title="T", publisher="VNA", kind="agency")],
    ladders=[SGP_LADDER],
)
INPUTS = sorted(path for path in BROKEN.iterdir() if path.suffix in (".toml", ".jsonl", ".csv"))


def messages(path: Path) -> list[str]:
    """Read a table, or a stream that is sound but for one file, and return what is said of it."""
    name = path.name.split(".", 1)[1]
    if name == "table.csv":
        with pytest.raises(StreamError) as caught:
            update(STREAM, read_sheet(path.read_bytes(), path=name, reference=STREAM.reference))
        return [str(problem) for problem in caught.value.problems]
    if name == "gdelt.csv":
        with pytest.raises(StreamError) as caught:
            read_gdelt(path, strict=True)
        return [str(problem).replace(str(path), name) for problem in caught.value.problems]
    with tempfile.TemporaryDirectory() as folder:
        for other, content in {**SOUND, name: path.read_bytes()}.items():
            (Path(folder) / other).write_bytes(content)
        with pytest.raises(StreamError) as caught:
            read(folder)
    return [str(problem) for problem in caught.value.problems]


def expected() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for block in MESSAGES.read_text("utf-8").strip().split("\n\n"):
        title, *lines = block.split("\n")
        found[title.removeprefix("# ")] = lines
    return found


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_each_bad_input_says_what_is_wrong_where_and_what_to_do(path: Path) -> None:
    found = messages(path)
    assert found == expected()[path.name]
    assert any(f" {path.name[:5]} " in line for line in found)


def test_no_message_is_left_over() -> None:
    assert list(expected()) == [path.name for path in INPUTS]


def write() -> None:
    blocks = ["\n".join([f"# {path.name}", *messages(path)]) for path in INPUTS]
    MESSAGES.write_text("\n\n".join(blocks) + "\n", "utf-8")


if __name__ == "__main__":
    write()

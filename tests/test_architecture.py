"""The imports are what ARCHITECTURE.md draws: downward only, and without a circle."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

import diplorel as dr
from diplorel.cli import main
from shipped_once import shipped

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "diplorel"
PAGE = ROOT / "ARCHITECTURE.md"
CARRIED = {
    ("diplorel.errors", "diplorel.io.sheets.sheet"),
    ("diplorel.errors", "diplorel.model.records"),
    ("diplorel.errors", "diplorel.stores.values"),
}
"""An error names what it carries: the only imports that go upward."""


@cache
def _modules() -> Mapping[str, Path]:
    found = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = ["diplorel", *path.relative_to(PACKAGE).with_suffix("").parts]
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def _imported(path: Path) -> Iterator[str]:
    """Yield every name of ours that a file imports, wherever in the file it does."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import"
            assert node.module is not None
            for one in node.names:
                name = f"{node.module}.{one.name}"
                yield name if name in _modules() else node.module


@cache
def _imports() -> Mapping[str, frozenset[str]]:
    return {
        name: frozenset(one for one in _imported(path) if one in _modules())
        for name, path in _modules().items()
    }


def _room(module: str) -> str:
    return [*module.split("."), "__init__"][1]


@cache
def _floors() -> Mapping[str, int]:
    """Return the line of each room in the drawing, counted from the top."""
    lines = re.findall(r"^│ ([a-z_ ]+?) +│ ", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    rooms = [(room, floor) for floor, line in enumerate(lines) for room in line.split()]
    assert len(rooms) == len(dict(rooms)), "a room is drawn twice"
    return dict(rooms)


def test_the_drawing_has_every_room_once() -> None:
    assert _floors().keys() == {_room(module) for module in _modules()} | {"__init__", "__main__"}


@pytest.mark.parametrize("module", _modules())
def test_every_import_goes_downward_in_the_drawing(module: str) -> None:
    floors = _floors()
    wrong = [
        other
        for other in _imports()[module]
        if (module, other) not in CARRIED
        and _room(other) != _room(module)
        and floors[_room(other)] <= floors[_room(module)]
    ]
    assert not wrong


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {
        module: {other for other in others if (module, other) not in CARRIED}
        for module, others in _imports().items()
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(reversed(error.args[1])))


def test_what_errors_carry_is_imported_for_type_checkers_only() -> None:
    tree = ast.parse((PACKAGE / "errors.py").read_text(encoding="utf-8"))
    at_run_time = [node for node in tree.body if isinstance(node, ast.ImportFrom)]
    ours = {node.module for node in at_run_time if str(node.module).startswith("diplorel")}
    # these carry nothing: one finds the names to offer, the other puts them into the text
    assert ours == {"diplorel._alike", "diplorel._message"}


# --- how a question flows ------------------------------------------------------------------------


def _module_of(frame: FrameType) -> str:
    name: str = frame.f_globals.get("__name__", "")
    return name if name in _modules() and frame.f_code.co_name != "<module>" else ""


def _stack(frame: FrameType | None) -> list[str]:
    """Return the modules of ours on the call stack, the outermost first, repeats left out."""
    found: list[str] = []
    while frame is not None:
        module = _module_of(frame)
        if module and module != (found or [""])[-1]:
            found.append(module)
        frame = frame.f_back
    return found[::-1]


ASIDE = {"diplorel.cli.targets", "diplorel.states", "diplorel.model.events"}
"""Reading and replaying happen before; and an event asks its class for a part of its id."""


def _asks(frame: FrameType) -> bool:
    """Say whether a call asks for a fact of the level: in its track, or in the states of a day."""
    module, name = _module_of(frame), frame.f_code.co_name
    return module.startswith("diplorel.tracks.level") or (module, name) == (
        "diplorel.replay.dyad",
        "state",
    )


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[list[str]]:
    """Every call stack on which `diplorel rank VNM` asks for the level of its one partner."""
    folder = tmp_path_factory.mktemp("stream") / "vietnam"
    sources = [dr.Source(id="vna", publisher="Vietnam News Agency", kind="agency", title="A")]
    events = [
        dr.events.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"]),
        dr.events.LevelUpgraded(
            on="2013-09-11",
            parties=("SGP", "VNM"),
            ladder="VNM",
            level="strategic",
            sources=["vna"],
        ),
    ]
    ladders = [shipped("vietnam").reference.ladder["VNM"]]
    dr.write(dr.EventLog(events, sources=sources, ladders=ladders), folder)
    command = ["rank", "VNM", "--with", str(folder)]
    assert main(command) == 0  # what is imported when it is first needed is there now
    found: list[list[str]] = []

    def look(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and _asks(frame):
            stack = _stack(frame)
            if not ASIDE & {*stack}:
                found.append(stack)

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        assert main(command) == 0
    finally:
        sys.setprofile(before)
    return found


def _listed() -> list[str]:
    return re.findall(r"^\d+\. `(diplorel[\w.]*)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def test_a_question_passes_the_modules_listed_and_no_other(paths: list[list[str]]) -> None:
    assert {module for path in paths for module in path} == {*_listed()}


def test_a_question_passes_at_most_ten_modules() -> None:
    assert len(_listed()) <= 10


def test_a_question_never_goes_back_up(paths: list[list[str]]) -> None:
    at = {module: place for place, module in enumerate(_listed())}
    steps = {step for path in paths for step in pairwise(path)}
    assert [step for step in steps if at[step[0]] >= at[step[1]]] == []

"""What the library offers to test with: strategies from classes, and the laws of a stream."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel import events as ev
from diplorel.io.event_types import event_types
from diplorel.model.converters import dyad
from diplorel.testing import LAWS, Subject, events_of, laws_of, logs
from diplorel.testing.__main__ import main
from draws import draws

STANDARD = sorted(
    (cls for cls in event_types().values() if issubclass(cls, ev.Event)), key=lambda cls: cls.type
)


@pytest.mark.parametrize("cls", STANDARD, ids=lambda cls: cls.type)
@given(st.data())
@settings(max_examples=draws(25), suppress_health_check=[HealthCheck.filter_too_much])
def test_what_is_drawn_of_a_class_is_valid_and_survives_the_round_trip(
    cls: type[ev.Event], data: st.DataObject
) -> None:
    event = data.draw(events_of(cls))
    assert type(event) is cls
    log = dr.EventLog([event], at="2026-11-22T12:00:00Z")
    (again,) = dr.loads(dr.dumps(log))
    assert again.event == event


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Twinned(ev.Event):
    """Two towns became twins."""

    type: ClassVar[str] = "twinned"
    rank: ClassVar[ev.Precedence] = ev.Precedence.BEGUN

    parties: tuple[str, ...] = attrs.field(converter=dyad)
    towns: tuple[str, ...] = ()
    since: dr.PartialDate | None = None
    weight: complex = 0j


def test_a_class_of_your_own_is_drawn_from_few_days_and_parties() -> None:
    drawn = events_of(Twinned, parties=("AAA", "BBB"), on=st.just("2020"), weight=st.just(1j))
    found = find(drawn, lambda event: len(event.towns) > 0)
    assert (found.on.text, found.weight) == ("2020", 1j)


def test_a_field_of_an_unknown_type_asks_for_a_strategy() -> None:
    with pytest.raises(
        dr.errors.InvalidQueryError, match=r"weight: no strategy is known .* weight=…"
    ):
        events_of(Twinned)


def test_each_optional_field_is_drawn_and_left_out() -> None:
    drawn = events_of(ev.FigureReported)
    assert find(drawn, lambda event: event.period is None).period is None
    assert find(drawn, lambda event: event.period is not None).period is not None


@given(logs())
def test_logs_are_drawn_that_replay(log: dr.EventLog) -> None:
    assert log.replay().events is not None


def _copy(tmp_path: Path) -> Path:
    shutil.copytree(str(files("diplorel.datasets") / "singapore"), tmp_path / "copy")
    return tmp_path / "copy"


def _law(name: str) -> Any:
    return next(law for law in LAWS if law.__name__ == name)


def test_a_copy_of_a_stream_obeys_every_law(tmp_path: Path) -> None:
    suite: Any = laws_of(_copy(tmp_path), today="2026-11-22")
    for law in LAWS:
        getattr(suite(), f"test_{law.__name__}")()


def test_an_edited_line_breaks_soundness(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    data = (folder / "events.jsonl").read_bytes()
    (folder / "events.jsonl").write_bytes(data.replace(b'"place":"Singapore"', b'"place":"S"', 1))
    with pytest.raises(AssertionError, match="DR60"):
        _law("it_is_sound")(Subject(folder))


def test_a_line_in_another_form_is_reported(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    data = (folder / "events.jsonl").read_bytes()
    (folder / "events.jsonl").write_bytes(data.replace(b'","type"', b'", "type"', 1))
    with pytest.raises(AssertionError):
        _law("what_is_read_is_written")(Subject(folder))


def test_a_claim_that_comes_out_otherwise_is_reported(tmp_path: Path) -> None:
    folder = _copy(tmp_path)
    text = (folder / "claims.toml").read_text("utf-8")
    assert "[[claim]]" in text
    (folder / "claims.toml").write_text(
        text + '\n[[claim]]\nkind = "count"\nid = "too-many"\non = "2025-12-31"\nparty = "SGP"\n'
        f'source = "{dr.load(folder).reference.sources[0].id}"\n'
        'level = "comprehensive-strategic"\ncount = 99\ntext = { en = "Ninety-nine." }\n'
        'expect = "supported"\n',
        "utf-8",
    )
    with pytest.raises(AssertionError, match=r"Ninety-nine\."):
        _law("its_claims_come_out_as_expected")(Subject(folder))


def test_an_empty_stream_obeys_every_law(tmp_path: Path) -> None:
    (tmp_path / "stream.toml").write_text('schema = 1\nname = "empty"\n', "utf-8")
    for name in ("sources.toml", "events.jsonl"):
        (tmp_path / name).touch()
    for law in LAWS:
        law(Subject(tmp_path))


def test_the_laws_are_run_from_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = _copy(tmp_path)
    assert main([str(folder)]) == 0
    assert capsys.readouterr().out.count(": yes\n") == len(LAWS)
    with (folder / "events.jsonl").open("ab") as file:
        file.write(b"\n")
    assert main([str(folder)]) == 2
    assert "DR103" in capsys.readouterr().out
    assert main(["--help"]) == main([]) == 2
    assert main(["no-such-dataset"]) == 2
    data = (folder / "events.jsonl").read_bytes()
    (folder / "events.jsonl").write_bytes(data[:-1].replace(b'","type"', b'", "type"', 1))
    ran = subprocess.run(  # noqa: S603  our own module
        [sys.executable, "-m", "diplorel.testing", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (1, "")
    assert "what is read is written: no\n" in ran.stdout
    assert "it is sound: no\nevents.jsonl:1: DR60" in ran.stdout

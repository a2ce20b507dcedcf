"""The command as the shell runs it: exit codes, pipes, terminals, completion."""

from __future__ import annotations

import importlib
import io
import os
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
import typer

import diplorel as dr
from diplorel.cli import completing, main, output
from diplorel.cli.app import app
from diplorel.cli.output import progress, table, title
from shipped_once import shipped

PYTHON = (sys.executable, "-X", "utf8", "-m", "diplorel")
COMMANDS = (
    "show rank partners diff events table replay panel spells durations history pace anniversaries "
    "figures graph chart brief site review datasets check verify disagreements new leads import "
    "export release store".split()
)


def process(*args: str, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command in a process of its own."""
    environment = {**os.environ, **env}
    return subprocess.run(  # noqa: S603  our own command
        [*PYTHON, *args], capture_output=True, check=False, env=environment
    )


def test_the_module_runs_the_command() -> None:
    assert importlib.import_module("diplorel.__main__").main is main


class Terminal(io.StringIO):
    """Text that calls itself a terminal."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Make the standard output a terminal of 80 columns."""
    shown = Terminal()
    monkeypatch.setattr(sys, "stdout", shown)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return shown


# --- processes -----------------------------------------------------------------------------------


def test_the_exit_code_is_that_of_the_command_and_bad_calls_print_nothing() -> None:
    done = process("rank", "Narnia", "-w", "vietnam")
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.count(b"\n") == 1
    done = process("check", "vietnam")
    assert (done.returncode, done.stderr) == (0, b"")


def test_what_is_piped_has_no_colours_and_no_line_is_wrapped() -> None:
    done = process("events", "vietnam", "-t", "talks-held", COLUMNS="40", TERM="xterm")
    assert b"\x1b" not in done.stdout
    ids = [line.split()[0] for line in done.stdout.decode().splitlines()[2:]]
    events = shipped("vietnam").where(types=["talks-held"]).resolve().events
    assert ids == [event.id for event in events]


def test_a_reader_that_goes_away_ends_the_command_quietly() -> None:
    command = subprocess.Popen(  # noqa: S603  our own command
        [*PYTHON, "events", "vietnam", "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    with command, command.stdout, command.stderr:
        command.stdout.close()
        assert command.stderr.read() == b""
    assert command.returncode == 141


needs_a_shell = pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")


def shell(line: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which ``$diplorel`` is the command."""
    environment = {**os.environ, "diplorel": " ".join(PYTHON), **env}
    return subprocess.run(  # noqa: S603  our own command
        ["/bin/sh", "-c", line], capture_output=True, check=False, env=environment, text=True
    )


@pytest.mark.slow
@needs_a_shell
@pytest.mark.parametrize(
    ("command", "buffered"),
    [
        ("events united_states", ""),
        ("events vietnam", "1"),
        ("events vietnam --json", ""),
        ("events vietnam --csv", "1"),
        ("panel -w singapore --years 2010-2024 --column ties --csv", ""),
        ("export vietnam -f jsonl", "1"),
        ("check -h", ""),
    ],
)
def test_head_ends_a_command_without_a_word(command: str, buffered: str) -> None:
    line = f"{{ $diplorel {command}; echo $? >&3; }} 3>&2 | head -n 1"
    done = shell(line, PYTHONUNBUFFERED=buffered)
    assert done.stdout.count("\n") == 1
    assert done.stderr in ("141\n", "0\n")  # 0 where all of it went into the pipe
    if command.startswith(("events", "panel")):  # more than a pipe holds
        assert done.stderr == "141\n"


@needs_a_shell
@pytest.mark.parametrize(
    "command", ["rank VNM", "--help", "rank -h", "--version", "export vietnam"]
)
def test_an_output_that_is_closed_is_told_before_any_work(command: str) -> None:
    done = shell(f"$diplorel {command} >&-")
    assert done.returncode == 2
    assert done.stderr == "diplorel: the standard output is closed: nothing can be printed\n"


@needs_a_shell
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="has no full device")
@pytest.mark.parametrize(
    ("command", "buffered"),
    [
        ("rank VNM", ""),
        ("rank VNM", "1"),
        ("events vietnam", "1"),
        ("datasets --json", ""),
        ("--version", "1"),
        ("rank -h", ""),
        ("export vietnam", "1"),
    ],
)
def test_an_output_that_is_full_is_told_in_one_line(command: str, buffered: str) -> None:
    done = shell(f"$diplorel {command} > /dev/full", PYTHONUNBUFFERED=buffered)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert re.fullmatch(r"diplorel: (standard output: )?No space left on device\n", done.stderr), (
        done.stderr
    )


@needs_a_shell
@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", ">&- 2>&-", "2>&1 >/dev/null | :"])
def test_a_message_that_cannot_be_told_leaves_the_exit_code(closed: str) -> None:
    line = f"{{ $diplorel rank Narnia -w vietnam; echo $? >&3; }} 3>&1 {closed}"
    if "|" in closed:
        line = "{ { $diplorel rank Narnia -w vietnam 2>&1 >/dev/null; echo $? >&3; } | :; } 3>&1"
    elif "full" in closed and not Path("/dev/full").exists():
        pytest.skip("has no full device")
    done = shell(line)
    assert (done.stdout, done.stderr) == ("2\n", "")


@needs_a_shell
def test_a_command_without_a_message_needs_no_output_for_it() -> None:
    assert shell("$diplorel check vietnam 2>&-").stdout.endswith("no problems.\n")


@needs_a_shell
def test_an_input_that_is_closed_is_told(tmp_path: Path) -> None:
    path = tmp_path / "relations.db"
    with dr.open(path):
        pass
    done = shell(f"$diplorel store append {path} - <&-")
    assert done.returncode == 2
    assert done.stderr == "diplorel: FILE: the standard input is closed, and - reads from it\n"


def test_letters_that_the_output_cannot_hold_are_escaped() -> None:
    done = process("rank", "VNM", "--lang", "vi", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"\\u1ed1i t\\xe1c" in done.stdout


def test_without_its_extra_the_command_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "typer.py").write_text(
        "raise ModuleNotFoundError(\"No module named 'typer'\", name='typer')\n", "utf-8"
    )
    paths = os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])
    done = process("rank", "VNM", PYTHONPATH=paths)
    assert done.returncode == 2
    assert done.stdout == b""
    assert done.stderr.decode() == (
        "diplorel: the command line needs the extra 'cli': pip install 'diplorel[cli]'\n"
    )


@pytest.mark.parametrize("missing", ["rich", "attrs"])
def test_another_missing_module_is_told_for_what_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    monkeypatch.delitem(sys.modules, "diplorel.cli.app", raising=False)
    real = __import__

    def fail(name: str, *args: Any) -> Any:
        if name == "diplorel.cli.app":
            raise ModuleNotFoundError(name, name=missing)
        return real(name, *args)

    monkeypatch.setattr("builtins.__import__", fail)
    if missing == "rich":
        assert main([]) == 2
        assert "pip install" in capsys.readouterr().err
    else:
        with pytest.raises(ModuleNotFoundError):
            main([])


def test_the_arguments_of_the_process_are_taken_by_default(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["diplorel", "--version"])
    assert main() == 0
    assert capsys.readouterr().out == f"diplorel {dr.__version__}\n"


def test_a_broken_pipe_leaves_nothing_to_write(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(*args: object) -> None:
        raise BrokenPipeError

    monkeypatch.setattr("diplorel.cli.catalogue.all_datasets", fail)
    with (tmp_path / "out").open("w") as out:
        monkeypatch.setattr(sys, "stdout", out)
        assert main(["datasets"]) == 141
        print("more", file=out, flush=True)
    assert (tmp_path / "out").read_text() == ""


def test_outputs_that_are_closed_are_noticed_at_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", None)
        assert main(["datasets"]) == 2
    assert "standard output is closed" in capsys.readouterr().err
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", None)
        assert main(["rank", "Narnia"]) == 2
        assert sys.stderr is not None
        sys.stderr.close()


def test_an_output_that_is_full_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(28, "No space left on device")

        def fileno(self) -> int:
            return file.fileno()

    with (tmp_path / "out").open("wb") as file:
        monkeypatch.setattr(sys, "stdout", Full())
        assert main(["datasets"]) == 2
    assert capsys.readouterr().err == "diplorel: standard output: No space left on device\n"


# --- a terminal ----------------------------------------------------------------------------------

ROWS = [["1", "Cộng hòa Séc", "a" * 90], ["2", "B", "b"]]


def test_a_table_fits_a_terminal_and_stands_out(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = terminal(monkeypatch)
    title("Đối tác\x07")
    table(["N", "Name", "Long"], ROWS, right=(0,))
    shown = screen.getvalue()
    assert "\x1b[1m" in shown
    assert "\x07" not in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert all(len(line) <= 80 for line in plain.splitlines())
    assert "".join(plain.split()).count("a") >= 90
    assert "Đối tác\\u0007\n" in plain


@pytest.mark.parametrize("colours", [True, False])
def test_no_color_takes_the_colours_away(monkeypatch: pytest.MonkeyPatch, colours: bool) -> None:
    screen = terminal(monkeypatch)
    if not colours:
        monkeypatch.setenv("NO_COLOR", "1")
    table(["N", "Name", "Long"], ROWS)
    assert ("\x1b[1;36m" in screen.getvalue()) is colours


def test_columns_are_aligned_by_what_one_sees(capsys: pytest.CaptureFixture[str]) -> None:
    table(["N", "Name", "Long"], [["1", "日本", "x"], ["22", "Lào", "a\nb"]], right=(0,))
    assert capsys.readouterr().out.splitlines() == [
        " N  Name  Long",
        "--  ----  ----",
        " 1  日本  x",
        "22  Lào   a b",
    ]


def test_a_bar_appears_when_work_takes_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = Terminal()
    monkeypatch.setattr(sys, "stderr", shown)
    monkeypatch.setattr(output, "_PATIENCE", 0.0)
    with progress(2) as step:
        step("reading\x07")
        while "reading" not in shown.getvalue():
            time.sleep(0.01)
    assert "\x07" not in shown.getvalue()


def test_no_bar_appears_before_its_time_nor_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(output, "_PATIENCE", 3600.0)
    shown = Terminal()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", shown)
        with progress(1) as step:
            step("reading")
    assert "reading" not in shown.getvalue()
    with progress(1) as step:
        step("reading")
    assert capsys.readouterr().err == ""


def test_an_output_that_cannot_be_set_up_is_used_as_it_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    screen = terminal(monkeypatch)
    assert main(["--version"]) == 0
    assert screen.getvalue() == f"diplorel {dr.__version__}\n"


# --- completion ----------------------------------------------------------------------------------


def test_completion_offers_datasets_parties_and_types() -> None:
    assert completing.targets("vi") == [("vietnam", "Vietnam's bilateral relations")]
    assert ("VNM", "Vietnam") in completing.parties("vn")
    assert ("ties-severed", "ties") in completing.event_types("ties-")


@pytest.mark.parametrize(
    ("params", "offered"),
    [
        ({"args": ["sg"]}, ["enhanced"]),
        ({"params": {"party": "VNM"}}, ["enhanced-comprehensive", "enhanced-strategic"]),
        ({"params": {"party": "VNM", "with_": ["singapore"]}}, []),
        ({"params": {"party": "VNM", "with_": ["nowhere"]}}, []),
        ({"args": ["Narnia"], "params": {"with_": ["vietnam"]}}, []),
    ],
)  # fmt: skip
def test_completion_offers_the_levels_of_the_party(
    params: dict[str, Any], offered: list[str]
) -> None:
    command = typer.main.get_command(app)
    context: Any = typer.Context(command)
    for key, value in params.items():
        setattr(context, key, value)
    assert [level for level, _ in completing.levels(context, "enh")] == offered


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("diplorel ", COMMANDS),
        ("diplorel check viet", ["vietnam"]),
        ("diplorel rank VN", ["VNM"]),
        ("diplorel events vietnam -t ties-se", ["ties-severed"]),
        ("diplorel rank VNM --at-least comprehensive-", ["comprehensive-strategic"]),
        ("diplorel figures --with vietnam trade-b", ["trade-balance"]),
        ("diplorel chart la", ["ladder", "lanes"]),
        ("diplorel chart ladder VN", ["VNM"]),
        ("diplorel chart network VNM --at-least comprehensive-", ["comprehensive-strategic"]),
        ("diplorel chart figures --indicator trade-b", ["trade-balance"]),
    ],
)
def test_a_shell_is_offered_what_fits(
    typed: str,
    offered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in asked_by_a_shell(typed).items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main([])
    assert not ended.value.code
    out, err = capsys.readouterr()
    assert err == ""
    assert sorted(out.split()) == sorted(offered)


def asked_by_a_shell(typed: str) -> dict[str, str]:
    place = str(typed.count(" "))
    return {"_DIPLOREL_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": place}


def test_a_process_offers_what_fits() -> None:
    done = process(**asked_by_a_shell("diplorel events vietnam -t ties-se"))
    assert (done.stdout.split(), done.stderr) == ([b"ties-severed"], b"")

"""However the command line is called, and whatever it reads: no traceback, one clear end."""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import diplorel as dr
from diplorel.cli import main
from diplorel.cli.app import COMMANDS
from diplorel.cli.output import clean

Run = Callable[..., str]
PYTHON = re.compile(r"\w=|\w\(|\bdr\.|datetime|World|EventLog|Store\b|codec|Error\b|None\b")
"""What only somebody who writes Python understands."""

# --- bad calls -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["nothing"], "No such command 'nothing'. See 'diplorel --help'."),
        (["rank"], "Missing argument 'PARTY'. See 'diplorel rank --help'."),
        (["rank", "VNM", "--lang", "fr"], "'fr' is not one of 'en', 'vi'"),
        (["rank", "VNM", "--on", "2025-13"], "'--on': '2025-13' is not a day, month or year"),
        (["rank", "VNM", "--known", "now"], "'--known': 'now' is not a day, month or year"),
        (["show", "VNM", "SGP", "--on", "2025-03-12/2025-03-14"], "'--on': "),
        (["diff", "20250101", "2025-01-02"], "'SINCE': '20250101' is not a day"),
        (["diff", "2025-01-01", "12 March"], "'UNTIL': '12 March' is not a day"),
        (["diff", "2025-01-01", "2025-01-02", "--known-since", "x"], "'--known-since': 'x' is"),
        (["events", "vietnam", "--since", "x"], "'--since': 'x' is not a day"),
        (["events", "vietnam", "--until", "2025-02-30"], "'--until': '2025-02-30' is not a day"),
        (["rank", "Narnia"], "unknown party 'Narnia'"),
        (
            ["rank", "FRA", "-w", "vietnam", "--at-least", "x"],
            "FRA has no ladder here, so no levels",
        ),
        (["rank", "FRA", "-w", "vietnam", "--explain", "A", "B"], "'diplorel rank FRA --by ties'"),
        (["partners", "FRA", "-w", "vietnam"], "'diplorel rank FRA --by ties'"),
        (["rank", "VNM", "--by", "ties", "--at-least", "x"], "--by ranks without levels"),
        (["rank", "VNM", "--by", "warmth"], "'--by': 'warmth' is not one of 'ties', 'visits'"),
        (
            ["rank", "VNM", "--at-least", "strategical"],
            "--at-least: the ladder of VNM has no level",
        ),
        (["rank", "VNM", "--at-least", "strategical"], "Did you mean 'strategic'"),
        (["rank", "VNM", "--at-least", "cooperation-framework"], "--at-least: 'cooperation-frame"),
        (["partners", "VNM", "--exactly", "strategical"], "--exactly: the ladder of VNM has no"),
        (["rank", "VNM", "--policy", "lates"], "--policy: 'lates' is not a policy"),
        (["rank", "VNM", "--policy", "lates"], "Did you mean 'latest'?"),
        (["rank", "VNM", "-w", "vietnm"], "is not a dataset, folder or store"),
        (["rank", "VNM", "-w", ""], "'' is not a dataset, folder or store"),
        (["rank", "VNM", "-w", "vietnam", "--explain", "IDN", "LAO"], "LAO has no position"),
        (["show", "VNM", "VNM"], "VNM has no relation with itself"),
        (["diff", "2025-01-01", "2024-01-01"], "give two days, the earlier one first"),
        (["events", "vietnam", "-t", "ties-sever"], "Did you mean 'ties-severed'"),
        (["events", "vietnam", "-t", "ties-sever"], "is not a type of event"),
        (["partners", "VNM", "--exactly", "x", "--at-least", "y"], "give --at-least or --exactly"),
        (["check", "vietnam", "--since-release", "9"], "--since-release: vietnam pins no release"),
        (
            ["export", "vietnam", "--stream", "x"],
            "--stream: there is no stream 'x'; the streams are",
        ),
        (["store", "verify", "x.db", "--against", "1"], "'--against': '1' is not a head"),
        (["store", "append", "x.db", "f", "--expected", "1"], "'--expected': '1' is not a head"),
        (["store", "log", "x.db", "--limit", "9" * 20], "'--limit': "),
        (["store", "log", "x.db", "--after", "9" * 20], "'--after': "),
        (["check"], "Missing argument 'TARGET...'"),
        (["panel"], "Missing option '--years'"),
        (["panel", "--years", "1990,2024"], "'--years': '1990,2024' is not a year or two"),
        (["panel", "--years", "2024-1990", "-w", "groups"], "--years: 2024 lies after 1990"),
        (["panel", "--years", "2024", "--at", "noon", "-w", "groups"], "--at: expected 'end' or"),
        (["panel", "--years", "2024", "-o", "x.graphml"], "expected one of .csv, .dta"),
        (["panel", "--years", "2024", "-o", "x.csv", "--json"], "give -o or --json, not both"),
        (["spells", "visits"], "'visits' is not one of 'ties', 'level'"),
        (["spells", "ties", "--partner", "SGP"], "--partner is the other side of --party"),
        (["spells", "ties", "--party", "Narnia"], "unknown party 'Narnia'"),
        (
            ["durations", "--event", "strategical", "--party", "SGP"],
            "--event: expected ties, or a level",
        ),
        (["durations", "--event", "strategical", "-w", "singapore"], "--event: no ladder has the"),
        (["durations", "--event", "ties", "--entry", "soon"], "'--entry': 'soon' is not a day"),
        (["history", "FRA", "-w", "singapore"], "'diplorel rank FRA --by ties'"),
        (["history", "SGP", "--years", "9999"], "--years: 9999 has not come"),
        (["chart", "pie"], "'pie' is not one of 'ladder', 'pace', 'bump', 'figures', 'lanes', "),
        (["chart", "ladder"], "PARTY: a chart of ladder takes one PARTY, got none"),
        (["chart", "lanes", "VNM"], "PARTY: a chart of lanes takes PARTY and PARTY, got 1"),
        (["chart", "network", "VNM", "SGP"], "PARTY: a chart of network takes one PARTY or none"),
        (["chart", "ladder", "FRA", "-w", "vietnam"], "FRA has no ladder here"),
        (["chart", "lanes", "VNM", "VNM", "-w", "vietnam"], "VNM has no relation with itself"),
        (["chart", "ladder", "VNM", "--unit", "x"], "--unit: a chart of ladder has no such option"),
        (["chart", "pace", "VNM", "--at-least", "x"], "no such option; network has"),
        (["chart", "figures", "--on", "2025"], "--on: a chart of figures has no such option"),
        (["chart", "figures", "VNM"], "--indicator: a chart of figures shows one indicator"),
        (["chart", "figures", "--indicator", "warmth", "-w", "vietnam"], "--indicator: "),
        (["chart", "ladder", "VNM", "-o", "x.jpg"], "-o: 'x.jpg', expected a name that ends in"),
        (["chart", "ladder", "VNM", "--width", "narrow"], "--width: HTML has both widths"),
        (["chart", "ladder", "VNM", "--embed", "--json"], "give one of --embed, --json and -o"),
        (["chart", "ladder", "VNM", "-o", "x.svg", "--json"], "give -o or --json, not both"),
        (["chart", "matrix", "VNM", "--within", "ASEAN"], "--within: give parties or a group"),
        (["chart", "bump", "VNM", "--years", "2024-2020", "-w", "vietnam"], "--years: 2024 lies"),
        (["chart", "network", "VNM", "--at-least", "x", "-w", "vietnam"], "--at-least: the ladder"),
        (["chart", "network", "--at-least", "x", "-w", "vietnam"], "--at-least: "),
        (["pace", "SGP", "--window", "3W"], "--window: expected a length such as '24M'"),
        (["pace", "SGP", "--level", "strategical"], "--level: the ladder of SGP has no level"),
        (["pace", "SGP", "--group", "VNM"], "--group: "),
        (["anniversaries", "0"], "YEAR: expected a year such as 2025"),
        (["anniversaries", "2026", "--multiples", "0"], "--multiples: expected a whole number"),
        (["figures", "trade", "-w", "vietnam"], "INDICATOR: expected one of 'exports'"),
        (["figures", "trade", "-w", "singapore"], "no figure is recorded in singapore: ask other"),
        (["graph", "--at-least", "x", "-w", "singapore"], "--at-least: the ladder of SGP has no"),
        (["graph", "--at-least", "x", "-w", "groups"], "--at-least: there is no ladder"),
        (["graph", "-o", "x.graphm"], "Did you mean '.graphml'?"),
    ],
)
def test_a_bad_call_ends_with_one_clear_line(run: Run, args: list[str], said: str) -> None:
    error = run(*args, code=2)
    assert error.startswith("diplorel: ")
    assert error.count("\n") == 1
    assert said in error
    assert not PYTHON.search(error)


def test_a_stream_that_cannot_be_read_is_told_in_full_when_it_is_asked(
    run: Run, copy: Path
) -> None:
    (copy / "events.jsonl").write_bytes(b"{}\n{}\n")
    error = run("rank", "VNM", "-w", str(copy), code=1, err=True)
    assert error.count(f"{copy / 'events.jsonl'}:") == 4


@pytest.mark.parametrize(
    "command", [[], ["store"], *([*name.split()] for name, _ in COMMANDS)], ids=" ".join
)
def test_help_has_a_short_name_everywhere(run: Run, command: list[str]) -> None:
    shown = run(*command, "-h")
    assert shown == run(*command, "--help")
    assert shown.startswith(f"Usage: {' '.join(['diplorel', *command])} ")
    assert "-h, --help" in shown


def test_a_level_can_be_named(run: Run) -> None:
    asked = ("rank", "VNM", "--json", "-w", "vietnam", "--at-least")
    assert run(*asked, "Strategic Partnership") == run(*asked, "strategic")
    assert run(*asked, "đối tác chiến lược") == run(*asked, "strategic")


def test_without_a_command_the_help_is_shown(run: Run) -> None:
    assert run() == run("--help")
    assert run("--version") == f"diplorel {dr.__version__}\n"


@pytest.mark.parametrize(
    ("raised", "code", "said"),
    [
        (KeyboardInterrupt(), 130, "diplorel: interrupted\n"),
        (OSError(28, "No space left on device", "out.csv"), 2, "out.csv: No space left on device"),
        (OSError("gone"), 2, "diplorel: gone\n"),
        (UnicodeEncodeError("ascii", "é", 0, 1, "no"), 2, "written as ascii: no\n"),
        (dr.errors.InvalidQueryError("two\nlines"), 2, "diplorel: two lines\n"),
    ],
)
def test_whatever_fails_ends_in_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch, raised: BaseException, code: int, said: str
) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise raised

    monkeypatch.setattr("diplorel.cli.rank.open_all", fail)
    error = run("rank", "VNM", code=code, err=True)
    assert said in error
    assert error.count("\n") == 1


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("diplorel.cli.rank.open_all", fail)
    with pytest.raises(ZeroDivisionError):
        main(["rank", "VNM"])


def test_a_dataset_that_cannot_be_read_is_left_out_and_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def available() -> tuple[dr.datasets.Dataset, ...]:
        warnings.warn("elsewhere offers 'x', which cannot be read", stacklevel=1)
        return dr.available()[:1]

    monkeypatch.setattr("diplorel.cli.targets.available", available)
    assert main(["datasets"]) == 0
    out, err = capsys.readouterr()
    assert err == "diplorel: elsewhere offers 'x', which cannot be read\n"
    assert out.count("\n") == 3


def test_a_dataset_that_is_there_and_cannot_be_loaded_says_why(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load_stream(name: str) -> None:
        raise dr.errors.UnknownDatasetError(f"several packages offer a dataset {name!r}")

    monkeypatch.setattr("diplorel.cli.targets.load_stream", load_stream)
    error = run("check", "vietnam", code=2)
    assert error == "diplorel: several packages offer a dataset 'vietnam'\n"


def test_a_folder_may_be_the_present_one(
    run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = copy / "stream.toml"
    about.write_text(about.read_text("utf-8").replace('name = "vietnam"\n', ""), "utf-8")
    monkeypatch.chdir(copy)
    rows = json.loads(run("events", ".", "-t", "ties-severed", "--json"))
    assert len(rows) == 1
    (copy / "events.jsonl").write_bytes(b"{}\n")
    assert "./events.jsonl:1: DR105" in run("check", ".", code=1)


# --- laws ----------------------------------------------------------------------------------------

_DRAWN = (
    "rank",
    "partners",
    "show",
    "diff",
    "events",
    "panel",
    "spells",
    "durations",
    "history",
    "pace",
    "anniversaries",
    "figures",
    "graph",
    "chart",
    "datasets",
    "check",
    "verify",
    "new",
    "import",
)
_WORDS = st.sampled_from(
    (
        "VNM", "SGP", "Việt Nam", "XXX", "vietnam", "singapore", "nowhere", "2025-03-12", "2013",
        "--on", "--known", "--clock", "published", "--lang", "vi", "--json", "--with", "-w", "-t",
        "--at-least", "strategic", "--explain", "--policy", "latest", "--since", "--party", "--",
        "--since-release", "0.1.0", "--evidence", "--only", "refuted", "--help", "--dyad", "-",
        "--years", "2024", "2024-2020", "ties", "level", "--event", "-o", "x.csv", "x.ics", "--csv",
        "ladder", "lanes", "matrix", "x.svg", "--embed", "--width", "narrow", "--within", "ASEAN",
    )
)  # fmt: skip
_TEXT = st.text(st.characters(exclude_characters="\0/", codec=None), max_size=8)


@pytest.fixture(scope="module")
def small() -> tuple[dr.datasets.Dataset, ...]:
    """Return the datasets that are read quickly."""
    return tuple(one for one in dr.available() if one.name in ("singapore", "vietnam"))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    command=st.sampled_from(_DRAWN),
    words=st.lists(st.one_of(_WORDS, _WORDS, _TEXT), max_size=5),
)
def test_no_arguments_give_a_traceback(  # noqa: PLR0917  what it draws, and its fixtures
    command: str,
    words: list[str],
    small: tuple[dr.datasets.Dataset, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("diplorel.cli.targets.datasets", lambda: small)
    code = main([command, *words])
    out, err = capsys.readouterr()
    assert code in (0, 1, 2)
    assert (err != "") is (code == 2 or (code == 1 and out == ""))
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", out + err)


_FILES = ("stream.toml", "sources.toml", "events.jsonl", "claims.toml", "parties.toml")
_GARBAGE = st.one_of(
    st.binary(max_size=60),
    st.sampled_from(
        (
            b'name = "x"\n[[ladder]]\nparty = 1\n',
            b'[[source]]\nid = "s"\n',
            b'{"recorded":"2020-01-01T00:00:00Z","type":"ties-severed","on":"x"}\n',
            b'{"recorded":"2020-01-01T00:00:00Z","type":"ties-established","on":"1973",'  # noqa: ISC004
            b'"parties":["SGP","VNM"],"sources":[{"source":"\\u001b[31m\\ud800"}]}\n',
            b'[[claim]]\nkind = "count"\n',
            b'[[party]]\nid = "\\u0007"\nnames = { en = "\\u001b" }\n',
        )
    ),
)


@given(
    content=st.dictionaries(st.sampled_from(_FILES), _GARBAGE),
    asked=st.sampled_from(
        (["check"], ["verify"], ["events"], ["show", "VNM", "SGP", "-w"], ["rank", "VNM", "-w"])
    ),
    lang=st.sampled_from(("en", "vi")),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_folder_gives_a_traceback(
    content: dict[str, bytes],
    asked: list[str],
    lang: str,
    tmp_path_factory: pytest.TempPathFactory,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = tmp_path_factory.mktemp("garbage")
    for name, data in {"sources.toml": b"", "stream.toml": b"", **content}.items():
        (folder / name).write_bytes(data)
    options = ["--json"] if asked[0] == "check" else ["--lang", lang]
    code = main([*asked, str(folder), *options])
    out, err = capsys.readouterr()
    assert code in (0, 1, 2)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]", out + err)


@given(st.text(st.characters(codec=None)))
def test_what_is_shown_drives_no_terminal_and_can_be_written(text: str) -> None:
    shown = clean(text)
    assert shown.encode("utf-8").decode("utf-8") == shown
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", shown)
    assert clean(shown) == shown

"""What is wrong with a call, said in the language of ``--lang``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from diplorel import errors
from diplorel.cli import main
from diplorel.cli.output import clean
from diplorel.cli.usage import asked_language

Run = Callable[..., str]


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["rank", "Vietnm"], "không có bên nào tên là 'Vietnm'. Ý bạn là 'Vietnam' hoặc "),
        (["show", "VNM", "VNM"], "VNM không có quan hệ với chính mình: hãy nêu hai bên"),
        (
            ["rank", "VNM", "--on", "2025-13"],
            (
                "Giá trị không hợp lệ cho '--on': '2025-13' không phải là ngày, tháng hoặc năm: "
                "cần một dạng như 2025-03-12, 2025-03 hoặc 2025. Xem 'diplorel rank --help'."
            ),
        ),
        (
            ["rank", "VNM", "--at-least", "strategical"],
            "--at-least: thang bậc của VNM không có",
        ),
        (
            ["rank", "VNM", "--by", "warmth"],
            "'warmth' không thuộc các giá trị 'ties', 'visits'.",
        ),
        (
            ["rank", "VNM", "--by", "ties", "--explain", "A", "B"],
            "--by xếp hạng không theo khuôn khổ",
        ),
        (["rank", "FRA", "-w", "vietnam", "--at-least", "x"], "FRA không có thang bậc"),
        (["rank", "VNM", "-w", "vietnm"], "'vietnm' không phải là bộ dữ liệu, thư mục hay kho"),
        (["rank", "VNM", "-w", "sqlite:///no.db"], "không có kho dữ liệu này"),
        (
            ["rank", "VNM", "-w", "vietnam", "--release", "9"],
            "--release: vietnam không có bản",
        ),
        (
            ["rank", "VNM", "-w", "vietnam", "--explain", "IDN", "LAO"],
            "LAO không có vị trí xếp",
        ),
        (["history", "SGP", "--years", "9999"], "--years: chưa đến năm 9999, năm cuối cùng là "),
        (["pace", "SGP", "--window", "3W"], "--window: cần một khoảng thời gian như '24M', '2Y'"),
        (["chart", "ladder"], "PARTY: biểu đồ ladder cần một PARTY; đã nêu: không có"),
        (
            ["chart", "ladder", "VNM", "-o", "x.jpg"],
            "-o: 'x.jpg', cần một tên có đuôi là một",
        ),
        (["figures", "trade", "-w", "vietnam"], "INDICATOR: cần một trong các giá trị 'exports'"),
        (["graph", "-o", "x.graphm"], "Ý bạn là '.graphml'?"),
        (["graph", "--at-least", "x", "-w", "groups"], "--at-least: không có thang bậc nào trong"),
        (["events", "vietnam", "-t", "ties-sever"], "--type: 'ties-sever' không phải là loại sự"),
        (["panel"], "Thiếu tùy chọn '--years'. Xem 'diplorel panel --help'."),
        (["rank", "VNM", "--onn", "2025"], "Xem 'diplorel rank --help'."),
        (["nothing"], "Không có lệnh 'nothing'. Xem 'diplorel --help'."),
    ],
)
def test_a_bad_call_is_said_in_vietnamese(run: Run, args: list[str], said: str) -> None:
    error = run(*args, "--lang", "vi", code=2)
    assert error.startswith("diplorel: ")
    assert error.count("\n") == 1
    assert said in error
    english = run(*args, code=2)
    assert english.startswith("diplorel: ")
    assert said not in english


def test_a_stream_that_is_not_named_is_asked_for_in_vietnamese(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # only commands without --lang need one stream today; the end of all commands is one
    def refuse(*_: object, **__: object) -> None:
        raise errors.StreamNotNamedError(["desk", "vietnam"])

    monkeypatch.setattr("diplorel.cli.query.open_all", refuse)
    assert main(["show", "VNM", "SGP", "--lang", "vi"]) == 2
    said = "diplorel: có nhiều bộ dữ liệu, desk, vietnam: hãy nêu một bộ bằng --stream\n"
    assert capsys.readouterr().err == said
    assert main(["show", "VNM", "SGP", "--lang", "en"]) == 2
    said = "diplorel: there are several streams, desk, vietnam: name one with --stream\n"
    assert capsys.readouterr().err == said


@pytest.mark.parametrize(
    "hostile", ["{x.__class__}", "{0}", "{", "}}", "%s", "\x1b[2J", "a\nb", "\u202e", "{said}"]
)
@pytest.mark.parametrize("option", ["party", "target", "day", "level", "command"])
def test_what_the_caller_wrote_is_shown_as_text(run: Run, hostile: str, option: str) -> None:
    calls = {
        "party": ["rank", hostile],
        "target": ["rank", "VNM", "-w", hostile],
        "day": ["rank", "VNM", "--on", hostile],
        "level": ["rank", "VNM", "--at-least", hostile],
        "command": [hostile],
    }
    for lang in ("vi", "en"):
        error = run(*calls[option], "--lang", lang, code=2)
        assert error.count("\n") == 1
        assert clean(error) == error
        assert clean(repr(hostile)[1:-1]) in error or clean(hostile).split()[0] in error


def test_a_store_that_cannot_be_opened_is_said_in_vietnamese(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    path.write_bytes(b"no database at all, but a text that is long enough for a header" * 9)
    error = run("rank", "VNM", "-w", str(path), "--lang", "vi", code=2)
    assert error == f"diplorel: {path} không phải là kho dữ liệu: không phải tệp SQLite\n"


def test_the_language_is_that_of_the_last_option_before_the_arguments_end() -> None:
    assert asked_language([]) == asked_language(["rank", "--lang"]) == "en"
    assert asked_language(["rank", "--lang=vi"]) == asked_language(["--lang", "vi"]) == "vi"
    assert asked_language(["--lang", "vi", "--lang", "en"]) == "en"
    assert asked_language(["rank", "--", "--lang", "vi"]) == "en"
    assert asked_language(["site", "vietnam", "--lang", "en,vi"]) == "en"

"""What errors say: a template with parts, in English and in Vietnamese."""

from __future__ import annotations

import ast
import copy
import pickle
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any
from unicodedata import is_normalized

import pytest
from hypothesis import given
from hypothesis import strategies as st

import diplorel as dr
from diplorel import _message, errors
from diplorel._message import Message
from diplorel.cli.usage import TEMPLATES
from diplorel.errors import DiplorelError, InvalidQueryError, StoreError, UnknownPartyError
from diplorel.language import messages
from diplorel.language.messages import said, translations
from diplorel.stores.values import Head
from shipped_once import shipped

PACKAGE = Path(errors.__file__).parent
HOSTILE = ["{x.__class__}", "{0}", "{", "}}", "{argument!r}", "%s", "\x1b[2J\x00", "{__import__}"]

# --- every message of the source -----------------------------------------------------------------

DATA = {"InvalidEventError", "StreamError", "SheetError"}
"""What is wrong with data is reported by problems, in English: they are no errors of a question."""
OF_TEMPLATES = {
    "Message",
    "BadValue",
    *(
        name
        for name, cls in vars(errors).items()
        if isinstance(cls, type)
        and getattr(cls, "__init__", None) is DiplorelError.__init__
        and name not in DATA
    ),
}
"""The classes whose first argument is a template; other errors make their own, in errors.py."""
MADE_ELSEWHERE = {
    "cli/options.py": {"error.about(option)"},
    "cli/targets.py": {"error.about('--release')"},
    "cli/usage.py": {"template", "message.template"},
    "errors.py": {
        "self.message.template", "template", "why", "message", "problems", "str(self.message)",
        "'\\n'.join(map(str, self.problems))",
    },
    "stores/sqlite.py": {"self._gone", "self._moved(then)"},
    "stores/sqlite_files.py": {"cut_off"},
}  # fmt: skip
"""Messages that are passed on, by the file: each was made, and is looked at, somewhere else."""


def _files() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _makes_a_message(call: ast.Call, file: str) -> bool:
    if ast.unparse(call.func) == "super().__init__":
        return file == "errors.py"
    name = call.func.attr if isinstance(call.func, ast.Attribute) else ast.unparse(call.func)
    return name in OF_TEMPLATES


@cache
def _calls() -> tuple[tuple[str, ast.Call], ...]:
    return tuple(
        (file, node)
        for file, tree in _files()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.args and _makes_a_message(node, file)
    )


def _text(node: ast.expr) -> str | None:
    """Return the text of a literal; None where it is another expression."""
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


@cache
def _templates() -> frozenset[str]:
    written = {text for _, call in _calls() if (text := _text(call.args[0])) is not None}
    return frozenset(written) | {"{text}", *TEMPLATES}


def _fields(template: str) -> set[tuple[str, str | None, str | None]]:
    return {(name, how, spec) for _, name, spec, how in Formatter().parse(template) if name}


def test_the_classes_of_templates_are_those_of_questions() -> None:
    assert {"InvalidQueryError", "StoreError", "InvalidDateError", "MissingKeyError"} < OF_TEMPLATES
    assert "UnknownPartyError" not in OF_TEMPLATES
    assert len(_calls()) > 300


def test_every_message_is_a_template_with_the_parts_that_its_fields_name() -> None:
    wrong = []
    for file, call in _calls():
        template, where = _text(call.args[0]), f"{file}:{call.lineno}"
        if template is None:
            given = call.args[0]
            passed_on = ast.unparse(given.values[0] if isinstance(given, ast.BoolOp) else given)
            if passed_on not in MADE_ELSEWHERE.get(file, ()):
                wrong.append(f"{where}: {passed_on} is no template")
            continue
        parts = {keyword.arg for keyword in call.keywords}
        fields = {name for name, _, _ in _fields(template)}
        if call.keywords and fields != parts:
            wrong.append(f"{where}: the fields are {fields}, the parts {parts}")
        if not call.keywords and "{" in template:
            wrong.append(f"{where}: a text with braces has no parts")
        if len(call.args) > 1:
            wrong.append(f"{where}: parts are given by their names")
    assert not wrong


def test_what_is_passed_on_is_so_still() -> None:
    for file, texts in MADE_ELSEWHERE.items():
        shown = {
            ast.unparse(one.args[0]).split(" or ")[0] for name, one in _calls() if name == file
        }
        assert texts <= shown, file


def test_a_field_is_a_name_and_is_shown_in_one_way() -> None:
    wrong = []
    for template in _templates() | translations().keys():
        fields = _fields(template)
        names = {name for name, _, _ in fields}
        if len(names) < len(fields) or any(
            spec or how not in (None, "r") or not name.isidentifier() for name, how, spec in fields
        ):
            wrong.append(template)
    assert not wrong


def test_every_template_has_a_translation_and_no_translation_is_left_over() -> None:
    known = translations().keys() | {"{text}"}  # a text of Typer that has no translation
    assert sorted(_templates() - known) == []
    assert sorted(known - _templates()) == []


def test_a_translation_has_the_fields_and_the_ends_of_its_template() -> None:
    wrong = [
        (english, vietnamese)
        for english, vietnamese in translations().items()
        if _fields(english) != _fields(vietnamese)
        or not is_normalized("NFC", vietnamese)
        or english[0].isspace() != vietnamese[0].isspace()
        or (english.endswith("."), english.endswith("?"))
        != (vietnamese.endswith("."), vietnamese.endswith("?"))
    ]
    # Typer ends these without a full stop, and another sentence follows
    assert {english for english, _ in wrong} == {
        "No such option: {name}",
        "Got unexpected extra argument ({name})",
        "Got unexpected extra arguments ({name})",
        "Got unexpected extra argument(s) ({name})",
    }


def test_a_template_is_translated_once() -> None:
    rooms = [
        import_module(f"{messages.__name__}.{path.stem}")
        for path in Path(messages.__file__).parent.glob("[a-z]*.py")
    ]
    assert len(rooms) == 5
    counted = Counter(template for room in rooms for template in room.VIETNAMESE)
    assert [template for template, count in counted.items() if count > 1] == []


# --- parts are data ------------------------------------------------------------------------------


@pytest.mark.parametrize("part", HOSTILE)
@pytest.mark.parametrize("lang", ["en", "vi"])
def test_a_part_is_never_read_as_a_template(part: str, lang: Any) -> None:
    shown = said(Message("{name}: {reason}", name=part, reason=Message("none")), lang)
    assert shown == f"{part}: {'không có' if lang == 'vi' else 'none'}"
    with pytest.raises(UnknownPartyError) as caught:
        dr.party(part)
    assert repr(part) in said(caught.value, lang)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_without_parts_is_shown_as_it_is(text: str) -> None:
    assert str(InvalidQueryError(text)) == str(Message(text)) == said(Message(text), "vi") == text


@given(st.text(), st.text() | st.integers() | st.none() | st.booleans())
def test_a_part_is_shown_as_a_format_string_of_python_shows_it(text: str, other: object) -> None:
    message = Message("{text} {other!r}", text=text, other=other)
    assert str(message) == f"{text} {other!r}"
    assert str(InvalidQueryError("{text} {other!r}", text=text, other=other)) == str(message)


def by_pickle(value: Any) -> Any:
    return pickle.loads(pickle.dumps(value))  # noqa: S301  this process wrote it


class Changing:
    """A value that is shown otherwise each time, and that cannot be pickled."""

    def __init__(self) -> None:
        self.unpicklable = lambda: None
        self.shown = 0

    def __repr__(self) -> str:
        self.shown += 1
        return f"<{self.shown}>"


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, by_pickle])
@pytest.mark.parametrize("cls", [InvalidQueryError, StoreError, errors.MissingKeyError])
def test_an_error_about_any_value_travels_and_says_the_same(
    cls: type[DiplorelError], way: Callable[[Any], Any]
) -> None:
    error = cls("{argument}: expected a list, got {given!r} alone", argument="on", given=Changing())
    again = way(error)
    assert again.args == error.args == ("on: expected a list, got <1> alone",)
    assert again.message == error.message
    assert said(again, "vi") == said(error, "vi") == "on: cần một danh sách, không phải riêng <1>"


def test_an_error_within_a_message_is_said_in_the_same_language() -> None:
    inner = InvalidQueryError("{party} has no ladder", party="SGP")
    outer = InvalidQueryError("{argument}: {said}", argument="--level", said=inner)
    assert str(outer) == "--level: SGP has no ladder"
    assert said(outer, "vi") == "--level: SGP không có thang bậc"
    assert outer.argument == "--level"
    assert inner.argument is None
    assert said(outer.about("LEVEL"), "vi") == "LEVEL: SGP không có thang bậc"


@given(st.lists(st.text(max_size=3), max_size=4), st.text(max_size=3))
def test_texts_are_joined_and_none_is_lost(texts: list[str], between: str) -> None:
    assert str(_message.join(between, texts)) == between.join(texts)
    assert str(_message.either(texts)) == " or ".join(texts)
    vietnamese = _message.either(texts)
    if isinstance(vietnamese, Message):
        assert said(vietnamese, "vi") == " hoặc ".join(texts)


# --- every error of a question -------------------------------------------------------------------

LOG = shipped("vietnam")
WORLD = LOG.replay("2025-03-12")
RANKING = WORLD.ranking("VNM")
PANEL = LOG.panel("VNM", years=(2020, 2021))
QUESTIONS: dict[str, Callable[[Any], object]] = {
    "party": dr.party,
    "load": dr.load,
    "replay": LOG.replay,
    "known": lambda bad: LOG.view(known=bad),
    "clock": lambda bad: LOG.view(clock=bad),
    "dates": lambda bad: LOG.view(dates=bad),
    "policy": lambda bad: LOG.view(policy=bad),
    "party of where": lambda bad: LOG.where(party=bad),
    "dyad": lambda bad: LOG.where(dyad=bad),
    "types": lambda bad: LOG.where(types=bad),
    "since": lambda bad: LOG.where(since=bad),
    "stream": lambda bad: LOG.where(stream=bad),
    "relation": lambda bad: LOG.relation("VNM", bad),
    "ranking": WORLD.ranking,
    "at least": lambda bad: WORLD.partners("VNM", at_least=bad),
    "row": lambda bad: RANKING[bad],
    "pair": lambda bad: WORLD[bad],
    "agreement": WORLD.agreement,
    "by": lambda bad: WORLD.metric_ranking("VNM", by=bad),
    "years": lambda bad: LOG.panel("VNM", years=bad),
    "at": lambda bad: LOG.panel("VNM", years=(2020, 2021), at=bad),
    "history": lambda bad: LOG.ranking_history("VNM", years=bad),
    "column": lambda bad: PANEL[bad],
    "date": dr.PartialDate,
    "head": Head.parse,
    "code": lambda bad: LOG.reference.parties.by_code(bad, 1),
    "code of a scheme": lambda bad: LOG.reference.parties.by_code("gw", bad),
    "level": LOG.reference.ladder["VNM"].find,
    "language": lambda bad: PANEL.to_html(lang=bad),
}
BAD = {
    "replay": "2025-13", "known": "2025-02-30T00:00", "types": ["x"], "dyad": ("VNM", "VNM"),
    "at least": "strategical", "years": (2025, 2020), "head": "1.2.3", "date": "2025-0X",
    "pair": ("VNM", "Vietnam"), "since": "2013-21", "row": "VNM",
}  # fmt: skip
"""What is wrong, where it is no mere text."""


def _both(error: DiplorelError) -> tuple[str, str]:
    english, vietnamese = said(error, "en"), said(error, "vi")
    assert english == str(error) == error.args[0]
    for part in _parts(error.message):
        assert str(part) in english
        assert str(part) in vietnamese
    return english, vietnamese


def _parts(message: Message) -> Iterator[object]:
    shown = {name for name, how, _ in _fields(message.template) if how is None}
    for name, part in message.parts.items():
        if isinstance(part, Message):
            yield from _parts(part)
        elif name in shown:
            yield part


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_bad_question_is_refused_in_both_languages(name: str) -> None:
    with pytest.raises(DiplorelError) as caught:
        QUESTIONS[name](BAD.get(name, "no such"))
    english, vietnamese = _both(caught.value)
    assert english != vietnamese
    assert not vietnamese.isascii()


@pytest.mark.parametrize("name", ["load", "code", "party", "agreement"])
@pytest.mark.parametrize("value", [[], None, 5])
def test_what_is_no_text_is_not_found(name: str, value: Any) -> None:
    with pytest.raises(LookupError) as caught:
        QUESTIONS[name](value)
    assert isinstance(caught.value, DiplorelError)


values = (
    st.none()
    | st.integers(-5, 3000)
    | st.text(max_size=6)
    | st.sampled_from([*HOSTILE, "VNM", "SGP", "2025", "strategic", "gw"])
    | st.tuples(st.text(max_size=3), st.sampled_from([*HOSTILE, "VNM"]))
    | st.lists(st.sampled_from([*HOSTILE, "VNM", 1.5]), max_size=3)
)


@given(st.sampled_from(sorted(QUESTIONS)), values)
def test_whatever_is_asked_the_error_is_said_in_both_languages(name: str, value: Any) -> None:
    try:
        QUESTIONS[name](value)
    except DiplorelError as error:
        english, vietnamese = _both(error)
        assert english != vietnamese

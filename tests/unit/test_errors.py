"""Errors: one for a bad call, caught as its builtin; a problem for each thing wrong with data."""

from __future__ import annotations

from difflib import get_close_matches

import pytest
from hypothesis import given
from hypothesis import strategies as st

from diplorel.errors import (
    DiplorelError,
    InvalidDateError,
    InvalidEventError,
    InvalidQueryError,
    Problem,
    RecordedOrderError,
    StreamError,
    UnknownDatasetError,
    UnknownLevelError,
    UnknownPartyError,
    UnknownTrackError,
    did_you_mean,
    nearest,
)


@pytest.mark.parametrize(
    ("error", "builtin"),
    [
        (InvalidDateError, ValueError),
        (InvalidEventError, ValueError),
        (InvalidQueryError, ValueError),
        (RecordedOrderError, ValueError),
        (StreamError, ValueError),
        (UnknownPartyError, LookupError),
        (UnknownLevelError, LookupError),
        (UnknownDatasetError, LookupError),
        (UnknownTrackError, LookupError),
    ],
)
def test_each_error_is_ours_and_the_builtin_that_a_caller_would_catch(
    error: type[Exception], builtin: type[Exception]
) -> None:
    assert issubclass(error, DiplorelError)
    assert issubclass(error, builtin)


def test_an_unknown_party_is_named_with_the_nearest() -> None:
    error = UnknownPartyError("Vietnm", ["Vietnam", "Viet Nam"])
    assert str(error) == "unknown party 'Vietnm'. Did you mean 'Vietnam' or 'Viet Nam'?"
    assert error.name == "Vietnm"
    assert error.suggestions == ("Vietnam", "Viet Nam")
    alone = UnknownPartyError("Qqq")
    assert str(alone) == "unknown party 'Qqq'."
    assert alone.suggestions == ()
    assert UnknownPartyError("x", iter(["y"])).args == ("unknown party 'x'. Did you mean 'y'?",)


def test_a_stream_error_reports_every_problem_in_order() -> None:
    problems = [
        Problem(code="DR104", message="no date", path="events.jsonl", line=3, hint="Write one"),
        Problem(code="DR101", message="no stream", path="stream.toml"),
    ]
    error = StreamError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error) == ("events.jsonl:3: DR104 no date. Write one\nstream.toml: DR101 no stream")


def test_a_problem_says_where_it_is_as_far_as_it_is_known() -> None:
    def told(**where: object) -> str:
        return str(Problem(code="DR1", message="m", **where))  # type: ignore[arg-type]

    assert told(path="f", line=2, event="e") == "f:2: DR1 m"
    assert told(path="f", line=0) == "f:0: DR1 m"
    assert told(path="f", event="e") == "f: DR1 m"
    assert told(event="e", line=2) == "e: DR1 m"
    assert told() == "DR1 m"
    assert told(hint="Do this", stream="s") == "DR1 m. Do this"


def test_the_nearest_names_come_best_first_as_they_were_first_spelled() -> None:
    known = ["VNM", "Vietnam", "Viet Nam", "vietnam", "France"]
    assert nearest("vietnm", known) == ("Vietnam", "Viet Nam", "VNM")
    assert nearest("FRANCE", known) == ("France",)
    assert nearest("qqqqqq", known) == ()
    alike = ["abcd1", "abcd2", "abcd3", "abcd4"]
    assert len(nearest("abcd", alike)) == 3
    assert len(nearest("abcd", iter(alike), limit=1)) == 1


@given(
    st.text("abcdVi ", max_size=9),
    st.lists(st.text("abcdvI ", max_size=9), max_size=12),
    st.integers(1, 4),
    st.sampled_from([0.4, 0.6, 0.75]),
)
def test_the_nearest_names_are_those_that_difflib_finds(
    name: str, known: list[str], limit: int, alike: float
) -> None:
    folded = {one.casefold(): one for one in reversed(known)}
    found = get_close_matches(name.casefold(), folded, n=limit, cutoff=alike)
    assert nearest(name, known, limit=limit, alike=alike) == tuple(folded[one] for one in found)


def test_a_suggestion_is_a_question_and_none_is_nothing() -> None:
    assert did_you_mean(["a"]) == " Did you mean 'a'?"
    assert did_you_mean(iter(["a", "b"])) == " Did you mean 'a' or 'b'?"
    assert did_you_mean([]) == ""


def test_no_known_name_is_offered_for_one_that_is_longer_than_any() -> None:
    assert nearest("a" * 200, ["a" * 199]) == ("a" * 199,)
    assert nearest("a" * 201, ["a" * 199]) == ()

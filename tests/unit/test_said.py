"""Texts in both languages at once."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from diplorel.language.said import Said, join, say

texts = st.builds(Said, st.text(max_size=3), st.text(max_size=3))


@given(st.lists(texts, max_size=4), texts)
def test_texts_are_joined_by_language_and_none_is_lost(items: list[Said], between: Said) -> None:
    joined = join(between, [*items, *items])
    assert joined.in_("en") == str(between).join([one.english for one in items] * 2)
    assert joined.in_("vi") == between.in_("vi").join([one.vietnamese for one in items] * 2)


@given(texts, st.integers())
def test_a_phrase_is_filled_in_by_language(part: Said, number: int) -> None:
    said = say({"key": ("{a} of {b}", "{b}: {a}")}, "key", a=part, b=number)
    assert said == Said(f"{part.english} of {number}", f"{number}: {part.vietnamese}")

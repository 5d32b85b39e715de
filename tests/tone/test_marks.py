"""A mark on a case may be hard; one on a person is refused (DOMAIN row 8)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tone_vectors import CASE, PERSON

from bot.tone import judges_person


@pytest.mark.parametrize("tag", PERSON)
def test_a_person_is_not_marked(tag: str) -> None:
    """What judges a person is seen, in any case and spacing."""
    assert judges_person(tag)
    assert judges_person(f"  {tag.upper()} ")


@pytest.mark.parametrize("tag", CASE)
def test_a_case_may_be_marked(tag: str) -> None:
    """The same words about a matter are fine."""
    assert not judges_person(tag)
    assert not judges_person(f"  {tag.upper()} ")


@given(st.text())
def test_any_text_can_be_read(tag: str) -> None:
    """No text makes it fail."""
    assert judges_person(tag) in {True, False}

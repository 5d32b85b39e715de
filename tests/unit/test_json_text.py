"""JSON is read and written as the standard library would, only faster."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.json_text import read_json, write_json

WORDS = st.text(st.characters(codec=None))  # with halves of surrogate pairs, as phones send them
WHOLE = st.integers(-(2**63), 2**64 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


@given(JSON)
def test_what_others_write_is_read(value: Any) -> None:
    """Whatever the standard library writes is read as it reads it, as text and as bytes."""
    written = json.dumps(value)
    assert read_json(written) == read_json(written.encode()) == json.loads(written)


@given(JSON)
def test_what_is_written_is_read_again(value: Any) -> None:
    """A value comes back as it was, to us and to the standard library."""
    assert read_json(write_json(value)) == json.loads(write_json(value)) == value


@given(st.integers())
def test_numbers_of_any_size_are_written(number: int) -> None:
    """A number past 64 bits is written out too."""
    assert write_json({"n": number}) == f'{{"n":{number}}}'


@pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", "\x00"])
def test_what_is_no_json_is_refused(text: str) -> None:
    """What is none raises the error that the standard library raises."""
    with pytest.raises(ValueError, match="line 1"):
        read_json(text)


def test_what_is_too_deep_is_refused() -> None:
    """A body of nothing but brackets is refused, and ends nothing."""
    with pytest.raises(RecursionError):
        read_json("[" * 100_000)

"""JSON is read and written with the results of the standard library."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.json_text import read_json, write_json

WORDS = st.text(st.characters(codec=None))  # with lone surrogates, as phones send them
WHOLE = st.integers(-(2**63), 2**64 - 1)
JSON = st.recursive(
    st.none() | st.booleans() | WHOLE | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner),
)


@given(JSON)
def test_what_others_write_is_read(value: Any) -> None:
    """JSON of the standard library is read from text and bytes with the same result."""
    written = json.dumps(value)
    assert read_json(written) == read_json(written.encode()) == json.loads(written)


@given(JSON)
def test_what_is_written_is_read_again(value: Any) -> None:
    """A written value is read back unchanged, also by the standard library."""
    assert read_json(write_json(value)) == json.loads(write_json(value)) == value


@given(st.integers())
def test_numbers_of_any_size_are_written(number: int) -> None:
    """Integers beyond 64 bits are written in full."""
    assert write_json({"n": number}) == f'{{"n":{number}}}'


@pytest.mark.parametrize("text", ["", "{", "[1,]", "{'a': 1}", "\x00"])
def test_what_is_no_json_is_refused(text: str) -> None:
    """Invalid JSON raises the standard library's error."""
    with pytest.raises(ValueError, match="line 1"):
        read_json(text)


def test_what_is_too_deep_is_refused() -> None:
    """Extreme nesting is refused and does not crash the process."""
    with pytest.raises(RecursionError):
        read_json("[" * 100_000)

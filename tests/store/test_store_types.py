"""Test how the databases store times and JSON."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects.sqlite import dialect
from store_rows import call, send

from bot.clock import TravelClock
from bot.store.store import Store
from bot.store.types import UtcDateTime, storable_json

SUMMER_NIGHT = datetime(2026, 10, 25, 2, 30, 1, 5, tzinfo=timezone(timedelta(hours=2)))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


def test_naive_time_is_refused() -> None:
    """A time without a zone is refused."""
    with pytest.raises(ValueError, match="naive"):
        UtcDateTime().process_bind_param(datetime(2026, 1, 1), dialect())  # noqa: DTZ001 - deliberately naive


async def test_time_comes_back_as_the_same_instant(store: Store) -> None:
    """A time in any zone comes back in UTC with microseconds."""
    await send(store, call(1, not_before=SUMMER_NIGHT + timedelta(days=99)))
    async with store.reading() as unit:
        found = await unit.outbox.next_due()
    assert found == SUMMER_NIGHT + timedelta(days=99)
    assert found.tzinfo is UTC or found.utcoffset() == timedelta()


async def test_times_sort_across_zones(store: Store, clock: TravelClock) -> None:
    """Times of different zones are compared as instants."""
    west = clock.now().astimezone(timezone(-timedelta(hours=9)))
    await send(store, call(1, not_before=west + timedelta(seconds=1)), call(2, not_before=west))
    async with store.unit() as unit:
        rows = await unit.outbox.claim(9, epoch=1, lease_seconds=1, skip_chats=())
    assert [row.chat_id for row in rows] == [2]


@given(JSON)
def test_json_is_written_for_both_databases(value: Any) -> None:
    """JSON is written as valid UTF-8 without NUL, and otherwise unchanged."""
    written = storable_json(value)
    assert "\0" not in str(json.loads(written))
    written.encode()
    if "\\u0000" not in json.dumps(value):
        assert json.loads(written) == value


@given(st.text(st.characters(codec=None)))
def test_half_pairs_are_replaced(words: str) -> None:
    """A lone surrogate is replaced before it reaches a database."""
    storable_json({"text": words}).encode()

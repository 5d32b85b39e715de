"""The index is rebuilt in a thread while questions are answered."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from bot.errors import NotReady
from bot.search import Document, Index
from bot.service import faq
from bot.service.faq import VERSION, IndexKeeper, note_change
from bot.store.store import Store

BODY = {"theme": "waste", "source": "Klintsund Kommune", "reviewed": "2026-11-01"}


class SlowIndex(Index):
    """An index whose construction waits for the test's gate."""

    gate = threading.Event()
    made: list[str] = []  # noqa: RUF012 - the tests read which threads made one

    def __init__(self, entries: list[Document], unanswered: dict[str, list[str]]) -> None:
        """Wait up to 10 s for the gate, then build the index."""
        assert self.gate.wait(10)
        self.made.append(threading.current_thread().name)
        self.ids = sorted({entry.id for entry in entries})
        super().__init__(entries, unanswered)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[SlowIndex]]:
    """Replace the index by `SlowIndex` with an open gate."""
    monkeypatch.setattr(faq, "Index", SlowIndex)
    SlowIndex.gate.set()
    SlowIndex.made.clear()
    yield SlowIndex
    SlowIndex.gate.set()


async def write(store: Store, faq_id: str) -> None:
    """Import one entry."""
    body = {**BODY, "texts": {"da": {"question": faq_id, "answer": "Ja.", "phrasings": []}}}
    async with store.unit() as unit:
        await unit.faq.put_import(faq_id, body)
        await note_change(unit)


async def ask(keeper: IndexKeeper, store: Store) -> Any:
    """Return the index that a question would get."""
    async with store.reading() as unit:
        return await keeper(unit)


async def first_made(keeper: IndexKeeper, store: Store) -> Any:
    """Build the index and return it."""
    await keeper.refresh(store)
    return await ask(keeper, store)


async def test_the_old_one_answers_meanwhile(store: Store, slow: type[SlowIndex]) -> None:
    """Questions use the old index while a thread builds the new one."""
    keeper = IndexKeeper()
    await write(store, "F1")
    assert (await first_made(keeper, store)).ids == ["F1"]
    slow.gate.clear()
    await write(store, "F2")
    for _question in range(3):
        assert (await ask(keeper, store)).ids == ["F1"]
    slow.gate.set()
    await keeper.refresh(store)
    assert (await ask(keeper, store)).ids == ["F1", "F2"]
    assert len(slow.made) == 2, "three questions have one index made"
    assert threading.current_thread().name not in slow.made


async def test_the_first_is_waited_for_by_all(store: Store, slow: type[SlowIndex]) -> None:
    """Without an index a question raises `NotReady`; afterwards all get the same index."""
    keeper = IndexKeeper()
    await write(store, "F1")
    with pytest.raises(NotReady):
        await ask(keeper, store)
    await asyncio.gather(*(keeper.refresh(store) for _question in range(3)))
    first, *rest = await asyncio.gather(*(ask(keeper, store) for _question in range(3)))
    assert all(one is first for one in rest)
    assert len(slow.made) == 1


async def test_what_says_the_same_is_not_made_anew(store: Store, slow: type[SlowIndex]) -> None:
    """An import without changes keeps the FAQ version and the index."""
    keeper = IndexKeeper()
    await write(store, "F1")
    index = await first_made(keeper, store)
    async with store.unit() as unit:
        before = await unit.facts.get(VERSION)
        await note_change(unit)
        assert await unit.facts.get(VERSION) == before
    await keeper.refresh(store)
    assert await ask(keeper, store) is index
    assert len(slow.made) == 1


async def test_one_that_cannot_be_made_is_tried_again(
    store: Store, slow: type[SlowIndex], monkeypatch: pytest.MonkeyPatch, caplog: Any
) -> None:
    """After a failed build the old index answers on, and the next refresh builds it.

    The log line holds no text of the FAQ.
    """
    keeper = IndexKeeper()
    await write(store, "F1")
    await first_made(keeper, store)

    def broken(*_given: object) -> Index:
        raise ValueError("F2")

    monkeypatch.setattr(faq, "Index", broken)
    await write(store, "F2")
    assert (await ask(keeper, store)).ids == ["F1"]
    with pytest.raises(ValueError, match="F2"):
        await keeper.refresh(store)
    assert {record.message for record in caplog.records} == {"index_not_made"}
    monkeypatch.setattr(faq, "Index", slow)
    await keeper.refresh(store)
    assert (await ask(keeper, store)).ids == ["F1", "F2"]

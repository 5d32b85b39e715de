"""Deferred writes are executed before any other query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from store_rows import AT, MINUTE, call
from test_store_people import begin, know, talk

from bot.engine.conversation import PAUSED, WAITING
from bot.store.store import Store
from bot.store.timers import NewTimer


async def test_what_waits_is_seen_by_whoever_asks(store: Store) -> None:
    """A deferred row is visible within its transaction and afterwards."""
    person = await know(store)
    async with store.unit() as unit:
        await unit.people.save(replace(person, called="Bo"))
        assert (await unit.people.get(person.id)).called == "Bo"
        await unit.timers.set(NewTimer("nudge", "1", "tg:1", AT + MINUTE))
        assert await unit.timers.next_due() == AT + MINUTE
        await unit.outbox.put(call())
        assert (await unit.outbox.depth()).count == 1
        await unit.people.save(replace(person, called="Ib"))
    async with store.reading() as unit:
        assert (await unit.people.get(person.id)).called == "Ib"


async def test_one_row_keeps_its_order(store: Store) -> None:
    """Repeated writes of one timer keep their order, whatever other writes come between."""
    async with store.unit() as unit:
        for subject in ("1", "2"):
            await unit.timers.set(NewTimer("nudge", subject, "tg:1", AT + MINUTE))
        await unit.timers.forget("nudge", "1")
        await unit.timers.set(NewTimer("nudge", "1", "tg:1", AT + 3 * MINUTE))
        await unit.timers.forget("nudge", "2")
    async with store.reading() as unit:
        assert await unit.timers.next_due() == AT + 3 * MINUTE


async def test_what_is_undone_was_never_written(store: Store) -> None:
    """A failed transaction discards its deferred writes."""

    async def fail() -> None:
        async with store.unit() as unit:
            await unit.outbox.put(call())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.reading() as unit:
        assert (await unit.outbox.depth()).count == 0


async def test_those_who_are_expected(store: Store) -> None:
    """Preloaded citizens and conversations follow later changes; unknown lanes give None."""
    person = await know(store)
    kept = await begin(store, talk(person.id))
    async with store.unit() as unit:
        assert await unit.people.expect([person.lane, "tg:99"]) == [person]
        await unit.conversations.expect([person.id])
        assert await unit.people.by_lane("tg:99") is None
        assert await unit.conversations.waiting(person.id) == kept
        assert await unit.conversations.get(kept.id) == kept
        await unit.conversations.save(replace(kept, state=PAUSED))
        assert await unit.conversations.waiting(person.id) is None
        fresh = await unit.conversations.add(talk(person.id))
        assert fresh.state == WAITING
        assert await unit.conversations.waiting(person.id) == fresh
        assert await unit.conversations.paused(person.id) == replace(kept, state=PAUSED)
        await unit.people.reach(person.id, reachable=False)
        assert not (await unit.people.get(person.id)).reachable
        await unit.people.save(replace(person, called="Bo"))
        await unit.conversations.delete(fresh)
        assert await unit.conversations.get(fresh.id) is None
    async with store.reading() as unit:
        again = await unit.people.get(person.id)
        assert (again.called, again.reachable) == ("Bo", False)
        assert await unit.conversations.waiting(person.id) is None
        assert await unit.conversations.paused(person.id) == replace(kept, state=PAUSED)

"""The chain of seals is intact, or names the event where it breaks."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import Executable, delete, update

from bot.clock import TravelClock
from bot.scheduler import seal as seal_tick
from bot.service import chain as chain_module
from bot.service.chain import Chain, chain
from bot.store.events import CLOCK
from bot.store.store import Store
from bot.store.tables import event, seal
from bot.testing import START

AGAIN = timedelta(hours=1)


async def note(store: Store, count: int = 5) -> list[int]:
    """Add *count* events and seal them."""
    async with store.unit() as unit:
        ids = [await unit.events.add(CLOCK, "ticked", n=n) for n in range(count)]
    assert await seal_tick(store) == count
    return ids


async def forge(store: Store, *statements: Executable) -> None:
    """Change rows without the service."""
    async with store.unit() as unit:
        for statement in statements:
            await unit.connection.execute(statement)


async def looked(store: Store) -> Chain:
    """Run the tick and return the state of the chain."""
    await seal_tick(store)
    async with store.reading() as unit:
        return await chain(unit)


async def test_nothing_is_sealed_yet(store: Store) -> None:
    """Without events the chain has no start, check or break."""
    found = await looked(store)
    assert (found.unbroken_since, found.looked_at, found.broken_at) == (None, None, None)


async def test_whole(store: Store, clock: TravelClock) -> None:
    """Sealed events form an unbroken chain from the first event; new events extend it."""
    await note(store)
    clock.advance(timedelta(minutes=1))
    await note(store, 2)
    found = await looked(store)
    assert (found.unbroken_since, found.broken_at) == (START, None)
    assert found.looked_at == clock.now()
    assert found.tip_id == found.seal_id


async def test_a_change_is_found(store: Store, clock: TravelClock) -> None:
    """A change to a sealed event is found within the hour and named."""
    _one, two, *_more = await note(store)
    await forge(store, update(event).where(event.c.id == two).values(actor="staff:1"))
    clock.advance(AGAIN)
    found = await looked(store)
    assert (found.broken_at, found.unbroken_since) == (two, None)


async def test_an_act_that_is_gone_is_found(store: Store, clock: TravelClock) -> None:
    """A deleted event is named."""
    *_more, last = await note(store)
    await forge(store, delete(event).where(event.c.id == last))
    clock.advance(AGAIN)
    assert (await looked(store)).broken_at == last


async def test_an_end_that_is_cut_off_is_found(store: Store) -> None:
    """Events deleted together with their seals are detected at once."""
    *_more, last = await note(store)
    await forge(
        store,
        delete(event).where(event.c.id == last),
        delete(seal).where(seal.c.event_id == last),
    )
    assert (await looked(store)).broken_at == 0


async def test_a_chain_made_anew_is_found(store: Store) -> None:
    """Recomputed seals over changed events differ from the last seal that was checked."""
    one, *_more = await note(store)
    await forge(store, update(event).where(event.c.id == one).values(verb="x"), delete(seal))
    assert await seal_tick(store) == 5
    assert (await looked(store)).broken_at == 0


async def test_what_was_put_right_is_whole_again(store: Store, clock: TravelClock) -> None:
    """A break is reported until a later check finds the chain intact."""
    one, *_more = await note(store)
    await forge(store, update(event).where(event.c.id == one).values(verb="x"))
    clock.advance(AGAIN)
    assert (await looked(store)).broken_at == one
    await forge(store, update(event).where(event.c.id == one).values(verb="ticked"))
    assert (await looked(store)).broken_at == one
    clock.advance(AGAIN)
    assert (await looked(store)).broken_at is None


async def test_a_long_chain_goes_by_stretches(
    store: Store, clock: TravelClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One tick checks at most `AT_ONCE` seals, and several ticks reach the end."""
    await note(store, 7)
    monkeypatch.setattr(chain_module, "AT_ONCE", 3)
    clock.advance(AGAIN)
    ends = [(await looked(store)).seal_id for _ in range(3)]
    async with store.reading() as unit:
        ids = [one.id for one in await unit.events.sealed_after(0, 9)]
    assert ends == [ids[2], ids[5], ids[6]]
    assert (await looked(store)).looked_at == clock.now()


async def test_a_rest_writes_nothing(store: Store, clock: TravelClock) -> None:
    """Without new events a tick within the hour changes nothing."""
    await note(store)
    first = await looked(store)
    clock.advance(timedelta(minutes=59))
    assert await looked(store) == first


async def test_one_process_at_a_time(store: Store) -> None:
    """While another process holds the lock, a tick seals nothing."""
    async with store.unit() as unit:
        await unit.events.add(CLOCK, "ticked")
    other = await store.singleton("seal")
    assert other is not None
    assert await seal_tick(store) == 0
    await other.release()
    assert await seal_tick(store) == 1

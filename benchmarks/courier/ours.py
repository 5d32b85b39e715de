"""Run the courier in its own process until its outbox is empty.

    python -m benchmarks.courier.ours DATABASE API paced|unpaced

Its clock starts on a Monday at 10:00, so that no quiet hours delay a broadcast.
"""

from __future__ import annotations

import asyncio
import sys

from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.service.content import read_town
from bot.simulator import TOKEN
from bot.store.store import Store
from bot.testing import START
from bot.transport.api import HttpBotApi
from bot.transport.courier import Courier
from bot.transport.pacing import Pacing, Unpaced

LOOK_EVERY = 0.1  # seconds between checks whether rows are left


async def run(database: str, api_url: str, *, paced: bool) -> None:
    """Send all rows of the outbox."""
    town = read_town(None)
    context = town_context_of(town)
    store = await Store.open(database, clock=TravelClock(START, tick=True), town=context)
    api = HttpBotApi(api_url, TOKEN)
    courier = Courier(
        store,
        api,
        context.calendar.next_allowed,
        pacing=Pacing() if paced else Unpaced(),
    )
    stop = asyncio.Event()
    sending = asyncio.create_task(courier.run(stop))
    try:
        await _empty(store, sending)
    finally:
        stop.set()
        await sending
        await api.close()
        await store.close()


async def _empty(store: Store, sending: asyncio.Task[None]) -> None:
    """Wait until the outbox is empty or the courier has ended."""
    while not sending.done() and await _left(store):
        await asyncio.wait([sending], timeout=LOOK_EVERY)


async def _left(store: Store) -> int:
    """Return how many rows are unsent or being sent; later ones count as 1 together."""
    async with store.reading() as unit:
        waits, due = await unit.outbox.depth(), await unit.outbox.next_due()
    return waits.count + (due is not None)


if __name__ == "__main__":
    asyncio.run(run(sys.argv[1], sys.argv[2], paced=sys.argv[3] == "paced"))

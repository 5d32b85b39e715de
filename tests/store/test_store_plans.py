"""Hot queries use an index, however many done rows there are."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from store_plans import plans_of, reads_whole_tables
from store_rows import AT, call, update

from bot.store.store import Store
from bot.store.timers import NewTimer

MUCH = 400  # waiting rows; there are ten times as many done rows


@pytest.fixture
async def busy(store: Store) -> Store:
    """Fill a store with rows of every kind, most of them done."""
    async with store.unit() as unit:
        for start in range(0, 11 * MUCH, MUCH):
            await unit.inbox.put([update(n, f"tg:{n % 50}") for n in range(start, start + MUCH)])
        for n in range(2 * MUCH):
            await unit.outbox.add(call(n % 100))
            await unit.timers.set(NewTimer("nudge", str(n), "tg:1", AT + timedelta(days=1)))
        for end in (
            "UPDATE inbox SET done = true, done_at = received_at WHERE id > :kept",
            "UPDATE outbox SET state = 'sent', done_at = created_at WHERE id > :kept",
            "UPDATE timer SET due_at = NULL WHERE id > :kept",
        ):
            await unit.connection.execute(text(end), {"kept": MUCH // 4})
    async with store.writer.connect() as connection:
        if store.dialect == "postgresql":
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE inbox, outbox, timer"))
    return store


WORK: dict[str, Any] = {
    "put": lambda unit: unit.inbox.put([update(99_999)]),
    "heads": lambda unit: unit.inbox.heads(20),
    "head": lambda unit: unit.inbox.head(1),
    "done": lambda unit: unit.inbox.done([1, 2, 3]),
    "inbox depth": lambda unit: unit.inbox.depth(),
    "inbox purge": lambda unit: unit.inbox.purge(),
    "add": lambda unit: unit.outbox.add(call()),
    "add a card": lambda unit: unit.outbox.add(call(card_id=1)),
    "claim": lambda unit: unit.outbox.claim(20, epoch=1, lease_seconds=1, skip_chats=[1]),
    "files purge": lambda unit: unit.files.purge(),
    "next due": lambda unit: unit.outbox.next_due(),
    "outbox purge": lambda unit: unit.outbox.purge(),
    "stop": lambda unit: unit.outbox.drop_lane("tg:1", 30),
    "take over": lambda unit: unit.outbox.take_over(2),
    "set": lambda unit: unit.timers.set(NewTimer("nudge", "1", "tg:1", AT)),
    "cancel": lambda unit: unit.timers.cancel("nudge", "1"),
    "fire": lambda unit: unit.timers.fire_due(),
    "next timer": lambda unit: unit.timers.next_due(),
    "overdue": lambda unit: unit.timers.overdue(),
}


async def test_no_hot_query_reads_a_whole_table(busy: Store) -> None:
    """No hot query scans a whole table, on either database."""
    found = {}
    async with busy.unit() as unit:
        await unit.cards.ensure(1, "menu", "1")
        if busy.dialect == "postgresql":  # which would scan these small tables
            await unit.connection.execute(text("SET LOCAL enable_seqscan = off"))
        for name, work in WORK.items():
            plan = await plans_of(busy, unit, work(unit))
            if reads_whole_tables(plan):
                found[name] = plan
    assert found == {}

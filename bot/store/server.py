"""Checks of whether a PostgreSQL server is suitable."""

from __future__ import annotations

import asyncio
import secrets

from sqlalchemy import text

from bot.store.engines import connect_alone, unavailable_raised
from bot.store.singleton import key_of
from bot.store.store import Store

OLDEST = 15  # PostgreSQL's major version
NOTIFIED_WITHIN = 3.0  # seconds
_HELD = text("""
    SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid::bigint = :high AND objid::bigint = :low
""")


async def version_of(store: Store) -> int:
    """Return the server's major version."""
    async with store.reading() as unit:
        with unavailable_raised():
            found = await unit.connection.scalar(text("SHOW server_version_num"))
    return int(str(found)) // 10_000


async def passes_notifications(store: Store) -> bool:
    """Return whether LISTEN receives a NOTIFY within 3 s; a transaction pooler prevents it."""
    notified, channel = asyncio.Event(), f"doctor_{secrets.token_hex(4)}"
    with unavailable_raised():
        listener = await connect_alone(store.writer)
        try:
            await listener.add_listener(channel, lambda *_said: notified.set())
            async with store.reading() as unit:
                await unit.connection.execute(text("SELECT pg_notify(:to, '')"), {"to": channel})
                await unit.connection.commit()
            await asyncio.wait_for(notified.wait(), NOTIFIED_WITHIN)
        except TimeoutError:
            return False
        finally:
            listener.terminate()
    return True


async def is_held(store: Store, name: str) -> bool:
    """Return whether any process holds the singleton lock *name*."""
    key = key_of(name).to_bytes(8, signed=True)
    halves = {"high": int.from_bytes(key[:4]), "low": int.from_bytes(key[4:])}
    async with store.reading() as unit:
        with unavailable_raised():
            return bool(await unit.connection.scalar(_HELD, halves))

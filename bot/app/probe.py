"""Probe whether the database takes writes, by writing one small row now and then."""

from __future__ import annotations

import asyncio

from bot.errors import DatabaseFull, DatabaseReadOnly, DatabaseRefused, DatabaseUnavailable
from bot.store.store import Store

EVERY = 5.0  # seconds a result stays valid
PATIENCE = 5.0  # seconds a write may take
FACT = "written_at"


async def write_once(store: Store) -> str:
    """Write and commit a row; return "", or a text that says what is wrong."""
    try:
        async with store.unit() as unit:
            await unit.facts.set(FACT, unit.now.isoformat())
    except DatabaseReadOnly:
        return "read-only"
    except DatabaseFull:
        return "full"
    except DatabaseRefused as error:
        return str(error)
    except DatabaseUnavailable:
        return "takes no writes"
    except Exception as error:  # noqa: BLE001 - after any error the database takes no writes
        return f"takes no writes: {type(error).__name__}"
    return ""


class WriteProbe:
    """Probes at most every 5 seconds for any number of callers, which wait at most 5 seconds."""

    def __init__(self, store: Store) -> None:
        """Probe *store*."""
        self._store = store
        self._writing: asyncio.Task[str] | None = None
        self._began = 0.0

    async def problem(self) -> str:
        """Return a text that says why the database takes no writes; "" where it does."""
        now = asyncio.get_running_loop().time()
        old = now - self._began >= EVERY
        if self._writing is None or (self._writing.done() and old):
            self._writing = asyncio.create_task(write_once(self._store))
            self._began = now
        await asyncio.wait({self._writing}, timeout=PATIENCE)
        return self._writing.result() if self._writing.done() else "takes no writes in time"

    async def close(self) -> None:
        """Cancel a write that is running."""
        if self._writing is not None:
            self._writing.cancel()
            await asyncio.gather(self._writing, return_exceptions=True)

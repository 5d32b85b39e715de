"""The intake: redact and parse each update, and commit it before confirming it to Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from bot import watch
from bot.errors import DatabaseUnavailable
from bot.redact import redact_update
from bot.store.store import Store
from bot.transport.emergency import MOMENT, EmergencyNumbers
from bot.transport.inbox_rows import Received, Unreadable, received, rows_of
from bot.transport.incoming import Parse
from bot.transport.metadata import lane_of, trimmed, update_id_of

GATHER = 0.02  # seconds a single update waits for others to share its commit
log = logging.getLogger("brobygger.intake")

Committed = asyncio.Future[int]  # the number of new rows in its transaction
Seen = Sequence[Received | Unreadable]


class Intake:
    """Commits updates as inbox rows; *emergency* answers citizens in danger at once (HR-29)."""

    def __init__(
        self,
        store: Store,
        source: str,
        parse: Parse,
        emergency: EmergencyNumbers,
    ) -> None:
        """Take in the updates of the bot named by *source* (``telegram:<bot id>``)."""
        self._store = store
        self._source = source
        self._parse = parse
        self._emergency = emergency
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Seen, Committed]] = []

    async def take(self, updates: Sequence[Any]) -> int:
        """Redact and commit *updates*; return how many rows were new in their transaction.

        An update that cannot be read or stored is counted, and only its ids are
        committed. An update without an id is dropped. The others are committed as usual.

        Emergency numbers for a citizen in danger are sent at the same time. They go out
        while the database is unavailable, and a slow Telegram does not delay the commit.

        Raise `DatabaseUnavailable` where the updates may not be committed.
        """
        seen = [one for update in updates if (one := await self._read(update)) is not None]
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        readable = [one for one in seen if isinstance(one, Received)]
        sending = self._emergency.begin(readable, committed)
        try:
            new = await self._commit(seen)
            committed.set_result(None)
        except BaseException:
            committed.cancel()
            raise
        finally:
            if sending:
                await asyncio.wait(sending, timeout=MOMENT)
        return new

    async def _read(self, update: Any) -> Received | Unreadable | None:
        """Return the update, or its ids if it is unreadable; None without an id to store it by."""
        if isinstance(update, Unreadable):
            return self._counted(update)
        if (update_id := update_id_of(update)) is None:
            watch.UPDATES_UNREADABLE.inc()
            log.error("update_without_id")
            return None
        try:
            redacted = redact_update(trimmed(update))
            return received(redacted, await self._parse(redacted.update))
        except Exception as error:  # noqa: BLE001 - one bad update must not hold up the others
            return self._unreadable(str(update_id), lane_of(update), error)

    def _unreadable(self, key: str, lane: str, error: Exception) -> Unreadable:
        """Count an update that cannot be read or stored; return its ids."""
        return self._counted(Unreadable(key, type(error).__name__, lane))

    def _counted(self, one: Unreadable) -> Unreadable:
        """Count, log and return an update of which only the ids are stored."""
        watch.UPDATES_UNREADABLE.inc()
        log.error("update_unreadable", extra={"update": one.key, "kind": one.kind})
        return one

    async def _commit(self, seen: Seen) -> int:
        """Commit *seen* together with concurrent callers' updates; return the count of new rows.

        A webhook request has one update, and a commit costs more than a row.
        """
        committed: Committed = asyncio.get_running_loop().create_future()
        self._waiting.append((seen, committed))
        async with self._turn:
            if not committed.done():  # else a concurrent caller has committed ours with its own
                if len(seen) == 1:
                    await asyncio.sleep(GATHER)
                together, self._waiting = self._waiting, []
                await self._write(together)
        return await committed

    async def _write(self, together: Sequence[tuple[Seen, Committed]]) -> None:
        """Write the updates of several callers in one transaction; set each caller's future."""
        brought = [one for seen, _committed in together for one in seen]
        try:
            try:
                new = await self._put(brought)
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - one update causes it: write each alone
                log.warning("batch_refused", extra={"kind": type(error).__name__})
                new = sum([await self._put_alone(one) for one in brought])
        except DatabaseUnavailable as error:
            _fail_all(together, error)
        except BaseException:
            # Cancelled: the commit may have succeeded.
            _fail_all(together, DatabaseUnavailable())
            raise
        else:
            for _seen, committed in together:
                if not committed.done():
                    committed.set_result(new)

    async def _put_alone(self, one: Received | Unreadable) -> int:
        """Write one update, or its ids where the database refuses it; return 1 if it was new.

        Raise `DatabaseUnavailable` where it refuses the ids too: then it can store no update.
        """
        try:
            return await self._put([one])
        except DatabaseUnavailable:
            raise
        except Exception as error:
            if isinstance(one, Unreadable):
                raise DatabaseUnavailable from error
            return await self._put_alone(self._unreadable(one.key, one.lane, error))

    async def _put(self, seen: Seen) -> int:
        """Write updates in one transaction; return how many were new."""
        async with self._store.unit() as unit:
            for one in seen:
                if self._emergency.taken(one.key):
                    await unit.split_cprs.danger_note(self._source, one.key)
            rows = await rows_of(unit, self._source, seen, self._parse)
            return await unit.inbox.put(rows)

    async def close(self) -> None:
        """Wait for emergency numbers that are being sent."""
        await self._emergency.close()


def _fail_all(together: Iterable[tuple[object, Committed]], error: Exception) -> None:
    """Set *error* on every caller's future that is not done."""
    for _seen, committed in together:
        if not committed.done():
            committed.set_exception(error)

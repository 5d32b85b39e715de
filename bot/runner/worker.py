"""The worker: processes the heads of many lanes at once, and failed rows one by one."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import monotonic

from bot import watch
from bot.errors import DatabaseUnavailable, NotReady
from bot.runner.context import Runtime
from bot.runner.dispatch import take_update
from bot.runner.failures import name_of, open_failed, report_failed
from bot.runner.notifications import take_notification
from bot.runner.send_results import take_send_result
from bot.runner.timers import take_timer
from bot.service.notifications import SOURCE
from bot.store.inbox import ATTEMPT_LIMIT, InboxRow
from bot.store.store import Store
from bot.store.timers import TIMER_PRIORITY
from bot.store.unit import Unit

BATCH = 50  # heads of lanes in one transaction
# The courier sends nothing while a transaction takes long: the other rows wait for the next one.
LONGEST_BATCH = 0.2  # seconds
OWN, OWN_ALONG = 20, 5  # timers and results in a transaction: alone, and with citizens' rows
# An exception adds 4 attempts, for the row itself caused it. A crash adds 1, for the process may
# have been killed for another reason while it processed the row. Limit: 12 attempts.
RAISED = 4
log = logging.getLogger("brobygger.worker")


class Worker:
    """Processes inbox rows as turns.

    *acknowledge* gets callback query ids after the commit and starts to answer them: best
    effort, no data depends on it.
    """

    def __init__(
        self, store: Store, runtime: Runtime, acknowledge: Callable[[list[str]], None]
    ) -> None:
        """Process rows of *store* for the town of *runtime*."""
        self._store = store
        self._runtime = runtime
        self._acknowledge = acknowledge
        # A row left by an earlier process may have ended it: process these one by one, counted.
        self._careful = True

    async def step(self) -> int:
        """Process a batch of undone rows and return how many."""
        if self._careful:
            done = await self._carefully(BATCH)
            self._careful = done > 0
            return done
        try:
            return await self._together()
        except (DatabaseUnavailable, NotReady):
            raise
        except Exception as error:
            # The logging filter writes the error's type and code lines, and omits its message.
            log.warning("batch_failed", exc_info=error)
            return await self._carefully(BATCH)

    async def _together(self) -> int:
        """Process the heads of many lanes in one transaction, and rows that failed before alone."""
        queries: list[str] = []
        async with self._store.unit() as unit:
            rows = _at_once(await unit.inbox.heads(BATCH))
            calm = [row for row in rows if not row.tries]
            people = await unit.people.expect([row.lane for row in calm])
            await unit.conversations.expect([person.id for person in people])
            until, done = monotonic() + LONGEST_BATCH, []
            for row in calm:
                queries += await self._turn(unit, row)
                done.append(row.id)
                if monotonic() > until:
                    break
            await unit.inbox.done(done)
        self._acknowledge(queries)
        for row in rows:
            if row.tries:
                await self._alone(row)
        return len(done) + len(rows) - len(calm)

    async def _carefully(self, limit: int) -> int:
        """Process rows one by one; count and commit each attempt before it starts."""
        async with self._store.unit() as unit:
            rows = await unit.inbox.heads(limit)
        for row in rows:
            await self._alone(row)
        return len(rows)

    async def _alone(self, row: InboxRow) -> None:
        """Process one row; after 3 exceptions or 12 crashes, set it aside."""
        async with self._store.unit() as unit:
            head = await unit.inbox.head(row.id)
            if head is None or head.tries != row.tries:
                return  # another worker is processing it
            tries = await unit.inbox.count_try(row.id)
        if tries > ATTEMPT_LIMIT:
            await self._set_aside(row)
            return
        try:
            async with self._store.unit() as unit:
                head = await unit.inbox.head(row.id)
                if head is not None:
                    queries = await self._turn(unit, head)
                    await unit.inbox.done([row.id])
        except (DatabaseUnavailable, NotReady):
            await self._take_back(row)
            raise
        except Exception:
            log.exception("turn_failed", extra={"row": row.id})
            async with self._store.unit() as unit:
                await unit.inbox.count_try(row.id, RAISED - 1)
            return
        if head is None:  # another worker has processed it
            await self._take_back(row)
        else:
            self._acknowledge(queries)

    async def _set_aside(self, row: InboxRow) -> None:
        """Set a row aside, so that its lane continues; notify staff and citizen.

        Where the notification fails too, only add the task.
        """
        log.error("row_set_aside", extra={"row": row.id})
        watch.SET_ASIDE.inc()
        try:
            async with self._store.unit() as unit:
                await unit.inbox.fail(row.id)
                await report_failed(self._runtime, unit, row)
            # Opening the case may fail like the turn did: in its own transaction the task remains.
            async with self._store.unit() as unit:
                await open_failed(self._runtime, unit, row)
        except DatabaseUnavailable:
            raise
        except Exception:
            log.exception("not_told", extra={"row": row.id})
            async with self._store.unit() as unit:
                await unit.inbox.fail(row.id)
                await unit.tasks.add("failed_turn", name_of(row), None)

    async def _take_back(self, row: InboxRow) -> None:
        """Uncount an attempt that was counted but not made."""
        async with self._store.unit() as unit:
            await unit.inbox.uncount_try(row.id)

    async def _turn(self, unit: Unit, row: InboxRow) -> list[str]:
        """Process one row inside *unit*; return the callback queries to acknowledge."""
        with watch.turn_timed(row.source.partition(":")[0]):
            if (take := OWN_ROWS.get(row.source)) is None:
                return await take_update(self._runtime, unit, row)
            await take(self._runtime, unit, row)
        return []


def _at_once(heads: Sequence[InboxRow]) -> list[InboxRow]:
    """Return the heads to process in one transaction: citizens do not wait for many timers."""
    first = [row for row in heads if row.priority < TIMER_PRIORITY]
    own = [row for row in heads if row.priority >= TIMER_PRIORITY]
    return first + own[: OWN_ALONG if first else OWN]


# Rows that the bot wrote itself, by source; the source of an update is telegram:<bot id>.
OWN_ROWS: Mapping[str, Callable[[Runtime, Unit, InboxRow], Awaitable[None]]] = {
    "timer": take_timer,
    "outcome": take_send_result,
    SOURCE: take_notification,
}

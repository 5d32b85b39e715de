"""The worker: heads of lanes, many in one transaction; what fails is tried one by one."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Mapping

from bot import watch
from bot.errors import DatabaseUnavailable, NotReady
from bot.runner.context import Runtime
from bot.runner.dispatch import take_update
from bot.runner.failures import name_of, open_failed, report_failed
from bot.runner.notifications import take_notification
from bot.runner.send_results import take_send_result
from bot.runner.timers import take_timer
from bot.service.notifications import SOURCE
from bot.store.inbox import MOST_TRIES, InboxRow
from bot.store.store import Store
from bot.store.unit import Unit

BATCH = 50  # heads of lanes in one transaction
# A try that raises weighs four, for it is this row's own fault. One that never came back weighs
# one: the process was killed, and the row may just have been in hand, time and again.
RAISED = 4
log = logging.getLogger("brobygger.worker")


class Worker:
    """Takes inbox rows through their turns.

    *acknowledge* is given callback query ids after the commit, and begins to answer
    them: best effort, and nothing is lost without it.
    """

    def __init__(
        self, store: Store, runtime: Runtime, acknowledge: Callable[[list[str]], None]
    ) -> None:
        """Work on *store* for the town of *runtime*."""
        self._store = store
        self._runtime = runtime
        self._acknowledge = acknowledge
        # What a forerunner left undone may be what ended it: such rows go one by one, and count.
        self._careful = True

    async def step(self) -> int:
        """Do what is due and say how many rows it was."""
        if self._careful:
            done = await self._carefully(BATCH)
            self._careful = done > 0
            return done
        try:
            return await self._together()
        except (DatabaseUnavailable, NotReady):
            raise
        except Exception as error:
            # The logging filter writes the error's kind and places, and leaves out its words.
            log.warning("batch_failed", exc_info=error)
            return await self._carefully(BATCH)

    async def _together(self) -> int:
        """Take the heads of many lanes in one transaction; those that failed before, alone."""
        queries: list[str] = []
        async with self._store.unit() as unit:
            rows = await unit.inbox.heads(BATCH)
            calm = [row for row in rows if not row.tries]
            people = await unit.people.expect([row.lane for row in calm])
            await unit.conversations.expect([person.id for person in people])
            for row in calm:
                queries += await self._turn(unit, row)
            await unit.inbox.done([row.id for row in calm])
        self._acknowledge(queries)
        for row in rows:
            if row.tries:
                await self._alone(row)
        return len(rows)

    async def _carefully(self, limit: int) -> int:
        """Take rows one by one, each try counted and committed before it is made."""
        async with self._store.unit() as unit:
            rows = await unit.inbox.heads(limit)
        for row in rows:
            await self._alone(row)
        return len(rows)

    async def _alone(self, row: InboxRow) -> None:
        """Try one row; after three tries it is set aside and a person is told."""
        async with self._store.unit() as unit:
            head = await unit.inbox.head(row.id)
            if head is None or head.tries != row.tries:
                return  # another worker is at it
            tries = await unit.inbox.count_try(row.id)
        if tries > MOST_TRIES:
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
        if head is None:  # another worker was quicker
            await self._take_back(row)
        else:
            self._acknowledge(queries)

    async def _set_aside(self, row: InboxRow) -> None:
        """Put a row where it holds nobody up, and tell; where telling fails too, without."""
        log.error("row_set_aside", extra={"row": row.id})
        watch.SET_ASIDE.inc()
        try:
            async with self._store.unit() as unit:
                await unit.inbox.fail(row.id)
                await report_failed(self._runtime, unit, row)
            # Apart, for what failed before may be this: then a task is all there is.
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
        """Take a try back that was counted and not made."""
        async with self._store.unit() as unit:
            await unit.inbox.uncount_try(row.id)

    async def _turn(self, unit: Unit, row: InboxRow) -> list[str]:
        """Let one row happen inside *unit*."""
        with watch.turn_timed(row.source.partition(":")[0]):
            if (take := OWN_ROWS.get(row.source)) is None:
                return await take_update(self._runtime, unit, row)
            await take(self._runtime, unit, row)
        return []


# Rows that the product wrote itself, by source; the source of an update is telegram:<bot id>.
OWN_ROWS: Mapping[str, Callable[[Runtime, Unit, InboxRow], Awaitable[None]]] = {
    "timer": take_timer,
    "outcome": take_send_result,
    SOURCE: take_notification,
}

"""Periodic jobs by APScheduler, whose schedule is only in memory."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.clock import SystemClock
from bot.errors import DatabaseUnavailable
from bot.service.chain import seal_and_look
from bot.service.pledges import totals
from bot.store.store import Store
from bot.store.unit import Unit

PURGE_BATCH = 500
TIMER_BATCH, TIMER_BATCHES = 1000, 4  # timers in a transaction, and transactions in a tick
log = logging.getLogger("brobygger.scheduler")


@dataclass(frozen=True, slots=True)
class Tick:
    """A periodic job; *every* is in seconds."""

    name: str
    every: int
    do: Callable[[Store], Awaitable[int]]


async def fire_timers(store: Store) -> int:
    """Turn due timers into inbox rows, at most 4,000 of them; return their number.

    Each 1,000 have a transaction of their own: citizens' messages are taken in between.
    """
    fired = 0
    for _batch in range(TIMER_BATCHES):
        async with store.unit() as unit:
            now: int = await unit.timers.fire_due(TIMER_BATCH)
        fired += now
        if now < TIMER_BATCH:
            break
    return fired


async def purge(store: Store) -> int:
    """Delete expired rows in batches of 500, then wipe them from the disk; return their number."""
    done = 0
    for delete in PURGES:
        done += await _in_batches(store, delete)
    await store.wipe()
    return done


# Each deletes, or erases, at most PURGE_BATCH rows that were kept as long as their repository says.
PURGES: tuple[Callable[[Unit], Awaitable[int]], ...] = (
    lambda unit: unit.inbox.purge(PURGE_BATCH),
    lambda unit: unit.outbox.purge(PURGE_BATCH),
    lambda unit: unit.split_cprs.purge(PURGE_BATCH),
    lambda unit: unit.files.purge(PURGE_BATCH),
    lambda unit: unit.missed.purge(PURGE_BATCH),
    lambda unit: unit.invitations.purge(PURGE_BATCH),
    lambda unit: unit.sessions.purge(PURGE_BATCH),
    lambda unit: unit.sign_in_tries.purge(PURGE_BATCH),
    lambda unit: unit.presence.purge(PURGE_BATCH),
    lambda unit: unit.deliveries.purge(PURGE_BATCH),
    lambda unit: unit.signups.erase_needs(PURGE_BATCH),
    lambda unit: unit.polls.purge(PURGE_BATCH),
    lambda unit: unit.snapshots.purge(PURGE_BATCH),
)


async def seal(store: Store) -> int:
    """Seal new audit events and check a part of the chain, in one process at a time."""
    role = await store.singleton("seal")
    if role is None:
        return 0
    try:
        async with store.unit() as unit:
            return await seal_and_look(unit)
    finally:
        await role.release()


async def publish_totals(store: Store) -> int:
    """Publish the totals of pledges as they are soon after midnight, once for each local day."""
    async with store.reading() as unit:
        snapshot = await totals.due_snapshot(unit)
    if snapshot is None:
        return 0
    async with store.unit() as unit:
        return int(await totals.store_snapshot(unit, snapshot))


async def _in_batches(store: Store, one: Callable[[Unit], Awaitable[int]]) -> int:
    """Repeat *one* in separate transactions until a batch is not full; return the total."""
    total = 0
    while True:
        async with store.unit() as unit:
            done = await one(unit)
        total += done
        if done < PURGE_BATCH:
            return total


TICKS: tuple[Tick, ...] = (
    Tick("fire_timers", 1, fire_timers),
    Tick("seal", 10, seal),
    Tick("publish_totals", 60, publish_totals),
    Tick("purge", 3600, purge),
)


class Ticking(AsyncIOScheduler):  # type: ignore[misc]  # it ships no types
    """A scheduler that continues when the machine's clock is set back.

    APScheduler alone would wait until the clock reaches the planned times again.
    """

    _looked: datetime | None = None

    def _process_jobs(self) -> float | None:
        """Run the due jobs; return the seconds until the next one."""
        now = SystemClock().now()
        if self._looked is not None and now < self._looked:
            for job in self.get_jobs():
                job.modify(next_run_time=job.next_run_time - (self._looked - now))
        self._looked = now
        wait: float | None = super()._process_jobs()
        return wait


async def _run_tick(tick: Tick, store: Store) -> None:
    """Run a tick's job; while the database is unavailable, leave the work to the next tick."""
    try:
        await tick.do(store)
    except DatabaseUnavailable as error:
        log.warning("database_unavailable", extra={"why": str(error)})


def ticking(store: Store, *more: Tick) -> AsyncIOScheduler:
    """Return a scheduler, not yet started, with the jobs of `TICKS` and *more*."""
    scheduler = Ticking(timezone="UTC")
    for tick in (*TICKS, *more):
        scheduler.add_job(
            _run_tick,
            "interval",
            seconds=tick.every,
            args=[tick, store],
            id=tick.name,
            name=tick.name,
            coalesce=True,
            max_instances=1,
            misfire_grace_time=None,
        )
    return scheduler

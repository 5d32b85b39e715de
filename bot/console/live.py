"""Broadcast change events to open browsers (server-sent events).

An event names only a case that changed, a case where staff came, left or write, a broadcast
whose numbers may have changed, or the number of unseen alerts. The page then fetches the
content with its reader's permissions. One task per process serves all browsers, and ends when
none is connected.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from aiohttp import web

from bot.clock import Clock
from bot.errors import DatabaseUnavailable
from bot.store.broadcast_results import BroadcastResults
from bot.store.presence import Present
from bot.store.store import Store

LOOK_EVERY = 2.0  # seconds between two looks without a wake-up
PAUSE = 0.1  # seconds between two looks, so that a burst of changes takes one look
LONGEST_QUEUE = 200  # events queued for a browser that does not read them
QUIET = 15.0  # seconds without an event after which a keep-alive comment is sent
LATE = 200  # event ids read again: an event may be committed after so many with higher ids
log = logging.getLogger("brobygger.console")


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """An event for browsers; *what* is case, presence, broadcast, alerts or over (its end)."""

    what: str
    about: int = 0


OVER = ChangeEvent("over")


@dataclass(eq=False, slots=True)
class Subscriber:
    """One connected browser, with its queue of events."""

    staff_id: int
    session: str
    alerts: int | None = None  # the number of alerts sent last
    queue: asyncio.Queue[ChangeEvent] = field(default_factory=lambda: asyncio.Queue(LONGEST_QUEUE))

    def put(self, event: ChangeEvent) -> None:
        """Queue an event; `OVER` replaces a full queue, so that a stalled browser reconnects."""
        with suppress(asyncio.QueueFull):
            self.queue.put_nowait(event)
            return
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(OVER)

    async def events(self) -> AsyncIterator[ChangeEvent | None]:
        """Yield queued events up to `OVER`, and None after every 15 s without an event."""
        while True:
            try:
                event = await asyncio.wait_for(self.queue.get(), QUIET)
            except TimeoutError:
                yield None
                continue
            yield event
            if event == OVER:
                return


class Broadcaster:
    """Look for changes in the database, and queue events for every connected browser."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read changes from *store*; *clock* is real time."""
        self._store = store
        self._clock = clock
        self._subscribers: set[Subscriber] = set()
        self._last = 0
        self._known: frozenset[int] = frozenset()
        self._present: dict[int, frozenset[Present]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def subscribe(self, staff_id: int, session: str) -> Iterator[Subscriber]:
        """Register a browser inside the context, and start the task where none runs."""
        subscriber = Subscriber(staff_id, session)
        self._subscribers.add(subscriber)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run(), name="broadcaster")
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    async def close(self) -> None:
        """End every browser's stream, and cancel the task."""
        self._end_streams()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _end_streams(self) -> None:
        """Queue `OVER` for every browser, which ends its stream."""
        for subscriber in self._subscribers:
            subscriber.put(OVER)

    async def _run(self) -> None:
        """Look for changes every 2 s or at a wake-up, while a browser is connected."""
        self._last, self._known, self._present = 0, frozenset(), {}
        while self._subscribers:
            try:
                await self._look()
            except DatabaseUnavailable as error:
                log.warning("database_unavailable", extra={"why": str(error)})
            except Exception:
                self._end_streams()  # browsers reconnect, which starts a new task
                raise
            await asyncio.sleep(PAUSE)
            await self._store.wake_up.wait("events", LOOK_EVERY)

    async def _look(self) -> None:
        """Queue the changes since the last look for every browser; `OVER` if signed out."""
        now, first = self._clock.now(), not self._last
        subscribers = tuple(
            self._subscribers
        )  # a browser that connects during this look waits for the next
        async with self._store.reading() as unit:
            self._last = self._last or await unit.events.last_id()
            done = await unit.events.touching(max(0, self._last - LATE))
            waiting = await unit.alerts.unseen_of(
                {subscriber.staff_id for subscriber in subscribers}
            )
            signed_in = await unit.sessions.live(
                {subscriber.session for subscriber in subscribers}, now
            )
            present = await unit.presence.everywhere(now)
            running = await BroadcastResults(unit).running()
        known = done.keys() if first else self._known
        touched = {what for id_, what in done.items() if id_ not in known}
        touched |= {("broadcast", number) for number in running}
        moved = [] if first else self._moved(present)
        self._last, self._known = max([self._last, *done]), frozenset(done)
        self._present = _by_case(present)
        for subscriber in subscribers:
            if subscriber.session not in signed_in:
                subscriber.put(OVER)
                continue
            for what, about in sorted(touched):
                subscriber.put(ChangeEvent(what, about))
            for case_id in moved:
                subscriber.put(ChangeEvent("presence", case_id))
            if subscriber.alerts != waiting.get(subscriber.staff_id, 0):
                subscriber.alerts = waiting.get(subscriber.staff_id, 0)
                subscriber.put(ChangeEvent("alerts", subscriber.alerts))

    def _moved(self, present: Iterable[Present]) -> list[int]:
        """Return the cases where staff came, left, or started or stopped writing."""
        here = _by_case(present)
        cases = sorted({*here, *self._present})
        return [case_id for case_id in cases if here.get(case_id) != self._present.get(case_id)]


def _by_case(present: Iterable[Present]) -> dict[int, frozenset[Present]]:
    """Return the present staff by case id."""
    found: dict[int, frozenset[Present]] = {}
    for one in present:
        found[one.case_id] = found.get(one.case_id, frozenset()) | {one}
    return found


BROADCASTER: web.AppKey[Broadcaster] = web.AppKey("broadcaster", Broadcaster)

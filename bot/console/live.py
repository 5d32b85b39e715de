"""Broadcast change events to open browsers (server-sent events).

An event names only a case that changed, a case where staff came, left or write, or
the number of unseen alerts. The page then fetches the content with its reader's
permissions. One task per process serves all browsers, and ends when none is connected.
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
from bot.store.presence import Present
from bot.store.store import Store

LOOK_EVERY = 2.0  # seconds between two looks without a wake-up
BREATH = 0.1  # seconds between two looks, so that a burst of changes takes one look
MOST_UNHEARD = 200  # events queued for a browser that does not read them
QUIET = 15.0  # seconds without an event after which a keep-alive comment is sent
LATE = 200  # event ids read again: an event may be committed after so many with higher ids
log = logging.getLogger("brobygger.console")


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """An event for browsers; *what* is case, presence, alerts or over (the stream ends)."""

    what: str
    about: int = 0


OVER = ChangeEvent("over")


@dataclass(eq=False, slots=True)
class Subscriber:
    """One connected browser, with its queue of events."""

    staff_id: int
    session: str
    alerts: int | None = None  # the number of alerts sent last
    unheard: asyncio.Queue[ChangeEvent] = field(default_factory=lambda: asyncio.Queue(MOST_UNHEARD))

    def tell(self, word: ChangeEvent) -> None:
        """Queue an event; `OVER` replaces a full queue, so that a stalled browser reconnects."""
        with suppress(asyncio.QueueFull):
            self.unheard.put_nowait(word)
            return
        while not self.unheard.empty():
            self.unheard.get_nowait()
        self.unheard.put_nowait(OVER)

    async def words(self) -> AsyncIterator[ChangeEvent | None]:
        """Yield queued events up to `OVER`, and None after every 15 s without an event."""
        while True:
            try:
                word = await asyncio.wait_for(self.unheard.get(), QUIET)
            except TimeoutError:
                yield None
                continue
            yield word
            if word == OVER:
                return


class Broadcaster:
    """Look for changes in the database, and queue events for every connected browser."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Read changes from *store*; *clock* is real time."""
        self._store = store
        self._clock = clock
        self._ears: set[Subscriber] = set()
        self._last = 0
        self._known: frozenset[int] = frozenset()
        self._there: dict[int, frozenset[Present]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, staff_id: int, session: str) -> Iterator[Subscriber]:
        """Register a browser inside the context, and start the task where none runs."""
        ear = Subscriber(staff_id, session)
        self._ears.add(ear)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._cry(), name="crier")
        try:
            yield ear
        finally:
            self._ears.discard(ear)

    async def close(self) -> None:
        """End every browser's stream, and cancel the task."""
        self._send_away()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _send_away(self) -> None:
        """Queue `OVER` for every browser, which ends its stream."""
        for ear in self._ears:
            ear.tell(OVER)

    async def _cry(self) -> None:
        """Look for changes every 2 s or at a wake-up, while a browser is connected."""
        self._last, self._known, self._there = 0, frozenset(), {}
        while self._ears:
            try:
                await self._look()
            except DatabaseUnavailable:
                log.warning("database_unavailable")
            except Exception:
                self._send_away()  # browsers reconnect, which starts a new task
                raise
            await asyncio.sleep(BREATH)
            await self._store.wake_up.wait("events", LOOK_EVERY)

    async def _look(self) -> None:
        """Queue the changes since the last look for every browser; `OVER` if signed out."""
        now, first = self._clock.now(), not self._last
        ears = tuple(self._ears)  # a browser that connects during this look waits for the next
        async with self._store.reading() as unit:
            self._last = self._last or await unit.events.last_id()
            done = await unit.events.touching(max(0, self._last - LATE))
            waiting = await unit.alerts.unseen_of({ear.staff_id for ear in ears})
            signed_in = await unit.sessions.live({ear.session for ear in ears}, now)
            present = await unit.presence.everywhere(now)
        known = done.keys() if first else self._known
        touched = sorted({case_id for id_, case_id in done.items() if id_ not in known})
        moved = [] if first else self._moved(present)
        self._last, self._known = max([self._last, *done]), frozenset(done)
        self._there = _by_case(present)
        for ear in ears:
            if ear.session not in signed_in:
                ear.tell(OVER)
                continue
            for case_id in touched:
                ear.tell(ChangeEvent("case", case_id))
            for case_id in moved:
                ear.tell(ChangeEvent("presence", case_id))
            if ear.alerts != waiting.get(ear.staff_id, 0):
                ear.alerts = waiting.get(ear.staff_id, 0)
                ear.tell(ChangeEvent("alerts", ear.alerts))

    def _moved(self, present: Iterable[Present]) -> list[int]:
        """Return the cases where staff came, left, or started or stopped writing."""
        here = _by_case(present)
        cases = sorted({*here, *self._there})
        return [case_id for case_id in cases if here.get(case_id) != self._there.get(case_id)]


def _by_case(present: Iterable[Present]) -> dict[int, frozenset[Present]]:
    """Return the present staff by case id."""
    found: dict[int, frozenset[Present]] = {}
    for one in present:
        found[one.case_id] = found.get(one.case_id, frozenset()) | {one}
    return found


BROADCASTER: web.AppKey[Broadcaster] = web.AppKey("crier", Broadcaster)

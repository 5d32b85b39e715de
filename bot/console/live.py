"""What is new is cried out once, and every open browser hears it.

It says only which cases changed, at which somebody came, went or writes, and
how many alerts wait; the page fetches the rest as its reader may see it. One
task a process waits, for however many browsers; there is none while none listen.
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

LOOK_EVERY = 2.0  # seconds, whatever the bell says
BREATH = 0.1  # seconds between two looks, so that a burst is one
MOST_UNHEARD = 200  # words that wait for a browser which does not listen
QUIET = 15.0  # seconds after which a sign of life is sent
LATE = 200  # events: one may be committed after so many younger ones
log = logging.getLogger("brobygger.console")


@dataclass(frozen=True, slots=True)
class ChangeEvent:
    """One thing that is cried out: case, presence, alerts, or over."""

    what: str
    about: int = 0


OVER = ChangeEvent("over")


@dataclass(eq=False, slots=True)
class Subscriber:
    """One browser that listens."""

    staff_id: int
    session: str
    alerts: int | None = None  # what it was told last
    unheard: asyncio.Queue[ChangeEvent] = field(default_factory=lambda: asyncio.Queue(MOST_UNHEARD))

    def tell(self, word: ChangeEvent) -> None:
        """Put a word by; a browser that has stopped listening is let go, and comes back."""
        with suppress(asyncio.QueueFull):
            self.unheard.put_nowait(word)
            return
        while not self.unheard.empty():
            self.unheard.get_nowait()
        self.unheard.put_nowait(OVER)

    async def words(self) -> AsyncIterator[ChangeEvent | None]:
        """Yield what is heard; None now and then, where nothing is."""
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
    """Looks for what is new, and tells every ear."""

    def __init__(self, store: Store, clock: Clock) -> None:
        """Look in *store*; *clock* is real time."""
        self._store = store
        self._clock = clock
        self._ears: set[Subscriber] = set()
        self._last = 0
        self._known: frozenset[int] = frozenset()
        self._there: dict[int, frozenset[Present]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, staff_id: int, session: str) -> Iterator[Subscriber]:
        """Let a browser listen for as long as it is there."""
        ear = Subscriber(staff_id, session)
        self._ears.add(ear)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._cry(), name="crier")
        try:
            yield ear
        finally:
            self._ears.discard(ear)

    async def close(self) -> None:
        """Send every browser away, and stop looking."""
        self._send_away()
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    def _send_away(self) -> None:
        """Let every browser go."""
        for ear in self._ears:
            ear.tell(OVER)

    async def _cry(self) -> None:
        """Look again and again, for as long as somebody listens."""
        self._last, self._known, self._there = 0, frozenset(), {}
        while self._ears:
            try:
                await self._look()
            except DatabaseUnavailable:
                log.warning("store_away")
            except Exception:
                self._send_away()  # they come back, and somebody looks for them anew
                raise
            await asyncio.sleep(BREATH)
            await self._store.wake_up.wait("events", LOOK_EVERY)

    async def _look(self) -> None:
        """Tell every ear what has happened since the last look."""
        now, first = self._clock.now(), not self._last
        ears = tuple(self._ears)  # whoever comes while this looks is told the next time
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
        """Return the cases where somebody came, went, or began or ceased to write."""
        here = _by_case(present)
        cases = sorted({*here, *self._there})
        return [case_id for case_id in cases if here.get(case_id) != self._there.get(case_id)]


def _by_case(present: Iterable[Present]) -> dict[int, frozenset[Present]]:
    """Return who is where, by case."""
    found: dict[int, frozenset[Present]] = {}
    for one in present:
        found[one.case_id] = found.get(one.case_id, frozenset()) | {one}
    return found


CRIER: web.AppKey[Broadcaster] = web.AppKey("crier", Broadcaster)

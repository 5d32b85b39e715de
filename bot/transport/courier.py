"""The courier: takes outbox rows to Telegram, and writes down what came of them."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.errors import DatabaseUnavailable
from bot.json_text import digest_of
from bot.store.outbox import MOST_DOUBT, Finished, OutboxRow
from bot.store.singleton import Singleton
from bot.store.store import Store
from bot.store.unit import Unit
from bot.transport.api import BotApi, Files
from bot.transport.calls import Calls, Outcome
from bot.transport.fetching import FETCHING, packed
from bot.transport.meter import Meter, NoMeter
from bot.transport.pacing import Pacing
from bot.transport.pictures import NotTaken

IN_FLIGHT = 30  # calls at once
CLAIM_EVERY = 0.02  # seconds between two claims while calls are under way: each is a transaction
COMMIT_EVERY = 0.1  # seconds; a send counts as in flight until its result is written
LEASE = 60.0  # seconds
LOOK_EVERY = 2.0  # seconds, whatever the bell says
EPOCH = "courier_epoch"
log = logging.getLogger("brobygger.courier")

QuietUntil = Callable[[datetime, tuple[int, int] | None], datetime]


@dataclass(slots=True)
class Courier:
    """The one that sends.

    *next_allowed* says when a row that keeps quiet hours may go; *seconds* is
    a clock for pacing, which is real time whatever the house's clock says.
    """

    store: Store
    api: BotApi
    next_allowed: QuietUntil
    meter: Meter = field(default_factory=NoMeter)
    seconds: Callable[[], float] = time.monotonic
    pacing: Pacing = field(default_factory=Pacing)
    commit_every: float = COMMIT_EVERY
    _calls: Calls = field(init=False)
    _epoch: int | None = None
    _flying: dict[int, asyncio.Task[Outcome]] = field(default_factory=dict)
    _fetching: set[int] = field(default_factory=set)  # of those: they are no sends
    _landed: list[Outcome] = field(default_factory=list)
    _unsure: bool = False  # the last commit may have failed: it goes before any claim
    _committed: float = 0.0
    _claimed: float = -math.inf
    _held_up: bool = False  # what waits may go sooner than the next look, with no bell to say so
    _bell: asyncio.Task[bool] | None = None
    _singleton: Singleton | None = None

    def __post_init__(self) -> None:
        """Learn to make calls."""
        clock = self.store.clock
        self._calls = Calls(self.api, clock, self.pacing, self.meter, self.seconds)

    async def step(self) -> int:
        """Send what may go now, wait until it has landed, and say how much it was."""
        done = 0
        await self._land_all()  # what an earlier step could not write
        while begun := await self._begin():
            done += begun
            await self._land_all()
        return done

    async def run(self, stop: asyncio.Event) -> None:
        """Send until *stop*; what is under way then is finished first."""
        try:
            await self._send_until(stop)
            # Each result is written as it lands: one slow call must not cost the others theirs.
            while self._flying or self._landed:
                await self._land_some()
        except DatabaseUnavailable:
            log.warning("stopped_with_the_store_away")  # the next courier takes these rows over
        finally:
            if self._bell is not None:
                self._bell.cancel()
            if self._singleton is not None:
                await self._singleton.release()
                self.meter.holds("courier", held=False)

    async def _send_until(self, stop: asyncio.Event) -> None:
        """Send whenever this courier is the one, and the store is there."""
        while not stop.is_set():
            try:
                if not await self._is_ours():
                    await self._land_some()
                    await _sleep(stop, LOOK_EVERY)
                    continue
                bell = self._listen()  # before the look at the rows: a later ring is heard
                if self._flying:
                    await asyncio.sleep(self._claimed + CLAIM_EVERY - self.seconds())
                begun = await self._begin()
                landed = await self._land_some(bell, more=begun > 0)
                # A call that landed after the look has freed its chat: look again at once.
                if not begun and not landed and not self._flying:
                    await self._rest(bell)
            except DatabaseUnavailable:
                log.warning("store_away")
                await _sleep(stop, LOOK_EVERY)

    async def _is_ours(self) -> bool:
        """Tell whether this courier is the one; become it where nobody is."""
        if self._singleton is not None and await self._singleton.held():
            return True
        self._epoch = None
        self._singleton = await self.store.singleton("courier")
        self.meter.holds("courier", held=self._singleton is not None)
        return self._singleton is not None

    async def _rest(self, bell: asyncio.Task[bool]) -> None:
        """Wait for the bell, or for a pause to end."""
        wait = LOOK_EVERY
        if self._held_up:  # as it was at the look: by now there may be room, and rows that wait
            wait = min(wait, self.pacing.next_time(self.seconds()))
        await asyncio.wait({bell}, timeout=wait)

    def _listen(self) -> asyncio.Task[bool]:
        """Return what ends when the bell rings for new rows."""
        if self._bell is None or self._bell.done():
            self._bell = asyncio.create_task(self.store.wake_up.wait("outbox", LOOK_EVERY))
        return self._bell

    async def _begin(self) -> int:
        """Claim what may go and let it fly; return how many rows were taken."""
        if self._unsure:
            await self._commit()
        now = self.seconds()
        sends = len(self._flying) - len(self._fetching)
        room = min(IN_FLIGHT - sends, self.pacing.room(now))
        busy = self.pacing.busy(now)
        self._held_up = room <= 0 or bool(busy)
        if room <= 0 or not await self._calls.answered(now):
            return 0
        landed = tuple(self._landed) if self._epoch is not None else ()
        self._claimed = now
        try:
            async with self.store.unit() as unit:
                if landed:
                    self._unsure = True
                    await self._write(unit, landed)
                rows = await self._take_over(unit) or await unit.outbox.claim(
                    room,
                    epoch=self._epoch or 0,
                    lease_seconds=LEASE,
                    skip_chats=busy,
                )
                files = {row.id: await packed(unit, row.params) for row in rows}
                held = [h for row in rows if (h := await self._hold(unit, row, files[row.id]))]
                await unit.outbox.finish(held)
                cards = {row.id: await self._card_call(unit, row) for row in rows if row.card_id}
        except DatabaseUnavailable:
            # Nobody knows whether that was committed: a new epoch will find out.
            self._epoch = None
            raise
        if landed:
            self._written(landed, now)
        kept = {finished.id for finished in held}
        for row in rows:
            if row.id in kept:
                continue
            if row.method == FETCHING:
                self._fetching.add(row.id)
            else:
                self.pacing.took(row.chat_id, now)
            method, params = cards.get(row.id) or (row.method, row.params)
            call = self._calls.make(row, method, params, files[row.id])
            self._flying[row.id] = asyncio.create_task(call)
        return len(rows)

    async def _take_over(self, unit: Unit) -> list[OutboxRow]:
        """At the first step, begin a new epoch and take what a forerunner left in the air.

        The forerunner may be this courier itself, before the database was away:
        then it still knows what came of its own calls.
        """
        if self._epoch is not None:
            return []
        self._epoch = int(await unit.facts.get(EPOCH) or 0) + 1
        await unit.facts.set(EPOCH, self._epoch)
        own = self._flying.keys() | {outcome.finished.id for outcome in self._landed}
        return [row for row in await unit.outbox.take_over(self._epoch) if row.id not in own]

    async def _hold(self, unit: Unit, row: OutboxRow, files: Files | None) -> Finished | None:
        """Hold a row back that came too late, too early, once too often, or with nothing."""
        if not isinstance(row.chat_id, int):
            return Finished(row.id, "failed", error="the row names no chat")
        if row.not_after is not None and row.not_after <= unit.now:
            return Finished(row.id, "expired")
        if row.ambiguous >= MOST_DOUBT:
            why = NotTaken.GONE.value if row.method == FETCHING else "sent again, never confirmed"
            return Finished(row.id, "failed", error=why)
        if files is None:
            return Finished(row.id, "failed", error="the file is gone")
        if row.quiet:
            person = await unit.people.by_lane(row.lane)
            due = self.next_allowed(unit.now, person.own_quiet if person else None)
            if due > unit.now:
                return Finished(row.id, "retry", not_before=due)
        return None

    async def _card_call(self, unit: Unit, row: OutboxRow) -> tuple[str, dict[str, Any]] | None:
        """Turn a card's row into the call it takes: send, edit, or none at all."""
        card = await unit.cards.get(row.card_id or 0)
        if card is None or card.message_id is None:
            return "sendMessage", {"chat_id": row.chat_id, **row.params}
        if card.shown_hash == digest_of(row.params):
            return "", {}
        return "editMessageText", {
            "chat_id": row.chat_id,
            "message_id": card.message_id,
            **row.params,
        }

    async def _land_some(self, *bell: asyncio.Task[bool], more: bool = False) -> int:
        """Gather results for a moment, then write them together; return how many came in.

        The moment ends when the *bell* rings; where *more* may wait to be sent, as
        soon as the next may go.
        """
        if self._flying:
            next_token = self.pacing.wait(self.seconds())
            moment = next_token if more or next_token else self.commit_every
            await asyncio.wait(
                {*self._flying.values(), *bell},
                timeout=min(moment, self.commit_every),
                return_when=asyncio.FIRST_COMPLETED,
            )
        came = self._gather()
        now = self.seconds()
        if self._landed and (now - self._committed >= self.commit_every or not self._flying):
            self._committed = now  # a try counts too, so that none follows it at once
            await self._commit()
        return came

    async def _land_all(self) -> None:
        """Wait for every call under way, and write what came of them."""
        if self._flying:
            await asyncio.wait(self._flying.values())
        self._gather()
        await self._commit()

    def _gather(self) -> int:
        """Take the results of calls that have ended; return how many there were."""
        ended = [row_id for row_id, task in self._flying.items() if task.done()]
        for row_id in ended:
            self._fetching.discard(row_id)
            self._landed.append(self._flying.pop(row_id).result())
        return len(ended)

    async def _commit(self) -> None:
        """Write results together; they are kept until that has succeeded."""
        landed = tuple(self._landed)
        if not landed:
            return
        self._unsure = True
        async with self.store.unit() as unit:
            await self._write(unit, landed)
        self._written(landed, self.seconds())

    async def _write(self, unit: Unit, landed: Sequence[Outcome]) -> None:
        """Write what came of calls, in the transaction of *unit*."""
        await unit.outbox.finish([outcome.finished for outcome in landed], epoch=self._epoch)
        for lane in {o.unreachable for o in landed if o.unreachable is not None}:
            await unit.people.unreachable(lane)
        for card_id in {o.vanished for o in landed if o.vanished is not None}:
            await unit.cards.forget(card_id)

    def _written(self, landed: Sequence[Outcome], now: float) -> None:
        """Forget results that are committed."""
        self._unsure = False
        self._committed = now
        self._landed = self._landed[len(landed) :]


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than the house runs."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

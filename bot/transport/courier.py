"""The courier: sends outbox rows to Telegram and writes their results."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot import watch
from bot.errors import DatabaseUnavailable
from bot.json_text import digest_of
from bot.store.outbox import MOST_DOUBT, NEVER_CONFIRMED, Finished, is_planned_again
from bot.store.outbox_statements import OutboxRow
from bot.store.singleton import Singleton
from bot.store.store import Store
from bot.store.timers import UNREACHABLE, NewTimer
from bot.store.unit import Unit
from bot.transport.api import BotApi, Files
from bot.transport.calls import Calls, Outcome
from bot.transport.fetching import FETCHING, packed
from bot.transport.pacing import Pacing
from bot.transport.pictures import NotTaken

IN_FLIGHT = 30  # concurrent sends
CLAIM_EVERY = 0.02  # seconds between claims while calls run: each claim is a transaction
COMMIT_EVERY = 0.1  # seconds; a send counts as in flight until its result is committed
LEASE = 60.0  # seconds a claimed row belongs to this courier
LOOK_EVERY = 2.0  # seconds between polls of the outbox without a wake-up
EPOCH = "courier_epoch"
log = logging.getLogger("brobygger.courier")

QuietUntil = Callable[[datetime, tuple[int, int] | None], datetime]


@dataclass(slots=True)
class Courier:
    """Claims outbox rows, makes their calls, and commits the results.

    *next_allowed* returns when a row with quiet hours may be sent; *seconds* is
    the clock for pacing: real time, also where the store's clock is the demo's.
    """

    store: Store
    api: BotApi
    next_allowed: QuietUntil
    seconds: Callable[[], float] = time.monotonic
    pacing: Pacing = field(default_factory=Pacing)
    commit_every: float = COMMIT_EVERY
    _calls: Calls = field(init=False)
    _epoch: int | None = None
    _flying: dict[int, asyncio.Task[Outcome]] = field(default_factory=dict)
    _fetching: set[int] = field(default_factory=set)  # the downloads in _flying: not sends
    _landed: list[Outcome] = field(default_factory=list)
    _unsure: bool = False  # the last commit may have failed: repeat it before a claim
    _committed: float = 0.0
    _claimed: float = -math.inf
    _held_up: bool = False  # pacing blocks rows, and no wake-up announces when it ends
    _wake_up: asyncio.Task[bool] | None = None
    _singleton: Singleton | None = None

    def __post_init__(self) -> None:
        """Make the caller from the store's clock, the API and the pacing."""
        clock = self.store.clock
        self._calls = Calls(self.api, clock, self.pacing, self.seconds)

    async def step(self) -> int:
        """Send all rows that are due, wait for their results, and return their number."""
        done = 0
        await self._land_all()  # results that an earlier step could not commit
        while begun := await self._begin():
            done += begun
            await self._land_all()
        return done

    async def run(self, stop: asyncio.Event) -> None:
        """Send rows until *stop*, then finish the calls in flight and release the role."""
        try:
            await self._send_until(stop)
            # Commit results as they arrive: a slow call must not make the others lose theirs.
            while self._flying or self._landed:
                await self._land_some()
        except DatabaseUnavailable:
            log.warning("stopped_without_database")  # the next courier takes over these rows
        finally:
            if self._wake_up is not None:
                self._wake_up.cancel()
            if self._singleton is not None:
                await self._singleton.release()
                watch.record_role("courier", held=False)

    async def _send_until(self, stop: asyncio.Event) -> None:
        """Send while this process holds the courier role; wait 2 seconds on a database error."""
        while not stop.is_set():
            # Before the next await: a wake-up during the claim, or for the stop, is not missed.
            wake_up = self._listen()
            try:
                if not await self._is_ours():
                    await self._land_some()
                    await _sleep(stop, LOOK_EVERY)
                    continue
                if self._flying:
                    await asyncio.sleep(self._claimed + CLAIM_EVERY - self.seconds())
                begun = await self._begin()
                landed = await self._land_some(wake_up, more=begun > 0)
                # A call that ended after the claim has freed its chat: claim again at once.
                if not begun and not landed and not self._flying:
                    await self._rest(wake_up)
            except DatabaseUnavailable as error:
                log.warning("database_unavailable", extra={"why": str(error)})
                await _sleep(stop, LOOK_EVERY)

    async def _is_ours(self) -> bool:
        """Return whether this process holds the courier role; try to take it where it does not."""
        if self._singleton is not None and await self._singleton.held():
            return True
        self._epoch = None
        self._singleton = await self.store.singleton("courier")
        watch.record_role("courier", held=self._singleton is not None)
        return self._singleton is not None

    async def _rest(self, wake_up: asyncio.Task[bool]) -> None:
        """Wait for a wake-up, at most 2 seconds, or less where a pause of pacing ends sooner."""
        wait = LOOK_EVERY
        if self._held_up:  # at the last claim: by now pacing may allow rows that wait
            wait = min(wait, self.pacing.next_time(self.seconds()))
        await asyncio.wait({wake_up}, timeout=wait)

    def _listen(self) -> asyncio.Task[bool]:
        """Return a task that ends at a wake-up for new outbox rows, or after 2 seconds."""
        if self._wake_up is None or self._wake_up.done():
            self._wake_up = asyncio.create_task(self.store.wake_up.wait("outbox", LOOK_EVERY))
        return self._wake_up

    async def _begin(self) -> int:
        """Claim the rows that may be sent and start their calls; return the number of rows."""
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
                if quiet := [row.lane for row in rows if row.quiet]:
                    await unit.people.expect(quiet)  # one statement instead of one for each row
                held = [h for row in rows if (h := await self._hold(unit, row, files[row.id]))]
                await unit.outbox.finish(held)
                cards = {row.id: await self._card_call(unit, row) for row in rows if row.card_id}
        except DatabaseUnavailable:
            # The commit may have succeeded: a new epoch reads the rows' state again.
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
        """At the first claim of an epoch, return the rows that an earlier courier left in flight.

        The earlier courier may be this one, before a database error. It still has the
        results of its own calls, so those rows are left out.
        """
        if self._epoch is not None:
            return []
        self._epoch = int(await unit.facts.get(EPOCH) or 0) + 1
        await unit.facts.set(EPOCH, self._epoch)
        own = self._flying.keys() | {outcome.finished.id for outcome in self._landed}
        return [row for row in await unit.outbox.take_over(self._epoch) if row.id not in own]

    async def _hold(self, unit: Unit, row: OutboxRow, files: Files | None) -> Finished | None:
        """Return the end or delay of a row that must not be sent now; None where it may be sent."""
        if not isinstance(row.chat_id, int):
            return Finished(row.id, "failed", error="the row names no chat")
        if row.not_after is not None and row.not_after <= unit.now:
            return Finished(row.id, "expired")
        if row.ambiguous >= MOST_DOUBT:
            why = NotTaken.GONE.value if row.method == FETCHING else NEVER_CONFIRMED
            return Finished(row.id, "failed", error=why)
        if files is None:
            return Finished(row.id, "failed", error="the file is gone")
        if row.quiet:
            person = await unit.people.by_lane(row.lane)
            due = self.next_allowed(unit.now, person.own_quiet if person else None)
            if due > unit.now:
                # The ledger says why a message of a broadcast waits until the morning.
                state = "expired" if is_planned_again(row) else "retry"
                return Finished(row.id, state, not_before=due)
        return None

    async def _card_call(self, unit: Unit, row: OutboxRow) -> tuple[str, dict[str, Any]] | None:
        """Return a card's method and parameters: send, edit, or "" where the card is unchanged."""
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

    async def _land_some(self, *wake_up: asyncio.Task[bool], more: bool = False) -> int:
        """Wait for results, commit them together, and return how many came in.

        The wait is at most *commit_every*. It ends at the first result or wake-up
        (*wake_up*), and where *more* rows may wait, as soon as pacing allows the next call.
        """
        if self._flying:
            next_token = self.pacing.wait(self.seconds())
            moment = next_token if more or next_token else self.commit_every
            await asyncio.wait(
                {*self._flying.values(), *wake_up},
                timeout=min(moment, self.commit_every),
                return_when=asyncio.FIRST_COMPLETED,
            )
        came = self._gather()
        now = self.seconds()
        if self._landed and (now - self._committed >= self.commit_every or not self._flying):
            self._committed = now  # a failed try counts too: the next one waits
            await self._commit()
        return came

    async def _land_all(self) -> None:
        """Wait for every call in flight, and commit the results."""
        if self._flying:
            await asyncio.wait(self._flying.values())
        self._gather()
        await self._commit()

    def _gather(self) -> int:
        """Collect the results of ended calls; return their number."""
        ended = [row_id for row_id, task in self._flying.items() if task.done()]
        for row_id in ended:
            self._fetching.discard(row_id)
            self._landed.append(self._flying.pop(row_id).result())
        return len(ended)

    async def _commit(self) -> None:
        """Commit all collected results in one transaction; keep them until it succeeds."""
        landed = tuple(self._landed)
        if not landed:
            return
        self._unsure = True
        async with self.store.unit() as unit:
            await self._write(unit, landed)
        self._written(landed, self.seconds())

    async def _write(self, unit: Unit, landed: Sequence[Outcome]) -> None:
        """Write the results of calls, unreachable citizens and vanished cards through *unit*."""
        await unit.outbox.finish([outcome.finished for outcome in landed], epoch=self._epoch)
        for lane in {o.unreachable for o in landed if o.unreachable is not None}:
            person_id = await unit.people.unreachable(lane)
            if person_id is not None:
                await unit.timers.set(NewTimer(UNREACHABLE, str(person_id), lane, unit.now))
        for card_id in {o.vanished for o in landed if o.vanished is not None}:
            await unit.cards.forget(card_id)

    def _written(self, landed: Sequence[Outcome], now: float) -> None:
        """Drop the results that are committed."""
        self._unsure = False
        self._committed = now
        self._landed = self._landed[len(landed) :]


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep for *seconds*, or until *stop* is set."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

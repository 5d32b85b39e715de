"""The courier: the only one who sends.

A row is claimed in one transaction, sent, and its result written in another;
results are written together every 100 ms, and until then a send counts as
being in flight. A crash in between leaves rows claimed; whoever has the role
next takes them over and sends them again: that is the window for doubles.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.errors import StoreAway, TransportError
from bot.store.outbox import OutboxRow
from bot.store.store import Store
from bot.store.unit import Unit
from bot.transport.api import BotApi
from bot.transport.meter import SILENT, Meter
from bot.transport.pacing import TELEGRAM, Limits, Pacing
from bot.transport.pauses import Pauses
from bot.transport.turn import Turn
from bot.transport.verdicts import (
    CARD,
    SERVER_FAULT,
    Verdict,
    hash_params,
    judge_error,
    judge_result,
)

ROLE = "courier"
EPOCH = "courier_epoch"  # the fact that counts how often the role was taken
MOST_IN_FLIGHT = 30
WINDOW = 0.1  # seconds
LEASE = 60.0  # seconds
CALL_WITHIN = 20.0  # seconds
LOOK_EVERY = 2.0  # seconds, bell or no bell
SHORTEST_REST = 0.01  # seconds
STOP_WITHIN = 5.0  # seconds
log = logging.getLogger("brobygger.transport")

Quiet = Callable[[Unit, OutboxRow], Awaitable[datetime | None]]
OnUnreachable = Callable[[Unit, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Call:
    """A claimed row as the call that it is now: a card is sent or edited."""

    row: OutboxRow
    method: str
    params: Mapping[str, Any]
    shown_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """A row whose result is known and not yet written."""

    row: OutboxRow
    verdict: Verdict


class Courier:
    """Takes what is due in the outbox to Telegram.

    *quiet* returns until when a row marked quiet must wait; *on_unreachable*
    hears of a lane whose citizen blocked the bot. Both work in the transaction
    at hand. *monotonic* and *sleep* are real time, in tests their own.
    """

    def __init__(
        self,
        store: Store,
        api: BotApi,
        *,
        quiet: Quiet | None = None,
        on_unreachable: OnUnreachable | None = None,
        limits: Limits = TELEGRAM,
        meter: Meter = SILENT,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """Carry from *store* to *api*."""
        self._store = store
        self._api = api
        self._quiet = quiet
        self._on_unreachable = on_unreachable
        self._meter = meter
        self._monotonic = monotonic
        self._sleep = sleep
        self._turn = Turn(store, ROLE)
        self._epoch: int | None = None
        self._pacing = Pacing(limits)
        self._pauses = Pauses()
        self._taken_over: list[OutboxRow] = []
        self._flying: dict[int, asyncio.Task[None]] = {}
        self._landed: list[Landed] = []
        self._faults: dict[int, int] = {}
        self._next_due: float | None = None

    async def step(self) -> int:
        """Send what is due, and write what has come of it; return how many rows were at hand.

        It waits for answers no longer than the window; what has none by then
        is at hand in the next step.
        """
        if not await self._turn.mine():
            return 0
        if self._turn.fresh:
            await self._enter()
        await self._launch()
        at_hand = len(self._flying) + len(self._landed)
        if self._flying:
            await self._wait_window()
        await self._commit()
        return at_hand

    async def run(self, stop: asyncio.Event) -> None:
        """Work until *stop*, then let what is in flight land."""
        stopped = asyncio.create_task(stop.wait())
        try:
            while not stop.is_set():
                try:
                    done, rest = await self.step(), self._rest()
                except StoreAway:
                    log.warning("courier_store_away")
                    done, rest = 0, 1.0
                if not done:
                    await self._wait_bell(stopped, rest)
        finally:
            stopped.cancel()
            await self.close()

    async def close(self, within: float = STOP_WITHIN) -> None:
        """Let what is in flight land, but not wait for ever; then let the role go.

        What has not landed stays claimed and is sent again by whoever comes.
        """
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=within)
        try:
            await self._commit()
        except StoreAway:
            log.warning("courier_left_claims", extra={"rows": len(self._landed)})
        await self._drop()
        with suppress(StoreAway):
            await self._turn.release()

    # beginning

    async def _enter(self) -> None:
        """Find our feet in the role: where another had it, its claims are ours now."""
        async with self._store.unit() as unit:
            known = await unit.facts.get(EPOCH) or 0
            alone = known == self._epoch
            if not alone:
                await unit.facts.set(EPOCH, known + 1)
                taken_over = await unit.outbox.take_over(known + 1)
        if not alone:
            await self._drop()
            self._epoch, self._taken_over = known + 1, taken_over
            log.info("courier_entered", extra={"epoch": self._epoch, "claims": len(taken_over)})
        self._turn.fresh = False

    async def _drop(self) -> None:
        """Forget what is in flight: it is another's now."""
        flying = list(self._flying.values())
        for task in flying:
            task.cancel()
        await asyncio.gather(*flying, return_exceptions=True)
        self._flying.clear()
        self._landed.clear()

    # sending

    async def _launch(self) -> None:
        """Claim what may go and send it."""
        at = self._monotonic()
        free = MOST_IN_FLIGHT - len(self._flying) - len(self._landed)
        room = min(free, self._pauses.room(at), self._pacing.room(at))
        if room <= 0:
            return
        blocked = self._pauses.blocked(at) | self._pacing.empty(at)
        async with self._store.unit() as unit:
            rows = [row for row in self._taken_over if row.chat_id not in blocked][:room]
            if room > len(rows):
                rows += await unit.outbox.claim(
                    room - len(rows),
                    epoch=self._epoch or 0,
                    lease_seconds=LEASE,
                    skip_chats=blocked,
                )
            ready = [(row, await self._prepare(unit, row)) for row in rows]
            due = None if rows else await unit.outbox.next_due()
            self._next_due = (due - unit.now).total_seconds() if due else None
        claimed = {row.id for row in rows}
        self._taken_over = [row for row in self._taken_over if row.id not in claimed]
        for row, prepared in ready:
            if isinstance(prepared, Verdict):
                self._landed.append(Landed(row, prepared))
            else:
                self._start(prepared, at)

    async def _prepare(self, unit: Unit, row: OutboxRow) -> Call | Verdict:
        """Return the call to make, or what becomes of the row without one."""
        if row.not_after is not None and row.not_after <= unit.now:
            return Verdict("expired", "expired")
        if row.quiet and self._quiet is not None:
            until = await self._quiet(unit, row)
            if until is not None and until > unit.now:
                late = row.not_after is not None and until >= row.not_after
                return Verdict("expired" if late else "retry", "quiet", until=until)
        if row.method == CARD:
            return await self._prepare_card(unit, row)
        return Call(row, row.method, row.params)

    async def _prepare_card(self, unit: Unit, row: OutboxRow) -> Call | Verdict:
        """Return how the card is shown: sent, edited, or as it stands already."""
        card = await unit.cards.get(row.card_id) if row.card_id is not None else None
        if card is None:
            return Verdict("failed", "failed", error="there is no such card")
        shown_hash = hash_params(row.params)
        params = {"chat_id": row.chat_id, **row.params}
        if card.message_id is None:
            return Call(row, "sendMessage", params, shown_hash)
        if card.shown_hash == shown_hash:
            return Verdict("sent", "unchanged", shown_hash=shown_hash)
        params["message_id"] = card.message_id
        return Call(row, "editMessageText", params, shown_hash)

    def _start(self, call: Call, at: float) -> None:
        """Send one call beside the others."""
        self._pacing.take(call.row.chat_id, at)
        self._pauses.sent(at)
        task = asyncio.create_task(self._fly(call, at), name=f"send {call.row.id}")
        self._flying[call.row.id] = task
        task.add_done_callback(lambda _task: self._flying.pop(call.row.id, None))

    async def _fly(self, call: Call, sent_at: float) -> None:
        """Make one call and note what came of it."""
        row = call.row
        try:
            result = await self._api.call(call.method, call.params, timeout=CALL_WITHIN)
            verdict = judge_result(row, result, call.shown_hash)
        except TransportError as error:
            faults = self._faults.get(row.id, 0)
            verdict = judge_error(row, error, faults=faults, shown_hash=call.shown_hash)
            if getattr(error, "code", 0) >= SERVER_FAULT:
                self._faults[row.id] = faults + 1
        except Exception as error:  # noqa: BLE001 - a row that cannot be sent must not stop the others
            verdict = Verdict("failed", "failed", error=type(error).__name__)
        at = self._monotonic()
        if verdict.flood is not None:
            self._pauses.flood(row.chat_id, verdict.flood, at)
            self._meter.count("flood_limited")
        elif verdict.state == "sent":
            self._pauses.delivered(sent_at, at)
        if verdict.label not in {"unreachable", "ambiguous"}:
            self._meter.observe("telegram_seen", self._store.clock.now().timestamp())
        self._landed.append(Landed(row, verdict))

    async def _wait_window(self) -> None:
        """Wait for answers, and meanwhile send what else is rung for."""
        window = asyncio.ensure_future(self._sleep(WINDOW))
        bell = asyncio.create_task(self._store.bell.wait("outbox", WINDOW))
        try:
            while self._flying and not window.done():
                waited = {window, *self._flying.values()} | (set() if bell.done() else {bell})
                await asyncio.wait(waited, return_when=asyncio.FIRST_COMPLETED)
                if bell.done() and bell.result() and not window.done():
                    await self._launch()
                    bell = asyncio.create_task(self._store.bell.wait("outbox", WINDOW))
        finally:
            window.cancel()
            bell.cancel()
            await asyncio.gather(window, bell, return_exceptions=True)

    # writing

    async def _commit(self) -> None:
        """Write all results together; where that fails for one of them, each by itself."""
        count = len(self._landed)
        landed = self._landed[:count]
        if not landed:
            return
        try:
            await self._write(landed)
        except StoreAway:
            raise
        except Exception as error:  # noqa: BLE001 - one row must not keep the results of others
            log.warning("results_apart", extra={"rows": count, "kind": type(error).__name__})
            await self._write_apart()
        else:
            del self._landed[:count]

    async def _write_apart(self) -> None:
        """Write results one by one; one that cannot be written ends its row.

        That is so for a card's retry where newer content waits already: the
        newest wins.
        """
        while self._landed:
            landed = self._landed[0]
            try:
                await self._write([landed])
            except StoreAway:
                raise
            except Exception as error:  # noqa: BLE001 - whatever it was, the row ends here
                why = f"the result could not be written: {type(error).__name__}"
                state = "failed" if landed.row.card_id is None else "expired"
                log.warning("result_set_aside", extra={"row": landed.row.id})
                await self._write([Landed(landed.row, Verdict(state, state, error=why))])
            del self._landed[0]

    async def _write(self, landed: list[Landed]) -> None:
        """Write results in one transaction, and then count them."""
        async with self._store.unit() as unit:
            await unit.outbox.finish([one.verdict.finished(one.row, unit.now) for one in landed])
            for one in landed:
                if one.verdict.forget_card and one.row.card_id is not None:
                    await unit.cards.forget(one.row.card_id)
                if one.verdict.unreachable and self._on_unreachable is not None:
                    await self._on_unreachable(unit, one.row.lane)
        for one in landed:
            self._meter.count("sends", result=one.verdict.label)
            if one.verdict.state != "retry":
                self._faults.pop(one.row.id, None)
            if one.verdict.state == "failed":
                extra = {"row": one.row.id, "result": one.verdict.label}
                log.warning("send_failed", extra=extra)

    # waiting

    def _rest(self) -> float:
        """Return how long to wait for the bell."""
        at = self._monotonic()
        waits = (self._pauses.wait(at), self._pacing.wait(at), self._next_due, LOOK_EVERY)
        return max(min(wait for wait in waits if wait is not None), SHORTEST_REST)

    async def _wait_bell(self, stopped: asyncio.Task[bool], seconds: float) -> None:
        """Wait for the bell, *seconds*, or the end."""
        bell = asyncio.create_task(self._store.bell.wait("outbox", seconds))
        await asyncio.wait({bell, stopped}, return_when=asyncio.FIRST_COMPLETED)
        bell.cancel()
        await asyncio.gather(bell, return_exceptions=True)

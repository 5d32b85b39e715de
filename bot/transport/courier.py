"""The courier: takes outbox rows to Telegram, and writes down what came of them."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from bot.errors import (
    Ambiguous,
    ApiError,
    ServerFault,
    StoreAway,
    TransportError,
    Unreachable,
)
from bot.store.files import NewFile
from bot.store.outbox import Finished, OutboxRow
from bot.store.singleton import Singleton
from bot.store.store import Store
from bot.store.unit import Unit
from bot.transport.api import FLOOD, BotApi, Files
from bot.transport.fetching import FETCHING, NOT_FOUND, UNAUTHORIZED, Darkroom, packed
from bot.transport.pacing import Pacing
from bot.transport.pictures import NotTaken

IN_FLIGHT = 30  # calls at once
CLAIM_EVERY = 0.02  # seconds between two claims while calls are under way: each is a transaction
COMMIT_EVERY = 0.1  # seconds; a send counts as in flight until its result is written
LEASE = 60.0  # seconds
LOOK_EVERY = 2.0  # seconds, whatever the bell says
UPLOAD_TIMEOUT = 60.0  # seconds
FORBIDDEN, BAD_REQUEST = 403, 400
RESULTS = ("sent", "refused", "unreachable", "server_fault", "ambiguous")  # as they are counted
GONE = "message to edit not found"
TOKEN_PAUSE = 30.0  # seconds between tries with a token that Telegram does not know
MOST_TRIES = 12
MOST_AMBIGUOUS = 2  # sent once, in doubt, and sent once more
MOST_FAULTS = 24  # over an hour of Telegram's own errors: then it is this call it cannot carry out
PROBE_EVERY, PROBE_TIMEOUT = 1.0, 3.0  # seconds, while Telegram is silent
LONGEST_BACKOFF = timedelta(minutes=5)
EPOCH = "courier_epoch"
log = logging.getLogger("brobygger.courier")


class Meter(Protocol):
    """Counts what is worth knowing."""

    def count(self, name: str, **labels: str) -> None:
        """Add one to a count."""
        ...

    def holds(self, role: str, *, held: bool) -> None:
        """Say whether this process is the one that does *role*."""
        ...


class NoMeter:
    """Counts nothing."""

    def count(self, name: str, **labels: str) -> None:
        """Do nothing."""

    def holds(self, role: str, *, held: bool) -> None:
        """Do nothing."""


@dataclass(frozen=True, slots=True)
class _Results:
    """What came of calls, and is to be written."""

    landed: tuple[Finished, ...]
    unreachable: set[str]  # lanes
    vanished: set[int]  # cards


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
    _epoch: int | None = None
    _darkroom: Darkroom = field(init=False)
    _flying: dict[int, asyncio.Task[Finished]] = field(default_factory=dict)
    _fetching: set[int] = field(default_factory=set)  # of those: they are no sends
    _landed: list[Finished] = field(default_factory=list)
    _unsure: bool = False  # the last commit may have failed: it goes before any claim
    _silent: bool = False  # a call had no proper answer, and nothing has been asked since
    _probed: float = -math.inf
    _unreachable: set[str] = field(default_factory=set)
    _vanished: set[int] = field(default_factory=set)  # cards whose message is gone
    _committed: float = 0.0
    _claimed: float = -math.inf
    _bell: asyncio.Task[bool] | None = None
    _singleton: Singleton | None = None

    def __post_init__(self) -> None:
        """Open the darkroom."""
        self._darkroom = Darkroom(self.api)

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
                await self._land_some(bell, more=begun > 0)
                if not begun and not self._flying:
                    await self._rest(bell)
            except StoreAway:
                log.warning("store_away")
                await _sleep(stop, LOOK_EVERY)
        try:
            # Each result is written as it lands: one slow call must not cost the others theirs.
            while self._flying or self._landed:
                await self._land_some()
        except StoreAway:
            log.warning("stopped_with_the_store_away")  # the next courier takes these rows over
        finally:
            if self._bell is not None:
                self._bell.cancel()
            if self._singleton is not None:
                await self._singleton.release()
                self.meter.holds("courier", held=False)

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
        now = self.seconds()
        wait = LOOK_EVERY
        if self.pacing.busy(now) or not self.pacing.room(now):
            wait = min(wait, self.pacing.next_time(now))
        await asyncio.wait({bell}, timeout=wait)

    def _listen(self) -> asyncio.Task[bool]:
        """Return what ends when the bell rings for new rows."""
        if self._bell is None or self._bell.done():
            self._bell = asyncio.create_task(self.store.bell.wait("outbox", LOOK_EVERY))
        return self._bell

    async def _begin(self) -> int:
        """Claim what may go and let it fly; return how many rows were taken."""
        if self._unsure:
            await self._commit()
        now = self.seconds()
        sends = len(self._flying) - len(self._fetching)
        room = min(IN_FLIGHT - sends, self.pacing.room(now))
        if room <= 0 or not await self._heard(now):
            return 0
        landed = self._results() if self._epoch is not None else None
        self._claimed = now
        try:
            async with self.store.unit() as unit:
                if landed is not None:
                    self._unsure = True
                    await self._write(unit, landed)
                rows = await self._take_over(unit) or await unit.outbox.claim(
                    room,
                    epoch=self._epoch or 0,
                    lease_seconds=LEASE,
                    skip_chats=self.pacing.busy(now),
                )
                files = {row.id: await packed(unit, row.params) for row in rows}
                held = [h for row in rows if (h := await self._hold(unit, row, files[row.id]))]
                await unit.outbox.finish(held)
                cards = {row.id: await self._card_call(unit, row) for row in rows if row.card_id}
        except StoreAway:
            # Nobody knows whether that was committed: a new epoch will find out.
            self._epoch = None
            raise
        if landed is not None:
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
            call = self._send(row, method, params, files[row.id])
            self._flying[row.id] = asyncio.create_task(call)
        return len(rows)

    async def _heard(self, now: float) -> bool:
        """Tell whether Telegram answers, asking it what changes nothing where that is in doubt.

        A row in doubt has but one more try, which a Telegram that is silent to all would use up.
        """
        if not self._silent:
            return True
        if now - self._probed < PROBE_EVERY:
            return False
        self._probed = now
        try:
            await self.api.call("getMe", {}, timeout=PROBE_TIMEOUT)
        except (Unreachable, Ambiguous):
            return False
        except ApiError:
            log.info("probe_refused")  # that is an answer too
        self._silent = False
        return True

    async def _take_over(self, unit: Unit) -> list[OutboxRow]:
        """At the first step, begin a new epoch and take what a forerunner left in the air.

        The forerunner may be this courier itself, before the database was away:
        then it still knows what came of its own calls.
        """
        if self._epoch is not None:
            return []
        self._epoch = int(await unit.facts.get(EPOCH) or 0) + 1
        await unit.facts.set(EPOCH, self._epoch)
        own = self._flying.keys() | {finished.id for finished in self._landed}
        return [row for row in await unit.outbox.take_over(self._epoch) if row.id not in own]

    async def _hold(self, unit: Unit, row: OutboxRow, files: Files | None) -> Finished | None:
        """Hold a row back that came too late, too early, once too often, or with nothing."""
        if row.not_after is not None and row.not_after <= unit.now:
            return Finished(row.id, "expired")
        if row.ambiguous >= MOST_AMBIGUOUS:
            why = NotTaken.GONE.value if row.method == FETCHING else "sent twice, never confirmed"
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
        if card.shown_hash == hash_of(row.params):
            return "", {}
        return "editMessageText", {
            "chat_id": row.chat_id,
            "message_id": card.message_id,
            **row.params,
        }

    async def _send(
        self, row: OutboxRow, method: str, params: dict[str, Any], files: Files | None = None
    ) -> Finished:
        """Make one call and read what came of it."""
        shown = hash_of(row.params) if row.card_id else None
        if not method:
            return Finished(row.id, "sent", shown_hash=shown)
        try:
            result = await self._call(method, params, files)
        except ApiError as error:
            if method == "editMessageText" and not row.card_id and GONE in error.description:
                # What was to be drawn over is gone; the citizen still needs a screen.
                anew = {name: value for name, value in params.items() if name != "message_id"}
                return await self._send(row, "sendMessage", anew)
            return self._refused(row, error, shown)
        except (Unreachable, Ambiguous) as error:
            return self._unanswered(row, error)
        self.pacing.succeeded()
        return self._came(row, result, shown)

    def _came(self, row: OutboxRow, result: Any, shown: str | None) -> Finished:
        """Read what a call that went through has brought."""
        if isinstance(result, NotTaken):
            self.meter.count("sends", result="refused")
            return Finished(row.id, "failed", error=result.value)
        self.meter.count("sends", result="sent")
        if isinstance(result, NewFile):
            return Finished(row.id, "sent", file=result)
        message = result if isinstance(result, dict) else {}
        return Finished(
            row.id,
            "sent",
            message_id=message.get("message_id"),
            result=message if row.then is not None else None,
            shown_hash=shown,
        )

    async def _call(self, method: str, params: dict[str, Any], files: Files | None) -> Any:
        """Make the call, with the bytes that go with it; a picture is fetched instead."""
        if method == FETCHING:
            return await self._darkroom.fetch(params["file_id"])
        if not files:
            return await self.api.call(method, params)
        bare = {name: value for name, value in params.items() if name not in files}
        return await self.api.call(method, bare, timeout=UPLOAD_TIMEOUT, files=files)

    def _refused(self, row: OutboxRow, error: ApiError, shown: str | None) -> Finished:
        """Read an error of Telegram's."""
        if error.code == FLOOD:
            self.meter.count("flood_limited")
            wait = error.retry_after or 1.0
            self.pacing.limited(row.chat_id, wait, self.seconds())
            due = self.store.clock.now() + timedelta(seconds=wait)
            return Finished(row.id, "retry", not_before=due)
        if error.code == BAD_REQUEST and "message is not modified" in error.description:
            return Finished(row.id, "sent", shown_hash=shown)
        if row.card_id and error.code == BAD_REQUEST and GONE in error.description:
            self._vanished.add(row.card_id)
            return Finished(row.id, "retry", not_before=self.store.clock.now())
        if error.code in (UNAUTHORIZED, NOT_FOUND):
            # The token was revoked or is mistyped: that is no reason to lose a word.
            self.pacing.limited(row.chat_id, TOKEN_PAUSE, self.seconds())
            return Finished(row.id, "retry", not_before=self._backoff(row), error=str(error))
        if row.method == "deleteMessage" and "message to delete not found" in error.description:
            return Finished(row.id, "sent")  # it is gone, whoever deleted it
        if error.code == FORBIDDEN and row.chat_id > 0:
            self._unreachable.add(row.lane)
        self.meter.count("sends", result="refused")
        return Finished(row.id, "failed", error=str(error))

    def _unanswered(self, row: OutboxRow, error: TransportError) -> Finished:
        """Read what is no answer: the call was not carried out, or hardly, or nobody knows."""
        self._silent = self._silent or isinstance(error, Ambiguous)
        match error:
            case ServerFault():
                result = "server_fault"
            case Ambiguous():
                result = "ambiguous"
            case _:
                result = "unreachable"
        self.meter.count("sends", result=result)
        if result == "server_fault" and row.tries >= MOST_FAULTS:
            return Finished(row.id, "failed", error=str(error))
        doubt = result == "ambiguous"
        return Finished(row.id, "retry", not_before=self._backoff(row), ambiguous=doubt)

    def _backoff(self, row: OutboxRow) -> datetime:
        """Return when to try again: after 1, 2, 4 … seconds."""
        if row.tries >= MOST_TRIES:
            return self.store.clock.now() + LONGEST_BACKOFF
        wait = timedelta(seconds=2 ** min(row.tries, 9))
        return self.store.clock.now() + min(wait, LONGEST_BACKOFF)

    async def _land_some(self, *bell: asyncio.Task[bool], more: bool = False) -> None:
        """Gather results for a moment, then write them together.

        The moment ends when the *bell* rings; where *more* may wait to be sent, as
        soon as the next may go.
        """
        if self._flying:
            next_token = self.pacing.overall.wait(self.seconds())
            moment = next_token if more or next_token else self.commit_every
            await asyncio.wait(
                {*self._flying.values(), *bell},
                timeout=min(moment, self.commit_every),
                return_when=asyncio.FIRST_COMPLETED,
            )
        self._gather()
        now = self.seconds()
        if self._landed and (now - self._committed >= self.commit_every or not self._flying):
            self._committed = now  # a try counts too, so that none follows it at once
            await self._commit()

    async def _land_all(self) -> None:
        """Wait for every call under way, and write what came of them."""
        if self._flying:
            await asyncio.wait(self._flying.values())
        self._gather()
        await self._commit()

    def _gather(self) -> None:
        """Take the results of calls that have ended."""
        for row_id in [i for i, task in self._flying.items() if task.done()]:
            self._fetching.discard(row_id)
            self._landed.append(self._flying.pop(row_id).result())

    async def _commit(self) -> None:
        """Write results together; they are kept until that has succeeded."""
        landed = self._results()
        if landed is None:
            return
        self._unsure = True
        async with self.store.unit() as unit:
            await self._write(unit, landed)
        self._written(landed, self.seconds())

    def _results(self) -> _Results | None:
        """Return what is to be written of calls that have ended; None where there is nothing."""
        if not self._landed:
            return None
        return _Results(tuple(self._landed), set(self._unreachable), set(self._vanished))

    async def _write(self, unit: Unit, results: _Results) -> None:
        """Write what came of calls, in the transaction of *unit*."""
        await unit.outbox.finish(results.landed, epoch=self._epoch)
        for lane in results.unreachable:
            await unit.people.unreachable(lane)
        for card_id in results.vanished:
            await unit.cards.forget(card_id)

    def _written(self, results: _Results, now: float) -> None:
        """Forget results that are committed."""
        self._unsure = False
        self._committed = now
        self._landed = self._landed[len(results.landed) :]
        self._unreachable -= results.unreachable
        self._vanished -= results.vanished


def hash_of(params: dict[str, Any]) -> str:
    """Return what tells one content of a card from another."""
    return hashlib.sha256(json.dumps(params, sort_keys=True).encode()).hexdigest()


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    """Sleep, but no longer than the house runs."""
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return

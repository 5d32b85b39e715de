"""The intake: redact each update and commit it before confirming it to Telegram."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot import watch
from bot.errors import DatabaseUnavailable, TransportError
from bot.redact import (
    Danger,
    Redacted,
    danger,
    join_half,
    own_text,
    redact_update,
    scrub_half,
)
from bot.store.inbox import ATTEMPT_LIMIT, NewInbox
from bot.store.split_cpr import SplitCpr
from bot.store.store import Store
from bot.store.unit import Unit
from bot.transport.api import BotApi

DANGER_PRIORITY, PRIORITY = 0, 10
HALF_WITHIN = timedelta(minutes=10)
REMEMBERED = 10_000  # update ids with sent emergency numbers, if the database is unavailable
GATHER = 0.02  # seconds a single update waits for others to share its commit
DANGER_TIMEOUT = 5.0  # seconds for sending emergency numbers
DANGER_MOMENT = 0.5  # seconds: the caller's wait for the numbers, and the send's for a read
MESSAGES = ("message", "edited_message")
LANES = {"from": "tg", "user": "tg", "chat": "tg:chat", "user_chat": "tg:chat"}
LARGEST, LATEST = 2**63, 2**33  # limits of an id, and of a date in Unix seconds
log = logging.getLogger("brobygger.intake")

Told = asyncio.Future[int]
DangerReply = Callable[[Mapping[str, Any], Danger], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """An update that could not be read or stored: its id and lane, and the *kind* of error."""

    update_id: int
    kind: str
    lane: str = ""  # empty where the sender is not known


class Intake:
    """Commits updates as inbox rows.

    *danger_reply* makes the only message that is sent without the outbox (HR-29).
    """

    def __init__(
        self,
        store: Store,
        api: BotApi,
        source: str,
        danger_reply: DangerReply,
    ) -> None:
        """Take in the updates of the bot named by *source* (``telegram:<bot id>``)."""
        self._store = store
        self._api = api
        self._source = source
        self._danger_reply = danger_reply
        self._given: OrderedDict[str, bool] = OrderedDict()  # by update id; True: Telegram took it
        self._sending: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Sequence[Redacted | Unreadable], Told]] = []

    async def take(self, updates: Sequence[Any]) -> int:
        """Redact and commit *updates*; return how many rows were new in their transaction.

        An update that cannot be read or stored is counted, and only its ids are
        committed. An update without an id is dropped. The others are committed as usual.

        Emergency numbers for a citizen in danger are sent at the same time. They go out
        while the database is unavailable, and a slow Telegram does not delay the commit.

        Raise `DatabaseUnavailable` where the updates may not be committed.
        """
        seen = [one for update in updates if (one := self._read(update)) is not None]
        committed: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        sending = [
            asyncio.create_task(self._give_numbers(*urgent, committed))
            for one in seen
            if isinstance(one, Redacted) and (urgent := self._in_danger(one.update)) is not None
        ]
        self._sending.update(sending)
        for task in sending:
            task.add_done_callback(self._sending.discard)
        try:
            new = await self._commit(seen)
            committed.set_result(None)
        except BaseException:
            committed.cancel()
            raise
        finally:
            if sending:
                await asyncio.wait(sending, timeout=DANGER_MOMENT)
        return new

    def _read(self, update: Any) -> Redacted | Unreadable | None:
        """Return the redacted or unreadable update; None without an id, as it cannot be stored."""
        if isinstance(update, Unreadable):
            return self._counted(update)
        if number_at(update, "update_id") is None:
            watch.UPDATES_UNREADABLE.inc()
            log.error("update_without_id")
            return None
        try:
            return redact_update(update)
        except Exception as error:  # noqa: BLE001 - one bad update must not hold up the others
            return self._unreadable(update, error)

    def _unreadable(self, update: Mapping[str, Any], error: Exception) -> Unreadable:
        """Count an update that cannot be read or stored; return its ids."""
        kind = type(error).__name__
        return self._counted(Unreadable(update["update_id"], kind, lane_of(update)))

    def _counted(self, one: Unreadable) -> Unreadable:
        """Count, log and return an update of which only the ids are stored."""
        watch.UPDATES_UNREADABLE.inc()
        log.error("update_unreadable", extra={"update": one.update_id, "kind": one.kind})
        return one

    async def _commit(self, seen: Sequence[Redacted | Unreadable]) -> int:
        """Commit *seen* together with concurrent callers' updates; return the count of new rows.

        A webhook request has one update, and a commit costs more than a row.
        """
        told: Told = asyncio.get_running_loop().create_future()
        self._waiting.append((seen, told))
        async with self._turn:
            if not told.done():  # else a concurrent caller has committed ours with its own
                if len(seen) == 1:
                    await asyncio.sleep(GATHER)
                together, self._waiting = self._waiting, []
                await self._write(together)
        return await told

    async def _write(
        self, together: Sequence[tuple[Sequence[Redacted | Unreadable], Told]]
    ) -> None:
        """Write the updates of several callers in one transaction; set each caller's future."""
        brought = [one for seen, _told in together for one in seen]
        try:
            try:
                new = await self._put(brought)
            except DatabaseUnavailable:
                raise
            except Exception as error:  # noqa: BLE001 - one update causes it: write each alone
                log.warning("batch_refused", extra={"kind": type(error).__name__})
                new = sum([await self._put_alone(one) for one in brought])
        except DatabaseUnavailable as error:
            _tell_all(together, error)
        except BaseException:
            # Cancelled: the commit may have succeeded.
            _tell_all(together, DatabaseUnavailable())
            raise
        else:
            for _seen, told in together:
                if not told.done():
                    told.set_result(new)

    async def _put_alone(self, one: Redacted | Unreadable) -> int:
        """Write one update, or its ids where the database refuses it; return 1 if it was new.

        Raise `DatabaseUnavailable` where it refuses the ids too: then it can store no update.
        """
        try:
            return await self._put([one])
        except DatabaseUnavailable:
            raise
        except Exception as error:
            if isinstance(one, Unreadable):
                raise DatabaseUnavailable from error
            return await self._put_alone(self._unreadable(one.update, error))

    async def _put(self, seen: Sequence[Redacted | Unreadable]) -> int:
        """Write updates in one transaction; return how many were new."""
        async with self._store.unit() as unit:
            rows: list[NewInbox] = []
            read = [one.update for one in seen if isinstance(one, Redacted)]
            if lanes := {lane_of(update) for update in read if "message" in update}:
                await unit.split_cprs.expect(lanes)  # a callback query has no split CPR
            for one in seen:
                if isinstance(one, Unreadable):
                    rows.append(self._row_of_ids(one, unit.now))
                else:
                    rows.append(await self._row(unit, one, rows))
            return await unit.inbox.put(rows)

    def _row_of_ids(self, one: Unreadable, now: datetime) -> NewInbox:
        """Return an unreadable update's row; the worker sets it aside and notifies the citizen."""
        payload = {"update": {"update_id": one.update_id}, "unreadable": one.kind}
        key, lane = str(one.update_id), one.lane or f"tg:update:{one.update_id}"
        return NewInbox(self._source, key, lane, PRIORITY, payload, now, ATTEMPT_LIMIT)

    async def _row(self, unit: Unit, seen: Redacted, before: list[NewInbox]) -> NewInbox:
        """Return a redacted update's inbox row; *before* are the batch's earlier rows (HR-1)."""
        update, lane = seen.update, lane_of(seen.update)
        cpr: dict[str, Any] = {}
        if isinstance(update.get("message"), Mapping):
            update, cpr = await self._halves(unit, seen, lane, before)
        if seen.cpr or seen.clock:
            own = _place(update)
            cpr = {"cpr": True if seen.cpr else "clock", "delete": [own] if own else [], **cpr}
        urgent, key = danger(own_text(update)) is not None, str(update["update_id"])
        if self._given.get(key):
            await unit.split_cprs.danger_note(self._source, key)
        return NewInbox(
            self._source,
            key,
            lane,
            DANGER_PRIORITY if urgent else PRIORITY,
            {"update": update, "cpr": cpr} if cpr else {"update": update},
            unit.now,
        )

    async def _halves(
        self, unit: Unit, seen: Redacted, lane: str, before: list[NewInbox]
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return the update and CPR data; join a split CPR and scrub its first half."""
        update = seen.update
        key, sent_at = str(update["update_id"]), _sent_at(update, unit.now)
        half = await unit.split_cprs.get(lane)
        cpr: dict[str, Any] = {}
        if half is not None:
            near = timedelta() <= sent_at - half.sent_at <= HALF_WITHIN
            if near and seen.head and half.update_key != key:
                update = join_half(update)
                await self._scrub_first(unit, half, before)
                places = [[half.chat_id, half.message_id], _place(update)]
                cpr = {"cpr": True, "delete": [place for place in places if place], "scrub": True}
            if half.update_key != key:
                await unit.split_cprs.clear(lane)
        own = _place(update)
        if seen.tail and own and not cpr:
            await unit.split_cprs.set(SplitCpr(lane, key, own[0], own[1], sent_at))
        return update, cpr

    async def _scrub_first(self, unit: Unit, half: SplitCpr, before: list[NewInbox]) -> None:
        """Remove the first half of a split CPR from this batch and from the inbox."""
        for place, row in enumerate(before):
            if row.key == half.update_key:
                scrubbed = {**row.payload, "update": scrub_half(row.payload["update"])}
                before[place] = replace(row, payload=scrubbed)
        # Search the inbox too: an update of this batch may be there from an earlier delivery.
        kept = await unit.inbox.get(self._source, half.update_key)
        if kept is not None and "update" in kept.payload:
            payload = {**kept.payload, "update": scrub_half(kept.payload["update"])}
            await unit.inbox.rewrite(self._source, half.update_key, payload)

    def _in_danger(self, update: dict[str, Any]) -> tuple[str, str, dict[str, Any]] | None:
        """Return key, lane and reply for a private message that shows danger, else None.

        The key is remembered at once: the same update may occur again in this batch.
        """
        if not any(kind in update for kind in MESSAGES):
            return None
        key, found = str(update["update_id"]), danger(own_text(update))
        if found is None or key in self._given:
            return None
        try:
            reply = self._danger_reply(update, found)
        except Exception as error:  # noqa: BLE001 - the worker sends the numbers instead
            log.error("numbers_not_made", extra={"update": key, "kind": type(error).__name__})  # noqa: TRY400 - a traceback may contain a citizen's words
            return None
        if reply is None:
            return None
        self._given[key] = False
        while len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        return key, lane_of(update), reply

    async def _give_numbers(
        self, key: str, lane: str, reply: dict[str, Any], committed: asyncio.Future[None]
    ) -> None:
        """Send the emergency numbers; after the commit, record it and drop the worker's row."""
        if await self._given_before(key):
            return
        try:
            await self._api.call("sendMessage", reply, timeout=DANGER_TIMEOUT)
        except TransportError:
            # They may have arrived. The worker sends them again: twice is better than never.
            self._given.pop(key, None)
            log.warning("numbers_not_sent", extra={"update": key})
            return
        self._given[key] = True
        await asyncio.wait([committed])
        if committed.cancelled():
            return  # recorded when the update comes again
        try:
            async with self._store.unit() as unit:
                await unit.split_cprs.danger_note(self._source, key)
                await unit.outbox.drop_danger(lane, key)
        except DatabaseUnavailable:
            log.warning("database_unavailable")

    async def _given_before(self, key: str) -> bool:
        """Return whether the numbers were sent before; False without a database answer in 0.5 s."""
        try:
            async with asyncio.timeout(DANGER_MOMENT), self._store.reading() as unit:
                return await unit.split_cprs.danger_seen(self._source, key)
        except (DatabaseUnavailable, TimeoutError):
            return False

    async def close(self) -> None:
        """Wait for emergency numbers that are being sent, at most 5 seconds."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=DANGER_TIMEOUT)


def _tell_all(together: Iterable[tuple[object, Told]], error: Exception) -> None:
    """Set *error* on every caller's future that is not done."""
    for _seen, told in together:
        if not told.done():
            told.set_exception(error)


def lane_of(update: Mapping[str, Any]) -> str:
    """Return the lane of an update: the sender's, else the chat's, else the update's own."""
    for value in update.values():
        for key, lane in LANES.items():
            if (found := number_at(value, key, "id")) is not None:
                return f"{lane}:{found}"
    return f"tg:update:{update['update_id']}"


def _place(update: Mapping[str, Any]) -> list[int] | None:
    """Return chat and message id of the update's message; None without one."""
    for kind in (*MESSAGES, "business_message", "edited_business_message"):
        chat, message = number_at(update, kind, "chat", "id"), number_at(update, kind, "message_id")
        if chat is not None and message is not None:
            return [chat, message]
    return None


def _sent_at(update: Mapping[str, Any], now: datetime) -> datetime:
    """Return the message's date; *now* where it is missing or not plausible."""
    stamp = number_at(update, "message", "date")
    return now if stamp is None or not 0 < stamp < LATEST else datetime.fromtimestamp(stamp, UTC)


def number_at(value: object, *keys: str) -> int | None:
    """Return the integer at *keys* within *value*; None where it is missing or over 63 bits.

    An update of unknown shape must not block the updates after it.
    """
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    return value if isinstance(value, int) and abs(value) < LARGEST else None

"""The intake: an update is redacted and committed before Telegram is told that we have it."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import TransportError
from bot.redact import Danger, danger, join_half, redact_update, scrub_half
from bot.redact.halves import own_text
from bot.store.halves import Half
from bot.store.inbox import NewInbox
from bot.store.store import Store
from bot.store.unit import Unit
from bot.transport.api import BotApi

DANGER_PRIORITY, PRIORITY = 0, 10
HALF_WITHIN = timedelta(minutes=10)
REMEMBERED = 10_000  # update ids whose numbers went out, for when the database is away
DANGER_TIMEOUT = 10.0  # seconds
MESSAGES = ("message", "edited_message")
log = logging.getLogger("brobygger.intake")

DangerReply = Callable[[Mapping[str, Any], Danger], dict[str, Any] | None]


class Intake:
    """Takes updates in. *danger_reply* makes the one message that goes beside the outbox (HR-29)."""

    def __init__(self, store: Store, api: BotApi, source: str, danger_reply: DangerReply) -> None:
        """Take updates of the bot named by *source* (``telegram:<bot id>``) in."""
        self._store = store
        self._api = api
        self._source = source
        self._danger_reply = danger_reply
        self._given: OrderedDict[str, None] = OrderedDict()

    async def take(self, updates: Sequence[dict[str, Any]]) -> int:
        """Commit *updates*, redacted, in one transaction; return how many were new.

        Numbers for somebody in danger are sent at the same time: neither waits
        for the other, so they go out with the database away, and a slow
        Telegram holds no commit up.
        """
        seen = [redact_update(update) for update in updates]
        urgent = [found for one in seen if (found := self._in_danger(one.update)) is not None]
        sending = [asyncio.create_task(self._give_numbers(*one)) for one in urgent]
        try:
            async with self._store.unit() as unit:
                rows = [await self._row(unit, one) for one in seen]
                new = await unit.inbox.put(rows)
        finally:
            given = [key for key in await asyncio.gather(*sending) if key]
        if given:
            await self._note(given, {row.key: row.lane for row in rows})
        return new

    async def _row(self, unit: Unit, seen: Any) -> NewInbox:
        """Make the inbox row of a redacted update, joining it to what came before (HR-1)."""
        update, lane = seen.update, lane_of(seen.update)
        cpr: dict[str, Any] = {}
        if "message" in update:
            update, cpr = await self._halves(unit, seen, lane)
        if seen.cpr or seen.clock:
            own = _place(update)
            cpr = {"cpr": True if seen.cpr else "clock", "delete": [own] if own else [], **cpr}
        urgent = danger(own_text(update)) is not None
        return NewInbox(
            self._source,
            str(update["update_id"]),
            lane,
            DANGER_PRIORITY if urgent else PRIORITY,
            {"update": update, "cpr": cpr} if cpr else {"update": update},
            unit.now,
        )

    async def _halves(
        self, unit: Unit, seen: Any, lane: str
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Join a number that was split over two messages of one citizen; scrub its first half."""
        update = seen.update
        key, sent_at = str(update["update_id"]), _sent_at(update, unit.now)
        half = await unit.halves.get(lane)
        cpr: dict[str, Any] = {}
        if half is not None:
            near = timedelta() <= sent_at - half.sent_at <= HALF_WITHIN
            if near and seen.head and half.update_key != key:
                update = join_half(update)
                await self._scrub_first(unit, half)
                places = [[half.chat_id, half.message_id], _place(update)]
                cpr = {"cpr": True, "delete": [place for place in places if place], "scrub": True}
            if half.update_key != key:
                await unit.halves.clear(lane)
        own = _place(update)
        if seen.tail and own and not cpr:
            await unit.halves.set(Half(lane, key, own[0], own[1], sent_at))
        return update, cpr

    async def _scrub_first(self, unit: Unit, half: Half) -> None:
        """Take the first half out of the inbox, where it still waits."""
        row = await unit.inbox.get(self._source, half.update_key)
        if row is not None and "update" in row.payload:
            payload = {**row.payload, "update": scrub_half(row.payload["update"])}
            await unit.inbox.rewrite(self._source, half.update_key, payload)

    def _in_danger(self, update: dict[str, Any]) -> tuple[str, dict[str, Any]] | None:
        """Return the key and the reply of an update that tells of danger in a private chat."""
        if not any(kind in update for kind in MESSAGES):
            return None
        key, found = str(update["update_id"]), danger(own_text(update))
        if found is None or key in self._given:
            return None
        reply = self._danger_reply(update, found)
        return (key, reply) if reply is not None else None

    async def _give_numbers(self, key: str, reply: dict[str, Any]) -> str | None:
        """Send the numbers at once; return the key where that succeeded."""
        self._given[key] = None
        while len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        try:
            await self._api.call("sendMessage", reply, timeout=DANGER_TIMEOUT)
        except TransportError:
            # In doubt they are given again, by the worker: twice is better than not at all.
            log.warning("numbers_not_sent", extra={"update": key})
            return None
        return key

    async def _note(self, keys: Sequence[str], lanes: Mapping[str, str]) -> None:
        """Remember that numbers went out, so that the worker does not repeat them."""
        async with self._store.unit() as unit:
            for key in keys:
                await unit.halves.danger_note(self._source, key)
                await unit.outbox.drop_danger(lanes[key])


def lane_of(update: Mapping[str, Any]) -> str:
    """Return the lane of an update: its sender's, else its chat's, else its own."""
    for value in update.values():
        if isinstance(value, Mapping):
            sender = value.get("from") or value.get("user")
            if isinstance(sender, Mapping) and "id" in sender:
                return f"tg:{sender['id']}"
            chat = value.get("chat") or value.get("user_chat")
            if isinstance(chat, Mapping) and "id" in chat:
                return f"tg:chat:{chat['id']}"
    return f"tg:update:{update['update_id']}"


def _place(update: Mapping[str, Any]) -> list[int] | None:
    """Return chat and message id of the update's own message."""
    for kind in (*MESSAGES, "business_message", "edited_business_message"):
        message = update.get(kind)
        if isinstance(message, Mapping):
            return [message["chat"]["id"], message["message_id"]]
    return None


def _sent_at(update: Mapping[str, Any], now: datetime) -> datetime:
    """Return when Telegram says the message was sent."""
    stamp = update["message"].get("date")
    return datetime.fromtimestamp(stamp, UTC) if isinstance(stamp, int) else now

"""Emergency numbers, sent by the intake itself, so that they need no database (HR-29)."""

from __future__ import annotations

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import Any

from bot.errors import DatabaseUnavailable, TransportError
from bot.store.store import Store
from bot.transport.api import BotApi
from bot.transport.inbox_rows import Received
from bot.transport.incoming import InDanger

REMEMBERED = 10_000  # update ids with sent emergency numbers, if the database is unavailable
SEND_TIMEOUT = 5.0  # seconds for sending emergency numbers
MOMENT = 0.5  # seconds: the intake's wait for the numbers, and the send's for a read
log = logging.getLogger("brobygger.intake")

# From chat, Telegram's language code and `DangerKind` to the parameters of sendMessage.
Message = Callable[[int, str | None, str], dict[str, Any]]


class EmergencyNumbers:
    """Sends the only message that needs no outbox row, at most once for each update.

    Sent numbers are recorded after the update's commit; then the worker's copy is dropped.
    """

    def __init__(self, store: Store, api: BotApi, source: str, message: Message) -> None:
        """Send *message* by *api*, for the updates of the bot named by *source*."""
        self._store = store
        self._api = api
        self._source = source
        self._message = message
        self._given: OrderedDict[str, bool] = OrderedDict()  # by update id; True: Telegram took it
        self._sending: set[asyncio.Task[None]] = set()

    def begin(
        self, seen: Sequence[Received], committed: asyncio.Future[None]
    ) -> list[asyncio.Task[None]]:
        """Begin to send the numbers to the citizens in danger among *seen*; return the sends."""
        sending = [
            asyncio.create_task(self._send(one, message, committed))
            for one in seen
            if (message := self._made(one)) is not None
        ]
        self._sending.update(sending)
        for task in sending:
            task.add_done_callback(self._sending.discard)
        return sending

    def taken(self, key: str) -> bool:
        """Return whether Telegram took the numbers for an update from this process."""
        return self._given.get(key, False)

    def _made(self, one: Received) -> dict[str, Any] | None:
        """Return the message for a citizen in danger, else None.

        The update is remembered at once: it may occur again in this batch.
        """
        key, chat_id, content = one.key, one.incoming.chat_id, one.incoming.content
        if not isinstance(content, InDanger) or chat_id is None or key in self._given:
            return None
        try:
            message = self._message(chat_id, one.incoming.language, content.danger)
        except Exception as error:  # noqa: BLE001 - the worker sends the numbers instead
            log.error("numbers_not_made", extra={"update": key, "kind": type(error).__name__})  # noqa: TRY400 - a traceback may contain a citizen's words
            return None
        self._given[key] = False
        while len(self._given) > REMEMBERED:
            self._given.popitem(last=False)
        return message

    async def _send(
        self, one: Received, message: dict[str, Any], committed: asyncio.Future[None]
    ) -> None:
        """Send the numbers; after the commit, record it and drop the worker's row."""
        if await self._given_before(one.key):
            return
        try:
            await self._api.call("sendMessage", message, timeout=SEND_TIMEOUT)
        except TransportError:
            # They may have arrived. The worker sends them again: twice is better than never.
            self._given.pop(one.key, None)
            log.warning("numbers_not_sent", extra={"update": one.key})
            return
        self._given[one.key] = True
        await asyncio.wait([committed])
        if committed.cancelled():
            return  # recorded when the update comes again
        try:
            async with self._store.unit() as unit:
                await unit.split_cprs.danger_note(self._source, one.key)
                await unit.outbox.drop_danger(one.lane, one.key)
        except DatabaseUnavailable as error:
            log.warning("database_unavailable", extra={"why": str(error)})

    async def _given_before(self, key: str) -> bool:
        """Return whether the numbers were sent before; False without a database answer in 0.5 s."""
        try:
            async with asyncio.timeout(MOMENT), self._store.reading() as unit:
                return await unit.split_cprs.danger_seen(self._source, key)
        except (DatabaseUnavailable, TimeoutError):
            return False

    async def close(self) -> None:
        """Wait for numbers that are being sent, at most 5 seconds."""
        if self._sending:
            await asyncio.wait(self._sending, timeout=SEND_TIMEOUT)

"""Fetch updates by getUpdates; confirm them only after their commit."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.constants import UpdateType

from bot.clock import SystemClock
from bot.errors import Ambiguous, ApiError, DatabaseUnavailable, TransportError
from bot.transport.api import BotApi
from bot.transport.condition import IntakeCondition
from bot.transport.intake import Intake
from bot.transport.metadata import update_id_of

# No handler answers other kinds, and storing them would be needless.
ALLOWED_UPDATES = [
    UpdateType.MESSAGE.value,
    UpdateType.EDITED_MESSAGE.value,
    UpdateType.CALLBACK_QUERY.value,
    UpdateType.MY_CHAT_MEMBER.value,
]
LONG_POLL = 25  # seconds
BATCH = 100
AWAY_FOR = 2.0  # seconds before the next getUpdates after an error


class Poller:
    """Polls for updates. The offset is only in memory: Telegram keeps unconfirmed updates."""

    def __init__(
        self,
        intake: Intake,
        api: BotApi,
        *,
        long_poll: int = LONG_POLL,
        condition: IntakeCondition | None = None,
    ) -> None:
        """Pass updates to *intake*; *long_poll* is Telegram's longest wait in seconds.

        *condition* records successes and errors.
        """
        self._intake = intake
        self._api = api
        self._long_poll = long_poll
        self._condition = condition or IntakeCondition(SystemClock())
        self._offset: int | None = None
        self._webhook_gone = False
        self._asking = False  # True during getUpdates: cancel a step only then, never in a commit

    async def step(self) -> int:
        """Fetch once and commit the updates; return their number; raise `Ambiguous` for no list."""
        if not self._webhook_gone:
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
            self._webhook_gone = True
        asked: dict[str, Any] = {
            "timeout": self._long_poll,
            "limit": BATCH,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset is not None:
            asked["offset"] = self._offset
        self._asking = True
        try:
            updates = await self._api.call("getUpdates", asked, timeout=self._long_poll + 10)
        finally:
            self._asking = False
        if not isinstance(updates, list):
            raise Ambiguous("Telegram answered getUpdates with no list")
        if not updates:
            # After a week without updates Telegram restarts ids: an old offset would hide them.
            self._offset = None
            self._condition.took()
            return 0
        await self._intake.take(updates)
        found = (update_id_of(update) for update in updates)
        ids = [number for number in found if number is not None]
        if not ids:
            raise Ambiguous("Telegram sent updates without ids")
        self._offset = max(ids) + 1
        self._condition.took()
        return len(updates)

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until *stop*; after an error wait 2 seconds or as long as Telegram asks."""
        self._offset = None  # another process may have polled, and ids may have restarted
        while not stop.is_set():
            fetching = asyncio.ensure_future(self.step())
            stopping = asyncio.ensure_future(stop.wait())
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not fetching.done() and self._asking:
                fetching.cancel()  # Telegram sends unconfirmed updates again
            try:
                await fetching
            except asyncio.CancelledError:
                return
            except (DatabaseUnavailable, TransportError) as error:
                self._condition.suffers("poll_refused", error)
                asked = error.retry_after if isinstance(error, ApiError) else None
                await asyncio.sleep(asked or AWAY_FOR)
            else:
                self._condition.well()

"""Updates fetched by getUpdates; what is confirmed is what was committed."""

from __future__ import annotations

import asyncio
from typing import Any

from telegram.constants import UpdateType

from bot.clock import SystemClock
from bot.errors import Ambiguous, ApiError, DatabaseUnavailable, TransportError
from bot.transport.api import BotApi
from bot.transport.condition import IntakeCondition
from bot.transport.intake import Intake, number_at

# What nobody answers is not asked for: it would only be kept for nothing.
ALLOWED_UPDATES = [
    UpdateType.MESSAGE.value,
    UpdateType.EDITED_MESSAGE.value,
    UpdateType.CALLBACK_QUERY.value,
    UpdateType.MY_CHAT_MEMBER.value,
]
LONG_POLL = 25  # seconds
BATCH = 100
AWAY_FOR = 2.0  # seconds before asking again


class Poller:
    """Asks for updates. The offset lives only here: Telegram keeps what was not confirmed."""

    def __init__(
        self,
        intake: Intake,
        api: BotApi,
        *,
        long_poll: int = LONG_POLL,
        condition: IntakeCondition | None = None,
    ) -> None:
        """Feed *intake*; *long_poll* is how many seconds Telegram may wait for something new.

        *condition* is told how it goes.
        """
        self._intake = intake
        self._api = api
        self._long_poll = long_poll
        self._condition = condition or IntakeCondition(SystemClock())
        self._offset: int | None = None
        self._webhook_gone = False
        self._asking = False  # only then may a step be cut off: a commit never is

    async def step(self) -> int:
        """Fetch once, and commit what came; return how many updates it was."""
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
            # After a silent week ids begin anew: an old offset would hide them.
            self._offset = None
            self._condition.took()
            return 0
        await self._intake.take(updates)
        found = (number_at(update, "update_id") for update in updates)
        ids = [number for number in found if number is not None]
        if not ids:
            raise Ambiguous("Telegram sent updates without ids")
        self._offset = max(ids) + 1
        self._condition.took()
        return len(updates)

    async def run(self, stop: asyncio.Event) -> None:
        """Fetch until *stop*, waiting a little where Telegram or the database is away."""
        self._offset = None  # another may have polled meanwhile, and ids may have begun anew
        while not stop.is_set():
            fetching = asyncio.ensure_future(self.step())
            stopping = asyncio.ensure_future(stop.wait())
            await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
            stopping.cancel()
            if not fetching.done() and self._asking:
                fetching.cancel()  # what it would have brought, it brings again
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

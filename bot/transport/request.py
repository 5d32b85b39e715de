"""python-telegram-bot without a network.

Its Application wants to know who the bot is before it does anything; the id
stands in the token and the name in a row of ours, so Telegram may be away.
"""

from __future__ import annotations

from typing import Any

from telegram.error import TelegramError
from telegram.request import BaseRequest

from bot.transport.codec import dump


class LocalRequest(BaseRequest):
    """Answers ``getMe``; refuses every other call, for nobody sends but the courier."""

    def __init__(self, bot_id: int, name: str, username: str) -> None:
        """Be the bot of these names."""
        self._me = {
            "id": bot_id,
            "is_bot": True,
            "first_name": name,
            "username": username,
        }

    @property
    def read_timeout(self) -> float | None:
        """Return that there is nothing to wait for."""
        return None

    async def initialize(self) -> None:
        """Do nothing: nothing is opened."""

    async def shutdown(self) -> None:
        """Do nothing: nothing was opened."""

    async def do_request(self, url: str, method: str, *_: Any, **__: Any) -> tuple[int, bytes]:
        """Answer ``getMe``; raise `TelegramError` for all else."""
        del method
        called = url.rpartition("/")[2]
        if called == "getMe":
            return 200, dump({"ok": True, "result": self._me})
        raise TelegramError(f"{called} was not called: nobody sends but the courier")

"""A simulated Telegram that records the time and the result of calls."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.clock import SystemClock
from bot.errors import ApiError
from bot.simulator import TOKEN, Limits, World

FIRST_CHAT = 10_001
FLOOD = 429


@dataclass(frozen=True, slots=True)
class Call:
    """One sendMessage; *at* in seconds of a monotonic clock."""

    at: float
    chat: int
    refused: bool


class NotedWorld(World):
    """A simulated world that records sends."""

    def __init__(self, chats: int, limits: Limits | None) -> None:
        """Create *chats* chats; apply Telegram's *limits* if given."""
        super().__init__(SystemClock().now, limits=limits)
        self.noted: list[Call] = []
        self.add_bot(TOKEN)
        for chat in range(FIRST_CHAT, FIRST_CHAT + chats):
            self.add_user(chat, "Ana", language_code="en")

    def call(self, token: str, method: str, params: Mapping[str, Any] | None = None) -> Any:
        """Carry out a call; record it if it is a send."""
        if method != "sendMessage":
            return super().call(token, method, params or {})
        at, chat = time.monotonic(), int((params or {})["chat_id"])
        try:
            result = super().call(token, method, params or {})
        except ApiError as error:
            self.noted.append(Call(at, chat, error.code == FLOOD))
            raise
        self.noted.append(Call(at, chat, refused=False))
        return result

    def sent(self) -> int:
        """Return the number of successful sends."""
        return sum(not call.refused for call in self.noted)

    def refused(self) -> list[Call]:
        """Return the sends that were answered with 429."""
        return [call for call in self.noted if call.refused]

"""Telegram's known rate limits on sending.

https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
"""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Rates in messages a second, and bursts in messages at once."""

    overall: float = 30.0
    overall_burst: int = 30
    private: float = 1.0
    private_burst: int = 5
    group: float = 20 / 60
    group_burst: int = 20


@dataclass(slots=True)
class _Bucket:
    """A token bucket: *rate* tokens a second, at most *burst*."""

    rate: float
    burst: int
    tokens: float
    at: float

    def wait(self, at: float) -> float:
        """Return the seconds until the next token; 0 where one is available."""
        self.tokens = min(self.burst, self.tokens + max(at - self.at, 0.0) * self.rate)
        self.at = at
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate


class Flood:
    """Counts the sends of one bot against the limits."""

    def __init__(self, limits: Limits) -> None:
        """Apply *limits*."""
        self._limits = limits
        self._overall: _Bucket | None = None
        self._chats: dict[int, _Bucket] = {}

    def admit(self, chat_id: int, *, private: bool, at: float) -> int:
        """Take a token of the chat and of the bot and return 0; else return the seconds to wait."""
        limits = self._limits
        if self._overall is None:
            self._overall = _fresh(limits.overall, limits.overall_burst, at)
        chat = self._chats.get(chat_id)
        if chat is None:
            rate = limits.private if private else limits.group
            burst = limits.private_burst if private else limits.group_burst
            chat = self._chats[chat_id] = _fresh(rate, burst, at)
        wait = max(self._overall.wait(at), chat.wait(at))
        if wait > 0:
            return max(1, math.ceil(wait))
        self._overall.tokens -= 1
        chat.tokens -= 1
        return 0


def _fresh(rate: float, burst: int, at: float) -> _Bucket:
    """Return a full bucket."""
    return _Bucket(rate, burst, float(burst), at)

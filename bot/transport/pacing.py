"""How fast we may send: token buckets, at a time that is handed in.

What Telegram says of its limits (https://core.telegram.org/bots/faq) is rough;
each of these stays a little below, so that a jittery network makes no 429.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pace:
    """Calls a second, and how many may go at once."""

    rate: float
    burst: int


@dataclass(frozen=True, slots=True)
class Limits:
    """The paces that hold for all calls, for one private chat and for one group."""

    overall: Pace = Pace(30.0, 10)
    private: Pace = Pace(1.0, 3)
    group: Pace = Pace(15 / 60, 5)  # 5 at once and 15 a minute are 20 in any minute


TELEGRAM = Limits()
UNLIMITED = Limits(*[Pace(math.inf, 1_000_000)] * 3)


@dataclass(slots=True)
class Bucket:
    """Tokens that come back with time."""

    pace: Pace
    at: float
    tokens: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin full."""
        self.tokens = float(self.pace.burst)

    def fill(self, at: float) -> float:
        """Return how many tokens there are at *at*."""
        passed = max(at - self.at, 0.0)
        if passed:
            self.tokens = min(self.pace.burst, self.tokens + passed * self.pace.rate)
            self.at = at
        return self.tokens

    def wait(self, at: float) -> float:
        """Return in how many seconds there is a token."""
        return max(1.0 - self.fill(at), 0.0) / self.pace.rate


class Pacing:
    """What we have sent lately."""

    def __init__(self, limits: Limits = TELEGRAM) -> None:
        """Keep *limits*."""
        self._limits = limits
        self._overall: Bucket | None = None
        self._chats: dict[int, Bucket] = {}

    def room(self, at: float) -> int:
        """Return how many calls may go now."""
        return int(self._all(at).fill(at))

    def empty(self, at: float) -> set[int]:
        """Return the chats that must wait; those that are rested are forgotten."""
        for chat_id, bucket in list(self._chats.items()):
            if bucket.fill(at) >= bucket.pace.burst:
                del self._chats[chat_id]
        return {chat_id for chat_id, bucket in self._chats.items() if bucket.tokens < 1}

    def take(self, chat_id: int, at: float) -> None:
        """Count one call to a chat."""
        pace = self._limits.private if chat_id > 0 else self._limits.group
        chat = self._chats.setdefault(chat_id, Bucket(pace, at))
        for bucket in (self._all(at), chat):
            bucket.fill(at)
            bucket.tokens -= 1

    def wait(self, at: float) -> float | None:
        """Return in how many seconds something that must wait now may go; None where nothing must."""
        tired = [self._chats[chat_id].wait(at) for chat_id in self.empty(at)]
        overall = self._all(at).wait(at)
        if not tired:
            return overall or None
        return max(min(tired), overall)

    def _all(self, at: float) -> Bucket:
        """Return the bucket of all calls."""
        if self._overall is None:
            self._overall = Bucket(self._limits.overall, at)
        return self._overall

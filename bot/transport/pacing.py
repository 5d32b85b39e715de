"""Telegram's rate limits, and the pauses it asks for with status 429."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

OVERALL = 30  # calls a second
CATCH_UP = 6.0  # calls at once after an idle moment, so that the idle time is not lost
PRIVATE, PRIVATE_BURST = 1.0, 3.0  # messages a second to one chat, and how many at once
GROUP, GROUP_BURST = 20.0 / 60, 20.0  # Telegram's 20 a minute
GLOBAL_BREATH = 1.0  # seconds all chats pause after a 429
PROBE_EVERY = 1.0  # seconds between calls while Telegram is silent or all chats are paused
CHATS_EVERY = 0.05  # seconds between checks of chats at their limit


@dataclass(slots=True)
class Bucket:
    """A token bucket: *rate* tokens a second, at most *burst*; one call takes one token."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Return the seconds until the next token; 0 where one is available."""
        self.tokens = min(self.burst, self.tokens + max(now - self.at, 0.0) * self.rate)
        self.at = max(self.at, now)
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def take(self) -> None:
        """Take one token."""
        self.tokens -= 1


@dataclass(slots=True)
class Pacing:
    """Decides when a chat may be called. Times are seconds of a monotonic clock."""

    chats: dict[int, Bucket] = field(default_factory=dict)
    paused: dict[int, float] = field(default_factory=dict)
    breath: float = 0.0  # no call begins before this time
    everyone: float = 0.0  # all chats are paused until this time
    probed: float = 0.0
    overall: Bucket = field(default_factory=lambda: Bucket(OVERALL, CATCH_UP, CATCH_UP, 0.0))
    begun: deque[float] = field(default_factory=lambda: deque(maxlen=OVERALL))

    def busy(self, now: float) -> set[int]:
        """Return the chats that are paused or at their limit now."""
        for chat in [c for c, until in self.paused.items() if until <= now]:
            del self.paused[chat]
        empty = {chat for chat, bucket in self.chats.items() if bucket.wait(now) > 0}
        # A full bucket equals a new one: drop it.
        for chat in [c for c, b in self.chats.items() if b.tokens >= b.burst]:
            del self.chats[chat]
        return empty | set(self.paused)

    def room(self, now: float) -> int:
        """Return how many calls may begin now; 1 a second while all chats are paused."""
        if now < self.breath:
            return 0
        if now < self.everyone:
            return int(now - self.probed >= PROBE_EVERY)
        if self.wait(now) > 0:
            return 0
        lately = sum(at > now - 1 for at in self.begun)
        return min(max(int(self.overall.tokens), 1), OVERALL - lately)

    def wait(self, now: float) -> float:
        """Return the seconds until the overall limit allows a call; 0 for now.

        Calls are spread over the second, and no second has more than 30.
        """
        full = len(self.begun) == OVERALL
        return max(self.overall.wait(now), self.begun[0] + 1 - now if full else 0.0)

    def took(self, chat: int, now: float) -> None:
        """Record that a call to *chat* begins."""
        rate, burst = (PRIVATE, PRIVATE_BURST) if chat > 0 else (GROUP, GROUP_BURST)
        bucket = self.chats.setdefault(chat, Bucket(rate, burst, burst, now))
        bucket.wait(now)
        bucket.take()
        self.overall.wait(now)
        self.overall.take()
        self.begun.append(now)
        self.probed = now

    def limited(self, chat: int, retry_after: float, now: float) -> None:
        """Pause *chat* for *retry_after* seconds after a 429, and all chats for 1 second.

        Telegram does not say whether a 429 limits one chat or all. A second chat's 429
        during the first pause means all, so all chats pause for *retry_after*.
        """
        others = [until for c, until in self.paused.items() if c != chat and until > now]
        self.paused[chat] = max(self.paused.get(chat, 0.0), now + retry_after)
        self.breath = max(self.breath, now + GLOBAL_BREATH)
        # The pause must not save up tokens: after it, one call goes first as a probe.
        self.overall.tokens, self.overall.at = min(self.overall.tokens, 1.0), self.breath
        if others:
            self.everyone = max(self.everyone, now + retry_after)

    def succeeded(self) -> None:
        """Record a successful call: end the pause of all chats."""
        self.everyone = 0.0

    def next_time(self, now: float) -> float:
        """Return the seconds until calls may be possible again."""
        waits = [self.breath - now, self.wait(now)]
        if now < self.everyone:
            waits.append(self.probed + PROBE_EVERY - now)
        # 0: only single chats are at their limits.
        return max(waits) or CHATS_EVERY


class Unpaced(Pacing):
    """No limits but Telegram's 429 pauses, for tests and the demo with the simulator."""

    def took(self, chat: int, now: float) -> None:
        """Do nothing: no limit is counted."""

    def room(self, now: float) -> int:
        """Return 30, the courier's concurrent sends, unless a 429 pause runs."""
        return 30 if now >= self.breath and now >= self.everyone else super().room(now)

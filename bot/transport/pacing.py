"""How fast Telegram lets a bot speak, and how long it has told us to be silent."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

OVERALL = 30  # calls a second
CATCH_UP = 6.0  # calls at once, after a moment in which none began: or that moment would be lost
PRIVATE, PRIVATE_BURST = 1.0, 3.0  # messages a second to one chat, and how many at once
GROUP, GROUP_BURST = 20.0 / 60, 20.0  # Telegram's 20 a minute
GLOBAL_BREATH = 1.0  # seconds everything waits after a 429
PROBE_EVERY = 1.0  # seconds between calls while Telegram is silent, or the pause is everyone's
CHATS_EVERY = 0.05  # seconds between looks at chats that were written to too often


@dataclass(slots=True)
class Bucket:
    """So many tokens a second, up to a burst; one call takes one."""

    rate: float
    burst: float
    tokens: float
    at: float

    def wait(self, now: float) -> float:
        """Return in how many seconds there is a token; 0 for now."""
        self.tokens = min(self.burst, self.tokens + max(now - self.at, 0.0) * self.rate)
        self.at = max(self.at, now)
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / self.rate

    def take(self) -> None:
        """Take one."""
        self.tokens -= 1


@dataclass(slots=True)
class Pacing:
    """Who may be called when. Times are seconds of a clock that never goes back."""

    chats: dict[int, Bucket] = field(default_factory=dict)
    paused: dict[int, float] = field(default_factory=dict)
    breath: float = 0.0  # nobody is called before
    everyone: float = 0.0  # the pause is everyone's until
    probed: float = 0.0
    overall: Bucket = field(default_factory=lambda: Bucket(OVERALL, CATCH_UP, CATCH_UP, 0.0))
    begun: deque[float] = field(default_factory=lambda: deque(maxlen=OVERALL))

    def busy(self, now: float) -> set[int]:
        """Return the chats that may not be called now."""
        for chat in [c for c, until in self.paused.items() if until <= now]:
            del self.paused[chat]
        empty = {chat for chat, bucket in self.chats.items() if bucket.wait(now) > 0}
        # A bucket that is full again says nothing any more.
        for chat in [c for c, b in self.chats.items() if b.tokens >= b.burst]:
            del self.chats[chat]
        return empty | set(self.paused)

    def room(self, now: float) -> int:
        """Return how many calls may begin now; one probe a second while everyone is paused."""
        if now < self.breath:
            return 0
        if now < self.everyone:
            return int(now - self.probed >= PROBE_EVERY)
        if self.wait(now) > 0:
            return 0
        lately = sum(at > now - 1 for at in self.begun)
        return min(max(int(self.overall.tokens), 1), OVERALL - lately)

    def wait(self, now: float) -> float:
        """Return in how many seconds a call may begin, whomever it is to; 0 for now.

        Calls are spread over the second, and no second has more than Telegram allows.
        """
        full = len(self.begun) == OVERALL
        return max(self.overall.wait(now), self.begun[0] + 1 - now if full else 0.0)

    def took(self, chat: int, now: float) -> None:
        """Note that a call to *chat* begins."""
        rate, burst = (PRIVATE, PRIVATE_BURST) if chat > 0 else (GROUP, GROUP_BURST)
        bucket = self.chats.setdefault(chat, Bucket(rate, burst, burst, now))
        bucket.wait(now)
        bucket.take()
        self.overall.wait(now)
        self.overall.take()
        self.begun.append(now)
        self.probed = now

    def limited(self, chat: int, retry_after: float, now: float) -> None:
        """Obey a 429: this chat for as long as it says, everyone for a breath.

        Telegram never says whether one chat or all are meant. A second chat's
        429 while the first still waits can only mean all.
        """
        others = [until for c, until in self.paused.items() if c != chat and until > now]
        self.paused[chat] = max(self.paused.get(chat, 0.0), now + retry_after)
        self.breath = max(self.breath, now + GLOBAL_BREATH)
        # Nobody was called, but there is nothing to catch up with: one goes first, to see.
        self.overall.tokens, self.overall.at = min(self.overall.tokens, 1.0), self.breath
        if others:
            self.everyone = max(self.everyone, now + retry_after)

    def succeeded(self) -> None:
        """Note a call that went through: a pause of everyone's is over."""
        self.everyone = 0.0

    def next_time(self, now: float) -> float:
        """Return in how many seconds it is worth to look again."""
        waits = [self.breath - now, self.wait(now)]
        if now < self.everyone:
            waits.append(self.probed + PROBE_EVERY - now)
        # Where nothing holds everybody up, it is chats that wait for tokens of their own.
        return max(waits) or CHATS_EVERY


class Unpaced(Pacing):
    """No limit but Telegram's word: for tests and the demo, whose Telegram is ours."""

    def took(self, chat: int, now: float) -> None:
        """Note nothing."""

    def room(self, now: float) -> int:
        """Return room for as many as fly at once, unless Telegram said to wait."""
        return 30 if now >= self.breath and now >= self.everyone else super().room(now)

"""When we must wait: what a 429 makes of it, at a time that is handed in.

Telegram never says whether a chat or the whole bot was too fast. So a 429
pauses its chat for as long as it says and everything for a second; when a
second chat hears the same meanwhile, it is taken for the bot's. Then one call a
second goes out as a probe, and the first that succeeds ends the general pause.
"""

from __future__ import annotations

import math

STANDSTILL = 1.0  # seconds for which everything waits
PROBE_EVERY = 1.0
NO_LIMIT = 1_000_000


class Pauses:
    """Which chats wait, and whether all do."""

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._chats: dict[int, float] = {}
        self._still_until = -math.inf
        self._general_from = -math.inf
        self._general_until = -math.inf
        self._probe_at = -math.inf

    def flood(self, chat_id: int, seconds: float, at: float) -> None:
        """Take a 429 for *chat_id* that asks for *seconds*."""
        meanwhile = any(until > at for chat, until in self._chats.items() if chat != chat_id)
        self._chats[chat_id] = max(self._chats.get(chat_id, at), at + seconds)
        self._still_until = max(self._still_until, at + STANDSTILL)
        if meanwhile or self.general(at):
            if not self.general(at):
                self._general_from = at
            self._general_until = max(self._general_until, at + seconds)
            self._probe_at = at + PROBE_EVERY

    def general(self, at: float) -> bool:
        """Tell whether everything is paused."""
        return self._general_until > at

    def delivered(self, sent_at: float, at: float) -> None:
        """Let a success end the general pause, if it was sent since that began."""
        if self.general(at) and sent_at > self._general_from:
            self._general_until = at

    def blocked(self, at: float) -> set[int]:
        """Return the chats that wait; those that waited long enough are forgotten."""
        self._chats = {chat: until for chat, until in self._chats.items() if until > at}
        return set(self._chats)

    def room(self, at: float) -> int:
        """Return how many calls may go now."""
        if at < self._still_until:
            return 0
        if self.general(at):
            return int(at >= self._probe_at)
        return NO_LIMIT

    def sent(self, at: float) -> None:
        """Count a call: while all is paused, the next probe goes a second later."""
        if self.general(at):
            self._probe_at = at + PROBE_EVERY

    def wait(self, at: float) -> float | None:
        """Return in how many seconds more may go than now; None where nobody waits."""
        ends = [self._still_until, *self._chats.values()]
        if self.general(at):
            ends += [self._general_until, self._probe_at]
        ahead = [end - at for end in ends if end > at]
        return min(ahead, default=None)

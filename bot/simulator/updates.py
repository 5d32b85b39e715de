"""A bot's queue of updates, with the offsets of `getUpdates`.

As on Telegram: identifiers start at a random number, and again at another after a
week without updates. Updates are dropped after a day. An offset confirms all
updates before it, unless it is more than 10 beyond the next identifier.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

LIFETIME = 24 * 3600.0
SILENCE = 7 * 24 * 3600.0
BELIEVED_AHEAD = 10  # an offset beyond the next identifier by more than this is ignored
MOST_AT_ONCE = 100
KINDS = (
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
    "message_reaction_count",
    "poll",
    "poll_answer",
    "inline_query",
    "chosen_inline_result",
    "chat_join_request",
)
ONLY_WHEN_NAMED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})


@dataclass(frozen=True, slots=True)
class Pending:
    """A pending update: *text* is its JSON, *lane* its user or chat id, *at* a Unix time."""

    update_id: int
    text: str
    lane: int
    at: float

    def read(self) -> dict[str, Any]:
        """Return a fresh copy of the update."""
        update: dict[str, Any] = json.loads(self.text)
        return update


class UpdateQueue:
    """The updates that a bot has not confirmed."""

    def __init__(self, next_id: int) -> None:
        """Start with *next_id* as the first identifier."""
        self.next_id = next_id
        self.last_at: float | None = None
        self.allowed: frozenset[str] | None = None
        self._pending: deque[Pending] = deque()

    def __len__(self) -> int:
        """Return the number of pending updates."""
        return len(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        """Iterate over pending updates, oldest first."""
        return iter(self._pending)

    def allow(self, kinds: Sequence[str]) -> None:
        """Queue only *kinds* from now on; an empty sequence means the default kinds."""
        self.allowed = frozenset(kinds) or None

    def takes(self, kind: str) -> bool:
        """Return whether the bot asked for updates of *kind*."""
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_NAMED

    def put(self, kind: str, body: Any, *, lane: int, at: float) -> int | None:
        """Queue an update and return its identifier; None where the bot excludes its kind."""
        if not self.takes(kind):
            return None
        update_id = self.next_id
        text = json.dumps({"update_id": update_id, kind: body}, ensure_ascii=False)
        self._pending.append(Pending(update_id, text, lane, at))
        self.next_id += 1
        self.last_at = at
        return update_id

    def is_silent(self, at: float) -> bool:
        """Return whether a week has passed without an update: then identifiers restart."""
        return self.last_at is not None and at - self.last_at >= SILENCE

    def renumber(self, next_id: int) -> None:
        """Drop pending updates and continue with *next_id*, as after a week without updates."""
        self._pending.clear()
        self.next_id = next_id

    def get(self, offset: int, limit: int, *, at: float) -> list[Pending]:
        """Drop the updates that *offset* confirms and return the next ones; see `getUpdates`."""
        self.expire(at)
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        elif offset <= self.next_id + BELIEVED_AHEAD:
            while self._pending and self._pending[0].update_id < offset:
                self._pending.popleft()
        limit = limit if 1 <= limit <= MOST_AT_ONCE else MOST_AT_ONCE
        return [pending for pending, _ in zip(self._pending, range(limit), strict=False)]

    def confirm(self, update_id: int) -> None:
        """Drop one update that a webhook has accepted."""
        if self._pending and self._pending[0].update_id == update_id:
            self._pending.popleft()
            return
        self._pending = deque(each for each in self._pending if each.update_id != update_id)

    def expire(self, at: float) -> None:
        """Drop updates that are 24 hours old."""
        while self._pending and at - self._pending[0].at >= LIFETIME:
            self._pending.popleft()

    def drop(self) -> None:
        """Drop all pending updates."""
        self._pending.clear()

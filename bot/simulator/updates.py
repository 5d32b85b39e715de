"""A bot's queue of updates, with the offsets of `getUpdates`.

As on Telegram: identifiers begin at a random number, and do so again after a
silent week; what is older than a day is gone; an offset confirms all before it,
unless it lies too far ahead to be believed.
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
    """An update that waits: *text* is its JSON, *lane* whom it concerns, *at* in seconds."""

    update_id: int
    text: str
    lane: int
    at: float

    def read(self) -> dict[str, Any]:
        """Return a fresh copy of the update."""
        update: dict[str, Any] = json.loads(self.text)
        return update


class UpdateQueue:
    """What a bot has not yet confirmed."""

    def __init__(self, next_id: int) -> None:
        """Let the next update be *next_id*."""
        self.next_id = next_id
        self.last_at: float | None = None
        self.allowed: frozenset[str] | None = None
        self._pending: deque[Pending] = deque()

    def __len__(self) -> int:
        """Count what waits."""
        return len(self._pending)

    def __iter__(self) -> Iterator[Pending]:
        """Go through what waits, oldest first."""
        return iter(self._pending)

    def allow(self, kinds: Sequence[str]) -> None:
        """Take only *kinds* from now on; none named means the default set."""
        self.allowed = frozenset(kinds) or None

    def takes(self, kind: str) -> bool:
        """Return whether the bot asked for updates of *kind*."""
        return kind in self.allowed if self.allowed else kind not in ONLY_WHEN_NAMED

    def put(self, kind: str, body: Any, *, lane: int, at: float) -> int | None:
        """Queue an update and return its identifier; None where the bot asked for no such."""
        if not self.takes(kind):
            return None
        update_id = self.next_id
        text = json.dumps({"update_id": update_id, kind: body}, ensure_ascii=False)
        self._pending.append(Pending(update_id, text, lane, at))
        self.next_id += 1
        self.last_at = at
        return update_id

    def is_silent(self, at: float) -> bool:
        """Return whether a week has passed without an update: then identifiers start anew."""
        return self.last_at is not None and at - self.last_at >= SILENCE

    def renumber(self, next_id: int) -> None:
        """Let identifiers go on from *next_id*, as they do after a silent week."""
        self._pending.clear()
        self.next_id = next_id

    def get(self, offset: int, limit: int, *, at: float) -> list[Pending]:
        """Forget what *offset* confirms and return the next ones; see `getUpdates`."""
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
        """Forget one update: a webhook answered for it."""
        if self._pending and self._pending[0].update_id == update_id:
            self._pending.popleft()
            return
        self._pending = deque(each for each in self._pending if each.update_id != update_id)

    def expire(self, at: float) -> None:
        """Forget what has waited for a day."""
        while self._pending and at - self._pending[0].at >= LIFETIME:
            self._pending.popleft()

    def drop(self) -> None:
        """Forget everything that waits."""
        self._pending.clear()

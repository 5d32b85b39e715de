"""Emergency numbers (HR-29); pure code, so that it works without the database."""

from __future__ import annotations

from bot.engine.effects import Send
from flows import messages


def danger_text(danger: str) -> Send:
    """Return the numbers for a `DangerKind` and one closing line: there is little to read."""
    numbers = messages.DANGER[danger]
    return Send(messages.BOTH.with_(first=numbers, second=messages.DANGER_TAIL))

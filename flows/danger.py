"""Emergency numbers (HR-29); pure code, so that it works without the database."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.redact import Danger
from flows import messages


def danger_text(danger: Danger) -> Send:
    """Return the numbers for this danger and one closing line, so that there is little to read."""
    numbers = messages.DANGER[danger.kind]
    return Send(messages.BOTH.with_(first=numbers, second=messages.DANGER_TAIL))

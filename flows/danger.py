"""The numbers for somebody in danger (HR-29); pure, so that it works with the database away."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.redact import Danger
from flows import messages


def danger_text(danger: Danger) -> Send:
    """Return the numbers that fit, and nothing else to read."""
    numbers = messages.DANGER[danger.kind]
    return Send(messages.BOTH.with_(first=numbers, second=messages.DANGER_TAIL))

"""Find CPR numbers, danger and STOP in a message before any other processing.

All functions are pure: they take a text or a raw update and return a value.
"""

from __future__ import annotations

from bot.redact.cpr import MARK
from bot.redact.dangers import Danger, DangerKind, danger
from bot.redact.split_cpr import own_text, scrub_head, scrub_tail
from bot.redact.stopwords import STOP_WORDS, stop
from bot.redact.text import RedactedText, redact_text
from bot.redact.update import WRITTEN_KEYS, Redacted, redact_update

__all__ = [
    "MARK",
    "STOP_WORDS",
    "WRITTEN_KEYS",
    "Danger",
    "DangerKind",
    "Redacted",
    "RedactedText",
    "danger",
    "own_text",
    "redact_text",
    "redact_update",
    "scrub_head",
    "scrub_tail",
    "stop",
]

"""A CPR number split over two messages: a date at the end, then four digits (HR-1).

The caller decides which messages belong together (one citizen, 10 minutes). This module
only recognises and removes a half.
"""

from __future__ import annotations

import re
from typing import Any

from bot.redact.cpr import DATE, MARK, SEP, is_real_day
from bot.redact.entities import Span, cut
from bot.redact.plain import has_digits, read_plain

_TAIL = re.compile(rf"{DATE}[-./_,:;\s]{{0,3}}\Z", re.IGNORECASE)
_HEAD = re.compile(rf"{SEP}(?P<four>[0-9]{{4}})(?![0-9])")
_CENTURIES = (1800, 1900, 2000)


def ends_with_half(text: str) -> bool:
    """Return whether *text* ends in a date that may be a number's first half."""
    return _find_tail(text) is not None


def begins_with_half(text: str) -> bool:
    """Return whether *text* begins with exactly four digits."""
    return _find_head(text) is not None


def scrub_tail(text: str) -> str:
    """Return *text* with a date at its end replaced by the mark."""
    span = _find_tail(text)
    return cut(text, [span], MARK) if span else text


def scrub_head(text: str) -> str:
    """Return *text* with four digits at its beginning replaced by the mark."""
    span = _find_head(text)
    return cut(text, [span], MARK) if span else text


def own_text(update: dict[str, Any]) -> str:
    """Return the text or caption of the update's own message, or an empty string."""
    for message in update.values():
        if isinstance(message, dict):
            for key in ("text", "caption"):
                if isinstance(message.get(key), str):
                    return str(message[key])
    return ""


def _find_tail(text: str) -> Span | None:
    """Return the span of the date at the end of *text*, or None."""
    if not has_digits(text):
        return None
    plain = read_plain(text)
    match = _TAIL.search(plain.text)
    while match:
        year = int(match["year"])
        years = [year] if match["year"][2:] else [year + since for since in _CENTURIES]
        if is_real_day(int(match["day"]), int(match["month"]), *years):
            return plain.origin(match.start(), match.end("year"))
        match = _TAIL.search(plain.text, match.start() + 1)
    return None


def _find_head(text: str) -> Span | None:
    """Return the span of the four digits at the beginning of *text*, or None."""
    if not has_digits(text):
        return None
    plain = read_plain(text)
    match = _HEAD.match(plain.text)
    return plain.origin(*match.span("four")) if match else None

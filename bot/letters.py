"""Fold text to one spelling for comparison: people lack Danish letters on some keyboards."""

from __future__ import annotations

import re
import unicodedata

LONGEST_MESSAGE = 4096  # characters, Telegram's limit
LEAST_GUESSED = 5  # letters; in shorter words one letter makes another word

# `å aa a`, `ø oe o` and `æ ae e` count as one letter each. Invisible characters are removed.
_LETTERS = str.maketrans(
    {"å": "a", "ø": "o", "ö": "o", "æ": "e", "ä": "e", "ß": "ss"}
    | dict.fromkeys("'’‘`´\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # hjæææælp


def fold(text: str) -> str:
    """Return *text* folded: lower case, Danish letters as a, o, e, and drawn-out letters once."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _DRAWN_OUT.sub(r"\1", text.casefold()).translate(_LETTERS)
    return text.replace("aa", "a").replace("oe", "o").replace("ae", "e")


def is_slip(typed: str, meant: str) -> bool:
    """Return whether *typed* differs from *meant* by a single typing error.

    An error is one letter too many, missing or wrong, or two swapped letters. In very
    short words only swapped letters count, since one letter makes another word there.
    """
    start = 0
    while start < min(len(typed), len(meant)) and typed[start] == meant[start]:
        start += 1
    rest, want = typed[start:], meant[start:]
    if rest[:2] == want[1::-1] and len(rest) > 1 and rest[2:] == want[2:]:
        return True
    if len(typed) < LEAST_GUESSED:
        return False
    return rest[1:] == want[1:] or rest[1:] == want or rest == want[1:]

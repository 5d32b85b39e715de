"""One spelling of letters in which words are compared: people write as their keyboard lets them."""

from __future__ import annotations

import re
import unicodedata

LONGEST_MESSAGE = 4096  # a Telegram message holds no more

# `å aa a`, `ø oe o` and `æ ae e` are one letter each; what is not seen is not there.
_LETTERS = str.maketrans(
    {"å": "a", "ø": "o", "ö": "o", "æ": "e", "ä": "e", "ß": "ss"}
    | dict.fromkeys("'’‘`´\u00ad\u200b\u200c\u200d\u2060\ufeff", "")
)
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")  # hjæææælp


def fold(text: str) -> str:
    """Bring letters to the one spelling in which words are compared."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = _DRAWN_OUT.sub(r"\1", text.casefold()).translate(_LETTERS)
    return text.replace("aa", "a").replace("oe", "o").replace("ae", "e")

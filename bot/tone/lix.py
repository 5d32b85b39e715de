"""The readability index LIX: words per sentence plus the percentage of long words (DOMAIN 3b).

Weekdays, months, proper names, numbers and links are not counted, since they cannot be
written shorter.
"""

from __future__ import annotations

import re

HARDEST = 40
LONGEST_SENTENCE = 25  # words
_LONG = 7  # letters, at least, of a long word
_FEWEST = 8  # words; a shorter text has no meaningful LIX
_WEEKDAYS = (
    "mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|monday|tuesday|wednesday|thursday|friday"
    "|saturday|sunday"
)
_MONTHS = (
    "januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|january"
    "|february|march|may|june|july|october"
)
_LEFT_OUT = re.compile(
    rf"https?://\S{{1,200}}|\b[\w.-]{{1,60}}\.(?:dk|com|org|net|eu|example)\b|\b(?:{_WEEKDAYS}|{_MONTHS})\b"
    r"|\b[A-Z]{2,6}-\d+\b|\d+(?:[.:–-]\d+)*\.?|\bkl\.|\bd\.",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?<=[^\W\d_,] )[A-ZÆØÅ][\w-]*(?: (?:og|and|&) [A-ZÆØÅ]\w*)?")
_SENTENCE = re.compile(r"[.:!?\n]+")
_WORD = re.compile(r"[^\W\d_]+")


def lix(text: str) -> float:
    """Return the LIX of *text*, or 0 if it has fewer than 8 words."""
    # A capitalised word within a sentence counts as a name, except "I".
    plain = _NAME.sub(lambda found: found[0] if found[0] == "I" else "", _LEFT_OUT.sub("", text))
    words = _WORD.findall(plain)
    if len(words) < _FEWEST:
        return 0.0
    sentences = sum(1 for each in _SENTENCE.split(plain) if _WORD.search(each))
    long = sum(len(word) >= _LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)

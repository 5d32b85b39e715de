"""The readability index LIX: words per sentence plus the percentage of long words (DOMAIN 3b).

Weekdays, months, proper names, numbers and links are not counted, since they cannot be
written shorter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
# A sentence: up to a mark before a space, so that "kl. 16.30" and "1.5" do not end one.
_WHOLE = re.compile(
    r"(?:[^.!?\n]|(?<=\bkl)\.|(?<=\bd)\.|(?<=\d)\.(?= [a-zæøå])|\.(?=[^\s.!?]))+[.!?]*"
)
_WORD = re.compile(r"[^\W\d_]+")


def _counted(text: str) -> str:
    """Return the text without what is not counted."""
    # A capitalised word within a sentence counts as a name, except "I".
    return _NAME.sub(lambda found: found[0] if found[0] == "I" else "", _LEFT_OUT.sub("", text))


def lix(text: str) -> float:
    """Return the LIX of *text*, or 0 if it has fewer than 8 words."""
    plain = _counted(text)
    words = _WORD.findall(plain)
    if len(words) < _FEWEST:
        return 0.0
    sentences = sum(1 for each in _SENTENCE.split(plain) if _WORD.search(each))
    long = sum(len(word) >= _LONG for word in words)
    return len(words) / sentences + 100 * long / len(words)


def long_sentences(text: str, most: int) -> Iterator[tuple[str, int]]:
    """Yield each sentence with more than *most* counted words, and their number."""
    for found in _WHOLE.finditer(text):
        count = len(_WORD.findall(_counted(found[0])))
        if count > most:
            yield found[0].strip(), count


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence, or the sentences, of *text* that a span touches."""
    touched = [one[0] for one in _WHOLE.finditer(text) if one.start() < end and start < one.end()]
    return "".join(touched).strip()

"""Tokens of a text: words, numbers, dates and clock times with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from bot.calendar.phrases.vocabulary import meant

# Words that are often written together.
TOGETHER_FIRST = ("hver", "hvert")
TOGETHER_SECOND = frozenset({"anden", "andet", "dag", "uge", "måned"})
_TOKEN = re.compile(
    r"""
    (?P<clock>\d{1,2}[.:]\d{2}(?![\d/]|[.:]\d))       # 16.30, 9:15
  | (?P<date>\d{4}-\d{2}-\d{2}(?!\d)                   # 2026-12-24
      |\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4}(?!\d)   # 24.12.26
      |\d{1,2}/\d{1,2}-(?:\d{4}|\d{2})(?!\d)         # 24/12-2026
      |\d{1,2}/\d{1,2}(?![\d/]))                        # 24/12
  | (?P<ordinal>\d{1,2}(?:\.(?=\s|$|[,;!?])|(?:st|nd|rd|th)\b))   # 15., 15th
  | (?P<meridiem>\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?) # 5pm
  | (?P<number>\d+(?![\w]))
  | (?P<word>[^\W\d_]+(?:['’][^\W\d_]+)?)
  | (?P<dash>[-–—])
  | (?P<other>\w+|[^\w\s])
    """,
    re.VERBOSE | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind, its text without capitals and misspellings, and its place."""

    kind: str
    text: str
    start: int
    end: int


def tokens_of(words: str, language: str) -> list[Token]:
    """Return the tokens of *words*; a word misspelt by one letter becomes the word it means."""
    found = []
    for match in _TOKEN.finditer(words):
        kind = next(name for name, text in match.groupdict().items() if text and name != "mark")
        text = unicodedata.normalize("NFC", match[0]).casefold().replace("’", "'")
        if kind == "word":
            found += _split(Token(kind, meant(text, language), match.start(), match.end()))
        else:
            found.append(Token(kind, text, match.start(), match.end()))
    return [token for token in found if token.text != "."]


def _split(token: Token) -> list[Token]:
    """Return the tokens of a word that is often written together, such as "hveranden"."""
    for first in TOGETHER_FIRST:
        if token.text.startswith(first) and token.text.removeprefix(first) in TOGETHER_SECOND:
            middle = token.start + len(first)
            second = token.text.removeprefix(first)
            return [
                Token("word", first, token.start, middle),
                Token("word", second, middle, token.end),
            ]
    return [token]

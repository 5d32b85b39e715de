"""Tokens of a text: words, numbers, dates and clock times with their places in the text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from bot.calendar.phrases.vocabulary import meant, vocabulary

# Words that are often written together.
TOGETHER_FIRST = ("hver", "hvert", "every")
TOGETHER_SECOND = frozenset({"anden", "andet", "dag", "uge", "måned", "other"})
NEW_SENTENCE = re.compile(r"[.…]?\s*[.…\n]\s*[^\W\d_]")
HALF = "halv"  # "halvti" is "halv ti"
ABOUT_ENDINGS = ("tiden", "ish")
_TOKEN = re.compile(
    r"""
    (?P<clock>\d{1,2}[.:]\d{2}(?![\d/]|[.:]\d|\s?[ap]\.?m\b))  # 16.30, 9:15
  | (?P<date>\d{4}-\d{2}-\d{2}(?!\d)                   # 2026-12-24
      |\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)\d{2,4}(?!\d)   # 24.12.26
      |\d{1,2}/\d{1,2}-(?:\d{4}|\d{2})(?![\d/.])      # 24/12-2026
      |\d{1,2}/\d{1,2}(?![\d/])                         # 24/12
      |\d{1,2}\.[1-9]\.(?=\s|$))                        # 2.9.
  | (?P<meridiem>\d{1,2}(?:[.:]\d{2})?\s?[ap]\.?m\b\.?) # 5pm
  | (?P<ordinal>\d{1,2}(?:\.(?=\s|$|[,;!?])|(?:st|nd|rd|th)\b))   # 15., 15th
  | (?P<number>\d+(?!\w)|\d+(?=ish\b))
  | (?P<word>(?:twen|thir|for|fif)ty[-\s](?:one|two|three|four|five|six|seven|eight|nine
      |first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b  # twenty-five
      |[^\W\d_]+(?:['’][^\W\d_]+)?)
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
    is_capital: bool = False  # its first letter
    ends_sentence: bool = False  # a point and a capital follow


def tokens_of(words: str, language: str) -> list[Token]:
    """Return the tokens of *words*; a word misspelt by one letter becomes the word it means."""
    found = []
    for match in _TOKEN.finditer(words):
        kind = next(name for name, text in match.groupdict().items() if text and name != "mark")
        text = unicodedata.normalize("NFC", match[0]).casefold().replace("’", "'")
        if kind == "word":
            word = meant(text.replace(" ", "-"), language)
            whole = Token(kind, word, match.start(), match.end(), match[0][0].isupper())
            found += _split(whole, language)
        else:
            found.append(Token(kind, text, match.start(), match.end()))
    return [_with_end(token, words) for token in found if token.text != "."]


def _with_end(token: Token, words: str) -> Token:
    """Return the token, marked where it is the last of a sentence."""
    behind = NEW_SENTENCE.match(words, token.end)
    is_last = behind is not None and (behind[0][-1].isupper() or "\n" in behind[0])
    return replace(token, ends_sentence=True) if is_last else token


def _split(token: Token, language: str) -> list[Token]:
    """Return the tokens of a word that is often written together, such as "hveranden"."""
    text = token.text
    for first in TOGETHER_FIRST:
        if text.startswith(first) and text.removeprefix(first) in TOGETHER_SECOND:
            return _halves(token, len(first))
    numbers = vocabulary(language).numbers
    for ending in ABOUT_ENDINGS:  # "ellevetiden", "halvtitiden"
        hour = text.removesuffix(ending)
        if hour != text and hour.removeprefix(HALF) in numbers:
            hours, about = _halves(token, len(hour))
            return [*_split(hours, language), about]
    is_half = text.startswith(HALF) and text.removeprefix(HALF) in numbers
    return _halves(token, len(HALF)) if is_half and text not in numbers else [token]


def _halves(token: Token, first: int) -> list[Token]:
    """Return a word token as two, of which the first has *first* letters."""
    middle = token.start + first
    return [
        Token(token.kind, token.text[:first], token.start, middle, token.is_capital),
        Token(token.kind, token.text[first:], middle, token.end),
    ]

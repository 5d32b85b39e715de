"""One analysis of words for every index of ours, in Danish and English."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from threading import Lock
from typing import Any, Final

from bot.search.words import FUNCTION_WORDS

LANGUAGES: Final = ("da", "en")
WORD = re.compile(r"[^\W_]+")
_ALGORITHMS: Final = {"da": "danish", "en": "english"}
# A stemmer holds the word it works on, and an index may be made in a thread beside a question.
_STEMMING: Final = Lock()
# A Danish keyboard is not always at hand, so æ, ø and å have three spellings: all become one.
_SPELT_OUT: Final = (("aa", "å"), ("oe", "ø"), ("ae", "æ"))
_BARE: Final = str.maketrans("åøæ", "aoa")


# Names that are written in one word and in two; and English that is written short.
_SPELLINGS: Final = (
    (re.compile(r"\be-(?=\w)"), "e"),
    (re.compile(r"\b(mit|nem)[ -]id\b"), r"\1id"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(s|m|ll|re|ve|d)\b"), " "),
)


def words(text: str) -> list[str]:
    """Cut *text* into lower-case words; "don't" is do and not."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for spelling, one in _SPELLINGS:
        plain = spelling.sub(one, plain)
    return WORD.findall(plain)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Bring a lower-case word to its stem, without accents."""
    if language == "da":
        word = with_letters(word)
    with _STEMMING:
        stemmed = _stemmer(language).stemWord(word)
    return bare(stemmed)


@cache
def _stemmer(language: str) -> Any:
    """Return the stemmer of a language; loading it has every language, so a start goes without."""
    import snowballstemmer  # noqa: PLC0415

    return snowballstemmer.stemmer(_ALGORITHMS[language])


def with_letters(word: str) -> str:
    """Put the Danish letters where a word spells them out; "poesi" is the price."""
    for spelt, letter in _SPELT_OUT:
        word = word.replace(spelt, letter)
    return word


def bare(word: str) -> str:
    """Take the accents off, and the rings and strokes that many leave out."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).translate(_BARE))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=8)
def function_stems(language: str) -> frozenset[str]:
    """Return the stems of the words that carry grammar and no subject."""
    return frozenset(stem(word, language) for word in FUNCTION_WORDS[language].split())


def analyse(text: str, language: str) -> tuple[str, ...]:
    """Reduce *text* to the stems of its content words, for any full-text index."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    stems = (stem(word, known) for word in words(text))
    return tuple(each for each in stems if each not in function_stems(known))

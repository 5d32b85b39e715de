"""Analyse words for all our search indexes, in Danish and English."""

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
# A stemmer has state, and an index may be built in a thread while a question is analysed.
_STEMMING: Final = Lock()
# Without a Danish keyboard, æ, ø and å are written in other ways: all spellings become one.
_SPELT_OUT: Final = (("aa", "å"), ("oe", "ø"), ("ae", "æ"))
_BARE: Final = str.maketrans("åøæ", "aoa")


# Names written as one word or two, and English short forms.
_SPELLINGS: Final = (
    (re.compile(r"\be-(?=\w)"), "e"),
    (re.compile(r"\b(mit|nem)[ -]id\b"), r"\1id"),
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'(s|m|ll|re|ve|d)\b"), " "),
)


def words(text: str) -> list[str]:
    """Return the lower-case words of *text*; "don't" becomes do and not."""
    plain = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    for spelling, one in _SPELLINGS:
        plain = spelling.sub(one, plain)
    return WORD.findall(plain)


@lru_cache(maxsize=20_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a lower-case word, without accents."""
    if language == "da":
        word = with_letters(word)
    with _STEMMING:
        stemmed = _stemmer(language).stemWord(word)
    return bare(stemmed)


@cache
def _stemmer(language: str) -> Any:
    """Return the stemmer of a language; import it late, since it loads every language."""
    import snowballstemmer  # noqa: PLC0415

    return snowballstemmer.stemmer(_ALGORITHMS[language])


def with_letters(word: str) -> str:
    """Replace spelt-out Danish letters, such as ae, by æ; this misreads words like "poesi"."""
    for spelt, letter in _SPELT_OUT:
        word = word.replace(spelt, letter)
    return word


def bare(word: str) -> str:
    """Return *word* without accents, and with å, ø and æ as a, o and a."""
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFD", unicodedata.normalize("NFC", word).translate(_BARE))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))


@lru_cache(maxsize=8)
def function_stems(language: str) -> frozenset[str]:
    """Return the stems of the function words of a language."""
    return frozenset(stem(word, language) for word in FUNCTION_WORDS[language].split())


def analyse(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the content words of *text*, for a full-text index."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    stems = (stem(word, known) for word in words(text))
    return tuple(each for each in stems if each not in function_stems(known))

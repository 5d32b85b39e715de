"""Numbers as people write them in a pledge, in digits or words: pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from bot.model.pledge import MOST_AMOUNT, PER_UNIT

_ONES_DA = ("en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni")
_TENS_DA = ("tyve", "tredive", "fyrre", "halvtreds", "tres", "halvfjerds", "firs", "halvfems")
_TEENS_DA = (
    *("ti", "elleve", "tolv", "tretten", "fjorten", "femten", "seksten", "sytten", "atten"),
    "nitten",
)
_ONES_EN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TENS_EN = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_TEENS_EN = (
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
    *("eighteen", "nineteen"),
)


def _counted(teens: tuple[str, ...], tens: tuple[str, ...]) -> dict[str, int]:
    return {word: n for n, word in enumerate(teens, 10)} | {
        word: 10 * n for n, word in enumerate(tens, 2)
    }


# "en" and "et" are left out: they are articles more often than numbers.
_DA: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ONES_DA, 1) if word != "en"},
    **_counted(_TEENS_DA, _TENS_DA),
    **{
        f"{one}og{ten}": 10 * tens + ones
        for tens, ten in enumerate(_TENS_DA, 2)
        for ones, one in enumerate(_ONES_DA, 1)
    },
    "én": 1,
    "ét": 1,
    "hundrede": 100,
    "et hundrede": 100,
    "tusind": 1000,
}
_EN: Mapping[str, int] = {
    **{word: n for n, word in enumerate(_ONES_EN, 1)},
    **_counted(_TEENS_EN, _TENS_EN),
    **{
        f"{ten}{dash}{one}": 10 * tens + ones
        for tens, ten in enumerate(_TENS_EN, 2)
        for ones, one in enumerate(_ONES_EN, 1)
        for dash in "- "
    },
    "a hundred": 100,
    "one hundred": 100,
    "a thousand": 1000,
}
WORDS: Mapping[str, Mapping[str, int]] = {"da": _DA, "en": _EN}
_WITH_HALF = {"halvanden": 150, "halvandet": 150, "one and a half": 150}  # in hundredths
DIGITS = r"\d+(?:[.,  ]\d{3})+(?:[.,]\d{1,2})?|\d+(?:[.,]\d{1,2})?"
_ROUGHLY = (
    *("ca", "ca.", "cirka", "omkring", "mindst", "vel", "kun", "bare", "nok", "så", "about"),
    *("around", "roughly", "at least", "only", "maybe", "just"),
    *("nej", "nej,", "ja", "ja,", "no", "no,", "yes", "yes,"),
)
_THOUSANDS = {"da": ".", "en": ","}  # the mark between the thousands


def number_pattern(language: str) -> str:
    """Return a pattern of numbers in digits, and in the words of a language."""
    known = (*WORDS[language], *_WITH_HALF)
    words = sorted(map(re.escape, known), key=len, reverse=True)
    return f"(?:{DIGITS}|{'|'.join(words)})"


def hundredths(written: str, language: str) -> int | None:
    """Return a written number in hundredths; None where it can mean two, or is too large."""
    plain = " ".join(written.casefold().split())
    if plain in _WITH_HALF:
        return _WITH_HALF[plain]
    word = WORDS[language].get(plain)
    if word is not None:
        return word * PER_UNIT
    thousands = _THOUSANDS[language]
    plain = re.sub(rf"(?<=\d)[{re.escape(thousands)}  ](?=\d{{3}}(?!\d))", "", written)
    if not re.fullmatch(r"\d{1,12}(?:[.,]\d{1,2})?", plain, re.ASCII):
        return None
    amount = int(Decimal(plain.replace(",", ".")) * PER_UNIT)
    return amount if amount <= MOST_AMOUNT else None


def number_of(words: str, units: tuple[str, ...] = ()) -> int | None:
    """Return the hundredths in words that are a number, with or without one of the units."""
    plain = " ".join(words.casefold().replace("²", "2").split()).rstrip(".! ")
    names = "|".join(sorted(map(re.escape, units), key=len, reverse=True))
    rough = "|".join(map(re.escape, _ROUGHLY))
    for language in ("da", "en"):
        found = re.fullmatch(
            rf"(?:(?:{rough})\s+)*(?P<number>{number_pattern(language)})\s*(?:{names})?", plain
        )
        amount = hundredths(found["number"], language) if found is not None else None
        if amount is not None:
            return amount
    return None

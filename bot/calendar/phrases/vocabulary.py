"""The names and numbers of time phrases by language, and the words that misspellings mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from bot.calendar.phrases.result import Part
from bot.calendar.phrases.words import FEASTS, Phrases
from bot.i18n import month_names, weekday_names
from bot.letters import is_slip

SHORTEST_MISSPELT = 4  # letters
SHORTEST_MEANT = 5  # letters; a wrong letter in a shorter word makes another word
# Short weekdays that are words too: the grammar wants a number or a list next to them.
AMBIGUOUS = frozenset({"man", "sat", "sun", "wed", "mon"})


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words; keys are casefolded."""

    weekdays: Mapping[str, int]
    habits: Mapping[str, int]  # weekdays in a form that means "every": "mandage", "Mondays"
    months: Mapping[str, int]
    parts: Mapping[str, Part]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    words: frozenset[str]  # all single words that a misspelt word may mean


def _words(line: str) -> Sequence[str]:
    return line.split()


_NUMBERS = {
    "da": _words(
        "nul en to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten"
        " sytten atten nitten tyve"
    ),
    "en": _words(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty"
    ),
}
_MORE_NUMBERS = {"da": {"et": 1, "én": 1, "ét": 1}, "en": {"a": 1, "an": 1}}
_ORDINALS = {
    "da": _words(
        "første anden tredje fjerde femte sjette syvende ottende niende tiende ellevte tolvte"
        " trettende fjortende femtende sekstende syttende attende nittende tyvende enogtyvende"
        " toogtyvende treogtyvende fireogtyvende femogtyvende seksogtyvende syvogtyvende"
        " otteogtyvende niogtyvende tredivte enogtredivte"
    ),
    "en": _words(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
        " thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
    ),
}
_MORE_ORDINALS = {"da": {"andet": 2, "sidste": -1}, "en": {"other": 2, "last": -1}}
_PARTS = {
    Part.MORNING: ("morgen morgenen tidlig tidligt", "morning mornings"),
    Part.FORENOON: ("formiddag formiddagen", ""),
    Part.NOON: ("middag middagstid", "noon lunchtime"),
    Part.AFTERNOON: ("eftermiddag eftermiddagen eftm", "afternoon afternoons arvo"),
    Part.EVENING: ("aften aftenen", "evening evenings"),
    Part.NIGHT: ("nat natten", "night"),
}
_SHORT_WEEKDAYS = (
    ("man", "mon"),
    ("tir tirs tirsd", "tue tues"),
    ("ons onsd", "wed weds"),
    ("tor tors torsd", "thu thur thurs"),
    ("fre fred", "fri"),
    ("lør", "sat"),
    ("søn", "sun"),
)
# Endings of weekdays, and of weekdays in a form that means "every".
_WEEKDAY_ENDINGS = {"da": ("", "en", "s"), "en": ("",)}
_HABIT_ENDINGS = {"da": ("e", "ene"), "en": ("s",)}
_MORE_MONTHS = {"sept": 9}
_COMMON_ERRORS = {
    "hverr": "hver",
    "tmr": "tomorrow",
    "tmrw": "tomorrow",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "wendsday": "wednesday",
}
_OTHER_MEANT = {
    "da": "overmorgen mellem weekenden weekend måneden hverdage klokken kvarter minutter næste",
    "en": "tomorrow between weekend every other weekday weekdays quarter minutes o'clock",
}
_COLUMN = {"da": 0, "en": 1}


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of *language* ("da" or "en")."""
    column = _COLUMN[language]
    long = [name.casefold() for name in weekday_names(language)]
    weekdays = _numbered(long, _WEEKDAY_ENDINGS[language])
    weekdays |= {
        word: day for day, short in enumerate(_SHORT_WEEKDAYS) for word in short[column].split()
    }
    habits = _numbered(long, _HABIT_ENDINGS[language])
    months = _MORE_MONTHS | {
        name.casefold().rstrip("."): month
        for width in ("wide", "abbreviated")
        for month, name in enumerate(month_names(language, width), 1)
    }
    parts = {word: part for part, names in _PARTS.items() for word in names[column].split()}
    numbers = {word: number for number, word in enumerate(_NUMBERS[language])}
    ordinals = {word: number for number, word in enumerate(_ORDINALS[language], 1)}
    feasts = {word for names in FEASTS.values() for word in _words_of(names, language)}
    return Vocabulary(
        weekdays,
        habits,
        months,
        parts,
        numbers | _MORE_NUMBERS[language],
        ordinals | _MORE_ORDINALS[language],
        frozenset(feasts).union(weekdays, habits, months, parts, _OTHER_MEANT[language].split()),
    )


def _numbered(names: Sequence[str], endings: Sequence[str]) -> dict[str, int]:
    """Return the number of each name with each ending."""
    return {name + ending: at for at, name in enumerate(names) for ending in endings}


def _words_of(phrases: Phrases, language: str) -> set[str]:
    """Return the single words of *phrases* in a language."""
    return {word for found in phrases.of(language).values() for words in found for word in words}


def meant(word: str, language: str) -> str:
    """Return the known word that *word* misspells by one letter, or *word* itself.

    A word that two known words are equally close to stays as it is.
    """
    words = vocabulary(language).words
    word = _COMMON_ERRORS.get(word, word)
    if len(word) < SHORTEST_MISSPELT or word in words:
        return word
    close = [
        known
        for known in words
        if len(known) >= SHORTEST_MEANT and known[0] == word[0] and is_slip(known, word)
    ]
    return close[0] if len(close) == 1 else word

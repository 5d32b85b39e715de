"""The words of time phrases by language; names of days and months come from Babel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.calendar.phrases.result import Part
from bot.letters import is_slip

SHORTEST_FUZZY = 5  # letters of a known word; a wrong letter in a shorter one makes another word


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """One language's words. Keys are casefolded; feasts may be several words."""

    weekdays: Mapping[str, int]
    habits: Mapping[str, int]  # weekdays in a form that means "every": "mandage", "Mondays"
    months: Mapping[str, int]
    parts: Mapping[str, Part]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    feasts: Mapping[str, str]
    words: frozenset[str]  # all single words that a misspelt word may mean


_NUMBERS_DA = [
    "nul",
    "en",
    "to",
    "tre",
    "fire",
    "fem",
    "seks",
    "syv",
    "otte",
    "ni",
    "ti",
    "elleve",
    "tolv",
    "tretten",
    "fjorten",
    "femten",
    "seksten",
    "sytten",
    "atten",
    "nitten",
    "tyve",
]
_NUMBERS_EN = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
]
_ORDINALS_DA = [
    "første",
    "anden",
    "tredje",
    "fjerde",
    "femte",
    "sjette",
    "syvende",
    "ottende",
    "niende",
    "tiende",
    "ellevte",
    "tolvte",
    "trettende",
    "fjortende",
    "femtende",
    "sekstende",
    "syttende",
    "attende",
    "nittende",
    "tyvende",
    "enogtyvende",
    "toogtyvende",
    "treogtyvende",
    "fireogtyvende",
    "femogtyvende",
    "seksogtyvende",
    "syvogtyvende",
    "otteogtyvende",
    "niogtyvende",
    "tredivte",
    "enogtredivte",
]
_ORDINALS_EN = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
]

_PARTS = {
    "da": {
        "morgen": Part.MORNING,
        "morgenen": Part.MORNING,
        "tidlig": Part.MORNING,
        "tidligt": Part.MORNING,
        "formiddag": Part.FORENOON,
        "formiddagen": Part.FORENOON,
        "middag": Part.NOON,
        "middagstid": Part.NOON,
        "eftermiddag": Part.AFTERNOON,
        "eftermiddagen": Part.AFTERNOON,
        "eftm": Part.AFTERNOON,
        "aften": Part.EVENING,
        "aftenen": Part.EVENING,
        "nat": Part.NIGHT,
        "natten": Part.NIGHT,
    },
    "en": {
        "morning": Part.MORNING,
        "mornings": Part.MORNING,
        "noon": Part.NOON,
        "lunchtime": Part.NOON,
        "afternoon": Part.AFTERNOON,
        "arvo": Part.AFTERNOON,
        "afternoons": Part.AFTERNOON,
        "evening": Part.EVENING,
        "evenings": Part.EVENING,
        "night": Part.NIGHT,
    },
}
_FEASTS = {
    "da": {
        "fastelavn": "fastelavn",
        "skærtorsdag": "maundy thursday",
        "langfredag": "good friday",
        "påske": "easter",
        "påskedag": "easter",
        "1. påskedag": "easter",
        "2. påskedag": "easter monday",
        "anden påskedag": "easter monday",
        "kristi himmelfartsdag": "ascension",
        "kristi himmelfart": "ascension",
        "pinse": "whit sunday",
        "pinsedag": "whit sunday",
        "1. pinsedag": "whit sunday",
        "2. pinsedag": "whit monday",
        "anden pinsedag": "whit monday",
        "grundlovsdag": "constitution day",
        "sankthans": "midsummer eve",
        "sankthansaften": "midsummer eve",
        "sankt hans": "midsummer eve",
        "skt hans": "midsummer eve",
        "sct hans": "midsummer eve",
        "sankt hans aften": "midsummer eve",
        "skt hans aften": "midsummer eve",
        "halloween": "halloween",
        "mortensaften": "st martin",
        "mortens aften": "st martin",
        "lucia": "st lucia",
        "jul": "christmas eve",
        "juleaften": "christmas eve",
        "juleaftensdag": "christmas eve",
        "juledag": "christmas day",
        "1. juledag": "christmas day",
        "2. juledag": "second christmas day",
        "anden juledag": "second christmas day",
        "nytår": "new year's eve",
        "nytårsaften": "new year's eve",
        "nytårsaftensdag": "new year's eve",
        "nytårsdag": "new year",
    },
    "en": {
        "shrovetide": "fastelavn",
        "maundy thursday": "maundy thursday",
        "good friday": "good friday",
        "easter": "easter",
        "easter day": "easter",
        "easter sunday": "easter",
        "easter monday": "easter monday",
        "ascension day": "ascension",
        "whit sunday": "whit sunday",
        "pentecost": "whit sunday",
        "whit monday": "whit monday",
        "constitution day": "constitution day",
        "midsummer eve": "midsummer eve",
        "midsummer's eve": "midsummer eve",
        "halloween": "halloween",
        "christmas eve": "christmas eve",
        "christmas": "christmas day",
        "christmas day": "christmas day",
        "boxing day": "second christmas day",
        "new year's eve": "new year's eve",
        "hogmanay": "new year's eve",
        "st lucy's day": "st lucia",
        "martinmas": "st martin",
        "new years eve": "new year's eve",
        "new year's day": "new year",
        "new years day": "new year",
    },
}
# Short forms beside Babel's. "man" and "sat" are words too: the grammar wants a number beside them.
_SHORT_DAYS = {
    "da": ("man", "tir tirs tirsd", "ons onsd", "tor tors torsd", "fre fred", "lør", "søn"),
    "en": ("mon", "tue tues", "wed weds", "thu thur thurs", "fri", "sat", "sun"),
}
AMBIGUOUS = frozenset({"man", "sat", "sun", "wed", "mon"})
_COMMON_ERRORS = {
    "tmrw": "tomorrow",
    "tmr": "tomorrow",
    "2morrow": "tomorrow",
    "hverr": "hver",
    "tommorow": "tomorrow",
    "tommorrow": "tomorrow",
    "wendsday": "wednesday",
}
_OTHER = {
    "da": [
        "overmorgen",
        "mellem",
        "weekenden",
        "weekend",
        "måneden",
        "hverdage",
        "klokken",
        "kvarter",
        "minutter",
        "næste",
    ],
    "en": [
        "tomorrow",
        "between",
        "weekend",
        "every",
        "other",
        "weekday",
        "weekdays",
        "quarter",
        "minutes",
        "o'clock",
    ],
}


@cache
def vocabulary(language: str) -> Vocabulary:
    """Return the words of *language* ("da" or "en")."""
    is_danish = language == "da"
    long = get_day_names("wide", locale=language)
    weekdays: dict[str, int] = {}
    habits: dict[str, int] = {}
    for day in range(7):
        name = long[day].casefold()
        weekdays[name] = day
        weekdays |= dict.fromkeys(_SHORT_DAYS[language][day].split(), day)
        if is_danish:
            weekdays |= {f"{name}en": day, f"{name}s": day}
            habits |= {f"{name}e": day, f"{name}ene": day}
        else:
            habits[f"{name}s"] = day
    months: dict[str, int] = {}
    for width in ("wide", "abbreviated"):
        names = get_month_names(width, locale=language)
        months |= {names[month].casefold().rstrip("."): month for month in range(1, 13)}
    months |= {"sept": 9}
    names_of = _NUMBERS_DA if is_danish else _NUMBERS_EN
    numbers = {word: number for number, word in enumerate(names_of)}
    numbers |= {"et": 1, "én": 1, "ét": 1} if is_danish else {"a": 1, "an": 1}
    ordinals = _ORDINALS_DA if is_danish else _ORDINALS_EN
    ordinal = {word: number for number, word in enumerate(ordinals, 1)}
    ordinal |= {"andet": 2, "sidste": -1} if is_danish else {"last": -1, "other": 2}
    feasts = _FEASTS["da"] | _FEASTS["en"]  # people use the names of either language
    known = [weekdays, habits, months, _PARTS[language], _FEASTS[language]]
    single = {word for words in known for word in words if " " not in word}
    single |= {part for name in _FEASTS[language] for part in name.split()}
    return Vocabulary(
        weekdays,
        habits,
        months,
        _PARTS[language],
        numbers,
        ordinal,
        feasts,
        frozenset(single | set(_OTHER[language])),
    )


@cache
def meant(word: str, language: str) -> str:
    """Return the known word that *word* misspells by one letter, or *word* itself.

    A word that two known words are equally close to stays as it is.
    """
    words = vocabulary(language).words
    word = _COMMON_ERRORS.get(word, word)
    if len(word) < SHORTEST_FUZZY - 1 or word in words:
        return word
    close = [
        known
        for known in words
        if len(known) >= SHORTEST_FUZZY and known[0] == word[0] and is_slip(known, word)
    ]
    return close[0] if len(close) == 1 else word

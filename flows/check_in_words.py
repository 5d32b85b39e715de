"""How much of a pledge an answer to a check-in says, in ordinary words: pure.

An amount is read only from words that say nothing else. What sounds like an answer but may mean
several things is *unclear*, and is asked about: a wrong number would be in the totals.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import Enum

from bot.engine.words import vocabulary
from bot.model.pledge import PER_UNIT
from bot.tone.feelings import asks
from flows.pledge_numbers import hundredths, number_pattern

LONGEST = 25  # words of an answer
SHARED = 4  # letters that words of one stem share: "cykler" and "cyklede"


class Unclear(Enum):
    """Words that sound like an answer, and do not say how much."""

    UNCLEAR = "unclear"


UNCLEAR = Unclear.UNCLEAR


@dataclass(frozen=True, slots=True)
class Counted:
    """What a check-in asks about.

    *whole* is the promised amount, in hundredths of the unit that *units* names; a pledge without a
    unit has none. *by_times* says that "three times" counts it, and *divisible* that a half of
    one is an amount. *takes_bare* says that a number without its unit is an amount. *about* are
    the words of the pledge.
    """

    whole: int
    units: Collection[str] = ()
    about: Iterable[str] = ()
    by_times: bool = True
    divisible: bool = False
    takes_bare: bool = True
    is_daily: bool = False


_TIMES = ("gange", "gang", "times", "time")
_NONE = r"ingen|ikke (?:en|én|et|ét|nogen)|nul|zero|no|not (?:a|one|any)|0"
_ONE = r"en|et|a|an|one"
_ALONE = {"once": 1, "twice": 2, "thrice": 3}
_SOLE = r"(?:\s+(?:eneste|enkelte?|hele?|single|whole|lille))?"
_HALF_OF_ONE = r"en halv|et halvt|half an?"
_MORE_THAN_ONE = r"halvanden|halvandet|one and a half"
_HALF = re.compile(
    r"(?<!\w)(?:halvdelen|det halve|halvt|half)(?: (?:af|of) (?:det|dem|it|them))?\b"
)
_ALL = re.compile(
    r"(?<!\w)(?:dem alle(?: sammen)?|alle (?:dagene|ugens dage|dage|gange|ture)|alle sammen"
    r"|all of them|every time|hver gang)\b"
)
_EVERY_DAY = re.compile(r"(?<!\w)(?:hver (?:eneste )?dag|every (?:single )?day)\b")
_ZERO = re.compile(r"(?<!\w)(?:slet ingen|ingen|nul|aldrig|zero|none|never)\b")
_VAGUE = r"flere|nogle|et par|mange|få|en del|a few|several|some|many|a couple of"
# Words that change nothing in an answer about an amount.
_PLAIN = vocabulary(
    "jeg vi det den der er ja jo nej kun bare blot lige så cirka ca omkring mindst højst vel nok",
    "vist tror at til i alt denne uge ugen gang her sidste på om af med for min mit mine tak hej",
    "slet desværre faktisk endda alligevel dog men og ialt sammenlagt har fik mig selv gjort jep",
    "også nåede nået gjorde klarede klaret lavede lavet tog taget kom blev blevet",
    "var været holdt hele ud mere end andet alle løftet derhjemme",
    "i we it that was were is have has ve did do done got made took gone went managed only just",
    "about around at least most so well yes no but and this week time in total all of the my our",
    "for thanks hi actually think to on by unfortunately even been myself yep too them as than",
    "more",
)
# Words of time: in the words of many pledges, but no sign that a sentence is about one.
_OF_TIME = vocabulary(
    "dag dage uge uger måned måneder år time timer minut minutter gang gange day days week weeks",
    "month months year years hour hours minute minutes times",
)
_WISHES = re.compile(
    r"(?<!\w)(?:vil|ville|skal|kan|må|gerne|behøver|ønsker|want|would|will|can|could|should|need"
    r"|like to|must|may)\b"
)
_HOW_IT_WENT = re.compile(
    r"(?:(?:ja|jo|nej|tja|yes|no|well) )?(?:(?:det|den|it|that) "
    r"(?:er |has |har |s )?(?:gik|gået|går|var|blev|went|gone|goes|was)\b.{0,60}"
    r"|(?:nogenlunde|sådan da|så som så|næsten|ikke helt|både og|op og ned|ok|okay|so so|almost"
    r"|not quite|more or less|det meste|most of it|lidt for lidt)(?: tak| thanks)?"
    r"|(?:ja|jo|nej|yes|no) (?:men|but|kun|only|næsten|almost|lidt|noget|delvis|delvist)\b.{0,60})"
)
_WE = re.compile(r"(?:(?:ja|jo|nej|tak|hej|yes|no|well|så|men|but) )*(?:jeg|vi|i|we)\b")


def amount_of(words: str, counted: Counted) -> int | Unclear | None:
    """Return the hundredths that words say were done; None where they tell no amount."""
    said = _normal(words)
    if not said or not _tells(words, said):
        return None
    for found, rest in _amounts(said, counted):
        if not _is_plain(rest, counted):
            return UNCLEAR
        is_whole = counted.divisible or found % PER_UNIT == 0
        return found if is_whole else UNCLEAR
    return None


def sounds_like_one(words: str, counted: Counted, *, is_shown: bool = True) -> bool:
    """Return whether words may be an answer: they name the pledge, or say how it went.

    With *is_shown* the check-in is on the screen, so words such as “so so” are about it.
    """
    said = _normal(words)
    if not said or not _tells(words, said):
        return False
    if is_shown and _HOW_IT_WENT.fullmatch(said):
        return True
    vague = rf"(?<!\w)(?:{_VAGUE}) (?:{_names(counted)})(?!\w)"
    if re.search(vague, said):
        return True
    return _WE.match(said) is not None and any(_is_named(one, counted) for one in said.split())


def _tells(words: str, said: str) -> bool:
    """Return whether words tell what has been, in a sentence or two: they neither ask nor wish."""
    is_short = len(said.split()) <= LONGEST
    return is_short and "?" not in words and not asks(words) and _WISHES.search(said) is None


def _normal(words: str) -> str:
    """Return words in lower case without the marks that end a sentence."""
    plain = words.casefold().replace("²", "2").replace("’", "'")
    plain = re.sub(r"[^\w\s.,/'-]|[.,]+(?=\s|$)|'", " ", plain)
    return " ".join(plain.split())


def _names(counted: Counted) -> str:
    """Return a pattern of the words for the unit."""
    names = [*counted.units, *(_TIMES if counted.by_times else ())]
    return "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True)) or "(?!)"


def _amounts(said: str, counted: Counted) -> Iterable[tuple[int, str]]:
    """Yield the amounts that words may tell, the surest first, each with the other words."""
    unit = _names(counted)
    for language in ("da", "en"):
        number = number_pattern(language)
        part = re.search(
            rf"(?<![\w.,/])(?P<n>{number}|{_ONE})\s*(?:{unit})?\s*(?:ud af|af|out of|of|/)\s*"
            rf"(?:(?:de|the|mine|my)\s+)?(?P<m>{number})\s*(?:{unit})?(?![\w/])",
            said,
        )
        if part is not None:
            done, whole = (_value(part[one], language) for one in ("n", "m"))
            if done is not None and whole is not None and done <= whole:
                is_share = not counted.units
                yield counted.whole * done // whole if is_share and whole else done, _cut(part)
    yield from _of_units(said, unit)
    if counted.is_daily:
        yield from ((counted.whole, _cut(one)) for one in _EVERY_DAY.finditer(said))
    yield from ((counted.whole, _cut(one)) for one in _ALL.finditer(said))
    yield from ((counted.whole // 2, _cut(one)) for one in _HALF.finditer(said))
    yield from ((0, _cut(one)) for one in _ZERO.finditer(said))
    if counted.takes_bare:
        for language in ("da", "en"):
            bare = re.search(rf"(?<![\w.,/])(?P<n>{number_pattern(language)})$", said)
            value = _value(bare["n"], language) if bare is not None else None
            if bare is not None and value is not None:
                yield value, _cut(bare)


def _of_units(said: str, unit: str) -> Iterable[tuple[int, str]]:
    """Yield amounts with their unit: of two different ones, neither is sure."""
    none = re.search(rf"(?<!\w)(?:{_NONE}){_SOLE}\s+(?:{unit})(?!\w)", said)
    if none is not None:
        yield 0, _cut(none)
    for language in ("da", "en"):
        pattern = (
            rf"(?<![\w.,/])(?P<n>{number_pattern(language)}|{_MORE_THAN_ONE}|{_HALF_OF_ONE}|{_ONE})"
            rf"{_SOLE}\s*(?:{unit})(?!\w)"
        )
        found = list(re.finditer(pattern, said))
        values = [_value(one["n"], language) for one in found]
        if found and values[0] is not None:
            is_one = len(found) == 1
            yield values[0], _cut(found[0]) if is_one else said
    for word, n in _ALONE.items():
        once = re.search(rf"(?<!\w){word}\b", said)
        if once is not None and "time" in unit:
            yield n * PER_UNIT, _cut(once)


def _value(written: str, language: str) -> int | None:
    if re.fullmatch(_HALF_OF_ONE, written):
        return PER_UNIT // 2
    if re.fullmatch(_MORE_THAN_ONE, written):
        return PER_UNIT + PER_UNIT // 2
    return PER_UNIT if re.fullmatch(_ONE, written) else hundredths(written, language)


def _cut(found: re.Match[str]) -> str:
    """Return the words around a match."""
    return f"{found.string[: found.start()]} {found.string[found.end() :]}"


def _is_plain(rest: str, counted: Counted) -> bool:
    """Return whether words say nothing but who did the pledge."""
    return all(one in _PLAIN or _is_named(one, counted) for one in rest.split())


def _is_named(word: str, counted: Counted) -> bool:
    """Return whether a word is of one stem with a word of the pledge."""
    if len(word) < SHARED or word in _OF_TIME:
        return False
    return any(word[:SHARED] == one.casefold()[:SHARED] for one in counted.about)

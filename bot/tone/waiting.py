"""Find the waiting time in a complaint, and word the reply's beginning (DOMAIN 3c no. 12)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.i18n import Text, _, ngettext
from bot.letters import LONGEST_MESSAGE, fold
from bot.tone.feelings import Feeling, feeling
from bot.tone.reading import Phrases, line_of


class TimeUnit(StrEnum):
    """A unit of time."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Waited:
    """A waiting time that a citizen names: a number of units."""

    number: int
    unit: TimeUnit


_UNITS = {
    TimeUnit.MINUTE: "minut minutter min minute minutes mins",
    TimeUnit.HOUR: "time timer hour hours hrs",
    TimeUnit.DAY: "dag dage døgn hverdag hverdage arbejdsdage day days",
    TimeUnit.WEEK: "uge uger week weeks",
    TimeUnit.MONTH: "måned måneder mdr md mnd month months",
    TimeUnit.YEAR: "år year years yrs",
}
_NUMBERS = {
    1: "en et én ét one a an",
    2: "to two",
    3: "tre three",
    4: "fire four",
    5: "fem five",
    6: "seks six",
    7: "syv seven",
    8: "otte eight",
    9: "ni nine",
    10: "ti ten",
    11: "elleve eleven",
    12: "tolv twelve",
    14: "fjorten fourteen",
    15: "femten fifteen",
    20: "tyve twenty",
}
_UNIT_OF = {fold(word): unit for unit, words in _UNITS.items() for word in words.split()}
_NUMBER_OF = {fold(word): number for number, words in _NUMBERS.items() for word in words.split()}
_MOST = 999
_EITHER = {
    "unit": "|".join(_UNIT_OF),
    "number": "[0-9]{1,3}|" + "|".join(_NUMBER_OF),
    "full": r"(?:hele |whole |full |lange |long |fulde |samfulde |næsten |snart |over |nu )?",
}
_TIME = r"(?<!half )({number}) ?{full}({unit})"
# Waiting in the past or still going on; "must I wait three weeks?" is a question.
_WAITED = (
    r"(?:ventet|venter|ventede|waited|waiting|queued|on hold|i kø|in line|in a queue|stået|siddet"
    r"|holdt hen|(?:måtte|skulle|skullet|had to|made \w+|ladet \w+|lader \w+|at (?:\w+ ){1,4}skal"
    r"|that (?:\w+ ){1,6}has to) (?:vente|wait|stå|stand))"
)
_SILENCE = (
    r"(?:svar|svaret|svarer|hørt|lyd|besked|reaktion|tavshed|ingenting|intet|ingen|stadig|nul"
    r"|reply|replied|answer|answered|heard|word|silence|nothing|nobody|still|zero)"
)
# A time counts as a waiting time near words for waiting or silence.
_WAITS = tuple(
    Phrases((phrase,), _EITHER)
    for phrase in (
        rf"{_WAITED}(?: (?!til|before|until|inden|med)\w+){{0,5}} {_TIME}",
        rf"{_TIME}(?! til| before| until| gammel| old)(?: \w+){{0,5}} (?:{_WAITED}|{_SILENCE})",
        rf"{_TIME} (?:\||!|!!) (?:\w+ ){{0,6}}{_SILENCE}",
        (
            rf"(?:{_SILENCE}|ansøgning\w*|application|sag|case)(?: \w+){{0,4}} (?:i|for|in|på)"
            rf" (?:snart |mere end |more than |now |the last |de sidste )?{_TIME}"
        ),
        (
            r"(?:gået|taget|been|took|taken) (?:nu |snart |mere end |more than |jer |you )?"
            rf"{_TIME}(?! ago)"
        ),
    )
)


def waited(words: str) -> Waited | None:
    """Return the waiting time that a citizen names, or None."""
    line = line_of(words[:LONGEST_MESSAGE])
    for listed in _WAITS:
        for match in listed.finditer(line):
            number, unit = match.groups()
            count = int(number) if number[0].isdecimal() else _NUMBER_OF[number]
            if 1 <= count <= _MOST:
                return Waited(count, _UNIT_OF[unit])
    return None


# Numbers as words at the beginning of a sentence, before a unit of the common gender. "One" is
# part of the singular sentences, since the Danish word for year is neuter.
_WORDS = {
    2: _("Two"),
    3: _("Three"),
    4: _("Four"),
    5: _("Five"),
    6: _("Six"),
    7: _("Seven"),
    8: _("Eight"),
    9: _("Nine"),
    10: _("Ten"),
    11: _("Eleven"),
    12: _("Twelve"),
}
_LONG = {
    TimeUnit.HOUR: ngettext(
        "An hour is a long time to wait.", "{words} hours is a long time to wait.", "count"
    ),
    TimeUnit.DAY: ngettext(
        "A day is a long time to wait.", "{words} days is a long time to wait.", "count"
    ),
    TimeUnit.WEEK: ngettext(
        "A week is a long time to wait.", "{words} weeks is a long time to wait.", "count"
    ),
    TimeUnit.MONTH: ngettext(
        "A month is a long time to wait.", "{words} months is a long time to wait.", "count"
    ),
    TimeUnit.YEAR: ngettext(
        "A year is a long time to wait.", "{words} years is a long time to wait.", "count"
    ),
}
_UNHEARD = _("That is not how it should feel to deal with us.")
_ANGER = _("{said} I can well understand that you are angry.")
_COMPLAINT = _("{said} Thank you for telling us.")


def recognition(words: str) -> Text:
    """Return the first sentences of our reply to a complaint, which acknowledge it.

    They repeat a waiting time and mention anger only if the citizen expressed it. They admit
    no fault, since staff have not looked at the case yet.
    """
    wait = waited(words)
    said = _UNHEARD if wait is None else _long(wait)
    return (_ANGER if feeling(words) is Feeling.ANGRY else _COMPLAINT).with_(said=said)


def _long(wait: Waited) -> Text:
    """Return a sentence that calls the time long; for minutes, a general acknowledgement."""
    if wait.unit is TimeUnit.MINUTE:
        return _UNHEARD
    return _LONG[wait.unit].with_(
        count=wait.number, words=_WORDS.get(wait.number, str(wait.number))
    )

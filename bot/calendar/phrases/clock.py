"""Clock times in a row of tokens: "kl. 16", "halv ti", "kvart over otte", "5pm", "16-18"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bot.calendar.phrases.result import Part
from bot.calendar.phrases.tokens import Token
from bot.calendar.phrases.vocabulary import vocabulary

HOURS, MINUTES = 24, 60
NOON, LATEST_UNCLEAR = 12, 6  # "at 4" is the morning or the afternoon; "at 7" is as written
HALF, QUARTER = 30, 15
LEADS = {"da": {"kl", "klokken", "klok"}, "en": {"at", "by", "around"}}
PAST = {"da": {"over"}, "en": {"past", "after"}}
TO = {"da": {"i"}, "en": {"to"}}
THROUGH = {"da": {"til", "og"}, "en": {"to", "until", "till", "and"}}
# Words after which a number is no time: "10 til 12 personer" has none of these behind it.
PAUSES = frozenset({",", ";", "!", "?", ")", "(", ":"})


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as minutes after midnight; *unclear* may be twelve hours later too."""

    minute: int
    unclear: bool = False

    def at(self, part: Part | None) -> Clock:
        """Return the time in a part of the day; it is then clear."""
        hour = self.minute // MINUTES
        if part is None:
            return self
        minute = self.minute
        if hour == NOON and part is Part.NIGHT:
            minute -= NOON * MINUTES
        is_late = part in {Part.AFTERNOON, Part.EVENING} or (
            part is Part.NIGHT and hour > LATEST_UNCLEAR
        )
        if is_late and hour < NOON:
            minute += NOON * MINUTES
        if part is Part.NOON and hour < LATEST_UNCLEAR:
            minute += NOON * MINUTES
        return Clock(minute)

    @property
    def time(self) -> time:
        """Return the local time."""
        return time(self.minute // MINUTES % HOURS, self.minute % MINUTES)

    def later(self) -> Clock:
        """Return the other meaning of an unclear time."""
        return Clock(self.minute + NOON * MINUTES)


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A clock time with its end, if one was said, and the number of tokens it takes."""

    start: Clock
    end: Clock | None
    length: int


def clock_at(
    tokens: Sequence[Token], at: int, language: str, *, has_day: bool = False
) -> ClockSpan | None:
    """Return the clock time or the span of time that begins at token *at*, or None.

    A bare number is a time after a word such as "kl.", before the end of a span ("6-8pm"), or as
    "between 10 and 12" if the text names a day or nothing follows that the numbers may count.
    """
    begins, led = at, False
    if _text(tokens, begins) in LEADS[language]:
        begins, led = begins + 1, True
    between = _text(tokens, begins) in {"mellem", "between", "fra", "from"}
    if between:
        begins += 1
        if _text(tokens, begins) in LEADS[language]:
            begins, led = begins + 1, True
    first = _time(
        tokens, begins, language, bare=led or between or _begins_span(tokens, begins, language)
    )
    if first is None:
        return None
    start, ends = first
    end, after = _end(tokens, ends, language, is_bare_too=True)
    if between and end is None:
        return None
    if end is not None and start.unclear and not end.unclear and end.minute >= NOON * MINUTES:
        start = start.later() if start.later().minute < end.minute else Clock(start.minute)
    exact = tokens[after - 1].kind in {"clock", "meridiem"}
    if between and not (led or has_day or exact or _pauses(tokens, after, language)):
        return None
    return ClockSpan(start, end, (after if end is not None else ends) - at)


def _begins_span(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return whether a number begins a span such as "6-8pm"."""
    if at + 2 >= len(tokens) or tokens[at].kind != "number":
        return False
    joint, last = tokens[at + 1], tokens[at + 2]
    joins = joint.kind == "dash" or joint.text in THROUGH[language]
    return joins and last.kind in {"clock", "meridiem"}


def _end(
    tokens: Sequence[Token], at: int, language: str, *, is_bare_too: bool
) -> tuple[Clock | None, int]:
    """Return the end of a span of time that may follow at token *at*, and the next token."""
    here = tokens[at] if at < len(tokens) else None
    if here is None or (here.kind != "dash" and here.text not in THROUGH[language]):
        return None, at
    begins = at + 1
    if _text(tokens, begins) in LEADS[language]:
        begins += 1
    found = _time(tokens, begins, language, bare=is_bare_too)
    return (found[0], found[1]) if found else (None, at)


_PRONOUNS = {
    "da": frozenset({"jeg", "vi", "du", "han", "hun", "de", "man"}),
    "en": frozenset({"i", "we", "you", "he", "she", "they"}),
}


def _pauses(tokens: Sequence[Token], at: int, language: str) -> bool:
    """Return whether token *at* cannot be what the numbers before it count."""
    if at >= len(tokens):
        return True
    token = tokens[at]
    if token.kind != "word" or token.text in PAUSES:
        return True
    words = vocabulary(language)
    if at + 1 < len(tokens) and tokens[at + 1].text in _PRONOUNS[language]:
        return True  # "mellem 16 og 18 sidder jeg på kontoret"
    return (
        token.text in words.weekdays
        or token.text in words.parts
        or token.text in _SMALL_WORDS[language]
    )


_SMALL_WORDS = {
    "da": frozenset(
        [
            "i",
            "på",
            "om",
            "og",
            "så",
            "ved",
            "hos",
            "til",
            "fra",
            "er",
            "kommer",
            "hvis",
            "eller",
            "men",
            "kan",
            "skal",
            "vi",
            "du",
        ]
    ),
    "en": frozenset(
        [
            "on",
            "in",
            "at",
            "the",
            "and",
            "or",
            "if",
            "so",
            "we",
            "you",
            "i",
            "is",
            "are",
            "comes",
            "come",
            "a",
            "with",
            "tomorrow",
        ]
    ),
}


def _time(
    tokens: Sequence[Token], at: int, language: str, *, bare: bool
) -> tuple[Clock, int] | None:
    """Return one clock time at token *at* and the token after it; *bare* allows "16"."""
    spoken = _spoken(tokens, at, language)
    if spoken is not None:
        return spoken
    if at >= len(tokens):
        return None
    token = tokens[at]
    match token.kind:
        case "clock":
            hour, minute = (int(part) for part in token.text.replace(":", ".").split("."))
            if hour > HOURS or minute >= MINUTES:
                return None
            unclear = 0 < hour <= LATEST_UNCLEAR and not token.text.startswith("0")
            return _meridiem(tokens, at + 1, hour, minute, unclear=unclear)
        case "meridiem":
            digits = token.text.rstrip("apm. ")
            hour, _mark, minute = digits.replace(":", ".").partition(".")
            late = "p" in token.text
            return _twelve(int(hour), int(minute or 0), late=late, after=at + 1)
        case "number" if bare and len(token.text) == 4:  # noqa: PLR2004 - "kl 1730"
            hour, minute = int(token.text[:2]), int(token.text[2:])
            if hour < HOURS and minute < MINUTES:
                return Clock(hour * MINUTES + minute), at + 1
            return None
        case "number" if _text(tokens, at + 1 + (_text(tokens, at + 1) == "-")) == "tiden":
            found = _bare(tokens, at, language)
            return (found[0], at + 2 + (_text(tokens, at + 1) == "-")) if found else None
        case "number" | "word" | "ordinal" if bare:
            return _bare(tokens, at, language)
        case _:
            return None


def _bare(tokens: Sequence[Token], at: int, language: str) -> tuple[Clock, int] | None:
    """Return an hour alone, as a number or a word."""
    hour = _number(tokens, at, language)
    if tokens[at].text in {"noon", "midnight", "midnat"}:
        return Clock(NOON * MINUTES if tokens[at].text == "noon" else 0), at + 1
    if hour is None or hour > HOURS or tokens[at].text in {"a", "an", "et", "en"}:
        return None
    after = at + 1
    if _text(tokens, after) == "o'clock":
        after += 1
    return _meridiem(tokens, after, hour, 0, unclear=0 < hour <= LATEST_UNCLEAR)


def _meridiem(
    tokens: Sequence[Token], after: int, hour: int, minute: int, *, unclear: bool
) -> tuple[Clock, int] | None:
    """Return the time with a following "am" or "pm" applied."""
    if _text(tokens, after) in {"am", "pm"}:
        return _twelve(hour, minute, late=_text(tokens, after) == "pm", after=after + 1)
    return Clock(hour * MINUTES + minute, unclear), after


def _twelve(hour: int, minute: int, *, late: bool, after: int) -> tuple[Clock, int] | None:
    """Return a time of the 12-hour clock, or None where the hour is none."""
    if not 0 < hour <= NOON or minute >= MINUTES:
        return None
    return Clock((hour % NOON + NOON * late) * MINUTES + minute), after


def _spoken(tokens: Sequence[Token], at: int, language: str) -> tuple[Clock, int] | None:
    """Return a spoken time: "halv ti", "kvart i ni", "fem minutter i halv otte"."""
    half = _half(tokens, at, language)
    if half is not None:
        return half
    begins = at
    minutes: int | None
    if _text(tokens, begins) in {"kvart", "quarter"} or (
        _text(tokens, begins) == "a" and _text(tokens, begins + 1) == "quarter"
    ):
        minutes, begins = QUARTER, begins + 1 + (_text(tokens, begins) == "a")
    else:
        minutes, begins = _number(tokens, begins, language), begins + 1
        if _text(tokens, begins) in {"minutter", "min", "minutes", "minuter"}:
            begins += 1
    word = _text(tokens, begins)
    if minutes is None or minutes > HALF or word not in PAST[language] | TO[language]:
        return None
    sign = 1 if word in PAST[language] else -1
    half = _half(tokens, begins + 1, language)
    hour = _hour(tokens, begins + 1, language)
    base = half or hour
    if base is None:
        return None
    clock, after = base
    return _shifted(clock, sign * minutes), after


def _half(tokens: Sequence[Token], at: int, language: str) -> tuple[Clock, int] | None:
    """Return "halv ti" (9:30), "half past nine" or "half nine" (9:30)."""
    if language == "da":
        if _text(tokens, at) != "halv":
            return None
        hour = _hour(tokens, at + 1, language)
        return (_shifted(hour[0], -HALF), hour[1]) if hour else None
    if _text(tokens, at) != "half":
        return None
    begins = at + 1 + (_text(tokens, at + 1) == "past")
    hour = _hour(tokens, begins, language)
    return (_shifted(hour[0], HALF), hour[1]) if hour else None


def _shifted(clock: Clock, minutes: int) -> Clock:
    """Return a spoken time: an hour of the twelve with minutes added."""
    minute = clock.minute + minutes
    hour = minute // MINUTES
    return Clock(minute, unclear=clock.unclear or 0 < hour <= LATEST_UNCLEAR)


def _hour(tokens: Sequence[Token], at: int, language: str) -> tuple[Clock, int] | None:
    """Return the hour of a spoken time."""
    hour = _number(tokens, at, language)
    if hour is None or not 0 < hour <= HOURS:
        return None
    return _meridiem(tokens, at + 1, hour, 0, unclear=hour <= LATEST_UNCLEAR)


def _number(tokens: Sequence[Token], at: int, language: str) -> int | None:
    """Return a number in digits or words at token *at*, or None."""
    if at >= len(tokens):
        return None
    token = tokens[at]
    if token.kind in {"number", "ordinal"} and token.text.rstrip(".").isdecimal():
        return int(token.text.rstrip("."))
    return vocabulary(language).numbers.get(token.text)


def _text(tokens: Sequence[Token], at: int) -> str:
    return tokens[at].text if 0 <= at < len(tokens) else ""

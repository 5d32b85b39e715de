"""One clock time in a text: "16.30", "5pm", "18-tiden", "halv ti", "kvart over otte"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from bot.calendar.phrases import words
from bot.calendar.phrases.place import Place
from bot.calendar.phrases.result import Part

HOURS, MINUTES = 24, 60
NOON, LATEST_UNCLEAR = 12, 6  # "at 4" is the morning or the afternoon; "at 7" is as written
TIME_DIGITS = 4  # "kl 1730"
CENTURIES = (19, 20)  # "2030" is a year, "kl 2030" a time
QUARTER, MOST_MINUTES = 15, 30  # before or after a spoken hour
SPOKEN_MINUTES = frozenset({5, 10, 15, 20, 25})  # "nine to five" is a span
LEAST_MINUTES = 10  # behind an hour: "nitten tredive"
# Minutes that "half" adds to the hour behind it: "halv ti" is 9:30, "half nine" too.
HALF_MINUTES = {"da": -30, "en": 30}


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock time as minutes after midnight; *unclear* may be twelve hours later too."""

    minute: int
    unclear: bool = False

    def at(self, part: Part | None) -> Clock:
        """Return the time in a part of the day, which makes it clear."""
        if part is None:
            return self
        hour, half_a_day = self.minute // MINUTES, NOON * MINUTES
        if hour == NOON and part is Part.NIGHT:
            return Clock(self.minute - half_a_day)
        is_late = (
            (part in {Part.AFTERNOON, Part.EVENING} and hour < NOON)
            or (part is Part.NIGHT and LATEST_UNCLEAR < hour < NOON)
            or (part is Part.NOON and hour < LATEST_UNCLEAR)
        )
        return Clock(self.minute + half_a_day * is_late)

    @property
    def time(self) -> time:
        """Return the local time."""
        return time(self.minute // MINUTES % HOURS, self.minute % MINUTES)

    def later(self) -> Clock:
        """Return the other meaning of an unclear time."""
        return Clock(self.minute + NOON * MINUTES)


# What a reader of one time returns: the time and the token after it.
FoundClock = tuple[Clock, int]


def clock_at(place: Place, at: int, *, is_bare: bool) -> FoundClock | None:
    """Return the time at token *at* and the token after it, or None; *is_bare* allows "16"."""
    if spoken := _spoken(place, at):
        return spoken
    kind = place.kind(at)
    if kind == "clock":
        return None if is_label_or_measure(place, at) else _digits(place, at)
    if kind == "meridiem":
        return _with_letters(place, at)
    about = place.skip(at + 1, words.ABOUT_THEN)
    if about > at + 1 and kind in {"number", "word"}:
        hour = _bare(place, at)
        return (hour[0], about) if hour else None
    is_spelt = _minutes(place, at + 1) is not None
    is_spelt = is_spelt and not place.counts(place.skip_own(at + 1, words.ZERO))
    is_sure = place.has_own(at + 1, words.SURELY_HOUR) or place.has_own(at, words.NOON)
    is_bare = is_bare or is_spelt or is_sure
    return _bare(place, at) if is_bare else None


def is_label_or_measure(place: Place, at: int) -> bool:
    """Return whether a number with a point names a thing or measures: "lokale 4.12", "9.35 kr"."""
    return place.has(at - 1, words.DOTTED_LABEL) or place.has(at + 1, words.MEASURE)


def _digits(place: Place, at: int) -> FoundClock | None:
    """Read "16.30" and "9:15 am"."""
    text = place.text(at)
    hour, minute = (int(part) for part in text.replace(":", ".").split("."))
    if hour > HOURS or minute >= MINUTES:
        return None
    unclear = 0 < hour <= LATEST_UNCLEAR and not text.startswith("0")
    return _with_meridiem(place, at + 1, Clock(hour * MINUTES + minute, unclear))


def _with_letters(place: Place, at: int) -> FoundClock | None:
    """Read "5pm" and "9.30 a.m."."""
    text = place.text(at)
    hour, _mark, minute = text.rstrip("apm. ").replace(":", ".").partition(".")
    time_of_day = Clock(int(hour) * MINUTES + int(minute or 0))
    found = _twelve(time_of_day, is_late="p" in text) if int(minute or 0) < MINUTES else None
    return (found, at + 1) if found else None


def _bare(place: Place, at: int) -> FoundClock | None:
    """Read an hour alone, as a number or a word, and "1730"."""
    if place.has(at, words.NOON) or place.has(at, words.MIDNIGHT):
        return Clock(NOON * MINUTES * place.has(at, words.NOON)), at + 1
    if place.kind(at) == "number" and len(place.text(at)) == TIME_DIGITS:
        hour, minute = divmod(int(place.text(at)), 100)
        is_year = hour in CENTURIES and not place.has(at - 1, words.SURE_CLOCK_LEAD)
        is_time = hour < HOURS and minute < MINUTES and not is_year
        return (Clock(hour * MINUTES + minute), at + 1) if is_time else None
    hour_alone = _hour(place, at)
    if hour_alone is None or hour_alone > HOURS or place.has(at, words.ARTICLE):
        return None
    minutes_at = place.skip_own(at + 1, words.ZERO)
    minutes = _minutes(place, at + 1)
    minute = hour_alone * MINUTES + (minutes or 0)
    clock = Clock(minute, unclear=0 < hour_alone <= LATEST_UNCLEAR)
    after = minutes_at + 1 if minutes else place.skip(at + 1, words.O_CLOCK)
    return _with_meridiem(place, after, clock)


def _minutes(place: Place, at: int) -> int | None:
    """Return the minutes in words behind an hour in words: "nitten tredive", "seven oh five"."""
    begins = place.skip_own(at, words.ZERO)
    is_spelt = place.kind(at - 1) == place.kind(begins) == "word"
    if not is_spelt or place.number(at - 1) is None or place.has(begins, words.ARTICLE):
        return None
    minutes, is_few = place.number(begins), begins > at
    if minutes is None or not 0 < minutes < MINUTES or is_few != (minutes < LEAST_MINUTES):
        return None
    return minutes


def _with_meridiem(place: Place, after: int, clock: Clock) -> FoundClock | None:
    """Return the time with an "am" or "pm" that follows at token *after* applied."""
    is_late = place.has(after, words.PM)
    if not is_late and not place.has(after, words.AM):
        return clock, after
    found = _twelve(clock, is_late=is_late)
    return (found, after + 1) if found else None


def _twelve(clock: Clock, *, is_late: bool) -> Clock | None:
    """Return a time of the 12-hour clock, or None where the hour is none of its hours."""
    hour, minute = divmod(clock.minute, MINUTES)
    return Clock((hour % NOON + NOON * is_late) * MINUTES + minute) if 0 < hour <= NOON else None


def _spoken(place: Place, at: int) -> FoundClock | None:
    """Read "halv ti", "kvart i ni", "fem minutter i halv otte", "ten past six"."""
    if half := _half(place, at):
        return half
    joint = place.skip(at, words.QUARTER)
    minutes: int | None = QUARTER
    if joint == at:
        minutes, joint = _hour(place, at), place.skip(at + 1, words.MINUTES)
    is_past = place.has_own(joint, words.PAST)
    if minutes is None or minutes > MOST_MINUTES:
        return None
    if not is_past and not place.has_own(joint, words.TO):
        return None
    found = _half(place, joint + 1) or _spoken_hour(place, joint + 1)
    if found is None or place.has(found[1], words.AMOUNT) or _is_span(place, at, joint):
        return None
    return _moved(found, minutes if is_past else -minutes)


def _is_span(place: Place, at: int, joint: int) -> bool:
    """Return whether "10 to 12", "nine to five" and "from ten to two" are spans of hours."""
    hour = place.number(at)
    if joint != at + 1 or hour is None or place.language != "en":
        return False
    if not place.has_own(joint, words.TO):
        return False
    is_in_digits = place.kind(at) == place.kind(joint + 1) == "number"
    is_rising = is_in_digits and hour < (place.number(joint + 1) or 0)
    return is_rising or hour not in SPOKEN_MINUTES or place.has_own(at - 1, words.BETWEEN)


def _half(place: Place, at: int) -> FoundClock | None:
    """Read "halv ti", "half past nine" and "half nine"."""
    begins = place.skip_own(at, words.HALF)
    hour = _spoken_hour(place, begins) if begins > at else None
    return _moved(hour, HALF_MINUTES[place.language])


def _moved(found: FoundClock | None, minutes: int) -> FoundClock | None:
    """Return an hour of the twelve with minutes added."""
    if found is None:
        return None
    clock, after = found
    minute = clock.minute + minutes
    if 0 <= minute < MINUTES:  # "halv et"
        return Clock(minute + NOON * MINUTES), after
    return Clock(minute, 0 < minute // MINUTES <= LATEST_UNCLEAR), after


def _spoken_hour(place: Place, at: int) -> FoundClock | None:
    """Return the hour of a spoken time."""
    hour = _hour(place, at)
    is_article = place.language == "en" and place.has(at, words.ARTICLE)  # "halv et" is a time
    if hour is None or is_article or not 0 < hour <= HOURS:
        return None
    return _with_meridiem(place, at + 1, Clock(hour * MINUTES, hour <= LATEST_UNCLEAR))


def _hour(place: Place, at: int) -> int | None:
    """Return a number at token *at*, but not that of "5th"."""
    return None if place.text(at)[:1].isdecimal() and not _is_plain(place, at) else place.number(at)


def _is_plain(place: Place, at: int) -> bool:
    return place.text(at).rstrip(".").isdecimal()

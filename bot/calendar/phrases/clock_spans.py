"""Spans of clock times in a text: "kl. 16-18", "mellem 10 og 12", "6-8pm"."""

from __future__ import annotations

from dataclasses import dataclass

from bot.calendar.phrases import words
from bot.calendar.phrases.clock import MINUTES, NOON, Clock, FoundClock, clock_at
from bot.calendar.phrases.place import Place


@dataclass(frozen=True, slots=True)
class ClockSpan:
    """A clock time with its end, if one was said."""

    start: Clock
    end: Clock | None


def clock_span_at(
    place: Place, at: int, *, has_day: bool = False, is_led: bool = False
) -> tuple[ClockSpan, int] | None:
    """Return the time or span of time at token *at* and the token after it, or None.

    A bare number is a time after a word such as "kl." (or if *is_led*), before the end of a span
    ("6-8pm"), or as in "between 10 and 12" if the text names a day or the numbers count nothing.
    """
    after_lead = place.skip_own(at, words.CLOCK_LEAD)
    after_between = place.skip(after_lead, words.BETWEEN)
    is_between = after_between > after_lead
    begins = place.skip_own(after_between, words.CLOCK_LEAD) if is_between else after_lead
    is_led = is_led or after_lead > at or begins > after_between
    is_bare = is_led or is_between or _begins_span(place, begins)
    first = clock_at(place, begins, is_bare=is_bare)
    if first is None:
        return None
    start, after = first
    last = _end(place, after, is_between=is_between)
    if last is None:
        return None if is_between else (ClockSpan(start, None), after)
    end, after = last
    is_exact = place.kind(after - 1) in {"clock", "meridiem"}
    if is_between and not (is_led or has_day or is_exact or _counts_nothing(place, after)):
        return None
    return ClockSpan(_before(start, end), end), after


def _before(start: Clock, end: Clock) -> Clock:
    """Return the start of a span that ends at *end*: "1-17" begins at 13."""
    if not start.unclear or end.unclear or end.minute < NOON * MINUTES:
        return start
    return start.later() if start.later().minute < end.minute else Clock(start.minute)


def joins(place: Place, at: int) -> bool:
    """Return whether token *at* joins the start and the end of a span."""
    return place.kind(at) == "dash" or place.has_own(at, words.THROUGH)


def _begins_span(place: Place, at: int) -> bool:
    """Return whether an hour begins a span such as "6-8pm", "noon to 2pm" and "two to four pm"."""
    is_hour = place.kind(at) == "number" or (
        place.language == "en" and (place.has(at, words.NOON) or place.number(at) is not None)
    )
    is_exact = place.kind(at + 2) in {"clock", "meridiem"} or place.has_own(at + 3, words.PM)
    return is_hour and is_exact and joins(place, at + 1)


def _end(place: Place, at: int, *, is_between: bool) -> FoundClock | None:
    """Return the end of a span of time that follows at token *at*."""
    if not joins(place, at) and not (is_between and place.has_own(at, words.AND)):
        return None
    begins = max(place.skip(at + 1, words.ABOUT), place.skip_own(at + 1, words.CLOCK_LEAD))
    return clock_at(place, begins, is_bare=True)


def _counts_nothing(place: Place, at: int) -> bool:
    """Return whether the word at token *at* cannot be what the numbers before it count."""
    return (
        place.kind(at) != "word"
        or place.has_own(at + 1, words.PRONOUN)  # "mellem 16 og 18 sidder jeg på kontoret"
        or place.has_own(at, words.NOT_COUNTED)
        or place.part(at) is not None
        or place.is_weekday_name(at)
    )

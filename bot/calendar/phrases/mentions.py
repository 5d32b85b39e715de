"""All days that a longer text names, with their places: for checks of what staff write."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from bot.calendar import Calendar
from bot.calendar.phrases import words
from bot.calendar.phrases.clock import HOURS, MINUTES
from bot.calendar.phrases.days import day_at
from bot.calendar.phrases.items import items_of
from bot.calendar.phrases.place import Day, Place
from bot.calendar.phrases.result import Why

MOST_HOURS = 100  # a number of two digits is an hour
WEEK = timedelta(weeks=1)
OVER_A_YEAR = timedelta(days=400)
JUST_PASSED = timedelta(days=90)  # a date without a year that was so lately is not of next year


@dataclass(frozen=True, slots=True)
class Mention:
    """A day that a text names from *start* to *end*: its *day*, or only its *weekday*.

    *why* says what is wrong with it. A relative one is another day when it is read later.
    """

    start: int
    end: int
    day: date | None = None
    weekday: int | None = None
    why: Why | None = None
    is_relative: bool = False

    def is_same(self, other: Mention) -> bool:
        """Return whether two mentions can be of one day, where one may name the weekday alone."""
        if self.day is not None and other.day is not None:
            return self.day == other.day
        return self._of_week == other._of_week

    @property
    def _of_week(self) -> int | None:
        return self.day.weekday() if self.day is not None else self.weekday


def mentions_in(text: str, language: str, now: datetime, calendar: Calendar) -> list[Mention]:
    """Return the days and the impossible clock times that a text names, in its order."""
    place = Place.of(text, language, now, calendar)
    items = items_of(place)
    found = [
        (day, first, after)
        for (_role, day), (first, after) in zip(items.days, items.places, strict=True)
    ]
    mentions = [_mention(place, *one) for one in _joined(found)]
    mentions += _impossible_clocks(place)
    return sorted(mentions, key=lambda one: one.start)


def _joined(found: list[tuple[Day, int, int]]) -> Iterator[tuple[Day, int | None, int, int]]:
    """Yield days with the weekday that is said right before them, and their tokens."""
    before: dict[int, int] = {}
    for (day, first, after), (dated, begins, _end) in pairwise(found):
        if day.weekday is not None and dated.weekday is None and after == begins:
            before[begins] = first
    weekdays = {first: day.weekday for day, first, _after in found}
    for day, first, after in found:
        if first in before:
            yield day, weekdays[before[first]], before[first], after
        elif first not in before.values():
            yield day, day.weekday, first, after


def _mention(place: Place, day: Day, weekday: int | None, first: int, after: int) -> Mention:
    """Return what a day expression says, and what is wrong with it."""
    at = Mention(place.tokens[first].start, place.tokens[after - 1].end)
    if day.weekday is not None:
        return replace(at, weekday=day.weekday, is_relative=True)
    if day.day is None:
        return replace(at, why=day.why or Why.IMPOSSIBLE, is_relative=day.why is Why.PASSED)
    is_relative, has_year = _moves(place, first, after)
    why = day.why
    if (
        not is_relative
        and not has_year
        and not day.is_feast
        and _has_passed(place, day.day, weekday)
    ):
        why = Why.PASSED
    elif weekday is not None and day.day.weekday() != weekday and day.ends is None:
        why = Why.MISMATCH
    return replace(at, day=day.day, why=why, is_relative=is_relative)


def _moves(place: Place, first: int, after: int) -> tuple[bool, bool]:
    """Return whether words name a later day when they are read later, and whether a fixed one."""

    def read(later: timedelta) -> date | None:
        moved = replace(place, now=place.now + later)
        starts = range(first, after)
        found = (day_at(moved, at) for at in starts)
        return next((one[0].day for one in found if one is not None and one[1] == after), None)

    now = read(timedelta(0))
    if now is None:
        return False, True
    return read(WEEK) == now + WEEK, read(OVER_A_YEAR) == now


def _has_passed(place: Place, day: date, weekday: int | None) -> bool:
    """Return whether a date without a year was lately, rather than is of next year."""
    try:
        earlier = day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return False
    is_lately = timedelta(0) < place.today - earlier <= JUST_PASSED
    return is_lately and (weekday is None or earlier.weekday() == weekday)


def _impossible_clocks(place: Place) -> Iterator[Mention]:
    """Yield clock times that no day has: "kl. 25", "kl. 10.75"."""
    for at, token in enumerate(place.tokens):
        is_number = place.language == "da" and token.kind in {"number", "ordinal"}
        if not place.has_own(at - 1, words.SURE_CLOCK_LEAD):
            continue
        if token.kind == "clock":
            hour, minute = (int(part) for part in token.text.replace(":", ".").split("."))
        elif is_number:
            hour, minute = place.number(at) or 0, 0
            hour = hour if hour < MOST_HOURS else 0  # "kl. 1730"
        else:
            continue
        if hour > HOURS or minute >= MINUTES:
            yield Mention(
                token.start, token.start + len(token.text.rstrip(".")), why=Why.IMPOSSIBLE
            )

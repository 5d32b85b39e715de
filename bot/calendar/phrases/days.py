"""Days in a text: relative days, weekdays, feasts, and days counted from another day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from bot.calendar.feasts import FIXED, advent_sunday, next_feast
from bot.calendar.phrases import words
from bot.calendar.phrases.dates import IMPOSSIBLE, day_of_month, named_date, numeric_date
from bot.calendar.phrases.periods import end_of_period, last_day_of_month, nth_weekday, period
from bot.calendar.phrases.place import Day, FoundDay, Place
from bot.calendar.phrases.result import Part, Why

ADVENTS = 4
WEEKDAYS = 7
MOST_YEARS = 999
HALF_YEAR = relativedelta(months=6)
# The hour when a part of today has passed.
_PART_ENDS = {Part.MORNING: 12, Part.FORENOON: 12, Part.NOON: 14, Part.AFTERNOON: 18}
_MINUTES_OF = {"minutes": 1, "quarters": 15, "hours": 60}
_SPANS = {
    "days": relativedelta(days=1),
    "weeks": relativedelta(weeks=1),
    "fortnights": relativedelta(weeks=2),
    "months": relativedelta(months=1),
    "years": relativedelta(years=1),
}


def _past(place: Place, at: int) -> FoundDay | None:
    """Read "i går" and "last night"."""
    after = place.skip_own(at, words.PAST_DAY)
    return (Day(place.today, why=Why.PASSED), after) if after > at else None


def _relative(place: Place, at: int) -> FoundDay | None:
    """Read "i dag", "i overmorgen", "this afternoon"."""
    for phrases, days, part in words.RELATIVE_DAYS:
        after = place.skip_own(at, phrases)
        if after > at:
            day = place.today + timedelta(days=days)
            is_over = part is not None and place.now.hour >= _PART_ENDS.get(part, 24)
            return Day(day, part=part, why=Why.PASSED if is_over else None), after
    return None


def _duration(place: Place, at: int) -> FoundDay | None:
    """Read "om to uger", "in 45 minutes", "two weeks from today"."""
    begins = place.skip_own(at, words.DURATION_LEAD)
    is_led = begins > at
    if fraction := _fraction(place, begins):
        after = fraction[1] if is_led else place.skip(fraction[1], words.FROM_NOW)
        return (fraction[0], after) if is_led or after > fraction[1] else None
    span = _span(place, begins)
    if span is None:
        return None
    amount, unit, after = span
    if not is_led:
        behind = place.skip(after, words.FROM_NOW)
        if behind == after:
            return None
        after = behind
    if unit == "years" and amount > MOST_YEARS:
        return IMPOSSIBLE, after
    if unit in _MINUTES_OF:
        more = _span(place, place.skip_own(after, words.AND))
        minutes = amount * _MINUTES_OF[unit]
        if more is not None and more[1] in _MINUTES_OF and place.has_own(after, words.AND):
            minutes, after = minutes + more[0] * _MINUTES_OF[more[1]], more[2]
        return _elapsed(place, int(minutes)), after
    return Day(place.today + _SPANS[unit] * int(amount)), after


def _half_year(place: Place, at: int) -> FoundDay | None:
    """Read "om et halvt år"."""
    begins = place.skip_own(at, words.DURATION_LEAD)
    after = place.skip_own(begins, words.HALF_YEAR)
    is_read = begins > at and after > begins
    return (Day(place.today + HALF_YEAR), after) if is_read else None


def _fraction(place: Place, at: int) -> FoundDay | None:
    """Read the rest of "om en halv time" and "in half an hour"."""
    for phrases, minutes in words.FRACTIONS:
        after = place.skip_own(at, phrases)
        if after > at:
            return _elapsed(place, minutes), after
    return None


def _span(place: Place, at: int) -> tuple[float, str, int] | None:
    """Return amount and unit of "two and a half hours", and the token after them."""
    amount = place.number(at)
    if amount is None:
        return None
    unit_at = place.skip(at + 1, words.AND_A_HALF)
    has_half = unit_at > at + 1
    for unit, phrases in words.SPANS.items():
        if place.has_own(unit_at, phrases):
            return amount + 0.5 * has_half, unit, unit_at + 1
    return None


def _elapsed(place: Place, minutes: int) -> Day:
    """Return the moment after elapsed minutes, right when the clocks change."""
    now = place.calendar.instant(place.today, place.now.time())
    moment = place.calendar.local(now + timedelta(minutes=minutes)).replace(tzinfo=None)
    return Day(moment.date(), moment=moment)


def _feast(place: Place, at: int) -> FoundDay | None:
    """Read "juleaften" and "Boxing Day"."""
    after = place.skip(at, words.FEAST)
    if after == at:
        return None
    name = words.FEAST_NAMES[" ".join(place.texts[at:after])]
    return Day(next_feast(name, place.today), is_feast=True), after


def fixed_feast(place: Place, at: int) -> FoundDay | None:
    """Read a feast that has the same date each year: "juleaften", but not "påskedag"."""
    after = place.skip(at, words.FEAST)
    said = " ".join(place.texts[at:after])
    is_fixed = words.FEAST_NAMES.get(said) in FIXED and said not in words.SEASONS
    return _feast(place, at) if is_fixed else None


def _advent(place: Place, at: int) -> FoundDay | None:
    """Read "1. søndag i advent" and "the second Sunday of Advent"."""
    begins = place.skip(at, words.DEFINITE)
    number = place.ordinal(begins)
    after = place.skip(begins + 1, words.IN_ADVENT)
    if after == begins + 1 or number is None or not 0 < number <= ADVENTS:
        return None
    found = advent_sunday(number, place.today.year)
    if found < place.today:
        found = advent_sunday(number, place.today.year + 1)
    return Day(found), after


def _weekday(place: Place, at: int) -> FoundDay | None:
    """Read a weekday: "på fredag", "næste fredag", "lørdag otte dage", "Saturday week"."""
    begins = place.skip(at, words.WEEKDAY_LEAD)
    named = place.skip(begins, words.NEXT)
    weekday = place.weekday(named)
    if weekday is None:
        return None
    if place.text(named).endswith("s") and place.has(at - 1, words.IN):  # "i lørdags"
        return Day(why=Why.PASSED), named + 1
    weeks, after = _weeks_later(place, named + 1)
    return Day(weekday=weekday, is_next=named > begins, weeks_later=weeks), after


def _weeks_later(place: Place, at: int) -> tuple[int, int]:
    """Return the weeks that "otte dage" or "week" add to a weekday, and the token after it."""
    for phrases, weeks in ((words.EIGHT_DAYS, 1), (words.FORTNIGHT_LATER, 2)):
        after = place.skip(at, phrases)
        if after > at:
            return weeks, after
    is_week = place.language == "en" and place.has_own(at, words.WEEK)
    is_later = is_week and place.kind(at + 1) != "number"
    return int(is_later), at + is_later


# In this order: a longer expression comes before the expressions that it contains.
SIMPLE_READERS: tuple[Callable[[Place, int], FoundDay | None], ...] = (
    _advent,
    end_of_period,
    last_day_of_month,
    _past,
    nth_weekday,
    _half_year,
    _duration,
    _relative,
    _feast,
    numeric_date,
    named_date,
    period,
    _weekday,
    day_of_month,
)


def _simple_day(place: Place, at: int) -> FoundDay | None:
    """Return the day expression at token *at* that is not counted from another day."""
    return next((found for reader in SIMPLE_READERS if (found := reader(place, at))), None)


def _span_from_day(place: Place, at: int) -> FoundDay | None:
    """Read "two weeks from Friday", "3 dage efter påske" and "en uge før jul"."""
    span = _span(place, place.skip_own(at, words.DURATION_LEAD))
    if span is None or span[1] in _MINUTES_OF:
        return None
    amount, unit, behind = span
    is_before = place.has(behind, words.BEFORE)
    begins = max(place.skip(behind, each) for each in (words.FROM_DAY, words.BEFORE, words.AFTER))
    found = _simple_day(place, begins) if begins > behind else None
    if found is None or found[0].why is not None or found[0].ends is not None:
        return None
    if found[0].weekday is not None:
        is_later = unit == "weeks" and place.has(behind, words.FROM_DAY)
        return (replace(found[0], weeks_later=int(amount)), found[1]) if is_later else None
    if found[0].day is None or unit == "years":
        return None
    day = found[0].day + _SPANS[unit] * (-int(amount) if is_before else int(amount))
    return Day(day, why=Why.PASSED if day < place.today else None), found[1]


def _weekday_from_day(place: Place, at: int) -> FoundDay | None:
    """Read "lørdagen før påske" and "the Friday after the 15th"."""
    named = place.skip(at, words.WEEKDAY_LEAD)
    weekday = place.weekday(named)
    before, after = place.skip(named + 1, words.BEFORE), place.skip(named + 1, words.AFTER)
    begins = max(before, after)
    if weekday is None or begins == named + 1:
        return None
    found = _simple_day(place, begins)
    if found is None or found[0].day is None or found[0].why is not None:
        return None
    day = found[0].day
    if before == begins:
        return Day(day - timedelta(days=(day.weekday() - weekday - 1) % WEEKDAYS + 1)), found[1]
    return Day(day + timedelta(days=(weekday - day.weekday() - 1) % WEEKDAYS + 1)), found[1]


def _day_from_day(place: Place, at: int) -> FoundDay | None:
    """Read "dagen før juleaften" and "the day after the 15th"."""
    before, after = place.skip(at, words.DAY_BEFORE), place.skip(at, words.DAY_AFTER)
    begins = max(before, after)
    if begins == at:
        return None
    found = _weekday_from_day(place, begins) or _simple_day(place, begins)
    if found is None or found[0].day is None or found[0].why is not None:
        return None
    return Day(found[0].day + timedelta(days=-1 if before == begins else 1)), found[1]


def day_at(place: Place, at: int) -> FoundDay | None:
    """Return the day expression that begins at token *at* and the token after it, or None."""
    return (
        _day_from_day(place, at)
        or _span_from_day(place, at)
        or _weekday_from_day(place, at)
        or _simple_day(place, at)
    )

"""Days in a row of tokens: "i morgen", "på lørdag", "d. 4/5", "uge 43", "om to uger", "juleaften"."""

from __future__ import annotations

import calendar as months
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta

from bot.calendar import Calendar
from bot.calendar.feasts import advent_sunday, next_feast
from bot.calendar.phrases.result import Part, Why
from bot.calendar.phrases.tokens import Token
from bot.calendar.phrases.vocabulary import AMBIGUOUS, vocabulary

WEEK = timedelta(days=7)
MONTHS, LONGEST_MONTH = 12, 31
ADVENTS = 4
LATEST_SPELT = 4  # "the second" may be a moment or a person; "the fifteenth" is a day
CENTURY = 2000
LEAP_CYCLE = 8  # years until there is a 29 February at the latest


@dataclass(frozen=True, slots=True)
class Day:
    """A day expression. *ends* is the last day of a span; *moment* a moment to the minute.

    *weekday* is set where only a weekday is named, *number* where only a day of the month is,
    *nth* where it is the nth weekday of a month. *why* says why it cannot be used as it is.
    """

    day: date | None = None
    ends: date | None = None
    moment: datetime | None = None
    weekday: int | None = None
    number: int | None = None
    nth: int | None = None
    part: Part | None = None
    is_week: bool = False
    is_next: bool = False  # "next Friday": this week's or next week's
    is_feast: bool = False
    why: Why | None = None
    weeks_later: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a reader of tokens stands: the language and the local time."""

    tokens: Sequence[Token]
    language: str
    now: datetime  # local, without a zone
    calendar: Calendar

    @property
    def today(self) -> date:
        """Return the local date."""
        return self.now.date()

    def text(self, at: int) -> str:
        """Return the text of a token, or "" where there is none."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

    def kind(self, at: int) -> str:
        """Return the kind of a token, or ""."""
        return self.tokens[at].kind if 0 <= at < len(self.tokens) else ""

    def are(self, at: int, *phrases: str) -> int:
        """Return the length of the first of *phrases* that stands at token *at*, or 0."""
        for phrase in phrases:
            words = phrase.split()
            if [self.text(at + n) for n in range(len(words))] == words:
                return len(words)
        return 0

    def number(self, at: int) -> int | None:
        """Return a number in digits or words at token *at*, or None."""
        if self.kind(at) in {"number", "ordinal"}:
            digits = self.text(at).rstrip(".stndrh")
            return int(digits) if digits.isdecimal() else None
        return vocabulary(self.language).numbers.get(self.text(at))

    def ordinal(self, at: int) -> int | None:
        """Return an ordinal in digits or words at token *at*, or None; -1 is "the last"."""
        if self.kind(at) == "ordinal":
            return self.number(at)
        return vocabulary(self.language).ordinals.get(self.text(at))

    def weekday(self, at: int) -> int | None:
        """Return the weekday that token *at* names, or None."""
        word = self.text(at)
        found = vocabulary(self.language).weekdays.get(word)
        if found is None or word not in AMBIGUOUS:
            return found
        # "man" and "sat" are words too: only a date, a time or a list of days makes them a day.
        after = self.kind(at + 1) in {"number", "clock", "date", "ordinal", "meridiem", "dash"}
        near = self.text(at + 1) in {"d", "den", "kl", "og", "and", "at", ","}
        before = self.text(at - 1) in {"på", "hver", "og", "on", "every", "and", "næste", "next"}
        return found if after or near or before else None

    def month(self, at: int) -> int | None:
        """Return the month that token *at* names, or None."""
        return vocabulary(self.language).months.get(self.text(at))


Reader = Callable[[Place, int], "tuple[Day, int] | None"]


def day_at(place: Place, at: int) -> tuple[Day, int] | None:
    """Return the day expression that begins at token *at*, and its number of tokens, or None."""
    for reader in READERS:
        found = reader(place, at)
        if found is not None:
            return found
    return None


_RELATIVE = {
    "da": {
        "i dag": (0, None),
        "idag": (0, None),
        "i overmorgen": (2, None),
        "overmorgen": (2, None),
        "i morgen": (1, None),
        "imorgen": (1, None),
        "i aften": (0, Part.EVENING),
        "i nat": (0, Part.NIGHT),
        "i eftermiddag": (0, Part.AFTERNOON),
        "i formiddag": (0, Part.FORENOON),
        "i middag": (0, Part.NOON),
    },
    "en": {
        "the day after tomorrow": (2, None),
        "day after tomorrow": (2, None),
        "today": (0, None),
        "tomorrow": (1, None),
        "tonight": (0, Part.EVENING),
        "this evening": (0, Part.EVENING),
        "this afternoon": (0, Part.AFTERNOON),
        "this morning": (0, Part.MORNING),
    },
}
_PART_ENDS = {Part.MORNING: 12, Part.FORENOON: 12, Part.NOON: 14, Part.AFTERNOON: 18}


_BEFORE = {
    "da": ("i går", "igår", "i forgårs", "i morges", "i aftes"),
    "en": ("the day before yesterday", "yesterday", "last night"),
}


def _past(place: Place, at: int) -> tuple[Day, int] | None:
    length = place.are(at, *_BEFORE[place.language])
    return (Day(place.today, why=Why.PASSED), length) if length else None


def _relative(place: Place, at: int) -> tuple[Day, int] | None:
    for phrase, (days, part) in _RELATIVE[place.language].items():
        if length := place.are(at, phrase):
            day = place.today + timedelta(days=days)
            over = part is not None and place.now.hour >= _PART_ENDS.get(part, 24)
            return Day(day, part=part, why=Why.PASSED if over else None), length
    return None


_UNITS = {
    "da": {
        "minut minutter min": "minutes",
        "time timer": "hours",
        "kvarter": "quarters",
        "dag dage": "days",
        "uge uger": "weeks",
        "måned måneder": "months",
        "år": "years",
    },
    "en": {
        "minute minutes min mins": "minutes",
        "hour hours": "hours",
        "day days": "days",
        "week weeks": "weeks",
        "fortnight": "fortnights",
        "month months": "months",
        "year years": "years",
    },
}
_FRACTIONS = {
    "da": {"en halv time": 30, "halvanden time": 90, "et kvarter": 15, "et kvarters tid": 15},
    "en": {
        "half an hour": 30,
        "an hour and a half": 90,
        "a quarter of an hour": 15,
        "one and a half hours": 90,
    },
}
_MINUTES_OF = {"minutes": 1, "quarters": 15, "hours": 60}


def _duration(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "om to uger", "in 45 minutes", "two weeks from today"."""
    led = place.text(at) in {"da": {"om"}, "en": {"in", "after"}}[place.language]
    begins = at + 1 if led else at
    if led:
        for phrase, minutes in _FRACTIONS[place.language].items():
            if length := place.are(begins, phrase):
                return _elapsed(place, minutes), begins + length - at
    amount = place.number(begins)
    if amount is None:
        return None
    begins += 1
    half = place.are(begins, "og en halv", "and a half")
    unit = next(
        (
            unit
            for words, unit in _UNITS[place.language].items()
            if place.text(begins + half) in words.split()
        ),
        None,
    )
    if unit is None:
        return None
    length = begins + half + 1 - at
    if unit == "weeks" and place.text(at + length) in {"fra", "from", "on"}:
        following = day_at(place, at + length + 1)
        if following is not None and following[0].weekday is not None:
            later_day = replace(following[0], weeks_later=amount)
            return later_day, length + 1 + following[1]
    if not led:
        later = place.are(at + length, "fra nu", "fra i dag", "from now", "from today")
        if not later:
            return None
        length += later
    if unit in _MINUTES_OF:
        return _elapsed(place, (amount * 2 + bool(half)) * _MINUTES_OF[unit] // 2), length
    if unit == "fortnights":
        amount, unit = amount * 2, "weeks"
    span = relativedelta(**{unit: amount})
    return Day(place.today + span), length


def _elapsed(place: Place, minutes: int) -> Day:
    """Return the moment after elapsed minutes, right when the clocks change."""
    now = place.calendar.instant(place.today, place.now.time())
    moment = place.calendar.local(now + timedelta(minutes=minutes)).replace(tzinfo=None)
    return Day(moment.date(), moment=moment)


def _weeks(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "i næste uge", "uge 43", "i weekenden", "næste måned", "i marts"."""
    monday = place.today - timedelta(days=place.today.weekday())
    leads = {"da": ("i løbet af", "i", "hele"), "en": ("in", "of", "on", "all of", "during", "all")}
    begins = at + place.are(at, *leads[place.language])
    if length := place.are(begins, "næste uge", "next week"):
        first = monday + WEEK
        return Day(first, first + timedelta(days=6), is_week=True), begins + length - at
    if length := place.are(begins, "denne uge", "this week"):
        return Day(place.today, monday + timedelta(days=6), is_week=True), begins + length - at
    if length := place.are(begins, "næste weekend", "next weekend"):
        return Day(monday + timedelta(days=5), is_next=True, weekday=5), begins + length - at
    if length := place.are(begins, "weekenden", "weekend", "this weekend", "the weekend"):
        first = max(monday + timedelta(days=5), place.today)
        return Day(first, monday + timedelta(days=6)), begins + length - at
    if length := place.are(begins, "næste måned", "next month"):
        first = place.today.replace(day=1) + relativedelta(months=1)
        return Day(first, first + relativedelta(months=1, days=-1)), begins + length - at
    if place.text(begins) in {"uge", "week"} and place.kind(begins + 1) in {"number", "ordinal"}:
        return _week_number(place, place.number(begins + 1) or 0), begins + 2 - at
    if begins > at and (month := place.month(begins)) and place.kind(begins + 1) != "number":
        first = _next_date(place.today.replace(day=1), month, 1)
        if first is not None:
            return Day(first, first + relativedelta(months=1, days=-1)), begins + 1 - at
    return None


def _week_number(place: Place, number: int) -> Day:
    """Return the next ISO week of a number that has not ended."""
    for year in range(place.today.isocalendar().year, place.today.year + LEAP_CYCLE):
        try:
            first = date.fromisocalendar(year, number, 1)
        except ValueError:
            if not 0 < number <= 53:  # noqa: PLR2004 - some years have a week 53
                return Day(why=Why.IMPOSSIBLE)
            continue
        if first + timedelta(days=6) >= place.today:
            return Day(first, first + timedelta(days=6), is_week=True)
    return Day(why=Why.IMPOSSIBLE)


def _feast(place: Place, at: int) -> tuple[Day, int] | None:
    feasts = vocabulary(place.language).feasts
    for name in sorted(feasts, key=len, reverse=True):
        if length := place.are(at, name):
            return Day(next_feast(feasts[name], place.today), is_feast=True), length
    return None


def _numeric(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "24/12", "24.12.2026", "d. 4/5": day, month and perhaps the year."""
    begins = at + place.are(at, "den", "d", "on", "the")
    if place.kind(begins) == "date":
        text = place.text(begins).replace(".", "/").replace("-", "/")
        day, month, *year = (int(part) for part in text.split("/"))
        if place.text(begins + 1) in {"kop", "kopper", "liter", "l", "time", "timer", "kg", "af"}:
            return None
        if not year and place.kind(begins + 1) == "dash" and place.kind(begins + 2) == "number":
            year = [int(place.text(begins + 2))] if int(place.text(begins + 2)) > MONTHS * 2 else []
            if year:
                return _dated(place, day, month, year[0]), begins + 3 - at
        return _dated(place, day, month, year[0] if year else None), begins + 1 - at
    if begins > at and place.kind(begins) == "clock":  # "d. 24.12"
        day, month = (int(part) for part in place.text(begins).replace(":", ".").split("."))
        if place.text(at) in {"d", "den"}:
            return _dated(place, day, month, None), begins + 1 - at
    if (
        begins > at
        and place.kind(begins) == "ordinal"
        and place.kind(begins + 1) in {"ordinal", "number"}
    ):  # "d. 4. 5."
        month = place.number(begins + 1) or 0
        if 0 < month <= MONTHS and place.text(at) in {"d", "den"}:
            return _dated(place, place.number(begins) or 0, month, None), begins + 2 - at
    return None


def _named(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "den 13. december", "June 12", "the 2nd of January 2027"."""
    begins = at + place.are(at, "den", "d", "on the", "the", "on")
    day, month, after = None, place.month(begins), begins + 1
    if month is not None:
        day = place.number(after)
        if day is None or place.kind(after) == "word" or place.language == "da":
            return None
        after += 1
    else:
        day = place.number(begins) or place.ordinal(begins)
        if day is None or place.text(begins) in {"a", "an", "sidste", "last"}:
            return None
        after += place.text(after) == "of"
        month = place.month(after)
        if month is None:
            return None
        after += 1
    year = None
    comma = place.text(after) == ","
    if place.kind(after + comma) == "number" and len(place.text(after + comma)) == 4:  # noqa: PLR2004
        year = int(place.text(after + comma))
        after += 1 + comma
    return _dated(place, day, month, year), after - at


def _dated(place: Place, day: int, month: int, year: int | None) -> Day:
    """Return the day of a date; without a year the next such day from today on."""
    if not 0 < month <= MONTHS or not 0 < day <= LONGEST_MONTH:
        return Day(why=Why.IMPOSSIBLE)
    if year is None:
        found = _next_date(place.today, month, day)
        return Day(found) if found else Day(why=Why.IMPOSSIBLE)
    year += CENTURY if year < 100 else 0  # noqa: PLR2004 - a year of two digits
    if day > months.monthrange(year, month)[1]:
        return Day(why=Why.IMPOSSIBLE)
    found = date(year, month, day)
    return Day(found, why=Why.PASSED if found < place.today else None)


def _next_date(today: date, month: int, day: int) -> date | None:
    """Return the next such day from *today* on; None where no year has it."""
    for year in range(today.year, today.year + LEAP_CYCLE + 1):
        if day <= months.monthrange(year, month)[1]:
            found = date(year, month, day)
            if found >= today:
                return found
    return None


def _of_month(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "den 15." and "the 15th": the next such day."""
    begins = at + place.are(at, "den", "d", "on the", "the")
    spelt = begins > at and place.kind(begins) == "word" and place.ordinal(begins)
    if _begins_span(place, begins):
        return _next_number(place, place.number(begins) or 0), begins + 1 - at
    if begins == at and place.kind(begins) != "ordinal":
        return None
    exact = place.kind(begins) == "ordinal" or bool(spelt and spelt > LATEST_SPELT)
    if not exact and not (place.kind(begins) == "number" and place.text(at) in {"d", "den"}):
        return None
    is_span = place.text(at - 1) in {"fra", "til", "from", "to", "-", "–"}
    if begins == at and not is_span and place.text(at).endswith("."):
        return None
    if spelt and not exact:
        return None
    number = place.ordinal(begins) if spelt else place.number(begins)
    if number is None or not 0 < number <= LONGEST_MONTH:
        return None
    following = place.kind(begins + 1)
    if not exact and following == "word" and not _is_small(place, begins + 1):
        return None
    if place.text(begins + 1) in {"gang", "time", "floor", "sal", "klasse", "grade"}:
        return None
    return _next_number(place, number), begins + 1 - at


def _next_number(place: Place, number: int) -> Day:
    """Return the next day that is *number* of its month."""
    day = place.today
    while day.day != number:
        day += timedelta(days=1)
    return Day(day, number=number)


def _begins_span(place: Place, at: int) -> bool:
    """Return whether a number begins a span of days, as in "18 to 27 July"."""
    if (
        place.kind(at) not in {"number", "ordinal"}
        or not 0 < (place.number(at) or 0) <= LONGEST_MONTH
    ):
        return False
    if place.text(at + 1) not in {"til", "to", "-", "–"}:
        return False
    behind = at + 2 + (place.weekday(at + 2) is not None)
    return _named(place, behind) is not None


def _is_small(place: Place, at: int) -> bool:
    return place.text(at) in {"kl", "i", "hver", "og", "til", "om", "klokken", "på", "at", "er"}


def _nth(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "den sidste torsdag i måneden" and "first Monday of every month"."""
    begins = at + place.are(at, "hver den", "hver", "every", "each", "den", "d", "the")
    nth = place.ordinal(begins)
    if nth is None or nth not in {1, 2, 3, 4, -1}:
        return None
    weekday = place.weekday(begins + 1)
    if weekday is None:
        weekday = vocabulary(place.language).habits.get(place.text(begins + 1))
    after = begins + 2
    if weekday is None:
        return None
    monthly = place.are(
        after,
        *("i hver måned", "hver måned", "i måneden", "i denne måned", "om måneden"),
        *("of every month", "of each month", "in every month", "every month", "each month"),
        *("of the month", "in the month", "of this month", "a month"),
    )
    if not monthly:
        return _nth_of(place, after, nth, weekday, at)
    first = place.today.replace(day=1)
    day = nth_weekday(first, nth, weekday)
    if day < place.today:
        day = nth_weekday(first + relativedelta(months=1), nth, weekday)
    said = " ".join(place.text(after + n) for n in range(monthly))
    each = {"hver", "every", "each", "om", "a"} & {*said.split(), place.text(at)}
    return Day(
        day, nth=nth if each else None, weekday=weekday if each else None
    ), after + monthly - at


def _nth_of(place: Place, after: int, nth: int, weekday: int, at: int) -> tuple[Day, int] | None:
    """Read the rest of "den første mandag i marts" and "the first Monday of next month"."""
    first = place.today.replace(day=1)
    if length := place.are(after, "i næste måned", "of next month", "in next month", "next month"):
        return Day(nth_weekday(first + relativedelta(months=1), nth, weekday)), after + length - at
    lead = place.are(after, "i", "of", "in")
    month = place.month(after + lead) if lead else None
    start = _next_date(first, month, 1) if month is not None else None
    if start is None:
        return None
    day = nth_weekday(start, nth, weekday)
    if day < place.today:
        day = nth_weekday(start + relativedelta(years=1), nth, weekday)
    return Day(day), after + lead + 1 - at


def nth_weekday(first: date, nth: int, weekday: int) -> date:
    """Return the nth (or last) weekday of the month that begins on *first*."""
    days = [
        day
        for day in (
            first + timedelta(days=n) for n in range(months.monthrange(first.year, first.month)[1])
        )
        if day.weekday() == weekday
    ]
    return days[nth - 1 if nth > 0 else nth]


def _weekday_beside(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "lørdagen før påske" and "the Friday after the 15th"."""
    weekday = place.weekday(at)
    lead = place.are(at + 1, "før", "inden", "before")
    is_before = bool(lead)
    lead = lead or place.are(at + 1, "efter", "after")
    found = day_at(place, at + 1 + lead) if weekday is not None and lead else None
    if found is None or found[0].day is None or found[0].why is not None or weekday is None:
        return None
    day = found[0].day
    ahead = (
        -((day.weekday() - weekday - 1) % 7 + 1)
        if is_before
        else (weekday - day.weekday() - 1) % 7 + 1
    )
    return Day(day + timedelta(days=ahead)), 1 + lead + found[1]


def _weekday(place: Place, at: int) -> tuple[Day, int] | None:
    """Read a weekday: "på fredag", "næste fredag", "lørdag otte dage", "Saturday week"."""
    begins = at + place.are(
        at,
        *("på den kommende", "den kommende", "på kommende", "kommende", "nu på", "på"),
        *("this coming", "this", "on the", "the", "coming", "on"),
    )
    if beside := _weekday_beside(place, begins):
        return beside[0], begins + beside[1] - at
    following = place.are(begins, "den næste", "næste", "the next", "next")
    weekday = place.weekday(begins + following)
    if weekday is None:
        return None
    after = begins + following + 1
    if place.text(begins + following).endswith("s") and place.text(at - 1) == "i":
        return Day(why=Why.PASSED), after - at  # "i lørdags"
    later = place.are(after, "otte dage", "8 dage", "om otte dage", "om 8 dage")
    weeks = int(bool(later))
    if not later and (later := place.are(after, "fjorten dage", "14 dage")):
        weeks = 2
    if (
        not later
        and place.language == "en"
        and place.text(after) == "week"
        and place.kind(after + 1) != "number"
    ):
        later, weeks = 1, 1
    return Day(weekday=weekday, is_next=bool(following), weeks_later=weeks), after + later - at


def _beside(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "dagen før juleaften" and "the day after the 15th"."""
    before = place.are(at, "dagen før", "dagen inden", "the day before", "day before")
    lead = before or place.are(at, "dagen efter", "the day after", "day after")
    found = day_at(place, at + lead) if lead else None
    if found is None or found[0].day is None or found[0].why is not None:
        return None
    days = timedelta(days=-1 if before else 1)
    return Day(found[0].day + days), lead + found[1]


def _advent(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "1. søndag i advent" and "the second Sunday of Advent"."""
    begins = at + place.are(at, "den", "the")
    number = place.ordinal(begins)
    length = place.are(
        begins + 1, "søndag i advent", "søndag i adventen", "sunday of advent", "sunday in advent"
    )
    if not length or number is None or not 0 < number <= ADVENTS:
        return None
    found = advent_sunday(number, place.today.year)
    if found < place.today:
        found = advent_sunday(number, place.today.year + 1)
    return Day(found), begins + 1 + length - at


def _end_of(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "slutningen af oktober" and "the end of the month": its last day."""
    lead = place.are(at, "udgangen af", "slutningen af", "the end of", "end of")
    month = place.month(at + lead) if lead else None
    if month is not None:
        first = _next_date(place.today.replace(day=1), month, 1)
        return (Day(first + relativedelta(months=1, days=-1)), lead + 1) if first else None
    length = place.are(at + lead, "måneden", "the month", "this month") if lead else 0
    if length:
        first = place.today.replace(day=1)
        return Day(first + relativedelta(months=1, days=-1)), lead + length
    length = place.are(at + lead, "året", "the year", "this year") if lead else 0
    return (Day(date(place.today.year, 12, 31)), lead + length) if length else None


def _last_day(place: Place, at: int) -> tuple[Day, int] | None:
    """Read "den sidste dag i måneden": the last day of this month."""
    lead = place.are(at, "den sidste dag i", "sidste dag i", "the last day of", "last day of")
    month = place.are(at + lead, "måneden", "denne måned", "the month", "this month")
    each = place.are(at + lead, "hver måned", "every month", "each month")
    if not lead or not (month or each):
        return None
    last = place.today.replace(day=1) + relativedelta(months=1, days=-1)
    return Day(last, number=LONGEST_MONTH if each else None), lead + month


READERS: tuple[Reader, ...] = (
    _advent,
    _end_of,
    _last_day,
    _beside,
    _past,
    _nth,
    _duration,
    _relative,
    _feast,
    _numeric,
    _named,
    _weeks,
    _weekday,
    _of_month,
)

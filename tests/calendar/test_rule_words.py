"""Test the words of recurrences in Danish and English."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pytest

from bot.calendar.recurrence import LAST, Holidays, Recurrence, Unit
from bot.calendar.rule_words import in_words
from bot.i18n import render

STARTS_ON = date(2026, 12, 2)
WORKING_WEEK = (0, 1, 2, 3, 4)
EACH_THURSDAY = {"unit": Unit.WEEK, "weekdays": (3,)}


def words_of(language: str, next_day: date | None = None, **fields: Any) -> str:
    """Return a rule at 16:00 in words."""
    rule = Recurrence(**{"starts_on": STARTS_ON, "at": time(16), **fields})
    return render(in_words(rule, next_day), language)


@pytest.mark.parametrize(
    ("fields", "danish", "english"),
    [
        ({"unit": Unit.ONCE}, "onsdag d. 2. december", "Wednesday 2 December"),
        ({"unit": Unit.DAY}, "hver dag", "every day"),
        ({"unit": Unit.DAY, "interval": 2}, "hver anden dag", "every other day"),
        ({"unit": Unit.DAY, "interval": 3}, "hver 3. dag", "every 3 days"),
        (EACH_THURSDAY, "hver torsdag", "every Thursday"),
        (
            {"unit": Unit.WEEK, "weekdays": (4, 0, 2)},
            "hver mandag, onsdag og fredag",
            "every Monday, Wednesday, and Friday",
        ),
        ({"unit": Unit.WEEK, "weekdays": tuple(range(7))}, "hver dag", "every day"),
        ({"unit": Unit.WEEK, "weekdays": WORKING_WEEK}, "på hverdage", "on weekdays"),
        (
            {"unit": Unit.WEEK, "weekdays": WORKING_WEEK, "parity": 0},
            "på hverdage i lige uger",
            "on weekdays in even weeks",
        ),
        ({**EACH_THURSDAY, "interval": 2}, "hver anden torsdag", "every other Thursday"),
        (
            {"unit": Unit.WEEK, "weekdays": (0, 3), "interval": 2},
            "mandag og torsdag hver anden uge",
            "on Monday and Thursday every other week",
        ),
        ({**EACH_THURSDAY, "interval": 3}, "torsdag hver 3. uge", "on Thursday every 3 weeks"),
        ({**EACH_THURSDAY, "parity": 0}, "torsdag i lige uger", "on Thursday in even weeks"),
        ({**EACH_THURSDAY, "parity": 1}, "torsdag i ulige uger", "on Thursday in odd weeks"),
        (
            {"unit": Unit.MONTH, "days": (15, 1)},
            "den 1. og den 15. i hver måned",
            "on day 1 and day 15 of every month",
        ),
        (
            {"unit": Unit.MONTH, "days": (31,)},
            "den sidste dag i hver måned",
            "on the last day of every month",
        ),
        (
            {"unit": Unit.MONTH, "days": (30,)},
            "den 30. (eller den sidste dag) i hver måned",
            "on day 30 (or the last day) of every month",
        ),
        (
            {"unit": Unit.MONTH, "days": (1,), "interval": 3},
            "den 1. hver 3. måned",
            "on day 1 every 3 months",
        ),
        (
            {"unit": Unit.MONTH, "nth": LAST, "weekdays": (3,)},
            "den sidste torsdag i hver måned",
            "the last Thursday of every month",
        ),
        (
            {"unit": Unit.MONTH, "nth": 1, "weekdays": (0,), "interval": 2},
            "den første mandag i hver anden måned",
            "the first Monday of every other month",
        ),
        (
            {"unit": Unit.YEAR, "month": 12, "days": (24,)},
            "hvert år d. 24. december",
            "every year on 24 December",
        ),
        (
            {"unit": Unit.YEAR, "month": 2, "days": (29, 1), "interval": 2},
            "hvert andet år d. 1. februar og 29. februar",
            "every other year on 1 February and 29 February",
        ),
        (
            {"unit": Unit.YEAR, "month": 5, "days": (4,), "interval": 10},
            "hvert 10. år d. 4. maj",
            "every 10 years on 4 May",
        ),
    ],
)
def test_days(fields: dict[str, Any], danish: str, english: str) -> None:
    """The days and the time of a rule are said in both languages."""
    assert words_of("da", **fields) == f"{danish} kl. 16"
    assert words_of("en", **fields) == f"{english} at 16:00"


@pytest.mark.parametrize(
    ("fields", "danish", "english"),
    [
        ({"until": date(2027, 1, 31)}, "til og med d. 31. januar 2027", "until 31 January 2027"),
        ({"count": 1}, "1 gang", "1 time"),
        ({"count": 10}, "10 gange", "10 times"),
        (
            {"except_on": (date(2026, 12, 24), date(2026, 12, 31))},
            "undtagen torsdag d. 24. december og torsdag d. 31. december",
            "except Thursday 24 December and Thursday 31 December",
        ),
        (
            {"holidays": Holidays.SKIP},
            "ikke på hellig- og lukkedage",
            "not on public holidays or closing days",
        ),
        (
            {"holidays": Holidays.MOVE},
            "flyttet til den første dag efter hellig- og lukkedage",
            "moved to the first day after public holidays or closing days",
        ),
    ],
)
def test_limits(fields: dict[str, Any], danish: str, english: str) -> None:
    """The end, the exceptions and the treatment of holidays follow the days."""
    assert words_of("da", **EACH_THURSDAY, **fields) == f"hver torsdag kl. 16, {danish}"
    assert words_of("en", **EACH_THURSDAY, **fields) == f"every Thursday at 16:00, {english}"


def test_minutes_and_the_next_time() -> None:
    """Minutes are shown if there are any, and the next day of a rule that recurs."""
    next_day = date(2026, 12, 3)
    danish = words_of("da", next_day, **EACH_THURSDAY, at=time(9, 30))
    assert danish == "hver torsdag kl. 9.30, næste gang torsdag d. 3. december"
    english = words_of("en", next_day, **EACH_THURSDAY)
    assert english == "every Thursday at 16:00, next time Thursday 3 December"
    assert "næste" not in words_of("da", next_day, unit=Unit.ONCE)

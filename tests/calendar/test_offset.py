"""Test offsets from a person's or an event's own time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest

from bot.calendar import Calendar, OutOfReach
from bot.calendar.offset import Offset, Span

KLINTSUND = Calendar()


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant of a local time in Klintsund."""
    return KLINTSUND.instant(day, time(hour, minute))


AFTER_SUMMER_BEGINS = at(date(2027, 3, 28), 10)  # the clocks went forward at 2 o'clock


@pytest.mark.parametrize(
    ("offset", "expected"),
    [
        (Offset(-30, Span.MINUTE), at(date(2027, 3, 28), 9, 30)),
        (Offset(-24, Span.HOUR), at(date(2027, 3, 27), 9)),  # elapsed time
        (Offset(-1, Span.DAY), at(date(2027, 3, 27), 10)),  # local time
        (Offset(-1, Span.DAY, time(17)), at(date(2027, 3, 27), 17)),
        (Offset(-1, Span.WEEK), at(date(2027, 3, 21), 10)),
        (Offset(2, Span.WEEK, time(9)), at(date(2027, 4, 11), 9)),
        (Offset(0, Span.DAY, time(8)), at(date(2027, 3, 28), 8)),
    ],
)
def test_offset(offset: Offset, expected: datetime) -> None:
    """Days and weeks keep the local time when the clocks change; hours are elapsed time."""
    assert offset.from_(AFTER_SUMMER_BEGINS, KLINTSUND) == expected


def test_the_day_is_the_local_one() -> None:
    """Days are counted from the local day, even where UTC still has the day before."""
    just_after_midnight = at(date(2026, 7, 2), 0, 30)
    found = Offset(-1, Span.DAY, time(10)).from_(just_after_midnight, KLINTSUND)
    assert found == at(date(2026, 7, 1), 10)
    assert just_after_midnight - found == timedelta(hours=14, minutes=30)


@pytest.mark.parametrize("span", [Span.MINUTE, Span.HOUR])
def test_elapsed_time_has_no_time_of_day(span: Span) -> None:
    """An offset of minutes or hours refuses a time of day."""
    with pytest.raises(ValueError, match="no time of day"):
        Offset(-1, span, time(10))


@pytest.mark.parametrize("span", list(Span))
def test_longest(span: Span) -> None:
    """Five years are the longest offset, in any unit and either direction."""
    for amount in (500_000_000, -500_000_000):
        with pytest.raises(OutOfReach):
            Offset(amount, span)
    weeks_of_five_years = {Span.WEEK: 260}
    assert Offset(weeks_of_five_years.get(span, 1800), span).amount

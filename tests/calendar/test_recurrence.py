"""Test recurrences against an independent calculation, and their properties."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice, pairwise, takewhile
from time import perf_counter
from typing import Any
from unittest.mock import patch
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar, OutOfReach, recurrence
from bot.calendar.recurrence import (
    LAST,
    Holidays,
    Occurrence,
    Recurrence,
    Unit,
    from_json,
    next_occurrences,
    occurrences,
    to_json,
)

KLINTSUND = Calendar()
ZONE = ZoneInfo(KLINTSUND.zone)
FIRST, LATER = date(2027, 1, 1), date(2030, 1, 1)
AT_TEN = time(10)
MONDAY, WEDNESDAY, THURSDAY, FRIDAY, SUNDAY = 0, 2, 3, 4, 6


def rule_on(starts_on: date, unit: Unit, **fields: Any) -> Recurrence:
    """Return a rule at 10 o'clock, unless *fields* say another time."""
    return Recurrence(**{"unit": unit, "starts_on": starts_on, "at": AT_TEN, **fields})


def ours(rule: Recurrence) -> list[datetime]:
    """Return the instants of a rule in the three years."""
    first, later = KLINTSUND.instant(FIRST, time()), KLINTSUND.instant(LATER, time())
    after = first - timedelta(seconds=1)
    found = (one.instant for one in occurrences(rule, KLINTSUND, after))
    return list(_before(found, later))


def _before(instants: Iterator[datetime], later: datetime) -> Iterator[datetime]:
    for instant in instants:
        if instant >= later:
            return
        yield instant


def days_of(rule: Recurrence, most: int = 12) -> list[date]:
    """Return the first days of a rule."""
    return [one.day for one in islice(occurrences(rule, KLINTSUND), most)]


def independent(rule: Recurrence, rrule: str) -> list[datetime]:
    """Return the instants of an iCalendar event in the three years."""
    event = icalendar.Event()
    event.add("uid", "1")
    event.add("dtstart", datetime.combine(rule.starts_on, rule.at, ZONE))
    event.add("rrule", icalendar.vRecur.from_ical(rrule))
    for day in rule.except_on:
        event.add("exdate", datetime.combine(day, rule.at, ZONE))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(FIRST, LATER)
    return sorted(one["DTSTART"].dt.astimezone(UTC) for one in found)


@pytest.mark.parametrize(
    ("rule", "rrule"),
    [
        (rule_on(FIRST, Unit.DAY), "FREQ=DAILY"),
        (rule_on(FIRST, Unit.DAY, interval=3), "FREQ=DAILY;INTERVAL=3"),
        (rule_on(FIRST, Unit.DAY, at=time(2, 30)), "FREQ=DAILY"),
        (rule_on(date(2020, 1, 1), Unit.DAY, interval=99), "FREQ=DAILY;INTERVAL=99"),
        (rule_on(FIRST, Unit.WEEK, weekdays=(FRIDAY,)), "FREQ=WEEKLY;BYDAY=FR"),
        (
            rule_on(FIRST, Unit.WEEK, weekdays=(FRIDAY, MONDAY, FRIDAY)),
            "FREQ=WEEKLY;BYDAY=MO,FR",
        ),
        (
            rule_on(FIRST, Unit.WEEK, weekdays=(MONDAY, FRIDAY), interval=2),
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;WKST=MO",
        ),
        (
            rule_on(date(2027, 1, 3), Unit.WEEK, weekdays=(MONDAY, SUNDAY), interval=3),
            "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,SU;WKST=MO",
        ),
        (rule_on(FIRST, Unit.MONTH, days=(1,)), "FREQ=MONTHLY;BYMONTHDAY=1"),
        (rule_on(FIRST, Unit.MONTH, days=(15, 1)), "FREQ=MONTHLY;BYMONTHDAY=1,15"),
        (
            rule_on(date(2027, 1, 28), Unit.MONTH, days=(28,), interval=5),
            "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=28",
        ),
        (
            rule_on(date(2027, 1, 31), Unit.MONTH, days=(31,)),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
        ),
        (
            rule_on(date(2027, 1, 30), Unit.MONTH, days=(30,)),
            "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
        ),
        (
            rule_on(date(2027, 1, 28), Unit.MONTH, nth=LAST, weekdays=(THURSDAY,)),
            "FREQ=MONTHLY;BYDAY=-1TH",
        ),
        (
            rule_on(date(2027, 1, 13), Unit.MONTH, nth=2, weekdays=(WEDNESDAY,), interval=2),
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=2WE",
        ),
        (
            rule_on(date(2027, 12, 24), Unit.YEAR, month=12, days=(24,)),
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        ),
        (
            rule_on(date(2024, 2, 29), Unit.YEAR, month=2, days=(29,)),
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
        ),
        (
            rule_on(date(2025, 5, 4), Unit.YEAR, month=5, days=(4,), interval=2),
            "FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYMONTHDAY=4",
        ),
        (rule_on(FIRST, Unit.DAY, count=10), "FREQ=DAILY;COUNT=10"),
        (
            rule_on(FIRST, Unit.MONTH, days=(1, 15), count=7),
            "FREQ=MONTHLY;BYMONTHDAY=1,15;COUNT=7",
        ),
        (
            rule_on(FIRST, Unit.DAY, until=date(2027, 4, 1)),
            "FREQ=DAILY;UNTIL=20270401T080000Z",
        ),
        (
            rule_on(FIRST, Unit.WEEK, weekdays=(FRIDAY,), except_on=(FIRST, date(2028, 1, 7))),
            "FREQ=WEEKLY;BYDAY=FR",
        ),
        (
            rule_on(FIRST, Unit.DAY, count=5, except_on=(date(2027, 1, 3),)),
            "FREQ=DAILY;COUNT=5",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_as_in_the_standard(rule: Recurrence, rrule: str) -> None:
    """A rule that RFC 5545 can express has the same instants in an independent program."""
    expected = independent(rule, rrule)
    assert expected
    assert ours(rule) == expected


@pytest.mark.parametrize("parity", [0, 1])
def test_odd_and_even_weeks(parity: int) -> None:
    """Odd and even weeks follow ISO numbers, also from week 53 to week 1."""
    rule = rule_on(FIRST, Unit.WEEK, weekdays=(MONDAY, SUNDAY), parity=parity)
    days = (FIRST + timedelta(days=n) for n in range((LATER - FIRST).days))
    expected = [
        KLINTSUND.instant(day, AT_TEN)
        for day in days
        if day.weekday() in rule.weekdays and day.isocalendar().week % 2 == parity
    ]
    assert ours(rule) == expected


def test_clock_changes() -> None:
    """An occurrence keeps its local time, so its distance in hours changes with the clocks."""
    rule = rule_on(date(2027, 3, 27), Unit.DAY)
    first, second = (one.instant for one in islice(occurrences(rule, KLINTSUND), 2))
    assert second - first == timedelta(hours=23)
    rule = rule_on(date(2027, 10, 30), Unit.DAY)
    first, second = (one.instant for one in islice(occurrences(rule, KLINTSUND), 2))
    assert second - first == timedelta(hours=25)


def test_a_time_that_is_skipped_or_occurs_twice() -> None:
    """A time skipped in spring moves on by an hour; a time that occurs twice means the first."""
    spring = next(occurrences(rule_on(date(2027, 3, 28), Unit.ONCE, at=time(2, 30)), KLINTSUND))
    assert KLINTSUND.local(spring.instant).time() == time(3, 30)
    autumn = next(occurrences(rule_on(date(2027, 10, 31), Unit.ONCE, at=time(2, 30)), KLINTSUND))
    assert autumn.instant == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_short_months() -> None:
    """The 31st becomes the last day of shorter months, once if the 30th is meant too."""
    rule = rule_on(date(2028, 1, 1), Unit.MONTH, days=(30, 31))
    assert days_of(rule, 7) == [
        date(2028, 1, 30),
        date(2028, 1, 31),
        date(2028, 2, 29),
        date(2028, 3, 30),
        date(2028, 3, 31),
        date(2028, 4, 30),
        date(2028, 5, 30),
    ]


def test_leap_day() -> None:
    """29 February becomes 28 February in other years."""
    rule = rule_on(date(2027, 1, 1), Unit.YEAR, month=2, days=(29,))
    assert days_of(rule, 3) == [date(2027, 2, 28), date(2028, 2, 29), date(2029, 2, 28)]


def test_many_years_apart() -> None:
    """A rule with decades between its days goes on."""
    rule = rule_on(date(2027, 5, 4), Unit.YEAR, month=5, days=(4,), interval=25)
    assert days_of(rule, 3) == [date(2027, 5, 4), date(2052, 5, 4), date(2077, 5, 4)]


def test_holidays_are_skipped() -> None:
    """Public holidays and closed days of the town have no occurrence."""
    rule = rule_on(date(2027, 3, 22), Unit.DAY, holidays=Holidays.SKIP, until=date(2027, 3, 31))
    assert [day.day for day in days_of(rule)] == [22, 23, 24, 27, 30, 31]  # Easter
    christmas = rule_on(date(2026, 12, 24), Unit.YEAR, month=12, days=(24,))
    assert days_of(replace(christmas, holidays=Holidays.SKIP)) == []


def test_holidays_are_moved() -> None:
    """An occurrence on a holiday moves to the next working day, and keeps its date as name."""
    rule = rule_on(date(2027, 3, 18), Unit.WEEK, weekdays=(THURSDAY,), holidays=Holidays.MOVE)
    found = list(islice(occurrences(rule, KLINTSUND), 3))
    assert [one.day for one in found] == [date(2027, 3, 18), date(2027, 3, 30), date(2027, 4, 1)]
    assert [one.nominal.day for one in found] == [18, 25, 1]
    christmas = rule_on(date(2026, 12, 24), Unit.YEAR, month=12, days=(24,))
    moved = days_of(replace(christmas, holidays=Holidays.MOVE), 2)
    assert moved == [date(2026, 12, 28), date(2027, 12, 27)]


def test_a_moved_occurrence_is_not_a_second_one() -> None:
    """An occurrence that moves to a day of another one is left out."""
    rule = rule_on(date(2027, 12, 23), Unit.DAY, holidays=Holidays.MOVE, count=6)
    assert [day.day for day in days_of(rule)] == [23, 27, 28]


def test_a_moved_occurrence_passes_one_that_stays() -> None:
    """Of Thursdays and Sundays at Christmas, the Sunday comes before the Thursday that moves."""
    rule = rule_on(
        date(2026, 12, 20), Unit.WEEK, weekdays=(THURSDAY, SUNDAY), holidays=Holidays.MOVE
    )
    found = list(islice(occurrences(rule, KLINTSUND), 4))
    assert [one.day.day for one in found] == [20, 27, 28, 3]
    assert [one.nominal.day for one in found] == [20, 27, 24, 3]


def test_a_moved_occurrence_is_still_to_come() -> None:
    """An occurrence whose own date has passed is found while its moved day is to come."""
    rule = rule_on(date(2027, 3, 18), Unit.WEEK, weekdays=(THURSDAY,), holidays=Holidays.MOVE)
    good_friday = KLINTSUND.instant(date(2027, 3, 26), time(12))
    [coming] = next_occurrences(rule, KLINTSUND, good_friday, 1)
    assert (coming.nominal, coming.day) == (date(2027, 3, 25), date(2027, 3, 30))


@pytest.mark.parametrize(
    "fields",
    [
        {"interval": 0},
        {"interval": 100},
        {"unit": Unit.WEEK},
        {"unit": Unit.WEEK, "weekdays": (7,)},
        {"unit": Unit.WEEK, "weekdays": (1,), "parity": 2},
        {"unit": Unit.WEEK, "weekdays": (1,), "parity": 1, "interval": 2},
        {"unit": Unit.WEEK, "weekdays": (1,), "days": (1,)},
        {"unit": Unit.MONTH},
        {"unit": Unit.MONTH, "days": (32,)},
        {"unit": Unit.MONTH, "days": (0,)},
        {"unit": Unit.MONTH, "nth": 5, "weekdays": (1,)},
        {"unit": Unit.MONTH, "nth": 1, "weekdays": (1, 2)},
        {"unit": Unit.MONTH, "nth": 1, "weekdays": (1,), "days": (1,)},
        {"unit": Unit.YEAR, "days": (1,)},
        {"unit": Unit.YEAR, "days": (1,), "month": 13},
        {"unit": Unit.YEAR, "days": (31,), "month": 4},
        {"unit": Unit.YEAR, "days": (30,), "month": 2},
        {"parity": 1},
        {"nth": 1},
        {"until": date(2026, 12, 31)},
        {"count": 0},
        {"count": 1000},
    ],
    ids=str,
)
def test_wrong_fields(fields: dict[str, Any]) -> None:
    """Fields that make no rule are refused."""
    with pytest.raises(ValueError, match=r"^(an?|odd) "):
        rule_on(FIRST, **{"unit": Unit.DAY, **fields})


dates = st.dates(date(2026, 1, 1), date(2029, 12, 31))
weekday_sets = st.sets(st.integers(0, 6), min_size=1).map(tuple)
day_sets = st.sets(st.integers(1, 31), min_size=1, max_size=3).map(tuple)
days_by_unit = st.one_of(
    st.just({"unit": Unit.ONCE}),
    st.just({"unit": Unit.DAY}),
    st.fixed_dictionaries({"unit": st.just(Unit.WEEK), "weekdays": weekday_sets}),
    st.fixed_dictionaries({"unit": st.just(Unit.MONTH), "days": day_sets}),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.MONTH),
            "nth": st.sampled_from([1, 2, 3, 4, LAST]),
            "weekdays": st.integers(0, 6).map(lambda day: (day,)),
        }
    ),
    st.fixed_dictionaries(
        {
            "unit": st.just(Unit.YEAR),
            "month": st.integers(1, 12),
            "days": st.integers(1, 29).map(lambda day: (day,)),
        }
    ),
)


@st.composite
def rules(draw: st.DrawFn) -> Recurrence:
    """Return any rule that is allowed."""
    fields = draw(days_by_unit)
    starts_on = draw(dates)
    parity = draw(st.sampled_from([None, 0, 1])) if fields["unit"] is Unit.WEEK else None
    return Recurrence(
        starts_on=starts_on,
        at=time(draw(st.integers(0, 23)), draw(st.integers(0, 59))),
        interval=1 if parity is not None else draw(st.integers(1, 12)),
        parity=parity,
        until=draw(st.none() | st.integers(0, 900).map(lambda n: starts_on + timedelta(days=n))),
        count=draw(st.none() | st.integers(1, 30)),
        except_on=tuple(draw(st.lists(dates, max_size=2, unique=True))),
        holidays=draw(st.sampled_from(list(Holidays))),
        **fields,
    )


@given(rules())
def test_occurrences_are_in_order_at_their_local_time(rule: Recurrence) -> None:
    """Occurrences increase strictly and keep the local time, unless the clocks skip it."""
    found = list(islice(occurrences(rule, KLINTSUND), 20))
    assert all(one.instant < two.instant for one, two in pairwise(found))
    for one in found:
        local = KLINTSUND.local(one.instant)
        is_skipped = local.replace(fold=0).time() != rule.at
        assert local.date() == one.day
        assert not is_skipped or (one.day.month, rule.at.hour) == (3, 2)
        assert one.nominal not in rule.except_on
        assert rule.holidays is Holidays.KEEP or not KLINTSUND.is_closed(one.day)


@given(rules(), dates, st.integers(0, 23))
def test_after_is_the_tail(rule: Recurrence, day: date, hour: int) -> None:
    """The occurrences after a moment are the end of all occurrences."""
    after = KLINTSUND.instant(day, time(hour))
    later = after + timedelta(days=500)
    tail = [one for one in _until(occurrences(rule, KLINTSUND), later) if one.instant > after]
    assert list(_until(occurrences(rule, KLINTSUND, after), later)) == tail


def _until(found: Iterator[Any], later: datetime) -> Iterator[Any]:
    for one in found:
        if one.instant > later:
            return
        yield one


@given(rules())
def test_json(rule: Recurrence) -> None:
    """A rule is the same after it was JSON."""
    assert from_json(to_json(rule)) == rule


@given(
    rule=st.one_of(
        st.builds(rule_on, st.dates(date(2000, 1, 1), date(2026, 1, 1)), st.just(Unit.DAY)),
        st.builds(
            rule_on,
            st.dates(date(2000, 1, 1), date(2026, 1, 1)),
            st.just(Unit.WEEK),
            weekdays=st.just((MONDAY, SUNDAY)),
        ),
        st.builds(
            rule_on,
            st.dates(date(2000, 1, 1), date(2026, 1, 1)),
            st.just(Unit.MONTH),
            days=st.just((1, 31)),
        ),
        st.builds(
            rule_on,
            st.dates(date(2000, 1, 1), date(2026, 1, 1)),
            st.just(Unit.YEAR),
            days=st.just((29,)),
            month=st.just(2),
        ),
    ),
    interval=st.integers(1, 12),
    count=st.none() | st.integers(1, 400),
)
def test_an_old_start_gives_the_same_days(
    rule: Recurrence, interval: int, count: int | None
) -> None:
    """What comes after a moment does not depend on how far back the rule began."""
    rule = replace(rule, interval=interval, count=count)
    moment = KLINTSUND.instant(date(2025, 6, 1), time())
    until = moment + timedelta(days=1500)
    with patch.object(recurrence, "LONGEST_SPAN", timedelta(days=366 * 60)):
        all_of_it = list(_until(occurrences(rule, KLINTSUND), until))
    from_start = [one for one in all_of_it if one.instant > moment]
    assert list(_until(occurrences(rule, KLINTSUND, moment), until)) == from_start


def _until(found: Iterator[Occurrence], last: datetime) -> Iterator[Occurrence]:
    return takewhile(lambda one: one.instant < last, found)


def test_an_old_start_costs_nothing() -> None:
    """A daily rule since 2000 computes few days to find its next one."""
    rule = rule_on(date(2000, 1, 1), Unit.DAY)
    began = perf_counter()
    for _each in range(100):
        next_occurrences(rule, KLINTSUND, KLINTSUND.instant(LATER, time()), 1)
    assert perf_counter() - began < 1  # from the start it takes seconds


@pytest.mark.parametrize(
    "fields",
    [
        {"starts_on": date(1999, 12, 31)},
        {"starts_on": date(9999, 12, 31)},
        {"until": date(2101, 1, 1)},
        {"except_on": (date(1, 1, 1),)},
    ],
)
def test_dates_out_of_reach(fields: dict[str, Any]) -> None:
    """A date outside of 2000 to 2100 is a slip of the pen, and makes no rule."""
    with pytest.raises(OutOfReach):
        replace(rule_on(FIRST, Unit.DAY), **fields)

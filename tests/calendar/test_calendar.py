"""Test due dates (HR-12), quiet hours (HR-18) and changes to and from summer time."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.calendar import Calendar

KLINTSUND = Calendar()
SUMMER_BEGINS = date(2027, 3, 28)  # 02:00 becomes 03:00
WINTER_BEGINS = date(2027, 10, 31)  # 03:00 becomes 02:00

instants = st.integers(0, 4 * 366 * 24 * 60).map(
    lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
)
minutes = st.integers(-10, 24 * 60 + 10)
own_hours = st.none() | st.tuples(minutes, minutes)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return the instant of a local time in Klintsund."""
    return KLINTSUND.instant(day, time(hour, minute))


@pytest.mark.parametrize(
    ("asked", "working_days", "due"),
    [
        (date(2026, 4, 1), 3, date(2026, 4, 9)),  # Easter in between
        (date(2027, 3, 24), 3, date(2027, 4, 1)),  # Easter in between
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 23), 3, date(2026, 12, 30)),  # not 24 December, nor Christmas
        (date(2026, 12, 30), 1, date(2027, 1, 4)),  # not 31 December, nor New Year
        (date(2026, 11, 26), 5, date(2026, 12, 3)),
    ],
)
def test_due_date(asked: date, working_days: int, due: date) -> None:
    """The first day is the working day after the receipt; holidays do not count (HR-12)."""
    assert KLINTSUND.due_date(at(asked, 12), working_days) == due


@pytest.mark.parametrize(("hour", "minute"), [(0, 0), (8, 0), (15, 59), (23, 59)])
def test_due_date_whatever_the_hour(hour: int, minute: int) -> None:
    """The hour of receipt does not change the due date, even where UTC has the day before."""
    received = at(date(2026, 12, 23), hour, minute)
    assert KLINTSUND.due_date(received, 3) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 5, 1), True),  # a working day by law
        (date(2027, 4, 23), True),  # Store bededag, no longer a holiday
        (date(2026, 6, 5), False),  # a closed day of the town
        (date(2026, 12, 24), False),
        (date(2026, 12, 31), False),
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 5, 14), False),  # Ascension
        (date(2026, 5, 25), False),  # Whit Monday
        (date(2026, 11, 21), False),  # a Saturday
        (date(2026, 11, 23), True),
    ],
)
def test_working_days(day: date, works: bool) -> None:  # noqa: FBT001 - a column of the table
    """Monday to Friday are working days, except public holidays and the town's closed days."""
    assert KLINTSUND.is_working_day(day) is works


def test_a_town_may_close_otherwise() -> None:
    """Closed days are set by the town; public holidays are the same for all towns."""
    town = Calendar(closed_days=("05-01",))
    assert not town.is_working_day(date(2026, 5, 1))
    assert town.is_working_day(date(2026, 6, 5))
    assert not town.is_working_day(date(2026, 12, 25))


@given(received=instants, working_days=st.integers(0, 30))
def test_a_due_date_counts(received: datetime, working_days: int) -> None:
    """Exactly *working_days* working days follow the receipt, and the due date is the last."""
    first = KLINTSUND.local(received).date()
    due = KLINTSUND.due_date(received, working_days)
    days = [first + timedelta(days=n) for n in range(1, (due - first).days + 1)]
    assert sum(map(KLINTSUND.is_working_day, days)) == working_days
    assert not days or KLINTSUND.is_working_day(due)


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [
        (at(date(2026, 11, 23), 7, 59), True),
        (at(date(2026, 11, 23), 8), False),
        (at(date(2026, 11, 23), 19, 59), False),
        (at(date(2026, 11, 23), 20), True),
        (at(date(2026, 11, 22), 12), True),  # a Sunday
        (at(date(2026, 11, 21), 12), False),  # a Saturday
        (at(date(2026, 12, 24), 12), True),
        (at(date(2026, 12, 31), 12), True),
        (at(date(2027, 1, 1), 12), True),
        (at(date(2026, 6, 5), 12), False),  # closed by the town, but not a holiday
    ],
)
def test_quiet(moment: datetime, quiet: bool) -> None:  # noqa: FBT001 - a column of the table
    """Quiet hours: 20.00 to 8.00, Sundays, holidays, and 24 and 31 December (HR-18)."""
    assert KLINTSUND.quiet(moment) is quiet


def test_own_quiet_hours_are_added() -> None:
    """A citizen's own quiet hours add to the town's, also past midnight."""
    monday = date(2026, 11, 23)
    assert KLINTSUND.quiet(at(monday, 18, 30), (18 * 60, 9 * 60))
    assert KLINTSUND.quiet(at(monday, 8, 59), (18 * 60, 9 * 60))
    assert not KLINTSUND.quiet(at(monday, 9), (18 * 60, 9 * 60))
    assert KLINTSUND.quiet(at(monday, 13), (12 * 60, 14 * 60))
    assert KLINTSUND.quiet(at(monday, 21), (12 * 60, 14 * 60))
    assert not KLINTSUND.quiet(at(monday, 12), (12 * 60, 12 * 60))


def test_next_allowed() -> None:
    """Allowed times stay; others move to the next morning that is no Sunday or holiday."""
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    now = at(saturday, 19, 59)
    assert KLINTSUND.next_allowed(now) == now
    assert KLINTSUND.next_allowed(at(saturday, 20)) == at(monday, 8)
    assert KLINTSUND.next_allowed(at(saturday, 20), (20 * 60, 9 * 60 + 7)) == at(monday, 9, 7)
    assert KLINTSUND.next_allowed(at(date(2026, 12, 23), 22)) == at(date(2026, 12, 28), 8)
    assert KLINTSUND.next_allowed(at(date(2027, 3, 24), 22)) == at(date(2027, 3, 27), 8)


def test_own_hours_that_leave_minutes() -> None:
    """Own hours that leave a few minutes a day still allow those minutes."""
    monday = date(2026, 11, 23)
    narrow = (11 * 60 + 4, 11 * 60 + 1)
    assert KLINTSUND.next_allowed(at(monday, 11, 4), narrow) == at(monday + timedelta(1), 11, 1)
    assert KLINTSUND.last_allowed_before(at(monday, 15), narrow) == at(monday, 11, 1)


def test_own_hours_that_leave_nothing() -> None:
    """Own hours that leave no time at all are ignored."""
    monday = date(2026, 11, 23)
    assert KLINTSUND.next_allowed(at(monday, 3), (0, 24 * 60)) == at(monday, 8)
    assert KLINTSUND.next_allowed(at(monday, 12), (8 * 60, 20 * 60)) == at(monday, 12)
    assert KLINTSUND.last_allowed_before(at(monday, 12), (0, 24 * 60)) == at(monday, 11, 55)


def test_last_allowed_before() -> None:
    """A reminder goes out before its event, at 19.00 at the latest, and never on a quiet day."""
    saturday, sunday, monday = (date(2026, 11, day) for day in (21, 22, 23))
    assert KLINTSUND.last_allowed_before(at(monday, 15)) == at(monday, 14, 55)
    assert KLINTSUND.last_allowed_before(at(monday, 23)) == at(monday, 19)
    assert KLINTSUND.last_allowed_before(at(monday, 8)) == at(saturday, 19)
    assert KLINTSUND.last_allowed_before(at(sunday, 10)) == at(saturday, 19)
    assert KLINTSUND.last_allowed_before(at(date(2026, 12, 26), 10)) == at(date(2026, 12, 23), 19)
    assert KLINTSUND.last_allowed_before(at(monday, 7), (18 * 60, 9 * 60)) == at(saturday, 17, 55)


def test_summer_begins() -> None:
    """28 March 2027 has 23 hours: local times stay, and their UTC distance shrinks."""
    saturday, monday = (SUMMER_BEGINS + timedelta(days=n) for n in (-1, 1))
    assert at(saturday, 10) == datetime(2027, 3, 27, 9, 0, tzinfo=UTC)
    assert at(SUMMER_BEGINS, 10) == datetime(2027, 3, 28, 8, 0, tzinfo=UTC)
    assert KLINTSUND.instant(SUMMER_BEGINS, time(2, 30)) == at(SUMMER_BEGINS, 3, 30)
    # That Sunday is Easter Sunday, and the Monday after it a holiday.
    after = at(date(2027, 3, 30), 8)
    assert after == datetime(2027, 3, 30, 6, 0, tzinfo=UTC)
    assert KLINTSUND.next_allowed(at(saturday, 21)) == after
    assert KLINTSUND.last_allowed_before(at(monday, 10)) == at(saturday, 19)


def test_winter_begins() -> None:
    """31 October 2027 has an hour twice: the first is used, and quiet hours still end at 8."""
    saturday, monday = (WINTER_BEGINS + timedelta(days=n) for n in (-1, 1))
    assert at(WINTER_BEGINS, 2, 30) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert KLINTSUND.local(datetime(2027, 10, 31, 1, 30, tzinfo=UTC)).time() == time(2, 30)
    assert KLINTSUND.next_allowed(at(saturday, 21)) == datetime(2027, 11, 1, 7, 0, tzinfo=UTC)
    assert KLINTSUND.last_allowed_before(at(monday, 7)) == datetime(2027, 10, 30, 17, tzinfo=UTC)


@given(day=st.dates(date(2026, 1, 1), date(2030, 1, 1)), shown=st.times())
@example(day=date(2026, 3, 29), shown=time(2, fold=1))
def test_intent_becomes_an_instant(day: date, shown: time) -> None:
    """A local time keeps its clock time, or is an hour later in the hour skipped in spring."""
    local = KLINTSUND.local(KLINTSUND.instant(day, shown))
    skipped = local.replace(tzinfo=None) - datetime.combine(day, shown)
    assert skipped == timedelta(0) or (shown.hour == 2 and skipped == timedelta(hours=1))


@given(instant=instants, own=own_hours)
@settings(max_examples=300)
def test_next_allowed_is_the_next(instant: datetime, own: tuple[int, int] | None) -> None:
    """The slot is not quiet and all times before it are, with any own hours."""
    found = KLINTSUND.next_allowed(instant, own)
    kept = own if not KLINTSUND.quiet(found, own) else None
    assert not KLINTSUND.quiet(found)
    assert found >= instant
    between = [instant + n * timedelta(minutes=7) for n in range(24 * 60 // 7)]
    assert all(KLINTSUND.quiet(moment, kept) for moment in between if moment < found)


@given(instant=instants, own=own_hours)
@settings(max_examples=300)
def test_last_allowed_before_is_before(instant: datetime, own: tuple[int, int] | None) -> None:
    """The slot is before the event, not late in the day, and never quiet."""
    found = KLINTSUND.last_allowed_before(instant, own)
    assert found < instant
    assert KLINTSUND.local(found).time() <= time(19, 0)
    assert not KLINTSUND.quiet(found)


@pytest.mark.parametrize(
    ("day", "working_days", "before"),
    [
        (date(2026, 4, 9), 2, date(2026, 4, 7)),  # Easter in between
        (date(2026, 4, 9), 3, date(2026, 4, 1)),
        (date(2026, 11, 30), 1, date(2026, 11, 27)),  # over a weekend
    ],
)
def test_working_days_back(day: date, working_days: int, before: date) -> None:
    """Working days are counted backwards by the same rules as forwards."""
    assert KLINTSUND.working_day_before(day, working_days) == before
    assert KLINTSUND.working_day_after(before, working_days) == day
    assert KLINTSUND.working_days_between(before, day) == working_days


@pytest.mark.parametrize(
    ("from_", "hours", "until"),
    [
        (at(date(2026, 11, 23), 10), 1, at(date(2026, 11, 23), 11)),
        (at(date(2026, 11, 23), 15, 30), 1, at(date(2026, 11, 24), 8, 30)),  # half an hour is left
        (at(date(2026, 11, 28), 12), 1, at(date(2026, 11, 30), 9)),  # a Saturday
        (at(date(2026, 11, 23), 3), 1, at(date(2026, 11, 23), 9)),  # before work begins
        (at(date(2026, 12, 23), 15), 2, at(date(2026, 12, 28), 9)),  # Christmas in between
    ],
)
def test_working_time(from_: datetime, hours: int, until: datetime) -> None:
    """Only working hours count as hours of work."""
    assert KLINTSUND.after_working_time(from_, timedelta(hours=hours)) == until

"""The town's calendar: working days, quiet hours, and conversion of local times to instants.

All functions are pure. Instants are aware and in UTC. Local times are made only
for display, and to interpret a person's "at 10".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
MINUTES_A_DAY = 24 * 60
# In minutes after midnight. No message that can wait is sent from 20.00 to 8.00 (HR-18).
QUIET_FROM, QUIET_UNTIL = 20 * 60, 8 * 60
LAST_SLOT = 19 * 60
# Minutes from the last slot to an event, or to a citizen's own quiet hours.
MARGIN = 5
# Days searched for a slot; without one, a citizen's own quiet hours are ignored.
FARTHEST_DAYS = 30
# The years of rules about time; a date outside is a slip of the pen.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class OutOfReach(ValueError):
    """A date or a span is outside of what a calendar computes."""

    def __init__(self) -> None:
        """Say what the limits are."""
        super().__init__(f"dates are in the years {FIRST_YEAR} to {LAST_YEAR}")


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    """Return Denmark's public holidays; Store bededag has been a working day since 2024."""
    import holidays  # noqa: PLC0415 - load at the first use, not at the start

    return frozenset(holidays.country_holidays("DK", years=year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """A town's time zone and working hours, and its closed days ("MM-DD") that are no holidays."""

    zone: str = "Europe/Copenhagen"
    closed_days: tuple[str, ...] = ("06-05", "12-24", "12-31")
    # Start and end of staff's hours on working days, in minutes after midnight.
    work: tuple[int, int] = (8 * 60, 16 * 60)
    # Days without messages that can wait, in addition to Sundays and public holidays.
    calm_days: tuple[str, ...] = field(default=("12-24", "12-31"))

    def local(self, instant: datetime) -> datetime:
        """Return *instant* in the town's time zone."""
        return instant.astimezone(ZoneInfo(self.zone))

    def instant(self, day: date, at: time) -> datetime:
        """Return the UTC instant of local time *at* on *day*.

        A time skipped in spring moves on by the skipped hour. A time that occurs twice in
        autumn means its first occurrence.
        """
        return datetime.combine(day, at.replace(fold=0), ZoneInfo(self.zone)).astimezone(UTC)

    def is_holiday(self, day: date) -> bool:
        """Return whether *day* is a public holiday."""
        return day in _holidays(day.year)

    def is_closed(self, day: date) -> bool:
        """Return whether *day* is a public holiday or another closed day of the town."""
        return self.is_holiday(day) or f"{day:%m-%d}" in self.closed_days

    def is_working_day(self, day: date) -> bool:
        """Return whether *day* is a working day of the town."""
        return day.weekday() < SATURDAY and not self.is_closed(day)

    def due_date(self, received: datetime, working_days: int) -> date:
        """Return the last of *working_days*, counted from the day after *received*."""
        return self.working_day_after(self.local(received).date(), working_days)

    def working_day_before(self, day: date, working_days: int) -> date:
        """Return the day that is *working_days* before *day*."""
        left = working_days
        while left > 0:
            day -= timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_day_after(self, day: date, working_days: int) -> date:
        """Return the day that is *working_days* after *day*."""
        left = working_days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def end_of_work(self, day: date) -> datetime:
        """Return the end of the staff's working hours on *day*."""
        return self._at(day, self.work[1])

    def working_days_between(self, first: date, last: date) -> int:
        """Return the number of working days after *first*, up to and including *last*."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def after_working_time(self, instant: datetime, span: timedelta) -> datetime:
        """Return the instant when *span* of working hours has passed since *instant*."""
        begins, ends = self.work
        day, left = self.local(instant).date(), span
        while True:
            if self.is_working_day(day):
                start = max(instant, self._at(day, begins))
                room = self._at(day, ends) - start
                if room > timedelta() and room >= left:
                    return start + left
                left -= max(room, timedelta())
            day += timedelta(days=1)

    def is_calm_day(self, day: date) -> bool:
        """Return whether messages that can wait are not sent on *day* at all."""
        calm = f"{day:%m-%d}" in self.calm_days
        return day.weekday() == SUNDAY or self.is_holiday(day) or calm

    def quiet(self, instant: datetime, own: tuple[int, int] | None = None) -> bool:
        """Return whether *instant* is in quiet hours, the town's or the citizen's *own*.

        *own* is start and end, in minutes after local midnight.
        """
        local = self.local(instant)
        minute = local.hour * 60 + local.minute
        return (
            self.is_calm_day(local.date())
            or _within(minute, QUIET_FROM, QUIET_UNTIL)
            or (own is not None and _within(minute, *own))
        )

    def next_allowed(self, instant: datetime, own: tuple[int, int] | None = None) -> datetime:
        """Return *instant*, or the first moment after it that is not quiet.

        Where the citizen's own quiet hours leave no time at all, only the town's count.
        """
        if not self.quiet(instant, own):
            return instant
        ends = {QUIET_UNTIL} | ({own[1]} if own else set())
        first = self.local(instant).date()
        for day in (first + timedelta(days=n) for n in range(FARTHEST_DAYS)):
            for moment in sorted(self._at(day, minute) for minute in ends):
                if moment > instant and not self.quiet(moment, own):
                    return moment
        return self.next_allowed(instant) if own else instant

    def last_allowed_before(
        self, instant: datetime, own: tuple[int, int] | None = None
    ) -> datetime:
        """Return the last allowed time to send before *instant*, for a reminder of an event.

        The last slot of a day is 19.00, so that citizens have an hour left to answer.
        Where the citizen's own quiet hours leave no time at all, only the town's count.
        """
        edges = {LAST_SLOT, QUIET_UNTIL} | ({own[0] - MARGIN, own[1]} if own else set())
        last = self.local(instant).date()
        for day in (last - timedelta(days=n) for n in range(FARTHEST_DAYS)):
            slots = {self._at(day, minute) for minute in edges} | {_slot_before(instant)}
            for moment in sorted(slots, reverse=True):
                if moment < instant and not self._late(moment) and not self.quiet(moment, own):
                    return moment
        return self.last_allowed_before(instant) if own else instant

    def _late(self, instant: datetime) -> bool:
        """Return whether *instant* is after the last slot of its day."""
        local = self.local(instant)
        return local.hour * 60 + local.minute > LAST_SLOT

    def _at(self, day: date, minute: int) -> datetime:
        """Return the instant of *minute* after local midnight; 1440 is the next day's midnight."""
        days, rest = divmod(minute, MINUTES_A_DAY)
        return self.instant(day + timedelta(days=days), time(rest // 60, rest % 60))


def _within(minute: int, start: int, end: int) -> bool:
    """Return whether *minute* is in the span, which may cross midnight."""
    return start <= minute < end if start <= end else minute >= start or minute < end


def _slot_before(instant: datetime) -> datetime:
    """Return the latest multiple of 5 minutes that is at least 5 minutes before *instant*."""
    moment = instant - timedelta(minutes=MARGIN)
    return moment.replace(minute=moment.minute - moment.minute % MARGIN, second=0, microsecond=0)

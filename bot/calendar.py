"""The town's days: working days, quiet hours, and wall-clock times turned into instants.

Everything here is pure. Instants are aware and in UTC; a local time is only
ever made to be shown, or to say what a person means by "at 10".
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SATURDAY, SUNDAY = 5, 6
MINUTES_A_DAY = 24 * 60
# No message of ours that can wait goes out from 20.00 to 8.00 (HR-18).
QUIET_FROM, QUIET_UNTIL = 20 * 60, 8 * 60
LAST_SLOT = 19 * 60
# How far before an event, or before a citizen's own quiet hours, a slot ends, in minutes.
MARGIN = 5
# Own quiet hours that leave no room on any of so many days leave none at all.
FARTHEST_DAYS = 30


@lru_cache(maxsize=32)
def _holidays(year: int) -> frozenset[date]:
    """Return Denmark's public holidays; Store bededag has been a working day since 2024."""
    import holidays  # noqa: PLC0415 - only once a day is asked for: a start need not wait for it

    return frozenset(holidays.country_holidays("DK", years=year))


@dataclass(frozen=True, slots=True)
class Calendar:
    """A town's zone, and the days it is closed beside the public holidays ("MM-DD")."""

    zone: str = "Europe/Copenhagen"
    closed_days: tuple[str, ...] = ("06-05", "12-24", "12-31")
    # When the staff work, on working days, in minutes after midnight.
    work: tuple[int, int] = (8 * 60, 16 * 60)
    # Days on which nobody is disturbed, beside Sundays and public holidays.
    calm_days: tuple[str, ...] = field(default=("12-24", "12-31"))

    def local(self, instant: datetime) -> datetime:
        """Return *instant* as the town's clocks show it."""
        return instant.astimezone(ZoneInfo(self.zone))

    def instant(self, day: date, at: time) -> datetime:
        """Return when the town's clocks show *at* on *day*, in UTC.

        A time that the spring skips is the one as much later; one that the
        autumn has twice is the first.
        """
        return datetime.combine(day, at, ZoneInfo(self.zone)).astimezone(UTC)

    def is_holiday(self, day: date) -> bool:
        """Return whether *day* is a public holiday."""
        return day in _holidays(day.year)

    def is_working_day(self, day: date) -> bool:
        """Return whether the town works on *day*."""
        closed = f"{day:%m-%d}" in self.closed_days
        return day.weekday() < SATURDAY and not self.is_holiday(day) and not closed

    def due_date(self, received: datetime, working_days: int) -> date:
        """Return the last of so many working days, counted from the day after the receipt's."""
        return self.working_day_after(self.local(received).date(), working_days)

    def working_day_before(self, day: date, working_days: int) -> date:
        """Return the day that lies so many working days before *day*."""
        left = working_days
        while left > 0:
            day -= timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_day_after(self, day: date, working_days: int) -> date:
        """Return the day that lies so many working days after *day*."""
        left = working_days
        while left > 0:
            day += timedelta(days=1)
            left -= self.is_working_day(day)
        return day

    def working_days_between(self, first: date, last: date) -> int:
        """Return how many working days lie after *first*, up to *last*."""
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        return sum(self.is_working_day(day) for day in days)

    def after_working_time(self, instant: datetime, span: timedelta) -> datetime:
        """Return when the staff have worked for *span*, counted from *instant*."""
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
        """Return whether nobody is to be disturbed on *day* at all."""
        calm = f"{day:%m-%d}" in self.calm_days
        return day.weekday() == SUNDAY or self.is_holiday(day) or calm

    def quiet(self, instant: datetime, own: tuple[int, int] | None = None) -> bool:
        """Return whether *instant* is in quiet hours, the town's or the citizen's *own*.

        *own* is from and until, in minutes after midnight of the town's clocks.
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

        Where a citizen's own hours leave no room at all, the town's alone count.
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
        """Return the last slot before *instant*, for what prepares an event.

        The last slot of a day is 19.00, so that there is an hour left to answer in.
        Where a citizen's own hours leave no room at all, the town's alone count.
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
        """Return when so many minutes after midnight are shown; a day's end is the next day's 0."""
        days, rest = divmod(minute, MINUTES_A_DAY)
        return self.instant(day + timedelta(days=days), time(rest // 60, rest % 60))


def _within(minute: int, start: int, end: int) -> bool:
    """Return whether *minute* lies in a span that may go past midnight."""
    return start <= minute < end if start <= end else minute >= start or minute < end


def _slot_before(instant: datetime) -> datetime:
    """Return the last whole five minutes that are at least five minutes before *instant*."""
    moment = instant - timedelta(minutes=MARGIN)
    return moment.replace(minute=moment.minute - moment.minute % MARGIN, second=0, microsecond=0)

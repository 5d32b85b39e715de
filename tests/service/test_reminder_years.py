"""Simulated years of every kind of recurrence, compared with an independent calculation.

The short form is a spring with Easter, a clock change and both outages; ``--slow`` is three years.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import recurring_ical_events
from dateutil.easter import easter
from reminder_town import ZONE, Town

from bot.model.audience import ROLE, Is
from bot.model.commands.reminders import GiveRole
from bot.simulator import TOKEN
from bot.testing import PEOPLE, START

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
# Fixed days and days after Easter Sunday on which Denmark has a public holiday.
FIXED = {(1, 1), (12, 25), (12, 26)}
MOVING = {-3, -2, 0, 1, 39, 49, 50}
CALM, CLOSED = {(12, 24), (12, 31)}, {(6, 5), (12, 24), (12, 31)}
TEN = {"at": "10:00"}
# Each kind: our rule, and the same as RFC 5545 says it. Holidays are treated below.
KINDS: Mapping[str, tuple[dict[str, Any], str]] = {
    "daily": ({"unit": "day", **TEN}, "FREQ=DAILY"),
    "in the evening": ({"unit": "day", "at": "21:30"}, "FREQ=DAILY"),
    "when clocks change": ({"unit": "day", "at": "02:30"}, "FREQ=DAILY"),
    "every third day": ({"unit": "day", "interval": 3, **TEN}, "FREQ=DAILY;INTERVAL=3"),
    "working days": (
        {"unit": "week", "weekdays": [0, 1, 2, 3, 4], "holidays": "skip", **TEN},
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    ),
    "Mondays, moved": (
        {"unit": "week", "weekdays": [0], "holidays": "move", **TEN},
        "FREQ=WEEKLY;BYDAY=MO",
    ),
    "every other week": (
        {"unit": "week", "weekdays": [2, 6], "interval": 2, **TEN},
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE,SU;WKST=MO",
    ),
    "the 31st": (
        {"unit": "month", "days": [31], **TEN},
        "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
    ),
    "last Thursday": (
        {"unit": "month", "nth": -1, "weekdays": [3], **TEN},
        "FREQ=MONTHLY;BYDAY=-1TH",
    ),
    "every other month": (
        {"unit": "month", "nth": 2, "weekdays": [1], "interval": 2, **TEN},
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=2TU",
    ),
    "29 February": (
        {"unit": "year", "month": 2, "days": [29], **TEN},
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1",
    ),
    "Christmas Eve": (
        {"unit": "year", "month": 12, "days": [24], **TEN},
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
    ),
    "ten times": ({"unit": "day", "count": 10, **TEN}, "FREQ=DAILY;COUNT=10"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A simulated span of local days, with the times when the bot is down."""

    first: date
    last: date
    outages: tuple[tuple[datetime, datetime], ...]


def local(day: date, at: time) -> datetime:
    """Return a local time as an instant."""
    return datetime.combine(day, at, ZONE).astimezone(UTC)


def away(year: int, month: int, day: int, hour: int, span: timedelta) -> tuple[datetime, datetime]:
    """Return an outage."""
    begin = local(date(year, month, day), time(hour))
    return begin, begin + span


SPRING = Span(
    date(2027, 3, 15),
    date(2027, 4, 26),
    (away(2027, 4, 14, 8, 6 * HOUR), away(2027, 4, 20, 9, 3 * DAY)),
)
YEARS = Span(
    date(2026, 12, 1),
    date(2029, 12, 31),
    (
        away(2027, 4, 14, 8, 6 * HOUR),
        away(2028, 2, 28, 9, 3 * DAY),
        away(2028, 10, 27, 9, 3 * DAY),
        away(2029, 5, 9, 8, 6 * HOUR),
    ),
)


def is_calm(day: date) -> bool:
    """Return whether a day has no messages that can wait."""
    return day.weekday() == 6 or is_holiday(day) or (day.month, day.day) in CALM


def is_holiday(day: date) -> bool:
    """Return whether a day is a public holiday."""
    return (day.month, day.day) in FIXED or (day - easter(day.year)).days in MOVING


def is_closed(day: date) -> bool:
    """Return whether the town is closed on a day that could be a working day."""
    return is_holiday(day) or (day.month, day.day) in CLOSED


def is_quiet(instant: datetime) -> bool:
    """Return whether an instant is in quiet hours."""
    there = instant.astimezone(ZONE)
    return is_calm(there.date()) or not 8 <= there.hour < 20


def allowed(instant: datetime) -> datetime:
    """Return an instant, or the first one after it that is not quiet."""
    there = instant.astimezone(ZONE)
    day = there.date() if there.hour < 8 else there.date() + DAY
    while is_quiet(instant):
        instant, day = local(day, time(8)), day + DAY
    return instant


def occurrences(rule: Mapping[str, Any], rrule: str, span: Span) -> list[datetime]:
    """Return the occurrences that are due in a span, by another library."""
    at = time.fromisoformat(rule["at"])
    event = icalendar.Event()
    event.add("uid", "1")
    event.add("dtstart", datetime.combine(span.first, at, ZONE))
    event.add("rrule", icalendar.vRecur.from_ical(rrule))
    calendar = icalendar.Calendar()
    calendar.add_component(event)
    found = recurring_ical_events.of(calendar).between(span.first, span.last + 40 * DAY)
    days = {one["DTSTART"].dt.astimezone(ZONE).date() for one in found}
    is_of_rule = span.first.weekday() in rule.get("weekdays", range(7))
    if not is_of_rule or rule["unit"] in {"month", "year"}:  # they would begin with DTSTART
        days -= {span.first}
    if rule.get("holidays") == "skip":
        days = {day for day in days if not is_closed(day)}
    if rule.get("holidays") == "move":
        days = {next(d for n in range(9) if not is_closed(d := day + n * DAY)) for day in days}
    return sorted(local(day, at) for day in days)


def expected(wanted: Sequence[datetime], span: Span) -> Counter[str]:
    """Return what becomes of occurrences: sent, moved, missed or too late."""
    outcome: Counter[str] = Counter()
    end = local(span.last + DAY, time())
    for one, following in zip(wanted, [*wanted[1:], None], strict=False):
        if one >= end:
            break
        planned = allowed(one)
        back = next((until for since, until in span.outages if since <= one < until), one)
        too_close = following and planned > one and allowed(following) - planned < 3 * HOUR
        if too_close or (following and following <= back and back != one):
            outcome["missed"] += 1
            continue
        taken = max(planned, back)
        taken = next((until for since, until in span.outages if since <= taken < until), taken)
        taken = allowed(taken)
        useful = planned + DAY
        if following:
            useful = min(useful, max(planned, following))
        if taken >= end:
            outcome["planned"] += 1
        elif taken > useful:
            outcome["too late"] += 1
        else:
            outcome["moved" if planned != one else "sent"] += 1
    return outcome


NAMED = {"sent": "sent", "sent quiet": "moved", "expired missed": "missed"}
NAMED |= {"expired too_late": "too late", "planned quiet": "planned", "planned": "planned"}


@pytest.mark.parametrize("span", [SPRING, pytest.param(YEARS, marks=pytest.mark.slow)])
async def test_every_kind(sqlite_url: str, span: Span) -> None:
    """Each occurrence has one outcome, as calculated; none is sent twice or in quiet hours."""
    town = Town(sqlite_url)
    begin = local(span.first, time()) - HOUR
    town.chat.clock.move_to(max(begin, START))
    await town.begin("Jens")
    await town.do(GiveRole(1, await town.participant("Jens"), "ambassador"))
    made = {}
    for name, (rule, _rrule) in KINDS.items():
        recurrence = {**rule, "starts_on": span.first.isoformat()}
        made[name] = await town.set(
            {"recurrence": recurrence}, Is(ROLE, "ambassador"), words=f"Husk nøglen: {name}."
        )
    for since, until in span.outages:
        await town.until(since - timedelta(minutes=1))
        await town.chat.close()
        town.chat.clock.move_to(until)
        await town.chat.play("--- 0 minutes pass")
    await town.until(local(span.last + DAY, time()) - timedelta(minutes=1))
    for name, (rule, rrule) in KINDS.items():
        wanted = occurrences(rule, rrule, span)
        ledger = await town.ledger(made[name])
        got = Counter(
            NAMED[f"{one.state} {one.reason}" if one.reason else one.state] for one in ledger
        )
        assert got == expected(wanted, span), name
        due = [one for one in wanted if one < local(span.last + DAY, time())]
        assert [one.wanted_at for one in ledger] == due, name
        sent = [one for one in ledger if one.state == "sent"]
        assert not [one for one in sent if one.sent_at is None or is_quiet(one.sent_at)], name
        assert all(one.sent_at <= one.not_after for one in sent if one.sent_at and one.not_after)
        assert town.got("Jens", f"Husk nøglen: {name}.") == len(sent), name
    assert len(town.chat.world.bots[TOKEN].chats[PEOPLE["Jens"][0]].log) > len(KINDS)
    await town.is_sound()
    await town.chat.close()

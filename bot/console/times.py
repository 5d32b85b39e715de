"""Instants as lists show them: "today", "yesterday" and "tomorrow" where they are near."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.i18n import Day, Text, _

DAY_AND_TIME = _("{day} {time}")
A_WHILE = timedelta(days=300)  # beyond this the year is shown, too


def full(instant: datetime, *, zone: str) -> Text:
    """Return date, with year, and time of *instant*."""
    local = instant.astimezone(ZoneInfo(zone))
    return DAY_AND_TIME.with_(day=Day(local.date()), time=local.time())


def when(instant: datetime, now: datetime, *, zone: str) -> Text | datetime:
    """Return *instant* relative to *now* where it is near; both must be timezone-aware."""
    local = instant.astimezone(ZoneInfo(zone))
    days = (local.date() - now.astimezone(ZoneInfo(zone)).date()).days
    near = {
        -1: _("yesterday {time}"),
        0: _("today {time}"),
        1: _("tomorrow {time}"),
    }.get(days)
    if near is not None:
        return near.with_(time=local.time())
    if abs(now - instant) > A_WHILE:
        return full(instant, zone=zone)
    return instant

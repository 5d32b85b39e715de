"""An offset from a person's or an event's own time, such as "the day before at 10"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bot.calendar import Calendar, OutOfReach


class Span(StrEnum):
    """What an offset counts in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"


# The longest offset, in either direction.
LONGEST_DAYS = 5 * 366
_A_DAY: Mapping[Span, int] = {Span.MINUTE: 24 * 60, Span.HOUR: 24, Span.DAY: 1}


@dataclass(frozen=True, slots=True)
class Offset:
    """*amount* spans after an instant, or before it if negative.

    Days and weeks keep the local time, or take *at*, also when the clocks change. Minutes and
    hours are elapsed time and take no *at*.

    Raise `ValueError` where minutes or hours have an *at*, and its `OutOfReach` where it is
    longer than five years.
    """

    amount: int
    span: Span
    at: time | None = None

    def __post_init__(self) -> None:
        """Raise `ValueError` where minutes or hours have an *at*."""
        if self.at is not None and self.span in {Span.MINUTE, Span.HOUR}:
            message = "minutes and hours have no time of day"
            raise ValueError(message)
        longest = LONGEST_DAYS * _A_DAY.get(self.span, 1) // (7 if self.span is Span.WEEK else 1)
        if abs(self.amount) > longest:
            raise OutOfReach

    def from_(self, instant: datetime, calendar: Calendar) -> datetime:
        """Return the instant at this offset from *instant*."""
        match self.span:
            case Span.MINUTE:
                return instant + timedelta(minutes=self.amount)
            case Span.HOUR:
                return instant + timedelta(hours=self.amount)
            case _:
                local = calendar.local(instant)
                days = self.amount * (7 if self.span is Span.WEEK else 1)
                day = local.date() + timedelta(days=days)
                return calendar.instant(day, self.at or local.time())


def to_json(offset: Offset) -> dict[str, Any]:
    """Return an offset as JSON."""
    fields: dict[str, Any] = {"amount": offset.amount, "span": offset.span.value}
    return fields if offset.at is None else {**fields, "at": offset.at.isoformat("minutes")}


def from_json(fields: Mapping[str, Any]) -> Offset:
    """Return the offset of its JSON; raise `ValueError` or `KeyError` where it makes none."""
    at = fields.get("at")
    return Offset(
        int(fields["amount"]), Span(fields["span"]), time.fromisoformat(at) if at else None
    )

"""What a phrase about time means: a moment, a rule, or a question to the person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.calendar.recurrence import Recurrence


class Part(StrEnum):
    """A part of the day, said without a clock time."""

    MORNING = "morning"
    FORENOON = "forenoon"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


# The clock time that a part of the day means where one is needed.
USUAL_TIME = {
    Part.MORNING: time(8),
    Part.FORENOON: time(10),
    Part.NOON: time(12),
    Part.AFTERNOON: time(14),
    Part.EVENING: time(19),
    Part.NIGHT: time(22),
}


class Why(StrEnum):
    """Why the person must be asked for the meaning."""

    TWO = "two"  # two readings are likely
    MISMATCH = "mismatch"  # the weekday and the date do not fit
    PASSED = "passed"
    IMPOSSIBLE = "impossible"  # there is no such day
    UNCLEAR = "unclear"  # words about time are left that were not understood


@dataclass(frozen=True, slots=True)
class When:
    """A day or a span of days, with a clock time, a span of time or a part of the day if said.

    All are local. *ends* is the last day of a span of days.
    """

    day: date
    at: time | None = None
    ends: date | None = None
    ends_at: time | None = None
    part: Part | None = None


@dataclass(frozen=True, slots=True)
class Repeats:
    """A rule; without *has_time* its time is the usual time of the part of the day, or 9.00.

    *ends_at* is when each occurrence ends, if a span of time was said.
    """

    rule: Recurrence
    has_time: bool
    part: Part | None = None
    ends_at: time | None = None


@dataclass(frozen=True, slots=True)
class Ask:
    """The phrase does not say enough. *choices* are likely meanings; there may be none."""

    why: Why
    choices: tuple[When, ...] = ()


Meaning = When | Repeats | Ask


@dataclass(frozen=True, slots=True)
class Reading:
    """The meaning of a text, and *rest*: the text without the words about time."""

    meaning: Meaning | None
    rest: str

"""What a check is: one statement that finds what must not be."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, text

from bot.model.case import LIVE, NEVER_TIMED_OUT
from bot.store.types import UtcDateTime

LATE = timedelta(minutes=15)  # what is due longer than this is stuck
# How long before now a moment that a statement names is.
MOMENTS = {
    "late": LATE,
    "kept": timedelta(days=6),  # a day less than ended rows are kept
    "loose": timedelta(days=8),  # a day more than a file may hang on nothing
    "second_reminder": timedelta(days=10),
    "verdict": timedelta(days=14),
    "silence": timedelta(days=24),
}
LISTS: dict[str, list[str]] = {"live": sorted(LIVE), "never_timed_out": sorted(NEVER_TIMED_OUT)}
_NAMED = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class Check:
    """One rule. *finds* returns ids of what breaks it; *of* says what they are ids of."""

    name: str
    of: str
    finds: Executable
    means: str  # a sentence
    do: str  # a sentence
    named: tuple[str, ...] = field(default=())


# A timer does its work while it is set, and while the row it has become is not done.
_RUNNING = """
    LEFT JOIN timer ON timer.kind = '{kind}' AND timer.subject = CAST({of}.id AS VARCHAR(20))
    LEFT JOIN inbox ON inbox.source = 'timer' AND NOT inbox.done AND inbox.key =
        CAST(timer.id AS VARCHAR(20)) || ':' || CAST(timer.fence AS VARCHAR(20))
"""
_STOPPED = "timer.due_at IS NULL AND inbox.id IS NULL"


def check(
    name: str, of: str, finds: str, *, means: str, do: str, timer: tuple[str, str] | None = None
) -> Check:
    """Make a check of SQL that both databases read; its parameters are moments and lists.

    What may be many is joined and never asked for row by row: SQLite would read the
    one table from end to end for each row of the other. With *timer*, a kind and the
    table it is set for, ``RUNNING`` joins that timer, and ``STOPPED`` says that it is not set.
    """
    if timer is not None:
        running = _RUNNING.format(kind=timer[0], of=timer[1])
        finds = finds.replace("RUNNING", running).replace("STOPPED", _STOPPED)
    named = tuple(sorted(set(_NAMED.findall(finds))))
    typed = [
        bindparam(n, type_=UtcDateTime) if n in MOMENTS else bindparam(n, expanding=True)
        for n in named
    ]
    return Check(name, of, text(finds).bindparams(*typed), means, do, named)


def parameters(checked: Check, now: datetime) -> dict[str, Any]:
    """Return what the statement of a check is given."""
    return {n: now - MOMENTS[n] if n in MOMENTS else LISTS[n] for n in checked.named}

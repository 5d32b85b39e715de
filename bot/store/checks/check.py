"""A check: one statement that finds rows that break a rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Executable, bindparam, text

from bot.model.case import LIVE, NEVER_TIMED_OUT
from bot.store.types import UtcDateTime

LATE = timedelta(minutes=15)  # a row that has been due for longer is stuck
# Moments that a statement can name, as a time before now.
MOMENTS = {
    "late": LATE,
    "kept": timedelta(days=6),  # a day less than ended rows are kept
    "loose": timedelta(days=8),  # a day more than a file may exist without an attachment
    "second_reminder": timedelta(days=10),
    "verdict": timedelta(days=14),
    "silence": timedelta(days=24),
}
LISTS: dict[str, list[str]] = {"live": sorted(LIVE), "never_timed_out": sorted(NEVER_TIMED_OUT)}
_NAMED = re.compile(r"(?<!:):([a-z_]+)")


@dataclass(frozen=True, slots=True)
class RowCheck:
    """One rule. *finds* returns ids of rows that break it; *of* names the kind of row.

    *means* and *do* are sentences for the operator. A *harmless* finding is a warning.
    """

    name: str
    of: str
    finds: Executable
    means: str
    do: str
    named: tuple[str, ...] = ()
    harmless: bool = False


# A timer counts as running while it is set, and while its inbox row is not done.
_RUNNING = """
    LEFT JOIN timer ON timer.kind = '{kind}' AND timer.subject = CAST({of}.id AS VARCHAR(20))
    LEFT JOIN inbox ON inbox.source = 'timer' AND NOT inbox.done AND inbox.key =
        CAST(timer.id AS VARCHAR(20)) || ':' || CAST(timer.fence AS VARCHAR(20))
"""
_STOPPED = "timer.due_at IS NULL AND inbox.id IS NULL"


def check(
    name: str,
    of: str,
    finds: str,
    *,
    means: str,
    do: str,
    timer: tuple[str, str] | None = None,
    harmless: bool = False,
) -> RowCheck:
    """Return a check of SQL for both databases; its parameters are moments and lists.

    Large tables are joined instead of queried row by row: SQLite would scan one table
    for each row of the other. *timer* is a kind and the table it is set for: ``RUNNING``
    then joins that timer, and ``STOPPED`` is the condition that it does not run.
    """
    if timer is not None:
        running = _RUNNING.format(kind=timer[0], of=timer[1])
        finds = finds.replace("RUNNING", running).replace("STOPPED", _STOPPED)
    named = tuple(sorted(set(_NAMED.findall(finds))))
    typed = [
        bindparam(n, type_=UtcDateTime) if n in MOMENTS else bindparam(n, expanding=True)
        for n in named
    ]
    return RowCheck(name, of, text(finds).bindparams(*typed), means, do, named, harmless)


def parameters(checked: RowCheck, now: datetime) -> dict[str, Any]:
    """Return the parameters for the statement of a check."""
    return {n: now - MOMENTS[n] if n in MOMENTS else LISTS[n] for n in checked.named}

"""Lists of cases: which there are, what narrows them, and what a line of one shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.case import FIRST_NUMBER, LIVE, CaseKind, CaseMark, CaseState

PAGE = 50  # cases
MOST_COUNTED = 999  # a count goes no further: nobody reads that many
_ID = re.compile(r"[0-9]{1,18}")


class CaseList(StrEnum):
    """A list that staff work through."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    WAITING = "waiting"  # for the citizen; the clock stands still
    ANSWERED = "answered"  # waits for the citizen's word on the answer
    ALL = "all"

    @property
    def by_date(self) -> bool:
        """Tell whether the first date due comes first; else the newest case does."""
        return self not in (CaseList.ANSWERED, CaseList.ALL)


@dataclass(frozen=True, slots=True)
class Narrow:
    """What narrows a list; None is anything."""

    theme: str | None = None
    area: str | None = None
    state: CaseState | None = None
    kind: CaseKind | None = None
    mark: CaseMark | None = None


@dataclass(frozen=True, slots=True)
class ListedCase:
    """A case, as one line of a list shows it. *owner* is a first name."""

    id: int
    title: str
    asker_name: str | None
    source: str
    kind: CaseKind
    theme: str
    area: str | None
    language: str
    state: CaseState
    owner_id: int | None
    owner: str | None
    due_on: date
    call_by: datetime | None
    waiting_since: datetime | None
    marks: tuple[str, ...]
    received_at: datetime
    citizen_at: datetime
    read_at: datetime | None

    @property
    def number(self) -> int:
        """Return the number without the town's prefix."""
        return self.id + FIRST_NUMBER

    @property
    def live(self) -> bool:
        """Tell whether somebody is still to do something."""
        return self.state in LIVE

    @property
    def unread(self) -> bool:
        """Tell whether the citizen wrote since somebody last read it."""
        return self.read_at is None or self.read_at < self.citizen_at


@dataclass(frozen=True, slots=True)
class CallDue:
    """A call that a citizen was promised. *owner* is a first name."""

    id: int
    title: str
    asker_name: str | None
    asker_phone: str | None
    owner: str | None
    call_by: datetime

    @property
    def number(self) -> int:
        """Return the number without the town's prefix."""
        return self.id + FIRST_NUMBER


@dataclass(frozen=True, slots=True)
class Edge:
    """A case that a page begins after, or ends before; with its date, where that sorts."""

    id: int
    due_on: date | None = None

    @property
    def written(self) -> str:
        """Return the edge as an address has it."""
        return f"{self.due_on.isoformat()}.{self.id}" if self.due_on else str(self.id)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list; *before* and *after* are where the neighbouring pages are."""

    cases: tuple[ListedCase, ...]
    before: Edge | None = None
    after: Edge | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cases stand in each list of one reader; one more than `MOST_COUNTED` is "more"."""

    mine: int
    unassigned: int
    due_today: int
    overdue: int
    waiting: int
    answered: int


def edge_of(written: str, which: CaseList) -> Edge | None:
    """Read an edge from an address; None where it is none, and so a list begins at its top."""
    day, dot, number = written.rpartition(".")
    if bool(dot) is not which.by_date or not _ID.fullmatch(number):
        return None
    try:
        return Edge(int(number), date.fromisoformat(day) if dot else None)
    except ValueError:
        return None

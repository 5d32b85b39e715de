"""Lists of cases: the lists, their filters, and the fields of one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.model.case import FIRST_NUMBER, LIVE, CaseKind, CaseMark, CaseState

PAGE = 50  # cases
MOST_COUNTED = 999  # counting stops here
_ID = re.compile(r"[0-9]{1,18}")


class CaseList(StrEnum):
    """A list that staff work through."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    DUE_TODAY = "due-today"
    OVERDUE = "overdue"
    WAITING = "waiting"  # for the citizen; the clock is paused
    ANSWERED = "answered"  # waits for the citizen's verdict on the answer
    ALL = "all"

    @property
    def by_date(self) -> bool:
        """Return whether the earliest due date comes first; otherwise the newest case does."""
        return self not in (CaseList.ANSWERED, CaseList.ALL)


@dataclass(frozen=True, slots=True)
class Narrow:
    """The filters of a list; None matches every case."""

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
        """Return whether staff still have to act, or wait for the citizen."""
        return self.state in LIVE

    @property
    def unread(self) -> bool:
        """Return whether the citizen has written since staff last read the case."""
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
    """The case that a page begins after or ends before; *due_on* is set in lists by date."""

    id: int
    due_on: date | None = None

    @property
    def written(self) -> str:
        """Return the edge in the form that URLs have."""
        return f"{self.due_on.isoformat()}.{self.id}" if self.due_on else str(self.id)


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list; *before* and *after* are the edges of the neighbouring pages."""

    cases: tuple[ListedCase, ...]
    before: Edge | None = None
    after: Edge | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of cases in each list of one reader; `MOST_COUNTED` + 1 means “more”."""

    mine: int
    unassigned: int
    due_today: int
    overdue: int
    waiting: int
    answered: int


def edge_of(written: str, which: CaseList) -> Edge | None:
    """Read an edge from a URL; None where it is invalid, so that the list begins at its top."""
    day, dot, number = written.rpartition(".")
    if bool(dot) is not which.by_date or not _ID.fullmatch(number):
        return None
    try:
        return Edge(int(number), date.fromisoformat(day) if dot else None)
    except ValueError:
        return None

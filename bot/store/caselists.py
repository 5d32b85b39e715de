"""Lists of cases for the console: each uses an index, so ended cases do not slow it down."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    TextClause,
    cast,
    func,
    literal,
    select,
    text,
    tuple_,
)
from sqlalchemy import Text as Words

from bot.model.case import CaseKind, CaseState
from bot.model.caselist import (
    MOST_COUNTED,
    PAGE,
    CallDue,
    CaseList,
    Counts,
    Edge,
    ListedCase,
    Narrow,
    Page,
)
from bot.store.dialects import Dialect, dialect_of
from bot.store.repository import Repository
from bot.store.row_mapper import RowMapper
from bot.store.tables import cases, staff

Conditions = list[ColumnElement[bool] | TextClause]
# Spelled as in the indexes: a database uses a partial index only for its exact condition.
LIVE = text("cases.live")
MARKED = text("cases.marks <> '[]'")
CALL_DUE = text("cases.call_by IS NOT NULL")
MARK = "mark"
# Values that most cases have after some time, since most are ended questions.
MANY = frozenset({CaseState.RESOLVED, CaseState.CLOSED, CaseKind.QUESTION})
# A subquery, since a join might lose the order in which rows are read.
OWNER = select(staff.c.first_name).where(staff.c.id == cases.c.owner_id).scalar_subquery()
LINE = RowMapper(ListedCase, cases, owner=OWNER)
CALL = RowMapper(CallDue, cases, owner=OWNER)


@dataclass(frozen=True, slots=True)
class Slice:
    """The wanted part of a list: the rows after an edge, or before it."""

    by_date: bool
    edge: Edge | None = None
    backwards: bool = False

    @property
    def descending(self) -> bool:
        """Return whether rows are read in descending order: newest case or latest date first."""
        return self.by_date is self.backwards

    def of(self, query: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """Limit *query* to the slice and one more row, which shows whether a next page exists."""
        if self.edge is not None:
            query = query.where(self._beyond(self.edge))
        key = (cases.c.due_on, cases.c.id) if self.by_date else (cases.c.id,)
        order = [column.desc() if self.descending else column for column in key]
        return query.order_by(*order).limit(PAGE + 1)

    def _beyond(self, edge: Edge) -> ColumnElement[bool]:
        here: Any = cases.c.id
        there: Any = literal(edge.id)
        if self.by_date:
            here, there = tuple_(cases.c.due_on, here), tuple_(literal(edge.due_on), there)
        beyond: ColumnElement[bool] = here < there if self.descending else here > there
        return beyond

    def page(self, rows: Iterable[Row[*tuple[Any, ...]]]) -> Page:
        """Return the page of the rows that the slice found."""
        found = LINE.all(rows)
        more, found = len(found) > PAGE, found[:PAGE]
        if self.backwards:
            found.reverse()
        if not found:
            return Page(())
        goes_back = more if self.backwards else self.edge is not None
        return Page(
            tuple(found),
            before=self._edge(found[0]) if goes_back else None,
            after=self._edge(found[-1]) if more or self.backwards else None,
        )

    def _edge(self, case: ListedCase) -> Edge:
        return Edge(case.id, case.due_on if self.by_date else None)


class CaseLists(Repository):
    """Lists of cases as staff see them; read only."""

    async def page(
        self,
        which: CaseList,
        reader_id: int,
        today: date,
        narrow: Narrow | None = None,
        *,
        after: Edge | None = None,
        before: Edge | None = None,
    ) -> Page:
        """Return a page of a list for one member of the staff on the town's *today*.

        Where the page before an edge would not be full, return the list's first page.
        """
        wanted = Slice(which.by_date, before or after, backwards=before is not None)
        dialect = dialect_of(self._transaction.dialect)
        conditions = narrowed(narrow or Narrow(), dialect, by_index=which is CaseList.ALL)
        query = LINE.query.where(*within(which, reader_id, today), *conditions)
        page = wanted.page(await self._execute(wanted.of(query)))
        if before is not None and len(page.cases) < PAGE:
            return await self.page(which, reader_id, today, narrow)
        return page

    async def counts(self, reader_id: int, today: date) -> Counts:
        """Return how many cases each list has, up to `MOST_COUNTED` + 1."""
        counted = [
            select(func.count())
            .select_from(
                select(literal(1))
                .select_from(cases)
                .where(*within(which, reader_id, today))
                .limit(MOST_COUNTED + 1)
                .subquery()
            )
            .scalar_subquery()
            for which in CaseList
            if which is not CaseList.ALL
        ]
        return Counts(*(await self._execute(select(*counted))).one())

    async def calls(self, limit: int) -> list[CallDue]:
        """Return promised calls by time due, in any state of their cases."""
        query = CALL.query.where(CALL_DUE).order_by(cases.c.call_by, cases.c.id).limit(limit)
        return CALL.all(await self._execute(query))

    async def calls_due(self) -> int:
        """Return how many calls are promised; `MOST_COUNTED` + 1 means "more"."""
        some = select(literal(1)).select_from(cases).where(CALL_DUE).limit(MOST_COUNTED + 1)
        counted = select(func.count()).select_from(some.subquery())
        return int((await self._execute(counted)).scalar_one())


def within(which: CaseList, reader_id: int, today: date) -> Conditions:
    """Return the conditions for a case to be in a list."""
    ticking = cases.c.state != CaseState.WAITING
    lists: dict[CaseList, Conditions] = {
        CaseList.MINE: [LIVE, cases.c.owner_id == reader_id],
        CaseList.UNASSIGNED: [LIVE, cases.c.owner_id.is_(None)],
        CaseList.DUE_TODAY: [LIVE, ticking, cases.c.due_on == today],
        CaseList.OVERDUE: [LIVE, ticking, cases.c.due_on < today],
        CaseList.WAITING: [LIVE, cases.c.state == CaseState.WAITING],
        CaseList.ANSWERED: [cases.c.state == CaseState.ANSWERED],
        CaseList.ALL: [],
    }
    return lists[which]


def narrowed(narrow: Narrow, dialect: Dialect, *, by_index: bool) -> Conditions:
    """Return the conditions of a filter; *by_index* lets the rarest value use its index.

    Where the list or another condition already uses an index, a second one would
    read many more cases.
    """
    found: Conditions = [
        dialect.beside(cases.c[name]) == value for name, value in _given(narrow) if name != MARK
    ]
    if narrow.mark is not None:
        found.append(cast(cases.c.marks, Words).contains(f'"{narrow.mark}"', autoescape=True))
    return found + (narrowest_of(narrow) if by_index else [])


def narrowest_of(narrow: Narrow) -> Conditions:
    """Return the condition that probably matches the fewest cases; empty without a filter."""
    given = _given(narrow)
    few = [(name, value) for name, value in given if value not in MANY]
    for name, value in (few or given)[:1]:
        return [MARKED if name == MARK else cases.c[name] == value]
    return []


def _given(narrow: Narrow) -> list[tuple[str, str]]:
    """Return a filter's values by column, the mostly rarer ones first."""
    known = ((name, getattr(narrow, name)) for name in (MARK, "state", "kind", "area", "theme"))
    return [(name, value) for name, value in known if value is not None]

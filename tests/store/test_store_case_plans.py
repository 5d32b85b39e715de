"""Lists and searches use an index, however many cases have ended."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from case_rows import SAID, asked
from sqlalchemy import insert, text
from store_plans import plans_of, reads_whole_tables
from store_rows import AT

from bot.model.case import CaseKind, CaseMark, CaseState
from bot.model.caselist import CaseList, Edge, Narrow
from bot.model.staff import Role, Staff
from bot.store.store import Store
from bot.store.tables import case_term, cases
from bot.store.threads import terms_of
from bot.store.unit import Unit

ENDED, OPEN = 4000, 200
TODAY = AT.date()
MANY_THEMES = [f"theme{n}" for n in range(10)]
ONE = asked(state=CaseState.OPEN, owner_id=1)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    """Build thousands of ended cases and a few live ones."""
    random = Random(3)  # noqa: S311 - to be repeatable, not secret
    made = []
    for n in range(1, ENDED + OPEN + 1):
        live = n > ENDED
        known = asdict(ONE) | {
            "id": n,
            "state": random.choice(
                [CaseState.OPEN, CaseState.WAITING] if live else [CaseState.CLOSED]
            ),
            "due_on": TODAY + timedelta(days=random.randint(-5, 9)),
            "theme": random.choice(MANY_THEMES),
            "area": random.choice(["tangoe", "klintsund", "sandholm"]),
            "kind": random.choices(list(CaseKind), [80, 10, 4, 3, 2, 1])[0],
            "marks": [CaseMark.FEELINGS] if live and n % 9 == 0 else [],
            "owner_id": random.choice([1, None]) if live else 1,
            "live": live,
        }
        made.append(known)
    made[7] |= {"state": CaseState.ANSWERED}
    return made


@pytest.fixture
async def busy(store: Store, rows: list[dict[str, Any]]) -> Store:
    """Fill a store with these cases and their search terms."""
    terms = [
        {"term": term, "case_id": row["id"]}
        for row in rows
        for term in terms_of(SAID[row["id"] % len(SAID)] if row["id"] % 50 else "hvalros")
    ]
    async with store.unit() as unit:
        await unit.staff.add(Staff(0, "mette", "Mette", "Natur", Role.STAFF, "da"))
        await unit.connection.execute(insert(cases), rows)
        await unit.connection.execute(insert(case_term), terms)
    async with store.writer.connect() as connection:
        if store.dialect == "postgresql":
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(text("VACUUM ANALYZE"))
    return store


def page(which: CaseList, narrow: Narrow | None = None, **at: Edge) -> Any:
    """Return a function that reads a page of a list."""
    return lambda unit: unit.caselists.page(which, 1, TODAY, narrow, **at)


def search(words: str, narrow: Narrow | None = None) -> Any:
    """Return a function that reads a page of a search."""
    return lambda unit: unit.casesearch.page(words, narrow)


# Queries and the index that each must use.
BY_INDEX: dict[str, tuple[Any, str]] = {
    "mine": (page(CaseList.MINE), "ix_cases_live_owner"),
    "mine, on": (page(CaseList.MINE, after=Edge(4100, TODAY)), "ix_cases_live_owner"),
    "mine, back": (page(CaseList.MINE, before=Edge(4100, TODAY)), "ix_cases_live_owner"),
    "mine, by theme": (page(CaseList.MINE, Narrow(theme="theme3")), "ix_cases_live_owner"),
    "unassigned": (page(CaseList.UNASSIGNED), "ix_cases_live_owner"),
    "due today": (page(CaseList.DUE_TODAY), "ix_cases_live_due"),
    "overdue": (page(CaseList.OVERDUE), "ix_cases_live_due"),
    "overdue, by theme": (page(CaseList.OVERDUE, Narrow(theme="theme3")), "ix_cases_live_due"),
    "waiting": (page(CaseList.WAITING), "ix_cases_"),
    "answered": (page(CaseList.ANSWERED), "ix_cases_state_id"),
    "all, by theme": (page(CaseList.ALL, Narrow(theme="theme3")), "ix_cases_theme_id"),
    "all, by area": (page(CaseList.ALL, Narrow(area="tangoe")), "ix_cases_"),
    "all, by kind": (page(CaseList.ALL, Narrow(kind=CaseKind.CALL)), "ix_cases_kind_id"),
    "all, by state": (page(CaseList.ALL, Narrow(state=CaseState.OPEN)), "ix_cases_state_id"),
    "all, by mark": (page(CaseList.ALL, Narrow(mark=CaseMark.FEELINGS)), "ix_cases_marked"),
    "all, by two": (
        page(CaseList.ALL, Narrow(kind=CaseKind.CALL, theme="theme3")),
        "ix_cases_kind_id",
    ),
    "counts": (lambda unit: unit.caselists.counts(1, TODAY), "ix_cases_live_owner"),
    "a rare word": (search("hvalros"), "pk_cases|INTEGER PRIMARY KEY"),
    "two words": (search("rotter hvalros"), "ix_case_term_case_id|PRIMARY KEY"),
    "a word, narrowed": (search("skole", Narrow(kind=CaseKind.CALL)), "ix_cases_kind_id"),
    "tasks": (lambda unit: unit.tasks.waiting(), "ix_task_waiting"),
    "alerts": (lambda unit: unit.alerts.newest(1, 50), "ix_alert_staff_id_id"),
}
# Queries that read from the newest case on until a page is full.
IN_ORDER: dict[str, Any] = {
    "all": page(CaseList.ALL),
    "all, on": page(CaseList.ALL, after=Edge(2000)),
    "all, back": page(CaseList.ALL, before=Edge(2000)),
    "a common word": search("skole"),
}


async def plan_of(store: Store, unit: Unit, work: Any) -> str:
    """Return the query plan as for large tables."""
    if store.dialect == "postgresql":  # which would scan these small tables
        await unit.connection.execute(text("SET LOCAL enable_seqscan = off"))
    return await plans_of(store, unit, work(unit))


async def test_lists_are_found_by_an_index(busy: Store) -> None:
    """No list, count or search scans all cases, and each uses its index.

    PostgreSQL chooses among several indexes by its statistics, so there any index will do.
    """
    found = {}
    async with busy.unit() as unit:
        for name, (work, wanted) in BY_INDEX.items():
            plan = await plan_of(busy, unit, work)
            good = wanted.split("|") if busy.dialect == "sqlite" else ["Index"]
            if reads_whole_tables(plan) or not any(index in plan for index in good):
                found[name] = plan
    assert found == {}


async def test_the_rest_stops_where_a_page_is_full(
    busy: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query without a selective condition reads in index order, without sorting."""
    monkeypatch.setattr("bot.store.casesearch.FEW", 0)
    async with busy.unit() as unit:
        for name, work in IN_ORDER.items():
            plan = await plan_of(busy, unit, work)
            assert "Sort" not in plan, (name, plan)
            assert "TEMP B-TREE" not in plan, (name, plan)
            assert "Seq Scan on cases" not in plan, (name, plan)

"""The audit finds nothing in a town with history, and reports every corruption."""

# ruff: noqa: S608 - the SQL is written here and holds no input
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_breaks import BREAKS, GOES_WITH, Break
from sqlalchemy import event, text
from town_history import at, lived

from bot.clock import TravelClock
from bot.model.staff import PERMISSIONS, May, Role
from bot.service.cases.clock import CLOSE_AFTER, REMIND_AFTER, VERDICT_WITHIN
from bot.store.audit import CHAIN, ROW_CHECKS, TIP, Audit
from bot.store.checks.check import MOMENTS
from bot.store.engines import run_bare
from bot.store.store import Store
from bot.store.tables import metadata
from bot.store.unit import Unit
from bot.testing import PEOPLE, START, Chat


def references() -> list[Break]:
    """Return a break for each foreign key: its newest row refers to a missing row."""
    made = []
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            column, own = key.parent.name, "id" if "id" in table.c else key.parent.name
            newest = f"(SELECT max({own}) FROM {table.name} WHERE {column} IS NOT NULL)"
            broken = f"UPDATE {table.name} SET {column} = {{gone}} WHERE {own} = {newest}"
            name = f"reference_{table.name}_{column}"
            gone = "99999" if key.column.type.python_type is int else "'gone'"
            made.append(
                Break(name, (broken.format(gone=gone),), frozenset(GOES_WITH.get(name, ())))
            )
    return made


async def broken(store: Store, one: Break) -> dict[str, list[str]]:
    """Corrupt a town, return the broken rows, and roll back."""
    async with store.writer.connect() as connection:
        await connection.begin()
        if store.dialect == "postgresql":  # do not enforce foreign keys
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
        for said in one.done:
            changed = await at(connection, said, store.clock.now())
            assert changed.rowcount, f"{one.check}: nothing was broken by {said}"
        found = await Audit(Unit(connection, store.clock.now())).broken_rows()
        await connection.rollback()
    return found


async def test_a_town_that_lived_is_clean_and_nothing_broken_escapes(chat_on_each: Chat) -> None:
    """The audit is clean; then each corruption is reported by its own checks alone."""
    store = await lived(chat_on_each)
    try:
        async with store.reading() as unit:
            assert await Audit(unit).broken_rows() == {}
        if store.dialect == "sqlite":
            await run_bare(store.writer, "PRAGMA foreign_keys=OFF")
        everything = [*BREAKS, *references()]
        assert {one.check for one in everything} == {
            *(check.name for check in ROW_CHECKS),
            CHAIN,
            TIP,
        }
        wrong = {}
        for one in everything:
            found = await broken(store, one)
            assert not [name for name in PEOPLE if name in str(found)], found
            if found.keys() != {one.check} | one.also:
                wrong[one.done[-1]] = found
        assert not wrong, "\n".join(f"{done}: {found}" for done, found in wrong.items())
    finally:
        await store.close()


async def test_no_check_reads_a_table_for_each_row_of_another(sqlite_url: str) -> None:
    """No check scans a table once per row of another table."""
    store = await Store.open(sqlite_url, clock=TravelClock(START))
    said: list[tuple[str, Any]] = []
    event.listen(
        store._reader.sync_engine,
        "before_cursor_execute",
        lambda _c, _cursor, statement, given, *_rest: said.append((statement, given)),
    )
    async with store.reading() as unit:
        assert await Audit(unit).broken_rows() == {}
        asked = [one for one in said if one[0].lstrip().startswith(("SELECT", "WITH"))]
        assert len(asked) >= len(ROW_CHECKS)
        plans = [
            (statement, (await unit.connection.exec_driver_sql(EXPLAIN + statement, given)).all())
            for statement, given in asked
        ]
    await store.close()
    assert [statement for statement, plan in plans if repeats(plan)] == []


EXPLAIN = "EXPLAIN QUERY PLAN "


def repeats(plan: Sequence[Any]) -> bool:
    """Return whether a plan scans a table within a loop or a correlated subquery."""
    within = {row[0] for row in plan if row[3].startswith("CORRELATED")}
    begun: set[int] = set()
    for number, parent, _unused, step in plan:
        if parent in within:
            within.add(number)
        scans = step.startswith("SCAN")
        if scans and (parent in begun or parent in within):
            return True
        if step.startswith(("SCAN", "SEARCH")):
            begun.add(parent)
    return False


def test_a_plan_that_repeats_is_seen() -> None:
    """`repeats` detects a nested loop and a correlated subquery without an index."""
    loop = [(1, 0, 0, "SCAN a"), (2, 0, 0, "SCAN b")]
    inner = [(1, 0, 0, "SCAN a"), (2, 0, 0, "CORRELATED SCALAR SUBQUERY 1"), (3, 2, 0, "SCAN b")]
    assert repeats(loop)
    assert repeats(inner)
    assert not repeats([(1, 0, 0, "SCAN a"), (2, 0, 0, "SEARCH b USING INDEX c (d=?)")])


def test_the_audit_and_the_rules_name_the_same_roles() -> None:
    """The audit and the service exclude the same roles from owning a case."""
    may = [str(role) for role in Role if May.WORK_CASES in PERMISSIONS[role]]
    assert f"NOT IN {tuple(may)}" in next(
        str(c.finds) for c in ROW_CHECKS if c.name == "case_owner_gone"
    )


def test_the_audit_and_the_clock_mean_the_same_days() -> None:
    """The audit uses the clock's own number of days after which a case has no alarm."""
    assert MOMENTS["second_reminder"] == REMIND_AFTER[-1]
    assert MOMENTS["silence"] == CLOSE_AFTER
    assert MOMENTS["verdict"] == VERDICT_WITHIN

"""Hot queries read no more rows in a large database than in a small one."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event
from store_rows import AT, call, somebody, update

from benchmarks.scale.fill import fill
from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.store.outbox import Finished
from bot.store.split_cpr import SplitCpr
from bot.store.store import Store
from bot.store.timers import NewTimer
from bot.store.unit import Unit
from bot.testing import klintsund

FEW, MANY, DUE = 2_000, 20_000, 60
# The large database has ten times the rows, so a query that reads all rows reads ten times as many.
MOST, SLACK = 1.25, 2
WHO = 40  # a citizen whose rows are neither due nor in flight
LANE = f"tg:{WHO}"
Work = Callable[[Unit], Awaitable[Any]]


async def save_person(unit: Unit) -> None:
    """Save a citizen."""
    person = await unit.people.get(WHO)
    await unit.people.save(replace(person, album="1"))


async def forget_conversation(unit: Unit) -> None:
    """End a conversation."""
    waiting = await unit.conversations.waiting(WHO)
    assert waiting is not None
    await unit.conversations.delete(waiting)


async def save_conversation(unit: Unit) -> None:
    """Save a conversation."""
    waiting = await unit.conversations.waiting(WHO)
    assert waiting is not None
    await unit.conversations.save(replace(waiting, answers={"called": "Ana"}))


# The statements that processes run all the time.
HOT: dict[str, Work] = {
    "intake: put": lambda unit: unit.inbox.put([update(99_999_999, LANE)]),
    "intake: halves of numbers": lambda unit: unit.split_cprs.expect([LANE, "tg:1", "tg:2"]),
    "intake: keep half a number": lambda unit: unit.split_cprs.set(SplitCpr(LANE, "1", WHO, 1, AT)),
    "worker: heads": lambda unit: unit.inbox.heads(50),
    "worker: whom the rows are of": lambda unit: unit.people.expect([LANE, "tg:1", "tg:2"]),
    "worker: their conversations": lambda unit: unit.conversations.expect([WHO, 1, 2]),
    "worker: head": lambda unit: unit.inbox.head(1),
    "worker: try": lambda unit: unit.inbox.count_try(1),
    "worker: done": lambda unit: unit.inbox.done([1, 2, 3]),
    "turn: person by lane": lambda unit: unit.people.by_lane(LANE),
    "turn: a new person": lambda unit: unit.people.add(somebody("tg:99999999")),
    "turn: save the person": save_person,
    "turn: waiting conversation": lambda unit: unit.conversations.waiting(WHO),
    "turn: paused conversation": lambda unit: unit.conversations.paused(WHO),
    "turn: a conversation": lambda unit: unit.conversations.get(WHO),
    "turn: save the conversation": save_conversation,
    "turn: forget the conversation": forget_conversation,
    "turn: consents": lambda unit: unit.consents.live(WHO),
    "turn: write a call": lambda unit: unit.outbox.put(call(WHO)),
    "turn: add a call": lambda unit: unit.outbox.add(call(WHO)),
    "turn: stop": lambda unit: unit.outbox.drop_lane(LANE, 30),
    "turn: cases to write to": lambda unit: unit.cases.writable(WHO),
    "turn: newest cases": lambda unit: unit.cases.of_person(WHO, 5),
    "turn: case of a message": lambda unit: unit.cases.linked(WHO, 1),
    "turn: case of a flow": lambda unit: unit.cases.of_conversation(WHO),
    "turn: a case": lambda unit: unit.cases.lock(WHO),
    "turn: what a flow gathered": lambda unit: unit.cases.abandon(WHO),
    "turn: question at a message": lambda unit: unit.questions.at(WHO, 1),
    "turn: a card": lambda unit: unit.cards.ensure(WHO, "mine", str(WHO)),
    "timer: set": lambda unit: unit.timers.set(NewTimer("nudge", "77", LANE, AT)),
    "timer: cancel": lambda unit: unit.timers.cancel("nudge", "77"),
    "timer: forget": lambda unit: unit.timers.forget("nudge", "77"),
    "timer: is current": lambda unit: unit.timers.is_current(77, 1),
    "tick: fire": lambda unit: unit.timers.fire_due(50),
    "tick: next timer": lambda unit: unit.timers.next_due(),
    "tick: late timers": lambda unit: unit.timers.overdue(),
    "courier: claim": lambda unit: unit.outbox.claim(
        30, epoch=1, lease_seconds=60, skip_chats=[1, 2]
    ),
    "courier: claim all there is": lambda unit: unit.outbox.claim(
        100, epoch=1, lease_seconds=60, skip_chats=[]
    ),
    "courier: take over": lambda unit: unit.outbox.take_over(2),
    "courier: next": lambda unit: unit.outbox.next_due(),
    "courier: land": lambda unit: unit.outbox.finish([Finished(1, "sent"), Finished(2, "sent")]),
    "health: inbox": lambda unit: unit.inbox.depth(),
    "health: outbox": lambda unit: unit.outbox.depth(),
}


class _UndoneError(Exception):
    """Raised to roll back a transaction."""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def two_urls(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Return the URLs of two empty databases of one kind."""
    if request.param == "sqlite":
        first = request.getfixturevalue("sqlite_url")
        return first, f"{first}-many"
    first = request.getfixturevalue("postgres_url")
    databases = request.getfixturevalue("postgres")
    return first, request.getfixturevalue("second_postgres_url") if databases else first


@pytest.fixture
def second_postgres_url(postgres: Any) -> Iterator[str]:
    """Return the URL of a second PostgreSQL database."""
    import asyncio  # noqa: PLC0415 - runs before the test's event loop

    name = asyncio.run(postgres.take())
    yield postgres.url_of(name)
    postgres.give_back(name)


async def visited(url: str, rows: int) -> dict[str, int]:
    """Return how much each hot query reads in a database with *rows* rows."""
    clock = TravelClock(AT + timedelta(minutes=1))
    store = await Store.open(url, clock=clock, town=town_context_of(klintsund()))
    try:
        await fill(store, AT, citizens=rows // 10, rows=rows, due=DUE)
        count = steps if store.dialect == "sqlite" else rows_read
        for work in HOT.values():  # prepare the statements before counting
            await undone(store, work)
        return {name: await count(store, work) for name, work in HOT.items()}
    finally:
        await store.close()


async def undone(store: Store, work: Work) -> None:
    """Run *work* and roll it back."""
    with suppress(_UndoneError):
        async with store.unit() as unit:
            await work(unit)
            await unit.write_waiting()
            raise _UndoneError


async def steps(store: Store, work: Work) -> int:
    """Count the steps of SQLite's virtual machine, at least one per row."""
    made = 0

    def one() -> int:
        nonlocal made
        made += 1
        return 0

    with suppress(_UndoneError):
        async with store.unit() as unit:
            raw: Any = await unit.connection.get_raw_connection()
            raw.driver_connection._conn.set_progress_handler(one, 1)
            try:
                await work(unit)
                await unit.write_waiting()
            finally:
                raw.driver_connection._conn.set_progress_handler(None, 0)
            raise _UndoneError
    return made


async def rows_read(store: Store, work: Work) -> int:
    """Count the rows that PostgreSQL reads, including those it filters out."""
    said: list[tuple[str, Any]] = []

    def record(_c: Any, _cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        said.append((statement, parameters))

    engine = store.writer.sync_engine
    event.listen(engine, "before_cursor_execute", record)
    await undone(store, work)
    event.remove(engine, "before_cursor_execute", record)
    read = 0
    with suppress(_UndoneError):
        async with store.unit() as unit:
            for statement, parameters in said:
                one = parameters[0] if isinstance(parameters, list) else parameters
                explain = f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}"
                found = (await unit.connection.exec_driver_sql(explain, one)).scalar_one()
                plan = json.loads(found) if isinstance(found, str) else found
                read += _read(plan[0]["Plan"])
            raise _UndoneError
    return read


def _read(node: dict[str, Any], above: str = "") -> int:
    """Sum the rows that a plan's scans have read."""
    kind = node["Node Type"]
    below = sum(_read(child, kind) for child in node.get("Plans", ()))
    # Index entries of rows rolled back stay until VACUUM, so their number varies. Where a bitmap
    # heap scan fetches the rows of one index scan, count the rows and not the index entries.
    fetched = kind == "Bitmap Index Scan" and above == "Bitmap Heap Scan"
    if "Scan" not in kind or kind == "CTE Scan" or fetched:
        return below
    kept = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return below + round(
        (kept + node.get("Rows Removed by Index Recheck", 0)) * node["Actual Loops"]
    )


async def test_hot_queries_look_at_no_more_rows_among_many(two_urls: tuple[str, str]) -> None:
    """Ten times the citizens, timers, calls and updates do not increase the rows read."""
    few, many = [await visited(url, n) for url, n in zip(two_urls, (FEW, MANY), strict=True)]
    grown = {name: (few[name], many[name]) for name in HOT}
    assert {n: both for n, both in grown.items() if both[1] > MOST * both[0] + SLACK} == {}

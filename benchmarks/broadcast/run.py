"""Measure broadcasts: without limits beside two rivals, at Telegram's limit, and at their start.

    python -m benchmarks.broadcast.run [--short] [--runs N] [--readers N] [--only sqlite|postgres]
                                       [--part bare|paced|start] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import text

from benchmarks.broadcast.ours import SILENT
from benchmarks.broadcast.readers import approved, fill
from benchmarks.courier.telegram import FIRST_CHAT, NotedWorld
from benchmarks.machine import Program, running
from benchmarks.place import DATABASES, Place, place_for, questions
from benchmarks.spread import median, quantile, spread, table
from bot.app.compose import town_context_of
from bot.clock import TravelClock
from bot.service.content import employ, read_town
from bot.simulator import Limits
from bot.simulator.http import serve_http
from bot.store.store import Store
from bot.testing import START

OVERALL = 30.0  # sends per second that Telegram allows
ROWS = (1, 50)  # recipients that a rival records in one transaction
ASK_EVERY = 1.0  # seconds between two citizens who write during a broadcast
PATIENCE = 1800.0  # seconds for one measurement
PARTS = ("bare", "paced", "start")


@dataclass(frozen=True, slots=True)
class Length:
    """Readers without limits, at the limit, and at the start of a large one; runs."""

    bare: int
    paced: int
    start: int
    runs: int


LONG = Length(bare=30_000, paced=3_000, start=1_000_000, runs=5)
SHORT = Length(bare=300, paced=90, start=3_000, runs=1)


async def filled(place: Place, database: str, readers: int) -> str:
    """Create a database with readers and a broadcast that begins at once; return its URL."""
    url = await place.make(database, "broadcast")
    town = read_town(None)
    store = await Store.open(url, clock=TravelClock(START), town=town_context_of(town))
    if readers > LONG.bare:
        await _many(store, readers)
    else:
        await fill(store, town, range(FIRST_CHAT, FIRST_CHAT + readers), START)
    async with store.unit() as unit:
        await approved(unit)
    await store.close()
    return url


async def _many(store: Store, readers: int) -> None:
    """Insert very many readers by the database itself (PostgreSQL)."""
    at = f"CAST('{START:%Y-%m-%d %H:%M:%S}+00' AS timestamptz)"
    series = f"FROM generate_series(1, {readers}) AS n"
    columns = {
        "person (id, lane, chat_id, language, first_name, notice_at, notice_version, screen, "
        "created_at)": f"n, 'tg:' || n, n, 'da', 'Bo', {at}, 1, '[]', {at}",
        "participant (person_id, first_name, created_at)": f"n, 'Bo', {at}",
        "consent (person_id, purpose, text_version, language, given_at)": (
            f"n, 'news:nature', 1, 'da', {at}"
        ),
    }
    async with store.unit() as unit:
        await employ(unit.town, unit)
        for table_of, values in columns.items():
            await unit.connection.execute(text(f"INSERT INTO {table_of} SELECT {values} {series}"))
    async with store.writer.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text("VACUUM ANALYZE"))


@asynccontextmanager
async def sending(
    world: NotedWorld, place: Place, who: str, readers: int, pace: str
) -> AsyncIterator[Program]:
    """Run the bot on a database, or a rival, as "aiogram sqlite 1", to send to *world*."""
    served = await serve_http(world)
    try:
        if who in DATABASES:
            url = await filled(place, who, readers)
            module = ["-m", "benchmarks.broadcast.ours", url, served.url, pace]
        else:
            name, database, rows = who.split()
            url = await place.make(database, "rival")
            wanted = [name, url, served.url, str(FIRST_CHAT), str(readers), rows]
            module = ["-m", "benchmarks.broadcast.rivals", *wanted]
        async with running(*module, said=place.folder / "said.txt") as program:
            yield program
    finally:
        await served.close()


async def until_sent(world: NotedWorld, program: Program, number: int) -> None:
    """Wait until *number* messages were sent."""
    async with asyncio.timeout(PATIENCE):
        while world.sent() < number:
            program.check()
            await asyncio.sleep(0.01)


async def bare(who: str, place: Place, readers: int) -> tuple[float, float]:
    """Broadcast without limits; return messages per second, and per CPU-second of the process."""
    world = NotedWorld(readers, None)
    async with sending(world, place, who, readers, "unpaced") as program:
        await until_sent(world, program, 1)
        before, first = program.cpu(), world.sent()
        await until_sent(world, program, readers)
        used = program.cpu() - before
    took = world.noted[-1].at - world.noted[0].at
    return (readers - 1) / took, (readers - first) / used


async def bare_all(place: Place, length: Length) -> str:
    """Broadcast with each contender in each run, in rotating order; return the tables."""
    rivals = [
        f"{name} {d} {n}" for d in place.databases for name in ("ptb", "aiogram") for n in ROWS
    ]
    who = [*place.databases, *rivals]
    found: dict[str, list[tuple[float, float]]] = {each: [] for each in who}
    for run in range(length.runs):
        first = run % len(who)
        for each in (*who[first:], *who[:first]):
            one = await bare(each, place, length.bare)
            found[each].append(one)
            print(f"run {run + 1}: {each}: {one[1]:.0f}/CPU-s", file=sys.stderr, flush=True)
    figures = [
        [each, *(f"{median([one[n] for one in seen]):.0f}" for n in (0, 1))]
        for each, seen in found.items()
    ]
    ratios = [
        [f"{own} / {each}", spread(_ratios(found[own], found[each]))]
        for own in place.databases
        for each in rivals
        if each.split()[1] == own
    ]
    shown = table(["without limits", "messages/s", "messages/CPU-s"], figures)
    return f"{shown}\n\n{table(['ratio', 'messages/CPU-s'], ratios)}"


def _ratios(own: list[tuple[float, float]], other: list[tuple[float, float]]) -> list[float]:
    return [ours[1] / theirs[1] for ours, theirs in zip(own, other, strict=True)]


async def paced(database: str, place: Place, readers: int) -> list[str]:
    """Broadcast at the limit while citizens write; return a row of the table."""
    world = NotedWorld(readers + int(readers / OVERALL) + 60, Limits())
    asked: dict[int, float] = {}
    async with sending(world, place, database, readers, "paced") as program:
        await until_sent(world, program, 1)
        asking = asyncio.create_task(_ask(world, FIRST_CHAT + readers, asked))
        async with asyncio.timeout(PATIENCE):
            while _readers_sent(world, readers) < readers:
                program.check()
                await asyncio.sleep(0.05)
        asking.cancel()
        await asyncio.sleep(2)
    news = [one.at for one in world.noted if one.chat < FIRST_CHAT + readers and not one.refused]
    took = max(news) - min(news)
    share = sum(min(news) <= one.at <= max(news) for one in world.noted) / (took * OVERALL)
    replied: dict[int, float] = {}
    for one in world.noted:
        if one.chat in asked:
            replied.setdefault(one.chat, one.at)
    waits = [replied[who] - at for who, at in asked.items() if who in replied]
    return [
        database,
        f"{readers}",
        f"{took:.1f}",
        f"{share:.1%}",
        f"{len(world.refused())}",
        f"{len(waits)} of {len(asked)}",
        f"{quantile(waits, 0.95):.2f}",
    ]


def _readers_sent(world: NotedWorld, readers: int) -> int:
    """Return how many readers were sent something."""
    last = FIRST_CHAT + readers
    return sum(one.chat < last and not one.refused for one in world.noted)


async def _ask(world: NotedWorld, first: int, asked: dict[int, float]) -> None:
    """Let one citizen after the other write, each once."""
    for who in range(first, FIRST_CHAT + len(world.users)):
        asked[who] = time.monotonic()
        world.say(who, "/start")
        await asyncio.sleep(ASK_EVERY)


async def start(place: Place, readers: int) -> str:
    """Begin a broadcast to very many readers on PostgreSQL; return the table."""
    url = await filled(place, "postgres", readers)
    store = await Store.open(url, clock=TravelClock(START), migrate=False)
    module = ["-m", "benchmarks.broadcast.ours", url, SILENT, "paced"]
    figures: dict[str, Any] = {}
    try:
        async with running(*module, said=place.folder / "said.txt") as program:
            begun = time.monotonic()
            peak, early = 0, 0
            async with asyncio.timeout(PATIENCE):
                while True:
                    program.check()
                    resident = program.seen.memory_info().rss
                    peak = max(peak, resident)
                    size, left, sent = await _reached(store)
                    if sent and "first message, s" not in figures:
                        figures["first message, s"] = f"{time.monotonic() - begun:.1f}"
                        early = resident
                    if sent and left is None:
                        break
                    await asyncio.sleep(0.2)
            figures["audience complete, s"] = f"{time.monotonic() - begun:.0f}"
            figures["people in it"] = f"{size}"
            figures["memory at the first message, MiB"] = f"{early / 2**20:.0f}"
            figures["most memory, MiB"] = f"{peak / 2**20:.0f}"
            before, at = sent, time.monotonic()
            await asyncio.sleep(20 if readers > LONG.bare else 1)
            rate = ((await _reached(store))[2] - before) / (time.monotonic() - at)
            figures["messages/s after that"] = f"{rate:.1f}"
    finally:
        await store.close()
    return table([f"{readers} readers, PostgreSQL", ""], [[*one] for one in figures.items()])


async def _reached(store: Store) -> tuple[int, int | None, int]:
    """Return the audience so far, the last participant (None at its end), and the number sent."""
    query = (
        "SELECT coalesce(audience_size, 0), CASE WHEN began_at IS NULL THEN 0 ELSE expanded_to END,"
        " (SELECT count(*) FROM delivery WHERE subject_kind = 'broadcast' AND subject_id = "
        "broadcast.id AND state = 'sent') FROM broadcast"
    )
    async with store.reading() as unit:
        row = (await unit.connection.execute(text(query))).one()
    return int(row[0]), row[1], int(row[2])


HEAD = [
    "at the limit",
    "readers",
    "seconds",
    "share of the limit",
    "429s",
    "replies",
    "reply p95, s",
]


async def measure(place: Place, length: Length, parts: tuple[str, ...]) -> None:
    """Measure, and print each table once it is complete."""
    if "paced" in parts:
        rows = [await paced(each, place, length.paced) for each in place.databases]
        print(table(HEAD, rows), flush=True)
    if "start" in parts and "postgres" in place.databases:
        print("\n" + await start(place, length.start), flush=True)
    if "bare" in parts:
        print("\n" + await bare_all(place, length), flush=True)


def main() -> None:
    """Measure and print the results."""
    parser = questions(__doc__, "seconds")
    parser.add_argument("--runs", type=int, help="how often without limits")
    parser.add_argument("--readers", type=int, help="how many readers without limits")
    parser.add_argument("--part", choices=PARTS, help="only this part")
    wanted = parser.parse_args()
    length = SHORT if wanted.short else LONG
    length = replace(length, runs=wanted.runs or length.runs, bare=wanted.readers or length.bare)
    parts = (wanted.part,) if wanted.part else PARTS
    with place_for("broadcast", wanted) as place:
        print(f"{length}\n", flush=True)
        asyncio.run(measure(place, length, parts))


if __name__ == "__main__":
    main()

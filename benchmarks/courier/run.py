"""Measure the courier: how close it gets to Telegram's limits, and its speed without limits.

    python -m benchmarks.courier.run [--short] [--runs N] [--only sqlite|postgres] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace

from sqlalchemy import insert

from benchmarks.courier.storms import Storm, storms
from benchmarks.courier.telegram import FIRST_CHAT, NotedWorld
from benchmarks.courier.words import WORDS
from benchmarks.machine import Program, running
from benchmarks.place import DATABASES, Place, place_for, questions
from benchmarks.spread import median, spread, table
from bot.clock import TravelClock
from bot.simulator import Limits
from bot.simulator.http import serve_http
from bot.store.outbox import Priority
from bot.store.store import Store
from bot.store.tables import outbox
from bot.testing import START

OVERALL = 30.0  # sends per second that Telegram allows
AT_ONCE = 30  # the courier's limit of calls in flight


@dataclass(frozen=True, slots=True)
class Length:
    """Sends within the limits, in each storm and without limits; number of runs without limits."""

    paced: int
    storm: int
    pause: int  # seconds to wait that a storm's 429 demands
    bare: int
    runs: int


LONG = Length(paced=3000, storm=600, pause=10, bare=10_000, runs=7)
SHORT = Length(paced=90, storm=90, pause=2, bare=200, runs=1)


async def filled(place: Place, database: str, rows: int) -> str:
    """Create a database with *rows* broadcasts in its outbox; return its URL."""
    url = await place.make(database, "courier")
    store = await Store.open(url, clock=TravelClock(START))
    async with store.unit() as unit:
        chats = range(FIRST_CHAT, FIRST_CHAT + rows)
        await unit.connection.execute(insert(outbox), [_row(chat) for chat in chats])
    await store.close()
    return url


def _row(chat: int) -> dict[str, object]:
    """Return one broadcast as an outbox row that observes quiet hours."""
    return {
        "channel": "telegram",
        "chat_id": chat,
        "lane": f"tg:{chat}",
        "method": "sendMessage",
        "params": {"chat_id": chat, "text": WORDS},
        "priority": int(Priority.BROADCAST),
        "not_before": START,
        "quiet": True,
        "created_at": START,
    }


@asynccontextmanager
async def sending(
    world: NotedWorld, database: str, place: Place, rows: int, pace: str
) -> AsyncIterator[Program]:
    """Run the courier to send *rows* rows to *world*."""
    async with AsyncExitStack() as stack:
        served = await serve_http(world)
        stack.push_async_callback(served.close)
        url = await filled(place, database, rows)
        module = ["-m", "benchmarks.courier.ours", url, served.url, pace]
        yield await stack.enter_async_context(running(*module, said=place.folder / "said.txt"))


async def ended(program: Program) -> None:
    """Wait until a program has ended; raise `RuntimeError` with its output if it failed."""
    await program.process.wait()
    if program.process.returncode:
        raise RuntimeError(program.said.read_text()[-2000:])


async def paced(database: str, place: Place, length: Length) -> list[str]:
    """Send within the limits; return a row of the table."""
    world = NotedWorld(length.paced, Limits())
    async with sending(world, database, place, length.paced, "paced") as program:
        await ended(program)
    took = world.noted[-1].at - world.noted[0].at
    share = (world.sent() - 1) / (took * OVERALL)
    assert world.sent() == length.paced
    return [database, f"{length.paced}", f"{took:.1f}", f"{share:.1%}", f"{len(world.refused())}"]


async def stormy(storm: Storm, database: str, place: Place, length: Length) -> list[str]:
    """Send during a storm of 429s; return a row of the table."""
    world = NotedWorld(length.storm, Limits())
    async with sending(world, database, place, length.storm, "paced") as program:
        seen = await storm.break_out(world, length.pause)
        await ended(program)
    assert world.sent() == length.storm
    return [f"{database}: {storm.name}", *seen.columns(world)]


@dataclass(frozen=True, slots=True)
class Bare:
    """One broadcast without limits."""

    rate: float  # sends per second, from the first to the last
    per_cpu: float  # sends per CPU-second, without starting


async def bare(who: str, place: Place, rows: int) -> Bare:
    """Broadcast without limits: by the courier on a database, or by a rival."""
    world = NotedWorld(rows, None)
    if who in DATABASES:
        async with sending(world, who, place, rows, "unpaced") as program:
            return await _watched(world, program, rows)
    served = await serve_http(world)
    name, at_once = who.split()
    wanted = [name, served.url, str(FIRST_CHAT), str(rows), at_once]
    module = ["-m", "benchmarks.courier.rivals", *wanted]
    try:
        async with running(*module, said=place.folder / "said.txt") as program:
            return await _watched(world, program, rows)
    finally:
        await served.close()


async def _watched(world: NotedWorld, program: Program, rows: int) -> Bare:
    """Wait until all is sent; CPU for starting and loading is not counted."""
    while not world.noted:
        program.check()
        await asyncio.sleep(0.005)
    before, first = program.cpu(), world.sent()
    while (sent := world.sent()) < rows:
        program.check()
        await asyncio.sleep(0.01)
    took = world.noted[-1].at - world.noted[0].at
    used = program.cpu() - before
    await program.process.wait()
    return Bare((sent - 1) / took, (sent - first) / used)


async def bare_all(who: Sequence[str], place: Place, length: Length) -> dict[str, list[Bare]]:
    """Broadcast with each contender in each run; the order rotates by one for each run."""
    found: dict[str, list[Bare]] = {each: [] for each in who}
    for run in range(length.runs):
        first = run % len(who)
        for each in (*who[first:], *who[:first]):
            one = await bare(each, place, length.bare)
            found[each].append(one)
            print(f"run {run + 1}: {each}: {one.rate:.0f}/s", file=sys.stderr, flush=True)
    return found


def show_bare(found: dict[str, list[Bare]]) -> str:
    """Return the figures without limits, and the ratios to the rivals, as tables."""
    names = {"ptb": "python-telegram-bot", "aiogram": "aiogram"}

    def named(who: str) -> str:
        name, _space, at_once = who.partition(" ")
        return f"{names[name]}, {at_once} at once" if at_once else f"Brobygger, {who}"

    figures = [
        [named(w), f"{median([b.rate for b in r]):.0f}", f"{median([b.per_cpu for b in r]):.0f}"]
        for w, r in found.items()
    ]
    ratios = [
        [
            f"{named(who)} / {named(rival)}",
            spread([a.rate / b.rate for a, b in zip(found[who], found[rival], strict=True)]),
            spread([a.per_cpu / b.per_cpu for a, b in zip(found[who], found[rival], strict=True)]),
        ]
        for who in found
        for rival in found
        if who in DATABASES and rival not in DATABASES
    ]
    shown = table(["", "sends/s", "sends/CPU-s"], figures)
    return shown + "\n\n" + table(["ratio", "sends/s", "sends/CPU-s"], ratios)


async def measure(place: Place, length: Length) -> None:
    """Measure, and print each table once it is complete."""
    databases = place.databases
    within = [await paced(each, place, length) for each in databases]
    print(table(["within 30/s", "sends", "seconds", "share of the limit", "429s"], within))
    storm = [await stormy(s, d, place, length) for d in databases for s in storms(length.pause)]
    print("\n" + table(["storm", *Storm.HEAD], storm), flush=True)
    rivals = [f"{rival} {n}" for rival in ("ptb", "aiogram") for n in (1, AT_ONCE)]
    found = await bare_all([*databases, *rivals], place, length)
    print("\n" + show_bare(found))


def main() -> None:
    """Measure and print the results."""
    parser = questions(__doc__, "seconds")
    parser.add_argument("--runs", type=int, help="how often without limits")
    wanted = parser.parse_args()
    length = SHORT if wanted.short else LONG
    if wanted.runs is not None:
        length = replace(length, runs=wanted.runs)
    with place_for("courier", wanted) as place:
        print(f"{length}\n", flush=True)
        asyncio.run(measure(place, length))


if __name__ == "__main__":
    main()

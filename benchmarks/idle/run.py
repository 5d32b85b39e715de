"""Measure the idle bot, and the time from its start to its first answer.

    python -m benchmarks.idle.run [--here] [--short] [--only sqlite|postgres] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
import tomllib
import venv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.machine import REPOSITORY, Program, free_port, running
from benchmarks.place import Place, place_for, questions
from benchmarks.scale.fill import fill
from benchmarks.spread import median, quantile, table
from bot.clock import SystemClock
from bot.simulator import TOKEN, World
from bot.simulator.http import serve_http
from bot.store.store import Store

STRANGER = 10**9  # this id and the next ones are unknown to the bot
UPDATE = 10**6  # far from other update ids
ANSWERED_WITHIN = 60.0  # seconds
LOOK_EVERY = 0.005
MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Length:
    """Number of starts, seconds of idling, and size of a full database."""

    starts: int
    rest: float
    citizens: int
    rows: int


LONG = Length(starts=7, rest=10.0, citizens=100_000, rows=1_000_000)
SHORT = Length(starts=2, rest=1.0, citizens=500, rows=5_000)


@dataclass(frozen=True, slots=True)
class Seen:
    """One start: seconds until the first answer, bytes of memory, and CPU share when idle."""

    answered: float
    rss: int
    pss: int
    cpu: float


def environment_of_its_own(folder: Path) -> Path:
    """Create an environment with only the bot's dependencies, as in the image; return its Python.

    Libraries load optional packages that they find. Those of tests and benchmarks would change
    the time of a start.
    """
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    needed = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]["dependencies"]
    install = (python, "-m", "pip", "install", "--quiet", "-c", REPOSITORY / "constraints.txt")
    subprocess.run([*install, *needed], check=True)  # noqa: S603 - our own command
    return python


async def start(python: Path, url: str, folder: Path, rest: float, number: int) -> Seen:
    """Start the bot with a pending /start of an unknown user; then measure it idle.

    *number* distinguishes this start from others on the same database.
    """
    world, stranger = World(SystemClock().now), STRANGER + number
    bot = world.add_bot(TOKEN)
    bot.updates.next_id = UPDATE * (1 + number)
    world.add_user(stranger, "Ana", language_code="en")
    world.say(stranger, "/start")
    served = await serve_http(world)
    settings = {
        "BOT_TOKEN": TOKEN,
        "TELEGRAM_API_URL": served.url,
        "DATABASE_URL": url,
        "HTTP_PORT": str(free_port()),
    }
    began = time.monotonic()
    try:
        module = ("-m", "bot.cli", "run")
        said = folder / "said.txt"
        async with running(*module, said=said, settings=settings, python=python) as program:
            async with asyncio.timeout(ANSWERED_WITHIN):
                while not any(seen.kind == "sent" for seen in bot.chats[stranger].log):
                    program.check()
                    await asyncio.sleep(LOOK_EVERY)
            answered = time.monotonic() - began
            return await _at_rest(program, answered, rest)
    finally:
        await served.close()


async def _at_rest(program: Program, answered: float, rest: float) -> Seen:
    """Measure a bot that gets no messages."""
    await asyncio.sleep(min(rest, 3.0))  # work after the start is not idling yet
    before = program.cpu()
    await asyncio.sleep(rest)
    used = program.cpu() - before
    memory = program.seen.memory_full_info()
    return Seen(answered, memory.rss, memory.pss, used / rest)


async def filled(url: str, length: Length) -> None:
    """Fill a database as after years of use."""
    now = SystemClock()
    store = await Store.open(url, clock=now)
    await fill(store, now.now(), citizens=length.citizens, rows=length.rows)
    await store.close()


async def measure(place: Place, length: Length, python: Path) -> list[list[str]]:
    """Start on each database, fresh and full, alternately; return the rows of a table."""
    full = {database: await place.make(database, "idle_full") for database in place.databases}
    for url in full.values():
        await filled(url, length)
    found: dict[str, list[Seen]] = {}
    for number in range(length.starts):
        for database in place.databases:
            fresh = await place.make(database, "idle_fresh")
            for kind, url in (("fresh", fresh), ("full", full[database])):
                seen = await start(python, url, place.folder, length.rest, number)
                found.setdefault(f"{database}, {kind}", []).append(seen)
    return [
        [
            name,
            f"{median([s.answered for s in seen]):.2f}",
            f"{quantile([s.answered for s in seen], 1):.2f}",
            f"{median([s.rss for s in seen]) / MB:.0f}",
            f"{median([s.pss for s in seen]) / MB:.0f}",
            f"{median([s.cpu for s in seen]):.2%}",
        ]
        for name, seen in found.items()
    ]


def main() -> None:
    """Measure and print the results."""
    asked = questions(__doc__, "two starts of each")
    asked.add_argument("--here", action="store_true", help="in this environment, with all it has")
    wanted = asked.parse_args()
    length = SHORT if wanted.short else LONG
    with place_for("idle", wanted) as place:
        print(f"{length}\n", flush=True)
        own = not wanted.here
        python = environment_of_its_own(place.folder / "env") if own else Path(sys.executable)
        rows = asyncio.run(measure(place, length, python))
    head = ["", "first answer, s", "slowest, s", "RSS, MB", "PSS, MB", "of a core at rest"]
    print(table(head, rows))


if __name__ == "__main__":
    main()

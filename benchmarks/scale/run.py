"""Measure whether frequent work takes longer in a database a hundred times as large.

    python -m benchmarks.scale.run [--short] [--only sqlite|postgres] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.place import Place, place_for, questions
from benchmarks.scale.fill import fill
from benchmarks.spread import median, quantile, spread, table
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.clock import TravelClock
from bot.model.town import Town
from bot.scheduler import fire_timers
from bot.service.content import read_town
from bot.simulator import TOKEN
from bot.store.outbox import NewOutbox, Priority
from bot.store.store import Store
from bot.store.timers import NewTimer
from bot.testing import START
from bot.transport.pacing import Unpaced

AT_ONCE = 30  # timers per tick, calls per batch of the courier


@dataclass(frozen=True, slots=True)
class Size:
    """The size of a database."""

    citizens: int
    rows: int


@dataclass(frozen=True, slots=True)
class Length:
    """Both sizes, repetitions of each work in a round, and number of rounds."""

    few: Size
    many: Size
    times: int
    rounds: int


LONG = Length(Size(1_000, 10_000), Size(100_000, 1_000_000), times=40, rounds=7)
SHORT = Length(Size(100, 1_000), Size(1_000, 10_000), times=4, rounds=2)


class SilentApi:
    """A Telegram that answers at once, so that only the bot's time is measured."""

    def __init__(self) -> None:
        """Start without messages."""
        self._last = 0

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        timeout: float = 0.0,  # noqa: ASYNC109 - named so in the interface
        files: Any = None,
    ) -> Any:
        """Return a result at once."""
        del params, timeout, files
        if method == "getMe":
            return {"id": 1, "is_bot": True, "first_name": "Bot", "username": "bot"}
        self._last += 1
        return {"message_id": self._last} if method == "sendMessage" else True

    async def download(self, file_path: str) -> bytes:
        """Return no bytes."""
        del file_path
        return b""

    async def close(self) -> None:
        """Do nothing: no connection is open."""


@dataclass(slots=True)
class MeasuredBot:
    """A bot on a filled database."""

    bot: Bot
    store: Store
    size: Size
    _update: int = 0
    _timer: int = 0
    took: dict[str, list[float]] = field(default_factory=dict)

    @classmethod
    async def of(cls, url: str, town: Town, size: Size) -> MeasuredBot:
        """Fill the database and build a bot on it."""
        clock = TravelClock(START)
        store = await Store.open(url, clock=clock, town=town_context_of(town))
        parts = BotParts(store, SilentApi(), TOKEN, town, pacing=Unpaced(), long_poll=0)
        bot = await build(parts)
        await prepare(parts)
        began = time.monotonic()
        await fill(store, START, citizens=size.citizens, rows=size.rows)
        print(f"{store.dialect}: {size} in {time.monotonic() - began:.0f} s", file=sys.stderr)
        return cls(bot, store, size)

    async def turn(self) -> float:
        """Send one citizen's message; return the seconds of intake, turn and courier."""
        self._update += 1
        citizen = 2 + self._update % (self.size.citizens - 2)
        sender = {"id": citizen, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        message = {
            "message_id": self._update,
            "date": int(START.timestamp()),
            "chat": {"id": citizen, "type": "private", "first_name": "Ana"},
            "from": sender,
            "text": "/repeat",
            "entities": [{"type": "bot_command", "offset": 0, "length": 7}],
        }
        began = time.perf_counter()
        await self.bot.intake.take([{"update_id": 10**9 + self._update, "message": message}])
        assert await self.bot.worker.step() == 1
        assert await self.bot.courier.step() > 0
        return time.perf_counter() - began

    async def tick(self) -> float:
        """Set due timers; return the seconds for turning them into inbox rows."""
        async with self.store.unit() as unit:
            for _each in range(AT_ONCE):
                self._timer += 1
                await unit.timers.set(NewTimer("tried", str(self._timer), "tg:0", START))
        began = time.perf_counter()
        assert await fire_timers(self.store) == AT_ONCE
        took = time.perf_counter() - began
        while await self.bot.worker.step():
            pass
        return took

    async def batch(self) -> float:
        """Add outbox rows; return the courier's seconds for claiming, sending and finishing."""
        async with self.store.unit() as unit:
            for n in range(AT_ONCE):
                chat = 2 + (self._update * AT_ONCE + n) % (self.size.citizens - 2)
                params = {"chat_id": chat, "text": "Hej"}
                new = NewOutbox(chat, f"tg:{chat}", "sendMessage", params, Priority.REPLY)
                await unit.outbox.add(new)
        self._update += 1
        began = time.perf_counter()
        assert await self.bot.courier.step() >= AT_ONCE
        return time.perf_counter() - began

    async def close(self) -> None:
        """Close the bot and the store."""
        await self.bot.close()
        await self.store.close()


WORK = {
    "a turn": MeasuredBot.turn,
    f"a tick of {AT_ONCE}": MeasuredBot.tick,
    f"{AT_ONCE} calls": MeasuredBot.batch,
}


async def measure(urls: Sequence[str], town: Town, length: Length) -> list[list[str]]:
    """Do all work on both sizes alternately; return the rows of a table."""
    few, many = [
        await MeasuredBot.of(url, town, size)
        for url, size in zip(urls, (length.few, length.many), strict=True)
    ]
    for measured in (few, many):  # a warm-up, so that statements are compiled and cached
        for work in WORK.values():
            for _each in range(length.times):
                await work(measured)
    ratios: dict[str, list[float]] = {name: [] for name in WORK}
    for number in range(length.rounds):
        for name, work in WORK.items():
            now: dict[int, list[float]] = {0: [], 1: []}
            for each in range(length.times):
                order = ((0, few), (1, many)) if (number + each) % 2 else ((1, many), (0, few))
                for which, measured in order:
                    now[which].append(await work(measured))
            for which, measured in ((0, few), (1, many)):
                measured.took.setdefault(name, []).extend(now[which])
            ratios[name].append(median(now[1]) / median(now[0]))
    rows = [
        [
            f"{few.store.dialect}: {name}",
            *(f"{1000 * median(measured.took[name]):.1f}" for measured in (few, many)),
            f"{1000 * quantile(many.took[name], 0.95):.1f}",
            spread(ratios[name]),
        ]
        for name in WORK
    ]
    await few.close()
    await many.close()
    return rows


async def measure_all(place: Place, length: Length) -> None:
    """Measure on each database and print the table."""
    town, rows = read_town(None), []
    for database in place.databases:
        urls = [await place.make(database, f"scale_{n}") for n in ("few", "many")]
        rows += await measure(urls, town, length)
    sizes = [f"{s.citizens:,} and {s.rows:,}, ms" for s in (length.few, length.many)]
    print(table(["", *sizes, "p95 of the larger", "ratio of medians"], rows))


def main() -> None:
    """Measure and print the results."""
    wanted = questions(__doc__, "few of everything").parse_args()
    length = SHORT if wanted.short else LONG
    with place_for("scale", wanted) as place:
        print(f"{length}\n", flush=True)
        asyncio.run(measure_all(place, length))


if __name__ == "__main__":
    main()

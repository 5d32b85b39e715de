"""Measure a minute in which very many reminders are due, and the citizens who write meanwhile.

    python -m benchmarks.timers.run [--short] [--only sqlite|postgres] [--folder DIR]

README.md in this folder describes the measurements.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from benchmarks.place import Place, place_for, questions
from benchmarks.scale.fill import fill
from benchmarks.scale.run import SilentApi
from benchmarks.spread import median, quantile, table
from bot.app import roles
from bot.app.compose import Bot, BotParts, build, prepare, town_context_of
from bot.clock import TravelClock
from bot.scheduler import fire_timers, ticking
from bot.service.content import read_town
from bot.simulator import TOKEN
from bot.store.store import Store
from bot.store.tables import delivery, inbox, participant, reminder, timer
from bot.testing import START

WORDS = "Remember: the key of the clubhouse."


@dataclass(frozen=True, slots=True)
class Length:
    """Timers in all, those due at once, the longest wait in seconds, and ticks of each size."""

    timers: int
    due: int
    patience: float
    ticks: tuple[int, ...]
    asks_every: float = 0.5


LONG = Length(1_000_000, 20_000, 90.0, (200, 10_000))
SHORT = Length(2_000, 300, 20.0, (20, 200), asks_every=0.1)


@dataclass(slots=True)
class TimedApi(SilentApi):
    """A Telegram that answers at once, and records when each chat is sent what."""

    replies: dict[int, float] = field(default_factory=dict)
    reminded: list[float] = field(default_factory=list)
    _last: int = 0

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        timeout: float = 0.0,  # noqa: ASYNC109 - named so in the interface
        files: Any = None,
    ) -> Any:
        """Record a message, and return a result at once."""
        if method == "sendMessage" and WORDS in params["text"]:
            self.reminded.append(time.monotonic())
        elif method == "sendMessage":
            self.replies.setdefault(params["chat_id"], time.monotonic())
        return await SilentApi.call(self, method, params, timeout=timeout, files=files)


@dataclass(slots=True)
class Measured:
    """What was measured in one database."""

    dialect: str
    ticks: dict[int, float] = field(default_factory=dict)
    all_fired: float = float("nan")
    all_taken: float = float("nan")
    replies: list[float] = field(default_factory=list)
    lost: int = 0
    reminded: int = 0
    overtaken: list[int] = field(default_factory=list)

    def rows(self) -> list[list[str]]:
        """Return the lines of the table."""
        ticks = [(f"a tick of {most}, ms", f"{1000 * s:.0f}") for most, s in self.ticks.items()]
        replies = self.replies
        return [
            [f"{self.dialect}: {name}", shown]
            for name, shown in (
                *ticks,
                ("all are inbox rows, s", f"{self.all_fired:.1f}"),
                ("all are processed, s", f"{self.all_taken:.1f}"),
                ("a citizen's reply, p50, s", f"{median(replies):.2f}"),
                ("a citizen's reply, p95, s", f"{quantile(replies, 0.95):.2f}"),
                ("replies measured", str(len(replies))),
                ("replies missing", str(self.lost)),
                ("reminders sent meanwhile", str(self.reminded)),
                ("of them before a reply, p95", f"{quantile(self.overtaken, 0.95):.0f}"),
            )
        ]


async def plan(store: Store, length: Length) -> None:
    """Turn the first timers into timers of a reminder's deliveries that are due later."""
    due = range(1, length.due + 1)
    later = START + timedelta(days=1)
    async with store.unit() as unit:
        run = unit.connection.execute
        fixed = {"created_at": START, "first_name": "Ana"}
        await run(insert(participant), [{"person_id": n, **fixed} for n in due])
        told = {"texts": {"da": WORDS, "en": WORDS}, "rule": {}, "topic": "tasks"}
        told |= {"state": "ended", "version": 1, "asks": True, "prepares": False}
        told |= {"audience": {"is": "everyone", "value": ""}, "contact": "Mette"}
        await run(insert(reminder).values(title=WORDS, created_at=START, **told))
        row = {"subject_kind": "reminder", "subject_id": 1, "occasion": "1", "asks": True}
        row |= {"message_class": "asked_for", "version": 1, "state": "planned"}
        row |= {"wanted_at": START, "planned_at": START}
        await run(insert(delivery), [{"participant_id": n, **row} for n in due])
        mine = update(timer).where(timer.c.id <= length.due)
        lane = "tg:" + timer.c.subject
        await run(mine.values(kind="deliver", due_at=later, lane=lane))


async def make_due(store: Store, at_once: int) -> None:
    """Make the first timers due."""
    async with store.unit() as unit:
        rows = update(timer).where(timer.c.id <= at_once)
        await unit.connection.execute(rows.values(due_at=START, fence=timer.c.fence + 1))


async def waiting(store: Store) -> tuple[int, int]:
    """Return the number of due timers that have not fired, and of unprocessed inbox rows."""
    async with store.reading() as unit:
        ask = unit.connection.execute
        mine = timer.c.due_at <= START
        due = (await ask(select(func.count()).select_from(timer).where(mine))).scalar_one()
        undone = select(func.count()).select_from(inbox)
        undone = undone.where(inbox.c.done.is_(False), inbox.c.source == "timer")
        return due, (await ask(undone)).scalar_one()


async def ask_on(bot: Bot, api: TimedApi, length: Length, found: Measured) -> None:
    """Let one citizen after another write, each of them once, and measure the replies."""
    for number in range(length.due + 1, length.due * 2):
        sender = {"id": number, "is_bot": False, "first_name": "Ana", "language_code": "en"}
        message = {
            "message_id": number,
            "date": int(START.timestamp()),
            "chat": {"id": number, "type": "private", "first_name": "Ana"},
            "from": sender,
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        }
        began, before = time.monotonic(), len(api.reminded)
        await bot.intake.take([{"update_id": 10**9 + number, "message": message}])
        with suppress(TimeoutError):
            async with asyncio.timeout(length.patience):
                while number not in api.replies:  # noqa: ASYNC110 - the API has no event
                    await asyncio.sleep(0.005)
        if number in api.replies:
            found.replies.append(api.replies[number] - began)
            found.overtaken.append(len(api.reminded) - before)
        else:
            found.lost += 1
        await asyncio.sleep(length.asks_every)


async def measure(url: str, length: Length) -> Measured:
    """Fill a database, measure ticks, then run the bot while the timers are due."""
    town, api = read_town(None), TimedApi()
    clock = TravelClock(START, tick=True)
    store = await Store.open(url, clock=clock, town=town_context_of(town))
    parts = BotParts(store, api, TOKEN, town, long_poll=0)
    bot = await build(parts)
    await prepare(parts)
    began = time.monotonic()
    await fill(store, START, citizens=2 * length.due, rows=length.timers)
    await plan(store, length)
    print(f"{store.dialect}: filled in {time.monotonic() - began:.0f} s", file=sys.stderr)
    found = Measured(store.dialect)
    for at_once in length.ticks:
        await make_due(store, at_once)
        began = time.monotonic()
        while await fire_timers(store):
            pass
        found.ticks[at_once] = time.monotonic() - began
        async with store.unit() as unit:
            rows = update(inbox).where(inbox.c.source == "timer")
            await unit.connection.execute(rows.values(done=True, done_at=START, payload={}))
    await _busy_minute(bot, store, api, length, found)
    await bot.close()
    await store.close()
    return found


async def _busy_minute(
    bot: Bot, store: Store, api: TimedApi, length: Length, found: Measured
) -> None:
    """Run the bot's roles and its scheduler until all is processed, while citizens write."""
    stop = asyncio.Event()
    running = [asyncio.create_task(roles.work_rows(bot, stop))]
    running.append(asyncio.create_task(bot.courier.run(stop)))
    running.append(asyncio.create_task(roles.keep_index(bot, stop)))
    await asyncio.sleep(roles.FIRST_ANSWERS * 2)
    await make_due(store, length.due)
    citizens = asyncio.create_task(ask_on(bot, api, length, found))
    ticks, began = ticking(store), time.monotonic()
    ticks.start()
    found_all = False
    while time.monotonic() - began < length.patience:
        due, undone = await waiting(store)
        passed = time.monotonic() - began
        if not due and not found_all:
            found.all_fired, found_all = passed, True
        if found_all and not undone:
            found.all_taken = passed
            break
        await asyncio.sleep(0.25)
    found.reminded = len(api.reminded)
    citizens.cancel()
    ticks.shutdown(wait=False)
    stop.set()
    await asyncio.gather(*running, citizens, return_exceptions=True)


async def measure_all(place: Place, length: Length) -> None:
    """Measure on each database and print the table."""
    rows = []
    for database in place.databases:
        found = await measure(await place.make(database, "timers"), length)
        rows += found.rows()
    print(table(["", ""], rows))


def main() -> None:
    """Measure and print the results."""
    wanted = questions(__doc__, "few timers").parse_args()
    length = SHORT if wanted.short else LONG
    with place_for("timers", wanted) as place:
        print(f"{length}\n", flush=True)
        asyncio.run(measure_all(place, length))


if __name__ == "__main__":
    main()

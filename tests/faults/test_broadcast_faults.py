"""Broadcasts through kills, lost answers, floods and clicks: each recipient has one outcome."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from figures import Figure
from processes import FASTER, PATIENCE, BotProcesses, bot_processes
from telegram_apart import FIRST
from test_killed import IN_FLIGHT, Telegram, hold_audited, looked, telegram_apart

from benchmarks.broadcast.readers import TEXT, approved, do, fill
from bot.app.compose import town_context_of
from bot.clock import SystemClock
from bot.model.commands.broadcasts import (
    ApproveCorrection,
    CorrectBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
    StopBroadcast,
)
from bot.model.staff import May
from bot.store.store import Store
from bot.testing import klintsund

# The machine's clock may show a quiet hour; and the limit of 30/s would make the tests long.
AWAKE = (
    "from bot.calendar import Calendar; "
    "Calendar.next_allowed = lambda self, instant, own=None: instant; "
    "pacing.OVERALL, pacing.CATCH_UP = 400, 40.0"
)
HASTE = f"{FASTER}; {AWAKE}"
NEW = "Engen slås på søndag kl. 10."
SOON = 2.0  # seconds after a click
STATES = "SELECT state, reason, count(*) FROM delivery GROUP BY state, reason"
SEED = 7


@dataclass(slots=True)
class Readers:
    """A bot in processes, its simulated Telegram, and its readers."""

    processes: BotProcesses
    telegram: Telegram
    url: str
    number: int
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - to be repeatable, not secret

    async def start(self) -> None:
        """Start the bot, and wait until it works."""
        await self.processes.start(first=HASTE)
        await self.processes.ready()

    @asynccontextmanager
    async def store(self) -> AsyncIterator[Store]:
        """Open the store beside the bot, as the command line does."""
        context = town_context_of(klintsund())
        store = await Store.open_beside(self.url, clock=SystemClock(), town=context)
        try:
            yield store
        finally:
            await store.close()

    async def send(self, **fields: Any) -> int:
        """Let an approved broadcast begin; return its id."""
        async with self.store() as store, store.unit() as unit:
            return await approved(unit, **fields)

    async def click(self, command: Any) -> float:
        """Execute a command of staff; return when it was committed."""
        async with self.store() as store:
            await do(store, command)
        return time.time()

    async def break_out(self, kind: str, **fault: Any) -> None:
        """Let a fault of Telegram begin."""
        wanted = {"kind": kind, "method": "sendMessage", **fault}
        async with self.telegram.session.post(f"{self.telegram.url}/break", json=wanted) as done:
            assert done.status == 200

    async def log(self) -> dict[int, list[tuple[str, str, float]]]:
        """Return what each reader was sent, and the edits, with their times."""
        async with self.telegram.session.get(f"{self.telegram.url}/sent") as answer:
            found = await answer.json()
        return {int(who): [tuple(one) for one in seen] for who, seen in found.items()}

    async def states(self) -> Counter[str]:
        """Return the number of recipients by state and reason."""
        found = Counter[str]()
        for state, reason, number in await looked(self.url, STATES):
            found[f"{state} {reason}" if reason else state] += number
        return found

    async def until(self, what: str, patience: float = 3 * PATIENCE) -> None:
        """Wait until a query returns a true value."""
        async with asyncio.timeout(patience):
            while not (await looked(self.url, what))[0][0]:  # noqa: ASYNC110 - no event to await
                await asyncio.sleep(0.1)

    async def kill(self, times: int, longest: float) -> int:
        """Kill and restart the bot *times* times; return how many sends were in flight."""
        flying = 0
        for _time in range(times):
            await asyncio.sleep(self.chance.uniform(0.2, longest))
            self.processes.started[-1].kill()
            await self.processes.started[-1].wait()
            await self._at_rest()
            query = "SELECT count(*) FROM outbox WHERE state = 'claimed'"
            flying += int((await looked(self.url, query))[0][0])
            await self.start()
        return flying

    async def _at_rest(self) -> None:
        """Wait until the database has finished the statements of a killed process."""
        if self.url.startswith("postgresql"):
            alone = "SELECT count(*) = 0 FROM pg_stat_activity WHERE application_name = 'brobygger'"
            await self.until(alone)


@asynccontextmanager
async def readers(tmp_path: Path, url: str, number: int) -> AsyncIterator[Readers]:
    """Run a bot with *number* readers; the audit finds nothing at the end."""
    store = await Store.open(url, clock=SystemClock(), town=town_context_of(klintsund()))
    await fill(store, klintsund(), range(FIRST, FIRST + number), store.clock.now())
    await store.close()
    async with (
        telegram_apart(number) as telegram,
        bot_processes(tmp_path, url, telegram.url) as processes,
    ):
        made = Readers(processes, telegram, url, number)
        await made.start()
        yield made
        await processes.end()
        await hold_audited(url)


SENT = "SELECT count(*) FROM delivery WHERE state = 'sent'"
IS_OVER = "SELECT count(*) FROM broadcast WHERE state IN ('sent', 'stopped')"
IS_CORRECTED = "SELECT count(*) = 0 FROM delivery WHERE state = 'sent' AND version < 2"
NO_ROWS = "SELECT count(*) = 0 FROM outbox WHERE state IN ('pending', 'claimed')"


def sends(log: dict[int, list[tuple[str, str, float]]]) -> list[tuple[int, float]]:
    """Return who was sent the broadcast, and when."""
    return [
        (who, at)
        for who, seen in log.items()
        for kind, text, at in seen
        if kind == "sent" and (TEXT in text or NEW in text)
    ]


async def test_pause_resume_and_stop(
    tmp_path: Path, database_url: str, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """Nothing is sent later than two seconds after a click, and resuming sends the rest once."""
    async with readers(tmp_path, database_url, 1500) as town:
        # Some messages wait, claimed or not, for the end of a flood when staff click.
        await town.break_out("flood", every=50, times=10, retry_after=3)
        made = await town.send()
        await town.until(f"SELECT ({SENT}) > 200")
        paused = await town.click(PauseBroadcast(1, made))
        await asyncio.sleep(SOON + 4)
        before = sends(await town.log())
        late = max(at for _who, at in before) - paused
        assert late < SOON
        assert len(before) < town.number
        assert (await town.states())["queued"] == 0
        await town.click(ResumeBroadcast(1, made))
        await town.until(f"SELECT ({SENT}) > {len(before) + 200}")
        stopped = await town.click(StopBroadcast(1, made))
        await asyncio.sleep(SOON + 4)
        found = sends(await town.log())
        later = max(at for _who, at in found) - stopped
        assert later < SOON
        assert len({who for who, _at in found}) == len(found)
        states = await town.states()
        assert states == {"sent": len(found), "cancelled ended": town.number - len(found)}
    figure(
        request.node.name,
        last_send_after_pause=f"{late:.2f} s",
        after_stop=f"{later:.2f} s",
    )


async def through_kills(
    tmp_path: Path, url: str, *, number: int, kills: int, longest: float
) -> dict[str, Any]:
    """Send and correct a broadcast through kills, lost answers and floods; return the figures."""
    begun = time.monotonic()
    async with readers(tmp_path, url, number) as town:
        await town.break_out("drop", every=100)
        await town.break_out("flood", every=97, retry_after=1)
        made = await town.send()
        flying = await town.kill(kills, longest)
        await town.until(IS_OVER, patience=60 + number / 20)
        states = await town.states()
        repeated = Counter(who for who, _at in sends(await town.log()))
        assert sum(states.values()) == number
        assert set(states) <= {"sent", "sent repeated", "skipped unconfirmed"}
        assert len(repeated) == number  # nobody was missed
        doubled = {who for who, times in repeated.items() if times > 1}
        listed = await looked(
            url,
            "SELECT person.chat_id FROM delivery JOIN participant "
            "ON participant.id = delivery.participant_id "
            "JOIN person ON person.id = participant.person_id "
            "WHERE delivery.reason IN ('repeated', 'unconfirmed')",
        )
        assert doubled <= {row[0] for row in listed}
        assert flying <= kills * IN_FLIGHT
        await _correct(town, made)
        await town.kill(kills, longest)
        await town.until(IS_CORRECTED, patience=60 + number / 20)
        await town.until(NO_ROWS, patience=60 + number / 20)
        edits = Counter(
            who
            for who, seen in (await town.log()).items()
            for kind, text, _at in seen
            if kind == "edited" and NEW in text
        )
        reached = states["sent"] + states["sent repeated"]
        assert set(edits.values()) == {1}
        assert len(edits) == reached
    return {
        "readers": number,
        "kills": 2 * kills,
        "missed": 0,
        "doubled": len(doubled),
        "listed": len(listed),
        "in_flight_at_the_kills": flying,
        "corrected_once": len(edits),
        "seconds": round(time.monotonic() - begun),
    }


async def _correct(town: Readers, made: int) -> None:
    """Correct a broadcast, as its author and as a leader."""
    async with town.store() as store:
        async with store.reading() as unit:
            leaders = [one.id for one in await unit.staff.holders(May.APPROVE)]
        author, leader = 1, next(one for one in leaders if one != 1)
        edition = await do(store, CorrectBroadcast(author, made, {"da": NEW}))
        await do(store, ApproveCorrection(leader, made, edition))


async def test_killed_in_mid_broadcast(tmp_path: Path, database_url: str) -> None:
    """Two kills while 400 people get it, and two while it is corrected."""
    await through_kills(tmp_path, database_url, number=400, kills=2, longest=2.0)


@pytest.mark.slow
async def test_killed_twenty_times(
    tmp_path: Path, database_url: str, figure: Figure, request: pytest.FixtureRequest
) -> None:
    """Twenty kills while 10,000 people get it, and twenty while it is corrected."""
    figures = await through_kills(tmp_path, database_url, number=10_000, kills=20, longest=4.0)
    figure(request.node.callspec.id, **figures)

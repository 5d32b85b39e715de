"""Simulated citizens who repeat the conversation and check the answers."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass, field
from random import Random
from time import perf_counter

from benchmarks.turns.script import ACTS, plain
from bot.simulator import Bot, Change, World

FIRST_ID = 10_001
STALLED = 30.0  # seconds without an answer before the run fails


@dataclass(slots=True)
class Citizen:
    """A citizen in the conversation; *due* is the due time of an unanswered act, or None."""

    id: int
    act: int = 0
    message_id: int = 0
    due: float | None = None


@dataclass(slots=True)
class Load:
    """Make citizens act, and record their waiting times for answers."""

    world: World
    bot: Bot
    citizens: dict[int, Citizen]
    took: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    on: bool = False  # a citizen acts again at once after an answer
    meeting: bool = False  # first contact: a welcome message may precede
    free: deque[Citizen] = field(default_factory=deque)
    owed: deque[float] = field(default_factory=deque)  # due times of waiting acts
    _moved: asyncio.Event = field(default_factory=asyncio.Event)

    @classmethod
    def of(cls, world: World, bot: Bot, citizens: int) -> Load:
        """Create *citizens* citizens with a chat with the bot."""
        made = {n: Citizen(n) for n in range(FIRST_ID, FIRST_ID + citizens)}
        for citizen in made:
            world.add_user(citizen, "Ana", language_code="en")
        load = cls(world, bot, made)
        load.free.extend(made.values())
        world.subscribe(load.receive)
        return load

    def receive(self, change: Change) -> None:
        """Check the bot's new message in a citizen's chat, and record the waiting time."""
        citizen = self.citizens.get(change.chat_id)
        if change.kind != "changed" or citizen is None or citizen.due is None:
            return
        seen = self.bot.chats[citizen.id].log[-1]
        wanted = ACTS[citizen.act]
        if seen.kind != "sent" or seen.message_id is None:
            return
        if seen.text != plain(wanted.answer):
            if self.meeting:
                return  # a welcome message, which is not part of the conversation
            self.wrong.append(f"{seen.text!r} instead of {wanted.answer!r}")
        message = self.bot.chats[citizen.id].messages[seen.message_id]
        labels = tuple(tuple(button.text for button in row) for row in message.keyboard)
        if labels != wanted.rows:
            self.wrong.append(f"{labels} instead of {wanted.rows}")
        self.took.append(perf_counter() - citizen.due)
        citizen.due, citizen.message_id = None, seen.message_id
        citizen.act = (citizen.act + 1) % len(ACTS)
        # Act later, since the bot's call must be answered first.
        asyncio.get_running_loop().call_soon(self._again, citizen)

    def _again(self, citizen: Citizen) -> None:
        """Make an answered citizen act again, or mark them as free."""
        self._moved.set()
        if self.owed:
            self.act(citizen, self.owed.popleft())
        elif self.on:
            self.act(citizen, perf_counter())
        else:
            self.free.append(citizen)

    def act(self, citizen: Citizen, due: float) -> None:
        """Make a citizen do the next act."""
        citizen.due = due
        what = ACTS[citizen.act]
        if what.write is not None:
            self.world.say(citizen.id, what.write)
            return
        message = self.bot.chats[citizen.id].messages[citizen.message_id]
        data = next(b.data for row in message.keyboard for b in row if b.text == what.tap)
        assert data is not None
        self.world.tap(citizen.id, citizen.message_id, data)

    async def meet(self) -> None:
        """Make all citizens go through the conversation once, including the first contact."""
        self.meeting = True
        for _each in range(len(ACTS)):
            for citizen in [self.free.popleft() for _n in range(len(self.free))]:
                self.act(citizen, perf_counter())
            await self.rest()
        self.meeting = False

    async def saturate(self, seconds: float) -> float:
        """Make all citizens act as soon as they are answered; return turns per second."""
        self.on = True
        self.took.clear()
        began = perf_counter()
        for citizen in [self.free.popleft() for _n in range(len(self.free))]:
            self.act(citizen, began)
        await asyncio.sleep(seconds)
        rate = len(self.took) / (perf_counter() - began)
        self.on = False
        return rate

    async def pace(self, rate: float, seconds: float, chance: Random) -> list[float]:
        """Schedule *rate* acts per second at random times; return the waiting times in seconds.

        A waiting time begins when the act is due, even if no citizen is free.
        """
        self.took.clear()
        now = began = perf_counter()
        while now < began + seconds:
            now += chance.expovariate(rate)
            if (wait := now - perf_counter()) > 0:
                await asyncio.sleep(wait)
            if self.free:
                self.act(self.free.popleft(), now)
            else:
                self.owed.append(now)
        await self.rest()
        return list(self.took)

    async def rest(self) -> None:
        """Wait until all citizens are answered; raise `RuntimeError` for a wrong answer."""
        while self.owed or len(self.free) < len(self.citizens):
            self._moved.clear()
            await asyncio.wait_for(self._moved.wait(), STALLED)
        if self.wrong:
            raise RuntimeError(f"it says {self.wrong[0]}")

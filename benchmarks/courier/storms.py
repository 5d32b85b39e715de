"""Storms of 429: count the calls made although Telegram demanded a pause."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from benchmarks.courier.telegram import Call, NotedWorld
from bot.simulator import Fault, FaultKind

CALM = 1.0  # seconds of normal sending before the storm
BREATH = 1.0  # seconds in which calls in flight may still arrive
LOOK_EVERY = 0.005
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Seen:
    """Results of a storm; times in seconds of the monotonic clock of the calls."""

    paused: dict[int, tuple[float, float]]  # pause of each chat: from its 429 to the end
    everyone: tuple[float, float] | None  # the pause of all chats, from the second chat's 429 on

    def columns(self, world: NotedWorld) -> list[str]:
        """Return the figures of a table row."""
        to_paused = sum(self._within(call) for call in world.noted)
        flying, probes, most = "–", "–", "–"
        if self.everyone is not None:
            begin, end = self.everyone
            during = [call.at for call in world.noted if begin < call.at < end]
            later = [at for at in during if at > begin + BREATH]
            flying, probes = str(len(during) - len(later)), str(len(later))
            most = str(most_in_a_second(later))
        refused = len(world.refused())
        return [f"{refused}", f"{to_paused}", flying, probes, most, f"{world.sent()}"]

    def _within(self, call: Call) -> bool:
        """Return whether a call went to a chat within its pause."""
        begin, end = self.paused.get(call.chat, (0.0, 0.0))
        return begin < call.at < end


def most_in_a_second(times: Sequence[float]) -> int:
    """Return the largest number of calls within one second.

    The second is measured as 0.95 s, since the two sides' clocks differ a little.
    """
    return max((sum(at <= other < at + 0.95 for other in times) for at in times), default=0)


@dataclass(frozen=True, slots=True)
class Storm:
    """One storm: the number of chats that get 429."""

    HEAD: ClassVar[tuple[str, ...]] = (
        "429s",
        "calls to a chat within its pause",
        "calls within a second of the pause of all",
        "calls in the rest of that pause",
        "of those in the densest second",
        "sent in the end",
    )
    name: str
    chats: int | None  # None: all chats

    async def break_out(self, world: NotedWorld, pause: int) -> Seen:
        """Make Telegram refuse for *pause* seconds; return the pauses the courier must keep."""
        await until(lambda: world.noted and world.noted[-1].at - world.noted[0].at >= CALM)
        wanted = [None] if self.chats is None else self._next(world, self.chats)
        faults = [
            world.faults.add(
                Fault(FaultKind.FLOOD, "sendMessage", chat, retry_after=pause, times=None)
            )
            for chat in wanted
        ]
        needed = 2 if self.chats is None else self.chats
        await until(lambda: len({call.chat for call in world.refused()}) >= needed)
        began = {}
        for call in world.refused():
            began.setdefault(call.chat, call.at)
        second = sorted(began.values())[1] if len(began) > 1 else None
        # End the storm 0.2 s early, since our clock is later than Telegram's.
        await asyncio.sleep(max(0.0, pause - 0.2))
        for fault in faults:
            world.faults.remove(fault)
        paused = {chat: (at, at + pause) for chat, at in began.items()}
        return Seen(paused, (second, second + pause) if second is not None else None)

    def _next(self, world: NotedWorld, many: int) -> list[int | None]:
        """Return chats that get a message within the next 1 or 2 s."""
        last = max(call.chat for call in world.noted)
        return [last + 20 + n for n in range(many)]


async def until(true: Callable[[], object]) -> None:
    """Wait until *true* returns a true value; raise `TimeoutError` after 60 s."""
    for _look in range(int(PATIENCE / LOOK_EVERY)):
        if true():
            return
        await asyncio.sleep(LOOK_EVERY)
    raise TimeoutError


def storms(pause: int) -> tuple[Storm, ...]:
    """Return the storms to measure."""
    return (
        Storm(f"one chat, {pause} s", 1),
        Storm(f"everybody, {pause} s", None),
    )

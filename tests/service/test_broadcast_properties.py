"""Random acts of staff, citizens and Telegram keep the ledger of broadcasts whole.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from broadcast_town import EVERYONE, LONE, METTE, BroadcastTown
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.engine.events import Refused
from bot.model.broadcast import BroadcastState
from bot.model.commands.broadcasts import (
    ApproveCorrection,
    CorrectBroadcast,
    PauseBroadcast,
    ResumeBroadcast,
    StopBroadcast,
)
from bot.model.delivery import FINAL_STATES, DeliveryState, Reason
from bot.simulator.faults import Fault, FaultKind
from bot.testing import PEOPLE

NAMES = ("Ana", "Jens", "Samira")
CITIZENS = st.sampled_from(NAMES)
FAULTS = st.sampled_from(
    [
        Fault(FaultKind.FLOOD, "sendMessage", times=2, retry_after=90),
        Fault(FaultKind.DROP, "sendMessage", times=1),
        Fault(FaultKind.DROP, "sendMessage", times=2),
        Fault(FaultKind.ERROR, "sendMessage", times=1, code=502),
        Fault(FaultKind.ERROR, "sendMessage", times=1, code=400, description="Bad Request"),
    ]
)
SPANS = st.sampled_from(
    [timedelta(seconds=1), timedelta(minutes=2), timedelta(hours=7), timedelta(days=3)]
)
HOLDS = st.sampled_from([PauseBroadcast, ResumeBroadcast, StopBroadcast])
MOST = 4  # broadcasts


class Broadcasts(RuleBasedStateMachine):
    """Three citizens, staff who send, hold and correct news, and an unreliable Telegram."""

    def __init__(self) -> None:
        """Create a bot on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.town = BroadcastTown(f"sqlite:///{Path(self.folder.name) / 'town.sqlite3'}")
        self.made: dict[int, str] = {}

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    @initialize()
    def begins(self) -> None:
        """All citizens agree to news."""
        self.run(self.town.begin(*NAMES))

    # -- rules -------------------------------------------------------------

    @rule(spread=st.sampled_from([0, 0, 120]))
    def send(self, spread: int) -> None:
        """Staff send a broadcast, even where nobody gets it; its words name it."""
        if len(self.made) < MOST:
            words = f"Nyt nummer {len(self.made) + 1} om engen."
            made = self.run(
                self.town.approve(
                    "Det skal ligge klar.", texts={"da": words}, audience=EVERYONE, spread=spread
                )
            )
            self.made[made] = words

    @rule(data=st.data(), hold=HOLDS, clicks=st.integers(1, 2))
    def hold(self, data: st.DataObject, hold: type, clicks: int) -> None:
        """Staff pause, resume or stop a broadcast."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            for _click in range(clicks):
                self.run(self.town.do(hold(METTE, chosen)))

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """Staff correct a broadcast; its name stays in its words."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            known = self.run(self.town.news(chosen))
            texts = {"da": f"{self.made[chosen]} Rettelse {known.edition}."}
            edition = self.run(self.town.do(CorrectBroadcast(METTE, chosen, texts)))
            if not isinstance(edition, Refused):
                self.run(self.town.do(ApproveCorrection(LONE, chosen, edition)))

    @rule(fault=FAULTS, name=CITIZENS)
    def fault(self, fault: Fault, name: str) -> None:
        """Telegram has a fault towards one citizen."""
        new = Fault(
            fault.kind,
            fault.method,
            PEOPLE[name][0],
            times=fault.times,
            code=fault.code,
            description=fault.description,
            retry_after=fault.retry_after,
        )
        self.town.chat.world.faults.add(new)

    @rule(name=CITIZENS, words=st.sampled_from(["stop", "hjælp"]))
    def say(self, name: str, words: str) -> None:
        """A citizen stops news, or writes."""
        self.run(self.town.chat.play(f"{name}: {words}"))

    @rule(name=CITIZENS)
    def agree(self, name: str) -> None:
        """A citizen agrees to news again."""
        self.run(self.town.consent(name, "nature"))

    @rule(name=CITIZENS, act=st.sampled_from(["blocks", "unblocks"]))
    def block(self, name: str, act: str) -> None:
        """A citizen blocks the bot, or comes back."""
        self.run(self.town.chat.play(f"{name} {act}"))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.wait(span.total_seconds()))

    @rule()
    def restart(self) -> None:
        """The bot is stopped and started."""
        self.run(self.town.chat.close())
        self.run(self.town.chat.play("--- 1 minute passes"))

    # -- invariants --------------------------------------------------------

    @invariant()
    def each_recipient_has_one_row(self) -> None:
        """The rows of a broadcast are its audience; what is not sent says why."""
        for number, words in self.made.items():
            rows = self.run(self.town.recipients(number))
            size = self.run(self.town.news(number)).audience_size
            assert (size or 0) == len(rows) == len({one.participant_id for one in rows})
            for one in rows:
                if one.state in FINAL_STATES - {DeliveryState.SENT}:
                    assert one.reason is not None
            sent = sum(one.state is DeliveryState.SENT for one in rows)
            listed = sum(one.reason in {Reason.REPEATED, Reason.UNCONFIRMED} for one in rows)
            got = [self.town.got(name, words) for name in NAMES]
            open_ = sum(one.state not in FINAL_STATES for one in rows)
            assert sent <= sum(count > 0 for count in got) <= sent + listed + open_
            assert sum(count > 1 for count in got) <= listed + open_

    def teardown(self) -> None:
        """Let everything end: each recipient then has an outcome, and each edit was made."""
        try:
            if self.made:
                self.run(self._end())
        finally:
            self.run(self.town.chat.close())
            self.loop.close()
            self.folder.cleanup()

    async def _end(self) -> None:
        self.town.chat.world.faults.clear()
        for number in self.made:
            await self.town.do(ResumeBroadcast(METTE, number))
        await self.town.wait(timedelta(days=15).total_seconds())
        for number in self.made:
            known = await self.town.news(number)
            assert known.state in {BroadcastState.SENT, BroadcastState.STOPPED}
            for one in await self.town.recipients(number):
                assert one.state in FINAL_STATES
        await self.town.is_sound()


SHORT = settings(
    max_examples=6,
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=60, stateful_step_count=30)
TestBroadcasts = Broadcasts.TestCase
TestBroadcasts.settings = SHORT


@pytest.mark.slow
class TestBroadcastsLong(Broadcasts.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 60 examples of 30 steps."""

    settings = LONG

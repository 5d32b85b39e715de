"""Random faults of Telegram, database and courier keep the guarantees of the outbox."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from transport_town import FickleStore

from bot.clock import TravelClock
from bot.errors import Ambiguous, ApiError, DatabaseUnavailable, ServerFault, Unreachable
from bot.store.outbox import NewOutbox
from bot.store.store import Store
from bot.store.tables import outbox
from bot.transport.courier import Courier
from bot.transport.pacing import Unpaced

CHATS = 3
ANSWERS = ("done", "done", "done", "flood", "dropped", "away", "blocked", "ill")
_HUNDREDS = itertools.count(1)


class Call(NamedTuple):
    """A call that awaits its answer."""

    chat: int
    number: int
    answer: asyncio.Future[str]


class HeldTelegram:
    """A Telegram whose answers the test gives; it records the chats it has limited."""

    def __init__(self, clock: TravelClock) -> None:
        """Start without calls and limits."""
        self.clock = clock
        self.waiting: list[Call] = []
        self.heard: list[int] = []  # row numbers in the order of execution
        self.paused: dict[int, float] = {}
        self.breath = 0.0
        self.faults: list[str] = []

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - the parameter belongs to the port
        """Wait for the test's answer; record calls that break the limits."""
        del timeout
        if method == "getMe":
            return {}
        now, chat = self.clock.now().timestamp(), params["chat_id"]
        if any(call.chat == chat for call in self.waiting):
            self.faults.append("two calls under way in one chat")
        if max(self.breath, self.paused.get(chat, 0.0)) > now:
            self.faults.append("a call to a chat that is paused")
        call = Call(chat, int(params["text"]), asyncio.get_running_loop().create_future())
        self.waiting.append(call)
        return self.read(call, await call.answer)

    def read(self, call: Call, answer: str) -> Any:
        """Carry out the call or raise an error, according to *answer*."""
        now = self.clock.now().timestamp()
        if answer == "flood":
            self.paused[call.chat] = now + 5
            self.breath = now + 1
            raise ApiError(429, "Too Many Requests: retry after 5", 5.0)
        if answer == "blocked":
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if answer == "away":
            raise Unreachable
        if answer == "ill":
            raise ServerFault
        self.heard.append(call.number)
        if answer == "dropped":
            raise Ambiguous
        return {"message_id": call.number}

    async def close(self) -> None:
        """Do nothing."""


class OutboxModel(RuleBasedStateMachine):
    """Send messages while faults occur at random."""

    def __init__(self, runner: asyncio.Runner, store: FickleStore, clock: TravelClock) -> None:
        """Start with chats that no other example uses."""
        super().__init__()
        self.runner, self.store, self.clock = runner, store, clock
        self.first_chat = next(_HUNDREDS) * 100
        self.rows: dict[int, tuple[int, int]] = {}  # number (and row id) -> chat, priority
        self.telegram = HeldTelegram(clock)
        self.courier = self.a_courier()

    def a_courier(self) -> Courier:
        """Return a newly started courier."""
        return Courier(
            self.store,
            self.telegram,
            lambda now, _own: now,
            seconds=lambda: self.clock.now().timestamp(),
            pacing=Unpaced(),
            commit_every=0.0,
        )

    def do(self, what: Coroutine[Any, Any, Any]) -> None:
        """Run *what* and let other tasks proceed; ignore `DatabaseUnavailable`."""

        async def go() -> None:
            with suppress(DatabaseUnavailable):
                await what
            for _turn in range(5):
                await asyncio.sleep(0)

        self.runner.run(go())

    @rule(chat=st.integers(0, CHATS - 1), priority=st.sampled_from([10, 20]))
    def write(self, chat: int, priority: int) -> None:
        """Add a message to the outbox."""
        self.do(self._write(self.first_chat + chat, priority))

    async def _write(self, chat: int, priority: int) -> None:
        lane, number = f"tg:{chat}", next(_HUNDREDS)
        params = {"chat_id": chat, "text": str(number)}
        async with Store.unit(self.store) as unit:
            row = NewOutbox(chat, lane, "sendMessage", params, priority)
            self.rows[number] = (chat, priority)
            await unit.outbox.add(row)

    @rule(trouble=st.sampled_from(["none", "none", "undoing", "losing"]))
    def begin(self, trouble: str) -> None:
        """Let the courier claim rows and start their calls."""
        self.fail_once(trouble)
        self.do(self.courier._begin())
        self.fail_once("none")

    @precondition(lambda self: self.telegram.waiting)
    @rule(data=st.data(), answer=st.sampled_from(ANSWERS))
    def answer(self, data: st.DataObject, answer: str) -> None:
        """Answer one of the calls in flight."""
        place = data.draw(st.integers(0, len(self.telegram.waiting) - 1))
        call = self.telegram.waiting.pop(place)
        self.do(_set(call.answer, answer))

    @rule(trouble=st.sampled_from(["none", "none", "undoing", "losing"]))
    def land(self, trouble: str) -> None:
        """Let the courier store the results of its calls."""
        self.fail_once(trouble)
        self.do(self.courier._land_some())
        self.fail_once("none")

    @rule(seconds=st.sampled_from([1, 3, 10]))
    def wait(self, seconds: int) -> None:
        """Advance the clock."""
        self.clock.advance(timedelta(seconds=seconds))

    @rule(carried_out=st.booleans())
    def die(self, *, carried_out: bool) -> None:
        """End the courier's process during its calls and start another; pauses are not stored."""
        for call in self.telegram.waiting:
            if carried_out:
                self.telegram.heard.append(call.number)
        tasks = list(self.courier._flying.values())
        self.do(_cancel(tasks))
        self.telegram.waiting.clear()
        self.telegram.paused.clear()
        self.telegram.breath = 0.0
        self.courier = self.a_courier()

    def fail_once(self, trouble: str) -> None:
        """Let the next transaction roll back, or commit with an unknown result."""
        self.store.undoing = int(trouble == "undoing")
        self.store.losing = int(trouble == "losing")

    @invariant()
    def no_call_was_wrong(self) -> None:
        """Each chat has one call in flight at most, and paused chats have none."""
        assert not self.telegram.faults

    @invariant()
    def order_is_kept(self) -> None:
        """Messages of one chat and priority are first sent in order."""
        for place in set(self.rows.values()):
            heard = [n for n in self.telegram.heard if self.rows[n] == place]
            assert heard == sorted(heard)

    def teardown(self) -> None:
        """Let the courier finish with a working Telegram; assert that no message is lost."""
        self.fail_once("none")
        for _round in range(12 * len(self.rows) + 3):
            self.do(self.courier._land_some())
            self.clock.advance(timedelta(seconds=60))
            self.do(self.courier._begin())
            while self.telegram.waiting:
                self.do(_set(self.telegram.waiting.pop().answer, "done"))
            if not self.courier._flying and not self.courier._landed and self.idle():
                break
        self.no_call_was_wrong()
        self.order_is_kept()
        for number, (state, error) in self.ends().items():
            if state == "sent":
                assert number in self.telegram.heard
            else:
                assert state == "failed"
                assert error.startswith("403") or error == "sent again, never confirmed"

    def idle(self) -> bool:
        """Return whether every row is sent or failed."""
        return all(state in {"sent", "failed"} for state, _ in self.ends().values())

    def ends(self) -> dict[int, tuple[str, str]]:
        """Return state and error of every row of this example, by its number."""

        async def look() -> list[Any]:
            async with self.store.reading() as unit:
                mine = outbox.c.chat_id.between(self.first_chat, self.first_chat + CHATS)
                query = select(outbox.c.state, outbox.c.error).where(mine).order_by(outbox.c.id)
                return list(await unit.connection.execute(query))

        found = self.runner.run(look())
        assert len(found) == len(self.rows)
        return {n: (row.state, row.error) for n, row in zip(self.rows, found, strict=True)}


async def _set(answer: asyncio.Future[str], value: str) -> None:
    """Set an answer within the event loop."""
    answer.set_result(value)


async def _cancel(tasks: list[asyncio.Task[Any]]) -> None:
    """Cancel tasks, as at the end of their process."""
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_the_outbox_keeps_its_word(sqlite_url: str, clock: TravelClock) -> None:
    """Under all faults no message is lost, order is kept, and no call breaks a limit."""
    with asyncio.Runner() as runner:
        store = FickleStore.around(runner.run(Store.open(sqlite_url, clock=clock)))
        run_state_machine_as_test(
            lambda: OutboxModel(runner, store, clock),
            settings=settings(
                max_examples=50,
                stateful_step_count=40,
                deadline=None,
                phases=[Phase.explicit, Phase.generate, Phase.shrink],
                database=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
        runner.run(store.close())

"""Telegram fails, is unreachable, drops answers or limits the rate: no message is lost."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from fault_town import FIRST, Town, rows, town
from figures import Figure

from bot.simulator import Fault, FaultKind
from bot.simulator.inprocess import InProcessApi
from bot.store.outbox import NewOutbox

MINUTE = 60
SECOND = timedelta(seconds=1)


class Impatient(InProcessApi):
    """Call the simulated Telegram with a timeout of 1 ms."""

    async def call(self, method: str, params: Mapping[str, Any], **how: Any) -> Any:
        """Make the call."""
        return await super().call(method, params, **(how | {"timeout": 0.001}))


async def through(here: Town, fault: Fault, *, seconds: int = MINUTE) -> int:
    """Ask before and after a fault of *seconds*; return the number of doubled answers.

    Raise `AssertionError` where an answer is missing or out of order.
    """
    await here.let_in()
    here.ask(0)
    await here.bot.poller.step()
    here.world.faults.add(fault)
    while await here.bot.worker.step():  # a busy machine needs more than one transaction
        pass
    for _second in range(seconds):
        await here.bot.courier.step()
        here.clock.advance(SECOND)
    here.world.faults.remove(fault)
    here.ask(1)
    await here.let_pass(2 * MINUTE)
    return here.hold_heard(0, 1)


@pytest.mark.parametrize("method", [None, "sendMessage"], ids=["all", "sends"])
@pytest.mark.parametrize("code", [500, 502])
async def test_it_fails_for_a_minute(sqlite_url: str, code: int, method: str | None) -> None:
    """Messages that failed with an HTTP 5xx go out afterwards, each once."""
    async with town(sqlite_url, citizens=6) as here:
        assert await through(here, Fault(FaultKind.ERROR, method=method, code=code)) == 0


async def test_it_cannot_be_reached_for_a_minute(sqlite_url: str) -> None:
    """Calls that were surely not carried out are repeated without doubles."""
    async with town(sqlite_url, citizens=6) as here:
        assert await through(here, Fault(FaultKind.AWAY)) == 0


@pytest.mark.parametrize("kind", [FaultKind.SLOW, FaultKind.DROP], ids=["late", "mute"])
async def test_it_answers_nothing_for_a_minute(sqlite_url: str, kind: FaultKind) -> None:
    """Telegram carries calls out without answering: only sends in flight are doubled."""
    async with town(sqlite_url, citizens=6, api=Impatient) as here:
        assert await through(here, Fault(kind, delay=1.0)) == here.citizens


@pytest.mark.parametrize(
    "sends", [300, pytest.param(3000, marks=pytest.mark.slow)], ids=["short", "long"]
)
async def test_one_answer_in_a_hundred_is_dropped(
    database_url: str, sends: int, figure: Figure
) -> None:
    """Each dropped answer doubles its send, as the outcome is unknown; no send is lost."""
    async with town(database_url, citizens=30) as here:
        await here.let_in()
        fault = Fault(FaultKind.DROP, method="sendMessage", every=100)
        here.world.faults.add(fault)
        async with here.store.unit() as unit:
            for number in range(sends):
                who = FIRST + number % here.citizens
                params = {"chat_id": who, "text": f"Nr. {number}."}
                await unit.outbox.add(NewOutbox(who, f"tg:{who}", "sendMessage", params, 10))
        while await here.bot.next_due() is not None or not fault.met:
            await here.step(1.0)
        received = [here.received(who) for who in here.who()]
        for place, each in enumerate(received):
            wanted = [f"Nr. {number}." for number in range(place, sends, here.citizens)]
            assert list(dict.fromkeys(each)) == wanted
        doubled = sum(map(len, received)) - sends
        assert doubled == fault.hits >= sends // 100
        name = here.store.dialect
    figure(f"1 % of answers dropped, {name}", sends=sends, lost=0, doubled=doubled)


class Counting(InProcessApi):
    """Call the simulated Telegram and record when each chat was called."""

    def __init__(self, *given: Any) -> None:
        """Start with no recorded calls."""
        super().__init__(*given)
        self.called: list[tuple[float, Any]] = []

    async def call(self, method: str, params: Mapping[str, Any], **how: Any) -> Any:
        """Make the call; record it where it is a send."""
        if method == "sendMessage":
            self.called.append((self._world.seconds(), params["chat_id"]))
        return await super().call(method, params, **how)


async def test_one_chat_is_limited_for_a_minute(sqlite_url: str) -> None:
    """A limited chat is called again only after its minute; other chats are answered at once."""
    async with town(sqlite_url, citizens=6, api=Counting) as here:
        await here.let_in()
        api = here.bot.parts.api
        assert isinstance(api, Counting)
        api.called.clear()
        here.world.faults.add(
            Fault(FaultKind.FLOOD, method="sendMessage", chat_id=FIRST, times=1, retry_after=MINUTE)
        )
        for number in (0, 1):
            here.ask(number)
        await here.let_pass(5)
        assert here.received(FIRST) == []
        assert all(len(here.received(who)) == 2 for who in here.who()[1:])
        await here.let_pass(MINUTE)
        assert here.hold_heard(0, 1) == 0
        first, second, _third = [at for at, chat in api.called if chat == FIRST]
        assert second - first >= MINUTE


async def test_all_chats_are_limited_for_a_minute(sqlite_url: str) -> None:
    """While all chats are limited the courier tries about one call a second, and loses none."""
    async with town(sqlite_url, citizens=20, api=Counting) as here:
        await here.let_in()
        api = here.bot.parts.api
        assert isinstance(api, Counting)
        api.called.clear()
        fault = Fault(FaultKind.FLOOD, method="sendMessage", retry_after=MINUTE)
        begun = here.world.seconds()
        doubled = await through_flood(here, fault)
        assert doubled == 0
        refused = [at for at, _chat in api.called if at < begun + MINUTE]
        assert len(refused) <= here.citizens + MINUTE


async def through_flood(here: Town, fault: Fault) -> int:
    """Ask while all chats are limited and again afterwards; return the number of doubles."""
    here.world.faults.add(fault)
    here.ask(0)
    for left in range(MINUTE, 0, -1):
        fault.retry_after = left  # the remaining seconds, as Telegram reports them
        await here.step(1.0)
    here.world.faults.remove(fault)
    here.ask(1)
    await here.let_pass(2 * MINUTE)
    return here.hold_heard(0, 1)


async def test_a_citizen_blocks_in_mid_send_and_comes_back(database_url: str) -> None:
    """A block drops the waiting messages; after unblocking the citizen is answered again."""
    async with town(database_url, citizens=2) as here:
        await here.let_in()
        for number in range(4):
            here.ask(number)
        await here.bot.poller.step()
        while await here.bot.worker.step():
            pass
        assert await here.bot.courier._begin() > 0
        here.world.block(FIRST)
        await here.step()
        first, other = here.who()
        assert len(here.received(first)) <= 1
        assert len(here.received(other)) == 4
        states = await rows(here.store, "SELECT state FROM outbox WHERE chat_id = :who", who=first)
        assert {state for (state,) in states} == {"sent", "failed"}
        assert not await reachable(here, first)
        here.world.unblock(first)
        await here.step()
        assert await reachable(here, first)
        before = len(here.received(first))
        here.ask(5)
        await here.step()
        assert len(here.received(first)) == before + 1


async def reachable(here: Town, who: int) -> bool:
    """Return whether the citizen's row is marked reachable."""
    async with here.store.reading() as unit:
        person = await unit.people.by_lane(f"tg:{who}")
    assert person is not None
    return person.reachable

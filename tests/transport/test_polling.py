"""The poller confirms exactly the committed updates."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import pytest
from transport_town import ANA, FickleStore, intake_of

from bot.clock import TravelClock
from bot.errors import Ambiguous, ApiError, DatabaseUnavailable, Unreachable
from bot.simulator import Fault, FaultKind, World
from bot.simulator.inprocess import InProcessApi
from bot.transport import polling
from bot.transport.polling import ALLOWED_UPDATES, Poller

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class Listening:
    """Call the Bot API and record the calls."""

    def __init__(self, api: InProcessApi) -> None:
        """Wrap *api*."""
        self._api = api
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.failing: list[Exception] = []
        self.after: Callable[[], None] = lambda: None

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - the parameter belongs to the port
        """Record the call and make it, or raise the prepared error."""
        self.calls.append((method, dict(params)))
        self.after()
        if self.failing:
            raise self.failing.pop(0)
        return await self._api.call(method, params, timeout=timeout)

    async def close(self) -> None:
        """Do nothing."""

    def offsets(self) -> list[int | None]:
        """Return the offset of every getUpdates."""
        return [params.get("offset") for method, params in self.calls if method == "getUpdates"]


@pytest.fixture
def listening(in_process: InProcessApi) -> Listening:
    """Wrap the in-process API."""
    return Listening(in_process)


@pytest.fixture
def poller(fickle: FickleStore, listening: Listening) -> Poller:
    """Create a poller."""
    intake = intake_of(fickle, listening)
    return Poller(intake, listening, long_poll=0)


async def depth(store: FickleStore) -> int:
    """Return the number of waiting inbox rows."""
    async with store.reading() as unit:
        return (await unit.inbox.depth()).count


async def test_a_committed_batch_is_confirmed_by_the_next_call(
    poller: Poller, listening: Listening, world: World
) -> None:
    """The first call has no offset; the next has the last id + 1 and so confirms the batch."""
    world.say(ANA, "one")
    world.say(ANA, "two")
    last = world.the_bot().updates.next_id - 1
    assert await poller.step() == 2
    assert len(world.the_bot().updates) == 2
    assert await poller.step() == 0
    assert listening.offsets() == [None, last + 1]
    assert len(world.the_bot().updates) == 0


async def test_an_empty_answer_forgets_the_offset(
    poller: Poller, listening: Listening, world: World
) -> None:
    """After an empty answer no offset is sent, as ids may restart."""
    world.say(ANA, "one")
    await poller.step()
    await poller.step()
    await poller.step()
    assert listening.offsets()[-1] is None


async def test_ids_that_begin_anew_are_heard(
    poller: Poller, fickle: FickleStore, world: World, clock: TravelClock
) -> None:
    """After a week without updates smaller ids are received."""
    world.say(ANA, "one")
    await poller.step()
    await poller.step()
    clock.advance(timedelta(days=8))
    world.the_bot().updates.renumber(17)
    world.say(ANA, "two")
    assert await poller.step() == 1
    assert await depth(fickle) == 2


async def test_what_was_not_committed_is_not_confirmed(
    poller: Poller, listening: Listening, fickle: FickleStore, world: World
) -> None:
    """While the database is unavailable the same updates come again."""
    world.say(ANA, "one")
    fickle.away = True
    with pytest.raises(DatabaseUnavailable):
        await poller.step()
    fickle.away = False
    assert await poller.step() == 1
    assert listening.offsets() == [None, None]
    assert await depth(fickle) == 1


async def test_a_restart_brings_no_update_twice(
    poller: Poller, listening: Listening, fickle: FickleStore, world: World
) -> None:
    """After a restart repeated updates are skipped."""
    world.say(ANA, "one")
    await poller.step()
    intake = intake_of(fickle, listening)
    assert await Poller(intake, listening, long_poll=0).step() == 1
    assert await depth(fickle) == 1


async def test_asks_only_for_what_is_answered(poller: Poller, listening: Listening) -> None:
    """`getUpdates` names the kinds of update and the timeout."""
    await poller.step()
    assert listening.calls[-1] == (
        "getUpdates",
        {"timeout": 0, "limit": 100, "allowed_updates": ALLOWED_UPDATES},
    )
    assert sorted(ALLOWED_UPDATES) == [
        "callback_query",
        "edited_message",
        "message",
        "my_chat_member",
    ]


async def test_a_webhook_is_deleted_once_and_nothing_with_it(
    poller: Poller, listening: Listening, world: World
) -> None:
    """The webhook is deleted once, and its pending updates are fetched."""
    world.call(world.the_bot().token, "setWebhook", {"url": "https://town.example/telegram"})
    world.say(ANA, "one")
    assert await poller.step() == 1
    await poller.step()
    deleting = [call for call in listening.calls if call[0] == "deleteWebhook"]
    assert deleting == [("deleteWebhook", {"drop_pending_updates": False})]


async def test_a_webhook_that_could_not_be_deleted_is_tried_again(
    poller: Poller, listening: Listening, world: World
) -> None:
    """A failed deleteWebhook is repeated at the next step."""
    world.faults.add(Fault(FaultKind.AWAY, "deleteWebhook", times=1))
    with pytest.raises(Unreachable):
        await poller.step()
    await poller.step()
    assert [method for method, _ in listening.calls] == [
        "deleteWebhook",
        "deleteWebhook",
        "getUpdates",
    ]


async def test_who_takes_the_polling_over_begins_anew(
    fickle: FickleStore, listening: Listening
) -> None:
    """A poller that takes over starts without an offset, as ids may have restarted."""
    intake = intake_of(fickle, listening)
    poller = Poller(intake, listening, long_poll=0)
    poller._offset = 900
    stop = asyncio.Event()
    listening.after = lambda: stop.set() if listening.offsets() else None
    await poller.run(stop)
    assert listening.offsets() == [None]


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ApiError(409, "Conflict: terminated by other getUpdates request"), "poll_refused"),
        (ApiError(401, "Unauthorized"), "poll_refused"),
        (Unreachable(), "telegram_unreachable"),
        (Ambiguous(), "telegram_unreachable"),
        (DatabaseUnavailable(), "database_unavailable"),
    ],
)
async def test_waits_a_little_before_asking_again(
    *,
    error: Exception,
    said: str,
    poller: Poller,
    listening: Listening,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """After any error the poller logs it and pauses before the next call."""
    monkeypatch.setattr(polling, "AWAY_FOR", 0.05)
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    at: list[float] = []

    def note() -> None:
        at.append(loop.time())
        if len(at) == 2:
            stop.set()

    listening.after, listening.failing = note, [error]
    async with asyncio.timeout(5):
        await poller.run(stop)
    assert at[1] - at[0] >= 0.05
    assert said in [record.message for record in caplog.records]


async def test_a_429_is_waited_out(
    poller: Poller, listening: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a 429 the poller waits for retry_after."""
    monkeypatch.setattr(polling, "AWAY_FOR", 60.0)
    stop = asyncio.Event()
    listening.failing = [ApiError(429, "Too Many Requests", 0.05)]
    listening.after = lambda: stop.set() if len(listening.calls) > 1 else None
    async with asyncio.timeout(5):
        await poller.run(stop)
    assert len(listening.calls) > 1


async def test_stops_in_the_middle_of_a_long_poll(fickle: FickleStore) -> None:
    """Stopping cancels a long poll; its updates come again later."""

    class Waiting(Listening):
        async def call(
            self,
            method: str,
            params: Mapping[str, Any],
            *,
            timeout: float = 20.0,  # noqa: ASYNC109 - the parameter belongs to the port
        ) -> Any:
            del params, timeout
            if method == "getUpdates":
                begun.set()
                await asyncio.sleep(60)
            return True

    begun, stop = asyncio.Event(), asyncio.Event()
    api = Waiting.__new__(Waiting)
    intake = intake_of(fickle, api)
    running = asyncio.create_task(Poller(intake, api).run(stop))
    await begun.wait()
    stop.set()
    async with asyncio.timeout(2):
        await running

"""The courier sends outbox rows in order and stores each result."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, literal_column, select, update
from transport_town import ANA, BO, Counts, FickleStore, shown

from bot.calendar import Calendar
from bot.clock import TravelClock
from bot.errors import DatabaseUnavailable
from bot.model.person import Person
from bot.simulator import Fault, FaultKind, World
from bot.simulator.inprocess import InProcessApi
from bot.store.outbox import NewOutbox, Priority
from bot.store.tables import outbox
from bot.testing import TOKEN
from bot.transport.courier import Courier
from bot.transport.pacing import Unpaced

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
CALENDAR = Calendar("Europe/Copenhagen", ())


class Watching(InProcessApi):
    """Call the simulated Telegram and count the calls in flight per chat."""

    def __init__(self, world: World) -> None:
        """Call *world*."""
        super().__init__(world, TOKEN)
        self.under_way: dict[Any, int] = {}
        self.most: dict[Any, int] = {}
        self.most_at_once = 0
        self.called: list[tuple[str, Any, Any]] = []

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - the parameter belongs to the port
        """Make the call and count it while it is in flight."""
        chat = params.get("chat_id")
        self.called.append((method, chat, params.get("text")))
        self.under_way[chat] = self.under_way.get(chat, 0) + 1
        self.most[chat] = max(self.most.get(chat, 0), self.under_way[chat])
        self.most_at_once = max(self.most_at_once, sum(self.under_way.values()))
        try:
            return await super().call(method, params, timeout=timeout)
        finally:
            self.under_way[chat] -= 1


class CourierHarness:
    """A courier with short methods for the tests."""

    def __init__(self, store: FickleStore, world: World, clock: TravelClock) -> None:
        """Send the rows of *store* to *world*."""
        self.store, self.world, self.clock = store, world, clock
        self.api, self.counts = Watching(world), Counts()
        self.courier = self.another()

    def another(self) -> Courier:
        """Return a second courier with its own state."""
        return Courier(
            self.store,
            self.api,
            CALENDAR.next_allowed,
            seconds=lambda: self.clock.now().timestamp(),
            pacing=Unpaced(),
            commit_every=0.0,
        )

    async def add(self, text: str, chat: int = ANA, priority: int = 10, **more: Any) -> int:
        """Add a message to the outbox; return the row's id."""
        params = {"chat_id": chat, "text": text}
        row = NewOutbox(chat, f"tg:{chat}", "sendMessage", params, priority, **more)
        async with self.store.unit() as unit:
            return await unit.outbox.add(row)

    async def card(self, text: str, subject: str = "1", **more: Any) -> int:
        """Add new content for one of Ana's cards; return the card's id."""
        async with self.store.unit() as unit:
            card = await unit.cards.ensure(ANA, "duty", subject)
            row = NewOutbox(ANA, f"tg:{ANA}", "card", {"text": text}, 10, card_id=card.id, **more)
            await unit.outbox.add(row)
            return card.id

    async def row(self, row_id: int) -> Row[Any]:
        """Return a row."""
        async with self.store.reading() as unit:
            query = select(outbox).where(outbox.c.id == row_id)
            return (await unit.connection.execute(query)).one()

    async def state(self, row_id: int) -> str:
        """Return a row's state."""
        return str((await self.row(row_id)).state)

    async def step(self, seconds: float = 0) -> int:
        """Advance the clock, then run the courier until it has nothing to do."""
        self.clock.advance(timedelta(seconds=seconds))
        return await self.courier.step()

    async def claim_and_die(self) -> None:
        """Claim rows and abandon the courier before it stores a result."""
        async with self.store.unit() as unit:
            await unit.facts.set("courier_epoch", 1)
            await unit.outbox.claim(30, epoch=1, lease_seconds=60, skip_chats=())


@pytest.fixture
def harness(fickle: FickleStore, world: World, clock: TravelClock) -> CourierHarness:
    """Create an `Office`."""
    return CourierHarness(fickle, world, clock)


# -- sending


async def test_a_row_is_sent_and_its_words_forgotten(harness: CourierHarness, world: World) -> None:
    """A sent row has the message's id and no text."""
    row_id = await harness.add("Hi")
    assert await harness.step() == 1
    assert shown(world) == ["Hi"]
    row = await harness.row(row_id)
    assert (row.state, row.message_id, row.params) == ("sent", 1, {})
    assert harness.counts.grown() == {"sends sent": 1}


async def test_what_is_more_urgent_goes_first(harness: CourierHarness, world: World) -> None:
    """Replies go before reminders, reminders before broadcasts, and danger before all."""
    for name in ("BROADCAST", "REMINDER", "REPLY", "DANGER"):
        await harness.add(name, priority=Priority[name])
    await harness.step()
    assert shown(world) == ["DANGER", "REPLY", "REMINDER", "BROADCAST"]


async def test_a_chat_hears_in_the_order_of_writing(harness: CourierHarness, world: World) -> None:
    """Rows of one chat and priority are sent in order."""
    for number in range(5):
        await harness.add(str(number))
    await harness.step()
    assert shown(world) == ["0", "1", "2", "3", "4"]


async def test_a_row_that_waits_holds_those_behind_it(
    harness: CourierHarness, world: World
) -> None:
    """A delayed first part holds the second part, but not a reply."""
    later = harness.clock.now() + timedelta(hours=1)
    await harness.add("first", priority=20, not_before=later)
    await harness.add("second", priority=20)
    await harness.add("reply", priority=10)
    await harness.step()
    assert shown(world) == ["reply"]
    await harness.step(3600)
    assert shown(world) == ["reply", "first", "second"]


async def test_one_call_is_under_way_in_a_chat(harness: CourierHarness, world: World) -> None:
    """Each chat has one call in flight, and chats do not wait for one another."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.01))
    for number in range(3):
        await harness.add(f"a{number}", ANA)
        await harness.add(f"b{number}", BO, priority=20)
    await harness.step()
    assert (shown(world, ANA), shown(world, BO)) == (["a0", "a1", "a2"], ["b0", "b1", "b2"])
    assert harness.api.most == {ANA: 1, BO: 1}
    assert harness.api.most_at_once == 2


@ON_SQLITE
async def test_no_more_than_thirty_are_under_way(harness: CourierHarness, world: World) -> None:
    """At most thirty calls are in flight, however many chats wait."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.01))
    for number in range(40):
        world.add_user(1000 + number, "Somebody")
        await harness.add("Hi", 1000 + number)
    assert await harness.step() == 40
    assert harness.api.most_at_once == 30


async def test_an_outcome_comes_back_to_the_lane(harness: CourierHarness) -> None:
    """A row with `on_result` returns its result as an inbox row."""
    row_id = await harness.add("Hi", on_result={"ask": "deleted"})
    await harness.step()
    async with harness.store.reading() as unit:
        came = await unit.inbox.get("outcome", str(row_id))
    assert came is not None
    assert (came.lane, came.payload["then"]) == ("tg:101", {"ask": "deleted"})
    assert (came.payload["state"], came.payload["message_id"]) == ("sent", 1)
    assert came.payload["result"]["text"] == "Hi"


async def test_a_failure_comes_back_too(harness: CourierHarness) -> None:
    """A failed row with `on_result` returns Telegram's error."""
    row_id = await harness.add("Hi", 999, on_result={"ask": "x"})
    await harness.step()
    assert await harness.state(row_id) == "failed"
    async with harness.store.reading() as unit:
        came = await unit.inbox.get("outcome", str(row_id))
    assert came is not None
    assert came.payload["state"] == "failed"
    assert "chat not found" in came.payload["error"]


# -- Telegram refuses


async def test_a_429_sends_the_row_back_and_pauses_the_chat(
    harness: CourierHarness, world: World
) -> None:
    """A 429 returns the row and pauses the chat for retry_after; other chats continue."""
    world.faults.add(Fault(FaultKind.FLOOD, chat_id=ANA, times=1, retry_after=7))
    row_id = await harness.add("one")
    await harness.add("reply", priority=Priority.DANGER, not_before=harness.clock.now())
    await harness.step()
    await harness.add("Hi", BO)
    assert shown(world) == []
    await harness.step(1)
    assert (shown(world, ANA), shown(world, BO)) == ([], ["Hi"])
    await harness.step(5.9)
    assert shown(world) == []
    await harness.step(0.1)
    assert sorted(shown(world)) == ["one", "reply"]
    assert await harness.state(row_id) == "sent"
    assert harness.counts.grown()["flood_limited"] == 1


async def test_a_second_chats_429_pauses_everyone(harness: CourierHarness, world: World) -> None:
    """429s of two chats pause all chats, as Telegram never names the scope."""
    for chat in (ANA, BO):
        world.faults.add(Fault(FaultKind.FLOOD, chat_id=chat, times=1, retry_after=30))
        await harness.add("Hi", chat)
    await harness.step()
    assert harness.courier.pacing.everyone > harness.clock.now().timestamp()
    await harness.step(30)
    assert (shown(world, ANA), shown(world, BO)) == (["Hi"], ["Hi"])


async def test_a_403_marks_the_citizen_unreachable(harness: CourierHarness, world: World) -> None:
    """A 403 fails the row and marks the citizen unreachable."""
    async with harness.store.unit() as unit:
        await unit.people.add(a_person(harness.clock.now()))
    world.block(ANA)
    row_id = await harness.add("Hi")
    await harness.step()
    row = await harness.row(row_id)
    assert (row.state, row.error) == ("failed", "403 Forbidden: bot was blocked by the user")
    async with harness.store.reading() as unit:
        person = await unit.people.by_lane("tg:101")
    assert person is not None
    assert not person.reachable


@ON_SQLITE
async def test_any_other_refusal_is_final(harness: CourierHarness, world: World) -> None:
    """A call refused for good is not repeated, and the next row goes."""
    world.faults.add(Fault(FaultKind.ERROR, code=400, description="Bad Request: no", times=1))
    first, second = await harness.add("one"), await harness.add("two")
    await harness.step()
    assert (await harness.state(first), await harness.state(second)) == ("failed", "sent")


async def test_not_modified_is_done(harness: CourierHarness, world: World) -> None:
    """`message is not modified` counts as sent."""
    world.call(TOKEN, "sendMessage", {"chat_id": ANA, "text": "Hi"})
    params = {"chat_id": ANA, "message_id": 1, "text": "Hi"}
    async with harness.store.unit() as unit:
        row = NewOutbox(ANA, "tg:101", "editMessageText", params, 10)
        row_id = await unit.outbox.add(row)
    await harness.step()
    assert await harness.state(row_id) == "sent"


# -- Telegram is unreachable or does not answer


async def test_a_dropped_response_is_sent_once_more_and_then_given_up(
    harness: CourierHarness, world: World
) -> None:
    """A call that may have been carried out is made twice at most, then fails."""
    world.faults.add(Fault(FaultKind.DROP, method="sendMessage"))
    row_id = await harness.add("Hi")
    for _time in range(6):
        await harness.step(10)
    assert shown(world) == ["Hi", "Hi"]
    row = await harness.row(row_id)
    assert (row.state, row.error) == ("failed", "sent again, never confirmed")
    assert harness.counts.grown()["sends ambiguous"] == 2


async def test_a_response_dropped_once_is_one_double(harness: CourierHarness, world: World) -> None:
    """A send repeated once after a dropped response is doubled and then done."""
    world.faults.add(Fault(FaultKind.DROP, times=1))
    row_id = await harness.add("Hi")
    await harness.step()
    await harness.step(1)
    assert await harness.state(row_id) == "sent"
    assert shown(world) == ["Hi", "Hi"]


async def test_a_telegram_silent_to_all_costs_no_try(harness: CourierHarness, world: World) -> None:
    """While Telegram answers nothing, only getMe is called, so rows keep their attempts."""
    fault = world.faults.add(Fault(FaultKind.DROP))
    row_ids = [await harness.add("Hi")]
    await harness.step()
    row_ids.append(await harness.add("Ho", BO))
    for _time in range(60):
        await harness.step(60)
    assert [method for method, _, _ in harness.api.called] == ["sendMessage"] + ["getMe"] * 61
    world.faults.remove(fault)
    await harness.step(1)
    assert [await harness.state(row_id) for row_id in row_ids] == ["sent", "sent"]
    assert (shown(world), shown(world, BO)) == (["Hi", "Hi"], ["Ho"])


async def test_telegram_is_asked_once_a_second_at_most_whether_it_answers(
    harness: CourierHarness, world: World
) -> None:
    """During an outage getMe is called at most once a second, despite wake-ups."""
    world.faults.add(Fault(FaultKind.DROP))
    await harness.add("Hi")
    for _time in range(21):
        await harness.step(0.1)
    assert [method for method, _, _ in harness.api.called].count("getMe") == 3


@ON_SQLITE
@pytest.mark.parametrize("code", [500, 502])
async def test_an_error_of_telegrams_own_is_no_doubt(
    harness: CourierHarness, world: World, code: int
) -> None:
    """A 500 or above is no doubtful send: the row is retried for over an hour, then fails."""
    world.faults.add(Fault(FaultKind.ERROR, method="sendMessage", code=code))
    row_id, begun = await harness.add("Hi"), harness.clock.now()
    while await harness.state(row_id) == "pending":
        harness.clock.move_to((await harness.row(row_id)).not_before)
        await harness.step(1)
    row = await harness.row(row_id)
    assert (row.state, row.ambiguous, row.error) == ("failed", 0, f"Telegram answered {code}")
    assert harness.clock.now() - begun > timedelta(hours=1)


async def test_unreachable_is_tried_again_later_and_later(
    harness: CourierHarness, world: World
) -> None:
    """Unreachable calls are retried after 1, 2, 4 … 300 s, without end."""
    fault = world.faults.add(Fault(FaultKind.AWAY))
    row_id = await harness.add("Hi")
    waits = []
    for _time in range(15):
        await harness.step()
        row = await harness.row(row_id)
        assert row.state == "pending"
        waits.append((row.not_before - harness.clock.now()).total_seconds())
        harness.clock.move_to(row.not_before)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256] + [300] * 6
    world.faults.remove(fault)
    await harness.step()
    assert shown(world) == ["Hi"]


# -- expired and delayed rows


async def test_what_is_too_late_is_not_sent(harness: CourierHarness, world: World) -> None:
    """A row past `not_after` expires, and later rows go."""
    at = harness.clock.now() + timedelta(minutes=5)
    row_id = await harness.add("in an hour", not_after=at)
    other = await harness.add("other")
    await harness.step(300)
    assert await harness.state(row_id) == "expired"
    assert await harness.state(other) == "sent"
    assert shown(world) == ["other"]


async def test_quiet_rows_wait_for_the_towns_morning(harness: CourierHarness, world: World) -> None:
    """A row with quiet hours waits for the morning; a reply does not."""
    harness.clock.move_to(harness.clock.now().replace(hour=22))
    row_id = await harness.add("news", priority=30, quiet=True)
    await harness.add("reply")
    await harness.step()
    assert shown(world) == ["reply"]
    morning = CALENDAR.next_allowed(harness.clock.now())
    assert (await harness.row(row_id)).not_before == morning
    harness.clock.move_to(morning)
    await harness.step()
    assert shown(world) == ["reply", "news"]


async def test_quiet_rows_wait_for_the_citizens_own_hours(
    harness: CourierHarness, world: World
) -> None:
    """A citizen's own quiet hours delay a row; another citizen gets it at once."""
    async with harness.store.unit() as unit:
        await unit.people.add(a_person(harness.clock.now(), quiet_from=0, quiet_until=12 * 60))
    row_id = await harness.add("news", ANA, quiet=True)
    await harness.add("news", BO, quiet=True)
    await harness.step()
    assert (shown(world, ANA), shown(world, BO)) == ([], ["news"])
    noon = (await harness.row(row_id)).not_before
    assert noon == harness.clock.now().replace(hour=11)  # 12.00 in Copenhagen
    harness.clock.move_to(noon)
    await harness.step()
    assert shown(world, ANA) == ["news"]


# -- cards


async def test_a_card_is_sent_and_then_edited(harness: CourierHarness, world: World) -> None:
    """A card is one message that later content edits."""
    await harness.card("2 of 5")
    await harness.step()
    await harness.card("3 of 5")
    await harness.step()
    assert shown(world) == ["3 of 5"]
    assert [method for method, _, _ in harness.api.called] == ["sendMessage", "editMessageText"]


async def test_the_same_content_is_no_call(harness: CourierHarness) -> None:
    """Content that the card already shows causes no call."""
    await harness.card("2 of 5")
    await harness.step()
    await harness.card("2 of 5")
    assert await harness.step() == 1
    assert len(harness.api.called) == 1


async def test_a_card_whose_message_is_gone_is_sent_anew(
    harness: CourierHarness, world: World
) -> None:
    """After the citizen deletes a card, new content is sent as a new message and then edited."""
    card_id = await harness.card("2 of 5")
    await harness.step()
    world.call(TOKEN, "deleteMessage", {"chat_id": ANA, "message_id": 1})
    for text in ("3 of 5", "4 of 5"):
        await harness.card(text)
        await harness.step()
    assert shown(world) == ["4 of 5"]
    async with harness.store.reading() as unit:
        card = await unit.cards.get(card_id)
    assert card is not None
    assert card.message_id == 2


async def test_a_card_sent_anew_survives_the_store_going_away(
    harness: CourierHarness, world: World
) -> None:
    """A deleted card message is stored with the other results, also after an outage."""
    await harness.card("2 of 5")
    await harness.step()
    world.call(TOKEN, "deleteMessage", {"chat_id": ANA, "message_id": 1})
    await harness.card("3 of 5")
    assert await harness.courier._begin() == 1
    harness.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    harness.store.away = False
    await harness.courier._land_all()
    await harness.step()
    assert shown(world) == ["3 of 5"]


async def test_the_newest_content_wins(harness: CourierHarness, world: World) -> None:
    """Waiting content of a card is replaced, so no old state is sent."""
    for text in ("1 of 5", "2 of 5", "3 of 5"):
        await harness.card(text)
    await harness.step()
    assert shown(world) == ["3 of 5"]
    assert len(harness.api.called) == 1


async def test_old_content_is_not_tried_again_over_newer(
    harness: CourierHarness, world: World
) -> None:
    """A failed call with old content is dropped where newer content waits."""
    world.faults.add(Fault(FaultKind.AWAY, times=1))
    await harness.card("1 of 5")
    assert await harness.courier._begin() == 1
    await harness.card("2 of 5")
    await harness.courier._land_all()
    await harness.step(1)
    assert shown(world) == ["2 of 5"]
    assert [text for _, _, text in harness.api.called] == ["1 of 5", "2 of 5"]


# -- the courier ends, or the database is unavailable


async def test_a_new_courier_takes_over_what_was_in_the_air(
    harness: CourierHarness, world: World
) -> None:
    """A new courier takes over claimed rows at once and counts them as doubtful sends."""
    row_id = await harness.add("Hi")
    await harness.claim_and_die()
    assert await harness.state(row_id) == "claimed"
    await harness.step()
    assert shown(world) == ["Hi"]
    row = await harness.row(row_id)
    assert (row.state, row.epoch, row.ambiguous) == ("sent", 2, 1)


@pytest.mark.parametrize(("ends", "state"), [(5, "sent"), (6, "failed")])
async def test_a_row_whose_couriers_end_is_sent_by_the_next(
    harness: CourierHarness, world: World, ends: int, state: str
) -> None:
    """A row survives five couriers that end with it and fails after the sixth."""
    row_id = await harness.add("Hi")
    await harness.claim_and_die()
    for epoch in range(2, ends + 1):
        async with harness.store.unit() as unit:
            await unit.facts.set("courier_epoch", epoch)
            await unit.outbox.take_over(epoch)
    await harness.step()
    assert await harness.state(row_id) == state
    assert shown(world) == (["Hi"] if state == "sent" else [])


@ON_SQLITE
async def test_a_first_step_that_failed_takes_over_at_the_next(
    harness: CourierHarness, world: World
) -> None:
    """After a failed first step the next step takes over the claimed rows."""
    await harness.add("Hi")
    await harness.claim_and_die()
    harness.store.undoing = 1
    with pytest.raises(DatabaseUnavailable):
        await harness.step()
    await harness.step()
    assert shown(world) == ["Hi"]


async def test_a_claim_whose_commit_is_in_doubt_is_found_again(
    harness: CourierHarness, world: World
) -> None:
    """A claim whose commit result is unknown is taken over in a new epoch."""
    await harness.step()
    await harness.add("Hi")
    harness.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await harness.step()
    assert shown(world) == []
    await harness.step()
    assert shown(world) == ["Hi"]


async def test_a_result_is_kept_while_the_store_is_away(
    harness: CourierHarness, world: World
) -> None:
    """Results are kept during an outage and stored later, without a second send."""
    row_id = await harness.add("Hi")
    assert await harness.courier._begin() == 1
    harness.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    harness.store.away = False
    await harness.step()
    assert await harness.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_a_courier_that_lost_its_place_does_not_double_its_own(
    harness: CourierHarness, world: World
) -> None:
    """A courier that lost its lock during an outage still knows its own results."""
    row_id = await harness.add("Hi")
    assert await harness.courier._begin() == 1
    harness.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._begin()
    harness.store.away = False
    harness.courier._epoch = None  # as after a lost lock
    await harness.step()
    assert await harness.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_a_commit_in_doubt_is_made_again_before_anything_is_claimed(
    harness: CourierHarness, world: World
) -> None:
    """A commit with an unknown result is repeated before new claims.

    Otherwise an old result could be stored for a newer attempt.
    """
    world.faults.add(Fault(FaultKind.FLOOD, times=1))
    row_id = await harness.add("Hi")
    assert await harness.courier._begin() == 1
    harness.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await harness.courier._land_all()
    harness.clock.advance(timedelta(seconds=2))
    assert await harness.courier._begin() == 1
    await harness.courier._land_some()
    assert await harness.courier._begin() == 0
    await harness.step()
    assert await harness.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_results_of_several_calls_are_committed_together(
    harness: CourierHarness, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sends take two transactions: one for the claims and one for the results."""
    units = []
    opened = harness.store.unit

    def count() -> Any:
        units.append(1)
        return opened()

    for number in range(3):
        world.add_user(1000 + number, "Somebody")
        await harness.add("Hi", 1000 + number)
    monkeypatch.setattr(harness.store, "unit", count)
    assert await harness.courier._begin() == 3
    await harness.courier._land_all()
    assert len(units) == 2


# -- the loop


@pytest.fixture
async def running(harness: CourierHarness) -> AsyncIterator[asyncio.Event]:
    """Run the courier; stop it at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(harness.courier.run(stop))
    yield stop
    stop.set()
    harness.store.wake_up.send_after(["outbox"])
    async with asyncio.timeout(5):
        await task


async def until(harness: CourierHarness, texts: list[str]) -> None:
    """Wait until Ana's chat shows *texts*."""
    async with asyncio.timeout(5):
        while shown(harness.world) != texts:  # noqa: ASYNC110 - the simulated Telegram has no event
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("running")
async def test_the_bell_wakes_the_courier(harness: CourierHarness) -> None:
    """A new row wakes the courier and is sent before its next poll."""
    await asyncio.sleep(0.05)
    begun = asyncio.get_running_loop().time()
    await harness.add("Hi")
    await until(harness, ["Hi"])
    assert asyncio.get_running_loop().time() - begun < 1


@ON_SQLITE
async def test_a_slow_telegram_is_still_sent_thirty_a_second(
    harness: CourierHarness, world: World
) -> None:
    """The rate of a broadcast depends on Telegram's limit, not on the answer time."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.2))
    async with harness.store.unit() as unit:
        for chat in range(1000, 1030):
            world.add_user(chat, "Somebody")
            params = {"chat_id": chat, "text": "News"}
            await unit.outbox.add(NewOutbox(chat, f"tg:{chat}", "sendMessage", params, 30))
    stop = asyncio.Event()
    courier = Courier(harness.store, harness.api, CALENDAR.next_allowed)
    task, begun = asyncio.create_task(courier.run(stop)), asyncio.get_running_loop().time()
    async with asyncio.timeout(10):
        while len(harness.api.called) < 30:  # noqa: ASYNC110 - the simulated Telegram has no event
            await asyncio.sleep(0.01)
    assert 0.75 < asyncio.get_running_loop().time() - begun < 2.7  # six calls start at once
    stop.set()
    await task


@ON_SQLITE
async def test_room_that_comes_between_look_and_rest_is_not_slept_through(
    harness: CourierHarness,
) -> None:
    """Capacity that appears between claiming and waiting wakes the courier soon."""
    at = 1000.0
    courier = Courier(harness.store, harness.api, CALENDAR.next_allowed, seconds=lambda: at)
    for chat in range(5000, 5000 + courier.pacing.room(at)):
        courier.pacing.took(chat, at)
    await harness.add("Hi")
    assert await harness.store.wake_up.wait("outbox", 1)  # consume the wake-up
    assert await courier._begin() == 0
    at += 0.05
    async with asyncio.timeout(1):
        await courier._rest(courier._listen())
    assert await courier._begin() == 1
    await courier._land_all()


@pytest.mark.parametrize("answers_after", [0.0, 0.004, 0.02, 0.1])
async def test_a_landed_call_frees_its_chat_at_once(
    harness: CourierHarness, world: World, monkeypatch: pytest.MonkeyPatch, answers_after: float
) -> None:
    """All messages of a reply follow each other without waiting for the next poll."""
    monkeypatch.setattr("bot.transport.courier.LOOK_EVERY", 60.0)
    if answers_after:
        world.faults.add(Fault(FaultKind.SLOW, delay=answers_after))
    stop = asyncio.Event()
    task = asyncio.create_task(harness.courier.run(stop))
    for number in range(5):
        said = [f"{number}.{part}" for part in range(3)]
        async with harness.store.unit() as unit:
            for text in said:
                params = {"chat_id": ANA, "text": text}
                await unit.outbox.add(NewOutbox(ANA, "tg:101", "sendMessage", params, 10))
        async with asyncio.timeout(20):
            while shown(world)[-3:] != said:  # noqa: ASYNC110 - the simulated Telegram has no event
                await asyncio.sleep(0.005)
    stop.set()
    harness.store.wake_up.send_after(["outbox"])
    async with asyncio.timeout(20):
        await task


@ON_SQLITE
async def test_a_row_without_a_chat_is_given_up(harness: CourierHarness, world: World) -> None:
    """SQLite keeps any text as a chat's id; such a row must not end the courier at every start."""
    row_id = await harness.add("Hi")
    async with harness.store.unit() as unit:
        await unit.connection.execute(update(outbox).values(chat_id=literal_column("'abc'")))
    await harness.add("Hello", BO)
    stop = asyncio.Event()
    task = asyncio.create_task(harness.courier.run(stop))
    async with asyncio.timeout(5):
        while shown(world, BO) != ["Hello"]:  # noqa: ASYNC110 - the world rings no bell of ours
            await asyncio.sleep(0.01)
    stop.set()
    await task
    assert await harness.state(row_id) == "failed"


@ON_SQLITE
async def test_goes_on_when_the_store_comes_back(
    harness: CourierHarness, running: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The courier continues after an outage of the database."""
    del running
    monkeypatch.setattr("bot.transport.courier.LOOK_EVERY", 0.05)
    harness.store.away = True
    await asyncio.sleep(0.1)
    harness.store.away = False
    await harness.add("Hi")
    await until(harness, ["Hi"])


@ON_SQLITE
async def test_what_is_under_way_at_the_end_is_finished(
    harness: CourierHarness, world: World
) -> None:
    """Stopping waits for calls in flight and stores their results."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.2))
    row_id = await harness.add("Hi")
    stop = asyncio.Event()
    task = asyncio.create_task(harness.courier.run(stop))
    await until(harness, ["Hi"])
    stop.set()
    await task
    assert await harness.state(row_id) == "sent"


async def test_only_one_courier_works_at_a_time(harness: CourierHarness, world: World) -> None:
    """A second courier waits and takes over when the first has stopped."""
    first, second = asyncio.Event(), asyncio.Event()
    other = harness.another()
    one = asyncio.create_task(harness.courier.run(first))
    await harness.add("Hi")
    await until(harness, ["Hi"])
    assert not await other._is_ours()
    first.set()
    await one
    assert await other._is_ours()
    second.set()
    await other.run(second)
    assert shown(world) == ["Hi"]


def a_person(now: datetime, **more: Any) -> Person:
    """Return Ana as a `Person`."""
    return Person(0, "tg:101", ANA, "da", "Ana", now, 1, **more)

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


class Office:
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
def office(fickle: FickleStore, world: World, clock: TravelClock) -> Office:
    """Create an `Office`."""
    return Office(fickle, world, clock)


# -- sending


async def test_a_row_is_sent_and_its_words_forgotten(office: Office, world: World) -> None:
    """A sent row has the message's id and no text."""
    row_id = await office.add("Hi")
    assert await office.step() == 1
    assert shown(world) == ["Hi"]
    row = await office.row(row_id)
    assert (row.state, row.message_id, row.params) == ("sent", 1, {})
    assert office.counts.grown() == {"sends sent": 1}


async def test_what_is_more_urgent_goes_first(office: Office, world: World) -> None:
    """Replies go before reminders, reminders before broadcasts, and danger before all."""
    for name in ("BROADCAST", "REMINDER", "REPLY", "DANGER"):
        await office.add(name, priority=Priority[name])
    await office.step()
    assert shown(world) == ["DANGER", "REPLY", "REMINDER", "BROADCAST"]


async def test_a_chat_hears_in_the_order_of_writing(office: Office, world: World) -> None:
    """Rows of one chat and priority are sent in order."""
    for number in range(5):
        await office.add(str(number))
    await office.step()
    assert shown(world) == ["0", "1", "2", "3", "4"]


async def test_a_row_that_waits_holds_those_behind_it(office: Office, world: World) -> None:
    """A delayed first part holds the second part, but not a reply."""
    later = office.clock.now() + timedelta(hours=1)
    await office.add("first", priority=20, not_before=later)
    await office.add("second", priority=20)
    await office.add("reply", priority=10)
    await office.step()
    assert shown(world) == ["reply"]
    await office.step(3600)
    assert shown(world) == ["reply", "first", "second"]


async def test_one_call_is_under_way_in_a_chat(office: Office, world: World) -> None:
    """Each chat has one call in flight, and chats do not wait for one another."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.01))
    for number in range(3):
        await office.add(f"a{number}", ANA)
        await office.add(f"b{number}", BO, priority=20)
    await office.step()
    assert (shown(world, ANA), shown(world, BO)) == (["a0", "a1", "a2"], ["b0", "b1", "b2"])
    assert office.api.most == {ANA: 1, BO: 1}
    assert office.api.most_at_once == 2


@ON_SQLITE
async def test_no_more_than_thirty_are_under_way(office: Office, world: World) -> None:
    """At most thirty calls are in flight, however many chats wait."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.01))
    for number in range(40):
        world.add_user(1000 + number, "Somebody")
        await office.add("Hi", 1000 + number)
    assert await office.step() == 40
    assert office.api.most_at_once == 30


async def test_an_outcome_comes_back_to_the_lane(office: Office) -> None:
    """A row with `then` returns its result as an inbox row."""
    row_id = await office.add("Hi", then={"ask": "deleted"})
    await office.step()
    async with office.store.reading() as unit:
        came = await unit.inbox.get("outcome", str(row_id))
    assert came is not None
    assert (came.lane, came.payload["then"]) == ("tg:101", {"ask": "deleted"})
    assert (came.payload["state"], came.payload["message_id"]) == ("sent", 1)
    assert came.payload["result"]["text"] == "Hi"


async def test_a_failure_comes_back_too(office: Office) -> None:
    """A failed row with `then` returns Telegram's error."""
    row_id = await office.add("Hi", 999, then={"ask": "x"})
    await office.step()
    assert await office.state(row_id) == "failed"
    async with office.store.reading() as unit:
        came = await unit.inbox.get("outcome", str(row_id))
    assert came is not None
    assert came.payload["state"] == "failed"
    assert "chat not found" in came.payload["error"]


# -- Telegram refuses


async def test_a_429_sends_the_row_back_and_pauses_the_chat(office: Office, world: World) -> None:
    """A 429 returns the row and pauses the chat for retry_after; other chats continue."""
    world.faults.add(Fault(FaultKind.FLOOD, chat_id=ANA, times=1, retry_after=7))
    row_id = await office.add("one")
    await office.add("reply", priority=Priority.DANGER, not_before=office.clock.now())
    await office.step()
    await office.add("Hi", BO)
    assert shown(world) == []
    await office.step(1)
    assert (shown(world, ANA), shown(world, BO)) == ([], ["Hi"])
    await office.step(5.9)
    assert shown(world) == []
    await office.step(0.1)
    assert sorted(shown(world)) == ["one", "reply"]
    assert await office.state(row_id) == "sent"
    assert office.counts.grown()["flood_limited"] == 1


async def test_a_second_chats_429_pauses_everyone(office: Office, world: World) -> None:
    """429s of two chats pause all chats, as Telegram never names the scope."""
    for chat in (ANA, BO):
        world.faults.add(Fault(FaultKind.FLOOD, chat_id=chat, times=1, retry_after=30))
        await office.add("Hi", chat)
    await office.step()
    assert office.courier.pacing.everyone > office.clock.now().timestamp()
    await office.step(30)
    assert (shown(world, ANA), shown(world, BO)) == (["Hi"], ["Hi"])


async def test_a_403_marks_the_citizen_unreachable(office: Office, world: World) -> None:
    """A 403 fails the row and marks the citizen unreachable."""
    async with office.store.unit() as unit:
        await unit.people.add(a_person(office.clock.now()))
    world.block(ANA)
    row_id = await office.add("Hi")
    await office.step()
    row = await office.row(row_id)
    assert (row.state, row.error) == ("failed", "403 Forbidden: bot was blocked by the user")
    async with office.store.reading() as unit:
        person = await unit.people.by_lane("tg:101")
    assert person is not None
    assert not person.reachable


@ON_SQLITE
async def test_any_other_refusal_is_final(office: Office, world: World) -> None:
    """A call refused for good is not repeated, and the next row goes."""
    world.faults.add(Fault(FaultKind.ERROR, code=400, description="Bad Request: no", times=1))
    first, second = await office.add("one"), await office.add("two")
    await office.step()
    assert (await office.state(first), await office.state(second)) == ("failed", "sent")


async def test_not_modified_is_done(office: Office, world: World) -> None:
    """`message is not modified` counts as sent."""
    world.call(TOKEN, "sendMessage", {"chat_id": ANA, "text": "Hi"})
    params = {"chat_id": ANA, "message_id": 1, "text": "Hi"}
    async with office.store.unit() as unit:
        row = NewOutbox(ANA, "tg:101", "editMessageText", params, 10)
        row_id = await unit.outbox.add(row)
    await office.step()
    assert await office.state(row_id) == "sent"


# -- Telegram is unreachable or does not answer


async def test_a_dropped_response_is_sent_once_more_and_then_given_up(
    office: Office, world: World
) -> None:
    """A call that may have been carried out is made twice at most, then fails."""
    world.faults.add(Fault(FaultKind.DROP, method="sendMessage"))
    row_id = await office.add("Hi")
    for _time in range(6):
        await office.step(10)
    assert shown(world) == ["Hi", "Hi"]
    row = await office.row(row_id)
    assert (row.state, row.error) == ("failed", "sent again, never confirmed")
    assert office.counts.grown()["sends ambiguous"] == 2


async def test_a_response_dropped_once_is_one_double(office: Office, world: World) -> None:
    """A send repeated once after a dropped response is doubled and then done."""
    world.faults.add(Fault(FaultKind.DROP, times=1))
    row_id = await office.add("Hi")
    await office.step()
    await office.step(1)
    assert await office.state(row_id) == "sent"
    assert shown(world) == ["Hi", "Hi"]


async def test_a_telegram_silent_to_all_costs_no_try(office: Office, world: World) -> None:
    """While Telegram answers nothing, only getMe is called, so rows keep their attempts."""
    fault = world.faults.add(Fault(FaultKind.DROP))
    row_ids = [await office.add("Hi")]
    await office.step()
    row_ids.append(await office.add("Ho", BO))
    for _time in range(60):
        await office.step(60)
    assert [method for method, _, _ in office.api.called] == ["sendMessage"] + ["getMe"] * 61
    world.faults.remove(fault)
    await office.step(1)
    assert [await office.state(row_id) for row_id in row_ids] == ["sent", "sent"]
    assert (shown(world), shown(world, BO)) == (["Hi", "Hi"], ["Ho"])


async def test_telegram_is_asked_once_a_second_at_most_whether_it_answers(
    office: Office, world: World
) -> None:
    """During an outage getMe is called at most once a second, despite wake-ups."""
    world.faults.add(Fault(FaultKind.DROP))
    await office.add("Hi")
    for _time in range(21):
        await office.step(0.1)
    assert [method for method, _, _ in office.api.called].count("getMe") == 3


@ON_SQLITE
@pytest.mark.parametrize("code", [500, 502])
async def test_an_error_of_telegrams_own_is_no_doubt(
    office: Office, world: World, code: int
) -> None:
    """A 500 or above is no doubtful send: the row is retried for over an hour, then fails."""
    world.faults.add(Fault(FaultKind.ERROR, method="sendMessage", code=code))
    row_id, begun = await office.add("Hi"), office.clock.now()
    while await office.state(row_id) == "pending":
        office.clock.move_to((await office.row(row_id)).not_before)
        await office.step(1)
    row = await office.row(row_id)
    assert (row.state, row.ambiguous, row.error) == ("failed", 0, f"Telegram answered {code}")
    assert office.clock.now() - begun > timedelta(hours=1)


async def test_unreachable_is_tried_again_later_and_later(office: Office, world: World) -> None:
    """Unreachable calls are retried after 1, 2, 4 … 300 s, without end."""
    fault = world.faults.add(Fault(FaultKind.AWAY))
    row_id = await office.add("Hi")
    waits = []
    for _time in range(15):
        await office.step()
        row = await office.row(row_id)
        assert row.state == "pending"
        waits.append((row.not_before - office.clock.now()).total_seconds())
        office.clock.move_to(row.not_before)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256] + [300] * 6
    world.faults.remove(fault)
    await office.step()
    assert shown(world) == ["Hi"]


# -- expired and delayed rows


async def test_what_is_too_late_is_not_sent(office: Office, world: World) -> None:
    """A row past `not_after` expires, and later rows go."""
    at = office.clock.now() + timedelta(minutes=5)
    row_id = await office.add("in an hour", not_after=at)
    other = await office.add("other")
    await office.step(300)
    assert await office.state(row_id) == "expired"
    assert await office.state(other) == "sent"
    assert shown(world) == ["other"]


async def test_quiet_rows_wait_for_the_towns_morning(office: Office, world: World) -> None:
    """A row with quiet hours waits for the morning; a reply does not."""
    office.clock.move_to(office.clock.now().replace(hour=22))
    row_id = await office.add("news", priority=30, quiet=True)
    await office.add("reply")
    await office.step()
    assert shown(world) == ["reply"]
    morning = CALENDAR.next_allowed(office.clock.now())
    assert (await office.row(row_id)).not_before == morning
    office.clock.move_to(morning)
    await office.step()
    assert shown(world) == ["reply", "news"]


async def test_quiet_rows_wait_for_the_citizens_own_hours(office: Office, world: World) -> None:
    """A citizen's own quiet hours delay a row; another citizen gets it at once."""
    async with office.store.unit() as unit:
        await unit.people.add(a_person(office.clock.now(), quiet_from=0, quiet_until=12 * 60))
    row_id = await office.add("news", ANA, quiet=True)
    await office.add("news", BO, quiet=True)
    await office.step()
    assert (shown(world, ANA), shown(world, BO)) == ([], ["news"])
    noon = (await office.row(row_id)).not_before
    assert noon == office.clock.now().replace(hour=11)  # 12.00 in Copenhagen
    office.clock.move_to(noon)
    await office.step()
    assert shown(world, ANA) == ["news"]


# -- cards


async def test_a_card_is_sent_and_then_edited(office: Office, world: World) -> None:
    """A card is one message that later content edits."""
    await office.card("2 of 5")
    await office.step()
    await office.card("3 of 5")
    await office.step()
    assert shown(world) == ["3 of 5"]
    assert [method for method, _, _ in office.api.called] == ["sendMessage", "editMessageText"]


async def test_the_same_content_is_no_call(office: Office) -> None:
    """Content that the card already shows causes no call."""
    await office.card("2 of 5")
    await office.step()
    await office.card("2 of 5")
    assert await office.step() == 1
    assert len(office.api.called) == 1


async def test_a_card_whose_message_is_gone_is_sent_anew(office: Office, world: World) -> None:
    """After the citizen deletes a card, new content is sent as a new message and then edited."""
    card_id = await office.card("2 of 5")
    await office.step()
    world.call(TOKEN, "deleteMessage", {"chat_id": ANA, "message_id": 1})
    for text in ("3 of 5", "4 of 5"):
        await office.card(text)
        await office.step()
    assert shown(world) == ["4 of 5"]
    async with office.store.reading() as unit:
        card = await unit.cards.get(card_id)
    assert card is not None
    assert card.message_id == 2


async def test_a_card_sent_anew_survives_the_store_going_away(office: Office, world: World) -> None:
    """A deleted card message is stored with the other results, also after an outage."""
    await office.card("2 of 5")
    await office.step()
    world.call(TOKEN, "deleteMessage", {"chat_id": ANA, "message_id": 1})
    await office.card("3 of 5")
    assert await office.courier._begin() == 1
    office.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    office.store.away = False
    await office.courier._land_all()
    await office.step()
    assert shown(world) == ["3 of 5"]


async def test_the_newest_content_wins(office: Office, world: World) -> None:
    """Waiting content of a card is replaced, so no old state is sent."""
    for text in ("1 of 5", "2 of 5", "3 of 5"):
        await office.card(text)
    await office.step()
    assert shown(world) == ["3 of 5"]
    assert len(office.api.called) == 1


async def test_old_content_is_not_tried_again_over_newer(office: Office, world: World) -> None:
    """A failed call with old content is dropped where newer content waits."""
    world.faults.add(Fault(FaultKind.AWAY, times=1))
    await office.card("1 of 5")
    assert await office.courier._begin() == 1
    await office.card("2 of 5")
    await office.courier._land_all()
    await office.step(1)
    assert shown(world) == ["2 of 5"]
    assert [text for _, _, text in office.api.called] == ["1 of 5", "2 of 5"]


# -- the courier ends, or the database is unavailable


async def test_a_new_courier_takes_over_what_was_in_the_air(office: Office, world: World) -> None:
    """A new courier takes over claimed rows at once and counts them as doubtful sends."""
    row_id = await office.add("Hi")
    await office.claim_and_die()
    assert await office.state(row_id) == "claimed"
    await office.step()
    assert shown(world) == ["Hi"]
    row = await office.row(row_id)
    assert (row.state, row.epoch, row.ambiguous) == ("sent", 2, 1)


@pytest.mark.parametrize(("ends", "state"), [(5, "sent"), (6, "failed")])
async def test_a_row_whose_couriers_end_is_sent_by_the_next(
    office: Office, world: World, ends: int, state: str
) -> None:
    """A row survives five couriers that end with it and fails after the sixth."""
    row_id = await office.add("Hi")
    await office.claim_and_die()
    for epoch in range(2, ends + 1):
        async with office.store.unit() as unit:
            await unit.facts.set("courier_epoch", epoch)
            await unit.outbox.take_over(epoch)
    await office.step()
    assert await office.state(row_id) == state
    assert shown(world) == (["Hi"] if state == "sent" else [])


@ON_SQLITE
async def test_a_first_step_that_failed_takes_over_at_the_next(
    office: Office, world: World
) -> None:
    """After a failed first step the next step takes over the claimed rows."""
    await office.add("Hi")
    await office.claim_and_die()
    office.store.undoing = 1
    with pytest.raises(DatabaseUnavailable):
        await office.step()
    await office.step()
    assert shown(world) == ["Hi"]


async def test_a_claim_whose_commit_is_in_doubt_is_found_again(
    office: Office, world: World
) -> None:
    """A claim whose commit result is unknown is taken over in a new epoch."""
    await office.step()
    await office.add("Hi")
    office.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await office.step()
    assert shown(world) == []
    await office.step()
    assert shown(world) == ["Hi"]


async def test_a_result_is_kept_while_the_store_is_away(office: Office, world: World) -> None:
    """Results are kept during an outage and stored later, without a second send."""
    row_id = await office.add("Hi")
    assert await office.courier._begin() == 1
    office.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    office.store.away = False
    await office.step()
    assert await office.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_a_courier_that_lost_its_place_does_not_double_its_own(
    office: Office, world: World
) -> None:
    """A courier that lost its lock during an outage still knows its own results."""
    row_id = await office.add("Hi")
    assert await office.courier._begin() == 1
    office.store.away = True
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    with pytest.raises(DatabaseUnavailable):
        await office.courier._begin()
    office.store.away = False
    office.courier._epoch = None  # as after a lost lock
    await office.step()
    assert await office.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_a_commit_in_doubt_is_made_again_before_anything_is_claimed(
    office: Office, world: World
) -> None:
    """A commit with an unknown result is repeated before new claims.

    Otherwise an old result could be stored for a newer attempt.
    """
    world.faults.add(Fault(FaultKind.FLOOD, times=1))
    row_id = await office.add("Hi")
    assert await office.courier._begin() == 1
    office.store.losing = 1
    with pytest.raises(DatabaseUnavailable):
        await office.courier._land_all()
    office.clock.advance(timedelta(seconds=2))
    assert await office.courier._begin() == 1
    await office.courier._land_some()
    assert await office.courier._begin() == 0
    await office.step()
    assert await office.state(row_id) == "sent"
    assert shown(world) == ["Hi"]


async def test_results_of_several_calls_are_committed_together(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three sends take two transactions: one for the claims and one for the results."""
    units = []
    opened = office.store.unit

    def count() -> Any:
        units.append(1)
        return opened()

    for number in range(3):
        world.add_user(1000 + number, "Somebody")
        await office.add("Hi", 1000 + number)
    monkeypatch.setattr(office.store, "unit", count)
    assert await office.courier._begin() == 3
    await office.courier._land_all()
    assert len(units) == 2


# -- the loop


@pytest.fixture
async def running(office: Office) -> AsyncIterator[asyncio.Event]:
    """Run the courier; stop it at the end."""
    stop = asyncio.Event()
    task = asyncio.create_task(office.courier.run(stop))
    yield stop
    stop.set()
    office.store.wake_up.send_after(["outbox"])
    async with asyncio.timeout(5):
        await task


async def until(office: Office, texts: list[str]) -> None:
    """Wait until Ana's chat shows *texts*."""
    async with asyncio.timeout(5):
        while shown(office.world) != texts:  # noqa: ASYNC110 - the simulated Telegram has no event
            await asyncio.sleep(0.01)


@pytest.mark.usefixtures("running")
async def test_the_bell_wakes_the_courier(office: Office) -> None:
    """A new row wakes the courier and is sent before its next poll."""
    await asyncio.sleep(0.05)
    begun = asyncio.get_running_loop().time()
    await office.add("Hi")
    await until(office, ["Hi"])
    assert asyncio.get_running_loop().time() - begun < 1


@ON_SQLITE
async def test_a_slow_telegram_is_still_sent_thirty_a_second(office: Office, world: World) -> None:
    """The rate of a broadcast depends on Telegram's limit, not on the answer time."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.2))
    async with office.store.unit() as unit:
        for chat in range(1000, 1030):
            world.add_user(chat, "Somebody")
            params = {"chat_id": chat, "text": "News"}
            await unit.outbox.add(NewOutbox(chat, f"tg:{chat}", "sendMessage", params, 30))
    stop = asyncio.Event()
    courier = Courier(office.store, office.api, CALENDAR.next_allowed)
    task, begun = asyncio.create_task(courier.run(stop)), asyncio.get_running_loop().time()
    async with asyncio.timeout(10):
        while len(office.api.called) < 30:  # noqa: ASYNC110 - the simulated Telegram has no event
            await asyncio.sleep(0.01)
    assert 0.75 < asyncio.get_running_loop().time() - begun < 2.7  # six calls start at once
    stop.set()
    await task


@ON_SQLITE
async def test_room_that_comes_between_look_and_rest_is_not_slept_through(office: Office) -> None:
    """Capacity that appears between claiming and waiting wakes the courier soon."""
    at = 1000.0
    courier = Courier(office.store, office.api, CALENDAR.next_allowed, seconds=lambda: at)
    for chat in range(5000, 5000 + courier.pacing.room(at)):
        courier.pacing.took(chat, at)
    await office.add("Hi")
    assert await office.store.wake_up.wait("outbox", 1)  # consume the wake-up
    assert await courier._begin() == 0
    at += 0.05
    async with asyncio.timeout(1):
        await courier._rest(courier._listen())
    assert await courier._begin() == 1
    await courier._land_all()


@pytest.mark.parametrize("answers_after", [0.0, 0.004, 0.02, 0.1])
async def test_a_landed_call_frees_its_chat_at_once(
    office: Office, world: World, monkeypatch: pytest.MonkeyPatch, answers_after: float
) -> None:
    """All messages of a reply follow each other without waiting for the next poll."""
    monkeypatch.setattr("bot.transport.courier.LOOK_EVERY", 60.0)
    if answers_after:
        world.faults.add(Fault(FaultKind.SLOW, delay=answers_after))
    stop = asyncio.Event()
    task = asyncio.create_task(office.courier.run(stop))
    for number in range(5):
        said = [f"{number}.{part}" for part in range(3)]
        async with office.store.unit() as unit:
            for text in said:
                params = {"chat_id": ANA, "text": text}
                await unit.outbox.add(NewOutbox(ANA, "tg:101", "sendMessage", params, 10))
        async with asyncio.timeout(20):
            while shown(world)[-3:] != said:  # noqa: ASYNC110 - the simulated Telegram has no event
                await asyncio.sleep(0.005)
    stop.set()
    office.store.wake_up.send_after(["outbox"])
    async with asyncio.timeout(20):
        await task


@ON_SQLITE
async def test_a_row_without_a_chat_is_given_up(office: Office, world: World) -> None:
    """SQLite keeps any text as a chat's id; such a row must not end the courier at every start."""
    row_id = await office.add("Hi")
    async with office.store.unit() as unit:
        await unit.connection.execute(update(outbox).values(chat_id=literal_column("'abc'")))
    await office.add("Hello", BO)
    stop = asyncio.Event()
    task = asyncio.create_task(office.courier.run(stop))
    async with asyncio.timeout(5):
        while shown(world, BO) != ["Hello"]:  # noqa: ASYNC110 - the world rings no bell of ours
            await asyncio.sleep(0.01)
    stop.set()
    await task
    assert await office.state(row_id) == "failed"


@ON_SQLITE
async def test_goes_on_when_the_store_comes_back(
    office: Office, running: asyncio.Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The courier continues after an outage of the database."""
    del running
    monkeypatch.setattr("bot.transport.courier.LOOK_EVERY", 0.05)
    office.store.away = True
    await asyncio.sleep(0.1)
    office.store.away = False
    await office.add("Hi")
    await until(office, ["Hi"])


@ON_SQLITE
async def test_what_is_under_way_at_the_end_is_finished(office: Office, world: World) -> None:
    """Stopping waits for calls in flight and stores their results."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.2))
    row_id = await office.add("Hi")
    stop = asyncio.Event()
    task = asyncio.create_task(office.courier.run(stop))
    await until(office, ["Hi"])
    stop.set()
    await task
    assert await office.state(row_id) == "sent"


async def test_only_one_courier_works_at_a_time(office: Office, world: World) -> None:
    """A second courier waits and takes over when the first has stopped."""
    first, second = asyncio.Event(), asyncio.Event()
    other = office.another()
    one = asyncio.create_task(office.courier.run(first))
    await office.add("Hi")
    await until(office, ["Hi"])
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

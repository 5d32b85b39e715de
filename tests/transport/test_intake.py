"""Updates are redacted and committed first, and danger is answered at once."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select
from transport_town import ANA, BO, NUMBERS, SOURCE, FickleStore, intake_of, message, parse, shown

from bot.errors import DatabaseUnavailable
from bot.simulator import Fault, FaultKind, World
from bot.simulator.inprocess import InProcessApi
from bot.store.inbox import InboxRow
from bot.store.outbox import NewOutbox, Priority
from bot.store.tables import outbox
from bot.transport import inbox_rows
from bot.transport.incoming import Incoming, RemovedCpr, incoming_of
from bot.transport.intake import Intake
from bot.transport.metadata import lane_of

FIRE = "hjælp der er brand"
ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def intake(fickle: FickleStore, in_process: InProcessApi) -> AsyncIterator[Intake]:
    """Create an intake."""
    made = intake_of(fickle, in_process)
    yield made
    await made.close()


async def row(store: FickleStore, update_id: int) -> InboxRow:
    """Return the inbox row of an update."""
    async with store.reading() as unit:
        found = await unit.inbox.get(SOURCE, str(update_id))
    assert found is not None
    return found


async def stored(store: FickleStore, update_id: int) -> Incoming:
    """Return the stored value of an update."""
    return await incoming_of((await row(store, update_id)).payload, parse)


async def text_of(store: FickleStore, update_id: int) -> str:
    """Return the stored text of a message."""
    return (await stored(store, update_id)).words


async def depth(store: FickleStore) -> int:
    """Return the number of waiting inbox rows."""
    async with store.reading() as unit:
        return (await unit.inbox.depth()).count


async def given(store: FickleStore, update_id: int) -> bool:
    """Return whether the sending of the emergency numbers is recorded."""
    async with store.reading() as unit:
        return await unit.split_cprs.danger_seen(SOURCE, str(update_id))


# -- one transaction


async def test_updates_come_in_together(intake: Intake, fickle: FickleStore) -> None:
    """A batch is committed in one transaction; the result is the number of new updates."""
    assert await intake.take([message(1, "Hi"), message(2, "Hello", BO)]) == 2
    first, second = await row(fickle, 1), await row(fickle, 2)
    assert (first.lane, second.lane) == ("tg:101", "tg:102")
    assert await stored(fickle, 1) == await parse(message(1, "Hi"))
    assert (first.priority, second.priority) == (10, 10)


async def test_a_repeated_update_is_ignored(intake: Intake, fickle: FickleStore) -> None:
    """A repeated update is skipped, even if its content has changed."""
    await intake.take([message(1, "Hi")])
    assert await intake.take([message(1, "Hi again"), message(2, "New")]) == 1
    assert await text_of(fickle, 1) == "Hi"
    assert await depth(fickle) == 2


@ON_SQLITE
async def test_an_empty_batch_is_none(intake: Intake) -> None:
    """An empty batch stores nothing."""
    assert await intake.take([]) == 0


async def test_all_or_nothing(
    intake: Intake, fickle: FickleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If one row cannot be built, no row of its batch is committed."""
    made = inbox_rows.payload_of
    calls = []

    def fail_at_second(incoming: Incoming) -> dict[str, Any]:
        calls.append(incoming)
        if len(calls) == 2:
            raise DatabaseUnavailable
        return made(incoming)

    monkeypatch.setattr(inbox_rows, "payload_of", fail_at_second)
    with pytest.raises(DatabaseUnavailable):
        await intake.take([message(1, "Hi"), message(2, "Hello")])
    assert await depth(fickle) == 0


async def test_what_comes_at_once_is_committed_together(
    intake: Intake, fickle: FickleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Updates that arrive within a moment share one commit, and each caller gets its result."""
    put, sizes = intake._put, []

    async def counted(seen: Any) -> int:
        sizes.append(len(seen))
        await asyncio.sleep(0)
        return await put(seen)

    monkeypatch.setattr(intake, "_put", counted)
    await asyncio.gather(*(intake.take([message(n, "Hi", 500 + n)]) for n in range(1, 21)))
    assert sizes == [20]
    assert await depth(fickle) == 20


async def test_one_at_fault_among_others(
    intake: Intake, fickle: FickleStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An update that cannot be stored keeps its ids only; the other updates are stored whole."""
    made = inbox_rows.payload_of

    def fail_at_seven(incoming: Incoming) -> dict[str, Any]:
        if incoming.message_id == 7:
            raise ZeroDivisionError
        return made(incoming)

    monkeypatch.setattr(inbox_rows, "payload_of", fail_at_seven)
    taken = (intake.take([message(n, "Hi", 500 + n)]) for n in range(1, 11))
    assert await asyncio.gather(*taken) == [10] * 10
    assert await depth(fickle) == 10
    kept = await row(fickle, 7)
    assert kept.lane == "tg:507"
    assert kept.payload == {"unreadable": "ZeroDivisionError"}


def nested(depth: int, text: str = "Hi") -> dict[str, Any]:
    """Return a message with a further field nested *depth* levels deep."""
    inner: Any = "170461-5007"
    for _ in range(depth):
        inner = {"text": inner}
    update = message(1, text)
    update["message"]["odd"] = inner
    return update


@pytest.mark.parametrize("levels", [90, 300, 1_000, 100_000])
async def test_an_update_of_any_depth_is_stored(
    intake: Intake, fickle: FickleStore, levels: int
) -> None:
    """Fields nested too deep are dropped; the text and the other updates are stored."""
    assert await intake.take([nested(levels), message(2, "Hello", BO)]) == 2
    assert await text_of(fickle, 1) == "Hi"
    assert await text_of(fickle, 2) == "Hello"
    assert ("170461" in str((await row(fickle, 1)).payload)) is False


async def test_of_an_oversized_update_the_ids_are_kept(intake: Intake, fickle: FickleStore) -> None:
    """An oversized update is stored in the sender's lane without its text."""
    assert await intake.take([message(1, "hej " * 50_000), message(2, "Hello", BO)]) == 2
    kept = await row(fickle, 1)
    assert kept.lane == f"tg:{ANA}"
    assert kept.payload == {"unreadable": "OversizedUpdate"}
    assert await text_of(fickle, 2) == "Hello"


@pytest.mark.parametrize("odd", [None, 7, [], {}, {"update_id": None}, {"update_id": 2**70}])
async def test_an_update_without_an_id_is_dropped(
    intake: Intake, fickle: FickleStore, odd: Any
) -> None:
    """An update without an id is dropped, and the others are stored."""
    assert await intake.take([odd, message(2, "Hello")]) == 1
    assert await text_of(fickle, 2) == "Hello"


async def test_a_reply_in_danger_that_cannot_be_made_holds_nothing_up(
    fickle: FickleStore, in_process: InProcessApi
) -> None:
    """If the danger reply fails for an odd update, the update is stored for the worker."""

    def broken(*_: Any) -> dict[str, Any]:
        raise AttributeError

    taking = intake_of(fickle, in_process, broken)
    assert await taking.take([message(1, FIRE), message(2, "Hello", BO)]) == 2
    assert await text_of(fickle, 1) == FIRE


async def test_with_the_database_unavailable_the_updates_are_refused(
    intake: Intake, fickle: FickleStore
) -> None:
    """While the database is unavailable the caller gets the error and does not confirm."""
    fickle.away = True
    with pytest.raises(DatabaseUnavailable):
        await intake.take([message(1, "Hi")])
    fickle.away = False
    assert await intake.take([message(1, "Hi")]) == 1


@pytest.mark.parametrize(
    ("update", "lane"),
    [
        (message(1, "Hi"), "tg:101"),
        ({"update_id": 1, "callback_query": {"from": {"id": 7}, "message": {}}}, "tg:7"),
        ({"update_id": 1, "channel_post": {"chat": {"id": -5}}}, "tg:chat:-5"),
        ({"update_id": 1, "poll_answer": {"user": {"id": 8}}}, "tg:8"),
        ({"update_id": 1, "poll": {"id": "9"}}, "tg:update:1"),
    ],
)
def test_the_lane_is_the_sender_else_the_chat(update: dict[str, Any], lane: str) -> None:
    """A lane is the sender's, or the chat's without a sender."""
    assert lane_of(update) == lane


# -- CPR numbers


async def test_a_number_is_gone_before_the_commit(intake: Intake, fickle: FickleStore) -> None:
    """A number is replaced before the commit, and the row marks its message for deletion."""
    await intake.take([message(1, "mit nummer er 170461-5007, tak")])
    kept = await stored(fickle, 1)
    assert kept.words == "mit nummer er [CPR fjernet], tak"
    assert kept.cpr == RemovedCpr(delete=[1])
    assert "5007" not in json.dumps((await row(fickle, 1)).payload)


@ON_SQLITE
async def test_an_edit_is_redacted_too(intake: Intake, fickle: FickleStore) -> None:
    """A number in an edited message is redacted too."""
    await intake.take([message(1, "170461-5007", kind="edited_message")])
    kept = await stored(fickle, 1)
    assert kept.words == "[CPR fjernet]"
    assert kept.cpr == RemovedCpr(delete=[1])


@ON_SQLITE
async def test_what_may_be_a_time_is_asked_about(intake: Intake, fickle: FickleStore) -> None:
    """A date with a time is redacted and marked as uncertain."""
    await intake.take([message(1, "den 23.11.26 1630")])
    assert (await stored(fickle, 1)).cpr == RemovedCpr(unsure=True, delete=[1])


FIRST, SECOND = "jeg er født 17.04.61", "5007"
JOINED = RemovedCpr(delete=[1, 2], scrub=True)


async def test_halves_in_one_batch_are_one_number(intake: Intake, fickle: FickleStore) -> None:
    """Both halves of a split CPR in one batch are removed, and both messages marked."""
    await intake.take([message(1, FIRST), message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"
    assert await text_of(fickle, 2) == "[CPR fjernet]"
    assert (await stored(fickle, 2)).cpr == JOINED


async def test_halves_over_two_batches_are_one_number(intake: Intake, fickle: FickleStore) -> None:
    """The first half is removed from its inbox row when the second arrives in a later batch."""
    await intake.take([message(1, FIRST)])
    assert await text_of(fickle, 1) == FIRST
    await intake.take([message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"
    assert (await stored(fickle, 2)).cpr == JOINED


async def test_halves_outlive_a_restart(
    intake: Intake, fickle: FickleStore, in_process: InProcessApi
) -> None:
    """The first half is remembered as a row, so it survives a restart."""
    await intake.take([message(1, FIRST)])
    await intake_of(fickle, in_process).take([message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"


async def test_a_first_half_that_comes_again_is_still_taken_out(
    intake: Intake, fickle: FickleStore
) -> None:
    """A repeated first half is still removed from the row committed before."""
    await intake.take([message(1, FIRST)])
    await intake.take([message(1, FIRST), message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"
    assert (await stored(fickle, 2)).cpr == JOINED


async def test_a_first_half_stored_by_an_earlier_version(
    intake: Intake, fickle: FickleStore
) -> None:
    """The first half is removed from a row that holds the update itself, as version 0.2.0 did."""
    await intake.take([message(1, FIRST)])
    async with fickle.unit() as unit:
        await unit.inbox.rewrite(SOURCE, "1", {"update": message(1, FIRST)})
    await intake.take([message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"
    assert "17.04.61" not in json.dumps((await row(fickle, 1)).payload)


@ON_SQLITE
async def test_a_first_half_in_another_chat(intake: Intake, fickle: FickleStore) -> None:
    """Only messages of the second half's chat are to be deleted."""
    first = message(1, FIRST)
    first["message"]["chat"] = {"id": -5, "type": "group"}
    await intake.take([first, message(2, SECOND)])
    assert await text_of(fickle, 1) == "jeg er født [CPR fjernet]"
    assert (await stored(fickle, 2)).cpr == RemovedCpr(delete=[2], scrub=True)


@ON_SQLITE
async def test_ten_minutes_are_still_near(intake: Intake, fickle: FickleStore) -> None:
    """Two halves belong together up to exactly ten minutes."""
    await intake.take([message(1, FIRST, date=1000), message(2, SECOND, date=1600)])
    assert await text_of(fickle, 2) == "[CPR fjernet]"


@ON_SQLITE
async def test_over_ten_minutes_they_are_two_messages(intake: Intake, fickle: FickleStore) -> None:
    """After ten minutes a date and four digits are not a number."""
    await intake.take([message(1, FIRST, date=1000), message(2, SECOND, date=1601)])
    assert (await text_of(fickle, 1), await text_of(fickle, 2)) == (FIRST, SECOND)
    assert (await stored(fickle, 2)).cpr is None


@ON_SQLITE
async def test_another_message_between_parts_them(intake: Intake, fickle: FickleStore) -> None:
    """Another message between date and digits separates them."""
    await intake.take([message(1, FIRST), message(2, "og så?"), message(3, SECOND)])
    assert (await text_of(fickle, 1), await text_of(fickle, 3)) == (FIRST, SECOND)


@ON_SQLITE
async def test_halves_of_two_citizens_are_never_joined(intake: Intake, fickle: FickleStore) -> None:
    """Halves of two citizens are not joined."""
    await intake.take([message(1, FIRST), message(2, SECOND, BO)])
    assert (await text_of(fickle, 1), await text_of(fickle, 2)) == (FIRST, SECOND)


# -- danger


async def test_numbers_go_out_beside_the_commit(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """The numbers are sent at once, and the sending is recorded after the commit."""
    await intake.take([message(1, FIRE)])
    assert shown(world) == [NUMBERS]
    assert (await row(fickle, 1)).priority == 0
    await intake.close()
    assert await given(fickle, 1)


@ON_SQLITE
async def test_ordinary_words_bring_no_numbers(intake: Intake, world: World) -> None:
    """Ordinary messages send nothing."""
    await intake.take([message(1, "hvornår kommer skraldebilen?")])
    assert shown(world) == []


@ON_SQLITE
async def test_an_edit_that_tells_of_danger_brings_them(intake: Intake, world: World) -> None:
    """An edit that reports danger gets the numbers too."""
    await intake.take([message(1, FIRE, kind="edited_message")])
    assert shown(world) == [NUMBERS]


@ON_SQLITE
async def test_a_group_gets_no_numbers(intake: Intake, fickle: FickleStore, world: World) -> None:
    """A message in a group is not answered, and its row is not urgent."""
    update = message(1, FIRE)
    update["message"]["chat"] = {"id": ANA, "type": "group"}
    await intake.take([update])
    assert shown(world) == []
    assert (await row(fickle, 1)).priority == 10


async def test_numbers_go_out_with_the_database_unavailable(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """The numbers go out although the database is unavailable."""
    fickle.away = True
    with pytest.raises(DatabaseUnavailable):
        await intake.take([message(1, FIRE)])
    assert shown(world) == [NUMBERS]


async def test_numbers_are_not_repeated_at_redelivery(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """A redelivered update does not repeat the numbers, and the worker gets the record."""
    fickle.away = True
    for _time in range(3):
        with pytest.raises(DatabaseUnavailable):
            await intake.take([message(1, FIRE)])
    fickle.away = False
    assert await intake.take([message(1, FIRE)]) == 1
    await intake.close()
    assert shown(world) == [NUMBERS]
    assert await given(fickle, 1)


async def test_numbers_are_not_repeated_by_the_same_update_at_once(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """Simultaneous copies of an update send the numbers once."""
    del fickle
    update = message(1, FIRE)
    await asyncio.gather(intake.take([update, update]), intake.take([update]))
    await intake.close()
    assert shown(world) == [NUMBERS]


async def test_numbers_are_not_repeated_after_a_restart(
    intake: Intake, fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """After a restart the record prevents a second sending."""
    await intake.take([message(1, FIRE)])
    await intake.close()
    other = intake_of(fickle, in_process)
    await other.take([message(1, FIRE)])
    await other.close()
    assert shown(world) == [NUMBERS]


async def test_the_workers_own_numbers_are_dropped(intake: Intake, fickle: FickleStore) -> None:
    """A reply that the worker has already written is not sent as well."""
    mark = {"what": "danger_given", "update": str(message(1, FIRE)["update_id"])}
    call = NewOutbox(
        ANA, "tg:101", "sendMessage", {"text": NUMBERS}, Priority.DANGER, on_result=mark
    )
    async with fickle.unit() as unit:
        danger_row = await unit.outbox.add(call)
        other = await unit.outbox.add(NewOutbox(ANA, "tg:101", "sendMessage", {"text": "x"}, 10))
    await intake.take([message(1, FIRE)])
    await intake.close()
    async with fickle.reading() as unit:
        found = await unit.connection.execute(select(outbox.c.id, outbox.c.state))
        states = {each.id: each.state for each in found}
    assert states == {danger_row: "expired", other: "pending"}


async def test_numbers_that_were_not_sent_are_left_to_the_worker(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """While Telegram is unreachable nothing is recorded, so the worker sends the numbers."""
    world.faults.add(Fault(FaultKind.AWAY, "sendMessage"))
    assert await intake.take([message(1, FIRE)]) == 1
    await intake.close()
    assert not await given(fickle, 1)


@ON_SQLITE
async def test_numbers_that_may_have_been_sent_are_given_again(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """Numbers in doubt are sent again, as twice is better than never."""
    world.faults.add(Fault(FaultKind.DROP, "sendMessage", times=1))
    await intake.take([message(1, FIRE)])
    await intake.close()
    assert not await given(fickle, 1)


@ON_SQLITE
async def test_a_slow_telegram_holds_no_commit_up(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """A slow send does not delay the commit; its record follows later."""
    world.faults.add(Fault(FaultKind.SLOW, "sendMessage", delay=0.8))
    begun = asyncio.get_running_loop().time()
    await intake.take([message(1, FIRE)])
    assert asyncio.get_running_loop().time() - begun < 0.75
    assert await depth(fickle) == 1
    assert not await given(fickle, 1)
    await intake.close()
    assert await given(fickle, 1)


@ON_SQLITE
async def test_numbers_still_on_their_way_at_redelivery_are_not_noted(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """Only a completed send is recorded; after a failure the worker sends the numbers."""
    world.faults.add(Fault(FaultKind.SLOW, "sendMessage", delay=0.7))
    world.faults.add(Fault(FaultKind.DROP, "sendMessage"))
    fickle.away = True
    with pytest.raises(DatabaseUnavailable):
        await intake.take([message(1, FIRE)])
    fickle.away = False
    await intake.take([message(1, FIRE)])
    await intake.close()
    assert not await given(fickle, 1)


@ON_SQLITE
async def test_a_note_that_cannot_be_written_breaks_nothing(
    intake: Intake, fickle: FickleStore, world: World
) -> None:
    """If the record cannot be written, the worker repeats the numbers."""
    world.faults.add(Fault(FaultKind.SLOW, "sendMessage", delay=0.7))
    await intake.take([message(1, FIRE)])
    fickle.away = True
    await intake.close()
    fickle.away = False
    assert not await given(fickle, 1)


@ON_SQLITE
async def test_a_date_that_telegram_does_not_give_is_now(
    intake: Intake, fickle: FickleStore
) -> None:
    """Without a date the arrival times of the halves count."""
    first, second = message(1, FIRST), message(2, SECOND)
    del first["message"]["date"]
    second["message"]["date"] = int(datetime(2026, 11, 23, 9, 5, tzinfo=UTC).timestamp())
    await intake.take([first, second])
    assert await text_of(fickle, 2) == "[CPR fjernet]"

"""The outbox keeps order, has one row in flight per chat, and records doubtful sends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update
from store_rows import AT, MINUTE, call, claim, claim_in, send

from bot.clock import TravelClock
from bot.store.inbox import InboxRow
from bot.store.outbox import UNANSWERED, Finished, NewOutbox, Priority
from bot.store.outbox_statements import OutboxRow
from bot.store.store import Store
from bot.store.tables import outbox


async def finish(store: Store, *finished: Finished) -> None:
    """Commit the results of claimed rows."""
    async with store.unit() as unit:
        await unit.outbox.finish(finished)


async def outcomes(store: Store) -> list[InboxRow]:
    """Return the outcomes in the inbox."""
    async with store.unit() as unit:
        return await unit.inbox.heads(50)


async def look(store: Store, row_id: int) -> Any:
    """Return a row of the table."""
    async with store.reading() as unit:
        found = await unit.connection.exec_driver_sql(
            f"SELECT state, params, error, tries, ambiguous FROM outbox WHERE id = {row_id}"  # noqa: S608 - our own number
        )
        return found.one()


def words(rows: list[OutboxRow]) -> list[str]:
    """Return the texts of the rows."""
    return [row.params["text"] for row in rows]


async def test_claimed_row_is_whole(store: Store) -> None:
    """A claimed row equals the written row."""
    later = AT + MINUTE
    (row_id,) = await send(
        store, call(5, "Hej 🍎", on_result={"do": "x"}, not_after=later, quiet=True)
    )
    assert await claim(store, epoch=3) == [
        OutboxRow(
            id=row_id,
            channel="telegram",
            chat_id=5,
            lane="tg:5",
            card_id=None,
            method="sendMessage",
            params={"text": "Hej 🍎"},
            priority=Priority.REPLY,
            not_before=AT,
            not_after=later,
            quiet=True,
            on_result={"do": "x"},
            tries=0,
            ambiguous=0,
            epoch=3,
        )
    ]


MARKED: dict[str, Any] = {
    "text": "Senest ⟦tirsdag d. 8. december⟧.",
    "caption": "⟦A file⟧",
    "reply_markup": {"inline_keyboard": [[{"text": "⟦Yes⟧", "callback_data": "yes"}]]},
    "message_id": 7,
}
FIT = {
    "text": "Senest tirsdag d. 8. december.",
    "caption": "A file",
    "reply_markup": {"inline_keyboard": [[{"text": "Yes", "callback_data": "yes"}]]},
    "message_id": 7,
}


@pytest.mark.parametrize("card", [False, True])
async def test_no_mark_is_written(
    store: Store, caplog: pytest.LogCaptureFixture, *, card: bool
) -> None:
    """Marks of missing translations are removed from text, caption and buttons, and logged."""
    async with store.unit() as unit:
        card_id = (await unit.cards.ensure(5, "overview", "1")).id if card else None
        row = NewOutbox(
            5, "tg:5", "sendMessage", MARKED, 10, on_result={"case": 3}, card_id=card_id
        )
        await unit.outbox.put(row)
    (line,) = [record for record in caplog.records if record.message == "mark_taken_out"]
    assert line.__dict__["case"] == 3
    assert "december" not in str(line.__dict__)
    assert (await claim(store))[0].params == FIT


async def test_a_mark_of_an_earlier_version(store: Store) -> None:
    """Marks in rows of an earlier version are removed when the rows are claimed."""
    (row_id,) = await send(store, call(5, "Senest"))
    async with store.unit() as unit:
        await unit.connection.execute(
            update(outbox).where(outbox.c.id == row_id).values(params=MARKED)
        )
    assert (await claim(store, epoch=1))[0].params == FIT
    async with store.unit() as unit:
        assert [row.params for row in await unit.outbox.take_over(2)] == [FIT]


async def test_one_in_flight_a_chat(store: Store) -> None:
    """A chat's next row is claimed only after the one before has finished."""
    await send(store, call(1, "a"), call(1, "b"), call(2, "c"))
    rows = await claim(store)
    assert words(rows) == ["a", "c"]
    assert await claim(store) == []
    await finish(store, Finished(rows[0].id, "sent", message_id=9))
    assert words(await claim(store)) == ["b"]


async def test_replies_pass_reminders_pass_broadcasts(store: Store) -> None:
    """Order is kept within a priority; a higher priority goes first."""
    kinds = [Priority.BROADCAST, Priority.REMINDER, Priority.REPLY, Priority.REPLY, Priority.DANGER]
    await send(store, *(call(1, str(n), priority=kind) for n, kind in enumerate(kinds)))
    went = []
    while rows := await claim(store):
        went += words(rows)
        await finish(store, *(Finished(row.id, "sent") for row in rows))
    assert went == ["4", "2", "3", "1", "0"]


async def test_urgent_first_among_chats(store: Store) -> None:
    """With room for one row, the most urgent is claimed."""
    await send(store, call(1, "news", priority=Priority.BROADCAST), call(2, "reply"))
    assert words(await claim(store, 1)) == ["reply"]


async def test_danger_waits_for_what_flies(store: Store) -> None:
    """Even the most urgent row waits for the chat's row in flight."""
    await send(store, call(1, "reply"))
    (row,) = await claim(store)
    await send(store, call(1, "112", priority=Priority.DANGER))
    assert await claim(store) == []
    await finish(store, Finished(row.id, "sent"))
    assert words(await claim(store)) == ["112"]


async def test_not_before(store: Store, clock: TravelClock) -> None:
    """A row with a future time also holds later rows of its chat and priority."""
    await send(
        store,
        call(1, "later", not_before=AT + MINUTE),
        call(1, "behind"),
        call(1, "other kind", priority=Priority.REMINDER),
    )
    assert words(await claim(store)) == ["other kind"]
    async with store.reading() as unit:
        assert await unit.outbox.next_due() == AT + MINUTE
    clock.advance(MINUTE)
    async with store.reading() as unit:
        assert await unit.outbox.next_due() is None


async def test_paused_chats_are_left_out(store: Store) -> None:
    """Chats paused by a 429 are not claimed."""
    await send(store, call(1, "a"), call(2, "b"), call(3, "c"))
    assert words(await claim(store, 10, 1, 1, 3)) == ["b"]


async def test_limit(store: Store) -> None:
    """No more rows are claimed than the limit."""
    await send(store, *(call(n, str(n)) for n in range(1, 6)))
    assert words(await claim(store, 2)) == ["1", "2"]
    assert words(await claim(store, 2)) == ["3", "4"]


async def test_other_channels_are_not_the_couriers(store: Store) -> None:
    """Rows of other channels, such as mail, are neither claimed nor in the way."""
    await send(store, call(1, "mail", channel="mail"), call(1, "telegram"))
    assert words(await claim(store)) == ["telegram"]


async def test_sent_leaves_no_words(store: Store) -> None:
    """A sent row keeps no text."""
    (row_id,) = await send(store, call(1, "hemmelighed"))
    await claim(store)
    await finish(store, Finished(row_id, "sent", message_id=77))
    found = await look(store, row_id)
    assert found.state == "sent"
    assert found.params in ({}, "{}")


@pytest.mark.parametrize("state", ["sent", "failed", "expired"])
async def test_outcome_comes_back(store: Store, state: str) -> None:
    """A requested outcome becomes an inbox row of the same lane."""
    (row_id,) = await send(store, call(4, on_result={"delete": 12}))
    await claim(store)
    await finish(store, Finished(row_id, state, error="e", message_id=5, result={"ok": True}))
    (row,) = await outcomes(store)
    assert (row.source, row.key, row.lane) == ("outcome", str(row_id), "tg:4")
    assert row.payload == {
        "then": {"delete": 12},
        "state": state,
        "error": "e",
        "message_id": 5,
        "result": {"ok": True},
    }


async def test_no_outcome_unasked(store: Store) -> None:
    """Without a request there is no outcome row."""
    (row_id,) = await send(store, call())
    await claim(store)
    await finish(store, Finished(row_id, "sent"))
    assert await outcomes(store) == []


async def test_results_are_written_together(store: Store) -> None:
    """Several results are committed together, each to its own row."""
    ids = await send(store, *(call(n, on_result={"n": n}) for n in range(1, 5)))
    await claim(store)
    states = ("sent", "failed", "expired", "retry")
    await finish(store, *(Finished(i, state) for i, state in zip(ids, states, strict=True)))
    found = [(await look(store, row_id)).state for row_id in ids]
    assert found == ["sent", "failed", "expired", "pending"]
    assert [row.payload["state"] for row in await outcomes(store)] == ["sent", "failed", "expired"]


async def test_retry_keeps_its_place(store: Store, clock: TravelClock) -> None:
    """A retried row holds later rows, and counts its attempts and doubtful sends."""
    (row_id, _behind) = await send(store, call(1, "a"), call(1, "b"))
    await claim(store)
    await finish(
        store, Finished(row_id, "retry", error="away", not_before=AT + MINUTE, ambiguous=True)
    )
    assert await claim(store) == []
    clock.advance(MINUTE)
    (row,) = await claim(store)
    assert (row.id, row.tries, row.ambiguous) == (row_id, 1, UNANSWERED)
    assert row.params == {"text": "a"}


async def test_landed_twice_counts_once(store: Store) -> None:
    """A result for a row no longer claimed changes nothing."""
    (row_id,) = await send(store, call(on_result={"n": 1}))
    await claim(store)
    await finish(store, Finished(row_id, "sent"))
    await finish(store, Finished(row_id, "retry"), Finished(999, "sent"))
    assert (await look(store, row_id)).state == "sent"
    assert len(await outcomes(store)) == 1


async def test_take_over(store: Store) -> None:
    """A new courier takes over claimed rows, each as a doubtful send."""
    ids = await send(store, call(1, "a"), call(2, "b"), call(3, "c"))
    await claim(store, 2, epoch=1)
    async with store.unit() as unit:
        rows = await unit.outbox.take_over(2)
        assert await unit.outbox.take_over(2) == []
    assert [(row.id, row.epoch, row.ambiguous) for row in rows] == [(ids[0], 2, 1), (ids[1], 2, 1)]
    assert words(await claim(store, epoch=2)) == ["c"]


async def test_stop_drops_what_waits(store: Store) -> None:
    """STOP deletes waiting rows below a priority; replies and other citizens' rows stay."""
    await send(
        store,
        call(1, "news", priority=Priority.BROADCAST),
        call(1, "reply"),
        call(2, "their news", priority=Priority.BROADCAST),
    )
    async with store.unit() as unit:
        assert await unit.outbox.drop_lane("tg:1", Priority.BROADCAST) == 1
    assert words(await claim(store)) == ["reply", "their news"]


async def test_given_numbers_are_not_sent_again(store: Store) -> None:
    """Emergency numbers that the intake has sent are not sent again."""
    await send(
        store,
        call(1, "112", priority=Priority.DANGER, on_result={"update": "5"}),
        call(1, "1888", priority=Priority.DANGER, on_result={"update": "6"}),
    )
    async with store.unit() as unit:
        await unit.outbox.drop_danger("tg:1", "5")
    assert words(await claim(store)) == ["1888"]


async def test_scrub(store: Store) -> None:
    """A number detected later is removed from the waiting rows of its lane only."""
    await send(store, call(1, "tal 1234"), call(2, "tal 1234"), call(1, "x", priority=20))
    async with store.unit() as unit:
        await unit.outbox.scrub("tg:1", lambda text: text.replace("1234", "[fjernet]"))
    assert words(await claim(store)) == ["tal [fjernet]", "tal 1234"]


async def test_depth(store: Store, clock: TravelClock) -> None:
    """Depth counts rows that could go now, with the age of the oldest."""
    await send(store, call(1), call(2), call(3, not_before=AT + MINUTE))
    clock.advance(MINUTE / 2)
    async with store.reading() as unit:
        depth = await unit.outbox.depth()
    assert (depth.count, depth.oldest) == (2, AT)


async def test_purge(store: Store, clock: TravelClock) -> None:
    """Finished rows are purged after a week; waiting rows stay."""
    (row_id, _waits) = await send(store, call(1), call(1))
    await claim(store)
    await finish(store, Finished(row_id, "sent"))
    clock.advance(timedelta(days=8))
    async with store.unit() as unit:
        assert await unit.outbox.purge() == 1
        assert await unit.outbox.purge() == 0
        assert (await unit.outbox.depth()).count == 1


@pytest.mark.postgres
async def test_two_couriers_never_claim_one_row(pair: tuple[Store, Store]) -> None:
    """Two couriers at the same time never claim the same row."""
    await send(pair[0], *(call(n) for n in range(1, 5)))
    async with pair[0].unit() as one, pair[1].unit() as other:
        mine = await claim_in(one, 2)
        theirs = await claim_in(other, 10)
    theirs += await claim(pair[1], 10)
    assert [row.chat_id for row in mine] == [1, 2]
    assert [row.chat_id for row in theirs] == [3, 4]


@pytest.mark.postgres
async def test_stop_while_claiming(pair: tuple[Store, Store]) -> None:
    """Rows that a STOP is deleting at the moment are not claimed."""
    await send(pair[0], call(1, "news", priority=Priority.BROADCAST))
    async with pair[0].unit() as worker:
        await worker.outbox.drop_lane("tg:1", Priority.BROADCAST)
        assert await claim(pair[1]) == []
    assert await claim(pair[1]) == []


async def test_a_displaced_courier_puts_nothing_back(store: Store) -> None:
    """A replaced courier cannot return a row to the queue, but can mark it sent."""
    async with store.unit() as unit:
        first = await unit.outbox.add(NewOutbox(1, "tg:1", "sendMessage", {"text": "a"}, 10))
        second = await unit.outbox.add(NewOutbox(2, "tg:2", "sendMessage", {"text": "b"}, 10))
    async with store.unit() as unit:
        await unit.outbox.claim(5, epoch=1, lease_seconds=60, skip_chats=[])
    async with store.unit() as unit:
        await unit.outbox.take_over(2)
    async with store.unit() as unit:
        late = [Finished(first, "retry"), Finished(second, "sent", message_id=3)]
        await unit.outbox.finish(late, epoch=1)
        assert await unit.outbox.claim(5, epoch=2, lease_seconds=60, skip_chats=[]) == []
    async with store.unit() as unit:
        await unit.outbox.finish([Finished(first, "retry")], epoch=2)
        again = await unit.outbox.claim(5, epoch=2, lease_seconds=60, skip_chats=[])
        assert [row.id for row in again] == [first]

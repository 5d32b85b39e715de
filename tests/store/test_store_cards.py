"""Cards have one pending row each, and the newest content wins."""

from __future__ import annotations

import pytest
from store_rows import AT, MINUTE, call, claim, claim_in, send

from bot.clock import TravelClock
from bot.store.cards import CardRow
from bot.store.outbox import Finished, Priority
from bot.store.store import Store


async def make(store: Store, chat: int = 1) -> int:
    """Make a card; return its id."""
    async with store.unit() as unit:
        return (await unit.cards.ensure(chat, "menu", "5")).id


async def finish(store: Store, *finished: Finished) -> None:
    """Commit the results of claimed rows."""
    async with store.unit() as unit:
        await unit.outbox.finish(finished)


async def test_ensure_makes_one(store: Store) -> None:
    """`ensure` creates a card once per chat, kind and subject."""
    first, again, other = await make(store), await make(store), await make(store, 2)
    assert first == again != other
    async with store.reading() as unit:
        assert await unit.cards.get(first) == CardRow(first, 1, "menu", "5", None, None, None)
        assert [card.id for card in await unit.cards.find("menu", "5")] == [first, other]
        assert await unit.cards.get(999) is None


async def test_newest_content_wins(store: Store) -> None:
    """A card drawn twice before sending is sent once, with the newest content."""
    card = await make(store)
    first = await send(store, call(1, "old", card_id=card))
    assert await send(store, call(1, "new", card_id=card)) == first
    (row,) = await claim(store)
    assert (row.params, row.card_id) == ({"text": "new"}, card)
    assert await claim(store) == []


async def test_replacing_never_slows_or_silences(store: Store) -> None:
    """New content keeps the more urgent priority and a requested outcome."""
    card = await make(store)
    await send(store, call(1, "old", card_id=card, on_result={"n": 1}))
    await send(store, call(1, "new", card_id=card, priority=Priority.BROADCAST))
    (row,) = await claim(store)
    assert (row.priority, row.on_result) == (Priority.REPLY, {"n": 1})


async def test_drawn_while_in_flight(store: Store) -> None:
    """A card drawn while older content is in flight is sent after it."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card))
    await claim(store)
    (second,) = await send(store, call(1, "new", card_id=card))
    assert first != second
    await finish(store, Finished(first, "sent", message_id=8, shown_hash="old"))
    assert [row.id for row in await claim(store)] == [second]


async def test_retry_gives_way_to_newer_content(store: Store) -> None:
    """Old content that failed is dropped where newer content waits."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card, on_result={"n": 1}))
    await claim(store)
    await send(store, call(1, "new", card_id=card))
    await finish(store, Finished(first, "retry", error="away"))
    (row,) = await claim(store)
    assert row.params == {"text": "new"}
    async with store.reading() as unit:
        outcome = await unit.inbox.get("outcome", str(first))
    assert outcome is not None
    assert outcome.payload["state"] == "expired"


async def test_retry_without_newer_content(store: Store) -> None:
    """A card's row is retried as usual and may still be replaced."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card))
    await claim(store)
    await finish(store, Finished(first, "retry"))
    assert await send(store, call(1, "new", card_id=card)) == [first]


async def test_sent_card_knows_its_place(store: Store, clock: TravelClock) -> None:
    """Content, message id and time of a sent card are stored; an edit keeps the message id."""
    card = await make(store)
    for words, message in (("a", 41), ("b", None)):
        (row,) = await send(store, call(1, words, card_id=card))
        await claim(store)
        await finish(store, Finished(row, "sent", message_id=message, shown_hash=words))
        clock.advance(MINUTE)
    async with store.reading() as unit:
        assert await unit.cards.get(card) == CardRow(card, 1, "menu", "5", 41, "b", AT + MINUTE)


async def test_failed_card_shows_what_it_did(store: Store) -> None:
    """A card whose edit failed keeps its former content."""
    card = await make(store)
    (row,) = await send(store, call(1, card_id=card))
    await claim(store)
    await finish(store, Finished(row, "failed", message_id=3, shown_hash="x"))
    async with store.reading() as unit:
        found = await unit.cards.get(card)
    assert found is not None
    assert (found.message_id, found.shown_hash) == (None, None)


async def test_forget(store: Store) -> None:
    """A card whose message was deleted is sent as a new message."""
    card = await make(store)
    (row,) = await send(store, call(1, card_id=card))
    await claim(store)
    await finish(store, Finished(row, "sent", message_id=3, shown_hash="x"))
    async with store.unit() as unit:
        await unit.cards.forget(card)
        found = await unit.cards.get(card)
    assert found is not None
    assert (found.message_id, found.shown_hash) == (None, None)


@pytest.mark.postgres
async def test_drawn_while_being_claimed(pair: tuple[Store, Store]) -> None:
    """New content is not lost while another process claims the old row."""
    card = await make(pair[0])
    await send(pair[0], call(1, "old", card_id=card))
    async with pair[0].unit() as worker:
        await worker.outbox.add(call(1, "new", card_id=card))
        async with pair[1].unit() as courier:
            assert await claim_in(courier) == []
    assert [row.params for row in await claim(pair[1])] == [{"text": "new"}]

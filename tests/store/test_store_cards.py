"""Cards: one pending row each, newest content wins."""

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
    """Commit what came of claimed rows."""
    async with store.unit() as unit:
        await unit.outbox.finish(finished)


async def test_ensure_makes_one(store: Store) -> None:
    """A card of one chat, kind and subject is made once."""
    first, again, other = await make(store), await make(store), await make(store, 2)
    assert first == again != other
    async with store.reading() as unit:
        assert await unit.cards.get(first) == CardRow(first, 1, "menu", "5", None, None, None)
        assert [card.id for card in await unit.cards.find("menu", "5")] == [first, other]
        assert await unit.cards.get(999) is None


async def test_newest_content_wins(store: Store) -> None:
    """A card drawn twice before it was sent is sent once, as it was drawn last."""
    card = await make(store)
    first = await send(store, call(1, "old", card_id=card))
    assert await send(store, call(1, "new", card_id=card)) == first
    (row,) = await claim(store)
    assert (row.params, row.card_id) == ({"text": "new"}, card)
    assert await claim(store) == []


async def test_replacing_never_slows_or_silences(store: Store) -> None:
    """Newer content keeps the more urgent priority, and an outcome that was asked for."""
    card = await make(store)
    await send(store, call(1, "old", card_id=card, then={"n": 1}))
    await send(store, call(1, "new", card_id=card, priority=Priority.BROADCAST))
    (row,) = await claim(store)
    assert (row.priority, row.then) == (Priority.REPLY, {"n": 1})


async def test_drawn_while_in_flight(store: Store) -> None:
    """A card drawn while its last content flies is sent after it."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card))
    await claim(store)
    (second,) = await send(store, call(1, "new", card_id=card))
    assert first != second
    await finish(store, Finished(first, "sent", message_id=8, shown_hash="old"))
    assert [row.id for row in await claim(store)] == [second]


async def test_retry_gives_way_to_newer_content(store: Store) -> None:
    """Old content that failed to fly is let go where newer waits for the card."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card, then={"n": 1}))
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
    """A card's row is tried again like any other, and may then still be replaced."""
    card = await make(store)
    (first,) = await send(store, call(1, "old", card_id=card))
    await claim(store)
    await finish(store, Finished(first, "retry"))
    assert await send(store, call(1, "new", card_id=card)) == [first]


async def test_sent_card_knows_its_place(store: Store, clock: TravelClock) -> None:
    """What a card shows, where and since when, is noted; an edit keeps the place."""
    card = await make(store)
    for words, message in (("a", 41), ("b", None)):
        (row,) = await send(store, call(1, words, card_id=card))
        await claim(store)
        await finish(store, Finished(row, "sent", message_id=message, shown_hash=words))
        clock.advance(MINUTE)
    async with store.reading() as unit:
        assert await unit.cards.get(card) == CardRow(card, 1, "menu", "5", 41, "b", AT + MINUTE)


async def test_failed_card_shows_what_it_did(store: Store) -> None:
    """A card that could not be drawn still shows what it showed before."""
    card = await make(store)
    (row,) = await send(store, call(1, card_id=card))
    await claim(store)
    await finish(store, Finished(row, "failed", message_id=3, shown_hash="x"))
    async with store.reading() as unit:
        found = await unit.cards.get(card)
    assert found is not None
    assert (found.message_id, found.shown_hash) == (None, None)


async def test_forget(store: Store) -> None:
    """A card whose message is gone is to be sent anew."""
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
    """Content that comes while the row is being replaced elsewhere is never lost."""
    card = await make(pair[0])
    await send(pair[0], call(1, "old", card_id=card))
    async with pair[0].unit() as worker:
        await worker.outbox.add(call(1, "new", card_id=card))
        async with pair[1].unit() as courier:
            assert await claim_in(courier) == []
    assert [row.params for row in await claim(pair[1])] == [{"text": "new"}]

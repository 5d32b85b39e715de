"""The inbox stores no update twice, keeps lanes in order, and takes one row per lane."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from store_rows import AT, put, update

from bot.clock import TravelClock
from bot.store.store import Store


async def take(store: Store, limit: int = 10) -> list[str]:
    """Take heads of lanes, mark them done, and return their keys."""
    async with store.unit() as unit:
        rows = await unit.inbox.heads(limit)
        await unit.inbox.done([row.id for row in rows])
    return [row.key for row in rows]


async def test_put_once(store: Store) -> None:
    """A repeated update is skipped, and the rest of its batch is stored."""
    assert await put(store, update(1), update(2)) == 2
    assert await put(store, update(2), update(3), update(3)) == 1
    async with store.reading() as unit:
        assert (await unit.inbox.depth()).count == 3


async def test_put_remembers_done_rows(store: Store) -> None:
    """An update that is done is not new when Telegram delivers it again."""
    await put(store, update(1))
    await take(store)
    assert await put(store, update(1)) == 0


async def test_put_nothing(store: Store) -> None:
    """An empty batch stores nothing."""
    assert await put(store) == 0


async def test_heads_are_the_oldest_of_each_lane(store: Store) -> None:
    """`heads` returns only the oldest row of each lane."""
    await put(store, update(1), update(2), update(3, "tg:2"), update(4))
    assert await take(store) == ["1", "3"]
    assert await take(store) == ["2"]
    assert await take(store) == ["4"]
    assert await take(store) == []


async def test_heads_go_by_priority(store: Store) -> None:
    """A citizen's row comes before another lane's older timer."""
    await put(store, update(1, "tg:1", 20), update(2, "tg:2", 10), update(3, "tg:3", 0))
    assert await take(store, 2) == ["3", "2"]
    assert await take(store, 2) == ["1"]


async def test_lane_keeps_its_order_before_priority(store: Store) -> None:
    """Within a lane age counts, whatever the priority."""
    await put(store, update(1, priority=20), update(2, priority=0))
    assert await take(store) == ["1"]


async def test_rows_come_back_whole(store: Store) -> None:
    """A row is read as written, with its time in UTC."""
    await put(store, update(1, text="Æblegrød 🍎", deep={"list": [1, None, "x"]}))
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(1)
    assert (row.source, row.key, row.lane, row.priority) == ("telegram:7", "1", "tg:1", 10)
    assert row.payload == {"text": "Æblegrød 🍎", "deep": {"list": [1, None, "x"]}}
    assert row.received_at == AT
    assert row.received_at.utcoffset() == timedelta()
    assert row.tries == 0


@pytest.mark.parametrize(
    ("words", "kept"), [("a\0b", "ab"), ("a\ud83d", "a?"), ("\\u0000", "\\u0000")]
)
async def test_odd_characters_do_not_stop_the_inbox(store: Store, words: str, kept: str) -> None:
    """Characters that databases refuse are removed, and the message is stored."""
    await put(store, update(1, text=words))
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(1)
    assert row.payload == {"text": kept}


async def test_undone_unit_leaves_rows(store: Store) -> None:
    """A failed unit changes nothing."""
    await put(store, update(1))

    async def fail() -> None:
        async with store.unit() as unit:
            (row,) = await unit.inbox.heads(1)
            await unit.inbox.done([row.id])
            message = "a fault of ours"
            raise LookupError(message)

    with pytest.raises(LookupError):
        await fail()
    assert await take(store) == ["1"]


async def test_head_of_lane_only(store: Store) -> None:
    """A row is returned by id only if it is the open head of its lane."""
    await put(store, update(1), update(2))
    async with store.unit() as unit:
        first = await unit.inbox.get("telegram:7", "1")
        second = await unit.inbox.get("telegram:7", "2")
        assert first is not None
        assert second is not None
        assert await unit.inbox.head(first.id) == first
        assert await unit.inbox.head(second.id) is None
        await unit.inbox.done([first.id])
        assert await unit.inbox.head(first.id) is None
        assert await unit.inbox.head(second.id) == second


async def test_done_keeps_ids_only(store: Store) -> None:
    """A done row keeps only its ids, not the citizen's words."""
    await put(store, update(1, text="min hemmelighed"))
    await take(store)
    async with store.reading() as unit:
        row = await unit.inbox.get("telegram:7", "1")
    assert row is not None
    assert row.payload == {}


async def test_tries_are_counted(store: Store) -> None:
    """Attempts count up, and back down after an outage, but never below zero."""
    await put(store, update(1))
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(1)
        assert await unit.inbox.count_try(row.id) == 1
        assert await unit.inbox.count_try(row.id) == 2
        for _ in range(3):
            await unit.inbox.uncount_try(row.id)
        assert await unit.inbox.count_try(row.id) == 1


async def test_failed_row_lets_the_lane_go_on(store: Store) -> None:
    """A row set aside keeps its payload and does not block its lane."""
    await put(store, update(1), update(2))
    async with store.unit() as unit:
        (row,) = await unit.inbox.heads(1)
        await unit.inbox.fail(row.id)
    assert await take(store) == ["2"]
    async with store.reading() as unit:
        kept = await unit.inbox.get("telegram:7", "1")
    assert kept is not None
    assert kept.payload == {"n": 1}


async def test_rewrite(store: Store) -> None:
    """A number detected later is removed from a waiting row."""
    await put(store, update(1, text="0101901234"))
    async with store.unit() as unit:
        await unit.inbox.rewrite("telegram:7", "1", {"text": "[CPR fjernet]"})
        (row,) = await unit.inbox.heads(1)
    assert row.payload == {"text": "[CPR fjernet]"}


async def test_depth_tells_since_when(store: Store) -> None:
    """Depth includes the age of the oldest open row, for alerts."""
    async with store.reading() as unit:
        assert (await unit.inbox.depth()).oldest is None
    await put(store, update(1), update(2, "tg:2"))
    async with store.reading() as unit:
        depth = await unit.inbox.depth()
    assert (depth.count, depth.oldest) == (2, AT)


async def test_purge(store: Store, clock: TravelClock) -> None:
    """Done rows are purged after a week, failed ones after a month, open ones never."""
    await put(store, update(1), update(2, "tg:2"), update(3, "tg:3"))
    async with store.unit() as unit:
        one, two, _three = await unit.inbox.heads(3)
        await unit.inbox.done([one.id])
        await unit.inbox.fail(two.id)
    counts = []
    for days in (7, 1, 21, 2):
        clock.advance(timedelta(days=days))
        async with store.unit() as unit:
            counts.append(await unit.inbox.purge())
    assert counts == [0, 1, 0, 1]
    assert await take(store) == ["3"]


async def test_purge_goes_in_small_batches(store: Store, clock: TravelClock) -> None:
    """The purge deletes in small batches, so it locks the database briefly."""
    await put(store, *(update(n, f"tg:{n}") for n in range(5)))
    await take(store)
    clock.advance(timedelta(days=8))
    async with store.unit() as unit:
        assert [await unit.inbox.purge(2) for _ in range(4)] == [2, 2, 1, 0]


@pytest.mark.postgres
async def test_two_workers_never_share_a_lane(pair: tuple[Store, Store]) -> None:
    """While one worker holds a citizen's row, the other gets none of the same lane."""
    first, second = pair
    await put(first, update(1), update(2), update(3, "tg:2"))
    async with first.unit() as mine:
        (row,) = await mine.inbox.heads(1)
        assert row.key == "1"
        async with second.unit() as theirs:
            assert [other.key for other in await theirs.inbox.heads(10)] == ["3"]
            assert await theirs.inbox.head(row.id) is None
        await mine.inbox.done([row.id])
    assert await take(second) == ["2", "3"]


@pytest.mark.postgres
async def test_row_committed_late_waits_for_its_lane(pair: tuple[Store, Store]) -> None:
    """A row committed late blocks its lane while a younger row is being processed."""
    first, second = pair
    async with first.unit() as slow:
        await slow.inbox.put([update(1)])  # has the smaller id and is not committed yet
        await put(second, update(2))
        async with second.unit() as worker:
            (row,) = await worker.inbox.heads(1)
            assert row.key == "2"
            await slow.connection.commit()
            async with first.unit() as other:
                assert await other.inbox.heads(10) == []
            await worker.inbox.done([row.id])
    assert await take(first) == ["1"]


async def work(store: Store, seen: list[tuple[str, str]], busy: set[str]) -> None:
    """Take heads until none is left, recording each lane during its work."""
    idle = 0
    while idle < 3:
        async with store.unit() as unit:
            rows = await unit.inbox.heads(3)
            lanes = {row.lane for row in rows}
            assert len(lanes) == len(rows)
            assert not lanes & busy
            busy |= lanes
            await asyncio.sleep(0)
            seen += [(row.lane, row.key) for row in rows]
            await unit.inbox.done([row.id for row in rows])
            busy -= lanes  # before the commit releases the locks
        idle = 0 if rows else idle + 1


@pytest.mark.postgres
async def test_many_workers_take_each_row_once_and_in_order(pair: tuple[Store, Store]) -> None:
    """Four workers process sixty rows of six citizens once each, in each lane's order."""
    rows = [update(n, f"tg:{n % 6}") for n in range(60)]
    await put(pair[0], *rows)
    seen: list[tuple[str, str]] = []
    busy: set[str] = set()
    await asyncio.gather(*(work(store, seen, busy) for store in pair * 2))
    assert sorted(seen) == sorted((row.lane, row.key) for row in rows)
    for lane in {row.lane for row in rows}:
        keys = [int(key) for seen_lane, key in seen if seen_lane == lane]
        assert keys == sorted(keys)


async def test_heads_share_one_commit(store: Store) -> None:
    """Rows of several lanes are marked done together or not at all."""
    await put(store, *(update(n, f"tg:{n}") for n in range(20)))
    assert len(await take(store, 50)) == 20
    assert await take(store) == []

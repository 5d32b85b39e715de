"""The worker under faults: exceptions in turns, no database, odd updates, two workers."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from telegram.constants import UpdateType

from bot import watch
from bot.app.compose import Bot
from bot.errors import DatabaseUnavailable
from bot.runner import worker
from bot.runner.context import Runtime
from bot.scheduler import fire_timers
from bot.store.inbox import InboxRow, NewInbox
from bot.store.outbox import NewOutbox, Priority
from bot.store.store import Store
from bot.store.unit import Unit
from bot.testing import TOKEN, Chat
from bot.transport.polling import ALLOWED_UPDATES

JENS, SAMIRA = 102, 103
SOURCE = "telegram:1000000001"
Turn = Callable[[Runtime, Unit, InboxRow], Awaitable[list[str]]]


@asynccontextmanager
async def opened(chat: Chat) -> AsyncIterator[Bot]:
    """Open a bot and its store; close both on leaving."""
    store, bot = await chat.open()
    try:
        yield bot
    finally:
        await bot.close()
        await store.close()


def said(chat: Chat, user: int) -> list[str]:
    """Return the messages the bot sent to *user*."""
    return [seen.text for seen in chat.world.bots[TOKEN].chats[user].log if seen.kind == "sent"]


async def rows(store: Store, query: str, **values: Any) -> list[tuple[Any, ...]]:
    """Return the rows of *query*."""
    async with store.reading() as unit:
        return [tuple(row) for row in await unit.connection.execute(text(query), values)]


def words_of(row: InboxRow) -> str:
    """Return the text of the message in an inbox row."""
    return str(row.payload["incoming"].get("words", ""))


def instead(monkeypatch: pytest.MonkeyPatch, turn: Callable[[Turn], Turn]) -> None:
    """Replace the worker's turn by *turn* of the real one."""
    monkeypatch.setattr(worker, "take_update", turn(worker.take_update))


def poisoned(monkeypatch: pytest.MonkeyPatch, *, keep: bool = False) -> None:
    """Make turns with the word GIFT raise; with *keep*, only after the real turn has run."""

    def made(real: Turn) -> Turn:
        async def turn(processes: Runtime, unit: Unit, row: InboxRow) -> list[str]:
            if "GIFT" not in words_of(row):
                return await real(processes, unit, row)
            if keep:
                await real(processes, unit, row)
            raise ZeroDivisionError

        return turn

    instead(monkeypatch, made)


@pytest.mark.parametrize("keep", [False, True], ids=["at once", "at its end"])
async def test_a_turn_that_raises(
    chat_on_each: Chat, monkeypatch: pytest.MonkeyPatch, *, keep: bool
) -> None:
    """After three exceptions the row is set aside, staff get a task, and the lane continues."""
    async with opened(chat_on_each) as bot:
        for user in (JENS, SAMIRA):
            chat_on_each.world.say(user, "/start")
        await bot.settle()
        poisoned(monkeypatch, keep=keep)
        chat_on_each.world.say(JENS, "GIFT, hvordan sorterer jeg affald")
        chat_on_each.world.say(JENS, "/hjælp")
        chat_on_each.world.say(SAMIRA, "/hjælp")
        before = len(said(chat_on_each, JENS)), len(said(chat_on_each, SAMIRA))
        aside = watch.REGISTRY.get_sample_value("brobygger_rows_set_aside_total")
        await bot.settle()
        assert watch.REGISTRY.get_sample_value("brobygger_rows_set_aside_total") == aside + 1
        jens = said(chat_on_each, JENS)[before[0] :]
        samira = said(chat_on_each, SAMIRA)[before[1] :]
        assert len(samira) == 1
        assert len(jens) == 3
        assert "Noget gik galt hos os" in jens[0]
        assert "Sagsnummer: KS-1001" in jens[1]
        assert jens[2] == samira[0]
        failed = await rows(bot.parts.store, "SELECT key, payload, done FROM inbox WHERE failed")
        assert len(failed) == 1
        assert "GIFT" in str(failed[0][1])
        async with bot.parts.store.reading() as unit:
            tasks = await unit.tasks.open()
        assert [(task.kind, task.subject) for task in tasks] == [
            ("failed_turn", f"{SOURCE}:{failed[0][0]}")
        ]


async def test_a_turn_that_raises_once(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn that raises once is retried; its effects happen once."""
    times = Counter[str]()

    def made(real: Turn) -> Turn:
        async def turn(processes: Runtime, unit: Unit, row: InboxRow) -> list[str]:
            queries = await real(processes, unit, row)
            times[row.key] += 1
            if times[row.key] == 1:
                raise ZeroDivisionError
            return queries

        return turn

    instead(monkeypatch, made)
    async with opened(chat) as bot:
        for user in (JENS, SAMIRA):
            chat.world.say(user, "/start")
        await bot.settle()
        assert [len(said(chat, user)) for user in (JENS, SAMIRA)] == [2, 2]
        assert await rows(bot.parts.store, "SELECT key FROM inbox WHERE failed") == []


@pytest.mark.parametrize(("kills", "failed"), [(11, False), (12, True)])
async def test_a_turn_in_hand_at_many_kills(
    chat: Chat, monkeypatch: pytest.MonkeyPatch, *, kills: int, failed: bool
) -> None:
    """A row survives 11 kills during its turn and is set aside after 12."""

    def made(_real: Turn) -> Turn:
        async def turn(_house: Runtime, _unit: Unit, _row: InboxRow) -> list[str]:
            raise asyncio.CancelledError

        return turn

    chat.world.say(JENS, "/start")
    for _time in range(kills):
        async with opened(chat) as bot:
            await bot.poller.step()
            with monkeypatch.context() as patch, suppress(asyncio.CancelledError):
                instead(patch, made)
                await bot.worker.step()
    async with opened(chat) as bot:
        await bot.settle()
        assert await rows(bot.parts.store, "SELECT failed FROM inbox") == [(failed,)]
        assert len(said(chat, JENS)) == (0 if failed else 2)


async def test_what_fails_for_a_stranger(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    """A failing first message leaves a task, and the next message gets the welcome."""
    poisoned(monkeypatch, keep=True)
    async with opened(chat) as bot:
        chat.world.say(JENS, "GIFT")
        await bot.settle()
        assert said(chat, JENS) == []
        async with bot.parts.store.reading() as unit:
            assert [task.kind for task in await unit.tasks.open()] == ["failed_turn"]
        chat.world.say(JENS, "/start")
        await bot.settle()
        assert len(said(chat, JENS)) == 2


async def step_until_quiet(bot: Bot) -> int:
    """Run the worker until it has no work; return how often the database was unavailable."""
    away = 0
    for _ in range(100):
        try:
            if not await bot.worker.step():
                return away
        except DatabaseUnavailable:
            away += 1
    message = "the worker does not come to rest"
    raise AssertionError(message)


@pytest.mark.parametrize("warm", [False, True], ids=["careful", "together"])
async def test_a_store_that_is_away_is_no_try(
    chat_on_each: Chat, monkeypatch: pytest.MonkeyPatch, *, warm: bool
) -> None:
    """A database that becomes unavailable during a turn does not use up the row's attempts."""
    left = 7

    def made(real: Turn) -> Turn:
        async def turn(processes: Runtime, unit: Unit, row: InboxRow) -> list[str]:
            nonlocal left
            queries = await real(processes, unit, row)
            if left > 0:
                left -= 1
                raise DatabaseUnavailable
            return queries

        return turn

    async with opened(chat_on_each) as bot:
        if warm:
            await bot.settle()
        instead(monkeypatch, made)
        chat_on_each.world.say(JENS, "/start")
        await bot.poller.step()
        assert await step_until_quiet(bot) == 7
        assert await rows(bot.parts.store, "SELECT done, failed FROM inbox") == [(True, False)]
        await bot.settle()
        assert len(said(chat_on_each, JENS)) == 2


@pytest.mark.postgres
async def test_a_line_that_is_cut(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A database session that PostgreSQL terminates during a turn uses up no attempt."""
    chat, left = Chat(postgres_url), 5

    def made(real: Turn) -> Turn:
        async def turn(processes: Runtime, unit: Unit, row: InboxRow) -> list[str]:
            nonlocal left
            if left > 0:
                left -= 1
                own = (await unit.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
                await rows(chat_store, "SELECT pg_terminate_backend(:own)", own=own)
            return await real(processes, unit, row)

        return turn

    chat_store, bot = await chat.open()
    try:
        instead(monkeypatch, made)
        chat.world.say(JENS, "/start")
        await bot.poller.step()
        assert await step_until_quiet(bot) == 5
        found = await rows(chat_store, "SELECT done, failed, tries FROM inbox")
        assert found[0][:2] == (True, False)
        await bot.settle()
        assert len(said(chat, JENS)) == 2
    finally:
        await bot.close()
        await chat_store.close()


async def test_a_stale_timer(chat_on_each: Chat) -> None:
    """A timer that was reset after it fired has no effect; the new timer fires once."""
    async with opened(chat_on_each) as bot:
        for words in ("/start", "/indstillinger"):
            chat_on_each.world.say(JENS, words)
            await bot.settle()
        due = await bot.next_due()
        assert due is not None
        chat_on_each.clock.move_to(due)
        chat_on_each.world.say(JENS, "Dansk")
        await bot.poller.step()
        assert await fire_timers(bot.parts.store) == 1
        await bot.settle()
        received = said(chat_on_each, JENS)
        assert "2 af 5" in received[-1]
        open_rows = await rows(bot.parts.store, "SELECT key FROM inbox WHERE NOT done")
        assert open_rows == []
        chat_on_each.clock.advance(timedelta(hours=25))
        await bot.settle()
        assert len(said(chat_on_each, JENS)) == len(received) + 1


async def test_timers_nobody_knows(chat: Chat) -> None:
    """Rows of deleted timers and unknown people are marked done without a message."""
    async with opened(chat) as bot:
        chat.world.say(JENS, "/start")
        await bot.settle()
        received = len(said(chat, JENS))
        async with bot.parts.store.unit() as unit:
            now = unit.now
            fired = {"timer": 999, "fence": 1, "kind": "nudge", "subject": "999"}
            await unit.inbox.put(
                [
                    NewInbox("timer", "999:1", f"tg:{JENS}", 20, fired, now),
                    NewInbox("timer", "999:2", "tg:404", 20, fired, now),
                    NewInbox("outcome", "999", "tg:404", 20, {"then": {"what": "x"}}, now),
                ]
            )
        await bot.settle()
        assert len(said(chat, JENS)) == received
        assert await rows(bot.parts.store, "SELECT key FROM inbox WHERE failed OR NOT done") == []


async def test_citizens_do_not_wait_for_many_timers(chat: Chat) -> None:
    """With citizens' rows a transaction has few timers, without them more, and never all."""
    async with opened(chat) as bot:
        await bot.settle()  # rows left by an earlier process would be processed one by one
        async with bot.parts.store.unit() as unit:
            now = unit.now
            fired = {"timer": 999, "fence": 1, "kind": "nudge", "subject": "999"}
            await unit.inbox.put(
                [NewInbox("timer", f"999:{n}", f"tg:{n}", 20, fired, now) for n in range(60)]
            )
        chat.world.say(JENS, "/start")
        await bot.poller.step()
        done = [await bot.worker.step() for _transaction in range(3)]
        assert done == [1 + worker.OWN_ALONG, worker.OWN, worker.OWN]
        await bot.settle()
        assert await rows(bot.parts.store, "SELECT key FROM inbox WHERE failed OR NOT done") == []


LANES, ROWS = 20, 200


@pytest.mark.postgres
@pytest.mark.parametrize("seed", [1, 2])
async def test_two_workers(postgres_url: str, monkeypatch: pytest.MonkeyPatch, seed: int) -> None:
    """Two workers process each row once and keep each lane's order, even where turns fail."""
    chance = random.Random(seed)  # noqa: S311 - to be repeatable, not secret
    chat, times = Chat(postgres_url), Counter[str]()
    faulty = {str(key) for key in chance.sample(range(ROWS), 10)}

    def made(_real: Turn) -> Turn:
        async def turn(_house: Runtime, unit: Unit, row: InboxRow) -> list[str]:
            await asyncio.sleep(chance.random() / 500)
            params = {"key": int(row.key)}
            call = NewOutbox(1, row.lane, "sendMessage", params, Priority.REPLY)
            await unit.outbox.add(call)
            times[row.key] += 1
            if row.key in faulty and times[row.key] == 1:
                raise ZeroDivisionError
            return []

        return turn

    instead(monkeypatch, made)
    async with opened(chat) as first, opened(chat) as second:
        store = first.parts.store

        async def bring() -> None:
            key = 0
            while key < ROWS:
                some = range(key, min(key + chance.randint(1, 15), ROWS))
                key = some.stop
                async with store.unit() as unit:
                    await unit.inbox.put(
                        [
                            NewInbox("telegram:7", str(k), f"tg:{k % LANES}", 10, {}, unit.now)
                            for k in some
                        ]
                    )

        async def work(bot: Bot) -> int:
            done = 0
            while len(await rows(store, "SELECT id FROM inbox WHERE done")) < ROWS:
                done += await bot.worker.step()
            return done

        async with asyncio.timeout(30):
            await asyncio.gather(bring(), work(first), work(second))
        took = await rows(store, "SELECT params ->> 'key' FROM outbox ORDER BY id")
    keys = [int(key) for (key,) in took]
    assert sorted(keys) == list(range(ROWS))
    for lane in range(LANES):
        own = [key for key in keys if key % LANES == lane]
        assert own == sorted(own)


PRIVATE = {"id": JENS, "type": "private", "first_name": "Jens"}
SENDER = {"id": JENS, "is_bot": False, "first_name": "Jens", "language_code": "da"}
WHOLE = {"message_id": 5, "date": 1_795_424_400, "chat": PRIVATE, "from": SENDER}


def minimal() -> list[tuple[str, Any]]:
    """Return every kind of update with nearly empty or malformed bodies."""
    bodies: list[Any] = [
        None,
        {},
        [],
        "",
        0,
        {"chat": None, "from": None},
        {"chat": {}, "from": {}},
        {"chat": PRIVATE},
        {"from": SENDER},
        {"message_id": 5, "chat": PRIVATE, "from": SENDER, "text": "min mand slår mig"},
        WHOLE,
        {**WHOLE, "text": None},
        {**WHOLE, "text": 5},
        {**WHOLE, "text": "170461"},
        {**WHOLE, "caption": "170461-5007"},
        {**WHOLE, "text": "\0\ud800 170461-5007"},
        {**WHOLE, "chat": {"id": -1, "type": "channel"}, "text": "5007"},
        {"id": "1", "from": SENDER, "chat_instance": "1", "data": ":menu"},
        {"id": "1", "from": SENDER, "chat_instance": "1", "data": "\0", "message": {"date": 0}},
    ]
    kinds = [*(kind.value for kind in UpdateType), "something_new"]
    asked = [(kind, body) for kind in ALLOWED_UPDATES for body in bodies]
    return asked + [(kind, body) for kind in kinds for body in bodies[:11]]


async def unharmed(chat: Chat, bot: Bot) -> None:
    """Assert that no inbox row is open and that Jens is still answered."""
    assert await rows(bot.parts.store, "SELECT key FROM inbox WHERE NOT done") == []
    received = len(said(chat, JENS))
    chat.world.say(JENS, "/hjælp")
    await bot.settle()
    assert len(said(chat, JENS)) > received


async def test_every_kind_of_update_with_next_to_nothing_in_it(chat_on_each: Chat) -> None:
    """Empty, incomplete or malformed bodies stop neither the intake nor a lane."""
    async with opened(chat_on_each) as bot:
        chat_on_each.world.say(JENS, "/start")
        await bot.settle()
        sqlite = chat_on_each.database_url.startswith("sqlite")
        odd = [(kind, body) for kind, body in minimal() if sqlite or kind == "message"]
        await bot.intake.take(
            [{"update_id": 10_000_000_000 + n, kind: body} for n, (kind, body) in enumerate(odd)]
        )
        await bot.settle()
        await unharmed(chat_on_each, bot)


async def test_an_update_of_nothing(chat: Chat) -> None:
    """An update that holds only an id is stored and marked done."""
    async with opened(chat) as bot:
        chat.world.say(JENS, "/start")
        await bot.settle()
        assert await bot.intake.take([{"update_id": 1}]) == 1
        await bot.settle()
        await unharmed(chat, bot)

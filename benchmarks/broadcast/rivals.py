"""Broadcast with a rival: its documented retry, and a row for each recipient by SQLAlchemy.

    python -m benchmarks.broadcast.rivals ptb|aiogram DATABASE API FIRST COUNT ROWS

Thirty calls are in flight, as with the courier. *ROWS* recipients are recorded in one transaction:
1 after each message, as the simplest programs do, or more. What was sent and not recorded at a
crash is then sent again. Their sessions are set as in `benchmarks/turns`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramRetryAfter
from sqlalchemy import BigInteger, Column, MetaData, String, Table, event, insert
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from telegram import Bot as PtbBot
from telegram.error import RetryAfter
from telegram.request import HTTPXRequest

from benchmarks.broadcast.readers import TEXT
from bot.simulator import TOKEN

CONNECTIONS, AT_ONCE, TRIES = 256, 30, 5
Send = Callable[[int], Awaitable[int]]
metadata = MetaData()
recipient = Table(
    "recipient",
    metadata,
    Column("chat_id", BigInteger, primary_key=True),
    Column("state", String(10), nullable=False),
    Column("message_id", BigInteger),
)


async def broadcast(send: Send, engine: AsyncEngine, chats: range, rows: int) -> None:
    """Send to every chat, and record each recipient."""
    left, done, turn = iter(chats), [], asyncio.Lock()

    async def record(*, last: bool = False) -> None:
        if len(done) < rows and not (last and done):
            return
        some = done[:]
        done.clear()
        async with turn, engine.begin() as connection:  # one writer at a time, as SQLite needs
            await connection.execute(insert(recipient), some)

    async def work() -> None:
        for chat in left:
            message_id = await send(chat)
            done.append({"chat_id": chat, "state": "sent", "message_id": message_id})
            await record()

    await asyncio.gather(*(work() for _n in range(AT_ONCE)))
    await record(last=True)


async def by_ptb(api: str, engine: AsyncEngine, chats: range, rows: int) -> None:
    """Broadcast with python-telegram-bot: `RetryAfter` says how long to wait."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS)
    async with PtbBot(TOKEN, base_url=f"{api}/bot", request=request) as bot:

        async def send(chat: int) -> int:
            for _try in range(TRIES):
                try:
                    return (await bot.send_message(chat, TEXT)).message_id
                except RetryAfter as error:
                    await asyncio.sleep(float(error.retry_after))
            raise TimeoutError

        await broadcast(send, engine, chats, rows)


async def by_aiogram(api: str, engine: AsyncEngine, chats: range, rows: int) -> None:
    """Broadcast with aiogram: `TelegramRetryAfter` says how long to wait."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    async with AiogramBot(TOKEN, session=session) as bot:

        async def send(chat: int) -> int:
            for _try in range(TRIES):
                try:
                    return (await bot.send_message(chat, TEXT)).message_id
                except TelegramRetryAfter as error:
                    await asyncio.sleep(error.retry_after)
            raise TimeoutError

        await broadcast(send, engine, chats, rows)


async def run(who: str, database: str, api: str, chats: range, rows: int) -> None:
    """Broadcast once."""
    engine = create_async_engine(database.replace("sqlite:", "sqlite+aiosqlite:"))
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine.sync_engine, "connect")
        def _durably(connection: object, _record: object) -> None:
            """Write as the bot does: a log, which reaches the disk with each transaction."""
            for line in ("journal_mode = WAL", "synchronous = FULL"):
                connection.execute(f"PRAGMA {line}")  # type: ignore[attr-defined]

    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    await {"ptb": by_ptb, "aiogram": by_aiogram}[who](api, engine, chats, rows)
    await engine.dispose()


def main(who: str, database: str, api: str, *numbers: int) -> None:
    """Broadcast once; aiogram runs on uvloop, as its documentation recommends."""
    first, count, rows = numbers
    doing = run(who, database, api, range(first, first + count), rows)
    if who == "ptb":
        asyncio.run(doing)
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(doing)


if __name__ == "__main__":
    main(*sys.argv[1:4], *map(int, sys.argv[4:7]))

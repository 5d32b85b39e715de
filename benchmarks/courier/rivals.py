"""Broadcast with the rivals in the simplest way: a loop over the chats.

    python -m benchmarks.courier.rivals ptb|aiogram API FIRST COUNT AT_ONCE

They record no sent messages. Their sessions are set as in `benchmarks/turns`.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

import uvloop
from aiogram import Bot as AiogramBot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import Bot as PtbBot
from telegram.request import HTTPXRequest

from benchmarks.courier.words import WORDS
from bot.simulator import TOKEN

CONNECTIONS = 256
Send = Callable[[int], Awaitable[object]]


async def broadcast(send: Send, chats: range, at_once: int) -> None:
    """Send to every chat, *at_once* at a time."""
    left = iter(chats)

    async def work() -> None:
        for chat in left:
            await send(chat)

    await asyncio.gather(*(work() for _n in range(at_once)))


async def by_ptb(api: str, chats: range, at_once: int) -> None:
    """Broadcast with python-telegram-bot."""
    request = HTTPXRequest(connection_pool_size=CONNECTIONS)
    async with PtbBot(TOKEN, base_url=f"{api}/bot", request=request) as bot:
        await broadcast(lambda chat: bot.send_message(chat, WORDS), chats, at_once)


async def by_aiogram(api: str, chats: range, at_once: int) -> None:
    """Broadcast with aiogram."""
    session = AiohttpSession(api=TelegramAPIServer.from_base(api))
    async with AiogramBot(TOKEN, session=session) as bot:
        await broadcast(lambda chat: bot.send_message(chat, WORDS), chats, at_once)


def main(who: str, api: str, first: int, count: int, at_once: int) -> None:
    """Broadcast once; aiogram runs on uvloop, as its documentation recommends."""
    chats = range(first, first + count)
    if who == "ptb":
        asyncio.run(by_ptb(api, chats, at_once))
        return
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(by_aiogram(api, chats, at_once))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *map(int, sys.argv[3:6]))

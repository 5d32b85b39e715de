"""python-telegram-bot's Bot, used by its types and filters only, without network.

They ask it for its username. Its request answers getMe and refuses every other call: only the
courier sends.
"""

from __future__ import annotations

import json
from typing import Any

from telegram.ext import ExtBot
from telegram.request import BaseRequest, RequestData

from bot.errors import TransportError

LocalBot = ExtBot[None]


class LocalRequest(BaseRequest):
    """Answers getMe from stored data, so that the process starts while Telegram is unreachable."""

    def __init__(self, bot_id: int, name: str, username: str) -> None:
        """Prepare the getMe answer for the bot of *bot_id*."""
        me = {"id": bot_id, "is_bot": True, "first_name": name, "username": username}
        self._me = json.dumps({"ok": True, "result": me}).encode()

    @property
    def read_timeout(self) -> float | None:
        """Return None: no request waits for a network."""
        return None

    async def initialize(self) -> None:
        """Do nothing: there is no connection."""

    async def shutdown(self) -> None:
        """Do nothing: there is no connection."""

    async def do_request(  # noqa: PLR0917 - python-telegram-bot's own signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """Return the getMe answer; raise `TransportError` for every other method."""
        del method, request_data, read_timeout, write_timeout, connect_timeout, pool_timeout
        called = url.rpartition("/")[2]
        if called != "getMe":
            raise TransportError(f"{called}: nobody sends but the courier")
        return 200, self._me


def bot_id_of(token: str) -> int:
    """Return the bot's id, which is the first part of its token."""
    return int(token.partition(":")[0])


async def local_bot(token: str, name: str, username: str) -> LocalBot:
    """Return an initialised bot that knows its names; the caller shuts it down."""
    request = LocalRequest(bot_id_of(token), name, username)
    made: LocalBot = ExtBot(token, request=request, get_updates_request=request)
    await made.initialize()
    return made

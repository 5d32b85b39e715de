"""python-telegram-bot's Application, used for its types and handlers only, without network.

Its Updater confirms updates that are only in memory, its process_update
swallows errors, and its bot can send. So this one has no updater and no job
queue, raises errors, and its bot's request answers getMe and refuses every
other call: only the courier sends.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from telegram import Bot
from telegram.ext import Application, ApplicationBuilder, BaseHandler, ExtBot
from telegram.request import BaseRequest, RequestData

from bot.errors import FlowError, TransportError


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


class ParserApplication(Application[Any, Any, Any, Any, Any, Any]):
    """An Application that raises handler errors instead of logging them."""

    async def process_error(
        self,
        update: object,
        error: Exception,
        job: Any = None,
        coroutine: Any = None,
    ) -> bool:
        """Raise *error*: the worker decides whether to retry the inbox row."""
        del update, job, coroutine
        raise error


def bot_id_of(token: str) -> int:
    """Return the bot's id, which is the first part of its token."""
    return int(token.partition(":")[0])


async def build_application(
    token: str, name: str, username: str, doors: Sequence[BaseHandler[Any, Any, Any]]
) -> ParserApplication:
    """Return an initialised Application with *doors* as its handlers.

    Raise `FlowError` for a non-blocking handler, whose result would be lost.
    """
    for door in doors:
        if not door.block:
            raise FlowError(f"{door!r} does not block, so what it heard would be lost")
    request = LocalRequest(bot_id_of(token), name, username)
    bot: Bot = ExtBot(token, request=request, get_updates_request=request)
    application: Any = (
        ApplicationBuilder()
        .application_class(ParserApplication)
        .bot(bot)
        .updater(None)
        .job_queue(None)
        .build()
    )
    application.add_handlers(list(doors))
    await application.initialize()
    built: ParserApplication = application
    return built

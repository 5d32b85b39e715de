"""Parsing of updates: find the handler of an update, and return the incoming value."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.transport.incoming import Content, Incoming, InGroup, Nothing
from bot.transport.local_bot import LocalBot
from bot.transport.metadata import CALLBACK, MESSAGES, body_of, metadata_of, number_at

Handlers = Sequence[BaseHandler[Update, Any, Content]]
_ENTITIES = ("bot_command", "mention")
log = logging.getLogger("brobygger.intake")


class UpdateParser:
    """Parses redacted updates with python-telegram-bot's types and the given handlers."""

    def __init__(self, bot: LocalBot, handlers: Handlers) -> None:
        """Try *handlers* in their order; *bot* knows its own username."""
        self._bot = bot
        self._handlers = handlers

    async def __call__(self, update: Mapping[str, Any]) -> Incoming:
        """Return the incoming value of an update; the words of an ignored update are dropped.

        Where python-telegram-bot refuses the update, parse a plain copy, so that the citizen is
        still answered. Raise its error where it refuses that too.
        """
        incoming = metadata_of(update)
        if not isinstance(incoming.content, Nothing):
            return incoming
        try:
            content = await self._content(update)
        except Exception as error:  # noqa: BLE001 - the types raise any error for an odd value
            log.warning("update_refused", extra={"kind": type(error).__name__})
            content = await self._content(plain(update, incoming))
        words = "" if isinstance(content, Nothing | InGroup) else incoming.words
        return replace(incoming, content=content, words=words)

    async def _content(self, update: Mapping[str, Any]) -> Content:
        """Return the result of the first handler that matches; `Nothing` without one."""
        parsed = Update.de_json(dict(update), self._bot)
        for handler in self._handlers:
            if handler.check_update(parsed) not in (None, False):
                return await handler.callback(parsed, None)
        return Nothing()


def plain(update: Mapping[str, Any], incoming: Incoming) -> dict[str, Any]:
    """Return a valid update with sender, chat, words, commands and mentions, or a tap's data."""
    kind, body = body_of(update)
    from_bot = isinstance(body.get("from"), dict) and bool(body["from"].get("is_bot"))
    sender = {"id": number_at(body, "from", "id") or 0, "is_bot": from_bot, "first_name": ""}
    copy: dict[str, Any] = {}
    if kind in MESSAGES:
        chat = {"id": incoming.chat_id, "type": "private" if incoming.private else "group"}
        key = "text" if isinstance(body.get("text"), str) else "caption"
        copy[kind] = {
            "message_id": incoming.message_id or 0,
            "date": incoming.date or 0,
            "from": sender,
            "chat": chat,
            key: incoming.words,
            "entities" if key == "text" else "caption_entities": _named(body, key),
        }
    elif kind == CALLBACK and all(isinstance(body.get(key), str) for key in ("id", "data")):
        own = {"id": body["id"], "data": body["data"]}
        copy[kind] = {"from": sender, "chat_instance": "", **own}
    return {"update_id": number_at(update, "update_id") or 0, **copy}


def _named(body: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """Return the valid entities of a message's words that are commands or mentions."""
    entities = body.get("entities" if key == "text" else "caption_entities")
    return [
        {"type": each["type"], "offset": offset, "length": length}
        for each in (entities if isinstance(entities, list) else [])
        if (offset := number_at(each, "offset")) is not None
        and (length := number_at(each, "length")) is not None
        and each.get("type") in _ENTITIES
    ]

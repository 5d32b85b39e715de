"""Telegram handlers: return the content of an update, in the order they are tried.

The first handler that matches an update takes it. It looks only at the update's form; the
runner decides what the update means to the conversation. Private words of danger and STOP
reach no handler.
"""

from __future__ import annotations

from typing import Any

from telegram import Update
from telegram.ext import (
    BaseHandler,
    CallbackQueryHandler,
    ChatMemberHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.transport.incoming import Content
from handlers import group, private
from handlers.conditions import FROM_US, SPOKEN_TO

_PRIVATE = filters.ChatType.PRIVATE
_WRITTEN = filters.UpdateType.MESSAGE
_EDITED = filters.UpdateType.EDITED_MESSAGE

HANDLERS: tuple[BaseHandler[Update, Any, Content], ...] = (
    CallbackQueryHandler(private.tapped),
    MessageHandler(FROM_US, private.nothing),
    MessageHandler(~_PRIVATE & _WRITTEN & SPOKEN_TO, group.spoken_to),
    MessageHandler(~_PRIVATE, private.nothing),
    MessageHandler(_EDITED, private.edited),  # an edit never advances a flow
    MessageHandler(~_WRITTEN, private.nothing),
    MessageHandler(filters.COMMAND, private.command),
    MessageHandler(filters.TEXT, private.words),
    MessageHandler(filters.StatusUpdate.ALL, private.nothing),
    MessageHandler(filters.ALL, private.shown),
    ChatMemberHandler(private.reached, ChatMemberHandler.MY_CHAT_MEMBER),
    TypeHandler(Update, private.nothing),
)

"""The conversation on python-telegram-bot's `ConversationHandler`, in memory.

    python -m benchmarks.turns.rival_ptb API polling|webhook PORT

It is configured as its documentation says. `ConversationHandler` "heavily relies on
incoming updates being processed one by one", so `concurrent_updates` is off:
https://docs.python-telegram-bot.org/en/stable/telegram.ext.conversationhandler.html
The webhook is its own server (tornado), which answers as soon as an update is queued:
https://github.com/python-telegram-bot/python-telegram-bot/wiki/Webhooks
Its HTTP client may open 256 connections, and its logs are off.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ParseMode
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    filters,
)

from benchmarks.turns import script
from benchmarks.turns.script import data_of
from bot.simulator import TOKEN
from bot.transport.polling import ALLOWED_UPDATES
from flows.settings import first_name

Context = ContextTypes.DEFAULT_TYPE
NAME, DAY, CONSENT = range(3)
CONNECTIONS = 256


def keyboard(rows: Sequence[Sequence[str]]) -> InlineKeyboardMarkup:
    """Return an inline keyboard."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=data_of(label)) for label in row]
            for row in rows
        ]
    )


async def say(update: Update, html: str, rows: Sequence[Sequence[str]]) -> None:
    """Send one message."""
    assert update.effective_chat is not None
    await update.effective_chat.send_message(
        html, parse_mode=ParseMode.HTML, reply_markup=keyboard(rows) if rows else None
    )


async def opened(update: Update, context: Context) -> int:
    """Ask for a name."""
    del context
    await say(update, script.NAME, script.NAME_ROWS)
    return NAME


async def named(update: Update, context: Context) -> int:
    """Store the name, and ask for a day."""
    assert update.message is not None
    assert context.user_data is not None
    context.user_data["name"] = first_name(update.message.text or "")
    await say(update, script.DAY, script.DAY_ROWS)
    return DAY


async def chosen(update: Update, context: Context) -> int:
    """Store the day, and ask for consent."""
    assert update.callback_query is not None
    assert context.user_data is not None
    context.user_data["day"] = update.callback_query.data
    await update.callback_query.answer()
    await say(update, script.CONSENT, script.CONSENT_ROWS)
    return CONSENT


async def agreed(update: Update, context: Context) -> int:
    """Store the consent, and end."""
    assert update.callback_query is not None
    assert context.user_data is not None
    context.user_data["consent"] = update.callback_query.data == data_of(script.YES)
    await update.callback_query.answer()
    await say(update, script.DONE, script.DONE_ROWS)
    return ConversationHandler.END


def conversation() -> ConversationHandler[Context]:
    """Return the conversation."""
    days = "|".join(map(data_of, script.DAYS.values()))
    ways = "|".join(map(data_of, (script.YES, script.NO)))
    words = filters.TEXT & ~filters.COMMAND
    return ConversationHandler(
        entry_points=[CommandHandler(script.OPEN, opened)],
        states={
            NAME: [MessageHandler(words, named)],
            DAY: [CallbackQueryHandler(chosen, pattern=f"^(?:{days})$")],
            CONSENT: [CallbackQueryHandler(agreed, pattern=f"^(?:{ways})$")],
        },
        fallbacks=[],
    )


def application(api: str) -> Application[Any, Any, Any, Any, Any, Any]:
    """Return the bot."""
    made = (
        Application.builder()
        .token(TOKEN)
        .base_url(f"{api}/bot")
        .base_file_url(f"{api}/file/bot")
        .connection_pool_size(CONNECTIONS)
        .job_queue(None)
        .build()
    )
    made.add_handler(conversation())
    return made


def main(api: str, intake: str, port: int) -> None:
    """Run until SIGTERM."""
    bot = application(api)
    if intake == "polling":
        bot.run_polling(allowed_updates=ALLOWED_UPDATES, timeout=25)
        return
    bot.run_webhook(
        listen="127.0.0.1",
        port=port,
        url_path="telegram",
        webhook_url=f"http://127.0.0.1:{port}/telegram",
        secret_token="a-secret-of-this-benchmark",  # noqa: S106 - it opens nothing
        allowed_updates=ALLOWED_UPDATES,
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

"""Handlers of private chats; words, danger and STOP are found before them."""

from __future__ import annotations

from typing import Any

from telegram import ChatMember, Update

from bot.transport.incoming import Called, Content, Edited, Nothing, Reached, Showed, Tapped, Wrote

KINDS = ("voice", "audio", "video_note", "photo", "video", "animation", "document")
PLACES = ("location", "venue")
LONGEST_FILE_ID = 200


async def nothing(update: Update, context: Any) -> Content:
    """Ignore the update."""
    del update, context
    return Nothing()


async def command(update: Update, context: Any) -> Content:
    """Return a slash command."""
    del update, context
    return Called()


async def words(update: Update, context: Any) -> Content:
    """Return free text."""
    del update, context
    return Wrote()


async def edited(update: Update, context: Any) -> Content:
    """Return an edit; ignore a picture without words."""
    del context
    message = update.effective_message
    return Edited() if message and (message.text or message.caption) else Nothing()


async def shown(update: Update, context: Any) -> Content:
    """Return a message that is not text."""
    del context
    message = update.effective_message
    if message is None:
        return Nothing()
    kind = next((k for k in (*KINDS, *PLACES, "contact") if getattr(message, k)), "other")
    what = "voice" if kind in KINDS[:3] else "photo" if kind in KINDS else kind
    if kind in PLACES:
        what = "place"
    location = message.location
    return Showed(
        what,
        place=[location.latitude, location.longitude] if location else None,
        picture=_file_id(message.photo[-1].file_id) if message.photo else None,
    )


def _file_id(given: object) -> str | None:
    """Return a file id that the bot can ask Telegram for; else None."""
    return given if isinstance(given, str) and len(given) <= LONGEST_FILE_ID else None


async def tapped(update: Update, context: Any) -> Content:
    """Return a tapped button; its message id is None where the message is gone or too old."""
    del context
    query = update.callback_query
    if query is None or query.data is None:
        return Nothing()
    return Tapped(query.data, query.id, query.message.message_id if query.message else None)


async def reached(update: Update, context: Any) -> Content:
    """Return whether the citizen blocked or unblocked the bot."""
    del context
    change = update.my_chat_member
    if change is None or change.chat.type != "private":
        return Nothing()
    return Reached(change.new_chat_member.status not in {ChatMember.BANNED, ChatMember.LEFT})

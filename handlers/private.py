"""Handlers of private chats."""

from __future__ import annotations

from typing import Any

from telegram import ChatMember, Message, Update

from bot.redact import danger as danger_in
from bot.runner.incoming import (
    Called,
    Edited,
    InDanger,
    Nothing,
    Reached,
    Showed,
    Stopped,
    Tapped,
    Wrote,
)
from handlers.parsing import report

KINDS = ("voice", "audio", "video_note", "photo", "video", "animation", "document")
PLACES = ("location", "venue")


async def nothing(update: Update, context: Any) -> None:
    """Report that the bot ignores the update."""
    del update, context
    report(Nothing())


async def danger(update: Update, context: Any) -> None:
    """Report words that signal danger."""
    del context
    found = danger_in(_words(update.effective_message))
    report(InDanger(found) if found else Nothing())


async def stop(update: Update, context: Any) -> None:
    """Report that the citizen wants no more messages."""
    del update, context
    report(Stopped())


async def command(update: Update, context: Any) -> None:
    """Report a slash command and the text after it."""
    del context
    first, _space, rest = _words(update.effective_message).partition(" ")
    report(Called(first.lstrip("/").partition("@")[0], rest.strip()))


async def words(update: Update, context: Any) -> None:
    """Report free text."""
    del context
    report(Wrote(_words(update.effective_message)))


async def edited(update: Update, context: Any) -> None:
    """Report edited words; a picture without words is ignored."""
    del context
    found = _words(update.effective_message)
    report(Edited(found) if found else Nothing())


async def shown(update: Update, context: Any) -> None:
    """Report a message that is not text, with the words of its caption."""
    del context
    message = update.effective_message
    kind = next(
        (k for k in (*KINDS, *PLACES, "contact") if message and getattr(message, k)), "other"
    )
    kind = "voice" if kind in KINDS[:3] else "photo" if kind in KINDS else kind
    location = message.location if message else None
    place = (location.latitude, location.longitude) if location else None
    report(Showed("place" if kind in PLACES else kind, _words(message) or _venue(message), place))


def _venue(message: Message | None) -> str:
    """Return the name and the address of a place that was chosen from a list."""
    venue = message.venue if message else None
    return ", ".join(part for part in (venue.title, venue.address) if part) if venue else ""


async def tapped(update: Update, context: Any) -> None:
    """Report a tapped button; its message id is None where the message is gone or too old."""
    del context
    query = update.callback_query
    if query is None or query.data is None:
        report(Nothing())
        return
    message_id = query.message.message_id if query.message else None
    report(Tapped(query.data, query.id, message_id))


async def reached(update: Update, context: Any) -> None:
    """Report that the citizen blocked or unblocked the bot."""
    del context
    change = update.my_chat_member
    if change is None or change.chat.type != "private":
        report(Nothing())
        return
    gone = (ChatMember.BANNED, ChatMember.LEFT)
    report(Reached(change.new_chat_member.status not in gone))


def _words(message: Message | None) -> str:
    """Return the text of a message, or its caption."""
    return (message.text or message.caption or "") if message else ""

"""What is heard in a private chat."""

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
    """Hear nothing: this is not for us."""
    del update, context
    report(Nothing())


async def danger(update: Update, context: Any) -> None:
    """Hear that somebody is in danger."""
    del context
    found = danger_in(_words(update.effective_message))
    report(InDanger(found) if found else Nothing())


async def stop(update: Update, context: Any) -> None:
    """Hear that the citizen wants no more."""
    del update, context
    report(Stopped())


async def command(update: Update, context: Any) -> None:
    """Hear a slash command and what stands behind it."""
    del context
    first, _space, rest = _words(update.effective_message).partition(" ")
    report(Called(first.lstrip("/").partition("@")[0], rest.strip()))


async def words(update: Update, context: Any) -> None:
    """Hear free words."""
    del context
    report(Wrote(_words(update.effective_message)))


async def edited(update: Update, context: Any) -> None:
    """Hear that words were changed; a picture without any says nothing."""
    del context
    found = _words(update.effective_message)
    report(Edited(found) if found else Nothing())


async def shown(update: Update, context: Any) -> None:
    """Hear that something other than words was sent; a caption's words are not lost."""
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
    """Hear a button; one under a message that is gone or too old has no message id."""
    del context
    query = update.callback_query
    if query is None or query.data is None:
        report(Nothing())
        return
    message_id = query.message.message_id if query.message else None
    report(Tapped(query.data, query.id, message_id))


async def reached(update: Update, context: Any) -> None:
    """Hear that the citizen blocked the bot, or let it in again."""
    del context
    change = update.my_chat_member
    if change is None or change.chat.type != "private":
        report(Nothing())
        return
    gone = (ChatMember.BANNED, ChatMember.LEFT)
    report(Reached(change.new_chat_member.status not in gone))


def _words(message: Message | None) -> str:
    """Return what was written, under a picture too."""
    return (message.text or message.caption or "") if message else ""

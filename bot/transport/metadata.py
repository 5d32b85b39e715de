"""The metadata of a raw update: its id, sender, chat, message and words, and what they signal.

An update of unknown shape must not stop the updates after it. So every function takes any
value, and treats a malformed part like a missing one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.redact import MARK, danger, own_text, stop
from bot.transport.incoming import Content, Incoming, InDanger, Nothing, Stopped

MESSAGES = ("message", "edited_message")
CALLBACK = "callback_query"
_BUSINESS = ("business_message", "edited_business_message")
_LANES = {"from": "tg", "user": "tg", "chat": "tg:chat", "user_chat": "tg:chat"}
# Nothing reads the content of these messages, and parsing it takes longer than the rest.
_INNER = {CALLBACK: "message", "message": "reply_to_message", "edited_message": "reply_to_message"}
_KEPT_OF_INNER = ("message_id", "date", "chat")
LARGEST, LATEST = 2**63, 2**33  # limits of an id, and of a date in Unix seconds
LONGEST_ALBUM = 200  # characters of an album's id


def update_id_of(update: object) -> int | None:
    """Return the id of an update; None without one, as such an update cannot be stored."""
    return number_at(update, "update_id")


def lane_of(update: Mapping[str, Any]) -> str:
    """Return the lane of an update: the sender's, else the chat's, else the update's own."""
    for value in update.values():
        for key, lane in _LANES.items():
            if (found := number_at(value, key, "id")) is not None:
                return f"{lane}:{found}"
    return f"tg:update:{update['update_id']}"


def trimmed(update: Mapping[str, Any]) -> dict[str, Any]:
    """Return an update without what another message says: the tapped one, or the one replied to."""
    cut = dict(update)
    for kind, inner in _INNER.items():
        body = cut.get(kind)
        if isinstance(body, dict) and isinstance(other := body.get(inner), dict):
            known = {key: other[key] for key in _KEPT_OF_INNER if key in other}
            cut[kind] = {**body, inner: known}
    return cut


def metadata_of(update: Mapping[str, Any]) -> Incoming:
    """Return the incoming value of a redacted update, as far as it needs no parser.

    The content is `Nothing` except where words of danger or STOP decide it.
    """
    kind, body = body_of(update)
    sender, chat = _mapping(body.get("from")), _chat(body)
    private, own = chat.get("type") == "private", own_text({kind: body})
    name = _text(sender, "first_name")
    message = body if kind in MESSAGES else {}
    album = _text(message, "media_group_id")
    from_citizen = private and bool(message) and not sender.get("is_bot")
    return Incoming(
        _signal(own) if from_citizen else Nothing(),
        words=own or _venue(message),
        chat_id=number_at(chat, "id"),
        private=private,
        language=_text(sender, "language_code"),
        first_name=None if name is None or MARK in name else name,
        message_id=number_at(body, "message_id") if message or kind in _BUSINESS else None,
        date=_date(message),
        reply_to=number_at(message, "reply_to_message", "message_id"),
        album=None if album is None else album[:LONGEST_ALBUM],
        thread=None if private else number_at(message, "message_thread_id"),
    )


def body_of(update: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the kind and the body of an update; empty where it has none."""
    for kind in (CALLBACK, *MESSAGES, *update):
        if isinstance(body := update.get(kind), dict):
            return kind, body
    return "", {}


def _signal(words: str) -> Content:
    """Return what words signal before all else: danger (HR-29), then STOP (HR-17)."""
    if (found := danger(words)) is not None:
        return InDanger(found.kind)
    return Stopped() if stop(words) else Nothing()


def _chat(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the chat of an update; the sender's own for a tap under an inline message."""
    for chat in (body.get("chat"), _mapping(body.get("message")).get("chat")):
        if isinstance(chat, Mapping):
            return chat
    sender_id = number_at(body, "from", "id")
    return {} if sender_id is None else {"id": sender_id, "type": "private"}


def _venue(message: Mapping[str, Any]) -> str:
    """Return the name and the address of a place that was chosen from a list."""
    venue = _mapping(message.get("venue"))
    parts = (_text(venue, "title"), _text(venue, "address"))
    return ", ".join(part for part in parts if part)


def _date(message: Mapping[str, Any]) -> int | None:
    """Return a message's date in Unix seconds; None where it is not plausible."""
    stamp = number_at(message, "date")
    return stamp if stamp is not None and 0 < stamp < LATEST else None


def number_at(value: object, *keys: str) -> int | None:
    """Return the integer at *keys* within *value*; None where it is missing or over 63 bits."""
    for key in keys:
        value = value.get(key) if isinstance(value, Mapping) else None
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if abs(value) < LARGEST else None


def _text(value: Mapping[str, Any], key: str) -> str | None:
    found = value.get(key)
    return found if isinstance(found, str) else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}

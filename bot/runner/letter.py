"""Metadata of a message: its id, date, album, picture, and the message it replies to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

LATEST = 2**33  # a date's limit, in Unix seconds


@dataclass(frozen=True, slots=True)
class Letter:
    """Metadata of a citizen's message; *picture* is the file id of a photo's largest size."""

    message_id: int | None
    sent_at: datetime | None
    reply_to: int | None = None
    album: str | None = None
    picture: str | None = None


def letter_of(raw: Mapping[str, Any]) -> Letter:
    """Return the metadata of an update's message; all None where it has none."""
    message = raw.get("message") or raw.get("edited_message")
    if not isinstance(message, Mapping):
        return Letter(None, None)
    replied = message.get("reply_to_message")
    return Letter(
        message_id=_number(message.get("message_id")),
        sent_at=_instant(message.get("date")),
        reply_to=_number(replied.get("message_id")) if isinstance(replied, Mapping) else None,
        album=_words(message.get("media_group_id")),
        picture=_largest(message.get("photo")),
    )


def _largest(photo: Any) -> str | None:
    """Return the file id of a photo's largest size, which Telegram gives last."""
    sizes = [size for size in photo if isinstance(size, Mapping)] if isinstance(photo, list) else []
    return _words(sizes[-1].get("file_id")) if sizes else None


def _number(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _words(value: Any) -> str | None:
    return value[:200] if isinstance(value, str) else None


def _instant(stamp: Any) -> datetime | None:
    known = isinstance(stamp, int) and 0 < stamp < LATEST
    return datetime.fromtimestamp(stamp, UTC) if known else None

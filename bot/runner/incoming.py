"""Incoming events: what a Telegram update means to the runner."""

from __future__ import annotations

from dataclasses import dataclass

from bot.redact import Danger


@dataclass(frozen=True, slots=True)
class Nothing:
    """An update that the bot ignores."""


@dataclass(frozen=True, slots=True)
class InDanger:
    """Words that signal danger; nothing else in the message is answered."""

    danger: Danger


@dataclass(frozen=True, slots=True)
class Stopped:
    """The citizen wants no more messages from the bot."""


@dataclass(frozen=True, slots=True)
class Called:
    """A slash command with the text after it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Free text."""

    words: str


@dataclass(frozen=True, slots=True)
class Edited:
    """The new words of an edited message."""

    words: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tapped button, by its callback data."""

    data: str
    query_id: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Showed:
    """A message that is not text (voice, photo, place, contact, other), and its caption.

    *place* is latitude and longitude.
    """

    kind: str
    words: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The citizen blocked or unblocked the bot."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class InGroup:
    """The bot was addressed in a group."""


Incoming = (
    Nothing | InDanger | Stopped | Called | Wrote | Edited | Tapped | Showed | Reached | InGroup
)

"""What was heard at a door: Telegram's words put into ours."""

from __future__ import annotations

from dataclasses import dataclass

from bot.redact import Danger


@dataclass(frozen=True, slots=True)
class Nothing:
    """Not for us: silence is the answer."""


@dataclass(frozen=True, slots=True)
class InDanger:
    """Words of danger; everything else in the message waits."""

    danger: Danger


@dataclass(frozen=True, slots=True)
class Stopped:
    """The citizen wants no more messages of ours."""


@dataclass(frozen=True, slots=True)
class Called:
    """A slash command, with what stood behind it."""

    name: str
    rest: str = ""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Free words."""

    words: str


@dataclass(frozen=True, slots=True)
class Edited:
    """Words that were written before, and say something else now."""

    words: str


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button, by its callback data."""

    data: str
    query_id: str
    message_id: int | None


@dataclass(frozen=True, slots=True)
class Showed:
    """Something that is not words (voice, photo, place, contact, other), and its caption.

    *place* is latitude and longitude.
    """

    kind: str
    words: str = ""
    place: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The citizen blocked the bot, or let it in again."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class InGroup:
    """The bot was spoken to in a group."""


Incoming = (
    Nothing | InDanger | Stopped | Called | Wrote | Edited | Tapped | Showed | Reached | InGroup
)

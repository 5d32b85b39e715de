"""Incoming values: what an update means to the bot, read once and kept in its inbox row."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from typing import Any, get_args


@dataclass(frozen=True, slots=True)
class Nothing:
    """An update that the bot ignores."""


@dataclass(frozen=True, slots=True)
class InDanger:
    """Words that signal danger, by its most urgent `DangerKind`; nothing else is answered."""

    danger: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The citizen wants no more messages from the bot."""


@dataclass(frozen=True, slots=True)
class Called:
    """A slash command."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """Free text."""


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited message; its new words."""


@dataclass(frozen=True, slots=True)
class Tapped:
    """A tapped button, by its callback data; no *message_id* where the message is gone."""

    data: str
    query_id: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class Showed:
    """A message that is not text: voice, photo, place, contact or other.

    *place* is latitude and longitude, *picture* the file id of a photo's largest size.
    """

    what: str
    place: Sequence[float] | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Reached:
    """The citizen blocked or unblocked the bot."""

    reachable: bool


@dataclass(frozen=True, slots=True)
class InGroup:
    """The bot was addressed in a group."""


Content = (
    Nothing | InDanger | Stopped | Called | Wrote | Edited | Tapped | Showed | Reached | InGroup
)
_CONTENTS: Mapping[str, type[Content]] = {kind.__name__: kind for kind in get_args(Content)}


@dataclass(frozen=True, slots=True)
class RemovedCpr:
    """A CPR number that the intake removed (HR-1).

    *unsure*: it may be a time, so ask the citizen. *delete*: ids of the messages to delete.
    *scrub*: its first half was in an earlier message, which may be stored.
    """

    unsure: bool = False
    delete: Sequence[int] = ()
    scrub: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update without CPR numbers: its content and the metadata of its message.

    *words* are the text or the caption, or the name of a place. An ignored update has none.
    """

    content: Content = field(default_factory=Nothing)
    words: str = ""
    chat_id: int | None = None
    private: bool = False
    language: str | None = None  # of the sender's app
    first_name: str | None = None  # None where it held a CPR number
    message_id: int | None = None
    date: int | None = None  # Unix seconds
    reply_to: int | None = None  # message id
    album: str | None = None
    thread: int | None = None  # of a group
    cpr: RemovedCpr | None = None

    @property
    def sent_at(self) -> datetime | None:
        """Return when the message was sent."""
        return None if self.date is None else datetime.fromtimestamp(self.date, UTC)

    @property
    def command(self) -> tuple[str, str]:
        """Return the name of a slash command, and the text after it."""
        found = COMMAND.match(self.words.strip())
        return (found["name"], (found["rest"] or "").strip()) if found else ("", self.words)


# A slash command with the bot's name, and the words after it, on the same line or the next one.
# Telegram marks no command with Danish letters, but people write them.
COMMAND = re.compile(r"/(?P<name>[^\W_][\w-]*)(?:@\w+)?(?:[\s:,.;!?]+(?P<rest>.*)|$)", re.DOTALL)
Parse = Callable[[Mapping[str, Any]], Awaitable[Incoming]]  # a redacted update
_METADATA = [(f.name, f.default) for f in fields(Incoming) if f.name not in ("content", "cpr")]


def payload_of(incoming: Incoming) -> dict[str, Any]:
    """Return the payload of an update's inbox row: what has a value; nothing if it is ignored."""
    content = incoming.content
    if isinstance(content, Nothing) and incoming.cpr is None:
        return {"incoming": {}}
    stored = {
        name: value for name, default in _METADATA if (value := getattr(incoming, name)) != default
    }
    stored["content"] = {"kind": type(content).__name__, **_values(content)}
    if incoming.cpr is not None:
        stored["cpr"] = _values(incoming.cpr)
    return {"incoming": stored}


async def incoming_of(payload: Mapping[str, Any], parse: Parse) -> Incoming:
    """Return the value of an inbox row; an empty value where the payload has none.

    Version 0.2.0 and earlier stored the redacted update: parse it now.
    """
    if "update" in payload:
        incoming = await parse(payload["update"])
        return replace(incoming, cpr=_cpr_before(payload.get("cpr")))
    stored = dict(payload.get("incoming", {}))
    content = dict(stored.pop("content", {"kind": "Nothing"}))
    cpr = stored.pop("cpr", None)
    return Incoming(
        _CONTENTS[content.pop("kind")](**content),
        **stored,
        cpr=None if cpr is None else RemovedCpr(**cpr),
    )


def _cpr_before(cpr: Mapping[str, Any] | None) -> RemovedCpr | None:
    """Return the removed CPR number as version 0.2.0 and earlier stored it."""
    if cpr is None:
        return None
    delete = [message_id for _chat, message_id in cpr.get("delete", [])]
    return RemovedCpr(cpr["cpr"] == "clock", delete, cpr.get("scrub", False))


def _values(one: Content | RemovedCpr) -> dict[str, Any]:
    """Return the fields of a flat dataclass."""
    return {each.name: getattr(one, each.name) for each in fields(one)}

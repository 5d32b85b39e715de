"""The world's data. Bots, chats, messages, queries and webhooks are mutable, others frozen."""

from __future__ import annotations

from collections import OrderedDict
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from bot.simulator.entities import NO_TEXT, Entity, Formatted
from bot.simulator.flood import Flood
from bot.simulator.updates import UpdateQueue

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class User:
    """A Telegram user; *started* says that every bot may write to the user."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: bool = True

    def as_json(self) -> Json:
        """Return the Bot API's User."""
        shown: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        for name in ("last_name", "username", "language_code"):
            if (value := getattr(self, name)) is not None:
                shown[name] = value
        return shown


@dataclass(frozen=True, slots=True)
class Button:
    """One button of an inline keyboard (with *data*, *url* or *copies*) or a reply keyboard.

    A reply keyboard's button sends its text, or with *asks_place* the user's location.
    """

    text: str
    data: str | None = None
    url: str | None = None
    asks_place: bool = False
    copies: str | None = None

    @property
    def below(self) -> bool:
        """Return whether it belongs to a reply keyboard."""
        return self.data is None and self.url is None and self.copies is None


Keyboard = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class LogEntry:
    """One visible entry in the log of a chat.

    *kind* is sent, edited, deleted or reacted (by the bot), said, changed or
    tapped (by a user), typing, toast, blocked or unblocked.
    """

    kind: str
    message_id: int | None
    text: str
    at: datetime
    keyboard: Keyboard = ()
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A change for listeners; *kind* is changed, typing, toast or update."""

    kind: str
    bot_id: int
    chat_id: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class Upload:
    """An uploaded file that is not stored yet."""

    name: str
    content: bytes
    mime: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A stored file; *size* is the reported size and may exceed that of *content*."""

    file_id: str
    unique_id: str
    path: str
    content: bytes
    size: int
    mime: str


@dataclass(slots=True)
class Message:
    """A message; *outgoing* ones are the bot's. *date* and *edited* are Unix times."""

    id: int
    chat: Chat
    sender: Json | None
    outgoing: bool
    date: int
    kind: str = "text"
    formatted: Formatted = NO_TEXT
    body: Json = field(default_factory=dict)
    markup: Json | None = None
    has_reply_keyboard: bool = False
    reply_to: Message | None = None
    edited: int | None = None
    deleted: bool = False
    silent: bool = False
    reactions: tuple[str, ...] = ()
    offered: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """Return the text or the caption."""
        return self.formatted.text

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Return the entities of the text or the caption."""
        return self.formatted.entities

    @property
    def keyboard(self) -> Keyboard:
        """Return the inline buttons of the message."""
        rows = (self.markup or {}).get("inline_keyboard", ())
        return tuple(
            tuple(
                Button(
                    button["text"],
                    button.get("callback_data"),
                    button.get("url"),
                    copies=button.get("copy_text", {}).get("text"),
                )
                for button in row
            )
            for row in rows
        )

    def as_json(self, *, with_reply: bool = True) -> Json:
        """Return the Bot API's Message as a copy, safe to modify."""
        shown: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        if self.sender is not None:
            shown["from"] = dict(self.sender)
        if self.edited is not None:
            shown["edit_date"] = self.edited
        if self.formatted.text:
            prefix = "text" if self.kind == "text" else "caption"
            shown[prefix] = self.formatted.text
            if self.formatted.entities:
                name = "entities" if prefix == "text" else "caption_entities"
                shown[name] = [dict(entity) for entity in self.formatted.entities]
        if self.body:
            shown |= deepcopy(self.body)
        if self.markup:
            rows = self.markup["inline_keyboard"]
            shown["reply_markup"] = {
                "inline_keyboard": [[dict(one) for one in row] for row in rows]
            }
        if self.reply_to is not None and with_reply:
            shown["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return shown


@dataclass(slots=True)
class Chat:
    """A chat of one bot; a private one has *user*, any other has *title*.

    *buttons* is the reply keyboard, which the message *buttons_from* has set.
    """

    id: int
    type: str
    user: User | None = None
    title: str | None = None
    username: str | None = None
    members: set[int] = field(default_factory=set)
    messages: dict[int, Message] = field(default_factory=dict)
    log: list[LogEntry] = field(default_factory=list)
    buttons: Keyboard = ()
    buttons_from: int | None = None
    blocked: bool = False
    joined: bool = True
    next_id: int = 1

    @property
    def private(self) -> bool:
        """Return whether this is a private chat."""
        return self.user is not None

    def as_json(self) -> Json:
        """Return the Bot API's Chat."""
        shown: Json = {"id": self.id, "type": self.type}
        if self.user is not None:
            shown["first_name"] = self.user.first_name
            if self.user.last_name is not None:
                shown["last_name"] = self.user.last_name
            if self.user.username is not None:
                shown["username"] = self.user.username
            return shown
        shown["title"] = self.title
        if self.username is not None:
            shown["username"] = self.username
        return shown

    def shown(self) -> list[Message]:
        """Return the messages that have not been deleted, oldest first."""
        return [message for message in self.messages.values() if not message.deleted]


@dataclass(slots=True)
class Query:
    """A callback query and its answer, None until answered."""

    id: str
    user_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: float
    answer: str | None = None


@dataclass(slots=True)
class Webhook:
    """A bot's webhook and its last error."""

    url: str
    secret_token: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_at: int | None = None


@dataclass(slots=True)
class Bot:
    """A bot's account; *polls* counts its getUpdates, so that a newer one ends an older one."""

    token: str
    id: int
    username: str
    updates: UpdateQueue
    flood: Flood | None
    reads_groups: bool = False
    polls: int = 0
    webhook: Webhook | None = None
    chats: dict[int, Chat] = field(default_factory=dict)
    queries: OrderedDict[str, Query] = field(default_factory=OrderedDict)
    names: dict[str, str] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)

    def as_json(self) -> Json:
        """Return the Bot API's User."""
        return {
            "id": self.id,
            "is_bot": True,
            "first_name": self.names[""],
            "username": self.username,
        }

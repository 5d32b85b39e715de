"""The world's state and the operations that change it.

Users' actions and Bot API methods change queues, logs and counters only through
these operations.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import ApiError
from bot.simulator.entities import NO_TEXT, Formatted
from bot.simulator.faults import Faults
from bot.simulator.flood import Flood, Limits
from bot.simulator.params import bad_request
from bot.simulator.state import (
    Bot,
    Button,
    Change,
    Chat,
    Json,
    Keyboard,
    LogEntry,
    Message,
    Query,
    StoredFile,
    User,
)
from bot.simulator.updates import UpdateQueue

FIRST_UPDATE_IDS = (2_000_001, 1_000_000_000)
MOST_LOGGED_QUERIES = 10_000
Listener = Callable[[Change], None]


class Realm:
    """Bots, users, chats and files, with an injected clock."""

    def __init__(
        self,
        now: Callable[[], datetime],
        *,
        limits: Limits | None = None,
        pace: Callable[[], float] | None = None,
        seed: int = 0,
    ) -> None:
        """Use *now* as the clock.

        *limits* turns on flood limits, measured by *pace* in seconds, or by *now*.
        *seed* determines all values that are random on Telegram.
        """
        self.now = now
        self.pace = pace or self.seconds
        self.limits = limits
        self.random = random.Random(seed)  # noqa: S311 - repeatable for tests, not secret
        self.bots: dict[str, Bot] = {}
        self.users: dict[int, User] = {}
        self.files: dict[str, StoredFile] = {}
        self.paths: dict[str, StoredFile] = {}
        self.faults = Faults()
        self.calls: Counter[str] = Counter()
        self._listeners: list[Listener] = []

    def seconds(self) -> float:
        """Return the present Unix time."""
        return self.now().timestamp()

    # bots, users and chats

    def add_bot(self, token: str, *, name: str = "Bot", username: str = "simulated_bot") -> Bot:
        """Create the bot of *token* (`<id>:<secret>`)."""
        flood = Flood(self.limits) if self.limits else None
        queue = UpdateQueue(self.random.randint(*FIRST_UPDATE_IDS))
        bot = Bot(token, int(token.partition(":")[0]), username, queue, flood)
        bot.names[""] = name
        self.bots[token] = bot
        return bot

    def add_user(
        self,
        user_id: int,
        first_name: str,
        *,
        last_name: str | None = None,
        username: str | None = None,
        language_code: str | None = None,
        started: bool = True,
    ) -> User:
        """Create a user; with *started* False, bots cannot write before the user does."""
        user = User(user_id, first_name, last_name, username, language_code, started)
        self.users[user_id] = user
        return user

    def add_group(
        self,
        chat_id: int,
        title: str,
        members: set[int] | None = None,
        *,
        kind: str = "supergroup",
        username: str | None = None,
        bot: Bot | None = None,
    ) -> Chat:
        """Create a group, or by *kind* a channel, with the bot as a member."""
        chat = Chat(chat_id, kind, title=title, username=username, members=set(members or ()))
        self.the_bot(bot).chats[chat_id] = chat
        return chat

    def the_bot(self, bot: Bot | None = None) -> Bot:
        """Return *bot*, or the only one; raise `ValueError` where there are none or several."""
        if bot is not None:
            return bot
        if len(self.bots) != 1:
            message = f"there are {len(self.bots)} bots: say which"
            raise ValueError(message)
        return next(iter(self.bots.values()))

    def the_user(self, user: User | int) -> User:
        """Return the user of an id; a `User` is returned unchanged."""
        return self.users[user] if isinstance(user, int) else user

    def chat_of(self, bot: Bot, user: User) -> Chat:
        """Return the private chat of *user* with *bot*; create it where it is missing."""
        chat = bot.chats.get(user.id)
        if chat is None:
            chat = bot.chats[user.id] = Chat(user.id, "private", user=user)
        return chat

    def find_chat(self, bot: Bot, chat_id: int | str) -> Chat | None:
        """Return a chat of *bot* by id or @name; None where *bot* has no such chat."""
        if isinstance(chat_id, str):
            name = chat_id.removeprefix("@").lower()
            known = (chat for chat in bot.chats.values() if not chat.private)
            return next((chat for chat in known if (chat.username or "").lower() == name), None)
        chat = bot.chats.get(chat_id)
        if chat is None and (user := self.users.get(chat_id)) and user.started:
            chat = self.chat_of(bot, user)
        return chat

    # checks for the methods

    def known_chat(self, bot: Bot, params: Json) -> Chat:
        """Return the chat of `chat_id`; raise Telegram's 400 error where it is unknown."""
        chat_id = params.get("chat_id")
        if chat_id is None or chat_id == "":
            raise bad_request("chat_id is empty")
        chat = self.find_chat(bot, chat_id)
        if chat is None:
            raise bad_request("chat not found")
        return chat

    def open_chat(self, bot: Bot, params: Json) -> Chat:
        """Return the chat of `chat_id`; raise a 403 error where the bot is blocked or no member."""
        chat = self.known_chat(bot, params)
        if chat.blocked:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        if not chat.joined:
            kind = "group" if chat.type == "group" else chat.type
            raise ApiError(403, f"Forbidden: bot is not a member of the {kind} chat")
        return chat

    def charge(self, bot: Bot, chat: Chat) -> None:
        """Count a send against the limits; raise `ApiError` 429 over them."""
        if bot.flood is None:
            return
        wait = bot.flood.admit(chat.id, private=chat.private, at=self.pace())
        if wait:
            raise too_many(wait)

    # changes

    def put_message(
        self,
        chat: Chat,
        sender: Json | None,
        formatted: Formatted = NO_TEXT,
        *,
        outgoing: bool = False,
        kind: str = "text",
        body: Json | None = None,
        reply_to: Message | None = None,
    ) -> Message:
        """Add a message to *chat* and return it; `note` must then log it and notify listeners."""
        message = Message(
            chat.next_id,
            chat,
            sender,
            outgoing,
            int(self.seconds()),
            kind,
            formatted,
            body or {},
            reply_to=reply_to,
        )
        chat.messages[message.id] = message
        chat.next_id += 1
        return message

    def record_entry(
        self,
        bot: Bot,
        chat: Chat,
        kind: str,
        *,
        message: Message | None = None,
        text: str | None = None,
        keyboard: Keyboard = (),
        user_id: int | None = None,
    ) -> None:
        """Append an entry to the log of *chat* and notify listeners."""
        shown = text if text is not None else message.text if message else ""
        message_id = message.id if message else None
        chat.log.append(LogEntry(kind, message_id, shown, self.now(), keyboard, user_id))
        if self._listeners:
            about = kind if kind in {"typing", "toast"} else "changed"
            self.publish(Change(about, bot.id, chat.id, shown))

    def push(self, bot: Bot, kind: str, body: Any, *, lane: int) -> int | None:
        """Queue an update for *bot*; return its id, or None where *bot* excludes its kind."""
        at = self.seconds()
        if bot.updates.is_silent(at):
            bot.updates.renumber(self.random.randint(*FIRST_UPDATE_IDS))
        update_id = bot.updates.put(kind, body, lane=lane, at=at)
        if update_id is not None and self._listeners:
            self.publish(Change("update", bot.id, lane))
        return update_id

    def keep_query(self, bot: Bot, query: Query) -> None:
        """Keep a query so that the bot can answer it; keep the latest 10,000 only."""
        bot.queries[query.id] = query
        while len(bot.queries) > MOST_LOGGED_QUERIES:
            bot.queries.popitem(last=False)

    def keep_file(
        self, content: bytes, *, folder: str, suffix: str, mime: str, size: int | None = None
    ) -> StoredFile:
        """Store a file with new ids and return it."""
        number = len(self.files) + 1
        stored = StoredFile(
            file_id=f"simulated-{folder}-{number}",
            unique_id=f"u{number}",
            path=f"{folder}/file_{number}{suffix}",
            content=content,
            size=len(content) if size is None else size,
            mime=mime,
        )
        self.files[stored.file_id] = stored
        return stored

    def rename_user(self, user: User | int, **fields: Any) -> User:
        """Change a user's names or language; return the new user."""
        old = self.the_user(user)
        new = self.users[old.id] = replace(old, **fields)
        for bot in self.bots.values():
            if old.id in bot.chats:
                bot.chats[old.id].user = new
        return new

    # listeners

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call *listener* at every change; return a function that unsubscribes it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, change: Change) -> None:
        """Call every listener with *change*."""
        for listener in tuple(self._listeners):
            listener(change)


def too_many(retry_after: int) -> ApiError:
    """Return a 429 error in Telegram's words."""
    return ApiError(429, f"Too Many Requests: retry after {retry_after}", float(retry_after))


def plain_buttons(chat: Chat, message: Message) -> tuple[tuple[Button, ...], ...]:
    """Return the buttons that a user sees with *message*."""
    return message.keyboard or (chat.buttons if chat.buttons_from == message.id else ())

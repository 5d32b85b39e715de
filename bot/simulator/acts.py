"""Users' actions: say, edit, tap, block, post in a group or a channel."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.entities import Formatted, utf16_length, with_found
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Chat, Json, Message, Query, User

LONGEST_TEXT = 4096
_COMMAND = re.compile(r"/\w+(?:@(\w+))?")


class Acts(Realm):
    """Users' actions: each queues Telegram's update and returns the message or query."""

    def say(
        self,
        user: User | int,
        text: str,
        *,
        reply_to: int | None = None,
        chat_id: int | None = None,
        bot: Bot | None = None,
    ) -> Message:
        """Send *text* from *user*, in the private chat or in the group *chat_id*."""
        return self.send(
            user, formatted=_as_typed(text), reply_to=reply_to, chat_id=chat_id, bot=bot
        )

    def send(
        self,
        user: User | int,
        *,
        kind: str = "text",
        formatted: Formatted | None = None,
        body: Json | None = None,
        reply_to: int | None = None,
        chat_id: int | None = None,
        bot: Bot | None = None,
    ) -> Message:
        """Send a message of any *kind* from *user*."""
        bot, user = self.the_bot(bot), self.the_user(user)
        chat = self.enter(bot, user, chat_id)
        answered = chat.messages[reply_to] if reply_to is not None else None
        message = self.put_message(
            chat,
            user.as_json(),
            formatted or Formatted(""),
            kind=kind,
            body=body,
            reply_to=answered,
        )
        if sees(bot, chat, message):
            self.push(bot, "message", message.as_json(), lane=user.id)
        self.record_entry(bot, chat, "said", message=message, user_id=user.id)
        return message

    def enter(self, bot: Bot, user: User, chat_id: int | None) -> Chat:
        """Return the chat; unblock a private one; raise `ValueError` if *user* is not a member."""
        if chat_id is None or chat_id == user.id:
            chat = self.chat_of(bot, user)
            if chat.blocked:
                self.block(user, blocked=False, bot=bot)
            return chat
        chat = bot.chats[chat_id]
        if user.id not in chat.members:
            raise ValueError(f"user {user.id} is not in chat {chat_id}")
        return chat

    def edit(
        self,
        user: User | int,
        message_id: int,
        text: str,
        *,
        chat_id: int | None = None,
        bot: Bot | None = None,
    ) -> Message:
        """Edit text or caption of *user*'s message; raise `ValueError` for any other message."""
        bot, user = self.the_bot(bot), self.the_user(user)
        chat = bot.chats[user.id if chat_id is None else chat_id]
        message = chat.messages[message_id]
        if message.outgoing or message.deleted or (message.sender or {}).get("id") != user.id:
            raise ValueError(f"message {message_id} is not user {user.id}'s to edit")
        message.formatted = _as_typed(text)
        message.edited = int(self.seconds())
        if sees(bot, chat, message):
            self.push(bot, "edited_message", message.as_json(), lane=user.id)
        self.record_entry(bot, chat, "changed", message=message, user_id=user.id)
        return message

    def tap(
        self,
        user: User | int,
        message_id: int,
        data: str,
        *,
        chat_id: int | None = None,
        bot: Bot | None = None,
    ) -> Query:
        """Tap a button that the message has or had; raise `ValueError` for other *data*."""
        bot, user = self.the_bot(bot), self.the_user(user)
        chat = bot.chats[user.id if chat_id is None else chat_id]
        message = chat.messages[message_id]
        if data not in message.offered:
            raise ValueError(f"message {message_id} never offered {data!r}")
        number = self.random.randrange(10**17, 10**18)
        query = Query(str(number), user.id, chat.id, message_id, data, self.seconds())
        self.keep_query(bot, query)
        body = {
            "id": query.id,
            "from": user.as_json(),
            "chat_instance": str(-chat.id * 7919),
            "data": data,
            "message": _reachable(message),
        }
        self.push(bot, "callback_query", body, lane=user.id)
        self.record_entry(bot, chat, "tapped", message=message, text=data, user_id=user.id)
        return query

    def block(self, user: User | int, *, blocked: bool = True, bot: Bot | None = None) -> None:
        """Block or unblock the bot for *user*."""
        bot, user = self.the_bot(bot), self.the_user(user)
        chat = self.chat_of(bot, user)
        if chat.blocked == blocked:
            return
        chat.blocked = blocked
        statuses = ("member", "kicked") if blocked else ("kicked", "member")
        self.push_membership(bot, chat, user, *statuses)
        self.record_entry(bot, chat, "blocked" if blocked else "unblocked", user_id=user.id)

    def unblock(self, user: User | int, *, bot: Bot | None = None) -> None:
        """Unblock the bot for *user*."""
        self.block(user, blocked=False, bot=bot)

    def bring(self, user: User | int, chat: Chat, *, bot: Bot | None = None) -> None:
        """Add the bot again to a group that it has left or was removed from, by *user*."""
        bot, user = self.the_bot(bot), self.the_user(user)
        bot.chats[chat.id] = chat
        chat.joined = True
        chat.members.add(user.id)
        self.push_membership(bot, chat, user, "left", "member")
        self.record_entry(bot, chat, "unblocked", user_id=user.id)

    def remove(self, user: User | int, chat: Chat, *, bot: Bot | None = None) -> None:
        """Remove the bot from a group, by *user*."""
        bot, user = self.the_bot(bot), self.the_user(user)
        chat.joined = False
        self.push_membership(bot, chat, user, "member", "kicked")
        self.record_entry(bot, chat, "blocked", user_id=user.id)

    def post(self, chat_id: int, text: str, *, bot: Bot | None = None) -> Message:
        """Post *text* in a channel."""
        bot = self.the_bot(bot)
        chat = bot.chats[chat_id]
        message = self.put_message(chat, None, _as_typed(text))
        body = message.as_json() | {"sender_chat": chat.as_json()}
        self.push(bot, "channel_post", body, lane=chat.id)
        self.record_entry(bot, chat, "said", message=message)
        return message

    def inject(self, kind: str, body: Any, *, lane: int = 0, bot: Bot | None = None) -> int | None:
        """Queue a raw update of any content; return its id."""
        return self.push(self.the_bot(bot), kind, body, lane=lane)

    def push_membership(self, bot: Bot, chat: Chat, user: User, old: str, new: str) -> None:
        """Queue the update for a change of the bot's membership in *chat*."""
        body = {
            "chat": chat.as_json(),
            "from": user.as_json(),
            "date": int(self.seconds()),
            "old_chat_member": _standing(bot, old),
            "new_chat_member": _standing(bot, new),
        }
        self.push(bot, "my_chat_member", body, lane=user.id)


def sees(bot: Bot, chat: Chat, message: Message) -> bool:
    """Return whether *bot* receives *message*, in groups limited by privacy mode."""
    if chat.private or bot.reads_groups:
        return chat.joined
    if not chat.joined:
        return False
    if message.reply_to is not None and message.reply_to.outgoing:
        return True
    text = message.text.lower()
    command = _COMMAND.match(text)
    if command:
        return command[1] in {None, bot.username.lower()}
    return re.search(rf"@{re.escape(bot.username.lower())}(?!\w)", text) is not None


def _as_typed(text: str) -> Formatted:
    """Return *text* as a Telegram client sends it; raise `ValueError` for a wrong length."""
    text = text.strip()
    if not 1 <= utf16_length(text) <= LONGEST_TEXT:
        raise ValueError(f"a message holds 1 to {LONGEST_TEXT} characters")
    return with_found(Formatted(text))


def _reachable(message: Message) -> Json:
    """Return a query's message; only its ids where it was deleted."""
    if not message.deleted:
        return message.as_json()
    return {"chat": message.chat.as_json(), "message_id": message.id, "date": 0}


def _standing(bot: Bot, status: str) -> Json:
    """Return the Bot API's ChatMember for the bot."""
    until = {"until_date": 0} if status == "kicked" else {}
    return {"user": bot.as_json(), "status": status} | until

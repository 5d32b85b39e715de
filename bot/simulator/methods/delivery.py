"""Steps that all sending methods share: replies, keyboards, the log."""

from __future__ import annotations

from bot.simulator.entities import NO_TEXT, Formatted
from bot.simulator.keyboards import Markup, read_markup
from bot.simulator.params import Params, ParamType, bad_request
from bot.simulator.realm import Realm, plain_buttons
from bot.simulator.state import Bot, Chat, Json, Message

SENDING = {
    "chat_id": ParamType.CHAT,
    "parse_mode": ParamType.TEXT,
    "disable_notification": ParamType.BOOL,
    "protect_content": ParamType.BOOL,
    "reply_parameters": ParamType.OBJECT,
    "reply_markup": ParamType.OBJECT,
}
_REPLY_FIELDS = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})


def deliver(
    realm: Realm,
    bot: Bot,
    params: Params,
    formatted: Formatted = NO_TEXT,
    *,
    kind: str = "text",
    body: Json | None = None,
) -> Json:
    """Send a parsed text and return the message as JSON; raise `ApiError` where it is refused."""
    markup = read_markup(params.get("reply_markup"))
    chat = realm.open_chat(bot, params)
    answered = _answered(chat, params)
    realm.charge(bot, chat)
    message = realm.put_message(
        chat, _sender(bot, chat), formatted, outgoing=True, kind=kind, body=body, reply_to=answered
    )
    message.silent = params.get("disable_notification", False)
    _dress(chat, message, markup)
    realm.record_entry(bot, chat, "sent", message=message, keyboard=plain_buttons(chat, message))
    return message.as_json()


def _sender(bot: Bot, chat: Chat) -> Json | None:
    """Return the sender of a message: the bot, or None in a channel."""
    return None if chat.type == "channel" else bot.as_json()


def _dress(chat: Chat, message: Message, markup: Markup) -> None:
    """Set the inline buttons of *message* and the reply keyboard of the chat."""
    message.markup = markup.inline
    message.offered |= markup.data
    if markup.buttons is not None:
        chat.buttons = markup.buttons
        chat.buttons_from = message.id
        message.has_reply_keyboard = bool(markup.buttons)


def _answered(chat: Chat, params: Params) -> Message | None:
    """Return the message to reply to, None without a reply; raise a 400 error if it is missing."""
    reply = params.get("reply_parameters")
    if reply is None:
        return None
    if unknown := sorted(set(reply) - _REPLY_FIELDS):
        raise bad_request(f'unknown field "{unknown[0]}" in the reply parameters')
    message_id = reply.get("message_id", 0)
    if not isinstance(message_id, int):
        raise bad_request('field "message_id" must be of type Number')
    message = chat.messages.get(message_id)
    if message is not None and not message.deleted:
        return message
    if reply.get("allow_sending_without_reply"):
        return None
    raise bad_request("message to be replied not found")

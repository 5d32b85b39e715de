"""Methods for text messages: send, edit, delete, react."""

from __future__ import annotations

from collections.abc import Collection

from bot.simulator.entities import Formatted
from bot.simulator.keyboards import Markup, read_markup
from bot.simulator.methods.delivery import SENDING, deliver
from bot.simulator.methods.method import Method, read_caption, read_text
from bot.simulator.params import Params, ParamType, bad_request, need
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Chat, Json, Message

DELETABLE_FOR = 48 * 3600
MOST_REACTIONS = 1
CAPTIONED = ("photo", "document")  # kinds of messages
REACTIONS = frozenset(
    (  # the emoji that a bot may set; ✅ is not one
        *"👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕",
        *"😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾🤷😡",
        *("❤\u200d🔥", "👨\u200d💻", "🤷\u200d♂", "🤷\u200d♀"),
    )
)
_VARIATION = "\ufe0f"


def send_message(realm: Realm, bot: Bot, params: Params) -> Json:
    """Send a text message."""
    formatted = read_text(params)
    _check_preview(params)
    return deliver(realm, bot, params, formatted)


def edit_message_text(realm: Realm, bot: Bot, params: Params) -> Json:
    """Edit a text; remove its inline buttons where none are given."""
    formatted = read_text(params)
    _check_preview(params)
    return _reworded(realm, bot, params, formatted, ("text",))


def edit_message_caption(realm: Realm, bot: Bot, params: Params) -> Json:
    """Edit the caption of a picture or a document, as `edit_message_text` edits a text."""
    return _reworded(realm, bot, params, read_caption(params), CAPTIONED)


def _reworded(
    realm: Realm, bot: Bot, params: Params, formatted: Formatted, kinds: Collection[str]
) -> Json:
    """Give a message of one of *kinds* other words."""
    markup = read_markup(params.get("reply_markup"), only_inline=True)
    chat, message = _editable(realm, bot, params)
    if message.kind not in kinds:
        what = "caption" if "text" not in kinds else "text"
        raise bad_request(f"there is no {what} in the message to edit")
    if (message.formatted, message.markup) == (formatted, markup.inline):
        raise _not_modified()
    realm.charge(bot, chat)
    message.formatted = formatted
    return _edited(realm, bot, chat, message, markup)


def edit_message_reply_markup(realm: Realm, bot: Bot, params: Params) -> Json:
    """Edit only the inline buttons of a message."""
    markup = read_markup(params.get("reply_markup"), only_inline=True)
    chat, message = _editable(realm, bot, params)
    if message.markup == markup.inline:
        raise _not_modified()
    realm.charge(bot, chat)
    return _edited(realm, bot, chat, message, markup)


def delete_message(realm: Realm, bot: Bot, params: Params) -> bool:
    """Delete a message; raise a 400 error for one older than 48 hours."""
    chat = realm.known_chat(bot, params)
    message = _find(chat, params)
    if message is None:
        raise bad_request("message to delete not found")
    too_old = realm.seconds() - message.date >= DELETABLE_FOR
    if too_old or not (message.outgoing or chat.private):
        raise bad_request("message can't be deleted for everyone")
    message.deleted = True
    realm.record_entry(bot, chat, "deleted", message=message)
    return True


def set_message_reaction(realm: Realm, bot: Bot, params: Params) -> bool:
    """Set a reaction of allowed emoji on a message, or remove it."""
    chat = realm.open_chat(bot, params)
    message = _find(chat, params)
    if message is None:
        raise bad_request("message to react not found")
    emojis = [_emoji(reaction) for reaction in params.get("reaction", [])]
    if len(emojis) > MOST_REACTIONS:
        raise bad_request("REACTIONS_TOO_MANY")
    message.reactions = tuple(emojis)
    realm.record_entry(bot, chat, "reacted", message=message, text="".join(emojis))
    return True


def _emoji(reaction: object) -> str:
    """Return a reaction's emoji; raise a 400 error where bots may not set it."""
    if not isinstance(reaction, dict) or set(reaction) != {"type", "emoji"}:
        raise bad_request("can't parse reaction type: an emoji is expected")
    emoji = str(reaction["emoji"]).replace(_VARIATION, "")
    if reaction["type"] != "emoji" or emoji not in REACTIONS:
        raise bad_request("REACTION_INVALID")
    return emoji


def _check_preview(params: Params) -> None:
    """Raise a 400 error for unknown link preview options."""
    known = {"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"}
    if unknown := sorted(set(params.get("link_preview_options", ())) - known):
        raise bad_request(f'unknown field "{unknown[0]}" in the link preview options')


def _find(chat: Chat, params: Params) -> Message | None:
    """Return the message of `message_id`; None where it is missing or deleted."""
    message = chat.messages.get(need(params, "message_id", "message identifier is not specified"))
    return None if message is None or message.deleted else message


def _editable(realm: Realm, bot: Bot, params: Params) -> tuple[Chat, Message]:
    """Return the chat and the bot's message; raise a 400 error where it cannot be edited."""
    chat = realm.open_chat(bot, params)
    message = _find(chat, params)
    if message is None:
        raise bad_request("message to edit not found")
    if not message.outgoing or message.has_reply_keyboard:
        raise bad_request("message can't be edited")
    return chat, message


def _edited(realm: Realm, bot: Bot, chat: Chat, message: Message, markup: Markup) -> Json:
    """Record the edit and return the message as JSON."""
    message.markup = markup.inline
    message.offered |= markup.data
    message.edited = int(realm.seconds())
    realm.record_entry(bot, chat, "edited", message=message, keyboard=message.keyboard)
    return message.as_json()


def _not_modified() -> Exception:
    """Return the error of an edit without changes."""
    return bad_request(
        "message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )


_WHICH = {"chat_id": ParamType.CHAT, "message_id": ParamType.INT}
_TEXT = {
    "text": ParamType.TEXT,
    "parse_mode": ParamType.TEXT,
    "link_preview_options": ParamType.OBJECT,
}

METHODS = (
    Method("sendMessage", send_message, SENDING | _TEXT),
    Method(
        "editMessageText", edit_message_text, _WHICH | _TEXT | {"reply_markup": ParamType.OBJECT}
    ),
    Method(
        "editMessageCaption",
        edit_message_caption,
        _WHICH
        | {
            "caption": ParamType.TEXT,
            "parse_mode": ParamType.TEXT,
            "reply_markup": ParamType.OBJECT,
        },
    ),
    Method(
        "editMessageReplyMarkup",
        edit_message_reply_markup,
        _WHICH | {"reply_markup": ParamType.OBJECT},
    ),
    Method("deleteMessage", delete_message, _WHICH),
    Method(
        "setMessageReaction",
        set_message_reaction,
        _WHICH | {"reaction": ParamType.LIST, "is_big": ParamType.BOOL},
    ),
)

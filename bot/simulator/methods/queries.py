"""Methods for answers to callback queries and for chat actions such as "typing…"."""

from __future__ import annotations

from bot.simulator.entities import utf16_length
from bot.simulator.methods.method import Method
from bot.simulator.params import Params, ParamType, bad_request
from bot.simulator.realm import Realm
from bot.simulator.state import Bot

ANSWERABLE_FOR = 15.0  # seconds; the client shows progress no longer
LONGEST_TOAST = 200
ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


def answer_callback_query(realm: Realm, bot: Bot, params: Params) -> bool:
    """Answer a callback query once, within 15 seconds; else raise a 400 error."""
    text = params.get("text", "")
    if utf16_length(text) > LONGEST_TOAST:
        raise bad_request("MESSAGE_TOO_LONG")
    query = bot.queries.get(params.get("callback_query_id", ""))
    too_old = query is None or realm.seconds() - query.asked_at > ANSWERABLE_FOR
    if query is None or too_old or query.answer is not None:
        raise bad_request("query is too old and response timeout expired or query ID is invalid")
    query.answer = text
    if text:
        chat = bot.chats[query.chat_id]
        realm.record_entry(bot, chat, "toast", text=text, user_id=query.user_id)
    return True


def send_chat_action(realm: Realm, bot: Bot, params: Params) -> bool:
    """Show the bot's action in the chat."""
    if params.get("action") not in ACTIONS:
        raise bad_request("wrong parameter action in request")
    chat = realm.open_chat(bot, params)
    realm.record_entry(bot, chat, "typing", text=params["action"])
    return True


METHODS = (
    Method(
        "answerCallbackQuery",
        answer_callback_query,
        {
            "callback_query_id": ParamType.TEXT,
            "text": ParamType.TEXT,
            "show_alert": ParamType.BOOL,
            "cache_time": ParamType.INT,
        },
    ),
    Method(
        "sendChatAction", send_chat_action, {"chat_id": ParamType.CHAT, "action": ParamType.TEXT}
    ),
)

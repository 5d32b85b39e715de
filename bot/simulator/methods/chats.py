"""Methods to get and leave chats."""

from __future__ import annotations

from bot.simulator.methods.method import Method
from bot.simulator.params import Params, ParamType, bad_request
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Json


def get_chat(realm: Realm, bot: Bot, params: Params) -> Json:
    """Return the Bot API's ChatFullInfo of a chat."""
    shown = realm.known_chat(bot, params).as_json()
    gifts = {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    }
    return shown | {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": gifts}


def leave_chat(realm: Realm, bot: Bot, params: Params) -> bool:
    """Leave a group or channel; raise a 400 error for a private chat."""
    chat = realm.open_chat(bot, params)
    if chat.private:
        raise bad_request("chat member status can't be changed in private chats")
    chat.joined = False
    realm.record_entry(bot, chat, "blocked")
    return True


METHODS = (
    Method("getChat", get_chat, {"chat_id": ParamType.CHAT}),
    Method("leaveChat", leave_chat, {"chat_id": ParamType.CHAT}),
)

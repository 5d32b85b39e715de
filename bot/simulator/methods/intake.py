"""How a bot gets its updates: getUpdates and the webhook."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from bot.errors import ApiError
from bot.simulator.methods.method import Method
from bot.simulator.params import Params, ParamType, bad_request
from bot.simulator.realm import Realm
from bot.simulator.state import Bot, Json, Webhook
from bot.simulator.updates import KINDS

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


def get_updates(realm: Realm, bot: Bot, params: Params) -> list[Json]:
    """Answer what waits, at once: the faces do the waiting of `timeout`."""
    if bot.webhook is not None:
        raise ApiError(
            409,
            "Conflict: can't use getUpdates method while webhook is active; "
            "use deleteWebhook to delete the webhook first",
        )
    _allow(bot, params)
    offset, limit = params.get("offset", 0), params.get("limit", 100)
    return [each.read() for each in bot.updates.get(offset, limit, at=realm.seconds())]


def set_webhook(_: Realm, bot: Bot, params: Params) -> bool:
    """Set where updates are posted; an empty address takes the webhook away."""
    url = params.get("url", "")
    if not url:
        return delete_webhook(_, bot, params)
    parts = urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
    secret = params.get("secret_token")
    if secret is not None and not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    connections = params.get("max_connections", USUAL_CONNECTIONS)
    _allow(bot, params)
    if params.get("drop_pending_updates"):
        bot.updates.drop()
    bot.webhook = Webhook(url, secret, min(max(connections, 1), MOST_CONNECTIONS))
    return True


def delete_webhook(_: Realm, bot: Bot, params: Params) -> bool:
    """Take the webhook away; what waits is kept unless it is to be dropped."""
    bot.webhook = None
    if params.get("drop_pending_updates"):
        bot.updates.drop()
    return True


def get_webhook_info(realm: Realm, bot: Bot, _: Params) -> Json:
    """Tell where updates are posted and how that goes."""
    bot.updates.expire(realm.seconds())
    hook = bot.webhook
    info: Json = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(bot.updates),
    }
    if hook is None:
        return info
    info["max_connections"] = hook.max_connections
    if bot.updates.allowed:
        info["allowed_updates"] = [kind for kind in KINDS if kind in bot.updates.allowed]
    if hook.last_error is not None:
        info |= {"last_error_date": hook.last_error_at, "last_error_message": hook.last_error}
    return info


def _allow(bot: Bot, params: Params) -> None:
    """Keep `allowed_updates` where it is given; without it the last list stays."""
    kinds: Sequence[Any] | None = params.get("allowed_updates")
    if kinds is None:
        return
    unknown = [kind for kind in kinds if kind not in KINDS]
    if unknown:
        raise bad_request(f'unknown kind of update "{unknown[0]}" in allowed_updates')
    bot.updates.allow(kinds)


METHODS = (
    Method(
        "getUpdates",
        get_updates,
        {
            "offset": ParamType.INT,
            "limit": ParamType.INT,
            "timeout": ParamType.INT,
            "allowed_updates": ParamType.LIST,
        },
    ),
    Method(
        "setWebhook",
        set_webhook,
        {
            "url": ParamType.TEXT,
            "secret_token": ParamType.TEXT,
            "max_connections": ParamType.INT,
            "allowed_updates": ParamType.LIST,
            "drop_pending_updates": ParamType.BOOL,
        },
    ),
    Method("deleteWebhook", delete_webhook, {"drop_pending_updates": ParamType.BOOL}),
    Method("getWebhookInfo", get_webhook_info, {}),
)

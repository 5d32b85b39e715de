"""Methods by which a bot gets its updates: getUpdates and the webhook."""

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
    """Return pending updates at once; the HTTP interface implements the wait of `timeout`."""
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
    """Set the webhook; an empty URL removes it; raise a 400 error for a bad URL or secret."""
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
    """Remove the webhook; keep pending updates unless `drop_pending_updates` is set."""
    bot.webhook = None
    if params.get("drop_pending_updates"):
        bot.updates.drop()
    return True


def get_webhook_info(realm: Realm, bot: Bot, _: Params) -> Json:
    """Return the Bot API's WebhookInfo."""
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
    """Set `allowed_updates` where it is given, else keep the last list."""
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

"""The webhook: Telegram delivers updates; the route answers 200 only after the commit."""

from __future__ import annotations

import hashlib
import hmac
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot import watch
from bot.errors import DatabaseUnavailable, OversizedUpdate
from bot.json_text import read_bounded
from bot.store.store import Store
from bot.transport.api import BotApi
from bot.transport.condition import IntakeCondition
from bot.transport.inbox_rows import Unreadable
from bot.transport.intake import Intake
from bot.transport.metadata import update_id_of
from bot.transport.polling import ALLOWED_UPDATES

PATH = "/telegram"
FACT = "webhook_secret_digest"
LARGEST_BODY = 1024 * 1024  # bytes
LOOK_TIMEOUT = 10.0  # seconds
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
_LEADING_ID = re.compile(rb'\s*\{\s*"update_id"\s*:\s*(\d{1,18})\s*,')
log = logging.getLogger("brobygger.webhook")

Handler = Callable[[web.Request], Awaitable[web.Response]]


def webhook(intake: Intake, secret: str, took: Callable[[], None] = lambda: None) -> Handler:
    """Return the handler that takes one update; it answers 200, 400, 401, 413 or 503.

    It calls *took* after each commit.
    """

    async def take(request: web.Request) -> web.Response:
        given = request.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(errors="surrogateescape"), secret.encode()):
            return _refuse(401, "secret")
        body = await request.content.read(LARGEST_BODY + 1)
        while not request.content.at_eof() and len(body) <= LARGEST_BODY:
            body += await request.content.read(LARGEST_BODY + 1 - len(body))
        oversized = len(body) > LARGEST_BODY
        update = _ids_of(body) if oversized else _read(body)
        if update is None:
            return _refuse(413, "size") if oversized else _refuse(400, "form")
        try:
            await intake.take([update])
        except DatabaseUnavailable as error:
            log.warning("database_unavailable", extra={"why": str(error)})
            return _refuse(503, "store")
        took()
        return web.Response()

    return take


def _refuse(status: int, why: str) -> web.Response:
    """Count the refusal and return its response."""
    watch.WEBHOOK_REFUSED.labels(why).inc()
    return web.Response(status=status)


def _read(body: bytes) -> Any:
    """Return the update in *body*; None where it is not JSON with an update id."""
    try:
        update = read_bounded(body)
    except ValueError:
        return None
    return None if update_id_of(update) is None else update


def _ids_of(body: bytes) -> Unreadable | None:
    """Return the id of an oversized update, else None; Telegram would repeat a refused one."""
    found = _LEADING_ID.match(body)
    return Unreadable(str(int(found[1])), OversizedUpdate.__name__) if found else None


async def set_webhook(store: Store, api: BotApi, url: str, secret: str) -> bool:
    """Set the webhook where URL, secret or allowed updates differ; return whether it was set.

    Telegram does not return the secret, so a digest of the last one set is stored.
    """
    digest = hashlib.sha256(secret.encode()).hexdigest()
    now = await api.call("getWebhookInfo", {})
    async with store.reading() as unit:
        known = await unit.facts.get(FACT)
    stands = sorted(now.get("allowed_updates", [])) == sorted(ALLOWED_UPDATES)
    if now.get("url") == url and stands and known == digest:
        return False
    await api.call(
        "setWebhook",
        {
            "url": url,
            "secret_token": secret,
            "allowed_updates": ALLOWED_UPDATES,
            "drop_pending_updates": False,
        },
    )
    async with store.unit() as unit:
        await unit.facts.set(FACT, digest)
    return True


async def look_at_telegram(
    store: Store, api: BotApi, condition: IntakeCondition, url: str | None
) -> None:
    """Record how many updates wait at Telegram, and with a webhook *url* whether delivery works."""
    info = await api.call("getWebhookInfo", {}, timeout=LOOK_TIMEOUT)
    if url is None:
        condition.note(info)
        condition.settle()
        return
    async with store.reading() as unit:
        heard = await unit.inbox.heard_at()
    condition.judge(url, info, heard)

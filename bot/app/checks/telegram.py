"""Observe the connection to Telegram and how updates come in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

import aiohttp

from bot.app.checks.machine import PATIENCE
from bot.app.checks.observed import Telegram
from bot.errors import TransportError
from bot.settings import Settings
from bot.transport.api import HttpBotApi
from bot.transport.condition import WebhookInfo
from bot.transport.webhook import PATH

TIMEOUT = 5.0  # seconds


async def observe_telegram(found: Settings, now: datetime) -> Telegram:
    """Ask Telegram whether it knows the token, for its WebhookInfo, and for its time."""
    seen = Telegram(
        host=urlsplit(found.telegram_api_url).hostname or "",
        intake=found.intake,
        webhook_url=found.webhook_url + PATH,
    )
    api = HttpBotApi(found.telegram_api_url, found.bot_token)
    try:
        await api.call("getMe", {}, timeout=TIMEOUT)
        info = await api.call("getWebhookInfo", {}, timeout=TIMEOUT)
    except TransportError as error:
        return replace(seen, error=error)
    finally:
        await api.close()
    ahead = await _clock_ahead(found.telegram_api_url, now)
    return replace(seen, info=WebhookInfo.of(info), clock_ahead=ahead)


async def _clock_ahead(url: str, now: datetime) -> timedelta:
    """Return this machine's time minus Telegram's; zero where Telegram names no time."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(url + "/", allow_redirects=False) as got,
        ):
            theirs = parsedate_to_datetime(got.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return timedelta()
    return now - theirs.astimezone(UTC)

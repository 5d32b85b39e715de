"""Checks of the connection to Telegram and of how updates come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.app.doctor.ailment import Ailment
from bot.app.doctor.machine import PATIENCE
from bot.errors import ApiError, TransportError
from bot.settings import Settings
from bot.transport.api import HttpBotApi
from bot.transport.condition import ERROR_IS_NEW, NOT_FOUND, UNAUTHORIZED
from bot.transport.webhook import PATH

CLOCK_OFF = timedelta(seconds=30)
MANY_WAIT = 100  # updates
SILENT = timedelta(hours=1)
TIMEOUT = 5.0  # seconds


async def examine_telegram(found: Settings, now: datetime, heard: datetime | None) -> list[Ailment]:
    """Check token, clock and intake with Telegram; *heard* is when the last update came in."""
    api = HttpBotApi(found.telegram_api_url, found.bot_token)
    try:
        await api.call("getMe", {}, timeout=TIMEOUT)
        about = await api.call("getWebhookInfo", {}, timeout=TIMEOUT)
    except ApiError as error:
        return [_refused(error)]
    except TransportError:
        return [_away(found)]
    finally:
        await api.close()
    return [*await _clock(found, now), *_updates(found, about, now, heard)]


def _refused(error: ApiError) -> Ailment:
    """Return the ailment of an error answer."""
    if error.code in (UNAUTHORIZED, NOT_FOUND):
        return Ailment(
            "wrong_token",
            "Telegram does not know this token.",
            "Nothing can be received or sent; what is to be sent waits.",
            "Copy it again from @BotFather into BROBYGGER_BOT_TOKEN.",
        )
    return Ailment(
        "telegram_refuses",
        f"Telegram answers with error {error.code}.",
        "Nothing can be received or sent; what is to be sent waits.",
        "Wait a few minutes and ask again; then look at Telegram's own news.",
    )


def _away(found: Settings) -> Ailment:
    """Return the ailment of an unreachable Telegram."""
    where = urlsplit(found.telegram_api_url).hostname
    return Ailment(
        "telegram_away",
        f"{where} cannot be reached.",
        "Nothing can be received or sent; Telegram keeps what citizens write for 24 hours.",
        "Look at the network, the firewall and the name server, and at BROBYGGER_TELEGRAM_API_URL.",
    )


async def _clock(found: Settings, now: datetime) -> list[Ailment]:
    """Check that the machine's clock is within 30 seconds of Telegram's."""
    try:
        async with (
            aiohttp.ClientSession(timeout=PATIENCE) as session,
            session.get(found.telegram_api_url + "/", allow_redirects=False) as got,
        ):
            theirs = parsedate_to_datetime(got.headers.get("Date", ""))
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return []
    off = now - theirs.astimezone(UTC)
    if abs(off) <= CLOCK_OFF:
        return []
    way = "ahead of" if off > timedelta() else "behind"
    return [
        Ailment(
            "clock_off",
            f"This machine's clock is {abs(off) // timedelta(seconds=1)} seconds {way} Telegram's.",
            "Dates that citizens are promised, reminders and quiet hours go by it.",
            "Let the machine keep its time by NTP.",
        )
    ]


def _updates(
    found: Settings, about: Mapping[str, Any], now: datetime, heard: datetime | None
) -> list[Ailment]:
    """Check that updates come in and do not pile up at Telegram."""
    waiting = int(about.get("pending_update_count") or 0)
    seen = _polling(about) if found.intake == "polling" else _webhook(found, about, now)
    if waiting and heard is not None and now - heard > SILENT:
        seen.append(
            Ailment(
                "intake_silent",
                f"No update came in for over an hour; at Telegram wait {waiting}.",
                "Telegram throws away what is not fetched within 24 hours.",
                "See that brobygger run is running and what its log says of telegram.",
            )
        )
    elif waiting > MANY_WAIT:
        seen.append(
            Ailment(
                "updates_wait",
                f"Updates that wait at Telegram: {waiting}.",
                "Citizens wait for an answer, and what is 24 hours old is thrown away.",
                "See that brobygger run is running and that the database is not slow.",
            )
        )
    return seen


def _polling(about: Mapping[str, Any]) -> list[Ailment]:
    """Check that no webhook prevents polling."""
    if not about.get("url"):
        return []
    return [
        Ailment(
            "webhook_elsewhere",
            f"Telegram brings the updates to {urlsplit(about['url']).hostname}.",
            "While that is so none can be fetched: BROBYGGER_INTAKE is polling.",
            "Start the bot again, which takes the webhook away; else see who sets it.",
        )
    ]


def _webhook(found: Settings, about: Mapping[str, Any], now: datetime) -> list[Ailment]:
    """Check that the webhook is ours, and that no delivery failed in the last hour."""
    if about.get("url") != found.webhook_url + PATH:
        there = urlsplit(about.get("url") or "").hostname or "nowhere"
        return [
            Ailment(
                "webhook_not_set",
                f"Telegram brings the updates to {there}, not to {found.webhook_url + PATH}.",
                "None comes in here.",
                "Start the bot again, which sets it; else see who else has this token.",
            )
        ]
    at = datetime.fromtimestamp(int(about.get("last_error_date") or 0), UTC)
    if now - at > ERROR_IS_NEW:
        return []
    return [
        Ailment(
            "webhook_fails",
            f"Telegram could not bring an update: {about.get('last_error_message')}.",
            "It tries again for 24 hours, more and more seldom.",
            "Look at the proxy before the bot: certificate, name, port, and the path /telegram.",
        )
    ]

"""What is wrong between Telegram and us."""

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
    """Ask Telegram who we are and how updates come; *heard* is when the last one came in."""
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
    """Say that Telegram refuses."""
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
    """Say that Telegram cannot be reached."""
    where = urlsplit(found.telegram_api_url).hostname
    return Ailment(
        "telegram_away",
        f"{where} cannot be reached.",
        "Nothing can be received or sent; Telegram keeps what citizens write for 24 hours.",
        "Look at the network, the firewall and the name server, and at BROBYGGER_TELEGRAM_API_URL.",
    )


async def _clock(found: Settings, now: datetime) -> list[Ailment]:
    """Hold the machine's clock against Telegram's."""
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
    """Look how updates come in."""
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
    """Look for a webhook that takes the updates away."""
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
    """Look whether the webhook is ours, and whether Telegram comes through."""
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

"""The Bot API over aiohttp: one session, and errors that say what is known."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Protocol

import aiohttp

from bot.errors import Ambiguous, ApiError, TransportError, Unreachable

FLOOD, SERVER_ERROR = 429, 500
CONNECT_TIMEOUT = 10.0  # seconds
CONNECTIONS = 50  # thirty sends, a poll, and those that go beside the outbox


class BotApi(Protocol):
    """One bot's calls: Telegram's own, or a simulator's."""

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - every call has its own
        """Return the result as JSON; raise `ApiError`, `Unreachable` or `Ambiguous`."""
        ...

    async def close(self) -> None:
        """Let the connections go."""
        ...


class HttpBotApi:
    """Calls over HTTP. The token stands in the URL, so no exception of aiohttp's gets out."""

    def __init__(self, base_url: str, token: str) -> None:
        """Call as the bot of *token*; *base_url* is what stands before ``/bot<token>/``."""
        self._prefix = f"{base_url.rstrip('/')}/bot{token}/"
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        """Show nothing of the token."""
        return "<HttpBotApi>"

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - the port's word
        """Return the result as JSON; raise `ApiError`, `Unreachable` or `Ambiguous`.

        An answer from Telegram's 500s on says nothing about whether the call was
        carried out, so it is ambiguous as well.
        """
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector)
        limits = aiohttp.ClientTimeout(total=timeout, connect=CONNECT_TIMEOUT)
        failed: TransportError
        try:
            async with self._session.post(
                self._prefix + method, json=params, timeout=limits
            ) as got:
                status, body = got.status, await got.read()
            return _result(status, body)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            failed = Unreachable()
        except (TimeoutError, aiohttp.ClientError, OSError):
            failed = Ambiguous()
        # Raised out here: `from None` would still keep aiohttp's error, and its URL, as context.
        raise failed

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _result(status: int, body: bytes) -> Any:
    """Read Telegram's answer."""
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or status >= SERVER_ERROR:
        raise Ambiguous(f"Telegram answered {status}")
    if answer.get("ok"):
        return answer.get("result")
    wait = (answer.get("parameters") or {}).get("retry_after")
    raise ApiError(
        int(answer.get("error_code", status)),
        str(answer.get("description", "")),
        float(wait) if wait is not None else None,
    )

"""The Bot API over HTTP.

The address of a call holds the token, and what a network library says of a
failure holds the address. So no error of such a library leaves this file, not
even as the cause or the context of one of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, Protocol

import aiohttp

from bot.errors import Ambiguous, ApiError, TransportError, Unreachable
from bot.transport.codec import dump, load

CONNECT_WITHIN = 10.0  # seconds
CONNECTIONS = 100
JSON_HEADERS = {"Content-Type": "application/json"}


class BotApi(Protocol):
    """One bot's way to Telegram; the simulator has another."""

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:
        """Return Telegram's result, or raise ApiError, Unreachable or Ambiguous."""
        ...

    async def close(self) -> None:
        """Let the connections go."""
        ...


class HttpBotApi:
    """Calls a Bot API server, on connections that are kept."""

    def __init__(self, base_url: str, token: str) -> None:
        """Call the server at *base_url*: what stands before ``/bot<token>/``."""
        self._base_url = base_url.rstrip("/")
        self._token = token
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        """Say where we call, and nothing secret."""
        return f"HttpBotApi({self._hide(self._base_url)!r})"

    async def call(self, method: str, params: Mapping[str, Any], *, timeout: float = 20.0) -> Any:  # noqa: ASYNC109 - aiohttp keeps it
        """Return Telegram's result.

        Raises `Unreachable` where the request was not written, and `Ambiguous`
        where it was but no answer came. An answer is an `ApiError` even when
        it says 5xx: whether that was carried out is as unknown, but whoever
        waits for Telegram to recover must be able to tell the two apart.
        """
        written = SimpleNamespace(any=False)
        answer: tuple[int, str, bytes] | None = None
        try:
            answer = await self._post(method, dump(dict(params)), timeout, written)
        except (aiohttp.ClientError, OSError, TimeoutError):
            # Raised below, outside of this block: else our error would carry
            # this one, and with it the token, as its context.
            pass
        if answer is None:
            raise Ambiguous if written.any else Unreachable
        return self._read(*answer)

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _post(
        self, method: str, body: bytes, seconds: float, written: SimpleNamespace
    ) -> tuple[int, str, bytes]:
        """Post *body*; return the status, its words and what came back."""
        async with self._open().post(
            f"{self._base_url}/bot{self._token}/{method}",
            data=body,
            headers=JSON_HEADERS,
            allow_redirects=False,
            timeout=aiohttp.ClientTimeout(total=seconds, connect=min(CONNECT_WITHIN, seconds)),
            trace_request_ctx=written,
        ) as response:
            return response.status, response.reason or "", await response.read()

    def _open(self) -> aiohttp.ClientSession:
        """Return the session; it is made within the loop that uses it."""
        if self._session is None:
            trace = aiohttp.TraceConfig()
            trace.on_request_headers_sent.append(_note_written)
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS), trace_configs=[trace]
            )
        return self._session

    def _read(self, status: int, reason: str, body: bytes) -> Any:
        """Return the result that Telegram's answer holds, or raise what it says."""
        said = _as_json(body)
        if said is None:
            raise self._unread(status, reason)
        if said.get("ok") is True and "result" in said:
            return said["result"]
        parameters = said.get("parameters")
        seconds = parameters.get("retry_after") if isinstance(parameters, dict) else None
        raise ApiError(
            int(said.get("error_code", status)),
            self._hide(str(said.get("description", reason))),
            float(seconds) if seconds is not None else None,
        )

    def _unread(self, status: int, reason: str) -> TransportError:
        """Word an answer that is not Telegram's: a gateway's, or one that broke off."""
        if status < 300:  # noqa: PLR2004 - carried out, perhaps
            return Ambiguous()
        return ApiError(status, self._hide(reason))

    def _hide(self, words: str) -> str:
        """Take the token out of words that are not ours."""
        return words.replace(self._token, "[token]")


def _as_json(body: bytes) -> dict[str, Any] | None:
    """Read an answer; None where it is not Telegram's JSON."""
    try:
        said = load(body)
    except ValueError:
        return None
    return said if isinstance(said, dict) and "ok" in said else None


async def _note_written(_session: object, context: SimpleNamespace, _params: object) -> None:
    """Note that the request is on its way: from here on it may be carried out."""
    context.trace_request_ctx.any = True

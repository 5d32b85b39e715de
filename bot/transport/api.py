"""The Bot API client over aiohttp: one session, and errors that say whether a call took effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from io import BytesIO
from typing import Any, Protocol, TypeVar

import aiohttp

from bot.errors import Ambiguous, ApiError, ServerFault, TooLarge, TransportError, Unreachable
from bot.json_text import read_bounded, write_json

OK, FLOOD, SERVER_ERROR = 200, 429, 500
CONNECT_TIMEOUT = 10.0  # seconds
DOWNLOAD_TIMEOUT = 60.0  # seconds for the largest file
LARGEST_FETCHED = 20 * 1024 * 1024  # bytes, Telegram's limit
CHUNK = 64 * 1024
Result = TypeVar("Result")
CONNECTIONS = 50  # 30 courier calls, 1 poll, and the calls made without the outbox


Files = Mapping[str, tuple[str, str, bytes]]  # by parameter: name, MIME type, content


class BotApi(Protocol):
    """Bot API calls of one bot, to Telegram or to the simulator."""

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        timeout: float = 20.0,  # noqa: ASYNC109 - each call sets its own
        files: Files | None = None,
    ) -> Any:
        """Return the result as JSON; raise `ApiError`, `Unreachable` or `Ambiguous`."""
        ...

    async def download(self, file_path: str) -> bytes:
        """Return the bytes at a path that getFile gave; raise as `call` does, or `TooLarge`."""
        ...

    async def close(self) -> None:
        """Close the connections."""
        ...


class HttpBotApi:
    """Calls over HTTP. The URL contains the token, so aiohttp's exceptions are replaced by ours."""

    def __init__(self, base_url: str, token: str, heard: Callable[[], None] = lambda: None) -> None:
        """Call as the bot of *token*; *base_url* is the part of the URL before ``/bot<token>/``.

        *heard* is called after every API answer with a status below 500.
        """
        base = base_url.rstrip("/")
        self._prefix = f"{base}/bot{token}/"
        self._files = f"{base}/file/bot{token}/"
        self._heard = heard
        self._session: aiohttp.ClientSession | None = None

    def __repr__(self) -> str:
        """Return a text without the token."""
        return "<HttpBotApi>"

    async def call(
        self,
        method: str,
        params: Mapping[str, Any],
        *,
        timeout: float = 20.0,  # noqa: ASYNC109 - the protocol's parameter
        files: Files | None = None,
    ) -> Any:
        """Return the result as JSON; raise `ApiError`, `Unreachable` or `Ambiguous`.

        After a status of 500 or above the call may still have been executed, so
        `ServerFault` is a kind of `Ambiguous`.
        """
        body: dict[str, Any] = {"data": _form(params, files)} if files else {"json": params}

        async def ask() -> Any:
            async with self._open().post(
                self._prefix + method, timeout=_limits(timeout), **body
            ) as got:
                status, answer = got.status, await got.read()
            if status < SERVER_ERROR:
                self._heard()
            return _result(status, answer)

        return await _said(ask)

    async def download(self, file_path: str) -> bytes:
        """Return the bytes at a path that getFile gave; raise as `call` does, or `TooLarge`."""

        async def fetch() -> bytes:
            async with self._open().get(
                self._files + file_path, timeout=_limits(DOWNLOAD_TIMEOUT)
            ) as got:
                if got.status >= SERVER_ERROR:
                    raise ServerFault(f"Telegram answered {got.status}")
                if got.status != OK:
                    raise ApiError(got.status, "the file cannot be had")
                return await _bounded(got.content)

        return await _said(fetch)

    def _open(self) -> aiohttp.ClientSession:
        """Return the session; open it at the first call."""
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=60)
            self._session = aiohttp.ClientSession(connector=connector, json_serialize=write_json)
        return self._session

    async def close(self) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _limits(seconds: float) -> aiohttp.ClientTimeout:
    """Return the timeout of a call: *seconds* in total, 10 of them to connect."""
    return aiohttp.ClientTimeout(total=seconds, connect=CONNECT_TIMEOUT)


async def _said(ask: Callable[[], Awaitable[Result]]) -> Result:
    """Return the result of *ask*; raise `Unreachable` or `Ambiguous` for aiohttp's errors."""
    failed: TransportError
    try:
        return await ask()
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
        failed = Unreachable()
    except (TimeoutError, aiohttp.ClientError, OSError):
        failed = Ambiguous()
    # Raise outside the handler: `from None` would keep aiohttp's error and URL as __context__.
    raise failed


async def _bounded(stream: aiohttp.StreamReader) -> bytes:
    """Return a file's bytes; raise `TooLarge` above 20 MB, the most a bot may download."""
    content = bytearray()
    async for chunk in stream.iter_chunked(CHUNK):
        content += chunk
        if len(content) > LARGEST_FETCHED:
            raise TooLarge
    return bytes(content)


def _form(params: Mapping[str, Any], files: Files) -> aiohttp.FormData:
    """Return a call as a multipart body: its parameters as text, and its files."""
    form = aiohttp.FormData(quote_fields=False, default_to_multipart=True)
    for name, value in params.items():
        form.add_field(name, value if isinstance(value, str) else write_json(value))
    for name, (file_name, mime, content) in files.items():
        form.add_field(name, BytesIO(content), filename=file_name, content_type=mime)
    return form


def _result(status: int, body: bytes) -> Any:
    """Return the result in Telegram's answer; raise `ApiError`, `ServerFault` or `Ambiguous`."""
    try:
        answer = read_bounded(body)
    except ValueError:
        answer = None
    if status >= SERVER_ERROR:
        raise ServerFault(f"Telegram answered {status}")
    if not isinstance(answer, dict):
        raise Ambiguous(f"Telegram answered {status}")
    if answer.get("ok"):
        return answer.get("result")
    wait = (answer.get("parameters") or {}).get("retry_after")
    raise ApiError(
        int(answer.get("error_code", status)),
        str(answer.get("description", "")),
        float(wait) if wait is not None else None,
    )

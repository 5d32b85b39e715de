"""A webhook call gets 200 only after the commit, and strangers are refused."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from transport_town import Counts, FickleStore, intake_of, message

from bot.errors import ApiError
from bot.simulator import World
from bot.simulator.inprocess import InProcessApi
from bot.transport.polling import ALLOWED_UPDATES
from bot.transport.webhook import LARGEST_BODY, PATH, SECRET_HEADER, set_webhook, webhook

SECRET = "a-secret-of-these-tests"  # noqa: S105 - not a real secret
URL = "https://town.example/telegram"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


class WebhookServer:
    """A running webhook with its counts."""

    def __init__(self, port: int, counts: Counts, session: aiohttp.ClientSession) -> None:
        """Send requests to *port*."""
        self.port, self.counts, self._session = port, counts, session

    async def bring(self, body: Any, secret: str | None = SECRET) -> int:
        """Send a body as Telegram does; return the status."""
        headers = {SECRET_HEADER: secret} if secret is not None else {}
        url = f"http://127.0.0.1:{self.port}{PATH}"
        async with self._session.post(url, data=body, headers=headers) as answer:
            assert await answer.read() == b""
            return answer.status

    async def bring_raw(self, header: bytes) -> bytes:
        """Send an update with a raw header; return the first line of the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        body = as_json(message(1, "Hi"))
        name = SECRET_HEADER.encode()
        writer.write(
            b"POST %s HTTP/1.1\r\nHost: x\r\n%s: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (PATH.encode(), name, header, len(body), body)
        )
        line = await reader.readline()
        writer.close()
        await writer.wait_closed()
        return line


@pytest.fixture
async def hook(fickle: FickleStore, in_process: InProcessApi) -> AsyncIterator[WebhookServer]:
    """Serve the webhook on loopback."""
    intake, counts = intake_of(fickle, in_process), Counts()
    app = web.Application(client_max_size=LARGEST_BODY)
    app.router.add_post(PATH, webhook(intake, SECRET))
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with aiohttp.ClientSession() as session:
        yield WebhookServer(runner.addresses[0][1], counts, session)
    await runner.cleanup()


def as_json(update: Any) -> bytes:
    """Return an update as JSON bytes."""
    return json.dumps(update).encode()


async def depth(store: FickleStore) -> int:
    """Return the number of waiting inbox rows."""
    async with store.reading() as unit:
        return (await unit.inbox.depth()).count


async def test_an_update_is_in_when_200_is_said(hook: WebhookServer, fickle: FickleStore) -> None:
    """The answer follows the commit."""
    assert await hook.bring(as_json(message(1, "Hi"))) == 200
    assert await depth(fickle) == 1
    assert not hook.counts.grown()


async def test_a_repeated_update_is_200_too(hook: WebhookServer, fickle: FickleStore) -> None:
    """A repeated update gets 200, as it is already stored."""
    assert [await hook.bring(as_json(message(1, "Hi"))) for _ in range(2)] == [200, 200]
    assert await depth(fickle) == 1


async def test_503_with_the_database_unavailable(hook: WebhookServer, fickle: FickleStore) -> None:
    """While the database is unavailable the answer is 503, so Telegram repeats the call."""
    fickle.away = True
    assert await hook.bring(as_json(message(1, "Hi"))) == 503
    fickle.away = False
    assert await hook.bring(as_json(message(1, "Hi"))) == 200
    assert hook.counts.grown() == {"webhook_refused store": 1}


@pytest.mark.parametrize("secret", [None, "", "wrong", SECRET + "x", SECRET[:-1], SECRET.upper()])
async def test_401_without_the_secret(
    secret: str | None, hook: WebhookServer, fickle: FickleStore
) -> None:
    """A wrong secret is refused with 401 and counted."""
    assert await hook.bring(as_json(message(1, "Hi")), secret) == 401
    assert await depth(fickle) == 0
    assert hook.counts.grown() == {"webhook_refused secret": 1}


async def test_401_for_a_header_that_is_no_text(hook: WebhookServer) -> None:
    """A header with invalid UTF-8 counts as a wrong secret."""
    assert b"401" in await hook.bring_raw(b"\xff\xfe")
    assert b"200" in await hook.bring_raw(SECRET.encode())


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"1",
        b"null",
        b"\xff\xfe",
        b"{}",
        b'{"update_id": "1"}',
        b'{"update_id": null}',
        b'{"update_id": 9223372036854775808}',
        b"[" * 100_000,
    ],
)
async def test_400_for_what_is_no_update(
    body: bytes, hook: WebhookServer, fickle: FickleStore
) -> None:
    """A body that is not an update gets 400, as repeating it would not help."""
    assert await hook.bring(body) == 400
    assert await depth(fickle) == 0
    assert hook.counts.grown() == {"webhook_refused form": 1}


async def test_413_for_too_much(hook: WebhookServer, fickle: FickleStore) -> None:
    """A Content-Length above 1 MiB is refused before reading."""
    assert await hook.bring(io.BytesIO(b" " * (LARGEST_BODY + 1))) == 413
    assert await depth(fickle) == 0
    assert hook.counts.grown() == {"webhook_refused size": 1}


async def test_413_for_too_much_without_a_length(hook: WebhookServer) -> None:
    """A body without Content-Length is refused once it exceeds 1 MiB."""

    async def stream() -> AsyncIterator[bytes]:
        for _ in range(LARGEST_BODY // 65536 + 1):
            yield b" " * 65536

    assert await hook.bring(stream()) == 413
    assert hook.counts.grown() == {"webhook_refused size": 1}


async def test_as_much_as_is_allowed_is_taken(hook: WebhookServer) -> None:
    """A body of exactly 1 MiB is accepted."""
    body = as_json(message(1, "Hi"))
    assert await hook.bring(io.BytesIO(body + b" " * (LARGEST_BODY - len(body)))) == 200


async def test_the_secret_is_looked_at_first(hook: WebhookServer) -> None:
    """The secret is checked before the size limits."""
    assert await hook.bring(b"{", "wrong") == 401
    assert await hook.bring(io.BytesIO(b" " * (LARGEST_BODY + 1)), "wrong") == 401


# -- setting the webhook


async def test_sets_the_webhook_where_there_is_none(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """`setWebhook` sends address, secret and kinds of update, and keeps pending updates."""
    world.add_user(7, "Eva")
    world.say(7, "waiting")
    assert await set_webhook(fickle, in_process, URL, SECRET)
    hook = world.the_bot().webhook
    assert hook is not None
    assert (hook.url, hook.secret_token) == (URL, SECRET)
    assert world.the_bot().updates.allowed == frozenset(ALLOWED_UPDATES)
    assert len(world.the_bot().updates) == 1


async def test_leaves_a_webhook_that_stands(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """An unchanged webhook is only read."""
    await set_webhook(fickle, in_process, URL, SECRET)
    assert not await set_webhook(fickle, in_process, URL, SECRET)
    assert world.calls["setWebhook"] == 1
    assert world.calls["getWebhookInfo"] == 2


async def test_sets_it_again_when_the_secret_changed(
    fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """The secret's digest is stored to detect a change, as Telegram does not return the secret."""
    await set_webhook(fickle, in_process, URL, SECRET)
    assert await set_webhook(fickle, in_process, URL, "another")
    hook = world.the_bot().webhook
    assert hook is not None
    assert hook.secret_token == "another"  # noqa: S105 - not a real secret
    async with fickle.reading() as unit:
        assert "another" not in await unit.facts.get("webhook_secret_digest")


@pytest.mark.parametrize(
    "other",
    [
        {"url": "https://elsewhere.example/", "allowed_updates": ALLOWED_UPDATES},
        {"url": URL, "allowed_updates": ["message"]},
        {"url": ""},
    ],
)
async def test_sets_it_again_where_telegram_says_otherwise(
    other: dict[str, Any], fickle: FickleStore, in_process: InProcessApi, world: World
) -> None:
    """A webhook with another address or other kinds of update is set again."""
    await set_webhook(fickle, in_process, URL, SECRET)
    world.call(world.the_bot().token, "setWebhook", other)
    assert await set_webhook(fickle, in_process, URL, SECRET)
    hook = world.the_bot().webhook
    assert hook is not None
    assert hook.url == URL
    assert world.the_bot().updates.allowed == frozenset(ALLOWED_UPDATES)


async def test_a_refused_address_is_not_remembered(
    fickle: FickleStore, in_process: InProcessApi
) -> None:
    """A refused setWebhook is not recorded, so the next start tries again."""
    with pytest.raises(ApiError):
        await set_webhook(fickle, in_process, "http://town.example/", SECRET)
    async with fickle.reading() as unit:
        assert await unit.facts.get("webhook_secret_digest") is None

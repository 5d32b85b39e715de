"""Test the HTTP Bot API: results, error classes, and that the token never leaks."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.clock import TravelClock
from bot.errors import Ambiguous, ApiError, TooLarge, TransportError, Unreachable
from bot.simulator import Fault, FaultKind, World
from bot.simulator.http import serve_http
from bot.testing import TOKEN
from bot.transport.api import LARGEST_FETCHED, HttpBotApi

ANA = 101
SECRET = TOKEN.partition(":")[2]
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
Serve = Callable[[Answer], Awaitable[HttpBotApi]]


@pytest.fixture
def world(clock: TravelClock) -> World:
    """Create a simulated Telegram with a bot and Ana."""
    made = World(clock.now)
    made.add_bot(TOKEN, name="Bro")
    made.add_user(ANA, "Ana")
    return made


@pytest.fixture
async def api(world: World) -> AsyncIterator[HttpBotApi]:
    """Call the simulated Telegram over loopback."""
    served = await serve_http(world)
    made = HttpBotApi(served.url, TOKEN)
    yield made
    await made.close()
    await served.close()


@pytest.fixture
async def serve() -> AsyncIterator[Serve]:
    """Serve every call with a function of the test."""
    closing: list[Callable[[], Awaitable[None]]] = []

    async def begin(answer: Answer) -> HttpBotApi:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", answer)
        runner = web.AppRunner(app, shutdown_timeout=0.1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        made = HttpBotApi(f"http://127.0.0.1:{runner.addresses[0][1]}", TOKEN)
        closing.extend([made.close, runner.cleanup])
        return made

    yield begin
    for close in closing:
        await close()


async def failure(api: HttpBotApi, method: str = "getMe", **options: Any) -> TransportError:
    """Return the error that the call raises, after searching it for the token."""
    with pytest.raises(TransportError) as caught:
        await api.call(method, {"chat_id": ANA, "text": "Hi"}, **options)
    assert_silent(caught.value)
    return caught.value


def assert_silent(error: BaseException) -> None:
    """Assert that neither an error nor its causes contain the token."""
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop()
        if one is None:
            continue
        words = "".join(traceback.format_exception(one))
        words += f"{one!s} {one!r} {one.args!r} {vars(one)!r} {getattr(one, '__notes__', '')}"
        assert SECRET not in words
        waiting += [one.__cause__, one.__context__]


async def test_returns_the_result(api: HttpBotApi, world: World) -> None:
    """A call returns Telegram's result."""
    sent = await api.call("sendMessage", {"chat_id": ANA, "text": "Hi"})
    assert sent["text"] == "Hi"
    assert [m.text for m in world.the_bot().chats[ANA].shown()] == ["Hi"]


async def test_a_false_result_is_a_result(serve: Serve) -> None:
    """A result of false is a result; only `ok` marks an error."""
    api = await serve(_json({"ok": True, "result": False}))
    assert await api.call("deleteMessage", {}) is False


async def test_an_error_of_telegrams_keeps_its_words(api: HttpBotApi) -> None:
    """An error keeps Telegram's code and description; it has no retry_after."""
    with pytest.raises(ApiError) as caught:
        await api.call("sendMessage", {"chat_id": 999, "text": "Hi"})
    assert (caught.value.code, caught.value.retry_after) == (400, None)
    assert "chat not found" in caught.value.description


async def test_a_429_says_how_long(api: HttpBotApi, world: World) -> None:
    """`retry_after` is read, in seconds."""
    world.faults.add(Fault(FaultKind.FLOOD, retry_after=17))
    error = await failure(api, "sendMessage")
    assert isinstance(error, ApiError)
    assert (error.code, error.retry_after) == (429, 17.0)


async def test_a_wrong_token_is_an_error_without_it(api: HttpBotApi, world: World) -> None:
    """A 401 is raised without the token."""
    world.bots.clear()
    error = await failure(api)
    assert isinstance(error, ApiError)
    assert error.code == 401


async def test_a_refused_connection_was_surely_not_carried_out() -> None:
    """A refused connection raises `Unreachable`, as the call was surely not carried out."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    api = HttpBotApi(f"http://127.0.0.1:{port}", TOKEN)
    assert isinstance(await failure(api), Unreachable)
    await api.close()


async def test_a_name_that_leads_nowhere_is_unreachable() -> None:
    """An unknown host name raises `Unreachable`, as nothing was sent."""
    api = HttpBotApi("http://telegram.invalid", TOKEN)
    assert isinstance(await failure(api, timeout=5.0), Unreachable)
    await api.close()


async def test_a_dropped_response_is_ambiguous(api: HttpBotApi, world: World) -> None:
    """A dropped response is ambiguous, although the call was carried out."""
    world.faults.add(Fault(FaultKind.DROP))
    assert isinstance(await failure(api, "sendMessage"), Ambiguous)
    assert len(world.the_bot().chats[ANA].shown()) == 1


async def test_a_timeout_is_ambiguous(api: HttpBotApi, world: World) -> None:
    """A timeout is ambiguous, as the request was sent."""
    world.faults.add(Fault(FaultKind.SLOW, delay=0.4))
    assert isinstance(await failure(api, "sendMessage", timeout=0.1), Ambiguous)
    assert len(world.the_bot().chats[ANA].shown()) == 1


@pytest.mark.parametrize("code", [500, 502, 504])
async def test_a_failing_server_is_ambiguous(code: int, serve: Serve) -> None:
    """A code of 500 or above is ambiguous, even in a well-formed answer."""
    api = await serve(_json({"ok": False, "error_code": code}, status=code))
    assert isinstance(await failure(api), Ambiguous)


@pytest.mark.parametrize("body", [b"", b"<html>Bad gateway</html>", b"[1]", b"\xff\xfe", b"null"])
async def test_garbage_is_ambiguous(body: bytes, serve: Serve) -> None:
    """An unreadable body is ambiguous."""

    async def answer(_: web.Request) -> web.Response:
        return web.Response(body=body)

    assert isinstance(await failure(await serve(answer)), Ambiguous)


async def test_half_an_answer_is_ambiguous(serve: Serve) -> None:
    """A connection cut within the answer is ambiguous."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": "100"})
        await response.prepare(request)
        await response.write(b'{"ok": tr')
        assert request.transport is not None
        request.transport.abort()
        return response

    assert isinstance(await failure(await serve(answer)), Ambiguous)


@pytest.mark.parametrize(
    "answer",
    [
        b"this is no HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: no number\r\n\r\n",
        b"HTTP/1.1 302 Found\r\nLocation: /bot/elsewhere\r\nContent-Length: 0\r\n\r\n" * 2,
        b"",
    ],
)
async def test_what_is_not_http_is_ambiguous_and_silent(answer: bytes) -> None:
    """Invalid HTTP is ambiguous, and aiohttp's error, which quotes the URL, is hidden."""

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(speak, "127.0.0.1", 0)
    api = HttpBotApi(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", TOKEN)
    error = await failure(api)
    assert isinstance(error, Ambiguous)
    assert error.__context__ is None
    await api.close()
    server.close()
    await server.wait_closed()


async def test_redirects_for_ever_are_ambiguous_and_silent(serve: Serve) -> None:
    """Endless redirects are ambiguous, and the error does not quote the first URL."""

    async def answer(request: web.Request) -> web.Response:
        return web.Response(status=307, headers={"Location": request.path})

    assert isinstance(await failure(await serve(answer)), Ambiguous)


async def test_a_base_that_is_no_url_tells_nothing_of_the_token() -> None:
    """An invalid base URL raises an error without the token."""
    api = HttpBotApi("http://[oops", TOKEN)
    await failure(api)
    await api.close()


async def test_shows_nothing_of_the_token() -> None:
    """The repr does not contain the token."""
    assert repr(HttpBotApi("http://127.0.0.1:1", TOKEN)) == "<HttpBotApi>"


async def test_the_logs_hold_nothing_of_the_token(
    api: HttpBotApi, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    """No log line at any level contains the token."""
    caplog.set_level(0)
    await api.call("getMe", {})
    world.faults.add(Fault(FaultKind.DROP))
    await failure(api)
    # The simulator's access log belongs to the server, not to this client.
    ours = [r for r in caplog.records if not r.name.startswith("aiohttp.access")]
    assert SECRET not in " ".join(record.getMessage() for record in ours)


async def test_can_be_closed_twice_and_used_again(api: HttpBotApi) -> None:
    """Connections are opened on demand, also after closing."""
    await api.close()
    await api.close()
    assert (await api.call("getMe", {}))["is_bot"]


def _json(body: Any, status: int = 200) -> Answer:
    """Return a handler that answers every call with *body*."""

    async def answer(_: web.Request) -> web.Response:
        return web.json_response(body, status=status)

    return answer


async def test_files_go_beside_the_parameters(api: HttpBotApi, world: World) -> None:
    """A file keeps its name and type, and other parameters keep their types."""
    params = {
        "chat_id": ANA,
        "caption": "<b>Æ</b>",
        "parse_mode": "HTML",
        "disable_notification": True,
        "reply_markup": {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]},
    }
    files = {"document": ("mine data, Ægir.json", "application/json", b'{"\xc3\xa6": 1}\0')}
    sent = await api.call("sendDocument", params, files=files)
    about = {key: sent["document"][key] for key in ("file_name", "mime_type", "file_size")}
    named = {"file_name": "mine data, Ægir.json", "mime_type": "application/json"}
    assert about == named | {"file_size": 10}
    (message,) = world.the_bot().chats[ANA].shown()
    assert (message.text, message.silent, message.keyboard[0][0].data) == ("Æ", True, "a")


async def test_a_large_file_goes_whole(api: HttpBotApi, world: World) -> None:
    """Files of several megabytes are sent whole, without a warning."""
    content = bytes(range(256)) * 12_000
    files = {"document": ("a.bin", "application/octet-stream", content)}
    sent = await api.call("sendDocument", {"chat_id": ANA}, files=files)
    assert world.files[sent["document"]["file_id"]].content == content


async def test_downloads_what_get_file_names(api: HttpBotApi, world: World) -> None:
    """A download returns the bytes unchanged."""
    sent = world.send_document(ANA, "a b.bin", bytes(range(256)) * 1000)
    told = await api.call("getFile", {"file_id": sent.body["document"]["file_id"]})
    assert await api.download(told["file_path"]) == bytes(range(256)) * 1000


async def undownloaded(api: HttpBotApi, path: str = "photos/a.jpg") -> TransportError:
    """Return the error that a download raises, after searching it for the token."""
    with pytest.raises(TransportError) as caught:
        await api.download(path)
    assert_silent(caught.value)
    return caught.value


async def test_a_download_says_what_is_known(api: HttpBotApi, world: World) -> None:
    """A failed download raises the same error classes as a call."""
    error = await undownloaded(api)
    assert isinstance(error, ApiError)
    assert error.code == 404
    for code, kind in ((401, ApiError), (429, ApiError), (500, Ambiguous)):
        world.faults.add(Fault(FaultKind.ERROR, "download", times=1, code=code))
        assert isinstance(await undownloaded(api), kind)
    world.faults.add(Fault(FaultKind.DROP, "download"))
    assert isinstance(await undownloaded(api), Ambiguous)
    lost = HttpBotApi("http://telegram.invalid", TOKEN)
    assert isinstance(await undownloaded(lost), Unreachable)
    await lost.close()


async def test_a_download_that_stands_still_is_ambiguous(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stalled download is ambiguous."""

    async def answer(request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"half")
        await asyncio.sleep(5)
        return response

    monkeypatch.setattr("bot.transport.api.DOWNLOAD_TIMEOUT", 0.1)
    assert isinstance(await undownloaded(await serve(answer)), Ambiguous)


async def test_a_download_without_end_is_broken_off(serve: Serve) -> None:
    """An endless download stops at the size that a bot may fetch."""
    written = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal written
        response = web.StreamResponse()
        await response.prepare(request)
        while written < 10 * LARGEST_FETCHED:
            await response.write(bytes(1024 * 1024))
            written += 1024 * 1024
        return response

    assert isinstance(await undownloaded(await serve(answer)), TooLarge)
    assert written < 2 * LARGEST_FETCHED

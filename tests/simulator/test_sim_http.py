"""Test the Bot API over HTTP: bodies, long polling, files, webhooks and faults."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from sim_town import ANA, BO, TOKEN, Town

from bot.simulator import Fault, FaultKind
from bot.simulator.attachments import PIXEL
from bot.simulator.http import serve_http

WRONG = "1:x"


class Line:
    """A client of one served world."""

    def __init__(self, town: Town, session: aiohttp.ClientSession, url: str) -> None:
        """Send requests to *url*."""
        self.town, self.session, self.url = town, session, url

    async def ask(self, method: str, *, token: str = TOKEN, **how: Any) -> dict[str, Any]:
        """Call a method and return the body."""
        async with self.session.post(f"{self.url}/bot{token}/{method}", **how) as response:
            body: dict[str, Any] = await response.json()
            assert response.status == (200 if body["ok"] else body["error_code"])
            return body


@pytest.fixture
async def line(town: Town) -> AsyncIterator[Line]:
    """Serve the town."""
    served = await serve_http(town.world)
    async with aiohttp.ClientSession() as session:
        yield Line(town, session, served.url)
    await served.close()


async def test_takes_json_forms_and_queries(line: Line) -> None:
    """All ways of passing parameters have the same effect."""
    markup = '{"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}'
    form = {
        "chat_id": str(ANA),
        "text": "x",
        "disable_notification": "true",
        "reply_markup": markup,
    }
    as_json = {"chat_id": ANA, "text": "x"}
    assert (await line.ask("sendMessage", json=as_json))["result"]["text"] == "x"
    assert "reply_markup" in (await line.ask("sendMessage", data=form))["result"]
    assert (await line.ask("sendMessage", params=form))["result"]["message_id"] == 3
    with_file = aiohttp.FormData(
        {"chat_id": str(ANA), "photo": "attach://one", "caption": "hole"}, default_to_multipart=True
    )
    with_file.add_field("one", PIXEL, filename="a.jpg", content_type="image/jpeg")
    assert (await line.ask("sendPhoto", data=with_file))["result"]["caption"] == "hole"


async def test_errors_have_telegrams_shape(line: Line) -> None:
    """An error has Telegram's format: code, description and retry_after."""
    line.town.world.faults.add(Fault(FaultKind.FLOOD, method="getMe", retry_after=3))
    assert await line.ask("getMe") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 3",
        "parameters": {"retry_after": 3},
    }
    assert (await line.ask("getMe", token=WRONG))["error_code"] == 401
    assert (await line.ask("getUpdates", token=WRONG))["error_code"] == 401
    assert (await line.ask("nothing"))["error_code"] == 404
    broken = {"chat_id": "x", "reply_markup": "{"}
    assert (await line.ask("sendMessage", data=broken))["error_code"] == 400
    assert (await line.ask("sendMessage", json=[1]))["error_code"] == 400
    assert (await line.ask("getWebhookInfo", json={"x": 1}))["error_code"] == 400


async def test_a_long_poll_ends_with_the_first_update(line: Line) -> None:
    """The wait ends with the first message, or with an empty list at the timeout."""
    waiting = asyncio.create_task(line.ask("getUpdates", json={"timeout": 30}))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    line.town.world.say(ANA, "hi")
    (update,) = (await waiting)["result"]
    assert update["message"]["text"] == "hi"
    confirmed = {"offset": update["update_id"] + 1, "timeout": 0}
    assert (await line.ask("getUpdates", json=confirmed))["result"] == []


@pytest.mark.parametrize(
    ("method", "params", "words"),
    [
        ("getUpdates", {}, "Conflict: terminated by other getUpdates request"),
        ("setWebhook", {"url": "http://127.0.0.1:9/"}, "Conflict: terminated by setWebhook"),
    ],
)
async def test_a_second_poller_ends_the_first(
    line: Line, method: str, params: dict[str, Any], words: str
) -> None:
    """The older poll gets a 409 Conflict."""
    first = asyncio.create_task(line.ask("getUpdates", json={"timeout": 30}))
    await asyncio.sleep(0.05)
    assert (await line.ask(method, json=params))["ok"]
    line.town.world.say(ANA, "wake up")
    ended = await first
    assert ended["error_code"] == 409
    assert ended["description"].startswith(words)


async def test_hands_out_files(line: Line) -> None:
    """A file is served at the path that getFile returns."""
    sent = line.town.world.send_document(ANA, "a.txt", b"text")
    file_id = sent.body["document"]["file_id"]
    path = (await line.ask("getFile", json={"file_id": file_id}))["result"]["file_path"]
    async with line.session.get(f"{line.url}/file/bot{TOKEN}/{path}") as response:
        assert await response.read() == b"text"
    async with line.session.get(f"{line.url}/file/bot{TOKEN}/none") as response:
        assert response.status == 404


@pytest.mark.parametrize(("kind", "carried_out"), [(FaultKind.DROP, 1), (FaultKind.AWAY, 0)])
async def test_cuts_the_connection(line: Line, kind: FaultKind, carried_out: int) -> None:
    """DROP closes the connection after sending the message, AWAY before."""
    line.town.world.faults.add(Fault(kind, method="sendMessage"))
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await line.ask("sendMessage", json={"chat_id": ANA, "text": "x"})
    chat = line.town.bot.chats.get(ANA)
    assert (len(chat.messages) if chat else 0) == carried_out


async def test_a_slow_answer_comes(line: Line) -> None:
    """SLOW answers after its delay."""
    line.town.world.faults.add(Fault(FaultKind.SLOW, delay=0.05))
    began = asyncio.get_running_loop().time()
    await line.ask("getMe")
    assert asyncio.get_running_loop().time() - began >= 0.05


@pytest.mark.parametrize(
    ("host", "status"),
    [("127.0.0.1:1", 200), ("localhost", 200), ("[::1]:80", 200), ("a.dk", 403),
     ("127.0.0.1.a.dk:80", 403), ("localhost.", 403)],
)  # fmt: skip
async def test_answers_only_to_this_machines_names(line: Line, host: str, status: int) -> None:
    """A foreign host name is refused, which prevents DNS rebinding."""
    url = f"{line.url}/bot{TOKEN}/getMe"
    async with line.session.get(url, headers={"Host": host}) as response:
        assert response.status == status


class Hook:
    """A webhook server that records its updates."""

    def __init__(self) -> None:
        """Start without updates; answer 200."""
        self.got: list[tuple[int, int]] = []
        self.secrets: set[str | None] = set()
        self.statuses: list[int] = []
        self.running = self.most = 0

    async def take(self, request: web.Request) -> web.Response:
        """Record one update."""
        self.running += 1
        self.most = max(self.most, self.running)
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        update = await request.json()
        await asyncio.sleep(0.01)
        self.running -= 1
        status = self.statuses.pop() if self.statuses else 200
        if status == 200:
            message = update["message"]
            self.got.append((message["from"]["id"], int(message["text"])))
        return web.Response(status=status)


@pytest.fixture
async def hook() -> AsyncIterator[tuple[Hook, str]]:
    """Serve a webhook."""
    taken = Hook()
    app = web.Application()
    app.router.add_post("/hook", taken.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield taken, f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    await runner.cleanup()


async def until_empty(line: Line) -> None:
    """Wait until no update is pending."""
    async with asyncio.timeout(5):
        while len(line.town.bot.updates):  # noqa: ASYNC110 - the queue has no event
            await asyncio.sleep(0.01)


async def test_posts_in_order_for_each_person(line: Line, hook: tuple[Hook, str]) -> None:
    """Updates of two people are posted in parallel, each in order, with the secret."""
    taken, url = hook
    for number in range(5):
        line.town.world.say(ANA, str(number))
        line.town.world.say(BO, str(number))
    await line.ask("setWebhook", json={"url": url, "secret_token": "s"})
    line.town.world.say(ANA, "5")
    await until_empty(line)
    assert [number for who, number in taken.got if who == ANA] == [0, 1, 2, 3, 4, 5]
    assert [number for who, number in taken.got if who == BO] == [0, 1, 2, 3, 4]
    assert taken.most == 2
    assert taken.secrets == {"s"}


async def test_posts_again_what_was_refused(line: Line, hook: tuple[Hook, str]) -> None:
    """An update answered with 503 is posted again, and getWebhookInfo reports the error."""
    taken, url = hook
    taken.statuses = [503, 503]
    await line.ask("setWebhook", json={"url": url})
    line.town.world.say(ANA, "1")
    await until_empty(line)
    assert taken.got == [(ANA, 1)]
    info = (await line.ask("getWebhookInfo"))["result"]
    assert info["last_error_message"].startswith("Wrong response from the webhook: 503")


async def test_posts_nowhere_else(line: Line) -> None:
    """Nothing is posted to an address outside this machine; the update stays queued."""
    await line.ask("setWebhook", json={"url": "https://a.dk/hook"})
    line.town.world.say(ANA, "1")
    await asyncio.sleep(0.05)
    info = (await line.ask("getWebhookInfo"))["result"]
    assert info["last_error_message"] == "Connection refused"
    assert info["pending_update_count"] == 1

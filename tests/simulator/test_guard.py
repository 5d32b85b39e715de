"""Pages of other sites can neither read nor change the demo."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sim_town import ANA, TOKEN, Client, Standstill, Town

from bot.settings import setting_errors
from bot.simulator import new_token

JSON = {"Content-Type": "application/json"}
READ = ["/phone/people", "/phone/11/chat", "/phone/events", "/phone/11/file/1", "/time"]
READ += ["/static/phone.js", "/nothing"]
DONE = [f"/phone/11/{act}" for act in ("say", "tap", "send", "edit", "block")] + ["/time"]
DONE += ["/console/demo/come-in", "/console/staff/new"]
FOREIGN = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},  # another port of this machine
    {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "iframe"},
    {"Sec-Fetch-Site": "anything"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "https://127.0.0.1:8090", "Host": "127.0.0.1:8090"},
    {"Host": "evil.example"},  # a foreign DNS name that resolves to this machine
    {"Host": "evil.example", "Origin": "http://evil.example", "Sec-Fetch-Site": "same-origin"},
    {"Host": "127.0.0.1.evil.example:8090"},
    {"Host": "localhost.:8090"},
    {"Host": "0.0.0.0:8090"},
]
LINK = {
    "Sec-Fetch-Site": "cross-site",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-User": "?1",
}


def done_so_far(town: Town) -> tuple[Any, ...]:
    """Return the state that a request could change."""
    chat = town.bot.chats[ANA]
    return len(chat.messages), chat.blocked, town.bot.webhook, sum(town.world.calls.values())


@pytest.mark.parametrize("headers", FOREIGN, ids=str)
async def test_a_foreign_page_reads_and_changes_nothing(
    client: Client, town: Town, time_travel: Standstill, headers: dict[str, str]
) -> None:
    """Every route refuses foreign requests, and nothing changes."""
    before = done_so_far(town)
    for path in [*READ, "/", "/console/cases"]:
        got = await client.get(path, headers=headers)
        assert (got.status, list(await got.json())) == (403, ["error"]), path
    for path in DONE:
        got = await client.post(path, data=b'{"text": "x", "to": "week"}', headers=headers | JSON)
        assert got.status == 403, path
    for method in ("OPTIONS", "HEAD", "PUT"):
        assert (await client.request(method, "/time", headers=headers)).status == 403
    for path in (f"/bot{TOKEN}/sendMessage?chat_id=11&text=x", f"/bot{TOKEN}/setWebhook?url=x"):
        for method in ("GET", "POST"):
            got = await client.request(method, path, headers=headers)
            assert got.status == 403, path
    assert done_so_far(town) == before
    assert time_travel.moves == []


async def test_the_page_itself_may_do_everything(
    client: Client, town: Town, time_travel: Standstill
) -> None:
    """Requests from the demo's own page are answered under every loopback name."""
    for name in ("127.0.0.1", "localhost", "[::1]"):
        own = {"Host": f"{name}:8090", "Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "cors"}
        origin = own | {"Origin": f"http://{name}:8090"}
        for path in ("/", "/phone/people", "/phone/11/chat", "/phone/11/file/1", "/time"):
            assert (await client.get(path, headers=own)).status == 200, path
        assert (await client.get("/phone/events", headers=own)).content_type.endswith("stream")
        said = await client.post("/phone/11/say", json={"text": "hej"}, headers=origin)
        moved = await client.post("/time", json={"to": "hour"}, headers=origin)
        assert (said.status, moved.status) == (200, 200)
        console = await client.post("/console/demo/come-in", data={"a": "b"}, headers=origin)
        assert console.status == 200
    assert len(town.bot.chats[ANA].messages) == 4
    assert time_travel.moves == ["hour"] * 3


async def test_a_link_leads_to_the_pages_alone(client: Client) -> None:
    """Links and typed addresses may open pages; a link may not open data."""
    for path in ("/", "/?user=102", "/console/", "/console/cases"):
        assert (await client.get(path, headers=LINK)).status == 200
        assert (await client.post(path, headers=LINK)).status == 403
    for path in [*READ, "/consoles"]:
        assert (await client.get(path, headers=LINK)).status == 403
    typed = LINK | {"Sec-Fetch-Site": "none"}
    for path in ("/", "/phone/people", "/console/"):
        assert (await client.get(path, headers=typed)).status == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Mode": "no-cors"},
        {"sec-fetch-dest": "image"},
        {"Origin": "http://127.0.0.1:8090", "Host": "127.0.0.1:8090"},
    ],
    ids=str,
)
async def test_the_bot_api_answers_no_browser(
    client: Client, town: Town, headers: dict[str, str]
) -> None:
    """The Bot API answers programs only, so even the demo's own page gets 403."""
    sent = town.world.send_document(ANA, "a.txt", b"words")
    path = town.call("getFile", file_id=sent.body["document"]["file_id"])["file_path"]
    before = done_so_far(town)
    for address in (f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/nothing", f"/file/bot{TOKEN}/{path}"):
        got = await client.get(address, headers=headers)
        body = await got.json()
        assert (got.status, body["ok"], body["error_code"]) == (403, False, 403)
        assert body["description"].startswith("Forbidden")
        assert (await client.get(address)).status != 403
    assert done_so_far(town)[:3] == before[:3]


def test_every_token_is_another() -> None:
    """Tokens are random and have Telegram's form; the bot's id stays the same."""
    drawn = {new_token() for _ in range(100)}
    assert len(drawn) == 100
    assert {token.partition(":")[0] for token in drawn} == {"1000000001"}
    for token in drawn:
        assert setting_errors({"BROBYGGER_BOT_TOKEN": token}) == []


async def test_an_open_stream_is_the_pages_own(client: Client, town: Town) -> None:
    """The page's own stream stays open while a foreign stream is refused."""
    own = await client.get("/phone/events", headers={"Sec-Fetch-Site": "same-origin"})
    assert await own.content.readuntil(b"\n\n") == b": here\n\n"
    foreign = {"Sec-Fetch-Site": "cross-site", "Origin": "http://evil.example"}
    assert (await client.get("/phone/events", headers=foreign)).status == 403
    town.text("hej")
    async with asyncio.timeout(5):
        assert b"changed" in await own.content.readuntil(b"\n\n")
    own.close()

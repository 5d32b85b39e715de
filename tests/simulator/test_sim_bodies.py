"""Deeply nested, oversized, broken or mistyped bodies are refused without damage."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from sim_town import ANA, TOKEN, Client, Town

from bot.simulator.params import DEEPEST_JSON

JSON = {"Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
ACTS = [f"/phone/11/{act}" for act in ("say", "tap", "send", "edit", "block")]
SHALLOW, DEEP, DEEPEST = DEEPEST_JSON + 1, 1_333, 100_000


def nested(depth: int, opening: str = "[", closing: str = "]") -> str:
    """Return JSON nested *depth* levels deep."""
    return opening * depth + closing * depth


@pytest.mark.parametrize("depth", [SHALLOW, DEEP, DEEPEST])
@pytest.mark.parametrize("path", [*ACTS, "/time"])
async def test_json_nested_too_deep_is_refused(client: Client, path: str, depth: int) -> None:
    """The page's routes answer 400 to deep nesting at any place."""
    deep = nested(depth)
    for body in (deep, f'{{"to": {deep}, "text": {deep}, "kind": {deep}, "message_id": {deep}}}'):
        got = await client.post(path, data=BytesIO(body.encode()), headers=JSON)
        assert (got.status, list(await got.json())) == (400, ["error"])


@pytest.mark.parametrize("depth", [SHALLOW, DEEP, DEEPEST])
@pytest.mark.parametrize(
    ("method", "name"),
    [
        ("sendMessage", "reply_markup"),
        ("sendMessage", "reply_parameters"),
        ("sendMessage", "link_preview_options"),
        ("getUpdates", "allowed_updates"),
        ("setMyCommands", "commands"),
        ("setMyCommands", "scope"),
        ("setMessageReaction", "reaction"),
    ],
)
async def test_parameters_nested_too_deep_are_refused(
    client: Client, method: str, name: str, depth: int
) -> None:
    """Deeply nested parameters get Telegram's 400, in JSON, form, multipart body or query."""
    address, deep = f"/bot{TOKEN}/{method}", nested(depth, '{"a":[', "]}")
    multipart = aiohttp.FormData({name: deep}, default_to_multipart=True)
    ways: list[dict[str, Any]] = [
        {"data": BytesIO(deep.encode()), "headers": JSON},
        {"data": BytesIO(f'{{"{name}": {deep}}}'.encode()), "headers": JSON},
        {"data": BytesIO(urlencode({name: deep}).encode()), "headers": FORM},
        {"data": multipart},
    ]
    if depth == DEEP:  # close to the greatest length of a URL
        ways.append({"params": {name: nested(DEEP)}})
    for how in ways:
        got = await client.post(address, **how)
        body = await got.json()
        assert (got.status, body["error_code"]) == (400, 400)
        assert "parse" in body["description"]


@pytest.mark.parametrize(
    ("method", "params"),
    [
        ("getUpdates", {"timeout": "long"}),
        ("setMyCommands", {"commands": [], "scope": {"type": []}}),
        ("sendMessage", {"chat_id": ANA, "text": "x", "reply_parameters": {"message_id": []}}),
        ("sendMessage", {"chat_id": ANA, "text": "\ud800"}),
    ],
)
async def test_values_of_a_wrong_type_are_refused(
    client: Client, method: str, params: dict[str, Any]
) -> None:
    """Values of a wrong type get 400, not 500."""
    assert (await client.post(f"/bot{TOKEN}/{method}", json=params)).status == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"\xff"),
        ("application/x-www-form-urlencoded", b"text=\xff"),
        ("application/x-www-form-urlencoded; charset=runes", b"text=x"),
        ("multipart/form-data", b"text"),
        ("multipart/form-data; boundary=x", b"--x\r\nno header\r\n\r\n"),
    ],
)
async def test_a_broken_body_is_refused(client: Client, content_type: str, body: bytes) -> None:
    """A body that cannot be parsed gets 400."""
    headers = {"Content-Type": content_type}
    got = await client.post(f"/bot{TOKEN}/sendMessage", data=body, headers=headers)
    assert (got.status, (await got.json())["error_code"]) == (400, 400)


@pytest.mark.parametrize("path", [f"/bot{TOKEN}/getMe", "/phone/11/say", "/time"])
async def test_a_body_that_is_no_gzip_is_refused(client: Client, path: str) -> None:
    """A body labelled gzip that is not gzip gets 400."""
    headers = JSON | {"Content-Encoding": "gzip"}
    assert (await client.post(path, data=b"{}", headers=headers)).status == 400


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        (f"/bot{TOKEN}/sendMessage", "application/json"),
        (f"/bot{TOKEN}/sendMessage", "application/x-www-form-urlencoded"),
        ("/phone/11/send", "application/json"),
        ("/time", "application/json"),
    ],
)
async def test_a_body_that_is_too_large_is_refused(
    client: Client, monkeypatch: pytest.MonkeyPatch, path: str, content_type: str
) -> None:
    """An oversized body gets 413 in the route's usual error format."""
    monkeypatch.setattr(client.server.app, "_client_max_size", 1000)
    body = b'{"text": "' + b"x" * 2000 + b'"}'
    got = await client.post(path, data=body, headers={"Content-Type": content_type})
    told = await got.json()
    assert got.status == 413
    assert told.get("error_code", 413) == 413
    assert set(told) in ({"error"}, {"ok", "error_code", "description"})


@pytest.mark.parametrize("place", ["NaN", "Infinity", '"nan"', '"inf"', "1e400", "91", "-1e308"])
async def test_a_place_that_is_none_is_refused(client: Client, town: Town, place: str) -> None:
    """A NaN or infinite coordinate gets 400, as the page could not parse a chat with it."""
    body = f'{{"kind": "location", "latitude": {place}}}'
    assert (await client.post("/phone/11/send", data=body, headers=JSON)).status == 400
    assert len(town.bot.chats[ANA].messages) == 1


async def test_half_a_character_ends_no_poll(client: Client, town: Town) -> None:
    """A lone surrogate is refused, and the bot still gets its updates."""
    body = '{"text": "\\ud800"}'
    assert (await client.post("/phone/11/say", data=body, headers=JSON)).status == 400
    town.world.say(ANA, "hej")
    got = await (await client.post(f"/bot{TOKEN}/getUpdates")).json()
    assert [update["message"].get("text") for update in got["result"]] == [None, "hej"]

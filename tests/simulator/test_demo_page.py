"""Test the demo's page: its files, its guard against other sites, and the clock."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sim_town import ANA, Town

from bot.clock import TravelClock
from bot.simulator.demo import DESTINATIONS, PAGE_FILES, add_page, clock_face
from bot.simulator.http import guard, make_http_app
from bot.simulator.phone import PhonePerson

ROOT = Path(__file__).parents[2]
FOLDER = files("bot.simulator").joinpath("page")
Client = TestClient[web.Request, web.Application]


class Journey:
    """A time travel whose moves take 10 ms each; assert that no two overlap."""

    def __init__(self) -> None:
        """Start on a Monday at 12.04 in winter time."""
        self.clock = TravelClock(datetime(2026, 11, 23, 11, 4, tzinfo=UTC))
        self.moves: list[str] = []
        self.under_way = 0

    async def move_to(self, to: str) -> None:
        """Advance an hour, whatever *to* asks for."""
        self.under_way += 1
        assert self.under_way == 1
        await asyncio.sleep(0.01)
        self.moves.append(to)
        self.clock.advance(timedelta(hours=1))
        self.under_way -= 1

    def now(self) -> datetime:
        """Return the travelled time."""
        return self.clock.now()


def read(name: str) -> str:
    """Read one of the page's files."""
    return FOLDER.joinpath(name).read_text("utf-8")


@pytest.fixture
def journey() -> Journey:
    """Make a `Journey`."""
    return Journey()


@pytest.fixture
async def client(journey: Journey) -> AsyncIterator[Client]:
    """Serve the page with a clock."""
    app = web.Application()
    add_page(app, journey)
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_serves_the_page_under_a_strict_policy(client: Client) -> None:
    """The page forbids foreign content in its headers and states that it has a clock."""
    response = await client.get("/")
    assert response.status == 200
    assert response.content_type == "text/html"
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert '<body data-travel="yes" data-poster="no">' in await response.text()


async def test_serves_every_file_of_the_page_and_nothing_else(client: Client) -> None:
    """Every file of the folder is served with its type; other names return 404."""
    in_folder = {entry.name for entry in FOLDER.iterdir()} - {"__pycache__"}
    assert in_folder == {"__init__.py", "index.html", *PAGE_FILES}
    for name, content_type in PAGE_FILES.items():
        response = await client.get(f"/static/{name}")
        assert (response.status, response.content_type) == (200, content_type)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert await response.text() == read(name)
    for name in ("index.html", "__init__.py", "demo.py", "..%2Fdemo.py", "%2e%2e%2fdemo.py"):
        assert (await client.get(f"/static/{name}")).status == 404


def test_page_keeps_within_its_own_policy() -> None:
    """The page has no inline script or style and no foreign URL, and all its files exist."""
    for name in ("index.html", *PAGE_FILES):
        text = read(name)
        assert not re.search(r"<style|\sstyle=|\son\w+=\"|javascript:", text), name
        assert not re.search(r"<script(?![^>]*\ssrc=)", text), name
        addresses = set(re.findall(r"https?://[\w.-]+", text))
        assert addresses <= {"http://www.w3.org"}, name  # SVG's XML namespace, never fetched
        for asked in re.findall(r"/static/([\w.-]+)", text):
            assert asked in PAGE_FILES, name


def test_icons_that_are_used_are_drawn() -> None:
    """Every icon named by the page or its scripts is in the sprite."""
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', read("icons.svg")))
    used = set(re.findall(r"icons\.svg#([\w-]+)", read("index.html")))
    for name in PAGE_FILES:
        used |= set(re.findall(r'icon(?:\(|: )"([\w-]+)"', read(name)))
    assert used
    assert used <= drawn


def test_page_speaks_both_languages() -> None:
    """Every label exists in Danish and English with the same placeholders."""
    danish, english = read("words.js").split("\n  en: {")
    entry = re.compile(r'^    (\w+): "(.*)",$', re.MULTILINE)
    words = dict(entry.findall(danish)), dict(entry.findall(english))
    assert words[0].keys() == words[1].keys()
    for key, text in words[0].items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", words[1][key]), key
    used = set(re.findall(r'data-(?:word|label|placeholder)="(\w+)"', read("index.html")))
    for name in PAGE_FILES:
        used |= set(re.findall(r'\bword\("(\w+)"', read(name)))
    assert used <= words[0].keys()


async def test_tells_the_towns_time(client: Client) -> None:
    """The clock is written in both languages and in the town's zone."""
    assert await (await client.get("/time")).json() == {
        "now": "2026-11-23T11:04:00+00:00",
        "local": {
            "da": "mandag d. 23. november kl. 12.04",
            "en": "Monday 23 November 12:04",
        },
    }


def test_summer_time_is_two_hours_ahead() -> None:
    """The clock follows the town's daylight saving time."""
    face = clock_face(datetime(2027, 7, 1, 22, 30, tzinfo=UTC))
    assert face["local"]["da"] == "fredag d. 2. juli kl. 0.30"


@pytest.mark.parametrize("to", sorted(DESTINATIONS))
async def test_moves_the_clock(client: Client, journey: Journey, to: str) -> None:
    """A move returns the time after it."""
    response = await client.post("/time", json={"to": to})
    assert response.status == 200
    assert (await response.json())["local"]["da"] == "mandag d. 23. november kl. 13.04"
    assert journey.moves == [to]


async def test_makes_one_move_at_a_time(client: Client, journey: Journey) -> None:
    """Simultaneous moves from two tabs run one after the other."""
    moves = (client.post("/time", json={"to": "hour"}) for _ in range(3))
    assert {response.status for response in await asyncio.gather(*moves)} == {200}
    assert journey.moves == ["hour"] * 3


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ('{"to": "hour"}', "text/plain", 415),
        ("to=hour", "application/x-www-form-urlencoded", 415),
        ('{"to": "never"}', "application/json", 400),
        ('{"to": ["hour"]}', "application/json", 400),
        ("{}", "application/json", 400),
        ("[]", "application/json", 400),
        ("{", "application/json", 400),
        (b"\xff", "application/json", 400),
        ("{}", "application/json; charset=runes", 400),
    ],
)
async def test_refuses_what_is_no_move(
    client: Client, journey: Journey, body: str | bytes, content_type: str, status: int
) -> None:
    """A form post, as another site could send, and an invalid body move nothing."""
    response = await client.post("/time", data=body, headers={"Content-Type": content_type})
    assert response.status == status
    assert "error" in await response.json()
    assert journey.moves == []


@pytest.mark.parametrize("path", ["/", "/static/phone.js", "/time"])
async def test_answers_only_by_the_names_of_this_machine(client: Client, path: str) -> None:
    """Requests to foreign host names are refused, which prevents DNS rebinding."""
    assert (await client.get(path, headers={"Host": "evil.example:80"})).status == 403
    assert (await client.get(path, headers={"Host": "localhost:80"})).status == 200


async def test_foreign_hosts_move_nothing(client: Client, journey: Journey) -> None:
    """The guard also protects the clock."""
    response = await client.post("/time", json={"to": "week"}, headers={"Host": "evil.example"})
    assert response.status == 403
    assert journey.moves == []


async def test_has_no_clock_where_time_cannot_be_moved() -> None:
    """Without time travel there is no `/time`, and the page states so."""
    app = web.Application()
    add_page(app, None)
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/time")).status == 404
        assert (await client.post("/time", json={"to": "hour"})).status == 404
        page = await (await client.get("/")).text()
        assert '<body data-travel="no" data-poster="no">' in page
        assert (await client.get("/poster")).status == 404


async def test_a_deep_link_opens_the_page(client: Client) -> None:
    """The name of a bot with a start parameter opens the page; other names return 404."""
    page = await (await client.get("/")).text()
    opened = await client.get("/dialog_klintsund_bot?start=l-AAAA")
    assert opened.status == 200
    assert await opened.text() == page
    assert opened.headers["Content-Security-Policy"].startswith("default-src 'self';")
    for path in ("/somebody", "/dialog_klintsund_bot/more", "/bot"):
        assert (await client.get(path)).status == 404, path


async def test_leads_to_the_poster(journey: Journey) -> None:
    """The page says that there is a poster, and the fixed address leads to the one of today."""
    app = web.Application()
    add_page(app, journey, poster="http://127.0.0.1:8080/public/l/AAAA")
    async with TestClient(TestServer(app)) as client:
        assert 'data-poster="yes"' in await (await client.get("/")).text()
        response = await client.get("/poster", allow_redirects=False)
    assert response.status == 302
    assert response.headers["Location"] == "http://127.0.0.1:8080/public/l/AAAA"


async def test_stands_beside_the_telephones(town: Town, journey: Journey) -> None:
    """Added to the simulator's app, the page shares its people and has one guard."""
    app = make_http_app(town.world, [PhonePerson(ANA, "Ana", "Holm", "da", "Ny i byen")])
    add_page(app, journey)
    assert list(app.middlewares).count(guard) == 1
    async with TestClient(TestServer(app)) as client:
        assert (await client.get("/")).status == 200
        people = await (await client.get("/phone/people")).json()
        assert [person["first_name"] for person in people] == ["Ana"]


def test_page_ships() -> None:
    """The folder is a package, and its file types are package data."""
    project = tomllib.loads(ROOT.joinpath("pyproject.toml").read_text("utf-8"))
    shipped = project["tool"]["setuptools"]["package-data"]["*"]
    assert FOLDER.joinpath("__init__.py").is_file()
    assert {f"*.{name.rpartition('.')[2]}" for name in ("index.html", *PAGE_FILES)} <= set(shipped)

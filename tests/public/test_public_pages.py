"""The public pages: what a link shows, strict headers, limits, and no word about tokens."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from public_town import BOT_LINK, URL

from bot.app.roles import PUBLIC, ROLES, needed, refuse_split
from bot.engine.events import Done
from bot.errors import ConfigurationError
from bot.model.commands.links import MakeLink, RevokeLink
from bot.model.commands.reminders import SetReminder
from bot.model.commands.volunteering import ImportOpportunities, PauseOpportunity
from bot.public.app import mount, public_app
from bot.public.guards import HEADERS
from bot.public.public_context import PublicContext
from bot.public.rate_limit import MOST, MOST_ADDRESSES, WITHIN, RateLimit
from bot.public.routes import ROUTES
from bot.service import execute
from bot.service.content import shipped_opportunities
from bot.settings import read
from bot.store.store import Store
from bot.testing import klintsund

OPEN_HEADERS = {(name, HEADERS[name]) for name in ("X-Robots-Tag", "Cache-Control")}
OPEN_HEADERS |= {("Cross-Origin-Resource-Policy", HEADERS["Cross-Origin-Resource-Policy"])}
Visitor = TestClient[web.Request, web.Application]
RULE = {"recurrence": {"unit": "week", "starts_on": "2026-11-25", "weekdays": [2], "at": "16:00"}}


async def made_link(town: Store) -> str:
    """Let staff make a link to a reminder; return its token."""
    everyone = {"is": "language", "value": "da"}
    async with town.unit() as unit:
        command = SetReminder(1, {"da": "Affald på stranden."}, RULE, everyone, "beach")
        outcome = await execute(command, unit)
        assert isinstance(outcome, Done)
        made = await execute(MakeLink(1, "reminder", outcome.value, "Biblioteket"), unit)
    assert isinstance(made, Done)
    return str(made.value)


async def counts(town: Store) -> tuple[int, int]:
    """Return how often the first link was opened and started."""
    async with town.reading() as unit:
        (link,) = await unit.links.of_staff(9)
    return link.opened, link.started


async def test_the_page_of_a_link(town: Store, visitor: Visitor) -> None:
    """The page leads to the chat and is counted; a HEAD and the QR code are not."""
    token = await made_link(town)
    answer = await visitor.get(f"/public/l/{token}", headers={"Accept-Language": "da-DK,da;q=0.9"})
    page = await answer.text()
    assert answer.status == 200
    assert f'href="{BOT_LINK}?start=l-{token}"' in page
    assert "Dialog med Klintsund Kommune" in page
    assert "Affald på stranden." in page
    assert "Næste gang: onsdag d. 25. november kl. 16" in page
    assert f"{URL}/l/{token}.svg" in page
    english = await visitor.get(f"/public/l/{token}", headers={"Accept-Language": "en-GB"})
    assert "Open in Telegram" in await english.text()
    assert (await visitor.head(f"/public/l/{token}")).status == 200
    for kind, mime in (("svg", "image/svg+xml"), ("png", "image/png")):
        picture = await visitor.get(f"/public/l/{token}.{kind}")
        assert (picture.status, picture.content_type) == (200, mime)
    assert await counts(town) == (2, 0)


async def test_the_page_of_a_link_to_a_task(town: Store, visitor: Visitor) -> None:
    """The page names the task and its next time; paused, the page names neither."""
    async with town.unit() as unit:
        await execute(ImportOpportunities(1, shipped_opportunities(), publishes=True), unit)
        known = await unit.opportunities.of_code("V4")
        assert known is not None
        coming = await unit.shifts.of([known.id], after=unit.now, limit=2)
        tokens = []
        for kind, subject_id in (("opportunity", known.id), ("shift", coming[1].id)):
            made = await execute(MakeLink(1, kind, subject_id, "Biblioteket"), unit)
            assert isinstance(made, Done)
            tokens.append(made.value)
    for token, day in zip(tokens, ("26. november", "3. december"), strict=True):
        page = await read_danish(visitor, token)
        assert "Sprogcafé på biblioteket" in page
        assert f"Næste gang: torsdag d. {day} kl. 17" in page
    async with town.unit() as unit:
        await execute(PauseOpportunity(1, known.id), unit)
    for token in tokens:
        assert "Sprogcafé" not in await read_danish(visitor, token)


async def read_danish(visitor: Visitor, token: str) -> str:
    """Return the page of a link in Danish."""
    answer = await visitor.get(f"/public/l/{token}", headers={"Accept-Language": "da"})
    assert answer.status == 200
    return await answer.text()


async def test_unknown_and_revoked_are_alike(town: Store, visitor: Visitor) -> None:
    """An unknown, a revoked and a malformed token have the same status, body and headers."""
    token = await made_link(town)
    async with town.unit() as unit:
        await execute(RevokeLink(1, 1), unit)
    seen = set()
    for path in (
        *(f"/public/l/{token}", f"/public/l/{token}.svg", "/public/l/AAAAAAAAAAAAAAAAAAAAAA"),
        *("/public/l/%00", "/public/l/" + "x" * 5000, "/public/l/..%2f", "/public/nothing"),
    ):
        answer = await visitor.get(path)
        shown = {name: value for name, value in answer.headers.items() if name != "Date"}
        seen.add((answer.status, await answer.text(), tuple(sorted(shown.items()))))
    assert len(seen) == 1
    status, body, _headers = next(iter(seen))
    assert status == 404
    for part in ("Der er ingen side her", "Alle opgaver", "00 00 10 00"):
        assert part in body


async def test_an_error_in_english(visitor: Visitor) -> None:
    """The page of an error is in the visitor's language, with a link to the other one."""
    answer = await visitor.get("/public/nothing", headers={"Accept-Language": "en"})
    body = await answer.text()
    assert answer.status == 404
    assert "<h1>There is no page here</h1>" in body
    assert '<a href="?lang=da" lang="da" hreflang="da">Dansk</a>' in body


async def test_headers_and_no_cookies(town: Store, visitor: Visitor) -> None:
    """Every answer has the headers, and none sets a cookie; forms are refused."""
    token = await made_link(town)
    paths = [
        route.path.replace("{token}", token).replace("{kind:svg|png}", "svg") for route in ROUTES
    ]
    for path in (*paths, "/nothing"):
        answer = await visitor.get(f"/public{path}")
        is_open = answer.headers["X-Robots-Tag"] == "all"  # the tests of opportunities say which
        strict = HEADERS.items() if not is_open else HEADERS.items() - OPEN_HEADERS
        assert strict <= answer.headers.items(), path
        is_listed = path.startswith(("/opgaver", "/lofter", "/nyheder"))
        assert is_open == is_listed or answer.status == 404, path
        assert "Strict-Transport-Security" in answer.headers
        assert "Set-Cookie" not in answer.headers
    refused = await visitor.post(f"/public/l/{token}")
    assert refused.status == 405
    assert "Der er ingen side her" in await refused.text()
    assert HEADERS.items() <= refused.headers.items()


async def test_too_many_requests(town: Store) -> None:
    """An address beyond the limit waits; another address, behind the proxy, does not."""
    app = web.Application()
    limit = RateLimit(most=3)
    public = PublicContext(town, klintsund(), URL, BOT_LINK, rate_limit=limit)
    mount(app, public_app(public))
    async with TestClient(TestServer(app)) as client:
        one, other = {"X-Forwarded-For": "192.0.2.1"}, {"X-Forwarded-For": "192.0.2.2"}
        seen = [(await client.get("/public/robots.txt", headers=one)).status for _try in range(5)]
        assert seen == [200, 200, 200, 429, 429]
        assert (await client.get("/public/robots.txt", headers=other)).status == 200
        refused = await client.get("/public/robots.txt", headers=one)
        assert 0 < int(refused.headers["Retry-After"]) <= WITHIN
        assert HEADERS.items() <= refused.headers.items()


def test_the_rate_limit_in_time() -> None:
    """The count starts again after a minute; memory is limited; one /64 counts as one address."""
    now = [0.0]
    limit = RateLimit(seconds=lambda: now[0])
    assert [limit.wait("2001:db8::1") for _try in range(MOST)] == [0] * MOST
    assert limit.wait("2001:db8::ffff") == WITHIN
    assert limit.wait("2001:db8:0:1::1") == 0
    now[0] = WITHIN
    assert limit.wait("2001:db8::1") == 0
    for number in range(MOST_ADDRESSES + 5):
        limit.wait(f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}")
    assert len(limit._windows) == MOST_ADDRESSES


async def test_an_error_shows_and_logs_no_token(
    town: Store, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of ours is answered without details, and logged without the address."""
    token = await made_link(town)

    def broken(*_arguments: Any, **_more: Any) -> None:
        raise RuntimeError(token)

    monkeypatch.setattr("bot.public.pages.qr_code", broken)
    with caplog.at_level(logging.INFO):
        answer = await visitor.get(f"/public/l/{token}.png")
    assert answer.status == 500
    assert "Siden virker ikke lige nu" in await answer.text()
    assert "public_page_failed" in caplog.text
    logged = [r for r in caplog.records if r.name.startswith("brobygger")]
    assert token not in str([vars(record) for record in logged])


def test_the_role_needs_an_address() -> None:
    """Without the setting no process has the role, and SQLite does not ask for it."""
    token = {"BROBYGGER_BOT_TOKEN": "1:" + "a" * 30}
    bare, public = read(token), read({**token, "BROBYGGER_PUBLIC_URL": f"{URL}/"})
    assert public.public_url == URL
    every = frozenset(ROLES)
    assert needed(bare, every) == every - {PUBLIC}
    assert needed(public, every) == every
    refuse_split(bare, every - {PUBLIC})
    with pytest.raises(ConfigurationError, match="public"):
        refuse_split(public, every - {PUBLIC})
    with pytest.raises(ConfigurationError, match="BROBYGGER_PUBLIC_URL"):
        needed(bare, frozenset({PUBLIC}))
    with pytest.raises(ConfigurationError, match="/public"):
        read({**token, "BROBYGGER_PUBLIC_URL": "https://klintsund.example"})

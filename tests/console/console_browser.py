"""A console with staff, and browsers to use it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from aiohttp import ClientResponse, CookieJar, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from bot.clock import TravelClock
from bot.console.app import console_app, mount
from bot.console.console_context import BASE, ConsoleContext
from bot.console.passwords import Passwords
from bot.console.sessions import COOKIE
from bot.model.staff import Role, Staff
from bot.store.store import Store
from bot.testing import START, klintsund

PASSWORD = "fire ravne og en cykel"  # noqa: S105 - used by the tests alone
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
HASH = QUICK.hash(PASSWORD)
BOT_LINK = "https://t.me/dialog_klintsund_bot"
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
NAMES: Mapping[Role, str] = {
    Role.NONE: "Ane",
    Role.STAFF: "Mette",
    Role.LEADER: "Lone",
    Role.ADMIN: "Anders",
}


async def employ(store: Store, role: Role = Role.STAFF, **changed: Any) -> Staff:
    """Add a member of the staff who can sign in with `PASSWORD`."""
    known: dict[str, Any] = {
        "username": NAMES[role].lower(),
        "first_name": NAMES[role],
        "unit": "Borgerservice",
        "language": "da",
        **changed,
    }
    async with store.unit() as unit:
        made = await unit.staff.add(Staff(id=0, role=role, **known))
        await unit.staff.set_password(made, HASH)
        found = await unit.staff.get(made)
    assert found is not None
    return found


def console_context(store: Store, clock: TravelClock, **changed: Any) -> ConsoleContext:
    """Return a console context. *clock* is its real time."""
    known: dict[str, Any] = {"clock": clock, "passwords": Passwords(QUICK), **changed}
    return ConsoleContext(store, klintsund(), BOT_LINK, **known)


def serve(context: ConsoleContext) -> TestServer:
    """Return a server of the console, mounted as in the process."""
    app = web.Application()
    mount(app, console_app(context))
    return TestServer(app)


@dataclass(slots=True)
class Browser:
    """A browser that keeps its cookie and sends forms as a page shows them."""

    store: Store
    clock: TravelClock = field(default_factory=lambda: TravelClock(START))
    context: ConsoleContext | None = None
    server: TestServer | None = None
    client: TestClient[web.Request, web.Application] = field(init=False)

    def __post_init__(self) -> None:
        """Create a client of an own console, or of *server*."""
        self.context = self.context or console_context(self.store, self.clock)
        # By default aiohttp's jar keeps no cookies for an IP address. A browser does.
        jar = CookieJar(unsafe=True)
        self.client = TestClient(self.server or serve(self.context), cookie_jar=jar)

    async def __aenter__(self) -> Self:
        """Start the server."""
        await self.client.start_server()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the client, and the server if it is this browser's own."""
        if self.server is None:
            await self.client.close()
        else:
            await self.client.session.close()

    def another(self) -> Browser:
        """Return another browser at the same console."""
        return Browser(self.store, self.clock, self.context, self.client.server)

    @property
    def cookie(self) -> str:
        """Return the session cookie's value, or "" without a cookie."""
        kept = self.client.session.cookie_jar.filter_cookies(self.client.make_url(BASE))
        return kept[COOKIE].value if COOKIE in kept else ""

    def plant(self, value: str) -> None:
        """Replace all cookies by a session cookie with this value."""
        self.client.session.cookie_jar.clear()
        where = self.client.make_url(f"{BASE}/")
        self.client.session.cookie_jar.update_cookies({COOKIE: value}, where)

    async def get(self, path: str, **headers: str) -> ClientResponse:
        """Request a page, and follow no redirect."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.get(f"{BASE}/{path}", headers=sent, allow_redirects=False)

    async def read(self, path: str) -> str:
        """Return a page's text, and assert that its status is 200."""
        got = await self.get(path)
        assert got.status == 200, (path, got.status)
        return await got.text()

    async def token(self) -> str:
        """Return the CSRF token of this session. Every page has it in the form for the language."""
        found = _TOKEN.search(await (await self.get("nothing")).text())
        assert found is not None
        return found[1]

    async def post(
        self, path: str, written: Mapping[str, Any] | None = None, **headers: str
    ) -> ClientResponse:
        """Send a form with the session's token. A list becomes a repeated field."""
        pairs = [("csrf", await self.token())]
        for name, value in (written or {}).items():
            pairs += [(name, one) for one in (value if isinstance(value, list) else [value])]
        return await self.send(path, pairs, **headers)

    async def send(self, path: str, written: Any, **headers: str) -> ClientResponse:
        """Send a form as given, without adding a token."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(
            f"{BASE}/{path}", data=written, headers=sent, allow_redirects=False
        )

    async def try_to_sign_in(
        self, username: str, password: str = PASSWORD, **headers: str
    ) -> ClientResponse:
        """Send the form of the sign-in page."""
        return await self.post("sign-in", {"username": username, "password": password}, **headers)

    async def sign_in(self, staff: Staff, password: str = PASSWORD) -> Self:
        """Sign in, and assert success."""
        came = await self.try_to_sign_in(staff.username, password)
        assert came.status == 303, await came.text()
        return self

    async def is_in(self) -> bool:
        """Return whether this browser is signed in."""
        return (await self.get("account")).status == 200

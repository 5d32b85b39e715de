"""A console with staff in it, and a browser to go there with."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher
from yarl import URL

from bot.clock import TravelClock
from bot.console.app import console_app, mount
from bot.console.office import BASE, Office
from bot.console.passwords import Passwords
from bot.console.sessions import COOKIE
from bot.model.staff import Role, Staff
from bot.service.content import read_town
from bot.store.store import Store
from bot.testing import START

PASSWORD = "fire ravne og en cykel"  # noqa: S105 - nobody but the tests has it
QUICK = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
HASH = QUICK.hasher.hash(PASSWORD)
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
NAMES: Mapping[Role, str] = {
    Role.AMBASSADOR: "Ane",
    Role.BROBYGGER: "Birk",
    Role.STAFF: "Mette",
    Role.LEADER: "Lone",
    Role.ADMIN: "Anders",
}


async def employ(store: Store, role: Role = Role.STAFF, **changed: object) -> Staff:
    """Let somebody work here who can sign in with `PASSWORD`."""
    known: dict[str, object] = {
        "username": NAMES[role].lower(),
        "first_name": NAMES[role],
        "unit": "Borgerservice",
        "language": "da",
        **changed,
    }
    async with store.unit() as unit:
        made = await unit.staff.add(Staff(id=0, role=role, **known))  # type: ignore[arg-type]
        await unit.staff.set_password(made, HASH)
        found = await unit.staff.get(made)
    assert found is not None
    return found


def office(store: Store, clock: TravelClock, **changed: object) -> Office:
    """Return the console's parts; *clock* is its real time."""
    known: dict[str, object] = {"clock": clock, "passwords": QUICK, **changed}
    return Office(store, read_town(None), **known)  # type: ignore[arg-type]


@dataclass(slots=True)
class Browser:
    """Somebody's browser: it keeps its cookie, and sends forms as they stand on a page."""

    store: Store
    clock: TravelClock = field(default_factory=lambda: TravelClock(START))
    parts: Office | None = None
    client: TestClient[web.Request, web.Application] = field(init=False)

    def __post_init__(self) -> None:
        """Put the console into an application, as the process does."""
        app = web.Application()
        mount(app, console_app(self.parts or office(self.store, self.clock)))
        self.client = TestClient(TestServer(app))

    async def __aenter__(self) -> Self:
        """Begin to serve."""
        await self.client.start_server()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop serving."""
        await self.client.close()

    @property
    def cookie(self) -> str:
        """Return the cookie's value; empty where there is none."""
        kept = self.client.session.cookie_jar.filter_cookies(self.client.make_url(BASE))
        return kept[COOKIE].value if COOKIE in kept else ""

    def plant(self, value: str) -> None:
        """Put a cookie into the browser."""
        self.client.session.cookie_jar.clear()
        where = URL(str(self.client.make_url(BASE)))
        self.client.session.cookie_jar.update_cookies({COOKIE: value}, where)

    async def get(self, path: str, **headers: str) -> ClientResponse:
        """Ask for a page, and follow no redirect."""
        return await self.client.get(f"{BASE}/{path}", headers=headers, allow_redirects=False)

    async def read(self, path: str) -> str:
        """Return a page that must be there."""
        got = await self.get(path)
        assert got.status == 200, (path, got.status)
        return await got.text()

    async def token(self, path: str = "sign-in") -> str:
        """Return the token of the forms on a page, as this session has it."""
        got = await self.client.get(f"{BASE}/{path}")
        found = _TOKEN.search(await got.text())
        assert found is not None, path
        return found[1]

    async def post(
        self, path: str, written: Mapping[str, str] | None = None, **headers: str
    ) -> ClientResponse:
        """Send a form with the session's token."""
        token = await self.token()
        return await self.client.post(
            f"{BASE}/{path}",
            data={"csrf": token, **(written or {})},
            headers=headers,
            allow_redirects=False,
        )

    async def sign_in(self, staff: Staff, password: str = PASSWORD) -> ClientResponse:
        """Sign in, or try to."""
        return await self.post("sign-in", {"username": staff.username, "password": password})

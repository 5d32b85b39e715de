"""A member of the staff with a headless browser."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aiohttp import ClientSession
from yarl import URL

OK, SEE_OTHER = 200, 303
PASSWORD = "fire ravne og en cykel"  # noqa: S105 - of a temporary database
_TOKEN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')
_CASE = re.compile(r'href="/console/cases/(\d+)">')
_NEXT = re.compile(r'href="/console/([^"]*)" rel="next"')
_OURS = re.compile(r'(?:href|src)="/console/(static/[^"?]*\.(?:css|js)\?[^"]*)"')


@dataclass(slots=True)
class Visitor:
    """A client that signs in, reads pages, and sends forms."""

    session: ClientSession
    address: URL
    token: str = ""

    async def read(self, path: str) -> str:
        """Return a page; raise `AssertionError` unless the status is 200."""
        address = self.address.join(URL(path))
        async with self.session.get(address, allow_redirects=False) as answer:
            assert answer.status == OK, (path, answer.status)
            return await answer.text()

    async def send(self, path: str, **form: str) -> None:
        """Send a form; raise `AssertionError` unless the answer redirects."""
        address = self.address.join(URL(path))
        form = {"csrf": self.token, **form}
        async with self.session.post(address, data=form, allow_redirects=False) as answer:
            assert answer.status == SEE_OTHER, (path, answer.status)

    async def sign_in(self, username: str) -> None:
        """Sign in."""
        await self._hold_token("sign-in")
        await self.send("sign-in", username=username, password=PASSWORD)
        await self._hold_token("account")

    async def _hold_token(self, path: str) -> None:
        """Store the CSRF token of this session's forms."""
        found = _TOKEN.search(await self.read(path))
        assert found is not None
        self.token = found[1]

    async def numbers(self, path: str, most: int) -> list[int]:
        """Return up to *most* numbers of the cases in a list, over all pages."""
        found: list[int] = []
        while path and len(found) < most:
            page = await self.read(path)
            found += map(int, _CASE.findall(page))
            onwards = _NEXT.search(page)
            path = onwards[1].replace("&amp;", "&") if onwards else ""
        return found[:most]

    async def first_load(self) -> dict[str, int]:
        """Return the bytes that the first page loads: HTML, styles and scripts."""
        page = await self.read("cases")
        loaded = {"html": len(page.encode()), "css": 0, "js": 0}
        for path in _OURS.findall(page):
            kind = path.partition("?")[0].rpartition(".")[2]
            loaded[kind] += len((await self.read(path)).encode())
        return loaded

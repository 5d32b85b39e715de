"""Response headers, caching, and error pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import pytest
from console_browser import PASSWORD, Browser, console_context, employ
from yarl import URL

from bot.console import errors
from bot.console.static import FILES, address_of, content_of
from bot.errors import DatabaseUnavailable
from bot.model.staff import Role
from bot.store.staff import StaffRows
from bot.store.store import Store

LARGEST_LOAD = 100_000  # bytes
SAID = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


async def test_every_answer(town: Store, browser: Browser) -> None:
    """Pages, redirects, errors and files have the security headers. Pages are not cached."""
    await browser.sign_in(await employ(town))
    answers = [await browser.get(path) for path in ("account", "", "staff", "nothing")]
    answers += [await browser.send("language", {}), await browser.get("static/base.css")]
    assert [answer.status for answer in answers] == [200, 303, 403, 404, 403, 200]
    for answer in answers:
        assert SAID.items() <= dict(answer.headers).items()
        policy = answer.headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "Strict-Transport-Security" not in answer.headers
    assert {answer.headers["Cache-Control"] for answer in answers[:5]} == {"no-store"}


async def test_https_alone(town: Store, browser: Browser) -> None:
    """A console behind https sends `Strict-Transport-Security`."""
    context = console_context(town, browser.clock, url="https://klintsund.example/console")
    async with Browser(town, context=context) as there:
        answer = await there.get("sign-in")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


async def test_pages_keep_to_their_policy(town: Store, browser: Browser) -> None:
    """No page has inline scripts, styles or handlers that the CSP would block."""
    await browser.sign_in(await employ(town, Role.ADMIN))
    for path in ("account", "staff", "staff/new", "staff/1", "audit", "nothing"):
        words = await (await browser.get(path)).text()
        for never in ("<style", " style=", "<script>", " onclick=", "javascript:", "http://"):
            assert never not in words, (path, never)


async def test_files_are_kept_by_what_they_hold(browser: Browser) -> None:
    """A file with its current hash is cached as immutable, else revalidated."""
    for name, kind in FILES.items():
        marked = await browser.client.get(address_of(name))
        assert (marked.status, marked.content_type) == (200, kind)
        assert "immutable" in marked.headers["Cache-Control"]
        assert (await browser.get(f"static/{name}")).headers["Cache-Control"] == "no-cache"
        assert (await browser.get(f"static/{name}?v=old")).headers["Cache-Control"] == "no-cache"


async def test_the_first_load_is_small(town: Store, browser: Browser) -> None:
    """A page with all its files is below 100 kB."""
    await browser.sign_in(await employ(town, Role.ADMIN))
    page = len((await browser.read("staff")).encode())
    assert page + sum(len(content_of(name)) for name in FILES) < LARGEST_LOAD


def test_no_file_is_forgotten() -> None:
    """Exactly the files in the folder are served."""
    folder = files("bot.console").joinpath("static")
    assert {file.name for file in folder.iterdir()} == set(FILES)


@pytest.mark.parametrize(
    "name",
    [
        "..%2fapp.py",
        "%2e%2e/app.py",
        "..%5c..%5capp.py",
        "base.css%00.py",
        "%2fetc%2fpasswd",
        "../templates/base.html",
        "base.css/",
        "BASE.CSS",
        "",
    ],
)
async def test_no_other_file_can_be_named(browser: Browser, name: str) -> None:
    """A path out of the folder, in any encoding, finds no file."""
    address = URL(f"{browser.client.make_url('/console/static/')}{name}", encoded=True)
    got = await browser.client.session.get(address, allow_redirects=False)
    # An address with a NUL is refused before any file is looked for.
    assert got.status in ((400,) if "%00" in name else (303, 404))
    words = await got.text()
    assert "import" not in words
    assert "root:" not in words


async def test_nothing_there(town: Store, browser: Browser) -> None:
    """A missing page is reported in the reader's language, with the sidebar."""
    english = await browser.get("nothing", Accept_Language="en")
    assert "There is nothing here" in await english.text()
    await browser.sign_in(await employ(town))
    got = await browser.get("nothing")
    words = await got.text()
    assert got.status == 404
    assert "Her er ikke noget" in words
    assert 'href="/console/account"' in words


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, error: Exception) -> Iterator[None]:
    """Make every read of a staff row raise *error*."""

    async def never(_self: StaffRows, _staff_id: int) -> None:
        raise error

    with monkeypatch.context() as patch:
        patch.setattr(StaffRows, "get", never)
        yield


async def test_our_own_mistake(
    town: Store,
    browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """An unexpected error shows a page without details, and logs no personal data."""
    await browser.sign_in(await employ(town))
    with broken(monkeypatch, ValueError("170461-5007 said Ana")), caplog.at_level(logging.ERROR):
        got = await browser.get("account?words=hemmeligt")
        words = await got.text()
    assert got.status == 500
    assert "Noget gik galt" in words
    assert "ValueError" not in words
    (record,) = [one for one in caplog.records if one.name == errors.log.name]
    assert record.getMessage() == "console_failed"
    assert record.__dict__["route"] == "/console/account"
    assert record.__dict__["kind"] == "ValueError"
    assert record.__dict__["at"].startswith("test_headers.py:")
    assert "170461" not in caplog.text
    assert "hemmeligt" not in caplog.text
    assert await browser.is_in()


async def test_the_database_is_away(
    town: Store, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the database unavailable, a page says so and reloads itself."""
    await browser.sign_in(await employ(town))

    def away(_self: Store) -> None:
        raise DatabaseUnavailable

    with monkeypatch.context() as patch:
        patch.setattr(Store, "reading", away)
        got = await browser.get("account", Accept_Language="en")
        words = await got.text()
        posted = await browser.send("language", {"language": "en"})
        style = await browser.get("static/base.css")
    assert (got.status, got.headers["Retry-After"]) == (503, "5")
    assert "The database cannot be reached" in words
    assert '<meta http-equiv="refresh"' in words
    assert posted.status == 503
    assert style.status == 200
    assert await browser.is_in()


async def test_a_form_is_given_back_while_the_database_is_unavailable(
    town: Store, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page shows what was written, no password, and does not repeat itself as a GET."""
    await browser.sign_in(await employ(town))
    token = await browser.token()

    def unavailable(_self: Store) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr(Store, "reading", unavailable)
    monkeypatch.setattr(Store, "unit", unavailable)
    form = {"csrf": token, "text": "Kære <Jens>, vi ser på det.", "password": "hemmelig", "do": "x"}
    got = await browser.send("cases/1001/write/answer", form)
    page = await got.text()
    assert got.status == 503
    assert "Kære &lt;Jens&gt;, vi ser på det." in page
    assert "Intet er sendt eller ændret" in page
    assert "hemmelig" not in page
    assert token not in page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "http-equiv" not in page
    assert "Retry-After" not in got.headers


async def test_the_database_goes_away_at_the_end(
    town: Store, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same page is shown if only storing the session fails."""
    mette = await employ(town)
    token = await browser.token()

    async def away(*_arguments: object) -> None:
        raise DatabaseUnavailable

    monkeypatch.setattr("bot.store.sign_in.Sessions.add", away)
    form = {"csrf": token, "username": mette.username, "password": PASSWORD}
    assert (await browser.send("sign-in", form)).status == 503

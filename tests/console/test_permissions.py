"""Permissions: every route for every role, and without a session."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from console_browser import Browser, console_context, employ
from sqlalchemy import update

from bot.clock import TravelClock
from bot.console.app import console_app
from bot.console.permissions import document
from bot.console.route import Route
from bot.console.routes import DEMO_ROUTES, ROUTES
from bot.console.table_files import ENDING
from bot.i18n import render
from bot.model.commands.casework import EnterCase
from bot.model.staff import BY_NAME, PERMISSIONS, ROLE_NAMES, May, Role, least_role
from bot.service import execute
from bot.store.store import Store
from bot.store.tables import staff
from bot.testing import START

ROOT = Path(__file__).parents[2]
LEAVES = ("sign-out", "account/sessions/end-others")  # After these the current user is signed out.
# What each role may do. A change here needs a decision.
AGREED = {
    None: "sign_in",
    Role.NONE: "sign_in own_account",
    Role.STAFF: (
        "sign_in own_account see_cases work_cases see_alerts edit_faq set_reminders volunteering"
        " pledges broadcast"
    ),
    Role.LEADER: (
        "sign_in own_account see_cases work_cases see_alerts edit_faq set_reminders"
        " volunteering pledges broadcast approve override see_audit export_persons"
    ),
    Role.ADMIN: (
        "sign_in own_account see_cases work_cases see_alerts edit_faq set_reminders"
        " volunteering pledges broadcast approve override see_audit export_persons manage_staff"
    ),
}


def test_the_table_of_roles() -> None:
    """Each role has exactly the agreed permissions, and all of the role below it."""
    assert {role: set(words.split()) for role, words in AGREED.items()} == {
        role: {str(one) for one in allowed} for role, allowed in PERMISSIONS.items()
    }
    allowed = list(PERMISSIONS.values())
    assert all(less <= more for less, more in pairwise(allowed))
    assert {least_role(what) for what in May} >= {Role.STAFF, Role.LEADER, Role.ADMIN}
    assert {what for what in May if least_role(what) is None} == set(BY_NAME)


def test_the_table_is_told() -> None:
    """The document equals the output of `python -m bot.console.permissions`."""
    assert (ROOT / "docs" / "permissions.md").read_text() == document()


async def test_nothing_is_served_but_the_table(town: Store) -> None:
    """Exactly the routes of the table are served, in the demo also its own."""
    for demo in (False, True):
        app = console_app(console_context(town, TravelClock(START), demo=demo))
        served = {(r.method, r.resource.canonical) for r in app.router.routes() if r.resource}
        listed = {(r.method, _plain(r.path)) for r in (*ROUTES, *(DEMO_ROUTES if demo else ()))}
        assert {one for one in served if one[0] != "HEAD"} == listed
    assert len({(route.method, route.path) for route in ROUTES}) == len(ROUTES)
    assert all(route.method in ("GET", "POST") for route in ROUTES)


def _plain(path: str) -> str:
    """Return a route's path as aiohttp writes it."""
    return "/" + re.sub(r"\{(\w+):.*?\}(?=/|$)", r"{\1}", path)


def address(route: Route, someone: int) -> str:
    """Return an address that matches the route's path."""
    path = re.sub(r"\{id:.*?\}(?=/|$)", str(someone), route.path)
    path = re.sub(r"\{number:.*?\}(?=/|$)", "1001", path)
    path = re.sub(r"\{(message|picture):.*?\}(?=/|$)", "1", path)
    path = path.replace(ENDING, "csv")
    path = re.sub(r"\{form:.*?\}(?=/|$)", "answer", path)
    return path.replace("{name}", "base.css").replace("{token}", "x" * 43)


async def ask(browser: Browser, route: Route, someone: int) -> tuple[int, str, str]:
    """Request a route. Return status, location and text."""
    path = address(route, someone)
    got = await (browser.get(path) if route.method == "GET" else browser.post(path))
    # An SSE stream ends only with its session, so its body is not read.
    said = "" if got.content_type == "text/event-stream" else await got.text()
    return got.status, got.headers.get("Location", ""), said


def who_may(what: May) -> str:
    """Return what a user without a permission reads about those who have it."""
    role = least_role(what)
    return render(ROLE_NAMES[role], "da") if role else "Det kan kun enkelte medarbejdere se."


async def a_case(town: Store, someone: int) -> None:
    """Open a case with a picture."""
    entered = EnterCase(someone, "phone", "question", "Inger", None, "service", None, "Om pas")
    async with town.unit() as unit:
        await execute(entered, unit)
        file_id = await unit.files.add("picture.jpg", "image/jpeg", b"seen")
        await unit.cases.attach([{"case_id": 1, "kind": "photo", "file_id": file_id}])


@pytest.mark.parametrize("role", [None, *Role], ids=str)
async def test_each_route(town: Store, browser: Browser, role: Role | None) -> None:
    """Without permission a role gets status 403, and without a session the sign-in page."""
    someone = (await employ(town, Role.STAFF, username="someone")).id
    await a_case(town, someone)
    if role is not None:
        await browser.sign_in(await employ(town, role))
    for route in sorted(ROUTES, key=lambda route: route.path in LEAVES):
        if role is not None and not await browser.is_in():
            await browser.sign_in(await employ(town, role, username=f"again{route.path[:4]}"))
        status, leads, said = await ask(browser, route, someone)
        named = f"{route.method} {route.path}"
        if route.may in PERMISSIONS[role]:
            assert status in (200, 204, 303, 400, 404, 410, 422), named
            assert not leads.startswith("/console/sign-in?next="), named
        elif role is None:
            assert status == 303, named
            assert leads.startswith("/console/sign-in?next="), named
        else:
            assert status == 403, named
            assert who_may(route.may) in said, named
    async with town.reading() as unit:
        untouched = await unit.staff.get(someone)
    assert untouched is not None
    assert untouched.active is (role is not Role.ADMIN)


async def test_shut_out_at_once(town: Store, browser: Browser) -> None:
    """A disabled user is signed out at the next request, and the old cookie stays invalid."""
    mette = await employ(town)
    await employ(town, Role.ADMIN)
    await browser.sign_in(mette)
    async with browser.another() as admin:
        await admin.try_to_sign_in("anders")
        assert (await admin.post(f"staff/{mette.id}/disable")).status == 303
        assert not await browser.is_in()
        assert (await browser.try_to_sign_in("mette")).status == 422
        kept = browser.cookie
        assert (await admin.post(f"staff/{mette.id}/invite")).status == 200
        browser.plant(kept)
        assert not await browser.is_in()


async def test_another_role_at_once(town: Store, browser: Browser) -> None:
    """A changed role applies at the next request."""
    lone = await employ(town, Role.LEADER)
    await employ(town, Role.ADMIN)
    await browser.sign_in(lone)
    assert (await browser.get("audit")).status == 200
    async with browser.another() as admin:
        await admin.try_to_sign_in("anders")
        form = {"first_name": "Lone", "unit": "ledelsen", "role": "staff"}
        assert (await admin.post(f"staff/{lone.id}", form)).status == 303
    assert (await browser.get("audit")).status == 403
    assert await browser.is_in()


async def test_a_role_of_earlier_versions(town: Store, browser: Browser) -> None:
    """A stored role that no longer exists loads, and gives access to the own account alone."""
    lone = await employ(town, Role.LEADER)
    async with town.unit() as unit:
        await unit.connection.execute(update(staff).values(role="ambassador"))
    await browser.sign_in(lone)
    assert [(await browser.get(path)).status for path in ("account", "cases")] == [200, 403]
    await employ(town, Role.ADMIN)
    async with browser.another() as admin:
        await admin.try_to_sign_in("anders")
        page = await admin.read(f"staff/{lone.id}")
        assert '<option value="none" selected>' in page
        assert '<option value="none"' not in await admin.read("staff/new")


async def test_a_form_of_old_does_nothing(town: Store, browser: Browser) -> None:
    """A form has no effect if its user has lost the permission."""
    anders = await employ(town, Role.ADMIN)
    mette = await employ(town)
    await browser.sign_in(anders)
    token = await browser.token()
    async with town.unit() as unit:
        await unit.staff.save(replace(anders, role=Role.STAFF))
    assert (await browser.send(f"staff/{mette.id}/disable", {"csrf": token})).status == 403
    async with town.reading() as unit:
        still = await unit.staff.get(mette.id)
    assert still == mette

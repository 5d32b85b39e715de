"""Each reading of a case is recorded by staff id on every page, and prefetches get nothing."""

from __future__ import annotations

import re

import pytest
from console_browser import Browser, employ
from staffed_chat import StaffedChat

from bot.console.routes import ROUTES
from bot.engine.events import Refused
from bot.model.commands.casework import ReadCase
from bot.model.staff import May, Role, Staff
from bot.service import execute
from bot.store.events import READ, by_staff

DEEP = "guldfisken"  # in the part of a case that no list shows
WORDS = f"Hvem passer dammen ved søen? {'Den ligger stille hen. ' * 6}Og {DEEP} er væk."
JPEG = b"\xff\xd8\xff"
AHEAD = (
    {"Sec_Purpose": "prefetch"},
    {"Sec_Purpose": "prefetch;prerender"},
    {"Sec_Purpose": "prefetch; anonymous-client-ip"},
    {"Purpose": "prefetch"},
    {"X_Purpose": "preview"},
    {"X_Moz": "prefetch"},
)
_OPEN = re.compile(r"\{(\w+)(?::(?:[^{}]|\{[^{}]*\})*)?\}")
FILLED = {"number": "1001", "picture": "1", "message": "1", "form": "answer", "name": "case.js"}


@pytest.fixture
async def known(staffed: StaffedChat) -> StaffedChat:
    """Open a town with one case: words, a picture, and an internal note."""
    await staffed.says("Jens: /start", "Jens: giv et praj", "Jens: [Hul i vejen]")
    await staffed.says("Jens: Strandvej 2", "Jens: <photo>", f"Jens: {WORDS}", "Jens: [Send]")
    await staffed.does("note", {"text": f"Naboen savner {DEEP}"})
    return staffed


def address(path: str) -> str:
    """Fill in the placeholders of a route's path."""
    return _OPEN.sub(lambda found: FILLED.get(found[1], "1"), path)


async def readings(staffed: StaffedChat) -> list[str]:
    """Return the actors of all recorded readings of the case."""
    async with staffed.store.reading() as unit:
        done = await unit.events.of_case((await staffed.case()).id)
    return [event.actor for event in done if event.verb == READ]


async def namesake(staffed: StaffedChat, username: str) -> tuple[Staff, Browser]:
    """Add a member of the staff named Mette, signed in at an own browser."""
    staff = await employ(staffed.store, Role.ADMIN, username=username, first_name="Mette")
    browser = await staffed.first.another().__aenter__()
    staffed.browsers[username] = browser
    return staff, await browser.sign_in(staff)


async def test_no_page_shows_a_case_without_a_trace(known: StaffedChat) -> None:
    """Each page that shows a case records its reader, also among people of one name."""
    showed = set()
    for n, route in enumerate(ROUTES):
        if route.may is May.SIGN_IN:
            continue
        staff, browser = await namesake(known, f"mette-{n}")
        if route.method == "GET":
            got = await browser.get(address(route.path))
        else:
            got = await browser.post(address(route.path), {"text": "[…]"})
        if got.content_type == "text/event-stream":
            got.close()
            continue
        body = await got.read()
        if DEEP.encode() in body or body.startswith(JPEG):
            showed.add(f"{route.method} {route.path.rpartition('}/')[2]}")
            assert by_staff(staff.id) in await readings(known), route.path
    assert {"GET thread", "GET pictures/{picture:[0-9]{1,15}}", "GET journal.json"} <= showed
    assert {"GET journal.csv", "GET journal.html", "POST hand-over", "POST reopen"} <= showed


async def test_what_is_only_fetched(known: StaffedChat) -> None:
    """A preview, a picture and a refused form each record a reading."""
    case = await known.case()
    for n, path in enumerate(("preview/answer", "write/answer", "hand-over", "reopen")):
        staff, browser = await namesake(known, f"mette-{n}")
        await browser.post(f"cases/{case.number}/{path}", {"do": "preview", "text": "Hej."})
        assert (await readings(known))[-1] == by_staff(staff.id), path
    staff, browser = await namesake(known, "mette-picture")
    assert (await browser.get(f"cases/{case.number}/pictures/1")).status == 200
    assert (await readings(known))[-1] == by_staff(staff.id)


async def test_two_of_one_name(known: StaffedChat) -> None:
    """Two readers named Mette are recorded apart and listed apart in the citizen's data."""
    before = await readings(known)
    case = await known.case()
    one, first = await namesake(known, "mette.one")
    other, second = await namesake(known, "mette.other")
    for browser in (first, second, first, second):
        await browser.read(f"cases/{case.number}")
    assert (await readings(known))[len(before) :] == [by_staff(one.id), by_staff(other.id)]
    assert case.person_id is not None
    async with known.store.reading() as unit:
        given = (await unit.dossier.of(case.person_id))["who_read_your_cases"]
    assert [reading["who"] for reading in given][-2:] == ["Mette", "Mette"]


async def test_one_reading_is_noted_once(staffed: StaffedChat) -> None:
    """A repeated look is one reading for an hour, or until the citizen writes."""
    number = await staffed.asked()
    staff, browser = await namesake(staffed, "mette.one")
    own = by_staff(staff.id)
    for minutes, noted in ((0, 1), (30, 1), (29, 1), (2, 2)):
        await staffed.later(minutes=minutes)
        await browser.read(f"cases/{number}")
        await browser.read(f"cases/{number}/thread")
        assert (await readings(staffed)).count(own) == noted, minutes
    await staffed.later(minutes=1)
    await staffed.says("Jens edits: Hvornår bliver bænken ved søen malet?")
    await browser.read(f"cases/{number}")
    assert (await readings(staffed)).count(own) == 3


async def test_nothing_is_shown_ahead(known: StaffedChat) -> None:
    """A prefetch gets status 503 without a body from every page, and records nothing."""
    before = await readings(known)
    mette = await known.at()
    for route in ROUTES:
        if route.method == "GET":
            for headers in AHEAD:
                got = await mette.get(address(route.path), **headers)
                assert (got.status, await got.read()) == (503, b""), (route.path, headers)
                assert got.headers["Cache-Control"] == "no-store"
    assert await readings(known) == before
    asked = await mette.get("cases/1001", Sec_Purpose="")
    assert DEEP in await asked.text()


async def test_nothing_without_a_get(known: StaffedChat) -> None:
    """A HEAD request is refused and records nothing."""
    before = await readings(known)
    mette = await known.at()
    for path in ("cases/1001", "cases/1001/thread", "cases/1001/pictures/1"):
        got = await mette.client.head(f"/console/{path}", allow_redirects=False)
        assert got.status == 405
    assert await readings(known) == before


async def test_who_may_not_see_cases(known: StaffedChat) -> None:
    """`ReadCase` is refused without the permission, so that no page shows the case."""
    outsider = await employ(known.store, Role.NONE)
    case = await known.case()
    async with known.store.unit() as unit:
        answer = await execute(ReadCase(outsider.id, case.id), unit)
    assert isinstance(answer, Refused)
    assert by_staff(outsider.id) not in await readings(known)

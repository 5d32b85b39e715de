"""Feeds of opportunities: JSON, Atom and the calendar of coming shifts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from xml.etree import ElementTree as ET

import icalendar
from aiohttp import web
from aiohttp.test_utils import TestClient
from public_town import BOT_LINK, URL, ask

from bot.clock import TravelClock
from bot.documents.atom_feed import NAMESPACE
from bot.model.commands.volunteering import (
    CancelShift,
    ChangeShift,
    EditOpportunity,
    EndOpportunity,
    ImportOpportunities,
    PauseOpportunity,
    SignUpFor,
)
from bot.service.content import shipped_opportunities
from bot.store.store import Store

Visitor = TestClient[web.Request, web.Application]
ATOM = f"{{{NAMESPACE}}}"


async def first_shift(town: Store, opportunity_id: int) -> Any:
    """Return the next shift of an opportunity."""
    async with town.reading() as unit:
        return (await unit.shifts.of([opportunity_id], after=unit.now))[0]


async def events(visitor: Visitor) -> dict[str, Any]:
    """Return the events of the calendar by their ids."""
    answer = await visitor.get("/public/opgaver.ics")
    assert (answer.status, answer.content_type) == (200, "text/calendar")
    (calendar,) = icalendar.Calendar.from_ical(await answer.read(), multiple=True)
    assert calendar["METHOD"] == "PUBLISH"
    found = {str(one["UID"]): one for one in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


async def feed(visitor: Visitor) -> ET.Element:
    """Return the Atom feed, read by an XML parser."""
    answer = await visitor.get("/public/opgaver.atom")
    assert (answer.status, answer.content_type) == (200, "application/atom+xml")
    return ET.fromstring(await answer.read())  # noqa: S314 - our own feed


async def test_json(open_town: Store, visitor: Visitor) -> None:
    """JSON has the documented shape, for any site, and nothing about citizens."""
    answer = await visitor.get("/public/opgaver.json?lang=en")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    value = await answer.json()
    assert {name: value[name] for name in ("municipality", "language", "page")} == {
        "municipality": "Klintsund Kommune",
        "language": "en",
        "page": f"{URL}/opgaver",
    }
    assert len(value["opportunities"]) == 12
    reading = value["opportunities"][0]
    shift = await first_shift(open_town, 1)
    assert reading == {
        "id": 1,
        "title": "Reading friend at Bakkeskolen",
        "text": "Read with two 2nd-graders. Wednesday 3–4 pm, 6 places.",
        "language": "en",
        "gain": "Children who look forward to seeing you.",
        "place": "Bakkeskolen, the library on the first floor",
        "theme": {"key": "children", "name": "Children and young people"},
        "area": {"key": "klintsund", "name": "Klintsund By"},
        "kind": "shifts",
        "minutes": 60,
        "gates": [{"key": "children", "name": "Children's certificate"}],
        "insurance": {"key": "municipality", "name": "The municipality insures you."},
        "contact": "Mette",
        "seats": 6,
        "left": None,
        "shifts": reading["shifts"],
        "page": f"{URL}/opgaver/1",
        "chat": f"{BOT_LINK}?start=opp-1",
    }
    assert len(reading["shifts"]) == 3
    assert reading["shifts"][0] == {
        "id": shift.id,
        "begins": "2026-11-25T15:00:00+01:00",
        "ends": "2026-11-25T16:00:00+01:00",
        "place": "Bakkeskolen, the library on the first floor",
        "seats": 6,
        "left": 6,
        "waiting_list": False,
        "closed": False,
    }


async def test_atom(open_town: Store, visitor: Visitor, clock: TravelClock) -> None:
    """The feed is valid XML with what RFC 4287 asks for; the newest entry comes first."""
    clock.move_to(clock.now() + timedelta(hours=1))
    newer = {**shipped_opportunities()[0], "code": "V13", "title_da": "Ny & <frisk>"}
    await ask(open_town, ImportOpportunities(1, [newer], publishes=True))
    answer = await visitor.head("/public/opgaver.atom")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    root = await feed(visitor)
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == f"{URL}/opgaver.atom"
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "Klintsund Kommune"
    links = {one.get("rel"): one.get("href") for one in root.findall(f"{ATOM}link")}
    assert links == {"self": f"{URL}/opgaver.atom", "alternate": f"{URL}/opgaver"}
    entries = root.findall(f"{ATOM}entry")
    ids = [one.findtext(f"{ATOM}id") for one in entries]
    assert len(set(ids)) == len(ids) == 13
    assert ids[0] == f"{URL}/opgaver/13"
    assert entries[0].findtext(f"{ATOM}title") == "Ny & <frisk>"
    assert entries[0].findtext(f"{ATOM}updated") == "2026-11-23T10:00:00Z"
    assert root.findtext(f"{ATOM}updated") == "2026-11-23T10:00:00Z"
    for one in entries:
        assert one.find(f"{ATOM}link") is not None
        assert one.findtext(f"{ATOM}summary")
    await ask(open_town, PauseOpportunity(1, 13))
    root = await feed(visitor)
    assert len(root.findall(f"{ATOM}entry")) == 12


async def test_an_empty_feed(visitor: Visitor) -> None:
    """Without opportunities the feed, the data and the calendar are valid and empty."""
    root = await feed(visitor)
    assert root.findtext(f"{ATOM}updated")
    assert root.findall(f"{ATOM}entry") == []
    assert (await (await visitor.get("/public/opgaver.json")).json())["opportunities"] == []
    assert await events(visitor) == {}


async def test_the_calendar_follows_changes(open_town: Store, visitor: Visitor) -> None:
    """An event keeps its id; its sequence rises with each change, and when it is cancelled."""
    shift = await first_shift(open_town, 4)
    async with open_town.unit() as unit:
        fatma = await unit.participants.add("Fatma", "70000000", 1)
    await ask(open_town, SignUpFor(1, fatma, 4, shift.id, agreed=True))
    uid = f"shift-{shift.id}@dialog_klintsund_bot.t.me"
    first = (await events(visitor))[uid]
    assert (first["SUMMARY"], first["SEQUENCE"], first["STATUS"]) == (
        *("Sprogcafé på biblioteket", 0, "CONFIRMED"),
    )
    assert first["URL"] == f"{URL}/opgaver/4"
    assert "ATTENDEE" not in first
    assert "Fatma" not in str(first)
    later = shift.begins_at + timedelta(hours=1)
    moved = ChangeShift(1, shift.id, 1, later, later + shift.length, None, None)
    await ask(open_town, moved)
    second = (await events(visitor))[uid]
    assert (second.start, second["SEQUENCE"]) == (later, 1)
    await ask(open_town, EditOpportunity(1, 4, 1, {"titles": {"da": "Sprogcafé i haven"}}))
    third = (await events(visitor))[uid]
    assert (third["SUMMARY"], third["SEQUENCE"]) == ("Sprogcafé i haven", 2)
    await ask(open_town, CancelShift(1, shift.id, "Biblioteket er lukket."))
    fourth = (await events(visitor))[uid]
    assert (fourth["STATUS"], fourth["SEQUENCE"]) == ("CANCELLED", 3)
    assert "Biblioteket er lukket" not in str(fourth)


async def test_an_ended_opportunity(open_town: Store, visitor: Visitor) -> None:
    """The shifts of an ended opportunity stay as cancelled; those of a paused one are left out."""
    shift, other = await first_shift(open_town, 4), await first_shift(open_town, 5)
    await ask(open_town, EndOpportunity(1, 4, "Der er for få deltagere."))
    await ask(open_town, PauseOpportunity(1, 5))
    found = await events(visitor)
    assert found[f"shift-{shift.id}@dialog_klintsund_bot.t.me"]["STATUS"] == "CANCELLED"
    assert f"shift-{other.id}@dialog_klintsund_bot.t.me" not in found

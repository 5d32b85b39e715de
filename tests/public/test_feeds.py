"""The personal calendar feed: what it holds, and that a revoked one is gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
from aiohttp import web
from aiohttp.test_utils import TestClient
from public_town import ask

from bot.clock import TravelClock
from bot.model.commands.links import MakeFeed, RevokeFeed
from bot.model.commands.reminders import (
    AddGroup,
    EndReminder,
    GiveRole,
    HoldReminder,
    JoinGroup,
    RemindGroup,
    RemindMe,
    SetReminder,
)
from bot.model.participant import CitizenRole
from bot.model.person import Person
from bot.service.reminders import expand
from bot.store.personal_data import erase
from bot.store.store import Store

Visitor = TestClient[web.Request, web.Application]


def once(day: str, at: str = "16:00") -> dict[str, Any]:
    """Return the rule of one occurrence."""
    return {"recurrence": {"unit": "once", "starts_on": day, "at": at}}


async def add_jens(town: Store) -> Person:
    """Insert a citizen who reads Danish."""
    async with town.unit() as unit:
        fresh = Person(
            *(0, "tg:102", 102, "da"), first_name="Jens", notice_at=unit.now, notice_version="1"
        )
        return await unit.people.add(fresh)


async def dates(visitor: Visitor, token: str) -> dict[str, str]:
    """Return the titles of a feed's events, by day."""
    answer = await visitor.get(f"/public/calendar/{token}.ics")
    assert (answer.status, answer.content_type) == (200, "text/calendar")
    (calendar,) = icalendar.Calendar.from_ical(await answer.read(), multiple=True)
    assert calendar["METHOD"] == "PUBLISH"
    assert calendar["X-WR-CALNAME"] == "Klintsund Kommune: mine datoer"
    found = {e.start.date().isoformat(): str(e["SUMMARY"]) for e in calendar.walk("VEVENT")}
    assert len(found) == len(calendar.walk("VEVENT"))
    return found


async def test_what_a_feed_holds(town: Store, visitor: Visitor) -> None:
    """It has one's own dates, and those of one's groups and roles, and no news."""
    jens = await add_jens(town)
    token = await ask(town, MakeFeed(jens.id))
    assert await dates(visitor, token) == {}
    group = await ask(town, AddGroup(1, "Strandens Venner", "association"))
    await ask(town, JoinGroup(1, group, 1, is_lead=True))
    await ask(town, GiveRole(1, 1, CitizenRole.AMBASSADOR))
    await ask(town, RemindMe(jens.id, "ring til biblioteket", once("2026-12-01")))
    await ask(town, RemindGroup(jens.id, str(group), "Mød op ved kiosken", once("2026-12-02")))
    role = {"is": "role", "value": "ambassador"}
    held = await ask(
        town, SetReminder(1, {"da": "Møde på rådhuset"}, once("2026-12-03"), role, "a")
    )
    news = {"is": "language", "value": "da"}
    await ask(town, SetReminder(1, {"da": "Nyt om havnen"}, once("2026-12-04"), news, "n"))
    expected = {
        "2026-12-01": "ring til biblioteket",
        "2026-12-02": "Mød op ved kiosken",
        "2026-12-03": "Møde på rådhuset",
    }
    assert await dates(visitor, token) == expected
    await ask(town, HoldReminder("staff:1", held, paused=True))
    del expected["2026-12-03"]
    assert await dates(visitor, token) == expected
    await ask(town, EndReminder("citizen", 1))
    del expected["2026-12-01"]
    assert await dates(visitor, token) == expected


async def test_a_planned_date_stays(town: Store, visitor: Visitor, clock: TravelClock) -> None:
    """A single date stays in the feed after its message is planned, and for a month."""
    jens = await add_jens(town)
    token = await ask(town, MakeFeed(jens.id))
    made = await ask(town, RemindMe(jens.id, "ring til biblioteket", once("2026-12-01")))
    clock.move_to(datetime(2026, 12, 1, 15, tzinfo=UTC))
    async with town.unit() as unit:
        await expand(unit, made["reminder"])
    assert await dates(visitor, token) == {"2026-12-01": "ring til biblioteket"}
    clock.move_to(clock.now() + timedelta(days=31))
    assert await dates(visitor, token) == {}


async def test_a_feed_that_is_gone(town: Store, visitor: Visitor) -> None:
    """A revoked feed, one of an erased citizen, and an unknown one are answered alike."""
    jens = await add_jens(town)
    revoked = await ask(town, MakeFeed(jens.id))
    await ask(town, RevokeFeed(jens.id))
    erased = await ask(town, MakeFeed(jens.id))
    assert (await visitor.get(f"/public/calendar/{erased}.ics")).status == 200
    assert (await visitor.get(f"/public/l/{erased}")).status == 404
    async with town.unit() as unit:
        await erase(unit.connection, jens)
    for token in (revoked, erased, "A" * 22):
        answer = await visitor.get(f"/public/calendar/{token}.ics")
        assert answer.status == 404
        assert "<h1>Der er ingen side her</h1>" in await answer.text()

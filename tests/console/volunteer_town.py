"""A town with opportunities to volunteer, and the helpers of its tests."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any

from bot.clock import TravelClock
from bot.engine.events import Done
from bot.model.commands.volunteering import ImportOpportunities, SignUp, SignUpFor
from bot.model.opportunity import Opportunity, Shift
from bot.model.person import Person
from bot.model.signup import Signup
from bot.model.staff import Staff
from bot.service import execute
from bot.service.content import shipped_opportunities
from bot.store.store import Store


def said(page: str) -> str:
    """Return a page's text without tags, on one line."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


async def do(town: Store, command: Any) -> Any:
    """Execute a command, assert that it is done, and return its value."""
    async with town.unit() as unit:
        done = await execute(command, unit)
    assert isinstance(done, Done), done
    return done.value


async def open_all(town: Store, staff: Staff) -> None:
    """Import and publish the opportunities that ship with the town."""
    done = await do(town, ImportOpportunities(staff.id, shipped_opportunities(), publishes=True))
    assert done["faults"] == []


async def opportunity(town: Store, code: str) -> Opportunity:
    """Return the opportunity with a code."""
    async with town.reading() as unit:
        found = await unit.opportunities.of_code(code)
    assert found is not None
    return found


async def next_shift(town: Store, code: str) -> Shift:
    """Return the next shift of an opportunity."""
    known = await opportunity(town, code)
    async with town.reading() as unit:
        return (await unit.shifts.of([known.id], after=unit.now))[0]


async def citizen(town: Store, name: str, number: int) -> int:
    """Add a citizen in the chat. Return the person's id."""
    async with town.unit() as unit:
        person = await unit.people.add(
            Person(0, f"tg:{number}", number, "da", name, notice_at=unit.now, notice_version=1)
        )
        await unit.participants.of_person(person.id, name)
        return person.id


async def participant_of(town: Store, person_id: int) -> int:
    """Return the participant of a citizen."""
    async with town.unit() as unit:
        return (await unit.participants.of_person(person_id)).id


async def signs_up(town: Store, name: str, number: int, code: str) -> Signup:
    """Add a citizen who signs up in the chat for the next shift, or by agreement."""
    person = await citizen(town, name, number)
    known = await opportunity(town, code)
    shift = (await next_shift(town, code)).id if known.rule else None
    done = await do(town, SignUp(person, known.id, shift))
    return await signup(town, done["signup"])


async def phones_in(town: Store, staff: Staff, name: str, code: str) -> Signup:
    """Enter somebody who phones, and sign them up for the next shift."""
    async with town.unit() as unit:
        participant = await unit.participants.add(name, "12 34 56 78", staff.id)
    shift = await next_shift(town, code)
    command = SignUpFor(staff.id, participant, shift.opportunity_id, shift.id, agreed=True)
    return await signup(town, (await do(town, command))["signup"])


async def signup(town: Store, signup_id: int) -> Signup:
    """Return a sign-up."""
    async with town.reading() as unit:
        found = await unit.signups.get(signup_id)
    assert found is not None
    return found


def travel(clock: TravelClock, to: datetime, **earlier: float) -> None:
    """Move the time of the town to a moment before or after *to*."""
    clock.move_to(to - timedelta(**earlier))

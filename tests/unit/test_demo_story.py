"""The story that the demo plays before it opens, on different days of the year."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from bot.app.checks.run import audit_findings
from bot.app.compose import BotParts, build, prepare, town_context_of
from bot.app.demo import make_world, phones, tell_story
from bot.app.demo_story import (
    BEFORE,
    BIRTHE,
    GRETHE,
    NADIA,
    NEIGHBOURS,
    OLIVER,
    SAMIRA,
    VIBEKE,
)
from bot.app.demo_volunteering import COORDINATOR
from bot.app.time_travel import pass_time
from bot.clock import TravelClock
from bot.model.delivery import Outcome
from bot.model.link import hash_of
from bot.model.opportunity import Gate
from bot.model.profile import GateState
from bot.model.reminder import ReminderState
from bot.model.signup import Signup, SignupState, is_at_risk
from bot.scheduler import seal
from bot.service.content import employ, read_town
from bot.simulator import TOKEN, World
from bot.simulator.http import make_http_app
from bot.simulator.inprocess import InProcessApi
from bot.store.store import Store
from bot.transport.pacing import Unpaced

AHEAD = timedelta(days=17)  # the café pauses at Christmas
ANSWERS = {Outcome.DONE, Outcome.CANNOT, Outcome.LATER, Outcome.PHONED, Outcome.SENT}


def texts_of(world: World, user: int) -> list[str]:
    """Return what the bot has sent a citizen, the oldest first."""
    log = world.bots[TOKEN].chats[user].log
    return [seen.text or "" for seen in log if seen.kind == "sent"]


async def outcomes(store: Store) -> Counter[Outcome]:
    """Return the number of messages of the reminders of staff and leads, by outcome."""
    found: Counter[Outcome] = Counter()
    async with store.reading() as unit:
        for reminder in await unit.reminders.shared(list(ReminderState), 100):
            deliveries = await unit.deliveries.of_subject("reminder", reminder.id, 1000)
            found.update(one.outcome for one in deliveries)
    return found


async def signups_of(store: Store, user: int) -> list[Signup]:
    """Return a citizen's sign-ups, the oldest first."""
    async with store.unit() as unit:
        person = await unit.people.by_lane(f"tg:{user}")
        assert person is not None
        who = await unit.participants.of_person(person.id)
        return (await unit.signups.of_person(who.id, 100))[::-1]


async def is_volunteering_told(store: Store, world: World) -> None:
    """Assert that each volunteer of the story is where it leaves them."""
    gone, live, reading = await signups_of(store, SAMIRA)
    (standin,) = await signups_of(store, NADIA)
    (waiting,) = await signups_of(store, VIBEKE)
    (asked,) = await signups_of(store, OLIVER)
    assert gone.state is SignupState.REPLACED
    assert (standin.state, standin.replaces) == (SignupState.ATTENDED, gone.id)
    assert "Du har hjulpet 1 gang: 2 timer." in texts_of(world, NADIA)[-1]
    assert (live.state, live.says_coming_at) == (SignupState.CONFIRMED, None)
    assert live.invitation_id is not None
    assert waiting.state is SignupState.WAITLISTED
    assert asked.state is reading.state is SignupState.REQUESTED
    async with store.reading() as unit:
        checks = await unit.profiles.gates(reading.participant_id)
        assert checks[Gate.CHILDREN].state is GateState.ORDERED
        aisha = await unit.staff.by_username(COORDINATOR)
        assert aisha is not None
        assert asked.handled_by == aisha.id
        assert asked.due_at is not None
        assert asked.due_at > unit.now
        said = Counter(
            one.outcome
            for one in await unit.deliveries.of_subject("invitation", live.invitation_id, 10)
        )
        assert said == {Outcome.DONE: 1, Outcome.CANNOT: 1}


async def at_risk(store: Store, present: datetime) -> list[int]:
    """Return which of the two volunteers of the coming walk are at risk."""
    found = []
    for user in (BIRTHE, GRETHE):
        (own,) = await signups_of(store, user)
        async with store.reading() as unit:
            shift = await unit.shifts.get(own.shift_id or 0)
        assert shift is not None
        if is_at_risk(own, shift.begins_at, present):
            found.append(user)
    return found


@pytest.mark.parametrize(
    "present",
    [
        datetime(2026, 12, 1, 20, 30, tzinfo=UTC),  # a Tuesday evening
        datetime(2027, 1, 2, 9, 0, tzinfo=UTC),  # after calm days
        datetime(2026, 12, 25, 23, 30, tzinfo=UTC),  # on calm days
        datetime(2027, 3, 28, 3, 0, tzinfo=UTC),  # Easter, in the night that summer time begins
        datetime(2027, 7, 7, 13, 55, tzinfo=UTC),  # minutes before a reminder on Wednesday at 16
    ],
    ids=["weekday", "new_year", "christmas", "easter", "wednesday"],
)
async def test_the_story_can_be_played(sqlite_url: str, present: datetime) -> None:
    """All answers are in it, its link opens a reminder, and more come later."""
    town, clock = read_town(None), TravelClock(present - BEFORE)
    world = make_world(clock, town, TOKEN)
    make_http_app(world, [*phones(town), *NEIGHBOURS])
    store = await Store.open(sqlite_url, clock=clock, town=town_context_of(town))
    api = InProcessApi(world, TOKEN)
    parts = BotParts(store, api, TOKEN, town, pacing=Unpaced(), long_poll=0)
    bot = await build(parts)
    await prepare(parts)
    async with store.unit() as unit:
        await employ(town, unit)
    try:
        token = await tell_story(bot, world, clock, present)
        assert clock.now() == present
        assert (await outcomes(store)).keys() >= ANSWERS
        async with store.reading() as unit:
            link = await unit.links.live(hash_of(token))
            assert link is not None
            assert await unit.reminders.get(link.subject_id) is not None
        await is_volunteering_told(store, world)
        assert await at_risk(store, present) == [BIRTHE]
        before, asked_before = len(texts_of(world, GRETHE)), len(texts_of(world, SAMIRA))
        await pass_time(bot, clock, present + AHEAD, stride=timedelta(hours=12))
        assert any("Vi renser stranden" in text for text in texts_of(world, GRETHE)[before:])
        coming = texts_of(world, SAMIRA)[asked_before:]
        assert any("Sprogcafé" in text and "Kommer du stadig?" in text for text in coming)
        while await seal(store):
            pass
        assert await audit_findings(store) == []
    finally:
        await bot.close()
        await store.close()

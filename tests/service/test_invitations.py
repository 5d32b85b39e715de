"""Invitations to volunteer: who is asked, when, until enough have said yes, and what came of it."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from invitation_town import EVERYBODY, THURSDAY, WORDS, InvitationTown, crowd, opportunity_of
from reminder_town import local

from bot.app.checks.run import audit_findings
from bot.engine.events import Done, Refused
from bot.model.audience import (
    EVERYONE,
    FREE,
    GROUP,
    HELPED,
    INTEREST,
    PERSON,
    RESTED,
    SKILL,
    TIME,
    VOLUNTEER,
    And,
    Is,
    Not,
    Or,
    to_json,
)
from bot.model.commands.reminders import MuteTopic
from bot.model.commands.volunteering import (
    AddInvitation,
    AddShift,
    AnswerInvitation,
    BecomeVolunteer,
    CancelShift,
    EndInvitation,
    InviteGroup,
    MarkAttendance,
    SetGate,
    SignUp,
    SignUpFor,
    Withdraw,
)
from bot.model.delivery import Answer, DeliveryState, Reason
from bot.model.invitation import InvitationState, VolunteerInvitation
from bot.model.opportunity import Gate, Kind
from bot.model.profile import GateState
from bot.model.signup import SignupState, Source
from bot.model.staff import Role, Staff
from bot.scheduler import seal
from bot.service import execute
from bot.service.forecast import forecast
from bot.service.volunteering.invitations import draft_of, first_of_draft, reach_of_draft, results
from bot.store.store import Store
from bot.testing import PEOPLE

NAMES = ("Jens", "Samira", "Ana")


@pytest.fixture
async def town(database_url: str) -> AsyncIterator[InvitationTown]:
    """Return a town with three volunteers and one shift, on each database."""
    made = InvitationTown(database_url)
    await made.begin(*NAMES)
    for name in NAMES:
        await made.volunteer(name)
    await made.open()
    yield made
    await made.is_sound()
    await made.chat.close()


async def soon(town: InvitationTown) -> None:
    """Let the messages of now be sent."""
    await town.until(town.chat.clock.now() + timedelta(minutes=2))


async def test_those_who_are_named_are_asked_until_enough_have_said_yes(
    town: InvitationTown,
) -> None:
    """A yes signs up and counts; when it fills the invitation, a later yes is told kindly."""
    made = await town.invite(["Jens", "Samira"], quota=1)
    await soon(town)
    assert town.got("Jens", WORDS) == town.got("Samira", WORDS) == 1
    assert town.got("Ana", "Language café") == 0
    assert await town.answer("Jens", made, "yes") == "comes"
    assert await town.answer("Jens", made, "yes") == "comes"
    own = await town.signup("Jens")
    assert own is not None
    assert (own.source, own.invitation_id) == (Source.INVITATION, made)
    assert await town.answer("Samira", made, "yes") == "filled"
    assert await town.signup("Samira") is None
    assert (await town.invitation(made)).state is InvitationState.FILLED
    found = await town.results(made)
    assert (found.asked, found.yes, found.credited, found.found) == (2, 2, 1, 1)


async def test_who_says_no_hears_no_more_of_it(town: InvitationTown) -> None:
    """A no ends it; the silent and those who decide later are asked once more, and no more."""
    made = await town.invite(NAMES, quota=3)
    await soon(town)
    await town.answer("Jens", made, "no")
    assert await town.answer("Ana", made, "later") == "later"
    await town.until(THURSDAY + timedelta(hours=1))
    assert town.got("Jens", "Sprogcafé") == 1
    assert town.got("Samira", "Sprogcafé") == 2
    assert town.got("Ana", "Language café") == 2
    found = await town.results(made)
    assert (found.no, found.later, found.silent) == (1, 1, 1)
    assert (await town.invitation(made)).state is InvitationState.ENDED
    assert await town.answer("Samira", made, "yes") == "over"


async def test_a_shortage_call_asks_who_fits(town: InvitationTown) -> None:
    """Eligible and available people who were not asked lately are asked, the best first."""
    await town.begin("Karen", "Lukas")
    await town.open(theme="culture", gates=(Gate.CHILDREN,), seats=9)
    for name in (*NAMES, "Karen", "Lukas"):
        who = await town.participant(name)
        for state in (GateState.ORDERED, GateState.OPEN):
            if name != "Karen":
                await town.do(SetGate(1, who, Gate.CHILDREN, state))
    await town.volunteer("Jens", times=["0-morning"])
    await town.volunteer("Samira", times=["3-evening"], interests=["culture"])
    await town.volunteer("Ana", times=[])
    await town.volunteer("Karen")  # whose certificate is missing
    made = await town.invite(EVERYBODY, quota=1, shortage=True)
    # Lukas has told nothing about himself, so he has not agreed to be asked.
    assert list(await town.asked(made)) == ["Ana", "Samira"]
    async with town.unit() as unit:
        first = await unit.deliveries.of_subject("invitation", made, 9)
        names = await unit.participants.names({one.participant_id for one in first})
    assert names[first[-1].participant_id] == "Samira"
    again = await town.invite(EVERYBODY, quota=1, shortage=True)
    assert await town.asked(again) == {}
    assert set(await town.asked(await town.invite(["Ana"]))) == {"Ana"}


async def test_a_shortage_call_asks_the_next_after_some_hours(town: InvitationTown) -> None:
    """Three people for each missing place are asked at a time, and more while none has come."""
    await town.begin("Karen", "Lukas")
    for name in ("Karen", "Lukas"):
        await town.volunteer(name)
    made = await town.invite(EVERYBODY, quota=1, shortage=True)
    assert len(await town.asked(made)) == 3
    await town.until(local(11, 23, 13))
    assert len(await town.asked(made)) == 3
    await town.until(local(11, 23, 14, 30))
    assert len(await town.asked(made)) == 5


async def test_nobody_is_asked_at_night_in_advance(town: InvitationTown) -> None:
    """An evening's call waits for the morning, and the next people for their answers."""
    await town.begin("Karen", "Lukas")
    for name in ("Karen", "Lukas"):
        await town.volunteer(name)
    await town.until(local(11, 23, 21))
    made = await town.invite(EVERYBODY, quota=1, shortage=True)
    await town.until(local(11, 24, 7))
    asked = await town.asked(made)
    assert [one.reason for one in asked.values()] == [Reason.QUIET] * 3
    await town.until(local(11, 24, 12, 10))
    assert len(await town.asked(made)) == 5


async def test_a_filled_invitation_opens_again_when_somebody_cancels(town: InvitationTown) -> None:
    """Who was not asked yet is not asked when it is filled, and is asked when a place is free."""
    await town.until(local(11, 23, 21))
    made = await town.invite(NAMES, quota=1)
    person, _participant = await town.person("Jens")
    await town.do(SignUp(person, town.opportunity, town.shift))
    await town.answer("Jens", made, "yes")
    own = await town.signup("Jens")
    assert own is not None
    await town.do(Withdraw(person, own.id))
    assert await town.answer("Jens", made, "yes") == "comes"
    asked = await town.asked(made)
    assert asked["Samira"].reason is Reason.FILLED
    await town.until(local(11, 24, 9))
    assert town.got("Samira", WORDS) == 0
    own = await town.signup("Jens")
    assert own is not None
    await town.do(Withdraw(person, own.id))
    await soon(town)
    assert town.got("Samira", WORDS) == 1
    assert (await town.invitation(made)).state is InvitationState.OPEN


async def test_a_sign_up_by_browsing_counts_for_three_days(town: InvitationTown) -> None:
    """Who was asked and signs up in another way counts, within three days."""
    town.shift = 0
    await town.open(kind=Kind.AGREEMENT)
    made = await town.invite(NAMES, quota=2)
    await soon(town)
    person, _participant = await town.person("Jens")
    await town.do(SignUp(person, town.opportunity, None))
    jens = await town.signup("Jens")
    assert jens is not None
    assert (jens.source, jens.invitation_id) == (Source.CHAT, made)
    assert (await town.asked(made))["Jens"].answer is Answer.DONE
    await town.until(local(11, 26, 11))
    await town.do(
        SignUpFor(1, await town.participant("Samira"), town.opportunity, None, agreed=True)
    )
    late = await town.signup("Samira")
    assert late is not None
    assert late.invitation_id is None
    found = await town.results(made)
    assert (found.yes, found.silent, found.credited) == (1, 2, 1)


async def test_who_is_not_in_the_chat_is_rung(town: InvitationTown) -> None:
    """Participants without Telegram, and those who blocked the bot, become phone tasks."""
    grethe = await town.by_phone("Grethe")
    who = [await town.participant(name) for name in ("Jens", "Samira")]
    await town.run("UPDATE person SET reachable = false WHERE first_name = 'Jens'")
    named = Or(tuple(Is(PERSON, str(one)) for one in (*who, grethe)))
    made = await town.invite(named, quota=3)
    await soon(town)
    asked = await town.asked(made)
    assert {name: one.state for name, one in asked.items()} == {
        "Grethe": DeliveryState.PHONED,
        "Jens": DeliveryState.PHONED,
        "Samira": DeliveryState.SENT,
    }
    assert asked["Jens"].reason is Reason.UNREACHABLE
    async with town.unit() as unit:
        tasks = [one.subject for one in await unit.tasks.open() if one.kind == "phone"]
        expected = await forecast(unit, grethe)
    assert tasks == [f"delivery:{asked[name].id}" for name in ("Jens", "Grethe")]
    assert not any(one.withheld for one in expected)
    found = await town.results(made)
    assert (found.asked, found.to_ring) == (1, 2)
    await town.do(SignUpFor(1, grethe, town.opportunity, town.shift, agreed=True))
    assert (await town.results(made)).credited == 1


async def test_calls_are_withdrawn_when_enough_have_said_yes(town: InvitationTown) -> None:
    """A call that staff have not made is not needed any longer, and comes again if it is."""
    grethe = await town.by_phone("Grethe")
    jens = await town.participant("Jens")
    named = Or((Is(PERSON, str(jens)), Is(PERSON, str(grethe))))
    made = await town.invite(named, quota=1)
    await soon(town)
    assert await calls(town) == 1
    await town.answer("Jens", made, "yes")
    assert await calls(town) == 0
    assert (await town.asked(made))["Grethe"].reason is Reason.FILLED
    own = await town.signup("Jens")
    assert own is not None
    await town.do(Withdraw((await town.person("Jens"))[0], own.id))
    await soon(town)
    assert await calls(town) == 1
    await town.do(EndInvitation("staff:1", made))
    assert await calls(town) == 0


async def calls(town: InvitationTown) -> int:
    """Return the number of open tasks to ring."""
    async with town.unit() as unit:
        return sum(one.kind == "phone" for one in await unit.tasks.open())


async def test_who_blocks_the_bot_meanwhile_is_rung(town: InvitationTown) -> None:
    """Telegram refuses the message: the person is not counted as asked, and becomes a task."""
    town.chat.world.block(PEOPLE["Ana"][0])
    made = await town.invite(["Ana"], quota=1)
    await soon(town)
    asked = (await town.asked(made))["Ana"]
    assert (asked.state, asked.reason) == (DeliveryState.PHONED, Reason.UNREACHABLE)
    assert await calls(town) == 1
    found = await town.results(made)
    assert (found.asked, found.to_ring) == (0, 1)


async def test_rules_of_news_hold(town: InvitationTown) -> None:
    """Consent, mutes, the weekly limit and the reasons are those of news."""
    await town.begin("Karen")
    first = await town.invite(["Jens", "Karen", "Samira"], quota=3)
    person, _participant = await town.person("Samira")
    await town.do(MuteTopic(person, "invitations"))
    await soon(town)
    found = await town.results(first)
    assert found.not_reached == {Reason.NO_CONSENT: 1, Reason.MUTED: 1}
    for _time in range(2):
        await town.invite(["Jens"], quota=3)
        await soon(town)
    assert town.got("Jens", WORDS) == 2


async def test_a_lead_invites_the_group(town: InvitationTown) -> None:
    """The members are asked, without a consent of their own, but not the lead."""
    group = await town.group("Samira", "Ana", lead="Jens")
    await town.open(group_id=group)
    lead, _participant = await town.person("Jens")
    other, _other = await town.person("Samira")
    place = f"{town.opportunity}-{town.shift}"
    assert isinstance(await town.do(InviteGroup(other, place, WORDS, 1)), Refused)
    assert isinstance(await town.do(InviteGroup(lead, place, "CPR 170461-5007", 1)), Refused)
    assert isinstance(await town.do(InviteGroup(lead, place, WORDS, 0)), Refused)
    made = (await town.do(InviteGroup(lead, place, WORDS, 1)))["invitation"]
    await soon(town)
    assert set(await town.asked(made)) == {"Samira", "Ana"}
    assert town.got("Jens", WORDS) == 0
    assert await town.answer("Ana", made, "yes") == "comes"
    await soon(town)
    assert town.got("Jens", "det er nok") == 1


async def test_what_is_refused(town: InvitationTown) -> None:
    """Words, audience, quota and place are checked as those of reminders are."""
    for wrong in (
        {"texts": {"en": "We need you."}},
        {"texts": {"da": "Jens er på kontanthjælp."}},
        {"texts": {"da": "CPR 170461-5007"}},
        {"quota": 0},
        {"quota": 9999},
        {"ends_at": local(11, 1, 12)},
    ):
        assert isinstance(await town.invite(["Jens"], **wrong), Refused), wrong
    for audience in (Is("nobody", "x"), Is(VOLUNTEER, "yesterday"), Is(GROUP, "x")):
        assert isinstance(await town.invite(audience), Refused), audience
    await town.do(CancelShift(1, town.shift, "Stormen er for stærk."))
    assert isinstance(await town.invite(["Jens"]), Refused)


async def test_age_is_asked_once(town: InvitationTown) -> None:
    """A yes without the age or the consent is asked for them; a child comes with a parent."""
    await town.begin("Karen", "Lukas")
    for name in ("Karen", "Lukas"):
        await town.consent(name, "volunteering")
    made = await town.invite(["Karen", "Lukas"], quota=2)
    await soon(town)
    missing = await town.answer("Karen", made, "yes", agrees=False)
    assert isinstance(missing, Refused)
    assert missing.field == "asks"
    assert await town.answer("Karen", made, "yes") == "comes"
    lukas, _participant = await town.person("Lukas")
    await town.do(BecomeVolunteer(lukas, over_15=False))
    young = await town.answer("Lukas", made, "yes", agrees=False)
    assert isinstance(young, Refused)
    assert young.field == "under_15"
    assert await town.signup("Lukas") is None


async def test_ends_and_cancelled_shifts_withdraw_what_is_planned(town: InvitationTown) -> None:
    """An ended invitation, and one to a cancelled shift, asks nobody."""
    await town.until(local(11, 23, 21))
    first = await town.invite(["Jens"], quota=1)
    second = await town.invite(["Samira"], quota=1)
    await town.do(EndInvitation("staff:1", first))
    await town.do(CancelShift(1, town.shift, "Stormen er for stærk."))
    await town.until(local(11, 23, 22))
    assert (await town.invitation(second)).state is InvitationState.ENDED
    await town.until(local(11, 24, 13))
    assert town.got("Jens", WORDS) == town.got("Samira", WORDS) == 0
    assert (await town.results(second)).not_reached == {Reason.ENDED: 1}


async def test_audiences_of_volunteers(town: InvitationTown) -> None:
    """People are found by sign-ups, interests and skills; a word is not found in another."""
    await town.volunteer("Jens", interests=["culture"], skills=["Ål og fisk", 'kalde sig "x"'])
    await town.volunteer("Samira", interests=["cultures"], skills=["fisk"])
    person, _participant = await town.person("Ana")
    await town.do(SignUp(person, town.opportunity, town.shift))
    expected: dict[Any, int] = {
        Is(VOLUNTEER): 1,
        Is(VOLUNTEER, "2026-11-23"): 1,
        Is(VOLUNTEER, "2026-11-24"): 0,
        Not(Is(VOLUNTEER)): 2,
        Is(INTEREST, "culture"): 1,
        Is(SKILL, "åL OG fisk"): 1,
        Is(SKILL, 'kalde sig "x"'): 1,
        Is(SKILL, "%"): 0,
        Or((Is(SKILL, "fisk"), Is(INTEREST, "culture"))): 2,
    }
    await counts(town, expected)


async def counts(town: InvitationTown, expected: Mapping[Any, int]) -> None:
    """Assert how many people are in audiences."""
    async with town.unit() as unit:
        for audience, number in expected.items():
            assert await unit.audiences.count(audience) == number, audience


async def test_audiences_by_time_and_what_people_have_done(town: InvitationTown) -> None:
    """People are found by days and parts of the day, other tasks, earlier help and invitations."""
    await town.volunteer("Jens", times=["2-evening", "3-evening"])
    await town.volunteer("Samira", times=["2-morning"])
    person, _participant = await town.person("Ana")
    signed = await town.do(SignUp(person, town.opportunity, town.shift))
    at_the_time, shift = Is(FREE, str(town.shift)), str(town.opportunity)
    await counts(
        town,
        {
            Is(TIME, "2-"): 2,
            Is(TIME, "3-"): 1,
            Is(TIME, "-evening"): 1,
            Is(TIME, "-afternoon"): 0,
            Is(TIME, "2-morning"): 1,
            Is(TIME, "3-morning"): 0,
            at_the_time: 2,
            And((Is(TIME, "2-"), at_the_time)): 2,
            Is(HELPED, shift): 0,
            Is(RESTED, "2026-11-10"): 3,
        },
    )
    await town.invite(["Jens"])
    await town.until(THURSDAY + timedelta(hours=3))
    await town.do(MarkAttendance("staff:1", signed["signup"], "attended"))
    rested = And((Is(RESTED, "2026-11-10"), Not(Is(HELPED, shift))))
    await counts(town, {Is(HELPED, shift): 1, Is(RESTED, "2026-11-10"): 2, rested: 1})


async def test_a_draft_says_whom_it_reaches(town: InvitationTown) -> None:
    """Before it is sent, staff read how many get an invitation, how many are rung, and why not."""
    samira, _participant = await town.person("Samira")
    await town.do(MuteTopic(samira, "invitations"))
    await town.by_phone("Grethe")
    ana, _participant = await town.person("Ana")
    await town.do(SignUp(ana, town.opportunity, town.shift))
    whole = AddInvitation(
        1, town.opportunity, town.shift, {"da": WORDS}, to_json(Is(EVERYONE)), quota=2
    )
    async with town.unit() as unit:
        draft = await draft_of(whole, unit)
        assert isinstance(draft, VolunteerInvitation)
        reach = await reach_of_draft(unit, draft)
        first = await first_of_draft(unit, draft, 5)
        call = replace(draft, shortage=True)
        fits = await reach_of_draft(unit, call)
    assert (reach.in_chat, reach.by_phone, dict(reach.withheld)) == (1, 1, {Reason.MUTED: 1})
    assert [one.first_name for one in first] == ["Jens", "Grethe"]
    assert (fits.number, dict(fits.withheld)) == (2, {})


async def begun(store: Store, number: int, seats: int, quota: int) -> tuple[int, list[int]]:
    """Ask many people for one shift; return the invitation, and the people."""
    async with store.unit() as unit:
        await unit.staff.add(Staff(0, "mette", "Mette", "service", Role.STAFF, "da"))
    people = await crowd(store, number)
    async with store.unit() as unit:
        known = await opportunity_of(unit)
        shift = await execute(AddShift(1, known, THURSDAY, local(11, 26, 19), seats), unit)
        assert isinstance(shift, Done)
        audience = to_json(EVERYBODY)
        new = AddInvitation(1, known, shift.value, {"da": WORDS}, audience, quota)
        made = await execute(new, unit)
        assert isinstance(made, Done), made
    return made.value, list(people)


@pytest.mark.parametrize(("seats", "quota"), [(200, 20), (10, 20)])
async def test_200_say_yes_at_once(store: Store, seats: int, quota: int) -> None:
    """As many people have a place as are wanted, or as there are places; all others are told."""
    made, people = await begun(store, 200, seats, quota)

    async def yes(person_id: int) -> Any:
        async with store.unit() as unit:
            done = await execute(AnswerInvitation(person_id, made, "yes"), unit)
        assert isinstance(done, Done), done
        return done.value

    told = await asyncio.gather(*(yes(one) for one in people))
    most = min(seats, quota)
    assert Counter(one["told"] for one in told) == {"comes": most, "filled": 200 - most}
    assert {one["queue"] for one in told if one["told"] == "filled"} == {seats < quota}
    async with store.unit() as unit:
        known = await unit.volunteer_invitations.get(made)
        assert known is not None
        signed = await unit.signups.of_shift(known.shift_id or 0)
        found = await results(unit, made)
    assert [one.state for one in signed] == [SignupState.CONFIRMED] * most
    assert known.state is InvitationState.FILLED
    assert (found.yes, found.credited, found.found) == (200, most, most)
    while await seal(store):
        pass
    assert await audit_findings(store) == []

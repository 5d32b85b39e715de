"""Audiences, participants and deliveries as the console lists them, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.model.audience import GROUP, ROLE, And, Is, Not, Or
from bot.model.delivery import Answer, Delivery, DeliveryState, MessageClass, Outcome, Reason
from bot.model.group import Group, GroupKind
from bot.model.participant import CitizenRole
from bot.model.person import Person
from bot.model.staff import Role, Staff
from bot.store.crowds import Wanted
from bot.store.store import Store
from bot.store.unit import Unit

ALL, AMBASSADORS = Is("everyone"), Is(ROLE, "ambassador")


async def add(unit: Unit, name: str, number: int) -> int:
    """Add a citizen in the chat. Return the participant."""
    new = Person(0, f"tg:{number}", number, "da", name, notice_at=unit.now, notice_version=1)
    person = await unit.people.add(new)
    return (await unit.participants.of_person(person.id, name)).id


def delivery(unit: Unit, to: int, occasion: str, **values: object) -> Delivery:
    """Return a delivery of an hour from now."""
    at = unit.now + timedelta(hours=1)
    new = Delivery(0, "reminder", 1, occasion, to, MessageClass.NEWS, 1, at, at)
    return replace(new, topic="traffic", **values)  # type: ignore[arg-type]  # by name


async def test_who_gets_too_much(store: Store) -> None:
    """Planned deliveries and those of audiences are added for each participant."""
    async with store.unit() as unit:
        staff = await unit.staff.add(Staff(0, "lone", "Lone", "Natur", Role.LEADER, "da"))
        anna, bo = await add(unit, "Anna", 501), await add(unit, "Bo", 502)
        await unit.participants.give_role(anna, CitizenRole.AMBASSADOR, staff)
        group = await unit.groups.add(Group(0, "Cykelgruppen", GroupKind.TEAM))
        await unit.groups.join(group, bo, is_lead=True)
        assert await unit.groups.sizes() == {group: (1, 1)}
        members = Is(GROUP, str(group))
        audiences = [
            ALL,
            AMBASSADORS,
            members,
            And((ALL, Not(members))),
            Or((members, AMBASSADORS)),
        ]
        held = await unit.audiences.containing(audiences, anna)
        assert held == [audiences[0], audiences[1], audiences[3], audiences[4]]
        skipped = delivery(unit, bo, "b", state=DeliveryState.SKIPPED)
        await unit.deliveries.plan([delivery(unit, anna, "a"), delivery(unit, bo, "a"), skipped])
        wanted = {Wanted(ALL): 1, Wanted(AMBASSADORS): 1, Wanted(ALL, "traffic"): 1}
        span = (unit.now, unit.now + timedelta(days=1))
        found = await unit.crowds.of_day(wanted, span, least=2, limit=9)
        assert found == [(anna, "Anna", 2)]  # nobody agreed to news
        for one in (anna, bo):
            participant = await unit.participants.get(one)
            assert participant is not None
            assert participant.person_id is not None
            await unit.consents.give(participant.person_id, "news:traffic", 1, "da")
        found = await unit.crowds.of_day(wanted, span, least=2, limit=9)
        assert found == [(anna, "Anna", 4), (bo, "Bo", 3)]
        # As many groups and audiences as a busy day has.
        many = {Wanted(Is(GROUP, str(group + n))): 1 + n % 3 for n in range(1200)}
        many |= {Wanted(And((ALL, Not(Is(GROUP, str(n)))))): 1 for n in range(2, 250)}
        found = await unit.crowds.of_day(many, span, least=2, limit=9)
        assert [name for _id, name, _number in found] == ["Bo", "Anna"]
        assert await unit.crowds.of_day({}, span, least=2, limit=9) == []


async def test_participants_by_name(store: Store) -> None:
    """A name is found in any case, also with Danish letters; a wildcard means itself."""
    async with store.unit() as unit:
        aase, _bo = await add(unit, "Åse Marie", 501), await add(unit, "Bo", 502)
        for words in ("åse", "ÅSE"[:1] + "se", "marie", "se m"):
            assert [one.id for one in await unit.participants.search(words, 9)] == [aase]
        assert await unit.participants.search("%", 9) == []
        assert len(await unit.participants.search("", 9)) == 2
        assert len(await unit.participants.search("", 9, before=aase + 1)) == 1


async def test_outcomes_of_a_subject(store: Store) -> None:
    """Each delivery is counted under one outcome, and found by it."""
    ways = {
        Outcome.WAITING: {},
        Outcome.SENT: {"state": DeliveryState.SENT},
        Outcome.SILENT: {"state": DeliveryState.SENT, "asks": True},
        Outcome.DONE: {"state": DeliveryState.SENT, "asks": True, "answer": Answer.DONE},
        Outcome.CANNOT: {"state": DeliveryState.SENT, "asks": True, "answer": Answer.CANNOT},
        Outcome.LATER: {"asks": True, "answer": Answer.LATER},
        Outcome.PHONED: {"state": DeliveryState.PHONED},
        Outcome.WITHHELD: {"state": DeliveryState.SKIPPED, "reason": Reason.MUTED},
    }
    assert set(ways) == set(Outcome)
    async with store.unit() as unit:
        to = await add(unit, "Anna", 501)
        await unit.deliveries.plan(
            [delivery(unit, to, name, **values) for name, values in ways.items()]
        )
        counts = await unit.deliveries.results("reminder", 1)
        reasons = {Outcome.WITHHELD: Reason.MUTED}
        assert counts == {(outcome, reasons.get(outcome)): 1 for outcome in Outcome}
        for outcome in Outcome:
            (found,) = await unit.deliveries.of_subject("reminder", 1, 9, outcome=outcome)
            assert (found.occasion, found.outcome) == (outcome, outcome)
        assert await unit.deliveries.waiting("reminder", 1) == 2


async def test_a_cancelled_delivery_is_planned_again(store: Store) -> None:
    """An edit cancels a delivery, and the new version plans it again; an ended one stays so.

    A sign-up that ended may go on, and then its messages are planned again.
    """
    async with store.unit() as unit:
        to = await add(unit, "Anna", 501)
        for reason, again in ((Reason.EDITED, 1), (Reason.HELD, 1), (Reason.ENDED, 0)):
            await unit.deliveries.plan([delivery(unit, to, reason)])
            await unit.deliveries.cancel("reminder", 1, reason)
            planned = await unit.deliveries.plan([delivery(unit, to, reason, version=2)])
            assert len(planned) == again
            assert await unit.deliveries.plan([delivery(unit, to, reason, version=3)]) == []
        of_signup = replace(delivery(unit, to, "note"), subject_kind="signup")
        await unit.deliveries.plan([of_signup])
        await unit.deliveries.cancel("signup", of_signup.subject_id, Reason.ENDED)
        assert len(await unit.deliveries.plan([of_signup])) == 1

"""Pledges: what they add to the totals, when they are asked about, and how they end."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from pledge_town import PledgeTown
from signup_town import at, refusal
from sqlalchemy import select

from bot.engine.events import Refused
from bot.model.commands.pledges import (
    AnswerCheckIn,
    AnswerOutcome,
    AnswerUnmet,
    ChangePledge,
    CompleteCampaign,
    GroupContributions,
    MakePledge,
    PausePledge,
    ResumePledge,
    SavePlan,
    StopPledge,
    TellObstacle,
    UndoCheckIn,
    WithdrawPledge,
)
from bot.model.pledge import PER_UNIT, PledgeState
from bot.store.tables import alert, staff

pytestmark = pytest.mark.asyncio


async def test_a_level_counts_while_the_pledge_lives(pledging: PledgeTown) -> None:
    """A level counts from the first day, follows a change, and leaves with a stop."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", amount=20 * PER_UNIT)
    await pledging.pledge("Bo", "L1", amount=30 * PER_UNIT)
    assert await pledging.total("wild", "m2") == 50
    await pledging.do(ChangePledge(pledging.people["Ana"], own, amount=10 * PER_UNIT))
    assert await pledging.total("wild", "m2") == 40
    await pledging.do(StopPledge(pledging.people["Ana"], own))
    assert await pledging.total("wild", "m2") == 30
    assert (await pledging.pledge_of(own)).state is PledgeState.STOPPED


async def test_counts_stay_after_a_stop_and_leave_with_a_withdrawal(pledging: PledgeTown) -> None:
    """Rides are added by check-ins; they stay when the pledge stops, not when it is withdrawn."""
    own = await pledging.pledge("Ana", "L8")
    await pledging.passes(timedelta(days=8))
    done = await pledging.answer("Ana", own, "done")
    assert done["amount"] == 4 * PER_UNIT
    assert await pledging.total("climate", "rides") == 4
    await pledging.answer("Ana", own, "partly", amount=1 * PER_UNIT)
    assert await pledging.total("climate", "rides") == 1
    await pledging.do(StopPledge(pledging.people["Ana"], own))
    assert await pledging.total("climate", "rides") == 1
    await pledging.do(WithdrawPledge(pledging.people["Ana"], own))
    assert await pledging.total("climate", "rides") == 0


async def test_an_answer_is_undone_for_seven_days(pledging: PledgeTown) -> None:
    """What was done can be taken back for seven days, once."""
    own = await pledging.pledge("Ana", "L8")
    await pledging.passes(timedelta(days=8))
    await pledging.answer("Ana", own, "done")
    assert await pledging.undo("Ana", own) == own
    assert await pledging.undo("Ana", own) == own
    assert await pledging.total("climate", "rides") == 0
    day = (await pledging.asked(own))[-1]
    await pledging.answer("Ana", own, "done")
    await pledging.passes(timedelta(days=7, minutes=1))
    late = await pledging.do(UndoCheckIn(pledging.people["Ana"], own, day))
    assert "seven days" in refusal(late)
    assert await pledging.total("climate", "rides") == 4


async def test_check_ins_are_five_days_apart_and_end_on_the_last_day(pledging: PledgeTown) -> None:
    """A pledge of four months is asked about each month, and on its last day."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", ends_on="2027-08-31")
    await pledging.passes(timedelta(days=125))
    asked = await pledging.asked(own)
    assert asked == [date(2027, 6, 4), date(2027, 7, 4), date(2027, 8, 4), date(2027, 8, 31)]
    assert all(later - day >= timedelta(days=5) for day, later in pairwise(asked))


async def test_a_pledge_is_kept_by_its_last_answer(pledging: PledgeTown) -> None:
    """An answer on the last day ends the pledge; its undoing opens it again."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", ends_on="2027-06-04")
    await pledging.until(at(6, 4, 18, year=2027))
    assert (await pledging.answer("Ana", own, "done"))["ended"] is True
    assert (await pledging.pledge_of(own)).state is PledgeState.KEPT
    assert await pledging.total("wild", "m2") == 20
    assert await pledging.total("wild", "m2", 2028) == 0
    await pledging.undo("Ana", own)
    assert (await pledging.pledge_of(own)).state is PledgeState.ACTIVE


async def test_not_this_time_after_done_leads_where_it_leads_at_first(pledging: PledgeTown) -> None:
    """“Not this time” on the last day opens a kept pledge again; silence then ends it."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = {name: await pledging.pledge(name, "L1", ends_on="2027-06-04") for name in ("Ana", "Bo")}
    await pledging.until(at(6, 4, 18, year=2027))
    await pledging.answer("Ana", own["Ana"], "done")
    for name in own:
        assert (await pledging.answer(name, own[name], "not"))["ended"] is False
    assert {(await pledging.pledge_of(one)).state for one in own.values()} == {PledgeState.ACTIVE}
    await pledging.until(at(6, 18, 18, year=2027))
    assert {(await pledging.pledge_of(one)).state for one in own.values()} == {PledgeState.STOPPED}
    assert await pledging.total("wild", "m2") == 0


async def test_not_this_time_after_the_end_stops_what_was_kept(pledging: PledgeTown) -> None:
    """An answer is changed within seven days, also when nothing is asked any more."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", ends_on="2027-06-04")
    await pledging.until(at(6, 17, 18, year=2027))
    await pledging.answer("Ana", own, "done")
    await pledging.passes(timedelta(days=5))
    await pledging.answer("Ana", own, "not")
    assert (await pledging.pledge_of(own)).state is PledgeState.STOPPED
    assert await pledging.total("wild", "m2") == 0


async def test_silence_ends_a_pledge_after_two_weeks(pledging: PledgeTown) -> None:
    """A pledge that was never answered leaves the level two weeks after its last day."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", ends_on="2027-06-04")
    await pledging.until(at(6, 17, 18, year=2027))
    assert await pledging.total("wild", "m2") == 20
    await pledging.until(at(6, 18, 18, year=2027))
    assert (await pledging.pledge_of(own)).state is PledgeState.STOPPED
    assert await pledging.total("wild", "m2") == 0


async def test_a_break_asks_nothing(pledging: PledgeTown) -> None:
    """During a break nothing is asked; afterwards the rhythm goes on."""
    own = await pledging.pledge("Ana", "L8")
    await pledging.do(PausePledge(pledging.people["Ana"], own))
    await pledging.passes(timedelta(days=20))
    assert await pledging.asked(own) == []
    await pledging.do(ResumePledge(pledging.people["Ana"], own))
    await pledging.passes(timedelta(days=8))
    assert len(await pledging.asked(own)) == 1


async def test_a_new_rhythm_asks_no_silent_person_again(pledging: PledgeTown) -> None:
    """The silent are asked again after five days, but not where the rhythm is changed meanwhile."""
    own = {name: await pledging.pledge(name, "L4") for name in ("Ana", "Bo")}
    await pledging.until(at(12, 24, 12))
    await pledging.do(ChangePledge(pledging.people["Bo"], own["Bo"], rhythm="week"))
    await pledging.until(at(1, 3, 12, year=2027))
    async with pledging.store.reading() as unit:
        rows = {name: await unit.deliveries.of_subject("pledge", own[name], 9) for name in own}
    again = {name: any(one.asked_again_at for one in rows[name]) for name in own}
    assert again == {"Ana": True, "Bo": False}
    asked = await pledging.asked(own["Bo"])
    assert all(later - day >= timedelta(days=5) for day, later in pairwise(asked))


async def test_taken_back_counts_in_no_year(pledging: PledgeTown) -> None:
    """A level that stops leaves the totals of this year; taken back, those of all years."""
    kept = await pledging.pledge("Ana", "L4", ends_on="2027-03-31")
    back = await pledging.pledge("Bo", "L4", ends_on="2027-03-31")
    await pledging.until(at(1, 10, 12, year=2027))
    await pledging.do(StopPledge(pledging.people["Ana"], kept))
    await pledging.do(WithdrawPledge(pledging.people["Bo"], back))
    assert await pledging.total("night", "lamps", 2026) == 2
    assert await pledging.total("night", "lamps", 2027) == 0
    await pledging.do(WithdrawPledge(pledging.people["Ana"], kept))
    assert await pledging.total("night", "lamps", 2026) == 0
    assert await pledging.total("night", "lamps", 2027) == 0


@pytest.mark.parametrize("ends", ["stop", "withdraw", "end"])
async def test_a_change_over_new_year_leaves_each_year_right(
    pledging: PledgeTown, ends: str
) -> None:
    """A level that is resized after its last day counts in its own year, in none after a stop."""
    pledging.clock.move_to(at(11, 2, 10, year=2027))
    ana = pledging.people["Ana"]
    own = await pledging.pledge("Ana", "L4", amount=26 * PER_UNIT, ends_on="2027-12-28")
    await pledging.until(at(1, 2, 12, year=2028))
    for lamps in (12, 5):
        assert await pledging.do(ChangePledge(ana, own, amount=lamps * PER_UNIT)) == own
    assert await pledging.total("night", "lamps", 2027) == 5
    if ends == "end":
        await pledging.passes(timedelta(days=20))
    else:
        await pledging.do(StopPledge(ana, own) if ends == "stop" else WithdrawPledge(ana, own))
    assert (await pledging.pledge_of(own)).ended_at is not None
    assert await pledging.total("night", "lamps", 2027) == 0
    assert await pledging.total("night", "lamps", 2028) == 0


async def test_a_signature_and_a_break_are_asked_nothing_after_a_change(
    pledging: PledgeTown,
) -> None:
    """A new last day plans nothing for a signature that waits, and nothing in a break."""
    signed = (await pledging.sign("Ana", await pledging.campaign(target=9, days=60)))["pledge_id"]
    paused = await pledging.pledge("Bo", "L8")
    await pledging.do(PausePledge(pledging.people["Bo"], paused))
    for name, own in (("Ana", signed), ("Bo", paused)):
        change = ChangePledge(pledging.people[name], own, ends_on="2027-03-01", rhythm="week")
        assert await pledging.do(change) == own
    await pledging.passes(timedelta(days=40))
    assert await pledging.asked(signed) == await pledging.asked(paused) == []
    stop = StopPledge(pledging.people["Ana"], signed)
    assert await pledging.do(stop) == await pledging.do(stop) == signed


async def test_a_plan_sets_one_reminder(pledging: PledgeTown) -> None:
    """The plan is a reminder at its time; a later plan replaces it."""
    own = await pledging.pledge("Ana", "L4", ends_on=pledging.now.date() + timedelta(days=40))
    when = pledging.now + timedelta(days=2)
    for words in ("lørdag kl. 10", "lørdag kl. 11"):
        plan = SavePlan(pledging.people["Ana"], own, words, "ved skuret", "Find pindene", when)
        assert (await pledging.do(plan))["pledge_id"] == own
    await pledging.passes(timedelta(days=3))
    assert pledging.got("Ana") == ["plan"]


async def test_what_is_wrong_with_a_pledge_is_said(pledging: PledgeTown) -> None:
    """Amount, length and words are checked, each with its field."""
    ana, code = pledging.people["Ana"], pledging.catalogue
    wrong = {
        "amount": MakePledge(ana, code["L4"], amount=150),
        "ends_on": MakePledge(ana, code["L8"], ends_on=pledging.now.date()),
        "words": MakePledge(ana, words="   ", theme="wild"),
        "theme": MakePledge(ana, words="Jeg planter et træ", theme="none"),
        "catalogue_id": MakePledge(ana, 999),
    }
    for field, command in wrong.items():
        outcome = await pledging.do(command)
        assert refusal(outcome)
        assert outcome.field == field


async def test_obstacles_get_one_answer(pledging: PledgeTown) -> None:
    """Staff answer alike obstacles together; each person is told once."""
    made = [await pledging.pledge(name, "L8") for name in ("Ana", "Bo")]
    said = [
        await pledging.do(TellObstacle(pledging.people[name], own, words="Det regnede."))
        for name, own in zip(("Ana", "Bo"), made, strict=True)
    ]
    said.append(await pledging.do(TellObstacle(pledging.people["Ana"], made[0], key="weather")))
    group = GroupContributions(pledging.staff_id, said, title="Regn")
    outcome = await pledging.do(group)
    async with pledging.store.reading() as unit:
        assert await unit.outcomes.counts([outcome]) == {outcome: 2}  # people
    texts = {"da": "Vi låner regntøj ud på biblioteket."}
    answer = AnswerOutcome(pledging.staff_id, outcome, 1, {"da": "Det regnede."}, texts)
    assert await pledging.do(answer) == outcome
    assert await pledging.do(answer) == outcome
    await pledging.passes(timedelta(days=3))
    assert [name for name, occasion in pledging.sent if occasion == "answered"] == ["Ana", "Bo"]


async def waiting(pledging: PledgeTown) -> list[str]:
    """Return the unseen alerts about obstacles, each as its kind and its staff."""
    async with pledging.store.reading() as unit:
        query = select(alert.c.kind, staff.c.username).join(staff).where(alert.c.seen_at.is_(None))
        rows = await unit.connection.execute(query.order_by(alert.c.id))
    kinds = ("obstacle_waits", "outcome_late")
    return [f"{row.kind} {row.username}" for row in rows if row.kind in kinds]


async def test_an_obstacle_that_waits_alerts_staff_each_week(pledging: PledgeTown) -> None:
    """After five working days all who may answer are alerted, each week, until it is answered."""
    made = {name: await pledging.pledge(name, "L8") for name in ("Ana", "Bo")}
    first = await pledging.do(TellObstacle(pledging.people["Ana"], made["Ana"], key="weather"))
    told = pledging.now
    await pledging.passes(timedelta(days=2))
    second = await pledging.do(TellObstacle(pledging.people["Bo"], made["Bo"], key="time"))
    async with pledging.store.reading() as unit:
        due = unit.calendar.end_of_work(unit.calendar.due_date(told, 5))
    await pledging.until(due - timedelta(minutes=1))
    assert await waiting(pledging) == []
    await pledging.until(due + timedelta(minutes=1))
    once = ["obstacle_waits jonas", "obstacle_waits mette"]
    assert sorted(await waiting(pledging)) == once
    await pledging.passes(timedelta(days=6))
    assert sorted(await waiting(pledging)) == once
    await pledging.passes(timedelta(days=1))
    assert sorted(await waiting(pledging)) == sorted(2 * once)
    staff_id = pledging.staff_id
    outcome = await pledging.do(GroupContributions(staff_id, [first, second], title="Regn"))
    assert await waiting(pledging) == []
    await pledging.passes(timedelta(days=30))
    late = set(await waiting(pledging))
    assert late
    assert all(one.startswith("outcome_late") for one in late)
    count = len(await waiting(pledging))
    await pledging.passes(timedelta(days=7))
    assert len(await waiting(pledging)) > count
    text = {"da": "Vi låner regntøj ud."}
    answer = AnswerOutcome(staff_id, outcome, 1, {"da": "Det regnede."}, text)
    assert await pledging.do(answer) == outcome
    await pledging.passes(timedelta(days=30))
    assert await waiting(pledging) == []


async def test_a_campaign_is_activated_once(pledging: PledgeTown) -> None:
    """The signature that reaches the target makes pledges of all; each signer is told once.

    Who signs last, and who signs later, is told by the reply in the chat.
    """
    own = await pledging.campaign(target=3)
    assert (await pledging.sign("Ana", own))["missing"] == 2
    assert (await pledging.sign("Ana", own))["missing"] == 2
    await pledging.sign("Bo", own)
    assert await pledging.total("night", "lamps") == 0
    assert (await pledging.sign("Cem", own))["state"] == "activated"
    assert await pledging.total("night", "lamps") == 6
    await pledging.passes(timedelta(days=1))
    late = await pledging.sign("Dina", own)
    assert late["state"] == "activated"
    assert await pledging.total("night", "lamps") == 8
    await pledging.passes(timedelta(days=2))
    told = sorted(name for name, occasion in pledging.sent if occasion == "activated")
    assert told == ["Ana", "Bo"]


async def test_a_campaign_asks_how_it_went_and_publishes_it(pledging: PledgeTown) -> None:
    """After 28 days people are asked; the result says how many answered, and how many did it."""
    own = await pledging.campaign(target=2)
    signed = {name: (await pledging.sign(name, own))["pledge_id"] for name in ("Ana", "Bo", "Cem")}
    await pledging.passes(timedelta(days=30))
    assert pledging.got("Ana") == ["activated", "followup"]
    assert pledging.got("Bo") == ["followup"]
    assert (await pledging.answer("Ana", signed["Ana"], "done"))["ended"] is True
    await pledging.answer("Bo", signed["Bo"], "not")
    obstacle = await pledging.do(TellObstacle(pledging.people["Bo"], signed["Bo"], key="time"))
    closing = await pledging.do(CompleteCampaign(pledging.staff_id, own))
    assert closing.field == "obstacles"
    await pledging.passes(timedelta(days=16))
    assert "obstacles_open" in await pledging.alerts()
    group = GroupContributions(pledging.staff_id, [obstacle], title="Tid")
    outcome = await pledging.do(group)
    text = {"da": "Vi minder om det."}
    await pledging.do(AnswerOutcome(pledging.staff_id, outcome, 1, {"da": "Tid."}, text))
    assert await pledging.do(CompleteCampaign(pledging.staff_id, own)) == own
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(own)
    assert known is not None
    assert known.result == {"asked": 3, "answered": 2, "done": 1, "partly": 0, "not": 1}


async def test_an_unmet_campaign_releases_or_keeps(pledging: PledgeTown) -> None:
    """When too few have signed, each signer keeps the pledge anyway, or is released."""
    own = await pledging.campaign(target=5, days=10)
    signed = {name: (await pledging.sign(name, own))["pledge_id"] for name in ("Ana", "Bo")}
    await pledging.passes(timedelta(days=13))
    assert [occasion.partition(":")[0] for _name, occasion in pledging.sent] == ["unmet"] * 2
    await pledging.do(AnswerUnmet(pledging.people["Ana"], signed["Ana"], keeps=True))
    await pledging.do(AnswerUnmet(pledging.people["Bo"], signed["Bo"], keeps=False))
    assert await pledging.total("night", "lamps") == 2
    assert (await pledging.pledge_of(signed["Bo"])).state is PledgeState.RELEASED


async def test_another_person_may_not_answer(pledging: PledgeTown) -> None:
    """A pledge is answered by its own person alone."""
    own = await pledging.pledge("Ana", "L8")
    await pledging.passes(timedelta(days=8))
    day = (await pledging.asked(own))[-1]
    assert refusal(await pledging.do(AnswerCheckIn(pledging.people["Bo"], own, day, "done")))
    assert await pledging.total("climate", "rides") == 0


async def test_a_pledge_needs_a_day_of_its_season(pledging: PledgeTown) -> None:
    """An end before the season is refused, for a new pledge and for a change."""
    ana = pledging.people["Ana"]
    early = MakePledge(ana, pledging.catalogue["L1"], ends_on="2027-03-28")
    refused = await pledging.do(early)
    assert isinstance(refused, Refused)
    assert refused.field == "ends_on"
    own = await pledging.pledge("Ana", "L1", ends_on="2027-04-01")
    assert isinstance(await pledging.do(ChangePledge(ana, own, ends_on="2027-03-31")), Refused)

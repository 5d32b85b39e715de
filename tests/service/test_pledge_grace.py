"""What holds when the time to answer about a pledge, or to sign one, is over."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from pledge_town import PledgeTown
from signup_town import at, refusal

from bot.model.campaign import CampaignState
from bot.model.commands.pledges import (
    AnswerCheckIn,
    AnswerUnmet,
    ChangePledge,
    LeavePledging,
    PausePledge,
    StopPledge,
    UndoCheckIn,
)
from bot.model.commands.reminders import Snooze
from bot.model.delivery import Answer, Delivery
from bot.model.pledge import PER_UNIT, PLEDGE, PledgeState
from bot.service.pledges import campaign_clock
from bot.service.pledges.check_in_days import days_of, period_of
from bot.store.personal_data import erase

pytestmark = pytest.mark.asyncio


async def question(pledging: PledgeTown, pledge_id: int) -> Delivery:
    """Return the newest question about a pledge."""
    async with pledging.store.reading() as unit:
        rows = await unit.deliveries.of_subject(PLEDGE, pledge_id, 100)
    return max((one for one in rows if one.asks), key=lambda one: one.id)


async def asked_last(pledging: PledgeTown, code: str = "L1") -> int:
    """Let Ana make a pledge until 4 June 2027, and let the last question come; return its id."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", code, ends_on="2027-06-04")
    await pledging.until(at(6, 4, 18, year=2027))
    return own


async def test_a_time_after_the_grace_is_refused_and_said(pledging: PledgeTown) -> None:
    """A question is put off within the time to answer alone; the reply says until when."""
    own = await asked_last(pledging)
    ana, asked = pledging.people["Ana"], await question(pledging, own)
    for late in (at(6, 18, 0, year=2027), at(6, 25, 9, year=2027)):
        said = refusal(await pledging.do(Snooze(ana, asked.id, late)))
        assert "You can answer this until" in said
    assert (await question(pledging, own)).answer is None
    assert isinstance(await pledging.do(Snooze(ana, asked.id, at(6, 17, 9, year=2027))), dict)
    sent = len(pledging.sent)
    await pledging.until(at(6, 17, 10, year=2027))
    assert len(pledging.sent) == sent + 1
    again = await question(pledging, own)
    assert (again.id, again.answer) == (asked.id, Answer.LATER)
    assert (await pledging.answer("Ana", own, "done"))["ended"] is True


async def test_quiet_hours_do_not_carry_a_question_past_the_grace(pledging: PledgeTown) -> None:
    """A time in the last evening's quiet hours would come after the grace: it is refused."""
    own = await asked_last(pledging)
    asked = await question(pledging, own)
    late = at(6, 17, 23, 30, year=2027)
    said = refusal(await pledging.do(Snooze(pledging.people["Ana"], asked.id, late)))
    assert "You can answer this until" in said


async def test_a_pledge_past_its_grace_is_over_while_its_timer_is_late(
    pledging: PledgeTown,
) -> None:
    """The days decide: after the grace nothing can be changed, also before the timer has run."""
    own = await asked_last(pledging)
    ana, day = pledging.people["Ana"], date(2027, 6, 4)
    pledging.clock.move_to(at(6, 18, 0, 1, year=2027))
    for command in (
        AnswerCheckIn(ana, own, day, "done"),
        ChangePledge(ana, own, amount=30 * PER_UNIT),
        PausePledge(ana, own),
    ):
        assert "That pledge is over" in refusal(await pledging.do(command)), command
    assert (await pledging.pledge_of(own)).state is PledgeState.STOPPED
    assert await pledging.total("wild", "m2") == 0
    await pledging.passes(timedelta(days=2))
    told = [one for one in pledging.sent if one == ("Ana", "ended")]
    assert len(told) == 1


async def test_signers_of_before_the_upgrade_are_released(pledging: PledgeTown) -> None:
    """An earlier version set no timer for campaigns that too few signed: a start sets it."""
    made = await pledging.campaign(target=3, days=30)
    signed = (await pledging.sign("Ana", made))["pledge_id"]
    await pledging.passes(timedelta(days=32))
    async with pledging.store.unit() as unit:
        known = await unit.campaigns.get(made)
        assert known is not None
        assert known.state is CampaignState.EXPIRED_UNMET
        await campaign_clock.stop_timers(unit, made)
    await pledging.passes(timedelta(days=90))
    assert (await pledging.pledge_of(signed)).state is PledgeState.SIGNED
    for _start in range(2):
        async with pledging.store.unit() as unit:
            await campaign_clock.resume_releases(unit)
    await pledging.passes(timedelta(days=15))
    assert (await pledging.pledge_of(signed)).state is PledgeState.RELEASED


async def test_an_erased_person_who_signed_twice_counts_once(pledging: PledgeTown) -> None:
    """Who signs, stops and signs again is one person, also after their erasure."""
    made = await pledging.campaign(target=2, days=30)
    first = (await pledging.sign("Ana", made))["pledge_id"]
    await pledging.sign("Bo", made)
    await pledging.do(StopPledge(pledging.people["Ana"], first))
    second = (await pledging.sign("Ana", made))["pledge_id"]
    assert second != first
    await pledging.passes(timedelta(days=29))
    await pledging.answer("Ana", second, "done")
    ana = pledging.people["Ana"]
    await pledging.do(LeavePledging(ana))
    async with pledging.store.unit() as unit:
        await erase(unit.connection, await unit.people.get(ana))
    async with pledging.store.reading() as unit:
        known = await unit.campaigns.get(made)
        assert known is not None
        counts = await campaign_clock.result_of(unit, known)
        assert (await unit.campaigns.signers([made])) == {made: 2}
    assert (counts["asked"], counts["answered"], counts["done"]) == (2, 1, 1)


async def test_each_day_is_asked_about_once(pledging: PledgeTown) -> None:
    """The periods of the check-ins follow each other without a gap, from first day to last."""
    pledging.clock.move_to(at(5, 3, 10, year=2027))
    own = await pledging.pledge_of(await pledging.pledge("Ana", "L8", ends_on="2027-06-04"))
    periods = [period_of(own, day) for day in days_of(own)]
    assert periods[0] == (date(2027, 5, 3), date(2027, 5, 9))
    assert periods[-1] == (date(2027, 5, 24), date(2027, 6, 4))
    for before, after in pairwise(periods):
        assert before is not None
        assert after is not None
        assert after[0] == before[1] + timedelta(days=1)


async def test_answers_end_with_the_grace(pledging: PledgeTown) -> None:
    """What counts as kept takes no new answer after the grace, and no other one after a week."""
    pledging.clock.move_to(at(5, 3, 10, year=2027))
    own = await pledging.pledge("Ana", "L8", ends_on="2027-06-04")
    await pledging.until(at(6, 4, 18, year=2027))
    ana, days = pledging.people["Ana"], await pledging.asked(own)
    await pledging.do(AnswerCheckIn(ana, own, days[1], "done"))
    early = await pledging.do(AnswerCheckIn(ana, own, date(2001, 1, 1), "done"))
    assert "began later" in refusal(early)
    await pledging.until(at(6, 17, 12, year=2027))
    await pledging.do(AnswerCheckIn(ana, own, days[0], "done"))
    assert await pledging.total("climate", "rides") == 8
    await pledging.until(at(6, 19, 12, year=2027))
    assert (await pledging.pledge_of(own)).state is PledgeState.KEPT
    assert "over" in refusal(await pledging.do(AnswerCheckIn(ana, own, days[-1], "done")))
    assert "seven days" in refusal(await pledging.do(AnswerCheckIn(ana, own, days[1], "not")))
    partly = AnswerCheckIn(ana, own, days[0], "partly", amount=1 * PER_UNIT)
    assert isinstance(await pledging.do(partly), dict)
    assert await pledging.total("climate", "rides") == 5


async def test_the_only_answer_is_undone_after_the_grace(pledging: PledgeTown) -> None:
    """A pledge that counts as kept by one answer stops when that answer is taken back."""
    pledging.clock.move_to(at(5, 4, 10, year=2027))
    own = await pledging.pledge("Ana", "L1", ends_on="2027-07-15")
    await pledging.until(at(7, 28, 12, year=2027))
    ana, day = pledging.people["Ana"], date(2027, 6, 4)
    await pledging.do(AnswerCheckIn(ana, own, day, "done"))
    await pledging.until(at(7, 29, 12, year=2027))
    assert (await pledging.pledge_of(own)).state is PledgeState.KEPT
    assert await pledging.do(UndoCheckIn(ana, own, day)) == own
    assert (await pledging.pledge_of(own)).state is PledgeState.STOPPED
    assert await pledging.total("wild", "m2") == 0


@pytest.mark.parametrize(("promised", "then"), [(40, 10), (10, 40)])
async def test_a_change_in_the_grace_counts_in_the_pledges_year(
    pledging: PledgeTown, promised: int, then: int
) -> None:
    """A pledge of last year that is changed in January adds its new amount to last year."""
    own = await pledging.pledge("Ana", "L10", amount=promised * PER_UNIT, ends_on="2026-12-28")
    await pledging.until(at(1, 4, 10, year=2027))
    ana = pledging.people["Ana"]
    assert await pledging.do(ChangePledge(ana, own, amount=then * PER_UNIT)) == own
    await pledging.answer("Ana", own, "done")
    assert await pledging.total("wild", "m2", 2026) == then
    assert await pledging.total("wild", "m2", 2027) == 0


async def test_i_do_it_anyway_lasts_four_weeks(pledging: PledgeTown) -> None:
    """Who signed long before the last day keeps the pledge as long as the campaign would ask."""
    made = await pledging.campaign(target=3, days=60)
    own = (await pledging.sign("Ana", made))["pledge_id"]
    await pledging.passes(timedelta(days=61))
    await pledging.do(AnswerUnmet(pledging.people["Ana"], own, keeps=True))
    kept = await pledging.pledge_of(own)
    assert kept.ends_on - kept.starts_on == timedelta(days=28)


@pytest.mark.parametrize("day", [at(3, 3, 10, year=2027), at(3, 15, 10, year=2027)])
async def test_a_season_that_is_about_to_end(pledging: PledgeTown, day: datetime) -> None:
    """Also in its last weeks a winter pledge can be made without a last day."""
    pledging.clock.move_to(day)
    own = await pledging.pledge_of(await pledging.pledge("Ana", "L4"))
    assert timedelta(weeks=4) <= own.ends_on - own.starts_on <= timedelta(days=366)

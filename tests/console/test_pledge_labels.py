"""Messages about pledges have their names in all lists of staff."""

from __future__ import annotations

from datetime import timedelta

from console_browser import Browser, employ
from pledge_desk_town import pledges
from volunteer_town import do, said

from bot.clock import TravelClock
from bot.console.delivery_labels import OF_PLEDGES
from bot.console.pages import outgoing as outgoing_page
from bot.model.commands.pledges import StopPledge
from bot.runner import signature_messages
from bot.runner.deliveries import SUBJECTS
from bot.service.pledges import campaign_clock, campaigns, ending, outcomes, pledge_messages
from bot.store.store import Store


def test_each_kind_of_message_has_a_name() -> None:
    """Each message about pledges has a label, and each kind of subject a line by day."""
    about_pledges = {
        pledge_messages.CHECK_IN,
        pledge_messages.PLAN,
        pledge_messages.ENDED,
        pledge_messages.NOT_SHOWN,
        pledge_messages.NO_NAME,
    }
    about_campaigns = {
        campaigns.APPROVED,
        campaigns.RETURNED,
        campaigns.DECLINED,
        campaign_clock.MET,
        campaign_clock.FAILED,
    }
    kinds = about_pledges | about_campaigns | signature_messages.KINDS | {outcomes.ANSWERED}
    assert set(OF_PLEDGES) == kinds
    assert set(outgoing_page.KINDS) == set(SUBJECTS)


async def test_pledges_in_the_lists_of_staff(
    town: Store, clock: TravelClock, browser: Browser
) -> None:
    """The page of a participant and the outgoing calendar name what will be asked."""
    staff = await browser.sign_in(await employ(town))
    _person, made = await pledges(town, "Ana", 501, "L8")
    page = said(await staff.read(f"participants/{made.participant_id}"))
    for day in ("30. november", "7. december", "14. december"):
        assert f"{day} kl. 16.30 : Løfter: Spurgt, hvordan det går med løftet" in page
    line = "kl. 16.30: Spørgsmål og beskeder om løfter Efter det enkelte løftes rytme 1 får den"
    for weeks in (1, 2):
        assert said(await staff.read("outgoing")).count(line) == weeks
        clock.move_to(clock.now() + timedelta(days=1))


async def test_a_pledge_without_an_answer_is_not_called_stopped(
    town: Store, clock: TravelClock, browser: Browser
) -> None:
    """The clock ended Ana's pledge, and Bo stopped his: staff read which is which."""
    _ana, silent = await pledges(town, "Ana", 501, "L8")
    bo, stopped = await pledges(town, "Bo", 502, "L8")
    await do(town, StopPledge(bo, stopped.id))
    clock.move_to(clock.now() + (silent.ends_on - silent.starts_on) + timedelta(days=30))
    async with town.unit() as unit:
        await ending.look_after(unit, silent.id)
    staff = await browser.sign_in(await employ(town))
    listed = said(await staff.read("pledges?state=stopped"))
    assert (listed.count("Ikke besvaret"), listed.count(". Stoppet")) == (1, 1)
    assert "Ikke besvaret" in said(await staff.read(f"pledges/{silent.id}"))
    assert "Ikke besvaret" not in said(await staff.read(f"pledges/{stopped.id}"))

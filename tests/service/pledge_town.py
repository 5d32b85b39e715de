"""A town with pledges: commands on a store, and a clock that stops at each due timer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from signup_town import TIMERS, WITHHELD, VolunteerTown

from bot.clock import TravelClock
from bot.model.commands.pledges import AddCampaign as AddShared
from bot.model.commands.pledges import (
    AnswerCheckIn,
    ApproveCampaign,
    BeginPledging,
    MakePledge,
    SignCampaign,
    SubmitCampaign,
    UndoCheckIn,
)
from bot.model.delivery import FINAL_ANSWERS, Delivery, DeliveryState
from bot.model.person import Person
from bot.model.pledge import PER_UNIT, PLEDGE, Pledge
from bot.model.staff import Role, Staff
from bot.runner import pledges
from bot.service import answers
from bot.service.content import import_town
from bot.service.pledges import campaign_clock, ending, outcomes, pledge_messages
from bot.store.store import Store
from bot.store.unit import Unit


async def ask_again(unit: Unit, delivery_id: int) -> None:
    """Ask a silent person again, as the runner does."""
    known = await unit.deliveries.get(delivery_id)
    if known is None or known.state is not DeliveryState.SENT or known.asked_again_at is not None:
        return
    if known.answer in FINAL_ANSWERS or await pledges.withheld(unit, known) is not None:
        return
    await unit.deliveries.change(known, asked_again_at=unit.now)


WITHHELD |= {PLEDGE: pledges.withheld}
TIMERS |= {
    answers.ASK_AGAIN: ask_again,
    pledge_messages.TIMER: ending.look_after,
    campaign_clock.TIMER: campaign_clock.look,
    campaign_clock.TELL: campaign_clock.tell_signers,
    campaign_clock.COUNTER: campaign_clock.ask_counter,
    outcomes.TIMER: outcomes.late,
    outcomes.WAITING: outcomes.look,
}


class PledgeTown(VolunteerTown):
    """Staff, citizens and the catalogue of pledges in a store; names stand for people."""

    def __init__(self, store: Store, clock: TravelClock) -> None:
        """Use a store with its clock."""
        super().__init__(store, clock)
        self.catalogue: dict[str, int] = {}  # ids by code
        self.leader_id = 0

    async def begin(self, *names: str) -> None:
        """Add staff, the catalogue and citizens, who have said yes to be kept."""
        await super().begin(*names)
        async with self.store.unit() as unit:
            await import_town(unit.town, unit)
            entries = await unit.catalogue.published()
            self.catalogue = {one.code or "": one.id for one in entries}
            self.leader_id = await unit.staff.add(
                Staff(0, "jonas", "Jonas", "nature", Role.LEADER, "da")
            )

    async def add(self, *names: str, **fields: Any) -> None:
        """Add citizens of the chat, who may be kept with their pledges."""
        await super().add(*names, **fields)
        for name in names:
            await self.do(BeginPledging(self.people[name], over_15=True))

    async def _judge(self, unit: Unit, known: Delivery, person: Person) -> None:
        """Send a message, and plan to ask the silent again, as the runner does."""
        await super()._judge(unit, known, person)
        sent = await unit.deliveries.get(known.id)
        if sent is None or sent.state is not DeliveryState.SENT:
            return
        at = pledge_messages.ask_again_at(unit, sent, person.own_quiet) if sent.asks else None
        following = await pledges.follows(unit, sent)
        if at is not None and (following is None or following > at + pledges.NEARLY_APART):
            await answers.ask_again_later(unit, sent, person.lane, at)

    async def pledge(self, name: str, code: str = "L1", **fields: Any) -> int:
        """Let a citizen make a pledge from the catalogue; return its id."""
        made = await self.do(MakePledge(self.people[name], self.catalogue[code], **fields))
        assert isinstance(made, dict), made
        number: int = made["pledge_id"]
        return number

    async def answer(self, name: str, pledge_id: int, answer: str, **more: Any) -> Any:
        """Let a citizen answer the newest check-in that was asked."""
        asked = await self.asked(pledge_id)
        command = AnswerCheckIn(self.people[name], pledge_id, asked[-1], answer, **more)
        return await self.do(command)

    async def undo(self, name: str, pledge_id: int) -> Any:
        """Let a citizen take back the newest answer."""
        asked = await self.asked(pledge_id)
        return await self.do(UndoCheckIn(self.people[name], pledge_id, asked[-1]))

    async def asked(self, pledge_id: int) -> list[date]:
        """Return the days that were asked about, in order."""
        async with self.store.reading() as unit:
            rows = await unit.deliveries.of_subject("pledge", pledge_id, 1000)
        return sorted(
            pledge_messages.asked_on(one)
            for one in rows
            if one.kind in pledge_messages.QUESTIONS and one.sent_at is not None
        )

    async def pledge_of(self, pledge_id: int) -> Pledge:
        """Return a pledge."""
        async with self.store.reading() as unit:
            known = await unit.pledges.get(pledge_id)
        assert known is not None
        return known

    async def total(self, theme: str, measure: str, year: int | None = None) -> float:
        """Return a total of a year, or of this one, in units."""
        async with self.store.reading() as unit:
            found = await unit.ledger.total(year or self.now.year, theme=theme, measure=measure)
        return found / PER_UNIT

    # -- campaigns ---------------------------------------------------------

    async def campaign(self, target: int = 3, days: int = 30, **fields: Any) -> int:
        """Add a campaign, submit it and let another member of the staff approve it."""
        whole = {
            "titles": {"da": "Sluk havnens lys"},
            "texts": {"da": "Jeg slukker mit udelys kl. 22, hvis andre også gør det."},
            "theme": "night",
            "target": target,
            "deadline": self.now.date() + timedelta(days=days),
            "measure": "lamps",
            "amount": 2 * PER_UNIT,
            **fields,
        }
        previous_id = whole.pop("previous_id", None)
        made = await self.do(AddShared(self.staff_id, whole, previous_id))
        assert isinstance(made, int), made
        assert await self.do(SubmitCampaign(self.staff_id, made)) == made
        assert await self.do(ApproveCampaign(self.leader_id, made, 1)) == made
        return made

    async def sign(self, name: str, campaign_id: int, **more: Any) -> Any:
        """Let a citizen sign a campaign."""
        return await self.do(SignCampaign(self.people[name], campaign_id, **more))

"""Random acts of signers, staff and the clock keep the invariants of campaigns.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from pledge_town import PledgeTown
from sqlalchemy import select
from test_signup_properties import migrated, opened

from bot.clock import TravelClock
from bot.engine.events import Refused
from bot.model.campaign import FOLLOWING, Campaign, CampaignState
from bot.model.commands.pledges import (
    AnswerCheckIn,
    AnswerUnmet,
    BeginPledging,
    CancelCampaign,
    ChangePledge,
    CompleteCampaign,
    ExtendCampaign,
    LeavePledging,
    StopPledge,
    TellObstacle,
    WithdrawPledge,
)
from bot.model.pledge import LIVE, PER_UNIT, Pledge, PledgeState
from bot.store.tables import event
from bot.testing import START

NAMES = ("Ana", "Bo", "Cem", "Dina", "Emil")
WHO = st.sampled_from(NAMES)
SPANS = st.sampled_from([timedelta(hours=3), timedelta(days=2), timedelta(days=9)])
ANSWERS = st.sampled_from(["done", "partly", "not"])
C = CampaignState
REACHED = frozenset({C.ACTIVATED, C.FOLLOW_UP, C.COMPLETED})


class Signers(RuleBasedStateMachine):
    """Five citizens and one campaign at a time, with a target of two to four."""

    def __init__(self) -> None:
        """Create a town on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.held = ExitStack()
        clock = TravelClock(START)
        file = Path(self.held.enter_context(tempfile.TemporaryDirectory())) / "town.sqlite3"
        file.write_bytes(self.run(migrated()))
        self.town = PledgeTown(self.run(opened(file, clock)), clock)
        self.own = 0
        self.seen: list[CampaignState] = []  # the states of the campaign, in order

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    def do(self, command: Any) -> Any:
        """Execute a command."""
        return self.run(self.town.do(command))

    def campaign(self) -> Campaign:
        """Return the campaign."""

        async def found() -> Campaign | None:
            async with self.town.store.reading() as unit:
                return await unit.campaigns.get(self.own)

        known = self.run(found())
        assert known is not None
        return known  # type: ignore[no-any-return]

    def signatures(self) -> list[Pledge]:
        """Return all signatures of the campaign."""

        async def found() -> list[Pledge]:
            async with self.town.store.reading() as unit:
                return await unit.pledges.signatures(self.own, tuple(PledgeState))

        rows: list[Pledge] = self.run(found())
        return rows

    def signature(self, name: str) -> int:
        """Return the newest signature of a citizen; 0 where there is none."""
        participant = self.town.participants[name]
        own = [one.id for one in self.signatures() if one.participant_id == participant]
        return own[-1] if own else 0

    @initialize(needed=st.integers(2, 4))
    def begins(self, needed: int) -> None:
        """The citizens start, and the first campaign is approved."""
        self.run(self.town.begin(*NAMES))
        self.opens(needed)

    def opens(self, target: int) -> None:
        """Open a campaign of ten days, of which the municipality keeps a part."""
        day = self.town.now.date() + timedelta(days=12)
        self.own = self.run(
            self.town.campaign(
                target=target,
                days=10,
                counter={"da": "Vi slukker på rådhuset."},
                counter_staff_id=self.town.staff_id,
                counter_on=day,
            )
        )
        self.seen = [C.OPEN]

    # -- citizens ----------------------------------------------------------

    @rule(names=st.lists(WHO, min_size=1, max_size=4, unique=True))
    def sign(self, names: list[str]) -> None:
        """Some citizens tap twice each; the second tap changes nothing."""
        for name in names:
            before = self.campaign().state
            first = self.run(self.town.sign(name, self.own))
            again = self.run(self.town.sign(name, self.own))
            if isinstance(first, Refused):
                assert isinstance(again, Refused)
                continue
            assert first["pledge_id"] == again["pledge_id"]
            assert (first["how"] == "last") == (
                before is C.OPEN and self.campaign().state is C.ACTIVATED
            )

    @rule(name=WHO, keeps=st.booleans())
    def answer_unmet(self, name: str, keeps: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """A signer keeps the pledge anyway, or is released; only after too few signed."""
        self.do(AnswerUnmet(self.town.people[name], self.signature(name), keeps=keeps))

    @rule(name=WHO, answer=ANSWERS)
    def answer(self, name: str, answer: str) -> None:
        """A signer answers the newest question."""
        own = self.signature(name)
        asked = self.run(self.town.asked(own)) if own else []
        if asked:
            self.do(AnswerCheckIn(self.town.people[name], own, asked[-1], answer))

    @rule(name=WHO)
    def obstacle(self, name: str) -> None:
        """A signer tells an obstacle."""
        if self.signature(name):
            self.do(TellObstacle(self.town.people[name], self.signature(name), key="time"))

    @rule(name=WHO, command=st.sampled_from([WithdrawPledge, StopPledge]))
    def leave(self, name: str, command: Any) -> None:
        """A signer takes the signature back, or stops the pledge."""
        self.do(command(self.town.people[name], self.signature(name)))

    @rule(name=WHO, lamps=st.integers(1, 9))
    def change(self, name: str, lamps: int) -> None:
        """A signer promises another amount."""
        change = ChangePledge(self.town.people[name], self.signature(name), amount=lamps * PER_UNIT)
        self.do(change)

    @rule(name=WHO)
    def leave_pledging(self, name: str) -> None:
        """A citizen withdraws the consent, and gives it again."""
        self.do(LeavePledging(self.town.people[name]))
        assert self.do(BeginPledging(self.town.people[name]))

    # -- staff and the clock -----------------------------------------------

    @rule(days=st.integers(1, 20))
    def extend(self, days: int) -> None:
        """Staff extend the last day; only once."""
        deadline = self.campaign().deadline + timedelta(days=days)
        self.do(ExtendCampaign(self.town.staff_id, self.own, deadline, "Mere tid"))

    @rule()
    def complete(self) -> None:
        """Staff complete the campaign; refused before its time, and with obstacles."""
        self.do(CompleteCampaign(self.town.staff_id, self.own))

    @precondition(lambda self: len(self.seen) > 1)
    @rule()
    def cancel(self) -> None:
        """Staff cancel the campaign."""
        self.do(CancelCampaign(self.town.staff_id, self.own, "Storm"))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.passes(span))

    @precondition(lambda self: self.own and not FOLLOWING[self.campaign().state])
    @rule(needed=st.integers(2, 4))
    def next_campaign(self, needed: int) -> None:
        """After a campaign comes another; the audit finds nothing."""
        self.run(self.town.is_sound())
        self.opens(needed)

    # -- invariants --------------------------------------------------------

    @invariant()
    def it_is_activated_once_for_ever(self) -> None:
        """A campaign is activated at most once, and nothing undoes that."""
        if not self.own:
            return
        known = self.campaign()
        if known.state is not self.seen[-1]:
            self.seen.append(known.state)
        assert self.run(self.activations()) == int(known.activated_at is not None)
        if any(state in REACHED for state in self.seen):
            assert known.state in REACHED | {C.CANCELLED}

    async def activations(self) -> int:
        """Return how often the campaign was activated, by the audit trail."""
        async with self.town.store.reading() as unit:
            query = select(event.c.details).where(event.c.verb == "campaign_activated")
            rows = (await unit.connection.execute(query)).all()
        return sum(row.details.get("campaign") == self.own for row in rows)

    @invariant()
    def signatures_follow_their_campaign(self) -> None:
        """Signatures wait exactly until their campaign is decided; one of each person lives."""
        if not self.own:
            return
        known, rows = self.campaign(), self.signatures()
        live = [one.participant_id for one in rows if one.state in LIVE]
        assert len(live) == len(set(live))
        waits = [one for one in rows if one.state is PledgeState.SIGNED]
        if known.state in REACHED:
            assert not waits
        if known.state is C.OPEN:
            assert len(live) < known.target

    @invariant()
    def the_total_is_what_lives(self) -> None:
        """The lamps of the year are those of pledges that live or were kept."""
        if not self.own:
            return

        async def found() -> int:
            counted = {PledgeState.ACTIVE, PledgeState.PAUSED, PledgeState.KEPT}
            async with self.town.store.reading() as unit:
                rows = await unit.pledges.listed(counted, 1000)
            return sum(one.amount for one in rows if one.starts_on.year == self.town.now.year)

        if self.town.now.year == START.year:
            total = self.run(self.town.total("night", "lamps"))
            assert total * PER_UNIT == self.run(found())

    @invariant()
    def a_notice_comes_once(self) -> None:
        """No message about a signature is sent twice."""
        assert max(self.town.notices.values(), default=1) == 1

    def teardown(self) -> None:
        """Close the store, and delete its folder."""
        if self.own:
            self.run(self.town.is_sound())
        self.run(self.town.store.close())
        self.held.close()
        self.loop.close()


SHORT = settings(
    max_examples=25,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=250, stateful_step_count=50)
TestSigners = Signers.TestCase
TestSigners.settings = SHORT


@pytest.mark.slow
class TestSignersLong(Signers.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 250 examples of 50 steps."""

    settings = LONG

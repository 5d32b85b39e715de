"""Random acts of staff, a lead and volunteers keep the invariants of invitations.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from invitation_town import EVERYBODY, InvitationTown

from bot.app.checks.run import audit_findings
from bot.engine.events import Refused
from bot.model.commands.volunteering import EndInvitation, SignUp, Withdraw
from bot.model.delivery import DeliveryState
from bot.model.invitation import InvitationState
from bot.model.signup import HOLDS_PLACE, Source
from bot.scheduler import seal

NAMES = ("Ana", "Jens", "Karen", "Samira")
CITIZENS = st.sampled_from(NAMES)
SPANS = st.sampled_from([timedelta(minutes=5), timedelta(hours=5), timedelta(hours=13)])
REPLIES = st.sampled_from(["yes", "yes", "no", "later"])


class Invitations(RuleBasedStateMachine):
    """Four volunteers, one shift with three places, and staff who invite."""

    def __init__(self) -> None:
        """Create a bot on its own SQLite file."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.town = InvitationTown(f"sqlite:///{Path(self.folder.name) / 'town.sqlite3'}")
        self.made: dict[int, int] = {}  # the words that name it, and the quota
        self.quiet: dict[tuple[int, str], int] = {}  # messages at a final answer

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    @initialize()
    def begins(self) -> None:
        """All have told about themselves."""
        self.run(self.town.begin(*NAMES))
        for name in NAMES:
            self.run(self.town.volunteer(name))
        self.run(self.town.open(seats=3))

    @rule(quota=st.integers(1, 4), shortage=st.booleans())
    def invite(self, quota: int, shortage: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Staff ask everybody."""
        if len(self.made) < 3:
            words = f"Vi mangler nogen, kald {len(self.made) + 1}."
            more = {"texts": {"da": words}, "shortage": shortage}
            made = self.run(self.town.invite(EVERYBODY, quota, **more))
            if not isinstance(made, Refused):
                self.made[made] = quota

    @rule(name=CITIZENS, reply=REPLIES, data=st.data())
    def answer(self, name: str, reply: str, data: st.DataObject) -> None:
        """A citizen who has the message answers it."""
        asked = [
            made
            for made in self.made
            if (one := self.run(self.town.asked(made)).get(name)) and one.sent_at is not None
        ]
        if asked:
            chosen = data.draw(st.sampled_from(asked))
            told = self.run(self.town.answer(name, chosen, reply))
            if told == "no":
                self.quiet.setdefault((chosen, name), self.got(chosen, name))

    @rule(name=CITIZENS)
    def browse(self, name: str) -> None:
        """A citizen signs up without an invitation."""
        person, _participant = self.run(self.town.person(name))
        self.run(self.town.do(SignUp(person, self.town.opportunity, self.town.shift)))

    @rule(name=CITIZENS)
    def withdraw(self, name: str) -> None:
        """A citizen cancels."""
        own = self.run(self.town.signup(name))
        if own is not None:
            person, _participant = self.run(self.town.person(name))
            self.run(self.town.do(Withdraw(person, own.id)))

    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        """Staff end an invitation."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            self.run(self.town.do(EndInvitation("staff:1", chosen)))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.until(self.town.chat.clock.now() + span))

    def got(self, made: int, name: str) -> int:
        """Return how many messages of an invitation a citizen was sent."""
        asked = self.run(self.town.asked(made)).get(name)
        if asked is None:
            return 0
        return (asked.sent_at is not None) + (asked.asked_again_at is not None)

    @invariant()
    def no_more_come_than_are_wanted(self) -> None:
        """The yes of an invitation are at most its quota, and a person has one message of it."""
        for made, quota in self.made.items():
            rows = self.run(self._signups(made))
            assert sum(one.source is Source.INVITATION for one in rows) <= quota
            words = f"kald {sorted(self.made).index(made) + 1}."
            for name in NAMES:
                assert self.town.got(name, words) <= 1

    async def _signups(self, made: int) -> list[Any]:
        async with self.town.unit() as unit:
            rows = await unit.signups.of_shift(self.town.shift, HOLDS_PLACE)
        return [one for one in rows if one.invitation_id == made]

    @invariant()
    def what_is_over_asks_nobody(self) -> None:
        """A filled or ended invitation has nothing planned."""
        for made in self.made:
            known = self.run(self.town.invitation(made))
            states = {one.state for one in self.run(self.town.asked(made)).values()}
            if known.state is not InvitationState.OPEN:
                assert DeliveryState.PLANNED not in states

    @invariant()
    def a_no_is_final(self) -> None:
        """Who said no hears no more of that invitation."""
        for (made, name), before in self.quiet.items():
            assert self.got(made, name) == before

    @invariant()
    def results_add_up(self) -> None:
        """Everybody who was chosen is counted once."""
        for made in self.made:
            found = self.run(self.town.results(made))
            parts = found.asked + found.planned + found.to_ring + sum(found.not_reached.values())
            assert parts == len(self.run(self.town.asked(made)))
            assert found.found <= found.credited

    @invariant()
    def the_audit_is_clean(self) -> None:
        """The audit finds nothing."""
        if self.made:
            assert self.run(self._wrong()) == []

    async def _wrong(self) -> list[Any]:
        running = self.town.chat._running
        assert running is not None
        while await seal(running[0]):
            pass
        return list(await audit_findings(running[0]))

    def teardown(self) -> None:
        """Stop the bot, close the event loop and delete the folder."""
        self.run(self.town.chat.close())
        self.loop.close()
        self.folder.cleanup()


SHORT = settings(
    max_examples=4,
    stateful_step_count=20,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(SHORT, max_examples=60, stateful_step_count=50)
TestInvitations = Invitations.TestCase
TestInvitations.settings = SHORT


@pytest.mark.slow
class TestInvitationsLong(Invitations.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 60 examples of 50 steps."""

    settings = LONG

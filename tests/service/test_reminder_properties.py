"""Random acts of staff and citizens, restarts and outages keep the invariants of reminders.

A longer form runs with ``--slow``.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from reminder_town import Town

from bot.app.checks.run import audit_findings
from bot.model.audience import EVERYONE, ROLE, Is, to_json
from bot.model.commands.reminders import (
    EndReminder,
    EndRole,
    GiveRole,
    HoldReminder,
    LiftMute,
    MuteTopic,
)
from bot.model.delivery import FINAL_ANSWERS, Delivery, DeliveryState
from bot.scheduler import seal
from bot.simulator import TOKEN
from bot.testing import PEOPLE

NAMES = ("Jens", "Samira")
CITIZENS = st.sampled_from(NAMES)
AUDIENCES = st.sampled_from([Is(ROLE, "ambassador"), Is(EVERYONE)])
TIMES = st.sampled_from(["08:30", "10:00", "16:00", "21:00"])
RULES = st.one_of(
    st.builds(lambda at: {"unit": "day", "at": at}, TIMES),
    st.builds(lambda at: {"unit": "day", "interval": 2, "count": 3, "at": at}, TIMES),
    st.builds(lambda at: {"unit": "week", "weekdays": [1, 6], "at": at}, TIMES),
    st.builds(lambda at: {"unit": "once", "at": at}, TIMES),
)
ANSWERS = st.sampled_from(
    ["Det er gjort", "Jeg kan ikke", "Om en time", "I morgen", "I aften", "Senere", "Nej tak"]
)
SPANS = st.sampled_from([timedelta(minutes=20), timedelta(hours=5), timedelta(days=1)])
OUTAGES = st.sampled_from([timedelta(hours=6), timedelta(days=3)])


class Reminders(RuleBasedStateMachine):
    """Two citizens, staff who set and change reminders, and a bot that is sometimes down."""

    def __init__(self) -> None:
        """Create a bot on its own SQLite file and let both citizens start."""
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.town = Town(f"sqlite:///{Path(self.folder.name) / 'town.sqlite3'}")
        self.made: dict[int, str] = {}
        self.ended: dict[int, int] = {}  # messages sent when a reminder was ended
        self.snoozes: Counter[tuple[int, str]] = Counter()

    def run(self, work: Any) -> Any:
        """Run a coroutine."""
        return self.loop.run_until_complete(work)

    @initialize()
    def begins(self) -> None:
        """Both citizens are ambassadors and want news."""
        self.run(self.town.begin(*NAMES))
        for name in NAMES:
            self.run(self._ambassador(name))

    async def _ambassador(self, name: str) -> None:
        await self.town.do(GiveRole(1, await self.town.participant(name), "ambassador"))
        await self.town.consent(name, "roads")

    # -- rules -------------------------------------------------------------

    @rule(recurrence=RULES, who=AUDIENCES, asks=st.booleans(), ahead=st.booleans())
    def set_one(self, recurrence: dict[str, Any], who: Is, asks: bool, ahead: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Staff set a reminder; its words name it."""
        if len(self.made) == 4:
            return
        tomorrow = self.town.chat.clock.now().date() + timedelta(days=1)
        whole: dict[str, Any] = {
            "recurrence": {**recurrence, "starts_on": tomorrow.isoformat()},
        }
        if ahead:
            whole["before"] = {"amount": -1, "span": "hour"}
        words = f"Husk nøgle {len(self.made) + 1}."
        made = self.run(self.town.set(whole, who, words=words, asks=asks, prepares=ahead))
        self.made[made] = words

    @rule(data=st.data(), at=TIMES, who=AUDIENCES)
    def edit(self, data: st.DataObject, at: str, who: Is) -> None:
        """Staff change the hour and the audience."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            tomorrow = self.town.chat.clock.now().date() + timedelta(days=1)
            daily = {"unit": "day", "starts_on": tomorrow.isoformat(), "at": at}
            changed = {"rule": {"recurrence": daily}, "audience": to_json(who)}
            self.run(self.town.edit(chosen, **changed))

    @rule(data=st.data(), paused=st.booleans())
    def hold(self, data: st.DataObject, paused: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Staff pause or resume a reminder."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            self.run(self.town.do(HoldReminder("staff:1", chosen, paused)))

    @rule(data=st.data())
    def end(self, data: st.DataObject) -> None:
        """Staff end a reminder."""
        if self.made:
            chosen = data.draw(st.sampled_from(sorted(self.made)))
            self.run(self.town.do(EndReminder("staff:1", chosen)))
            self.ended[chosen] = self.sent(chosen)

    @rule(name=CITIZENS, on=st.booleans(), topic=st.sampled_from(["roads", "*"]))
    def mute(self, name: str, on: bool, topic: str) -> None:  # noqa: FBT001 - hypothesis draws it
        """A citizen mutes the topic or pauses, or lifts it."""
        person, _participant = self.run(self.town.person(name))
        self.run(self.town.do(MuteTopic(person, topic) if on else LiftMute(person, topic)))

    @rule(name=CITIZENS, on=st.booleans())
    def role(self, name: str, on: bool) -> None:  # noqa: FBT001 - hypothesis draws it
        """Staff give or end the role."""
        participant = self.run(self.town.participant(name))
        command = GiveRole if on else EndRole
        self.run(self.town.do(command(1, participant, "ambassador")))

    @rule(name=CITIZENS, label=ANSWERS)
    def answer(self, name: str, label: str) -> None:
        """A citizen taps a button with this label, if there is one."""
        chat = self.town.chat.world.bots[TOKEN].chats[PEOPLE[name][0]]
        if label in {b.text for m in chat.messages.values() for row in m.keyboard for b in row}:
            before = self.planned_again()
            self.run(self.town.chat.play(f"{name}: [{label}]"))
            self.snoozes.update(self.planned_again() - before)

    @rule()
    def restart(self) -> None:
        """The bot is stopped and started."""
        self.run(self.town.chat.close())
        self.run(self.town.chat.play("--- 1 minute passes"))

    @rule(span=SPANS)
    def time_passes(self, span: timedelta) -> None:
        """Time passes."""
        self.run(self.town.until(self.town.chat.clock.now() + span))

    @rule(span=OUTAGES)
    def outage(self, span: timedelta) -> None:
        """The bot is down for a while."""
        self.run(self.town.down_until(self.town.chat.clock.now() + span))

    # -- invariants --------------------------------------------------------

    def ledger(self, reminder: int) -> list[Delivery]:
        """Return the deliveries of a reminder."""
        found: list[Delivery] = self.run(self.town.ledger(reminder))
        return found

    def planned_again(self) -> Counter[tuple[int, str]]:
        """Return the snoozed deliveries by reminder and occasion, with their moments."""
        return Counter(
            (one.id, str(one.answered_at))
            for reminder in self.made
            for one in self.ledger(reminder)
            if one.answer == "later"
        )

    def sent(self, reminder: int) -> int:
        """Return how many messages with a reminder's words were sent."""
        return sum(self.town.got(name, self.made[reminder]) for name in NAMES)

    @invariant()
    def nothing_is_sent_twice(self) -> None:
        """Each occasion has one message to each person, one repeat, and one for each snooze."""
        snoozes = Counter(delivery for delivery, _at in self.snoozes)
        for reminder in self.made:
            ledger = self.ledger(reminder)
            most = sum(
                (one.sent_at is not None) + (one.asked_again_at is not None) + snoozes[one.id]
                for one in ledger
            )
            assert self.sent(reminder) <= most
            occasions = Counter((one.occasion, one.participant_id) for one in ledger)
            assert max(occasions.values(), default=1) == 1

    @invariant()
    def nothing_after_the_end(self) -> None:
        """An ended reminder sends nothing more."""
        for reminder, sent in self.ended.items():
            assert self.sent(reminder) == sent

    @invariant()
    def every_outcome_has_a_reason(self) -> None:
        """Each due delivery has its outcome; those not sent say why; answers come to sent ones."""
        now = self.town.chat.clock.now()
        for one in (one for reminder in self.made for one in self.ledger(reminder)):
            if one.state is DeliveryState.PLANNED:
                assert one.planned_at > now
            elif one.state not in {DeliveryState.SENT, DeliveryState.QUEUED}:
                assert one.reason is not None
            if one.answer in FINAL_ANSWERS:
                assert one.state is DeliveryState.SENT

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
LONG = settings(SHORT, max_examples=100, stateful_step_count=60)
TestReminders = Reminders.TestCase
TestReminders.settings = SHORT


@pytest.mark.slow
class TestRemindersLong(Reminders.TestCase):  # type: ignore[misc, name-defined]
    """The same rules with 100 examples of 60 steps."""

    settings = LONG

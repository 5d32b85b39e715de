"""A town with volunteers: commands on a store, and a clock that stops at each due timer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.app.checks.run import audit_findings
from bot.clock import TravelClock
from bot.engine.events import Done, Refused
from bot.model.commands.volunteering import (
    AcceptOffer,
    AddOpportunity,
    AddShift,
    BecomeVolunteer,
    DeclineOffer,
    PublishOpportunity,
    SignUp,
    TakeOver,
    WantStandin,
    Withdraw,
)
from bot.model.delivery import Delivery, DeliveryState
from bot.model.opportunity import Kind, Opportunity, Shift
from bot.model.person import Person
from bot.model.signup import FOLLOWING, SIGNUP, Signup, SignupState
from bot.model.staff import Role, Staff
from bot.runner.signups import withheld
from bot.scheduler import seal
from bot.service import deliveries, execute
from bot.service.volunteering import (
    attendance,
    gates,
    queue,
    requests,
    shifts,
    signup_messages,
)
from bot.store.signups import Signups
from bot.store.store import Store
from bot.store.tables import delivery, task, timer
from bot.store.unit import Unit

ZONE = ZoneInfo("Europe/Copenhagen")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMERS = {
    queue.TIMER: queue.offer_ends,
    requests.TIMER: requests.late,
    shifts.TIMER: shifts.plan_ahead,
    gates.RECHECK: gates.recheck,
    signup_messages.NOT_NOTED: attendance.not_noted,
    signup_messages.SILENT: attendance.silent,
}

WITHHELD = {SIGNUP: withheld}  # by the subject kind of a message


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """Return a local time as an instant."""
    return datetime.combine(date(year, month, day), time(hour, minute), ZONE).astimezone(UTC)


class VolunteerTown:
    """Staff, citizens and opportunities in a store; names stand for people."""

    def __init__(self, store: Store, clock: TravelClock) -> None:
        """Use a store with its clock."""
        self.store, self.clock = store, clock
        self.people: dict[str, int] = {}
        self.participants: dict[str, int] = {}
        self.sent: list[tuple[str, str]] = []  # name and occasion
        self.notices: Counter[tuple[int, str]] = Counter()  # sent, by sign-up and occasion
        self.staff_id = 0

    @property
    def now(self) -> datetime:
        """Return the present time."""
        return self.clock.now()

    async def begin(self, *names: str) -> None:
        """Add a member of the staff and citizens."""
        async with self.store.unit() as unit:
            self.staff_id = await unit.staff.add(
                Staff(0, "mette", "Mette", "service", Role.STAFF, "da")
            )
        await self.add(*names)

    async def add(self, *names: str, **fields: Any) -> None:
        """Add citizens of the chat."""
        async with self.store.unit() as unit:
            for name in names:
                number = len(self.participants) + 1
                new = Person(0, f"tg:{number}", number, "da", name, unit.now, 1, **fields)
                person = await unit.people.add(new)
                self.people[name] = person.id
                participant = await unit.participants.of_person(person.id, name)
                self.participants[name] = participant.id
        for name in names:
            await self.do(BecomeVolunteer(self.people[name], over_15=True))

    async def add_by_phone(self, name: str) -> None:
        """Add a participant who is not in the chat."""
        async with self.store.unit() as unit:
            made = await unit.participants.add(name, "+45 00 00 20 20", self.staff_id)
            self.participants[name] = made

    async def do(self, command: Any) -> Any:
        """Execute a command; return its value, or the refusal."""
        async with self.store.unit() as unit:
            done = await execute(command, unit)
        return done.value if isinstance(done, Done) else done

    async def opportunity(self, *, publishes: bool = True, **fields: Any) -> int:
        """Add an opportunity and publish it; return its id."""
        whole = {
            "titles": {"da": "Strandrens"},
            "texts": {"da": "Vi samler skrald."},
            "kind": Kind.SHIFTS,
            "takes": 120,
            "insurance": "municipality",
            **fields,
        }
        contacts = whole.pop("participant_contacts", ())
        staff = whole.pop("staff_contacts", ())
        add = AddOpportunity(self.staff_id, whole, staff, contacts)
        made: int = await self.do(add)
        assert isinstance(made, int), made
        if publishes:
            assert await self.do(PublishOpportunity(self.staff_id, made)) == made
        return made

    async def shift(self, begins_at: datetime, seats: int | None = 1, **fields: Any) -> int:
        """Add a shift of a new opportunity, for two hours; return its id."""
        known = await self.opportunity(**fields)
        ends_at = begins_at + 2 * HOUR
        made: int = await self.do(AddShift(self.staff_id, known, begins_at, ends_at, seats))
        assert isinstance(made, int), made
        return made

    # -- what volunteers do ------------------------------------------------

    async def sign_up(self, name: str, shift_id: int, **more: Any) -> Any:
        """Let a citizen tap the sign-up for a shift."""
        opportunity_id = (await self.shift_of(shift_id)).opportunity_id
        return await self.do(SignUp(self.people[name], opportunity_id, shift_id, **more))

    async def join(self, shift_id: int, *names: str) -> list[str]:
        """Sign citizens up for a shift, one after the other; return the states."""
        return [(await self.sign_up(name, shift_id))["state"] for name in names]

    async def _own(self, name: str, shift_id: int) -> int:
        newest: Signup = (await self.signups(shift_id))[name]
        return newest.id

    async def withdraw(self, name: str, shift_id: int) -> Any:
        """Let a citizen say that they cannot come."""
        return await self.do(Withdraw(self.people[name], await self._own(name, shift_id)))

    async def accept(self, name: str, shift_id: int) -> Any:
        """Let a citizen take an offered place."""
        return await self.do(AcceptOffer(self.people[name], await self._own(name, shift_id)))

    async def decline(self, name: str, shift_id: int) -> Any:
        """Let a citizen decline an offered place, or leave the waiting list."""
        return await self.do(DeclineOffer(self.people[name], await self._own(name, shift_id)))

    async def want_standin(self, name: str, shift_id: int) -> Any:
        """Let a citizen look for a stand-in."""
        return await self.do(WantStandin(self.people[name], await self._own(name, shift_id)))

    async def take_over(self, name: str, of: str, shift_id: int) -> Any:
        """Let a citizen take over the place of another."""
        own = await self._own(of, shift_id)
        return await self.do(TakeOver(self.people[name], own))

    # -- what the store has ------------------------------------------------

    async def signups(self, shift_id: int | None, opportunity_id: int = 0) -> dict[str, Signup]:
        """Return the newest sign-up of each person for a shift, or by agreement."""
        names = {number: name for name, number in self.participants.items()}
        async with self.store.reading() as unit:
            if shift_id is not None:
                rows = await unit.signups.of_shift(shift_id)
            else:
                rows = await unit.signups.of_opportunity(opportunity_id, set(SignupState))
        return {names[one.participant_id]: one for one in rows if one.participant_id in names}

    async def states(self, shift_id: int | None, opportunity_id: int = 0) -> dict[str, str]:
        """Return the state of each person's newest sign-up."""
        newest = await self.signups(shift_id, opportunity_id)
        return {name: one.state.value for name, one in newest.items()}

    async def shift_of(self, shift_id: int) -> Shift:
        """Return a shift."""
        async with self.store.reading() as unit:
            known = await unit.shifts.get(shift_id)
        assert known is not None
        return known

    async def opportunity_of(self, opportunity_id: int) -> Opportunity:
        """Return an opportunity."""
        async with self.store.reading() as unit:
            known = await unit.opportunities.get(opportunity_id)
        assert known is not None
        return known

    async def planned(self, name: str) -> dict[str, datetime]:
        """Return the messages that a person is to get, with their times."""
        query = select(delivery.c.occasion, delivery.c.planned_at).where(
            delivery.c.participant_id == self.participants[name],
            delivery.c.state == DeliveryState.PLANNED,
        )
        async with self.store.reading() as unit:
            rows = await unit.connection.execute(query)
        return {row.occasion: row.planned_at for row in rows}

    def got(self, name: str) -> list[str]:
        """Return the kinds of messages that a person was sent, in order."""
        return [occasion.partition(":")[0] for who, occasion in self.sent if who == name]

    async def alerts(self) -> list[str]:
        """Return the kinds of the alerts to the contact, the oldest first."""
        async with self.store.reading() as unit:
            return [one.kind for one in (await unit.alerts.newest(self.staff_id, 100))[::-1]]

    async def tasks(self, kind: str) -> int:
        """Return the number of tasks of a kind."""
        async with self.store.reading() as unit:
            rows = await unit.connection.execute(select(task.c.id).where(task.c.kind == kind))
            return len(rows.all())

    async def is_sound(self) -> None:
        """Assert that the audit finds nothing."""
        while await seal(self.store):
            pass
        found = await audit_findings(self.store)
        assert found == [], found

    # -- time --------------------------------------------------------------

    async def until(self, moment: datetime) -> None:
        """Let time pass: each due timer does its work, and each due message is sent."""
        while True:
            async with self.store.unit() as unit:
                due = await unit.timers.next_due()
            if due is None or due > moment:
                break
            self.clock.move_to(due)
            await self._fire()
        self.clock.move_to(moment)

    async def passes(self, span: timedelta) -> None:
        """Let a span of time pass."""
        await self.until(self.now + span)

    async def _fire(self) -> None:
        """Run the timers that are due."""
        due = select(timer).where(timer.c.due_at <= self.now).order_by(timer.c.due_at, timer.c.id)
        async with self.store.unit() as unit:
            for row in (await unit.connection.execute(due)).all():
                now = await unit.connection.execute(
                    update(timer)
                    .where(timer.c.id == row.id, timer.c.fence == row.fence)
                    .values(due_at=None)
                )
                if not now.rowcount:
                    continue
                if row.kind == deliveries.TIMER:
                    await self._deliver(unit, int(row.subject))
                else:
                    await TIMERS[row.kind](unit, int(row.subject))
                await unit.write_waiting()

    async def _deliver(self, unit: Unit, delivery_id: int) -> None:
        """Send a message that is due, as the runner does, or withhold it."""
        known = await unit.deliveries.get(delivery_id)
        if known is None or known.state is not DeliveryState.PLANNED:
            return
        judges = WITHHELD.get(known.subject_kind)
        reason = await judges(unit, known) if judges is not None else None
        if reason is not None:
            await deliveries.end(unit, known, DeliveryState.CANCELLED, reason)
            return
        participant = await unit.participants.get(known.participant_id)
        person_id = participant.person_id if participant is not None else None
        person = await unit.people.get(person_id) if person_id is not None else None
        if person is None or not person.reachable:
            await unit.tasks.add("phone", f"delivery:{known.id}", None)
            await unit.deliveries.change(known, state=DeliveryState.PHONED, sent_at=unit.now)
            return
        await self._judge(unit, known, person)

    async def _judge(self, unit: Unit, known: Delivery, person: Person) -> None:
        verdict = await deliveries.judge(unit, known, person)
        if verdict.held_until is not None:
            lane = person.lane
            await deliveries.move(unit, known, lane, verdict.held_until, known.reason)  # type: ignore[arg-type]
        elif verdict.reason is not None:
            await deliveries.end(unit, known, DeliveryState.SKIPPED, verdict.reason)
        else:
            await unit.deliveries.change(known, state=DeliveryState.SENT, sent_at=unit.now)
            self.sent.append((person.address, known.occasion))
            self.notices[known.subject_id, known.occasion] += 1


@contextmanager
def lawful() -> Iterator[None]:
    """Assert that each change of a sign-up's state is one of `FOLLOWING`."""
    change = Signups.change

    async def checked(self: Signups, row_id: int, **values: Any) -> None:
        known, after = await self.get(row_id), values.get("state")
        if known is not None and after is not None and after != known.state:
            assert after in FOLLOWING.get(known.state, frozenset()), (known.state, after)
        await change(self, row_id, **values)

    patch = pytest.MonkeyPatch()
    patch.setattr(Signups, "change", checked)
    yield
    patch.undo()


def refusal(outcome: Any) -> str:
    """Return the words of a refusal."""
    assert isinstance(outcome, Refused), outcome
    return outcome.why.key

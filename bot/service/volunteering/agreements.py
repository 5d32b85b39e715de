"""Places by agreement: the contact writes to the volunteer by a date that both know."""

from __future__ import annotations

from datetime import time

from bot.model.opportunity import OPPORTUNITY
from bot.model.signup import Signup, SignupState
from bot.service.staff_alerts import alert_staff
from bot.service.volunteering.contacts import first_staff
from bot.store.alerts import Subject
from bot.store.timers import NewTimer
from bot.store.unit import Unit

WRITES_WITHIN = 2  # working days
END_OF_DAY = time(16)
TIMER = "agreement_due"  # the subject: the sign-up


async def promise(unit: Unit, known: Signup) -> None:
    """Set by when the contact writes to a volunteer who has a place, and when they are reminded."""
    today = unit.calendar.local(unit.now).date()
    day = unit.calendar.working_day_after(today, WRITES_WITHIN)
    due = unit.calendar.instant(day, END_OF_DAY)
    staff = await first_staff(unit, known.opportunity_id)
    by = known.handled_by or (staff.id if staff is not None else None)
    await unit.signups.change(known.id, due_at=due, handled_by=by)
    lane = f"opportunity:{known.opportunity_id}"
    last_morning = unit.calendar.instant(day, time(8))
    await unit.timers.set(NewTimer(TIMER, str(known.id), lane, last_morning))


async def remind(unit: Unit, signup_id: int) -> None:
    """Remind the person who has promised to write that today is the last day for it."""
    known = await unit.signups.get(signup_id)
    if known is None or known.state is not SignupState.CONFIRMED or known.handled_by is None:
        return
    subject = Subject(OPPORTUNITY, known.opportunity_id)
    await alert_staff(unit, [known.handled_by], subject, TIMER, str(known.id))

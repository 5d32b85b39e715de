"""Services that lend things, remind of them, and take them back."""

from __future__ import annotations

from datetime import date, time, timedelta

from bot.model.commands.loans import EndLoan, LendThing
from bot.store.loans import Loan, Loans
from flows.lending import THINGS

from bot.engine.events import Done, Refused
from bot.i18n import _, render
from bot.model.staff import May
from bot.service.notifications import notify
from bot.service.staff_alerts import alert_staff
from bot.store.alerts import Subject
from bot.store.events import CITIZEN, by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER, SUBJECT = "loan", "loan"
MORNING = time(9)
LENDING_UNIT = "Borgerservice"


async def lend_thing(command: LendThing, unit: Unit) -> Done | Refused:
    """Lend a thing and set its timer; refuse a day that is past or on which it is lent."""
    loans, first = Loans(unit), date.fromisoformat(command.day)
    back = first + timedelta(days=int(command.span))
    if first < unit.calendar.local(unit.now).date():
        return Refused(_("That day has passed."))
    await unit.facts.hold(f"{SUBJECT}:{command.thing}")  # until the commit
    if await loans.is_taken(command.thing, first, back):
        return Refused(_("It is lent to another on those days."))
    title = render(THINGS[command.thing], "da", escape=str)
    new = Loan(0, command.person_id, command.thing, title, command.phone, first, back)
    loan_id = await loans.add(new)
    await unit.events.add(CITIZEN, "lent", loan=loan_id)
    await _look_again(unit, loan_id, command.person_id, back)
    return Done({"back": {"day": back.isoformat()}})


async def _look_again(unit: Unit, loan_id: int, person_id: int, day: date) -> None:
    """Set the timer of a loan to the morning of *day*."""
    lane = await unit.people.lane(person_id)
    due = unit.calendar.instant(day, MORNING)
    await unit.timers.set(NewTimer(TIMER, str(loan_id), lane, due))


async def look_after(unit: Unit, loan_id: int) -> None:
    """Remind the citizen on the day the thing is to be back; alert staff on the day after."""
    loan = await Loans(unit).get(loan_id)
    if loan is None or loan.person_id is None:
        return
    if unit.calendar.local(unit.now).date() > loan.back_day:
        told = [one.id for one in await unit.staff.leaders(LENDING_UNIT)]
        await alert_staff(unit, told, Subject(SUBJECT, loan.id), "loan_late")
        return
    lane, back = await unit.people.lane(loan.person_id), loan.back_day.isoformat()
    await notify(unit, lane, "bring_back", f"loan:{loan.id}", thing=loan.thing, back=back)
    await _look_again(unit, loan.id, loan.person_id, loan.back_day + timedelta(days=1))


async def end_loan(command: EndLoan, unit: Unit) -> Done | Refused:
    """Take a thing back, cancel its timer, and record the staff member."""
    staff = await unit.staff.get(command.staff_id)
    if staff is None or not staff.may(May.WORK_CASES):
        return Refused(_("You may not do that. A leader can."))
    if await Loans(unit).end(command.loan_id):
        await unit.timers.forget(TIMER, str(command.loan_id))
        await unit.events.add(by_staff(staff.id), "loan_ended", loan=command.loan_id)
    return Done()

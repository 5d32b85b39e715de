"""Answers to check-ins: what they add to the totals, how they are undone, and obstacles."""

from __future__ import annotations

from datetime import date

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.pledges import AnswerCheckIn, TellObstacle, UndoCheckIn, day_of
from bot.model.delivery import Answer, Delivery, DeliveryState, Reason
from bot.model.outcome import LONGEST_WORDS, Contribution, ContributionKind, Obstacle
from bot.model.pledge import (
    PER_UNIT,
    PLEDGE,
    UNDO_FOR,
    CheckIn,
    CheckInAnswer,
    Entry,
    MeasureKind,
    Pledge,
    PledgeState,
    Rhythm,
)
from bot.service import deliveries
from bot.service.answers import ASK_AGAIN, record
from bot.service.pledges import ending, outcomes, pledge_messages
from bot.service.pledges.consent import own_fault
from bot.service.pledges.ending import NOT_YOURS, OVER, own
from bot.service.pledges.making import amount_fault
from bot.service.texts import text_fault
from bot.store.unit import Unit

A_WEEK = 7  # days
ASKED = frozenset({DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.PHONED})
TOO_LATE = Refused(_("That was more than seven days ago, so it cannot be undone here."))


async def answer_check_in(command: AnswerCheckIn, unit: Unit) -> Done | Refused:
    """Record how it went; a later answer about the same day replaces an earlier one.

    The value has the pledge, the answer, what it adds, and whether the pledge has ended by it.
    """
    pledge = await _kept(unit, command.person_id, command.pledge_id)
    if isinstance(pledge, Refused):
        return pledge
    answer, day = CheckInAnswer(command.answer), day_of(command.asked_on)
    before = await unit.check_ins.on(pledge.id, day)
    wrong = _day_fault(unit, pledge, day, before)
    if wrong is not None:
        return wrong
    amount = _amount(unit, pledge, answer, command.amount)
    if isinstance(amount, Refused):
        return amount
    await _store(unit, pledge, before, CheckIn(0, pledge.id, day, answer, amount, unit.now))
    await unit.events.add(command.by, "checked_in_pledge", pledge=pledge.id, answer=answer)
    await _note_delivery(unit, pledge, day, answer)
    if pledge.state is PledgeState.PAUSED:
        pledge = await ending.enter(unit, pledge, PledgeState.ACTIVE)
    did_last = day >= pledge.ends_on and answer is not CheckInAnswer.NOT
    if did_last and pledge.lives:
        pledge = await ending.enter(unit, pledge, PledgeState.KEPT)
    elif answer is CheckInAnswer.NOT:
        pledge = await ending.judge_again(unit, pledge)
    told = {"pledge_id": pledge.id, "answer": answer.value, "amount": amount, "ended": did_last}
    return Done(told)


def _day_fault(unit: Unit, pledge: Pledge, day: date, before: CheckIn | None) -> Refused | None:
    """Return why an answer about a day is refused; None where it is taken.

    A day without an answer is answered until the time to answer is over, and an answer is changed
    within seven days.
    """
    if day < pledge.starts_on:
        return Refused(_("The pledge began later than that."), "asked_on")
    if day > unit.calendar.local(unit.now).date() and day != pledge.ends_on:
        return Refused(_("That day is still to come."), "asked_on")
    if before is not None and before.undone_at is None:
        is_kept = pledge.lives or pledge.state is PledgeState.KEPT
        is_late = unit.now - before.answered_at > UNDO_FOR
        return TOO_LATE if is_kept and is_late else None if is_kept else OVER
    is_open = pledge.lives or (
        pledge.state is PledgeState.KEPT and not ending.is_past_grace(unit, pledge)
    )
    return None if is_open else OVER


async def _kept(unit: Unit, person_id: int | None, pledge_id: int) -> Pledge | Refused:
    """Return a citizen's own pledge, held, or why what they write about it may not be kept.

    Staff (None) write for each person.
    """
    pledge = await own(unit, person_id, pledge_id)
    if pledge is None:
        return NOT_YOURS
    if person_id is None or pledge.participant_id is None:
        return pledge
    wrong = await own_fault(unit, person_id, pledge.participant_id)
    return pledge if wrong is None else OVER


def _amount(unit: Unit, pledge: Pledge, answer: CheckInAnswer, given: int | None) -> int | Refused:
    """Return what an answer adds, in hundredths; of a daily pledge *given* are days of seven.

    The level counts already, so “done” adds nothing to it; of a part its amount is kept, and adds
    nothing either. A person may have done more than they promised.
    """
    is_level = pledge.kind is MeasureKind.LEVEL
    if answer is CheckInAnswer.NOT or (is_level and not given):
        return 0
    whole = pledge.amount if pledge.measure is not None else PER_UNIT
    is_daily = pledge.rhythm is Rhythm.DAY and not is_level
    if answer is CheckInAnswer.DONE and not given:
        return whole * (A_WEEK if is_daily else 1)
    if given is None:
        return Refused(_("Write as a number how much was done."), "amount")
    if is_daily:
        return _of_days(whole, given)
    wrong = amount_fault(unit, pledge.measure, given)
    return given if wrong is None else Refused(wrong, "amount")


def _of_days(whole: int, given: int) -> int | Refused:
    """Return what some days of a week add."""
    days = given // PER_UNIT
    if given % PER_UNIT or not 0 <= days <= A_WEEK:
        return Refused(_("Write a number of days from 0 to 7."), "amount")
    return whole * days


async def _store(unit: Unit, pledge: Pledge, before: CheckIn | None, new: CheckIn) -> None:
    """Write an answer, and the difference to an earlier one into the ledger."""
    counted = before.amount if before is not None and before.undone_at is None else 0
    if before is None:
        await unit.check_ins.add(new)
    else:
        await unit.check_ins.change(
            before.id,
            answer=new.answer,
            amount=new.amount,
            answered_at=unit.now,
            undone_at=None,
        )
    if pledge.kind is MeasureKind.COUNT:
        await unit.ledger.add(pledge.id, Entry.CHECKED_IN, new.amount - counted, new.asked_on)


async def _note_delivery(unit: Unit, pledge: Pledge, day: date, answer: CheckInAnswer) -> None:
    """Mark the message that asked as answered, so that nothing asks again, nor does staff ring."""
    given = Answer.CANNOT if answer is CheckInAnswer.NOT else Answer.DONE
    for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, pledge_messages.MOST):
        if not pledge_messages.asks_about(one, day):
            continue
        if one.state is DeliveryState.PLANNED:
            await deliveries.end(unit, one, DeliveryState.CANCELLED, Reason.ANSWERED)
            await unit.timers.cancel(deliveries.TIMER, str(one.id))
        elif one.is_answerable:
            await record(unit, one, given)
        await unit.timers.cancel(ASK_AGAIN, str(one.id))
    await deliveries.withdraw_calls(
        unit,
        PLEDGE,
        pledge.id,
        Reason.ANSWERED,
        of=lambda one: pledge_messages.asks_about(one, day),
    )


async def undo_check_in(command: UndoCheckIn, unit: Unit) -> Done | Refused:
    """Take an answer back within seven days: what it added leaves the totals."""
    pledge = await _kept(unit, command.person_id, command.pledge_id)
    if isinstance(pledge, Refused):
        return pledge
    day = day_of(command.asked_on)
    known = await unit.check_ins.on(pledge.id, day)
    if known is None or pledge.state in {PledgeState.WITHDRAWN, PledgeState.RELEASED}:
        return OVER
    if known.undone_at is not None:
        return Done(pledge.id)
    if unit.now - known.answered_at > UNDO_FOR:
        return TOO_LATE
    await unit.check_ins.change(known.id, undone_at=unit.now)
    if pledge.kind is MeasureKind.COUNT:
        await unit.ledger.add(pledge.id, Entry.UNDONE, -known.amount, day)
    await _ask_anew(unit, pledge, day)
    await unit.events.add(command.by, "check_in_undone", pledge=pledge.id)
    await ending.judge_again(unit, pledge)
    return Done(pledge.id)


async def _ask_anew(unit: Unit, pledge: Pledge, day: date) -> None:
    """Take the answer off the message that asked, so that it can be answered again."""
    for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, pledge_messages.MOST):
        is_it = pledge_messages.asks_about(one, day)
        if is_it and one.is_answerable and one.answer is not None:
            await unit.deliveries.change(one, answer=None, answer_words=None, answered_at=None)


async def unanswered(unit: Unit, pledge: Pledge) -> Delivery | None:
    """Return the newest message that asked how it goes; None where it is answered."""
    asked, answered = await _asked(unit, pledge)
    newest = max(asked, key=pledge_messages.asked_on, default=None)
    return newest if newest is not None and newest not in answered else None


async def missed(unit: Unit, pledge: Pledge) -> list[Delivery]:
    """Return the messages before the newest that asked and have no answer, the newest first."""
    asked, answered = await _asked(unit, pledge)
    older = sorted(asked, key=pledge_messages.asked_on, reverse=True)[1:]
    return [one for one in older if one not in answered]


async def _asked(unit: Unit, pledge: Pledge) -> tuple[list[Delivery], list[Delivery]]:
    """Return the messages that asked about a pledge that lives, and those with an answer."""
    if not pledge.lives:
        return [], []
    days = {one.asked_on for one in await unit.check_ins.of_pledge(pledge.id)}
    asked = [
        one
        for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, pledge_messages.MOST)
        if one.kind in pledge_messages.QUESTIONS and one.state in ASKED
    ]
    return asked, [one for one in asked if pledge_messages.asked_on(one) in days]


async def coming_on(unit: Unit, pledge: Pledge) -> date | None:
    """Return the day on which the person is next asked how it goes; None where they are not.

    It is planned a minute after the last message; before that, the rhythm says it. A pledge on a
    break, or that waits for others, is not asked about.
    """
    if pledge.state is not PledgeState.ACTIVE:
        return None
    planned = [
        one.planned_at
        for one in await unit.deliveries.of_subject(PLEDGE, pledge.id, pledge_messages.MOST)
        if one.kind in pledge_messages.QUESTIONS
        and one.state is DeliveryState.PLANNED
        and one.planned_at > unit.now
    ]
    if planned:
        return unit.calendar.local(min(planned)).date()
    day = await pledge_messages.question_after(unit, pledge, unit.calendar.local(unit.now).date())
    return await pledge_messages.sent_on(unit, pledge, day) if day is not None else None


def told_on(unit: Unit, asked: Delivery) -> date:
    """Return the day on which a question came: a quiet day moves it from the day that it is for."""
    sent = asked.sent_at
    return unit.calendar.local(sent).date() if sent is not None else pledge_messages.asked_on(asked)


async def is_partly(unit: Unit, pledge: Pledge) -> bool:
    """Return whether the last answer says that a part is done."""
    given = await unit.check_ins.of_pledge(pledge.id)
    last = max(given, key=lambda one: one.asked_on, default=None)
    return last is not None and last.answer is CheckInAnswer.PARTLY


async def undoable(unit: Unit, pledge: Pledge) -> CheckIn | None:
    """Return the newest answer that can still be taken back; None where there is none."""
    given = await unit.check_ins.of_pledge(pledge.id)
    newest = max(given, key=lambda one: (one.answered_at, one.asked_on), default=None)
    if newest is None or unit.now - newest.answered_at > UNDO_FOR:
        return None
    return newest


async def tell_obstacle(command: TellObstacle, unit: Unit) -> Done | Refused:
    """Store an obstacle, so that staff can answer it for all; the value is its id."""
    pledge = await _kept(unit, command.person_id, command.pledge_id)
    if isinstance(pledge, Refused):
        return pledge
    words = (command.words or "").strip()[:LONGEST_WORDS] or None
    if command.key is not None and command.key not in list(Obstacle):
        return Refused(_("Choose one of the options."), "key")
    if words is None and command.key is None:
        return Refused(_("Write in a few words what stood in the way."), "words")
    wrong = text_fault(words, LONGEST_WORDS) if words is not None else None
    if wrong is not None:
        return Refused(wrong, "words")
    new = Contribution(
        id=0,
        kind=ContributionKind.OBSTACLE,
        subject_kind=PLEDGE,
        subject_id=pledge.id,
        participant_id=pledge.participant_id,
        theme=pledge.theme,
        key=command.key,
        words=words,
        campaign_id=pledge.campaign_id,
    )
    for one in await unit.contributions.about(PLEDGE, pledge.id):
        if (one.key, one.words) == (new.key, new.words) and one.outcome_id is None:
            return Done(one.id)  # the same button again
    made = await unit.contributions.add(new)
    await outcomes.watch(unit)
    await unit.events.add(command.by, "obstacle_told", pledge=pledge.id, contribution=made)
    return Done(made)

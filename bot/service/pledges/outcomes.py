"""The ledger of outcomes: staff group what people said, answer it, and all of them are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.engine.events import Done, Refused
from bot.i18n import _
from bot.model.commands.pledges import (
    AnswerOutcome,
    AssignOutcome,
    GroupContributions,
    UngroupContributions,
)
from bot.model.outcome import (
    CONTRIBUTION,
    OUTCOME,
    Contribution,
    ContributionKind,
    Outcome,
    OutcomeState,
    is_few,
)
from bot.model.staff import May
from bot.service.pledges import pledge_messages
from bot.service.pledges.catalogue import CHANGED
from bot.service.staff_alerts import alert_staff
from bot.service.texts import text_fault, texts_fault
from bot.store.alerts import Subject
from bot.store.events import by_staff
from bot.store.timers import NewTimer
from bot.store.unit import Unit

TIMER = "outcome"  # the day by which an answer is due; subject: the outcome
ANSWERED_IN = 10  # working days
LONGEST_TITLE, LONGEST_TEXT, LONGEST_NAME = 80, 600, 120
WAITING = "obstacle"  # a contribution that no answer has; subject: the oldest of them
GROUPED_IN = 5  # working days
EACH_WEEK = timedelta(days=7)  # staff are alerted again until there is an answer
ANSWERED = "answered"  # the occasion of the message to each contributor
NO_OUTCOME = Refused(_("There is no such answer."))


async def group_contributions(command: GroupContributions, unit: Unit) -> Done | Refused:
    """Put contributions under an answer; a new one gets an owner and a date. Its id is returned."""
    found = await unit.contributions.some(command.contribution_ids)
    loose = [one for one in found.values() if one.outcome_id is None]
    if not loose:
        return Refused(_("Choose at least one that has no answer yet."))
    if command.outcome_id is None:
        made = await _new_outcome(unit, command, loose)
    else:
        known = await unit.outcomes.lock(command.outcome_id)
        if known is None or known.state is OutcomeState.ANSWERED:
            return NO_OUTCOME
        await unit.outcomes.change(known.id, version=known.version + 1)
        made = known.id
    if isinstance(made, Refused):
        return made
    await unit.contributions.group([one.id for one in loose], made)
    for one in loose:
        await unit.alerts.close_about(("obstacle_waits",), Subject(CONTRIBUTION, one.id))
    await watch(unit)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "contributions_grouped", outcome=made, count=len(loose))
    return Done(made)


async def _new_outcome(
    unit: Unit, command: GroupContributions, loose: list[Contribution]
) -> int | Refused:
    """Create an answer that is due in ten working days, and tell its owner."""
    title = command.title.strip()
    if not title or len(title) > LONGEST_TITLE:
        text = _("Say in at most {most} characters what they have in common.")
        return Refused(text.with_(most=LONGEST_TITLE), "title")
    wrong = text_fault(title, LONGEST_TITLE)
    if wrong is not None:
        return Refused(wrong, "title")
    owner = await unit.staff.get(command.owner_id or command.staff_id)
    if owner is None or not owner.may(May.PLEDGES):
        return Refused(_("Choose who answers."), "owner_id")
    due_on = unit.calendar.due_date(unit.now, ANSWERED_IN)
    new = Outcome(
        id=0,
        kind=ContributionKind.OBSTACLE,
        title=title,
        theme=loose[0].theme,
        staff_id=owner.id,
        due_on=due_on,
        summaries={"da": title},
    )
    made = await unit.outcomes.add(new)
    if owner.id != command.staff_id:
        await alert_staff(unit, [owner.id], Subject(OUTCOME, made), "outcome_due", "new")
    await _set_timer(unit, made, new)
    return made


async def ungroup_contributions(command: UngroupContributions, unit: Unit) -> Done | Refused:
    """Take contributions out of an answer that is not given yet; the value is their number."""
    found = await unit.contributions.some(command.contribution_ids)
    ids = {one.outcome_id for one in found.values() if one.outcome_id is not None}
    locked = [await unit.outcomes.lock(outcome_id) for outcome_id in sorted(ids)]
    changed = {one.id: one for one in locked if one and one.state is OutcomeState.OPEN}
    open_ = [one.id for one in found.values() if one.outcome_id in changed]
    await unit.contributions.group(open_, None)
    for one in changed.values():
        await unit.outcomes.change(one.id, version=one.version + 1)
    await watch(unit)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "contributions_ungrouped", count=len(open_))
    return Done(len(open_))


async def assign_outcome(command: AssignOutcome, unit: Unit) -> Done | Refused:
    """Give an answer another owner, who is told."""
    known = await unit.outcomes.lock(command.outcome_id)
    owner = await unit.staff.get(command.owner_id)
    if known is None:
        return NO_OUTCOME
    if owner is None or not owner.may(May.PLEDGES):
        return Refused(_("Choose who answers."), "owner_id")
    await unit.outcomes.change(known.id, staff_id=owner.id)
    occasion = f"assigned:{known.version}"
    await alert_staff(unit, [owner.id], Subject(OUTCOME, known.id), "outcome_due", occasion)
    by = by_staff(command.staff_id)
    await unit.events.add(by, "outcome_assigned", outcome=known.id, owner=owner.id)
    return Done(known.id)


async def answer_outcome(command: AnswerOutcome, unit: Unit) -> Done | Refused:
    """Give the answer: each contributor is told once, and everybody can read it.

    What fewer than five people said is published only if staff say so. A change of the group makes
    a new version, so staff decide this for the people that they have seen in the group.
    """
    known = await unit.outcomes.lock(command.outcome_id)
    if known is None:
        return NO_OUTCOME
    if known.state is OutcomeState.ANSWERED:
        return Done(known.id)
    if known.version != command.version:
        return CHANGED
    said = await unit.contributions.of_outcome(known.id)
    summaries = command.summaries if command.also_publish or not is_few(said) else None
    for name, texts in (("summaries", summaries), ("texts", command.texts)):
        wrong = texts_fault(texts, LONGEST_TEXT) if texts is not None else None
        if wrong is not None:
            return Refused(wrong, name)
    decided_by = command.decided_by.strip()
    wrong = text_fault(decided_by, LONGEST_NAME)
    if wrong is not None:
        return Refused(wrong, "decided_by")
    await unit.outcomes.change(
        known.id,
        state=OutcomeState.ANSWERED,
        summaries=dict(summaries or {}),
        texts=dict(command.texts),
        decided_by=decided_by or None,
        answered_at=unit.now,
        version=known.version + 1,
    )
    await unit.timers.cancel(TIMER, str(known.id))
    await unit.alerts.close_about(("outcome_due", "outcome_late"), Subject(OUTCOME, known.id))
    await unit.events.add(by_staff(command.staff_id), "outcome_answered", outcome=known.id)
    await _tell_contributors(unit, known.id, said)
    return Done(known.id)


async def _tell_contributors(unit: Unit, outcome_id: int, said: Sequence[Contribution]) -> None:
    """Plan one message to each person who contributed."""
    found = await unit.audiences.find_all({one.participant_id or 0 for one in said})
    subject = Subject(OUTCOME, outcome_id)
    await pledge_messages.tell_about(unit, subject, found.values(), ANSWERED)


async def _set_timer(unit: Unit, outcome_id: int, new: Outcome) -> None:
    at = unit.calendar.end_of_work(new.due_on)
    await unit.timers.set(NewTimer(TIMER, str(outcome_id), f"outcome:{outcome_id}", at))


async def late(unit: Unit, outcome_id: int) -> None:
    """Alert the owner and the leaders that an answer is late, each week (timer)."""
    known = await unit.outcomes.get(outcome_id)
    if known is None or known.state is OutcomeState.ANSWERED:
        return
    owner = await unit.staff.get(known.staff_id)
    leaders = await unit.staff.leaders(owner.unit if owner is not None else "")
    told = {known.staff_id, *(one.id for one in leaders)}
    day = f"{unit.calendar.local(unit.now):%Y-%m-%d}"
    await alert_staff(unit, sorted(told), Subject(OUTCOME, known.id), "outcome_late", day)
    lane = f"outcome:{known.id}"
    await unit.timers.set(NewTimer(TIMER, str(known.id), lane, unit.now + EACH_WEEK))


async def watch(unit: Unit) -> None:
    """Set when staff are alerted that contributions wait: for the oldest of them.

    It is after five working days, and each week from then on; so setting it again changes nothing.
    """
    oldest = await unit.contributions.oldest_ungrouped()
    if oldest is None:
        return
    at = _waits_until(unit, oldest)
    if at <= unit.now:
        at += EACH_WEEK * ((unit.now - at) // EACH_WEEK + 1)
    await unit.timers.set(NewTimer(WAITING, str(oldest.id), "obstacles", at))


async def look(unit: Unit, contribution_id: int) -> None:
    """Alert all who may group and answer contributions, where the oldest waits too long (timer)."""
    oldest = await unit.contributions.oldest_ungrouped()
    if oldest is None:
        return
    if oldest.id == contribution_id and unit.now >= _waits_until(unit, oldest):
        staff = [one.id for one in await unit.staff.holders(May.PLEDGES)]
        day = f"{unit.calendar.local(unit.now):%Y-%m-%d}"
        await alert_staff(unit, staff, Subject(CONTRIBUTION, oldest.id), "obstacle_waits", day)
    await watch(unit)


def _waits_until(unit: Unit, one: Contribution) -> datetime:
    """Return the end of the fifth working day after a contribution."""
    return unit.calendar.end_of_work(unit.calendar.due_date(one.at or unit.now, GROUPED_IN))

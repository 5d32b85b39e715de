"""Reminders relative to a person's own date, such as two weeks after a role was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.calendar.chain import allowed
from bot.calendar.offset import Offset, from_json
from bot.model.audience import Audience
from bot.model.delivery import Delivery, MessageClass, Reason
from bot.model.participant import CitizenRole
from bot.model.reminder import SUBJECT, Reminder
from bot.service import deliveries
from bot.store.audiences import FIRST_CONTACT, ROLE_GIVEN, Recipient
from bot.store.unit import Unit

SINCE = "since"  # the key of such a rule; a recurrence has none
LOOK_EVERY = timedelta(hours=1)  # for people whose date has come; all of them are planned ahead
USEFUL_FOR = timedelta(hours=24)
SLACK = timedelta(days=2)  # added to both ends of the span that is searched


@dataclass(frozen=True, slots=True)
class OwnDate:
    """A rule: *after* the moment that *since* names, for each person their own."""

    since: str
    after: Offset


def own_date_of(rule: Mapping[str, Any]) -> OwnDate:
    """Return the rule of its JSON; raise `ValueError` or `KeyError` where it makes none."""
    since, after = str(rule[SINCE]), from_json(rule["after"])
    role = since.removeprefix(ROLE_GIVEN)
    if since != FIRST_CONTACT and (role == since or role not in list(CitizenRole)):
        message = f"no date of a person: {since}"
        raise ValueError(message)
    return OwnDate(since, after)


async def plan_ahead(
    unit: Unit, reminder: Reminder, audience: Audience, attention: MessageClass, limit: int
) -> Mapping[str, Any] | None:
    """Plan the messages of the next hour; return how far that is if *limit* cuts it short.

    Only what is wanted after the reminder was set, edited or resumed is sent.
    """
    rule, reached = own_date_of(reminder.rule), reminder.expanding or {}
    begin, end = datetime.fromisoformat(reached["from"]), unit.now + LOOK_EVERY
    span = _span(rule.after)
    batch = await unit.audiences.dated(
        audience,
        rule.since,
        (max(begin, unit.now - USEFUL_FOR - LOOK_EVERY) - span - SLACK, end - span + SLACK),
        limit,
        after=reached.get("after", 0),
    )
    found = [(to, date, rule.after.from_(date, unit.calendar)) for to, date in batch]
    planned = [
        (to, _delivery(unit, reminder, attention, (to, date, wanted)))
        for to, date, wanted in found
        if begin < wanted <= end
    ]
    await deliveries.plan(unit, planned)
    full = len(batch) == limit
    return {**reached, "after": batch[-1][0].participant_id} if full else None


def _span(offset: Offset) -> timedelta:
    """Return an offset as elapsed time, apart from its hour of the day."""
    return timedelta(**{f"{offset.span.value}s": offset.amount})


def _delivery(
    unit: Unit,
    reminder: Reminder,
    attention: MessageClass,
    found: tuple[Recipient, datetime, datetime],
) -> Delivery:
    """Return the delivery to a person, with their own date and when it is wanted.

    It is moved out of quiet hours.
    """
    to, date, wanted = found
    step = deliveries.prepares_step_of(None)
    planned = allowed(step, wanted, unit.calendar, to.own_quiet)
    return Delivery(
        id=0,
        subject_kind=SUBJECT,
        subject_id=reminder.id,
        occasion=date.isoformat(),
        participant_id=to.participant_id,
        message_class=attention,
        version=reminder.version,
        wanted_at=wanted,
        planned_at=planned,
        topic=reminder.topic,
        not_after=planned + USEFUL_FOR,
        asks=reminder.asks,
        reason=Reason.QUIET if planned != wanted else None,
    )

"""Reminders relative to a person's own date, such as two weeks after a role was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.calendar.chain import allowed
from bot.calendar.offset import Offset, from_json
from bot.model.audience import PERSON, And, Audience, Is
from bot.model.delivery import Delivery, MessageClass, Reason
from bot.model.participant import CitizenRole
from bot.model.reminder import SUBJECT, Reminder
from bot.service import deliveries
from bot.store.audiences import FIRST_CONTACT, ROLE_GIVEN, Recipient
from bot.store.unit import Unit

SINCE = "since"  # the key of such a rule; a recurrence has none
LOOK_EVERY = timedelta(hours=1)  # for people whose date has come; all of them are planned ahead
USEFUL_FOR = timedelta(hours=24)
LONGEST_QUIET = timedelta(days=8)  # a message may wait so long; Christmas is the longest
SLACK = timedelta(days=2)  # added to both ends of the span that is searched
MOST = 1000  # messages of one reminder that are looked up ahead


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
) -> Mapping[str, Any]:
    """Plan the messages of the next hour; return how far that is, with `after` if cut short.

    Only what is wanted after the reminder was set, edited or resumed is sent.
    """
    reached = reminder.expanding or {}
    begin, end = datetime.fromisoformat(reached["from"]), unit.now + LOOK_EVERY
    rule = own_date_of(reminder.rule)
    between = _dates(rule, max(begin, unit.now - LONGEST_QUIET), end)
    batch = await unit.audiences.dated(
        audience, rule.since, between, limit, after=reached.get("after", 0)
    )
    planned = _wanted_within(unit, reminder, attention, batch, (begin, end))
    await deliveries.plan(unit, planned)
    if len(batch) == limit:
        return {**reached, "after": batch[-1][0].participant_id}
    return {"from": reached["from"], "to": end.isoformat()}


async def unplanned(
    unit: Unit,
    reminder: Reminder,
    audience: Audience,
    attention: MessageClass,
    until: datetime,
    *,
    participant_id: int | None = None,
) -> list[Delivery]:
    """Return at most 1000 messages until *until* that are not planned yet, to one or to all."""
    reached = reminder.expanding or {}
    begin = datetime.fromisoformat(reached.get("to", reached["from"]))
    rule = own_date_of(reminder.rule)
    if participant_id is not None:
        audience = And((audience, Is(PERSON, str(participant_id))))
    batch = await unit.audiences.dated(audience, rule.since, _dates(rule, begin, until), MOST)
    found = _wanted_within(unit, reminder, attention, batch, (begin, until))
    return [one for _to, one in found]


def _wanted_within(
    unit: Unit,
    reminder: Reminder,
    attention: MessageClass,
    batch: Sequence[tuple[Recipient, datetime]],
    span: tuple[datetime, datetime],
) -> list[tuple[Recipient, Delivery]]:
    """Return the deliveries of people's dates that are wanted after the begin of a span."""
    after = own_date_of(reminder.rule).after
    found = [(to, date, after.from_(date, unit.calendar)) for to, date in batch]
    return [
        (to, _delivery(unit, reminder, attention, (to, date, wanted)))
        for to, date, wanted in found
        if span[0] < wanted <= span[1]
    ]


def _dates(rule: OwnDate, begin: datetime, end: datetime) -> tuple[datetime, datetime]:
    """Return the span of people's dates whose messages are wanted from *begin* to *end*."""
    span = _span(rule.after)
    return begin - span - SLACK, end - span + SLACK


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
    step = deliveries.step_of(None)
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

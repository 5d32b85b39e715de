"""Reminder chains: the steps before and after a dated thing, and when each of them is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.calendar import Calendar
from bot.calendar.offset import Offset

# Two messages about one subject that quiet hours push together are one from here on.
CLOSEST = timedelta(hours=3)
# Time to answer a question before the silent are asked again.
TIME_TO_ANSWER = timedelta(hours=4)


class Recipients(StrEnum):
    """Who of a chain's participants gets a step, by their answer to its question."""

    ALL = "all"
    SILENT = "silent"
    YES = "yes"


@dataclass(frozen=True, slots=True)
class Step:
    """One message of a chain, *offset* from the chain's time.

    A step that *prepares* an event is sent earlier where its time is quiet, every other step
    later; an *urgent* one is sent at once. *asks* names the answer buttons.
    """

    name: str
    offset: Offset
    recipients: Recipients = Recipients.ALL
    prepares: bool = False
    urgent: bool = False
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """Steps in order of time; an answer in *ends_on* ends it, and *not_after* skips late steps.

    The first step that asks is the question; a step to the silent repeats it.
    """

    steps: tuple[Step, ...]
    ends_on: frozenset[str] = frozenset()
    not_after: Offset | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """A step and the instant when it is sent; *replaces* are the earlier steps it includes."""

    step: Step
    at: datetime
    replaces: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the name of the step."""
        return self.step.name


def plan(
    chain: Chain, anchor: datetime, calendar: Calendar, own_quiet: tuple[int, int] | None = None
) -> list[Planned]:
    """Return the steps of a chain for one person, in order of time.

    *anchor* is the instant the chain is about, *own_quiet* the person's own quiet hours in
    minutes of the day. Steps after `not_after` are left out, and steps that prepare an event
    and would be sent after it.
    """
    last = chain.not_after.from_(anchor, calendar) if chain.not_after else None
    planned: list[Planned] = []
    moved: set[str] = set()
    asked_at: datetime | None = None
    for step in chain.steps:
        wanted = step.offset.from_(anchor, calendar)
        at = allowed(step, wanted, calendar, own_quiet)
        if step.recipients is Recipients.SILENT and asked_at is not None:
            at = max(at, calendar.next_allowed(asked_at + TIME_TO_ANSWER, own_quiet))
        if (last is not None and at > last) or (step.prepares and wanted <= anchor < at):
            continue
        if asked_at is None and step.asks:
            asked_at = at
        if at != wanted:
            moved.add(step.name)
        planned.append(Planned(step, at))
    return _without_crowding(sorted(planned, key=lambda one: one.at), moved, anchor)


def allowed(
    step: Step, wanted: datetime, calendar: Calendar, own_quiet: tuple[int, int] | None = None
) -> datetime:
    """Return when a step is sent that is wanted at an instant, so that it is not in quiet hours."""
    if step.urgent or not calendar.quiet(wanted, own_quiet):
        return wanted
    if step.prepares:
        return calendar.last_allowed_before(wanted, own_quiet)
    return calendar.next_allowed(wanted, own_quiet)


def at_claim(
    step: Step,
    now: datetime,
    anchor: datetime,
    calendar: Calendar,
    own_quiet: tuple[int, int] | None = None,
) -> datetime:
    """Return when a step that is ready at *now* is sent: now, or the next allowed moment.

    A step that prepares an event is sent at once if the event begins before that moment.
    """
    if step.urgent or not calendar.quiet(now, own_quiet):
        return now
    moment = calendar.next_allowed(now, own_quiet)
    return now if step.prepares and now < anchor <= moment else moment


def _without_crowding(
    planned: Sequence[Planned], moved: set[str], anchor: datetime
) -> list[Planned]:
    """Replace two steps that quiet hours have pushed within three hours by the later one."""
    kept: list[Planned] = []
    for one in planned:
        before = kept[-1] if kept else None
        is_pushed = before is not None and bool(moved & {one.name, before.name})
        if before is not None and is_pushed and _is_crowded(before, one, anchor):
            kept[-1] = _merged(before, one)
        else:
            kept.append(one)
    return kept


def _is_crowded(before: Planned, one: Planned, anchor: datetime) -> bool:
    """Return whether two steps reach the same people soon after each other, and can be one.

    An urgent step stays as it is, and so does a step that prepares what has then begun.
    """
    recipients = {before.step.recipients, one.step.recipients}
    return (
        one.at - before.at < CLOSEST
        and not (before.step.urgent or one.step.urgent)
        and not (before.step.prepares and one.at >= anchor)
        and recipients != {Recipients.SILENT, Recipients.YES}
    )


def _merged(before: Planned, one: Planned) -> Planned:
    """Return the later step with the buttons of the earlier one and the wider recipients."""
    more = Recipients.ALL if before.step.recipients is Recipients.ALL else one.step.recipients
    asks = tuple(dict.fromkeys((*before.step.asks, *one.step.asks)))
    step = replace(one.step, recipients=more, asks=asks)
    return Planned(step, one.at, (*before.replaces, before.name))

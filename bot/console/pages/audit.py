"""The audit: all events with actor and time, and whether the hash chain is intact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web

from bot.console.audit_labels import ACTORS, VERBS, actor_name, state_name, verb_name
from bot.console.console_context import context_of
from bot.console.paging import asked_before, paged
from bot.console.render import page
from bot.i18n import Text
from bot.model.case import FIRST_NUMBER, id_of_number
from bot.service.chain import chain
from bot.store.events import Event, by_staff

ON_A_PAGE = 50
_NUMBER = re.compile(r"(?:[^\W\d]{1,6}[- ]?)?([0-9]{1,12})")


@dataclass(frozen=True, slots=True)
class Act:
    """One event as shown, with the staff member (*whom*) and the FAQ entry (*entry*) it changed."""

    event: Event
    who: Text | str
    did: Text | str
    whom: Text | str | None
    moved: tuple[Text | str, Text | str] | None  # the states before and after
    case: str | None
    entry: str | None


async def show_audit(request: web.Request) -> web.StreamResponse:
    """Show a page of events, newest first, filtered by case, actor and verb."""
    console, number = context_of(request), request.query.get("case", "").strip()
    found = _NUMBER.fullmatch(number)
    async with console.store.reading() as unit:
        everybody = await unit.staff.all()
        actors = {**ACTORS, **{by_staff(one.id): one.first_name for one in everybody}}
        actor, verb = request.query.get("actor", ""), request.query.get("verb", "")
        events = await unit.events.newest(
            ON_A_PAGE + 1,
            before=asked_before(request),
            case_id=id_of_number(int(found[1])) if found else None,
            actor=actor if actor in actors else None,
            verb=verb if verb in VERBS else None,
        )
        looked = await chain(unit)
    names = {one.id: one.first_name for one in everybody}
    acts = [_act(event, names, console.town.number_prefix) for event in events]
    last = events[:ON_A_PAGE][-1].id if events else None
    return await page(
        request,
        "audit.html",
        acts=paged(request, acts, ON_A_PAGE, last),
        actors=actors,
        actor=actor,
        verbs=VERBS,
        verb=verb,
        number=number,
        unread=bool(number) and found is None,
        chain=looked,
    )


def _act(event: Event, names: Mapping[int, str], prefix: str) -> Act:
    """Return an event with its labels."""
    done_to = by_staff(event.details["staff"]) if "staff" in event.details else event.actor
    return Act(
        event,
        actor_name(event.actor, names),
        verb_name(event.verb),
        actor_name(done_to, names) if done_to != event.actor else None,
        _moved(event),
        f"{prefix}-{event.case_id + FIRST_NUMBER}" if event.case_id is not None else None,
        event.details.get("faq"),
    )


def _moved(event: Event) -> tuple[Text | str, Text | str] | None:
    """Return the labels of the states before and after; None where the state did not change."""
    before, after = event.from_state, event.to_state
    return (state_name(before), state_name(after)) if before and after and before != after else None

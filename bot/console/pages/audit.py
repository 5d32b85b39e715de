"""The audit: all events with actor and time, and whether the hash chain is intact."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from aiohttp import web

from bot.console.audit_labels import ACTORS, VERBS, actor_name, state_name, verb_name
from bot.console.cells import Cell, Icon, Line, Link, Moment, Part, tag
from bot.console.console_context import context_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.paging import asked_before, paged
from bot.console.times import when
from bot.i18n import Text, _
from bot.model.case import FIRST_NUMBER, id_of_number
from bot.service.chain import Chain, chain
from bot.store.events import Event, by_staff

ON_A_PAGE = 50
LONGEST_NUMBER = 20  # characters
_NUMBER = re.compile(r"(?:[^\W\d]{1,6}[- ]?)?([0-9]{1,12})")
BROKEN = _(
    "The chain is broken at act no. {number}: it was changed or taken away after it was sealed."
)
CUT_OFF = _("The chain is broken: its end was cut off, or it was made anew.")
UNBROKEN = _("The chain is unbroken since {since}. It was last looked through {at}.")
LOOKING = _("The chain is being looked through.")


async def show_audit(request: web.Request) -> web.StreamResponse:
    """Show a page of events, newest first, filtered by case, actor and verb."""
    console, number = context_of(request), request.query.get("case", "").strip()
    found = _NUMBER.fullmatch(number)
    async with console.store.reading() as unit:
        everybody = await unit.staff.all()
        actors: dict[str, Text | str] = {
            **ACTORS,
            **{by_staff(one.id): one.first_name for one in everybody},
        }
        actor, verb = request.query.get("actor", ""), request.query.get("verb", "")
        events = await unit.events.newest(
            ON_A_PAGE + 1,
            before=asked_before(request),
            case_id=id_of_number(int(found[1])) if found else None,
            actor=actor if actor in actors else None,
            verb=verb if verb in VERBS else None,
        )
        looked = await chain(unit)
        near: Callable[..., Any] = partial(when, now=unit.now, zone=console.town.zone)
    last = events[:ON_A_PAGE][-1].id if events else None
    acts, paging = paged(request, events, ON_A_PAGE, last)
    prefix = console.town.number_prefix
    unreadable = _("Write a number, as {prefix}-1042.").with_(prefix=prefix)
    filters = filters_of(
        request,
        "audit",
        (
            Field("case", _("Case number"), required=False, longest=LONGEST_NUMBER),
            _choice("actor", _("Done by"), actors, _("Everybody")),
            _choice("verb", _("What"), VERBS, _("Everything")),
        ),
        faults={"case": (unreadable,)} if number and found is None else {},
    )
    shown = ListPage(
        _("What was done"),
        acts,
        columns({one.id: one.first_name for one in everybody}, prefix),
        css="acts",
        above=(seal(looked, near),),
        filters=filters,
        empty=Line(_("Nothing of that kind was done."), "empty"),
        paging=paging,
        ordered=True,
        backwards=True,
    )
    return await list_page(request, shown)


def _choice(name: str, label: Text, known: Mapping[str, Text | str], every: Text) -> Field:
    """Return a filter with the choice of all."""
    options = tuple(known.items())
    return Field(name, label, "choice", options=options, empty=every, required=False)


def seal(looked: Chain, near: Callable[..., Any]) -> Cell:
    """Return a line about the chain of hashes; None before the first seal."""
    if looked.broken_at is not None:
        why = BROKEN.with_(number=looked.broken_at) if looked.broken_at else CUT_OFF
        return Line((Icon("warning"), Part(why)), "notice refused")
    if looked.looked_at:
        times = {"since": near(looked.unbroken_since), "at": near(looked.looked_at)}
        return Line((Icon("chain"), Part(UNBROKEN.with_(**times))), "seal")
    return Line((Icon("chain"), Part(LOOKING)), "seal") if looked.since else None


def columns(names: Mapping[int, str], prefix: str) -> Sequence[Callable[[Event], Cell]]:
    """Return the columns; *names* are first names by staff id."""
    return (
        lambda event: Line(_act(event, names, prefix)),
        lambda event: Line(
            (Moment(event.at), " · ", _("no. {number}").with_(number=event.id)), "quiet"
        ),
    )


def _act(event: Event, names: Mapping[int, str], prefix: str) -> tuple[Cell, ...]:
    """Return an event with its labels, and the staff member and FAQ entry it changed."""
    details = event.details
    done_to = by_staff(details["staff"]) if "staff" in details else event.actor
    case = f"{prefix}-{event.case_id + FIRST_NUMBER}" if event.case_id is not None else None
    entry = details.get("faq")
    return (
        Part(actor_name(event.actor, names), tag="b"),
        " ",
        verb_name(event.verb),
        (": ", actor_name(done_to, names)) if done_to != event.actor else None,
        _moved(event),
        (" ", tag(case)) if case else None,
        (" ", Link(entry, f"faq/{entry}", "tag")) if entry else None,
        (" ", Part(event.reason, tag="q")) if event.reason else None,
    )


def _moved(event: Event) -> Cell:
    """Return the labels of the states before and after; None where the state did not change."""
    before, after = event.from_state, event.to_state
    if not before or not after or before == after:
        return None
    return " ", Part(("(", state_name(before), " → ", state_name(after), ")"), "quiet")

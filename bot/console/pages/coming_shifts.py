"""The coming shifts of all opportunities by date, with what each still needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from bot.console.cells import Block, Cell, Line, Link, Moment, Title, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import staff_of
from bot.console.form import Field
from bot.console.list_page import ListPage, filters_of, list_page
from bot.console.pages.opportunities import views
from bot.console.volunteer_labels import AT_RISK, REQUESTS, WAITING, places
from bot.console.waiting_block import waiting_block
from bot.i18n import _, ngettext
from bot.model.opportunity import Opportunity, OpportunityState, Shift
from bot.model.signup import HOLDS_PLACE, SignupState
from bot.store.unit import Unit

AHEAD, SHOWN = timedelta(days=28), 100
MISSING = ngettext("{count} missing", "{count} missing", "count")
UNANSWERED = ngettext("{count} has not answered", "{count} have not answered", "count")


@dataclass(frozen=True, slots=True)
class Coming:
    """A coming shift with its sign-ups by state, and how many of its volunteers are silent."""

    known: Opportunity
    shift: Shift
    counts: Mapping[SignupState, int]
    silent: int
    risky: int

    @property
    def taken(self) -> int:
        """Return how many places are held."""
        return sum(self.counts.get(state, 0) for state in HOLDS_PLACE)

    @property
    def seats(self) -> int | None:
        """Return the number of places; None without a limit."""
        return self.shift.seats if self.shift.seats is not None else self.known.seats


async def show_dates(request: web.Request) -> web.StreamResponse:
    """Show the shifts of the next four weeks in order of time, all or one's own."""
    own = request.query.get("whose") == "mine"
    async with context_of(request).store.reading() as unit:
        coming = await _coming(unit, staff_of(request).id if own else None)
        waiting = await waiting_block(request, unit)
    whose = Field(
        "whose",
        _("Whose"),
        "choice",
        options=(("mine", _("Those whose contact I am")),),
        empty=_("All tasks"),
        required=False,
    )
    shown: ListPage[Coming] = ListPage(
        _("Coming shifts"),
        coming,
        (_title, _numbers),
        above=(*waiting, views("opportunities/dates")),
        filters=filters_of(request, "opportunities/dates", (whose,)),
        empty=Line(_("No shift in the next four weeks."), "empty"),
        ordered=True,
        live=True,
    )
    return await list_page(request, shown)


async def _coming(unit: Unit, staff_id: int | None) -> list[Coming]:
    """Return the coming shifts, those of a contact or all, by few statements."""
    shifts = await unit.shifts.between(unit.now, unit.now + AHEAD, SHOWN, contact=staff_id)
    ids = [one.id for one in shifts]
    known = await unit.opportunities.some({one.opportunity_id for one in shifts})
    counts = await unit.shifts.counts(ids)
    silent, risky = (
        await unit.signups.unanswered(ids, unit.now),
        await unit.signups.at_risk(ids, unit.now),
    )
    return [
        Coming(
            known[one.opportunity_id],
            one,
            counts.get(one.id, {}),
            silent.get(one.id, 0),
            risky.get(one.id, 0),
        )
        for one in shifts
        if known[one.opportunity_id].state is not OpportunityState.DRAFT
    ]


def _title(one: Coming) -> Title:
    return Title(
        Link((Moment(one.shift.begins_at), ": ", one.known.title), f"shifts/{one.shift.id}")
    )


def _numbers(one: Coming) -> Cell:
    """Return the places, and as tags what needs a person."""
    missing = max((one.seats or 0) - one.taken, 0)
    requests = one.counts.get(SignupState.REQUESTED, 0)
    queue = one.counts.get(SignupState.WAITLISTED, 0)
    marks = (
        (missing, MISSING, "wait"),
        (one.risky, AT_RISK, "wait"),
        (one.silent - one.risky, UNANSWERED, "wait"),
        (requests, REQUESTS, "wait"),
        (queue, WAITING, "off"),
    )
    tags = [tag(text.with_(count=number), css) for number, text, css in marks if number > 0]
    if one.counts.get(SignupState.STANDIN_WANTED, 0):
        tags.append(tag(_("Stand-in wanted"), "wait"))
    return Block((Line(dotted(places(one.taken, one.seats), *tags)),))

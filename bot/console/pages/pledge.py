"""The page of a pledge: the promise, how it went, and what it adds to the totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Part, Phone, Quote, dotted
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Form, folded
from bot.console.list_labels import NAMELESS
from bot.console.pages.own_words import name_sections, words_sections
from bot.console.pages.pledges import WAY
from bot.console.pledge_forms import check_in_form, obstacle_form
from bot.console.pledge_labels import (
    HELD,
    LEDGER,
    OWN_WORDS,
    VISIBILITIES,
    measured,
    pledge_tag,
    season_words,
    themed,
)
from bot.console.record_page import RecordPage, Section, record_of, record_page
from bot.console.town_labels import area_options
from bot.i18n import Text, _, pgettext
from bot.model.delivery import DeliveryState
from bot.model.opportunity import said
from bot.model.participant import Participant
from bot.model.pledge import (
    ANSWER_NAMES,
    LIVE,
    PLEDGE,
    RHYTHM_NAMES,
    UNDO_FOR,
    CheckIn,
    LedgerEntry,
    Pledge,
    PledgeSource,
    PledgeState,
    RunOut,
    Visibility,
    plan_of,
)
from bot.model.profile import WISH_NAMES
from bot.service.pledges.check_in_days import days_of
from bot.service.pledges.ending import run_outs
from bot.service.pledges.totals import is_held
from bot.store.unit import Unit

MOST_DELIVERIES = 100
SOURCES: Mapping[PledgeSource, Text] = {
    PledgeSource.CHAT: _("In the chat"),
    PledgeSource.PHONE: _("By phone"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A pledge with all that its page shows."""

    pledge: Pledge
    name: Text | str
    phone: str | None
    origin: Cell
    group: str
    check_ins: Sequence[CheckIn]
    ledger: Sequence[LedgerEntry]
    next: Cell
    day: date
    obstacles: int
    is_held: bool
    person: Participant | None
    run_outs: Mapping[int, RunOut]


async def pledge_of(request: web.Request, unit: Unit) -> Pledge:
    """Return the pledge in the address; raise `HTTPNotFound` for none."""
    return await record_of(request, unit.pledges)


async def show_pledge(request: web.Request) -> web.StreamResponse:
    """Show the page of a pledge."""
    async with context_of(request).store.reading() as unit:
        known = await pledge_of(request, unit)
    return await pledge_page(request, known)


async def pledge_page(
    request: web.Request, known: Pledge, refused: Form | None = None
) -> web.Response:
    """Return the page of a pledge; *refused* is a form of it as it was sent."""
    async with context_of(request).store.reading() as unit:
        shown = await _shown(unit, known)
        now = unit.now
    undoable = {one.id for one in shown.check_ins if now - one.answered_at <= UNDO_FOR}
    sections = [
        Section(
            lines=(Line(pledge_tag(known, shown.run_outs)), Quote(known.words, "da")),
            facts=_facts(request, shown),
            rows=_changing(known),
        ),
        *words_sections(known, refused),
        *name_sections(known, shown.person, refused),
        *_plan(known),
        _check_ins(request, shown, undoable, refused),
        _ledger(request, shown),
        *_ending(known),
    ]
    title = _("Pledge of {name}").with_(name=shown.name)
    status = 200 if refused is None else refused.status
    return await record_page(request, RecordPage(title, sections, way=WAY, status=status))


async def _shown(unit: Unit, known: Pledge) -> Shown:
    """Read all that the page shows."""
    person = await unit.participants.shown(known.participant_id or 0)
    group = await unit.groups.get(known.group_id) if known.group_id is not None else None
    sent = await unit.deliveries.of_subject(PLEDGE, known.id, MOST_DELIVERIES)
    planned = [one.planned_at for one in sent if one.state is DeliveryState.PLANNED]
    obstacles = await unit.contributions.about(PLEDGE, known.id)
    answers = await unit.check_ins.of_pledge(known.id)
    today = unit.calendar.local(unit.now).date()
    return Shown(
        known,
        (person.first_name if person is not None else "") or NAMELESS,
        person.phone if person is not None else None,
        await _origin(unit, known),
        group.name if group is not None else "",
        answers,
        await unit.ledger.of_pledge(known.id),
        Moment(min(planned)) if planned else None,
        asked_day(known, answers, today),
        len(obstacles),
        await is_held(unit, known.id),
        person,
        await run_outs(unit, [known]),
    )


def asked_day(known: Pledge, answers: Sequence[CheckIn], today: date) -> date:
    """Return the day that a person who rings most likely speaks of: the last without an answer."""
    answered = {one.asked_on for one in answers}
    asked = [day for day in days_of(known) if day <= today and day not in answered]
    return asked[-1] if asked else today


async def _origin(unit: Unit, known: Pledge) -> Cell:
    """Return from what a pledge was made: the catalogue, a campaign, or own words."""
    if known.campaign_id is not None:
        campaign = await unit.campaigns.get(known.campaign_id)
        if campaign is not None:
            return Link(campaign.title, f"campaigns/{campaign.id}")
    if known.catalogue_id is not None:
        entry = await unit.catalogue.get(known.catalogue_id)
        if entry is not None:
            return Link(entry.title, f"catalogue/{entry.id}")
    return OWN_WORDS


def _facts(request: web.Request, shown: Shown) -> Sequence[tuple[Text, Cell]]:
    """Return the promise, and how it came about; empty facts are left out."""
    known, areas = shown.pledge, dict(area_options(request))
    is_held = shown.is_held and known.visibility is not Visibility.PRIVATE
    who: Cell = shown.name
    if known.participant_id is not None:
        who = Link(shown.name, f"participants/{known.participant_id}")
    facts: list[tuple[Text, Cell]] = [
        (_("Name"), who),
        (_("Phone number"), Phone(shown.phone) if shown.phone else None),
        (_("Made from"), shown.origin),
        (_("Theme"), themed(request, known.theme)),
        (_("Amount"), measured(request, known.measure, known.amount)),
        (pgettext("pledge", "How often"), RHYTHM_NAMES[known.rhythm]),
        (_("Season"), season_words(request, known.season)),
        (_("From"), known.starts_on),
        (_("Until"), known.ends_on),
        (_("Group"), shown.group),
        (_("Area"), areas.get(known.area or "")),
        (_("Who may see it"), dotted(VISIBILITIES[known.visibility], HELD if is_held else None)),
        (_("Wants to get out of it"), WISH_NAMES[known.wish] if known.wish else None),
        (_("Wants for themselves"), _goal(request, known)),
        (_("Made"), dotted(SOURCES[known.source], _moment(known))),
        (_("Next message"), shown.next),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _moment(known: Pledge) -> Cell:
    return Moment(known.created_at) if known.created_at is not None else None


def _goal(request: web.Request, known: Pledge) -> str | None:
    """Return what the person wants for themselves."""
    town, language = context_of(request).town, user_of(request).language
    goal = next((one for one in town.goals if one.key == known.goal), None)
    return said(goal.labels, language) if goal is not None else known.goal_words


def _changing(known: Pledge) -> Sequence[Cell]:
    """Return the buttons that change a pledge, or take a break from it."""
    if known.state not in LIVE:
        return ()
    path = f"pledges/{known.id}"
    change = Link(pgettext("pledge", "Change it"), f"{path}/edit", "button", icon="pen")
    pause = {
        PledgeState.ACTIVE: Button(f"{path}/pause", _("Take a break")),
        PledgeState.PAUSED: Button(f"{path}/resume", _("End the break")),
    }.get(known.state)
    return (Block((change, pause), "acts"),)


def _plan(known: Pledge) -> Sequence[Section]:
    """Return the person's own plan, in their words."""
    plan = plan_of(known)
    if plan is None:
        return ()
    facts: list[tuple[Text, Cell]] = [
        (pgettext("plan", "When"), plan.when),
        (pgettext("plan", "Where"), plan.where),
        (pgettext("plan", "First step"), plan.first),
        (_("One reminder"), Moment(plan.at) if plan.at is not None else None),
    ]
    shown = [(label, fact) for label, fact in facts if fact]
    return (Section(_("Their plan"), facts=shown),)


def _check_ins(
    request: web.Request, shown: Shown, undoable: set[int], refused: Form | None
) -> Section:
    """Return how it went, with the forms of what a person says by phone."""
    known, rows = shown.pledge, []
    for one in reversed(shown.check_ins):
        told = Line(
            (
                one.asked_on,
                ": ",
                Part(ANSWER_NAMES[one.answer], tag="strong"),
                *(
                    (" · ", added)
                    if (added := measured(request, known.measure, one.amount)) and one.amount
                    else ()
                ),
            )
        )
        hidden = {"day": one.asked_on.isoformat()}
        undo = Button(
            f"pledges/{known.id}/undo",
            pgettext("pledge", "Take it back"),
            about=one.asked_on,
            hidden=hidden,
        )
        rows.append((told, undo if one.id in undoable else None))
    forms: list[Cell] = []
    if known.lives or known.state is PledgeState.KEPT:
        form = check_in_form(request, known, shown.day)
        forms.append(folded(_("Write down how it went, by phone …"), form, "check-in", refused))
        told_by_phone = _("Write down what stood in the way …")
        forms.append(folded(told_by_phone, obstacle_form(known), "obstacle", refused))
    lines: list[Cell] = [] if rows else [Line(_("No answer yet."), "quiet")]
    if shown.obstacles:
        lines.append(
            Line(_("What stood in the way is under “Obstacles”, without a name."), "quiet")
        )
    return Section(_("How it went"), lines=(*lines, *forms), rows=rows)


def _ledger(request: web.Request, shown: Shown) -> Section:
    """Return what the pledge adds to the totals, and each change of it."""
    measure = shown.pledge.measure
    if measure is None:
        about = Line(_("It is not measured, so it adds to no total."), "quiet")
        return Section(_("In the totals"), lines=(about,))
    total = measured(request, measure, sum(one.amount for one in shown.ledger))
    rows = [
        Line(
            (
                one.day,
                ": ",
                LEDGER[one.what],
                " · ",
                "+" if one.amount > 0 else "",
                measured(request, measure, one.amount),
            )
        )
        for one in shown.ledger
    ]
    return Section(_("In the totals"), lines=(Line(Part(total, tag="strong")),), rows=rows)


def _ending(known: Pledge) -> Sequence[Section]:
    """Return the forms that stop a pledge, or take it back."""
    if known.state is PledgeState.WITHDRAWN or known.state is PledgeState.RELEASED:
        return ()
    path, acts = f"pledges/{known.id}", []
    if known.lives:
        lead = _("It leaves the totals of what lasts. What was done stays counted.")
        acts.append(Form(f"{path}/stop", submit=_("Stop it"), lead=lead, look=""))
    lead = _("It leaves every total, as if it had not been made.")
    acts.append(Form(f"{path}/withdraw", submit=_("Take the pledge back"), lead=lead, look=""))
    return (Section(pgettext("pledge", "End"), acts=acts),)

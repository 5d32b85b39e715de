"""The page of a campaign: who signed, what staff do next, and the municipality's own pledge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.console.campaign_acts import next_sections
from bot.console.campaign_changes import EVERYBODY, changes_since
from bot.console.campaign_form import TEXTS
from bot.console.cells import Block, Cell, Line, Link, Part
from bot.console.console_context import context_of
from bot.console.form import Field, Form, folded
from bot.console.language_fields import text_fields, texts_shown
from bot.console.link_section import link_sections
from bot.console.pages.campaigns import BY, UNNAMED, WAY
from bot.console.pledge_labels import SIGNED, campaign_tag, measured, named_by, staff_names, themed
from bot.console.record_page import RecordPage, Section, record_of, record_page
from bot.console.town_labels import area_options
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.campaign import (
    CAMPAIGN,
    COUNTER_OVERDUE,
    COUNTER_STATE_NAMES,
    LONGEST_TEXT,
    PUBLIC,
    UNAPPROVED,
    Campaign,
    CampaignState,
    CounterState,
    replaced_by,
)
from bot.model.pledge import KIND_NAMES, RHYTHM_NAMES
from bot.service.pledges.campaign_days import is_signable
from bot.store.alerts import Subject
from bot.store.unit import Unit

RESULT = _("{answered} of {asked} answered, {done} did it.")
LASTS = _("Four weeks from the day on which enough have signed; then all are asked about it")
UNANSWERED = ngettext(
    "{count} told what stood in the way, and waits for an answer.",
    "{count} told what stood in the way, and wait for an answer.",
    "count",
)


@dataclass(frozen=True, slots=True)
class Around:
    """Facts about a campaign that are read from other tables."""

    signers: int
    is_signable: bool
    unanswered: int
    staff: Mapping[int, str]
    proposer: str
    entry: str
    links: Sequence[Section]
    today: date
    before: Campaign | None  # the version that it replaces


async def campaign_of(request: web.Request, unit: Unit) -> Campaign:
    """Return the campaign in the address; raise `HTTPNotFound` for none."""
    return await record_of(request, unit.campaigns)


def way_to(known: Campaign) -> Link:
    """Return the link back to a campaign."""
    return Link(known.title or UNNAMED, f"campaigns/{known.id}")


async def show_campaign(request: web.Request) -> web.StreamResponse:
    """Show the page of a campaign."""
    async with context_of(request).store.reading() as unit:
        known = await campaign_of(request, unit)
    return await campaign_page(request, known)


async def campaign_page(
    request: web.Request, known: Campaign, refused: Form | None = None
) -> web.Response:
    """Return the page of a campaign; *refused* is a form of it as it was sent."""
    async with context_of(request).store.reading() as unit:
        around = await _around(request, unit, known)
    sections = [
        Section(
            lines=_head(known, around), facts=_facts(request, known, around), rows=_links(known)
        ),
        *_changes(request, known, around),
        *next_sections(request, known, refused),
        _signers(known, around),
        *_counter(known, around, refused),
        *around.links,
        *_texts(known),
        *_ending(known),
    ]
    status = 200 if refused is None else refused.status
    title = known.title or UNNAMED
    return await record_page(request, RecordPage(title, sections, way=WAY, status=status))


async def _around(request: web.Request, unit: Unit, known: Campaign) -> Around:
    """Read what the page shows about the campaign."""
    signers = await unit.campaigns.signers([known.id])
    proposer = await unit.participants.shown(known.proposer_id or 0)
    entry = await unit.catalogue.get(known.catalogue_id or 0)
    return Around(
        signers.get(known.id, 0),
        is_signable(unit, known),
        await unit.contributions.unanswered(known.id),
        await staff_names(unit),
        proposer.first_name if proposer is not None else "",
        entry.title if entry is not None else "",
        await link_sections(request, unit, Subject(CAMPAIGN, known.id)),
        unit.calendar.local(unit.now).date(),
        await unit.campaigns.get(known.previous_id or 0),
    )


def _head(known: Campaign, around: Around) -> Sequence[Cell]:
    """Return the state, how many have signed, and why it was returned, extended or cancelled."""
    signed = SIGNED.with_(signers=around.signers, count=known.target)
    lines: list[Cell] = [
        Line(
            (
                campaign_tag(known),
                " ",
                Part(signed, tag="strong"),
                " · ",
                BY.with_(day=known.deadline),
            )
        )
    ]
    reason = known.reason or ""
    newer_id = replaced_by(known)
    if newer_id is not None:
        newer = Link(_("Its new version"), f"campaigns/{newer_id}")
        lines.append(Line((_("It has been replaced."), " ", newer), "notice"))
    elif reason and known.state in {CampaignState.DRAFT, CampaignState.CANCELLED}:
        label = _("Returned:") if known.state is CampaignState.DRAFT else _("Cancelled:")
        lines.append(Line((label, " ", Part(reason, tag="q")), "notice"))
    if known.extended_from is not None:
        lines.append(
            Line(
                (
                    _("Extended from {day}:").with_(day=known.extended_from),
                    " ",
                    Part(known.extended_why or "", tag="q"),
                ),
                "quiet",
            )
        )
    return lines


def _facts(request: web.Request, known: Campaign, around: Around) -> Sequence[tuple[Text, Cell]]:
    """Return what the campaign asks for; what is not said is left out."""
    areas = dict(area_options(request))
    proposer: Cell = None
    if known.proposer_id is not None:
        proposer = Link(around.proposer or _("A citizen"), f"participants/{known.proposer_id}")
    entry = Link(around.entry, f"catalogue/{known.catalogue_id}") if around.entry else None
    frozen = _("They cannot be changed since the approval")
    previous = Link(_("The version before"), f"campaigns/{known.previous_id}")
    facts: list[tuple[Text, Cell]] = [
        (_("Theme"), themed(request, known.theme)),
        (_("Who counts"), areas.get(known.area or "", EVERYBODY)),
        (_("Suggested amount"), measured(request, known.measure, known.amount)),
        (pgettext("pledge", "How often"), RHYTHM_NAMES[known.rhythm]),
        (_("How long"), LASTS),
        (_("How it adds up"), KIND_NAMES[known.kind] if known.measure else None),
        (_("From the catalogue"), entry),
        (_("Proposed by"), proposer),
        (_("Written by"), named_by(around.staff, known.staff_id)),
        (_("Approved by"), named_by(around.staff, known.approved_by)),
        (_("The words"), frozen if known.text_hash else None),
        (_("Replaces"), previous if known.previous_id is not None else None),
    ]
    return [(label, fact) for label, fact in facts if fact]


def _changes(request: web.Request, known: Campaign, around: Around) -> Sequence[Section]:
    """Return what is changed since the version before; none once it is approved."""
    if around.before is None or known.state not in UNAPPROVED:
        return ()
    return (changes_since(request, around.before, known),)


def _links(known: Campaign) -> Sequence[Cell]:
    """Return the buttons that change a campaign, or make a new version of a frozen one."""
    path = f"campaigns/{known.id}"
    if known.state in UNAPPROVED:
        return (Link(pgettext("pledge", "Change it"), f"{path}/edit", "button", icon="pen"),)
    new = Link(_("Make a new version"), f"campaigns/new?previous={known.id}", "button", icon="copy")
    return (new,) if known.state is not CampaignState.COMPLETED else ()


def _signers(known: Campaign, around: Around) -> Section:
    """Return how many have signed, what they did, and the obstacles without an answer."""
    lines: list[Cell] = []
    if known.result:
        lines.append(Line(Part(RESULT.with_(**_numbers(known.result)), tag="strong")))
    if around.unanswered:
        waits = UNANSWERED.with_(count=around.unanswered)
        see = Link(_("Answer them"), "obstacles")
        lines.append(Line((waits, " ", see), "notice"))
    acts: list[Cell] = [Link(_("See the signatures"), f"pledges?state=all&campaign={known.id}")]
    if around.is_signable:
        sign = Link(_("Sign for somebody who rings"), f"campaigns/{known.id}/sign", "button")
        acts.insert(0, sign)
    heading = SIGNED.with_(signers=around.signers, count=known.target)
    return Section(heading, lines=lines, rows=(Block(tuple(acts), "acts"),))


def _numbers(result: Mapping[str, int]) -> Mapping[str, int]:
    return {name: int(result.get(name, 0)) for name in ("asked", "answered", "done")}


def _counter(known: Campaign, around: Around, refused: Form | None) -> Sequence[Section]:
    """Return the municipality's own pledge, and the form that says what became of it."""
    if not known.counter:
        return ()
    state = known.counter_state
    facts: list[tuple[Text, Cell]] = [
        (_("Who answers for it"), named_by(around.staff, known.counter_staff_id)),
        (_("Kept by"), known.counter_on),
        (_("How it went"), COUNTER_STATE_NAMES[state] if state is not None else None),
    ]
    lines = texts_shown([(_("The promise"), known.counter), (WHAT_CAME, known.counter_words)])
    if known.is_overdue(around.today):
        lines = (Line(COUNTER_OVERDUE.with_(day=known.counter_on), "notice"), *lines)
    shown = [(label, fact) for label, fact in facts if fact]
    rows: Sequence[Cell] = ()
    if known.state in PUBLIC:
        form = counter_form(known)
        rows = (folded(_("Say what became of it …"), form, "counter", refused),)
    return (Section(_("The municipality's own pledge"), lines=lines, facts=shown, rows=rows),)


WHAT_CAME = _("What became of it")


def counter_form(known: Campaign) -> Form:
    """Return the form that says what became of the municipality's own pledge."""
    states = [one for one in CounterState if one is not CounterState.PROMISED]
    fields = (
        Field(
            "state",
            _("How it went"),
            "radio",
            options=[(str(one), COUNTER_STATE_NAMES[one]) for one in states],
        ),
        *text_fields("words", WHAT_CAME, longest=LONGEST_TEXT, required=True, rows=3),
    )
    lead = _("Everybody can read it on the page of the shared pledge.")
    path = f"campaigns/{known.id}/counter"
    return Form(path, fields, pgettext("pledge", "Publish it"), prefix="counter-", lead=lead)


def _texts(known: Campaign) -> Sequence[Section]:
    """Return the words of a campaign; those to approve are shown above already."""
    if known.state is CampaignState.IN_REVIEW:
        return ()
    texts = [(TEXTS[name], getattr(known, name)) for name in ("titles", "texts")]
    return (Section(_("The texts"), lines=texts_shown(texts)),)


def _ending(known: Campaign) -> Sequence[Section]:
    """Return the section that cancels a campaign."""
    if known.state in {CampaignState.COMPLETED, CampaignState.CANCELLED}:
        return ()
    link = Link(pgettext("campaign", "Cancel it …"), f"campaigns/{known.id}/cancel", "button")
    return (Section(pgettext("campaign", "Cancel"), rows=(link,)),)

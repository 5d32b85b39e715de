"""The page of a broadcast: before its approval the draft, from its beginning on its results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.console.broadcast_correction import correction_form, correction_sections
from bot.console.broadcast_labels import state_tag
from bot.console.broadcast_numbers import (
    Numbers,
    answer_lines,
    links_to_people,
    numbers_of,
    outcome_lines,
    outcomes,
    progress_lines,
    reminding,
)
from bot.console.broadcast_view import messages
from bot.console.cells import Block, Cell, Line, Link, Moment, Outside, Part, dotted
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Form
from bot.console.pages.broadcast_draft import draft_page, facts, stop_form
from bot.console.pages.broadcasts import WAY, broadcast_of
from bot.console.pledge_labels import staff_names
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.render import words
from bot.console.table_files import file_links
from bot.documents.bar_chart import MIME, bar_chart
from bot.i18n import _, pgettext
from bot.model.broadcast import BEGUN, BROADCAST, FOLLOWING, Broadcast, BroadcastState
from bot.model.link import news_item_url
from bot.model.staff import May
from bot.service.broadcasts.checks import Fault, faults_of
from bot.service.broadcasts.dialogues import MISSING, STILL_SENT
from bot.store.broadcast_results import BroadcastResults
from bot.store.public_broadcasts import PublicBroadcasts
from bot.store.unit import Unit

DRAWN = "default-src 'none'; style-src 'unsafe-inline'"  # a chart has its style within
HELD = _("It is paused: nothing is sent until somebody resumes it.")
STOPPED = _("It was stopped: those who had not got it do not get it.")


@dataclass(frozen=True, slots=True)
class Around:
    """What the page shows in addition to the broadcast itself."""

    numbers: Numbers
    staff: Mapping[int, str]
    earlier: Mapping[int, str]
    editable: int
    faults: Sequence[Fault]  # of a proposed correction
    missing: int  # contributions without an outcome


async def show_broadcast(request: web.Request) -> web.StreamResponse:
    """Show a broadcast."""
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
    return await broadcast_page(request, known)


async def broadcast_page(
    request: web.Request, known: Broadcast, refused: Form | None = None
) -> web.Response:
    """Return the page of a broadcast; *refused* is a form of it as it was sent."""
    if known.state not in BEGUN:
        return await draft_page(request, known, refused)
    async with context_of(request).store.reading() as unit:
        around = await _around(unit, known)
    numbers = around.numbers
    arrived = (around.editable, numbers.reached.sent, numbers.reached.corrected)
    of_correction = (around.staff, around.faults)
    sections = [
        Section(lines=(*_head(known), *await _on_the_web(request, known))),
        Section(
            pgettext("broadcast", "Progress"),
            lines=progress_lines(known, numbers),
            rows=_links(request, known),
            acts=_acts(known),
            live=True,
        ),
        Section(
            pgettext("broadcast", "What came of it"),
            lines=outcome_lines(request, known, numbers),
            live=True,
        ),
        *_dialogue(known, around),
        *correction_sections(request, known, arrived, of_correction, refused),
        Section(_("As the chat shows it"), lines=(Block(messages(request, known), "previews"),)),
        Section(
            _("About it"),
            facts=facts(request, known, around.staff, around.earlier),
            acts=(
                Form(f"broadcasts/{known.id}/copy", submit=_("Copy it to a new draft"), look=""),
            ),
        ),
    ]
    page = RecordPage(
        known.title,
        sections,
        way=WAY,
        status=200 if refused is None else refused.status,
        about=(BROADCAST, known.id),
    )
    return await record_page(request, page)


async def _around(unit: Unit, known: Broadcast) -> Around:
    """Read what the page shows about the broadcast."""
    excluded = await unit.broadcasts.some(known.excludes)
    proposed = known.correction
    corrected = replace(known, texts=proposed["texts"]) if proposed is not None else None
    return Around(
        await numbers_of(unit, known),
        await staff_names(unit),
        {one.id: one.title for one in excluded.values()},
        await BroadcastResults(unit).editable(known),
        faults_of(unit, corrected) if corrected is not None else (),
        await unit.contributions.without_verdict(BROADCAST, known.id) if known.is_dialogue else 0,
    )


def _head(known: Broadcast) -> Sequence[Cell]:
    """Return the state, the number of a dialogue, and when it was sent."""
    number = known.number if known.is_dialogue else None
    began = (_("begun"), " ", Moment(known.began_at)) if known.began_at is not None else None
    ended = (_("ended"), " ", Moment(known.ended_at)) if known.ended_at is not None else None
    lines: list[Cell] = [Line(dotted(state_tag(known), number, began, ended))]
    if known.series_id is not None:
        lines.append(Line(Link(_("One of a series"), f"broadcasts/{known.series_id}"), "quiet"))
    if known.state is BroadcastState.PAUSED:
        lines.append(Line(HELD, "notice"))
    if known.state is BroadcastState.STOPPED:
        lines.append(Line(STOPPED, "notice"))
    if known.let_stand:
        lines.append(Line((_("Let stand:"), " ", Part(known.let_stand, tag="q")), "quiet"))
    return lines


async def _on_the_web(request: web.Request, known: Broadcast) -> Sequence[Cell]:
    """Return the link to its page in the public archive, where that shows it."""
    url = context_of(request).public_url
    if not url:
        return ()
    async with context_of(request).store.reading() as unit:
        shown = await PublicBroadcasts(unit).some(1, only=known.id)
    if not shown:
        return ()
    return (
        Line(Outside(pgettext("broadcast", "Its page on the web"), news_item_url(url, known.id))),
    )


def _links(request: web.Request, known: Broadcast) -> Sequence[Cell]:
    """Return the links to the recipients, as a list and as files."""
    if not user_of(request).may(May.EXPORT_PERSONS):
        return (links_to_people(known),)
    files = file_links(f"broadcasts/{known.id}/recipients")
    return (links_to_people(known), Block(files, "acts"))


def _acts(known: Broadcast) -> Sequence[Form]:
    """Return the buttons that hold a broadcast, continue it, and stop it."""
    path = f"broadcasts/{known.id}"
    if known.state is BroadcastState.SENDING:
        pause = Form(f"{path}/pause", submit=pgettext("broadcast", "Pause it"), look="")
        return (pause, stop_form(known))
    if known.state is BroadcastState.PAUSED:
        resume = Form(f"{path}/resume", submit=pgettext("broadcast", "Resume it"))
        return (resume, stop_form(known))
    return ()


def _dialogue(known: Broadcast, around: Around) -> Sequence[Section]:
    """Return the answers to a question, with the ways to remind and to close."""
    if not known.is_dialogue:
        return ()
    path = f"broadcasts/{known.id}"
    lines = [*answer_lines(known, around.numbers)]
    acts = [*reminding(known, around.numbers)]
    acts += _closing(known, around.missing)
    link = Link(_("See what people answered"), f"{path}/contributions", "button")
    heading = _("Answers to {number}").with_(number=known.number)
    return (Section(heading, lines=lines, rows=(link,), acts=acts, live=True),)


def _closing(known: Broadcast, missing: int) -> Sequence[Form]:
    """Return the button that closes a dialogue, or why it cannot be closed yet."""
    if known.state is BroadcastState.CLOSED:
        return ()
    path = f"broadcasts/{known.id}"
    form = Form(f"{path}/close", submit=_("Close the dialogue …"))
    if BroadcastState.CLOSED not in FOLLOWING[known.state]:
        return (replace(form, barred=STILL_SENT),)
    if missing:
        link = Link(_("Give them an outcome"), f"{path}/contributions?state=waits")
        return (replace(form, barred=(MISSING.with_(count=missing), " · ", link)),)
    lead = _("Each author gets one message with their own words and what came of them.")
    return (replace(form, lead=lead),)


async def show_chart(request: web.Request) -> web.StreamResponse:
    """Show the chart of what people did with a broadcast."""
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
        numbers = await numbers_of(unit, known)
    rows = [(str(words(request, name)), number) for name, number in outcomes(numbers)]
    drawn = bar_chart(rows, str(words(request, _("What people did with it"))))
    headers = {"Content-Security-Policy": DRAWN}
    return web.Response(body=drawn, content_type=MIME, headers=headers)


async def correctable(request: web.Request) -> Broadcast:
    """Return the broadcast in the address; raise `HTTPNotFound` where nothing was sent."""
    async with context_of(request).store.reading() as unit:
        known = await broadcast_of(request, unit)
    if known.state not in BEGUN:
        raise web.HTTPNotFound
    return known


async def show_correction(request: web.Request) -> web.StreamResponse:
    """Show the form that corrects a sent broadcast."""
    known = await correctable(request)
    return await correction_page(request, known, correction_form(known))


async def correction_page(request: web.Request, known: Broadcast, form: Form) -> web.Response:
    """Return the page with the sent texts and the form that corrects them."""
    was = Section(_("As it was sent"), lines=(Block(messages(request, known), "previews"),))
    sections = (Section(_("The corrected text"), forms=(form,)), was)
    title = _("Correct “{title}”").with_(title=known.title)
    return await record_page(
        request, RecordPage(title, sections, way=Link(known.title, f"broadcasts/{known.id}"))
    )

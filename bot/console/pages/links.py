"""The list of links that staff made, and the page that shows a new link once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.console.cells import (
    Block,
    Cell,
    Copyable,
    Download,
    Drawing,
    Line,
    Link,
    Title,
)
from bot.console.console_context import context_of
from bot.console.form import Field, Form
from bot.console.link_section import REVOKE, counts, history, state_of
from bot.console.list_page import ListPage, bulk_handler, filters_of, list_page
from bot.console.pages.participants import LONGEST_SEARCH, ON_A_PAGE
from bot.console.paging import asked_before, paged
from bot.console.record_page import RecordPage, Section, record_page
from bot.documents.qr_code import MIME, qr_code, qr_drawing
from bot.i18n import Text, _, pgettext
from bot.model.link import deep_link, page_url
from bot.store.alerts import Subject
from bot.store.links import StaffLink

LIVE, REVOKED = "live", "revoked"  # values of the filter
STATES = {LIVE: True, REVOKED: False}
revoke_links = bulk_handler(REVOKE)


async def show_links(request: web.Request) -> web.StreamResponse:
    """Show the links that staff made, the newest first, filtered by state and words."""
    words = request.query.get("q", "").strip()[:LONGEST_SEARCH]
    is_live = STATES.get(request.query.get("state", ""))
    async with context_of(request).store.reading() as unit:
        found = await unit.links.of_staff(
            ON_A_PAGE + 1, before=asked_before(request), is_live=is_live, words=words
        )
    last = found[:ON_A_PAGE][-1].id if found else None
    shown, paging = paged(request, found, ON_A_PAGE, last)
    options = [(LIVE, pgettext("link", "In use")), (REVOKED, _("Revoked"))]
    fields = (
        Field(
            "q",
            _("Place or title"),
            "search",
            required=False,
            longest=LONGEST_SEARCH,
        ),
        Field(
            "state",
            pgettext("link", "State"),
            "choice",
            options=options,
            empty=_("All links"),
            required=False,
        ),
    )
    return await list_page(
        request,
        ListPage(
            _("Links"),
            shown,
            columns(request),
            id_of=lambda one: one.id if one.revoked_at is None else None,
            name_of=lambda one: one.label,
            lead=_("Links and QR codes that open the chat. Make one on the page of what it opens."),
            filters=filters_of(request, "links", fields),
            empty=Line(_("There is no such link."), "empty"),
            paging=paging,
            acts=(REVOKE,),
        ),
    )


def columns(request: web.Request) -> Sequence[Callable[[StaffLink], Cell]]:
    """Return the columns of the list."""
    return (
        lambda one: Title((one.label, state_of(one))),
        lambda one: Line((_("Opens:"), " ", _subject_link(one))),
        lambda one: Line(counts(request, one)),
        lambda one: Line(history(one), "quiet"),
    )


def _subject_link(one: StaffLink) -> Cell:
    """Return a link to the page of what a link opens."""
    if one.title is None:
        return _("what is gone")
    return Link(one.title, Subject(one.subject_kind, one.subject_id).path)


async def refused_page(
    request: web.Request, subject: Subject, form: Form, title: str
) -> web.Response:
    """Return the page of a refused form; *title* is that of the subject."""
    way = Link(title, subject.path)
    return await record_page(request, RecordPage(_("New link"), (Section(forms=(form,)),), way=way))


async def new_link_page(
    request: web.Request, subject: Subject, label: str, title: str, token: str
) -> web.Response:
    """Return the page of a new link; only its hash is stored, so it cannot be shown again."""
    console = context_of(request)
    chat = deep_link(console.bot_link, token)
    facts = [_address("chat-link", _("Opens the chat"), chat)]
    if console.public_url:
        page = page_url(console.public_url, token)
        facts.append(_address("page-link", _("Opens a web page"), page))
    once = _("Copy or save what you need now. The link and its QR code are shown this once.")
    drawing = qr_drawing(chat)
    alt = _("QR code that opens “{title}” in the chat").with_(title=title)
    files = [
        Download(text, file_name(label, kind), MIME[kind], qr_code(chat, kind))
        for kind, text in (("svg", _("SVG file, for print")), ("png", _("PNG file")))
    ]
    sections = (
        Section(lines=(Line(once),), facts=facts),
        Section(
            _("QR code"),
            lines=(Drawing(drawing.path, drawing.size, alt), Block(files, "buttons")),
        ),
    )
    heading = _("Link: {label}").with_(label=label)
    shown = RecordPage(heading, sections, way=Link(title, subject.path))
    return await record_page(request, shown)


def _address(name: str, label: Text, address: str) -> tuple[Text, Cell]:
    """Return what an address does, and the address with a button that copies it."""
    return label, Copyable(name, address, _("Copy the link"), about=label)


def file_name(label: str, kind: str) -> str:
    """Return the name of a QR code's file, made of the letters and digits of the link's label."""
    words = re.findall(r"\w+", label.lower())
    return f"qr-{'-'.join(words)}.{kind}"

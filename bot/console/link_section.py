"""The links to a subject, as a section of the subject's page: make, count and revoke them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Part, dotted, tag
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Form
from bot.console.list_page import BulkAct
from bot.console.record_page import Section
from bot.console.render import at
from bot.i18n import Text, _, ngettext
from bot.model.campaign import CAMPAIGN
from bot.model.commands.links import RevokeLink
from bot.model.link import LONGEST_LABEL
from bot.model.opportunity import OPPORTUNITY, SHIFT
from bot.model.pledge_catalogue import CATALOGUE
from bot.model.staff import May
from bot.service.links import may_link
from bot.store.alerts import REMINDER, Subject
from bot.store.links import StaffLink
from bot.store.unit import Unit

MOST_SHOWN = 10  # links in the section; the list of links has all
SIGNED_UP = _("Signed up: {done}")
# What visitors of a link have done, by the kind of its subject.
DONE: Mapping[str, Text] = {
    REMINDER: _("Taken into a calendar: {done}"),
    OPPORTUNITY: SIGNED_UP,
    SHIFT: SIGNED_UP,
    CATALOGUE: _("Pledges made: {done}"),
    CAMPAIGN: _("Signed: {done}"),
}


async def link_sections(request: web.Request, unit: Unit, subject: Subject) -> Sequence[Section]:
    """Return the section with the links to *subject*; none where it has no links and takes none."""
    if not user_of(request).may(May.SET_REMINDERS):
        return ()
    found = await unit.links.of_staff(MOST_SHOWN + 1, subject=subject)
    takes_more = await may_link(unit, subject.kind, subject.id)
    if not found and not takes_more:
        return ()
    lead = _(
        "A link opens this in the chat. With one for each place you see where people come from."
    )
    rows: list[Cell] = [_row(request, subject, one) for one in found[:MOST_SHOWN]]
    if len(found) > MOST_SHOWN:
        every = urlencode({"q": found[0].title})
        rows.append(Link(_("All links to it"), f"links?{every}"))
    return (
        Section(
            _("Links"),
            lines=(Line(lead, "quiet"),) if takes_more else (),
            forms=(link_form(subject),) if takes_more else (),
            rows=rows,
        ),
    )


def link_form(subject: Subject) -> Form:
    """Return the form that makes a link to *subject*."""
    field = Field(
        "label",
        _("Where will the link be?"),
        help=_("For example: the poster at the library or the newsletter in March."),
        longest=LONGEST_LABEL,
    )
    hidden = {"kind": subject.kind, "id": subject.id}
    return Form("links/new", (field,), _("Make a link"), hidden=hidden, prefix="link-", look="")


def _row(request: web.Request, subject: Subject, one: StaffLink) -> Cell:
    """Return the row of a link, with the button that revokes a live one."""
    hidden = {"id": one.id, "next": at(subject.path)}
    revoke = Button(REVOKE.path, REVOKE.label, about=one.label, hidden=hidden)
    lines = (
        Line((Part(one.label, tag="strong"), state_of(one))),
        Line(counts(request, one)),
        Line(history(one), "quiet"),
    )
    return Block(lines), revoke if one.revoked_at is None else None


def state_of(one: StaffLink) -> Cell:
    """Return the mark of a revoked link."""
    return None if one.revoked_at is None else (" ", tag(_("Revoked"), "off"))


def counts(request: web.Request, one: StaffLink) -> Cell:
    """Return how often a link was used: its page, the chat, and what it is for."""
    has_page = context_of(request).public_url or one.opened
    opened = _("Page opened: {opened}").with_(opened=one.opened) if has_page else None
    started = _("Chat opened: {started}").with_(started=one.started)
    return dotted(opened, started, DONE[one.subject_kind].with_(done=one.done))


def history(one: StaffLink) -> Cell:
    """Return who made a link and when, and when it was revoked."""
    made = _("Made by {first_name}").with_(first_name=one.made_by)
    when = (", ", Moment(one.created_at)) if one.created_at else None
    over = (_("Revoked"), " ", Moment(one.revoked_at)) if one.revoked_at else None
    return dotted((made, when), over)


async def _label_of(unit: Unit, link_id: int) -> str | None:
    """Return the label of a live link of staff; None for another link."""
    found = await unit.links.get(link_id)
    is_theirs = found is not None and found.staff_id is not None and found.revoked_at is None
    return found.label if found is not None and is_theirs else None


REVOKE = BulkAct(
    "links/revoke",
    _("Revoke"),
    "lock",
    _label_of,
    RevokeLink,
    asked=ngettext("Revoke {count} link?", "Revoke {count} links?", "count"),
    lead=_("It opens nothing any more, wherever it is shown. Its counts stay."),
    done=ngettext("{count} link is revoked.", "{count} links are revoked.", "count"),
)

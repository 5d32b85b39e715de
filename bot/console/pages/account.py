"""The current user's account: password, and the browsers they are signed in with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from aiohttp import web
from multidict import MultiDict

from bot.console.browsers import browser_of
from bot.console.cells import Block, Cell, Copyable, Drawing, Line, Link, Part, tag
from bot.console.console_context import context_of
from bot.console.current_user import staff_of, user_of
from bot.console.form import Field, Form
from bot.console.record_page import RecordPage, Section, record_page
from bot.console.times import when
from bot.console.town_labels import theme_names
from bot.documents.qr_code import qr_drawing
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.model.link import deep_link
from bot.model.staff import LONGEST_MAIL_ADDRESS, ROLE_NAMES, SHORTEST_PASSWORD, May, Staff
from bot.service.staff_chat import chat_of
from bot.store.sign_in import SessionRow

SEEN = _("Since {since}. Seen last {seen}.")


async def show_account(request: web.Request) -> web.StreamResponse:
    """Show the account."""
    return await account_page(request)


def password_fields() -> tuple[Field, ...]:
    """Return the fields for a new password."""
    least = _("At least {least} characters, without your username.").with_(least=SHORTEST_PASSWORD)
    new = "new-password"
    return (
        Field("password", _("New password"), "password", least, autocomplete=new),
        Field("again", _("The new password again"), "password", autocomplete=new),
    )


async def account_page(
    request: web.Request,
    refused: Refused | None = None,
    mail: tuple[MultiDict[str], Refused] | None = None,
) -> web.Response:
    """Return the page; *refused* says why a new password was not accepted.

    *mail* is a sent address for e-mail that was not accepted, and why.
    """
    console, staff = context_of(request), staff_of(request)
    now = console.clock.now()
    async with console.store.reading() as unit:
        rows = await unit.sessions.of_staff(staff.id, now)
        chat = await chat_of(unit, staff.id)
    themes = [(_("Answers for"), theme_names(request, staff.themes))] if staff.themes else []
    facts: Sequence[tuple[Text, Cell]] = (
        (_("Username"), staff.username),
        (_("Department"), staff.unit),
        (_("Role"), ROLE_NAMES[staff.role]),
        *themes,
    )
    sessions = [_session(request, row, now) for row in rows]
    others = Form("account/sessions/end-others", submit=_("Sign out everywhere but here"), look="")
    shown = RecordPage(
        _("Your account"),
        (
            Section(staff.first_name, facts=facts),
            Section(_("Password"), forms=(_password(staff.username, refused),)),
            *((_own_chat(linked=chat is not None),) if staff.may(May.BROADCAST) else ()),
            *((Section(_("E-mail"), forms=(_mail(staff, mail),)),) if console.sends_mail else ()),
            Section(
                _("Where you are signed in"),
                rows=sessions,
                acts=(others,) if len(sessions) > 1 else (),
            ),
        ),
    )
    return await record_page(request, shown)


def _password(username: str, refused: Refused | None) -> Form:
    """Return the form to change the password; passwords are never shown again."""
    now = _("The password you have now")
    fields = (
        Field("username", _("Username"), "username"),
        Field("now", now, "password", autocomplete="current-password"),
        *password_fields(),
    )
    form = Form("account/password", fields, _("Change the password"))
    form = form.filled({"username": username})
    return form if refused is None else form.refused(form.written, refused)


def _own_chat(*, linked: bool) -> Section:
    """Return the section about the chat that gets the messages one sends to oneself."""
    if linked:
        line = Line(_("Your chat is linked. What you send to yourself comes there."))
        end = Form("account/chat/end", submit=_("Unlink the chat"), look="")
        return Section(_("Your own chat"), lines=(line,), acts=(end,))
    line = Line(_("Link your chat to see news as citizens get it, before it is sent to others."))
    make = Form("account/chat", submit=_("Make my link"), look="")
    return Section(_("Your own chat"), lines=(line,), acts=(make,))


async def chat_link_page(request: web.Request, token: str) -> web.Response:
    """Return the page of the link that connects one's own chat; it is shown this once."""
    address = deep_link(context_of(request).bot_link, token)
    drawing = qr_drawing(address)
    lines = (
        Line(_("Open it on the phone or computer where you use Telegram.")),
        Line(_("It works once, within 24 hours. Do not pass it on."), "notice"),
        Copyable("chat-link", address, _("Copy the link")),
        Drawing(drawing.path, drawing.size, _("QR code that links your chat")),
    )
    way = Link(_("Your account"), "account")
    page = RecordPage(_("Link your own chat"), (Section(lines=lines),), way=way)
    return await record_page(request, page)


def _mail(staff: Staff, refused: tuple[MultiDict[str], Refused] | None) -> Form:
    """Return the form to choose e-mail about alerts."""
    field = Field(
        "address",
        _("Your e-mail address"),
        "email",
        _("You get an e-mail about each new alert, without a citizen's words. Empty for none."),
        required=False,
        longest=LONGEST_MAIL_ADDRESS,
        autocomplete="email",
    )
    form = Form("account/mail", (field,), _("Keep the address"))
    if refused is not None:
        return form.refused(*refused)
    return form.filled({"address": staff.mail_address})


def _session(request: web.Request, row: SessionRow, now: datetime) -> Sequence[Cell]:
    """Return one session as a row; it can be ended from any other browser."""
    here = row.id == user_of(request).session
    near = partial(when, now=now, zone=context_of(request).town.zone)
    seen = SEEN.with_(since=near(row.created_at), seen=near(row.seen_at))
    name = Part(browser_of(row.about), tag="strong")
    about = Block(((name, " ", tag(_("here")) if here else None), Line(seen, "quiet")))
    end = Form("account/sessions/end", submit=_("Sign out there"), hidden={"session": row.id})
    return (about,) if here else (about, replace(end, look=""))

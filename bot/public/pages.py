"""The page of a link: what it opens, as an address and as a QR code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files

from aiohttp import web
from jinja2 import Environment, PackageLoader

from bot.documents.qr_code import MIME, qr_code
from bot.i18n import LANGUAGES, Text, _, language_for, render
from bot.model.link import Link, LinkStep, Opens, deep_link, hash_of
from bot.model.opportunity import Opportunity, OpportunityState, Shift, ShiftState
from bot.model.pledge_catalogue import EntryState
from bot.model.reminder import UNREADABLE, ReminderState
from bot.public.public_context import BASE, context_of
from bot.service.coming_times import next_event
from bot.service.pledges.campaign_days import is_signable
from bot.store.unit import Unit

TITLE = _("Dialogue with {municipality}")
OPEN = _("Open in Telegram")
NEXT = _("Next time: {when}")
SCAN = _("Or scan the code with a phone that has Telegram.")
LETTERS = 64  # at most, of a token that is looked up


@cache
def templates() -> Environment:
    """Return the templates of the public pages."""
    return Environment(loader=PackageLoader("bot.public"), autoescape=True)


async def show_link(request: web.Request) -> web.Response:
    """Show the page of a link; count it as opened."""
    public, token = context_of(request), token_of(request)
    if request.method == "GET":
        async with public.store.unit() as unit:
            link = await unit.links.use(hash_of(token), LinkStep.OPENED, Opens.CHAT)
    else:
        async with public.store.reading() as unit:
            link = await unit.links.live(hash_of(token))
    if link is None or link.opens is not Opens.CHAT:
        raise web.HTTPNotFound
    language = language_of(request)
    async with public.store.reading() as unit:
        about = await opens(unit, link)

    def words(text: Text) -> str:
        filled = text.with_defaults({"municipality": public.town.name})
        return render(filled, language, escape=str)

    page = templates().get_template("link.html")
    shown = page.render(
        language=language,
        title=words(TITLE),
        what=about.title if about is not None else None,
        when=words(NEXT.with_(when=about.when)) if about is not None and about.when else None,
        open=words(OPEN),
        scan=words(SCAN),
        chat=deep_link(public.bot_link, token),
        base=public.url,
        code=f"{public.url}/l/{token}.svg",
    )
    return web.Response(text=shown, content_type="text/html")


@dataclass(frozen=True, slots=True)
class About:
    """What a link opens: its title, and the local time when it begins next (HR-4)."""

    title: str
    when: datetime | None


async def opens(unit: Unit, link: Link) -> About | None:
    """Return what a link opens; None where it is paused or ended."""
    match link.subject_kind:
        case "reminder":
            return await _reminder(unit, link)
        case "opportunity":
            return await _opportunity(unit, await unit.opportunities.get(link.subject_id))
        case "campaign":
            return await _campaign(unit, link.subject_id)
        case "catalogue":
            entry = await unit.catalogue.get(link.subject_id)
            is_offered = entry is not None and entry.state is EntryState.PUBLISHED
            return About(entry.title, None) if entry is not None and is_offered else None
        case "shift":
            shift = await unit.shifts.get(link.subject_id)
            known = await unit.opportunities.get(shift.opportunity_id) if shift else None
            over = shift is None or shift.begins_at <= unit.now
            return await _opportunity(unit, known, None if over else shift)
        case _:
            return None


async def _campaign(unit: Unit, campaign_id: int) -> About | None:
    """Return a campaign that people can sign."""
    known = await unit.campaigns.get(campaign_id)
    return About(known.title, None) if known is not None and is_signable(unit, known) else None


async def _opportunity(
    unit: Unit, known: Opportunity | None, shift: Shift | None = None
) -> About | None:
    """Return an opportunity with the time of a shift, or of its next one."""
    if known is None or known.state is not OpportunityState.OPEN:
        return None
    if shift is None or shift.state is ShiftState.CANCELLED:
        coming = await unit.shifts.of([known.id], after=unit.now, limit=1)
        shift = coming[0] if coming else None
    return About(known.title, unit.calendar.local(shift.begins_at) if shift is not None else None)


async def _reminder(unit: Unit, link: Link) -> About | None:
    """Return a reminder that is not paused, with the time of its event."""
    found = await unit.reminders.get(link.subject_id)
    if found is None or found.state is not ReminderState.ACTIVE:
        return None
    try:
        begins = next_event(unit, found)
    except UNREADABLE:
        begins = None
    return About(found.title, unit.calendar.local(begins) if begins is not None else None)


async def show_qr_code(request: web.Request) -> web.Response:
    """Show the QR code of a link's address in the chat."""
    public, token = context_of(request), token_of(request)
    async with public.store.reading() as unit:
        link = await unit.links.live(hash_of(token))
    if link is None or link.opens is not Opens.CHAT:
        raise web.HTTPNotFound
    kind = request.match_info["kind"]
    picture = qr_code(deep_link(public.bot_link, token), kind)
    return web.Response(body=picture, content_type=MIME[kind])


async def show_style(_request: web.Request) -> web.Response:
    """Show the style sheet of the public pages."""
    style = files("bot.public").joinpath("static", "public.css").read_text()
    return web.Response(text=style, content_type="text/css")


async def show_robots(_request: web.Request) -> web.Response:
    """Tell search engines to read nothing but the open opportunities and the pledges."""
    allowed = "".join(f"Allow: {BASE}/{name}\n" for name in ("opgaver", "lofter"))
    return web.Response(text=f"User-agent: *\n{allowed}Disallow: /\n")


def token_of(request: web.Request) -> str:
    """Return the token in the address, cut to its longest length."""
    return request.match_info["token"][:LETTERS]


def language_of(request: web.Request) -> str:
    """Return the language that the address names, else that of the visitor's browser."""
    named = request.query.get("lang")
    if named in LANGUAGES:
        return named
    wanted = request.headers.get("Accept-Language", "").partition(",")[0].partition(";")[0]
    return language_for(wanted.strip() or None)

"""Public pages of pledges: what they add up to, shared pledges, and who has said yes to be seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from bot.documents import qr_code
from bot.model.campaign import CampaignState
from bot.model.link import campaign_link, pledges_url
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.pledge_snapshot import Snapshot
from bot.public import pledge_page_words as words
from bot.public.answers import open_answer
from bot.public.page_frame import frame
from bot.public.pages import language_of, templates
from bot.public.pledge_view import PledgeView
from bot.public.public_context import PublicContext, context_of
from bot.service.pledges.campaign_days import as_now
from bot.service.pledges.totals import shown_snapshot
from bot.store.public_pledges import OptedIn, PublicCampaign, PublicOutcome, PublicPledges
from bot.store.unit import Unit

MOST = 100  # campaigns or answers on a page or in a feed
OPEN = frozenset({CampaignState.OPEN, CampaignState.ACTIVATED})


@dataclass(frozen=True, slots=True)
class Everything:
    """What the page of all pledges shows; *snapshot* is None before the first night."""

    snapshot: Snapshot | None
    entries: list[CatalogueEntry]
    campaigns: list[PublicCampaign]
    opted_in: list[OptedIn]
    outcomes: list[PublicOutcome]


async def show_all(request: web.Request) -> web.Response:
    """Show what pledges add up to, the shared ones, who takes part, and answers to obstacles."""
    public, view = view_of(request)
    every = await everything(public)
    snapshot = every.snapshot
    named = [one for one in every.opted_in if one.name and not one.group]
    page = templates().get_template("pledges.html").render(
        **_frame(request, view, view.said(words.TITLE)),
        in_all=in_all(view, snapshot),
        themes=view.themes(snapshot, every.entries) if snapshot is not None else [],
        rule=view.said(words.RULE) if snapshot is not None else "",
        shared=[view.campaign(one) for one in every.campaigns if one.campaign.state in OPEN],
        ended=[view.campaign(one) for one in every.campaigns if one.campaign.state not in OPEN],
        groups=view.groups(every.opted_in),
        named=named,
        unnamed=[one for one in every.opted_in if not one.name and not one.group],
        outcomes=[view.outcome(one) for one in every.outcomes],
        entries=[view.entry(one) for one in every.entries],
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_one(request: web.Request) -> web.Response:
    """Show one shared pledge with its progress, the municipality's own pledge, and its code."""
    public, view = view_of(request)
    found, snapshot = await _one(request, public)
    shown = view.campaign(found)
    page = templates().get_template("campaign.html").render(
        **_frame(request, view, shown.title.text),
        one=shown,
        adds_up=view.adds_up(snapshot, shown.id) if snapshot is not None else "",
        code=f"{shown.page}.svg",
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_code(request: web.Request) -> web.Response:
    """Show the QR code of a shared pledge's address in the chat."""
    public = context_of(request)
    found, _snapshot = await _one(request, public)
    kind = request.match_info["kind"]
    picture = qr_code.qr_code(campaign_link(public.bot_link, found.campaign.id), kind)
    return open_answer(request, picture, qr_code.MIME[kind], for_sites=True)


def view_of(request: web.Request) -> tuple[PublicContext, PledgeView]:
    """Return the public context, and the view in the visitor's language."""
    public = context_of(request)
    return public, PledgeView(public, language_of(request))


async def everything(public: PublicContext) -> Everything:
    """Read what everybody may see: one statement for each part, for any number of pledges."""
    async with public.store.reading() as unit:
        pledges, snapshot = PublicPledges(unit), await shown_snapshot(unit)
        shown = snapshot.shown if snapshot is not None else ()
        return Everything(
            snapshot,
            await unit.catalogue.published(),
            await _campaigns(unit),
            await pledges.opted_in(shown),
            await pledges.outcomes(MOST),
        )


async def _campaigns(unit: Unit, only: int | None = None) -> list[PublicCampaign]:
    """Return the newest campaigns, or one, in the state that their days give them now."""
    today = unit.calendar.local(unit.now).date()
    found = await PublicPledges(unit).campaigns(MOST, today, only=only)
    return [replace(one, campaign=as_now(unit, one.campaign)) for one in found]


def in_all(view: PledgeView, snapshot: Snapshot | None) -> str:
    """Return how many pledges were made, by how many people; empty where it is not shown."""
    made = snapshot.made if snapshot is not None else None
    if made is None:
        return ""
    numbers = {"pledges": made.amount, "people": made.people, "year": made.day.year}
    return view.said(words.IN_ALL.with_(**numbers, day=made.day))


async def _one(
    request: web.Request, public: PublicContext
) -> tuple[PublicCampaign, Snapshot | None]:
    """Return the campaign in the address, and the newest snapshot; answer 404 for no such one."""
    wanted = int(request.match_info["id"])
    async with public.store.reading() as unit:
        found = await _campaigns(unit, wanted)
        if not found:
            raise web.HTTPNotFound
        return found[0], await shown_snapshot(unit)


def _frame(request: web.Request, view: PledgeView, title: str) -> dict[str, Any]:
    """Return what every page of pledges needs."""
    address = pledges_url(view.public.url)
    base = frame(request, view.public, view.language, title)
    return {
        **base,
        "words": words,
        "say": view.said,
        "all": f"{address}{base['kept']}",
        "atom": f"{address}.atom",
        "json": f"{address}.json",
        "chat": view.public.bot_link,
    }

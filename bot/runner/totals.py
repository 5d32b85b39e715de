"""What all pledges add up to, in the chat: pictures of the night's snapshot, with their words."""

from __future__ import annotations

import asyncio

from bot.documents.progress_picture import ProgressPicture, progress_png
from bot.model.campaign import PUBLIC, CampaignState
from bot.model.link import campaign_url, pledges_url
from bot.model.pledge import MeasureKind
from bot.runner.chat_files import put_picture
from bot.runner.context import TurnContext
from bot.service.pledges import campaign_days
from bot.service.pledges.totals import shown_snapshot
from flows import totals_cards

MOST_CAMPAIGNS = 3  # that are offered, the newest


async def show(context: TurnContext) -> None:
    """Show the picture of all totals; without one, say when there will be one."""
    snapshot = await shown_snapshot(context.unit)
    open_ones = await campaign_days.signable(context.unit, {CampaignState.OPEN})
    campaigns = open_ones[:MOST_CAMPAIGNS]
    town, language, page = context.town, context.language, _page(context)
    if snapshot is None or not snapshot.totals:
        context.send(totals_cards.too_few(campaigns, language, page))
        return
    await _put(context, totals_cards.overview_picture(town, snapshot, language))
    context.send(totals_cards.overview(town, snapshot, campaigns, language, page))


async def show_one(context: TurnContext, theme: str, measure: str, kind: str) -> None:
    """Show the picture of one total by area; all of them where there is no such total now."""
    snapshot = await shown_snapshot(context.unit)
    of = MeasureKind(kind) if kind in list(MeasureKind) else None
    total = snapshot.total(theme, measure, of) if snapshot is not None else None
    if snapshot is None or total is None:
        await show(context)
        return
    town, language = context.town, context.language
    await _put(context, totals_cards.total_picture(town, snapshot, total, language))
    context.send(totals_cards.one_total(town, total, language, _page(context)))


async def show_campaign(context: TurnContext, campaign_id: int | None) -> None:
    """Show the picture of a campaign's signatures; all totals where the public sees no such one."""
    snapshot = await shown_snapshot(context.unit)
    known = await context.unit.campaigns.get(campaign_id) if campaign_id is not None else None
    if snapshot is None or known is None or known.state not in PUBLIC:
        await show(context)
        return
    await _put(
        context, totals_cards.campaign_picture(context.town, snapshot, known, context.language)
    )
    url = context.runtime.public_url
    context.send(totals_cards.one_campaign(known, campaign_url(url, known.id) if url else ""))


def _page(context: TurnContext) -> str:
    """Return the address of the public page of pledges; empty where there is none."""
    url = context.runtime.public_url
    return pledges_url(url) if url else ""


async def _put(context: TurnContext, picture: ProgressPicture) -> None:
    content = await asyncio.to_thread(progress_png, picture)
    words = totals_cards.caption(picture, context.language)
    await put_picture(context, "totals.png", content, caption=words)

"""Links by which a citizen passes a shared pledge or a pledge of the catalogue on."""

from __future__ import annotations

import asyncio

from bot.documents.qr_code import qr_code
from bot.engine.effects import Send
from bot.engine.events import Refused
from bot.i18n import Text
from bot.model.campaign import CAMPAIGN, PUBLIC
from bot.model.commands.links import ShareLink
from bot.model.link import Link, deep_link, page_url
from bot.model.opportunity import said, spoken_in
from bot.model.pledge_catalogue import CATALOGUE, EntryState
from bot.runner import conversations, pledge_making
from bot.runner.chat_files import put_picture
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import own_pledge
from bot.service import execute
from flows import sharing_cards


async def share_campaign(context: TurnContext, campaign_id: int | None) -> None:
    """Give a citizen their own link to a campaign, and its QR code."""
    known = await context.unit.campaigns.get(campaign_id) if campaign_id is not None else None
    if known is None or known.state not in PUBLIC:
        context.send(sharing_cards.over())
        return
    await _share(context, CAMPAIGN, known.id, said(known.titles, context.language))


async def share_pledge(context: TurnContext, pledge_id: int | None) -> None:
    """Give a citizen their own link to the catalogue's pledge that theirs was made from."""
    own = await own_pledge(context, pledge_id)
    if own is not None and own.campaign_id is not None:
        await share_campaign(context, own.campaign_id)
        return
    found = own.catalogue_id if own is not None else None
    entry = await context.unit.catalogue.get(found) if found is not None else None
    if entry is None:
        context.send(sharing_cards.over())
        return
    await _share(context, CATALOGUE, entry.id, said(entry.titles, context.language))


async def _share(context: TurnContext, kind: str, subject_id: int, title: str) -> None:
    """Send the QR code of a new link, then the link itself."""
    address = await link_to(context, kind, subject_id)
    if isinstance(address, Text):
        context.send(sharing_cards.not_shared(address))
        return
    code, shown = address
    await put_picture(context, "qr.png", await asyncio.to_thread(qr_code, code, "png"))
    context.send(sharing_cards.shared(title, shown))


async def link_to(context: TurnContext, kind: str, subject_id: int) -> tuple[str, str] | Text:
    """Make a citizen's own link; return what its QR code opens and what is passed on.

    The public page counts who has opened it. Without one, the address opens the chat.
    """
    outcome = await execute(ShareLink(context.citizen.id, kind, subject_id), context.unit)
    if isinstance(outcome, Refused):
        return outcome.why
    chat = deep_link(context.runtime.bot_link, outcome.value)
    url = context.runtime.public_url
    return chat, page_url(url, outcome.value) if url else chat


async def entry_opened(context: TurnContext, link: Link, _token: str) -> Send | None:
    """Return the pledge of the catalogue that a link opens; None where it is not offered now."""
    entry = await context.unit.catalogue.get(link.subject_id)
    if entry is None or entry.state is not EntryState.PUBLISHED:
        return None
    language = context.language
    proof = await context.unit.links.proof(link.id)
    return sharing_cards.entry(
        f"{entry.id}.{link.id}-{proof}",
        said(entry.titles, language),
        said(entry.texts, language),
        is_danish=spoken_in(entry.texts, language) != language,
    )


async def make_same(context: TurnContext, entry_id: int | None, written: str) -> None:
    """Begin a pledge of the catalogue; *written* is the link by which the citizen came."""
    link_id = await link_of(context, CATALOGUE, entry_id, written)
    await pledge_making.open_entry(context, entry_id, link_id)


async def link_of(
    context: TurnContext, kind: str, subject_id: int | None, written: str
) -> int | None:
    """Return the link by which a citizen came, if the button has its proof."""
    link_id, _dash, proof = written.partition("-")
    found = conversations.id_of(link_id) if proof else None
    if found is None or subject_id is None:
        return None
    known = await context.unit.links.live_to(found, kind, subject_id, proof)
    return found if known is not None else None

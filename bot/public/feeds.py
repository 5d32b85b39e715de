"""Calendar feeds: a citizen's dates for their own calendar, by a secret address."""

from __future__ import annotations

from aiohttp import web

from bot.documents.calendar_file import MIME, Organizer, calendar_file
from bot.i18n import render
from bot.model.link import LinkStep, Opens, event_source, hash_of
from bot.public.pages import token_of
from bot.public.public_context import context_of
from bot.service.calendar_events import feed_events
from flows.calendar_cards import FEED_NAME


async def show_feed(request: web.Request) -> web.Response:
    """Show a feed with time, place and title of each date (HR-4); count it as opened."""
    public = context_of(request)
    async with public.store.unit() as unit:
        token_hash = hash_of(token_of(request))
        link = await unit.links.use(token_hash, LinkStep.OPENED, Opens.FEED)
        owner = link.participant_id if link is not None else None
        participant = await unit.participants.get(owner) if owner is not None else None
        if participant is None or participant.person_id is None:
            raise web.HTTPNotFound
        language = (await unit.people.get(participant.person_id)).language
        events = await feed_events(unit, participant, event_source(public.bot_link))
        now = unit.now
    name = render(FEED_NAME.with_(municipality=public.town.name), language, escape=str)
    organizer = Organizer(public.town.name, public.bot_link)
    content = calendar_file(events, organizer, now, name=name)
    return web.Response(body=content, content_type=MIME, charset="utf-8")

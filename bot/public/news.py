"""The public archive of news: sent texts, corrected in place, and the outcomes of dialogues."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from bot.documents import atom_feed
from bot.model.broadcast import Broadcast
from bot.model.link import news_url
from bot.public import news_words as words
from bot.public.answers import open_answer
from bot.public.news_view import NewsView, ShownNews
from bot.public.page_frame import frame
from bot.public.pages import language_of, templates
from bot.public.public_context import PublicContext, context_of
from bot.store.public_broadcasts import PublicBroadcasts

ON_A_PAGE = 30
IN_A_FEED = 50
LAST_PAGE = 10_000
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
PDF = "application/pdf"
INERT = "default-src 'none'; sandbox"


async def show_all(request: web.Request) -> web.Response:
    """Show the archive, the newest first."""
    view = _view(request)
    number = _page(request)
    found = await _some(view.public, ON_A_PAGE + 1, skip=(number - 1) * ON_A_PAGE)
    page = templates().get_template("news.html").render(
        **_frame(request, view, view.said(words.TITLE)),
        some=[view.show(one) for one in found[:ON_A_PAGE]],
        newer=_address(request, view.public, number - 1) if number > 1 else "",
        older=_address(request, view.public, number + 1) if len(found) > ON_A_PAGE else "",
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_one(request: web.Request) -> web.Response:
    """Show one broadcast, with the outcomes of a dialogue that is closed."""
    view = _view(request)
    one = await _one(request, view)
    page = templates().get_template("news_item.html").render(
        **_frame(request, view, one.title), one=one
    )  # fmt: skip
    return open_answer(request, page.encode(), "text/html")


async def show_file(request: web.Request) -> web.Response:
    """Show the picture of a broadcast, or give its document."""
    public = context_of(request)
    async with public.store.reading() as unit:
        known = await PublicBroadcasts(unit).some(1, only=int(request.match_info["id"]))
        file_id = known[0].file_id if known else None
        found = await unit.files.get(file_id) if file_id is not None else None
    if found is None or found.mime not in {*PICTURES, PDF}:
        raise web.HTTPNotFound
    answer = open_answer(request, found.content, found.mime)
    answer.headers["Content-Security-Policy"] = INERT
    return answer


async def show_atom(request: web.Request) -> web.Response:
    """Show the newest news as a feed; a correction and a closed dialogue are updates."""
    view = _view(request)
    public = view.public
    async with public.store.reading() as unit:
        archive = PublicBroadcasts(unit)
        found = await archive.some(IN_A_FEED)
        verdicts = await archive.verdicts([one.id for one in found if one.is_dialogue])
    shown = [view.show(one, verdicts.get(one.id, ())) for one in found]
    entries = sorted(map(_entry, shown), key=lambda one: one.updated, reverse=True)
    address = news_url(public.url)
    feed = atom_feed.AtomFeed(
        address=f"{address}.atom",
        page=address,
        title=view.said(words.TITLE),
        author=public.town.name,
        language=view.language,
        updated=entries[0].updated if entries else atom_feed.BEFORE_ALL,
        entries=entries,
    )
    return open_answer(request, atom_feed.atom_feed(feed), atom_feed.MIME, for_sites=True)


def _entry(one: ShownNews) -> atom_feed.AtomEntry:
    """Return a broadcast as an entry of the feed."""
    lines = [*one.paragraphs, *one.lines]
    about = (one.dialogue, one.answer_by, one.decides.striptags(), one.agenda)
    lines += [part for part in about if part]
    lines += one.told
    for verdict in one.verdicts:
        lines += [verdict.text.text, *(line.striptags() for line in verdict.lines)]
    return atom_feed.AtomEntry(
        address=one.page,
        title=one.title,
        summary="\n".join(lines),
        updated=one.updated,
        language=one.text.language,
        topics=[one.topic],
        title_language="da",
    )


def _view(request: web.Request) -> NewsView:
    """Return the view in the visitor's language."""
    return NewsView(context_of(request), language_of(request))


async def _some(public: PublicContext, limit: int, *, skip: int) -> list[Broadcast]:
    async with public.store.reading() as unit:
        return await PublicBroadcasts(unit).some(limit, skip=skip)


async def _one(request: web.Request, view: NewsView) -> ShownNews:
    """Return the broadcast in the address; answer 404 where the archive has none."""
    wanted = int(request.match_info["id"])
    async with view.public.store.reading() as unit:
        archive = PublicBroadcasts(unit)
        found = await archive.some(1, only=wanted)
        if not found:
            raise web.HTTPNotFound
        verdicts = await archive.verdicts([wanted]) if found[0].is_dialogue else {}
    return view.show(found[0], verdicts.get(wanted, ()))


def _page(request: web.Request) -> int:
    """Return the number of the page in the address, 1 for none."""
    named = request.query.get("side", "")
    number = int(named) if named.isdecimal() and len(named) <= len(str(LAST_PAGE)) else 1
    return min(max(number, 1), LAST_PAGE)


def _address(request: web.Request, public: PublicContext, number: int) -> str:
    """Return the address of a page of the list, in the language of this address."""
    wanted = {"side": str(number) if number > 1 else None, "lang": request.query.get("lang")}
    query = urlencode({name: value for name, value in wanted.items() if value})
    return news_url(public.url) + (f"?{query}" if query else "")


def _frame(request: web.Request, view: NewsView, title: str) -> dict[str, Any]:
    """Return what every page of news needs."""
    address = news_url(view.public.url)
    kept = {"side": request.query["side"]} if "side" in request.query else {}
    base = frame(request, view.public, view.language, title, kept)
    return {
        **base,
        "words": words,
        "say": view.said,
        "named": view.named,
        "all": f"{address}{base['kept']}",
        "atom": f"{address}.atom",
        "chat": view.public.bot_link,
    }

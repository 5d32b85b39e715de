"""Feeds of pledges for other sites: JSON and Atom (docs/pledges.md)."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.documents import atom_feed
from bot.json_text import write_json
from bot.model.link import pledges_url
from bot.model.pledge import PER_UNIT
from bot.model.pledge_snapshot import Share, Snapshot, Total
from bot.model.suppression import LEAST
from bot.public import pledge_page_words as words
from bot.public.answers import open_answer
from bot.public.pledge_view import PledgeView
from bot.public.pledges import everything, view_of
from bot.store.public_pledges import OptedIn, PublicCampaign, PublicOutcome
from flows.pledge_words import theme_name, unit_words

JSON = "application/json"


async def show_json(request: web.Request) -> web.Response:
    """Show everything that the page of pledges shows, as JSON."""
    public, view = view_of(request)
    every = await everything(public)
    snapshot = every.snapshot
    value = {
        "municipality": public.town.name,
        "language": view.language,
        "page": pledges_url(public.url),
        "day": snapshot.day.isoformat() if snapshot is not None else None,
        "year": snapshot.year if snapshot is not None else None,
        "pledges": snapshot.pledges if snapshot is not None else None,
        "people": snapshot.people if snapshot is not None else None,
        "totals": _totals(view, snapshot) if snapshot is not None else [],
        "already": _already(view, snapshot) if snapshot is not None else [],
        "shared": [_campaign(view, one) for one in every.campaigns],
        "groups": [_group(one) for one in every.opted_in if one.group],
        "named": [
            {"name": one.name, "words": one.words}
            for one in every.opted_in
            if one.name and not one.group
        ],
        "unnamed": [one.words for one in every.opted_in if not one.name and not one.group],
        "answers": [_outcome(view, one) for one in every.outcomes],
    }
    return open_answer(request, write_json(value).encode(), JSON, for_sites=True)


async def show_atom(request: web.Request) -> web.Response:
    """Show shared pledges, their results, and answers to obstacles as a feed, newest first."""
    public, view = view_of(request)
    every = await everything(public)
    entries = [_campaign_entry(view, one) for one in every.campaigns]
    entries += [_outcome_entry(view, one) for one in every.outcomes]
    entries.sort(key=lambda one: one.updated, reverse=True)
    address = pledges_url(public.url)
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


def _totals(view: PledgeView, snapshot: Snapshot) -> list[dict[str, Any]]:
    def part(one: Share | Total) -> dict[str, Any]:
        return {"people": one.people, "amount": one.amount / PER_UNIT}

    return [
        {
            "theme": {"key": one.theme, "name": theme_name(view.town, one.theme, view.language)},
            "unit": {"key": one.measure, "name": unit_words(view.town, one.measure, view.language)},
            "kind": one.kind,
            **part(one),
            "areas": [
                {"area": {"key": share.key, "name": view.area(share.key)}, **part(share)}
                for share in one.areas
            ],
            "shared": [{"id": share.key, **part(share)} for share in one.campaigns],
        }
        for one in snapshot.totals
    ]


def _already(view: PledgeView, snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {"theme": {"key": key, "name": theme_name(view.town, key, view.language)}, "people": number}
        for key, number in snapshot.already.items()
    ]


def _campaign(view: PledgeView, one: PublicCampaign) -> dict[str, Any]:
    """Return a campaign as docs/pledges.md describes it."""
    of, shown = one.campaign, view.campaign(one)
    numbers = of.result or {}
    has_result = numbers.get("answered", 0) >= LEAST
    own = {
        "text": shown.promise.text,
        "language": shown.promise.language,
        "state": of.counter_state,
        "by": of.counter_on.isoformat() if of.counter_on else None,
        "contact": one.owner or None,
        "result": shown.promise_result.text if shown.promise_result else None,
    } if shown.promise else None  # fmt: skip
    return {
        "id": of.id,
        "title": shown.title.text,
        "text": shown.text.text,
        "language": shown.text.language,
        "state": of.state,
        "theme": {"key": of.theme, "name": shown.theme},
        "area": {"key": of.area, "name": shown.area} if of.area else None,
        "signers": shown.signers,
        "target": of.target,
        "deadline": of.deadline.isoformat(),
        "own_pledge": own,
        "result": {name: numbers.get(name, 0) for name in ("asked", "answered", "done")}
        if has_result
        else None,
        "page": shown.page,
        "chat": shown.chat,
    }


def _group(one: OptedIn) -> dict[str, Any]:
    return {"name": one.group, "kind": one.group_kind, "words": one.words}


def _outcome(view: PledgeView, one: PublicOutcome) -> dict[str, Any]:
    shown = view.outcome(one)
    return {
        "id": shown.id,
        "obstacle": shown.summary.text,
        "answer": shown.answer.text,
        "language": shown.answer.language,
        "decided_by": one.outcome.decided_by,
        "people": one.people if one.people >= LEAST else None,
        "answered": shown.at.isoformat() if shown.at else None,
    }


def _campaign_entry(view: PledgeView, one: PublicCampaign) -> atom_feed.AtomEntry:
    """Return a campaign as an entry of a feed; what became of it is an update."""
    of, shown = one.campaign, view.campaign(one)
    lines = [shown.text.text, *shown.lines]
    if shown.promise is not None:
        lines += [f"{view.said(words.OWN_PROMISE)}: {shown.promise.text}", *shown.promise_lines]
    return atom_feed.AtomEntry(
        address=shown.page,
        title=shown.title.text,
        summary="\n".join(lines),
        updated=of.ended_at
        or of.followed_up_at
        or of.activated_at
        or of.opened_at
        or atom_feed.BEFORE_ALL,
        language=shown.text.language,
        topics=[name for name in (shown.theme, shown.area) if name],
    )


def _outcome_entry(view: PledgeView, one: PublicOutcome) -> atom_feed.AtomEntry:
    shown = view.outcome(one)
    return atom_feed.AtomEntry(
        address=f"{pledges_url(view.public.url)}#a{shown.id}",
        title=shown.summary.text,
        summary="\n".join([shown.answer.text, *shown.lines]),
        updated=shown.at or atom_feed.BEFORE_ALL,
        language=shown.answer.language,
        topics=[theme_name(view.town, one.outcome.theme, view.language)],
    )

"""Feeds of pledges for other sites: JSON and Atom (docs/pledges.md)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aiohttp import web

from bot.documents import atom_feed
from bot.json_text import write_json
from bot.model.link import pledges_url
from bot.model.pledge import PER_UNIT, MeasureKind
from bot.model.pledge_catalogue import CatalogueEntry
from bot.model.pledge_conversion import Converted, converted
from bot.model.pledge_snapshot import Share, Snapshot, Total
from bot.model.suppression import LEAST
from bot.public import pledge_page_words as words
from bot.public.answers import open_answer
from bot.public.pledge_view import PledgeView
from bot.public.pledges import everything, view_of
from bot.store.public_pledges import OptedIn, PublicCampaign, PublicOutcome
from flows.pledge_words import theme_name, unit_words
from flows.result_words import result_numbers

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
        "pledges_day": snapshot.made.day.isoformat() if snapshot and snapshot.made else None,
        "totals": _totals(view, snapshot, every.entries) if snapshot is not None else [],
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


def _totals(
    view: PledgeView, snapshot: Snapshot, entries: Sequence[CatalogueEntry]
) -> list[dict[str, Any]]:
    return [
        {
            "theme": _theme(view, one.theme),
            "unit": {"key": one.measure, "name": unit_words(view.town, one.measure, view.language)},
            "kind": one.kind,
            **_part(one.whole),
            "promised": _part(one.whole) if one.kind is MeasureKind.LEVEL else None,
            "done": _part(done) if (done := _done(one)) is not None else None,
            "converted": [_converted(view, part) for part in converted(one, entries)],
            "areas": [
                {"area": {"key": share.key, "name": view.area(share.key)}, **_part(share)}
                for share in one.areas
            ],
            "shared": [{"id": share.key, **_part(share)} for share in one.campaigns],
        }
        for one in snapshot.totals
    ]


def _part(one: Share) -> dict[str, Any]:
    return {"people": one.people, "amount": one.amount / PER_UNIT, "day": one.day.isoformat()}


def _done(one: Total) -> Share | None:
    """Return what people have told is done."""
    return one.done if one.kind is MeasureKind.LEVEL else one.whole


def _converted(view: PledgeView, part: Converted) -> dict[str, Any]:
    """Return a part of a total in another unit, with its range, factor and source."""
    factor = part.entry.factor or {}
    return {
        "pledge": {"id": part.entry.id, "title": view.words(part.entry.titles).text},
        "amount": part.amount / PER_UNIT,
        "unit": view.words(factor["unit"]).text,
        "low": float(part.low),
        "high": float(part.high),
        "factor": {"low": float(factor["low"]), "high": float(factor["high"])},
        "source": view.words(factor["source"]).text,
        "day": part.day.isoformat(),
    }


def _theme(view: PledgeView, key: str) -> dict[str, str]:
    return {"key": key, "name": theme_name(view.town, key, view.language)}


def _already(view: PledgeView, snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {"theme": _theme(view, key), "people": one.people, "day": one.day.isoformat()}
        for key, one in snapshot.already.items()
    ]


def _campaign(view: PledgeView, one: PublicCampaign) -> dict[str, Any]:
    """Return a campaign as docs/pledges.md describes it."""
    of, shown = one.campaign, view.campaign(one)
    own = {
        "text": shown.promise.text,
        "language": shown.promise.language,
        "state": of.counter_state,
        "overdue": one.is_overdue,
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
        "theme": _theme(view, of.theme),
        "area": {"key": of.area, "name": shown.area} if of.area else None,
        "signers": shown.signers,
        "target": of.target,
        "deadline": of.deadline.isoformat(),
        "own_pledge": own,
        "result": result_numbers(of.result) if of.result is not None else None,
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

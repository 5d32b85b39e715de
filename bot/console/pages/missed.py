"""Questions that the FAQ did not answer, without their authors, for staff to add entries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.paging import asked_before, paged
from bot.console.render import page
from bot.i18n import Text
from bot.model.faq import FaqEntry
from bot.redact import MARK
from bot.service.faq_faults import LONGEST_PHRASING
from bot.store.questions import Missed

ON_A_PAGE = 30


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry to which a question may be added as a phrasing."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Lost:
    """An unanswered question, the entries near it, and the suggested phrasing."""

    missed: Missed
    near: Sequence[Choice]
    phrasing: str


async def show_missed(request: web.Request) -> web.StreamResponse:
    """Show a page of unanswered questions, newest first."""
    return await missed_page(request)


async def missed_page(
    request: web.Request,
    *,
    refused: Text | None = None,
    at_id: int | None = None,
    written: str = "",
) -> web.Response:
    """Return the page; *refused* says why *written* was not accepted for the question *at_id*."""
    console, language = context_of(request), user_of(request).language
    async with console.store.reading() as unit:
        found = await unit.missed.open(ON_A_PAGE + 1, before=asked_before(request))
        rows = await unit.faq.all()
        waiting = await unit.missed.count()
    entries = [FaqEntry.from_body(row.id, row.body) for row in rows]
    choices = [Choice(entry.id, entry.text(language).question) for entry in entries]
    by_id = {choice.id: choice for choice in choices}
    lost = [
        Lost(
            one,
            [by_id[faq_id] for faq_id in one.near if faq_id in by_id],
            written if one.id == at_id else first_words(one.words),
        )
        for one in found
    ]
    last = found[:ON_A_PAGE][-1].id if found else None
    return await page(
        request,
        "missed.html",
        status=422 if refused else 200,
        lost=paged(request, lost, ON_A_PAGE, last),
        choices=sorted(choices, key=lambda choice: choice.question.casefold()),
        waiting=waiting,
        refused=refused,
        at_id=at_id,
        most=LONGEST_PHRASING,
    )


def first_words(words: str) -> str:
    """Return a question cut to a phrasing's limit, without the marks of removed CPR numbers."""
    return " ".join(words.replace(MARK, " ").split())[:LONGEST_PHRASING]

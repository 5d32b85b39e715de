"""Questions that the FAQ did not answer, without their authors, for staff to add entries."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from aiohttp import web
from multidict import MultiDict

from bot.console.cells import Block, Button, Cell, Line, Link, Moment, Quote, dotted
from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Fold, Form
from bot.console.list_page import BulkAct, ListPage, bulk_handler, list_page
from bot.console.paging import asked_before, paged
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, Text, _
from bot.model.commands.faq import SettleMissed
from bot.model.faq import FaqEntry
from bot.redact import MARK
from bot.service.faq_faults import LONGEST_PHRASING
from bot.store.questions import Missed
from bot.store.unit import Unit

ON_A_PAGE = 30
NEEDS_NOTHING = _("Needs nothing")
EMPTY = _(
    "There is nothing here: the chat has found an answer to everything, or it has been dealt with."
)
LEAD = _(
    "What citizens have asked, and the chat did not know. Here it can learn it for the next who "
    "asks. Nobody's name is kept with it, and after two years it is gone."
)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry to which a question may be added as a phrasing."""

    id: str
    question: str


@dataclass(frozen=True, slots=True)
class Taught:
    """A form that was refused: the question's id, the input, and the reason."""

    missed_id: int
    written: MultiDict[str]
    refused: Refused


async def show_missed(request: web.Request) -> web.StreamResponse:
    """Show a page of unanswered questions, newest first."""
    return await missed_page(request)


async def missed_page(request: web.Request, taught: Taught | None = None) -> web.Response:
    """Return the page; *taught* is a form shown again."""
    console, language = context_of(request), user_of(request).language
    async with console.store.reading() as unit:
        found = await unit.missed.open(ON_A_PAGE + 1, before=asked_before(request))
        rows = await unit.faq.all()
    entries = [FaqEntry.from_body(row.id, row.body) for row in rows]
    choices = [Choice(entry.id, entry.text(language).question) for entry in entries]
    last = found[:ON_A_PAGE][-1].id if found else None
    missed, paging = paged(request, found, ON_A_PAGE, last)
    shown = ListPage(
        _("Found nothing"),
        missed,
        columns(choices, request.path_qs, taught),
        css="lost",
        id_of=lambda one: one.id,
        name_of=lambda one: first_words(one.words),
        anchor="missed",
        way=Link(_("Questions and answers"), "faq"),
        lead=LEAD,
        empty=Line(EMPTY, "empty"),
        paging=paging,
        ordered=True,
        backwards=True,
        acts=(SETTLE,),
        status=422 if taught else 200,
    )
    return await list_page(request, shown)


def columns(
    choices: Sequence[Choice], here: str, taught: Taught | None
) -> Sequence[Callable[[Missed], Cell]]:
    """Return the columns: the question, the entries near it, and the acts."""
    by_id = {choice.id: choice for choice in choices}
    by_question = sorted(choices, key=lambda choice: choice.question.casefold())

    def near(one: Missed) -> list[Choice]:
        return [by_id[faq_id] for faq_id in one.near if faq_id in by_id]

    return (
        lambda one: Quote(Line(one.words), one.language),
        lambda one: Line(_facts(one, near(one)), "quiet"),
        lambda one: _teaching(one, near(one), by_question, here, taught),
        partial(_buttons, here),
    )


def _facts(one: Missed, near: Sequence[Choice]) -> tuple[Cell, ...]:
    links = [(", ", Link(choice.question, f"faq/{choice.id}")) for choice in near]
    listed = (_("near:"), " ", links[0][1], *links[1:]) if links else None
    return dotted(Moment(one.at), LANGUAGE_NAMES[one.language], listed)


def _teaching(
    one: Missed,
    near: Sequence[Choice],
    choices: Sequence[Choice],
    here: str,
    taught: Taught | None,
) -> Fold:
    """Return the folded form that adds the question to an entry."""
    known = ((_("Near"), near), (_("All"), choices))
    groups = [(label, [(one.id, one.question) for one in some]) for label, some in known if some]
    fields = (
        Field(
            "words",
            _("Without what is private"),
            "line",
            longest=LONGEST_PHRASING,
            lang=one.language,
        ),
        Field("faq_id", _("leads to"), "choice", groups=groups, empty=_("Choose an answer")),
    )
    hidden = {"language": one.language, "next": here}
    form = Form(
        f"missed/{one.id}/phrasing",
        fields,
        _("Teach it"),
        hidden=hidden,
        prefix=f"{one.id}-",
    ).filled({"words": first_words(one.words)})
    again = taught is not None and taught.missed_id == one.id
    if taught is not None and again:
        form = form.refused(taught.written, taught.refused)
    return Fold(_("Another way to ask for …"), form, "teach", "filter", is_open=again)


def _buttons(here: str, one: Missed) -> Block:
    new = Link(_("Write a new answer"), f"faq/new?missed={one.id}", "button", icon="plus")
    done = Button(f"missed/{one.id}/done", NEEDS_NOTHING, "done", hidden={"next": here})
    return Block((new, done), "buttons")


async def _title(unit: Unit, missed_id: int) -> Text | str | None:
    """Return the words of an open question; None where it is settled."""
    found = await unit.missed.get(missed_id)
    return first_words(found.words) if found else None


SETTLE = BulkAct("missed/done", NEEDS_NOTHING, "done", _title, SettleMissed)
settle_missed = bulk_handler(SETTLE)


def first_words(words: str) -> str:
    """Return a question cut to a phrasing's limit, without the marks of removed CPR numbers."""
    return " ".join(words.replace(MARK, " ").split())[:LONGEST_PHRASING]

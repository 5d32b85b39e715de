"""The page of an answer: what people said, who answers, and the message that all of them get."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from aiohttp import web

from bot.console.cells import Block, Button, Cell, Line, Moment
from bot.console.chat_preview import as_shown
from bot.console.console_context import context_of
from bot.console.form import Field, Fields, Folded, Form, folded
from bot.console.form_input import form_of
from bot.console.language_fields import text_fields, text_values, texts_of, texts_shown
from bot.console.list_page import BulkAct, bulk_handler
from bot.console.pages.obstacles import SAID, WAY, key_name, late_mark, words_of
from bot.console.pledge_labels import named_by, outcome_tag, staff_names, staff_options, themed
from bot.console.record_page import RecordPage, Section, record_of, record_page
from bot.console.render import at
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.commands.pledges import UngroupContributions
from bot.model.outcome import Contribution, Outcome, OutcomeState, is_few, people_of
from bot.runner.outcomes import message_to
from bot.service.pledges.outcomes import LONGEST_NAME, LONGEST_TEXT
from bot.store.unit import Unit

SUMMARY, ANSWER = _("What people said, in your own words"), pgettext("outcome", "The answer")
TOLD = ngettext("{count} person is told.", "{count} people are told.", "count")
FIELD_OF = {"summaries": "summaries_da", "texts": "texts_da"}


async def outcome_of(request: web.Request, unit: Unit) -> Outcome:
    """Return the answer in the address; raise `HTTPNotFound` for none."""
    return await record_of(request, unit.outcomes)


async def show_outcome(request: web.Request) -> web.StreamResponse:
    """Show the page of an answer."""
    async with context_of(request).store.reading() as unit:
        known = await outcome_of(request, unit)
    return await outcome_page(request, known)


async def outcome_page(
    request: web.Request, known: Outcome, form: Form | None = None, refused: Form | None = None
) -> web.Response:
    """Return the page of an answer; *form* is that of the answer, as it was filled in.

    *refused* is the form of another owner, as it was sent.
    """
    async with context_of(request).store.reading() as unit:
        said = await unit.contributions.of_outcome(known.id)
        staff, options = await staff_names(unit), await staff_options(unit)
        today = unit.calendar.local(unit.now).date()
    is_open = known.state is OutcomeState.OPEN
    assign = assign_form(known, options)
    facts: list[tuple[Text, Cell]] = [
        (_("Theme"), themed(request, known.theme)),
        (_("Who answers"), named_by(staff, known.staff_id)),
        (_("Answer by"), known.due_on if is_open else None),
        (_("Decided by"), known.decided_by),
        (pgettext("outcome", "Answered"), Moment(known.answered_at) if known.answered_at else None),
    ]
    sections = [
        Section(
            lines=(Line((outcome_tag(known.state), *late_mark(known, today))),),
            facts=[(label, fact) for label, fact in facts if fact],
            rows=(folded(_("Let another answer …"), assign, "assign", refused),) if is_open else (),
        ),
        Section(SAID.with_(count=people_of(said)), rows=[_row(known, one) for one in said]),
        _answering(known, form or answer_form(known, few=is_few(said))),
    ]
    status = max((one.status for one in (form, refused) if one is not None), default=200)
    page = RecordPage(known.title, sections, way=WAY, status=status)
    return await record_page(request, page)


def _row(known: Outcome, one: Contribution) -> Cell:
    """Return what one person said, without the name, and the button that takes it out."""
    if known.state is OutcomeState.ANSWERED:
        return words_of(one)
    hidden = {"id": one.id, "next": at(f"outcomes/{known.id}")}
    about = one.words or key_name(one)
    return Block((words_of(one),)), Button(UNGROUP.path, UNGROUP.label, about=about, hidden=hidden)


ONLY_THEM = _("Only the people who said it can read the answer. It is not on the public page.")
FEW = _("Fewer than five people said it. So the answer is only sent to them.")
RECOGNISED = _(
    "So few people can be recognised. Publish it only if nothing in your words shows who said it. "
    "The page does not say how many they are."
)
OWN_WORDS = _("Say what people said in words of your own, so that no one is recognised.")
ALSO_PUBLISH = Field(
    "also_publish",
    _("Also publish the answer on the page of pledges"),
    "tick",
    RECOGNISED,
    required=False,
)


def _answering(known: Outcome, form: Form) -> Section:
    """Return the form of the answer, or the answer that was given."""
    texts = [(SUMMARY, known.summaries), (ANSWER, known.texts)]
    if known.state is OutcomeState.ANSWERED:
        private = () if known.is_public else (Line(ONLY_THEM, "quiet"),)
        return Section(ANSWER, lines=(*private, *texts_shown(texts)))
    about = FEW if ALSO_PUBLISH.name in form.by_name else OWN_WORDS
    return Section(ANSWER, lines=(Line(about, "quiet"),), forms=(form,))


async def form_for(request: web.Request, known: Outcome) -> Form:
    """Return the form of the answer to the people who are in its group now."""
    async with context_of(request).store.reading() as unit:
        said = await unit.contributions.of_outcome(known.id)
    return answer_form(known, few=is_few(said))


def answer_form(known: Outcome, *, few: bool) -> Form:
    """Return the form of the answer, which leads to its preview.

    What *few* people said is published only if staff tick it, so the summary comes after that.
    """
    summary = text_fields("summaries", SUMMARY, longest=LONGEST_TEXT, required=not few, rows=3)
    texts = text_fields("texts", ANSWER, longest=LONGEST_TEXT, required=True, rows=4)
    decided_by = Field(
        "decided_by",
        _("Decided by"),
        "line",
        _("A name or a committee."),
        required=False,
        longest=LONGEST_NAME,
    )
    fields: Fields = (*summary, *texts, decided_by)
    if few:
        fields = (*texts, decided_by, Folded(_("Publish it as well"), (ALSO_PUBLISH, *summary)))
    hidden = {"version": known.version}
    form = Form(f"outcomes/{known.id}/answer", fields, _("See the message"), hidden=hidden)
    return form if few else form.filled(text_values("summaries", known.summaries))


async def preview_page(request: web.Request, known: Outcome) -> web.Response:
    """Return the message as a contributor gets it, with the form that sends it."""
    form = await form_of(request)
    drafted = replace(
        known,
        summaries=texts_of(form, "summaries"),
        texts=texts_of(form, "texts"),
        decided_by=form.get("decided_by", "").strip() or None,
    )
    async with context_of(request).store.reading() as unit:
        said = await unit.contributions.of_outcome(known.id)
        message = await message_to(unit, drafted, _author_of(said))
    empty = answer_form(known, few=is_few(said))
    hidden = {name: form[name] for name in ("version", *empty.by_name) if name in form}
    is_published = not is_few(said) or ALSO_PUBLISH.name in form
    lead = TOLD.with_(count=people_of(said))
    shown = as_shown(context_of(request).town, message)
    acts = (
        Form(
            empty.path,
            submit=_("Publish and send it") if is_published else SEND,
            hidden={**hidden, "do": "send"},
            lead=lead,
        ),
        Form(
            empty.path,
            submit=pgettext("outcome", "Change it"),
            hidden={**hidden, "do": "change"},
            look="",
        ),
    )
    sections = (
        Section(_("As the chat shows it"), lines=(Line(ONE_OF_THEM, "quiet"), *shown)),
        Section(SEND, lines=(Line(ONCE if is_published else ONCE_TO_THEM, "quiet"),), acts=acts),
    )
    title = _("Preview of the answer")
    return await record_page(request, RecordPage(title, sections, way=WAY))


SEND = pgettext("outcome", "Send it")
ONE_OF_THEM = _("The message to one of them. Each person reads what they said themselves.")
ONCE = _("It is answered once, and everybody can read it without names.")
ONCE_TO_THEM = _("It is answered once. Only the people who said it can read it.")


def _author_of(said: Sequence[Contribution]) -> int | None:
    """Return the contributor whose message is shown: the newest one who used own words, if any."""
    known = [one for one in said if one.participant_id is not None]
    newest = max(known, key=lambda one: (one.words is not None, one.id), default=None)
    return newest.participant_id if newest is not None else None


def assign_form(known: Outcome, staff: Sequence[tuple[str, Text | str]]) -> Form:
    """Return the form that gives an answer another owner."""
    owner = Field("owner_id", _("Who answers"), "choice", options=staff)
    path = f"outcomes/{known.id}/assign"
    form = Form(path, (owner,), _("Let them answer"), prefix="assign-", look="")
    return form.filled({"owner_id": known.staff_id})


async def _title_of(unit: Unit, contribution_id: int) -> Text | str | None:
    """Return what a person said; None where it is under no answer."""
    found = await unit.contributions.get(contribution_id)
    if found is None or found.outcome_id is None:
        return None
    return found.words or key_name(found)


UNGROUP = BulkAct(
    "obstacles/ungroup",
    pgettext("obstacle", "Take it out"),
    "folder",
    _title_of,
    lambda staff_id, one: UngroupContributions(staff_id, (one,)),
    asked=ngettext("Take {count} out of the group?", "Take {count} out of the group?", "count"),
    lead=_("It is on the list of obstacles again."),
)
ungroup = bulk_handler(UNGROUP)

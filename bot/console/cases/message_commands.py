"""The commands and previews that the forms of messages to a citizen issue."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.calendar import Calendar
from bot.console.cases.message_forms import BY_NAME, Written, day_of
from bot.console.cases.preview import Preview, preview
from bot.console.cases.view import CaseView
from bot.console.form_input import number_of
from bot.i18n import Text, _
from bot.model.case import CaseMessage
from bot.model.commands.casework import CorrectAnswer
from bot.model.staff_messages import ANSWER, BY_NOTIFICATION, StaffMessage
from bot.service.cases.endings import with_where
from flows import case_cards

CORRECT = "correct"
CORRECTED = _("The message says something else from now on.")


def text_of(written: Written) -> str:
    """Return the form's text without surrounding blanks, with CRLF replaced by LF."""
    return written.get("text", "").replace("\r\n", "\n").strip()


def preview_of(view: CaseView, form: str, written: Written) -> Preview | None:
    """Return the text of *form* as the citizen will see it; None where it is empty."""
    words = text_of(written)
    if not words:
        return None
    if view.by_hand:
        return preview(None, words, view.renderer)
    drawn = _correction if form.startswith(CORRECT) else _letter
    return preview(case_cards.card(*drawn(view, form, written)), words, view.renderer)


def _letter(view: CaseView, form: str, written: Written) -> tuple[StaffMessage, case_cards.Letter]:
    """Return a new message with the facts of its case."""
    case = view.case
    words: str | Text = with_where(text_of(written), written.get("where"))
    if form == ANSWER.name and view.contribution is not None:
        chosen = {name: written.get(name, "").strip() for name in ("verdict", "decided_by")}
        decided_by = chosen["decided_by"] or view.user.first_name
        said = replace(view.contribution, verdict=chosen["verdict"], decided_by=decided_by)
        shown = said if chosen["verdict"] else view.contribution
        words = case_cards.with_outcome(text_of(written), case.title, shown, view.today)
    letter = case_cards.Letter(
        words,
        view.number,
        view.user.first_name,
        day_of(written.get("due_on", "")) or case.told_on,
        case.id,
        case.episode + 1 if view.asks else None,
    )
    return BY_NAME[form].message, letter


def _correction(
    view: CaseView, form: str, written: Written
) -> tuple[StaffMessage, case_cards.Letter]:
    """Return the message that will replace one already sent."""
    case, message = view.case, message_of(view, form)
    asks = case.closed_at is None and case.answered_at is not None
    name, asked = message.signed or case.contact, case.episode if asks else None
    letter = case_cards.Letter(text_of(written), view.number, name, case.told_on, case.id, asked)
    return BY_NOTIFICATION.get(message.notification or message.kind, ANSWER), letter


def message_of(view: CaseView, form: str) -> CaseMessage:
    """Return the message whose id a form like "correct:12" names.

    Raise `HTTPNotFound` where it is not in this case.
    """
    wanted = int(form.partition(":")[2])
    found = next((entry.message for entry in view.entries if entry.message.id == wanted), None)
    if found is None:
        raise web.HTTPNotFound
    return found


def command_of(form: str, written: Written, staff_id: int, case_id: int, calendar: Calendar) -> Any:
    """Return the command that *form* issues."""
    terms: dict[str, Any] = {
        **{why: written.get(why, "").strip() or None for why in ("override", "let_stand")},
        "confirmed": "confirmed" in written,
        "seen": number_of(written.get("seen")),
    }
    if form.startswith(CORRECT):
        said_id = int(form.partition(":")[2])
        return CorrectAnswer(staff_id, said_id, text_of(written), **terms)
    chosen = BY_NAME[form]
    values = {chosen.words: text_of(written), **chosen.values(written, calendar), **terms}
    return chosen.message.command(staff_id=staff_id, case_id=case_id, **values)

"""The forms of a case's page: their input, its preview, and the command they issue."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.calendar import Calendar
from bot.console.cases.preview import Preview, preview
from bot.console.cases.view import CaseView
from bot.engine.effects import Send
from bot.i18n import Text
from bot.model.case import CaseMessage
from bot.model.commands import (
    AnswerCase,
    AskCitizen,
    CloseCase,
    CorrectAnswer,
    ExtendCase,
    WriteCitizen,
)
from bot.model.faq import FaqEntry
from bot.service.cases.endings import with_where
from flows import case_cards

CORRECT = "correct"
MOST_DIGITS = 15


@dataclass(frozen=True, slots=True)
class Tried:
    """A form shown again: its input, the reason for refusal, the preview, and FAQ entries found."""

    form: str = ""
    written: MultiDict[str] = field(default_factory=MultiDict)
    why: Text | None = None
    preview: Preview | None = None
    found: tuple[FaqEntry, ...] | None = None

    def value(self, form: str, name: str, otherwise: str = "") -> str:
        """Return the input of a field of *form*; *otherwise* where it was not sent."""
        return self.written.get(name, otherwise) if self.form == form else otherwise

    def values(self, form: str, name: str, otherwise: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return all values ticked under *name*; *otherwise* where *form* was not sent."""
        return tuple(self.written.getall(name, [])) if self.form == form else otherwise

    def refused(self, form: str) -> Text | None:
        """Return why *form* was refused; None where it was not."""
        return self.why if self.form == form else None

    def shown(self, form: str) -> Preview | None:
        """Return the preview of *form*; None without one."""
        return self.preview if self.form == form else None


def words_of(written: Mapping[str, str]) -> str:
    """Return the form's text without surrounding blanks, with CRLF replaced by LF."""
    return written.get("text", "").replace("\r\n", "\n").strip()


def preview_of(view: CaseView, form: str, written: Mapping[str, str]) -> Preview | None:
    """Return the text of *form* as the citizen will see it; None where it is empty."""
    words = words_of(written)
    if not words:
        return None
    send = None if view.by_hand else DRAWN[form.partition(":")[0]](view, form, written)
    return preview(send, words, view.pen)


def _answer(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message for an answer."""
    del form
    return case_cards.answer(
        words_of(written),
        number=view.number,
        name=view.reader.first_name,
        case_id=view.case.id,
        asked_as=view.case.episode + 1 if view.asks else None,
    )


def _write(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message for words that are not an answer."""
    del form
    return case_cards.message(words_of(written), number=view.number, name=view.reader.first_name)


def _ask(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message for a question to the citizen."""
    del form
    return case_cards.query(words_of(written), number=view.number, name=view.reader.first_name)


def _extend(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message for a new date."""
    del form
    due = day_of(written.get("due_on", "")) or view.case.told_on
    return case_cards.new_date(words_of(written), number=view.number, due=due)


def _close(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message for closing a case."""
    del form
    words = with_where(words_of(written), written.get("where"))
    return case_cards.ending(words, number=view.number, name=view.reader.first_name)


def _correct(view: CaseView, form: str, written: Mapping[str, str]) -> Send:
    """Return the message that will replace one already sent."""
    said = said_of(view, form)
    words, name = words_of(written), said.signed or view.case.contact
    match said.told_as or said.kind:
        case "query":
            return case_cards.query(words, number=view.number, name=name)
        case "message":
            return case_cards.message(words, number=view.number, name=name)
        case "extended":
            return case_cards.new_date(words, number=view.number, due=view.case.told_on)
        case "closed":
            return case_cards.ending(words, number=view.number, name=name)
        case _:
            asks = view.case.closed_at is None and view.case.answered_at is not None
            return case_cards.answer(
                words,
                number=view.number,
                name=name,
                case_id=view.case.id,
                asked_as=view.case.episode if asks else None,
            )


def said_of(view: CaseView, form: str) -> CaseMessage:
    """Return the message whose id a form like "correct:12" names.

    Raise `HTTPNotFound` where it is not in this case.
    """
    wanted = int(form.partition(":")[2])
    found = next((entry.said for entry in view.entries if entry.said.id == wanted), None)
    if found is None:
        raise web.HTTPNotFound
    return found


DRAWN: Mapping[str, Callable[[CaseView, str, Mapping[str, str]], Send]] = {
    "answer": _answer,
    "write": _write,
    "ask": _ask,
    "extend": _extend,
    "close": _close,
    CORRECT: _correct,
}


def command_of(
    form: str, written: Mapping[str, str], staff_id: int, case_id: int, calendar: Calendar
) -> Any:
    """Return the command that *form* issues."""
    text = words_of(written)
    more = {why: written.get(why, "").strip() or None for why in ("override", "let_stand")}
    confirmed = "confirmed" in written
    match form.partition(":"):
        case ("answer", _, _):
            at = instant_of(written, calendar)
            return AnswerCase(staff_id, case_id, text, at, confirmed=confirmed, **more)
        case ("write", _, _):
            at = instant_of(written, calendar)
            return WriteCitizen(staff_id, case_id, text, at, confirmed=confirmed, **more)
        case ("ask", _, _):
            return AskCitizen(staff_id, case_id, text, confirmed=confirmed, **more)
        case ("extend", _, _):
            due = day_of(written.get("due_on", "")) or date.min
            return ExtendCase(staff_id, case_id, due, text, confirmed=confirmed, **more)
        case ("close", _, _):
            reason, where = written.get("reason", ""), written.get("where", "").strip() or None
            return CloseCase(staff_id, case_id, reason, text, where, confirmed=confirmed, **more)
        case (_, _, said):
            return CorrectAnswer(staff_id, int(said), text, confirmed=confirmed, **more)


def number_of(written: str | None) -> int | None:
    """Return a number sent by the browser; None unless *written* is 1 to 15 digits."""
    text = written or ""
    return int(text) if 0 < len(text) <= MOST_DIGITS and text.isdecimal() else None


def day_of(written: str) -> date | None:
    """Return a day sent by the browser in ISO format; None where it is unreadable."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


def instant_of(written: Mapping[str, str], calendar: Calendar) -> datetime | None:
    """Return the sending time in the town's zone; None without a readable day and time."""
    day = day_of(written.get("send_day", ""))
    try:
        at = time.fromisoformat(written.get("send_time", "").strip() or "08:00")
    except ValueError:
        return None
    return calendar.instant(day, at.replace(tzinfo=None)) if day else None

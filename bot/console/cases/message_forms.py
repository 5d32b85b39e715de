"""The forms of messages to a citizen: one for each `StaffMessage`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.calendar import Calendar
from bot.console.cases.labels import CLOSES
from bot.console.cases.submitted_form import SubmittedForm
from bot.console.cases.view import CaseView
from bot.console.form import Field, Form
from bot.i18n import Text, _
from bot.model.case import BY_STAFF
from bot.model.outcome import LONGEST_DECIDER, verdict_names
from bot.model.staff_messages import (
    ANSWER,
    ASK,
    CLOSE,
    EXTEND,
    WRITE,
    StaffMessage,
)
from bot.model.template import Use

LONGEST_LINE, LONGEST_TEXT = 500, 8_000  # characters
Written = Mapping[str, str]


def _live(view: CaseView) -> bool:
    return view.case.live


def _no_fields(view: CaseView) -> tuple[Field, ...]:
    del view
    return ()


def _no_values(written: Written, calendar: Calendar) -> dict[str, Any]:
    del written, calendar
    return {}


def _send_at(written: Written, calendar: Calendar) -> dict[str, Any]:
    return {"send_at": instant_of(written, calendar)}


def _outcome(view: CaseView) -> tuple[Field, ...]:
    """Return the fields of the outcome of an idea or a report, needed where it has none yet."""
    if view.contribution is None:
        return ()
    is_needed = view.contribution.verdict is None
    options = [(str(one), name) for one, name in verdict_names(view.contribution.kind).items()]
    help_ = _("A name or a committee; else it is you.")
    return (
        Field("verdict", _("What came of it"), "radio", options=options, required=is_needed),
        Field("decided_by", _("Decided by"), help=help_, required=False, longest=LONGEST_DECIDER),
    )


def _answer(written: Written, calendar: Calendar) -> dict[str, Any]:
    outcome = {name: written.get(name, "").strip() or None for name in ("verdict", "decided_by")}
    return {**_send_at(written, calendar), **outcome}


def _new_date(view: CaseView) -> tuple[Field, ...]:
    return (Field("due_on", _("New date"), "date", earliest=view.tomorrow.isoformat()),)


def _due_on(written: Written, calendar: Calendar) -> dict[str, Any]:
    del calendar
    return {"due_on": day_of(written.get("due_on", "")) or date.min}


def _reason(view: CaseView) -> tuple[Field, ...]:
    del view
    reasons = [(reason.value, CLOSES[reason]) for reason in BY_STAFF]
    return (
        Field("reason", _("Reason"), "choice", options=reasons, empty=_("Choose …")),
        Field(
            "where",
            _("Who can help instead, or the number of the case it repeats"),
            help=_(
                "With a phone number or a link. Needed where it is not ours, is passed on, or "
                "repeats a case."
            ),
            required=False,
            longest=LONGEST_LINE,
        ),
    )


def _ending(written: Written, calendar: Calendar) -> dict[str, Any]:
    del calendar
    where = written.get("where", "").strip() or None
    return {"reason": written.get("reason", ""), "where": where}


@dataclass(frozen=True, slots=True)
class MessageForm:
    """The form of one kind of message.

    *words* is the command's argument for the text. *fields* come after the text, and *values*
    makes the command's other arguments of them.
    """

    message: StaffMessage
    icon: str
    title: Text
    label: Text
    submit: Text
    sent: Text  # said after sending
    words: str = "text"
    title_by_hand: Text | None = None  # for a citizen without a chat
    submit_by_hand: Text | None = None
    scheduled: Text | None = None  # said after scheduling; None where it cannot be scheduled
    help: Text | None = None
    before_call: Text | None = None  # shown while a call is promised
    shortcut: str = ""
    rows: int = 4
    use: Use | None = None  # of its templates
    faq: bool = False
    drafts: bool = False
    is_open: Callable[[CaseView], bool] = _live
    fields: Callable[[CaseView], tuple[Field, ...]] = _no_fields
    values: Callable[[Written, Calendar], dict[str, Any]] = _no_values


FORMS: tuple[MessageForm, ...] = (
    MessageForm(
        ANSWER,
        "reply",
        _("Answer {name}"),
        _("Your answer"),
        _("Send the answer"),
        _("Your answer is on its way."),
        title_by_hand=_("Answer {name}, by phone or at the counter"),
        submit_by_hand=_("Keep the answer"),
        scheduled=_("Your answer waits, and is sent at the time you chose."),
        shortcut="r",
        rows=6,
        use=Use.ANSWER,
        faq=True,
        drafts=True,
        is_open=lambda view: view.answers,
        fields=_outcome,
        values=_answer,
    ),
    MessageForm(
        WRITE,
        "pen",
        _("Write to {name}"),
        _("Your message"),
        _("Send the message"),
        _("Your message is on its way. The case is not answered by it."),
        submit_by_hand=_("Keep the message"),
        scheduled=_("Your message waits, and is sent at the time you chose."),
        help=_(
            "This is no answer: dates and a promised call do not change, and nothing is asked. "
            "The citizen's reply joins the case."
        ),
        shortcut="w",
        is_open=lambda view: view.answers,
        values=_send_at,
    ),
    MessageForm(
        ASK,
        "ask",
        _("Ask {name} something"),
        _("Your question"),
        _("Send the question"),
        _("Your question is on its way. The clock stands still until there is an answer."),
        help=_("The clock stands still until the citizen answers."),
        use=Use.ASK,
    ),
    MessageForm(
        EXTEND,
        "clock",
        _("Give a new date"),
        _("What do we wait for?"),
        _("Send the new date"),
        _("The new date holds, and the citizen gets to know."),
        words="reason",
        help=_("The citizen gets the date and your reason, before the old date passes."),
        rows=3,
        use=Use.EXTEND,
        fields=_new_date,
        values=_due_on,
    ),
    MessageForm(
        CLOSE,
        "close",
        _("Close without an answer"),
        _("What the citizen gets to know"),
        _("Close the case"),
        _("The case is closed, and the citizen gets to know."),
        words="words",
        help=_(
            "Only the citizen says that a case is solved. Here it ends for another reason, which "
            "the citizen gets."
        ),
        before_call=_("A call is promised. Keep its note first, then the case can be closed."),
        rows=3,
        use=Use.CLOSE,
        is_open=lambda view: view.closes,
        fields=_reason,
        values=_ending,
    ),
)
BY_NAME: Mapping[str, MessageForm] = {form.message.name: form for form in FORMS}


def text_form(view: CaseView, submitted: SubmittedForm, name: str, path: str, text: str) -> Form:
    """Return the fields that every message has: its text, and the reason to write instead."""
    before = {"text": text, "send_time": "08:00"}
    return submitted.form_of(name, Form(path, own_fields(view, name)), before)


def own_fields(view: CaseView, name: str) -> tuple[Field, ...]:
    """Return the fields after the text of a message."""
    fields = BY_NAME[name].fields(view) if name in BY_NAME else ()
    if not view.anothers or view.owner is None:
        return fields
    why = _("Why do you write, and not {name}?").with_(name=view.owner.first_name)
    noted = _("It is written down in the history.")
    return (*fields, Field("override", why, help=noted, longest=LONGEST_LINE))


def later_fields(view: CaseView) -> tuple[Field, ...]:
    """Return the day and time of a message that is sent later."""
    today = view.today.isoformat()
    return (
        Field("send_day", _("Day"), "date", earliest=today, required=False),
        Field("send_time", _("Time"), "time", required=False),
    )


def text_field(view: CaseView, label: Text, *, rows: int = 4, drafts: bool = False) -> Field:
    """Return the field for the text of a message."""
    return Field(
        "text",
        label,
        "area",
        required=False,
        longest=LONGEST_TEXT,
        rows=rows,
        lang=view.renderer.language,
        mark="data-draft" if drafts else "",
    )


def day_of(written: str) -> date | None:
    """Return a day sent by the browser in ISO format; None where it is unreadable."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None


FIRST_YEAR = 2000  # an earlier day is a slip, and the first ones cannot be converted to UTC


def instant_of(written: Written, calendar: Calendar) -> datetime | None:
    """Return the sending time in the town's zone; None without a readable day and time."""
    day = day_of(written.get("send_day", ""))
    try:
        at = time.fromisoformat(written.get("send_time", "").strip() or "08:00")
    except ValueError:
        return None
    readable = day is not None and day.year >= FIRST_YEAR
    return calendar.instant(day, at.replace(tzinfo=None)) if day and readable else None

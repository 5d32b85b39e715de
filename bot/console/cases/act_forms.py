"""The forms of a case's page that send the citizen no words of staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.console.cases.labels import MARKS
from bot.console.cases.message_forms import LONGEST_LINE, LONGEST_TEXT
from bot.console.cases.submitted_form import SubmittedForm
from bot.console.cases.view import CaseView
from bot.console.form import Field, Form
from bot.i18n import Text, _, pgettext

LONGEST_TAG = 60  # characters


def act_forms(view: CaseView, submitted: SubmittedForm, language: str) -> Mapping[str, Form]:
    """Return the forms by name, each as it was sent or with the case's present values."""
    case, number = view.case, view.case.number
    themes = [(theme.key, theme.labels[language]) for theme in view.town.themes]
    areas = [(area.key, area.name) for area in view.town.areas]
    colleagues = [(str(one.id), f"{one.first_name}, {one.unit}") for one in view.colleagues]
    marks = [(str(mark), name) for mark, name in MARKS.items()]
    no_person = _("A word about a person is not taken.")
    forms: Mapping[str, tuple[Text, tuple[Field, ...], Mapping[str, Any]]] = {
        "hand-over": (
            _("Hand over"),
            (
                Field(
                    "to",
                    pgettext("hand over", "To"),
                    "choice",
                    options=colleagues,
                    empty=_("Choose …"),
                ),
                _area(_("A note for whoever gets it"), _("For the staff only."), rows=3),
            ),
            {},
        ),
        "marks": (
            _("Keep the marks"),
            (
                Field("mark", _("We mark inquiries, not people"), "ticks", options=marks),
                _line("tag", _("Another word"), no_person, longest=LONGEST_TAG),
            ),
            {"mark": case.marks},
        ),
        "sort": (
            _("Keep"),
            (
                Field("theme", _("Theme"), "choice", options=themes, required=False),
                Field(
                    "area",
                    _("Area"),
                    "choice",
                    options=areas,
                    empty=pgettext("area", "no area"),
                    required=False,
                ),
            ),
            {"theme": case.theme, "area": case.area},
        ),
        "reopen": (
            _("Open it again"),
            (
                _area(
                    _("Why?"),
                    _(
                        "For the staff only. The citizen gets to know that the case is open, and "
                        "a new date."
                    ),
                    rows=2,
                ),
            ),
            {},
        ),
        "words": (_("Add it"), (_area(_("What was said, in the citizen's own words")),), {}),
        "note": (
            _("Keep the note"),
            (_area(_("Your note"), _("It never reaches the citizen.")),),
            {},
        ),
        "call": (
            _("Keep the call"),
            (
                _area(_("What was said")),
                _line(
                    "agreed",
                    _("What did you agree?"),
                    _("Who does what, and by which day."),
                    required=True,
                ),
            ),
            {},
        ),
    }
    return {
        name: submitted.form_of(name, Form(f"cases/{number}/{name}", fields, submit), values)
        for name, (submit, fields, values) in forms.items()
    }


def withdrawal(number: int, said_id: int, submitted: SubmittedForm) -> Form:
    """Return the form to take back a message."""
    why = _("Only the staff see this. The citizen sees that a message was withdrawn.")
    field = _line("reason", _("Why is it taken back?"), why, required=True)
    path = f"cases/{number}/messages/{said_id}/withdraw"
    form = Form(path, (field,), _("Take it back"), look="danger")
    return submitted.form_of(f"withdraw:{said_id}", form, {})


def _area(label: Text, help_: Text | None = None, *, rows: int = 4) -> Field:
    return Field("text", label, "area", help_, required=False, longest=LONGEST_TEXT, rows=rows)


def _line(
    name: str, label: Text, help_: Text, *, required: bool = False, longest: int = LONGEST_LINE
) -> Field:
    return Field(name, label, help=help_, required=required, longest=longest)

"""The forms of one pledge: make and change it, how it went, and its obstacles."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from aiohttp import web
from multidict import MultiDict

from bot.console.catalogue_form import NO_AMOUNT, amount_of
from bot.console.form import Field, Fields, Folded, Form, Options
from bot.console.pledge_labels import (
    as_typed,
    measure_options,
    pledge_theme_options,
    rhythm_options,
    unit_name,
    visibility_options,
)
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.outcome import LONGEST_WORDS as LONGEST_OBSTACLE
from bot.model.outcome import OBSTACLE_NAMES
from bot.model.pledge import ANSWER_NAMES, LONGEST_WORDS, MeasureKind, Pledge, Rhythm, Visibility

AGREED = Field(
    "agreed",
    _("The person is 15 or older, and has said yes that we keep the pledge"),
    "tick",
    required=False,
)


def _amount(label: Text, help: Text = NO_AMOUNT) -> Field:  # noqa: A002 - as in `Field`
    return Field("amount", label, help=help, required=False)


def making_fields(request: web.Request, entries: Options, groups: Options) -> Fields:
    """Return the fields of a pledge that a person makes by phone."""
    own = _("Write their words as they say them.")
    return (
        Field(
            "catalogue_id",
            _("From the catalogue"),
            "choice",
            options=entries,
            empty=_("None: in their own words"),
            required=False,
        ),
        Field("words", _("In their own words"), "area", own, required=False, longest=LONGEST_WORDS),
        (
            _amount(_("Amount"), _("Leave it empty for what the catalogue suggests.")),
            Field(
                "ends_on",
                _("Until"),
                "date",
                _("Leave it empty for the end of the season, or three months."),
                required=False,
            ),
        ),
        Folded(_("Theme and measure of own words"), _own(request)),
        Folded(_("Who may see it, and for which group"), _seen_by(groups)),
        AGREED,
    )


def _own(request: web.Request) -> Fields:
    """Return the fields that only a pledge in own words needs."""
    choose = _("Choose one")
    return (
        (
            Field(
                "theme",
                _("Theme"),
                "choice",
                options=pledge_theme_options(request),
                empty=choose,
                required=False,
            ),
            Field(
                "rhythm",
                pgettext("pledge", "How often"),
                "choice",
                options=rhythm_options(),
                empty=choose,
                required=False,
            ),
        ),
        Field(
            "measure",
            _("Measured in"),
            "choice",
            options=measure_options(request),
            empty=_("It is not measured"),
            required=False,
        ),
    )


def _seen_by(groups: Options) -> Fields:
    return (
        (
            _visibility(),
            Field(
                "group_id",
                _("Group"),
                "choice",
                options=groups,
                empty=pgettext("group", "None"),
                required=False,
            ),
        ),
    )


def _visibility() -> Field:
    return Field(
        "visibility",
        _("Who may see it"),
        "choice",
        options=visibility_options(),
        usual=Visibility.PRIVATE,
    )


def making_form(
    request: web.Request, participant_id: int, entries: Options, groups: Options
) -> Form:
    """Return the form of a pledge that a participant makes by phone."""
    fields = making_fields(request, entries, groups)
    path = f"pledges/new/{participant_id}"
    return Form(path, fields, _("Keep the pledge"), cancel="pledges/new")


def changing_form(known: Pledge) -> Form:
    """Return the form that changes a pledge, with its present values."""
    fields: Fields = (
        (_amount(_("Amount")), Field("ends_on", _("Until"), "date")),
        (
            Field("rhythm", pgettext("pledge", "How often"), "choice", options=rhythm_options()),
            _visibility(),
        ),
    )
    path = f"pledges/{known.id}"
    form = Form(f"{path}/edit", fields, _("Keep the changes"), cancel=path)
    return form.filled(
        {
            "amount": as_typed(known.amount) if known.measure else None,
            "ends_on": known.ends_on.isoformat(),
            "rhythm": known.rhythm,
            "visibility": known.visibility,
        }
    )


def part_fields(request: web.Request, known: Pledge) -> Sequence[Field]:
    """Return the field of how much was done, where it was a part; none where nothing is counted."""
    if known.kind is not MeasureKind.COUNT:
        return ()
    if known.rhythm is Rhythm.DAY:
        return (_amount(_("How many of the seven days, if only some of it")),)
    unit = unit_name(request, known.measure)
    label = PART_IN.with_(unit=unit) if unit else _("How much, if only some of it")
    return (_amount(label),)


PART_IN = _("How much, if only some of it ({unit})")
ONLY_PART = _("An amount is only for “some of it”. Choose that, or leave the amount empty.")


def part_of(form: MultiDict[str], *, is_part: bool) -> int | Refused | None:
    """Return how much was done, in hundredths; refuse an amount with another answer than a part."""
    amount = amount_of(form)
    return Refused(ONLY_PART, "amount") if isinstance(amount, int) and not is_part else amount


def check_in_form(request: web.Request, known: Pledge, day: date) -> Form:
    """Return the form of a check-in that a person answers by phone, about a day."""
    fields = (
        Field("day", _("Day"), "date", _("The day that it is about.")),
        Field(
            "answer",
            _("How it went"),
            "radio",
            options=[(str(one), name) for one, name in ANSWER_NAMES.items()],
        ),
        *part_fields(request, known),
    )
    form = Form(
        f"pledges/{known.id}/check-in", fields, _("Write it down"), prefix="check-in-", look=""
    )
    return form.filled({"day": day.isoformat()})


def obstacle_form(known: Pledge) -> Form:
    """Return the form of an obstacle that a person tells by phone."""
    fields = (
        Field(
            "key",
            _("What stood in the way"),
            "choice",
            options=[(str(one), name) for one, name in OBSTACLE_NAMES.items()],
            empty=_("Something else"),
            required=False,
        ),
        Field("words", _("In their own words"), "area", required=False, longest=LONGEST_OBSTACLE),
    )
    path = f"pledges/{known.id}/obstacle"
    return Form(path, fields, _("Write it down"), prefix="obstacle-", look="")

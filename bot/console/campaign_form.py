"""The form of a campaign: its fields, reading them, and the warning about high targets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.catalogue_form import NO_AMOUNT, amount_of
from bot.console.form import Field, Fields, Folded, Options
from bot.console.form_dates import date_of, is_near
from bot.console.form_input import number_of
from bot.console.language_fields import text_fields, text_values, texts_of
from bot.console.pledge_labels import (
    as_typed,
    kind_options,
    measure_options,
    pledge_theme_options,
    rhythm_options,
    staff_options,
)
from bot.console.town_labels import area_options
from bot.engine.events import Refused
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.campaign import HIGH_TARGET, LONGEST_TEXT, LONGEST_TITLE, MOST_TARGET, Campaign
from bot.model.pledge import MeasureKind, Rhythm
from bot.store.unit import Unit

PLEDGEBANK = (295, 1567)  # successful pledges of all on pledgebank.com, 2005 to 2015
COUNTER = _("What the municipality promises itself")
TEXTS: Mapping[str, Text] = {
    "titles": _("Title"),
    "texts": _("What one promises"),
    "counter": COUNTER,
}
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {name: f"{name}_da" for name in TEXTS}
NO_DEADLINE = _("Write the last day, such as 15.4.2027.")
WARNING = _(
    "{target} is a high target. On the British site PledgeBank {reached} of {all} shared pledges "
    "reached theirs: fewer than one in five. A lower target is reached more often."
)
HERE = ngettext(
    "Here {reached} of {count} has reached its target.",
    "Here {reached} of {count} have reached their target.",
    "count",
)
NONE_HERE = _("Here none has ended yet.")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form."""

    themes: Options
    measures: Options
    areas: Options
    staff: Options
    entries: Options


async def choices_for(request: web.Request, unit: Unit) -> Choices:
    """Return what can be chosen in the form."""
    return Choices(
        pledge_theme_options(request),
        measure_options(request),
        area_options(request),
        await staff_options(unit),
        [(str(one.id), one.title) for one in await unit.catalogue.published()],
    )


def campaign_fields(choices: Choices) -> Fields:
    """Return the fields of the form, in parts."""
    return (
        *text_fields("titles", TEXTS["titles"], "line", longest=LONGEST_TITLE, required=True),
        *text_fields("texts", TEXTS["texts"], longest=LONGEST_TEXT, required=True, rows=3),
        (
            Field(
                "target",
                _("How many must sign"),
                "number",
                _("It counts from the signature that reaches this number."),
            ),
            Field("deadline", _("Last day"), "date"),
        ),
        (
            Field("theme", _("Theme"), "choice", options=choices.themes),
            _choice(
                "area", _("Only those who live here count"), choices.areas, _("All areas count")
            ),
        ),
        Folded(_("Amount, and how often"), _measuring(choices)),
        Folded(COUNTER, _counter(choices)),
    )


def _choice(name: str, label: Text, options: Options, empty: Text) -> Field:
    return Field(name, label, "choice", options=options, empty=empty, required=False)


def _measuring(choices: Choices) -> Fields:
    return (
        (
            _choice("measure", _("Measured in"), choices.measures, _("Not measured")),
            Field("amount", _("Suggested amount"), help=NO_AMOUNT, required=False),
        ),
        (
            Field(
                "rhythm",
                pgettext("pledge", "How often"),
                "choice",
                options=rhythm_options(),
                usual=Rhythm.ONCE,
            ),
            Field(
                "kind",
                _("How it adds up"),
                "choice",
                options=kind_options(),
                usual=MeasureKind.LEVEL,
            ),
        ),
        _choice("catalogue_id", _("From the catalogue"), choices.entries, _("None of them")),
    )


def _counter(choices: Choices) -> Fields:
    """Return the fields of the municipality's own pledge."""
    return (
        *text_fields("counter", COUNTER, longest=LONGEST_TEXT, rows=2),
        (
            _choice("counter_staff_id", _("Who answers for it"), choices.staff, _("No one yet")),
            Field("counter_on", _("Kept by"), "date", required=False),
        ),
    )


def submitted(form: MultiDict[str]) -> Mapping[str, Any] | Refused:
    """Read the form into the fields of the command."""
    amount, deadline, counter_on = amount_of(form), _day(form, "deadline"), _day(form, "counter_on")
    for one in (amount, deadline, counter_on):
        if isinstance(one, Refused):
            return one
    if deadline is None:
        return Refused(NO_DEADLINE, "deadline")
    target = number_of(form.get("target"))
    if target is None:
        return Refused(_("Write a whole number."), "target")
    for name in ("titles", "texts"):
        if not texts_of(form, name).get("da"):
            return Refused(_("Write the Danish text."), name)
    if form.get("rhythm") not in list(Rhythm) or form.get("kind") not in list(MeasureKind):
        return Refused(_("Choose one of the options."), "rhythm")
    return {
        **{name: texts_of(form, name) for name in ("titles", "texts")},
        "counter": texts_of(form, "counter") or None,
        **{name: form.get(name) or None for name in ("measure", "area")},
        **{name: number_of(form.get(name)) for name in ("catalogue_id", "counter_staff_id")},
        "theme": form.get("theme", ""),
        "rhythm": Rhythm(form["rhythm"]),
        "kind": MeasureKind(form["kind"]),
        "target": target,
        "deadline": deadline,
        "amount": amount or 0,
        "counter_on": counter_on,
    }


def _day(form: MultiDict[str], name: str) -> date | Refused | None:
    """Return the day in a field; None where it is empty."""
    try:
        day = date_of(form.get(name))
    except ValueError:
        return Refused(NO_DEADLINE, name)
    return day if is_near(day) else Refused(NO_DEADLINE, name)


async def warning_of(unit: Unit, target: int) -> tuple[Text, ...]:
    """Return the warning about a high target, with how it went here; empty for another one."""
    if not HIGH_TARGET <= target <= MOST_TARGET:
        return ()
    reached, ended = await unit.campaigns.success()
    here = HERE.with_(reached=reached, count=ended) if ended else NONE_HERE
    return WARNING.with_(target=target, reached=PLEDGEBANK[0], all=PLEDGEBANK[1]), here


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


EMPTY: Mapping[str, Any] = {"rhythm": Rhythm.ONCE, "kind": MeasureKind.LEVEL}


def values_of(one: Campaign) -> dict[str, Any]:
    """Return the values of the form for a campaign."""
    texts: dict[str, str] = {}
    for name in TEXTS:
        texts |= text_values(name, getattr(one, name))
    return {
        **texts,
        **{name: getattr(one, name) for name in ("theme", "kind", "rhythm", "measure", "area")},
        **{name: getattr(one, name) for name in ("target", "catalogue_id", "counter_staff_id")},
        "amount": as_typed(one.amount) if one.amount else None,
        "deadline": one.deadline.isoformat(),
        "counter_on": one.counter_on.isoformat() if one.counter_on is not None else None,
    }

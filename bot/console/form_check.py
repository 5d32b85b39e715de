"""Check a sent form against its fields: choices, lengths, days, and CPR numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from multidict import MultiDict

from bot.console.form import Field, Form, flat
from bot.console.form_dates import date_of, is_near
from bot.engine.events import Refused
from bot.i18n import Text, _
from bot.service.texts import text_fault

NO_DAY = _("Write a day, such as 15.4.2027.")


def fault_in(form: Form, written: MultiDict[str]) -> Refused | None:
    """Return the first fault that the fields themselves show; an empty field has none."""
    for field in flat(form.fields):
        rule = RULES.get(field.kind, _text_fault)
        for said in written.getall(field.name, []):
            wrong = rule(field, said) if said.strip() else None
            if wrong is not None:
                return Refused(wrong, field.name)
    return None


def _choice_fault(field: Field, said: str) -> Text | None:
    options = [*field.options, *(one for _heading, some in field.groups for one in some)]
    return None if said in {value for value, _label in options} else _("Choose one of the options.")


def _day_fault(_field: Field, said: str) -> Text | None:
    try:
        day = date_of(said)
    except ValueError:
        return NO_DAY
    return None if is_near(day) else NO_DAY


def _text_fault(field: Field, said: str) -> Text | None:
    return text_fault(said.strip(), field.longest)


RULES: Mapping[str, Callable[[Field, str], Text | None]] = {
    **dict.fromkeys(("choice", "radio", "ticks"), _choice_fault),
    "date": _day_fault,
    **dict.fromkeys(("tick", "file", "password"), lambda _field, _said: None),
}

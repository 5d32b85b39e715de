"""The part of a broadcast's form that says who gets it."""

from __future__ import annotations

from typing import Any

from multidict import MultiDict

from bot.console.audience_labels import audience_options
from bot.console.audience_lines import LINES, audience_of_lines, line_fields, lines_of
from bot.console.form import Fields, Form
from bot.engine.events import Refused
from bot.i18n import _
from bot.model.audience import EVERYONE, Audience
from bot.store.unit import Unit

FIRST = "who_1"  # the field at which a refusal is shown
EMPTY = {"join_1": "", FIRST: EVERYONE}
NO_AUDIENCE = Refused(_("Choose who is to get it."), FIRST)


async def audience_fields(unit: Unit, present: Audience | None) -> Fields:
    """Return the fields; *present* is the audience that the form changes."""
    plain, groups = await audience_options(unit, present)
    return line_fields(plain, groups)


def audience_of(form: MultiDict[str], shown: Form) -> Audience | Refused:
    """Return the audience of a sent form; *shown* has the choices that staff had."""
    return audience_of_lines(form, shown.by_name[FIRST]) or NO_AUDIENCE


def audience_values(audience: Audience) -> dict[str, Any]:
    """Return the values of the fields for an audience; empty where they cannot show it."""
    lines = lines_of(audience) or ()
    return {
        **{f"join_{n}": join for n, (join, _who) in enumerate(lines[:LINES], 1)},
        **{f"who_{n}": who for n, (_join, who) in enumerate(lines[:LINES], 1)},
    }

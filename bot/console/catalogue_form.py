"""The form of an entry of the catalogue: its fields, and reading them into a command's fields."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from aiohttp import web
from multidict import MultiDict

from bot.console.console_context import context_of
from bot.console.current_user import user_of
from bot.console.form import Field, Fields, Folded, Options
from bot.console.form_input import number_of
from bot.console.language_fields import text_fields, text_values, texts_of
from bot.console.pledge_labels import (
    as_typed,
    kind_options,
    measure_options,
    month_options,
    pledge_theme_options,
    rhythm_options,
)
from bot.engine.events import Refused
from bot.i18n import Text, _, pgettext
from bot.model.opportunity import said
from bot.model.pledge import MeasureKind, Rhythm
from bot.model.pledge_catalogue import LONGEST_SOURCE, LONGEST_TEXT, LONGEST_TITLE, CatalogueEntry
from flows.pledge_numbers import number_of as amount_in

NO_AMOUNT = _("Write a number, such as 20 or 1,5.")
NO_DAY = _("Write a day and a month, such as 15.4.")
NO_SEASON = _("Choose both the first and the last month, or none.")
NO_RANGE = _("Write both numbers of the range, the lower one first.")
NO_SOURCE = _("Write the unit and the source in Danish, too.")
NO_LEAP_YEAR = 2027  # so that the day is in every year
_DECIMAL = re.compile(r"\d{1,9}(?:[.,]\d{1,9})?", re.ASCII)
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
TEXTS: Mapping[str, Text] = {
    "titles": _("Title"),
    "texts": _("What one promises"),
    "who": pgettext("catalogue", "For whom"),
    "doing": _("The end of the sentence “Now you are 43 …”"),
    "thanks": _("Thanks when it is done"),
    "steps": _("A first step"),
}
UNIT, SOURCE = _("Converted to"), _("Source")
# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {
    **{name: f"{name}_da" for name in TEXTS},
    "season": "season_first",
    "factor": "factor_low",
}


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form; *goals* are the town's, by key."""

    themes: Options
    measures: Options
    months: Options
    goals: Options


def choices_for(request: web.Request) -> Choices:
    """Return what can be chosen in the form."""
    language, town = user_of(request).language, context_of(request).town
    return Choices(
        pledge_theme_options(request),
        measure_options(request),
        month_options(request),
        [(one.key, said(one.labels, language)) for one in town.goals],
    )


def entry_fields(choices: Choices) -> Fields:
    """Return the fields of the form, in parts."""
    return (
        *text_fields("titles", TEXTS["titles"], "line", longest=LONGEST_TITLE, required=True),
        *text_fields("texts", TEXTS["texts"], longest=LONGEST_TEXT, required=True, rows=2),
        *_measuring(choices),
        Folded(_("For whom, a first step, and thanks"), _words()),
        Folded(_("Why it helps with what people want for themselves"), _because(choices)),
        Folded(_("What it adds up to in another unit"), _factor()),
    )


def _measuring(choices: Choices) -> Fields:
    """Return the fields of theme, measure and time."""
    return (
        (
            Field("theme", _("Theme"), "choice", options=choices.themes),
            Field("rhythm", pgettext("pledge", "How often"), "choice", options=rhythm_options()),
        ),
        (
            Field(
                "measure",
                _("Measured in"),
                "choice",
                options=choices.measures,
                empty=_("Not measured"),
                required=False,
            ),
            Field("amount", _("Suggested amount"), help=NO_AMOUNT, required=False),
        ),
        Field("kind", _("How it adds up"), "choice", options=kind_options()),
        (
            _month("season_first", _("Season from"), choices),
            _month("season_last", _("Season until"), choices),
        ),
        Field(
            "asks_on",
            _("The day on which a one-time pledge is asked about"),
            help=NO_DAY,
            required=False,
        ),
    )


def _month(name: str, label: Text, choices: Choices) -> Field:
    empty = _("The whole year")
    return Field(name, label, "choice", options=choices.months, empty=empty, required=False)


def _words() -> Fields:
    """Return the fields of the texts that may be left empty, and of the words that lead to it."""
    texts = [
        field
        for name in ("who", "steps", "doing", "thanks")
        for field in text_fields(name, TEXTS[name], "line", longest=LONGEST_TEXT)
    ]
    words = _("Words by which the chat finds it, with commas between them")
    return (*texts, Field("words", words, "area", required=False, longest=LONGEST_TEXT, rows=2))


def _because(choices: Choices) -> Fields:
    return [
        field
        for key, label in choices.goals
        for field in text_fields(f"because_{key}", label, "line", longest=LONGEST_TEXT)
    ]


def _factor() -> Fields:
    """Return the fields of the conversion, which always has a range and a source."""
    return (
        (
            Field("factor_low", _("One unit gives at least"), help=NO_AMOUNT, required=False),
            Field("factor_high", pgettext("factor", "and at most"), required=False),
        ),
        *text_fields("factor_unit", UNIT, "line", longest=LONGEST_TITLE),
        *text_fields("factor_source", SOURCE, "line", longest=LONGEST_SOURCE),
    )


def submitted(form: MultiDict[str], goals: Sequence[str]) -> Mapping[str, Any] | Refused:
    """Read the form into the fields of the command."""
    amount, season, day, factor = amount_of(form), _season(form), _day(form), _factor_of(form)
    for one in (amount, season, day, factor):
        if isinstance(one, Refused):
            return one
    if form.get("rhythm") not in list(Rhythm) or form.get("kind") not in list(MeasureKind):
        return Refused(_("Choose one of the options."), "rhythm")
    because = {key: texts_of(form, f"because_{key}") for key in goals}
    return {
        **{name: texts_of(form, name) for name in ("titles", "texts")},
        **{name: texts_of(form, name) or None for name in ("who", "thanks", "doing", "steps")},
        "theme": form.get("theme", ""),
        "kind": MeasureKind(form["kind"]),
        "rhythm": Rhythm(form["rhythm"]),
        "measure": form.get("measure") or None,
        "amount": amount or 0,
        "season": season,
        "asks_on": day,
        "because": {key: texts for key, texts in because.items() if texts} or None,
        "factor": factor,
        "words": tuple(one.strip() for one in form.get("words", "").split(",") if one.strip()),
    }


def amount_of(form: MultiDict[str], name: str = "amount") -> int | Refused | None:
    """Return the hundredths in a field; None where it is empty, `Refused` where it is no number."""
    written = form.get(name, "").strip()
    amount = amount_in(written)
    return Refused(NO_AMOUNT, name) if written and amount is None else amount


def _season(form: MultiDict[str]) -> tuple[int, ...] | Refused:
    """Return the first and the last month; empty for the whole year."""
    written = [form.get(name, "") for name in ("season_first", "season_last")]
    months = [one for text in written if (one := number_of(text)) and one <= 12]  # noqa: PLR2004 - months
    if not any(written):
        return ()
    return tuple(months) if len(months) == len(written) else Refused(NO_SEASON, "season_first")


def _day(form: MultiDict[str]) -> str | Refused | None:
    """Return the day of asking as month and day, such as "04-15"."""
    written = form.get("asks_on", "").strip()
    if not written:
        return None
    found = _DAY_AND_MONTH.fullmatch(written)
    try:
        day = date(NO_LEAP_YEAR, int(found[2]), int(found[1])) if found is not None else None
    except ValueError:
        day = None
    return Refused(NO_DAY, "asks_on") if day is None else f"{day:%m-%d}"


def _factor_of(form: MultiDict[str]) -> Mapping[str, Any] | Refused | None:
    """Return the conversion with its range and source; None without one."""
    low, high = (_decimal(form.get(name, "")) for name in ("factor_low", "factor_high"))
    unit, source = texts_of(form, "factor_unit"), texts_of(form, "factor_source")
    if not any((form.get("factor_low"), form.get("factor_high"), unit, source)):
        return None
    if low is None or high is None or not 0 < low <= high:
        return Refused(NO_RANGE, "factor_low")
    for name, texts in (("factor_unit_da", unit), ("factor_source_da", source)):
        if not texts.get("da"):
            return Refused(NO_SOURCE, name)
    return {"unit": unit, "source": source, "low": float(low), "high": float(high)}


def _decimal(written: str) -> Decimal | None:
    """Return a number as it is written; its fractions may be smaller than hundredths."""
    found = _DECIMAL.fullmatch(written.strip())
    return Decimal(found[0].replace(",", ".")) if found is not None else None


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


EMPTY: Mapping[str, Any] = {"kind": MeasureKind.LEVEL, "rhythm": Rhythm.MONTH}


def values_of(one: CatalogueEntry) -> dict[str, Any]:
    """Return the values of the form for an entry."""
    factor = one.factor or {}
    season = [str(month) for month in one.season] or ["", ""]
    day = one.asks_on or ""
    texts: dict[str, str] = {}
    for name in TEXTS:
        texts |= text_values(name, getattr(one, name))
    for key, reasons in (one.because or {}).items():
        texts |= text_values(f"because_{key}", reasons)
    for name in ("unit", "source"):
        texts |= text_values(f"factor_{name}", factor.get(name))
    return {
        **{name: getattr(one, name) for name in ("theme", "kind", "rhythm", "measure")},
        **texts,
        "amount": as_typed(one.amount) if one.amount else None,
        "season_first": season[0],
        "season_last": season[-1],
        "asks_on": f"{int(day[3:])}.{int(day[:2])}." if day else None,
        "words": ", ".join(one.words) or None,
        **{
            f"factor_{name}": f"{Decimal(str(factor[name])):f}".replace(".", ",")
            for name in ("low", "high")
            if name in factor
        },
    }

"""The form of an opportunity: its fields, and reading them into the fields of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from multidict import MultiDict

from bot.calendar.recurrence import Holidays, from_json, to_json
from bot.console.form import Field, Fields, Options
from bot.console.form_input import number_of
from bot.console.recurrence_form import EMPTY as EMPTY_TIME
from bot.console.recurrence_form import Sent, Wording, recurrence_of, rule_values, time_fields
from bot.console.volunteer_labels import KINDS
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Text, _, pgettext
from bot.model.opportunity import (
    GATE_NAMES,
    INSURANCE_NAMES,
    LONGEST_PLACE,
    LONGEST_TEXT,
    LONGEST_TITLE,
    NEED_NAMES,
    SPOKEN,
    Kind,
    Opportunity,
)
from bot.service.volunteering.opportunities import LONGEST_CODE
from bot.store.unit import Unit

# The form's field of each field of the command that a refusal names.
FIELD_OF: Mapping[str, str] = {
    **{name: f"{name}_da" for name in ("titles", "texts", "gains", "places", "notes")},
    "rule": "phrase",
    "season": "season_first",
    "latitude": "point",
}
HOUR, DAY = 60, 24 * 60  # minutes
SPANS: Options = (
    ("1", pgettext("span", "minutes")),
    (str(HOUR), pgettext("span", "hours")),
    (str(DAY), pgettext("span", "days")),
)
DEADLINES = ("closes_before", "cancels_before")
HELD = Wording(
    holidays=(
        (Holidays.KEEP, pgettext("opportunity", "It takes place as usual")),
        (Holidays.SKIP, _("Left out")),
        (Holidays.MOVE, _("Moved to the next working day")),
    ),
    not_said=_("Write when it takes place: in words, or with a first day and a time."),
    left_over=_("I do not understand “{words}”. Write only when it takes place."),
    only_once=_("It takes place only once. Leave this empty."),
)
NO_SEASON_DAY = _("Write a day and a month, such as 1.8.")
NO_POINT = _("Write the place on the map as 55.12345, 10.12345.")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
_POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,10})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,10})?)")


@dataclass(frozen=True, slots=True)
class Choices:
    """What can be chosen in the form."""

    themes: Options
    areas: Options
    staff: Options
    groups: Options


def opportunity_fields(choices: Choices) -> Fields:
    """Return the fields of the form, in parts under headings."""
    return (
        *_texts(),
        Field("about_time", pgettext("opportunity", "When"), "heading", required=False),
        *_times(),
        Field("about_place", pgettext("opportunity", "Where and who"), "heading", required=False),
        *_places(choices),
        Field("about_terms", _("What it takes"), "heading", required=False),
        *_terms(),
        Field("about_contacts", pgettext("opportunity", "Contacts"), "heading", required=False),
        Field(
            "staff_contacts",
            _("Staff"),
            "ticks",
            _("They get the alerts. Volunteers and others in the chat are added on its page."),
            options=choices.staff,
        ),
        Field(
            "code",
            _("Code of an import"),
            help=_("Only for those who import opportunities from a table."),
            required=False,
            longest=LONGEST_CODE,
        ),
    )


def _texts() -> Fields:
    """Return the fields of the texts, Danish first."""
    fields: list[Field] = []
    for language in LANGUAGES:
        danish, name = language == "da", LANGUAGE_NAMES[language]
        shared: dict[str, Any] = {"required": False, "lang": language}

        def label(text: Text, name: str = name) -> Text:
            return _("{label} ({language})").with_(label=text, language=name)

        fields += [
            Field(
                f"titles_{language}",
                label(_("Title")),
                "line",
                None if danish else _("What is left empty is shown in Danish, with a note."),
                longest=LONGEST_TITLE,
                **{**shared, "required": danish},
            ),
            Field(
                f"texts_{language}",
                label(pgettext("opportunity", "What one does")),
                "area",
                longest=LONGEST_TEXT,
                **{**shared, "required": danish},
            ),
            Field(
                f"gains_{language}",
                label(_("What one gets out of it")),
                "area",
                longest=LONGEST_TEXT,
                rows=2,
                **shared,
            ),
            Field(f"places_{language}", label(_("Place")), "line", longest=LONGEST_PLACE, **shared),
            Field(
                f"notes_{language}",
                label(_("Practical note, three hours before")),
                "area",
                longest=LONGEST_TEXT,
                rows=2,
                **shared,
            ),
        ]
    return fields


def _times() -> Fields:
    """Return the fields that say how and when one takes part."""
    return (
        Field(
            "kind",
            pgettext("opportunity", "Kind"),
            "choice",
            _("By agreement, each sign-up is a request that gets a name and a date."),
            options=[(str(kind), name) for kind, name in KINDS.items()],
        ),
        *time_fields(HELD),
        (
            Field("season_first", _("Season from"), help=NO_SEASON_DAY, required=False),
            Field("season_last", _("Season until"), required=False),
        ),
        (
            Field("takes", _("One time takes, in minutes"), "number"),
            Field("seats", _("Places, empty for no limit"), "number", required=False),
        ),
        (
            Field("closes_before", _("Sign-ups close before it by"), "number", required=False),
            Field("closes_before_span", _("Counted in"), "choice", options=SPANS),
        ),
        (
            Field("cancels_before", _("One can cancel freely until"), "number", required=False),
            Field("cancels_before_span", _("Counted in"), "choice", options=SPANS),
        ),
    )


def _places(choices: Choices) -> Fields:
    return (
        (
            Field(
                "area",
                _("Area"),
                "choice",
                options=choices.areas,
                empty=_("The whole municipality"),
                required=False,
            ),
            Field("point", _("Place on the map"), help=NO_POINT, required=False),
        ),
        (
            Field(
                "theme",
                _("Theme"),
                "choice",
                options=choices.themes,
                empty=pgettext("theme", "None"),
                required=False,
            ),
            Field(
                "group_id",
                _("Group"),
                "choice",
                options=choices.groups,
                empty=pgettext("group", "None"),
                required=False,
            ),
        ),
    )


def _terms() -> Fields:
    """Return the fields of insurance, gates and needs."""
    return (
        Field(
            "insurance",
            _("Insurance"),
            "choice",
            _("It cannot be published before it says who insures the volunteers."),
            options=[(str(one), name) for one, name in INSURANCE_NAMES.items()],
            empty=_("Not decided yet"),
            required=False,
        ),
        Field(
            "gates",
            _("Needed before the first time"),
            "ticks",
            options=[(str(one), name) for one, name in GATE_NAMES.items()],
            required=False,
        ),
        Field("approves", _("Staff accept each sign-up"), "tick", required=False),
        Field(
            "needs",
            _("Ask volunteers about"),
            "ticks",
            _("The answers are erased after the event."),
            options=[(str(one), name) for one, name in NEED_NAMES.items()],
            required=False,
        ),
        Field(
            "languages",
            _("Languages that are useful"),
            "ticks",
            options=tuple(SPOKEN.items()),
            required=False,
        ),
        Field("skills", _("Skills, with commas between them"), "line", required=False),
    )


@dataclass(frozen=True, slots=True)
class Submitted:
    """The fields of a command and its contacts among the staff."""

    fields: Mapping[str, Any]
    staff_contacts: Sequence[int]


def submitted(
    form: MultiDict[str], unit: Unit, language: str, present: Opportunity | None = None
) -> Submitted | Refused:
    """Read the form, which changes *present*; a phrase is read in the reader's language."""
    season, point = _season(form), _point(form)
    known = _rule_values(present) if present is not None else {}
    rule = _rule(Sent(form, unit, language, known))
    for read in (rule, season, point):
        if isinstance(read, Refused):
            return read
    contacts = [one for text in form.getall("staff_contacts", []) if (one := number_of(text))]
    if not contacts:
        return Refused(_("At least one contact must be staff."), "staff_contacts")
    for name in DEADLINES:
        if form.get(name) and number_of(form.get(name)) is None:
            return Refused(_("Write a whole number."), name)
    fields = {
        **{
            name: {language: form.get(f"{name}_{language}", "") for language in LANGUAGES}
            for name in ("titles", "texts", "gains", "places", "notes")
        },
        **{name: form.getall(name, []) for name in ("gates", "needs", "languages")},
        **{name: form.get(name) or None for name in ("area", "theme", "insurance", "code")},
        **{name: number_of(form.get(name)) for name in ("takes", "seats", "group_id")},
        **{name: _minutes(form, name) for name in DEADLINES},
        "kind": form.get("kind", ""),
        "rule": rule,
        "season": season,
        "latitude": point[0] if isinstance(point, tuple) else None,
        "longitude": point[1] if isinstance(point, tuple) else None,
        "skills": [one.strip() for one in form.get("skills", "").split(",") if one.strip()],
        "approves": "approves" in form,
    }
    if form.get("seats") and fields["seats"] is None:
        return Refused(_("Write how many places there are, at least 1."), "seats")
    return Submitted(fields, contacts)


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


def _rule(sent: Sent) -> Mapping[str, Any] | Refused | None:
    """Return the rule of the shifts as JSON; None by agreement, or where staff add each shift."""
    said = sent.phrase or sent.get("starts_on") or sent.get("at")
    if sent.get("kind") == Kind.AGREEMENT or not said:
        return None
    rule = recurrence_of(sent, HELD)
    return rule if isinstance(rule, Refused) else {"recurrence": to_json(rule)}


def _season(form: MultiDict[str]) -> Sequence[str] | Refused:
    """Return the first and the last day of the season, as months and days."""
    names = ("season_first", "season_last")
    written = [form.get(name, "").strip() for name in names]
    if not any(written):
        return ()
    days = []
    for name, text in zip(names, written, strict=True):
        found = _DAY_AND_MONTH.fullmatch(text)
        if found is None:
            return Refused(NO_SEASON_DAY, name)
        days.append(f"{int(found[2]):02d}-{int(found[1]):02d}")
    return days


def _point(form: MultiDict[str]) -> tuple[float, float] | Refused | None:
    written = form.get("point", "").strip()
    if not written:
        return None
    found = _POINT.fullmatch(written)
    return Refused(NO_POINT, "point") if found is None else (float(found[1]), float(found[2]))


def _minutes(form: MultiDict[str], name: str) -> int:
    """Return a deadline in minutes."""
    span = form.get(f"{name}_span", "")
    counted = int(span) if span in dict(SPANS) else HOUR
    return (number_of(form.get(name)) or 0) * counted


def values_of(one: Opportunity, staff_contacts: Sequence[int]) -> dict[str, Any]:
    """Return the values of the form for an opportunity."""
    texts = {
        f"{name}_{language}": (getattr(one, name) or {}).get(language)
        for name in ("titles", "texts", "gains", "places", "notes")
        for language in LANGUAGES
    }
    season = [f"{int(day[3:])}.{int(day[:2])}." for day in one.season] or ["", ""]
    has_point = one.latitude is not None
    return {
        **EMPTY,
        **_rule_values(one),
        **texts,
        **{name: getattr(one, name) for name in ("kind", "takes", "seats", "area", "theme")},
        **{name: getattr(one, name) for name in ("insurance", "gates", "needs", "languages")},
        **{name: getattr(one, name) for name in ("group_id", "code")},
        **_deadline("closes_before", one.closes_before),
        **_deadline("cancels_before", one.cancels_before),
        "season_first": season[0],
        "season_last": season[1],
        "point": f"{one.latitude:.5f}, {one.longitude:.5f}" if has_point else None,
        "skills": ", ".join(one.skills) or None,
        "approves": "yes" if one.approves else None,
        "staff_contacts": tuple(staff_contacts),
    }


def _rule_values(one: Opportunity) -> dict[str, Any]:
    """Return the values of the fields that say when an opportunity takes place."""
    return rule_values(from_json(one.rule["recurrence"])) if one.rule else {}


def _deadline(name: str, minutes: int) -> dict[str, Any]:
    """Return the values of a deadline in the largest span that fits."""
    span = next(span for span in (DAY, HOUR, 1) if minutes % span == 0)
    return {name: minutes // span, f"{name}_span": str(span if minutes else HOUR)}


EMPTY: Mapping[str, Any] = {
    **EMPTY_TIME,
    "kind": Kind.SHIFTS,
    "takes": 60,
    **_deadline("closes_before", 0),
    **_deadline("cancels_before", DAY),
}

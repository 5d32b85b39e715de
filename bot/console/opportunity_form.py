"""The form of an opportunity: its fields, and reading them into the fields of a command."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

from multidict import MultiDict

from bot.calendar.recurrence import (
    Holidays,
    Recurrence,
    from_json,
    next_occurrences,
    to_json,
)
from bot.calendar.rule_words import in_words
from bot.console.form import Field, Fields, Folded, Options
from bot.console.form_input import number_of
from bot.console.recurrence_form import EMPTY as EMPTY_TIME
from bot.console.recurrence_form import (
    SAID_IN_WORDS,
    Sent,
    Wording,
    minutes_said,
    recurrence_of,
    rule_values,
    time_fields,
)
from bot.console.volunteer_labels import KINDS
from bot.engine.events import Refused
from bot.i18n import LANGUAGE_NAMES, LANGUAGES, Listed, Text, _, pgettext
from bot.json_text import write_json
from bot.model.duration import duration
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
from bot.service.volunteering.opportunities import LONGEST_CODE, read
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
    example=_("Such as “every Thursday at 17-19” or “on 12 December at 14-16”."),
    holidays=(
        (Holidays.KEEP, pgettext("opportunity", "It takes place as usual")),
        (Holidays.SKIP, _("Left out")),
        (Holidays.MOVE, _("Moved to the next working day")),
    ),
    not_said=_("Write when it takes place: in words, or with a first day and a time."),
    left_over=_("I do not understand “{words}”. Write only when it takes place."),
    only_once=_("It takes place only once. Leave this empty."),
    no_time=_("At which time? Write it with the hours, such as “on Friday at 14-16”."),
)
UNDERSTOOD = _("This is how I read it: {when}. One time takes {length}.")
CLOSED_DAYS = _(
    "It meets closed days: {days}. I have chosen below to leave such days out. Change that if it "
    "takes place as usual."
)
NO_LENGTH = _("Write how long it takes, or from when to when, such as “at 14-16”.")
MOST_LOOKED_AT, MOST_CLOSED = 400, 5  # coming times, and closed days that are named
NO_SEASON_DAY = _("Write a day and a month, such as 1.8.")
NO_POINT = _("Write the place on the map as 55.12345, 10.12345.")
_DAY_AND_MONTH = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
_POINT = re.compile(r"(-?\d{1,3}(?:\.\d{1,10})?)\s*[,; ]\s*(-?\d{1,3}(?:\.\d{1,10})?)")


def _deadline(name: str, minutes: int) -> dict[str, Any]:
    """Return the values of a deadline in the largest span that fits."""
    span = next(span for span in (DAY, HOUR, 1) if minutes % span == 0)
    return {name: minutes // span, f"{name}_span": str(span if minutes else HOUR)}


EMPTY: Mapping[str, Any] = {
    **EMPTY_TIME,
    "kind": Kind.SHIFTS,
    **_deadline("closes_before", 0),
    **_deadline("cancels_before", DAY),
}
NEEDED_TEXTS = ("titles", "texts")
# The input, rows, longest text and label of each text.
_TEXTS: Mapping[str, tuple[str, int, int, Text]] = {
    "titles": ("line", 1, LONGEST_TITLE, _("Title")),
    "texts": ("area", 4, LONGEST_TEXT, pgettext("opportunity", "What one does")),
    "gains": ("area", 2, LONGEST_TEXT, _("What one gets out of it")),
    "places": ("line", 1, LONGEST_PLACE, _("Place")),
    "notes": ("area", 2, LONGEST_TEXT, _("Practical note, three hours before")),
}
_TEXTS_IN: Mapping[str, Text] = {
    "da": _("More words in Danish"),
    "en": _("The words in English"),
}
CODE = Field(
    "code",
    _("Code of an import"),
    help=_("Only for those who import opportunities from a table."),
    required=False,
    longest=LONGEST_CODE,
)


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
        *_needed(choices),
        *(Folded(_TEXTS_IN[language], _texts(language)) for language in LANGUAGES),
        Folded(_("Season, and deadlines"), _deadlines()),
        Folded(pgettext("opportunity", "Where and who"), _places(choices)),
        Folded(_("What it takes"), _terms()),
        Folded(_("For an import"), (CODE,)),
    )


def _needed(choices: Choices) -> Fields:
    """Return the fields that nearly every opportunity needs; the others are folded."""
    return (
        _text("titles", "da"),
        _text("texts", "da"),
        Field(
            "kind",
            pgettext("opportunity", "Kind"),
            "choice",
            _("By agreement, each sign-up is a request that gets a name and a date."),
            options=[(str(kind), name) for kind, name in KINDS.items()],
        ),
        *time_fields(HELD),
        (
            Field(
                "takes",
                _("One time takes, in minutes"),
                "number",
                _("Leave it empty if you wrote from when to when."),
                required=False,
            ),
            Field("seats", _("Places, empty for no limit"), "number", required=False),
        ),
        _text("places", "da"),
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
                "insurance",
                _("Insurance"),
                "choice",
                _("It cannot be published before it says who insures the volunteers."),
                options=[(str(one), name) for one, name in INSURANCE_NAMES.items()],
                empty=_("Not decided yet"),
                required=False,
            ),
        ),
        Field(
            "staff_contacts",
            pgettext("opportunity", "Contacts"),
            "ticks",
            _("They get the alerts. Volunteers and others in the chat are added on its page."),
            options=choices.staff,
        ),
    )


def _text(name: str, language: str) -> Field:
    """Return the field of a text in a language; title and text are needed in Danish."""
    kind, rows, longest, text = _TEXTS[name]
    missing = _("What is left empty is shown in Danish, with a note.")
    return Field(
        f"{name}_{language}",
        _("{label} ({language})").with_(label=text, language=LANGUAGE_NAMES[language]),
        kind,
        missing if name == "titles" and language != "da" else None,
        required=language == "da" and name in NEEDED_TEXTS,
        longest=longest,
        rows=rows,
        lang=language,
    )


def _texts(language: str) -> Fields:
    """Return the folded fields of the texts in a language."""
    shown = (*NEEDED_TEXTS, "places") if language == "da" else ()
    return [_text(name, language) for name in _TEXTS if name not in shown]


def _deadlines() -> Fields:
    """Return the fields of the season, and of the times before a shift."""
    return (
        (
            Field("season_first", _("Season from"), help=NO_SEASON_DAY, required=False),
            Field("season_last", _("Season until"), required=False),
        ),
        _deadline_fields("closes_before", _("Sign-ups close before it by")),
        _deadline_fields("cancels_before", _("One can cancel freely until")),
    )


def _deadline_fields(name: str, label: Text) -> tuple[Field, Field]:
    """Return the fields of a time before a shift, which open no fold with their usual values."""
    span = f"{name}_span"
    return (
        Field(name, label, "number", required=False, usual=str(EMPTY[name])),
        Field(span, _("Counted in"), "choice", options=SPANS, usual=EMPTY[span]),
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
        Field(
            "group_id",
            _("Group"),
            "choice",
            options=choices.groups,
            empty=pgettext("group", "None"),
            required=False,
        ),
    )


def _terms() -> Fields:
    """Return the fields of gates and needs."""
    return (
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
    """The fields of a command and its contacts among the staff.

    *understood* says in words when it takes place, where the words of the form were read or a
    rule meets closed days. *key* identifies that reading: a form that has it was confirmed.
    """

    fields: Mapping[str, Any]
    staff_contacts: Sequence[int]
    understood: tuple[Text, ...] = ()
    key: str = ""
    meets_closed: bool = False


def submitted(
    form: MultiDict[str], unit: Unit, language: str, present: Opportunity | None = None
) -> Submitted | Refused:
    """Read the form, which changes *present*; a phrase is read in the reader's language."""
    season, point = _season(form), _point(form)
    known = {**_rule_values(present), "takes": present.takes} if present is not None else {}
    sent = Sent(form, unit, language, known)
    rule, takes = _rule(sent), _takes(sent)
    for one in (rule, takes, season, point):
        if isinstance(one, Refused):
            return one
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
        **{name: number_of(form.get(name)) for name in ("seats", "group_id")},
        "takes": takes,
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
    wrong = read(fields, unit)
    if isinstance(wrong, Refused):
        return wrong
    before = present.rule if present is not None else None
    return _with_reading(Submitted(fields, contacts), sent, before)


def _with_reading(new: Submitted, sent: Sent, before: Mapping[str, Any] | None) -> Submitted:
    """Return the submitted fields with their reading in words, where staff are to confirm it."""
    if new.fields["rule"] is None:
        return new
    rule = from_json(new.fields["rule"]["recurrence"])
    same_days = before and from_json(before["recurrence"]) == rule
    closed = () if same_days else _closed_days(rule, sent.unit)
    if not sent.phrase and not closed:
        return new
    first = next_occurrences(rule, sent.unit.calendar, sent.unit.now, 1)
    when = in_words(rule, first_day=first[0].day if first else None)
    understood = [UNDERSTOOD.with_(when=when, length=duration(new.fields["takes"]))]
    if closed:
        understood.append(CLOSED_DAYS.with_(days=Listed(closed)))
    key = write_json([to_json(replace(rule, holidays=Holidays.KEEP)), new.fields["takes"]])
    digest = sha256(key.encode()).hexdigest()[:16]
    return replace(new, understood=tuple(understood), key=digest, meets_closed=bool(closed))


def _closed_days(rule: Recurrence, unit: Unit) -> tuple[date, ...]:
    """Return closed days within a year on which a rule would have a shift."""
    if rule.holidays is not Holidays.KEEP:
        return ()
    days = next_occurrences(rule, unit.calendar, unit.now, MOST_LOOKED_AT)
    last = unit.calendar.local(unit.now).date() + timedelta(days=365)
    closed = (one.day for one in days if one.day <= last and unit.calendar.is_closed(one.day))
    return tuple(islice(closed, MOST_CLOSED))


def _takes(sent: Sent) -> int | Refused:
    """Return how many minutes one time takes, by the words or by the number."""
    said, written = minutes_said(sent), number_of(sent.get("takes"))
    if said is None:
        return Refused(NO_LENGTH, "takes") if written is None else written
    if written is not None and sent.is_new("takes") and written != said:
        return Refused(SAID_IN_WORDS, "takes")
    return said


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

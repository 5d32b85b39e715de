"""Reading a broadcast's form into the fields of a command, and showing a broadcast in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from typing import Any

from multidict import MultiDict

from bot.calendar import OutOfReach
from bot.calendar.recurrence import Recurrence, from_json
from bot.calendar.recurrence import Unit as Every
from bot.calendar.recurrence import to_json as recurrence_json
from bot.console.audience_builder import FIRST, audience_of, audience_values, builder_of
from bot.console.broadcast_fields import SENT
from bot.console.broadcast_files import Media
from bot.console.broadcast_labels import fault_words
from bot.console.form import Form
from bot.console.form_dates import date_of, is_near
from bot.console.form_input import number_of
from bot.console.language_fields import text_values, texts_of
from bot.console.recurrence_form import NO_DATE, NO_TIME, Sent, recurrence_of, rule_values, time_of
from bot.engine.events import Refused
from bot.i18n import LANGUAGES, Text, _, render
from bot.model.audience import readable
from bot.model.audience import to_json as audience_json
from bot.model.broadcast import (
    LONGEST_LABEL,
    LONGEST_SPREAD,
    MOST_BUTTONS,
    MOST_OPTIONS,
    WARNINGS,
    Broadcast,
)
from bot.model.reminder import UNREADABLE
from bot.service.broadcasts.checks import NO_LINK, Fault, is_link
from bot.service.broadcasts.targets import Targets
from bot.store.unit import Unit

# The form's field of each field of the command that a refusal or a fault names.
FIELD_OF: Mapping[str, str] = {
    "texts": "text_da",
    "audience": FIRST,
    "buttons": "opens_1",
    "question": "option_1_da",
    "expires_at": "expires_on",
}
NO_AUDIENCE = Refused(_("Choose who is to get it."), FIRST)
LAST_MINUTE = time(23, 59)
_PLACE = re.compile(r"@?(-?\d{1,2}\.\d{1,15})\s*[,;/ ]\s*(-?\d{1,3}\.\d{1,15})")
_LATITUDE, _LONGITUDE = 90, 180  # degrees
NO_PLACE = _("Write two numbers with a comma between them, such as 55.0512, 12.3045.")
PASSED = _("That time has passed. Choose a later one, or leave it empty.")
NO_HOURS = _("Write a whole number of hours, at most {most}.").with_(most=LONGEST_SPREAD // 60)
OPENS_NOTHING = _("Choose what the button opens, or leave its text empty.")


@dataclass(frozen=True, slots=True)
class Submitted:
    """The fields that a form gives, and why some of them cannot be kept, by field of the form."""

    fields: Mapping[str, Any]
    faults: Mapping[str, Sequence[Text]]


def submitted(sent: Sent, shown: Form, targets: Targets, media: Media | Refused) -> Submitted:
    """Read the form; *shown* has the choices that a reader had, *media* is the file."""
    form = sent.form
    parts: list[tuple[str, Any]] = [
        ("audience", _audience(form, shown)),
        ("topic", _topic(form, shown)),
        ("excludes", _excludes(form, shown)),
        ("place", _place(form)),
        ("buttons", _buttons(form, targets)),
        ("when", _when(sent)),
        ("spread", _spread(form)),
        ("expires_at", _expires(sent)),
        ("media", media),
        ("agenda_url", _agenda(form)),
        ("answer_by", _answer_by(form)),
    ]
    faults = {one.field: (one.why,) for _name, one in parts if isinstance(one, Refused)}
    read = {name: one for name, one in parts if not isinstance(one, Refused)}
    starts_at, rule = read.pop("when", (None, None))
    file = read.pop("media", Media())
    last = read.pop("answer_by", None)
    return Submitted(
        {
            **read,
            "title": " ".join(form.get("title", "").split()),
            "texts": texts_of(form, "text"),
            "others": form.get("others", ""),
            "is_warning": "is_warning" in form,
            "media": file.media,
            "file_id": file.file_id,
            **_question(form, last),
            "spares_cases": "spares_cases" in form,
            "is_public": "is_public" in form,
            "welcomes": "welcomes" in form,
            "starts_at": starts_at,
            "rule": rule,
        },
        faults,
    )


def _audience(form: MultiDict[str], shown: Form) -> Mapping[str, Any] | Refused:
    found = audience_of(form, builder_of(shown).choices, NO_AUDIENCE.why) or NO_AUDIENCE
    return found if isinstance(found, Refused) else audience_json(found)


def _topic(form: MultiDict[str], shown: Form) -> str | Refused:
    """Return the topic; that of warnings for a warning."""
    if "is_warning" in form:
        return WARNINGS
    topic = form.get("topic", "")
    known = topic in dict(shown.by_name["topic"].options)
    return topic if known else Refused(_("Choose a topic."), "topic")


def _excludes(form: MultiDict[str], shown: Form) -> list[int]:
    field = shown.by_name.get("excludes")
    known = dict(field.options) if field is not None else {}
    return [int(one) for one in form.getall("excludes", []) if one in known]


def _place(form: MultiDict[str]) -> Mapping[str, Any] | Refused | None:
    """Return the place; numbers are found in the address of a map, too."""
    written, title = form.get("place_at", "").strip(), form.get("place", "").strip()
    if not written:
        return Refused(NO_PLACE, "place_at") if title else None
    found = _PLACE.search(written)
    if found is None:
        return Refused(NO_PLACE, "place_at")
    latitude, longitude = float(found[1]), float(found[2])
    if abs(latitude) > _LATITUDE or abs(longitude) > _LONGITUDE:
        return Refused(NO_PLACE, "place_at")
    return {"latitude": latitude, "longitude": longitude, "title": title}


def _buttons(form: MultiDict[str], targets: Targets) -> list[Mapping[str, Any]] | Refused:
    """Return the buttons; one without a text has the name of what it opens."""
    found: list[Mapping[str, Any]] = []
    for number in range(1, MOST_BUTTONS + 1):
        labels = texts_of(form, f"label_{number}")
        kind, _colon, value = form.get(f"opens_{number}", "").partition(":")
        name = targets.get(kind, {}).get(value)
        if name is None:
            if kind or labels:
                return Refused(OPENS_NOTHING, f"opens_{number}")
            continue
        if "da" not in labels:
            labels |= _named(name)
        found.append({"opens": kind, "value": value, "labels": labels})
    return found


def _named(name: Text | str) -> dict[str, str]:
    """Return the labels of a button by the name of what it opens."""
    if isinstance(name, str):
        return {"da": name[:LONGEST_LABEL]}
    return {one: render(name, one, escape=str)[:LONGEST_LABEL] for one in LANGUAGES}


def _question(form: MultiDict[str], last: date | None) -> dict[str, Any]:
    """Return the question with its *last* day and who decides; without answers there is none."""
    labels = [texts_of(form, f"option_{number}") for number in range(1, MOST_OPTIONS + 1)]
    options = [{"key": str(number), "labels": one} for number, one in enumerate(labels) if one]
    own_words = "own_words" in form
    asked: dict[str, Any] = {"options": options, "own_words": own_words}
    if last is not None:
        asked["until"] = last.isoformat()
    return {
        "question": asked if options or own_words else None,
        "decider": " ".join(form.get("decider", "").split()) or None,
    }


def _answer_by(form: MultiDict[str]) -> date | Refused | None:
    """Return the last day on which people can answer."""
    try:
        day = date_of(form.get("answer_by", ""))
    except ValueError:
        return Refused(NO_DATE, "answer_by")
    return Refused(NO_DATE, "answer_by") if day is not None and not is_near(day) else day


def _agenda(form: MultiDict[str]) -> str | Refused | None:
    """Return the link to the agenda."""
    written = form.get("agenda_url", "").strip()
    return written or None if not written or is_link(written) else Refused(NO_LINK, "agenda_url")


def _when(sent: Sent) -> tuple[datetime | None, Mapping[str, Any] | None] | Refused:
    """Return when it is sent: at a time, by a rule, or right after the approval."""
    if not any(sent.get(name) for name in ("phrase", "starts_on", "at")):
        return None, None
    rule = recurrence_of(sent, SENT)
    if isinstance(rule, Refused):
        return rule
    if rule.unit is not Every.ONCE:
        return None, recurrence_json(rule)
    named = "phrase" if sent.phrase else "starts_on"
    at = _instant(sent, rule.starts_on, rule.at)
    if at is None or at <= sent.unit.now:
        return Refused(PASSED, named)
    return at, None


def _spread(form: MultiDict[str]) -> int | Refused:
    written = form.get("spread", "").strip()
    hours = number_of(written) if written else 0
    if hours is None or hours * 60 > LONGEST_SPREAD:
        return Refused(NO_HOURS, "spread")
    return hours * 60


def _expires(sent: Sent) -> datetime | Refused | None:
    """Return after which moment it is no longer sent; without a time, the end of the day."""
    try:
        day = date_of(sent.get("expires_on"))
    except ValueError:
        return Refused(NO_DATE, "expires_on")
    try:
        at = time_of(sent.get("expires_time"))
    except ValueError:
        return Refused(NO_TIME, "expires_time")
    if day is None:
        return Refused(NO_DATE, "expires_on") if at is not None else None
    ends = _instant(sent, day, at or LAST_MINUTE) if is_near(day) else None
    return ends or Refused(NO_DATE, "expires_on")


def _instant(sent: Sent, day: date, at: time) -> datetime | None:
    """Return the instant of a time in the town; None where it is too far away."""
    try:
        return sent.unit.calendar.instant(day, at)
    except (OutOfReach, OverflowError):
        return None


def at_field(answer: Refused) -> Refused:
    """Return a service's refusal at the form's field."""
    return replace(answer, field=FIELD_OF.get(answer.field, answer.field))


def by_field(faults: Sequence[Fault], shown: Form) -> Mapping[str, Sequence[Text]]:
    """Return the faults of a broadcast, by the field of the form."""
    found: dict[str, list[Text]] = {}
    for one in faults:
        name = FIELD_OF.get(one.field, one.field)
        if one.language is not None:
            name = f"text_{one.language}"
        if name in shown.by_name:
            found.setdefault(name, []).append(fault_words(one))
    return found


def values_of(known: Broadcast, unit: Unit) -> dict[str, Any]:
    """Return the values of the form for a broadcast."""
    return {
        "title": known.title,
        **text_values("text", known.texts),
        "others": known.others,
        "topic": None if known.is_warning else known.topic,
        **audience_values(readable(known.audience)),
        "excludes": tuple(known.excludes),
        "alt": (known.media or {}).get("alt"),
        **_place_values(known),
        **_button_values(known),
        **_question_values(known),
        **_time_values(known, unit),
        **{
            name: "yes" if getattr(known, name) else None
            for name in ("is_warning", "spares_cases", "is_public", "welcomes")
        },
    }


def _place_values(known: Broadcast) -> dict[str, Any]:
    place = known.place
    if place is None:
        return {}
    return {"place_at": f"{place['latitude']}, {place['longitude']}", "place": place.get("title")}


def _button_values(known: Broadcast) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for number, one in enumerate(known.buttons, 1):
        values[f"opens_{number}"] = f"{one['opens']}:{one['value']}"
        values |= text_values(f"label_{number}", one["labels"])
    return values


def _question_values(known: Broadcast) -> dict[str, Any]:
    asked = known.question or {}
    values: dict[str, Any] = {
        "decider": known.decider,
        "agenda_url": known.agenda_url,
        "answer_by": asked.get("until"),
    }
    for number, one in enumerate(asked.get("options") or [], 1):
        values |= text_values(f"option_{number}", one["labels"])
    return {**values, "own_words": "yes" if asked.get("own_words") else None}


def _time_values(known: Broadcast, unit: Unit) -> dict[str, Any]:
    """Return the values of the fields that say when it is sent."""
    ends = unit.calendar.local(known.expires_at) if known.expires_at is not None else None
    values: dict[str, Any] = {
        "spread": known.spread // 60 or None,
        "expires_on": ends.date().isoformat() if ends is not None else None,
        "expires_time": ends.time().isoformat("minutes") if ends is not None else None,
    }
    if known.rule is not None:  # the *starts_at* of a series is its next occurrence
        try:
            return values | rule_values(from_json(known.rule))
        except UNREADABLE:  # staff write a new one
            return values
    if known.starts_at is None:
        return values
    begins = unit.calendar.local(known.starts_at)
    return values | rule_values(Recurrence(Every.ONCE, begins.date(), begins.time()))

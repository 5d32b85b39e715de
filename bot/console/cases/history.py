"""The history of a case: one line per event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.console.audit_labels import actor_name, verb_name
from bot.console.cases.labels import CLOSES, MARKS
from bot.i18n import Text, _, pgettext
from bot.model.case import FIRST_NUMBER, Case, CaseMark, CloseReason
from bot.model.town import Town
from bot.store.events import CITIZEN, Event

VERDICTS: Mapping[str, Text] = {
    "yes": pgettext("verdict", "Yes"),
    "partly": pgettext("verdict", "Partly"),
    "no": pgettext("verdict", "No"),
}
UNMET: Mapping[str, Text] = {
    "partly": _("The answer helped in part"),
    "no": _("The answer did not help"),
}
UNMARKED = pgettext("marks", "none any more")


@dataclass(frozen=True, slots=True)
class Act:
    """One line of a case's history: actor, verb, and the details where there are any."""

    at: datetime
    who: Text | str
    did: Text | str
    what: Text | str | date | None


def history(
    events: Sequence[Event], case: Case, names: Mapping[int, str], town: Town, language: str
) -> list[Act]:
    """Return the events of *case* as lines, newest first; *names* maps staff ids to names."""
    return [
        Act(
            event.at,
            case.asker_name or actor_name(CITIZEN, names)
            if event.actor == CITIZEN
            else actor_name(event.actor, names),
            verb_name(event.verb),
            _what(event, names, town, language),
        )
        for event in reversed(events)
    ]


def unmet(events: Sequence[Event], case: Case) -> Text | None:
    """Return the citizen's verdict on the newest answer if it did not help enough; else None."""
    if not case.live:
        return None
    newest = next((e for e in reversed(events) if e.verb in ("answered", "verdict")), None)
    return UNMET.get(newest.details.get("verdict", "")) if newest is not None else None


def _what(
    event: Event, names: Mapping[int, str], town: Town, language: str
) -> Text | str | date | None:
    """Return the details of an event: date, new owner, theme, marks, verdict or reason."""
    match event.verb:
        case "scheduled" | "extended" | "put_off":
            return _until(event.details)
        case "handed_over" | "split_off" | "sorted":
            return _where(event, names, town, language)
        case "marked":
            marks = [MARKS[CaseMark(mark)] for mark in event.details["marks"]]
            return listed(marks) or UNMARKED
        case "verdict":
            return VERDICTS.get(event.details["verdict"])
        case "closed" if event.reason:
            return CLOSES[CloseReason(event.reason)]
        case _:
            return event.reason


def _until(details: Mapping[str, str]) -> date:
    """Return an event's new due date, or the instant for which a message is scheduled."""
    if "at" in details:
        return datetime.fromisoformat(details["at"])
    return date.fromisoformat(details["after"])


def _where(event: Event, names: Mapping[int, str], town: Town, language: str) -> str | None:
    """Return the new owner, the number of the new case, or the new theme and area."""
    details = event.details
    if event.verb == "handed_over":
        return names.get(details["to"])
    if event.verb == "split_off":
        return f"{town.number_prefix}-{details['to'] + FIRST_NUMBER}"
    places = {theme.key: theme.labels[language] for theme in town.themes}
    places |= {area.key: area.name for area in town.areas}
    known = [places.get(details["theme"]), places.get(details["area"])]
    return ", ".join(place for place in known if place)


def listed(texts: Sequence[Text]) -> Text | None:
    """Return several texts as one line; None where there are none."""
    whole: Text | None = None
    for text in texts:
        other = pgettext("list", "{one}, {other}").with_(one=whole, other=text)
        whole = text if whole is None else other
    return whole

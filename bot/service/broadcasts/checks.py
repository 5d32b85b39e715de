"""What is wrong with a broadcast before it may be sent (HR-2, 4, 12, 17, 19, section 3b)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlsplit

from bot.calendar.recurrence import from_json, next_occurrences
from bot.engine.events import Refused
from bot.i18n import LANGUAGES, Text, _
from bot.model.broadcast import (
    LONGEST_CAPTION,
    LONGEST_LABEL,
    LONGEST_TEXT,
    LONGEST_TITLE,
    MOST_BUTTONS,
    MOST_OPTIONS,
    NO_ONE,
    WARNINGS,
    Broadcast,
    Opens,
)
from bot.model.staff import Staff
from bot.redact import redact_text
from bot.service.cases.wording import refused_wording
from bot.service.reminder_rules import audience_fault
from bot.store.unit import Unit
from bot.tone.neutral import revealing_word

ELECTION_CALM = timedelta(weeks=6)  # before an election (HR-19)
# "Liste A", "vote for", a party's letter after a list.
_CANDIDATES = re.compile(
    r"\b(?:liste\s+[A-ZÆØÅ]\b|stem\s+(?:på|personligt)|spidskandidat\w*|valgplakat\w*"
    r"|vote\s+for|list\s+[A-Z]\b|candidates?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its field, and whether a leader may accept it with a reason."""

    field: str
    why: Text
    can_stand: bool = False


def faults_of(unit: Unit, broadcast: Broadcast, staff: Staff) -> list[Fault]:
    """Return everything that keeps a broadcast from being sent, in the order of the form."""
    return [
        *_titles(broadcast),
        *_texts(unit, broadcast, staff),
        *_whom(unit, broadcast),
        *_labels(broadcast),
        *_links(broadcast),
        *_when(unit, broadcast),
    ]


def refused_by(faults: Sequence[Fault], let_stand: str | None) -> Refused | None:
    """Return the refusal of the first fault that no leader's reason accepts."""
    stands = bool(let_stand and let_stand.strip())
    for one in faults:
        if not (one.can_stand and stands):
            return Refused(one.why, one.field)
    return None


def _titles(broadcast: Broadcast) -> Iterator[Fault]:
    if not broadcast.title.strip() or len(broadcast.title) > LONGEST_TITLE:
        yield Fault(
            "title",
            _("Write a title of at most {most} characters.").with_(most=LONGEST_TITLE),
        )


def _texts(unit: Unit, broadcast: Broadcast, staff: Staff) -> Iterator[Fault]:
    """Check each text, and what readers of other languages get."""
    if not broadcast.texts.get("da", "").strip():
        yield Fault("texts", _("Write the text in Danish first."))
    longest = LONGEST_CAPTION if broadcast.media is not None else LONGEST_TEXT
    for language in LANGUAGES:
        text = broadcast.texts.get(language, "").strip()
        if text:
            yield from text_faults(text, staff, longest, unit)
    if broadcast.others != NO_ONE and not broadcast.texts.get(broadcast.others):
        yield Fault("others", _("Write that text too, or choose what its readers get."))


def text_faults(text: str, staff: Staff, longest: int, unit: Unit) -> Iterator[Fault]:
    """Yield what is wrong with one text of a broadcast or of a correction."""
    if len(text) > longest:
        yield Fault("texts", _("Write at most {most} characters.").with_(most=longest))
    wrong = refused_wording(text, staff, let_stand=None, confirmed=True)
    if wrong is not None:
        excused = refused_wording(text, staff, let_stand="a reason", confirmed=True)
        yield Fault("texts", wrong.why, can_stand=excused is None)
    word = revealing_word(text)
    if word is not None:
        yield Fault(
            "texts",
            _("“{word}” can reveal something private. Write only time, place and name.").with_(
                word=word
            ),
        )
    if near_election(unit) and _CANDIDATES.search(text):
        yield Fault(
            "texts",
            _("An election is near, and this may name candidates. A leader must say why it stays."),
            can_stand=True,
        )


def near_election(unit: Unit) -> date | None:
    """Return the election that is at most six weeks away; None without one."""
    today = unit.calendar.local(unit.now).date()
    coming = [day for day in unit.town.elections if today <= day <= today + ELECTION_CALM]
    return min(coming, default=None)


def _whom(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    topics = {one.key for one in unit.town.topics} | {WARNINGS}
    if broadcast.topic not in topics:
        yield Fault("topic", _("Choose the topic."))
    if broadcast.is_warning != (broadcast.topic == WARNINGS):
        yield Fault("topic", _("A warning has the topic of warnings, and nothing else has it."))
    wrong = audience_fault(broadcast.audience)
    if wrong is not None:
        yield Fault("audience", wrong.why)


def _labels(broadcast: Broadcast) -> Iterator[Fault]:
    """Check buttons and options: they have labels, and lead somewhere."""
    if len(broadcast.buttons) > MOST_BUTTONS:
        text = _("At most {most} buttons fit under a message.").with_(most=MOST_BUTTONS)
        yield Fault("buttons", text)
    for button in broadcast.buttons:
        if button.get("opens") not in list(Opens) or not str(button.get("value", "")).strip():
            yield Fault("buttons", _("Choose what each button opens."))
        yield from _label(button.get("labels") or {}, "buttons")
    if broadcast.question is None:
        return
    options = broadcast.question.get("options") or []
    if len(options) > MOST_OPTIONS:
        yield Fault("question", _("Give at most {most} answers.").with_(most=MOST_OPTIONS))
    if not options and not broadcast.question.get("own_words"):
        yield Fault("question", _("Give answers to choose from, or ask for own words."))
    for option in options:
        yield from _label(option.get("labels") or {}, "question")
    if not (broadcast.decider or "").strip():
        yield Fault("decider", _("Say who decides: a name or a committee."))


def _label(labels: Mapping[str, str], field: str) -> Iterator[Fault]:
    if not labels.get("da", "").strip():
        yield Fault(field, _("Write the Danish text of each button."))
    for label in labels.values():
        if len(label) > LONGEST_LABEL:
            text = _("Write at most {most} characters on a button.").with_(most=LONGEST_LABEL)
            yield Fault(field, text)
        if redact_text(label).text != label:
            yield Fault(field, _("Do not write a CPR number here."))


def _links(broadcast: Broadcast) -> Iterator[Fault]:
    if broadcast.agenda_url and urlsplit(broadcast.agenda_url).scheme not in {"http", "https"}:
        yield Fault("agenda_url", _("Write an address that begins with https://."))


def _when(unit: Unit, broadcast: Broadcast) -> Iterator[Fault]:
    starts_at = broadcast.starts_at or unit.now
    if broadcast.expires_at is not None and broadcast.expires_at <= max(starts_at, unit.now):
        yield Fault("expires_at", _("It would end before it begins."))
    if broadcast.rule is not None:
        coming = next_occurrences(from_json(broadcast.rule), unit.calendar, unit.now, 1)
        if not coming:
            yield Fault("rule", _("It has no coming day."))

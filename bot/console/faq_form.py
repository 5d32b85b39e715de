"""Convert an FAQ entry to the fields of a form and back, with the faults found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from multidict import MultiDict

from bot.i18n import LANGUAGES, Text, _
from bot.model.faq import FaqEntry, FaqText
from bot.service.faq_faults import FieldError, field_of

_ID = re.compile(r"[1-9][0-9]{0,14}")
PARTS = ("question", "answer", "phrasings")
NO_DAY = _("Write a day, as 2026-11-23.")


@dataclass(frozen=True, slots=True)
class Form:
    """The values of the form's fields by name, and the faults in them."""

    fields: Mapping[str, str]
    wrong: tuple[FieldError, ...] = ()

    def wrong_at(self, name: str) -> list[Text]:
        """Return the faults of one field."""
        return [fault.why for fault in self.wrong if fault.field == name]


def written(entry: FaqEntry) -> dict[str, str]:
    """Return the form's fields with the values of an entry."""
    fields = {
        "theme": entry.theme,
        "owner": "" if entry.owner is None else str(entry.owner),
        "source": entry.source,
        "reviewed": entry.reviewed.isoformat(),
        "check_by": entry.check_by.isoformat() if entry.check_by is not None else "",
    }
    for language in LANGUAGES:
        text = entry.texts.get(language, FaqText("", ""))
        fields[field_of(language, "question")] = text.question
        fields[field_of(language, "answer")] = text.answer
        fields[field_of(language, "phrasings")] = "\n".join(text.phrasings)
    return fields


def fields_of(form: MultiDict[str]) -> dict[str, str]:
    """Return the input of the entry's fields; other fields of the form are ignored."""
    names = ["theme", "owner", "source", "reviewed", "check_by"]
    names += [field_of(language, part) for language in LANGUAGES for part in PARTS]
    return {name: form.get(name, "") for name in names}


def entry_of(
    faq_id: str, fields: Mapping[str, str], today: date
) -> tuple[FaqEntry, tuple[FieldError, ...]]:
    """Return the entry of the fields, with a fault for each unreadable day.

    An unreadable or empty day of the last check becomes today.
    """
    days = {name: _day(fields[name]) for name in ("reviewed", "check_by")}
    wrong = [FieldError(name, NO_DAY) for name, day in days.items() if fields[name] and day is None]
    if not fields["reviewed"]:
        wrong.append(FieldError("reviewed", NO_DAY))
    owner = fields["owner"]
    texts = {
        language: FaqText(
            fields[field_of(language, "question")],
            fields[field_of(language, "answer")],
            tuple(fields[field_of(language, "phrasings")].splitlines()),
        )
        for language in LANGUAGES
    }
    entry = FaqEntry(
        faq_id,
        fields["theme"],
        fields["source"],
        days["reviewed"] or today,
        texts,
        int(owner) if _ID.fullmatch(owner) else None,
        days["check_by"],
    )
    return entry, tuple(wrong)


def _day(written: str) -> date | None:
    """Return a day sent by the browser in ISO format; None where it is unreadable."""
    try:
        return date.fromisoformat(written.strip())
    except ValueError:
        return None

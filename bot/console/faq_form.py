"""Convert an FAQ entry to the fields of a form and back, with the faults found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from multidict import MultiDict

from bot.console.form import Field, Form, Options
from bot.i18n import LANGUAGES, Text, _
from bot.model.faq import FaqEntry, FaqText
from bot.service.faq_faults import (
    AUTHORITATIVE,
    LONGEST_ANSWER,
    LONGEST_QUESTION,
    LONGEST_SOURCE,
    FieldError,
    field_of,
)

_ID = re.compile(r"[1-9][0-9]{0,14}")
PARTS = ("question", "answer", "phrasings")
NO_DAY = _("Write a day, as 2026-11-23.")


def faults_by_field(wrong: Iterable[FieldError]) -> dict[str, list[Text]]:
    """Return the faults of each field."""
    found: dict[str, list[Text]] = {}
    for fault in wrong:
        found.setdefault(fault.field, []).append(fault.why)
    return found


def entry_form(path: str, themes: Options, owners: Options) -> Form:
    """Return the form of an entry; *owners* are those to choose from."""
    seen = _("The citizen sees it.")
    check = _("Left empty, a year after the last check.")
    nobody = _("Nobody")
    return Form(
        path,
        (
            *(field for language in LANGUAGES for field in _texts(language)),
            Field("theme", _("Theme"), "choice", options=themes, empty=_("Choose"), required=False),
            Field("owner", _("Owner"), "choice", options=owners, empty=nobody, required=False),
            Field("source", _("Source"), help=seen, longest=LONGEST_SOURCE),
            Field("reviewed", _("Checked"), "date", seen),
            Field("check_by", _("Check again by"), "date", check, required=False),
        ),
    )


def _texts(language: str) -> tuple[Field, ...]:
    """Return the fields of an entry's texts in one language."""
    shortly = _("What matters most comes first. Short sentences, and a date rather than “soon”.")
    ways = _("One a line, as people write. The more there are, the surer the chat is.")
    return (
        Field(
            field_of(language, "question"),
            _("Question"),
            required=language == AUTHORITATIVE,
            longest=LONGEST_QUESTION,
            lang=language,
        ),
        Field(
            field_of(language, "answer"),
            _("Answer"),
            "area",
            shortly,
            required=False,
            longest=LONGEST_ANSWER,
            rows=6,
            lang=language,
        ),
        Field(
            field_of(language, "phrasings"),
            _("Other ways to ask"),
            "area",
            ways,
            required=False,
            rows=6,
            lang=language,
        ),
    )


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

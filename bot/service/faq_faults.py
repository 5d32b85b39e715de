"""Find the faults of an FAQ entry that staff have written, field by field."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from bot.i18n import LANGUAGES, Text, _
from bot.model.faq import FaqEntry, FaqText
from bot.search.analysis import words
from bot.service.cases.wording import cpr_in, left_in
from bot.tone.lix import HARDEST, lix
from bot.tone.reply import IssueKind, reply_issues

AUTHORITATIVE = "da"  # shown where another language is empty, and labelled as Danish (HR-25)
LONGEST_QUESTION = 100  # characters: it is a button's label as well
LONGEST_ANSWER = 1200
LONGEST_PHRASING = 200
MOST_PHRASINGS = 200
LONGEST_SOURCE = 80

NEEDED = _("This must not be empty.")
TOO_LONG = _("This has {count} characters. At most {most} fit.")
CPR = _("There is a CPR number here. Take it out.")
HARD = _(
    "The answer is too hard to read: LIX {lix}, and at most {most} is allowed. "
    "Use shorter sentences and shorter words."
)
NO_DATE = _("“{words}” promises something without a date. Write the weekday and the date.")
HALF = _("Write both the question and the answer in this language, or leave both empty.")
TAKEN = _("“{words}” already leads to the entry {id}, “{question}”.")
TOO_MANY = _("There are {count} phrasings. At most {most} are of use.")
NO_WORDS = _("“{words}” holds no word that can be searched for.")
NO_THEME = _("Choose a theme.")
NO_OWNER = _("Choose somebody who works here and answers questions.")
NOT_YET = _("Nobody can have checked it on a day to come.")
TOO_EARLY = _("The next check must be later than the last one.")
_BLANK_LINES = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class FieldError:
    """A fault of one field: its name in forms, and the advice for staff."""

    field: str
    why: Text


@dataclass(frozen=True, slots=True)
class Around:
    """The data that an entry is checked against: other entries, themes, staff, and today.

    *present* is the stored entry: an owner or a date that staff did not change is no fault.
    """

    others: tuple[FaqEntry, ...]
    themes: Collection[str]
    owners: Collection[int]
    today: date
    present: FaqEntry | None = None


def field_of(language: str, part: str) -> str:
    """Return the name of a field: question, answer or phrasings in a language."""
    return f"{language}_{part}"


def tidy(entry: FaqEntry) -> FaqEntry:
    """Return an entry without surplus spaces, and without languages that have no text."""
    texts = {language: tidy_text(text) for language, text in entry.texts.items()}
    said = {language: text for language, text in texts.items() if text != FaqText("", "")}
    return replace(entry, source=one_line(entry.source), texts=said)


def tidy_text(text: FaqText) -> FaqText:
    """Return a text without surplus spaces, and without phrasings that repeat another."""
    lines = [line.rstrip() for line in text.answer.strip().splitlines()]
    known = {meaning(text.question)}
    kept = []
    for phrasing in (one_line(each) for each in text.phrasings):
        if phrasing and meaning(phrasing) not in known:
            known.add(meaning(phrasing))
            kept.append(phrasing)
    return FaqText(one_line(text.question), _BLANK_LINES.sub("\n\n", "\n".join(lines)), tuple(kept))


def one_line(written: str) -> str:
    """Return words on one line."""
    return " ".join(written.split())


@lru_cache(maxsize=8192)  # each view of a form compares every phrasing with all others
def meaning(asked: str) -> str:
    """Return the words that the search reads in a question; case and punctuation are ignored."""
    return " ".join(words(asked))


def faults_of(entry: FaqEntry, around: Around) -> tuple[FieldError, ...]:
    """Return the faults of a tidy entry; empty where citizens may see it."""
    return (
        *(fault for language in LANGUAGES for fault in _in_language(entry, language)),
        *_taken(entry, around.others),
        *_about(entry, around),
    )


def _in_language(entry: FaqEntry, language: str) -> Iterator[FieldError]:
    """Yield the faults of the entry in one language."""
    text = entry.texts.get(language, FaqText("", ""))
    if language not in entry.texts and language != AUTHORITATIVE:
        return
    for part, most in (("question", LONGEST_QUESTION), ("answer", LONGEST_ANSWER)):
        said = getattr(text, part)
        if not said:
            why = NEEDED if language == AUTHORITATIVE else HALF
            yield FieldError(field_of(language, part), why)
        else:
            yield from _faults(field_of(language, part), said, most)
    yield from _hard(field_of(language, "answer"), text.answer)
    yield from _phrasings(field_of(language, "phrasings"), text)


def _faults(field: str, said: str, most: int) -> Iterator[FieldError]:
    """Yield faults that every field can have: length, a CPR number, a gap left by a template."""
    if len(said) > most:
        yield FieldError(field, TOO_LONG.with_(count=len(said), most=most))
    if cpr_in(said):
        yield FieldError(field, CPR)
    if (left := next(left_in(said), None)) is not None:
        yield FieldError(field, left.why)


def _hard(field: str, answer: str) -> Iterator[FieldError]:
    """Yield an answer that is too hard to read, and promises without a date (HR-12, HR-24)."""
    if (measured := lix(answer)) > HARDEST:
        yield FieldError(field, HARD.with_(lix=round(measured), most=HARDEST))
    for fault in reply_issues(answer):
        if fault.kind is IssueKind.NO_DATE:
            yield FieldError(field, NO_DATE.with_(words=answer[fault.start : fault.end]))


def _phrasings(field: str, text: FaqText) -> Iterator[FieldError]:
    """Yield the faults of the phrasings."""
    if len(text.phrasings) > MOST_PHRASINGS:
        yield FieldError(field, TOO_MANY.with_(count=len(text.phrasings), most=MOST_PHRASINGS))
    for phrasing in text.phrasings:
        yield from _faults(field, phrasing, LONGEST_PHRASING)
        if not meaning(phrasing):
            yield FieldError(field, NO_WORDS.with_(words=phrasing))


def _taken(entry: FaqEntry, others: Iterable[FaqEntry]) -> Iterator[FieldError]:
    """Yield questions that lead to another entry: the search could not tell the two apart."""
    known: dict[tuple[str, str], tuple[FaqEntry, FaqText]] = {
        (language, meaning(asked)): (other, text)
        for other in others
        for language, text in other.texts.items()
        for asked in (text.question, *text.phrasings)
    }
    for language, text in entry.texts.items():
        parts = [("question", text.question), *(("phrasings", each) for each in text.phrasings)]
        for part, asked in parts:
            if asked and (found := known.get((language, meaning(asked)))) is not None:
                other, said = found
                why = TAKEN.with_(words=asked, id=other.id, question=said.question)
                yield FieldError(field_of(language, part), why)


def _about(entry: FaqEntry, around: Around) -> Iterator[FieldError]:
    """Yield the faults of theme, owner, source and dates."""
    if entry.theme not in around.themes:
        yield FieldError("theme", NO_THEME)
    present = around.present
    kept_owner = present is not None and entry.owner == present.owner
    if entry.owner is not None and entry.owner not in around.owners and not kept_owner:
        yield FieldError("owner", NO_OWNER)
    if not entry.source:
        yield FieldError("source", NEEDED)
    yield from _faults("source", entry.source, LONGEST_SOURCE)
    if entry.reviewed > around.today and (present is None or entry.reviewed != present.reviewed):
        yield FieldError("reviewed", NOT_YET)
    if entry.check_by is not None and entry.check_by <= entry.reviewed:
        yield FieldError("check_by", TOO_EARLY)

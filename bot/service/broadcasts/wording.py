"""Checks of what news says: about private people, and about days (HR-2, HR-4, section 3b)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.calendar.phrases.mentions import Mention, mentions_in
from bot.calendar.phrases.result import Why
from bot.i18n import LANGUAGES, Text, _
from bot.store.unit import Unit
from bot.tone.lix import sentence_at
from bot.tone.private import addresses_of_people, mail_addresses, phone_numbers

PRIVATE: Mapping[str, Text] = {
    "mail": _("This is an e-mail address. A leader must say why everybody may have it."),
    "phone": _(
        "This phone number is not the municipality's. A leader must say why everybody may have it."
    ),
    "address": _("This is where a named person lives. A leader must say why everybody may know."),
}
WRONG_DAYS: Mapping[Why, Text] = {
    Why.MISMATCH: _("The weekday does not fit the date."),
    Why.IMPOSSIBLE: _("There is no such day or time."),
}
PASSED = _("That day has passed when it is sent. Is it meant so?")
RELATIVE = _("It is read on another day than it is written. Write the weekday and the date.")
SAME_EACH_TIME = _("It is sent several times, and this date is the same each time.")
OTHER_DATE = _("The Danish and the English text name different days: {days}.")
MISSING_DATE = _("Only one of the texts names this day: {days}.")


@dataclass(frozen=True, slots=True)
class Found:
    """What is wrong in a text, and the words it is in; a *hint* keeps nothing from being sent."""

    why: Text
    words: str
    is_hint: bool = False


def private_in(text: str, unit: Unit) -> Iterator[Found]:
    """Yield what makes private people known in a text."""
    own = (unit.town.phone, unit.town.family_phone)
    spans = {
        "mail": mail_addresses(text),
        "phone": phone_numbers(text, [one for one in own if one]),
        "address": addresses_of_people(text),
    }
    for kind, some in spans.items():
        for start, end in some:
            words = sentence_at(text, start, end) if kind == "address" else text[start:end]
            yield Found(PRIVATE[kind], words)


def days_in(
    text: str, language: str, at: datetime, unit: Unit, *, repeats: bool
) -> Iterator[Found]:
    """Yield what is wrong with the days of a text that is sent *at* a time; *repeats* in a series.

    Words such as “tomorrow” are right on one day only, a date is wrong in a series.
    """
    for one in mentions_in(text, language, at, unit.calendar):
        said = text[one.start : one.end]
        if one.is_relative:
            yield Found(RELATIVE, said, is_hint=True)
        elif one.why is Why.PASSED:
            yield Found(PASSED, said, is_hint=True)
        elif one.why is not None:
            yield Found(WRONG_DAYS.get(one.why, WRONG_DAYS[Why.IMPOSSIBLE]), said)
        elif repeats:
            yield Found(SAME_EACH_TIME, said, is_hint=True)


def differing_days(texts: Mapping[str, str], at: datetime, unit: Unit) -> Iterator[Found]:
    """Yield that the texts of two languages name different days.

    A day that only one of them names is a hint: the other may say it in other words.
    """
    named = [
        (texts[one], _right(mentions_in(texts[one], one, at, unit.calendar)))
        for one in LANGUAGES
        if texts.get(one)
    ]
    if len(named) < len(LANGUAGES):
        return
    (first, days), (second, others) = named
    alone = [first[one.start : one.end] for one in days if not _has(one, others)]
    there = [second[one.start : one.end] for one in others if not _has(one, days)]
    if alone or there:
        is_hint = not (alone and there)
        why = (MISSING_DATE if is_hint else OTHER_DATE).with_(days=" / ".join((*alone, *there)))
        yield Found(why, "", is_hint)


def _right(some: Sequence[Mention]) -> list[Mention]:
    return [one for one in some if one.why in {None, Why.MISMATCH, Why.PASSED}]


def _has(one: Mention, others: Sequence[Mention]) -> bool:
    return any(one.is_same(other) for other in others)

"""Test the reading of Danish and English phrases about time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from time import perf_counter
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar import Calendar
from bot.calendar.phrases import words
from bot.calendar.phrases.reading import read
from bot.calendar.phrases.result import Ask, Part, Reading, Repeats, When, Why
from bot.calendar.phrases.vocabulary import vocabulary
from bot.calendar.recurrence import LAST, Recurrence, Unit

KLINTSUND = Calendar()
TUESDAY = date(2026, 12, 1)
NOW = KLINTSUND.instant(TUESDAY, time(17))
# The floors of the labelled set.
LEAST_RIGHT, MOST_SILENTLY_WRONG = 590, 1
LEAST_RIGHT_IN_OTHER, MOST_SILENTLY_WRONG_IN_OTHER = 588, 2
LONGEST_MESSAGE = 4000
SECONDS = 10  # a slow machine must not fail; a catastrophic expression takes minutes


def reading(text: str, language: str = "da", now: datetime = NOW) -> Reading:
    """Return the reading of a text."""
    return read(text, language, now, KLINTSUND)


def december(day: int, at: time | None = None, **fields: Any) -> When:
    """Return a moment in this December."""
    return When(date(2026, 12, day), at, **fields)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("i morgen formiddag", december(2, part=Part.FORENOON)),
        ("i morgen kl. 16", december(2, time(16))),
        ("i morgen kl. 16-18", december(2, time(16), ends_at=time(18))),
        ("kl. 18-20", december(1, time(18), ends_at=time(20))),
        ("i aften", december(1, part=Part.EVENING)),
        ("i nat kl. 3", december(2, time(3))),
        ("i overmorgen", december(3)),
        ("på lørdag kl. halv ti", december(5, time(9, 30))),
        ("fredag kvart i ni", december(4, time(8, 45))),
        ("på fredag ved 18-tiden", december(4, time(18))),
        ("torsdag mellem 10 og 12", december(3, time(10), ends_at=time(12))),
        ("fredag kl. 3 om eftermiddagen", december(4, time(15))),
        ("om en halv time", december(1, time(17, 30))),
        ("om to uger", december(15)),
        ("lørdag otte dage", december(12)),
        ("den sidste torsdag i måneden", december(31)),
        ("juleaften", december(24)),
        ("dagen før juleaften", december(23)),
        ("24/12 kl 18", december(24, time(18))),
        ("søndag den 13. december", december(13)),
        ("2026-12-24", december(24)),
        ("d. 4/5", When(date(2027, 5, 4))),
        ("den 15.", december(15)),
        ("29/2", When(date(2028, 2, 29))),
        ("uge 7", When(date(2027, 2, 15), ends=date(2027, 2, 21))),
        ("i weekenden", december(5, ends=date(2026, 12, 6))),
        ("fra mandag til onsdag", december(7, ends=date(2026, 12, 9))),
        (
            "lørdag kl. 23 til søndag kl. 7",
            december(5, time(23), ends=date(2026, 12, 6), ends_at=time(7)),
        ),
        ("den 2.-4. juli", When(date(2027, 7, 2), ends=date(2027, 7, 4))),
        ("på lørrdag kl. 10", december(5, time(10))),  # one wrong letter
        ("i overmrogen", december(3)),
    ],
)
def test_moments_in_danish(text: str, meaning: When) -> None:
    """A day, a moment or a span is read, and nothing of the text is left."""
    assert reading(text) == Reading(meaning, "")


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("tomorrow at 4 in the afternoon", december(2, time(16))),
        ("5pm tomorrow", december(2, time(17))),
        ("tomorrow, 6-8pm", december(2, time(18), ends_at=time(20))),
        ("on Friday at half past nine", december(4, time(9, 30))),
        ("between 10 and 12 on Thursday", december(3, time(10), ends_at=time(12))),
        ("in 45 minutes", december(1, time(17, 45))),
        ("two weeks from Friday", december(18)),
        ("June 12", When(date(2027, 6, 12))),
        ("the 2nd of January 2027", When(date(2027, 1, 2))),
        ("Boxing Day", december(26)),
        ("the first Monday of next month", When(date(2027, 1, 4))),
        ("tommorow evening", december(2, part=Part.EVENING)),
    ],
)
def test_moments_in_english(text: str, meaning: When) -> None:
    """English phrases are read too, also for a citizen whose language is Danish."""
    assert reading(text, "en") == Reading(meaning, "")
    assert reading(text, "da").meaning == meaning


def rule(unit: Unit, starts_on: date, at: time = time(9), **fields: Any) -> Recurrence:
    """Return a rule at the usual time unless a time was said."""
    return Recurrence(unit, starts_on, at, **fields)


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        (
            "hver anden onsdag kl. 16",
            "da",
            rule(Unit.WEEK, date(2026, 12, 2), time(16), weekdays=(2,), interval=2),
        ),
        ("hveranden onsdag", "da", rule(Unit.WEEK, date(2026, 12, 2), weekdays=(2,), interval=2)),
        ("hver dag", "da", rule(Unit.DAY, date(2026, 12, 2))),
        ("hver aften", "da", rule(Unit.DAY, TUESDAY, time(19))),
        ("hver 14. dag", "da", rule(Unit.WEEK, date(2026, 12, 8), weekdays=(1,), interval=2)),
        ("hver mandag og torsdag", "da", rule(Unit.WEEK, date(2026, 12, 3), weekdays=(0, 3))),
        (
            "torsdage i lige uger",
            "da",
            rule(Unit.WEEK, date(2026, 12, 10), weekdays=(3,), parity=0),
        ),
        (
            "hver anden onsdag i ulige uger",
            "da",
            rule(Unit.WEEK, date(2026, 12, 2), weekdays=(2,), parity=1),
        ),
        (
            "på hverdage kl. 7.30",
            "da",
            rule(Unit.WEEK, date(2026, 12, 2), time(7, 30), weekdays=(0, 1, 2, 3, 4)),
        ),
        ("den 31. hver måned", "da", rule(Unit.MONTH, date(2026, 12, 31), days=(31,))),
        ("hver d. 15.", "da", rule(Unit.MONTH, date(2026, 12, 15), days=(15,))),
        (
            "den sidste torsdag i hver måned",
            "da",
            rule(Unit.MONTH, date(2026, 12, 31), weekdays=(3,), nth=LAST),
        ),
        ("hvert år d. 24/12", "da", rule(Unit.YEAR, date(2026, 12, 24), month=12, days=(24,))),
        ("hver dag indtil jul", "da", rule(Unit.DAY, date(2026, 12, 2), until=date(2026, 12, 23))),
        (
            "every other Wednesday at 16:00",
            "en",
            rule(Unit.WEEK, date(2026, 12, 2), time(16), weekdays=(2,), interval=2),
        ),
        ("Tuesdays and Thursdays", "en", rule(Unit.WEEK, date(2026, 12, 3), weekdays=(1, 3))),
        ("monthly on the 15th", "en", rule(Unit.MONTH, date(2026, 12, 15), days=(15,))),
    ],
)
def test_rules(text: str, language: str, found: Recurrence) -> None:
    """A recurrence becomes a rule that begins with its first day after now."""
    meaning = reading(text, language).meaning
    assert isinstance(meaning, Repeats)
    assert meaning.rule == found


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lørdag den 13. december", Why.MISMATCH),  # it is a Sunday
        ("kl. 16", Why.PASSED),
        ("kl. 16-18", Why.PASSED),
        ("i går", Why.PASSED),
        ("i lørdags", Why.PASSED),
        ("d. 1/5-2020", Why.PASSED),
        ("den 31. april", Why.IMPOSSIBLE),
        ("uge 60", Why.IMPOSSIBLE),
        ("om 9999 år", Why.IMPOSSIBLE),
        ("1/1-9999", Why.IMPOSSIBLE),
        ("torsdag eller fredag", Why.UNCLEAR),
        ("hver dag undtagen søndag", Why.UNCLEAR),
        ("hver 3. uge i lige uger", Why.UNCLEAR),
        ("torsdag kl. 10 kl. 12", Why.UNCLEAR),
    ],
)
def test_asks(text: str, why: Why) -> None:
    """The person is asked where a phrase cannot be what it says, or not all of it is read."""
    meaning = reading(text).meaning
    assert isinstance(meaning, Ask)
    assert meaning.why is why


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("næste fredag", (december(4), december(11))),
        ("på tirsdag", (december(1), december(8))),  # today is one
        ("i morgen kl. 4", (december(2, time(4)), december(2, time(16)))),
        ("næste fredag kl. 10", (december(4, time(10)), december(11, time(10)))),
    ],
)
def test_asks_with_choices(text: str, choices: tuple[When, ...]) -> None:
    """Two likely readings are both offered."""
    assert reading(text).meaning == Ask(Why.TWO, choices)


@pytest.mark.parametrize(
    "text",
    [
        "Kan I tage 2 stole med?",
        "jeg bor Strandvejen 12",
        "ring 8888 1010",
        "når du har tid",
        "3/4 liter mælk",
        "hver 500. dag",
        "om 99999999999999 dage",
        "",
    ],
)
def test_no_time(text: str) -> None:
    """A text that says no time stays as it is."""
    assert reading(text) == Reading(None, text)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        (
            "Mind mig om at vande tomaterne hver anden onsdag kl. 16",
            "Mind mig om at vande tomaterne",
        ),
        ("På lørdag kl. 10: rydde op i skuret", "rydde op i skuret"),
        (
            "mor har fødselsdag d 12/9 hvert år, mind mig om det",
            "mor har fødselsdag mind mig om det",
        ),
        ("Remind me tomorrow at 16:00 to call Ærø", "Remind me to call Ærø"),
    ],
)
def test_rest(text: str, rest: str) -> None:
    """The words that say nothing about time are returned."""
    assert reading(text).rest == rest


def test_clock_changes() -> None:
    """Elapsed time is right in the night when the clocks change."""
    before = KLINTSUND.instant(date(2027, 3, 28), time(1, 30))
    found = reading("om to timer", now=before).meaning
    assert found == When(date(2027, 3, 28), time(4, 30))


def test_the_labelled_set_keeps_its_figures(labelled: ModuleType) -> None:
    """The development part is read as well as before (benchmarks/phrases)."""
    results = labelled.measure(labelled.DEVELOPMENT)
    assert len(results) == 600
    assert sum(result.is_right for result in results) >= LEAST_RIGHT
    assert sum(result.is_silently_wrong for result in results) <= MOST_SILENTLY_WRONG


def test_a_text_in_the_other_language(labelled: ModuleType) -> None:
    """The development part is read as well for citizens whose language is the other one."""
    other = {"da": "en", "en": "da"}
    lines = labelled.lines_of(labelled.DEVELOPMENT)
    turned = [replace(line, language=other[line.language]) for line in lines]
    results = [labelled.Result(line, labelled.answer(line)) for line in turned]
    assert sum(result.is_right for result in results) >= LEAST_RIGHT_IN_OTHER
    assert sum(result.is_silently_wrong for result in results) <= MOST_SILENTLY_WRONG_IN_OTHER


def known_words() -> list[str]:
    """Return words that phrases about time consist of."""
    phrases = [value for value in vars(words).values() if isinstance(value, words.Phrases)]
    found = {word for one in phrases for many in one.either.values() for ws in many for word in ws}
    for language in ("da", "en"):
        known = vocabulary(language)
        found |= {*known.words, *known.numbers, *known.ordinals, *known.habits}
    numbers = "1 2. 7 12 24 31. 53 99 2027 9999 16.30 9:15 24/12 31/2 1/1-27 5pm 12 a.m. - , / 00"
    return sorted({*found, *numbers.split()})


texts = st.text() | st.lists(st.sampled_from(known_words()), max_size=12).map(" ".join)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31)).map(  # noqa: DTZ001 - local
    lambda local: KLINTSUND.instant(local.date(), local.time())
)


@given(texts, st.sampled_from(["da", "en"]), instants)
def test_any_text(text: str, language: str, now: datetime) -> None:
    """Any text is read, and what remains is made of its own words, in their order."""
    found = reading(text, language, now)
    at = 0
    for word in found.rest.split():
        place = text.find(word, at)
        assert place >= at
        at = place + len(word)
    if found.meaning is None:
        assert found.rest == text


@pytest.mark.parametrize(
    "text",
    [
        *("9", "-", "1-2-", "1.1.", "1/1-1/1-", "a", "ǽ", "’", " "),
        *("dagen før ", "lørdag før ", "2 uger fra ", "den ", "hver ", "kvart over halv "),
        *("fra mandag til ", "mellem 10 og ", "mandag, ", "torsdga ", "natten til "),
    ],
)
def test_long_texts(text: str) -> None:
    """The longest message is read quickly, whatever is repeated in it."""
    start = perf_counter()
    reading((text * LONGEST_MESSAGE)[:LONGEST_MESSAGE])
    assert perf_counter() - start < SECONDS

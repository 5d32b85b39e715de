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
# The floors of the labelled set, also for citizens whose language is the other one.
LEAST_RIGHT, MOST_SILENTLY_WRONG = 886, 0
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
        (
            "on alternate Mondays",
            "en",
            rule(Unit.WEEK, date(2026, 12, 7), weekdays=(0,), interval=2),
        ),
        ("everyother Friday", "en", rule(Unit.WEEK, date(2026, 12, 4), weekdays=(4,), interval=2)),
        ("hvr mandag", "da", rule(Unit.WEEK, date(2026, 12, 7), weekdays=(0,))),
        ("den 1. og 15. i hver måned", "da", rule(Unit.MONTH, date(2026, 12, 15), days=(1, 15))),
        (
            "every day from Monday until Friday",
            "en",
            rule(Unit.DAY, date(2026, 12, 7), until=date(2026, 12, 11)),
        ),
        (
            "hver søndag frem til jul",
            "da",
            rule(Unit.WEEK, date(2026, 12, 6), weekdays=(6,), until=date(2026, 12, 23)),
        ),
        (
            "den første lørdag hver tredje måned kl. 10",
            "da",
            rule(Unit.MONTH, date(2026, 12, 5), time(10), weekdays=(5,), nth=1, interval=3),
        ),
        (
            "every third month on the first Saturday",
            "en",
            rule(Unit.MONTH, date(2026, 12, 5), weekdays=(5,), nth=1, interval=3),
        ),
        (
            "hver måned den første søndag kl. 10",
            "da",
            rule(Unit.MONTH, date(2026, 12, 6), time(10), weekdays=(6,), nth=1),
        ),
        (
            "hver anden måned den sidste dag",
            "da",
            rule(Unit.MONTH, date(2026, 12, 31), days=(31,), interval=2),
        ),
        ("hver 1. april", "da", rule(Unit.YEAR, date(2027, 4, 1), month=4, days=(1,))),
        (
            "every Christmas Eve at 3pm",
            "en",
            rule(Unit.YEAR, date(2026, 12, 24), time(15), month=12, days=(24,)),
        ),
        (
            "recycling out every other fri",
            "en",
            rule(Unit.WEEK, date(2026, 12, 4), weekdays=(4,), interval=2),
        ),
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
        ("på tirsdag den 25.", Why.MISMATCH),  # it is a Friday
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
    ("text", "language"),
    [
        # The words name exceptions and alternatives.
        ("hver tirsdag kl. 18 dog ikke i uge 7", "da"),
        ("enten onsdag eller torsdag kl. 15.30", "da"),
        ("every weekday but Wednesday at 8:00", "en"),
        ("every day other than Sunday", "en"),
        ("hver tirsdag, dog onsdag i uge 2", "da"),
        ("hver uge skiftevis mandag og tirsdag", "da"),
        ("alle fire fredage i januar", "da"),
        ("Monday, or failing that Tuesday, at 10:00", "en"),
        # They deny a time.
        ("mødet er ikke på torsdag men på fredag kl. 9", "da"),
        ("mødet er kl. tolv i morgen, ikke tretten", "da"),
        ("fredag passer ikke", "da"),
        ("Friday doesn't work for me", "en"),
        # They move an event from one time to another.
        ("mødet fremrykkes fra kl. 15 til kl. 13 på fredag", "da"),
        ("koret er udsat en uge fra onsdag kl. 19", "da"),
        ("the meeting got pushed from 10:00 to 11:30 on Friday", "en"),
        # They count from an event, or tell of the past.
        ("et kvarter før mødet kl. 20 i morgen", "da"),
        ("sæt spanden ud aftenen før, den tømmes hver tirsdag", "da"),
        ("the shop closes at 17:30 tomorrow, remind me an hour before", "en"),
        ("siden mandag har lyset ikke virket", "da"),
        ("it happened on Monday", "en"),
        ("the previous Friday", "en"),
        ("fredag lidt over 10", "da"),
        ("omkring 1. februar", "da"),
        # They limit a rule.
        ("petanque alle onsdage kl 14 frem til efterårsferien", "da"),
        ("hver lørdag de næste tre uger", "da"),
        ("every Tuesday during term time", "en"),
        ("hver tirsdag i vinterhalvåret kl. 19", "da"),
        ("hver anden onsdag (ulige)", "da"),
        ("hvert år til jul", "da"),
        # Two rules, or more than one day or time.
        ("hver onsdag og hver anden fredag", "da"),
        ("tirsdag i ulige uger og onsdag i lige uger", "da"),
        ("hver mandag-torsdag kl. 9", "da"),
        ("the second and fourth Tuesday of every month", "en"),
        ("på fredag skal jeg melde afbud til søndag", "da"),
        ("Remind me on Friday about Sunday's lunch", "en"),
        ("en lørdag i oktober", "da"),
        ("a Saturday in October", "en"),
        # A part of a day, a week or a month.
        ("først i februar", "da"),
        ("næstsidste fredag i måneden", "da"),
        ("hver dag i påsken", "da"),
        ("this time next week", "en"),
        # Not all of a clock time is read.
        ("i morgen kl 25", "da"),
        ("i morgen kl. 9.75", "da"),
        ("i morgen kl. 8:5", "da"),
        ("lørdag kl. 24", "da"),
        ("i morgen omkring 15", "da"),
        ("lørdag fra kl 9 til frokost", "da"),
        ("tirsdag d. 8. december åbent hus 10-12", "da"),
        ("quarter of nine tomorrow", "en"),
        ("Wednesday 7 for 7.30", "en"),
        ("meet at 12 Church Lane on Saturday", "en"),
        # A day is not known, or is a name.
        ("lillejuleaften kl. 21", "da"),
        ("Mother's Day lunch at 7pm", "en"),
        ("Robinson Crusoe og hans ven Fredag", "da"),
        ("har I bogen Mandag morgen på biblioteket?", "da"),
        ("kampen endte 21.19, hvor var de gode", "da"),
        ("Fredag har skrevet til mig", "da"),
        ("Søndag Aften hedder bandet", "da"),
        ("Mandag morgen-klubben mødes snart", "da"),
        ("Sunday Roast is my favourite dish", "en"),
        # A clause reports the past.
        ("jeg faldt på trappen på fredag", "da"),
        ("Jeg ringede til jer mandag kl. 9", "da"),
        ("Der har været støj fra naboen mandag kl. 23", "da"),
        ("jeg skulle have hentet cyklen på fredag", "da"),
        ("Lyset gik ud kl. 20.15, kan I komme?", "da"),
        ("I fell on Friday", "en"),
        ("The noise started at 22:30", "en"),
        ("We last met on Friday 4 December", "en"),
        ("Tak for fredag", "da"),
        # An event or a reminder is cancelled, or is not.
        ("mødet på fredag kl. 10 er aflyst", "da"),
        ("glem alt om fredag", "da"),
        ("Der er ingen fodbold på torsdag", "da"),
        ("jeg kan ikke komme på torsdag kl. 14", "da"),
        ("the party on Saturday at 8 in the evening is off", "en"),
        ("no swimming on Thursday", "en"),
        # The moment is a condition, or is corrected.
        ("hvis det regner på fredag, bliver vi hjemme", "da"),
        ("måske på fredag", "da"),
        ("Monday at 10, sorry, 11", "en"),
        # Another time zone, an amount, or an hour far from its day.
        ("tomorrow at 15:00 London time", "en"),
        ("Friday 3pm EST", "en"),
        ("Fra 1. januar koster det 20.50", "da"),
        ("koncerten er lørdag kl. 20, dørene åbner 19", "da"),
        ("midnight on Friday", "en"),
        ("mødet er fredag, mind mig dagen før", "da"),
        # Several dates of a year, or a rule that leaves days out.
        ("hvert år den 1. april og den 1. oktober", "da"),
        ("hver første mandag kl. 10", "da"),
        ("hver torsdag, ikke på helligdage", "da"),
        # A wrong letter hides a word about time.
        ("iver torsdag aften", "da"),
        ("på torsdag halg otte om aftenen", "da"),
        ("møde d. 29. feburr", "da"),
        ("evesy other thursday", "en"),
        ("tomorrow at halb past 8", "en"),
        ("fra tirsga til torsdag", "da"),
        # A first or last day that itself recurs is no bound.
        ("sig til den første lørdag i hver måned kl. 10.30", "da"),
        ("vær klar til den anden tirsdag i hver måned kl. 18", "da"),
        ("fra mandag til fredag hver uge", "da"),
        ("remind me to the first Monday of every month at 9", "en"),
    ],
)
def test_asks_where_the_rest_may_change_the_meaning(text: str, language: str) -> None:
    """The person is asked where words that are not read may change the time."""
    assert isinstance(reading(text, language).meaning, Ask)


@pytest.mark.parametrize(
    ("text", "language", "meaning"),
    [
        # Clock times that are spelt.
        ("tomorrow at seven forty-five", "en", december(2, time(7, 45))),
        ("tomorrow from ten to eleven", "en", december(2, time(10), ends_at=time(11))),
        ("tomorrow, two to four pm", "en", december(2, time(14), ends_at=time(16))),
        ("noon to 2pm on Sunday", "en", december(6, time(12), ends_at=time(14))),
        ("Sunday at midday", "en", december(6, time(12))),
        ("Saturday 3.15 p.m.", "en", december(5, time(15, 15))),
        ("Friday at twenty to nine", "en", december(4, time(8, 40))),
        ("lunch at quarter to one on Friday", "en", december(4, time(12, 45))),
        ("Thursday 9ish", "en", december(3, time(9))),
        ("half an hour from now", "en", december(1, time(17, 30))),
        ("in twenty-five minutes", "en", december(1, time(17, 25))),
        ("i morgen kl. halv et", "da", december(2, time(12, 30))),
        ("i morgen kl. halvti", "da", december(2, time(9, 30))),
        ("på lørdag ved ellevetiden", "da", december(5, time(11))),
        ("mandag kl. 8 til ca. kl. 15", "da", december(7, time(8), ends_at=time(15))),
        ("the train leaves at seven oh five tomorrow", "en", december(2, time(7, 5))),
        ("i morgen kl. syv nul fem", "da", december(2, time(7, 5))),
        ("midday tomorrow", "en", december(2, time(12))),
        ("om en times tid", "da", december(1, time(18))),
        ("om et halvt år", "da", When(date(2027, 6, 1))),
        # Short or misspelt days.
        ("parents mtg fri at 7 in the evening", "en", december(4, time(19))),
        ("playground sat morning", "en", december(5, part=Part.MORNING)),
        ("hent min søn kl. 15 i morgen", "da", december(2, time(15))),
        ("tandlæge pnsdag kl. 10", "da", december(2, time(10))),
        # Another clause reports the past, or has a condition.
        (
            "mind mig om at hente Oliver på torsdag kl. 16, han skal have støvler med",
            "da",
            december(3, time(16)),
        ),
        ("half marathon on 14 March", "en", When(date(2027, 3, 14))),
        ("Grandad's 80th is Saturday 19 December", "en", december(19)),
        ("Bilen gik i stykker, så mekanikeren kommer onsdag", "da", december(2)),
        ("We moved the meeting to Thursday at 19:00", "en", december(3, time(19))),
        ("Lægen sagde at jeg skal komme om to uger", "da", december(15)),
        ("hvis vejret holder, lørdag kl. 10", "da", december(5, time(10))),
        ("I can't find my keys, remind me tomorrow at 8", "en", december(2, time(8))),
        ("flaget skal på halv stang på fredag", "da", december(4)),
        ("glem ikke kagen på fredag", "da", december(4)),
        # Numbers that are no time.
        ("mind mig om at købe 2 kg mel i morgen kl. 16", "da", december(2, time(16))),
        ("ring på 21 43 65 87 på lørdag kl. 11", "da", december(5, time(11))),
        ("tlf. 2143 6587, mandag kl. 10", "da", december(7, time(10))),
        ("bus 16.30 fra stationen fredag", "da", december(4, time(16, 30))),
        ("det koster 12.50 pr. stk, hent dem fredag", "da", december(4)),
        ("Remind me to read pages 10 to 12 tomorrow", "en", december(2)),
        ("hent Emil (8 år) kl. 15 i morgen", "da", december(2, time(15))),
        ("Morten henter nøglen på lørdag kl. 11", "da", december(5, time(11))),
        ("about 20 people on Sunday at noon", "en", december(6, time(12))),
        ("looking forward to Friday 10-12", "en", december(4, time(10), ends_at=time(12))),
        # Days.
        ("Tuesday fortnight", "en", december(15)),
        ("Friday's meeting is at 10:00", "en", december(4, time(10))),
        ("the twenty-first of December", "en", december(21)),
        ("torsdag d. 3.12. kl. 10", "da", december(3, time(10))),
        ("onsdag d. 2.6. kl. 10", "da", When(date(2027, 6, 2), time(10))),
        ("i maj måned", "da", When(date(2027, 5, 1), ends=date(2027, 5, 31))),
        ("i weekenden, lørdag kl. 10", "da", december(5, time(10))),
        ("glædelig jul, vi ses på mandag", "da", december(7)),
        (
            "fra fredag den 2. til søndag den 4. juli",
            "da",
            When(date(2027, 7, 2), ends=date(2027, 7, 4)),
        ),
    ],
)
def test_moments_among_other_words(text: str, language: str, meaning: When) -> None:
    """A time is read although other words and numbers are around it."""
    assert reading(text, language).meaning == meaning


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("god weekend!", "da"),
        ("Merry Christmas and a happy New Year!", "en"),
        ("we are open 24/7", "en"),
        ("pakken vejer 4.20 kg", "da"),
        ("jeg læser side 20 til 35", "da"),
        ("room 10.15 on the second floor", "en"),
        ("Will they march again?", "en"),
        ("I sat by the window", "en"),
    ],
)
def test_words_that_look_like_a_time(text: str, language: str) -> None:
    """Greetings, measures, labels and words with two meanings say no time."""
    assert reading(text, language).meaning is None


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
    assert len(results) == 1200
    assert sum(result.is_right for result in results) >= LEAST_RIGHT
    assert sum(result.is_silently_wrong for result in results) <= MOST_SILENTLY_WRONG


def test_a_text_in_the_other_language(labelled: ModuleType) -> None:
    """The development part is read as well for citizens whose language is the other one."""
    other = {"da": "en", "en": "da"}
    lines = labelled.lines_of(labelled.DEVELOPMENT)
    turned = [replace(line, language=other[line.language]) for line in lines]
    results = [labelled.Result(line, labelled.answer(line)) for line in turned]
    assert sum(result.is_right for result in results) >= LEAST_RIGHT
    assert sum(result.is_silently_wrong for result in results) <= MOST_SILENTLY_WRONG


def known_words() -> list[str]:
    """Return words that phrases about time consist of."""
    phrases = [value for value in vars(words).values() if isinstance(value, words.Phrases)]
    found = {word for one in phrases for many in one.either.values() for ws in many for word in ws}
    for language in ("da", "en"):
        known = vocabulary(language)
        found |= known.known
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


@pytest.mark.parametrize(
    "words", ["d. 31-12-9999 kl. 10", "hver dag kl. 9 fra 1. januar 2150", "hver dag til 1.1.2150"]
)
def test_dates_that_no_calendar_has(words: str) -> None:
    """A year far away is asked about, and never an error."""
    assert isinstance(reading(words).meaning, Ask)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("koret øver på torsdag kl. 19.30", "da"),
        ("hver aften kl. 21.30 slukke lyset i hal 1", "da"),
        ("på lørdag kl. 10 tage på genbrugspladsen", "da"),
        ("på hverdage kl. 7.30 tjekke om hallen er aflyst", "da"),
        ("football match on Friday at 17", "en"),
        ("call the bank in 3 hrs", "en"),
    ],
)
def test_common_words_beside_a_time_are_no_slips(text: str, language: str) -> None:
    """A common word that is one letter from a word about time does not make it doubtful."""
    assert isinstance(reading(text, language).meaning, When | Repeats)

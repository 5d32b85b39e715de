"""What a pledge in a person's own words says: catalogue entry, amount, rhythm, last day. Pure.

A slot is filled only where the words can mean nothing else. What is unsure is None, and is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.engine.ask_listed import says
from bot.engine.words import fold, vocabulary
from bot.model.pledge import MeasureKind, Rhythm
from bot.model.pledge_catalogue import CatalogueEntry, Measure
from flows.pledge_ends import last_day
from flows.pledge_numbers import hundredths, number_pattern

SURE = 3  # points from which an entry is meant, if no other has as many
PER_WORD, PER_TEXT_WORD, PER_MEASURE, PER_RHYTHM = 2, 1, 2, 1
SHORTEST = 3  # letters of a word of a title or a text
# These words are in many pledges, and point to none.
_COMMON = vocabulary(
    "jeg vi min mit mine vores har have vil kan skal lover love løfte giver være blive ikke også",
    "altid mindst del med for til fra som der det den det de en et og af på om ud ned hvis når",
    "gange gang dag dage uge ugen måned år tre to mere mindre før efter noget i the my our we will",
    "want have has can make give pledge promise not also always least part with for to from that",
    "this these and of on at in out down if when times time day days week month year three two",
    "more less before after something is are be let use using go going",
)
_ENGLISH = vocabulary("i my the we our will want of until till every week month from at to pledge")
_DANISH = vocabulary("jeg mit min mine vi vores vil lover og af på til indtil hver om ugen måned")
_ALREADY = re.compile(r"\b(?:allerede|i forvejen|already)\b")
_DAYS = r"(?:mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)"
_DAYS_EN = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_EACH = r"(?<!for )(?<!half )(?<!in )(?<!over )(?<!within )a"  # "twice a year", not "for a year"
_RHYTHMS: Mapping[Rhythm, re.Pattern[str]] = {
    Rhythm.DAY: re.compile(
        r"\b(?:hver (?:dag|morgen|aften|nat)|dagligt?|om dagen|every (?:day|morning|evening|night)"
        rf"|daily|{_EACH} day|per day)\b"
    ),
    Rhythm.WEEK: re.compile(
        rf"\b(?:om ugen|hver uge|ugentligt?|ugentlige|pr uge|per uge|hver {_DAYS}|hver weekend"
        rf"|{_EACH} week|per week|every week|weekly|every {_DAYS_EN}|every weekend)\b"
    ),
    Rhythm.MONTH: re.compile(
        rf"\b(?:om måneden|hver måned|månedligt?|pr måned|{_EACH} month|per month|every month"
        r"|monthly)\b"
    ),
    Rhythm.QUARTER: re.compile(
        r"\b(?:hvert kvartal|hver tredje måned|every quarter|every three months|quarterly)\b"
    ),
    Rhythm.HALF_YEAR: re.compile(
        r"\b(?:hvert halve år|halvårligt?|to gange om året|2 gange om året|twice a year"
        r"|every six months)\b"
    ),
    Rhythm.YEAR: re.compile(
        rf"\b(?:om året|hvert år|årligt?|pr år|{_EACH} year|per year|every year|yearly)\b"
    ),
}
_ONCE = re.compile(r"\b(?:én gang|en enkelt gang|1 gang|just once|only once|once)\b")
# A rhythm between those that a pledge can have, such as "hver anden uge".
_BETWEEN = re.compile(
    r"\b(?:hvert? ?(?:anden|andet|fjerde|femte|10|tiende|14|fjortende)"
    r"|hver (?:2|3|4|tredje) (?:dag|uge)|every (?:other|second|fourth|fifth)"
    r"|every third (?:day|week)|every (?:2|two|3|three|4|four|10|ten|14|fourteen) (?:days|weeks)"
    r"|fortnight(?:ly)?|bi ?weekly)\b"
)
# A number next to one of these is one of two, or is not the amount.
_UNSURE_BEFORE = re.compile(
    r"(?:\d|-|–|\bx|\bog|\beller|\btil|\bmellem|\band|\bor|\bto|\bbetween)\s*$"
)
_LASTS = re.compile(r"\b(?:i|for|in|næste|next|om|after|efter)\s*$")  # "i 20 dage"


@dataclass(frozen=True, slots=True)
class PledgeSentence:
    """What a sentence says of a pledge; *words* are kept as they were written."""

    words: str
    entry_id: int | None = None
    measure: str | None = None
    amount: int | None = None  # hundredths
    rhythm: Rhythm | None = None
    ends_on: date | None = None
    is_already: bool = False  # the word is in it, so the person is asked
    is_other_rhythm: bool = False  # it names a rhythm that a pledge cannot have


def read_sentence(
    words: str,
    language: str,
    today: date,
    entries: Sequence[CatalogueEntry],
    measures: Sequence[Measure],
) -> PledgeSentence:
    """Return what a sentence says, in the person's language or in the one it is written in."""
    plain = unicodedata.normalize("NFKC", words).casefold()
    said = fold(words)
    language = _language_of(said, language)
    found = amounts_in(plain, language, measures)
    rhythm = rhythm_in(said)
    entry = _entry(said, entries, {key for key, _amount in found}, rhythm)
    sentence = PledgeSentence(
        words,
        rhythm=rhythm,
        ends_on=last_day(plain, language, today),
        is_already=_ALREADY.search(said) is not None,
        is_other_rhythm=_BETWEEN.search(said) is not None,
    )
    if entry is None:
        measure, amount = found[0] if len(found) == 1 else (None, None)
        return replace(sentence, measure=measure, amount=amount)
    own = [amount for key, amount in found if key == entry.measure]
    is_level = entry.kind is MeasureKind.LEVEL
    return replace(
        sentence,
        entry_id=entry.id,
        measure=entry.measure,
        amount=own[0] if len(own) == 1 else None,
        # A level is asked about in the catalogue's rhythm, also where the words name another.
        rhythm=entry.rhythm
        if is_level
        else sentence.rhythm or (None if sentence.is_other_rhythm else entry.rhythm),
    )


def rhythm_in(said: str) -> Rhythm | None:
    """Return the rhythm that folded words name; None for none, and for several."""
    if _BETWEEN.search(said):
        return None
    found = [rhythm for rhythm, pattern in _RHYTHMS.items() if pattern.search(said)]
    if Rhythm.HALF_YEAR in found and Rhythm.YEAR in found:
        found.remove(Rhythm.YEAR)
    if not found:
        return Rhythm.ONCE if _ONCE.search(said) else None
    return found[0] if len(found) == 1 else None


def amounts_in(plain: str, language: str, measures: Sequence[Measure]) -> list[tuple[str, int]]:
    """Return the amounts that words name, by the key of their measure."""
    found: dict[tuple[str, int], None] = {}
    for measure in measures:
        for match in _pattern_of(measure, language).finditer(plain):
            before = plain[: match.start()]
            if _UNSURE_BEFORE.search(before) or _LASTS.search(before):
                continue
            amount = hundredths(match["number"], language)
            if amount:
                found[measure.key, amount] = None
    return list(found)


def spellings(measure: Measure) -> set[str]:
    """Return every word for a unit, in lower case."""
    names = (*measure.one.values(), *measure.many.values(), *measure.words)
    return {unicodedata.normalize("NFKC", one).casefold() for one in names}


def _pattern_of(measure: Measure, language: str) -> re.Pattern[str]:
    units = sorted(map(re.escape, spellings(measure)), key=len, reverse=True)
    number = number_pattern(language)
    return re.compile(rf"(?<![\w.,])(?P<number>{number})\s*(?:{'|'.join(units)})(?!\w)")


def _language_of(said: str, language: str) -> str:
    """Return the language of folded words; the person's own where they show none."""
    tokens = set(said.split())
    english, danish = len(tokens & _ENGLISH), len(tokens & _DANISH)
    if english == danish:
        return language
    return "en" if english > danish else "da"


def _entry(
    said: str, entries: Sequence[CatalogueEntry], units: set[str], rhythm: Rhythm | None
) -> CatalogueEntry | None:
    """Return the entry that folded words mean; None where none or several may be meant."""
    points = {one.id: _points(said, one, units, rhythm) for one in entries}
    best = max(points.values(), default=0)
    top = [one for one in entries if points[one.id] == best]
    return top[0] if best >= SURE and len(top) == 1 else None


def _points(said: str, entry: CatalogueEntry, units: set[str], rhythm: Rhythm | None) -> int:
    """Return how much folded words point to an entry; a unit or a rhythm alone is no sign."""
    texts = fold(" ".join((*entry.titles.values(), *entry.texts.values()))).split()
    told = {one for one in texts if len(one) >= SHORTEST and one not in _COMMON}
    points = 0
    for token in set(said.split()):
        if any(says(token, fold(word)) for word in entry.words if " " not in word):
            points += PER_WORD
        elif token not in _COMMON and any(says(token, one) for one in told):
            points += PER_TEXT_WORD
    points += sum(PER_WORD for word in entry.words if " " in word and says(said, fold(word)))
    if not points:
        return 0
    is_rhythm = rhythm is entry.rhythm and entry.kind is MeasureKind.COUNT
    return points + PER_MEASURE * (entry.measure in units) + PER_RHYTHM * is_rhythm

"""Options of the questions after a check-in: how much was done, and what a smaller pledge is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.effects import Option
from bot.engine.words import fold
from bot.i18n import Text, _
from bot.model.pledge import PER_UNIT, RHYTHM_NAMES, MeasureKind, Pledge, Rhythm
from bot.model.pledge_catalogue import Measure
from bot.runner.context import TurnContext
from bot.runner.pledge_owner import own_pledge, source_of
from bot.service.pledges.check_ins import A_WEEK
from flows.check_in_words import Counted, Unclear, amount_of
from flows.pledge_questions import DIVISIBLE, WHOLE
from flows.pledge_sentence import spellings
from flows.pledge_words import amount_words, measure_of, unit_words

Answers = Mapping[str, Any]
HOW_MANY_DONE = _("How many {unit} was it? Choose, or write another number.")
DAYS_DONE = _("How many of the seven days was it?")
SMALLER = _("You have promised {amount}. How many {unit} do you promise now?")
DAY_WORDS = ("dag", "dage", "gang", "gange", "day", "days", "time", "times")
# Kept less often: the next slower rhythms.
RARER: Mapping[Rhythm, tuple[Rhythm, ...]] = {
    Rhythm.DAY: (Rhythm.WEEK, Rhythm.MONTH),
    Rhythm.WEEK: (Rhythm.MONTH, Rhythm.QUARTER),
    Rhythm.MONTH: (Rhythm.QUARTER, Rhythm.HALF_YEAR),
    Rhythm.QUARTER: (Rhythm.HALF_YEAR, Rhythm.YEAR),
    Rhythm.HALF_YEAR: (Rhythm.YEAR,),
}


def asks_amount(own: Pledge) -> bool:
    """Return whether “partly” asks how much: of what has no unit, it does not."""
    return own.measure is not None or _asks_days(own)


def _asks_days(own: Pledge) -> bool:
    """Return whether a person is asked about seven days."""
    return own.kind is MeasureKind.COUNT and own.rhythm is Rhythm.DAY


async def counted_of(context: TurnContext, own: Pledge) -> Counted:
    """Return what a check-in asks about: the unit, how much was promised, and in which words.

    The question about a level does not ask for a number: there it is the number of a button.
    """
    source = await source_of(context.unit, own)
    texts = [own.words, *(source.texts.values() if source is not None else ())]
    about = frozenset(word for text in texts for word in fold(text).split())
    if _asks_days(own):
        return Counted(whole_of(own), DAY_WORDS, about, is_daily=True)
    measure = measure_of(context.town, own.measure)
    if measure is None:
        return Counted(PER_UNIT, (), about, divisible=True, takes_bare=False)
    return Counted(
        whole_of(own),
        tuple(sorted(spellings(measure))),
        about,
        by_times=not measure.divisible,
        divisible=measure.divisible,
        takes_bare=own.kind is not MeasureKind.LEVEL,
    )


async def amount_in(context: TurnContext, own: Pledge, words: str) -> int | None:
    """Return the hundredths in words such as “3 ture”, “4 af 7” or “kun halvdelen”."""
    if not asks_amount(own):
        return None
    read = amount_of(words, await counted_of(context, own))
    return None if isinstance(read, Unclear) else read


def whole_of(own: Pledge) -> int:
    """Return the amount that is all of it: seven days, or the promised amount."""
    return A_WEEK * PER_UNIT if _asks_days(own) else own.amount


async def done(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return suggestions of how much of a pledge was done: days of the week, or of its amount."""
    own = await own_pledge(context, answers.get("pledge_id"))
    if own is None:
        return (Option(f"{WHOLE}{PER_UNIT}", "1", about=DAYS_DONE),)
    if _asks_days(own):
        return tuple(
            Option(f"{WHOLE}{n * PER_UNIT}", str(n), about=DAYS_DONE, words=DAY_WORDS)
            for n in range(A_WEEK + 1)
        )
    measure = measure_of(context.town, own.measure)
    if measure is None:
        return (Option(f"{WHOLE}{PER_UNIT}", "1", about=DAYS_DONE),)
    ask = HOW_MANY_DONE.with_(unit=unit_words(context.town, measure.key, context.language))
    return _amounts(context, measure, parts_of(own, measure), ask)


async def smaller(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return lower amounts of a pledge."""
    own = await own_pledge(context, answers.get("pledge_id"))
    measure = measure_of(context.town, own.measure) if own is not None else None
    if own is None or measure is None:
        return (Option(f"{WHOLE}{PER_UNIT}", "1", about=DAYS_DONE),)
    language = context.language
    ask = SMALLER.with_(
        amount=amount_words(context.town, measure.key, own.amount, language),
        unit=unit_words(context.town, measure.key, language),
    )
    return _amounts(context, measure, parts_of(own, measure), ask)


async def rarer(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the rhythms in which a pledge is kept less often."""
    own = await own_pledge(context, answers.get("pledge_id"))
    found = RARER.get(own.rhythm, ()) if own is not None else ()
    return tuple(Option(one.value, RHYTHM_NAMES[one]) for one in found)


def can_be_smaller(own: Pledge, measure: Measure | None) -> bool:
    """Return whether there is a lower amount, or a rhythm that is kept less often."""
    if measure is not None:
        return measure.divisible or own.amount > PER_UNIT
    return own.rhythm in RARER


def parts_of(own: Pledge, measure: Measure) -> list[int]:
    """Return a half and a quarter of a pledge's amount, in whole units where the unit is whole."""
    least = 1 if measure.divisible else PER_UNIT
    parts = (own.amount // 2 // least * least, own.amount // 4 // least * least)
    rounded = [one - one % PER_UNIT if one > PER_UNIT else one for one in parts]
    return list(dict.fromkeys(one for one in rounded if one > 0)) or [least * PER_UNIT // least]


def _amounts(
    context: TurnContext, measure: Measure, amounts: list[int], ask: Text
) -> tuple[Option, ...]:
    begins = DIVISIBLE if measure.divisible else WHOLE
    words = tuple(sorted(spellings(measure)))
    return tuple(
        Option(
            f"{begins}{amount}",
            amount_words(context.town, measure.key, amount, context.language),
            about=ask,
            words=words,
        )
        for amount in amounts
    )

"""Options of the questions about shared pledges."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.engine.effects import Option
from bot.i18n import Day, Text, _, pgettext
from bot.model.opportunity import said
from bot.model.pledge import PER_UNIT
from bot.runner.context import TurnContext
from flows.pledge_questions import DAY, DIVISIBLE, WHOLE
from flows.pledge_sentence import spellings
from flows.pledge_ways import ENTRY
from flows.pledge_words import amount_words, measure_of, unit_words

Answers = Mapping[str, Any]
HOW_MANY = _("How many {unit} do you promise? Choose, or write another number.")
IDEA_LINE = pgettext("pledge", "• <b>{title}</b>. {text}")
BY_WHEN = _("By which day must there be enough? Choose, or write a day like “1 August”.")
IN_TWO_WEEKS, IN_A_MONTH, IN_TWO_MONTHS = (
    _("In two weeks, {day}"),
    _("In four weeks, {day}"),
    _("In eight weeks, {day}"),
)
ENDS = ((2, IN_TWO_WEEKS), (4, IN_A_MONTH), (8, IN_TWO_MONTHS))


PARTS = {
    "words": pgettext("shared pledge", "What each of you does"),
    "name": pgettext("shared pledge", "The name"),
    "target": pgettext("shared pledge", "The target"),
    "deadline": pgettext("shared pledge", "The last day"),
}


async def parts(_context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return what can be changed in a proposal; a last day that is over is asked in any case."""
    return tuple(
        Option(key, label)
        for key, label in PARTS.items()
        if key != "deadline" or not answers.get("passed")
    )


async def amounts(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the suggested amount of a campaign."""
    campaign_id = answers.get("campaign_id")
    known = await context.unit.campaigns.get(campaign_id) if campaign_id is not None else None
    measure = measure_of(context.town, known.measure) if known is not None else None
    if known is None or measure is None:
        return (Option("none", "", about=HOW_MANY.with_(unit="")),)
    language, amount = context.language, known.amount or PER_UNIT
    unit = unit_words(context.town, measure.key, language)
    return (
        Option(
            f"{DIVISIBLE if measure.divisible else WHOLE}{amount}",
            amount_words(context.town, measure.key, amount, language),
            about=HOW_MANY.with_(unit=unit),
            words=tuple(sorted(spellings(measure))),
        ),
    )


async def ideas(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the entries of the catalogue of the chosen theme, each with its text."""
    language = context.language
    return tuple(
        Option(
            f"{ENTRY}{one.id}",
            said(one.titles, language),
            about=IDEA_LINE.with_(title=said(one.titles, language), text=said(one.texts, language)),
        )
        for one in await context.unit.catalogue.published(answers.get("theme"))
    )


async def ends(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return last days for signatures."""
    today = context.calendar.local(context.now).date()

    def one(weeks: int, label: Text) -> Option:
        day = today + timedelta(weeks=weeks)
        return Option(
            f"{DAY}{day:%Y%m%d}", label.with_(day=Day(day, has_year=False)), about=BY_WHEN
        )

    return tuple(one(weeks, label) for weeks, label in ENDS)

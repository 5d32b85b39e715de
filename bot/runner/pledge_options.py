"""Options of the questions about pledges, from the catalogue and from the answers so far."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.engine.effects import Option
from bot.i18n import Day, Text, _, pgettext
from bot.model.campaign import CampaignState
from bot.model.opportunity import said
from bot.model.pledge import LEAST_WEEKS, PER_UNIT, MeasureKind, Rhythm, is_in_season
from bot.model.pledge_catalogue import CatalogueEntry, EntryState, Goal
from bot.runner.context import TurnContext
from bot.service.pledges import campaign_days
from bot.service.pledges.check_in_days import season_begin, season_out, usual_end
from bot.service.pledges.making import off_season, season_of
from flows.pledge_ends import plus_span
from flows.pledge_questions import AFTER_WHY, BEGINS, DAY, DIVISIBLE, HOW_LONG, NEW, WHOLE
from flows.pledge_sentence import spellings
from flows.pledge_ways import (
    ALREADY,
    CAMPAIGNS,
    ENTRY,
    GOAL,
    GROUP,
    JOINS,
    ME,
    OTHER,
    OTHERS,
    OWN_GOAL,
    OWN_WORDS,
    THEME,
    goal_of,
    theme_of,
)
from flows.pledge_words import amount_words, has_far_year, measure_of, unit_words
from flows.pledges import DO_YOU

Answers = Mapping[str, Any]
SUGGESTIONS = 3  # for a goal (row 18 of the domain)
YOURSELF = _("What would you like for yourself?")
IN_OWN_WORDS = _("In your own words")
TOGETHER = _("Shared pledges")
SOMETHING_ELSE = _("Something else")
# Other words for “something else”.
SOMETHING = ("andet", "noget andet", "noget helt andet", "other", "something else")
DOES_ALREADY = _("I do it already")
OTHER_PLEDGES = _("See other pledges")
PROMISES = pgettext("pledge", "I promise it")
MYSELF = pgettext("pledge", "Me")
DESCRIBED = pgettext("pledge", "<b>{title}</b>\n{text}")
ENTRY_LINE = pgettext("pledge", "• <b>{title}</b>. {text}")
GOAL_LINE = _("• <b>{title}</b>, because {wants}. {reason}")
ASKS = pgettext("pledge", "{pledge}\n\n{question}")
OWN = pgettext("pledge", "“{words}”")
FOR_WHOM = _("For: {who}")
AND_FOR = pgettext("pledge", "{pledge}\n{who}")
HOW_MANY = _("How many {unit}? Choose, or write another number.")
HOW_MANY_EACH: Mapping[Rhythm, Text] = {
    Rhythm.DAY: _("How many {unit} a day? Choose, or write another number."),
    Rhythm.WEEK: _("How many {unit} a week? Choose, or write another number."),
    Rhythm.MONTH: _("How many {unit} a month? Choose, or write another number."),
    Rhythm.QUARTER: _("How many {unit} each three months? Choose, or write another number."),
    Rhythm.HALF_YEAR: _("How many {unit} each half year? Choose, or write another number."),
    Rhythm.YEAR: _("How many {unit} a year? Choose, or write another number."),
}
NEW_END = _("Until when now? Choose, or write a day like “1 August”.")
BY_WHEN = _("By which day? Choose, or write a day like “1 August”.")
SEASON_OUT = _("To the end of the season, {day}")
TO_DAY = _("Until {day}")
LENGTHS = (
    (_("Four weeks"), LEAST_WEEKS, "weeks"),
    (_("Three months"), 3, "months"),
    (_("Half a year"), 6, "months"),
    (_("A year"), 1, "years"),
)


async def ways(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return the themes, one's own goal, own words, and shared pledges where some are open."""
    found = [*await themes(context, _answers)]
    found += [Option(OWN_GOAL, YOURSELF), Option(OWN_WORDS, IN_OWN_WORDS, words=SOMETHING)]
    if await campaign_days.signable(context.unit, {CampaignState.OPEN}):
        found.append(Option(CAMPAIGNS, TOGETHER))
    return tuple(found)


async def themes(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return the themes of pledges, by the key that leads to their entries."""
    language = context.language
    return tuple(
        Option(THEME + one.key, said(one.labels, language), words=one.words)
        for one in context.town.pledge_themes
    )


async def plain_themes(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return the themes by their own keys."""
    language = context.language
    return tuple(Option(one.key, said(one.labels, language)) for one in context.town.pledge_themes)


async def entries(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the entries of the chosen theme, each with its text, and own words."""
    theme, language = theme_of(answers.get("wanted")), context.language
    found = [
        Option(
            f"{ENTRY}{one.id}",
            said(one.titles, language),
            about=ENTRY_LINE.with_(
                title=said(one.titles, language), text=said(one.texts, language)
            ),
        )
        for one in await context.unit.catalogue.published(theme)
    ]
    return (*found, Option(OWN_WORDS, IN_OWN_WORDS, words=SOMETHING))


async def goals(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return what people want for themselves, and something else."""
    language = context.language
    found = [
        Option(GOAL + one.key, said(one.labels, language), words=one.words)
        for one in context.town.goals
    ]
    return (*found, Option(OTHER, SOMETHING_ELSE, words=SOMETHING))


async def for_goal(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return three entries that help with the chosen goal, each with the reason."""
    key, language = goal_of(answers.get("goal")), context.language
    goal = next((one for one in context.town.goals if one.key == key), None)
    found = await context.unit.catalogue.published()
    helps = [one for one in found if key in (one.because or {})]
    month = context.calendar.local(context.now).month
    if goal is not None:
        helps.sort(
            key=lambda one: (-_nearness(context, one, goal), not is_in_season(one.season, month))
        )
    shown = [_suggestion(one, goal, language) for one in helps[:SUGGESTIONS]] if goal else []
    return (*shown, Option(OTHER, SOMETHING_ELSE, words=SOMETHING))


def _nearness(context: TurnContext, one: CatalogueEntry, goal: Goal) -> int:
    """Return how near an entry is to a goal: 2 by its own words, 1 by those of its theme."""
    of_theme = [theme.words for theme in context.town.pledge_themes if theme.key == one.theme]
    wanted = set(goal.words)
    by_theme = any(wanted & set(words) for words in of_theme)
    return 2 * bool(wanted & set(one.words)) + by_theme


def _suggestion(one: CatalogueEntry, goal: Goal, language: str) -> Option:
    """Return an entry with why it helps with a goal."""
    reason = said((one.because or {}).get(goal.key, {}), language)
    line = GOAL_LINE.with_(
        title=said(one.titles, language), wants=said(goal.wants, language), reason=reason
    )
    return Option(f"{ENTRY}{one.id}", said(one.titles, language), about=line)


async def whom(context: TurnContext, _answers: Answers) -> tuple[Option, ...]:
    """Return the citizen, and the groups that they lead."""
    citizen = context.citizen
    participant = await context.unit.participants.of_person(citizen.id, citizen.address)
    led = await context.unit.groups.led_by(participant.id)
    return (Option(ME, MYSELF), *(Option(f"{GROUP}{one.id}", one.name) for one in led))


async def amounts(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the suggested amount; for a new pledge also what is no promise, and other pledges."""
    known, language = known_of(answers), context.language
    entry = await entry_of(context, known)
    measure = measure_of(context.town, known.get("measure") or (entry.measure if entry else None))
    pledge = _described(entry, known, language)
    more: tuple[Option, ...] = ()
    if "pledge_id" not in answers:
        more = (Option(ALREADY, DOES_ALREADY), Option(OTHERS, OTHER_PLEDGES))
    if measure is None:
        text = ASKS.with_(pledge=pledge, question=DO_YOU)
        return (Option(JOINS, PROMISES, about=text), *more)
    amount = known.get("amount") or (entry.amount if entry is not None else PER_UNIT)
    rhythm = Rhythm(known.get("rhythm") or (entry.rhythm if entry is not None else Rhythm.ONCE))
    is_level = entry is not None and entry.kind is MeasureKind.LEVEL
    is_asked = known.get("other_rhythm") and not known.get("rhythm")
    question = HOW_MANY if is_level or is_asked else HOW_MANY_EACH.get(rhythm, HOW_MANY)
    unit = unit_words(context.town, measure.key, language)
    question = question.with_(unit=unit)
    first = Option(
        f"{DIVISIBLE if measure.divisible else WHOLE}{amount}",
        amount_words(context.town, measure.key, amount, language),
        about=ASKS.with_(pledge=pledge, question=question),
        words=tuple(sorted(spellings(measure))),
        unit=unit,
    )
    return (first, *more)


def _described(entry: CatalogueEntry | None, known: Answers, language: str) -> Text:
    """Return the pledge in the question: own words, or title, text and who can keep it."""
    words = known.get("words")
    if words:
        return OWN.with_(words=words)
    if entry is None:
        return OWN.with_(words="")
    text = DESCRIBED.with_(title=said(entry.titles, language), text=said(entry.texts, language))
    if not entry.who:
        return text
    return AND_FOR.with_(pledge=text, who=FOR_WHOM.with_(who=said(entry.who, language)))


async def ends(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return last days: the season's end first, else lengths; of a one-time pledge a day."""
    known = known_of(answers)
    entry = await entry_of(context, known)
    rhythm = Rhythm(known.get("rhythm") or (entry.rhythm if entry is not None else Rhythm.ONCE))
    today = context.calendar.local(context.now).date()
    if rhythm is Rhythm.ONCE:
        usual = usual_end(entry, rhythm, today)
        days = dict.fromkeys((usual, today + timedelta(weeks=LEAST_WEEKS)))
        return tuple(_until(day, TO_DAY.with_(day=_shown(day, today)), BY_WHEN) for day in days)
    is_new = "pledge_id" not in answers
    text = HOW_LONG if is_new else NEW_END
    lengths = [_until(plus_span(today, count, unit), label, text) for label, count, unit in LENGTHS]
    season = season_of(entry, rhythm)
    end = season_out(season, today) if season else None
    if end is not None:
        lengths.insert(0, _until(end, SEASON_OUT.with_(day=_shown(end, today)), text))
    begin = season_begin(season, today) if season else today
    open_ends = [one for one in lengths if _day_of(one) >= begin]
    first, *more = open_ends or lengths[-1:]
    if not season:
        return (replace(first, words=(NEW,) if is_new else ()), *more)
    why = off_season(season, today)
    words = (f"{BEGINS}{begin.isoformat()}", *((NEW,) if is_new else ()))
    if known.get("refused_end") and date.fromisoformat(known["refused_end"]) < begin:
        first = replace(first, about=AFTER_WHY.with_(why=why, question=text))
    return (replace(first, words=words, refuses=why), *more)


def _shown(day: date, today: date) -> Day:
    """Return a day for a button, with its year where it is far away."""
    return Day(day, has_far_year(day, today))


def _day_of(option: Option) -> date:
    """Return the last day that an option chooses."""
    return datetime.strptime(option.key, f"{DAY}%Y%m%d").date()  # noqa: DTZ007 - a date only


def _until(day: date, label: Text, about: Text) -> Option:
    return Option(f"{DAY}{day:%Y%m%d}", label, about=about)


async def steps(context: TurnContext, answers: Answers) -> tuple[Option, ...]:
    """Return the first step that the catalogue suggests."""
    entry = await entry_of(context, answers)
    suggested = said(entry.steps, context.language) if entry is not None and entry.steps else ""
    return (Option("step", suggested),) if suggested else ()


async def entry_of(context: TurnContext, known: Answers) -> CatalogueEntry | None:
    """Return the entry of the answers; None for own words, and for an entry that is retired."""
    entry_id = known.get("catalogue_id")
    found = await context.unit.catalogue.get(entry_id) if entry_id is not None else None
    return found if found is not None and found.state is not EntryState.DRAFT else None


def known_of(answers: Answers) -> dict[str, Any]:
    """Return what the search for the pledge found, and the rhythm that was answered since."""
    look = answers.get("look") or {}
    found: dict[str, Any] = look.get("value") or look
    rhythm = found.get("rhythm") or answers.get("rhythm")
    return {**answers, **found, "rhythm": rhythm}

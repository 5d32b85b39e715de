"""What happened to what a citizen said: answers, ideas, reports and obstacles (row 4)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from bot.i18n import Text
from bot.model.opportunity import said
from bot.model.outcome import (
    OBSTACLE_NAMES,
    Contribution,
    ContributionKind,
    Obstacle,
    OutcomeState,
)
from bot.runner.context import TurnContext
from bot.service.cases.opening import case_number
from flows import broadcast_cards, contribution_cards

SHOWN = 5
LONGEST_ANSWER = 300  # characters of the answer to an obstacle


async def show(context: TurnContext) -> None:
    """Show the citizen's newest contributions with their outcomes."""
    own = await context.unit.participants.of_person(context.citizen.id)
    found = await context.unit.contributions.by(own.id, SHOWN) if own is not None else []
    lines = [line for one in found if (line := await LINES[one.kind](context, one)) is not None]
    context.send(contribution_cards.contributions(lines))


async def has_any(context: TurnContext) -> bool:
    """Return whether the citizen has contributed."""
    own = await context.unit.participants.of_person(context.citizen.id)
    return own is not None and bool(await context.unit.contributions.by(own.id, 1))


async def _answer(context: TurnContext, one: Contribution) -> Text | None:
    """Return the line of an answer to a dialogue."""
    known = await context.unit.broadcasts.get(one.subject_id)
    if known is None:
        return None
    outcome = _outcome(context, one, {"decider": known.decider or ""})
    return contribution_cards.ANSWER.with_(
        number=known.number,
        title=broadcast_cards.title_for(known, context.language),
        words=broadcast_cards.answer_words(known, one.key, one.words, context.language),
        outcome=broadcast_cards.with_agenda(outcome, known),
    )


async def _case(context: TurnContext, one: Contribution) -> Text | None:
    """Return the line of an idea or a report; without an outcome it has the date of its case."""
    case = await context.unit.cases.get(one.subject_id)
    if case is None:
        return None
    outcome = _outcome(context, one, {"due": case.told_on} if case.live else {})
    number = case_number(context.unit, case)
    return contribution_cards.CASE.with_(number=number, title=case.title, outcome=outcome)


async def _obstacle(context: TurnContext, one: Contribution) -> Text | None:
    """Return the line of an obstacle to a pledge."""
    words: Text | str = one.words or ""
    if not words and one.key in list(Obstacle):
        words = OBSTACLE_NAMES[Obstacle(one.key)]
    known = await context.unit.outcomes.get(one.outcome_id) if one.outcome_id else None
    outcome: Text = contribution_cards.WAITS
    if known is not None and known.state is OutcomeState.ANSWERED:
        answer = said(known.texts or {}, context.language)
        if len(answer) > LONGEST_ANSWER:
            answer = answer[:LONGEST_ANSWER].rsplit(" ", 1)[0] + " …"
        outcome = contribution_cards.ANSWERED.with_(answer=answer)
    return contribution_cards.OBSTACLE.with_(words=words, outcome=outcome)


def _outcome(context: TurnContext, one: Contribution, about: Mapping[str, object]) -> Text:
    """Return the outcome that the author was told, or that there is none yet."""
    if one.told_at is None or one.verdict is None:
        return contribution_cards.waits(about)
    day = context.calendar.local(one.decided_at or one.told_at).date()
    return contribution_cards.decided(one, day, context.language)


LINES: Mapping[ContributionKind, Callable[[TurnContext, Contribution], Awaitable[Text | None]]] = {
    ContributionKind.ANSWER: _answer,
    ContributionKind.IDEA: _case,
    ContributionKind.REPORT: _case,
    ContributionKind.OBSTACLE: _obstacle,
}

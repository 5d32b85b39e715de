"""Flows about a pledge that was made: the plan to begin, and changes of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bot.engine.flow import Flow
from bot.engine.questions import Ask, Choose
from bot.engine.steps import Condition, Do, Known, Open, Rows
from bot.i18n import Text, _, pgettext
from bot.model.commands.pledges import ChangePledge, SavePlan
from flows import pledge_explanations
from flows.pledge_made_cards import CHANGE, PARTS, SHARE
from flows.pledge_plan import NOTHING, AskBeginning, PartOfPlan
from flows.pledge_questions import AskAmount, AskUntil, own_promise
from flows.pledges import (
    HOW_MUCH,
    NONE,
    OUT_OF_IT,
    SEEN_BY,
    UNTIL,
    WHO_SEES,
    WISHES,
    Answers,
    no_wish,
)

SKIP = _("Skip")
CHANGES = ("ret det", "rette", "ændr", "ændre", "ændr det", "change it", "edit")


def _on_card(answers: Answers) -> Sequence[tuple[str, Text | str]]:
    """Return the buttons of a pledge's card, the parts on it, and answers to earlier questions.

    The name of a part, and an answer, lead to its question.
    """
    share, edit = f"sharepledge.{answers['pledge_id']}", f"pledgeedit.{answers['pledge_id']}"
    change: list[tuple[str, Text | str]] = [(edit, words) for words in (CHANGE, *CHANGES)]
    parts = [(f"{edit}.{part}", name) for part, name in PARTS.items()]
    wishes = [(f"{edit}.wish", one.label) for one in WISHES]
    seen = [(f"{edit}.visibility", one.label) for one in SEEN_BY]
    return (*change, (share, SHARE), *parts, *wishes, *seen)


class PlanPledge(Flow):
    """A citizen plans when and where they begin, and the first step; all may be skipped."""

    revision = 1
    title = _("Plan how you begin")
    seen_by = pledge_explanations.SEEN_BY

    pledge_id = Known()
    catalogue_id = Known()
    when = Known()
    at = AskBeginning(
        _(
            "When and where do you begin? Write it in one go, like “Saturday at 10 by the shed”. "
            "Then I remind you once."
        ),
        skip=SKIP,
        nothing=pgettext("button", "No plan"),
    ).explained(pledge_explanations.PLAN)
    where = PartOfPlan(
        _("Where do you do it?"),
        skip=SKIP,
        when=Condition(at, lambda one: isinstance(one, dict) and not one["where"]),
    ).explained(pledge_explanations.PLAN)
    first = PartOfPlan(
        _("What is the first thing you do?"),
        Rows("pledge_steps"),
        skip=SKIP,
        when=Condition(at, lambda one: one != NOTHING),
    ).explained(pledge_explanations.PLAN)
    save = Do(SavePlan, given={"by": "citizen"})
    done = Open("pledgeplanned.{pledge_id}")

    @classmethod
    def card_buttons(cls, answers: Answers) -> Sequence[tuple[str, Text | str]]:
        """Return the buttons and the names on the card of the pledge."""
        return _on_card(answers)

    @classmethod
    def facts(cls, answers: Answers) -> dict[str, Any]:
        """Add the parts of the first answer, which may hold the time and the place.

        Parts that are known from an earlier plan stay, unless the citizen wants no plan.
        """
        facts = super().facts(answers)
        said = facts.get("at")
        told = said if isinstance(said, dict) else {}
        at = datetime.fromisoformat(told["at"]) if told.get("at") else None
        kept = {} if said == NOTHING else answers
        names = ("when", "where", "first")
        parts = {name: told.get(name) or kept.get(name) or "" for name in names}
        return {**facts, **parts, "at": at}


class ChangeMyPledge(Flow):
    """A citizen changes one answer of a pledge: *part* is its name."""

    revision = 1
    title = _("Change a pledge")
    seen_by = pledge_explanations.SEEN_BY

    pledge_id = Known()
    part = Known()
    catalogue_id = Known()
    measure = Known()
    rhythm = Known()
    amount = AskAmount(HOW_MUCH, Rows("pledge_amounts"), when=part.is_("amount")).explained(
        pledge_explanations.AMOUNT
    )
    ends_on = AskUntil(UNTIL, Rows("pledge_ends"), when=part.is_("ends_on")).explained(
        pledge_explanations.ENDS_ON
    )
    visibility = Choose(WHO_SEES, SEEN_BY, when=part.is_("visibility")).explained(
        pledge_explanations.VISIBILITY
    )
    wish = Choose(OUT_OF_IT, WISHES, reads=no_wish, when=part.is_("wish")).explained(
        pledge_explanations.WISH
    )
    words = Ask(
        _("Write what you promise, in your own words. The amount and the last day stay."),
        own_promise,
        when=part.is_("words"),
    ).explained(pledge_explanations.IN_OWN_WORDS)
    change = Do(ChangePledge, given={"by": "citizen", "rhythm": None})
    changed = Open("pledgeshown.{pledge_id}")

    @classmethod
    def card_buttons(cls, answers: Answers) -> Sequence[tuple[str, Text | str]]:
        """Return the buttons and the names on the card of the pledge."""
        return _on_card(answers)

    @classmethod
    def facts(cls, answers: Answers) -> dict[str, Any]:
        """Return the facts; “nothing in particular” erases the wish."""
        facts = super().facts(answers)
        return {**facts, "wish": "" if facts.get("wish") == NONE else facts.get("wish")}

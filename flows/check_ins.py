"""Flows after a check-in: how much was done, and a smaller pledge."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.flow import Flow
from bot.engine.questions import Choose
from bot.engine.steps import Do, Known, Open, Rows
from bot.i18n import _
from bot.model.commands.pledges import AnswerCheckIn, ChangePledge
from bot.model.pledge import CheckInAnswer
from flows.pledge_questions import AskAmount, AskLess
from flows.pledges import HOW_MUCH


def answer_of(amount: int, whole: int) -> CheckInAnswer:
    """Return the answer that an amount gives; *whole* is the promised amount; more is done."""
    if not amount:
        return CheckInAnswer.NOT
    return CheckInAnswer.DONE if amount >= whole else CheckInAnswer.PARTLY


# What a smaller pledge leaves as it is.
UNCHANGED = ("ends_on", "visibility", "wish", "words")


class TellHowMuch(Flow):
    """A person tells how much of a pledge they did; of a daily one, on how many of seven days."""

    revision = 1
    title = _("How much you did")

    pledge_id = Known()
    delivery_id = Known()
    asked_on = Known()
    whole = Known()
    answer = Known()
    amount = AskAmount(HOW_MUCH, Rows("pledge_done"), or_none=True)
    tell = Do(AnswerCheckIn, given={"by": "citizen"})
    told = Open("toldhowmuch.{delivery_id}")

    @classmethod
    def facts(cls, answers: Mapping[str, Any]) -> dict[str, Any]:
        """Add the answer: none of it is “not this time”."""
        facts = super().facts(answers)
        answer = answer_of(facts.get("amount") or 0, facts.get("whole") or 0)
        return {**facts, "answer": answer.value}


class MakeSmaller(Flow):
    """A citizen makes a pledge smaller: a lower amount, or kept less often."""

    revision = 1
    title = _("Make a pledge smaller")

    pledge_id = Known()
    measure = Known()
    now = Known()
    amount = AskLess(HOW_MUCH, Rows("pledge_smaller"), when=measure.answered())
    rhythm = Choose(_("How often instead?"), Rows("pledge_rarer"), when=measure.is_(None))
    change = Do(ChangePledge, given={"by": "citizen", **dict.fromkeys(UNCHANGED)})
    changed = Open("pledgeshown.{pledge_id}")

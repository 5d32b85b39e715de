"""What happened to what a person said: each contribution with its outcome (row 4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.engine.effects import Send
from bot.i18n import Text, _, pgettext
from bot.model.broadcast import Verdict
from bot.model.outcome import Contribution
from flows import cards, outcome_words

WHAT_HAPPENED = _("What happened to my contribution?")
TO_CONTRIBUTIONS = cards.command_button("contributions", WHAT_HAPPENED)
TITLE = _("This is what happened to your contributions:")
NONE = _(
    "We have no contribution from you. Your answer to a question of ours, your idea and your "
    "report are contributions, and you hear what came of them."
)
ANSWER = _("{number}, {title}. You answered: “{words}”.\n{outcome}")
CASE = _("{number}: “{title}”.\n{outcome}")
OBSTACLE = _("What stood in the way of a pledge: “{words}”.\n{outcome}")
WAITS = _("It is not decided yet.")
WAITS_FOR = _("{decider} has not decided yet.")
WAITS_UNTIL = _("You have an answer by {due}.")
DECIDED = _("{outcome} {decided_by} decided it {day}.")
ANSWERED = _("Our answer: “{answer}”")
ITEM = pgettext("list", "{before}\n\n{line}")


def decided(one: Contribution, day: date, reader: str) -> Text:
    """Return the decision about a contribution, who made it, and on which *day*.

    Raise `ValueError` for a contribution without an outcome.
    """
    outcome = outcome_words.told(one.kind, Verdict(one.verdict or ""), one.reasons or {}, reader)
    return DECIDED.with_(outcome=outcome, decided_by=one.decided_by or "", day=day)


def contributions(lines: Sequence[Text]) -> Send:
    """Return a person's contributions, newest first, or what a contribution is."""
    if not lines:
        return Send(NONE, (cards.TO_OVERVIEW, cards.TO_MENU))
    said: Text = TITLE
    for line in lines:
        said = ITEM.with_(before=said, line=line)
    return Send(said, (cards.TO_OVERVIEW, cards.TO_MENU))


def waits(about: Mapping[str, object]) -> Text:
    """Return that a contribution has no outcome yet: by when it has, or who decides."""
    if "due" in about:
        return WAITS_UNTIL.with_(**about)
    return WAITS_FOR.with_(**about) if about.get("decider") else WAITS

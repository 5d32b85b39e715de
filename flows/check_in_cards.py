"""The question how a pledge goes, its reminder and its end, as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Day, Text, _, pgettext
from bot.model.delivery import Delivery
from flows import cards, messages, reminder_cards
from flows.shift_cards import button
from flows.signature_cards import DID, DID_NOT, DONE, NOT_NOW, PARTLY, SOME

LATER = "later"  # the button's key in `put_off_buttons`
ASK = _("How is your pledge going: “{words}”?")
ASK_ONCE = _("How did it go with your pledge: “{words}”?")
ASK_LAST = _("It is the last time that I ask about your pledge: “{words}”. How did it go?")
ASK_AGAIN = _("Some days ago I asked about your pledge: “{words}”. You can still answer.")
AND_PERIOD = pgettext("pledge", "{question} {period}")
GOAL_AND = pgettext("pledge", "{goal} {question}")
GOAL_WORDS = _("You wrote what you would like: “{words}”.")
ABOUT = _("It is about {first} to {last}.")
FROM_TO = pgettext("days", "{first} to {last}")
NOT_ANSWERED = _("You can still answer this under “My overview”.")
OF_SEVEN = _("How many of the seven days was it? You can write a number.")
OF_AMOUNT = _("You promised {amount}. You can also write a number.")
REMEMBER = _("Remember: {when}.")
BEGINS = pgettext("pledge", "{when} {where}")
FIRST_STEP = _("First step: {first}")
YOUR_PLEDGE = _("Your pledge: “{words}”")
KEPT = _(
    "Your pledge is over: “{words}”. The last day was {day}. Thank you for what you did. You can "
    "make it again."
)
OVER = _(
    "Your pledge is over: “{words}”. The last day was {day}. I do not ask about it any more. You "
    "can make it again when it suits you."
)
AGAIN = _("Make it again")
IS_MEANT = _("Do you mean your pledge “{title}”? How did it go?")
IS_MEANT_AMOUNT = _("Do you mean your pledge “{title}”? How many {unit} was it?")
IS_MEANT_DAYS = _("Do you mean your pledge “{title}”? How many of the seven days was it?")
SOMETHING_ELSE = _("It is about something else")
WRITE_IT = _("Write it again, please, and I read it as a question.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a check-in asks about, in the reader's language.

    *goal* is the sentence about what the person would like, or empty. *counts* is what a done
    check-in adds, such as "4 ture"; *is_daily* asks how many of seven days. *since* and *until*
    are the days that it is about; a one-time pledge has none.
    """

    words: str
    goal: Text | str = ""
    counts: str = ""
    is_once: bool = False
    is_last: bool = False
    is_daily: bool = False
    since: date | None = None
    until: date | None = None


def check_in(asked: Asked, delivery: Delivery, *, again: bool) -> Send:
    """Ask how a pledge goes; *again* asks the silent a second time."""
    text: Text = _question(asked, again=again).with_(words=asked.words)
    if asked.since is not None and asked.until is not None:
        period = ABOUT.with_(**_days(asked.since, asked.until))
        text = AND_PERIOD.with_(question=text, period=period)
    if asked.goal and not again:
        text = GOAL_AND.with_(goal=asked.goal, question=text)
    if asked.is_daily:
        text = messages.BOTH.with_(first=text, second=OF_SEVEN)
    elif asked.counts:
        text = messages.BOTH.with_(first=text, second=OF_AMOUNT.with_(amount=asked.counts))
    return Send(text, answers(delivery))


def _days(since: date, until: date) -> dict[str, Day]:
    """Return the ends of a period; with their years, where these differ."""
    has_year = since.year != until.year
    return {"first": Day(since, has_year), "last": Day(until, has_year)}


def period(since: date, until: date) -> Text:
    """Return the days that a check-in is about."""
    return FROM_TO.with_(**_days(since, until))


def _question(asked: Asked, *, again: bool) -> Text:
    if again:
        return ASK_AGAIN
    if asked.is_once:
        return ASK_ONCE
    return ASK_LAST if asked.is_last else ASK


def not_answered(said: Text) -> Text:
    """Return an earlier question: the newest one has the buttons now."""
    return messages.BOTH.with_(first=said, second=NOT_ANSWERED)


def answers(delivery: Delivery) -> tuple[Button, ...]:
    """Return the four answers to a check-in."""
    return (
        button(delivery, DID, DONE),
        button(delivery, PARTLY, SOME),
        button(delivery, DID_NOT, NOT_NOW),
        button(delivery, LATER, reminder_cards.LATER),
    )


def is_meant(title: str, unit: str, *, is_daily: bool) -> Text:
    """Ask whether words were an answer, and how much it was."""
    if is_daily:
        return IS_MEANT_DAYS.with_(title=title)
    return IS_MEANT_AMOUNT.with_(title=title, unit=unit) if unit else IS_MEANT.with_(title=title)


def plan(words: str, at: datetime, where: str, first: str) -> Send:
    """Remind once of the person's own plan."""
    when: Text | datetime = BEGINS.with_(when=at, where=where) if where else at
    text = REMEMBER.with_(when=when)
    steps = [FIRST_STEP.with_(first=first)] if first else []
    for line in (*steps, YOUR_PLEDGE.with_(words=words)):
        text = pgettext("list", "{before}\n{line}").with_(before=text, line=line)
    return Send(text, (cards.TO_OVERVIEW, cards.TO_MENU))


def ended(words: str, day: date, pledge_id: int, *, kept: bool) -> Send:
    """Return that a pledge is over; *kept* thanks for it."""
    text = (KEPT if kept else OVER).with_(words=words, day=day)
    return Send(text, (again_button(pledge_id), cards.TO_OVERVIEW, cards.TO_MENU))


def again_button(pledge_id: int) -> Button:
    """Return the button that makes a pledge again."""
    return cards.command_button(f"pledgeagain.{pledge_id}", AGAIN)

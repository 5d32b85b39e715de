"""What a person reads after an answer to a check-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, pgettext
from bot.model.delivery import Delivery
from flows import cards, messages, obstacles
from flows.check_in_cards import again_button
from flows.pledge_made_cards import START_AGAIN
from flows.shift_cards import button
from flows.signature_cards import UNDO, UNDO_IT

WHY, CONVERTED = "why", "factor"  # buttons of a delivery
NOTED = pgettext("pledge", "Thank you, that is noted.")
NOTED_KEEPERS = _("Thank you, that is noted. Now you are {count} {doing}.")
NOTED_AMOUNT = _("Thank you, that is noted: {amount}.")
NOTED_SOME = _("Thank you, that is noted. A little is good, too.")
AND = pgettext("pledge", "{said} {more}")
# Message 3c-7 of the domain.
NOT_THIS_TIME = _(
    "It did not come to anything this time. That is perfectly all right. Do you want to continue, "
    "make the pledge smaller or take a break?"
)
CONTINUE, SMALLER = _("Continue"), _("Make it smaller")
BREAK, STOP = _("Take a break"), _("Stop the pledge")
UNDONE = _("It is undone.")
UNDONE_AND = pgettext("pledge", "{undone} {question}")
KEPT = _("You have kept your pledge to the end. Thank you for what you did.")
KEPT_SUM = _("You have kept your pledge to the end. Thank you for what you did: {amount} in all.")
OVER = _("Your pledge is over now. Thank you for what you did.")
OVER_SUM = _("Your pledge is over now. Thank you for what you did: {amount} in all.")
# What the person wants to get out of it (row 20 of the domain).
IN_ALL = _("In all {amount} {theme} is promised. The number is from {day}.")
IN_ALL_COUNT = _("In all {amount} is done in {year} under “{theme}”. The number is from {day}.")
OWN_PART = _("Your own part this year is {amount}.")
MEET = _("You would like to be with others. This is the next one: {title}, {when}.")
MEET_AGREED = _("You would like to be with others. You can help here: {title}.")
MEET_ANY = _("You would like to be with others. There are tasks that people do together.")
MEET_GROUP = _("You would like to be with others. Others in {group} can do it with you.")
SEE_IT, FIND_ONE = _("See it"), _("Find a task")
TIP = _("A tip: {step}")
TIP_OF = _("A tip from “{title}”: {step}")
THANKS_OF = _("{name} from {unit} says thank you for what you do.")
FACTOR = _("What does it correspond to?")
BETWEEN = _(
    "{amount} corresponds to {low} to {high} {unit}. It is an estimate. The source: {source}"
)
SAME = _("{amount} corresponds to {low} {unit}. It is an estimate. The source: {source}")
GOES_ON = _("Good. I ask you again on {day}.")
GOES_ON_LAST = _("Good. I do not ask about it any more.")
ON_BREAK = _("Your pledge is on a break: “{words}”. I do not ask until you start again.")
STARTED = _("Good, you are on again: “{words}”. I ask you on {day}.")
SURE_LEVEL = _(
    "Do you want to stop this pledge? “{words}”\n\nYour {amount} then no longer count, but you "
    "can still see the pledge. You can always make it again."
)
SURE = _(
    "Do you want to stop this pledge? “{words}”\n\nWhat you have done still counts. You can always "
    "make it again."
)
STOP_NOW, KEEP_IT = _("Yes, stop it"), _("No, keep it")
NO_LONGER = _("That pledge is over. You can make a new one.")
STOPPED = _("✓ The pledge is stopped. Thank you for what you did.")


@dataclass(frozen=True, slots=True)
class Done:
    """What the reply to an answer says: each part is a sentence, or empty.

    *keepers* is how many keep the same pledge, 0 where that is not said; *doing* names them.
    """

    keepers: int = 0
    doing: str = ""
    amount: str = ""  # the amount done, where it differs from the promise
    is_part: bool = False
    thanks: Text | str = ""
    wish: Text | str = ""
    over: Text | None = None  # that the pledge is over
    pledge_id: int = 0
    has_factor: bool = False
    ways: Sequence[Button] = ()


def noted(done: Done, delivery: Delivery) -> Send:
    """Thank for an answer: message 3c-8 of the domain, then what the person wants of it."""
    text: Text = NOTED
    if done.amount:
        text = NOTED_AMOUNT.with_(amount=done.amount)
    elif done.is_part:
        text = NOTED_SOME
    elif done.keepers and done.doing:
        text = NOTED_KEEPERS.with_(count=done.keepers, doing=done.doing)
    if done.thanks:
        text = AND.with_(said=text, more=done.thanks)
    if done.over is not None:
        text = messages.BOTH.with_(first=text, second=done.over)
    if done.wish:
        text = messages.BOTH.with_(first=text, second=done.wish)
    factor = (button(delivery, CONVERTED, FACTOR),) if done.has_factor else ()
    again = (again_button(done.pledge_id),) if done.over is not None else ()
    undo = button(delivery, UNDO, UNDO_IT)
    return Send(text, (*done.ways, *again, *factor, undo, cards.TO_OVERVIEW, cards.TO_MENU))


def not_done(pledge_id: int, delivery: Delivery) -> Send:
    """Return message 3c-7 of the domain, with the choices that it names."""
    return Send(
        NOT_THIS_TIME,
        (
            cards.command_button(f"pledgegoon.{pledge_id}", CONTINUE),
            cards.command_button(f"pledgeless.{pledge_id}", SMALLER),
            cards.command_button(f"pledgepause.{pledge_id}", BREAK),
            cards.command_button(f"pledgestop.{pledge_id}", STOP),
            button(delivery, WHY, obstacles.TellWhy.title),
            button(delivery, UNDO, UNDO_IT),
            cards.TO_MENU,
        ),
    )


def why(delivery: Delivery) -> Send:
    """Ask for the obstacle."""
    return Send(obstacles.WHAT, (*obstacles.buttons(delivery), obstacles.TO_LEAVE_OUT))


def undone(question: Send) -> Send:
    """Ask again after an answer was taken back."""
    text = UNDONE_AND.with_(undone=UNDONE, question=question.text)
    return Send(text, (*question.buttons, cards.TO_OVERVIEW))


def meet(title: str, when: datetime | None) -> Text:
    """Invite to the next shift of an opportunity, or to one by agreement."""
    if when is None:
        return MEET_AGREED.with_(title=title)
    return MEET.with_(title=title, when=when)


def converted(amount: str, low: str, high: str, unit: Text | str, source: Text | str) -> Send:
    """Return what an amount corresponds to, with its range and source."""
    text = SAME if low == high else BETWEEN
    facts = {"amount": amount, "low": low, "high": high, "unit": unit, "source": source}
    return Send(text.with_(**facts), (cards.TO_OVERVIEW, cards.TO_MENU))


def goes_on(day: date | None) -> Send:
    """Return when the next check-in comes."""
    text = GOES_ON.with_(day=day) if day is not None else GOES_ON_LAST
    return Send(text, (cards.TO_OVERVIEW, cards.TO_MENU))


def on_break(words: str, pledge_id: int) -> Send:
    """Return that a pledge is on a break."""
    start = cards.command_button(f"pledgeresume.{pledge_id}", START_AGAIN)
    return Send(ON_BREAK.with_(words=words), (start, cards.TO_OVERVIEW, cards.TO_MENU))


def started(words: str, day: date | None) -> Send:
    """Return that a break is over."""
    text = STARTED.with_(words=words, day=day) if day is not None else GOES_ON_LAST
    return Send(text, (cards.TO_OVERVIEW, cards.TO_MENU))


def sure(words: str, level: str, pledge_id: int) -> Send:
    """Ask whether a person wants to stop a pledge; *level* is what then no longer counts."""
    text = SURE_LEVEL.with_(words=words, amount=level) if level else SURE.with_(words=words)
    stop = cards.command_button(f"pledgestopping.{pledge_id}", STOP_NOW)
    keep = cards.command_button(f"pledgegoon.{pledge_id}", KEEP_IT)
    return Send(text, (stop, keep, cards.TO_MENU))


def stopped(pledge_id: int) -> Send:
    """Return that a pledge is stopped."""
    return Send(STOPPED, (again_button(pledge_id), cards.TO_OVERVIEW, cards.TO_MENU))


def over(total: str, *, is_part: bool) -> Text:
    """Return that a pledge is over; *total* is what its check-ins added.

    It is not called kept where the last answer was that only a part is done.
    """
    plain, with_sum = (OVER, OVER_SUM) if is_part else (KEPT, KEPT_SUM)
    return with_sum.with_(amount=total) if total else plain

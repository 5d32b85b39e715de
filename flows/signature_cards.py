"""Messages to the signers of a shared pledge, and to the citizen who proposed it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, pgettext
from bot.model.delivery import Delivery
from bot.model.pledge import CheckInAnswer
from flows import cards, messages
from flows.campaign_cards import (
    ASKED_ON,
    JOIN,
    LEAVE,
    PLAN,
    TO_ALL,
    TO_START,
    Shown,
    join_button,
    progress,
    share_button,
)
from flows.obstacles import TO_LEAVE_OUT
from flows.shift_cards import button
from flows.volunteer_cards import lines_of

KEEP, RELEASE, SIMILAR = "keep", "release", "similar"
DID, PARTLY, DID_NOT = "done", "partly", "not"
BUTTON_OF = {
    CheckInAnswer.DONE: DID,
    CheckInAnswer.PARTLY: PARTLY,
    CheckInAnswer.NOT: DID_NOT,
}
STOP, NO = "stop", "nothanks"
UNDO, UNDO_IT = "undo", _("Undo")  # the button that takes an answer back

ACTIVATED = _(
    "Now there are enough. {signers} have signed “{title}”, so the pledge counts from today."
)
PROMISED = _("You promised: “{words}”")
PROMISED_WITH = _("You promised: “{words}” ({amount})")
UNMET = _(
    "The last day for “{title}” was {day}. {signers} signed, and {target} were needed. So the "
    "pledge does not count. You decide what happens to yours. If you choose nothing by {until}, "
    "you are no longer bound by it."
)
DO_ANYWAY, RELEASE_ME, A_SIMILAR = (
    _("Do it anyway"),
    _("Release me"),
    _("A similar pledge"),
)
DOES_ANYWAY = _("✓ You do it anyway.")
OWN_NOW = _("Thank you. It is your own pledge now. I ask you on {day} how it goes.")
RELEASED = _("✓ You are not bound by it any more. Thank you for wanting to take part.")
LIKE_IT = _("These are like it:")
NONE_LIKE_IT = _("There is none like it just now. You can make a pledge of your own.")
EXTENDED = _(
    "There is more time for “{title}”. The last day is {day}, and was {before} before. The reason: "
    "{why}"
)
STILL_IN = _("{progress} You are still in, and need not do anything.")
CANCELLED = _("“{title}” is cancelled. The reason: {why}\n\nYou are not bound by it any more.")
CANCELLED_LIVE = _(
    "“{title}” is cancelled. The reason: {why}\n\nYou can still keep your own pledge, or stop it."
)
STOP_IT = _("Stop my pledge")
STOPPED = _("✓ Your pledge is stopped. Thank you for what you did.")
FOLLOW_UP = _("Enough signed “{title}”.\n{promised}\n\nDid you do it?")
FOLLOW_UP_AGAIN = _(
    "I asked you some days ago about “{title}”.\n{promised}\n\nDid you do it? You need not answer."
)
DONE = _("It is done")
SOME = pgettext("pledge", "Some of it")
NOT_NOW = _("Not this time")
ANSWERS = {
    DID: pgettext("pledge", "✓ You answered: it is done."),
    PARTLY: pgettext("pledge", "✓ You answered: some of it."),
    DID_NOT: pgettext("pledge", "You answered: not this time."),
}
THANKS = _("Thank you, that is noted. When all had time to answer, you can see here how it went.")
THANKS_PART = _(
    "Thank you, some of it is done, and that is noted. When all had time to answer, you can see "
    "here how it went."
)
THANKS_AMOUNT = _(
    "Thank you, that is noted: {amount}. When all had time to answer, you can see here how it went."
)
NO_MATTER = _(
    "It did not come to anything this time. That is perfectly all right. If you tell what stood in "
    "the way, we answer it."
)
SEE_IT = _("See the pledge")
NEW_DAY = _("Give it a new day")
MOVED = _(
    "The words of “{title}” have been changed. So you are not bound by the old ones. This is the "
    "new pledge:"
)
MOVED_LIVE = _(
    "The words of “{title}” have been changed. You can keep the pledge that you made. This is the "
    "new one:"
)
JOIN_NEW = _("Do you want to join it?")
NO_THANKS = _("No thanks")
DECLINED_NEW = _("✓ You do not join the new one.")
# To the citizen who proposed it
PROPOSED = _(
    "Thank you. Your proposal is sent: “{title}”. A person reads it before others see it. You get "
    "an answer here by {day} at the latest."
)
APPROVED = _(
    "Your shared pledge is approved: “{title}”. Everybody can sign it now, until {day}. Here is "
    "your own link to it. Send it to people you know:\n\n{address}"
)
APPROVED_PLAIN = _(
    "Your shared pledge is approved: “{title}”. Everybody can sign it now, until {day}."
)
RETURNED = _(
    "A person has read your proposal “{title}”. It needs a change before others can see it:\n{why}"
)
DECLINED = _("The municipality said no to your proposal “{title}”. The reason:\n{why}")
MET = _(
    "Your shared pledge “{title}” counts from today: {signers} have signed. You have not signed it "
    "yourself, and still can."
)
FAILED = _(
    "The last day for your shared pledge “{title}” was {day}. {signers} signed, and {target} were "
    "needed, so it does not count. You can propose it again with a lower target."
)
OTHER_WAY = _("You can propose it in another way, or talk to a person about it.")
CHANGE = pgettext("shared pledge", "Change it")
NOT_SENT = _("Your changes are not sent. You can change the proposal when you like.")
COPY = _("Copy the link")


def activated(shown: Shown, promised: Text, asked_on: date, pledge_id: int) -> Send:
    """Return that enough have signed."""
    text = ACTIVATED.with_(title=shown.title, signers=shown.signers)
    plan = cards.command_button(f"pledgeedit.{pledge_id}.plan", PLAN)
    ways = (plan, share_button(shown), cards.TO_OVERVIEW, cards.TO_MENU)
    lines: list[Text | str] = [promised, ASKED_ON.with_(day=asked_on)]
    return Send(messages.BOTH.with_(first=text, second=lines_of(lines)), ways)


def met(shown: Shown) -> Send:
    """Return to a proposer who has not signed that enough have."""
    see = cards.command_button(f"campaign.{shown.id}", SEE_IT)
    return Send(MET.with_(title=shown.title, signers=shown.signers), (see, cards.TO_MENU))


def failed(shown: Shown) -> Send:
    """Return to a proposer who has not signed that too few have."""
    facts = {"title": shown.title, "day": shown.deadline, "target": shown.target}
    return Send(FAILED.with_(**facts, signers=shown.signers), (TO_START, cards.TO_MENU))


def unmet(shown: Shown, delivery: Delivery, until: date) -> Send:
    """Return that too few have signed, and what a signer can choose until a day."""
    facts = {"title": shown.title, "day": shown.deadline, "target": shown.target}
    buttons = (
        button(delivery, KEEP, DO_ANYWAY),
        button(delivery, RELEASE, RELEASE_ME),
        button(delivery, SIMILAR, A_SIMILAR),
    )
    return Send(UNMET.with_(**facts, signers=shown.signers, until=until), buttons)


def similar(buttons: Sequence[Button]) -> Send:
    """Return pledges that are similar."""
    return Send(LIKE_IT if buttons else NONE_LIKE_IT, (*buttons, *_ways_on()))


def _ways_on() -> tuple[Button, ...]:
    pledge = cards.command_button("pledge", cards.INTENT_LABELS["pledge"])
    return (TO_ALL, pledge, cards.TO_MENU)


def own_now(asked_on: date) -> Send:
    """Return that a signature is the person's own pledge now."""
    return Send(OWN_NOW.with_(day=asked_on), (cards.TO_OVERVIEW, cards.TO_MENU))


def extended(shown: Shown, why: Text | str, before: date | None, pledge_id: int) -> Send:
    """Return that there is more time, and why."""
    text = EXTENDED.with_(title=shown.title, day=shown.deadline, before=before, why=why)
    second = STILL_IN.with_(progress=progress(shown))
    see = cards.command_button(f"campaign.{shown.id}", SEE_IT)
    leave = cards.command_button(f"unsign.{pledge_id}", LEAVE)
    return Send(messages.BOTH.with_(first=text, second=second), (see, leave, cards.TO_MENU))


def cancelled(shown: Shown, why: Text | str, delivery: Delivery, *, lives: bool) -> Send:
    """Return that a campaign is cancelled, and why; *lives* says that the pledge continues."""
    text = (CANCELLED_LIVE if lives else CANCELLED).with_(title=shown.title, why=why)
    stop = (button(delivery, STOP, STOP_IT),) if lives else ()
    return Send(text, (*stop, TO_ALL, cards.TO_OVERVIEW, cards.TO_MENU))


def follow_up(shown: Shown, promised: Text, delivery: Delivery, *, again: bool) -> Send:
    """Ask whether a signer did it; *again* asks the silent a second time."""
    text = FOLLOW_UP_AGAIN if again else FOLLOW_UP
    buttons = (
        button(delivery, DID, DONE),
        button(delivery, PARTLY, SOME),
        button(delivery, DID_NOT, NOT_NOW),
    )
    return Send(text.with_(title=shown.title, promised=promised), buttons)


def thanks(campaign_id: int | None, delivery: Delivery, amount: str, *, is_part: bool) -> Send:
    """Thank for an answer to whether a signer did it; *amount* is another than was promised."""
    see = cards.command_button(f"campaign.{campaign_id}", SEE_IT)
    text = THANKS_PART if is_part else THANKS
    if amount:
        text = THANKS_AMOUNT.with_(amount=amount)
    undo = button(delivery, UNDO, UNDO_IT)
    return Send(text, (see, undo, cards.TO_OVERVIEW, cards.TO_MENU))


def not_done(pledge_id: int, delivery: Delivery, reasons: Sequence[Button]) -> Send:
    """Return that it is all right, with obstacles to choose from, and a new day."""
    new_day = cards.command_button(f"pledgeedit.{pledge_id}.ends_on", NEW_DAY)
    undo = button(delivery, UNDO, UNDO_IT)
    ways = (new_day, undo, cards.TO_OVERVIEW, cards.TO_MENU)
    return Send(NO_MATTER, (*reasons, TO_LEAVE_OUT, *ways))


def moved(old: str, new: Shown, card: Text, delivery: Delivery, *, lives: bool) -> Send:
    """Return that a campaign has new words, and invite a signer to join the new one."""
    first = (MOVED_LIVE if lives else MOVED).with_(title=old)
    text = messages.BOTH.with_(first=messages.BOTH.with_(first=first, second=card), second=JOIN_NEW)
    return Send(text, (join_button(new), button(delivery, NO, NO_THANKS), TO_ALL, cards.TO_MENU))


def proposed(title: str, day: date) -> Send:
    """Return that a proposal is with staff, and when its proposer has the answer."""
    return Send(PROPOSED.with_(title=title, day=day), (TO_ALL, cards.TO_OVERVIEW, cards.TO_MENU))


def approved(shown: Shown, address: str) -> Send:
    """Return that a proposal is approved, with its proposer's own link."""
    text = APPROVED if address else APPROVED_PLAIN
    copy = (cards.copy_button(address, COPY),) if address else ()
    filled = text.with_(title=shown.title, day=shown.deadline, address=address)
    join = cards.command_button(f"joinshared.{shown.id}", JOIN)
    return Send(filled, (*copy, join, share_button(shown), cards.TO_OVERVIEW, cards.TO_MENU))


def returned(shown: Shown, why: str) -> Send:
    """Return what must change in a proposal."""
    text = RETURNED.with_(title=shown.title, why=why)
    return Send(text, (_change(shown.id), cards.TO_PERSON, cards.TO_MENU))


def not_sent(campaign_id: int | None) -> Send:
    """Return that a changed proposal is not sent, and can still be changed."""
    return Send(NOT_SENT, (_change(campaign_id), cards.TO_PERSON, cards.TO_MENU))


def _change(campaign_id: int | None) -> Button:
    return cards.command_button(f"changeshared.{campaign_id}", CHANGE)


def declined(shown: Shown, why: str) -> Send:
    """Return why there will be no such campaign, and what its proposer can do."""
    first = DECLINED.with_(title=shown.title, why=why)
    text = messages.BOTH.with_(first=first, second=OTHER_WAY)
    return Send(text, (TO_START, cards.TO_PERSON, cards.TO_MENU))

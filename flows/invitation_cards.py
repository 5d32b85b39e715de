"""Invitations to volunteer in the chat: the question, its answers, and what follows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from bot.engine.effects import Button, Send
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.delivery import Delivery
from flows import cards, reminder_cards, shift_cards
from flows.shift_cards import Shown, button

YES, NO, LATER, BOTH, QUEUE = "yes", "no", "later", "both", "queue"

ASK = _("{words}\n\n{about}\n\nIt is {contact} who asks. Can you help?")
ASK_AGAIN = _(
    "{about}\n\nPeople are still needed, and {contact} would like to know: can you help? A no is "
    "fine, too."
)
ASK_ANEW = _("It has changed since I asked:\n{about}\n\n{changed}\n\nCan you help?")
I_COME = _("Yes, I am coming")
NOT_NOW = _("Not this time")
ASK_ME_LATER = _("Ask me later")
SAID_YES = _("✓ You said yes.")
SAID_NO = _("You said no this time. Thank you for saying so.")
SAID_LATER = _("You decide later.")
TAKEN = _("All places are taken.")
ENDED = _("This invitation is over.")
AGAIN_AT = _("I ask you once more: {again}.")
OPEN_UNTIL = _("The question above stays open until {until}. Press yes when you know.")
DECIDED_BY = _("Thank you! {contact} looks at it, and answers you by {due}.")
DECIDED = _("Thank you! {contact} looks at it, and answers you.")
FOUND_ENOUGH = _(
    "Thank you for wanting to help! Enough people have said yes already, so you are free this time."
)
FOUND_ENOUGH_QUEUE = _(
    "Thank you for wanting to help! Enough people have said yes already. You can join the waiting "
    "list, and I write to you when a place is free."
)
NO_LONGER = _("This invitation is over. Thank you for wanting to help.")
JOIN_QUEUE = _("Put me on the waiting list")
WANTS_BOTH = pgettext("list", "{why} {question}")
BOTH_PLEASE = _("Yes, both")
INVITE_NOTHING = _("Your group has no task that is open for sign-ups now.")
FILLED_FOR_LEAD = ngettext(
    "You have found {found} person for this, and that is enough:\n{about}",
    "You have found {found} people for this, and that is enough:\n{about}",
    "found",
)
SHORT_FOR_LEAD = ngettext(
    "Your invitation is over, and {found} person said yes:\n{about}",
    "Your invitation is over, and {found} people said yes:\n{about}",
    "found",
)
# What the lead who set an invitation is told, by the kind of notification.
LEAD_TEXTS = {"invitation_filled": FILLED_FOR_LEAD, "invitation_short": SHORT_FOR_LEAD}


def words_of(texts: Mapping[str, str], language: str) -> Text | str:
    """Return words in a reader's language; Danish ones say that they are (HR-25)."""
    text = texts.get(language) or texts.get("da") or next(iter(texts.values()))
    is_other = language not in texts and "da" in texts
    return reminder_cards.IN_DANISH.with_(text=text) if is_other else text


def asked(words: Text | str, shown: Shown, *, again: bool) -> Text:
    """Return the question, or the second one to the silent."""
    return shift_cards.said(ASK_AGAIN if again else ASK, shown).with_(words=words)


def question(text: Text, delivery: Delivery, *, again: bool) -> Send:
    """Return the question with its answers; the second time it is not put off."""
    answers = [(YES, I_COME), (NO, NOT_NOW), *(() if again else ((LATER, ASK_ME_LATER),))]
    buttons = [button(delivery, what, label) for what, label in answers]
    return Send(text, (*buttons, button(delivery, "less", reminder_cards.LESS)))


def overlap(why: Text, delivery: Delivery) -> Send:
    """Return the warning about another shift, and what the person can do."""
    both = button(delivery, BOTH, BOTH_PLEASE)
    return Send(
        WANTS_BOTH.with_(why=why, question=_("Do you want both?")),
        (both, button(delivery, NO, NOT_NOW), cards.TO_MENU),
    )


def enough(delivery: Delivery, *, queue: bool) -> Send:
    """Return the thanks to a person who said yes when all places were taken."""
    if queue:
        join = button(delivery, QUEUE, JOIN_QUEUE)
        return Send(FOUND_ENOUGH_QUEUE, (join, shift_cards.SEE_OTHERS, cards.TO_MENU))
    return Send(FOUND_ENOUGH, (shift_cards.SEE_OTHERS, cards.TO_MENU))


def later(again: datetime | None, until: datetime) -> Send:
    """Return when the person is asked again, or until when they can say yes."""
    text = AGAIN_AT.with_(again=again) if again is not None else OPEN_UNTIL.with_(until=until)
    return Send(text, (cards.TO_MENU,))


def decided(shown: Shown, due: date | None) -> Send:
    """Return by when staff answer a person whose yes is a request."""
    text = DECIDED.with_(contact=shown.contact)
    if due is not None:
        text = DECIDED_BY.with_(contact=shown.contact, due=due)
    return Send(text, (cards.TO_OVERVIEW, cards.TO_MENU))


def place(text: Text, signup_id: int, *, has_file: bool) -> Send:
    """Return a person's own place, or place in the queue."""
    buttons: tuple[Button, ...] = (shift_cards.file_button(signup_id),) if has_file else ()
    leave = shift_cards.leave_button(signup_id)
    return Send(text, (*buttons, leave, cards.TO_OVERVIEW, cards.TO_MENU))


def to_lead(kind: str, found: int, shown: Shown) -> Send:
    """Return what became of a lead's invitation."""
    text = LEAD_TEXTS[kind].with_(found=found, about=shown.about)
    return Send(text, (cards.TO_MENU,))

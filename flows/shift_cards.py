"""Messages about a sign-up: the question before a shift, the note, offers, and the thanks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from bot.engine.effects import Button, Redraw, Send
from bot.i18n import Ends, Listed, Text, _, pgettext
from bot.model.delivery import Delivery
from bot.model.signup import FAIR, GOOD, POOR
from flows import cards

COMING, CANNOT, STANDIN = "coming", "cannot", "standin"
TAKE, PASS_ON = "take", "pass"
ABSENT = "absent"

ABOUT = _("<b>{title}</b>\n{when}–{ends}")
ABOUT_PLACE = _("<b>{title}</b>\n{when}–{ends}\n{place}")
ABOUT_ALONE = _("<b>{title}</b>")
ASK = _("{about}\n\nAre you still coming?\n\nRegards, {contact}")
ASK_AGAIN = _(
    "{about}\n\nI have not heard from you yet. Are you coming? Both answers are fine: "
    "then {contact} knows."
)
NOTE = _("See you soon!\n{about}\n\nRegards, {contact}")
NOTE_WITH = _("See you soon!\n{about}\n\n{note}\n\nRegards, {contact}")
NOTE_ASKS = _("See you soon?\n{about}\n\nI have not heard from you yet. Are you coming?")
NOTE_ASKS_WITH = _(
    "See you soon?\n{about}\n\n{note}\n\nI have not heard from you yet. Are you coming?"
)
SHOW_MAP = _("Show it on the map")
NO_MAP = _("I do not know that place on the map.")
MOVED = _(
    "This has changed:\n{about}\n\n{changed}\n\nDoes it still suit you?\n\nRegards, {contact}"
)
CHANGED = _(
    "This has changed:\n{about}\n\n{changed}\n\nYou still wait for it. If it does not suit you "
    "any more, press “I cannot”.\n\nRegards, {contact}"
)
CHANGED_OFFER = _("It has changed since I asked:\n{about}\n\n{changed}\n\nDo you want the place?")
MESSAGE = _("{about}\n\n{text}\n\nRegards, {contact}")
BEFORE_NOW = _("before: {before} – now: {now}")
OFFER = _("There is a place for you:\n{about}\n\nI hold it until {until}. Do you want it?")
FREE = _("A place is free, and soon:\n{about}\n\nThe first to answer gets it.")
STANDIN_WANTED = _("A volunteer cannot come and looks for a stand-in:\n{about}\n\nCan you?")
CONFIRMED_AGREED = _(
    "You have a place:\n{about}\n\n{contact} writes to you here, or rings you, by {due} at the "
    "latest, so that you can agree on a time. You can also write first."
)
ASK_WHY = _("Tell me why")
ASKED_WHY = _("{contact} has your question, and answers you by {due} at the latest.")
CONFIRMED = _("You have a place:\n{about}\n\n{contact} is your contact.")
CONFIRMED_GATES = _(
    "It is in order now: {gates}. You have a place:\n{about}\n\n{contact} is your contact."
)
WAITLISTED = _(
    "You are on the waiting list, as number {place_in_queue}:\n{about}\n\n"
    "I write to you when a place is free."
)
REJECTED = _("It will not be this one:\n{about}\n\n{reason}\n\nRegards, {contact}")
REJECTED_GATE = _(
    "It will not be this one:\n{about}\n\nDo you want to know why? Press “Tell me why”, and a "
    "person answers you.\n\nRegards, {contact}"
)
ORDERED = _(
    "It is ordered now: {gate}.\n{about}\n\nLook in Digital Post in the next days, and say yes "
    "there. Then it usually takes ten days. I write to you when it is in order.\n\n"
    "Regards, {contact}"
)
WROTE = _("{about}\n\n{reason}\n\nRegards, {contact}")
REOPENED = _(
    "We have looked at it again, and it is open once more:\n{about}\n\nI write to you when it is "
    "decided.\n\nRegards, {contact}"
)
NEEDS = _(
    "Before you can help here, this must be in order: {gates}.\n{about}\n\n{contact} talks with "
    "you about it. You need not do anything before that.\n\nRegards, {contact}"
)
CANCELLED = _("This is cancelled:\n{about}\n\n{reason}\n\nRegards, {contact}")
REPLACED = _(
    "A stand-in has taken over:\n{about}\n\nYou are free. Thank you for finding one in time."
)
NOT_NEEDED = _(
    "There was no free place for you this time:\n{about}\n\nThank you for waiting. I hope that "
    "it works out another time."
)
UNANSWERED = _(
    "You did not get an answer before this began, so it did not work out:\n{about}\n\nWe are "
    "sorry. {contact} knows about it."
)
THANKS = _("Thank you for helping!\n{about}\n\nHow did it go?\n\nRegards, {contact}")
THANKS_UNSURE = _("This is over:\n{about}\n\nHow did it go?\n\nRegards, {contact}")
THANKS_TIMES = _(
    "Thank you for helping!\n{about}\n\n{line}\n\nHow did it go?\n\nRegards, {contact}"
)
MILESTONE = _("That was time number {times}. It counts for others.")
FIRST_TIME = _("That was your first time. Welcome!")
NO_SHOW = _(
    "{contact} has noted that you did not come:\n{about}\n\nIf that is wrong, say so here within "
    "14 days, and it is looked at again."
)
STAYS = _(
    "{contact} has looked at it again, and it stays as it is:\n{about}\n\nIf you do not agree, "
    "write to us, and another person looks at it."
)
CORRECTED = _("It is corrected. Thank you for saying so.\n{about}\n\nRegards, {contact}")
WAS_THERE = _("I was there")
I_COME = pgettext("answer", "I am coming")
I_CANNOT = _("I cannot")
FIND_STANDIN = _("Find a stand-in")
YES_PLEASE = _("Yes, I take it")
NO_THANKS = _("Not this time")
SEE_OTHERS = cards.command_button("volunteer", _("See what else there is"))
WENT: Mapping[str, Text] = {
    GOOD: pgettext("shift", "It went well"),
    FAIR: pgettext("shift", "All right"),
    POOR: pgettext("shift", "Not so well"),
}
WENT_POORLY = _("It did not go so well: {when}")
WAS_NOT_THERE = _("I was not there")
ANSWERED: Mapping[str, Text] = {
    COMING: _("✓ You come. See you!"),
    CANNOT: _("You cannot come. Thank you for saying so."),
    STANDIN: _("You look for a stand-in. Until there is one, we count on you."),
    TAKE: _("✓ You have the place."),
    PASS_ON: _("You pass this time."),
    ABSENT: _("You were not there. Thank you for saying so."),
}
LATE = _(
    "It is close to the time, so {contact} has been told at once. Until somebody takes over, we "
    "count on you. Can you help to find a stand-in?"
)
CANCEL_ANYWAY = _("No, I must cancel")
PASS_LINK_ON = _(
    "Somebody you know can take over by this link:\n{address}\n\nSend it on as you like. I keep "
    "nothing about them before they answer. I also ask those on the waiting list, and {contact} "
    "knows."
)
OWN_LINK = _(
    "This is your own time:\n{about}\n\nSend the link to somebody who can take over:\n{address}"
)
TAKE_OVER = _("A volunteer cannot come and looks for a stand-in:\n{about}\n\nWill you take over?")
COPY_LINK = _("Copy the link")
I_TAKE_OVER = _("I take over")
TOOK_OVER = _("Thank you! You have taken over:\n{about}\n\n{contact} is your contact.")
CHECKED_IN = _("You are checked in:\n{about}\n\nThank you for coming.")
CHECKED_IN_UNNAMED = _(
    "Thank you for coming:\n{about}\n\nYou are counted without your name, and I keep nothing about "
    "you."
)
NOT_IN_ORDER = _(
    "Something that is needed first is not in order yet:\n{about}\n\nSpeak with {contact} before "
    "you help. The contacts know that you are here."
)
NOTED_ABSENT = _("It is noted that you did not come:\n{about}")
LOOKED_AT = _(
    "You have said that you were there:\n{about}\n\n{contact} looks at it again, and answers you "
    "by {due} at the latest."
)
IN_QUEUE = _("You keep your place in the queue.")
TO_CALENDAR = _("To my calendar")
WRITE_TO = _("Write to {contact}")


@dataclass(frozen=True, slots=True)
class Shown:
    """What messages about a sign-up show, in the reader's language; *when* is None by agreement."""

    title: Text | str
    contact: str
    when: datetime | None = None
    ends: time | None = None
    place: str = ""
    note: str = ""
    reason: Text | str = ""
    changed: Sequence[Text] = ()
    until: datetime | None = None
    due: date | None = None  # by when staff contact the volunteer
    place_in_queue: int = 0
    gates: Sequence[Text] = ()  # certificates and courses that are needed

    @property
    def about(self) -> Text:
        """Return title, time and place as one block."""
        if self.when is None or self.ends is None:
            return ABOUT_ALONE.with_(title=self.title)
        about = ABOUT_PLACE if self.place else ABOUT
        ends = Ends(self.ends)
        return about.with_(title=self.title, when=self.when, ends=ends, place=self.place)


def said(text: Text, shown: Shown) -> Text:
    """Return a text of this module filled with what it shows."""
    return text.with_(
        about=shown.about,
        contact=shown.contact,
        note=shown.note,
        reason=shown.reason,
        changed=_lines(shown.changed),
        until=shown.until,
        due=shown.due,
        place_in_queue=shown.place_in_queue,
        gates=Listed(tuple(shown.gates)),
    )


def _lines(texts: Sequence[Text]) -> Text | str:
    """Return texts below each other."""
    shown: Text | str = ""
    for one in texts:
        below = pgettext("lines", "{first}\n{second}").with_(first=shown, second=one)
        shown = below if shown else one
    return shown


def button(delivery: Delivery, what: str, label: Text) -> Button:
    """Return a button about a delivery."""
    return cards.command_button(f"rem.{delivery.id}.{what}", label)


def question(text: Text, delivery: Delivery) -> Send:
    """Return a question whether the volunteer comes, with its three answers."""
    answers = ((COMING, I_COME), (CANNOT, I_CANNOT), (STANDIN, FIND_STANDIN))
    return Send(text, tuple(button(delivery, what, label) for what, label in answers))


def note(shown: Shown, *, asks: bool) -> Text:
    """Return the text of the note before a shift; it *asks* a volunteer who has not answered."""
    if asks:
        return NOTE_ASKS_WITH if shown.note else NOTE_ASKS
    return NOTE_WITH if shown.note else NOTE


def noted(text: Text, delivery: Delivery, more: Sequence[Button], *, asks: bool) -> Send:
    """Return the note before a shift with its buttons; *more* is the map."""
    if asks:
        asked = question(text, delivery)
        return Send(text, (*asked.buttons, *more))
    cannot = button(delivery, CANNOT, I_CANNOT)
    return Send(text, (*more, cannot, cards.TO_OVERVIEW, cards.TO_MENU))


def leave_button(signup_id: int) -> Button:
    """Return the button by which a volunteer says that they cannot come."""
    return cards.command_button(f"leave.{signup_id}", I_CANNOT)


def write_button(signup_id: int, contact: str) -> Button:
    """Return the button by which a volunteer writes to the contact of a task."""
    return cards.command_button(f"writeto.{signup_id}", WRITE_TO.with_(contact=contact))


def file_button(signup_id: int) -> Button:
    """Return the button by which a volunteer gets the calendar file of a shift."""
    return cards.command_button(f"shiftfile.{signup_id}", TO_CALENDAR)


def message(shown: Shown, words: Text | str, contact: Text | str, signup_id: int) -> Send:
    """Return a message of staff to a volunteer who comes, with the way to cancel."""
    text = MESSAGE.with_(about=shown.about, text=words, contact=contact)
    cannot = cards.command_button(f"leave.{signup_id}", I_CANNOT)
    return Send(text, (cannot, cards.TO_OVERVIEW))


def offer(text: Text, delivery: Delivery) -> Send:
    """Return an offered place with its two answers."""
    answers = ((TAKE, YES_PLEASE), (PASS_ON, NO_THANKS))
    return Send(text, tuple(button(delivery, what, label) for what, label in answers))


def thanks(text: Text, delivery: Delivery, *, is_sure: bool) -> Send:
    """Return the thanks with one question; *is_sure* says that the volunteer was there."""
    answers = (*WENT.items(), *(() if is_sure else ((ABSENT, WAS_NOT_THERE),)))
    return Send(text, tuple(button(delivery, what, label) for what, label in answers))


def answered(text: Text, answer: Text) -> Redraw:
    """Return a message with its answer shown and its buttons gone."""
    return Redraw(pgettext("answered", "{text}\n\n<b>{answer}</b>").with_(text=text, answer=answer))


def late(shown: Shown, delivery: Delivery) -> Send:
    """Return what a volunteer can do who cancels after the deadline."""
    standin = button(delivery, STANDIN, FIND_STANDIN)
    leave = button(delivery, "leave", CANCEL_ANYWAY)
    return Send(LATE.with_(contact=shown.contact), (standin, leave, cards.TO_MENU))


def pass_on(shown: Shown, address: str) -> Send:
    """Return the link that a volunteer passes on to a stand-in."""
    text = PASS_LINK_ON.with_(address=address, contact=shown.contact)
    copy = cards.copy_button(address, COPY_LINK)
    return Send(text, (copy, cards.TO_OVERVIEW, cards.TO_MENU))


def own_link(shown: Shown, address: str) -> Send:
    """Return what the link for a stand-in shows to the volunteer who made it."""
    text = said(OWN_LINK, shown).with_(address=address)
    return Send(text, (cards.copy_button(address, COPY_LINK), cards.TO_OVERVIEW, cards.TO_MENU))


def take_over(shown: Shown, signup_id: int, link_part: str) -> Send:
    """Return what a stand-in's link opens; *link_part* is its id and its proof."""
    take = cards.command_button(f"standin.{signup_id}.{link_part}", I_TAKE_OVER)
    return Send(said(TAKE_OVER, shown), (take, cards.TO_MENU))


# What the contacts of an opportunity are told in their own chats, by the kind of notification.
CONTACT_TEXTS: Mapping[str, Text] = {
    "volunteer_asks": _("{name} would like to help:\n{about}\n\n{deciders} decides."),
    "volunteer_cannot": _("{name} cannot come:\n{about}"),
    "standin_wanted": _(
        "{name} cannot come and looks for a stand-in:\n{about}\n\nThe waiting list is asked."
    ),
    "standin_found": _("{name} has taken over as a stand-in:\n{about}"),
    "volunteer_writes": _("{name} writes to you about:\n{about}\n\n“{words}”"),
    "no_show_disputed": _("{name} says that they were there after all:\n{about}"),
    "went_poorly": _("{name} says that it did not go well:\n{about}"),
}


def to_contact(
    kind: str, name: str, deciders: Sequence[str], shown: Shown, words: str = ""
) -> Send:
    """Return what a contact is told about a volunteer, or what the volunteer writes to them.

    *deciders* are first names of staff.
    """
    text = said(CONTACT_TEXTS[kind], shown).with_(
        name=name, deciders=", ".join(deciders), words=words
    )
    return Send(text, (cards.TO_MENU,))

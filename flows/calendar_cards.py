"""Messages about calendar files and the personal calendar feed."""

from __future__ import annotations

from bot.engine.effects import Send
from bot.i18n import Day, _
from flows import cards

TO_CALENDAR = _("To my calendar")
TAKE_OUT = _("Out of my calendar")
FILE = _("Open the file, and the dates go into your calendar.")
CANCELLED_FILE = _("It is cancelled. Open the file, and the dates leave your calendar.")
FILE_NAME = _("reminder.ics")
NO_DATES = _("There are no more dates to put into a calendar.")
FEED = _(
    "This address holds your own reminders, and those of your groups and roles:\n{address}\n\n"
    "Add it to your calendar as a calendar from the internet. It then keeps itself up to date. "
    "Keep the address to yourself: all who have it can see your dates."
)
FEED_KNOWN = _(
    "You have had an address for your calendar since {since}. I do not keep it, so I cannot show "
    "it again. If you have lost it, get a new one; the old one then stops working."
)
FEED_OFF = _("The address of your calendar does not work any longer.")
NO_FEED = _("There are no calendar addresses here yet.")
FEED_NAME = _("{municipality}: my dates")
NEW_FEED = _("New address")
TURN_OFF = cards.command_button("endfeed", _("Turn the address off"))


def feed(address: str) -> Send:
    """Return the address of a new feed."""
    return Send(FEED.with_(address=address), (TURN_OFF, cards.TO_MENU))


def feed_known(since: Day) -> Send:
    """Return that a feed exists, with buttons for a new one and for none."""
    buttons = (cards.command_button("newfeed", NEW_FEED), TURN_OFF, cards.TO_MENU)
    return Send(FEED_KNOWN.with_(since=since), buttons)

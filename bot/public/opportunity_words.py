"""What the public pages say about opportunities."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, ngettext, pgettext
from bot.model.opportunity import Insurance

TITLE = _("Volunteer in {municipality}")
LEAD = _("See what you can help with. You sign up in the chat, and a person answers you.")
NONE_OPEN = _("There is nothing to sign up for just now. Write to us in the chat if you have time.")
NOTHING_FITS = _("There is nothing here just now. Look at all of it.")
OPEN_CHAT = _("Open the chat")
SIGN_UP = _("Sign up in Telegram")
BACK = _("All tasks")
ALL_THEMES = _("All themes")
ALL_AREAS = _("The whole municipality")
THEME = pgettext("filter", "Theme")
AREA = pgettext("filter", "Area")
OTHER_THEMES = _("Other things")
ONLY_DANISH = _("Only in Danish")
SUBSCRIBE = _("For your own calendar or website")
CALENDAR = _("Calendar (iCalendar)")
FEED = _("News feed (Atom)")
DATA = _("Data (JSON)")
# One opportunity, a line a fact
WHEN = pgettext("opportunity", "When")
BY_AGREEMENT = _("At a time that you agree on.")
NO_DATE = _("No date is set yet.")
FROM_TO = _("{when} to {ends}")
MORE_DATES = _("There are more dates in the chat.")
LEFT = ngettext("{count} place left", "{count} places left", "count")
FULL = _("Full: join the waiting list")
CLOSED = _("Sign-up is closed")
LASTS = _("How long")
WHERE = pgettext("opportunity", "Where")
NEEDED = _("Needed before the first time")
INSURANCE = _("Insurance")
CONTACT = _("Your contact")
GAIN = _("What you get out of it")
SCAN = _("Or scan the code with a phone that has Telegram.")
CODE = _("QR code that opens this in the chat")
INSURED: Mapping[Insurance, Text] = {
    Insurance.MUNICIPALITY: _("The municipality insures you."),
    Insurance.ASSOCIATION: _("The association insures you."),
    Insurance.OWN: _("Your own insurance covers you."),
}

"""What the public pages say about pledges."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, ngettext, pgettext
from bot.model.group import GroupKind

TITLE = _("Pledges in {municipality}")
LEAD = _("People here promise each other something, and keep it. See what it adds up to.")
IN_ALL = ngettext(
    "{pledges} pledges by one person in {year}. The number is from {day}.",
    "{pledges} pledges by {people} people in {year}. The number is from {day}.",
    "people",
)
TOTALS = pgettext("pledges", "What is promised, and what is done")
TOTALS_LEAD = _(
    "Promised is what people have said that they will do. Done is what they have told us that "
    "they did. We have not measured it."
)
NO_TOTALS = _("There is no number to show yet. We show one when at least {least} take part.")
PROMISED_IN = pgettext("pledges", "{amount} promised in {year}")
DONE_IN = pgettext("pledges", "{amount} done in {year}")
PROMISE = ngettext(
    "{count} person has promised it. The number is from {day}.",
    "{count} people have promised it. The number is from {day}.",
    "count",
)
TAKE_PART = ngettext(
    "{count} person has done it. The number is from {day}.",
    "{count} people have done it. The number is from {day}.",
    "count",
)
TOLD_DONE = ngettext(
    "Done: {amount}. {count} person has told so. The number is from {day}.",
    "Done: {amount}. {count} people have told so. The number is from {day}.",
    "count",
)
NONE_DONE = _("There is no number yet for what is done.")
ON_DAY = pgettext("number of a day", "{day}")
CONVERTED = _(
    "{amount} of “{title}” corresponds to {low} to {high} {unit}. {one} is counted as {least} to "
    "{most} {unit}. It is an estimate. The source: {source} The number is from {day}."
)
CONVERTED_EXACTLY = _(
    "{amount} of “{title}” corresponds to {low} {unit}. {one} is counted as {least} {unit}. It is "
    "an estimate. The source: {source} The number is from {day}."
)
ALREADY = ngettext(
    "{count} person does it already. The number is from {day}.",
    "{count} people do it already. The number is from {day}.",
    "count",
)
BY_AREA = pgettext("pledges", "{name} by area, promised")
DONE_BY_AREA = pgettext("pledges", "{name} by area, done")
NUMBER_OF = pgettext("pledges", "Day")
AREA = pgettext("pledges", "Area")
AMOUNT = pgettext("pledges", "Amount")
PEOPLE = pgettext("pledges", "People")
RULE = _(
    "We show no number for fewer than {least} people, and none from which one could be computed. "
    "So a number is only replaced when at least {least} people have changed their part of it. "
    "Each number is shown with its day."
)
# Shared pledges
SHARED = pgettext("pledges", "Shared pledges")
SHARED_LEAD = _("“I will, if enough others do.” The pledge counts when the number is reached.")
NO_SHARED = _("No shared pledge is open just now.")
BY_WHEN = _("Sign by {day}.")
SIGNED = _("{signers} of {target} have signed.")
FEW_SIGNED = _("Fewer than {least} have signed. The target is {target}.")
TARGET_WAS = _("The target was {target}.")
COUNTS = _("Enough have signed, so the pledge counts.")
ASKING = _("Enough signed. Now we ask how it went.")
TOO_FEW = _("Too few signed by {day}, so the pledge does not count.")
EXTENDED = _("The last day was moved from {day}.")
OWN_PROMISE = _("The municipality's own pledge")
PROMISED_BY = _("{name} answers for it by {day}.")
ANSWERS_FOR_IT = _("{name} answers for it.")
PROMISED_ON = _("It is kept by {day}.")
SIGN = _("Sign in Telegram")
OPEN_CHAT = _("Open the chat")
BACK = _("All pledges")
ADDS_UP = _("Promised so far: {amount}.")
ADDS_UP_DONE = _("Done so far: {amount}.")
# Results
RESULTS = pgettext("pledges", "How it went")
# People and groups
TAKING_PART = _("Who takes part")
TAKING_PART_LEAD = _("They have said yes to being here.")
KINDS: Mapping[GroupKind, Text] = {
    GroupKind.ASSOCIATION: pgettext("pledges", "Associations"),
    GroupKind.FIRM: pgettext("pledges", "Firms"),
    GroupKind.TEAM: pgettext("pledges", "Teams"),
}
NAMED, UNNAMED = pgettext("heading", "People"), pgettext("heading", "Without name")
BADGE = pgettext("pledges", "{group} has made a pledge in {municipality}: “{words}”")
BADGE_HINT = _("A group may use its sentence as a badge on its own site.")
# Obstacles
OBSTACLES = _("That stood in the way, and this is what we do")
SAID_BY = ngettext("{count} person said it.", "{count} people said it.", "count")
DECIDED_BY = _("Decided by {name}.")
# The catalogue
MAKE = _("Make a pledge")
MAKE_LEAD = _("Choose one, and make it your own size in the chat.")
MAKE_IN_CHAT = _("Choose it in Telegram")
ONLY_DANISH = _("Only in Danish")
SUBSCRIBE = _("For your own website")
FEED = _("News feed (Atom)")
DATA = _("Data (JSON)")
SCAN = _("Or scan the code with a phone that has Telegram.")
CODE = _("QR code that opens this in the chat")

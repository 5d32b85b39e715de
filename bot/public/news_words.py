"""What the public archive of news says."""

from __future__ import annotations

from collections.abc import Mapping

from bot.i18n import Text, _, ngettext, pgettext

TITLE = _("News from {municipality}")
LEAD = _("What we have sent to people who said yes to news, the newest first.")
NONE_YET = _("No news has been sent yet.")
DATE = pgettext("news", "{day} {year}")
CORRECTED = _("Corrected {at}.")
WARNING = pgettext("news", "Warning about danger")
STOPPED = _("It was stopped before everybody had got it. The text is corrected since.")
ONLY_IN: Mapping[str, Text] = {"da": _("Only in Danish"), "en": _("Only in English")}
PLACE = pgettext("news", "Place: {place}")
DOCUMENT = _("Open the document (PDF)")
OLDER, NEWER = pgettext("news", "Older news"), pgettext("news", "Newer news")
BACK = _("All news")
OPEN_CHAT = _("Open the chat")
# Dialogues
DIALOGUE = _("Dialogue {number}")
DECIDES = _("{decider} decides.")
AGENDA = _("See the agenda")
ASKS = _("We asked in the chat. The answers are being read.")
ANSWER_BY = _("Last day for answers: {day}.")
PHONE = _("Do you want to say something about it? Write in the chat, or ring us on {phone}.")
OUTCOMES = pgettext("news", "What came of the answers")
ANSWERED = ngettext("{count} person answered.", "{count} people answered.", "count")
DECIDED = _("{decided_by} decided it {day}.")
GIVEN_TO = ngettext(
    "That is the outcome of {count} answer.", "That is the outcome of {count} answers.", "count"
)
OTHERS = _(
    "Other answers have an outcome of their own. Only their authors read it, because fewer than "
    "{least} people share it."
)
NONE_SHARED = _(
    "The outcomes are not shown here, because fewer than {least} people share each of them."
)
CLOSED = _("The dialogue is closed.")
NO_ANSWERS = pgettext("news", "Nobody answered.")
EACH_TOLD = _("Each person who answered has been told what came of it.")
# Feed
SUBSCRIBE = _("For your own website")
FEED = _("News feed (Atom)")

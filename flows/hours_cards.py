"""Messages about a volunteer's hours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.engine.effects import Send
from bot.i18n import Listed, _, ngettext
from bot.model.duration import duration
from flows import cards, messages, volunteer_cards

HOURS = ngettext(
    "You have helped {times} time: {hours}.",
    "You have helped {times} times: {hours} in all.",
    "times",
)
MILESTONES = ngettext(
    "Milestone: your first time. Thank you!", "Milestones: {reached} times. Thank you!", "count"
)
NO_HOURS = _(
    "No hours are noted yet. They come here when a contact has noted that you were there, or when "
    "you check in."
)
TO_PDF = cards.command_button("hourspdf", _("Fetch as PDF"))
FILE = _("Here is the statement of your hours, in {municipality}'s name.")
FILE_NAME = _("hours.pdf")


def hours(times: int, minutes: int, milestones: Sequence[int]) -> Send:
    """Return a volunteer's hours with the milestones, and a button for the statement."""
    if not times:
        return Send(NO_HOURS, (volunteer_cards.TO_OTHERS, cards.TO_MENU))
    first = HOURS.with_(times=times, hours=duration(minutes))
    second = MILESTONES.with_(count=len(milestones), reached=Listed(tuple(milestones)))
    text = messages.BOTH.with_(first=first, second=second)
    return Send(text, (TO_PDF, cards.TO_OVERVIEW, cards.TO_MENU))

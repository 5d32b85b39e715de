"""How many people a message reaches, in words, and why not the others."""

from __future__ import annotations

from collections.abc import Sequence

from bot.console.cells import Cell, Line, Part, dotted
from bot.console.reminder_labels import reason_name
from bot.i18n import _, ngettext
from bot.service.reach import Reach

IN_CHAT = ngettext("{count} gets it in the chat", "{count} get it in the chat", "count")
BY_PHONE = ngettext("{count} is rung", "{count} are rung", "count")
WITHOUT = ngettext("{count} does not get it", "{count} do not get it", "count")
NOBODY = _("Nobody gets it")


def _gets(reach: Reach) -> Cell:
    """Return how many get a message, in the chat and by phone."""
    if not reach.number:
        return NOBODY
    return dotted(
        IN_CHAT.with_(count=reach.in_chat) if reach.in_chat else None,
        BY_PHONE.with_(count=reach.by_phone) if reach.by_phone else None,
    )


def _gets_not(reach: Reach) -> Cell:
    """Return how many do not get a message, and why; None where all get it."""
    if not reach.withheld:
        return None
    most_first = sorted(reach.withheld.items(), key=lambda one: (-one[1], one[0]))
    reasons: list[Cell] = []
    for reason, number in most_first:
        reasons += [", ", (reason_name(reason), f" ({number})")]
    total = sum(reach.withheld.values())
    return (WITHOUT.with_(count=total), ": ", *reasons[1:])


def reach_lines(reach: Reach) -> Sequence[Cell]:
    """Return the lines that say how many people a message reaches."""
    lines: list[Cell] = [Line(Part(_gets(reach), tag="b"))]
    why_not = _gets_not(reach)
    return lines if why_not is None else [*lines, Line(why_not, "quiet")]

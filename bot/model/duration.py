"""How long something takes, in words."""

from __future__ import annotations

from bot.i18n import Text, _, ngettext

HOUR = 60  # minutes


def duration(minutes: int) -> Text:
    """Return a number of minutes in words: hours, where there are some, and minutes."""
    hours, rest = divmod(minutes, HOUR)
    if not hours:
        return ngettext("{minutes} minute", "{minutes} minutes", "minutes").with_(minutes=rest)
    if not rest:
        return ngettext("{hours} hour", "{hours} hours", "hours").with_(hours=hours)
    return _("{hours} h {minutes} min").with_(hours=hours, minutes=rest)

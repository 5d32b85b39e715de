"""An offset before a time in words, such as "2 days before at 10:00"."""

from __future__ import annotations

from collections.abc import Mapping

from bot.calendar.offset import Offset, Span
from bot.i18n import Text, ngettext, pgettext

BEFORE: Mapping[Span, Text] = {
    Span.MINUTE: ngettext("{count} minute before", "{count} minutes before", "count"),
    Span.HOUR: ngettext("{count} hour before", "{count} hours before", "count"),
    Span.DAY: ngettext("{count} day before", "{count} days before", "count"),
    Span.WEEK: ngettext("{count} week before", "{count} weeks before", "count"),
}


def before_in_words(offset: Offset) -> Text:
    """Return how long before a time an offset is."""
    words = BEFORE[offset.span].with_(count=abs(offset.amount))
    if offset.at is None:
        return words
    return pgettext("offset", "{before} at {time}").with_(before=words, time=offset.at)

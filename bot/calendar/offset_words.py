"""An offset in words, such as "2 days before at 10:00" or "2 weeks after the first message"."""

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
AFTER: Mapping[Span, Text] = {
    Span.MINUTE: ngettext(
        "{count} minute after {moment}", "{count} minutes after {moment}", "count"
    ),
    Span.HOUR: ngettext("{count} hour after {moment}", "{count} hours after {moment}", "count"),
    Span.DAY: ngettext("{count} day after {moment}", "{count} days after {moment}", "count"),
    Span.WEEK: ngettext("{count} week after {moment}", "{count} weeks after {moment}", "count"),
}


def before_in_words(offset: Offset) -> Text:
    """Return how long before a time an offset is."""
    return _with_hour(BEFORE[offset.span].with_(count=abs(offset.amount)), offset)


def after_in_words(offset: Offset, moment: Text) -> Text:
    """Return how long after *moment* an offset is; *moment* is a noun, such as "the event"."""
    return _with_hour(AFTER[offset.span].with_(count=offset.amount, moment=moment), offset)


def _with_hour(words: Text, offset: Offset) -> Text:
    if offset.at is None:
        return words
    return pgettext("offset", "{before} at {time}").with_(before=words, time=offset.at)

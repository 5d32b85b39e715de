"""Whether a message fits into Telegram in its longest form, counted as Telegram counts it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from bot.engine.events import Refused
from bot.i18n import LANGUAGES, Text, _, render
from bot.model.broadcast import Broadcast
from bot.model.opportunity import said
from bot.store.unit import Unit
from flows import broadcast_cards

LONGEST_MESSAGE, LONGEST_WITH_FILE = 4096, 1024  # UTF-16 units without markup
LONGEST_DAY = datetime(2026, 9, 30, 20, tzinfo=UTC)  # in words
TOO_LONG = _(
    "With the lines that are added to it, the message has {count} characters. At most {most} "
    "fit. An emoji counts as two or more."
)
_TAG = re.compile(r"<[^<>]*>")


def length_fault(unit: Unit, broadcast: Broadcast) -> Refused | None:
    """Return the refusal of a broadcast whose message is too long for Telegram, or None.

    The message is measured with all that may be added to it: who decides, the mark of a
    correction, and what a second question or a welcome begins with.
    """
    most = LONGEST_WITH_FILE if broadcast.media is not None else LONGEST_MESSAGE
    count = max((_length(unit, *one) for one in _longest(unit, broadcast)), default=0)
    return Refused(TOO_LONG.with_(count=count, most=most), "texts") if count > most else None


def _longest(unit: Unit, broadcast: Broadcast) -> Iterator[tuple[Text, str]]:
    """Yield the longest messages of a broadcast, with their readers' languages."""
    corrected = replace(broadcast, corrected_at=LONGEST_DAY)
    labels = next((one.labels for one in unit.town.topics if one.key == broadcast.topic), {})
    for reader in LANGUAGES:
        if corrected.language_for(reader) is None:
            continue
        again = broadcast.is_dialogue
        send = broadcast_cards.message(corrected, broadcast.id, reader, again=again)
        yield _as_text(send.text), reader
        if broadcast.welcomes:
            topic = said(labels, reader)
            welcome = broadcast_cards.welcome(corrected, broadcast.id, topic, reader)
            yield _as_text(welcome.text), reader


def _as_text(text: Text | str) -> Text:
    return broadcast_cards.WORDS_OF.with_(text=text) if isinstance(text, str) else text


def _length(unit: Unit, text: Text, reader: str) -> int:
    """Return how long a text is for a reader, in UTF-16 units without markup."""
    filled = text.with_defaults({"municipality": unit.town.name})
    words = html.unescape(_TAG.sub("", render(filled, reader, zone=unit.town.zone)))
    return len(words.encode("utf-16-le", errors="surrogatepass")) // 2

"""What staff see of a broadcast before it is sent: its readers, its faults, and its messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from aiohttp import web

from bot.console.audience_labels import audience_words
from bot.console.broadcast_labels import fault_lines
from bot.console.cells import Block, Cell, Line, Part, Picture
from bot.console.chat_preview import as_shown
from bot.console.console_context import context_of
from bot.console.reach_words import reach_lines
from bot.engine.effects import Send
from bot.i18n import Text, _, ngettext, pgettext
from bot.model.audience import readable
from bot.model.broadcast import DANISH, ENGLISH, NO_ONE, Broadcast, MediaKind
from bot.model.outcome import Contribution
from bot.service.broadcasts.checks import Fault
from bot.service.broadcasts.reaching import Readers, all_faults, readers_of
from bot.store.unit import Unit
from flows import broadcast_cards

# How many read a language without a text, by what they get.
OTHERS: Mapping[str, Text] = {
    DANISH: ngettext(
        "{count} person reads another language, and gets the Danish text, marked.",
        "{count} people read another language: they get the Danish text, marked.",
        "count",
    ),
    ENGLISH: ngettext(
        "{count} person reads another language, and gets the English text, marked.",
        "{count} people read another language: they get the English text, marked.",
        "count",
    ),
    NO_ONE: ngettext(
        "{count} person reads another language, and gets nothing.",
        "{count} people read another language: they get nothing.",
        "count",
    ),
}
MOST_HAVE = _("Only people who said yes to the topic are counted.")


@dataclass(frozen=True, slots=True)
class Shown:
    """Who gets a broadcast: its audience in words, how many of it get it, and what is wrong."""

    words: Cell
    readers: Readers | None
    faults: Sequence[Fault]


async def shown_of(unit: Unit, known: Broadcast) -> Shown:
    """Return who gets a broadcast by what is known now, and everything that is wrong with it."""
    readers = await readers_of(unit, known)
    words = await audience_words(unit, readable(known.audience)) if readers is not None else None
    return Shown(words, readers, await all_faults(unit, known, readers))


def reader_lines(known: Broadcast, shown: Shown) -> Sequence[Cell]:
    """Return the lines that say who gets a broadcast, why not the others, and in which language."""
    if shown.readers is None:
        return (Line(_("Choose the topic and who is to get it: then they are counted."), "quiet"),)
    lines: list[Cell] = [
        Line((pgettext("broadcast", "To:"), " ", shown.words)),
        *reach_lines(shown.readers.reach),
    ]
    others = shown.readers.others
    if others:
        lines.append(Line(OTHERS.get(known.others, OTHERS[NO_ONE]).with_(count=others)))
    return (*lines, Line(MOST_HAVE, "quiet"))


def told_to(
    request: web.Request, known: Broadcast, given: Contribution, day: date
) -> Sequence[Cell]:
    """Return the message with the outcome of a contribution, in each language."""
    town = context_of(request).town
    return as_shown(town, lambda reader: broadcast_cards.outcome(known, 0, given, day, reader))


def messages(request: web.Request, known: Broadcast, *, again: bool = False) -> Sequence[Cell]:
    """Return the messages as the chat shows them, in each language; *again* asks the silent."""

    def send(language: str) -> Send | None:
        if known.language_for(language) is None:
            return None
        return broadcast_cards.message(known, 0, language, again=again)

    return as_shown(context_of(request).town, send, _above(known))


def _above(known: Broadcast) -> Sequence[Cell]:
    """Return the picture or the document of a message."""
    if known.media is None:
        return ()
    if known.media["kind"] == MediaKind.DOCUMENT:
        return (Block((Part(_("Document:"), "quiet"), " ", str(known.media["name"])), "bubble"),)
    alt = str(known.media.get("alt", ""))
    if not known.id:
        return (Block((Part(_("Picture:"), "quiet"), " ", alt), "bubble"),)
    return (Picture(f"broadcasts/{known.id}/file", alt),)


async def checked(request: web.Request, known: Broadcast) -> Sequence[Cell]:
    """Return what a form shows next to it: readers, faults, and the messages."""
    if not known.texts and not known.title:
        return (
            Line(_("Begin to write: here you see how it looks, and what to look at."), "quiet"),
        )
    async with context_of(request).store.reading() as unit:
        shown = await shown_of(unit, known)
    return (
        *reader_lines(known, shown),
        *fault_lines(shown.faults),
        Block(messages(request, known), "previews"),
    )

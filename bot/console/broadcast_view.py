"""What staff see of a broadcast before it is sent: its readers, its faults, and its messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.console.audience_labels import audience_words
from bot.console.broadcast_labels import fault_lines
from bot.console.cells import Block, Cell, Line, Part, Picture
from bot.console.chat_preview import as_shown
from bot.console.console_context import context_of
from bot.engine.effects import Send
from bot.i18n import Text, _, ngettext
from bot.model.audience import LANGUAGE, And, Audience, Is, Not, Or, readable
from bot.model.broadcast import DANISH, ENGLISH, NO_ONE, Broadcast, MediaKind
from bot.service.broadcasts.checks import Fault, faults_of
from bot.service.broadcasts.targets import fault_of as target_fault
from bot.store.unit import Unit
from flows import broadcast_cards

GET_IT = ngettext("{count} person gets it", "{count} people get it", "count")
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
class Readers:
    """How many people a broadcast reaches, and how many of them read a language without a text."""

    words: Cell
    size: int
    others: int


async def readers_of(unit: Unit, known: Broadcast) -> Readers | None:
    """Return who gets a broadcast by what is known now; None without a topic or an audience."""
    if not known.topic or not known.audience:
        return None
    audience = readable(known.audience)
    size = await unit.broadcasts.count(audience, known.topic)
    languages: tuple[Audience, ...] = tuple(Is(LANGUAGE, one) for one in known.texts)
    with_text = Or(languages) if len(languages) > 1 else languages[0] if languages else None
    others = And((audience, Not(with_text))) if with_text is not None else audience
    reading = await unit.broadcasts.count(others, known.topic)
    return Readers(await audience_words(unit, audience), size, reading)


def reader_lines(known: Broadcast, readers: Readers | None) -> Sequence[Cell]:
    """Return the lines that say who gets a broadcast, and what readers of other languages get."""
    if readers is None:
        return (Line(_("Choose the topic and who is to get it: then they are counted."), "quiet"),)
    lines: list[Cell] = [
        Line((Part(GET_IT.with_(count=readers.size), tag="strong"), ": ", readers.words)),
    ]
    if readers.others:
        lines.append(Line(OTHERS.get(known.others, OTHERS[NO_ONE]).with_(count=readers.others)))
    return (*lines, Line(MOST_HAVE, "quiet"))


async def all_faults(unit: Unit, known: Broadcast) -> list[Fault]:
    """Return all that is wrong with a broadcast, and the buttons that open what is gone."""
    gone = await target_fault(unit, known)
    more = [Fault(gone.field, gone.why)] if gone is not None else []
    return [*faults_of(unit, known), *more]


def messages(request: web.Request, known: Broadcast) -> Sequence[Cell]:
    """Return the messages as the chat shows them, in each language."""

    def send(language: str) -> Send | None:
        if known.language_for(language) is None:
            return None
        return broadcast_cards.message(known, 0, language)

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
        readers = await readers_of(unit, known)
        faults = await all_faults(unit, known)
    return (
        *reader_lines(known, readers),
        *fault_lines(faults),
        Block(messages(request, known), "previews"),
    )

"""The changes of a broadcast since a leader returned it, field by field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.console.audience_labels import stored_words
from bot.console.broadcast_labels import OTHERS
from bot.console.cells import Cell, Line, Part, unseen
from bot.console.differences import Piece, words_between
from bot.i18n import LANGUAGE_NAMES, Text, _, pgettext
from bot.model.broadcast import Broadcast, as_written
from bot.store.unit import Unit

LABELS: Mapping[str, Text] = {
    "title": _("Title"),
    "topic": pgettext("reminder", "Topic"),
    "audience": _("Who gets it"),
    "others": _("Those who read a language without a text get"),
    "media": _("A picture or a document"),
    "place": _("A place on the map"),
    "buttons": _("Buttons"),
    "question": _("A question with answers"),
    "decider": _("Who decides"),
    "agenda_url": _("Link to the agenda"),
    "excludes": _("Leave people out"),
    "spares_cases": _("Not those who are writing with staff right now"),
    "is_warning": _("It is a warning about danger"),
    "is_public": _("Show it in the public archive"),
    "welcomes": _("Use it as a welcome"),
    "starts_at": _("When it is sent"),
    "rule": _("When it is sent"),
    "spread": _("Spread over hours"),
    "expires_at": _("Not sent after"),
}
IN_WORDS = ("title", "topic", "decider", "agenda_url")
CHANGED = _("changed")
OTHER_NAMES = dict(OTHERS)


@dataclass(frozen=True, slots=True)
class _Versions:
    """The fields as a leader returned them, and the present ones."""

    before: Mapping[str, Any]
    now: Mapping[str, Any]

    def differ(self, name: str) -> bool:
        """Return whether a field was changed."""
        return bool(self.before.get(name) != self.now.get(name))


async def change_lines(unit: Unit, known: Broadcast) -> Sequence[Cell]:
    """Return the changes since the last return; empty without one."""
    if known.earlier is None:
        return ()
    both = _Versions(known.earlier, as_written(known))
    lines = [*_texts(both), *[line async for line in _fields(unit, both)]]
    return lines or [Line(_("Nothing was changed."), "quiet")]


def _texts(both: _Versions) -> Iterator[Cell]:
    """Yield the changes of the texts, word by word."""
    was, now = both.before.get("texts") or {}, both.now["texts"]
    for language, name in LANGUAGE_NAMES.items():
        old, new = was.get(language, ""), now.get(language, "")
        if old != new:
            yield _line(_("Text ({language})").with_(language=name), words_between(old, new))


def text_change(name: Text | str, old: str, new: str) -> Line:
    """Return the change of one text, word by word."""
    return _line(name, words_between(old, new))


async def _fields(unit: Unit, both: _Versions) -> Any:
    """Yield the changes of the other fields."""
    for name, label in LABELS.items():
        if not both.differ(name):
            continue
        old, new = both.before.get(name), both.now.get(name)
        if name in IN_WORDS:
            yield _line(label, words_between(old or "", new or ""))
        elif name == "others":
            pieces = (OTHER_NAMES.get(old or "", ""), OTHER_NAMES.get(new or "", ""))
            yield _line(label, (Piece("out", pieces[0]), Piece("in", pieces[1])))
        elif name == "audience":
            yield _swapped(label, await _audience(unit, old), await _audience(unit, new))
        else:
            yield Line((label, ": ", CHANGED))


async def _audience(unit: Unit, stored: Any) -> Cell:
    return await stored_words(unit, stored) if stored else None


def _swapped(label: Text, old: Cell, new: Cell) -> Line:
    return Line((Part(label, tag="strong"), ": ", _out(old), " ", _in(new)))


def _line(label: Text | str, pieces: Sequence[Piece]) -> Line:
    """Return a change; what is out and in differs in more than colour."""
    shown: list[Cell] = []
    for piece in pieces:
        kinds = {"out": _out, "in": _in}
        shown.append(kinds[piece.kind](piece.text) if piece.kind in kinds else piece.text)
    return Line((Part(label, tag="strong"), ": ", *shown))


def _out(text: Cell) -> Cell:
    return (unseen((" [", _("taken out"), ": ")), Part(text, tag="del"), unseen("] "))


def _in(text: Cell) -> Cell:
    return (unseen((" [", _("put in"), ": ")), Part(text, tag="ins"), unseen("] "))

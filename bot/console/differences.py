"""Differences between two versions of an FAQ entry, word by word, for people to read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from bot.i18n import LANGUAGE_NAMES, Day, Text, _
from bot.model.faq import FaqEntry, FaqText

_WORD = re.compile(r"[^\W_]")
_PIECES = re.compile(r"\s+|[^\W_]+|[^\w\s]|_")
EMPTY = FaqText("", "")
RETIRED, IN_USE = _("retired"), _("in use")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: *kind* is same, out or in."""

    kind: str
    text: Text | str | Day


@dataclass(frozen=True, slots=True)
class Change:
    """The change in one field; *language* is a language's own name, or None.

    *listed* is True where each piece is a line of a list.
    """

    field: Text
    language: str | None
    pieces: tuple[Piece, ...]
    listed: bool = False


@dataclass(frozen=True, slots=True)
class Written:
    """A version of an entry, and whether it was retired."""

    entry: FaqEntry
    retired: bool


def changes(
    before: Written, after: Written, names: Mapping[int, str], themes: Mapping[str, str]
) -> list[Change]:
    """Return the changes; *names* maps staff ids to first names, *themes* keys to labels."""
    return [*_said(before.entry, after.entry), *_beside(before, after, names, themes)]


def _said(before: FaqEntry, after: FaqEntry) -> Iterator[Change]:
    """Yield the changes of question, answer and phrasings in each language."""
    for key, name in LANGUAGE_NAMES.items():
        was, now = before.texts.get(key, EMPTY), after.texts.get(key, EMPTY)
        for field, old, new in (
            (_("Question"), was.question, now.question),
            (_("Answer"), was.answer, now.answer),
        ):
            if old != new:
                yield Change(field, name, words_between(old, new))
        if was.phrasings != now.phrasings:
            pieces = lines_between(was.phrasings, now.phrasings)
            yield Change(_("Other ways to ask"), name, pieces, listed=True)


def _beside(
    before: Written, after: Written, names: Mapping[int, str], themes: Mapping[str, str]
) -> Iterator[Change]:
    """Yield the changes of the fields that have no language, such as theme and owner."""
    was, now = before.entry, after.entry
    pairs: tuple[tuple[Text, Text | str | Day, Text | str | Day], ...] = (
        (_("Theme"), themes.get(was.theme, was.theme), themes.get(now.theme, now.theme)),
        (_("Owner"), _owner(was, names), _owner(now, names)),
        (_("Source"), was.source, now.source),
        (_("Checked"), Day(was.reviewed), Day(now.reviewed)),
        (_("Check again by"), Day(was.due), Day(now.due)),
        (
            _("In the chat"),
            RETIRED if before.retired else IN_USE,
            RETIRED if after.retired else IN_USE,
        ),
    )
    for field, old, new in pairs:
        if old != new:
            yield Change(field, None, (Piece("out", old), Piece("in", new)))


def _owner(entry: FaqEntry, names: Mapping[int, str]) -> Text | str:
    if entry.owner is None:
        return _("nobody")
    return names.get(entry.owner, _("Somebody who no longer works here"))


def words_between(old: str, new: str) -> tuple[Piece, ...]:
    """Compare two texts word by word; blanks and punctuation alone do not split a change."""
    found: list[Piece] = []
    out, came = "", ""
    before, after = _PIECES.findall(old), _PIECES.findall(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        run = "".join(before[i1:i2])
        if tag != "equal" or ((out or came) and not _WORD.search(run) and i2 < len(before)):
            out, came = out + run, came + "".join(after[j1:j2])
            continue
        found += _changed(out, came)
        found.append(Piece("same", run))
        out, came = "", ""
    return (*found, *_changed(out, came))


def _changed(out: str, came: str) -> list[Piece]:
    """Return the removed and the added text; one unchanged piece where only blanks differ."""
    if out.strip() == came.strip():
        return [Piece("same", came)] if came else []
    return [Piece(kind, run) for kind, run in (("out", out), ("in", came)) if run]


def lines_between(old: Sequence[str], new: Sequence[str]) -> tuple[Piece, ...]:
    """Return the removed and the added lines; lines in both lists are left out."""
    gone = [Piece("out", line) for line in old if line not in new]
    return (*gone, *(Piece("in", line) for line in new if line not in old))

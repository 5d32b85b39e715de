"""What is changed in a campaign since the version before, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from aiohttp import web

from bot.console.campaign_form import TEXTS
from bot.console.cells import Cell, Line, Part
from bot.console.differences import Piece, words_between
from bot.console.pledge_labels import measured
from bot.console.record_page import Section
from bot.console.town_labels import area_options
from bot.i18n import LANGUAGE_NAMES, Day, Text, _
from bot.model.campaign import Campaign

TAGS = {"out": "del", "in": "ins", "same": "span"}
RETURNED_FOR = _("It was returned:")
EVERYBODY = _("Everybody who signs")


def changes_since(request: web.Request, before: Campaign, now: Campaign) -> Section:
    """Return the section of the changes, and why the version before was returned."""
    why = (before.reasons or {}).get("da") if before.opened_at is None else None
    lines: list[Cell] = [Line((RETURNED_FOR, " ", Part(why, tag="q")), "notice")] if why else []
    changed = [*_of_texts(before, now), *_of_facts(request, before, now)]
    rows = [Line((Part(label, tag="strong"), ": ", *cells)) for label, cells in changed]
    none = Line(_("Nothing is changed."), "quiet")
    return Section(_("Changed since the version before"), lines=lines, rows=rows or (none,))


def _of_texts(before: Campaign, now: Campaign) -> Iterator[tuple[Cell, Sequence[Cell]]]:
    """Yield the changed texts, by language."""
    for name, label in TEXTS.items():
        was: Mapping[str, str] = getattr(before, name) or {}
        has: Mapping[str, str] = getattr(now, name) or {}
        for language, called in LANGUAGE_NAMES.items():
            old, new = was.get(language, ""), has.get(language, "")
            if old != new:
                yield (label, f" ({called})"), _shown(words_between(old, new))


def _of_facts(
    request: web.Request, before: Campaign, now: Campaign
) -> Iterator[tuple[Cell, Sequence[Cell]]]:
    """Yield the changes of what is no text: the target, the day, who counts and the amount."""
    areas = dict(area_options(request))

    def facts(one: Campaign) -> Sequence[tuple[Text, Text | str | Day]]:
        return (
            (_("How many must sign"), str(one.target)),
            (_("Last day"), Day(one.deadline)),
            (_("Who counts"), areas.get(one.area or "", EVERYBODY)),
            (_("Suggested amount"), measured(request, one.measure, one.amount) or "–"),
        )

    for (label, old), (_same, new) in zip(facts(before), facts(now), strict=True):
        if old != new:
            yield label, _shown((Piece("out", old), Piece("in", new)))


def _shown(pieces: Sequence[Piece]) -> Sequence[Cell]:
    return tuple(Part(one.text, tag=TAGS[one.kind]) for one in pieces)

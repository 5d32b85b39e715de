"""What stands in the console's left column: one visible list."""

from __future__ import annotations

from dataclasses import dataclass

from bot.console.office import BASE
from bot.console.reader import Reader
from bot.i18n import Text, _
from bot.model.staff import May


@dataclass(frozen=True, slots=True)
class Place:
    """A page that is reached from every other; *icon* is a symbol of static/icons.svg."""

    path: str
    label: Text
    icon: str
    may: May


PLACES: tuple[Place, ...] = (
    Place("faq", _("Questions and answers"), "answers", May.EDIT_FAQ),
    Place("missed", _("Found nothing"), "search", May.EDIT_FAQ),
    Place("staff", _("Staff"), "people", May.MANAGE_STAFF),
    Place("audit", _("What was done"), "book", May.SEE_AUDIT),
    Place("account", _("Your account"), "person", May.OWN_ACCOUNT),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A place as one reader sees it."""

    place: Place
    here: bool


def items_for(reader: Reader, path: str) -> list[Item]:
    """Return the places the reader may go to."""
    return [
        Item(place, _is_within(path, f"{BASE}/{place.path}"))
        for place in PLACES
        if reader.staff is not None and reader.may(place.may)
    ]


def _is_within(path: str, place: str) -> bool:
    return path == place or path.startswith(place + "/")

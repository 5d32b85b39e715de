"""A citizen, as the chat knows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from bot.i18n import Text, _

LONGEST_NAME = 40
MOST_NAMES = 4  # in a first name: "Anne Sofie Amalie" is one
_ADDRESS = re.compile(r"[/@:\\]|\w{2}\.\w{2}")


@dataclass(frozen=True, slots=True)
class Person:
    """One citizen in one private chat.

    *first_name* is Telegram's, *called* is the citizen's own choice. Quiet hours
    are minutes after midnight in the town's zone. *album* is the last album that
    came in, so that it is answered once. *screen* holds data and label of the
    buttons last shown, so that the citizen can type them as well. *keyboard_below*
    says that a keyboard is shown below the chat. *seen_on* is the last day on which
    the citizen wrote or tapped a button.
    """

    id: int
    lane: str
    chat_id: int
    language: str
    first_name: str | None
    notice_at: datetime
    notice_version: int
    called: str | None = None
    area: str | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None
    reachable: bool = True
    album: str | None = None
    screen: tuple[tuple[str, str], ...] = ()
    keyboard_below: bool = False
    seen_on: date | None = None

    @property
    def address(self) -> str:
        """Return the name that messages use; empty where none is known."""
        return self.called or self.first_name or ""

    @property
    def own_quiet(self) -> tuple[int, int] | None:
        """Return the start and end of the citizen's own quiet hours; None where there are none."""
        if self.quiet_from is None or self.quiet_until is None:
            return None
        return self.quiet_from, self.quiet_until


def name_fault(name: str) -> Text | None:
    """Return why a text is no first name of one line; None where it is one.

    It has letters, at most 4 words and 40 characters, and no number or address.
    """
    if not any(letter.isalpha() for letter in name):
        return _("I need a name with letters in it.")
    if "?" in name or len(name.split()) > MOST_NAMES or _ADDRESS.search(name):
        return _("I need just a first name.")
    if any(letter.isdigit() for letter in name):
        return _("I need a name without numbers in it.")
    if len(name) > LONGEST_NAME:
        return _("That is a little long. Please use at most 40 characters.")
    return None

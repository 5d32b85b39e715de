"""The conversation that all contenders have: its words, its buttons, and how it goes on.

Four steps: the citizen opens it, writes a name, chooses a day, and says yes. Each
is answered with one message, and each tap with an empty answer as well.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN = "news"  # the command that opens it
NAME = "<b>1 of 3.</b> We meet at the bridge and walk along the water. What may we call you?"
DAY = "<b>2 of 3.</b> When do you want to come along? There is coffee on the way."
CONSENT = "<b>3 of 3.</b> May we write you down for this walk?"
DONE = "You are on the list. We meet at ten o'clock at the bridge. Bring a jacket."
DECLINED = "Nothing was kept."
DAYS = {"mon": "Monday", "wed": "Wednesday", "sat": "Saturday", "sun": "Sunday"}
YES, NO = "Yes", "No"
BACK, MENU, MINE = "Back", "Menu", "My overview"
WRITTEN = "Anne Sofie"

# The buttons of each answer, in the rows in which they are laid out.
NAME_ROWS: tuple[tuple[str, ...], ...] = ()
DAY_ROWS = (("Monday", "Wednesday"), ("Saturday", "Sunday"), (BACK, MENU))
CONSENT_ROWS = ((YES, NO), (BACK, MENU))
DONE_ROWS = ((MINE,), (MENU,))


@dataclass(frozen=True, slots=True)
class Act:
    """What a citizen does, and the answer that must come of it."""

    write: str | None  # words, or
    tap: str | None  # a button of the last message
    answer: str  # as HTML
    rows: tuple[tuple[str, ...], ...]


ACTS = (
    Act(f"/{OPEN}", None, NAME, NAME_ROWS),
    Act(WRITTEN, None, DAY, DAY_ROWS),
    Act(None, "Saturday", CONSENT, CONSENT_ROWS),
    Act(None, YES, DONE, DONE_ROWS),
)


def plain(html: str) -> str:
    """Return words as a reader sees them."""
    return html.replace("<b>", "").replace("</b>", "")


def data_of(label: str) -> str:
    """Return what a rival's button carries."""
    return "walk." + label.lower().replace(" ", "_")

"""The conversation of all contenders: texts, buttons and steps.

It has four steps: the citizen opens it, writes a name, chooses a day, and agrees. The bot
answers each with one message, and each tap also with an empty callback answer.
"""

from __future__ import annotations

from dataclasses import dataclass

OPEN = "news"  # the command that begins it
NAME = "<b>1 of 3.</b> We meet at the bridge and walk along the water. What may we call you?"
DAY = "<b>2 of 3.</b> When do you want to come along? There is coffee on the way."
CONSENT = "<b>3 of 3.</b> May we write you down for this walk?"
DONE = "You are on the list. We meet at ten o'clock at the bridge. Bring a jacket."
DECLINED = "Nothing was kept."
DAYS = {"mon": "Monday", "wed": "Wednesday", "sat": "Saturday", "sun": "Sunday"}
YES, NO = "Yes", "No"
BACK, MENU, MINE = "Back", "Menu", "My overview"
WRITTEN = "Anne Sofie"

# The buttons of each answer, by row.
NAME_ROWS: tuple[tuple[str, ...], ...] = ()
DAY_ROWS = (("Monday", "Wednesday"), ("Saturday", "Sunday"), (BACK, MENU))
CONSENT_ROWS = ((YES, NO), (BACK, MENU))
DONE_ROWS = ((MINE,), (MENU,))


@dataclass(frozen=True, slots=True)
class Act:
    """An act of a citizen, and the expected answer."""

    write: str | None  # a text, or
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
    """Return the text without its HTML tags."""
    return html.replace("<b>", "").replace("</b>", "")


def data_of(label: str) -> str:
    """Return the callback data of a rival's button."""
    return "walk." + label.lower().replace(" ", "_")

"""Rendering for one citizen: language, facts about the town, and buttons in rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from bot.engine.effects import Button
from bot.engine.steps import BACK
from bot.i18n import Text, render
from bot.model.town import Town
from flows import cards, messages

# Two labels of at most 20 and together 30 characters share a row: a phone shows them whole.
SHORT_LABEL, SHORT_PAIR = 20, 30
Keyboard = list[list[tuple[str, str]]]  # rows of (label, callback data)


@dataclass(frozen=True)  # no slots: `cached_property` needs a `__dict__`
class Renderer:
    """Renders texts and buttons in a citizen's language; *address* is the name the bot uses.

    With *date_entities* the instants in texts are entities: a tap on one shows it in the zone
    of the phone, and offers to remind of it.
    """

    town: Town
    language: str
    address: str = ""
    date_entities: bool = False

    def contact(self) -> Text:
        """Return phone, hours and address, which every dead end shows (HR-27)."""
        return messages.CONTACT.with_(
            phone=self.town.phone,
            phone_hours=self.town.phone_hours_text(self.language),
            address=self.town.address,
            open_hours=self.town.open_hours_text(self.language),
        )

    @cached_property
    def facts(self) -> Mapping[str, Any]:
        """Return the facts about town and person that texts may use."""
        return {
            "town": self.town.short_name,
            "municipality": self.town.name,
            "phone": self.town.phone,
            "phone_hours": self.town.phone_hours_text(self.language),
            "dpo": self.town.dpo,
            "contact": self.contact(),
            "address": self.address,
        }

    def render(self, text: Text | str) -> str:
        """Return *text* in the citizen's language, values escaped."""
        if isinstance(text, str):
            return text
        return render(
            text.with_defaults(self.facts),
            self.language,
            zone=self.town.zone,
            mark=date_entity if self.date_entities else None,
        )

    def label(self, button: Button) -> str:
        """Return the label of a button as plain text, without escaping."""
        if isinstance(button.label, str):
            return button.label
        full = button.label.with_defaults(self.facts)
        return render(full, self.language, escape=str, zone=self.town.zone)

    def laid(self, buttons: Iterable[Button]) -> Keyboard:
        """Return the buttons of a message in rows; back and menu come last."""
        named = [(self.label(button), button.data) for button in buttons]
        ways_out = [button for button in named if _leads_out(button[1])]
        return rows([button for button in named if button not in ways_out]) + rows(ways_out)


def date_entity(at: datetime, words: str) -> str:
    """Return Telegram's date entity of an instant, which shows *words*."""
    return f'<tg-time unix="{int(at.timestamp())}">{words}</tg-time>'


def rows(buttons: list[tuple[str, str]]) -> Keyboard:
    """Return buttons in rows: two short ones share a row, a long one has its own."""
    laid: Keyboard = []
    for button in buttons:
        before = laid[-1] if laid and len(laid[-1]) == 1 else None
        if before is not None and _fit(before[0][0], button[0]):
            before.append(button)
        else:
            laid.append([button])
    return laid


def _leads_out(data: str) -> bool:
    """Return whether a button only leads back or to the menu; such buttons come last."""
    return data.endswith(f".{BACK}") or data == cards.TO_MENU.data


def _fit(one: str, other: str) -> bool:
    """Return whether two labels fit into one row."""
    return max(len(one), len(other)) <= SHORT_LABEL and len(one) + len(other) <= SHORT_PAIR

"""The keys of the choices that lead to a pledge: a theme, an entry, a goal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.engine.ask_listed import KEY

OWN_GOAL, OWN_WORDS, CAMPAIGNS, OTHER = "own_goal", "own_words", "campaigns", "other"
ALREADY, OTHERS, JOINS, ME = "already", "others", "joins", "me"
ENTRY, THEME, GOAL, GROUP = "e_", "t_", "g_", "p_"  # each begins a key with an id or a key of rows
MOST_DIGITS = 15


def key_of(answer: Any) -> str:
    """Return the key in an answer of `AskListed`; empty for own words and for no answer."""
    return str(answer.get(KEY, "")) if isinstance(answer, Mapping) else ""


def id_in(key: str | None, begins: str = ENTRY) -> int | None:
    """Return the id in the key of an entry, or of another row that *begins* so."""
    digits = (key or "").removeprefix(begins)
    is_one = (key or "").startswith(begins) and digits.isascii() and digits.isdecimal()
    return int(digits) if is_one and len(digits) <= MOST_DIGITS else None


def theme_of(answer: Any) -> str | None:
    """Return the theme that an answer chose."""
    key = key_of(answer)
    return key.removeprefix(THEME) if key.startswith(THEME) else None


def goal_of(answer: Any) -> str | None:
    """Return the town's goal that an answer chose."""
    key = key_of(answer)
    return key.removeprefix(GOAL) if key.startswith(GOAL) else None

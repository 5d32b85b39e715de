"""Templates for the texts that staff write; variables in them are filled in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# The citizen's name, the case number, the contact, the due date, our phone number.
VARIABLES = ("navn", "nummer", "kontakt", "dato", "telefon")
_BRACED = re.compile(r"\{([^{}]*)\}")
_NAMELESS = re.compile(r",? ?\{navn\}")


class Use(StrEnum):
    """The kind of text that a template is for."""

    ANSWER = "answer"
    ASK = "ask"
    EXTEND = "extend"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Template:
    """A text in every language; staff choose by *titles*."""

    key: str
    use: Use
    titles: Mapping[str, str]
    texts: Mapping[str, str]

    def filled(self, language: str, facts: Mapping[str, str]) -> str:
        """Return the text with *facts* filled in; leave the name out where it is unknown."""
        text = self.texts[language]
        if not facts["navn"]:
            text = _NAMELESS.sub("", text)
        return _BRACED.sub(lambda found: facts[found[1]], text)


def unknown_variables(text: str) -> list[str]:
    """Return the names in braces that are no variable, and braces without a pair."""
    named = [found for found in _BRACED.findall(text) if found not in VARIABLES]
    return named + [brace for brace in "{}" if brace in _BRACED.sub("", text)]

"""Ready-made words for what staff write, with what is filled in by itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

# What a template may name: the citizen, the case, who has it, the day it is due, our number.
VARIABLES = ("navn", "nummer", "kontakt", "dato", "telefon")
_BRACED = re.compile(r"\{([^{}]*)\}")
_NAMELESS = re.compile(r",? ?\{navn\}")


class Use(StrEnum):
    """What a template is for."""

    ANSWER = "answer"
    ASK = "ask"
    EXTEND = "extend"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class Template:
    """Words in every language; *titles* are for whoever chooses."""

    key: str
    use: Use
    titles: Mapping[str, str]
    texts: Mapping[str, str]

    def filled(self, language: str, facts: Mapping[str, str]) -> str:
        """Return the words with *facts* in them; where no name is known, none is missed."""
        text = self.texts[language]
        if not facts["navn"]:
            text = _NAMELESS.sub("", text)
        return _BRACED.sub(lambda found: facts[found[1]], text)


def unknown_variables(text: str) -> list[str]:
    """Return what stands in braces in a template, and nothing can be put there for."""
    named = [found for found in _BRACED.findall(text) if found not in VARIABLES]
    return named + [brace for brace in "{}" if brace in _BRACED.sub("", text)]
